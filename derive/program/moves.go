package program

import (
	"stayput/day"
	"stayput/fact"
	"stayput/law"
)

// A step is one row of the table of moves: what a side may do next about a
// subject in a state, or may not. A row that names a question holds only where the
// law of the day answers it, and by that word when one is said.
type step struct {
	do     string
	side   fact.Party
	q      law.Question
	is     string
	cite   law.Question // the law behind a move that holds whether or not the law answers
	no     bool         // the law forbids it
	unsure bool         // honest readers differ, or a fact is missing
	why    string       // a key of program.why; "" when the move says enough
	doc    string
	warn   string
	when   string // a word of the row's circumstances; "" always; "!word" without it
}

const (
	family = fact.Parent
	school = fact.LEA
)

// What a row's circumstances may be.
const (
	inDispute    = "dispute"    // stay put applies
	privatePupl  = "private"    // taught at home or in a private school at the parents' cost
	afterTries   = "no_answer"  // the record shows that nobody answered after documented efforts
	untilStopped = "waiting"    // consent was taken back, and services go on until a day the law counts
	partOfFirst  = "first_part" // a part of a first plan of which other parts were agreed to
)

// steps is the whole table, by subject and state. The order is that in which a
// person would look for them.
var steps = map[Subject]map[State][]step{
	FirstEvaluation: {
		Silent: {
			{do: "agree_evaluation", side: family, doc: "consent-assessment-plan"},
			{do: "refuse_evaluation", side: family},
			{do: "ask_prior_written_notice", side: family, cite: law.ChangeNotice, doc: "demand-pwn"},
			{do: "document_efforts", side: school, q: law.Efforts, doc: "documentation-log"},
			{do: "file_over_refusal", side: school, q: law.FirstEvaluation, is: "lea_may_file", why: "may_file_evaluation", when: "!" + privatePupl},
			{do: "file_over_refusal", side: school, q: law.FirstEvaluation, is: "lea_barred", no: true, why: "barred_evaluation", when: "!" + privatePupl},
			{do: "file_over_refusal", side: school, q: law.PrivatePupil, no: true, why: "barred_private", when: privatePupl},
			{do: "evaluate_without_consent", side: school, q: law.FirstEvaluation, no: true, why: "evaluation_needs_yes"},
		},
		Excepted: {
			{do: "agree_evaluation", side: family, doc: "consent-assessment-plan"},
			{do: "ask_evaluation_again", side: family, doc: "request-initial-evaluation"},
			{do: "file_over_refusal", side: school, q: law.FirstEvaluation, is: "lea_may_file", why: "may_file_evaluation", when: "!" + privatePupl},
			{do: "file_over_refusal", side: school, q: law.FirstEvaluation, is: "lea_barred", no: true, why: "barred_evaluation", when: "!" + privatePupl},
			{do: "file_over_refusal", side: school, q: law.PrivatePupil, no: true, why: "barred_private", when: privatePupl},
			{do: "evaluate_without_consent", side: school, q: law.FirstEvaluation, no: true, why: "evaluation_needs_yes"},
		},
	},
	Reevaluation: {
		Silent: {
			{do: "agree_evaluation", side: family, doc: "consent-assessment-plan"},
			{do: "refuse_evaluation", side: family},
			{do: "ask_prior_written_notice", side: family, cite: law.ChangeNotice, doc: "demand-pwn"},
			{do: "document_efforts", side: school, q: law.Efforts, doc: "documentation-log"},
			{do: "go_on_after_silence", side: school, q: law.ReevaluationSilence, is: "lea_may_go_on", why: "silence_lets_go_on", when: afterTries},
			{do: "go_on_after_silence", side: school, q: law.ReevaluationSilence, is: "lea_may_go_on", unsure: true, why: "silence_needs_efforts", when: "!" + afterTries},
			{do: "go_on_after_silence", side: school, q: law.ReevaluationSilence, is: "nothing", no: true, why: "silence_is_nothing"},
		},
		Excepted: {
			{do: "agree_evaluation", side: family, doc: "consent-assessment-plan"},
			{do: "ask_meeting", side: family, doc: "request-iep-meeting"},
			{do: "file_over_refusal", side: school, q: law.Reevaluation, is: "lea_may_file", why: "may_file_evaluation", when: "!" + privatePupl},
			{do: "file_over_refusal", side: school, q: law.Reevaluation, is: "lea_barred", no: true, why: "barred_evaluation", when: "!" + privatePupl},
			{do: "file_over_refusal", side: school, q: law.PrivatePupil, no: true, why: "barred_private", when: privatePupl},
			{do: "evaluate_without_consent", side: school, q: law.Reevaluation, no: true, why: "evaluation_needs_yes"},
		},
	},
	FirstServices: {
		Silent: {
			{do: "agree_all", side: family, cite: law.FirstPlan},
			{do: "agree_parts", side: family, q: law.Parts, is: "each", why: "parts_each", doc: "letter-partial-consent"},
			{do: "agree_parts", side: family, q: law.Parts, is: "unsaid", unsure: true, why: "parts_unsaid", doc: "letter-partial-consent"},
			{do: "refuse_one_service", side: family, q: law.OneService, why: "one_service_keeps_rest"},
			{do: "say_no_in_writing", side: family, q: law.FirstServicesDuty, why: "no_to_first", doc: "refusal-initial-services"},
			{do: "ask_meeting", side: family, doc: "request-iep-meeting"},
			{do: "agree_with_conditions", side: family, unsure: true, why: "condition_is_no_yes", doc: "letter-partial-consent"},
			{do: "document_efforts", side: school, q: law.Efforts, doc: "documentation-log"},
			{do: "begin_first_services", side: school, q: law.FirstPlan, no: true, why: "first_needs_yes"},
			{do: "override_first_services", side: school, q: law.FirstServices, no: true, why: "nobody_overrides_first"},
		},
		Excepted: {
			{do: "agree_all", side: family, cite: law.FirstPlan},
			{do: "agree_parts", side: family, q: law.Parts, is: "each", why: "parts_each", doc: "letter-partial-consent"},
			{do: "ask_meeting", side: family, doc: "request-iep-meeting"},
			{do: "offer_again", side: school},
			{do: "begin_first_services", side: school, q: law.FirstPlan, no: true, why: "first_needs_yes"},
			{do: "override_first_services", side: school, q: law.FirstServices, no: true, why: "nobody_overrides_first"},
		},
		Conditioned: {
			{do: "agree_parts", side: family, why: "say_it_in_parts", doc: "letter-partial-consent"},
			{do: "agree_all", side: family, cite: law.FirstPlan},
			{do: "agree_with_conditions", side: family, unsure: true, why: "condition_is_no_yes"},
			{do: "hold_meeting", side: school},
			{do: "begin_first_services", side: school, q: law.FirstPlan, no: true, why: "first_needs_clear_yes"},
			{do: "override_first_services", side: school, q: law.FirstServices, no: true, why: "nobody_overrides_first"},
		},
		NotCarriable: {
			{do: "agree_parts", side: family, why: "say_which_parts", doc: "letter-partial-consent"},
			{do: "hold_meeting", side: school},
			{do: "override_first_services", side: school, q: law.FirstServices, no: true, why: "nobody_overrides_first"},
		},
		Split: {
			{do: "ask_meeting", side: family, doc: "request-iep-meeting"},
			{do: "ask_mediation", side: family, doc: "mediation-request"},
			{do: "begin_first_services", side: school, q: law.TwoParents, is: "either", unsure: true, why: "one_parent_is_enough"},
			{do: "override_first_services", side: school, q: law.FirstServices, no: true, why: "nobody_overrides_first"},
		},
		Agreed: {
			{do: "begin_first_services", side: school, q: law.FirstPlan, why: "first_agreed"},
			{do: "refuse_one_service", side: family, q: law.OneService, why: "one_service_keeps_rest"},
		},
	},
	PlanPart: {
		Silent: {
			{do: "agree_all", side: family, cite: law.LaterPlans},
			{do: "agree_parts", side: family, q: law.Parts, is: "each", why: "parts_each", doc: "letter-partial-consent"},
			{do: "agree_parts", side: family, q: law.Parts, is: "unsaid", unsure: true, why: "parts_unsaid", doc: "letter-partial-consent"},
			{do: "refuse_part", side: family, q: law.LaterPlans, is: "consent", doc: "letter-partial-consent"},
			{do: "refuse_part", side: family, q: law.RefusedPart, is: "begins_anyway", why: "plain_no_not_enough"},
			{do: "ask_mediation", side: family, doc: "mediation-request"},
			{do: "file_due_process", side: family, q: law.StayPutBegins, why: "filing_starts_stay_put", doc: "due-process-complaint", when: "!" + inDispute},
			{do: "ask_meeting", side: family, doc: "request-iep-meeting"},
			{do: "ask_prior_written_notice", side: family, cite: law.ChangeNotice, doc: "demand-pwn"},
			{do: "carry_out_last", side: school, q: law.LaterPlans, is: "consent", why: "last_agreed_goes_on"},
			{do: "begin_after_silence", side: school, q: law.LaterPlans, is: "silence", why: "silence_may_begin", when: "!" + inDispute},
			{do: "begin_after_silence", side: school, q: law.LaterPlans, is: "consent", no: true, why: "silence_is_no_yes"},
			{do: "begin_after_notice", side: school, q: law.LaterPlans, is: "none", why: "notice_is_enough", when: "!" + inDispute},
			{do: "give_notice", side: school, q: law.ChangeNotice, doc: "pwn"},
			{do: "hold_meeting", side: school},
			{do: "change_during_dispute", side: school, q: law.StayPutBegins, no: true, why: "stays_while_disputed", when: inDispute},
		},
		Excepted: {
			{do: "withdraw_exception", side: family, cite: law.LaterPlans},
			{do: "ask_meeting", side: family, doc: "request-iep-meeting"},
			{do: "ask_mediation", side: family, doc: "mediation-request"},
			{do: "file_due_process", side: family, q: law.StayPutBegins, why: "filing_starts_stay_put", doc: "due-process-complaint", when: "!" + inDispute},
			{do: "ask_prior_written_notice", side: family, cite: law.ChangeNotice, doc: "demand-pwn"},
			{do: "carry_out_agreed", side: school, q: law.Parts, is: "each", why: "agreed_parts_begin"},
			{do: "carry_out_last", side: school, q: law.LaterPlans, is: "consent", why: "last_agreed_goes_on", when: "!" + partOfFirst},
			{do: "file_for_part", side: school, q: law.RefusedPart, is: "lea_must_file", why: "must_file"},
			{do: "file_for_part", side: school, q: law.RefusedPart, is: "lea_may_file", why: "may_file", when: "!" + partOfFirst},
			{do: "file_for_part", side: school, q: law.RefusedPart, is: "lea_barred", no: true, why: "may_not_file"},
			{do: "send_on", side: school, q: law.RefusedPart, is: "sent_on", why: "sends_on"},
			{do: "begin_after_notice", side: school, q: law.RefusedPart, is: "begins_anyway", why: "plain_no_not_enough", when: "!" + inDispute},
			{do: "begin_after_notice", side: school, q: law.LaterPlans, is: "none", why: "notice_is_enough", when: "!" + inDispute},
			{do: "offer_again", side: school},
			{do: "hold_meeting", side: school},
			{do: "withhold_for_refusal", side: school, q: law.OneService, no: true, why: "no_leverage"},
			{do: "override_first_services", side: school, q: law.FirstServices, no: true, why: "nobody_overrides_first", when: partOfFirst},
			{do: "change_during_dispute", side: school, q: law.StayPutBegins, no: true, why: "stays_while_disputed", when: inDispute},
		},
		Conditioned: {
			{do: "agree_parts", side: family, why: "say_it_in_parts", doc: "letter-partial-consent"},
			{do: "agree_all", side: family, cite: law.LaterPlans},
			{do: "refuse_part", side: family},
			{do: "agree_with_conditions", side: family, unsure: true, why: "condition_is_no_yes"},
			{do: "hold_meeting", side: school},
			{do: "carry_out_last", side: school, q: law.LaterPlans, is: "consent", why: "last_agreed_goes_on"},
			{do: "begin_after_notice", side: school, q: law.LaterPlans, is: "none", why: "notice_is_enough", when: "!" + inDispute},
			{do: "change_during_dispute", side: school, q: law.StayPutBegins, no: true, why: "stays_while_disputed", when: inDispute},
		},
		Split: {
			{do: "ask_meeting", side: family, doc: "request-iep-meeting"},
			{do: "ask_mediation", side: family, doc: "mediation-request"},
			{do: "file_due_process", side: family, q: law.StayPutBegins, why: "other_parent_may_file", doc: "due-process-complaint", when: "!" + inDispute},
			{do: "carry_out_agreed", side: school, q: law.TwoParents, is: "either", unsure: true, why: "one_parent_is_enough"},
			{do: "hold_meeting", side: school},
			{do: "change_during_dispute", side: school, q: law.StayPutBegins, no: true, why: "stays_while_disputed", when: inDispute},
		},
		NotCarriable: {
			{do: "agree_parts", side: family, why: "say_which_parts", doc: "letter-partial-consent"},
			{do: "agree_all", side: family, cite: law.LaterPlans},
			{do: "refuse_part", side: family},
			{do: "carry_out_last", side: school, q: law.LaterPlans, is: "consent", why: "last_agreed_goes_on"},
			{do: "hold_meeting", side: school},
		},
		ByLaw: {
			{do: "ask_meeting", side: family, doc: "request-iep-meeting"},
			{do: "ask_mediation", side: family, doc: "mediation-request"},
			{do: "file_due_process", side: family, q: law.StayPutBegins, why: "filing_freezes_present", doc: "due-process-complaint", when: "!" + inDispute},
			{do: "ask_prior_written_notice", side: family, cite: law.ChangeNotice, doc: "demand-pwn"},
			{do: "begin_after_silence", side: school, q: law.LaterPlans, is: "silence", why: "silence_may_begin"},
			{do: "begin_after_notice", side: school, q: law.LaterPlans, is: "none", why: "notice_is_enough"},
			{do: "give_notice", side: school, q: law.ChangeNotice, doc: "pwn"},
			{do: "change_during_dispute", side: school, q: law.StayPutBegins, no: true, why: "stays_while_disputed", when: inDispute},
		},
		Agreed: {
			{do: "carry_out_agreed", side: school, q: law.Parts, is: "each", why: "agreed_parts_begin"},
			{do: "carry_out_agreed", side: school, q: law.Parts, is: "unsaid", why: "agreed_is_owed"},
			{do: "change_during_dispute", side: school, q: law.StayPutBegins, no: true, why: "stays_while_disputed", when: inDispute},
			{do: "withhold_for_refusal", side: school, q: law.OneService, no: true, why: "no_leverage"},
			{do: "refuse_one_service", side: family, q: law.OneService, why: "one_service_keeps_rest"},
		},
	},
	Amendment: {
		Silent: {
			{do: "agree_amendment", side: family, q: law.Amendment, doc: "iep-amendment"},
			{do: "refuse_amendment", side: family, q: law.Amendment, why: "amendment_may_be_refused"},
			{do: "ask_meeting", side: family, doc: "request-iep-meeting"},
			{do: "hold_meeting", side: school},
			{do: "amend_without_agreement", side: school, q: law.Amendment, no: true, why: "amendment_takes_both"},
			{do: "change_during_dispute", side: school, q: law.StayPutBegins, no: true, why: "stays_while_disputed", when: inDispute},
		},
		Excepted: {
			{do: "agree_amendment", side: family, q: law.Amendment, doc: "iep-amendment"},
			{do: "ask_meeting", side: family, doc: "request-iep-meeting"},
			{do: "hold_meeting", side: school},
			{do: "amend_without_agreement", side: school, q: law.Amendment, no: true, why: "amendment_takes_both"},
			{do: "change_during_dispute", side: school, q: law.StayPutBegins, no: true, why: "stays_while_disputed", when: inDispute},
		},
		Conditioned: {
			{do: "agree_amendment", side: family, q: law.Amendment, doc: "iep-amendment"},
			{do: "refuse_amendment", side: family, q: law.Amendment, why: "amendment_may_be_refused"},
			{do: "amend_without_agreement", side: school, q: law.Amendment, no: true, why: "amendment_takes_both"},
		},
		Split: {
			{do: "ask_meeting", side: family, doc: "request-iep-meeting"},
			{do: "hold_meeting", side: school},
			{do: "carry_out_agreed", side: school, q: law.TwoParents, is: "either", unsure: true, why: "one_parent_is_enough"},
		},
		Agreed: {
			{do: "carry_out_agreed", side: school, q: law.Amendment, why: "amendment_agreed"},
		},
	},
	Excusal: {
		Silent: {
			{do: "agree_excusal", side: family, q: law.Excusal, doc: "excusal-agreement"},
			{do: "refuse_excusal", side: family, q: law.Excusal, why: "excusal_may_be_refused"},
			{do: "meet_without_member", side: school, q: law.Excusal, no: true, why: "excusal_takes_yes"},
		},
		Excepted: {
			{do: "agree_excusal", side: family, q: law.Excusal, doc: "excusal-agreement"},
			{do: "meet_without_member", side: school, q: law.Excusal, no: true, why: "excusal_takes_yes"},
		},
		Agreed: {{do: "meet_without_member", side: school, q: law.Excusal, why: "excusal_given"}},
	},
	Release: {
		Silent: {
			{do: "agree_release", side: family, q: law.Release},
			{do: "refuse_release", side: family, q: law.Release, why: "release_may_be_refused"},
			{do: "send_records", side: school, q: law.Release, no: true, why: "release_takes_yes"},
		},
		Excepted: {
			{do: "agree_release", side: family, q: law.Release},
			{do: "send_records", side: school, q: law.Release, no: true, why: "release_takes_yes"},
		},
		Agreed: {{do: "send_records", side: school, q: law.Release, why: "release_given"}},
	},
	Insurance: {
		Silent: {
			{do: "agree_insurance", side: family, q: law.Insurance},
			{do: "refuse_insurance", side: family, q: law.Insurance, why: "insurance_costs_nothing"},
			{do: "bill_insurance", side: school, q: law.Insurance, no: true, why: "insurance_takes_yes"},
			{do: "withhold_for_refusal", side: school, q: law.Insurance, no: true, why: "insurance_costs_nothing"},
		},
		Excepted: {
			{do: "agree_insurance", side: family, q: law.Insurance},
			{do: "bill_insurance", side: school, q: law.Insurance, no: true, why: "insurance_takes_yes"},
			{do: "withhold_for_refusal", side: school, q: law.Insurance, no: true, why: "insurance_costs_nothing"},
		},
		TakenBack: {
			{do: "agree_insurance", side: family, q: law.Insurance},
			{do: "bill_insurance", side: school, q: law.Insurance, no: true, why: "insurance_takes_yes"},
			{do: "withhold_for_refusal", side: school, q: law.Insurance, no: true, why: "insurance_costs_nothing"},
		},
		Agreed: {
			{do: "withdraw_insurance", side: family, q: law.Insurance},
			{do: "bill_insurance", side: school, q: law.Insurance, why: "insurance_given"},
		},
	},
	AllServices: {
		Agreed: {
			{do: "revoke_all", side: family, q: law.Revocation, why: "revocation_ends_all", doc: "revocation-consent", warn: "revocation"},
			{do: "refuse_one_service", side: family, q: law.OneService, why: "one_service_keeps_rest"},
		},
		TakenBack: {
			{do: "keep_services", side: family, q: law.RevocationTakeBack, is: "before_effect", why: "take_back_in_time", when: untilStopped},
			{do: "ask_evaluation_again", side: family, cite: law.RevocationAgain, why: "starts_over", doc: "request-initial-evaluation"},
			{do: "stop_after_notice", side: school, q: law.RevocationNotice, why: "notice_before_stop", doc: "revocation-pwn"},
			{do: "override_revocation", side: school, q: law.RevocationOverride, no: true, why: "nobody_overrides_revocation"},
		},
	},
}

// moves are the rows of the table for a subject in a state, by the law of d. A
// move the law answers in two ways is told once for each, and is not sure.
func (e *engine) moves(s Subject, is State, d day.Date, about map[string]bool) []Move {
	var out []Move
	for _, x := range steps[s][is] {
		if x.when != "" {
			if x.when[0] == '!' {
				if about[x.when[1:]] {
					continue
				}
			} else if !about[x.when] {
				continue
			}
		}
		m := Move{Do: x.do, For: x.side, May: !x.no, Unsure: x.unsure, Document: x.doc, Warn: x.warn, Reason: why(x.why)}
		if x.q == "" {
			if a, ok := e.answer(x.cite, d); ok && x.cite != "" {
				e.cite(&m.Reason, a.Rule, d)
			}
			out = append(out, m)
			continue
		}
		for _, a := range e.answersTo(x.q, d) {
			if x.is != "" && a.Is != x.is {
				continue
			}
			m.Unsure = m.Unsure || a.Disputed
			e.cite(&m.Reason, a.Rule, d)
			out = append(out, m)
			break
		}
	}
	return out
}
