package dispute

import (
	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/law"
	"stayput/record"
)

// An Input is what paths are derived from.
type Input struct {
	Case    *fact.Case
	View    *record.View
	Laws    []clock.Since   // which law applies from when, the earliest first
	Program *program.Result // may be nil: no plan was entered
	Clocks  []clock.Clock
	Limits  []limit.Limit

	Cancellations []clock.Cancellation // of agreements, as the clocks decided

	Side fact.Side
	AsOf day.Date
}

// A Kind is a sort of dispute.
type Kind string

// The kinds, roughly from the nearest way to the furthest.
const (
	Facilitated    Kind = "facilitated"
	Mediation      Kind = "mediation"
	Grievance      Kind = "grievance"
	Records        Kind = "records_hearing" // correcting a record, and the hearing about it
	FERPA          Kind = "ferpa"
	OCR            Kind = "ocr"
	Section504     Kind = "s504_hearing"
	StateComplaint Kind = "state_complaint"
	DueProcess     Kind = "due_process"
	Expedited      Kind = "expedited"
	StateReview    Kind = "state_review"
	CivilAction    Kind = "civil_action"
)

// Kinds lists them.
var Kinds = []Kind{Facilitated, Mediation, Grievance, Records, FERPA, OCR, Section504, StateComplaint, DueProcess, Expedited, StateReview, CivilAction}

// A Path is one matter from its beginning to its end.
type Path struct {
	Matter  string // the entry that began it; of a path nobody began, its first entry
	Begun   bool   // an entry began it
	Kind    Kind
	Route   law.RouteID
	FiledBy fact.Party // parent, lea, or "" when nobody said
	On      day.When
	Of      string   // the matter that a review or a court case carries on
	Entries []string // every entry that belongs to it, in order

	Open     bool   // nothing ended it yet
	End      Ending // how it ended
	EndedBy  string
	EndedOn  day.When
	Steps    []Step
	Now      int      // the step that is next; -1 when there is none
	NextDate day.Date // the nearest day on which something is due in it; zero when there is none
	Ends     []fact.Kind

	Burden law.RuleID // who has to prove the case
	Proves fact.Party // the side that must; "" when nobody said who filed and that decides
	Come   []law.RoutePoint
	Stay   fact.Tri // whether it keeps the present program in place

	Problems []Problem
	Law      *law.Law

	view *record.View
}

// An Ending is how a dispute ended.
type Ending string

// The endings.
const (
	Decided    Ending = "decided"
	Settled    Ending = "settled"    // an agreement outside the resolution meeting and mediation
	Resolved   Ending = "resolved"   // an agreement of the resolution meeting
	Mediated   Ending = "mediated"   // an agreement of mediation
	Withdrawn  Ending = "withdrawn"  // taken back or dismissed
	Default    Ending = "default"    // decided because a side took no part
	Completed  Ending = "completed"  // a grievance or a facilitated meeting that is over
	Unfinished Ending = "unfinished" // mediation that a side left
	Dismissed  Ending = "dismissed"  // an office closed a complaint without looking into it
	Undertook  Ending = "undertook"  // the school signed an agreement with an office
)

// A State is where a step stands.
type State string

// The states.
const (
	Done       State = "done"
	Due        State = "due"          // somebody owes it, with a day or without
	Late       State = "late"         // somebody owes it, and the day has passed
	Unsure     State = "unsure"       // its day has passed, and the record does not show whether it was done
	Choice     State = "choice"       // somebody may do it, nobody must
	Waits      State = "waits"        // another step comes first
	NotNeeded  State = "not_needed"   // the reason says why
	Over       State = "over"         // the time for it has passed
	Ended      State = "ended"        // the dispute ended before it
	OutOfOrder State = "out_of_order" // it was done before what it needs
)

// A Key names a step.
type Key string

// The steps.
const (
	Filing         Key = "filing"
	Copy           Key = "copy"
	Received       Key = "received"
	Challenge      Key = "challenge"
	Ruling         Key = "ruling"
	Amended        Key = "amended"
	Response       Key = "response"
	Meeting        Key = "meeting"
	Period         Key = "period"
	Agreement      Key = "agreement"
	Void           Key = "void"
	Mediate        Key = "mediate"
	Settlement     Key = "settlement"
	Withdrawal     Key = "withdrawal"
	Prehearing     Key = "prehearing"
	HearingSet     Key = "hearing_set"
	Issues         Key = "issues"
	Attorney       Key = "attorney"
	Disclosure     Key = "disclosure"
	Extension      Key = "extension"
	Hearing        Key = "hearing"
	RecordClosed   Key = "record_closed"
	Decision       Key = "decision"
	CarriedOut     Key = "carried_out"
	Review         Key = "review"
	Court          Key = "court"
	Reconsider     Key = "reconsider"
	Reconsidered   Key = "reconsidered"
	Correction     Key = "correction"
	DateSet        Key = "date_set"
	Session        Key = "session"
	Finished       Key = "finished"
	CivilRights    Key = "civil_rights"
	NeutralNamed   Key = "neutral_named"
	FacilitatedIEP Key = "facilitated_meeting"
	RecordsMeeting Key = "records_meeting"
	Answer         Key = "answer" // whether a record is corrected
	HearingAsked   Key = "hearing_asked"
	Statement      Key = "statement"
	Access         Key = "access"
	ReviewAsked    Key = "review_asked" // the review that belongs to a hearing under Section 504
	Reviewed       Key = "reviewed"
	Opened         Key = "opened"
	Undertaking    Key = "undertaking"
)

// A Step is one stretch of a path.
type Step struct {
	Key   Key
	State State
	Must  bool       // somebody owes it; otherwise it is a choice
	Owed  fact.Party // who does it; "" when it may be either side

	Entry  string   // with which it was done
	On     day.When // when
	More   []string // further entries of the step, in order
	SetFor day.Date // the day set for it, when that lies ahead
	Until  day.Date // the new day that somebody wrote down: of a postponement, of a promise

	Due    day.Date // the day to reckon with: always the earliest honest one
	Latest day.Date // the other one, when the law or the facts leave it open
	Clock  *clock.Clock
	Clocks []*clock.Clock // every date behind it
	Limit  *limit.Limit   // the end of the right to it
	Limits []*limit.Limit

	Waits  Key // the step that comes first
	Why    Ground
	Tells  []law.RuleID // law that is told with it
	Record []fact.Kind  // what a person may write down next
}

// A Ground says why a step is not needed, is over or has ended.
type Ground struct {
	Key        string
	Rule       law.RuleID
	Entry      string
	Exceptions []string // by which a right that ran out may still be open, by the names of the rule
}

// A Problem is something in the record that a person should look at: it cannot be as
// written, or the law does not allow it.
type Problem struct {
	Key        string
	Entry      string
	Other      string
	Step       Key
	Rule       law.RuleID
	Limit      *limit.Limit
	Exceptions []string
}

// Step finds a step by its key, or gives nil.
func (p *Path) Step(k Key) *Step {
	for i := range p.Steps {
		if p.Steps[i].Key == k {
			return &p.Steps[i]
		}
	}
	return nil
}

// Title is the name of the text that says what sort of dispute it is, with who began
// it where that matters.
func (p *Path) Title() string {
	if p.Kind == DueProcess && p.FiledBy != "" {
		return string(p.Kind) + "_" + string(p.FiledBy)
	}
	return string(p.Kind)
}

// Possible reports that a person may write the step down now.
func (s *Step) Possible() bool { return len(s.Record) > 0 }
