package compare

import "stayput/plan"

// A Kind is what sort of change it is, the most pressing first.
type Kind string

const (
	Cut       Kind = "cut"       // it is gone
	Reduced   Kind = "reduced"   // there is less of it, or no longer said how much
	Changed   Kind = "changed"   // it is given another way
	Reworded  Kind = "reworded"  // the words differ
	Increased Kind = "increased" // there is more of it, or now said how much
	Added     Kind = "added"     // it is new
)

// Kinds are the kinds in the order in which changes are told.
var Kinds = []Kind{Cut, Reduced, Changed, Reworded, Increased, Added}

// mirrored is the same change seen from the other side.
var mirrored = map[Kind]Kind{Cut: Added, Reduced: Increased, Changed: Changed, Reworded: Reworded, Increased: Reduced, Added: Cut}

// A Change is one difference.
type Change struct {
	Kind   Kind
	Part   plan.Part
	Before string // the name of the component; "" when it was not there
	After  string
	Name   string // what people call it, as the version says that has it (the newer when both do)
	Fields []Field
	Amount *Amounts // services only
}

// A Field is one thing that is said differently.
type Field struct {
	Name   string // amount, delivery, text, ...
	Before string
	After  string
}

// Amounts are what one line promises in minutes a week before and after. The
// strings are exact; "" is an amount that is not said.
type Amounts struct {
	Before, After             plan.Rate
	KnownBefore, KnownAfter   bool
	WrittenBefore, WrittenAft plan.Amount
}

// A Total is one service, all its lines together, at the most it promises in any
// week of the version. Uncertain means that some line does not say how much.
type Total struct {
	Name                            string
	Code                            string
	Before, After                   plan.Rate
	UncertainBefore, UncertainAfter bool
	ESY                             bool // of the extended school year, apart from the school year
	InBefore, InAfter               bool
	DiffersBetweenPeriods           bool // some period differs, so that the weeks are worked out by the convention
	BeforeLines, AfterLines         int
}

// A Comparison is all that differs.
type Comparison struct {
	Before, After string // names of the plans
	Convention    string
	Changes       []Change
	Totals        []Total
}

// Empty reports that nothing differs.
func (c *Comparison) Empty() bool { return len(c.Changes) == 0 }
