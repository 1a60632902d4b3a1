package caseload

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
)

// Defaults are what holds for every row that does not say otherwise.
type Defaults struct {
	Jurisdiction string // us-ca; a column may name another for a row
	District     string
	Side         fact.Side
	Zone         string
	Today        day.Date // the day of the import; no clock is read
}

// A Report is what would come of a sheet. Nothing was added.
type Report struct {
	File    string
	Sheet   string
	Mapping Mapping
	Rows    []Row
	// Problems concern the whole sheet; with any of them there are no rows.
	Problems fault.List
	// Notices are what a person should know before adding: what was refused,
	// what was left out, how things were read.
	Notices   fault.List
	Questions []Question
	Ignored   []Column // columns with something in them that are not taken over
	Same      [][]int  // numbers of rows that are about the same child
}

// A Row is one row of the sheet.
type Row struct {
	N         int // as the sheet numbers it
	Case      fact.Case
	Entries   []fact.Entry
	OutsideID string // a case number or the id of another program
	School    string
	Problems  fault.List   // must be settled before the row can be added
	Warnings  fault.List   // may be added as it is
	Skip      *fault.Error // why the row is no case
}

// Ready reports that the row can be added.
func (r *Row) Ready() bool { return r.Skip == nil && len(r.Problems) == 0 }

// Counts are the numbers of rows: ready (of those, with warnings), to be settled
// and skipped.
func (r *Report) Counts() (ready, warned, blocked, skipped int) {
	for i := range r.Rows {
		switch row := &r.Rows[i]; {
		case row.Skip != nil:
			skipped++
		case len(row.Problems) > 0:
			blocked++
		default:
			ready++
			if len(row.Warnings) > 0 {
				warned++
			}
		}
	}
	return
}

// A Question is one a person has to answer: dates of a column can be read in
// two ways. The answer is the order in the column's assignment.
type Question struct {
	Column     int
	Letter     string
	Header     string
	Rows       []int    // the rows that wait for the answer
	Text       string   // the first such date
	MonthFirst day.Date // what it is with the month first
	DayFirst   day.Date // what it is with the day first
	Suggest    Order    // what the other columns have; empty when they do not tell
}

// kinds of the entries that are made.
var (
	kindLastIEP        = fact.MustLookup("last_iep_review")      // starts the year until the next review
	kindLastEvaluation = fact.MustLookup("last_evaluation_date") // starts the three years until the next evaluation
	kindConsent        = fact.MustLookup("evaluation_consent_received")
	kindReconsent      = fact.MustLookup("reevaluation_consent_received")
	kindEvaluation     = fact.MustLookup("evaluation_requested")
	kindReevaluation   = fact.MustLookup("reevaluation_requested")
	kindNote           = fact.MustLookup("note_added")
)

// Rows makes a report of the sheet.
func (s *Sheet) Rows(m Mapping, d Defaults) Report {
	rep := Report{File: s.File, Sheet: s.Name, Mapping: m, Notices: slices.Clone(s.Notices)}
	if rep.Problems = s.Check(m); len(rep.Problems) > 0 {
		return rep
	}
	if d.Jurisdiction != "" {
		if got, _ := jurisdiction(d.Jurisdiction); got != d.Jurisdiction {
			rep.Problems = append(rep.Problems, fault.New(fault.Invalid, fault.Position{File: s.File}, "case.unknown_jurisdiction", "got", cut(d.Jurisdiction, 40)))
			return rep
		}
	}
	b := builder{s: s, d: d, rep: &rep, order: map[int]Order{}, of: map[Target]int{}}
	for _, a := range m.Columns {
		if a.Target != Ignore && a.Column < len(s.Columns) {
			b.columns = append(b.columns, a)
			if _, have := b.of[a.Target]; !have {
				b.of[a.Target] = a.Column
			}
		}
	}
	slices.SortFunc(b.columns, func(x, y Assignment) int { return x.Column - y.Column })
	for _, c := range s.Columns {
		if c.Filled > 0 && c.Refused == "" && m.Of(c.Index) == Ignore {
			rep.Ignored = append(rep.Ignored, c)
		}
	}
	for _, c := range s.Columns {
		b.headers = append(b.headers, fold(c.Header))
	}
	b.orders()
	b.general()
	rep.Rows = make([]Row, 0, len(s.rows))
	for i := range s.rows {
		rep.Rows = append(rep.Rows, b.row(&s.rows[i]))
	}
	b.same()
	for _, q := range b.questions {
		rep.Questions = append(rep.Questions, *q)
	}
	slices.SortFunc(rep.Questions, func(x, y Question) int { return x.Column - y.Column })
	return rep
}

type builder struct {
	s         *Sheet
	d         Defaults
	rep       *Report
	columns   []Assignment
	of        map[Target]int
	order     map[int]Order
	suggest   Order
	questions []*Question
	headers   []string // folded
}

func (b *builder) has(t Target) bool { _, ok := b.of[t]; return ok }

// notice tells something of a whole column.
func (b *builder) notice(column int, key string, pairs ...string) {
	c := b.s.Columns[column]
	pairs = append(pairs, "column", c.Letter, "header", called(c))
	b.rep.Notices = append(b.rep.Notices, fault.New(fault.Invalid, fault.Position{File: b.s.File, Line: b.s.HeaderRow, Column: column + 1}, key, pairs...))
}

// orders decides for each column of dates how its numbers are read: one date
// that can be read in one way only decides for all.
func (b *builder) orders() {
	var found []Order
	for _, a := range b.columns {
		if !a.Target.Dated() && a.Target != Requests {
			continue
		}
		if a.Order != ByColumn {
			b.order[a.Column] = a.Order
			found = append(found, a.Order)
			continue
		}
		seen := map[Order]bool{}
		kept := false
		for i := range b.s.rows {
			c := b.s.rows[i].at(a.Column)
			kept = kept || !c.date.IsZero()
			texts := []string{c.text}
			if a.Target == Requests {
				texts = aDate.FindAllString(c.text, -1)
			}
			for _, t := range texts {
				if o := orderOf(t); o != ByColumn {
					seen[o] = true
				}
			}
		}
		switch {
		case seen[MonthFirst] && seen[DayFirst]:
			b.notice(a.Column, "caseload.orders_mixed")
		case seen[DayFirst]:
			b.order[a.Column] = DayFirst
			found = append(found, DayFirst)
			if kept {
				// A program that reads the month first has turned the other dates around.
				b.notice(a.Column, "caseload.dates_half_read")
			}
		case seen[MonthFirst]:
			b.order[a.Column] = MonthFirst
			found = append(found, MonthFirst)
		}
	}
	if slices.Sort(found); len(found) > 0 && found[0] == found[len(found)-1] {
		b.suggest = found[0]
	}
}

// general tells what holds for the whole sheet.
func (b *builder) general() {
	if c, ok := b.of[ConsentOn]; ok {
		b.notice(c, "caseload.consent_signed")
	}
	for _, t := range []Target{RequestOn, Requests} {
		if c, ok := b.of[t]; ok {
			b.notice(c, "caseload.request_written")
			break
		}
	}
	for _, t := range []Target{IEPDue, EvaluationDue} {
		if c, ok := b.of[t]; ok {
			b.notice(c, "caseload.due_kept_as_note")
		}
	}
	if !b.has(Jurisdiction) && b.d.Jurisdiction == "" {
		b.rep.Notices = append(b.rep.Notices, fault.New(fault.Invalid, fault.Position{File: b.s.File}, "caseload.no_state"))
	}
}

// A maker makes one row.
type maker struct {
	*builder
	r   *row
	out Row
}

func (b *builder) row(r *row) Row {
	m := maker{builder: b, r: r, out: Row{N: r.n}}
	if m.out.Skip = m.noCase(); m.out.Skip != nil {
		return m.out
	}
	m.child()
	if m.out.Skip != nil {
		return m.out
	}
	m.matter()
	m.entries()
	for i, c := range r.cells {
		col := b.s.Columns[i]
		switch t := b.rep.Mapping.Of(i); {
		case c.withheld:
			m.warn(i, "caseload.withheld")
		case c.broken && t != Ignore:
			m.warn(i, "caseload.cell_error")
		case !c.empty() && col.Header == "" && t == Ignore:
			m.warn(i, "caseload.cell_outside")
		}
	}
	slices.SortStableFunc(m.out.Problems, func(x, y *fault.Error) int { return x.At.Column - y.At.Column })
	slices.SortStableFunc(m.out.Warnings, func(x, y *fault.Error) int { return x.At.Column - y.At.Column })
	return m.out
}

func (m *maker) fault(column int, key string, pairs []string) *fault.Error {
	at := fault.Position{File: m.s.File, Line: m.r.n, Column: column + 1}
	pairs = append(pairs, "row", strconv.Itoa(m.r.n))
	if column >= 0 {
		c := m.s.Columns[column]
		pairs = append(pairs, "column", c.Letter, "header", called(c), "cell", c.Letter+strconv.Itoa(m.r.n))
	}
	return fault.New(fault.Invalid, at, key, pairs...)
}

func (m *maker) fail(column int, key string, pairs ...string) {
	m.out.Problems = append(m.out.Problems, m.fault(column, key, pairs))
}

func (m *maker) warn(column int, key string, pairs ...string) {
	m.out.Warnings = append(m.out.Warnings, m.fault(column, key, pairs))
}

// text is the text of the column of a target.
func (m *maker) text(t Target) (s string, column int) {
	c, ok := m.of[t]
	if !ok {
		return "", -1
	}
	return m.r.at(c).show(), c
}

var totals = []string{"total", "totals", "grand total", "subtotal", "sub total", "count", "sum", "average", "totales", "suma", "promedio", "cuenta", "total de casos", "total cases", "total students", "total de estudiantes"}

var sections = []string{"school", "elementary", "middle", "high", "caseload", "district", "preschool", "grade", "escuela", "primaria", "secundaria", "preparatoria", "distrito", "grado", "preescolar", "cases", "casos", "students", "estudiantes", "active", "closed", "inactive", "activos", "cerrados", "pending"}

// noCase finds rows that are titles, totals or the header once more.
func (m *maker) noCase() *fault.Error {
	r := m.r
	n, one := r.filled()
	if n == 0 {
		return m.fault(-1, "caseload.skip_no_name", nil)
	}
	same := 0
	for i, c := range r.cells {
		if h := m.headers[i]; c.text != "" && h != "" && len(c.text) <= 2*len(m.s.Columns[i].Header) && fold(c.text) == h {
			same++
		}
	}
	if same >= 2 && same*2 >= n || same == n {
		return m.fault(-1, "caseload.skip_header", nil)
	}
	head := fold(cut(r.cells[one].text, 60))
	for _, t := range totals {
		rest, is := strings.CutPrefix(head, t)
		rest = strings.TrimSpace(rest)
		if is && (rest == "" || digitsOnly(rest)) && n <= 4 && noDate(m.r.at(m.column(Born))) {
			return m.fault(-1, "caseload.skip_total", []string{"got", cut(oneLine(r.cells[one].show()), 40)})
		}
	}
	if n == 1 && len(m.columns) > 1 {
		t := m.rep.Mapping.Of(one)
		named := t == Child || t == ChildFirst || t == ChildLast || t == Title
		text := oneLine(r.cells[one].show())
		if !named && r.cells[one].withheld {
			return m.fault(-1, "caseload.skip_no_name", nil)
		}
		title := strings.HasSuffix(text, ":") || slices.ContainsFunc(strings.Fields(head), func(w string) bool { return slices.Contains(sections, w) })
		if !named && (one == 0 || title) || named && title {
			return m.fault(-1, "caseload.skip_section", []string{"got", cut(text, 40)})
		}
	}
	return nil
}

// noDate reports a cell that is empty or holds a small number.
func noDate(c cell) bool {
	return c.date.IsZero() && (c.text == "" || digitsOnly(c.text) && len(c.text) <= 4)
}

// child reads who the case is about.
func (m *maker) child() {
	c := &m.out.Case
	name, at := m.text(Child)
	first, fc := m.text(ChildFirst)
	last, lc := m.text(ChildLast)
	if name == "" {
		name, at = first+" "+last, max(fc, lc)
	}
	title, _ := m.text(Title)
	c.Child.Name, c.Title = cut(oneLine(name), 200), cut(oneLine(title), 200)
	if c.Title == "" {
		c.Title = c.Child.Name
	}
	if c.Title == "" {
		m.out.Skip = m.fault(-1, "caseload.skip_no_name", nil)
		return
	}
	if n, _ := m.r.filled(); n == 1 && len(m.columns) > 1 {
		m.warn(at, "caseload.name_only")
	}
	w, col := m.date(Born, birthSpan)
	switch {
	case w.IsZero():
	case !w.Exact():
		m.warn(col, "caseload.born_inexact", "got", w.String())
	case m.d.Today != 0 && w.Earliest > m.d.Today:
		m.fail(col, "caseload.born_future", "got", w.String())
	default:
		c.Child.Born = w.Earliest
		if t := m.d.Today; t != 0 && w.Earliest.AddYears(23) <= t {
			m.warn(col, "caseload.born_old", "got", w.String())
		} else if t != 0 && w.Earliest.AddYears(2) > t {
			m.warn(col, "caseload.born_young", "got", w.String())
		}
	}
	if g, _ := m.text(Grade); !saysNothing(g) {
		c.Child.Grade = grade(g)
		if col := m.column(Grade); !m.r.at(col).date.IsZero() {
			c.Child.Grade = ""
			m.warn(col, "caseload.grade_is_date", "got", g)
		}
	}
}

// matter reads where the case stands.
func (m *maker) matter() {
	c := &m.out.Case
	c.Side, c.Zone = m.d.Side, m.d.Zone
	j, col := m.text(Jurisdiction)
	switch {
	case saysNothing(j):
		if j = m.d.Jurisdiction; j == "" && col >= 0 {
			m.warn(col, "caseload.no_state_in_row")
		}
	default:
		got, near := jurisdiction(j)
		if got == "" {
			m.fail(col, "caseload.unknown_state", "got", cut(oneLine(j), 40), "nearest", near)
		}
		j = got
	}
	if j != "" {
		c.Jurisdiction = []fact.Dated{{Is: j}}
	}
	d, _ := m.text(District)
	if d = cut(oneLine(d), 200); saysNothing(d) {
		d = m.d.District
	}
	if d != "" {
		c.District = []fact.Dated{{Is: d}}
	}
	if l, _ := m.text(HomeLanguage); !saysNothing(l) {
		c.HomeLanguage = language(l)
	}
	id, _ := m.text(OutsideID)
	m.out.OutsideID = cut(oneLine(id), 100)
	s, _ := m.text(School)
	m.out.School = cut(oneLine(s), 200)
}

// date reads the cell of a target as a date.
func (m *maker) date(t Target, span day.Span) (day.When, int) {
	col, ok := m.of[t]
	if !ok {
		return day.When{}, -1
	}
	c := m.r.at(col)
	if !c.date.IsZero() {
		if c.date.Earliest < span.First || c.date.Latest > span.Last {
			m.fail(col, string(outsideSpan), "got", c.date.String(), "first", span.First.String(), "last", span.Last.String())
			return day.When{}, col
		}
		return c.date, col
	}
	if saysNothing(c.text) {
		return day.When{}, col
	}
	if c.number {
		// A serial in a cell that is not shown as a date.
		if n, err := strconv.ParseFloat(c.text, 64); err == nil && n >= 18000 && n < 73415 {
			m.fail(col, string(bareSerial), "got", cut(c.text, 40))
			return day.When{}, col
		}
	}
	return m.dateOf(c.text, col, t, span), col
}

// dateOf reads a text as a date and says what is wrong with it.
func (m *maker) dateOf(text string, col int, t Target, span day.Span) day.When {
	r := readDate(text, m.order[col], m.pivot(t))
	got := cut(oneLine(text), 40)
	switch r.flaw {
	case noFlaw:
	case ambiguous:
		m.ask(col, text, r)
		m.fail(col, string(ambiguous), "got", got, "month_first", r.month.String(), "day_first", r.first.String())
		return day.When{}
	default:
		m.fail(col, string(r.flaw), "got", got)
		return day.When{}
	}
	if r.when.Earliest < span.First || r.when.Latest > span.Last {
		m.fail(col, string(outsideSpan), "got", got, "first", span.First.String(), "last", span.Last.String())
		return day.When{}
	}
	if r.short {
		m.warn(col, "caseload.two_digit_year", "got", got, "date", r.when.String(), "latest", strconv.Itoa(m.pivot(t).latest))
	}
	if r.other {
		m.warn(col, "caseload.date_other_order", "got", got, "date", r.when.String())
	}
	return r.when
}

// pivot is the latest year that two digits may mean: for a birth this year, for
// anything else ten years from now.
func (m *maker) pivot(t Target) pivot {
	y := 2030
	if m.d.Today != 0 {
		y = m.d.Today.Year()
	}
	if t == Born {
		return pivot{y}
	}
	return pivot{y + 10}
}

func (m *maker) ask(col int, text string, r reading) {
	for _, q := range m.questions {
		if q.Column == col {
			if q.Rows[len(q.Rows)-1] != m.r.n {
				q.Rows = append(q.Rows, m.r.n)
			}
			return
		}
	}
	c := m.s.Columns[col]
	m.questions = append(m.questions, &Question{Column: col, Letter: c.Letter, Header: c.Header, Rows: []int{m.r.n}, Text: cut(oneLine(text), 40),
		MonthFirst: r.month.Earliest, DayFirst: r.first.Earliest, Suggest: m.suggest})
}

// past reads a date that has to lie behind us and after the child's birth.
func (m *maker) past(t Target) (day.When, int) {
	w, col := m.date(t, entrySpan)
	return m.behind(t, w, col), col
}

func (m *maker) behind(t Target, w day.When, col int) day.When {
	if w.IsZero() {
		return w
	}
	if m.d.Today != 0 && w.Earliest > m.d.Today {
		switch t {
		case LastIEP:
			m.fail(col, "caseload.last_iep_future", "got", w.String())
		case LastEvaluation:
			m.fail(col, "caseload.last_evaluation_future", "got", w.String())
		default:
			m.fail(col, "caseload.future", "got", w.String())
		}
		return day.When{}
	}
	if b := m.out.Case.Child.Born; b != 0 && w.Latest <= b {
		m.fail(col, "caseload.before_birth", "got", w.String(), "born", b.String())
		return day.When{}
	}
	return w
}

// entry adds an entry.
func (m *maker) entry(id string, k fact.Kind, w day.When, col int) *fact.Entry {
	base, n := id, 1
	for slices.ContainsFunc(m.out.Entries, func(e fact.Entry) bool { return e.ID == id }) {
		n++
		id = fmt.Sprintf("%s-%d", base, n)
	}
	e := fact.Entry{ID: id, Kind: k, On: w, Line: m.r.n, Column: col + 1}
	if m.d.Today != 0 {
		e.Recorded = day.Moment{Date: m.d.Today, Minute: -1}
	}
	m.out.Entries = append(m.out.Entries, e)
	return &m.out.Entries[len(m.out.Entries)-1]
}

// entries reads what happened.
func (m *maker) entries() {
	var notes []string
	iep, col := m.past(LastIEP)
	if !iep.IsZero() {
		m.entry("last-iep", kindLastIEP, iep, col)
	}
	eval, col := m.past(LastEvaluation)
	if !eval.IsZero() {
		m.entry("last-evaluation", kindLastEvaluation, eval, col)
	}
	// again reports that the child had an IEP or an evaluation before w, so that
	// another evaluation is a reevaluation.
	again := func(w day.When) bool {
		return !iep.IsZero() && iep.Latest < w.Earliest || !eval.IsZero() && eval.Latest < w.Earliest
	}
	request := func(kind string, sure bool, w day.When, col int, what string) {
		k := fact.MustLookup(kind)
		if k == kindEvaluation && !sure && again(w) {
			k = kindReevaluation
			m.warn(col, "caseload.taken_for_reevaluation", "got", w.String())
		}
		e := m.entry("request", k, w, col)
		e.By = "parent"
		e.Note = what
	}

	asked1, kindCol := m.text(RequestKind)
	on, onCol := m.past(RequestOn)
	switch {
	case on.IsZero() && !saysNothing(asked1):
		notes = append(notes, m.labelled(kindCol, asked1))
		if m.r.at(m.column(RequestOn)).empty() || saysNothing(m.r.at(m.column(RequestOn)).text) {
			m.warn(kindCol, "caseload.request_no_date", "got", cut(oneLine(asked1), 40))
		}
	case !on.IsZero():
		kind, sure := "", false
		switch a := m.assignment(onCol); {
		case !saysNothing(asked1):
			kind, sure = asked(asked1)
		case kindCol >= 0:
		case a.Kind != "":
			kind, sure = a.Kind, true
		default:
			kind, sure = asked(m.s.Columns[onCol].Header)
		}
		if kind == "" {
			what := m.labelled(onCol, m.r.at(onCol).show())
			if !saysNothing(asked1) {
				what += "; " + m.labelled(kindCol, asked1)
				m.warn(kindCol, "caseload.request_unknown", "got", cut(oneLine(asked1), 40), "date", on.String())
			} else {
				m.warn(onCol, "caseload.request_no_kind", "date", on.String())
			}
			notes = append(notes, what)
			break
		}
		request(kind, sure, on, onCol, asked1)
	}
	for _, a := range m.columns {
		if a.Target != Requests {
			continue
		}
		text := m.r.at(a.Column).show()
		if saysNothing(text) {
			continue
		}
		left := false
		for _, piece := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '\n' }) {
			if piece = oneLine(piece); piece == "" {
				continue
			}
			found := aDate.FindAllString(piece, 2)
			kind, sure := asked(aDate.ReplaceAllString(piece, " "))
			if len(found) != 1 || kind == "" {
				left = true
				continue
			}
			w := m.behind(Requests, m.dateOf(found[0], a.Column, Requests, entrySpan), a.Column)
			if w.IsZero() {
				left = true
				continue
			}
			request(kind, sure, w, a.Column, piece)
		}
		if left {
			notes = append(notes, m.labelled(a.Column, text))
			m.warn(a.Column, "caseload.request_as_note", "got", cut(oneLine(text), 60))
		}
	}
	if w, col := m.past(ConsentOn); !w.IsZero() {
		k := kindConsent
		if again(w) || slices.ContainsFunc(m.out.Entries, func(e fact.Entry) bool { return e.Kind == kindReevaluation }) {
			k = kindReconsent
			m.warn(col, "caseload.consent_reevaluation", "got", w.String())
		}
		e := m.entry("consent", k, w, col)
		e.By = "parent"
		// Consent answers the one request before it.
		var before []string
		for _, q := range m.out.Entries {
			if (q.Kind == kindEvaluation || q.Kind == kindReevaluation) && q.On.Earliest <= w.Latest {
				before = append(before, q.ID)
			}
		}
		if len(before) == 1 {
			e.Re = before[0]
		}
		if !on.IsZero() && on.Earliest > w.Latest {
			m.warn(col, "caseload.consent_before_request", "got", w.String(), "date", on.String())
		}
	}
	noteCol := -1
	for _, a := range m.columns {
		switch a.Target {
		case School, IEPDue, EvaluationDue, OutsideID, Note:
			if t := m.r.at(a.Column).show(); t != "" {
				notes = append(notes, m.labelled(a.Column, t))
				if noteCol < 0 {
					noteCol = a.Column
				}
			}
		}
	}
	if len(notes) > 0 {
		on := day.When{}
		if m.d.Today != 0 {
			on = day.On(m.d.Today)
		}
		m.entry("sheet", kindNote, on, noteCol).Note = strings.Join(notes, "\n")
	}
}

func (m *maker) assignment(col int) Assignment {
	for _, a := range m.columns {
		if a.Column == col {
			return a
		}
	}
	return Assignment{}
}

// labelled is a value under the name that its column has in the sheet.
func (m *maker) labelled(col int, text string) string {
	return called(m.s.Columns[col]) + ": " + text
}

// same finds rows about the same child: the same name and day of birth, or the
// same name where a day of birth is missing, or the same outside id.
func (b *builder) same() {
	byName := map[string][]int{}
	byID := map[string][]int{}
	rows := b.rep.Rows
	for i := range rows {
		if rows[i].Skip != nil {
			continue
		}
		if n := sameName(rows[i].Case.Child.Name); n != "" {
			byName[n] = append(byName[n], i)
		}
		if id := fold(rows[i].OutsideID); id != "" {
			byID[id] = append(byID[id], i)
		}
	}
	warn := func(i int, t Target, sure string, others []int) {
		m := maker{builder: b, r: &row{n: rows[i].N}}
		col := b.column(t)
		rows[i].Warnings = append(rows[i].Warnings, m.fault(col, sure, []string{"others", numbers(rows, others, i)}))
	}
	nameOf := func() Target {
		for _, t := range []Target{Child, ChildLast, ChildFirst} {
			if b.has(t) {
				return t
			}
		}
		return Title
	}()
	for _, is := range byName {
		if len(is) < 2 {
			continue
		}
		born := map[day.Date][]int{}
		for _, i := range is {
			born[rows[i].Case.Child.Born] = append(born[rows[i].Case.Child.Born], i)
		}
		for d, with := range born {
			if d == 0 {
				continue
			}
			if len(with) > 1 {
				b.rep.Same = append(b.rep.Same, ns(rows, with))
				for _, i := range with {
					warn(i, nameOf, "caseload.same_child", with)
				}
			}
		}
		for _, i := range born[0] {
			warn(i, nameOf, "caseload.same_name", is)
		}
	}
	for _, is := range byID {
		if len(is) > 1 {
			for _, i := range is {
				warn(i, OutsideID, "caseload.same_id", is)
			}
		}
	}
	slices.SortFunc(b.rep.Same, func(x, y []int) int { return x[0] - y[0] })
	for i := range rows {
		slices.SortStableFunc(rows[i].Warnings, func(x, y *fault.Error) int { return x.At.Column - y.At.Column })
	}
}

func (b *builder) column(t Target) int {
	if c, ok := b.of[t]; ok {
		return c
	}
	return -1
}

// sameName is a name whose words stand in no order: "Doe, Ana" is "Ana Doe".
func sameName(s string) string {
	words := strings.Fields(fold(s))
	slices.Sort(words)
	return strings.Join(words, " ")
}

func ns(rows []Row, is []int) []int {
	out := make([]int, len(is))
	for k, i := range is {
		out[k] = rows[i].N
	}
	return out
}

// numbers names the other rows, at most ten.
func numbers(rows []Row, is []int, but int) string {
	var out []string
	for _, i := range is {
		if i != but {
			if len(out) == 10 {
				out = append(out, "…")
				break
			}
			out = append(out, strconv.Itoa(rows[i].N))
		}
	}
	return strings.Join(out, ", ")
}
