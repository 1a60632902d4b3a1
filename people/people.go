// Package people is who uses the program: spaces, the persons in them and what
// each prefers.
//
// A space is a household, a practice or an agency. Nothing crosses from one space
// to another; the space is the first column of every key. The package holds types
// only: desk decides who may do what, store keeps the rows.
package people

import "time"

// A SpaceID, a PersonID and a CaseID are random names. None of them says anything
// about the person.
type (
	SpaceID   string
	PersonID  string
	CaseID    string
	AccountID string
)

// A SpaceKind is what sort of keeper a space belongs to.
type SpaceKind string

const (
	Household SpaceKind = "household"
	Practice  SpaceKind = "practice"
	Agency    SpaceKind = "agency"
)

// SpaceKinds lists them in the order in which they are offered.
func SpaceKinds() []SpaceKind { return []SpaceKind{Household, Practice, Agency} }

// A Space is one keeper's records, apart from everybody else's.
type Space struct {
	ID      SpaceID
	Kind    SpaceKind
	Name    string
	Public  string // the key that checks this space's checkpoints
	Created time.Time
}

// A Register is how pages speak to a person.
type Register string

const (
	Plain   Register = "plain"   // plain words, one thing first
	Precise Register = "precise" // the field's terms, citations, density
)

// A Person is somebody who uses the program.
type Person struct {
	ID        PersonID
	Name      string
	Lang      string // en or es
	Register  Register
	Shortcuts bool  // single-key shortcuts are on
	Version   int64 // counts the saves, so that two saves at once are noticed
}

// A Role is what somebody may do in a space, or with one case.
type Role string

const (
	NoRole      Role = ""            // nothing in the space; perhaps grants on single cases
	Owner       Role = "owner"       // everything, and who else may what
	Editor      Role = "editor"      // writes, corrects, exports
	Contributor Role = "contributor" // reads, and adds only
	Reader      Role = "reader"      // reads
)

// Roles lists them, the one that may most first.
func Roles() []Role { return []Role{Owner, Editor, Contributor, Reader, NoRole} }

// A Member says what a person may do in the space. Without a Member row a person
// may do nothing there.
type Member struct {
	Person  PersonID  `json:"person"`
	Account AccountID `json:"account,omitempty"` // who signs in as this person; "" on one's own machine
	Role    Role      `json:"role,omitempty"`
	Counsel bool      `json:"counsel,omitempty"` // sees and writes work product
	Student bool      `json:"student,omitempty"` // the child whose record it is, once the rights are hers or his
	Since   time.Time `json:"since"`
	Until   time.Time `json:"until,omitzero"` // the role ends by itself
	Ended   time.Time `json:"ended,omitzero"` // somebody ended it
	EndedBy PersonID  `json:"ended_by,omitempty"`
	By      PersonID  `json:"by,omitempty"` // who let this person in

	Version int64 `json:"-"`
}

// Holds reports that the membership stands at a moment.
func (m *Member) Holds(now time.Time) bool {
	return m.Person != "" && m.Ended.IsZero() && (m.Until.IsZero() || now.Before(m.Until))
}

// A Grant lets a person see one case, or some entries of it, and perhaps write.
type Grant struct {
	ID      string    `json:"id"`
	Case    CaseID    `json:"case"`
	Person  PersonID  `json:"person"`
	Role    Role      `json:"role"`              // never Owner
	Entries []string  `json:"entries,omitzero"`  // only these, by their sealed names, and only to read; nil is the whole open record, an empty list is nothing
	Counsel bool      `json:"counsel,omitempty"` // work product of this case too
	Purpose string    `json:"purpose,omitempty"` // why, in the words of who shares it
	By      PersonID  `json:"by"`
	Since   time.Time `json:"since"`
	Until   time.Time `json:"until,omitzero"`
	Ended   time.Time `json:"ended,omitzero"`
	EndedBy PersonID  `json:"ended_by,omitempty"`

	Version int64 `json:"-"`
}

// Holds reports that the grant stands at a moment.
func (g *Grant) Holds(now time.Time) bool {
	return g.Ended.IsZero() && !now.Before(g.Since) && (g.Until.IsZero() || now.Before(g.Until))
}
