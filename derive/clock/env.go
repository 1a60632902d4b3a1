package clock

import (
	"stayput/day"
	"stayput/fact"
	"stayput/law"
)

// sameYear is the longest time, in days, between an entry late in a school year
// and one that the same late-spring rule still ties to it.
const sameYear = 200

// env answers what conditions ask about one entry.
type env struct {
	e   *engine
	at  int32
	law *law.Law
}

func (v *env) Entry() *fact.Entry { return v.e.v.Entries[v.at] }

func (v *env) Case(name string) fact.Tri {
	if v.e.in.Case == nil {
		return fact.CaseFacts[name]
	}
	return v.e.in.Case.Fact(name)
}

func (v *env) Law(name string) fact.Tri { return v.law.Fact(name) }

func (v *env) Has(k fact.Kind, first, last day.Date) fact.Tri {
	open := false
	for _, i := range v.e.v.ByKind(k) {
		if i == v.at || v.e.v.Moved(i) {
			continue
		}
		on := v.e.v.Entries[i].On
		if on.Earliest > v.e.in.AsOf && !k.Info().Appointment && !k.Info().Derived {
			continue
		}
		switch {
		case first != 0 && on.Latest < first, last != 0 && on.Earliest > last:
		case (first == 0 || on.Earliest >= first) && (last == 0 || on.Latest <= last):
			return fact.Yes
		default:
			open = true
		}
	}
	if open {
		return fact.Unsaid
	}
	return fact.No
}

func (v *env) YearEnd(k fact.Kind) (at, end day.Date, inside fact.Tri, missing *day.Missing) {
	i := v.at
	if k != 0 {
		j, ok := v.e.linked(k, v.at)
		if !ok {
			return 0, 0, fact.No, nil
		}
		i = j
		// An entry of another school year says nothing about this one.
		if int(v.Entry().On.Earliest-v.e.v.Entries[i].On.Latest) > sameYear {
			return 0, 0, fact.No, nil
		}
	}
	x := v.e.v.Entries[i]
	if !x.On.Exact() {
		return 0, 0, fact.Unsaid, &day.Missing{Key: "entry_date", Name: x.ID}
	}
	d := x.On.Earliest
	end, missing = v.e.in.School.YearEnd(d)
	if missing != nil {
		if v.e.in.School.Between(d) == day.Yes {
			return d, 0, fact.No, nil
		}
		return 0, 0, fact.Unsaid, missing
	}
	return d, end, fact.Yes, nil
}

func (v *env) YearRest(k fact.Kind) (days, school int) {
	i := v.at
	if k != 0 {
		i, _ = v.e.linked(k, v.at)
	}
	if i < 0 || !v.e.v.Entries[i].On.Exact() {
		return 0, 0
	}
	return v.e.in.School.Rest(v.e.v.Entries[i].On.Earliest)
}

func (v *env) SchoolDays(a, b day.Date) (int, *day.Missing) {
	return v.e.in.School.CountDays(a, b)
}

func (v *env) BetweenTerms() (fact.Tri, *day.Missing) {
	x := v.Entry()
	if !x.On.Exact() {
		return fact.Unsaid, &day.Missing{Key: "entry_date", Name: x.ID}
	}
	switch v.e.in.School.Between(x.On.Earliest) {
	case day.Yes:
		return fact.Yes, nil
	case day.No:
		return fact.No, nil
	}
	_, m := v.e.in.School.YearEnd(x.On.Earliest)
	return fact.Unsaid, m
}

func (v *env) Age() (int, bool) {
	if v.e.in.Case == nil || v.e.in.Case.Child.Born == 0 {
		return 0, false
	}
	born := v.e.in.Case.Child.Born
	on := v.Entry().On.Earliest
	n := on.Year() - born.Year()
	if born.AddYears(n) > on {
		n--
	}
	return n, true
}

func (v *env) Answers(k fact.Kind) bool {
	r := v.e.v.Re(v.at)
	return r >= 0 && v.e.v.Entries[r].Kind == k
}
