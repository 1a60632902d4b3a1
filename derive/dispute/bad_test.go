package dispute_test

import (
	"strings"
	"testing"

	"stayput/derive/dispute"
	"stayput/fact"
	"stayput/fact/facttest"
	"stayput/law"
)

// What cannot be as it is written is told, and nothing is hidden or guessed.
func TestBadInput(t *testing.T) {
	for _, x := range []struct {
		name, place, record, asOf string
		paths                     int
		want                      string // the problems of the paths, one path after the other
		rule                      law.RuleID
	}{
		{"two complaints on one day", "us", `a due_process_filed 2025-03-03 filed_by=parent
			b due_process_filed 2025-03-03 filed_by=parent`, "2025-03-10", 2, "same_day | same_day", ""},
		{"one of each side on one day", "us", `a due_process_filed 2025-03-03 filed_by=parent
			b due_process_filed 2025-03-03 filed_by=lea`, "2025-03-10", 2, "same_day_both | same_day_both", ""},
		{"a decision before the filing", "us", `a due_process_filed 2025-03-03 filed_by=parent
			b due_process_received 2025-03-04 re=a
			c hearing_decision_issued 2025-02-03 re=b`, "2025-03-10", 1, "", ""},
		{"a hearing without a complaint", "us", `a hearing_held 2025-03-03`, "2025-03-10", 1, "no_complaint", ""},
		{"a decision of the State without a complaint", "us", `a state_complaint_decided 2025-03-03`, "2025-03-10", 1, "no_complaint", ""},
		{"the district asks to override refused first services", "us-ca", `r services_consent_refused 2025-02-03
			a due_process_filed 2025-03-03 filed_by=lea
			b due_process_received 2025-03-03 re=a`, "2025-03-10", 1, "override", "us-ca.consent.initial_services"},
		{"the same, and an evaluation was refused as well", "us-ca", `r services_consent_refused 2025-02-03
			e evaluation_consent_refused 2025-02-04
			a due_process_filed 2025-03-03 filed_by=lea`, "2025-03-10", 1, "override_perhaps", "us-ca.consent.initial_services"},
		{"the parent may still ask for a hearing", "us-ca", `r services_consent_refused 2025-02-03
			a due_process_filed 2025-03-03 filed_by=parent`, "2025-03-10", 1, "", ""},
		{"filed when the two years were over", "us", `w evaluation_refused 2022-03-01
			a due_process_filed 2025-03-03 filed_by=parent`, "2025-03-10", 1, "after_limit", "us.dueprocess.limit_2_years"},
		{"in time for one of two", "us", `w evaluation_refused 2022-03-01
			x iee_refused 2024-03-01
			a due_process_filed 2025-03-03 filed_by=parent`, "2025-03-10", 1, "", ""},
		{"a court case after the 90 days", "us", `a due_process_filed 2025-03-03 filed_by=parent
			b due_process_received 2025-03-04 re=a
			h hearing_held 2025-05-01 re=b
			d hearing_decision_issued 2025-05-15 re=b
			c civil_action_filed 2025-08-20 re=d`, "2025-09-01", 2, " | after_limit", "us.civil.action_90"},
		{"two decisions", "us", `a due_process_filed 2025-03-03 filed_by=parent
			b due_process_received 2025-03-04 re=a
			d hearing_decision_issued 2025-05-15 re=b granted=yes
			e hearing_decision_issued 2025-05-16 re=b granted=no`, "2025-09-01", 1, "two_decisions", ""},
		{"heard after it was withdrawn", "us", `a due_process_filed 2025-03-03 filed_by=parent
			b due_process_received 2025-03-04 re=a
			w due_process_withdrawn 2025-03-20 re=b
			h hearing_held 2025-05-01 re=b`, "2025-09-01", 1, "after_end", ""},
		{"waived and held", "us", `a due_process_filed 2025-03-03 filed_by=parent
			b due_process_received 2025-03-04 re=a
			w resolution_waived_in_writing 2025-03-10 re=b
			m resolution_meeting_held 2025-03-12 re=b`, "2025-03-20", 1, "waived_and_held", ""},
		{"nobody said who filed", "us", `a due_process_filed 2025-03-03`, "2025-03-20", 1, "filer_unsaid", ""},
		{"filed by one, said to be received from the other", "us", `a due_process_filed 2025-03-03 filed_by=parent
			b due_process_received 2025-03-04 re=a filed_by=lea`, "2025-03-20", 1, "filer_differs", ""},
		{"an answer, and no day on which it came", "us", `a due_process_filed 2025-03-03 filed_by=parent
			m resolution_meeting_held 2025-03-12 re=a`, "2025-03-20", 1, "missing_received", ""},
		{"a fast case under the wrong word", "us", `a due_process_filed 2025-03-03 filed_by=parent expedited=yes`, "2025-03-20", 1, "use_expedited", ""},
		{"an answer that may be to either of two", "us", `a due_process_filed 2025-03-03 filed_by=parent
			b due_process_received 2025-03-04 re=a
			c due_process_filed 2025-03-10 filed_by=parent
			d due_process_received 2025-03-11 re=c
			m resolution_meeting_held 2025-03-18`, "2025-03-20", 2, "which | ", ""},
		{"a State complaint beside a hearing", "us", `a due_process_filed 2025-03-03 filed_by=parent
			s state_complaint_filed 2025-03-10`, "2025-03-20", 2, " | set_aside", ""},
		{"not yet filed", "us", `a due_process_filed 2025-04-03 filed_by=parent`, "2025-03-20", 0, "", ""},
		{"nothing", "us", ``, "2025-03-20", 0, "", ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			w := &world{place: x.place, entries: facttest.Entries(x.record)}
			ps := w.paths(t, on(x.asOf))
			if len(ps) != x.paths {
				t.Fatalf("%d paths, not %d\n%s", len(ps), x.paths, whole(ps))
			}
			var all []string
			for i := range ps {
				var keys []string
				for _, p := range ps[i].Problems {
					if p.Key == "before" {
						continue
					}
					keys = append(keys, p.Key)
					if x.rule != "" && p.Rule != x.rule {
						t.Errorf("by %s, not %s", p.Rule, x.rule)
					}
					if p.Key == "after_limit" && p.Rule == "us.dueprocess.limit_2_years" && len(p.Exceptions) != 2 {
						t.Errorf("exceptions: %v", p.Exceptions)
					}
				}
				all = append(all, strings.Join(keys, " "))
			}
			if got := strings.Join(all, " | "); got != x.want {
				t.Errorf("told %q, not %q\n%s", got, x.want, whole(ps))
			}
		})
	}
}

// A decision that is dated before the filing stands out of its order, and says before what.
func TestDecisionBeforeFiling(t *testing.T) {
	w := &world{place: "us", entries: facttest.Entries(`a due_process_filed 2025-03-03 filed_by=parent
		b due_process_received 2025-03-04 re=a
		h hearing_held 2025-05-01 re=b
		c hearing_decision_issued 2025-02-03 re=b`)}
	p := &w.paths(t, on("2025-06-10"))[0]
	s := p.Step(dispute.Decision)
	if s.State != dispute.OutOfOrder || s.Why.Entry != "h" || !hasProblem(p, "before") || !p.Open {
		t.Errorf("%+v\n%s", s, whole([]dispute.Path{*p}))
	}
}

// The review of a two-tier State is a path of its own, with its own last day for the court.
func TestReviewIsAPath(t *testing.T) {
	w := &world{place: "us-ny", entries: facttest.Entries(`f due_process_filed 2025-09-04 filed_by=parent
		g due_process_received 2025-09-05 re=f
		a hearing_held 2025-10-30 re=g
		d hearing_decision_issued 2025-11-19 re=g granted=yes
		s state_review_requested 2025-12-17 re=d`)}
	// Requested December 17: 14 days to the end of the month, day 30 is January 16.
	p := &w.paths(t, on("2026-01-05"))[1]
	if p.Kind != dispute.StateReview || p.Of != "f" || told(p.Step(dispute.Decision)) != "due 2026-01-16" || told(p.Step(dispute.Court)) != "waits waits=decision" {
		t.Error(whole([]dispute.Path{*p}))
	}
	// Decided January 16: four months end on May 16.
	w.entries = append(w.entries, facttest.Entries(`t state_review_decided 2026-01-16 re=s`)...)
	p = &w.paths(t, on("2026-02-05"))[1]
	if told(p.Step(dispute.Court)) != "choice 2026-05-16" || p.End != dispute.Decided {
		t.Error(whole([]dispute.Path{*p}))
	}
}

// What is written down names what its dates look for, and a wrong order is refused.
func TestCheckAndAbout(t *testing.T) {
	w := &world{place: "us", entries: facttest.Entries(`f due_process_filed 2025-03-03 filed_by=parent
		g due_process_received 2025-03-04 re=f`)}
	p := &w.paths(t, on("2025-03-10"))[0]
	kind := fact.MustLookup
	for _, x := range []struct {
		step dispute.Key
		kind string
		on   string
		want string
	}{
		{dispute.Decision, "hearing_decision_issued", "2025-03-10", "waits"},
		{dispute.Hearing, "hearing_held", "2025-03-10", "waits"},
		{dispute.Received, "due_process_received", "2025-03-10", "is_done"},
		{dispute.Response, "lea_response_sent", "2025-03-03", "too_early"},
		{dispute.Response, "lea_response_sent", "2025-03-04", ""},
		{dispute.Response, "hearing_held", "2025-03-04", "not_here"},
		{dispute.Void, "resolution_agreement_voided", "2025-03-04", "not_here"},
		{"nonsense", "hearing_held", "2025-03-04", "not_here"},
		{"", "due_process_withdrawn", "2025-03-10", ""},
		{"", "due_process_withdrawn", "2025-03-01", "too_early"},
		{"", "hearing_decision_issued", "2025-03-10", "not_here"},
	} {
		no, ok := p.Check(x.step, kind(x.kind), on(x.on))
		if no.Key != x.want || ok != (x.want == "") {
			t.Errorf("%s %s: %q, not %q", x.step, x.kind, no.Key, x.want)
		}
	}
	if got := p.About(kind("resolution_meeting_held")); got != "g" {
		t.Errorf("names %s, not the arrival", got)
	}
	w.entries = append(w.entries, facttest.Entries(`h hearing_scheduled_date 2025-05-05 re=g
		a due_process_amended_filed 2025-03-12 re=g`)...)
	p = &w.paths(t, on("2025-03-14"))[0]
	if a, b, c := p.About(kind("evidence_disclosed")), p.About(kind("hearing_scheduled_date")), p.About(kind("resolution_meeting_held")); a != "h" || b != "h" || c != "a" {
		t.Errorf("%s %s %s", a, b, c)
	}
	w.entries = append(w.entries, facttest.Entries(`w due_process_withdrawn 2025-03-13 re=a`)...)
	p = &w.paths(t, on("2025-03-14"))[0]
	if no, ok := p.Check(dispute.Hearing, kind("hearing_held"), on("2025-03-14")); ok || no.Key != "has_ended" || no.Other != "w" {
		t.Errorf("%+v", no)
	}
}

// Without a record or a law there is nothing to show.
func TestNothing(t *testing.T) {
	if ps := dispute.Derive(dispute.Input{}); ps != nil {
		t.Error(ps)
	}
}
