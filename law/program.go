package law

import (
	"slices"

	"stayput/day"
	"stayput/fact"
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
	// asks for a hearing when it holds the part necessary; lea_may_file; sent_on:
	// the refusal goes to the State's hearing office.
	RefusedPart Question = "refused_part"
	// SilenceOnPlan: what no answer to a later plan means: agreed, rejected, nothing.
	SilenceOnPlan Question = "silence_on_plan"
	// FirstServices: refused or unanswered first services: no_override.
	FirstServices Question = "first_services_refused"
	// FirstEvaluation: a refused first evaluation: lea_may_file or lea_barred.
	FirstEvaluation Question = "first_evaluation_refused"
	// Reevaluation: a refused reevaluation: lea_may_file or lea_barred.
	Reevaluation Question = "reevaluation_refused"
	// ReevaluationSilence: no answer after reasonable efforts: lea_may_go_on or nothing.
	ReevaluationSilence Question = "reevaluation_silence"
	// Revocation: consent to all services taken back in writing: ends_all.
	Revocation Question = "revocation"
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
	// StayPutBegins: what starts stay put; the kinds stand in Answer.Kinds.
	StayPutBegins Question = "stay_put_begins"
	// StayPutNever: what people take for a start of stay put and is none.
	StayPutNever Question = "stay_put_never"
	// StayPutIs: what stays put: last_agreed_and_implemented.
	StayPutIs Question = "stay_put_is"
	// StayPutEnds: what ends it; the kinds stand in Answer.Kinds.
	StayPutEnds Question = "stay_put_ends"
	// StayPutDecision: whether a decision for the parent becomes the agreed program:
	// yes, or after_review in a State with two tiers.
	StayPutDecision Question = "stay_put_decision"
	// StayPutFirst: a first plan that was never agreed, first admission, Part C to B,
	// discipline: each its own answer.
	StayPutFirstPlan     Question = "stay_put_first_plan"
	StayPutAdmission     Question = "stay_put_admission"
	StayPutPartC         Question = "stay_put_part_c"
	StayPutDiscipline    Question = "stay_put_discipline"
	StayPutTransfer      Question = "stay_put_transfer"
	StayPutGraduation    Question = "stay_put_graduation"
	TransferSameState    Question = "transfer_same_state"
	TransferOtherState   Question = "transfer_other_state"
	ExpiredPlan          Question = "expired_plan"           // stays_in_force
	DisciplineShort      Question = "discipline_short"       // ten school days
	DisciplineDayEleven  Question = "discipline_day_eleven"  // services from the eleventh
	DisciplineChange     Question = "discipline_change"      // more than ten in a row, or a pattern
	DisciplineReview     Question = "discipline_review"      // manifestation within ten school days
	DisciplineSetting    Question = "discipline_setting"     // 45 school days
	DisciplineIsManifest Question = "discipline_is_manifest" // what follows from yes
	DisciplineIsNot      Question = "discipline_is_not"      // what follows from no
)

// Questions lists each question with the words that may answer it.
var Questions = map[Question][]string{
	LaterPlans:           {"none", "consent", "silence"},
	Parts:                {"each", "unsaid"},
	RefusedPart:          {"lea_must_file", "lea_may_file", "sent_on"},
	SilenceOnPlan:        {"agreed", "rejected", "nothing"},
	FirstServices:        {"no_override"},
	FirstEvaluation:      {"lea_may_file", "lea_barred"},
	Reevaluation:         {"lea_may_file", "lea_barred"},
	ReevaluationSilence:  {"lea_may_go_on", "nothing"},
	Revocation:           {"ends_all"},
	OneService:           {"keeps_rest"},
	TwoParents:           {"either"},
	Amendment:            {"both_agree"},
	Excusal:              {"parent_agrees"},
	Release:              {"parent_agrees"},
	Insurance:            {"parent_agrees"},
	StayPutBegins:        {"kinds"},
	StayPutNever:         {"kinds"},
	StayPutIs:            {"last_agreed_and_implemented"},
	StayPutEnds:          {"kinds"},
	StayPutDecision:      {"yes", "after_review"},
	StayPutFirstPlan:     {"general_education"},
	StayPutAdmission:     {"public_program"},
	StayPutPartC:         {"undisputed_services"},
	StayPutDiscipline:    {"interim_setting"},
	StayPutTransfer:      {"comparable"},
	StayPutGraduation:    {"holds"},
	TransferSameState:    {"comparable"},
	TransferOtherState:   {"comparable"},
	ExpiredPlan:          {"stays_in_force"},
	DisciplineShort:      {"ten"},
	DisciplineDayEleven:  {"services"},
	DisciplineChange:     {"ten_or_pattern", "any"},
	DisciplineReview:     {"ten_days"},
	DisciplineSetting:    {"forty_five"},
	DisciplineIsManifest: {"return"},
	DisciplineIsNot:      {"as_others"},
}

// An Answer is how the law of a pack answers a question.
type Answer struct {
	Question Question
	Is       string
	Kinds    []fact.Kind // for the questions whose answer is kinds
	Rule     RuleID      // the rule that says so: it bears citation, version and how well it was read
	Disputed bool        // honest readers differ; both are told
}

// Answers are how the law answers q on a day: those of the topmost pack that
// answers it by a rule in force that day. Most questions have one answer; a second
// one is another honest reading (Disputed), or further kinds by another rule.
func (l *Law) Answers(q Question, on day.Date) []Answer {
	for _, p := range l.Packs {
		var out []Answer
		for _, a := range p.Program {
			if a.Question != q {
				continue
			}
			if r := l.Rule(a.Rule); r != nil && r.VersionAt(on) != nil {
				out = append(out, a)
			}
		}
		if len(out) > 0 {
			return slices.Clip(out)
		}
	}
	return nil
}

// Answer is the first of Answers; ok is false when no pack answers q on that day.
func (l *Law) Answer(q Question, on day.Date) (a Answer, ok bool) {
	if all := l.Answers(q, on); len(all) > 0 {
		return all[0], true
	}
	return Answer{}, false
}
