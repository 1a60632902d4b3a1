package guide

import (
	"embed"
	"strings"
	"sync"

	"stayput/fact"
)

// A Level is how well a statement of law was checked.
type Level string

const (
	Primary    Level = "primary"    // the law's own text says it and was read
	Secondary  Level = "secondary"  // read in somebody else's account of the law
	Unverified Level = "unverified" // from memory; not checked
)

// A Source is what a statement of law rests on. A zero Source stands beside
// words that state no law.
type Source struct {
	Citation string
	Checked  Level
	Note     string // what was read and what was not, in English, for the precise register
}

// A Log is the entry that one tap makes: its kind and what is known of its
// fields. Who, when and the words are for the person to say.
type Log struct {
	Kind   fact.Kind
	By     fact.Party // who did it; "" is for the person to say
	Fields fact.Fields
	Note   string // words to begin the entry's note with
}

// A Term is one word of the field, explained.
type Term struct {
	ID         string
	Term       string   // as a heading: "Prior written notice (PWN)"
	Names      []string // what it is called in running text, longest first
	Definition string
	Related    []string // ids of other terms
	Source
}

// A Myth is a common belief beside what is so.
type Myth struct {
	ID      string
	Myth    string
	Reality string
	Do      string // what to do about it
	Verdict Verdict
	On      []string // where it touches: routes by their ids, or pages of a case
	Source
}

// A Verdict says how far a belief is from what is so. Beliefs that are told without
// one are not so.
type Verdict string

// The verdicts.
const (
	Wrong      Verdict = "wrong"
	Misleading Verdict = "misleading"
	Imprecise  Verdict = "imprecise"
	Incomplete Verdict = "incomplete"
)

// A BlockKind is the shape of a Block.
type BlockKind string

const (
	Heading   BlockKind = "heading"
	Paragraph BlockKind = "paragraph"
	List      BlockKind = "list"
	Steps     BlockKind = "steps" // a list whose order matters
)

// An Item is one line of a list, or the text of a heading or paragraph.
type Item struct {
	Text string
	Source
}

// A Block is one part of a topic's body. A heading and a paragraph have one
// item.
type Block struct {
	Kind  BlockKind
	Items []Item
}

// A Topic is one page of help.
type Topic struct {
	ID      string
	Title   string
	Summary string
	Body    []Block
	See     []string // ids of other topics
}

// A Wording is a text with the language it is in.
type Wording struct {
	Lang string
	Text string
}

// A Card is held up at a school's counter.
type Card struct {
	ID     string
	Title  string    // for the list of cards
	Shown  []Wording // both languages at once: the family's first
	Tip    string    // for the person who holds it up, not for the school
	Log    Log       // what to log when it was shown
	Spoken *Log      // what to log instead when no paper was handed over; nil when that makes no difference
	Source
}

// An Ask is one question after a choice. Every one may be answered with "I
// don't know".
type Ask struct {
	ID       string // when, who, words, paper
	Question string
	Unknown  string // "I don't know", as it is said to this question
}

// A Choice is one answer to a door's question, or one way of a capture.
type Choice struct {
	ID    string
	Label string
	Hint  string
	Log   Log
	Asks  []Ask
}

// A Door is one answer to "What happened?".
type Door struct {
	ID       string
	Side     fact.Side
	Label    string
	Hint     string
	Question string   // what to ask behind it
	Choices  []Choice // the last one is "I don't know, or something else"
}

// A Capture is one button of the phone's quick capture. With a single choice
// it needs no second tap.
type Capture struct {
	ID      string
	Icon    string // phone, mail, meeting, letter, missed-service, speech, visit or camera
	Label   string
	Hint    string
	Ask     string // the question that asks for the words: "What did they say?"
	Choices []Choice
}

// A No is one reason a school gives for a no.
type No struct {
	ID       string
	Label    string // as it is offered to tick
	Heard    []string
	Avoid    []string // what not to say or do
	School   string   // for who gives the notice: what it has to rest on
	AsSaid   bool     // kept only as it was said, by whom and when; nothing is made of it
	Law      []Point
	Evidence []Proof
	Ask      []string // papers that fit after the written notice, by the ids of the contract
	Myths    []string
}

// A Point is one thing the law says.
type Point struct {
	Rule string // a rule of the packs that says the same; "" for none
	Text string
	Source
}

// A Proof is something that would answer a reason.
type Proof struct {
	ID    string
	Text  string
	Kinds []fact.Kind // the entries that show it
	Pages []string    // the parts of a record that show it: goals, carry or plan
}

// A Guide is everything in one language.
type Guide struct {
	Lang      string
	Opening   string // the first run's single question: "What happened?"
	Terms     []Term
	Myths     []Myth
	Topics    []Topic
	Cards     []Card
	Doors     []Door
	Captures  []Capture
	Noes      []No
	Sayings   []Saying
	Trainings []Training

	terms  map[string]int
	topics map[string]int
	names  *names
}

// Languages are the languages the guide is written in.
var Languages = []string{"en", "es"}

//go:embed *.yaml
var files embed.FS

// all reads the files once. They are built in and tested, so that a fault in
// them is a fault of the program.
var all = sync.OnceValue(func() map[string]*Guide {
	gs, err := read(files)
	if err != nil {
		panic("guide: " + err.Error())
	}
	return gs
})

// For is the guide in lang; a language it is not written in gets English.
// What it returns is shared: do not change it.
func For(lang string) *Guide {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(lang), "_", "-"), "-")
	if g := all()[base]; g != nil {
		return g
	}
	return all()["en"]
}

// Term is the term with an id, or nil.
func (g *Guide) Term(id string) *Term {
	if i, ok := g.terms[id]; ok {
		return &g.Terms[i]
	}
	return nil
}

// Topic is the help topic with an id, or nil.
func (g *Guide) Topic(id string) *Topic {
	if i, ok := g.topics[id]; ok {
		return &g.Topics[i]
	}
	return nil
}

// Card is the card with an id, or nil.
func (g *Guide) Card(id string) *Card {
	for i := range g.Cards {
		if g.Cards[i].ID == id {
			return &g.Cards[i]
		}
	}
	return nil
}

// No is the reason with an id, or nil.
func (g *Guide) No(id string) *No {
	for i := range g.Noes {
		if g.Noes[i].ID == id {
			return &g.Noes[i]
		}
	}
	return nil
}

// Myth is the belief with an id, or nil.
func (g *Guide) Myth(id string) *Myth {
	for i := range g.Myths {
		if g.Myths[i].ID == id {
			return &g.Myths[i]
		}
	}
	return nil
}

// DoorsFor are the doors of one side, in order.
func (g *Guide) DoorsFor(s fact.Side) []Door {
	var out []Door
	for _, d := range g.Doors {
		if d.Side == s {
			out = append(out, d)
		}
	}
	return out
}

// Choice finds a door and one of its choices by their ids, or nil, nil.
func (g *Guide) Choice(door, choice string) (*Door, *Choice) {
	for i := range g.Doors {
		if d := &g.Doors[i]; d.ID == door {
			if c := pick(d.Choices, choice); c != nil {
				return d, c
			}
		}
	}
	return nil, nil
}

// Capture finds a capture and one of its choices by their ids, or nil, nil.
func (g *Guide) Capture(capture, choice string) (*Capture, *Choice) {
	for i := range g.Captures {
		if c := &g.Captures[i]; c.ID == capture {
			if x := pick(c.Choices, choice); x != nil {
				return c, x
			}
		}
	}
	return nil, nil
}

func pick(cs []Choice, id string) *Choice {
	for i := range cs {
		if cs[i].ID == id {
			return &cs[i]
		}
	}
	return nil
}
