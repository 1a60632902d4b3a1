package next_test

import (
	"strings"
	"testing"
	"time"

	"stayput/day"
	"stayput/derive/next"
	"stayput/fact"
	"stayput/record"
)

// A decision with a day becomes a step: two weeks before its day, and for a year after
// it, until some entry answers it. What was refused or has no day asks for nothing.
func TestDecisionsBecomeSteps(t *testing.T) {
	kind := fact.MustLookup("decision_noted")
	noted := func(id, words string, granted fact.Tri, until day.Date) fact.Entry {
		return fact.Entry{ID: id, Kind: kind, On: day.On(day.Must(2026, time.March, 2)), Fields: fact.Fields{Summary: words, Granted: granted, Until: until}}
	}
	es := []fact.Entry{
		noted("a", "Speech starts.\nMore words", fact.Yes, day.Must(2026, time.March, 13)),
		noted("b", "An aide", fact.No, day.Must(2026, time.March, 13)),
		noted("c", "Bus", fact.Unsaid, day.Must(2026, time.March, 27)),
		noted("d", "No day", fact.Yes, 0),
		noted("e", "Answered", fact.Yes, day.Must(2026, time.March, 13)),
		{ID: "x", Re: "e", Kind: fact.MustLookup("contact"), On: day.On(day.Must(2026, time.March, 12))},
	}
	for _, x := range []struct {
		asOf day.Date
		want string
	}{
		{day.Must(2026, time.February, 27), ""}, // before the meeting itself
		{day.Must(2026, time.March, 12), "see_decision Speech starts"},
		{day.Must(2026, time.March, 13), "see_decision Speech starts|Bus"},
		{day.Must(2026, time.March, 14), "ask_decision Speech starts;see_decision Bus"},
		{day.Must(2026, time.March, 28), "ask_decision Speech starts|Bus"},
		{day.Must(2027, time.March, 14), "ask_decision Bus"}, // 366 days after March 13
	} {
		var got []string
		for _, s := range next.Merge(nil, next.Meetings(fact.FamilySide, x.asOf, record.NewView(es, 0))) {
			got = append(got, s.Do+" "+strings.Join(s.Names, "|"))
			if s.ByLaw || s.For != fact.Parent {
				t.Errorf("%+v", s)
			}
		}
		if g := strings.Join(got, ";"); g != x.want {
			t.Errorf("on %v: %q, want %q", x.asOf, g, x.want)
		}
	}
	if s := next.Meetings(fact.SchoolSide, day.Must(2026, time.March, 14), record.NewView(es, 0)); s[0].For != fact.LEA {
		t.Errorf("%+v", s[0])
	}
}
