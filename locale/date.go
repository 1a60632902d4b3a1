package locale

import (
	"strconv"
	"strings"
	"time"

	"stayput/day"
)

// calendar is the names of months and weekdays.
type calendar struct {
	month, short  [13]string
	weekday, abbr [7]string
	letter        [7]string
}

func (c *Catalog) calendar() calendar {
	var k calendar
	for m := 1; m <= 12; m++ {
		k.month[m] = c.T("month." + strconv.Itoa(m))
		k.short[m] = c.T("month_short." + strconv.Itoa(m))
	}
	for w := range 7 {
		k.weekday[w] = c.T("weekday." + strconv.Itoa(w))
		k.abbr[w] = c.T("weekday_short." + strconv.Itoa(w))
		k.letter[w] = c.T("weekday_letter." + strconv.Itoa(w))
	}
	return k
}

// Month is the name of a month: "February", "febrero".
func (c *Catalog) Month(m time.Month) string {
	if m < 1 || m > 12 {
		return ""
	}
	return c.cal.month[m]
}

// MonthYear is "February 2025", "febrero de 2025".
func (c *Catalog) MonthYear(d day.Date) string {
	y, m, _ := d.Civil()
	return c.T("date.month_year", "month", c.cal.month[m], "year", strconv.Itoa(y))
}

// Weekday is "Tuesday", "martes".
func (c *Catalog) Weekday(d day.Date) string { return c.WeekdayName(d.Weekday()) }

// WeekdayName, WeekdayShort and WeekdayLetter name a day of the week in full, in
// three letters and in the shortest form that heads a small calendar.
func (c *Catalog) WeekdayName(w time.Weekday) string { return c.cal.weekday[w] }

// WeekdayShort is "Tue", "mar".
func (c *Catalog) WeekdayShort(w time.Weekday) string { return c.cal.abbr[w] }

// WeekdayLetter is "T", "M".
func (c *Catalog) WeekdayLetter(w time.Weekday) string { return c.cal.letter[w] }

// Date is "February 18, 2025", "18 de febrero de 2025".
func (c *Catalog) Date(d day.Date) string {
	if d == 0 {
		return ""
	}
	y, m, n := d.Civil()
	if c.lang == "es" {
		return strconv.Itoa(n) + " de " + c.cal.month[m] + " de " + strconv.Itoa(y)
	}
	return c.cal.month[m] + " " + strconv.Itoa(n) + ", " + strconv.Itoa(y)
}

// DateNear leaves the year out when it is that of ref: "February 18".
func (c *Catalog) DateNear(d, ref day.Date) string {
	if d == 0 {
		return ""
	}
	y, m, n := d.Civil()
	if ref == 0 || y != ref.Year() {
		return c.Date(d)
	}
	if c.lang == "es" {
		return strconv.Itoa(n) + " de " + c.cal.month[m]
	}
	return c.cal.month[m] + " " + strconv.Itoa(n)
}

// DateShort is "Feb 18, 2025", "18 feb 2025".
func (c *Catalog) DateShort(d day.Date) string {
	if d == 0 {
		return ""
	}
	y, m, n := d.Civil()
	if c.lang == "es" {
		return strconv.Itoa(n) + " " + c.cal.short[m] + " " + strconv.Itoa(y)
	}
	return c.cal.short[m] + " " + strconv.Itoa(n) + ", " + strconv.Itoa(y)
}

// DayShort is "Feb 18", "18 feb".
func (c *Catalog) DayShort(d day.Date) string {
	if d == 0 {
		return ""
	}
	_, m, n := d.Civil()
	if c.lang == "es" {
		return strconv.Itoa(n) + " " + c.cal.short[m]
	}
	return c.cal.short[m] + " " + strconv.Itoa(n)
}

// DateFull is "Tuesday, February 18, 2025", "martes 18 de febrero de 2025".
func (c *Catalog) DateFull(d day.Date) string {
	if d == 0 {
		return ""
	}
	if c.lang == "es" {
		return c.Weekday(d) + " " + c.Date(d)
	}
	return c.Weekday(d) + ", " + c.Date(d)
}

// Time is a time of day, in minutes after midnight: "2:05 p.m.".
func (c *Catalog) Time(minute int16) string {
	if minute < 0 {
		return ""
	}
	h, key := int(minute)/60, "date.am"
	if h >= 12 {
		key = "date.pm"
	}
	h = (h+11)%12 + 1
	m := strconv.Itoa(int(minute) % 60)
	if len(m) == 1 {
		m = "0" + m
	}
	return c.T(key, "time", strconv.Itoa(h)+":"+m)
}

// AtTime is the same as it stands in a sentence: "at 2:05 p.m.", "a la 1:00
// p.m.".
func (c *Catalog) AtTime(minute int16) string {
	key := "date.at"
	if (minute/60+11)%12+1 == 1 {
		key = "date.at_one"
	}
	return c.T(key, "time", c.Time(minute))
}

// Days is "15 days", "1 day".
func (c *Catalog) Days(n int) string { return c.N("date.days", n) }

// When is what is known of a day: "February 3, 2025", "February 2025", "2025",
// "February 1 to 10, 2025".
func (c *Catalog) When(w day.When) string { return c.when(w, 0, "date.plain_") }

// OnWhen is the same as it stands in a sentence: "on February 3", "in February
// 2025", "between February 1 and February 10". The year of ref is left out.
func (c *Catalog) OnWhen(w day.When, ref day.Date) string { return c.when(w, ref, "date.on_") }

// On is OnWhen for a day that is known.
func (c *Catalog) On(d, ref day.Date) string { return c.OnWhen(day.On(d), ref) }

func (c *Catalog) when(w day.When, ref day.Date, prefix string) string {
	switch s := w.String(); {
	case w.IsZero():
		return ""
	case w.Exact() && w.Minute >= 0:
		return c.T(prefix+"time", "date", c.DateNear(w.Earliest, ref), "time", c.Time(w.Minute), "at", c.AtTime(w.Minute))
	case w.Exact():
		return c.T(prefix+"day", "date", c.DateNear(w.Earliest, ref))
	case len(s) == 4:
		return c.T(prefix+"year", "date", s)
	case len(s) == 7:
		return c.T(prefix+"month", "date", c.MonthYear(w.Earliest))
	}
	return c.T(prefix+"range", "from", c.DateNear(w.Earliest, ref), "to", c.DateNear(w.Latest, ref))
}

// Span is a run of days, short: "Feb 4 to Feb 18, 2025"; one day is given once.
func (c *Catalog) Span(s day.Span) string {
	if s.First == s.Last {
		return c.DateShort(s.First)
	}
	from := c.DateShort(s.First)
	if s.First.Year() == s.Last.Year() {
		from = c.DayShort(s.First)
	}
	return c.T("date.span", "from", from, "to", c.DateShort(s.Last))
}

// Months lists months given as numbers separated by spaces: "1 2 3".
func (c *Catalog) Months(numbers string) string {
	var names []string
	for _, f := range strings.Fields(numbers) {
		if m, err := strconv.Atoi(f); err == nil && m >= 1 && m <= 12 {
			names = append(names, c.cal.month[m])
		}
	}
	return c.List(names)
}
