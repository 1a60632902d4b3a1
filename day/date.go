package day

import (
	"fmt"
	"time"
)

// A Date is a day on the civil (proleptic Gregorian) calendar, as the number of
// days since 31 December of year 0: day 1 is 0001-01-01. It has no hour and no
// zone, because a legal deadline has neither. The zero Date is no date.
type Date int32

// Min and Max are the first and last date that can be written with four digits.
const (
	Min Date = 1       // 0001-01-01
	Max Date = 3652059 // 9999-12-31
)

// Of returns the date of a year, month and day, or an error when there is no
// such day.
func Of(year int, month time.Month, dayOfMonth int) (Date, error) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > lastOf(year, month) {
		return 0, fmt.Errorf("no such day: %04d-%02d-%02d", year, month, dayOfMonth)
	}
	return from(year, month, dayOfMonth), nil
}

// Must is Of for dates that stand in the source.
func Must(year int, month time.Month, dayOfMonth int) Date {
	d, err := Of(year, month, dayOfMonth)
	if err != nil {
		panic(err)
	}
	return d
}

// Parse reads YYYY-MM-DD.
func Parse(s string) (Date, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, fmt.Errorf("not a date of the form YYYY-MM-DD: %q", s)
	}
	y, ok1 := digits(s[0:4])
	m, ok2 := digits(s[5:7])
	d, ok3 := digits(s[8:10])
	if !ok1 || !ok2 || !ok3 {
		return 0, fmt.Errorf("not a date of the form YYYY-MM-DD: %q", s)
	}
	return Of(y, time.Month(m), d)
}

func digits(s string) (int, bool) {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// from uses the days-from-civil arithmetic on a year that begins in March.
func from(y int, m time.Month, d int) Date {
	mm := int(m)
	if mm <= 2 {
		y--
		mm += 12
	}
	// Days before the year, plus days before the month in a March year.
	return Date(365*y + y/4 - y/100 + y/400 + (153*(mm-3)+2)/5 + d - 306)
}

// Civil returns the year, month and day of the month.
func (d Date) Civil() (year int, month time.Month, dayOfMonth int) {
	z := int(d) + 305 // days since 0000-03-01
	era := z / 146097
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	year = yoe + era*400
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	dayOfMonth = doy - (153*mp+2)/5 + 1
	m := mp + 3
	if m > 12 {
		m -= 12
		year++
	}
	return year, time.Month(m), dayOfMonth
}

// Year is the civil year.
func (d Date) Year() int { y, _, _ := d.Civil(); return y }

// Weekday is the day of the week; 0001-01-01 was a Monday.
func (d Date) Weekday() time.Weekday { return time.Weekday(int(d) % 7) }

// Weekend reports Saturday or Sunday.
func (d Date) Weekend() bool { w := int(d) % 7; return w == 6 || w == 0 }

// IsZero reports that there is no date.
func (d Date) IsZero() bool { return d == 0 }

// Add is n days later.
func (d Date) Add(n int) Date { return d + Date(n) }

// AddMonths is the same day of the month n months later, or the month's last
// day when it has no such day.
func (d Date) AddMonths(n int) Date {
	y, m, dd := d.Civil()
	t := y*12 + int(m) - 1 + n
	y, m = t/12, time.Month(t%12+1)
	return from(y, m, min(dd, lastOf(y, m)))
}

// AddYears is the same day n years later; 29 February becomes 28 February where
// there is none.
func (d Date) AddYears(n int) Date { return d.AddMonths(12 * n) }

// String is YYYY-MM-DD, or "" for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	y, m, dd := d.Civil()
	var b [10]byte
	put := func(i, width, v int) {
		for k := width - 1; k >= 0; k-- {
			b[i+k] = byte('0' + v%10)
			v /= 10
		}
	}
	put(0, 4, y)
	b[4] = '-'
	put(5, 2, int(m))
	b[7] = '-'
	put(8, 2, dd)
	return string(b[:])
}

// MarshalText writes YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD or nothing.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	got, err := Parse(string(b))
	if err != nil {
		return err
	}
	*d = got
	return nil
}

func lastOf(y int, m time.Month) int {
	switch m {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// A Span is the days from First to Last, both included.
type Span struct {
	First Date `json:"first"`
	Last  Date `json:"last"`
}

// Has reports whether d lies in the span.
func (s Span) Has(d Date) bool { return s.First <= d && d <= s.Last }

// Days is how many days the span has.
func (s Span) Days() int { return int(s.Last-s.First) + 1 }
