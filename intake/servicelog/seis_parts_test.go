package servicelog_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/fault"
	"stayput/intake/servicelog"
	"stayput/plan"
	"stayput/plan/session"
)

var (
	goalHead = []any{"SEIS ID", "District ID", "Last Name", "First Name", "Birthdate", "Grade", "School of Attendance", "District of Service", "Case Manager", "IEP Date", "Eligibility Status",
		"Area Of Need", "Annual Goal #", "Baseline", "Goal", "Purpose(s) of Goal", "Standard", "Person Responsible"}
	supportHead = []any{"SEIS ID", "District ID", "Last Name", "First Name", "DOB", "Grade", "School of Attendance", "Eligibility Status", "Case Manager", "Reporting LEA", "IEP Date", "Disability 1", "Disability 2",
		"Category", "Non-Exhaustive List to Consider for Instruction", "Other Text box 1", "Other Text box 2", "List of Accommodations to Consider for Assessment", "To Support Student/Personnel",
		"Start Date", "End Date", "Frequency", "Duration", "Location"}
)

func seisFile(t testing.TB, name string, data []byte) (servicelog.SEISKind, *servicelog.SEISReport) {
	t.Helper()
	kind, rep, err := servicelog.ReadSEISFile(name, bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return kind, rep
}

func TestSEISGoals(t *testing.T) {
	row := func(id, number, text string) []any {
		return []any{id, "77", "Sample", "Maya", "4/2/2015", "5", "Sample School", "", "", "3/28/2026", "Eligible", "Reading", number, "45 words", text, "Enables the student to be involved; Addresses other needs", "RF.5.4", "Special education teacher, SLP"}
	}
	data := workbook(t, nil, []any{"Goals of all students"}, goalHead, row("1001", "1", "Read 90 words a minute."), row("1001", "2", "Say /r/ in 8 of 10 words."), row("1002", "1", "Other"), row("1001", "3", ""), row("", "4", "No child"))
	kind, rep := seisFile(t, "goals.xlsx", data)
	if kind != servicelog.SEISGoals || len(rep.Plans) != 2 || rep.Rows != 5 || keys(rep.Warnings) != "seis_no_goal seis_no_id" {
		t.Fatalf("%s %+v %s", kind, rep, keys(rep.Warnings))
	}
	p := rep.Plans[0]
	if p.Born != on("2015-04-02") || p.IEPDate != on("2026-03-28") || len(p.Goals) != 2 || p.Initials() != "M.S." {
		t.Fatalf("%+v", p)
	}
	g := p.Goals[0]
	if g.Row != 3 || g.Goal.Number != "1" || g.Goal.Area != "Reading" || g.Goal.Baseline != "45 words" || len(g.Goal.Purposes) != 2 || strings.Join(g.Goal.Responsible, "|") != "Special education teacher|SLP" || g.Goal.Standard != "RF.5.4" {
		t.Errorf("%+v", g)
	}
	for _, w := range rep.Warnings {
		if strings.Contains(w.Error(), "Maya") {
			t.Errorf("a warning names a child: %s", w.Error())
		}
	}
}

func TestSEISAccommodations(t *testing.T) {
	row := func(category, list, box1, box2, test, whom, from, to string) []any {
		return []any{"1001", "", "Sample", "Maya", "4/2/2015", "", "", "", "", "", "3/28/2026", "SLI", "", category, list, box1, box2, test, whom, from, to, "Daily", "", "All classes"}
	}
	data := workbook(t, nil, supportHead,
		row("Accommodation", "Extended time", "", "", "", "Student", "3/28/2026", "3/27/2027"),
		row("Accommodation", "Other", "Reads the", "board aloud", "", "Student", "", ""),
		row("Modification", "", "", "", "Separate setting", "Student", "", ""),
		row("Other Supports", "Training on AAC", "", "", "", "Personnel", "", ""),
		row("Accommodation", "Other", "One text", "", "Other", "Student", "", ""),
		row("Accommodation", "", "", "", "", "Student", "", ""),
		row("Accommodation", "Seat in front", "", "", "", "Student", "5/1/2026", "4/1/2026"))
	kind, rep := seisFile(t, "acc.xlsx", data)
	if kind != servicelog.SEISAccommodations || len(rep.Plans) != 1 || keys(rep.Warnings) != "seis_both_other seis_no_support seis_dates_turned" {
		t.Fatalf("%s %+v %s", kind, rep, keys(rep.Warnings))
	}
	var got []string
	for _, s := range rep.Plans[0].Supports {
		got = append(got, fmt.Sprintf("%s/%s/%s/%v", s.Support.Type, s.Support.Text, s.Support.Test, s.Support.From != 0))
	}
	want := []string{"accommodation/Extended time//true", "accommodation/Reads the; board aloud//false", "modification/Separate setting/assessment/false", "support_for_staff/Training on AAC//false", "accommodation/One text//false", "accommodation/Seat in front//false"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

// Each spreadsheet is told by its header, in a CSV too; one of SEIS with another
// layout is refused by name, and what is none of its is none.
func TestSEISByHeader(t *testing.T) {
	csv := func(cells []any, rows ...string) []byte {
		var h []string
		for _, c := range cells {
			h = append(h, `"`+fmt.Sprint(c)+`"`)
		}
		return []byte(strings.Join(h, ",") + "\n" + strings.Join(rows, "\n") + "\n")
	}
	for want, data := range map[servicelog.SEISKind][]byte{
		servicelog.SEISServices:       csv(seisHead, "1,,M,S,,,,,,,,415,,,,30,20"),
		servicelog.SEISGoals:          csv(goalHead, "1,,S,M,,,,,,,,,1,,Read"),
		servicelog.SEISAccommodations: csv(supportHead, "1,,S,M,,,,,,,,,,Accommodation,Time"),
	} {
		if kind, rep := seisFile(t, "a.csv", data); kind != want || len(rep.Plans) != 1 {
			t.Errorf("%s: %s %+v", want, kind, rep)
		}
	}
	for header, key := range map[string]string{
		"SEIS ID,Last Name,First Name,Annual Goal #,Baseline":              "servicelog.seis_parts_layout",
		"SEIS ID,Non-Exhaustive List to Consider for Instruction,Category": "servicelog.seis_parts_layout",
		"Student SSID (Example: 9990000001),SEIS ID,FirstName":             "servicelog.seis_other_testing",
		"Date,Minutes,Service": "servicelog.seis_layout",
	} {
		data := []byte(header + "\n1,2,3\n")
		_, _, err := servicelog.ReadSEISFile("a.csv", bytes.NewReader(data), int64(len(data)))
		if all := fault.All(err); len(all) == 0 || all[0].Key != key {
			t.Errorf("%s: %v", header, err)
		}
	}
}

// What must not be kept is not read: the column, and a number inside a text.
func TestSEISNeverReads(t *testing.T) {
	_, rep := seisFile(t, "a.csv", []byte("SEIS ID,Last Name,First Name,Social Security Number,Immigration Status,Goal,Baseline,Area Of Need,Annual Goal #\n1,S,M,123-45-6789,visa,Read for 123-45-6789,45,Reading,1\n"))
	if text := fmt.Sprintf("%+v", rep); strings.Contains(text, "6789") || strings.Contains(text, "visa") {
		t.Error(text)
	}
}

// A child is found by the words of the name in any order; two of one name are none.
func TestSEISChild(t *testing.T) {
	rep := &servicelog.SEISReport{Plans: []servicelog.SEISPlan{{First: "María José", Last: "Sample"}, {First: "Leo", Last: "Sample"}, {First: "Leo", Last: "Sample"}}}
	if p := rep.Of("sample, maria jose"); p != &rep.Plans[0] {
		t.Error(p)
	}
	if rep.Of("Leo Sample") != nil || rep.Of("Sample") != nil || rep.Of("") != nil {
		t.Error("a name that is not one child's was taken")
	}
}

// A row takes the plan's name of its service, so that what is logged under it is
// known again; what the file said stays beside it.
func TestMatch(t *testing.T) {
	o := options
	o.Known = []session.Log{{On: on("2025-09-03"), Service: "s1", Minutes: plan.CountOf(30), Outcome: session.Delivered}}
	o.Match = func(said string, d day.Date) string {
		if said == "Speech" && d != 0 {
			return "s1"
		}
		return ""
	}
	rep := read(t, "a.csv", []byte("date,service,minutes\n2025-09-03,Speech,30\n2025-09-03,OT,30\n"), o)
	if r := rep.Rows[0]; r.Log.Service != "s1" || r.Service != "Speech" || keys(r.Notes) != "already" {
		t.Errorf("%+v", r)
	}
	if r := rep.Rows[1]; r.Log.Service != "OT" || r.Service != "OT" || r.State != servicelog.Ready {
		t.Errorf("%+v", r)
	}
}

// Whatever stands in the cells, nothing breaks and no row is lost without a word.
func TestAnySEISCells(t *testing.T) {
	cell := rapid.SampledFrom([]string{"", "1001", "Other", "x", "4/2/2015", "=1+1", "Accommodation", "\"a,b\"", "é\u202e", "99999999999999999999", strings.Repeat("long ", 1200)})
	rapid.Check(t, func(t *rapid.T) {
		head := goalHead
		if rapid.Bool().Draw(t, "supports") {
			head = supportHead
		}
		var b strings.Builder
		for i, h := range head {
			fmt.Fprint(&b, []string{"", ","}[min(i, 1)], h)
		}
		n := rapid.IntRange(0, 5).Draw(t, "rows")
		blank := 0
		for range n {
			b.WriteString("\n")
			all := ""
			for i := range head {
				c := cell.Draw(t, "cell")
				all += c
				fmt.Fprint(&b, []string{"", ","}[min(i, 1)], c)
			}
			if all == "" {
				blank++
			}
		}
		data := []byte(b.String())
		_, rep, err := servicelog.ReadSEISFile("a.csv", bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		told := map[int]bool{}
		for _, p := range rep.Plans {
			for _, g := range p.Goals {
				told[g.Row] = true
			}
			for _, s := range p.Supports {
				told[s.Row] = true
			}
		}
		for _, w := range rep.Warnings {
			told[w.At.Line] = true
		}
		if rep.Rows != n-blank || len(told) != rep.Rows {
			t.Fatalf("%d rows of %d, %d told", rep.Rows, n, len(told))
		}
	})
}

// A session that is in the record is known again when one of the two leaves out who
// gave it, and a missed one when one of them leaves out how long.
func TestKnownAgain(t *testing.T) {
	for _, c := range []struct {
		known session.Log
		row   string
		want  string
	}{
		{session.Log{Minutes: plan.CountOf(30), Outcome: session.Delivered, Provider: "A. Rivera"}, "30,Present,", "already"},
		{session.Log{Minutes: plan.CountOf(30), Outcome: session.Delivered}, "30,Present,A. Rivera", "already"},
		{session.Log{Minutes: plan.CountOf(30), Outcome: session.Delivered, Provider: "B. Other"}, "30,Present,A. Rivera", ""},
		{session.Log{Minutes: plan.CountOf(30), Outcome: session.Delivered}, "20,Present,", ""},
		{session.Log{Outcome: session.MissedProvider}, "30,SLP absent,", "already"},
		{session.Log{Outcome: session.ReportedMissing, From: session.Family}, "30,SLP absent,", ""},
	} {
		o := options
		c.known.On, c.known.Service = on("2025-09-03"), "slp"
		o.Known = []session.Log{c.known}
		if got := keys(read(t, "a.csv", []byte("date,service,minutes,status,provider\n2025-09-03,slp,"+c.row+"\n"), o).Rows[0].Notes); got != c.want {
			t.Errorf("%+v, %s: %q", c.known, c.row, got)
		}
	}
}
