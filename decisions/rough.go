package decisions

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"stayput/day"
)

var (
	exactDay   = regexp.MustCompile(`\b(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2})?\b`)
	yearMonth  = regexp.MustCompile(`\b(\d{4})-(\d{2})\b`)
	schoolYear = regexp.MustCompile(`\b(\d{4})\s*[-/–]\s*(?:(\d{2})|(\d{4}))\b`)
	plainYear  = regexp.MustCompile(`\b((?:19|20)\d{2})\b`)
	wordMonth  = regexp.MustCompile(`(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})\b`)
	dayMonth   = regexp.MustCompile(`(?i)\b(\d{1,2})\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{4})\b`)
	slashDay   = regexp.MustCompile(`\b(\d{1,2})/(\d{1,2})/(\d{4})\b`)
	between    = regexp.MustCompile(`(?i)\s+(?:to|through|until|and|-|–)\s+|\.\.`)
)

const monthWords = "janfebmaraprmayjunjulaugsepoctnovdec"

func month(word string) int { return strings.Index(monthWords, strings.ToLower(word[:3]))/3 + 1 }

func span(a, b day.Date) day.When { return day.When{Earliest: a, Latest: b, Minute: -1} }

func civil(y, m, d int) (day.Date, bool) {
	if y < 1 || y > 9998 {
		return 0, false
	}
	got, err := day.Of(y, time.Month(m), d)
	return got, err == nil
}

func months(y, m1, m2 int) (day.When, bool) {
	a, ok1 := civil(y, m1, 1)
	last := a
	if m2 == 12 {
		b, ok := civil(y, 12, 31)
		return span(a, b), ok1 && ok
	}
	b, ok2 := civil(y, m2+1, 1)
	last = b - 1
	return span(a, last), ok1 && ok2
}

// rough reads a date as research writes it: a day, a month, a year, a school
// year, a season, a range, or one of these with a word such as "before" or
// "about". The result is bounds wherever the day is not said; ok is false when
// no date could be found. exact days come out exact.
func rough(s string) (w day.When, ok bool) {
	w, ok = roughly(strings.TrimSpace(s))
	if !ok || w.Earliest < oldest || w.Latest > newest || w.Latest < w.Earliest {
		return day.When{}, false
	}
	return w, true
}

// The days a fact may have: what lies outside is a slip of the pen.
var (
	oldest = day.Must(1975, time.January, 1)
	newest = day.Must(2100, time.December, 31)
)

func roughly(t string) (day.When, bool) {
	if t == "" || len(t) > 200 {
		return day.When{}, false
	}
	low := strings.ToLower(t)
	if got, err := day.ParseWhen(t); err == nil && !maybeSchoolYear(t) {
		return got, got.Earliest > 0
	}
	// Two dates with "to" between them.
	if parts := between.Split(t, 3); len(parts) == 2 {
		a, ok1 := rough(parts[0])
		b, ok2 := rough(parts[1])
		if ok1 && ok2 && b.Latest >= a.Earliest {
			return span(a.Earliest, b.Latest), true
		}
	}
	if days := exactDay.FindAllStringSubmatch(t, 3); len(days) > 0 {
		a, err := day.Parse(days[0][1])
		if err != nil {
			return day.When{}, false
		}
		if len(days) == 2 {
			if b, err := day.Parse(days[1][1]); err == nil && b >= a {
				return span(a, b), true
			}
		}
		return qualified(low, day.On(a)), true
	}
	if m := slashDay.FindStringSubmatch(t); m != nil {
		if d, ok := civil(atoi(m[3]), atoi(m[1]), atoi(m[2])); ok {
			return qualified(low, day.On(d)), true
		}
	}
	if m := dayMonth.FindStringSubmatch(t); m != nil {
		if d, ok := civil(atoi(m[3]), month(m[2]), atoi(m[1])); ok {
			return qualified(low, day.On(d)), true
		}
	}
	if m := wordMonth.FindStringSubmatch(t); m != nil {
		if m[2] != "" {
			if d, ok := civil(atoi(m[3]), month(m[1]), atoi(m[2])); ok {
				return qualified(low, day.On(d)), true
			}
		}
		if w, ok := months(atoi(m[3]), month(m[1]), month(m[1])); ok {
			return qualified(low, w), true
		}
	}
	return loose(t, low)
}

// maybeSchoolYear reports text like "2005-06", which may be June 2005 or the
// school year 2005-06.
func maybeSchoolYear(s string) bool {
	m := yearMonth.FindStringSubmatch(s)
	if m == nil || len(s) != 7 {
		return false
	}
	y, n := atoi(m[1]), atoi(m[2])
	return (y+1)%100 == n
}

// loose reads seasons, school years, months and years.
func loose(t, low string) (day.When, bool) {
	if m := schoolYear.FindStringSubmatch(t); m != nil {
		y := atoi(m[1])
		next := m[2]
		if next == "" {
			next = m[3][2:]
		}
		if (y+1)%100 == atoi(next) && (m[3] == "" || atoi(m[3]) == y+1) {
			a, ok1 := civil(y, 7, 1)
			b, ok2 := civil(y+1, 6, 30)
			if n := atoi(next); n >= 1 && n <= 12 && m[3] == "" && !strings.Contains(low, "school") {
				// It may be a month as well: the bounds take in both.
				if w, ok := months(y, n, n); ok {
					a = min(a, w.Earliest)
				}
			}
			return span(a, b), ok1 && ok2
		}
		if n := atoi(m[2]); m[2] != "" && n >= 1 && n <= 12 {
			w, ok := months(y, n, n)
			return qualified(low, w), ok
		}
	}
	m := plainYear.FindStringSubmatch(t)
	if m == nil {
		return day.When{}, false
	}
	y := atoi(m[1])
	for _, s := range seasons {
		if strings.Contains(low, s.word) {
			a, ok1 := civil(y+s.y1, s.m1, 1)
			w, ok2 := months(y+s.y2, s.m2, s.m2)
			return span(a, w.Latest), ok1 && ok2
		}
	}
	w, ok := months(y, 1, 12)
	return qualified(low, w), ok
}

// seasons are the months that a word may mean, widely taken.
var seasons = []struct {
	word           string
	y1, m1, y2, m2 int
}{
	{"spring", 0, 1, 0, 6}, {"summer", 0, 5, 0, 9}, {"fall", 0, 8, 0, 12}, {"autumn", 0, 8, 0, 12}, {"winter", -1, 11, 1, 3},
	{"early", 0, 1, 0, 5}, {"mid", 0, 4, 0, 9}, {"late ", 0, 8, 0, 12},
}

// qualified widens a date that stands after a word such as "before".
func qualified(low string, w day.When) day.When {
	has := func(words ...string) bool {
		for _, x := range words {
			if strings.Contains(low, x) {
				return true
			}
		}
		return false
	}
	switch {
	case has("before", "prior to", "by ", "no later than"):
		return span(w.Earliest.AddYears(-1), w.Latest)
	case has("after", "since"):
		return span(w.Earliest, w.Latest.AddYears(1))
	case has("about", "around", "approx", "circa", "on or", "~"):
		return span(w.Earliest.Add(-7), w.Latest.Add(7))
	}
	return w
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// datesIn are the exact days that stand in a text, in order.
func datesIn(s string) []day.Date {
	var out []day.Date
	for _, m := range exactDay.FindAllStringSubmatch(s, 8) {
		if d, err := day.Parse(m[1]); err == nil {
			out = append(out, d)
		}
	}
	return out
}

var (
	lapse   = regexp.MustCompile(`(?i)\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:more\s+|calendar\s+)?(day|week)s?\b`)
	counted = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve")
)

// lapses are the stretches of days and weeks that a text tells, in days, each
// with the words that follow it.
func lapses(s string) (days []int, rest []string) {
	at := lapse.FindAllStringSubmatchIndex(s, 8)
	for i, m := range at {
		n := atoi(s[m[2]:m[3]])
		for v, w := range counted {
			if strings.EqualFold(w, s[m[2]:m[3]]) {
				n = v
			}
		}
		if strings.EqualFold(s[m[4]:m[5]], "week") {
			n *= 7
		}
		end := len(s)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		days = append(days, n)
		rest = append(rest, strings.TrimSpace(s[m[1]:end]))
	}
	return days, rest
}
