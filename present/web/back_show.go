package web

import (
	"html/template"
	"net/http"
	"net/url"
	"strconv"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/delivery"
	"stayput/derive/lookback"
	"stayput/desk"
	"stayput/fault"
	"stayput/present/chart"
)

// A backPage is the look back: what was promised and what was given over school
// years, what can still be brought up, what proof there is. It is made to be printed
// and handed to somebody.
type backPage struct {
	Frame
	AsOf     string
	Period   string
	Facts    [][2]string
	Back     string
	CSV      string
	MakeUp   string
	Action   string
	Choose   []Field
	Broken   []string
	Empty    bool
	Summary  []string
	Wide     template.HTML
	Narrow   template.HTML
	Patterns template.HTML
	Table    chart.Table
	Services []backService
	Routes   []backRoute
	Claims   []backClaim
	Heads    []string // the routes over the claims
	Have     []backLine
	Missing  []backLine
}

func (backPage) template() string { return "back_show" }

// A backService is one service with its years.
type backService struct {
	ID, Name, Href string
	How            string
	Heads          []string
	Rows           []backRow
	Years          []backYear
	Notices        []string
}

// A backRow is one school year as numbers.
type backRow struct {
	Name  string
	Cells []string
}

// A backYear is one school year in sentences.
type backYear struct {
	Title string
	Lead  string
	Gaps  []backGap
}

// A backGap is one sentence, or a few, with the sessions behind it.
type backGap struct {
	Text  string
	Links []backLink
	More  int
	Dated bool // the text names the days itself: on paper the links would say them twice
}

// A backLink leads to a session or an entry.
type backLink struct{ Href, Text string }

// A backLine is a line of the proof.
type backLine struct {
	Text   string
	Href   string
	Action string
	Links  []backLink
	More   int
}

var _ = sample(func() page {
	l := []backLink{{"/s", "d"}}
	return backPage{AsOf: "a", Period: "p", Facts: [][2]string{{"a", "b"}}, Back: "/b", CSV: "/c", MakeUp: "/m", Action: "/a", Choose: []Field{{Name: "from", Label: "l", Kind: "select", Options: []Option{{Value: "1", Label: "2"}}}}, Summary: []string{"s"},
		Table: chart.Table{Caption: "t", Head: []string{"h"}, Rows: [][]string{{"r"}}},
		Services: []backService{{ID: "s1", Name: "n", Href: "/s", How: "h", Heads: []string{"h"}, Rows: []backRow{{"2025-26", []string{"1"}}}, Notices: []string{"n"},
			Years: []backYear{{Title: "t", Lead: "l", Gaps: []backGap{{Text: "g", Links: l, More: 2}}}}}},
		Routes: []backRoute{{ID: "r1", Name: "n", Rule: "r", Says: []string{"s"}, Must: "m", Except: []string{"e"}, Text: "t", Cite: Cite{Text: "c"}, Used: []backLine{{Text: "u", Href: "/u", Action: "l"}}}},
		Claims: []backClaim{{What: "w", Service: "s", Cells: []backCell{{Tag: Tag{"done", "x"}, Text: "t"}}}}, Heads: []string{"h"},
		Have: []backLine{{Text: "h", Links: l, More: 1}}, Missing: []backLine{{Text: "m", Href: "/m", Action: "a"}}}
})

var (
	_ = sample(func() page { return backPage{Broken: []string{"b"}} })
	_ = sample(func() page { return backPage{Empty: true} })
)

// backLooked is a case with its look back.
type backLooked struct {
	c      *desk.Case
	ledger *delivery.Ledger
	look   *lookback.Look
	logs   *desk.Logged
	in     lookback.Input
}

// lookBack looks back on the case that the path names, as the address says. What is
// handed on says nothing of what stands behind a wall.
func (s *Site) lookBack(r *http.Request) (*desk.Case, *backLooked, error) {
	c, err := s.desk.Plainly(r.Context(), who(r), caseID(r), viewOf(r))
	if err != nil {
		return nil, nil, err
	}
	x, err := c.Carried()
	if err != nil {
		return c, nil, err
	}
	logs := c.Logged()
	in := lookback.Input{Ledger: x.Ledger(logs.Sessions), Promises: x.Promises, Logs: logs.Sessions, View: c.Brief.View}
	for _, l := range c.Brief.Laws {
		in.Laws = append(in.Laws, clock.Since{From: l.From, Law: l.Law})
	}
	q := r.URL.Query()
	in.From, in.To = schoolYear(q.Get("from")), schoolYear(q.Get("through"))
	return c, &backLooked{c: c, ledger: in.Ledger, look: lookback.Make(in), logs: logs, in: in}, nil
}

// schoolYear is the first day of the school year that an address names by the year in
// which it begins; 0 when it names none.
func schoolYear(text string) day.Date {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1990 || n > 2200 {
		return 0
	}
	return day.Must(n, 7, 1)
}

// backShow shows the look back.
func (s *Site) backShow(w http.ResponseWriter, r *http.Request) error {
	c, k, err := s.lookBack(r)
	if c == nil {
		return err
	}
	p := backPage{Frame: s.caseFrame(r, c, "webback.title", "carry"), Back: carryPath(c.Folder, ""), Action: carryPath(c.Folder, "/look-back"), MakeUp: carryPath(c.Folder, "/make-up")}
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	if fault.KindOf(err) == fault.Invalid && err != nil {
		p.Broken = append([]string{p.T("desk.plans_unreadable")}, p.speak().says(err)...)
		return s.show(w, r, http.StatusOK, p)
	}
	if err != nil {
		return err
	}
	l := k.look
	p.Title = p.T("webback.title_of", "child", p.speak().child(c))
	p.Period = p.T("webback.period", "from", labelOf(l.From), "to", labelOf(l.To), "date", p.cat.Date(l.To))
	if labelOf(l.From) == labelOf(l.To) {
		p.Period = p.T("webback.period_one", "from", labelOf(l.From), "date", p.cat.Date(l.To))
	}
	p.choose(k)
	p.CSV = p.Action + ".csv?" + url.Values{"from": {yearNo(l.From)}, "through": {yearNo(l.To)}}.Encode()
	p.facts(c)
	if p.Empty = len(l.Services) == 0; p.Empty {
		return s.show(w, r, http.StatusOK, p)
	}
	p.summary(k)
	p.picture(k)
	for i := range l.Services {
		p.Services = append(p.Services, p.service(k, i))
	}
	p.routes(k)
	p.claims(k)
	p.proof(k, s.names(r))
	return s.show(w, r, http.StatusOK, p)
}

// yearNo is the year in which the school year of a day begins.
func yearNo(d day.Date) string { return labelOf(d)[:4] }

// child is how the child is called on what is handed on.
func (f speaker) child(c *desk.Case) string {
	if n := c.File.Case.Child.Name; n != "" {
		return n
	}
	return f.T("webback.the_child")
}

// facts say whose look back it is.
func (p *backPage) facts(c *desk.Case) {
	put := func(key, text string) {
		if text != "" {
			p.Facts = append(p.Facts, [2]string{p.T("webback." + key), text})
		}
	}
	put("f_child", c.File.Case.Child.Name)
	put("f_period", p.Period)
	if laws := c.Brief.Laws; len(laws) > 0 {
		put("f_place", p.speak().lawPlace(laws[len(laws)-1].Law.Jurisdiction))
	}
	put("f_as_of", p.cat.Date(c.Brief.AsOf))
}

// choose offers the school years that the ledger knows.
func (p *backPage) choose(k *backLooked) {
	first, last := k.look.From, k.look.AsOf
	for i := range k.ledger.Services {
		if ys := k.ledger.Services[i].Years; len(ys) > 0 {
			first = min(first, ys[0].From)
		}
	}
	field := func(name string, on day.Date) {
		f := Field{Name: name, Label: p.T("webback.choose_" + name), Kind: "select", Required: true}
		for d := schoolYear(yearNo(first)); d <= last && len(f.Options) < 40; d = d.AddYears(1) {
			f.Options = append(f.Options, Option{Value: yearNo(d), Label: labelOf(d), On: yearNo(d) == yearNo(on)})
		}
		p.Choose = append(p.Choose, f)
	}
	field("from", k.look.From)
	field("through", k.look.To)
}

// picture draws the months with the days that the routes reach.
func (p *backPage) picture(k *backLooked) {
	l := k.look
	pic := chart.Past{ID: "back", Title: p.T("lookback.chart.title", "name", p.speak().child(k.c)), From: l.From, To: l.To}
	begin := day.Date(0) // nothing is drawn for the months before the first promise
	for i := range l.Services {
		s := &l.Services[i]
		x := chart.Strip{Name: s.Name, Unit: p.T("delivery.unit." + s.Unit)}
		for j := range s.Months {
			x.Months = append(x.Months, stackOf(&s.Months[j]))
		}
		if len(x.Months) > 0 && (begin == 0 || x.Months[0].From < begin) {
			begin = x.Months[0].From
		}
		pic.Strips = append(pic.Strips, x)
	}
	pic.From = max(pic.From, begin)
	for _, r := range l.Routes {
		if r.Since.Earliest != 0 {
			pic.Marks = append(pic.Marks, chart.Mark{On: r.Since.Earliest, Text: p.T("webback.mark_"+r.Right, "date", p.cat.DateShort(r.Since.Earliest))})
		}
	}
	p.Patterns = template.HTML(chart.Patterns()) // drawn by us; texts are escaped there
	p.Wide, p.Narrow = template.HTML(chart.Months(p.cat, pic, chart.Wide)), template.HTML(chart.Months(p.cat, pic, chart.Narrow))
	p.Table = pic.Table(p.cat)
}
