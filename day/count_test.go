package day

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

var julyRule = YearRule{Month: time.July, Day: 1, DaysAtLeast: 175}

func span(a, b string) Span { return Span{date(a), date(b)} }

func date(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// oakland is the real calendar of Oakland Unified for 2025-26, 180 pupil days.
func oakland() SchoolYear {
	on := func(a, name string, k ClosureKind) Closure { return Closure{Span: span(a, a), Name: name, Kind: k} }
	return SchoolYear{ID: "oakland", First: date("2025-08-11"), Last: date("2026-05-28"), Complete: true, PupilDays: 180, Closures: []Closure{
		on("2025-09-01", "Labor Day", HolidayClosure), on("2025-09-19", "Staff day", StaffDay), on("2025-10-13", "Indigenous Peoples' Day", HolidayClosure),
		on("2025-11-11", "Veterans Day", HolidayClosure), {Span: span("2025-11-24", "2025-11-28"), Name: "Thanksgiving break", Kind: Vacation},
		{Span: span("2025-12-22", "2026-01-02"), Name: "Winter break", Kind: Vacation}, on("2026-01-05", "Staff day", StaffDay),
		on("2026-01-19", "Martin Luther King Jr. Day", HolidayClosure), on("2026-02-16", "Presidents' Day", HolidayClosure),
		on("2026-04-03", "Cesar Chavez Day", HolidayClosure), {Span: span("2026-04-06", "2026-04-10"), Name: "Spring break", Kind: Vacation},
		on("2026-05-25", "Memorial Day", HolidayClosure)}}
}

func school(t testing.TB, v View, years ...SchoolYear) *School {
	t.Helper()
	s, err := NewSchool(years, v, julyRule, Span{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var longBreaks = Skip{BetweenTerms: true, BreaksOver: 5}

func TestOaklandHas180PupilDays(t *testing.T) {
	s := school(t, View{}, oakland())
	if n := s.Days().Between(date("2025-08-10"), date("2026-05-28")); n != 180 {
		t.Fatalf("%d pupil days, want 180", n)
	}
}

// The dates were counted on a paper calendar.
func TestLongBreaks(t *testing.T) {
	s := school(t, View{}, oakland())
	k := s.Skipper(longBreaks)
	for _, c := range []struct {
		from       string
		n          int
		due, later string
		why        string
	}{
		{"2025-09-02", 60, "2025-11-01", "2025-11-01", "Sep 3-30 is 28, Oct 31 is 59, Nov 1; Thanksgiving not reached"},
		{"2025-11-17", 15, "2025-12-02", "2025-12-02", "Thanksgiving week is five schooldays and is counted"},
		{"2025-12-18", 15, "2026-01-17", "2026-01-19", "Dec 19, 20, 21 are 3; Dec 22-Jan 5 out; Jan 6 is day 4, Jan 17 day 15; later reading leaves out Dec 20-21"},
		{"2026-03-27", 15, "2026-04-11", "2026-04-21", "one reading: Cesar Chavez Day and spring break are two; the other: Apr 3-12 is one break of six schooldays"},
		{"2026-05-26", 3, "", "", "May 27, 28, then summer without a next calendar"},
	} {
		b := k.After(date(c.from), c.n)
		if c.due == "" {
			if b.Due != 0 || len(b.Missing) == 0 || b.Earliest != date("2026-07-01") {
				t.Errorf("%s + %d: due %v earliest %v missing %v, want no date, earliest 2026-07-01 (%s)", c.from, c.n, b.Due, b.Earliest, b.Missing, c.why)
			}
			continue
		}
		if b.Due != date(c.due) || b.Later != date(c.later) {
			t.Errorf("%s + %d: due %v, later %v; want %s, %s (%s)", c.from, c.n, b.Due, b.Later, c.due, c.later, c.why)
		}
	}
}

func TestNoCalendarGivesBounds(t *testing.T) {
	s := school(t, View{})
	b := s.Skipper(longBreaks).After(date("2005-03-14"), 15)
	if b.Due != 0 || b.Earliest != date("2005-03-29") {
		t.Errorf("due %v, earliest %v; want none, 2005-03-29", b.Due, b.Earliest)
	}
	if b.Latest == 0 || b.Latest > date("2005-12-31") {
		t.Errorf("latest %v; want a bound in autumn 2005", b.Latest)
	}
	if len(b.Missing) == 0 || b.Missing[0].Name != "2004-05" {
		t.Errorf("missing %v; want the calendar of 2004-05", b.Missing)
	}
}

// randomYear is a school year with random closures.
func randomYear(t *rapid.T) SchoolYear {
	first := date("2025-08-11").Add(rapid.IntRange(0, 20).Draw(t, "first"))
	y := SchoolYear{ID: "random", First: first, Last: first.Add(rapid.IntRange(270, 300).Draw(t, "length")), Complete: true}
	for i := rapid.IntRange(0, 8).Draw(t, "closures"); i > 0; i-- {
		a := first.Add(rapid.IntRange(5, 250).Draw(t, "at"))
		c := Closure{Span: Span{a, a.Add(rapid.IntRange(0, 16).Draw(t, "days"))}, Name: string(rune('A' + i)), Kind: ClosureKind(rapid.IntRange(0, 4).Draw(t, "kind"))}
		y.Closures = append(y.Closures, c)
	}
	return y
}

// One more closed day never makes a school-day date earlier.
func TestClosingNeverHastens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := randomYear(t)
		a, err := NewSchool([]SchoolYear{y}, View{}, julyRule, Span{})
		if err != nil {
			t.Fatal(err)
		}
		d := y.First.Add(rapid.IntRange(0, 200).Draw(t, "closed"))
		y.Closures = append(y.Closures[:len(y.Closures):len(y.Closures)], Closure{Span: Span{d, d}, Name: "extra", Kind: Emergency})
		b, err := NewSchool([]SchoolYear{y}, View{}, julyRule, Span{})
		if err != nil {
			t.Fatal(err)
		}
		start := y.First.Add(rapid.IntRange(0, 150).Draw(t, "start"))
		n := rapid.IntRange(1, 40).Draw(t, "n")
		x, ok1 := a.Days().After(start, n)
		z, ok2 := b.Days().After(start, n)
		if ok1 && ok2 && z < x {
			t.Fatalf("%d school days after %v: %v, and %v with one more day closed", n, start, x, z)
		}
	})
}

// Counting in steps equals counting at once, and the counted runs sum to n.
func TestStepsEqualTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := randomYear(t)
		s, err := NewSchool([]SchoolYear{y}, View{}, julyRule, Span{})
		if err != nil {
			t.Fatal(err)
		}
		k := s.Skipper(Skip{BetweenTerms: true, BreaksOver: rapid.IntRange(-1, 9).Draw(t, "over"), Adjacent: Edge(rapid.IntRange(0, 2).Draw(t, "adjacent")), WeekendBefore: Edge(rapid.IntRange(0, 2).Draw(t, "weekend"))})
		for _, tab := range []*Table{s.days, k.due, k.later, k.strict} {
			start := y.First.Add(rapid.IntRange(0, 200).Draw(t, "start"))
			a, b := rapid.IntRange(0, 50).Draw(t, "a"), rapid.IntRange(1, 50).Draw(t, "b")
			mid, ok1 := tab.After(start, a)
			if !ok1 {
				continue
			}
			end, ok2 := tab.After(mid, b)
			all, ok3 := tab.After(start, a+b)
			if !ok2 || !ok3 || end != all {
				t.Fatalf("%v + %d + %d = %v, at once %v", start, a, b, end, all)
			}
			if a > 0 {
				if back, ok := tab.Before(all+1, a+b); !ok || tab.Between(back-1, all) != a+b {
					t.Fatalf("back from %v by %d: %v", all, a+b, back)
				}
			}
			sum, days := 0, 0
			tab.Runs(start+1, all, func(r Run) bool {
				days += r.Days()
				if r.Counted {
					sum += r.Days()
				}
				return true
			})
			if sum != a+b || days != int(all-start) {
				t.Fatalf("runs of %v..%v count %d of %d days; want %d of %d", start+1, all, sum, days, a+b, all-start)
			}
		}
		for i := 0; i < 50; i++ {
			start := y.First.Add(i * 5)
			e, _ := k.due.After(start, 30)
			l, _ := k.later.After(start, 30)
			x, _ := k.strict.After(start, 30)
			if l < e || x > e {
				t.Fatalf("readings out of order after %v: strict %v, due %v, later %v", start, x, e, l)
			}
		}
	})
}

// A table agrees with walking one day at a time.
func TestTableAgreesWithWalking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := randomYear(t)
		s, err := NewSchool([]SchoolYear{y}, View{}, julyRule, Span{})
		if err != nil {
			t.Fatal(err)
		}
		start := y.First.Add(rapid.IntRange(-30, 200).Draw(t, "start"))
		n := rapid.IntRange(1, 60).Draw(t, "n")
		d, left := start, n
		for left > 0 {
			d++
			if s.days.Counts(d) {
				left--
			}
		}
		if got, ok := s.days.After(start, n); !ok || got != d {
			t.Fatalf("%d after %v: %v, walking gives %v", n, start, got, d)
		}
	})
}

func TestTwoYearsThatOverlap(t *testing.T) {
	a, b := oakland(), oakland()
	b.ID = "again"
	if _, err := NewSchool([]SchoolYear{a, b}, View{}, julyRule, Span{}); err == nil {
		t.Fatal("two calendars of one year were accepted")
	}
}

func TestAddMonthsClamps(t *testing.T) {
	for _, c := range [][3]string{{"2024-02-29", "12", "2025-02-28"}, {"2024-01-31", "1", "2024-02-29"}, {"2023-12-31", "2", "2024-02-29"}, {"2024-03-31", "-1", "2024-02-29"}} {
		n := map[string]int{"12": 12, "1": 1, "2": 2, "-1": -1}[c[1]]
		if got := date(c[0]).AddMonths(n); got != date(c[2]) {
			t.Errorf("%s + %d months = %v, want %s", c[0], n, got, c[2])
		}
	}
}

// Adding five school days and five hundred cost the same.
func BenchmarkSchoolDays(b *testing.B) {
	years := []SchoolYear{oakland()}
	for y := 1; y < 5; y++ {
		next := oakland()
		next.ID += string(rune('0' + y))
		next.First, next.Last, next.Closures = next.First.AddYears(y), next.Last.AddYears(y), nil
		years = append(years, next)
	}
	s := school(b, View{}, years...)
	for _, n := range []int{5, 50, 500} {
		b.Run("n="+string(rune('0'+n/100))+string(rune('0'+n/10%10))+string(rune('0'+n%10)), func(b *testing.B) {
			for b.Loop() {
				if r := s.DaysAfter(date("2025-09-02"), n); r.Due == 0 {
					b.Fatal("no date")
				}
			}
		})
	}
}
