package paper

import (
	"stayput/fact"
	"stayput/fault"
)

// A Register is how a paper speaks.
type Register string

// The registers: as a parent writes to a school, and as a lawyer or an office does.
const (
	Plain  Register = "plain"
	Formal Register = "formal"
)

// Registers lists both.
var Registers = []Register{Plain, Formal}

// Languages lists the languages that every paper is written in.
var Languages = []string{"en", "es"}

// A Words is a text in every language.
type Words map[string]string

// A Wording is a text in every language and register, with fields in it.
type Wording map[string]map[Register]Text

// In is the wording of a language and register.
func (w Wording) In(lang string, r Register) Text { return w[lang][r] }

// A Side is who writes a paper.
type Side string

// The sides: a parent, the school, either of both.
const (
	Parent Side = "parent"
	LEA    Side = "lea"
	Either Side = "either"
)

// A Form is what sort of paper it is. Letters, notices and emails stand in the frame
// of a letter: date, sender, addressee, the child, a greeting, an end. Forms and logs
// stand under their title with the child's name and date of birth.
type Form string

// The forms.
const (
	Letter Form = "letter"
	Notice Form = "notice"
	Email  Form = "email"
	Sheet  Form = "form"
	Log    Form = "log"
)

// Framed reports that the paper stands in the frame of a letter.
func (f Form) Framed() bool { return f == Letter || f == Notice || f == Email }

// A Group is where a paper stands in the list of papers.
type Group string

// Groups lists the groups in their order on a page.
var Groups = []Group{"ask", "meet", "answer", "carry", "dispute", "section_504", "records", "school"}

// A Paper is one of the papers.
type Paper struct {
	ID       string
	Side     Side
	Form     Form
	Group    Group
	States   []string    // the places where it is used, by their packs; none: everywhere
	To       Role        // who usually gets it
	Sent     []fact.Kind // the entries of which sending it may add one; none: a letter was sent
	Held     []fact.Kind // further entries that say that such a paper is there: signed by both, or told of another way
	About    About
	Route    string // the way to disagree that it files, by its id; "" for none
	Title    Words
	Reader   map[string]bool // languages in which somebody who practices law in them has read the wording
	Use      Words           // when to use it, in one or two sentences
	Subject  Wording
	Contents Contents
	Asks     map[string]Words // questions that blanks ask, by their names
	Body     []Part
	At       fault.Position
}

// An About says which entries of a record a paper can be about.
type About struct {
	Kinds []fact.Kind
	Need  bool // without one there is nothing to write
}

// Contents is what a paper must and should hold, and what it should not.
type Contents struct {
	Required    []Item
	Recommended []Item
	Avoid       []Item
}

// Item is the content of a name among the required and recommended ones.
func (c *Contents) Item(id string) (it *Item, required bool) {
	for i := range c.Required {
		if c.Required[i].ID == id {
			return &c.Required[i], true
		}
	}
	for i := range c.Recommended {
		if c.Recommended[i].ID == id {
			return &c.Recommended[i], false
		}
	}
	return nil, false
}

// An Item is one content.
type Item struct {
	ID       string
	Citation string      // "practice" where no law says so
	Checked  string      // primary, secondary, unverified, or practice
	Read     string      // what was read and what was not, in English
	Only     []Condition // it is needed only when all hold; none: always
	Is       Words       // what it is
	Ask      Words       // the plain question to who reads such a paper: does it say this?
}

// Practice is the Citation and Checked of what no law asks for.
const Practice = "practice"

// A PartKind is the shape of a part of the body.
type PartKind string

// The shapes.
const (
	PText    PartKind = "text"
	PHeading PartKind = "heading"
	PList    PartKind = "list"
	PNumbers PartKind = "numbered"
	PTable   PartKind = "table"
	PChoices PartKind = "choices" // boxes to tick
	PSign    PartKind = "sign"    // lines to sign on
	PEach    PartKind = "each"    // parts for each element of a list
)

// A Part is one piece of a paper's body.
type Part struct {
	Kind  PartKind
	Holds []string    // the contents it serves
	When  []Condition // all must hold
	Text  Wording     // of a text or a heading
	Each  string      // the list of facts it runs over; "" when its items stand here
	None  Words       // what is asked where that list is empty; nil: the part is left out
	Items []Wording   // of a list, of choices, of lines to sign; one, for each element, where Each is set
	Cap   Words       // of a table
	Cols  []Column
	Parts []Part // of PEach
	At    fault.Position
}

// A Column is one column of a table.
type Column struct {
	Head Words
	Cell Wording
}

// A Condition is asked of the facts: has.requests (the list has an element),
// known.plan.date (the field has a value), side.family, in.us-ca, fact.homeless.
type Condition struct {
	Not  bool
	What string // has, known, side, in, fact
	Of   string
}

// A Text is words with fields and blanks in them.
type Text []Piece

// A Piece is some words, or a field, or a blank; one of the three is set.
type Piece struct {
	Words string
	Field string // a name of Fields, or of the list's element
	Ask   string // a name of Asks
}
