package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/fact"
	"stayput/people"
)

// checkinForm is what the form of one part of the page would send: its hidden
// fields, with what is given.
func checkinForm(more ...string) url.Values {
	v := url.Values{"name": {desk.NewName()}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Add(more[i], more[i+1])
	}
	return v
}

func checkinHouse(t *testing.T) (*house, string) {
	t.Helper()
	h := calHouse(t, "2026-02-02")
	h.speaks("en", people.Plain)
	return h, h.openText(example(t, "offer.yaml")) + "/carry/check-ins"
}

// A parent writes the week's message from the plan in force, sends it herself, hears
// nothing twice, asks for a sentence in the plan and later writes down the answer.
func TestCheckInJourney(t *testing.T) {
	h, path := checkinHouse(t)
	h.get(path).is(t, http.StatusOK).says(t, "Ask the teachers", "Speech", "Directions read aloud", "No question waits for an answer.")
	m := h.get(path+"?write=1&teacher=Sample+Teacher&about=slp&about=a1").is(t, http.StatusOK)
	m.says(t, "Dear Sample Teacher,", "1. Speech: on which days", "“Directions read aloud”: did it happen", "mailto:?subject=", "I sent it")
	if strings.Contains(m.body, "3. ") || strings.Contains(m.body, "Tutor: on which") {
		t.Error("the message asks about what was not ticked")
	}
	sent := checkinForm("teacher", "Sample Teacher", "about", "slp", "about", "a1", "about", "nonsense", "text", "Dear Sample Teacher, how did it go?")
	for range 2 {
		h.post(path+"/asked", sent).is(t, http.StatusSeeOther)
	}
	e := h.answered(strings.TrimSuffix(path, "/carry/check-ins"))
	if e.Kind.String() != "check_in_asked" || strings.Join(e.Fields.Parts, " ") != "slp a1" && strings.Join(e.Fields.Parts, " ") != "a1 slp" || e.Fields.With[0] != "Sample Teacher" {
		t.Fatalf("%+v", e.Fields)
	}
	page := h.get(path).is(t, http.StatusOK)
	page.says(t, "Asked on February 2, 2026: Sample Teacher")
	if n := strings.Count(page.body, "/answered"); n != 1 {
		t.Errorf("%d questions wait", n)
	}
	ask := regexp.MustCompile(`name="ask" value="([^"]+)"`).FindStringSubmatch(page.body)[1]

	// Wrong, in every way a form can be: nothing is written, the words are kept.
	bad := h.post(path+"/answered", checkinForm("ask", ask, ask+"-on", "2027-01-01", ask+"-words", "")).is(t, http.StatusUnprocessableEntity)
	bad.says(t, "Write what was said")
	h.post(path+"/answered", checkinForm("ask", "nobody", "nobody-on", "2026-02-02", "nobody-words", "x")).is(t, http.StatusUnprocessableEntity)
	h.post(path+"/nothing", checkinForm()).is(t, http.StatusNotFound)
	h.post(path+"/asked", checkinForm("teacher", " , ")).is(t, http.StatusUnprocessableEntity)
	h.post(path+"/agreed", checkinForm("agreed-on", "2026-02-02", "agreed-days", "0")).is(t, http.StatusUnprocessableEntity)
	h.post(path+"/child", checkinForm("child-on", "2026-02-02")).is(t, http.StatusUnprocessableEntity)

	h.post(path+"/answered", checkinForm("ask", ask, ask+"-on", "2026-02-02", ask+"-words", "It was a good week.", ask+"-who", "Sample Teacher", ask+"-done", "yes")).is(t, http.StatusSeeOther)
	a := h.answered(strings.TrimSuffix(path, "/carry/check-ins"))
	if a.Kind.String() != "check_in_answered" || a.Re != e.ID || a.Fields.Result != fact.Yes || a.Fields.Response != "It was a good week." {
		t.Fatalf("%+v", a)
	}
	h.get(path).is(t, http.StatusOK).says(t, "It was a good week.", "No question waits for an answer.")

	h.post(path+"/agreed", checkinForm("agreed-on", "2026-02-01", "agreed-days", "3", "agreed-who", "Sample Teacher")).is(t, http.StatusSeeOther)
	h.get(path+"?write=1&teacher=Sample+Teacher").is(t, http.StatusOK).says(t, "please answer within 3 school days")
}

// Two questions without an answer in time: the page offers a sentence for the plan,
// and nobody is blamed.
func TestCheckInSuggests(t *testing.T) {
	h := calHouse(t, "2026-02-27")
	h.speaks("en", people.Plain)
	text := strings.Replace(example(t, "offer.yaml"), "plans:\n", `  - {on: 2026-02-02, kind: check_in_asked, with: [Sample Teacher], parts: [slp]}
  - {on: 2026-02-09, kind: check_in_asked, with: [Sample Teacher]}
plans:
`, 1)
	text = strings.Replace(text, "side: family", "side: family, calendars: [oakland-usd-2025-26.yaml]", 1)
	path := h.openText(text) + "/carry/check-ins"
	h.get(path).is(t, http.StatusOK).says(t, "2 questions in a row to Sample Teacher have had no answer in time.", "within __ school days", "Did one arrive?", "Nothing goes to a supervisor unless you send it")
	h.post(path+"/meeting", checkinForm()).is(t, http.StatusSeeOther)
	if e := h.answered(strings.TrimSuffix(path, "/carry/check-ins")); e.Kind.String() != "iep_meeting_requested" || !strings.Contains(e.Note, "within __ school days") {
		t.Fatalf("%+v", e)
	}
	h.get(path).is(t, http.StatusOK).says(t, "You asked for a meeting about this on February 27, 2026.")
	h.speaks("es", people.Plain)
	h.get(path).is(t, http.StatusOK).says(t, "2 preguntas seguidas a Sample Teacher", "dentro de __ días escolares")
}

// The child is asked in words for the age, and the words are kept as they were said.
func TestChildsWords(t *testing.T) {
	h, path := checkinHouse(t)
	page := h.get(path).is(t, http.StatusOK)
	page.says(t, "What did you do at school this week?") // Sol is nine
	words := "They sayed I coud stay.\n<b>no</b>"
	h.post(path+"/child", checkinForm("child-on", "2026-02-01", "child-question", "2", "child-words", words)).is(t, http.StatusSeeOther)
	e := h.answered(strings.TrimSuffix(path, "/carry/check-ins"))
	if e.Kind.String() != "child_said" || e.Note != words || len(e.Fields.Parts) != 1 || e.Fields.Summary == "" {
		t.Fatalf("%+v", e)
	}
	after := h.get(path).is(t, http.StatusOK)
	after.says(t, "They sayed I coud stay.")
	if strings.Contains(after.body, "<b>no</b>") {
		t.Error("words became markup")
	}
	h.post(path+"/visit", checkinForm("visit-on", "2026-01-30", "visit-who", "Room 4", "visit-policy", "A day's notice", "visit-words", "Directions were read aloud twice.", "visit-about", "a1")).is(t, http.StatusSeeOther)
	h.get(path).is(t, http.StatusOK).says(t, "Directions were read aloud twice.", "A day&#39;s notice")
}
