package calendar

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"stayput/day"
	"stayput/fault"
	"stayput/format/ics"
)

// readICS reads a calendar as a district publishes it. Several school years in
// one file become several SchoolYears.
func readICS(name string, data []byte) ([]day.SchoolYear, []Warning, error) {
	cal, err := ics.Read(name, data)
	if err != nil {
		if l := fault.All(err); len(l) > most {
			err = l[:most]
		}
		return nil, nil, err
	}
	g := gatherer{name: name, years: make(map[int]*gathered), guesses: make(guesses)}
	window, ok := reach(cal)
	if ok {
		work := 2_000_000
		for i := range cal.Events {
			g.event(&cal.Events[i], window, &work)
		}
	}
	years := g.finish(cal.Name)
	if len(g.problems) > 0 {
		return nil, nil, inOrder(g.problems)
	}
	slices.SortStableFunc(g.warnings, func(a, b Warning) int { return cmp.Compare(a.At.Line, b.At.Line) })
	if len(years) == 0 {
		return nil, g.warnings, fault.List{fault.New(fault.Invalid, fault.Position{File: name}, "ics.nothing_found", "events", strconv.Itoa(len(cal.Events)))}
	}
	return years, g.warnings, nil
}

// schoolYear is the year in whose July the school year of d began.
func schoolYear(d day.Date) int {
	y, m, _ := d.Civil()
	if m < time.July {
		y--
	}
	return y
}

// yearSpan is the school year that began in July of y.
func yearSpan(y int) day.Span {
	return day.Span{First: day.Must(y, time.July, 1), Last: day.Must(y+1, time.June, 30)}
}

// reach is the school years of which the file speaks: those of its events that
// do not repeat, or else those in which its repeating events begin. A rule that
// never ends is cut there.
func reach(cal *ics.Calendar) (window day.Span, ok bool) {
	for _, repeating := range []bool{false, true} {
		low, high := 0, 0
		for i := range cal.Events {
			e := &cal.Events[i]
			if e.Cancelled || (e.Rule != nil) != repeating {
				continue
			}
			y := schoolYear(e.Days.First)
			if !ok || y < low {
				low = y
			}
			if last := schoolYear(min(e.Days.Last, e.Days.First.Add(longest))); !ok || last > high {
				high = last
			}
			ok = true
		}
		if ok {
			return day.Span{First: yearSpan(low).First, Last: yearSpan(high).Last}, true
		}
	}
	return day.Span{}, false
}

// A gatherer sorts events into school years.
type gatherer struct {
	name     string
	years    map[int]*gathered
	warnings []Warning
	problems fault.List
	guesses  guesses
	dropped  map[int]bool // school years of which an event could not be placed; -1: of any
}

// drop remembers that an event which may close school was left out, so that its
// year is not taken for complete.
func (g *gatherer) drop(year int) {
	if g.dropped == nil {
		g.dropped = map[int]bool{}
	}
	g.dropped[year] = true
}

// gathered is what was found of one school year.
type gathered struct {
	first, last []mark
	closures    []closure
	minimum     []mark
}

// A mark is a day the file names, and the line that does.
type mark struct {
	on   day.Date
	line int
	what string
}

type closure struct {
	day.Closure
	line int
}

func (g *gatherer) year(d day.Date) *gathered {
	y := schoolYear(d)
	if g.years[y] == nil {
		g.years[y] = &gathered{}
	}
	return g.years[y]
}

func (g *gatherer) at(line int) fault.Position {
	return fault.Position{File: g.name, Line: line, Column: 1}
}

func (g *gatherer) warn(e *ics.Event, key string, pairs ...string) {
	if len(g.warnings) < 10000 {
		g.warnings = append(g.warnings, warn(g.at(e.Line), key, e.Summary, e.Days.First, pairs...))
	}
}

// event puts one event where it belongs, or says that a person should look.
func (g *gatherer) event(e *ics.Event, window day.Span, work *int) {
	if e.Cancelled {
		return
	}
	if e.Rule != nil && !e.Rule.Known {
		g.warn(e, "ics.rule_unknown")
		if sense, _ := read(e); sense != unknown {
			g.drop(-1)
		}
		return
	}
	sense, note := read(e)
	if note != "" {
		g.warn(e, note)
		if note == "ics.part_of_day" {
			g.drop(schoolYear(e.Days.First)) // "No school", 8:00 to 3:00: perhaps the whole day
		}
	}
	if sense == unknown {
		return
	}
	if e.Adrift {
		g.warn(e, "ics.zone_unknown")
	}
	if int(e.Days.Last-e.Days.First) >= longest {
		g.warn(e, "ics.too_long")
		if sense&closed != 0 {
			for sy := schoolYear(e.Days.First); sy <= min(schoolYear(e.Days.Last), schoolYear(e.Days.First)+10); sy++ {
				g.drop(sy)
			}
		}
		return
	}
	spans, cut := e.Occurrences(window, work)
	if cut {
		g.warn(e, "ics.cut", "limit", strconv.Itoa(ics.Most))
		g.drop(-1)
	}
	var why guess
	var grades []string
	if sense&closed != 0 && len(spans) > 0 {
		why, grades = g.guesses.name(e.Summary), gradesNamed(e.Summary)
	}
	for _, s := range spans {
		y := g.year(s.First)
		m := mark{s.First, e.Line, e.Summary}
		switch {
		case sense&first != 0:
			y.first = append(y.first, m)
		case sense&last != 0:
			m.on = s.Last
			y.last = append(y.last, m)
		}
		if sense&minimum != 0 {
			for d := s.First; d <= s.Last; d++ {
				if !d.Weekend() {
					g.year(d).minimum = append(g.year(d).minimum, mark{d, e.Line, e.Summary})
				}
			}
		}
		if sense&closed != 0 {
			c := day.Closure{Span: s, Name: e.Summary, Kind: why.over(s), Grades: grades}
			// A closure that runs into the next school year belongs to both.
			for sy := schoolYear(s.First); sy <= schoolYear(s.Last); sy++ {
				part := c
				part.First, part.Last = max(c.First, yearSpan(sy).First), min(c.Last, yearSpan(sy).Last)
				g.year(part.First).closures = append(g.year(part.First).closures, closure{part, e.Line})
			}
		}
	}
}

// finish makes a SchoolYear of each year that has one.
func (g *gatherer) finish(district string) []day.SchoolYear {
	starts := make([]int, 0, len(g.years))
	anchored := false
	for y, got := range g.years {
		starts = append(starts, y)
		anchored = anchored || len(got.first)+len(got.last) > 0
	}
	slices.Sort(starts)
	var out []day.SchoolYear
	for _, start := range starts {
		got := g.years[start]
		label := fmt.Sprintf("%04d-%02d", start, (start+1)%100)
		if anchored && len(got.first)+len(got.last) == 0 {
			// Days of a year that the file does not really hold.
			line := 0
			if len(got.closures) > 0 {
				line = got.closures[0].line
			}
			g.warnings = append(g.warnings, warn(g.at(line), "ics.year_left_out", label, 0, "school_year", label))
			continue
		}
		y := day.SchoolYear{ID: base(g.name) + "-" + label, District: district, Label: label}
		y.First = g.only(got.first, "ics.two_first_days")
		y.Last = g.only(got.last, "ics.two_last_days")
		if y.First != 0 && y.Last != 0 && y.Last < y.First {
			g.problems = append(g.problems, fault.New(fault.Invalid, g.at(got.last[0].line), "ics.last_before_first",
				"first", y.First.String(), "first_line", strconv.Itoa(got.first[0].line), "last", y.Last.String(), "last_line", strconv.Itoa(got.last[0].line)))
			continue
		}
		y.Complete = y.First != 0 && y.Last != 0 && !g.dropped[start] && !g.dropped[-1]
		if y.First == 0 {
			g.warnings = append(g.warnings, warn(g.at(0), "ics.no_first_day", label, 0, "school_year", label))
		}
		if y.Last == 0 {
			g.warnings = append(g.warnings, warn(g.at(0), "ics.no_last_day", label, 0, "school_year", label))
		}
		y.Closures = g.closures(got.closures, &y)
		for _, m := range got.minimum {
			if (y.First == 0 || m.on >= y.First) && (y.Last == 0 || m.on <= y.Last) {
				y.Minimum = append(y.Minimum, m.on)
			}
		}
		slices.Sort(y.Minimum)
		y.Minimum = slices.Compact(y.Minimum)
		out = append(out, y)
	}
	return out
}

// only is the one day that all marks name. Two different days are refused, with
// the lines of both.
func (g *gatherer) only(ms []mark, key string) day.Date {
	if len(ms) == 0 {
		return 0
	}
	for _, m := range ms[1:] {
		if m.on != ms[0].on {
			g.problems = append(g.problems, fault.New(fault.Invalid, g.at(m.line), key,
				"first", ms[0].on.String(), "first_line", strconv.Itoa(ms[0].line), "first_summary", ms[0].what,
				"second", m.on.String(), "second_line", strconv.Itoa(m.line), "second_summary", m.what))
			break
		}
	}
	return ms[0].on
}

// closures puts the closures of a year in order, leaves out and cuts off what
// lies outside it, and joins days of one name that follow each other with
// nothing but a weekend between.
func (g *gatherer) closures(cs []closure, y *day.SchoolYear) []day.Closure {
	slices.SortStableFunc(cs, func(a, b closure) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last))
	})
	var out []day.Closure
	latest := make(map[string]int) // of each name, from 1
	for _, c := range cs {
		if y.First != 0 {
			c.First = max(c.First, y.First)
		}
		if y.Last != 0 {
			c.Last = min(c.Last, y.Last)
		}
		if c.First > c.Last {
			continue // school was out anyway
		}
		key := strings.Join(append([]string{c.Name}, c.Grades...), "\x00")
		if k := latest[key]; k > 0 && follows(out[k-1].Last, c.First) {
			o := &out[k-1]
			o.Last = max(o.Last, c.Last)
			o.Kind = g.guesses.name(o.Name).over(o.Span)
			continue
		}
		out = append(out, c.Closure)
		latest[key] = len(out)
	}
	return out
}

// follows reports whether nothing but a weekend lies between two days.
func follows(a, b day.Date) bool {
	for d := a + 1; d < b; d++ {
		if !d.Weekend() {
			return false
		}
	}
	return true
}
