// Package rule holds the closed list of conditions that a law pack may use, and
// what each one means.
//
// In: a condition as read from a pack, and a view of the facts. Out: yes, no, or
// unknown with the name of what is missing. A condition can say itself as a
// message key with arguments; it makes no sentence and reads no file.
package rule

import (
	"sort"
	"strconv"

	"stayput/day"
	"stayput/fact"
)

// Facts is what a condition may ask about: one entry (the one that starts a
// clock or the one that answers it) in its case.
type Facts interface {
	// Entry is the entry in question.
	Entry() *fact.Entry
	// Case is a fact about the child or the matter.
	Case(name string) fact.Tri
	// Law is a fact about the jurisdiction.
	Law(name string) fact.Tri
	// Has reports an entry of the kind dated from first to last; a zero bound
	// is open. Unsaid means that an inexact date leaves it open.
	Has(k fact.Kind, first, last day.Date) fact.Tri
	// YearEnd is the last day of the school year that the entry, or the entry
	// of kind k linked to it, stands in, with that entry's date. inside is No
	// when the entry stands between two school years.
	YearEnd(k fact.Kind) (at, end day.Date, inside fact.Tri, missing *day.Missing)
	// YearRest is how many days, calendar and school, must at least follow that
	// entry in its school year by the law of school years; 0 when nothing says.
	YearRest(k fact.Kind) (days, school int)
	// SchoolDays is the number of school days after a up to and including b.
	SchoolDays(a, b day.Date) (n int, missing *day.Missing)
	// BetweenTerms says whether the entry falls between two school years.
	BetweenTerms() (fact.Tri, *day.Missing)
	// Age is the child's age in whole years on the entry's day.
	Age() (years int, ok bool)
	// Answers reports that the entry answers one of kind k.
	Answers(k fact.Kind) bool
}

// An Answer is a condition's value; Missing says what would settle Unsaid.
type Answer struct {
	Is      fact.Tri
	Missing day.Missing
}

// A Condition is one of the closed list.
type Condition interface {
	Holds(Facts) Answer
	// Say gives the message key and the arguments with which a presenter puts
	// the condition into words.
	Say() Saying
}

// A Saying is a condition in words: a catalog key, arguments, and the sayings
// inside it.
type Saying struct {
	Key  string
	Args map[string]string
	Of   []Saying
}

func yes(b bool) Answer { return Answer{Is: fact.TriOf(b)} }

// All holds when every part does.
type All []Condition

// Holds stops at the first No; it is Unsaid when nothing is No and something is
// Unsaid.
func (c All) Holds(f Facts) Answer {
	out := Answer{Is: fact.Yes}
	for _, p := range c {
		switch a := p.Holds(f); a.Is {
		case fact.No:
			return a
		case fact.Unsaid:
			out = a
		}
	}
	return out
}

// Say lists the parts.
func (c All) Say() Saying { return Saying{Key: "cond_all", Of: say(c)} }

// Any holds when one part does.
type Any []Condition

// Holds stops at the first Yes.
func (c Any) Holds(f Facts) Answer {
	out := Answer{Is: fact.No}
	for _, p := range c {
		switch a := p.Holds(f); a.Is {
		case fact.Yes:
			return a
		case fact.Unsaid:
			out = a
		}
	}
	return out
}

// Say lists the parts.
func (c Any) Say() Saying { return Saying{Key: "cond_any", Of: say(c)} }

func say(cs []Condition) []Saying {
	out := make([]Saying, len(cs))
	for i, c := range cs {
		out[i] = c.Say()
	}
	return out
}

// Not turns yes into no.
type Not struct{ Of Condition }

// Holds leaves Unsaid as it is.
func (c Not) Holds(f Facts) Answer {
	a := c.Of.Holds(f)
	switch a.Is {
	case fact.Yes:
		a.Is = fact.No
	case fact.No:
		a.Is = fact.Yes
	}
	return a
}

// Say wraps what is denied.
func (c Not) Say() Saying { return Saying{Key: "cond_not", Of: []Saying{c.Of.Say()}} }

// EntryTri asks a yes-or-no field of the entry.
type EntryTri struct {
	Name string
	Want fact.Tri
}

// Holds takes the vocabulary's default when the entry does not say.
func (c EntryTri) Holds(f Facts) Answer {
	t, _ := f.Entry().Fields.Tri(c.Name)
	if t == fact.Unsaid {
		t = fact.TriNames[c.Name]
	}
	if t == fact.Unsaid {
		return Answer{Missing: day.Missing{Key: "field_" + c.Name, Name: f.Entry().ID}}
	}
	return yes(t == c.Want)
}

// Say names the field and the wanted value.
func (c EntryTri) Say() Saying {
	return Saying{Key: "cond_entry_" + c.Name + "_" + c.Want.String()}
}

// EntryWord asks a word field of the entry.
type EntryWord struct{ Name, Want string }

// Holds is Unsaid when the entry does not say.
func (c EntryWord) Holds(f Facts) Answer {
	e := f.Entry()
	var got string
	switch c.Name {
	case "filed_by":
		got = e.Fields.FiledBy
	case "by":
		got = e.By
		if got == "" {
			got = string(e.Kind.Info().By)
		}
	case "transfer_from":
		got = e.Fields.TransferFrom
	case "means":
		got = e.Fields.Means
	}
	if got == "" {
		return Answer{Missing: day.Missing{Key: "field_" + c.Name, Name: e.ID}}
	}
	return yes(got == c.Want)
}

// Say names the field and the word.
func (c EntryWord) Say() Saying { return Saying{Key: "cond_entry_" + c.Name + "_" + c.Want} }

// CaseIs asks a fact about the child or the matter.
type CaseIs struct {
	Name string
	Want fact.Tri
}

// Holds is Unsaid when neither the case file nor the vocabulary says.
func (c CaseIs) Holds(f Facts) Answer {
	t := f.Case(c.Name)
	if t == fact.Unsaid {
		return Answer{Missing: day.Missing{Key: "case_" + c.Name}}
	}
	return yes(t == c.Want)
}

// Say names the fact and the wanted value.
func (c CaseIs) Say() Saying { return Saying{Key: "cond_case_" + c.Name + "_" + c.Want.String()} }

// LawIs asks a fact about the jurisdiction.
type LawIs struct {
	Name string
	Want fact.Tri
}

// Holds is No when no pack says.
func (c LawIs) Holds(f Facts) Answer { return yes(f.Law(c.Name) == c.Want) }

// Say names the fact and the wanted value.
func (c LawIs) Say() Saying { return Saying{Key: "cond_law_" + c.Name + "_" + c.Want.String()} }

// Has asks for an entry of a kind, anywhere in the record, or on one side of
// the entry in question.
type Has struct {
	Kind fact.Kind
	Side int // -1: on or before the entry; 0: anywhere; 1: on or after
}

// Holds compares dates only.
func (c Has) Holds(f Facts) Answer {
	var t fact.Tri
	on := f.Entry().On
	switch c.Side {
	case -1:
		t = f.Has(c.Kind, 0, on.Latest)
	case 1:
		t = f.Has(c.Kind, on.Earliest, 0)
	default:
		t = f.Has(c.Kind, 0, 0)
	}
	if t == fact.Unsaid {
		return Answer{Missing: day.Missing{Key: "entry_date", Name: c.Kind.String()}}
	}
	return Answer{Is: t}
}

// Say names the kind and the side.
func (c Has) Say() Saying {
	return Saying{Key: [...]string{"cond_has_before", "cond_has", "cond_has_after"}[c.Side+1], Args: map[string]string{"kind": c.Kind.String()}}
}

// DaysToYearEnd asks how many days, calendar or school, lie between the entry, or an entry
// linked to it, and the last day of the school year it stands in.
type DaysToYearEnd struct {
	From    fact.Kind // 0: the entry itself
	AtMost  int       // -1: no such bound
	AtLeast int       // -1: no such bound
	Under   int       // 0 or less: no such bound
	School  bool      // counts school days
}

// Holds is No between school years and where the law leaves the year more days
// than are asked about, else Unsaid without a calendar.
func (c DaysToYearEnd) Holds(f Facts) Answer {
	at, end, inside, missing := f.YearEnd(c.From)
	if missing != nil {
		n, school := f.YearRest(c.From)
		if c.School {
			n = school
		}
		if c.AtMost >= 0 && n > c.AtMost || c.Under > 0 && n >= c.Under {
			return Answer{Is: fact.No}
		}
		return Answer{Missing: *missing}
	}
	if inside == fact.No || at == 0 {
		return Answer{Is: fact.No}
	}
	n := int(end - at)
	if c.School {
		if n, missing = f.SchoolDays(at, end); missing != nil {
			return Answer{Missing: *missing}
		}
	}
	return yes(end >= at && (c.AtMost < 0 || n <= c.AtMost) && (c.AtLeast < 0 || n >= c.AtLeast) && (c.Under <= 0 || n < c.Under))
}

// Say names the bounds.
func (c DaysToYearEnd) Say() Saying {
	a := map[string]string{}
	key := "cond_days_to_year_end"
	if c.School {
		key = "cond_school_days_to_year_end"
	}
	most := c.AtMost
	if c.Under > 0 {
		most = c.Under - 1
	}
	if most >= 0 {
		a["at_most"] = strconv.Itoa(most)
		key += "_at_most"
	}
	if c.AtLeast >= 0 {
		a["at_least"] = strconv.Itoa(c.AtLeast)
		key += "_at_least"
	}
	if c.From != 0 {
		a["kind"] = c.From.String()
		key += "_from"
	}
	return Saying{Key: key, Args: a}
}

// BetweenTerms asks whether the entry falls between two school years.
type BetweenTerms struct{ Want fact.Tri }

// Holds is Unsaid without a calendar.
func (c BetweenTerms) Holds(f Facts) Answer {
	t, missing := f.BetweenTerms()
	if missing != nil {
		return Answer{Missing: *missing}
	}
	return yes(t == c.Want)
}

// Say names the wanted value.
func (c BetweenTerms) Say() Saying { return Saying{Key: "cond_between_terms_" + c.Want.String()} }

// Age asks the child's age in whole years on the entry's day.
type Age struct{ AtLeast, Under int } // -1: no such bound

// Holds is Unsaid when the date of birth is not known.
func (c Age) Holds(f Facts) Answer {
	n, ok := f.Age()
	if !ok {
		return Answer{Missing: day.Missing{Key: "date_of_birth"}}
	}
	return yes((c.AtLeast < 0 || n >= c.AtLeast) && (c.Under <= 0 || n < c.Under))
}

// Say names the bounds.
func (c Age) Say() Saying {
	a := map[string]string{}
	key := "cond_age"
	if c.AtLeast >= 0 {
		a["at_least"] = strconv.Itoa(c.AtLeast)
		key += "_at_least"
	}
	if c.Under >= 0 {
		a["under"] = strconv.Itoa(c.Under)
		key += "_under"
	}
	return Saying{Key: key, Args: a}
}

// Month asks for the month of the entry's day.
type Month struct{ In uint16 } // bit m: month m

// Holds is Unsaid when the date is not known to the month.
func (c Month) Holds(f Facts) Answer {
	on := f.Entry().On
	_, a, _ := on.Earliest.Civil()
	_, b, _ := on.Latest.Civil()
	if a != b {
		return Answer{Missing: day.Missing{Key: "entry_date", Name: f.Entry().ID}}
	}
	return yes(c.In&(1<<uint(a)) != 0)
}

// Say lists the months.
func (c Month) Say() Saying {
	s := ""
	for m := 1; m <= 12; m++ {
		if c.In&(1<<uint(m)) != 0 {
			if s != "" {
				s += " "
			}
			s += strconv.Itoa(m)
		}
	}
	return Saying{Key: "cond_month", Args: map[string]string{"months": s}}
}

// Answers asks whether the entry answers one of a kind.
type Answers struct{ Kind fact.Kind }

// Holds looks at the entry's `re`.
func (c Answers) Holds(f Facts) Answer { return yes(f.Answers(c.Kind)) }

// Say names the kind.
func (c Answers) Say() Saying {
	return Saying{Key: "cond_answers", Args: map[string]string{"kind": c.Kind.String()}}
}

// WordField reports whether conditions may ask the word field name, and which
// words it may have; nil means any.
func WordField(name string) (words []string, ok bool) {
	words, ok = fact.WordFields[name]
	return words, ok
}

// FieldNames are the fields of an entry that conditions may ask, sorted.
func FieldNames() []string {
	var out []string
	for n := range fact.TriNames {
		out = append(out, n)
	}
	for n := range fact.WordFields {
		out = append(out, n)
	}
	sort.Strings(out)
	return out
}

// CaseNames are the case facts that conditions may ask, sorted.
func CaseNames() []string {
	var out []string
	for n := range fact.CaseFacts {
		out = append(out, n)
	}
	sort.Strings(out)
	return out
}
