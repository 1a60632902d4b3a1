package program

import (
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
)

// ages are the birthdays the law counts from, by kind.
var ages = func() map[fact.Kind]int {
	out := map[fact.Kind]int{}
	for _, in := range fact.Kinds() {
		if n, ok := strings.CutPrefix(in.Name, "child_turns_"); ok {
			if age, err := strconv.Atoi(n); err == nil {
				out[in.Kind] = age
			}
		}
	}
	return out
}()

// agedOut is the end of special education by age, where the law gives it one day
// and the record says nothing of an exit. Where the law leaves the day open it is
// told that it should be looked at.
func (t *track) agedOut() (end, bool) {
	e := t.e
	born := e.in.Case.Child.Born
	if born == 0 || len(t.versions) == 0 || len(e.each(eligibilityExit, diplomaAwarded)) > 0 {
		return end{}, false
	}
	l := e.lawOn(e.now)
	if l == nil {
		return end{}, false
	}
	for _, r := range l.Rules {
		if r.Kind != law.Cap || r.Area != "aging_out" {
			continue
		}
		i := slices.IndexFunc(r.Starts, func(k fact.Kind) bool { return ages[k] > 0 })
		if i < 0 {
			continue
		}
		birthday := born.AddYears(ages[r.Starts[i]])
		v := r.VersionAt(birthday)
		if v == nil || birthday > e.now.AddYears(1) {
			continue
		}
		if r.StartsWhen != nil && r.StartsWhen.Holds(&onDay{e: e, law: l, entry: fact.Entry{ID: "~" + r.Starts[i].String(), Kind: r.Starts[i], On: day.On(birthday), Derived: true}}).Is == fact.No {
			continue
		}
		last, ok := lastDay(v, birthday)
		if !ok {
			if birthday <= e.now {
				e.notice("past_the_age", "", "")
			}
			continue
		}
		if last >= e.now {
			continue
		}
		reason := why("aged_out", "on", date(last))
		e.cite(&reason, r.ID, birthday)
		return end{on: last, after: true, reason: reason}, true
	}
	return end{}, false
}

// lastDay is the last day a cap gives, when it is one day whatever the school's
// calendar.
func lastDay(v *law.Version, birthday day.Date) (day.Date, bool) {
	if len(v.Due) != 1 {
		return 0, false
	}
	x := &v.Due[0]
	if x.When != nil || len(x.Readings) > 0 || len(x.Of) > 0 || x.Roll != nil || x.Skip != nil {
		return 0, false
	}
	if x.OnMonth != 0 {
		for year := birthday.Year(); year <= birthday.Year()+1; year++ {
			for d, n := birthday, 0; n <= 366; d, n = d+1, n+1 {
				if _, m, dom := d.Civil(); int(m) == x.OnMonth && dom == x.OnDay {
					return d, true
				}
			}
		}
		return 0, false
	}
	if x.From.Kind != law.FromTrigger || !x.Count.Given || x.Count.Unit != law.Days {
		return 0, false
	}
	if x.Count.Back {
		return birthday.Add(-x.Count.N), true
	}
	return birthday.Add(x.Count.N), true
}

// onDay answers what a rule's condition may ask about one entry.
type onDay struct {
	e     *engine
	law   *law.Law
	entry fact.Entry
}

// Entry is the entry in question.
func (o *onDay) Entry() *fact.Entry { return &o.entry }

// Case is a fact about the child or the matter.
func (o *onDay) Case(name string) fact.Tri { return o.e.in.Case.Fact(name) }

// Law is a fact about the jurisdiction.
func (o *onDay) Law(name string) fact.Tri { return o.law.Fact(name) }

// Has reports an entry of the kind from first to last, or a plan on file where an
// IEP is asked for.
func (o *onDay) Has(k fact.Kind, first, last day.Date) fact.Tri {
	for _, x := range o.e.each(k) {
		if d := when(x); (first == 0 || d >= first) && (last == 0 || d <= last) {
			return fact.Yes
		}
	}
	if k == iepOffered {
		for _, v := range o.e.versions {
			if v.asked && !v.is504 && (first == 0 || v.on >= first) && (last == 0 || v.on <= last) {
				return fact.Yes
			}
		}
	}
	return fact.No
}

// YearEnd is not known here.
func (o *onDay) YearEnd(fact.Kind) (at, end day.Date, inside fact.Tri, missing *day.Missing) {
	return 0, 0, fact.Unsaid, nil
}

// YearRest is not known here.
func (o *onDay) YearRest(fact.Kind) (days, school int) { return 0, 0 }

// SchoolDays is not known here.
func (o *onDay) SchoolDays(a, b day.Date) (int, *day.Missing) {
	return 0, new(day.Missing)
}

// BetweenTerms is not known here.
func (o *onDay) BetweenTerms() (fact.Tri, *day.Missing) { return fact.Unsaid, nil }

// Age is the child's age on the entry's day.
func (o *onDay) Age() (int, bool) {
	born := o.e.in.Case.Child.Born
	if born == 0 {
		return 0, false
	}
	n := o.entry.On.Earliest.Year() - born.Year()
	if born.AddYears(n) > o.entry.On.Earliest {
		n--
	}
	return n, true
}

// Answers is never so: nobody wrote the entry.
func (o *onDay) Answers(fact.Kind) bool { return false }
