package program_test

import (
	"strings"
	"testing"

	"stayput/derive/program"
	"stayput/fact"
	"stayput/plan"
)

// revoked is a family whose plan is in force and who ended everything on Monday,
// February 2, 2026.
func revoked(jurisdiction string) *world {
	w := &world{jurisdiction: jurisdiction}
	yes(w.with("a", "2025-09-01", line("slp", 60), line("sai", 200)), "2025-09-10", "mother")
	return w.add("impl iep_implemented 2025-09-15 plan=a", "stop services_consent_revoked 2026-02-02 by=mother")
}

// Where the law counts days from the school's notice, services go on until then,
// by that law and by nothing else.
func TestRevocationWaits(t *testing.T) {
	// New Jersey: the notice of February 9; February 10 is day 1 and the 24th day 15.
	w := revoked("us-nj").add("notice prior_written_notice_given 2026-02-09 re=stop")
	for _, c := range []struct{ asOf, force, ended string }{
		{"2026-02-02", "sai:a slp:a", ""},
		{"2026-02-09", "sai:a slp:a", ""},
		{"2026-02-24", "sai:a slp:a", ""},
		{"2026-02-25", "", "2026-02-25"},
		{"2026-06-01", "", "2026-02-25"},
	} {
		r := w.derive(t, c.asOf)
		eq(t, c.asOf, in(r, plan.IEP), c.force)
		eq(t, c.asOf, consent(r), program.Revoked)
		eq(t, c.asOf, parts(r, "a"), "sai:revoked slp:revoked")
		eq(t, c.asOf+" override", can(r, fact.LEA, "override_revocation"), "no")
		if e := r.Tracks[0].Ended; c.ended != "" && (e == nil || e.On != on(c.ended) || e.Reason.Rule != "us-nj.consent.revocation_not_before") || c.ended == "" && e != nil {
			t.Errorf("%s: ended %+v", c.asOf, e)
		}
		for _, l := range r.Tracks[0].InForce {
			if l.Basis != program.OnWait || l.Reason.Rule != "us-nj.consent.revocation_not_before" {
				t.Errorf("%s: %+v", c.asOf, l)
			}
		}
	}
	l := w.derive(t, "2026-02-20").Tracks[0].InForce[0]
	eq(t, "until", l.Reason.Key+" "+l.Stops.String(), "revoked_until 2026-02-25")
	// Without the notice nobody can count: they go on, and it is said why.
	r := revoked("us-nj").derive(t, "2026-03-20")
	eq(t, "no notice", in(r, plan.IEP), "sai:a slp:a")
	eq(t, "no notice", r.Tracks[0].InForce[0].Reason.Key, "revoked_waits")
	eq(t, "no notice", notices(r), "revocation_notice_owed")
	r = revoked("us-nj").add("notice prior_written_notice_given 2026-02-09").derive(t, "2026-03-20")
	eq(t, "a notice that answers nothing", notices(r), "revocation_notice_owed revocation_notice_which")
	// Services that stopped are over, even so.
	r = revoked("us-nj").add("over services_stopped 2026-03-02").derive(t, "2026-03-20")
	eq(t, "stopped", in(r, plan.IEP), "")
	eq(t, "stopped", r.Tracks[0].Ended.Reason.Key, "revoked_stopped")
	// Stopped before the day, with the notice in hand: they are owed until the day.
	eq(t, "too soon", in(revoked("us-nj").add("notice prior_written_notice_given 2026-02-09 re=stop", "over services_stopped 2026-02-16").derive(t, "2026-02-20"), plan.IEP), "sai:a slp:a")
}

// In school days, and no calendar: the day lies between two, and services go on
// until the later.
func TestRevocationWaitsWithoutCalendar(t *testing.T) {
	for _, j := range []string{"us-in", "us-ma"} {
		w := revoked(j).add("notice prior_written_notice_given 2026-02-09 re=stop")
		r := w.derive(t, "2026-02-20")
		eq(t, j, in(r, plan.IEP), "sai:a slp:a")
		l := r.Tracks[0].InForce[0]
		if !strings.HasPrefix(l.Reason.Key, "revoked_until_") || l.Reason.Rule == "" {
			t.Errorf("%s: %+v", j, l.Reason)
		}
		eq(t, j+" a year later", in(w.derive(t, "2027-02-09"), plan.IEP), "")
	}
}

// Where the law names no days, nothing is owed as agreed from the day itself; what
// is open until the notice is said.
func TestRevocationFederal(t *testing.T) {
	for _, j := range []string{"us", "us-ca", "us-wi", "us-pa", "us-mn", "us-tx", "us-ny"} {
		r := revoked(j).derive(t, "2026-02-02")
		eq(t, j, in(r, plan.IEP), "")
		e := r.Tracks[0].Ended
		eq(t, j, e.Reason.Key, "revoked_before_notice")
		eq(t, j, e.Reason.Rule, "us.consent.revocation_stop")
		r = revoked(j).add("notice prior_written_notice_given 2026-02-09 re=stop").derive(t, "2026-02-20")
		eq(t, j, r.Tracks[0].Ended.Reason.Key, "revoked_noticed")
		eq(t, j, notices(r), "")
	}
}

// In New Jersey the end may be taken back until the last of the fifteen days.
func TestRevocationTakenBack(t *testing.T) {
	w := func() *world { return revoked("us-nj").add("notice prior_written_notice_given 2026-02-09 re=stop") }
	m := move(w().derive(t, "2026-02-20"), fact.Parent, "keep_services")
	if m == nil || !m.May || m.By != on("2026-02-24") || m.Reason.Rule != "us-nj.consent.revocation_take_back" {
		t.Errorf("%+v", m)
	}
	m = move(w().derive(t, "2026-02-20"), fact.LEA, "stop_after_notice")
	if m == nil || m.From != on("2026-02-25") || m.By != 0 {
		t.Errorf("%+v", m)
	}
	r := w().add("back services_consent_received 2026-02-24 re=stop by=mother").derive(t, "2026-04-01")
	eq(t, "on day 15", in(r, plan.IEP), "sai:a slp:a")
	eq(t, "on day 15", r.Tracks[0].InForce[0].Basis, program.OnAgreement)
	eq(t, "on day 15", notices(r), "revocation_taken_back")
	r = w().add("back services_consent_received 2026-02-25 re=stop by=mother").derive(t, "2026-04-01")
	eq(t, "on day 16", in(r, plan.IEP), "")
	eq(t, "spoken", in(w().add("back services_consent_received 2026-02-24 re=stop written=no").derive(t, "2026-04-01"), plan.IEP), "")
	// No other law says so.
	eq(t, "in Massachusetts", move(revoked("us-ma").add("notice prior_written_notice_given 2026-02-09 re=stop").derive(t, "2026-02-10"), fact.Parent, "keep_services") == nil, true)
}

// What would have begun while services wait to stop does not begin.
func TestNothingBeginsWhileItWaits(t *testing.T) {
	w := revoked("us-nj").add("notice prior_written_notice_given 2026-02-09 re=stop")
	w.with("b", "2026-01-26", line("slp", 30), line("sai", 300)).EffectiveStart = on("2026-02-11") // silence would let it begin on February 11
	eq(t, "silence", in(w.derive(t, "2026-02-20"), plan.IEP), "sai:a slp:a")
	// A dispute holds nothing open beyond that day.
	w = revoked("us-nj").add("notice prior_written_notice_given 2026-02-09 re=stop", "case due_process_filed 2026-02-10 filed_by=parent")
	r := w.derive(t, "2026-02-20")
	eq(t, "in a dispute", r.StayPut.Until.Key, "revoked_until")
	r = w.derive(t, "2026-02-25")
	eq(t, "in a dispute", r.StayPut.Applies, fact.No)
	eq(t, "in a dispute", r.StayPut.Exception, "revoked")
	eq(t, "in a dispute", in(r, plan.IEP), "")
}

// move is the first move of a side by that name, or nil.
func move(r *program.Result, side fact.Party, do string) *program.Move {
	for i := range r.Asked {
		for j := range r.Asked[i].Moves {
			if m := &r.Asked[i].Moves[j]; m.Do == do && m.For == side {
				return m
			}
		}
	}
	return nil
}
