package draft

import (
	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/claims"
	"stayput/derive/clock"
	"stayput/derive/delivery"
	"stayput/derive/discipline"
	"stayput/derive/meeting"
	"stayput/derive/plan/review"
	"stayput/derive/program"
	"stayput/derive/remedy"
	"stayput/fact"
	"stayput/law"
	"stayput/paper"
	"stayput/plan"
	"stayput/record"
)

// An Input is what facts are gathered from. What is nil is not known.
type Input struct {
	Paper  *paper.Paper
	Case   *fact.Case
	View   *record.View
	Today  day.Date
	Clocks []clock.Clock

	Plans   []*plan.Plan
	Program *program.Result
	InForce *plan.Plan // whole
	StayPut *plan.Plan // whole
	Ledger  *delivery.Ledger
	Goals   []brief.GoalProgress

	Removals []discipline.Removal
	Years    []discipline.Year // what the removals of each school year come to
	Rule     day.YearRule      // when a school year begins

	Claims   []claims.Claim
	Meetings *meeting.Result
	Remedies *remedy.Result
	Over     map[string]bool // entries of hearing cases that are over

	About  string // the entry the paper is about; "" picks the newest that fits
	Gaps   []Gap  // what a paper of the other side lacks, as its reader said
	Sender paper.Role
	To     paper.Role // "" is whom the paper usually goes to
	// Of several contacts of a role, the one that writes and the one that gets it, as
	// fact.Case.ContactNames calls them; "" is the first, and of a school's paper to the
	// parents each of them.
	SenderWho, ToWho string
	Office           Office   // where the paper is filed in this state
	Reply            day.Date // by when an answer is asked; zero picks one
}

// A Gap is a content that a received paper lacks.
type Gap struct {
	Paper string // whose contents
	Item  string
	Law   string
	Entry string // the paper that came; "" when the record does not hold it
	Weak  bool   // it says something of it, which its reader finds is not enough
	Quote string // of a weak one: what it says, word for word
	Lack  string // what its reader misses in that
}

// An Office is where a paper is filed, as the law packs have it.
type Office struct{ Name, How string }

// Facts are the values of a paper's fields and lists. A field without a value is not
// there.
type Facts struct {
	Fields map[string]Value
	Lists  map[string][]Row
	Left   map[string]int  // how many older elements of a list were left out
	About  *fact.Entry     // what the paper is about; nil for nothing
	Sender paper.Role      // who writes it
	To     paper.Role      // who gets it
	Whom   []*fact.Contact // who gets it, by name; none where the case names nobody
	Lost   []string        // names that were chosen and that no contact bears any more
	Of     []*fact.Entry
}

// A Row is one element of a list. Key stays the same as long as the element does, whatever
// is added before it.
type Row struct {
	Key    string
	Values map[string]Value
}

// A Value is one fact. Which part of it is set follows from its sort.
type Value struct {
	Sort    paper.Sort
	Date    day.Date
	Said    string
	Named   Named
	Number  int
	Minutes delivery.Minutes
	Unit    string // of Minutes: minutes or sessions
	Cents   int64
	Law     string
	Entries []string // what it stands on
}

// A Named is a word of the program; one part is set.
type Named struct {
	Key    string          // of a catalog: letter.NAME
	Kind   fact.Kind       // a kind of entry
	Rule   law.RuleID      // the title of a rule
	Line   *plan.Service   // how much a service line promises
	Lang   string          // a language by its code
	Item   [2]string       // a content of a paper: the paper, the item
	Date   day.Date        // goes with Key
	Minute int16           // of letter.time: minutes after midnight
	When   day.When        // of letter.when: a day that is not known exactly
	Part   plan.Part       // a part of a plan; Said is its name
	Find   *review.Finding // of letter.claim_plan: what a plan lacks
	Plan   *plan.Plan      // whose finding it is
	Items  []Shown         // of letter.proof: the entries that show something
	Words  []string        // of letter.reasons: words of the guide, or of the record
}

// A Shown is one entry that shows something.
type Shown struct {
	What Named
	On   day.When
	No   int // its number among the exhibits; 0: no paper is with it
}

// Any reports that there is a value.
func (v Value) Any() bool { return v.Sort != "" }
