package compare_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"stayput/derive/plan/compare"
	"stayput/plan"
	"stayput/plan/plantest"
)

// What is the same in two versions is found by what it says.
func TestPairs(t *testing.T) {
	a := with("a", service("415", "Speech", 30, 2, "week"), service("", "Occupational therapy", 30, 1, "week"))
	a.Goals = []plan.Goal{{ID: "g1", Text: "By June Teo will read aloud 85 words per minute"}}
	b := with("b", service("", "Occupational therapy", 60, 1, "month"), service("330", "Instruction", 60, 5, "week"), service("415", "Speech and language", 15, 1, "week"))
	b.Goals = []plan.Goal{{ID: "g7", Text: "Teo will add two numbers"}, {ID: "g8", Text: "By June Teo will read aloud 70 words per minute"}}
	got := compare.Pairs(a, b)
	want := []compare.Pair{{Part: plan.ServiceLines, Before: "services-1", After: "services-3"}, {Part: plan.ServiceLines, Before: "services-2", After: "services-1"}, {Part: plan.Goals, Before: "g1", After: "g8"}}
	slices.SortFunc(got, func(x, y compare.Pair) int {
		return slices.Compare([]string{string(y.Part), x.Before}, []string{string(x.Part), y.Before})
	})
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Nothing is paired twice, and a plan without double ids is paired with itself.
func TestPairsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := draw(t, "a"), draw(t, "b")
		seen := map[string]bool{}
		for _, p := range compare.Pairs(a, b) {
			for _, key := range []string{fmt.Sprint("before", p.Part, p.Before), fmt.Sprint("after", p.Part, p.After)} {
				if seen[key] {
					t.Fatalf("%s twice", key)
				}
				seen[key] = true
			}
		}
	})
	long := plantest.Long(0)
	pairs := compare.Pairs(long, long)
	if len(pairs) != len(long.Services)+len(long.Goals)+len(long.Accommodations) {
		t.Errorf("%d pairs", len(pairs))
	}
	for _, p := range pairs {
		if p.Before != p.After {
			t.Errorf("%s is taken for %s", p.Before, p.After)
		}
	}
}
