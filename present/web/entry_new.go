package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/guide"
)

// An entryNewPage is the form for a new entry, or the choice of what it is about.
type entryNewPage struct {
	Frame
	Say     string // what is being written down
	Choose  []captureKey
	Choices []captureKey
	Cards   []captureKey
	Form    *entryForm
	Clash   *clash
}

func (entryNewPage) template() string { return "entry_new" }

// A clash is what somebody else wrote meanwhile, beside one's own words.
type clash struct {
	Theirs happened
	Words  string
}

var _ = sample(func() page {
	return entryNewPage{Form: &entryForm{Ticks: []Field{{Name: "x", Kind: "select"}}, Hidden: []Hidden{{"a", "b"}}}, Clash: &clash{}, Say: "x"}
})
var _ = sample(func() page {
	return entryNewPage{Choose: []captureKey{{Label: "x"}}, Choices: []captureKey{{Label: "x", Hint: "y"}}, Cards: []captureKey{{Label: "x"}}}
})

// recordNew leads to the form of the one case, or asks which case.
func (s *Site) recordNew(w http.ResponseWriter, r *http.Request) error {
	if id := clean(r.URL.Query().Get("case")); id != "" {
		return s.seeOther(w, r, "/cases/"+url.PathEscape(id)+"/add")
	}
	cases, err := s.desk.Cases(r.Context(), who(r), false)
	if err != nil {
		return err
	}
	cases = slices.DeleteFunc(cases, func(c *desk.Case) bool { return !s.desk.May(who(r), desk.AddEntry, c.ID) })
	switch len(cases) {
	case 0:
		if !s.desk.May(who(r), desk.OpenCase, "") {
			return s.seeOther(w, r, "/cases")
		}
		return s.seeOther(w, r, "/start")
	case 1:
		return s.seeOther(w, r, casePath(cases[0].Folder)+"/add")
	}
	p := entryNewPage{Frame: s.frame(r, "webcase.which_case", "record")}
	for _, c := range cases {
		p.Choices = append(p.Choices, captureKey{Label: caseTitle(p.cat, c.Folder), Href: casePath(c.Folder) + "/add"})
	}
	return s.show(w, r, http.StatusOK, p)
}

// entryNew shows the quick capture, and behind it the form.
func (s *Site) entryNew(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	q := r.URL.Query()
	p := entryNewPage{Frame: s.caseFrame(r, c, "webcase.add", "")}
	p.Section = "record"
	g := guide.For(p.Lang)
	if id := q.Get("capture"); id != "" && q.Get("choice") == "" {
		for _, k := range g.Captures {
			if k.ID != id {
				continue
			}
			if len(k.Choices) == 1 {
				return s.seeOther(w, r, casePath(c.Folder)+"/add?capture="+id+"&choice="+url.QueryEscape(k.Choices[0].ID))
			}
			p.Title, p.Say = k.Label, k.Label
			for _, ch := range k.Choices {
				p.Choices = append(p.Choices, captureKey{ID: ch.ID, Label: ch.Label, Hint: ch.Hint, Href: casePath(c.Folder) + "/add?capture=" + id + "&choice=" + url.QueryEscape(ch.ID)})
			}
			return s.show(w, r, http.StatusOK, p)
		}
	}
	if !q.Has("capture") && !q.Has("kind") && !q.Has("any") {
		p.Choose = p.speak().captureKeys(c.Folder)
		for _, card := range g.Cards {
			p.Cards = append(p.Cards, captureKey{ID: card.ID, Label: card.Title, Href: casePath(c.Folder) + "/cards/" + card.ID})
		}
		return s.show(w, r, http.StatusOK, p)
	}
	t, label, ask, fixed := p.speak().start(q, c.Today)
	if now := s.now(); t.Means == "phone" && dayOf(now) == c.Today {
		t.Time = hhmm(int16(now.Local().Hour()*60 + now.Local().Minute())) // a call is written down right after it
	}
	form := p.speak().entryForm(c, t, nil)
	p.newForm(c, &form, q, label, ask, fixed, desk.NewName())
	return s.show(w, r, http.StatusOK, p)
}

// newForm says where the form of a new entry goes.
func (p *entryNewPage) newForm(c *desk.Case, form *entryForm, q url.Values, label, ask string, fixed bool, name string) {
	keep := url.Values{}
	for _, k := range []string{"capture", "choice", "kind", "re", "any", "on"} {
		if q.Has(k) {
			keep.Set(k, clean(q.Get(k)))
		}
	}
	form.Action = casePath(c.Folder) + "/add?" + keep.Encode()
	form.Draft = draftKeyOf("add:"+string(c.ID), keep.Encode())
	form.Name, form.Back, form.Button = name, casePath(c.Folder), p.cat.T("webcase.save")
	if label != "" {
		p.Title, p.Say = label, label
	}
	form.FilesFirst = q.Get("capture") == "photo"
	if ask != "" {
		form.Words.Label = ask
	}
	if fixed {
		form.Fixed = label
		form.Kind.Kind = "hidden"
		for _, o := range form.Kind.Options {
			if o.On {
				form.Kind.Value = o.Value
			}
		}
	}
	p.Form = form
}

// draftKeyOf is the key of a draft, short enough for the store.
func draftKeyOf(what, query string) string {
	k := what + ":" + query
	if len(k) > 180 {
		return k[:180]
	}
	return k
}

// entryAdd saves a new entry.
func (s *Site) entryAdd(w http.ResponseWriter, r *http.Request) error {
	f, err := s.uploads(w, r)
	if err != nil {
		return err
	}
	defer f.Close()
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	t := readTyped(f)
	e, bad := t.fact(c.Today)
	q := r.URL.Query()
	name := f.Text("name", 20)
	p := entryNewPage{Frame: s.caseFrame(r, c, "webcase.add", "")}
	p.Section = "record"
	again := func(bad wrong) error {
		form := p.speak().entryForm(c, t, bad)
		_, label, ask, fixed := p.speak().start(q, c.Today)
		p.newForm(c, &form, q, label, ask, fixed, name)
		form.More = true
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	if len(bad) > 0 {
		return again(bad)
	}
	files, err := s.keepFiles(r, c, f)
	if err != nil {
		if fault.KindOf(err) == fault.Invalid {
			return again(wrong{"files": fault.All(err)[0].Key})
		}
		return err
	}
	in := desk.NewEntry{Name: name, Fact: e, Files: files, Via: "web"}
	saved, err := s.desk.AddEntry(r.Context(), who(r), caseID(r), in)
	if err != nil {
		return err
	}
	s.dropDraft(r, f.Text("draft", 200))
	s.note(r, Note{Tone: "done", Key: "webcase.saved_entry", Pairs: []string{"kind", lower(first(p.cat.Kind(e.Kind.String())))}, Href: casePath(c.Folder) + "/record/" + saved, Link: "webcase.look"})
	return s.seeOther(w, r, casePath(c.Folder))
}

// dropDraft forgets what was being typed, once it stands. A draft that cannot be
// dropped is no reason to say that the entry was not saved.
func (s *Site) dropDraft(r *http.Request, key string) {
	if key == "" {
		return
	}
	s.sessions.Put(r.Context(), keyDraft, key)
	if err := s.desk.DropDraft(r.Context(), who(r), key); err != nil {
		s.log.Warn("a draft could not be dropped", "kind", int(fault.KindOf(err)))
	}
}

// entryCorrect shows the form filled with an entry as it stands.
func (s *Site) entryCorrect(w http.ResponseWriter, r *http.Request) error {
	c, e, err := s.entryOf(r)
	if err != nil {
		return err
	}
	p := entryNewPage{Frame: s.caseFrame(r, c, "webcase.correct", "record")}
	form := p.speak().entryForm(c, typedOf(e), nil)
	p.correctForm(c, &form, r.PathValue("entry"), desk.NewName())
	return s.show(w, r, http.StatusOK, p)
}

func (p *entryNewPage) correctForm(c *desk.Case, form *entryForm, target, name string) {
	form.Action = casePath(c.Folder) + "/record/" + target + "/correct"
	form.Draft = draftKeyOf("correct:"+string(c.ID), target)
	form.Name, form.Base, form.Back, form.Button = name, target, casePath(c.Folder)+"/record/"+target, p.cat.T("webcase.save_correction")
	form.Wall = Field{} // a correction stays behind the wall of what it corrects
	form.More = true
	p.Form = form
}

// entryCorrectSave saves a correction. When somebody corrected the same entry
// meanwhile, the page shows both, and a second save corrects theirs.
func (s *Site) entryCorrectSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.uploads(w, r)
	if err != nil {
		return err
	}
	defer f.Close()
	c, old, err := s.entryOf(r)
	if err != nil {
		return err
	}
	target := r.PathValue("entry")
	if b := f.Text("base", 20); b != "" && c.Entry(b) != nil {
		target, old = b, c.Entry(b)
	}
	t := readTyped(f)
	e, bad := t.fact(c.Today)
	p := entryNewPage{Frame: s.caseFrame(r, c, "webcase.correct", "record")}
	name := f.Text("name", 20)
	if len(bad) > 0 {
		form := p.speak().entryForm(c, t, bad)
		p.correctForm(c, &form, target, name)
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	files, err := s.keepFiles(r, c, f)
	if err != nil {
		return err
	}
	e.After, e.Ends = fact.Relative{}, old.Ends
	if m := c.Mark(old.ID); m != nil {
		files = append(files, m.Files...)
	}
	for _, n := range old.Files { // named, but not kept here
		kept := false
		for _, x := range files {
			kept = kept || x.Name == n
		}
		if !kept {
			e.Files = append(e.Files, n)
		}
	}
	saved, err := s.desk.CorrectEntry(r.Context(), who(r), caseID(r), target, desk.NewEntry{Name: name, Fact: e, Files: files, Via: "web"})
	var clashed *desk.Clash
	if errors.As(err, &clashed) {
		theirs := c.Entry(clashed.Theirs)
		if theirs == nil {
			return err
		}
		form := p.speak().entryForm(c, t, nil)
		p.correctForm(c, &form, target, desk.NewName())
		form.Base = clashed.Theirs
		p.Clash = &clash{Theirs: p.speak().happened(c.Folder, theirs, c.Today), Words: typedOf(theirs).Words}
		return s.show(w, r, http.StatusConflict, p)
	}
	if err != nil {
		return err
	}
	s.dropDraft(r, f.Text("draft", 200))
	s.done(r, "webcase.saved_correction")
	return s.seeOther(w, r, casePath(c.Folder)+"/record/"+saved)
}
