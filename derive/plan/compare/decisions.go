package compare

import (
	"stayput/fact"
	"stayput/plan"
)

// Decisions are what a plan answers with yes or no.
var Decisions = []string{"esy", "transportation", "assistive_technology", "behavior_plan"}

func answers(p *plan.Plan) []fact.Tri {
	return []fact.Tri{p.ESY.Needed, p.Factors.Transport, p.Factors.AT, p.Factors.BehaviorPlan}
}

// decisions compares what was answered with yes or no. A yes that is a no is a
// cut; so is one of which a paper that was entered whole says nothing more.
func (c *Comparison) decisions(before, after *plan.Plan) {
	a, b := answers(before), answers(after)
	none := func(t fact.Tri, p *plan.Plan) bool {
		return t == fact.No || t == fact.Unsaid && p.Complete == fact.Yes
	}
	for i, name := range Decisions {
		switch {
		case a[i] == fact.Yes && none(b[i], after):
			c.add(Cut, plan.Decisions, name, "", name, nil)
		case b[i] == fact.Yes && none(a[i], before):
			c.add(Added, plan.Decisions, "", name, name, nil)
		}
	}
}

// transition compares the services toward life after school by their words.
func (c *Comparison) transition(before, after *plan.Plan) {
	as, bs := before.Transition.Services, after.Transition.Services
	pairs, gone, added := match(len(as), len(bs), func(i, j int) int {
		same := alike(bagOf(as[i].Activity), bagOf(bs[j].Activity))
		if same < 40 {
			return 0
		}
		if as[i].Code == bs[j].Code {
			same += 10
		}
		return same
	})
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
