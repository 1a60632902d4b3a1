package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/fact"
	"stayput/guide"
	"stayput/law"
	"stayput/people"
)

// noCase is a family that asked for an evaluation in writing, with a reason told by
// phone behind the mediation wall, which no letter may hold.
const noCase = `stayput: 1
case: {title: "Sample: a no", child: {name: Sol, born: 2016-03-01}, jurisdiction: WHERE, zone: America/Los_Angeles, side: SIDE, home_language: es, sample: yes}
record:
  - {id: worry, on: 2025-08-20, kind: concern_raised, by: parent, summary: "Two hours of homework each night"}
  - {id: ask, on: 2025-09-02, kind: evaluation_requested, by: parent, written: yes, means: email, note: "Please evaluate Sol"}
  - {id: aside, on: 2025-09-20, kind: contact, wall: mediation, summary: "zqprivate-mediation"}
`

func noHouse(t *testing.T, where, side, lang string) (*house, string) {
	t.Helper()
	h := calHouse(t, "2025-09-10")
	h.speaks(lang, people.Plain)
	return h, h.openText(strings.NewReplacer("WHERE", where, "SIDE", side).Replace(noCase))
}

func noSent(more ...string) url.Values {
	v := url.Values{"name": {desk.NewName()}, "what": {"evaluation"}, "why": {"rti_first", "budget"}, "words": {"She has to finish the tiers, and there is no money"}, "how": {"phone"}, "on": {"2025-09-08"}, "with": {"Ms. Lee, Mr. Park"}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v
}

// A no is saved as the refusal it is, stands once though it is sent twice, and its
// answer holds the facts of the next letter, with a day counted by hand: two weeks
// after September 10 is the 24th.
func TestNoJourney(t *testing.T) {
	h, c := noHouse(t, "us", "family", "en")
	h.get(c).is(t, http.StatusOK).says(t, `href="`+c+`/no"`, "The school said no")
	h.get(c+"/no").is(t, http.StatusOK).says(t, "Five short questions", "A first evaluation", "Our own extra help has to come first", "I do not know")
	v := noSent()
	at := h.post(c+"/no", v).is(t, http.StatusSeeOther).header.Get("Location")
	if again := h.post(c+"/no", v).is(t, http.StatusSeeOther).header.Get("Location"); again != at || h.count(c, "evaluation_refused") != 1 {
		t.Fatalf("sent twice: %s and %s, %d entries", at, again, h.count(c, "evaluation_refused"))
	}
	e := h.answered(c)
	if e.Re == "" || e.By != "lea" || e.Fields.Refused != fact.Yes || e.Fields.Written != fact.No || e.Fields.Means != "phone" || strings.Join(e.Fields.Reasons, " ") != "rti_first budget" || strings.Join(e.Fields.With, "|") != "Ms. Lee|Mr. Park" || e.Fields.Summary != v.Get("words") {
		t.Fatalf("%+v", e)
	}
	a := h.get(at).is(t, http.StatusOK)
	a.says(t, "Ask for the no and its reasons in writing", "document demand-pwn", "Wednesday, September 24, 2025", "this day is our suggestion", "Letter asking for a prior written notice",
		"Child: Sol", "What was asked: ", "September 2, 2025 (email)", "The answer: no, to this: a first evaluation, on September 8, 2025 (phone)", "Said by: Ms. Lee and Mr. Park", "there is no money”", "Reason as told on September 8, 2025: Our own extra help has to come first",
		"all seven parts of 34 CFR 300.503(b)", "Answer asked for in writing by September 24, 2025", "Language of the answer: Spanish",
		"OSEP Memo 11-07", "It may not be used to put one off", "This reason is kept only as it was said", "2 days have passed since the no", "Each test, record or report it relied on", "/disagree?concern=evaluation")
	if strings.Contains(a.body, "zqprivate") {
		t.Error("what was said in mediation stands on the page")
	}
	if n := strings.Count(a.body, `id="seven-`); n != 7 {
		t.Errorf("the list holds %d parts", n)
	}
	// A reason that was told later stands with who told it; the letter was sent; the notice came.
	tell := func(pairs ...string) answer {
		v := url.Values{"name": {desk.NewName()}}
		for i := 0; i+1 < len(pairs); i += 2 {
			v.Add(pairs[i], pairs[i+1])
		}
		return h.post(at, v)
	}
	tell("do", "reason", "reason-on", "2025-09-09").is(t, http.StatusUnprocessableEntity).says(t, "Tick a reason or write what was said")
	tell("do", "reason", "reason-on", "2025-09-19", "reason-why", "staff").is(t, http.StatusUnprocessableEntity)
	tell("do", "reason", "reason-on", "2025-09-09", "reason-why", "staff", "reason-with", "Mr. Park", "reason-words", "We have nobody").is(t, http.StatusSeeOther)
	if e := h.answered(c); e.Kind.String() != "reason_told" || e.Re == "" || e.Fields.Reasons[0] != "staff" || e.Fields.Summary != "We have nobody" {
		t.Fatalf("%+v", e)
	}
	h.get(at).says(t, "Told by Mr. Park on September 9, 2025", "“We have nobody”", "There is nobody to do it")
	tell("do", "asked", "asked-on", "2025-09-10").is(t, http.StatusSeeOther)
	if e := h.answered(c); e.Kind.String() != "prior_written_notice_requested" || e.Fields.Until.String() != "2025-09-24" {
		t.Fatalf("%+v", e)
	}
	h.get(at).says(t, "Wait for the answer", "An answer was asked for by Wednesday, September 24, 2025")
	tell("do", "came", "came-on", "2025-09-10", "came-words", "No word of other options").is(t, http.StatusSeeOther)
	h.get(at).says(t, "The notice came. Now the next request", "document request-initial-evaluation", "2 days after the no", c+"/add?kind=evaluation_requested")
	h.get(c+"/no").says(t, "1 earlier no in this record", "Our own extra help has to come first")
	h.get(e0(c, h)).is(t, http.StatusOK).says(t, "our own extra help has to come first")
	for _, v := range []string{"", "nothing", "<script>"} {
		tell("do", v).is(t, http.StatusUnprocessableEntity)
	}
	h.get(c+"/no/nothing").is(t, http.StatusNotFound)
	h.get(c+"/no/"+h.named(c, "concern_raised")).is(t, http.StatusNotFound)
}

// named is the name of the latest entry of a kind.
func (h *house) named(c, kind string) string {
	h.t.Helper()
	k, err := h.site.desk.Case(h.t.Context(), h.who(), people.CaseID(strings.TrimPrefix(c, "/cases/")), desk.View{})
	if err != nil {
		h.t.Fatal(err)
	}
	out := ""
	for _, e := range k.Brief.View.Entries {
		if e.Kind.String() == kind {
			out = k.Name(e.ID)
		}
	}
	return out
}

// e0 is where the refusal stands in the record.
func e0(c string, h *house) string { return c + "/record/" + h.named(c, "evaluation_refused") }

// Each subject is saved as the refusal it is; what nobody knows stays open.
func TestNoKinds(t *testing.T) {
	h, c := noHouse(t, "us-ca", "family", "en")
	for what, kind := range map[string]string{"evaluation": "evaluation_refused", "reevaluation": "reevaluation_refused", "outside": "iee_refused", "meeting": "iep_meeting_refused", "records": "records_access_refused", "plan": "action_proposed_or_refused", "other": "request_refused"} {
		at := h.post(c+"/no", url.Values{"name": {desk.NewName()}, "what": {what}, "why": {"unknown"}, "how": {"unknown"}, "on": {"2025-09-10"}}).is(t, http.StatusSeeOther).header.Get("Location")
		if h.count(c, kind) != 1 {
			t.Errorf("%s is not saved as %s", what, kind)
		}
		a := h.get(at).is(t, http.StatusOK)
		a.says(t, "They gave no reason", "Next step")
		if (what == "records") == strings.Contains(a.body, "id=\"seven-") {
			t.Errorf("%s: the list of the notice stands where it does not belong, or is missing", what)
		}
		if what == "outside" {
			a.says(t, c+"/evaluation-outside")
		}
	}
	v := noSent("vague", "yes", "how", "notice", "why", "none_given")
	v.Add("why", "staff") // none, and one: the one stands
	h.post(c+"/no", v).is(t, http.StatusSeeOther)
	// An unknown day lies between the request and the day that was given.
	e := h.answered(c)
	if strings.Join(e.Fields.Reasons, " ") != "staff" || e.Fields.Means != "letter" || e.Fields.Written != fact.Yes {
		t.Errorf("%+v", e.Fields)
	}
	if e.On.Exact() || e.On.Latest.String() != "2025-09-08" {
		t.Errorf("the day is %s", e.On)
	}
}

// What cannot be saved is told, and what was typed stands.
func TestNoBadInput(t *testing.T) {
	h, c := noHouse(t, "us", "family", "es")
	for _, x := range []struct {
		name, value, says string
	}{
		{"what", "", "Escoja a qué dijeron que no"}, {"what", "<b>", "Escoja a qué dijeron que no"}, {"on", "2025-09-11", ""}, {"on", "soon", ""}, {"on", "1900-01-01", ""}, {"words", strings.Repeat("x", mostWords+1), ""},
	} {
		a := h.post(c+"/no", noSent(x.name, x.value)).is(t, http.StatusUnprocessableEntity)
		a.says(t, x.says, "Ms. Lee, Mr. Park")
		if h.count(c, "evaluation_refused") != 0 {
			t.Fatalf("%s %q was saved", x.name, x.value)
		}
	}
	v := noSent("words", "<script>alert(1)</script>", "with", "<b>", "why", "made up")
	at := h.post(c+"/no", v).is(t, http.StatusSeeOther).header.Get("Location")
	a := h.get(at).is(t, http.StatusOK)
	a.says(t, "Pida la negativa y sus razones por escrito", "No dieron ninguna razón", "Niño o niña: Sol", "El siguiente paso")
	if strings.Contains(a.body, "<script>alert") || strings.Contains(a.body, "<b>,") {
		t.Error("what was typed is taken for the page")
	}
	if e := h.answered(c); len(e.Fields.Reasons) != 0 {
		t.Errorf("a made-up reason was kept: %v", e.Fields.Reasons)
	}
}

// A no behind a private wall gives no letter anything.
func TestNoBehindAWall(t *testing.T) {
	h := calHouse(t, "2025-09-10")
	h.speaks("en", people.Plain)
	c := h.openText("stayput: 1\ncase: {title: Walls, jurisdiction: us}\nrecord:\n  - {id: ask, on: 2025-09-02, kind: iep_meeting_requested, by: parent, written: yes}\n  - {id: no, on: 2025-09-08, kind: iep_meeting_refused, by: lea, wall: mediation, summary: zqprivate}\n")
	a := h.get(c+"/no/"+h.named(c, "iep_meeting_refused")).is(t, http.StatusOK)
	a.says(t, "does not go into a letter")
	if strings.Contains(a.body, `id="facts"`) {
		t.Error("facts for a letter are gathered from behind a wall")
	}
	h.post(c+"/no/"+h.named(c, "iep_meeting_refused"), url.Values{"name": {desk.NewName()}, "do": {"reason"}, "reason-why": {"staff"}, "reason-on": {"2025-09-09"}}).is(t, http.StatusSeeOther)
	if e := h.answered(c); e.Wall != fact.Mediation {
		t.Errorf("what belongs to it stands behind %q", e.Wall)
	}
}

// For a school the page says what the notice must hold.
func TestNoForASchool(t *testing.T) {
	for lang, want := range map[string][]string{
		"en": {"A request is refused", "What the notice must hold", "The child was found not to qualify", "Give the written notice", "document pwn"},
		"es": {"Se niega una petición", "Qué debe llevar el aviso", "Se decidió que el niño o la niña no califica", "Dé el aviso por escrito", "documento pwn"},
	} {
		h, c := noHouse(t, "us-ca", "school", lang)
		h.get(c+"/no").is(t, http.StatusOK).says(t, want[:3]...)
		at := h.post(c+"/no", noSent()).is(t, http.StatusSeeOther).header.Get("Location")
		a := h.get(at).is(t, http.StatusOK)
		a.says(t, want[3:]...)
		if strings.Contains(a.body, "/disagree?") {
			t.Error("a school is shown the family's ways")
		}
	}
}

// The rules and papers that the guide's reasons name are there.
func TestNoesNameTheLaw(t *testing.T) {
	papers := map[string]bool{}
	for _, d := range law.Documents {
		papers[d] = true
	}
	for _, n := range guide.For("en").Noes {
		for _, p := range n.Law {
			if p.Rule != "" && lawRules()[law.RuleID(p.Rule)] == nil {
				t.Errorf("%s: no rule %s", n.ID, p.Rule)
			}
		}
		for _, d := range n.Ask {
			if !papers[d] {
				t.Errorf("%s: no paper %s", n.ID, d)
			}
		}
	}
}

var pathField = regexp.MustCompile(`name="path" value="([a-z2-7]+)"`)

// The path of an independent evaluation, from the request to what changed: from
// September 3 to the 9th are 6 days, to the 10th 7.
func TestOutsidePath(t *testing.T) {
	h := calHouse(t, "2025-09-10")
	h.speaks("en", people.Plain)
	c := h.openText("stayput: 1\ncase: {title: Outside, jurisdiction: us, side: family}\nrecord:\n  - {id: eval, on: 2025-08-20, kind: evaluation_report_given, by: lea}\n  - {id: ask, on: 2025-09-03, kind: iee_requested, by: parent, written: yes}\n")
	at := c + "/evaluation-outside"
	a := h.get(at).is(t, http.StatusOK)
	a.says(t, "7 days since the request", "without unnecessary delay", "7 days were found acceptable", "Ask for the district", "34 CFR 300.502(b)(2), (4)", "You need not say why", "14 days after the step before")
	id := pathField.FindStringSubmatch(a.body)[1]
	step := func(status int, kind, on string, more ...string) answer {
		v := url.Values{"name": {desk.NewName()}, "path": {id}, "kind-" + id: {kind}, "on-" + id: {on}}
		for i := 0; i+1 < len(more); i += 2 {
			v.Set(more[i]+"-"+id, more[i+1])
		}
		return h.post(at, v).is(t, status)
	}
	step(http.StatusUnprocessableEntity, "", "2025-09-09").says(t, "Choose what happened")
	step(http.StatusUnprocessableEntity, "iee_agreed", "2025-09-11")
	step(http.StatusUnprocessableEntity, "contact", "2025-09-09")
	step(http.StatusSeeOther, "iee_refused", "2025-09-09")
	h.get(at).says(t, "The law knows two answers", "7 days since the request")
	step(http.StatusSeeOther, "due_process_filed", "2025-09-09")
	if e := h.answered(c); e.Fields.FiledBy != "lea" || e.Re == "" {
		t.Fatalf("%+v", e)
	}
	h.get(at).says(t, "6 days from the request to the answer", "The hearing decides")
	step(http.StatusSeeOther, "iee_agreed", "2025-09-10")
	step(http.StatusSeeOther, "iee_provided", "2025-09-10")
	step(http.StatusSeeOther, "iee_report_shared", "2025-09-10")
	step(http.StatusSeeOther, "iee_considered", "2025-09-10", "granted", "yes", "words", "A reading goal")
	h.get(at).says(t, "Something changed: A reading goal", "The path has come to its end")
	h.post(at, url.Values{"name": {desk.NewName()}, "path": {"nothing"}}).is(t, http.StatusUnprocessableEntity)
	h.post(at, url.Values{}).is(t, http.StatusUnprocessableEntity)

	// A school's register, a private report, and a case with neither.
	c = h.openText("stayput: 1\ncase: {title: Private, jurisdiction: us, side: school}\nrecord:\n  - {id: rep, on: 2025-09-02, kind: iee_report_shared, by: parent}\n")
	h.get(c+"/evaluation-outside").is(t, http.StatusOK).says(t, "A report shared on September 2, 2025", "Call the team", "You may ask for the reasons for the disagreement")
	h.speaks("es", people.Plain)
	none := h.openText("stayput: 1\ncase: {title: None, jurisdiction: us}\nrecord: []\n")
	h.get(none+"/evaluation-outside").is(t, http.StatusOK).says(t, "no hay ninguna evaluación independiente")
	h.get(none+"/no").is(t, http.StatusOK).says(t, "Todavía no hay ninguna negativa")
}
