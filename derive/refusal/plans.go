package refusal

import (
	"cmp"
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/plan"
	"stayput/record"
)

// A PlanNo is a no that stands only on a plan's own page: a written notice there
// refuses something, and no entry of the record tells of it.
type PlanNo struct {
	Plan  *plan.Plan
	At    int      // where the notice stands among those of the plan
	On    day.Date // zero when the page has no day
	About string   // what it is about, as written
}

// OnPlans lists the noes up to a day that stand only on the pages of plans, the latest
// first; those without a day are the last. A later version that repeats a notice of an
// earlier one says nothing new.
func OnPlans(v *record.View, plans []*plan.Plan, asOf day.Date) []PlanNo {
	var out []PlanNo
	for _, p := range plans {
		for i, n := range p.PriorNotices {
			if n.Refuses != fact.Yes || n.On > asOf {
				continue
			}
			if !slices.ContainsFunc(out, func(x PlanNo) bool { return x.Plan != p && x.On == n.On && x.About == n.About }) {
				out = append(out, PlanNo{p, i, n.On, n.About})
			}
		}
	}
	// Each no of the record tells of one of them: of the one in the same words before
	// one of the same day.
	used := map[string]bool{}
	for _, same := range []func(*fact.Entry, PlanNo) bool{sameWords, sameDay} {
		for _, e := range v.Entries {
			if !Is(e) || used[e.ID] || e.On.Earliest > asOf {
				continue
			}
			if at := slices.IndexFunc(out, func(x PlanNo) bool { return same(e, x) }); at >= 0 {
				out, used[e.ID] = slices.Delete(out, at, at+1), true
			}
		}
	}
	slices.SortStableFunc(out, func(a, b PlanNo) int { return cmp.Compare(b.On, a.On) })
	return out
}

// sameWords reports that a no was written down from a notice as it stands.
func sameWords(e *fact.Entry, x PlanNo) bool {
	return e.Fields.Plan == x.Plan.ID && e.Fields.Summary == x.About && (x.On == 0 || within(e.On, x.On))
}

// sameDay reports that a no of the day of a notice may be the same: it names the plan,
// or none.
func sameDay(e *fact.Entry, x PlanNo) bool {
	return (e.Fields.Plan == "" || e.Fields.Plan == x.Plan.ID) && x.On != 0 && within(e.On, x.On)
}

func within(w day.When, d day.Date) bool { return w.Earliest <= d && d <= w.Latest }
