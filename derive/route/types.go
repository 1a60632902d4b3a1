package route

import (
	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/law"
	"stayput/record"
)

// A Question is one of the plain questions a person may answer with yes, no or
// "I don't know".
type Question string

// The questions.
const (
	Spoke       Question = "spoke"         // did you talk with the teacher or case manager about it?
	InWriting   Question = "in_writing"    // did you write to the school about it?
	NoInWriting Question = "no_in_writing" // did the school give its no and its reasons in writing?
	BothWilling Question = "both_willing"  // would both sides sit down with a neutral person?
	MustStay    Question = "must_stay"     // must the present program stay in place while this is settled?
)

// Questions lists them in the order in which they are asked.
var Questions = []Question{Spoke, InWriting, NoInWriting, BothWilling, MustStay}

// An Input is what the routes are derived from.
type Input struct {
	Case     *fact.Case
	View     *record.View
	Laws     []clock.Since   // which law applies from when, the earliest first
	Program  *program.Result // may be nil: no plan was entered
	Clocks   []clock.Clock
	Limits   []limit.Limit
	Side     fact.Side
	AsOf     day.Date
	Concerns []law.Concern // what was picked; none: nothing is suggested
	Answers  map[Question]fact.Tri
}

// A Fit says whether a route can be used.
type Fit string

// The fits. There is no measure of how likely anything is.
const (
	PossibleNow Fit = "possible_now"
	NeedsFirst  Fit = "needs_first"
	DoesNotFit  Fit = "does_not_fit"
)

// A Result is every route, and the two that are suggested.
type Result struct {
	AsOf        day.Date
	Side        fact.Side
	Law         *law.Law
	Concerns    []law.Concern
	Routes      []Row
	Suggested   *Suggestion // nil when nothing was picked, or nothing fits
	Alternative *Suggestion
	First       []Ground   // what comes before any route: to put it in writing, and who must help
	Chosen      Choice     // what somebody said they take, after the latest no
	Told        []Ground   // why nothing is suggested, or that a case is in hand
	Differs     []Question // the record and the answer do not say the same
	Ask         []Question // answers that would settle a need of some route
}

// A Suggestion is one route and why.
type Suggestion struct {
	Route law.RouteID
	Why   []Ground
}

// A Row is one route as it stands for this case.
type Row struct {
	ID      law.RouteID
	Route   *law.Route
	Fit     Fit
	Because []Ground // the deciding reason first
	Forbids bool     // the law forbids it here, or does not open it
	For     []Ground
	Against []Ground
	Told    []Ground
	Needs   []Ground // what must be true first and is not, or is not known
	Decides []law.Concern
	InPart  []law.Concern
	Cannot  []law.Concern
	Barred  []law.Concern

	Limits     []*limit.Limit // those of this case that end the right to it, the earliest first
	RunsOut    day.Date       // the earliest day on which an open one ends; zero: none is known
	Exceptions []string       // names of the exceptions that a closed one has
	Dates      []*clock.Clock // its steps under way
	Keeps      fact.Tri       // whether it keeps the present program in place if used now; Unsaid: the record does not show it, or readers differ
	Tried      bool           // the record shows that it was used since the latest no
	Pending    bool           // it is under way
}

// A Ground is a reason: the name of a text, and the law behind it. A generic one is one of
// law.RouteReasons; otherwise it is a point of the route.
type Ground struct {
	Route    law.RouteID
	Key      string
	Concerns []law.Concern
	Rule     law.RuleID
	Citation string
	Source   string
	Checked  law.Checked
	Ours     bool // a suggestion, not law
	Unknown  bool // a need of which nobody said whether it holds
	Loses    bool // what is lost by choosing the route
	Come     bool // who may come along
	Limit    *limit.Limit
}
