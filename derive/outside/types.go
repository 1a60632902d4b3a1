package outside

import (
	"stayput/day"
	"stayput/derive/clock"
	"stayput/fact"
	"stayput/record"
)

// A Stage is one step of the path.
type Stage string

// The stages, in order.
const (
	Disagreed  Stage = "disagreed"  // the school's evaluation the family disagrees with
	Requested  Stage = "requested"  // an independent evaluation at public expense is asked for
	Criteria   Stage = "criteria"   // the district's criteria are handed over
	Answered   Stage = "answered"   // the district agrees to pay, or files to show that its own is right
	Provided   Stage = "provided"   // it is done or paid for
	Shared     Stage = "shared"     // the report is in the district's hands
	Considered Stage = "considered" // the team looked at it
	Changed    Stage = "changed"    // what changed
)

// Stages is the closed list.
var Stages = []Stage{Disagreed, Requested, Criteria, Answered, Provided, Shared, Considered, Changed}

// An Answer is what the district said to the request.
type Answer string

// The answers. Refused alone is neither of the two that the law knows.
const (
	None    Answer = ""
	Agreed  Answer = "agreed"
	Filed   Answer = "filed"   // the district asked for a hearing about its own evaluation
	Refused Answer = "refused" // a no without a filing
)

// A Step is one stage of a path as it stands.
type Step struct {
	Stage Stage
	Entry *fact.Entry // what shows that it happened; nil when nothing does
	Early bool        // it is dated before what it follows
	Days  int         // from the stage before it that has a day; -1: not one exact number
}

// A Path is one evaluation by somebody outside the school.
type Path struct {
	ID      string // the entry it begins with
	Private bool   // the family had it made; nothing was asked of the district
	Steps   []Step // those that belong to it, in order
	Answer  Answer
	Ended   *fact.Entry   // the request was taken back
	Decided *fact.Entry   // a hearing officer decided on the district's filing
	Notes   []*fact.Entry // evaluators who could not do it
	Filing  *fact.Entry   // a filing by the district that may be about this: it names nothing

	Elapsed int          // days from the request to the answer, or to the day asked about; -1: not one exact number
	Clock   *clock.Clock // the duty to answer, with the nearest delay that a tribunal judged; may be nil
	Next    Stage        // the one step that comes next; "" when nothing does
	Again   bool         // the district said no and did not file: it still owes one of the two
}

// Step is the step of a stage, or nil.
func (p *Path) Step(s Stage) *Step {
	for i := range p.Steps {
		if p.Steps[i].Stage == s {
			return &p.Steps[i]
		}
	}
	return nil
}

// An Input is what the paths are derived from.
type Input struct {
	View   *record.View
	Clocks []clock.Clock
	AsOf   day.Date
}
