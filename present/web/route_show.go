package web

import (
	"html/template"
	"net/http"
	"slices"

	"stayput/derive/limit"
	ways "stayput/derive/route"
	"stayput/desk"
	"stayput/fact"
	"stayput/law"
	"stayput/present/chart"
)

// A routeShowPage is one way to answer a no, whole.
type routeShowPage struct {
	Frame
	AsOf    string
	Back    string
	For     string // what was picked
	Says    string
	Tag     Tag
	Because []routeLine
	Take    *routeChoose
	Mine    *disagreeChosen
	Dates   []dated
	Decides []routeSubject
	Facts   []routeFact
	Needs   []routeLine
	Barred  []routeLine
	Good    []routeLine
	Against []routeLine
	Loses   []routeLine
	Told    []routeLine
	Come    []routeLine
	Time    []lawLine
	Limits  []clockRight
	Ends    []lawLine // the limits by law, where the case has none
	Except  []string
	Rights  string
	With    []routeWith
	Office  *routeOffice
	Write   string // drafts the paper that files it
	Law     []lawLine
	Myths   []routeMyth
	Wide    template.HTML
	Narrow  template.HTML
	Where   string
	Table   chart.Table
}

func (routeShowPage) template() string { return "route_show" }

// A routeSubject is concerns that a route treats alike; those that were picked are
// marked.
type routeSubject struct {
	Title string
	Rows  []routeConcern
}

// A routeConcern is one concern, and whether it was picked.
type routeConcern struct {
	Text   string
	Picked bool
}

// A routeFact is one line of what a route is like, with its law where a rule says so.
type routeFact struct {
	Name  string
	Texts []string
	Cite  Cite
}

// A routeWith is another way and how the two go together.
type routeWith struct {
	Title, Href, How string
	Cite             Cite
}

// A routeOffice is where a way is filed.
type routeOffice struct{ Name, Href, Read, How string }

var (
	_ = sample(func() page {
		l := []routeLine{{"t", Tag{"soon", "m"}, Cite{Text: "c", Source: "/x", Checked: "k"}}}
		line := []lawLine{{Href: "/x", Title: "x", Owes: "o", Long: "l", Cite: "c", Source: "https://example.org", Checked: Tag{"done", "t"}}}
		return routeShowPage{AsOf: "a", Back: "/b", For: "f", Says: "s", Tag: Tag{"done", "x"}, Because: l, Take: &routeChoose{Action: "/a", Name: "n", Route: "r", Hidden: []Hidden{{"a", "b"}}}, Mine: &disagreeChosen{"t", "/h", "w"}, Dates: []dated{{Href: "/"}},
			Decides: []routeSubject{{"t", []routeConcern{{"a", true}, {"b", false}}}}, Facts: []routeFact{{"n", []string{"t"}, Cite{Text: "c"}}}, Needs: l, Barred: l, Good: l, Against: l, Loses: l, Told: l, Come: l,
			Time: line, Limits: []clockRight{{ID: "i", Tag: Tag{"soon", "x"}}}, Ends: line, Except: []string{"e"}, Rights: "/r", With: []routeWith{{"t", "/h", "h", Cite{Text: "c"}}}, Office: &routeOffice{"n", "https://example.org", "r", "h"},
			Law: line, Myths: sampleMyths(), Write: "/p", Where: "w", Table: chart.Table{Head: []string{"h"}, Rows: [][]string{{"r"}}}}
	})
	_ = sample(func() page { return routeShowPage{Back: "/b"} })
)

// routeShow shows one route.
func (s *Site) routeShow(w http.ResponseWriter, r *http.Request) error {
	k, err := s.disagreement(r, "webroute.title", disagreeSaidOf(r.URL.Query()))
	if err != nil {
		return err
	}
	id := law.RouteID(r.PathValue("route"))
	row := k.res.Row(id)
	if row == nil {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	p := routeShowPage{Frame: k.Frame, Back: casePath(k.c.Folder) + "/disagree" + k.said.query(k.view), Rights: casePath(k.c.Folder) + "/rights"}
	p.Title = k.routeTitle(id)
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(k.b.AsOf))
	if len(k.said.concerns) > 0 {
		p.For = p.T("webroute.for_concerns", "list", p.speak().concerns(k.said.concerns))
	}
	if t := k.words.Route(id); t != nil {
		p.Says = t.Says
	}
	p.Tag, p.Because = p.speak().standing(row), k.lines(row.Because)
	if k.res.Chosen.Route == id {
		p.Mine = k.chosen()
	} else if p.May("add_entry") {
		p.Take = k.take(id)
	}
	p.Write = p.speak().paperLink(k.c, paperOfRoute(k.c, id), "")
	p.Dates = k.dates(row.Dates)
	p.subjects(k, row)
	p.facts(k, row)
	p.reasons(k, row)
	for _, t := range row.Route.Time {
		p.Time = append(p.Time, k.ruleLine(t)...)
	}
	p.limits(k, row)
	for _, x := range row.Route.Combines {
		y := routeWith{Title: k.routeTitle(x.With), Href: k.routePath(x.With), How: p.cat.T("routes.combine." + x.How), Cite: k.speak().citeOf(x.Rule, x.Citation, x.Source, x.Checked)}
		if x.Rule != "" {
			y.Cite = k.ruleCite(x.Rule)
		}
		p.With = append(p.With, y)
	}
	if o := row.Route.Office; o != nil {
		p.Office = &routeOffice{Name: k.words.RouteItem(id, "office"), Href: o.URL, Read: p.T("webroute.unread"), How: k.words.RouteItem(id, "office_how")}
		if o.Read != 0 {
			p.Office.Read = p.T("webroute.read_on", "date", p.cat.Date(o.Read))
		}
	}
	for _, x := range row.Route.Law {
		p.Law = append(p.Law, k.ruleLine(x)...)
	}
	p.Myths = p.speak().mythsOn(string(id))
	pic := p.speak().staircase(k.res)
	p.Where, p.Table = pic.Where(p.cat), pic.Table(p.cat)
	p.Wide, p.Narrow = drawn(chart.Stairs(p.cat, pic, chart.Wide)), drawn(chart.Stairs(p.cat, pic, chart.Narrow))
	return s.show(w, r, http.StatusOK, p)
}

// ruleLine is a rule of the law that applies, in a line; nothing when it has none.
func (k *disagreed) ruleLine(id law.RuleID) []lawLine {
	r := k.res.Law.Rule(id)
	if r == nil {
		return nil
	}
	return []lawLine{k.speak().lawLine(r, k.res.AsOf)}
}

// ruleCite is where a rule stands, with its page.
func (k *disagreed) ruleCite(id law.RuleID) Cite {
	if r := k.res.Law.Rule(id); r != nil {
		if v := r.VersionAt(k.res.AsOf); v != nil {
			return k.speak().citeOf(id, v.Citation, v.Source, r.Checked)
		}
	}
	return Cite{}
}

// subjects are what the route decides and cannot.
func (p *routeShowPage) subjects(k *disagreed, w *ways.Row) {
	for _, x := range []struct {
		key string
		of  []law.Concern
	}{{"f_decides", w.Route.Decides}, {"f_in_part", w.Route.InPart}, {"f_cannot", w.Route.Cannot}} {
		s := routeSubject{Title: p.T("webroute." + x.key)}
		for _, c := range law.Concerns { // one order on every page
			if slices.Contains(x.of, c) {
				s.Rows = append(s.Rows, routeConcern{p.speak().concern(c), slices.Contains(k.said.concerns, c)})
			}
		}
		if len(s.Rows) > 0 {
			p.Decides = append(p.Decides, s)
		}
	}
}

// facts are what the route is like.
func (p *routeShowPage) facts(k *disagreed, w *ways.Row) {
	r := w.Route
	add := func(name string, cite Cite, texts ...string) {
		if len(texts) > 0 {
			p.Facts = append(p.Facts, routeFact{p.T("webroute." + name), texts, cite})
		}
	}
	var who []string
	for _, x := range []fact.Party{fact.Parent, fact.LEA} {
		if slices.Contains(r.Who, x) {
			who = append(who, p.cat.T("webroute.who_"+string(x)))
		}
	}
	add("f_who", Cite{}, first(p.cat.List(who))+".")
	add("f_cost", Cite{}, p.cat.T("routes.cost."+r.Cost))
	add("f_secret", Cite{}, p.cat.T("routes.secret."+r.Secret))
	add("f_binding", Cite{}, p.cat.T("routes.binding."+r.Binding))
	stay := []string{p.cat.T("routes.stay." + r.StayPut)}
	if r.StayPut == "yes" && len(r.StayPutIn) > 0 { // only within a time
		stay = append(stay, p.cat.T("routes.stay."+map[fact.Tri]string{fact.Yes: "keeps", fact.No: "keeps_not", fact.Unsaid: "keeps_unsure"}[w.Keeps]))
	}
	add("f_stay", k.ruleCite(r.StayPutRule), stay...)
	var orders []string
	for _, o := range r.Orders {
		orders = append(orders, p.cat.T("routes.order."+o))
	}
	if len(orders) == 0 {
		add("f_orders", Cite{}, p.T("webroute.orders_none"))
	} else {
		add("f_orders", Cite{}, first(p.cat.List(orders))+".")
	}
}

// reasons are what must be true first, what speaks for it and against it.
func (p *routeShowPage) reasons(k *disagreed, w *ways.Row) {
	open := map[string]ways.Ground{}
	for _, g := range w.Needs {
		open[g.Key] = g
		if g.Key == "limit_exception" {
			continue // told where the limits are
		}
		x := k.line(g)
		x.Mark = Tag{"soon", p.T("webroute.need_open")}
		if g.Unknown {
			x.Mark = Tag{"unsure", p.T("webroute.need_unknown")}
		}
		p.Needs = append(p.Needs, x)
	}
	for i := range w.Route.Needs {
		n := &w.Route.Needs[i]
		if _, still := open[n.ID]; still || len(n.By) > 0 && !slices.Contains(n.By, k.side()) {
			continue
		}
		x := routeLine{Text: k.words.RouteItem(w.ID, n.ID), Mark: Tag{"done", p.T("webroute.need_met")}, Cite: k.speak().citeOf(n.Rule, n.Citation, n.Source, n.Checked)}
		if n.Rule != "" {
			x.Cite = k.ruleCite(n.Rule)
		}
		p.Needs = append(p.Needs, x)
	}
	p.Good = k.lines(w.For)
	for _, g := range w.Against {
		switch l := k.line(g); {
		case g.Loses:
			p.Loses = append(p.Loses, l)
		case slices.ContainsFunc(w.Route.Bars, func(b law.RoutePoint) bool { return b.ID == g.Key }):
			p.Barred = append(p.Barred, l)
		default:
			p.Against = append(p.Against, l)
		}
	}
	for _, g := range w.Told {
		switch {
		case g.Come:
			p.Come = append(p.Come, k.line(g))
		case !slices.Contains(law.RouteReasons, g.Key): // under way and tried stand at the top
			p.Told = append(p.Told, k.line(g))
		}
	}
}

// side is who keeps the record.
func (k *disagreed) side() fact.Party {
	if k.school() {
		return fact.LEA
	}
	return fact.Parent
}

// limits are when the right to the route runs out: for the facts of the case, or by
// the law alone where the case has none.
func (p *routeShowPage) limits(k *disagreed, w *ways.Row) {
	byRule := map[law.RuleID][]*limit.Limit{}
	var order []law.RuleID
	for _, l := range w.Limits {
		if byRule[l.Rule.ID] == nil {
			order = append(order, l.Rule.ID)
		}
		byRule[l.Rule.ID] = append(byRule[l.Rule.ID], l)
	}
	for _, id := range order {
		all := byRule[id]
		if x := p.speak().right(k.c, all[:min(len(all), 3)]); x != nil {
			x.Counts = nil // drawn on the page of rights
			x.More, x.All = len(all)-min(len(all), 3), p.Rights+viewQuery(k.view, "right", string(id))
			p.Limits = append(p.Limits, *x)
		}
	}
	for _, id := range w.Route.Limits {
		if byRule[id] == nil {
			p.Ends = append(p.Ends, k.ruleLine(id)...)
		}
	}
	if len(w.Exceptions) > 0 {
		for _, l := range w.Limits {
			t := p.speak().lawText(l.Rule.ID)
			for _, name := range w.Exceptions {
				if e := t.Exceptions[name]; e != "" && !slices.Contains(p.Except, e) {
					p.Except = append(p.Except, e)
				}
			}
		}
	}
	if k.view == (desk.View{}) && len(p.Limits) == 0 {
		p.Rights = ""
	}
}
