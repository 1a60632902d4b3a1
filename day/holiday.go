package day

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Sure says how certain the law is about a day on a list.
type Sure uint8

const (
	No Sure = iota
	Maybe
	Yes
)

// A Holiday is a rule that gives a day in each year.
type Holiday struct {
	ID       string
	When     HolidayWhen
	Saturday Shift // where it is observed when it falls on a Saturday
	Sunday   Shift
	FromYear int // 0: no first year
	ToYear   int // 0: no last year
	Pupil    Sure
	Business Sure
	Roll     Sure
}

// A Shift moves a holiday that falls on a weekend to a weekday.
type Shift struct {
	Days int
	Sure Sure // No: it does not move
}

// A HolidayWhen is the form of a holiday's rule.
type HolidayWhen struct {
	Month   time.Month
	Day     int          // a fixed day of the month, or
	Nth     int          // 1..5: the nth weekday; -1: the last, or
	Weekday time.Weekday //
	After   string       // the id of another holiday, with Offset days after it
	Offset  int
}

var ordinals = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
var weekdays = map[string]time.Weekday{"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6}
var months = map[string]time.Month{"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12}

// ParseHolidayWhen reads "07-04", "third monday of january", "last monday of
// may", "day after thanksgiving", "day before new_year".
func ParseHolidayWhen(s string) (HolidayWhen, error) {
	bad := fmt.Errorf("not a holiday rule: %q (expected 07-04, third monday of january, last monday of may, or day after ID)", s)
	w := strings.Fields(s)
	switch {
	case len(w) == 1 && len(s) == 5 && s[2] == '-':
		m, err1 := strconv.Atoi(s[:2])
		d, err2 := strconv.Atoi(s[3:])
		if err1 != nil || err2 != nil || m < 1 || m > 12 || d < 1 || d > lastOf(2000, time.Month(m)) {
			return HolidayWhen{}, bad
		}
		return HolidayWhen{Month: time.Month(m), Day: d}, nil
	case len(w) == 4 && w[2] == "of":
		n, ok1 := ordinals[w[0]]
		wd, ok2 := weekdays[w[1]]
		m, ok3 := months[w[3]]
		if !ok1 || !ok2 || !ok3 {
			return HolidayWhen{}, bad
		}
		return HolidayWhen{Month: m, Nth: n, Weekday: wd}, nil
	case len(w) == 3 && w[0] == "day" && w[1] == "after":
		return HolidayWhen{After: w[2], Offset: 1}, nil
	case len(w) == 3 && w[0] == "day" && w[1] == "before":
		return HolidayWhen{After: w[2], Offset: -1}, nil
	}
	return HolidayWhen{}, bad
}

// ParseShift reads "monday" or "friday maybe" for a holiday that falls on the
// given weekend day.
func ParseShift(falls time.Weekday, s string) (Shift, error) {
	w := strings.Fields(s)
	if len(w) == 0 || len(w) > 2 || (len(w) == 2 && w[1] != "maybe") {
		return Shift{}, fmt.Errorf("not a shift: %q (expected monday, friday or friday maybe)", s)
	}
	sure := Yes
	if len(w) == 2 {
		sure = Maybe
	}
	switch {
	case w[0] == "monday" && falls == time.Saturday:
		return Shift{2, sure}, nil
	case w[0] == "monday" && falls == time.Sunday:
		return Shift{1, sure}, nil
	case w[0] == "friday" && falls == time.Saturday:
		return Shift{-1, sure}, nil
	case w[0] == "friday" && falls == time.Sunday:
		return Shift{-2, sure}, nil
	}
	return Shift{}, fmt.Errorf("not a shift: %q (expected monday, friday or friday maybe)", s)
}

// HolidayYears is the span for which holidays are computed.
var HolidayYears = Span{Must(1990, time.January, 1), Must(2060, time.December, 31)}

// A HolidayList is one of the three lists, worked out for HolidayYears.
type HolidayList struct {
	sure []Sure
	id   []string
}

// Has says how surely d is on the list, and as which holiday.
func (l *HolidayList) Has(d Date) (Sure, string) {
	if l == nil || !HolidayYears.Has(d) {
		return No, ""
	}
	i := d - HolidayYears.First
	return l.sure[i], l.id[i]
}

// On is the day h falls on in a year, before any shift; ok is false when there
// is none that year.
func (h *Holiday) On(year int, all map[string]*Holiday) (d Date, ok bool) {
	if (h.FromYear != 0 && year < h.FromYear) || (h.ToYear != 0 && year > h.ToYear) {
		return 0, false
	}
	w := h.When
	switch {
	case w.After != "":
		o := all[w.After]
		if o == nil || o.When.After != "" {
			return 0, false
		}
		d, ok := o.On(year, all)
		return d.Add(w.Offset), ok
	case w.Day != 0:
		d, err := Of(year, w.Month, w.Day)
		return d, err == nil
	case w.Nth > 0:
		first := from(year, w.Month, 1)
		d := first.Add((int(w.Weekday-first.Weekday())+7)%7 + 7*(w.Nth-1))
		_, m, _ := d.Civil()
		return d, m == w.Month
	default:
		last := from(year, w.Month, lastOf(year, w.Month))
		return last.Add(-((int(last.Weekday()-w.Weekday) + 7) % 7)), true
	}
}

// BuildHolidays works out one list; pick chooses which of a holiday's three
// marks to use.
func BuildHolidays(hs []Holiday, pick func(*Holiday) Sure) *HolidayList {
	l := &HolidayList{sure: make([]Sure, HolidayYears.Days()), id: make([]string, HolidayYears.Days())}
	put := func(d Date, s Sure, id string) {
		if !HolidayYears.Has(d) {
			return
		}
		if i := d - HolidayYears.First; s > l.sure[i] {
			l.sure[i], l.id[i] = s, id
		}
	}
	all := make(map[string]*Holiday, len(hs))
	for i := range hs {
		all[hs[i].ID] = &hs[i]
	}
	for i := range hs {
		h := &hs[i]
		s := pick(h)
		if s == No {
			continue
		}
		// One year beyond each end: a shift can cross New Year.
		for y := HolidayYears.First.Year() - 1; y <= HolidayYears.Last.Year()+1; y++ {
			d, ok := h.On(y, all)
			if !ok {
				continue
			}
			put(d, s, h.ID)
			switch d.Weekday() {
			case time.Saturday:
				put(d.Add(h.Saturday.Days), min(s, h.Saturday.Sure), h.ID)
			case time.Sunday:
				put(d.Add(h.Sunday.Days), min(s, h.Sunday.Sure), h.ID)
			}
		}
	}
	return l
}

var (
	weekend = Reason{Key: "weekend"}
	working = Reason{Key: "business_day"}
)

// BusinessTable counts Monday to Friday less the holidays on the list. With
// open true, a holiday that is only perhaps one does not count either.
func BusinessTable(l *HolidayList, open bool) *Table {
	return NewTable(HolidayYears, func(d Date) (bool, Reason) {
		if d.Weekend() {
			return false, weekend
		}
		s, id := l.Has(d)
		if s == Yes {
			return false, Reason{Key: "holiday", Name: id}
		}
		if s == Maybe && open {
			return false, Reason{Key: "holiday_open", Name: id}
		}
		return true, working
	})
}

// WeekdayTable counts Monday to Friday, holidays included.
func WeekdayTable() *Table {
	return NewTable(HolidayYears, func(d Date) (bool, Reason) {
		if d.Weekend() {
			return false, weekend
		}
		return true, Reason{Key: "weekday"}
	})
}
