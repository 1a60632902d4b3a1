package program

import (
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
)

// notBefore is the first day on which v may begin after its offer and its written
// notice, by the law of its offer; ok is false when that law names no days, or the
// notice they count from is not in the record. Where the school's calendar is not
// known it is the last day on which that first day may fall.
func (t *track) notBefore(v *version) (first day.Date, ok bool) {
	e := t.e
	l := e.lawOn(v.on)
	if l == nil {
		return 0, false
	}
	var rules []*law.Rule
	if a, is := e.answer(law.LaterPlans, v.on); is && a.Is == "silence" {
		if r := l.Rule(a.Rule); r != nil && r.Kind == law.Event {
			rules = append(rules, r)
		}
	}
	if a, is := e.answer(law.ChangeNotice, v.on); is && len(rules) == 0 {
		if r := l.Rule(a.Rule); r != nil && r.Kind == law.Floor {
			rules = append(rules, r)
		}
	}
	if len(rules) == 0 {
		for _, i := range l.StartedBy(iepOffered) {
			if r := l.Rules[i]; r.Kind == law.Floor {
				rules = append(rules, r)
			}
		}
	}
	for _, r := range rules {
		version := r.VersionAt(lawDay(v.on, e.now))
		if version == nil || len(version.Due) == 0 {
			continue
		}
		start := v.on
		if slices.Contains(r.Starts, noticeGiven) && !slices.Contains(r.Starts, iepOffered) {
			start = v.noticed
		}
		if d, is := e.due(&version.Due[0], start, v.noticed); is && d > first {
			first, ok = d, true
		}
	}
	return first, ok
}

// challenged reports a step that stops a later plan where silence would let it
// begin: one of those that end the rule's wait, other than the family's answers
// to the plan themselves, taken from the offer to the day.
func (t *track) challenged(v *version, by day.Date) bool {
	e := t.e
	l := e.lawOn(v.on)
	a, ok := e.answer(law.LaterPlans, v.on)
	if l == nil || !ok {
		return false
	}
	r := l.Rule(a.Rule)
	if r == nil || r.Kind != law.Event {
		return false
	}
	for _, m := range r.EndedBy {
		if slices.Contains(answerKinds, m.Kind) {
			continue
		}
		for _, x := range e.each(m.Kind) {
			if d := when(x); d < v.on || d > by || m.OnlyRe && !t.offers(x, v) {
				continue
			}
			if m.When != nil && m.When.Holds(&onDay{e: e, law: l, entry: *x}).Is == fact.No {
				continue
			}
			return true
		}
	}
	return false
}

// due counts what a rule says from start, or from the day of the notice where the
// rule counts from that.
func (e *engine) due(x *law.Due, start, noticed day.Date) (day.Date, bool) {
	if len(x.Of) > 0 {
		best, any := day.Date(0), false
		for i := range x.Of {
			d, ok := e.due(&x.Of[i], start, noticed)
			if ok && (!any || x.OfLatest == (d > best)) {
				best, any = d, true
			}
		}
		return best, any
	}
	if x.From.Kind != law.FromTrigger {
		if !slices.Contains(x.From.Kinds, noticeGiven) {
			return 0, false
		}
		start = noticed
	}
	if start == 0 || !x.Count.Given || x.Count.Back {
		return 0, false
	}
	n := x.Count.N
	switch x.Count.Unit {
	case law.Days:
		return start.Add(n), true
	case law.SchoolDays:
		if e.in.School == nil {
			return 0, false
		}
		b := e.in.School.DaysAfter(start, n)
		for _, d := range []day.Date{b.Due, b.Latest, b.Earliest} {
			if d != 0 {
				return d, true
			}
		}
	case law.BusinessDays:
		if l := e.lawOn(start); l != nil && l.BusinessOpen != nil {
			return l.BusinessOpen.After(start, n)
		}
	}
	return 0, false
}

// cancelDays are the business days within which either side may cancel an
// agreement of a resolution meeting: 34 CFR 300.510(e).
const cancelDays = 3

// voided are the resolution agreements that a party canceled in time. One that
// came too late cancels nothing, and is told.
func (e *engine) voided() map[string]bool {
	if e.canceled != nil {
		return e.canceled
	}
	e.canceled = map[string]bool{}
	for _, x := range e.each(resolutionVoided) {
		var of *fact.Entry
		for y, hops := e.re(x), 0; y != nil && hops < 64; y, hops = e.re(y), hops+1 {
			if y.Kind == resolutionAgreed {
				of = y
				break
			}
		}
		if of == nil {
			for _, y := range e.each(resolutionAgreed) {
				if when(y) <= when(x) {
					of = y
				}
			}
		}
		if of == nil {
			continue
		}
		if l := e.lawOn(when(of)); l != nil && l.BusinessOpen != nil {
			if last, ok := l.BusinessOpen.After(when(of), cancelDays); ok && x.On.Earliest > last {
				e.notice("voided_too_late", of.Fields.Plan, x.ID)
				continue
			}
		}
		e.canceled[of.ID] = true
	}
	return e.canceled
}
