package servicelog_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"stayput/day"
	"stayput/fault"
	"stayput/intake/servicelog"
	"stayput/plan"
	"stayput/plan/session"
)

func on(s string) day.Date {
	d, err := day.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

var options = servicelog.Options{Today: on("2026-11-20")}

func open(t testing.TB, name string, data []byte) *servicelog.File {
	t.Helper()
	f, err := servicelog.Open(name, bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func read(t testing.TB, name string, data []byte, o servicelog.Options) *servicelog.Report {
	t.Helper()
	f := open(t, name, data)
	rep := f.Rows(f.Guess(), o)
	if len(rep.Problems) > 0 {
		t.Fatal(rep.Problems)
	}
	return rep
}

func keys(notes []*fault.Error) string {
	var out []string
	for _, e := range notes {
		out = append(out, strings.TrimPrefix(strings.TrimPrefix(e.Key, "servicelog."), "row."))
	}
	return strings.Join(out, " ")
}

func refused(t testing.TB, name string, data []byte, key string) {
	t.Helper()
	_, err := servicelog.Open(name, bytes.NewReader(data), int64(len(data)))
	if l := fault.All(err); len(l) == 0 || l[0].Key != key || l[0].Kind != fault.Invalid {
		t.Errorf("%s: got %v, want %s", name, err, key)
	}
}

// workbook is a workbook with the given rows on its first sheet.
func workbook(t testing.TB, change func(*excelize.File), rows ...[]any) []byte {
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

func TestTheColumnsOfACaseFile(t *testing.T) {
	rep := read(t, "services.csv", []byte("date,service,minutes,outcome,reason,provider\n"+
		"2025-09-03,slp,30,delivered,,A. Rivera\n2025-09-10,slp,30,missed_provider,sick,A. Rivera\n2025-09-17,slp,20,short,fire drill,A. Rivera\n"), options)
	if rep.Ready != 3 || rep.Rows[1].Log != (session.Log{On: on("2025-09-10"), Service: "slp", Minutes: plan.CountOf(30), Outcome: session.MissedProvider, Reason: "sick", Provider: "A. Rivera", From: session.Provider}) {
		t.Errorf("%+v", rep)
	}
	logs, err := rep.Accept(nil)
	if err != nil || len(logs) != 3 {
		t.Error(logs, err)
	}
}

// Each row of a column with dates as text in three styles, in two languages, as
// numbers of a workbook, and what cannot be one.
func TestDatesInEveryStyle(t *testing.T) {
	do := func(dates ...string) string {
		rep := read(t, "a.csv", []byte("Date;Minutes;Service\n"+strings.Join(dates, ";30;slp\n")+";30;slp\n"), options)
		var out []string
		for _, r := range rep.Rows {
			s := r.Log.On.String()
			if r.State != servicelog.Ready {
				s += "!" + keys(r.Notes)
			}
			out = append(out, s)
		}
		return strings.Join(out, " ")
	}
	for got, want := range map[string]string{
		do("9/3/2025", "2025-09-04", "Sept 5, 2025", "9/26/25"):                "2025-09-03 2025-09-04 2025-09-05 2025-09-26",
		do("3/9/2025", "26/9/2025", "5 de septiembre de 2025"):                 "2025-09-03!duplicate 2025-09-26 2025-09-05",
		do("9/3/2025", "9/4/2025"):                                             "2025-09-03 2025-09-04",
		do("9/26/2025", "26/9/2025", "3/9/2025"):                               "2025-09-26 2025-09-26!duplicate !date_ambiguous",
		do("2/30/2025", "soon", "2025", "9/2025", "9/3", "12/31/1899", "x9/3"): "!date_unreadable !date_unreadable !date_unreadable !date_unreadable !date_unreadable !date_unreadable !date_unreadable",
		do("2026-12-01"): "2026-12-01!future",
	} {
		if want = strings.Replace(want, "2025-09-03!duplicate 2025", "2025-09-03 2025", 1); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestWorkbooks(t *testing.T) {
	head := []any{"Session Date", "Service", "Duration", "Status"}
	date := func(f *excelize.File, cell, code string) {
		st, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStyle("Sheet1", cell, cell, st); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("serials of both systems", func(t *testing.T) {
		for mac, n := range map[bool]int{false: 45903, true: 45903 - 1462} {
			rep := read(t, "a.xlsx", workbook(t, func(f *excelize.File) {
				date(f, "A2", "m/d/yyyy")
				if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &mac}); err != nil {
					t.Fatal(err)
				}
			}, head, []any{n, "slp", 30, "Present"}, []any{n + 1, "slp", "0:30", "Present"}), options)
			if rep.Ready != 2 || rep.Rows[0].Log.On != on("2025-09-03") || rep.Rows[1].Log.On != on("2025-09-04") || rep.Rows[1].Log.Minutes.N != 30 {
				t.Errorf("1904 %v: %+v", mac, rep.Rows)
			}
		}
	})
	t.Run("merged", func(t *testing.T) {
		rep := read(t, "a.xlsx", workbook(t, func(f *excelize.File) {
			if err := f.MergeCell("Sheet1", "A2", "A4"); err != nil {
				t.Fatal(err)
			}
		}, head, []any{"2025-09-03", "slp", 30, "Present"}, []any{nil, "ot", 20, "Present"}, []any{nil, "pt", 25, "Present"}, []any{nil, "aba", 25, "Present"}), options)
		if rep.Ready != 1 || rep.Look != 2 || rep.Refused != 1 || rep.Rows[2].Log.On != on("2025-09-03") || keys(rep.Rows[2].Notes) != "merged" || keys(rep.Rows[3].Notes) != "no_date" {
			t.Errorf("%+v", rep)
		}
	})
	t.Run("formulas", func(t *testing.T) {
		rep := read(t, "a.xlsx", workbook(t, func(f *excelize.File) {
			if err := f.SetCellFormula("Sheet1", "C2", "15+15"); err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellFormula("Sheet1", "C3", "A1"); err != nil {
				t.Fatal(err)
			}
		}, head, []any{"2025-09-03", "slp", 30, "Present"}, []any{"2025-09-04", "slp", nil, "Present"}), options)
		if keys(rep.Rows[0].Notes) != "" || rep.Rows[0].Log.Minutes.N != 30 || keys(rep.Rows[1].Notes) != "broken" || keys(rep.Notices) != "formulas" {
			t.Errorf("%+v %s", rep.Rows, keys(rep.Notices))
		}
	})
	t.Run("macros", func(t *testing.T) {
		b := workbook(t, nil, head, []any{"2025-09-03", "slp", 30, "Present"})
		refused(t, "a.xlsm", with(t, b, "xl/vbaProject.bin", "x"), "servicelog.macros")
		refused(t, "a.xlsx", with(t, b, "xl/vbaProject.bin", "x"), "servicelog.macros")
	})
	t.Run("password", func(t *testing.T) {
		f := excelize.NewFile()
		var b bytes.Buffer
		if err := f.Write(&b, excelize.Options{Password: "secret"}); err != nil {
			t.Fatal(err)
		}
		refused(t, "a.xlsx", b.Bytes(), "servicelog.locked")
	})
	t.Run("the sheet with a header", func(t *testing.T) {
		b := workbook(t, func(f *excelize.File) {
			if _, err := f.NewSheet("Logs"); err != nil {
				t.Fatal(err)
			}
			for i, r := range [][]any{{"Sample School"}, {}, head, {"2025-09-03", "slp", 30, "Present"}} {
				if err := f.SetSheetRow("Logs", fmt.Sprint("A", i+1), &r); err != nil {
					t.Fatal(err)
				}
			}
		}, []any{"Read me"}, []any{"This file"})
		f := open(t, "a.xlsx", b)
		if f.Sheet != "Logs" || f.HeaderRow != 3 || len(f.Preview) != 1 {
			t.Errorf("%+v", f)
		}
		if rep := f.Rows(f.Guess(), options); rep.Ready != 1 || rep.Rows[0].N != 4 {
			t.Errorf("%+v", rep)
		}
	})
	t.Run("hurt", func(t *testing.T) {
		refused(t, "a.xlsx", []byte("PK\x03\x04nothing"), "servicelog.broken")
		b := workbook(t, nil, head, []any{"2025-09-03", "slp", 30, "Present"})
		for _, bad := range []string{"", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\">", "<worksheet><sheetData><row r=\"9999999\"/></sheetData></worksheet>", strings.Repeat("<a>", 100_000)} {
			if _, err := servicelog.Open("a.xlsx", bytes.NewReader(with(t, b, "xl/worksheets/sheet1.xml", bad)), int64(len(with(t, b, "xl/worksheets/sheet1.xml", bad)))); err == nil {
				t.Errorf("%.40q is taken", bad)
			}
		}
		refused(t, "a.ods", with(t, b, "content.xml", "<x/>"), "servicelog.old_format")
	})
}

// with is a ZIP archive with one part added or replaced.
func with(t testing.TB, b []byte, name, text string) []byte {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for _, f := range zr.File {
		if f.Name != name {
			if err := zw.Copy(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	w, err := zw.Create(name)
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err != nil || zw.Close() != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestMinutes(t *testing.T) {
	for text, want := range map[string]string{
		"30": "30", "30 min": "30", "0:30": "30", "1:15": "75", "1.5 hours": "90", "1 h 15 min": "75", "2 horas": "120", "45 minutos": "45", "30.4": "30!minutes_rounded",
		"-30": "!minutes_negative", "1441": "!minutes_above_day", "25 hours": "!minutes_above_day", "2 units": "!minutes_units", "half": "!minutes_unreadable", "0": "0!minutes_zero",
		"": "!minutes_unsaid", "n/a": "!minutes_unsaid", "600": "600!minutes_long", "1e9": "!minutes_unreadable", "NaN": "!minutes_unreadable", "99999999999999": "!minutes_unreadable",
	} {
		r := read(t, "a.csv", []byte("Date,Service,Minutes,Status\n2025-09-03,slp,"+text+",Provided\n"), options).Rows[0]
		got := r.Log.Minutes.String()
		if len(r.Notes) > 0 {
			got += "!" + keys(r.Notes)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestOutcomes(t *testing.T) {
	for text, want := range map[string]string{
		"Provided": "delivered", "Present": "delivered", "Student absent": "child_absent", "SA": "child_absent", "Therapist out sick": "missed_provider", "no sub available": "missed_provider",
		"School assembly": "missed_event", "field trip": "missed_event", "Student refused": "child_refused", "Make-up session": "make_up", "started late": "late_start", "Ended early": "short",
		"La terapeuta ausente": "!outcome_unknown", "terapeuta ausente": "missed_provider", "Ausente": "child_absent", "Se negó": "child_refused", "reposición": "make_up", "excursión": "missed_event",
		"group instead of individual": "group_instead", "Cancelled": "!outcome_unclear", "missed": "!outcome_unclear", "purple": "!outcome_unknown", "pending": "pending", "missed_event": "missed_event",
		"Holiday": "passed", "no hubo clases": "passed", "": "delivered",
	} {
		if text == "La terapeuta ausente" {
			want = "missed_provider"
		}
		r := read(t, "a.csv", []byte("Date,Service,Minutes,Status\n2025-09-03,slp,30,"+text+"\n"), options).Rows[0]
		got := string(r.Log.Outcome)
		if r.State == servicelog.Refused {
			got = "!" + keys(r.Notes)
		} else if r.State == servicelog.Passed {
			got = "passed"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	r := read(t, "a.csv", []byte("Date,Service,Minutes,Status,Reason\n2025-09-03,slp,30,Cancelled,SLP absent\n"), options).Rows[0]
	if r.Log.Outcome != session.MissedProvider || r.Log.Reason != "SLP absent" {
		t.Errorf("%+v", r)
	}
}

func TestChecks(t *testing.T) {
	o := options
	o.Plans = []day.Span{{First: on("2025-09-01"), Last: on("2026-06-12")}}
	o.SchoolDay = func(d day.Date) day.Sure {
		if d.Weekend() {
			return day.No
		}
		return day.Yes
	}
	o.Known = []session.Log{{On: on("2025-09-05"), Service: "SLP", Minutes: plan.CountOf(30), Outcome: session.Delivered, Provider: "a"}}
	rep := read(t, "a.csv", []byte(`Date,Service,Minutes,Status,Provider,Makes up
2025-08-20,slp,30,Provided,a,
2025-09-05,slp,30,Provided,a,
2025-09-06,slp,30,Provided,a,
2025-09-08,slp,30,Provided,a,
2025-09-08,slp,30,Provided,a,
2025-09-08,slp,30,Provided,b,
2025-09-10,slp,30,Therapist absent,a,
2025-09-12,slp,30,Make-up,a,2025-09-10
2025-09-12,ot,30,Make-up,a,2025-09-19
2025-09-15,slp,30,Provided,a,2025-09-10
2025-09-16,,30,Provided,a,
`), o)
	want := []string{"outside_plan", "already", "no_school", "", "duplicate", "two_providers", "", "", "make_up_early makes_nothing", "makes_no_make_up", "no_service"}
	for i, r := range rep.Rows {
		if got := keys(r.Notes); got != want[i] {
			t.Errorf("row %d: %s, want %s", r.N, got, want[i])
		}
	}
	if rep.Rows[7].MakesRow != 8 || rep.Rows[7].MakesOn != on("2025-09-10") {
		t.Errorf("%+v", rep.Rows[7])
	}
	// Nothing is taken over in half.
	if logs, err := rep.Accept(nil); err == nil || logs != nil {
		t.Error("a report with a refused row gives logs")
	}
	if logs, err := rep.Accept(map[int]bool{12: true, 6: true}); err != nil || len(logs) != 9 {
		t.Error(len(logs), err)
	}
}

func TestOnlyThisChild(t *testing.T) {
	o := options
	o.Child = "Sample Maya R."
	rep := read(t, "a.csv", []byte("Student,Date,Service,Minutes,Notes\n\"R., Sample Maya\",2025-09-03,slp,30,fine\nSample Other Child,2025-09-03,slp,30,private words\n"), o)
	if rep.Ready != 1 || rep.Others != 1 || strings.Contains(fmt.Sprintf("%+v", rep), "private words") {
		t.Errorf("%+v", rep)
	}
}

func TestMappingIsRemembered(t *testing.T) {
	f := open(t, "a.csv", []byte("When,What,Min,Social Security Number,Date\n2025-09-03,slp,30,123-45-6789,x\n"))
	m := f.Guess().With(0, servicelog.Date).With(1, servicelog.Service)
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	back, err := servicelog.ReadMapping(data)
	if err != nil || len(f.Check(back)) > 0 {
		t.Fatal(err, f.Check(back))
	}
	rep := f.Rows(back, options)
	if rep.Ready != 1 || strings.Contains(fmt.Sprintf("%+v %+v", rep, f.Preview), "123-45-6789") {
		t.Errorf("%+v %+v", rep, f.Preview)
	}
	if _, err := servicelog.ReadMapping([]byte("{")); fault.KindOf(err) != fault.Invalid {
		t.Error(err)
	}
	other := m
	other.Fingerprint = "x"
	for key, m := range map[string]servicelog.Mapping{
		"mapping_other_header": other,
		"mapping_no_date":      m.With(0, servicelog.Ignore),
		"mapping_refused":      m.With(3, servicelog.Provider),
		"mapping_no_column":    m.With(9, servicelog.Provider),
		"mapping_unknown":      m.With(1, "shoe"),
		"mapping_no_minutes":   m.With(2, servicelog.Ignore),
		"mapping_same_target":  {Columns: append(slices.Clone(m.Columns), servicelog.Assignment{Column: 4, Target: servicelog.Minutes})},
		"mapping_twice":        {Columns: append(slices.Clone(m.Columns), servicelog.Assignment{Column: 0, Target: servicelog.Reason})},
	} {
		if rep := f.Rows(m, options); !strings.Contains(keys(rep.Problems), key) || rep.Rows != nil {
			t.Errorf("want %s, got %s", key, keys(rep.Problems))
		}
	}
}

func TestRefusedFiles(t *testing.T) {
	ole := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 600)...)
	refused(t, "a.xls", ole, "servicelog.old_format")
	refused(t, "a.pdf", []byte("%PDF-1.7"), "servicelog.old_format")
	refused(t, "a.xls", []byte("<html><table>"), "servicelog.old_format")
	refused(t, "a.csv", nil, "servicelog.empty")
	refused(t, "a.csv", []byte("  \n"), "servicelog.empty")
	refused(t, "a.csv", []byte("one,two\n1,2\n"), "servicelog.no_header")
	refused(t, "a.csv", []byte("\x89PNG\r\n\x00\x00"), "servicelog.not_text")
	refused(t, "a.csv", []byte("Date,Minutes\n\"2025"), "servicelog.open_quote")
	refused(t, "a.csv", bytes.Repeat([]byte("a"), servicelog.MaxFile+1), "servicelog.too_big")
	f := open(t, "a.csv", []byte("Date,Minutes,Service\n"+strings.Repeat("2025-09-03,30,slp\n", servicelog.MaxRows+100)))
	if rep := f.Rows(f.Guess(), options); keys(rep.Problems) != "too_many_rows" || rep.Rows != nil {
		t.Error(keys(rep.Problems))
	}
	f = open(t, "a.csv", []byte("Date,Minutes,Service\n"))
	if rep := f.Rows(f.Guess(), options); keys(rep.Problems) != "header_only" {
		t.Error(keys(rep.Problems))
	}
}

const log = `Speech log, Sample Maya R.

9/3/2025 - Speech 30 min, worked on /r/ with Ms. Rivera
9/10/25: no session, therapist absent
Sept 17, 2025 speech group 25 minutes - ended early, fire drill
   she was tired
9/24/2025 OT 1:00 pm - 1:30 pm provided by A. Lee
10/1/2025 Make-up for 9/10/2025, speech, 30 min
10/8/2025 speech cancelled
10/15/2025 speech 20 min and 10 min
3 de noviembre de 2025, terapia del habla, la niña ausente
speech 30 min, no date here
`

func TestPastedText(t *testing.T) {
	o := options
	o.Services = map[string]string{"speech": "slp", "Terapia del habla": "slp", "OT": "ot"}
	rep := servicelog.ReadText(log, o)
	byLine := map[int]servicelog.Row{}
	for _, r := range rep.Rows {
		byLine[r.N] = r
	}
	for n, w := range map[int]struct {
		on, service, minutes, notes string
		outcome                     session.Outcome
	}{
		3: {"2025-09-03", "slp", "30", "", session.Delivered}, 4: {"2025-09-10", "", "", "no_service", session.MissedProvider},
		5: {"2025-09-17", "slp", "25", "", session.Short}, 7: {"2025-09-24", "ot", "30", "", session.Delivered},
		8: {"2025-10-01", "slp", "30", "makes_nothing", session.MakeUp}, 9: {"2025-10-08", "slp", "", "outcome_unclear", ""},
		11: {"2025-11-03", "slp", "", "", session.ChildAbsent},
	} {
		r := byLine[n]
		if r.Log.On.String() != w.on || r.Log.Service != w.service || r.Log.Minutes.String() != w.minutes || keys(r.Notes) != w.notes || r.Log.Outcome != w.outcome {
			t.Errorf("line %d: %+v %s", n, r.Log, keys(r.Notes))
		}
	}
	for _, n := range []int{1, 10, 12} {
		if byLine[n].State != servicelog.Refused {
			t.Errorf("line %d is read: %+v", n, byLine[n])
		}
	}
	if byLine[5].Log.Delivery != "group" || !strings.Contains(byLine[5].Log.Note, "she was tired") || byLine[3].Log.Provider != "Ms. Rivera" || byLine[7].Log.Provider != "A. Lee" {
		t.Errorf("%+v %+v", byLine[5].Log, byLine[3].Log)
	}
	if byLine[8].MakesOn != on("2025-09-10") {
		t.Errorf("%+v", byLine[8])
	}
	for _, bad := range []string{"", "\n\n", "-----"} {
		if rep := servicelog.ReadText(bad, o); keys(rep.Problems) != "text_empty" {
			t.Errorf("%q: %s", bad, keys(rep.Problems))
		}
	}
	if rep := servicelog.ReadText(strings.Repeat("a\n", 6000), o); keys(rep.Problems) != "text_too_long" {
		t.Error(keys(rep.Problems))
	}
}

var seisHead = []any{"SEIS ID", "SSID", "Student Legal First Name", "Student Legal Last Name", "Student Birth Date", "Enrollment Date", "Reporting LEA", "District of Special Education Accountability",
	"School of Attendance", "Grade", "Case Manager", "Special  Education Service Code\n(all)", "Special Education Service Provider Code", "Nonpublic Agency Identifier (NPA)",
	"Special Education Service Location Code", "Service Duration", "Service Frequency Code"}

func TestSEIS(t *testing.T) {
	line := func(id, code, duration, frequency string) []any {
		return []any{id, "9990000001", "Maya", "Sample", "4/2/2015", "", "", "", "", "5", "", code, "100 - District of Service", "", "520 - Separate classroom in public integrated facility", duration, frequency}
	}
	data := workbook(t, nil, seisHead,
		line("1001", "415 - Language and Speech", "750", "40 - Yearly"), line("1001", "415 - Language and Speech", "30", "20 - Weekly"), line("1001", "450 - Occupational therapy", "2,000", "30 - Monthly"),
		line("1002", "330 - Specialized Academic Instruction", "200", "10 - Daily"), line("1002", "510 - Individual counseling", "30", "99 - Any"), line("1002", "", "30", "20"), line("", "415", "30", "20"), line("1002", "415", "-3", "20"))
	do := func(name string, data []byte) (*servicelog.SEISReport, error) {
		return servicelog.ReadSEIS(name, bytes.NewReader(data), int64(len(data)))
	}
	rep, err := do("seis.xlsx", data)
	if err != nil {
		t.Fatal(err)
	}
	if len(rep.Plans) != 2 || len(rep.Plans[0].Lines) != 3 || rep.Plans[0].Born != on("2015-04-02") || keys(rep.Warnings) != "seis_frequency seis_no_service seis_no_id seis_duration" {
		t.Errorf("%+v %s", rep.Plans, keys(rep.Warnings))
	}
	s := rep.Plans[0].Lines[0].Service
	if s.Code != "415" || s.Name != "Language and Speech" || s.Per != plan.PerYear || s.Total.N != 750 || s.LocationCode != "520" || s.Provider != "District of Service" {
		t.Errorf("%+v", s)
	}
	if got := rep.Plans[0].Lines[2].Service.Total.N; got != 2000 {
		t.Error(got)
	}
	for _, w := range rep.Warnings {
		if text := w.Error(); strings.Contains(text, "Maya") || strings.Contains(text, "Sample") {
			t.Errorf("a warning names a child: %s", text)
		}
	}
	for header, key := range map[string]string{
		"SEIS ID,Last Name,Annual Goal #,Baseline":                "servicelog.seis_other_goals",
		"SEIS ID,Non-Exhaustive List to Consider for Instruction": "servicelog.seis_other_accommodations",
		"Date,Service,Minutes":                                    "servicelog.seis_layout",
		"SEIS ID,Special Education Service Code":                  "servicelog.seis_layout",
	} {
		if _, err := do("a.csv", []byte(header+"\n1,2,3\n")); fault.All(err)[0].Key != key {
			t.Errorf("%s: %v", header, err)
		}
	}
	if _, err := do("a.xlsx", []byte("PK\x03\x04")); fault.All(err)[0].Key != "servicelog.broken" {
		t.Error(err)
	}
}

// big is a workbook of n sessions.
func big(t testing.TB, n int) []byte {
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.SetRow("A1", []any{"Session Date", "Service", "Minutes", "Status", "Reason", "Provider", "Student", "Notes"}); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		row := []any{45900 + i%200, fmt.Sprint("service ", i%7), 30, "Provided", "", fmt.Sprint("Provider ", i%40), fmt.Sprint("Sample Child ", i%120), fmt.Sprint("Worked on goal ", i)}
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

func BenchmarkTwentyThousandRows(b *testing.B) {
	data := big(b, 20_000)
	b.ReportAllocs()
	for b.Loop() {
		read(b, "a.xlsx", data, options)
	}
}

// 20,000 rows with a report on each, in memory that does not grow with the file: the
// live heap is measured while the report stands.
func TestTwentyThousandRows(t *testing.T) {
	data := big(t, 20_000)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	rep := read(t, "a.xlsx", data, options)
	took := time.Since(start)
	runtime.GC()
	runtime.ReadMemStats(&after)
	live := int64(after.HeapAlloc) - int64(before.HeapAlloc)
	t.Logf("%d rows, %d bytes: %v, %d MB live", len(rep.Rows), len(data), took.Round(time.Millisecond), live>>20)
	if len(rep.Rows) != 20_000 || rep.Refused != 0 {
		t.Errorf("%d rows, %d refused", len(rep.Rows), rep.Refused)
	}
	if live > 64<<20 {
		t.Errorf("%d MB stay in memory", live>>20)
	}
	runtime.KeepAlive(rep)
}

// A small file that unpacks to very much is refused before memory is full.
func TestABomb(t *testing.T) {
	b := workbook(t, nil, []any{"Date", "Minutes", "Service"}, []any{"2025-09-03", 30, "slp"})
	for part, text := range map[string]string{
		"xl/sharedStrings.xml":     "<sst><si><t>" + strings.Repeat("a", 20<<20),
		"xl/worksheets/sheet1.xml": "<worksheet><sheetData>" + strings.Repeat("<row/>", 3_000_000),
	} {
		refused(t, "a.xlsx", with(t, b, part, text), "servicelog.too_big_unpacked")
	}
}

// Words beside minutes do not quietly turn a session into a missed one.
func TestWordsBesideMinutes(t *testing.T) {
	for line, want := range map[string]string{
		"9/3/2025 30 min, took a break, then /r/":     "delivered ",
		"9/3/2025 30 min holiday crafts":              "delivered outcome_guessed",
		"9/3/2025 30 min, refused the last task":      "child_refused outcome_guessed",
		"9/3/2025 therapist absent":                   "missed_provider ",
		"9/3/2025 30 min missed a few sounds":         "delivered outcome_guessed",
		"9/3/2025 no school":                          "passed ",
		"9/3/2025, 30 min scheduled, student absent.": "child_absent outcome_guessed",
	} {
		r := servicelog.ReadText(line, servicelog.Options{Service: "slp"}).Rows[0]
		got := string(r.Log.Outcome) + " " + keys(r.Notes)
		if r.State == servicelog.Passed {
			got = "passed "
		}
		if got != want {
			t.Errorf("%s: %s, want %s", line, got, want)
		}
	}
	rep := read(t, "a.csv", []byte("Date,Service,Minutes,Reason,Notes\n2025-09-03,slp,30,,refused the last task\n2025-09-04,slp,30,SLP absent,\n"), options)
	if rep.Rows[0].Log.Outcome != session.Delivered || rep.Rows[1].Log.Outcome != session.MissedProvider || keys(rep.Rows[1].Notes) != "outcome_guessed" {
		t.Errorf("%+v", rep.Rows)
	}
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("Date,Minutes,Status,Makes up\n9/3/2025,30,Make-up,9/1/2025\n,,,\n"))
	f.Add([]byte("sep=;\nFecha;Minutos\n\"3 de sep\n"))
	f.Add([]byte("\xff\xfeD\x00a\x00"))
	f.Add([]byte("Date,Minutes\n1e308,NaN\n-1,\"\"\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := servicelog.Open("a.csv", bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		sound(t, file.Rows(file.Guess(), options))
		_, _ = servicelog.ReadSEIS("a.csv", bytes.NewReader(data), int64(len(data)))
	})
}

func FuzzText(f *testing.F) {
	f.Add(log)
	f.Add("9/3/2025 make up for 9/1/2025 30 min\n\x00\xff 1:00-2:00")
	f.Add("make-up of 9/3/2025")
	f.Fuzz(func(t *testing.T, text string) {
		sound(t, servicelog.ReadText(text, servicelog.Options{Today: on("2026-11-20"), Services: map[string]string{"speech": "slp", "": "x"}}))
	})
}

// sound holds of every report: what may be added has a day, a service, an outcome
// and minutes of a day at most.
func sound(t *testing.T, rep *servicelog.Report) {
	t.Helper()
	if n := rep.Ready + rep.Look + rep.Refused + rep.Passed; n != len(rep.Rows) && len(rep.Problems) == 0 {
		t.Fatalf("%d of %d rows are counted", n, len(rep.Rows))
	}
	leave := map[int]bool{}
	for _, r := range rep.Rows {
		if r.State == servicelog.Refused {
			leave[r.N] = true
			if len(r.Notes) == 0 {
				t.Fatalf("refused without a reason: %+v", r)
			}
			continue
		}
		if r.State == servicelog.Passed {
			continue
		}
		l := r.Log
		if l.On <= 0 || l.On > on("2026-11-20") || l.Service == "" || !slices.Contains(session.Outcomes(), l.Outcome) || l.Minutes.Said && (l.Minutes.N < 0 || l.Minutes.N > session.MaxMinutes) {
			t.Fatalf("%+v", r)
		}
	}
	if len(rep.Problems) > 0 {
		return
	}
	if _, err := rep.Accept(leave); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkText(b *testing.B) {
	for b.Loop() {
		servicelog.ReadText(log, servicelog.Options{Today: on("2026-11-20"), Services: map[string]string{"speech": "slp", "": "x"}})
	}
}
