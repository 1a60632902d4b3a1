package web

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"stayput/desk"
	"stayput/people"
	"stayput/plan"
	"stayput/plan/session"
)

// A logHouse is a house with the case of the sample family, in which reading and
// speech are in force from February 2026.
type logHouse struct {
	*house
	path string
}

func logged(t testing.TB) *logHouse {
	t.Helper()
	h := build(t, "").enter()
	h.now = func() time.Time { return time.Date(2026, 5, 4, 15, 0, 0, 0, time.Local) }
	return &logHouse{h, h.openText(unlogged(t))}
}

// unlogged is the case of the sample family before anybody logged a session.
func unlogged(t testing.TB) string {
	t.Helper()
	text := example(t, "family/maya.yaml")
	before, rest, ok := strings.Cut(text, "\ndelivery:")
	_, after, more := strings.Cut(rest, "\nprogress:")
	if !ok || !more {
		t.Fatal("the example has no logs to leave out")
	}
	return before + "\nprogress:" + after
}

// look is the case as it stands.
func (h *logHouse) look() *desk.Case {
	h.t.Helper()
	c, err := h.site.desk.Case(h.t.Context(), h.who(), people.CaseID(strings.TrimPrefix(h.path, "/cases/")), desk.View{})
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

// sessions are what stands, in one line each.
func (h *logHouse) sessions() string {
	var out []string
	for _, l := range h.look().Logged().Sessions {
		makes := ""
		if l.Makes != "" {
			makes = " makes"
		}
		out = append(out, fmt.Sprintf("%s %s %s %s%s", l.On, l.Service, l.Minutes, l.Outcome, makes))
	}
	return strings.Join(out, "\n")
}

// give uploads a file and gives where it waits.
func (h *logHouse) give(name string, data []byte) string {
	h.t.Helper()
	return h.upload(h.path+"/carry/import", url.Values{"from": {"provider"}}, sent{"file", name, data}).is(h.t, http.StatusSeeOther).header.Get("Location")
}

// sheet is a workbook with the given rows.
func sheetOf(t testing.TB, change func(*excelize.File), rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, r := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &r); err != nil {
			t.Fatal(err)
		}
	}
	if change != nil {
		change(f)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var logHead = []any{"Session Date", "Service", "Minutes", "Status", "Student", "Social Security Number", "Notes", "Makes up"}

func logRows(student string) [][]any {
	return [][]any{logHead,
		{"2/24/2026", "Speech and language", 30, "Present", student, "123-45-6789", "/r/", nil},
		{"3/3/2026", "Therapy with Ms. Rivera", 30, "SLP absent", student, "123-45-6789", "", nil},
		{"3/10/2026", "Therapy with Ms. Rivera", 20, "Make-up", student, "", "", "3/3/2026"},
		{"3/17/2026", "Reading support", 30, "cancelled", student, "", "", nil},
		{"3/18/2026", "Reading support", 30, "Present", "Somebody Else", "", "secret of another child", nil},
		{"2/24/2026", "Speech and language", 30, "Present", student, "", "", nil},
	}
}

// A school's spreadsheet goes from columns to rows to the record, and back out.
func TestLogJourney(t *testing.T) {
	h := logged(t)
	h.get(h.path+"/carry/import").is(t, http.StatusOK).says(t, "not an accusation", "/help/getting_logs")
	name := h.look().File.Case.Child.Name
	data := sheetOf(t, nil, logRows(name)...)
	to := h.give("speech log.xlsx", data)
	if strings.HasSuffix(to, "/rows") {
		t.Fatal("a header nobody confirmed is taken as known")
	}
	h.get(to+"/rows").is(t, http.StatusSeeOther) // the columns come first
	page := h.get(to).is(t, http.StatusOK).says(t, "Social Security Number", "never read")
	if strings.Contains(page.body, "123-45") || strings.Contains(page.body, `name="target5"`) {
		t.Error("what may not be kept is shown")
	}
	form := chosen(page.body)
	form.Set("child", "")
	h.post(to, form).is(t, http.StatusUnprocessableEntity).says(t, "how this child is written")
	form.Set("child", name)
	form.Set("target0", "ignore")
	h.post(to, form).is(t, http.StatusUnprocessableEntity).says(t, "which column holds the date")
	form.Set("target0", "date")
	h.post(to, form).is(t, http.StatusSeeOther)

	// The plan does not know one name, and one row cannot be read.
	rows := h.get(to+"/rows").is(t, http.StatusOK).says(t, "Therapy with Ms. Rivera", "1 row is about another child", "does not say why", "1 row cannot be added")
	if strings.Contains(rows.body, "secret of another") || strings.Contains(rows.body, "Somebody") {
		t.Error("a row of another child is shown")
	}
	h.post(to+"/rows", url.Values{"refused": {"yes"}}).is(t, http.StatusUnprocessableEntity).says(t, "which service each name means")
	h.post(to+"/rows", url.Values{"answers": {"yes"}, "word0": {"therapy with ms rivera"}, "means0": {"nonsense"}}).is(t, http.StatusSeeOther)
	h.get(to+"/rows").says(t, "Choose a service")
	h.post(to+"/rows", url.Values{"answers": {"yes"}, "word0": {"therapy with ms rivera"}, "means0": {"slp"}}).is(t, http.StatusSeeOther)
	h.get(to+"/rows").is(t, http.StatusOK)
	// Nothing is added in half.
	h.post(to+"/rows", nil).is(t, http.StatusUnprocessableEntity).says(t, "1 row cannot be added as it is")
	h.post(to+"/rows", url.Values{"refused": {"yes"}, "skip": {"soon"}}).is(t, http.StatusUnprocessableEntity).says(t, "no number of a row")
	if got := h.sessions(); got != "" {
		t.Fatalf("something was added: %s", got)
	}
	if csv := h.get(to+"/report.csv").is(t, http.StatusOK); !strings.Contains(csv.body, "2026-02-24") || strings.Contains(csv.body, "Somebody") {
		t.Errorf("the report is %s", csv.body)
	}
	add := url.Values{"refused": {"yes"}, "skip": {"7"}}
	receipt := h.post(to+"/rows", add).is(t, http.StatusSeeOther).header.Get("Location")
	if again := h.post(to+"/rows", add).is(t, http.StatusSeeOther).header.Get("Location"); again != receipt {
		t.Errorf("sent twice, it led to %s and %s", receipt, again)
	}
	want := "2026-02-24 slp 30 delivered\n2026-03-03 slp 30 missed_provider\n2026-03-10 slp 20 make_up makes"
	if got := h.sessions(); got != want {
		t.Fatalf("stands:\n%s", got)
	}
	h.get(receipt).is(t, http.StatusOK).says(t, "speech log.xlsx", "3 sessions", "Make-up session", "Take back 3 sessions")
	h.get(h.path+"/carry/imports").is(t, http.StatusOK).says(t, "speech log.xlsx")

	// The next file of this header asks nothing, and says what is there already.
	to = h.give("next.xlsx", data)
	if !strings.HasSuffix(to, "/rows") {
		t.Fatalf("the columns are asked again: %s", to)
	}
	h.get(to).is(t, http.StatusOK).says(t, "in the record already")
	h.post(to, url.Values{"refused": {"yes"}, "already": {"yes"}}).is(t, http.StatusUnprocessableEntity).says(t, "No row is left")
	h.get(strings.TrimSuffix(to, "/rows")).is(t, http.StatusOK).says(t, "as they were set last time")

	// Back out, twice.
	undo := url.Values{"name": {desk.NewName()}}
	for range 2 {
		h.post(receipt+"/undo", undo).is(t, http.StatusSeeOther)
	}
	h.post(receipt+"/undo", url.Values{"name": {desk.NewName()}}).is(t, http.StatusSeeOther)
	if got := h.sessions(); got != "" {
		t.Fatalf("stands after it was taken back:\n%s", got)
	}
	if page := h.get(receipt).is(t, http.StatusOK).says(t, "Taken back on", "Nothing of it counts"); strings.Contains(page.body, receipt+"/undo") {
		t.Error("it can be taken back once more")
	}
	h.get(h.path+"/carry/imports/"+desk.NewName()).is(t, http.StatusNotFound)
	h.post(h.path+"/carry/imports/"+desk.NewName()+"/undo", nil).is(t, http.StatusNotFound)
}

// A log that waits belongs to one person and one case.
func TestLogWaitsForOneCase(t *testing.T) {
	h := logged(t)
	other := h.openText(unlogged(t))
	to := h.give("a.csv", []byte(logText))
	there := strings.Replace(to, h.path, other, 1)
	for _, rest := range []string{"", "/rows", "/report.csv", "/plan"} {
		h.get(there+rest).is(t, http.StatusNotFound)
		h.get(h.path+"/carry/import/"+desk.NewName()+rest).is(t, http.StatusNotFound)
	}
	parcel := to[strings.LastIndex(to, "/")+1:]
	h.get("/import/"+parcel).is(t, http.StatusNotFound)
	h.get("/import/sheet/"+parcel).is(t, http.StatusNotFound)
}

// A log that was pasted, with what is missing asked of the form.
func TestLogPasted(t *testing.T) {
	h := logged(t)
	take := func(text, service string) answer {
		return h.upload(h.path+"/carry/import", url.Values{"from": {"provider"}, "text": {text}, "service": {service}})
	}
	take("", "").is(t, http.StatusUnprocessableEntity).says(t, "Choose a file")
	take(strings.Repeat("- \n", 10), "").is(t, http.StatusUnprocessableEntity).says(t, "No session was found")
	to := take("Feb 24, 2026 speech and language 30 min, provided\n3/3/2026 therapist absent\nsomething\n3/10/2026 30 min -5 min\n", "").is(t, http.StatusSeeOther).header.Get("Location")
	h.get(strings.TrimSuffix(to, "/rows")).is(t, http.StatusSeeOther)
	h.get(to).is(t, http.StatusOK).says(t, "The service is not named", "several lengths of time")
	to = take("Feb 24, 2026 speech and language 30 min, provided\n3/3/2026 therapist absent\n", "slp").is(t, http.StatusSeeOther).header.Get("Location")
	receipt := h.post(to, nil).is(t, http.StatusSeeOther).header.Get("Location")
	if got := h.sessions(); got != "2026-02-24 slp 30 delivered\n2026-03-03 slp - missed_provider" && got != "2026-02-24 slp 30 delivered\n2026-03-03 slp  missed_provider" {
		t.Errorf("stands:\n%s", got)
	}
	h.get(receipt).is(t, http.StatusOK).says(t, "Text that was pasted")
}

// Files that cannot be taken are refused in words, and nothing of them is kept.
func TestLogRefusedFiles(t *testing.T) {
	h := logged(t)
	head := []any{"Date", "Service", "Minutes", "Status"}
	row := []any{"2026-02-24", "slp", 30, "Present"}
	good := sheetOf(t, nil, head, row)
	var locked bytes.Buffer
	if err := excelize.NewFile().Write(&locked, excelize.Options{Password: "secret"}); err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		file string
		data []byte
		says string
	}{
		"macros":     {"a.xlsx", withPart(t, good, "xl/vbaProject.bin", "x"), "holds macros"},
		"password":   {"a.xlsx", locked.Bytes(), "password"},
		"empty":      {"a.csv", []byte(" \n"), "empty"},
		"nothing":    {"a.csv", nil, "empty"},
		"no log":     {"a.csv", []byte("a,b\n1,2\n"), "No row names the columns"},
		"picture":    {"a.xlsx", []byte("\xff\xd8\xff\xe0"), ""},
		"pdf":        {"a.pdf", []byte("%PDF-1.7"), "PDF"},
		"old":        {"a.xls", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1xxxxxxxx"), ".xls"},
		"html":       {"a.csv", []byte("<script>alert(1)</script>"), "HTML"},
		"huge":       {"a.csv", bytes.Repeat([]byte("2026-02-24,slp,30\n"), 1<<20*26/18), "too big"},
		"bomb":       {"a.xlsx", withPart(t, good, "xl/worksheets/sheet1.xml", "<worksheet><sheetData>"+strings.Repeat("<row/>", 3_000_000)), "too big when unpacked"},
		"other seis": {"a.csv", []byte("SEIS ID,Last Name,Annual Goal #,Baseline\n1,2,3,4\n"), "columns are missing"},
		"testing":    {"a.csv", []byte("Student SSID,SEIS ID,FirstName\n1,2,3\n"), "testing spreadsheet"},
		"half seis":  {"a.csv", []byte("SEIS ID,Special Education Service Code,Service Duration\n1,415,30\n"), "SEIS"},
	} {
		t.Run(name, func(t *testing.T) {
			h.upload(h.path+"/carry/import", url.Values{"from": {"provider"}}, sent{"file", x.file, x.data}).is(t, http.StatusUnprocessableEntity).says(t, x.says)
		})
	}
	h.upload(h.path+"/carry/import", nil, sent{"file", "a.csv", []byte("a")}, sent{"file", "b.csv", []byte("b")}).is(t, http.StatusUnprocessableEntity).says(t, "one file at a time")
	h.upload(h.path+"/carry/import", url.Values{"text": {"2/24/2026 30 min"}}, sent{"file", "a.csv", good}).is(t, http.StatusUnprocessableEntity).says(t, "a file and a text")
	if got := h.sessions(); got != "" {
		t.Errorf("stands: %s", got)
	}
}

// withPart is a workbook with one part more, or another one in its place.
func withPart(t testing.TB, data []byte, name, text string) []byte {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for _, f := range zr.File {
		if f.Name == name {
			continue
		}
		if err := zw.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	w, err := zw.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	w.Write([]byte(text))
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Merged cells, formulas, three styles of dates and both systems of dates come
// through the page as the reader says them; a cell that a spreadsheet would run as a
// formula does not run out of the report.
func TestLogOddWorkbooks(t *testing.T) {
	h := logged(t)
	mac := true
	data := sheetOf(t, func(f *excelize.File) {
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &mac}); err != nil {
			t.Fatal(err)
		}
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			t.Fatal(err)
		}
		f.SetCellStyle("Sheet1", "A2", "A2", style)
		f.MergeCell("Sheet1", "B4", "B5")
		f.SetCellFormula("Sheet1", "C3", "15+15")
	}, []any{"Date", "Service", "Minutes", "Status", "Reason", "Provider"},
		[]any{46077 - 1462, "slp", 30, "Present", "", "=cmd|' /C calc'!A0"},
		[]any{"March 3, 2026", "slp", 30, "Present"},
		[]any{"2026-03-10", "slp", 30, "Present"},
		[]any{"3/17/2026", nil, 30, "Present"},
		[]any{"3/24/2026", "slp", -3, "Present"},
		[]any{"3/25/2026", "slp", 1441, "Present"},
		[]any{"3/25/2031", "slp", 30, "Present"})
	to := h.give("odd.xlsx", data)
	h.post(to, chosen(h.get(to).body)).is(t, http.StatusSeeOther)
	h.get(to+"/rows").is(t, http.StatusOK).says(t, "merged cell", "3 rows cannot be added", "One cell is a formula", "has not come yet", "below zero", "1,440 minutes")
	if csv := h.get(to + "/report.csv").body; !strings.Contains(csv, `'=cmd`) {
		t.Errorf("a formula gets out: %s", csv)
	}
	h.post(to+"/rows", url.Values{"refused": {"yes"}}).is(t, http.StatusSeeOther)
	want := "2026-02-24 slp 30 delivered\n2026-03-03 slp 30 delivered\n2026-03-10 slp 30 delivered\n2026-03-17 slp 30 delivered"
	if got := h.sessions(); got != want {
		t.Errorf("stands:\n%s", got)
	}
}

// The spreadsheets of SEIS become one draft, which counts for nothing.
func TestLogSEIS(t *testing.T) {
	h := logged(t)
	before := len(h.look().Folder.File.Plans)
	carried, err := h.look().Carried()
	if err != nil {
		t.Fatal(err)
	}
	promises := len(carried.Promises)
	services := "SEIS ID,SSID,Student Legal First Name,Student Legal Last Name,Student Birth Date,Special Education Service Code,Service Duration,Service Frequency Code,Special Education Service Location Code\n" +
		"1001,9,Maya,Sample,4/2/2015,415 - Language and Speech,750,40 - Yearly,520 - Separate classroom\n1001,9,Maya,Sample,4/2/2015,415 - Language and Speech,30,20 - Weekly,\n1002,8,Other,Childname,1/1/2014,330 - SAI,30,10 - Daily,\n1001,9,Maya,Sample,,450 - OT,30,99 - Any,\n"
	to := h.give("services.csv", []byte(services))
	if !strings.HasSuffix(to, "/plan") {
		t.Fatal(to)
	}
	page := h.get(to).is(t, http.StatusOK)
	if strings.Contains(page.body, "Childname") {
		t.Error("the page names another child")
	}
	if strings.Contains(page.body, "Find the child") {
		h.post(to, url.Values{"child": {"nobody"}}).is(t, http.StatusSeeOther)
		h.get(to).says(t, "is not in the file")
		h.post(to, url.Values{"child": {"Sample, Maya"}}).is(t, http.StatusSeeOther)
	}
	h.get(to).is(t, http.StatusOK).says(t, "750 minutes a year", "30 minutes a week", "1 other child", "(M.S.)", "frequency")
	h.post(to, url.Values{"into": {"iep-2026"}}).is(t, http.StatusUnprocessableEntity).says(t, "no draft any more")
	plan1 := h.post(to, url.Values{"into": {""}}).is(t, http.StatusSeeOther).header.Get("Location")
	if again := h.post(to, url.Values{"into": {""}}).is(t, http.StatusSeeOther).header.Get("Location"); again != plan1 {
		t.Errorf("sent twice, it led to %s and %s", plan1, again)
	}
	h.get(plan1).is(t, http.StatusOK).says(t, "Language and Speech")

	goals := "SEIS ID,Last Name,First Name,Birthdate,IEP Date,Area Of Need,Annual Goal #,Baseline,Goal\n1001,Sample,Maya,4/2/2015,3/28/2026,Reading,1,45 words,Read 90 words a minute.\n1001,Sample,Maya,4/2/2015,3/28/2026,Speech,2,,Say /r/.\n"
	to = h.give("goals.csv", []byte(goals))
	page = h.get(to).is(t, http.StatusOK).says(t, "Read 90 words a minute.", "Baseline: 45 words")
	into := regexp.MustCompile(`<option value="([^"]+)" selected>`).FindStringSubmatch(page.body)
	if into == nil {
		t.Fatal("the draft of the services is not offered first")
	}
	h.post(to, url.Values{"into": {html.UnescapeString(into[1])}}).is(t, http.StatusSeeOther)
	to = h.give("goals.csv", []byte(goals))
	h.get(to).says(t, "In the draft already")
	h.post(to, url.Values{"into": {html.UnescapeString(into[1])}}).is(t, http.StatusUnprocessableEntity).says(t, "Every row is in the draft already")

	c := h.look()
	plans, err := c.Plans()
	if err != nil || len(plans) != before+1 {
		t.Fatalf("%d plans, %v", len(plans), err)
	}
	p := plan.Find(plans, into[1])
	if p == nil || p.Status != "draft" || len(p.Services) != 2 || len(p.Goals) != 2 || p.Goals[0].ID == p.Goals[1].ID || p.Services[0].Total.N != 750 {
		t.Fatalf("%+v", p)
	}
	if carried, err = c.Carried(); err != nil || len(carried.Promises) != promises {
		t.Errorf("a draft promises something: %d, %d, %v", len(carried.Promises), promises, err)
	}
}

// bigLog is a workbook with n sessions.
func bigLog(t testing.TB, n int) []byte {
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.SetRow("A1", []any{"Session Date", "Service", "Minutes", "Status", "Reason", "Provider", "Notes"}); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		row := []any{46062 + i%80, []string{"Speech and language", "Reading support"}[i%2], 30, "Provided", "", fmt.Sprint("Provider ", i%40), fmt.Sprint("Worked on goal ", i)}
		if i%9 == 0 {
			row[3], row[4] = "Student absent", "ill"
		}
		if err := w.SetRow(fmt.Sprint("A", i+2), row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// 20,000 rows through the pages: the report shows the beginning of each sort, its
// table has all, and all of it is added as one act and taken back as one.
func TestLogTwentyThousandRows(t *testing.T) {
	h := logged(t)
	data := bigLog(t, 20_000)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	step := time.Now()
	lap := func(what string) {
		t.Logf("%s: %v", what, time.Since(step).Round(time.Millisecond))
		step = time.Now()
	}
	to := h.give("year.xlsx", data)
	lap("upload")
	h.post(to, chosen(h.get(to).body)).is(t, http.StatusSeeOther)
	lap("columns")
	page := h.get(to+"/rows").is(t, http.StatusOK)
	lap("report")
	runtime.GC()
	runtime.ReadMemStats(&after)
	live := int64(after.HeapAlloc) - int64(before.HeapAlloc)
	t.Logf("%d bytes of page, %d MB live while it waits", len(page.body), live>>20)
	if len(page.body) > 400_000 {
		t.Errorf("the page is %d bytes", len(page.body))
	}
	if live > 64<<20 {
		t.Errorf("%d MB stay in memory", live>>20)
	}
	if n := strings.Count(h.get(to+"/report.csv").body, "\r\n"); n != 20_001 {
		t.Errorf("%d lines in the report", n)
	}
	lap("report as a table")
	receipt := h.post(to+"/rows", nil).is(t, http.StatusSeeOther).header.Get("Location")
	lap("added")
	h.get(receipt).is(t, http.StatusOK).says(t, "20000 session")
	lap("receipt")
	if n := len(h.look().Logged().Sessions); n != 20_000 {
		t.Errorf("%d sessions", n)
	}
	h.post(receipt+"/undo", url.Values{"name": {desk.NewName()}}).is(t, http.StatusSeeOther)
	lap("taken back")
	if n := len(h.look().Logged().Sessions); n != 0 {
		t.Errorf("%d sessions after it was taken back", n)
	}
}

func BenchmarkLogReport(b *testing.B) {
	h := logged(b)
	to := h.give("year.xlsx", bigLog(b, 20_000))
	h.post(to, chosen(h.get(to).body)).is(b, http.StatusSeeOther)
	b.ReportAllocs()
	for b.Loop() {
		h.get(to+"/rows").is(b, http.StatusOK)
	}
}

// An import that fails while it is written leaves nothing: neither a line nor a mark
// that it was there. It can be sent again, and then it stands once.
func TestLogBrokenOff(t *testing.T) {
	h := logged(t)
	to := h.give("a.csv", []byte("Date,Service,Minutes,Status\n2026-02-24,slp,30,Present\n2026-03-03,slp,30,Present\n"))
	h.post(to, chosen(h.get(to).body)).is(t, http.StatusSeeOther)
	c := h.look()
	ctx, stop := h.brokenOff()
	_, err := h.site.desk.AddLog(ctx, h.who(), c.ID, desk.NewLog{Name: desk.NewName(), Via: "sheet", Sessions: []session.Log{{On: c.Today, Service: "slp", Outcome: session.Delivered, Minutes: plan.CountOf(30)}}})
	stop()
	if err == nil || h.sessions() != "" || slices.ContainsFunc(h.look().Logged().Batches, imported) {
		t.Fatalf("an act that was broken off stands: %v %s", err, h.sessions())
	}
	h.post(to+"/rows", nil).is(t, http.StatusSeeOther)
	if n := len(h.look().Logged().Sessions); n != 2 {
		t.Errorf("%d sessions", n)
	}
}

// brokenOff is a context that ends before anything is written.
func (h *logHouse) brokenOff() (context.Context, context.CancelFunc) {
	ctx, stop := context.WithCancel(h.t.Context())
	stop()
	return ctx, stop
}
