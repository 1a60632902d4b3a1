package fact

import "stayput/day"

// An Entry is one dated fact of a case. It is never changed; a later entry may
// supersede it.
type Entry struct {
	ID         string     // unique in the case; given by the reader when the writer gave none
	Auto       bool       // the ID was given by the reader
	Derived    bool       // it follows from other facts; nobody wrote it down
	Kind       Kind       //
	On         day.When   // when it happened, as far as is known
	Ends       day.When   // when it ended, for meetings with a time; zero when not said
	After      Relative   // known only by its distance from another entry
	Recorded   day.Moment // when it was written down; zero when not said
	By         string     // who did it, or who wrote it
	Re         string     // the entry it answers or concerns
	Supersedes string     // the entry it corrects
	Wall       Wall       // who may see it
	Fields     Fields     //
	Note       string     //
	Files      []string   // paths beside the case file
	Line       int        // where it stands in the file it was read from; 0 when made by a program
	Column     int
}

// A Relative dates an entry by another: "three weeks after I asked". The
// distance is exact even when the other entry's own date is not known.
type Relative struct {
	Entry string
	Days  int
}

// A Wall is who may see an entry.
type Wall string

// The walls. Open is what the case's readers see.
const (
	Open      Wall = ""
	Author    Wall = "author"
	Counsel   Wall = "counsel"
	Mediation Wall = "mediation"
)

// Walls lists the words a wall may have.
func Walls() []string { return []string{string(Author), string(Counsel), string(Mediation)} }

// A Tri is yes, no, or not said.
type Tri uint8

const (
	Unsaid Tri = iota
	No
	Yes
)

// TriOf turns a bool that was said into a Tri.
func TriOf(b bool) Tri {
	if b {
		return Yes
	}
	return No
}

// String is yes, no or nothing.
func (t Tri) String() string { return [...]string{"", "no", "yes"}[t] }

// Fields are the further facts an entry may carry. All are optional.
type Fields struct {
	FiledBy      string   // parent or lea
	Expedited    Tri      // a discipline case
	Written      Tri      // it was in writing
	Received     Tri      // it is shown to have reached the other side
	Refused      Tri      // a refusal rather than a proposal
	Eligible     Tri      // the child was found eligible
	Initial      Tri      // the first of its kind for this child
	Granted      Tri      // what was asked for was granted
	Result       Tri      // the outcome of a determination
	WithAttorney Tri      // the parent came with an attorney
	PriorNotice  Tri      // the district had sent prior written notice on the subject
	TransferFrom string   // same_plan_area, same_state or other_state
	Until        day.Date // the last day of a stretch, or a new due date
	Days         int      // a number of days, where the law counts them by number
	Rule         string   // the law's rule an extension or waiver concerns
	Plan         string   // the plan it concerns
	About        []string // the issues it concerns
	Means        string   // phone, email, letter, meeting, text, portal, in_person
	With         []string // who took part
	Outcome      string   // reached, no_answer, no_show, message_left, returned
	Summary      string
	Offers       []string
	Response     string
	Reasons      []string // reasons given for a no
	Parts        []string // the only parts of the plan it concerns, by the ids of plan.Ref
	Except       []string // the parts of the plan it leaves out, likewise
	Later        []string // the parts left for later: neither agreed to nor refused
	Conditions   string   // what a signature was made to depend on
	Minutes      int      // minutes of service that were promised or given to make up for something
	Amount       string   // money in dollars, written as a number with at most two decimals: 1250.00
}

// TransferFroms, Means and Outcomes are the closed lists of those fields.
var (
	TransferFroms = []string{"same_plan_area", "same_state", "other_state"}
	Means         = []string{"phone", "email", "letter", "meeting", "text", "portal", "in_person", "video"}
	Outcomes      = []string{"reached", "no_answer", "no_show", "message_left", "returned"}
)

// Tri returns the yes-or-no field of a name, for conditions; ok is false when
// no field has that name.
func (f *Fields) Tri(name string) (t Tri, ok bool) {
	switch name {
	case "expedited":
		return f.Expedited, true
	case "written":
		return f.Written, true
	case "received":
		return f.Received, true
	case "refused":
		return f.Refused, true
	case "eligible":
		return f.Eligible, true
	case "initial":
		return f.Initial, true
	case "granted":
		return f.Granted, true
	case "result":
		return f.Result, true
	case "with_attorney":
		return f.WithAttorney, true
	case "prior_notice":
		return f.PriorNotice, true
	}
	return Unsaid, false
}

// TriNames are the yes-or-no fields that conditions may ask about, each with
// what is taken to be so when an entry does not say.
var TriNames = map[string]Tri{
	"expedited": No, "written": Yes, "received": Yes, "refused": Unsaid, "eligible": Unsaid,
	"initial": Unsaid, "granted": Unsaid, "result": Unsaid, "with_attorney": Unsaid, "prior_notice": Unsaid,
}

// WordFields are the word fields that conditions may ask about, with the words
// each may have; nil means any word.
var WordFields = map[string][]string{
	"filed_by":      {"parent", "lea"},
	"by":            nil,
	"transfer_from": TransferFroms,
	"means":         Means,
}
