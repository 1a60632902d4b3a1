package lookback

import (
	"cmp"
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/plan/session"
)

// gaps finds the gaps of one school year of a service.
func (m *maker) gaps(s *delivery.Service, of *Service, y *Year) {
	in := func(d day.Date) bool { return y.From <= d && d <= y.To && d <= m.out.To }
	silent := m.silent(s, y.From)
	y.silent = silent.weeks
	var runs, rest []Gap
	var run *Gap // of sessions that were not given, while it lasts
	logs := m.logs[s.Key]
	at := 0
	for i := range s.Misses {
		x := &s.Misses[i]
		if !in(x.On) {
			continue
		}
		if x.Excused > 0 && x.MadeUp+x.Short+x.Reported == 0 && (x.Outcome == session.ChildAbsent || x.Outcome == session.ChildRefused) {
			y.Excused++
		}
		kind := kindOf(x)
		switch kind {
		case "":
			continue
		case NotGiven:
			for ; at < len(logs) && logs[at].On < x.On; at++ {
				if ends(&logs[at]) && run != nil && logs[at].On >= run.From {
					run = nil
				}
			}
			if run != nil && silent.between(run.To, x.On) {
				run = nil
			}
			if run == nil {
				runs = append(runs, Gap{Kind: NotGiven, From: x.On})
				run = &runs[len(runs)-1]
			}
			run.take(x)
		default:
			k := slices.IndexFunc(rest, func(g Gap) bool { return g.Kind == kind })
			if k < 0 {
				rest, k = append(rest, Gap{Kind: kind, From: x.On}), len(rest)
			}
			rest[k].take(x)
		}
	}
	for i := range runs {
		g := &runs[i]
		g.Resumed = resumed(logs, g.To, m.out.AsOf)
		if g.Sessions > 1 {
			g.Unknown += silent.take(g.From, g.To)
		}
	}
	y.Gaps = append(append(runs, rest...), silent.rest()...)
	for i := range y.Gaps {
		g := &y.Gaps[i]
		slices.SortStableFunc(g.Reasons, func(a, b Reason) int { return cmp.Compare(b.Sessions, a.Sessions) })
		g.Claims = m.claims(of, g)
	}
	slices.SortStableFunc(y.Gaps, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(slices.Index(Kinds(), a.Kind), slices.Index(Kinds(), b.Kind)))
	})
}

// kindOf is what sort of gap a session belongs to; "" when nothing was amiss but an
// absence.
func kindOf(x *delivery.Miss) Kind {
	switch {
	case x.Disputed > 0:
		return Disputed
	case x.Pending > 0:
		return Pending
	case x.MadeUp+x.Short+x.Reported > 0 && x.Outcome.Given():
		return CutShort
	case x.MadeUp+x.Short+x.Reported > 0:
		return NotGiven
	case x.Otherwise > 0:
		return Otherwise
	}
	return ""
}

// ends reports a session that was given on its own day: it ends a run of misses. A
// make-up does not: it was given for another day.
func ends(l *session.Log) bool { return l.Outcome.Given() && l.Outcome != session.MakeUp }

// resumed is the first day after a gap on which a session was given.
func resumed(logs []session.Log, after, last day.Date) day.Date {
	for i := range logs {
		if l := &logs[i]; l.On > after && l.On <= last && ends(l) {
			return l.On
		}
	}
	return 0
}

// take adds a session to a gap.
func (g *Gap) take(x *delivery.Miss) {
	g.To = x.On
	g.Sessions++
	if x.Reported > 0 {
		g.Told++
	}
	if x.Log != "" {
		g.Logs = append(g.Logs, x.Log)
	}
	g.Days = append(g.Days, x.On)
	g.MadeUp += x.MadeUp
	g.Short += x.Short
	g.Reported += x.Reported
	g.Unknown += x.Disputed + x.Pending
	g.Otherwise += x.Otherwise
	text := strings.Join(strings.Fields(x.Reason), " ")
	for i := range g.Reasons {
		if r := &g.Reasons[i]; r.Text == text && r.Outcome == x.Outcome {
			r.Sessions++
			return
		}
	}
	g.Reasons = append(g.Reasons, Reason{text, x.Outcome, 1})
}

// A silence is the weeks of a school year about which something is not written down.
type silence struct {
	weeks []week
}

type week struct {
	from, to day.Date
	minutes  delivery.Minutes
	promised bool // the service was owed in it
	logged   bool // somebody wrote something about it
	taken    bool
}

// silent are these weeks of one school year.
func (m *maker) silent(s *delivery.Service, year day.Date) *silence {
	told := map[day.Date]bool{}
	for _, l := range m.logs[s.Key] {
		if l.Outcome != session.Unlogged {
			told[weekOf(l.On)] = true
		}
	}
	out := &silence{}
	for i := range s.Weeks {
		if r := &s.Weeks[i]; yearOfWeek(s, r) == year && r.From <= m.out.To {
			out.weeks = append(out.weeks, week{from: r.From, to: min(r.To, m.out.AsOf), minutes: r.Unlogged(), promised: r.Promised > 0, logged: told[r.From]})
		}
	}
	return out
}

// yearOfWeek is the school year of a week: that of its Monday, unless the service was
// owed only after it.
func yearOfWeek(s *delivery.Service, r *delivery.Row) day.Date {
	y := yearOf(r.From)
	for i := range s.Years {
		if s.Years[i].From == y && s.Years[i].Promised > 0 {
			return y
		}
	}
	return yearOf(r.To)
}

// between reports a week between two days, in neither of which they lie, that owed
// the service and of which nobody wrote anything.
func (s *silence) between(a, b day.Date) bool {
	for i := range s.weeks {
		if w := &s.weeks[i]; w.from > a && w.to < b && w.promised && !w.logged {
			return true
		}
	}
	return false
}

// take gives what is unknown in the weeks of a gap; each week is given once.
func (s *silence) take(from, to day.Date) (sum delivery.Minutes) {
	for i := range s.weeks {
		if w := &s.weeks[i]; !w.taken && w.from <= to && from <= w.to {
			sum += w.minutes
			w.taken = true
		}
	}
	return sum
}

// rest is the other weeks, those that follow each other together. Weeks that owed
// nothing part nothing.
func (s *silence) rest() []Gap {
	var out []Gap
	var g *Gap
	for i := range s.weeks {
		w := &s.weeks[i]
		switch {
		case !w.promised:
			continue
		case w.minutes == 0 || w.taken:
			g = nil
			continue
		case g == nil:
			out = append(out, Gap{Kind: NoLog, From: w.from})
			g = &out[len(out)-1]
		}
		g.To = w.to
		g.Sessions++
		g.Days = append(g.Days, w.from)
		g.Unknown += w.minutes
	}
	return out
}
