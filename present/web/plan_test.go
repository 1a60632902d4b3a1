package web

import (
	"html"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/locale"
	"stayput/people"
	"stayput/plan"
)

// A planHouse is a house with one case.
type planHouse struct {
	*house
	path string
}

func planned(t *testing.T) *planHouse {
	t.Helper()
	h := build(t, "").enter()
	a := h.post("/cases/new", url.Values{"name": {desk.NewName()}, "child": {"Sample child"}, "born": {"2015-04-02"}, "state": {"us-ca"}, "side": {"family"}}).is(t, http.StatusSeeOther)
	return &planHouse{h, a.header.Get("Location")}
}

// plans are the plans as they stand.
func (h *planHouse) plans(t *testing.T) []*plan.Plan {
	t.Helper()
	who, _, err := h.site.desk.Owner(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c, err := h.site.desk.Case(t.Context(), who, people.CaseID(strings.TrimPrefix(h.path, "/cases/")), desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	ps, err := c.Plans()
	if err != nil {
		t.Fatal(err)
	}
	return ps
}

var hiddenInput = regexp.MustCompile(`<input type="hidden" name="(form|head|was|draft|photo)" value="([^"]*)">`)

// form gets the page of a form and fills in what it carries along.
func (h *planHouse) form(t *testing.T, path string, pairs ...string) url.Values {
	t.Helper()
	v := url.Values{}
	for _, m := range hiddenInput.FindAllStringSubmatch(h.get(h.path+path).is(t, http.StatusOK).body, -1) {
		v.Set(m[1], html.UnescapeString(m[2]))
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// save sends a form that must be taken.
func (h *planHouse) save(t *testing.T, path string, pairs ...string) answer {
	t.Helper()
	return h.post(h.path+path, h.form(t, path, pairs...)).is(t, http.StatusSeeOther)
}

func (h *planHouse) begin(t *testing.T) string {
	t.Helper()
	a := h.save(t, "/plans/new", "kind", "iep", "meeting_date", "2025-03-28", "effective_start", "2025-03-28", "effective_end", "2026-03-27")
	return strings.TrimPrefix(a.header.Get("Location"), h.path)
}

// A first service makes a plan where there is none; the photo stands in the
// record, and the plan names it.
func TestFirstService(t *testing.T) {
	h := planned(t)
	h.get(h.path).is(t, http.StatusOK).says(t, `href="`+h.path+`/plan"`)
	h.get(h.path+"/plan").is(t, http.StatusOK).says(t, "No plan is entered yet", "Which service?", "Minutes each time")
	v := h.form(t, "/plan", "what", "Speech", "minutes", "30", "often", "2/week", "do", "save")
	for range 2 { // the form sent twice
		h.upload(h.path+"/plan/service", v, sent{"files", "page.jpg", []byte("\xff\xd8\xff\xe0 not much of a picture")}).is(t, http.StatusSeeOther)
	}
	ps := h.plans(t)
	if len(ps) != 1 || len(ps[0].Services) != 1 {
		t.Fatalf("%+v", ps)
	}
	s := ps[0].Services[0]
	if r, ok := s.Amount().Weekly(); s.Name != "Speech" || !ok || r.String() != "60" || s.ID == "" {
		t.Errorf("%+v", s)
	}
	if len(ps[0].SourceFiles) != 1 || ps[0].SourceFiles[0] != "page.jpg" {
		t.Errorf("%v", ps[0].SourceFiles)
	}
	h.get(h.path+"/record").says(t, "Photo of a page of the plan")
	h.get(h.path+"/plan").says(t, "Versions")
	// One more on the same plan.
	v = h.form(t, "/plan/service", "what", "OT", "minutes", "0", "often", "other", "written", "weekly-ish", "plan", ps[0].ID)
	h.upload(h.path+"/plan/service", v).is(t, http.StatusSeeOther)
	if ps = h.plans(t); len(ps) != 1 || len(ps[0].Services) != 2 || !ps[0].Services[1].Minutes.Said || ps[0].Services[1].Per != "" {
		t.Fatalf("%+v", ps[0].Services)
	}
	v = h.form(t, "/plan/service", "what", "", "minutes", "half an hour")
	h.upload(h.path+"/plan/service", v).is(t, http.StatusUnprocessableEntity).says(t, "Say which service", "half an hour", "whole number")
}

// A plan is entered piece by piece; what is not said stays unsaid.
func TestPlanPieceByPiece(t *testing.T) {
	h := planned(t)
	at := h.begin(t)
	edit := func(section string) string { return at + "/edit/" + section }
	h.save(t, edit("services")+"?item=new", "name", "Speech", "minutes", "30", "times", "2", "per", "week", "delivery", "group")
	h.save(t, edit("services")+"?item=new", "name", "Nursing", "as_written", "30 min, weekly-ish")
	h.save(t, edit("goals")+"?item=new", "area", "reading", "text", "By March 2026, given a passage, Sample will read aloud 90 words per minute in 4 of 5 trials, as measured by weekly probes.", "baseline", "45 words per minute", "services", "s1")
	h.save(t, edit("objectives")+"?in=0&item=new", "text", "60 words per minute", "due", "2025-11-01")
	h.save(t, edit("accommodations")+"?item=new", "text", "Extra time", "where", "all classes\nlibrary", "by", "classroom teacher")
	h.save(t, edit("levels")+"?item=new", "area", "reading", "text", "Reads 45 words per minute.", "need", "yes")
	h.save(t, edit("data")+"?in=0&item=new", "measure", "fluency", "value", "45", "unit", "wpm")
	h.save(t, edit("setting"), "setting.name", "Regular class", "setting.percent_in", "110 %", "setting.percent_out", "20")
	h.save(t, edit("esy"), "esy.needed", "yes", "esy.why", "Regression")
	h.save(t, edit("transition"), "transition.student_invited", "no")
	h.save(t, edit("assessments")+"?item=new", "name", "State test", "how", "accommodated")
	h.save(t, edit("factors"), "special_factors.behavior_impedes", "yes")
	h.save(t, edit("team")+"?item=new", "name", "Ana", "role", "parent", "attended", "yes", "excused.area", "math", "excused.parent_signed", "2025-03-20")
	h.save(t, edit("prior_notices")+"?item=new", "on", "2025-03-20", "about", "A change")
	h.save(t, edit("answers")+"?item=new", "on", "2025-03-28", "by", "mother", "agreement", "with_exceptions", "conditions", "until June")
	h.save(t, edit("exceptions")+"?in=0&item=new", "part", "s1", "reason", "Too little")
	h.save(t, edit("notes"), "notes", "The principal will provide an aide.")
	p := h.plans(t)[0]
	if len(p.Services) != 2 || p.Services[0].Delivery != "group" || p.Services[1].Minutes.Said || p.Services[1].AsWritten != "30 min, weekly-ish" {
		t.Errorf("services: %+v", p.Services)
	}
	g := p.Goals[0]
	if !reflect.DeepEqual(g.Services, []string{"s1"}) || len(g.Objectives) != 1 || g.Objectives[0].Due != "2025-11-01" || g.Target != "" {
		t.Errorf("goal: %+v", g)
	}
	if !reflect.DeepEqual(p.Accommodations[0].Where, []string{"all classes", "library"}) || p.Setting.In != "110" || p.ESY.Needed.String() != "yes" || len(p.Present.Levels[0].Data) != 1 {
		t.Errorf("%+v", p)
	}
	if p.Team[0].Excused.ParentSigned == 0 || p.Consent[0].Exceptions[0].Part != "s1" || p.Notes == "" || p.Complete != 0 {
		t.Errorf("%+v %+v", p.Team, p.Consent)
	}
	a := h.get(h.path+at).is(t, http.StatusOK)
	a.says(t, "2 × 30 minutes a week = 60 minutes a week", "weekly-ish", "Extra time", "60 words per minute", "A percentage is over 100", "The principal will provide an aide")
	for _, lang := range locale.Languages {
		h.post("/language", url.Values{"lang": {lang}, "back": {"/"}})
		for _, path := range []string{"/plan", at, at + "/goals/g1"} {
			checkPage(t, path+" in "+lang, h.get(h.path+path).is(t, http.StatusOK).body)
		}
	}
	h.post("/language", url.Values{"lang": {"en"}, "back": {"/"}})
	h.get(h.path+at+"/goals/g1").says(t, "Measurable", "words per minute", "To write it again", "45 words per minute")
	// Taking out a part keeps the names of the others, and nothing names it any more.
	v := h.form(t, edit("services")+"?item=0", "do", "remove")
	h.post(h.path+edit("services")+"?item=0", v).is(t, http.StatusSeeOther)
	if p = h.plans(t)[0]; len(p.Services) != 1 || p.Services[0].Name != "Nursing" || p.Services[0].ID != "s2" || len(p.Goals[0].Services) != 0 {
		t.Errorf("%+v %+v", p.Services, p.Goals[0].Services)
	}
}

// Every section's form opens, filled in, and every field has its words in both
// languages.
func TestPlanForms(t *testing.T) {
	h := planned(t)
	at := h.begin(t)
	id := strings.TrimPrefix(at, "/plans/")
	p := plan.Find(h.plans(t), id)
	for i := range planSections {
		sec := &planSections[i]
		for _, lang := range locale.Languages {
			cat, _ := locale.For(lang)
			f := Frame{Lang: lang, cat: cat}
			v := reflect.New(reflect.TypeFor[plan.Plan]()).Elem()
			if sec.list() {
				v = reflect.New(sec.kind()).Elem()
			}
			for _, a := range sec.fields {
				valueAt(v, a.path)
				if label, _ := f.speak().planLabel(sec.name, a.path); strings.Contains(label, "webplan.") || label == "" {
					t.Errorf("%s: no label for %s in %s: %q", sec.name, a.path, lang, label)
				}
			}
			for _, key := range []string{"webplan.section_" + sec.name, "webplan.group_" + sec.group} {
				if !cat.Has(key) {
					t.Errorf("no text for %s in %s", key, lang)
				}
			}
			if sec.list() && !cat.Has("webplan.one_"+sec.name) {
				t.Errorf("no text for one of %s in %s", sec.name, lang)
			}
		}
		want := http.StatusOK
		if sec.only != nil && !sec.only(p) || sec.inside != "" {
			want = http.StatusNotFound
		}
		a := h.get(h.path+at+"/edit/"+sec.name).is(t, want)
		if want == http.StatusOK {
			checkPage(t, sec.name, a.body)
		}
		if sec.list() && want == http.StatusOK {
			checkPage(t, "one of "+sec.name, h.get(h.path+at+"/edit/"+sec.name+"?item=new").is(t, http.StatusOK).body)
		}
	}
	for _, path := range []string{"/plans/nothing", at + "/edit/nothing", at + "/edit/services?item=7", at + "/edit/objectives?in=3&item=new", at + "/edit/section_504", at + "/goals/nothing",
		at + "/compare/nothing", at + "/compare/" + id, "/plans/nothing/edit/basics"} {
		h.get(h.path+path).is(t, http.StatusNotFound)
	}
	// Every word of a closed list has a text.
	for _, x := range []interface{ Words() []string }{plan.Kind(""), plan.Status(""), plan.Delivery(""), plan.Period(""), plan.Category(""), plan.SupportType(""), plan.Role(""), plan.Attendance(""), plan.Agreement(""), plan.ConsentState(""), plan.Area(""), plan.TestKind("")} {
		cat, _ := locale.For("en")
		for _, w := range x.Words() {
			if !cat.Has(wordPrefix(reflect.ValueOf(x)) + w) {
				t.Errorf("no text for %s%s", wordPrefix(reflect.ValueOf(x)), w)
			}
		}
	}
}

// Two who change different pieces are not in each other's way; two who change the
// same piece see both, and nobody's words are lost.
func TestPlanOfTwoEditors(t *testing.T) {
	h := planned(t)
	at := h.begin(t)
	notes, esy := at+"/edit/notes", at+"/edit/esy"
	mine, theirs, other := h.form(t, notes, "notes", "Mine."), h.form(t, notes, "notes", "Theirs."), h.form(t, esy, "esy.why", "Regression")
	h.post(h.path+notes, theirs).is(t, http.StatusSeeOther)
	h.post(h.path+esy, other).is(t, http.StatusSeeOther)
	a := h.post(h.path+notes, mine).is(t, http.StatusConflict).says(t, "Somebody else saved this meanwhile", "Theirs.", "Mine.")
	if got := h.plans(t)[0]; got.Notes != "Theirs." || got.ESY.Why != "Regression" {
		t.Fatalf("%q %q", got.Notes, got.ESY.Why)
	}
	v := url.Values{"notes": {"Mine."}}
	for _, m := range hiddenInput.FindAllStringSubmatch(a.body, -1) {
		v.Set(m[1], m[2])
	}
	h.post(h.path+notes, v).is(t, http.StatusSeeOther)
	if got := h.plans(t)[0].Notes; got != "Mine." {
		t.Error(got)
	}
	// What one took out, another was changing.
	line := at + "/edit/services?item=new"
	h.save(t, line, "name", "Speech")
	one := at + "/edit/services?item=0"
	gone, change := h.form(t, one, "do", "remove"), h.form(t, one, "name", "Speech", "minutes", "30")
	h.post(h.path+one, gone).is(t, http.StatusSeeOther)
	h.post(h.path+one, change).is(t, http.StatusConflict).says(t, "is not there any more", `value="30"`)
	// The same form twice adds one thing.
	v = h.form(t, line, "name", "OT")
	for range 3 {
		h.post(h.path+line, v).is(t, http.StatusSeeOther)
	}
	if n := len(h.plans(t)[0].Services); n != 1 {
		t.Errorf("%d services", n)
	}
}

// Bad input is said beside its field, and nothing that was typed is lost.
func TestPlanBadInput(t *testing.T) {
	h := planned(t)
	at := h.begin(t)
	line := at + "/edit/services?item=new"
	for _, x := range []struct{ name, value, says string }{
		{"minutes", "thirty", "whole number"}, {"minutes", "-1", "whole number"}, {"minutes", "9999999999999999999", "whole number"},
		{"from", "soon", "YYYY-MM-DD"}, {"from", "1066-10-14", "too far away"}, {"per", "weekly-ish", "Choose one of the answers"},
	} {
		v := h.form(t, line, "name", "Kept words", x.name, x.value)
		a := h.post(h.path+line, v).is(t, http.StatusUnprocessableEntity).says(t, x.says, "Kept words")
		if x.name != "per" {
			a.says(t, `value="`+x.value+`"`)
		}
	}
	h.post(h.path+line, h.form(t, line)).is(t, http.StatusUnprocessableEntity)
	if n := len(h.plans(t)[0].Services); n != 0 {
		t.Fatalf("%d services", n)
	}
	// What a paper may say is taken as it is, and the review asks.
	h.save(t, line, "name", "Zero", "minutes", "0", "per", "week")
	h.save(t, line, "name", "Much", "minutes", "10,000", "per", "day", "from", "2026-06-01", "to", "2025-06-01")
	h.save(t, at+"/edit/goals?item=new", "text", "Improve.")
	h.save(t, at+"/edit/goals?item=new", "text", strings.Repeat("leerá words de la page ", 1250))
	h.get(h.path+at).is(t, http.StatusOK).says(t, "minutes are zero", "ends before it begins")
	h.get(h.path+at+"/goals/g1").is(t, http.StatusOK)
	h.get(h.path+at+"/goals/g2").is(t, http.StatusOK)
	v := h.form(t, at+"/edit/setting", "setting.percent_in", "a lot", "setting.name", "Here")
	h.post(h.path+at+"/edit/setting", v).is(t, http.StatusUnprocessableEntity).says(t, "Write a number such as", "a lot", "Here")
	// HTML in every field comes back as text.
	bad := `"><script>alert(1)</script><b>x`
	for i := range planSections {
		sec := &planSections[i]
		if sec.inside != "" || sec.only != nil && !sec.only(h.plans(t)[0]) {
			continue
		}
		path := at + "/edit/" + sec.name
		if sec.list() {
			path += "?item=new"
		}
		v := h.form(t, path)
		for _, a := range sec.fields {
			v.Set(a.path, bad)
		}
		if b := h.post(h.path+path, v).body; strings.Contains(b, "<script>alert") {
			t.Errorf("%s gives HTML back as it came", sec.name)
		}
	}
	for _, path := range []string{"/plan", at, at + "/goals/g1"} {
		if strings.Contains(h.get(h.path+path).is(t, http.StatusOK).body, "<script>alert") {
			t.Errorf("%s shows HTML as it came", path)
		}
	}
	// Too much at once is refused.
	h.post(h.path+at+"/edit/notes", url.Values{"notes": {strings.Repeat("x", 5<<20)}}).is(t, http.StatusRequestEntityTooLarge)
	long := h.form(t, at+"/edit/notes", "notes", strings.Repeat("word ", 13_000))
	h.post(h.path+at+"/edit/notes", long).is(t, http.StatusUnprocessableEntity).says(t, "too long")
}

// An amendment changes parts of a plan, versions may overlap, and two are compared
// with the cuts first.
func TestPlanVersions(t *testing.T) {
	h := planned(t)
	at := h.begin(t)
	id := strings.TrimPrefix(at, "/plans/")
	h.save(t, at+"/edit/services?item=new", "name", "Speech", "minutes", "30", "times", "2", "per", "week")
	h.save(t, at+"/edit/services?item=new", "name", "OT", "minutes", "30", "per", "week")
	a := h.save(t, "/plans/new?amends="+id, "kind", "iep", "offered", "2024-01-10", "amends", id) // before the plan it changes
	change := strings.TrimPrefix(a.header.Get("Location"), h.path)
	h.get(h.path+change+"/edit/services").is(t, http.StatusOK).says(t, "Parts of the plan it changes", "Speech")
	from := change + "/edit/services?item=new&from=s1"
	h.get(h.path+from).says(t, `value="Speech"`, `value="30"`)
	h.save(t, from, "name", "Speech", "minutes", "30", "times", "1", "per", "week")
	h.save(t, change+"/edit/removes", "removes", "s2")
	ps := h.plans(t)
	whole, ok := plan.Whole(ps, ps[1])
	if !ok || len(whole.Services) != 1 || whole.Services[0].Times.N != 1 || whole.Services[0].ID != "s1" {
		t.Fatalf("%+v", whole.Services)
	}
	h.get(h.path+at+"/compare/"+strings.TrimPrefix(change, "/plans/")).is(t, http.StatusOK).says(t, "Cut (1)", "OT", "Less (1)", "2 × 30 minutes a week", "−30")
	h.get(h.path+"/plan").is(t, http.StatusOK).says(t, "Amendment")
	// Another version begins with the lines of the first, under the same names.
	b := h.save(t, "/plans/new", "kind", "iep", "effective_start", "2025-09-01", "from", id)
	ps = h.plans(t)
	if p := ps[len(ps)-1]; len(p.Services) != 2 || p.Services[0].ID != "s1" || p.VersionOf != id {
		t.Errorf("%+v", p)
	}
	h.get(b.header.Get("Location")).is(t, http.StatusOK).says(t, "Compare with another version")
	h.post(h.path+"/plans/new", h.form(t, "/plans/new", "kind", "iep", "from", id, "amends", id)).is(t, http.StatusUnprocessableEntity)
	h.post(h.path+"/plans/new", h.form(t, "/plans/new", "kind", "")).is(t, http.StatusUnprocessableEntity).says(t, "what kind of plan")
	// A plan that another amends is not taken out; the other is.
	v := h.form(t, at)
	h.post(h.path+at+"/remove", v).is(t, http.StatusUnprocessableEntity)
	h.post(h.path+change+"/remove", h.form(t, change)).is(t, http.StatusSeeOther)
	if n := len(h.plans(t)); n != 2 {
		t.Errorf("%d versions", n)
	}
	// A school reads the same review before it offers.
	h.post(h.path+"/edit", url.Values{"child": {"Sample child"}, "state": {"us-ca"}, "side": {"school"}}).is(t, http.StatusSeeOther)
	h.get(b.header.Get("Location")).says(t, "Audit before offering")
}

// What is being typed into a form of a plan is kept, and leads back to the form.
func TestPlanDrafts(t *testing.T) {
	h := planned(t)
	at := h.begin(t)
	for _, path := range []string{at + "/edit/services?item=new", at + "/edit/notes", "/plans/new", "/plan/service"} {
		key := h.form(t, path).Get("draft")
		if key == "" || strings.ContainsAny(key, "/?#%") {
			t.Fatalf("%s: the draft %q", path, key)
		}
		h.send("PUT", "/drafts/"+key, `{"fields":{"name":"x"},"version":0}`, map[string]string{"Content-Type": "application/json"}).is(t, http.StatusOK)
		if to, ok := draftHref(key); !ok || to != h.path+path {
			t.Errorf("the draft %s leads to %s, want %s", key, to, h.path+path)
		}
		h.get("/").says(t, html.EscapeString(h.path+path))
		h.send("DELETE", "/drafts/"+key, "", nil)
	}
	odd := planSpot{id: "a/b?c", section: sectionNamed("notes", &plan.Plan{}), in: -1, item: -1}
	key := odd.draft(&desk.Case{Folder: &desk.Folder{ID: "c"}})
	if _, ok := draftHref(key); ok || strings.ContainsAny(key, "/?#%") {
		t.Errorf("%q", key)
	}
}
