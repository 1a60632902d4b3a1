package web

import (
	"net/http"
	"slices"

	"stayput/day"
	"stayput/derive/items"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/plan"
)

// A digestShowPage is one page as it was given, to print and to sign, and what can
// be done with it.
type digestShowPage struct {
	Frame
	Back     string
	Path     string
	Row      digestRow
	Blocks   []digestBlock
	PageLang string // of the page, when it is not that around it
	Live     bool
	Waits    bool
	Link     bool // one works
	Public   bool
	Until    Field
	Signed   []Field
	Left     []Field
	Names    [3]string // of the forms
	Errs     []Field
	Entry    string
}

func (digestShowPage) template() string { return "digest_show" }

var (
	_ = sample(func() page {
		return digestShowPage{Back: "/b", Path: "/p", Row: sampleDigest(), Blocks: sampleBlocks(), PageLang: "es", Live: true, Waits: true, Link: true, Public: true, Until: Field{Name: "until", Kind: "select"},
			Signed: []Field{{Name: "by", Kind: "text"}}, Left: []Field{{Name: "next", Kind: "text"}}, Errs: []Field{{Name: "by", Error: "e"}}, Entry: "/e"}
	})
	_ = sample(func() page { return digestShowPage{Back: "/b", Path: "/p", Row: digestRow{Whom: "w"}, Live: true} })
)

// digestShow shows one page.
func (s *Site) digestShow(w http.ResponseWriter, r *http.Request) error {
	p, _, _, err := s.digestOne(r, nil, wrong{})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

// digestOne makes the page; f is the form that was sent and must be mended, if any.
func (s *Site) digestOne(r *http.Request, f *Form, bad wrong) (p digestShowPage, c *desk.Case, d *items.Digest, err error) {
	if c, err = s.desk.Case(r.Context(), who(r), caseID(r), desk.View{}); err != nil {
		return p, nil, nil, err
	}
	ds, links, err := s.digestsOf(r, c)
	if err != nil {
		return p, nil, nil, err
	}
	i := -1
	if e := c.Entry(r.PathValue("digest")); e != nil {
		now := c.Brief.View.Get(e.ID)
		i = slices.IndexFunc(ds, func(d items.Digest) bool { return d.Given == now })
	}
	if i < 0 {
		return p, nil, nil, fault.New(fault.NotFound, fault.Position{}, "webitems.no_digest")
	}
	d = &ds[i]
	name := c.Name(d.Given.ID)
	p = digestShowPage{Frame: s.caseFrame(r, c, "webitems.digest", "carry"), Back: digestsPath(c.Folder), Path: digestsPath(c.Folder) + "/" + name, Live: d.Live(), Waits: d.Waits(), Entry: entryPath(c.Folder, d.Given.ID)}
	p.Row = p.speak().digestRow(c, d, links[name])
	lang := digestLang(d.Text)
	if lang != p.Lang {
		p.PageLang = lang
	}
	l := links[name]
	p.Link, p.Public = l.Live(s.now()), s.publicOrigin(r) != ""
	p.Blocks = digestBlocks(d.Text, p.speak().inLang(lang).speak().planLang(planWordsOf(c, d.Given)))
	if p.May("add_entry") && p.Live {
		for i := range p.Names {
			p.Names[i] = desk.NewName()
		}
		p.Until = p.speak().untilField(c.Today)
		field := func(name, label, kind string) Field {
			x := Field{Name: name, Label: p.T("webitems." + label), Kind: kind}
			if f != nil && f.Has(name) {
				x.Value = f.Text(name, 200)
			} else if kind == "date" {
				x.Value = c.Today.String()
			}
			if e := bad[name]; e != "" {
				x.Error = p.T(e)
				p.Errs = append(p.Errs, x)
			}
			return x
		}
		by, on := field("by", "f_signed_by", "text"), field("signed_on", "f_signed_on", "date")
		if by.Value == "" && by.Error == "" {
			by.Value = d.Teacher
		}
		by.Required, by.Max, on.Required = true, 100, true
		p.Signed = []Field{by, on}
		next, left := field("next", "f_next", "text"), field("left_on", "f_left_on", "date")
		next.Max, left.Required = 100, true
		next.Hint = p.T("webitems.f_next_hint")
		p.Left = []Field{next, left}
	}
	return p, c, d, nil
}

// planWordsOf is the language of the plan that an entry is about.
func planWordsOf(c *desk.Case, e *fact.Entry) string {
	plans, err := c.Plans()
	if err != nil {
		return ""
	}
	if p := plan.Find(plans, e.Fields.Plan); p != nil {
		return p.Language
	}
	return ""
}

// digestSave writes down that a page was signed or that the teacher left, makes a
// new link or takes it back.
func (s *Site) digestSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	p, c, d, err := s.digestOne(r, nil, wrong{})
	if err != nil {
		return err
	}
	entry := c.Name(d.Given.ID)
	do := f.Text("do", 10)
	bad := wrong{}
	e := fact.Entry{Re: d.Given.ID}
	e.Fields.Plan = d.Given.Fields.Plan
	switch do {
	case "link":
		if !p.Public {
			return refuse(http.StatusUnprocessableEntity, "webitems.no_public")
		}
		return s.giveLink(w, r, p.Frame, c, entry, f.Text("name", 20), f.Text("until", 10), d.Teacher)
	case "end":
		if err := s.desk.EndDigestLink(r.Context(), who(r), c.ID, entry); err != nil {
			return err
		}
		s.done(r, "webitems.link_taken")
		return s.seeOther(w, r, p.Path)
	case "signed":
		e.Kind, e.By, e.Fields.With = digestRead, oneLine(f.Text("by", 100)), d.Given.Fields.With
		if e.By == "" {
			bad["by"] = "webitems.bad_signed_by"
		}
		e.On = day.On(digestDay(f, "signed_on", c.Today, bad))
		if d.Ack != nil {
			return s.seeOther(w, r, p.Path)
		}
	case "left":
		e.Kind = digestEnded
		if n := oneLine(f.Text("next", 100)); n != "" {
			e.Fields.With = []string{n}
		}
		e.Fields.About = d.Given.Fields.About
		e.On = day.On(digestDay(f, "left_on", c.Today, bad))
	default:
		return refuse(http.StatusUnprocessableEntity, "web.error.bad_form")
	}
	if len(bad) > 0 {
		p, _, _, err := s.digestOne(r, f, bad)
		if err != nil {
			return err
		}
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	if _, err := s.desk.AddEntry(r.Context(), who(r), c.ID, desk.NewEntry{Name: f.Text("name", 20), Fact: e, Via: "web"}); err != nil {
		return err
	}
	if do == "left" {
		// Who has left opens it no more.
		if err := s.desk.EndDigestLink(r.Context(), who(r), c.ID, entry); err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		s.done(r, "webitems.left_saved")
		return s.seeOther(w, r, p.Back)
	}
	s.done(r, "webitems.signed_saved")
	return s.seeOther(w, r, p.Path)
}

// digestDay reads a day of a form that has come.
func digestDay(f *Form, name string, today day.Date, bad wrong) day.Date {
	on := wrong{}
	d := pastDayOf(f.Text(name, 20), today, on)
	if on["on"] != "" {
		bad[name] = on["on"]
	}
	return d
}

// SignWords are the words beside the lines to sign, in the language of the page.
func (p digestShowPage) SignWords(key string) string {
	f := p.Frame
	if p.PageLang != "" {
		f = f.speak().inLang(p.PageLang)
	}
	return f.T("webitems." + key)
}
