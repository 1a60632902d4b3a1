package clock

import (
	"cmp"
	"slices"
	"time"

	"stayput/day"
	"stayput/derive/trace"
	"stayput/fact"
	"stayput/law"
)

// dated is a date as worked out, before it is compared with any answer.
type dated struct {
	due      *law.Due
	base     day.Date // day 0
	absent   bool     // what the count starts from is not in the record
	on       day.Date // zero: cannot be told
	minute   int16
	earliest day.Date
	latest   day.Date // the later reading, or the upper bound
	strict   day.Date
	reasons  []Why
	missing  []day.Missing
	trace    trace.Trace
	trace2   *trace.Trace
	standard bool
}

func (d dated) first() day.Date {
	if d.on != 0 {
		return d.on
	}
	return d.earliest
}

func (d dated) last() day.Date {
	if d.latest != 0 {
		return d.latest
	}
	return d.on
}

// unsure turns a date into bounds: something that decides whether or how it
// counts is not known.
func (d *dated) unsure(m day.Missing) {
	d.earliest = d.first()
	if d.on != 0 && d.latest == 0 {
		d.latest = d.on
	}
	d.on = 0
	d.missing = append(d.missing, m)
}

func (d *dated) into(c *Clock) {
	c.Due, c.On, c.Minute, c.Base = d.due, d.on, d.minute, d.base
	c.Reasons, c.Missing, c.Strict = d.reasons, inTurn(d.missing), d.strict
	c.Trace, c.Trace2 = d.trace, d.trace2
	switch {
	case d.on == 0:
		c.Earliest, c.Latest = d.earliest, d.latest
	case d.latest != 0 && d.latest != d.on:
		c.Earliest, c.Latest, c.Disputed = d.on, d.latest, true
	}
}

// inTurn puts what is missing in the order in which to ask for it, each fact
// once: a whole calendar before a day that stands in it, and the end of one
// school year before the beginning of the next.
func inTurn(ms []day.Missing) []day.Missing {
	rank := func(m day.Missing) int {
		return slices.Index([]string{"calendar_last_day", "calendar_first_day"}, m.Key)
	}
	var out []day.Missing
	for _, m := range ms {
		if !hasMissing(out, m) {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b day.Missing) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}

// join takes two possible dates of which only one is right.
func join(a, b dated) dated {
	if a.absent {
		return b
	}
	if b.absent {
		return a
	}
	out := a
	out.on, out.base = 0, 0
	out.earliest = min(nonzero(a.first(), b.first()), nonzero(b.first(), a.first()))
	out.latest = max(a.last(), b.last())
	if a.last() == 0 || b.last() == 0 {
		out.latest = 0
	}
	out.missing = append(append([]day.Missing(nil), a.missing...), b.missing...)
	if out.earliest == b.first() && a.first() != b.first() {
		out.trace, out.due = b.trace, b.due
	}
	if a.on != 0 && a.on == b.on && a.last() == b.last() {
		return a
	}
	return out
}

func nonzero(a, b day.Date) day.Date {
	if a != 0 {
		return a
	}
	return b
}

// date works out when a duty is due that entry t started. The first way whose
// condition holds applies; a condition nobody can answer leaves both ways open.
func (e *engine) date(ways []law.Due, t int32) dated {
	out := dated{absent: true}
	for i := range ways {
		w := &ways[i]
		sure := true
		var m day.Missing
		if w.When != nil {
			e.env = env{e: e, at: t, law: e.law}
			a := w.When.Holds(&e.env)
			if a.Is == fact.No {
				continue
			}
			sure, m = a.Is == fact.Yes, a.Missing
		}
		got := e.span(w, t)
		if !sure {
			got.missing = append(got.missing, m)
		}
		if out.absent && len(out.missing) == 0 {
			out = got
		} else {
			out = join(out, got)
		}
		if sure {
			return out
		}
	}
	if !out.absent && out.on != 0 && len(out.missing) > 0 {
		// Whether this way applies at all is open, and no other is left.
		out.unsure(out.missing[len(out.missing)-1])
		out.missing = out.missing[:len(out.missing)-1]
	}
	return out
}

// span counts from each end of what is known of entry t's date.
func (e *engine) span(w *law.Due, t int32) dated {
	x := e.v.Entries[t]
	if x.On.Exact() {
		return e.count(w, t, x.On.Earliest, x.On.Minute)
	}
	a := e.count(w, t, x.On.Earliest, -1)
	if a.absent || a.standard {
		return a
	}
	b := e.count(w, t, x.On.Latest, -1)
	out := a
	out.on, out.base = 0, 0
	out.earliest = a.first()
	out.latest = b.last()
	out.reasons, out.strict, out.trace2 = nil, 0, nil
	out.missing = append([]day.Missing{{Key: "entry_date", Name: x.ID}}, a.missing...)
	for _, m := range b.missing {
		if !hasMissing(out.missing, m) {
			out.missing = append(out.missing, m)
		}
	}
	return out
}

func hasMissing(ms []day.Missing, m day.Missing) bool {
	for _, x := range ms {
		if x == m {
			return true
		}
	}
	return false
}

// count works out one way from one exact day.
func (e *engine) count(w *law.Due, t int32, base day.Date, minute int16) dated {
	if len(w.Of) > 0 {
		return e.several(w, t, base, minute)
	}
	d := dated{due: w, minute: -1}
	if w.Standard != "" && !w.Count.Given {
		d.standard = true
		return d
	}
	start := base
	switch w.From.Kind {
	case law.FromNextYearStart:
		s, m := e.in.School.NextStart(base)
		if m != nil {
			d.missing = append(d.missing, *m)
			if b, ok := e.law.Year.Next(base); ok {
				d.earliest = b.Add(w.Count.N)
			}
			return d
		}
		start = s
	case law.FromYearEnd:
		s, m := e.in.School.YearEnd(base)
		if m != nil {
			d.missing = append(d.missing, *m)
			return d
		}
		start = s
	case law.FromLinked, law.FromNext, law.FromLast:
		i, ok := e.anchorFor(w.From, t)
		if !ok {
			return dated{absent: true}
		}
		on := e.v.Entries[i].On
		if !on.Exact() {
			a, b := e.plain(w, on.Earliest), e.plain(w, on.Latest)
			out := join(a, b)
			out.due = w
			out.missing = append(out.missing, day.Missing{Key: "entry_date", Name: e.v.Entries[i].ID})
			return out
		}
		start, minute = on.Earliest, on.Minute
	}
	if w.Count.Unit == law.Hours {
		return e.hours(w, start, minute)
	}
	d = e.plain(w, start)
	d.due = w
	for i := range w.Readings {
		rd := &w.Readings[i]
		x := e.count(&rd.Due, t, base, minute)
		if x.absent || x.first() == 0 || d.on == 0 {
			continue
		}
		if rd.Strict {
			d.strict = x.first()
			d.reasons = append(d.reasons, Why{Key: "strict_reading", Name: rd.ID, On: d.strict})
			continue
		}
		if l := x.last(); l > d.last() {
			d.latest = l
			d.reasons = append(d.reasons, Why{Key: "reading", Name: rd.ID, On: l})
		}
	}
	return d
}

// anchorFor finds the entry a count starts from.
func (e *engine) anchorFor(f law.From, t int32) (int32, bool) {
	best, found := int32(-1), false
	for _, k := range f.Kinds {
		switch f.Kind {
		case law.FromLinked:
			if i, ok := e.linked(k, t); ok {
				return i, true
			}
		case law.FromLast:
			if i, ok := e.lastBefore(k, t); ok && (!found || i > best) {
				best, found = i, true
			}
		case law.FromNext:
			for _, i := range e.v.ByKind(k) {
				if i != t && !e.v.Moved(i) && e.v.Entries[i].On.Earliest > e.v.Entries[t].On.Earliest {
					if !found || i < best {
						best, found = i, true
					}
					break
				}
			}
		}
	}
	return best, found
}

// several takes the earliest or the latest of several ways.
func (e *engine) several(w *law.Due, t int32, base day.Date, minute int16) dated {
	var out dated
	out.absent = true
	for i := range w.Of {
		x := e.count(&w.Of[i], t, base, minute)
		if x.absent || (x.standard && !x.absent) {
			continue
		}
		if out.absent {
			out = x
			continue
		}
		a, b := out, x
		pick := a
		if (b.first() < a.first()) != w.OfLatest && b.first() != a.first() {
			pick = b
		}
		later := func(p, q day.Date) day.Date { // which of two bounds governs
			if (q < p) != w.OfLatest {
				return q
			}
			return p
		}
		if a.on != 0 && b.on != 0 {
			l := later(a.last(), b.last())
			out = pick
			if out.latest = 0; l > out.on {
				out.latest = l
			} else {
				out.reasons = nil
			}
			continue
		}
		// One of the two is not certain: bounds.
		m := append(append([]day.Missing(nil), a.missing...), b.missing...)
		lo := later(a.first(), b.first())
		hi := day.Date(0)
		switch {
		case a.last() != 0 && b.last() != 0:
			hi = later(a.last(), b.last())
		case !w.OfLatest:
			hi = a.last() + b.last() // the one that is known bounds the earliest of both
		}
		out = pick
		if lo == hi && lo != 0 {
			out.on, out.latest = lo, 0
			out.missing = nil
			continue
		}
		out.on, out.earliest, out.latest, out.missing = 0, lo, hi, m
	}
	return out
}

// hours counts clock hours from a day and time.
func (e *engine) hours(w *law.Due, start day.Date, minute int16) dated {
	d := dated{due: w, base: start, minute: -1}
	n := w.Count.N
	if w.Count.Back {
		n = -n
	}
	d.trace = trace.Trace{Count: w.Count, Back: w.Count.Back, Hours: w.Count.N, Named: true}
	if minute < 0 {
		// The time of the event is not written down: by the same time of day.
		days := n / 24
		d.on = start.Add(days)
		if n%24 != 0 && n < 0 {
			d.on--
		}
		d.missing = append(d.missing, day.Missing{Key: "meeting_time"})
	} else {
		zone := e.in.Zone
		if zone == nil {
			zone = time.UTC
		}
		y, m, dd := start.Civil()
		at := time.Date(y, m, dd, int(minute)/60, int(minute)%60, 0, 0, zone).Add(time.Duration(n) * time.Hour)
		y, m, dd = at.Date()
		d.on, _ = day.Of(y, m, dd)
		d.minute = int16(at.Hour()*60 + at.Minute())
	}
	d.trace.First, d.trace.Last = min(start, d.on), max(start, d.on)
	return d
}

// plain counts from an exact day by the way's own unit, then moves the last day
// as the way says.
func (e *engine) plain(w *law.Due, start day.Date) dated {
	d := dated{due: w, base: start, minute: -1}
	c := w.Count
	d.trace = trace.Trace{Count: c, Same: w.FirstSame, Back: c.Back}
	if w.OnMonth != 0 {
		y := start.Year()
		on, _ := day.Of(y, time.Month(w.OnMonth), w.OnDay)
		if on < start {
			on, _ = day.Of(y+1, time.Month(w.OnMonth), w.OnDay)
		}
		d.on = on
		d.trace.Named = true
		d.trace.First, d.trace.Last = min(start+1, on), on
		e.roll(w, &d)
		return d
	}
	n := c.N
	if c.MoreThan {
		n++
	}
	if w.FirstSame && c.Unit != law.Months && c.Unit != law.Years {
		// The start is day 1, so day n lies n-1 counted days further; the start
		// itself need not be a counted day.
		if c.Back {
			start++
		} else {
			start--
		}
	}
	if start < day.HolidayYears.First || start > day.HolidayYears.Last {
		if c.Unit == law.BusinessDays || c.Unit == law.SchoolDays || w.Skip != nil {
			d.missing = append(d.missing, day.Missing{Key: "outside_years"})
			return d
		}
	}
	switch c.Unit {
	case law.Days:
		switch {
		case c.Back:
			d.on = start.Add(-n)
		case w.Skip != nil:
			b := e.in.School.Skipper(w.Skip.Skip).After(start, n)
			d.on, d.earliest, d.latest, d.missing = b.Due, b.Earliest, b.Latest, b.Missing
			d.trace.Table = b.Table
			if b.Due != 0 {
				if b.Later > b.Due {
					d.latest = b.Later
					d.reasons = append(d.reasons, Why{Key: "break_edge", Rule: w.Skip.Rule, On: b.Later})
					d.trace2 = &trace.Trace{Table: b.LaterT, Count: c, First: start + 1, Last: b.Later}
				}
				if b.Strict != 0 && b.Strict < b.Due {
					d.strict = b.Strict
					d.reasons = append(d.reasons, Why{Key: "strict_reading", Rule: w.Skip.Rule, On: b.Strict})
				}
			}
		default:
			d.on = start.Add(n)
		}
	case law.Months, law.Years:
		m := n
		if c.Unit == law.Years {
			m = 12 * n
		}
		if c.Back {
			m = -m
		}
		d.on = start.AddMonths(m)
		d.trace.Named = true
	case law.BusinessDays:
		e.business(w, start, n, &d)
	case law.SchoolDays:
		var b day.Bound
		if c.Back {
			b = e.in.School.DaysBefore(start, n)
		} else {
			b = e.in.School.DaysAfter(start, n)
		}
		if w.AbsencesFrom > 0 && !c.Back {
			b, d.trace.Absent = e.absent(w, start, n, b)
		}
		d.on, d.earliest, d.latest, d.missing = b.Due, b.Earliest, b.Latest, b.Missing
		d.trace.Table = b.Table
	}
	if end := d.first(); end != 0 {
		if c.Back {
			d.trace.First, d.trace.Last = end, start-1
		} else {
			d.trace.First, d.trace.Last = start+1, end
		}
	}
	e.roll(w, &d)
	return d
}

var childAbsent = fact.MustLookup("child_absent")

// absent lengthens a count of school days by the child's absences in the period.
// A longer period may hold more absences, so it counts until nothing changes.
func (e *engine) absent(w *law.Due, start day.Date, n int, b day.Bound) (day.Bound, int) {
	added := 0
	for range 50 {
		end := b.Due
		if end == 0 {
			end = b.Earliest
		}
		days := 0
		for _, i := range e.v.ByKind(childAbsent) {
			x := e.v.Entries[i]
			if x.On.Earliest <= start || x.On.Earliest > end || x.On.Earliest > e.in.AsOf {
				continue
			}
			switch {
			case x.Fields.Until != 0:
				days += e.in.School.Days().Between(x.On.Earliest-1, x.Fields.Until)
			default:
				days += max(1, x.Fields.Days)
			}
		}
		if days < w.AbsencesFrom {
			days = 0
		}
		if days <= added {
			break
		}
		added = days
		b = e.in.School.DaysAfter(start, n+added)
	}
	return b, added
}

// business counts business days. A holiday that is only perhaps one gives two
// dates; the earlier is the protective one, forward and back.
func (e *engine) business(w *law.Due, start day.Date, n int, d *dated) {
	sure, open := e.law.Business, e.law.BusinessOpen
	if w.WeekdayHolidays {
		sure, open = e.law.Weekdays, e.law.Weekdays
	}
	var a, b day.Date
	var ok1, ok2 bool
	if w.Count.Back {
		a, ok1 = open.Before(start, n)
		b, ok2 = sure.Before(start, n)
		sure, open = open, sure
	} else {
		a, ok1 = sure.After(start, n)
		b, ok2 = open.After(start, n)
	}
	if !ok1 || !ok2 {
		d.missing = append(d.missing, day.Missing{Key: "outside_years"})
		return
	}
	d.on = a
	d.trace.Table = sure
	if b != a {
		d.latest = b
		name := ""
		t := e.law.BusinessOpen
		t.Runs(min(a, start), max(b, start), func(r day.Run) bool {
			if r.Why.Key == "holiday_open" {
				name = r.Why.Name
				return false
			}
			return true
		})
		d.reasons = append(d.reasons, Why{Key: "holiday_open", Name: name, On: b})
		d.trace2 = &trace.Trace{Table: open, Count: w.Count, Back: w.Count.Back, First: start + 1, Last: b}
		if w.Count.Back {
			d.trace2.First, d.trace2.Last = b, start-1
		}
	}
}

// roll moves a last day that falls on a closed day, as the way says.
func (e *engine) roll(w *law.Due, d *dated) {
	if w.Roll == nil {
		return
	}
	if w.Roll.Term {
		e.rollTerm(w, d)
		return
	}
	closed := func(x day.Date) (bool, string) {
		if x.Weekend() {
			return true, ""
		}
		s, id := e.law.Closed.Has(x)
		return s != day.No, id
	}
	why := func(x day.Date, moved day.Date) Why {
		_, id := closed(x)
		y := Why{Key: "roll_weekend", Rule: w.Roll.Rule, Name: id, On: moved}
		if id != "" {
			y.Key = "roll_holiday"
		}
		return y
	}
	if w.Roll.Back {
		if d.on == 0 {
			return
		}
		raw := d.on
		for c, _ := closed(d.on); c; c, _ = closed(d.on) {
			d.on--
		}
		if d.on == raw {
			return
		}
		d.trace.Moved = raw
		if !w.Roll.Settled {
			d.latest = max(d.latest, raw)
			y := why(raw, raw)
			y.Key = "roll_back"
			d.reasons = append(d.reasons, y)
		}
		return
	}
	end := d.last()
	if end == 0 {
		return
	}
	moved := end
	for c, _ := closed(moved); c; c, _ = closed(moved) {
		moved++
	}
	if w.Roll.Settled && d.on != 0 {
		raw := d.on
		for c, _ := closed(d.on); c; c, _ = closed(d.on) {
			d.on++
		}
		if d.on != raw {
			d.trace.Moved = raw
		}
		if d.latest != 0 {
			d.latest = max(moved, d.on)
		}
		return
	}
	if moved == end {
		return
	}
	d.latest = moved
	if d.on != 0 {
		d.reasons = append(d.reasons, why(end, moved))
	}
}

// rollTerm moves a last day that falls between school years to the first day of
// the next one.
func (e *engine) rollTerm(w *law.Due, d *dated) {
	if d.on == 0 {
		return
	}
	switch e.in.School.Between(d.on) {
	case day.No:
		return
	case day.Maybe:
		_, m := e.in.School.YearEnd(d.on)
		if m == nil {
			m = &day.Missing{Key: "calendar_none"}
		}
		d.unsure(*m)
		d.latest = 0
		return
	}
	next, m := e.in.School.NextStart(d.on)
	if m != nil {
		d.unsure(*m)
		d.latest = 0
		return
	}
	if w.Roll.Settled {
		d.trace.Moved = d.on
		d.on, d.latest = next, 0
		return
	}
	d.latest = next
	d.reasons = append(d.reasons, Why{Key: "roll_term", Rule: w.Roll.Rule, On: next})
}

// floor works out the date under the rule that was replaced, to show beside.
func (e *engine) floor(c *Clock, under *law.Rule, t int32) {
	v := under.VersionAt(e.v.Entries[t].On.Latest)
	if v == nil || !under.Numeric() || !e.v.Entries[t].On.Exact() {
		return
	}
	if got := e.date(v.Due, t); got.on != 0 {
		c.Floor = &Floor{Rule: under, On: got.on}
	}
}

// Add counts n units from a day the way a limit does: it never moves a last day
// and needs no calendar.
func Add(c law.Count, from day.Date) (day.Date, bool) {
	n := c.N
	if c.Back {
		n = -n
	}
	switch c.Unit {
	case law.Days:
		return from.Add(n), true
	case law.Months:
		return from.AddMonths(n), true
	case law.Years:
		return from.AddYears(n), true
	}
	return 0, false
}
