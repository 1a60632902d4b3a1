package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/people"
)

// fullCase is a plan in force with everything a page for a teacher must not hold:
// what is private bears the letters zqprivate, which no random name holds.
const fullCase = `stayput: 1
case: {title: "Sample: a full plan", child: {name: Sol, born: 2016-03-01}, jurisdiction: us-ca, zone: America/Los_Angeles, side: SIDE, sample: yes}
record:
  - {on: 2025-09-02, kind: iep_developed, plan: iep}
  - {id: yes, on: 2025-09-05, kind: services_consent_received, plan: iep, by: mother}
  - {on: 2025-09-08, kind: services_started}
  - {on: 2025-09-20, kind: contact, means: phone, summary: "zqprivate-open-summary", note: "zqprivate-open-note"}
  - {on: 2025-09-21, kind: contact, wall: author, note: "zqprivate-author-wall"}
  - {on: 2025-09-22, kind: contact, wall: mediation, note: "zqprivate-mediation-wall"}
  - {on: 2025-09-23, kind: item_checked, plan: iep, parts: [a1], by: child, note: "zqprivate-check-note"}
plans:
  - id: iep
    kind: iep
    offered: 2025-09-02
    effective_start: 2025-09-08
    effective_end: 2026-09-07
    eligibility: {primary: zqprivate-autism, effect: zqprivate-effect}
    present:
      levels: [{area: reading, text: zqprivate-level}]
      parent_concerns: zqprivate-concerns
      needs: [zqprivate-need]
    team:
      - {name: Ms. Rivera, role: general_education_teacher, area: Math}
      - {name: Mr. Case, role: special_education_teacher, title: Case manager}
      - {name: zqprivate-parent, role: parent}
    goals:
      - {id: g1, area: math, text: "Sol will add two-digit numbers in 4 of 5 trials", baseline: zqprivate-baseline}
      - {id: g2, area: reading, text: "Sol will read aloud", baseline: zqprivate-baseline}
    services:
      - {id: slp, name: Speech, minutes: 30, times: 2, per: week, why: zqprivate-why}
      - {id: nurse, name: Nurse, as_written: as needed, role: school nurse}
    accommodations:
      - {id: a1, type: accommodation, text: "Directions read aloud & <b>twice</b>", where: [all classes], by: [teacher, aide], frequency: each lesson, when: before written work, evidence: a mark on the work}
      - {id: a2, type: accommodation, text: Graph paper, where: [math]}
      - {id: a3, type: supplementary_aid, text: Large print books, where: [reading]}
    special_factors: {assistive_technology: yes, assistive_technology_what: an FM system, behavior_impedes: yes, behavior_supports: zqprivate-behavior}
    setting: {name: General education, school: Sample School, harmful_effect: zqprivate-harm, nonparticipation: zqprivate-nonparticipation}
    section_504:
      impairment: zqprivate-impairment
      basis: zqprivate-basis
      health_care: {triggers: [peanuts], actions: [Give the pen in the red box, Call 911], trained_staff: [Nurse Ada], supplies: [red box by the door], emergency_contacts: [Mother 555-0100], self_care: zqprivate-selfcare}
    notes: zqprivate-notes
`

func itemHouse(t *testing.T, side string) (*house, string) {
	t.Helper()
	h := calHouse(t, "2025-10-06")
	h.speaks("en", people.Plain)
	return h, h.openText(strings.Replace(fullCase, "SIDE", side, 1))
}

var tapName = regexp.MustCompile(`name="name" value="([a-z2-7]{16})"`)

// The list shows each promise, what nobody wrote down, and takes one tap.
func TestItemsAreTapped(t *testing.T) {
	h, c := itemHouse(t, "family")
	a := h.get(c+"/carry/items").is(t, http.StatusOK)
	a.says(t, "Graph paper", "Large print books", "an FM system", "Nurse", "Nobody has written down that this happened", "does not mean that it was not done", "Directions read aloud &amp; &lt;b&gt;twice&lt;/b&gt;", "What shows it: a mark on the work.", "6 promises without minutes", "Of 6, nobody")
	if strings.Contains(a.body, ">Speech<") {
		t.Error("a service with minutes stands among the items; the ledger counts it")
	}
	name := tapName.FindStringSubmatch(a.body)[1]
	tap := url.Values{"name": {name}, "item": {"a2"}, "seen": {"yes"}, "from": {"teacher"}}
	for range 2 { // sent twice it stands once
		h.post(c+"/carry/items", tap).is(t, http.StatusSeeOther)
	}
	e := h.answered(c)
	if e.Kind.String() != "item_checked" || e.Fields.Plan != "iep" || strings.Join(e.Fields.Parts, "") != "a2" || e.Fields.Result.String() != "yes" || e.By != "teacher" || e.Fields.Summary != "Graph paper" {
		t.Fatalf("%s %+v by %s", e.Kind, e.Fields, e.By)
	}
	h.get(c+"/carry/items").is(t, http.StatusOK).says(t, "Last seen: October 6", "Told by: a teacher")
	for range 2 {
		h.post(c+"/carry/items", url.Values{"name": {desk.NewName()}, "item": {"a3"}, "seen": {"no"}, "from": {"child"}}).is(t, http.StatusSeeOther)
	}
	h.get(c+"/carry/items").is(t, http.StatusOK).says(t, "Look at these first", "Not seen at 2 checks in a row")
	for _, v := range []url.Values{{"item": {"nothing"}, "seen": {"yes"}}, {"item": {"a2"}, "seen": {"<script>"}}, {}} {
		h.post(c+"/carry/items", v).is(t, http.StatusUnprocessableEntity)
	}
	h.get(c+"/record").is(t, http.StatusOK).says(t, "Check of a support")
}

// A reason is written as it was told, what was agreed waits, and its doing ends it.
func TestItemRepair(t *testing.T) {
	h, c := itemHouse(t, "family")
	at := c + "/carry/items/a1"
	h.get(at).is(t, http.StatusOK).says(t, "A reason why it does not happen", "Who: teacher, aide.", "could not tell")
	send := func(pairs ...string) answer {
		v := url.Values{"name": {desk.NewName()}}
		for i := 0; i+1 < len(pairs); i += 2 {
			v.Add(pairs[i], pairs[i+1])
		}
		return h.post(at, v)
	}
	bad := send("do", "reason", "reason_from", "teacher", "reason_on", "2025-10-03", "reason_words", "Kept words").is(t, http.StatusUnprocessableEntity)
	bad.says(t, "Choose a reason or write one", "Kept words")
	send("do", "reason", "reason_why", "never_got_plan", "reason_why", "made up", "reason_other", "Nobody told me", "reason_from", "teacher", "reason_with", "Ms. Rivera", "reason_on", "2025-10-03").is(t, http.StatusSeeOther)
	if e := h.answered(c); e.Kind.String() != "item_reason_told" || strings.Join(e.Fields.Reasons, "|") != "never_got_plan|Nobody told me" || e.By != "teacher" || e.Fields.With[0] != "Ms. Rivera" {
		t.Fatalf("%s %+v", e.Kind, e.Fields)
	}
	h.get(at).is(t, http.StatusOK).says(t, "never got the plan and Nobody told me", "a teacher (Ms. Rivera)", "A reason was told")
	send("do", "agree", "agree_on", "2025-10-03").is(t, http.StatusUnprocessableEntity).says(t, "Write what was agreed")
	send("do", "agree", "agree_words", "She gets a copy", "agree_on", "2025-10-03", "agree_until", "2025-10-04").is(t, http.StatusSeeOther)
	h.get(at).is(t, http.StatusOK).says(t, "Should have been put right", "She gets a copy")
	send("do", "done", "done_on", "2025-10-06").is(t, http.StatusSeeOther)
	a := h.get(at).is(t, http.StatusOK)
	a.says(t, "Put right on October 6")
	if strings.Contains(a.body, "Should have been put right") {
		t.Error("what was put right is late")
	}
	if e := h.answered(c); e.Re == "" {
		t.Error("the doing does not name what was agreed")
	}
	for _, v := range []string{"", "nothing", "check"} {
		if a := send("do", v, "check_on", "soon"); a.status != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", v, a.status)
		}
	}
	h.get(c+"/carry/items/nothing").is(t, http.StatusNotFound)
}

// The list to print, the table, the levels; and a case without a plan.
func TestItemsMore(t *testing.T) {
	h, c := itemHouse(t, "school")
	h.get(c+"/carry/checklist").is(t, http.StatusOK).says(t, "Graph paper", "Could not tell", "Teacher:")
	csv := h.get(c+"/carry/items.csv").is(t, http.StatusOK)
	csv.says(t, "Graph paper", "Large print books")
	h.post(c+"/carry/item-levels", url.Values{"version": {"0"}, "quiet": {"x"}, "misses": {"2"}}).is(t, http.StatusUnprocessableEntity).says(t, "Write a whole number")
	h.post(c+"/carry/item-levels", url.Values{"version": {"0"}, "quiet": {"5"}, "misses": {"1"}}).is(t, http.StatusSeeOther)
	h.post(c+"/carry/item-levels", url.Values{"version": {"0"}, "quiet": {"6"}, "misses": {"1"}}).is(t, http.StatusConflict)
	h.get(c+"/carry/items").is(t, http.StatusOK).says(t, "Never written down", "They are not law")
	none := h.openText("stayput: 1\ncase: {title: \"No plan\", jurisdiction: us-ca}\nrecord: []\n")
	for _, p := range []string{"/carry/items", "/carry/checklist", "/carry/items.csv", "/carry/digests", "/carry/digests/new"} {
		h.get(none+p).is(t, http.StatusOK)
	}
	h.get(none+"/carry/digests/new").says(t, "No plan is in force")
	h.post(none+"/carry/digests/new", url.Values{"teacher": {"X"}, "do": {"paper"}, "name": {desk.NewName()}}).is(t, http.StatusUnprocessableEntity)
}
