package brief

import (
	"strings"
	"testing"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/law"
)

// What is late by one reading or the other is late by so many days at least:
// they are counted from the later one.
func TestLateAtLeast(t *testing.T) {
	b := sample(t)
	at := b.Clocks[0]
	at.Missing, at.Reasons = nil, nil
	for _, c := range []struct {
		name         string
		on, latest   day.Date
		status       clock.Status
		met          day.When
		kind         law.RuleKind
		n            int
		en, es       string
		not, notInES string
	}{
		// September 22 to December 1: 8 days in September, 31, 30 and 1.
		{"late on both readings", d(9, 20), d(9, 22), clock.Late, day.When{}, law.Clock, 70, "at least 70 days", "por lo menos 70 días", "", ""},
		{"late, the day known by its bounds", 0, d(9, 22), clock.Late, day.When{}, law.Clock, 70, "at least 70 days", "por lo menos 70 días", "", ""},
		{"done late on both readings", d(9, 20), d(9, 22), clock.MetLate, day.On(d(9, 23)), law.Clock, 1, "at least 1 day late", "por lo menos 1 día de retraso", "", ""},
		{"done late, the day known by its bounds", 0, d(9, 22), clock.MetLate, day.On(d(9, 25)), law.Clock, 3, "at least 3 days late", "por lo menos 3 días de retraso", "", ""},
		{"done late in some month", d(9, 20), 0, clock.MetLate, mustWhen(t, "2025-10"), law.Clock, 11, "at least 11 days late", "por lo menos 11 días de retraso", "", ""},
		{"lasted too long on both readings", d(9, 20), d(9, 22), clock.MetLate, day.On(d(9, 25)), law.Cap, 3, "at least 3 days", "por lo menos 3 días", "", ""},
		{"done late, one date", d(9, 20), 0, clock.MetLate, day.On(d(9, 25)), law.Clock, 5, "5 days late", "5 días de retraso", "at least", "por lo menos"},
		{"lasted too long, one date", d(9, 20), 0, clock.MetLate, day.On(d(9, 25)), law.Cap, 5, "5 days past", "5 días después", "at least", "por lo menos"},
	} {
		x := at
		r := *at.Rule
		r.Kind = c.kind
		x.Rule, x.On, x.Latest, x.Status, x.DaysLate, x.MetOn = &r, c.on, c.latest, c.status, c.n, c.met
		x.Disputed = c.on != 0 && c.latest != 0
		if c.on == 0 {
			x.Earliest = d(9, 20)
		}
		if !c.met.IsZero() {
			x.MetBy = "consent"
		}
		for lang, want := range map[string][2]string{"en": {c.en, c.not}, "es": {c.es, c.notInES}} {
			got := newSpeaker(b, options(t, lang)).line(&x)
			if !strings.Contains(got, want[0]) || (want[1] != "" && strings.Contains(got, want[1])) {
				t.Errorf("%s (%s): %q; want %q in it", c.name, lang, got, want[0])
			}
		}
	}
}
