package delivery_test

import (
	"slices"
	"testing"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/fact"
	"stayput/plan"
	"stayput/plan/session"
)

// Another ledger's published base case: 3 sessions of 30 minutes in 36 weeks are
// 108 sessions and 3,240 minutes.
func TestPublishedBaseCase(t *testing.T) {
	for _, spread := range []delivery.Spread{delivery.BySessions, delivery.ByDays} {
		l := delivery.Make(delivery.Input{
			Promises: []delivery.Promise{promise(weekly("slp", 3, 30), "2025-08-18", "2026-05-08")}, School: thirtySix(t), AsOf: on("2026-05-08"),
			Settings: delivery.Settings{Spread: spread},
		})
		s := one(t, l)
		eq(t, "promised", s.Total.Promised, delivery.Of(3240))
		eq(t, "sessions", s.Sessions.String(), "108")
		eq(t, "unknown", s.Total.Unknown, delivery.Of(3240)) // nothing is logged: unknown, never missed
		eq(t, "short", s.Total.Short, 0)
		eq(t, "weeks", len(s.Weeks), 36)
		eq(t, "unknown since", s.UnknownSince, on("2025-08-18"))
		eq(t, "first signal", s.Signals[0].Key, "unlogged")
	}
}

// The worked numbers of the workbench: 3,240 required, 2,430 given, 360 excused,
// 90 made up come to 450 missed without excuse and 360 that are still short.
func TestVectorMadeUp(t *testing.T) {
	in := delivery.Input{Promises: []delivery.Promise{promise(weekly("slp", 3, 30), "2025-08-18", "2026-05-08")}, School: thirtySix(t), AsOf: on("2026-05-08")}
	n := 0
	for d := on("2025-08-18"); d <= in.AsOf; d++ {
		if w := d.Weekday(); w != 1 && w != 3 && w != 5 || in.School.IsSchoolDay(d) != day.Yes {
			continue
		}
		l := gave(d.String(), d.String(), "slp", 30)
		switch {
		case n >= 96: // the last 12 sessions were missed by the child
			l = missed(d.String(), d.String(), "slp", session.ChildAbsent)
		case n%6 == 0 && n/6 < 15: // 15 by the provider
			l = missed(d.String(), d.String(), "slp", session.MissedProvider)
		}
		in.Logs = append(in.Logs, l)
		n++
	}
	for i, makes := range []string{in.Logs[0].ID, in.Logs[6].ID, in.Logs[12].ID} {
		m := gave("make-"+makes, on("2026-01-10").Add(i).String(), "slp", 30)
		m.Outcome, m.Makes = session.MakeUp, makes
		in.Logs = append(in.Logs, m)
	}
	s := one(t, delivery.Make(in))
	eq(t, "promised", s.Total.Promised, delivery.Of(3240))
	eq(t, "delivered", s.Total.Delivered, delivery.Of(2430))
	eq(t, "excused", s.Total.Excused, delivery.Of(360))
	eq(t, "made up", s.Total.MadeUp, delivery.Of(90))
	eq(t, "unexcused", s.Total.Unexcused(), delivery.Of(450))
	eq(t, "short", s.Total.Short, delivery.Of(360))
	eq(t, "unknown", s.Total.Unknown, 0)
	eq(t, "extra", s.Total.Extra, 0)
	eq(t, "short since", s.ShortSince, on(in.Logs[18].ID)) // the first three are made up
}

// WI 23-051: two sessions of 25 minutes are 50 minutes; three weeks of every four
// are 75 minutes, not 100.
func TestWisconsin23051(t *testing.T) {
	slp := &plan.Service{ID: "slp", Name: "Speech", AsWritten: "25 minutes, once a week in three of every four weeks"}
	in := delivery.Input{
		Promises: []delivery.Promise{promise(slp, "2023-03-07", "")}, School: school(t, "2022-09-01", "2023-06-09"), AsOf: on("2023-05-12"),
		Logs: []session.Log{missed("a", "2023-04-20", "slp", session.MissedProvider), missed("b", "2023-04-27", "slp", session.MissedProvider), gave("c", "2023-05-03", "slp", 25)},
	}
	s := one(t, delivery.Make(in))
	eq(t, "minutes short", s.Total.Short, delivery.Of(50))
	eq(t, "sessions missed", s.Outcomes[session.MissedProvider], 2)
	eq(t, "run", s.Longest, delivery.Run{From: on("2023-04-20"), To: on("2023-04-27"), Sessions: 2, Minutes: delivery.Of(50)})
	eq(t, "first day of the gap", s.ShortSince, on("2023-04-20"))

	in.From, in.AsOf, in.Logs = on("2023-03-13"), on("2023-04-09"), nil // four weeks
	eq(t, "four weeks", one(t, delivery.Make(in)).Total.Promised, delivery.Of(75))
	for _, words := range []string{"3 out of 4 weeks", "tres de cada cuatro semanas", "three weeks out of every four weeks", "3 of every 4 weeks"} {
		if c, ok := delivery.ReadCycle(words); !ok || c != (delivery.Cycle{On: 3, Of: 4}) {
			t.Errorf("%s: %v %v", words, c, ok)
		}
	}
	for _, words := range []string{"", "30 minutes weekly", "five of every four weeks", "2 of 3 sessions"} {
		if c, ok := delivery.ReadCycle(words); ok {
			t.Errorf("%s: %v", words, c)
		}
	}
}

// WI 21-043: 10 and 16 days without the bus; 10 of the 14 weekdays from 13 to 30
// September 2021 are 71.4 percent.
func TestWisconsin21043(t *testing.T) {
	bus := &plan.Service{ID: "bus", Name: "Transportation", Times: plan.CountOf(1), Per: plan.PerDay}
	year := school(t, "2021-09-01", "2022-06-10", "2021-09-06", "2021-09-06")
	log := func(from, to string, n int) (out []session.Log) {
		for d := on(from); d <= on(to) && len(out) < n; d++ {
			if year.IsSchoolDay(d) == day.Yes {
				out = append(out, missed(d.String(), d.String(), "bus", session.MissedProvider))
			}
		}
		return out
	}
	a := one(t, delivery.Make(delivery.Input{Promises: []delivery.Promise{promise(bus, "2021-09-01", "")}, School: year, From: on("2021-09-13"), AsOf: on("2021-09-30"), Logs: log("2021-09-13", "2021-09-30", 10)}))
	eq(t, "unit", a.Unit, "sessions")
	eq(t, "weekdays", a.Total.Promised, delivery.Of(14))
	eq(t, "days missed", a.Total.Short, delivery.Of(10))
	eq(t, "percent", a.Total.Short.PerMille(a.Total.Promised), 714)
	eq(t, "sessions", a.Sessions.String(), "14")
	b := one(t, delivery.Make(delivery.Input{Promises: []delivery.Promise{promise(bus, "2021-09-01", "")}, School: year, AsOf: on("2021-10-01"), Logs: log("2021-09-01", "2021-10-01", 16)}))
	eq(t, "days missed", b.Total.Short, delivery.Of(16))
}

// Sumter: 15 hours a week due, 7.5 to 10 given: half to two thirds.
func TestSumter(t *testing.T) {
	aba := total("aba", 900, plan.PerWeek)
	for _, c := range []struct{ given, short, perMille int }{{450, 450, 500}, {600, 300, 666}} {
		l := session.Log{ID: "x", On: on("2025-09-03"), Service: "aba", Minutes: plan.CountOf(c.given), Planned: plan.CountOf(900), Outcome: session.Short, From: session.School}
		s := one(t, delivery.Make(delivery.Input{Promises: []delivery.Promise{promise(aba, "2025-09-01", "2025-09-05")}, School: thirtySix(t), AsOf: on("2025-09-05"), Logs: []session.Log{l}}))
		eq(t, "due", s.Total.Promised, delivery.Of(900))
		eq(t, "given", s.Total.Delivered, delivery.Of(c.given))
		eq(t, "short", s.Total.Short, delivery.Of(c.short))
		eq(t, "share", s.Total.Delivered.PerMille(s.Total.Promised), c.perMille)
	}
}

// "750 a year" over 36 weeks is 20.83 a week, not 21; 120 a month is 30 a week.
func TestSpread(t *testing.T) {
	in := func(s *plan.Service) delivery.Input {
		return delivery.Input{Promises: []delivery.Promise{promise(s, "2025-08-18", "2026-05-08")}, School: thirtySix(t), AsOf: on("2026-05-08")}
	}
	y := one(t, delivery.Make(in(total("ot", 750, plan.PerYear))))
	eq(t, "year", y.Total.Promised, delivery.Of(750))
	eq(t, "week of a year", y.Weeks[3].Promised.String(), "20.83")
	m := one(t, delivery.Make(in(total("ot", 120, plan.PerMonth))))
	eq(t, "week of a month", m.Weeks[3].Promised, delivery.Of(30))
	eq(t, "nine months", m.Total.Promised, delivery.Of(1080))
	for per, want := range map[plan.Period]int{plan.PerDay: 180, plan.PerTwoWeeks: 18, plan.PerCycle: 30, plan.PerQuarter: 4, plan.PerTrimester: 3, plan.PerSemester: 2} {
		eq(t, string(per), one(t, delivery.Make(in(total("x", 10, per)))).Total.Promised, delivery.Of(10*want))
	}
}

// A week with a holiday still owes its sessions, but no more than it has days; by
// days it owes its share. The other number stands beside.
func TestShortWeeks(t *testing.T) {
	year := school(t, "2025-08-18", "2026-05-08", "2025-09-01", "2025-09-01", "2025-11-24", "2025-11-27")
	in := delivery.Input{Promises: []delivery.Promise{promise(weekly("slp", 2, 30), "2025-08-18", "")}, School: year, From: on("2025-09-01"), AsOf: on("2025-09-05")}
	s := one(t, delivery.Make(in))
	eq(t, "four days", s.Total.Promised, delivery.Of(60))
	eq(t, "the other way", s.Other, delivery.Of(48))
	in.From, in.AsOf = on("2025-11-24"), on("2025-11-28")
	eq(t, "one day", one(t, delivery.Make(in)).Total.Promised, delivery.Of(30))
	in.Settings.Spread = delivery.ByDays
	s = one(t, delivery.Make(in))
	eq(t, "by days", s.Total.Promised, delivery.Of(12))
	eq(t, "the other way", s.Other, delivery.Of(30))
}

// An amendment in the middle of a week splits it.
func TestAmendmentSplitsTheWeek(t *testing.T) {
	before, after := promise(weekly("slp", 2, 30), "2025-08-18", "2025-09-09"), promise(weekly("slp", 3, 30), "2025-09-10", "")
	after.Plan = "change"
	s := one(t, delivery.Make(delivery.Input{Promises: []delivery.Promise{after, before}, School: thirtySix(t), From: on("2025-09-08"), AsOf: on("2025-09-12")}))
	eq(t, "week", s.Total.Promised, delivery.Of(24+54))
	eq(t, "old", s.Plans[0].Promised, delivery.Of(24))
	eq(t, "new", s.Plans[1].Promised, delivery.Of(54))
	eq(t, "sessions", s.Sessions.String(), "2.6")
}

// A parent's tap on the first day of a week shows as a whole session.
func TestReportChangesTheWeek(t *testing.T) {
	in := delivery.Input{Promises: []delivery.Promise{promise(weekly("slp", 2, 30), "2025-08-18", "2025-09-08")}, School: thirtySix(t), From: on("2025-09-08"), AsOf: on("2025-09-08"),
		Logs: []session.Log{{ID: "r", On: on("2025-09-08"), Service: "slp", Outcome: session.ReportedMissing, From: session.Family}}}
	s := one(t, delivery.Make(in))
	eq(t, "reported", s.Total.Reported, delivery.Of(30))
	eq(t, "short", s.Total.Short, 0)
	eq(t, "promised", s.Total.Promised, delivery.Of(30))

	agrees := missed("p", "2025-09-08", "slp", session.MissedProvider)
	in.Logs = append(in.Logs, agrees)
	s = one(t, delivery.Make(in))
	eq(t, "reported, when a log agrees", s.Total.Reported, 0)
	eq(t, "short, when a log agrees", s.Total.Short, delivery.Of(30))

	in.Logs[1] = gave("p", "2025-09-08", "slp", 30)
	s = one(t, delivery.Make(in))
	eq(t, "disputed", s.Total.Disputed, delivery.Of(30))
	eq(t, "delivered", s.Total.Delivered, 0)
	eq(t, "short", s.Total.Short, 0)
	if !slices.Equal(s.Conflicts, []delivery.Conflict{{On: on("2025-09-08"), Report: "r", Log: "p"}}) {
		t.Error(s.Conflicts)
	}

	reply := missed("p", "2025-09-09", "slp", session.MissedEvent)
	reply.Answers = "r"
	in.Logs[1], in.AsOf = reply, on("2025-09-09")
	in.Promises[0].To = in.AsOf
	s = one(t, delivery.Make(in))
	eq(t, "short, when a reply agrees", s.Total.Short, delivery.Of(30))

	in.Logs[1] = missed("p", "2025-09-08", "slp", session.ChildAbsent)
	s = one(t, delivery.Make(in))
	eq(t, "excused, when the school says so", s.Total.Excused, delivery.Of(30))
	eq(t, "and pointed out", len(s.Conflicts), 1)

	second := in.Logs[0]
	second.ID = "r2"
	in.Logs = []session.Log{in.Logs[0], second}
	l := delivery.Make(in)
	eq(t, "two parents tell of one session", one(t, l).Total.Reported, delivery.Of(30))
	eq(t, "notice", notices(l), "told_twice:r2 ")

	family := missed("f", "2025-09-08", "slp", session.MissedProvider)
	family.From = session.Family
	in.Logs = []session.Log{family}
	s = one(t, delivery.Make(in))
	eq(t, "what the family says is a report", s.Total.Reported, delivery.Of(30))
	eq(t, "counted as a report", s.Outcomes[session.ReportedMissing], 1)
}

func TestOtherOutcomes(t *testing.T) {
	in := delivery.Input{Promises: []delivery.Promise{promise(weekly("slp", 5, 30), "2025-08-18", "")}, School: thirtySix(t), From: on("2025-09-08"), AsOf: on("2025-09-12")}
	late := gave("b", "2025-09-09", "slp", 10)
	late.Outcome = session.LateStart
	group := gave("c", "2025-09-10", "slp", 30)
	group.Outcome = session.GroupInstead
	asked := missed("d", "2025-09-11", "slp", session.Pending)
	in.Logs = []session.Log{gave("a", "2025-09-08", "slp", 30), late, group, asked, missed("e", "2025-09-12", "slp", session.ChildRefused)}
	l := delivery.Make(in)
	s := one(t, l)
	eq(t, "delivered", s.Total.Delivered, delivery.Of(40))
	eq(t, "short", s.Total.Short, delivery.Of(20))
	eq(t, "otherwise", s.Total.Otherwise, delivery.Of(30))
	eq(t, "pending", s.Total.Pending, delivery.Of(30))
	eq(t, "excused", s.Total.Excused, delivery.Of(30))
	eq(t, "notices", notices(l), "")
	in.Settings.Excused = map[session.Outcome]bool{}
	eq(t, "a setting", one(t, delivery.Make(in)).Total.Short, delivery.Of(50))
}

func TestMakeUps(t *testing.T) {
	p := promise(weekly("slp", 1, 30), "2025-08-18", "")
	mk := func(id, d, makes string) session.Log {
		l := gave(id, d, "slp", 30)
		l.Outcome, l.Makes = session.MakeUp, makes
		return l
	}
	do := func(logs ...session.Log) (*delivery.Ledger, *delivery.Service) {
		l := delivery.Make(delivery.Input{Promises: []delivery.Promise{p}, School: thirtySix(t), AsOf: on("2025-10-31"), Logs: logs})
		return l, one(t, l)
	}
	_, s := do(missed("m", "2025-09-02", "slp", session.MissedProvider), mk("x", "2025-10-04", "m"))
	eq(t, "linked", s.Total.MadeUp, delivery.Of(30))
	eq(t, "given in October", s.Months[2].Given, delivery.Of(30))
	eq(t, "made up in September", s.Months[1].MadeUp, delivery.Of(30))
	l, s := do(missed("m", "2025-09-02", "slp", session.MissedProvider), mk("x", "2025-10-04", "m"), mk("y", "2025-10-05", "m"))
	eq(t, "twice", s.Total.MadeUp, delivery.Of(30))
	eq(t, "twice, the rest", s.Total.Delivered+s.Total.Extra, delivery.Of(30))
	eq(t, "twice, no notice", notices(l), "")
	l, s = do(missed("m", "2025-09-22", "slp", session.MissedProvider), mk("x", "2025-09-02", "m"))
	eq(t, "before its miss", s.Total.MadeUp, delivery.Of(30))
	eq(t, "before its miss, pointed out", notices(l), "make_up_early:x ")
	l, s = do(missed("m", "2025-09-22", "slp", session.MissedProvider), mk("x", "2025-10-02", "nothing"))
	eq(t, "linked to nothing: the oldest miss", s.Total.MadeUp, delivery.Of(30))
	eq(t, "linked to nothing, pointed out", notices(l), "make_up_lost:x ")
	_, s = do(mk("x", "2025-09-02", ""), missed("m", "2025-09-22", "slp", session.MissedProvider))
	eq(t, "not linked and before: no make-up", s.Total.MadeUp, 0)
	eq(t, "an ordinary session", s.Total.Delivered, delivery.Of(30))
	_, s = do(missed("m", "2025-09-02", "slp", session.ChildAbsent), mk("x", "2025-09-04", "m"))
	eq(t, "of an excused absence", s.Total.Delivered, delivery.Of(30))
	eq(t, "of an excused absence, not made up", s.Total.MadeUp, 0)
}

func TestNoCalendar(t *testing.T) {
	s := one(t, delivery.Make(delivery.Input{Promises: []delivery.Promise{promise(weekly("slp", 2, 30), "2025-09-01", "")}, AsOf: on("2025-09-12")}))
	eq(t, "at most", s.Total.Promised, delivery.Of(120))
	eq(t, "at least", s.Total.AtLeast(), 0)
	part, err := day.NewSchool([]day.SchoolYear{{ID: "stops", First: on("2025-08-18"), CoversTo: on("2025-09-05"), Complete: true}}, day.View{}, day.YearRule{Month: 7, Day: 1}, day.Span{First: on("2025-08-18"), Last: on("2026-06-30")})
	if err != nil {
		t.Fatal(err)
	}
	s = one(t, delivery.Make(delivery.Input{Promises: []delivery.Promise{promise(weekly("slp", 2, 30), "2025-09-01", "")}, School: part, AsOf: on("2025-09-12")}))
	eq(t, "at most", s.Total.Promised, delivery.Of(120))
	eq(t, "at least", s.Total.AtLeast(), delivery.Of(60))
}

// Extended-year lines run on their own dates, when school does not meet.
func TestExtendedYear(t *testing.T) {
	esy := weekly("slp-esy", 2, 30)
	esy.ESY, esy.From, esy.To = fact.Yes, on("2026-06-15"), on("2026-07-10")
	in := delivery.Input{Promises: []delivery.Promise{promise(weekly("slp", 2, 30), "2025-08-18", "2026-08-01"), promise(esy, "2025-08-18", "2026-08-01")}, School: thirtySix(t), AsOf: on("2026-08-01")}
	l := delivery.Make(in)
	eq(t, "regular", l.Services[0].Total.AtLeast(), delivery.Of(36*60)) // from July on nobody knows the next year
	eq(t, "extended", l.Services[1].Total.Promised, delivery.Of(4*60))
	eq(t, "extended, assumed", l.Services[1].Total.Assumed, delivery.Of(4*60))
	in.Extended = school(t, "2026-06-15", "2026-07-10", "2026-07-03", "2026-07-03")
	eq(t, "with its calendar", delivery.Make(in).Services[1].Total.AtLeast(), delivery.Of(4*60))
	whole := total("slp-esy", 500, plan.PerYear)
	whole.ESY, whole.From, whole.To = fact.Yes, on("2026-06-15"), on("2026-07-10")
	in.Promises[1] = promise(whole, "2025-08-18", "2026-08-01")
	eq(t, "so many in all", delivery.Make(in).Services[1].Total.Promised, delivery.Of(500))
	esy.From = 0
	in.Promises[1] = promise(esy, "2025-08-18", "2026-08-01")
	if l := delivery.Make(in); notices(l) != "extended_dates: " || l.Services[1].Total.Promised != 0 {
		t.Error(notices(l))
	}
}

func TestOddities(t *testing.T) {
	p := promise(weekly("slp", 2, 30), "2025-09-01", "2025-09-26")
	do := func(logs ...session.Log) (*delivery.Ledger, *delivery.Service) {
		l := delivery.Make(delivery.Input{Promises: []delivery.Promise{p}, School: thirtySix(t), AsOf: on("2025-10-31"), Logs: logs})
		for i := range l.Services {
			if l.Services[i].Key == "slp" {
				return l, &l.Services[i]
			}
		}
		t.Fatal("no service")
		return nil, nil
	}
	for what, c := range map[string]struct {
		log    session.Log
		notice string
		given  int
	}{
		"before the plan":  {gave("a", "2025-08-20", "slp", 30), "outside:a ", 30},
		"after the plan":   {gave("a", "2025-10-20", "slp", 30), "outside:a ", 30},
		"after the ledger": {gave("a", "2025-11-20", "slp", 30), "future:a ", 0},
		"no day":           {session.Log{ID: "a", Service: "slp", Outcome: session.Delivered}, "no_day:a ", 0},
		"negative":         {gave("a", "2025-09-02", "slp", -5), "minutes_impossible:a ", 0},
		"above a day":      {gave("a", "2025-09-02", "slp", 1441), "minutes_impossible:a ", 0},
		"no minutes":       {session.Log{ID: "a", On: on("2025-09-02"), Service: "slp", Outcome: session.Delivered}, "length_taken:a ", 30},
		"on a Saturday":    {gave("a", "2025-09-06", "slp", 30), "", 30},
		"too much":         {gave("a", "2025-09-02", "slp", 200), "", 200},
	} {
		l, s := do(c.log)
		if notices(l) != c.notice || s.Total.Given != delivery.Of(c.given) {
			t.Errorf("%s: %s, %s given", what, notices(l), s.Total.Given)
		}
	}
	_, s := do(gave("a", "2025-09-02", "slp", 200))
	eq(t, "too much, covered", s.Total.Delivered, delivery.Of(60))
	eq(t, "too much, extra", s.Total.Extra, delivery.Of(140))
	l, _ := do(gave("a", "2025-09-02", "music", 30))
	eq(t, "unknown service", notices(l), "service_unknown:a ")
	two := gave("b", "2025-09-02", "slp", 30)
	two.Provider = "other"
	l, _ = do(gave("a", "2025-09-02", "slp", 30), two)
	eq(t, "two providers", notices(l), "two_providers:b ")
	l, _ = do(gave("a", "2025-09-02", "slp", 30), gave("b", "2025-09-02", "slp", 30))
	eq(t, "duplicate", notices(l), "duplicate:b ")
	l, s = do(gave("a", "2025-09-02", "slp", 30), gave("a", "2025-09-02", "slp", 30))
	eq(t, "twice the same", notices(l), "same_id:a ")
	eq(t, "counted once", s.Total.Given, delivery.Of(30))
	if got := delivery.Make(delivery.Input{}); len(got.Services) != 0 {
		t.Error(got)
	}
	for words, key := range map[string]string{"30 minutes as needed": "amount_vague", "30 min, weekly-ish": "amount_unsaid", "": "amount_unsaid"} {
		v := &plan.Service{ID: "v", Name: "v", AsWritten: words}
		l := delivery.Make(delivery.Input{Promises: []delivery.Promise{promise(v, "2025-09-01", "")}, School: thirtySix(t), AsOf: on("2025-10-31"), Logs: []session.Log{gave("a", "2025-09-02", "v", 30)}})
		if len(l.Notices) != 1 || l.Notices[0].Key != key || l.Services[0].Total.Promised != 0 || l.Services[0].Total.Extra != delivery.Of(30) {
			t.Errorf("%q: %s, %+v", words, notices(l), l.Services[0].Total)
		}
	}
}

func TestFind(t *testing.T) {
	a, b := weekly("slp-i", 1, 30), weekly("slp-g", 1, 30)
	a.Code, a.Name, b.Code, b.Name = "415", "Speech and language, individual", "415", "Speech and language, group"
	ps := []delivery.Promise{promise(a, "2025-09-01", ""), promise(b, "2025-09-01", "")}
	for text, want := range map[string][]string{
		"slp-i": {"slp-i"}, "SLP-G": {"slp-g"}, "415 - Language and Speech": {"slp-g", "slp-i"}, "415": {"slp-g", "slp-i"},
		"Speech and Language, Group": {"slp-g"}, "individual": {"slp-i"}, "speech": {"slp-g", "slp-i"}, "music": nil, "": nil, "4": nil,
	} {
		if got := delivery.Find(ps, text, on("2025-10-01")); !slices.Equal(got, want) {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestMinutes(t *testing.T) {
	for m, want := range map[delivery.Minutes]string{0: "0", delivery.Of(30): "30", delivery.Of(750) / 36: "20.83", delivery.Minute / 2: "0.5", -delivery.Of(3) / 2: "-1.5"} {
		eq(t, want, m.String(), want)
	}
	eq(t, "whole", (delivery.Of(5) / 2).Whole(), 3)
	eq(t, "none of none", delivery.Of(5).PerMille(0), 0)
}
