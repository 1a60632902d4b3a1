package delivery

import (
	"cmp"
	"slices"
	"strings"

	"stayput/day"
	"stayput/plan"
	"stayput/plan/session"
)

// tally is what a cell comes to; a day to come counts only as far as a log
// already covers it.
func (c *cell) tally() Tally {
	t := Tally{
		Promised: c.owed, Delivered: c.by[delivered], MadeUp: c.by[madeUp], Otherwise: c.by[otherwise], Excused: c.by[excused],
		Short: c.by[short], Reported: c.by[reported], Pending: c.by[pending], Disputed: c.by[disputed],
	}
	left := c.left
	if c.future {
		t.Promised -= left
		left = 0
	}
	t.Unknown = left + t.Pending + t.Disputed
	if c.assumed {
		t.Assumed = t.Promised
	}
	return t
}

// rows gathers tallies under the day each begins with.
type rows struct {
	by   map[day.Date]*Row
	last *Row // the one used last: days come in order
	span func(day.Date) day.Span
}

func newRows(n int, span func(day.Date) day.Span) *rows {
	return &rows{by: make(map[day.Date]*Row, n), span: span}
}

func (r *rows) at(d day.Date) *Row {
	if x := r.last; x != nil && x.From <= d && d <= x.To {
		return x
	}
	s := r.span(d)
	x := r.by[s.First]
	if x == nil {
		x = &Row{From: s.First, To: s.Last}
		r.by[s.First] = x
	}
	r.last = x
	return x
}

func (r *rows) sorted() []Row {
	out := make([]Row, 0, len(r.by))
	for _, x := range r.by {
		out = append(out, *x)
	}
	slices.SortFunc(out, func(a, b Row) int { return cmp.Compare(a.From, b.From) })
	return out
}

func weekSpan(d day.Date) day.Span { return day.Span{First: weekOf(d), Last: weekOf(d).Add(6)} }

func monthSpan(d day.Date) day.Span {
	return day.Span{First: monthOf(d), Last: monthOf(monthOf(d).Add(31)).Add(-1)}
}

func yearSpan(d day.Date) day.Span {
	return day.Span{First: yearOf(d), Last: yearOf(yearOf(d).Add(400)).Add(-1)}
}

// result adds everything up.
func (s *ledgerOf) result() Service {
	out := Service{Key: s.key, Name: s.name, Other: s.other, Outcomes: map[session.Outcome]int{}, Conflicts: s.conflict, DaysToStart: -1, Unit: "minutes"}
	weeks, months, years := newRows(64, weekSpan), newRows(16, monthSpan), newRows(4, yearSpan)
	plans := map[string]*Row{}
	var planOrder []string
	perPromise := make([]Minutes, len(s.promises))
	planRow := func(id string) *Row {
		x := plans[id]
		if x == nil {
			x = &Row{Plan: id}
			plans[id] = x
			planOrder = append(planOrder, id)
		}
		return x
	}
	add := func(d day.Date, planID string, t *Tally) {
		weeks.at(d).add(t)
		months.at(d).add(t)
		years.at(d).add(t)
		planRow(planID).add(t)
		out.Total.add(t)
	}
	for i := range s.cells {
		c := &s.cells[i]
		t := c.tally()
		if c.future && t.Promised == 0 {
			continue
		}
		id := s.promises[c.promise].Plan
		add(c.on, id, &t)
		perPromise[c.promise] += t.Promised
		r := planRow(id)
		if r.From == 0 {
			r.From = c.on
		}
		r.To = c.on
		if out.Total.From == 0 {
			out.Total.From = c.on
		}
		out.Total.To = c.on
		if c.left > 0 && !c.future && out.UnknownSince == 0 {
			out.UnknownSince = c.on
		}
	}
	extra := s.extras()
	for i := range s.logs {
		l := &s.logs[i]
		if l.dropped {
			continue
		}
		outcome := l.Outcome
		if l.Outcome.Missed() && l.n > 0 && l.claims[0].class == reported {
			outcome = session.ReportedMissing // whatever word the family used
		}
		out.Outcomes[outcome]++
		if l.raw > 0 {
			t := Tally{Given: l.raw, Extra: extra[i]}
			id := ""
			if p, ok := s.at(l.On); ok {
				id = p.Plan
			}
			add(l.On, id, &t)
			if out.FirstGiven == 0 {
				out.FirstGiven = l.On
			}
		}
		for k := 0; k < l.n; k++ {
			if c := &l.claims[k]; c.class == short && c.covered > 0 && out.ShortSince == 0 {
				out.ShortSince = l.On
			}
		}
	}
	out.Weeks, out.Months, out.Years = weeks.sorted(), months.sorted(), years.sorted()
	for _, id := range planOrder {
		out.Plans = append(out.Plans, *plans[id])
	}
	slices.SortStableFunc(out.Plans, func(a, b Row) int { return cmp.Or(cmp.Compare(a.From, b.From), strings.Compare(a.Plan, b.Plan)) })
	out.Sessions = plan.Rate{Num: 0, Den: 1}
	for i := range s.promises {
		p := &s.promises[i]
		if n := p.pace.amount.Minutes; n.Said && n.N > 0 && perPromise[i] > 0 {
			out.Sessions = out.Sessions.Add(plan.Rate{Num: int64(perPromise[i]), Den: int64(Minute) * int64(n.N)})
		}
		if p.pace.bySession {
			out.Unit = "sessions"
		}
		if p.pace.flaw == "" && !slices.Contains(out.Spreads, p.pace.key) {
			out.Spreads = append(out.Spreads, p.pace.key)
		}
	}
	if out.FirstGiven != 0 {
		out.DaysToStart = 0
		last := day.Date(0)
		for i := range s.cells {
			if c := &s.cells[i]; c.on < out.FirstGiven && c.on != last {
				last = c.on
				out.DaysToStart++
			}
		}
	}
	out.Longest, out.LongestTold = s.run(weeks, false), s.run(weeks, true)
	out.Causes = s.causes()
	out.Misses = s.misses()
	out.Signals = s.signals(&out)
	return out
}

// extras are, for each log, the minutes that were given and cover nothing: what is
// left of its own claims, and of a make-up what the sessions it was credited to
// had no promise for.
func (s *ledgerOf) extras() []Minutes {
	out := make([]Minutes, len(s.logs))
	room := map[int]Minutes{} // of a missed session: what was credited to it and covers nothing
	for i := range s.logs {
		l := &s.logs[i]
		for k := 0; k < l.n; k++ {
			c := &l.claims[k]
			switch {
			case c.credit:
				room[i] += c.amount - c.covered
			case c.class.given():
				out[i] += c.amount - c.covered
			}
		}
	}
	for k := len(s.credits) - 1; k >= 0; k-- {
		c := s.credits[k]
		over := min(c.amount, room[c.to])
		room[c.to] -= over
		out[c.from] += over
	}
	return out
}

// run is the longest run of sessions missed without excuse. A session that was
// given ends it, and so does a week of which nobody knows anything; one that the
// child missed does neither.
func (s *ledgerOf) run(weeks *rows, told bool) Run {
	logged := map[day.Date]bool{}
	for i := range s.logs {
		if s.logs[i].Outcome != session.Unlogged { // "I do not know" knows nothing
			logged[weekOf(s.logs[i].On)] = true
		}
	}
	var best, cur Run
	for i := range s.logs {
		l := &s.logs[i]
		if l.dropped {
			continue
		}
		miss := l.Outcome.Missed() && !s.m.set.Excused[l.Outcome] && (told || l.Outcome != session.ReportedMissing && !l.From.Home())
		switch {
		case miss:
			if cur.Sessions > 0 {
				for w := weekOf(cur.To) + 7; w < weekOf(l.On); w += 7 {
					if r := weeks.by[w]; r != nil && r.Promised > 0 && !logged[w] {
						cur = Run{}
						break
					}
				}
			}
			if cur.Sessions == 0 {
				cur.From = l.On
			}
			cur.To = l.On
			cur.Sessions++
			cur.Minutes += l.lost
		case l.Outcome.Given():
			cur = Run{}
		}
		if cur.Sessions > best.Sessions {
			best = cur
		}
	}
	return best
}

// causes groups what was missed by its reason.
func (s *ledgerOf) causes() []Cause {
	type at struct {
		reason  string
		outcome session.Outcome
	}
	by := map[at]*Cause{}
	for i := range s.logs {
		l := &s.logs[i]
		if l.dropped || l.lost == 0 && l.Outcome != session.GroupInstead && l.Outcome != session.WrongSetting {
			continue
		}
		k := at{strings.TrimSpace(l.Reason), l.Outcome}
		c := by[k]
		if c == nil {
			c = &Cause{Reason: k.reason, Outcome: k.outcome}
			by[k] = c
		}
		c.Sessions++
		c.Minutes += l.lost
	}
	var out []Cause
	for _, c := range by {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b Cause) int {
		return cmp.Or(cmp.Compare(b.Minutes, a.Minutes), cmp.Compare(b.Sessions, a.Sessions), strings.Compare(string(a.Outcome), string(b.Outcome)), strings.Compare(a.Reason, b.Reason))
	})
	return out
}

// signals are the screening levels that were reached over the whole time.
func (s *ledgerOf) signals(x *Service) []Signal {
	return Screen(&x.Total.Tally, x.Longest.Sessions, len(x.Conflicts), s.m.set)
}

// Screen gives the screening levels that a stretch of a service reached: what became
// of its minutes, the longest run of misses in it and how many sessions are told
// differently. What nobody wrote down comes first: the first step is to ask for the
// records, not to accuse.
func Screen(t *Tally, inRow, disputed int, set Settings) []Signal {
	set = set.filled()
	var out []Signal
	if v := t.Unlogged().PerMille(t.Promised); v > set.UnknownPerMille {
		out = append(out, Signal{"unlogged", v, set.UnknownPerMille})
	}
	if v := t.Short.PerMille(t.Promised); v >= set.ShortPerMille {
		out = append(out, Signal{"short", v, set.ShortPerMille})
	}
	if inRow >= set.MissesInRow {
		out = append(out, Signal{"row", inRow, set.MissesInRow})
	}
	if disputed > 0 {
		out = append(out, Signal{"disputed", disputed, 1})
	}
	return out
}
