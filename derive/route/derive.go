package route

import (
	"cmp"
	"slices"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/fact"
	"stayput/law"
	"stayput/law/rule"
)

// How near the end of a right counts as near, in days. A setting of ours, not law.
const near = 30

// formal is the lowest step of the ways that end in something that binds.
const formal = 6

type engine struct {
	in     Input
	law    *law.Law
	is     map[string]fact.Tri
	facts  *facts
	side   fact.Party
	lastNo day.Date
	out    *Result
}

// Derive works out every route. It never fails: without a law there are no routes.
func Derive(in Input) *Result {
	g := &engine{in: in, out: &Result{AsOf: in.AsOf, Side: in.Side}}
	g.in.Concerns = once(in.Concerns)
	g.out.Concerns = g.in.Concerns
	for _, l := range in.Laws {
		if g.law == nil || l.From <= in.AsOf {
			g.law = l.Law
		}
	}
	if g.law == nil || in.View == nil || in.Case == nil {
		return g.out
	}
	g.out.Law = g.law
	g.side = fact.Parent
	if in.Side == fact.SchoolSide {
		g.side = fact.LEA
	}
	g.facts = &facts{g: g, entry: fact.Entry{On: day.On(in.AsOf)}}
	g.situations()
	g.out.Chosen = g.choice()
	routes := g.law.Routes()
	g.out.Routes = make([]Row, 0, len(routes))
	for i := range routes {
		g.out.Routes = append(g.out.Routes, g.row(&routes[i]))
	}
	g.first()
	g.suggest()
	g.ask()
	return g.out
}

func once(in []law.Concern) []law.Concern {
	var out []law.Concern
	for _, c := range law.Concerns { // in one order, whatever the order of picking
		if slices.Contains(in, c) {
			out = append(out, c)
		}
	}
	return out
}

// row works out one route.
func (g *engine) row(r *law.Route) Row {
	w := Row{ID: r.ID, Route: r, Fit: PossibleNow}
	g.used(&w)
	var bars []Ground
	for i := range r.Bars {
		p := &r.Bars[i]
		if holds, known := g.holds(p); !g.stood(p) || known && !holds {
			continue
		} else if !known { // a bar nobody can rule out: it must be known first
			x := g.reason(r.ID, p)
			x.Unknown = true
			w.Needs = append(w.Needs, x)
			continue
		}
		bars = append(bars, g.reason(r.ID, p))
		for _, c := range g.in.Concerns {
			if (len(p.Concerns) == 0 || slices.Contains(p.Concerns, c)) && !slices.Contains(w.Barred, c) {
				w.Barred = append(w.Barred, c)
			}
		}
		w.Forbids = w.Forbids || len(p.Concerns) == 0
	}
	for _, c := range g.in.Concerns {
		switch {
		case slices.Contains(r.Cannot, c):
			w.Cannot = append(w.Cannot, c)
		case slices.Contains(w.Barred, c):
		case slices.Contains(r.Decides, c):
			w.Decides = append(w.Decides, c)
		default:
			w.InPart = append(w.InPart, c)
		}
	}
	g.points(&w)
	g.limits(&w)
	w.Keeps = g.keeps(r)
	for i := range r.Needs {
		p := &r.Needs[i]
		if !g.stood(p) {
			continue
		}
		if holds, known := g.holds(p); !known || !holds {
			x := g.reason(r.ID, p)
			x.Unknown = !known
			w.Needs = append(w.Needs, x)
		}
	}
	usable := len(w.Decides) + len(w.InPart)
	generic := func(key string, cs []law.Concern) Ground { return Ground{Route: r.ID, Key: key, Concerns: cs} }
	switch {
	case !slices.Contains(r.Who, g.side):
		w.Fit, w.Because = DoesNotFit, []Ground{generic("not_yours", nil)}
	case w.Forbids, len(g.in.Concerns) > 0 && usable == 0 && len(w.Barred) > 0 && !subset(w.Barred, w.Cannot):
		w.Fit, w.Forbids, w.Because = DoesNotFit, true, bars
	case len(g.in.Concerns) > 0 && usable == 0 && r.Step > 0:
		w.Fit, w.Because = DoesNotFit, []Ground{generic("cannot_decide", w.Cannot)}
	case g.ranOut(&w):
	case len(w.Needs) > 0:
		w.Fit, w.Because = NeedsFirst, slices.Clone(w.Needs)
	default:
		if len(w.Decides) > 0 {
			w.Because = append(w.Because, generic("decides", w.Decides))
		}
		if len(w.InPart) > 0 {
			w.Because = append(w.Because, generic("decides_in_part", w.InPart))
		}
		if len(w.Because) == 0 {
			w.Because = []Ground{generic("open_now", nil)}
		}
	}
	if w.Fit != DoesNotFit { // a bar on some of what was picked is told
		w.Against = append(w.Against, bars...)
	}
	if w.Pending {
		w.Told = append(w.Told, generic("pending", nil))
	} else if w.Tried {
		w.Told = append(w.Told, generic("tried", nil))
	}
	return w
}

func subset(a, b []law.Concern) bool {
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return true
}

// stood reports that a point is in force and concerns this side.
func (g *engine) stood(p *law.RoutePoint) bool {
	if len(p.By) > 0 && !slices.Contains(p.By, g.side) {
		return false
	}
	return p.Rule == "" || g.law.Rule(p.Rule).VersionAt(g.in.AsOf) != nil
}

// holds asks the condition of a point; known is false when a fact is missing.
func (g *engine) holds(p *law.RoutePoint) (holds, known bool) { return g.asked(p.When) }

func (g *engine) asked(c rule.Condition) (holds, known bool) {
	if c == nil {
		return true, true
	}
	a := c.Holds(g.facts)
	return a.Is == fact.Yes, a.Is != fact.Unsaid
}

// reason is a point with its law.
func (g *engine) reason(id law.RouteID, p *law.RoutePoint) Ground {
	x := Ground{Route: id, Key: p.ID, Concerns: p.Concerns, Rule: p.Rule, Citation: p.Citation, Source: p.Source, Checked: p.Checked, Ours: p.Ours}
	if r := g.law.Rule(p.Rule); r != nil {
		x.Checked = r.Checked
		if v := r.VersionAt(g.in.AsOf); v != nil {
			x.Citation, x.Source = v.Citation, v.Source
		}
	}
	return x
}

// points sorts what is told of a route.
func (g *engine) points(w *Row) {
	for i := range w.Route.Points {
		p := &w.Route.Points[i]
		if holds, known := g.holds(p); !g.stood(p) || !known || !holds {
			continue
		}
		if len(p.Concerns) > 0 && len(g.in.Concerns) > 0 && !slices.ContainsFunc(p.Concerns, func(c law.Concern) bool { return slices.Contains(g.in.Concerns, c) }) {
			continue
		}
		x := g.reason(w.ID, p)
		switch p.Tells {
		case "for":
			w.For = append(w.For, x)
		case "against", "loses":
			x.Loses = p.Tells == "loses"
			w.Against = append(w.Against, x)
		default:
			x.Come = p.Tells == "come"
			w.Told = append(w.Told, x)
		}
	}
}

// used says whether the route was used since the latest no, and whether it is under way.
func (g *engine) used(w *Row) {
	keep := func(e *fact.Entry) bool {
		switch w.ID {
		case "due_process_parent":
			return e.Fields.FiledBy != string(fact.LEA) && e.Fields.Expedited != fact.Yes
		case "due_process_district":
			return e.Fields.FiledBy == string(fact.LEA)
		}
		return true
	}
	on := g.last(w.Route.Uses, keep)
	w.Tried = on != 0 && on >= g.lastNo
	yes := func(name string) bool { return g.is[name] == fact.Yes }
	switch w.ID {
	case "teacher":
		w.Tried = w.Tried || yes("spoke")
	case "due_process_parent":
		w.Pending = g.open(filed, caseEnds, keep)
	case "due_process_district":
		w.Pending = yes("filed_by_lea")
	case "expedited":
		w.Pending = yes("expedited_pending")
	case "state_complaint":
		w.Pending = yes("state_complaint_pending")
	case "state_review":
		w.Pending = g.open(fact.MustLookupAll("state_review_requested"), fact.MustLookupAll("state_review_decided"), nil)
	case "court":
		w.Pending = w.Tried
	case "s504_grievance":
		w.Pending = g.open(w.Route.Uses, grievEnds, nil)
	case "s504_hearing":
		w.Pending = g.open(s504Begins, s504Ends, g.stays)
	case "ocr_complaint":
		w.Pending = g.open(w.Route.Uses, ocrEnds, g.stays)
	case "ferpa_complaint":
		w.Pending = g.open(w.Route.Uses, ferpaEnds, g.stays)
	case "mediation_alone":
		w.Pending = yes("mediation_pending") && !yes("due_process_pending")
	}
	for i := range g.in.Clocks {
		c := &g.in.Clocks[i]
		if (c.Status == clock.Running || c.Status == clock.DueToday || c.Status == clock.Late) && slices.Contains(w.Route.Time, c.Rule.ID) {
			w.Dates = append(w.Dates, c)
		}
	}
}

// areas are the subjects of wrongs that a concern may be about; nil is any late duty.
var areas = map[law.Concern][]string{
	"evaluation":            {"evaluation", "child_find", "independent_evaluation"},
	"eligibility":           {"eligibility", "evaluation"},
	"content_of_plan":       {"iep"},
	"missing_content":       {"iep", "transition"},
	"placement":             {"placement", "iep"},
	"extended_school_year":  {"extended_year"},
	"related_services":      {"iep"},
	"parent_participation":  {"iep", "placement"},
	"procedural_safeguards": {"notice", "safeguards"},
	"records":               {"records", "ferpa"},
	"discipline":            {"discipline", "behavior"},
	"discrimination":        {"section_504"},
}

// ofOffers are the concerns about which an offer of the school is complained of.
var ofOffers = []law.Concern{"missing_content", "content_of_plan", "placement", "eligibility", "extended_school_year", "related_services"}

// touches reports that a limit is about something that was picked.
func touches(l *limit.Limit, c law.Concern) bool {
	if l.Wrong == nil { // it began on an event; where that is an offer, it is about the offer
		return l.Right != "due_process" || slices.Contains(ofOffers, c)
	}
	if c == "late_clock" {
		return l.Wrong.Clock >= 0
	}
	return slices.Contains(areas[c], l.Wrong.Area)
}

// limits finds the limits of the case that end the right to a route.
func (g *engine) limits(w *Row) {
	if len(w.Route.Limits) == 0 {
		return
	}
	rights := make([]string, 0, len(w.Route.Limits))
	for _, id := range w.Route.Limits {
		rights = append(rights, g.law.Rule(id).Right)
	}
	usable := append(slices.Clone(w.Decides), w.InPart...)
	for i := range g.in.Limits {
		l := &g.in.Limits[i]
		if !slices.Contains(rights, l.Right) || l.Earliest == 0 || l.Wrong != nil && g.side != fact.Parent {
			continue
		}
		if len(g.in.Concerns) > 0 && !slices.ContainsFunc(usable, func(c law.Concern) bool { return touches(l, c) }) {
			continue
		}
		w.Limits = append(w.Limits, l)
		if (l.Status == limit.Open || l.Status == limit.Closing) && (w.RunsOut == 0 || l.Earliest < w.RunsOut) {
			w.RunsOut = l.Earliest
		}
	}
	slices.SortStableFunc(w.Limits, func(a, b *limit.Limit) int {
		return cmp.Or(cmp.Compare(a.Earliest, b.Earliest), cmp.Compare(a.Rule.ID, b.Rule.ID), cmp.Compare(a.Entry, b.Entry))
	})
}

// keeps says whether a route keeps the present program in place when it is used now. Where
// the law gives that only within a time, the record must show that the time is open.
func (g *engine) keeps(r *law.Route) fact.Tri {
	switch {
	case r.StayPut == "no":
		return fact.No
	case r.StayPut != "yes":
		return fact.Unsaid
	case len(r.StayPutIn) == 0:
		return fact.Yes
	}
	out := fact.Unsaid
	last := day.Date(0)
	for i := range g.in.Limits {
		l := &g.in.Limits[i]
		if !slices.Contains(r.StayPutIn, l.Rule.ID) || l.Happened.Last < last {
			continue
		}
		last = l.Happened.Last // the latest offer is the one that is refused
		switch l.Status {
		case limit.Open, limit.Used:
			out = fact.Yes
		case limit.Closing:
			out = fact.Unsaid
		default:
			out = fact.No
		}
	}
	return out
}

// ranOut sets the fit of a route whose time is over for everything that was picked. A
// concern about which the record shows no wrong has no known end, and leaves it open.
func (g *engine) ranOut(w *Row) bool {
	usable := append(slices.Clone(w.Decides), w.InPart...)
	if len(usable) == 0 || len(w.Limits) == 0 {
		return false
	}
	var over *limit.Limit
	for _, c := range usable {
		seen := false
		for _, l := range w.Limits {
			if !touches(l, c) {
				continue
			}
			if l.Status != limit.Closed {
				return false
			}
			seen, over = true, l
		}
		if !seen {
			return false
		}
	}
	x := Ground{Route: w.ID, Key: "limit_closed", Limit: over, Rule: over.Rule.ID, Checked: over.Rule.Checked}
	if over.Version != nil {
		x.Citation, x.Source = over.Version.Citation, over.Version.Source
	}
	w.Exceptions = over.Rule.Exceptions
	w.Fit = DoesNotFit
	if len(w.Exceptions) > 0 {
		x.Key, w.Fit = "limit_exception", NeedsFirst
		w.Needs = append([]Ground{x}, w.Needs...)
	}
	w.Because = []Ground{x}
	return true
}
