package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/fact"
	"stayput/people"
)

const noPlanCase = `stayput: 1
case: {title: "Sample: a no in the plan", child: {name: Sol, born: 2016-03-01}, jurisdiction: us, side: SIDE, sample: yes}
record:
  - {id: ask, on: 2025-08-20, kind: iep_meeting_requested, by: parent, written: yes}
plans:
  - id: iep-1
    kind: iep
    title: The plan of September
    offered: 2025-09-02
    effective_start: 2025-09-08
    effective_end: 2026-09-07
    prior_notices:
      - {on: 2025-09-03, about: "An aide <b> was asked for", refuses: yes}
      - {on: 2025-09-03, about: "More speech", refuses: no}
`

// A no that stands only on the plan's page is listed with the way to write it down. The
// form is filled in from the page; what the no was about stays to be chosen. Once saved,
// the notice stands in the record with it, and the next request follows: nobody is told
// to ask for a notice that came.
func TestNoOnThePlansPage(t *testing.T) {
	for _, side := range []string{"family", "school"} {
		h := calHouse(t, "2025-09-10")
		h.speaks("en", people.Plain)
		c := h.openText(strings.Replace(noPlanCase, "SIDE", side, 1))
		a := h.get(c+"/no").is(t, http.StatusOK)
		a.says(t, "In the plan, and not yet in the record", "A no of September 3, 2025", "“An aide &lt;b&gt; was asked for”", "The plan of September", "Write it down and see the answer", c+"/no?plan=iep-1&amp;notice=0#tell-h")
		if strings.Contains(a.body, "More speech") {
			t.Error("a proposal is listed as a no")
		}
		a = h.get(c+"/no?plan=iep-1&notice=0").is(t, http.StatusOK)
		if strings.Contains(a.body, "In the plan, and not yet") {
			t.Error("what the form holds is listed as well")
		}
		a.says(t, "Taken over from the plan", `value="2025-09-03"`, "An aide &lt;b&gt; was asked for</textarea>")
		f := hidden(a.body)
		v := url.Values{"name": f["name"], "paper": f["paper"], "plan": f["plan"], "draft": f["draft"], "words": {"An aide <b> was asked for"}, "how": {"notice"}, "on": {"2025-09-03"}}
		h.post(c+"/no", v).is(t, http.StatusUnprocessableEntity).says(t, "Choose what the no was about")
		if h.count(c, "action_proposed_or_refused")+h.count(c, "prior_written_notice_given") != 0 {
			t.Fatal("it was written down")
		}
		v.Set("what", "plan")
		at := ""
		for range 2 { // sent twice, both stand once
			at = h.post(c+"/no", v).is(t, http.StatusSeeOther).header.Get("Location")
		}
		if a, b := h.count(c, "action_proposed_or_refused"), h.count(c, "prior_written_notice_given"); a != 1 || b != 1 {
			t.Fatalf("%d noes, %d notices", a, b)
		}
		e := h.answered(c)
		if e.Kind != noticeCame || e.Fields.Refused != fact.Yes || e.Fields.Plan != "iep-1" || e.Re == "" || e.On.Earliest.String() != "2025-09-03" {
			t.Errorf("%+v", e)
		}
		want := "The notice came. Now the next request"
		if side == "school" {
			want = "Wait for the answer"
		}
		h.get(at).is(t, http.StatusOK).says(t, want, "The written notice came on September 3, 2025.")
		if a := h.get(c+"/no").is(t, http.StatusOK); strings.Contains(a.body, "In the plan, and not yet") {
			t.Error("it is still listed as not in the record")
		}
	}
}

// What is no notice of a plan fills in nothing, and a plan that is not there is not kept.
func TestNoOnAPlanThatIsNotThere(t *testing.T) {
	h := calHouse(t, "2025-09-10")
	h.speaks("es", people.Plain)
	c := h.openText(strings.Replace(noPlanCase, "SIDE", "family", 1))
	for _, q := range []string{"?plan=iep-1&notice=1", "?plan=iep-1&notice=9", "?plan=iep-1&notice=-1", "?plan=iep-1&notice=x", "?plan=%3Cscript%3E&notice=0", "?plan=iep-1", "?notice=0"} {
		if a := h.get(c+"/no"+q).is(t, http.StatusOK); strings.Contains(a.body, "Tomado de la página del plan") || strings.Contains(a.body, `name="plan"`) {
			t.Errorf("%s fills something in", q)
		}
	}
	h.get(c+"/no").says(t, "En el plan, y todavía no en el expediente", "Anotarlo y ver la respuesta")
	h.post(c+"/no", noSent("plan", "nobody", "paper", "<b>", "how", "phone")).is(t, http.StatusSeeOther)
	if e := h.answered(c); e.Fields.Plan != "" || e.Kind.String() != "evaluation_refused" {
		t.Errorf("%+v", e)
	}
	// A no about records comes with no notice of this sort.
	h.post(c+"/no", noSent("what", "records", "how", "notice", "paper", desk.NewName())).is(t, http.StatusSeeOther)
	if n := h.count(c, "prior_written_notice_given"); n != 0 {
		t.Errorf("%d notices", n)
	}
}

const noSeveralCase = `stayput: 1
case: {title: "Sample: two requests", child: {name: Sol, born: 2016-03-01}, jurisdiction: us, side: family, sample: yes}
record:
  - {id: first, on: 2025-08-20, kind: iep_meeting_requested, by: parent, written: yes, summary: "About reading"}
  - {id: second, on: 2025-09-02, kind: iep_meeting_requested, by: parent, written: yes, summary: "About the bus"}
  - {id: other, on: 2025-09-01, kind: evaluation_requested, by: parent, written: yes}
  - {id: no, on: 2025-09-08, kind: iep_meeting_refused, by: lea, refused: yes, means: phone, with: [Ms. Lee], reasons: [staff], summary: "We have no time"}
  - {id: why, on: 2025-09-09, kind: reason_told, by: lea, re: no, reasons: [budget], summary: "And no money"}
`

// Where several requests fit a no, a person chooses which: the no is written anew and
// names it, with all that it held, and what named the old one belongs to the new one.
func TestNoWhichRequest(t *testing.T) {
	h := calHouse(t, "2025-09-10")
	h.speaks("en", people.Plain)
	c := h.openText(noSeveralCase)
	at := c + "/no/" + h.named(c, "iep_meeting_refused")
	a := h.get(at).is(t, http.StatusOK)
	a.says(t, "Which request does this no answer?", "About reading", "About the bus", "several requests in the record fit")
	if strings.Contains(a.body, h.named(c, "evaluation_requested")+`"`) {
		t.Error("a request of another sort is offered")
	}
	v := url.Values{"name": {desk.NewName()}, "do": {"which"}}
	for _, re := range []string{"", "nothing", "<script>", h.named(c, "evaluation_requested")} {
		v.Set("which-re", re)
		h.post(at, v).is(t, http.StatusUnprocessableEntity).says(t, "Choose one of the requests.")
	}
	v.Set("which-re", h.named(c, "iep_meeting_requested")) // the later one
	now := h.post(at, v).is(t, http.StatusSeeOther).header.Get("Location")
	if now == at {
		t.Fatal("nothing was written")
	}
	if n := h.count(c, "iep_meeting_refused"); n != 1 {
		t.Errorf("%d noes stand", n)
	}
	e := h.answered(c)
	if e.Re != "second" || e.Supersedes != "no" || e.Fields.Means != "phone" || e.Fields.Refused != fact.Yes || strings.Join(e.Fields.Reasons, "") != "staff" || e.Fields.Summary != "We have no time" || e.On.Earliest.String() != "2025-09-08" {
		t.Errorf("%+v", e)
	}
	a = h.get(now).is(t, http.StatusOK)
	a.says(t, "It answers:", "September 2, 2025", "In these words: “About the bus”", "And no money")
	if strings.Contains(a.body, "Which request does this no answer?") {
		t.Error("it is asked again")
	}
	// Sent again, from the old page: it stands.
	if again := h.post(at, v).is(t, http.StatusSeeOther).header.Get("Location"); again != now || h.count(c, "iep_meeting_refused") != 1 {
		t.Errorf("sent twice: %s", again)
	}
	h.speaks("es", people.Plain)
	h.get(c+"/no/"+h.named(c, "iep_meeting_refused")).is(t, http.StatusOK).says(t, "Contesta a esto:")
}

// Where the law's own day cannot be told yet, both ends of it are on the page with the
// reason: in Texas the fifteenth school day after September 2 is September 23 at the
// earliest.
func TestNoWithOnlyBounds(t *testing.T) {
	for lang, want := range map[string][]string{
		"en": {"The law&#39;s own day (", "It lies between September 23 and ", "No school calendar for 2025-26 is in this case.", "this day is our suggestion"},
		"es": {"El día que da la ley (", "23 de septiembre"},
	} {
		h, c := noHouse(t, "us-tx", "family", lang)
		at := h.post(c+"/no", noSent()).is(t, http.StatusSeeOther).header.Get("Location")
		h.get(at).is(t, http.StatusOK).says(t, append(want, "/clocks/us-tx.evaluation.request_answer/")...)
	}
	// Where there is no such day, nothing is said of one.
	h, c := noHouse(t, "us", "family", "en")
	at := h.post(c+"/no", noSent()).is(t, http.StatusSeeOther).header.Get("Location")
	if a := h.get(at).is(t, http.StatusOK); strings.Contains(a.body, `id="bounds"`) {
		t.Error("bounds of no day")
	}
}
