package lookback

import (
	"slices"

	"stayput/day"
	"stayput/derive/limit"
	"stayput/fact"
)

// area is the area of law of a service that a plan promises (34 CFR 300.323(c)(2)).
const area = "iep"

// discrimination states what a complaint to the civil rights office is about.
var discrimination = fact.MustLookup("discrimination_act")

// limits are the limits of a right for something that happened on a day. It is taken
// to have been known on that day: the careful reading.
func (m *maker) limits(right string, on day.Date) []limit.Limit {
	s := day.Span{First: on, Last: on}
	return limit.LimitsOf(m.Laws, m.View, m.out.AsOf, right, area, discrimination, s, s)
}

// last are the last days of a right for something that happened on a day: the
// earliest and the latest that any rule gives.
func (m *maker) last(right string, on day.Date) (out Span) {
	for _, l := range m.limits(right, on) {
		if out.Earliest == 0 || l.Earliest < out.Earliest {
			out.Earliest = l.Earliest
		}
		out.Latest = max(out.Latest, l.Latest)
	}
	return out
}

// state is how far what ends on these days can still be brought up.
func (m *maker) state(first, last Span) State {
	switch today := m.out.AsOf; {
	case first.Earliest == 0 || last.Earliest == 0:
		return Unsure
	case today <= first.Earliest:
		return Open
	case today <= last.Earliest:
		return Part
	case today <= last.Latest:
		return Closing
	}
	return Gone
}

// claims are until when a gap can be brought up by each route.
func (m *maker) claims(s *Service, g *Gap) []Claim {
	var out []Claim
	for _, right := range Rights(s.Track) {
		c := Claim{Right: right, First: m.last(right, g.From), Last: m.last(right, g.To)}
		c.State = m.state(c.First, c.Last)
		out = append(out, c)
	}
	return out
}

// routes finds how far back each route reaches, and what lies within.
func (m *maker) routes() {
	for _, right := range []string{"state_complaint", "due_process", "ocr_complaint"} {
		r := Route{Right: right}
		for i := range m.out.Services {
			if s := &m.out.Services[i]; slices.Contains(Rights(s.Track), right) && !slices.Contains(r.Tracks, s.Track) {
				r.Tracks = append(r.Tracks, s.Track)
			}
		}
		if len(r.Tracks) == 0 {
			continue
		}
		r.Limits = m.limits(right, m.out.AsOf)
		r.Since = m.since(right)
		for i := range m.out.Services {
			if s := &m.out.Services[i]; slices.Contains(r.Tracks, s.Track) {
				m.within(&r, s)
			}
		}
		if r.Next != 0 {
			r.NextBy = m.last(right, r.Next)
		}
		m.used(&r)
		m.out.Routes = append(m.out.Routes, r)
	}
}

// farthest is how many years back a limit is looked for: no rule gives as many.
const farthest = 10

// since is the first day that a route still reaches: what happened on it, and on
// every day after it, can be brought up on the day asked about.
func (m *maker) since(right string) (out Span) {
	today := m.out.AsOf
	for d := today; d > today.AddYears(-farthest); d-- {
		x := m.last(right, d)
		if x.Earliest == 0 || x.Latest < today {
			break
		}
		if x.Earliest >= today && (out.Earliest == 0 || out.Earliest == d+1) {
			out.Earliest = d
		}
		out.Latest = d
	}
	return out
}

// within adds up what of a service a route reaches. Sessions count on their own day;
// weeks without a log on their first day.
func (m *maker) within(r *Route, s *Service) {
	minutes := s.Unit == "minutes"
	put := func(on day.Date, f func(*Sum)) {
		switch x := m.last(r.Right, on); m.state(x, x) {
		case Open:
			f(&r.Open)
		case Closing:
			f(&r.Later)
		case Gone:
			f(&r.Gone)
		}
	}
	for i := range m.Ledger.Services {
		if l := &m.Ledger.Services[i]; l.Key == s.Key {
			for j := range l.Misses {
				x := &l.Misses[j]
				if !m.holds(x.On) || x.Short+x.Reported+x.Disputed+x.Pending == 0 {
					continue
				}
				if x.Short+x.Reported > 0 && x.On >= r.Since.Earliest && r.Since.Earliest != 0 && (r.Next == 0 || x.On < r.Next) {
					r.Next = x.On
				}
				put(x.On, func(t *Sum) {
					if x.Short+x.Reported > 0 {
						t.Sessions++
					}
					if minutes {
						t.Short, t.Reported, t.Unknown = t.Short+x.Short, t.Reported+x.Reported, t.Unknown+x.Disputed+x.Pending
					}
				})
			}
		}
	}
	if !minutes {
		return
	}
	for i := range s.Years {
		for j := range s.Years[i].silent {
			w := &s.Years[i].silent[j]
			put(w.from, func(t *Sum) { t.Unknown += w.minutes })
		}
	}
}

// used finds entries with which a route was used by the family: what they name stays
// in, whatever the day.
func (m *maker) used(r *Route) {
	for _, l := range r.Limits {
		for _, met := range l.Rule.MetBy {
			for _, i := range m.View.ByKind(met.Kind) {
				e := m.View.Entries[i]
				if e.On.Earliest > m.out.AsOf || e.Fields.FiledBy == string(fact.LEA) || slices.Contains(r.Used, e.ID) {
					continue
				}
				r.Used, r.UsedOn = append(r.Used, e.ID), append(r.UsedOn, e.On)
			}
		}
	}
}
