package delivery

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"stayput/day"
	"stayput/plan"
)

// A Cycle is a promise for some weeks out of several: three of every four.
type Cycle struct{ On, Of int }

var (
	cycleWords = regexp.MustCompile(`(\d+|one|two|three|four|five|una|dos|tres|cuatro|cinco)\s+(?:weeks?\s+|semanas?\s+)?(?:out\s+of|of|de)\s+(?:every|each|cada)?\s*(\d+|two|three|four|five|six|dos|tres|cuatro|cinco|seis)\s+(?:weeks?|semanas?)`)
	wordNumber = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6}
)

// ReadCycle reads words such as "three of every four weeks" or "tres de cada
// cuatro semanas"; ok is false when there are none.
func ReadCycle(text string) (c Cycle, ok bool) {
	if len(text) > 2000 {
		return Cycle{}, false
	}
	m := cycleWords.FindStringSubmatch(strings.ToLower(text))
	if m == nil {
		return Cycle{}, false
	}
	number := func(s string) int {
		if n, ok := wordNumber[s]; ok {
			return n
		}
		n, err := strconv.Atoi(s)
		if err != nil {
			return 0
		}
		return n
	}
	c = Cycle{number(m[1]), number(m[2])}
	return c, c.On >= 1 && c.On <= c.Of && c.Of <= 12
}

// A pace is what a line promises and how it is spread.
type pace struct {
	amount plan.Amount
	total  Minutes // in one period
	cycle  Cycle
	key    string // the convention: delivery.spread.KEY
	other  string // the other one
	flaw   string // why nothing can be counted: delivery.notice.KEY
	words  string
	// bySession: the line says how many and not how long, as for a bus. Each
	// session counts as one minute, and the ledger says so.
	bySession bool
}

// paceOf reads a line.
func paceOf(s *plan.Service, spread Spread) pace {
	if s == nil {
		return pace{flaw: "line_lost"}
	}
	a := s.Amount()
	p := pace{amount: a, words: a.Vague}
	words := strings.Join([]string{s.Frequency, s.AsWritten, s.Duration}, " ; ")
	if c, ok := ReadCycle(words); ok && a.Minutes.Said && (a.Per == plan.PerWeek || a.Per == "" || a.Per == plan.PerOther) {
		p.cycle = c
		times := 1
		if a.Times.Said {
			times = a.Times.N
		}
		p.total = Of(a.Minutes.N * times * c.On)
		p.key, p.other = "cycle_by_days", "cycle_by_days"
		if a.Vague != "" {
			p.flaw = "amount_vague"
		}
		return p
	}
	if a.Minutes.Said && !a.Times.Said && a.Total.N == a.Minutes.N {
		a.Times = plan.CountOf(1) // so many minutes once a period
	}
	if !a.Minutes.Said && !a.Total.Said && a.Times.Said && a.Times.N > 0 && a.Vague == "" {
		a.Minutes, a.Total, p.bySession = plan.CountOf(1), a.Times, true
	}
	p.amount = a
	switch {
	case a.Vague != "":
		p.flaw = "amount_vague"
	case !a.Known() || a.Total.N < 0 || a.Total.N > 366*24*60:
		p.flaw = "amount_unsaid"
		if p.words == "" {
			p.words = strings.Trim(words, " ;")
		}
	}
	if p.flaw != "" {
		return p
	}
	p.total = Of(a.Total.N)
	switch a.Per {
	case plan.PerDay:
		p.key, p.other = "day", "day"
	case plan.PerWeek:
		p.key, p.other = "week_by_days", "week_by_days"
		if a.Minutes.Said && a.Times.Said && a.Times.N > 0 && a.Times.N <= 7 && a.Total.N == a.Minutes.N*a.Times.N {
			p.key = "week_sessions"
			if spread == ByDays {
				p.key, p.other = p.other, p.key
			}
		}
	case plan.PerYear, plan.PerSemester, plan.PerTrimester, plan.PerQuarter:
		p.key, p.other = "year", "year"
	default:
		p.key, p.other = "period_by_days", "period_by_days"
	}
	return p
}

// A calendar says of each day whether the service can be owed, and counts such
// days in a week or a school year. It remembers what it counted.
type calendar struct {
	school *day.School
	years  map[day.Date]*yearDays
	last   *yearDays // the one asked for last: mostly it is asked for again
}

// yearDays are the days of one school year, July to June, by their place.
type yearDays struct {
	first day.Date
	kind  []day.Sure
	rank  []int32 // of a day that may count: how many before it in the year
	n     int
}

// ask says whether school meets on d. Without a calendar Monday to Friday may be.
func (c *calendar) ask(d day.Date) day.Sure {
	if c.school == nil {
		if d.Weekend() {
			return day.No
		}
		return day.Maybe
	}
	return c.school.IsSchoolDay(d)
}

func (c *calendar) year(d day.Date) *yearDays {
	if y := c.last; y != nil && d >= y.first && int(d-y.first) < len(y.kind) {
		return y
	}
	first := yearOf(d)
	if y := c.years[first]; y != nil {
		c.last = y
		return y
	}
	next := yearOf(first.Add(400))
	y := &yearDays{first: first, kind: make([]day.Sure, next-first), rank: make([]int32, next-first)}
	for i := range y.kind {
		y.kind[i] = c.ask(first.Add(i))
		y.rank[i] = int32(y.n)
		if y.kind[i] != day.No {
			y.n++
		}
	}
	if c.years == nil {
		c.years = map[day.Date]*yearDays{}
	}
	c.years[first], c.last = y, y
	return y
}

func (c *calendar) is(d day.Date) day.Sure {
	y := c.year(d)
	return y.kind[d-y.first]
}

// inWeek is how many days of the week that d lies in may be school days.
func (c *calendar) inWeek(d day.Date) int {
	n := 0
	for m, i := weekOf(d), 0; i < 7; i++ {
		if c.is(m.Add(i)) != day.No {
			n++
		}
	}
	return n
}

// yearOf is the 1 July on or before d; weekOf the Monday; monthOf the first.
func yearOf(d day.Date) day.Date {
	y, m, _ := d.Civil()
	if m < time.July {
		y--
	}
	return day.Must(max(y, 1), time.July, 1)
}

func weekOf(d day.Date) day.Date { return d - (d-1)%7 }

func monthOf(d day.Date) day.Date {
	_, _, n := d.Civil()
	return d.Add(1 - n)
}

// share is what a day on which school may meet owes of a promise.
func (p *pace) share(key string, c *calendar, d day.Date) Minutes {
	switch key {
	case "day":
		return p.total
	case "week_sessions":
		n := c.inWeek(d)
		sessions := min(p.amount.Times.N, n)
		return Of(p.amount.Minutes.N*sessions) / Minutes(max(n, 1))
	case "week_by_days":
		return p.total / 5
	case "cycle_by_days":
		return part(p.total, int64(5*p.cycle.Of), int64(c.year(d).rank[d-c.year(d).first]))
	case "year":
		y := c.year(d)
		times := map[plan.Period]int64{plan.PerSemester: 2, plan.PerTrimester: 3, plan.PerQuarter: 4}[p.amount.Per]
		return part(p.total*Minutes(max(times, 1)), int64(y.n), int64(y.rank[d-y.first]))
	}
	days := map[plan.Period]int64{plan.PerTwoWeeks: 10, plan.PerCycle: 6, plan.PerMonth: 20}[p.amount.Per]
	return p.total / Minutes(max(days, 1))
}

// part is share number k (from 0) of whole cut in n: the shares differ by one part
// of a minute at most, and any n that follow each other come to the whole exactly.
func part(whole Minutes, n, k int64) Minutes {
	if n <= 0 {
		return 0
	}
	k %= n
	q, r := int64(whole)/n, int64(whole)%n
	return Minutes(q + r*(k+1)/n - r*k/n)
}

// pool names the stretch within which what was given may cover what was promised:
// the week for what is promised by day or week, else the period itself, and the
// school year for what is promised for a year or a part of it.
func (p *pace) pool(d, anchor day.Date) (first day.Date, size int) {
	switch {
	case p.cycle.Of > 0:
		w := weekOf(d)
		return w - (w-weekOf(anchor))%day.Date(7*p.cycle.Of), p.cycle.Of
	case p.amount.Per == plan.PerTwoWeeks:
		w := weekOf(d)
		return w - (w-weekOf(anchor))%14, 2
	case p.amount.Per == plan.PerMonth:
		return monthOf(d), 30
	case p.amount.Per == plan.PerYear, p.amount.Per == plan.PerSemester, p.amount.Per == plan.PerTrimester, p.amount.Per == plan.PerQuarter:
		return yearOf(d), 365
	}
	return weekOf(d), 1
}
