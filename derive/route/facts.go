package route

import (
	"stayput/day"
	"stayput/fact"
	"stayput/law/rule"
)

// facts is what a condition of a route may ask: the case and its situations on the
// day asked about. There is no entry in question; one without a kind stands for the
// day itself.
type facts struct {
	g     *engine
	entry fact.Entry
}

// Entry is the day asked about.
func (f *facts) Entry() *fact.Entry { return &f.entry }

// Case is a situation, else a fact about the child or the matter.
func (f *facts) Case(name string) fact.Tri {
	if t, ok := f.g.is[name]; ok {
		return t
	}
	return f.g.in.Case.Fact(name)
}

// Law is a fact about the jurisdiction.
func (f *facts) Law(name string) fact.Tri { return f.g.law.Fact(name) }

// Has reports an entry of a kind up to the day asked about.
func (f *facts) Has(k fact.Kind, first, last day.Date) fact.Tri {
	out := fact.No
	for _, i := range f.g.in.View.ByKind(k) {
		on := f.g.in.View.Entries[i].On
		switch {
		case on.Earliest > f.g.in.AsOf || last != 0 && on.Earliest > last || first != 0 && on.Latest < first:
		case on.Latest > f.g.in.AsOf || last != 0 && on.Latest > last || first != 0 && on.Earliest < first:
			out = max(out, fact.No)
			if out != fact.Yes {
				out = fact.Unsaid
			}
		default:
			return fact.Yes
		}
	}
	return out
}

// YearEnd knows no school year: a route is not asked about one.
func (f *facts) YearEnd(fact.Kind) (at, end day.Date, inside fact.Tri, missing *day.Missing) {
	return 0, 0, fact.Unsaid, &day.Missing{Key: "calendar_none"}
}

// YearRest knows none either.
func (f *facts) YearRest(fact.Kind) (days, school int) { return 0, 0 }

// SchoolDays knows none either.
func (f *facts) SchoolDays(a, b day.Date) (int, *day.Missing) {
	return 0, &day.Missing{Key: "calendar_none"}
}

// BetweenTerms knows none either.
func (f *facts) BetweenTerms() (fact.Tri, *day.Missing) {
	return fact.Unsaid, &day.Missing{Key: "calendar_none"}
}

// Age is the child's age on the day asked about.
func (f *facts) Age() (int, bool) {
	born := f.g.in.Case.Child.Born
	if born == 0 || born > f.g.in.AsOf {
		return 0, false
	}
	y, m, d := born.Civil()
	ay, am, ad := f.g.in.AsOf.Civil()
	n := ay - y
	if am < m || am == m && ad < d {
		n--
	}
	return n, true
}

// Answers is never so: there is no entry in question.
func (f *facts) Answers(fact.Kind) bool { return false }

var _ rule.Facts = (*facts)(nil)
