package program_test

import (
	"strings"
	"testing"

	"stayput/day"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/plan"
)

// twoPlans is a family with a plan of 2024 that was agreed to and carried out, and
// the offer of 2025 that cuts speech from 60 to 30 and raises instruction.
func twoPlans(jurisdiction string) *world {
	w := &world{jurisdiction: jurisdiction}
	old := w.with("a", "2024-03-01", line("slp", 60), line("sai", 200))
	yes(old, "2024-03-10", "mother")
	w.with("b", "2025-03-03", line("slp", 30), line("sai", 300))
	return w.add("impl iep_implemented 2024-03-20 plan=a", "offer iep_offered 2025-03-03 plan=b initial=no")
}

// What was last agreed to holds, part by part, where a State asks for consent to
// every plan. Plan b begins on March 17, 2025; a runs from March 15, 2024.
func TestConsentPartByPart(t *testing.T) {
	for _, c := range []struct {
		name, entries string
		consent       program.Consent
		parts, force  string
	}{
		{"nobody answered", "", program.Unanswered, "sai:silent slp:silent", "sai:a slp:a"},
		{"all", "y iep_consent_received 2025-03-10 re=offer", program.Whole, "sai:agreed slp:agreed", "sai:b slp:b"},
		{"all but speech", "y iep_consent_partial 2025-03-10 re=offer except=slp", program.Partial, "sai:agreed slp:excepted", "sai:b slp:a"},
		{"all but speech, said as the issue", "y iep_consent_partial 2025-03-10 re=offer about=slp", program.Partial, "sai:agreed slp:excepted", "sai:b slp:a"},
		{"instruction alone", "y iep_consent_partial 2025-03-10 re=offer parts=sai", program.Partial, "sai:agreed slp:excepted", "sai:b slp:a"},
		{"parts, nobody knows which", "y iep_consent_partial 2025-03-10 re=offer", program.Partial, "sai:no_agreement slp:no_agreement", "sai:a slp:a"},
		{"no", "y iep_rejected 2025-03-10 re=offer", program.Refused, "sai:excepted slp:excepted", "sai:a slp:a"},
		{"on a condition", "y iep_consent_received 2025-03-10 re=offer conditions=aide", program.Conditional, "sai:conditional slp:conditional", "sai:a slp:a"},
		{"no, and then yes", "n iep_rejected 2025-03-10 re=offer by=mother;y iep_consent_received 2025-03-12 re=offer by=mother", program.Whole, "sai:agreed slp:agreed", "sai:b slp:b"},
		{"yes, and no before it began", "y iep_consent_received 2025-03-10 re=offer by=mother;n iep_rejected 2025-03-12 re=offer by=mother", program.Refused, "sai:excepted slp:excepted", "sai:a slp:a"},
		{"yes, and no after it began", "y iep_consent_received 2025-03-10 re=offer by=mother;n iep_rejected 2025-03-20 re=offer by=mother", program.Refused, "sai:excepted slp:excepted", "sai:b slp:b"},
		{"the exception is withdrawn", "y iep_consent_partial 2025-03-10 re=offer except=slp by=mother;z iep_consent_partial 2025-03-20 re=offer parts=slp by=mother", program.Whole, "sai:agreed slp:agreed", "sai:b slp:b"},
		{"a vague yes adds nothing to a clear one", "y iep_consent_partial 2025-03-10 re=offer except=slp by=mother;z iep_consent_partial 2025-03-20 re=offer by=mother", program.Partial, "sai:agreed slp:excepted", "sai:b slp:a"},
		{"one parent signs, the other objects", "y iep_consent_received 2025-03-10 re=offer by=mother;z iep_rejected 2025-03-12 re=offer by=father", program.Divided, "sai:divided slp:divided", "sai:b slp:b"},
		{"both sign", "y iep_consent_received 2025-03-10 re=offer by=mother;z iep_consent_received 2025-03-12 re=offer by=father", program.Whole, "sai:agreed slp:agreed", "sai:b slp:b"},
		{"it never arrived", "y iep_consent_received 2025-03-10 re=offer received=no", program.Unanswered, "sai:silent slp:silent", "sai:a slp:a"},
		{"only spoken", "y iep_consent_received 2025-03-10 re=offer written=no", program.Unanswered, "sai:silent slp:silent", "sai:a slp:a"},
		{"one service declined", "y iep_consent_received 2025-03-10 re=offer;z single_service_refused 2025-03-11 plan=b parts=slp", program.Partial, "sai:agreed slp:excepted", "sai:b slp:a"},
		{"a settlement names it", "y settlement_signed 2025-03-25 plan=b", program.Whole, "sai:by_law slp:by_law", "sai:b slp:b"},
		{"a settlement that names nothing", "y settlement_signed 2025-03-25", program.Unanswered, "sai:silent slp:silent", "sai:a slp:a"},
		{"a decision gives it", "y hearing_decision_issued 2025-03-25 plan=b granted=yes", program.Whole, "sai:by_law slp:by_law", "sai:b slp:b"},
		{"a decision denies it", "y hearing_decision_issued 2025-03-25 plan=b granted=no", program.Unanswered, "sai:silent slp:silent", "sai:a slp:a"},
		{"a yes to parts nobody knows", "y iep_consent_partial 2025-03-10 re=offer parts=swimming", program.Partial, "sai:no_agreement slp:no_agreement", "sai:a slp:a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := twoPlans("us-ca")
			if c.entries != "" {
				w.add(strings.Split(c.entries, ";")...)
			}
			r := w.derive(t, "2025-05-01")
			eq(t, "consent", consent(r), c.consent)
			eq(t, "parts", parts(r, "b"), c.parts)
			eq(t, "in force", in(r, plan.IEP), c.force)
		})
	}
}

// An agreed part begins on the later of the agreement and its own first day.
func TestSince(t *testing.T) {
	w := twoPlans("us-ca").add("y iep_consent_received 2025-03-10 re=offer")
	for d, want := range map[string]string{"2025-03-16": "sai:a slp:a", "2025-03-17": "sai:b slp:b"} {
		eq(t, d, in(w.derive(t, d), plan.IEP), want)
	}
	eq(t, "since", w.derive(t, "2025-03-17").Tracks[0].InForce[0].Since, on("2025-03-17"))
	late := twoPlans("us-ca").add("y iep_consent_received 2025-04-10 re=offer")
	eq(t, "since", late.derive(t, "2025-05-01").Tracks[0].InForce[0].Since, on("2025-04-10"))
}

// The same answer on the plan's page and in the record is one answer.
func TestTheSameAnswerTwice(t *testing.T) {
	w := twoPlans("us-ca").add("y iep_consent_partial 2025-03-10 re=offer by=mother")
	w.plans[1].Consent = []plan.Answer{{On: on("2025-03-10"), By: "mother", Agreement: "with_exceptions", Exceptions: []plan.Exception{{Part: "slp"}}}}
	r := w.derive(t, "2025-05-01")
	eq(t, "in force", in(r, plan.IEP), "sai:b slp:a")
	o := r.Tracks[0].Offers[1]
	if len(o.Answers) != 1 || o.Answers[0].Entry != "y" {
		t.Errorf("answers: %+v", o.Answers)
	}
}

// A service that a plan leaves out stays until its end is agreed to.
func TestWhatAPlanLeavesOut(t *testing.T) {
	for _, c := range []struct{ entry, force, parts string }{
		{"", "ot:a slp:a", "-ot:silent slp:silent"},
		{"y iep_consent_received 2025-03-10 re=offer", "slp:b", "-ot:agreed slp:agreed"},
		{"y iep_consent_partial 2025-03-10 re=offer except=ot", "ot:a slp:b", "-ot:excepted slp:agreed"},
		{"y iep_consent_partial 2025-03-10 re=offer parts=slp", "ot:a slp:b", "-ot:excepted slp:agreed"},
	} {
		w := &world{}
		yes(w.with("a", "2024-03-01", line("slp", 60), line("ot", 30)), "2024-03-10", "")
		w.with("b", "2025-03-03", line("slp", 30))
		w.add("offer iep_offered 2025-03-03 plan=b")
		if c.entry != "" {
			w.add(c.entry)
		}
		r := w.derive(t, "2025-05-01")
		eq(t, c.entry, in(r, plan.IEP), c.force)
		eq(t, c.entry, parts(r, "b"), c.parts)
	}
}

// A sort of component of which a plan that was not typed in whole says nothing is
// not taken to be gone.
func TestWhatWasNotTypedIn(t *testing.T) {
	w := &world{}
	a := w.with("a", "2024-03-01", line("slp", 60))
	a.Goals = []plan.Goal{{ID: "g1", Text: "By June Teo will read 85 words a minute"}}
	yes(a, "2024-03-10", "")
	b := w.with("b", "2025-03-03", line("slp", 30))
	yes(b, "2025-03-10", "")
	eq(t, "goals", in(w.derive(t, "2025-05-01"), plan.IEP), "g1:a slp:b")
	b.Complete = fact.Yes
	eq(t, "the whole paper", in(w.derive(t, "2025-05-01"), plan.IEP), "slp:b")
	b.Complete, b.Services, b.Goals = fact.Unsaid, nil, a.Goals
	r := w.derive(t, "2025-05-01")
	eq(t, "no services", in(r, plan.IEP), "g1:b slp:a")
	eq(t, "notices", notices(r), "services_not_entered")
}

// The first plan begins with a yes and with nothing else, in every State.
func TestFirstPlan(t *testing.T) {
	for _, j := range []string{"us", "us-ca", "us-in", "us-tx", "us-ma", "us-wi"} {
		first := func() *world {
			w := &world{jurisdiction: j}
			w.with("a", "2025-03-03", line("slp", 30))
			return w.add("offer iep_offered 2025-03-03 plan=a", "notice prior_written_notice_given 2025-03-03 re=offer")
		}
		r := first().derive(t, "2026-01-01")
		eq(t, j+" silence", in(r, plan.IEP), "")
		eq(t, j+" override", can(r, fact.LEA, "override_first_services"), "no")
		eq(t, j+" begin", can(r, fact.LEA, "begin_first_services"), "no")
		r = first().add("n services_consent_refused 2025-03-10").derive(t, "2026-01-01")
		eq(t, j+" refused", in(r, plan.IEP), "")
		eq(t, j+" refused", consent(r), program.Refused)
		eq(t, j+" override", can(r, fact.LEA, "override_first_services"), "no")
		r = first().add("n services_consent_refused 2025-03-10", "case due_process_filed 2025-04-01 filed_by=lea", "d hearing_decision_issued 2025-06-01 re=case granted=yes plan=a").derive(t, "2026-01-01")
		eq(t, j+" ordered", in(r, plan.IEP), "")
		if !strings.Contains(notices(r), "order_over_first_refusal") {
			t.Errorf("%s: %s", j, notices(r))
		}
		eq(t, j+" agreed", in(first().add("y services_consent_received 2025-03-10").derive(t, "2026-01-01"), plan.IEP), "slp:a")
		eq(t, j+" signed", in(first().add("y iep_consent_received 2025-03-10").derive(t, "2026-01-01"), plan.IEP), "slp:a")
	}
}

// Consent to first services takes back no exception, and says nothing of a later plan.
func TestConsentToFirstServices(t *testing.T) {
	w := &world{}
	w.with("a", "2025-03-03", line("slp", 30), line("ot", 30))
	w.add("y iep_consent_partial 2025-03-10 plan=a except=ot", "z services_consent_received 2025-03-12 plan=a")
	eq(t, "first", in(w.derive(t, "2025-05-01"), plan.IEP), "slp:a")
	// On one day: the yes to begin, and the yes to parts alone.
	for _, parts := range []string{"parts=slp", "except=ot"} {
		w = &world{}
		w.with("a", "2025-03-03", line("slp", 30), line("ot", 30))
		w.add("y services_consent_received 2025-03-10 plan=a", "z iep_consent_partial 2025-03-10 plan=a "+parts)
		r := w.derive(t, "2025-05-01")
		eq(t, parts, in(r, plan.IEP), "slp:a")
		eq(t, parts, consent(r), program.Partial)
	}
	w = &world{}
	w.with("a", "2025-03-03", line("slp", 30), line("ot", 30))
	w.add("y services_consent_received 2025-03-10 plan=a", "z iep_consent_partial 2025-03-12 plan=a")
	eq(t, "parts nobody knows", in(w.derive(t, "2025-05-01"), plan.IEP), "")
	eq(t, "later", in(twoPlans("us-ca").add("z services_consent_received 2025-03-12").derive(t, "2025-05-01"), plan.IEP), "sai:a slp:a")
}

// Where no consent to a later plan is asked for, notice lets it begin.
func TestNotice(t *testing.T) {
	r := twoPlans("us-wi").add("n prior_written_notice_given 2025-03-05 re=offer").derive(t, "2025-05-01")
	eq(t, "in force", in(r, plan.IEP), "sai:b slp:b")
	eq(t, "consent", consent(r), program.NotNeeded)
	l := r.Tracks[0].InForce[0]
	if l.Basis != program.OnNotice || l.Reason.Rule == "" || l.Reason.Citation == "" {
		t.Errorf("%+v", l)
	}
	r = twoPlans("us-wi").derive(t, "2025-05-01")
	eq(t, "no notice shown", in(r, plan.IEP), "sai:b slp:b")
	eq(t, "notices", notices(r), "notice_not_shown")
	eq(t, "a no, and no notice", in(twoPlans("us-wi").add("y iep_rejected 2025-03-10 re=offer").derive(t, "2025-05-01"), plan.IEP), "sai:a slp:a")
	// A hearing asked for before it began holds the old plan; one asked for later does not bring it back.
	before := twoPlans("us-wi").add("n prior_written_notice_given 2025-03-05 re=offer", "case due_process_filed 2025-03-10 filed_by=parent")
	r = before.derive(t, "2025-05-01")
	eq(t, "held", in(r, plan.IEP), "sai:a slp:a")
	eq(t, "basis", r.Tracks[0].InForce[0].Basis, program.OnStayPut)
	eq(t, "stay put", lines(r.StayPut.Lines), "sai:a slp:a")
	before.add("w due_process_withdrawn 2025-05-15 re=case")
	r = before.derive(t, "2025-06-01")
	eq(t, "after it", in(r, plan.IEP), "sai:b slp:b")
	eq(t, "since", r.Tracks[0].InForce[0].Since, on("2025-05-15"))
	r = twoPlans("us-wi").add("n prior_written_notice_given 2025-03-05 re=offer", "case due_process_filed 2025-03-20 filed_by=parent").derive(t, "2025-05-01")
	eq(t, "too late", lines(r.StayPut.Lines), "sai:b slp:b")
}

// Revocation ends all, whatever else there is; only a new agreement begins anew.
func TestRevocation(t *testing.T) {
	w := twoPlans("us-ca").add("y iep_consent_received 2025-03-10 re=offer", "r services_consent_revoked 2025-04-10 by=mother")
	eq(t, "before", in(w.derive(t, "2025-04-09"), plan.IEP), "sai:b slp:b")
	r := w.derive(t, "2025-05-01")
	eq(t, "after", in(r, plan.IEP), "")
	eq(t, "consent", consent(r), program.Revoked)
	eq(t, "parts", parts(r, "b"), "sai:revoked slp:revoked")
	if e := r.Tracks[0].Ended; e == nil || e.On != on("2025-04-10") || e.Entry != "r" || e.Reason.Citation == "" {
		t.Errorf("ended: %+v", e)
	}
	eq(t, "override", can(r, fact.LEA, "override_revocation"), "no")
	eq(t, "notice first", can(r, fact.LEA, "stop_after_notice"), "yes")
	eq(t, "owed", notices(r), "revocation_notice_owed")
	eq(t, "an order", in(twoPlans("us-ca").add("r services_consent_revoked 2025-04-10", "d hearing_decision_issued 2025-04-20 plan=b granted=yes").derive(t, "2025-05-01"), plan.IEP), "")
	spoken := twoPlans("us-ca").add("r services_consent_revoked 2025-04-10 written=no").derive(t, "2025-05-01")
	eq(t, "spoken", in(spoken, plan.IEP), "sai:a slp:a")
	eq(t, "spoken", notices(spoken), "revocation_unwritten")
	// A year later there is a first plan again.
	again := w.with("c", "2026-05-01", line("slp", 20))
	eq(t, "offered again", in(w.derive(t, "2026-06-01"), plan.IEP), "")
	yes(again, "2026-05-10", "mother")
	r = w.derive(t, "2026-06-01")
	eq(t, "agreed again", in(r, plan.IEP), "slp:c")
	if g := r.Tracks[0].Gaps; len(g) != 1 || g[0].Component != "slp" || g[0].From != on("2025-04-10") || g[0].To != on("2026-05-14") || g[0].Reason.Key != "gap_revoked" {
		t.Errorf("gaps: %+v", g)
	}
}

// A plan past its end stays in force; a line that was written to end before its
// plan does not.
func TestExpired(t *testing.T) {
	w := &world{}
	p := w.with("a", "2024-03-01", line("slp", 60), line("ot", 30))
	p.Services[1].To = on("2024-06-30")
	yes(p, "2024-03-10", "")
	r := w.derive(t, "2026-01-01")
	eq(t, "in force", in(r, plan.IEP), "slp:a")
	l := r.Tracks[0].InForce[0]
	if !l.Expired || l.Until != on("2025-03-14") || l.Reason.Key != "expired" || l.Reason.Citation == "" {
		t.Errorf("%+v", l)
	}
	eq(t, "while it ran", in(w.derive(t, "2024-06-30"), plan.IEP), "ot:a slp:a")
}

// An amendment changes its parts and nothing else, by agreement of both sides.
func TestAmendments(t *testing.T) {
	amended := func(date string) (*world, *plan.Plan) {
		w := &world{}
		yes(w.with("a", "2024-03-01", line("slp", 60), line("ot", 30)), "2024-03-10", "")
		p := &plan.Plan{ID: "a1", Kind: plan.IEP, Amends: "a", Offered: on(date), Services: []plan.Service{line("slp", 90)}, Removes: []string{"ot"}}
		w.plans = append(w.plans, p)
		return w, p
	}
	w, _ := amended("2024-10-01")
	r := w.derive(t, "2024-11-01")
	eq(t, "proposed", in(r, plan.IEP), "ot:a slp:a")
	eq(t, "alone", can(r, fact.LEA, "amend_without_agreement"), "no")
	eq(t, "refuse", can(r, fact.Parent, "refuse_amendment"), "yes")
	w.add("y iep_amendment_agreed 2024-10-05 plan=a1")
	r = w.derive(t, "2024-11-01")
	eq(t, "agreed", in(r, plan.IEP), "slp:a1")
	eq(t, "until", r.Tracks[0].InForce[0].Until, on("2025-03-14")) // the base keeps its dates
	w, _ = amended("2024-10-01")
	eq(t, "refused", in(w.add("n iep_amendment_refused 2024-10-05 plan=a1").derive(t, "2024-11-01"), plan.IEP), "ot:a slp:a")
	w, p := amended("2023-10-01")
	r = w.derive(t, "2024-11-01")
	eq(t, "before its plan", notices(r), "amendment_before_plan")
	p.Amends = "nothing"
	eq(t, "of nothing", notices(w.derive(t, "2024-11-01")), "amends_unknown")
	w.plans[0].Amends, p.Amends = "a1", "a"
	if got := notices(w.derive(t, "2024-11-01")); got != "amends_itself amends_itself" {
		t.Errorf("in a circle: %s", got)
	}
}

// A line that was agreed to, refused, and offered again leaves a gap of days.
func TestGap(t *testing.T) {
	w := &world{}
	a := w.with("a", "2024-03-01", line("slp", 60), line("sai", 100))
	a.Services[0].To = on("2024-12-31")
	yes(a, "2024-03-10", "")
	b := w.with("b", "2025-03-03", line("slp", 30), line("sai", 100))
	yes(b, "2025-03-10", "")
	g := w.derive(t, "2025-05-01").Tracks[0].Gaps
	if len(g) != 1 || g[0].Component != "slp" || g[0].From != on("2025-01-01") || g[0].To != on("2025-03-16") {
		t.Errorf("gaps: %+v", g)
	}
}

// After a move the last plan's services go on as comparable ones.
func TestTransfer(t *testing.T) {
	w := twoPlans("us-ca")
	w.plans = w.plans[:1]
	w.add("move transfer_enrolled 2025-01-13 transfer_from=same_state")
	r := w.derive(t, "2025-02-01")
	l := r.Tracks[0].InForce[0]
	if l.Basis != program.OnTransfer || l.Since != on("2025-01-13") || l.Reason.Citation == "" {
		t.Errorf("%+v", l)
	}
	w.add("new new_iep_adopted 2025-02-10 plan=a")
	r = w.derive(t, "2025-03-01")
	eq(t, "adopted", r.Tracks[0].InForce[0].Basis, program.OnAgreement)
}

// Rights pass to the student: from then on only his or her answers count.
func TestAdultStudent(t *testing.T) {
	w := twoPlans("us-ca")
	w.child.Child.Born = on("2007-02-01")
	w.add("y iep_consent_received 2025-03-10 re=offer by=mother")
	r := w.derive(t, "2025-05-01")
	eq(t, "the mother's", in(r, plan.IEP), "sai:a slp:a")
	eq(t, "notices", notices(r), "answer_after_majority")
	w.add("z iep_consent_received 2025-03-12 re=offer by=student")
	eq(t, "the student's", in(w.derive(t, "2025-05-01"), plan.IEP), "sai:b slp:b")
	w.child.RightsHolder = []fact.Dated{{Is: "mother"}, {From: on("2025-02-20"), Is: "conservator"}}
	eq(t, "a conservator", in(w.derive(t, "2025-05-01"), plan.IEP), "sai:b slp:b")
}

// The other parent's answer does not count when the case says who decides.
func TestWhoDecides(t *testing.T) {
	w := twoPlans("us-ca")
	w.child.RightsHolder = []fact.Dated{{Is: "mother"}}
	w.add("y iep_consent_received 2025-03-10 re=offer by=father")
	r := w.derive(t, "2025-05-01")
	eq(t, "in force", in(r, plan.IEP), "sai:a slp:a")
	eq(t, "notices", notices(r), "answer_by_other")
}

// A draft is never in force, whatever was signed.
func TestDraft(t *testing.T) {
	w := twoPlans("us-ca").add("y iep_consent_received 2025-03-10 plan=b")
	w.plans[1].Status = "draft"
	r := w.derive(t, "2025-05-01")
	eq(t, "in force", in(r, plan.IEP), "sai:a slp:a")
	eq(t, "notices", notices(r), "answer_to_draft")
	eq(t, "parts", parts(r, "b"), "sai:not_asked slp:not_asked")
}

// A 504 plan runs apart, begins on notice, and no agreement ends the IEP by it.
func TestSection504(t *testing.T) {
	w := &world{}
	w.plans = append(w.plans, &plan.Plan{ID: "five", Kind: plan.Section504, EffectiveStart: on("2025-01-10"), Accommodations: []plan.Support{{ID: "time", Text: "Extra time"}}})
	r := w.derive(t, "2025-05-01")
	eq(t, "in force", in(r, plan.Section504), "time:five")
	eq(t, "consent", r.Tracks[0].Consent, program.NotNeeded)
	eq(t, "no IEP", in(r, plan.IEP), "")
	r = w.add("case due_process_filed 2025-03-10 filed_by=parent").derive(t, "2025-05-01")
	eq(t, "notices", notices(r), "no_stay_put_504")
	eq(t, "stay put", r.StayPut.Applies, fact.No)
}

// What is wrong with plans is told and never guessed at.
func TestOddPlans(t *testing.T) {
	w := &world{}
	w.plans = []*plan.Plan{nil, {}, {ID: "x", Kind: "poem"}, {ID: "y", Kind: plan.IEP, EffectiveStart: on("2025-02-01"), EffectiveEnd: on("2024-02-01"), Services: []plan.Service{{ID: "s", From: on("2025-03-01"), To: on("2025-01-01")}}},
		{ID: "z", Kind: plan.IEP, Status: "in_effect", EffectiveStart: on("2025-01-01"), Services: []plan.Service{{}, {}, {ID: "services-1"}}}, {ID: "z", Kind: plan.IEP}}
	r := w.derive(t, "2025-05-01")
	eq(t, "in force", in(r, plan.IEP), "")
	for _, want := range []string{"undated_plan", "ends_before_start", "part_ends_before_start", "repeated_plan"} {
		if !strings.Contains(notices(r), want) {
			t.Errorf("no notice %s: %s", want, notices(r))
		}
	}
	program.Derive(program.Input{})
	program.Derive(program.Input{Plans: w.plans, AsOf: day.Max})
}

// An answer to a plan that nobody entered is told.
func TestAnswersToNothing(t *testing.T) {
	w := (&world{}).add("y iep_consent_received 2025-03-10 plan=gone", "z iep_consent_received 2025-03-11")
	eq(t, "notices", notices(w.derive(t, "2025-05-01")), "answer_to_nothing answer_to_unknown_plan")
}
