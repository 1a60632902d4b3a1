package delivery_test

import (
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/fact"
	"stayput/plan"
	"stayput/plan/session"
)

// drawInput is any input: overlapping lines, odd periods, logs of every sort on
// any day, with and without a calendar.
func drawInput(t *rapid.T) delivery.Input {
	first := on("2025-07-01")
	date := func(name string) day.Date { return first.Add(rapid.IntRange(0, 500).Draw(t, name)) }
	in := delivery.Input{AsOf: date("as of")}
	switch rapid.IntRange(0, 3).Draw(t, "calendar") {
	case 0:
	case 1:
		in.School = thirtySix2
	default:
		in.School = broken
	}
	if rapid.Bool().Draw(t, "by days") {
		in.Settings.Spread = delivery.ByDays
	}
	if rapid.Bool().Draw(t, "from") {
		in.From = date("from day")
	}
	if rapid.Bool().Draw(t, "excuses") {
		in.Settings.Excused = map[session.Outcome]bool{session.MissedEvent: true, session.Short: true}
	}
	pers := append(plan.Period("").Words(), "")
	for i := range rapid.IntRange(0, 5).Draw(t, "promises") {
		s := &plan.Service{ID: fmt.Sprint("s", i), Per: plan.Period(rapid.SampledFrom(pers).Draw(t, "per"))}
		if rapid.Bool().Draw(t, "minutes said") {
			s.Minutes = plan.CountOf(rapid.IntRange(0, 120).Draw(t, "minutes"))
		}
		if rapid.Bool().Draw(t, "times said") {
			s.Times = plan.CountOf(rapid.IntRange(0, 8).Draw(t, "times"))
		}
		if rapid.Bool().Draw(t, "total said") {
			s.Total = plan.CountOf(rapid.IntRange(0, 2000).Draw(t, "total"))
		}
		if rapid.IntRange(0, 5).Draw(t, "cycle") == 0 {
			s.AsWritten = "25 minutes, once a week in three of every four weeks"
		}
		if rapid.IntRange(0, 5).Draw(t, "esy") == 0 {
			s.ESY, s.From = fact.Yes, date("esy from")
			s.To = s.From.Add(rapid.IntRange(0, 60).Draw(t, "esy days"))
		}
		p := delivery.Promise{Service: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "service"), Plan: rapid.SampledFrom([]string{"p", "q"}).Draw(t, "plan"), Component: s.ID, Line: s, From: date("line from")}
		if rapid.Bool().Draw(t, "ends") {
			p.To = p.From.Add(rapid.IntRange(0, 300).Draw(t, "line days"))
		}
		in.Promises = append(in.Promises, p)
	}
	var ids []string
	for i := range rapid.IntRange(0, 40).Draw(t, "logs") {
		l := session.Log{ID: fmt.Sprint("l", i), On: date("log day"), Service: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "log service"),
			Outcome: rapid.SampledFrom(session.Outcomes()).Draw(t, "outcome"), From: rapid.SampledFrom(session.Tellers()).Draw(t, "teller"),
			Provider: rapid.SampledFrom([]string{"", "x", "y"}).Draw(t, "provider")}
		if rapid.Bool().Draw(t, "log minutes said") {
			l.Minutes = plan.CountOf(rapid.IntRange(-5, 1500).Draw(t, "log minutes"))
		}
		if rapid.IntRange(0, 3).Draw(t, "planned said") == 0 {
			l.Planned = plan.CountOf(rapid.IntRange(0, 90).Draw(t, "planned"))
		}
		if len(ids) > 0 && rapid.Bool().Draw(t, "links") {
			l.Makes = rapid.SampledFrom(ids).Draw(t, "makes")
			l.Answers = rapid.SampledFrom(ids).Draw(t, "answers")
		}
		ids = append(ids, l.ID)
		in.Logs = append(in.Logs, l)
	}
	return in
}

var thirtySix2, broken *day.School

func init() {
	year := func(complete bool, first, last string) *day.School {
		s, err := day.NewSchool([]day.SchoolYear{{ID: "y", First: on(first), Last: on(last), Complete: complete,
			Closures: []day.Closure{{Span: day.Span{First: on("2025-12-22"), Last: on("2026-01-02")}, Name: "winter", Kind: day.Vacation}, {Span: day.Span{First: on("2025-11-11"), Last: on("2025-11-11")}, Name: "holiday", Kind: day.HolidayClosure}}}},
			day.View{}, day.YearRule{Month: 7, Day: 1}, day.Span{First: on("2025-07-01"), Last: on("2026-12-31")})
		if err != nil {
			panic(err)
		}
		return s
	}
	thirtySix2, broken = year(true, "2025-08-18", "2026-05-28"), year(false, "2025-09-02", "2026-06-12")
}

func sum(rs []delivery.Row) (t delivery.Tally) {
	for i := range rs {
		v, w := reflect.ValueOf(&t).Elem(), reflect.ValueOf(rs[i].Tally)
		for f := range v.NumField() {
			v.Field(f).SetInt(v.Field(f).Int() + w.Field(f).Int())
		}
	}
	return t
}

// Weeks, months, years and plans each come to the same whole; every promised
// minute became exactly one thing; nothing is below zero; what was given covers a
// promise or is extra.
func TestEveryMinuteIsCountedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := delivery.Make(drawInput(t))
		for _, s := range l.Services {
			for name, rs := range map[string][]delivery.Row{"weeks": s.Weeks, "months": s.Months, "years": s.Years, "plans": s.Plans} {
				if got := sum(rs); got != s.Total.Tally {
					t.Fatalf("%s of %s come to\n%+v, the whole is\n%+v", name, s.Key, got, s.Total.Tally)
				}
				for _, r := range rs {
					check(t, name, &r.Tally)
				}
			}
			x := &s.Total.Tally
			if x.Given != x.Delivered+x.MadeUp+x.Otherwise+x.Disputed+x.Extra {
				t.Fatalf("given minutes are lost: %+v", x)
			}
		}
	})
}

func check(t *rapid.T, what string, x *delivery.Tally) {
	if x.Promised != x.Delivered+x.MadeUp+x.Otherwise+x.Excused+x.Short+x.Reported+x.Unknown {
		t.Fatalf("%s: promised minutes are lost: %+v", what, x)
	}
	v := reflect.ValueOf(*x)
	for f := range v.NumField() {
		if v.Field(f).Int() < 0 {
			t.Fatalf("%s: %s is below zero: %+v", what, v.Type().Field(f).Name, x)
		}
	}
	r, all := x.Rounded(), 0
	for i, n := range delivery.Columns() {
		if d := x.Column(n) - delivery.Of(r[i]); d <= -delivery.Minute || d >= delivery.Minute {
			t.Fatalf("%s: %s is rounded to %d", n, x.Column(n), r[i])
		}
		if i > 0 {
			all += r[i]
		}
	}
	if all != r[0] {
		t.Fatalf("%s: whole minutes do not add up: %v", what, r)
	}
	if x.Unlogged() < 0 || x.AtLeast() < 0 {
		t.Fatalf("%s: %+v", what, x)
	}
}

func TestOrderOfLogsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		want := delivery.Make(in)
		in.Logs, in.Promises = slices.Clone(in.Logs), slices.Clone(in.Promises)
		r := rand.New(rand.NewSource(int64(rapid.IntRange(0, 1000).Draw(t, "seed"))))
		r.Shuffle(len(in.Logs), func(i, j int) { in.Logs[i], in.Logs[j] = in.Logs[j], in.Logs[i] })
		if got := delivery.Make(in); !reflect.DeepEqual(got, want) {
			t.Fatalf("another order gives\n%+v, not\n%+v", got, want)
		}
	})
}

// Nothing logged is nothing missed.
func TestSilenceIsUnknown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		in.Logs = nil
		for _, s := range delivery.Make(in).Services {
			if s.Total.Unknown != s.Total.Promised || s.Longest.Sessions != 0 || s.ShortSince != 0 {
				t.Fatalf("%+v", s)
			}
		}
	})
}

// One more session that was given never makes more short.
func TestGivingMoreIsNeverWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		before := map[string]delivery.Minutes{}
		for _, s := range delivery.Make(in).Services {
			before[s.Key] = s.Total.Short
		}
		in.Logs = append(slices.Clone(in.Logs), session.Log{ID: "new", On: on("2025-10-01"), Service: "a", Outcome: session.Delivered, Minutes: plan.CountOf(30), From: session.Provider, Start: plan.CountOf(1), Provider: "new"})
		for _, s := range delivery.Make(in).Services {
			if s.Total.Short > before[s.Key] {
				t.Fatalf("short rises from %s to %s", before[s.Key], s.Total.Short)
			}
		}
	})
}

// childYear is one child's year: three services, 216 sessions.
func childYear(t testing.TB) delivery.Input {
	in := delivery.Input{School: thirtySix(t), AsOf: on("2026-05-08")}
	for _, id := range []string{"slp", "ot", "rsp"} {
		in.Promises = append(in.Promises, promise(weekly(id, 2, 30), "2025-08-18", "2026-05-08"))
	}
	outcomes := []session.Outcome{session.Delivered, session.Delivered, session.MissedProvider, session.ChildAbsent, session.Short, session.MakeUp}
	for i := range 216 {
		d := on("2025-08-18").Add(i / 6 * 7)
		if d >= on("2025-12-22") {
			d = d.Add(14)
		}
		l := gave(fmt.Sprint(i), d.Add(i%6/3*2).String(), []string{"slp", "ot", "rsp"}[i%3], 30)
		if l.Outcome = outcomes[i%7%6]; l.Outcome == session.Short {
			l.Minutes = plan.CountOf(20)
		}
		in.Logs = append(in.Logs, l)
	}
	return in
}

func BenchmarkChildYear(b *testing.B) {
	in := childYear(b)
	if n := len(in.Logs); n != 216 {
		b.Fatal(n)
	}
	b.ReportAllocs()
	for b.Loop() {
		delivery.Make(in)
	}
}
