package next_test

import (
	"testing"
	"time"

	"stayput/day"
	"stayput/derive/next"
	"stayput/fact"
	"stayput/record"
)

// A school's no that nobody answered asks for five lines, and then for a way. What was
// taken, given or is long past asks for nothing; neither does a school's own record.
func TestAfterANo(t *testing.T) {
	on := func(m time.Month, d int) day.When { return day.On(day.Must(2026, m, d)) }
	e := func(id, kind string, w day.When) fact.Entry {
		return fact.Entry{ID: id, Kind: fact.MustLookup(kind), On: w}
	}
	no := e("no", "evaluation_refused", on(time.March, 2))
	for _, x := range []struct {
		name    string
		entries []fact.Entry
		side    fact.Side
		asOf    day.Date
		want    string
	}{
		{"no no", []fact.Entry{e("a", "contact", on(time.March, 2))}, fact.FamilySide, day.Must(2026, time.March, 3), ""},
		{"a no", []fact.Entry{no}, fact.FamilySide, day.Must(2026, time.March, 3), "write_five_lines"},
		{"the day itself", []fact.Entry{no}, fact.FamilySide, day.Must(2026, time.March, 2), "write_five_lines"},
		{"before it", []fact.Entry{no}, fact.FamilySide, day.Must(2026, time.March, 1), ""},
		{"a talk is not writing", []fact.Entry{no, e("a", "contact", on(time.March, 3))}, fact.FamilySide, day.Must(2026, time.March, 4), "write_five_lines"},
		{"a letter before the no", []fact.Entry{e("a", "letter_sent", on(time.March, 1)), no}, fact.FamilySide, day.Must(2026, time.March, 4), "write_five_lines"},
		{"a letter after it", []fact.Entry{no, e("a", "letter_sent", on(time.March, 3))}, fact.FamilySide, day.Must(2026, time.March, 4), "choose_route"},
		{"a letter that lies ahead", []fact.Entry{no, e("a", "letter_sent", on(time.March, 9))}, fact.FamilySide, day.Must(2026, time.March, 4), "write_five_lines"},
		{"a way", []fact.Entry{no, e("a", "route_chosen", on(time.March, 3))}, fact.FamilySide, day.Must(2026, time.March, 4), ""},
		{"a complaint", []fact.Entry{no, e("a", "state_complaint_filed", on(time.March, 3))}, fact.FamilySide, day.Must(2026, time.March, 4), ""},
		{"a way before the no", []fact.Entry{e("a", "route_chosen", on(time.March, 1)), no}, fact.FamilySide, day.Must(2026, time.March, 4), "write_five_lines"},
		{"the school gave way", []fact.Entry{no, e("a", "evaluation_consent_requested", on(time.March, 20))}, fact.FamilySide, day.Must(2026, time.March, 21), ""},
		{"a second no", []fact.Entry{no, e("a", "state_complaint_filed", on(time.March, 3)), e("b", "iee_refused", on(time.April, 3))}, fact.FamilySide, day.Must(2026, time.April, 4), "write_five_lines"},
		{"365 days", []fact.Entry{no}, fact.FamilySide, day.Must(2027, time.March, 2), "write_five_lines"},
		{"366 days", []fact.Entry{no}, fact.FamilySide, day.Must(2027, time.March, 3), ""},
		{"a school's record", []fact.Entry{no}, fact.SchoolSide, day.Must(2026, time.March, 3), ""},
		{"only a month is known", []fact.Entry{e("no", "services_stopped", day.When{Earliest: day.Must(2026, time.March, 1), Latest: day.Must(2026, time.March, 31)}), e("a", "letter_sent", on(time.March, 15))}, fact.FamilySide, day.Must(2026, time.April, 4), "choose_route"},
	} {
		got := next.Disagreeing(x.side, x.asOf, record.NewView(x.entries, 0))
		do := ""
		for _, s := range got {
			do += s.Do
			if s.ByLaw || s.For != fact.Parent || s.Entry == "" || s.By < x.asOf {
				t.Errorf("%s: %+v", x.name, s)
			}
		}
		if do != x.want {
			t.Errorf("%s: %q, want %q", x.name, do, x.want)
		}
	}
	if got := next.Disagreeing(fact.FamilySide, day.Must(2026, time.March, 3), nil); got != nil {
		t.Errorf("%+v", got)
	}
}
