// Package recount counts legal days a second time: one day after the other,
// with a plain yes or no for each day. It is slow and obvious on purpose, it
// imports nothing of this program, and it shares no code with the engine whose
// dates it checks. Each part says which words of the law it follows.
//
// In: one count (a start, a number, a unit), the child's school calendars and
// the lists of holidays, in the words of the packs. Out: the date, the later
// date where the law is open, and the date of the strict reading of a break.
package recount

import (
	"errors"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"
)

// A Holiday is one line of a pack's holidays.yaml, in the words of that file.
type Holiday struct {
	ID       string
	On       string // "01-01", "third monday of january", "day after thanksgiving"
	Saturday string // where it is kept when it falls on a Saturday: "friday", "friday maybe", ""
	Sunday   string // where it is kept when it falls on a Sunday: "monday", "monday maybe", ""
	From, To int    // first and last year; 0 for none

	Pupil, Business, Roll string // yes, maybe or no (or ""): is it on this list?
}

// A Closure is a stretch of days, both ends included, written YYYY-MM-DD. It
// serves for days without pupils and, in Calendar.Sessions, for days of school.
type Closure struct {
	From, To   string
	Name, Kind string
}

// A Calendar is one school year of the child's own track and grade.
type Calendar struct {
	ID          string
	First, Last string // first and last day with pupils
	Complete    bool   // every closure is listed
	Closures    []Closure
	Sessions    []Closure // none for a year that is one session
}

// A Skip says which days a count of calendar days leaves out.
type Skip struct {
	BetweenTerms  bool   // the days between two school years or sessions
	BreaksOver    int    // vacations of more schooldays than this; -1 for none
	Closures      bool   // every closed schoolday
	Adjacent      string // closures that touch: open, in (one vacation) or out (apart)
	WeekendBefore string // the weekend just before a vacation: open, in (left out) or out (counted)
}

// A Question is one count.
type Question struct {
	Start string // YYYY-MM-DD
	N     int
	Unit  string // day, business_day, school_day, month, year

	Back            bool // count back from the start
	MoreThan        bool // "more than N"
	FirstSame       bool // the start itself is day 1
	WeekdayHolidays bool // business days include weekday holidays

	OnMonth, OnDay int // instead of a count: the first such day of the year on or after the start

	Skip        *Skip
	RollTo      string // "", next_open_day, previous_open_day, next_term_start
	RollSettled bool

	// YearBegins is the day, MM-DD, that no school year straddles; "" when
	// the State names none. It says that a day before the first day of school
	// lies between terms, when nothing else would.
	YearBegins string

	// When the child was away on AbsencesFrom days or more of the period, the
	// period is longer by as many; 0: absences change nothing.
	AbsencesFrom int
	Absences     []Absence

	Calendars                      []Calendar
	BusinessHolidays, RollHolidays []Holiday
}

// An Absence is days, from one on, on which the child was away.
type Absence struct {
	On   string
	Days int
}

// An Answer is where the count ends.
type Answer struct {
	Due     string // the protective date
	Latest  string // the latest date an open point of law allows; "" when it is Due
	Strict  string // only the schooldays past the threshold left out; "" when it is Due
	Unknown bool   // a day was needed about which no calendar says anything
}

// errUnknown says that the walk came to a day no calendar speaks of.
var errUnknown = errors.New("recount: a day outside every calendar was needed")

// tooFar is more days than any count of this program can need.
const tooFar = 60000

// Count answers a question.
func Count(q Question) (Answer, error) {
	if q.AbsencesFrom == 0 {
		return count(q)
	}
	// The period is as long as it is with the days away that fall inside it:
	// try each length until it agrees with what it holds.
	plain := q.N
	for away := 0; ; {
		q.N = plain + away
		a, err := count(q)
		if err != nil || a.Unknown {
			return a, err
		}
		inside := 0
		for _, x := range q.Absences {
			if x.On > q.Start && x.On <= a.Due {
				inside += x.Days
			}
		}
		if inside < q.AbsencesFrom {
			inside = 0
		}
		if inside <= away {
			return a, nil
		}
		away = inside
	}
}

func count(q Question) (Answer, error) {
	c, err := prepare(q)
	if err != nil {
		return Answer{}, err
	}
	due, err := c.lastDay(protective)
	if err == nil {
		var latest, strict time.Time
		if latest, err = c.lastDay(generous); err == nil {
			if strict, err = c.lastDay(strictest); err == nil {
				return c.rolled(due, latest, strict)
			}
		}
	}
	if errors.Is(err, errUnknown) {
		return Answer{Unknown: true}, nil
	}
	return Answer{}, err
}

// A reading is one honest way to read the open points of the law.
type reading int

const (
	protective reading = iota // the earlier date: what Due shows
	generous                  // the later date: what Latest shows
	strictest                 // as protective, but only the days past the threshold of a break are left out
)

// A counter holds a question with its dates parsed.
type counter struct {
	q         Question
	start     time.Time
	years     []year
	yearBegin time.Time // month and day only; zero when unknown
}

// A year is a Calendar with its dates parsed.
type year struct {
	first, last time.Time
	complete    bool
	terms       []stretch
	closures    []stretch
}

// A stretch is a Closure with its dates parsed.
type stretch struct {
	from, to   time.Time
	name, kind string
}

func (s stretch) holds(d time.Time) bool { return !d.Before(s.from) && !d.After(s.to) }

func date(s string) (time.Time, error) {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("recount: %q is not a date: %w", s, err)
	}
	return d, nil
}

func next(d time.Time) time.Time     { return d.AddDate(0, 0, 1) }
func previous(d time.Time) time.Time { return d.AddDate(0, 0, -1) }

func weekend(d time.Time) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

func stretches(cs []Closure) ([]stretch, error) {
	var out []stretch
	for _, c := range cs {
		from, err := date(c.From)
		if err != nil {
			return nil, err
		}
		to, err := date(c.To)
		if err != nil {
			return nil, err
		}
		if to.Before(from) {
			return nil, fmt.Errorf("recount: %s to %s runs backwards", c.From, c.To)
		}
		out = append(out, stretch{from, to, c.Name, c.Kind})
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].from.Before(out[j].from) })
	return out, nil
}

func prepare(q Question) (*counter, error) {
	c := &counter{q: q}
	var err error
	if c.start, err = date(q.Start); err != nil {
		return nil, err
	}
	if q.N < 0 {
		return nil, fmt.Errorf("recount: a count of %d", q.N)
	}
	if q.YearBegins != "" {
		if c.yearBegin, err = time.Parse("01-02", q.YearBegins); err != nil {
			return nil, fmt.Errorf("recount: %q is not a day of the year: %w", q.YearBegins, err)
		}
	}
	if q.Skip != nil {
		for _, w := range []string{q.Skip.Adjacent, q.Skip.WeekendBefore} {
			if w != "open" && w != "in" && w != "out" {
				return nil, fmt.Errorf("recount: %q is neither open, in nor out", w)
			}
		}
	}
	for _, k := range q.Calendars {
		var y year
		if y.first, err = date(k.First); err != nil {
			return nil, err
		}
		if y.last, err = date(k.Last); err != nil {
			return nil, err
		}
		y.complete = k.Complete
		if y.closures, err = stretches(k.Closures); err != nil {
			return nil, err
		}
		if y.terms, err = stretches(k.Sessions); err != nil {
			return nil, err
		}
		if len(y.terms) == 0 {
			y.terms = []stretch{{from: y.first, to: y.last}}
		}
		for _, t := range y.terms {
			if t.from.Before(y.first) {
				y.first = t.from
			}
			if t.to.After(y.last) {
				y.last = t.to
			}
		}
		c.years = append(c.years, y)
	}
	sort.SliceStable(c.years, func(i, j int) bool { return c.years[i].first.Before(c.years[j].first) })
	return c, nil
}

// lastDay is where the count ends before any roll.
func (c *counter) lastDay(r reading) (time.Time, error) {
	q := c.q
	if q.OnMonth != 0 {
		// "on: 06-30": the first such day on or after the start.
		for d, i := c.start, 0; i < tooFar; d, i = next(d), i+1 {
			if int(d.Month()) == q.OnMonth && d.Day() == q.OnDay {
				return d, nil
			}
		}
		return time.Time{}, fmt.Errorf("recount: no year has a day %02d-%02d", q.OnMonth, q.OnDay)
	}
	n := q.N
	if q.MoreThan {
		n++ // more than ten days are eleven or more
	}
	switch q.Unit {
	case "month":
		return c.months(n), nil
	case "year":
		return c.months(12 * n), nil
	case "day", "business_day", "school_day":
		return c.walk(n, r)
	}
	return time.Time{}, fmt.Errorf("recount: %q is not a unit", q.Unit)
}

// months runs to the same day number of a later or earlier month, or to that
// month's last day when it is shorter.
func (c *counter) months(n int) time.Time {
	y, m, number := c.start.Date()
	for ; n > 0; n-- {
		if c.q.Back {
			m--
		} else {
			m++
		}
		switch m {
		case 0:
			y, m = y-1, time.December
		case 13:
			y, m = y+1, time.January
		}
	}
	d := time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
	for d.Day() < number && next(d).Month() == m {
		d = next(d)
	}
	if c.q.FirstSame {
		if c.q.Back {
			return next(d)
		}
		return previous(d)
	}
	return d
}

// walk steps from day to day and counts on its fingers.
func (c *counter) walk(n int, r reading) (time.Time, error) {
	d, counted := c.start, 0
	if n == 0 {
		return d, nil
	}
	for i := 0; i < tooFar; i++ {
		// The start is day 0, unless the rule makes it day 1.
		if i > 0 || c.q.FirstSame {
			yes, err := c.counts(d, r)
			if err != nil {
				return time.Time{}, err
			}
			if yes {
				counted++
			}
			if counted == n {
				return d, nil
			}
		}
		if c.q.Back {
			d = previous(d)
		} else {
			d = next(d)
		}
	}
	return time.Time{}, fmt.Errorf("recount: %d %s from %s never end", n, c.q.Unit, c.q.Start)
}

// counts says whether one day is one of the days counted.
func (c *counter) counts(d time.Time, r reading) (bool, error) {
	switch c.q.Unit {
	case "business_day":
		return c.businessDay(d, r)
	case "school_day":
		return c.schoolDay(d)
	}
	if c.q.Skip == nil {
		return true, nil
	}
	out, err := c.leftOut(d, r)
	return !out, err
}

// businessDay follows 34 CFR 300.11(b): Monday through Friday, except for
// Federal and State holidays. Where it is open whether a day is such a holiday,
// the protective reading is the one that ends the count earlier.
func (c *counter) businessDay(d time.Time, r reading) (bool, error) {
	if weekend(d) {
		return false, nil
	}
	if c.q.WeekdayHolidays {
		return true, nil
	}
	is, err := holidayOn(d, c.q.BusinessHolidays, func(h Holiday) string { return h.Business })
	if err != nil {
		return false, err
	}
	switch is {
	case "yes":
		return false, nil
	case "maybe":
		// Forward, a day more counted ends earlier. Backward, a day less.
		return (r == generous) == c.q.Back, nil
	}
	return true, nil
}

// schoolDay follows 34 CFR 300.11(c): a day on which the children attend.
func (c *counter) schoolDay(d time.Time) (bool, error) {
	y, t, err := c.place(d)
	if err != nil {
		return false, err
	}
	if t == nil {
		return false, nil // between terms nobody attends
	}
	if !y.complete && !weekend(d) && !y.closed(d) {
		return false, errUnknown // an unlisted closure may lie here
	}
	return y.pupils(d), nil
}

// place finds the school year and the term a day stands in. The term is nil for
// a day between two terms.
func (c *counter) place(d time.Time) (*year, *stretch, error) {
	for i := range c.years {
		y := &c.years[i]
		if d.Before(y.first) || d.After(y.last) {
			continue
		}
		for j := range y.terms {
			if y.terms[j].holds(d) {
				return y, &y.terms[j], nil
			}
		}
		return y, nil, nil // between two sessions
	}
	// In the summer between two calendars that follow each other?
	var before, after *year
	for i := range c.years {
		y := &c.years[i]
		if y.last.Before(d) && (before == nil || y.last.After(before.last)) {
			before = y
		}
		if y.first.After(d) && (after == nil || y.first.Before(after.first)) {
			after = y
		}
	}
	if c.q.YearBegins == "" {
		// Without the State's school year: a gap of a few months is a summer.
		if before != nil && after != nil && after.first.Sub(before.last) < 150*24*time.Hour {
			return before, nil, nil
		}
		return nil, nil, errUnknown
	}
	// No school year straddles its first day, so from there to the first day
	// of school, and from the last day of school to there, is no term.
	if before != nil && c.schoolYear(before.last).Equal(c.schoolYear(d)) {
		return before, nil, nil
	}
	if after != nil && c.schoolYear(after.first).Equal(c.schoolYear(d)) {
		return after, nil, nil
	}
	return nil, nil, errUnknown
}

// schoolYear is the first day of the State's school year that a day stands in.
func (c *counter) schoolYear(d time.Time) time.Time {
	for int(d.Month()) != int(c.yearBegin.Month()) || d.Day() != c.yearBegin.Day() {
		d = previous(d)
	}
	return d
}

// closed says that a day lies in a closure.
func (y *year) closed(d time.Time) bool {
	for _, s := range y.closures {
		if s.holds(d) {
			return true
		}
	}
	return false
}

// pupils says that pupils attend on a day.
func (y *year) pupils(d time.Time) bool {
	for _, t := range y.terms {
		if t.holds(d) {
			return !weekend(d) && !y.closed(d)
		}
	}
	return false
}

// leftOut says whether a count of calendar days leaves a day out: "days between
// the pupil's regular school sessions, terms, or days of school vacation in
// excess of five schooldays" (Cal. Educ. Code §§ 56321(a), 56343.5, 56344(a)).
func (c *counter) leftOut(d time.Time, r reading) (bool, error) {
	s := c.q.Skip
	y, t, err := c.place(d)
	if err != nil {
		return false, err
	}
	if t == nil {
		return s.BetweenTerms, nil
	}
	if !y.complete {
		return false, errUnknown // a vacation nobody listed may lie here
	}
	if s.Closures && !weekend(d) && y.closed(d) {
		return true, nil
	}
	if s.BreaksOver < 0 {
		return false, nil
	}
	return y.inLongBreak(d, *t, s, r), nil
}

// A vacation is one closure of days without pupils: closures of one name and
// kind with nothing but closed days between them are one, when no more than two
// weeks lie between them. Closed days between that belong to another closure are
// not its own.
type vacation struct {
	name, kind string
	to         time.Time
	days       []time.Time // its would-be schooldays: Mondays to Fridays
}

// inLongBreak says whether a day of a term lies in a break that is left out.
func (y *year) inLongBreak(d time.Time, term stretch, s *Skip, r reading) bool {
	if y.pupils(d) {
		return false
	}
	// The whole run of days without pupils around the day, inside its term:
	// "recommences on the date that schooldays reconvene".
	from, to := d, d
	for p := previous(from); term.holds(p) && !y.pupils(p); p = previous(p) {
		from = p
	}
	for n := next(to); term.holds(n) && !y.pupils(n); n = next(n) {
		to = n
	}
	run := stretch{from: from, to: to}

	// Is one closure long enough alone? Are all of them together?
	var alone, together time.Time // the first closed schoolday left out; zero for none
	for _, v := range y.vacations(run) {
		if len(v.days) > s.BreaksOver {
			alone = v.days[0]
			break
		}
	}
	var all []time.Time
	for day := run.from; !day.After(run.to); day = next(day) {
		if !weekend(day) && y.vacationDay(day) {
			all = append(all, day)
		}
	}
	if len(all) > s.BreaksOver {
		together = all[0]
	}

	first := alone
	if !together.IsZero() && (s.Adjacent == "in" || s.Adjacent == "open" && r == generous) {
		first = together
	}
	if first.IsZero() {
		return false
	}
	if r == strictest {
		// Only "in excess of five schooldays": five of them pass and count.
		passed := 0
		for day := first; day.Before(d); day = next(day) {
			if !weekend(day) {
				passed++
			}
		}
		return !d.Before(first) && passed >= s.BreaksOver && !(weekend(d) && passed == s.BreaksOver)
	}
	if !d.Before(first) {
		return true // to the day before pupils return, a staff day and a weekend among them
	}
	// The weekend just before: open, in or out.
	if weekend(d) && first.Weekday() == time.Monday && first.Sub(d) <= 2*24*time.Hour {
		return s.WeekendBefore == "in" || s.WeekendBefore == "open" && r == generous
	}
	return false
}

// vacationDay says that a day lies in a closure other than an emergency.
func (y *year) vacationDay(d time.Time) bool {
	for _, s := range y.closures {
		if s.kind != "emergency" && s.holds(d) {
			return true
		}
	}
	return false
}

// vacations lists the single closures of a run, earliest first.
func (y *year) vacations(run stretch) []vacation {
	var out []vacation
	for _, s := range y.closures {
		if s.kind == "emergency" {
			continue // nobody went on vacation
		}
		at := -1
		for i := range out {
			if strings.EqualFold(out[i].name, s.name) && out[i].kind == s.kind && s.from.Sub(out[i].to) <= 14*24*time.Hour {
				at = i
			}
		}
		for d := s.from; !d.After(s.to); d = next(d) {
			if weekend(d) || !run.holds(d) {
				continue
			}
			if at < 0 {
				at = len(out)
				out = append(out, vacation{name: s.name, kind: s.kind})
			}
			v := &out[at]
			if len(v.days) == 0 || v.days[len(v.days)-1].Before(d) {
				v.days = append(v.days, d)
			}
		}
		if at >= 0 && s.to.After(out[at].to) {
			out[at].to = s.to
		}
	}
	return out
}

// rolled moves last days as the rule says.
func (c *counter) rolled(due, latest, strict time.Time) (Answer, error) {
	var err error
	move := func(d time.Time, step func(time.Time) time.Time) time.Time {
		for i := 0; i < 60 && err == nil; i++ {
			var open bool
			if open, err = c.open(d); open {
				return d
			}
			d = step(d)
		}
		return d
	}
	switch c.q.RollTo {
	case "":
	case "next_open_day":
		latest = move(latest, next)
		if c.q.RollSettled {
			due, strict = move(due, next), move(strict, next)
		}
	case "previous_open_day":
		due, strict = move(due, previous), move(strict, previous)
		if c.q.RollSettled {
			latest = move(latest, previous)
		}
	case "next_term_start":
		// From between two school years to the day school begins again.
		begin := func(d time.Time) time.Time {
			for i := 0; i < 400 && err == nil; i++ {
				var t *stretch
				if _, t, err = c.place(d); t != nil {
					return d
				}
				d = next(d)
			}
			return d
		}
		latest = begin(latest)
		if c.q.RollSettled {
			due, strict = begin(due), begin(strict)
		}
		if errors.Is(err, errUnknown) {
			return Answer{Unknown: true}, nil
		}
	default:
		return Answer{}, fmt.Errorf("recount: no roll is named %q", c.q.RollTo)
	}
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Due: due.Format(time.DateOnly)}
	if !latest.Equal(due) {
		a.Latest = latest.Format(time.DateOnly)
	}
	if !strict.Equal(due) {
		a.Strict = strict.Format(time.DateOnly)
	}
	return a, nil
}

// open says that a day is neither a Saturday, a Sunday nor a holiday on which a
// last day may not fall.
func (c *counter) open(d time.Time) (bool, error) {
	if weekend(d) {
		return false, nil
	}
	is, err := holidayOn(d, c.q.RollHolidays, func(h Holiday) string { return h.Roll })
	return is == "no", err
}

// holidayOn says whether a day is a holiday of a list: yes, maybe or no.
func holidayOn(d time.Time, hs []Holiday, list func(Holiday) string) (string, error) {
	answer := "no"
	for _, h := range hs {
		if l := list(h); l == "" || l == "no" {
			continue
		}
		// A New Year's Day may be kept in the year before.
		for y := d.Year() - 1; y <= d.Year()+1; y++ {
			is, err := keptOn(d, y, h, hs)
			if err != nil {
				return "", err
			}
			if is == "no" {
				continue
			}
			if is == "yes" && list(h) == "yes" {
				return "yes", nil
			}
			answer = "maybe"
		}
	}
	return answer, nil
}

// keptOn says whether the holiday of one year falls, or is kept, on a day.
func keptOn(d time.Time, y int, h Holiday, hs []Holiday) (string, error) {
	if h.From != 0 && y < h.From || h.To != 0 && y > h.To {
		return "no", nil
	}
	own, err := falls(y, h.On, hs, 0)
	if err != nil {
		return "", fmt.Errorf("recount: holiday %s: %w", h.ID, err)
	}
	if own.Equal(d) {
		return "yes", nil
	}
	word := ""
	switch own.Weekday() {
	case time.Saturday:
		word = h.Saturday
	case time.Sunday:
		word = h.Sunday
	}
	if word == "" {
		return "no", nil
	}
	name, maybe := strings.CutSuffix(word, " maybe")
	kept := own
	switch name {
	case "monday":
		for kept.Weekday() != time.Monday {
			kept = next(kept)
		}
	case "friday":
		for kept.Weekday() != time.Friday {
			kept = previous(kept)
		}
	default:
		return "", fmt.Errorf("recount: holiday %s is kept on %q", h.ID, word)
	}
	switch {
	case !kept.Equal(d):
		return "no", nil
	case maybe:
		return "maybe", nil
	}
	return "yes", nil
}

var ordinals = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}

// falls reads the words of `on` for one year.
func falls(y int, on string, hs []Holiday, depth int) (time.Time, error) {
	if depth > 5 {
		return time.Time{}, fmt.Errorf("%q leads in a circle", on)
	}
	step := next
	id, ok := strings.CutPrefix(on, "day after ")
	if !ok {
		step = previous
		id, ok = strings.CutPrefix(on, "day before ")
	}
	if ok {
		for _, h := range hs {
			if h.ID == id {
				d, err := falls(y, h.On, hs, depth+1)
				return step(d), err
			}
		}
		return time.Time{}, fmt.Errorf("no holiday is named %q", id)
	}
	if m, n, ok := strings.Cut(on, "-"); ok {
		month, err := strconv.Atoi(m)
		if err != nil {
			return time.Time{}, err
		}
		number, err := strconv.Atoi(n)
		if err != nil {
			return time.Time{}, err
		}
		return time.Date(y, time.Month(month), number, 0, 0, 0, 0, time.UTC), nil
	}
	// "third monday of january": look at each day of that month.
	w := strings.Fields(on)
	if len(w) != 4 || w[2] != "of" || ordinals[w[0]] == 0 && w[0] != "last" {
		return time.Time{}, fmt.Errorf("%q names no day", on)
	}
	seen, last := 0, time.Time{}
	for m := time.January; m <= time.December; m++ {
		if strings.ToLower(m.String()) != w[3] {
			continue
		}
		for d := time.Date(y, m, 1, 0, 0, 0, 0, time.UTC); d.Month() == m; d = next(d) {
			if strings.ToLower(d.Weekday().String()) != w[1] {
				continue
			}
			seen, last = seen+1, d
			if seen == ordinals[w[0]] {
				return d, nil
			}
		}
	}
	if w[0] == "last" && seen > 0 {
		return last, nil
	}
	return time.Time{}, fmt.Errorf("%q is no day of %d", on, y)
}
