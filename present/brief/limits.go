package brief

import (
	"cmp"
	"slices"

	"stayput/day"
	"stayput/derive/limit"
	"stayput/law"
	"stayput/locale"
)

// A rightGroup is one right to act with everything it may be used about, so
// that twelve limits about one late duty read as one line each and not as
// twelve alarms.
type rightGroup struct {
	rule *law.Rule
	open []*limit.Limit // may still be used, the earliest last day first
	over []*limit.Limit // used, or run out
}

// rights groups the limits by right, the group that ends first first.
func (s *speaker) rights() []rightGroup {
	var out []rightGroup
	at := map[law.RuleID]int{}
	for i := range s.b.Limits {
		l := &s.b.Limits[i]
		k, ok := at[l.Rule.ID]
		if !ok {
			k = len(out)
			at[l.Rule.ID] = k
			out = append(out, rightGroup{rule: l.Rule})
		}
		if l.Status == limit.Open || l.Status == limit.Closing {
			out[k].open = append(out[k].open, l)
		} else {
			out[k].over = append(out[k].over, l)
		}
	}
	for i := range out {
		slices.SortStableFunc(out[i].open, func(a, b *limit.Limit) int { return cmp.Compare(a.Earliest, b.Earliest) })
	}
	slices.SortStableFunc(out, func(a, b rightGroup) int {
		return cmp.Or(cmp.Compare(b2i(len(a.open) == 0), b2i(len(b.open) == 0)), cmp.Compare(a.first(), b.first()))
	})
	return out
}

func (g rightGroup) first() day.Date {
	if len(g.open) == 0 {
		return 0
	}
	return g.open[0].Earliest
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// limitLine is the one plain sentence about a right that runs out.
func (s *speaker) limitLine(l *limit.Limit) string {
	latest := ""
	if l.Latest > l.Earliest && l.Earliest != 0 {
		latest = s.near(l.Latest)
	}
	pairs := []string{"date", s.near(l.Earliest), "latest", latest}
	switch {
	case l.Status == limit.Used:
		if e := s.entry(l.UsedBy); e != nil {
			return s.c.T("limit.used", "on", s.on(e.On))
		}
		return s.c.T("limit.used_plain")
	case l.Status == limit.Closed:
		end := max(l.Earliest, l.Latest)
		if end == 0 {
			return s.c.T("status.closed")
		}
		return s.c.T("limit.closed", "on", s.on(day.On(end)))
	case l.Earliest == 0:
		return s.c.T("limit.unknown")
	case len(l.Missing) > 0 && l.Latest == 0:
		return s.c.T("limit.unknown_from", pairs...)
	case l.Status == limit.Closing:
		return s.c.T("limit.closing", pairs...)
	case l.Left == 0 && latest == "":
		return s.c.T("limit.open_today", pairs...)
	case latest != "":
		return s.c.N("limit.open_two", max(0, l.Left), pairs...)
	}
	return s.c.N("limit.open", max(0, l.Left), pairs...)
}

// limitAbout says what a limit is about.
func (s *speaker) limitAbout(l *limit.Limit) string {
	switch {
	case l.Wrong != nil && l.Wrong.Clock >= 0 && l.Clock != nil:
		key := "limit.about_one"
		if l.Clock.Status == "met_late" {
			key = "limit.about_met_late"
		}
		return s.c.T(key, "title", s.title(l.Clock.Rule), "date", s.spanNear(l.Wrong.Happened))
	case l.Wrong != nil:
		kind, on := l.Wrong.Kind.String(), s.spanNear(l.Wrong.Happened)
		return s.c.T("limit.about_entry", "kind", s.c.TheKind(kind), "date", on)
	}
	if e := s.entry(l.Entry); e != nil {
		return s.c.T("limit.from_event", "kind", s.c.TheKind(e.Kind.String()), "on", s.on(e.On))
	}
	return ""
}

// limitSubject is the same as a cell of a table.
func (s *speaker) limitSubject(l *limit.Limit) string {
	switch {
	case l.Wrong != nil && l.Wrong.Clock >= 0 && l.Clock != nil:
		return s.title(l.Clock.Rule)
	case l.Wrong != nil:
		return locale.First(s.c.Kind(l.Wrong.Kind.String()))
	}
	if e := s.entry(l.Entry); e != nil {
		return locale.First(s.c.Kind(e.Kind.String()))
	}
	return s.title(l.Rule)
}

// mustBe says what must have happened by the last day.
func (s *speaker) mustBe(r *law.Rule) string {
	key := "must." + r.MustBe
	if r.MustBe == "" || !s.c.Has(key) {
		return ""
	}
	by := r.By
	if by == "" {
		by = "other_party"
	}
	return s.c.T(key, "party", s.party(by))
}

// exceptions are a limit's exceptions in words, in the rule's order.
func (s *speaker) exceptions(r *law.Rule) []string {
	t := s.text(r.ID)
	var out []string
	for _, x := range r.Exceptions {
		if t != nil && t.Exceptions[x] != "" {
			out = append(out, t.Exceptions[x])
		}
	}
	return out
}

func (s *speaker) spanNear(d day.Span) string {
	if d.First == d.Last {
		return s.near(d.First)
	}
	return s.c.When(day.When{Earliest: d.First, Latest: d.Last, Minute: -1})
}

// subjects puts limits into rows.
func (s *speaker) subjects(ls []*limit.Limit) []subject {
	out := make([]subject, 0, len(ls))
	for _, l := range ls {
		x := subject{About: s.limitAbout(l), Short: s.limitSubject(l), Happened: s.spanShort(l.Happened), Line: s.limitLine(l)}
		switch {
		case l.Earliest == 0:
			x.Date = s.c.T("line.no_date")
		case l.Latest > l.Earliest:
			x.Date = s.c.T("line.two", "date", s.c.DateShort(l.Earliest), "latest", s.c.DateShort(l.Latest))
		default:
			x.Date = s.c.DateShort(l.Earliest)
		}
		switch l.Status {
		case limit.Used, limit.Closed:
			x.Left = s.c.T("status." + string(l.Status))
		default:
			x.Left = s.left(l.Left)
		}
		out = append(out, x)
	}
	return out
}

func (s *speaker) spanShort(d day.Span) string {
	if d.First == 0 {
		return ""
	}
	return s.c.Span(d)
}
