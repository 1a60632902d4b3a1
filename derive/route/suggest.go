package route

import (
	"cmp"
	"slices"

	"stayput/fact"
	"stayput/law"
)

// first says what comes before any route: that the concern stands in writing, and
// who must help with it where the law says so.
func (g *engine) first() {
	if g.side != fact.Parent || g.is["in_writing"] == fact.Yes || len(g.in.Concerns) == 0 {
		return
	}
	g.out.First = []Ground{{Key: "write_five_lines", Ours: true}}
	for i := range g.out.Routes {
		for _, x := range g.out.Routes[i].For {
			if x.Key == "help_write" {
				g.out.First = append(g.out.First, x)
			}
		}
	}
}

// suggest picks one route and one other. Only what is possible now is picked, so that
// nothing the law forbids, and no step before what it needs, can be.
func (g *engine) suggest() {
	if len(g.in.Concerns) == 0 {
		g.out.Told = append(g.out.Told, Ground{Key: "nothing_picked", Ours: true})
		return
	}
	inCase := g.is["due_process_pending"] == fact.Yes || g.is["expedited_pending"] == fact.Yes
	if inCase {
		g.out.Told = append(g.out.Told, Ground{Key: "in_hand"})
	}
	// What was decided is final: until there is a newer no, the way on is a review or court.
	over := g.is["hearing_decided"] == fact.Yes && g.last(decided, nil) >= g.lastNo
	var able []*Row
	for i := range g.out.Routes {
		w := &g.out.Routes[i]
		if w.Fit != PossibleNow || w.Forbids || w.Route.Step == 0 || w.Pending || len(w.Decides)+len(w.InPart) == 0 {
			continue
		}
		hearing := w.ID == "due_process_parent" || w.ID == "due_process_district"
		if over && hearing {
			continue
		}
		if inCase && (w.Route.Step < 4 || hearing) {
			continue // a case is under way: the nearest steps are behind, and a second case is no way out
		}
		able = append(able, w)
	}
	if len(able) == 0 {
		return
	}
	slices.SortStableFunc(able, g.nearer)
	best := able[0]
	for _, w := range able {
		if !w.Tried && useful(w) {
			best = w
			break
		}
	}
	urgent := g.urgent(able)
	if urgent != nil {
		best = urgent
	}
	g.out.Suggested = &Suggestion{best.ID, g.why(best, best == urgent)}
	if other := g.other(able, best); other != nil {
		g.out.Alternative = &Suggestion{other.ID, g.why(other, false)}
	}
}

// nearer puts the nearest step first. Of the formal ways, the one that is usual for what
// was picked and decides most of it goes before one that is only a step lower.
func (g *engine) nearer(a, b *Row) int {
	if a.Route.Step >= formal && b.Route.Step >= formal {
		return cmp.Or(cmp.Compare(g.suits(b), g.suits(a)), cmp.Compare(len(b.Decides), len(a.Decides)), cmp.Compare(a.Route.Step, b.Route.Step))
	}
	return cmp.Compare(a.Route.Step, b.Route.Step)
}

// useful leaves out a step that can only talk about part of what was picked while
// most of it lies beyond it.
func useful(w *Row) bool { return len(w.Decides)+len(w.InPart) > len(w.Cannot) }

// urgent is the route that cannot wait: the fast hearing in discipline, what keeps the
// program in place when it must stay, or one whose time is nearly over.
func (g *engine) urgent(able []*Row) *Row {
	for _, w := range able {
		if w.ID == "expedited" && len(w.Decides) > 0 {
			return w
		}
	}
	if g.is["must_stay"] == fact.Yes && g.is["stay_put_applies"] != fact.Yes {
		for _, w := range able {
			if w.Keeps == fact.Yes {
				return w
			}
		}
	}
	for _, w := range able {
		if w.RunsOut != 0 && int(w.RunsOut-g.in.AsOf) <= near && !w.Tried {
			return w
		}
	}
	return nil
}

// other is the best of the rest: beside a talk something that can order, beside
// something that orders the nearest step.
func (g *engine) other(able []*Row, best *Row) *Row {
	var out *Row
	better := func(w *Row) bool {
		if out == nil {
			return true
		}
		a, b := g.suits(w), g.suits(out)
		if best.Route.Step < formal {
			if (w.Route.Step >= formal) != (out.Route.Step >= formal) {
				return w.Route.Step >= formal
			}
			if a != b {
				return a > b
			}
			if len(w.Decides) != len(out.Decides) {
				return len(w.Decides) > len(out.Decides)
			}
		} else if w.Tried != out.Tried {
			return !w.Tried
		}
		return w.Route.Step < out.Route.Step
	}
	for _, w := range able {
		if w != best && better(w) {
			out = w
		}
	}
	return out
}

// suits counts what was picked for which a route is the usual formal way.
func (g *engine) suits(w *Row) int {
	n := 0
	for _, c := range w.Route.Suits {
		if slices.Contains(w.Decides, c) || slices.Contains(w.InPart, c) {
			n++
		}
	}
	return n
}

// why gives the reasons for a suggestion.
func (g *engine) why(w *Row, urgent bool) []Ground {
	say := func(key string) Ground { return Ground{Route: w.ID, Key: key} }
	out := slices.Clone(w.Because)
	if w.RunsOut != 0 && int(w.RunsOut-g.in.AsOf) <= near {
		out = append(out, say("limit_near"))
	}
	if urgent && w.Keeps == fact.Yes {
		x := say("keeps_program")
		x.Rule = w.Route.StayPutRule
		if r := g.law.Rule(x.Rule); r != nil {
			x.Checked = r.Checked
			if v := r.VersionAt(g.in.AsOf); v != nil {
				x.Citation, x.Source = v.Citation, v.Source
			}
		}
		out = append(out, x)
	}
	if w.Route.Step >= formal {
		out = append(out, say("can_order"))
	} else if !w.Tried && !urgent {
		out = append(out, say("lowest_step"))
	}
	return append(out, w.For...)
}

// ask lists the questions whose answer would settle a need.
func (g *engine) ask() {
	for _, q := range Questions {
		if g.is[string(q)] == fact.Unsaid {
			g.out.Ask = append(g.out.Ask, q)
		}
	}
}

// Row is one route of the result, or nil.
func (r *Result) Row(id law.RouteID) *Row {
	for i := range r.Routes {
		if r.Routes[i].ID == id {
			return &r.Routes[i]
		}
	}
	return nil
}
