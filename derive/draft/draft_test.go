package draft_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/brief/brieftest"
	"stayput/derive/draft"
	"stayput/fact"
	"stayput/fact/facttest"
	"stayput/law/packs"
	"stayput/paper"
	"stayput/plan"
)

var on, entry = facttest.Day, facttest.Entry

func re(id string) func(*fact.Entry)  { return func(e *fact.Entry) { e.Re = id } }
func says(s string) func(*fact.Entry) { return func(e *fact.Entry) { e.Fields.Summary = s } }

func input(t brieftest.Fataler, asOf string, kase fact.Case, es ...fact.Entry) draft.Input {
	return draft.From(brieftest.Make(t, asOf, kase, es...), draft.Sources{})
}

// A request of February 3, 2025 was answered with a no on the 20th, whose reason was told
// on the 21st.
func refused() []fact.Entry {
	return []fact.Entry{
		entry("ask", "2025-02-03", "evaluation_requested", says("An evaluation in reading.")),
		entry("no", "2025-02-20", "evaluation_refused", re("ask")),
		entry("why", "2025-02-21", "reason_told", re("no"), says("She has good grades.")),
	}
}

func TestTheNo(t *testing.T) {
	in := input(t, "2025-03-01", fact.Case{}, refused()...)
	in.Paper, _ = paper.Get("demand-pwn")
	f := draft.Gather(in)
	if f.About == nil || f.About.ID != "no" {
		t.Fatalf("about %+v", f.About)
	}
	for name, want := range map[string]string{"no.on": "2025-02-20", "request.on": "2025-02-03", "about.on": "2025-02-20", "today": "2025-03-01"} {
		if got := f.Fields[name].Date.String(); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	if v := f.Fields["no.words"]; v.Said != "She has good grades." || len(v.Entries) != 1 || v.Entries[0] != "why" {
		t.Errorf("what was said: %+v", v)
	}
	if f.Fields["notice.on"].Any() {
		t.Error("a notice that never came has a date")
	}
	if rows := f.Lists["requests"]; len(rows) != 1 || rows[0].Values["answer"].Named.Kind != fact.MustLookup("evaluation_refused") || rows[0].Values["answered"].Date != on("2025-02-20") {
		t.Errorf("%+v", rows)
	}
	if len(f.Lists["unanswered"]) != 0 {
		t.Errorf("%+v", f.Lists["unanswered"])
	}
}

// A remark about a no is nobody's words: it is never quoted.
func TestARemarkIsNoQuote(t *testing.T) {
	es := []fact.Entry{entry("no", "2025-02-20", "evaluation_refused", func(e *fact.Entry) { e.Note = "They looked at the clock the whole time." })}
	if v := draft.Gather(input(t, "2025-03-01", fact.Case{}, es...)).Fields["no.words"]; v.Any() {
		t.Errorf("%+v", v)
	}
}

// A day known only as a month is no date in a letter.
func TestNoGuessedDate(t *testing.T) {
	e := entry("ask", "2025-02-03", "evaluation_requested")
	e.On = day.When{Earliest: on("2025-02-01"), Latest: on("2025-02-28"), Minute: -1}
	f := draft.Gather(input(t, "2025-03-01", fact.Case{}, e))
	if f.Fields["request.on"].Any() || f.Lists["requests"][0].Values["on"].Any() {
		t.Errorf("%+v", f.Fields["request.on"])
	}
}

// Consent on September 2, 2025 without an evaluation: day 60 is November 1, 2025 (28 days
// of September, 31 of October, 1 of November); on December 1 that is 30 days late.
func TestLate(t *testing.T) {
	f := draft.Gather(input(t, "2025-12-01", fact.Case{}, entry("consent", "2025-09-02", "evaluation_consent_received")))
	found := false
	for _, r := range f.Lists["late"] {
		if r.Values["due"].Date == on("2025-11-01") && r.Values["days"].Number == 30 && r.Values["from"].Date == on("2025-09-02") && strings.Contains(r.Values["law"].Law, "300.301") {
			found = true
		}
	}
	if !found {
		for _, r := range f.Lists["late"] {
			t.Logf("%s %s %d %s", r.Key, r.Values["due"].Date, r.Values["days"].Number, r.Values["law"].Law)
		}
		t.Error("the late evaluation is not in the list")
	}
}

// Whatever stands behind a wall, was written by staff for themselves, or lies ahead: no
// value of any field shows its words or names it, whatever the paper is about.
func TestWalls(t *testing.T) {
	var kinds []fact.Kind
	for _, n := range fact.KindNames() {
		kinds = append(kinds, fact.MustLookup(n))
	}
	rapid.Check(t, func(t *rapid.T) {
		var es []fact.Entry
		shut := map[string]bool{}
		for i := range rapid.IntRange(1, 25).Draw(t, "entries") {
			e := fact.Entry{ID: fmt.Sprint("e", i), Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), On: day.On(on("2025-01-06").Add(rapid.IntRange(0, 500).Draw(t, "day")))}
			e.Fields.With = []string{"person" + e.ID + "#"}
			e.Fields.Summary, e.Note, e.Fields.Response = "secret"+e.ID+"#", "note"+e.ID+"#", "said"+e.ID+"#"
			e.Fields.Offers, e.Fields.About, e.Fields.Outcome = []string{"offer" + e.ID + "#"}, []string{"about" + e.ID + "#"}, "no_answer"
			e.Wall = rapid.SampledFrom([]fact.Wall{fact.Open, fact.Author, fact.Counsel, fact.Mediation}).Draw(t, "wall")
			if i > 0 {
				e.Re = fmt.Sprint("e", rapid.IntRange(0, i-1).Draw(t, "re"))
			}
			if e.Wall != fact.Open || e.Kind.Info().Inward {
				shut[e.ID] = true
			}
			es = append(es, e)
		}
		in := input(t, "2026-03-01", fact.Case{}, es...)
		in.About = fmt.Sprint("e", rapid.IntRange(0, len(es)-1).Draw(t, "about"))
		in.Paper, _ = paper.Get("demand-pwn")
		f := draft.Gather(in)
		look := func(where string, v draft.Value) {
			for id := range shut {
				if strings.Contains(v.Said, id+"#") {
					t.Fatalf("%s says %q of %s", where, v.Said, id)
				}
				for _, x := range v.Entries {
					if x == id {
						t.Fatalf("%s stands on %s", where, id)
					}
				}
			}
		}
		for k, v := range f.Fields {
			look(k, v)
		}
		for k, rows := range f.Lists {
			for _, r := range rows {
				for n, v := range r.Values {
					look(k+"."+n, v)
				}
			}
		}
	})
}

// What a parent refused is not in the program, though the paper with the program on it
// holds it: a letter does not promise it.
func TestOnlyWhatIsInForce(t *testing.T) {
	line := func(id string) plan.Service {
		return plan.Service{ID: id, Name: id, Minutes: plan.CountOf(30), Times: plan.CountOf(1), Per: plan.PerWeek, From: on("2025-09-01"), To: on("2026-08-31")}
	}
	p := &plan.Plan{ID: "iep", Kind: plan.IEP, Complete: fact.Yes, Offered: on("2025-08-20"), EffectiveStart: on("2025-09-01"), EffectiveEnd: on("2026-08-31"), Services: []plan.Service{line("speech"), line("refused")}}
	kase := fact.Case{Jurisdiction: []fact.Dated{{Is: "us-ca"}}}
	kase.Child.Born = on("2015-04-02")
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	b, err := brief.Make(brief.Input{Case: &kase, Book: book, AsOf: on("2026-03-01"), Plans: []*plan.Plan{p}, Entries: []fact.Entry{
		entry("first", "2025-08-25", "services_consent_received"),
		entry("offer", "2025-08-20", "iep_offered", func(e *fact.Entry) { e.Fields.Plan = "iep" }),
		entry("part", "2025-08-25", "iep_consent_partial", re("offer"), func(e *fact.Entry) { e.Fields.Plan, e.Fields.Except = "iep", []string{"refused"} }),
		entry("why", "2025-08-25", "rejection_reason_told", re("part"), says("She is too tired.")),
	}})
	if err != nil {
		t.Fatal(err)
	}
	f := draft.Gather(draft.From(b, draft.Sources{Plans: []*plan.Plan{p}}))
	if rows := f.Lists["services"]; len(rows) != 1 || rows[0].Values["name"].Said != "speech" {
		t.Errorf("services %+v", rows)
	}
	if rows := f.Lists["exceptions"]; len(rows) != 1 || rows[0].Values["what"].Said != "refused" || rows[0].Values["why"].Said != "She is too tired." {
		t.Errorf("exceptions %+v", rows)
	}
	if rows := f.Lists["accepted"]; len(rows) != 1 || rows[0].Values["what"].Said != "speech" {
		t.Errorf("accepted %+v", rows)
	}
}

// Of a long record the newest are listed, and what is left out is counted.
func TestLongRecord(t *testing.T) {
	var es []fact.Entry
	for i := range 1203 {
		es = append(es, entry(fmt.Sprint("e", i), on("2021-01-04").Add(i).String(), "concern_raised", says(fmt.Sprint("worry ", i))))
	}
	f := draft.Gather(input(t, "2026-03-01", fact.Case{}, es...))
	rows := f.Lists["concerns"]
	if len(rows) != 1000 || f.Left["concerns"] != 203 || rows[0].Key != "e203" || rows[999].Key != "e1202" {
		t.Errorf("%d rows from %s, %d left", len(rows), rows[0].Key, f.Left["concerns"])
	}
}

// What a way can no longer bring up is no point of its complaint. Consent on January 2,
// 2024: day 60 is March 2 (29 days of January, 29 of February, 2 of March); tested on April
// 1, 30 days late. The State takes it until March 3, 2025, a year after the first late
// day; a hearing two years, until March 2026.
func TestTooLateForTheWay(t *testing.T) {
	es := []fact.Entry{entry("consent", "2024-01-02", "evaluation_consent_received"), entry("done", "2024-04-01", "evaluation_completed", re("consent"))}
	for _, x := range []struct {
		paper, asOf string
		want        bool
	}{
		{"state-complaint", "2025-02-01", true}, {"state-complaint", "2025-03-10", false}, {"state-complaint", "2026-02-01", false},
		{"due-process-complaint", "2026-02-01", true},
	} {
		in := input(t, x.asOf, fact.Case{}, es...)
		var err error
		if in.Paper, err = paper.Get(x.paper); err != nil {
			t.Fatal(err)
		}
		got := false
		for _, r := range draft.Gather(in).Lists["claims"] {
			if r.Values["due"].Date == on("2024-03-02") {
				got = true
				if r.Values["days"].Number != 30 || r.Values["from"].Date != on("2024-03-03") {
					t.Errorf("%+v", r.Values)
				}
			}
		}
		if got != x.want {
			t.Errorf("%s on %s: %v, want %v", x.paper, x.asOf, got, x.want)
		}
	}
}
