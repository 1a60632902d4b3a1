package program_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/fact/facttest"
	"stayput/law"
	"stayput/law/packs"
	"stayput/plan"
)

var book = func() *law.Book {
	b, err := packs.Book()
	if err != nil {
		panic(err)
	}
	return b
}()

func lawOf(t testing.TB, jurisdiction string) *law.Law {
	t.Helper()
	l, found, err := book.For(jurisdiction)
	if err != nil || !found {
		t.Fatal(jurisdiction, found, err)
	}
	return l
}

var on = facttest.Day

// A world is a case that a test puts together.
type world struct {
	jurisdiction string
	child        fact.Case
	plans        []*plan.Plan
	entries      []fact.Entry
	school       *day.School
}

func (w *world) derive(t testing.TB, asOf string) *program.Result {
	t.Helper()
	return w.deriveOn(t, on(asOf))
}

func (w *world) deriveOn(t testing.TB, asOf day.Date) *program.Result {
	t.Helper()
	return program.Derive(w.input(t, asOf))
}

func (w *world) input(t testing.TB, asOf day.Date) program.Input {
	t.Helper()
	if w.jurisdiction == "" {
		w.jurisdiction = "us-ca"
	}
	l := lawOf(t, w.jurisdiction)
	c := w.child
	if c.Child.Born == 0 {
		c.Child.Born = on("2015-04-02")
	}
	school := w.school
	if school == nil {
		s, err := day.NewSchool(nil, day.View{}, l.Year, day.Span{First: on("2020-01-01"), Last: on("2030-12-31")})
		if err != nil {
			t.Fatal(err)
		}
		school = s
	}
	ci := clock.Input{Case: &c, Entries: w.entries, Laws: []clock.Since{{Law: l}}, School: school, AsOf: asOf}
	res := clock.Derive(ci)
	return program.Input{Case: &c, Plans: w.plans, View: res.View, Laws: []program.Since{{Law: l}}, School: school, AsOf: asOf, Counts: brief.Counts(res.Clocks, limit.Limits(ci, res))}
}

// add puts in entries: "id kind date field=value ...".
func (w *world) add(lines ...string) *world {
	w.entries = append(w.entries, facttest.Entries(strings.Join(lines, "\n"))...)
	return w
}

func line(id string, minutes int) plan.Service {
	return plan.Service{ID: id, Name: map[string]string{"slp": "Speech", "sai": "Specialized instruction", "ot": "Occupational therapy", "aide": "Aide"}[id], Minutes: plan.CountOf(minutes), Times: plan.CountOf(1), Per: plan.PerWeek}
}

// with adds an IEP of a year that starts two weeks after its offer.
func (w *world) with(id, offered string, lines ...plan.Service) *plan.Plan {
	p := &plan.Plan{ID: id, Kind: plan.IEP, Offered: on(offered), EffectiveStart: on(offered).Add(14), EffectiveEnd: on(offered).Add(14).AddYears(1) - 1, Services: lines}
	w.plans = append(w.plans, p)
	return p
}

func yes(p *plan.Plan, day, by string) {
	p.Consent = append(p.Consent, plan.Answer{On: on(day), By: by, Agreement: "all"})
}

// in is what is in force, "slp:iep-2024 ..." by track.
func in(r *program.Result, kind plan.Kind) string {
	for _, t := range r.Tracks {
		if t.Kind == kind {
			return lines(t.InForce)
		}
	}
	return ""
}

func lines(ls []program.Line) string {
	var out []string
	for _, l := range ls {
		out = append(out, l.Component+":"+l.FromPlan)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// parts are the states of the parts of a version, "slp:agreed ...".
func parts(r *program.Result, id string) string {
	var out []string
	for _, t := range r.Tracks {
		for _, o := range t.Offers {
			if o.Plan != id {
				continue
			}
			for _, p := range o.Parts {
				s := p.Component + ":" + string(p.State)
				if p.Drops {
					s = "-" + s
				}
				out = append(out, s)
			}
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func consent(r *program.Result) program.Consent {
	for _, t := range r.Tracks {
		if t.Kind == plan.IEP {
			return t.Consent
		}
	}
	return program.NoOffer
}

func notices(r *program.Result) string {
	var out []string
	for _, n := range r.Notices {
		out = append(out, n.Key)
	}
	return strings.Join(out, " ")
}

// can says whether a side may do something, over all rows: "yes", "no", "both" or
// "" when nothing is said of it.
func can(r *program.Result, side fact.Party, do string) string {
	may, not := false, false
	for _, a := range r.Asked {
		for _, m := range a.Moves {
			if m.Do == do && m.For == side {
				may, not = may || m.May, not || !m.May
			}
		}
	}
	switch {
	case may && not:
		return "both"
	case may:
		return "yes"
	case not:
		return "no"
	}
	return ""
}

func eq(t *testing.T, what string, got, want any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
