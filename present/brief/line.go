package brief

import (
	"slices"
	"strconv"

	"stayput/day"
	derived "stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/law"
	"stayput/locale"
)

// A place is the part of the page a clock belongs to.
type place uint8

const (
	late place = iota
	soon
	ahead
	unsure
	standing // law without a number
	done
)

// where says which part of the page c belongs to, on the day asked about.
func where(c *clock.Clock, asOf day.Date) place {
	switch {
	case c.Status == clock.Met || c.Status == clock.MetLate || c.Status == clock.Ended:
		return done
	case c.Status == clock.Unknown && c.MetBy != "":
		return done
	}
	if standard(c) != "" && c.On == 0 && c.Earliest == 0 {
		return standing
	}
	if c.Status == clock.Unknown && c.Perhaps.Open() {
		return unsure
	}
	switch c.Status {
	case clock.Late:
		return late
	case clock.DueToday:
		return soon
	}
	if c.On == 0 {
		if derived.MaybeSoon(c, asOf) {
			return soon
		}
		return unsure
	}
	if c.Status == clock.Unknown {
		if c.Latest > c.On {
			return soon // between two readings
		}
		return unsure
	}
	if c.Rule.Kind != law.Floor && c.Left <= 14 {
		return soon
	}
	return ahead
}

// standard is the verbal standard of a clock without a number, or "".
func standard(c *clock.Clock) string {
	if c.Due != nil && c.Due.Standard != "" && !c.Due.Count.Given {
		return c.Due.Standard
	}
	return ""
}

// line is the one plain sentence about a clock, and where the record holds an
// answer that may or may not be its own, which one that is.
func (s *speaker) line(c *clock.Clock) string {
	if c.Perhaps == nil || c.MetBy != "" {
		return s.lineAlone(c)
	}
	switch {
	case c.Status == clock.Unknown && c.Perhaps.Open():
		return join(s.due(c), s.perhaps(c))
	case c.Perhaps.Open() || c.Status == clock.Late || c.Status == clock.Unknown:
		return join(s.lineAlone(c), s.perhaps(c))
	}
	return s.lineAlone(c)
}

// due says the date alone.
func (s *speaker) due(c *clock.Clock) string {
	switch {
	case c.On == 0 && c.Latest != 0:
		return s.c.T("line.unknown_between", "earliest", s.near(c.Earliest), "latest", s.near(c.Latest))
	case c.On == 0:
		return s.c.T("line.unknown_from", "earliest", s.near(c.Earliest))
	case c.Latest > c.On:
		return s.c.T("line.due_two", "date", s.near(c.On), "latest", s.near(c.Latest))
	}
	return s.c.T("line.due", "date", s.near(c.On))
}

// perhaps names the answer that was taken to be another question's.
func (s *speaker) perhaps(c *clock.Clock) string {
	p := c.Perhaps
	named := func(id string, on day.When) string {
		name := id
		if e := s.entry(id); e != nil {
			name = s.c.TheKind(e.Kind.String())
		}
		return s.c.T("count.start", "kind", name, "date", s.when(on))
	}
	key := "line.perhaps"
	switch {
	case p.Said:
		key = "line.perhaps_said"
	case p.Other:
		key = "line.perhaps_other"
	}
	text := locale.First(s.c.T(key, "answer", named(p.Entry, p.On), "other", named(p.Of, p.OfOn)))
	if p.Open() && c.DaysLate > 0 {
		key := "line.perhaps_late"
		if atLeast(c, p.On) {
			key = "line.perhaps_late_least"
		}
		text = join(text, s.c.N(key, c.DaysLate))
	}
	return text
}

func (s *speaker) lineAlone(c *clock.Clock) string {
	mine := s.mine(c)
	m := ""
	if mine {
		m = "_mine"
	}
	date := s.near(c.On)
	if c.Minute >= 0 && c.On != 0 {
		date = s.c.T("line.date_time", "date", date, "at", s.c.AtTime(c.Minute))
	}
	latest := ""
	if c.On != 0 && c.Latest > c.On {
		latest = s.near(c.Latest)
	}
	pairs := []string{"date", date, "latest", latest}
	kind := c.Rule.Kind
	if line := s.open(c, pairs); line != "" {
		return line
	}
	switch c.Status {
	case clock.Late:
		switch {
		case c.On == 0 && c.Latest != 0:
			return s.c.N("line.late_between"+m, c.DaysLate, "latest", s.near(c.Latest))
		case c.On == 0:
			return s.c.T("line.unknown_past")
		case kind == law.Notice:
			return s.c.T("line.late_notice", pairs...)
		case kind == law.Cap:
			return s.c.T("line.late_cap", pairs...)
		case latest != "":
			return s.c.N("line.late_two"+m, c.DaysLate, pairs...)
		}
		return s.c.T("line.late"+m, pairs...)
	case clock.DueToday:
		if latest != "" {
			return s.c.T("line.due_today_two", pairs...)
		}
		return s.c.T("line.due_today", pairs...)
	case clock.Met:
		return s.met(c, "line.met", date)
	case clock.MetLate:
		return s.met(c, "line.met_late", date)
	case clock.Ended:
		return s.ended(c)
	case clock.Paused:
		if c.On != 0 {
			return s.c.T("line.paused_date", pairs...)
		}
		return s.c.T("line.paused")
	}
	if c.On == 0 {
		return s.unknown(c)
	}
	switch {
	case kind == law.Floor:
		return s.c.T("line.floor", pairs...)
	case c.Left < 0 && latest != "" && c.Status == clock.Unknown && !quiet(c):
		return s.c.T("line.past"+m, pairs...)
	case c.Left < 0 && quiet(c):
		return s.c.T("line.not_recorded", pairs...)
	case c.Left < 0:
		return s.c.T("line.late"+m, pairs...)
	case kind == law.Cap:
		return s.c.N("line.cap", c.Left, pairs...)
	case kind == law.Notice && latest != "":
		return s.c.N("line.notice_two", c.Left, pairs...)
	case kind == law.Notice:
		return s.c.N("line.notice", c.Left, pairs...)
	case latest != "":
		return s.c.N("line.running_two", c.Left, pairs...)
	}
	return s.c.N("line.running", c.Left, pairs...)
}

// quiet reports a duty whose doing families are not usually told of, so that an
// empty record says nothing about it.
func quiet(c *clock.Clock) bool {
	for _, m := range c.Missing {
		if m.Key == "not_recorded" {
			return true
		}
	}
	return false
}

// open is the sentence for what was done on a day whose standing is not simply
// in time or late; "" for everything else.
func (s *speaker) open(c *clock.Clock, pairs []string) string {
	on := []string{"on", s.on(c.MetOn)}
	switch {
	case c.Rule.Kind == law.Floor && c.MetBy != "" && c.On != 0:
		if c.Status == clock.Met {
			return s.c.T("line.floor_met", append(on, pairs...)...)
		}
		return s.c.T("line.floor_early", append(on, pairs...)...)
	case c.Rule.Kind == law.Floor && c.Status == clock.Ended && c.EndedBy == "" && c.On != 0:
		return s.c.T("line.floor_past", pairs...)
	case c.Status == clock.Unknown && c.MetBy != "" && c.On != 0 && c.Latest > c.On:
		return s.c.T("line.met_between", append(on, pairs...)...)
	case c.Status == clock.Unknown && c.MetBy != "":
		return s.c.T("line.met_unsure", on...)
	}
	return ""
}

func (s *speaker) unknown(c *clock.Clock) string {
	if std := standard(c); std != "" && c.Earliest == 0 {
		return s.standard(c.Due.Standard)
	}
	switch {
	case c.Earliest != 0 && c.Latest != 0:
		return join(s.c.T("line.unknown_between", "earliest", s.near(c.Earliest), "latest", s.near(c.Latest)), s.maybePast(c))
	case c.Earliest != 0:
		return join(s.c.T("line.unknown_from", "earliest", s.near(c.Earliest)), s.maybePast(c))
	case c.Latest != 0:
		return s.c.T("line.unknown_to", "latest", s.near(c.Latest))
	}
	return s.c.T("line.unknown")
}

// maybePast asks about an answer once the earliest day a duty can be due has
// passed.
func (s *speaker) maybePast(c *clock.Clock) string {
	switch {
	case c.Earliest >= s.asOf || c.MetBy != "" || c.Rule.Kind == law.Floor || c.Rule.Kind == law.Limit:
		return ""
	case s.mine(c):
		return s.c.T("line.unknown_past_mine")
	}
	return s.c.T("line.unknown_past")
}

// atLeast reports that the days by which something is late are counted from the
// later of two days, or to the first of several: it may be more.
func atLeast(c *clock.Clock, done day.When) bool {
	return c.On == 0 || c.Latest > c.On || !done.Exact()
}

func (s *speaker) met(c *clock.Clock, key, date string) string {
	on := s.on(c.MetOn)
	switch {
	case c.MetOn.IsZero():
		return s.c.T("status." + string(c.Status))
	case key == "line.met_late" && c.DaysLate > 0 && c.On == 0:
		return s.c.N("line.met_late_between", c.DaysLate, "on", on, "latest", s.near(c.Latest))
	case key == "line.met_late" && c.DaysLate > 0:
		if c.Rule.Kind == law.Cap {
			key = "line.over_cap"
		}
		switch {
		case c.Latest > c.On:
			key += "_two"
		case atLeast(c, c.MetOn):
			key += "_least"
		}
		return s.c.N(key, c.DaysLate, "on", on, "date", date, "latest", s.near(c.Latest))
	case c.On == 0:
		return s.c.T("line.met_plain", "on", on)
	case key == "line.met_late":
		return s.c.T("line.met_late_plain", "on", on, "date", date)
	}
	return s.c.T(key, "on", on, "date", date)
}

func (s *speaker) ended(c *clock.Clock) string {
	if e := s.entry(c.EndedBy); e != nil && c.EndedBy == c.Trigger {
		return s.c.T("line.ended_passed", "kind", s.c.TheKind(e.Kind.String()), "date", s.when(e.On))
	} else if e != nil && c.DaysLate > 0 && c.On != 0 && slices.Contains(c.Rule.Starts, e.Kind) {
		return s.c.N("line.ended_late", c.DaysLate, "date", s.near(max(c.On, c.Latest)), "kind", s.c.TheKind(e.Kind.String()), "on", s.on(e.On))
	} else if e != nil {
		return s.c.T("line.ended", "kind", s.c.TheKind(e.Kind.String()), "on", s.on(e.On))
	}
	if c.EndedOn != 0 {
		return s.c.T("line.ended_on", "date", s.near(c.EndedOn))
	}
	return s.c.T("line.ended_plain")
}

// standard says a verbal standard.
func (s *speaker) standard(word string) string {
	return s.c.T("line.standard", "standard", s.c.T("standard."+word))
}

// elapsed says how long a duty without a number has been waiting.
func (s *speaker) elapsed(kind string, on, metOn day.When, n int) string {
	switch {
	case n < 0:
		return ""
	case !metOn.IsZero() && n == 0:
		return s.c.T("line.elapsed_same")
	case !metOn.IsZero():
		return s.c.N("line.elapsed_met", n, "on", s.on(metOn))
	case n == 0:
		return s.c.T("line.elapsed_today", "kind", s.c.TheKind(kind))
	}
	return s.c.N("line.elapsed", n, "kind", s.c.TheKind(kind), "on", s.on(on))
}

// dateLine is the date that stands beside a title: one day, or what is known of
// it.
func (s *speaker) dateLine(c *clock.Clock) string {
	switch {
	case c.On != 0 && c.Latest > c.On:
		return s.c.T("line.two", "date", s.c.DateShort(c.On), "latest", s.c.DateShort(c.Latest))
	case c.On != 0 && c.Minute >= 0:
		return s.c.T("date.plain_time", "date", s.c.DateShort(c.On), "at", s.c.AtTime(c.Minute))
	case c.On != 0:
		return s.c.WeekdayShort(c.On.Weekday()) + " " + s.c.DateShort(c.On)
	case c.Earliest != 0 && c.Latest != 0:
		return s.c.Span(day.Span{First: c.Earliest, Last: c.Latest})
	case c.Earliest != 0:
		return s.c.T("line.or_later", "from", s.c.DateShort(c.Earliest))
	}
	return s.c.T("line.no_date")
}

// left says how many days are left.
func (s *speaker) left(n int) string {
	switch {
	case n < 0:
		return s.c.T("line.left_past")
	case n == 0:
		return s.c.T("line.left_today")
	}
	return s.c.T("line.left", "n", strconv.Itoa(n))
}
