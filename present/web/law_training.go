package web

import (
	"html/template"
	"net/http"

	"stayput/fact"
	"stayput/guide"
	"stayput/paper"
)

type (
	// A lawTrainingPage lists the outlines for teaching a group.
	lawTrainingPage struct {
		Frame
		Groups []trainingGroup
	}
	// A trainingGroup is those for one side.
	trainingGroup struct {
		ID, Title string
		Rows      []trainingRow
	}
	// A trainingRow is one of them.
	trainingRow struct{ Href, Title, Who, Long string }

	// A trainingShowPage is one outline, for who leads.
	trainingShowPage struct {
		Frame
		Who       string
		Long      string
		Handout   string // the path of the handout
		Goals     []string
		Steps     []trainingStep
		Refs      []trainingRef
		Questions []guide.Question
		Law       []sayLaw
	}
	// A trainingStep is one part of it, with the clock from its start.
	trainingStep struct {
		From, Long string
		Text       template.HTML
		Show       []trainingRef
	}
	// A trainingRef is something to show.
	trainingRef struct{ Kind, Title, Href string }

	// A trainingHandPage is what everybody takes home.
	trainingHandPage struct {
		Frame
		Lead      string // the name of the outline
		Back      string
		Goals     []string
		Parts     []handoutPart
		Questions []string
		Law       []sayLaw
	}
	// A handoutPart is one thing of the handout, in full where it is short.
	handoutPart struct {
		Title string
		Texts []handoutText
		Cite  Cite
	}
	// A handoutText is one line of it.
	handoutText struct {
		Name string // "You can say:"
		Text string
	}
)

func (lawTrainingPage) template() string  { return "law_training" }
func (trainingShowPage) template() string { return "law_training_show" }
func (trainingHandPage) template() string { return "law_training_hand" }

var (
	_ = sample(func() page {
		return lawTrainingPage{Groups: []trainingGroup{{"family", "t", []trainingRow{{"/h", "t", "w", "l"}}}}}
	})
	_ = sample(func() page {
		refs := []trainingRef{{"k", "t", "/h"}, {"k", "u", ""}}
		return trainingShowPage{Who: "w", Long: "l", Handout: "/h", Goals: []string{"g"}, Steps: []trainingStep{{"0", "10", "t", refs}, {"10", "5", "u", nil}}, Refs: refs,
			Questions: []guide.Question{{Ask: "a", Answer: "b"}}, Law: []sayLaw{{"t", Cite{Text: "c", Checked: "d"}, "/r", "n"}}}
	})
	_ = sample(func() page {
		return trainingHandPage{Lead: "l", Back: "/b", Goals: []string{"g"}, Parts: []handoutPart{{"t", []handoutText{{"n", "t"}, {"", "u"}}, Cite{Text: "c"}}, {Title: "u"}}, Questions: []string{"q"}, Law: []sayLaw{{Text: "t"}}}
	})
)

// lawTraining lists the outlines.
func (s *Site) lawTraining(w http.ResponseWriter, r *http.Request) error {
	p := lawTrainingPage{Frame: s.frame(r, "weblibrary.training", "law")}
	g := guide.For(p.Lang)
	for _, side := range []fact.Side{fact.FamilySide, fact.SchoolSide} {
		x := trainingGroup{ID: string(side), Title: p.T("weblibrary.for_" + string(side))}
		for i := range g.Trainings {
			if t := &g.Trainings[i]; t.Side == side {
				x.Rows = append(x.Rows, trainingRow{"/law/training/" + t.ID, t.Title, t.Who, p.N("weblibrary.minutes", t.Minutes())})
			}
		}
		p.Groups = append(p.Groups, x)
	}
	return s.show(w, r, http.StatusOK, p)
}

// trainingShow shows an outline, or with ?as=handout what everybody takes home.
func (s *Site) trainingShow(w http.ResponseWriter, r *http.Request) error {
	f := s.frame(r, "weblibrary.training", "law")
	t := guide.For(f.Lang).Training(r.PathValue("training"))
	if t == nil {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	shelf, err := s.desk.Shelf(r.Context(), who(r))
	if err != nil {
		return err
	}
	path := "/law/training/" + t.ID
	seen := map[string]bool{}
	var law []sayLaw
	for _, l := range t.Law {
		law = append(law, f.speak().sayLaw(l, seen, f.Precise))
	}
	if r.URL.Query().Get("as") == "handout" {
		p := trainingHandPage{Frame: f, Lead: t.Title, Back: path, Goals: t.Goals, Law: law}
		p.Title = p.T("weblibrary.handout_of", "title", t.Title)
		for _, x := range t.Handout {
			p.Parts = append(p.Parts, p.speak().handoutPart(shelf, x))
		}
		for _, q := range t.Questions {
			p.Questions = append(p.Questions, q.Ask)
		}
		return s.show(w, r, http.StatusOK, p)
	}
	p := trainingShowPage{Frame: f, Who: t.Who, Long: f.N("weblibrary.minutes", t.Minutes()), Handout: path + "?as=handout", Goals: t.Goals, Questions: t.Questions, Law: law}
	p.Title = t.Title
	from := 0
	for _, x := range t.Steps {
		y := trainingStep{From: p.N("weblibrary.from_minute", from), Long: p.N("weblibrary.minutes", x.Minutes), Text: p.speak().linked(x.Text, seen)}
		for _, ref := range x.Show {
			y.Show = append(y.Show, p.speak().trainingRef(shelf, ref))
		}
		p.Steps = append(p.Steps, y)
		from += x.Minutes
	}
	for _, ref := range t.Handout {
		p.Refs = append(p.Refs, p.speak().trainingRef(shelf, ref))
	}
	return s.show(w, r, http.StatusOK, p)
}

// trainingRef names what a reference leads to. What stands in a case has no path of its
// own here.
func (f speaker) trainingRef(shelf *paper.Shelf, x guide.Ref) trainingRef {
	g := guide.For(f.Lang)
	out := trainingRef{Kind: f.T("weblibrary.ref_" + string(x.To)), Title: x.ID}
	switch x.To {
	case guide.ToHelp:
		out.Title, out.Href = g.Topic(x.ID).Title, "/help/"+x.ID
	case guide.ToMyth:
		out.Title, out.Href = "“"+g.Myth(x.ID).Myth+"”", "/law/myths#myth-"+x.ID
	case guide.ToTerm:
		out.Title, out.Href = g.Term(x.ID).Term, "/law/glossary#term-"+x.ID
	case guide.ToSaying:
		out.Title, out.Href = g.Saying(x.ID).Hear, "/law/say?only="+x.ID
	case guide.ToCard:
		out.Title = g.Card(x.ID).Title
	case guide.ToNo:
		out.Title = g.No(x.ID).Label
	case guide.ToPaper:
		if d, err := shelf.Get(x.ID); err == nil {
			out.Title, out.Href = d.Title[f.Lang], lawPaperPath(x.ID)
		}
	case guide.ToPage:
		out.Title = f.T("weblibrary.page_" + x.ID)
	}
	return out
}

// handoutPart is one thing to take home: words to say, a term, what is so in place of a
// belief. Of a help page or a paper it is what it is for.
func (f speaker) handoutPart(shelf *paper.Shelf, x guide.Ref) handoutPart {
	g := guide.For(f.Lang)
	out := handoutPart{Title: f.trainingRef(shelf, x).Title}
	add := func(name, text string) {
		if name != "" {
			name = f.T("weblibrary." + name)
		}
		out.Texts = append(out.Texts, handoutText{name, text})
	}
	switch x.To {
	case guide.ToHelp:
		add("", g.Topic(x.ID).Summary)
		for _, b := range g.Topic(x.ID).Body {
			if b.Kind == guide.Steps || b.Kind == guide.List {
				for _, it := range b.Items {
					add("", it.Text)
				}
				break
			}
		}
	case guide.ToMyth:
		m := g.Myth(x.ID)
		add("is_so", m.Reality)
		add("do", m.Do)
		out.Cite = f.guideCite(m.Source)
	case guide.ToTerm:
		t := g.Term(x.ID)
		add("", t.Definition)
		out.Cite = f.guideCite(t.Source)
	case guide.ToSaying:
		y := g.Saying(x.ID)
		add("you_say", y.Say)
		add("you_write", y.After)
	case guide.ToCard:
		c := g.Card(x.ID)
		for _, sh := range c.Shown {
			if sh.Lang == f.Lang {
				add("", sh.Text)
			}
		}
		add("", c.Tip)
		out.Cite = f.guideCite(c.Source)
	case guide.ToNo:
		for _, l := range g.No(x.ID).Law {
			add("", l.Text)
		}
	case guide.ToPaper:
		if d, err := shelf.Get(x.ID); err == nil {
			add("", d.Use[f.Lang])
		}
	}
	return out
}
