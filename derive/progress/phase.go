package progress

import (
	"cmp"
	"slices"
	"strings"

	"stayput/day"
)

// A Phase is a stretch of time with its points.
type Phase struct {
	Name   string   // as given with the probes, or the plan's id; "" for what came before
	Before bool     // up to the day the aim line begins
	From   day.Date // its first day; of the first phase its first point
	Points []Point
}

// phases parts the points where their phase's name changes, when any bears one;
// else at the day the aim line begins and at each change of the plan.
func phases(ps []Point, baselineOn day.Date, changes []Change) []Phase {
	if len(ps) == 0 {
		return nil
	}
	if slices.ContainsFunc(ps, func(p Point) bool { return p.Phase != "" }) {
		var out []Phase
		for _, p := range ps {
			if n := len(out); n > 0 && (p.Phase == "" || p.Phase == out[n-1].Name) {
				out[n-1].Points = append(out[n-1].Points, p)
				continue
			}
			out = append(out, Phase{Name: p.Phase, From: p.On, Points: []Point{p}})
		}
		return out
	}
	type edge struct {
		on     day.Date
		name   string
		before bool
	}
	edges := []edge{{name: "", before: baselineOn != 0}}
	if baselineOn != 0 {
		edges = append(edges, edge{on: baselineOn.Add(1)})
	}
	sorted := slices.Clone(changes)
	slices.SortStableFunc(sorted, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.On, b.On), strings.Compare(a.Plan, b.Plan))
	})
	for _, c := range sorted {
		n := len(edges)
		switch {
		case c.On <= edges[n-1].on || edges[n-1].on == 0 && c.On <= ps[0].On:
			if c.On >= baselineOn && c.On != 0 {
				edges[n-1].name = c.Plan // the plan in which this stretch begins
			}
		default:
			edges = append(edges, edge{on: c.On, name: c.Plan})
		}
	}
	var out []Phase
	i := 0
	for k, e := range edges {
		p := Phase{Name: e.name, Before: e.before, From: max(e.on, 0)}
		for i < len(ps) && (k+1 == len(edges) || ps[i].On < edges[k+1].on) {
			p.Points = append(p.Points, ps[i])
			i++
		}
		if p.From == 0 && len(p.Points) > 0 {
			p.From = p.Points[0].On
		}
		if p.From != 0 || len(p.Points) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// compareAll holds each phase against the next. Where it is not known which
// direction is better, nothing is compared.
func compareAll(ps []Phase, falls, noWay bool) []Comparison {
	if noWay {
		return nil
	}
	var out []Comparison
	for i := 1; i < len(ps); i++ {
		c := Comparison{M: len(ps[i-1].Points), N: len(ps[i].Points), Falls: falls}
		if c.M >= NeedBefore && c.N >= NeedAfter {
			c = Compare(ps[i-1].Points, ps[i].Points, falls)
		}
		c.From, c.To = ps[i-1].Name, ps[i].Name
		out = append(out, c)
	}
	return out
}
