package web

import (
	"context"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"stayput/day"
	"stayput/desk"
	"stayput/locale"
	"stayput/measure"
	"stayput/people"
	"stayput/plan"
	"stayput/plan/session"
)

const goalCase = `
stayput: 1
case: {title: "Sample: goals", child: {name: Sample child, born: 2016-04-02}, jurisdiction: us-ca, district: Oakland Unified, calendars: [oakland-usd-2025-26.yaml], side: family, sample: yes}
record:
  - {id: consent, on: 2025-08-25, kind: iep_consent_received, by: parent, plan: iep-2025}
plans:
  - id: iep-2025
    kind: iep
    status: in_effect
    meeting_date: 2025-08-20
    effective_start: 2025-08-25
    effective_end: 2026-08-24
    progress_reports: quarterly
    goals:
      - {id: reading, number: "1", area: reading, text: "By August 2026, given a passage of the third grade, the child will read aloud 90 words per minute in 3 of 4 weekly probes.", baseline: 45 words per minute, baseline_on: 2025-09-05, target: 90 words per minute, unit: words per minute, services: [support]}
      - {id: hits, number: "2", area: behavior, text: "The child will hit others no more than 1 time a day.", baseline: 8 times a day, target: 1 time a day, unit: times a day}
      - {id: help, number: "3", area: speech, text: "The child will ask for help in 8 of 10 chances.", baseline: 2/10, target: 8/10, services: [slp]}
      - {id: dress, number: "4", area: self-care, text: "The child will put on a coat on their own.", baseline: "1", target: "6", unit: prompt level}
      - {id: friends, number: "5", text: "The child will make friends."}
    services:
      - {id: support, name: Reading support, minutes: 30, times: 3, per: week, delivery: group, goals: [reading]}
      - {id: slp, name: Speech, minutes: 30, times: 2, per: week, delivery: individual, goals: [help]}
`

// A goalHouse is a house with one case of five goals, on a day in April.
type goalHouse struct {
	*house
	path string
	id   people.CaseID
}

func goalsHouse(t testing.TB) *goalHouse {
	t.Helper()
	h := calHouse(t, "2026-04-20")
	if _, err := h.site.desk.SaveCalendar(context.Background(), h.who(), "oakland-usd-2025-26.yaml", "Oakland Unified 2025-26", []byte(example(t, "oakland-usd-2025-26.yaml")), 0); err != nil {
		t.Fatal(err)
	}
	path := h.openText(goalCase)
	return &goalHouse{h, path, people.CaseID(strings.TrimPrefix(path, "/cases/"))}
}

func (h *goalHouse) add(t testing.TB, in desk.NewLog) {
	t.Helper()
	if _, err := h.site.desk.AddLog(context.Background(), h.who(), h.id, in); err != nil {
		t.Fatal(err)
	}
}

func (h *goalHouse) logged(t testing.TB) *desk.Logged {
	t.Helper()
	c, err := h.site.desk.Case(context.Background(), h.who(), h.id, desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	return c.Logged()
}

var wednesday = day.Must(2025, 9, 10)

// weekly are probes on the Wednesday of each week from 10 September; a gap is left
// for the winter break.
func weekly(goal string, levels ...float64) []measure.Probe {
	var out []measure.Probe
	on := wednesday
	for _, v := range levels {
		for on == day.Must(2025, 12, 24) || on == day.Must(2025, 12, 31) || on == day.Must(2026, 4, 1) {
			on = on.Add(7)
		}
		out = append(out, measure.Probe{Goal: goal, On: on, Value: measure.Number(v), By: "Ms. Ortiz"})
		on = on.Add(7)
	}
	return out
}

// less writes down sessions of reading support: all three a week up to a day, then
// given of them, the others missed by the provider.
func less(from, through, short day.Date, given int) []session.Log {
	var out []session.Log
	for w := from; w <= through; w = w.Add(7) {
		for i, add := range []int{0, 2, 4} {
			l := session.Log{On: w.Add(add), Service: "support", Minutes: plan.CountOf(30), Outcome: session.Delivered, From: session.Provider}
			if w >= short && i >= given {
				l.Outcome = session.MissedProvider
			}
			out = append(out, l)
		}
	}
	return out
}

// flat is a reading goal that grew while service was given and then stood still.
func (h *goalHouse) flat(t testing.TB) {
	t.Helper()
	h.add(t, desk.NewLog{Via: "form", Probes: weekly("reading", 45, 47, 48, 49, 51, 51, 54, 54, 56, 57, 57, 58, 57, 58, 58, 57, 58, 58, 57, 58, 59, 58, 58, 59, 58, 59, 58, 59)})
	h.add(t, desk.NewLog{Via: "form", Sessions: less(day.Must(2025, 9, 1), day.Must(2026, 4, 13), day.Must(2025, 11, 17), 1)})
}

// secondPlan is a version with the same goals from 2 February on.
func (h *goalHouse) secondPlan(t testing.TB) {
	t.Helper()
	err := h.site.desk.ChangePlans(context.Background(), h.who(), h.id, "", "", func(ps []*plan.Plan) ([]*plan.Plan, error) {
		next := *ps[0]
		next.ID, next.MeetingDate, next.EffectiveStart, next.EffectiveEnd = "iep-2026", day.Must(2026, 1, 28), day.Must(2026, 2, 2), day.Must(2027, 1, 31)
		return append(ps, &next), nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var formName = regexp.MustCompile(`<form class="sp-form" method="post" action="([^"]*)"><input type="hidden" name="name" value="([^"]*)">`)

// named is the hidden name of the form on a page that goes to an action.
func (h *goalHouse) named(t testing.TB, page, action string) string {
	t.Helper()
	for _, m := range formName.FindAllStringSubmatch(h.get(page).is(t, http.StatusOK).body, -1) {
		if html.UnescapeString(m[1]) == action {
			return m[2]
		}
	}
	t.Fatalf("%s has no form for %s", page, action)
	return ""
}

// A goal without probes asks for the data; with some it says how many are missing.
func TestGoalsList(t *testing.T) {
	h := goalsHouse(t)
	list := h.path + "/carry/goals"
	h.get(list).is(t, http.StatusOK).says(t, "Ask the school for the data behind this goal", "Not enough data (0 of 6)", "progress report", "Did they arrive?", "As of Monday, April 20, 2026")
	h.add(t, desk.NewLog{Probes: weekly("reading", 45, 47, 48, 49)})
	h.get(list).is(t, http.StatusOK).says(t, "Not enough data (4 of 6)", "Ask for newer measurements", "4 days with probes", `class="sp-chart__small"`)
	for _, lang := range locale.Languages {
		h.speak(lang)
		checkPage(t, "goals in "+lang, h.get(list).body)
	}
	h.get(list).says(t, "Faltan datos (4 de 6)")
	h.speak("en")
	// A report that came is in the record.
	h.post(h.path+"/add", url.Values{}) // no kind: refused
	v := url.Values{"kind": {"progress_report_given"}, "name": {desk.NewName()}, "on": {"2025-11-20"}, "by": {"lea"}, "wall": {""}, "note": {"came by mail"}}
	h.upload(h.path+"/add?kind=progress_report_given", v).is(t, http.StatusSeeOther)
	h.get(h.path+"/carry/goals/reading").says(t, "in your record on November 20, 2025", "Not due yet")
}

// The plot comes first, then the verdict with how sure it is, the numbers with their
// methods, and what went together, which proves no cause.
func TestGoalPage(t *testing.T) {
	h := goalsHouse(t)
	h.flat(t)
	at := h.path + "/carry/goals/reading"
	a := h.get(at).is(t, http.StatusOK)
	a.says(t, "sp-chart__wide", "sp-chart__narrow", "<title", "<desc", "28 days with probes that count", "Behind: at this pace the goal will not be reached on time.",
		"least squares", "Theil–Sen", "Tukey, split thirds", "median of the last three", "95% band of the line", "Needed from now", "Trend in school weeks",
		"They do not prove what caused it", "Ms. Ortiz: 28", "Minutes promised", "Services that work on this goal: Reading support", "four-point rule")
	a.says(t, "less was given than promised (Reading support)", "The difference, −1", "is more than the scatter of the probes explains", "It does not prove that one caused the other.")
	if i, j := strings.Index(a.body, "sp-chart__wide"), strings.Index(a.body, "Behind: at this pace"); i < 0 || i > j {
		t.Error("the picture does not come first")
	}
	for _, lang := range locale.Languages {
		h.speak(lang)
		checkPage(t, "a goal in "+lang, h.get(at).body)
	}
	h.get(at).says(t, "se dio", "menos de lo prometido", "No prueba que una causó la otra.", "Va atrasada")
	h.speak("en")
	h.get(h.path+"/carry/goals/nothing").is(t, http.StatusNotFound)
	// A plan that changed parts the probes; every index bears its name.
	h.secondPlan(t)
	h.get(at).is(t, http.StatusOK).says(t, "Before and after a change", "NAP: nonoverlap of all pairs", "Tau-U, with the trend in B less the trend in A", "Baseline-corrected tau (Tarlow)", "The plan also changed in this time (February 2, 2026)", "Plan Feb 2, 2026")
	// Too few probes: how many are missing, and no trend.
	h2 := goalsHouse(t)
	h2.add(t, desk.NewLog{Probes: weekly("reading", 45, 47, 48, 49)})
	h2.add(t, desk.NewLog{Sessions: less(day.Must(2025, 9, 1), day.Must(2025, 11, 24), day.Must(2025, 9, 22), 1)})
	b := h2.get(h2.path+"/carry/goals/reading").is(t, http.StatusOK)
	b.says(t, "Whether the trend of the probes changed then cannot be said", "Missing:")
	if strings.Contains(b.body, "more than the scatter") {
		t.Error("a trend of too few probes")
	}
}

// One probe: written once though sent twice, corrected, taken back; what is wrong
// with it is said at its field, and the words stay.
func TestProbe(t *testing.T) {
	h := goalsHouse(t)
	form := h.path + "/carry/probes"
	name := h.named(t, form, form)
	v := url.Values{"name": {name}, "goal": {"help"}, "on": {"2026-04-15"}, "value": {"7/10"}, "by": {"Ms. Lee"}, "note": {"was tired"}}
	for range 2 {
		h.post(form, v).is(t, http.StatusSeeOther)
	}
	ps := h.logged(t).Probes
	if len(ps) != 1 || ps[0].Value != measure.Trials(7, 10) || ps[0].Goal != "help" || ps[0].By != "Ms. Lee" || ps[0].Note != "was tired" {
		t.Fatalf("%+v", ps)
	}
	h.get(h.path+"/carry/goals/help").says(t, "The probe is written down.", "7/10 (70%)", "was tired", "Ms. Lee: 1")
	one := form + "/one/" + ps[0].ID
	h.get(one).is(t, http.StatusOK).says(t, `value="7/10"`, "Written down by", "Take it back")
	v.Set("name", h.named(t, one, one))
	v.Set("value", "8 of 10")
	h.post(one, v).is(t, http.StatusSeeOther)
	if ps = h.logged(t).Probes; len(ps) != 1 || ps[0].Value != measure.Trials(8, 10) {
		t.Fatalf("%+v", ps)
	}
	h.post(one, url.Values{"name": {desk.NewName()}, "do": {"remove"}}).is(t, http.StatusSeeOther)
	if ps = h.logged(t).Probes; len(ps) != 0 {
		t.Fatalf("%+v", ps)
	}
	h.post(one, url.Values{"name": {desk.NewName()}, "do": {"remove"}}).is(t, http.StatusSeeOther)
	h.get(one).is(t, http.StatusNotFound)

	for _, x := range []struct{ field, value, says string }{
		{"value", "3,5", "it could be read in two ways"},
		{"value", "12/10", "more than all"},
		{"value", "0/0", "share of nothing"},
		{"value", "140%", "more than 100%"},
		{"value", "a lot", "is not a value"},
		{"value", "Inf", "is not a value"},
		{"value", "NaN", "is not a value"},
		{"value", "1e9", "is not a value"},
		{"value", "99999999999", "larger than any measurement"},
		{"value", "", "Write what was measured"},
		{"on", "2026-04-21", "future"},
		{"on", "2026-13-01", "a date"},
		{"goal", "nothing", "Choose one of the plan"},
	} {
		v := url.Values{"name": {desk.NewName()}, "goal": {"help"}, "on": {"2026-04-15"}, "value": {"7/10"}, "by": {"kept words"}}
		v.Set(x.field, x.value)
		a := h.post(form, v).is(t, http.StatusUnprocessableEntity)
		if !strings.Contains(strings.ToLower(html.UnescapeString(a.body)), strings.ToLower(x.says)) && x.field != "on" {
			t.Errorf("%s=%s does not say %q", x.field, x.value, x.says)
		}
		a.says(t, "kept words", `id="e-`+x.field+`"`)
	}
	if n := len(h.logged(t).Probes); n != 0 {
		t.Errorf("%d probes of refused forms", n)
	}
	// On a holiday, of another kind, absent, a level of help: taken, and pointed out.
	for _, x := range []struct{ goal, on, value, says string }{
		{"help", "2026-01-19", "7/10", "There was no school that day"},
		{"help", "2026-01-21", "7", "kind of number"},
		{"help", "2026-01-22", "2/3", "Fewer than five trials"},
		{"reading", "2026-01-21", "absent", "The probe is written down"},
		{"dress", "2026-01-21", "4", "A gesture was enough"},
	} {
		v := url.Values{"name": {desk.NewName()}, "goal": {x.goal}, "on": {x.on}, "value": {x.value}}
		to := h.post(form, v).is(t, http.StatusSeeOther).header.Get("Location")
		h.get(to).says(t, x.says)
	}
	h.post(form, url.Values{"name": {desk.NewName()}, "goal": {"dress"}, "on": {"2026-01-21"}, "value": {"9"}}).is(t, http.StatusUnprocessableEntity).says(t, "none of the levels")
}

// Several at once: every line is told before anything is added; one act adds what
// is ready; the same lines again add nothing.
func TestProbesAtOnce(t *testing.T) {
	h := goalsHouse(t)
	form := h.path + "/carry/probes"
	lines := "2025-09-10 47\n9/17/2025\t48\tMs. Ortiz\tcalm\n2025-09-24, 49 rained\n2025-10-01 3,5\nnothing\n2026-01-19 55\n2026-05-01 60\n2025-10-08 absent\n2025-02-30 5\n"
	take := func() string {
		return h.upload(form+"/several", url.Values{"goal2": {"reading"}, "lines": {lines}, "by2": {"me"}}).is(t, http.StatusSeeOther).header.Get("Location")
	}
	check := take()
	h.get(check).is(t, http.StatusOK).says(t, "5 can be added", "4 cannot be added", "two ways", "does not begin with a day", "has not come yet", "There was no school that day", "no value", "is not a day", "Wednesday, September 17, 2025", "month first")
	if n := len(h.logged(t).Probes); n != 0 {
		t.Fatalf("%d probes before anybody confirmed", n)
	}
	for range 2 {
		h.post(check, url.Values{}).is(t, http.StatusSeeOther)
	}
	l := h.logged(t)
	if len(l.Probes) != 5 || len(l.Batches) != 1 || l.Batches[0].Via != "text" {
		t.Fatalf("%+v %+v", l.Probes, l.Batches)
	}
	if p := l.Probes[1]; p.By != "Ms. Ortiz" || p.Note != "calm" || l.Probes[0].By != "me" || l.Probes[2].Note != "rained" || !l.Probes[3].Missing {
		t.Errorf("%+v", l.Probes)
	}
	h.get(take()).says(t, "None of the lines can be added", "5 are in the record already")
	h.post(take(), url.Values{}).is(t, http.StatusUnprocessableEntity)
	for _, v := range []url.Values{{}, {"goal2": {"reading"}}, {"lines": {"2025-09-10 5"}}, {"goal2": {"reading"}, "lines": {" \n "}}} {
		h.upload(form+"/several", v).is(t, http.StatusUnprocessableEntity)
	}
}

// A CSV file: nothing is read in half, goals are found by id or number, and the
// whole import is one act.
func TestProbesFromFile(t *testing.T) {
	h := goalsHouse(t)
	form := h.path + "/carry/probes/several"
	h.upload(form, url.Values{}, sent{"file", "bad.csv", []byte("goal,date,value\nreading,2025-09-10,47\nreading,9/17/2025,48\n")}).is(t, http.StatusUnprocessableEntity).says(t, "Nothing was read", "is not a day")
	h.upload(form, url.Values{}, sent{"file", "p.csv", []byte("goal,date,value\nreading,2025-09-10,47\n")}, sent{"file", "q.csv", []byte("x")}).is(t, http.StatusUnprocessableEntity).says(t, "Choose one file")
	h.upload(form, url.Values{}, sent{"file", "image.csv", []byte("\xff\xd8\xff")}).is(t, http.StatusUnprocessableEntity).says(t, "Nothing was read")
	data := "goal,date,value,of,note,by\nreading,2025-09-10,47,,,teacher\n3,2025-09-11,7,10,,\nunknown,2025-09-12,5,,,\nreading,2025-09-10,47,,,teacher\n"
	check := h.upload(form, url.Values{}, sent{"file", "probes.csv", []byte(data)}).is(t, http.StatusSeeOther).header.Get("Location")
	h.get(check).says(t, "3 can be added", "1 cannot be added", "No plan has a goal “unknown”", "stands here a second time", "probes.csv")
	to := h.post(check, url.Values{}).is(t, http.StatusSeeOther).header.Get("Location")
	h.get(to).is(t, http.StatusOK).says(t, "Probes added: 3.")
	l := h.logged(t)
	if len(l.Probes) != 3 || len(l.Batches) != 1 || l.Batches[0].From != "probes.csv" || l.Probes[2].Goal != "help" {
		t.Fatalf("%+v %+v", l.Probes, l.Batches)
	}
	// The table for a spreadsheet has a row for each.
	a := h.get(h.path+"/carry/probes.csv").is(t, http.StatusOK)
	if !strings.HasPrefix(a.header.Get("Content-Type"), "text/csv") || strings.Count(a.body, "\r\n") != 4 || !strings.Contains(a.body, "7/10,70,10") || !strings.Contains(a.body, "probes.csv") {
		t.Errorf("%s", a.body)
	}
	if a = h.get(h.path + "/carry/probes.csv?goal=help"); strings.Count(a.body, "\r\n") != 2 {
		t.Errorf("%s", a.body)
	}
}

// What a text of a probe says is no formula in a spreadsheet.
func TestProbeTableIsHarmless(t *testing.T) {
	h := goalsHouse(t)
	h.add(t, desk.NewLog{Probes: []measure.Probe{{Goal: "reading", On: wednesday, Value: measure.Number(-3), Note: "=HYPERLINK(1)", By: "@x"}}})
	a := h.get(h.path+"/carry/probes.csv").is(t, http.StatusOK)
	if !strings.Contains(a.body, "'=HYPERLINK(1)") || !strings.Contains(a.body, "'@x") || !strings.Contains(a.body, ",-3,-3,") {
		t.Errorf("%s", a.body)
	}
}

// Sightings: what was not measured stays empty, rates need the minutes, notes are
// tallied from six on, and nothing is held against the goal.
func TestBehavior(t *testing.T) {
	h := goalsHouse(t)
	at := h.path + "/carry/behavior"
	name := h.named(t, at, at)
	v := url.Values{"name": {name}, "on": {"2026-04-15"}, "count": {"3"}, "minutes": {"30"}, "lasted": {"1:30"}, "goal": {"hits"}, "by": {"aide"}, "before": {"asked to write"}, "what": {"hit"}, "after": {"sent out"}}
	for range 2 {
		h.post(at, v).is(t, http.StatusSeeOther)
	}
	l := h.logged(t)
	if len(l.Sightings) != 1 || l.Sightings[0].Seconds != 90 || l.Sightings[0].Count != 3 || l.Sightings[0].Goal != "hits" {
		t.Fatalf("%+v", l.Sightings)
	}
	h.get(at).is(t, http.StatusOK).says(t, "1 of 6 that are needed", "asked to write", "1:30", "Watched for 30 minutes")
	for _, x := range []struct{ field, value, says string }{
		{"count", "-1", "from zero up"}, {"count", "many", "from zero up"}, {"count", "NaN", "from zero up"}, {"minutes", "0", "0 minutes"}, {"minutes", "2000", "from zero up"}, {"lasted", "long", "length of time"},
		{"lasted", "45 min", "longer than somebody watched"}, {"goal", "nothing", "Choose one"}, {"on", "2030-01-01", "future"},
	} {
		w := url.Values{"name": {desk.NewName()}, "on": {"2026-04-15"}, "count": {"3"}, "minutes": {"30"}, "what": {"kept words"}}
		w.Set(x.field, x.value)
		h.post(at, w).is(t, http.StatusUnprocessableEntity).says(t, "kept words", `id="e-`+x.field+`"`)
	}
	h.post(at, url.Values{"name": {desk.NewName()}, "on": {"2026-04-15"}}).is(t, http.StatusUnprocessableEntity).says(t, "Say how often, how long, or what was seen")
	var more []measure.Sighting
	for i := range 7 {
		more = append(more, measure.Sighting{Goal: "hits", On: wednesday.Add(7 * i), Minutes: float64(20 + 10*(i%2)), Count: float64(8 - i), Seconds: measure.Unsaid, Before: "asked to write", What: "hit", After: []string{"sent out", "break"}[i%2]})
	}
	h.add(t, desk.NewLog{Sightings: more})
	g := h.get(h.path+"/carry/goals/hits").is(t, http.StatusOK)
	g.says(t, "How often per hour", "8 notes, counted word for word", "8 of 8", "They show what went together, not what caused what", "These are not held against the goal", "Draw instead", "behavior-hits")
	h.get(h.path+"/carry/goals/hits?by=count").says(t, "different lengths of time")
	for _, lang := range locale.Languages {
		h.speak(lang)
		checkPage(t, "behavior in "+lang, h.get(at).body)
		checkPage(t, "a goal with behavior in "+lang, h.get(h.path+"/carry/goals/hits").body)
	}
	h.speak("en")
	one := at + "/" + l.Sightings[0].ID
	h.get(one).is(t, http.StatusOK).says(t, `value="90"`, "aide")
	v.Set("count", "4")
	v.Set("name", desk.NewName())
	h.post(one, v).is(t, http.StatusSeeOther)
	h.post(one, url.Values{"name": {desk.NewName()}, "do": {"remove"}}).is(t, http.StatusSeeOther)
	if n := len(h.logged(t).Sightings); n != 7 {
		t.Errorf("%d sightings", n)
	}
	h.get(one).is(t, http.StatusNotFound)
}

// Goals that fall, constant series, one point, a goal that is not in force, and
// probes of goals that nobody knows.
func TestGoalOddities(t *testing.T) {
	h := goalsHouse(t)
	h.add(t, desk.NewLog{Probes: weekly("hits", 8, 8, 7, 6, 6, 5, 5, 4, 3, 3, 2, 2)})
	h.get(h.path+"/carry/goals/hits").is(t, http.StatusOK).says(t, "Ahead", "better than the line")
	h.add(t, desk.NewLog{Probes: weekly("reading", 50, 50, 50, 50, 50, 50, 50, 50)})
	h.get(h.path+"/carry/goals/reading").is(t, http.StatusOK).says(t, "Behind", "not within five years")
	h.add(t, desk.NewLog{Probes: weekly("dress", 2)})
	h.get(h.path+"/carry/goals/dress").is(t, http.StatusOK).says(t, "1 day with a probe that counts", "Some physical help")
	h.add(t, desk.NewLog{Probes: weekly("friends", 1, 2, 3, 4, 5, 6, 7)})
	h.get(h.path+"/carry/goals/friends").is(t, http.StatusOK).says(t, "the level to be reached, as one number")
	h.add(t, desk.NewLog{Probes: weekly("nobody", 1, 2)})
	h.get(h.path+"/carry/goals").says(t, "2 probes name a goal that no plan has")
	// A new version drops a goal: its probes stay, and the page says that it is over.
	ctx := context.Background()
	err := h.site.desk.ChangePlans(ctx, h.who(), h.id, "", "", func(ps []*plan.Plan) ([]*plan.Plan, error) {
		next := *ps[0]
		next.ID, next.Status = "iep-2026", "in_effect"
		next.MeetingDate, next.EffectiveStart, next.EffectiveEnd = day.Must(2026, 2, 20), day.Must(2026, 3, 1), day.Must(2027, 2, 28)
		next.Goals = next.Goals[:1:1]
		next.Services = next.Services[:1:1]
		return append(ps, &next), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	h.get(h.path+"/carry/goals").says(t, "Goals that are not in force")
	h.get(h.path+"/carry/goals/hits").is(t, http.StatusOK).says(t, "This goal is not in force today", "12 days with probes")
	v := url.Values{"name": {desk.NewName()}, "goal": {"hits"}, "on": {"2026-04-15"}, "value": {"2"}}
	h.get(h.post(h.path+"/carry/probes", v).is(t, http.StatusSeeOther).header.Get("Location")).says(t, "This goal is not in force now. The probe is kept")
}
