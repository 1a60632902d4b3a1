package web

import (
	"net/http"
	"slices"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/intake/casefile"
)

// A caseEditPage is what the case says about the child: the few facts that law
// and calendar hang on.
type caseEditPage struct {
	Frame
	Action string
	Name   string // of a new case
	Head   string // what the form was made from
	Draft  string
	Fields []Field
	Facts  []Field
	New    bool
	Clash  bool // somebody changed it meanwhile: Theirs is how it stands now
	Theirs [][2]string
	Back   string
	Held   bool
}

func (caseEditPage) template() string { return "case_edit" }

var _ = sample(func() page {
	return caseEditPage{Fields: []Field{{Name: "a", Kind: "text"}}, Facts: []Field{{Name: "b", Kind: "select"}}, Clash: true, Theirs: [][2]string{{"a", "b"}}}
})
var _ = sample(func() page { return caseEditPage{New: true} })

// caseTyped is what was typed about a case.
type caseTyped struct {
	Title, Child, Born, Grade, State, District, Side, HomeLanguage string
	Facts                                                          map[string]string
}

func readCaseTyped(f *Form) caseTyped {
	t := caseTyped{Title: f.Text("title", 200), Child: f.Text("child", 100), Born: f.Text("born", 20), Grade: f.Text("grade", 20), State: f.Text("state", 10),
		District: f.Text("district", 200), Side: f.Text("side", 10), HomeLanguage: f.Text("home_language", 20), Facts: map[string]string{}}
	for n := range fact.CaseFacts {
		if v := f.Text("fact_"+n, 4); v == "yes" || v == "no" {
			t.Facts[n] = v
		}
	}
	return t
}

func caseTypedOf(f *casefile.File) caseTyped {
	c := &f.Case
	t := caseTyped{Title: c.Title, Child: c.Child.Name, Grade: c.Child.Grade, Side: string(c.Side), HomeLanguage: c.HomeLanguage, Facts: map[string]string{}}
	if c.Child.Born != 0 {
		t.Born = c.Child.Born.String()
	}
	if n := len(c.Jurisdiction); n > 0 {
		t.State = c.Jurisdiction[n-1].Is
	}
	if n := len(c.District); n > 0 {
		t.District = c.District[n-1].Is
	}
	for n, v := range c.Facts {
		if v != fact.Unsaid {
			t.Facts[n] = v.String()
		}
	}
	return t
}

// into writes what was typed into a case. Of a child who moved, only the latest
// place is changed.
func (t caseTyped) into(f *casefile.File) wrong {
	bad := wrong{}
	c := &f.Case
	c.Title, c.Child.Name, c.Child.Grade, c.HomeLanguage = t.Title, t.Child, t.Grade, t.HomeLanguage
	if t.Title == "" && t.Child == "" {
		bad["child"] = "webcase.bad_no_name"
	}
	c.Child.Born = 0
	if t.Born != "" {
		d, err := day.Parse(t.Born)
		if err != nil {
			bad["born"] = "webcase.bad_day"
		}
		c.Child.Born = d
	}
	last := func(ds []fact.Dated, is string) []fact.Dated {
		switch {
		case is == "" && len(ds) <= 1:
			return nil
		case is == "":
			return ds
		case len(ds) == 0:
			return []fact.Dated{{Is: is}}
		}
		ds[len(ds)-1].Is = is
		return ds
	}
	state := t.State
	if state == "us" || !slices.Contains(jurisdictions, state) {
		state = ""
	}
	c.Jurisdiction = last(c.Jurisdiction, state)
	c.District = last(c.District, t.District)
	if t.Side == string(fact.SchoolSide) {
		c.Side = fact.SchoolSide
	} else {
		c.Side = fact.FamilySide
	}
	if c.Facts == nil {
		c.Facts = map[string]fact.Tri{}
	}
	for n := range fact.CaseFacts {
		delete(c.Facts, n)
		if v := t.Facts[n]; v != "" {
			c.Facts[n] = fact.TriOf(v == "yes")
		}
	}
	return bad
}

// ask draws the form.
func (p *caseEditPage) ask(t caseTyped, bad wrong) {
	text := func(name, kind, value string) Field {
		x := Field{Name: name, Label: p.cat.T("webcase.c_" + name), Kind: kind, Value: value, Max: 200, Autocomplete: "off"}
		if bad[name] != "" {
			x.Error = p.cat.T(bad[name])
		}
		return x
	}
	side := text("side", "radio", "")
	side.Required = true
	for _, v := range []string{"family", "school"} {
		side.Options = append(side.Options, Option{Value: v, Label: p.cat.T("webcase.side_" + v), On: t.Side == v || t.Side == "" && v == "family"})
	}
	title := text("title", "text", t.Title)
	title.Hint = p.cat.T("webcase.c_title_hint")
	born := text("born", "date", t.Born)
	born.Hint = p.cat.T("webcase.c_born_hint")
	p.Fields = []Field{text("child", "text", t.Child), title, born, text("grade", "text", t.Grade), p.speak().stateField(t.State), text("district", "text", t.District), side}
	names := make([]string, 0, len(fact.CaseFacts))
	for n := range fact.CaseFacts {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		x := Field{Name: "fact_" + n, Label: p.cat.T("webcase.fact_" + n), Kind: "select"}
		for _, v := range []string{"", "yes", "no"} {
			key := v
			if v == "" {
				key = "unsaid"
			}
			x.Options = append(x.Options, Option{Value: v, Label: p.cat.T("webcase.tick_is_" + key), On: t.Facts[n] == v})
		}
		p.Facts = append(p.Facts, x)
	}
}

// caseNew asks for a new case without a first entry.
func (s *Site) caseNew(w http.ResponseWriter, r *http.Request) error {
	p := caseEditPage{Frame: s.frame(r, "webcase.case_new", "cases"), Action: "/cases/new", Name: desk.NewName(), New: true, Draft: "case:new", Back: "/cases"}
	p.ask(caseTyped{}, nil)
	return s.show(w, r, http.StatusOK, p)
}

// caseNewSave opens a case without entries.
func (s *Site) caseNewSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	t := readCaseTyped(f)
	file := &casefile.File{}
	if bad := t.into(file); len(bad) > 0 {
		p := caseEditPage{Frame: s.frame(r, "webcase.case_new", "cases"), Action: "/cases/new", Name: f.Text("name", 20), New: true, Draft: "case:new", Back: "/cases"}
		p.ask(t, bad)
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	id, err := s.desk.OpenCase(r.Context(), who(r), desk.NewCase{Name: f.Text("name", 20), File: file, Via: "web"})
	if err != nil {
		return err
	}
	s.dropDraft(r, "case:new")
	s.done(r, "webcase.case_opened")
	return s.seeOther(w, r, "/cases/"+string(id))
}

// caseEdit shows what the case says about the child.
func (s *Site) caseEdit(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	p := s.caseEditPage(r, c)
	p.ask(caseTypedOf(c.File), nil)
	return s.show(w, r, http.StatusOK, p)
}

func (s *Site) caseEditPage(r *http.Request, c *desk.Case) caseEditPage {
	return caseEditPage{Frame: s.caseFrame(r, c, "webcase.case_edit", "case"), Action: casePath(c.Folder) + "/edit", Head: c.Head, Draft: "case:" + string(c.ID), Back: casePath(c.Folder), Held: c.Held}
}

// caseEditSave says anew what the case is about. What somebody changed meanwhile
// is shown beside one's own words, and nothing is lost.
func (s *Site) caseEditSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	t := readCaseTyped(f)
	var bad wrong
	err = s.desk.ChangeCase(r.Context(), who(r), caseID(r), f.Text("head", 20), func(file *casefile.File) error {
		if bad = t.into(file); len(bad) > 0 {
			return fault.New(fault.Invalid, fault.Position{}, "webcase.bad_form")
		}
		return nil
	})
	if err == nil {
		s.dropDraft(r, "case:"+string(caseID(r)))
		s.done(r, "webcase.case_saved")
		return s.seeOther(w, r, "/cases/"+string(caseID(r)))
	}
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	c, e := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if e != nil {
		return e
	}
	p := s.caseEditPage(r, c)
	p.ask(t, bad)
	if kind == fault.Conflict {
		p.Clash, p.Theirs = true, p.speak().caseFacts(c)
		return s.show(w, r, http.StatusConflict, p)
	}
	if len(bad) == 0 {
		for _, x := range fault.All(err) {
			p.Notes = append(p.Notes, Note{Tone: "late", Text: p.Fault(x)})
		}
	}
	p.Head = f.Text("head", 20)
	return s.show(w, r, http.StatusUnprocessableEntity, p)
}

// caseHold begins or ends a litigation hold.
func (s *Site) caseHold(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	on := !f.Has("release")
	if err := s.desk.SetHold(r.Context(), who(r), caseID(r), on, f.Text("why", 2000)); err != nil {
		return err
	}
	if on {
		s.done(r, "webcase.hold_begun")
	} else {
		s.done(r, "webcase.hold_ended")
	}
	return s.seeOther(w, r, "/cases/"+string(caseID(r)))
}
