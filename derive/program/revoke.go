package program

import (
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
)

// revocation is the end that a revocation of consent to all services brings. Where
// the law names days after the school's notice, services go on until then; where it
// names none, nothing of the plan is owed from the day of the revocation on, and
// only the last day on which services are given is open.
func (t *track) revocation(on day.Date, entry string) end {
	e := t.e
	x := end{on: on, said: on, entry: entry, revoked: true}
	notice := e.stopNotice(entry, on)
	a, ok := e.answer(law.RevocationEffect, on)
	switch {
	case ok && a.Is == "after_days":
		t.waitAfterNotice(&x, a.Rule, notice)
	case notice != nil:
		x.reason = e.because("revoked_noticed", law.Revocation, on, "on", date(on), "notice", date(when(notice)))
	case ok:
		x.reason = why("revoked_before_notice", "on", date(on))
		e.cite(&x.reason, a.Rule, on)
	default:
		x.reason = e.because("revoked", law.Revocation, on, "on", date(on))
	}
	if entry != "" {
		x.reason.Entries = append(x.reason.Entries, entry)
	}
	if notice != nil && x.reason.Args["notice"] != "" {
		x.reason.Entries = append(x.reason.Entries, notice.ID)
	}
	return x
}

// waitAfterNotice finds the first day on which services may stop, where the law
// counts it from the notice. Without the notice nobody can count it; services that
// the record shows stopped are over.
func (t *track) waitAfterNotice(x *end, rule law.RuleID, notice *fact.Entry) {
	e := t.e
	on := date(x.said)
	c, ok := e.countFrom(rule, notice)
	switch {
	case ok && c.On != 0:
		x.on = c.On
		x.reason = why("revoked_until", "on", on, "notice", date(when(notice)), "until", date(x.on))
		if x.on <= e.now {
			x.reason.Key = "revoked_over"
		}
	case ok && c.Latest != 0:
		x.on, x.soonest = c.Latest, c.Earliest
		x.reason = why("revoked_until_between", "on", on, "notice", date(when(notice)), "from", date(c.Earliest), "to", date(c.Latest))
		if x.on <= e.now {
			x.reason = why("revoked_over", "on", on, "notice", date(when(notice)), "until", date(x.on))
		}
	case ok:
		x.on, x.soonest = day.Max, c.Earliest
		x.reason = why("revoked_until_unknown", "on", on, "notice", date(when(notice)))
	default:
		x.on = day.Max
		x.reason = why("revoked_waits", "on", on)
		for _, s := range e.each(servicesStopped) {
			if when(s) >= x.said {
				x.on = when(s)
				x.reason = why("revoked_stopped", "on", on, "until", date(x.on))
				x.reason.Entries = []string{s.ID}
				break
			}
		}
	}
	e.cite(&x.reason, rule, x.said)
}

// countFrom is the date a rule gives for an entry; ok is false when the clocks have
// none.
func (e *engine) countFrom(rule law.RuleID, x *fact.Entry) (Count, bool) {
	if x == nil {
		return Count{}, false
	}
	for _, c := range e.in.Counts {
		if c.Rule == rule && c.Trigger == x.ID {
			return c, true
		}
	}
	return Count{}, false
}

// stopNotice is the school's first written notice that answers a revocation, or
// nil. One that names nothing is taken for it only where no day is counted from it.
func (e *engine) stopNotice(revocation string, on day.Date) *fact.Entry {
	a, ok := e.answer(law.RevocationEffect, on)
	strict := ok && a.Is == "after_days"
	for _, x := range e.each(noticeGiven) {
		if when(x) < on {
			continue
		}
		if revocation != "" && e.answersEntry(x, revocation) || !strict && x.Re == "" && x.Fields.Plan == "" {
			return x
		}
	}
	return nil
}

// answersEntry reports that x answers the entry, by itself or through others.
func (e *engine) answersEntry(x *fact.Entry, id string) bool {
	for y, hops := e.re(x), 0; y != nil && hops < 64; y, hops = e.re(y), hops+1 {
		if y.ID == id {
			return true
		}
	}
	return false
}

// takenBack is the entry by which the parent took the revocation itself back before
// it took effect, where the law lets her; nil otherwise.
func (e *engine) takenBack(x *end) *fact.Entry {
	if a, ok := e.answer(law.RevocationTakeBack, x.said); !ok || a.Is != "before_effect" || x.entry == "" {
		return nil
	}
	for _, y := range e.each(servicesConsent, requestWithdrawn) {
		if y.Fields.Written != fact.No && when(y) >= x.said && when(y) < x.on && e.answersEntry(y, x.entry) {
			return y
		}
	}
	return nil
}

// revokedBy is the latest revocation on or before d, whether or not it took effect
// by then, or nil.
func (t *track) revokedBy(d day.Date) (last *end) {
	for i := range t.ends {
		if x := &t.ends[i]; x.revoked && x.said <= d && (last == nil || x.said > last.said) {
			last = x
		}
	}
	return last
}

// waiting is the revocation that was made by d and has not taken effect on it, or
// nil.
func (t *track) waiting(d day.Date) *end {
	if x := t.revokedBy(d); x != nil && d < x.on {
		return x
	}
	return nil
}

// outlasts reports that a spell holds while a revocation waits: what was in force
// when it was made goes on, and what was agreed to since begins.
func (x *end) outlasts(s *spell) bool {
	if s.basis == OnAgreement || s.basis == OnSettlement {
		return s.said > x.said || s.from <= x.said
	}
	return max(s.said, s.from) <= x.said
}

// renewedSince reports an agreement after d that begins a program anew.
func (t *track) renewedSince(d day.Date) bool {
	for _, v := range t.versions {
		for _, p := range v.parts {
			if slices.ContainsFunc(p.spells, func(s spell) bool { return (s.basis == OnAgreement || s.basis == OnSettlement) && s.said > d }) {
				return true
			}
		}
	}
	return false
}
