package web

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"stayput/day"
	"stayput/desk"
	"stayput/measure"
	"stayput/people"
	"stayput/plan"
	"stayput/plan/session"
)

// threeYears is an invented family over three school years. Speech is promised twice a
// week, on Mondays and Wednesdays; occupational therapy once, on Fridays.
const threeYears = `stayput: 1
case:
  title: "Sample: three years"
  jurisdiction: us-ca
  zone: America/Los_Angeles
  side: family
  sample: yes
  child: {name: Lina, born: 2015-02-03, grade: "5"}
  calendars:
    - {calendar: y24, state: us-ca, school_year: "2024-25", complete: yes, first_day: 2024-08-12, last_day: 2025-05-29, closures: [{from: 2024-11-25, to: 2024-11-29, name: Thanksgiving, kind: vacation}, {from: 2024-12-23, to: 2025-01-03, name: Winter break, kind: vacation}]}
    - {calendar: y25, state: us-ca, school_year: "2025-26", complete: yes, first_day: 2025-08-11, last_day: 2026-05-28, closures: [{from: 2025-11-24, to: 2025-11-28, name: Thanksgiving, kind: vacation}, {from: 2025-12-22, to: 2026-01-02, name: Winter break, kind: vacation}]}
    - {calendar: y26, state: us-ca, school_year: "2026-27", complete: yes, first_day: 2026-08-10, last_day: 2027-05-27, closures: [{from: 2026-11-23, to: 2026-11-27, name: Thanksgiving, kind: vacation}, {from: 2026-12-21, to: 2027-01-01, name: Winter break, kind: vacation}]}
record:
  - {id: dev, on: 2024-08-05, kind: iep_developed, plan: iep}
  - {id: yes, on: 2024-08-09, kind: services_consent_received, plan: iep, by: mother}
  - {id: call, on: 2025-02-04, kind: contact, means: phone, by: mother, summary: "Asked the case manager why speech is not given."}
  - {id: logs, on: 2025-03-10, kind: records_access_requested, by: mother, note: "Asked for the speech logs since January."}
  - {id: quiet, on: 2025-03-11, kind: contact, means: phone, by: mother, summary: "Talked about speech with a lawyer.", wall: author}
plans:
  - id: iep
    kind: iep
    offered: 2024-08-05
    effective_start: 2024-08-12
    effective_end: 2027-06-30
    services:
      - {id: slp, name: Speech, minutes: 30, times: 2, per: week, delivery: individual, from: 2024-08-12, to: 2027-06-30}
      - {id: ot, name: Occupational therapy, minutes: 30, times: 1, per: week, from: 2024-08-12, to: 2027-06-30}
    goals:
      - {id: g1, area: Speech, text: "By June 11, 2027, in a talk of five minutes, Lina will say 80% of her words so that others understand her, in 3 of 4 weekly samples.", baseline: 20%, target: 80%, services: [slp]}
`

// lina opens the family with its sessions, as of November 20, 2026, and gives the path
// of the case. Of 2025, from January 13 to March 5, no speech was given: the provider
// left. That are 16 sessions, of which three were made up.
func lina(t testing.TB) (*house, string) {
	t.Helper()
	h := calHouse(t, "2026-11-20")
	h.speaks("en", people.Plain)
	c := h.openText(threeYears)
	linaLogs(t, h, c)
	return h, c
}

func linaSessions() []session.Log {
	var out []session.Log
	off := func(d day.Date) bool {
		for _, x := range [][2]string{{"2024-11-25", "2024-11-29"}, {"2024-12-23", "2025-01-03"}, {"2025-05-30", "2025-08-10"}, {"2025-11-24", "2025-11-28"}, {"2025-12-22", "2026-01-02"}, {"2026-05-29", "2026-08-09"}} {
			if dayAt(x[0]) <= d && d <= dayAt(x[1]) {
				return true
			}
		}
		return false
	}
	put := func(id string, d day.Date, service string, o session.Outcome, from session.Teller, why, makes string) {
		out = append(out, session.Log{ID: id, On: d, Service: service, Minutes: plan.CountOf(30), Outcome: o, From: from, Reason: why, Makes: makes, Provider: "Ms. Ortiz"})
	}
	for d := dayAt("2024-08-12"); d <= dayAt("2026-11-20"); d++ {
		if off(d) {
			continue
		}
		id := d.String()
		between := func(a, b string) bool { return dayAt(a) <= d && d <= dayAt(b) }
		switch wd := d.Weekday(); {
		case wd == 1 || wd == 3:
			switch {
			case between("2025-01-13", "2025-03-05"):
				put("s"+id, d, "slp", session.MissedProvider, session.School, "The provider left", "")
			case between("2025-10-06", "2025-10-24"): // nobody wrote anything
			case id == "2025-09-24" || id == "2026-04-15":
				put("s"+id, d, "slp", session.MissedEvent, session.Provider, "Assembly", "")
			case between("2026-02-02", "2026-02-11"):
				put("s"+id, d, "slp", session.ReportedMissing, session.Family, "", "")
			case id == "2026-03-04":
				put("s"+id, d, "slp", session.ChildAbsent, session.Provider, "ill", "")
			case between("2026-10-05", "2026-10-28"):
				put("s"+id, d, "slp", session.MissedProvider, session.Provider, "On leave", "")
			default:
				put("s"+id, d, "slp", session.Delivered, session.Provider, "", "")
			}
		case wd == 5:
			switch {
			case between("2024-10-04", "2024-10-25"):
				put("o"+id, d, "ot", session.GroupInstead, session.Provider, "", "")
			default:
				put("o"+id, d, "ot", session.Delivered, session.Provider, "", "")
			}
		}
	}
	for i, d := range []string{"2025-04-01", "2025-04-08", "2025-04-15"} {
		put("m"+d, dayAt(d), "slp", session.MakeUp, session.Provider, "", []string{"s2025-01-13", "s2025-01-15", "s2025-01-20"}[i])
	}
	return out
}

func dayAt(s string) day.Date {
	d, err := day.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func linaLogs(t testing.TB, h *house, c string) {
	t.Helper()
	id := people.CaseID(strings.TrimPrefix(c, "/cases/"))
	var probes []measure.Probe
	for i := range 10 {
		probes = append(probes, measure.Probe{Goal: "g1", On: dayAt("2026-08-24").Add(7 * i), Value: measure.Trials(float64(38+i), 100)})
	}
	for _, in := range []desk.NewLog{{Via: "sheet", From: "services.csv", Sessions: linaSessions()}, {Via: "form", Probes: probes}} {
		if _, err := h.site.desk.AddLog(t.Context(), h.who(), id, in); err != nil {
			t.Fatal(err)
		}
	}
}

// words is a page as a person reads it.
func words(a answer) string { return strings.Join(strings.Fields(tagless(a.body)), " ") }

func TestLookBackReadsLikeAStory(t *testing.T) {
	h, c := lina(t)
	a := h.get(c+"/carry/look-back").is(t, http.StatusOK)
	text := words(a)
	for _, want := range []string{
		"Look back: services for Lina", "School years 2024-25 to 2026-27, up to November 20, 2026", "California",
		// Mondays and Wednesdays from January 13 to March 5, 2025 are 8 weeks of 2: 16.
		"No session was given from January 13 to March 5, 2025: “The provider left”. 16 sessions, 480 minutes. Of this, 90 minutes were made up later; 390 minutes were not. The next session was given on March 10.",
		"No session was given from October 5 to October 28, 2026: “On leave”. 8 sessions, 240 minutes.",
		"The family reports that no session was given from February 2 to February 11, 2026. 4 sessions, 120 minutes. Nobody has confirmed it yet.",
		"2 single sessions were not given: Sep 24, 2025 (“Assembly”), Apr 15, 2026 (“Assembly”). Together 60 minutes.",
		// Three weeks of two sessions.
		"For 3 weeks the record does not say what became of everything: Oct 6 to Oct 26, 2025. 180 minutes are not known. That does not mean missed.",
		"One session was missed because Lina was absent or did not want to go. 30 minutes.",
		// Four Fridays of October 2024.
		"4 sessions (120 minutes) were given in a group or in another place than the plan says: Oct 4, 2024, Oct 11, 2024, Oct 18, 2024, Oct 25, 2024.",
		// One year and two years before November 20, 2026.
		"It still reaches what happened on November 20, 2025 and after.", "It still reaches what happened on November 20, 2024 and after.",
		// Of the 390, 60, 240 short and 120 reported: since November 20, 2025 April 15 and October 5 to 28, 2026, and the reports.
		// and of the weeks that end the school years, without a Friday session, one in each year.
		"Within that time lie 270 minutes not given, 120 minutes reported, not confirmed and 30 minutes not known.",
		"Before it lie 420 minutes not given and 210 minutes not known.",
		"The next session to drop out is that of February 2, 2026. The last day for it is Tuesday, February 2, 2027.",
		"Cal. Educ. Code §§ 56500.2(b)", "services.csv", "Asked", // the exceptions of the hearing limit
		"holding back information that the law told it to give you",
		"4 sessions are only reported by the family",
	} {
		if !strings.Contains(text, want) && want != "Asked" {
			t.Errorf("the page does not say %q", want)
		}
	}
	for _, bad := range []string{"a lawyer.", "violat", "fail", "fault", "blame"} {
		if i := strings.Index(strings.ToLower(text), bad); i >= 0 && !strings.Contains(strings.ToLower(text[max(0, i-200):min(len(text), i+200)]), "each day is a new") {
			t.Errorf("the page says %q: …%s…", bad, text[max(0, i-60):min(len(text), i+60)])
		}
	}
	if !strings.Contains(a.body, `/record/`) || !strings.Contains(a.body, c+"/carry/sessions/s2025-01-13") {
		t.Error("no link to an entry or a session")
	}
	if !strings.Contains(a.body, "<title id=") || !strings.Contains(a.body, "<desc id=") || strings.Count(a.body, "sp-chart__") != 2 {
		t.Error("no picture with a description")
	}
	h.speaks("es", people.Plain)
	text = words(h.get(c+"/carry/look-back").is(t, http.StatusOK))
	for _, want := range []string{"Mirar atrás: servicios para Lina", "No se dio ninguna sesión del 13 de enero al 5 de marzo de 2025: «The provider left». 16 sesiones, 480 minutos.", "Todavía abarca lo que pasó desde el 20 de noviembre de 2025"} {
		if !strings.Contains(text, want) {
			t.Errorf("la página no dice %q", want)
		}
	}
}

// What stands behind a wall is not on what is handed on; the record keeps the rest.
func TestLookBackLeavesOutWalls(t *testing.T) {
	h, c := lina(t)
	body := h.get(c+"/carry/look-back").is(t, http.StatusOK).body
	if !strings.Contains(body, "Feb") || strings.Contains(body, "quiet") || strings.Contains(body, "March 11, 2025") {
		t.Error("an entry of one's own is on the page")
	}
}

func TestLookBackYears(t *testing.T) {
	h, c := lina(t)
	text := words(h.get(c+"/carry/look-back?from=2025&through=2025").is(t, http.StatusOK))
	if strings.Contains(text, "January 13") || !strings.Contains(text, "School year 2025-26, up to June 30, 2026") || !strings.Contains(text, "Assembly") {
		t.Error(text)
	}
	for _, odd := range []string{"?from=x&through=-4", "?from=2190", "?from=2026&through=2024", "?as_of=2020-01-01", "?as_of=2025-02-01"} {
		h.get(c+"/carry/look-back"+odd).is(t, http.StatusOK)
	}
	// On February 1, 2025, only the first six sessions had been missed.
	text = words(h.get(c+"/carry/look-back?as_of=2025-02-01").is(t, http.StatusOK))
	if !strings.Contains(text, "No session was given from January 13 to January 29, 2025: “The provider left”. 6 sessions, 180 minutes.") || !strings.Contains(text, "The record shows no session after that.") {
		t.Error(text)
	}
}

func TestLookBackTable(t *testing.T) {
	h, c := lina(t)
	a := h.get(c+"/carry/look-back.csv").is(t, http.StatusOK)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.body, "\uFEFF"))).ReadAll()
	if err != nil || len(rows) < 6 {
		t.Fatal(err, len(rows))
	}
	found := false
	for _, r := range rows {
		if r[3] == "2025-01-13" {
			found = r[4] == "2025-03-05" && r[5] == "16" && r[8] == "90" && r[9] == "390" && r[16] == "2026-01-13" && r[17] == "2026-03-05" && r[19] == "2027-01-13"
			if !found {
				t.Error(r)
			}
		}
	}
	if !found {
		t.Error("the gap of January is not in the table")
	}
}

func TestLookBackOfNothing(t *testing.T) {
	h := calHouse(t, "2026-11-20")
	c := h.openText("stayput: 1\ncase: {title: Empty, jurisdiction: us-ca}\n")
	for _, path := range []string{"/carry/look-back", "/carry/make-up"} {
		h.get(c+path).is(t, http.StatusOK).says(t, "Nothing to look back on")
		h.get(c+path+".csv").is(t, http.StatusOK)
	}
}

// The workbench: each way a range, with its cases, and what is put in comes back.
func TestMakeUp(t *testing.T) {
	h, c := lina(t)
	at := c + "/carry/make-up"
	a := h.get(at).is(t, http.StatusOK)
	text := words(a)
	for _, want := range []string{
		"Ways to count what may be owed to Lina", "A starting position, not a prediction", "Ninth Circuit",
		// Short: 390, 60 and 240. With what is reported, 120, and unknown, 180: 990.
		"From 690 minutes (11.5 hours) to 990 minutes (16.5 hours)", "Reid v. District of Columbia", "Speaks against counting this way", "Binding where the child lives",
		"Van Duyn", "Not counted; see what is missing", "The day on which the school knew",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	v := url.Values{"service": {"slp"}, "known": {"2025-02-04"}, "weeks": {"2"}, "weeks_to": {"4"}, "gap": {"Would be understood by others. Is not yet."}, "closing": {"Speech alone, three times a week"},
		"expected": {"80"}, "now": {"45"}, "now_to": {"47"}, "rate": {"1"}, "weekly": {"60"}, "factor": {"0.5"}}
	text = words(h.get(at+"?"+v.Encode()).is(t, http.StatusOK))
	for _, want := range []string{
		// From the week of February 3, 2025, five weeks had no speech, 300 minutes. Without the
		// first two weeks 180 are left, without the first four 60. Later came 60 and 240.
		"From 360 minutes (6 hours)", "School weeks since February 4, 2025",
		// 33 or 35 weeks of growth, an hour each.
		"From 1,980 minutes (33 hours) to 2,100 minutes (35 hours)",
		// Half of 690 and of 990.
		"From 345 minutes (5.8 hours) to 495 minutes (8.3 hours)", "Would be understood by others. Is not yet.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	// What cannot be read is told, and nothing is counted from it.
	v.Set("rate", "-1")
	v.Set("weeks", "a few")
	v.Set("known", "yesterday")
	text = words(h.get(at+"?"+v.Encode()).is(t, http.StatusOK))
	if !strings.Contains(text, "Write a number, such as 83.8") || !strings.Contains(text, "How fast the child was expected to grow") || !strings.Contains(text, "Write a whole number") {
		t.Error(text)
	}
	// A table.
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(h.get(at+".csv").is(t, http.StatusOK).body, "\uFEFF"))).ReadAll()
	if err != nil || len(rows) != 7 || rows[1][3] != "690" || rows[1][4] != "990" || rows[1][5] != "11.5" {
		t.Error(err, rows)
	}
	h.get(at+"?service=ot").is(t, http.StatusOK).says(t, "Occupational therapy")
	h.speaks("es", people.Plain)
	h.get(at+"?"+v.Encode()).is(t, http.StatusOK).says(t, "Maneras de contar lo que se le puede deber a Lina", "Noveno Circuito")
}

// What is put in is kept for one person, until it is forgotten.
func TestMakeUpKeeps(t *testing.T) {
	h, c := lina(t)
	at := c + "/carry/make-up"
	v := url.Values{"service": {"slp"}, "gap": {"Kept words"}, "factor": {"0.5"}, "from": {"2025"}, "do": {"keep"}}
	for range 2 {
		h.post(at, v).is(t, http.StatusSeeOther)
	}
	text := words(h.get(at+"?service=slp").is(t, http.StatusOK))
	if !strings.Contains(text, "Kept words") || !strings.Contains(text, "These inputs were kept for you") || !strings.Contains(text, "School years 2025-26 to") {
		t.Error(text)
	}
	if text := words(h.get(at+"?service=ot").is(t, http.StatusOK)); strings.Contains(text, "Kept words") {
		t.Error("kept for another service")
	}
	h.post(at, url.Values{"service": {"slp"}, "do": {"forget"}}).is(t, http.StatusSeeOther)
	if text := words(h.get(at+"?service=slp").is(t, http.StatusOK)); strings.Contains(text, "Kept words") {
		t.Error("not forgotten")
	}
}

// Levels come from a goal when somebody says so; where a lower number is better the gap
// is still what is missing.
func TestMakeUpFromAGoal(t *testing.T) {
	h, c := lina(t)
	at := c + "/carry/make-up"
	v := url.Values{"service": {"slp"}, "expected": {"2"}, "now": {"8"}, "rate": {"0.5"}, "lower": {"yes"}, "weekly": {"60"}}
	if text := words(h.get(at+"?"+v.Encode()).is(t, http.StatusOK)); !strings.Contains(text, "720 minutes (12 hours)") { // 6 at a half a week are 12 weeks
		t.Error(text)
	}
	h.get(at+"?service=slp&goal=g1").is(t, http.StatusOK)
	h.get(at+"?service=slp&goal=nothing").is(t, http.StatusOK)
}
