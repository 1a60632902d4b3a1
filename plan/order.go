package plan

import (
	"cmp"
	"slices"

	"stayput/day"
)

// InOrder are the plans by the day each begins; those of one day as they stand. A
// plan without a day of its own begins with the one it amends.
func InOrder(plans []*Plan) []*Plan {
	out := slices.Clone(plans)
	began := make(map[*Plan]day.Date, len(plans))
	for _, p := range plans {
		d := p.Starts()
		if d == 0 {
			w, _ := Whole(plans, p)
			d = w.Starts()
		}
		began[p] = d
	}
	slices.SortStableFunc(out, func(a, b *Plan) int { return cmp.Compare(began[a], began[b]) })
	return out
}

// Before is the plan that p follows, whole: the one it amends or is another
// version of, else the last of its kind that began earlier; nil when there is none.
func Before(plans []*Plan, p *Plan) *Plan {
	for _, id := range []string{p.Amends, p.VersionOf} {
		if id == "" || id == p.ID {
			continue
		}
		if o := Find(plans, id); o != nil {
			w, _ := Whole(plans, o)
			return w
		}
	}
	var last *Plan
	for _, o := range InOrder(plans) {
		if o.ID == p.ID {
			break
		}
		if o.Kind == p.Kind && o.Starts() < p.Starts() {
			last = o
		}
	}
	if last == nil {
		return nil
	}
	w, _ := Whole(plans, last)
	return w
}
