package remedy_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/remedy"
	"stayput/fact"
	"stayput/law"
	"stayput/law/packs"
	"stayput/record"
)

func on(t testing.TB, s string) day.Date {
	t.Helper()
	d, err := day.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// entry is one entry of a record.
func entry(t testing.TB, id, kind, date, re string, set ...func(*fact.Entry)) fact.Entry {
	t.Helper()
	w, err := day.ParseWhen(date)
	if err != nil {
		t.Fatal(err)
	}
	e := fact.Entry{ID: id, Kind: fact.MustLookup(kind), On: w, Re: re}
	for _, f := range set {
		f(&e)
	}
	return e
}

func about(words ...string) func(*fact.Entry) {
	return func(e *fact.Entry) { e.Fields.About = words }
}
func minutes(n int) func(*fact.Entry)   { return func(e *fact.Entry) { e.Fields.Minutes = n } }
func amount(s string) func(*fact.Entry) { return func(e *fact.Entry) { e.Fields.Amount = s } }
func paper(e *fact.Entry)               { e.Files = []string{"paper.pdf"} }
func until(t testing.TB, s string) func(*fact.Entry) {
	return func(e *fact.Entry) { e.Fields.Until = on(t, s) }
}

// derive works out the agreements of a record in a place, with the engine's clocks.
func derive(t testing.TB, place, asOf string, entries ...fact.Entry) *remedy.Result {
	t.Helper()
	b := briefOf(t, place, asOf, fact.FamilySide, entries...)
	return brief.Remedies(b, nil)
}

func briefOf(t testing.TB, place, asOf string, side fact.Side, entries ...fact.Entry) *brief.Brief {
	t.Helper()
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	c := &fact.Case{Side: side, Jurisdiction: []fact.Dated{{Is: place}}}
	laws, err := brief.Laws(c, book)
	if err != nil {
		t.Fatal(err)
	}
	school, err := day.NewSchool(nil, day.View{}, brief.YearRule(laws), day.Span{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := brief.Make(brief.Input{Case: c, Entries: entries, School: school, AsOf: on(t, asOf), Book: book, Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func one(t testing.TB, r *remedy.Result) (*remedy.Agreement, *remedy.Remedy) {
	t.Helper()
	if len(r.Agreements) != 1 || len(r.Agreements[0].Remedies) != 1 {
		t.Fatalf("%d agreements, the first with %d remedies", len(r.Agreements), len(r.Agreements[0].Remedies))
	}
	return &r.Agreements[0], &r.Agreements[0].Remedies[0]
}

// Minutes and dollars are counted by hand: 600 minutes promised, 45 + 60 + 30 given
// leave 465; $1,250.00 promised, $400.10 and $99.95 given leave $749.95.
func TestBalances(t *testing.T) {
	r := derive(t, "us", "2026-03-01",
		entry(t, "deal", "settlement_signed", "2025-10-01", ""),
		entry(t, "p", "remedy_promised", "2025-10-01", "deal", about("compensatory"), minutes(600), amount("1250.00"), until(t, "2026-06-30")),
		entry(t, "g2", "remedy_given", "2025-11-10", "p", minutes(60), amount("99.95"), paper),
		entry(t, "g1", "remedy_given", "2025-11-03", "p", minutes(45), amount("400.1")),
		entry(t, "g3", "remedy_given", "2026-02-02", "p", minutes(30)),
		entry(t, "later", "remedy_given", "2026-03-02", "p", minutes(500)), // after the day asked about
	)
	a, x := one(t, r)
	if a.Source != remedy.Settlement || x.Sort != remedy.Compensatory {
		t.Errorf("source %s, sort %s", a.Source, x.Sort)
	}
	if x.GivenMinutes != 135 || x.LeftMinutes != 465 || x.OverMinutes != 0 {
		t.Errorf("minutes: given %d, left %d, over %d", x.GivenMinutes, x.LeftMinutes, x.OverMinutes)
	}
	if x.Cents != 125000 || x.GivenCents != 50005 || x.LeftCents != 74995 || remedy.Dollars(x.LeftCents) != "749.95" {
		t.Errorf("money: promised %d, given %d, left %d", x.Cents, x.GivenCents, x.LeftCents)
	}
	// March 1 to June 30, 2026: 30 days left in March, 30 in April, 31 in May, 30 in June.
	if x.Status != remedy.Ahead || x.DaysLeft != 121 || x.Papers != 1 {
		t.Errorf("status %s, %d days left, %d papers", x.Status, x.DaysLeft, x.Papers)
	}
	if len(x.Given) != 3 || x.Given[0].ID != "g1" || x.Given[2].ID != "g3" {
		t.Error("what was given does not stand by day")
	}
}

// Due February 16, 2026: the day itself is not late; two weeks before it is pointed out.
func TestLateByDays(t *testing.T) {
	es := []fact.Entry{
		entry(t, "deal", "mediation_agreement_signed", "2025-12-01", ""),
		entry(t, "p", "remedy_promised", "2025-12-01", "deal", about("evaluation"), until(t, "2026-02-16")),
	}
	for _, x := range []struct {
		asOf   string
		status remedy.Status
		late   int
	}{{"2026-02-01", remedy.Ahead, 0}, {"2026-02-02", remedy.Soon, 0}, {"2026-02-16", remedy.Soon, 0}, {"2026-02-17", remedy.Late, 1}, {"2026-03-01", remedy.Late, 13}} {
		if _, r := one(t, derive(t, "us", x.asOf, es...)); r.Status != x.status || r.DaysLate != x.late {
			t.Errorf("%s: %s, %d days late", x.asOf, r.Status, r.DaysLate)
		}
	}
	es = append(es, entry(t, "d", "remedy_completed", "2026-02-20", "p"))
	if _, r := one(t, derive(t, "us", "2026-05-01", es...)); r.Status != remedy.Done || r.DaysLate != 4 {
		t.Errorf("done: %s, %d days late", r.Status, r.DaysLate)
	}
}

// What was given in full is full, on the day on which the last of it was given; beyond
// that it is said, and nothing becomes negative.
func TestFullAndOver(t *testing.T) {
	deal := entry(t, "deal", "settlement_signed", "2025-10-01", "")
	p := entry(t, "p", "remedy_promised", "2025-10-01", "deal", about("services"), minutes(100), until(t, "2025-12-01"))
	a := entry(t, "a", "remedy_given", "2025-11-01", "p", minutes(60))
	b := entry(t, "b", "remedy_given", "2025-12-04", "p", minutes(50))
	_, r := one(t, derive(t, "us", "2026-01-01", deal, p, a, b))
	if r.Status != remedy.Full || r.LeftMinutes != 0 || r.OverMinutes != 10 || r.DaysLate != 3 || !slices.Equal(r.Odd, []string{"over"}) {
		t.Errorf("%s: left %d, over %d, late %d, odd %v", r.Status, r.LeftMinutes, r.OverMinutes, r.DaysLate, r.Odd)
	}
	done := entry(t, "d", "remedy_completed", "2025-11-15", "p")
	_, r = one(t, derive(t, "us", "2025-11-20", deal, p, a, done))
	if r.Status != remedy.Done || !slices.Equal(r.Odd, []string{"done_not_given"}) || r.LeftMinutes != 40 {
		t.Errorf("done with 40 minutes open: %s, %v, left %d", r.Status, r.Odd, r.LeftMinutes)
	}
}

// The three business days of a resolution agreement are the engine's. Signed on
// Wednesday, November 26, 2025: Thursday the 27th is Thanksgiving, so Friday the 28th
// (a business day in federal law), Monday and Tuesday, December 2.
func TestCancel(t *testing.T) {
	deal := entry(t, "deal", "resolution_agreement_executed", "2025-11-26", "")
	p := entry(t, "p", "remedy_promised", "2025-11-26", "deal", about("services"), minutes(90), until(t, "2025-12-05"))
	a, _ := one(t, derive(t, "us", "2025-12-02", deal, p))
	if a.Cancel == nil || a.Cancel.Limit.Earliest != on(t, "2025-12-02") || !a.MayCancel() {
		t.Fatalf("cancel: %+v", a.Cancel)
	}
	if a, _ = one(t, derive(t, "us", "2025-12-03", deal, p)); a.MayCancel() {
		t.Error("it may be cancelled after the last day")
	}
	g := entry(t, "g", "remedy_given", "2025-12-01", "p", minutes(30))
	in := entry(t, "v", "resolution_agreement_voided", "2025-12-01", "deal")
	a, r := one(t, derive(t, "us", "2026-01-10", deal, p, g, in))
	if !a.Void() || r.Status != remedy.Voided || r.DaysLate != 0 || !slices.Equal(r.Odd, []string{"voided_after_given"}) {
		t.Errorf("cancelled in time: %v %s late %d %v", a.Void(), r.Status, r.DaysLate, r.Odd)
	}
	late := entry(t, "v", "resolution_agreement_voided", "2025-12-08", "deal")
	a, r = one(t, derive(t, "us", "2026-01-10", deal, p, late))
	if a.Void() || a.Cancel == nil || !a.Cancel.Late || r.Status != remedy.Late {
		t.Errorf("cancelled too late: %v %+v %s", a.Void(), a.Cancel, r.Status)
	}
	a, _ = one(t, derive(t, "us", "2025-12-01", entry(t, "deal", "mediation_agreement_signed", "2025-11-26", ""), p))
	if a.Cancel != nil || len(a.Never) != 1 || a.Never[0].Is != "none" {
		t.Errorf("a mediation agreement: %+v %+v", a.Cancel, a.Never)
	}
}

// What may be done follows the sort of agreement and the law of the place.
func TestWays(t *testing.T) {
	for _, x := range []struct{ place, kind, ways string }{
		{"us", "mediation_agreement_signed", "[court us.mediation.enforce state_may us.safeguards.state_enforcement]"},
		{"us", "resolution_agreement_executed", "[court us.resolution.enforce state_may us.safeguards.state_enforcement]"},
		{"us", "settlement_signed", "[its_words us.settlement.outside]"},
		{"us", "hearing_decision_issued", "[state_complaint us.statecomplaint.not_carried_out]"},
		{"us", "state_complaint_decided", "[tell_state us.statecomplaint.carry_out]"},
		{"us", "iep_amendment_agreed", "[]"},
		{"us-ca", "settlement_signed", "[state_complaint us-ca.statecomplaint.settlement its_words us.settlement.outside]"},
		{"us-ca", "mediation_agreement_signed", "[court us.mediation.enforce state_complaint us-ca.statecomplaint.settlement]"},
	} {
		r := derive(t, x.place, "2026-01-10", entry(t, "deal", x.kind, "2025-11-26", ""))
		var got []string
		for _, w := range r.Agreements[0].Ways {
			got = append(got, w.Is, string(w.Rule))
		}
		if fmt.Sprint(got) != x.ways {
			t.Errorf("%s in %s: %v", x.kind, x.place, got)
		}
	}
}

// A finding of the State must be corrected within a year: found on February 29, 2024,
// the last day is February 28, 2025 (us.monitoring.correct_1_year).
func TestCorrection(t *testing.T) {
	es := []fact.Entry{
		entry(t, "filed", "state_complaint_received", "2024-01-02", ""),
		entry(t, "dec", "state_complaint_decided", "2024-02-29", "filed"),
		entry(t, "found", "noncompliance_identified", "2024-02-29", "filed"),
		entry(t, "p", "remedy_promised", "2024-02-29", "found", about("training")),
	}
	r := derive(t, "us", "2025-03-02", es...)
	a, x := one(t, r)
	if a.Correct == nil || x.Due != a.Correct.On || !x.ByLaw || x.Status != remedy.Late || len(a.Also) != 1 {
		t.Fatalf("%+v due %v %s", a.Correct, x.Due, x.Status)
	}
	if x.Due != on(t, "2025-02-28") {
		t.Errorf("due %v", x.Due)
	}
}

// Two entries of one decision are one; the offer accepted and the settlement signed too.
func TestOneAgreementTwice(t *testing.T) {
	r := derive(t, "us", "2026-01-10",
		entry(t, "dp", "due_process_received", "2025-06-02", ""),
		entry(t, "mailed", "hearing_decision_issued", "2025-09-01", "dp"),
		entry(t, "came", "hearing_decision_received", "2025-09-04", "mailed"),
		entry(t, "p", "remedy_promised", "2025-09-04", "came", about("placement")),
		entry(t, "offer", "settlement_offer_made", "2025-10-01", ""),
		entry(t, "yes", "settlement_offer_accepted", "2025-10-03", "offer"),
		entry(t, "signed", "settlement_signed", "2025-10-09", "offer"),
	)
	if len(r.Agreements) != 2 || r.Agreements[1].Entry.ID != "mailed" || len(r.Agreements[1].Remedies) != 1 || len(r.Agreements[0].Also) != 1 {
		t.Errorf("%+v", r.Agreements)
	}
}

// Bad input: a promise before its agreement, things that name nothing, amounts that are
// none. Nothing is lost and nothing is counted that is not there.
func TestBadInput(t *testing.T) {
	r := derive(t, "us", "2026-01-10",
		entry(t, "deal", "settlement_signed", "2025-10-01", ""),
		entry(t, "p", "remedy_promised", "2025-09-01", "deal", about("nonsense", "services"), minutes(-5), amount("-3")),
		entry(t, "g", "remedy_given", "2025-08-01", "p", minutes(-40), amount("lots")),
		entry(t, "lost", "remedy_given", "2025-11-01", "", minutes(10)),
		entry(t, "lone", "remedy_promised", "2025-11-01", ""),
		entry(t, "gone", "remedy_completed", "2025-11-01", "nowhere"),
	)
	_, x := one(t, r)
	if x.Minutes != 0 || x.Cents != 0 || x.GivenMinutes != 0 || x.GivenCents != 0 || x.Status != remedy.Open {
		t.Errorf("%+v", x)
	}
	if !slices.Equal(x.Odd, []string{"before_agreement", "given_before"}) || len(r.Loose) != 3 {
		t.Errorf("odd %v, loose %d", x.Odd, len(r.Loose))
	}
	if r = derive(t, "us", "2026-01-10"); len(r.Agreements)+len(r.Loose) != 0 {
		t.Error("something out of nothing")
	}
	if r = remedy.Derive(remedy.Input{}); len(r.Agreements) != 0 {
		t.Error("something out of no record")
	}
}

// What the family paid: with and without a receipt, to the cent.
func TestExpenses(t *testing.T) {
	r := derive(t, "us", "2026-01-10",
		entry(t, "deal", "settlement_signed", "2025-10-01", ""),
		entry(t, "p", "remedy_promised", "2025-10-01", "deal", about("reimbursement"), amount("300")),
		entry(t, "e1", "expense_paid", "2025-09-10", "p", amount("120.10"), paper),
		entry(t, "e2", "expense_paid", "2025-09-20", "p", amount("79.90")),
		entry(t, "e3", "expense_paid", "2025-09-21", "", amount("10")),
		entry(t, "e4", "expense_paid", "2025-09-22", "deal"),
	)
	a, x := one(t, r)
	if x.Expenses.Cents != 20000 || x.Expenses.Receipts != 12010 || a.Expenses.Unsaid != 1 || r.Expenses.Cents != 21000 {
		t.Errorf("%+v %+v %+v", x.Expenses, a.Expenses, r.Expenses)
	}
}

// Sessions logged as made up stand beside a promise and are not added to it.
func TestMadeUpStandsBeside(t *testing.T) {
	b := briefOf(t, "us", "2026-01-10", fact.FamilySide,
		entry(t, "deal", "settlement_signed", "2025-10-01", ""),
		entry(t, "p", "remedy_promised", "2025-10-01", "deal", about("compensatory"), minutes(100), func(e *fact.Entry) { e.Fields.Parts = []string{"slp"} }))
	_, x := one(t, brief.Remedies(b, []remedy.Made{{On: on(t, "2025-11-01"), Parts: []string{"x", "slp"}, Minutes: 30}, {On: on(t, "2025-11-02"), Parts: []string{"ot"}, Minutes: 20}, {On: on(t, "2025-09-01"), Parts: []string{"slp"}, Minutes: 99}}))
	if x.Logged != 30 || x.GivenMinutes != 0 || x.LeftMinutes != 100 {
		t.Errorf("logged %d, given %d, left %d", x.Logged, x.GivenMinutes, x.LeftMinutes)
	}
}

// Whatever is written down in whatever order: no balance is negative, what is left and
// what was given make what was promised, and the order of the entries changes nothing.
func TestOrderAndBalance(t *testing.T) {
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	l, _, err := book.For("us")
	if err != nil {
		t.Fatal(err)
	}
	kinds := []string{"settlement_signed", "mediation_agreement_signed", "resolution_agreement_executed", "resolution_agreement_voided", "hearing_decision_issued", "hearing_decision_received",
		"remedy_promised", "remedy_promised", "remedy_given", "remedy_given", "remedy_given", "remedy_completed", "remedy_asked_about", "expense_paid"}
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 14).Draw(rt, "n")
		es := make([]fact.Entry, n)
		for i := range es {
			e := fact.Entry{ID: fmt.Sprint("e", i), Kind: fact.MustLookup(rapid.SampledFrom(kinds).Draw(rt, "kind")), On: day.On(day.Must(2025, 1, 1).Add(rapid.IntRange(0, 400).Draw(rt, "day")))}
			e.Re = fmt.Sprint("e", rapid.IntRange(0, n).Draw(rt, "re"))
			e.Fields.Minutes = rapid.SampledFrom([]int{0, 30, 45, 600, -7, 2_000_000_000}).Draw(rt, "minutes")
			e.Fields.Amount = rapid.SampledFrom([]string{"", "0.01", "999999999.99", "12.5", "x", "-4"}).Draw(rt, "amount")
			if rapid.Bool().Draw(rt, "due") {
				e.Fields.Until = day.Must(2025, 6, 1).Add(rapid.IntRange(0, 300).Draw(rt, "until"))
			}
			es[i] = e
		}
		make := func(es []fact.Entry) *remedy.Result {
			return remedy.Derive(remedy.Input{View: record.NewView(es, 0), Laws: []remedy.Since{{Law: l}}, AsOf: day.Must(2026, 1, 15)})
		}
		res := make(es)
		for _, a := range res.Agreements {
			for _, x := range a.Remedies {
				for _, b := range [][4]int64{{x.Minutes, x.GivenMinutes, x.LeftMinutes, x.OverMinutes}, {x.Cents, x.GivenCents, x.LeftCents, x.OverCents}} {
					if b[0] < 0 || b[1] < 0 || b[2] < 0 || b[3] < 0 {
						rt.Fatalf("negative: %v", b)
					}
					if b[0] > 0 && b[0]-b[1] != b[2]-b[3] {
						rt.Fatalf("%d promised, %d given, but %d left and %d over", b[0], b[1], b[2], b[3])
					}
					if b[2] > 0 && b[3] > 0 {
						rt.Fatalf("both left and over: %v", b)
					}
				}
				if x.Pending() && x.DaysLate > 0 != (x.Status == remedy.Late) {
					rt.Fatalf("%s, %d days late", x.Status, x.DaysLate)
				}
			}
		}
		other := slices.Clone(es)
		for i := len(other) - 1; i > 0; i-- {
			j := rapid.IntRange(0, i).Draw(rt, "swap")
			other[i], other[j] = other[j], other[i]
		}
		if a, b := plain(res), plain(make(other)); !reflect.DeepEqual(a, b) {
			rt.Fatalf("another order, another result:\n%v\n%v", a, b)
		}
	})
}

// plain is a result without pointers.
func plain(r *remedy.Result) (out []string) {
	name := func(e *fact.Entry) string {
		if e == nil {
			return "-"
		}
		return e.ID
	}
	names := func(es []*fact.Entry) (out []string) {
		for _, e := range es {
			out = append(out, e.ID)
		}
		slices.Sort(out)
		return out
	}
	for _, a := range r.Agreements {
		out = append(out, fmt.Sprint(a.Entry.ID, a.Source, names(a.Also), name(a.Voided), a.Expenses.Cents, a.Ways))
		for _, x := range a.Remedies {
			out = append(out, fmt.Sprint(" ", x.Entry.ID, x.Sort, x.Status, x.Due, x.DaysLate, x.LeftMinutes, x.OverMinutes, x.LeftCents, x.OverCents, names(x.Given), name(x.Done), names(x.Asked), x.Odd))
		}
	}
	return append(out, fmt.Sprint(names(r.Loose), r.Expenses.Cents))
}

func TestDollars(t *testing.T) {
	for cents, want := range map[int64]string{0: "0", 5: "0.05", 100: "1", 123456: "1,234.56", 100000000: "1,000,000", 99999999999: "999,999,999.99"} {
		if got := remedy.Dollars(cents); got != want || remedy.Cents(want) != cents {
			t.Errorf("%d: %s, back %d", cents, got, remedy.Cents(want))
		}
	}
}

// Every sort of agreement has its question, and every word of the law's answers is known.
func TestEveryAnswerHasARule(t *testing.T) {
	for _, q := range []law.Question{law.NotDoneMediation, law.NotDoneResolution, law.NotDoneSettlement, law.NotDoneDecision, law.NotDoneFindings, law.CancelMediation, law.CancelSettlement} {
		if law.Questions[q] == nil {
			t.Errorf("%s is no question", q)
		}
	}
}

func BenchmarkThousandEntries(b *testing.B) {
	es := []fact.Entry{entry(b, "deal", "settlement_signed", "2025-01-01", "")}
	for i := range 1000 {
		kind, re := "remedy_given", fmt.Sprint("p", i/10*10)
		if i%10 == 0 {
			kind, re = "remedy_promised", "deal"
		}
		es = append(es, entry(b, fmt.Sprint("p", i), kind, "2025-02-01", re, minutes(10)))
	}
	v := record.NewView(es, 0)
	for b.Loop() {
		remedy.Derive(remedy.Input{View: v, AsOf: day.Must(2026, 1, 1)})
	}
}

// What a federal office agreed with the school, and what a hearing of the district
// decided, hold promises like any other; no law of special education is told about what
// was not carried out of them.
func TestOfficesAndHearingsOfTheDistrict(t *testing.T) {
	for kind, want := range map[string]remedy.Source{"ocr_resolution_signed": remedy.Office, "ocr_complaint_decided": remedy.Office, "ferpa_complaint_decided": remedy.Office,
		"s504_hearing_decided": remedy.Local, "s504_review_decided": remedy.Local, "records_hearing_decided": remedy.Local, "ocr_complaint_dismissed": "", "records_amendment_decided": ""} {
		if got := remedy.SourceOf(fact.MustLookup(kind)); got != want {
			t.Errorf("%s is %q, not %q", kind, got, want)
		}
	}
	a, x := one(t, derive(t, "us-ca", "2026-03-01", entry(t, "deal", "ocr_resolution_signed", "2025-11-03", ""), entry(t, "p", "remedy_promised", "2025-11-03", "deal", about("training"), until(t, "2026-01-30"))))
	if x.Status != remedy.Late || len(a.Ways) != 0 {
		t.Errorf("%s, %v", x.Status, a.Ways)
	}
}
