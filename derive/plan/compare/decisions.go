package compare

import (
	"stayput/fact"
	"stayput/plan"
)

// decisions compares what was answered with yes or no. A yes that is a no is a
// cut; so is one of which a paper that was entered whole says nothing more.
func (c *Comparison) decisions(before, after *plan.Plan) {
	none := func(t fact.Tri, p *plan.Plan) bool {
		return t == fact.No || t == fact.Unsaid && p.Complete == fact.Yes
	}
	as, bs := decisionRefs(before), decisionRefs(after)
	for _, name := range plan.DecisionNames {
		a, b := before.Decision(name), after.Decision(name)
		switch {
		case a == fact.Yes && none(b, after):
			c.add(Cut, plan.Decisions, as[name], "", name, nil)
		case b == fact.Yes && none(a, before):
			c.add(Added, plan.Decisions, "", bs[name], name, nil)
		case a == fact.Yes && b == fact.Yes:
			var d differ
			d.text("text", before.DecisionText(name), after.DecisionText(name))
			if len(d) > 0 {
				c.add(Changed, plan.Decisions, as[name], bs[name], name, d)
			}
		}
	}
}

// decisionRefs are the ids of what p answers with yes, by name.
func decisionRefs(p *plan.Plan) map[string]string {
	out := map[string]string{}
	for _, c := range p.Components() {
		if c.Part == plan.Decisions {
			out[c.Name] = c.ID
		}
	}
	return out
}

// sameAfter says how surely a service toward life after school of one list is one
// of the other.
func sameAfter(as, bs []plan.TransitionService) func(i, j int) int {
	return func(i, j int) int {
		same := alike(bagOf(as[i].Activity), bagOf(bs[j].Activity))
		if same < 40 {
			return 0
		}
		if as[i].Code == bs[j].Code {
			same += 10
		}
		return same
	}
}

// transition compares the services toward life after school by their words.
func (c *Comparison) transition(before, after *plan.Plan) {
	as, bs := before.Transition.Services, after.Transition.Services
	pairs, gone, added := match(len(as), len(bs), sameAfter(as, bs))
	for _, p := range pairs {
		a, b := as[p[0]], bs[p[1]]
		var d differ
		d.text("text", a.Activity, b.Activity)
		words := len(d)
		d.text("code", a.Code, b.Code)
		d.text("provider", a.Agency, b.Agency)
		switch {
		case len(d) > words:
			c.add(Changed, plan.AfterSchool, plan.Ref(plan.AfterSchool, a.ID, p[0]), plan.Ref(plan.AfterSchool, b.ID, p[1]), b.Activity, d)
		case words > 0:
			c.add(Reworded, plan.AfterSchool, plan.Ref(plan.AfterSchool, a.ID, p[0]), plan.Ref(plan.AfterSchool, b.ID, p[1]), b.Activity, d)
		}
	}
	for _, i := range gone {
		c.add(Cut, plan.AfterSchool, plan.Ref(plan.AfterSchool, as[i].ID, i), "", as[i].Activity, nil)
	}
	for _, j := range added {
		c.add(Added, plan.AfterSchool, "", plan.Ref(plan.AfterSchool, bs[j].ID, j), bs[j].Activity, nil)
	}
}
