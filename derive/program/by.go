package program

import (
	"cmp"
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
)

// stepKinds are the entries that a move of the family comes to, where a rule may
// count the days within which they must come.
var stepKinds = map[string][]fact.Kind{
	"ask_mediation":    {mediationRequested},
	"file_due_process": {dueProcessFiled, dueProcessReceived},
	"ask_meeting":      fact.MustLookupAll("disagreement_meeting_requested", "iep_meeting_requested"),
	"refuse_part":      {iepRejected, iepPartial},
}

// daysToAct fills in by when each move must be made, and from when it may be, where
// the clocks have a date of the rule that says so.
func (e *engine) daysToAct(t *track) {
	for i := range e.res.Asked {
		row := &e.res.Asked[i]
		about := e.startedBy(t, row)
		for j := range row.Moves {
			m := &row.Moves[j]
			m.By = e.dayOf(m.Reason.Rule, about)
			if m.May && m.By == 0 && e.stopsPlan(row, m.Do) {
				a, _ := e.answer(law.ObjectionTime, row.Asked)
				m.By = e.dayOf(a.Rule, about)
			}
			if m.May {
				m.From = e.notBeforeMove(t, row, m)
			}
		}
	}
}

// startedBy are the entries from which the days of a row may be counted: what
// asked, what offered its plan, what took consent back and the notice of that.
func (e *engine) startedBy(t *track, row *Asked) func(*fact.Entry) bool {
	return func(x *fact.Entry) bool {
		switch {
		case x.ID == row.Entry:
			return true
		case row.Subject == AllServices:
			return row.State == TakenBack && e.answersEntry(x, row.Entry)
		case row.Plan == "":
			return false
		case x.Fields.Plan != "":
			return x.Fields.Plan == row.Plan
		}
		v := e.byID[row.Plan]
		return (x.Kind == iepOffered || x.Kind == amendmentProposed) && v != nil && e.offeredOn(when(x), v.Amends != "") == v || v != nil && t.offers(x, v)
	}
}

// dayOf is the day a rule counts to, of the entries a row is about: the earliest
// that is open, certain or at the soonest, and not past.
func (e *engine) dayOf(rule law.RuleID, about func(*fact.Entry) bool) day.Date {
	if rule == "" {
		return 0
	}
	best := day.Date(0)
	for _, c := range e.in.Counts {
		d := cmp.Or(c.On, c.Earliest)
		if c.Rule != rule || !c.Open || d < e.now {
			continue
		}
		if r := e.rule(rule); r == nil || r.Kind == law.Floor {
			continue // it says when something may begin, not by when to act
		}
		if x := e.v.Get(c.Trigger); x != nil && e.counts(x) && about(x) && (best == 0 || d < best) {
			best = d
		}
	}
	return best
}

// rule is a rule of the law of the day.
func (e *engine) rule(id law.RuleID) *law.Rule {
	if l := e.lawOn(e.now); l != nil {
		return l.Rule(id)
	}
	return nil
}

// stopsPlan reports a step that keeps a later plan from beginning by silence, when
// it comes within the days the law counts: one that meets the rule.
func (e *engine) stopsPlan(row *Asked, do string) bool {
	if row.Subject != PlanPart || row.State == Agreed {
		return false
	}
	a, ok := e.answer(law.ObjectionTime, row.Asked)
	if !ok || a.Is != "counted" {
		return false
	}
	r := e.rule(a.Rule)
	return r != nil && slices.ContainsFunc(r.MetBy, func(m law.Meet) bool { return slices.Contains(stepKinds[do], m.Kind) })
}

// notBeforeMove is the first day on which the school may do what it may, when that
// lies ahead.
func (e *engine) notBeforeMove(t *track, row *Asked, m *Move) day.Date {
	first := day.Date(0)
	switch m.Do {
	case "begin_after_silence":
		if v := e.byID[row.Plan]; v != nil {
			first, _ = t.notBefore(v)
		}
	case "stop_after_notice":
		if x := t.waiting(e.now); x != nil && x.on != day.Max {
			first = x.on
		}
	case "keep_services":
		if x := t.waiting(e.now); x != nil && x.on != day.Max { // the parent's last day is the one before
			m.By = cmp.Or(x.soonest, x.on) - 1
		}
	}
	if first <= e.now {
		return 0
	}
	return first
}
