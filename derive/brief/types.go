package brief

import (
	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/delivery"
	"stayput/derive/limit"
	"stayput/derive/next"
	"stayput/derive/plan/review"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/law"
	"stayput/plan"
	"stayput/record"
)

// A Brief is everything that follows from one case on one day.
type Brief struct {
	Case          *fact.Case
	View          *record.View
	AsOf          day.Date
	Known         day.Date    // zero: everything in the record
	Laws          []Law       // which law applies from when
	School        *day.School // the calendar that days are counted by; nil when none is known
	Headline      Headline
	Clocks        []clock.Clock        // by due date
	Limits        []limit.Limit        // by the day to act
	Statements    []clock.Statement    // in order of the record
	Cancellations []clock.Cancellation // of agreements of resolution meetings
	Next          []next.Step          // the first is the next step
	Notices       []Notice             // what should be looked at in the record itself
	Program       *program.Result      // what is in force, what was agreed to, what stays put; nil where no plan was entered
	Reviews       []Review             // of the latest version of each kind of plan
	Delivery      *delivery.Ledger     // what was promised against what was given; nil without a service and without a log
	Progress      []GoalProgress       // of each goal in force
	Logs          bool                 // somebody wrote down some session
}

// A Review is what was found in one plan, what matters most first.
type Review struct {
	Plan     *plan.Plan // whole
	Findings []review.Finding
}

// LawOn is the law in play on a day: of the place where the child lived then. nil when the
// case has none.
func (b *Brief) LawOn(d day.Date) *law.Law {
	var out *law.Law
	for i := range b.Laws {
		if i == 0 || b.Laws[i].From <= d {
			out = b.Laws[i].Law
		}
	}
	return out
}

// A Law is the law in play from a day on.
type Law struct {
	From    day.Date
	Law     *law.Law
	Missing string // a jurisdiction without a pack: federal rules alone are shown
}

// A Headline is the one sentence of where the case stands: a key and counts.
type Headline struct {
	Key     string // late, running_out, due_soon, waiting, quiet, unsure, not_started
	Late    int
	Soon    int // due within 14 days
	Unsure  int
	Closing int // rights that run out within 60 days
	Clock   *clock.Clock
	Limit   *limit.Limit
}

// A Notice is something in the record a person should look at: an answer dated
// before its question, a date known only as a month.
type Notice struct {
	Key   string
	Entry string
	Args  map[string]string
}
