package delivery

import (
	"stayput/day"
	"stayput/plan/session"
)

// A Miss is a session that was not given as the plan says, on its own day, with what
// became of the promised minutes that it stands for. The minutes of all misses of a
// service come to its columns: what is short, reported, made up, given in another
// way, excused, pending and disputed. What nobody wrote about is no miss.
type Miss struct {
	On      day.Date
	Log     string // the ID of the log
	Outcome session.Outcome
	Reason  string // as told
	From    session.Teller

	MadeUp    Minutes
	Short     Minutes
	Reported  Minutes
	Disputed  Minutes
	Pending   Minutes
	Otherwise Minutes
	Excused   Minutes
}

// Unexcused is what was missed without excuse, made up or not.
func (m *Miss) Unexcused() Minutes { return m.MadeUp + m.Short }

// misses are the sessions of which not every minute was given as the plan says, by
// day.
func (s *ledgerOf) misses() []Miss {
	var out []Miss
	for i := range s.logs {
		l := &s.logs[i]
		m := Miss{On: l.On, Log: l.ID, Outcome: l.Outcome, Reason: l.Reason, From: l.From}
		for k := 0; k < l.n; k++ {
			c := &l.claims[k]
			switch c.class {
			case madeUp:
				m.MadeUp += c.covered
			case short:
				m.Short += c.covered
			case reported:
				m.Reported += c.covered
			case disputed:
				m.Disputed += c.covered
			case pending:
				m.Pending += c.covered
			case otherwise:
				m.Otherwise += c.covered
			case excused:
				m.Excused += c.covered
			}
		}
		if m.MadeUp+m.Short+m.Reported+m.Disputed+m.Pending+m.Otherwise+m.Excused > 0 {
			out = append(out, m)
		}
	}
	return out
}

// Sum is what rows come to together.
func Sum(rows []Row) (t Tally) {
	for i := range rows {
		t.add(&rows[i].Tally)
	}
	return t
}
