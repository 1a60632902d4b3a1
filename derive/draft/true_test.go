package draft_test

import (
	"testing"

	"stayput/day"
	"stayput/derive/draft"
	"stayput/fact"
	"stayput/paper"
)

func wrote(s string) func(*fact.Entry)   { return func(e *fact.Entry) { e.By = s } }
func outcome(s string) func(*fact.Entry) { return func(e *fact.Entry) { e.Fields.Outcome = s } }

func gather(t *testing.T, id, asOf string, kase fact.Case, es ...fact.Entry) *draft.Facts {
	t.Helper()
	in := input(t, asOf, kase, es...)
	in.Paper, _ = paper.Get(id)
	return draft.Gather(in)
}

// A call that nobody answered is no talk to write down, and the family's own call is no
// attempt to reach the parents.
func TestUnanswered(t *testing.T) {
	es := []fact.Entry{
		entry("talk", "2025-02-10", "contact", outcome("reached"), says("The plan comes next week.")),
		entry("ours", "2025-02-20", "contact", wrote("parent"), outcome("no_answer")),
		entry("whose", "2025-02-21", "contact", outcome("no_answer")),
		entry("theirs", "2025-02-24", "contact", wrote("lea"), outcome("no_answer")),
	}
	if f := gather(t, "follow-up-letter", "2025-03-01", fact.Case{}, es...); f.About == nil || f.About.ID != "talk" {
		t.Errorf("about %+v", f.About)
	}
	for _, x := range []struct {
		side fact.Side
		want []string
	}{{fact.FamilySide, []string{"theirs"}}, {fact.SchoolSide, []string{"whose", "theirs"}}} {
		f := gather(t, "meeting-notice", "2025-03-01", fact.Case{Side: x.side}, es...)
		rows := f.Lists["attempts"]
		if len(rows) != len(x.want) {
			t.Fatalf("%s: %+v", x.side, rows)
		}
		for i := range rows {
			if rows[i].Key != x.want[i] {
				t.Errorf("%s: attempt %s, not %s", x.side, rows[i].Key, x.want[i])
			}
		}
	}
}

// Nobody asks for a notice that came, unless something is lacking in it.
func TestNoticeThatCame(t *testing.T) {
	es := append(refused(), entry("notice", "2025-02-25", "prior_written_notice_given", re("no")))
	if f := gather(t, "demand-pwn", "2025-03-01", fact.Case{}, es...); f.About != nil || f.Fields["no.on"].Any() {
		t.Errorf("asks for the notice of %+v", f.About)
	}
	in := input(t, "2025-03-01", fact.Case{}, es...)
	in.Paper, _ = paper.Get("demand-pwn")
	in.Gaps = []draft.Gap{{Paper: "pwn", Item: "explanation", Law: "34 CFR 300.503(b)(2)", Entry: "notice"}}
	if f := draft.Gather(in); f.About == nil || f.About.ID != "no" {
		t.Errorf("about %+v", f.About)
	}
}

// A family's reminder is no answer to its request; a letter that came is one.
func TestReminderIsNoAnswer(t *testing.T) {
	ask := entry("ask", "2025-02-03", "iep_meeting_requested", wrote("parent"))
	for _, x := range []struct {
		more   fact.Entry
		answer bool
	}{
		{entry("again", "2025-02-20", "letter_sent", wrote("parent"), re("ask")), false},
		{entry("call", "2025-02-20", "contact", re("ask")), false},
		{entry("came", "2025-02-20", "letter_received", re("ask")), true},
		{entry("said", "2025-02-20", "contact", wrote("lea"), re("ask")), true},
		{entry("set", "2025-02-20", "iep_meeting_scheduled", re("ask")), true},
	} {
		f := gather(t, "state-complaint", "2025-03-01", fact.Case{Side: fact.FamilySide}, ask, x.more)
		if open := len(f.Lists["unanswered"]) == 1; open == x.answer {
			t.Errorf("after %s: unanswered %v", x.more.ID, open)
		}
	}
}

func out(n int) func(*fact.Entry) { return func(e *fact.Entry) { e.Fields.Days = n } }

// The days of removal of a school year are those of that year, and their total stands only
// where each of them is known.
func TestRemovalsOfTheYear(t *testing.T) {
	last, sep, nov := entry("last", "2024-05-06", "removal_started", out(4)), entry("sep", "2024-09-09", "removal_started", out(2)), entry("nov", "2024-11-04", "removal_started", out(3))
	for name, x := range map[string]struct {
		es    []fact.Entry
		year  int
		total int // 0: a blank
	}{
		"two of this year and one of the last":          {[]fact.Entry{last, sep, nov}, 2, 5},
		"one without an end":                            {[]fact.Entry{sep, entry("open", "2024-12-02", "removal_started")}, 2, 0},
		"one that still goes on":                        {[]fact.Entry{sep, entry("goes", "2025-02-27", "removal_started", out(5))}, 2, 0},
		"an emergency removal, of no length":            {[]fact.Entry{sep, entry("em", "2024-12-02", "emergency_removal_started")}, 2, 0},
		"two that overlap":                              {[]fact.Entry{sep, entry("twice", "2024-09-10", "removal_started", out(2))}, 2, 0},
		"only last year":                                {[]fact.Entry{last}, 0, 0},
		"one behind a wall, which may count":            {[]fact.Entry{sep, entry("wall", "2024-12-02", "removal_started", out(1), func(e *fact.Entry) { e.Wall = fact.Counsel })}, 1, 0},
		"one that carries out the decision of a change": {[]fact.Entry{sep, entry("decided", "2024-12-02", "placement_change_decided"), entry("carries", "2024-12-03", "removal_started", out(12), re("decided"))}, 2, 0},
	} {
		t.Run(name, func(t *testing.T) {
			f := gather(t, "manifestation-notice", "2025-03-01", fact.Case{Side: fact.SchoolSide}, x.es...)
			if n := len(f.Lists["removals_year"]); n != x.year {
				t.Errorf("%d removals of this year, want %d", n, x.year)
			}
			if got := f.Fields["removed.days"].Number; got != x.total {
				t.Errorf("%d days, want %d", got, x.total)
			}
		})
	}
}

// Nobody answers a complaint of their own.
func TestOwnComplaint(t *testing.T) {
	es := []fact.Entry{entry("filed", "2025-02-03", "due_process_filed", by("parent")), entry("got", "2025-02-04", "due_process_received", re("filed"))}
	for _, x := range []struct {
		paper string
		side  fact.Side
		want  bool
	}{{"notice-insufficiency", fact.FamilySide, false}, {"notice-insufficiency", fact.SchoolSide, true}, {"lea-response-complaint", fact.FamilySide, true}, {"other-party-response", fact.FamilySide, false}} {
		f := gather(t, x.paper, "2025-02-06", fact.Case{Side: x.side}, es...)
		if got := f.Fields["dueprocess.received"].Any(); got != x.want || (f.About != nil) != x.want {
			t.Errorf("%s of the side %s: received %v, about %v", x.paper, x.side, got, f.About)
		}
	}
}

// A settled case owes nobody a resolution meeting. Without the settlement, 15 days after
// February 3 (the 18th) have passed on March 20, and the meeting is late.
func TestSettledCase(t *testing.T) {
	case_ := func(more ...fact.Entry) []draft.Row {
		es := append([]fact.Entry{entry("filed", "2025-02-03", "due_process_filed", by("parent")), entry("got", "2025-02-03", "due_process_received", by("parent"), re("filed"))}, more...)
		return gather(t, "due-process-complaint", "2025-03-20", fact.Case{}, es...).Lists["claims"]
	}
	late := func(rows []draft.Row) (out int) {
		for _, r := range rows {
			if r.Values["what"].Named.Key == "letter.claim_late" {
				out++
			}
		}
		return out
	}
	if late(case_()) == 0 {
		t.Error("an open case without a resolution meeting has nothing late")
	}
	if rows := case_(entry("settled", "2025-02-10", "settlement_signed", re("got"))); late(rows) != 0 {
		t.Errorf("late after the settlement: %+v", rows)
	}
}

// A month is told as the month; a hearing that was is no hearing that begins.
func TestDaysAsTheyAreKnown(t *testing.T) {
	month, err := day.ParseWhen("2025-01")
	if err != nil {
		t.Fatal(err)
	}
	es := []fact.Entry{entry("worry", "2025-01-01", "concern_raised", says("He guesses words."), func(e *fact.Entry) { e.On = month }), entry("hearing", "2025-02-20", "hearing_scheduled_date")}
	f := gather(t, "evidence-witness-list", "2025-02-20", fact.Case{}, es...)
	if v := f.Lists["concerns"][0].Values["on"]; v.Named.Key != "letter.when" || v.Named.When != month || v.Entries[0] != "worry" {
		t.Errorf("%+v", v)
	}
	if v := f.Fields["hearing.on"]; v.Date != on("2025-02-20") {
		t.Errorf("the hearing of today: %+v", v)
	}
	if v := gather(t, "evidence-witness-list", "2025-02-21", fact.Case{}, es...).Fields["hearing.on"]; v.Any() {
		t.Errorf("a hearing of yesterday begins on %+v", v)
	}
}
