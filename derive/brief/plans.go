package brief

import (
	"stayput/day"
	"stayput/derive/plan/review"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/plan"
	"stayput/record"
)

// Program is what was agreed to, what is in force and what stays put on a day,
// from a record with what follows by itself (Brief.View).
func Program(c *fact.Case, plans []*plan.Plan, v *record.View, laws []Law, school *day.School, asOf day.Date) *program.Result {
	in := program.Input{Case: c, Plans: plans, View: v, School: school, AsOf: asOf}
	for _, l := range laws {
		in.Laws = append(in.Laws, program.Since{From: l.From, Law: l.Law})
	}
	return program.Derive(in)
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
