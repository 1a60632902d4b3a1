package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"stayput/derive/program"
	"stayput/desk"
	"stayput/fact"
	"stayput/people"
	"stayput/plan"
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

// withDecisions is the case of the offer whose plan of 2025 has an extended year and
// a bus, and whose offer of 2026 has other ones.
func withDecisions(t *testing.T, h *house, before, after string) string {
	t.Helper()
	text := example(t, "offer.yaml")
	text = strings.Replace(text, "    effective_end: 2026-01-19\n", "    effective_end: 2026-01-19\n"+before, 1)
	return h.openText(strings.Replace(text, "    effective_end: 2027-01-19\n", "    effective_end: 2027-01-19\n"+after, 1))
}

// inForce is what is in force, by component: the plan it comes from.
func (h *house) inForce(c string) map[string]string {
	h.t.Helper()
	out := map[string]string{}
	for _, l := range h.force(c) {
		out[l.Component] = l.FromPlan
	}
	return out
}

// lines are the plans that the lines in force of one sort come from.
func (h *house) lines(c string, part plan.Part) (out []string) {
	h.t.Helper()
	for _, l := range h.force(c) {
		if l.Part == part {
			out = append(out, l.FromPlan)
		}
	}
	return out
}

func (h *house) force(c string) []program.Line {
	h.t.Helper()
	got, err := h.site.desk.Case(h.t.Context(), h.who(), people.CaseID(strings.TrimPrefix(c, "/cases/")), desk.View{})
	if err != nil {
		h.t.Fatal(err)
	}
	res, err := got.Program()
	if err != nil {
		h.t.Fatal(err)
	}
	return res.Tracks[0].InForce
}

// The extended year that an offer ends, and the bus it brings, are parts of the
// answer like the others.
func TestAnswerToADecision(t *testing.T) {
	h := calHouse(t, "2026-02-02")
	c := withDecisions(t, h, "    esy: {needed: yes}\n", "    esy: {needed: no}\n    special_factors: {transportation: yes}\n")
	form := h.get(c+"/consent/answer?plan=iep-2026").is(t, http.StatusOK)
	form.says(t, `name="part-decisions-esy"`, `name="part-decisions-transportation"`, "Extended school year", "Special transportation")
	h.upload(c+"/consent/answer?plan=iep-2026", answer1("part-decisions-esy", "no", "part-decisions-transportation", "yes", "part-services-slp", "no", "part-services-tutor", "no", "part-services-read", "yes", "rest", "yes")).is(t, http.StatusSeeOther)
	e := h.answered(c)
	if e.Kind.String() != "iep_consent_partial" || len(e.Fields.About)+len(e.Fields.Parts) > 0 || !slices.Contains(e.Fields.Except, "esy") || len(e.Fields.Except) != 3 {
		t.Fatalf("%s %+v", e.Kind, e.Fields)
	}
	got := h.inForce(c)
	for part, want := range map[string]string{"read": "iep-2026", "slp": "iep-2025", "tutor": "iep-2025", "esy": "iep-2025", "transportation": "iep-2026"} {
		if got[part] != want {
			t.Errorf("%s is in force from %s, want %s", part, got[part], want)
		}
	}
	// Nobody who reads is told of "esy".
	h.get(c+"/plan").is(t, http.StatusOK).says(t, "Decisions", "Extended school year", "Special transportation")
	h.get(c+"/consent").is(t, http.StatusOK).says(t, "Extended school year")
	h.speaks("es", people.Plain)
	for _, path := range []string{"/plan", "/consent/answer?plan=iep-2026", "/plans/iep-2026/offer", "/record/" + e.ID} {
		a := h.get(c+path).is(t, http.StatusOK)
		if path != "/plan" || !strings.Contains(a.body, "Año escolar extendido") {
			a.says(t, "ño escolar extendido")
		}
		if strings.Contains(a.body, ">esy<") || strings.Contains(a.body, ">transportation<") {
			t.Errorf("%s calls a decision by its word", path)
		}
	}
	h.upload(c+"/consent/answer?plan=iep-2026", answer1("part-decisions-esy", "no", "part-decisions-transportation", "later", "part-services-slp", "later", "part-services-tutor", "later", "part-services-read", "later", "rest", "later")).is(t, http.StatusSeeOther)
	if e := h.answered(c); e.Kind.String() != "iep_rejected" || strings.Join(e.Fields.Parts, " ") != "esy" || !slices.Contains(e.Fields.Later, "transportation") {
		t.Fatalf("%s %+v", e.Kind, e.Fields)
	}
}

// Of a first plan every yes is asked about, and none is said to stay as it is.
func TestAnswerFirstPlanDecisions(t *testing.T) {
	h := calHouse(t, "2026-02-02")
	c := withDecisions(t, h, "    esy: {needed: yes, from: 2025-06-16, to: 2025-07-18}\n", "    esy: {needed: no}\n")
	h.get(c+"/consent/answer?plan=iep-2025").is(t, http.StatusOK).says(t, "This is the first plan", `name="part-decisions-esy"`)
	// Between two summers the extended year is in force on no day; an offer without
	// it is a cut all the same.
	if got := h.inForce(c)["esy"]; got != "" {
		t.Errorf("the extended year of 2025 is in force from %s in February 2026", got)
	}
	h.get(c+"/consent/answer?plan=iep-2026").is(t, http.StatusOK).says(t, `name="part-decisions-esy"`)
	h.get(c+"/plans/iep-2026/offer?in=both").is(t, http.StatusOK).says(t, "Extended school year", "Año escolar extendido")
}

// An amendment is answered by what it names, also where its parts bear no ids; what
// it does not name is not asked about.
func TestAnswerToAnAmendment(t *testing.T) {
	h := calHouse(t, "2026-02-02")
	text := example(t, "offer.yaml")
	text = text[:strings.Index(text, "  - id: iep-2026")] + `  - id: change-1
    kind: iep
    amends: iep-2025
    removes: [transition-1]
    offered: 2026-01-14
    special_factors: {transportation: no}
    services: [{name: Counseling, minutes: 30, times: 1, per: week}]
    transition: {services: [{activity: Visit the community college}]}
`
	text = strings.Replace(text, "    effective_end: 2026-01-19\n", "    effective_end: 2026-01-19\n    special_factors: {transportation: yes, assistive_technology: yes}\n    transition: {services: [{activity: Try a job in the school kitchen}]}\n", 1)
	text = strings.Replace(text, "kind: iep_offered, plan: iep-2026", "kind: iep_amendment_proposed, plan: change-1", 1)
	c := h.openText(text)
	form := h.get(c+"/consent/answer?plan=change-1").is(t, http.StatusOK)
	form.says(t, `name="part-decisions-transportation"`, `name="part-services-services-1"`, `name="part-transition-transition-1"`, `name="part-transition-iep-2025/transition-1"`)
	if strings.Contains(form.body, `name="rest"`) || strings.Contains(form.body, "part-decisions-assistive_technology") {
		t.Error("an amendment asks about what it does not name")
	}
	h.upload(c+"/consent/answer?plan=change-1", answer1("part-decisions-transportation", "no", "part-services-services-1", "yes", "part-transition-transition-1", "yes", "part-transition-iep-2025/transition-1", "no")).is(t, http.StatusSeeOther)
	got := h.inForce(c)
	for part, want := range map[string]string{"transportation": "iep-2025", "assistive_technology": "iep-2025", "services-1": "change-1", "slp": "iep-2025"} {
		if got[part] != want {
			t.Errorf("%s is in force from %q, want %s", part, got[part], want)
		}
	}
	jobs := 0
	for _, from := range h.lines(c, plan.AfterSchool) {
		jobs++
		if from != "iep-2025" && from != "change-1" {
			t.Errorf("a service toward work from %s", from)
		}
	}
	if jobs != 2 {
		t.Errorf("%d services toward life after school, want 2: the end of one was refused", jobs)
	}
	h.get(c+"/consent").is(t, http.StatusOK)
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

// Between two summers the services of the extended year are in force on no day; an
// offer that has none cuts them all the same, and one that has them does not.
func TestOfferWithoutTheSummer(t *testing.T) {
	for _, keeps := range []bool{false, true} {
		h := calHouse(t, "2026-02-02")
		h.speaks("en", people.Plain)
		text := strings.Replace(example(t, "offer.yaml"), "    accommodations: [{id: a1", "      - {id: summer, name: Summer speech, minutes: 30, times: 2, per: week, from: 2025-06-09, to: 2025-07-03, esy: yes}\n    accommodations: [{id: a1", 1)
		if keeps {
			i := strings.LastIndex(text, "    accommodations: [{id: a1")
			text = text[:i] + "      - {id: summer, name: Summer speech, minutes: 30, times: 2, per: week, from: 2026-06-08, to: 2026-07-02, esy: yes}\n" + text[i:]
		}
		c := h.openText(text)
		body := h.get(c+"/plans/iep-2026/offer").is(t, http.StatusOK).body
		want := 2 // the tutor, on the sheet in either language
		if !keeps {
			want = 4
		}
		if n := strings.Count(body, ">CUT<"); n != want {
			t.Errorf("the offer keeps the summer: %v, and %d parts are called cuts", keeps, n)
		}
		if !keeps {
			h.get(c+"/consent/answer?plan=iep-2026").is(t, http.StatusOK).says(t, "Summer speech", "CUT")
		}
	}
}

// What an offer takes away is not listed as if it were offered.
func TestConsentMarksCuts(t *testing.T) {
	h, c := consentCase(t, "family")
	h.get(c+"/consent").is(t, http.StatusOK).says(t, "CUT: Tutor")
	h.speaks("es", people.Plain)
	page := h.get(c+"/consent").is(t, http.StatusOK)
	page.says(t, "QUITADO: Tutor")
	if strings.Contains(page.body, "QUITADO: Speech") {
		t.Error("what is offered with less is called a cut")
	}
}
