package web

import (
	"html"
	"strings"
	"testing"
)

const askedInFall = `stayput: 1
case: {title: "Asked in October", jurisdiction: us-ca, zone: America/Los_Angeles}
record:
  - {id: request, on: 2025-10-27, kind: evaluation_requested}
  - {id: plan, on: 2025-11-07, kind: evaluation_consent_requested, re: request}
  - {id: consent, on: 2025-11-12, kind: evaluation_consent_received, re: plan}
`

const askedInMay = `stayput: 1
case: {title: "Asked in May", jurisdiction: us-ca, zone: America/Los_Angeles}
record:
  - {id: request, on: 2026-05-18, kind: evaluation_requested}
  - {id: plan, on: 2026-05-20, kind: evaluation_consent_requested, re: request}
  - {id: consent, on: 2026-05-22, kind: evaluation_consent_received, re: plan}
`

// Every page of a case asks for the same calendar, and every link to where it
// can be given says of which school year. That calendar settles the date, which
// derive/brief counts: January 30 with a break from December 17 to January 2.
func TestOneCalendarIsAskedFor(t *testing.T) {
	h := calHouse(t, "2026-11-21")
	for _, c := range []struct{ name, text, says, not string }{
		{"October", askedInFall, "No school calendar for 2025-26 is in this case. The first and last day of school and the breaks would settle it.", "2026-27 is not known"},
		{"May", askedInMay, "No school calendar for 2025-26 is in this case. The first and last day of school and the breaks would help.", "would settle this"},
	} {
		at := h.openText(c.text)
		id := strings.TrimPrefix(at, "/cases/")
		want := "/calendars/new?case=" + id + "&year=2025-26"
		for _, page := range []string{at, at + "/clocks", at + "/clocks/us-ca.evaluation.meeting/consent", "/calendars?case=" + id, "/calendars/import?case=" + id, "/", "/today"} {
			a := h.get(page)
			if a.status != 200 {
				continue
			}
			body := html.UnescapeString(a.body)
			links := strings.Split(body, `href="/calendars/new`)[1:]
			for _, l := range links {
				l, _, _ = strings.Cut(l, `"`)
				if strings.Contains(l, id) && "/calendars/new"+l != want && !strings.Contains(l, "year=2026-27") {
					t.Errorf("%s: %s has a link to /calendars/new%s, want %s", c.name, page, l, want)
				}
			}
			if strings.HasPrefix(page, at) && page != at+"/clocks/us-ca.evaluation.meeting/consent" && (!strings.Contains(body, c.says) || strings.Contains(body, c.not)) {
				t.Errorf("%s: %s does not ask for it in the right words", c.name, page)
			}
			if page == at+"/clocks" && !strings.Contains(body, want) {
				t.Errorf("%s: %s has no link to %s", c.name, page, want)
			}
		}
		for _, page := range []string{want, "/calendars/new?case=" + id} {
			h.get(page).is(t, 200).says(t, `<option value="2025-26" selected`)
		}
	}
	at := h.openText(askedInFall)
	id := strings.TrimPrefix(at, "/cases/")
	h.post("/calendars/new", newForm(id, "Lincoln", "2025-08-11", "2026-06-05", "yes", "Winter break", "2025-12-17", "2026-01-02")).is(t, 303)
	h.get(at+"/clocks").is(t, 200).says(t, `datetime="2026-01-30"`)
}
