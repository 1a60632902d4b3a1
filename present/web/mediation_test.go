package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/people"
)

func dayOn(s string) day.When {
	d, err := day.Parse(s)
	if err != nil {
		panic(err)
	}
	return day.On(d)
}

var multipartHead = map[string]string{"Content-Type": "multipart/form-data; boundary=zqboundary"}

// multipartBody is a form as a browser sends it with files, and none in it.
func multipartBody(v url.Values) string {
	var b strings.Builder
	for k, vs := range v {
		for _, x := range vs {
			b.WriteString("--zqboundary\r\nContent-Disposition: form-data; name=\"" + k + "\"\r\n\r\n" + x + "\r\n")
		}
	}
	return b.String() + "--zqboundary--\r\n"
}

// The room of mediation: a goal before, a session that is only a day, notes behind the
// wall, and the way to the signed agreement.
func TestMediationRoom(t *testing.T) {
	h := calHouse(t, "2025-10-06")
	h.speaks("en", people.Plain)
	c := h.openText(strings.SplitN(strings.Replace(agreedCase, "SIDE", "family", 1), "record:", 2)[0])
	a := h.get(c+"/mediation").is(t, http.StatusOK)
	// California's pack alone says who may not come to mediation without a hearing.
	a.says(t, "A clear goal before", "cannot be used as evidence later", "Only the day. What was said does not belong here.", "300.506(b)(8)", "300.506(b)(6)", "Who may come along", "56500.3(a)", "?kind=mediation_agreement_signed")
	send := func(pairs ...string) answer {
		v := url.Values{"name": {desk.NewName()}}
		for i := 0; i+1 < len(pairs); i += 2 {
			v.Add(pairs[i], pairs[i+1])
		}
		return h.post(c+"/mediation", v)
	}
	send("do", "goal", "goal_goal", "", "goal_wall", "mediation", "goal_offers", "kept line").is(t, http.StatusUnprocessableEntity).says(t, "Write what you want to come out of it", "kept line")
	send("do", "goal", "goal_goal", "Forty hours by June", "goal_offers", "Twenty now\nTwenty later", "goal_conditions", "A written plan", "goal_wall", "mediation").is(t, http.StatusSeeOther)
	if e := h.newest(roomGoal); e.Kind != roomGoal || e.Wall != fact.Mediation || len(e.Fields.Offers) != 2 || e.Fields.About[0] != "mediation" {
		t.Fatalf("%s behind %q: %+v", e.Kind, e.Wall, e.Fields)
	}
	send("do", "session", "session_on", "2025-10-03", "session_words", "said aloud").is(t, http.StatusSeeOther)
	if e := h.newest(roomSession); e.Kind != roomSession || e.Wall != fact.Open || e.Note != "" || e.Fields.Summary != "" {
		t.Fatalf("the session holds words: %+v", e)
	}
	send("do", "said", "said_words", "They offered thirty", "said_on", "2025-10-03").is(t, http.StatusSeeOther)
	if e := h.newest(roomNote); e.Wall != fact.Mediation {
		t.Fatalf("what was said stands behind %q", e.Wall)
	}
	a = h.get(c+"/mediation").is(t, http.StatusOK)
	a.says(t, "Forty hours by June", "Possible solutions: Twenty now and Twenty later", "Cannot be given up: A written plan", "They offered thirty", "October 3")
	for _, v := range [][]string{{"do", "said", "said_on", "2025-10-03"}, {"do", "session", "session_on", "2099-01-01"}, {"do", "nothing"}, {"do", "goal", "goal_goal", "x", "goal_wall", "open"}} {
		send(v...).is(t, http.StatusUnprocessableEntity)
	}
	h.speaks("es", people.Plain)
	h.get(c+"/mediation").is(t, http.StatusOK).says(t, "Lo que se dice en la sala se queda en la sala", "Quién puede acompañar")

	// Where no pack says who may come, nothing is said of it.
	h2 := calHouse(t, "2025-10-06")
	h2.speaks("en", people.Plain)
	c2 := h2.openText(strings.Replace(strings.SplitN(strings.Replace(agreedCase, "SIDE", "school", 1), "record:", 2)[0], "us-ca", "us-vt", 1))
	if a := h2.get(c2+"/mediation").is(t, http.StatusOK); strings.Contains(a.body, "56500.3") {
		t.Error("the rule of one State is told in another")
	}
}

// What was said in mediation leaves the room by no door: not in the chronology on paper,
// not by a search of others, in no evidence, brief, table or page for a teacher, in no
// copy for somebody else and in no packet that is shared. One's own copy may hold it.
func TestMediationStaysInTheRoom(t *testing.T) {
	h := calHouse(t, "2025-10-06")
	h.speaks("en", people.Plain)
	text := strings.Replace(fullCase, "SIDE", "family", 1)
	c := h.openText(text)
	const mark = "zqprivate-mediation-wall"
	var said string
	for _, e := range h.cases()[0].File.Entries {
		if e.Wall == fact.Mediation {
			said = h.cases()[0].Name(e.ID)
		}
	}
	if said == "" {
		t.Fatal("the case has nothing behind the wall")
	}
	record := h.get(c+"/record").is(t, http.StatusOK)
	if i := strings.Index(record.body, mark); i < 0 || !strings.Contains(record.body[max(0, i-600):i], `<li class="sp-noprint"`) {
		t.Error("the chronology prints what was said in mediation")
	}
	for _, p := range []string{"/agreements.csv", "/clocks.csv", "/carry/items.csv", "/carry/ledger.csv", "/carry/look-back.csv", "/carry/probes.csv", "/export/case.yaml", "/export/case.json", "/export/brief.html", "/carry/checklist", "/carry/digests/new?teacher=Ms.+Rivera"} {
		a := h.get(c+p).is(t, http.StatusOK)
		if strings.Contains(a.body, mark) {
			t.Errorf("%s holds it", p)
		}
	}
	for form, v := range map[string]url.Values{
		"brief.html": {"wall": {"mediation"}},
		"case.yaml":  {"wall": {"mediation"}, "for": {"A clinic"}},
		"case.json":  {"wall": {"mediation"}, "for": {"A clinic"}},
		"case.zip":   {"wall": {"mediation", "author"}, "for": {"A clinic"}},
		"bundle":     {"wall": {"mediation"}, "which": {"all"}},
	} {
		a := h.post(c+"/export/"+form, v).is(t, http.StatusUnprocessableEntity)
		a.says(t, "confidential by law (34 CFR 300.506(b)(8))")
		if strings.Contains(a.body, mark) {
			t.Errorf("%s holds it", form)
		}
	}
	h.get(c+"/export/brief.html?wall=mediation").is(t, http.StatusUnprocessableEntity)
	// Picked by hand it does not go into evidence either.
	h.post(c+"/export/bundle", url.Values{"which": {"some"}, "entry": {said}}).is(t, http.StatusUnprocessableEntity)
	for _, form := range []string{"bundle", "case.zip"} {
		a := h.post(c+"/export/"+form, url.Values{"which": {"all"}, "wall": {"author"}, "for": {"A clinic"}}).is(t, http.StatusOK)
		if strings.Contains(unpacked(t, []byte(a.body)), mark) {
			t.Errorf("%s holds it", form)
		}
	}
	// A packet of single entries is of the open record alone.
	share := h.get(c+"/share").is(t, http.StatusOK)
	if strings.Contains(share.body, said) || strings.Contains(share.body, mark) {
		t.Error("it is offered for a packet")
	}
	// One's own copy holds what is one's own.
	own := h.post(c+"/export/case.zip", url.Values{"wall": {"mediation"}}).is(t, http.StatusOK)
	if !strings.Contains(unpacked(t, []byte(own.body)), mark) {
		t.Error("one's own copy lacks what is one's own")
	}
	h.get(c+"/export").is(t, http.StatusOK).says(t, "your own copy of the case file alone")
	if strings.Contains(h.get(c+"/export").body, `value="`+said+`"`) {
		t.Error("it is offered as evidence")
	}
}

// Others do not find it by searching.
func TestNobodyElseFindsTheRoom(t *testing.T) {
	w := settle(t, nil)
	for _, name := range []string{"contributor", "reader", "guest contributor", "guest reader", "guest of two entries", "stranger"} {
		by := w.as(name)
		for _, p := range []string{"/search?q=" + marker("owner mediation"), "/cases/" + string(w.one) + "/record?q=" + marker("owner mediation"), "/cases/" + string(w.one) + "/mediation", "/cases/" + string(w.one) + "/agreements"} {
			if a := by.get(p); strings.Contains(a.body, "Private words "+marker("owner mediation")) {
				t.Errorf("%s finds it on %s", name, p)
			}
		}
		v := url.Values{"name": {desk.NewName()}, "do": {"said"}, "said_words": {"x"}, "said_on": {"2026-03-01"}}
		if a := by.post("/cases/"+string(w.one)+"/mediation", v); a.status == http.StatusSeeOther {
			t.Errorf("%s writes behind the wall", name)
		}
	}
}
