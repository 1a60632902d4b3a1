package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"stayput/derive/program"
	"stayput/desk"
	"stayput/fact"
	"stayput/people"
)

func consentCase(t *testing.T, side string) (*house, string) {
	t.Helper()
	h := calHouse(t, "2026-02-02")
	h.speaks("en", people.Plain)
	return h, h.openText(strings.Replace(example(t, "offer.yaml"), "side: family", "side: "+side, 1))
}

// answered is the latest answer in the record.
func (h *house) answered(path string) *fact.Entry {
	h.t.Helper()
	c, err := h.site.desk.Case(h.t.Context(), h.who(), people.CaseID(strings.TrimPrefix(path, "/cases/")), desk.View{})
	if err != nil {
		h.t.Fatal(err)
	}
	es := c.File.Entries
	return &es[len(es)-1]
}

func answer1(parts ...string) url.Values {
	v := url.Values{"name": {desk.NewName()}, "signer": {"mother"}, "on": {"2026-02-01"}}
	for i := 0; i+1 < len(parts); i += 2 {
		v.Set(parts[i], parts[i+1])
	}
	return v
}

// A parent says no to a cut and to a drop, yes to more; what is written down names
// the parts, and the page says what goes on.
func TestAnswerInParts(t *testing.T) {
	h, c := consentCase(t, "family")
	form := h.get(c+"/consent/answer?plan=iep-2026").is(t, http.StatusOK)
	form.says(t, "CUT", "LESS", "MORE", `name="part-services-slp"`, `name="part-services-tutor"`, `name="part-services-read"`, `name="rest"`, "60 minutes a week", "30 minutes a week")
	if cut, more := strings.Index(form.body, "CUT"), strings.Index(form.body, "MORE"); cut > more {
		t.Error("cuts do not come first")
	}

	// Nothing said, a day to come, nobody signed: all is kept and told.
	bad := answer1("part-services-slp", "no", "on", "2026-03-01", "signer", "", "words", "Kept words")
	a := h.upload(c+"/consent/answer?plan=iep-2026", bad).is(t, http.StatusUnprocessableEntity)
	a.says(t, "Say yes, no or not yet", "Say who signed", "Kept words", `value="no" checked`)

	v := answer1("part-services-slp", "no", "part-services-tutor", "no", "part-services-read", "yes", "rest", "yes", "words", "We keep the old speech.")
	h.upload(c+"/consent/answer?plan=iep-2026", v).is(t, http.StatusSeeOther)
	h.upload(c+"/consent/answer?plan=iep-2026", v).is(t, http.StatusSeeOther) // sent twice
	e := h.answered(c)
	if e.Kind.String() != "iep_consent_partial" || e.Fields.Plan != "iep-2026" || strings.Join(e.Fields.Except, " ") != "tutor slp" && strings.Join(e.Fields.Except, " ") != "slp tutor" || e.Fields.Parts != nil || e.By != "mother" {
		t.Fatalf("%s %+v by %s", e.Kind, e.Fields, e.By)
	}
	if n := len(h.cases()); n != 1 {
		t.Fatal(n)
	}
	got, err := h.site.desk.Case(t.Context(), h.who(), people.CaseID(strings.TrimPrefix(c, "/cases/")), desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	res, err := got.Program()
	if err != nil {
		t.Fatal(err)
	}
	force := map[string]string{}
	for _, l := range res.Tracks[0].InForce {
		force[l.Component] = l.FromPlan
	}
	for part, plan := range map[string]string{"slp": "iep-2025", "tutor": "iep-2025", "read": "iep-2026"} {
		if force[part] != plan {
			t.Errorf("%s is in force from %q, want %s", part, force[part], plan)
		}
	}
	h.get(c+"/consent").is(t, http.StatusOK).says(t, "The school may not", "56346")
}

// Some parts are left for later: then the entry names what was agreed to.
func TestAnswerLater(t *testing.T) {
	h, c := consentCase(t, "family")
	h.upload(c+"/consent/answer?plan=iep-2026", answer1("part-services-slp", "later", "part-services-tutor", "no", "part-services-read", "yes", "rest", "yes")).is(t, http.StatusSeeOther)
	e := h.answered(c)
	if e.Kind.String() != "iep_consent_partial" || strings.Join(e.Fields.Except, " ") != "tutor" || len(e.Fields.Parts) != 2 || e.Fields.Parts[0] != "read" || e.Fields.Parts[1] != "a1" {
		t.Fatalf("%s %+v", e.Kind, e.Fields)
	}
	// What was left for later has no answer; it is not refused.
	got, err := h.site.desk.Case(t.Context(), h.who(), people.CaseID(strings.TrimPrefix(c, "/cases/")), desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	res, err := got.Program()
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range res.Tracks[0].Offers {
		for _, x := range o.Parts {
			if o.Plan == "iep-2026" && x.Component == "slp" && x.State != program.Silent {
				t.Errorf("what was left for later is %s", x.State)
			}
		}
	}
	// Only a no, the others wait: a no to these parts alone.
	h.upload(c+"/consent/answer?plan=iep-2026", answer1("part-services-slp", "no", "part-services-tutor", "later", "part-services-read", "later", "rest", "later")).is(t, http.StatusSeeOther)
	if e = h.answered(c); e.Kind.String() != "iep_rejected" || strings.Join(e.Fields.Parts, " ") != "slp" {
		t.Fatalf("%s %+v", e.Kind, e.Fields)
	}
	// All yes, with a condition.
	h.upload(c+"/consent/answer?plan=iep-2026", answer1("part-services-slp", "yes", "part-services-tutor", "yes", "part-services-read", "yes", "rest", "yes", "conditions", "If an aide is added")).is(t, http.StatusSeeOther)
	if e = h.answered(c); e.Kind.String() != "iep_consent_received" || e.Fields.Conditions == "" {
		t.Fatalf("%s %+v", e.Kind, e.Fields)
	}
	// All later says nothing.
	h.upload(c+"/consent/answer?plan=iep-2026", answer1("part-services-slp", "later", "part-services-tutor", "later", "part-services-read", "later", "rest", "later")).is(t, http.StatusUnprocessableEntity).says(t, "Nothing was answered")
}

// The first plan: yes begins special education, no is the refusal that nobody can
// override.
func TestAnswerFirstPlan(t *testing.T) {
	h, c := consentCase(t, "family")
	form := h.get(c+"/consent/answer?plan=iep-2025").is(t, http.StatusOK)
	form.says(t, "This is the first plan")
	h.upload(c+"/consent/answer?plan=iep-2025", answer1("part-services-slp", "no", "part-services-tutor", "no", "part-services-read", "no", "part-accommodations-a1", "no", "rest", "no")).is(t, http.StatusSeeOther)
	if e := h.answered(c); e.Kind.String() != "services_consent_refused" || e.Fields.Plan != "iep-2025" {
		t.Fatalf("%s %+v", e.Kind, e.Fields)
	}
}

// Before all services are ended the page says what ends, and nothing is written
// down that nobody said to have read.
func TestRevocationIsReadFirst(t *testing.T) {
	h, c := consentCase(t, "family")
	h.get(c+"/consent/revoke").is(t, http.StatusOK).says(t, "Stay put", "discipline protections", "refuse only one service", "34 CFR")
	v := url.Values{"name": {desk.NewName()}, "on": {"2026-02-01"}, "signer": {"mother"}}
	h.post(c+"/consent/revoke", v).is(t, http.StatusUnprocessableEntity).says(t, "Tick the box")
	v.Set("sure", "yes")
	h.post(c+"/consent/revoke", v).is(t, http.StatusSeeOther)
	if e := h.answered(c); e.Kind.String() != "services_consent_revoked" || e.Fields.Written != fact.Yes {
		t.Fatalf("%s %+v", e.Kind, e.Fields)
	}
	h.get(c+"/consent/revoke").is(t, http.StatusOK).says(t, "no services are in force")
	h.get(c+"/consent").is(t, http.StatusOK)
}

// The offer stands on one page in both languages, with minutes before and after.
func TestOfferSheet(t *testing.T) {
	h, c := consentCase(t, "school")
	h.get(c+"/plans/iep-2026/offer?in=both").is(t, http.StatusOK).says(t, `lang="en"`, `lang="es"`, "QUITADO", "60 minutes a week", "Below the aim line since October", "the school writes why here", "aquí la escuela escribe por qué")
	h.get(c+"/plans/iep-2025/offer").is(t, http.StatusOK).says(t, "first plan")
	h.get(c+"/plans/none/offer").is(t, http.StatusNotFound)
}

// What is sent that no page sends breaks nothing.
func TestConsentHostile(t *testing.T) {
	h, c := consentCase(t, "family")
	for _, q := range []string{"?plan=none", "?plan=%00x", "?plan=" + strings.Repeat("x", 3000), "?plan=%3Cscript%3E"} {
		if a := h.get(c + "/consent/answer" + q); a.status != http.StatusNotFound {
			t.Errorf("%.30s: %d", q, a.status)
		}
		if a := h.upload(c+"/consent/answer"+q, answer1("rest", "yes")); a.status != http.StatusNotFound {
			t.Errorf("%.30s: %d", q, a.status)
		}
	}
	v := answer1("part-services-slp", "<script>alert(1)</script>", "part-services-tutor", "no", "part-services-read", "yes", "rest", "yes", "signer", "other", "signer_other", `<img src=x onerror=alert(1)>`)
	a := h.upload(c+"/consent/answer?plan=iep-2026", v).is(t, http.StatusUnprocessableEntity)
	if strings.Contains(a.body, "<script>alert") || strings.Contains(a.body, "<img src=x") {
		t.Error("what was typed is markup")
	}
	none := h.openText("stayput: 1\ncase: {title: \"No plan\", jurisdiction: us-ca}\nrecord: []\n")
	h.get(none+"/consent").is(t, http.StatusOK).says(t, "No plan is entered yet")
	h.get(none+"/consent/answer").is(t, http.StatusOK).says(t, "No plan is entered yet")
	h.get(none+"/stay-put").is(t, http.StatusOK)
	h.upload(none+"/consent/answer", answer1("rest", "yes")).is(t, http.StatusUnprocessableEntity)
}

// A removal is written down in few taps, is counted in school days, and a wrong
// form keeps what was typed.
func TestRemovals(t *testing.T) {
	h := calHouse(t, "2026-04-20")
	h.speaks("en", people.Plain)
	c := h.openText(strings.Replace(oneRequest, "record:", "record:\n  - {id: iep, on: 2025-09-01, kind: iep_developed}", 1))
	h.get(c+"/removals").is(t, http.StatusOK).says(t, "The record holds no removal", "school calendar")
	h.post(c+"/removals", url.Values{"name": {desk.NewName()}, "on": {"2026-03-02"}, "until": {"2026-02-27"}, "words": {"Kept"}}).is(t, http.StatusUnprocessableEntity).says(t, "Kept")
	h.post(c+"/removals", url.Values{"name": {desk.NewName()}, "on": {"soon"}}).is(t, http.StatusUnprocessableEntity)
	v := url.Values{"name": {desk.NewName()}, "on": {"2026-03-02"}, "until": {"2026-03-20"}, "words": {"Sent home"}}
	h.post(c+"/removals", v).is(t, http.StatusSeeOther)
	h.post(c+"/removals", v).is(t, http.StatusSeeOther)
	// March 2 to 20, 2026 is fifteen weekdays: without a calendar a bound.
	h.get(c+"/removals").is(t, http.StatusOK).says(t, "March 2, 2026", "March 20, 2026", "15 school days", "34 CFR 300.530")
}

// The extended year that an offer ends is asked about too. A no to it is written
// down beside the parts, and takes no part's yes away.
func TestAnswerToADecision(t *testing.T) {
	h := calHouse(t, "2026-02-02")
	text := example(t, "offer.yaml")
	text = strings.Replace(text, "    effective_end: 2026-01-19\n", "    effective_end: 2026-01-19\n    esy: {needed: yes}\n", 1)
	text = strings.Replace(text, "    effective_end: 2027-01-19\n", "    effective_end: 2027-01-19\n    esy: {needed: no}\n", 1)
	c := h.openText(text)
	h.get(c+"/consent/answer?plan=iep-2026").is(t, http.StatusOK).says(t, `name="part-decisions-esy"`)
	h.upload(c+"/consent/answer?plan=iep-2026", answer1("part-decisions-esy", "no", "part-services-slp", "no", "part-services-tutor", "no", "part-services-read", "yes", "rest", "yes")).is(t, http.StatusSeeOther)
	e := h.answered(c)
	if e.Kind.String() != "iep_consent_partial" || strings.Join(e.Fields.About, " ") != "esy" || strings.Join(e.Fields.Parts, " ") != "read a1" || len(e.Fields.Except) != 2 {
		t.Fatalf("%s %+v", e.Kind, e.Fields)
	}
	got, err := h.site.desk.Case(t.Context(), h.who(), people.CaseID(strings.TrimPrefix(c, "/cases/")), desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	res, err := got.Program()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range res.Tracks[0].InForce {
		if want := map[string]string{"read": "iep-2026", "slp": "iep-2025", "tutor": "iep-2025"}[l.Component]; want != "" && l.FromPlan != want {
			t.Errorf("%s is in force from %s, want %s", l.Component, l.FromPlan, want)
		}
	}
	h.upload(c+"/consent/answer?plan=iep-2026", answer1("part-decisions-esy", "no", "part-services-slp", "later", "part-services-tutor", "later", "part-services-read", "later", "rest", "later")).is(t, http.StatusSeeOther)
	if e := h.answered(c); e.Kind.String() != "single_service_refused" || strings.Join(e.Fields.About, " ") != "esy" {
		t.Fatalf("%s %+v", e.Kind, e.Fields)
	}
}

// What a new offer is held against is what the child has, not what was refused of
// the version before: speech is twice a week of 2025, since the cut of 2026 was
// refused, and the offer of March says once.
func TestOfferAgainstWhatIsInForce(t *testing.T) {
	h := calHouse(t, "2026-04-02")
	text := example(t, "offer.yaml")
	text = strings.Replace(text, "plans:\n", "  - {id: part, on: 2026-01-18, kind: iep_consent_partial, plan: iep-2026, by: mother, except: [slp, tutor]}\nplans:\n", 1)
	text += "  - id: iep-march\n    kind: iep\n    offered: 2026-03-10\n    effective_start: 2026-03-20\n    services:\n      - {id: slp, name: Speech, minutes: 30, times: 1, per: week}\n      - {id: read, name: Reading, minutes: 30, times: 3, per: week}\n      - {id: tutor, name: Tutor, minutes: 60, times: 1, per: week}\n"
	text += "  - id: small\n    kind: iep\n    amends: iep-2026\n    offered: 2026-03-12\n    services:\n      - {id: read, name: Reading, minutes: 30, times: 4, per: week, from: 2026-03-20}\n"
	c := h.openText(text)
	a := h.get(c+"/consent/answer?plan=iep-march").is(t, http.StatusOK)
	a.says(t, `name="part-services-slp"`, "Now: 60 minutes a week. Offered: 30 minutes a week.")
	if strings.Contains(a.body, `name="part-services-tutor"`) {
		t.Error("the tutor is called a change, and goes on as it is")
	}
	h.get(c+"/plans/iep-march/offer").is(t, http.StatusOK).says(t, "60 minutes a week", "LESS")
	// An amendment asks about its own parts alone.
	b := h.get(c+"/consent/answer?plan=small").is(t, http.StatusOK)
	b.says(t, `name="part-services-read"`)
	for _, other := range []string{"slp", "tutor"} {
		if strings.Contains(b.body, `name="part-services-`+other+`"`) {
			t.Errorf("the change of reading asks about %s", other)
		}
	}
	h.get(c+"/plans/small/offer").is(t, http.StatusOK).says(t, "120 minutes a week")
}
