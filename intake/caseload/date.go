package caseload

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"stayput/day"
)

// The dates a record may hold: what lies outside is a slip of the pen.
var (
	entrySpan = day.Span{First: day.Must(1975, time.January, 1), Last: day.Must(2100, time.December, 31)}
	birthSpan = day.Span{First: day.Must(1950, time.January, 1), Last: entrySpan.Last}
)

// A flaw is why a text is no date, as a key of the catalogs.
type flaw string

const (
	noFlaw      flaw = ""
	notADate    flaw = "caseload.not_a_date"
	noSuchDay   flaw = "caseload.no_such_day"
	noYear      flaw = "caseload.date_no_year"
	ambiguous   flaw = "caseload.date_ambiguous"
	bareSerial  flaw = "caseload.date_serial"
	outsideSpan flaw = "caseload.date_range"
)

// A reading is what a text says as a date.
type reading struct {
	when  day.When
	flaw  flaw
	month day.When // when ambiguous: the reading with the month first
	first day.When // and the one with the day first
	short bool     // the year had two digits
	other bool     // it fits only the order that the column does not have
}

var (
	timeOfDay = regexp.MustCompile(`(?i)[ T,]+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?( ?[ap]\.? ?m\.?)?( ?z| ?[+-]\d\d:?\d\d)?$`)
	triple    = regexp.MustCompile(`^(\d{1,4})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{1,4})$`)
	monthYear = regexp.MustCompile(`^(\d{1,2})\s?[/.\-]\s?(\d{4})$`)
	yearMonth = regexp.MustCompile(`^(\d{4})\s?[/.\-]\s?(\d{1,2})$`)
	monthDay  = regexp.MustCompile(`^(\d{1,2})\s?[/.\-]\s?(\d{1,2})$`)
	pieces    = regexp.MustCompile(`\p{L}+|\d+|[^\p{L}\d\s.,\-/]`)
)

var months = map[string]time.Month{
	"jan": 1, "january": 1, "ene": 1, "enero": 1, "feb": 2, "february": 2, "febrero": 2, "mar": 3, "march": 3, "marzo": 3,
	"apr": 4, "april": 4, "abr": 4, "abril": 4, "may": 5, "mayo": 5, "jun": 6, "june": 6, "junio": 6, "jul": 7, "july": 7, "julio": 7,
	"aug": 8, "august": 8, "ago": 8, "agosto": 8, "sep": 9, "sept": 9, "september": 9, "set": 9, "septiembre": 9, "setiembre": 9,
	"oct": 10, "october": 10, "octubre": 10, "nov": 11, "november": 11, "noviembre": 11, "dec": 12, "december": 12, "dic": 12, "diciembre": 12,
}

var beside = map[string]bool{
	"de": true, "del": true, "of": true, "the": true, "st": true, "nd": true, "rd": true, "th": true, "o": true, "º": true, "ª": true,
	"mon": true, "monday": true, "tue": true, "tues": true, "tuesday": true, "wed": true, "wednesday": true, "thu": true, "thur": true, "thurs": true,
	"thursday": true, "fri": true, "friday": true, "sat": true, "saturday": true, "sun": true, "sunday": true,
	"lun": true, "lunes": true, "martes": true, "mie": true, "miercoles": true, "jue": true, "jueves": true, "vie": true, "viernes": true,
	"sab": true, "sabado": true, "dom": true, "domingo": true,
}

// nothing are words that stand in a cell where there is no date.
var nothing = map[string]bool{
	"": true, "na": true, "n a": true, "none": true, "tbd": true, "pending": true, "unknown": true, "unk": true, "not yet": true, "null": true, "nil": true,
	"ninguno": true, "ninguna": true, "no aplica": true, "n d": true, "pendiente": true, "desconocido": true, "desconocida": true, "sin fecha": true, "no date": true,
	"no": true, "not known": true, "no se sabe": true, "never": true, "nunca": true, "por definir": true,
}

// saysNothing reports a cell that holds no more than a sign or a word for none.
func saysNothing(s string) bool { return len(s) <= 20 && nothing[fold(s)] }

// A pivot makes four digits of two.
type pivot struct {
	latest int // the latest year that two digits may mean
}

func (p pivot) year(yy int) int {
	y := p.latest/100*100 + yy
	if y > p.latest {
		y -= 100
	}
	return y
}

// readDate reads a text as a date.
func readDate(text string, order Order, p pivot) reading {
	s := strings.TrimRight(withoutTime(text), ".,; ")
	if len(s) > 60 {
		return reading{flaw: notADate}
	}
	if m := triple.FindStringSubmatch(s); m != nil {
		return readTriple(m, order, p)
	}
	if m := monthYear.FindStringSubmatch(s); m != nil {
		return ofMonth(number(m[2]), number(m[1]))
	}
	if m := yearMonth.FindStringSubmatch(s); m != nil {
		return ofMonth(number(m[1]), number(m[2]))
	}
	if monthDay.MatchString(s) {
		return reading{flaw: noYear}
	}
	if digitsOnly(s) {
		switch len(s) {
		case 4:
			w, err := day.ParseWhen(s)
			if err != nil {
				return reading{flaw: notADate}
			}
			return reading{when: w}
		case 8:
			if y := number(s[:4]); y >= 1950 && y <= 2100 {
				return ofDay(y, number(s[4:6]), number(s[6:]))
			}
		case 5:
			return reading{flaw: bareSerial}
		}
		return reading{flaw: notADate}
	}
	return readWords(s, p)
}

func readTriple(m []string, order Order, p pivot) reading {
	if len(m[1]) == 4 {
		if len(m[3]) > 2 {
			return reading{flaw: notADate}
		}
		return ofDay(number(m[1]), number(m[2]), number(m[3]))
	}
	if len(m[1]) > 2 || len(m[3]) == 3 || len(m[3]) == 1 {
		return reading{flaw: notADate}
	}
	a, b, y := number(m[1]), number(m[2]), number(m[3])
	short := len(m[3]) == 2
	if short {
		y = p.year(y)
	}
	month, first := ofDay(y, a, b), ofDay(y, b, a)
	month.short, first.short = short, short
	switch {
	case a > 12 && b > 12, a == b:
		return month
	case b > 12:
		month.other = order == DayFirst
		return month
	case a > 12:
		first.other = order == MonthFirst
		return first
	case order == MonthFirst:
		return month
	case order == DayFirst:
		return first
	case month.flaw != noFlaw || first.flaw != noFlaw: // a day 0 or a month 0
		return reading{flaw: noSuchDay}
	}
	return reading{flaw: ambiguous, month: month.when, first: first.when, short: short}
}

// withoutTime is a text on one line without the time of day at its end.
func withoutTime(s string) string {
	s = oneLine(s)
	if strings.Contains(s, ":") {
		s = timeOfDay.ReplaceAllString(s, "")
	}
	return s
}

// orderOf says which order a text shows; it is empty when both are possible or
// when it is no such date.
func orderOf(text string) Order {
	if len(text) > 60 {
		return ByColumn
	}
	m := triple.FindStringSubmatch(withoutTime(text))
	if m == nil || len(m[1]) > 2 || len(m[3]) == 1 || len(m[3]) == 3 {
		return ByColumn
	}
	a, b := number(m[1]), number(m[2])
	switch {
	case a > 12 && a <= 31 && b >= 1 && b <= 12:
		return DayFirst
	case b > 12 && b <= 31 && a >= 1 && a <= 12:
		return MonthFirst
	}
	return ByColumn
}

func readWords(s string, p pivot) reading {
	var month time.Month
	var nums []string
	tuesday := false
	for _, w := range pieces.FindAllString(strings.ReplaceAll(fold(s), "'", " "), -1) {
		switch m, isMonth := months[w]; {
		case isMonth && (month == 0 || tuesday):
			tuesday = w == "mar" && month == 0 && len(nums) == 0 // when another month follows
			month = m
		case w[0] >= '0' && w[0] <= '9':
			nums = append(nums, w)
		case beside[w]:
		default:
			return reading{flaw: notADate}
		}
	}
	if month == 0 || slices.ContainsFunc(nums, func(n string) bool { return len(n) > 4 }) {
		return reading{flaw: notADate}
	}
	switch len(nums) {
	case 1:
		if len(nums[0]) == 4 {
			return ofMonth(number(nums[0]), int(month))
		}
		if len(nums[0]) <= 2 {
			return reading{flaw: noYear}
		}
	case 2:
		d, y := nums[0], nums[1]
		if len(d) == 4 {
			d, y = y, d
		}
		if len(d) > 2 || (len(y) != 4 && len(y) != 2) {
			break
		}
		n := number(y)
		if len(y) == 2 {
			n = p.year(n)
		}
		r := ofDay(n, int(month), number(d))
		r.short = len(y) == 2
		return r
	}
	return reading{flaw: notADate}
}

func ofDay(y, m, d int) reading {
	if m < 1 || m > 12 || d < 1 || d > 31 || y < 1 || y > 9999 {
		return reading{flaw: noSuchDay}
	}
	got, err := day.Of(y, time.Month(m), d)
	if err != nil {
		return reading{flaw: noSuchDay}
	}
	return reading{when: day.On(got)}
}

func ofMonth(y, m int) reading {
	if m < 1 || m > 12 || y < 1 {
		return reading{flaw: noSuchDay}
	}
	first := day.Must(y, time.Month(m), 1)
	return reading{when: day.When{Earliest: first, Latest: first.AddMonths(1).Add(-1), Minute: -1}}
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

func digitsOnly(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// aDate finds a date inside a text.
var aDate = regexp.MustCompile(`(?i)\b(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.\-]\d{1,2}[/.\-](\d{4}|\d{2})\b|` +
	`(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|ene|abr|ago|dic|january|february|march|april|june|july|august|september|october|november|december)\.? \d{1,2}(st|nd|rd|th)?,? \d{4}|` +
	`\d{1,2}\.?( de |[ \-])(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|ene|abr|ago|dic|january|february|march|april|june|july|august|september|october|november|december|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre)\.?( de | del |[ \-])\d{4}|` +
	`\d{1,2}/\d{4})`)
