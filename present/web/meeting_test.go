package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/fact"
	"stayput/people"
)

// teamCase is a case with a meeting on Monday, March 2, 2026 at 10:00 and something
// private that no page for the other side may hold.
const teamCase = `stayput: 1
case: {title: "Sample: a meeting", child: {name: Sol, born: 2016-03-01}, home_language: es, jurisdiction: us-ca, zone: America/Los_Angeles, side: SIDE, sample: yes}
record:
  - {id: request, on: 2025-10-01, kind: records_access_requested}
  - {on: 2025-11-03, kind: concern_raised, by: mother, summary: "He cannot read his homework."}
  - {on: 2025-11-04, kind: concern_raised, by: mother, wall: author, summary: "zqprivate worry"}
  - {id: ask, on: 2026-02-02, kind: iep_meeting_requested, by: parent}
  - {id: set, on: 2026-03-02T10:00, kind: iep_meeting_scheduled, re: ask, note: "Room 4"}
`

// meetHouse opens the case on a day, and gives the paths of the case and the meeting.
func meetHouse(t *testing.T, side, today string) (h *house, c, one string) {
	t.Helper()
	h = calHouse(t, today)
	h.speaks("en", people.Plain)
	c = h.openText(strings.Replace(teamCase, "SIDE", side, 1))
	m := regexp.MustCompile(`href="(/cases/[^"]+/meetings/[a-z2-7]{16})"`).FindStringSubmatch(h.get(c+"/meetings").is(t, http.StatusOK).body)
	if m == nil {
		t.Fatal("the list has no meeting")
	}
	return h, c, m[1]
}

// meetForm is what a form of the page sends: each field bears the name of its form.
func meetForm(do string, pairs ...string) url.Values {
	v := url.Values{"name": {desk.NewName()}, "do": {do}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(do+"_"+pairs[i], pairs[i+1])
	}
	return v
}

// Before: what to look at first, topics with one tap, the concerns as a draft, and the
// latest moment to say that one will record: 24 hours before Monday, March 2 at 10:00
// is Sunday, March 1 at 10:00.
func TestMeetingBefore(t *testing.T) {
	h, c, one := meetHouse(t, "family", "2026-02-12")
	h.get(c+"/meetings").is(t, http.StatusOK).says(t, "Coming up", "IEP meeting", "Monday, March 2, 2026", "10:00", "Ask for a meeting")
	p := h.get(one).is(t, http.StatusOK)
	p.says(t, "No notice of this meeting is in your record", "say so by Sunday, March 1, 2026, 10:00", "Room 4", "You, the parents", "Our concern: He cannot read his homework.",
		"We ask that these concerns be considered", "November 3, 2025: He cannot read his homework.", "early enough that the parents can be there", "34 CFR 300.321", "Your home language is not English", "February 9", "February 16", "Questions you may ask")
	if strings.Contains(p.body, "zqprivate") {
		t.Error("what is private stands among the topics")
	}
	// One tap puts a topic on the agenda; the same tap twice stands once.
	offer := regexp.MustCompile(`name="name" value="([a-z2-7]{16})"><input type="hidden" name="topic_text" value="([^"]+)"`).FindStringSubmatch(p.body)
	tap := url.Values{"name": {offer[1]}, "do": {"topic"}, "topic_text": {"Our concern: He cannot read his homework."}}
	for range 2 {
		h.post(one, tap).is(t, http.StatusSeeOther)
	}
	if n := h.count(c, "meeting_prepared"); n != 1 {
		t.Errorf("%d topics", n)
	}
	p = h.get(one).is(t, http.StatusOK)
	if n := strings.Count(p.body, `name="topic_text" value="Our concern: He cannot`); n != 0 {
		t.Error("what is on the agenda is offered again")
	}
	p.says(t, "The agenda was sent")
	h.post(one, meetForm("agenda", "topics", "One\nTwo", "on", "2026-02-12", "to", "Ms. Case")).is(t, http.StatusSeeOther)
	if e := h.answered(c); e.Kind.String() != "agenda_sent" || strings.Join(e.Fields.About, "|") != "One|Two" || e.Re == "" {
		t.Errorf("%+v", e)
	}
	h.post(one, meetForm("concerns", "words", "He cannot read his homework.\n<b>x</b>", "on", "2026-02-12")).is(t, http.StatusSeeOther)
	if e := h.answered(c); e.Kind.String() != "parent_concerns_given" || e.By != "parent" || !strings.HasSuffix(e.Fields.Summary, "<b>x</b>") {
		t.Errorf("%+v", e)
	}
	h.post(one, meetForm("expect", "role_special_education_teacher", "Ms. Lee", "role_parent", "Ana", "others", "Dr. Kim")).is(t, http.StatusSeeOther)
	if e := h.answered(c); strings.Join(e.Fields.With, "|") != "Ana (parent)|Ms. Lee (special education teacher)|Dr. Kim" {
		t.Errorf("%q", e.Fields.With)
	}
	h.post(one, meetForm("recording", "who", "parent", "on", "2026-02-12")).is(t, http.StatusSeeOther)
	h.post(one, meetForm("interpreter", "language", "Spanish", "on", "2026-02-12")).is(t, http.StatusSeeOther)
	h.post(one, meetForm("notice", "on", "2026-02-11", "content", "purpose", "content", "time", "content", "nonsense")).is(t, http.StatusSeeOther)
	p = h.get(one).is(t, http.StatusOK)
	p.says(t, "It was said in time", "Asked for on February 12, 2026: Spanish", "19 days before", "does not say: who will be there", "Also named: Dr. Kim", "&lt;b&gt;x&lt;/b&gt;")
	if strings.Contains(p.body, "does not say: the time") || strings.Contains(p.body, "does not say: which agency") {
		t.Error("the notice lacks what it holds, or what it need not hold")
	}
	// What was named in one language is known in the other.
	h.speaks("es", people.Plain)
	h.get(one).is(t, http.StatusOK).says(t, "Un maestro de educación especial", "Ms. Lee", "Se avisó a tiempo", "El aviso salió 19 días antes")
}

// Staying away: in writing, and with written input where the area is discussed.
func TestMeetingExcusal(t *testing.T) {
	h, c, one := meetHouse(t, "family", "2026-02-12")
	h.post(one, meetForm("excuse", "member", "Ms. Lee", "role", "special_education_teacher", "area", "reading", "discussed", "yes", "on", "2026-02-10")).is(t, http.StatusSeeOther)
	q := h.answered(c)
	p := h.get(one).is(t, http.StatusOK)
	p.says(t, "No answer yet", "You may say no")
	which := regexp.MustCompile(`<option value="([a-z2-7]{16})" selected>Ms. Lee`).FindStringSubmatch(p.body)[1]
	h.post(one, meetForm("excused", "which", which, "answer", "agreed", "written", "yes", "on", "2026-02-11")).is(t, http.StatusSeeOther)
	if e := h.answered(c); e.Kind.String() != "excusal_agreed" || e.Re != q.ID || e.Fields.Written != fact.Yes {
		t.Errorf("%+v", e)
	}
	h.get(one).is(t, http.StatusOK).says(t, "Not settled", "written input must come before the meeting as well")
	h.post(one, meetForm("input", "which", which, "on", "2026-02-12")).is(t, http.StatusSeeOther)
	h.get(one).is(t, http.StatusOK).says(t, "Written input came on February 12, 2026", "Excused")
	for _, bad := range []url.Values{meetForm("excused", "which", "nobody", "answer", "agreed", "written", "yes", "on", "2026-02-11"), meetForm("excuse", "member", "", "role", "parent", "on", "2026-02-11"),
		meetForm("input", "which", strings.TrimPrefix(one, c+"/meetings/"), "on", "2026-02-11")} {
		h.post(one, bad).is(t, http.StatusUnprocessableEntity)
	}
	// An answer after the meeting excuses nobody.
	h, _, one = meetHouse(t, "school", "2026-03-04")
	h.post(one, meetForm("excuse", "member", "Mr. Gym", "role", "general_education_teacher", "discussed", "no", "on", "2026-02-27")).is(t, http.StatusSeeOther)
	which = regexp.MustCompile(`<option value="([a-z2-7]{16})" selected>Mr. Gym`).FindStringSubmatch(h.get(one).body)[1]
	h.post(one, meetForm("excused", "which", which, "answer", "agreed", "written", "yes", "on", "2026-03-03")).is(t, http.StatusSeeOther)
	h.get(one).is(t, http.StatusOK).says(t, "Not excused", "agreed only after the meeting")
}

// At the table: one line and one tap; sent twice it stands once; then the summary, what
// is owed, and the step that a day becomes when it passes.
func TestDecisionLog(t *testing.T) {
	for _, side := range []string{"family", "school"} {
		h, c, one := meetHouse(t, side, "2026-03-02")
		log := one + "/decisions"
		h.get(log).is(t, http.StatusOK).says(t, "What was decided?", "Nothing is noted yet")
		decide := func(line, decided, with, until string) url.Values {
			return url.Values{"name": {desk.NewName()}, "line": {line}, "decided": {decided}, "with": {with}, "until": {until}}
		}
		speech := decide("Speech starts twice a week <i>", "yes", "Ms. Lee", "2026-03-13")
		for range 2 {
			h.post(log, speech).is(t, http.StatusSeeOther)
		}
		h.post(log, decide("An aide in class", "no", "", "")).is(t, http.StatusSeeOther)
		h.post(log, decide("The bus", "later", "", "")).is(t, http.StatusSeeOther)
		if n := h.count(c, "decision_noted"); n != 3 {
			t.Fatalf("%d decisions", n)
		}
		a := h.get(log).is(t, http.StatusOK)
		a.says(t, "Speech starts twice a week &lt;i&gt;", "Ms. Lee, by Friday, March 13, 2026", "Not agreed", "Left for later")
		for name, bad := range map[string]url.Values{"nothing": decide("", "yes", "", ""), "no tap": decide("x", "", "", ""), "huge": decide(strings.Repeat("x", 1001), "yes", "", ""),
			"before the meeting": decide("x", "yes", "", "2026-03-01"), "no day": decide("x", "yes", "", "soon"), "far": decide("x", "yes", "", "2031-01-01")} {
			if got := h.post(log, bad); got.status != http.StatusUnprocessableEntity || len(bad.Get("line")) > 0 && !strings.Contains(got.body, bad.Get("line")) {
				t.Errorf("%s: %d, or the words were lost", name, got.status)
			}
		}
		h.post(one, meetForm("held", "on", "2026-03-02", "start", "10:05", "end", "11:30", "there", "Ana (parent)\nMs. Lee (special education teacher)")).is(t, http.StatusSeeOther)
		if e := h.answered(c); e.Kind.String() != "iep_meeting_held" || e.Re == "" || e.Ends.Minute != 690 || e.On.Minute != 605 || len(e.Fields.With) != 2 {
			t.Errorf("%+v", e)
		}
		p := h.get(one).is(t, http.StatusOK)
		p.says(t, "Held", "No summary was sent", "No copy of the plan", "No prior written notice", "Decided:", "- Speech starts twice a week &lt;i&gt; (Ms. Lee, by Friday, March 13, 2026)", "Left for later:", "Was there")
		h.post(one, meetForm("summary", "words", "As decided.", "on", "2026-03-02", "to", "Ana")).is(t, http.StatusSeeOther)
		if p = h.get(one); strings.Contains(p.body, "No summary was sent") {
			t.Error("the summary is still missing")
		}
		h.get(c).is(t, http.StatusOK).says(t, "Speech starts twice a week")
		which := regexp.MustCompile(`name="done_which" value="([a-z2-7]{16})"`).FindStringSubmatch(p.body)[1]
		done := meetForm("done", "which", which)
		for range 2 {
			h.post(one, done).is(t, http.StatusSeeOther)
		}
		if e := h.answered(c); e.Kind.String() != "note_added" || e.Fields.Result != fact.Yes {
			t.Errorf("%+v", e)
		}
		if strings.Contains(h.get(c).body, "decided, due soon") {
			t.Error("what was done is still a step")
		}
	}
	// The meeting is still to come: nothing can be decided yet.
	h, _, one := meetHouse(t, "family", "2026-02-12")
	h.get(one+"/decisions").is(t, http.StatusOK).says(t, "The meeting is on Monday, March 2, 2026")
	h.post(one+"/decisions", url.Values{"name": {desk.NewName()}, "line": {"x"}, "decided": {"yes"}}).is(t, http.StatusUnprocessableEntity)
	// Its day has passed: what was agreed on is a step.
	h, c, one := meetHouse(t, "family", "2026-03-16")
	h.post(one+"/decisions", url.Values{"name": {desk.NewName()}, "line": {"Speech starts"}, "decided": {"yes"}, "until": {"2026-03-13"}}).is(t, http.StatusSeeOther)
	if e := h.answered(c); e.On.Earliest.String() != "2026-03-02" {
		t.Errorf("noted for %v", e.On)
	}
	b := h.get(c).is(t, http.StatusOK)
	b.says(t, "Ask what became of what the meeting decided: Speech starts.")
}

// A request, a day, a move to another day, a meeting without a day that was set; and
// every way in which such a form can be wrong.
func TestMeetingList(t *testing.T) {
	h, c, one := meetHouse(t, "family", "2026-02-12")
	list := c + "/meetings"
	for name, v := range map[string]url.Values{
		"ends before it begins": meetForm("set", "day", "2026-03-09", "start", "10:00", "end", "09:00"),
		"ends when it begins":   meetForm("set", "day", "2026-03-09", "start", "10:00", "end", "10:00"),
		"ends, but never began": meetForm("set", "day", "2026-03-09", "end", "10:00"),
		"no day":                meetForm("set", "start", "10:00"),
		"no such day":           meetForm("set", "day", "2026-02-30"),
		"no such hour":          meetForm("set", "day", "2026-03-09", "start", "25:00"),
		"years away":            meetForm("set", "day", "2031-03-09"),
		"answers nothing":       meetForm("set", "day", "2026-03-09", "re", "nothing"),
		"asked for tomorrow":    meetForm("ask", "sort", "iep", "how", "written", "on", "2026-02-13"),
		"held tomorrow":         meetForm("held", "sort", "iep", "on", "2026-02-13"),
		"no sort":               meetForm("ask", "how", "written", "on", "2026-02-12"),
		"nothing at all":        {},
		"no such form":          meetForm("explode"),
		"huge":                  meetForm("ask", "sort", "iep", "how", "written", "on", "2026-02-12", "why", strings.Repeat("x", 50_001)),
	} {
		if a := h.post(list, v); a.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, a.status)
		}
	}
	if n := h.count(c, "iep_meeting_scheduled"); n != 1 {
		t.Errorf("%d days are set", n)
	}
	h.post(list, meetForm("ask", "sort", "facilitated", "how", "written", "on", "2026-02-12", "why", "<script>alert(1)</script>")).is(t, http.StatusSeeOther)
	if e := h.answered(c); e.Kind.String() != "facilitation_requested" {
		t.Errorf("%+v", e)
	}
	// It joins the meeting that comes, which is then a facilitated one with five steps for each side.
	p := h.get(one).is(t, http.StatusOK)
	p.says(t, "Facilitated IEP meeting", "Read the record.", "&#39;s side", "A facilitator is named")
	h.post(one, meetForm("prepare", "side", "parent", "done", "read_record", "solutions", "More time\nA smaller group", "limits", "Safety", "worry", "Reading", "private", "yes")).is(t, http.StatusSeeOther)
	if e := h.answered(c); e.Wall != fact.Author || strings.Join(e.Fields.Offers, "|") != "More time|A smaller group" || e.Fields.Conditions != "Safety" {
		t.Errorf("%+v", e)
	}
	h.get(one).is(t, http.StatusOK).says(t, "A smaller group", "Only you see this")
	h.post(one, meetForm("prepare", "side", "parent", "private", "yes")).is(t, http.StatusUnprocessableEntity)

	// Another on the same day is said, not refused.
	a := h.post(list, meetForm("set", "day", "2026-03-02", "start", "14:00", "end", "15:00", "place", "Room 5")).is(t, http.StatusSeeOther)
	h.get(a.header.Get("Location")).is(t, http.StatusOK).says(t, "Another meeting stands on the same day", "2:00", "3:00")
	// Moved to another day, sent twice: the old page leads to the new day.
	move := meetForm("move", "day", "2026-03-09", "start", "10:00")
	for range 2 {
		h.post(one, move).is(t, http.StatusSeeOther)
	}
	h.get(one).is(t, http.StatusOK).says(t, "Monday, March 9, 2026", "It was set before for:", "March 2, 2026")
	if n := h.count(c, "iep_meeting_scheduled"); n != 3 {
		t.Errorf("%d days were set", n)
	}
	// Held, with no day set before.
	a = h.post(list, meetForm("held", "sort", "iep", "on", "2026-01-12", "there", "Ana (parent)")).is(t, http.StatusSeeOther)
	h.get(a.header.Get("Location")).is(t, http.StatusOK).says(t, "No day was set for this meeting", "No decision is noted")
	for _, path := range []string{list + "/nothing", list + "/" + strings.Repeat("a", 16), list + "/nothing/decisions", list + "/nothing/sheet"} {
		h.get(path).is(t, http.StatusNotFound)
	}
	h.speaks("es", people.Plain)
	h.get(list).is(t, http.StatusOK).says(t, "Próximas", "Reunión del IEP con facilitador", "Hay una reunión fijada")
}

// The talk before, and the answer that came after, from the school's side; the page to
// print holds nothing private.
func TestMeetingTalkAndSheet(t *testing.T) {
	h, c, one := meetHouse(t, "school", "2026-03-04")
	h.get(one).is(t, http.StatusOK).says(t, "Was it held?", "Nobody wrote down whether it was held")
	h.post(one, meetForm("invite", "on", "2026-02-09", "offered", "2026-02-12")).is(t, http.StatusSeeOther)
	h.post(one, meetForm("invite", "on", "2026-02-09", "offered", "2026-02-01")).is(t, http.StatusUnprocessableEntity)
	h.post(one, meetForm("talk", "on", "2026-02-12", "shared", "draft_goals", "shared", "made_up", "with", "Ana", "heard", "Reading worries her.")).is(t, http.StatusSeeOther)
	if e := h.answered(c); e.Kind.String() != "dialogue_held" || strings.Join(e.Fields.About, "|") != "draft_goals" {
		t.Errorf("%+v", e)
	}
	h.post(one, meetForm("held", "on", "2026-03-02")).is(t, http.StatusSeeOther)
	h.post(c+"/add", url.Values{"name": {desk.NewName()}, "kind": {"iep_consent_partial"}, "on": {"2026-03-04"}})
	p := h.get(one).is(t, http.StatusOK)
	p.says(t, "18 days before the meeting", "Shared: draft goals", "Reading worries her.", "The parents", "Questions the team")
	h.get(c+"/meetings").is(t, http.StatusOK).says(t, "With a talk before", "So few say nothing about causes")
	sheet := h.get(one+"/sheet").is(t, http.StatusOK)
	sheet.says(t, "Preparation: IEP meeting", "Agenda", "The family&#39;s concern: He cannot read his homework.", "The parents&#39; concerns", "Sol")
	if strings.Contains(sheet.body, "zqprivate") {
		t.Error("what is private stands on the page to print")
	}
}
