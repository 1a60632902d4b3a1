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
	SpaceID  string
	PersonID string
	CaseID   string
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
