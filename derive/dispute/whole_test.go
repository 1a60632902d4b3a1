package dispute_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"stayput/day"
	"stayput/derive/dispute"
	"stayput/fact"
	"stayput/fact/facttest"
)

// A situation is one whole dispute on one day, with every date counted by hand from a
// calendar; count says how.
type situation struct {
	name, place, record, asOf string
	count                     string
	end                       dispute.Ending
	now                       dispute.Key
	next                      string
	burden                    string
	steps                     map[dispute.Key]string
	problems                  string
}

// plain is a school year of Mondays to Fridays with Labor Day and two breaks.
var plain = []day.SchoolYear{{ID: "y", Label: "2025-26", First: day.Must(2025, time.August, 6), Last: day.Must(2026, time.May, 22), Complete: true, Closures: []day.Closure{
	{Span: day.Span{First: day.Must(2025, time.September, 1), Last: day.Must(2025, time.September, 1)}, Name: "Labor Day", Kind: day.HolidayClosure},
	{Span: day.Span{First: day.Must(2025, time.October, 16), Last: day.Must(2025, time.October, 17)}, Name: "Fall break", Kind: day.Vacation}}}}

var situations = []situation{
	{name: "a parent files, federal law", place: "us", asOf: "2025-03-10", record: `f due_process_filed 2025-03-03 filed_by=parent
		g due_process_received 2025-03-04 re=f prior_notice=no`,
		count: "received Mar 4: day 10 is Mar 14, day 15 Mar 19; 27 days to Mar 31, day 30 is Apr 3; 27 to Apr 30, 45 days after it is May 18",
		now:   dispute.Response, next: "2025-03-14", burden: "us.case.schaffer",
		steps: map[dispute.Key]string{"filing": "done 2025-03-03 f", "copy": "done 2025-03-04 g", "received": "done 2025-03-04 g", "challenge": "choice 2025-03-19", "ruling": "none", "response": "due 2025-03-14",
			"meeting": "due 2025-03-19", "period": "due 2025-04-03", "agreement": "waits waits=meeting", "void": "none", "hearing_set": "due", "disclosure": "waits waits=hearing_set", "hearing": "waits waits=period",
			"decision": "waits 2025-05-18 waits=hearing", "carried_out": "waits waits=decision", "court": "waits waits=decision", "review": "none", "issues": "none"}},
	{name: "the days do not run before it arrived", place: "us", asOf: "2025-03-10", record: `f due_process_filed 2025-03-03 filed_by=parent`,
		now: dispute.Copy, steps: map[dispute.Key]string{"received": "due", "response": "waits waits=received", "meeting": "waits waits=received", "hearing": "waits waits=received", "copy": "due"}},
	{name: "California, to the day before the hearing", place: "us-ca", asOf: "2025-04-10", record: `f due_process_filed 2025-03-03 filed_by=parent
		g due_process_received 2025-03-04 re=f
		r lea_response_sent 2025-03-14 re=g
		m resolution_meeting_held 2025-03-18 re=g
		h hearing_scheduled_date 2025-05-05 re=g`,
		count: "hearing Mon May 5: ten days before is Apr 25; business days back: May 2, 1, Apr 30, 29, Mon Apr 28; decision May 18 as above",
		now:   dispute.Issues, next: "2025-04-25", burden: "us.case.schaffer",
		steps: map[dispute.Key]string{"response": "done 2025-03-14 r", "meeting": "done 2025-03-18 m", "period": "done 2025-04-03 ~resolution_period_expired/g", "agreement": "over why=period_over", "hearing_set": "done 2025-05-05 h",
			"issues": "due 2025-04-25", "attorney": "choice 2025-04-25", "disclosure": "due 2025-04-28", "hearing": "due", "decision": "waits 2025-05-18 waits=hearing", "challenge": "over 2025-03-19 why=ran_out"}},
	{name: "Texas, the district files", place: "us-tx", asOf: "2025-09-08", record: `f due_process_filed 2025-08-29 filed_by=lea
		g due_process_received 2025-09-02 re=f`,
		count: "received Sep 2: 28 days to Sep 30, day 45 is Oct 17; day 10 is Sep 12; no resolution period",
		now:   dispute.Response, next: "2025-09-12", burden: "us-tx.hearing.burden",
		steps: map[dispute.Key]string{"meeting": "not_needed why=lea_filed", "period": "not_needed why=lea_filed", "agreement": "not_needed why=lea_filed", "response": "due 2025-09-12", "hearing_set": "due", "hearing": "waits waits=hearing_set", "decision": "waits 2025-10-17 waits=hearing"}},
	{name: "New York, two tiers", place: "us-ny", asOf: "2025-12-01", record: `f due_process_filed 2025-09-04 filed_by=parent
		g due_process_received 2025-09-05 re=f
		m resolution_meeting_held 2025-09-16 re=g
		p prehearing_conference_scheduled 2025-10-15 re=g
		h hearing_scheduled_date 2025-10-30 re=g
		a hearing_held 2025-10-30 re=g
		d hearing_decision_issued 2025-11-19 re=g granted=yes`,
		count: "received Sep 5: 25 days to Sep 30, day 30 is Oct 5; 26 to Oct 31, day 45 after it is Nov 19; 11 to Nov 30, so day 25 after the decision (notice) is Dec 14 and day 40 (the request) Dec 29",
		end:   dispute.Decided, now: dispute.CarriedOut, next: "2025-12-14", burden: "us-ny.hearing.burden",
		steps: map[dispute.Key]string{"period": "done 2025-10-05 ~resolution_period_expired/g", "decision": "done 2025-11-19 d", "carried_out": "due", "review": "choice 2025-12-14", "court": "none", "prehearing": "done 2025-10-15 p"}},
	{name: "New York, the notice was not given", place: "us-ny", asOf: "2025-12-20", record: `f due_process_filed 2025-09-04 filed_by=parent
		g due_process_received 2025-09-05 re=f
		a hearing_held 2025-10-30 re=g
		d hearing_decision_issued 2025-11-19 re=g granted=no`,
		count: "as above: the request itself has until Dec 29", end: dispute.Decided, now: dispute.Review, next: "2025-12-29",
		steps: map[dispute.Key]string{"review": "choice 2025-12-29", "carried_out": "not_needed why=nothing_granted"}},
	{name: "New York, after the review", place: "us-ny", asOf: "2026-02-02", record: `f due_process_filed 2025-09-04 filed_by=parent
		g due_process_received 2025-09-05 re=f
		a hearing_held 2025-10-30 re=g
		d hearing_decision_issued 2025-11-19 re=g granted=yes
		s state_review_requested 2025-12-17 re=d
		t state_review_decided 2026-01-16 re=s`,
		count: "requested Dec 17: 14 days to Dec 31, day 30 is Jan 16; four months after Jan 16 is May 16",
		end:   dispute.Decided, now: dispute.CarriedOut, burden: "us-ny.hearing.burden",
		steps: map[dispute.Key]string{"review": "done 2025-12-17 s"}},
	{name: "New Jersey, waiver", place: "us-nj", asOf: "2025-04-01", record: `f due_process_filed 2025-03-03 filed_by=parent
		g due_process_received 2025-03-04 re=f
		w resolution_waived_in_writing 2025-03-12 re=g`,
		count: "45 days from Mar 12: 19 to Mar 31, 26 to Apr 26", burden: "us-nj.hearing.burden", now: dispute.Response,
		steps: map[dispute.Key]string{"meeting": "not_needed why=waived", "period": "not_needed why=waived", "agreement": "not_needed why=waived", "hearing_set": "due", "decision": "waits 2025-04-26 waits=hearing"}},
	{name: "Pennsylvania, decided", place: "us-pa", asOf: "2025-06-10", record: `f due_process_filed 2025-03-03 filed_by=parent
		g due_process_received 2025-03-04 re=f
		h hearing_held 2025-05-06 re=g
		d hearing_decision_issued 2025-06-02 re=g granted=yes`,
		count: "decided Jun 2: 28 days to Jun 30, day 30 is Jul 2", end: dispute.Decided, now: dispute.CarriedOut, next: "2025-07-02",
		steps: map[dispute.Key]string{"carried_out": "due 2025-07-02", "decision": "done 2025-06-02 d"}},
	{name: "expedited, its own days", place: "us", asOf: "2025-09-12", record: `f expedited_complaint_filed 2025-09-08 filed_by=parent
		g expedited_complaint_received 2025-09-08 re=f`,
		count: "received Mon Sep 8: day 7 is Sep 15, day 15 Sep 23; school days after Sep 8: 9-12 (4), 15-19 (9), 22-26 (14), Sep 29 - Oct 3 (19), Mon Oct 6 (20)",
		now:   dispute.Meeting, next: "2025-09-15",
		steps: map[dispute.Key]string{"challenge": "not_needed why=no_sufficiency", "meeting": "due 2025-09-15", "period": "due 2025-09-23", "hearing": "waits 2025-10-06 waits=period", "decision": "waits waits=hearing", "copy": "none"}},
	{name: "expedited, after the hearing", place: "us", asOf: "2025-10-07", record: `f expedited_complaint_filed 2025-09-08 filed_by=parent
		g expedited_complaint_received 2025-09-08 re=f
		m expedited_resolution_meeting_held 2025-09-15 re=g
		h expedited_hearing_held 2025-10-06 re=g`,
		count: "heard Mon Oct 6: Oct 7-10 (4), 13-15 (7), Oct 16-17 closed, 20-22 (10)", now: dispute.Decision, next: "2025-10-22",
		steps: map[dispute.Key]string{"period": "over why=", "hearing": "done 2025-10-06 h", "decision": "due 2025-10-22"}},
	{name: "state complaint, extended", place: "us", asOf: "2025-03-03", record: `f state_complaint_filed 2025-01-03
		k state_complaint_copy_sent 2025-01-03 re=f
		g state_complaint_received 2025-01-06 re=f
		x state_complaint_extension_granted 2025-02-20 re=g until=2025-03-21`,
		count: "received Jan 6: 25 days to Jan 31, 53 to Feb 28, day 60 would be Mar 7; put off to Mar 21 in writing", now: dispute.Decision, next: "2025-03-21",
		steps: map[dispute.Key]string{"copy": "done 2025-01-03 k", "extension": "done 2025-02-20 x", "decision": "due 2025-03-21", "correction": "waits waits=decision", "reconsider": "none"}},
	{name: "state complaint, Texas, reconsidered and corrected", place: "us-tx", asOf: "2025-04-10", record: `f state_complaint_filed 2025-01-03
		g state_complaint_received 2025-01-06 re=f
		d state_complaint_decided 2025-03-06 re=g granted=yes
		n noncompliance_identified 2025-03-06 re=d
		r reconsideration_requested 2025-03-20 re=d`,
		count: "decided Mar 6: day 15 is Mar 21; asked Mar 20: 11 to Mar 31, day 45 is May 4; one year to correct ends Mar 6, 2026", end: dispute.Decided, now: dispute.Reconsidered, next: "2025-05-04",
		steps: map[dispute.Key]string{"reconsider": "done 2025-03-20 r", "reconsidered": "due 2025-05-04", "correction": "due 2026-03-06", "decision": "done 2025-03-06 d"}},
	{name: "an amended complaint begins its days anew", place: "us", asOf: "2025-03-24", record: `f due_process_filed 2025-03-03 filed_by=parent
		g due_process_received 2025-03-04 re=f prior_notice=no
		r lea_response_sent 2025-03-12 re=g
		m resolution_meeting_held 2025-03-17 re=g
		a due_process_amended_filed 2025-03-20 re=g`,
		count: "amended Mar 20: 11 days to Mar 31, so day 10 is Mar 30, day 15 Apr 4, day 30 Apr 19; 11 to Apr 30, 42 to May 31, day 45 is Jun 3", now: dispute.Response, next: "2025-03-30",
		steps: map[dispute.Key]string{"amended": "done 2025-03-20 a", "response": "due 2025-03-30", "meeting": "due 2025-04-04", "period": "due 2025-04-19", "challenge": "choice 2025-04-04", "decision": "waits 2025-06-03 waits=hearing"}},
	{name: "parts are missing", place: "us", asOf: "2025-03-24", record: `f due_process_filed 2025-03-03 filed_by=parent
		g due_process_received 2025-03-04 re=f prior_notice=yes
		o other_party_response_sent 2025-03-10 re=g
		c sufficiency_challenge_sent 2025-03-14 re=g
		e sufficiency_challenge_received 2025-03-14 re=c
		s sufficiency_decided 2025-03-19 re=e result=no`,
		count: "challenge Mar 14: day 5 is Mar 19", now: dispute.Period,
		steps: map[dispute.Key]string{"challenge": "done 2025-03-14 c", "ruling": "done 2025-03-19 s", "amended": "due why=insufficient", "hearing": "waits waits=period", "meeting": "late 2025-03-19 waits=amended"}},
	{name: "withdrawn", place: "us-ca", asOf: "2025-04-10", record: `f due_process_filed 2025-03-03 filed_by=parent
		g due_process_received 2025-03-04 re=f
		w due_process_withdrawn 2025-03-25 re=g`, end: dispute.Withdrawn,
		steps: map[dispute.Key]string{"meeting": "ended why=withdrawn", "hearing": "ended why=withdrawn", "decision": "ended why=withdrawn", "court": "ended why=withdrawn", "carried_out": "ended why=withdrawn"}},
	{name: "default", place: "us", asOf: "2025-05-10", record: `f due_process_filed 2025-03-03 filed_by=parent
		g due_process_received 2025-03-04 re=f
		d default_entered 2025-05-02 re=g`, end: dispute.Default, now: dispute.CarriedOut,
		steps: map[dispute.Key]string{"hearing": "ended why=default", "decision": "ended why=default", "carried_out": "due"}},
	{name: "settled at the resolution meeting, canceled in time", place: "us", asOf: "2025-09-08", record: `f due_process_filed 2025-08-14 filed_by=parent
		g due_process_received 2025-08-15 re=f prior_notice=no
		r lea_response_sent 2025-08-22 re=g
		m resolution_meeting_held 2025-08-28 re=g
		s resolution_agreement_executed 2025-08-29 re=g
		v resolution_agreement_voided 2025-09-04 re=s`,
		count: "signed Fri Aug 29: Sep 1 is Labor Day, so Sep 2, 3, Thu Sep 4; received Aug 15: 16 to Aug 31, day 30 is Sep 14; 16 to Sep 30, day 45 is Oct 29", now: dispute.Period, next: "2025-09-14",
		steps: map[dispute.Key]string{"agreement": "choice why=canceled", "void": "done 2025-09-04 v", "period": "due 2025-09-14", "hearing": "waits waits=period", "decision": "waits 2025-10-29 waits=hearing", "carried_out": "waits waits=decision"}},
	{name: "canceled a day too late", place: "us", asOf: "2025-09-08", record: `f due_process_filed 2025-08-14 filed_by=parent
		g due_process_received 2025-08-15 re=f
		m resolution_meeting_held 2025-08-28 re=g
		s resolution_agreement_executed 2025-08-29 re=g
		v resolution_agreement_voided 2025-09-05 re=s`, end: dispute.Resolved, now: dispute.CarriedOut, problems: "void_late",
		steps: map[dispute.Key]string{"agreement": "done 2025-08-29 s", "void": "over 2025-09-04 why=ran_out", "hearing": "ended why=resolved", "decision": "ended why=resolved", "carried_out": "due", "court": "ended why=resolved"}},
	{name: "settled, and still to cancel", place: "us", asOf: "2025-09-02", record: `f due_process_filed 2025-08-14 filed_by=parent
		g due_process_received 2025-08-15 re=f
		m resolution_meeting_held 2025-08-28 re=g
		s resolution_agreement_executed 2025-08-29 re=g`, end: dispute.Resolved, now: dispute.CarriedOut, next: "2025-09-04",
		steps: map[dispute.Key]string{"void": "choice 2025-09-04"}},
	{name: "an agreement of mediation is not canceled", place: "us-ca", asOf: "2025-04-01", record: `f due_process_filed 2025-03-03 filed_by=parent
		g due_process_received 2025-03-04 re=f
		i mediation_instead_agreed 2025-03-07 re=g
		m mediation_session_held 2025-03-27 re=g
		s mediation_agreement_signed 2025-03-27 re=g`, end: dispute.Mediated, now: dispute.Withdrawal,
		steps: map[dispute.Key]string{"meeting": "not_needed why=mediation_instead", "mediate": "done 2025-03-27 m", "void": "none", "withdrawal": "due", "carried_out": "due", "hearing": "ended why=mediated"}},
	{name: "California, mediation alone", place: "us-ca", asOf: "2025-03-05", record: `r mediation_requested 2025-03-03
		c mediation_request_copied 2025-03-03 re=r`,
		count: "Mar 3: day 15 is Mar 18, day 30 is Apr 2", now: dispute.DateSet, next: "2025-03-18",
		steps: map[dispute.Key]string{"copy": "done 2025-03-03 c", "date_set": "due 2025-03-18", "session": "due 2025-04-02", "agreement": "waits waits=session"}},
	{name: "put off by the officer", place: "us", asOf: "2025-05-10", record: `f due_process_filed 2025-03-03 filed_by=parent
		g due_process_received 2025-03-04 re=f
		h hearing_scheduled_date 2025-05-05 re=g
		x continuance_granted 2025-05-02 re=g until=2025-06-02
		k hearing_scheduled_date 2025-06-05 re=h`,
		count: "May 18 and the 31 days from May 2 to Jun 2: Jun 18; Thu Jun 5: Jun 4, 3, 2, May 30, Thu May 29 is the fifth business day before", now: dispute.Meeting,
		steps: map[dispute.Key]string{"hearing_set": "done 2025-06-05 k", "extension": "done 2025-05-02 x", "disclosure": "due 2025-05-29", "decision": "waits 2025-06-18 waits=hearing"}},
	{name: "from filing to a settlement that was carried out", place: "us-ca", asOf: "2025-09-15", record: `f due_process_filed 2025-03-03 filed_by=parent
		k due_process_copy_sent 2025-03-03 re=f
		g due_process_received 2025-03-04 re=f
		r lea_response_sent 2025-03-14 re=g
		t resolution_meeting_scheduled 2025-03-18 re=g
		m resolution_meeting_held 2025-03-18 re=g
		h hearing_scheduled_date 2025-05-05 re=g
		o settlement_offer_made 2025-04-14 re=h
		s settlement_signed 2025-04-22 re=g
		w due_process_withdrawn 2025-04-24 re=g
		p remedy_promised 2025-04-22 re=s until=2025-06-30
		q remedy_promised 2025-04-22 re=s until=2025-08-29
		y remedy_completed 2025-06-27 re=p
		z remedy_completed 2025-08-28 re=q`, end: dispute.Settled,
		steps: map[dispute.Key]string{"copy": "done 2025-03-03 k", "received": "done 2025-03-04 g", "response": "done 2025-03-14 r", "meeting": "done 2025-03-18 m", "settlement": "done 2025-04-22 s", "withdrawal": "done 2025-04-24 w",
			"carried_out": "done 2025-08-28 z", "hearing": "ended why=settled", "decision": "ended why=settled", "disclosure": "ended why=settled", "court": "ended why=settled"}},
	{name: "the same, in the middle of the carrying out", place: "us-ca", asOf: "2025-07-15", record: `f due_process_filed 2025-03-03 filed_by=parent
		g due_process_received 2025-03-04 re=f
		s settlement_signed 2025-04-22 re=g
		w due_process_withdrawn 2025-04-24 re=g
		p remedy_promised 2025-04-22 re=s until=2025-06-30
		q remedy_promised 2025-04-22 re=s until=2025-08-29
		y remedy_completed 2025-06-27 re=p`, end: dispute.Settled, now: dispute.CarriedOut, next: "2025-08-29",
		steps: map[dispute.Key]string{"carried_out": "due 2025-08-29"}},
	{name: "settled and withdrawn on one day", place: "us-ca", asOf: "2025-05-15", record: `f due_process_filed 2025-03-03 filed_by=parent
		g due_process_received 2025-03-04 re=f
		w due_process_withdrawn 2025-04-22 re=g
		s settlement_signed 2025-04-22 re=g`, end: dispute.Settled, now: dispute.CarriedOut,
		steps: map[dispute.Key]string{"withdrawal": "done 2025-04-22 w", "carried_out": "due", "hearing": "ended why=settled"}},
	{name: "and late with it", place: "us-ca", asOf: "2025-09-15", record: `f due_process_filed 2025-03-03 filed_by=parent
		g due_process_received 2025-03-04 re=f
		s settlement_signed 2025-04-22 re=g
		w due_process_withdrawn 2025-04-24 re=g
		q remedy_promised 2025-04-22 re=s until=2025-08-29`, end: dispute.Settled, now: dispute.CarriedOut,
		steps: map[dispute.Key]string{"carried_out": "late 2025-08-29"}},
	{name: "the parent takes no part", place: "us", asOf: "2025-04-10", record: `f due_process_filed 2025-03-03 filed_by=parent
		g due_process_received 2025-03-04 re=f prior_notice=no
		r lea_response_sent 2025-03-12 re=g
		n parent_failed_to_participate 2025-03-18 re=g`, now: dispute.Meeting,
		steps: map[dispute.Key]string{"period": "due why=delayed", "hearing": "waits waits=period", "meeting": "late 2025-03-19"}},
	{name: "mediation goes on past the 30 days", place: "us", asOf: "2025-04-10", record: `f due_process_filed 2025-03-03 filed_by=parent
		g due_process_received 2025-03-04 re=f
		m resolution_meeting_held 2025-03-17 re=g
		c mediation_continued_in_writing 2025-04-03 re=g`, now: dispute.Response,
		steps: map[dispute.Key]string{"period": "due why=continued", "hearing": "waits waits=period"}},
	{name: "and a side leaves it", place: "us", asOf: "2025-04-20", record: `f due_process_filed 2025-03-03 filed_by=parent
		g due_process_received 2025-03-04 re=f
		m resolution_meeting_held 2025-03-17 re=g
		c mediation_continued_in_writing 2025-04-03 re=g
		w mediation_withdrawn 2025-04-16 re=g`, count: "Apr 16: 14 days to Apr 30, 31 more to May 31", now: dispute.Response,
		steps: map[dispute.Key]string{"period": "done 2025-04-16 w", "decision": "waits 2025-05-31 waits=hearing"}},
	{name: "Section 504 grievance, then civil rights", place: "us", asOf: "2025-03-10", record: `f grievance_filed 2025-02-03
		c grievance_completed 2025-03-03 re=f`, count: "60 days from Mar 3: 28 to Mar 31, 58 to Apr 30, May 2", end: dispute.Completed, now: dispute.CivilRights, next: "2025-05-02",
		steps: map[dispute.Key]string{"finished": "done 2025-03-03 c", "civil_rights": "choice 2025-05-02"}},
	{name: "a facilitated meeting", place: "us-tx", asOf: "2025-03-10", record: `f facilitation_requested 2025-03-03
		n facilitator_named 2025-03-07 re=f`, now: dispute.FacilitatedIEP,
		steps: map[dispute.Key]string{"neutral_named": "done 2025-03-07 n", "facilitated_meeting": "due"}},
}

// Every date of a whole dispute is the one that a calendar gives.
func TestWholeDisputes(t *testing.T) {
	for _, x := range slices.Concat(situations, offices) {
		t.Run(x.name, func(t *testing.T) {
			w := &world{place: x.place, entries: facttest.Entries(x.record)}
			if strings.HasPrefix(x.name, "expedited") {
				w.years = plain
			}
			ps := w.paths(t, on(x.asOf))
			if len(ps) == 0 {
				t.Fatal("no path")
			}
			p := &ps[0]
			if p.End != x.end || p.Open != (x.end == "") {
				t.Errorf("ended %q (open %v), not %q", p.End, p.Open, x.end)
			}
			now := dispute.Key("")
			if p.Now >= 0 {
				now = p.Steps[p.Now].Key
			}
			if now != x.now {
				t.Errorf("next is %q, not %q", now, x.now)
			}
			if x.next != "" && p.NextDate != on(x.next) {
				t.Errorf("the nearest day is %s, not %s (%s)", p.NextDate, x.next, x.count)
			}
			if x.burden != "" && string(p.Burden) != x.burden {
				t.Errorf("the burden is %s, not %s", p.Burden, x.burden)
			}
			if want := map[bool]fact.Party{true: fact.LEA, false: p.FiledBy}[x.place == "us-nj" || x.place == "us-ny"]; p.Burden != "" && p.Proves != want {
				t.Errorf("%q has to prove it, not %q", p.Proves, want)
			}
			for _, k := range slices.Sorted(maps.Keys(x.steps)) {
				if got := told(p.Step(k)); got != strings.TrimSuffix(x.steps[k], " why=") {
					t.Errorf("%s is %q, not %q (%s)", k, got, x.steps[k], x.count)
				}
			}
			var problems []string
			for _, q := range p.Problems {
				problems = append(problems, q.Key)
			}
			if x.problems != "" && strings.Join(problems, " ") != x.problems {
				t.Errorf("problems %v, not %s", problems, x.problems)
			}
			if t.Failed() {
				t.Log("\n" + whole(ps))
			}
		})
	}
}
