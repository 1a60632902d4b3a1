package joined

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/progress"
)

var monday = day.Must(2025, 9, 8)

// weeks are weeks from a Monday, one letter each: F full, L 60 percent given, U
// unknown, R reported missing by the family, E nothing promised.
func weeks(pattern string) []Week {
	var out []Week
	for i, c := range pattern {
		w := Week{From: monday.Add(7 * i), Promised: 60}
		switch c {
		case 'F':
			w.Given = 60
		case 'L':
			w.Given = 36
		case 'U':
			w.Unknown = 60
		case 'R':
			w.Reported = 60
		case 'E':
			w.Promised = 0
		}
		out = append(out, w)
	}
	return out
}

// probes are one probe on the Wednesday of each week.
func probes(levels ...float64) []progress.Point {
	var out []progress.Point
	for i, v := range levels {
		out = append(out, progress.Point{On: monday.Add(7*i + 2), Level: v, N: 1})
	}
	return out
}

// The trend went from 1.27 to 0.14 a week in the eight weeks with 40 percent less. The
// difference and its range were worked out by hand as the interaction of one common
// regression, with t = 2.1788 for 12 degrees of freedom.
func TestTrendInShortWeeks(t *testing.T) {
	ps := probes(45, 46, 48, 48, 50, 52, 52, 54, 54, 53, 55, 54, 54, 55, 54, 55)
	r := Hold(Input{Weeks: weeks("FFFFFFFFLLLLLLLL"), Points: ps, Changes: []day.Date{monday, monday.Add(60)}})
	if len(r.Stretches) != 1 || r.Weeks != 16 || r.Unknown != 0 {
		t.Fatalf("%+v", r)
	}
	s := r.Stretches[0]
	if s.Finding != Differ || s.Weeks != 8 || s.From != monday.Add(56) || s.To != monday.Add(111) || math.Abs(s.Short()-0.4) > 1e-12 {
		t.Errorf("%+v", s)
	}
	if s.BeforeFrom != monday || s.BeforeTo != s.From-1 || s.BeforeWeeks != 8 || s.Have != 8 || s.HaveBefore != 8 || s.Method != progress.ByLeastSquares {
		t.Errorf("%+v", s)
	}
	for _, x := range []struct {
		name      string
		got, want float64
	}{{"before", s.Before.V, 1.2738095238}, {"during", s.During.V, 0.1428571429}, {"difference", s.Difference.V, -1.1309523810}, {"low", s.Low.V, -1.4178408168}, {"high", s.High.V, -0.8440639452}} {
		if math.Abs(x.got-x.want) > 1e-8 {
			t.Errorf("%s: %.10f, want %.10f", x.name, x.got, x.want)
		}
	}
	// A plan that began with the weeks before is no change within them.
	if !slices.Equal(s.Changed, []day.Date{monday.Add(60)}) {
		t.Error(s.Changed)
	}
}

// Fewer than six probes on either side: nothing is said but how many are missing.
func TestTooFewProbes(t *testing.T) {
	ps := probes(45, 46, 48, 48, 50, 52, 52, 54, 54, 53, 55, 54, 54, 55, 54, 55)
	for _, x := range []struct {
		pattern        string
		points         []progress.Point
		before, during int
	}{
		{"FFFFFFFFLLLLLLLL", ps[:12], 0, 2},
		{"FFFFFLLLLLLLL", ps, 1, 0},
		{"LLLLLLLL", ps, 6, 0},
		{"FFFFFFFFULLLLLL", ps, 6, 0}, // what is unknown parts the two
		{"FFFLLL", nil, 6, 6},
	} {
		r := Hold(Input{Weeks: weeks(x.pattern), Points: x.points})
		if len(r.Stretches) != 1 {
			t.Errorf("%s: %+v", x.pattern, r)
			continue
		}
		s := r.Stretches[0]
		before, during := s.Missing()
		if s.Finding != TooFew || s.Before.Known || s.During.Known || s.Difference.Known || before != x.before || during != x.during {
			t.Errorf("%s: %s, missing %d and %d: %+v", x.pattern, s.Finding, before, during, s)
		}
	}
}

// What is unknown is not short, and two short weeks are no stretch.
func TestNoStretch(t *testing.T) {
	for _, pattern := range []string{"", "FFFFFF", "FLLFLLF", "UUUUUUUU", "FFUUUUUUFF", "EEEE"} {
		if r := Hold(Input{Weeks: weeks(pattern)}); len(r.Stretches) != 0 {
			t.Errorf("%s: %+v", pattern, r.Stretches)
		}
	}
	if r := Hold(Input{Weeks: weeks("FUULE")}); r.Weeks != 4 || r.Unknown != 2 {
		t.Errorf("%+v", r)
	}
	// Fifteen percent less is short, a little less than that is not.
	just := weeks("FFF")
	for i := range just {
		just[i].Given = 51
	}
	if r := Hold(Input{Weeks: just}); len(r.Stretches) != 1 {
		t.Errorf("%+v", r)
	}
	just[1].Given = 51.1
	if r := Hold(Input{Weeks: just}); len(r.Stretches) != 0 {
		t.Errorf("%+v", r)
	}
	// Even if all that is unknown was given, it was short.
	some := weeks("LLL")
	for i := range some {
		some[i].Given, some[i].Unknown = 20, 10
	}
	if r := Hold(Input{Weeks: some}); len(r.Stretches) != 1 || r.Stretches[0].Unknown != 30 {
		t.Errorf("%+v", r)
	}
}

// Weeks without a promise are passed over; a summer is not. What the family reports
// is told apart.
func TestBreaks(t *testing.T) {
	r := Hold(Input{Weeks: weeks("FFLLEERRFF")})
	if len(r.Stretches) != 1 || r.Stretches[0].Weeks != 4 || r.Stretches[0].Reported != 120 || r.Stretches[0].To != monday.Add(8*7-1) {
		t.Errorf("%+v", r.Stretches)
	}
	if r = Hold(Input{Weeks: weeks("FFFFFFEEEEEEEEEELLL")}); len(r.Stretches) != 1 || r.Stretches[0].BeforeWeeks != 0 {
		t.Errorf("over the summer: %+v", r.Stretches)
	}
	if r = Hold(Input{Weeks: weeks("LLLEEEEEEEEEELLL")}); len(r.Stretches) != 2 {
		t.Errorf("over the summer: %+v", r.Stretches)
	}
	left := weeks("FFFFFFFFLLLLLLLL")
	left = slices.Delete(left, 3, 5) // a ledger may leave out weeks without a promise
	if r = Hold(Input{Weeks: left}); len(r.Stretches) != 1 || r.Stretches[0].BeforeWeeks != 6 {
		t.Errorf("weeks left out: %+v", r.Stretches)
	}
}

// Scatter, straight lines, constant series and levels of a rubric.
func TestHowSure(t *testing.T) {
	pattern := weeks("FFFFFFFFLLLLLLLL")
	for _, x := range []struct {
		name   string
		points []progress.Point
		steps  bool
		want   Finding
	}{
		{"scatter", probes(45, 60, 41, 58, 44, 62, 40, 59, 61, 39, 63, 42, 58, 40, 60, 41), false, CannotTell},
		{"two lines", probes(1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8, 8, 8, 8, 8, 8), false, NoRange},
		{"one line", probes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16), false, SameLine},
		{"constant", probes(5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5), false, SameLine},
		{"falls", probes(20, 18, 17, 15, 13, 12, 10, 9, 9, 10, 9, 10, 9, 9, 10, 10), false, Differ},
		{"levels", probes(1, 1, 2, 2, 3, 3, 4, 4, 4, 4, 3, 3, 2, 2, 1, 1), true, Differ},
		{"levels that stay", probes(1, 1, 2, 2, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4), true, CannotTell}, // no range of a constant
		{"levels that scatter", probes(1, 3, 2, 3, 1, 2, 3, 1, 3, 1, 2, 3, 1, 3, 2, 1), true, CannotTell},
	} {
		r := Hold(Input{Weeks: pattern, Points: x.points, Steps: x.steps})
		if len(r.Stretches) != 1 || r.Stretches[0].Finding != x.want {
			t.Errorf("%s: %+v", x.name, r.Stretches)
		}
		if s := r.Stretches[0]; x.steps && (s.Method != progress.ByTheilSen || s.Low.Known) {
			t.Errorf("%s: %+v", x.name, s)
		}
	}
}

// Whatever comes in: no panic, the order makes no difference, stretches do not
// overlap and lie in order, sums hold, and a finding has its numbers.
func TestHoldProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ws []Week
		for i := range rapid.IntRange(0, 60).Draw(t, "weeks") {
			w := Week{From: monday.Add(7 * i)}
			if rapid.IntRange(0, 4).Draw(t, "some") > 0 {
				w.Given, w.Unknown, w.Reported = float64(rapid.IntRange(0, 90).Draw(t, "given")), float64(rapid.IntRange(0, 20).Draw(t, "unknown")), float64(rapid.IntRange(0, 20).Draw(t, "reported"))
				w.Promised = w.Given + w.Unknown + w.Reported
				if rapid.Bool().Draw(t, "short") {
					w.Promised += 60
				}
			}
			ws = append(ws, w)
		}
		var ps []progress.Point
		for range rapid.IntRange(0, 60).Draw(t, "points") {
			ps = append(ps, progress.Point{On: monday.Add(rapid.IntRange(-50, 450).Draw(t, "on")), Level: rapid.Float64Range(-1e6, 1e6).Draw(t, "level"), N: 1})
		}
		in := Input{Weeks: ws, Points: ps, Steps: rapid.Bool().Draw(t, "steps")}
		r := Hold(in)
		turned := in
		turned.Weeks = slices.Clone(ws)
		slices.Reverse(turned.Weeks)
		again := Hold(turned)
		if len(again.Stretches) != len(r.Stretches) {
			t.Fatalf("the order matters: %d and %d", len(r.Stretches), len(again.Stretches))
		}
		var last day.Date
		for i, s := range r.Stretches {
			if s.From <= last || s.To < s.From || s.Weeks < InARow || s.Given > s.Promised*(1-Level)+1e-9 {
				t.Fatalf("%+v", s)
			}
			if s.BeforeFrom != 0 && (s.BeforeTo != s.From-1 || s.BeforeFrom > s.BeforeTo || s.BeforeFrom <= last && last != 0 && s.BeforeFrom < r.Stretches[i-1].To) {
				t.Fatalf("%+v", s)
			}
			last = s.To
			enough := s.Have >= NeedEach && s.HaveBefore >= NeedEach
			if !enough && (s.Finding != TooFew || s.Before.Known) {
				t.Fatalf("says too much: %+v", s)
			}
			if s.Finding != TooFew && (!s.Before.Known || !s.During.Known || !s.Difference.Known || s.Low.Known && (s.Low.V > s.Difference.V || s.High.V < s.Difference.V)) {
				t.Fatalf("%+v", s)
			}
			for _, n := range []progress.Number{s.Before, s.During, s.Difference, s.Low, s.High} {
				if math.IsNaN(n.V) || math.IsInf(n.V, 0) {
					t.Fatalf("%+v", s)
				}
			}
		}
	})
}
