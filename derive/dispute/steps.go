package dispute

import (
	"slices"

	"stayput/fact"
	"stayput/law"
)

// A spec says what a step is made of.
type spec struct {
	key     Key
	done    []fact.Kind // what shows that it was done
	record  []fact.Kind // what may be written down of it; none: what shows that it was done
	needs   []Key       // what comes first
	must    bool
	owed    fact.Party
	after   bool // it comes after the end of the dispute
	anew    bool // an amended complaint begins it anew
	tells   []law.RuleID
	applies func(w *walk) bool // nil: always on the path
	skip    func(w *walk) Ground
}

// is makes a list of kinds short to write.
func is(names ...string) []fact.Kind { return fact.MustLookupAll(names...) }

// byLEA is why the steps of the resolution period are not needed in a case that the
// district filed.
func byLEA(w *walk) Ground {
	if w.m.filer == string(fact.LEA) {
		return Ground{Key: "lea_filed", Rule: "us.resolution.none_when_lea_files"}
	}
	return Ground{}
}

// noMeeting is why there is no resolution meeting.
func noMeeting(w *walk) Ground {
	if r := byLEA(w); r.Key != "" {
		return r
	}
	if e := w.last("resolution_waived_in_writing"); e != nil {
		return Ground{Key: "waived", Rule: "us.resolution.waive", Entry: e.ID}
	}
	if e := w.last("mediation_instead_agreed"); e != nil {
		return Ground{Key: "mediation_instead", Rule: "us.resolution.waive", Entry: e.ID}
	}
	return Ground{}
}

func noPeriod(w *walk) Ground {
	if r := byLEA(w); r.Key != "" {
		return r
	}
	if e := w.last("resolution_waived_in_writing"); e != nil {
		return Ground{Key: "waived", Rule: "us.resolution.waive", Entry: e.ID}
	}
	return Ground{}
}

// lawMeets reports that some rule of the place asks for what a kind of entry shows,
// counted from another kind.
func lawMeets(from, by string) func(w *walk) bool {
	return func(w *walk) bool {
		if w.last(by) != nil {
			return true
		}
		for _, ri := range w.p.Law.StartedBy(kind(from)) {
			for _, m := range w.p.Law.Rules[ri].MetBy {
				if m.Kind == kind(by) {
					return true
				}
			}
		}
		return false
	}
}

// agreed reports an ending by agreement.
func agreed(e Ending) bool { return e == Settled || e == Resolved || e == Mediated }

// nothingOrdered is why nothing has to be carried out.
func nothingOrdered(w *walk) Ground {
	e := w.g.v.Get(w.p.EndedBy)
	if w.p.End == Decided && e != nil && e.Fields.Granted == fact.No {
		return Ground{Key: "nothing_granted", Entry: e.ID}
	}
	return Ground{}
}

// wrote reports that an entry of one of some kinds belongs to the dispute.
func wrote(names ...string) func(w *walk) bool {
	return func(w *walk) bool {
		for _, n := range names {
			if w.any(n) != nil {
				return true
			}
		}
		return false
	}
}

// held is why no day has to be set any more: the hearing took place.
func held(name string) func(w *walk) Ground {
	return func(w *walk) Ground {
		if e := w.any(name); e != nil {
			return Ground{Key: "held", Entry: e.ID}
		}
		return Ground{}
	}
}

// granted is why what a decision did not give need not be asked for again.
func granted(name, key string) func(w *walk) Ground {
	return func(w *walk) Ground {
		if e := w.any(name); e != nil && e.Fields.Granted == fact.Yes {
			return Ground{Key: key, Entry: e.ID}
		}
		return Ground{}
	}
}

// twoTier reports a place where a State review stands between the hearing and the court.
func twoTier(w *walk) bool { return w.p.Law.Fact("two_tier") == fact.Yes }

// outcome are the steps that follow the end of every dispute that was heard.
func outcome() []spec {
	return []spec{
		{key: Withdrawal, done: is("due_process_withdrawn"), needs: []Key{Filing}, must: true, owed: fact.Filer, after: true,
			applies: func(w *walk) bool { return agreed(w.p.End) && w.p.End != Resolved }},
		{key: CarriedOut, done: is("decision_implemented"), needs: []Key{Decision}, must: true, owed: fact.LEA, after: true, skip: nothingOrdered},
		{key: Review, done: is("state_review_requested"), needs: []Key{Decision}, after: true, tells: []law.RuleID{"us.review.appeal_to_sea"}, applies: twoTier},
		{key: Court, done: is("civil_action_filed"), needs: []Key{Decision}, after: true, applies: func(w *walk) bool { return !twoTier(w) }},
	}
}

// specs are the steps of each kind of dispute, in order.
var specs = map[Kind][]spec{
	DueProcess: append([]spec{
		{key: Filing, done: is("due_process_filed"), must: true, owed: fact.Filer, tells: []law.RuleID{"us.dueprocess.content"}},
		{key: Copy, done: is("due_process_copy_sent"), needs: []Key{Filing}, must: true, owed: fact.Filer, tells: []law.RuleID{"us.dueprocess.copy_and_confidential"}},
		{key: Received, done: is("due_process_received"), needs: []Key{Filing}, must: true, owed: fact.OtherParty},
		{key: Challenge, done: is("sufficiency_challenge_sent", "sufficiency_challenge_received"), needs: []Key{Received}, owed: fact.OtherParty, anew: true},
		{key: Ruling, done: is("sufficiency_decided"), record: is("sufficiency_challenge_received", "sufficiency_decided"), needs: []Key{Challenge}, must: true, owed: fact.HearingOfficer, anew: true,
			applies: func(w *walk) bool {
				return w.last("sufficiency_challenge_sent") != nil || w.last("sufficiency_challenge_received") != nil || w.last("sufficiency_decided") != nil
			}},
		{key: Amended, done: is("due_process_amended_filed"), record: is("due_process_amendment_requested", "due_process_amended_filed"), needs: []Key{Received}, owed: fact.Filer,
			tells: []law.RuleID{"us.dueprocess.amend_by_consent", "us.dueprocess.amend_restarts"}},
		{key: Response, done: is("lea_response_sent", "other_party_response_sent"), needs: []Key{Received}, must: true, owed: fact.OtherParty, anew: true, tells: []law.RuleID{"us.dueprocess.lea_response_content"}},
		{key: Meeting, done: is("resolution_meeting_held"), record: is("resolution_meeting_scheduled", "resolution_meeting_held", "resolution_waived_in_writing", "mediation_instead_agreed", "resolution_confidentiality_agreed",
			"parent_failed_to_participate", "lea_failed_resolution_duty"), needs: []Key{Received}, must: true, owed: fact.LEA, anew: true, skip: noMeeting,
			tells: []law.RuleID{"us.resolution.attendees", "us.resolution.lea_attorney", "us.resolution.waive"}},
		{key: Period, done: is("resolution_period_expired", "no_agreement_possible_in_writing", "hearing_timeline_started_by_ho"), record: is("no_agreement_possible_in_writing", "hearing_timeline_started_by_ho",
			"mediation_continued_in_writing", "mediation_withdrawn"), needs: []Key{Received}, must: true, anew: true, skip: noPeriod, tells: []law.RuleID{"us.resolution.parent_absent_delays", "us.resolution.lea_default"}},
		{key: Agreement, done: is("resolution_agreement_executed"), needs: []Key{Meeting}, anew: true, skip: noMeeting, tells: []law.RuleID{"us.resolution.agreement"}},
		{key: Void, done: is("resolution_agreement_voided"), needs: []Key{Agreement}, after: true, applies: func(w *walk) bool { return w.any("resolution_agreement_executed") != nil }},
		{key: Mediate, done: is("mediation_session_held"), record: is("mediation_scheduled", "mediation_session_held", "mediation_agreement_signed"), needs: []Key{Filing}, tells: []law.RuleID{"us.mediation.rules", "us.mediation.no_void_period"}},
		{key: Settlement, done: is("settlement_signed"), record: is("settlement_offer_made", "settlement_offer_accepted", "settlement_signed"), needs: []Key{Filing}},
		{key: Prehearing, done: is("prehearing_conference_scheduled"), needs: []Key{Received}, owed: fact.HearingOfficer},
		{key: HearingSet, done: is("hearing_scheduled_date"), needs: []Key{Received}, must: true, owed: fact.HearingOfficer, tells: []law.RuleID{"us.hearing.convenience"}},
		{key: Issues, done: is("issues_disclosed"), needs: []Key{HearingSet}, must: true, applies: lawMeets("hearing_scheduled_date", "issues_disclosed")},
		{key: Attorney, done: is("attorney_notice_given"), needs: []Key{HearingSet}, applies: lawMeets("hearing_scheduled_date", "attorney_notice_given")},
		{key: Disclosure, done: is("evidence_disclosed"), needs: []Key{HearingSet}, must: true},
		{key: Extension, done: is("continuance_granted"), needs: []Key{Received}, owed: fact.HearingOfficer, tells: []law.RuleID{"us.hearing.extension"}},
		{key: Hearing, done: is("hearing_held"), needs: []Key{Received, Period, HearingSet}, must: true, owed: fact.HearingOfficer, tells: []law.RuleID{"us.hearing.rights"}},
		{key: RecordClosed, done: is("hearing_record_closed"), needs: []Key{Hearing}, owed: fact.HearingOfficer, applies: func(w *walk) bool {
			return len(w.p.Law.StartedBy(kind("hearing_record_closed"))) > 0 || w.any("hearing_record_closed") != nil
		}},
		{key: Decision, done: is("hearing_decision_issued"), needs: []Key{Hearing}, must: true, owed: fact.HearingOfficer, tells: []law.RuleID{"us.hearing.final"}},
	}, outcome()...),
	Expedited: append([]spec{
		{key: Filing, done: is("expedited_complaint_filed"), must: true, owed: fact.Filer},
		{key: Received, done: is("expedited_complaint_received"), needs: []Key{Filing}, must: true, owed: fact.OtherParty},
		{key: Challenge, done: is("sufficiency_challenge_sent", "sufficiency_challenge_received"), needs: []Key{Received}, owed: fact.OtherParty,
			skip: func(*walk) Ground {
				return Ground{Key: "no_sufficiency", Rule: "us.discipline.expedited_no_sufficiency"}
			}},
		{key: Meeting, done: is("expedited_resolution_meeting_held"), record: is("resolution_meeting_scheduled", "expedited_resolution_meeting_held", "resolution_waived_in_writing", "mediation_instead_agreed",
			"resolution_confidentiality_agreed"), needs: []Key{Received}, must: true, owed: fact.LEA, skip: noMeeting, tells: []law.RuleID{"us.resolution.attendees", "us.resolution.lea_attorney", "us.resolution.waive"}},
		{key: Period, needs: []Key{Received}, must: true, skip: noMeeting},
		{key: Agreement, done: is("resolution_agreement_executed"), needs: []Key{Meeting}, skip: noMeeting, tells: []law.RuleID{"us.resolution.agreement"}},
		{key: Void, done: is("resolution_agreement_voided"), needs: []Key{Agreement}, after: true, applies: func(w *walk) bool { return w.any("resolution_agreement_executed") != nil }},
		{key: Mediate, done: is("mediation_session_held"), record: is("mediation_scheduled", "mediation_session_held", "mediation_agreement_signed"), needs: []Key{Filing}, tells: []law.RuleID{"us.mediation.rules", "us.mediation.no_void_period"}},
		{key: Settlement, done: is("settlement_signed"), record: is("settlement_offer_made", "settlement_offer_accepted", "settlement_signed"), needs: []Key{Filing}},
		{key: HearingSet, done: is("hearing_scheduled_date"), needs: []Key{Filing}, must: true, owed: fact.HearingOfficer},
		{key: Disclosure, done: is("evidence_disclosed"), needs: []Key{HearingSet}, must: true},
		{key: Hearing, done: is("expedited_hearing_held"), needs: []Key{Filing, Period, HearingSet}, must: true, owed: fact.SEA, tells: []law.RuleID{"us.hearing.rights"}},
		{key: Decision, done: is("expedited_decision_issued"), needs: []Key{Hearing}, must: true, owed: fact.HearingOfficer},
	}, outcome()...),
	StateComplaint: {
		{key: Filing, done: is("state_complaint_filed"), must: true, owed: fact.Filer, tells: []law.RuleID{"us.statecomplaint.content"}},
		{key: Copy, done: is("state_complaint_copy_sent"), needs: []Key{Filing}, must: true, owed: fact.Filer},
		{key: Received, done: is("state_complaint_received"), needs: []Key{Filing}, must: true, owed: fact.SEA},
		{key: Response, done: is("lea_response_sent", "other_party_response_sent"), needs: []Key{Received}, owed: fact.LEA, tells: []law.RuleID{"us.statecomplaint.procedure"}},
		{key: Mediate, done: is("mediation_session_held"), record: is("mediation_session_held", "mediation_agreement_signed"), needs: []Key{Filing}, tells: []law.RuleID{"us.mediation.rules", "us.mediation.no_void_period"}},
		{key: Extension, done: is("state_complaint_extension_granted"), needs: []Key{Received}, owed: fact.SEA},
		{key: Decision, done: is("state_complaint_decided"), needs: []Key{Received}, must: true, owed: fact.SEA, tells: []law.RuleID{"us.statecomplaint.remedies"}},
		{key: Reconsider, done: is("reconsideration_requested"), needs: []Key{Decision}, after: true, applies: lawMeets("state_complaint_decided", "reconsideration_requested")},
		{key: Reconsidered, done: is("reconsideration_decided"), needs: []Key{Reconsider}, must: true, owed: fact.SEA, after: true, applies: func(w *walk) bool {
			return w.any("reconsideration_requested") != nil || w.any("reconsideration_decided") != nil
		}},
		{key: Correction, done: is("noncompliance_corrected"), record: is("noncompliance_identified", "noncompliance_corrected"), needs: []Key{Decision}, must: true, owed: fact.LEA, after: true, skip: nothingOrdered},
	},
	Mediation: {
		{key: Filing, done: is("mediation_requested"), must: true, owed: fact.Filer, tells: []law.RuleID{"us.mediation.rules"}},
		{key: Copy, done: is("mediation_request_copied"), needs: []Key{Filing}, must: true, owed: fact.Filer, applies: lawMeets("mediation_requested", "mediation_request_copied")},
		{key: DateSet, done: is("mediation_date_set", "mediation_scheduled"), needs: []Key{Filing}, must: true},
		{key: Session, done: is("mediation_session_held"), needs: []Key{Filing}, must: true},
		{key: Agreement, done: is("mediation_agreement_signed"), needs: []Key{Session}, tells: []law.RuleID{"us.mediation.no_void_period"}},
		{key: CarriedOut, done: is("decision_implemented"), needs: []Key{Agreement}, must: true, owed: fact.LEA, after: true},
	},
	StateReview: {
		{key: Filing, done: is("state_review_requested"), must: true, tells: []law.RuleID{"us.review.appeal_to_sea"}},
		{key: Response, done: is("other_party_response_sent"), needs: []Key{Filing}, applies: lawMeets("state_review_requested", "other_party_response_sent")},
		{key: Decision, done: is("state_review_decided"), needs: []Key{Filing}, must: true, owed: fact.SEA},
		{key: CarriedOut, done: is("decision_implemented"), needs: []Key{Decision}, must: true, owed: fact.LEA, after: true, skip: nothingOrdered},
		{key: Court, done: is("civil_action_filed"), needs: []Key{Decision}, after: true},
	},
	CivilAction: {
		{key: Filing, done: is("civil_action_filed"), must: true},
		{key: Settlement, done: is("settlement_signed"), needs: []Key{Filing}},
	},
	Grievance: {
		{key: Filing, done: is("grievance_filed"), must: true, owed: fact.Parent},
		{key: Finished, done: is("grievance_completed"), needs: []Key{Filing}, must: true, owed: fact.LEA},
		{key: CivilRights, done: is("ocr_complaint_filed"), needs: []Key{Finished}, owed: fact.Parent, after: true},
	},
	// Asking that a record be corrected, the hearing when the answer is no, and the
	// statement that goes with the record. No step has a number of days in federal law.
	Records: {
		{key: Filing, done: is("records_amendment_requested"), must: true, owed: fact.Parent, tells: []law.RuleID{"us.records.amend_decide"}},
		{key: RecordsMeeting, done: is("records_amendment_meeting_held"), needs: []Key{Filing}, must: true, owed: fact.LEA, applies: lawMeets("records_amendment_requested", "records_amendment_meeting_held")},
		{key: Answer, done: is("records_amendment_decided"), needs: []Key{Filing}, must: true, owed: fact.LEA, tells: []law.RuleID{"us.records.amend_decide", "us.ferpa.amend"}},
		{key: HearingAsked, done: is("records_hearing_requested"), needs: []Key{Answer}, owed: fact.Parent, after: true, skip: granted("records_amendment_decided", "corrected"), tells: []law.RuleID{"us.records.hearing_rules"}},
		{key: HearingSet, done: is("records_hearing_scheduled"), needs: []Key{HearingAsked}, must: true, owed: fact.LEA, skip: held("records_hearing_held"), applies: wrote("records_hearing_requested", "records_hearing_scheduled"), tells: []law.RuleID{"us.records.hearing_rules"}},
		{key: Hearing, done: is("records_hearing_held"), needs: []Key{HearingAsked}, must: true, owed: fact.LEA, applies: wrote("records_hearing_requested", "records_hearing_held"), tells: []law.RuleID{"us.records.hearing_time"}},
		{key: Decision, done: is("records_hearing_decided"), needs: []Key{Hearing}, must: true, owed: fact.LEA, applies: wrote("records_hearing_requested", "records_hearing_decided"), tells: []law.RuleID{"us.records.hearing_decision"}},
		{key: Statement, done: is("records_statement_placed"), needs: []Key{Decision}, owed: fact.Parent, after: true, skip: granted("records_hearing_decided", "corrected"), tells: []law.RuleID{"us.records.hearing_result"},
			applies: wrote("records_hearing_requested", "records_hearing_decided", "records_statement_placed")},
		{key: CarriedOut, done: is("decision_implemented"), needs: []Key{Answer, Decision}, must: true, owed: fact.LEA, after: true, skip: nothingOrdered},
	},
	FERPA: {
		{key: Filing, done: is("ferpa_complaint_filed"), must: true, owed: fact.Parent},
		{key: Decision, done: is("ferpa_complaint_decided"), needs: []Key{Filing}, must: true},
		{key: CarriedOut, done: is("decision_implemented"), needs: []Key{Decision}, must: true, owed: fact.LEA, after: true, skip: nothingOrdered},
	},
	// What an office does with a complaint: it looks into it or not, and what it finds, or
	// the school agrees with it on what to do. The office sets its own times.
	OCR: {
		{key: Filing, done: is("ocr_complaint_filed"), must: true, owed: fact.Parent},
		{key: Opened, done: is("ocr_complaint_opened"), needs: []Key{Filing}, must: true},
		{key: Undertaking, done: is("ocr_resolution_signed"), needs: []Key{Filing}, owed: fact.LEA},
		{key: Decision, done: is("ocr_complaint_decided"), needs: []Key{Filing}, must: true},
		{key: CarriedOut, done: is("decision_implemented"), needs: []Key{Filing}, must: true, owed: fact.LEA, after: true, skip: nothingOrdered,
			applies: func(w *walk) bool { return w.p.End == Undertook || w.p.End == Decided }},
	},
	// The hearing of 34 CFR 104.36: notice, a look at the papers, an impartial hearing with
	// the parents and their lawyer, and a review. The district sets the steps and the days.
	Section504: {
		{key: Filing, done: is("s504_hearing_requested"), must: true, owed: fact.Parent, tells: []law.RuleID{"us.s504.safeguards"}},
		{key: Access, done: is("records_access_given"), record: is("records_access_requested", "records_access_given"), needs: []Key{Filing}},
		{key: Settlement, done: is("settlement_signed"), record: is("settlement_offer_made", "settlement_offer_accepted", "settlement_signed"), needs: []Key{Filing}},
		{key: HearingSet, done: is("s504_hearing_scheduled"), needs: []Key{Filing}, must: true, owed: fact.LEA, skip: held("s504_hearing_held")},
		{key: Hearing, done: is("s504_hearing_held"), needs: []Key{Filing}, must: true, owed: fact.LEA, tells: []law.RuleID{"us.s504.safeguards"}},
		{key: Decision, done: is("s504_hearing_decided"), needs: []Key{Hearing}, must: true, owed: fact.HearingOfficer},
		{key: ReviewAsked, done: is("s504_review_requested"), needs: []Key{Decision}, after: true, tells: []law.RuleID{"us.s504.safeguards"}},
		{key: Reviewed, done: is("s504_review_decided"), needs: []Key{ReviewAsked}, must: true, applies: wrote("s504_review_requested", "s504_review_decided")},
		{key: CarriedOut, done: is("decision_implemented"), needs: []Key{Decision}, must: true, owed: fact.LEA, after: true, skip: nothingOrdered},
	},
	Facilitated: {
		{key: Filing, done: is("facilitation_requested"), must: true},
		{key: NeutralNamed, done: is("facilitator_named"), needs: []Key{Filing}, must: true},
		{key: FacilitatedIEP, done: is("iep_meeting_held"), record: is("iep_meeting_scheduled", "iep_meeting_held"), needs: []Key{Filing}, must: true, owed: fact.LEA},
	},
}

// routes are the ways to answer a no that the kinds are paths of.
func route(k Kind, filer string) law.RouteID {
	switch k {
	case Facilitated:
		return "facilitated_iep"
	case Mediation:
		return "mediation_alone"
	case Grievance:
		return "s504_grievance"
	case FERPA:
		return "ferpa_complaint"
	case OCR:
		return "ocr_complaint"
	case CivilAction:
		return "court"
	case DueProcess:
		if filer == string(fact.LEA) {
			return "due_process_district"
		}
		return "due_process_parent"
	}
	return law.RouteID(k)
}

// ends are the entries with which a dispute may end at any time.
func ends(k Kind) []fact.Kind {
	switch k {
	case DueProcess, Expedited:
		return is("due_process_withdrawn", "default_entered")
	case StateComplaint:
		return is("state_complaint_withdrawn")
	case Mediation:
		return is("mediation_withdrawn")
	case StateReview:
		return is("due_process_withdrawn")
	case OCR:
		return is("ocr_complaint_dismissed", "request_withdrawn")
	case Records, FERPA, Section504:
		return is("request_withdrawn")
	}
	return nil
}

// appointed says which appointment says for which day a step is set.
var appointed = map[Key][]fact.Kind{
	Meeting: is("resolution_meeting_scheduled"), Mediate: is("mediation_scheduled"), Session: is("mediation_scheduled"), Prehearing: is("prehearing_conference_scheduled"),
	HearingSet: is("hearing_scheduled_date", "s504_hearing_scheduled", "records_hearing_scheduled"), Hearing: is("hearing_scheduled_date", "s504_hearing_scheduled", "records_hearing_scheduled"), FacilitatedIEP: is("iep_meeting_scheduled"), DateSet: is("mediation_scheduled"),
}

func has(list []fact.Kind, k fact.Kind) bool { return slices.Contains(list, k) }
