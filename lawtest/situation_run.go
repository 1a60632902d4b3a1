package lawtest

import (
	"slices"
	"strings"

	"stayput/derive/brief"
	"stayput/derive/route"
	"stayput/fact"
)

// RunSituation works out the routes of one situation and gives what differs. Whatever
// it expects, what is suggested must be possible now and not forbidden.
func (r *Runner) RunSituation(x *Situation) (*route.Result, []CaseDifference, error) {
	laws, err := brief.Laws(&x.File.Case, r.Book)
	if err != nil {
		return nil, nil, err
	}
	ex := &Example{ID: x.ID, Calendars: x.Calendars, File: x.File, AsOf: x.On, At: x.At}
	school, asOf, err := r.prepare(ex, laws)
	if err != nil {
		return nil, nil, err
	}
	b, err := brief.Make(brief.Input{Case: &x.File.Case, Entries: x.File.Entries, Book: r.Book, School: school, AsOf: asOf, Plans: x.Plans})
	if err != nil {
		return nil, nil, err
	}
	res := brief.Routes(b, x.Side, x.Concerns, x.Answers)
	return res, x.compare(res), nil
}

func (x *Situation) compare(res *route.Result) []CaseDifference {
	var out []CaseDifference
	differ := func(field, want, got string) { out = append(out, CaseDifference{&x.Case, field, want, got, x.At}) }
	for i := range x.Routes {
		e := &x.Routes[i]
		at := func(field, want, got string) {
			if want != got {
				out = append(out, CaseDifference{&x.Case, string(e.Route) + " " + field, want, got, e.At})
			}
		}
		w := res.Row(e.Route)
		if w == nil {
			at("fit", e.Fit, "the law has no such route")
			continue
		}
		at("fit", e.Fit, string(w.Fit))
		got := route.Ground{}
		if len(w.Because) > 0 {
			got = w.Because[0]
		}
		at("because", e.Because, got.Key)
		if e.Rule != "" {
			at("rule", e.Rule, string(got.Rule))
		}
		if e.RunsOut != 0 {
			at("runs_out", text(e.RunsOut), text(w.RunsOut))
		}
		var have []string
		for _, list := range [][]route.Ground{w.For, w.Against, w.Told, w.Needs} {
			for _, y := range list {
				have = append(have, y.Key)
			}
		}
		for _, h := range e.Has {
			if !slices.Contains(have, h) {
				at("has", h, strings.Join(have, ", "))
			}
		}
	}
	name := func(s *route.Suggestion) string {
		if s == nil {
			return "none"
		}
		return string(s.Route)
	}
	if x.Suggest != "" && x.Suggest != name(res.Suggested) {
		differ("suggest", x.Suggest, name(res.Suggested))
	}
	if x.Alternative != "" && x.Alternative != name(res.Alternative) {
		differ("alternative", x.Alternative, name(res.Alternative))
	}
	for _, s := range []*route.Suggestion{res.Suggested, res.Alternative} {
		if s == nil {
			continue
		}
		if slices.Contains(x.NotSuggested, string(s.Route)) {
			differ("not_suggested", string(s.Route), "it is suggested")
		}
		if w := res.Row(s.Route); w.Fit != route.PossibleNow || w.Forbids {
			differ("suggest", "what is possible now", string(s.Route)+" is "+string(w.Fit))
		}
	}
	if x.FirstSaid {
		var first []string
		for _, y := range res.First {
			first = append(first, y.Key)
		}
		if !slices.Equal(first, x.First) {
			differ("first", strings.Join(x.First, ", "), strings.Join(first, ", "))
		}
	}
	return out
}

// Sides lists the sides of the situations, for a reader of the packs.
func Sides(xs []Situation) (family, school int) {
	for i := range xs {
		if xs[i].Side == fact.SchoolSide {
			school++
		} else {
			family++
		}
	}
	return family, school
}
