package rejection_test

import (
	"slices"
	"strings"
	"testing"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/derive/program"
	"stayput/derive/rejection"
	"stayput/fact"
	"stayput/law/packs"
	"stayput/record"
)

func when(t testing.TB, s string) day.When {
	t.Helper()
	w, err := day.ParseWhen(s)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// e is an entry: "id kind day re".
func e(t testing.TB, line string, set ...func(*fact.Entry)) fact.Entry {
	t.Helper()
	f := append(strings.Fields(line), "")
	x := fact.Entry{ID: f[0], Kind: fact.MustLookup(f[1]), On: when(t, f[2]), Re: f[3]}
	for _, s := range set {
		s(&x)
	}
	return x
}

func means(m, outcome string) func(*fact.Entry) {
	return func(e *fact.Entry) { e.Fields.Means, e.Fields.Outcome = m, outcome }
}

func by(s string) func(*fact.Entry)   { return func(e *fact.Entry) { e.By = s } }
func plan(s string) func(*fact.Entry) { return func(e *fact.Entry) { e.Fields.Plan = s } }

// derive gives the paths on a day; with law it counts dates under the law of a State.
func derive(t testing.TB, asOf, state string, es ...fact.Entry) (*rejection.Result, rejection.Input) {
	t.Helper()
	in := rejection.Input{View: record.NewView(es, 0), AsOf: when(t, asOf).Earliest}
	if state != "" {
		book, err := packs.Book()
		if err != nil {
			t.Fatal(err)
		}
		k := &fact.Case{Jurisdiction: []fact.Dated{{Is: state}}, Side: fact.SchoolSide}
		b, err := brief.Make(brief.Input{Case: k, Entries: es, Book: book, AsOf: in.AsOf})
		if err != nil {
			t.Fatal(err)
		}
		in.View, in.Clocks = b.View, b.Clocks
	}
	return rejection.Derive(in), in
}

func states(p *rejection.Path) string {
	var out []string
	for _, s := range p.Steps {
		out = append(out, string(s.State))
	}
	return strings.Join(out, " ")
}

// From the no on February 10 to a yes on March 20: one step after the other is done,
// and the first that is not is the one to do now.
func TestThePath(t *testing.T) {
	es := []fact.Entry{
		e(t, "offer iep_offered 2026-02-03", plan("new")),
		e(t, "no iep_rejected 2026-02-10 offer", by("mother"), func(e *fact.Entry) { e.Note = "He comes home crying." }),
		e(t, "why rejection_reason_told 2026-02-12 no", func(e *fact.Entry) { e.Fields.Summary = "Speech went down." }),
		e(t, "ack rejection_acknowledged 2026-02-11T09:30 no"),
		e(t, "listen listening_meeting_held 2026-02-18"),
		e(t, "fresh fresh_review_held 2026-02-24 no", func(e *fact.Entry) { e.Fields.About = []string{"gaps", "jargon"} }),
		e(t, "again iep_offered 2026-03-02", plan("newer")),
		e(t, "pwn prior_written_notice_given 2026-03-04 no"),
		e(t, "yes iep_consent_received 2026-03-20", plan("newer")),
	}
	for _, x := range []struct{ asOf, want string }{
		{"2026-02-10", "now next next next next"},
		{"2026-02-11", "done now next next next"},
		{"2026-02-18", "done done now next next"},
		{"2026-02-24", "done done done now next"},
		{"2026-03-02", "done done done done now"},
		{"2026-03-20", "done done done done done"},
	} {
		r, _ := derive(t, x.asOf, "", es...)
		if len(r.Paths) != 1 || states(&r.Paths[0]) != x.want {
			t.Errorf("on %s: %d paths, %s, not %s", x.asOf, len(r.Paths), states(&r.Paths[0]), x.want)
		}
	}
	r, _ := derive(t, "2026-03-21", "", es...)
	p := &r.Paths[0]
	if p.Settled == nil || p.Settled.ID != "yes" || p.Open() || p.Offer.ID != "offer" || len(p.Offers) != 1 || p.Offers[0].Plan != "newer" {
		t.Errorf("%+v", p)
	}
	if len(p.Said) != 2 || p.Said[0].Text != "He comes home crying." || p.Said[1].Text != "Speech went down." {
		t.Errorf("%+v", p.Said)
	}
	if s := p.Step(rejection.Review); !slices.Equal(s.Looked, []string{"gaps", "jargon"}) || !slices.Equal(s.Not, []string{"alternatives", "more_data"}) {
		t.Errorf("%+v", s)
	}
	if r, _ := derive(t, "2026-02-09", "", es...); len(r.Paths) != 0 {
		t.Errorf("a no before its day: %+v", r.Paths)
	}
}

// Two parents say no to one offer: one path. A no to the next offer is the next path,
// and nothing more is asked for the first.
func TestSeveralNoes(t *testing.T) {
	es := []fact.Entry{
		e(t, "offer iep_offered 2026-02-03"),
		e(t, "no iep_rejected 2026-02-10", by("mother")),
		e(t, "no2 iep_rejected 2026-02-12", by("father")),
		e(t, "ack rejection_acknowledged 2026-02-13"),
		e(t, "offer2 iep_offered 2026-03-02"),
		e(t, "no3 iep_consent_partial 2026-03-09"),
		e(t, "ack2 rejection_acknowledged 2026-03-10"),
		e(t, "call contact 2026-03-11"),
	}
	r, _ := derive(t, "2026-03-12", "", es...)
	if len(r.Paths) != 2 {
		t.Fatalf("%d paths", len(r.Paths))
	}
	last, first := &r.Paths[0], &r.Paths[1]
	if first.ID != "no" || len(first.Again) != 1 || first.Followed != "no3" || first.Open() || states(first) != "done over over done over" {
		t.Errorf("%s: %s, followed by %q, %d again", first.ID, states(first), first.Followed, len(first.Again))
	}
	if last.ID != "no3" || !last.Part || states(last) != "done now next next next" || last.Step(rejection.Acknowledge).Entries[0].ID != "ack2" || last.Offer.ID != "offer2" {
		t.Errorf("%s: %s", last.ID, states(last))
	}
	if len(last.Contacts) != 1 || len(first.Contacts) != 1 {
		t.Errorf("the call belongs to both, as both were open: %d, %d", len(last.Contacts), len(first.Contacts))
	}
	twice, _ := derive(t, "2026-03-01", "", es[0], es[1], e(t, "no9 iep_rejected 2026-02-10", by("mother")))
	if p := &twice.Paths[0]; len(twice.Paths) != 1 || len(p.Odd) != 1 || p.Odd[0].Key != "twice" {
		t.Errorf("%+v", twice.Paths)
	}
	early, _ := derive(t, "2026-03-01", "", es[0], e(t, "no iep_rejected 2026-01-20 offer"))
	if p := &early.Paths[0]; len(p.Odd) != 1 || p.Odd[0].Key != "before_offer" {
		t.Errorf("%+v", p.Odd)
	}
	none, _ := derive(t, "2026-03-01", "", e(t, "no iep_rejected 2026-01-20"))
	if p := &none.Paths[0]; p.Offer != nil || p.Plan != "" || states(p) != "now next next next next" {
		t.Errorf("%+v", p)
	}
}

// What is no rejection by the family: parts left for later, and a change to which the
// school said no.
func TestWhatIsNoRejection(t *testing.T) {
	later := e(t, "p iep_consent_partial 2026-02-10", func(e *fact.Entry) { e.Fields.Parts, e.Fields.Later = []string{"a"}, []string{"b"} })
	r, _ := derive(t, "2026-03-01", "", e(t, "offer iep_offered 2026-02-03"), later,
		e(t, "ask iep_amendment_proposed 2026-02-11", by("parent")), e(t, "never iep_amendment_refused 2026-02-12 ask"),
		e(t, "never2 iep_amendment_refused 2026-02-13", by("lea")))
	if len(r.Paths) != 0 {
		t.Errorf("%+v", r.Paths)
	}
	r, _ = derive(t, "2026-03-01", "", e(t, "ask iep_amendment_proposed 2026-02-11", by("lea")), e(t, "no iep_amendment_refused 2026-02-12 ask", by("mother")),
		e(t, "no2 evaluation_consent_refused 2026-02-14"), e(t, "no3 services_consent_refused 2026-02-15"), e(t, "no4 reevaluation_consent_refused 2026-02-16"), e(t, "no5 single_service_refused 2026-02-17"))
	var got []string
	for _, p := range r.Paths {
		got = append(got, string(p.Group))
	}
	if strings.Join(got, " ") != "plan reevaluation services evaluation amendment" {
		t.Errorf("%v", got)
	}
}

// Between the notice of February 12 and the meeting of February 26: two calls without
// an answer, one message, a letter that came back, a visit. Four means. The call of
// February 11 came before the notice, the family's own e-mail is no attempt, nor is what stands behind a wall.
func TestAttempts(t *testing.T) {
	es := []fact.Entry{
		e(t, "offer iep_offered 2026-02-03"),
		e(t, "no iep_rejected 2026-02-10 offer"),
		e(t, "c0 contact 2026-02-11T08:00", means("phone", "no_answer")),
		e(t, "told iep_meeting_notice_sent 2026-02-12"),
		e(t, "c1 contact 2026-02-13T08:00", means("phone", "no_answer")),
		e(t, "c2 contact 2026-02-17T16:10", means("phone", "message_left")),
		e(t, "c3 contact 2026-02-18", means("email", ""), by("mother"), func(e *fact.Entry) { e.Files = []string{"mail.eml"} }),
		e(t, "c4 contact 2026-02-19", means("letter", "returned"), func(e *fact.Entry) { e.Files = []string{"letter.pdf"} }),
		e(t, "c5 letter_sent 2026-02-20"),
		e(t, "c6 contact 2026-02-24", means("in_person", "no_show")),
		e(t, "c7 contact 2026-02-26T15:00", means("phone", "reached")),
		e(t, "set iep_meeting_scheduled 2026-02-26"),
		e(t, "held iep_meeting_held 2026-02-26T14:00", means("", "no_show")),
		e(t, "secret contact 2026-02-21T10:00", means("phone", "no_answer"), func(e *fact.Entry) { e.Wall = fact.Mediation }),
		e(t, "other contact 2026-02-21 records", means("phone", "no_answer")),
		e(t, "records records_access_requested 2026-02-05"),
	}
	r, _ := derive(t, "2026-03-01", "", es...)
	p := &r.Paths[0]
	if len(p.Meetings) != 1 {
		t.Fatalf("%d meetings", len(p.Meetings))
	}
	m := p.Meetings[0]
	if m.Entry.ID != "held" || !m.Held || !m.Without || m.Notice == nil || m.Since != day.Must(2026, 2, 12) {
		t.Errorf("%+v", m)
	}
	if len(m.Attempts) != 5 || m.Failed != 4 || m.Reached != 0 || m.Different() != 3 {
		t.Errorf("%d attempts, %d failed, %d reached, %d means: %+v", len(m.Attempts), m.Failed, m.Reached, m.Different(), m.Means)
	}
	if m.Calls != 2 || m.Letters != 2 || m.Visits != 1 || m.Answers != 1 || m.Copies != 2 {
		t.Errorf("calls %d, letters %d, visits %d, answers %d, copies %d", m.Calls, m.Letters, m.Visits, m.Answers, m.Copies)
	}
	if m.Means[0].Name != "phone" || m.Means[0].N != 2 || m.Means[1].Name != "letter" || m.Means[1].N != 2 {
		t.Errorf("%+v", m.Means)
	}
	// A meeting set for a day ahead shows what was done so far.
	r, _ = derive(t, "2026-02-18", "", es[:12]...)
	if m := r.Paths[0].Meetings; len(m) != 1 || m[0].Held || len(m[0].Attempts) != 2 {
		t.Errorf("%+v", m)
	}
	// Of an attempt that failed, nobody can be named.
	if c := p.Contacts[1].Lacks; len(c) != 0 {
		t.Errorf("%v", c)
	}
	full := e(t, "c contact 2026-02-21T09:00", means("phone", "reached"), func(e *fact.Entry) {
		e.Fields.With, e.Fields.Summary, e.Fields.Response = []string{"Mother"}, "Offered a talk", "She will think"
	})
	for i, x := range []struct {
		take func(*fact.Entry)
		want string
	}{
		{func(e *fact.Entry) {}, ""},
		{func(e *fact.Entry) { e.On.Minute = -1 }, "time"},
		{func(e *fact.Entry) { e.Fields.With = nil }, "with"},
		{func(e *fact.Entry) { e.Fields.Summary = " " }, "summary"},
		{func(e *fact.Entry) { e.Fields.Response = "" }, "response"},
	} {
		c := full
		x.take(&c)
		r, _ := derive(t, "2026-03-01", "", es[0], es[1], c)
		if got := strings.Join(r.Paths[0].Contacts[0].Lacks, " "); got != x.want {
			t.Errorf("%d: %q, not %q", i, got, x.want)
		}
	}
}

// The chronology is what may be given away: no impression, nothing behind a wall, no
// preparation of one's own, whatever the record holds.
func TestChronology(t *testing.T) {
	es := []fact.Entry{
		e(t, "offer iep_offered 2026-02-03"),
		e(t, "no iep_rejected 2026-02-10 offer"),
		e(t, "secret contact 2026-02-15 no", func(e *fact.Entry) { e.Wall = fact.Mediation }),
		e(t, "own contact 2026-02-15 no", func(e *fact.Entry) { e.Wall = fact.Author }),
		e(t, "feel impression_noted 2026-02-12 no", func(e *fact.Entry) { e.Fields.Reasons = []string{"trust"} }),
		e(t, "ready meeting_prepared 2026-02-16"),
		e(t, "note note_added 2026-02-16"),
		e(t, "call contact 2026-02-11 no", means("phone", "reached")),
		e(t, "ask rejection_acknowledged 2026-02-11T10:00 no"),
		e(t, "before contact 2026-01-11"),
		e(t, "ahead contact 2026-04-11 no"),
	}
	r, in := derive(t, "2026-03-01", "", es...)
	p := &r.Paths[0]
	if len(p.Impressions) != 1 || len(p.Said) != 0 {
		t.Errorf("%d impressions, %d reasons", len(p.Impressions), len(p.Said))
	}
	var got []string
	for _, l := range rejection.Chronology(in, p) {
		got = append(got, l.Entry.ID)
	}
	if strings.Join(got, " ") != "offer no call ask" {
		t.Errorf("%v", got)
	}
	want := map[string]int{"said": 1, "listen": 1, "review": 1, "offer": 1, "notice": 1}
	for k, n := range want {
		if !slices.Contains(p.Lacks, rejection.Lack{Key: k, N: n}) {
			t.Errorf("no word of %s: %+v", k, p.Lacks)
		}
	}
}

// Under federal law the plan of 15 January 2026 is to be reviewed by 15 January 2027. A
// no on 10 February 2026 to the only offer does not change that: on 16 December, 30 days
// before, an offer is spoken of; the day before not yet.
func TestOffersStayOwed(t *testing.T) {
	es := []fact.Entry{
		e(t, "made iep_developed 2026-01-15"),
		e(t, "begun services_consent_received 2025-01-20"),
		e(t, "offer iep_offered 2026-02-03"),
		e(t, "no iep_rejected 2026-02-10 offer"),
	}
	year := func(r *rejection.Result) *rejection.Owed {
		for i := range r.Paths[0].Owed {
			if o := &r.Paths[0].Owed[i]; o.Key == "year" {
				return o
			}
		}
		return nil
	}
	for _, x := range []struct {
		asOf string
		owed bool
	}{{"2026-12-15", false}, {"2026-12-16", true}, {"2027-02-01", true}} {
		r, _ := derive(t, x.asOf, "us", es...)
		if o := year(r); (o != nil) != x.owed || o != nil && o.On != day.Must(2027, 1, 15) {
			t.Errorf("%s: %+v", x.asOf, o)
		}
	}
	again := append(slices.Clone(es), e(t, "again iep_offered 2026-12-20"))
	if r, _ := derive(t, "2027-02-01", "us", again...); len(r.Paths[0].Owed) != 0 {
		t.Errorf("an offer of six weeks ago: %+v", r.Paths[0].Owed)
	}
	// Who refused services as such is owed none.
	first := []fact.Entry{e(t, "made iep_developed 2026-01-15"), e(t, "no services_consent_refused 2026-02-10")}
	if r, _ := derive(t, "2027-02-01", "us", first...); len(r.Paths[0].Owed) != 0 {
		t.Errorf("%+v", r.Paths[0].Owed)
	}
}

// Where a State counts days from a no, its date is shown: in Massachusetts a rejection
// goes to the hearing office within five days: from Thursday, February 5 to Tuesday,
// February 10.
func TestDatesOfTheState(t *testing.T) {
	r, _ := derive(t, "2026-02-06", "us-ma", e(t, "offer iep_offered 2026-02-03"), e(t, "no iep_rejected 2026-02-05 offer"))
	p := &r.Paths[0]
	if !slices.ContainsFunc(p.Clocks, func(c *clock.Clock) bool {
		return c.Rule.ID == "us-ma.iep.rejection_to_bureau" && c.On == day.Must(2026, 2, 10)
	}) {
		for _, c := range p.Clocks {
			t.Logf("%s %s", c.Rule.ID, c.On)
		}
		t.Error("no date for sending the rejection on")
	}
}

// A no that stands only on the plan's own page has a path too.
func TestOnThePlanAlone(t *testing.T) {
	in := rejection.Input{View: record.NewView(nil, 0), AsOf: day.Must(2026, 3, 1), Program: &program.Result{Tracks: []program.Track{{Kind: "iep", Offers: []program.OfferState{
		{Plan: "a", On: day.Must(2026, 1, 9), Consent: program.Refused, Answers: []program.Answered{{On: day.Must(2026, 1, 20), By: "mother", Agreement: program.Refused}}},
		{Plan: "b", On: day.Must(2026, 2, 9), Consent: program.Unanswered},
	}}}}}
	r := rejection.Derive(in)
	if len(r.Paths) != 1 || r.Paths[0].ID != "plan-a" || r.Paths[0].On.Earliest != day.Must(2026, 1, 20) || len(r.Paths[0].Offers) != 1 || states(&r.Paths[0]) != "now next next done next" {
		t.Errorf("%+v", r.Paths)
	}
	if got := rejection.Chronology(in, &r.Paths[0]); len(got) != 2 || got[0].Plan != "a" || got[1].Plan != "b" {
		t.Errorf("%+v", got)
	}
	in.View = record.NewView([]fact.Entry{e(t, "no iep_rejected 2026-01-20", plan("a"))}, 0)
	if r := rejection.Derive(in); len(r.Paths) != 1 || r.Paths[0].ID != "no" {
		t.Errorf("the record's own answer comes first: %+v", r.Paths)
	}
}
