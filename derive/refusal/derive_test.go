package refusal_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/refusal"
	"stayput/fact"
	"stayput/law"
	"stayput/law/packs"
)

func d(m time.Month, n int) day.Date { return day.Must(2025, m, n) }

func entry(id, kind, re string, w day.When, more ...func(*fact.Entry)) fact.Entry {
	e := fact.Entry{ID: id, Kind: fact.MustLookup(kind), Re: re, On: w}
	for _, f := range more {
		f(&e)
	}
	return e
}

func why(rs ...string) func(*fact.Entry) { return func(e *fact.Entry) { e.Fields.Reasons = rs } }
func refused(e *fact.Entry)              { e.Fields.Refused = fact.Yes }
func proposed(e *fact.Entry)             { e.Fields.Refused = fact.No }
func inWriting(e *fact.Entry)            { e.Fields.Written = fact.Yes }
func until(x day.Date) func(*fact.Entry) { return func(e *fact.Entry) { e.Fields.Until = x } }
func noes(t *testing.T, side fact.Side, asOf day.Date, es ...fact.Entry) []refusal.No {
	t.Helper()
	return refusal.Derive(input(t, "us", side, asOf, es))
}

func input(t testing.TB, where string, side fact.Side, asOf day.Date, es []fact.Entry) refusal.Input {
	t.Helper()
	b, err := made(book(t), where, side, asOf, es)
	if err != nil {
		t.Fatal(err)
	}
	return refusal.Input{View: b.View, Clocks: b.Clocks, Side: side, AsOf: asOf}
}

func made(book *law.Book, where string, side fact.Side, asOf day.Date, es []fact.Entry) (*brief.Brief, error) {
	k := &fact.Case{Side: side, Jurisdiction: []fact.Dated{{Is: where}}}
	laws, err := brief.Laws(k, book)
	if err != nil {
		return nil, err
	}
	school, err := day.NewSchool(nil, day.View{}, brief.YearRule(laws), day.Span{})
	if err != nil {
		return nil, err
	}
	return brief.Make(brief.Input{Case: k, Entries: es, Book: book, School: school, AsOf: asOf})
}

func book(t testing.TB) *law.Book {
	t.Helper()
	b, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// An evaluation was asked for on September 2 and refused by phone on the 8th. On the
// 10th nothing is in writing: the notice is asked for by September 24, two weeks on, a
// Wednesday. It comes on the 22nd: 22 - 8 = 14 days.
func TestNoticeFirst(t *testing.T) {
	ask, no := entry("ask", "evaluation_requested", "", day.On(d(9, 2)), inWriting), entry("no", "evaluation_refused", "", day.On(d(9, 8)), why("rti_first", "budget", "rti_first"))
	got := noes(t, fact.FamilySide, d(9, 10), ask, no)
	if len(got) != 1 {
		t.Fatalf("%d noes", len(got))
	}
	n := got[0]
	if n.Subject != refusal.Evaluation || n.Request == nil || n.Request.ID != "ask" || !n.Guessed || n.Step != refusal.AskNotice || n.Document != "demand-pwn" || n.By != d(9, 24) || !n.Ours || n.Waited != 2 {
		t.Fatalf("%+v", n)
	}
	if len(n.Reasons) != 2 || n.Reasons[0].ID != "rti_first" || n.Reasons[1].ID != "budget" {
		t.Fatalf("%+v", n.Reasons)
	}
	// On Saturday the 13th two weeks on is Saturday the 27th: Monday the 29th.
	if n := noes(t, fact.FamilySide, d(9, 13), ask, no)[0]; n.By != d(9, 29) {
		t.Errorf("by %s", n.By)
	}
	// It was asked for: it waits until the day the letter named, then the ways to disagree.
	asked := entry("pwn?", "prior_written_notice_requested", "no", day.On(d(9, 10)), until(d(9, 26)))
	if n := noes(t, fact.FamilySide, d(9, 26), ask, no, asked)[0]; n.Step != refusal.Wait || n.By != d(9, 26) {
		t.Errorf("%+v", n)
	}
	if n := noes(t, fact.FamilySide, d(9, 27), ask, no, asked)[0]; n.Step != refusal.Routes {
		t.Errorf("%+v", n)
	}
	// A notice that names nothing, and one that names the request.
	for _, re := range []string{"", "ask", "no", "pwn?"} {
		n := noes(t, fact.FamilySide, d(9, 30), ask, no, asked, entry("pwn", "prior_written_notice_given", re, day.On(d(9, 22))))[0]
		if n.Notice == nil || n.Waited != 14 || n.Step != refusal.AskNext || n.Document != "request-initial-evaluation" {
			t.Errorf("naming %q: %+v", re, n)
		}
	}
	// Asked again after the notice, and the consent form that came.
	pwn, again := entry("pwn", "prior_written_notice_given", "no", day.On(d(9, 22))), entry("ask2", "evaluation_requested", "", day.On(d(9, 29)), inWriting)
	if n := noes(t, fact.FamilySide, d(9, 30), ask, no, pwn, again)[0]; n.Step != refusal.Routes {
		t.Errorf("%+v", n)
	}
	if n := noes(t, fact.FamilySide, d(10, 9), ask, no, pwn, entry("form", "evaluation_consent_requested", "ask", day.On(d(10, 8))))[0]; n.Step != refusal.Settled || n.Since.ID != "form" || n.By != 0 {
		t.Errorf("%+v", n)
	}
	// For a school the step is to give it.
	if n := noes(t, fact.SchoolSide, d(9, 10), ask, no)[0]; n.Step != refusal.GiveNotice || n.Document != "pwn" || n.By != 0 {
		t.Errorf("%+v", n)
	}
}

// Where the law has a day for the answer to the request, that day is asked for: in
// Texas the fifteenth school day, which no calendar tells here; in Indiana the tenth;
// so a record under a plain count of days is used: records, 45 days. Asked on
// September 2, the 45th day is October 17: 28 + 17.
func TestRecords(t *testing.T) {
	ask, no := entry("ask", "records_access_requested", "", day.On(d(9, 2))), entry("no", "records_access_refused", "ask", day.On(d(9, 12)))
	n := noes(t, fact.FamilySide, d(9, 15), ask, no)[0]
	if n.Step != refusal.AskAgain || n.Document != "request-records" || n.Due == nil || n.By != d(10, 17) || n.Ours {
		t.Fatalf("%+v due %+v", n, n.Due)
	}
	// The day is over: ours, two weeks after October 20, Monday November 3.
	if n := noes(t, fact.FamilySide, d(10, 20), ask, no)[0]; n.By != d(11, 3) || !n.Ours || n.Due == nil {
		t.Errorf("%+v", n)
	}
	if n := noes(t, fact.FamilySide, d(9, 30), ask, no, entry("again", "records_access_requested", "", day.On(d(9, 16))))[0]; n.Step != refusal.Wait || n.Asked == nil || n.Asked.ID != "again" {
		t.Errorf("%+v", n)
	}
	if n := noes(t, fact.FamilySide, d(9, 30), ask, no, entry("got", "records_access_given", "ask", day.On(d(9, 20))))[0]; n.Step != refusal.Settled {
		t.Errorf("%+v", n)
	}
	if n := noes(t, fact.SchoolSide, d(9, 15), ask, no)[0]; n.Step != refusal.Wait || n.Document != "" {
		t.Errorf("%+v", n)
	}
}

// A proposal is no refusal. Two requests leave open which one was meant. Reasons told
// later stand beside the no, with who told them.
func TestSeveral(t *testing.T) {
	es := []fact.Entry{
		entry("a", "iep_meeting_requested", "", day.On(d(9, 2)), inWriting), entry("b", "iep_meeting_requested_orally", "", day.On(d(9, 9))),
		entry("no", "iep_meeting_refused", "", day.On(d(9, 12)), why("none_given")),
		entry("prop", "action_proposed_or_refused", "", day.On(d(9, 12)), proposed),
		entry("plan", "action_proposed_or_refused", "", day.On(d(9, 15)), refused, why("staff")),
		entry("later", "reason_told", "no", day.On(d(9, 18)), why("precedent", "They said so")),
		entry("other", "reason_told", "plan", day.On(d(9, 18)), why("budget")),
		entry("ahead", "evaluation_refused", "", day.On(d(12, 1))),
	}
	got := noes(t, fact.FamilySide, d(9, 20), es...)
	if len(got) != 2 || got[0].Entry.ID != "plan" || got[1].Entry.ID != "no" {
		t.Fatalf("%+v", got)
	}
	n := got[1]
	if n.Request != nil || n.Several != 2 || len(n.Told) != 1 || len(n.Reasons) != 3 || n.Reasons[2].ID != "They said so" || n.Reasons[2].Entry.ID != "later" {
		t.Fatalf("%+v", n)
	}
	if got[0].Subject != refusal.Plan || got[0].Step != refusal.AskNotice || len(got[0].Reasons) != 2 {
		t.Fatalf("%+v", got[0])
	}
	// What another no names, and what was taken back, is not offered.
	in := input(t, "us", fact.FamilySide, d(9, 20), append(es, entry("back", "request_withdrawn", "b", day.On(d(9, 10)))))
	if c := refusal.Candidates(in.View, refusal.Meeting, d(9, 20), ""); len(c) != 1 || c[0].ID != "a" {
		t.Errorf("%+v", c)
	}
	if refusal.KindOf(refusal.Plan).String() != "action_proposed_or_refused" || refusal.KindOf("nothing").String() != "request_refused" {
		t.Error("kinds")
	}
}

// Two noes and one notice that names neither: it is not taken for both.
func TestOneNoticeForTwo(t *testing.T) {
	es := []fact.Entry{entry("a", "evaluation_refused", "", day.On(d(9, 2))), entry("b", "iep_meeting_refused", "", day.On(d(9, 3))), entry("pwn", "prior_written_notice_given", "", day.On(d(9, 10)))}
	with := 0
	for _, n := range noes(t, fact.FamilySide, d(9, 20), es...) {
		if n.Notice != nil {
			with++
		} else if n.Perhaps == nil {
			t.Errorf("%s has no notice, and does not say that one may be meant", n.Entry.ID)
		}
	}
	if with != 1 {
		t.Errorf("one notice answers %d noes", with)
	}
}

// Whatever the record holds: every refusal is listed once, days are not below zero,
// a letter has a day, and the order of arrival changes nothing.
func TestWhatever(t *testing.T) {
	names := []string{"evaluation_requested", "evaluation_refused", "reevaluation_refused", "iee_requested", "iee_refused", "iep_meeting_requested", "iep_meeting_refused", "records_access_requested", "records_access_refused", "records_access_given", "action_proposed_or_refused", "request_refused", "prior_written_notice_given", "prior_written_notice_requested", "reason_told", "reasons_given", "request_withdrawn", "evaluation_consent_requested"}
	b := book(t)
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(0, 12).Draw(r, "n")
		var es []fact.Entry
		for i := range n {
			first := d(9, 1) + day.Date(rapid.IntRange(0, 60).Draw(r, "on"))
			e := fact.Entry{ID: fmt.Sprint("e", i), Kind: fact.MustLookup(rapid.SampledFrom(names).Draw(r, "kind")), On: day.When{Earliest: first, Latest: first + day.Date(rapid.SampledFrom([]int{0, 0, 0, 30}).Draw(r, "wide")), Minute: -1}}
			if rapid.Bool().Draw(r, "names") {
				e.Re = fmt.Sprint("e", rapid.IntRange(0, n).Draw(r, "re"))
			}
			e.Fields.Refused = rapid.SampledFrom([]fact.Tri{fact.Unsaid, fact.No, fact.Yes}).Draw(r, "refused")
			e.Fields.Reasons = rapid.SliceOfN(rapid.SampledFrom([]string{"", "budget", "<b>"}), 0, 3).Draw(r, "why")
			es = append(es, e)
		}
		asOf := d(9, 1) + day.Date(rapid.IntRange(0, 120).Draw(r, "asof"))
		side := rapid.SampledFrom([]fact.Side{fact.FamilySide, fact.SchoolSide}).Draw(r, "side")
		derive := func(es []fact.Entry) (out []string, all []refusal.No) {
			m, err := made(b, "us-ca", side, asOf, slices.Clone(es))
			if err != nil {
				r.Fatal(err)
			}
			all = refusal.Derive(refusal.Input{View: m.View, Clocks: m.Clocks, Side: side, AsOf: asOf})
			for _, n := range all {
				out = append(out, fmt.Sprint(n.Entry.ID, n.Subject, n.Step, n.Document, n.By, n.Waited, len(n.Reasons), n.Notice != nil))
			}
			return out, all
		}
		got, all := derive(es)
		if again, _ := derive(rapid.Permutation(es).Draw(r, "order")); !reflect.DeepEqual(got, again) {
			r.Fatalf("%v\n%v", got, again)
		}
		want := 0
		for i := range es {
			if refusal.Is(&es[i]) && es[i].On.Earliest <= asOf {
				want++
			}
		}
		if len(all) != want {
			r.Fatalf("%d noes, want %d", len(all), want)
		}
		for _, n := range all {
			if n.Waited < -1 || n.Step == "" || n.Document != "" && n.By == 0 && side == fact.FamilySide || n.By != 0 && n.Ours && n.By.Weekend() && (n.Asked == nil || n.Asked.Fields.Until == 0) {
				r.Fatalf("%+v", n)
			}
			if n.Document != "" && !slices.Contains(law.Documents, n.Document) {
				r.Fatalf("no paper is called %s", n.Document)
			}
		}
	})
}
