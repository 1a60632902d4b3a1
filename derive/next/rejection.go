package next

import (
	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/partnership"
	"stayput/derive/rejection"
	"stayput/fact"
	"stayput/record"
)

// Rejecting lists what a school may do after a family said no, and about talks with the
// family that were planned: answer a no that nobody answered, make the offer that stays
// owed, say what came of a talk whose day is over. A family's record gets none of it.
func Rejecting(side fact.Side, asOf day.Date, v *record.View, clocks []clock.Clock) []Step {
	if side != fact.SchoolSide {
		return nil
	}
	var out []Step
	res := rejection.Derive(rejection.Input{View: v, Clocks: clocks, AsOf: asOf})
	for i := range res.Paths {
		p := &res.Paths[i]
		if !p.Open() || int(asOf-p.On.Latest) > longPast {
			continue
		}
		if !p.Answered() && p.Entry != nil && !p.Entry.Derived {
			out = append(out, Step{Do: "acknowledge_rejection", For: fact.LEA, By: asOf.Add(answerIn), Why: "why_rejection_open", Document: "response-parent-rejection", Entry: p.ID, Weight: 17})
		}
		for _, o := range p.Owed {
			out = append(out, Step{Do: "offer_again", For: fact.LEA, By: max(o.On, asOf), Why: "why_offer_owed", Clock: o.Clock, Weight: 16})
		}
	}
	if past := partnership.Derive(v, asOf).Past; len(past) > 0 {
		if e := past[len(past)-1]; int(asOf-e.On.Latest) <= longPast {
			out = append(out, Step{Do: "keep_family_talk", For: fact.LEA, By: asOf.Add(answerIn), Why: "why_family_talk", Entry: e.ID, Weight: 47})
		}
	}
	return out
}
