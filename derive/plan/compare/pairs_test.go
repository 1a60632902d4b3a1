package compare_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"stayput/derive/plan/compare"
	"stayput/fact"
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

// A service toward life after school is found by what it does.
func TestPairsAfterSchool(t *testing.T) {
	a, b := with("a"), with("b")
	a.Transition.Services = []plan.TransitionService{{Activity: "Try a job in the kitchen"}, {ID: "t2", Activity: "Visit the college"}}
	b.Transition.Services = []plan.TransitionService{{ID: "t2", Activity: "Learn the bus line"}, {Activity: "Try a job in the school kitchen"}}
	if got := compare.Pairs(a, b); !slices.Equal(got, []compare.Pair{{Part: plan.AfterSchool, Before: "transition-1", After: "transition-2"}}) {
		t.Errorf("%v", got)
	}
}

// A yes that promises another thing has changed, and an id that a service bears is
// not taken by a decision.
func TestDecisionsDiffer(t *testing.T) {
	a, b := with("a"), with("b")
	a.Factors.Transport, b.Factors.Transport, a.Factors.AT, b.Factors.AT = fact.Yes, fact.Yes, fact.Yes, fact.No
	a.Factors.TransportType, b.Factors.TransportType = "door to door", "bus stop"
	a.Services = []plan.Service{{ID: "transportation", Name: "Bus aide"}}
	var got []string
	for _, c := range compare.Plans(a, b).Changes {
		if c.Part == plan.Decisions {
			got = append(got, fmt.Sprint(c.Kind, " ", c.Name, " ", c.Before, " ", c.After))
		}
	}
	if want := []string{"cut assistive_technology assistive_technology ", "changed transportation decisions-2 transportation"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
