package web

import (
	"net/http"
	"slices"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/law"
)

var routeChosen = fact.MustLookup("route_chosen")

// disagreeChoose writes down which way somebody takes. Any way may be chosen: who is
// concerned decides, not the record.
func (s *Site) disagreeChoose(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	said := disagreeSaidOf(f.values)
	k, err := s.disagreement(r, "webroute.title", said)
	if err != nil {
		return err
	}
	bad := wrong{}
	id := law.RouteID(f.Text("route", 100))
	if k.res.Row(id) == nil || !slices.Contains(law.RouteIDs, id) {
		bad["route"] = "webroute.bad_route"
	}
	why, fits := f.Words("why", mostWords)
	if !fits {
		bad["why"] = "webcase.bad_long"
	}
	if len(bad) > 0 {
		p, err := s.disagreePage(k, f, bad)
		if err != nil {
			return err
		}
		p.Choose.Name = f.Text("name", 20)
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	e := fact.Entry{Kind: routeChosen, On: day.On(k.c.Today)}
	e.Fields.About, e.Fields.Summary = []string{string(id)}, why
	for _, c := range said.concerns {
		e.Fields.Reasons = append(e.Fields.Reasons, string(c))
	}
	// It names the choice whose place it takes, so that of two on one day the later counts.
	if was := k.res.Chosen.Entry; was != nil {
		e.Re = was.ID
	}
	for _, i := range k.b.View.ByKind(routeChosen) { // sent twice: the same entry, with the same words
		if x := k.b.View.Entries[i]; k.c.Name(x.ID) == f.Text("name", 20) {
			e.Re = x.Re
		}
	}
	saved, err := s.desk.AddEntry(r.Context(), who(r), caseID(r), desk.NewEntry{Name: f.Text("name", 20), Fact: e, Via: "web"})
	if err != nil {
		return err
	}
	s.note(r, Note{Tone: "done", Key: "webroute.saved", Pairs: []string{"title", k.routeTitle(id)}, Href: casePath(k.c.Folder) + "/record/" + saved, Link: "webcase.look"})
	return s.seeOther(w, r, casePath(k.c.Folder)+"/disagree"+said.query(desk.View{}))
}
