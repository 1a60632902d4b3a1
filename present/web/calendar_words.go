package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/desk"
	"stayput/fault"
	"stayput/intake/calendar"
	"stayput/intake/casefile"
	"stayput/locale"
	"stayput/people"
	say "stayput/present/brief"
)

// A calYear is one school year, drawn.
type calYear struct {
	ID       string // of its heading
	Title    string
	Facts    [][2]string
	Open     []string // what is not known of it
	Months   []calMonth
	Marks    []say.Mark
	Closures []calClosure
	Minimum  []string
}

// A calMonth is one month of it.
type calMonth struct {
	Name   string
	Heads  []calHead
	Weeks  [][]calCell
	Closed []string // what closes school in it, in order
}

type (
	calHead struct{ Short, Full string }
	calCell struct {
		Day               int
		Class, Sign, Says string
	}
	calClosure struct{ Span, Name, Kind, Grades, Sign string }
)

// mostMonths is how many months of one calendar are drawn.
const mostMonths = 15

// drawYear draws a school year month by month.
func (f speaker) drawYear(y day.SchoolYear, id string) calYear {
	c := f.cat
	out := calYear{ID: id, Title: f.T("webdates.year", "label", yearLabel(y))}
	if y.Extended {
		out.Title = f.T("webdates.extended_year", "label", yearLabel(y))
	}
	if y.District != "" {
		out.Title = y.District + ", " + out.Title
	}
	fact := func(key, v string) { out.Facts = append(out.Facts, [2]string{c.T(key), v}) }
	unknown := c.T("webdates.unknown")
	first, last := unknown, unknown
	if y.First != 0 {
		first = c.DateFull(y.First)
	} else {
		out.Open = append(out.Open, c.T("webdates.open_first"))
	}
	if y.Last != 0 {
		last = c.DateFull(y.Last)
	} else {
		out.Open = append(out.Open, c.T("webdates.open_last"))
	}
	fact("webdates.first_day", first)
	fact("webdates.last_day", last)
	if y.CoversTo != 0 {
		fact("webdates.covers_to", c.Date(y.CoversTo))
	}
	if !y.Complete {
		out.Open = append(out.Open, c.T("webdates.open_partial"))
	}
	from, to := reach(y)
	if from == 0 || to == 0 || to < from {
		return out
	}
	days := c.N("webdates.school_days", schoolDays(y, from, to))
	if !y.Complete {
		days = c.N("webdates.school_days_listed", schoolDays(y, from, to))
	}
	if y.PupilDays != 0 {
		days += " " + c.N("webdates.pupil_days", y.PupilDays)
	}
	fact("webdates.days", days)
	if len(y.Minimum) > 0 {
		fact("webdates.minimum", c.N("webdates.minimum_days", len(y.Minimum)))
	}
	closed := slices.Clone(y.Closures)
	slices.SortStableFunc(closed, func(a, b day.Closure) int { return int(a.First) - int(b.First) })
	n := map[day.ClosureKind]int{}
	for i, x := range closed {
		if i == 400 {
			out.Closures = append(out.Closures, calClosure{Span: c.N("page.more", len(closed)-i)})
			break
		}
		k := calClosure{Span: c.Span(x.Span), Name: x.Name, Kind: f.kindName(x.Kind), Sign: f.kindSign(x.Kind), Grades: f.grades(x)}
		out.Closures = append(out.Closures, k)
		n[x.Kind]++
	}
	for _, d := range y.Minimum {
		out.Minimum = append(out.Minimum, c.DateShort(d))
	}
	out.Marks = append(out.Marks, say.Mark{Class: "c", Text: c.T("webdates.mark_school")})
	for k := range day.ClosureKinds() {
		if k := day.ClosureKind(k); n[k] > 0 {
			out.Marks = append(out.Marks, say.Mark{Class: "k", Sign: f.kindSign(k), Text: f.kindName(k)})
		}
	}
	if len(y.Minimum) > 0 {
		out.Marks = append(out.Marks, say.Mark{Class: "c", Sign: "½", Text: c.T("webdates.mark_minimum")})
	}
	if y.First != 0 {
		out.Marks = append(out.Marks, say.Mark{Class: "z", Text: c.T("webdates.first_day")})
	}
	if y.Last != 0 {
		out.Marks = append(out.Marks, say.Mark{Class: "l", Text: c.T("webdates.last_day")})
	}
	yy, m, _ := from.Civil()
	for len(out.Months) < mostMonths {
		at := day.Must(yy, m, 1)
		if at > to {
			break
		}
		out.Months = append(out.Months, f.drawMonth(y, closed, at, from, to))
		if m++; m > 12 {
			yy, m = yy+1, 1
		}
	}
	return out
}

func (f speaker) drawMonth(y day.SchoolYear, closed []day.Closure, at, from, to day.Date) calMonth {
	c := f.cat
	out := calMonth{Name: c.MonthYear(at)}
	for w := range 7 {
		d := day.Date(w + 7) // day 7 is a Sunday
		out.Heads = append(out.Heads, calHead{c.WeekdayLetter(d.Weekday()), c.Weekday(d)})
	}
	next := at.AddMonths(1)
	for _, x := range closed {
		if x.Last < at || x.First >= next || len(out.Closed) == 8 {
			continue
		}
		name := x.Name
		if name == "" {
			name = f.kindName(x.Kind)
		}
		if x.First == x.Last {
			out.Closed = append(out.Closed, c.DayShort(x.First)+": "+name)
		} else {
			out.Closed = append(out.Closed, c.T("date.span", "from", c.DayShort(x.First), "to", c.DayShort(x.Last))+": "+name)
		}
	}
	week := make([]calCell, 0, 7)
	for range int(at.Weekday()) {
		week = append(week, calCell{})
	}
	for d := at; d < next; d++ {
		x := calCell{}
		_, _, x.Day = d.Civil()
		if d >= from && d <= to && !d.Weekend() {
			x.Class = "c"
			for i := range closed {
				if !closed[i].Has(d) {
					continue
				}
				k := &closed[i]
				name := k.Name
				if name == "" {
					name = f.kindName(k.Kind)
				}
				x.Sign = f.kindSign(k.Kind)
				if len(k.Grades) > 0 || k.Track != "" {
					x.Says = f.T("webdates.cell_some", "name", name, "grades", f.grades(*k))
					continue
				}
				x.Class, x.Says = "k", f.T("webdates.cell_closed", "name", name)
				break
			}
			if x.Class == "c" && slices.Contains(y.Minimum, d) {
				x.Sign, x.Says = "½", f.T("webdates.mark_minimum")
			}
		}
		switch d {
		case y.First:
			x.Class, x.Says = "c z", f.T("webdates.first_day")
		case y.Last:
			x.Class, x.Says = "c l", f.T("webdates.last_day")
		}
		week = append(week, x)
		if len(week) == 7 {
			out.Weeks = append(out.Weeks, week)
			week = make([]calCell, 0, 7)
		}
	}
	if len(week) > 0 {
		for len(week) < 7 {
			week = append(week, calCell{})
		}
		out.Weeks = append(out.Weeks, week)
	}
	return out
}

// reach is the days a school year speaks of.
func reach(y day.SchoolYear) (from, to day.Date) {
	from, to = y.First, y.Last
	if to == 0 {
		to = y.CoversTo
	}
	for _, x := range y.Closures {
		if y.First == 0 && (from == 0 || x.First < from) {
			from = x.First
		}
		if y.Last == 0 && y.CoversTo == 0 {
			to = max(to, x.Last)
		}
	}
	if to == 0 {
		to = from
	}
	if from == 0 {
		from = to
	}
	return from, to
}

// schoolDays counts Monday to Friday less the closures for everybody.
func schoolDays(y day.SchoolYear, from, to day.Date) int {
	if to-from > 800 {
		to = from + 800
	}
	off := map[day.Date]bool{}
	for _, x := range y.Closures {
		if len(x.Grades) > 0 || x.Track != "" {
			continue
		}
		for d := max(x.First, from); d <= min(x.Last, to); d++ {
			off[d] = true
		}
	}
	n := 0
	for d := from; d <= to; d++ {
		if !d.Weekend() && !off[d] {
			n++
		}
	}
	return n
}

// yearLabel is "2026-27".
func yearLabel(y day.SchoolYear) string {
	if y.Label != "" {
		return y.Label
	}
	d := y.First
	if d == 0 {
		d, _ = reach(y)
	}
	if d == 0 {
		return "?"
	}
	return labelOf(d)
}

// labelOf names the school year that holds d, which begins in July.
func labelOf(d day.Date) string {
	yy, m, _ := d.Civil()
	if m < time.July {
		yy--
	}
	return fmt.Sprintf("%04d-%02d", yy, (yy+1)%100)
}

func (f speaker) kindName(k day.ClosureKind) string { return f.cat.T("webdates.kind_" + k.String()) }
func (f speaker) kindSign(k day.ClosureKind) string { return f.cat.T("webdates.sign_" + k.String()) }

// grades says for whom a closure holds when it is not for everybody.
func (f speaker) grades(x day.Closure) string {
	var out []string
	for _, g := range x.Grades {
		if key := "webdates.grades_" + strings.ToLower(g); f.cat.Has(key) {
			g = f.cat.T(key)
		}
		out = append(out, g)
	}
	s := f.cat.List(out)
	if x.Track != "" {
		s = strings.TrimPrefix(s+", "+f.T("webdates.track", "name", x.Track), ", ")
	}
	return s
}

// calChanges says what differs between two states of a school year.
func (f speaker) calChanges(a, b day.SchoolYear) []string {
	var out []string
	say := func(key string, pairs ...any) { out = append(out, f.T(key, pairs...)) }
	date := func(d day.Date) string {
		if d == 0 {
			return f.T("webdates.unknown")
		}
		return f.cat.Date(d)
	}
	if a.First != b.First {
		say("webdates.change_first", "was", date(a.First), "now", date(b.First))
	}
	if a.Last != b.Last {
		say("webdates.change_last", "was", date(a.Last), "now", date(b.Last))
	}
	switch {
	case !a.Complete && b.Complete:
		say("webdates.change_complete")
	case a.Complete && !b.Complete:
		say("webdates.change_partial")
	}
	if a.District != b.District {
		say("webdates.change_name", "was", a.District, "now", b.District)
	}
	gone, added := unlike(a.Closures, b.Closures), unlike(b.Closures, a.Closures)
	for _, x := range gone {
		say("webdates.change_gone", "name", f.closureName(x), "days", f.cat.Span(x.Span))
	}
	for _, x := range added {
		key := "webdates.change_added"
		if x.Grades != nil {
			key = "webdates.change_added_some"
		}
		say(key, "name", f.closureName(x), "days", f.cat.Span(x.Span), "kind", f.kindName(x.Kind), "grades", f.grades(x))
	}
	if len(a.Minimum) != len(b.Minimum) {
		say("webdates.change_minimum", "was", len(a.Minimum), "now", len(b.Minimum))
	}
	if len(out) > 60 {
		n := len(out) - 60
		out = append(out[:60], f.N("page.more", n))
	}
	return out
}

func (f speaker) closureName(x day.Closure) string {
	if x.Name == "" {
		return f.kindName(x.Kind)
	}
	return x.Name
}

// unlike is what stands in a and not in b.
func unlike(a, b []day.Closure) []day.Closure {
	key := func(x day.Closure) string {
		return fmt.Sprint(x.First, x.Last, x.Kind, "\x00", x.Name, "\x00", x.Grades, x.Track)
	}
	have := map[string]int{}
	for _, x := range b {
		have[key(x)]++
	}
	var out []day.Closure
	for _, x := range a {
		if have[key(x)]--; have[key(x)] < 0 {
			out = append(out, x)
		}
	}
	return out
}

// warnSays are the warnings of a calendar in words; at most 100 of them, and how
// many more there are.
func (f speaker) warnSays(ws []calendar.Warning) (out []string, more int) {
	for _, w := range ws {
		if len(out) == 100 {
			return out, len(ws) - 100
		}
		pairs := make([]string, 0, 2*len(w.Args)+2)
		for k, v := range w.Args {
			if k == "on" {
				if d, err := day.Parse(v); err == nil {
					v = f.cat.Date(d)
				}
			}
			pairs = append(pairs, k, v)
		}
		out = append(out, f.cat.T(w.Key, pairs...))
	}
	return out, 0
}

// faultSays are the problems of a calendar in words, each with its line.
func (f speaker) faultSays(err error, lines bool) []string {
	var out []string
	for _, e := range fault.All(err) {
		text := f.cat.Fault(e)
		if lines && e.At.Line > 0 {
			text = f.T("webdates.at_line", "line", e.At.Line, "text", text)
		}
		if len(out) < 20 {
			out = append(out, text)
		}
	}
	return out
}

// Warnings of the file a calendar was made from are kept with it, one a line.
const wasRead = "# read: "

type keptWarning struct {
	Key  string            `json:"key"`
	Args map[string]string `json:"args,omitempty"`
}

func withWarnings(body []byte, ws []calendar.Warning) []byte {
	var b strings.Builder
	for i, w := range ws {
		if i == 200 {
			break
		}
		if line, err := json.Marshal(keptWarning{w.Key, w.Args}); err == nil && len(line) < 1000 {
			b.WriteString(wasRead + string(line) + "\n")
		}
	}
	return append([]byte(b.String()), body...)
}

func keptWarnings(body []byte) []calendar.Warning {
	var out []calendar.Warning
	for _, line := range strings.Split(string(body), "\n") {
		rest, ok := strings.CutPrefix(line, wasRead)
		if !ok {
			if len(out) > 0 || line == "" || line[0] != '#' {
				break
			}
			continue
		}
		var w keptWarning
		if json.Unmarshal([]byte(rest), &w) == nil && (strings.HasPrefix(w.Key, "ics.") || strings.HasPrefix(w.Key, "calendar.")) {
			out = append(out, calendar.Warning{Key: w.Key, Args: w.Args})
		}
	}
	return out
}

// calPath is where a calendar is shown.
func calPath(id string) string { return "/calendars/" + url.PathEscape(id) }

// ofCase is the query that carries a case from page to page.
func ofCase(id string) string {
	if id == "" {
		return ""
	}
	return "?case=" + url.QueryEscape(id)
}

// follows reports that a case follows a calendar.
func follows(c *desk.Case, id string) bool {
	return slices.ContainsFunc(c.File.Calendars, func(r casefile.CalendarRef) bool { return r.Inline == nil && (r.Name == id || r.Name+".yaml" == id) })
}

// waits is how many open dates of a case wait for something about a calendar,
// and the titles of the first few.
func (f speaker) waits(c *desk.Case) (n int, titles []string) {
	o := f.wording(c.Brief)
	for i := range c.Brief.Clocks {
		k := &c.Brief.Clocks[i]
		if k.MetBy != "" || k.Status == clock.Ended || !slices.ContainsFunc(k.Missing, aboutCalendar) {
			continue
		}
		n++
		if t := ruleTitle(o, k); len(titles) < 6 && !slices.Contains(titles, t) {
			titles = append(titles, t)
		}
	}
	return n, titles
}

// readDay reads a day as people type it: 2026-08-11 or 8/11/2026.
func readDay(s string) (day.Date, bool) {
	s = strings.TrimSpace(s)
	if d, err := day.Parse(s); err == nil {
		return d, d >= day.Must(1975, 1, 1) && d <= day.Must(2100, 12, 31)
	}
	p := strings.Split(s, "/")
	if len(p) != 3 {
		return 0, false
	}
	m, err1 := strconv.Atoi(p[0])
	n, err2 := strconv.Atoi(p[1])
	y, err3 := strconv.Atoi(p[2])
	if y > 0 && y < 100 {
		y += 2000
	}
	if err1 != nil || err2 != nil || err3 != nil || y < 1975 || y > 2100 {
		return 0, false
	}
	d, err := day.Of(y, time.Month(m), n)
	return d, err == nil
}

// slug is a name as part of an address: letters and digits of ASCII.
func slug(s string) string {
	plain := strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ü", "u", "ñ", "n")
	s = plain.Replace(strings.ToLower(s))
	s = strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			return c
		case unicode.IsSpace(c) || unicode.IsPunct(c):
			return '-'
		}
		return -1
	}, s)
	for strings.Contains(s, "--") {
		s = strings.ReplaceAll(s, "--", "-")
	}
	s = strings.Trim(s, "-")
	return s[:min(len(s), 60)]
}

// calID names a new calendar. form is the random name of the form, so that the
// same form sent twice saves one calendar.
func calID(name, label, form string) string {
	tail := slug(form)
	return strings.TrimPrefix(slug(name)+"-"+label, "-") + "-" + tail[:min(len(tail), 6)] + ".yaml"
}

// guessKinds says of each closure without a kind why school is closed, from its
// name. A break of a week or more is a vacation whatever it is called.
func guessKinds(cs []day.Closure, unsaid map[int]bool) {
	for i := range cs {
		if !unsaid[i] {
			continue
		}
		x := &cs[i]
		raw, err := json.Marshal(map[string]any{"closures": []map[string]any{{"from": x.First.String(), "to": x.Last.String(), "name": x.Name}}})
		if err != nil {
			continue
		}
		if ys, _, err := calendar.Read("guess", raw); err == nil && len(ys) == 1 && len(ys[0].Closures) == 1 {
			x.Kind = ys[0].Closures[0].Kind
			if x.Grades == nil {
				x.Grades = ys[0].Closures[0].Grades
			}
		}
		if x.Kind == day.OtherClosure && x.Days() >= 5 {
			x.Kind = day.Vacation
		}
	}
}

// caseOf is the case a page about calendars was reached from; nil when none was
// named or there is none.
func (s *Site) caseOf(r *http.Request, id string) (*desk.Case, error) {
	if id == "" {
		return nil, nil
	}
	c, err := s.desk.Case(r.Context(), who(r), people.CaseID(id), desk.View{})
	if fault.KindOf(err) == fault.NotFound && err != nil {
		return nil, nil
	}
	return c, err
}

// calFrame begins a page about calendars, under the mast of the case it was
// reached from.
func (s *Site) calFrame(r *http.Request, c *desk.Case, title string) Frame {
	if c != nil {
		return s.caseFrame(r, c, title, "calendars")
	}
	return s.frame(r, title, "calendars")
}

// moment says when something was done.
func (s *Site) moment(c *locale.Catalog, t time.Time) string {
	t = t.In(s.now().Location())
	y, m, d := t.Date()
	on := day.Must(y, m, d)
	return c.When(day.When{Earliest: on, Latest: on, Minute: int16(t.Hour()*60 + t.Minute())})
}
