package calendar

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"stayput/day"
	"stayput/fault"
	"stayput/format/yaml"
)

func d(s string) day.Date {
	got, err := day.Parse(s)
	if err != nil {
		panic(err)
	}
	return got
}

func one(t *testing.T, name, text string) (day.SchoolYear, []Warning) {
	t.Helper()
	ys, ws, err := Read(name, []byte(text))
	if err != nil || len(ys) != 1 {
		t.Fatalf("%d years, %v\n%s", len(ys), err, text)
	}
	return ys[0], ws
}

func describe(cs []day.Closure) string {
	var out []string
	for _, c := range cs {
		s := c.First.String()
		if c.Last != c.First {
			s += ".." + c.Last.String()
		}
		s += " " + c.Kind.String() + " " + c.Name
		if len(c.Grades) > 0 {
			s += " " + fmt.Sprint(c.Grades)
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n")
}

// The older research form says the same as the project's own files, which were
// made from it by hand.
func TestOlderForm(t *testing.T) {
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) < 6 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		older, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		ours, err := os.ReadFile("../../law/packs/calendars/" + name)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := one(t, name, string(older))
		want, _ := one(t, name, string(ours))
		if got.ID != want.ID || got.District != want.District || got.Label != want.Label || got.First != want.First || got.Last != want.Last || got.Complete != want.Complete {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
		// By hand, a day named only "non-instructional" was called other.
		for i := range want.Closures {
			if strings.Contains(strings.ToLower(want.Closures[i].Name), "non-instructional") {
				want.Closures[i].Kind = day.StaffDay
			}
		}
		if g, w := describe(got.Closures), describe(want.Closures); g != w {
			t.Errorf("%s: got\n%s\nwant\n%s", name, g, w)
		}
	}
}

// Every calendar that comes with the program is accepted, can be counted with,
// and comes back equal when written.
func TestShippedCalendars(t *testing.T) {
	files, err := filepath.Glob("../../law/packs/calendars/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		y, warnings := one(t, file, string(data))
		for _, w := range warnings {
			if w.Key != "calendar.pupil_days" || y.ID != "los-angeles-usd-2023-24-partial" {
				t.Errorf("%s: %+v", file, w)
			}
		}
		if y.ID != base(file) {
			t.Errorf("%s is called %s", file, y.ID)
		}
		if _, err := day.NewSchool([]day.SchoolYear{y}, day.View{}, day.YearRule{}, day.Span{}); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		roundTrip(t, y)
	}
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

func roundTrip(t failer, y day.SchoolYear) {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, y); err != nil {
		t.Fatalf("%v", err)
	}
	ys, _, err := Read("calendar.yaml", b.Bytes())
	if err != nil || len(ys) != 1 || !reflect.DeepEqual(tidy(ys[0]), tidy(y)) {
		t.Fatalf("comes back different, %v:\n%s\n%+v\n%+v", err, b.String(), y, ys)
	}
}

// tidy makes empty lists and none the same.
func tidy(y day.SchoolYear) day.SchoolYear {
	y.Closures = slices.Clone(y.Closures)
	for i := range y.Closures {
		if len(y.Closures[i].Grades) == 0 {
			y.Closures[i].Grades = nil
		}
	}
	y.Closures = append([]day.Closure{}, y.Closures...)
	y.Minimum = append([]day.Date{}, y.Minimum...)
	y.Sessions = append([]day.Session{}, y.Sessions...)
	return y
}

const minimal = "calendar: x\nfirst_day: 2025-08-11\nlast_day: 2026-05-28\n"

func TestForm(t *testing.T) {
	y, ws := one(t, "a/b.yaml", minimal+`pupil_days: 180
school_year: 2025-2026
state: us-ca
covers_to: 2026-05-01
minimum_days: [2025-09-03, 2025-09-10]
sessions:
  - {from: 2025-08-11, to: 2025-12-19, track: A}
  - {from: 2026-01-05, to: 2026-05-28, track: A}
closures:
  - {on: 2025-09-01, name: Labor Day}
  - {on: 2025-10-31, name: Día de los muertos, kind: other, grades: [K, 1, elementary], track: A, recorded: 2025-10-01}
`)
	if y.ID != "x" || y.Label != "2025-26" || !y.Complete || y.PupilDays != 180 || len(y.Minimum) != 2 || len(y.Sessions) != 2 || len(ws) != 0 {
		t.Errorf("got %+v, %v", y, ws)
	}
	if c := y.Closures[1]; c.Kind != day.OtherClosure || len(c.Grades) != 3 || c.Track != "A" || c.Recorded != d("2025-10-01") || y.Closures[0].Kind != day.HolidayClosure {
		t.Errorf("closures are %+v", y.Closures)
	}
	roundTrip(t, y)

	y, _ = one(t, `C:\calendars\Our School.yaml`, "first_day: 2025-08-11\n")
	if y.ID != "Our School" || y.Complete {
		t.Errorf("got %+v", y)
	}
	y, _ = one(t, "x.json", `{"calendar": "j", "first_day": "2025-08-11", "last_day": "2026-05-28", "closures": [{"on": "2025-09-01", "name": "Labor Day", "kind": "holiday"}]}`)
	if y.ID != "j" || !y.Complete || len(y.Closures) != 1 {
		t.Errorf("got %+v", y)
	}
	_, ws = one(t, "x.yaml", minimal+"closures: [{on: 2025-09-02, name: Founders}]\n")
	if len(ws) != 1 || ws[0].Key != "calendar.kind_unknown" || ws[0].At.Line != 4 || ws[0].On != d("2025-09-02") {
		t.Errorf("warnings are %+v", ws)
	}
	_, ws = one(t, "x.yaml", minimal+"pupil_days: 180\n")
	if len(ws) != 1 || ws[0].Key != "calendar.pupil_days" || ws[0].Args["counted"] != "209" {
		t.Errorf("warnings are %+v", ws)
	}
}

func TestGuess(t *testing.T) {
	for _, c := range []struct {
		name string
		days int
		kind string
	}{
		{"Winter Break", 14, "vacation"}, {"Winter recess", 10, "vacation"}, {"Thanksgiving week (holiday November 23)", 5, "vacation"},
		{"Thanksgiving holidays", 2, "holiday"}, {"Winter holidays", 12, "vacation"}, {"Veterans Day", 1, "holiday"}, {"Presidents’ Day", 1, "holiday"},
		{"César Chávez Day (observed)", 1, "holiday"}, {"Staff development (no school)", 1, "staff_day"}, {"Pupil-free day", 1, "staff_day"},
		{"Local non-instructional day", 1, "staff_day"}, {"Vacaciones de invierno", 10, "vacation"}, {"Día festivo", 1, "holiday"},
		{"Emergency closure (smoke)", 1, "emergency"}, {"Founders", 1, "other"}, {"Breakfast", 1, "other"},
	} {
		first := d("2025-09-01")
		if k, _ := guessKind(c.name, day.Span{First: first, Last: first.Add(c.days - 1)}); k.String() != c.kind {
			t.Errorf("%s is %s, want %s", c.name, k, c.kind)
		}
	}
	for name, want := range map[string]string{
		"Elementary only parent-teacher conferences (no elementary pupils)": "[elementary]",
		"Secondary pupil-free day (elementary attends a shortened day)":     "[secondary]",
		"Elementary and secondary staff development":                        "[]",
		"Staff development": "[]",
		"Elementary only: conferences; secondary schools attend (not short)": "[]",
	} {
		if got := fmt.Sprint(someGrades(fold(name))); got != want {
			t.Errorf("%s is for %s, want %s", name, got, want)
		}
	}
}

func TestFormRefused(t *testing.T) {
	for _, c := range []struct{ what, text, key, at string }{
		{"empty", "", "yaml.empty", ""},
		{"a list", "- a\n", "yaml.want_map", "1:1"},
		{"nothing", "~\n", "yaml.want_map", "1:1"},
		{"unknown key", minimal + "holliday: []\n", "yaml.unknown_key", "4:1"},
		{"two first days", minimal + "first_day: 2025-08-12\n", "yaml.repeated_key", "4:1"},
		{"last before first", "first_day: 2025-08-11\nlast_day: 2025-05-28\n", "calendar.last_before_first", "2:11"},
		{"too long", "first_day: 2025-08-11\nlast_day: 2026-09-20\n", "calendar.too_long", "2:11"},
		{"no such day", "first_day: 2025-02-30\n", "calendar.no_such_day", "1:12"},
		{"no day", "first_day: August 11\n", "calendar.not_a_day", "1:12"},
		{"year 1", "first_day: 0001-01-01\n", "calendar.date_range", "1:12"},
		{"year 9999", "last_day: 9999-01-01\n", "calendar.date_range", "1:11"},
		{"closure outside", minimal + "closures: [{on: 2026-06-01, name: x, kind: other}]\n", "calendar.closure_outside", "4:12"},
		{"closure partly outside", minimal + "closures: [{from: 2026-05-27, to: 2026-06-01, name: x, kind: other}]\n", "calendar.closure_outside", "4:12"},
		{"from after to", minimal + "closures: [{from: 2025-09-02, to: 2025-09-01, name: x, kind: other}]\n", "calendar.from_after_to", "4:35"},
		{"on and from", minimal + "closures: [{on: 2025-09-02, to: 2025-09-03}]\n", "calendar.on_and_from", "4:12"},
		{"from alone", minimal + "closures: [{from: 2025-09-02}]\n", "yaml.missing_key", "4:12"},
		{"no day at all", minimal + "closures: [{name: x}]\n", "yaml.missing_key", "4:12"},
		{"closure is a text", minimal + "closures: [Labor Day]\n", "yaml.want_map", "4:12"},
		{"closure is nothing", minimal + "closures: [~]\n", "yaml.want_map", "4:12"},
		{"kind", minimal + "closures: [{on: 2025-09-02, kind: vacasion}]\n", "yaml.unknown_word", "4:35"},
		{"grades", minimal + "closures: [{on: 2025-09-02, kind: other, grades: [elementry]}]\n", "yaml.unknown_word", "4:51"},
		{"sessions overlap", minimal + "sessions:\n  - {from: 2025-08-11, to: 2025-10-01, track: A}\n  - {from: 2025-09-01, to: 2025-12-01, track: B}\n  - {from: 2025-10-01, to: 2025-12-01, track: A}\n", "calendar.sessions_overlap", "7:5"},
		{"session of all overlaps", minimal + "sessions:\n  - {from: 2025-08-11, to: 2025-10-01}\n  - {from: 2025-09-01, to: 2025-12-01, track: B}\n", "calendar.sessions_overlap", "6:5"},
		{"session outside", minimal + "sessions: [{from: 2025-08-10, to: 2025-10-01}]\n", "calendar.session_outside", "4:12"},
		{"minimum day outside", minimal + "minimum_days: [2026-07-01]\n", "calendar.day_outside", "4:16"},
		{"covers to outside", minimal + "covers_to: 2026-07-01\n", "calendar.day_outside", "4:12"},
		{"other year", minimal + "school_year: 2024-25\n", "calendar.other_year", ""},
		{"no year", minimal + "school_year: 2025\n", "calendar.bad_school_year", "4:14"},
		{"strange year", minimal + "school_year: 2025-27\n", "calendar.bad_school_year", "4:14"},
		{"complete without last day", "complete: yes\nfirst_day: 2025-08-11\n", "calendar.complete_without_days", "1:11"},
		{"complete perhaps", "complete: partly\nfirst_day: 2025-08-11\n", "yaml.want_yes_no", "1:11"},
		{"pupil days", minimal + "pupil_days: 500\n", "calendar.number_range", "4:13"},
		{"state", minimal + "state: California\n", "calendar.bad_state", "4:8"},
		{"binary", "\x00\x01", "yaml.not_text", ""},
	} {
		t.Run(c.what, func(t *testing.T) {
			ys, _, err := Read("x.yaml", []byte(c.text))
			l := fault.All(err)
			if ys != nil || len(l) == 0 || l[0].Key != c.key || l[0].At.File != "x.yaml" || l[0].Kind != fault.Invalid {
				t.Fatalf("got %v, %v, want %s", ys, err, c.key)
			}
			if at := fmt.Sprintf("%d:%d", l[0].At.Line, l[0].At.Column); c.at != "" && at != c.at {
				t.Errorf("stands at %s, want %s: %v", at, c.at, err)
			}
		})
	}
}

// A calendar inside a case file is read where it stands.
func TestFromNode(t *testing.T) {
	n, err := yaml.Read("case.yaml", []byte("inline:\n  first_day: 2025-08-11\n  last_day: 2026-05-28\n  closures: [{on: 2027-01-01}]\n"), yaml.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = FromNode(n.Fields[0].Value)
	if l := fault.All(err); len(l) != 1 || l[0].At.Line != 4 || l[0].At.File != "case.yaml" {
		t.Errorf("got %v", err)
	}
}

func utf16Bytes(s string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

func TestDistrictICS(t *testing.T) {
	data, err := os.ReadFile("testdata/district.ics")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for form, data := range map[string][]byte{
		"plain":   data,
		"windows": []byte(strings.ReplaceAll(text, "\n", "\r\n")),
		"mark":    []byte("\uFEFF" + text),
		"utf-16":  utf16Bytes(strings.ReplaceAll(text, "\n", "\r\n")),
	} {
		t.Run(form, func(t *testing.T) {
			ys, ws, err := Read("district.ics", data)
			if err != nil || len(ys) != 1 {
				t.Fatalf("%d years, %v", len(ys), err)
			}
			y := ys[0]
			if y.ID != "district-2025-26" || y.District != "Invented Unified School District" || y.Label != "2025-26" || !y.Complete || y.First != d("2025-08-11") || y.Last != d("2026-05-28") {
				t.Errorf("got %+v", y)
			}
			want := `2025-09-01 holiday Labor Day - No School
2025-11-03 staff_day Staff Development / Pupil Free
2025-11-24..2025-11-28 vacation Thanksgiving Break
2025-12-22..2026-01-02 vacation Winter Break
2026-01-19 holiday Martin Luther King, Jr. Day
2026-02-16 holiday Presidents' Day
2026-04-06..2026-04-10 vacation Vacaciones de primavera`
			if got := describe(y.Closures); got != want {
				t.Errorf("closures are\n%s\nwant\n%s", got, want)
			}
			if got := fmt.Sprint(y.Minimum); got != "[2025-08-20 2025-08-27 2025-09-10 2025-09-17 2026-05-28]" {
				t.Errorf("minimum days are %s", got)
			}
			var got []string
			for _, w := range ws {
				got = append(got, fmt.Sprintf("%s %s %s", w.Key, w.On, w.Summary))
			}
			if s := strings.Join(got, "\n"); s != `ics.holiday_assumed 2010-01-18 Martin Luther King, Jr. Day
ics.year_left_out  2026-27
ics.not_recognized 2025-12-12 Holiday Concert
ics.not_recognized 2025-10-15 Board Meeting
ics.holiday_assumed 2026-02-16 Presidents' Day` {
				t.Errorf("warnings are\n%s", s)
			}
			roundTrip(t, y)
		})
	}
}

// event makes one event; calendar wraps events.
func event(lines ...string) string {
	return "BEGIN:VEVENT\n" + strings.Join(lines, "\n") + "\nEND:VEVENT\n"
}

func allDay(on, summary string, more ...string) string {
	return event(append([]string{"DTSTART;VALUE=DATE:" + on, "SUMMARY:" + summary}, more...)...)
}

func vcalendar(events ...string) string {
	return "BEGIN:VCALENDAR\nVERSION:2.0\n" + strings.Join(events, "") + "END:VCALENDAR\n"
}

func TestWords(t *testing.T) {
	for summary, want := range map[string]string{
		"First Day of School":                       "first",
		"FIRST DAY OF SCHOOL!":                      "first",
		"School begins":                             "first",
		"Classes Begin (K-12)":                      "first",
		"Primer día de clases":                      "first",
		"PRIMER DÍA DE CLASES / First Day":          "first",
		"Last day of school - minimum day":          "last minimum",
		"Último día de clases":                      "last",
		"Último día":                                "last",
		"Last Day of School / End of 2nd Semester":  "last",
		"Last day of school before winter break":    "ics.not_recognized",
		"First day of school after Thanksgiving":    "ics.not_recognized",
		"Spring semester classes begin":             "ics.not_recognized",
		"First day of second semester":              "ics.not_recognized",
		"First day of summer school":                "ics.not_recognized",
		"Teachers' first day of school":             "ics.not_recognized",
		"First Day of School for Kindergarten":      "ics.some_grades",
		"First Day of School - Grades 6-12":         "ics.some_grades",
		"Seniors' last day of school":               "ics.some_grades",
		"No School":                                 "closed",
		"Veterans Day (No School)":                  "closed",
		"No School - Elementary only":               "closed ics.grades_from_name",
		"Spring Break":                              "closed",
		"Spring Recess":                             "closed",
		"Local Holiday":                             "closed",
		"Non-Student Day":                           "closed",
		"Pupil Free Day":                            "closed",
		"Staff Development Day":                     "closed",
		"No hay clases":                             "closed",
		"Vacaciones de invierno":                    "closed",
		"Snow Day":                                  "closed",
		"Snow make-up day":                          "ics.not_recognized",
		"Veterans Day":                              "closed ics.holiday_assumed",
		"Veterans Day assembly":                     "ics.not_recognized",
		"Minimum Day":                               "minimum",
		"Early Release: Staff Development":          "minimum",
		"Shortened Day":                             "minimum",
		"Día mínimo":                                "minimum",
		"Holiday Concert":                           "ics.not_recognized",
		"Winter Break Begins":                       "ics.not_recognized",
		"Classes resume after winter break":         "ics.not_recognized",
		"Breakfast with the principal":              "ics.not_recognized",
		"Secondary no school, elementary early out": "ics.unclear",
		"Secondary pupil-free day (elementary attends a shortened day)": "closed ics.grades_from_name",
		"No school (make-up day if needed)":                             "ics.unclear",
		"Picture Day":                                                   "ics.not_recognized",
		"休日":                                                            "ics.not_recognized",
		"":                                                              "ics.not_recognized",
	} {
		y, ws, err := Read("x.ics", []byte(vcalendar(allDay("20250910", summary), allDay("20250701", "First day of school", "X-NOTE:so that there is a year"))))
		got := "error"
		if err == nil {
			got = ""
		}
		_ = y
		if err != nil && fault.All(err)[0].Key == "ics.two_first_days" {
			got = "first"
			err = nil
		}
		if err != nil {
			t.Errorf("%s: %v", summary, err)
			continue
		}
		if got == "" {
			var words []string
			if y[0].Last != 0 {
				words = append(words, "last")
			}
			if len(y[0].Closures) > 0 {
				words = append(words, "closed")
			}
			if len(y[0].Minimum) > 0 {
				words = append(words, "minimum")
			}
			for _, w := range ws {
				if w.Key != "ics.no_last_day" {
					words = append(words, w.Key)
				}
			}
			got = strings.Join(words, " ")
		}
		if got != want {
			t.Errorf("%q is %q, want %q", summary, got, want)
		}
	}
}

func TestTwoFirstDays(t *testing.T) {
	_, _, err := Read("x.ics", []byte(vcalendar(allDay("20250811", "First Day of School"), allDay("20250818", "School begins"))))
	l := fault.All(err)
	if len(l) != 1 || l[0].Key != "ics.two_first_days" || l[0].Args["first_line"] != "3" || l[0].Args["second_line"] != "7" || l[0].At.Line != 7 || l[0].Args["second"] != "2025-08-18" {
		t.Errorf("got %v", err)
	}
	// The same day twice is one first day.
	one(t, "x.ics", vcalendar(allDay("20250811", "First Day of School"), allDay("20250811", "Primer día de clases")))
}

// Rules that never end are cut at the school year, in no time.
func TestEndlessRules(t *testing.T) {
	start := time.Now()
	y, ws := one(t, "x.ics", vcalendar(
		allDay("20250811", "First Day of School"), allDay("20260528", "Last Day of School"),
		allDay("20000101", "Holiday: New Year", "RRULE:FREQ=YEARLY"),
		allDay("20250905", "Early release", "RRULE:FREQ=WEEKLY;BYDAY=FR"),
		allDay("20250811", "Minimum day", "RRULE:FREQ=DAILY;INTERVAL=100"),
		allDay("20250912", "Early release", "RRULE:FREQ=WEEKLY;COUNT=1000000;INTERVAL=2"),
		allDay("20250912", "No School", "RRULE:FREQ=SECONDLY"),
		allDay("20250912", "No School", "RRULE:FREQ=DAILY;INTERVAL=0"),
		allDay("20250912", "No School", "RRULE:FREQ=DAILY;BYSETPOS=1"),
		allDay("20251127", "Holiday", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;UNTIL=20991231"),
		allDay("20260330", "Recess", "RRULE:FREQ=DAILY;COUNT=5"),
		allDay("20260130", "Local holiday", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3"),
	))
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
	want := `2025-11-27 holiday Holiday
2026-01-01 holiday Holiday: New Year
2026-01-30..2026-01-31 holiday Local holiday
2026-02-28 holiday Local holiday
2026-03-30..2026-04-03 vacation Recess`
	if got := describe(y.Closures); got != want {
		t.Errorf("closures are\n%s\nwant\n%s", got, want)
	}
	if n := len(y.Minimum); n < 38 || n > 45 || y.Minimum[n-1] > y.Last {
		t.Errorf("%d minimum days: %v", n, y.Minimum)
	}
	unknown := 0
	for _, w := range ws {
		if w.Key == "ics.rule_unknown" {
			unknown++
		}
	}
	if unknown != 3 {
		t.Errorf("warnings are %+v", ws)
	}
	// Only endless rules in the file: the year in which they begin is the year.
	y, _ = one(t, "x.ics", vcalendar(allDay("20250905", "No school", "RRULE:FREQ=WEEKLY")))
	if y.Label != "2025-26" || len(y.Closures) < 40 || y.Complete {
		t.Errorf("got %s with %d closures", y.Label, len(y.Closures))
	}
	// Daily for ever is cut at a thousand.
	ys, _, err := Read("x.ics", []byte(vcalendar(allDay("20000905", "Board", ""), allDay("20250905", "Picture day"), allDay("20000905", "Early release", "RRULE:FREQ=DAILY"))))
	if err != nil || len(ys) > 5 {
		t.Errorf("%d years, %v", len(ys), err)
	}
}

func TestSeveralYears(t *testing.T) {
	ys, _, err := Read("two.ics", []byte(vcalendar(
		allDay("20260810", "First Day of School"), allDay("20270528", "Last Day of School"),
		allDay("20250811", "First Day of School"), allDay("20260528", "Last Day of School"),
		allDay("20251222", "Winter Break", "DTEND;VALUE=DATE:20260103"),
		allDay("20261221", "Winter Break", "DTEND;VALUE=DATE:20270102"),
		allDay("20260529", "Summer vacation", "DTEND;VALUE=DATE:20260810"),
	)))
	if err != nil || len(ys) != 2 || ys[0].Label != "2025-26" || ys[1].Label != "2026-27" || len(ys[0].Closures) != 1 || len(ys[1].Closures) != 1 || !ys[0].Complete || !ys[1].Complete {
		t.Fatalf("got %+v, %v", ys, err)
	}
	if _, err := day.NewSchool(ys, day.View{}, day.YearRule{}, day.Span{}); err != nil {
		t.Error(err)
	}
}

func TestTimes(t *testing.T) {
	// Greenwich midnight with a zone is the day before in California.
	y, _ := one(t, "x.ics", strings.Replace(vcalendar(event("DTSTART:20250812T003000Z", "SUMMARY:First day of school")), "VERSION", "X-WR-TIMEZONE:America/Los_Angeles\nVERSION", 1))
	if y.First != d("2025-08-11") {
		t.Errorf("first day is %v", y.First)
	}
	// Without a zone nobody can tell.
	_, ws := one(t, "x.ics", vcalendar(event("DTSTART:20250812T003000Z", "SUMMARY:First day of school")))
	if !slices.ContainsFunc(ws, func(w Warning) bool { return w.Key == "ics.zone_unknown" }) {
		t.Errorf("warnings are %+v", ws)
	}
	// A closure of an hour is none.
	y, ws = one(t, "x.ics", vcalendar(allDay("20250811", "First day of school"), event("DTSTART:20251010T090000", "DTEND:20251010T100000", "SUMMARY:Fall break"), event("DTSTART:20251013T000000", "DTEND:20251015T000000", "SUMMARY:Fall break")))
	if describe(y.Closures) != "2025-10-13..2025-10-14 vacation Fall break" || !slices.ContainsFunc(ws, func(w Warning) bool { return w.Key == "ics.part_of_day" }) {
		t.Errorf("closures are %s, warnings %+v", describe(y.Closures), ws)
	}
	// An occurrence that was moved.
	y, _ = one(t, "x.ics", vcalendar(allDay("20250811", "First day of school"), allDay("20250905", "Early release", "UID:u", "RRULE:FREQ=WEEKLY;COUNT=3"), allDay("20250911", "Early release", "UID:u", "RECURRENCE-ID;VALUE=DATE:20250912")))
	if got := fmt.Sprint(y.Minimum); got != "[2025-09-05 2025-09-11 2025-09-19]" {
		t.Errorf("minimum days are %s", got)
	}
}

func TestICSRefused(t *testing.T) {
	for _, c := range []struct {
		what, text, key string
		line            int
	}{
		{"nothing in it", vcalendar(), "ics.nothing_found", 0},
		{"cut off", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\n", "ics.unfinished", 2},
		{"wrong end", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VTODO\n", "ics.unbalanced", 3},
		{"no property", "BEGIN:VCALENDAR\nhello\nEND:VCALENDAR\n", "ics.bad_line", 2},
		{"broken property", vcalendar(event("DTSTART;VALUE")), "ics.bad_line", 4},
		{"no such day", vcalendar(allDay("20250230", "No school")), "ics.bad_date", 4},
		{"no day", vcalendar(allDay("soon", "No school")), "ics.bad_date", 4},
		{"year 1", vcalendar(allDay("00010101", "No school")), "ics.date_range", 4},
		{"year 9999", vcalendar(allDay("99990101", "No school")), "ics.date_range", 4},
		{"no start", vcalendar(event("SUMMARY:x")), "ics.no_start", 3},
		{"ends before", vcalendar(allDay("20250902", "No school", "DTEND;VALUE=DATE:20250901")), "ics.end_before_start", 3},
		{"bad duration", vcalendar(allDay("20250902", "No school", "DURATION:5 days")), "ics.bad_duration", 3},
		{"too deep", "BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:X\n", 100000), "ics.too_deep", 9},
		{"last before first", vcalendar(allDay("20251201", "First day of school"), allDay("20250901", "Last day of school")), "ics.last_before_first", 7},
		{"two last days", vcalendar(allDay("20260528", "Last day of school"), allDay("20260529", "Last day of school")), "ics.two_last_days", 7},
	} {
		t.Run(c.what, func(t *testing.T) {
			ys, _, err := Read("x.ics", []byte(c.text))
			l := fault.All(err)
			if ys != nil || len(l) == 0 || l[0].Key != c.key || l[0].At.File != "x.ics" || l[0].At.Line != c.line || l[0].Kind != fault.Invalid {
				t.Errorf("got %v, %v, want %s at line %d", ys, err, c.key, c.line)
			}
		})
	}
}

func TestFiftyMegabytes(t *testing.T) {
	for _, head := range []string{"", "BEGIN:VCALENDAR\n"} {
		data := append([]byte(head), make([]byte, 50<<20)...)
		start := time.Now()
		_, _, err := Read("x", data)
		if l := fault.All(err); len(l) != 1 || l[0].Key != "yaml.too_big" {
			t.Errorf("got %v", err)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("took %v", took)
		}
	}
}

func checkErrors(t *testing.T, err error, name string) {
	t.Helper()
	l := fault.All(err)
	if len(l) == 0 || len(l) > most {
		t.Fatalf("%d problems", len(l))
	}
	for _, e := range l {
		if e.At.File != name || e.Kind != fault.Invalid || e.Key == "" {
			t.Fatalf("not a problem of the file: %v", e)
		}
	}
}

func FuzzCalendarYAML(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.yaml")
	ours, _ := filepath.Glob("../../law/packs/calendars/*.yaml")
	for _, file := range append(files, ours...) {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(minimal + "minimum_days: [2025-09-03]\nsessions: [{from: 2025-08-11, to: 2025-09-01, track: A}]\nclosures: [{on: 2025-09-01, grades: K, recorded: 2025-01-01}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 || strings.Contains(string(data), "VCALENDAR") {
			return
		}
		ys, _, err := Read("f.yaml", data)
		if err != nil {
			checkErrors(t, err, "f.yaml")
			return
		}
		for _, y := range ys {
			roundTrip(t, y)
		}
	})
}

func FuzzICS(f *testing.F) {
	data, err := os.ReadFile("testdata/district.ics")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(vcalendar(allDay("20250811", "First Day of School"), allDay("20250818", "School begins"))))
	f.Add([]byte(vcalendar(allDay("20000905", "Early release", "RRULE:FREQ=DAILY"), allDay("20250905", "No school", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=-1TH;COUNT=5", "EXDATE:20251127", "RDATE:20251225,20251226"))))
	f.Add([]byte(vcalendar(event("DTSTART:20250812T003000Z", "DURATION:P1DT2H", "SUMMARY:Recess"))))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		data = append([]byte("BEGIN:VCALENDAR\r\n"), bytes.TrimPrefix(data, []byte("BEGIN:VCALENDAR"))...)
		start := time.Now()
		ys, _, err := Read("f.ics", data)
		if took := time.Since(start); took > 10*time.Second {
			t.Fatalf("took %v", took)
		}
		if err != nil {
			checkErrors(t, err, "f.ics")
			return
		}
		for _, y := range ys {
			roundTrip(t, y)
			if y.Complete && (y.First == 0 || y.Last == 0) {
				t.Fatalf("complete without its days: %+v", y)
			}
		}
	})
}
