package caseload_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/intake/casefile"
	"stayput/intake/caseload"
	"stayput/locale"
)

var update = flag.Bool("update", false, "write the golden files")

var defaults = caseload.Defaults{Jurisdiction: "us-ca", Side: fact.FamilySide, Zone: "America/Los_Angeles", Today: day.Must(2026, 11, 21)}

func open(t testing.TB, name string, data []byte) *caseload.Sheet {
	t.Helper()
	s, err := caseload.Open(name, bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return s
}

func refused(t testing.TB, name string, data []byte, key string) {
	t.Helper()
	_, err := caseload.Open(name, bytes.NewReader(data), int64(len(data)))
	if l := fault.All(err); len(l) == 0 || l[0].Key != key {
		t.Errorf("%s: got %v, want %s", name, err, key)
	} else if l[0].Kind != fault.Invalid {
		t.Errorf("%s: kind %v", name, l[0].Kind)
	}
}

func report(t testing.TB, name, text string) caseload.Report {
	t.Helper()
	s := open(t, name, []byte(text))
	rep := s.Rows(s.Guess(), defaults)
	if len(rep.Problems) > 0 {
		t.Fatal(rep.Problems)
	}
	return rep
}

func keys(l fault.List) []string {
	var out []string
	for _, e := range l {
		out = append(out, strings.TrimPrefix(e.Key, "caseload."))
	}
	return out
}

func utf16le(s string, bom bool) []byte {
	var b []byte
	if bom {
		b = append(b, 0xFF, 0xFE)
	}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

func utf16be(s string, bom bool) []byte {
	b := utf16le(s, bom)
	for i := 0; i < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return b
}

func latin(s string) []byte {
	var b []byte
	for _, r := range s {
		switch {
		case r == '’':
			b = append(b, 0x92)
		case r < 256:
			b = append(b, byte(r))
		}
	}
	return b
}

func TestDialectsAndEncodings(t *testing.T) {
	const text = "Alumno,Fecha de nacimiento,Último IEP\r\nNiña de Ejemplo 01,2016-05-14,2025-10-02\r\n\r\n\"Muestra, Niño 02\",2017-01-31,2026-01-30\r\n"
	for name, c := range map[string]struct {
		data     []byte
		encoding string
		comma    string
	}{
		"utf8":     {[]byte(text), "utf-8", ","},
		"bom":      {append([]byte("\xEF\xBB\xBF"), text...), "utf-8", ","},
		"16le":     {utf16le(text, true), "utf-16le", ","},
		"16be":     {utf16be(text, true), "utf-16be", ","},
		"16le raw": {utf16le(text, false), "utf-16le", ","},
		"16be raw": {utf16be(text, false), "utf-16be", ","},
		"1252":     {latin(text), "windows-1252", ","},
		"semi":     {[]byte(semicolon(text, ";")), "utf-8", ";"},
		"tab":      {utf16le(semicolon(text, "\t"), true), "utf-16le", "\t"},
		"sep":      {[]byte("sep=;\r\n" + semicolon(text, ";")), "utf-8", ";"},
		"mac":      {[]byte(strings.ReplaceAll(text, "\r\n", "\r")), "utf-8", ","},
		"lf":       {[]byte(strings.ReplaceAll(text, "\r\n", "\n")), "utf-8", ","},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, "a.csv", c.data)
			if s.Encoding != c.encoding || s.Comma != c.comma {
				t.Errorf("encoding %s, comma %q", s.Encoding, s.Comma)
			}
			rep := s.Rows(s.Guess(), defaults)
			if len(rep.Rows) != 2 {
				t.Fatalf("%d rows, %v", len(rep.Rows), rep.Problems)
			}
			a, b := rep.Rows[0], rep.Rows[1]
			if a.N != 2 || b.N != 4 || a.Case.Child.Name != "Niña de Ejemplo 01" || b.Case.Child.Name != "Muestra, Niño 02" {
				t.Errorf("%d %q, %d %q", a.N, a.Case.Child.Name, b.N, b.Case.Child.Name)
			}
			if !a.Ready() || a.Entries[0].Kind.String() != "last_iep_review" || a.Entries[0].On != day.On(day.Must(2025, 10, 2)) {
				t.Errorf("%+v", a)
			}
		})
	}
}

// semicolon parts the cells otherwise, but not inside quotes.
func semicolon(text, c string) string {
	in := false
	return strings.Map(func(r rune) rune {
		if r == '"' {
			in = !in
		}
		if r == ',' && !in {
			return rune(c[0])
		}
		return r
	}, text)
}

func TestRaggedAndQuoted(t *testing.T) {
	rep := report(t, "a.csv", "Child,DOB,Notes\nSample Child 01\nSample Child 02,5/14/2016,\"two\nlines, and a \"\"word\"\"\",,,\nSample Child 03,5/15/2016,5\" tall,x,y\n")
	if len(rep.Rows) != 3 || rep.Rows[2].N != 4 {
		t.Fatalf("%+v", rep.Rows)
	}
	if got := rep.Rows[1].Entries[0].Note; got != "Notes: two\nlines, and a \"word\"" {
		t.Errorf("%q", got)
	}
	if got := rep.Rows[2].Entries[0].Note; got != `Notes: 5" tall` {
		t.Errorf("%q", got)
	}
	if got := keys(rep.Rows[2].Warnings); !slices.Equal(got, []string{"cell_outside", "cell_outside"}) {
		t.Errorf("%v", got)
	}
	if got := keys(rep.Rows[0].Warnings); !slices.Equal(got, []string{"name_only"}) {
		t.Errorf("%v", got)
	}
	refused(t, "a.csv", []byte("Child,DOB\n\"Sample Child 01,5/14/2016\n"), "caseload.open_quote")
}

func TestRefusedFiles(t *testing.T) {
	ole := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 600)...)
	refused(t, "a.xls", ole, "caseload.old_format")
	refused(t, "a.xlsx", ole, "caseload.locked")
	refused(t, "a.pdf", []byte("%PDF-1.7\n"), "caseload.pdf")
	refused(t, "a.ods", archive(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), "caseload.old_format")
	refused(t, "a.numbers", archive(t, map[string]string{"Index/Document.iwa": "x"}), "caseload.old_format")
	refused(t, "a.xlsb", archive(t, map[string]string{"[Content_Types].xml": "<x/>", "xl/workbook.bin": "x"}), "caseload.old_format")
	refused(t, "a.docx", archive(t, map[string]string{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), "caseload.old_format")
	refused(t, "a.zip", archive(t, map[string]string{"a.txt": "x"}), "caseload.old_format")
	refused(t, "a.xlsx", archive(t, map[string]string{"a.txt": "x"}), "caseload.broken")
	refused(t, "a.xlsx", archive(t, map[string]string{"[Content_Types].xml": "<x/>"}), "caseload.broken")
	refused(t, "a.xlsx", []byte("PK\x03\x04nothing more"), "caseload.broken")
	refused(t, "a.xlsx", []byte("Child,DOB\n"), "caseload.broken")
	refused(t, "a.xls", []byte("<html><table><tr><td>Child"), "caseload.old_format")
	refused(t, "a.csv", nil, "caseload.empty")
	refused(t, "a.csv", []byte("\r\n ,,\r\n"), "caseload.empty")
	refused(t, "a.csv", []byte("Child,DOB\n"), "caseload.header_only")
	refused(t, "a.csv", []byte("1,2\n3,4\n"), "caseload.no_header")
	refused(t, "a.csv", []byte("one line"), "caseload.no_header")
	refused(t, "a.csv", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"), "caseload.not_text")
	refused(t, "a.csv", bytes.Repeat([]byte("a"), caseload.MaxFile+1), "caseload.too_big")
	refused(t, "a.csv", []byte("Child,DOB\n"+strings.Repeat(",", 1_000_000)+"x\n"), "caseload.too_many_columns")
	refused(t, "a.csv", []byte("Child,Notes\nSample Child 01,"+strings.Repeat("a", caseload.MaxCell+1)+"\n"), "caseload.cell_too_long")
	refused(t, "a.csv", []byte("Child,DOB\n"+strings.Repeat("Sample Child,2016-05-14\n", caseload.MaxRows+1)), "caseload.too_many_rows")
	if rep := report(t, "a.csv", "Child,DOB\nSample Child 01,2016-05-14"+strings.Repeat(",", 1_000_000)+"\n"); len(rep.Rows) != 1 {
		t.Error("empty cells at the end are no columns")
	}
}

func TestGuess(t *testing.T) {
	for header, want := range map[string]caseload.Target{
		"Student": caseload.Child, "STUDENT NAME": caseload.Child, "Student Name (Last, First)": caseload.Child, "Nombre del alumno": caseload.Child, "Client Name": caseload.Child,
		"First Name": caseload.ChildFirst, "Student Last Name": caseload.ChildLast, "Apellidos": caseload.ChildLast,
		"DOB": caseload.Born, "D.O.B.": caseload.Born, "Birth Date": caseload.Born, "Fecha de Nacimiento": caseload.Born, "Student DOB": caseload.Born,
		"Gr.": caseload.Grade, "Grade Level": caseload.Grade, "Grado": caseload.Grade,
		"LEA": caseload.District, "District of Residence": caseload.District, "Distrito escolar": caseload.District, "School District": caseload.District,
		"State": caseload.Jurisdiction, "Estado": caseload.Jurisdiction, "School Name": caseload.School, "Escuela": caseload.School,
		"Annual IEP": caseload.LastIEP, "Last IEP Date": caseload.LastIEP, "Fecha del último IEP": caseload.LastIEP, "Last Annual Review": caseload.LastIEP, "IEP Meeting Held": caseload.LastIEP,
		"Last Triennial": caseload.LastEvaluation, "Eval date": caseload.LastEvaluation, "Última evaluación": caseload.LastEvaluation, "Re-Eval": caseload.LastEvaluation, "Most recent evaluation": caseload.LastEvaluation,
		"IEP due?": caseload.IEPDue, "Next Annual IEP": caseload.IEPDue, "Next IEP Due Date": caseload.IEPDue, "Evaluation due?": caseload.EvaluationDue, "Triennial Due Date": caseload.EvaluationDue, "Next Annual Evaluation": caseload.EvaluationDue,
		"Open requests": caseload.Requests, "Solicitudes abiertas": caseload.Requests, "Date of Request": caseload.RequestOn, "Evaluation requested on": caseload.RequestOn,
		"Request Type": caseload.RequestKind, "Consent Signed": caseload.ConsentOn, "Consentimiento firmado": caseload.ConsentOn, "Assessment Plan Signed": caseload.ConsentOn,
		"Home Language": caseload.HomeLanguage, "Idioma": caseload.HomeLanguage, "SSID": caseload.OutsideID, "Case #": caseload.OutsideID, "Case No.": caseload.OutsideID, "Student ID": caseload.OutsideID, "Número de caso": caseload.OutsideID,
		"Case Manager": caseload.Note, "Notes": caseload.Note, "Observaciones": caseload.Note, "Case": caseload.Title, "Matter": caseload.Title,
		"SSN": caseload.Ignore, "Parent Name": caseload.Ignore, "Teacher": caseload.Ignore, "Disability": caseload.Ignore, "Consent to services": caseload.Ignore, "Phone": caseload.Ignore, "": caseload.Ignore, "Eval Type": caseload.Ignore,
	} {
		if got := caseload.Guess([]string{header}).Columns[0].Target; got != want {
			t.Errorf("%q is taken for %q, not %q", header, got, want)
		}
	}
	m := caseload.Guess([]string{"Nombre", "Apellido", "Student ID", "SSID", "Eval", "Last Evaluation"})
	var got []string
	for _, a := range m.Columns {
		got = append(got, string(a.Target))
	}
	if want := "child_first child_last outside_id note last_evaluation ignore"; strings.Join(got, " ") != want {
		t.Errorf("%v", got)
	}
}

func TestMapping(t *testing.T) {
	s := open(t, "a.csv", []byte("Who,Date A,Kid SSN\nSample Child 01,2016-05-14,123-45-6789\n"))
	m := s.Guess().With(0, caseload.Child).With(1, caseload.Born)
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	back, err := caseload.ReadMapping(data)
	if err != nil || len(s.Check(back)) > 0 {
		t.Fatal(err, s.Check(back))
	}
	if rep := s.Rows(back, defaults); rep.Rows[0].Case.Child.Born != day.Must(2016, 5, 14) {
		t.Errorf("%+v", rep.Rows)
	}
	if _, err := caseload.ReadMapping([]byte("{")); fault.KindOf(err) != fault.Invalid {
		t.Error(err)
	}
	other := m
	other.Fingerprint = "0"
	unknown := m
	unknown.Columns = append(slices.Clone(m.Columns), caseload.Assignment{Column: 9, Target: caseload.Note})
	odd := m
	odd.Columns = []caseload.Assignment{{Column: 0, Target: "shoe"}, {Column: 1, Target: caseload.Child, Kind: "nothing"}}
	for key, m := range map[string]caseload.Mapping{
		"mapping_other_header": other,
		"no_name_column":       s.Guess(),
		"refused_ssn":          m.With(2, caseload.OutsideID),
		"mapping_no_column":    unknown,
		"mapping_unknown":      odd,
		"mapping_same_target":  {Columns: []caseload.Assignment{{Column: 0, Target: caseload.Child}, {Column: 1, Target: caseload.Child}}},
		"mapping_twice":        {Columns: []caseload.Assignment{{Column: 0, Target: caseload.Child}, {Column: 0, Target: caseload.Note}}},
	} {
		rep := s.Rows(m, defaults)
		if !slices.Contains(keys(rep.Problems), key) || rep.Rows != nil {
			t.Errorf("want %s, got %v", key, rep.Problems)
		}
	}
	if caseload.Fingerprint([]string{"DOB ", "Último IEP", ""}) != caseload.Fingerprint([]string{"dob", "ultimo iep"}) {
		t.Error("spelling changes the fingerprint")
	}
}

// What may not be kept leaves no trace, in text and in numbers, by header and by
// what the cells hold.
func TestNeverKept(t *testing.T) {
	s := open(t, "a.csv", []byte("Child,DOB,Social Security #,Key,Immigration Status,Notes,SSID\n"+
		"Sample Child 01,2016-05-14,123456789,123-45-6789,H4 visa,call 555-123-4567,1234567890\n"+
		"Sample Child 02,2016-05-15,,987 65 4321,none,Her number is 111-22-3333.,1234567891\n"))
	rep := s.Rows(s.Guess(), defaults)
	all := fmt.Sprintf("%+v %v %+v", rep, s.Preview(5), s)
	for _, no := range []string{"123456789,", "123-45-6789", "987 65", "H4", "111-22-3333"} {
		if strings.Contains(all, no) {
			t.Errorf("%s is kept", no)
		}
	}
	if got := keys(rep.Notices); !slices.Equal(got, []string{"refused_ssn", "refused_ssn", "refused_immigration"}) {
		t.Errorf("%v", got)
	}
	if got := keys(rep.Rows[1].Warnings); !slices.Equal(got, []string{"withheld"}) {
		t.Errorf("%v", got)
	}
	if rep.Rows[0].OutsideID != "1234567890" || !strings.Contains(rep.Rows[0].Entries[0].Note, "555-123-4567") {
		t.Errorf("%+v", rep.Rows[0])
	}
	for _, h := range []string{"SSN", "S.S.N.", "Seguro Social", "Citizenship", "Ciudadanía", "Country of birth", "Estatus migratorio", "A-Number", "Visa type"} {
		s := open(t, "a.csv", []byte("Child,"+h+"\nSample Child 01,x\n"))
		if s.Columns[1].Refused == "" {
			t.Errorf("%s is not refused", h)
		}
	}
}

func TestDates(t *testing.T) {
	type want struct {
		on  string
		key string
	}
	for text, w := range map[string]want{
		"2025-09-03": {"2025-09-03", ""}, "2025/9/3": {"2025-09-03", ""}, "20250903": {"2025-09-03", ""}, "2025-09-03 00:00:00": {"2025-09-03", ""},
		"2025-09-03T07:00:00Z": {"2025-09-03", ""}, "9/13/2025": {"2025-09-13", ""}, "9/13/2025 12:00 AM": {"2025-09-13", ""}, "13/9/2025": {"2025-09-13", ""},
		"9-13-2025": {"2025-09-13", ""}, "13.9.2025": {"2025-09-13", ""}, "9/9/2025": {"2025-09-09", ""}, "9/13/25": {"2025-09-13", "two_digit_year"}, "9/13/99": {"", "before_birth two_digit_year"}, "9/13/36": {"", "last_iep_future two_digit_year"}, "9/13/37": {"", "date_range"},
		"Sept 3, 2025": {"2025-09-03", ""}, "September 3rd, 2025": {"2025-09-03", ""}, "3 sep 2025": {"2025-09-03", ""}, "3 de septiembre de 2025": {"2025-09-03", ""},
		"03-Sep-2025": {"2025-09-03", ""}, "3-Sep-25": {"2025-09-03", "two_digit_year"}, "Wed, Sep 3, 2025": {"2025-09-03", ""}, "miércoles 3 de septiembre del 2025": {"2025-09-03", ""}, "mar 4 mar 2025": {"2025-03-04", ""},
		"9/2025": {"2025-09", ""}, "Sept 2025": {"2025-09", ""}, "septiembre de 2025": {"2025-09", ""}, "2025-09": {"2025-09", ""}, "2025": {"2025", ""},
		"n/a": {"", ""}, "TBD": {"", ""}, "--": {"", ""}, "pendiente": {"", ""},
		"9/3/2025": {"", "date_ambiguous"}, "2/30/2025": {"", "no_such_day"}, "13/13/2025": {"", "no_such_day"}, "2025-02-29": {"", "no_such_day"},
		"9/25": {"", "date_no_year"}, "Sep-25": {"", "date_no_year"}, "45903": {"", "date_serial"}, "soon": {"", "not_a_date"}, "fall 2025": {"", "not_a_date"}, "~9/13/2025": {"", "not_a_date"},
		"9/13/1925": {"", "date_range"}, "9/13/2027": {"", "last_iep_future"}, "5/14/2010": {"", "before_birth"}, "9/13/202": {"", "not_a_date"}, "00/00/0000": {"", "no_such_day"}, "0/5/2025": {"", "no_such_day"},
	} {
		rep := report(t, "a.csv", "Child,DOB,Last IEP\nSample Child 01,2010-05-14,\""+text+"\"\n")
		r := rep.Rows[0]
		on := ""
		if len(r.Entries) > 0 {
			on = r.Entries[0].On.String()
		}
		got := strings.Join(keys(slices.Concat(r.Problems, r.Warnings)), " ")
		if on != w.on || got != w.key {
			t.Errorf("%q is %q with %q, want %q with %q", text, on, got, w.on, w.key)
		}
	}
}

func TestOrderOfAColumn(t *testing.T) {
	rep := report(t, "a.csv", "Child,DOB,Last IEP,Consent\nSample Child 01,2016-05-14,3/9/2025,1/2/2026\nSample Child 02,2016-05-14,25/9/2025,\n")
	if on := rep.Rows[0].Entries[0].On.String(); on != "2025-09-03" {
		t.Errorf("one day above 12 decides: %s", on)
	}
	if len(rep.Questions) != 1 || rep.Questions[0].Letter != "D" || rep.Questions[0].Suggest != caseload.DayFirst ||
		rep.Questions[0].MonthFirst != day.Must(2026, 1, 2) || rep.Questions[0].DayFirst != day.Must(2026, 2, 1) || !slices.Equal(rep.Questions[0].Rows, []int{2}) {
		t.Errorf("%+v", rep.Questions)
	}
	s := open(t, "a.csv", []byte("Child,Last IEP\nSample Child 01,3/9/2025\n"))
	rep = s.Rows(s.Guess().WithOrder(1, caseload.DayFirst), defaults)
	if on := rep.Rows[0].Entries[0].On.String(); on != "2025-09-03" || len(rep.Questions) > 0 {
		t.Errorf("the answer is not used: %s", on)
	}
	rep = report(t, "a.csv", "Child,Last IEP\nSample Child 01,13/9/2025\nSample Child 02,9/14/2025\nSample Child 03,3/9/2025\n")
	if !slices.Contains(keys(rep.Notices), "orders_mixed") || !slices.Equal(keys(rep.Rows[2].Problems), []string{"date_ambiguous"}) || !rep.Rows[0].Ready() || !rep.Rows[1].Ready() {
		t.Errorf("%+v", rep)
	}
}

func TestRequests(t *testing.T) {
	kinds := func(r caseload.Row) string {
		var out []string
		for _, e := range r.Entries {
			out = append(out, e.Kind.String()+"@"+e.On.String())
		}
		return strings.Join(out, " ")
	}
	rep := report(t, "a.csv", "Child,Last IEP,Request date,Request type,Consent signed,Open requests\n"+
		"Sample Child 01,,2026-09-03,evaluation,2026-09-21,\n"+
		"Sample Child 02,2025-10-02,2026-09-03,assessment,2026-09-21,\n"+
		"Sample Child 03,2025-10-02,2026-09-03,initial evaluation,,\n"+
		"Sample Child 04,,2026-09-03,something,,\n"+
		"Sample Child 05,,,IEE,,\n"+
		"Sample Child 06,,,,,IEE 2026-09-13; records 10/25/2026; call back\n"+
		"Sample Child 07,,2026-09-03,,,\n")
	for i, want := range []string{
		"evaluation_requested@2026-09-03 evaluation_consent_received@2026-09-21",
		"last_iep_review@2025-10-02 reevaluation_requested@2026-09-03 reevaluation_consent_received@2026-09-21",
		"last_iep_review@2025-10-02 evaluation_requested@2026-09-03",
		"note_added@2026-11-21", "note_added@2026-11-21",
		"iee_requested@2026-09-13 records_access_requested@2026-10-25 note_added@2026-11-21",
		"note_added@2026-11-21",
	} {
		if got := kinds(rep.Rows[i]); got != want {
			t.Errorf("row %d: %s, want %s", rep.Rows[i].N, got, want)
		}
	}
	e := rep.Rows[0].Entries
	if e[0].By != "parent" || e[0].Fields.Written != fact.Unsaid || e[1].Re != "request" || e[0].Line != 2 {
		t.Errorf("%+v", e)
	}
	rep = report(t, "a.csv", "Child,Evaluation requested on\nSample Child 01,2026-09-03\n")
	if got := kinds(rep.Rows[0]); got != "evaluation_requested@2026-09-03" {
		t.Errorf("the header says what was asked for: %s", got)
	}
}

func TestSkippedAndSame(t *testing.T) {
	rep := report(t, "a.csv", "My caseload\n\nStudent,DOB,District,State,Grade\nWashington Elementary,,,,\nSample Child 01,2016-05-14,Sample Unified,California,4th\n"+
		"Student,DOB,District,State,Grade\n,2016-05-14,Sample Unified,CA,K\n\"01, Child Sample\",2016-05-14,,Wisconsn,TK\nSample Child 02,,,,\nsample child 02,2017-01-02,,tx,\nTotal,3,,,\n")
	var got []string
	for _, r := range rep.Rows {
		s := "ready"
		if r.Skip != nil {
			s = strings.TrimPrefix(r.Skip.Key, "caseload.")
		} else if !r.Ready() {
			s = strings.Join(keys(r.Problems), " ")
		}
		got = append(got, fmt.Sprint(r.N, " ", s, " ", keys(r.Warnings)))
	}
	want := []string{"4 skip_section []", "5 ready [same_child]", "6 skip_header []", "7 skip_no_name []", "8 unknown_state [same_child]", "9 ready [name_only same_name]", "10 ready []", "11 skip_total []"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if !slices.EqualFunc(rep.Same, [][]int{{5, 8}}, slices.Equal[[]int]) {
		t.Errorf("%v", rep.Same)
	}
	if c := rep.Rows[1].Case; c.Jurisdiction[0].Is != "us-ca" || c.Child.Grade != "4" || rep.Rows[6].Case.Jurisdiction[0].Is != "us-tx" || rep.Rows[5].Case.Jurisdiction[0].Is != "us-ca" {
		t.Errorf("%+v", c)
	}
	if n := rep.Rows[4].Problems[0].Args["nearest"]; n != "us-wi" {
		t.Errorf("nearest is %q", n)
	}
}

// Text that would be a formula elsewhere stays the text it is.
func TestFormulaText(t *testing.T) {
	rep := report(t, "a.csv", "Child,Notes\n=HYPERLINK(\"http://example.org\"),\"=cmd|' /C calc'!A0\"\n@SUM(A1),+1\n")
	if rep.Rows[0].Case.Child.Name != `=HYPERLINK("http://example.org")` || rep.Rows[0].Entries[0].Note != "Notes: =cmd|' /C calc'!A0" || rep.Rows[1].Case.Child.Name != "@SUM(A1)" {
		t.Errorf("%+v", rep.Rows)
	}
	rep = report(t, "a.csv", "Child,Notes\nSample\u202eChild\u0007 01,a\u200bb\n")
	if rep.Rows[0].Case.Child.Name != "SampleChild 01" || rep.Rows[0].Entries[0].Note != "Notes: ab" {
		t.Errorf("%q", rep.Rows[0].Case.Child.Name)
	}
}

func archive(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	names := make([]string, 0, len(files))
	for n := range files {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		w, err := zw.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(files[n]))
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// workbook is a small workbook written by hand, with some parts replaced.
func workbook(t testing.TB, parts map[string]string) []byte {
	files := map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheetXML(`<row r="1"><c r="A1" t="inlineStr"><is><t>Child</t></is></c><c r="B1" t="inlineStr"><is><t>DOB</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Sample Child 01</t></is></c></row>`),
	}
	for n, s := range parts {
		files[n] = s
	}
	return archive(t, files)
}

func sheetXML(rows string) string {
	return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:BDWGN1048576"/><sheetData>` + rows + `</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>`
}

const sheet1 = "xl/worksheets/sheet1.xml"

func TestHostileWorkbooks(t *testing.T) {
	start := time.Now()
	if s := open(t, "a.xlsx", workbook(t, nil)); s.Len() != 1 { // a dimension of a million columns says nothing
		t.Errorf("%d rows", s.Len())
	}
	head := `<row r="1"><c r="A1" t="inlineStr"><is><t>Child</t></is></c><c r="B1" t="inlineStr"><is><t>DOB</t></is></c></row>`
	one := `<row r="2"><c r="A2" t="inlineStr"><is><t>Sample Child 01</t></is></c></row>`
	cells := func(inner string) []byte { return workbook(t, map[string]string{sheet1: sheetXML(head + inner)}) }
	refused(t, "a.xlsx", workbook(t, map[string]string{"xl/media/x.bin": strings.Repeat("\x00", caseload.MaxUnpacked+1)}), "caseload.too_big_unpacked")
	refused(t, "a.xlsx", workbook(t, map[string]string{"xl/sharedStrings.xml": `<sst>` + strings.Repeat(`<si/>`, 600_000) + `</sst>`}), "caseload.too_big_unpacked")
	refused(t, "a.xlsx", workbook(t, map[string]string{"xl/sharedStrings.xml": `<sst><si>` + strings.Repeat(`<r/>`, 5_000_000) + `</si></sst>`}), "caseload.too_big_unpacked")
	refused(t, "a.xlsx", workbook(t, map[string]string{"xl/sharedStrings.xml": `<!DOCTYPE sst [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>`}), "caseload.broken")
	refused(t, "a.xlsx", cells(`<row r="2"><c r="ZZZ2"><v>1</v></c></row>`), "caseload.broken")
	refused(t, "a.xlsx", cells(`<row r="2"><c r="XFD2"><v>1</v></c></row>`), "caseload.too_many_columns")
	refused(t, "a.xlsx", cells(`<row r="9999999"><c r="A1"><v>1</v></c></row>`), "caseload.broken")
	refused(t, "a.xlsx", cells(`<row r="2"><c r="A2" t="s"><v>-1</v></c></row>`), "caseload.broken")
	refused(t, "a.xlsx", cells(strings.Repeat(`<row><c t="str"><v>x</v></c></row>`, caseload.MaxRows+100)), "caseload.too_many_rows")
	refused(t, "a.xlsx", cells(`<row r="2"><c r="A2" t="str"><v>`+strings.Repeat("ñ", caseload.MaxCell)+`</v></c></row>`), "caseload.cell_too_long")
	refused(t, "a.xlsx", cells(strings.Repeat(`<x>`, 1000)), "caseload.broken")
	refused(t, "a.xlsx", cells(`<row r="2">`+`<c r="A2"><v>`), "caseload.broken")
	refused(t, "a.xlsx", workbook(t, map[string]string{"xl/workbook.xml": `<workbook/>`}), "caseload.broken")
	refused(t, "a.xlsx", workbook(t, map[string]string{sheet1: sheetXML("")}), "caseload.empty")
	refused(t, "a.xlsx", workbook(t, map[string]string{sheet1: sheetXML(head)}), "caseload.header_only")
	whole := workbook(t, nil)
	refused(t, "a.xlsx", whole[:len(whole)-30], "caseload.broken")
	// Rows without values are no rows, however many; styles that lead nowhere are none.
	s := open(t, "a.xlsx", cells(one+`<row r="3" s="99"><c r="A3" s="5"/></row><row r="1048576"><c r="XFD1048576" s="7"/></row>`))
	if s.Len() != 1 {
		t.Errorf("%d rows", s.Len())
	}
	s = open(t, "a.xlsx", workbook(t, map[string]string{
		"xl/styles.xml":                      `<styleSheet><cellXfs><xf numFmtId="14" fillId="9" fontId="-1" borderId="77" applyFill="1"/></cellXfs></styleSheet>`,
		"xl/vbaProject.bin":                  "macro",
		"xl/externalLinks/externalLink1.xml": "<externalLink/>",
		"xl/externalLinks/_rels/x.xml.rels":  "<Relationships/>",
		"docProps/core.xml":                  strings.Repeat("<x>", 100000),
		sheet1:                               sheetXML(head + `<row r="2"><c r="A2" t="str"><f>[1]Sheet!A1</f><v>Sample Child 01</v></c><c r="B2" s="0"><v>42504</v></c></row>` + `<row r="3"><c r="A3" t="str"><v>Sample Child 02</v></c><c r="B3" t="e"><v>#REF!</v></c></row>`),
	}))
	rep := s.Rows(s.Guess(), defaults)
	if len(rep.Rows) != 2 || rep.Rows[0].Case.Child.Born != day.Must(2016, 5, 14) || !slices.Equal(keys(rep.Notices), []string{"formulas"}) || !slices.Equal(keys(rep.Rows[1].Warnings), []string{"cell_error"}) {
		t.Errorf("%+v", rep)
	}
	if d := time.Since(start); d > 60*time.Second {
		t.Errorf("took %v", d)
	}
}

// book writes a workbook with the library.
func book(t testing.TB, f func(b *excelize.File)) []byte {
	t.Helper()
	b := excelize.NewFile()
	f(b)
	buf, err := b.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestXLSX(t *testing.T) {
	for _, mac := range []bool{false, true} {
		data := book(t, func(b *excelize.File) {
			b.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &mac})
			b.SetSheetRow("Sheet1", "A1", &[]any{"About this file"})
			b.NewSheet("Cases")
			b.NewSheet("Old")
			b.NewSheet("Hidden")
			b.SetSheetRow("Hidden", "A1", &[]any{"Student", "DOB"})
			b.SetSheetRow("Hidden", "A2", &[]any{"Sample Child 99", "2016-05-14"})
			b.SetSheetVisible("Hidden", false)
			b.SetSheetRow("Cases", "B3", &[]any{"Student", "DOB", "Last IEP", "Eval date", "SSID", "Key", "Grade", "IEP due"})
			b.SetCellStr("Cases", "B5", "Sample Child 01")
			day1 := 42504
			if mac {
				day1 -= 1462
			}
			style := func(code string) int {
				id, _ := b.NewStyle(&excelize.Style{CustomNumFmt: &code})
				return id
			}
			set := func(cell string, v any, code string) {
				b.SetCellValue("Cases", cell, v)
				b.SetCellStyle("Cases", cell, cell, style(code))
			}
			set("C5", day1, `[$-409]m/d/yyyy;@`)
			set("D5", float64(day1+3700)+0.75, `mmm d, yyyy h:mm AM/PM`)
			set("E5", day1+2999, `mmm-yy`) // 2024-07-30
			set("F5", 1234567, `0000000000`)
			set("G5", 123456789, `000\-00\-0000`)
			set("H5", 4, `0`)
			b.SetCellFormula("Cases", "I5", "D5+365")
			set("E6", day1+3001, `mmm-yy`) // 2024-08-01
			b.SetCellStr("Cases", "B6", "Sample Child 02")
		})
		s := open(t, "a.xlsx", data)
		if s.Name != "Cases" || !slices.Equal(s.Sheets, []string{"Sheet1", "Cases", "Old", "Hidden"}) || s.HeaderRow != 3 {
			t.Fatalf("%s %v %d", s.Name, s.Sheets, s.HeaderRow)
		}
		rep := s.Rows(s.Guess(), defaults)
		r := rep.Rows[0]
		if r.N != 5 || r.Case.Child.Born != day.Must(2016, 5, 14) || r.Case.Child.Grade != "4" || r.OutsideID != "0001234567" {
			t.Errorf("%+v", r)
		}
		if got := r.Entries[0].On.String(); got != "2026-07-01" {
			t.Errorf("last IEP %s", got)
		}
		if a, b := r.Entries[1].On.String(), rep.Rows[1].Entries[0].On.String(); a != "2024-07-30" || b != "2024-08" {
			t.Errorf("months are %s and %s", a, b)
		}
		if got := keys(rep.Notices); !slices.Equal(got, []string{"refused_ssn", "formulas", "other_sheets", "due_kept_as_note"}) {
			t.Errorf("%v", got)
		}
		if got := keys(r.Warnings); !slices.Equal(got, []string{"cell_error"}) {
			t.Errorf("%v", got)
		}
		if _, err := caseload.OpenSheet("a.xlsx", bytes.NewReader(data), int64(len(data)), "Hidden"); err != nil {
			t.Error(err)
		}
		if _, err := caseload.OpenSheet("a.xlsx", bytes.NewReader(data), int64(len(data)), "None"); fault.All(err)[0].Key != "caseload.no_such_sheet" {
			t.Error(err)
		}
	}
	// The day that never was, in the 1900 system.
	data := book(t, func(b *excelize.File) {
		b.SetSheetRow("Sheet1", "A1", &[]any{"Student", "DOB"})
		b.SetSheetRow("Sheet1", "A2", &[]any{"Sample Child 01", 60})
		id, _ := b.NewStyle(&excelize.Style{NumFmt: 14})
		b.SetCellStyle("Sheet1", "B2", "B2", id)
	})
	s := open(t, "a.xlsx", data)
	if rep := s.Rows(s.Guess(), defaults); !slices.Equal(keys(rep.Rows[0].Warnings), []string{"cell_error"}) {
		t.Errorf("%+v", rep.Rows)
	}
}

func TestTemplates(t *testing.T) {
	for _, lang := range []string{"en", "es"} {
		for _, f := range []caseload.Format{caseload.CSV, caseload.XLSX} {
			a, err := caseload.Template(lang, f)
			if err != nil {
				t.Fatal(err)
			}
			for range 3 {
				if b, _ := caseload.Template(lang, f); !bytes.Equal(a, b) {
					t.Errorf("%s %s differs from itself", lang, f)
				}
			}
			s := open(t, "cases."+string(f), a)
			rep := s.Rows(s.Guess(), caseload.Defaults{Today: day.Must(2026, 11, 21)})
			if ready, _, _, _ := rep.Counts(); ready != 2 || len(rep.Ignored) > 0 || len(rep.Questions) > 0 {
				t.Errorf("%s %s: %+v", lang, f, rep)
			}
			for _, a := range rep.Mapping.Columns {
				if a.Target == caseload.Ignore {
					t.Errorf("%s is not recognized", a.Header)
				}
			}
			if r := rep.Rows[1]; len(r.Entries) != 3 || r.Entries[0].Kind.String() != "evaluation_requested" || r.Case.Jurisdiction[0].Is != "us-ca" {
				t.Errorf("%s %s: %+v", lang, f, r)
			}
		}
	}
}

// The report of the example in the documentation, as text.
func TestGolden(t *testing.T) {
	data, err := os.ReadFile("../../examples/caseload/cases.csv")
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, "cases.csv", data)
	rep := s.Rows(s.Guess(), defaults)
	var b strings.Builder
	for _, lang := range []string{"en", "es"} {
		cat, _ := locale.For(lang)
		fmt.Fprintf(&b, "== %s\n", lang)
		say := func(what string, l fault.List) {
			for _, e := range l {
				fmt.Fprintf(&b, "  %s: %s\n", what, cat.Fault(e))
			}
		}
		say("problem", rep.Problems)
		say("notice", rep.Notices)
		for _, q := range rep.Questions {
			fmt.Fprintf(&b, "  question: %s %s %v %s: %s or %s %s\n", q.Letter, q.Header, q.Rows, q.Text, q.MonthFirst, q.DayFirst, q.Suggest)
		}
		for _, c := range rep.Ignored {
			fmt.Fprintf(&b, "  ignored: %s %s\n", c.Letter, c.Header)
		}
		for _, r := range rep.Rows {
			fmt.Fprintf(&b, "row %d ready=%v\n", r.N, r.Ready())
			if r.Skip != nil {
				say("skip", fault.List{r.Skip})
				continue
			}
			c := r.Case
			fmt.Fprintf(&b, "  case: %q %q born=%s grade=%s district=%v jurisdiction=%v language=%s side=%s zone=%s id=%s school=%s\n",
				c.Title, c.Child.Name, c.Child.Born, c.Child.Grade, c.District, c.Jurisdiction, c.HomeLanguage, c.Side, c.Zone, r.OutsideID, r.School)
			for _, e := range r.Entries {
				fmt.Fprintf(&b, "  entry: %s %s %s by=%q re=%q recorded=%s line=%d:%d %q\n", e.ID, e.Kind, e.On, e.By, e.Re, e.Recorded, e.Line, e.Column, e.Note)
			}
			say("problem", r.Problems)
			say("warning", r.Warnings)
		}
	}
	const golden = "testdata/report.golden"
	if *update {
		os.MkdirAll("testdata", 0o755)
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || b.String() != string(want) {
		t.Errorf("the report differs (%v); go test -update writes it:\n%s", err, b.String())
	}
}

// What is ready can be written as a case file and read back.
func TestReadyRowsAreCaseFiles(t *testing.T) {
	data, err := os.ReadFile("../../examples/caseload/cases.csv")
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, "cases.csv", data)
	rep := s.Rows(s.Guess().WithOrder(6, caseload.MonthFirst), defaults)
	ready := 0
	for _, r := range rep.Rows {
		if !r.Ready() {
			continue
		}
		ready++
		f := &casefile.File{Case: r.Case, Entries: r.Entries}
		var b bytes.Buffer
		if err := f.Write(&b, casefile.YAML); err != nil {
			t.Fatal(err)
		}
		back, err := casefile.Read("case.yaml", b.Bytes())
		if err != nil || !back.Equal(f) {
			t.Errorf("row %d: %v\n%s", r.N, err, b.String())
		}
	}
	if ready != 5 {
		t.Errorf("%d rows are ready", ready)
	}
}

// Every key stands in both languages, and every key of the catalog is used.
func TestTexts(t *testing.T) {
	used := map[string]bool{}
	files, _ := filepath.Glob("*.go")
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), f, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				if s, _ := strconv.Unquote(l.Value); strings.HasPrefix(s, "caseload.") {
					used[s] = true
				}
			}
			return true
		})
	}
	for _, lang := range []string{"en", "es"} {
		cat, _ := locale.For(lang)
		for k := range used {
			if !cat.Has(k) {
				t.Errorf("no text for %s in %s", k, lang)
			}
		}
		text, err := os.ReadFile("../../locale/caseload." + lang + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^(caseload\.[a-z_]+):`).FindAllStringSubmatch(string(text), -1) {
			if !used[strings.TrimSuffix(m[1], "_near")] {
				t.Errorf("%s is not used", m[1])
			}
		}
	}
}

func check(t *testing.T, name string, data []byte) {
	s, err := caseload.Open(name, bytes.NewReader(data), int64(len(data)))
	if err != nil {
		if k := fault.KindOf(err); k != fault.Invalid {
			t.Fatalf("kind %v: %v", k, err)
		}
		return
	}
	m := s.Guess()
	if m.Of(0) == caseload.Ignore && s.Columns[0].Refused == "" {
		m = m.With(0, caseload.Child)
	}
	rep := s.Rows(m, defaults)
	cats := make([]*locale.Catalog, 0, 2)
	for _, lang := range []string{"en", "es"} {
		c, _ := locale.For(lang)
		cats = append(cats, c)
	}
	say := func(l fault.List) {
		for _, e := range l {
			for _, c := range cats {
				// What a cell holds may have brackets of its own.
				args := strings.Join(slices.Collect(func(yield func(string) bool) {
					for _, v := range e.Args {
						if !yield(v) {
							return
						}
					}
				}), "")
				if text := c.Fault(e); strings.Contains(text, "{") && !strings.Contains(args, "{") {
					t.Fatalf("%s: %s", e.Key, text)
				}
			}
		}
	}
	say(rep.Problems)
	say(rep.Notices)
	last := s.HeaderRow
	for _, r := range rep.Rows {
		if r.N <= last {
			t.Fatalf("row %d after %d", r.N, last)
		}
		last = r.N
		say(r.Problems)
		say(r.Warnings)
		if r.Skip != nil {
			say(fault.List{r.Skip})
		} else if r.Case.Title == "" {
			t.Fatal("a case without a title")
		}
		ids := map[string]bool{}
		for _, e := range r.Entries {
			if e.Kind == 0 || e.On.IsZero() || ids[e.ID] || e.On.Latest < e.On.Earliest {
				t.Fatalf("%+v", e)
			}
			ids[e.ID] = true
		}
	}
	if regexp.MustCompile(`(^|\s)\d{3}-\d{2}-\d{4}(\s|$)`).MatchString(fmt.Sprint(s.Preview(s.Len()))) {
		t.Fatal("a social security number is kept")
	}
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("Child,DOB,Last IEP,Open requests\nSample Child 01,5/14/2016,3/9/2025,IEE 9/13/2025; records\n"))
	f.Add([]byte("Alumno;Fecha de nacimiento;SSN\n\"a\"\"b\nc\";13/1/2016;123-45-6789\nTotal;1\n"))
	f.Add(utf16le("Child\tDOB\nSample Child 01\tSept 2025\n", true))
	f.Add(latin("Niño,Último IEP\nx,3 de enero de 25\n"))
	f.Fuzz(func(t *testing.T, data []byte) { check(t, "a.csv", data) })
}

func FuzzXLSX(f *testing.F) {
	f.Add([]byte(sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c><c t="inlineStr"><is><t>DOB</t></is></c></row><row><c><v>1</v></c><c s="1"><v>42504</v></c></row>`)), []byte(`<sst><si><t>Child</t></si></sst>`), []byte(`<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`), false)
	f.Add([]byte("PK\x03\x04"), []byte(""), []byte(""), true)
	f.Fuzz(func(t *testing.T, sheet, texts, styles []byte, raw bool) {
		if raw {
			check(t, "a.xlsx", sheet)
			return
		}
		check(t, "a.xlsx", workbook(t, map[string]string{sheet1: string(sheet), "xl/sharedStrings.xml": string(texts), "xl/styles.xml": string(styles)}))
	})
}

func bigCSV(n int) []byte {
	var b bytes.Buffer
	b.WriteString("Student,DOB,Grade,District,State,School,Last IEP,Eval date,Request date,Request type,Consent,Language,SSID,Notes\n")
	for i := range n {
		fmt.Fprintf(&b, "Sample Child %04d,%d/%d/2016,4,Sample Unified,CA,Sample Elementary,%d/%d/2025,9/14/2023,9/3/2026,evaluation,9/21/2026,Spanish,%010d,some note\n", i, i%12+1, i%28+1, i%12+1, i%28+1, i)
	}
	return b.Bytes()
}

func BenchmarkCSV5000(b *testing.B) {
	data := bigCSV(caseload.MaxRows)
	b.ReportAllocs()
	for b.Loop() {
		s := open(b, "a.csv", data)
		if rep := s.Rows(s.Guess(), defaults); len(rep.Rows) != caseload.MaxRows {
			b.Fatal(errors.New("rows are missing"))
		}
	}
}

func BenchmarkXLSX5000(b *testing.B) {
	data := book(b, func(f *excelize.File) {
		w, _ := f.NewStreamWriter("Sheet1")
		for i, l := range strings.Split(strings.TrimSpace(string(bigCSV(caseload.MaxRows))), "\n") {
			var vs []any
			for _, v := range strings.Split(l, ",") {
				vs = append(vs, v)
			}
			w.SetRow("A"+strconv.Itoa(i+1), vs)
		}
		w.Flush()
	})
	b.ReportAllocs()
	for b.Loop() {
		s := open(b, "a.xlsx", data)
		if rep := s.Rows(s.Guess(), defaults); len(rep.Rows) != caseload.MaxRows {
			b.Fatal(errors.New("rows are missing"))
		}
	}
}
