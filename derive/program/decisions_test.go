package program_test

import (
	"testing"

	"stayput/fact"
	"stayput/plan"
)

// twoYears are a plan of 2024 that was agreed to, with a bus and a tablet, and the
// offer of 2025 that drops the bus and adds an extended year.
func twoYears() (w *world, a, b *plan.Plan) {
	w = &world{}
	a = w.with("a", "2024-03-01", line("slp", 60))
	a.Factors.Transport, a.Factors.AT = fact.Yes, fact.Yes
	yes(a, "2024-03-08", "mother")
	b = w.with("b", "2025-03-03", line("slp", 30))
	b.Factors.Transport, b.Factors.AT, b.ESY.Needed = fact.No, fact.Yes, fact.Yes
	return w, a, b
}

// An answer names decisions like any part, on the plan's page or in the record.
func TestAnswersNameDecisions(t *testing.T) {
	for _, c := range []struct{ name, entry, parts, force string }{
		{"all", "y iep_consent_received 2025-03-10 plan=b", "-transportation:agreed assistive_technology:agreed esy:agreed slp:agreed", "assistive_technology:b esy:b slp:b"},
		{"all but the extended year", "y iep_consent_partial 2025-03-10 plan=b except=esy", "-transportation:agreed assistive_technology:agreed esy:excepted slp:agreed", "assistive_technology:b slp:b"},
		{"all but the end of the bus", "y iep_consent_partial 2025-03-10 plan=b except=transportation", "-transportation:excepted assistive_technology:agreed esy:agreed slp:agreed", "assistive_technology:b esy:b slp:b transportation:a"},
		{"the extended year only", "y iep_consent_partial 2025-03-10 plan=b parts=esy", "-transportation:excepted assistive_technology:excepted esy:agreed slp:excepted", "assistive_technology:a esy:b slp:a transportation:a"},
		{"no to one decision", "y single_service_refused 2025-03-10 plan=b about=esy", "-transportation:silent assistive_technology:silent esy:excepted slp:silent", "assistive_technology:a slp:a transportation:a"},
		// The form of an earlier day named decisions in about.
		{"earlier form, no to the extended year", "y iep_consent_partial 2025-03-10 plan=b parts=slp about=esy", "-transportation:excepted assistive_technology:agreed esy:excepted slp:agreed", "assistive_technology:b slp:b transportation:a"},
		{"earlier form, beside another no", "y iep_consent_partial 2025-03-10 plan=b except=slp about=transportation", "-transportation:excepted assistive_technology:agreed esy:agreed slp:excepted", "assistive_technology:b esy:b slp:a transportation:a"},
		{"earlier form, alone", "y iep_consent_partial 2025-03-10 plan=b about=esy", "-transportation:agreed assistive_technology:agreed esy:excepted slp:agreed", "assistive_technology:b slp:b"},
		{"earlier form, a no beside a no", "y iep_rejected 2025-03-10 plan=b parts=slp about=esy", "-transportation:silent assistive_technology:silent esy:excepted slp:excepted", "assistive_technology:a slp:a transportation:a"},
	} {
		w, _, _ := twoYears()
		r := w.add(c.entry).derive(t, "2025-05-01")
		eq(t, c.name, parts(r, "b"), c.parts)
		eq(t, c.name, in(r, plan.IEP), c.force)
		eq(t, c.name, notices(r), "")
	}
	w, _, b := twoYears()
	b.Consent = []plan.Answer{{On: on("2025-03-10"), By: "mother", Agreement: "with_exceptions", Exceptions: []plan.Exception{{Part: "esy"}}}}
	eq(t, "on the page", in(w.derive(t, "2025-05-01"), plan.IEP), "assistive_technology:b slp:b")
}

// To disagree with a no where there was nothing to take away takes no part's yes.
func TestObjectionToANo(t *testing.T) {
	for _, onPage := range []bool{true, false} {
		w, _, b := twoYears()
		b.Factors.BehaviorPlan = fact.No
		if onPage {
			b.Consent = []plan.Answer{{On: on("2025-03-10"), By: "mother", Agreement: "with_exceptions", Exceptions: []plan.Exception{{Part: "behavior_plan"}}}}
		} else {
			w.add("y iep_consent_partial 2025-03-10 plan=b except=behavior_plan")
		}
		r := w.derive(t, "2025-05-01")
		eq(t, "in force", in(r, plan.IEP), "assistive_technology:b esy:b slp:b")
		eq(t, "notices", notices(r), "")
	}
}

// A yes with other words is another yes: the door of the house is not the stop at
// the corner.
func TestAnotherSortOfTransportation(t *testing.T) {
	w, a, b := twoYears()
	b.Factors.Transport = fact.Yes
	a.Factors.TransportType, b.Factors.TransportType = "door to door", "bus stop"
	r := w.add("y iep_consent_partial 2025-03-10 plan=b except=transportation").derive(t, "2025-05-01")
	eq(t, "in force", in(r, plan.IEP), "assistive_technology:b esy:b slp:b transportation:a")
	for _, l := range r.Tracks[0].InForce {
		if l.Name == "transportation" && l.Contested != "b" {
			t.Errorf("%+v", l)
		}
	}
}

// A decision that was agreed to before a complaint stays put; the extended year
// that begins after it is no further stage.
func TestDecisionsStayPut(t *testing.T) {
	w, _, b := twoYears()
	b.ESY.From, b.ESY.To = on("2025-06-16"), on("2025-07-18")
	w.add("y iep_consent_partial 2025-03-10 plan=b except=transportation", "i iep_implemented 2025-03-17 plan=b", "c due_process_filed 2025-04-15")
	s := w.derive(t, "2025-05-01").StayPut
	eq(t, "in May", lines(s.Lines), "assistive_technology:b slp:b transportation:a")
	s = w.derive(t, "2025-06-20").StayPut
	eq(t, "in its weeks", lines(s.Lines), "assistive_technology:b esy:b slp:b transportation:a")
	eq(t, "exception", s.Exception, "")
	s = w.derive(t, "2025-07-19").StayPut
	eq(t, "after them", lines(s.Lines), "assistive_technology:b slp:b transportation:a")
}

// Services toward life after school are the same by id, else by what they say.
func TestTransitionServices(t *testing.T) {
	w, a, b := twoYears()
	a.Transition.Services = []plan.TransitionService{{Activity: "Try a job in the kitchen"}, {ID: "t2", Activity: "Visit the college"}}
	b.Transition.Services = []plan.TransitionService{{ID: "t2", Activity: "Apply to the college"}, {Activity: "Try a job in the school kitchen"}}
	r := w.add("y iep_consent_partial 2025-03-10 plan=b except=t2").derive(t, "2025-05-01")
	eq(t, "in force", in(r, plan.IEP), "assistive_technology:b esy:b slp:b t2:a transition-2:b")
}
