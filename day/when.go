package day

import (
	"fmt"
	"strconv"
	"time"
)

// A When is what is known of the day something happened: a day, a day and a
// time, or only that it lay between two days.
type When struct {
	Earliest Date
	Latest   Date
	Minute   int16 // minutes after midnight, wall clock; -1 when no time is known
}

// On is a When that is exactly d.
func On(d Date) When { return When{d, d, -1} }

// Exact reports that the day is known.
func (w When) Exact() bool { return w.Earliest == w.Latest }

// IsZero reports that nothing is known.
func (w When) IsZero() bool { return w.Earliest == 0 && w.Latest == 0 }

// HasTime reports that the time of day is known too.
func (w When) HasTime() bool { return w.Minute >= 0 && w.Exact() }

// ParseWhen reads 2025-02-03, 2025-02-03T14:05 (seconds are dropped), 2025-02
// or 2025.
func ParseWhen(s string) (When, error) {
	switch len(s) {
	case 4:
		y, ok := digits(s)
		if !ok || y < 1 {
			return When{}, fmt.Errorf("not a year: %q", s)
		}
		return When{from(y, time.January, 1), from(y, time.December, 31), -1}, nil
	case 7:
		y, ok1 := digits(s[:4])
		m, ok2 := digits(s[5:])
		if !ok1 || !ok2 || s[4] != '-' || y < 1 || m < 1 || m > 12 {
			return When{}, fmt.Errorf("not a month of the form YYYY-MM: %q", s)
		}
		mm := time.Month(m)
		return When{from(y, mm, 1), from(y, mm, lastOf(y, mm)), -1}, nil
	case 10:
		d, err := Parse(s)
		if err != nil {
			return When{}, err
		}
		return On(d), nil
	case 16, 19:
		d, err := Parse(s[:10])
		if err != nil {
			return When{}, err
		}
		h, ok1 := digits(s[11:13])
		m, ok2 := digits(s[14:16])
		if !ok1 || !ok2 || (s[10] != 'T' && s[10] != ' ') || s[13] != ':' || h > 23 || m > 59 {
			return When{}, fmt.Errorf("not a date and time of the form YYYY-MM-DDTHH:MM: %q", s)
		}
		if len(s) == 19 {
			if sec, ok := digits(s[17:]); !ok || s[16] != ':' || sec > 59 {
				return When{}, fmt.Errorf("not a date and time of the form YYYY-MM-DDTHH:MM:SS: %q", s)
			}
		}
		return When{d, d, int16(h*60 + m)}, nil
	}
	return When{}, fmt.Errorf("not a date (YYYY-MM-DD), date and time (YYYY-MM-DDTHH:MM), month (YYYY-MM) or year (YYYY): %q", s)
}

// String writes the shortest form that ParseWhen reads back, or "first..last"
// for a span that is neither a month nor a year.
func (w When) String() string {
	if w.IsZero() {
		return ""
	}
	if w.Exact() {
		if w.Minute >= 0 {
			return fmt.Sprintf("%sT%02d:%02d", w.Earliest, w.Minute/60, w.Minute%60)
		}
		return w.Earliest.String()
	}
	y, m, d := w.Earliest.Civil()
	y2, m2, d2 := w.Latest.Civil()
	if y == y2 && d == 1 {
		if m == 1 && m2 == 12 && d2 == 31 {
			return fmt.Sprintf("%04d", y)
		}
		if m == m2 && d2 == lastOf(y, m) {
			return fmt.Sprintf("%04d-%02d", y, m)
		}
	}
	return w.Earliest.String() + ".." + w.Latest.String()
}

// A Moment is a day and, when known, a time of day: when an entry was written
// down.
type Moment struct {
	Date   Date
	Minute int16
	Second int8
}

// ParseMoment reads YYYY-MM-DD or YYYY-MM-DDTHH:MM[:SS].
func ParseMoment(s string) (Moment, error) {
	w, err := ParseWhen(s)
	if err != nil {
		return Moment{}, err
	}
	if !w.Exact() {
		return Moment{}, fmt.Errorf("not a day: %q", s)
	}
	m := Moment{Date: w.Earliest, Minute: w.Minute}
	if len(s) == 19 {
		sec, _ := strconv.Atoi(s[17:])
		m.Second = int8(sec)
	}
	return m, nil
}

// IsZero reports that nothing is known.
func (m Moment) IsZero() bool { return m.Date == 0 }

// String writes what ParseMoment reads.
func (m Moment) String() string {
	switch {
	case m.Date == 0:
		return ""
	case m.Minute < 0:
		return m.Date.String()
	case m.Second == 0:
		return fmt.Sprintf("%sT%02d:%02d", m.Date, m.Minute/60, m.Minute%60)
	}
	return fmt.Sprintf("%sT%02d:%02d:%02d", m.Date, m.Minute/60, m.Minute%60, m.Second)
}
