package program_test

import (
	"testing"

	"stayput/day"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/plan"
)

// The day to act by is that of the State's rule: the plan was offered on March 3,
// 2025, so the tenth day is March 13, the fourteenth the 17th, the fifteenth the 18th.
func TestByWhen(t *testing.T) {
	for _, c := range []struct{ jurisdiction, do, by string }{
		{"us-pa", "ask_mediation", "2025-03-13"},
		{"us-pa", "file_due_process", "2025-03-13"},
		{"us-nj", "ask_mediation", "2025-03-18"},
		{"us-nj", "file_due_process", "2025-03-18"},
		{"us-mn", "ask_mediation", "2025-03-17"},
		{"us-mn", "ask_meeting", "2025-03-17"},
		{"us-nj", "ask_meeting", ""}, // a meeting holds nothing there
		{"us-ca", "file_due_process", ""},
		{"us-ca", "agree_parts", ""},
		{"us-wi", "ask_mediation", ""},
	} {
		m := move(twoPlans(c.jurisdiction).derive(t, "2025-03-05"), fact.Parent, c.do)
		if m == nil || m.By != on(c.by) {
			t.Errorf("%s %s: %+v, want %s", c.jurisdiction, c.do, m, c.by)
		}
	}
	// The school's side: from when it may begin. On the day after there is nothing to say.
	m := move(twoPlans("us-nj").derive(t, "2025-03-05"), fact.LEA, "begin_after_silence")
	if m == nil || m.From != on("2025-03-19") {
		t.Errorf("%+v", m)
	}
	m = move(twoPlans("us-nj").derive(t, "2025-03-19"), fact.Parent, "ask_mediation")
	if m == nil || m.By != 0 {
		t.Errorf("past: %+v", m)
	}
	// California: the district must ask for a hearing about a refused part, and the
	// law gives no number of days.
	m = move(twoPlans("us-ca").add("y iep_consent_partial 2025-03-10 re=offer except=slp").derive(t, "2025-03-11"), fact.LEA, "file_for_part")
	if m == nil || m.By != 0 || m.From != 0 {
		t.Errorf("%+v", m)
	}
}

// What stands only on the plan's own page is in the table of consent.
func TestAskedOnThePage(t *testing.T) {
	w := twoPlans("us-ca")
	w.plans[1].Consent = []plan.Answer{{On: on("2025-03-10"), By: "mother", Agreement: "all", Insurance: fact.No}}
	w.plans[1].Team = []plan.Member{{Name: "Ms. Sample", Excused: plan.Excusal{ParentSigned: on("2025-03-01"), LEASigned: on("2025-02-27")}}, {Name: "Mr. Sample", Excused: plan.Excusal{LEASigned: on("2025-02-28")}}, {Name: "Here"}}
	w.add("old insurance_consent_received 2024-09-01 by=mother")
	row := func(r *program.Result, s program.Subject, name string) program.Asked {
		for _, x := range r.Asked {
			if x.Subject == s && x.Name == name {
				return x
			}
		}
		return program.Asked{}
	}
	r := w.derive(t, "2025-05-01")
	x := row(r, program.Insurance, "")
	eq(t, "insurance", []any{x.State, x.Since, x.Reason.Key, x.By, x.Entry}, []any{program.Excepted, on("2025-03-10"), "page_refused", "mother", ""})
	eq(t, "bill", can(r, fact.LEA, "bill_insurance"), "no")
	if x.Reason.Citation == "" || len(x.Moves) == 0 {
		t.Errorf("%+v", x)
	}
	x = row(r, program.Excusal, "Ms. Sample")
	eq(t, "excused", []any{x.State, x.Since, x.Asked, x.Reason.Key}, []any{program.Agreed, on("2025-03-01"), on("2025-02-27"), "page_agreed"})
	x = row(r, program.Excusal, "Mr. Sample")
	eq(t, "not signed", []any{x.State, x.Since, x.Reason.Key}, []any{program.Silent, on("2025-02-28"), "page_unsigned"})
	eq(t, "here", row(r, program.Excusal, "Here").State, program.State(""))
	// A later word in the record goes before the page.
	w.add("new insurance_consent_received 2025-04-01 by=mother")
	x = row(w.derive(t, "2025-05-01"), program.Insurance, "")
	eq(t, "later", []any{x.State, x.Entry}, []any{program.Agreed, "new"})
	// And what had not happened on the day is not there.
	eq(t, "before", row(w.derive(t, "2025-03-05"), program.Insurance, "").State, program.Agreed)
	eq(t, "before", row(w.derive(t, "2025-03-05"), program.Insurance, "").Entry, "old")
}

// The rule behind a move of the child is the one that fits where she came from.
func TestTransferRules(t *testing.T) {
	for _, c := range []struct{ jurisdiction, from, rule string }{
		{"us-ca", "transfer_from=same_state", "us-ca.transfer.other_plan_area"},
		{"us-ca", "transfer_from=same_plan_area", "us-ca.transfer.same_plan_area"},
		{"us-ca", "transfer_from=other_state", "us-ca.transfer.other_state"},
		{"us-ca", "", "us.iep.transfer_same_state"}, // which of the two cannot be told
		{"us-tx", "transfer_from=same_plan_area", ""},
	} {
		w := twoPlans(c.jurisdiction)
		w.plans = w.plans[:1]
		w.entries = w.entries[:1]
		w.add("move transfer_enrolled 2025-01-13 " + c.from)
		r := w.derive(t, "2025-02-01").Tracks[0].InForce[0].Reason
		if c.rule != "" && string(r.Rule) != c.rule || r.Rule == "" || r.Citation == "" {
			t.Errorf("%s %s: %+v, want %s", c.jurisdiction, c.from, r, c.rule)
		}
		// What the new school adopts rests on the same law.
		a := w.add("new new_iep_adopted 2025-02-10 plan=a").derive(t, "2025-03-01").Tracks[0].InForce[0].Reason
		if a.Key != "adopted" || a.Rule != r.Rule || a.Citation == "" {
			t.Errorf("%s %s: adopted: %+v", c.jurisdiction, c.from, a)
		}
	}
}

// Where an adult student signs, the line names the law by which he or she may.
func TestAdultStudentIsCited(t *testing.T) {
	w := twoPlans("us-ca")
	w.child.Child.Born = on("2007-02-01")
	r := w.add("z iep_consent_received 2025-03-12 re=offer by=student").derive(t, "2025-05-01")
	for _, l := range r.Tracks[0].InForce {
		eq(t, l.Component, l.Reason.Key+" "+string(l.Reason.Rule), "agreed_student us-ca.majority.transfer")
	}
}

// In Pennsylvania a mediation that comes to nothing still holds things in place for
// the ten days within which a hearing keeps them so: session on Monday, April 7,
// 2025, until the 17th.
func TestStayPutAfterMediation(t *testing.T) {
	w := func() *world {
		return twoPlans("us-pa").add("m mediation_requested 2025-03-10", "s mediation_session_held 2025-04-07 re=m")
	}
	for _, c := range []struct {
		asOf    string
		applies fact.Tri
		force   string
	}{{"2025-04-08", fact.Yes, "sai:a slp:a"}, {"2025-04-17", fact.Yes, "sai:a slp:a"}, {"2025-04-18", fact.No, "sai:a slp:a"}} {
		r := w().derive(t, c.asOf)
		eq(t, c.asOf, r.StayPut.Applies, c.applies)
		eq(t, c.asOf, in(r, plan.IEP), c.force)
	}
	r := w().derive(t, "2025-04-10").StayPut
	eq(t, "until", r.Until.Key+" "+r.Until.Args["until"]+" "+string(r.Until.Rule), "until_mediation_closes 2025-04-17 us-pa.stayput.after_mediation")
	eq(t, "over", r.Over, day.Date(0))
	eq(t, "a hearing in time", w().add("case due_process_filed 2025-04-16 filed_by=parent").derive(t, "2025-05-20").StayPut.Applies, fact.Yes)
	eq(t, "agreed", w().add("y mediation_agreement_signed 2025-04-09 re=m").derive(t, "2025-04-10").StayPut.Applies, fact.No)
	eq(t, "agreed, looked at later", w().add("y mediation_agreement_signed 2025-04-09 re=m").derive(t, "2025-05-10").StayPut.Over, on("2025-04-09"))
	// Elsewhere the session ends it.
	eq(t, "in New Jersey", twoPlans("us-nj").add("m mediation_requested 2025-03-10", "s mediation_session_held 2025-04-07 re=m").derive(t, "2025-04-08").StayPut.Applies, fact.No)
}
