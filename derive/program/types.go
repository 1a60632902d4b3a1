package program

import (
	"stayput/day"
	"stayput/fact"
	"stayput/law"
	"stayput/plan"
	"stayput/record"
)

// An Input is what a program is derived from.
type Input struct {
	Case   *fact.Case
	Plans  []*plan.Plan // as written (intake/planfile)
	View   *record.View // with what follows by itself, such as consent deemed given (clock.Result.View)
	Laws   []Since      // which law applies from when, the earliest first
	School *day.School  // may be nil: then school days are bounds
	AsOf   day.Date
	Counts []Count // the dates of rules, as the clocks have them
}

// A Count is the date that a rule gives for one entry.
type Count struct {
	Rule     law.RuleID
	Trigger  string   // the entry it counts from
	On       day.Date // zero when it is not certain
	Earliest day.Date // with Latest, the days between which it lies; either may be zero
	Latest   day.Date
	Open     bool // nothing has answered or ended it
}

// Since is the law in play from a day on; a zero From is from the beginning.
type Since struct {
	From day.Date
	Law  *law.Law
}

// A Result is everything that follows about agreement, the program in force and
// stay put as of a day.
type Result struct {
	AsOf    day.Date
	Tracks  []Track // at most one for each kind of plan that runs by itself: the IEP, the 504 plan
	Asked   []Asked // consent, one row for each thing that was or must be asked
	StayPut StayPut
	Notices []Notice // what should be looked at: an amendment before its plan, an answer to a plan nobody entered
}

// A Track is one program: the child's IEP, or his or her 504 plan.
type Track struct {
	Kind    plan.Kind
	Consent Consent      // of the latest plan that was offered
	Latest  string       // that plan
	InForce []Line       // what must be carried out on the day, by component
	Gaps    []Gap        // days on which a component that was and is again in force was not
	Ended   *End         // why nothing is in force, when something once was
	Offers  []OfferState // every version, the earliest first
}

// Consent says in one word where the latest offer stands.
type Consent string

// The words for it.
const (
	NoOffer     Consent = "none"        // nothing was offered
	Unanswered  Consent = "unanswered"  //
	Whole       Consent = "whole"       // all of it was agreed to
	Partial     Consent = "partial"     // parts were
	Conditional Consent = "conditional" // signed on a condition: no clear yes
	Divided     Consent = "divided"     // one parent agreed, another who holds the rights objects
	Refused     Consent = "refused"
	Deemed      Consent = "deemed"     // silence counts as agreement here
	NotNeeded   Consent = "not_needed" // the law asks for none: notice was enough
	Revoked     Consent = "revoked"    // consent to all services was taken back
)

// A State is where one component of one version stands.
type State string

// The states.
const (
	Agreed       State = "agreed"
	Excepted     State = "excepted"     // refused
	Silent       State = "silent"       // asked, and no answer is in the record
	Conditioned  State = "conditional"  //
	Split        State = "divided"      // the parents answered differently
	ByLaw        State = "by_law"       // silence or notice is enough by the law named
	NotAsked     State = "not_asked"    // a draft, or nobody offered it yet
	TakenBack    State = "revoked"      //
	Superseded   State = "superseded"   // a later version took its place
	NotCarriable State = "no_agreement" // it needs agreement and has none in a way the record shows
)

// An OfferState is one version and where each of its parts stands.
type OfferState struct {
	Plan    string
	On      day.Date // the day of its offer, else its meeting, else its first day
	Consent Consent
	Answers []Answered
	Parts   []PartState
}

// An Answered is one answer to a version.
type Answered struct {
	On         day.Date
	By         string // as the record says it: mother, father, student
	Entry      string // the entry that says so; "" when the plan's own page does
	Agreement  Consent
	Conditions string
}

// A PartState is one component of one version, or what a version leaves out.
type PartState struct {
	Component string // plan.Ref; of what is left out, its name in the version that had it
	Drops     bool   // the version has it no more; State is where the answers to that stand
	Part      plan.Part
	Name      string
	State     State
	Since     day.Date // of that state
	Was       string   // the component of the version before that it continues, if any
	Reason    Reason
}

// A Line is one component that must be carried out.
type Line struct {
	Component string // plan.Ref in FromPlan
	Part      plan.Part
	Name      string
	FromPlan  string
	Since     day.Date // first day; zero when the record does not say
	Until     day.Date // last day it was written for; zero when none
	Expired   bool     // Until has passed, and it is in force all the same
	Basis     Basis
	Reason    Reason
	Stops     day.Date // after a revocation: the first day on which it may stop, when that is certain
	Contested string   // the latest version, when it would change or end this line and has no agreement to it
}

// A Basis is what a line in force rests on.
type Basis string

// The bases.
const (
	OnAgreement  Basis = "agreement"
	OnSilence    Basis = "silence"    // deemed, by the State's law
	OnNotice     Basis = "notice"     // the State asks for no consent to a later plan
	OnStayPut    Basis = "stay_put"   //
	OnTransfer   Basis = "comparable" // comparable services of the plan from before a move
	OnOrder      Basis = "order"      // a decision or order
	OnSettlement Basis = "settlement" //
	OnWait       Basis = "wait"       // consent was taken back, and the State lets services go on until a day after notice
)

// A Gap is a stretch without a component.
type Gap struct {
	Component string
	From, To  day.Date // both inclusive
	Reason    Reason
}

// An End is why nothing is in force any more.
type End struct {
	On     day.Date
	Entry  string
	Reason Reason
}

// A Reason is a key of the catalog with its arguments, and the law behind it.
// Keys are "program.why.KEY".
type Reason struct {
	Key      string
	Args     map[string]string
	Rule     law.RuleID
	Citation string
	Checked  law.Checked
	Entries  []string // the entries it rests on
}

// A Subject is what consent was, or must be, asked for.
type Subject string

// The subjects.
const (
	FirstEvaluation Subject = "evaluation"
	Reevaluation    Subject = "reevaluation"
	FirstServices   Subject = "initial_services"
	PlanPart        Subject = "part"
	Amendment       Subject = "amendment"
	Excusal         Subject = "excusal"
	Release         Subject = "release"
	Insurance       Subject = "insurance"
	AllServices     Subject = "all_services" // revocation
)

// An Asked is one row of the table of consent.
type Asked struct {
	Subject   Subject
	Plan      string // of a part or an amendment
	Component string
	Drops     bool      // the offer takes the component away: what is asked is whether that is agreed to
	Part      plan.Part // of that component
	Name      string
	Asked     day.Date // zero when the record does not show that it was asked
	State     State
	Since     day.Date
	Entry     string // the entry that answered, else that asked
	By        string // who answered
	Reason    Reason // why the state is what it is
	Moves     []Move // what each side may do next, and what it may not
}

// A Move is one thing a side may do next, or may not.
type Move struct {
	Do       string     // a word of Moves; the catalog has program.move.DO for each side
	For      fact.Party // Parent or LEA
	May      bool       // false: the law forbids it, and Reason says why
	Unsure   bool       // honest readers differ, or the record lacks the fact that decides
	By       day.Date   // a day to act by, when the law gives one
	From     day.Date   // the first day on which it may be done, when the law gives one and it lies ahead
	Document string     // the letter for it (law.Documents), if there is one
	Reason   Reason
	Warn     string // "revocation": what ends with it must be read first
}

// Moves is the closed list of what may be done next.
var Moves = []string{
	// the family
	"agree_all", "agree_parts", "refuse_part", "refuse_all", "say_no_in_writing", "agree_with_conditions", "ask_meeting", "ask_prior_written_notice",
	"ask_mediation", "file_due_process", "file_state_complaint", "revoke_all", "refuse_one_service", "ask_evaluation_again", "withdraw_exception",
	"agree_evaluation", "refuse_evaluation", "agree_amendment", "refuse_amendment", "agree_excusal", "refuse_excusal", "agree_release", "refuse_release",
	"agree_insurance", "refuse_insurance", "withdraw_insurance", "keep_services",
	// the school
	"carry_out_agreed", "carry_out_last", "give_notice", "file_for_part", "file_over_refusal", "offer_again", "hold_meeting", "begin_after_silence",
	"begin_after_notice", "go_on_after_silence", "override_first_services", "override_revocation", "stop_after_notice", "withhold_for_refusal",
	"begin_first_services", "evaluate_without_consent", "change_during_dispute", "document_efforts", "bill_insurance", "send_records", "amend_without_agreement",
	"meet_without_member", "send_on",
}

// StayPut is what must continue while a dispute lasts.
type StayPut struct {
	Applies   fact.Tri // Yes, No; Unsaid when honest readers differ or a fact is missing
	Since     day.Date
	Trigger   string // the entry that began it
	Over      day.Date
	OverBy    string // the entry that ended it; "" while it lasts
	Plan      string // the plan most lines come from
	Lines     []Line
	Exception string // a word of StayPutExceptions when one governs
	Until     Reason // what will end it
	Reason    Reason
	Readings  []Reason // further honest readings, each with its law
	Ask       []Reason // facts that would settle what is open
}

// StayPutExceptions are what takes the place of the general rule.
var StayPutExceptions = []string{"agreement", "decision_for_parent", "order", "never_agreed", "first_admission", "part_c_to_b", "discipline", "transfer",
	"graduation", "aging_out", "revoked", "stages"}

// A Notice is something in plans or record a person should look at. Keys are
// "program.notice.KEY".
type Notice struct {
	Key   string
	Plan  string
	Entry string
	Args  map[string]string
}
