package rejection

import (
	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/plan/review"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/record"
)

// An Input is what the paths are derived from.
type Input struct {
	View     *record.View
	Clocks   []clock.Clock
	Program  *program.Result             // may be nil: no plan was entered
	Findings map[string][]review.Finding // what a review of each plan found, by the plan's id; may be nil
	AsOf     day.Date
}

// A Result is every no of the family, and what became of it.
type Result struct {
	AsOf  day.Date
	Paths []Path // the latest no first
}

// A Group is what was said no to.
type Group string

// The groups.
const (
	Plan         Group = "plan"         // an IEP, whole or in part
	Plan504      Group = "plan_504"     // a 504 plan
	Amendment    Group = "amendment"    // a change of the IEP without a meeting
	Services     Group = "services"     // special education as such, for the first time
	Evaluation   Group = "evaluation"   // a first evaluation
	Reevaluation Group = "reevaluation" //
)

// A Path is one no and the answer to it.
type Path struct {
	ID    string      // of the answer; "plan-" and the plan's id when the no stands only on the plan's own page
	Entry *fact.Entry // the answer; nil when it stands only on the plan
	Group Group
	On    day.When
	By    string
	Part  bool          // parts were refused, not all of it
	Plan  string        // "" when the record names none
	Offer *fact.Entry   // what was said no to; nil when the record does not hold it
	Again []*fact.Entry // further noes to the same offer, the earliest first

	Said        []Said    // the family's own words, the earliest first
	Steps       []Step    // the five, in order
	Contacts    []Contact // the earliest first
	Meetings    []Meeting // with the attempts to reach the parents before each
	Impressions []*fact.Entry
	Offers      []Offered      // made since, the earliest first
	Clocks      []*clock.Clock // dates that count from the no and from what followed
	Findings    []review.Finding
	Owed        []Owed // offers that stay owed while the dispute lasts
	Lacks       []Lack
	Odd         []Doubt

	Settled  *fact.Entry // the later yes; nil while there is none
	Followed string      // the path of the no to a later offer
	end      day.Date
	start    day.Date
}

// Open reports that the no still waits for something.
func (p *Path) Open() bool { return p.Settled == nil && p.Followed == "" }

// Answered reports that the record holds some answer of the school to the no.
func (p *Path) Answered() bool {
	for _, s := range p.Steps {
		if s.State == Done {
			return true
		}
	}
	return false
}

// Step is the step of a name.
func (p *Path) Step(n StepName) *Step {
	for i := range p.Steps {
		if p.Steps[i].Name == n {
			return &p.Steps[i]
		}
	}
	return nil
}

// Said is what the family said about the no, in its own words.
type Said struct {
	Entry   *fact.Entry
	Text    string
	Reasons []string
}

// A StepName is one of the five steps. Their order is good practice, not law.
type StepName string

// The steps.
const (
	Acknowledge StepName = "acknowledge"
	Listen      StepName = "listen"
	Review      StepName = "review"
	Offer       StepName = "offer"
	Notice      StepName = "notice"
)

// StepNames lists them in order.
var StepNames = []StepName{Acknowledge, Listen, Review, Offer, Notice}

// A State says where a step stands.
type State string

// The states.
const (
	Done State = "done"
	Now  State = "now"  // the first that is not done
	Next State = "next" //
	Over State = "over" // not done, and the family has said yes or answered a later offer
)

// A Step is one step of the answer.
type Step struct {
	Name    StepName
	State   State
	Entries []*fact.Entry // what shows that it was done
	Clocks  []*clock.Clock
	Looked  []string // of Review: what was looked at, of Looks
	Not     []string // of Review: what was not
}

// Looks are the questions of a review with fresh eyes.
var Looks = []string{"gaps", "jargon", "alternatives", "more_data"}

// Readings are what staff may believe lies behind a no. They are impressions.
var Readings = []string{"inadequacy", "trust", "understanding", "outside_advice", "emotion"}

// A Contact is one communication with the family.
type Contact struct {
	Entry   *fact.Entry
	Reached fact.Tri // No: an attempt that failed; Unsaid: nobody wrote down what came of it
	Theirs  bool     // the family began it
	Lacks   []string // which of the fields that make it good proof are empty, of Fields
}

// Fields are what should stand in the note of a contact. That nothing was offered is
// no gap.
var Fields = []string{"time", "with", "summary", "response"}

// A Meeting is one that was set or held after the no, with what was done to have the
// parents there.
type Meeting struct {
	Entry    *fact.Entry // held, else set
	Held     bool
	Without  bool        // the note says that nobody of the family came
	Notice   *fact.Entry // nil when the record holds none
	Since    day.Date    // the day from which attempts are counted: of the notice, else of the no
	Attempts []Contact   // of the school, from that day to the meeting
	Failed   int
	Reached  int
	Means    []Means // different ones, the most used first
	Calls    int     // kept for 300.322(d): calls made or attempted,
	Letters  int     // correspondence sent,
	Answers  int     // answers to it,
	Copies   int     // of both, those with a copy attached,
	Visits   int     // and visits
}

// A Means is how often one means was tried.
type Means struct {
	Name string // of fact.Means; "" when nobody wrote it down
	N    int
}

// An Offered is an offer made after the no.
type Offered struct {
	Entry *fact.Entry // nil when only the plan shows it
	Plan  string
	On    day.When
}

// An Owed is an offer that is owed although there is a dispute.
type Owed struct {
	Key   string // year or school_year
	On    day.Date
	Clock *clock.Clock // the rule behind it
}

// A Lack is what a chronology of good faith would show to be missing.
type Lack struct {
	Key string
	N   int
}

// A Doubt is something in the record that cannot be right, or that should be looked at.
type Doubt struct {
	Key   string
	Entry *fact.Entry
}

// A Line is one line of the chronology.
type Line struct {
	Entry *fact.Entry
	Plan  string   // of an offer that only the plan shows
	On    day.When //
	Lacks []string // as in Contact
}
