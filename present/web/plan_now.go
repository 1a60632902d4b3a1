package web

import (
	"cmp"
	"slices"
	"strings"

	"stayput/derive/program"
	"stayput/desk"
	"stayput/fact"
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
	lines := append(slices.Clone(before.Tracks[j].InForce), extendedYear(plans, &before.Tracks[j])...)
	if p.Amends == "" && !slices.ContainsFunc(offered.Services, func(s plan.Service) bool { return s.ESY == fact.Yes }) {
		lines = append(lines, extendedLines(plans, &before.Tracks[j])...)
	}
	now = asOnePlan(plans, lines, cmp.Or(earlier, &plan.Plan{Kind: p.Kind}))
	if p.Amends != "" { // an amendment changes what the child has, part by part
		now.ID = p.Amends
		mine := ownNames(p, now)
		offered, _ = plan.Whole([]*plan.Plan{now, mine}, mine)
	}
	return now, offered, nil
}

// ownNames is an amendment whose parts bear the names by which it calls them, and
// which removes by the names that the parts bear in now.
func ownNames(p, now *plan.Plan) *plan.Plan {
	out := *p
	out.Services, out.Goals, out.Accommodations, out.Transition.Services = slices.Clone(p.Services), slices.Clone(p.Goals), slices.Clone(p.Accommodations), slices.Clone(p.Transition.Services)
	pin(&out)
	out.Removes = slices.Clone(p.Removes)
	for _, x := range now.Components() {
		if _, place, ok := strings.Cut(x.ID, "/"); ok && slices.Contains(p.Removes, place) {
			out.Removes = append(out.Removes, x.ID)
		}
	}
	return &out
}

// extendedYear is the yes to the extended school year that was agreed to last, where
// nothing took it back: between two summers it is in force on no day, and an offer
// without it takes it away all the same.
func extendedYear(plans []*plan.Plan, t *program.Track) []program.Line {
	is := func(part plan.Part, name string) bool { return part == plan.Decisions && name == "esy" }
	if slices.ContainsFunc(t.InForce, func(l program.Line) bool { return is(l.Part, l.Name) }) {
		return nil
	}
	for _, o := range slices.Backward(t.Offers) {
		for _, x := range o.Parts {
			if !is(x.Part, x.Name) || x.State != program.Agreed && x.State != program.ByLaw && x.State != program.Superseded {
				continue
			}
			if x.Drops || plan.Find(plans, o.Plan) == nil {
				return nil
			}
			return []program.Line{{Component: x.Component, Part: x.Part, Name: x.Name, FromPlan: o.Plan}}
		}
	}
	return nil
}

// extendedLines are the services of the extended school year that were agreed to
// last, where nothing took them back and none is in force: an offer that has none
// takes them away, whatever the season.
func extendedLines(plans []*plan.Plan, t *program.Track) []program.Line {
	service := func(id, component string) *plan.Service {
		if p := plan.Find(plans, id); p != nil {
			for _, x := range p.Components() {
				if x.Part == plan.ServiceLines && x.ID == component {
					return &p.Services[x.Index]
				}
			}
		}
		return nil
	}
	if slices.ContainsFunc(t.InForce, func(l program.Line) bool {
		s := service(l.FromPlan, l.Component)
		return l.Part == plan.ServiceLines && s != nil && s.ESY == fact.Yes
	}) {
		return nil
	}
	var gone []string // what a later version left out, and that was agreed to
	for _, o := range slices.Backward(t.Offers) {
		var out []program.Line
		for _, x := range o.Parts {
			if x.Part != plan.ServiceLines || x.State != program.Agreed && x.State != program.ByLaw && x.State != program.Superseded {
				continue
			}
			if x.Drops {
				gone = append(gone, x.Component, x.Was)
				continue
			}
			if s := service(o.Plan, x.Component); s != nil && s.ESY == fact.Yes && !slices.Contains(gone, x.Component) {
				out = append(out, program.Line{Component: x.Component, Part: x.Part, Name: x.Name, FromPlan: o.Plan})
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
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
	out.Services, out.Goals, out.Accommodations, out.Setting, out.Transition.Services = nil, nil, nil, plan.Setting{}, nil
	for _, name := range plan.DecisionNames {
		out.Decide(name, fact.No) // what no line says yes to the child does not have
	}
	for _, l := range lines {
		from := plan.Find(plans, l.FromPlan) // as written: a line is called by its place there
		if from == nil {
			continue
		}
		whole, _ := plan.Whole(plans, from)
		for _, x := range from.Components() {
			if x.ID != l.Component || x.Part != l.Part {
				continue
			}
			name := l.FromPlan + "/" + l.Component
			switch x.Part {
			case plan.ServiceLines:
				s := from.Services[x.Index]
				s.ID = cmp.Or(s.ID, name)
				// The child has it, whatever the dates of its version: only an end
				// before that of its plan says less.
				if s.From = 0; s.To >= whole.Ends() {
					s.To = 0
				}
				out.Services = append(out.Services, s)
			case plan.Goals:
				g := from.Goals[x.Index]
				g.ID = cmp.Or(g.ID, name)
				out.Goals = append(out.Goals, g)
			case plan.Accommodations:
				a := from.Accommodations[x.Index]
				a.ID = cmp.Or(a.ID, name)
				out.Accommodations = append(out.Accommodations, a)
			case plan.Placement:
				out.Setting = from.Setting
			case plan.Decisions:
				out.TakeDecision(whole, x.Name)
			case plan.AfterSchool:
				t := from.Transition.Services[x.Index]
				t.ID = cmp.Or(t.ID, name)
				out.Transition.Services = append(out.Transition.Services, t)
			}
		}
	}
	return &out
}
