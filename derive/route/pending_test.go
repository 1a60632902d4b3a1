package route_test

import (
	"testing"

	"stayput/fact"
	"stayput/law"
)

// A way that an office or a hearing of the district decides is under way from the filing
// until its answer, until it is taken back, or settled; a review opens it again.
func TestUnderWayUntilTheAnswer(t *testing.T) {
	for _, x := range []struct {
		name    string
		route   law.RouteID
		entries []fact.Entry
		want    bool
	}{
		{"filed with the civil-rights office", "ocr_complaint", []fact.Entry{entry("a", "ocr_complaint_filed", "2025-03-03")}, true},
		{"it looks into it", "ocr_complaint", []fact.Entry{entry("a", "ocr_complaint_filed", "2025-03-03"), entry("b", "ocr_complaint_opened", "2025-05-12")}, true},
		{"it does not", "ocr_complaint", []fact.Entry{entry("a", "ocr_complaint_filed", "2025-03-03"), entry("b", "ocr_complaint_dismissed", "2025-05-12")}, false},
		{"the school agrees with it", "ocr_complaint", []fact.Entry{entry("a", "ocr_complaint_filed", "2025-03-03"), entry("b", "ocr_resolution_signed", "2025-11-03")}, false},
		{"it says what it found", "ocr_complaint", []fact.Entry{entry("a", "ocr_complaint_filed", "2025-03-03"), entry("b", "ocr_complaint_decided", "2025-11-03")}, false},
		{"the answer lies ahead", "ocr_complaint", []fact.Entry{entry("a", "ocr_complaint_filed", "2025-03-03"), entry("b", "ocr_complaint_decided", "2025-12-03")}, true},
		{"filed again after the answer", "ocr_complaint", []fact.Entry{entry("a", "ocr_complaint_filed", "2025-03-03"), entry("b", "ocr_complaint_dismissed", "2025-05-12"), entry("c", "ocr_complaint_filed", "2025-06-02")}, true},
		{"taken back", "ocr_complaint", []fact.Entry{entry("a", "ocr_complaint_filed", "2025-03-03"), re(entry("b", "request_withdrawn", "2025-04-01"), "a")}, false},
		{"something else is taken back", "ocr_complaint", []fact.Entry{entry("a", "ocr_complaint_filed", "2025-03-03"), entry("m", "mediation_requested", "2025-03-10"), re(entry("b", "request_withdrawn", "2025-04-01"), "m")}, true},
		{"filed with the privacy office", "ferpa_complaint", []fact.Entry{entry("a", "ferpa_complaint_filed", "2025-03-03")}, true},
		{"and answered", "ferpa_complaint", []fact.Entry{entry("a", "ferpa_complaint_filed", "2025-03-03"), entry("b", "ferpa_complaint_decided", "2025-10-20")}, false},
		{"a grievance", "s504_grievance", []fact.Entry{entry("a", "grievance_filed", "2025-03-03")}, true},
		{"a grievance that is over", "s504_grievance", []fact.Entry{entry("a", "grievance_filed", "2025-03-03"), entry("b", "grievance_completed", "2025-04-03")}, false},
		{"a hearing under Section 504", "s504_hearing", []fact.Entry{entry("a", "s504_hearing_requested", "2025-03-03"), entry("b", "s504_hearing_held", "2025-04-24")}, true},
		{"decided", "s504_hearing", []fact.Entry{entry("a", "s504_hearing_requested", "2025-03-03"), entry("b", "s504_hearing_decided", "2025-05-05")}, false},
		{"to be reviewed", "s504_hearing", []fact.Entry{entry("a", "s504_hearing_requested", "2025-03-03"), entry("b", "s504_hearing_decided", "2025-05-05"), entry("c", "s504_review_requested", "2025-05-12")}, true},
		{"reviewed", "s504_hearing", []fact.Entry{entry("a", "s504_hearing_requested", "2025-03-03"), entry("b", "s504_hearing_decided", "2025-05-05"), entry("c", "s504_review_requested", "2025-05-12"), entry("d", "s504_review_decided", "2025-06-30")}, false},
		{"settled", "s504_hearing", []fact.Entry{entry("a", "s504_hearing_requested", "2025-03-03"), re(entry("b", "settlement_signed", "2025-04-01"), "a")}, false},
		{"nothing was filed", "s504_hearing", nil, false},
	} {
		w := plain(x.entries...)
		w.concerns = []law.Concern{"discrimination"}
		row := w.routes(t).Row(x.route)
		if row.Pending != x.want {
			t.Errorf("%s: under way %v", x.name, row.Pending)
		}
		if len(x.entries) > 0 && !row.Tried {
			t.Errorf("%s: not tried", x.name)
		}
	}
}
