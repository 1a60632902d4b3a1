package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/people"
)

// waits is a family in New Jersey that ended all services on January 20, 2026. The
// school's notice is of January 26: the 27th is day 1, February 10 is day 15.
const waits = `
stayput: 1
case: {title: Sample, jurisdiction: us-nj, side: family, sample: yes}
plans:
  - {id: iep-2025, kind: iep, offered: 2025-09-05, services: [{id: slp, name: Speech zebra, minutes: 60, times: 1, per: week}]}
record:
  - {on: 2025-09-08, kind: services_consent_received, plan: iep-2025, by: mother}
  - {on: 2025-09-15, kind: iep_implemented, plan: iep-2025}
  - {id: end, on: 2026-01-20, kind: services_consent_revoked, by: mother}
  - {id: notice, on: 2026-01-26, kind: prior_written_notice_given, by: school, re: end}
`

// While services go on after a revocation, the pages say until when and why, in
// both languages, and offer what may still be done.
func TestConsentWhileARevocationWaits(t *testing.T) {
	h := calHouse(t, "2026-02-02")
	c := h.openText(waits)
	for _, x := range []struct {
		lang  string
		words []string
		stops string
	}{
		{"en", []string{"may not stop before February 11, 2026", "by February 10, 2026", "not before February 11, 2026", "Take the end of services back"}, "through February 10, 2026; it may stop on February 11, 2026"},
		{"es", []string{"no pueden terminar antes del 11 de febrero de 2026", "a más tardar el 10 de febrero de 2026", "no antes del 11 de febrero de 2026", "char atrás por escrito"}, "Sigue hasta el 10 de febrero de 2026; puede terminar el 11 de febrero de 2026"},
	} {
		h.speaks(x.lang, people.Plain)
		p := h.get(c+"/consent").is(t, http.StatusOK)
		p.says(t, x.words...)
		p.says(t, "N.J.A.C. 6A:14-2.3")
		if strings.Contains(p.body, `href="`+c+`/consent/revoke"`) {
			t.Error("what was ended is offered to be ended again")
		}
		q := h.get(c+"/plan").is(t, http.StatusOK)
		q.says(t, "Speech zebra", x.words[0], x.stops)
		if strings.Contains(q.body, "webplan.") {
			t.Error("a key shows")
		}
	}
	h.speaks("en", people.Plain)
	h.get(c+"/consent/revoke").is(t, http.StatusOK).says(t, "no services are in force")
}

// Before anything is written down the page says when services end by the law of
// the State, each statement with its law.
func TestRevokeSaysWhen(t *testing.T) {
	for _, x := range []struct{ jurisdiction, when, law string }{
		{"us-nj", "some days after the school’s written notice", "us-nj.consent.revocation_not_before"},
		{"us-nj", "you may take it back in writing", "us-nj.consent.revocation_take_back"},
		{"us-ma", "some days after the school’s written notice", "us-ma.consent.revocation_ten_days"},
		{"us-in", "some days after the school’s written notice", "us-in.consent.revocation_not_before"},
		{"us-ca", "names no number of days", "us-ca.consent.revocation"},
		{"us-ca", "", "us.consent.revocation_stop"}, // stay put
		{"us-ca", "", "us.discipline.no_knowledge"},
		{"us-ca", "", "us.consent.request_after_revocation"},
		{"us-wi", "", "us.consent.revocation_no_contest"},
	} {
		h := calHouse(t, "2026-01-15")
		h.speaks("en", people.Plain)
		c := h.openText(strings.Replace(waits, "us-nj", x.jurisdiction, 1))
		p := h.get(c+"/consent/revoke").is(t, http.StatusOK)
		p.says(t, x.when, "/law/rules/"+x.law)
	}
}

// A search finds a plan by the words of its parts, in all cases and in one.
func TestSearchFindsPlans(t *testing.T) {
	h := calHouse(t, "2026-02-02")
	h.speaks("en", people.Plain)
	c := h.openText(waits)
	h.get("/search?q=zebra").is(t, http.StatusOK).says(t, "In the plan", c+"/plans/iep-2025", "Speech zebra")
	h.get(c+"/record?q=zebra").is(t, http.StatusOK).says(t, "In the plan", c+"/plans/iep-2025", "Speech zebra")
	if p := h.get("/search?q=giraffe").is(t, http.StatusOK); strings.Contains(p.body, "iep-2025") {
		t.Error("found without its words")
	}
}

// The revocation may be taken back from the consent page: the entry that says so is
// tied to it.
func TestKeepServices(t *testing.T) {
	h := calHouse(t, "2026-02-02")
	h.speaks("en", people.Plain)
	c := h.openText(waits)
	p := h.get(c+"/consent").is(t, http.StatusOK)
	at := strings.Index(p.body, "kind=services_consent_received&amp;re=")
	if at < 0 {
		t.Fatal("nowhere to write it down")
	}
	q, err := url.ParseQuery(strings.ReplaceAll(p.body[at:at+strings.Index(p.body[at:], `"`)], "&amp;", "&"))
	if err != nil {
		t.Fatal(err)
	}
	h.get(c+"/add?"+q.Encode()).is(t, http.StatusOK).says(t, `value="`+q.Get("re")+`" selected`)
	h.upload(c+"/add", url.Values{"name": {desk.NewName()}, "kind": {q.Get("kind")}, "re": {q.Get("re")}, "on": {"2026-02-02"}, "by": {"parent"}}).is(t, http.StatusSeeOther)
	h.get(c+"/consent").is(t, http.StatusOK).says(t, "was itself taken back on February 2, 2026", c+"/consent/revoke")
}
