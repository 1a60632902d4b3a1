package brief

import (
	"strconv"

	"stayput/day"
	"stayput/derive/trace"
)

// longest is the longest count that is drawn as small calendars; longer ones are
// shown as a list of runs.
const longest = 150

// A month is one small calendar.
type month struct {
	Name  string
	Heads []head
	Weeks [][]cell // seven cells each
}

// A head is the name of a weekday above its column.
type head struct{ Short, Full string }

// A cell is one day of a small calendar. Class is what it looks like; Sign is a
// letter that names the reason; Says is read aloud.
type cell struct {
	Day   int
	Class string
	Sign  string
	Says  string
}

// A mark is one line of the legend.
type mark struct {
	Class string
	Sign  string
	Text  string
	Days  string
}

// months draws a count. It gives nothing for a count that is not made day by day
// or is too long. A due day that is not sure is only the earliest it can be.
func (s *speaker) months(t *trace.Trace, runs []trace.Run, zero, due day.Date, sure bool) ([]month, []mark) {
	if len(runs) == 0 || t.Named || int(t.Last-t.First) >= longest {
		return nil, nil
	}
	first, last := t.First, t.Last
	if zero != 0 {
		first, last = min(first, zero), max(last, zero)
	}
	first, last = min(first, due), max(last, due)
	sign := map[day.Reason]string{}
	var marks []mark
	marks = append(marks, mark{Class: "c", Text: s.c.T("page.legend_counted")})
	total := 0
	for _, r := range runs {
		if r.Counted {
			total += r.Days
			continue
		}
		if _, ok := sign[r.Why]; !ok {
			sign[r.Why] = string(rune('a' + len(sign)%26))
			marks = append(marks, mark{Class: "k", Sign: sign[r.Why], Text: s.c.T("page.legend_skipped") + ": " + s.reason(r.Why)})
		}
	}
	for i := range marks {
		n := 0
		for _, r := range runs {
			if (i == 0 && r.Counted) || (i > 0 && !r.Counted && sign[r.Why] == marks[i].Sign) {
				n += r.Days
			}
		}
		marks[i].Days = s.c.Days(n)
	}
	if sure {
		marks = append(marks, mark{Class: "l", Text: s.c.T("page.legend_last")})
	} else {
		marks = append(marks, mark{Class: "l", Text: s.c.T("page.legend_earliest")})
	}
	if zero != 0 {
		marks = append(marks, mark{Class: "z", Text: s.c.T("page.legend_start")})
	}
	cells := make(map[day.Date]cell, int(t.Last-t.First)+3)
	n := 0
	if t.Back {
		n = total + 1
	}
	for _, r := range runs {
		why := s.reason(r.Why)
		for d := r.From; d <= r.To; d++ {
			if !r.Counted {
				cells[d] = cell{Class: "k", Sign: sign[r.Why], Says: s.c.T("page.cell_skipped", "why", why)}
				continue
			}
			if t.Back {
				n--
			} else {
				n++
			}
			k := strconv.Itoa(n)
			x := cell{Class: "c", Says: s.c.T("page.cell_counted", "n", k)}
			if d == due && sure {
				x.Says = s.c.T("page.cell_last", "n", k)
			}
			cells[d] = x
		}
	}
	if zero != 0 {
		cells[zero] = cell{Class: "z", Says: s.c.T("page.cell_start")}
	}
	x := cells[due]
	if !sure {
		x.Says = join(x.Says, s.c.T("page.legend_earliest"))
	} else if x.Says == "" || x.Class == "k" {
		x.Says = s.c.T("page.cell_last_plain")
	}
	x.Class += " l"
	cells[due] = x
	var out []month
	for y, m, _ := first.Civil(); ; {
		at, err := day.Of(y, m, 1)
		if err != nil || at > last {
			return out, marks
		}
		out = append(out, s.month(at, cells))
		if m++; m > 12 {
			y, m = y+1, 1
		}
	}
}

// month draws the month that begins on first; weeks begin on Sunday.
func (s *speaker) month(first day.Date, cells map[day.Date]cell) month {
	out := month{Name: s.c.MonthYear(first)}
	for w := range 7 {
		d := day.Date(w + 7) // day 7 is a Sunday
		out.Heads = append(out.Heads, head{s.c.WeekdayLetter(d.Weekday()), s.c.Weekday(d)})
	}
	next := first.AddMonths(1)
	week := make([]cell, 0, 7)
	for range int(first.Weekday()) {
		week = append(week, cell{})
	}
	for d := first; d < next; d++ {
		x := cells[d]
		_, _, x.Day = d.Civil()
		week = append(week, x)
		if len(week) == 7 {
			out.Weeks = append(out.Weeks, week)
			week = make([]cell, 0, 7)
		}
	}
	if len(week) > 0 {
		for len(week) < 7 {
			week = append(week, cell{})
		}
		out.Weeks = append(out.Weeks, week)
	}
	return out
}
