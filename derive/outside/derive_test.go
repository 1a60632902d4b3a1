package outside_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/outside"
	"stayput/fact"
	"stayput/law/packs"
	"stayput/record"
)

func on(m time.Month, d int) day.When { return day.On(day.Must(2025, m, d)) }

func entry(id, kind, re string, w day.When, more ...func(*fact.Entry)) fact.Entry {
	e := fact.Entry{ID: id, Kind: fact.MustLookup(kind), Re: re, On: w}
	for _, f := range more {
		f(&e)
	}
	return e
}

func by(p fact.Party) func(*fact.Entry) {
	return func(e *fact.Entry) { e.Fields.FiledBy = string(p) }
}

func changed(words string, t fact.Tri) func(*fact.Entry) {
	return func(e *fact.Entry) { e.Fields.Summary, e.Fields.Granted = words, t }
}

func paths(asOf day.Date, es ...fact.Entry) []outside.Path {
	return outside.Derive(outside.Input{View: record.NewView(es, 0), AsOf: asOf})
}

// look is the stages that happened, with the days before each.
func look(p outside.Path) string {
	out := ""
	for _, s := range p.Steps {
		if s.Entry != nil {
			out += fmt.Sprintf("%s %s %d; ", s.Stage, s.Entry.ID, s.Days)
		}
	}
	return out
}

// From August 20 to September 2 are 11 + 2 = 13 days; to the criteria 7; to the yes on
// the 30th 28; to November 14, 31 - 1 + 14 + 1 = 45; to the 17th 3; to December 8,
// 13 + 8 = 21. The criteria stand beside the way: the yes is counted from the request.
func TestTheWholeWay(t *testing.T) {
	all := []fact.Entry{
		entry("eval", "evaluation_report_given", "", on(8, 20)),
		entry("ask", "iee_requested", "eval", on(9, 2)),
		entry("crit", "iee_criteria_given", "ask", on(9, 9)),
		entry("yes", "iee_agreed", "crit", on(9, 30)),
		entry("done", "iee_provided", "yes", on(11, 14)),
		entry("rep", "iee_report_shared", "", on(11, 17)),
		entry("team", "iee_considered", "", on(12, 8), changed("Reading goal added", fact.Yes)),
	}
	want := []struct {
		n     int
		asOf  day.Date
		next  outside.Stage
		since int
	}{
		{2, day.Must(2025, 9, 3), outside.Criteria, 1}, {3, day.Must(2025, 9, 10), outside.Answered, 8}, {4, day.Must(2025, 10, 1), outside.Provided, 28},
		{5, day.Must(2025, 11, 15), outside.Shared, 28}, {6, day.Must(2025, 11, 18), outside.Considered, 28}, {7, day.Must(2025, 12, 9), "", 28},
	}
	for _, w := range want {
		got := paths(w.asOf, all[:w.n]...)
		if len(got) != 1 || got[0].Next != w.next || got[0].Elapsed != w.since || got[0].Private {
			t.Fatalf("after %d entries: %+v", w.n, got)
		}
	}
	if got, want := look(paths(day.Must(2025, 12, 9), all...)[0]), "disagreed eval -1; requested ask 13; criteria crit 7; answered yes 28; provided done 45; shared rep 3; considered team 21; changed team 0; "; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	// The same as known on an earlier day: what came later is not there.
	if got := paths(day.Must(2025, 9, 5), all...); got[0].Next != outside.Criteria || got[0].Elapsed != 3 {
		t.Errorf("on September 5: %+v", got[0])
	}
	// What was looked at without a word of what changed waits for that word.
	all[6].Fields.Summary, all[6].Fields.Granted = "", fact.Unsaid
	if got := paths(day.Must(2025, 12, 9), all...); got[0].Next != outside.Changed {
		t.Errorf("next is %q", got[0].Next)
	}
}

// From September 2 to November 18 are 28 + 31 + 18 = 77 days. A no without a filing does
// not end the count; the engine counts the same days and knows a decision about them.
func TestFundOrFile(t *testing.T) {
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	derive := func(asOf day.Date, es ...fact.Entry) outside.Path {
		t.Helper()
		k := &fact.Case{Jurisdiction: []fact.Dated{{Is: "us-ca"}}}
		laws, err := brief.Laws(k, book)
		if err != nil {
			t.Fatal(err)
		}
		school, err := day.NewSchool(nil, day.View{}, brief.YearRule(laws), day.Span{})
		if err != nil {
			t.Fatal(err)
		}
		b, err := brief.Make(brief.Input{Case: k, Entries: es, Book: book, School: school, AsOf: asOf})
		if err != nil {
			t.Fatal(err)
		}
		got := outside.Derive(outside.Input{View: b.View, Clocks: b.Clocks, AsOf: asOf})
		if len(got) != 1 {
			t.Fatalf("%d paths", len(got))
		}
		return got[0]
	}
	ask, no := entry("ask", "iee_requested", "", on(9, 2)), entry("no", "iee_refused", "ask", on(9, 20))
	p := derive(day.Must(2025, 11, 18), ask, no)
	if p.Elapsed != 77 || p.Answer != outside.Refused || !p.Again || p.Next != outside.Answered {
		t.Fatalf("%+v", p)
	}
	if p.Clock == nil || p.Clock.Elapsed != 77 || p.Clock.On != 0 || p.Clock.Tribunal == nil || p.Clock.Tribunal.Days != 77 || !p.Clock.Tribunal.TooLong {
		t.Fatalf("the clock: %+v", p.Clock)
	}
	// The district files on October 2: 28 + 2 = 30 days. Then the hearing decides.
	p = derive(day.Must(2025, 11, 18), ask, no, entry("hear", "due_process_filed", "ask", on(10, 2), by(fact.LEA)))
	if p.Elapsed != 30 || p.Answer != outside.Filed || p.Again || p.Next != outside.Answered || p.Clock.Elapsed != 30 {
		t.Fatalf("%+v", p)
	}
	p = derive(day.Must(2025, 12, 18), ask, entry("hear", "due_process_filed", "ask", on(10, 2), by(fact.LEA)), entry("dec", "hearing_decision_issued", "hear", on(12, 15)))
	if p.Decided == nil || p.Next != outside.Provided {
		t.Fatalf("%+v", p)
	}
	// A filing that names nothing is told, and not taken for the answer. The family's own is neither.
	p = derive(day.Must(2025, 11, 18), ask, entry("hear", "due_process_filed", "", on(10, 2), by(fact.LEA)), entry("ours", "due_process_filed", "ask", on(10, 3), by(fact.Parent)))
	if p.Answer != outside.None || p.Filing == nil || p.Filing.ID != "hear" || p.Elapsed != 77 {
		t.Fatalf("%+v", p)
	}
	// Taken back on September 12: ten days, and nothing comes next.
	p = derive(day.Must(2025, 11, 18), ask, entry("back", "request_withdrawn", "ask", on(9, 12)))
	if p.Elapsed != 10 || p.Ended == nil || p.Next != "" {
		t.Fatalf("%+v", p)
	}
}

// Two requests run at once. A yes that names the second is its own; one that names
// nothing is taken for the older one: 28 + 15 = 43 days, and 4.
func TestSeveralAtOnce(t *testing.T) {
	es := []fact.Entry{
		entry("a", "iee_requested", "", on(9, 2)), entry("b", "iee_requested", "", on(10, 1)),
		entry("yesb", "iee_agreed", "b", on(10, 5)), entry("yes", "iee_agreed", "", on(10, 15)),
		entry("rep", "iee_report_shared", "yesb", on(11, 3)),
	}
	got := paths(day.Must(2025, 11, 18), es...)
	if len(got) != 2 || got[0].ID != "b" || got[0].Elapsed != 4 || got[1].Elapsed != 43 || got[0].Step(outside.Shared).Entry == nil || got[1].Step(outside.Shared).Entry != nil {
		t.Fatalf("%s | %s", look(got[0]), look(got[1]))
	}
}

// A report nobody asked the district to pay for begins a path of its own: from
// October 10 to the 31st are 21 days. One that came while a request waits is not
// taken for the answer to it.
func TestPrivate(t *testing.T) {
	es := []fact.Entry{entry("rep", "iee_report_shared", "", on(10, 10)), entry("team", "iee_considered", "", on(10, 31), changed("", fact.No))}
	got := paths(day.Must(2025, 11, 18), es...)
	if len(got) != 1 || !got[0].Private || got[0].Elapsed != -1 || got[0].Clock != nil || look(got[0]) != "shared rep -1; considered team 21; changed team 0; " {
		t.Fatalf("%+v", got)
	}
	got = paths(day.Must(2025, 11, 18), append(es[:1:1], entry("ask", "iee_requested", "", on(9, 2)))...)
	if len(got) != 2 || !got[0].Private || got[0].Next != outside.Considered || got[1].Next != outside.Criteria {
		t.Fatalf("%+v", got)
	}
}

// An answer dated before its request is shown as such, and no days are made of it.
func TestWrongOrder(t *testing.T) {
	got := paths(day.Must(2025, 11, 18), entry("ask", "iee_requested", "", on(9, 2)), entry("yes", "iee_agreed", "ask", on(8, 30)), entry("again", "iee_agreed", "ask", on(9, 30)))
	if p := got[0]; p.Elapsed != -1 || !p.Step(outside.Answered).Early || p.Step(outside.Answered).Days != -1 {
		t.Fatalf("%+v", p)
	}
	// A day known only as a month gives no number.
	month := day.When{Earliest: day.Must(2025, 9, 1), Latest: day.Must(2025, 9, 30), Minute: -1}
	if p := paths(day.Must(2025, 11, 18), entry("ask", "iee_requested", "", month))[0]; p.Elapsed != -1 || p.Next != outside.Criteria {
		t.Fatalf("%+v", p)
	}
	if got := paths(day.Must(2025, 11, 18)); len(got) != 0 {
		t.Fatalf("%+v", got)
	}
}

// Whatever the record holds: the order of arrival changes nothing, no entry stands in
// two paths, no number of days is below zero, and what comes next has not happened.
func TestWhatever(t *testing.T) {
	names := []string{"iee_requested", "iee_criteria_given", "iee_agreed", "iee_refused", "iee_provided", "iee_report_shared", "iee_considered", "evaluator_unavailable", "due_process_filed", "hearing_decision_issued", "request_withdrawn", "evaluation_report_given", "contact"}
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(0, 14).Draw(r, "n")
		var es []fact.Entry
		for i := range n {
			first := day.Must(2025, 9, 1) + day.Date(rapid.IntRange(0, 60).Draw(r, "on"))
			e := fact.Entry{ID: fmt.Sprint("e", i), Kind: fact.MustLookup(rapid.SampledFrom(names).Draw(r, "kind")), On: day.When{Earliest: first, Latest: first + day.Date(rapid.SampledFrom([]int{0, 0, 0, 20}).Draw(r, "wide")), Minute: -1}}
			if n > 1 && rapid.Bool().Draw(r, "names") {
				e.Re = fmt.Sprint("e", rapid.IntRange(0, n).Draw(r, "re"))
			}
			e.Fields.FiledBy = rapid.SampledFrom([]string{"", "lea", "parent"}).Draw(r, "by")
			es = append(es, e)
		}
		asOf := day.Must(2025, 9, 1) + day.Date(rapid.IntRange(0, 90).Draw(r, "asof"))
		got := paths(asOf, es...)
		if again := paths(asOf, rapid.Permutation(es).Draw(r, "order")...); !reflect.DeepEqual(texts(got), texts(again)) {
			r.Fatalf("%v\n%v", texts(got), texts(again))
		}
		in := map[string]string{}
		for _, p := range got {
			if p.Elapsed < -1 {
				r.Fatalf("%d days", p.Elapsed)
			}
			for _, s := range p.Steps {
				if s.Days < -1 {
					r.Fatalf("%+v", s)
				}
				if s.Entry == nil || s.Stage == outside.Disagreed || s.Stage == outside.Changed {
					continue
				}
				if in[s.Entry.ID] != "" {
					r.Fatalf("%s stands in two places", s.Entry.ID)
				}
				in[s.Entry.ID] = p.ID
			}
			if p.Next != "" && p.Next != outside.Answered && p.Step(p.Next).Entry != nil {
				r.Fatalf("next is %s, which happened: %s", p.Next, look(p))
			}
			if p.Ended != nil && p.Next != "" {
				r.Fatal("something comes next after the request was taken back")
			}
		}
	})
}

func texts(ps []outside.Path) (out []string) {
	for _, p := range ps {
		out = append(out, fmt.Sprint(p.ID, p.Private, p.Answer, p.Elapsed, p.Next, p.Again, look(p)))
	}
	return out
}
