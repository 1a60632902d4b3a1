package web

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"stayput/desk"
	"stayput/intake/casefile"
	"stayput/law/packs"
	"stayput/people"
	"stayput/store/sqlite"
)

// calHouse is a program that runs on a real store, on a day of one's choice, with
// the calendars that come with the program.
func calHouse(t testing.TB, today string) *house {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04 MST", today+" 18:00 UTC")
	if err != nil {
		t.Fatal(err)
	}
	store, err := sqlite.Open(context.Background(), sqlite.Options{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, log: &lines{}, now: func() time.Time { return at }}
	d := desk.New(desk.Options{Store: store, Book: book, Calendars: packs.Calendars(), Now: func() time.Time { return h.now() }})
	h.site, err = New(Options{Desk: d, Sessions: store.Sessions(), Log: slog.New(slog.NewJSONHandler(h.log, nil)), Version: "test", Now: func() time.Time { return h.now() }})
	if err != nil {
		t.Fatal(err)
	}
	h.server = httptest.NewServer(h.site.Handler())
	u, _ := url.Parse(h.server.URL)
	h.site.hosts[u.Host] = true
	h.site.hosts["localhost:"+u.Port()] = true
	h.client = h.browser()
	t.Cleanup(func() { h.server.Close(); store.Close() })
	return h.enter()
}

// who is the one person of the house.
func (h *house) who() desk.Who {
	h.t.Helper()
	who, found, err := h.site.desk.Owner(context.Background())
	if err != nil || !found {
		h.t.Fatal(found, err)
	}
	return who
}

// speaks makes the person read a language and a register.
func (h *house) speaks(lang string, r people.Register) {
	h.t.Helper()
	p := h.who().Person
	p.Lang, p.Register = lang, r
	if err := h.site.desk.SavePerson(context.Background(), h.who(), p); err != nil {
		h.t.Fatal(err)
	}
}

// openText begins a case from the text of a case file, and gives its path.
func (h *house) openText(text string) string {
	h.t.Helper()
	f, err := casefile.Read("case.yaml", []byte(text))
	if err != nil {
		h.t.Fatal(err)
	}
	id, err := h.site.desk.OpenCase(context.Background(), h.who(), desk.NewCase{File: f, Via: "import"})
	if err != nil {
		h.t.Fatal(err)
	}
	return "/cases/" + string(id)
}

func example(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("../../examples/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// sendFile posts a file as a browser does.
func (h *house) sendFile(path, name string, data []byte, fields ...string) answer {
	h.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for i := 0; i+1 < len(fields); i += 2 {
		m.WriteField(fields[i], fields[i+1])
	}
	w, _ := m.CreateFormFile("file", name)
	w.Write(data)
	m.Close()
	return h.send("POST", path, b.String(), map[string]string{"Content-Type": m.FormDataContentType()})
}

// hidden gathers the fields that a page's form carries along.
func hidden(body string) url.Values {
	v := url.Values{}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		v.Set(m[1], unescape(m[2]))
	}
	return v
}

func unescape(s string) string {
	return strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&lt;", "<", "&gt;", ">", "&#43;", "+", "&amp;", "&").Replace(s)
}

func newForm(case_, name, first, last, complete string, rows ...string) url.Values {
	v := url.Values{"form": {desk.NewName()}, "case": {case_}, "name": {name}, "year": {"2025-26"}, "first": {first}, "last": {last}, "complete": {complete}, "do": {"save"}}
	for i := 0; i+2 < len(rows); i += 3 {
		at := fmt.Sprint(i / 3)
		v.Set("n"+at, rows[i])
		v.Set("a"+at, rows[i+1])
		v.Set("b"+at, rows[i+2])
	}
	v.Set("rows", fmt.Sprint(len(rows)/3))
	return v
}

const oneRequest = `stayput: 1
case: {title: "One request", jurisdiction: us-ca, zone: America/Los_Angeles}
record:
  - {id: ask, on: 2025-09-08, kind: evaluation_requested}
`

// A case without a calendar asks for the least; a calendar made from a few
// answers settles the date; a longer break moves it, and the page says so before
// anything is saved. The dates are counted by hand: the plan is due 15 calendar
// days after September 8, days of a break of more than five school days left
// out. Without a break: September 23. With a break from Wednesday the 17th to
// Thursday the 25th: the 9th to the 16th are days 1 to 8, the 26th is day 9,
// October 2 is day 15.
func TestWhatMoves(t *testing.T) {
	h := calHouse(t, "2025-09-10")
	at := h.openText(oneRequest)
	id := strings.TrimPrefix(at, "/cases/")
	h.get(at+"/clocks").is(t, 200).says(t, "One thing would settle this", "No school calendar for 2025-26", "/calendars/new?case="+id)
	h.get("/calendars/new?case="+id+"&year=2025-26").is(t, 200).says(t, "School or district", "Winter break", "One request")
	form := newForm(id, "Lincoln Elementary", "2025-08-11", "2026-05-28", "yes", "Winter break", "2025-12-22", "2026-01-02", "Labor Day", "9/1/2025", "")
	a := h.post("/calendars/new", form).is(t, 303)
	cal := a.header.Get("Location")
	h.post("/calendars/new", form).is(t, 303) // sent twice
	page := h.get(cal).is(t, 200).says(t, "Lincoln Elementary 2025-26", "vacation", "holiday", "Monday, August 11, 2025", "is now used for this case")
	if strings.Contains(page.body, "Version 2") {
		t.Error("the form sent twice saved two versions")
	}
	h.get(at+"/clocks").is(t, 200).says(t, `datetime="2025-09-23"`)
	path := strings.SplitN(cal, "?", 2)[0]
	edit := h.get(path+"/edit").is(t, 200).says(t, "Winter break", "2025-12-22")
	v := hidden(edit.body)
	change := url.Values{"was": {v.Get("was")}, "rows": {"3"}, "name": {"Lincoln Elementary 2025-26"}, "first": {"2025-08-11"}, "last": {"2026-05-28"}, "complete": {"yes"}, "do": {"look"},
		"n0": {"Winter break"}, "a0": {"2025-12-22"}, "b0": {"2026-01-02"}, "k0": {"vacation"}, "o0": {"yes"},
		"n1": {"Labor Day"}, "a1": {"2025-09-01"}, "k1": {"holiday"}, "o1": {"yes"}, "x1": {"yes"},
		"n2": {"Harvest break"}, "a2": {"2025-09-17"}, "b2": {"2025-09-25"}, "k2": {"vacation"}}
	moves := h.post(path+"/edit", change).is(t, 200).says(t, "1 date would move", "Sep 23, 2025", "Oct 2, 2025", "Added: Harvest break", "Taken out: Labor Day", "One request")
	h.get(at+"/clocks").is(t, 200).says(t, `datetime="2025-09-23"`) // nothing is saved yet
	// Somebody else saves meanwhile: both are shown, and mine is not lost.
	other := hidden(moves.body)
	other.Set("body", strings.Replace(other.Get("body"), "Harvest break", "Harvest weeks", 1))
	other.Set("do", "save")
	h.post(path+"/edit", other).is(t, 303)
	mine := hidden(moves.body)
	mine.Set("do", "save")
	clash := h.post(path+"/edit", mine).is(t, 409).says(t, "Somebody saved this calendar", "Harvest weeks", "Harvest break")
	mine = hidden(clash.body)
	mine.Set("do", "save")
	h.post(path+"/edit", mine).is(t, 303)
	h.get(path).is(t, 200).says(t, "Version 3", "Version 2", "Harvest break", "Taken out: Harvest weeks")
	h.get(at+"/clocks").is(t, 200).says(t, `datetime="2025-10-02"`)
	one := h.get(at + "/clocks/us-ca.iep_assessment_plan/ask")
	if one.status != 200 {
		m := regexp.MustCompile(regexp.QuoteMeta(at) + `/clocks/[^"?]+`).FindString(h.get(at + "/clocks").body)
		one = h.get(m)
	}
	one.is(t, 200).says(t, "How this date was counted", "Harvest break", "day 15, the last day", "What this does not mean")
	// The calendar comes down as a file and goes in again.
	file := h.get(path+"/file").is(t, 200)
	h.sendFile("/calendars/import", "mine.yaml", []byte(file.body)).is(t, 200).says(t, "Harvest break", "Nothing is saved yet")
	// A day nobody expected.
	h.get(path+"/closure").is(t, 200)
	c := h.post(path+"/closure", url.Values{"was": {"3"}, "a0": {"2025-09-10"}, "k0": {"emergency"}, "n0": {"Smoke"}}).is(t, 200).says(t, "Added: Smoke", "emergency", "No date would move")
	v = hidden(c.body)
	v.Set("do", "save")
	h.post(path+"/edit", v).is(t, 303)
	h.get(path).is(t, 200).says(t, "Version 4", "Smoke")
	// And without it again.
	h.post(at+"/calendars", url.Values{"do": {"drop"}, "calendar": {strings.TrimPrefix(path, "/calendars/")}}).is(t, 303)
	h.get(at+"/clocks").is(t, 200).says(t, "One thing would settle this", "no longer uses")
}

// A calendar that takes the place of another does not contradict it.
func TestUseShipped(t *testing.T) {
	h := calHouse(t, "2025-09-10")
	at := h.openText(oneRequest)
	id := strings.TrimPrefix(at, "/cases/")
	h.get("/calendars?case="+id).is(t, 200).says(t, "Oakland Unified School District", "Use it for One request")
	h.post(at+"/calendars", url.Values{"calendar": {"oakland-usd-2025-26.yaml"}}).is(t, 303)
	h.get(at+"/clocks").is(t, 200).says(t, "Oakland Unified School District 2025-26 is now used")
	h.post(at+"/calendars", url.Values{"calendar": {"dry-creek-jesd-2025-26.yaml"}}).is(t, 303)
	h.get(at+"/clocks").is(t, 200).says(t, "in place of Oakland")
	h.get("/calendars/dry-creek-jesd-2025-26.yaml?case="+id).is(t, 200).says(t, "Stop using this calendar", "comes with Stayput")
	// Changing one that comes with the program makes a copy of one's own.
	a := h.post("/calendars/dry-creek-jesd-2025-26.yaml/closure", url.Values{"was": {"0"}, "a0": {"2025-10-01"}, "k0": {"emergency"}}).is(t, 200)
	v := hidden(a.body)
	v.Set("do", "save")
	h.post("/calendars/dry-creek-jesd-2025-26.yaml/edit", v).is(t, 303)
	h.get("/calendars/dry-creek-jesd-2025-26.yaml").is(t, 200).says(t, "Version 1")
	if n := strings.Count(h.get("/calendars").body, "dry-creek-jesd-2025-26.yaml"); n != 1 {
		t.Errorf("the calendar is listed %d times", n)
	}
}

// What is not known yet stays open, and the page says what.
func TestPartialCalendar(t *testing.T) {
	h := calHouse(t, "2025-09-10")
	at := h.openText(oneRequest)
	id := strings.TrimPrefix(at, "/cases/")
	a := h.post("/calendars/new", newForm(id, "Lincoln", "2025-08-11", "", "unknown", "Winter break", "2025-12-22", "2026-01-02")).is(t, 303)
	h.get(a.header.Get("Location")).is(t, 200).says(t, "not known yet", "Not complete", "Without the last day of school")
	h.get("/calendars").is(t, 200).says(t, "Not complete")
	// More rows without a script, and nothing typed is lost.
	v := newForm(id, "Lincoln", "2025-08-11", "", "unknown", "Winter break", "2025-12-22", "")
	v.Set("do", "more")
	h.post("/calendars/new", v).is(t, 200).says(t, "Lincoln", "2025-12-22", `name="n4"`)
	v.Set("rows", "12")
	if b := h.post("/calendars/new", v).is(t, 200).body; strings.Contains(b, `name="n12"`) || strings.Contains(b, "Add more rows") {
		t.Error("a form has more than twelve rows")
	}
}

func TestHostileCalendars(t *testing.T) {
	h := calHouse(t, "2025-09-10")
	at := h.openText(oneRequest)
	id := strings.TrimPrefix(at, "/cases/")
	// Days in the wrong order, days that are none, and days outside the year.
	h.post("/calendars/new", newForm("", "X", "2026-05-28", "2025-08-11", "yes")).is(t, 422).says(t, "Exchange the two days")
	h.post("/calendars/new", newForm("", "X", "2025-08-11", "2026-05-28", "yes", "Break", "2025-12-22", "2025-12-01")).is(t, 422).says(t, "before it begins", `id="e-b0"`)
	h.post("/calendars/new", newForm("", "X", "2025-02-30", "", "yes")).is(t, 422).says(t, "is not a day")
	h.post("/calendars/new", newForm("", "X", "0001-01-01", "9999-12-31", "yes")).is(t, 422)
	h.post("/calendars/new", newForm("", "X", "2025-08-11", "2026-05-28", "yes", "Summer", "2026-06-10", "2026-06-20")).is(t, 422).says(t, "outside the school year")
	h.post("/calendars/new", newForm("", "", "2025-08-11", "2026-05-28", "yes")).is(t, 422).says(t, "Say which school")
	h.post("/calendars/new", newForm("", "X", "1980-08-11", "2026-05-28", "yes")).is(t, 422).says(t, "longer than a school year")
	// HTML in names stays text.
	evil := `<script>alert(1)</script>"'><img src=x>`
	a := h.post("/calendars/new", newForm(id, evil, "2025-08-11", "2026-05-28", "no", evil, "2025-12-22", "2026-01-02")).is(t, 303)
	for _, p := range []string{a.header.Get("Location"), "/calendars", strings.SplitN(a.header.Get("Location"), "?", 2)[0] + "/edit", at + "/clocks"} {
		if b := h.get(p).is(t, 200).body; strings.Contains(b, "<script>alert") || strings.Contains(b, "<img src=x") {
			t.Errorf("%s holds a script", p)
		}
	}
	if d := h.get(strings.SplitN(a.header.Get("Location"), "?", 2)[0] + "/file").header.Get("Content-Disposition"); strings.ContainsAny(d, "<>'") {
		t.Errorf("the file is called %s", d)
	}
	// Names that would lead elsewhere.
	for _, p := range []string{"/calendars/..%2F..%2Fetc%2Fpasswd", "/calendars/%2e%2e", "/calendars/x/../../etc", "/cases/..%2F/clocks", at + "/clocks/..%2F../x", "/calendars/new?case=../../etc", at + "/rights?right=../x"} {
		if s := h.get(p).status; s >= 500 {
			t.Errorf("%s gave %d", p, s)
		}
	}
	h.post(at+"/calendars", url.Values{"calendar": {"../../etc/passwd"}}).is(t, 404)
	h.post(at+"/calendars", url.Values{"calendar": {"oakland-usd-2025-26.yaml"}, "from": {"soon"}}).is(t, 422)
	// Ten megabytes in a field, a file too large, nothing at all, no calendar.
	h.post("/calendars/new", url.Values{"name": {strings.Repeat("x", 10<<20)}}).is(t, 413)
	h.sendFile("/calendars/import", "big.ics", bytes.Repeat([]byte("x"), importLimit+2)).is(t, 413)
	h.sendFile("/calendars/import", "none.ics", nil).is(t, 422).says(t, "nothing to read")
	h.sendFile("/calendars/import", "x.yaml", []byte("first_day: 2025-08-11\nlast_day: 2025-05-28\n")).is(t, 422).says(t, "Line 2")
	h.sendFile("/calendars/import", "x.png", []byte("\x89PNG\r\n\x00\x01\x02")).is(t, 422)
	h.send("POST", "/calendars/import", "--x\r\njunk", map[string]string{"Content-Type": "multipart/form-data; boundary=x"}).is(t, 400)
	// Recurrences without end.
	var bomb strings.Builder
	bomb.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
	for i := range 300 {
		fmt.Fprintf(&bomb, "BEGIN:VEVENT\r\nUID:%d\r\nDTSTART;VALUE=DATE:20250811\r\nRRULE:FREQ=DAILY\r\nSUMMARY:No School <b>%d</b>\r\nEND:VEVENT\r\n", i, i)
	}
	bomb.WriteString("BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20250811\r\nSUMMARY:First Day of School\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260528\r\nSUMMARY:Last Day of School\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
	got := h.sendFile("/calendars/import", "bomb.ics", []byte(bomb.String()))
	if got.status >= 500 {
		t.Errorf("the bomb gave %d", got.status)
	}
	if strings.Contains(got.body, "<b>0</b>") {
		t.Error("an event's name is HTML")
	}
	// Four hundred closures.
	var many strings.Builder
	many.WriteString("calendar: many\nfirst_day: 2025-01-01\nlast_day: 2025-12-31\nclosures:\n")
	for i := range 400 {
		d := time.Date(2025, 1, 1+i%365, 0, 0, 0, 0, time.UTC)
		fmt.Fprintf(&many, "  - {on: %s, name: Day %d, kind: other}\n", d.Format("2006-01-02"), i)
	}
	got = h.sendFile("/calendars/import", "many.yaml", []byte(many.String())).is(t, 200)
	v := hidden(got.body)
	v.Set("keep0", "yes")
	v.Set("name0", "Many")
	loc := h.post("/calendars/import", v).is(t, 303).header.Get("Location")
	h.get(loc).is(t, 200)
	h.get(loc+"/edit").is(t, 200).says(t, "more days off than fit")
	h.post(loc+"/closure", url.Values{"a0": {"2025-02-03"}, "was": {"1"}, "k0": {"other"}}).is(t, 200)
	// A body that is no calendar is refused, with its line.
	h.post(loc+"/edit", url.Values{"body": {"first_day: nonsense"}, "was": {"1"}, "do": {"save"}}).is(t, 422)
}

// A file of the district: what could not be read is shown before anything is
// saved, and stays with the calendar.
func TestImportICS(t *testing.T) {
	h := calHouse(t, "2025-09-10")
	at := h.openText(oneRequest)
	id := strings.TrimPrefix(at, "/cases/")
	data, err := os.ReadFile("../../intake/calendar/testdata/district.ics")
	if err != nil {
		t.Fatal(err)
	}
	h.get("/calendars/import?case="+id).is(t, 200).says(t, "One request")
	a := h.sendFile("/calendars/import", "district.ics", data, "case", id).is(t, 200).says(t, "Holiday Concert", "Thanksgiving Break", "Nothing is saved yet", "Monday, August 11, 2025")
	if strings.Contains(h.get("/calendars").body, "Invented") {
		t.Error("a calendar was saved before anybody said so")
	}
	v := hidden(a.body)
	h.post("/calendars/import", v).is(t, 422).says(t, "No school year was marked")
	v.Set("keep0", "yes")
	loc := h.post("/calendars/import", v).is(t, 303).header.Get("Location")
	h.get(loc).is(t, 200).says(t, "Holiday Concert", "Winter Break", "is now used for this case")
	h.get(at+"/clocks").is(t, 200).says(t, `datetime="2025-09-23"`)
}

// Every page of a full case, in both languages and registers; and the table as a
// file, which no spreadsheet takes for formulas.
func TestClockPages(t *testing.T) {
	h := calHouse(t, "2026-04-20")
	at := h.openText(strings.Replace(example(t, "family/maya.yaml"), `"Sample: Maya R."`, `"=HYPERLINK(1)"`, 1))
	links := regexp.MustCompile(`href="(` + regexp.QuoteMeta(at) + `/(?:clocks|rights)[^"]*)"`)
	for _, lang := range []string{"en", "es"} {
		for _, r := range []people.Register{people.Plain, people.Precise} {
			h.speaks(lang, r)
			seen := map[string]bool{}
			todo := []string{at + "/clocks", at + "/clocks?view=table", at + "/clocks?view=list&owes=school", at + "/rights", at + "/clocks?as_of=2026-01-08&known_by=2026-01-31"}
			for len(todo) > 0 && len(seen) < 150 {
				p := todo[0]
				todo = todo[1:]
				if seen[p] || strings.Contains(p, ".csv") {
					continue
				}
				seen[p] = true
				b := h.get(p).is(t, 200).body
				checkPage(t, p+" in "+lang, strings.ReplaceAll(b, "http://", "https://"))
				for _, m := range links.FindAllStringSubmatch(b, -1) {
					todo = append(todo, unescape(m[1]))
				}
			}
			if len(seen) < 40 {
				t.Errorf("only %d pages were reached", len(seen))
			}
			csv := h.get(at+"/clocks.csv").is(t, 200)
			if !strings.HasPrefix(csv.body, "\uFEFF") || strings.Count(csv.body, "\r\n") < 20 {
				t.Errorf("the table is %.200q", csv.body)
			}
			for _, line := range strings.Split(csv.body, "\r\n") {
				if strings.HasPrefix(line, "=") || strings.Contains(line, ",=") {
					t.Errorf("a formula: %s", line)
				}
			}
		}
	}
	h.speaks("en", people.Plain)
	for _, q := range []string{"?as_of=9999-12-31", "?as_of=0001-01-01", "?as_of=x&known_by=y", "?page=99999999999999999999", "?page=-3&part=done", "?sort=-&view=table", "?sort=--due&view=table&part=nothing&page=7", "?owes=" + strings.Repeat("x", 5000), "?as_of=2100-12-31", "?as_of=1975-01-01"} {
		h.get(at+"/clocks"+q).is(t, 200)
		h.get(at+"/rights"+q).is(t, 200)
	}
	h.get(at+"/clocks?part=nothing").is(t, 404)
	h.get(at+"/clocks/no.rule/nobody").is(t, http.StatusNotFound)
	h.get("/cases/nobody/clocks").is(t, http.StatusNotFound)
	if got := harmless("=1+1"); got != "'=1+1" {
		t.Error(got)
	}
}
