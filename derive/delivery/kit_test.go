package delivery_test

import (
	"testing"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/plan"
	"stayput/plan/session"
)

func on(s string) day.Date {
	d, err := day.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// weekly is a line of so many sessions of so many minutes a week.
func weekly(id string, times, minutes int) *plan.Service {
	return &plan.Service{ID: id, Name: id, Times: plan.CountOf(times), Minutes: plan.CountOf(minutes), Per: plan.PerWeek}
}

func total(id string, minutes int, per plan.Period) *plan.Service {
	return &plan.Service{ID: id, Name: id, Total: plan.CountOf(minutes), Per: per}
}

func promise(s *plan.Service, from, to string) delivery.Promise {
	p := delivery.Promise{Service: s.ID, Name: s.Name, Plan: "iep", Component: s.ID, Line: s, From: on(from)}
	if to != "" {
		p.To = on(to)
	}
	return p
}

// school is a year without closures but those given as pairs.
func school(t testing.TB, first, last string, closed ...string) *day.School {
	t.Helper()
	y := day.SchoolYear{ID: "test", First: on(first), Last: on(last), Complete: true}
	for i := 0; i+1 < len(closed); i += 2 {
		y.Closures = append(y.Closures, day.Closure{Span: day.Span{First: on(closed[i]), Last: on(closed[i+1])}, Name: "closed " + closed[i], Kind: day.Vacation})
	}
	s, err := day.NewSchool([]day.SchoolYear{y}, day.View{}, day.YearRule{Month: 7, Day: 1}, day.Span{First: on(first), Last: on(last)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// thirtySix is a school year of 36 whole weeks, 180 days.
func thirtySix(t testing.TB) *day.School {
	// Monday 2025-08-18; 36 weeks and 2 of winter vacation.
	return school(t, "2025-08-18", "2026-05-08", "2025-12-22", "2026-01-02")
}

func gave(id, d, service string, minutes int) session.Log {
	return session.Log{ID: id, On: on(d), Service: service, Minutes: plan.CountOf(minutes), Outcome: session.Delivered, From: session.Provider}
}

func missed(id, d, service string, o session.Outcome) session.Log {
	return session.Log{ID: id, On: on(d), Service: service, Outcome: o, From: session.Provider}
}

func one(t testing.TB, l *delivery.Ledger) *delivery.Service {
	t.Helper()
	if len(l.Services) != 1 {
		t.Fatalf("%d services: %+v", len(l.Services), l.Services)
	}
	return &l.Services[0]
}

func eq[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func notices(l *delivery.Ledger) string {
	s := ""
	for _, n := range l.Notices {
		s += n.Key + ":" + n.Log + " "
	}
	return s
}
