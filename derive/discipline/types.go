package discipline

import (
	"stayput/day"
	"stayput/fact"
	"stayput/law"
	"stayput/record"
)

// An Input is what discipline is derived from.
type Input struct {
	View   *record.View
	Laws   []Since     // which law applies from when, the earliest first
	School *day.School // may be nil: then school days are bounds
	AsOf   day.Date
}

// Since is the law in play from a day on; a zero From is from the beginning.
type Since struct {
	From day.Date
	Law  *law.Law
}

// A Result is what the removals of a record come to as of a day.
type Result struct {
	AsOf     day.Date
	Removals []Removal // by their first day
	Years    []Year    // the school years with removals, the earliest first
	Changes  []Change  // of placement, by their day
	Settings []Setting // interim settings
	Appeals  []Appeal  // expedited cases
	Asides   []Aside   // entries that may be removals too
	Unfound  *Reason   // the record does not show that the child was found eligible; Entries are the requests for an evaluation before the first removal
}

// A Count is a number of school days; the two differ when the calendar does not
// settle it.
type Count struct{ AtLeast, AtMost int }

// Sure reports that the number is settled.
func (c Count) Sure() bool { return c.AtLeast == c.AtMost }

// Over reports whether the number is more than n.
func (c Count) Over(n int) fact.Tri {
	switch {
	case c.AtLeast > n:
		return fact.Yes
	case c.AtMost <= n:
		return fact.No
	}
	return fact.Unsaid
}

// A Span is the days between which something lies; a settled day has both the
// same. Zero Earliest: it has not come. Zero Latest: nothing bounds it.
type Span struct{ Earliest, Latest day.Date }

// A Removal is one disciplinary removal from school.
type Removal struct {
	Entry      string
	First      day.Date // the latest day it can have begun
	Last       day.Date // the last day out, as written; zero when nobody wrote an end
	Open       bool     // no end is written: only the first day counts
	Days       Count    // school days out by the day asked about
	Whole      Count    // all its school days, those ahead too
	IfStillOut int      // of an open one: school days by the day asked about, if the child is still out
	Carries    string   // the decision it carries out; then it is not one of the short ones
	About      []string // what the entry says it was about
	Year       int      // the calendar year in which its school year begins
}

// A Year is what the removals of one school year come to. Removals that carry out
// a decided change of placement are not among them.
type Year struct {
	Begins   int // the calendar year in which it begins
	Label    string
	Removals int
	Days     Count
	Tenth    Span // the day on which the tenth day of removal fell
	Eleventh Span
	Last     string   // the last removal
	Told     bool     // the eleventh day is in the record
	Open     []string // removals whose end nobody wrote
	Reason   Reason
	FirstTen Reason    // what is owed on the first ten days
	Services *Services // nil before an eleventh day
	Pattern  *Pattern  // nil while the total cannot be over ten
}

// Services are what is owed from the eleventh day of removal on: on each later
// day of removal, not on days at school.
type Services struct {
	Owed  fact.Tri
	Since Span
	Days  Count    // days of removal from the eleventh on
	Given []string // entries that show services on or after that day
	Why   []Reason
}

// A Pattern is the question whether a series of short removals changes the
// placement. Answer is No when a limb fails, and never Yes: the school decides case
// by case, and a parent may ask for a hearing.
type Pattern struct {
	Answer  fact.Tri
	Limbs   []Limb
	Lengths []Count  // of each removal, in order
	Between []Count  // school days between one removal and the next
	Entries []string // the removals
	Why     Reason
}

// A Limb is one thing that must hold for a pattern.
type Limb struct {
	Key    string // total, similar, factors
	Answer fact.Tri
	Why    Reason
}

// How a placement was changed.
const (
	Decided  = "decided"  // somebody decided it
	ByLength = "length"   // more than ten school days in a row
	ByTotal  = "total"    // a State's own number of days in a year
	ByGroup  = "group"    // any removal, for children whom a State names
	InARow   = "in_a_row" // several removals with no school day between
)

// A Change is a change of placement, or what may be one.
type Change struct {
	How      string
	Answer   fact.Tri // Unsaid: the calendar or a fact is missing
	On       Span     // the day of the decision, or on which the number was passed
	Entry    string   // the decision, if it is in the record
	Removals []string
	Days     Count
	Told     string // the entry that shows that the parent was told
	Why      []Reason
	Review   Review
}

// A Review is the manifestation review that a change of placement calls for.
type Review struct {
	From   Span // the decision it runs from
	Due    Span
	Held   string // the entry of the determination
	On     day.Date
	Result fact.Tri // yes: the conduct was a manifestation
	Late   fact.Tri
	Why    []Reason
	IfYes  []Reason // what follows from yes
	IfNo   []Reason
}

// A Setting is a stay in an interim alternative setting.
type Setting struct {
	Entry   string
	First   day.Date
	Last    day.Date // as the record says; zero while it lasts
	Days    Count
	Limit   Span   // the last day it may last to
	Ordered string // the decision of a hearing officer that ordered it, if one did
	Over    fact.Tri
	Why     []Reason
}

// An Appeal is an expedited case about discipline. Its dates are clocks of their
// own (derive/clock): the rules that count them are named here.
type Appeal struct {
	Entry   string
	On      day.Date
	Rules   []law.RuleID
	Decided string // the decision, if there is one
	Why     []Reason
}

// An Aside is an entry that may count as a removal, which only a person can say.
type Aside struct {
	Entry string
	On    day.Date
	Why   Reason
}

// A Reason is a key of the catalog with its arguments, and the law behind it.
// Days in Args are written as YYYY-MM-DD.
type Reason struct {
	Key      string
	Args     map[string]string
	Rule     law.RuleID
	Citation string
	Checked  law.Checked
	Entries  []string
}

// Text is the key of its sentence in the catalog.
func (r Reason) Text() string { return "discipline.why." + r.Key }
