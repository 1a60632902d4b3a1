package lookback_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/delivery"
	"stayput/derive/lookback"
	"stayput/fact"
	"stayput/law/packs"
	"stayput/plan"
	"stayput/plan/session"
	"stayput/record"
)

func on(s string) day.Date {
	d, err := day.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func lawOf(t testing.TB, place string) []clock.Since {
	t.Helper()
	b, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	l, _, err := b.For(place)
	if err != nil {
		t.Fatal(err)
	}
	return []clock.Since{{Law: l}}
}

// school is two school years: September 8, 2025 to May 29, 2026 without December 22
// to January 2, and from August 31, 2026.
func school(t testing.TB) *day.School {
	t.Helper()
	s, err := day.NewSchool([]day.SchoolYear{
		{ID: "25", First: on("2025-09-08"), Last: on("2026-05-29"), Complete: true, Closures: []day.Closure{{Span: day.Span{First: on("2025-12-22"), Last: on("2026-01-02")}, Name: "winter", Kind: day.Vacation}}},
		{ID: "26", First: on("2026-08-31"), Last: on("2027-05-28"), Complete: true},
	}, day.View{}, day.YearRule{Month: 7, Day: 1}, day.Span{First: on("2025-07-01"), Last: on("2027-06-30")})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// mondays is a service of 30 minutes each Monday, given each week but where changes
// say otherwise: a day and what came of it; "" is no log.
func mondays(t testing.TB, asOf string, changes map[string]session.Log) (lookback.Input, *delivery.Ledger) {
	line := &plan.Service{ID: "slp", Name: "Language and Speech", Times: plan.CountOf(1), Minutes: plan.CountOf(30), Per: plan.PerWeek}
	in := delivery.Input{School: school(t), AsOf: on(asOf), Promises: []delivery.Promise{{Service: "slp", Name: line.Name, Track: plan.IEP, Plan: "iep", Component: "slp", Line: line, From: on("2025-09-08"), To: on("2027-06-30")}}}
	for d := on("2025-09-08"); d <= in.AsOf; d += 7 {
		if k, _ := in.School.IsSchoolDay(d), 0; k == day.No {
			continue
		}
		l, changed := changes[d.String()]
		switch {
		case !changed:
			l = session.Log{Outcome: session.Delivered, From: session.Provider, Minutes: plan.CountOf(30)}
		case l.Outcome == "":
			continue
		}
		if l.ID == "" {
			l.ID = "s" + d.String()
		}
		l.On, l.Service = d, "slp"
		in.Logs = append(in.Logs, l)
	}
	for name, l := range changes {
		if _, err := day.Parse(name); err != nil {
			l.ID, l.Service = name, "slp"
			in.Logs = append(in.Logs, l)
		}
	}
	ledger := delivery.Make(in)
	return lookback.Input{Ledger: ledger, Promises: in.Promises, Logs: in.Logs, Laws: lawOf(t, "us-ca")}, ledger
}

var (
	away  = session.Log{Outcome: session.MissedProvider, From: session.Provider, Reason: "The provider left"}
	told  = session.Log{Outcome: session.ReportedMissing, From: session.Family}
	none  = session.Log{}
	event = session.Log{Outcome: session.MissedEvent, From: session.School}
	ill   = session.Log{Outcome: session.ChildAbsent, From: session.Provider}
)

// twoYears is as of November 22, 2026, a Sunday.
//
//	missed: Nov 3, 10, 17, 24, Dec 1, 8, 15, 2025 (7 sessions, 210 minutes), that of Nov 3 made up on Jan 14
//	reported: Feb 2, 2026
//	no log: Mar 2, 9, 16, 2026 (3 weeks, 90 minutes)
//	absent: Apr 6, 2026
//	missed: Sep 14, 2026
func twoYears(t testing.TB) (lookback.Input, *delivery.Ledger) {
	return mondays(t, "2026-11-22", map[string]session.Log{
		"2025-11-03": away, "2025-11-10": away, "2025-11-17": away, "2025-11-24": away, "2025-12-01": away, "2025-12-08": away, "2025-12-15": away,
		"2026-02-02": told, "2026-03-02": none, "2026-03-09": none, "2026-03-16": none, "2026-04-06": ill, "2026-09-14": event,
		"up": {Outcome: session.MakeUp, On: on("2026-01-14"), Minutes: plan.CountOf(30), Makes: "s2025-11-03", From: session.Provider},
	})
}

func eq[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestGaps(t *testing.T) {
	in, _ := twoYears(t)
	l := lookback.Make(in)
	eq(t, "from", l.From, on("2024-07-01"))
	eq(t, "to", l.To, on("2026-11-22"))
	if len(l.Services) != 1 || len(l.Services[0].Years) != 2 {
		t.Fatalf("%+v", l.Services)
	}
	first, second := l.Services[0].Years[0], l.Services[0].Years[1]
	want := []struct {
		kind                               lookback.Kind
		from, to, resumed                  string
		sessions                           int
		madeUp, short, reported, unknown   int
		complaint, complaintLast, due, st8 string
	}{
		{lookback.NotGiven, "2025-11-03", "2025-12-15", "2026-01-05", 7, 30, 180, 0, 0, "2026-11-03", "2026-12-15", "2027-11-03", "part"},
		{lookback.NotGiven, "2026-02-02", "2026-02-02", "2026-02-09", 1, 0, 0, 30, 0, "2027-02-02", "2027-02-02", "2028-02-02", "open"},
		// Of weeks without a log, the Monday of the first.
		{lookback.NoLog, "2026-03-02", "2026-03-22", "", 3, 0, 0, 0, 90, "2027-03-02", "2027-03-22", "2028-03-02", "open"},
	}
	if len(first.Gaps) != len(want) {
		t.Fatalf("%+v", first.Gaps)
	}
	for i, w := range want {
		g := first.Gaps[i]
		eq(t, "kind", g.Kind, w.kind)
		eq(t, "from", g.From.String(), w.from)
		eq(t, "to", g.To.String(), w.to)
		eq(t, "resumed", g.Resumed.String(), w.resumed)
		eq(t, "sessions", g.Sessions, w.sessions)
		eq(t, "made up", g.MadeUp, delivery.Of(w.madeUp))
		eq(t, "short", g.Short, delivery.Of(w.short))
		eq(t, "reported", g.Reported, delivery.Of(w.reported))
		eq(t, "unknown", g.Unknown, delivery.Of(w.unknown))
		if len(g.Claims) != 2 || g.Claims[0].Right != "state_complaint" || g.Claims[1].Right != "due_process" {
			t.Fatalf("%+v", g.Claims)
		}
		eq(t, "complaint", g.Claims[0].First.Earliest.String(), w.complaint)
		eq(t, "complaint, last", g.Claims[0].Last.Earliest.String(), w.complaintLast)
		eq(t, "hearing", g.Claims[1].First.Earliest.String(), w.due)
		eq(t, "state", string(g.Claims[0].State), w.st8)
		eq(t, "state", g.Claims[1].State, lookback.Open)
	}
	eq(t, "told", first.Gaps[1].Told, 1)
	eq(t, "excused", first.Excused, 1)
	if r := first.Gaps[0].Reasons; len(r) != 1 || r[0].Text != "The provider left" || r[0].Sessions != 7 {
		t.Errorf("%+v", r)
	}
	if len(second.Gaps) != 1 || second.Gaps[0].From != on("2026-09-14") || second.Gaps[0].Resumed != on("2026-09-21") || second.Short != delivery.Of(30) {
		t.Errorf("%+v", second.Gaps)
	}
}

// On November 22, 2026 a State complaint reaches back to November 22, 2025, a hearing
// request to November 22, 2024. Of the seven missed Mondays those of November 3, 10 and
// 17 lie before it, and the first of them was made up.
func TestRoutes(t *testing.T) {
	in, _ := twoYears(t)
	l := lookback.Make(in)
	if len(l.Routes) != 2 {
		t.Fatalf("%+v", l.Routes)
	}
	c, h := l.Routes[0], l.Routes[1]
	eq(t, "complaint since", c.Since, lookback.Span{Earliest: on("2025-11-22"), Latest: on("2025-11-22")})
	eq(t, "hearing since", h.Since, lookback.Span{Earliest: on("2024-11-22"), Latest: on("2024-11-22")})
	// Nov 24, Dec 1, 8, 15 and Sep 14 are short; Feb 2 is reported.
	eq(t, "open", c.Open, lookback.Sum{Sessions: 6, Short: delivery.Of(150), Reported: delivery.Of(30), Unknown: delivery.Of(90)})
	eq(t, "gone", c.Gone, lookback.Sum{Sessions: 2, Short: delivery.Of(60)})
	eq(t, "next", c.Next, on("2025-11-24"))
	eq(t, "by", c.NextBy.Earliest, on("2026-11-24"))
	eq(t, "hearing open", h.Open, lookback.Sum{Sessions: 8, Short: delivery.Of(210), Reported: delivery.Of(30), Unknown: delivery.Of(90)})
	eq(t, "hearing gone", h.Gone, lookback.Sum{})
	if c.Limits[0].Version.Citation == "" || c.Limits[0].Rule.MustBe != "received" {
		t.Errorf("%+v", c.Limits)
	}

	// The day moves every day: three days later the session of November 24 is gone too.
	in, _ = twoYears(t)
	in.Ledger.AsOf = on("2026-11-25")
	c = lookback.Make(in).Routes[0]
	eq(t, "three days later", c.Since.Earliest, on("2025-11-25"))
	eq(t, "gone three days later", c.Gone, lookback.Sum{Sessions: 3, Short: delivery.Of(90)})
	eq(t, "next", c.Next, on("2025-12-01"))
}

// Texas: for what happened in the last year of the one-year rule both last days stand.
func TestTwoReadings(t *testing.T) {
	in, _ := mondays(t, "2026-11-22", nil)
	in.Laws = lawOf(t, "us-tx")
	in.Ledger.AsOf = on("2022-10-03")
	in.Ledger.Services = nil
	h := lookback.Make(in)
	if len(h.Routes) != 0 {
		t.Fatalf("%+v", h.Routes)
	}
	in, _ = twoYears(t)
	in.Laws = lawOf(t, "us-tx")
	eq(t, "Texas, two years", lookback.Make(in).Routes[1].Since.Earliest, on("2024-11-22"))
	in.Laws = lawOf(t, "us-wi")
	eq(t, "Wisconsin, one year", lookback.Make(in).Routes[1].Since.Earliest, on("2025-11-22"))
	in.Laws = nil
	if r := lookback.Make(in).Routes; r[0].Since.Earliest != 0 || r[0].Open != (lookback.Sum{}) || len(r[0].Limits) != 0 {
		t.Errorf("no law, but %+v", r)
	}
	if g := lookback.Make(in).Services[0].Years[0].Gaps[0]; g.Claims[0].State != lookback.Unsure {
		t.Errorf("%+v", g.Claims)
	}
}

// A 504 plan has neither the State's special education complaint nor a hearing under
// IDEA: 180 days to the civil rights office. From May 26, 2026 to November 22, 2026:
// 5 in May, 30, 31, 31, 30, 31 and 22 are 180.
func TestSection504(t *testing.T) {
	in, _ := twoYears(t)
	for i := range in.Promises {
		in.Promises[i].Track = plan.Section504
	}
	l := lookback.Make(in)
	if len(l.Routes) != 1 || l.Routes[0].Right != "ocr_complaint" || l.Routes[0].Since.Earliest != on("2026-05-26") {
		t.Fatalf("%+v", l.Routes)
	}
}

func TestProof(t *testing.T) {
	in, _ := mondays(t, "2026-05-29", map[string]session.Log{
		"2025-10-06": away, "2025-10-13": {Outcome: session.MissedProvider, From: session.Provider},
		"2025-11-03": told, "2025-11-10": told, "2025-11-17": told,
		"agrees": {Outcome: session.MissedProvider, On: on("2025-11-03"), From: session.School, Reason: "ill"},
		"denies": {Outcome: session.Delivered, On: on("2025-11-10"), From: session.Provider, Minutes: plan.CountOf(30)},
	})
	in.View = record.NewView([]fact.Entry{
		{ID: "a", Kind: fact.MustLookup("letter_sent"), On: day.On(on("2025-11-20")), Note: "We asked about speech."},
		{ID: "b", Kind: fact.MustLookup("letter_sent"), On: day.On(on("2025-11-21")), Note: "We asked about the bus."},
		{ID: "c", Kind: fact.MustLookup("records_access_requested"), On: day.On(on("2025-11-24"))},
		{ID: "d", Kind: fact.MustLookup("child_said"), On: day.On(on("2025-11-25")), Note: "No speech again."},
	}, 0)
	l := lookback.Make(in)
	p := l.Proof
	eq(t, "confirmed", p.Confirmed, 1)
	eq(t, "unconfirmed", fmt.Sprint(p.Reports), "[s2025-11-17]")
	eq(t, "conflicts", len(p.Conflicts), 1)
	eq(t, "no reason", fmt.Sprint(p.NoReason), "[s2025-10-13]")
	var ids []string
	for _, e := range l.Entries {
		ids = append(ids, e.ID)
	}
	eq(t, "entries", fmt.Sprint(ids), "[a c]") // what the child said stays with the family
	if len(l.Entries[0].Services) != 1 || len(l.Entries[1].Services) != 0 {
		t.Errorf("%+v", l.Entries)
	}
	for _, x := range p.Tellers {
		if x.From == session.Family && x.Sessions != 3 || x.From == session.School && x.Sessions != 1 {
			t.Errorf("%+v", p.Tellers)
		}
	}
	if k := l.Services[0].Years[0].Gaps; k[len(k)-2].Kind != lookback.Disputed && k[len(k)-1].Kind != lookback.NotGiven {
		t.Errorf("%+v", k)
	}
}

// Only chosen school years are looked at; nothing after the day asked about.
func TestPeriod(t *testing.T) {
	in, _ := twoYears(t)
	in.From, in.To = on("2026-10-01"), on("2026-10-02")
	l := lookback.Make(in)
	eq(t, "from", l.From, on("2026-07-01"))
	eq(t, "to", l.To, on("2026-11-22"))
	if len(l.Services[0].Years) != 1 || l.Total.Short != delivery.Of(30) || len(l.Services[0].Months) == 0 || l.Services[0].Months[0].From < l.From {
		t.Errorf("%+v", l.Services[0])
	}
	in.From, in.To = on("2025-10-01"), on("2025-10-01")
	l = lookback.Make(in)
	eq(t, "to", l.To, on("2026-06-30"))
	eq(t, "short", l.Total.Short, delivery.Of(180))
	in.From, in.To = on("2030-10-01"), on("2020-10-01")
	if l = lookback.Make(in); l.From > l.To {
		t.Errorf("%s to %s", l.From, l.To)
	}
	if l = lookback.Make(lookback.Input{}); len(l.Services) != 0 {
		t.Errorf("%+v", l)
	}
}

// On Monday, July 28, 2025 the week's session of a yearly promise is of a week that ends
// on August 3: what belongs to August is held though August has not begun.
func TestMonthAheadIsHeld(t *testing.T) {
	line := &plan.Service{ID: "s", Times: plan.CountOf(1), Minutes: plan.CountOf(5), Per: plan.PerYear}
	in := delivery.Input{AsOf: on("2025-07-28"), Promises: []delivery.Promise{{Service: "a", Track: plan.IEP, Plan: "p", Component: "s", Line: line, From: on("2025-07-01")}},
		Logs: []session.Log{{ID: "l", On: on("2025-07-28"), Service: "a", Minutes: plan.CountOf(5), Outcome: session.ReportedMissing, From: session.Family}}}
	ledger := delivery.Make(in)
	l := lookback.Make(lookback.Input{Ledger: ledger, Promises: in.Promises, Logs: in.Logs, Laws: lawOf(t, "us-ca"), From: on("2025-07-01"), To: in.AsOf})
	if len(l.Services) != 1 {
		t.Fatalf("%+v", l.Services)
	}
	eq(t, "months", delivery.Sum(l.Services[0].Months), ledger.Services[0].Total.Tally)
	eq(t, "years", l.Services[0].Total, ledger.Services[0].Total.Tally)
}

// Whatever was promised and logged: what the gaps come to is what the ledger says is
// short, made up, reported, given in another way and unknown, for each service; and the
// school years come to its totals.
func TestSumsAreTheLedgers(t *testing.T) {
	laws := lawOf(t, "us-ca")
	sch := school(t)
	rapid.Check(t, func(t *rapid.T) {
		first := on("2025-07-01")
		date := func(name string) day.Date { return first.Add(rapid.IntRange(0, 500).Draw(t, name)) }
		in := delivery.Input{AsOf: date("as of")}
		if rapid.Bool().Draw(t, "calendar") {
			in.School = sch
		}
		for i := range rapid.IntRange(1, 4).Draw(t, "promises") {
			s := &plan.Service{ID: fmt.Sprint("s", i), Times: plan.CountOf(rapid.IntRange(1, 5).Draw(t, "times")), Minutes: plan.CountOf(rapid.IntRange(5, 60).Draw(t, "minutes")),
				Per: rapid.SampledFrom([]plan.Period{plan.PerDay, plan.PerWeek, plan.PerTwoWeeks, plan.PerMonth, plan.PerYear}).Draw(t, "per")}
			p := delivery.Promise{Service: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "service"), Track: plan.IEP, Plan: "p", Component: s.ID, Line: s, From: date("from")}
			if rapid.Bool().Draw(t, "ends") {
				p.To = p.From.Add(rapid.IntRange(0, 300).Draw(t, "days"))
			}
			in.Promises = append(in.Promises, p)
		}
		for i := range rapid.IntRange(0, 40).Draw(t, "logs") {
			in.Logs = append(in.Logs, session.Log{ID: fmt.Sprint("l", i), On: date("day"), Service: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "log service"), Minutes: plan.CountOf(rapid.IntRange(0, 60).Draw(t, "log minutes")),
				Outcome: rapid.SampledFrom(session.Outcomes()).Draw(t, "outcome"), From: rapid.SampledFrom(session.Tellers()).Draw(t, "teller")})
		}
		ledger := delivery.Make(in)
		look := lookback.Make(lookback.Input{Ledger: ledger, Promises: in.Promises, Logs: in.Logs, Laws: laws, From: first, To: in.AsOf})
		for i := range ledger.Services {
			s := &ledger.Services[i]
			k := slices.IndexFunc(look.Services, func(x lookback.Service) bool { return x.Key == s.Key })
			if k < 0 {
				if s.Total.Promised != 0 || s.Total.Given != 0 {
					t.Fatalf("%s is not looked at: %+v", s.Key, s.Total)
				}
				continue
			}
			x := &look.Services[k]
			if x.Total != s.Total.Tally {
				t.Fatalf("%s: years come to\n%+v, the ledger to\n%+v", s.Key, x.Total, s.Total.Tally)
			}
			if got := delivery.Sum(x.Months); got != s.Total.Tally {
				t.Fatalf("%s: months come to\n%+v, the ledger to\n%+v", s.Key, got, s.Total.Tally)
			}
			var g lookback.Gap
			for _, y := range x.Years {
				for _, z := range y.Gaps {
					g.MadeUp, g.Short, g.Reported, g.Unknown, g.Otherwise = g.MadeUp+z.MadeUp, g.Short+z.Short, g.Reported+z.Reported, g.Unknown+z.Unknown, g.Otherwise+z.Otherwise
					if z.From > z.To || z.Resumed != 0 && z.Resumed <= z.To || len(z.Claims) != 2 || z.Claims[0].First.Earliest != z.From.AddYears(1) || z.Sessions != len(z.Days) {
						t.Fatalf("%+v", z)
					}
				}
			}
			w := &s.Total.Tally
			if g.MadeUp != w.MadeUp || g.Short != w.Short || g.Reported != w.Reported || g.Unknown != w.Unknown || g.Otherwise != w.Otherwise {
				t.Fatalf("%s: gaps come to %+v,\nthe ledger to %+v", s.Key, g, *w)
			}
		}
		for _, r := range look.Routes {
			var short, reported, unknown delivery.Minutes
			for _, s := range look.Services {
				if s.Unit == "minutes" && slices.Contains(r.Tracks, s.Track) {
					short, reported, unknown = short+s.Total.Short, reported+s.Total.Reported, unknown+s.Total.Unknown
				}
			}
			if short != r.Open.Short+r.Later.Short+r.Gone.Short || reported != r.Open.Reported+r.Later.Reported+r.Gone.Reported || unknown != r.Open.Unknown+r.Later.Unknown+r.Gone.Unknown {
				t.Fatalf("%s: %+v", r.Right, r)
			}
		}
	})
}
