package web

import (
	"cmp"
	"slices"

	"stayput/derive/program"
	"stayput/desk"
	"stayput/plan"
)

// nowAndOffered is what a version is held against and what it offers: the program
// that was in force on the day before its offer, as one plan, and the version whole.
// What was refused of a version in between is in neither: the child does not have
// it. now is nil when nothing was in force, so that the version would be a first one.
func nowAndOffered(c *desk.Case, plans []*plan.Plan, p *plan.Plan) (now, offered *plan.Plan, err error) {
	offered, _ = plan.Whole(plans, p)
	res, err := c.Program()
	if err != nil {
		return nil, nil, err
	}
	earlier := answeredTo(plans, res, p)
	i := slices.IndexFunc(res.Tracks, func(t program.Track) bool { return offerAt(&t, p.ID) >= 0 })
	if i < 0 {
		return earlier, offered, nil
	}
	t := &res.Tracks[i]
	on := t.Offers[offerAt(t, p.ID)].On
	if on == 0 {
		return earlier, offered, nil
	}
	before, err := c.ProgramOn(on - 1)
	if err != nil {
		return nil, nil, err
	}
	j := slices.IndexFunc(before.Tracks, func(x program.Track) bool { return x.Kind == t.Kind })
	switch {
	case j < 0:
		return earlier, offered, nil
	case len(before.Tracks[j].InForce) == 0 && before.Tracks[j].Ended != nil:
		return nil, offered, nil
	case len(before.Tracks[j].InForce) == 0:
		return earlier, offered, nil
	}
	now = asOnePlan(plans, before.Tracks[j].InForce, cmp.Or(earlier, &plan.Plan{Kind: p.Kind}))
	if p.Amends != "" { // an amendment changes what the child has, part by part
		now.ID = p.Amends
		offered, _ = plan.Whole([]*plan.Plan{now, p}, p)
	}
	return now, offered, nil
}

// offerAt is where a version stands among those of a track, or -1.
func offerAt(t *program.Track, id string) int {
	return slices.IndexFunc(t.Offers, func(o program.OfferState) bool { return o.Plan == id })
}

// asOnePlan is lines of several versions as one plan. What no line speaks of is that
// of base. A part without a name of its own is called by its plan and its place.
func asOnePlan(plans []*plan.Plan, lines []program.Line, base *plan.Plan) *plan.Plan {
	out := *base
	out.Amends, out.Removes = "", nil
	out.Services, out.Goals, out.Accommodations, out.Setting = nil, nil, nil, plan.Setting{}
	for _, l := range lines {
		from := plan.Find(plans, l.FromPlan)
		if from == nil {
			continue
		}
		whole, _ := plan.Whole(plans, from)
		for _, x := range whole.Components() {
			if x.ID != l.Component || x.Part != l.Part {
				continue
			}
			name := l.FromPlan + "/" + l.Component
			switch x.Part {
			case plan.ServiceLines:
				s := whole.Services[x.Index]
				s.ID = cmp.Or(s.ID, name)
				// The child has it, whatever the dates of its version: only an end
				// before that of its plan says less.
				if s.From = 0; s.To >= whole.Ends() {
					s.To = 0
				}
				out.Services = append(out.Services, s)
			case plan.Goals:
				g := whole.Goals[x.Index]
				g.ID = cmp.Or(g.ID, name)
				out.Goals = append(out.Goals, g)
			case plan.Accommodations:
				a := whole.Accommodations[x.Index]
				a.ID = cmp.Or(a.ID, name)
				out.Accommodations = append(out.Accommodations, a)
			case plan.Placement:
				out.Setting = whole.Setting
			}
		}
	}
	return &out
}
