package checkin_test

import (
	"strings"
	"testing"

	"stayput/locale"
	"stayput/plan"
	"stayput/present/checkin"
)

func catalog(t *testing.T, lang string) *locale.Catalog {
	t.Helper()
	c, ok := locale.For(lang)
	if !ok {
		t.Fatal(lang)
	}
	return c
}

func TestTopic(t *testing.T) {
	for text, want := range map[string]string{
		"Extra time (1.5x) on tests": "time", "Tiempo adicional en los exámenes": "time", "Directions read aloud": "reading", "Bus, door to door": "ride",
		"Breaks when asked": "break", "Small group for tests": "place", "Preferential seating near the teacher": "seat", "Text to speech": "tool", "Notes given before class": "notes",
		"Positive behavior chart": "behavior", "One-to-one aide": "adult", "Homework reduced": "", "": "", "Instrucciones por escrito": "directions",
	} {
		if got := checkin.Topic(text); got != want {
			t.Errorf("%q is about %q, want %q", text, got, want)
		}
	}
}

// A question to a child is open: one that can be answered with yes or no suggests
// its answer.
func TestQuestionsToAChildAreOpen(t *testing.T) {
	var items []checkin.Item
	for _, text := range []string{"bus", "breaks", "extra time", "small group", "seating", "tablet", "read aloud", "directions", "notes", "behavior", "aide", "Homework reduced"} {
		items = append(items, checkin.Item{Component: text, Part: plan.Accommodations, Name: text})
	}
	open := map[string][]string{
		"en": {"what ", "how ", "where ", "which ", "who ", "tell me ", "when "},
		"es": {"qué ", "cómo ", "dónde ", "cuáles ", "quién ", "cuéntame ", "con quién "},
	}
	for lang, words := range open {
		for _, younger := range []bool{true, false} {
			for i := range items {
				for _, q := range checkin.ForChild(catalog(t, lang), items[i:i+1], younger) {
					text := strings.ToLower(q.Text)
					ok := false
					for _, w := range words {
						for _, at := range []string{w, "¿" + w, ", " + w, "”. " + w, "». ¿" + w, ", ¿" + w} {
							ok = ok || strings.HasPrefix(text, at) || strings.Contains(text, at)
						}
					}
					if !ok || strings.HasPrefix(text, "did ") || strings.HasPrefix(text, "do ") || strings.Contains(text, "{") {
						t.Errorf("%s: %q", lang, q.Text)
					}
				}
			}
		}
	}
}

func TestForChild(t *testing.T) {
	cat := catalog(t, "en")
	items := []checkin.Item{{"slp", plan.ServiceLines, "Speech"}, {"a1", plan.Accommodations, "Extra time on tests"}, {"a2", plan.Accommodations, "More time for homework."}, {"a3", plan.Accommodations, "Homework reduced"}}
	young, old := checkin.ForChild(cat, items, true), checkin.ForChild(cat, items, false)
	if len(young) != 3 || young[1].About != "slp" || young[2].About != "a1" {
		t.Errorf("%+v", young)
	}
	if len(old) != 5 || old[4].About != "a3" || !strings.Contains(old[4].Text, "Homework reduced") {
		t.Errorf("%+v", old)
	}
	var many []checkin.Item
	for range 40 {
		many = append(many, checkin.Item{Component: "x", Part: plan.ServiceLines, Name: strings.Repeat("y", len(many)+1)})
	}
	if n := len(checkin.ForChild(cat, many, false)); n != 8 {
		t.Errorf("%d questions", n)
	}
	for grade, want := range map[string]bool{"K": true, "4": true, "5": false, "": true, "12": false} {
		if got := checkin.Younger(grade, 9); got != want {
			t.Errorf("grade %q: %v", grade, got)
		}
	}
	if checkin.Younger("", 0) || checkin.Younger("", 10) {
		t.Error("no grade")
	}
}

func TestWeekly(t *testing.T) {
	items := []checkin.Item{{"slp", plan.ServiceLines, "Speech"}, {"a1", plan.Accommodations, "Extra time on tests."}}
	for _, lang := range locale.Languages {
		subject, body := checkin.Weekly(catalog(t, lang), "Sol", "Sample Teacher", "A. Sample", items, 3)
		for _, want := range []string{"Sol", "Sample Teacher", "1. Speech", "Extra time on tests”", "3 ", "A. Sample"} {
			if lang == "es" {
				want = strings.ReplaceAll(want, "”", "»")
			}
			if !strings.Contains(body, want) {
				t.Errorf("%s: %q is not in\n%s", lang, want, body)
			}
		}
		if !strings.Contains(subject, "Sol") || strings.Contains(body, "{") || strings.Contains(body, "webcheckin.") {
			t.Errorf("%s: %s\n%s", lang, subject, body)
		}
		if _, body := checkin.Weekly(catalog(t, lang), "Sol", "", "", nil, 0); strings.Contains(body, "1.") {
			t.Error(body)
		}
	}
}
