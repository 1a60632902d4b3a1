package progressfile

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/locale"
	"stayput/measure"
)

func TestRead(t *testing.T) {
	text := "goal,date,value,note,Unit\r\n" +
		"g1,2025-09-15,52,\"first, calm\",words per minute\r\n" +
		"g1,2025-09-22,7/10,,\r\n" +
		"\r\n" +
		"g2,2025-09-22, 80% ,,\r\n" +
		"g2,2025-09-29,4 of 5,,\r\n" +
		"g2,2025-10-06,,sick,\r\n" +
		"g2,2025-10-13,ausente,,\r\n"
	for _, data := range []string{text, "\ufeff" + text, strings.ReplaceAll(text, "\r\n", "\n")} {
		log, err := Read("p.csv", []byte(data))
		if err != nil {
			t.Fatal(err)
		}
		d := func(m, n int) day.Date { return day.Must(2025, 9, 1).AddMonths(m - 9).Add(n - 1) }
		want := []measure.Probe{
			{Goal: "g1", On: d(9, 15), Value: measure.Number(52), Note: "first, calm", Unit: "words per minute", Row: 2},
			{Goal: "g1", On: d(9, 22), Value: measure.Trials(7, 10), Row: 3},
			{Goal: "g2", On: d(9, 22), Value: measure.PercentOf(80), Row: 4},
			{Goal: "g2", On: d(9, 29), Value: measure.Trials(4, 5), Row: 5},
			{Goal: "g2", On: d(10, 6), Missing: true, Note: "sick", Row: 6},
			{Goal: "g2", On: d(10, 13), Missing: true, Row: 7},
		}
		if !slices.Equal(log.Probes, want) || len(log.Warnings) != 0 {
			t.Errorf("%+v %v", log.Probes, log.Warnings)
		}
	}
	log, err := Read("p.csv", []byte("Meta,Fecha,Valor,De\ng1,2025-09-15,7,10\n"))
	if err != nil || log.Probes[0].Value != measure.Trials(7, 10) {
		t.Errorf("%v %+v", err, log)
	}
}

// Every refusal has its place and its sentence in both languages.
func TestRefusals(t *testing.T) {
	row := "goal,date,value,of\n"
	for _, x := range []struct{ name, text, want string }{
		{"nothing", "", "1 empty 0:0"},
		{"blank", " \n\n", "1 empty 0:0"},
		{"latin", "goal,date,value\ng1,2025-09-15,\xe9\n", "1 not_text 0:0"},
		{"zero", "goal,date,value\ng1,2025-09-15,\x00\n", "1 not_text 0:0"},
		{"quote", "goal,date,value\n\"g1,2025-09-15,5\n", "1 quotes"},
		{"quote inside", "goal,date,value\ng\"1,2025-09-15,5\n", "1 quotes 2:"},
		{"header", "goal,date\n", "1 column_missing 1:1"},
		{"no header", "g1,2025-09-15,5\n", "6 unknown_column 1:1"},
		{"twice", "goal,date,value,score\n", "1 column_twice 1:17"},
		{"semicolons", "goal;date;value\n", "4 unknown_column 1:1"},
		{"unknown", "goal,date,value,vlue\n", "1 unknown_column 1:17"},
		{"ragged", row + "g1,2025-09-15,5\n", "1 ragged 2:1"},
		{"no goal", row + ",2025-09-15,5,\n", "1 no_goal 2:1"},
		{"date", row + "g1,9/15/2025,5,\n", "1 not_a_day 2:4"},
		{"no date", row + "g1,,5,\n", "1 not_a_day 2:4"},
		{"no such day", row + "g1,2025-02-30,5,\n", "1 not_a_day 2:4"},
		{"century", row + "g1,0205-02-20,5,\n", "1 year 2:4"},
		{"word", row + "g1,2025-09-15,good,\n", "1 not_a_value 2:15"},
		{"infinite", row + "g1,2025-09-15,Inf,\n", "1 not_a_value 2:15"},
		{"not a number", row + "g1,2025-09-15,NaN,\n", "1 not_a_value 2:15"},
		{"comma", row + "g1,2025-09-15,\"3,5\",\n", "1 comma 2:15"},
		{"more", row + "g1,2025-09-15,12/10,\n", "1 more_than_all 2:15"},
		{"more beside", row + "g1,2025-09-15,12,10\n", "1 more_than_all 2:15"},
		{"of nothing", row + "g1,2025-09-15,0,0\n", "1 of_nothing 2:17"},
		{"of twice", row + "g1,2025-09-15,7/10,10\n", "1 of_twice 2:20"},
		{"over", row + "g1,2025-09-15,140%,\n", "1 over_hundred 2:15"},
		{"large", row + "g1,2025-09-15,99999999999,\n", "1 too_large 2:15"},
		{"formula", row + "g1,2025-09-15,=1+1,\n", "1 not_a_value 2:15"},
		{"control", row + "g\x1b1,2025-09-15,5,\n", "2 control 2:1"},
		{"long", "goal,date,value,note\ng1,2025-09-15,5," + strings.Repeat("x", 3000) + "\n", "1 too_long 2:17"},
		{"two rows", row + "g1,2025-09-15,x,\ng1,y,5,\n", "2 not_a_value 2:15"},
	} {
		log, err := Read("p.csv", []byte(x.text))
		list := fault.All(err)
		if log != nil || len(list) == 0 {
			t.Errorf("%s: taken: %+v", x.name, log)
			continue
		}
		got := fmt.Sprintf("%d %s %d:%d", len(list), strings.TrimPrefix(list[0].Key, "progress.file."), list[0].At.Line, list[0].At.Column)
		if !strings.HasPrefix(got, x.want) {
			t.Errorf("%s: %s, want %s", x.name, got, x.want)
		}
		for _, lang := range locale.Languages {
			cat, _ := locale.For(lang)
			for _, e := range list {
				if s := cat.Fault(e); s == e.Key || strings.Contains(s, "{") {
					t.Errorf("%s, %s: %q", x.name, lang, s)
				}
				if e.Kind != fault.Invalid || e.At.File != "p.csv" {
					t.Errorf("%s: %v", x.name, e)
				}
			}
		}
	}
}

func TestNearestColumn(t *testing.T) {
	_, err := Read("p.csv", []byte("goal,date,value,notess\n"))
	if e := fault.All(err)[0]; e.Args["nearest"] != "notes" {
		t.Errorf("%v", e.Args)
	}
}

func TestTooMuch(t *testing.T) {
	if _, err := Read("p.csv", make([]byte, LargestFile+1)); fault.All(err)[0].Key != "progress.file.too_big" {
		t.Error(err)
	}
	var b strings.Builder
	b.WriteString("goal,date,value\n")
	for range MostRows + 1 {
		b.WriteString("g,2025-09-15,5\n")
	}
	if _, err := Read("p.csv", []byte(b.String())); fault.All(err)[0].Key != "progress.file.too_many" {
		t.Error(err)
	}
	bad := "goal,date,value\n" + strings.Repeat("g,x,5\n", 5000)
	if _, err := Read("p.csv", []byte(bad)); len(fault.All(err)) != mostFaults {
		t.Errorf("%d problems are listed", len(fault.All(err)))
	}
}

func TestTwice(t *testing.T) {
	log, err := Read("p.csv", []byte("goal,date,value\ng,2025-09-15,5\ng,2025-09-15,6\ng,2025-09-15,5\n"))
	if err != nil || len(log.Probes) != 3 || len(log.Warnings) != 1 {
		t.Fatalf("%v %+v", err, log)
	}
	if w := log.Warnings[0]; w.Key != "progress.file.twice" || w.At.Line != 4 || w.Args["line"] != "2" {
		t.Errorf("%v", w)
	}
}

func TestAgainst(t *testing.T) {
	log, _ := Read("p.csv", []byte("goal,date,value\nreading,2025-09-15,5\nreadng,2025-09-16,6\nreadng,2025-09-17,6\n"))
	if err := log.Against([]string{"reading", "readng"}); err != nil {
		t.Error(err)
	}
	list := fault.All(log.Against([]string{"reading"}))
	if len(list) != 1 || list[0].At.Line != 3 || list[0].Args["nearest"] != "reading" {
		t.Errorf("%v", list)
	}
}

func node(t *testing.T, text string) *yaml.Node {
	t.Helper()
	n, err := yaml.Read("case.yaml", []byte(text), yaml.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestLoad(t *testing.T) {
	fsys := fstest.MapFS{
		"a/progress.csv": {Data: []byte("goal,date,value\ng1,2025-09-15,52\n")},
		"a/bad.csv":      {Data: []byte("goal,date,value\ng1,2025-09-15,x\n")},
	}
	log, err := Load(fsys, "a/case.yaml", node(t, "log: progress.csv\nprobes:\n  - {goal: g2, date: 2025-09-16, value: 4 of 5, by: teacher}\n  - {goal: g1, date: 2025-09-15, value: 52}\n  - {goal: g1, date: 2025-09-17, value: }\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(log.Probes) != 4 || log.Probes[1].Value != measure.Trials(4, 5) || log.Probes[1].By != "teacher" || len(log.Warnings) != 1 || !log.Probes[3].Missing {
		t.Errorf("%+v", log)
	}
	if log, err := Load(fsys, "a/case.yaml", nil); err != nil || len(log.Probes) != 0 {
		t.Error(err)
	}
	for text, want := range map[string]string{
		"log: nothing.csv":     "progress.file.missing",
		"log: ../progress.csv": "progress.file.log_outside",
		"log: /etc/passwd":     "progress.file.log_outside",
		"log: 'a\\b.csv'":      "progress.file.log_outside",
		"log: ''":              "progress.file.log_outside",
		"log: bad.csv":         "progress.file.not_a_value",
		"lg: progress.csv":     "yaml.unknown_key",
		"[]":                   "yaml.want_map",
		"probes: [{goal: g1, date: 2025-09-15, value: 52, vlaue: 3}]": "yaml.unknown_key",
		"probes: [{goal: g1, date: 2025-09-15}]":                      "yaml.missing_key",
		"probes: [{goal: g1, date: 2025-09-31, value: 52}]":           "progress.file.not_a_day",
		"probes: [52]": "yaml.want_map",
	} {
		_, err := Load(fsys, "a/case.yaml", node(t, text))
		if list := fault.All(err); len(list) == 0 || list[0].Key != want || list[0].At.Line == 0 {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	var list fault.List
	if _, err := Load(fsys, "a/case.yaml", node(t, "log: nothing.csv")); !errors.As(err, &list) {
		t.Errorf("%T", err)
	}
}

func TestReadNeverPanics(t *testing.T) {
	cell := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"g1", "2025-09-15", "5", "7/10", "\"", "\"x\"\"", "=cmd()", "\r"}))
	rapid.Check(t, func(t *rapid.T) {
		text := "goal,date,value,of,note\n"
		for range rapid.IntRange(0, 5).Draw(t, "rows") {
			text += strings.Join(rapid.SliceOfN(cell, 1, 6).Draw(t, "cells"), ",") + "\n"
		}
		log, err := Read("p.csv", []byte(text))
		if (log == nil) == (err == nil) {
			t.Fatalf("%v %v", log, err)
		}
		if log != nil {
			for _, p := range log.Probes {
				if _, ok := p.Value.Level(); !ok || p.Goal == "" || p.On == 0 {
					t.Fatalf("%+v", p)
				}
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var s strings.Builder
	s.WriteString("goal,date,value,note\n")
	for i := range 20_000 {
		fmt.Fprintf(&s, "g%d,%s,%d/20,ok\n", i%9, day.Must(2020, 9, 1).Add(i/20), i%20)
	}
	data := []byte(s.String())
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read("p.csv", data); err != nil {
			b.Fatal(err)
		}
	}
}
