package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
)

// finished drafts a paper of a case, finishes it as it is, and gives its path.
func (h *house) finished(c, document string, pairs ...string) string {
	h.t.Helper()
	at := h.begin(c, document, pairs...)
	h.post(at+"/do/finish", url.Values{"sure": {"yes"}}).is(h.t, http.StatusSeeOther)
	return at
}

// went says that a finished paper went out on October 1, 2025 by letter, with more fields in
// pairs, and gives the answer and the name of the entry it would add.
func (h *house) went(at string, pairs ...string) (answer, string) {
	h.t.Helper()
	page := h.get(at+"/as/send").is(h.t, http.StatusOK)
	v := url.Values{"name": {desk.NewName()}, "version": {versionField.FindStringSubmatch(page.body)[1]}, "on": {"2025-10-01"}, "how": {"letter"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return h.post(at+"/do/sent", v), v.Get("name")
}

// lacks fails the test when a text is in the body.
func (a answer) lacks(t testing.TB, text string) {
	t.Helper()
	if strings.Contains(a.body, text) {
		t.Errorf("the page says %q", text)
	}
}

// stands is the entry of a name, which must be there.
func (h *house) stands(c, name string) *fact.Entry {
	h.t.Helper()
	e := h.caseOf(c).Entry(name)
	if e == nil {
		h.t.Fatal("no entry stands")
	}
	return e
}

// What a paper going out does not say by itself is written down nowhere by sending it: no
// meeting is held on the day its invitation goes out, and one side's paper is no agreement.
func TestPaperSentIsNoSignature(t *testing.T) {
	for document, want := range map[string]struct{ side, kind, link string }{
		"resolution-invitation": {"school", "resolution_meeting_scheduled", "/disagree"},
		"settlement-agreement":  {"family", "settlement_signed", "/agreements"},
		"resolution-waiver":     {"family", "resolution_waived_in_writing", "/disagree"},
		"iep-amendment":         {"school", "iep_amendment_agreed", "/consent"},
		"excusal-agreement":     {"school", "excusal_agreed", "/meetings"},
	} {
		t.Run(document, func(t *testing.T) {
			h, c := paperHouse(t, want.side)
			at := h.finished(c, document)
			h.get(at+"/as/send").is(t, http.StatusOK).says(t, c+want.link).lacks(t, want.kind)
			a, _ := h.went(at, "kind", want.kind)
			a.is(t, http.StatusUnprocessableEntity)
			n := h.total(c)
			a, name := h.went(at, "kind", "letter_sent")
			if a.is(t, http.StatusSeeOther); h.stands(c, name).Kind != letterSent || h.total(c) != n+1 {
				t.Errorf("%+v", h.stands(c, name))
			}
		})
	}
}

// Of several entries the sender chooses one: nothing is chosen beforehand, and without a
// choice nothing stands.
func TestPaperSentIsChosen(t *testing.T) {
	h, c := paperHouse(t, "family")
	at := h.finished(c, "consent-assessment-plan")
	page := h.get(at+"/as/send").is(t, http.StatusOK).says(t, `value="evaluation_consent_received"`, `value="reevaluation_consent_refused"`, `value="letter_sent"`)
	for _, k := range []string{"evaluation_consent_received", "evaluation_consent_refused", "letter_sent"} {
		if strings.Contains(page.body, `value="`+k+`" checked`) {
			t.Errorf("%s is chosen beforehand", k)
		}
	}
	n := h.total(c)
	a, _ := h.went(at)
	a.is(t, http.StatusUnprocessableEntity)
	for _, bad := range []string{"", "2025-09-30", "2025-10-07", "2025-13-01", "soon"} { // missing, before it went, still to come, no days
		a, _ := h.went(at, "kind", "evaluation_consent_received", "came", bad)
		a.is(t, http.StatusUnprocessableEntity)
	}
	if h.total(c) != n {
		t.Fatal("something was written down")
	}
	a, name := h.went(at, "kind", "evaluation_consent_received", "came", "2025-10-06")
	a.is(t, http.StatusSeeOther)
	if e := h.stands(c, name); e.Kind.String() != "evaluation_consent_received" || e.On != day.On(day.Must(2025, 10, 6)) {
		t.Errorf("consent counts from the day the school has it: %+v", e)
	}
	if s := h.kept(c, at).Sent; s.On != day.Must(2025, 10, 1) || s.Came != day.Must(2025, 10, 6) {
		t.Errorf("%+v", s)
	}
}

// Consent that was asked for a reevaluation is not offered as consent to a first evaluation.
func TestPaperSentAnswersWhatWasAsked(t *testing.T) {
	h := calHouse(t, "2025-10-06")
	c := h.openText("stayput: 1\ncase: {title: \"Sample: asked\", jurisdiction: us-ca, side: family}\nrecord:\n  - {id: plan, on: 2025-09-29, kind: reevaluation_consent_requested, by: lea}\n")
	at := h.finished(c, "consent-assessment-plan", "about", h.caseOf(c).Name("plan"))
	h.get(at+"/as/send").is(t, http.StatusOK).says(t, `value="reevaluation_consent_received"`, `value="reevaluation_consent_refused"`).lacks(t, `value="evaluation_consent_`)
}

// A request counts from the day it came, where that is known; a filing from the day it went.
// A complaint says who filed it, and an expedited one that it is one.
func TestPaperSentOnItsDay(t *testing.T) {
	h, c := paperHouse(t, "family")
	a, name := h.went(h.finished(c, "request-initial-evaluation"), "came", "2025-10-03")
	a.is(t, http.StatusSeeOther)
	if e := h.stands(c, name); e.Kind.String() != "evaluation_requested" || e.On != day.On(day.Must(2025, 10, 3)) || e.Note != "Sent on October 1, 2025. They got it on October 3, 2025." {
		t.Errorf("%+v", e)
	}
	for _, kind := range []string{"due_process_filed", "expedited_complaint_filed"} {
		a, name := h.went(h.finished(c, "due-process-complaint"), "kind", kind, "came", "2025-10-03")
		a.is(t, http.StatusSeeOther)
		e := h.stands(c, name)
		if e.Kind.String() != kind || !strings.Contains(e.Note, "October 3, 2025") || e.On != day.On(day.Must(2025, 10, 1)) || e.Fields.FiledBy != "parent" || (e.Fields.Expedited == fact.Yes) != (kind == "expedited_complaint_filed") {
			t.Errorf("%+v", e)
		}
	}
}
