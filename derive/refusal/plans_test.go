package refusal_test

import (
	"testing"

	"stayput/day"
	"stayput/derive/refusal"
	"stayput/fact"
	"stayput/plan"
)

// noticed makes a plan with notices: what each says no to, on which day.
func noticed(id string, ns ...plan.Prior) *plan.Plan { return &plan.Plan{ID: id, PriorNotices: ns} }

func refuses(on day.Date, about string) plan.Prior {
	return plan.Prior{On: on, About: about, Refuses: fact.Yes}
}

// A refusal on the page of a plan stands until the record tells of it; a notice that
// proposes, or does not say, is none.
func TestOnPlans(t *testing.T) {
	aide, ot := refuses(d(9, 8), "An aide"), refuses(d(9, 10), "Occupational therapy")
	p := noticed("p", aide, plan.Prior{On: d(9, 9), About: "More speech", Refuses: fact.No}, plan.Prior{On: d(9, 9), About: "Placement"}, ot, refuses(d(12, 1), "Ahead"))
	onPlan := func(e *fact.Entry) { e.Fields.Plan = "p" }
	said := func(s string) func(*fact.Entry) { return func(e *fact.Entry) { e.Fields.Summary = s } }
	for _, x := range []struct {
		name  string
		plans []*plan.Plan
		es    []fact.Entry
		want  string
	}{
		{"nothing in the record", []*plan.Plan{p}, nil, "Occupational therapy|An aide|"},
		{"no plan", nil, nil, ""},
		{"written down from the page", []*plan.Plan{p}, []fact.Entry{entry("n", "action_proposed_or_refused", "", day.On(d(9, 8)), refused, onPlan, said("An aide"))}, "Occupational therapy|"},
		{"another sort of no on the same day", []*plan.Plan{p}, []fact.Entry{entry("n", "evaluation_refused", "", day.On(d(9, 10)))}, "An aide|"},
		{"a day that is not exact", []*plan.Plan{p}, []fact.Entry{entry("n", "request_refused", "", day.When{Earliest: d(9, 1), Latest: d(9, 9), Minute: -1})}, "Occupational therapy|"},
		{"a no about another plan", []*plan.Plan{p}, []fact.Entry{entry("n", "request_refused", "", day.On(d(9, 8)), func(e *fact.Entry) { e.Fields.Plan = "q" })}, "Occupational therapy|An aide|"},
		{"a proposal of that day is no refusal", []*plan.Plan{p}, []fact.Entry{entry("n", "action_proposed_or_refused", "", day.On(d(9, 8)), proposed)}, "Occupational therapy|An aide|"},
		{"one entry tells of one notice", []*plan.Plan{noticed("p", aide, refuses(d(9, 8), "A bus"))}, []fact.Entry{entry("n", "request_refused", "", day.On(d(9, 8)))}, "A bus|"},
		{"the one in the same words first", []*plan.Plan{noticed("p", aide, refuses(d(9, 8), "A bus"))}, []fact.Entry{entry("n", "action_proposed_or_refused", "", day.On(d(9, 8)), refused, onPlan, said("A bus"))}, "An aide|"},
		{"repeated by a later version", []*plan.Plan{noticed("p", aide), noticed("q", aide)}, nil, "An aide|"},
		{"no day on the page", []*plan.Plan{noticed("p", refuses(0, "A bus"), aide)}, nil, "An aide|A bus|"},
		{"no day on the page, written down", []*plan.Plan{noticed("p", refuses(0, "A bus"))}, []fact.Entry{entry("n", "action_proposed_or_refused", "", day.On(d(9, 12)), refused, onPlan, said("A bus"))}, ""},
	} {
		in := input(t, "us", fact.FamilySide, d(9, 20), x.es)
		got := ""
		for _, n := range refusal.OnPlans(in.View, x.plans, d(9, 20)) {
			got += n.About + "|"
			if n.Plan.PriorNotices[n.At].About != n.About {
				t.Errorf("%s: notice %d of %s is another one", x.name, n.At, n.Plan.ID)
			}
		}
		if got != x.want {
			t.Errorf("%s: %s, want %s", x.name, got, x.want)
		}
	}
}

// Where the law's day hangs on a school calendar that nobody entered, both bounds are
// told, and the day to ask for stays ours: in Texas the fifteenth school day after
// Tuesday, September 2, is at the earliest Tuesday the 23rd (3 to 5, 8 to 12, 15 to 19, 22
// and 23 are fifteen).
func TestOnlyBounds(t *testing.T) {
	ask, no := entry("ask", "evaluation_requested", "", day.On(d(9, 2)), inWriting), entry("no", "evaluation_refused", "ask", day.On(d(9, 8)))
	in := input(t, "us-tx", fact.FamilySide, d(9, 10), []fact.Entry{ask, no})
	n := refusal.Derive(in)[0]
	if n.Due != nil || n.Between == nil || n.Between.Earliest != d(9, 23) || n.Between.Latest <= n.Between.Earliest || !n.Ours || n.By != d(9, 24) {
		t.Fatalf("%+v between %+v", n, n.Between)
	}
	// A certain day stands alone.
	ask.Kind, no.Kind = fact.MustLookup("records_access_requested"), fact.MustLookup("records_access_refused")
	if n := noes(t, fact.FamilySide, d(9, 15), ask, no)[0]; n.Due == nil || n.Between != nil {
		t.Errorf("%+v", n)
	}
}
