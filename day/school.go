package day

import (
	"fmt"
	"sort"
	"strings"
	"sync"
	"time"
)

// A SchoolYear is what is known of one school's year.
type SchoolYear struct {
	ID        string // the calendar's own name, used in every "why"
	District  string
	Label     string // "2025-26"
	First     Date   // first day pupils attend; zero when unknown
	Last      Date   // last day pupils attend; zero when unknown
	CoversTo  Date   // last day the copy speaks of, when it stops early
	Complete  bool   // every closure is listed
	Extended  bool   // it is the extended school year's own calendar, not the regular year's
	PupilDays int    // pupil days the district says it runs; 0 when not said
	Sessions  []Session
	Closures  []Closure
	Minimum   []Date // minimum days: pupils attend for part of the day

	trackOpen bool // the child's track is not known and the tracks differ
}

// A Session is one stretch of teaching on a year-round track.
type Session struct {
	Span
	Track string // "" for every track
}

// A ClosureKind says why pupils stay at home.
type ClosureKind uint8

const (
	OtherClosure ClosureKind = iota
	Vacation
	HolidayClosure
	StaffDay
	Emergency
)

var closureWords = []string{"other", "vacation", "holiday", "staff_day", "emergency"}

// String is the word used in calendars.
func (k ClosureKind) String() string { return closureWords[k] }

// ClosureKinds are the words a calendar may use.
func ClosureKinds() []string { return closureWords }

// ParseClosureKind reads one of ClosureKinds.
func ParseClosureKind(s string) (ClosureKind, bool) {
	for i, w := range closureWords {
		if w == s {
			return ClosureKind(i), true
		}
	}
	return 0, false
}

// A Closure is days on which pupils do not attend.
type Closure struct {
	Span
	Name     string
	Kind     ClosureKind
	Grades   []string // "" or none: all; else grades or elementary, middle, high, secondary
	Track    string   // "" for every track
	Recorded Date     // when it became known, for closures added later; zero: from the start
}

// A YearRule is the law about school years that bounds an unknown calendar.
type YearRule struct {
	Month       time.Month // no school year straddles this day; zero Month: no such rule
	Day         int
	DaysAtLeast int // pupil days a year must have at least
}

// A View is the child for whom a calendar is read, and up to when it was known.
type View struct {
	Grade string
	Track string
	Known Date // closures recorded later are left out; zero: all
}

// A School is the calendar of one child's school over several years, ready to
// count. It is safe for use by several goroutines.
type School struct {
	span    Span
	days    *Table  // school days; a day nobody knows about counts, so it bounds from below
	wk      *Table  // Monday to Friday
	unsure  []int32 // prefix sums of days about which something is not known
	regions []region
	closed  []int32 // index+1 into breaks for a closed day, else 0
	breaks  []closed
	between []bool
	unknown []bool
	years   []SchoolYear
	rule    YearRule

	mu       sync.Mutex
	skippers map[Skip]*Skipper
}

// region is a stretch of days known in the same way.
type region struct {
	Span
	known   bool
	need    int    // unknown: school days the law still needs in it
	bounded bool   // unknown: need means something
	missing int    // known: closures that may be missing from a partial calendar
	name    string // the calendar, or the school year's label
	label   string
	what    string // which piece is missing
}

// A Missing names what would settle a bound.
type Missing struct {
	Key  string // calendar_none, calendar_next, calendar_partial, calendar_ends, grade_unknown
	Name string // the calendar's id, or the school year
}

// A Bound is the answer of a count: Due when it is settled, else the days
// between which it must lie.
type Bound struct {
	Due      Date // zero when something is missing
	Earliest Date
	Latest   Date // zero when nothing bounds it
	Missing  []Missing
	Table    *Table // the days as counted for Due, or for Earliest when there is no Due
}

// NewSchool joins the years of one child's school. The horizon is widened to
// whole school years; years may come in any order.
func NewSchool(years []SchoolYear, v View, rule YearRule, need Span) (*School, error) {
	if len(years) == 0 {
		return uncalendared(rule)
	}
	return newSchool(years, v, rule, need)
}

// bare are the schools of which no calendar is known, by their rule. Most records begin
// with such a one, and it is the same for every child and every span.
var bare struct {
	sync.Mutex
	schools map[YearRule]*School
}

// mostBare is how many are kept; there are about as many as States have rules.
const mostBare = 128

// uncalendared is the school of which no calendar is known.
func uncalendared(rule YearRule) (*School, error) {
	bare.Lock()
	defer bare.Unlock()
	if s := bare.schools[rule]; s != nil {
		return s, nil
	}
	s, err := newSchool(nil, View{}, rule, Span{})
	if err != nil {
		return nil, err
	}
	if bare.schools == nil {
		bare.schools = map[YearRule]*School{}
	}
	if len(bare.schools) < mostBare {
		bare.schools[rule] = s
	}
	return s, nil
}

func newSchool(years []SchoolYear, v View, rule YearRule, need Span) (*School, error) {
	ys := append([]SchoolYear(nil), years...)
	sort.Slice(ys, func(i, j int) bool { return ys[i].start() < ys[j].start() })
	for i := range ys {
		y := &ys[i]
		if y.Label == "" {
			y.Label = label(y.start(), rule)
		}
		if i > 0 && y.First != 0 && ys[i-1].end() >= y.First {
			return nil, fmt.Errorf("calendars %s and %s overlap: %s ends %s and %s begins %s", ys[i-1].ID, y.ID, ys[i-1].ID, ys[i-1].end(), y.ID, y.First)
		}
	}
	s := &School{rule: rule, years: ys}
	s.span = HolidayYears
	if len(ys) > 0 {
		lo, hi := ys[0].start(), ys[len(ys)-1].end()
		if need.First != 0 {
			lo, hi = min(lo, need.First), max(hi, need.Last)
		}
		s.span.First = max(HolidayYears.First, lo.Add(-800))
		s.span.Last = min(HolidayYears.Last, hi.Add(2200))
	}
	n := s.span.Days()
	s.closed = make([]int32, n)
	s.between = make([]bool, n)
	s.unknown = make([]bool, n)
	maybe := make([]bool, n)
	for i := range s.unknown {
		s.unknown[i] = true
	}
	at := func(d Date) int { return int(d - s.span.First) }
	fill := func(a, b Date, f func(i int)) {
		for d := max(a, s.span.First); d <= min(b, s.span.Last); d++ {
			f(at(d))
		}
	}
	gradeOpen := make(map[int]int) // year index -> closures that concern only some grades, ours unknown
	for yi := range ys {
		y := &ys[yi]
		if y.First == 0 {
			continue
		}
		if len(y.Sessions) > 0 && v.Track == "" && !y.forAll() {
			s.tracks(y, fill)
		} else {
			// A track's own year runs from its first session to its last.
			ss := y.sessions(v.Track)
			for i, e := range ss {
				if i == 0 {
					y.First, y.Last = e.First, e.Last
				}
				y.First, y.Last = min(y.First, e.First), max(y.Last, e.Last)
			}
			fill(y.First, y.end(), func(i int) { s.unknown[i] = false; s.between[i] = len(ss) > 0 })
			for _, e := range ss {
				fill(e.First, e.Last, func(i int) { s.between[i] = false })
			}
		}
		// Between school years: certain as far as the law of school years goes.
		if y.Last != 0 {
			stop := y.Last
			if b, ok := rule.next(y.Last); ok {
				stop = b.Add(-1)
			}
			if yi+1 < len(ys) && ys[yi+1].First != 0 && int(ys[yi+1].First-y.Last) < 200 {
				stop = ys[yi+1].First.Add(-1)
			}
			fill(y.Last+1, stop, func(i int) { s.unknown[i] = false; s.between[i] = true })
		}
		if b, ok := rule.last(y.First); ok {
			fill(b, y.First-1, func(i int) {
				if s.unknown[i] {
					s.unknown[i] = false
					s.between[i] = true
				}
			})
		}
		var certain []Closure
		for _, c := range y.Closures {
			if (c.Track != "" && c.Track != v.Track) || (v.Known != 0 && c.Recorded > v.Known) {
				continue
			}
			switch in(v.Grade, c.Grades) {
			case Yes:
				certain = append(certain, c)
			case Maybe:
				fill(c.First, c.Last, func(i int) { maybe[i] = true })
				gradeOpen[yi] += weekdaysIn(c.Span)
			}
		}
		for _, c := range merge(certain) {
			s.breaks = append(s.breaks, c)
			k := int32(len(s.breaks))
			for _, p := range c.pieces {
				fill(max(p.First, y.First), min(p.Last, y.end()), func(i int) {
					if s.closed[i] == 0 {
						s.closed[i] = k
					}
				})
			}
		}
	}
	s.wk = NewTable(s.span, func(d Date) (bool, Reason) { return !d.Weekend(), Reason{} })
	s.days = NewTable(s.span, func(d Date) (bool, Reason) {
		i := at(d)
		switch {
		case d.Weekend():
			return false, weekend
		case s.unknown[i]:
			return true, Reason{Key: "school_day_assumed"}
		case s.between[i]:
			return false, Reason{Key: "between_terms"}
		case s.closed[i] != 0:
			c := s.breaks[s.closed[i]-1]
			return false, Reason{Key: "closed_" + c.Kind.String(), Name: c.Name}
		}
		return true, Reason{Key: "school_day"}
	})
	s.cut(gradeOpen)
	s.unsure = make([]int32, n+1)
	for i := 0; i < n; i++ {
		s.unsure[i+1] = s.unsure[i]
		if s.unknown[i] || maybe[i] || s.partialAt(s.span.First.Add(i)) {
			s.unsure[i+1]++
		}
	}
	return s, nil
}

func (y *SchoolYear) start() Date {
	if y.First != 0 {
		return y.First
	}
	return y.end()
}

func (y *SchoolYear) end() Date {
	if y.Last != 0 {
		return y.Last
	}
	if y.CoversTo != 0 {
		return y.CoversTo
	}
	// Nothing is said of the end: the copy speaks as far as its last closure.
	end := y.First
	for _, c := range y.Closures {
		end = max(end, c.Last)
	}
	return end
}

func (y *SchoolYear) sessions(track string) []Session {
	var out []Session
	for _, e := range y.Sessions {
		if e.Track == "" || e.Track == track {
			out = append(out, e)
		}
	}
	return out
}

// forAll reports that some session belongs to every track.
func (y *SchoolYear) forAll() bool {
	for _, e := range y.Sessions {
		if e.Track == "" {
			return true
		}
	}
	return false
}

// tracks fills in a year-round year for a child whose track is not known: what
// all tracks share is known, the rest is not.
func (s *School) tracks(y *SchoolYear, fill func(a, b Date, f func(i int))) {
	byTrack := map[string][]Session{}
	for _, e := range y.Sessions {
		byTrack[e.Track] = append(byTrack[e.Track], e)
	}
	if len(byTrack) > 1 {
		y.trackOpen = true
	}
	n := make([]int, s.span.Days())
	for _, ss := range byTrack {
		for _, e := range ss {
			fill(e.First, e.Last, func(i int) { n[i]++ })
		}
	}
	fill(y.First, y.end(), func(i int) {
		switch n[i] {
		case len(byTrack):
			s.unknown[i] = false
		case 0:
			s.unknown[i], s.between[i] = false, true
		}
	})
}

// next is the first school-year boundary after d; last is the latest on or
// before it.
func (r YearRule) next(d Date) (Date, bool) {
	if r.Month == 0 {
		return 0, false
	}
	y := d.Year()
	b := from(y, r.Month, r.Day)
	if b <= d {
		b = from(y+1, r.Month, r.Day)
	}
	return b, true
}

func (r YearRule) last(d Date) (Date, bool) {
	if r.Month == 0 {
		return 0, false
	}
	y := d.Year()
	b := from(y, r.Month, r.Day)
	if b > d {
		b = from(y-1, r.Month, r.Day)
	}
	return b, true
}

// label names the school year that d lies in, such as "2025-26".
func label(d Date, r YearRule) string {
	if r.Month == 0 {
		r = YearRule{Month: time.July, Day: 1}
	}
	b, _ := r.last(d)
	y := b.Year()
	return fmt.Sprintf("%d-%02d", y, (y+1)%100)
}

// closed is one closure of a school: the days written under one name and kind
// that follow each other with nothing but closed days between.
type closed struct {
	Closure
	pieces []Span
}

// schooldays is how many weekdays from first to last belong to the closure
// itself, whatever else is closed on them.
func (c *closed) schooldays(first, last Date) int {
	n := 0
	for _, p := range c.pieces {
		for d := max(p.First, first); d <= min(p.Last, last); d++ {
			if !d.Weekend() {
				n++
			}
		}
	}
	return n
}

// pieceGap is the longest stretch, in days, between two pieces of one closure.
const pieceGap = 14

// merge joins closures of one name that follow each other with nothing but
// closed days between, so that a winter break written in pieces is one break.
func merge(cs []Closure) []closed {
	mine := append([]Closure(nil), cs...)
	sort.SliceStable(mine, func(i, j int) bool { return mine[i].First < mine[j].First })
	isClosed := func(d Date) bool {
		if d.Weekend() {
			return true
		}
		for _, c := range mine {
			if c.Has(d) {
				return true
			}
		}
		return false
	}
	var out []closed
	for _, c := range mine {
		joined := false
		for k := len(out) - 1; k >= 0 && !joined; k-- {
			o := &out[k]
			if !strings.EqualFold(o.Name, c.Name) || o.Kind != c.Kind {
				continue
			}
			gap := true
			for d := o.Last + 1; d < c.First && gap; d++ {
				gap = isClosed(d)
			}
			if gap && int(c.First-o.Last) <= pieceGap {
				o.pieces = append(o.pieces, c.Span)
				o.Last = max(o.Last, c.Last)
				joined = true
			}
		}
		if !joined {
			out = append(out, closed{c, []Span{c.Span}})
		}
	}
	return out
}

// in says whether a grade belongs to the groups a closure names.
func in(grade string, groups []string) Sure {
	if len(groups) == 0 {
		return Yes
	}
	if grade == "" {
		return Maybe
	}
	g := strings.ToUpper(strings.TrimSpace(grade))
	n := -1
	switch g {
	case "TK", "K", "PK", "PRE-K", "PRESCHOOL":
		n = 0
	default:
		if _, err := fmt.Sscanf(g, "%d", &n); err != nil {
			n = -1
		}
	}
	best := No
	for _, w := range groups {
		var s Sure
		switch strings.ToLower(w) {
		case strings.ToLower(g):
			s = Yes
		case "elementary":
			s = sureIf(n >= 0 && n <= 5, n == 6 || n == 7 || n == 8)
		case "middle":
			s = sureIf(n == 7 || n == 8, n == 6 || n == 5)
		case "secondary":
			s = sureIf(n >= 9, n >= 6)
		case "high":
			s = sureIf(n >= 9, false)
		}
		best = max(best, s)
	}
	return best
}

func sureIf(yes, maybe bool) Sure {
	if yes {
		return Yes
	}
	if maybe {
		return Maybe
	}
	return No
}

func weekdaysIn(s Span) int {
	n := 0
	for d := s.First; d <= s.Last; d++ {
		if !d.Weekend() {
			n++
		}
	}
	return n
}

// cut divides the span into regions known in the same way.
func (s *School) cut(gradeOpen map[int]int) {
	add := func(r region) {
		if r.Last >= r.First {
			s.regions = append(s.regions, r)
		}
	}
	d := s.span.First
	for d <= s.span.Last {
		i := int(d - s.span.First)
		e := d
		if s.unknown[i] {
			// An unknown stretch ends at a school-year boundary at the latest.
			stop := s.span.Last
			if b, ok := s.rule.next(d); ok {
				stop = min(stop, b.Add(-1))
			}
			for e < stop && s.unknown[int(e+1-s.span.First)] {
				e++
			}
			r := region{Span: Span{d, e}, label: label(d, s.rule), what: "calendar_none"}
			r.name = r.label
			for _, y := range s.years {
				if y.Label == r.label {
					r.name, r.what = y.ID, "calendar_ends"
					if y.trackOpen && d >= y.First && d <= y.end() {
						r.what = "track_unknown"
					}
				}
			}
			if s.rule.Month != 0 && s.rule.DaysAtLeast > 0 && r.what != "track_unknown" {
				b, _ := s.rule.last(d)
				n, _ := s.rule.next(d)
				have := 0
				for x := max(b, s.span.First); x < n && x <= s.span.Last; x++ {
					if !s.unknown[int(x-s.span.First)] && s.days.Counts(x) {
						have++
					}
				}
				r.bounded = true
				r.need = max(0, s.rule.DaysAtLeast-have)
			}
			add(r)
			d = e + 1
			continue
		}
		yi := s.yearAt(d)
		for e < s.span.Last && !s.unknown[int(e+1-s.span.First)] && s.yearAt(e+1) == yi {
			e++
		}
		r := region{Span: Span{d, e}, known: true}
		if yi >= 0 {
			y := s.years[yi]
			r.name, r.label = y.ID, y.Label
			if !y.Complete && y.Last != 0 {
				floor := y.PupilDays
				if floor == 0 {
					floor = s.rule.DaysAtLeast
				}
				r.missing = max(0, s.days.Between(y.First-1, y.end())-floor)
				if floor == 0 {
					r.missing = -1 // nobody can say how many
				}
			}
			if !y.Complete && y.Last == 0 {
				r.missing = -1
				if s.rule.DaysAtLeast > 0 {
					r.missing = max(0, s.days.Between(y.First-1, y.end())/10) // at most one day in ten of what is listed
				}
			}
			if r.missing >= 0 {
				r.missing += gradeOpen[yi]
			}
		}
		add(r)
		d = e + 1
	}
	// Of several unknown stretches of one school year only the last can be
	// told to hold school days, and only what the others have no room for.
	for i := range s.regions {
		r := &s.regions[i]
		if r.known || !r.bounded {
			continue
		}
		for j := range s.regions[:i] {
			if o := &s.regions[j]; !o.known && o.label == r.label {
				r.need = max(0, r.need-s.wk.Between(o.First-1, o.Last))
				o.need = 0
			}
		}
	}
}

// yearAt is the index of the year whose teaching time holds d, or -1.
func (s *School) yearAt(d Date) int {
	for i := range s.years {
		if y := &s.years[i]; y.First != 0 && d >= y.First && d <= y.end() {
			return i
		}
	}
	return -1
}

func (s *School) partialAt(d Date) bool {
	i := s.yearAt(d)
	return i >= 0 && !s.years[i].Complete
}

// regionAt is the index of the region that holds d.
func (s *School) regionAt(d Date) int {
	return sort.Search(len(s.regions), func(i int) bool { return s.regions[i].Last >= d })
}

// touched reports whether anything is not known about the days after a up to b.
func (s *School) touched(a, b Date) bool {
	if s == nil {
		return true
	}
	a, b = max(a, s.span.First-1), min(b, s.span.Last)
	if b <= a {
		return false
	}
	return s.unsure[b-s.span.First+1] > s.unsure[a-s.span.First+1]
}

// How a school year mostly goes, to tell of which years a count may need the
// calendar: breaks add so many days to it at most, and no year ends earlier than
// so many days before the boundary, in the middle of May.
const (
	breakDays  = 30
	schoolLess = 47
)

// reach is the last day that matters to a count which ends on e at the earliest
// and, by the law, on latest at the latest.
func (s *School) reach(e, latest Date) Date {
	if i := s.regionAt(e); i < len(s.regions) && s.regions[i].known {
		return max(e, latest)
	}
	r := s.rule
	if r.Month == 0 {
		r = YearRule{Month: time.July, Day: 1}
	}
	b, _ := r.next(e)
	if e.Add(breakDays) > b.Add(-schoolLess) {
		return b // it may go on in the next school year
	}
	return e
}

// missing names what is not known about the days after a up to b, the least
// that would settle it first.
func (s *School) missing(a, b Date) []Missing {
	var out []Missing
	put := func(m Missing) {
		for _, o := range out {
			if o == m {
				return
			}
		}
		out = append(out, m)
	}
	for i := s.regionAt(a + 1); i < len(s.regions) && s.regions[i].First <= b; i++ {
		r := s.regions[i]
		switch {
		case !r.known:
			put(Missing{r.what, r.name})
		case r.missing != 0:
			put(Missing{"calendar_partial", r.name})
		}
		if len(out) == 3 {
			break
		}
	}
	return out
}

// Days is the table of school days: a day about which nothing is known counts.
func (s *School) Days() *Table { return s.days }

// IsSchoolDay says whether pupils attend on d, as far as is known.
func (s *School) IsSchoolDay(d Date) Sure {
	if !s.span.Has(d) {
		return Maybe
	}
	if s.unknown[d-s.span.First] {
		if d.Weekend() {
			return No
		}
		return Maybe
	}
	if s.days.Counts(d) {
		return Yes
	}
	return No
}

// CountDays is the number of school days after a up to and including b, or what
// is missing to tell.
func (s *School) CountDays(a, b Date) (int, *Missing) {
	if s.touched(a, b) {
		if ms := s.missing(a, b); len(ms) > 0 {
			return 0, &ms[0]
		}
		return 0, &Missing{"calendar_none", s.labelAt(a)}
	}
	return s.days.Between(a, b), nil
}

// DaysAfter is the nth school day after start.
func (s *School) DaysAfter(start Date, n int) Bound {
	e, ok := s.days.After(start, n)
	if !ok {
		return Bound{Missing: []Missing{{"calendar_none", label(start, s.rule)}}}
	}
	b := Bound{Due: e, Table: s.days}
	if s.touched(start, e) {
		b.Due, b.Earliest = 0, e
		b.Latest = s.latest(start, n, s.days, false)
		b.Missing = s.missing(start, s.reach(e, b.Latest))
	}
	return b
}

// DaysBefore is the nth school day before start.
func (s *School) DaysBefore(start Date, n int) Bound {
	e, ok := s.days.Before(start, n)
	if !ok {
		return Bound{Missing: []Missing{{"calendar_none", label(start, s.rule)}}}
	}
	b := Bound{Due: e, Table: s.days}
	if s.touched(e-1, start-1) {
		// More closures than we know of push the date earlier still.
		b.Due, b.Latest = 0, e
		b.Missing = s.missing(e-1, start-1)
	}
	return b
}

// latest is the latest day the nth counted day after start can be. With span
// true the days between are calendar days of a table that skips breaks.
func (s *School) latest(start Date, n int, t *Table, calendarDays bool) Date {
	cur := start
	for i := s.regionAt(start + 1); i < len(s.regions); i++ {
		r := s.regions[i]
		a := max(cur, r.First-1)
		if r.known {
			if r.missing < 0 {
				return 0
			}
			extra := r.missing
			if calendarDays {
				extra = s.longest(a, r)
			}
			have := t.Between(a, r.Last)
			if n+extra <= have {
				d, _ := t.After(a, n+extra)
				return d
			}
			n -= max(0, have-extra)
			cur = r.Last
			continue
		}
		if !r.bounded {
			return 0
		}
		// The law's school days, as late as they can lie.
		sure := max(0, r.need-s.wk.Between(r.First-1, a))
		sure = min(sure, s.wk.Between(a, r.Last))
		if sure > 0 {
			first, _ := s.wk.Before(r.Last+1, sure)
			have := sure
			if calendarDays {
				have = int(r.Last-first) + 1
			}
			if n <= have {
				if calendarDays {
					return first.Add(n - 1)
				}
				d, _ := s.wk.After(first-1, n)
				return d
			}
			n -= have
		}
		cur = r.Last
	}
	return 0
}

// longest bounds from above the calendar days that closures missing from a
// partial calendar could add to a break that stops a clock.
func (s *School) longest(a Date, r region) int {
	m := r.missing
	if m == 0 {
		return 0
	}
	extra := m + 2*(m/5+1)
	for i := range s.breaks {
		c := &s.breaks[i]
		if c.Last > a && r.Has(c.First) {
			if w := c.schooldays(c.First, c.Last); w <= 5 && w+m > 5 {
				extra += c.Days() + 4
			}
		}
	}
	return extra
}

// YearEnd is the last day of the school year that holds d; YearStart the first
// day of the next one after d. Both say what is missing when it is not known.
func (s *School) YearEnd(d Date) (Date, *Missing) {
	if s != nil {
		if i := s.yearAt(d); i >= 0 && s.years[i].Last != 0 {
			if s.years[i].trackOpen {
				return 0, &Missing{"track_unknown", s.years[i].ID}
			}
			return s.years[i].Last, nil
		}
	}
	return 0, &Missing{"calendar_last_day", s.labelAt(d)}
}

// Rest is how many days, calendar and school, follow d at least before the
// school year that holds it ends: the law's school days that were no longer
// ahead of d had to lie before it. Both are 0 when the law does not say.
func (s *School) Rest(d Date) (days, school int) {
	b, ok := s.rule.last(d)
	if !ok || s.rule.DaysAtLeast == 0 || !s.span.Has(b) || !s.span.Has(d) {
		return 0, 0
	}
	school = s.rule.DaysAtLeast - s.days.Between(b-1, d)
	if school <= 0 {
		return 0, 0
	}
	end, ok := s.days.After(d, school)
	if next, _ := s.rule.next(d); !ok || end >= next {
		return 0, 0 // what is known of the year already has fewer days
	}
	return int(end - d), school
}

// NextStart is the first day of school of the year that begins after d.
func (s *School) NextStart(d Date) (Date, *Missing) {
	if s != nil {
		for i := range s.years {
			y := &s.years[i]
			if y.First > d {
				// Only when no year between is unknown.
				if j := s.regionAt(d + 1); j < len(s.regions) {
					for ; j < len(s.regions) && s.regions[j].First < y.First; j++ {
						// What is left of the school year d stands in does not
						// matter: the next one begins after the boundary.
						if b, ok := s.rule.next(d); ok && s.regions[j].Last < b {
							continue
						}
						if !s.regions[j].known {
							return 0, &Missing{"calendar_first_day", s.regions[j].label}
						}
					}
				}
				if y.trackOpen {
					return 0, &Missing{"track_unknown", y.ID}
				}
				return y.First, nil
			}
		}
		next := d
		if b, ok := s.rule.next(d); ok {
			next = b
		} else {
			next = d.AddMonths(6)
		}
		return 0, &Missing{"calendar_first_day", label(next, s.rule)}
	}
	return 0, &Missing{"calendar_first_day", label(d.AddMonths(6), YearRule{})}
}

// Between says whether d falls between two school years or sessions.
func (s *School) Between(d Date) Sure {
	if s == nil || !s.span.Has(d) || s.unknown[d-s.span.First] {
		return Maybe
	}
	if s.between[d-s.span.First] {
		return Yes
	}
	return No
}

// Years are the school years the calendar was made from, in order.
func (s *School) Years() []SchoolYear {
	if s == nil {
		return nil
	}
	return s.years
}

func (s *School) labelAt(d Date) string {
	if s == nil {
		return label(d, YearRule{})
	}
	return label(d, s.rule)
}

// Next is the first school-year boundary after d; ok is false without such a
// rule.
func (r YearRule) Next(d Date) (Date, bool) { return r.next(d) }
