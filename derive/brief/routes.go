package brief

import (
	"slices"

	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/derive/route"
	"stayput/fact"
	"stayput/law"
)

// Routes are the ways to answer a no, for one side, for what was picked and answered.
// Where nothing was picked, nothing is suggested; Concerns says what the record itself
// points to.
func Routes(b *Brief, side fact.Side, concerns []law.Concern, answers map[route.Question]fact.Tri) *route.Result {
	in := route.Input{Case: b.Case, View: b.View, Program: b.Program, Clocks: b.Clocks, Limits: b.Limits, Side: side, AsOf: b.AsOf, Concerns: concerns, Answers: answers}
	for _, l := range b.Laws {
		in.Laws = append(in.Laws, clock.Since{From: l.From, Law: l.Law})
	}
	return route.Derive(in)
}

// ofRefusals are the concerns that kinds of entries speak of.
var ofRefusals = map[fact.Kind]law.Concern{
	fact.MustLookup("evaluation_refused"):       "evaluation",
	fact.MustLookup("reevaluation_refused"):     "evaluation",
	fact.MustLookup("iee_refused"):              "evaluation",
	fact.MustLookup("iep_rejected"):             "content_of_plan",
	fact.MustLookup("iep_consent_partial"):      "content_of_plan",
	fact.MustLookup("service_missed"):           "not_carried_out",
	fact.MustLookup("records_access_refused"):   "records",
	fact.MustLookup("manifestation_determined"): "discipline",
	fact.MustLookup("placement_change_decided"): "discipline",
	fact.MustLookup("discrimination_act"):       "discrimination",
	fact.MustLookup("iep_meeting_refused"):      "parent_participation",
}

// Concerns is what the record itself points to: what is late, what was refused and what
// was not given. A person picks; this is where the picking starts.
func Concerns(b *Brief) []law.Concern {
	var out []law.Concern
	add := func(c law.Concern) {
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	for i := range b.Clocks {
		if c := &b.Clocks[i]; c.Status == clock.Late && c.OwedBy == fact.LEA {
			add("late_clock")
		}
	}
	for i := range b.Limits {
		if l := &b.Limits[i]; l.Wrong != nil && l.Wrong.Clock >= 0 && (l.Status == limit.Open || l.Status == limit.Closing) {
			add("late_clock")
		}
	}
	for _, e := range b.View.Entries {
		if c, ok := ofRefusals[e.Kind]; ok && e.On.Earliest <= b.AsOf {
			add(c)
		}
	}
	if b.Delivery != nil {
		for i := range b.Delivery.Services {
			if b.Delivery.Services[i].Total.Short > 0 {
				add("not_carried_out")
			}
		}
	}
	slices.SortFunc(out, func(x, y law.Concern) int { return slices.Index(law.Concerns, x) - slices.Index(law.Concerns, y) })
	return out
}
