package next

import (
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/record"
)

// A school's no, what a family writes after one, and what shows that it took a way.
var (
	saidNo = fact.MustLookupAll("evaluation_refused", "reevaluation_refused", "request_refused", "iee_refused", "records_access_refused", "iep_meeting_refused", "services_stopped")
	wrote  = fact.MustLookupAll("letter_sent", "concern_raised", "prior_written_notice_requested", "iep_meeting_requested", "evaluation_requested", "reevaluation_requested", "iee_requested",
		"records_access_requested", "compensatory_services_requested")
	tookWay = fact.MustLookupAll("route_chosen", "facilitation_requested", "mediation_requested", "mediation_instead_agreed", "grievance_filed", "s504_hearing_requested", "records_hearing_requested", "state_complaint_filed", "state_complaint_received",
		"ferpa_complaint_filed", "ocr_complaint_filed", "due_process_filed", "due_process_received", "expedited_complaint_filed", "expedited_complaint_received", "civil_action_filed",
		"resolution_agreement_executed", "settlement_signed")
	gaveWay = fact.MustLookupAll("evaluation_consent_requested", "evaluation_completed", "iee_agreed", "iee_provided", "records_access_given", "iep_meeting_held", "services_resumed")
)

// Disagreeing lists what a family may do about a school's no to which the record shows
// no answer: put it in writing, and then choose a way. A no that is older than a year,
// or after which the school gave way, asks for nothing.
func Disagreeing(side fact.Side, asOf day.Date, v *record.View) []Step {
	if side == fact.SchoolSide || v == nil {
		return nil
	}
	no := latest(v, asOf, saidNo)
	if no == nil || int(asOf-no.On.Latest) > longPast {
		return nil
	}
	after := func(ks []fact.Kind) bool {
		e := latest(v, asOf, ks)
		return e != nil && e.On.Latest >= no.On.Earliest
	}
	switch {
	case after(tookWay) || after(gaveWay):
		return nil
	case after(wrote):
		return []Step{{Do: "choose_route", For: fact.Parent, By: asOf.Add(answerIn), Why: "why_no_way_chosen", Entry: no.ID, Weight: 29}}
	}
	return []Step{{Do: "write_five_lines", For: fact.Parent, By: asOf, Why: "why_no_unwritten", Document: "follow-up-letter", Entry: no.ID, Weight: 19}}
}

// latest is the last entry of some kinds up to a day; one that nobody wrote does not
// count.
func latest(v *record.View, asOf day.Date, ks []fact.Kind) *fact.Entry {
	var out *fact.Entry
	for _, e := range v.Entries {
		if slices.Contains(ks, e.Kind) && !e.Derived && e.On.Earliest <= asOf && (out == nil || e.On.Latest >= out.On.Latest) {
			out = e
		}
	}
	return out
}
