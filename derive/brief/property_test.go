package brief_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"stayput/bench/casegen"
	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/fact"
	"stayput/law"
	"stayput/law/packs"
)

// drawCase is a case of random events on random days, some known only by month,
// some answering others.
func drawCase(t *rapid.T) (fact.Case, []fact.Entry) {
	c, es := casegen.Make(rapid.Uint64Range(0, 1000).Draw(t, "seed"), rapid.IntRange(0, 60).Draw(t, "entries"))
	kinds := fact.Kinds()
	for i := range es {
		e := &es[i]
		switch rapid.IntRange(0, 9).Draw(t, "change") {
		case 0:
			e.Kind = kinds[rapid.IntRange(0, len(kinds)-1).Draw(t, "kind")].Kind
		case 1:
			d := e.On.Earliest
			e.On = day.When{Earliest: d.Add(-rapid.IntRange(0, 40).Draw(t, "before")), Latest: d.Add(rapid.IntRange(0, 40).Draw(t, "after")), Minute: -1}
		case 2:
			if i > 0 {
				e.Re = es[rapid.IntRange(0, i-1).Draw(t, "re")].ID
			}
		case 3:
			e.On = day.On(e.On.Earliest.Add(rapid.IntRange(-400, 400).Draw(t, "move")))
		case 4:
			e.Recorded = day.Moment{Date: e.On.Latest.Add(rapid.IntRange(0, 300).Draw(t, "later")), Minute: -1}
		case 5:
			e.Fields.Until = e.On.Latest.Add(rapid.IntRange(1, 60).Draw(t, "until"))
		}
	}
	if rapid.Bool().Draw(t, "elsewhere") {
		c.Jurisdiction = []fact.Dated{{Is: "us-nv"}, {From: day.Must(2023, 8, 1), Is: "us-ca"}}
	}
	return c, es
}

func makeBrief(t *rapid.T, c fact.Case, es []fact.Entry, years []day.SchoolYear, asOf, known day.Date) *brief.Brief {
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	laws, err := brief.Laws(&c, book)
	if err != nil {
		t.Fatal(err)
	}
	school, err := day.NewSchool(years, day.View{}, brief.YearRule(laws), day.Span{First: day.Must(2019, 1, 1), Last: day.Must(2030, 1, 1)})
	if err != nil {
		t.Fatal(err)
	}
	b, err := brief.Make(brief.Input{Case: &c, Entries: es, Book: book, School: school, AsOf: asOf, Known: known})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func summary(b *brief.Brief) []string {
	var out []string
	for i := range b.Clocks {
		c := &b.Clocks[i]
		out = append(out, fmt.Sprint(c.Rule.ID, c.Trigger, c.On, c.Earliest, c.Latest, c.Strict, c.Status, c.MetBy, c.EndedBy, c.DaysLate, c.Elapsed, c.Missing))
	}
	for i := range b.Limits {
		l := &b.Limits[i]
		out = append(out, fmt.Sprint(l.Rule.ID, l.Entry, l.Earliest, l.Latest, l.Status, l.UsedBy))
	}
	for i := range b.Statements {
		s := &b.Statements[i]
		out = append(out, fmt.Sprint(s.Rule.ID, s.Trigger, s.MetBy, s.Elapsed, s.PointsTo))
	}
	for i := range b.Next {
		out = append(out, fmt.Sprint(b.Next[i].Do, b.Next[i].By, b.Next[i].Weight))
	}
	return out
}

// Entries arriving in any order give the same result.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, es := drawCase(t)
		asOf := day.Must(2022, 1, 1).Add(rapid.IntRange(0, 1500).Draw(t, "asOf"))
		years := casegen.Calendars()[:rapid.IntRange(0, 7).Draw(t, "years")]
		want := summary(makeBrief(t, c, es, years, asOf, 0))
		mixed := append([]fact.Entry(nil), es...)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "shuffle"), 1))
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		got := summary(makeBrief(t, c, mixed, years, asOf, 0))
		if len(got) != len(want) {
			t.Fatalf("%d lines, shuffled %d", len(want), len(got))
		}
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("shuffled:\n%s\nin order:\n%s", got[i], want[i])
			}
		}
	})
}

// What holds of every clock, whatever the record: counted runs sum to the
// count, bounds stand in order, late comes after the latest date, and no two
// clocks of one rule share an answer.
func TestEveryClockIsSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, es := drawCase(t)
		asOf := day.Must(2022, 1, 1).Add(rapid.IntRange(0, 1500).Draw(t, "asOf"))
		known := day.Date(0)
		if rapid.Bool().Draw(t, "as known") {
			known = asOf.Add(-rapid.IntRange(0, 200).Draw(t, "known"))
		}
		years := casegen.Calendars()[:rapid.IntRange(0, 7).Draw(t, "years")]
		b := makeBrief(t, c, es, years, asOf, known)
		answers := map[string]string{}
		for i := range b.Clocks {
			k := &b.Clocks[i]
			id := fmt.Sprint(k.Rule.ID, " from ", k.Trigger)
			if k.On != 0 && k.Latest != 0 && k.Latest < k.On || k.On != 0 && k.Strict > k.On {
				t.Fatalf("%s: strict %v, due %v, latest %v out of order", id, k.Strict, k.On, k.Latest)
			}
			if k.On == 0 && k.Latest != 0 && k.Latest < k.Earliest {
				t.Fatalf("%s: between %v and %v", id, k.Earliest, k.Latest)
			}
			if k.Status == clock.Late && (asOf <= k.On || asOf <= k.Latest || (k.On == 0 && k.Latest == 0)) {
				t.Fatalf("%s: called late on %v; due %v, latest %v", id, asOf, k.On, k.Latest)
			}
			if k.On == 0 && len(k.Missing) == 0 && (k.Due == nil || k.Due.Standard == "") {
				t.Fatalf("%s: no date and nothing said to be missing", id)
			}
			if k.MetBy != "" && b.View.Get(k.MetBy).On.Earliest > asOf {
				t.Fatalf("%s: answered by something that has not happened", id)
			}
			share := k.Due != nil && k.Due.Count.Back && k.Due.Count.N == 0
			if k.MetBy != "" && !share {
				key := fmt.Sprint(k.Rule.ID, k.Law.Jurisdiction, k.MetBy)
				if other := answers[key]; other != "" {
					t.Fatalf("%s and %s share the answer %s", id, other, k.MetBy)
				}
				answers[key] = id
			}
			dayLike := k.Due != nil && k.Due.Count.Given && k.Due.Count.Unit <= law.SchoolDays && !k.Trace.Named
			if dayLike && k.TriggerOn.Exact() && k.Base != 0 && k.Trace.First != 0 {
				want := k.Due.Count.N
				if k.Due.Count.MoreThan {
					want++
				}
				want += k.Trace.Absent
				if k.Trace.Moved != 0 {
					continue // counted to the day before it was moved
				}
				got := k.Trace.Counted()
				if k.Due.Count.N == 0 {
					continue
				}
				if got != want {
					t.Fatalf("%s: the counted runs sum to %d, the rule counts %d: %+v", id, got, want, k.Trace.Runs())
				}
			}
		}
	})
}
