package next_test

import (
	"strings"
	"testing"

	"stayput/day"
	"stayput/derive/next"
	"stayput/derive/remedy"
	"stayput/fact"
	"stayput/record"
)

// A promise that is late, or due within two weeks, is a step: the family asks, the
// school gives. One that is done, cancelled or further off is none.
func TestRemedySteps(t *testing.T) {
	on := func(m, d int) day.When { return day.On(day.Must(2026, 3, 1).Add(m*31 + d)) }
	deal := fact.Entry{ID: "deal", Kind: fact.MustLookup("settlement_signed"), On: on(-2, 0)}
	promise := func(id, words string, due day.Date) fact.Entry {
		e := fact.Entry{ID: id, Kind: fact.MustLookup("remedy_promised"), On: deal.On, Re: "deal"}
		e.Fields.Summary, e.Fields.Until, e.Fields.Minutes = words, due, 60
		return e
	}
	asOf := day.Must(2026, 3, 10)
	steps := func(side fact.Side, es ...fact.Entry) []next.Step {
		v := record.NewView(append([]fact.Entry{deal}, es...), 0)
		return next.Remedies(side, asOf, remedy.Derive(remedy.Input{View: v, AsOf: asOf}))
	}
	late, soon, far := promise("a", "Reading\nhelp  "+strings.Repeat("x", 200), day.Must(2026, 3, 9)), promise("b", "Training", day.Must(2026, 3, 24)), promise("c", "Later", day.Must(2026, 3, 25))
	got := steps(fact.FamilySide, late, soon, far)
	if len(got) != 2 || got[0].Do != "ask_remedy" || got[0].Why != "why_remedy_late" || got[0].For != fact.Parent || got[0].ByLaw || got[0].By != day.Must(2026, 3, 17) || len([]rune(got[0].Names[0])) > 81 || !strings.HasPrefix(got[0].Names[0], "Reading help x") {
		t.Fatalf("late: %+v", got)
	}
	if got[1].Why != "why_remedy_soon" || got[1].By != day.Must(2026, 3, 24) || got[1].Names[0] != "Training" {
		t.Errorf("soon: %+v", got[1])
	}
	if got = steps(fact.SchoolSide, late); len(got) != 1 || got[0].Do != "give_remedy" || got[0].For != fact.LEA || got[0].By != day.Must(2026, 3, 9) {
		t.Errorf("the school: %+v", got)
	}
	if got = steps(fact.FamilySide, promise("d", "", day.Must(2026, 1, 2))); len(got) != 1 || got[0].Do != "ask_remedy_plain" {
		t.Errorf("without words: %+v", got)
	}
	done := fact.Entry{ID: "z", Kind: fact.MustLookup("remedy_completed"), On: day.On(day.Must(2026, 3, 1)), Re: "a"}
	if got = steps(fact.FamilySide, late, done, far); len(got) != 0 {
		t.Errorf("done: %+v", got)
	}
}
