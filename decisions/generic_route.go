package decisions

import (
	"strings"

	"stayput/derive/brief"
	"stayput/derive/route"
	"stayput/fact"
	"stayput/law"
)

// routeNames are how researchers name routes, beside the program's own words.
var routeNames = map[string]law.RouteID{
	"due_process_by_district": "due_process_district", "due_process_by_lea": "due_process_district", "due_process_by_school": "due_process_district",
	"due_process_by_parent": "due_process_parent", "due_process_by_student": "due_process_parent", "due_process": "due_process_parent",
	"mediation": "mediation_alone", "mediation_only": "mediation_alone", "ocr": "ocr_complaint", "ferpa": "ferpa_complaint", "expedited_due_process": "expedited",
	"complaint_to_state": "state_complaint", "civil_action": "court",
}

// route holds the way that a decision names against the record: it was used, or it fits.
// A way that needs something the facts do not tell is not compared.
func (g *generic) route(v string) {
	name := normal(v)
	id, ok := routeNames[name]
	if !ok {
		id = law.RouteID(name)
	}
	r, known := g.l.Route(id)
	if !known {
		g.skipped = append(g.skipped, "route "+v)
		return
	}
	side := fact.FamilySide
	if r.Who[0] == fact.LEA {
		side = fact.SchoolSide
	}
	w := brief.Routes(g.b, side, nil, nil).Row(id)
	want := "route: " + strings.ReplaceAll(string(id), "_", " ")
	switch {
	case w.Pending:
		g.result(Match, want, string(id)+": under way")
	case w.Tried:
		g.result(Match, want, string(id)+": used")
	case w.Fit == route.PossibleNow:
		g.result(Match, want, string(id)+": possible now")
	case w.Fit == route.NeedsFirst:
		g.because(FactMissing, string(id)+" needs "+w.Because[0].Key+" first")
	default:
		g.result(Mismatch, want, string(id)+": does not fit, "+w.Because[0].Key)
	}
}
