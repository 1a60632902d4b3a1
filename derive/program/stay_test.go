package program_test

import (
	"strings"
	"testing"

	"stayput/derive/program"
	"stayput/fact"
	"stayput/plan"
)

// What starts stay put, what does not, and what ends it.
func TestStayPut(t *testing.T) {
	for _, c := range []struct {
		name, jurisdiction, entries, asOf string
		applies                           fact.Tri
		lines, exception, over            string
	}{
		{"nothing was filed", "us-ca", "", "2025-05-01", fact.No, "", "", ""},
		{"the parent files", "us-ca", "c due_process_filed 2025-03-20 filed_by=parent", "2025-05-01", fact.Yes, "sai:a slp:a", "", ""},
		{"the district files", "us-ca", "c due_process_filed 2025-03-20 filed_by=lea", "2025-05-01", fact.Yes, "sai:a slp:a", "", ""},
		{"a State complaint starts nothing", "us-ca", "c state_complaint_filed 2025-03-20", "2025-05-01", fact.No, "", "", ""},
		{"mediation alone, where the law is read in two ways", "us-ca", "y iep_consent_partial 2025-03-10 re=offer except=slp;c mediation_requested 2025-03-20", "2025-05-01", fact.Unsaid, "sai:b slp:a", "", ""},
		{"mediation alone, under federal law", "us-wi", "n prior_written_notice_given 2025-03-05 re=offer;c mediation_requested 2025-03-10", "2025-05-01", fact.No, "", "", ""},
		{"mediation about nothing that was offered", "us-ca", "y iep_consent_received 2025-03-10 re=offer;c mediation_requested 2025-03-20", "2025-05-01", fact.No, "", "", ""},
		{"parts that were agreed to before", "us-ca", "y iep_consent_partial 2025-03-10 re=offer except=slp;c due_process_filed 2025-03-20", "2025-05-01", fact.Yes, "sai:b slp:a", "", ""},
		{"parts that are agreed to since", "us-ca", "c due_process_filed 2025-03-20;y iep_consent_partial 2025-04-01 re=offer except=slp", "2025-05-01", fact.Yes, "sai:b slp:a", "", ""},
		{"withdrawn", "us-ca", "c due_process_filed 2025-03-20;w due_process_withdrawn 2025-04-20 re=c", "2025-05-01", fact.No, "", "", "2025-04-20"},
		{"settled", "us-ca", "c due_process_filed 2025-03-20;w settlement_signed 2025-04-20 re=c plan=b", "2025-05-01", fact.No, "", "", "2025-04-20"},
		{"a settlement that was canceled in time", "us-ca", "c due_process_filed 2025-03-20;w resolution_agreement_executed 2025-04-21 re=c plan=b;v resolution_agreement_voided 2025-04-23 re=w", "2025-05-01", fact.Yes, "sai:a slp:a", "", ""},
		{"decided, and court may follow", "us-ca", "c due_process_filed 2025-03-20 filed_by=parent;w hearing_decision_issued 2025-04-20 re=c granted=no", "2025-05-01", fact.Unsaid, "sai:a slp:a", "", "2025-04-20"},
		{"decided, and the time for court is over", "us-ca", "c due_process_filed 2025-03-20 filed_by=parent;w hearing_decision_issued 2025-04-20 re=c granted=no", "2025-09-01", fact.No, "", "", "2025-04-20"},
		{"decided, and gone to court", "us-ca", "c due_process_filed 2025-03-20 filed_by=parent;w hearing_decision_issued 2025-04-20 re=c granted=no;k civil_action_filed 2025-05-20 re=c", "2025-09-01", fact.Yes, "sai:a slp:a", "", ""},
		{"a decision for the school, gone to court", "us-ca", "c due_process_filed 2025-03-20 filed_by=lea;w hearing_decision_issued 2025-04-20 re=c granted=yes plan=b;k civil_action_filed 2025-05-20 re=c", "2025-09-01", fact.Yes, "sai:a slp:a", "", ""},
		{"a decision for the parent, gone to court", "us-ca", "c due_process_filed 2025-03-20 filed_by=parent;w hearing_decision_issued 2025-04-20 re=c granted=yes plan=b;k civil_action_filed 2025-05-20 re=c", "2025-09-01", fact.Yes, "sai:b slp:b", "decision_for_parent", ""},
		{"both agree on something else", "us-ca", "c due_process_filed 2025-03-20;w placement_agreed 2025-04-20 plan=b parts=sai", "2025-05-01", fact.Yes, "sai:b slp:a", "agreement", ""},
		{"an order says what stays", "us-ca", "c due_process_filed 2025-03-20;w stay_put_ordered 2025-04-20 plan=b parts=slp", "2025-05-01", fact.Yes, "sai:a slp:b", "order", ""},
		{"all services are revoked", "us-ca", "c due_process_filed 2025-03-20;w services_consent_revoked 2025-04-20", "2025-05-01", fact.No, "", "revoked", ""},
		{"a move", "us-ca", "c due_process_filed 2025-03-20;w transfer_enrolled 2025-04-20 transfer_from=other_state", "2025-05-01", fact.Unsaid, "sai:a slp:a", "transfer", ""},
		{"a diploma", "us-ca", "c due_process_filed 2025-03-20;w regular_diploma_awarded 2025-04-20", "2025-05-01", fact.Yes, "sai:a slp:a", "graduation", ""},
		{"discipline", "us-ca", "i iaes_started 2025-03-17;c expedited_complaint_filed 2025-03-20", "2025-04-01", fact.Yes, "sai:a slp:a", "discipline", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := twoPlans(c.jurisdiction)
			if c.entries != "" {
				w.add(strings.Split(c.entries, ";")...)
			}
			s := w.derive(t, c.asOf).StayPut
			eq(t, "applies", s.Applies, c.applies)
			eq(t, "lines", lines(s.Lines), c.lines)
			eq(t, "exception", s.Exception, c.exception)
			eq(t, "over", s.Over, on(c.over))
			if s.Applies == fact.Yes && s.Reason.Citation == "" {
				t.Errorf("stay put without law: %+v", s.Reason)
			}
		})
	}
}

// A plan that was agreed to and never carried out before the dispute is not what
// stays put; the other reading is told.
func TestAgreedAndNotCarriedOut(t *testing.T) {
	w := twoPlans("us-ca").add("y iep_consent_received 2025-03-10 re=offer", "late iep_implemented 2025-04-20 plan=b", "c due_process_filed 2025-04-01")
	s := w.derive(t, "2025-05-01").StayPut
	eq(t, "lines", lines(s.Lines), "sai:a slp:a")
	if len(s.Readings) != 1 || s.Readings[0].Key != "reading_agreed_not_carried_out" {
		t.Errorf("%+v", s.Readings)
	}
	// Whether it was carried out is not in the record: the latest counts, and it is asked.
	w = twoPlans("us-ca").add("y iep_consent_received 2025-03-10 re=offer", "c due_process_filed 2025-04-01")
	s = w.derive(t, "2025-05-01").StayPut
	eq(t, "lines", lines(s.Lines), "sai:b slp:b")
	if len(s.Ask) != 1 || s.Ask[0].Key != "ask_carried_out" {
		t.Errorf("%+v", s.Ask)
	}
}

// While discipline is appealed the interim setting holds, also beside another case;
// when the child is back, the ordinary rule does.
func TestDisciplineBesideAnotherCase(t *testing.T) {
	w := twoPlans("us-ca").add("c due_process_filed 2025-03-20 filed_by=parent", "i iaes_started 2025-04-07", "d expedited_complaint_filed 2025-04-10 filed_by=parent")
	s := w.derive(t, "2025-04-20").StayPut
	eq(t, "exception", s.Exception, "discipline")
	eq(t, "since", s.Since, on("2025-04-10"))
	w.add("b iaes_ended 2025-04-25 re=i")
	s = w.derive(t, "2025-05-01").StayPut
	eq(t, "exception", s.Exception, "")
	eq(t, "since", s.Since, on("2025-03-20"))
	eq(t, "lines", lines(s.Lines), "sai:a slp:a")
}

// A move inside one plan area has a rule of its own.
func TestTransferRule(t *testing.T) {
	for from, rule := range map[string]string{"same_plan_area": "us-ca.transfer.same_plan_area", "same_state": "us-ca.transfer.other_plan_area", "other_state": "us-ca.transfer.other_state"} {
		w := twoPlans("us-ca")
		w.plans = w.plans[:1]
		w.add("move transfer_enrolled 2025-01-13 transfer_from=" + from)
		eq(t, from, w.derive(t, "2025-02-01").Tracks[0].InForce[0].Reason.Rule, rule)
	}
}

// Where nothing was ever agreed to, no special education stays put.
func TestNothingToFreeze(t *testing.T) {
	first := func() *world {
		w := &world{}
		w.with("a", "2025-03-03", line("slp", 30))
		return w.add("offer iep_offered 2025-03-03 plan=a", "c due_process_filed 2025-03-20 filed_by=parent")
	}
	for fact_, want := range map[string]string{"": "never_agreed", "first_public_admission": "first_admission", "from_part_c": "part_c_to_b"} {
		w := first()
		w.child.Facts = map[string]fact.Tri{fact_: fact.Yes}
		s := w.derive(t, "2025-05-01").StayPut
		eq(t, "exception", s.Exception, want)
		eq(t, "lines", lines(s.Lines), "")
		if s.Reason.Citation == "" {
			t.Errorf("%s: no law", want)
		}
	}
}

// A plan in stages: the next one, agreed to with the rest, begins as planned; both
// readings are told.
func TestStages(t *testing.T) {
	w := &world{}
	p := w.with("a", "2025-08-01", line("slp", 60), line("aide", 300), line("aide", 100))
	p.Services[1].ID, p.Services[1].To = "aide1", on("2025-12-19")
	p.Services[2].ID, p.Services[2].From = "aide2", on("2026-01-05")
	yes(p, "2025-08-05", "")
	w.add("c due_process_filed 2025-11-01")
	s := w.derive(t, "2025-12-01").StayPut
	eq(t, "before", lines(s.Lines), "aide1:a slp:a")
	s = w.derive(t, "2026-02-01").StayPut
	eq(t, "after", lines(s.Lines), "aide2:a slp:a")
	eq(t, "exception", s.Exception, "stages")
	if len(s.Readings) < 2 {
		t.Errorf("%+v", s.Readings)
	}
}

// A complaint and its receipt are one case.
func TestOneCase(t *testing.T) {
	w := twoPlans("us-ca").add("c due_process_filed 2025-03-20 filed_by=parent", "d due_process_received 2025-03-22 filed_by=parent", "w due_process_withdrawn 2025-04-20 re=c")
	s := w.derive(t, "2025-05-01").StayPut
	eq(t, "since", s.Since, on("2025-03-20"))
	eq(t, "over", s.Over, on("2025-04-20"))
	// Two cases: the one that goes on counts.
	w.add("e due_process_filed 2025-04-01 filed_by=lea")
	s = w.derive(t, "2025-05-01").StayPut
	eq(t, "since", s.Since, on("2025-04-01"))
	eq(t, "applies", s.Applies, fact.Yes)
}

// What each side may do, by the law of the State.
func TestMoves(t *testing.T) {
	for _, c := range []struct{ jurisdiction, entries, side, do, want string }{
		{"us-ca", "y iep_consent_partial 2025-03-10 re=offer except=slp", "lea", "file_for_part", "yes"},
		{"us-ca", "y iep_consent_partial 2025-03-10 re=offer except=slp", "lea", "carry_out_agreed", "yes"},
		{"us-ca", "y iep_consent_partial 2025-03-10 re=offer except=slp", "lea", "withhold_for_refusal", "no"},
		{"us-ca", "y iep_consent_partial 2025-03-10 re=offer except=slp", "parent", "file_due_process", "yes"},
		{"us-ca", "y iep_consent_partial 2025-03-10 re=offer except=slp", "parent", "withdraw_exception", "yes"},
		{"us-ca", "", "lea", "begin_after_silence", "no"},
		{"us-ca", "", "lea", "carry_out_last", "yes"},
		{"us-ca", "c due_process_filed 2025-03-20", "lea", "change_during_dispute", "no"},
		{"us-wi", "n prior_written_notice_given 2025-03-05 re=offer", "lea", "begin_after_notice", "yes"},
		{"us-ca", "", "parent", "revoke_all", "yes"},
		{"us-ca", "q reevaluation_consent_requested 2025-04-01", "lea", "go_on_after_silence", "yes"},
		{"us-ca", "q reevaluation_consent_requested 2025-04-01;n reevaluation_consent_refused 2025-04-10 re=q", "lea", "evaluate_without_consent", "no"},
		{"us-ca", "q evaluation_consent_requested 2025-04-01;n evaluation_consent_refused 2025-04-10 re=q", "lea", "file_over_refusal", "yes"},
		{"us-ma", "q evaluation_consent_requested 2025-04-01;n evaluation_consent_refused 2025-04-10 re=q", "lea", "file_over_refusal", "no"},
		{"us-ca", "q member_excusal_sought 2025-04-01", "lea", "meet_without_member", "no"},
		{"us-ca", "q member_excusal_sought 2025-04-01;y excusal_agreed 2025-04-02 re=q", "lea", "meet_without_member", "yes"},
		{"us-ca", "q insurance_consent_requested 2025-04-01;y insurance_consent_received 2025-04-02 re=q;z insurance_consent_withdrawn 2025-04-20", "lea", "bill_insurance", "no"},
		{"us-ca", "q records_release_requested 2025-04-01;y records_release_refused 2025-04-02 re=q", "lea", "send_records", "no"},
	} {
		w := twoPlans(c.jurisdiction)
		if c.entries != "" {
			w.add(strings.Split(c.entries, ";")...)
		}
		r := w.derive(t, "2025-05-01")
		if got := can(r, fact.Party(c.side), c.do); got != c.want {
			t.Errorf("%s, %q: %s %s is %q, want %q", c.jurisdiction, c.entries, c.side, c.do, got, c.want)
		}
	}
	// Before all is revoked, what ends with it must be read.
	for _, a := range twoPlans("us-ca").derive(t, "2025-05-01").Asked {
		for _, m := range a.Moves {
			if m.Do == "revoke_all" && m.Warn != "revocation" {
				t.Error("revocation without its warning")
			}
		}
	}
	// Of a child taught at home nobody overrides a no.
	w := twoPlans("us-ca").add("q evaluation_consent_requested 2025-04-01", "n evaluation_consent_refused 2025-04-10 re=q")
	w.child.Facts = map[string]fact.Tri{"home_schooled": fact.Yes}
	eq(t, "taught at home", can(w.derive(t, "2025-05-01"), fact.LEA, "file_over_refusal"), "no")
}

// The table names only moves of the closed list.
func TestMovesAreKnown(t *testing.T) {
	known := map[string]bool{}
	for _, m := range program.Moves {
		if known[m] {
			t.Errorf("%s stands twice", m)
		}
		known[m] = true
	}
	for _, m := range program.MovesOfTheTable() {
		if !known[m.Do] {
			t.Errorf("%s is not in Moves", m.Do)
		}
	}
	_ = plan.IEP
}
