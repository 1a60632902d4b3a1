package brief

import (
	"regexp"
	"slices"
	"strings"

	"stayput/day"
	derived "stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/fact"
)

// An ask is one missing fact: what it would settle alone, and what it would help
// to settle together with others.
type ask struct {
	Text    string
	Settles []string
	Helps   []string
	Missing day.Missing
	Clock   *clock.Clock // the first that waits for it, or nil
	open    int          // dates still to come that wait for it
}

// Calendar reports that the fact is one about a school calendar.
func (a *ask) Calendar() bool { return aboutCalendar(a.Missing) }

// Open reports that a date still to come waits for it.
func (a *ask) Open() bool { return a.open > 0 }

func aboutCalendar(m day.Missing) bool { return strings.HasPrefix(m.Key, "calendar_") }

// Asked leaves out what a further fact on the same list would settle as well:
// the first is the one to ask for.
func Asked(ms []day.Missing) []day.Missing {
	var out []day.Missing
	for _, m := range ms {
		covered := slices.ContainsFunc(ms, func(o day.Missing) bool {
			whole := o.Key == "calendar_none" || o.Key == "calendar_next"
			part := m.Key == "calendar_first_day" || m.Key == "calendar_last_day"
			return whole && part && o.Name == m.Name
		})
		if !covered {
			out = append(out, m)
		}
	}
	return out
}

// settles reports that a fact alone settles what waits for all of ms. What says
// whether something was done, or whose answer it was, is a question of its own.
func settles(ms []day.Missing, m day.Missing) bool {
	other := func(m day.Missing) bool {
		return strings.HasPrefix(m.Key, "answer") || m.Key == "not_recorded"
	}
	if other(m) {
		return true
	}
	left := slices.DeleteFunc(Asked(ms), other)
	return len(left) == 1 && left[0] == m
}

// asksOf puts the facts to ask for into words.
func (s *speaker) asksOf(ms []day.Missing, about fact.Kind) []string {
	var out []string
	for _, m := range Asked(ms) {
		out = append(out, s.missing(m, about, settles(ms, m)))
	}
	return out
}

var labelIn = regexp.MustCompile(`(?:^|[^0-9])(\d{4}-\d{2})$`)

// YearOf is the school year that a missing fact about a calendar is of, or "".
func YearOf(m day.Missing) string {
	if !aboutCalendar(m) {
		return ""
	}
	if x := labelIn.FindStringSubmatch(m.Name); x != nil {
		return x[1]
	}
	return ""
}

// Waits is the school year whose calendar a brief asks for first, or "".
func Waits(b *derived.Brief, o Options) string {
	for _, a := range Asks(b, o) {
		if y := YearOf(a.Missing); y != "" {
			return y
		}
	}
	return ""
}

// asks gathers what is missing, each fact once, with what it would settle. The
// calendar that the next steps ask for comes first, so that every page asks for
// the same.
func (s *speaker) asks() []ask {
	var out []ask
	at := map[string]int{}
	add := func(ms []day.Missing, about fact.Kind, title string, c *clock.Clock) {
		for _, m := range Asked(ms) {
			text := s.missing(m, about, true)
			i, ok := at[text]
			if !ok {
				i = len(out)
				at[text] = i
				out = append(out, ask{Text: s.missing(m, about, false), Missing: m, Clock: c})
			}
			a := &out[i]
			if c != nil && c.MetBy == "" && c.Status != clock.Ended {
				a.open++
			}
			list := &a.Helps
			if settles(ms, m) {
				list, a.Text = &a.Settles, text
			}
			if !slices.Contains(*list, title) {
				*list = append(*list, title)
			}
		}
	}
	for i := range s.b.Clocks {
		c := &s.b.Clocks[i]
		if where(c, s.asOf) == done && c.MetBy == "" {
			continue
		}
		add(c.Missing, c.Kind, s.title(c.Rule), c)
	}
	for i := range s.b.Limits {
		l := &s.b.Limits[i]
		k := fact.Kind(0)
		if l.Clock != nil {
			k = l.Clock.Kind
		}
		add(l.Missing, k, s.right(l.Rule, l.Right), nil)
	}
	for i := range s.b.Statements {
		t := &s.b.Statements[i]
		add(t.Missing, t.Kind, s.title(t.Rule), nil)
	}
	for i := range out {
		out[i].Helps = slices.DeleteFunc(out[i].Helps, func(t string) bool { return slices.Contains(out[i].Settles, t) })
	}
	if i := s.lead(out); i > 0 {
		a := out[i]
		copy(out[1:i+1], out[:i])
		out[0] = a
	}
	return out
}

// lead is the fact about a calendar to ask for first: that of the next steps,
// else the one that settles most, else the one that helps most; -1 for none.
func (s *speaker) lead(asks []ask) int {
	for i := range s.b.Next {
		p := &s.b.Next[i]
		if p.Do != "settle_date" || len(p.Missing) == 0 {
			continue
		}
		m := least(p.Missing)
		if at := slices.IndexFunc(asks, func(a ask) bool { return a.Missing == m }); at >= 0 && aboutCalendar(m) {
			return at
		}
	}
	best := -1
	for i := range asks {
		a := &asks[i]
		if !a.Calendar() || !a.Open() {
			continue
		}
		if best < 0 || len(a.Settles) > len(asks[best].Settles) || len(a.Settles) == len(asks[best].Settles) && len(a.Helps) > len(asks[best].Helps) {
			best = i
		}
	}
	return best
}
