package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"stayput/day"
	noes "stayput/derive/refusal"
	"stayput/desk"
	"stayput/fact"
	"stayput/guide"
	"stayput/plan"
)

// A noListPage takes a no of the school in a few questions, and lists the earlier
// ones. For a school it says what a notice of refusal must hold.
type noListPage struct {
	Frame
	School bool
	Path   string
	Name   string // of the entry to be
	Paper  string // of the entry of the notice, when the no came in one
	Plan   string // the plan on whose page it stands, when it was chosen there
	Draft  string
	Fields []Field
	Errs   []Field
	Noes   []noLine
	Plans  []noPlan
	Seven  []noItem
	Whys   []noWhy // for a school: what each reason has to rest on
}

func (noListPage) template() string { return "no_list" }

// A noLine is one no in the list.
type noLine struct {
	Href, Title, When, Why, Notice string
	Tone                           string
	Step                           string
}

// A noPlan is a no that stands only on a plan's own page, with the way to write it down.
type noPlan struct{ Href, Title, Words, Plan string }

// A noItem is one of the things a written notice must hold.
type noItem struct{ ID, Text, Cite string }

var (
	_ = sample(func() page {
		return noListPage{Path: "/p", Name: "n", Paper: "q", Plan: "i", Draft: "d", Plans: []noPlan{{"/h", "t", "w", "p"}}, Fields: []Field{{Name: "what", Kind: "radiotiles", Label: "l", Options: []Option{{Value: "a", Label: "b"}}, Error: "e"}}, Errs: []Field{{Name: "what", Error: "e"}},
			Noes: []noLine{{"/h", "t", "w", "y", "n", "late", "s"}}}
	})
	_ = sample(func() page {
		return noListPage{School: true, Path: "/p", Seven: []noItem{{"a", "t", "c"}}, Whys: []noWhy{{ID: "a", Label: "l", School: "s", Law: []noPoint{{Text: "t", Cite: Cite{Text: "c", Checked: "k"}}}}}}
	})
)

// noList shows the form and the earlier noes.
func (s *Site) noList(w http.ResponseWriter, r *http.Request) error {
	p, err := s.noListPage(r, nil, wrong{})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

// noListPage makes the page; f is the form that was sent and must be mended, if any.
func (s *Site) noListPage(r *http.Request, f *Form, bad wrong) (noListPage, error) {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), viewOf(r))
	if err != nil {
		return noListPage{}, err
	}
	p := noListPage{Frame: s.caseFrame(r, c, "webno.title_"+sideOf(c), "disagree"), School: c.File.Case.Side == fact.SchoolSide, Path: casePath(c.Folder) + "/no", Draft: "no:" + string(c.ID)}
	for _, n := range noesOf(c) {
		p.Noes = append(p.Noes, p.speak().noLine(c, &n))
	}
	onPlans := noesOnPlans(c)
	plan, notice := r.URL.Query().Get("plan"), r.URL.Query().Get("notice")
	for i := range onPlans {
		if n := &onPlans[i]; n.Plan.ID != plan || strconv.Itoa(n.At) != notice || !p.May("add_entry") { // the one in the form is not listed as well
			p.Plans = append(p.Plans, p.speak().noOnPlan(c, n))
		}
	}
	if p.School {
		p.Seven = p.speak().seven(c)
		for _, n := range guide.For(p.Lang).Noes {
			p.Whys = append(p.Whys, p.speak().noLaw(&n, "school"))
		}
	}
	if p.May("add_entry") {
		p.Name, p.Paper = desk.NewName(), desk.NewName()
		if n := f.sent("name"); n != "" {
			p.Name, p.Paper = n, f.sent("paper")
		}
		if f == nil { // a no on a plan's page is taken over word by word
			f = asOnPlan(onPlans, plan, notice)
		}
		if p.Plan = f.sent("plan"); p.Plan != "" {
			p.Draft = draftKeyOf(p.Draft, p.Plan+":"+f.sent("notice"))
		}
		p.ask(c, f, bad)
	}
	return p, nil
}

// noesOnPlans are the noes that stand only on the pages of the plans.
func noesOnPlans(c *desk.Case) []noes.PlanNo {
	plans, err := c.Plans()
	if err != nil {
		return nil
	}
	return noes.OnPlans(c.Brief.View, plans, c.Brief.AsOf)
}

// noOnPlan puts a no on a plan's page into a line.
func (f speaker) noOnPlan(c *desk.Case, n *noes.PlanNo) noPlan {
	x := noPlan{Title: f.T("webno.plan_no"), Words: n.About, Plan: f.planName(c, n.Plan.ID), Href: casePath(c.Folder) + "/no?plan=" + escape(n.Plan.ID) + "&notice=" + strconv.Itoa(n.At) + "#tell-h"}
	if n.On != 0 {
		x.Title = f.T("webno.plan_no_of", "date", f.cat.Date(n.On))
	}
	return x
}

// asOnPlan is the form as a no on a plan's page fills it in; nil when there is none. What
// it is about stays for a person to choose: the page says it only in words.
func asOnPlan(all []noes.PlanNo, plan, notice string) *Form {
	i := slices.IndexFunc(all, func(n noes.PlanNo) bool { return n.Plan.ID == plan && strconv.Itoa(n.At) == notice })
	if i < 0 {
		return nil
	}
	v := url.Values{"plan": {plan}, "notice": {notice}, "words": {all[i].About}, "how": {"notice"}}
	if all[i].On != 0 {
		v.Set("on", all[i].On.String())
	}
	return &Form{values: v}
}

// sideOf is whose record it is, as a part of a key.
func sideOf(c *desk.Case) string {
	if c.File.Case.Side == fact.SchoolSide {
		return "school"
	}
	return "family"
}

// noesOf are the noes of a case as who looks may see them.
func noesOf(c *desk.Case) []noes.No {
	b := c.Brief
	return noes.Derive(noes.Input{View: b.View, Clocks: b.Clocks, Side: c.File.Case.Side, AsOf: b.AsOf})
}

// noWays are the ways in which a no is said, in the order of the form. A notice is a
// letter.
var noWays = []string{"in_person", "phone", "meeting", "video", "email", "letter", "notice"}

// ask makes the five questions. Each may be answered with "I don't know".
func (p *noListPage) ask(c *desk.Case, f *Form, bad wrong) {
	side := sideOf(c)
	sent := func(name string, v string) bool {
		if f == nil {
			return false
		}
		return slices.Contains(f.All(name), v)
	}
	what := Field{Name: "what", Label: p.T("webno.what_" + side), Kind: "radiotiles", Required: true}
	for _, x := range noes.Subjects {
		what.Options = append(what.Options, Option{Value: string(x), Label: p.T("webno.subject_" + string(x)), On: sent("what", string(x))})
	}
	why := p.speak().whyField(c, "why", f)
	words := Field{Name: "words", Label: p.T("webno.words_" + side), Hint: p.T("webno.words_hint"), Kind: "textarea", Rows: 3, Max: mostWords}
	how := Field{Name: "how", Label: p.T("webno.how_" + side), Kind: "radio"}
	for _, x := range noWays {
		how.Options = append(how.Options, Option{Value: x, Label: p.T("webno.how_is_" + x), On: sent("how", x)})
	}
	how.Options = append(how.Options, Option{Value: "unknown", Label: p.T("webno.unknown"), On: sent("how", "unknown")})
	on := Field{Name: "on", Label: p.T("webno.when_" + side), Kind: "date", Value: c.Today.String(), Required: true}
	vague := Field{Name: "vague", Label: p.T("webno.vague"), Kind: "tick", Options: []Option{{On: sent("vague", "yes")}}}
	with := Field{Name: "with", Label: p.T("webno.who_" + side), Hint: p.T("webno.who_hint"), Kind: "text", Max: 200}
	if f != nil {
		words.Value, _ = f.Words("words", mostWords)
		on.Value, with.Value = f.Text("on", 20), f.Text("with", 200)
	}
	p.Fields = []Field{what, why, words, how, on, vague, with}
	for i := range p.Fields {
		if x := &p.Fields[i]; bad[x.Name] != "" {
			x.Error = p.T(bad[x.Name])
			p.Errs = append(p.Errs, *x)
		}
	}
}

// whyField asks for the reasons as they were said.
func (f speaker) whyField(c *desk.Case, name string, sent *Form) Field {
	x := Field{Name: name, Label: f.T("webno.why_" + sideOf(c)), Hint: f.T("webno.why_hint_" + sideOf(c)), Kind: "checkbox"}
	for _, n := range guide.For(f.Lang).Noes {
		x.Options = append(x.Options, Option{Value: n.ID, Label: f.noLabel(&n, sideOf(c)), On: sent != nil && slices.Contains(sent.All(name), n.ID)})
	}
	x.Options = append(x.Options, Option{Value: "unknown", Label: f.T("webno.unknown"), On: sent != nil && slices.Contains(sent.All(name), "unknown")})
	return x
}

// reasonsSent are the reasons that were ticked, in the order of the guide. That none
// was given does not stand beside one that was.
func reasonsSent(f *Form, name string) (out []string) {
	for _, n := range guide.For("en").Noes {
		if slices.Contains(f.All(name), n.ID) {
			out = append(out, n.ID)
		}
	}
	if len(out) > 1 {
		out = slices.DeleteFunc(out, func(id string) bool { return id == "none_given" })
	}
	return out
}

// noSave writes a no down and leads to the answer to it.
func (s *Site) noSave(w http.ResponseWriter, r *http.Request) error {
	f, c, err := s.caseForm(w, r)
	if err != nil {
		return err
	}
	bad := wrong{}
	e := noEntry(f, c, bad)
	if len(bad) > 0 {
		p, err := s.noListPage(r, f, bad)
		if err != nil {
			return err
		}
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	saved, err := s.desk.AddEntry(r.Context(), who(r), caseID(r), desk.NewEntry{Name: f.Text("name", 20), Fact: e, Via: "web"})
	if err != nil {
		return err
	}
	if f.Text("how", 20) == "notice" && e.Kind != recordsRefused && f.Text("paper", 20) != "" {
		if err := s.noPaper(r, saved, f.Text("paper", 20)); err != nil {
			return err
		}
	}
	s.dropDraft(r, f.Text("draft", 200))
	s.done(r, "webno.saved_"+sideOf(c))
	return s.seeOther(w, r, casePath(c.Folder)+"/no/"+saved)
}

// noPaper writes down the notice in which a no came, so that what comes next rests on it.
func (s *Site) noPaper(r *http.Request, no, name string) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	x := c.Entry(no)
	if x == nil {
		return nil
	}
	e := fact.Entry{Kind: noticeCame, By: string(fact.LEA), Re: x.ID, On: x.On, Wall: x.Wall}
	e.Fields.Written, e.Fields.Refused, e.Fields.Plan = fact.Yes, fact.Yes, x.Fields.Plan
	_, err = s.desk.AddEntry(r.Context(), who(r), caseID(r), desk.NewEntry{Name: name, Fact: e, Via: "web"})
	return err
}

// noEntry makes the entry of what was sent. Where exactly one request of the record
// fits, the no names it.
func noEntry(f *Form, c *desk.Case, bad wrong) fact.Entry {
	what := noes.Subject(f.Text("what", 20))
	if !slices.Contains(noes.Subjects, what) {
		bad["what"] = "webno.bad_what"
	}
	e := fact.Entry{Kind: noes.KindOf(what), By: string(fact.LEA)}
	e.Fields.Refused, e.Fields.Reasons = fact.Yes, reasonsSent(f, "why")
	e.Fields.With = splitNames(f.Text("with", 200))
	words, fits := f.Words("words", mostWords)
	if e.Fields.Summary = words; !fits {
		bad["words"] = "webcase.bad_long"
	}
	switch how := f.Text("how", 20); how {
	case "in_person", "phone", "meeting", "video":
		e.Fields.Means, e.Fields.Written = how, fact.No
	case "email", "letter":
		e.Fields.Means, e.Fields.Written = how, fact.Yes
	case "notice":
		e.Fields.Means, e.Fields.Written = "letter", fact.Yes
	}
	if plans, err := c.Plans(); err == nil && slices.ContainsFunc(plans, func(p *plan.Plan) bool { return p.ID == f.Text("plan", 200) }) {
		e.Fields.Plan = f.Text("plan", 200)
	}
	on := pastDay(f, c.Today, bad)
	e.On = day.On(on)
	but := ""
	if old := c.Entry(f.Text("name", 20)); old != nil {
		but = old.ID // the form was sent twice
	}
	asked := noes.Candidates(c.Brief.View, what, on, but)
	asked = slices.DeleteFunc(asked, func(x *fact.Entry) bool { return c.Mark(x.ID) == nil || c.Mark(x.ID).Wall != desk.WallOpen })
	if len(asked) == 1 {
		e.Re = asked[0].ID
	}
	if f.Ticked("vague") && bad["on"] == "" {
		// Some day up to the one that was given: not before what was asked, and at most
		// a year back. It is told as bounds, never as a date.
		first := on.AddYears(-1)
		if len(asked) == 1 && asked[0].On.Earliest > first {
			first = min(asked[0].On.Earliest, on)
		}
		e.On = day.When{Earliest: first, Latest: on, Minute: -1}
	}
	return e
}
