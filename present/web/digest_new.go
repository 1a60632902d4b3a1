package web

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"stayput/day"
	"stayput/derive/items"
	"stayput/derive/program"
	"stayput/desk"
	"stayput/fact"
	"stayput/plan"
	"stayput/present/qr"
)

// A digestNewPage makes a page for a teacher: whose page it is, what stands on it,
// and a look at it before it is given.
type digestNewPage struct {
	Frame
	Back   string
	Action string
	None   string // why no page can be made
	Fields []Field
	Errs   []Field
	People []captureKey // who stands in the plan
	Groups []digestGroup
	Hidden []Hidden

	Look     []digestBlock // the page, before it is given
	LookLang string
	Sides    string // that it takes both sides
	Name     string
	Link     string // the name of the form that makes a link
	Public   bool   // there is an address that a link can lead to
	Until    Field
}

func (digestNewPage) template() string { return "digest_new" }

// A digestGroup is the parts of one sort, to choose from.
type digestGroup struct {
	Field Field
}

// A digestLinkPage shows a private link, once.
type digestLinkPage struct {
	Frame
	Whom, Address, Ends string
	QR                  template.HTML
	Back                string
}

func (digestLinkPage) template() string { return "digest_link" }

func sampleBlocks() []digestBlock {
	return []digestBlock{{Title: "t"}, {Text: "p"}, {Heading: "h"}, {Lines: []digestLine{{"a", "es", "m"}, {Text: "b"}}}}
}

var (
	_ = sample(func() page {
		return digestNewPage{Back: "/b", Action: "/a", Fields: []Field{{Name: "teacher", Kind: "text", Label: "l", Error: "e"}}, Errs: []Field{{Name: "teacher", Error: "e"}}, People: []captureKey{{Label: "x", Href: "/"}},
			Groups: []digestGroup{{Field{Name: "part", Kind: "checkbox", Label: "g", Options: []Option{{Value: "a", Label: "b", On: true}}}}}, Hidden: []Hidden{{"a", "b"}}}
	})
	_ = sample(func() page {
		return digestNewPage{Back: "/b", Action: "/a", Look: sampleBlocks(), LookLang: "es", Sides: "s", Name: "n", Link: "l", Public: true, Until: Field{Name: "until", Kind: "select"}, Hidden: []Hidden{{"a", "b"}}}
	})
	_ = sample(func() page { return digestNewPage{Back: "/b", None: "n"} })
	_ = sample(func() page { return digestNewPage{Back: "/b", Action: "/a", Look: sampleBlocks()} })
	_ = sample(func() page {
		return digestLinkPage{Whom: "w", Address: "https://x/digest/y", Ends: "e", QR: "<svg></svg>", Back: "/b"}
	})
)

// digestsPath is where the pages for teachers of a case are.
func digestsPath(c *desk.Folder) string { return casePath(c) + "/carry/digests" }

// digestMost is how long what is typed for a page may be.
const digestMost = 600

// digestStuff is what a page is made from: the case as somebody sees it who stands
// behind no wall.
type digestStuff struct {
	c     *desk.Case
	plans []*plan.Plan
	res   *program.Result
	all   []items.Item
}

func (s *Site) digestStuff(r *http.Request) (digestStuff, error) {
	var x digestStuff
	var err error
	if x.c, err = s.desk.PlainCase(r.Context(), who(r), caseID(r)); err != nil {
		return x, err
	}
	if x.plans, err = x.c.Plans(); err != nil {
		x.plans = nil // the page of the plan says what is wrong with it
	}
	x.res = &program.Result{}
	if len(x.plans) > 0 {
		if x.res, err = x.c.Program(); err != nil {
			return x, err
		}
	}
	x.all = items.Derive(items.Input{Plans: x.plans, Program: x.res, View: x.c.Brief.View, AsOf: x.c.Today})
	return x, nil
}

// digestNew asks whose page it is, and then what stands on it.
func (s *Site) digestNew(w http.ResponseWriter, r *http.Request) error {
	x, err := s.digestStuff(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	text := func(name string) string { return shortened(oneLine(clean(q.Get(name))), 100) }
	a := digestAsk{Teacher: text("teacher"), Role: text("role"), Class: text("class"), Lang: q.Get("lang")}
	p := s.digestPage(r, &x)
	if p.None == "" {
		if a.Teacher == "" {
			p.askWhose(&x, a, q.Has("teacher"))
		} else {
			if a.Lang != "es" && a.Lang != "en" {
				a.Lang = "en"
			}
			a.Ask = askWho(x.plans, x.res)
			parts := p.speak().inLang(a.Lang).speak().digestParts(x.plans, x.res, x.all, a.Class, a.Role)
			p.askWhat(a, parts, wrong{})
		}
	}
	return s.show(w, r, http.StatusOK, p)
}

func (s *Site) digestPage(r *http.Request, x *digestStuff) digestNewPage {
	p := digestNewPage{Frame: s.caseFrame(r, x.c, "webitems.new_title", "carry"), Back: digestsPath(x.c.Folder), Action: digestsPath(x.c.Folder) + "/new"}
	p.Public = s.publicOrigin(r) != ""
	none := true
	for _, t := range x.res.Tracks {
		none = none && len(t.InForce) == 0
	}
	if none {
		p.None = p.T("webitems.new_none")
	}
	return p
}

// askWhose asks for the teacher and the class.
func (p *digestNewPage) askWhose(x *digestStuff, a digestAsk, sent bool) {
	name := Field{Name: "teacher", Label: p.T("webitems.f_teacher"), Kind: "text", Value: a.Teacher, Required: true, Max: 100, Autocomplete: "off"}
	if sent {
		name.Error = p.T("webitems.bad_teacher")
		p.Errs = append(p.Errs, name)
	}
	role := Field{Name: "role", Label: p.T("webitems.f_role"), Hint: p.T("webitems.f_role_hint"), Kind: "text", Value: a.Role, Max: 100, Autocomplete: "off"}
	class := Field{Name: "class", Label: p.T("webitems.f_class"), Hint: p.T("webitems.f_class_hint"), Kind: "text", Value: a.Class, Max: 100, Autocomplete: "off"}
	lang := Field{Name: "lang", Label: p.T("webitems.f_lang"), Kind: "radio", Required: true, Options: []Option{{Value: "en", Label: "English", On: a.Lang != "es"}, {Value: "es", Label: "Español", On: a.Lang == "es"}}}
	p.Fields = []Field{name, role, class, lang}
	seen := map[string]bool{}
	for _, t := range x.res.Tracks {
		for _, l := range t.InForce {
			v := plan.Find(x.plans, l.FromPlan)
			if v == nil {
				continue
			}
			for _, m := range v.Team {
				switch m.Role {
				case "general_education_teacher", "special_education_teacher", "related_service", "other":
				default:
					continue
				}
				if m.Name == "" || seen[m.Name] {
					continue
				}
				seen[m.Name] = true
				role := m.Title
				if role == "" && p.cat.Has("webitems.role_"+string(m.Role)) {
					role = p.T("webitems.role_" + string(m.Role))
				}
				label := m.Name
				if role != "" {
					label += ", " + role
				}
				p.People = append(p.People, captureKey{Label: label, Href: p.Action + "?" + url.Values{"teacher": {m.Name}, "role": {role}, "class": {m.Area}, "lang": {p.Lang}}.Encode()})
			}
		}
	}
}

// askWhat asks what stands on the page.
func (p *digestNewPage) askWhat(a digestAsk, parts []digestPart, bad wrong) {
	p.Title = p.T("webitems.new_for", "who", a.Teacher)
	p.Hidden = []Hidden{{"teacher", a.Teacher}, {"role", a.Role}, {"class", a.Class}, {"lang", a.Lang}}
	for _, group := range []string{"health", "supports", "services", "goals"} {
		g := digestGroup{Field{Name: "part_" + group, Label: p.T("webitems.pick_" + group), Kind: "checkbox"}}
		for i := range parts {
			if x := &parts[i]; x.Group == group {
				between := " "
				if group == "health" {
					between = ". "
				}
				g.Field.Options = append(g.Field.Options, Option{Value: x.ID, Label: x.Text, Hint: strings.Join(x.More, between), On: x.On})
			}
		}
		if len(g.Field.Options) > 0 {
			if group == "supports" && bad["part_supports"] != "" {
				g.Field.Error = p.T(bad["part_supports"])
				p.Errs = append(p.Errs, g.Field)
			}
			p.Groups = append(p.Groups, g)
		}
	}
	ask := Field{Name: "ask", Label: p.T("webitems.f_ask"), Hint: p.T("webitems.f_ask_hint"), Kind: "text", Value: a.Ask, Max: 200, Autocomplete: "off"}
	words := Field{Name: "words", Label: p.T("webitems.f_good"), Hint: p.T("webitems.f_good_hint"), Kind: "textarea", Value: a.Words, Rows: 3, Max: digestMost}
	for _, f := range []*Field{&ask, &words} {
		if e := bad[f.Name]; e != "" {
			f.Error = p.T(e)
			p.Errs = append(p.Errs, *f)
		}
	}
	p.Fields = []Field{ask, words}
}

// digestMake shows the page that was chosen, or gives it.
func (s *Site) digestMake(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	x, err := s.digestStuff(r)
	if err != nil {
		return err
	}
	p := s.digestPage(r, &x)
	if p.None != "" {
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	a := digestAsk{Teacher: oneLine(f.Text("teacher", 100)), Role: oneLine(f.Text("role", 100)), Class: oneLine(f.Text("class", 100)), Lang: f.Text("lang", 5), Ask: oneLine(f.Text("ask", 200))}
	if a.Lang != "es" {
		a.Lang = "en"
	}
	bad := wrong{}
	words, fits := f.Words("words", digestMost)
	if a.Words = words; !fits {
		bad["words"] = "webitems.bad_words"
	}
	if a.Teacher == "" {
		p.askWhose(&x, a, true)
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	in := p.speak().inLang(a.Lang)
	parts := in.speak().digestParts(x.plans, x.res, x.all, a.Class, a.Role)
	var chosen []string
	for _, g := range []string{"health", "supports", "services", "goals"} {
		chosen = append(chosen, f.All("part_"+g)...)
	}
	any := false
	for i := range parts {
		parts[i].On = slices.Contains(chosen, parts[i].ID)
		any = any || parts[i].On
	}
	if !any {
		bad["part_supports"] = "webitems.bad_nothing"
	}
	for _, t := range x.res.Tracks {
		a.IEP = a.IEP || t.Kind == plan.IEP && len(t.InForce) > 0
	}
	text := in.speak().digestText(x.c, parts, a)
	if digestLines(text) > twoSides {
		bad["part_supports"] = "webitems.bad_much"
	}
	do := f.Text("do", 10)
	if len(bad) > 0 || do == "again" {
		p.askWhat(a, parts, bad)
		status := http.StatusOK
		if len(bad) > 0 {
			status = http.StatusUnprocessableEntity
		}
		return s.show(w, r, status, p)
	}
	if do != "paper" && do != "link" {
		p.lookAt(&x, a, parts, text)
		return s.show(w, r, http.StatusOK, p)
	}
	if do == "link" && !p.Public {
		return refuse(http.StatusUnprocessableEntity, "webitems.no_public")
	}
	return s.digestGive(w, r, f, p, &x, a, parts, text, do == "link")
}

// lookAt shows the page before it is given.
func (p *digestNewPage) lookAt(x *digestStuff, a digestAsk, parts []digestPart, text string) {
	p.Title = p.T("webitems.look_title")
	p.Look, p.LookLang = digestBlocks(text, p.speak().inLang(a.Lang).speak().planLang(wordsOfPlan(x.plans, parts))), a.Lang
	if digestLines(text) > oneSide {
		p.Sides = p.T("webitems.two_sides")
	}
	p.Name, p.Link = desk.NewName(), desk.NewName()
	p.Hidden = []Hidden{{"teacher", a.Teacher}, {"role", a.Role}, {"class", a.Class}, {"lang", a.Lang}, {"ask", a.Ask}, {"words", a.Words}, {"name", p.Name}, {"link", p.Link}}
	for i := range parts {
		if parts[i].On {
			p.Hidden = append(p.Hidden, Hidden{"part_" + parts[i].Group, parts[i].ID})
		}
	}
	p.Until = p.speak().untilField(x.c.Today)
}

// wordsOfPlan is the language of the plan most of the parts come from.
func wordsOfPlan(plans []*plan.Plan, parts []digestPart) string {
	id, _ := digestFields(parts)
	if p := plan.Find(plans, id); p != nil {
		return p.Language
	}
	return ""
}

// untilField asks how long a link works.
func (f speaker) untilField(today day.Date) Field {
	x := Field{Name: "until", Label: f.T("webitems.f_link_until"), Kind: "select", Required: true}
	for _, n := range []string{"30", "90", "year"} {
		x.Options = append(x.Options, Option{Value: n, Label: f.T("webitems.until_"+n, "date", f.cat.Date(linkUntil(n, today))), On: n == "year"})
	}
	return x
}

// linkUntil is the last day of a link: so many days, or the end of the school year.
func linkUntil(said string, today day.Date) day.Date {
	if n, err := strconv.Atoi(said); err == nil && (n == 30 || n == 90) {
		return today + day.Date(n)
	}
	y, m, _ := today.Civil()
	if m >= time.June {
		y++
	}
	return day.Must(y, time.June, 30)
}

// digestGive writes the page down, and makes a link where one was asked for.
func (s *Site) digestGive(w http.ResponseWriter, r *http.Request, f *Form, p digestNewPage, x *digestStuff, a digestAsk, parts []digestPart, text string, link bool) error {
	e := fact.Entry{Kind: digestGiven, On: day.On(x.c.Today)}
	e.Fields.Plan, e.Fields.Parts = digestFields(parts)
	e.Fields.With = []string{a.Teacher}
	if a.Role != "" {
		e.Fields.With = append(e.Fields.With, a.Role)
	}
	if a.Class != "" {
		e.Fields.About = []string{a.Class}
	}
	e.Fields.Summary = text
	e.Re = renewed(x, f.Text("name", 20), a)
	how := desk.DigestByPaper
	if link {
		how = desk.DigestByLink
	}
	whom := strings.Join(e.Fields.With, ", ")
	if a.Class != "" {
		whom += " (" + a.Class + ")"
	}
	saved, err := s.desk.GiveDigest(r.Context(), who(r), x.c.ID, desk.NewEntry{Name: f.Text("name", 20), Fact: e, Via: "web"}, how, whom)
	if err != nil {
		return err
	}
	at := digestsPath(x.c.Folder) + "/" + saved
	if !link {
		s.done(r, "webitems.given_paper", "who", a.Teacher)
		return s.seeOther(w, r, at)
	}
	return s.giveLink(w, r, p.Frame, x.c, saved, f.Text("link", 20), f.Text("until", 10), a.Teacher)
}

// renewed is the page that a new one of this name takes the place of, or "".
func renewed(x *digestStuff, name string, a digestAsk) string {
	ds := items.Digests(x.c.Brief.View, x.c.Today)
	for i := range ds {
		if ds[i].Given.ID == name { // the form was sent twice
			return ds[i].Given.Re
		}
	}
	for i := range ds {
		if d := &ds[i]; d.Live() && strings.EqualFold(d.Teacher, a.Teacher) && strings.EqualFold(d.Class, a.Class) {
			return d.Given.ID
		}
	}
	return ""
}

// giveLink makes a link and shows it, once.
func (s *Site) giveLink(w http.ResponseWriter, r *http.Request, f Frame, c *desk.Case, entry, form, until, whom string) error {
	last := linkUntil(until, c.Today)
	y, m, d := last.Civil()
	l, token, err := s.desk.LinkDigest(r.Context(), who(r), c.ID, entry, form, time.Date(y, m, d+1, 0, 0, 0, 0, s.now().Location()))
	if err != nil {
		return err
	}
	f.Title = f.T("webitems.link_title")
	f.OtherLang = "" // another language would be another page, without the link
	p := digestLinkPage{Frame: f, Whom: whom, Address: s.publicOrigin(r) + "/digest/" + token, Ends: f.T("webitems.link_until", "date", f.cat.Date(dayUntil(l.Ends))), Back: digestsPath(c.Folder) + "/" + entry}
	svg, err := qr.SVG(p.Address, f.T("webitems.link_qr"))
	if err != nil {
		return err
	}
	p.QR = template.HTML(svg)
	return s.show(noStore{w}, r, http.StatusOK, p)
}

// publicOrigin is the beginning of an address that people elsewhere can open, or ""
// when the program answers on this machine and the home network alone.
func (s *Site) publicOrigin(r *http.Request) string {
	if d := cameBy(r).door; d.kind == doorPublic || d.kind == doorProxied {
		return d.origin
	}
	for _, w := range s.ways {
		if w.door.kind == doorPublic || w.door.kind == doorProxied {
			return w.door.origin
		}
	}
	return ""
}

var (
	digestGiven = fact.MustLookup("digest_given")
	digestEnded = fact.MustLookup("digest_ended")
	digestRead  = fact.MustLookup("digest_acknowledged")
)
