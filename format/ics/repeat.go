package ics

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"stayput/day"
)

// A Rule says how an event repeats.
type Rule struct {
	Known      bool // every part of the rule is understood
	freq       string
	interval   int
	count      int      // 0: not said
	until      day.Date // 0: not said
	untilZ     int16    // the time of day in Greenwich up to which it repeats; -1: not said
	byDay      []nthDay
	byMonth    []int
	byMonthDay []int
}

// Endless reports that the rule itself never ends.
func (r *Rule) Endless() bool { return r.count == 0 && r.until == 0 }

// nthDay is a day of the week, and which one of its month or year; n is 0 for
// every one and negative from the end.
type nthDay struct {
	n   int
	day time.Weekday
}

var weekdays = map[string]time.Weekday{
	"SU": time.Sunday, "MO": time.Monday, "TU": time.Tuesday, "WE": time.Wednesday, "TH": time.Thursday, "FR": time.Friday, "SA": time.Saturday,
}

// readRule reads the value of an RRULE. What it does not understand makes the
// rule unknown, so that nobody takes a wrong day from it.
func readRule(s string) *Rule {
	r := &Rule{interval: 1, Known: true, untilZ: -1}
	number := func(v string, low, high int) int {
		n, err := strconv.Atoi(v)
		if err != nil || n < low || n > high || n == 0 {
			r.Known = false
		}
		return n
	}
	for _, p := range strings.Split(strings.ToUpper(strings.TrimSpace(s)), ";") {
		if p == "" {
			continue
		}
		k, v, _ := strings.Cut(p, "=")
		switch k {
		case "FREQ":
			r.freq = v
		case "INTERVAL":
			r.interval = number(v, 1, 1000)
		case "COUNT":
			r.count = number(v, 1, 1<<30)
		case "UNTIL":
			if len(v) < 8 {
				r.Known = false
				break
			}
			d, err := day.Parse(v[:4] + "-" + v[4:6] + "-" + v[6:8])
			if err != nil {
				r.Known = false
			}
			r.until = d
			if len(v) == 16 && v[15] == 'Z' {
				if w, err := day.ParseWhen(d.String() + "T" + v[9:11] + ":" + v[11:13]); err == nil {
					r.untilZ = w.Minute
				}
			}
		case "BYDAY":
			for _, w := range strings.Split(v, ",") {
				if len(w) < 2 {
					r.Known = false
					break
				}
				wd, ok := weekdays[w[len(w)-2:]]
				n := 0
				if w = w[:len(w)-2]; w != "" {
					n = number(strings.TrimPrefix(w, "+"), -53, 53)
				}
				if !ok {
					r.Known = false
				}
				r.byDay = append(r.byDay, nthDay{n, wd})
			}
		case "BYMONTH":
			for _, m := range strings.Split(v, ",") {
				r.byMonth = append(r.byMonth, number(m, 1, 12))
			}
		case "BYMONTHDAY":
			for _, m := range strings.Split(v, ",") {
				r.byMonthDay = append(r.byMonthDay, number(m, -31, 31))
			}
		case "WKST":
			if v != "MO" && v != "SU" {
				r.Known = false
			}
		default:
			r.Known = false
		}
	}
	switch r.freq {
	case "DAILY", "WEEKLY":
		for _, w := range r.byDay {
			if w.n != 0 {
				r.Known = false
			}
		}
	case "MONTHLY", "YEARLY":
	default:
		r.Known = false
	}
	if strings.Contains(strings.ToUpper(s), "WKST=SU") {
		r.weekFromSunday()
	}
	if len(r.byDay) > 53 || len(r.byMonth) > 12 || len(r.byMonthDay) > 62 || r.interval < 1 {
		r.Known = false
	}
	return r
}

// weekFromSunday notes that weeks begin on Sunday, which matters only for every
// second week and the like on several days; such a rule is left unknown.
func (r *Rule) weekFromSunday() {
	if r.freq == "WEEKLY" && r.interval > 1 && len(r.byDay) > 1 {
		r.Known = false
	}
}

// Most is how many occurrences of one event are looked at.
const Most = 1000

// Occurrences are the days of the event within the window, at most Most; cut
// reports that there are more. Work is how many days may be looked at and is
// lowered by those that were; when it reaches zero the answer is cut too.
func (e *Event) Occurrences(window day.Span, work *int) (spans []day.Span, cut bool) {
	length := int(e.Days.Last - e.Days.First)
	add := func(d day.Date) {
		if d.Add(length) >= window.First && d <= window.Last && !slices.Contains(e.except, d) {
			spans = append(spans, day.Span{First: d, Last: d.Add(length)})
		}
	}
	if e.Rule == nil || !e.Rule.Known {
		add(e.Days.First)
	} else {
		n := 0
		d := e.Days.First
		if e.Rule.count == 0 {
			d = max(d, window.First.Add(-length)) // the rule looks at no earlier occurrence
		}
		last := window.Last
		if e.Rule.until != 0 {
			last = min(last, e.Rule.until)
		}
		for ; d <= last; d++ {
			if *work--; *work <= 0 {
				return spans, true
			}
			if d != e.Days.First && !e.Rule.on(d, e.Days.First) {
				continue
			}
			if n++; e.Rule.count > 0 && n > e.Rule.count {
				break
			}
			if n > Most {
				return spans, true
			}
			add(d)
		}
	}
	for _, d := range e.also {
		if d != e.Days.First {
			add(d)
		}
	}
	return spans, false
}

// on reports whether an event that began on start falls on d too.
func (r *Rule) on(d, start day.Date) bool {
	y, m, dd := d.Civil()
	sy, sm, sd := start.Civil()
	if len(r.byMonth) > 0 && !slices.Contains(r.byMonth, int(m)) {
		return false
	}
	switch r.freq {
	case "DAILY":
		return int(d-start)%r.interval == 0 && r.onMonthDay(d, dd) && r.onWeekday(d, 0, 0)
	case "WEEKLY":
		if int(monday(d)-monday(start))/7%r.interval != 0 {
			return false
		}
		if len(r.byDay) == 0 {
			return d.Weekday() == start.Weekday()
		}
		return r.onWeekday(d, 0, 0)
	case "MONTHLY":
		if (y*12+int(m)-sy*12-int(sm))%r.interval != 0 {
			return false
		}
		if len(r.byDay) == 0 && len(r.byMonthDay) == 0 {
			return dd == sd
		}
		first := d.Add(1 - dd)
		return r.onMonthDay(d, dd) && r.onWeekday(d, first, first.AddMonths(1).Add(-1))
	case "YEARLY":
		if (y-sy)%r.interval != 0 {
			return false
		}
		if len(r.byDay) == 0 && len(r.byMonthDay) == 0 {
			return dd == sd && (m == sm || len(r.byMonth) > 0)
		}
		if len(r.byMonth) == 0 && len(r.byMonthDay) > 0 && m != sm {
			return false
		}
		first := d.Add(1 - dd)
		last := first.AddMonths(1).Add(-1)
		if len(r.byMonth) == 0 && len(r.byMonthDay) == 0 {
			first, last = day.Must(y, time.January, 1), day.Must(y, time.December, 31)
		}
		return r.onMonthDay(d, dd) && r.onWeekday(d, first, last)
	}
	return false
}

func monday(d day.Date) day.Date { return d.Add(-(int(d.Weekday()) + 6) % 7) }

func (r *Rule) onMonthDay(d day.Date, dd int) bool {
	if len(r.byMonthDay) == 0 {
		return true
	}
	if slices.Contains(r.byMonthDay, dd) {
		return true
	}
	first := d.Add(1 - dd)
	return slices.Contains(r.byMonthDay, int(d-first.AddMonths(1))) // -1 is the last day
}

// onWeekday reports whether d is one of the days of the week, counted within
// the stretch from first to last when the rule counts them.
func (r *Rule) onWeekday(d, first, last day.Date) bool {
	if len(r.byDay) == 0 {
		return true
	}
	for _, w := range r.byDay {
		if w.day != d.Weekday() {
			continue
		}
		switch {
		case w.n == 0:
			return true
		case w.n > 0 && int(d-first)/7+1 == w.n:
			return true
		case w.n < 0 && int(last-d)/7+1 == -w.n:
			return true
		}
	}
	return false
}
