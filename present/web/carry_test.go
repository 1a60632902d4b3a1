package web

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/desk"
	"stayput/locale"
	"stayput/people"
	"stayput/plan"
	"stayput/plan/session"
)

// A carryHouse is a family with a plan in force: speech twice a week for 30 minutes,
// and OT for 750 minutes a year.
type carryHouse struct {
	*planHouse
	today day.Date
}

func carried(t *testing.T) *carryHouse {
	t.Helper()
	h := &carryHouse{planHouse: planned(t)}
	h.today = h.look(t).Today
	from := h.today - 70
	who, _, err := h.site.desk.Owner(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = h.site.desk.ChangePlans(t.Context(), who, h.id(), "", "", func([]*plan.Plan) ([]*plan.Plan, error) {
		return []*plan.Plan{{ID: "now", Kind: plan.IEP, Status: "in_effect", MeetingDate: from, EffectiveStart: from, EffectiveEnd: from + 364, AgreedOn: from,
			Services: []plan.Service{
				{ID: "slp", Name: "Speech", Minutes: plan.CountOf(30), Times: plan.CountOf(2), Per: plan.PerWeek},
				{ID: "ot", Name: "OT", Total: plan.CountOf(750), Per: plan.PerYear}}}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *carryHouse) id() people.CaseID {
	return people.CaseID(strings.TrimPrefix(h.path, "/cases/"))
}

// look is the case as its owner sees it.
func (h *planHouse) look(t *testing.T) *desk.Case {
	t.Helper()
	who, _, err := h.site.desk.Owner(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c, err := h.site.desk.Case(t.Context(), who, people.CaseID(strings.TrimPrefix(h.path, "/cases/")), desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// meets is the last weekday before today; without a calendar it may be a school day.
func (h *carryHouse) meets() day.Date {
	d := h.today - 7
	for d.Weekend() {
		d--
	}
	return d
}

var tapForm = regexp.MustCompile(`<form method="post" action="([^"]+)/tap"><input type="hidden" name="name" value="([^"]+)"><input type="hidden" name="service" value="([^"]+)"><input type="hidden" name="on" value="([^"]+)">(?:<input type="hidden" name="session" value="([^"]*)">)?<button[^>]* name="do" value="([a-z]+)"`)

// taps are the buttons of a page by what they do for a service.
func (h *carryHouse) taps(t *testing.T, body, service string) map[string]url.Values {
	t.Helper()
	out := map[string]url.Values{}
	for _, m := range tapForm.FindAllStringSubmatch(body, -1) {
		if m[3] == service {
			out[m[6]] = url.Values{"name": {m[2]}, "service": {m[3]}, "on": {m[4]}, "session": {m[5]}, "do": {m[6]}}
		}
	}
	return out
}

func (h *carryHouse) on(d day.Date) string { return h.path + "/carry?day=" + d.String() }

// tap presses a button of the page of a day and gives the page that answers.
func (h *carryHouse) tap(t *testing.T, d day.Date, do string) answer {
	t.Helper()
	form := h.taps(t, h.get(h.on(d)).is(t, http.StatusOK).body, "slp")[do]
	if form == nil {
		t.Fatalf("there is no button %s on %s", do, d)
	}
	return h.get(h.post(h.path+"/carry/tap", form).is(t, http.StatusSeeOther).header.Get("Location")).is(t, http.StatusOK)
}

// A parent says with one tap that speech did not happen. It stands as a report that
// nobody has confirmed, the page shows the week before and after, a further tap
// changes it, and another takes it back.
func TestOneTap(t *testing.T) {
	h := carried(t)
	d := h.meets()
	page := h.get(h.on(d)).is(t, http.StatusOK)
	page.says(t, "Did Speech happen", "No, it did not happen", "I do not know", "The plan does not say how long one session is")
	if n := len(h.taps(t, page.body, "ot")); n != 0 {
		t.Errorf("%d buttons for a service whose sessions have no length", n)
	}
	form := h.taps(t, page.body, "slp")["no"]
	to := h.post(h.path+"/carry/tap", form).is(t, http.StatusSeeOther).header.Get("Location")
	h.post(h.path+"/carry/tap", form).is(t, http.StatusSeeOther) // the same form twice
	got := h.look(t).Logged().Sessions
	if len(got) != 1 || got[0].Outcome != session.ReportedMissing || got[0].From != session.Family || got[0].Service != "slp" || got[0].On != d {
		t.Fatalf("%+v", got)
	}
	h.get(to).is(t, http.StatusOK).says(t, "0 of 60 minutes given, 30 reported missing, 30 unknown", "Before", `<tr class="is-new">`, "nobody has confirmed it yet", "Change to: Yes")
	h.tap(t, d, "yes").says(t, "30 of 60 minutes given, 0 reported missing, 30 unknown", "It happened.")
	got = h.look(t).Logged().Sessions
	if len(got) != 1 || got[0].Outcome != session.Delivered || got[0].Minutes != plan.CountOf(30) {
		t.Fatalf("%+v", got)
	}
	h.tap(t, d, "unknown").says(t, "You do not know. It counts as unknown.", "0 of 60 minutes given, 0 reported missing, 60 unknown")
	undo := h.tap(t, d, "undo").says(t, "Taken back", "Did Speech happen")
	if left := h.look(t).Logged().Sessions; len(left) != 0 {
		t.Fatalf("%+v", left)
	}
	if strings.Contains(undo.body, "You wrote:") {
		t.Error("what was taken back is still said")
	}
	// An old page, from before it was taken back: what it says is written down all the same.
	h.post(h.path+"/carry/tap", form).is(t, http.StatusSeeOther)
	if left := h.look(t).Logged().Sessions; len(left) != 1 {
		t.Fatalf("a tap on an old page was lost: %+v", left)
	}
	// The history shows every form of it.
	id := got[0].ID
	h.get(h.path+"/carry/sessions/"+id).is(t, http.StatusOK).says(t, "Taken back", "Given as planned", "With one tap.")
}

// What is asked is what the plan in force owes: nothing before it began, nothing on
// a weekend, no more sessions in a week than the plan says, and only on the days
// that somebody set.
func TestWhatIsAsked(t *testing.T) {
	h := carried(t)
	h.get(h.on(h.today-71-(h.today-71-weekStart(h.today-71)))).says(t, "No service of a plan was in force")
	saturday := weekStart(h.today) - 2
	h.get(h.on(saturday)).says(t, "By the calendar there was no school")
	w := weekStart(h.today) - 7
	for i, d := range []day.Date{w, w + 1} {
		h.tap(t, d, "no")
		if body := h.get(h.on(d)).body; i == 1 && !strings.Contains(body, "60 reported missing") && !strings.Contains(body, "You wrote:") {
			t.Error(body)
		}
	}
	h.get(h.on(w+2)).says(t, "the sessions of this week are written down already")
	// Wednesdays only.
	v := h.form(t, "/carry/settings", "version", "0", "short", "20", "row", "2", "unknown", "40", "days1", "3", "days0", "3")
	h.post(h.path+"/carry/settings", v).is(t, http.StatusSeeOther)
	h.post(h.path+"/carry/settings", v).is(t, http.StatusConflict) // somebody else's page, from before
	w -= 7
	if body := h.get(h.on(w)).is(t, http.StatusOK).body; !strings.Contains(body, "2 more services") {
		t.Error("on a Monday nothing is asked about a service of Wednesdays", body)
	}
	if body := h.get(h.on(w + 2)).body; strings.Contains(body, "more service") {
		t.Error("on a Wednesday it is asked about")
	}
	h.post(h.path+"/carry/settings", url.Values{"version": {"1"}, "short": {"0"}, "row": {"x"}, "unknown": {"101"}}).is(t, http.StatusUnprocessableEntity).says(t, "Write a whole number that fits")
	// Tomorrow has not come.
	h.post(h.path+"/carry/tap", url.Values{"name": {desk.NewName()}, "service": {"slp"}, "on": {(h.today + 2).String()}, "do": {"no"}}).is(t, http.StatusUnprocessableEntity)
	h.post(h.path+"/carry/tap", url.Values{"name": {desk.NewName()}, "service": {"nothing"}, "on": {h.meets().String()}, "do": {"no"}}).is(t, http.StatusConflict)
}

// write sends the whole form.
func (h *carryHouse) write(t *testing.T, pairs ...string) answer {
	t.Helper()
	v := url.Values{"name": {desk.NewName()}, "do": {"save"}, "teller": {"family"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return h.post(h.path+"/carry/new", v)
}

// The whole form: what cannot be is refused with its reason, what may be a slip is
// kept and pointed out.
func TestSessionForm(t *testing.T) {
	h := carried(t)
	d := h.meets()
	h.get(h.path+"/carry/new?service=slp").is(t, http.StatusOK).says(t, `value="slp" selected`, "What came of it")
	for _, x := range []struct {
		says  string
		pairs []string
	}{
		{"below zero", []string{"on", d.String(), "service", "slp", "outcome", "delivered", "minutes", "-5"}},
		{"A day has 1,440 minutes", []string{"on", d.String(), "service", "slp", "outcome", "delivered", "minutes", "1441"}},
		{"whole number", []string{"on", d.String(), "service", "slp", "outcome", "delivered", "minutes", "half an hour"}},
		{"and zero minutes", []string{"on", d.String(), "service", "slp", "outcome", "delivered", "minutes", "0"}},
		{"Say which service", []string{"on", d.String(), "outcome", "delivered"}},
		{"Choose one from the list", []string{"on", d.String(), "service", "slp", "outcome", "vanished"}},
		{"Say who tells it", []string{"on", d.String(), "service", "slp", "outcome", "delivered", "teller", "nobody"}},
		{"family&#39;s report", []string{"on", d.String(), "service", "slp", "outcome", "reported_missing", "teller", "school"}},
		{"Only a make-up session", []string{"on", d.String(), "service", "slp", "outcome", "delivered", "makes", "x"}},
	} {
		a := h.write(t, x.pairs...).is(t, http.StatusUnprocessableEntity)
		if !strings.Contains(a.body, x.says) && !strings.Contains(a.body, "not in the record any more") {
			t.Errorf("%v does not say %q: %s", x.pairs, x.says, tagless(a.body))
		}
	}
	if n := len(h.look(t).Logged().Sessions); n != 0 {
		t.Fatalf("%d sessions were written down", n)
	}
	h.write(t, "on", (h.today+3).String(), "service", "slp", "outcome", "delivered").is(t, http.StatusUnprocessableEntity)
	// A report, and what the school says to it: that it was the provider.
	report := h.write(t, "on", d.String(), "service", "slp", "outcome", "reported_missing", "reason", "No staff, she said.").is(t, http.StatusSeeOther).header.Get("Location")
	id := strings.TrimPrefix(report, h.path+"/carry/sessions/")
	h.get(report).says(t, "No staff, she said.", "Write down what the school says to it", "the family")
	h.get(h.path+"/carry/services/slp").says(t, "30 minutes reported missing; nobody has confirmed it.")
	h.get(h.path+"/carry/new?answers="+id).is(t, http.StatusOK).says(t, "No staff, she said.", `name="answers" value="`+id+`"`)
	school := h.write(t, "on", d.String(), "service", "slp", "outcome", "missed_provider", "teller", "school", "answers", id).is(t, http.StatusSeeOther).header.Get("Location")
	h.get(h.path+"/carry/services/slp").says(t, "30 minutes missed and not made up.", "Missed; the provider was away")
	h.get(report).says(t, "What the school says to it")
	// A make-up; and one that was given before its miss, which is kept and pointed out.
	h.write(t, "on", d.String(), "service", "slp", "outcome", "make_up", "minutes", "30", "makes", strings.TrimPrefix(school, h.path+"/carry/sessions/")).is(t, http.StatusSeeOther)
	h.get(h.path+"/carry/services/slp").says(t, "30 minutes missed and made up later.")
	early := h.write(t, "on", (d-7).String(), "service", "slp", "outcome", "make_up", "minutes", "20", "makes", strings.TrimPrefix(school, h.path+"/carry/sessions/")).is(t, http.StatusSeeOther).header.Get("Location")
	h.get(early).says(t, "before the session that it makes up")
	// Two providers in one slot, and a day on which no plan was in force: kept, and said.
	h.write(t, "on", (d-14).String(), "service", "slp", "outcome", "delivered", "minutes", "30", "provider", "Ms. A.", "teller", "provider").is(t, http.StatusSeeOther)
	two := h.write(t, "on", (d-14).String(), "service", "slp", "outcome", "delivered", "minutes", "30", "provider", "Ms. B.", "teller", "provider").is(t, http.StatusSeeOther).header.Get("Location")
	if body := h.get(two).body + h.get(h.path+"/carry/services/slp").body; !strings.Contains(body, "Two providers say") {
		t.Error("two providers for one slot are not pointed out")
	}
	outside := h.write(t, "on", (h.today-100).String(), "service", "slp", "outcome", "delivered", "minutes", "30").is(t, http.StatusSeeOther).header.Get("Location")
	h.get(outside).says(t, "No plan promised this service at that time")
	// A correction takes the place of what stood, which stays in the history.
	v := url.Values{"name": {desk.NewName()}, "session": {id}, "on": {d.String()}, "service": {"slp"}, "outcome": {"child_absent"}, "teller": {"family"}}
	h.post(h.path+"/carry/new", v).is(t, http.StatusSeeOther)
	h.get(report).says(t, "The child was absent", "No staff, she said.", "With the form.")
	// Taking back.
	h.post(report+"/take-back", url.Values{"name": {desk.NewName()}}).is(t, http.StatusSeeOther)
	h.get(report).says(t, "This was taken back")
	h.post(h.path+"/carry/new", v).is(t, http.StatusConflict)
	h.get(h.path+"/carry/sessions/nobody").is(t, http.StatusNotFound)
	h.get(h.path+"/carry/services/nothing").is(t, http.StatusNotFound)
}

// Two tell different things of one session: the page says what to do, and the
// minutes are unknown.
func TestToldDifferently(t *testing.T) {
	h := carried(t)
	d := h.meets()
	report := h.write(t, "on", d.String(), "service", "slp", "outcome", "reported_missing").is(t, http.StatusSeeOther).header.Get("Location")
	h.write(t, "on", d.String(), "service", "slp", "outcome", "delivered", "minutes", "30", "teller", "provider").is(t, http.StatusSeeOther)
	h.get(h.path+"/carry/services/slp").says(t, "Told differently", "often by mistake", "30 minutes told differently by the family and the school")
	h.get(report).says(t, "tell different things about this session", "Given as planned")
	h.get(h.path+"/carry").says(t, "The family and the school tell different things")
}

// Whatever is written down, the table for spreadsheets adds up and holds no formula.
func TestLedgerTable(t *testing.T) {
	h := carried(t)
	d := h.meets()
	h.write(t, "on", d.String(), "service", "other", "other", "=HYPERLINK(\"http://x\")", "outcome", "delivered", "minutes", "30").is(t, http.StatusSeeOther)
	h.write(t, "on", d.String(), "service", "slp", "outcome", "reported_missing").is(t, http.StatusSeeOther)
	h.write(t, "on", (d-7).String(), "service", "slp", "outcome", "short", "minutes", "20", "teller", "provider").is(t, http.StatusSeeOther)
	a := h.get(h.path+"/carry/ledger.csv").is(t, http.StatusOK)
	if !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment") {
		t.Error(a.header)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.body, "\uFEFF"))).ReadAll()
	if err != nil || len(rows) < 10 {
		t.Fatal(len(rows), err)
	}
	for _, row := range rows[1:] {
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "+") || strings.HasPrefix(cell, "@") {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
	if !strings.Contains(a.body, "'=HYPERLINK") {
		t.Error("the service is not in the table")
	}
	only, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(h.get(h.path+"/carry/ledger.csv?service=slp").body, "\uFEFF"))).ReadAll()
	if err != nil || len(only) >= len(rows) {
		t.Error(len(only), len(rows), err)
	}
}

// A school sees its own words, and its answers are no reports.
func TestSchoolTaps(t *testing.T) {
	h := carried(t)
	v := h.form(t, "/edit", "child", "Sample child", "state", "us-ca", "side", "school")
	h.post(h.path+"/edit", v).is(t, http.StatusSeeOther)
	d := h.meets()
	page := h.get(h.on(d)).is(t, http.StatusOK)
	page.says(t, "what came of it?", "Given as planned", "Not given; school event or test")
	h.tap(t, d, "event")
	got := h.look(t).Logged().Sessions
	if len(got) != 1 || got[0].Outcome != session.MissedEvent || got[0].From != session.Provider {
		t.Fatalf("%+v", got)
	}
	if strings.Contains(h.get(h.path+"/carry").body, "Ask the school for the service logs") {
		t.Error("a school is told to ask the school")
	}
}

// A family whose records are silent is told to ask for the logs first; where
// nothing is unknown it is not.
func TestAskForLogsFirst(t *testing.T) {
	h := carried(t)
	h.get(h.path+"/carry").is(t, http.StatusOK).says(t, "Ask the school for the service logs.", "It is never counted as missed", "settings of this program. They are not law", "/add?kind=records_access_requested", "Speech: 0 of", "nobody wrote anything")
	h.get(h.path+"/carry/settings").is(t, http.StatusOK).says(t, "502 F.3d 811", "They are not law")
	h.get("/help/carry").is(t, http.StatusOK).says(t, "Unknown is not missed", "502 F.3d 811")
	h.post("/language", url.Values{"lang": {"es"}, "back": {"/"}})
	h.get(h.path+"/carry").is(t, http.StatusOK).says(t, "Pida a la escuela los registros", "Please send me the service logs")
}

// Every page about carrying out is whole in both languages.
func TestCarryPages(t *testing.T) {
	h := carried(t)
	d := h.meets()
	report := h.write(t, "on", d.String(), "service", "slp", "outcome", "reported_missing").is(t, http.StatusSeeOther).header.Get("Location")
	for _, lang := range locale.Languages {
		h.post("/language", url.Values{"lang": {lang}, "back": {"/"}})
		for _, path := range []string{h.path, h.on(d), h.path + "/carry/services/slp", h.path + "/carry/services/ot", h.path + "/carry/sessions", h.path + "/carry/sessions?service=slp&outcome=reported_missing&from=2020-01-01&to=2099-01-01&from_whom=family", report, h.path + "/carry/new", h.path + "/carry/settings"} {
			checkPage(t, path+" in "+lang, h.get(path).is(t, http.StatusOK).body)
		}
	}
	if body := h.get(h.path + "/carry/sessions?outcome=delivered").body; strings.Contains(body, report) {
		t.Error("a filter lets through what it should not")
	}
}

// Whatever taps follow each other, one person's word about one session stands once
// at most, and it is the last one.
func TestTapsInAnyOrder(t *testing.T) {
	h := carried(t)
	first := h.meets()
	rapid.Check(t, func(r *rapid.T) {
		d := first - 7*day.Date(rapid.IntRange(0, 5).Draw(r, "week"))
		last := ""
		for _, do := range rapid.SliceOfN(rapid.SampledFrom([]string{"no", "yes", "unknown", "undo"}), 1, 6).Draw(r, "taps") {
			form := h.taps(t, h.get(h.on(d)).body, "slp")[do]
			if form == nil { // it is what stands, or there is nothing to take back
				continue
			}
			h.post(h.path+"/carry/tap", form).is(t, http.StatusSeeOther)
			last = do
		}
		if last == "" {
			return
		}
		var stands []session.Log
		for _, l := range h.look(t).Logged().Sessions {
			if l.On == d {
				stands = append(stands, l)
			}
		}
		switch {
		case last == "undo" && len(stands) > 0, last != "undo" && len(stands) != 1, last != "undo" && stands[0].Outcome != taps[last]:
			r.Fatalf("after %s there stands %+v", last, stands)
		}
	})
}

// Today asks who may answer, on a school day, until it is answered; and not in a
// space with many children.
func TestTodayAsks(t *testing.T) {
	w := settle(t, nil)
	as := func(name string) *cell {
		return &cell{town: w.as(name), name: name, p: w.people[name], c: w.one}
	}
	asked := func(name string) bool {
		return strings.Contains(as(name).get("/").is(t, http.StatusOK).body, "did Hall passes happen today?")
	}
	if asked("owner") {
		t.Error("it is asked before a plan promises it")
	}
	owner := as("owner")
	owner.served()
	if !asked("owner") || !asked("contributor") || asked("reader") {
		t.Errorf("asked: owner %v, contributor %v, reader %v", asked("owner"), asked("contributor"), asked("reader"))
	}
	owner.get(owner.path("")).is(t, http.StatusOK).says(t, "Did Hall passes happen today?")
	owner.post(owner.path("/carry/tap"), url.Values{"name": {desk.NewName()}, "service": {"hall"}, "on": {"2026-03-11"}, "do": {"yes"}}).is(t, http.StatusSeeOther)
	if asked("owner") {
		t.Error("it is asked again after the answer")
	}
	if !asked("contributor") {
		t.Error("the answer of one is not that of another")
	}
	saturday := w.at.AddDate(0, 0, 3)
	*w.at = saturday
	if asked("owner") {
		t.Error("it is asked on a Saturday")
	}
	*w.at = saturday.AddDate(0, 0, 2)
	if !asked("owner") {
		t.Error("it is not asked on Monday")
	}
	for range mostAsked {
		owner.post("/cases/new", url.Values{"name": {desk.NewName()}, "child": {"Another child"}}).is(t, http.StatusSeeOther)
	}
	if asked("owner") {
		t.Error("a space with many children is asked about one")
	}
}

// Whatever the day of the week, the page asks about a day on which school may have
// met, and the week that answers counts the session told of.
func TestTapOnEveryWeekday(t *testing.T) {
	for monday, n := day.Must(2026, 3, 2), 0; n < 7; n++ {
		today := monday.Add(n)
		house := calHouse(t, today.String())
		house.speaks("en", people.Plain)
		h := &carryHouse{today: today}
		c := house.openText(strings.NewReplacer("FROM", (today - 60).String(), "TO", (today + 300).String()).Replace(`stayput: 1
case: {title: Sample, jurisdiction: us-ca, zone: America/Los_Angeles, side: family, sample: yes}
record: []
plans:
  - {id: now, kind: iep, status: in_effect, meeting_date: FROM, effective_start: FROM, effective_end: TO, services: [{id: slp, name: Speech, minutes: 30, times: 2, per: week}]}
`))
		form := h.taps(t, house.get(c+"/carry").is(t, http.StatusOK).body, "slp")["no"]
		if form == nil {
			t.Fatalf("%s: nothing is asked", today)
		}
		a := house.post(c+"/carry/tap", form).is(t, http.StatusSeeOther)
		week := house.get(a.header.Get("Location")).is(t, http.StatusOK)
		if !regexp.MustCompile(`0 of \d+ minutes given, 30 reported missing`).MatchString(tagless(week.body)) {
			t.Errorf("%s: %.600s", today, tagless(week.body))
		}
	}
}
