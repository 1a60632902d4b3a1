package program_test

import (
	"testing"

	"stayput/derive/program"
	"stayput/fact"
	"stayput/plan"
)

// What the States say in numbers: fifteen days in New Jersey, fourteen in
// Minnesota. The plan was offered on March 3, 2025 and is to begin on March 17.
func TestSilenceAndPlainNo(t *testing.T) {
	for _, c := range []struct{ name, jurisdiction, entry, asOf, force string }{
		{"day 15 is the parent's", "us-nj", "", "2025-03-18", "sai:a slp:a"},
		{"on day 16 it may begin", "us-nj", "", "2025-03-19", "sai:b slp:b"},
		{"a plain no does not stop it", "us-nj", "n iep_rejected 2025-03-10 plan=b", "2025-04-01", "sai:b slp:b"},
		{"mediation does", "us-nj", "n mediation_requested 2025-03-10", "2025-04-01", "sai:a slp:a"},
		{"an objection to one part leaves the rest", "us-mn", "n iep_rejected 2025-03-10 plan=b parts=slp", "2025-04-01", "sai:b slp:a"},
		{"and a no to all stops all", "us-mn", "n iep_rejected 2025-03-10 plan=b", "2025-04-01", "sai:a slp:a"},
	} {
		for _, offered := range []bool{true, false} {
			w := twoPlans(c.jurisdiction)
			if !offered { // only the plan itself says when it was offered
				w.entries = w.entries[:1]
			}
			if c.entry != "" {
				w.add(c.entry)
			}
			if got := in(w.derive(t, c.asOf), plan.IEP); got != c.force {
				t.Errorf("%s, offered in the record: %v: %s, want %s", c.name, offered, got, c.force)
			}
		}
	}
	r := twoPlans("us-nj").derive(t, "2025-04-01")
	l := r.Tracks[0].InForce[0]
	if l.Basis != program.OnSilence || l.Since != on("2025-03-19") || l.Reason.Citation == "" || r.Tracks[0].Consent != program.Deemed {
		t.Errorf("%+v", l)
	}
}

// The age at which the law ends special education needs no entry: born on March
// 12, 2003, a pupil in California finishes the year that ends on June 30, 2025.
func TestAgedOut(t *testing.T) {
	w := &world{}
	w.child.Child.Born = on("2003-03-12")
	yes(w.with("a", "2024-03-01", line("slp", 60)), "2024-03-10", "student")
	eq(t, "on the last day", in(w.derive(t, "2025-06-30"), plan.IEP), "slp:a")
	r := w.derive(t, "2025-07-01")
	eq(t, "the day after", in(r, plan.IEP), "")
	if e := r.Tracks[0].Ended; e == nil || e.On != on("2025-06-30") || e.Reason.Rule == "" {
		t.Errorf("%+v", e)
	}
	w.add("c due_process_filed 2025-05-01")
	s := w.derive(t, "2025-09-01").StayPut
	eq(t, "in a dispute", s.Exception, "aging_out")
	eq(t, "in a dispute", s.Applies, fact.Unsaid)
}

// The law of the day counts: a child who moved has the answers of the State in
// which the plan was offered.
func TestLawOfTheDay(t *testing.T) {
	w := twoPlans("us-ca")
	in0 := w.input(t, on("2025-05-01"))
	in0.Laws = []program.Since{{Law: lawOf(t, "us-ca")}, {From: on("2025-04-01"), Law: lawOf(t, "us-wi")}}
	eq(t, "offered before the move", in(program.Derive(in0), plan.IEP), "sai:a slp:a")
	in0.Laws[1].From = on("2025-02-01")
	eq(t, "offered after it", in(program.Derive(in0), plan.IEP), "sai:b slp:b")
}

// Without any law nothing holds but what was agreed to.
func TestNoLaw(t *testing.T) {
	in0 := twoPlans("us-ca").input(t, on("2025-05-01"))
	in0.Laws = nil
	r := program.Derive(in0)
	eq(t, "in force", in(r, plan.IEP), "sai:a slp:a")
	for _, a := range r.Asked {
		for _, m := range a.Moves {
			if !m.May {
				t.Errorf("%s is forbidden by no law", m.Do)
			}
		}
	}
}
