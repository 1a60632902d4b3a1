package decisions

import (
	"slices"
	"strings"

	"stayput/derive/brief"
	"stayput/derive/route"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/law"
)

// A routeCheck is what a decision says on a way to answer a no: whether a side could use
// it on a day, for what, and why.
type routeCheck struct {
	route    law.RouteID
	side     fact.Side
	concerns []law.Concern
	answers  map[route.Question]fact.Tri
	fit      string
	because  string   // the deciding reason
	has      []string // reasons that must stand somewhere: for, against, told or needed
	keeps    string   // whether it keeps the present program: yes, no or unsaid
	pending  string   // whether it is under way: yes or no
}

func routeWords[T ~string](in []T) []string {
	out := make([]string, len(in))
	for i, x := range in {
		out[i] = string(x)
	}
	return out
}

// route reads the keys of a comparison of routes.
func (r *expectReader) route(m *yaml.MapReader, at fault.Position) routeCheck {
	word := func(x string, words ...string) string {
		return r.Word(&yaml.Node{Kind: yaml.Scalar, Value: x, At: at}, words...)
	}
	c := routeCheck{because: m.Text("because"), has: r.Texts(m.Get("has")), answers: map[route.Question]fact.Tri{}}
	c.route = law.RouteID(r.Word(m.Need("route"), routeWords(law.RouteIDs)...))
	c.side = fact.Side(r.Word(m.Need("side"), string(fact.FamilySide), string(fact.SchoolSide)))
	for _, x := range r.Texts(m.Need("concerns")) {
		c.concerns = append(c.concerns, law.Concern(word(x, routeWords(law.Concerns)...)))
	}
	if a := m.Get("answers"); a != nil {
		am := r.Map(a)
		for _, q := range route.Questions {
			if n := am.Get(string(q)); n != nil {
				if yes, ok := r.YesNo(n); ok {
					c.answers[q] = fact.TriOf(yes)
				}
			}
		}
		am.Done()
	}
	c.fit = r.Word(m.Get("fit"), string(route.PossibleNow), string(route.NeedsFirst), string(route.DoesNotFit))
	c.keeps = r.Word(m.Get("keeps"), "yes", "no", "unsaid")
	c.pending = r.Word(m.Get("pending"), "yes", "no")
	if c.fit == "" && c.keeps == "" && c.pending == "" && len(c.has) == 0 {
		r.Fail(at, "yaml.missing_key", "key", "fit")
	}
	return c
}

// compareRoute holds a route of a brief against what the decision says of it.
func (s *subject) compareRoute(b *brief.Brief, c *check) (answer, error) {
	with := *b
	if len(s.plans) > 0 {
		res, err := s.program(b)
		if err != nil {
			return answer{}, err
		}
		with.Program = res
	}
	x := &c.route
	res := brief.Routes(&with, x.side, x.concerns, x.answers)
	w := res.Row(x.route)
	if w == nil {
		return answer{verdict: Mismatch, want: string(x.route), got: "the law has no such route"}, nil
	}
	ok := true
	plain := func(s string) string { return strings.ReplaceAll(s, "_", " ") }
	want, got := []string{}, []string{}
	compare := func(name, expected, is string) {
		if expected != "" {
			want, got = append(want, name+plain(expected)), append(got, name+plain(is))
			ok = ok && expected == is
		}
	}
	first := route.Ground{}
	if len(w.Because) > 0 {
		first = w.Because[0]
	}
	compare("", x.fit, string(w.Fit))
	compare("because ", x.because, first.Key)
	rules := []string{string(first.Rule)}
	var have []string
	for _, list := range [][]route.Ground{w.For, w.Against, w.Told, w.Needs} {
		for _, y := range list {
			have = append(have, y.Key)
			if slices.Contains(x.has, y.Key) {
				rules = append(rules, string(y.Rule))
			}
		}
	}
	for _, h := range x.has {
		is := h
		if !slices.Contains(have, h) {
			is = "not " + h
		}
		compare("told ", h, is)
	}
	keeps := map[fact.Tri]string{fact.Yes: "yes", fact.No: "no", fact.Unsaid: "unsaid"}[w.Keeps]
	compare("keeps the program: ", x.keeps, keeps)
	compare("under way: ", x.pending, map[bool]string{true: "yes", false: "no"}[w.Pending])
	if c.rule != "" && !slices.Contains(rules, c.rule) {
		ok = false
		got = append(got, "by "+strings.Join(rules, ", "))
	}
	head := string(x.route) + " for the " + string(x.side) + ": "
	return answer{verdict: verdict(ok), want: head + strings.Join(want, ", "), got: head + strings.Join(got, ", ")}, nil
}
