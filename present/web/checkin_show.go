package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/checkin"
	"stayput/desk"
	"stayput/fact"
	"stayput/locale"
	saycheckin "stayput/present/checkin"
)

// A checkinPage is the questions to teachers, the child's own words, and visits to
// the classroom: what waits for an answer, and the forms to write each down.
type checkinPage struct {
	Frame
	Path    string
	Edit    bool
	NoPlan  bool
	Teacher Field
	About   Field
	Message *checkinMessage
	Waiting []checkinAsk
	Suggest []checkinSuggest
	People  []checkinPerson
	Deals   []checkinDeal
	Agree   []Field
	Child   []Field
	Said    []checkinEntry
	Visit   []Field
	Visits  []checkinEntry
	History []checkinAsk
	Names   map[string]string // the name each form gives what it writes
	Errs    []Field
}

// A checkinMessage is this week's message, written and not sent.
type checkinMessage struct {
	Who, Subject, Body string
	Mail               string // the address that opens a mail program
	Parts              []string
	Teacher            string
}

// A checkinAsk is one question and where it stands.
type checkinAsk struct {
	ID, Href, Said, Due, Tone string
	About                     []string
	Answers                   []checkinEntry
	Late                      bool
	Form                      []Field
	Name                      string
}

type checkinEntry struct{ Href, When, Text, Extra string }

type checkinDeal struct{ Href, Text, Who string }

// A checkinSuggest is somebody who left questions unanswered, with what to ask for.
type checkinSuggest struct{ Text, Who, Name, Asked, Href string }

type checkinPerson struct {
	Name                     string
	Asked, Answered, Waiting int
	Rule                     string
}

func (checkinPage) template() string { return "checkin_show" }

var (
	_ = sample(func() page {
		e := checkinEntry{Href: "/e", When: "d", Text: "t", Extra: "x"}
		f := func(name string) Field { return Field{Name: name, Kind: "date", Label: "l", Error: "e"} }
		return checkinPage{Path: "/p", Edit: true, Teacher: Field{Name: "teacher", Label: "l"}, About: Field{Name: "about", Kind: "checkbox", Label: "l", Options: []Option{{"a", "b", "", true}}},
			Message: &checkinMessage{Who: "w", Subject: "s", Body: "b", Mail: "mailto:?subject=s", Parts: []string{"a"}, Teacher: "w"},
			Waiting: []checkinAsk{{ID: "i", Href: "/h", Said: "s", Due: "d", Tone: "soon", About: []string{"a"}, Form: []Field{f("i-on")}, Name: "n"}},
			Suggest: []checkinSuggest{{Text: "t", Who: "w", Name: "n"}, {Text: "t", Asked: "a", Href: "/h"}}, People: []checkinPerson{{"n", 3, 1, 2, "r"}},
			Deals: []checkinDeal{{"/d", "t", "w"}}, Agree: []Field{f("agreed-on")}, Child: []Field{f("child-on")}, Said: []checkinEntry{e}, Visit: []Field{f("visit-on")}, Visits: []checkinEntry{e},
			History: []checkinAsk{{Href: "/h", Said: "s", Answers: []checkinEntry{e}, Late: true}}, Names: map[string]string{"asked": "n"}, Errs: []Field{f("i-on")}}
	})
	_ = sample(func() page { return checkinPage{NoPlan: true} })
)

// checkinShow shows the check-ins of a case.
func (s *Site) checkinShow(w http.ResponseWriter, r *http.Request) error {
	p, err := s.checkinPage(r, "", nil, wrong{})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

// checkinPage draws the page. which is the form that was sent and not taken, with
// what was in it.
func (s *Site) checkinPage(r *http.Request, which string, f *Form, bad wrong) (checkinPage, error) {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return checkinPage{}, err
	}
	res, err := c.CheckIns()
	if err != nil {
		return checkinPage{}, err
	}
	p := checkinPage{Frame: s.caseFrame(r, c, "webcheckin.title", "carry"), Path: casePath(c.Folder) + "/carry/check-ins"}
	p.Edit = p.May("add_entry")
	p.Names = map[string]string{"asked": desk.NewName(), "agreed": desk.NewName(), "child": desk.NewName(), "visit": desk.NewName()}
	if name := f.sent("name"); name != "" {
		p.Names[which] = name
	}
	items, err := inForceItems(c, p.cat)
	if err != nil {
		return checkinPage{}, err
	}
	p.NoPlan = len(items) == 0
	called := map[string]string{}
	for _, x := range items {
		called[x.Component] = x.Name
	}
	p.asking(r, c, res, items)
	p.asks(c, res, called, which, f, bad)
	p.people(c, res)
	p.telling(c, res, items, which, f, bad)
	return p, nil
}

// sent is a field of a form that may not be there.
func (f *Form) sent(name string) string {
	if f == nil {
		return ""
	}
	return f.Text(name, 100)
}

// inForceItems are the parts of the program in force that somebody can be asked
// about, by the names a reader knows them by.
func inForceItems(c *desk.Case, cat *locale.Catalog) ([]saycheckin.Item, error) {
	res, err := c.Program()
	if err != nil {
		return nil, err
	}
	var out []saycheckin.Item
	seen := map[string]bool{}
	for i := range res.Tracks {
		for _, l := range res.Tracks[i].InForce {
			if l.Part == "goals" || l.Part == "setting" || seen[l.Component] {
				continue
			}
			seen[l.Component] = true
			out = append(out, saycheckin.Item{Component: l.Component, Part: l.Part, Name: shortened(called(cat, l.Part, l.Name), 200)})
		}
	}
	return out, nil
}

// mostOffered is how many parts are ticked when nobody has chosen.
const mostOffered = 5

// asking is the form of the weekly message, and the message once it is written.
func (p *checkinPage) asking(r *http.Request, c *desk.Case, res *checkin.Result, items []saycheckin.Item) {
	q := r.URL.Query()
	names := splitNames(clean(q.Get("teacher")))
	p.Teacher = Field{Name: "teacher", Label: p.T("webcheckin.teacher"), Hint: p.T("webcheckin.teacher_hint"), Kind: "text", Value: strings.Join(names, ", "), Required: true, Max: 200}
	if p.Teacher.Value == "" && len(res.Asks) > 0 {
		p.Teacher.Value = strings.Join(res.Asks[0].Entry.Fields.With, ", ")
	}
	chosen := q["about"]
	p.About = Field{Name: "about", Label: p.T("webcheckin.about"), Kind: "checkbox"}
	var about []saycheckin.Item
	for i, x := range items {
		on := slices.Contains(chosen, x.Component) || len(chosen) == 0 && !q.Has("write") && i < mostOffered
		p.About.Options = append(p.About.Options, Option{Value: x.Component, Label: first(x.Name), On: on})
		if on {
			about = append(about, x)
		}
	}
	if !q.Has("write") || len(names) == 0 {
		return
	}
	m := &checkinMessage{Who: strings.Join(names, ", "), Teacher: strings.Join(names, ", ")}
	child := c.File.Case.Child.Name
	if f := strings.Fields(child); len(f) > 0 {
		child = f[0] // teachers know the child; a message need not bear the whole name
	} else {
		child = p.T("webcheckin.my_child")
	}
	days := 0
	for _, x := range res.People {
		if x.Tracked != "" && checkin.Fold(x.Name) == checkin.Fold(names[0]) {
			for _, d := range res.Deals {
				if d.ID == x.Tracked {
					days = d.Fields.Days
				}
			}
		}
	}
	one := ""
	if len(names) == 1 {
		one = names[0]
	}
	m.Subject, m.Body = saycheckin.Weekly(p.cat, child, one, p.Person, about, days)
	m.Mail = "mailto:?subject=" + url.PathEscape(m.Subject) + "&body=" + url.PathEscape(strings.ReplaceAll(m.Body, "\n", "\r\n"))
	for _, x := range about {
		m.Parts = append(m.Parts, x.Component)
	}
	p.Message = m
}

// splitNames are names with commas between them.
func splitNames(text string) []string {
	var out []string
	for _, n := range strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ';' || c == '\n' }) {
		if n = strings.TrimSpace(n); n != "" && len(out) < 12 {
			out = append(out, shortened(n, 100))
		}
	}
	return out
}

// due says by when an answer was or is due, and its tone.
func (p *checkinPage) due(a *checkin.Ask) (text, tone string) {
	switch {
	case a.Waited == fact.Yes && len(a.Answers) == 0:
		return p.T("webcheckin.over"), "late"
	case a.By.Due == 0:
		return p.T("webcheckin.due_open", "date", p.cat.Date(a.By.Earliest)), "unsure"
	case a.Agreed != "":
		return p.T("webcheckin.due_agreed", "date", p.cat.Date(a.By.Due)), "info"
	}
	return p.T("webcheckin.due_own", "date", p.cat.Date(a.By.Due)), "info"
}

// asks are the questions: those that wait, with a form for the answer, and all.
func (p *checkinPage) asks(c *desk.Case, res *checkin.Result, called map[string]string, which string, f *Form, bad wrong) {
	for i := range res.Asks {
		a := &res.Asks[i]
		names := strings.Join(a.Entry.Fields.With, ", ")
		if names == "" {
			names = p.T("webcheckin.everyone")
		}
		x := checkinAsk{ID: c.Name(a.Entry.ID), Href: entryPath(c.Folder, a.Entry.ID), Said: p.T("webcheckin.asked_on", "date", p.cat.When(a.Entry.On), "who", names), Late: a.Late}
		for _, id := range a.Entry.Fields.Parts {
			if called[id] != "" {
				x.About = append(x.About, first(called[id]))
			}
		}
		for _, e := range a.Answers {
			words := e.Fields.Response
			if words == "" {
				words = p.T("webcheckin.no_words")
			}
			x.Answers = append(x.Answers, checkinEntry{Href: entryPath(c.Folder, e.ID), Text: p.T("webcheckin.answered_on", "date", p.cat.When(e.On), "words", words), Extra: strings.Join(e.Fields.With, ", ")})
		}
		if len(a.Answers) > 0 {
			p.History = append(p.History, x)
			continue
		}
		x.Due, x.Tone = p.due(a)
		if p.Edit {
			x.Name = desk.NewName()
			mine := which == "answered" && f.sent("ask") == x.ID
			value := func(name, other string) string {
				if mine {
					return f.sent(name)
				}
				return other
			}
			if mine {
				x.Name = f.sent("name")
			}
			fields := []Field{
				{Name: "on", Label: p.T("webcheckin.answer_on"), Kind: "date", Value: value("on", c.Today.String()), Required: true},
				{Name: "words", Label: p.T("webcheckin.answer_words"), Kind: "textarea", Rows: 3, Required: true},
				{Name: "who", Label: p.T("webcheckin.answer_who"), Kind: "text", Value: value("who", strings.Join(a.Entry.Fields.With, ", ")), Max: 200},
				{Name: "done", Label: p.T("webcheckin.answer_done"), Kind: "select", Options: []Option{{Value: "", Label: p.T("webcheckin.unsaid")}, {Value: "yes", Label: p.T("webcheckin.yes"), On: value("done", "") == "yes"}, {Value: "no", Label: p.T("webcheckin.no"), On: value("done", "") == "no"}}},
			}
			if mine {
				fields[1].Value, _ = f.Words("words", mostWords)
			}
			x.Form = p.formed(fields, x.ID+"-", mine, bad)
		}
		p.Waiting = append(p.Waiting, x)
	}
}

// formed gives the fields of a form ids of their own and, when it was sent and not
// taken, what is wrong with them. Their names in the form stay as they are: the
// prefix is cut where the form is read.
func (p *checkinPage) formed(fields []Field, prefix string, mine bool, bad wrong) []Field {
	for i := range fields {
		x := &fields[i]
		if key := bad[x.Name]; mine && key != "" {
			x.Error = p.T(key)
		}
		x.Name = prefix + x.Name
		if x.Error != "" {
			p.Errs = append(p.Errs, *x)
		}
	}
	return fields
}

// people are those who were asked, and what may be asked of the team.
func (p *checkinPage) people(c *desk.Case, res *checkin.Result) {
	days := map[string]int{}
	for _, d := range res.Deals {
		days[d.ID] = d.Fields.Days
		if d.Fields.Days > 0 {
			p.Deals = append(p.Deals, checkinDeal{Href: entryPath(c.Folder, d.ID), Text: p.cat.N("webcheckin.deal", d.Fields.Days, "date", p.cat.When(d.On)), Who: strings.Join(d.Fields.With, ", ")})
		}
	}
	for _, x := range res.People {
		name := x.Name
		if name == "" {
			name = p.T("webcheckin.everyone")
		}
		rule := p.T("webcheckin.rule_none")
		if n := days[x.Tracked]; n > 0 {
			rule = p.cat.N("webcheckin.rule_days", n)
		}
		p.People = append(p.People, checkinPerson{name, len(x.Asks), x.Answered, x.Waiting, rule})
		if !x.Suggest {
			continue
		}
		y := checkinSuggest{Text: p.cat.N("webcheckin.suggest", x.InARow, "who", name), Who: name, Name: desk.NewName()}
		if x.Asked != "" {
			e := c.Brief.View.Get(x.Asked)
			y.Asked, y.Href = p.T("webcheckin.meeting_asked", "date", p.cat.When(e.On)), entryPath(c.Folder, x.Asked)
		}
		p.Suggest = append(p.Suggest, y)
	}
}

// telling is what the child said and what visitors saw, with the forms for both and
// for an agreement.
func (p *checkinPage) telling(c *desk.Case, res *checkin.Result, items []saycheckin.Item, which string, f *Form, bad wrong) {
	for _, e := range res.Child {
		p.Said = append(p.Said, checkinEntry{Href: entryPath(c.Folder, e.ID), When: p.cat.When(e.On), Text: p.T("webcheckin.child_said", "words", e.Note), Extra: e.Fields.Summary})
	}
	policy := ""
	for _, e := range res.Visits {
		p.Visits = append(p.Visits, checkinEntry{Href: entryPath(c.Folder, e.ID), When: p.cat.When(e.On), Text: e.Note, Extra: strings.Join(e.Fields.With, ", ")})
		if policy == "" {
			policy = e.Fields.Conditions
		}
	}
	if !p.Edit {
		return
	}
	value := func(form, name, other string) string {
		if which == form {
			s, _ := f.Words(name, mostWords)
			return s
		}
		return other
	}
	child := &c.File.Case.Child
	ask := Field{Name: "question", Label: p.T("webcheckin.child_question"), Kind: "select", Options: []Option{{Label: p.T("webcheckin.child_own")}}}
	for i, q := range saycheckin.ForChild(p.cat, items, saycheckin.Younger(child.Grade, yearsOld(child.Born, c.Today))) {
		n := strconv.Itoa(i + 1)
		ask.Options = append(ask.Options, Option{Value: n, Label: q.Text, On: value("child", "question", "1") == n})
	}
	today := c.Today.String()
	p.Child = p.formed([]Field{ask, {Name: "words", Label: p.T("webcheckin.child_words"), Kind: "textarea", Rows: 3, Required: true, Value: value("child", "words", "")},
		{Name: "on", Label: p.T("webcheckin.child_on"), Kind: "date", Required: true, Value: value("child", "on", today)}}, "child-", which == "child", bad)
	about := Field{Name: "about", Label: p.T("webcheckin.visit_about"), Kind: "checkbox"}
	for _, x := range items {
		about.Options = append(about.Options, Option{Value: x.Component, Label: first(x.Name), On: which == "visit" && slices.Contains(f.All("visit-about"), x.Component)})
	}
	p.Visit = []Field{{Name: "on", Label: p.T("webcheckin.visit_on"), Kind: "date", Required: true, Value: value("visit", "on", today)},
		{Name: "who", Label: p.T("webcheckin.visit_who"), Kind: "text", Max: 200, Value: value("visit", "who", "")},
		{Name: "policy", Label: p.T("webcheckin.visit_policy"), Hint: p.T("webcheckin.visit_policy_hint"), Kind: "textarea", Rows: 2, Value: value("visit", "policy", policy)},
		{Name: "words", Label: p.T("webcheckin.visit_saw"), Kind: "textarea", Rows: 4, Required: true, Value: value("visit", "words", "")}}
	if len(items) > 0 {
		p.Visit = append(p.Visit, about)
	}
	p.Visit = p.formed(p.Visit, "visit-", which == "visit", bad)
	p.Agree = p.formed([]Field{{Name: "on", Label: p.T("webcheckin.agreed_on"), Kind: "date", Required: true, Value: value("agreed", "on", today)},
		{Name: "days", Label: p.T("webcheckin.agreed_days"), Kind: "number", InputMode: "numeric", Max: 60, Required: true, Value: value("agreed", "days", "")},
		{Name: "who", Label: p.T("webcheckin.agreed_with"), Hint: p.T("webcheckin.agreed_with_hint"), Kind: "text", Max: 200, Value: value("agreed", "who", "")}}, "agreed-", which == "agreed", bad)
}

// yearsOld is an age in whole years; 0 when no day of birth is known.
func yearsOld(born, today day.Date) (n int) {
	for born != 0 && n < 120 && born.AddYears(n+1) <= today {
		n++
	}
	return n
}
