package web

import (
	"net/http"
	"slices"
	"strings"

	"stayput/day"
	noes "stayput/derive/refusal"
	"stayput/desk"
	"stayput/fact"
	"stayput/guide"
	"stayput/intake/casefile"
	"stayput/law/packs"
)

// A startPage is the first run. It asks one thing, "What happened?", and at most
// four short questions after it; each may be answered with "I don't know".
type startPage struct {
	Frame
	School  bool
	Opening string
	Doors   []captureKey
	Door    string // the label of the door that was opened
	Ask     string
	Choices []captureKey
	Form    *startForm
	Begun   bool // there are cases already

	state string // where the latest case is, which is most likely where this one is
}

func (startPage) template() string { return "start_show" }

// A startForm is the last step: the day, the words, and whose case it is.
type startForm struct {
	Action, Name, Draft string
	Choice              string // what happened, in words
	Fields              []Field
	More                []Field // folded: who, how exactly, the name
	Hidden              []Hidden
}

var _ = sample(func() page { return startPage{Opening: "x", Doors: []captureKey{{Label: "a", Hint: "b"}}} })
var _ = sample(func() page {
	return startPage{Door: "x", Ask: "y", Choices: []captureKey{{Label: "a", Hint: "b"}}, Begun: true}
})
var _ = sample(func() page {
	return startPage{Door: "x", Form: &startForm{Choice: "y", Fields: []Field{{Name: "a", Kind: "text"}}, Hidden: []Hidden{{"a", "b"}}}}
})

// startShow asks what happened.
func (s *Site) startShow(w http.ResponseWriter, r *http.Request) error {
	p, side, err := s.startPage(r)
	if err != nil {
		return err
	}
	g := guide.For(p.Lang)
	p.Opening = g.Opening
	for _, d := range g.DoorsFor(side) {
		p.Doors = append(p.Doors, captureKey{ID: d.ID, Label: d.Label, Hint: d.Hint, Href: "/start/" + d.ID, Icon: doorIcons[d.ID]})
	}
	return s.show(w, r, http.StatusOK, p)
}

var doorIcons = map[string]string{
	"asked": "send", "paper": "letter", "meeting": "meeting", "not_given": "missed", "said_no": "flag",
	"request_came": "send", "papers": "letter", "team": "meeting", "services": "missed", "disagreement": "flag",
}

func (s *Site) startPage(r *http.Request) (startPage, fact.Side, error) {
	p := startPage{Frame: s.frame(r, "webcase.start", "record")}
	cases, err := s.desk.Cases(r.Context(), who(r), false)
	if err != nil {
		return p, "", err
	}
	p.Begun = len(cases) > 0
	for _, c := range cases {
		if n := len(c.File.Case.Jurisdiction); n > 0 && !c.File.Case.Sample {
			p.state = c.File.Case.Jurisdiction[n-1].Is
		}
	}
	side := fact.FamilySide
	if r.URL.Query().Get("side") == string(fact.SchoolSide) {
		side, p.School = fact.SchoolSide, true
	}
	return p, side, nil
}

// startDoor asks which of a few things it was.
func (s *Site) startDoor(w http.ResponseWriter, r *http.Request) error {
	p, _, err := s.startPage(r)
	if err != nil {
		return err
	}
	for _, d := range guide.For(p.Lang).Doors {
		if d.ID != r.PathValue("door") {
			continue
		}
		p.School = d.Side == fact.SchoolSide
		p.Door, p.Ask = d.Label, d.Question
		p.Title = d.Label
		for _, ch := range d.Choices {
			p.Choices = append(p.Choices, captureKey{ID: ch.ID, Label: ch.Label, Hint: ch.Hint, Href: "/start/" + d.ID + "/" + ch.ID})
		}
		return s.show(w, r, http.StatusOK, p)
	}
	return refuse(http.StatusNotFound, "web.error.not_found")
}

// startTyped is what was typed into the last step.
type startTyped struct {
	On, Exact, Words, Who, Child, State, Name string
}

// startChoice asks for the day, the words and the child.
func (s *Site) startChoice(w http.ResponseWriter, r *http.Request) error {
	d, ch := guide.For(s.lang(r)).Choice(r.PathValue("door"), r.PathValue("choice"))
	if ch == nil {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	p, _, err := s.startPage(r)
	if err != nil {
		return err
	}
	p.ask(d, ch, startTyped{Name: desk.NewName(), Words: ch.Log.Note, State: p.state}, nil)
	return s.show(w, r, http.StatusOK, p)
}

// ask draws the last step.
func (p *startPage) ask(d *guide.Door, ch *guide.Choice, t startTyped, bad wrong) {
	p.School, p.Door, p.Title = d.Side == fact.SchoolSide, d.Label, ch.Label
	path := "/start/" + d.ID + "/" + ch.ID
	f := &startForm{Action: path, Name: t.Name, Choice: ch.Label, Draft: "start:" + d.ID + ":" + ch.ID}
	err := func(name string) string {
		if bad[name] != "" {
			return p.cat.T(bad[name])
		}
		return ""
	}
	for _, a := range ch.Asks {
		switch a.ID {
		case "when", "when_set":
			f.Fields = append(f.Fields, Field{Name: "on", Label: a.Question, Hint: p.cat.T("webcase.start_on_hint"), Kind: "date", Value: t.On, Error: err("on"), Required: false})
			f.More = append(f.More,
				Field{Name: "exact", Label: p.cat.T("webcase.f_exact"), Kind: "select", Options: []Option{
					{Value: "day", Label: p.cat.T("webcase.exact_day"), On: t.Exact == "" || t.Exact == "day"},
					{Value: "month", Label: p.cat.T("webcase.exact_month"), On: t.Exact == "month"},
					{Value: "unknown", Label: a.Unknown, On: t.Exact == "unknown"},
				}})
		case "who":
			f.More = append(f.More, Field{Name: "who", Label: a.Question, Kind: "text", Value: t.Who, Max: 200, Hint: p.cat.T("webcase.start_who_hint")})
		default:
			f.Fields = append(f.Fields, Field{Name: "words", Label: a.Question, Kind: "textarea", Value: t.Words, Rows: 4, Max: mostWords, Error: err("words")})
		}
	}
	f.More = append(f.More,
		Field{Name: "child", Label: p.cat.T("webcase.start_child"), Hint: p.cat.T("webcase.start_child_hint"), Kind: "text", Value: t.Child, Max: 100, Autocomplete: "off"})
	f.Fields = append(f.Fields, p.speak().stateField(t.State))
	p.Form = f
}

// stateField asks where the school is, which decides whose law applies.
func (f speaker) stateField(value string) Field {
	x := Field{Name: "state", Label: f.cat.T("webcase.f_state"), Hint: f.cat.T("webcase.f_state_hint"), Kind: "select"}
	x.Options = append(x.Options, Option{Value: "us", Label: f.cat.T("webcase.state_unknown"), On: value == "" || value == "us"})
	var rest []Option
	have := packs.IDs()
	for _, id := range jurisdictions {
		o := Option{Value: id, Label: f.cat.T("place." + id), On: id == value}
		if !slices.Contains(have, id) {
			o.Label = f.cat.T("webcase.state_federal", "name", o.Label)
		}
		rest = append(rest, o)
	}
	slices.SortFunc(rest, func(a, b Option) int { return strings.Compare(a.Label, b.Label) })
	x.Options = append(x.Options, rest...)
	return x
}

// startSave opens the case with its first entry.
func (s *Site) startSave(w http.ResponseWriter, r *http.Request) error {
	form, err := s.form(w, r)
	if err != nil {
		return err
	}
	d, ch := guide.For(s.lang(r)).Choice(r.PathValue("door"), r.PathValue("choice"))
	if ch == nil {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	p, _, err := s.startPage(r)
	if err != nil {
		return err
	}
	words, _ := form.Words("words", mostWords)
	t := startTyped{On: form.Text("on", 20), Exact: form.Text("exact", 20), Words: words, Who: form.Text("who", 200), Child: form.Text("child", 100), State: form.Text("state", 10), Name: form.Text("name", 20)}
	today := dayOf(s.now())
	e, bad := t.fact(ch, today)
	if len(bad) > 0 {
		p.ask(d, ch, t, bad)
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	file := &casefile.File{}
	c := &file.Case
	c.Title, c.Child.Name = t.Child, t.Child
	if t.Child == "" {
		c.Title = p.cat.T("webcase.my_child")
		if d.Side == fact.SchoolSide {
			c.Title = p.cat.T("webcase.a_student")
		}
	}
	c.Side, c.HomeLanguage = d.Side, p.Lang
	if t.State != "us" && slices.Contains(jurisdictions, t.State) {
		c.Jurisdiction = []fact.Dated{{Is: t.State}}
	}
	now := s.now()
	y, m, dd := now.Date()
	e.ID = desk.NewName()
	e.Recorded = day.Moment{Date: day.Must(y, m, dd), Minute: int16(now.Hour()*60 + now.Minute())}
	file.Entries = []fact.Entry{e}
	id, err := s.desk.OpenCase(r.Context(), who(r), desk.NewCase{Name: t.Name, File: file, Via: "web"})
	if err != nil {
		return err
	}
	s.dropDraft(r, form.Text("draft", 200))
	s.done(r, "webcase.case_opened")
	at := "/cases/" + string(id)
	if noes.Is(&e) {
		at += "/no" // a no is answered at once
	}
	return s.seeOther(w, r, at)
}

// fact makes the first entry.
func (t startTyped) fact(ch *guide.Choice, today day.Date) (fact.Entry, wrong) {
	x := logTyped(ch.Log, typed{Ticks: map[string]string{}})
	x.Words, x.On, x.Exact = t.Words, t.On, t.Exact
	if x.Exact == "unknown" || x.On == "" {
		// Not known: some day of the last year, told as bounds, never as a date.
		k, _ := fact.Lookup(x.Kind)
		from, to := today.AddYears(-1), today
		if k.Info().Appointment {
			from, to = today, today.AddYears(1)
		}
		x.On, x.To, x.Exact = from.String(), to.String(), "between"
	}
	e, bad := x.fact(today)
	e.By, e.Fields.About = string(ch.Log.By), ch.Log.Fields.About
	if t.Who != "" {
		e.Fields.With = append(slices.Clone(ch.Log.Fields.With), split(t.Who, ",")...)
	}
	return e, bad
}

// jurisdictions are the States and the District of Columbia.
var jurisdictions = func() []string {
	var out []string
	for code := range casefile.States {
		out = append(out, "us-"+code)
	}
	slices.Sort(out)
	return out
}()

// NewName is a name for what the page's form will add.
func (startPage) NewName() string { return desk.NewName() }
