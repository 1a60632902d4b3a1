package program

import (
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
	"stayput/plan"
)

// moved is the latest enrollment in a new agency on or before d that came after
// what a line rests on, and the new agency's adoption of that plan, when it
// adopted it. nil when the child has not moved since.
func (t *track) moved(v *version, s *spell, d day.Date) (enrolled, adopted *fact.Entry) {
	if t.kind != plan.IEP {
		return nil, nil
	}
	e := t.e
	for _, x := range e.each(transferEnrolled) {
		if on := when(x); on <= d && on > s.said && on > v.on {
			enrolled = x
		}
	}
	if enrolled == nil {
		return nil, nil
	}
	for _, x := range e.each(newAdopted) {
		on := when(x)
		if on < when(enrolled) || on > d {
			continue
		}
		named := e.byID[x.Fields.Plan]
		if x.Fields.Plan == "" || named == v || named != nil && v.base == named {
			adopted = x
		}
	}
	return enrolled, adopted
}

// otherState reports that an enrollment came with a move from another State: the
// entry says so, or another law applies since.
func (e *engine) otherState(x *fact.Entry) bool {
	switch x.Fields.TransferFrom {
	case "other_state":
		return true
	case "same_state", "same_plan_area":
		return false
	}
	a, b := e.lawOn(when(x)-1), e.lawOn(when(x))
	return a != nil && b != nil && a.Jurisdiction != b.Jurisdiction
}

// fits is the rule by which the law of x's day answers q for that entry. Where
// several may, because the entry does not say enough, it is the one they all stand
// in place of; "" when none does.
func (e *engine) fits(q law.Question, x *fact.Entry) law.RuleID {
	l := e.lawOn(when(x))
	var may []*law.Rule
	for _, a := range e.answersTo(q, when(x)) {
		r := l.Rule(a.Rule)
		if r.StartsWhen == nil || r.StartsWhen.Holds(&onDay{e: e, law: l, entry: *x}).Is != fact.No {
			may = append(may, r)
		}
	}
	if len(may) == 0 {
		return ""
	}
	if len(may) > 1 {
		for _, under := range may[0].Overrides {
			if l.Rule(under) != nil && !slices.ContainsFunc(may[1:], func(r *law.Rule) bool { return !slices.Contains(r.Overrides, under) }) {
				return under
			}
		}
	}
	return may[0].ID
}
