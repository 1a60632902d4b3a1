package web

import (
	"net/http"

	"stayput/desk"
	"stayput/guide"
)

// A cardShowPage is a card to hold up at the school's counter, in both languages,
// and the one tap that writes it down.
type cardShowPage struct {
	Frame
	Card   guide.Card
	Action string
	Name   string
	Second string // the name of the entry for "said, no paper"
	Back   string
	Cards  []captureKey
	Cite   Cite
}

func (cardShowPage) template() string { return "card_show" }

var _ = sample(func() page {
	g := guide.For("en")
	return cardShowPage{Card: g.Cards[0], Cards: []captureKey{{Label: "x"}}}
})
var _ = sample(func() page { return cardShowPage{Cards: []captureKey{{Label: "x", Href: "/"}}} })

// cardList lists the cards.
func (s *Site) cardList(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	p := cardShowPage{Frame: s.caseFrame(r, c, "webcase.cards", "case"), Back: casePath(c.Folder)}
	for _, card := range guide.For(p.Lang).Cards {
		p.Cards = append(p.Cards, captureKey{ID: card.ID, Label: card.Title, Href: casePath(c.Folder) + "/cards/" + card.ID})
	}
	return s.show(w, r, http.StatusOK, p)
}

// cardShow shows one card.
func (s *Site) cardShow(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	p := cardShowPage{Frame: s.caseFrame(r, c, "webcase.cards", "case")}
	card := guide.For(p.Lang).Card(r.PathValue("card"))
	if card == nil {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	p.Card, p.Title = *card, card.Title
	p.Action = casePath(c.Folder) + "/cards/" + card.ID
	p.Name, p.Second, p.Back = desk.NewName(), desk.NewName(), casePath(c.Folder)+"/cards"
	p.Cite = Cite{Text: card.Citation, Checked: p.cat.T("checked_short." + string(card.Checked))}
	return s.show(w, r, http.StatusOK, p)
}

// cardLog writes down that a card was shown.
func (s *Site) cardLog(w http.ResponseWriter, r *http.Request) error {
	f, c, err := s.caseForm(w, r)
	if err != nil {
		return err
	}
	card := guide.For(s.lang(r)).Card(r.PathValue("card"))
	if card == nil {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	log, name := card.Log, f.Text("name", 20)
	if f.Has("spoken") && card.Spoken != nil {
		log, name = *card.Spoken, f.Text("second", 20)
	}
	t := logTyped(log, typed{On: c.Today.String(), Ticks: map[string]string{}})
	now := s.now()
	t.Time = hhmm(int16(now.Hour()*60 + now.Minute()))
	if dayOf(now) != c.Today {
		t.Time = ""
	}
	e, bad := t.fact(c.Today)
	if len(bad) > 0 {
		return refuse(http.StatusUnprocessableEntity, "web.error.bad_form")
	}
	e.Fields.About, e.Fields.With = log.Fields.About, log.Fields.With
	saved, err := s.desk.AddEntry(r.Context(), who(r), caseID(r), desk.NewEntry{Name: name, Fact: e, Via: "card"})
	if err != nil {
		return err
	}
	s.note(r, Note{Tone: "done", Key: "webcase.card_logged", Href: casePath(c.Folder) + "/record/" + saved, Link: "webcase.look"})
	return s.seeOther(w, r, casePath(c.Folder))
}
