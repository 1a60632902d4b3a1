package route

import (
	"cmp"
	"slices"

	"stayput/fact"
	"stayput/law"
)

// steps is how many steps the staircase has.
const steps = 10

// A Standing says how a step of the staircase stands for a case.
type Standing string

// The standings, from the one that says most of a step.
const (
	UnderWay  Standing = "pending"
	WasTried  Standing = "tried"
	CanBeUsed Standing = "possible_now"
	Waits     Standing = "needs_first"
	NoFit     Standing = "does_not_fit"
)

// Standings lists them, from the one that says most of a step.
var Standings = []Standing{UnderWay, WasTried, CanBeUsed, Waits, NoFit}

// A Stair is one step of the staircase. It stands as the route of it that says most:
// one under way before one that was tried, one that was tried before one that could be.
type Stair struct {
	Step     int
	Standing Standing
	Lead     *Row   // the route it stands as
	Rows     []*Row // every route of the step, in the order of the law
	Here     bool   // where the case is
	Chosen   bool   // the family, or the school, picked a route of it
}

// Standing says how a route stands.
func (w *Row) Standing() Standing {
	switch {
	case w.Pending:
		return UnderWay
	case w.Tried:
		return WasTried
	case w.Fit == PossibleNow:
		return CanBeUsed
	case w.Fit == NeedsFirst:
		return Waits
	}
	return NoFit
}

// Stairs are the steps from the lowest. A step without a route is left out.
func (r *Result) Stairs() []Stair {
	var out []Stair
	for n := 1; n <= steps; n++ {
		s := Stair{Step: n}
		for i := range r.Routes {
			w := &r.Routes[i]
			if w.Route.Step != n {
				continue
			}
			s.Rows = append(s.Rows, w)
			if s.Lead == nil || r.saysMore(w, s.Lead) {
				s.Lead, s.Standing = w, w.Standing()
			}
			s.Chosen = s.Chosen || w.ID == r.Chosen.Route
		}
		if s.Lead != nil {
			out = append(out, s)
		}
	}
	if i := here(out); i >= 0 {
		out[i].Here = true
	}
	return out
}

// saysMore reports that a step stands rather as a than as b.
func (r *Result) saysMore(a, b *Row) bool {
	rank := func(w *Row) int { return slices.Index(Standings, w.Standing()) }
	picked := func(w *Row) int {
		switch {
		case w.ID == r.Chosen.Route:
			return 0
		case r.Suggested != nil && w.ID == r.Suggested.Route:
			return 1
		case r.Alternative != nil && w.ID == r.Alternative.Route:
			return 2
		}
		return 3
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(picked(a), picked(b)), cmp.Compare(len(b.Decides), len(a.Decides))) < 0
}

// here is where the case is: the highest step under way, else the one that was chosen,
// else the highest that was tried; -1 when nothing was done yet.
func here(stairs []Stair) int {
	out := -1
	for i := range stairs {
		if stairs[i].Standing == UnderWay {
			out = i
		}
	}
	if out >= 0 {
		return out
	}
	for i := range stairs {
		if stairs[i].Chosen {
			return i
		}
	}
	for i := range stairs {
		if stairs[i].Standing == WasTried {
			out = i
		}
	}
	return out
}

// A Choice is the way somebody said they take.
type Choice struct {
	Route law.RouteID // "" when none was chosen since the latest no
	Entry *fact.Entry
}

var chosen = fact.MustLookup("route_chosen")

// choice is the latest choice of a known route that no newer no followed. Of two on one
// day, the one that names the other is the later.
func (g *engine) choice() Choice {
	var all []Choice
	named := map[string]bool{}
	for _, i := range g.in.View.ByKind(chosen) {
		e := g.in.View.Entries[i]
		if e.On.Earliest > g.in.AsOf || e.On.Latest < g.lastNo || len(e.Fields.About) == 0 {
			continue
		}
		if id := law.RouteID(e.Fields.About[0]); slices.Contains(law.RouteIDs, id) {
			all = append(all, Choice{id, e})
			if e.Re != e.ID {
				named[e.Re] = true
			}
		}
	}
	if len(all) == 0 {
		return Choice{}
	}
	return slices.MaxFunc(all, func(a, b Choice) int {
		later := func(c Choice) int {
			if named[c.Entry.ID] {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Entry.On.Latest, b.Entry.On.Latest), cmp.Compare(later(a), later(b)), cmp.Compare(a.Entry.Recorded.Date, b.Entry.Recorded.Date),
			cmp.Compare(a.Entry.Recorded.Minute, b.Entry.Recorded.Minute), cmp.Compare(a.Entry.ID, b.Entry.ID))
	})
}
