package meeting

import (
	"stayput/day"
	"stayput/derive/clock"
	"stayput/fact"
	"stayput/law"
	"stayput/plan"
	"stayput/record"
)

// Settings of ours, no law: how near an entry that names no meeting must be to
// belong to one, and when a talk before a meeting does most good.
const (
	nearHeld    = 7
	nearRequest = 90
	nearBefore  = 60
	nearAfter   = 30

	TalkFirst = 21 // days before the meeting
	TalkLast  = 14
)

// An Input is what meetings are derived from.
type Input struct {
	Case   *fact.Case
	View   *record.View
	Laws   []clock.Since // which law applies from when, the earliest first
	Clocks []clock.Clock
	Plan   *plan.Plan // the program in force, whole; may be nil
	AsOf   day.Date
	Called map[string]plan.Role // names of roles in the languages of the pages, folded (Fold)
}

// A Kind is what sort of meeting it is.
type Kind string

// The kinds.
const (
	IEP          Kind = "iep"
	Disagreement Kind = "disagreement" // with an official who can settle a disagreement
	Listening    Kind = "listening"    // the school meets to listen
)

// A State is how far a meeting has come.
type State string

// The states.
const (
	Asked     State = "asked" // no day is set
	Refused   State = "refused"
	Withdrawn State = "withdrawn"
	Coming    State = "coming" // today or later
	Unsaid    State = "unsaid" // its day is past, and nobody wrote whether it was held
	Held      State = "held"
)

// A Result is every meeting of a record.
type Result struct {
	AsOf     day.Date
	Meetings []Meeting     // by date; those without a day last
	Loose    []*fact.Entry // about a meeting, but nobody can say which
	Effect   [2]Effect     // what followed the offers of meetings without a talk before them, and with one
}

// A Meeting is one meeting with everything that belongs to it.
type Meeting struct {
	Entry *fact.Entry // names it: the day set, else that it was held, else the request
	Kind  Kind
	State State
	On    day.When // of the meeting as held, else as set; zero while it is only asked for
	Ends  day.When

	Requests  []*fact.Entry
	Refusal   *fact.Entry
	Scheduled *fact.Entry   // the appointment that stands
	Was       []*fact.Entry // appointments it took the place of
	Held      *fact.Entry
	Entries   []*fact.Entry
	Near      []string // entries that are here by their date alone
	Odd       []string // held_unset, held_early, ends_before, same_day

	Seats     []Seat
	Others    []Named // who is named and has none of the roles
	Known     bool    // somebody wrote down who is expected, or who was there
	Excusals  []Excusal
	Notice    Notice
	Recording Recording
	Interpret Interpreter
	Talk      Talk
	Facility  Facility
	Prepared  [2]Prepared // the family's, the school's

	Agendas   []*fact.Entry
	Concerns  []*fact.Entry
	Decisions []Decision
	Summaries []*fact.Entry
	Points    []Point // what is open afterwards
	Owed      []*clock.Clock

	members map[int32]bool // the entries that belong to it, by their place in the view
}

// A Named is somebody as an entry names him or her.
type Named struct {
	Text string
	Name string    // without the role; "" when only the role is named
	Role plan.Role // "" when it cannot be told
}

// A Sitting says where a seat stands.
type Sitting string

// Where a seat stands.
const (
	Filled    Sitting = "filled"
	Empty     Sitting = "empty"     // needed, and nobody is named for it
	MayBeSame Sitting = "same"      // somebody else who is named may fill it too
	Away      Sitting = "excused"   // with a valid excusal
	AwayMaybe Sitting = "excusal"   // with an excusal that is not, or not yet, valid
	NotNamed  Sitting = "not_named" // nobody is named, and whether it is needed is not certain
	NotNeeded Sitting = "not_needed"
)

// A Seat is one member whom the law names (34 CFR 300.321).
type Seat struct {
	Item    string // of the rule TeamRule
	Role    plan.Role
	Needed  fact.Tri
	Why     string // always, in_regular, may_be_regular, transition, invite, part_c, may
	People  []Named
	Excusal int // into Meeting.Excusals; -1
	Sitting Sitting
}

// The federal rules that say who belongs to the team, what a notice holds, when a
// member may stay away, and so on. Citations are read from them.
const (
	TeamRule      law.RuleID = "us.iep.team"
	ContentRule   law.RuleID = "us.iep.meeting_notice_content"
	TimingRule    law.RuleID = "us.iep.meeting_notice_timing"
	NotDiscussed  law.RuleID = "us.iep.excuse_not_discussed"
	WhenDiscussed law.RuleID = "us.iep.excuse_discussed"
	InterpretRule law.RuleID = "us.iep.interpreter"
	CopyRule      law.RuleID = "us.iep.copy_free"
	PriorRule     law.RuleID = "us.pwn.when"
)

// An Excusal lets a required member stay away.
type Excusal struct {
	Asked, Answer *fact.Entry
	Inputs        []*fact.Entry // what the member wrote for the team, the earliest first
	Member        Named
	Area          string
	Discussed     fact.Tri // the member's area is discussed
	Agreed        fact.Tri
	Valid         fact.Tri
	Why           []string // not_required, not_written, after_meeting, not_yet_law, no_input, input_late, input_owed, say_discussed
	Rule          law.RuleID
}

// A Notice is what told the parents of the meeting.
type Notice struct {
	Sent    []*fact.Entry
	State   string // none, early, same_day, after
	Days    int    // before the meeting
	Rule    law.RuleID
	Clock   *clock.Clock // a number of days by a State's rule; nil for none
	Late    fact.Tri     // by that rule
	Told    bool         // somebody wrote down what it holds
	Missing []string     // items of ContentRule that it does not hold
}

// A Recording is whether the meeting may be recorded.
type Recording struct {
	Given []*fact.Entry
	Clock *clock.Clock
	State string // no_rule, no_day, open, over, given, given_late, unsure
}

// An Interpreter is whether somebody is needed, asked for and was there.
type Interpreter struct {
	Needed  fact.Tri // Unsaid: the home language makes it worth asking
	Asked   *fact.Entry
	Present *fact.Entry
	There   fact.Tri
}

// A Talk is the informal talk before a meeting.
type Talk struct {
	First, Last day.Date // the days that do most good; zero while no day is set
	Invited     *fact.Entry
	Held        *fact.Entry
	Days        int // from the talk to the meeting
	Answer      *fact.Entry
	Came        string // accepted, partly, rejected: what the answer to the next offer was; "" while there is none
}

// An Effect counts what followed.
type Effect struct{ Meetings, Accepted, Partly, Rejected, None int }

// A Facility is a neutral person who leads the meeting.
type Facility struct {
	Asked, Named *fact.Entry
	Outcome      string // agreed, partly, not; ""
}

// Facilitated reports that a neutral person leads it or was asked for.
func (f *Facility) Facilitated() bool { return f.Asked != nil || f.Named != nil }

// A Prepared is what one side brings.
type Prepared struct {
	Side      fact.Side
	Entries   []*fact.Entry
	Topics    []Topic
	Concern   bool
	Solutions []string
	Limits    []string
	Steps     [5]bool // read, concerns, solutions, limits, frame: in the order of Steps
}

// A Topic is one point for the agenda and the entry that holds it.
type Topic struct {
	Text  string
	Entry *fact.Entry
}

// Steps are the five steps of preparing a facilitated meeting.
var Steps = [5]string{"read", "concerns", "solutions", "limits", "frame"}

// What an entry meeting_prepared lists among its topics when a step was taken that
// leaves no words.
const (
	ReadRecord  = "read_record"
	FrameAgreed = "frame_agreed"
)

// WrittenInput marks a letter with which an excused member gives input.
const WrittenInput = "written_input"

// Partly marks a meeting that came to an agreement on some points.
const Partly = "partly"

// A Decision is one line of the decision log.
type Decision struct {
	Entry   *fact.Entry
	Meeting int    // into Result.Meetings; -1
	State   string // yes, no, later, due, late, done
	Answers []*fact.Entry
}

// A Point is something open after a meeting.
type Point struct {
	Key  string // say_held, no_decisions, no_summary, copy, prior_notice
	Rule law.RuleID
}
