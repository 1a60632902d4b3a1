// Package law is the law as data: rules with versions by date, citations and
// the packs they come in, and a Book that picks what applies.
//
// In: packs, read and checked by law/pack. Out: for a jurisdiction, the rules in
// play, indexed by the kind of entry that starts them, with the rules of the
// packs underneath that they replace. It applies nothing to any record.
package law

import (
	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/law/rule"
)

// A RuleID names a rule: jurisdiction, area and name, "us-ca.evaluation.plan".
type RuleID string

// A RuleKind says what sort of law a rule is.
type RuleKind string

// The kinds of rules. docs/law-packs.md says what each is for.
const (
	Clock       RuleKind = "clock"
	Notice      RuleKind = "notice"
	Floor       RuleKind = "floor"
	Cap         RuleKind = "cap"
	Limit       RuleKind = "limit"
	Duty        RuleKind = "duty"
	Permission  RuleKind = "permission"
	Prohibition RuleKind = "prohibition"
	Checklist   RuleKind = "checklist"
	FactRule    RuleKind = "fact"
	Event       RuleKind = "event"
)

// RuleKinds lists the words a pack may use.
var RuleKinds = []string{string(Clock), string(Notice), string(Floor), string(Cap), string(Limit), string(Duty),
	string(Permission), string(Prohibition), string(Checklist), string(FactRule), string(Event)}

// Areas lists the subjects a rule may belong to and a pack may cover.
var Areas = []string{"counting", "definitions", "child_find", "evaluation", "eligibility", "consent", "iep", "placement",
	"private_school", "transfer", "notice", "safeguards", "independent_evaluation", "records", "mediation", "due_process",
	"resolution", "hearing", "appeal", "fees", "stay_put", "state_complaint", "surrogate", "majority", "transition",
	"early_childhood", "discipline", "behavior", "extended_year", "monitoring", "reporting", "section_504", "ferpa",
	"case_law", "insurance", "aging_out", "retaliation"}

// Standards lists the verbal standards a duty may carry instead of a number.
var Standards = []string{"without_unnecessary_delay", "as_soon_as_possible", "reasonable_time", "promptly", "immediately",
	"early_enough", "timely", "ongoing", "periodically", "annually", "expedited", "without_delay"}

// Facts lists the facts about a jurisdiction that conditions may ask.
var Facts = []string{"two_tier", "transfers_rights", "bars_override"}

// A Rule is one rule of law with all its versions.
type Rule struct {
	ID     RuleID
	Kind   RuleKind
	Area   string
	OwedBy fact.Party

	Starts      []fact.Kind
	OnWrong     bool // starts once for each late duty and refusal
	StartsWhen  rule.Condition
	MetBy       []Meet
	MetWhen     rule.Condition
	EndedBy     []Meet
	ExtendedBy  []Extension
	Once        Once
	Quiet       bool // people seldom write the answer down: silence in the record is not lateness
	Overrides   []RuleID
	OverridesAt fault.Position
	Versions    []Version

	Checked   Checked
	Note      string
	Ask       *Ask
	Derives   fact.Kind // for Event
	PointsTo  []fact.Kind
	Items     []Item
	Tribunals []Tribunal

	// For Limit.
	Right      string
	RunsFrom   string // happened or known
	MustBe     string
	By         fact.Party
	Exceptions []string
	WrongAreas []string
	WrongOnly  string // "refusals", "late" or "" for both

	Pack string
	At   fault.Position
}

// Numeric reports that some version of the rule carries a number, so that a
// worked example is owed.
func (r *Rule) Numeric() bool {
	for i := range r.Versions {
		for j := range r.Versions[i].Due {
			if r.Versions[i].Due[j].numeric() {
				return true
			}
		}
	}
	return false
}

func (d *Due) numeric() bool {
	if d.Count.Given || d.OnMonth != 0 {
		return true
	}
	for i := range d.Of {
		if d.Of[i].numeric() {
			return true
		}
	}
	return false
}

// VersionAt is the version in force on d, or nil.
func (r *Rule) VersionAt(d day.Date) *Version {
	for i := len(r.Versions) - 1; i >= 0; i-- {
		v := &r.Versions[i]
		if v.From <= d && (v.To == 0 || d <= v.To) {
			return v
		}
	}
	return nil
}

// Once says how many clocks of a rule run for one child.
type Once uint8

const (
	Each   Once = iota // one for each start
	Latest             // a newer start replaces the older
	First              // only the first start counts
)

// A Meet is a kind of entry that answers a rule's duty, or ends it.
type Meet struct {
	Kind   fact.Kind
	OnlyRe bool           // only when the entry names what it answers
	When   rule.Condition // asked of that entry; nil: always
}

// An Extension is a kind of entry that moves a due date.
type Extension struct {
	Kind    fact.Kind
	Adds    bool // adds the length of the stretch on..until; otherwise sets the due date to until
	Written bool // valid only in writing
}

// An Ask is what a family may write when the duty is overdue.
type Ask struct {
	Do       string
	Document string
}

// Asks lists what a family may be told to write when a duty is overdue.
var Asks = []string{"ask_in_writing", "ask_prior_written_notice", "ask_extension"}

// Documents lists the letters and forms by the ids that the contract fixes.
var Documents = []string{"request-initial-evaluation", "consent-assessment-plan", "request-reevaluation", "request-iee",
	"request-records", "request-iep-meeting", "notice-audio-recording", "parent-concerns", "letter-partial-consent",
	"refusal-initial-services", "revocation-consent", "pwn", "demand-pwn", "follow-up-letter", "weekly-checkin",
	"observation-request", "service-logs-request", "comp-ed-request", "stay-put-letter", "ten-day-notice",
	"facilitated-iep-request", "mediation-request", "ca-mediation-only", "ca-mediation-due-process", "state-complaint",
	"cde-complaint", "due-process-complaint", "lea-response-complaint", "other-party-response", "notice-insufficiency",
	"resolution-invitation", "resolution-waiver", "settlement-agreement", "evidence-witness-list", "504-evaluation-request",
	"504-plan", "504-grievance", "ocr-complaint", "assessment-plan-ca", "meeting-notice", "offer-of-fape",
	"response-parent-rejection", "documentation-log", "lea-due-process-complaint", "procedural-safeguards-notice",
	"iep-amendment", "excusal-agreement", "progress-report", "behavior-emergency-notice", "manifestation-notice",
	"revocation-pwn", "reimbursement-claim", "records-amendment", "advocate-authorization", "transfer-rights-notice",
	"transfer-student-comparable"}

// An Item is one element of a checklist.
type Item struct {
	ID       string
	Citation string
}

// A Tribunal is how long a delay was found too long, or acceptable.
type Tribunal struct {
	Days     int
	TooLong  bool
	Citation string
}

// Checked is how well a rule's text was read.
type Checked struct {
	Level string // primary, secondary or unverified
	On    day.Date
	Note  string
}

// CheckLevels lists the words of Checked.Level.
var CheckLevels = []string{"primary", "secondary", "unverified"}

// A Version is a rule as it stood from one day to another.
type Version struct {
	From        day.Date // zero: the day is unknown and the version reaches back
	FromUnknown bool
	To          day.Date // zero: still in force
	Due         []Due
	Citation    string
	Source      string
	Note        string
	At          fault.Position
}

// A Unit is what a count is made of.
type Unit uint8

const (
	Days Unit = iota
	BusinessDays
	SchoolDays
	Months
	Years
	Hours
)

// Units lists the words of units in the order of their values.
var Units = []string{"day", "business_day", "school_day", "month", "year", "hour"}

// String is the word a pack uses.
func (u Unit) String() string { return Units[u] }

// A Count is a number of units, forward or back.
type Count struct {
	Given    bool
	N        int
	Unit     Unit
	Back     bool
	MoreThan bool
}

// FromKind says where a count starts.
type FromKind uint8

const (
	FromTrigger FromKind = iota
	FromNextYearStart
	FromYearEnd
	FromLinked // the entry of a kind linked to the trigger, else the latest before it
	FromNext   // the first entry of a kind on a later day than the trigger
	FromLast   // the latest entry of a kind on or before the trigger
)

// A From is where a count starts.
type From struct {
	Kind  FromKind
	Kinds []fact.Kind
}

// A Due is one way to work out a date.
type Due struct {
	When            rule.Condition
	Count           Count
	From            From
	OnMonth, OnDay  int // a fixed day of the year
	Skip            *Skip
	Roll            *Roll
	FirstSame       bool // the start itself is day 1
	AbsencesFrom    int  // school days: the child's absences in the period are added when there are at least this many; 0: never
	WeekdayHolidays bool // business days that do count weekday holidays
	Standard        string
	Of              []Due // the earliest or the latest of these
	OfLatest        bool
	Readings        []Reading
}

// A Reading is another honest way to read a rule.
type Reading struct {
	ID     string
	Strict bool // a minority reading shown beside, otherwise it widens the latest date
	Due    Due
}

// A Skip is a named way of leaving days out.
type Skip struct {
	Name string
	Skip day.Skip
	Rule RuleID // the rule that says so
}

// A Roll is a named way of moving a last day.
type Roll struct {
	Name    string
	Back    bool // to the previous open day; otherwise to the next
	Term    bool // from between school years to the first day of the next
	Settled bool
	Rule    RuleID
}

// A Pack is the law of one jurisdiction as read.
type Pack struct {
	ID          string
	Name        map[string]string
	Under       string
	Zone        string
	Covers      []string
	MajorityAge int
	Year        day.YearRule
	YearCite    string
	Facts       map[string]fact.Tri
	Holidays    []day.Holiday
	Rules       []*Rule
	Skips       map[string]*Skip
	Rolls       map[string]*Roll
	Program     []Answer // program.yaml, in its order
	Routes      []Route  // routes.yaml, in its order
	Help        []Help   // help.yaml, in its order
}
