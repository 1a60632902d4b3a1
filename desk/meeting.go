package desk

import (
	"stayput/derive/clock"
	"stayput/derive/meeting"
	"stayput/plan"
)

// Meetings are the meetings of the case up to and after the day of the brief, by what
// this person may see. called names the roles of a team in the languages of the pages.
func (c *Case) Meetings(called map[string]plan.Role) *meeting.Result {
	in := meeting.Input{Case: &c.File.Case, View: c.Brief.View, Clocks: c.Brief.Clocks, AsOf: c.Brief.AsOf, Called: called}
	for _, l := range c.Brief.Laws {
		in.Laws = append(in.Laws, clock.Since{From: l.From, Law: l.Law})
	}
	in.Plan = c.planNow()
	return meeting.Derive(in)
}

// planNow is the IEP in force, whole, else any plan in force; nil when there is none or
// when the plans cannot be read, which their own page tells.
func (c *Case) planNow() *plan.Plan {
	plans, err := c.Plans()
	if err != nil {
		return nil
	}
	res, err := c.Program()
	if err != nil {
		return nil
	}
	for _, iep := range []bool{true, false} {
		for i := range res.Tracks {
			if t := &res.Tracks[i]; len(t.InForce) > 0 && (t.Kind == plan.IEP || !iep) {
				if p := plan.Find(plans, t.InForce[0].FromPlan); p != nil {
					whole, _ := plan.Whole(plans, p)
					return whole
				}
			}
		}
	}
	return nil
}
