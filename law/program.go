package law

import (
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
)

// A Question is one thing about consent and stay put that States answer
// differently. The list is closed: a pack answers it in program.yaml, each time by
// a rule of law that says so.
type Question string

// The questions.
const (
	// LaterPlans: what lets a plan after the first begin. none: notice is enough,
	// no consent is asked; consent: a signature, part by part or whole; silence: it
	// may begin when the parent does not object in time (a rule of kind event says
	// when, deriving iep_consent_deemed).
	LaterPlans Question = "later_plans"
	// Parts: whether a parent may agree to parts of a plan. each: what is agreed
	// must be carried out; unsaid: the law of the State is silent, and the federal
	// rule stands that one service refused may cost no other.
	Parts Question = "parts"
	// RefusedPart: what follows when a part is refused. lea_must_file: the district
	// asks for a hearing when it holds the part necessary; lea_may_file; lea_barred:
	// it may not; sent_on: the refusal goes to the State's hearing office;
	// begins_anyway: a plain no does not stop the plan, only the steps the rule names.
	RefusedPart Question = "refused_part"
	// SilenceOnPlan: what no answer to a later plan means: agreed, rejected, nothing.
	SilenceOnPlan Question = "silence_on_plan"
	// FirstPlan: what lets the first plan begin: consent to services, in writing.
	FirstPlan Question = "first_plan"
	// FirstServices: refused or unanswered first services: no_override.
	FirstServices Question = "first_services_refused"
	// FirstServicesDuty: what the district owes while first services are refused: none.
	FirstServicesDuty Question = "first_services_duty"
	// FirstEvaluation: a refused first evaluation: lea_may_file or lea_barred.
	FirstEvaluation Question = "first_evaluation_refused"
	// PrivatePupil: a refused evaluation of a child taught at home or in a private
	// school at the parents' cost: lea_barred.
	PrivatePupil Question = "private_pupil_evaluation"
	// Reevaluation: a refused reevaluation: lea_may_file or lea_barred.
	Reevaluation Question = "reevaluation_refused"
	// ReevaluationSilence: no answer after reasonable efforts: lea_may_go_on or nothing.
	ReevaluationSilence Question = "reevaluation_silence"
	// Revocation: consent to all services taken back in writing: ends_all.
	Revocation Question = "revocation"
	// RevocationOverride: whether anybody may contest a revocation: no_override.
	RevocationOverride Question = "revocation_override"
	// RevocationNotice: written notice before services stop: notice_first.
	RevocationNotice Question = "revocation_notice"
	// RevocationEffect: when services stop after a revocation. after_notice: once
	// written notice was given, on a day the law does not name; after_days: not before
	// the day that the rule counts from that notice, and until then they go on.
	RevocationEffect Question = "revocation_takes_effect"
	// RevocationTakeBack: whether the parent may take a revocation back before it
	// takes effect: before_effect; starts_over: services come back only as for the
	// first time.
	RevocationTakeBack Question = "revocation_take_back"
	// RevocationAgain: what asking for help again after it is: first_evaluation.
	RevocationAgain Question = "revocation_again"
	// RevocationDiscipline: what becomes of the protections in discipline: ends.
	RevocationDiscipline Question = "revocation_discipline"
	// ObjectionTime: until when a parent may stop a later plan that silence lets
	// begin, by the steps the rule is met by: counted; unsaid.
	ObjectionTime Question = "objection_time"
	// StayPutAfterMediation: whether stay put goes on after a mediation without an
	// agreement, until the day the rule counts: goes_on; unsaid.
	StayPutAfterMediation Question = "stay_put_after_mediation"
	// OneService: one service declined: keeps_rest.
	OneService Question = "one_service_declined"
	// TwoParents: who signs where two hold the rights: either.
	TwoParents Question = "two_parents"
	// Amendment: a change without a meeting: both_agree.
	Amendment Question = "amendment"
	// Excusal: a required member stays away: parent_agrees.
	Excusal Question = "excusal"
	// Release: records go to a third person: parent_agrees.
	Release Question = "release"
	// Insurance: use of public insurance: parent_agrees.
	Insurance Question = "insurance"
	// Efforts: asking is repeated, and the tries are written down: document.
	Efforts Question = "efforts"
	// ChangeNotice: written notice before a program changes: notice_first.
	ChangeNotice Question = "notice_before_change"
	// AdultStudent: the parent's rights at majority: rights_pass or parent_keeps.
	AdultStudent Question = "adult_student"
	// AgingOut: the end of the ages the law covers: ends.
	AgingOut Question = "aging_out"
	// Plan504: what lets a 504 plan begin: notice.
	Plan504 Question = "plan_504"
	// StayPut504: what Section 504 says on stay put: unsaid.
	StayPut504 Question = "stay_put_504"
	// StayPutBegins: what starts stay put; the kinds stand in Answer.Kinds.
	StayPutBegins Question = "stay_put_begins"
	// StayPutNever: what people take for a start of stay put and is none.
	StayPutNever Question = "stay_put_never"
	// StayPutIs: what stays put: last_agreed_and_implemented; last_agreed is another reading.
	StayPutIs Question = "stay_put_is"
	// StayPutEnds: what ends it; the kinds stand in Answer.Kinds.
	StayPutEnds Question = "stay_put_ends"
	// StayPutDecision: whether a decision for the parent becomes the agreed program:
	// yes, or after_review in a State with two tiers.
	StayPutDecision Question = "stay_put_decision"
	// StayPutStages: an agreed plan in stages whose next one comes due during the
	// dispute: planned_stage or present_stage.
	StayPutStages Question = "stay_put_stages"
	// StayPutFirstPlan and those after it: a first plan that was never agreed, first admission, Part C to B,
	// discipline: each its own answer.
	StayPutFirstPlan   Question = "stay_put_first_plan"
	StayPutAdmission   Question = "stay_put_admission"
	StayPutPartC       Question = "stay_put_part_c"
	StayPutDiscipline  Question = "stay_put_discipline"
	StayPutTransfer    Question = "stay_put_transfer"
	StayPutGraduation  Question = "stay_put_graduation"
	TransferSameState  Question = "transfer_same_state"
	TransferOtherState Question = "transfer_other_state"
	ExpiredPlan        Question = "expired_plan" // stays_in_force
	// CancelMediation and CancelSettlement: whether a mediation agreement, or a
	// settlement made outside mediation and the resolution meeting, may be cancelled
	// once it is signed: none (no such right); unsaid. For a resolution agreement a rule
	// of kind limit counts the days.
	CancelMediation  Question = "cancel_mediation"
	CancelSettlement Question = "cancel_settlement"
	// NotDoneMediation and those after it: what may be done when an agreement or a
	// decision of this sort is not carried out. Several answers are several ways. court;
	// state_may: a State may have a way of its own; state_complaint; its_words: what the
	// paper itself and contract law say; tell_state: whoever decided sees to it.
	NotDoneMediation  Question = "not_done_mediation"
	NotDoneResolution Question = "not_done_resolution"
	NotDoneSettlement Question = "not_done_settlement"
	NotDoneDecision   Question = "not_done_decision"
	NotDoneFindings   Question = "not_done_findings"
	// HearingBurden: which side has to prove its case in a due process hearing: filer
	// (whoever asked for it); district.
	HearingBurden Question = "hearing_burden"
	// DisciplineShort: how many school days of one year a child may be removed
	// before the law asks for more: ten.
	DisciplineShort Question = "discipline_short"
	// DisciplineDayEleven: what is owed from the eleventh day: services.
	DisciplineDayEleven Question = "discipline_day_eleven"
	// DisciplineFirstTen: what is owed on the first ten days: as_others.
	DisciplineFirstTen Question = "discipline_first_ten"
	// DisciplineChange: which removals change the placement: ten_or_pattern; a State
	// may add fifteen_total (more than fifteen days of one year) or any (for a group
	// of children its rule names, so that the child may or may not belong to it).
	DisciplineChange Question = "discipline_change"
	// DisciplineLong: what is owed after a change of placement: services.
	DisciplineLong Question = "discipline_long"
	// DisciplineNotice: when the parent is told of a change of placement: same_day.
	DisciplineNotice Question = "discipline_notice"
	// DisciplineReview: the manifestation review: ten_days.
	DisciplineReview Question = "discipline_review"
	// DisciplineTest: what the review asks: two_questions.
	DisciplineTest Question = "discipline_test"
	// DisciplineIsManifest: what follows from yes: return.
	DisciplineIsManifest Question = "discipline_is_manifest"
	// DisciplineFailed: the plan was not carried out: fix_now.
	DisciplineFailed Question = "discipline_failed"
	// DisciplineIsNot: what follows from no: as_others.
	DisciplineIsNot Question = "discipline_is_not"
	// DisciplineSetting: an interim setting for weapons, drugs or serious injury: forty_five.
	DisciplineSetting Question = "discipline_setting"
	// DisciplineAppeal: who disagrees may ask for an expedited hearing: expedited.
	DisciplineAppeal Question = "discipline_appeal"
	// DisciplineUnknown: a child not yet found eligible: if_known.
	DisciplineUnknown Question = "discipline_not_yet_eligible"
)

// Questions lists each question with the words that may answer it.
var Questions = map[Question][]string{
	LaterPlans:            {"none", "consent", "silence"},
	Parts:                 {"each", "unsaid"},
	RefusedPart:           {"lea_must_file", "lea_may_file", "lea_barred", "sent_on", "begins_anyway"},
	SilenceOnPlan:         {"agreed", "rejected", "nothing"},
	FirstPlan:             {"consent"},
	FirstServices:         {"no_override"},
	FirstServicesDuty:     {"none"},
	FirstEvaluation:       {"lea_may_file", "lea_barred"},
	PrivatePupil:          {"lea_barred"},
	Reevaluation:          {"lea_may_file", "lea_barred"},
	ReevaluationSilence:   {"lea_may_go_on", "nothing"},
	Revocation:            {"ends_all"},
	RevocationOverride:    {"no_override"},
	RevocationNotice:      {"notice_first"},
	RevocationEffect:      {"after_notice", "after_days"},
	RevocationTakeBack:    {"before_effect", "starts_over"},
	RevocationAgain:       {"first_evaluation"},
	RevocationDiscipline:  {"ends"},
	ObjectionTime:         {"counted", "unsaid"},
	OneService:            {"keeps_rest"},
	TwoParents:            {"either"},
	Amendment:             {"both_agree"},
	Excusal:               {"parent_agrees"},
	Release:               {"parent_agrees"},
	Insurance:             {"parent_agrees"},
	Efforts:               {"document"},
	ChangeNotice:          {"notice_first"},
	AdultStudent:          {"rights_pass", "parent_keeps"},
	AgingOut:              {"ends"},
	Plan504:               {"notice"},
	StayPut504:            {"unsaid"},
	StayPutBegins:         {"kinds"},
	StayPutNever:          {"kinds"},
	StayPutIs:             {"last_agreed_and_implemented", "last_agreed"},
	StayPutEnds:           {"kinds"},
	StayPutDecision:       {"yes", "after_review"},
	StayPutAfterMediation: {"goes_on", "unsaid"},
	StayPutStages:         {"planned_stage", "present_stage"},
	StayPutFirstPlan:      {"general_education"},
	StayPutAdmission:      {"public_program"},
	StayPutPartC:          {"undisputed_services"},
	StayPutDiscipline:     {"interim_setting"},
	StayPutTransfer:       {"comparable"},
	StayPutGraduation:     {"holds"},
	TransferSameState:     {"comparable"},
	TransferOtherState:    {"comparable"},
	ExpiredPlan:           {"stays_in_force"},
	CancelMediation:       {"none"},
	CancelSettlement:      {"unsaid"},
	NotDoneMediation:      {"court", "state_may", "state_complaint"},
	NotDoneResolution:     {"court", "state_may", "state_complaint"},
	NotDoneSettlement:     {"its_words", "state_complaint"},
	NotDoneDecision:       {"state_complaint"},
	NotDoneFindings:       {"tell_state"},
	HearingBurden:         {"filer", "district"},
	DisciplineShort:       {"ten"},
	DisciplineDayEleven:   {"services"},
	DisciplineFirstTen:    {"as_others"},
	DisciplineChange:      {"ten_or_pattern", "fifteen_total", "any"},
	DisciplineLong:        {"services"},
	DisciplineNotice:      {"same_day"},
	DisciplineReview:      {"ten_days"},
	DisciplineTest:        {"two_questions"},
	DisciplineIsManifest:  {"return"},
	DisciplineFailed:      {"fix_now"},
	DisciplineIsNot:       {"as_others"},
	DisciplineSetting:     {"forty_five"},
	DisciplineAppeal:      {"expedited"},
	DisciplineUnknown:     {"if_known"},
}

// An Answer is how the law of a pack answers a question.
type Answer struct {
	Question Question
	Is       string
	Kinds    []fact.Kind // for the questions whose answer is kinds
	Rule     RuleID      // the rule that says so: it bears citation, version and how well it was read
	Disputed bool        // honest readers differ; both are told

	Pack string         // the pack that answers
	At   fault.Position // where program.yaml says it
}

// ByKinds reports a question that is answered by kinds of entries, not by a word.
func (q Question) ByKinds() bool { return slices.Equal(Questions[q], []string{"kinds"}) }

// Several reports a question whose answers stand beside each other: several ways, or
// several sorts of removals, and not readings of one rule.
func (q Question) Several() bool {
	switch q {
	case DisciplineChange, NotDoneMediation, NotDoneResolution, NotDoneSettlement, NotDoneDecision, NotDoneFindings:
		return true
	}
	return false
}

// Answers are how the law answers q on a day: those of the topmost pack that
// answers it by a rule in force that day. Most questions have one answer; a second
// one is another honest reading (Disputed), or further kinds by another rule.
func (l *Law) Answers(q Question, on day.Date) []Answer {
	for _, as := range l.program[q] {
		in := as[:0:0]
		for i := range as {
			if l.Rule(as[i].Rule).VersionAt(on) != nil {
				in = append(in, as[i])
			}
		}
		if len(in) > 0 {
			return in
		}
	}
	return nil
}

// answer files the answers of a pack, which stands under those before it.
func (l *Law) answer(p *Pack) {
	mine := map[Question][]Answer{}
	for _, a := range p.Program {
		mine[a.Question] = append(mine[a.Question], a)
	}
	for q, as := range mine {
		l.program[q] = append(l.program[q], as)
	}
}

// Answer is the first of Answers; ok is false when no pack answers q on that day.
func (l *Law) Answer(q Question, on day.Date) (a Answer, ok bool) {
	if all := l.Answers(q, on); len(all) > 0 {
		return all[0], true
	}
	return Answer{}, false
}
