package program

import (
	"cmp"
	"slices"
	"strings"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
)

// A dispute is a case that starts stay put, from its first filing to its end.
type dispute struct {
	since      day.Date
	trigger    *fact.Entry
	ids        []string // its filings
	filedBy    string
	received   bool
	certain    bool // nobody doubts that what began it starts stay put
	discipline bool
	mediation  bool     // no hearing was asked for
	until      day.Date // the last day it holds, where the law lets it go on for some days after a mediation
	over       day.Date
	overBy     *fact.Entry
	decision   *fact.Entry // the last decision in it
	first      string      // the first decision in it
	appeal     *fact.Entry // what went to a review or a court after it
	reason     Reason
}

// disputes are the cases that began by the day, the earliest first.
func (e *engine) disputes() []dispute {
	var kinds []fact.Kind
	for _, s := range e.in.Laws {
		if s.Law == nil {
			continue
		}
		for _, p := range s.Law.Packs {
			for _, a := range p.Program {
				if a.Question == law.StayPutBegins {
					kinds = append(kinds, a.Kinds...)
				}
			}
		}
	}
	kinds = append(kinds, expeditedFiled, expeditedReceived)
	slices.Sort(kinds)
	kinds = slices.Compact(kinds)
	var out []dispute
	for _, x := range e.each(kinds...) {
		a, ok := e.begins(x)
		if !ok {
			continue
		}
		if i := e.sameCase(out, x); i >= 0 {
			out[i].ids = append(out[i].ids, x.ID)
			out[i].received = true
			continue
		}
		d := dispute{since: when(x), trigger: x, ids: []string{x.ID}, filedBy: x.Fields.FiledBy, certain: !a.Disputed, mediation: x.Kind == mediationRequested,
			discipline: x.Kind == expeditedFiled || x.Kind == expeditedReceived || x.Fields.Expedited == fact.Yes}
		key := "stay_put"
		if d.mediation {
			key = "stay_put_mediation"
		}
		d.reason = why(key, "on", date(d.since))
		if d.discipline {
			d.reason = e.because("stay_put_discipline", law.StayPutDiscipline, d.since, "on", date(d.since))
		} else {
			e.cite(&d.reason, a.Rule, d.since)
		}
		d.reason.Entries = []string{x.ID}
		if d.discipline {
			d.certain = false // it holds the interim setting, not what was there before
		}
		out = append(out, d)
	}
	for i := range out {
		e.closes(out, i)
	}
	return out
}

// begins reports that x starts stay put by the law of its day.
func (e *engine) begins(x *fact.Entry) (law.Answer, bool) {
	if x.Kind == expeditedFiled || x.Kind == expeditedReceived {
		a, ok := e.answer(law.StayPutDiscipline, when(x))
		return a, ok
	}
	l := e.lawOn(when(x))
	if l == nil {
		return law.Answer{}, false
	}
	for _, a := range l.Answers(law.StayPutBegins, lawDay(when(x), e.now)) {
		if slices.Contains(a.Kinds, x.Kind) {
			return a, true
		}
	}
	return law.Answer{}, false
}

// sameCase finds the dispute that x is one more filing of: the one it names, or
// the last complaint sent by the same side that nobody was yet said to have
// received. -1 when it begins its own.
func (e *engine) sameCase(all []dispute, x *fact.Entry) int {
	for y, hops := e.re(x), 0; y != nil && hops < 64; y, hops = e.re(y), hops+1 {
		for i := range all {
			if slices.Contains(all[i].ids, y.ID) && all[i].mediation == (x.Kind == mediationRequested) {
				return i
			}
		}
	}
	if x.Kind != dueProcessReceived && x.Kind != expeditedReceived {
		return -1
	}
	for i := len(all) - 1; i >= 0; i-- {
		d := &all[i]
		if d.mediation || d.received || when(x)-d.since > 60 || d.discipline != (x.Kind == expeditedReceived || x.Fields.Expedited == fact.Yes) {
			continue
		}
		if d.trigger.Kind != dueProcessFiled && d.trigger.Kind != expeditedFiled {
			continue
		}
		if d.filedBy == "" || x.Fields.FiledBy == "" || d.filedBy == x.Fields.FiledBy {
			return i
		}
	}
	return -1
}

// overKinds are what may end a dispute, whatever else the law names.
var overKinds = []fact.Kind{dueProcessWithdrawn, hearingDecision, reviewDecision, settlementSigned, settlementAccepted, resolutionAgreed, mediationAgreed}

// closes finds what ended dispute i.
func (e *engine) closes(all []dispute, i int) {
	d := &all[i]
	kinds := slices.Clone(overKinds)
	for _, a := range e.answersTo(law.StayPutEnds, d.since) {
		kinds = append(kinds, a.Kinds...)
	}
	if d.discipline {
		kinds = append(kinds, expeditedDecided)
	}
	if d.mediation {
		kinds = append(kinds, mediationWithdrawn, requestWithdrawn, fact.MustLookup("mediation_session_held"))
	}
	slices.Sort(kinds)
	kinds = slices.DeleteFunc(slices.Compact(kinds), func(k fact.Kind) bool {
		return k == placementAgreed || k == stayPutOrdered || k == iepConsent || k == iepPartial || k == servicesRevoked
	})
	kinds = append(kinds, reviewRequested, civilAction)
	voided := e.voided()
	for _, x := range e.each(kinds...) {
		if when(x) < d.since || voided[x.ID] || slices.Contains(d.ids, x.ID) || !e.concerns(all, i, x) {
			continue
		}
		switch x.Kind {
		case reviewRequested, civilAction:
			if d.decision != nil {
				d.appeal, d.over, d.overBy = x, 0, nil // it goes on
			}
		case hearingDecision, reviewDecision, expeditedDecided:
			d.decision, d.first = x, cmp.Or(d.first, x.ID)
			if d.appeal != nil && d.appeal.Kind == civilAction {
				continue // the court has it now
			}
			d.over, d.overBy = when(x), x
			if x.Kind == reviewDecision {
				d.appeal = nil
			}
		default:
			if d.over != 0 && d.over <= when(x) {
				continue
			}
			d.over, d.overBy = when(x), x
			if last := e.afterMediation(d, x); last != 0 {
				if d.until = last; d.over <= last {
					d.over = last + 1
				}
				if d.over > e.now {
					d.over, d.overBy = 0, nil
				}
			}
		}
	}
}

// afterMediation is the last day on which a mediation that came to nothing still
// holds things in place, by the date the law counts from x; zero when it does not.
func (e *engine) afterMediation(d *dispute, x *fact.Entry) day.Date {
	if !d.mediation || x.Kind == mediationAgreed || x.Kind == settlementSigned || x.Kind == settlementAccepted {
		return 0
	}
	a, ok := e.answer(law.StayPutAfterMediation, d.since)
	if !ok || a.Is != "goes_on" {
		return 0
	}
	c, _ := e.countFrom(a.Rule, x)
	return cmp.Or(c.On, c.Latest, c.Earliest)
}

// concerns reports that x is about dispute i: it names one of its filings, or it
// names none and i is a case it may end.
func (e *engine) concerns(all []dispute, i int, x *fact.Entry) bool {
	if x.Re != "" {
		other := false
		for y, hops := e.re(x), 0; y != nil && hops < 64; y, hops = e.re(y), hops+1 {
			if slices.Contains(all[i].ids, y.ID) {
				return true
			}
			for j := range all {
				other = other || slices.Contains(all[j].ids, y.ID)
			}
		}
		if other {
			return false
		}
		switch x.Kind {
		case dueProcessWithdrawn, hearingDecision, reviewRequested, reviewDecision, civilAction, settlementSigned, settlementAccepted, resolutionAgreed:
			return !all[i].mediation && !all[i].discipline
		}
		return false
	}
	open := func(want func(*dispute) bool) bool {
		return slices.ContainsFunc(all, func(d dispute) bool { return want(&d) && d.since <= when(x) })
	}
	switch x.Kind {
	case mediationAgreed, mediationWithdrawn:
		return all[i].mediation || !open(func(d *dispute) bool { return d.mediation })
	case requestWithdrawn:
		return false // a request of what sort is not said
	case expeditedDecided:
		return all[i].discipline
	case hearingDecision:
		return !all[i].mediation && (all[i].discipline == (x.Fields.Expedited == fact.Yes))
	case settlementSigned, settlementAccepted:
		return true
	}
	if all[i].mediation {
		return x.Kind == fact.MustLookup("mediation_session_held")
	}
	return true
}

// filer is who filed the case an entry belongs to: parent or lea; "" when that is
// not said.
func (e *engine) filer(x *fact.Entry) string {
	for y, hops := x, 0; y != nil && hops < 64; y, hops = e.re(y), hops+1 {
		if y.Fields.FiledBy != "" {
			return y.Fields.FiledBy
		}
	}
	return ""
}

// forParent reports a decision that gave the parent what was asked for.
func (e *engine) forParent(x *fact.Entry) bool {
	return x != nil && x.Fields.Granted == fact.Yes && strings.EqualFold(e.filer(x), "parent")
}

// readingsOf are the further readings the law gives of q on d.
func (e *engine) readingsOf(key string, q law.Question, d day.Date) (out []Reason) {
	for _, a := range e.answersTo(q, d) {
		if a.Disputed {
			r := why(key)
			e.cite(&r, a.Rule, d)
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b Reason) int { return cmp.Compare(a.Rule, b.Rule) })
	return out
}
