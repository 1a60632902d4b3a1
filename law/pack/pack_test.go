package pack

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stayput/fault"
	"stayput/law"
)

const packYAML = `pack: us-xx
name: {en: Nowhere, es: Ninguna parte}
under: us
covers: [evaluation]
skips: {breaks: {between_terms: yes, breaks_over: 5, rule: us-xx.evaluation.plan}}
rolls: {open: {to: next_open_day, settled: no, rule: us-xx.evaluation.plan}}
`

const ruleYAML = `- id: us-xx.evaluation.plan
  kind: clock
  area: evaluation
  owed_by: lea
  starts_on: evaluation_requested
  starts_when: {all: [{entry: {written: yes}}, {not: {case: {home_schooled: yes}}}, {any: [{month: [1, 2]}, {age: {at_least: 3, under: 22}}]}]}
  met_by: [evaluation_consent_requested, {kind: prior_written_notice_given, only: re}]
  extended_by: [{kind: extension_agreed, sets: until, written: required}]
  versions:
    - from: unknown
      to: 2010-06-30
      due: [{count: 10 day}]
      citation: Old Code 1
      source: https://example.org/1
    - from: 2010-07-01
      due:
        - {when: {days_to_year_end: {at_most: 10}}, count: 10 day, from: next_year_start, roll: open}
        - {count: 15 day, skip: breaks, roll: open}
      citation: Code 1
      source: https://example.org/1
  checked: {level: primary, on: 2026-01-02}
`

func source(t testing.TB, files map[string]string) (*Source, error) {
	t.Helper()
	fs := fstest.MapFS{}
	for name, text := range files {
		fs["us-xx/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return Open(fs, "us-xx")
}

func TestReadRule(t *testing.T) {
	s, err := source(t, map[string]string{"pack.yaml": packYAML, "rules.yaml": ruleYAML})
	if err != nil {
		t.Fatal(err)
	}
	p, err := Read(s)
	if err != nil {
		t.Fatal(err)
	}
	r := p.Rules[0]
	if len(r.Versions) != 2 || len(r.Versions[1].Due) != 2 || r.Versions[1].Due[1].Count.N != 15 || r.Versions[1].Due[1].Skip == nil || !r.MetBy[1].OnlyRe || !r.Numeric() {
		t.Errorf("%+v", r)
	}
	if r.At.Line != 1 || r.At.File != "us-xx/rules.yaml" {
		t.Errorf("the rule stands at %v", r.At)
	}
}

// Every slip of an author is refused, with its place.
func TestRefusals(t *testing.T) {
	for _, c := range []struct{ old, with, key string }{
		{"kind: clock", "kind: clok", "yaml.unknown_word"},
		{"area: evaluation", "area: evaluations", "yaml.unknown_word"},
		{"owed_by: lea", "owned_by: lea", "yaml.unknown_key"},
		{"starts_on: evaluation_requested", "starts_on: evaluation_request", "pack.unknown_kind"},
		{"{written: yes}", "{writen: yes}", "pack.unknown_field"},
		{"{home_schooled: yes}", "{homeschooled: yes}", "pack.unknown_case_fact"},
		{"{month: [1, 2]}", "{moon: full}", "yaml.unknown_word"},
		{"count: 15 day", "count: fifteen day", "pack.count"},
		{"count: 15 day", "count: 15 dog", "pack.count"},
		{"count: 15 day, skip: breaks", "count: 15 day, skip: brakes", "pack.unknown_skip"},
		{"from: 2010-07-01", "from: 2010-07-32", "pack.want_date"},
		{"from: 2010-07-01", "from: 2010-06-01", "pack.versions_overlap"},
		{"to: 2010-06-30", "note: later", "pack.versions_overlap"},
		{"citation: Code 1", "note: Code 1", "yaml.missing_key"},
		{"level: primary", "level: certain", "yaml.unknown_word"},
		{"us-xx.evaluation.plan\n  kind", "us-yy.evaluation.plan\n  kind", "pack.foreign_rule"},
		{"count: 10 day}]", "count: 10 day, standard: promptly, on: 06-30}]", "pack.due_one_way"},
	} {
		if !strings.Contains(ruleYAML, c.old) {
			t.Fatalf("no %q to change", c.old)
		}
		s, err := source(t, map[string]string{"pack.yaml": packYAML, "rules.yaml": strings.Replace(ruleYAML, c.old, c.with, 1)})
		if err == nil {
			_, err = Read(s)
		}
		l := fault.All(err)
		if !slices.ContainsFunc(l, func(e *fault.Error) bool { return e.Key == c.key && e.At.Line > 0 && e.At.Column > 0 }) {
			t.Errorf("%q for %q: %v; want %s with a place", c.with, c.old, err, c.key)
		}
	}
}

func TestWordsInBothLanguages(t *testing.T) {
	s, err := source(t, map[string]string{"pack.yaml": packYAML, "rules.yaml": ruleYAML, "words.en.yaml": "us-xx.evaluation.plan: {title: Plan, says: It says.}\nus-xx.other: {title: Nothing, says: Nothing.}\n"})
	if err != nil {
		t.Fatal(err)
	}
	p, err := Read(s)
	if err != nil {
		t.Fatal(err)
	}
	en, err := ReadWords(s, "en")
	if err != nil {
		t.Fatal(err)
	}
	l := fault.All(CheckWords(p, map[string]Words{"en": en}))
	var keys []string
	for _, e := range l {
		keys = append(keys, e.Key)
	}
	slices.Sort(keys)
	if !slices.Equal(keys, []string{"pack.no_words", "pack.words_of_nothing"}) {
		t.Errorf("%v", l)
	}
}

func TestOverridesMustExist(t *testing.T) {
	s, err := source(t, map[string]string{"pack.yaml": packYAML, "rules.yaml": ruleYAML + "  overrides: [us.nothing.here]\n"})
	if err != nil {
		t.Fatal(err)
	}
	p, err := Read(s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := law.Over("us-xx", p); err == nil || !strings.Contains(err.Error(), "us.nothing.here") {
		t.Errorf("an override of nothing was accepted: %v", err)
	}
}

func FuzzPack(f *testing.F) {
	f.Add(packYAML, ruleYAML, "- {id: a, on: 07-04, observed: {saturday: friday maybe}, lists: {roll: yes}, citation: X}\n", programYAML)
	for _, id := range []string{"us", "us-ca"} {
		data, err := os.ReadFile("../packs/" + id + "/pack.yaml")
		if err != nil {
			f.Fatal(err)
		}
		holidays, err := os.ReadFile("../packs/" + id + "/holidays.yaml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data), ruleYAML, string(holidays), programYAML)
	}
	f.Fuzz(func(t *testing.T, p, rules, holidays, program string) {
		s, err := source(t, map[string]string{"pack.yaml": p, "rules.yaml": rules, "holidays.yaml": holidays, "program.yaml": program, "words.en.yaml": rules})
		if err == nil {
			var got *law.Pack
			if got, err = Read(s); err == nil {
				for _, r := range got.Rules {
					r.Numeric()
					r.VersionAt(730000)
				}
				_, _ = law.Over("us-xx", got)
			}
			_, _ = ReadWords(s, "en")
		}
		for _, e := range fault.All(err) {
			if e.Kind == fault.Internal {
				t.Fatalf("an internal fault: %v", e)
			}
		}
	})
}
