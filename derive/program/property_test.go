package program_test

import (
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/plan"
	"stayput/plan/plantest"
)

var (
	first = on("2024-01-01")
	last  = on("2026-12-31")
)

// someKinds are the kinds a drawn record is made of.
var someKinds = []string{"iep_offered", "iep_consent_received", "iep_consent_partial", "iep_rejected", "services_consent_requested", "services_consent_received", "services_consent_refused",
	"services_consent_revoked", "single_service_refused", "iep_implemented", "iep_amended", "iep_amendment_proposed", "iep_amendment_agreed", "iep_amendment_refused", "settlement_signed",
	"resolution_agreement_executed", "resolution_agreement_voided", "mediation_agreement_signed", "placement_agreed", "stay_put_ordered", "hearing_decision_issued", "state_review_requested",
	"state_review_decided", "civil_action_filed", "due_process_filed", "due_process_received", "due_process_withdrawn", "expedited_complaint_filed", "expedited_decision_issued", "mediation_requested",
	"mediation_session_held", "iaes_started", "iaes_ended", "prior_written_notice_given", "transfer_enrolled", "new_iep_adopted", "regular_diploma_awarded", "eligibility_ended_exit",
	"evaluation_consent_requested", "evaluation_consent_refused", "reevaluation_consent_requested", "reevaluation_consent_no_response", "member_excusal_sought", "excusal_agreed",
	"records_release_requested", "insurance_consent_withdrawn", "state_complaint_filed", "contact", "services_started", "last_iep_review"}

// someParts are what answers name.
var someParts = []string{"s0", "s1", "a0", "t0", "esy", "transportation", "assistive_technology", "nothing"}

// drawWorld makes up plans and a record, as odd as a person could write them.
func drawWorld(t *rapid.T) *world {
	return worldOf(func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "pick") })
}

// drawn is world number seed.
func drawn(seed int) *world {
	r := rand.New(rand.NewSource(int64(seed)))
	return worldOf(r.Intn)
}

// worldOf makes up a world from a source of choices.
func worldOf(pick func(n int) int) *world {
	someDay := func() day.Date { return first.Add(pick(int(last-first) + 1)) }
	maybe := func(d day.Date) day.Date {
		if pick(3) == 0 {
			return 0
		}
		return d
	}
	w := &world{jurisdiction: []string{"us", "us-ca", "us-in", "us-ma", "us-tx", "us-wi", "us-pa", "us-nj", "us-mn", "us-ny"}[pick(10)]}
	w.child.Child.Born = []day.Date{on("2015-04-02"), on("2007-02-01"), on("2022-06-01")}[pick(3)]
	w.child.Facts = map[string]fact.Tri{"from_part_c": fact.Tri(pick(3)), "first_public_admission": fact.Tri(pick(3)), "home_schooled": fact.Tri(pick(3))}
	w.child.RightsHolder = [][]fact.Dated{nil, {{Is: "mother"}}, {{Is: "both"}}, {{From: on("2025-03-01"), Is: "student"}}}[pick(4)]
	ids := []string{"p0", "p1", "p2", "p3", "gone"}
	people := []string{"", "mother", "father", "student", "parent"}
	agreements := plan.Agreement("").Words()
	for i := range pick(5) {
		p := plantest.Draw(ids[i], pick)
		p.Kind = []plan.Kind{"iep", "iep", "iep", "iep", "504", "ifsp", "", "health_plan"}[pick(8)]
		p.Status = plan.Status(append(plan.Status("").Words(), "", "", "", "offered")[pick(len(plan.Status("").Words())+4)])
		p.Offered, p.MeetingDate, p.EffectiveStart, p.EffectiveEnd = maybe(someDay()), maybe(someDay()), maybe(someDay()), maybe(someDay())
		if pick(4) == 0 {
			p.Amends, p.Removes = ids[pick(5)], []string{"s0", "nothing", "transportation", "t0"}[:pick(5)]
		}
		for range pick(3) {
			a := plan.Answer{On: maybe(someDay()), By: people[pick(5)], Agreement: plan.Agreement(append(agreements, "")[pick(len(agreements)+1)])}
			if pick(3) == 0 {
				a.Exceptions = []plan.Exception{{Part: []string{"s0", "s1", "g0", "", "services-1", "esy", "transition-1"}[pick(7)]}}
			}
			if pick(8) == 0 {
				a.Conditions = "if an aide is added"
			}
			if pick(10) == 0 {
				a.Revoked = someDay()
			}
			p.Consent = append(p.Consent, a)
		}
		if pick(6) == 0 {
			p.AgreedOn = someDay()
		}
		w.plans = append(w.plans, p)
	}
	n := pick(14)
	for i := range n {
		e := fact.Entry{ID: fmt.Sprintf("e%02d", i), Kind: fact.MustLookup(someKinds[pick(len(someKinds))]), On: day.On(someDay()), By: people[pick(5)]}
		if pick(8) == 0 {
			e.On.Latest += 30
		}
		if pick(2) == 0 {
			e.Re = fmt.Sprintf("e%02d", pick(n))
		}
		if pick(2) == 0 {
			e.Fields.Plan = ids[pick(5)]
		}
		if pick(4) == 0 {
			e.Fields.Parts = []string{someParts[pick(len(someParts))]}
		}
		if pick(4) == 0 {
			e.Fields.Except = []string{someParts[pick(len(someParts))]}
		}
		if pick(4) == 0 {
			e.Fields.About = []string{someParts[pick(len(someParts))]}
		}
		if pick(8) == 0 {
			e.Fields.Conditions = "if"
		}
		e.Fields.Granted, e.Fields.Initial, e.Fields.Expedited, e.Fields.Written = fact.Tri(pick(3)), fact.Tri(pick(3)), fact.Tri(pick(3)), fact.Tri(pick(3))
		e.Fields.FiledBy = []string{"", "parent", "lea"}[pick(3)]
		e.Fields.TransferFrom = []string{"", "same_state", "other_state"}[pick(3)]
		w.entries = append(w.entries, e)
	}
	return w
}

// outside reports that what a line rests on is the law or an order, not the
// family's word.
func byLaw(b program.Basis) bool {
	return b == program.OnSilence || b == program.OnNotice || b == program.OnWait
}

// Whatever the plans and the record: nothing is in force twice; nothing is in force
// that was never agreed to, unless a law that is named says so; nobody is told that
// what nobody may override may be overridden; stay put never rests on no law.
func TestAlways(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt)
		asOf := first.Add(rapid.IntRange(0, int(last-first)).Draw(rt, "as of"))
		r := w.deriveOn(t, asOf)
		for _, tr := range r.Tracks {
			check(rt, w, r, tr.InForce)
			for _, g := range tr.Gaps {
				if g.From > g.To || g.To >= asOf+1 || g.Reason.Key == "" {
					rt.Fatalf("gap %+v", g)
				}
			}
			if len(tr.InForce) > 0 && tr.Ended != nil {
				rt.Fatalf("ended, and in force: %+v", tr)
			}
			for _, o := range tr.Offers {
				for _, p := range o.Parts {
					if p.State == "" || p.Reason.Key == "" {
						rt.Fatalf("part %+v of %s", p, o.Plan)
					}
				}
			}
		}
		check(rt, w, r, r.StayPut.Lines)
		for _, a := range r.Asked {
			if a.State == "" || a.Reason.Key == "" {
				rt.Fatalf("row %+v", a)
			}
			for _, m := range a.Moves {
				if strings.HasPrefix(m.Do, "override_") && m.May {
					rt.Fatalf("%s of %s may be done", m.Do, a.Subject)
				}
				if !m.May && m.Reason.Rule == "" {
					rt.Fatalf("%s is forbidden by no law", m.Do)
				}
				if m.Do == "revoke_all" && m.Warn == "" {
					rt.Fatal("revocation without its warning")
				}
			}
		}
		if s := r.StayPut; s.Applies == fact.Yes && (s.Trigger == "" || s.Since == 0 || s.Since > asOf || s.Reason.Key == "") {
			rt.Fatalf("stay put: %+v", s)
		}
		if s := r.StayPut; s.Exception != "" && !slices.Contains(program.StayPutExceptions, s.Exception) {
			rt.Fatalf("exception %s", s.Exception)
		}
	})
}

// check looks at lines in force.
func check(t *rapid.T, w *world, r *program.Result, lines []program.Line) {
	seen := map[string]string{}
	for _, l := range lines {
		if own(w, l) {
			key := string(l.Part) + "/" + l.Component
			if seen[key] != "" {
				t.Fatalf("%s is in force from %s and from %s", key, seen[key], l.FromPlan)
			}
			seen[key] = l.FromPlan
		}
		if l.Reason.Key == "" {
			t.Fatalf("no reason: %+v", l)
		}
		p := planOf(w, l.FromPlan)
		if p == nil || p.Status == "draft" {
			t.Fatalf("from a draft or from nowhere: %+v", l)
		}
		if l.Part == plan.Decisions && p.Decision(l.Name) != fact.Yes {
			t.Fatalf("in force, and the plan does not say yes: %+v", l)
		}
		if byLaw(l.Basis) {
			if l.Reason.Rule == "" || l.Reason.Citation == "" {
				t.Fatalf("by law, and no law is named: %+v", l)
			}
			continue
		}
		if p.Kind == plan.Section504 || p.Kind == plan.Health {
			continue
		}
		agreed := false
		for _, tr := range r.Tracks {
			for _, o := range tr.Offers {
				if o.Plan != l.FromPlan {
					continue
				}
				for _, a := range o.Answers {
					agreed = agreed || a.Agreement != program.Refused
				}
				for _, x := range o.Parts {
					// What holds by notice may be held by stay put or go on after a move.
					agreed = agreed || x.Component == l.Component && x.Reason.Rule != "" && (x.State == program.ByLaw || x.State == program.Superseded)
				}
			}
		}
		if !agreed && !noticed(r, l.FromPlan) {
			t.Fatalf("in force, and never agreed to: %+v", l)
		}
	}
}

// noticed reports that some part of a plan holds by a law that is named.
func noticed(r *program.Result, id string) bool {
	for _, tr := range r.Tracks {
		for _, o := range tr.Offers {
			for _, p := range o.Parts {
				if o.Plan == id && p.Reason.Rule != "" && strings.HasPrefix(p.Reason.Key, "notice") {
					return true
				}
			}
		}
	}
	return false
}

// own reports that the component bears an id of its own, which alone says that two
// are the same.
func own(w *world, l program.Line) bool {
	return !strings.Contains(l.Component, "-") && l.Part != plan.Placement
}

func planOf(w *world, id string) *plan.Plan {
	for _, p := range w.plans {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// The same plans and entries in any order give the same answer.
func TestAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt)
		asOf := first.Add(rapid.IntRange(0, int(last-first)).Draw(rt, "as of"))
		a := w.deriveOn(t, asOf)
		r := rand.New(rand.NewSource(rapid.Int64().Draw(rt, "seed")))
		r.Shuffle(len(w.plans), func(i, j int) { w.plans[i], w.plans[j] = w.plans[j], w.plans[i] })
		r.Shuffle(len(w.entries), func(i, j int) { w.entries[i], w.entries[j] = w.entries[j], w.entries[i] })
		if b := w.deriveOn(t, asOf); !reflect.DeepEqual(a, b) {
			rt.Fatalf("%+v\n\n%+v", a, b)
		}
	})
}

// What happens after a day changes nothing on it.
func TestNothingIsForeseen(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt)
		asOf := first.Add(rapid.IntRange(0, int(last-first)).Draw(rt, "as of"))
		days := map[string]day.When{}
		for _, e := range w.entries {
			days[e.ID] = e.On
		}
		for i, e := range w.entries { // an answer comes after what it answers
			if days[e.Re].Latest > e.On.Earliest {
				w.entries[i].Re = ""
			}
		}
		a := w.deriveOn(t, asOf)
		w.entries = slices.DeleteFunc(w.entries, func(e fact.Entry) bool { return e.On.Earliest > asOf })
		if b := w.deriveOn(t, asOf); !reflect.DeepEqual(a, b) {
			rt.Fatalf("%+v\n\n%+v", a, b)
		}
	})
}

// What an amendment says nothing of stands: its decisions and its services toward
// life after school are in force as they were, part by part.
func TestAmendmentLeavesTheRest(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		pick := func(n int) int { return rapid.IntRange(0, n-1).Draw(rt, "pick") }
		w := &world{}
		base := plantest.Draw("base", pick)
		base.ESY.From, base.ESY.To = 0, 0
		base.Offered, base.EffectiveStart, base.EffectiveEnd = on("2025-01-06"), on("2025-01-13"), on("2026-01-12")
		yes(base, "2025-01-10", "mother")
		change := &plan.Plan{ID: "change", Kind: plan.IEP, Amends: "base", Offered: on("2025-03-03")}
		for _, name := range plan.DecisionNames {
			change.Decide(name, fact.Tri(pick(3)))
		}
		if pick(2) == 0 {
			change.Transition.Services = []plan.TransitionService{{ID: "t9", Activity: "Learn the bus line"}}
		}
		agreed := pick(2) == 0
		if agreed {
			yes(change, "2025-03-10", "mother")
		}
		w.plans = []*plan.Plan{base, change}
		whole, _ := plan.Whole(w.plans, change)
		for _, r := range []*program.Result{w.derive(t, "2025-03-09"), w.derive(t, "2025-05-01")} {
			want, said := base, r.AsOf > on("2025-03-10") && agreed
			if said {
				want = whole
			}
			has := map[string]string{}
			n := 0
			for _, l := range r.Tracks[0].InForce {
				if l.Part == plan.Decisions {
					has[l.Name] = l.FromPlan
				}
				if l.Part == plan.AfterSchool {
					n++
				}
			}
			for _, name := range plan.DecisionNames {
				from := ""
				switch {
				case want.Decision(name) != fact.Yes:
				case said && change.Decision(name) == fact.Yes:
					from = "change"
				default:
					from = "base"
				}
				if has[name] != from {
					rt.Fatalf("on %s %s is in force from %q, want %q", r.AsOf, name, has[name], from)
				}
			}
			if n != len(want.Transition.Services) {
				rt.Fatalf("on %s %d services toward life after school, want %d", r.AsOf, n, len(want.Transition.Services))
			}
		}
	})
}

// goesOn are the laws under which services go on for some days after the notice
// that answers a revocation.
var goesOn = []string{"us-in", "us-ma", "us-nj"}

// After a revocation in writing, and with no answer after it, nothing of an IEP is
// in force: at once, or from the day on which the law of the State lets services
// stop, and until then nothing rests on anything but that law.
func TestRevocationEndsAll(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt)
		w.child.Child.Born = on("2015-04-02")
		w.entries = append(w.entries, fact.Entry{ID: "stop", Kind: fact.MustLookup("services_consent_revoked"), On: day.On(last + 1)})
		for _, p := range w.plans {
			for i := range p.Consent {
				p.Consent[i].Revoked = 0
			}
		}
		for i, e := range w.entries {
			if e.On.Latest > last && e.ID != "stop" {
				w.entries[i].On = day.On(last)
			}
		}
		// Orders and the passing of time bring nothing back.
		w.entries = append(w.entries, fact.Entry{ID: "order", Kind: fact.MustLookup("hearing_decision_issued"), On: day.On(last + 3), Fields: fact.Fields{Plan: "p0", Granted: fact.Yes}},
			fact.Entry{ID: "notice", Kind: fact.MustLookup("prior_written_notice_given"), On: day.On(last + 4), Re: "stop", Fields: fact.Fields{Plan: "p1"}})
		n := rapid.IntRange(1, 400).Draw(rt, "days")
		r := w.deriveOn(t, last.Add(n))
		if slices.Contains(goesOn, w.jurisdiction) && n < 4+200 {
			for _, tr := range r.Tracks {
				for _, l := range tr.InForce {
					if tr.Kind == plan.IEP && (l.Basis != program.OnWait || l.Reason.Rule == "" || l.Since > last+1) {
						rt.Fatalf("in force after everything was revoked: %+v", l)
					}
					if tr.Kind == plan.IEP && w.jurisdiction == "us-nj" && n >= 20 {
						rt.Fatalf("on day 16 after the notice: %+v", l)
					}
				}
			}
			return
		}
		for _, tr := range r.Tracks {
			if tr.Kind == plan.IEP && len(tr.InForce) > 0 {
				rt.Fatalf("in force after everything was revoked: %+v", tr.InForce)
			}
		}
		if r.StayPut.Applies == fact.Yes {
			rt.Fatalf("stay put after everything was revoked: %+v", r.StayPut)
		}
	})
}

// BenchmarkDerive derives plans of forty pages and a thousand entries: one plan,
// four of them, and four whose parts bear no ids, so that what is the same must be
// found by what they say.
func BenchmarkDerive(b *testing.B) {
	for name, in := range map[string]program.Input{"one plan": bigInput(b, 1, true), "four plans": bigInput(b, 4, true), "four plans without ids": bigInput(b, 4, false)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				program.Derive(in)
			}
		})
	}
}

func bigInput(t testing.TB, plans int, ids bool) program.Input {
	w := &world{jurisdiction: "us-ca"}
	for i := range plans {
		p := plantest.Long(i)
		p.Offered = on("2023-02-01").AddYears(i)
		p.EffectiveStart, p.EffectiveEnd = p.Offered+14, p.Offered.AddYears(1)+13
		for j := range p.Services {
			p.Services[j].From, p.Services[j].To = p.EffectiveStart, p.EffectiveEnd
			if !ids {
				p.Services[j].ID = ""
			}
		}
		for j := range p.Goals {
			if !ids {
				p.Goals[j].ID = ""
			}
		}
		for j := range p.Accommodations {
			if !ids {
				p.Accommodations[j].ID = ""
			}
		}
		w.plans = append(w.plans, p)
		w.add(fmt.Sprintf("o%d iep_offered %s plan=%s", i, p.Offered, p.ID), fmt.Sprintf("y%d iep_consent_partial %s re=o%d except=%s", i, p.Offered+7, i, plan.Ref(plan.ServiceLines, p.Services[0].ID, 0)))
	}
	kinds := []string{"contact", "service_missed", "iep_meeting_held", "prior_written_notice_given", "child_absent", "services_started", "iep_meeting_requested"}
	for i := range 992 {
		w.add(fmt.Sprintf("x%d %s %s", i, kinds[i%len(kinds)], on("2023-01-01").Add(i+i/3)))
	}
	w.add("c due_process_filed 2026-03-01 filed_by=parent")
	return w.input(t, on("2026-06-01"))
}
