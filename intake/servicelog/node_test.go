package servicelog_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/intake/servicelog"
	"stayput/plan"
	"stayput/plan/session"
)

func node(t testing.TB, text string) *yaml.Node {
	t.Helper()
	n, err := yaml.Read("case.yaml", []byte(text), yaml.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// What is written into a case file comes back as it was, whatever it says.
func TestNodeLosesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.SampledFrom([]string{"", "x", "fire drill", " with: colon ", "ñandú, \"quoted\"", "# no comment", "0123", "yes", "null", "two\nlines"})
		count := func(name string, most int) plan.Count {
			if n := rapid.IntRange(-1, most).Draw(rt, name); n >= 0 {
				return plan.CountOf(n)
			}
			return plan.Count{}
		}
		var want []session.Log
		for i := range rapid.IntRange(0, 6).Draw(rt, "n") {
			l := session.Log{
				ID: fmt.Sprintf("s%d", i), On: day.Must(2025, 9, 1).Add(rapid.IntRange(0, 300).Draw(rt, "on")), Service: rapid.SampledFrom([]string{"slp", "415", "Speech: and language"}).Draw(rt, "service"),
				Planned: count("planned", 90), Start: count("start", 1439), Outcome: rapid.SampledFrom(session.Outcomes()).Draw(rt, "outcome"), Reason: text.Draw(rt, "reason"),
				Provider: text.Draw(rt, "provider"), Setting: text.Draw(rt, "setting"), Note: text.Draw(rt, "note"),
				Delivery: plan.Delivery(rapid.SampledFrom(append([]string{""}, plan.Delivery("").Words()...)).Draw(rt, "delivery")),
				From:     rapid.SampledFrom(append([]session.Teller{""}, session.Tellers()...)).Draw(rt, "from"),
			}
			if l.Minutes = count("minutes", 1440); l.Outcome.Given() && l.Minutes.Said && l.Minutes.N == 0 {
				l.Minutes = plan.Count{}
			}
			if i > 0 && rapid.Bool().Draw(rt, "refers") {
				l.Makes, l.Answers = "s0", "s0"
			}
			want = append(want, l)
		}
		for name, write := range map[string]func(*bytes.Buffer, *yaml.Node) error{
			"yaml": func(b *bytes.Buffer, n *yaml.Node) error { return yaml.Write(b, n) },
			"json": func(b *bytes.Buffer, n *yaml.Node) error { return yaml.WriteJSON(b, n) },
		} {
			var b bytes.Buffer
			if err := write(&b, servicelog.Node(want)); err != nil {
				rt.Fatal(err)
			}
			n, err := yaml.Read("x."+name, b.Bytes(), yaml.DefaultLimits)
			if err != nil {
				rt.Fatal(err)
			}
			got, err := servicelog.FromNode(n)
			if err != nil {
				rt.Fatalf("%v\n%s", err, b.String())
			}
			if !slices.Equal(got.Kept.Logs, want) {
				rt.Fatalf("%s\n%+v\n%+v", b.String(), got.Kept.Logs, want)
			}
		}
	})
}

// A CSV that is written is read back as it was; texts lose only blanks at the edges.
func TestKeptCSV(t *testing.T) {
	k, err := servicelog.ReadKept("services.csv", []byte("\ufeffDate,Service,Minutes,Outcome,Reason,Provider,Makes up\n"+
		"2026-03-03,slp,30,missed_provider,\"ill, no substitute\",,\n"+
		"2026-03-05,slp,30,make_up,,Ms. Adler,2026-03-03\n"+
		"2026-03-10,slp,,Student absent,,,\n\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(k.Logs) != 3 || k.Logs[1].Makes == "" || k.Logs[1].Makes != k.Logs[0].ID || k.Logs[2].Outcome != session.ChildAbsent || k.Logs[2].Minutes.Said || k.Logs[0].Reason != "ill, no substitute" {
		t.Errorf("%+v", k.Logs)
	}
	var b bytes.Buffer
	if err := k.WriteKept(&b); err != nil {
		t.Fatal(err)
	}
	again, err := servicelog.ReadKept("services.csv", b.Bytes())
	if err != nil || !reflect.DeepEqual(again.Logs, k.Logs) {
		t.Errorf("%v\n%s", err, b.String())
	}
}

// A log with a row that cannot be read is refused whole, with its place.
func TestKeptRefuses(t *testing.T) {
	const head = "date,service,minutes,outcome\n"
	for _, c := range []struct{ file, at, key string }{
		{"", "", "empty"},
		{"PK\x03\x04x", "", "not_text"},
		{"date,service,minutes\n", "1:1", "column_missing"},
		{"date,service,outcome,speed\n", "1:22", "unknown_column"},
		{"date,date,service,outcome\n", "1:6", "column_twice"},
		{"Student,Session Date,Units,Code\n", "1:1", "unknown_column"}, // the sheet of another program
		{head + "2026-02-30,slp,30,delivered\n", "2:1", "not_a_day"},
		{head + "3/4/2026,slp,30,delivered\n", "2:1", "not_a_day"},
		{head + "1926-02-03,slp,30,delivered\n", "2:1", "year"},
		{head + "2026-02-03,,30,delivered\n", "2:12", "no_service"},
		{head + "2026-02-03,slp,-5,delivered\n", "2:16", "not_minutes"},
		{head + "2026-02-03,slp,1441,delivered\n", "2:16", "not_minutes"},
		{head + "2026-02-03,slp,half,delivered\n", "2:16", "not_minutes"},
		{head + "2026-02-03,slp,0,delivered\n", "2:16", "zero_given"},
		{head + "2026-02-03,slp,30,cancelled\n", "2:19", "outcome_unclear"},
		{head + "2026-02-03,slp,30,delivred\n", "2:19", "unknown_word"},
		{head + "2026-02-03,slp,30,\n", "2:19", "no_outcome"},
		{head + "2026-02-03,slp,30\n", "2:1", "ragged"},
		{head + "2026-02-03,slp,30,delivered\n2026-02-04,\"slp,30,delivered\n", "3", "quotes"},
		{"date,service,outcome,makes\n2026-02-03,slp,make_up,2026-02-01\n", "2:1", "makes_nothing"},
		{"date,service,outcome,answers\n2026-02-03,slp,delivered,report\n", "2:1", "answers_nothing"},
		{"id,date,service,outcome\na,2026-02-03,slp,delivered\na,2026-02-04,slp,delivered\n", "3:1", "same_id"},
		{"date,service,outcome,start\n2026-02-03,slp,delivered,25:10\n", "2:26", "not_a_time"},
		{"date,service,outcome,note\n2026-02-03,slp,delivered,\"a\x01b\"\n", "2:26", "control"},
	} {
		k, err := servicelog.ReadKept("services.csv", []byte(c.file))
		all := fault.All(err)
		if len(all) == 0 || k != nil {
			t.Errorf("%q was read", c.file)
			continue
		}
		e := all[0]
		if e.Key != "carry.file."+c.key {
			t.Errorf("%q: %s, not %s", c.file, e.Key, c.key)
		}
		at := strings.TrimPrefix(strings.TrimPrefix(e.At.String(), "services.csv"), ":")
		if !strings.HasPrefix(at, c.at) {
			t.Errorf("%q: at %s, not %s", c.file, at, c.at)
		}
	}
}

func TestLoad(t *testing.T) {
	files := fstest.MapFS{
		"a/services.csv": {Data: []byte("id,date,service,outcome\nx,2026-02-03,slp,missed_provider\n")},
	}
	k, err := servicelog.Load(files, "a/case.yaml", node(t, "log: services.csv\nsessions: [{on: 2026-02-05, service: slp, minutes: 30, outcome: make_up, makes: x}]\n"))
	if err != nil || len(k.Logs) != 2 || k.Logs[1].Makes != "x" {
		t.Errorf("%+v %v", k, err)
	}
	for text, key := range map[string]string{
		"log: other.csv":       "carry.file.missing",
		"log: ../services.csv": "carry.file.log_outside",
		"log: /etc/passwd":     "carry.file.log_outside",
		"logs: services.csv":   "yaml.unknown_key",
		"sessions: {on: x}":    "yaml.want_list",
		"sessions: [{on: x}]":  "yaml.missing_key",
		"sessions: [a]":        "yaml.want_map",
		"log: a":               "carry.file.missing",
		"sessions: [{on: 2026-02-05, service: slp, outcome: delivered, makes: y}]": "carry.file.makes_nothing",
	} {
		if k, err := servicelog.Load(files, "a/case.yaml", node(t, text)); err == nil || fault.All(err)[0].Key != key {
			t.Errorf("%s: %+v %v", text, k, err)
		} else if fault.All(err)[0].At.Line == 0 {
			t.Errorf("%s: no place: %v", text, err)
		}
	}
	if k, err := servicelog.Load(nil, "case.yaml", nil); err != nil || len(k.Logs) != 0 {
		t.Error(k, err)
	}
}
