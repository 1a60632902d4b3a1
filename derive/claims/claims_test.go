package claims_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"stayput/day"
	"stayput/derive/brief/brieftest"
	"stayput/derive/claims"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/derive/lookback"
	"stayput/derive/plan/review"
	"stayput/fact"
	"stayput/fact/facttest"
	"stayput/law"
	"stayput/plan"
)

var on, entry = facttest.Day, facttest.Entry

// input is what claims are told from, of a record under the law of a place.
func input(t *testing.T, place, asOf string, es ...fact.Entry) claims.Input {
	t.Helper()
	kase := fact.Case{Jurisdiction: []fact.Dated{{Is: place}}}
	kase.Child.Born = on("2015-04-02")
	b := brieftest.Make(t, asOf, kase, es...)
	in := claims.Input{View: b.View, Clocks: b.Clocks, Limits: b.Limits, AsOf: b.AsOf}
	for _, l := range b.Laws {
		in.Laws = append(in.Laws, clock.Since{From: l.From, Law: l.Law})
	}
	return in
}

func of(cs []claims.Claim, sort claims.Sort, rule law.RuleID) *claims.Claim {
	for i := range cs {
		if cs[i].Sort == sort && (rule == "" || cs[i].Rule == rule) {
			return &cs[i]
		}
	}
	return nil
}

func right(c *claims.Claim, name string) *claims.Right {
	for i := range c.Rights {
		if c.Rights[i].Right == name {
			return &c.Rights[i]
		}
	}
	return nil
}

// Consent on September 2, 2025: day 60 is November 1, so November 2 is the first late
// day. A year later is November 2, 2026, two years November 2, 2027.
func TestALateDuty(t *testing.T) {
	files := func(e *fact.Entry) { e.Files = []string{"consent.pdf"} }
	letter := func(e *fact.Entry) { e.Re, e.Files = "consent", []string{"a.pdf", "b.pdf"} }
	inward := func(e *fact.Entry) { e.Re = "consent" }
	cs := claims.Derive(input(t, "us", "2025-12-01", entry("consent", "2025-09-02", "evaluation_consent_received", files), entry("letter", "2025-11-10", "letter_sent", letter),
		entry("inner", "2025-11-11", "impression_noted", inward)))
	c := of(cs, claims.Late, "us.evaluation.initial")
	if c == nil {
		t.Fatalf("no claim on the late evaluation: %+v", cs)
	}
	if c.Happened.First != on("2025-11-02") || c.Concern != "late_clock" || c.Citation == "" || c.Clock == nil {
		t.Errorf("%+v", c)
	}
	for name, want := range map[string]struct{ route, last string }{"state_complaint": {"state_complaint", "2026-11-02"}, "due_process": {"due_process_parent", "2027-11-02"}} {
		r := right(c, name)
		if r == nil || string(r.Route) != want.route || r.Earliest != on(want.last) || r.Status != limit.Open || !r.Open() {
			t.Errorf("%s: %+v", name, r)
		}
	}
	if c.Rights[0].Right != "state_complaint" {
		t.Error("the day that comes first does not stand first")
	}
	if !slices.Equal(c.Proof, []string{"consent", "letter"}) || c.Files != 3 || len(c.Missing) != 0 {
		t.Errorf("proof %v, %d papers, missing %v", c.Proof, c.Files, c.Missing)
	}
	if !slices.Contains(c.Remedies, "compensatory") || !slices.Contains(c.Remedies, "corrective_action") || slices.Contains(c.Remedies, "money") {
		t.Errorf("remedies %v", c.Remedies)
	}
}

// Refused on October 6, 2025: a year later is October 6, 2026, two years October 6, 2027.
func TestARefusal(t *testing.T) {
	asked := entry("asked", "2025-09-29", "evaluation_requested")
	no := entry("no", "2025-10-06", "evaluation_refused", func(e *fact.Entry) { e.Re = "asked" })
	c := of(claims.Derive(input(t, "us", "2025-12-01", asked, no)), claims.Refused, "")
	if c == nil || c.Concern != "evaluation" || c.Entry != "no" || c.Happened.First != on("2025-10-06") {
		t.Fatalf("%+v", c)
	}
	if r := right(c, "state_complaint"); r == nil || r.Earliest != on("2026-10-06") {
		t.Errorf("%+v", r)
	}
	if r := right(c, "due_process"); r == nil || r.Earliest != on("2027-10-06") || len(r.Exceptions) == 0 {
		t.Errorf("%+v", r)
	}
	if !slices.Equal(c.Missing, []claims.Lack{claims.NoPaper, claims.NoNotice}) {
		t.Errorf("missing %v", c.Missing)
	}
	if !slices.Contains(c.Proof, "no") {
		t.Errorf("proof %v", c.Proof)
	}
	notice := entry("pwn", "2025-10-10", "prior_written_notice_given", func(e *fact.Entry) { e.Re, e.Files = "no", []string{"pwn.pdf"} })
	c = of(claims.Derive(input(t, "us", "2025-12-01", asked, no, notice)), claims.Refused, "")
	if len(c.Missing) != 0 || c.Files != 1 || !slices.Contains(c.Proof, "pwn") {
		t.Errorf("with the notice: missing %v, proof %v", c.Missing, c.Proof)
	}
}

// What is long past is listed too, as run out, with the exceptions that could apply.
func TestLongPast(t *testing.T) {
	c := of(claims.Derive(input(t, "us", "2025-12-01", entry("no", "2020-10-06", "evaluation_refused"))), claims.Refused, "")
	if c == nil {
		t.Fatal("a refusal long past is not listed")
	}
	r := right(c, "due_process")
	if r == nil || r.Status != limit.Closed || r.Open() || len(r.Exceptions) == 0 {
		t.Errorf("%+v", r)
	}
	if s := right(c, "state_complaint"); s == nil || s.Status != limit.Closed {
		t.Errorf("%+v", s)
	}
}

// A day that is known only as a month makes the happening uncertain.
func TestADayThatIsNotCertain(t *testing.T) {
	when, err := day.ParseWhen("2025-10")
	if err != nil {
		t.Fatal(err)
	}
	c := of(claims.Derive(input(t, "us", "2025-12-01", entry("no", "2025-10-06", "evaluation_refused", func(e *fact.Entry) { e.On = when }))), claims.Refused, "")
	if !slices.Contains(c.Missing, claims.DayUnsure) || right(c, "state_complaint").Earliest != on("2026-10-01") {
		t.Errorf("%+v", c)
	}
}

func gap() *lookback.Look {
	g := lookback.Gap{Kind: lookback.NotGiven, From: on("2025-10-06"), To: on("2025-10-27"), Sessions: 4, Told: 4, Short: 0, Reported: 12000, Logs: []string{"s1", "s2"},
		Claims: []lookback.Claim{
			{Right: "state_complaint", First: lookback.Span{Earliest: on("2026-10-06"), Latest: on("2026-10-06")}, Last: lookback.Span{Earliest: on("2026-10-27"), Latest: on("2026-10-27")}, State: lookback.Part},
			{Right: "due_process", First: lookback.Span{Earliest: on("2027-10-06"), Latest: on("2027-10-06")}, Last: lookback.Span{Earliest: on("2027-10-27"), Latest: on("2027-10-27")}, State: lookback.Open},
		}}
	silent := lookback.Gap{Kind: lookback.NoLog, From: on("2025-11-03"), To: on("2025-11-16"), Unknown: 6000}
	return &lookback.Look{Services: []lookback.Service{{Key: "slp", Name: "Speech", Unit: "minutes", Track: plan.IEP, Years: []lookback.Year{{Gaps: []lookback.Gap{g, silent}}}}}}
}

// The look back is used as it is: its last days, and no claim where nobody knows.
func TestAServiceThatWasNotGiven(t *testing.T) {
	in := input(t, "us", "2026-10-10", entry("a", "2025-09-02", "contact"))
	in.Look = gap()
	cs := claims.Derive(in)
	if len(cs) != 1 {
		t.Fatalf("%d claims: %+v", len(cs), cs)
	}
	c := &cs[0]
	if c.Sort != claims.Short || c.Concern != "not_carried_out" || c.Service != "Speech" || c.Rule != "us.iep.implement" || c.Citation != "34 CFR 300.323(c)(2)" {
		t.Errorf("%+v", c)
	}
	if r := right(c, "state_complaint"); r.Earliest != on("2026-10-06") || r.Ends != on("2026-10-27") || !r.Part || !r.Open() {
		t.Errorf("%+v", r)
	}
	if !slices.Equal(c.Missing, []claims.Lack{claims.OnlyFamily, claims.NoReason}) || !slices.Contains(c.Remedies, "compensatory") || !slices.Equal(c.Sessions, []string{"s1", "s2"}) {
		t.Errorf("missing %v, remedies %v, sessions %v", c.Missing, c.Remedies, c.Sessions)
	}
}

// Content that the law requires is a claim; a question of ours is none.
func TestContentThatAPlanLacks(t *testing.T) {
	in := input(t, "us", "2025-12-01", entry("a", "2025-09-02", "contact"))
	p := &plan.Plan{ID: "iep", Kind: plan.IEP, Offered: on("2025-10-01")}
	in.Reviews = []claims.Review{{Plan: p, Findings: []review.Finding{
		{Plan: "iep", Name: "no-goals", Severity: review.Required, Rule: "us.iep.content", Citation: "34 CFR 300.320(a)(2)"},
		{Plan: "iep", Name: "service-vague", Severity: review.Ask, Citation: "34 CFR 300.320(a)(7)"},
		{Plan: "iep", Name: "uncited", Severity: review.Required},
	}}, {Plan: nil}, {Plan: &plan.Plan{ID: "later", Kind: plan.IEP, Offered: on("2026-10-01")}, Findings: []review.Finding{{Name: "no-goals", Severity: review.Required, Citation: "x"}}}}
	cs := claims.Derive(in)
	if len(cs) != 1 {
		t.Fatalf("%d claims", len(cs))
	}
	c := &cs[0]
	if c.Sort != claims.Lacking || c.Concern != "missing_content" || c.Happened.First != on("2025-10-01") || c.Citation != "34 CFR 300.320(a)(2)" {
		t.Errorf("%+v", c)
	}
	if r := right(c, "state_complaint"); r == nil || r.Earliest != on("2026-10-01") {
		t.Errorf("%+v", r)
	}
	if r := right(c, "due_process"); r == nil || r.Earliest != on("2027-10-01") {
		t.Errorf("%+v", r)
	}
}

// In Wisconsin a hearing must be asked for within a year.
func TestTheLawOfThePlace(t *testing.T) {
	c := of(claims.Derive(input(t, "us-wi", "2025-12-01", entry("no", "2025-10-06", "evaluation_refused"))), claims.Refused, "")
	if r := right(c, "due_process"); r == nil || r.Earliest != on("2026-10-06") || r.Rule != "us-wi.dueprocess.limit_1_year" {
		t.Errorf("%+v", r)
	}
}

func TestNothing(t *testing.T) {
	if cs := claims.Derive(claims.Input{}); cs != nil {
		t.Errorf("%+v", cs)
	}
	if cs := claims.Derive(input(t, "us", "2025-12-01")); len(cs) != 0 {
		t.Errorf("%+v", cs)
	}
}

// The order in which things come in changes nothing, and every claim of the law is cited.
func TestOrderAndLaw(t *testing.T) {
	es := []fact.Entry{entry("consent", "2024-09-02", "evaluation_consent_received"), entry("asked", "2025-01-13", "iep_meeting_requested"), entry("no", "2025-10-06", "evaluation_refused"),
		entry("records", "2025-02-03", "records_access_requested"), entry("iee", "2025-03-03", "iee_refused"), entry("v", "2025-04-07", "violation_occurred")}
	in := input(t, "us-ca", "2025-12-01", es...)
	in.Look = gap()
	want := claims.Derive(in)
	if len(want) < 5 {
		t.Fatalf("%d claims", len(want))
	}
	last := day.Date(0)
	for i := range want {
		c := &want[i]
		if c.Happened.First < last {
			t.Errorf("%s stands after a later day", c.Happened.First)
		}
		last = c.Happened.First
		if c.Sort == claims.Late && (c.Rule == "" || c.Citation == "") {
			t.Errorf("a late duty without its law: %+v", c)
		}
		for _, r := range c.Rights {
			if r.Right == "" || r.Earliest != 0 && r.Latest < r.Earliest {
				t.Errorf("%+v", r)
			}
		}
	}
	if of(want, claims.Violated, "") == nil {
		t.Error("what the record calls a violation is not among the claims")
	}
	for range 20 {
		rand.Shuffle(len(in.Limits), func(i, j int) { in.Limits[i], in.Limits[j] = in.Limits[j], in.Limits[i] })
		if got := claims.Derive(in); !reflect.DeepEqual(got, want) {
			t.Fatalf("another order gave other claims:\n%+v\n%+v", got, want)
		}
	}
}
