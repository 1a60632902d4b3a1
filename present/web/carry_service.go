package web

import (
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stayput/derive/delivery"
	"stayput/desk"
	"stayput/fault"
	"stayput/present/chart"
)

// A carryServicePage is one service: by week, month, school year and plan, with how
// it is counted and what to look at.
type carryServicePage struct {
	Frame
	Back, New, All, CSV string
	AsOf                string
	How                 []string
	Year                string
	Years               []carryYear
	Patterns            template.HTML
	carryTold
	ColumnsWide   template.HTML
	ColumnsNarrow template.HTML
	Run           string
	Since         []string
	Signals       []string
	Start         string
	Heads         []string
	Parts         []carryRows
	Spreads       []string
	Other         string
	Causes        []carryCause
	Conflicts     []carryConflict
	Notices       []carryNotice
	Recent        []carryLine
	More          int

	columns []string // of the tables
}

func (carryServicePage) template() string { return "carry_service" }

// A carryYear is a school year to look at.
type carryYear struct {
	Href, Text string
	Current    bool
}

// A carryRows is a table of stretches: weeks, months, years or plans.
type carryRows struct {
	ID, Title string
	Rows      []carryRow
	Fold      bool
}

// A carryRow is one stretch.
type carryRow struct {
	Name  string
	Cells []carryCell
}

// A carryCause is one reason for sessions that were not as promised.
type carryCause struct{ Reason, What, Sessions, Amount string }

// A carryConflict is a session of which two people tell different things.
type carryConflict struct {
	Day, Report, ReportTo, Log, LogTo string
}

// A carryNotice is something that a person should look at.
type carryNotice struct{ Text, Href, Day string }

var _ = sample(func() page {
	cell := []carryCell{{Head: "h", Text: "1"}}
	return carryServicePage{Back: "/b", New: "/n", All: "/a", CSV: "/c", AsOf: "x", How: []string{"h"}, Year: "y", Years: []carryYear{{"/y", "t", true}, {"/z", "t", false}}, Patterns: template.HTML(chart.Patterns()),
		carryTold: carryTold{Says: []string{"a"}, Legend: []carryPart{{Name: "short", Text: "t", Amount: "1"}}}, Run: "r", Since: []string{"s"}, Signals: []string{"x"}, Start: "s", Heads: []string{"h"},
		Parts:   []carryRows{{ID: "weeks", Title: "w", Rows: []carryRow{{Name: "n", Cells: cell}}}, {ID: "plans", Title: "p", Rows: []carryRow{{Name: "n", Cells: cell}}, Fold: true}},
		Spreads: []string{"s"}, Other: "o", Causes: []carryCause{{"r", "w", "1", "2"}}, Conflicts: []carryConflict{{"d", "r", "/r", "l", "/l"}}, Notices: []carryNotice{{"t", "/h", "d"}}, Recent: []carryLine{{Href: "/x", Day: "d", Tag: Tag{"done", "x"}}}, More: 2}
})

// carryServiceShow shows one service.
func (s *Site) carryServiceShow(w http.ResponseWriter, r *http.Request) error {
	k, err := s.carryOf(r, desk.View{})
	if err != nil {
		return err
	}
	svc := k.service(r.PathValue("service"))
	if svc == nil {
		return fault.New(fault.NotFound, fault.Position{}, "webcarry.no_service")
	}
	c := k.c
	p := carryServicePage{Frame: s.caseFrame(r, c, "webcarry.title", "carry"), Back: carryPath(c.Folder, ""), All: carryPath(c.Folder, "/sessions") + "?service=" + escaped(svc.Key), CSV: carryPath(c.Folder, "/ledger.csv") + "?service=" + escaped(svc.Key)}
	if svc.Name == "" {
		svc.Name = svc.Key
	}
	p.Title = first(svc.Name)
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	if p.May("add_entry") {
		p.New = carryPath(c.Folder, "/new") + "?service=" + escaped(svc.Key)
	}
	p.lines(k, svc)
	row := yearRow(svc, c.Brief.AsOf)
	if y, err := strconv.Atoi(r.URL.Query().Get("year")); err == nil {
		for i := range svc.Years {
			if svc.Years[i].From.Year() == y {
				row = &svc.Years[i]
			}
		}
	}
	for _, name := range delivery.Columns() { // columns with nothing in them only make the page longer
		if svc.Total.Column(name) > 0 || name == "promised" || name == "delivered" {
			p.columns = append(p.columns, name)
			p.Heads = append(p.Heads, p.cat.T("delivery.column."+name))
		}
	}
	p.Patterns = template.HTML(chart.Patterns()) // drawn by us
	if row != nil {
		p.year(k, svc, row)
	}
	p.Run, p.Since = p.speak().run(svc), p.speak().since(svc)
	switch {
	case svc.DaysToStart > 0:
		p.Start = p.cat.N("webcarry.started_after", svc.DaysToStart, "date", p.cat.Date(svc.FirstGiven))
	case svc.DaysToStart < 0 && svc.Total.Promised > 0:
		p.Start = p.cat.T("webcarry.never_given")
	}
	p.counting(svc)
	p.disputes(k, svc)
	all := k.sessionsOf(svc.Key)
	p.More = max(0, len(all)-10)
	for i := len(all) - 1; i >= 0 && len(p.Recent) < 10; i-- {
		p.Recent = append(p.Recent, p.speak().sessionLine(k, all[i]))
	}
	return s.show(w, r, http.StatusOK, p)
}

// lines are the lines of plans that promise the service, in their order.
func (p *carryServicePage) lines(k *carryLook, svc *delivery.Service) {
	for i := range k.x.Promises {
		x := &k.x.Promises[i]
		if x.Service != svc.Key || x.Line == nil {
			continue
		}
		how, _ := p.speak().serviceAmount(x.Line)
		to := x.To
		if x.Line.To != 0 && (to == 0 || x.Line.To < to) {
			to = x.Line.To
		}
		text := p.cat.T("webcarry.line_since", "how", how, "from", p.cat.Date(x.From))
		if to != 0 && to < k.c.Brief.AsOf {
			text = p.cat.T("webcarry.line_span", "how", how, "from", p.cat.Date(x.From), "to", p.cat.Date(to))
		}
		p.How = append(p.How, text)
	}
}

// year is the school year that is looked at, with its weeks.
func (p *carryServicePage) year(k *carryLook, svc *delivery.Service, row *delivery.Row) {
	year := func(r *delivery.Row) string {
		return p.cat.T("webcarry.year_of", "from", strconv.Itoa(r.From.Year()), "to", strconv.Itoa(r.From.Year()+1))
	}
	p.Year = year(row)
	for i := range svc.Years {
		y := &svc.Years[i]
		p.Years = append(p.Years, carryYear{"?year=" + strconv.Itoa(y.From.Year()), year(y), y == row || y.From == row.From})
	}
	if len(p.Years) == 1 {
		p.Years = nil
	}
	p.carryTold = p.speak().bar("bar", svc, row, p.speak().telling(svc, &row.Tally))
	p.Signals, _ = p.speak().signals(k, svc, row)
	in := func(r *delivery.Row) bool { return r.From <= row.To && r.To >= row.From }
	var weeks []chart.Stack
	var rows []carryRow
	for i := range svc.Weeks {
		if x := &svc.Weeks[i]; in(x) {
			weeks = append(weeks, stackOf(x))
			rows = append(rows, p.row(p.speak().weekSaid(x.From, x.To), x))
		}
	}
	l := chart.Ledger{ID: "weeks", Title: p.cat.T("webcarry.weeks_title", "service", svc.Name), Desc: strings.Join(p.Says, " "), Unit: p.speak().unit(svc)}
	if len(weeks) > 0 {
		p.ColumnsWide, p.ColumnsNarrow = template.HTML(chart.Columns(p.cat, l, weeks, chart.Wide)), template.HTML(chart.Columns(p.cat, l, weeks, chart.Narrow)) // drawn by us
	}
	slices.Reverse(rows) // the latest first
	p.Parts = append(p.Parts, carryRows{ID: "weeks", Title: p.cat.T("webcarry.by_week"), Rows: rows, Fold: true})
	rows = nil
	for i := range svc.Months {
		if x := &svc.Months[i]; in(x) {
			rows = append(rows, p.row(first(p.cat.MonthYear(x.From)), x))
		}
	}
	p.Parts = append(p.Parts, carryRows{ID: "months", Title: p.cat.T("webcarry.by_month"), Rows: rows})
	rows = nil
	for i := range svc.Years {
		rows = append(rows, p.row(year(&svc.Years[i]), &svc.Years[i]))
	}
	total := p.row(p.cat.T("webcarry.in_all"), &svc.Total)
	p.Parts = append(p.Parts, carryRows{ID: "years", Title: p.cat.T("webcarry.by_year"), Rows: append(rows, total)})
	rows = nil
	for i := range svc.Plans {
		x := &svc.Plans[i]
		name := p.cat.T("webcarry.no_plan_row")
		if x.Plan != "" {
			name = first(p.speak().planName(k.c, x.Plan))
			if x.From != 0 {
				name += ", " + p.speak().weekSaid(x.From, x.To)
			}
		}
		rows = append(rows, p.row(name, x))
	}
	p.Parts = append(p.Parts, carryRows{ID: "plans", Title: p.cat.T("webcarry.by_plan"), Rows: rows})
}

// row is one stretch as numbers.
func (p *carryServicePage) row(name string, x *delivery.Row) carryRow {
	out := carryRow{Name: name}
	n := x.Rounded()
	for i, name := range p.columns {
		out.Cells = append(out.Cells, carryCell{Head: p.Heads[i], Text: grouped(n[columnAt[name]])})
	}
	return out
}

// counting says by which convention the promise is spread, what hangs on it, and
// why sessions did not take place.
func (p *carryServicePage) counting(svc *delivery.Service) {
	for _, x := range svc.Spreads {
		p.Spreads = append(p.Spreads, p.cat.T("delivery.spread."+x))
	}
	if len(svc.Spreads) > 0 {
		key := "webcarry.other_same"
		if svc.Other.Whole() != svc.Total.Promised.Whole() {
			key = "webcarry.other"
		}
		p.Other = p.cat.T(key, "amount", p.speak().amounts(svc.Total.Promised.Whole(), svc.Unit), "other", p.speak().amounts(svc.Other.Whole(), svc.Unit))
	}
	for _, x := range svc.Causes {
		c := carryCause{Reason: x.Reason, What: p.cat.T("delivery.outcome." + string(x.Outcome)), Sessions: strconv.Itoa(x.Sessions), Amount: p.speak().amounts(x.Minutes.Whole(), svc.Unit)}
		p.Causes = append(p.Causes, c)
	}
}

// disputes are the sessions told differently, and what a person should look at.
func (p *carryServicePage) disputes(k *carryLook, svc *delivery.Service) {
	for _, x := range svc.Conflicts {
		out := carryConflict{Day: p.cat.DateFull(x.On)}
		if l := k.logs.Session(x.Report); l != nil {
			out.Report, out.ReportTo = p.cat.T("delivery.outcome."+string(l.Outcome)), carrySession(k.c.Folder, l.ID)
		}
		if l := k.logs.Session(x.Log); l != nil {
			out.Log, out.LogTo = p.cat.T("delivery.outcome."+string(l.Outcome)), carrySession(k.c.Folder, l.ID)
			if l.From != "" {
				out.Log += " (" + p.cat.T("delivery.teller."+string(l.From)) + ")"
			}
		}
		p.Conflicts = append(p.Conflicts, out)
	}
	if k.x.Extended == nil && svc.Total.Assumed > 0 && slices.ContainsFunc(k.x.Promises, func(x delivery.Promise) bool { return x.Service == svc.Key && x.Extended() }) {
		p.Notices = append(p.Notices, carryNotice{Text: p.T("webcarry.extended_unknown"), Href: newCalendar(k.c.ID, "") + "&sort=extended"})
	}
	for _, n := range k.l.Notices {
		if n.Service != svc.Key {
			continue
		}
		x := carryNotice{Text: p.speak().ledgerNotice(n)}
		if n.Log != "" && k.logs.Session(n.Log) != nil {
			x.Href = carrySession(k.c.Folder, n.Log)
		}
		if n.On != 0 {
			x.Day = p.cat.DateShort(n.On)
		}
		if len(p.Notices) < 50 {
			p.Notices = append(p.Notices, x)
		}
	}
}
