package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"stayput/desk"
	"stayput/fact"
	"stayput/people"
)

const disputeCase = `stayput: 1
case: {title: "Sample: a dispute", child: {name: Sol, born: 2015-04-02}, jurisdiction: us-ca, zone: America/Los_Angeles, side: SIDE, sample: yes}
record:
  - {id: refusal, on: 2025-02-10, kind: request_refused}
`

// A disputeWalk is a case whose day a test moves on, and the form of its pages.
type disputeWalk struct {
	*house
	t    *testing.T
	c    string
	path string
}

func newDisputeWalk(t *testing.T, today, text string) *disputeWalk {
	h := calHouse(t, today)
	h.speaks("en", people.Plain)
	c := h.openText(text)
	return &disputeWalk{house: h, t: t, c: c, path: c + "/disagree/disputes"}
}

// day moves on to a day, a few weeks at a time so that the session stays.
func (w *disputeWalk) day(to string) {
	at, err := time.Parse("2006-01-02 15:04 MST", to+" 18:00 UTC")
	if err != nil {
		w.t.Fatal(err)
	}
	w.now = func() time.Time { return at }
}

// step sends the form of a step: kind, day and what else it holds.
func (w *disputeWalk) step(step, kind, on string, more ...string) answer {
	v := url.Values{"name": {desk.NewName()}, "step": {step}, step + "-kind": {kind}, step + "-on": {on}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(step+"-"+more[i], more[i+1])
	}
	return w.post(w.path, v)
}

// A due process case goes by its pages from the filing to a settlement that was carried
// out. Every date was counted by hand: received Tuesday, March 4; day 10 is March 14, day
// 15 March 19; 27 days to March 31, so day 30 is April 3; 27 to April 30, so 45 days after
// it is May 18. The hearing is set for Monday, May 5: ten days before is April 25, the
// fifth business day before is Monday, April 28.
func TestDisputeJourney(t *testing.T) {
	w := newDisputeWalk(t, "2025-03-03", strings.Replace(disputeCase, "SIDE", "family", 1))
	w.get(w.path).is(t, http.StatusOK).says(t, "No dispute is written down yet", "A dispute begins when somebody files something", "Something was filed")
	w.post(w.path, url.Values{"name": {desk.NewName()}, "on": {"2025-03-03"}}).is(t, http.StatusUnprocessableEntity).says(t, "Choose what was filed")
	w.post(w.path, url.Values{"name": {desk.NewName()}, "what": {"due_process"}, "on": {"2025-03-03"}}).is(t, http.StatusUnprocessableEntity).says(t, "Choose who filed it")
	w.post(w.path, url.Values{"name": {desk.NewName()}, "what": {"due_process"}, "filer": {"parent"}, "on": {"2025-04-03"}}).is(t, http.StatusUnprocessableEntity)
	begin := url.Values{"name": {desk.NewName()}, "what": {"due_process"}, "filer": {"parent"}, "on": {"2025-03-03"}, "words": {"Speech was cut"}}
	var at answer
	for range 2 { // sent twice it stands once
		at = w.post(w.path, begin).is(t, http.StatusSeeOther)
	}
	list := w.path
	w.path = at.header.Get("Location")
	if n := w.count(w.c, "due_process_filed"); n != 1 {
		t.Fatalf("%d filings", n)
	}
	page := w.get(w.path).is(t, http.StatusOK)
	page.says(t, "Due process, filed by the parent", "What comes next", "A copy goes to the other side", "Comes after: The other side has it.", "Who must prove the case", "In this case that is the parent.", "Yes, while this case is open.", "Who may come")

	// In the wrong order nothing is written down, and the page says what comes first.
	w.step("decision", "hearing_decision_issued", "2025-03-03").is(t, http.StatusUnprocessableEntity).says(t, "One step comes first: The hearing.")
	w.step("meeting", "resolution_meeting_held", "2025-03-03").is(t, http.StatusUnprocessableEntity).says(t, "One step comes first: The other side has it.")
	w.step("void", "resolution_agreement_voided", "2025-03-03").is(t, http.StatusUnprocessableEntity).says(t, "This step does not belong here now.")
	w.step("nonsense", "<script>", "2025-03-03").is(t, http.StatusUnprocessableEntity).says(t, "Choose what happened")
	w.step("received", "due_process_received", "2025-02-28").is(t, http.StatusUnprocessableEntity).says(t, "That is before the filing of the due process complaint (March 3, 2025). Check the day.")

	w.day("2025-03-05")
	w.step("received", "due_process_received", "2025-03-04", "notice", "no", "by", "lea").is(t, http.StatusSeeOther)
	e := w.answered(w.c)
	if e.Re == "" || e.Fields.PriorNotice != fact.No || e.By != "lea" {
		t.Fatalf("%+v", e)
	}
	w.get(w.path).is(t, http.StatusOK).says(t, "Due by March 14, 2025.", "Due by March 19, 2025.", "Due by April 3, 2025.", "Due by May 18, 2025. Comes after: The hearing.", "Possible until March 19, 2025.", "Nearest day: Friday, March 14, 2025",
		"/clocks/us-ca.resolution.meeting/", "/clocks/us-ca.dueprocess.response/")
	w.get(list).is(t, http.StatusOK).says(t, "Next: The other side&#39;s response, by March 14, 2025")

	w.day("2025-03-15")
	w.step("response", "lea_response_sent", "2025-03-01").is(t, http.StatusUnprocessableEntity).says(t, "That is before the arrival of the due process complaint (March 4, 2025).")
	w.step("response", "lea_response_sent", "2025-03-14", "by", "lea").is(t, http.StatusSeeOther)
	w.step("response", "lea_response_sent", "2025-03-15").is(t, http.StatusUnprocessableEntity).says(t, "This step is written down already (March 14, 2025).")
	w.day("2025-03-18")
	held := url.Values{"name": {desk.NewName()}, "step": {"meeting"}, "meeting-kind": {"resolution_meeting_held"}, "meeting-on": {"2025-03-18"}, "meeting-attorney": {"no"}}
	for range 2 {
		w.post(w.path, held).is(t, http.StatusSeeOther)
	}
	if n := w.count(w.c, "resolution_meeting_held"); n != 1 {
		t.Fatalf("%d meetings", n)
	}
	if e := w.answered(w.c); e.Fields.WithAttorney != fact.No {
		t.Fatalf("%+v", e.Fields)
	}
	w.get(w.path).is(t, http.StatusOK).says(t, "It was due by March 19, 2025.", "It was due by March 14, 2025.")

	w.day("2025-04-04")
	w.step("hearing_set", "hearing_scheduled_date", "2025-05-05").is(t, http.StatusSeeOther)
	w.get(w.path).is(t, http.StatusOK).says(t, "Set for May 5, 2025.", "Due by April 25, 2025.", "Due by April 28, 2025.", "Ended April 3, 2025.", "Due by May 18, 2025. Comes after: The hearing.")
	w.step("extension", "continuance_granted", "2025-04-04", "until", "2025-04-01").is(t, http.StatusUnprocessableEntity).says(t, "Write the new day.")

	w.day("2025-04-22")
	w.step("settlement", "settlement_signed", "2025-04-22").is(t, http.StatusSeeOther)
	settled := w.answered(w.c).ID
	w.get(w.path).is(t, http.StatusOK).says(t, "The case was settled. April 22, 2025.", "Telling the hearing officer that it is settled", "The dispute ended before this.", "Promises and orders of this case")
	w.step("hearing", "hearing_held", "2025-04-22").is(t, http.StatusUnprocessableEntity).says(t, "The dispute ended on April 22, 2025. Nothing can follow.")
	w.step("withdrawal", "due_process_withdrawn", "2025-04-22").is(t, http.StatusSeeOther)
	w.step("carried_out", "decision_implemented", "2025-04-21").is(t, http.StatusUnprocessableEntity)
	w.day("2025-05-10")
	w.get(w.path).is(t, http.StatusOK)
	w.day("2025-05-30")
	w.step("carried_out", "decision_implemented", "2025-05-29", "by", "lea").is(t, http.StatusSeeOther)
	if e := w.answered(w.c); e.Re != settled {
		t.Fatalf("names %s, not the settlement", e.Re)
	}
	w.get(w.path).is(t, http.StatusOK).says(t, "May 29, 2025")
	w.get(list).is(t, http.StatusOK).says(t, "Nothing in it waits for anybody now.")
	w.speaks("es", people.Plain)
	w.get(w.path).is(t, http.StatusOK).says(t, "El caso terminó con un acuerdo. 22 de abril de 2025.", "Quién debe probar el caso", "Reunión de resolución")
	w.get(list+"/nobody").is(t, http.StatusNotFound)
}

// A district that would ask for a hearing to override refused first services is told why
// it may not; what was filed all the same is written down, and the page says it first.
func TestDistrictMayNotOverride(t *testing.T) {
	text := strings.Replace(disputeCase, "SIDE", "school", 1) + "  - {on: 2025-02-20, kind: services_consent_refused}\n"
	w := newDisputeWalk(t, "2025-03-03", text)
	v := url.Values{"name": {desk.NewName()}, "what": {"due_process"}, "filer": {"lea"}, "on": {"2025-03-03"}}
	w.post(w.path, v).is(t, http.StatusUnprocessableEntity).says(t, "The law does not let the district ask for a hearing about this:", "It was filed all the same")
	if n := w.count(w.c, "due_process_filed"); n != 0 {
		t.Fatal("it was written down")
	}
	v.Set("anyway", "yes")
	at := w.post(w.path, v).is(t, http.StatusSeeOther).header.Get("Location")
	w.get(at).is(t, http.StatusOK).says(t, "Look at this first", "The law does not let the district use a hearing to give services that the parent never agreed to", "Due process, filed by the district", "there is no resolution meeting and no 30 days")
}

// What cannot be is told first: a hearing without a complaint can be mended from its page.
func TestHearingWithoutComplaint(t *testing.T) {
	text := strings.Replace(disputeCase, "SIDE", "family", 1) + "  - {id: heard, on: 2025-02-20, kind: hearing_held}\n"
	w := newDisputeWalk(t, "2025-03-03", text)
	w.get(w.path).is(t, http.StatusOK).says(t, "1 thing to check in the record")
	paths := w.get(w.path).body
	i := strings.Index(paths, w.path+"/")
	if i < 0 {
		t.Fatal("no path")
	}
	w.path = paths[i : i+strings.IndexByte(paths[i:], '"')]
	w.get(w.path).is(t, http.StatusOK).says(t, "is written down, and no complaint that it could belong to")
	w.step("hearing", "hearing_held", "2025-03-01").is(t, http.StatusUnprocessableEntity)
	long := strings.Repeat("x", 200_000)
	w.step("filing", "due_process_filed", "2025-02-01", "filer", "parent", "words", long).is(t, http.StatusUnprocessableEntity)
	w.step("filing", "due_process_filed", "2025-02-01").is(t, http.StatusUnprocessableEntity).says(t, "Choose who filed it")
	w.step("filing", "due_process_filed", "2025-02-01", "filer", "parent").is(t, http.StatusSeeOther)
	w.get(w.path).is(t, http.StatusOK).says(t, "Due process, filed by the parent", "The record does not say on which day the other side got the complaint.")
}

// A step leads to the paper that whoever keeps the record writes for it: who filed a
// complaint does not answer it.
func TestDisputePapers(t *testing.T) {
	for _, x := range []struct{ side, filer, has, lacks string }{
		{"school", "parent", "lea-response-complaint", "other-party-response"},
		{"family", "lea", "other-party-response", "lea-response-complaint"},
		{"family", "parent", "", "-response"},
	} {
		w := newDisputeWalk(t, "2025-03-05", strings.Replace(disputeCase, "SIDE", x.side, 1)+
			"  - {id: filed, on: 2025-03-03, kind: due_process_filed, filed_by: "+x.filer+"}\n  - {id: got, on: 2025-03-04, kind: due_process_received, filed_by: "+x.filer+", re: filed}\n")
		list := w.get(w.path).is(t, http.StatusOK).body
		i := strings.Index(list, w.path+"/")
		if i < 0 {
			t.Fatal(list)
		}
		at := list[i : i+strings.IndexByte(list[i:], '"')]
		page := w.get(at).is(t, http.StatusOK).body
		if x.has != "" && !strings.Contains(page, "/papers/new/"+x.has+"?about=") {
			t.Errorf("%s, filed by %s: no link to %s", x.side, x.filer, x.has)
		}
		if strings.Contains(page, "/papers/new/"+x.lacks) || strings.Contains(page, x.lacks+"?about=") {
			t.Errorf("%s, filed by %s: a link to %s", x.side, x.filer, x.lacks)
		}
	}
}
