package web

import (
	"net/http"
	"slices"

	"stayput/derive/draft"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/markup"
	"stayput/paper"
)

// A paperNewPage asks at most five things before a paper is drafted.
type paperNewPage struct {
	Frame
	Back, Action string
	Name         string
	Use          string
	Needs        []paperNeed
	Fields       []Field
	Hidden       []Hidden
	Gaps         []string // what a paper that came lacks, which this one is about
	Contacts     string
	NoOne        bool
	Nothing      string // the record holds nothing that such a paper can be about: what to write down first
	Add          string
	Errs         []Field
}

// A paperNeed is a content that a paper must hold.
type paperNeed struct {
	Text string
	Cite Cite
}

func (paperNewPage) template() string { return "paper_new" }

var (
	_ = sample(func() page {
		return paperNewPage{Back: "/b", Action: "/a", Name: "n", Use: "u", Needs: []paperNeed{{"t", Cite{Text: "c", Checked: "k"}}}, Fields: []Field{{Name: "lang", Kind: "radio", Label: "l", Error: "e"}},
			Hidden: []Hidden{{"gap", "x"}}, Gaps: []string{"g"}, Contacts: "/c", NoOne: true, Errs: []Field{{Name: "lang", Error: "e"}}}
	})
	_ = sample(func() page { return paperNewPage{Nothing: "n", Add: "/a"} })
)

// mostAbout is how many entries are offered as what a paper is about.
const mostAbout = 50

// aboutEntries are the entries that a paper may be about, the newest first.
func aboutEntries(c *desk.Case, d *paper.Paper, also string) (out []*fact.Entry) {
	view := c.Brief.View.Entries
	for i := len(view) - 1; i >= 0 && len(out) < mostAbout; i-- {
		e := view[i]
		if e.Derived || c.Name(e.ID) == "" || !inLetters(e) || e.On.Earliest > c.Today {
			continue
		}
		if slices.Contains(d.About.Kinds, e.Kind) || e.ID == also {
			out = append(out, e)
		}
	}
	return out
}

// paperCite is where it stands that a paper must hold something.
func (f speaker) paperCite(it *paper.Item) Cite {
	if it.Citation == paper.Practice || it.Citation == "" {
		return Cite{Text: f.T("webpaper.practice")}
	}
	return Cite{Text: it.Citation, Checked: f.cat.T("checked_short." + it.Checked)}
}

// senders are the roles that may write a paper, to the names a case gives them.
func senders(side fact.Side, p *paper.Paper) []string {
	if side == fact.SchoolSide {
		return []string{"case_manager", "special_education_director", "principal", "teacher", "section_504_coordinator", "records_custodian", "superintendent", "district_counsel", "district"}
	}
	if draft.Signed(p) {
		return []string{"parent", "student"}
	}
	return []string{"parent", "student", "advocate", "attorney"}
}

// receivers are the roles that a paper may go to.
func receivers(side fact.Side) []string {
	if side == fact.SchoolSide {
		return []string{"parent", "student", "advocate", "attorney", "state_agency", "hearing_office"}
	}
	return []string{"case_manager", "teacher", "principal", "special_education_director", "section_504_coordinator", "records_custodian", "superintendent", "district_counsel", "evaluator", "school", "district", "state_agency", "hearing_office"}
}

// paperRole is what somebody whom a paper names is called: by name, where the case says
// it.
func (f speaker) paperRole(c *desk.Case, role string) string {
	called := f.T("webpaper.to_role")
	if f.cat.Has("webcontact.role_" + role) {
		called = f.contactRole(role)
	} else if f.cat.Has("webpaper.to_" + role) {
		called = f.T("webpaper.to_" + role)
	}
	if x := c.File.Case.Contact(role); x != nil && x.Name != "" {
		return f.T("webpaper.who_named", "role", called, "name", x.Name)
	}
	return called
}

// fields are the questions: what about, which language, how it speaks, from whom, to whom.
func (p *paperNewPage) fields(c *desk.Case, d *paper.Paper, ask paperAsk, bad wrong) {
	side := c.File.Case.Side
	if es := aboutEntries(c, d, ask.About); len(es) > 0 {
		x := Field{Name: "about", Label: p.T("webpaper.ask_about"), Kind: "select", Required: d.About.Need}
		if !d.About.Need {
			x.Options = append(x.Options, Option{Label: p.T("webpaper.about_newest"), On: ask.About == ""})
		}
		for _, e := range es {
			x.Options = append(x.Options, Option{Value: c.Name(e.ID), Label: p.T("webpaper.entry_on", "what", p.speak().kindTitle(e), "date", p.cat.When(e.On)), On: e.ID == ask.About})
		}
		p.Fields = append(p.Fields, x)
	}
	lang := Field{Name: "lang", Label: p.T("webpaper.ask_lang"), Kind: "radio", Required: true}
	for _, l := range paper.Languages {
		lang.Options = append(lang.Options, Option{Value: l, Label: p.T("webpaper.lang_" + l), On: l == ask.Lang})
	}
	reg := Field{Name: "register", Label: p.T("webpaper.ask_register"), Kind: "radio", Required: true}
	for _, g := range paper.Registers {
		reg.Options = append(reg.Options, Option{Value: string(g), Label: p.T("webpaper.register_" + string(g)), Hint: p.T("webpaper.register_" + string(g) + "_hint"), On: string(g) == ask.Register})
	}
	p.Fields = append(p.Fields, lang, reg)
	roles := func(name, label, is, who string, all []string, usual, hint string) {
		x := Field{Name: name, Label: label, Hint: hint, Kind: "select", Options: []Option{{Label: usual, On: is == ""}}}
		for _, r := range all {
			if len(c.File.Case.ContactsOf(r)) > 1 {
				x.Options = append(x.Options, p.speak().whomOptions(c, d, r, who, r == is)...)
			} else if c.File.Case.Contact(r) != nil || r == is || name == "to" && (r == "state_agency" || r == "hearing_office") {
				x.Options = append(x.Options, Option{Value: r, Label: p.speak().paperRole(c, r), On: r == is})
			}
		}
		if len(x.Options) > 1 {
			p.Fields = append(p.Fields, x)
		}
	}
	f, from := p.speak(), p.T("webpaper.usual_sender")
	if w := string(draft.Writer(d, &c.File.Case)); len(c.File.Case.ContactsOf(w)) > 1 {
		from = p.T("webpaper.usual_to", "who", f.paperRole(c, w))
	}
	roles("sender", p.T("webpaper.ask_sender"), ask.Sender, ask.SenderWho, senders(side, d), from, "")
	roles("to", p.T("webpaper.ask_to"), ask.To, ask.ToWho, receivers(side), p.T("webpaper.usual_to", "who", f.paperRoleOf(c, d, usualTo(c, d))), f.whomHint(c, d, usualTo(c, d)))
	for i := range p.Fields {
		if key := bad[p.Fields[i].Name]; key != "" {
			p.Fields[i].Error = p.T(key)
		}
	}
	p.Errs = p.Fields
	if key := bad["about"]; key != "" && !slices.ContainsFunc(p.Fields, func(x Field) bool { return x.Name == "about" }) {
		p.Notes = append(p.Notes, Note{Tone: "late", Text: p.T(key)})
	}
}

// usualTo is whom a paper usually goes to.
func usualTo(c *desk.Case, d *paper.Paper) string {
	if d.To != "other_party" {
		return string(d.To)
	}
	if c.File.Case.Side == fact.SchoolSide {
		return "parent"
	}
	return "special_education_director"
}

// paperNewPage draws the questions for a paper.
func (s *Site) paperNewPage(r *http.Request, ask paperAsk, name string, bad wrong) (paperNewPage, *desk.Case, *paper.Paper, error) {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return paperNewPage{}, nil, nil, err
	}
	d, err := c.Papers.Get(r.PathValue("document"))
	if err != nil {
		return paperNewPage{}, nil, nil, err
	}
	p := paperNewPage{Frame: s.caseFrame(r, c, "webpaper.title", "papers"), Back: papersPath(c.Folder, ""), Action: papersPath(c.Folder, "/new/"+d.ID), Name: name}
	p.Title, p.Use = d.Title[p.Lang], d.Use[p.Lang]
	p.Contacts = casePath(c.Folder) + "/contacts?return=papers/new/" + d.ID
	if n := c.Name(ask.About); n != "" {
		p.Contacts += "&about=" + n
	}
	if ask.Check != "" { // its answer is drafted from there
		p.Contacts = casePath(c.Folder) + "/contacts?return=papers/checks/" + ask.Check
	}
	p.NoOne = len(c.File.Case.Contacts) == 0
	for i := range d.Contents.Required {
		it := &d.Contents.Required[i]
		p.Needs = append(p.Needs, paperNeed{first(it.Is[p.Lang]), p.speak().paperCite(it)})
	}
	if ask.Lang == "" {
		ask.Lang = p.Lang
		if c.File.Case.Side == fact.SchoolSide && d.To == "parent" && slices.Contains(paper.Languages, c.File.Case.HomeLanguage) {
			ask.Lang = c.File.Case.HomeLanguage
		}
	}
	if ask.Register == "" {
		ask.Register = string(paper.Plain)
		if p.Precise {
			ask.Register = string(paper.Formal)
		}
	}
	if ask.Check != "" {
		p.Hidden = append(p.Hidden, Hidden{"check", ask.Check})
	}
	for _, g := range ask.Gaps {
		if ask.Check == "" {
			p.Hidden = append(p.Hidden, Hidden{"gap", g.Paper + "/" + g.Item})
		}
		if e := c.Name(g.Entry); e != "" && len(p.Hidden) == 1 {
			p.Hidden = append(p.Hidden, Hidden{"came", e})
		}
		if of, err := c.Papers.Get(g.Paper); err == nil {
			if it, _ := of.Contents.Item(g.Item); it != nil {
				is := first(it.Is[p.Lang])
				if g.Weak {
					is = p.T("webmark.item_quoted", "what", is, "quote", shortened(g.Quote, 300))
				}
				p.Gaps = append(p.Gaps, is)
			}
		}
	}
	p.fields(c, d, ask, bad)
	if d.About.Need && len(aboutEntries(c, d, ask.About)) == 0 {
		var kinds []string
		for _, k := range d.About.Kinds {
			kinds = append(kinds, p.cat.Kind(k.String()))
		}
		p.Nothing = p.T("webpaper.about_nothing", "kinds", p.cat.List(kinds))
		p.Add = casePath(c.Folder) + "/add?kind=" + d.About.Kinds[0].String()
	}
	return p, c, d, nil
}

// askedPaper reads what is asked for of a paper: from an address, or from a form. An
// entry is named by its sealed name.
func askedPaper(c *desk.Case, get func(string) string, all func(string) []string, document string) (ask paperAsk, bad wrong) {
	bad = wrong{}
	ask.Document = document
	if n := get("about"); n != "" {
		if e := c.Entry(n); e != nil && inLetters(e) {
			ask.About = e.ID
		} else {
			bad["about"] = "webpaper.bad_about"
		}
	}
	if ask.Lang = get("lang"); ask.Lang != "" && !slices.Contains(paper.Languages, ask.Lang) {
		ask.Lang, bad["lang"] = "", "webpaper.bad_choice"
	}
	if ask.Register = get("register"); ask.Register != "" && !slices.Contains(paper.Registers, paper.Register(ask.Register)) {
		ask.Register, bad["register"] = "", "webpaper.bad_choice"
	}
	side := c.File.Case.Side
	person := func(name string, roles []string) (role, who string) {
		role, who = cutWhom(get(name))
		switch {
		case role != "" && !slices.Contains(roles, role):
			bad[name] = "webpaper.bad_choice"
		case who != "" && c.File.Case.ContactNamed(role, who) == nil:
			bad[name] = "webwhom.bad_who"
		default:
			return role, who
		}
		return "", ""
	}
	d, _ := c.Papers.Get(document) // nil: any
	ask.Sender, ask.SenderWho = person("sender", senders(side, d))
	ask.To, ask.ToWho = person("to", receivers(side))
	came := ""
	if e := c.Entry(get("came")); e != nil && inLetters(e) {
		came = e.ID
	}
	for _, g := range all("gap") {
		if x := paperGap(c, g); x.Item != "" && len(ask.Gaps) < 40 {
			x.Entry = came
			ask.Gaps = append(ask.Gaps, x)
		}
	}
	return ask, bad
}

// paperGap reads a content of a paper as a form writes it: pwn/reasons.
func paperGap(c *desk.Case, s string) (g desk.PaperGap) {
	for _, id := range c.Papers.IDs() {
		if len(s) > len(id) && s[:len(id)] == id && s[len(id)] == '/' {
			d, err := c.Papers.Get(id)
			if err != nil {
				return g
			}
			if it, _ := d.Contents.Item(s[len(id)+1:]); it != nil {
				return desk.PaperGap{Paper: id, Item: it.ID, Law: paperLaw(it)}
			}
		}
	}
	return g
}

// paperLaw is the citation of a content; "" when no law asks for it.
func paperLaw(it *paper.Item) string {
	if it.Citation == paper.Practice {
		return ""
	}
	return it.Citation
}

// paperNewShow asks what a paper is about, and how it is worded.
func (s *Site) paperNewShow(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	q := r.URL.Query()
	ask, _ := askedPaper(c, q.Get, func(n string) []string { return q[n] }, r.PathValue("document"))
	gone := s.gapsOfCheck(r, c, &ask, q.Get("check"))
	if gone != nil && fault.KindOf(gone) != fault.NotFound {
		return gone
	}
	p, _, _, err := s.paperNewPage(r, ask, desk.NewName(), nil)
	if err != nil {
		return err
	}
	for _, x := range fault.All(gone) {
		p.Notes = append(p.Notes, Note{Tone: "soon", Text: p.Fault(x)})
	}
	return s.show(w, r, http.StatusOK, p)
}

// paperBegin drafts a paper from the record.
func (s *Site) paperBegin(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	ask, bad := askedPaper(c, func(n string) string { return f.Text(n, mostWhom) }, f.All, r.PathValue("document"))
	if err := s.gapsOfCheck(r, c, &ask, f.Text("check", 40)); err != nil {
		return err
	}
	if ask.Lang == "" {
		bad["lang"] = "webpaper.bad_choice"
	}
	if ask.Register == "" {
		bad["register"] = "webpaper.bad_choice"
	}
	_, _, d, err := s.paperNewPage(r, ask, f.Text("name", 20), bad)
	if err != nil {
		return err
	}
	if d.About.Need && ask.About == "" && bad["about"] == "" {
		if es := aboutEntries(c, d, ""); len(es) == 1 {
			ask.About = es[0].ID
		} else {
			bad["about"] = "webpaper.bad_about"
		}
	}
	if len(bad) > 0 {
		p, _, _, err := s.paperNewPage(r, ask, f.Text("name", 20), bad)
		if err != nil {
			return err
		}
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	// What goes out is drafted from the open record alone.
	plain, err := s.desk.Plainly(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	ask = ask.pinned(c, d)
	made, err := draftPaper(plain, ask)
	if err != nil {
		return err
	}
	made.withGaps()
	x := desk.Paper{ID: f.Text("name", 20), Document: ask.Document, Lang: ask.Lang, Register: ask.Register, About: ask.About, Sender: ask.Sender, To: ask.To, SenderWho: ask.SenderWho, ToWho: ask.ToWho, Gaps: ask.Gaps, Check: ask.Check,
		PaperText: desk.PaperText{Text: markup.Format(made.Letter.Blocks) + "\n", Made: made.used(), Held: made.Letter.Held}}
	if err := s.desk.NewPaper(r.Context(), who(r), c.ID, x); err != nil {
		return err
	}
	return s.seeOther(w, r, papersPath(c.Folder, "/"+x.ID))
}
