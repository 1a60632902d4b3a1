package brief

import (
	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/derive/plan/review"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/law"
	"stayput/plan"
	"stayput/record"
)

// Program is what was agreed to, what is in force and what stays put on a day,
// from a record with what follows by itself (Brief.View) and the dates it gives
// (Counts).
func Program(c *fact.Case, plans []*plan.Plan, v *record.View, laws []Law, counts []program.Count, school *day.School, asOf day.Date) *program.Result {
	in := program.Input{Case: c, Plans: plans, View: v, School: school, AsOf: asOf, Counts: counts}
	for _, l := range laws {
		in.Laws = append(in.Laws, program.Since{From: l.From, Law: l.Law})
	}
	return program.Derive(in)
}

// Counts are the dates of clocks and of limits that start on an event, as a program
// reads them.
func Counts(clocks []clock.Clock, limits []limit.Limit) []program.Count {
	out := make([]program.Count, 0, len(clocks)+len(limits))
	for i := range clocks {
		c := &clocks[i]
		if c.Rule.Kind == law.Limit || c.On == 0 && c.Earliest == 0 {
			continue
		}
		x := program.Count{Rule: c.Rule.ID, Trigger: c.Trigger, On: c.On, Earliest: c.Earliest, Latest: c.Latest}
		x.Open = c.MetBy == "" && c.EndedBy == "" && c.Status != clock.Ended
		out = append(out, x)
	}
	for i := range limits {
		l := &limits[i]
		if l.Wrong != nil || l.Earliest == 0 {
			continue
		}
		x := program.Count{Rule: l.Rule.ID, Trigger: l.Entry, Earliest: l.Earliest, Latest: l.Latest, Open: l.UsedBy == "" && (l.Status == limit.Open || l.Status == limit.Closing)}
		if l.Earliest == l.Latest {
			x.On = l.Earliest
		}
		out = append(out, x)
	}
	return out
}

// Reviews are those of the latest version of each kind of plan.
func Reviews(c *fact.Case, plans []*plan.Plan, asOf day.Date, laws []Law, goals review.GoalReview) []Review {
	var out []Review
	done := map[plan.Kind]bool{}
	order := plan.InOrder(plans)
	for i := len(order) - 1; i >= 0; i-- {
		p := order[i]
		if d := p.Starts(); done[p.Kind] || d > asOf && p.Offered > asOf {
			continue
		}
		done[p.Kind] = true
		out = append(out, ReviewOf(c, plans, p, laws, goals))
	}
	return out
}

// ReviewOf reads one of plans under the law of the place where the child was when
// it began.
func ReviewOf(c *fact.Case, plans []*plan.Plan, p *plan.Plan, laws []Law, goals review.GoalReview) Review {
	whole, _ := plan.Whole(plans, p)
	in := review.Input{Plan: whole, All: plans, Born: c.Child.Born, Grade: c.Child.Grade, Goals: goals}
	if p.Amends == "" { // an amendment keeps the goals it does not change
		in.Previous = plan.Before(plans, p)
	}
	for i, l := range laws {
		if i == 0 || l.From <= p.Starts() {
			in.Law = l.Law
		}
	}
	return Review{Plan: whole, Findings: review.Plan(in)}
}
