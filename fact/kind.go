package fact

import (
	"fmt"
	"sort"
)

// A Kind is one word of the event vocabulary, held as a small number so that
// the law engine can index by it. The zero Kind is no kind.
type Kind uint16

// A Family groups kinds that belong to one part of a case's life.
type Family string

// Info says what a kind is.
type Info struct {
	Kind   Kind
	Name   string // the word people write: "evaluation_requested"
	Family Family
	By     Party // who normally does it; "" when anybody may

	// Appointment marks a kind whose date usually lies ahead: it is known
	// before it happens (a hearing set for a day).
	Appointment bool
	// Matter marks a kind that opens a matter of its own, so that what names it
	// is about that matter: a request, or the complaint of a case. Consent that
	// is asked for is no such matter; it is a step inside one.
	Matter bool
	// Joint marks what both sides sign: its day is that of the last signature, which one
	// side's paper does not show.
	Joint bool
	// Refusal marks a "no" to the family that itself can be complained about.
	Refusal bool
	// Before marks a kind that normally comes before what it names: an agenda before
	// its meeting, an expense before the agreement that pays it back.
	Before bool
	// Derived marks a kind that may follow from other facts (a birthday, the
	// start of a school year) and that nobody has to enter.
	Derived bool
	// Inward marks what staff write for themselves about a family: it stands in the
	// record, where the family may ask to read it, and in nothing that goes out of it:
	// no letter, page for a teacher, packet, brief or chronology.
	Inward bool
}

// A Party is somebody who owes, acts or decides.
type Party string

// The parties. Filer and OtherParty are whoever filed a complaint and whoever
// received it; Either is both sides alike.
const (
	LEA            Party = "lea"
	Parent         Party = "parent"
	SEA            Party = "sea"
	HearingOfficer Party = "hearing_officer"
	Court          Party = "court"
	Either         Party = "either"
	Filer          Party = "filer"
	OtherParty     Party = "other_party"
)

// Parties lists every party a rule may name.
func Parties() []Party {
	return []Party{LEA, Parent, SEA, HearingOfficer, Court, Either, Filer, OtherParty}
}

var (
	infos  []Info // index is the Kind; infos[0] is empty
	byName map[string]Kind
)

func init() {
	infos = append(infos, Info{})
	byName = make(map[string]Kind)
	for _, f := range families {
		for _, in := range f.kinds {
			in.Family = f.name
			in.Kind = Kind(len(infos))
			if _, twice := byName[in.Name]; twice {
				panic("fact: kind " + in.Name + " stands twice in the vocabulary")
			}
			byName[in.Name] = in.Kind
			infos = append(infos, in)
		}
	}
}

type family struct {
	name  Family
	kinds []Info
}

// families is the whole vocabulary in the order of a case's life. One file
// holds each family.
var families = []family{
	{"referral", referral},
	{"evaluation", evaluation},
	{"consent", consent},
	{"meeting", meeting},
	{"offer", offer},
	{"service", service},
	{"enrollment", enrollment},
	{"notice", notice},
	{"independent_evaluation", independentEvaluation},
	{"records", records},
	{"private_school", privateSchool},
	{"mediation", mediation},
	{"due_process", dueProcess},
	{"hearing", hearing},
	{"state_complaint", stateComplaint},
	{"discipline", discipline},
	{"age", age},
	{"section_504", section504},
	{"contact", contact},
	{"answer", answer},
	{"remedy", remedy},
	{"reporting", reporting},
}

// Lookup finds a kind by the word people write.
func Lookup(name string) (Kind, bool) {
	k, ok := byName[name]
	return k, ok
}

// MustLookup is Lookup for words that stand in the source.
func MustLookup(name string) Kind {
	k, ok := byName[name]
	if !ok {
		panic("fact: no kind " + name)
	}
	return k
}

// MustLookupAll is MustLookup for several words.
func MustLookupAll(names ...string) []Kind {
	out := make([]Kind, len(names))
	for i, n := range names {
		out[i] = MustLookup(n)
	}
	return out
}

// Count is one more than the largest Kind, for tables indexed by kind.
func Count() int { return len(infos) }

// Info describes k.
func (k Kind) Info() Info { return infos[k] }

// String is the word people write.
func (k Kind) String() string {
	if int(k) >= len(infos) {
		return fmt.Sprintf("kind(%d)", uint16(k))
	}
	return infos[k].Name
}

// MarshalText writes the word people write.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads a word of the vocabulary.
func (k *Kind) UnmarshalText(b []byte) error {
	got, ok := Lookup(string(b))
	if !ok {
		return fmt.Errorf("no event kind %q", b)
	}
	*k = got
	return nil
}

// Kinds returns the whole vocabulary in order.
func Kinds() []Info { return infos[1:] }

// KindNames returns every kind's name, sorted.
func KindNames() []string {
	names := make([]string, 0, len(infos)-1)
	for _, in := range infos[1:] {
		names = append(names, in.Name)
	}
	sort.Strings(names)
	return names
}
