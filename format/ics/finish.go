package ics

import (
	"strconv"
	"strings"

	"stayput/day"
)

// finish works out the days of each event, and takes from repeating events the
// occurrences that others stand in for.
func (r *reader) finish() {
	instead := make(map[string][]day.Date)
	for i := range r.cal.Events {
		e := &r.cal.Events[i]
		if e.instead != 0 && e.uid != "" {
			instead[e.uid] = append(instead[e.uid], e.instead)
		}
		r.days(e)
	}
	for i := range r.cal.Events {
		if e := &r.cal.Events[i]; e.Rule != nil && e.instead == 0 && e.uid != "" {
			e.except = append(e.except, instead[e.uid]...)
		}
	}
}

// days works out the days an event touches. The end of an event of whole days
// is the day after its last one.
func (r *reader) days(e *Event) {
	s, end := e.start, e.end
	e.Minute = s.minute
	e.Adrift = s.adrift
	if u := e.Rule; u != nil && u.untilZ >= 0 && s.minute >= 0 {
		// The last moment is told for Greenwich; west of it, a moment in the
		// morning there is still the day before.
		switch {
		case r.zone != nil:
			u.until = r.local(stamp{date: u.until, minute: u.untilZ}).date
		case !s.utc && u.untilZ < 11*60:
			u.until--
		}
	}
	if s.date == 0 {
		r.fail(e.Line, "ics.no_start", "summary", short(e.Summary))
		return
	}
	if end.date == 0 && e.duration != "" {
		minutes, ok := duration(e.duration)
		if !ok {
			r.fail(e.Line, "ics.bad_duration", "got", short(e.duration))
			return
		}
		end = stamp{date: s.date.Add(minutes / (24 * 60)), minute: s.minute}
		if s.minute >= 0 {
			sum := int(s.minute) + minutes%(24*60)
			end.date = end.date.Add(sum / (24 * 60))
			end.minute = int16(sum % (24 * 60))
		}
	}
	e.Days = day.Span{First: s.date, Last: s.date}
	if end.date == 0 {
		return
	}
	if end.date < s.date || end.date == s.date && end.minute >= 0 && s.minute >= 0 && end.minute < s.minute {
		r.fail(e.Line, "ics.end_before_start", "summary", short(e.Summary), "start", s.date.String(), "end", end.date.String())
		return
	}
	if end.minute <= 0 && end.date > s.date {
		// Midnight, or a day that is no longer part of the event.
		e.Days.Last = end.date.Add(-1)
		if s.minute == 0 {
			e.Minute = -1 // from midnight to midnight
		}
		return
	}
	e.Days.Last = end.date
}

// duration reads P5D, P2W or P1DT2H30M as minutes.
func duration(s string) (int, bool) {
	s, ok := strings.CutPrefix(strings.TrimPrefix(s, "+"), "P")
	if !ok || s == "" {
		return 0, false
	}
	minutes, inTime := 0, false
	for s != "" {
		if s[0] == 'T' {
			inTime = true
			s = s[1:]
			continue
		}
		i := 0
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		if i == 0 || i > 6 || i == len(s) {
			return 0, false
		}
		n, err := strconv.Atoi(s[:i])
		if err != nil {
			return 0, false
		}
		switch unit := s[i]; {
		case unit == 'W' && !inTime:
			minutes += n * 7 * 24 * 60
		case unit == 'D' && !inTime:
			minutes += n * 24 * 60
		case unit == 'H' && inTime:
			minutes += n * 60
		case unit == 'M' && inTime:
			minutes += n
		case unit == 'S' && inTime:
		default:
			return 0, false
		}
		s = s[i+1:]
	}
	return minutes, minutes < 100*366*24*60
}
