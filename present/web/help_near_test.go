package web

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"stayput/day"
	"stayput/fact"
	"stayput/people"
)

const callCase = `stayput: 1
case: {title: "Sample: calls", child: {name: Sol, born: 2016-03-01}, jurisdiction: us-ca, zone: America/Los_Angeles, side: SIDE, sample: yes}
record:
  - {on: 2025-09-02, kind: iep_offered}
  - {on: 2025-09-10, kind: iep_consent_partial, conditions: "only with an aide"}
  - {id: iee, on: 2025-09-15, kind: iee_requested}
  - {on: 2025-09-16, kind: contact, wall: author, note: "zqprivate-words"}
  - {on: 2025-09-17, kind: prior_written_notice_given, re: iee}
`

var markField = regexp.MustCompile(`name="mark" value="([^"]+)"`)

func callHouse(t *testing.T, side string) (*house, string) {
	t.Helper()
	h := calHouse(t, "2025-10-06")
	h.speaks("en", people.Plain)
	return h, h.openText(strings.Replace(callCase, "SIDE", side, 1))
}

// A sign is told on the page of the case and here, put away here, and stays listed.
func TestCallSigns(t *testing.T) {
	h, c := callHouse(t, "family")
	h.get(c).is(t, http.StatusOK).says(t, "A plan was signed with conditions", c+"/help-near")
	a := h.get(c+"/help-near").is(t, http.StatusOK)
	a.says(t, "When to call someone", "A plan was signed with conditions", "An independent evaluation was asked for or refused", "says nothing of how things will end",
		"Who helps: California", "Disability Rights California", "Parent centers", "Center for Parent Information and Resources", "Name and link not checked", "We read its page, in a stored copy, on", "For the first call", "The latest written notice", "No paper is with it", "The latest no")
	if strings.Contains(a.body, "zqprivate") {
		t.Error("words from behind a wall stand here")
	}
	marks := markField.FindAllStringSubmatch(a.body, -1)
	if len(marks) != 2 {
		t.Fatalf("%d signs", len(marks))
	}
	first := html.UnescapeString(marks[0][1])
	for range 2 { // the same again changes nothing
		h.post(c+"/help-near", url.Values{"mark": {first}, "do": {"away"}}).is(t, http.StatusSeeOther)
	}
	h.get(c+"/help-near").is(t, http.StatusOK).says(t, "It is put away, for you only", "Put away", "(1)", "A plan was signed with conditions")
	if again := h.get(c).is(t, http.StatusOK); strings.Contains(again.body, "A plan was signed with conditions") || !strings.Contains(again.body, "An independent evaluation was asked for") {
		t.Error("what was put away is told again, or what was not is not")
	}
	h.post(c+"/help-near", url.Values{"mark": {html.UnescapeString(marks[1][1])}, "do": {"away"}}).is(t, http.StatusSeeOther)
	if again := h.get(c).is(t, http.StatusOK); strings.Contains(again.body, "When to call someone") {
		t.Error("the note stays although all is put away")
	}
	// Something new behind it brings it back.
	if _, err := h.site.desk.AddEntry(t.Context(), h.who(), people.CaseID(strings.TrimPrefix(c, "/cases/")), entryOf("iee_refused", "2025-09-30")); err != nil {
		t.Fatal(err)
	}
	h.get(c).is(t, http.StatusOK).says(t, "An independent evaluation was asked for or refused")
	h.post(c+"/help-near", url.Values{"mark": {first}, "do": {"back"}}).is(t, http.StatusSeeOther)
	h.get(c).is(t, http.StatusOK).says(t, "A plan was signed with conditions")
}

// In Spanish, and in the words of a school: no family center is offered to a school.
func TestHelpNearOfASchool(t *testing.T) {
	h, c := callHouse(t, "school")
	a := h.get(c+"/help-near").is(t, http.StatusOK).says(t, "bring in your counsel", "State Bar of California", "CADRE")
	if strings.Contains(a.body, "Parent centers") {
		t.Error("a school is sent to a center for parents")
	}
	h.speaks("es", people.Plain)
	h.get(c+"/help-near").is(t, http.StatusOK).says(t, "Cuándo llamar a alguien", "Se firmó un plan con condiciones", "Abogados")
}

// Bad input is refused and changes nothing.
func TestHelpPutBadInput(t *testing.T) {
	h, c := callHouse(t, "family")
	h.post(c+"/help-near", url.Values{}).is(t, http.StatusUnprocessableEntity)
	h.post(c+"/help-near", url.Values{"mark": {strings.Repeat("x", 5000)}, "do": {"away"}})
	h.post("/cases/aaaaaaaaaaaaaaaa/help-near", url.Values{"mark": {"x"}}).is(t, http.StatusNotFound)
	h.get(c+"/help-near").is(t, http.StatusOK).says(t, "A plan was signed with conditions")
}

// One person's choice hides nothing from another, and that there are several disputes is
// for those who decide in the case.
func TestCallSignsOfEach(t *testing.T) {
	w := settle(t, nil)
	at := func(kind string, on day.Date) {
		w.add("owner", w.one, fact.Entry{Kind: fact.MustLookup(kind), On: day.On(on)}, "", "")
	}
	at("state_complaint_filed", day.Must(2025, time.October, 6))
	at("ocr_complaint_filed", day.Must(2025, time.November, 3))
	at("iee_refused", day.Must(2026, time.January, 12))
	path := "/cases/" + string(w.one) + "/help-near"
	const repeated, outside = "formal disputes in this record", "An independent evaluation was asked for or refused"
	owner := w.as("owner").get(path).is(t, http.StatusOK).says(t, repeated, outside)
	for _, name := range []string{"contributor", "reader", "guest contributor"} {
		a := w.as(name).get(path).is(t, http.StatusOK).says(t, outside)
		if strings.Contains(a.body, repeated) {
			t.Errorf("%s is told of several disputes", name)
		}
	}
	w.as("editor").get(path).is(t, http.StatusOK).says(t, repeated)
	for _, m := range markField.FindAllStringSubmatch(owner.body, -1) {
		w.as("reader").post(path, url.Values{"mark": {html.UnescapeString(m[1])}, "do": {"away"}}).is(t, http.StatusSeeOther)
	}
	w.as("reader").get(path).is(t, http.StatusOK).says(t, "Put away")
	if note := w.as("reader").get("/cases/"+string(w.one)).is(t, http.StatusOK); strings.Contains(note.body, outside) {
		t.Error("the reader put it away and is told again")
	}
	w.as("owner").get("/cases/"+string(w.one)).is(t, http.StatusOK).says(t, "/help-near")
	if a := w.as("owner").get(path).is(t, http.StatusOK); strings.Contains(a.body, "Put away (") {
		t.Error("a reader's choice put something away for the owner")
	}
}

// An agreement that was canceled in its three business days leaves the hearing case open;
// one canceled too late does not. Signed on Monday, September 15, 2025: the days are the
// 16th, 17th and 18th.
func TestCallAfterACanceledAgreement(t *testing.T) {
	for day, open := range map[string]bool{"2025-09-18": true, "2025-09-19": false} {
		h := calHouse(t, "2025-10-06")
		h.speaks("en", people.Plain)
		c := h.openText(`stayput: 1
case: {title: "Sample: canceled", child: {name: Sol, born: 2016-03-01}, jurisdiction: us-ca, zone: America/Los_Angeles, side: family, sample: yes}
record:
  - {id: filed, on: 2025-09-02, kind: due_process_filed, filed_by: parent}
  - {id: got, on: 2025-09-03, kind: due_process_received, filed_by: parent, re: filed}
  - {id: signed, on: 2025-09-15, kind: resolution_agreement_executed, re: got}
  - {on: ` + day + `, kind: resolution_agreement_voided, re: signed}
`)
		if a := h.get(c+"/help-near").is(t, http.StatusOK); strings.Contains(a.body, "A hearing was asked for and the case is open") != open {
			t.Errorf("canceled on %s, open %v:\n%s", day, open, a.body)
		}
	}
}
