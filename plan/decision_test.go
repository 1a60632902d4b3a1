package plan

import (
	"slices"
	"strings"
	"testing"

	"stayput/fact"
)

func ids(p *Plan) string {
	var out []string
	for _, c := range p.Components() {
		out = append(out, c.ID)
	}
	return strings.Join(out, " ")
}

// Each yes is a component under its name, and each service toward life after school.
func TestDecisionsAreComponents(t *testing.T) {
	p := &Plan{EffectiveStart: 100, EffectiveEnd: 400, ESY: ESY{Needed: fact.Yes, From: 200, To: 230}, Factors: Factors{Transport: fact.Yes, AT: fact.No},
		Transition: Transition{Services: []TransitionService{{ID: "t1", Activity: "Try a job"}, {Code: "820"}}}}
	if got := ids(p); got != "esy transportation t1 transition-2" {
		t.Fatal(got)
	}
	cs := p.Components()
	if cs[0].From != 200 || cs[0].To != 230 || cs[1].From != 100 || cs[1].To != 400 || cs[0].Part != Decisions || cs[2].Part != AfterSchool {
		t.Errorf("%+v", cs)
	}
	if cs[2].Name != "Try a job" || cs[3].Name != "820" {
		t.Errorf("%+v", cs[2:])
	}
	// An id names one part: a service that bears the word comes first.
	p = &Plan{Services: []Service{{ID: "transportation", Name: "Bus"}}, Factors: Factors{Transport: fact.Yes}, Transition: Transition{Services: []TransitionService{{ID: "transportation"}}}}
	if got := ids(p); got != "transportation decisions-2 transition-1" {
		t.Error(got)
	}
}

// An amendment changes the decisions it speaks of, and no other.
func TestWholeKeepsDecisions(t *testing.T) {
	base := &Plan{ID: "iep", ESY: ESY{Needed: fact.Yes, Why: "loses skills", From: 200, To: 230},
		Factors:    Factors{Transport: fact.Yes, TransportType: "bus", AT: fact.Yes, ATWhat: "a tablet", Behavior: fact.Yes},
		Transition: Transition{Course: "diploma", Goals: []AfterGoal{{ID: "w", Text: "work"}}, Services: []TransitionService{{ID: "t1", Activity: "Try a job"}, {Activity: "Visit a college"}}}}
	whole := func(change Plan) *Plan {
		t.Helper()
		change.ID, change.Amends = "a", "iep"
		w, ok := Whole([]*Plan{base, &change}, &change)
		if !ok {
			t.Fatal("not whole")
		}
		return w
	}
	if w := whole(Plan{Factors: Factors{Transport: fact.No}}); w.Factors.Transport != fact.No || w.Factors.TransportType != "" || w.Factors.AT != fact.Yes || w.Factors.ATWhat != "a tablet" || w.Factors.Behavior != fact.Yes || w.ESY != base.ESY {
		t.Errorf("%+v %+v", w.Factors, w.ESY)
	}
	if w := whole(Plan{Factors: Factors{BehaviorPlan: fact.Yes}}); w.Factors.Transport != fact.Yes || w.Factors.TransportType != "bus" || w.Factors.BehaviorPlan != fact.Yes {
		t.Errorf("%+v", w.Factors)
	}
	if w := whole(Plan{ESY: ESY{Needed: fact.No, Why: "no loss"}}); w.ESY != (ESY{Needed: fact.No, Why: "no loss"}) || w.Factors.Transport != fact.Yes {
		t.Errorf("%+v", w.ESY)
	}
	if w := whole(Plan{ESY: ESY{To: 240}}); w.ESY.From != 200 || w.ESY.To != 240 || w.ESY.Needed != fact.Yes {
		t.Errorf("%+v", w.ESY)
	}
	if w := whole(Plan{Removes: []string{"esy", "transition-2"}}); w.ESY.Needed != fact.No || len(w.Transition.Services) != 1 || w.Transition.Services[0].ID != "t1" {
		t.Errorf("%+v %+v", w.ESY, w.Transition)
	}
	if w := whole(Plan{Transition: Transition{Services: []TransitionService{{ID: "t1", Activity: "Hold a job"}, {ID: "t2", Activity: "Ride the bus"}}}}); len(w.Transition.Services) != 3 || w.Transition.Services[0].Activity != "Hold a job" ||
		w.Transition.Course != "diploma" || len(w.Transition.Goals) != 1 {
		t.Errorf("%+v", w.Transition)
	}
	if base.Factors.Transport != fact.Yes || len(base.Transition.Services) != 2 || base.Transition.Services[0].Activity != "Try a job" {
		t.Error("the base was changed")
	}
}

// Taking a decision from another plan takes what belongs to it, and every name has
// a place.
func TestDecide(t *testing.T) {
	for _, name := range DecisionNames {
		var a, b Plan
		a.Decide(name, fact.Yes)
		if a.Decision(name) != fact.Yes || ids(&a) != name {
			t.Errorf("%s: %v, %s", name, a.Decision(name), ids(&a))
		}
		b.TakeDecision(&a, name)
		if b.Decision(name) != fact.Yes {
			t.Errorf("%s was not taken", name)
		}
		for _, other := range DecisionNames {
			if other != name && b.Decision(other) != fact.Unsaid {
				t.Errorf("%s was taken with %s", other, name)
			}
		}
	}
	var p Plan
	p.Decide("nothing", fact.Yes)
	if p.Decision("nothing") != fact.Unsaid || slices.Contains(DecisionNames, "nothing") {
		t.Error("a decision that there is not")
	}
}
