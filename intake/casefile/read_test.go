package casefile

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
)

// examples are the case files that stand beside the tests.
func examples(t testing.TB) map[string][]byte {
	t.Helper()
	out := make(map[string][]byte)
	for _, pattern := range []string{"testdata/*.yaml", "testdata/*.json"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			out[name] = data
		}
	}
	if len(out) < 4 {
		t.Fatalf("only %d examples", len(out))
	}
	return out
}

func mustRead(t testing.TB, text string) *File {
	t.Helper()
	f, err := Read("case.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return f
}

func d(s string) day.Date {
	got, err := day.Parse(s)
	if err != nil {
		panic(err)
	}
	return got
}

func TestReadContract(t *testing.T) {
	f, err := Read("contract.yaml", examples(t)["testdata/contract.yaml"])
	if err != nil {
		t.Fatal(err)
	}
	c := f.Case
	if c.Child.Born != d("2015-04-02") || c.Child.Grade != "4" || fact.At(c.Jurisdiction, d("2025-01-01")) != "us-ca" || c.Side != fact.FamilySide || c.Zone != "America/Los_Angeles" {
		t.Errorf("case is %+v", c)
	}
	if len(f.Entries) != 6 || len(f.Plans) != 1 || f.Plans[0].ID != "iep-2025" || f.Plans[0].Kind != "iep" || f.Delivery == nil || f.Progress == nil {
		t.Errorf("file is %+v", f)
	}
	if f.Calendars[0].Name != "oakland-usd-2025-26.yaml" || c.Calendars[0].Is != "oakland-usd-2025-26.yaml" {
		t.Errorf("calendars are %+v", f.Calendars)
	}
	e := f.Entries[0]
	if e.ID != "request" || e.Auto || e.On != day.On(d("2025-02-03")) || e.Recorded.String() != "2025-02-03T21:14" || e.Line != 13 || e.Column != 5 {
		t.Errorf("first entry is %+v", e)
	}
	if e = f.Entries[1]; e.ID != "e2" || !e.Auto || e.Re != "request" || e.Kind.String() != "evaluation_consent_requested" {
		t.Errorf("second entry is %+v", e)
	}
	if e = f.Entries[3]; e.Fields.FiledBy != "parent" || e.Fields.Expedited != fact.No || len(e.Fields.About) != 2 {
		t.Errorf("fourth entry is %+v", e)
	}
	if f.Entries[4].Wall != fact.Mediation || f.Entries[5].Supersedes != "request" {
		t.Errorf("last entries are %+v", f.Entries[4:])
	}
}

func TestReadMoved(t *testing.T) {
	f, err := Read("moved.yaml", examples(t)["testdata/moved.yaml"])
	if err != nil {
		t.Fatal(err)
	}
	if at := fact.At(f.Case.Jurisdiction, d("2023-01-01")); at != "us-nv" {
		t.Errorf("in 2023 the law is %q", at)
	}
	if at := fact.At(f.Case.Jurisdiction, d("2025-01-01")); at != "us-ca" {
		t.Errorf("in 2025 the law is %q", at)
	}
	if f.Case.Fact("parent_reads_english") != fact.No || f.Case.Fact("year_round") != fact.Yes || !f.Case.Sample {
		t.Errorf("facts are %v", f.Case.Facts)
	}
	var names []string
	for _, c := range f.Calendars {
		names = append(names, c.From.String()+" "+c.Name)
	}
	if got := strings.Join(names, "; "); got != " clark.ics; 2024-08-12 oakland-2024-25.yaml; 2024-08-12 oakland-2025-26.yaml; 2026-07-01 ours" || f.Calendars[3].Inline == nil {
		t.Errorf("calendars are %s", got)
	}
	var on []string
	for _, e := range f.Entries {
		on = append(on, e.On.String())
	}
	if got := strings.Join(on, " "); got != "2024-09 2023 2025-02-01..2025-02-10 2025-02-22..2025-03-03 2025-02-24..2025-03-05 2025-03-04T14:30 2025-03-05T09:05" {
		t.Errorf("dates are %s", got)
	}
	if e := f.Entries[4]; e.Note != "line one\n\n  indented\nlast\n" || e.Files[0] != "a b.pdf" || e.After != (fact.Relative{Entry: "chased", Days: 2}) {
		t.Errorf("fifth entry is %+v", e)
	}
	if e := f.Entries[5]; e.By != "no" || e.Fields.About[1] != "yes" || e.Fields.Days != 10 || e.Ends.Minute != 16*60 {
		t.Errorf("sixth entry is %+v", e)
	}
}

const head = "stayput: 1\ncase: {title: T}\nrecord:\n"

// Every problem is told with its place and what would have been right.
func TestRefused(t *testing.T) {
	for _, c := range []struct {
		what, text string
		key        string
		at         string
		args       map[string]string
	}{
		{"empty file", "", "yaml.empty", "", nil},
		{"binary file", "\x00\x01\x02PK", "yaml.not_text", "", nil},
		{"a list", "- a\n", "yaml.want_map", "1:1", nil},
		{"no version", "case: {}\n", "yaml.missing_key", "1:1", map[string]string{"key": "stayput"}},
		{"version 2", "stayput: 2\ncase: {}\n", "case.version", "1:10", map[string]string{"got": "2"}},
		{"no case", "stayput: 1\nrecord: []\n", "yaml.missing_key", "1:1", map[string]string{"key": "case"}},
		{"unknown top key", "stayput: 1\ncase: {}\nrecords: []\n", "yaml.unknown_key", "3:1", map[string]string{"key": "records", "nearest": "record"}},
		{"unknown case key", "stayput: 1\ncase:\n  tittle: x\n", "yaml.unknown_key", "3:3", map[string]string{"nearest": "title"}},
		{"unknown key without a value", "stayput: 1\ncase:\n  tittle:\n", "yaml.unknown_key", "3:3", map[string]string{"nearest": "title"}},
		{"unknown child key", "stayput: 1\ncase: {child: {birthdate: 2015-01-01}}\n", "yaml.unknown_key", "2:16", nil},
		{"born too early", "stayput: 1\ncase: {child: {born: 1905-01-01}}\n", "case.date_range", "2:22", map[string]string{"first": "1950-01-01"}},
		{"born on no day", "stayput: 1\ncase: {child: {born: 2015-02-29}}\n", "case.no_such_day", "2:22", map[string]string{"last": "2015-02-28"}},
		{"no zone", "stayput: 1\ncase: {zone: America/Los_Angles}\n", "case.unknown_zone", "2:14", map[string]string{"nearest": "America/Los_Angeles"}},
		{"zone by city", "stayput: 1\ncase: {zone: Los Angeles}\n", "case.unknown_zone", "2:14", map[string]string{"nearest": "America/Los_Angeles"}},
		{"local zone", "stayput: 1\ncase: {zone: Local}\n", "case.unknown_zone", "2:14", nil},
		{"zone outside", "stayput: 1\ncase: {zone: ../../etc/passwd}\n", "case.unknown_zone", "2:14", nil},
		{"no state", "stayput: 1\ncase: {jurisdiction: us-zz}\n", "case.unknown_jurisdiction", "2:22", map[string]string{"nearest": ""}},
		{"state in capitals", "stayput: 1\ncase: {jurisdiction: US-CA}\n", "case.unknown_jurisdiction", "2:22", map[string]string{"nearest": "us-ca"}},
		{"state by name", "stayput: 1\ncase: {jurisdiction: Californa}\n", "case.unknown_jurisdiction", "2:22", map[string]string{"nearest": "us-ca"}},
		{"same from twice", "stayput: 1\ncase:\n  district:\n    - {from: 2024-01-01, is: A}\n    - {from: 2024-01-01, is: B}\n", "case.repeated_from", "5:7", map[string]string{"first": "4"}},
		{"dated without is", "stayput: 1\ncase: {district: [{from: 2024-01-01}]}\n", "yaml.missing_key", "2:19", map[string]string{"key": "is"}},
		{"side", "stayput: 1\ncase: {side: district}\n", "yaml.unknown_word", "2:14", nil},
		{"unknown fact", "stayput: 1\ncase: {facts: {fostr_youth: yes}}\n", "yaml.unknown_key", "2:16", map[string]string{"nearest": "foster_youth"}},
		{"fact maybe", "stayput: 1\ncase: {facts: {homeless: maybe}}\n", "yaml.want_yes_no", "2:26", nil},
		{"calendars of nothing", "stayput: 1\ncase: {calendars: [[a]]}\n", "yaml.want_text", "2:20", nil},
		{"record is a map", "stayput: 1\ncase: {}\nrecord: {a: b}\n", "yaml.want_list", "3:9", nil},
		{"entry is a text", head + "  - hello\n", "yaml.want_map", "4:5", nil},
		{"entry is nothing", head + "  -\n", "yaml.want_map", "4:4", nil},
		{"plan is nothing", "stayput: 1\ncase: {}\nplans: [~]\n", "yaml.want_map", "3:9", nil},
		{"dated is nothing", "stayput: 1\ncase: {district: [~]}\n", "yaml.want_map", "2:19", nil},
		{"calendar is nothing", "stayput: 1\ncase: {calendars: [~]}\n", "yaml.want_text", "2:20", nil},
		{"unknown entry key", head + "  - {on: 2025-01-01, kind: contact, kimd: x}\n", "yaml.unknown_key", "4:37", map[string]string{"nearest": "kind"}},
		{"unknown kind", head + "  - {on: 2025-01-01, kind: evaluation_requestd}\n", "case.unknown_kind", "4:28", map[string]string{"kind": "evaluation_requestd", "nearest": "evaluation_requested"}},
		{"kind in words", head + "  - {on: 2025-01-01, kind: Evaluation requested}\n", "case.unknown_kind", "4:28", map[string]string{"nearest": "evaluation_requested"}},
		{"kind is a list", head + "  - {on: 2025-01-01, kind: [contact]}\n", "yaml.want_text", "4:28", nil},
		{"no kind", head + "  - {on: 2025-01-01}\n", "yaml.missing_key", "4:5", map[string]string{"key": "kind"}},
		{"no date", head + "  - {kind: contact}\n", "yaml.missing_key", "4:5", map[string]string{"key": "on"}},
		{"30 February", head + "  - {on: 2025-02-30, kind: contact}\n", "case.no_such_day", "4:10", map[string]string{"got": "2025-02-30", "last": "2025-02-28"}},
		{"30 February with time", head + "  - {on: 2024-02-30T10:00, kind: contact}\n", "case.no_such_day", "4:10", map[string]string{"last": "2024-02-29"}},
		{"31 April", head + "  - {on: 2025-04-31, kind: contact}\n", "case.no_such_day", "4:10", map[string]string{"last": "2025-04-30"}},
		{"month 13", head + "  - {on: 2025-13-01, kind: contact}\n", "case.no_such_month_or_day", "4:10", nil},
		{"day 0", head + "  - {on: 2025-01-00, kind: contact}\n", "case.no_such_month_or_day", "4:10", nil},
		{"year 1", head + "  - {on: 0001-01-01, kind: contact}\n", "case.date_range", "4:10", map[string]string{"first": "1975-01-01", "last": "2100-12-31"}},
		{"year 0", head + "  - {on: 0000-01-01, kind: contact}\n", "case.not_a_date", "4:10", nil},
		{"year 9999", head + "  - {on: 9999-12-31, kind: contact}\n", "case.date_range", "4:10", nil},
		{"month of 9999", head + "  - {on: 9999-12, kind: contact}\n", "case.date_range", "4:10", nil},
		{"1974", head + "  - {on: 1974-12-31, kind: contact}\n", "case.date_range", "4:10", nil},
		{"2101", head + "  - {on: 2101, kind: contact}\n", "case.date_range", "4:10", nil},
		{"American date", head + "  - {on: 02/03/2025, kind: contact}\n", "case.not_a_date", "4:10", nil},
		{"hour 25", head + "  - {on: 2025-02-03T25:00, kind: contact}\n", "case.not_a_date", "4:10", nil},
		{"date with a zone", head + "  - {on: 2025-02-03T10:00Z, kind: contact}\n", "case.not_a_date", "4:10", nil},
		{"date is a list", head + "  - {on: [2025-02-03], kind: contact}\n", "case.when_shape", "4:10", nil},
		{"date is a strange map", head + "  - {on: {form: 2025-02-03}, kind: contact}\n", "yaml.unknown_key", "4:11", map[string]string{"nearest": "from"}},
		{"from without to", head + "  - {on: {from: 2025-02-03}, kind: contact}\n", "yaml.missing_key", "4:10", map[string]string{"key": "to"}},
		{"to before from", head + "  - {on: {from: 2025-02-03, to: 2025-02-02}, kind: contact}\n", "case.to_before_from", "4:10", nil},
		{"recorded in a month", head + "  - {on: 2025-02-03, kind: contact, recorded: 2025-02}\n", "case.not_a_moment", "4:47", nil},
		{"until in a month", head + "  - {on: 2025-02-03, kind: contact, until: 2025-02}\n", "case.not_a_day", "4:44", nil},
		{"ends the day before", head + "  - {on: 2025-02-03, ends: 2025-02-02, kind: iep_meeting_held}\n", "case.ends_before_on", "4:28", nil},
		{"ends the hour before", head + "  - {on: 2025-02-03T10:00, ends: 2025-02-03T09:59, kind: iep_meeting_held}\n", "case.ends_before_on", "4:34", map[string]string{"ends": "2025-02-03T09:59", "on": "2025-02-03T10:00"}},
		{"until before on", head + "  - {on: 2025-02-03, until: 2025-02-02, kind: contact}\n", "case.until_before_on", "4:29", nil},
		{"days below zero", head + "  - {on: 2025-02-03, days: -1, kind: contact}\n", "case.number_range", "4:28", nil},
		{"days in words", head + "  - {on: 2025-02-03, days: ten, kind: contact}\n", "yaml.want_number", "4:28", nil},
		{"means", head + "  - {on: 2025-02-03, means: fone, kind: contact}\n", "yaml.unknown_word", "4:29", map[string]string{"nearest": "phone"}},
		{"wall", head + "  - {on: 2025-02-03, wall: mediaton, kind: contact}\n", "yaml.unknown_word", "4:28", map[string]string{"nearest": "mediation"}},
		{"outcome", head + "  - {on: 2025-02-03, outcome: reach, kind: contact}\n", "yaml.unknown_word", "4:31", nil},
		{"filed by", head + "  - {on: 2025-02-03, filed_by: mother, kind: contact}\n", "yaml.unknown_word", "4:32", nil},
		{"written maybe", head + "  - {on: 2025-02-03, written: maybe, kind: contact}\n", "yaml.want_yes_no", "4:31", nil},
		{"with is a map", head + "  - {on: 2025-02-03, with: {a: b}, kind: contact}\n", "yaml.want_list", "4:28", nil},
		{"about holds nothing", head + "  - {on: 2025-02-03, about: [a, ], kind: contact}\n  - {on: 2025-02-03, about: [~], kind: contact}\n", "yaml.want_text", "5:30", nil},
		{"repeated key", head + "  - {on: 2025-02-03, kind: contact, on: 2025-02-04}\n", "yaml.repeated_key", "4:37", nil},
		{"repeated id", head + "  - {id: a, on: 2025-02-03, kind: contact}\n  - {id: a, on: 2025-02-03, kind: contact}\n", "case.repeated_id", "5:10", map[string]string{"id": "a", "first": "4"}},
		{"empty id", head + "  - {id: \"\", on: 2025-02-03, kind: contact}\n", "case.bad_id", "4:10", nil},
		{"re nowhere", head + "  - {id: request, on: 2025-02-03, kind: contact}\n  - {on: 2025-02-03, kind: contact, re: reqest}\n", "case.no_such_entry", "5:41", map[string]string{"key": "re", "id": "reqest", "nearest": "request"}},
		{"re to a number", head + "  - {on: 2025-02-03, kind: contact}\n  - {on: 2025-02-03, kind: contact, re: e1}\n", "case.auto_id", "5:41", map[string]string{"line": "4"}},
		{"re itself", head + "  - {id: a, on: 2025-02-03, kind: contact, re: a}\n", "case.self_reference", "4:48", nil},
		{"supersedes itself", head + "  - {id: a, on: 2025-02-03, kind: contact, supersedes: a}\n", "case.self_reference", "4:56", nil},
		{"re circle", head + "  - {id: a, on: 2025-02-03, kind: contact, re: b}\n  - {id: b, on: 2025-02-03, kind: contact, re: a}\n", "case.circle", "4:48", map[string]string{"path": "b, a"}},
		{"supersedes circle", head + "  - {id: x, on: 2025-02-03, kind: contact, supersedes: a}\n  - {id: a, on: 2025-02-03, kind: contact, supersedes: b}\n  - {id: b, on: 2025-02-03, kind: contact, supersedes: c}\n  - {id: c, on: 2025-02-03, kind: contact, supersedes: a}\n", "case.circle", "5:56", nil},
		{"after circle", head + "  - {id: a, on: {after: b, days: 1}, kind: contact}\n  - {id: b, on: {after: a, days: 1}, kind: contact}\n", "case.circle", "4:25", map[string]string{"key": "after"}},
		{"after itself", head + "  - {id: a, on: {after: a, days: 1}, kind: contact}\n", "case.self_reference", "4:25", nil},
		{"after nowhere", head + "  - {on: {after: a, days: 1}, kind: contact}\n", "case.no_such_entry", "4:18", nil},
		{"after without a distance", head + "  - {id: a, on: 2025, kind: contact}\n  - {on: {after: a}, kind: contact}\n", "case.after_distance", "5:10", nil},
		{"after with two distances", head + "  - {id: a, on: 2025, kind: contact}\n  - {on: {after: a, days: 1, weeks: 1}, kind: contact}\n", "case.after_distance", "5:10", nil},
		{"after out of range", head + "  - {id: a, on: 2090, kind: contact}\n  - {on: {after: a, days: 36600}, kind: contact}\n", "case.date_range", "5:18", nil},
		{"ends before relative on", head + "  - {id: a, on: 2025-02-03, kind: contact}\n  - {on: {after: a, days: 7}, ends: 2025-02-09, kind: contact}\n", "case.ends_before_on", "5:37", nil},
		{"plans is a map", "stayput: 1\ncase: {}\nplans: {id: a}\n", "yaml.want_list", "3:8", nil},
		{"plan without id", "stayput: 1\ncase: {}\nplans:\n  - {kind: iep}\n", "yaml.missing_key", "4:5", map[string]string{"key": "id"}},
		{"plan without kind", "stayput: 1\ncase: {}\nplans:\n  - {id: a}\n", "yaml.missing_key", "4:5", map[string]string{"key": "kind"}},
		{"plan of no kind", "stayput: 1\ncase: {}\nplans:\n  - {id: a, kind: ipe}\n", "yaml.unknown_word", "4:19", map[string]string{"nearest": "iep"}},
		{"repeated plan", "stayput: 1\ncase: {}\nplans:\n  - {id: a, kind: iep}\n  - {id: a, kind: iep}\n", "case.repeated_plan", "5:10", nil},
		{"delivery is a list", "stayput: 1\ncase: {}\ndelivery: [a]\n", "yaml.want_map", "3:11", nil},
		{"JSON", "{\n \"stayput\": 1,\n \"case\": {},\n \"record\": [\n  {\"on\": \"2025-02-30\", \"kind\": \"contact\"}]}", "case.no_such_day", "5:10", nil},
	} {
		t.Run(c.what, func(t *testing.T) {
			f, err := Read("case.yaml", []byte(c.text))
			if f != nil || err == nil {
				t.Fatalf("accepted as %+v", f)
			}
			l, ok := err.(fault.List)
			if !ok || len(l) != 1 {
				t.Fatalf("%d problems, want one: %v", len(l), err)
			}
			e := l[0]
			if at := fmt.Sprintf("%d:%d", e.At.Line, e.At.Column); e.Key != c.key || e.At.File != "case.yaml" || c.at != "" && at != c.at || e.Kind != fault.Invalid {
				t.Errorf("got %v, want %s at %s", e, c.key, c.at)
			}
			for k, v := range c.args {
				if e.Args[k] != v {
					t.Errorf("%s is %q, want %q", k, e.Args[k], v)
				}
			}
		})
	}
}

// All problems are told at once, in the order of the file, at most fifty.
func TestAllProblems(t *testing.T) {
	_, err := Read("case.yaml", []byte(head+"  - {on: 2025-02-30, kind: contakt}\n  - {on: 2025-01-01, kind: contact, re: nobody}\n  - {kind: contact, x: 1}\n"))
	var keys []string
	for _, e := range fault.All(err) {
		keys = append(keys, fmt.Sprintf("%d %s", e.At.Line, e.Key))
	}
	if got := strings.Join(keys, ", "); got != "4 case.no_such_day, 4 case.unknown_kind, 5 case.no_such_entry, 6 yaml.missing_key, 6 yaml.unknown_key" {
		t.Errorf("got %s", got)
	}
	start := time.Now()
	_, err = Read("case.yaml", []byte(head+strings.Repeat("  - {on: 2025-02-30, kind: contakt, re: nobody, wall: x}\n", 10000)))
	if n := len(fault.All(err)); n != 50 {
		t.Errorf("%d problems", n)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestManyUnknownKeys(t *testing.T) {
	var b strings.Builder
	b.WriteString("stayput: 1\ncase:\n")
	for i := range 50000 {
		fmt.Fprintf(&b, "  key%d: 1\n", i)
	}
	_, err := Read("case.yaml", []byte(b.String()))
	if n := len(fault.All(err)); n != 50 {
		t.Errorf("%d problems", n)
	}
}

func TestFiftyMegabytes(t *testing.T) {
	data := bytes.Repeat([]byte("# \n"), 50<<20/3+1)
	start := time.Now()
	_, err := Read("case.yaml", data)
	if l := fault.All(err); len(l) != 1 || l[0].Key != "yaml.too_big" || l[0].At.File != "case.yaml" {
		t.Errorf("got %v", err)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}

// Names given by the reader never collide, and stay when the file is written.
func TestAutoNames(t *testing.T) {
	f := mustRead(t, head+"  - {id: e2, on: 2025, kind: contact}\n  - {on: 2025, kind: contact}\n  - {on: 2025, kind: contact}\n  - {id: e2_2, on: 2025, kind: contact, re: e2}\n")
	var ids []string
	for _, e := range f.Entries {
		ids = append(ids, e.ID)
	}
	if got := strings.Join(ids, " "); got != "e2 e2_3 e3 e2_2" {
		t.Errorf("names are %s", got)
	}
}

func TestEmptyRecord(t *testing.T) {
	for _, text := range []string{"stayput: 1\ncase: {}\n", "stayput: 1\ncase: {}\nrecord: []\n", "stayput: 1\ncase: {}\nrecord:\n"} {
		if f := mustRead(t, text); len(f.Entries) != 0 {
			t.Errorf("%q has entries", text)
		}
	}
}

// The order of the file is kept, whatever the dates.
func TestOrderKept(t *testing.T) {
	f := mustRead(t, head+"  - {id: b, on: 2025-02-02, kind: contact}\n  - {id: a, on: 2024-02-02, kind: contact, re: b}\n")
	if f.Entries[0].ID != "b" || f.Entries[1].ID != "a" {
		t.Errorf("order is %s, %s", f.Entries[0].ID, f.Entries[1].ID)
	}
}

func tenThousand() string {
	var b strings.Builder
	b.WriteString("stayput: 1\ncase: {title: Big, child: {name: B, born: 2010-01-01}, jurisdiction: us-ca}\nrecord:\n")
	at := d("2000-01-01")
	for i := range 10000 {
		fmt.Fprintf(&b, "  - {id: n%d, on: %s, kind: contact, means: phone, with: [principal, case manager], summary: \"Asked again, nr. %d\"", i, at.Add((i*7919)%9000), i)
		if i > 0 {
			fmt.Fprintf(&b, ", re: n%d", i-1)
		}
		b.WriteString("}\n")
	}
	return b.String()
}

func TestTenThousandEntries(t *testing.T) {
	data := []byte(tenThousand())
	start := time.Now()
	f, err := Read("big.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d entries in %v", len(f.Entries), time.Since(start))
	if len(f.Entries) != 10000 {
		t.Errorf("%d entries", len(f.Entries))
	}
}

// The longest chain of distances is followed without trouble.
func TestLongChain(t *testing.T) {
	var b strings.Builder
	b.WriteString(head)
	for i := range 10000 {
		fmt.Fprintf(&b, "  - {id: n%d, on: {after: n%d, days: 1}, kind: contact}\n", i, i+1)
	}
	b.WriteString("  - {id: n10000, on: 2000-01-01, kind: contact}\n")
	f := mustRead(t, b.String())
	if f.Entries[0].On != day.On(d("2000-01-01").Add(10000)) {
		t.Errorf("first is on %v", f.Entries[0].On)
	}
}

// A case is the same with Windows line ends, in UTF-16 and with a mark.
func TestEncodings(t *testing.T) {
	for name, data := range examples(t) {
		want, err := Read(name, data)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		forms := map[string][]byte{
			"windows": []byte(strings.ReplaceAll(text, "\n", "\r\n")),
			"mark":    []byte("\uFEFF" + text),
			"little":  {0xFF, 0xFE},
			"big":     {0xFE, 0xFF},
		}
		for _, u := range utf16.Encode([]rune(text)) {
			forms["little"] = append(forms["little"], byte(u), byte(u>>8))
			forms["big"] = append(forms["big"], byte(u>>8), byte(u))
		}
		for form, data := range forms {
			got, err := Read(name, data)
			if err != nil || !got.Equal(want) {
				t.Errorf("%s, %s: differs, %v", name, form, err)
			}
		}
	}
}

// fortyEntries is a case as large as most.
func fortyEntries() []byte {
	var b strings.Builder
	b.WriteString("stayput: 1\ncase:\n  title: Maya R.\n  child: {name: Maya R., born: 2015-04-02, grade: \"4\"}\n  zone: America/Los_Angeles\n  jurisdiction: us-ca\n  district: Oakland Unified\n  calendars: [oakland-usd-2025-26.yaml]\n  side: family\nrecord:\n")
	for i := range 20 {
		fmt.Fprintf(&b, "  - id: n%d\n    on: %s\n    kind: evaluation_requested\n    by: parent\n    note: Email to the principal, asks for evaluation in reading and attention.\n", i, d("2025-02-03").Add(7*i))
		fmt.Fprintf(&b, "  - {on: %s, kind: contact, re: n%d, means: phone, with: [principal, case manager], outcome: reached, summary: Asked why the plan came late.}\n", d("2025-02-05").Add(7*i), i)
	}
	return []byte(b.String())
}

func BenchmarkRead(b *testing.B) {
	data := fortyEntries()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read("case.yaml", data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadJSON(b *testing.B) {
	f, err := Read("case.yaml", fortyEntries())
	if err != nil {
		b.Fatal(err)
	}
	var buf bytes.Buffer
	if err := f.Write(&buf, JSON); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(buf.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read("case.json", buf.Bytes()); err != nil {
			b.Fatal(err)
		}
	}
}
