package review

import (
	"stayput/day"
	"stayput/law"
	"stayput/plan"
)

// A Severity is how much stands behind a finding.
type Severity string

const (
	Required Severity = "required" // the law requires the part
	Ask      Severity = "ask"      // a question worth asking
)

// Top is how many findings are shown first.
const Top = 3

// A Finding is one thing to ask about.
type Finding struct {
	Plan     string
	Name     string // what was found: service-vague
	Severity Severity
	Items    []string          // the parts it is about, by name; may be empty
	Args     map[string]string // values for the sentence
	Citation string            // where the law speaks of it; "" where it does not
	Rule     law.RuleID        // the rule that says so
	Checked  law.Checked       // how well its text was read
	Rank     int               // the higher, the more it matters
}

// A Verdict is what somebody who reads goals says of one.
type Verdict struct {
	Measurable, Borderline                              bool
	Timeframe, Condition, Behavior, Criterion, Measured bool
	Baseline                                            bool // it is there, for the same skill in the same unit
}

// A GoalReview reads one goal: its text with the fields that belong to it, the
// baseline, and the language when it is known.
type GoalReview func(text, baseline, lang string) Verdict

// Input is what a review looks at.
type Input struct {
	Plan     *plan.Plan   // whole (plan.Whole)
	Previous *plan.Plan   // the version before, whole; may be nil
	All      []*plan.Plan // every plan of the case as written, for what they say of each other
	Law      *law.Law     // may be nil: then nothing is required and nothing cited
	On       day.Date     // the law of this day; zero: of the plan's own beginning
	Born     day.Date     // of the child, when the plan does not say
	Grade    string       // likewise
	Goals    GoalReview   // may be nil: then a goal is looked at for a number only
}
