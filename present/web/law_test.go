package web

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/intake/casefile"
	"stayput/law"
	"stayput/people"
)

// open begins a case from one of the examples.
func (h *house) open(name string) people.CaseID {
	h.t.Helper()
	data, err := os.ReadFile("../../examples/" + name)
	if err != nil {
		h.t.Fatal(err)
	}
	f, err := casefile.Read(name, data)
	if err != nil {
		h.t.Fatal(err)
	}
	id, err := h.site.desk.OpenCase(h.t.Context(), h.owner(), desk.NewCase{Name: desk.NewName(), File: f, Via: "import"})
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// owner is the person of the program.
func (h *house) owner() desk.Who {
	h.t.Helper()
	who, found, err := h.site.desk.Owner(h.t.Context())
	if err != nil || !found {
		h.t.Fatalf("no owner: %v", err)
	}
	return who
}

// speak switches the language.
func (h *house) speak(lang string) {
	h.t.Helper()
	h.post("/language", map[string][]string{"lang": {lang}, "back": {"/"}}).is(h.t, http.StatusSeeOther)
}

// Every rule explains itself in both languages, without an id where words belong.
func TestEveryRule(t *testing.T) {
	h := build(t, "").enter()
	for _, lang := range []string{"en", "es"} {
		h.speak(lang)
		for _, id := range sortedRules() {
			a := h.get(lawPath(id))
			if a.status != http.StatusOK {
				t.Fatalf("%s in %s: %d %.300s\n%s", id, lang, a.status, a.body, h.log.String())
			}
			if strings.Contains(a.body, "webmore.") || strings.Contains(a.body, "cond_other") || strings.Contains(a.body, "!(") {
				t.Errorf("%s in %s shows a key", id, lang)
			}
			if !strings.Contains(a.body, "<h1>") {
				t.Errorf("%s in %s has no heading", id, lang)
			}
			if testing.Short() && len(id)%7 != 0 {
				break
			}
		}
	}
}

// Every rule with a number and an example shows the date that was counted.
func TestRuleShowsExamples(t *testing.T) {
	h := build(t, "").enter()
	h.get("/law/rules/us-ca.evaluation.plan").is(t, http.StatusOK).says(t, "Assessment plan within 15 days", "15 calendar days",
		"56321", "leginfo.legislature.ca.gov", "last day:", "The count by hand", "in force now", `rel="noreferrer"`)
	h.get("/law/rules/us.no.such").is(t, http.StatusNotFound)
	h.get("/law/rules/%3Cscript%3E").is(t, http.StatusNotFound)
}

// A list is found by place, subject and words, with and without accents.
func TestLawList(t *testing.T) {
	h := build(t, "").enter()
	h.get("/law").is(t, http.StatusOK).says(t, "/law/glossary", "/law/myths", "/law/rules")
	h.get("/law/rules?in=us-ca").is(t, http.StatusOK).says(t, "California", "Rules by subject")
	h.get("/law/rules?in=us-ca&area=evaluation").is(t, http.StatusOK).says(t, "Assessment plan within 15 days", "who: the district")
	h.get("/law/rules?in=us-ca&q=56321").is(t, http.StatusOK).says(t, "us-ca.evaluation.plan")
	h.get("/law/rules?in=us-ca&q=zzzz").is(t, http.StatusOK).says(t, "No rule found")
	h.get("/law/rules?in=xx&area=nothing&from=-5&q="+strings.Repeat("%C3%A1", 4000)).is(t, http.StatusOK)
	h.get("/law/rules?in=all&q=the&from=999999").is(t, http.StatusOK)
	a := h.get("/law/rules?in=all&q=the").is(t, http.StatusOK).says(t, "More rules")
	if n := strings.Count(a.body, `class="sp-cite"`); n > lawPageSize {
		t.Errorf("%d rules on one page", n)
	}
	h.speak("es")
	h.get("/law/rules?in=us-ca&q=evaluacion").is(t, http.StatusOK).says(t, "evaluación")
}

func TestGlossaryAndMyths(t *testing.T) {
	h := build(t, "").enter()
	h.get("/law/glossary").is(t, http.StatusOK).says(t, `id="term-iep"`, `id="letter-I"`, "34 CFR 300.320")
	h.get("/law/glossary?q=educacion+individualizado").is(t, http.StatusOK).says(t, "0 words found")
	h.speak("es")
	h.get("/law/glossary?q=educacion+individualizado").is(t, http.StatusOK).says(t, `id="term-iep"`)
	h.get("/law/glossary?q=%3Cscript%3E").is(t, http.StatusOK)
	h.get("/law/myths").is(t, http.StatusOK).says(t, "La realidad:")
}

// The case's own rules: what was started, and what an answer would start.
func TestCaseLaw(t *testing.T) {
	h := build(t, "").enter()
	id := h.open("family/maya.yaml")
	a := h.get("/cases/"+string(id)+"/law").is(t, http.StatusOK).says(t, "California", "Started by this record", "Could start next", `aria-current="page"`, "/clocks/")
	for _, l := range strings.Split(a.body, "href=\"/law/rules/") {
		name, _, _ := strings.Cut(l, `"`)
		if strings.HasPrefix(name, "us") && !strings.ContainsAny(name, "?/") && lawRules()[law.RuleID(name)] == nil {
			t.Errorf("a link leads to no rule: %s", name)
		}
	}
	h.get("/cases/none/law").is(t, http.StatusNotFound)
}
