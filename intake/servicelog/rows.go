package servicelog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/fault"
	"stayput/intake/caseload"
	"stayput/plan/session"
)

// Options are what holds for every row.
type Options struct {
	Today   day.Date       // no session is later
	Service string         // of rows that name none; a file without the column is about this one
	From    session.Teller // who says so; "" is the provider
	Plans   []day.Span     // the days on which a plan was in force; none: not checked
	// SchoolDay says whether school met; nil: not checked.
	SchoolDay func(day.Date) day.Sure
	Known     []session.Log // what is logged already, to find what would be added twice
	// Child is the name of the child. Rows of others are counted and passed over;
	// nothing of them is kept. "" takes every row.
	Child string
	// Services are the services of the plan by name, for text that only mentions
	// them: what is said, folded or not, to the service.
	Services map[string]string
	// Match gives the service of the plan that a text of a row means on a day, and
	// nothing when it is none or may be several: then the text stays. nil: every
	// text stays.
	Match func(said string, on day.Date) string
}

// A State is what would happen to a row.
type State string

// The states.
const (
	Ready   State = "ready"
	Look    State = "look"    // it would be added, and something about it should be looked at
	Refused State = "refused" // it cannot be added as it is
	Passed  State = "passed"  // it is no session: school was closed
)

// A Row is one row of a file and what would come of it.
type Row struct {
	N        int // as the spreadsheet numbers it; of a text, the line
	State    State
	Log      session.Log // Makes is left empty: what is made up is named by MakesOn and MakesRow
	MakesOn  day.Date    // of a make-up: the day of the session it makes up
	MakesRow int         // the row of that session in the same file, or 0
	Said     string      // a text that was pasted
	Service  string      // what the row calls the service; Log.Service is the plan's name of it, where Match knew one
	Notes    []*fault.Error

	dateText string
}

// A Report is what a file would add, row by row.
type Report struct {
	Rows     []Row
	Problems fault.List     // of the whole file: then there are no rows
	Notices  []*fault.Error // what a person should know of the reading
	Others   int            // rows of other children, passed over
	Ready    int
	Look     int
	Refused  int
	Passed   int
}

// Accept gives the logs of the rows that can be added. Nothing is taken over in
// half: while a row is refused, it must be left out by its number, or nothing is
// given.
func (r *Report) Accept(leaveOut map[int]bool) ([]session.Log, error) {
	if err := r.Problems.Or(); err != nil {
		return nil, err
	}
	var out []session.Log
	var bad fault.List
	for i := range r.Rows {
		row := &r.Rows[i]
		switch {
		case leaveOut[row.N] || row.State == Passed:
		case row.State == Refused:
			bad = append(bad, fault.New(fault.Invalid, fault.Position{Line: row.N}, "servicelog.row_refused", "row", strconv.Itoa(row.N)))
		default:
			out = append(out, row.Log)
		}
	}
	if err := bad.Or(); err != nil {
		return nil, err
	}
	return out, nil
}

func (r *Row) note(key string, pairs ...string) {
	r.Notes = append(r.Notes, fault.New(fault.Invalid, fault.Position{Line: r.N}, "servicelog.row."+key, pairs...))
	if r.State == Ready {
		r.State = Look
	}
}

func (r *Row) refuse(key string, pairs ...string) {
	r.note(key, pairs...)
	r.State = Refused
}

// Rows reads every row by a mapping. It may be called again, but not by two
// goroutines at once.
func (f *File) Rows(m Mapping, o Options) *Report {
	rep := &Report{}
	if rep.Problems = f.Check(m); len(rep.Problems) > 0 {
		return rep
	}
	r := &rowReader{f: f, o: o, rep: rep, col: columns{}, words: map[string]string{}, child: caseload.Fold(o.Child)}
	for _, t := range Targets() {
		r.col[t] = m.of(t)
	}
	for _, a := range m.Columns {
		if a.Target == Note {
			r.notes = append(r.notes, a.Column)
		}
		if a.Target == Date {
			r.order = a.Order
		}
	}
	if t, ok := f.table.(sheetTable); ok {
		t.b.left = MaxUnpacked
	}
	err := f.table.each(func(n int, cells []cell) bool {
		if n > f.HeaderRow {
			r.row(n, cells)
		}
		return true
	})
	if err != nil {
		rep.Rows, rep.Problems = nil, fault.All(err)
		return rep
	}
	r.dates()
	rep.settle(o)
	if r.formulas > 0 {
		rep.Notices = append(rep.Notices, refuse(f.Name, 0, "servicelog.formulas", "n", strconv.Itoa(r.formulas)))
	}
	if len(rep.Rows) == 0 && rep.Others == 0 {
		rep.Problems = fault.List{refuse(f.Name, f.HeaderRow, "servicelog.header_only")}
	}
	return rep
}

// columns are the columns of targets.
type columns map[Target]int

type rowReader struct {
	f        *File
	o        Options
	rep      *Report
	col      columns
	notes    []int
	order    caseload.Order
	words    map[string]string // one copy of each text
	child    string
	formulas int
	first    bool // a date shows the day first, another the month first
	month    bool
	cells    []cell
}

func (r *rowReader) at(t Target) cell {
	i := r.col[t]
	if i < 0 || i >= len(r.cells) {
		return cell{}
	}
	return r.cells[i]
}

// text is the text of a target: one copy of it, without numbers nobody may keep.
func (r *rowReader) text(t Target, most int) string { return r.keep(r.at(t).text, most) }

func (r *rowReader) keep(s string, most int) string {
	if s == "" {
		return ""
	}
	s = cut(s, most)
	if k, ok := r.words[s]; ok {
		return k
	}
	k, _ := caseload.HideNumbers(s)
	if len(r.words) < 20_000 {
		r.words[strings.Clone(s)] = k
	}
	return strings.Clone(k)
}

func (r *rowReader) row(n int, cells []cell) {
	r.cells = cells
	if r.child != "" && r.col[Child] >= 0 && !sameChild(r.child, caseload.Fold(r.at(Child).text)) {
		r.rep.Others++
		return
	}
	row := Row{N: n, State: Ready}
	l := &row.Log
	used := false
	merged := false
	for _, t := range Targets() {
		if c := r.at(t); t != Ignore && t != Child && !c.empty() {
			used = true
			merged = merged || c.merged
			if c.formula {
				r.formulas++
			}
		}
	}
	if !used {
		return
	}
	if merged {
		row.note("merged")
	}
	l.From = cmp.Or(r.o.From, session.Provider)
	l.Service = cmp.Or(r.text(Service, 200), r.o.Service)
	l.Reason, l.Provider, l.Setting = r.text(Reason, 500), r.text(Provider, 120), r.text(Setting, 200)
	l.Delivery = readDelivery(r.text(Delivery, 60))
	l.Start = readStart(r.at(Start))
	var notes []string
	for _, i := range r.notes {
		if i < len(cells) && cells[i].text != "" {
			notes = append(notes, r.keep(cells[i].text, 2000))
		}
	}
	l.Note = strings.Join(notes, "\n")
	r.readDate(&row, Date)
	if l.Service == "" {
		row.refuse("no_service")
	}
	var bad flaw
	if l.Minutes, bad = readMinutes(r.at(Minutes)); bad != "" {
		row.flawed(bad, r.at(Minutes).text)
	}
	if l.Planned, bad = readMinutes(r.at(Planned)); bad != "" {
		row.flawed(bad, r.at(Planned).text)
	}
	row.outcome(r.text(Outcome, 300), l.Reason)
	if s := r.at(Makes); !s.empty() {
		if d, ok := r.day(s, r.order); ok {
			row.MakesOn = d
		} else {
			row.note("makes_unreadable", "value", cut(s.text, 40))
		}
	}
	r.rep.Rows = append(r.rep.Rows, row)
}

// flawed says what is wrong with minutes.
func (r *Row) flawed(bad flaw, value string) {
	if bad == "minutes_rounded" {
		r.note(bad, "value", cut(value, 40))
		return
	}
	r.refuse(bad, "value", cut(value, 40))
}

// outcome reads what came of the session: from its own column, else from the
// reason, else from the minutes.
func (r *Row) outcome(said, beside string) {
	l := &r.Log
	o, ok := readOutcome(said)
	if said != "" && !ok {
		r.refuse("outcome_unknown", "value", cut(said, 60))
		return
	}
	if o == unclear || !ok {
		if b, found := readOutcome(strings.TrimSpace(beside)); found && b != unclear && (o == unclear && b.Missed() || !ok && (b.Missed() || b == "")) {
			if !ok && l.Minutes.N > 0 {
				r.note("outcome_guessed", "value", cut(beside, 60))
			}
			o, ok = b, true
		}
	}
	switch {
	case o == unclear:
		r.refuse("outcome_unclear", "value", cut(said, 60))
	case !ok && l.Minutes.Said && l.Minutes.N > 0:
		l.Outcome = session.Delivered
	case !ok && r.State != Refused:
		r.refuse("outcome_unsaid")
	case !ok:
	case o == "":
		r.State, r.Notes = Passed, nil
	default:
		l.Outcome = o
		if o.Missed() && l.Minutes.Said && l.Minutes.N == 0 {
			l.Minutes.Said = false // nothing was given; how long it should have been is not said
		}
		if o == session.Delivered && l.Planned.Said && l.Minutes.Said && l.Minutes.N < l.Planned.N {
			r.note("shorter")
		}
		if o.Given() && !l.Minutes.Said && r.State != Refused {
			r.note("minutes_unsaid")
		}
		if o.Given() && l.Minutes.Said && l.Minutes.N == 0 {
			r.refuse("minutes_zero")
		}
	}
	if l.Minutes.Said && l.Minutes.N > 8*60 && r.State != Refused {
		r.note("minutes_long", "value", l.Minutes.String())
	}
}

// sameChild compares names by their words, in any order.
func sameChild(want, got string) bool {
	a, b := strings.Fields(want), strings.Fields(got)
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// readDate reads the day of a row, or keeps the text until the whole column was
// seen: whether 3/9 is in March or in September, other rows may say.
func (r *rowReader) readDate(row *Row, t Target) {
	c := r.at(t)
	switch {
	case c.broken:
		row.refuse("broken")
	case c.empty():
		row.refuse("no_date")
	case c.number:
		if d, ok := r.serial(c); ok {
			row.Log.On = d
		} else {
			row.refuse("date_unreadable", "value", cut(c.text, 40))
		}
	default:
		switch caseload.OrderOf(c.text) {
		case caseload.DayFirst:
			r.first = true
		case caseload.MonthFirst:
			r.month = true
		}
		row.dateText = strings.Clone(cut(c.text, 60))
	}
}

// serial is the day of a number. A number in the format of a date is one; so is
// one that would be a date of our time, and eight digits that are a date.
func (r *rowReader) serial(c cell) (day.Date, bool) {
	if c.value >= 19500101 && c.value <= 21001231 && !c.date {
		w, key := caseload.ReadDay(c.text, caseload.ByColumn, r.latest())
		return w.Earliest, key == "" && w.Exact()
	}
	if !c.date && (c.value < 20000 || c.value > 80000) {
		return 0, false
	}
	return caseload.SerialDay(c.value, r.f.from1904)
}

func (r *rowReader) latest() int {
	if r.o.Today > 0 {
		return r.o.Today.Year() + 1
	}
	return 2100
}

// day reads a day that has no column of its own order.
func (r *rowReader) day(c cell, order caseload.Order) (day.Date, bool) {
	if c.number {
		return r.serial(c)
	}
	if order == caseload.ByColumn {
		order = caseload.MonthFirst
		if r.first && !r.month {
			order = caseload.DayFirst
		}
	}
	w, key := caseload.ReadDay(c.text, order, r.latest())
	return w.Earliest, key == "" && w.Exact()
}

// dates reads the dates that were kept as text, now that the column was seen.
func (r *rowReader) dates() {
	order := r.order
	guessed := false
	if order == caseload.ByColumn {
		switch {
		case r.first && !r.month:
			order = caseload.DayFirst
		case r.month && !r.first:
			order = caseload.MonthFirst
		}
	}
	for i := range r.rep.Rows {
		row := &r.rep.Rows[i]
		if row.dateText == "" {
			continue
		}
		w, key := caseload.ReadDay(row.dateText, order, r.latest())
		if key == "caseload.date_ambiguous" && !(r.first && r.month) {
			// Nothing in the column says otherwise: month first, as in the United States.
			w, key = caseload.ReadDay(row.dateText, caseload.MonthFirst, r.latest())
			guessed = true
		}
		switch {
		case key == "caseload.date_ambiguous":
			row.refuse("date_ambiguous", "value", row.dateText)
		case key != "" || !w.Exact():
			row.refuse("date_unreadable", "value", row.dateText)
		default:
			row.Log.On = w.Earliest
		}
		row.dateText = ""
	}
	if guessed {
		r.rep.Notices = append(r.rep.Notices, refuse(r.f.Name, r.f.HeaderRow, "servicelog.order_assumed"))
	}
}

// match gives each row the plan's name of its service.
func (rep *Report) match(o Options) {
	for i := range rep.Rows {
		row := &rep.Rows[i]
		row.Service = row.Log.Service
		if o.Match == nil || row.Service == "" || row.State == Passed {
			continue
		}
		if s := o.Match(row.Service, row.Log.On); s != "" {
			row.Log.Service = s
		}
	}
}

// settle checks the rows against each other, the plan and what is logged already.
func (rep *Report) settle(o Options) {
	rep.match(o)
	type slot struct {
		on      day.Date
		service string
	}
	known := map[slot][]*session.Log{}
	for i := range o.Known {
		l := &o.Known[i]
		k := slot{l.On, caseload.Fold(l.Service)}
		known[k] = append(known[k], l)
	}
	here := map[slot][]int{}
	for i := range rep.Rows {
		row := &rep.Rows[i]
		l := &row.Log
		if row.State == Passed || l.On == 0 {
			continue
		}
		switch {
		case o.Today > 0 && l.On > o.Today:
			row.refuse("future", "on", l.On.String())
			continue
		case len(o.Plans) > 0 && !slices.ContainsFunc(o.Plans, func(s day.Span) bool { return s.Has(l.On) || s.Last == 0 && l.On >= s.First }):
			row.note("outside_plan", "on", l.On.String())
		}
		if o.SchoolDay != nil && l.Outcome != session.MakeUp && o.SchoolDay(l.On) == day.No {
			row.note("no_school", "on", l.On.String())
		}
		k := slot{l.On, caseload.Fold(l.Service)}
		for _, x := range known[k] {
			if again(x, l) {
				row.note("already")
				break
			}
		}
		twice, two := false, false // one note of each sort is enough
		for _, j := range here[k] {
			other := &rep.Rows[j]
			switch x := &other.Log; {
			case same(x, l) && !twice:
				twice = true
				row.note("duplicate", "row", strconv.Itoa(other.N))
			case !two && x.Outcome.Given() && l.Outcome.Given() && x.Start == l.Start && x.Outcome != session.MakeUp && l.Outcome != session.MakeUp && !strings.EqualFold(x.Provider, l.Provider):
				two = true
				row.note("two_providers", "row", strconv.Itoa(other.N), "provider", x.Provider)
			}
		}
		if len(here[k]) < 50 { // more of one service on one day is no log
			here[k] = append(here[k], i)
		}
	}
	for i := range rep.Rows {
		row := &rep.Rows[i]
		if row.MakesOn == 0 {
			continue
		}
		if row.Log.Outcome != session.MakeUp {
			row.note("makes_no_make_up")
			row.MakesOn = 0
			continue
		}
		if row.Log.On != 0 && row.MakesOn > row.Log.On {
			row.note("make_up_early", "on", row.MakesOn.String())
		}
		k := slot{row.MakesOn, caseload.Fold(row.Log.Service)}
		for _, j := range here[k] {
			if rep.Rows[j].Log.Outcome.Missed() {
				row.MakesRow = rep.Rows[j].N
			}
		}
		if row.MakesRow == 0 && !slices.ContainsFunc(known[k], func(l *session.Log) bool { return l.Outcome.Missed() }) {
			row.note("makes_nothing", "on", row.MakesOn.String())
		}
	}
	for i := range rep.Rows {
		switch rep.Rows[i].State {
		case Ready:
			rep.Ready++
		case Look:
			rep.Look++
		case Refused:
			rep.Refused++
		case Passed:
			rep.Passed++
		}
	}
}

// same reports that two logs say the same.
func same(a, b *session.Log) bool {
	return a.On == b.On && a.Outcome == b.Outcome && a.Minutes == b.Minutes && a.Start == b.Start && strings.EqualFold(a.Provider, b.Provider)
}

// again reports that a log tells of a session that is in the record: one of the two
// may leave out who gave it or when it began, and of a missed one how long it should
// have been.
func again(known, l *session.Log) bool {
	open := known.Provider == "" || l.Provider == ""
	return known.On == l.On && known.Outcome == l.Outcome && (known.Minutes == l.Minutes || known.Outcome.Missed()) &&
		(known.Start == l.Start || !known.Start.Said || !l.Start.Said) && (open || strings.EqualFold(known.Provider, l.Provider))
}
