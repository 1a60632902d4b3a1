package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/fact"
	"stayput/people"
)

// began writes a filing down by the page and gives the page of its path.
func (w *disputeWalk) began(what, on string) {
	w.t.Helper()
	v := url.Values{"name": {desk.NewName()}, "what": {what}, "on": {on}}
	w.path = w.post(w.c+"/disagree/disputes", v).is(w.t, http.StatusSeeOther).header.Get("Location")
}

// A hearing about a record by its pages: the request, the no, the hearing, the statement.
// Federal law names no day for any of it, and the pages invent none.
func TestRecordsHearingByItsPages(t *testing.T) {
	w := newDisputeWalk(t, "2025-03-03", strings.NewReplacer("SIDE", "family", "us-ca", "us").Replace(disputeCase))
	w.get(w.path).is(t, http.StatusOK).says(t, "Correcting a school record", "Section 504 hearing")
	w.began("records_hearing", "2025-03-03")
	w.get(w.path).is(t, http.StatusOK).says(t, "The correction is asked for", "The law names no number of days. It says: within a reasonable time.", "34 CFR 300.618", "Comes after: The answer, yes or no.")
	w.step("hearing_asked", "records_hearing_requested", "2025-03-03").is(t, http.StatusUnprocessableEntity).says(t, "One step comes first: The answer, yes or no.")
	w.day("2025-03-14")
	w.get(w.path).is(t, http.StatusOK).says(t, "In part counts as no: a hearing about the rest stays possible.")
	w.step("answer", "records_amendment_decided", "2025-03-14", "granted", "no", "by", "lea").is(t, http.StatusSeeOther)
	w.get(w.path).is(t, http.StatusOK).says(t, "It was decided.", "Asking for a hearing", "You may bring people of your choice", "The decision ordered nothing of this kind.")
	w.step("hearing_asked", "records_hearing_requested", "2025-03-14").is(t, http.StatusSeeOther)
	if e := w.answered(w.c); e.Re == "" {
		t.Fatalf("the hearing names nothing: %+v", e)
	}
	w.get(w.path).is(t, http.StatusOK).says(t, "Under way", "A day for the hearing", "Whoever leads it has no direct interest in the outcome.")
	w.step("hearing_set", "records_hearing_scheduled", "2025-03-31").is(t, http.StatusSeeOther)
	w.get(w.path).is(t, http.StatusOK).says(t, "Set for March 31, 2025.", "Nearest day: Monday, March 31, 2025")
	w.day("2025-04-02")
	w.step("hearing", "records_hearing_held", "2025-03-31").is(t, http.StatusSeeOther)
	w.step("decision", "records_hearing_decided", "2025-04-02", "granted", "no").is(t, http.StatusSeeOther)
	w.step("statement", "records_statement_placed", "2025-04-02").is(t, http.StatusSeeOther)
	w.get(w.path).is(t, http.StatusOK).says(t, "Ended", "goes wherever the record goes")
	w.step("statement", "records_statement_placed", "2025-04-02").is(t, http.StatusUnprocessableEntity)
	w.speaks("es", people.Plain)
	w.get(w.path).is(t, http.StatusOK).says(t, "Corregir un expediente escolar", "La declaración de los padres en el expediente")
	for _, kind := range []string{"records_amendment_requested", "records_hearing_requested", "records_statement_placed"} {
		if n := w.count(w.c, kind); n != 1 {
			t.Errorf("%d of %s", n, kind)
		}
	}
}

// A hearing under Section 504 goes to its decision, is opened again by a review, and ends
// with what comes out of it.
func TestSection504HearingByItsPages(t *testing.T) {
	w := newDisputeWalk(t, "2025-03-03", strings.Replace(disputeCase, "SIDE", "family", 1))
	w.began("s504_hearing", "2025-03-03")
	w.get(w.path).is(t, http.StatusOK).says(t, "The hearing is asked for", "34 CFR 104.36", "The law names no day for it.", "That depends. See the page about it.", w.c+"/disagree/routes/s504_hearing")
	w.get(w.c+"/disagree/routes/s504_hearing?concern=evaluation").is(t, http.StatusOK).says(t, "Under way")
	w.step("decision", "s504_hearing_decided", "2025-03-03").is(t, http.StatusUnprocessableEntity).says(t, "One step comes first: The hearing.")
	w.day("2025-03-20")
	w.step("hearing", "s504_hearing_held", "2025-03-20").is(t, http.StatusSeeOther)
	w.get(w.path).is(t, http.StatusOK).says(t, "The hearing took place: March 20, 2025.")
	w.step("decision", "s504_hearing_decided", "2025-03-20", "granted", "no", "by", "hearing_officer").is(t, http.StatusSeeOther)
	if e := w.answered(w.c); e.Fields.Granted != fact.No || e.Re == "" {
		t.Fatalf("%+v", e)
	}
	w.get(w.c+"/disagree/routes/s504_hearing?concern=evaluation").is(t, http.StatusOK).says(t, "Tried")
	w.step("review_asked", "s504_review_requested", "2025-03-20").is(t, http.StatusSeeOther)
	w.get(w.path).is(t, http.StatusOK).says(t, "Under way", "The outcome of the review")
	w.step("reviewed", "s504_review_decided", "2025-03-20", "granted", "yes").is(t, http.StatusSeeOther)
	w.get(w.path).is(t, http.StatusOK).says(t, "Ended", "It is carried out")
	w.speaks("es", people.Plain)
	w.get(w.path).is(t, http.StatusOK).says(t, "Audiencia de la Sección 504", "El resultado de la revisión")
}

// The complaints to federal offices end with their answers: not taken up, agreed, decided,
// taken back. A school sees the same in its own register.
func TestOfficesAnswer(t *testing.T) {
	for _, side := range []string{"family", "school"} {
		w := newDisputeWalk(t, "2025-03-03", strings.Replace(disputeCase, "SIDE", side, 1))
		w.began("ocr", "2025-03-03")
		w.get(w.path).is(t, http.StatusOK).says(t, "Complaint to the Office for Civil Rights (OCR)", "The office looks into it", "The law names no day for it.", "It ended in another way")
		w.step("end", "ferpa_complaint_decided", "2025-03-03").is(t, http.StatusUnprocessableEntity)
		w.step("end", "ocr_complaint_dismissed", "2025-03-03").is(t, http.StatusSeeOther)
		w.get(w.path).is(t, http.StatusOK).says(t, "The office closed the complaint without looking into it.")

		w.began("ocr", "2025-03-03")
		w.step("opened", "ocr_complaint_opened", "2025-03-03").is(t, http.StatusSeeOther)
		w.step("undertaking", "ocr_resolution_signed", "2025-03-03", "by", "lea").is(t, http.StatusSeeOther)
		w.get(w.path).is(t, http.StatusOK).says(t, "The school signed an agreement with the office.", w.c+"/agreements")
		w.get(w.c+"/agreements").is(t, http.StatusOK).says(t, "Resolution agreement with the Office for Civil Rights")

		w.began("ferpa", "2025-03-03")
		w.step("decision", "ferpa_complaint_decided", "2025-03-03", "granted", "yes").is(t, http.StatusSeeOther)
		w.get(w.path).is(t, http.StatusOK).says(t, "What the office found", "It was decided.")

		w.began("ferpa", "2025-03-03")
		w.step("end", "request_withdrawn", "2025-03-03").is(t, http.StatusSeeOther)
		w.get(w.path).is(t, http.StatusOK).says(t, "The complaint was withdrawn.")
	}
}
