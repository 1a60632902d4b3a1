package web

import (
	"html"
	"net/http"
	"strings"
	"testing"

	"stayput/people"
)

// In New Jersey an independent evaluation that was asked for on September 2, 2025 had to be
// answered 20 days later, on September 22; no answer came.
const askedCase = `stayput: 1
case: {title: "Sample: titles", child: {name: Sol, born: 2016-03-01}, jurisdiction: us-nj, zone: America/New_York, side: SIDE, sample: yes}
record:
  - {id: ask, on: 2025-09-02, kind: iee_requested, written: yes}
  - {id: next, on: 2025-12-09, kind: iep_meeting_scheduled}
`

var straight = strings.NewReplacer("’", "'")

// "Answer to your request" is a family's own; in a table, a pack of papers and an
// agenda, and to a school, nobody is spoken to.
func TestTitlesOfRulesByReader(t *testing.T) {
	own := map[string]string{"en": "Answer to your request for an independent evaluation in 20 days", "es": "Respuesta a su solicitud de una evaluación independiente en 20 días"}
	neutral := map[string]string{"en": "district's answer to a request for an independent evaluation in 20 days", "es": "Respuesta del distrito a una solicitud de una evaluación independiente en 20 días"}
	look := func(h *house, lang, at string, want, not string) {
		t.Helper()
		body := h.get(at).is(t, http.StatusOK).body
		switch {
		case strings.HasSuffix(at, ".docx") || strings.HasSuffix(at, "/as/docx"):
			all := ""
			for _, text := range zipped(t, body) {
				all += text
			}
			body = all
		case strings.HasSuffix(at, "/as/pdf"):
			body = strings.Join(strings.Fields(pdfText(t, body)), " ")
		}
		body = straight.Replace(html.UnescapeString(body))
		if !strings.Contains(body, want) {
			t.Errorf("%s in %s does not say %q", at, lang, want)
		}
		if strings.Contains(body, not) {
			i := strings.Index(body, not)
			t.Errorf("%s in %s says %q in %q", at, lang, not, body[max(0, i-300):min(len(body), i+200)])
		}
	}
	away := []string{"/claims.csv", "/claims.docx", "/clocks.csv", "/packs/complaint", "/packs/complaint/as/pdf", "/packs/complaint/as/docx", "/packs/meeting/as/docx"}
	pages := []string{"/claims", "/clocks", ""}
	for _, lang := range []string{"en", "es"} {
		h, c := claimHouse(t, "family", askedCase)
		h.speaks(lang, people.Plain)
		for _, at := range away {
			look(h, lang, c+at, neutral[lang], own[lang])
		}
		for _, at := range pages {
			look(h, lang, c+at, own[lang], neutral[lang])
		}
		h.speaks(lang, people.Precise)
		for _, at := range append(pages, away...) {
			look(h, lang, c+at, neutral[lang], own[lang])
		}
		look(h, lang, "/law/rules/us-nj.iee.response", neutral[lang], own[lang])
		h, c = claimHouse(t, "school", askedCase)
		h.speaks(lang, people.Plain)
		for _, at := range append(pages, away...) {
			look(h, lang, c+at, neutral[lang], own[lang])
		}
	}
}

// The agenda that the record suggests for a meeting goes to the other side.
func TestAgendaSpeaksToNobody(t *testing.T) {
	h, c := claimHouse(t, "family", askedCase)
	a := h.get(c+"/meetings").is(t, http.StatusOK)
	i := strings.Index(a.body, c+"/meetings/")
	for i >= 0 {
		rest := a.body[i:]
		at := rest[:strings.IndexByte(rest, '"')]
		if !strings.Contains(at[len(c+"/meetings/"):], "/") && !strings.HasSuffix(at, "/new") {
			h.get(at).is(t, http.StatusOK).says(t, "answer to a request for an independent evaluation in 20 days: it was due on September 22, 2025")
			return
		}
		j := strings.Index(rest[1:], c+"/meetings/")
		if i = i + 1 + j; j < 0 {
			break
		}
	}
	t.Error("no page of the meeting is linked")
}
