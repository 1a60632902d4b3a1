package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/desk"
	"stayput/intake/casedir"
	"stayput/intake/casefile"
	"stayput/law/packs"
	"stayput/measure"
	"stayput/people"
	"stayput/plan"
	"stayput/plan/session"
)

func spoke(on string, o session.Outcome) session.Log {
	d, err := day.Parse(on)
	if err != nil {
		panic(err)
	}
	return session.Log{On: d, Service: "Speech", Minutes: plan.CountOf(30), Outcome: o, From: session.Provider}
}

// told are the sessions that stand, each as its day and what came of it.
func told(c *desk.Case) string {
	var out []string
	for _, s := range c.Logged().Sessions {
		out = append(out, fmt.Sprintf("%s %s", s.On, s.Outcome))
	}
	return strings.Join(out, ", ")
}

func TestAddLog(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, withPlans)
	form := desk.NewName()
	in := desk.NewLog{Name: form, Via: "grid", Sessions: []session.Log{spoke("2026-02-03", session.Delivered), spoke("2026-02-05", session.MissedProvider)}}
	for range 2 { // the form sent twice stands once
		act, err := h.AddLog(t.Context(), h.who, c, in)
		if err != nil || act != form {
			t.Fatal(act, err)
		}
	}
	f := h.see(t, c)
	if got := told(f); got != "2026-02-03 delivered, 2026-02-05 missed_provider" {
		t.Fatal(got)
	}
	in.Sessions[0].Minutes = plan.CountOf(20)
	if _, err := h.AddLog(t.Context(), h.who, c, in); faultKey(err) != "desk.sent_twice" {
		t.Error("the same form with other words: ", err)
	}
	// A line of the same name takes the place of the first; the record keeps both.
	mend := f.Logged().Sessions[1]
	mend.Outcome = session.ChildAbsent
	if _, err := h.AddLog(t.Context(), h.who, c, desk.NewLog{Sessions: []session.Log{mend}}); err != nil {
		t.Fatal(err)
	}
	f = h.see(t, c)
	if got := told(f); got != "2026-02-03 delivered, 2026-02-05 child_absent" {
		t.Error(got)
	}
	if b := f.Logged().Batches; len(b) != 2 || b[1].Lines != 2 || b[1].Stand != 1 {
		t.Errorf("%+v", b)
	}
	if _, err := h.AddLog(t.Context(), h.who, c, desk.NewLog{Gone: []string{f.Logged().Sessions[0].ID}}); err != nil {
		t.Fatal(err)
	}
	if got := told(h.see(t, c)); got != "2026-02-05 child_absent" {
		t.Error(got)
	}
}

// Taking an import back leaves nothing of it, and brings back what it had replaced.
func TestUndoLog(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, withPlans)
	if _, err := h.AddLog(t.Context(), h.who, c, desk.NewLog{Sessions: []session.Log{spoke("2026-02-03", session.Delivered)}}); err != nil {
		t.Fatal(err)
	}
	first := h.see(t, c).Logged().Sessions[0]
	first.Outcome = session.ChildAbsent
	act, err := h.AddLog(t.Context(), h.who, c, desk.NewLog{Via: "sheet", From: "services.xlsx", Sessions: []session.Log{first, spoke("2026-02-10", session.Delivered)},
		Probes: []measure.Probe{{Goal: "g1", On: first.On, Value: measure.Trials(7, 10)}}})
	if err != nil {
		t.Fatal(err)
	}
	if got := told(h.see(t, c)); got != "2026-02-03 child_absent, 2026-02-10 delivered" {
		t.Fatal(got)
	}
	for range 2 {
		if err := h.UndoLog(t.Context(), h.who, c, act, ""); err != nil {
			t.Fatal(err)
		}
	}
	f := h.see(t, c)
	if got := told(f); got != "2026-02-03 delivered" || len(f.Logged().Probes) != 0 {
		t.Error(got, f.Logged().Probes)
	}
	if b := f.Logged().Batches; len(b) != 2 || b[0].Undone.IsZero() || b[0].From != "services.xlsx" || b[0].Lines != 3 || b[0].Stand != 0 {
		t.Errorf("%+v", b)
	}
	if err := h.UndoLog(t.Context(), h.who, c, "nothing", ""); faultKey(err) != "desk.no_batch" {
		t.Error(err)
	}
}

func TestLogRefuses(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, withPlans)
	with := func(change func(*session.Log)) desk.NewLog {
		s := spoke("2026-02-03", session.Delivered)
		change(&s)
		return desk.NewLog{Sessions: []session.Log{spoke("2026-02-04", session.Delivered), s}}
	}
	for want, in := range map[string]desk.NewLog{
		"desk.log_empty":   {},
		"desk.log_day":     with(func(s *session.Log) { s.On = 0 }),
		"desk.log_service": with(func(s *session.Log) { s.Service = "" }),
		"desk.log_outcome": with(func(s *session.Log) { s.Outcome = "forgot" }),
		"desk.log_minutes": with(func(s *session.Log) { s.Minutes = plan.CountOf(1441) }),
		"desk.too_long":    with(func(s *session.Log) { s.Note = strings.Repeat("ñ", 4001) }),
		"desk.log_text":    with(func(s *session.Log) { s.Note = "\xff" }),
		"desk.log_goal":    {Probes: []measure.Probe{{On: day.Must(2026, 2, 3), Value: measure.Number(3)}}},
		"desk.log_value":   {Probes: []measure.Probe{{Goal: "g1", On: day.Must(2026, 2, 3), Value: measure.Trials(3, 0.5)}}},
		"desk.log_name":    {Sessions: []session.Log{{ID: "a", On: 1, Service: "x", Outcome: session.Delivered}, {ID: "a", On: 1, Service: "x", Outcome: session.Delivered}}},
		"desk.log_gone":    {Gone: []string{"nobody"}},
	} {
		if _, err := h.AddLog(t.Context(), h.who, c, in); faultKey(err) != want {
			t.Errorf("want %s, got %v", want, err)
		}
	}
	if got := told(h.see(t, c)); got != "" {
		t.Error("something was added in half: ", got)
	}
}

// What was known on an earlier day leaves out what was written down later.
func TestLogAsKnown(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, withPlans)
	if _, err := h.AddLog(t.Context(), h.who, c, desk.NewLog{Sessions: []session.Log{spoke("2026-02-03", session.Delivered)}}); err != nil {
		t.Fatal(err)
	}
	today := h.see(t, c).Today
	for known, want := range map[day.Date]string{today: "2026-02-03 delivered", today - 1: ""} {
		f, err := h.Case(t.Context(), h.who, c, desk.View{Known: known})
		if err != nil {
			t.Fatal(err)
		}
		if got := told(f); got != want {
			t.Errorf("known by %s: %q, want %q", known, got, want)
		}
	}
}

// Who only adds may mend his own lines and nobody else's.
func TestLogOfAnother(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, withPlans)
	if _, err := h.AddLog(t.Context(), h.who, c, desk.NewLog{Sessions: []session.Log{spoke("2026-02-03", session.Delivered)}}); err != nil {
		t.Fatal(err)
	}
	theirs := h.see(t, c).Logged().Sessions[0]
	other := h.join(t, people.Member{Role: people.Contributor})
	theirs.Outcome = session.ChildRefused
	if _, err := h.AddLog(t.Context(), other, c, desk.NewLog{Sessions: []session.Log{theirs}}); err == nil {
		t.Error("another's line was changed by one who only adds")
	}
	if err := h.UndoLog(t.Context(), other, c, h.see(t, c).Logged().Batches[0].Name, ""); err == nil {
		t.Error("another's act was taken back by one who only adds")
	}
	if _, err := h.AddLog(t.Context(), other, c, desk.NewLog{Sessions: []session.Log{spoke("2026-02-05", session.Delivered)}}); err != nil {
		t.Error(err)
	}
	reader := other
	reader.Member.Role = people.Reader
	if _, err := h.AddLog(t.Context(), reader, c, desk.NewLog{Sessions: []session.Log{spoke("2026-02-06", session.Delivered)}}); err == nil {
		t.Error("a reader wrote something down")
	}
	if got := told(h.see(t, c)); got != "2026-02-03 delivered, 2026-02-05 delivered" {
		t.Error(got)
	}
}

func BenchmarkTwentyThousandSessions(b *testing.B) {
	in := desk.NewLog{Via: "sheet"}
	first := day.Must(2025, 8, 1)
	for i := range 20_000 {
		in.Sessions = append(in.Sessions, session.Log{On: first + day.Date(i%300), Service: "Speech", Minutes: plan.CountOf(30), Outcome: session.Delivered, From: session.Provider})
	}
	h := newHouse(b)
	for b.Loop() {
		c := h.open(b, withPlans)
		start := time.Now()
		if _, err := h.AddLog(b.Context(), h.who, c, in); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(time.Since(start).Milliseconds()), "ms/import")
		start = time.Now()
		if n := len(h.see(b, c).Logged().Sessions); n != 20_000 {
			b.Fatal(n)
		}
		b.ReportMetric(float64(time.Since(start).Milliseconds()), "ms/read")
	}
}

// A case file with sessions, probes and sightings comes back as it went in, and a
// correction goes out in place of what it corrected.
func TestLogInCaseFile(t *testing.T) {
	const text = withPlans + `
delivery:
  sessions:
    - {id: s1, on: 2026-02-03, service: slp, minutes: 30, outcome: delivered, provider: Sample Provider, from: provider}
    - {id: s2, on: 2026-02-05, service: slp, minutes: 30, outcome: reported_missing, from: family, note: "she waited: nobody came"}
    - {id: s3, on: 2026-02-12, service: slp, minutes: 30, outcome: make_up, makes: s2}
progress:
  probes:
    - {id: p1, goal: g1, date: 2026-02-03, value: "7/10", note: second try}
    - {id: p2, goal: g1, date: 2026-02-10, value: absent}
  sightings:
    - {id: b1, goal: g1, on: 2026-02-11, count: 3, minutes: 20, before: a bell}
`
	h := newHouse(t)
	c := h.open(t, text)
	now := h.see(t, c).Logged()
	if len(now.Sessions) != 3 || len(now.Probes) != 2 || len(now.Sightings) != 1 || !now.Probes[1].Missing || now.Sightings[0].Seconds != measure.Unsaid {
		t.Fatalf("%+v", now)
	}
	out, _, err := h.CaseFile(t.Context(), h.who, c)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := out.Write(&b, casefile.YAML); err != nil {
		t.Fatal(err)
	}
	again := h.see(t, h.open(t, b.String())).Logged()
	for i := range now.Sessions {
		if now.Sessions[i] != again.Sessions[i] {
			t.Errorf("%+v\n%+v", now.Sessions[i], again.Sessions[i])
		}
	}
	for i := range now.Probes {
		if now.Probes[i] != again.Probes[i] {
			t.Errorf("%+v\n%+v", now.Probes[i], again.Probes[i])
		}
	}
	if now.Sightings[0] != again.Sightings[0] {
		t.Errorf("%+v\n%+v", now.Sightings[0], again.Sightings[0])
	}
	mend := now.Sessions[1]
	mend.Outcome, mend.Note = session.MissedProvider, ""
	if _, err := h.AddLog(t.Context(), h.who, c, desk.NewLog{Sessions: []session.Log{mend}}); err != nil {
		t.Fatal(err)
	}
	out, _, err = h.CaseFile(t.Context(), h.who, c)
	b.Reset()
	if err != nil || out.Write(&b, casefile.YAML) != nil || !strings.Contains(b.String(), "missed_provider") || strings.Contains(b.String(), "she waited") {
		t.Error(err, b.String())
	}
}

// A log that did not come along stays named; the case opens all the same.
func TestLogNotBeside(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, withPlans+"\ndelivery: {log: services.csv}\n")
	if got := told(h.see(t, c)); got != "" {
		t.Error(got)
	}
	out, _, err := h.CaseFile(t.Context(), h.who, c)
	var b strings.Builder
	if err != nil || out.Write(&b, casefile.YAML) != nil || !strings.Contains(b.String(), "services.csv") {
		t.Error(err, b.String())
	}
}

// The steps of a case on the desk are those of the brief of its file.
func TestWithSteps(t *testing.T) {
	const text = `
stayput: 1
case: {title: Sample, jurisdiction: us-ca, side: family, sample: yes, calendars: [oakland-usd-2025-26.yaml]}
record:
  - {id: ask, on: 2026-02-02, kind: evaluation_requested, by: parent}
  - {id: yes, on: 2025-09-02, kind: services_consent_received, plan: iep-2025, by: mother}
plans:
  - id: iep-2025
    kind: iep
    offered: 2025-09-01
    effective_start: 2025-09-02
    effective_end: 2026-09-01
    services: [{id: slp, name: Speech, minutes: 30, times: 2, per: week}]
    goals: [{id: g1, text: Reads, baseline: "10", target: "40", unit: words}]
delivery:
  sessions:
    - {id: s1, on: 2025-09-03, service: slp, minutes: 30, outcome: reported_missing, from: family}
    - {id: s2, on: 2025-09-09, service: slp, minutes: 30, outcome: missed_provider}
`
	h := newHouse(t)
	k := h.see(t, h.open(t, text))
	got, err := k.WithSteps()
	if err != nil {
		t.Fatal(err)
	}
	again, err := k.WithSteps()
	if err != nil || again != got {
		t.Error("it is worked out twice", err)
	}
	file, err := casefile.Read("case.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	c, err := (&casedir.Opener{BuiltIn: packs.Calendars()}).Join("case.yaml", file)
	if err != nil {
		t.Fatal(err)
	}
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	laws, err := brief.Laws(&file.Case, book)
	if err != nil {
		t.Fatal(err)
	}
	school, err := (&casedir.Schools{}).Of(c, brief.YearRule(laws), 0)
	if err != nil {
		t.Fatal(err)
	}
	plans, err := k.Plans()
	if err != nil {
		t.Fatal(err)
	}
	l := k.Logged()
	want, err := brief.Make(brief.Input{Case: &file.Case, Entries: file.Entries, Book: book, School: school, AsOf: k.Today, Plans: plans, Logs: l.Sessions, Probes: l.Probes})
	if err != nil {
		t.Fatal(err)
	}
	var a, b []string
	for _, s := range got.Next {
		a = append(a, fmt.Sprint(s.Do, s.By, s.Names, s.Minutes))
	}
	for _, s := range want.Next {
		b = append(b, fmt.Sprint(s.Do, s.By, s.Names, s.Minutes))
	}
	if !slices.Equal(a, b) || len(got.Delivery.Services) != 1 || got.Delivery.Services[0].Total.Tally != want.Delivery.Services[0].Total.Tally || len(got.Progress) != 1 {
		t.Errorf("%v\n%v", a, b)
	}
	if len(a) <= len(k.Brief.Next) {
		t.Errorf("nothing of services is among the steps: %v", a)
	}
}
