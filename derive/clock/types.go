package clock

import (
	"stayput/day"
	"stayput/derive/trace"
	"stayput/fact"
	"stayput/law"
)

// A Status is where a clock stands on the day asked about.
type Status string

const (
	Running  Status = "running"
	DueToday Status = "due_today"
	Late     Status = "late"
	Met      Status = "met"
	MetLate  Status = "met_late"
	Paused   Status = "paused"
	Ended    Status = "ended" // moot
	Unknown  Status = "unknown"
)

// A Clock is a duty with a date, or with a standard instead of one.
type Clock struct {
	Rule    *law.Rule
	Version *law.Version
	OwedBy  fact.Party // who owes it, worked out from who filed
	Due     *law.Due   // which way of counting applied; nil when none could be told

	Law  *law.Law // the law under which it runs
	Base day.Date // the day the count started from, day 0; zero when it is not one exact day

	Trigger   string // entry
	Kind      fact.Kind
	TriggerOn day.When

	On       day.Date // the due date; zero when it cannot be told
	Minute   int16    // time of day for counts of hours; -1 when none
	Earliest day.Date // with Latest, the days between which it lies; zero when On is certain
	Latest   day.Date
	Strict   day.Date // a minority reading's date
	Nominal  day.Date // the date before extensions; zero when not extended
	Disputed bool     // the law is honestly open between On and Latest
	Reasons  []Why    // why there are two dates
	Missing  []day.Missing

	Status   Status
	MetBy    string
	MetOn    day.When
	EndedBy  string
	EndedOn  day.Date
	Extended []string // entries that moved the date
	DaysLate int
	SetFor   day.Date      // the day for which what would answer it is set, when that lies ahead
	Elapsed  int           // days from the trigger to the answer, or to the day asked about; -1 when not known
	Left     int           // days left until On; negative when past
	Floor    *Floor        // the rule of the pack underneath that this one replaces
	Perhaps  *Perhaps      // an answer the record holds that may or may not be this one's; nil when none or when answered
	Tribunal *law.Tribunal // for a standard: the nearest delay a tribunal has judged

	at     int32 // where the trigger stands in the view
	putOff bool  // it was put off to a day nobody wrote down
	unsure bool  // whether it runs at all depends on a fact that is missing
	Trace  trace.Trace
	Trace2 *trace.Trace // the later reading's count; nil when it does not differ
}

// A Perhaps is an answer that was taken to be another question's.
type Perhaps struct {
	Entry string // the answer
	On    day.When
	Of    string // the entry it was taken to answer
	OfOn  day.When
	// Said reports that the answer itself names another question of the same
	// sort, so that it does not count here. Otherwise somebody must say.
	Said bool
	// Other reports that it names a question of another sort.
	Other bool
}

// Open reports that only a person can say whether the answer counts here too.
func (p *Perhaps) Open() bool { return p != nil && !p.Said }

// A Why says, as a key of the locale catalogs, why there are two dates. Rule is
// the rule whose citation stands behind it.
type Why struct {
	Key  string
	Rule law.RuleID
	Name string
	On   day.Date
}

// A Floor is the date under the rule that a state rule replaces.
type Floor struct {
	Rule *law.Rule
	On   day.Date
}

// A Statement is law without a number that the record brings into play.
type Statement struct {
	Rule     *law.Rule
	Version  *law.Version
	Trigger  string
	Kind     fact.Kind
	On       day.When
	PointsTo string // the entry it looks to, such as the last agreed IEP
	MetBy    string
	MetOn    day.When
	Elapsed  int // days, as in Clock; -1 when not known or nothing could answer it
	Missing  []day.Missing
}

// A Wrong is a late duty or a refusal: something a person may complain about.
type Wrong struct {
	Clock    int       // index of the late clock; -1 for a refusal
	Entry    string    // the refusal
	Kind     fact.Kind // its kind
	Area     string
	Happened day.Span // the day it happened; a span when that is not certain
	Known    day.Span // the day it was, or should have been, known
}
