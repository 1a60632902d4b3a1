package web

import (
	"html/template"
	"net/http"
	"slices"

	"stayput/derive/clock"
	ways "stayput/derive/route"
	"stayput/desk"
	"stayput/law"
	"stayput/present/chart"
)

// A disagreePage is the home of a disagreement: where the case stands, what is wrong,
// which way fits, and every other way.
type disagreePage struct {
	Frame
	AsOf     string
	Headline string
	Where    string
	Wide     template.HTML
	Narrow   template.HTML
	Table    chart.Table
	Begin    []captureKey
	Chosen   *disagreeChosen
	UnderWay []disagreeCase
	Pick     Field
	Ask      []Field
	Hidden   []Hidden
	Picked   string
	Shows    string
	Differs  string
	Action   string
	First    []routeLine
	FirstTo  string
	Told     []routeLine
	One      *routeCard
	Other    *routeCard
	None     bool // something was picked, and nothing could be suggested
	Groups   []routeGroup
	Choose   *routeChoose
	Stay     *stayPanel
	Places   []captureKey
}

func (disagreePage) template() string { return "disagree_show" }

// A disagreeChosen is the way somebody said they take.
type disagreeChosen struct{ Text, Href, Why string }

// A disagreeCase is a route under way, with its dates.
type disagreeCase struct {
	Title, Href string
	Dates       []dated
}

// A routeCard is one way that is suggested.
type routeCard struct {
	ID, Role, Title, Says, Href string
	Why, Against, Loses         []routeLine
	RunsOut                     string
	Fold                        bool         // its reasons are folded: one thing first
	Take                        *routeChoose // the form that takes it; nil for who may not write
}

// A routeChoose is the form that writes a choice down. With a Route it is one button.
type routeChoose struct {
	Action, Name, Route string
	Hidden              []Hidden
	Fields              []Field
	Errs                []Field
	Open                bool
}

// A routeGroup is the routes that stand alike.
type routeGroup struct {
	ID, Title string
	Rows      []routeRow
}

// A routeRow is one route in a list.
type routeRow struct {
	Title, Href string
	Tag         Tag
	Because     routeLine
}

var (
	_ = sample(func() page {
		l := []routeLine{{"t", Tag{"soon", "m"}, Cite{Text: "c", Source: "/x", Checked: "k"}}}
		take := &routeChoose{Action: "/a", Name: "n", Route: "court", Hidden: []Hidden{{"a", "b"}}}
		all := &routeChoose{Action: "/a", Name: "n", Open: true, Fields: []Field{{Name: "route", Kind: "select", Label: "l", Options: []Option{{Value: "v", Label: "l"}}, Error: "e"}}, Errs: []Field{{Name: "route", Error: "e"}}}
		card := &routeCard{"i", "r", "t", "s", "/h", l, l, l, "o", false, take}
		return disagreePage{AsOf: "a", Headline: "h", Where: "w", Table: chart.Table{Caption: "c", Head: []string{"h"}, Rows: [][]string{{"r"}}}, Begin: []captureKey{{Label: "x", Href: "/", Hint: "h"}},
			Chosen: &disagreeChosen{"t", "/h", "w"}, UnderWay: []disagreeCase{{"t", "/h", []dated{{Href: "/"}}}}, Pick: Field{Name: "concern", Kind: "checkbox", Label: "l", Required: true, Options: []Option{{Value: "v", Label: "l", On: true}}},
			Ask: []Field{{Name: "spoke", Kind: "radio", Label: "l", Required: true, Options: []Option{{Value: "yes", Label: "l"}}}}, Hidden: []Hidden{{"picked", "1"}}, Picked: "p", Shows: "s", Differs: "d", Action: "/a", First: l, FirstTo: "/f", Told: l,
			One: card, Other: &routeCard{"j", "r", "t", "s", "/h", l, l, l, "o", true, take}, Groups: []routeGroup{{"g", "t", []routeRow{{"t", "/h", Tag{"done", "x"}, l[0]}}}}, Choose: all, Stay: samplePanel(), Places: []captureKey{{Label: "x", Href: "/", Hint: "h"}}}
	})
	_ = sample(func() page {
		return disagreePage{Pick: Field{Name: "concern", Kind: "checkbox", Label: "l", Required: true}, None: true}
	})
)

// disagreeShow shows the home of a disagreement.
func (s *Site) disagreeShow(w http.ResponseWriter, r *http.Request) error {
	k, err := s.disagreement(r, "webroute.title", disagreeSaidOf(r.URL.Query()))
	if err != nil {
		return err
	}
	p, err := s.disagreePage(k, nil, wrong{})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

// disagreePage draws the page; f is the form that was sent and must be mended, if any.
func (s *Site) disagreePage(k *disagreed, f *Form, bad wrong) (disagreePage, error) {
	p := disagreePage{Frame: k.Frame, Action: casePath(k.c.Folder) + "/disagree"}
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(k.b.AsOf))
	p.Headline = p.speak().lookAt(k.c, k.b).Headline
	pic := p.speak().staircase(k.res)
	p.Where, p.Table = pic.Where(p.cat), pic.Table(p.cat)
	p.Wide, p.Narrow = drawn(chart.Stairs(p.cat, pic, chart.Wide)), drawn(chart.Stairs(p.cat, pic, chart.Narrow))
	p.Begin, p.Places = s.disagreePlaces(k)
	p.Chosen = k.chosen()
	for i := range k.res.Routes {
		if w := &k.res.Routes[i]; w.Pending {
			p.UnderWay = append(p.UnderWay, disagreeCase{k.routeTitle(w.ID), k.routePath(w.ID), k.dates(w.Dates)})
		}
	}
	p.pick(k)
	p.First, p.Told = k.lines(k.res.First), k.lines(slices.DeleteFunc(slices.Clone(k.res.Told), func(g ways.Ground) bool { return g.Key == "nothing_picked" }))
	if len(p.First) > 0 && p.May("add_entry") {
		p.FirstTo = casePath(k.c.Folder) + "/add?kind=letter_sent"
	}
	p.One, p.Other = k.card(k.res.Suggested, "webroute.one"), k.card(k.res.Alternative, "webroute.other")
	if p.Other != nil {
		p.Other.Fold = true
	}
	p.None = p.One == nil && len(k.said.concerns) > 0
	p.Groups = k.groups()
	if p.May("add_entry") {
		p.Choose = k.choose(f, bad)
	}
	if k.b.Program != nil {
		p.Stay = p.speak().stayPanel(k.c, k.b.Program)
	}
	return p, nil
}

// pick is the choice of concerns and the questions.
func (p *disagreePage) pick(k *disagreed) {
	hint := "webroute.pick_hint"
	if len(k.said.concerns) == 0 && !k.said.sent {
		hint = "webroute.pick_hint_none"
	}
	p.Pick = Field{Name: "concern", Label: p.T("webroute.pick"), Hint: p.T(hint), Kind: "checkbox", Required: true}
	for _, c := range law.Concerns {
		p.Pick.Options = append(p.Pick.Options, Option{Value: string(c), Label: p.speak().concern(c), On: slices.Contains(k.said.concerns, c)})
	}
	if len(k.said.concerns) > 0 {
		p.Picked = p.T("webroute.picked", "list", p.speak().concerns(k.said.concerns))
	}
	side := ""
	if k.school() {
		side = "_school"
	}
	var shown []string
	for _, q := range ways.Questions {
		said := k.said.answers[q]
		if said == 0 && !slices.Contains(k.res.Ask, q) { // the record says so already
			shown = append(shown, p.cat.T("routes.recorded"+side+"."+string(q)))
			continue
		}
		x := Field{Name: string(q), Label: p.cat.T("routes.question" + side + "." + string(q)), Kind: "radio", Required: true}
		for _, v := range []string{"yes", "no", "unknown"} {
			x.Options = append(x.Options, Option{Value: v, Label: p.cat.T("webroute." + v), On: answerWord(said) == v})
		}
		p.Ask = append(p.Ask, x)
	}
	if len(shown) > 0 {
		p.Shows = p.T("webroute.shows", "list", p.cat.List(shown))
	}
	var differ []string
	for _, q := range k.res.Differs {
		differ = append(differ, p.cat.T("routes.recorded"+side+"."+string(q)))
	}
	if len(differ) > 0 {
		p.Differs = p.T("webroute.differs", "list", p.cat.List(differ))
	}
	p.Hidden = append([]Hidden{{"picked", "1"}}, k.dayHidden()...)
}

// dayHidden carries the day a page is looked at as of.
func (k *disagreed) dayHidden() []Hidden {
	var out []Hidden
	if k.view.AsOf != 0 {
		out = append(out, Hidden{"as_of", k.view.AsOf.String()})
	}
	if k.view.Known != 0 {
		out = append(out, Hidden{"known_by", k.view.Known.String()})
	}
	return out
}

// chosen is the way that was chosen since the latest no.
func (k *disagreed) chosen() *disagreeChosen {
	ch := k.res.Chosen
	if ch.Entry == nil || k.res.Row(ch.Route) == nil {
		return nil
	}
	return &disagreeChosen{Text: k.T(k.mine("webroute.on_chosen"), "date", k.cat.When(ch.Entry.On), "title", k.routeTitle(ch.Route)), Href: k.routePath(ch.Route), Why: ch.Entry.Fields.Summary}
}

// dates are clocks of a route, as every list of dates shows them.
func (k *disagreed) dates(cs []*clock.Clock) []dated {
	var at []int
	for _, c := range cs {
		for i := range k.c.Brief.Clocks {
			if x := &k.c.Brief.Clocks[i]; x == c || x.Rule == c.Rule && x.Trigger == c.Trigger {
				at = append(at, i)
				break
			}
		}
	}
	var more int
	return k.Frame.speak().lines(k.c, "", at, "soon", &more, 12)
}

// card is one suggested way; nil when there is none.
func (k *disagreed) card(x *ways.Suggestion, role string) *routeCard {
	if x == nil {
		return nil
	}
	w := k.res.Row(x.Route)
	out := &routeCard{ID: string(x.Route), Role: k.T(role), Title: k.routeTitle(x.Route), Href: k.routePath(x.Route), Why: k.lines(x.Why)}
	if t := k.words.Route(x.Route); t != nil {
		out.Says = t.Says
	}
	for _, g := range w.Against {
		if l := k.line(g); g.Loses {
			out.Loses = append(out.Loses, l)
		} else {
			out.Against = append(out.Against, l)
		}
	}
	if w.RunsOut != 0 {
		out.RunsOut = k.T("webroute.runs_out", "date", k.cat.Date(w.RunsOut))
	}
	if k.May("add_entry") {
		out.Take = k.take(x.Route)
	}
	return out
}

// take is the button that takes a way.
func (k *disagreed) take(id law.RouteID) *routeChoose {
	out := &routeChoose{Action: casePath(k.c.Folder) + "/disagree", Name: desk.NewName(), Route: string(id)}
	out.Hidden = k.pickedHidden()
	return out
}

// pickedHidden carries what was picked and answered along with a choice.
func (k *disagreed) pickedHidden() []Hidden {
	out := []Hidden{{"picked", "1"}}
	for _, c := range k.said.concerns {
		out = append(out, Hidden{"concern", string(c)})
	}
	for _, q := range ways.Questions {
		if a := k.said.answers[q]; a != 0 {
			out = append(out, Hidden{string(q), answerWord(a)})
		}
	}
	return out
}

// choose is the form to choose any way.
func (k *disagreed) choose(f *Form, bad wrong) *routeChoose {
	out := k.take("")
	sent := func(name string, most int) string {
		if f == nil {
			return ""
		}
		text, _ := f.Words(name, most)
		return text
	}
	which := Field{Name: "route", Label: k.T("webroute.f_route"), Kind: "select", Required: true, Options: []Option{{Value: "", Label: k.T("webroute.pick_one")}}}
	for i := range k.res.Routes {
		w := &k.res.Routes[i]
		which.Options = append(which.Options, Option{Value: string(w.ID), Label: k.routeTitle(w.ID), On: sent("route", 100) == string(w.ID)})
	}
	why := Field{Name: "why", Label: k.T("webroute.f_why"), Hint: k.T("webroute.f_why_hint"), Kind: "textarea", Rows: 3, Value: sent("why", mostWords)}
	for _, x := range []*Field{&which, &why} {
		if key := bad[x.Name]; key != "" {
			x.Error = k.cat.T(key)
			out.Errs = append(out.Errs, *x)
		}
	}
	out.Fields, out.Open = []Field{which, why}, f != nil
	return out
}

// groups are all routes but the two that are suggested, by how they fit.
func (k *disagreed) groups() []routeGroup {
	var out []routeGroup
	for _, fit := range []ways.Fit{ways.PossibleNow, ways.NeedsFirst, ways.DoesNotFit} {
		g := routeGroup{ID: string(fit), Title: k.cat.T("webroute.group_" + string(fit))}
		for i := range k.res.Routes {
			w := &k.res.Routes[i]
			if w.Fit != fit || k.suggests(w.ID) {
				continue
			}
			row := routeRow{Title: k.routeTitle(w.ID), Href: k.routePath(w.ID)}
			if w.Pending || w.Tried {
				row.Tag = k.speak().standing(w)
			}
			if len(w.Because) > 0 {
				row.Because = k.line(w.Because[0])
				if w.Because[0].Citation == "" {
					row.Because.Cite = k.routeCite(w)
				}
			}
			g.Rows = append(g.Rows, row)
		}
		if len(g.Rows) > 0 {
			out = append(out, g)
		}
	}
	return out
}

func (k *disagreed) suggests(id law.RouteID) bool {
	return k.res.Suggested != nil && k.res.Suggested.Route == id || k.res.Alternative != nil && k.res.Alternative.Route == id
}

// routeCite is the law that gives a route.
func (k *disagreed) routeCite(w *ways.Row) Cite {
	for _, id := range w.Route.Law {
		if r := k.res.Law.Rule(id); r != nil {
			if v := r.VersionAt(k.res.AsOf); v != nil {
				return k.speak().citeOf(id, v.Citation, v.Source, r.Checked)
			}
		}
	}
	return Cite{}
}
