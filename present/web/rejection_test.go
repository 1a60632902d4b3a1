package web

import (
	"encoding/csv"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/fact"
	"stayput/people"
	"stayput/present/handover"
)

// refusedCase is a plan of which the parents refused a part, with everything a
// chronology and a packet must not hold: that bears the letters zqinward.
const refusedCase = `stayput: 1
case: {title: "Sample: a rejection", child: {name: Sol, born: 2016-03-01}, jurisdiction: us-ca, zone: America/Los_Angeles, side: SIDE, sample: yes}
record:
  - {on: 2025-09-02, kind: iep_developed, plan: old}
  - {on: 2025-09-05, kind: services_consent_received, plan: old, by: mother}
  - {id: offer, on: 2026-02-03, kind: iep_offered, plan: new}
  - {id: no, on: 2026-02-10, kind: iep_rejected, re: offer, plan: new, by: mother, note: "Speech was cut & he <b>needs</b> it."}
  - {on: 2026-02-11, kind: impression_noted, re: no, reasons: [trust], summary: "zqinward-summary", note: "zqinward-note"}
  - {on: 2026-02-12, kind: contact, re: no, wall: mediation, summary: "zqinward-mediation"}
  - {on: 2026-02-12, kind: contact, re: no, wall: author, summary: "zqinward-author"}
  - {on: 2026-02-12, kind: meeting_prepared, re: no, conditions: "zqinward-prepared"}
plans:
  - id: old
    kind: iep
    offered: 2025-09-02
    effective_start: 2025-09-08
    services: [{id: slp, name: Speech, minutes: 30, times: 2, per: week}]
  - id: new
    kind: iep
    offered: 2026-02-03
    effective_start: 2026-02-16
    present: {levels: [{area: reading, text: "By the FBA and BIP the RSP teacher supports ERMHS"}]}
    services: [{id: slp, name: Speech, minutes: 30, times: 1, per: week}]
`

func refusedHouse(t testing.TB, side string) (h *house, c, at string) {
	t.Helper()
	h = calHouse(t, "2026-02-20")
	h.speaks("en", people.Plain)
	c = h.openText(strings.Replace(refusedCase, "SIDE", side, 1))
	return h, c, c + "/rejection/" + h.entryName(c, "iep_rejected")
}

// entryName is the name of the only entry of a kind.
func (h *house) entryName(c, kind string) string {
	h.t.Helper()
	got, err := h.site.desk.Case(h.t.Context(), h.who(), people.CaseID(strings.TrimPrefix(c, "/cases/")), desk.View{})
	if err != nil {
		h.t.Fatal(err)
	}
	at := got.Brief.View.ByKind(fact.MustLookup(kind))
	if len(at) == 0 {
		h.t.Fatal("no " + kind)
	}
	return got.Name(got.Brief.View.Entries[at[len(at)-1]].ID)
}

// rejectForm is what a form of the page sends.
func rejectForm(do string, pairs ...string) url.Values {
	v := url.Values{"name": {desk.NewName()}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(do+"-"+pairs[i], pairs[i+1])
	}
	return v
}

// A director goes from "the parents rejected the offer" to a logged, defensible path:
// what they say, the five steps, an attempt that failed, the chronology.
func TestAnswerToARejection(t *testing.T) {
	h, c, at := refusedHouse(t, "school")
	h.get(c+"/rejection").is(t, http.StatusOK).says(t, "Answering a rejection", "No to the IEP, February 10, 2026", "Not answered yet", "The step to take now: acknowledge it and ask.")
	page := h.get(at).is(t, http.StatusOK)
	page.says(t, "Why: in the parents&#39; own words", "Speech was cut &amp; he &lt;b&gt;needs&lt;/b&gt; it.", "What would you like your child to be able to do this year?", "The family may ask to read this", "zqinward-summary", "Trust may be hurt",
		"34 CFR 300.503(a)", "Short forms that nobody explains", "Somebody who reads the chronology would ask about this")
	h.get(c).is(t, http.StatusOK)

	// Wrong, in every way a form can be: nothing is written, and the words are kept.
	wrongs := []struct{ do, pairs, says string }{
		{"acknowledge", "on=2026-02-11 words=", "Write at least a few words"},
		{"acknowledge", "on=2026-02-21 words=Kept-words", "That day has not come yet"},
		{"acknowledge", "on=2026-02-09 words=Kept-words", "This day is before the no"},
		{"acknowledge", "on=2026-02-11 time=27:99 words=Kept-words", "not a time of day"},
		{"acknowledge", "on=nonsense words=Kept-words", "Kept-words"},
		{"review", "on=2026-02-11", "Tick what was looked at"},
		{"review", "on=2026-02-11 about=made-up", "Tick what was looked at"},
		{"contact", "on=2026-02-11 by=somebody words=Kept-words", "Choose who began it"},
		{"contact", "on=2026-02-11 by=lea", "Write what was said, or choose what came of it"},
		{"contact", "on=2026-02-21 by=lea words=Kept-words", "That day has not come yet"},
		{"impression", "on=2026-02-11 words=Kept-words", "Tick at least one"},
		{"offer", "on=2026-02-12 sort=iep_rejected words=Kept-words", "Choose what sort of offer it is"},
		{"offer", "on=2026-02-12 sort=iep_offered plan=new words=Kept-words", "This is not another version of the plan"},
	}
	before := h.total(c)
	for _, x := range wrongs {
		v := url.Values{"name": {desk.NewName()}}
		for _, p := range strings.Fields(x.pairs) {
			k, val, _ := strings.Cut(p, "=")
			v.Add(x.do+"-"+k, val)
		}
		a := h.post(at+"/"+x.do, v).is(t, http.StatusUnprocessableEntity)
		a.says(t, x.says)
		if strings.Contains(x.pairs, "Kept-words") {
			a.says(t, "Kept-words")
		}
	}
	h.post(at+"/nothing", rejectForm("nothing")).is(t, http.StatusNotFound)
	h.post(at+"/acknowledge", rejectForm("acknowledge", "on", "2026-02-11", "words", strings.Repeat("x", mostWords+1))).is(t, http.StatusUnprocessableEntity)
	h.get(c+"/rejection/"+desk.NewName()).is(t, http.StatusNotFound)
	h.get(c+"/rejection/plan-new").is(t, http.StatusNotFound) // its answer stands in the record
	if n := h.total(c); n != before {
		t.Fatalf("%d entries came of wrong forms", n-before)
	}

	ack := rejectForm("acknowledge", "on", "2026-02-11", "time", "09:30", "means", "phone", "with", "Mother, Ms. Director", "words", "Heard; asked what matters most.")
	for range 2 { // sent twice it stands once
		h.post(at+"/acknowledge", ack).is(t, http.StatusSeeOther)
	}
	if e := h.answered(c); h.count(c, "rejection_acknowledged") != 1 || e.On.String() != "2026-02-11T09:30" || e.Re == "" || e.Fields.Plan != "new" || e.By != "lea" || len(e.Fields.With) != 2 {
		t.Fatalf("%+v", e)
	}
	h.post(at+"/reason", rejectForm("reason", "on", "2026-02-11", "words", "\"You cut <script>speech</script>.\"", "with", "Mother")).is(t, http.StatusSeeOther)
	h.post(at+"/contact", rejectForm("contact", "on", "2026-02-12", "time", "16:05", "by", "lea", "means", "phone", "outcome", "no_answer")).is(t, http.StatusSeeOther)
	h.post(at+"/contact", rejectForm("contact", "on", "2026-02-13", "by", "lea", "means", "email", "words", "=HYPERLINK(1)", "offers", "A talk on Monday\n\nAn interpreter")).is(t, http.StatusSeeOther)
	if e := h.answered(c); e.Kind.String() != "contact" || len(e.Fields.Offers) != 2 || e.Fields.Means != "email" {
		t.Fatalf("%+v", e)
	}
	h.post(at+"/contact", rejectForm("contact", "on", "2026-02-14", "by", "lea", "means", "phone", "outcome", "reached", "words", "A short call.")).is(t, http.StatusSeeOther)
	h.post(at+"/listen", rejectForm("listen", "on", "2026-02-16", "time", "15:00", "outcome", "reached", "with", "Mother", "words", "He talks less at home.", "response", "She asks for two sessions.")).is(t, http.StatusSeeOther)
	h.post(at+"/review", rejectForm("review", "on", "2026-02-17", "about", "gaps", "about", "jargon", "with", "Two specialists", "words", "The baseline is old.")).is(t, http.StatusSeeOther)
	h.post(at+"/offer", rejectForm("offer", "on", "2026-02-18", "sort", "iep_amendment_proposed", "words", "Two sessions again.")).is(t, http.StatusSeeOther)
	h.post(at+"/notice", rejectForm("notice", "on", "2026-02-19", "words", "Speech twice a week, and why.")).is(t, http.StatusSeeOther)
	done := h.get(at).is(t, http.StatusOK)
	done.says(t, "Being answered", "Looked at: gaps and words that are hard to understand.", "Not looked at, as far as the record shows: alternatives and what is not known yet.",
		"3 attempts of the school are in the record; not reached: 1, reached: 1.", "Not noted: time, who took part and response.", "Federal law names no number of attempts", "34 CFR 300.322(d)", "1 letter or e-mail has no copy attached.")
	if strings.Contains(done.body, "<script>speech") {
		t.Error("words became markup")
	}

	// The chronology: in order, with both sides' words, and nothing that stays inside.
	chrono := h.get(at+"/chronology").is(t, http.StatusOK)
	chrono.says(t, "Chronology of good faith", "He talks less at home.", "She asks for two sessions.", "A talk on Monday", "&lt;script&gt;speech")
	rejectionOrder(t, chrono.body, "Speech was cut", "Heard; asked", "An interpreter", "He talks less", "The baseline is old", "Two sessions again", "and why.")
	table := h.get(at+"/chronology.csv").is(t, http.StatusOK)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table.body, "\uFEFF"))).ReadAll()
	if err != nil || len(rows) < 10 {
		t.Fatal(len(rows), err)
	}
	if rows[1][0] != "2026-02-03" || rows[2][0] != "2026-02-10" || rows[3][1] != "" && rows[3][1] != "09:30" {
		t.Errorf("%q", rows[:4])
	}
	if !strings.Contains(table.body, "'=HYPERLINK(1)") {
		t.Error("a text begins like a formula")
	}
	for _, a := range []answer{chrono, table} {
		if strings.Contains(a.body, "zqinward") {
			t.Error("something that stays inside stands in the chronology")
		}
	}

	// A yes ends it.
	h.speaks("es", people.Plain)
	h.get(at).is(t, http.StatusOK).says(t, "Por qué: en palabras de los padres", "La familia puede pedir leer esto", "3 intentos de la escuela", "Reunirse para escuchar")
	h.get(at+"/chronology").is(t, http.StatusOK).says(t, "Cronología de buena fe")
	h.get(c+"/rejection").is(t, http.StatusOK).says(t, "Responder a un rechazo", "En curso")
}

// total is how many entries the record holds.
func (h *house) total(c string) int {
	h.t.Helper()
	got, err := h.site.desk.Case(h.t.Context(), h.who(), people.CaseID(strings.TrimPrefix(c, "/cases/")), desk.View{})
	if err != nil {
		h.t.Fatal(err)
	}
	return len(got.File.Entries)
}

// rejectionOrder wants each text to stand after the one before it.
func rejectionOrder(t *testing.T, body string, texts ...string) {
	t.Helper()
	for _, x := range texts {
		i := strings.Index(body, x)
		if i < 0 {
			t.Errorf("%q does not follow, or is missing", x)
			return
		}
		body = body[i+len(x):]
	}
}

// The family's side of the same page: what the school should do, and what one may ask.
// No form for impressions, and none can be sent.
func TestRejectionAtHome(t *testing.T) {
	h, c, at := refusedHouse(t, "family")
	h.get(c+"/rejection").is(t, http.StatusOK).says(t, "What follows your no")
	page := h.get(at).is(t, http.StatusOK)
	page.says(t, "What the school should do, and what you may ask", "Why: in your own words", "Write down why you said no", "You may ask for this notice.")
	if strings.Contains(page.body, "impression-why") {
		t.Error("a family is asked for impressions of staff")
	}
	h.post(at+"/impression", rejectForm("impression", "on", "2026-02-11", "why", "trust")).is(t, http.StatusNotFound)
	h.post(at+"/contact", rejectForm("contact", "on", "2026-02-12", "by", "parent", "means", "email", "words", "I asked for a meeting.")).is(t, http.StatusSeeOther)
	h.get(at).is(t, http.StatusOK).says(t, "I asked for a meeting.", "From the family")
	h.speaks("es", people.Plain)
	h.get(at).is(t, http.StatusOK).says(t, "Por qué: en sus propias palabras", "Usted puede pedir este aviso.")
}

// A no that stands only on the plan's own page, and a record without any.
func TestRejectionOnThePlan(t *testing.T) {
	h := calHouse(t, "2026-02-20")
	h.speaks("en", people.Plain)
	empty := h.openText("stayput: 1\ncase: {title: Sample, child: {name: Sol}, jurisdiction: us-ca, side: school, sample: yes}\n")
	h.get(empty+"/rejection").is(t, http.StatusOK).says(t, "No rejection is in the record")
	c := h.openText(`stayput: 1
case: {title: "Sample: on the page", child: {name: Sol, born: 2016-03-01}, jurisdiction: us-ca, side: school, sample: yes}
plans:
  - id: "a plan/1"
    kind: iep
    offered: 2026-02-03
    effective_start: 2026-02-16
    consent: [{by: mother, on: 2026-02-10, agreement: none}]
    services: [{id: slp, name: Speech, minutes: 30, times: 1, per: week}]
`)
	h.get(c+"/rejection").is(t, http.StatusOK).says(t, "No to the IEP, February 10, 2026")
	at := c + "/rejection/" + url.PathEscape("plan-a plan/1")
	h.get(at).is(t, http.StatusOK).says(t, "Not answered yet")
	h.post(at+"/acknowledge", rejectForm("acknowledge", "on", "2026-02-11", "words", "We heard it.")).is(t, http.StatusSeeOther)
	h.get(at).is(t, http.StatusOK).says(t, "We heard it.", "Being answered")
	h.get(at+"/chronology").is(t, http.StatusOK).says(t, "On the plan itself")
}

// An impression stands in the record and in nothing that goes out of it: no packet, no
// share of single entries, no brief, no page for a teacher.
func TestImpressionsStayInside(t *testing.T) {
	h, c, _ := refusedHouse(t, "school")
	id := people.CaseID(strings.TrimPrefix(c, "/cases/"))
	name := h.entryName(c, "impression_noted")
	other := h.entryName(c, "iep_rejected")
	h.get(c+"/record/"+name).is(t, http.StatusOK).says(t, "zqinward-summary") // the record has it
	for _, where := range []string{"/share/new?preset=school", "/share/new?preset=school&entry=" + name, "/export"} {
		a := h.get(c+where).is(t, http.StatusOK)
		if strings.Contains(a.body, `value="`+name+`"`) || strings.Contains(a.body, "zqinward-summary") {
			t.Errorf("%s offers the impression", where)
		}
	}
	h.post(c+"/share/new?preset=school", url.Values{"for": {"The other school"}, "entry": {name, other}}).is(t, http.StatusUnprocessableEntity).says(t, "An impression of staff does not go out alone")
	h.post(c+"/export/bundle", url.Values{"which": {"some"}, "entry": {name, other}, "for": {"x"}}).is(t, http.StatusUnprocessableEntity).says(t, "An impression of staff does not go out alone")
	if err := handover.Write(t.Context(), h.site.desk, h.who(), id, handover.Bundle, handover.Options{Entries: []string{name}, Lang: "en"}, io.Discard); err == nil {
		t.Error("a bundle of chosen entries holds an impression")
	}
	h.post(c+"/share/new?preset=school", url.Values{"for": {"The other school"}, "entry": {other}}).is(t, http.StatusSeeOther)
	for _, path := range []string{c + "/export/brief.html", c + "/carry/digests/new?teacher=Ms.+Sample&lang=en", c + "/clocks", c + "/consent", c + "/plans/new/offer", c + "/disagree"} {
		if a := h.get(path); strings.Contains(a.body, "zqinward") {
			t.Errorf("%s holds what stays inside", path)
		}
	}
	var b strings.Builder
	if err := handover.Write(t.Context(), h.site.desk, h.who(), id, handover.HTML, handover.Options{Lang: "es"}, &b); err != nil || strings.Contains(b.String(), "zqinward") {
		t.Errorf("the brief holds what stays inside, or cannot be written: %v", err)
	}
	// The whole record is the whole record: nothing is kept from it.
	b.Reset()
	if err := handover.Write(t.Context(), h.site.desk, h.who(), id, handover.YAML, handover.Options{}, &b); err != nil || !strings.Contains(b.String(), "zqinward-summary") {
		t.Errorf("the case file lacks an entry: %v", err)
	}
}

// Talks planned and held, the person to ask, workshops; on both sides.
func TestPartnership(t *testing.T) {
	h, c, _ := refusedHouse(t, "school")
	at := c + "/partnership"
	h.get(at).is(t, http.StatusOK).says(t, "Nobody is named yet.", "No talk is planned or written down.", "No workshop is written down.")
	h.post(at+"/liaison", rejectForm("liaison", "on", "2026-02-02", "with", "Ms. Sample", "words", "555-0100")).is(t, http.StatusSeeOther)
	h.post(at+"/planned", rejectForm("planned", "on", "2026-02-12", "time", "15:00", "with", "Mother")).is(t, http.StatusSeeOther)
	planned := h.entryName(c, "family_check_in_planned")
	h.post(at+"/planned", rejectForm("planned", "on", "2026-03-12")).is(t, http.StatusSeeOther)
	page := h.get(at).is(t, http.StatusOK)
	page.says(t, "Ms. Sample", "The day of a planned talk is over", "Day is over", "The next one: March 12, 2026.", "re="+planned)
	h.get(at+"?re="+planned).is(t, http.StatusOK).says(t, `value="`+planned+`" selected`)
	h.get(c).is(t, http.StatusOK)
	for _, x := range []struct {
		do string
		v  url.Values
	}{
		{"liaison", rejectForm("liaison", "on", "2026-02-02")}, {"workshop", rejectForm("workshop", "on", "2026-02-02")}, {"held", rejectForm("held", "on", "2026-02-22")},
		{"held", rejectForm("held", "on", "2026-02-12", "re", h.entryName(c, "liaison_named"))}, {"planned", rejectForm("planned", "on", "2126-02-02")}, {"workshop", rejectForm("workshop", "on", "2026-02-02", "words", "x", "until", "nonsense")},
	} {
		h.post(at+"/"+x.do, x.v).is(t, http.StatusUnprocessableEntity)
	}
	h.post(at+"/nothing", rejectForm("nothing")).is(t, http.StatusNotFound)
	held := rejectForm("held", "re", planned, "on", "2026-02-13", "outcome", "reached", "words", "Homework", "response", "It helped")
	for range 2 {
		h.post(at+"/held", held).is(t, http.StatusSeeOther)
	}
	if e := h.answered(c); h.count(c, "family_check_in_held") != 1 || e.Re == "" || e.Fields.Response != "It helped" {
		t.Fatalf("%+v", e)
	}
	h.post(at+"/workshop", rejectForm("workshop", "on", "2026-02-02", "words", "=Reading a plan", "until", "2026-03-05")).is(t, http.StatusSeeOther)
	h.post(at+"/attended", rejectForm("attended", "on", "2026-02-19", "re", h.entryName(c, "workshop_offered"))).is(t, http.StatusSeeOther)
	page = h.get(at).is(t, http.StatusOK)
	page.says(t, "February 13, 2026 (planned for February 12, 2026", "The last one: February 13, 2026.", "The family went")
	if strings.Contains(page.body, "The day of a planned talk is over") {
		t.Error("a talk that was held is still missed")
	}
	table := h.get(at+".csv").is(t, http.StatusOK)
	if !strings.Contains(table.body, "'=Reading a plan") || !strings.Contains(table.body, "Ms. Sample") {
		t.Error(table.body)
	}
	h.speaks("es", people.Plain)
	h.get(at).is(t, http.StatusOK).says(t, "Colaboración", "A quién puede preguntar siempre la familia")

	home, c, _ := refusedHouse(t, "family")
	home.get(c+"/partnership").is(t, http.StatusOK).says(t, "What the school offers you outside of formal meetings", "You may ask for one person to turn to")
}
