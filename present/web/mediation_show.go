package web

import (
	"net/http"
	"slices"

	"stayput/day"
	"stayput/derive/remedy"
	"stayput/desk"
	"stayput/fact"
	"stayput/law"
	"stayput/law/packs"
	say "stayput/present/brief"
)

// A mediationPage is the room: the goal before, the sessions, what was said there, and
// what comes out in the end. Only that a session took place, its day and a signed
// agreement are open; the rest stands behind a wall.
type mediationPage struct {
	Frame
	Path       string
	Agreements string
	Sign       string // where a signed agreement is written down
	Steps      []agreementEvent
	Goals      []agreementEvent
	Sessions   []agreementEvent
	Said       []agreementEvent
	Signed     []agreementEvent
	Sees       bool // this person sees what was said there
	Rules      []agreeLaw
	Come       []agreeLaw
	Forms      []agreementForm
	Errs       []Field
}

func (mediationPage) template() string { return "mediation_show" }

var (
	_ = sample(func() page {
		e, w := []agreementEvent{sampleAgreed()}, []agreeLaw{{"t", "s", Cite{Text: "c", Source: "/s", Checked: "k"}}}
		return mediationPage{Path: "/p", Agreements: "/a", Sign: "/s", Steps: e, Goals: e, Sessions: e, Said: e, Signed: e, Sees: true, Rules: w, Come: w, Forms: []agreementForm{sampleAgreeForm()}, Errs: []Field{{Name: "on", Error: "e"}}}
	})
	_ = sample(func() page { return mediationPage{Path: "/p"} })
)

var (
	roomSession = fact.MustLookup("mediation_session_held")
	roomGoal    = fact.MustLookup("meeting_prepared")
	roomNote    = fact.MustLookup("note_added")
)

// mediationRoutes are the routes that go through mediation.
var mediationRoutes = []law.RouteID{"mediation_alone", "mediation_with_hearing"}

// aboutMediation marks what was prepared for mediation, and what was said there.
const aboutMediation = "mediation"

// mediationShow shows the room.
func (s *Site) mediationShow(w http.ResponseWriter, r *http.Request) error {
	p, _, err := s.mediationPage(r, nil, wrong{})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

func (s *Site) mediationPage(r *http.Request, f *Form, bad wrong) (p mediationPage, c *desk.Case, err error) {
	if c, err = s.desk.Case(r.Context(), who(r), caseID(r), viewOf(r)); err != nil {
		return p, nil, err
	}
	p = mediationPage{Frame: s.caseFrame(r, c, "webagree.mediation", "disagree"), Path: casePath(c.Folder) + "/mediation", Agreements: casePath(c.Folder) + "/agreements"}
	p.Sees = p.speak().mayWall(c, fact.Mediation)
	for _, e := range c.Brief.View.Entries {
		about := slices.Contains(e.Fields.About, aboutMediation)
		switch {
		case e.Derived:
		case e.Kind == roomGoal && about:
			p.Goals = append(p.Goals, p.speak().preparedEvent(c, e))
		case e.Kind == roomSession:
			x := p.speak().agreementEvent(c, e, first(p.cat.Kind(e.Kind.String())))
			x.Words, x.Papers = "", "" // what was said does not belong here
			p.Sessions = append(p.Sessions, x)
		case e.Kind == roomNote && e.Wall == fact.Mediation:
			p.Said = append(p.Said, p.speak().agreementEvent(c, e, first(p.cat.Kind(e.Kind.String()))))
		case remedy.SourceOf(e.Kind) == remedy.Mediation:
			x := p.speak().agreementEvent(c, e, first(p.cat.Kind(e.Kind.String())))
			x.Href = agreementPath(c.Folder, e.ID)
			p.Signed = append(p.Signed, x)
		case e.Kind.Info().Family == "mediation" && e.Wall == fact.Open:
			p.Steps = append(p.Steps, p.speak().agreementEvent(c, e, first(p.cat.Kind(e.Kind.String()))))
		}
	}
	p.rules(c)
	if !p.May("add_entry") {
		return p, c, nil
	}
	p.Sign = p.Agreements + "?kind=mediation_agreement_signed#write"
	kit := formKit{f: f, bad: bad}
	walls := []fact.Wall{fact.Author}
	if p.Sees {
		walls = []fact.Wall{fact.Mediation, fact.Author}
	}
	wall := p.speak().wallField(c, "wall", walls...)
	wall.Hint = ""
	p.Forms = append(p.Forms, kit.form(p.Frame, "webagree.", "goal", "",
		Field{Name: "goal", Label: p.T("webagree.f_goal"), Hint: p.T("webagree.f_goal_hint"), Kind: "textarea", Rows: 3, Required: true},
		Field{Name: "offers", Label: p.T("webagree.f_offers"), Hint: p.T("webagree.f_lines_hint"), Kind: "textarea", Rows: 3},
		Field{Name: "conditions", Label: p.T("webagree.f_limits"), Kind: "textarea", Rows: 2},
		Field{Name: "with", Label: p.T("webagree.f_come"), Kind: "text", Max: 300},
		wall),
		kit.form(p.Frame, "webagree.", "session", "",
			Field{Name: "on", Label: p.T("webagree.f_session_on"), Kind: "date", Required: true, Value: c.Today.String()}))
	if p.Sees {
		p.Forms = append(p.Forms, kit.form(p.Frame, "webagree.", "said", "",
			Field{Name: "words", Label: p.T("webagree.f_said"), Kind: "textarea", Rows: 4, Required: true},
			Field{Name: "on", Label: p.T("webagree.f_on"), Kind: "date", Required: true, Value: c.Today.String()}))
	}
	if f == nil && len(p.Goals) == 0 {
		p.Forms[0].Open = true
	}
	p.Errs = kit.errs
	return p, c, nil
}

// preparedEvent is what somebody wants to bring to mediation.
func (f speaker) preparedEvent(c *desk.Case, e *fact.Entry) agreementEvent {
	x := f.agreementEvent(c, e, f.T("webagree.goal_says"))
	x.Papers = ""
	x.Words = e.Fields.Summary
	if len(e.Fields.Offers) > 0 {
		x.More = append(x.More, f.T("webagree.goal_offers", "list", f.cat.List(e.Fields.Offers)))
	}
	if e.Fields.Conditions != "" {
		x.More = append(x.More, f.T("webagree.goal_limits", "text", e.Fields.Conditions))
	}
	return x
}

// rules are what the law of the place says of mediation, and who may come. All of it is
// data of the packs.
func (p *mediationPage) rules(c *desk.Case) {
	l := lawOf(c)
	if l == nil {
		return
	}
	words := packs.Texts(p.Lang).In(say.Packs(c.Brief)...)
	seen := map[law.RuleID]bool{}
	for _, id := range mediationRoutes {
		route, ok := l.Route(id)
		if !ok {
			continue
		}
		for _, rule := range route.Law {
			r := l.Rule(rule)
			if r == nil || r.Area != "mediation" || seen[rule] {
				continue
			}
			seen[rule] = true
			for _, item := range r.Items {
				if t := p.speak().lawText(rule).Items[item.ID]; t != "" {
					p.Rules = append(p.Rules, agreeLaw{Says: t, Cite: Cite{Text: item.Citation, Source: lawPath(rule), Checked: p.speak().lawChecked(r).Text}})
				}
			}
		}
		for _, pt := range route.Points {
			if pt.Tells != "come" {
				continue
			}
			w := agreeLaw{Title: p.T("webagree.come_" + string(id)), Says: words.RouteItem(id, pt.ID)}
			if r := l.Rule(pt.Rule); r != nil {
				w.Cite = p.speak().agreeCite(r, c.Brief.AsOf)
			} else {
				w.Cite = Cite{Text: pt.Citation, Source: pt.Source, Checked: p.T("checked_short." + pt.Checked.Level)}
			}
			p.Come = append(p.Come, w)
		}
	}
}

// mediationSave writes down the goal before, that a session took place, or what was said
// there. The session is written without a word; what was said goes behind the mediation
// wall alone.
func (s *Site) mediationSave(w http.ResponseWriter, r *http.Request) error {
	f, c, err := s.caseForm(w, r)
	if err != nil {
		return err
	}
	bad := wrong{}
	do := f.Text("do", 20)
	in := sentForm{f, prefixOf(do, ""), bad}
	var e fact.Entry
	switch do {
	case "goal":
		e = fact.Entry{Kind: roomGoal, On: day.On(c.Today)}
		e.Fields.About = []string{aboutMediation}
		if e.Fields.Summary = in.words("goal"); e.Fields.Summary == "" {
			bad["goal"] = "webagree.bad_goal"
		}
		e.Fields.Offers, e.Fields.Conditions, e.Fields.With = split(in.words("offers"), "\n"), in.words("conditions"), splitNames(in.text("with", 300))
		e.Wall = in.wallChosen("wall", fact.Author, fact.Mediation)
	case "session":
		e = fact.Entry{Kind: roomSession, On: day.On(in.on("on", c.Today))}
	case "said":
		e = fact.Entry{Kind: roomNote, On: day.On(in.on("on", c.Today)), Wall: fact.Mediation}
		e.Fields.About = []string{aboutMediation}
		if e.Note = in.words("words"); e.Note == "" {
			bad["words"] = "webagree.bad_said"
		}
	default:
		return refuse(http.StatusUnprocessableEntity, "web.error.bad_form")
	}
	if len(bad) > 0 {
		p, _, err := s.mediationPage(r, f, bad)
		if err != nil {
			return err
		}
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	saved, err := s.desk.AddEntry(r.Context(), who(r), c.ID, desk.NewEntry{Name: f.Text("name", 20), Fact: e, Via: "web"})
	if err != nil {
		return err
	}
	s.note(r, Note{Tone: "done", Key: "webcase.saved_entry", Pairs: []string{"kind", lower(first(s.wordsOf(r).cat.Kind(e.Kind.String())))}, Href: casePath(c.Folder) + "/record/" + saved, Link: "webcase.look"})
	return s.seeOther(w, r, casePath(c.Folder)+"/mediation")
}
