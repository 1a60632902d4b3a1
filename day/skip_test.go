package day

import "testing"

// plainYear is an invented school year with the given closures.
func plainYear(cs ...Closure) SchoolYear {
	return SchoolYear{ID: "plain", First: date("2025-08-18"), Last: date("2026-06-05"), Complete: true, Closures: cs}
}

func shut(from, to, name string, k ClosureKind) Closure {
	return Closure{Span: span(from, to), Name: name, Kind: k}
}

// A closure is as long as its own days, whatever else a calendar lists on them.
// Each date was counted on a printed month.
func TestClosuresInsideClosures(t *testing.T) {
	for _, c := range []struct {
		name       string
		year       SchoolYear
		from       string
		due, later string
	}{
		{"Thanksgiving Day inside a six-day break", plainYear(shut("2025-11-21", "2025-11-28", "Break", Vacation), shut("2025-11-27", "2025-11-27", "Thanksgiving Day", HolidayClosure)),
			"2025-11-14", "2025-12-09", "2025-12-09"},
		{"two holidays inside winter break", plainYear(shut("2025-12-22", "2026-01-02", "Break", Vacation), shut("2025-12-25", "2025-12-25", "Holiday", HolidayClosure), shut("2026-01-01", "2026-01-01", "Holiday", HolidayClosure)),
			"2025-12-12", "2026-01-10", "2026-01-12"},
		{"winter break in pieces", plainYear(shut("2025-12-22", "2025-12-24", "Break", Vacation), shut("2025-12-25", "2025-12-25", "Holiday", HolidayClosure), shut("2025-12-26", "2025-12-31", "Break", Vacation), shut("2026-01-01", "2026-01-01", "Holiday", HolidayClosure), shut("2026-01-02", "2026-01-02", "Break", Vacation)),
			"2025-12-12", "2026-01-10", "2026-01-12"},
		{"an emergency inside a break", plainYear(shut("2025-12-22", "2025-12-29", "Break", Vacation), shut("2025-12-23", "2025-12-23", "Storm", Emergency)),
			"2025-12-12", "2026-01-04", "2026-01-06"},
		{"pieces that are each short", plainYear(shut("2026-02-13", "2026-02-13", "Holiday", HolidayClosure), shut("2026-02-16", "2026-02-18", "Recess", Vacation), shut("2026-02-19", "2026-02-20", "Holiday", HolidayClosure), shut("2026-02-23", "2026-02-23", "Recess", Vacation)),
			"2026-02-06", "2026-02-21", "2026-03-04"},
	} {
		b := school(t, View{}, c.year).Skipper(longBreaks).After(date(c.from), 15)
		if b.Due != date(c.due) || b.Later != date(c.later) {
			t.Errorf("%s: due %v, later %v; want %s, %s", c.name, b.Due, b.Later, c.due, c.later)
		}
	}
}

// A day off for other grades only does not join this child's closures.
func TestOtherGradesStayOut(t *testing.T) {
	y := plainYear(shut("2025-10-06", "2025-10-06", "Conferences", OtherClosure), shut("2025-10-08", "2025-10-08", "Conferences", OtherClosure),
		Closure{Span: span("2025-10-07", "2025-10-07"), Name: "Elementary day", Kind: OtherClosure, Grades: []string{"elementary"}})
	s := school(t, View{Grade: "10"}, y)
	if s.IsSchoolDay(date("2025-10-07")) != Yes {
		t.Error("October 7 is a school day in grade 10")
	}
	if s := school(t, View{Grade: "3"}, y); s.IsSchoolDay(date("2025-10-07")) != No {
		t.Error("October 7 is no school day in grade 3")
	}
}

func yearRound() SchoolYear {
	return SchoolYear{ID: "round", First: date("2025-07-07"), Last: date("2026-06-26"), Complete: true, Sessions: []Session{
		{span("2025-07-07", "2025-10-03"), "A"}, {span("2025-11-03", "2026-06-05"), "A"},
		{span("2025-07-28", "2025-10-24"), "B"}, {span("2025-11-24", "2026-06-26"), "B"}}}
}

func TestTracks(t *testing.T) {
	b := school(t, View{Track: "B"}, yearRound())
	if d, m := b.NextStart(date("2025-06-10")); m != nil || d != date("2025-07-28") {
		t.Errorf("track B starts %v (%v), want 2025-07-28", d, m)
	}
	a := school(t, View{Track: "A"}, yearRound())
	if d, m := a.YearEnd(date("2026-05-28")); m != nil || d != date("2026-06-05") {
		t.Errorf("track A ends %v (%v), want 2026-06-05", d, m)
	}
	// Sep 11-Oct 3 is 23 days; the intersession to Nov 2 is left out.
	if r := a.Skipper(longBreaks).After(date("2025-09-10"), 25); r.Due != date("2025-11-04") {
		t.Errorf("track A: %v, want 2025-11-04", r.Due)
	}
	open := school(t, View{}, yearRound())
	r := open.Skipper(longBreaks).After(date("2025-09-10"), 25)
	if r.Due != 0 || len(r.Missing) == 0 || r.Missing[0].Key != "track_unknown" {
		t.Errorf("without a track: due %v, missing %v; want no date and a question", r.Due, r.Missing)
	}
}
