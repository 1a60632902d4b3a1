package brief_test

import (
	"fmt"
	"testing"

	"stayput/bench/casegen"
	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/law/packs"
)

// engineInput is a generated California case with its calendars.
func engineInput(tb testing.TB, n int) (clock.Input, brief.Input) {
	tb.Helper()
	book, err := packs.Book()
	if err != nil {
		tb.Fatal(err)
	}
	c, es := casegen.Make(1, n)
	laws, err := brief.Laws(&c, book)
	if err != nil {
		tb.Fatal(err)
	}
	need := day.Span{First: es[0].On.Earliest, Last: es[0].On.Earliest}
	for i := range es {
		need.First, need.Last = min(need.First, es[i].On.Earliest), max(need.Last, es[i].On.Latest)
	}
	school, err := day.NewSchool(casegen.Calendars(), day.View{}, brief.YearRule(laws), need)
	if err != nil {
		tb.Fatal(err)
	}
	asOf := es[len(es)-1].On.Earliest
	ci := clock.Input{Case: &c, Entries: es, School: school, AsOf: asOf}
	for _, l := range laws {
		ci.Laws = append(ci.Laws, clock.Since{From: l.From, Law: l.Law})
	}
	return ci, brief.Input{Case: &c, Entries: es, Book: book, School: school, AsOf: asOf}
}

// BenchmarkEngine derives every clock, statement, wrong and limit of a case
// under all federal and California rules, traces included.
func BenchmarkEngine(b *testing.B) {
	for _, n := range []int{40, 1000, 10000} {
		in, _ := engineInput(b, n)
		b.Run(fmt.Sprintf("entries=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			clocks := 0
			for b.Loop() {
				res := clock.Derive(in)
				clocks = len(res.Clocks)
				_ = limit.Limits(in, res)
			}
			b.ReportMetric(float64(clocks), "clocks")
		})
	}
}

// BenchmarkBrief is the same with next steps and sorting: all but the writing.
func BenchmarkBrief(b *testing.B) {
	_, in := engineInput(b, 40)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := brief.Make(in); err != nil {
			b.Fatal(err)
		}
	}
}
