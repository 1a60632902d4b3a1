package progress

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
)

// A ReportStatus says what the record holds of one owed progress report.
type ReportStatus string

// What the record may hold. A report that is not in the record may have been
// given all the same: looking and asking come before saying that it was not.
const (
	ReportGiven    ReportStatus = "given"
	ReportLate     ReportStatus = "given_late"
	ReportNotFound ReportStatus = "not_in_record"
	ReportNotDue   ReportStatus = "not_due_yet"
)

// A Report is one progress report that the plan promises.
type Report struct {
	Due    day.Date     `json:"due"`
	Exact  bool         `json:"exact"` // the day was stated; false: the time was parted evenly
	Given  day.Date     `json:"given,omitempty"`
	Status ReportStatus `json:"status"`
}

// Reports holds the reports that were owed against those in the record, as of a
// day. Each report in the record belongs to the owed day nearest to it, the
// earlier one when two are as near; of several for one day the first counts. exact
// says that the owed days were stated, not worked out by EvenDays.
func Reports(due, given []day.Date, exact bool, asOf day.Date) []Report {
	days := slices.Clone(due)
	slices.Sort(days)
	days = slices.Compact(days)
	out := make([]Report, 0, len(days))
	for _, d := range days {
		out = append(out, Report{Due: d, Exact: exact})
	}
	for _, g := range given {
		if g == 0 || g > asOf || len(out) == 0 {
			continue
		}
		i, _ := slices.BinarySearch(days, g)
		if i == len(days) || i > 0 && g-days[i-1] <= days[i]-g {
			i--
		}
		if out[i].Given == 0 || g < out[i].Given {
			out[i].Given = g
		}
	}
	for i := range out {
		r := &out[i]
		switch {
		case r.Given != 0 && r.Given <= r.Due:
			r.Status = ReportGiven
		case r.Given != 0:
			r.Status = ReportLate
		case r.Due > asOf:
			r.Status = ReportNotDue
		default:
			r.Status = ReportNotFound
		}
	}
	return out
}

// A Cycle is how often a plan says that progress is reported.
type Cycle struct {
	PerYear int  // so many times a year, or
	Weeks   int  // every so many weeks
	Months  int  // or months
	Cards   bool // with report cards, whose days the school sets
}

var (
	everyWeeks = regexp.MustCompile(`(?:every|cada) (\d{1,2}) (?:weeks?|semanas?)`)
	perYear    = regexp.MustCompile(`(\d{1,2}|one|two|three|four|five|six|una|dos|tres|cuatro|cinco|seis) (?:times|time|veces|vez) (?:a|per|each|al|por|cada) (?:school )?(?:year|ano|año)`)
	cycleWords = []struct {
		words *regexp.Regexp
		cycle Cycle
	}{
		{regexp.MustCompile(`\b(?:quarterly|each quarter|every quarter)\b`), Cycle{PerYear: 4}},
		{regexp.MustCompile(`\b(?:each|every|per) trimester\b|\btrimesters\b`), Cycle{PerYear: 3}},
		{regexp.MustCompile(`\b(?:each|every|per) semester\b|\bsemiannual(?:ly)?\b|\bcada semestre\b|\bsemestral(?:mente)?\b|\bsemianual(?:mente)?\b`), Cycle{PerYear: 2}},
		{regexp.MustCompile(`\b(?:monthly|each month|every month|mensual(?:mente)?|cada mes)\b`), Cycle{Months: 1}},
		{regexp.MustCompile(`\b(?:every two weeks|cada dos semanas)\b`), Cycle{Weeks: 2}},
		{regexp.MustCompile(`(?:^|[^-\w])(?:weekly|each week|every week|semanal(?:mente)?|cada semana)\b`), Cycle{Weeks: 1}},
		{regexp.MustCompile(`(?:^|[^-\w])(?:annually|once a year|yearly|anualmente|una vez al año)\b`), Cycle{PerYear: 1}},
	}
	cardWords  = []string{"report card", "boleta", "calificaciones", "marking period", "grading period", "progress report period"}
	smallWords = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6}
)

// ReadCycle reads how often a plan says that progress is reported: "quarterly",
// "every 9 weeks", "three times a year", "with report cards". ok is false when
// the words name no cycle, or two that differ. "Biweekly" and the Spanish
// "trimestral" mean two things and are not read.
func ReadCycle(text string) (c Cycle, ok bool) {
	s := strings.ToLower(strings.Join(strings.Fields(text), " "))
	if len(s) > 500 {
		return Cycle{}, false
	}
	var found []Cycle
	if m := everyWeeks.FindStringSubmatch(s); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil && n > 0 {
			found = append(found, Cycle{Weeks: n})
		}
	}
	if m := perYear.FindStringSubmatch(s); m != nil {
		n := smallWords[m[1]]
		if n == 0 {
			n, _ = strconv.Atoi(m[1])
		}
		if n > 0 {
			found = append(found, Cycle{PerYear: n})
		}
	}
	if len(found) == 0 {
		for _, w := range cycleWords {
			if w.words.MatchString(s) {
				found = append(found, w.cycle)
			}
		}
	}
	cards := slices.ContainsFunc(cardWords, func(w string) bool { return strings.Contains(s, w) })
	switch {
	case len(found) > 1:
		return Cycle{}, false
	case len(found) == 1:
		found[0].Cards = cards
		return found[0], true
	}
	return Cycle{Cards: cards}, cards
}

// EvenDays parts a span evenly for a cycle: the days on which its reports would
// fall if nobody stated them, the last of a yearly cycle on the span's last day.
// They are no more than where to look. With report cards alone there are none.
func (c Cycle) EvenDays(span day.Span) []day.Date {
	var out []day.Date
	switch {
	case span.First <= 0 || span.Last <= span.First || span.Last > day.Max || span.Days() > 20*366:
	case c.PerYear > 0:
		year := 365.2425
		n := max(1, int(float64(span.Days())/year*float64(c.PerYear)+0.5))
		for i := 1; i <= n; i++ {
			out = append(out, span.First.Add(-1).Add(span.Days()*i/n))
		}
	case c.Weeks > 0:
		for d := span.First.Add(7 * c.Weeks); d <= span.Last; d = d.Add(7 * c.Weeks) {
			out = append(out, d)
		}
	case c.Months > 0:
		for i := c.Months; ; i += c.Months {
			d := span.First.AddMonths(i)
			if d > span.Last {
				break
			}
			out = append(out, d)
		}
	}
	return slices.Compact(out)
}
