package dispute_test

import (
	"testing"

	"stayput/derive/dispute"
	"stayput/fact"
	"stayput/fact/facttest"
)

// offices are disputes that a hearing of the district or a federal office answers. Where
// the law names no day, none is expected.
var offices = []situation{
	{name: "to the federal privacy office", place: "us", asOf: "2025-03-10", record: `f ferpa_complaint_filed 2025-03-03`, now: dispute.Decision,
		steps: map[dispute.Key]string{"filing": "done 2025-03-03 f", "decision": "due", "carried_out": "waits waits=decision"}},
	{name: "and its answer", place: "us", asOf: "2025-11-10", record: `f ferpa_complaint_filed 2025-03-03
		d ferpa_complaint_decided 2025-10-20 re=f granted=no`, end: dispute.Decided,
		steps: map[dispute.Key]string{"decision": "done 2025-10-20 d", "carried_out": "not_needed why=nothing_granted"}},
	{name: "to the civil-rights office, looked into and agreed with the school", place: "us", asOf: "2025-12-01", record: `f ocr_complaint_filed 2025-03-03
		o ocr_complaint_opened 2025-05-12 re=f
		a ocr_resolution_signed 2025-11-03
		p remedy_promised 2025-11-03 re=a until=2026-01-30`, count: "the promise names its day, January 30", end: dispute.Undertook, now: dispute.CarriedOut, next: "2026-01-30",
		steps: map[dispute.Key]string{"opened": "done 2025-05-12 o", "undertaking": "done 2025-11-03 a", "decision": "ended why=undertook", "carried_out": "due 2026-01-30"}},
	{name: "not taken up", place: "us", asOf: "2025-06-02", record: `f ocr_complaint_filed 2025-03-03
		d ocr_complaint_dismissed 2025-05-12 re=f`, end: dispute.Dismissed,
		steps: map[dispute.Key]string{"opened": "ended why=dismissed", "decision": "ended why=dismissed", "carried_out": "none"}},
	{name: "what the office found", place: "us", asOf: "2025-12-01", record: `f ocr_complaint_filed 2025-03-03
		o ocr_complaint_opened 2025-05-12 re=f
		d ocr_complaint_decided 2025-11-03 re=o granted=yes`, end: dispute.Decided, now: dispute.CarriedOut,
		steps: map[dispute.Key]string{"decision": "done 2025-11-03 d", "carried_out": "due", "undertaking": "ended why=decided"}},
	{name: "taken back by the family", place: "us", asOf: "2025-06-02", record: `f ocr_complaint_filed 2025-03-03
		w request_withdrawn 2025-04-01 re=f`, end: dispute.Withdrawn,
		steps: map[dispute.Key]string{"opened": "ended why=withdrawn"}},
	{name: "a hearing under Section 504 is asked for", place: "us-tx", asOf: "2025-03-10", record: `f s504_hearing_requested 2025-03-03`, now: dispute.HearingSet,
		steps: map[dispute.Key]string{"filing": "done 2025-03-03 f", "access": "choice", "hearing_set": "due", "hearing": "due", "decision": "waits waits=hearing", "review_asked": "waits waits=decision", "reviewed": "none", "carried_out": "waits waits=decision", "court": "none"}},
	{name: "set, and the papers asked for", place: "us", asOf: "2025-03-20", record: `f s504_hearing_requested 2025-03-03
		h s504_hearing_scheduled 2025-04-24 re=f
		q records_access_requested 2025-03-10 re=f`, count: "45 days from March 10: 21 to March 31, 24 more: April 24", now: dispute.Hearing, next: "2025-04-24",
		steps: map[dispute.Key]string{"hearing_set": "done 2025-04-24 h", "access": "choice 2025-04-24", "hearing": "due"}},
	{name: "decided, and nobody asked for a review", place: "us", asOf: "2025-05-12", record: `f s504_hearing_requested 2025-03-03
		h s504_hearing_held 2025-04-24 re=f
		d s504_hearing_decided 2025-05-05 re=h granted=yes`, end: dispute.Decided, now: dispute.CarriedOut,
		steps: map[dispute.Key]string{"decision": "done 2025-05-05 d", "review_asked": "choice", "reviewed": "none", "carried_out": "due"}},
	{name: "a review opens it again", place: "us", asOf: "2025-05-20", record: `f s504_hearing_requested 2025-03-03
		h s504_hearing_held 2025-04-24 re=f
		d s504_hearing_decided 2025-05-05 re=h granted=no
		r s504_review_requested 2025-05-12`, now: dispute.Reviewed,
		steps: map[dispute.Key]string{"decision": "done 2025-05-05 d", "review_asked": "done 2025-05-12 r", "reviewed": "due", "hearing_set": "not_needed why=held"}},
	{name: "and ends with its outcome", place: "us", asOf: "2025-07-20", record: `f s504_hearing_requested 2025-03-03
		h s504_hearing_held 2025-04-24 re=f
		d s504_hearing_decided 2025-05-05 re=h granted=no
		r s504_review_requested 2025-05-12 re=d
		e s504_review_decided 2025-06-30 re=r granted=no`, end: dispute.Decided,
		steps: map[dispute.Key]string{"reviewed": "done 2025-06-30 e", "carried_out": "not_needed why=nothing_granted"}},
	{name: "settled before the hearing", place: "us", asOf: "2025-05-12", record: `f s504_hearing_requested 2025-03-03
		s settlement_signed 2025-04-01 re=f`, end: dispute.Settled, now: dispute.CarriedOut,
		steps: map[dispute.Key]string{"hearing": "ended why=settled", "review_asked": "ended why=settled", "carried_out": "due"}},
	{name: "a correction is asked for, federal law", place: "us", asOf: "2025-03-10", record: `f records_amendment_requested 2025-03-03`, count: "a reasonable time is no number of days", now: dispute.Answer,
		steps: map[dispute.Key]string{"records_meeting": "none", "answer": "due", "hearing_asked": "waits waits=answer", "hearing": "none", "statement": "none", "carried_out": "waits waits=answer"}},
	{name: "California, a meeting about the correction first", place: "us-ca", asOf: "2025-03-10", record: `f records_amendment_requested 2025-03-03`,
		count: "March 3: 28 days to March 31, day 30 is Wednesday, April 2", now: dispute.RecordsMeeting, next: "2025-04-02",
		steps: map[dispute.Key]string{"records_meeting": "due 2025-04-02", "answer": "due"}},
	{name: "Indiana, refused, and a hearing asked for", place: "us-in", asOf: "2025-03-24", record: `f records_amendment_requested 2025-03-03
		n records_amendment_decided 2025-03-14 re=f granted=no
		h records_hearing_requested 2025-03-17 re=n`,
		count: "Monday, March 17: March 18-21 are 4 business days, 24-28 9, March 31 to April 4 14, Monday, April 7 the fifteenth", now: dispute.Hearing, next: "2025-04-07",
		steps: map[dispute.Key]string{"answer": "done 2025-03-14 n", "hearing_asked": "done 2025-03-17 h", "hearing_set": "due", "hearing": "due 2025-04-07", "decision": "waits waits=hearing", "statement": "waits waits=decision"}},
	{name: "Indiana, the answer has a day", place: "us-in", asOf: "2025-03-05", record: `f records_amendment_requested 2025-03-03`,
		count: "Monday, March 3: March 4-7 are 4 business days, 10-14 9, Monday, March 17 the tenth", now: dispute.Answer, next: "2025-03-17", steps: map[dispute.Key]string{"answer": "due 2025-03-17"}},
	{name: "refused, and left at that", place: "us", asOf: "2025-06-02", record: `f records_amendment_requested 2025-03-03
		n records_amendment_decided 2025-03-14 re=f granted=no`, end: dispute.Decided, now: dispute.HearingAsked,
		steps: map[dispute.Key]string{"hearing_asked": "choice", "hearing": "none", "carried_out": "not_needed why=nothing_granted"}},
	{name: "corrected as asked", place: "us", asOf: "2025-06-02", record: `f records_amendment_requested 2025-03-03
		n records_amendment_decided 2025-03-14 re=f granted=yes`, end: dispute.Decided, now: dispute.CarriedOut,
		steps: map[dispute.Key]string{"hearing_asked": "not_needed why=corrected", "carried_out": "due"}},
	{name: "heard, not corrected, and a statement", place: "us", asOf: "2025-07-02", record: `f records_amendment_requested 2025-03-03
		n records_amendment_decided 2025-03-14 re=f granted=no
		h records_hearing_requested 2025-03-17
		s records_hearing_scheduled 2025-04-28
		a records_hearing_held 2025-04-28
		d records_hearing_decided 2025-05-12 granted=no
		t records_statement_placed 2025-05-20`, end: dispute.Decided,
		steps: map[dispute.Key]string{"hearing_set": "done 2025-04-28 s", "hearing": "done 2025-04-28 a", "decision": "done 2025-05-12 d", "statement": "done 2025-05-20 t", "carried_out": "not_needed why=nothing_granted"}},
	{name: "heard and corrected", place: "us", asOf: "2025-07-02", record: `f records_amendment_requested 2025-03-03
		n records_amendment_decided 2025-03-14 re=f granted=no
		h records_hearing_requested 2025-03-17 re=n
		a records_hearing_held 2025-04-28 re=h
		d records_hearing_decided 2025-05-12 re=a granted=yes
		c decision_implemented 2025-06-01 re=d`, end: dispute.Decided,
		steps: map[dispute.Key]string{"statement": "not_needed why=corrected", "carried_out": "done 2025-06-01 c"}},
	{name: "a hearing about a record nobody asked to correct", place: "us", asOf: "2025-07-02", record: `h records_hearing_requested 2025-03-17`, problems: "no_request", now: dispute.Filing,
		steps: map[dispute.Key]string{"filing": "due", "hearing_asked": "done 2025-03-17 h"}},
	{name: "a decision dated before the hearing", place: "us", asOf: "2025-07-02", record: `f s504_hearing_requested 2025-03-03
		h s504_hearing_held 2025-04-24 re=f
		d s504_hearing_decided 2025-04-01 re=h`, end: dispute.Decided, now: dispute.CarriedOut, problems: "before",
		steps: map[dispute.Key]string{"decision": "out_of_order 2025-04-01 d why=before"}},
	{name: "a second decision", place: "us", asOf: "2025-07-02", record: `f s504_hearing_requested 2025-03-03
		h s504_hearing_held 2025-04-24 re=f
		d s504_hearing_decided 2025-05-05 re=h granted=no
		e s504_hearing_decided 2025-05-06 re=h granted=yes`, end: dispute.Decided, now: dispute.ReviewAsked, problems: "two_decisions"},
}

// A hearing that is asked for after a no belongs to the request that was refused, not to
// a newer one that is still open; what follows belongs to the hearing.
func TestHearingAboutWhatWasRefused(t *testing.T) {
	w := &world{place: "us", entries: facttest.Entries(`a records_amendment_requested 2025-01-06
		b records_amendment_decided 2025-01-20 re=a granted=no
		c records_amendment_requested 2025-02-03
		d records_hearing_requested 2025-02-10`)}
	ps := w.paths(t, on("2025-02-20"))
	if len(ps) != 2 || told(ps[0].Step(dispute.HearingAsked)) != "done 2025-02-10 d" || !ps[0].Open || told(ps[1].Step(dispute.HearingAsked)) != "waits waits=answer" {
		t.Error(whole(ps))
	}
	if got := ps[0].About(fact.MustLookup("records_hearing_held")); got != "d" {
		t.Errorf("the hearing names %s", got)
	}
	if got := ps[0].About(fact.MustLookup("request_withdrawn")); got != "a" {
		t.Errorf("taking it back names %s", got)
	}
	// On the day before it was asked for, the older one is over.
	if ps := w.paths(t, on("2025-02-09")); ps[0].Open || ps[0].End != dispute.Decided {
		t.Error(whole(ps))
	}
}

// What comes first is asked for first, and a filing of one office is no filing of another.
func TestOfficesInOrder(t *testing.T) {
	w := &world{place: "us", entries: facttest.Entries(`f s504_hearing_requested 2025-03-03
		o ocr_complaint_filed 2025-03-04
		p ferpa_complaint_filed 2025-03-05`)}
	ps := w.paths(t, on("2025-03-10"))
	if len(ps) != 3 {
		t.Fatal(whole(ps))
	}
	kind := fact.MustLookup
	for _, x := range []struct {
		path int
		step dispute.Key
		kind string
		want string
	}{
		{0, dispute.Decision, "s504_hearing_decided", "waits"}, {0, dispute.ReviewAsked, "s504_review_requested", "waits"}, {0, dispute.Hearing, "s504_hearing_held", ""}, {0, dispute.Hearing, "hearing_held", "not_here"},
		{0, dispute.Access, "records_access_requested", ""}, {0, "", "request_withdrawn", ""}, {0, "", "due_process_withdrawn", "not_here"},
		{1, dispute.Opened, "ocr_complaint_opened", ""}, {1, "", "ocr_complaint_dismissed", ""}, {1, dispute.CarriedOut, "decision_implemented", "not_here"},
		{2, dispute.Decision, "ferpa_complaint_decided", ""}, {2, "", "ocr_complaint_dismissed", "not_here"}, {2, dispute.CarriedOut, "decision_implemented", "waits"},
	} {
		no, ok := ps[x.path].Check(x.step, kind(x.kind), on("2025-03-10"))
		if no.Key != x.want || ok != (x.want == "") {
			t.Errorf("%s %s %s: %q, not %q", ps[x.path].Kind, x.step, x.kind, no.Key, x.want)
		}
	}
}
