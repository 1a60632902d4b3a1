package brief_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/delivery"
	"stayput/derive/progress"
	"stayput/examples"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/intake/casedir"
	"stayput/intake/planfile"
	"stayput/law/packs"
	"stayput/plan"
)

// A folder is a case with what lies beside it.
type folder map[string]string

// opened is a case file with everything beside it, the whole way from the bytes.
func (f folder) opened(t testing.TB) (*casedir.Case, error) {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range f {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return (&casedir.Opener{FS: files, BuiltIn: packs.Calendars()}).Open("case.yaml")
}

func (f folder) brief(t testing.TB, asOf string) *brief.Brief {
	t.Helper()
	c, err := f.opened(t)
	if err != nil {
		t.Fatal(err)
	}
	return briefOf(t, c, asOf)
}

func date(t testing.TB, s string) day.Date {
	t.Helper()
	d, err := day.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func inputOf(t testing.TB, c *casedir.Case, asOf string) brief.Input {
	t.Helper()
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	laws, err := brief.Laws(&c.File.Case, book)
	if err != nil {
		t.Fatal(err)
	}
	school, err := (&casedir.Schools{}).Of(c, brief.YearRule(laws), 0)
	if err != nil {
		t.Fatal(err)
	}
	var nodes []*yaml.Node
	for i := range c.File.Plans {
		nodes = append(nodes, c.File.Plans[i].Node)
	}
	plans, err := planfile.ReadAll(nodes)
	if err != nil {
		t.Fatal(err)
	}
	extended, err := (&casedir.Schools{}).Extended(c, 0)
	if err != nil {
		t.Fatal(err)
	}
	return brief.Input{Extended: extended, Case: &c.File.Case, Entries: c.File.Entries, Book: book, School: school, AsOf: date(t, asOf), Plans: plans,
		Logs: c.Logs, Probes: c.Probes, Sightings: c.Sightings}
}

func briefOf(t testing.TB, c *casedir.Case, asOf string) *brief.Brief {
	t.Helper()
	b, err := brief.Make(inputOf(t, c, asOf))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A plan of speech three times a week for 30 minutes, in a year of 36 whole weeks:
// from Monday 2025-08-18 on, two weeks of winter vacation.
const threeTimes = `stayput: 1
case:
  jurisdiction: us-ca
  calendars:
    - calendar: whole-weeks
      school_year: 2025-26
      complete: yes
      first_day: 2025-08-18
      last_day: 2026-05-08
      closures: [{from: 2025-12-22, to: 2026-01-02, name: Winter, kind: vacation}]
record:
  - {id: yes, on: 2025-08-15, kind: iep_consent_received, by: parent, plan: iep}
plans:
  - id: iep
    kind: iep
    offered: 2025-08-14
    effective_start: 2025-08-18
    effective_end: 2026-08-17
    goals: [{id: g1, area: reading, text: Reads, baseline: "45", baseline_on: 2025-08-18, target: "60", unit: wpm, services: [slp]}]
    services: [{id: slp, name: Speech, minutes: 30, times: 3, per: week, from: 2025-08-18, to: 2026-08-17}]
`

// The base case that others publish: 3 times 30 minutes over 36 weeks are 108
// sessions and 3,240 minutes, through the whole path from a case file.
func TestPublishedBaseCase(t *testing.T) {
	var csv strings.Builder
	csv.WriteString("date,service,minutes,outcome,reason,provider\n")
	for d := date(t, "2025-08-18"); d <= date(t, "2026-05-08"); d++ {
		if w := d.Weekday(); (w == 1 || w == 3 || w == 5) && (d < date(t, "2025-12-22") || d > date(t, "2026-01-02")) {
			fmt.Fprintf(&csv, "%s,Speech,30,delivered,,Ms. Adler\n", d)
		}
	}
	b := folder{"case.yaml": threeTimes + "delivery: {log: services.csv}\n", "services.csv": csv.String()}.brief(t, "2026-05-08")
	if b.Delivery == nil || len(b.Delivery.Services) != 1 || len(b.Delivery.Notices) != 0 {
		t.Fatalf("%+v", b.Delivery)
	}
	s := &b.Delivery.Services[0]
	if s.Key != "slp" || s.Sessions != (plan.Rate{Num: 108, Den: 1}) || s.Total.Promised != delivery.Of(3240) || s.Total.Delivered != delivery.Of(3240) || s.Total.Assumed != 0 {
		t.Errorf("%s: %v sessions, %s promised, %s given", s.Key, s.Sessions, s.Total.Promised, s.Total.Delivered)
	}
	if len(s.Signals) != 0 || has(b, "ask_service_logs") || has(b, "ask_make_up") {
		t.Errorf("signals %v, steps %v", s.Signals, b.Next)
	}
}

func has(b *brief.Brief, do string) bool {
	for _, s := range b.Next {
		if s.Do == do {
			return true
		}
	}
	return false
}

// A plan without any log: everything is unknown and nothing is missed; the step is
// to ask for the logs.
func TestNoLogIsUnknown(t *testing.T) {
	b := folder{"case.yaml": threeTimes}.brief(t, "2026-01-30")
	if b.Logs || b.Delivery == nil {
		t.Fatalf("%+v", b.Delivery)
	}
	x := &b.Delivery.Services[0].Total
	if x.Promised == 0 || x.Unknown != x.Promised || x.Short != 0 || x.Reported != 0 {
		t.Errorf("%+v", x)
	}
	if !has(b, "ask_service_logs") || has(b, "ask_make_up") {
		t.Errorf("%+v", b.Next)
	}
	for _, s := range b.Next {
		if len(s.Names) > 0 && s.ByLaw {
			t.Errorf("%s is said to be law", s.Do)
		}
	}
	// In the first weeks there is nothing to ask about yet.
	if b := (folder{"case.yaml": threeTimes}).brief(t, "2025-09-05"); has(b, "ask_service_logs") {
		t.Error("asked for logs after three weeks")
	}
	// Before the plan, and without one, there is nothing to say.
	if b := (folder{"case.yaml": threeTimes}).brief(t, "2025-08-16"); b.Delivery != nil {
		t.Errorf("%+v", b.Delivery.Services)
	}
	if b := (folder{"case.yaml": "stayput: 1\ncase: {jurisdiction: us-ca}\n"}).brief(t, "2026-01-30"); b.Delivery != nil || b.Progress != nil {
		t.Error("something of nothing")
	}
}

// Sessions in the case file, without any plan, are shown against no promise.
func TestLogWithoutPlan(t *testing.T) {
	b := folder{"case.yaml": "stayput: 1\ncase: {jurisdiction: us-ca}\ndelivery: {sessions: [{on: 2026-01-14, service: slp, minutes: 30, outcome: delivered}]}\n"}.brief(t, "2026-01-30")
	if b.Delivery == nil || len(b.Delivery.Services) != 1 || b.Delivery.Services[0].Total.Promised != 0 || b.Delivery.Services[0].Total.Extra != delivery.Of(30) {
		t.Errorf("%+v", b.Delivery)
	}
}

// What was written down after the day of knowledge is left out.
func TestKnownBy(t *testing.T) {
	c, err := (&casedir.Opener{FS: examples.Files(), BuiltIn: packs.Calendars()}).Open("three-years/case.yaml")
	if err != nil {
		t.Fatal(err)
	}
	in := inputOf(t, c, "2026-05-15")
	in.Known = date(t, "2024-12-16")
	b, err := brief.Make(in)
	if err != nil {
		t.Fatal(err)
	}
	speech := &b.Delivery.Services[1]
	if speech.Longest.Sessions > 5 || speech.Total.Unknown < delivery.Of(2000) || len(b.Progress) > 0 && len(b.Progress[0].Probes) > 40 {
		t.Errorf("%+v %s unknown", speech.Longest, speech.Total.Unknown)
	}
}

// What is missed without excuse, what the family reports and a goal that falls
// behind each lead to a step, for each side in its own way.
func TestSteps(t *testing.T) {
	text := threeTimes + `delivery:
  sessions:
    - {on: 2025-08-18, service: slp, outcome: missed_provider, from: school}
    - {on: 2025-08-20, service: slp, outcome: missed_provider, from: school}
    - {on: 2025-08-22, service: slp, outcome: missed_provider, from: school}
    - {on: 2025-08-25, service: slp, outcome: reported_missing, from: family}
progress:
  probes:
    - {goal: g1, date: 2025-08-25, value: 44}
    - {goal: g1, date: 2025-08-26, value: 44}
    - {goal: g1, date: 2025-08-27, value: 43}
    - {goal: g1, date: 2025-08-28, value: 44}
    - {goal: g1, date: 2025-08-29, value: 43}
    - {goal: g1, date: 2025-09-02, value: 43}
`
	for _, side := range []string{"family", "school"} {
		b := folder{"case.yaml": strings.Replace(text, "case:\n", "case:\n  side: "+side+"\n", 1)}.brief(t, "2025-09-05")
		for _, do := range []string{"ask_make_up", "confirm_reports", "ask_goal_meeting"} {
			if !has(b, do) {
				t.Errorf("%s: no %s among %+v", side, do, b.Next)
			}
		}
		if len(b.Progress) != 1 || b.Progress[0].Progress.Verdict != progress.Behind || b.Progress[0].Services[0] != "slp" {
			t.Errorf("%+v", b.Progress)
		}
	}
}

// Where much is unknown the logs are asked for before anything is said to be short.
func TestLogsAreAskedForFirst(t *testing.T) {
	b := folder{"case.yaml": threeTimes + `delivery:
  sessions:
    - {on: 2025-08-18, service: slp, outcome: missed_provider, from: school}
    - {on: 2025-08-20, service: slp, outcome: missed_provider, from: school}
    - {on: 2025-08-22, service: slp, outcome: missed_provider, from: school}
    - {on: 2025-08-25, service: slp, outcome: reported_missing, from: family}
`}.brief(t, "2025-11-21")
	var got []string
	for _, s := range b.Next {
		if len(s.Names) > 0 {
			got = append(got, s.Do)
		}
	}
	if want := "ask_service_logs confirm_reports ask_make_up ask_goal_data"; strings.Join(got, " ") != want {
		t.Errorf("%v, not %s", got, want)
	}
}

// A goal that goes on in a later version keeps its probes, whatever number it had.
func TestGoalsContinue(t *testing.T) {
	c, err := (&casedir.Opener{FS: examples.Files(), BuiltIn: packs.Calendars()}).Open("three-years/case.yaml")
	if err != nil {
		t.Fatal(err)
	}
	b := briefOf(t, c, "2026-05-15")
	if len(b.Progress) != 3 {
		t.Fatalf("%d goals", len(b.Progress))
	}
	all := 0
	for _, g := range b.Progress {
		all += len(g.Probes)
		if g.Plan.ID != "iep-2025" || g.Key != g.Component {
			t.Errorf("%s %s %s", g.Plan.ID, g.Key, g.Component)
		}
	}
	if all != len(c.Probes) {
		t.Errorf("%d of %d probes have a goal", all, len(c.Probes))
	}
	if g := b.Progress[0]; len(g.Progress.Before) < 30 || g.Progress.Verdict != progress.Behind || len(g.Changes) != 3 {
		t.Errorf("reading: %d probes before the line, %s, %v", len(g.Progress.Before), g.Progress.Verdict, g.Changes)
	}
	speech := &b.Delivery.Services[1]
	if speech.Key != "slp" || len(speech.Plans) != 3 || speech.Longest.Sessions != 18 || speech.Longest.From != date(t, "2024-12-17") || speech.Total.MadeUp != delivery.Of(270) {
		t.Errorf("%s %+v %s", speech.Key, speech.Longest, speech.Total.MadeUp)
	}
}

// Kinds of entries that are passed over change nothing about what is in force.
func TestQuietKindsChangeNothing(t *testing.T) {
	for _, name := range []string{"family/maya.yaml", "three-years/case.yaml", "offer.yaml"} {
		c, err := (&casedir.Opener{FS: examples.Files(), BuiltIn: packs.Calendars()}).Open(name)
		if err != nil {
			t.Fatal(err)
		}
		in := inputOf(t, c, "2026-05-15")
		b, err := brief.Make(in)
		if err != nil {
			t.Fatal(err)
		}
		want := brief.Promises(in.Case, in.Plans, b.View, b.Laws, brief.Counts(b.Clocks, b.Limits), in.School, in.AsOf)
		in.Entries = brief.WithoutQuiet(in.Entries)
		without, err := brief.Make(in)
		if err != nil {
			t.Fatal(err)
		}
		if got := brief.Promises(in.Case, in.Plans, without.View, b.Laws, brief.Counts(without.Clocks, without.Limits), in.School, in.AsOf); fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("%s: %+v\n%+v", name, got, want)
		}
	}
}

// A log that is not there, of another layout, or about a goal that no plan has
// refuses the case, with its place.
func TestBadLogs(t *testing.T) {
	for _, c := range []struct {
		files   folder
		key, at string
	}{
		{folder{"case.yaml": threeTimes + "delivery: {log: services.csv}\n"}, "carry.file.missing", "case.yaml:"},
		{folder{"case.yaml": threeTimes + "delivery: {log: services.csv}\n", "services.csv": "Student ID,Date of Session,Units\n1,2,3\n"}, "carry.file.unknown_column", "services.csv:1:1"},
		{folder{"case.yaml": threeTimes + "delivery: {log: services.csv}\n", "services.csv": "date,service,outcome\n2025-09-01,slp,delivered\n2025-09-31,slp,delivered\n"}, "carry.file.not_a_day", "services.csv:3:1"},
		{folder{"case.yaml": threeTimes + "progress: {log: progress.csv}\n"}, "progress.file.missing", "case.yaml:"},
		{folder{"case.yaml": threeTimes + "progress: {log: progress.csv}\n", "progress.csv": "goal,date,value\ng1,2025-09-01,46\ng7,2025-09-02,46\n"}, "progress.file.unknown_goal_near", "progress.csv:3"},
		{folder{"case.yaml": threeTimes + "progress: {probes: [{goal: g7, date: 2025-09-02, value: 46}]}\n"}, "progress.file.unknown_goal_near", "case.yaml:"},
		{folder{"case.yaml": threeTimes + "progress: {sightings: [{goal: g1, on: 2025-09-02, count: -1}]}\n"}, "progress.file.not_a_number", "case.yaml:"},
		{folder{"case.yaml": threeTimes + "delivery: {sesions: []}\n"}, "yaml.unknown_key_near", "case.yaml:"},
	} {
		got, err := c.files.opened(t)
		all := fault.All(err)
		if len(all) == 0 || got != nil {
			t.Errorf("%s: read", c.key)
			continue
		}
		if e := all[0]; strings.TrimSuffix(c.key, "_near") != e.Key || !strings.HasPrefix(e.At.String(), c.at) {
			t.Errorf("%s at %s: %s at %s", c.key, c.at, e.Key, e.At)
		}
	}
}

// BenchmarkLedger is a child's three years: what was in force day by day, the
// ledger, and the goals.
func BenchmarkCarry(b *testing.B) {
	c, err := (&casedir.Opener{FS: examples.Files(), BuiltIn: packs.Calendars()}).Open("three-years/case.yaml")
	if err != nil {
		b.Fatal(err)
	}
	in := inputOf(b, c, "2026-05-15")
	made, err := brief.Make(in)
	if err != nil {
		b.Fatal(err)
	}
	x := brief.Carry(in.Case, in.Plans, made.View, made.Laws, brief.Counts(made.Clocks, made.Limits), in.School, in.AsOf)
	b.Run("in force", func(b *testing.B) {
		for b.Loop() {
			brief.Carry(in.Case, in.Plans, made.View, made.Laws, brief.Counts(made.Clocks, made.Limits), in.School, in.AsOf)
		}
	})
	b.Run("ledger", func(b *testing.B) {
		for b.Loop() {
			x.Ledger(in.Logs)
		}
	})
	b.Run("goals", func(b *testing.B) {
		for b.Loop() {
			x.Goals(in.Probes)
		}
	})
}

// In New Jersey services go on for fifteen days after the notice that answers a
// revocation: of February 9, 2026, day 1 is the 10th and day 15 the 24th. What is
// promised ends that day, however much later one looks.
func TestPromisesEndWithTheRevocation(t *testing.T) {
	const text = `stayput: 1
case: {title: Sample, jurisdiction: us-nj, side: family, sample: yes}
record:
  - {id: yes, on: 2025-09-10, kind: services_consent_received, plan: iep, by: mother}
  - {on: 2025-09-15, kind: iep_implemented, plan: iep}
  - {id: stop, on: 2026-02-02, kind: services_consent_revoked, by: mother}
NOTICE
plans:
  - id: iep
    kind: iep
    offered: 2025-09-01
    effective_start: 2025-09-10
    effective_end: 2026-09-09
    services: [{id: slp, name: Speech, minutes: 30, times: 2, per: week}]
`
	for _, x := range []struct{ notice, asOf, last string }{
		{"  - {on: 2026-02-09, kind: prior_written_notice_given, re: stop}", "2026-02-20", "2026-02-20"},
		{"  - {on: 2026-02-09, kind: prior_written_notice_given, re: stop}", "2026-02-24", "2026-02-24"},
		{"  - {on: 2026-02-09, kind: prior_written_notice_given, re: stop}", "2026-02-25", "2026-02-24"},
		{"  - {on: 2026-02-09, kind: prior_written_notice_given, re: stop}", "2026-06-01", "2026-02-24"},
		{"", "2026-06-01", "2026-06-01"}, // the notice is owed; until it is given nothing ends
	} {
		c, err := folder{"case.yaml": strings.Replace(text, "NOTICE", x.notice, 1)}.opened(t)
		if err != nil {
			t.Fatal(err)
		}
		in := inputOf(t, c, x.asOf)
		b, err := brief.Make(in)
		if err != nil {
			t.Fatal(err)
		}
		last := day.Date(0)
		for _, p := range brief.Promises(in.Case, in.Plans, b.View, b.Laws, brief.Counts(b.Clocks, b.Limits), in.School, in.AsOf) {
			last = max(last, p.To)
		}
		if last != date(t, x.last) {
			t.Errorf("as of %s what is promised ends on %s, want %s (%s)", x.asOf, last, x.last, x.notice)
		}
	}
}
