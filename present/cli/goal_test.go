package cli

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"stayput/derive/goal"
	"stayput/locale"
	spoken "stayput/present/review"
)

func TestGoalsOfAText(t *testing.T) {
	got := paragraphs("one\r\n goes on\n\n\ntwo\nLínea base: 3 de 10\nthree\n")
	want := []writtenGoal{{1, "one goes on", ""}, {5, "two", "3 de 10"}, {7, "three", ""}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	if got := paragraphs("Baseline: 3\n"); len(got) != 1 {
		t.Errorf("a baseline without a goal is lost: %+v", got)
	}
}

// Every criterion and concern has words in both languages, and a frame with
// blanks has no number that the goal did not have.
func TestGoalWords(t *testing.T) {
	concerns := []goal.Concern{goal.Covert, goal.Vague, goal.Adult, goal.Service, goal.Composite, goal.Attendance, goal.Negative, goal.BarePercent,
		goal.FromCurrent, goal.GradeLevel, goal.Several, goal.AfterSchool, goal.NamedTest, goal.NothingToRead}
	for _, lang := range []string{"en", "es"} {
		cat, _ := locale.For(lang)
		for _, c := range goal.Criteria {
			for _, key := range []string{"goal.part_", "goal.blank_"} {
				if !cat.Has(key + string(c)) {
					t.Errorf("%s: no text for %s%s", lang, key, c)
				}
			}
		}
		for _, c := range concerns {
			if !cat.Has("goal.concern_" + string(c)) {
				t.Errorf("%s: no text for concern %s", lang, c)
			}
		}
		if text := spoken.Again(goal.Read("", "", lang)); strings.ContainsAny(text, "0123456789{}") || strings.Count(text, "____") != len(goal.Criteria) {
			t.Errorf("%s: the frame of nothing is %q", lang, text)
		}
	}
}

// A text that is no text is read without harm, up to a limit.
func TestGoalCheckOfNoise(t *testing.T) {
	run := func(in string) (int, string) {
		var out, bad bytes.Buffer
		env := Env{Args: []string{"goal", "check", "--format", "json"}, Stdin: strings.NewReader(in), Stdout: &out, Stderr: &bad, Now: time.Now, Getenv: func(string) string { return "" }}
		return Run(env), out.String() + bad.String()
	}
	if status, out := run("\xff\xfe\x00 will \x01 4/5"); status != 0 || !json.Valid([]byte(out)) {
		t.Errorf("status %d: %s", status, out)
	}
	if status, out := run(strings.Repeat("will write 5 words ", 100_000)); status != 2 || !strings.Contains(out, "1048576") {
		t.Errorf("status %d: %.200s", status, out)
	}
}
