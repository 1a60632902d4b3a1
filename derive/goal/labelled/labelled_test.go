package labelled

import (
	"os"
	"testing"

	"stayput/derive/goal"
)

func goals(t testing.TB) []Goal {
	t.Helper()
	var all []Goal
	for _, name := range []string{"given.yaml", "en.yaml", "es.yaml", "rounds.yaml", "fresh.yaml"} {
		text, err := os.ReadFile("../testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		some, err := Read(name, text)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, some...)
	}
	return all
}

// The rules agree with the readers well enough, in each language, on all goals
// and on those that were kept out of sight: F1 of 0.95 on measurable and 0.90
// on each criterion, goals on which informed people differ left out.
func TestAgreement(t *testing.T) {
	all := goals(t)
	spanish := 0
	for _, lang := range []string{"en", "es"} {
		for _, part := range []string{"all", "held"} {
			var some []Goal
			for _, g := range all {
				if g.Lang == lang && !g.Borderline && (part == "all" || g.Held()) {
					some = append(some, g)
				}
			}
			if lang == "es" && part == "all" {
				spanish = len(some)
			}
			s := Measure(some)
			if f := s.Whole["measurable"].F1(); f < 0.95 {
				t.Errorf("%s, %s: F1 on measurable is %.3f", lang, part, f)
			}
			for _, c := range goal.Criteria {
				if f := s.Parts[c].F1(); f < 0.90 {
					t.Errorf("%s, %s: F1 on %s is %.3f", lang, part, c, f)
				}
			}
		}
	}
	if spanish < 100 {
		t.Errorf("only %d Spanish goals", spanish)
	}
}

func TestNamesAreUnique(t *testing.T) {
	met := map[string]bool{}
	for _, g := range goals(t) {
		if met[g.ID] {
			t.Errorf("two goals are called %s", g.ID)
		}
		met[g.ID] = true
	}
}

func TestCount(t *testing.T) {
	c := Count{Both: 8, OnlyRules: 2, OnlyReader: 1, Neither: 9}
	if c.Precision() != 0.8 || c.Recall() != 8.0/9 || c.Agreement() != 17.0/20 || c.F1() != 16.0/19 {
		t.Errorf("%v %v %v %v", c.Precision(), c.Recall(), c.Agreement(), c.F1())
	}
	if (Count{}).F1() != 1 {
		t.Error("nothing to find is found whole")
	}
}

func TestReadRefuses(t *testing.T) {
	for _, text := range []string{"goals: [{id: a}]", "goals: 3", "{", "goals: [{id: a, lang: en, labels: {timeframe: maybe}}]"} {
		if _, err := Read("x.yaml", []byte(text)); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}
