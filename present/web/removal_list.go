package web

import (
	"net/http"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	saydiscipline "stayput/present/discipline"
)

// A removalPage is the removals from school: their count, what is owed, what may
// follow; and the form for one more.
type removalPage struct {
	Frame
	AsOf     string
	Sections []removalSection
	Action   string
	Name     string
	On       Field
	Until    Field
	Words    Field
	Errs     []Field
	Calendar string // where a calendar is chosen, when the days cannot be counted
	More     []captureKey
}

func (removalPage) template() string { return "removal_list" }

// A removalSection is what stands under one heading.
type removalSection struct {
	Title string
	Lines []removalLine
}

// A removalLine is a sentence with its law.
type removalLine struct {
	Text, Href string
	Cite       Cite
}

var (
	_ = sample(func() page {
		return removalPage{AsOf: "d", Sections: []removalSection{{"", []removalLine{{"a", "/h", Cite{Text: "c"}}}}, {"t", []removalLine{{Text: "b"}}}}, Action: "/a", Name: "n",
			On: Field{Name: "on", Kind: "date", Label: "l", Error: "e"}, Until: Field{Name: "until", Kind: "date", Label: "l"}, Words: Field{Name: "words", Kind: "textarea", Label: "l"},
			Errs: []Field{{Name: "on", Error: "e"}}, Calendar: "/c", More: []captureKey{{Label: "x", Href: "/"}}}
	})
	_ = sample(func() page { return removalPage{} })
)

var removed = fact.MustLookup("removal_started")

// moreDiscipline are the further steps that a plain form takes.
var moreDiscipline = []string{"placement_change_decided", "parents_notified_of_removal", "manifestation_review_scheduled", "manifestation_determined", "iaes_started", "expedited_complaint_filed", "removal_ended", "services_resumed"}

// removalList shows the removals.
func (s *Site) removalList(w http.ResponseWriter, r *http.Request) error {
	p, _, err := s.removalPage(r, nil, wrong{})
	if err != nil {
		return err
	}
	p.Name = desk.NewName()
	return s.show(w, r, http.StatusOK, p)
}

func (s *Site) removalPage(r *http.Request, f *Form, bad wrong) (removalPage, *desk.Case, error) {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), viewOf(r))
	if err != nil {
		return removalPage{}, nil, err
	}
	res, err := c.Discipline()
	if err != nil {
		return removalPage{}, nil, err
	}
	p := removalPage{Frame: s.caseFrame(r, c, "webconsent.removals", "plan"), Action: casePath(c.Folder) + "/removals"}
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	for _, x := range saydiscipline.Sections(p.cat, res) {
		sec := removalSection{Title: x.Title}
		for _, l := range x.Lines {
			y := removalLine{Text: l.Text}
			if l.Citation != "" {
				y.Cite = Cite{Text: l.Citation, Checked: l.Checked}
				if l.Rule != "" {
					y.Cite.Source = "/law/rules/" + string(l.Rule)
				}
			}
			if l.Entry != "" && c.Name(l.Entry) != "" {
				y.Href = entryPath(c.Folder, l.Entry)
			}
			sec.Lines = append(sec.Lines, y)
		}
		p.Sections = append(p.Sections, sec)
	}
	if len(c.File.Calendars) == 0 && p.May("save_calendar") {
		p.Calendar = "/calendars?case=" + string(c.ID)
	}
	if !p.May("add_entry") {
		p.Action = ""
		return p, c, nil
	}
	field := func(name, kind string) Field {
		x := Field{Name: name, Label: p.cat.T("webconsent.r_" + name), Kind: kind}
		if f != nil {
			x.Value = f.Text(name, mostWords)
		}
		if bad[name] != "" {
			x.Error = p.cat.T(bad[name])
			p.Errs = append(p.Errs, x)
		}
		return x
	}
	p.On, p.Until, p.Words = field("on", "date"), field("until", "date"), field("words", "textarea")
	p.On.Required, p.Words.Rows = true, 2
	p.Until.Hint = p.cat.T("webconsent.r_until_hint")
	if f == nil {
		p.On.Value = c.Today.String()
	}
	for _, k := range moreDiscipline {
		p.More = append(p.More, captureKey{ID: k, Label: first(p.cat.Kind(k)), Href: casePath(c.Folder) + "/add?kind=" + k})
	}
	return p, c, nil
}

// removalSave writes a removal down.
func (s *Site) removalSave(w http.ResponseWriter, r *http.Request) error {
	f, c, err := s.caseForm(w, r)
	if err != nil {
		return err
	}
	bad := wrong{}
	on := pastDay(f, c.Today, bad)
	e := fact.Entry{Kind: removed, On: day.On(on)}
	if text := f.Text("until", 20); text != "" {
		switch until, err := day.Parse(text); {
		case err != nil:
			bad["until"] = "webcase.bad_day"
		case until < on:
			bad["until"] = "webcase.bad_until"
		case until > on.AddYears(2):
			bad["until"] = "webcase.bad_far"
		default:
			e.Fields.Until = until
		}
	}
	words, fits := f.Words("words", mostWords)
	if e.Note = words; !fits {
		bad["words"] = "webcase.bad_long"
	}
	if len(bad) > 0 {
		p, _, err := s.removalPage(r, f, bad)
		if err != nil {
			return err
		}
		p.Name = f.Text("name", 20)
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	saved, err := s.desk.AddEntry(r.Context(), who(r), caseID(r), desk.NewEntry{Name: f.Text("name", 20), Fact: e, Via: "web"})
	if err != nil {
		return err
	}
	s.note(r, Note{Tone: "done", Key: "webcase.saved_entry", Pairs: []string{"kind", lower(first(s.wordsOf(r).cat.Kind(e.Kind.String())))}, Href: casePath(c.Folder) + "/record/" + saved, Link: "webcase.look"})
	return s.seeOther(w, r, casePath(c.Folder)+"/removals")
}
