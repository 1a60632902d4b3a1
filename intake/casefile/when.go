package casefile

import (
	"fmt"
	"strconv"
	"time"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
)

// The dates a file may hold: what lies outside is a slip of the pen.
var (
	entries = day.Span{First: day.Must(1975, time.January, 1), Last: day.Must(2100, time.December, 31)}
	births  = day.Span{First: day.Must(1950, time.January, 1), Last: entries.Last}
)

// farthest is the largest number of days a file may name.
const farthest = 36600

// mostMinutes is the largest number of minutes an entry may name.
const mostMinutes = 999_999

func itoa(n int) string { return strconv.Itoa(n) }

// when reads a date, a date and time, a month, a year, or from-to.
func (r *reader) when(n *yaml.Node) day.When {
	switch n.Kind {
	case yaml.Scalar:
		w, err := day.ParseWhen(n.Value)
		if err != nil {
			r.badDate(n, "case.not_a_date")
			return day.When{}
		}
		if !r.within(n.At, n.Value, w.Earliest, w.Latest, entries) {
			return day.When{}
		}
		return w
	case yaml.Map:
		return r.span(n)
	}
	r.Fail(n.At, "case.when_shape")
	return day.When{}
}

var spanKeys = []string{"from", "to"}

func (r *reader) span(n *yaml.Node) day.When {
	var from, to day.Date
	var have [2]bool
	r.each(n, spanKeys, func(key string, v *yaml.Node) bool {
		switch key {
		case "from":
			from, have[0] = r.day(v, entries), true
		case "to":
			to, have[1] = r.day(v, entries), true
		default:
			return false
		}
		return true
	})
	for i, key := range spanKeys {
		if !have[i] {
			r.missing(n, key)
		}
	}
	if from == 0 || to == 0 {
		return day.When{}
	}
	if to < from {
		r.Fail(n.At, "case.to_before_from", "from", from.String(), "to", to.String())
		return day.When{}
	}
	return day.When{Earliest: from, Latest: to, Minute: -1}
}

var (
	onKeys    = []string{"from", "to", "after", "days", "weeks"}
	afterKeys = []string{"after", "days", "weeks"}
)

// on reads the value of `on`: what when reads, or a distance from another
// entry.
func (r *reader) on(n *yaml.Node, e *fact.Entry, l *link) {
	if n.Kind != yaml.Map {
		e.On = r.when(n)
		return
	}
	relative := false
	for _, f := range n.Fields {
		switch f.Key {
		case "after", "days", "weeks":
			relative = true
		case "from", "to":
		default:
			r.unknown(&f, onKeys)
			return
		}
	}
	if !relative {
		e.On = r.span(n)
		return
	}
	var said int
	r.each(n, afterKeys, func(key string, v *yaml.Node) bool {
		switch key {
		case "after":
			e.After.Entry = r.Text(v)
			l.after = v
		case "days":
			said++
			e.After.Days = r.number(v, farthest)
		case "weeks":
			said++
			e.After.Days = 7 * r.number(v, farthest/7)
		default:
			return false
		}
		return true
	})
	if l.after == nil {
		r.missing(n, "after")
	}
	if said != 1 {
		r.Fail(n.At, "case.after_distance")
	}
}

// day reads one day.
func (r *reader) day(n *yaml.Node, span day.Span) day.Date {
	if n.Kind != yaml.Scalar {
		r.Text(n)
		return 0
	}
	d, err := day.Parse(n.Value)
	if err != nil {
		r.badDate(n, "case.not_a_day")
		return 0
	}
	if !r.within(n.At, n.Value, d, d, span) {
		return 0
	}
	return d
}

// moment reads when something was written down.
func (r *reader) moment(n *yaml.Node) day.Moment {
	if n.Kind != yaml.Scalar {
		r.Text(n)
		return day.Moment{}
	}
	m, err := day.ParseMoment(n.Value)
	if err != nil {
		r.badDate(n, "case.not_a_moment")
		return day.Moment{}
	}
	if !r.within(n.At, n.Value, m.Date, m.Date, entries) {
		return day.Moment{}
	}
	return m
}

// badDate tells what is wrong with a date: the day does not exist, or it is no
// date at all.
func (r *reader) badDate(n *yaml.Node, key string) {
	var y, m, d int
	if got := n.Value; len(got) >= 10 {
		if _, err := fmt.Sscanf(got[:10], "%4d-%2d-%2d", &y, &m, &d); err == nil && got[4] == '-' && got[7] == '-' {
			if _, err := day.Of(y, time.Month(m), d); err != nil && y >= 1 {
				if m >= 1 && m <= 12 && d >= 1 {
					last := day.Must(y, time.Month(m), 28)
					for next := last; next.Add(1).Year() == y && sameMonth(next.Add(1), m); next++ {
						last = next.Add(1)
					}
					r.Fail(n.At, "case.no_such_day", "got", got, "last", last.String())
					return
				}
				r.Fail(n.At, "case.no_such_month_or_day", "got", got)
				return
			}
		}
	}
	r.Fail(n.At, key, "got", n.Value)
}

func sameMonth(d day.Date, m int) bool { _, got, _ := d.Civil(); return int(got) == m }

func (r *reader) within(at fault.Position, got string, first, last day.Date, span day.Span) bool {
	if first >= span.First && last <= span.Last {
		return true
	}
	r.Fail(at, "case.date_range", "got", got, "first", span.First.String(), "last", span.Last.String())
	return false
}

// number reads a whole number from 0 to last.
func (r *reader) number(n *yaml.Node, last int) int {
	if n.Kind != yaml.Scalar {
		r.Text(n)
		return 0
	}
	v, err := strconv.Atoi(n.Value)
	switch {
	case err != nil:
		return r.Int(n)
	case v < 0 || v > last:
		r.Fail(n.At, "case.number_range", "got", n.Value, "first", "0", "last", itoa(last))
		return 0
	}
	return v
}

// amount reads money in dollars.
func (r *reader) amount(n *yaml.Node) string {
	got, ok := fact.Amount(r.Text(n))
	if !ok {
		r.Fail(n.At, "case.bad_amount", "got", n.Value[:min(len(n.Value), 40)])
	}
	return got
}
