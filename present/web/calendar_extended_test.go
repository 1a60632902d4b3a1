package web

import (
	"strings"
	"testing"
)

const summerPlan = `stayput: 1
case: {title: Sample summer, jurisdiction: us-ca, sample: yes}
record:
  - {id: yes, on: 2025-08-15, kind: iep_consent_received, by: parent, plan: iep}
plans:
  - id: iep
    kind: iep
    offered: 2025-08-14
    effective_start: 2025-08-18
    effective_end: 2026-08-17
    services:
      - {id: slp-esy, name: Speech in summer, minutes: 30, times: 3, per: week, esy: yes, from: 2026-06-08, to: 2026-07-10}
`

// A parent reads that the summer's days are not known, gives them, and the ledger counts
// by them: five weeks of 90 minutes before, four after (June 15 to July 9, by hand). The
// regular year's calendar stays as it was.
func TestSummerCalendarFromTheLedger(t *testing.T) {
	h := calHouse(t, "2026-07-31")
	at := h.openText(summerPlan)
	id := strings.TrimPrefix(at, "/cases/")
	page := at + "/carry/services/slp-esy"
	link := "/calendars/new?case=" + id + "&amp;sort=extended"
	h.get(page).is(t, 200).says(t, "Its days are not in the case", link, "450")
	h.get(strings.ReplaceAll(link, "&amp;", "&")).is(t, 200).says(t, `value="extended" checked`)
	form := newForm(id, "Lincoln", "", "2026-07-09", "yes")
	form.Set("sort", "extended")
	h.post("/calendars/new", form).is(t, 422).says(t, "Write the first and the last day of the extended school year")
	form = newForm(id, "Lincoln", "2026-06-15", "2026-07-09", "yes", "Juneteenth", "2026-06-19", "")
	form.Set("sort", "extended")
	h.post("/calendars/new", form).is(t, 303)
	h.post("/calendars/new", form).is(t, 303) // sent twice
	now := h.get(page).is(t, 200).says(t, "360")
	if strings.Contains(now.body, "Its days are not in the case") || strings.Contains(now.body, "450") {
		t.Error("the ledger still assumes")
	}
	list := h.get("/calendars?case="+id).is(t, 200).says(t, "Lincoln 2025-26, extended year")
	show := "/calendars/" + strings.SplitN(strings.SplitN(list.body, `href="/calendars/lincoln`, 2)[1], `"`, 2)[0]
	show = "/calendars/lincoln" + strings.TrimPrefix(show, "/calendars/")
	show, _, _ = strings.Cut(show, "?")
	h.get(show).is(t, 200).says(t, "Extended school year 2025-26")
	h.get(show+"/edit").is(t, 200).says(t, `value="extended" checked`)

	// A calendar of the regular year comes beside it and puts nothing aside.
	h.post("/calendars/new", newForm(id, "Lincoln", "2025-08-18", "2026-06-18", "yes")).is(t, 303)
	h.get(page).is(t, 200).says(t, "360")
}

// Two calendars of one summer that contradict each other break no page: the days are
// assumed again, as without any.
func TestSummerCalendarsThatOverlap(t *testing.T) {
	h := calHouse(t, "2026-07-31")
	two := "  calendars:\n    - {calendar: a, extended: yes, complete: yes, first_day: 2026-06-15, last_day: 2026-07-09}\n    - {calendar: b, extended: yes, complete: yes, first_day: 2026-06-22, last_day: 2026-07-17}\n"
	at := h.openText(strings.Replace(summerPlan, "case: {title: Sample summer, jurisdiction: us-ca, sample: yes}\n", "case:\n  title: Sample summer\n  jurisdiction: us-ca\n  sample: yes\n"+two, 1))
	h.get(at+"/carry/services/slp-esy").is(t, 200).says(t, "450", "Its days are not in the case")
	h.get(at+"/carry").is(t, 200)
	h.get("/").is(t, 200)
	h.get(at).is(t, 200).says(t, "overlap")
}
