package remedy

import (
	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/fact"
	"stayput/law"
	"stayput/record"
)

// A Source is what sort of agreement or decision promises something.
type Source string

// The sources. Settlement is one made outside mediation and the resolution meeting;
// Findings are what the State decided on a complaint, or found by itself; Team is
// what parent and district agreed in writing without any of these. Local is the decision
// of a hearing that the district offers, under Section 504 or about a record; Office is
// what a federal office found or agreed with the school. The law of special education
// says nothing of what follows when these two are not carried out.
const (
	Mediation  Source = "mediation"
	Resolution Source = "resolution"
	Settlement Source = "settlement"
	Decision   Source = "decision"
	Findings   Source = "findings"
	Team       Source = "team"
	Local      Source = "local"
	Office     Source = "office"
)

// A Sort is what sort of thing is promised.
type Sort string

// The sorts.
const (
	Services      Sort = "services"
	Placement     Sort = "placement"
	Evaluation    Sort = "evaluation"
	Compensatory  Sort = "compensatory"
	Reimbursement Sort = "reimbursement"
	Training      Sort = "training"
	PolicyChange  Sort = "policy_change"
	Other         Sort = "other"
)

// Sorts are all sorts, in the order in which a form offers them.
func Sorts() []Sort {
	return []Sort{Compensatory, Services, Evaluation, Placement, Reimbursement, Training, PolicyChange, Other}
}

// A Status is where one promised thing stands.
type Status string

// The statuses. Full is given in full by what was written down, though nobody wrote
// that it is done.
const (
	Open   Status = "open" // no day for it is known
	Ahead  Status = "ahead"
	Soon   Status = "soon" // within SoonDays
	Late   Status = "late"
	Full   Status = "full"
	Done   Status = "done"
	Voided Status = "voided" // the agreement was cancelled
)

// SoonDays is how many days ahead a due day is pointed out; a setting of ours.
const SoonDays = 14

// A Since is a law from a day on.
type Since struct {
	From day.Date
	Law  *law.Law
}

// An Input is what agreements are worked out from.
type Input struct {
	View   *record.View
	Clocks []clock.Clock
	Limits []limit.Limit
	Laws   []Since
	Made   []Made // sessions logged as made up
	AsOf   day.Date
}

// Made is one session that was logged as made up for a missed one.
type Made struct {
	On      day.Date
	Parts   []string // the names of the service that a promise may use
	Minutes int
}

// A Result is every agreement and decision of a record.
type Result struct {
	Agreements []Agreement // the latest first
	Expenses   Money       // what the family wrote down as paid, in all
	Loose      []*fact.Entry
	// Loose are entries of this family that name no promise: given for something that
	// was taken back, or for nothing.
}

// Money is what was paid, with how much of it a paper shows.
type Money struct {
	Cents    int64
	Receipts int64 // of Cents: with a paper
	Entries  []*fact.Entry
	Unsaid   int // entries without an amount
}

// An Agreement is one agreement or decision.
type Agreement struct {
	Entry    *fact.Entry
	Also     []*fact.Entry // further entries of the same one: the decision received, the offer that was accepted
	Source   Source
	Remedies []Remedy
	Cancel   *Cancel      // the right to cancel it; nil where the law counts none
	Never    []law.Answer // what the law says on cancelling where no days are counted
	Voided   *fact.Entry  // somebody cancelled it
	Correct  *clock.Clock // until when the law asks for correction; nil where it counts nothing
	Ways     []law.Answer // what may be done when it is not carried out
	Carried  *fact.Entry  // somebody wrote that what it ordered was carried out
	Expenses Money        // the family's, for this agreement and its promises
}

// Cancel is the time in which a side may cancel an agreement.
type Cancel struct {
	Limit *limit.Limit
	Late  bool // the cancelling that was written down came after the last day
}

// A Remedy is one promised thing.
type Remedy struct {
	Entry  *fact.Entry
	Sort   Sort
	Status Status

	Due      day.Date // zero when no day is known
	ByLaw    bool     // the due day is the law's; nobody promised one
	DaysLate int      // at least: when done late, or late now
	DaysLeft int      // until Due while it is open

	Minutes, GivenMinutes, LeftMinutes, OverMinutes int64
	Cents, GivenCents, LeftCents, OverCents         int64
	Logged                                          int64 // minutes logged as made up since the promise; shown beside, never added

	Given    []*fact.Entry // by day
	Done     *fact.Entry   // somebody wrote that it is done
	DoneOn   day.When      // by Done, or the day on which it was given in full
	Asked    []*fact.Entry
	Expenses Money
	Papers   int      // entries about it that bring a paper
	Odd      []string // keys of what a person should look at
}
