package route

import (
	"stayput/day"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/plan"
)

// The entries that situations are told from.
var (
	written = fact.MustLookupAll("letter_sent", "evaluation_requested", "reevaluation_requested", "iep_meeting_requested", "prior_written_notice_requested", "iee_requested",
		"concern_raised", "records_access_requested", "services_consent_refused", "iep_rejected", "iep_consent_partial", "compensatory_services_requested",
		"mediation_requested", "grievance_filed", "state_complaint_filed", "due_process_filed", "private_notice_given", "services_consent_revoked")
	talked     = fact.MustLookupAll("contact", "iep_meeting_held", "disagreement_meeting_held", "classroom_visited")
	notices    = fact.MustLookupAll("prior_written_notice_given", "reasons_given")
	noes       = fact.MustLookupAll("evaluation_refused", "reevaluation_refused", "request_refused", "iee_refused", "records_access_refused", "iep_meeting_refused", "iep_rejected", "iep_consent_partial", "services_stopped")
	filed      = fact.MustLookupAll("due_process_filed", "due_process_received")
	filedFast  = fact.MustLookupAll("expedited_complaint_filed", "expedited_complaint_received")
	caseEnds   = fact.MustLookupAll("due_process_withdrawn", "hearing_decision_issued", "hearing_decision_received", "resolution_agreement_executed", "settlement_signed", "mediation_agreement_signed")
	fastEnds   = fact.MustLookupAll("due_process_withdrawn", "expedited_decision_issued", "settlement_signed")
	decided    = fact.MustLookupAll("hearing_decision_issued", "hearing_decision_received", "expedited_decision_issued")
	complained = fact.MustLookupAll("state_complaint_filed", "state_complaint_received")
	complEnds  = fact.MustLookupAll("state_complaint_decided", "state_complaint_withdrawn")
	mediates   = fact.MustLookupAll("mediation_requested", "mediation_scheduled")
	medEnds    = fact.MustLookupAll("mediation_session_held", "mediation_agreement_signed", "mediation_withdrawn")
	grievEnds  = fact.MustLookupAll("grievance_completed")
	s504Begins = fact.MustLookupAll("s504_hearing_requested", "s504_review_requested")
	s504Ends   = fact.MustLookupAll("s504_hearing_decided", "s504_review_decided")
	ocrEnds    = fact.MustLookupAll("ocr_complaint_dismissed", "ocr_resolution_signed", "ocr_complaint_decided")
	ferpaEnds  = fact.MustLookupAll("ferpa_complaint_decided")
	takenBack  = fact.MustLookupAll("request_withdrawn", "settlement_signed")
	signs504   = fact.MustLookupAll("placement_504_proposed", "evaluation_504_done")
	signsIEP   = fact.MustLookupAll("iep_developed", "iep_offered", "iep_consent_received", "iep_consent_partial", "iep_implemented", "iep_reviewed", "last_iep_review", "services_consent_received", "services_started")
	agreements = fact.MustLookupAll("services_consent_received", "iep_consent_received", "iep_consent_partial", "iep_consent_deemed", "iep_implemented", "iep_reviewed", "last_iep_review", "services_started")
	changes    = fact.MustLookupAll("placement_change_decided", "manifestation_determined", "iaes_started")
)

// last is the latest day of entries of some kinds up to the day asked about; of
// filings, keep says whose count. Zero: there is none.
func (g *engine) last(ks []fact.Kind, keep func(*fact.Entry) bool) day.Date {
	var out day.Date
	for _, k := range ks {
		for _, i := range g.in.View.ByKind(k) {
			e := g.in.View.Entries[i]
			if e.On.Earliest <= g.in.AsOf && (keep == nil || keep(e)) {
				out = max(out, e.On.Latest)
			}
		}
	}
	return out
}

func (g *engine) has(names ...string) bool { return g.last(fact.MustLookupAll(names...), nil) != 0 }

// open reports that something was begun and nothing ended it on a later or the same day.
func (g *engine) open(begin, end []fact.Kind, keep func(*fact.Entry) bool) bool {
	b := g.last(begin, keep)
	return b != 0 && b > g.last(end, nil)
}

// stays reports that a filing was neither taken back nor settled by an entry that
// names it.
func (g *engine) stays(e *fact.Entry) bool {
	v := g.in.View
	for _, k := range takenBack {
		for _, i := range v.ByKind(k) {
			for up, hops := v.Re(i), 0; up >= 0 && hops < 64 && v.Entries[i].On.Earliest <= g.in.AsOf; up, hops = v.Re(up), hops+1 {
				if v.Entries[up].ID == e.ID {
					return false
				}
			}
		}
	}
	return true
}

// stands reports that a no was said and no yes on a later day took its place.
func (g *engine) stands(no, yes []fact.Kind) bool {
	n := g.last(no, nil)
	return n != 0 && n >= g.last(yes, nil)
}

// situations works out every situation that conditions may ask about.
func (g *engine) situations() {
	in := &g.in
	tri := func(b bool) fact.Tri { return fact.TriOf(b) }
	byLEA := func(e *fact.Entry) bool { return e.Fields.FiledBy == string(fact.LEA) }
	onPaper := func(e *fact.Entry) bool { return e.Fields.Written != fact.No }
	slow := func(e *fact.Entry) bool { return e.Fields.Expedited != fact.Yes }
	fast := func(e *fact.Entry) bool { return e.Fields.Expedited == fact.Yes }
	s := map[string]fact.Tri{}
	g.is = s
	s["in_writing"] = g.answer(InWriting, g.last(written, onPaper) != 0)
	s["spoke"] = g.answer(Spoke, g.last(talked, nil) != 0)
	s["no_in_writing"] = g.answer(NoInWriting, g.last(notices, nil) != 0)
	s["both_willing"] = g.answer(BothWilling, g.has("mediation_instead_agreed", "mediation_continued_in_writing"))
	s["must_stay"] = in.Answers[MustStay]
	s["stay_put_applies"] = fact.No
	if in.Program != nil {
		s["stay_put_applies"] = in.Program.StayPut.Applies
	}
	first, part, agreed := g.firstServices()
	refused := g.stands(fact.MustLookupAll("services_consent_refused"), fact.MustLookupAll("services_consent_received"))
	s["first_services_refused"] = tri(refused || first == program.Excepted)
	asked := g.stands(fact.MustLookupAll("services_consent_requested"), fact.MustLookupAll("services_consent_received"))
	s["first_services_not_agreed"] = tri(refused || !agreed && (asked || first != "" && first != program.Agreed))
	if s["first_services_not_agreed"] == fact.No && !agreed && first == "" && g.last(fact.MustLookupAll("iep_rejected"), nil) != 0 {
		s["first_services_not_agreed"] = fact.Unsaid // a plan was refused; the record does not show whether one was ever agreed to
	}
	s["first_part_refused"] = tri(part)
	s["revoked"] = tri(g.stands(fact.MustLookupAll("services_consent_revoked"), fact.MustLookupAll("services_consent_received")))
	s["evaluation_refused_by_parent"] = tri(g.stands(fact.MustLookupAll("evaluation_consent_refused"), fact.MustLookupAll("evaluation_consent_received")))
	s["reevaluation_refused_by_parent"] = tri(g.stands(fact.MustLookupAll("reevaluation_consent_refused"), fact.MustLookupAll("reevaluation_consent_received")))
	s["part_refused_by_parent"] = tri(g.stands(fact.MustLookupAll("iep_rejected", "iep_consent_partial", "single_service_refused"), fact.MustLookupAll("iep_consent_received")))
	s["iee_asked"] = tri(g.stands(fact.MustLookupAll("iee_requested"), fact.MustLookupAll("iee_agreed", "iee_provided")))
	s["due_process_pending"] = tri(g.open(filed, caseEnds, slow))
	s["filed_by_lea"] = tri(g.open(filed, caseEnds, byLEA))
	s["expedited_pending"] = tri(g.open(filedFast, fastEnds, nil) || g.open(filed, fastEnds, fast))
	s["hearing_decided"] = tri(g.last(decided, nil) != 0)
	s["state_review_decided"] = tri(g.has("state_review_decided"))
	s["state_complaint_pending"] = tri(g.open(complained, complEnds, nil))
	s["mediation_pending"] = tri(g.open(mediates, medEnds, nil))
	iep, only := g.plans()
	s["has_plan"], s["only_504"] = tri(iep || only), tri(only && !iep)
	s["discipline_change"] = tri(g.last(changes, nil) != 0)
	s["disagreement_meeting_held"] = tri(g.has("disagreement_meeting_held"))
	s["records_amendment_refused"] = tri(g.last(fact.MustLookupAll("records_amendment_decided"), func(e *fact.Entry) bool { return e.Fields.Granted == fact.No }) != 0)
	s["private_notice_given"] = tri(g.has("private_notice_given"))
	s["private_pupil"] = tri(in.Case.Fact("home_schooled") == fact.Yes || in.Case.Fact("privately_placed") == fact.Yes)
	g.lastNo = g.last(noes, nil)
}

// answer joins what the record shows with what a person said. The record wins, and
// that they differ is told.
func (g *engine) answer(q Question, shown bool) fact.Tri {
	said := g.in.Answers[q]
	if shown {
		if said == fact.No {
			g.out.Differs = append(g.out.Differs, q)
		}
		return fact.Yes
	}
	return said
}

// firstServices is where the first services stand by the program, and whether a part
// of the first plan is refused. The program knows first plans that no entry names.
func (g *engine) firstServices() (state program.State, part, agreed bool) {
	agreed = g.last(agreements, nil) != 0
	if g.in.Program == nil {
		return "", false, agreed
	}
	for i := range g.in.Program.Asked {
		a := &g.in.Program.Asked[i]
		switch a.Subject {
		case program.FirstServices:
			state = a.State
			agreed = agreed && (state == "" || state == program.Agreed)
		case program.PlanPart:
			for _, m := range a.Moves {
				part = part || a.State == program.Excepted && m.Do == "override_first_services" && !m.May
			}
		}
	}
	return state, part, agreed
}

// plans says whether the child has or was offered an IEP, and a 504 plan.
func (g *engine) plans() (iep, only504 bool) {
	iep, only504 = g.last(signsIEP, nil) != 0, g.last(signs504, nil) != 0
	if g.in.Program != nil {
		for i := range g.in.Program.Tracks {
			t := &g.in.Program.Tracks[i]
			if t.Kind == plan.IEP {
				iep = iep || len(t.Offers) > 0
			} else {
				only504 = only504 || len(t.Offers) > 0
			}
		}
	}
	return iep, only504
}
