package brief

import (
	"fmt"
	"strings"
	"testing"

	"stayput/day"
)

// One fact that is left settles; of several each only helps.
func TestSettles(t *testing.T) {
	none, last, first := day.Missing{Key: "calendar_none", Name: "2025-26"}, day.Missing{Key: "calendar_last_day", Name: "2025-26"}, day.Missing{Key: "calendar_first_day", Name: "2026-27"}
	when, whose := day.Missing{Key: "entry_date", Name: "ask"}, day.Missing{Key: "answers_both", Name: "ask"}
	for _, c := range []struct {
		name  string
		ms    []day.Missing
		asked string
		alone []bool
	}{
		{"a calendar", []day.Missing{none}, "[{calendar_none 2025-26}]", []bool{true}},
		{"a calendar covers its own last day", []day.Missing{none, last}, "[{calendar_none 2025-26}]", []bool{true}},
		{"not the next year's first day", []day.Missing{none, last, first}, "[{calendar_none 2025-26} {calendar_first_day 2026-27}]", []bool{false, false}},
		{"two days of two years", []day.Missing{last, first}, "[{calendar_last_day 2025-26} {calendar_first_day 2026-27}]", []bool{false, false}},
		{"a day and a calendar", []day.Missing{when, none}, "[{entry_date ask} {calendar_none 2025-26}]", []bool{false, false}},
		{"whose answer it was is another question", []day.Missing{none, whose}, "[{calendar_none 2025-26} {answers_both ask}]", []bool{true, true}},
	} {
		got := Asked(c.ms)
		if fmt.Sprint(got) != c.asked {
			t.Errorf("%s: asks for %v, want %s", c.name, got, c.asked)
			continue
		}
		for i, m := range got {
			if settles(c.ms, m) != c.alone[i] {
				t.Errorf("%s: %v settles alone: %v, want %v", c.name, m, !c.alone[i], c.alone[i])
			}
		}
		for lang, want := range map[string][2]string{"en": {"would settle it", "would help"}, "es": {"Bastaría", "Ayudaría"}} {
			says := newSpeaker(sample(t), options(t, lang)).asksOf(c.ms, 0)
			for i, x := range says {
				one, other := want[0], want[1]
				if !c.alone[i] {
					one, other = other, one
				}
				if !strings.Contains(x, one) || strings.Contains(x, other) {
					t.Errorf("%s (%s): %q; want %q in it", c.name, lang, x, one)
				}
			}
		}
	}
	for name, want := range map[string]string{"2025-26": "2025-26", "oakland-usd-2025-26": "2025-26", "x12025-26": "", "oakland": ""} {
		if got := YearOf(day.Missing{Key: "calendar_ends", Name: name}); got != want {
			t.Errorf("%s is of %q, want %q", name, got, want)
		}
	}
}
