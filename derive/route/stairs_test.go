package route_test

import (
	"testing"

	"pgregory.net/rapid"

	"stayput/derive/route"
	"stayput/fact"
	"stayput/law"
)

func chosenRoute(id, way, date string) fact.Entry {
	e := entry(id, "route_chosen", date)
	e.Fields.About = []string{way}
	return e
}

func re(e fact.Entry, id string) fact.Entry {
	e.Re = id
	return e
}

// stepHere is the step the case is on; 0 is none.
func stepHere(res *route.Result) (step int, lead law.RouteID) {
	for _, s := range res.Stairs() {
		if s.Here {
			return s.Step, s.Lead.ID
		}
	}
	return 0, ""
}

// Every step of the law stands once, from the nearest; where nothing was done, the
// case is on none.
func TestStairs(t *testing.T) {
	w := plain(entry("a", "evaluation_refused", "2025-10-01"))
	w.concerns = []law.Concern{"evaluation"}
	res := w.routes(t)
	all := res.Stairs()
	if len(all) != 10 {
		t.Fatalf("%d steps", len(all))
	}
	for i, s := range all {
		if s.Step != i+1 || s.Lead == nil || s.Lead.Route.Step != s.Step {
			t.Errorf("%+v", s)
		}
	}
	if n, _ := stepHere(res); n != 0 {
		t.Errorf("on step %d", n)
	}
	// Step 6 stands as the complaint to the State, which decides what was picked.
	if all[5].Lead.ID != "state_complaint" || all[5].Standing != route.CanBeUsed {
		t.Errorf("step 6 is %s, %s", all[5].Lead.ID, all[5].Standing)
	}
	// Step 9, a review by the State, does not exist where there is one level.
	if all[8].Standing != route.NoFit {
		t.Errorf("step 9 is %s", all[8].Standing)
	}
}

// What is under way is where the case is; else what was chosen; else what was tried last.
func TestWhereTheCaseIs(t *testing.T) {
	no := entry("a", "evaluation_refused", "2025-10-01")
	talk := entry("b", "contact", "2025-10-02")
	choice := chosenRoute("c", "mediation_alone", "2025-10-03")
	complaint := entry("d", "state_complaint_filed", "2025-10-10")
	for _, x := range []struct {
		name    string
		entries []fact.Entry
		step    int
		lead    law.RouteID
	}{
		{"a talk", []fact.Entry{no, talk}, 1, "teacher"},
		{"a choice", []fact.Entry{no, talk, choice}, 5, "mediation_alone"},
		{"a complaint under way", []fact.Entry{no, talk, choice, complaint}, 6, "state_complaint"},
		{"a choice before the latest no", []fact.Entry{chosenRoute("c", "court", "2025-09-01"), no}, 0, ""},
		{"a choice on the day of the no", []fact.Entry{no, chosenRoute("c", "court", "2025-10-01")}, 10, "court"},
		{"a choice of no known way", []fact.Entry{no, chosenRoute("c", "<script>", "2025-10-03"), {ID: "x", Kind: choice.Kind, On: choice.On}}, 0, ""},
		{"a choice that lies ahead", []fact.Entry{no, chosenRoute("c", "court", "2026-10-03")}, 0, ""},
		{"two choices on one day, one of which names the other", []fact.Entry{no, re(chosenRoute("a1", "court", "2025-10-03"), "z1"), chosenRoute("z1", "teacher", "2025-10-03")}, 10, "court"},
		{"two choices that name each other", []fact.Entry{no, re(chosenRoute("a1", "court", "2025-10-03"), "z1"), re(chosenRoute("z1", "teacher", "2025-10-03"), "a1")}, 1, "teacher"},
		{"the later of two choices", []fact.Entry{no, choice, chosenRoute("e", "teacher", "2025-11-03")}, 1, "teacher"},
	} {
		w := plain(x.entries...)
		w.concerns = []law.Concern{"evaluation"}
		if step, lead := stepHere(w.routes(t)); step != x.step || lead != x.lead {
			t.Errorf("%s: on step %d, %s", x.name, step, lead)
		}
	}
}

// Whatever the record holds, at most one step is where the case is, and a step stands
// as one of its own routes.
func TestStairsOfAnything(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := worldOf(func(n int) int { return rapid.IntRange(0, n-1).Draw(rt, "pick") })
		if rapid.Bool().Draw(rt, "chose") {
			w.entries = append(w.entries, chosenRoute("z", string(rapid.SampledFrom(law.RouteIDs).Draw(rt, "way")), w.asOf.String()))
		}
		res := w.routes(rt)
		here := 0
		for _, s := range res.Stairs() {
			if s.Here {
				here++
			}
			if s.Lead.Standing() != s.Standing || s.Lead.Route.Step != s.Step {
				rt.Fatalf("step %d stands as %s of %s", s.Step, s.Standing, s.Lead.ID)
			}
		}
		if here > 1 {
			rt.Fatalf("%d steps are where the case is", here)
		}
	})
}
