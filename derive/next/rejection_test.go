package next_test

import (
	"strings"
	"testing"

	"stayput/day"
	"stayput/derive/next"
	"stayput/fact"
	"stayput/record"
)

func entry(id, kind string, on day.Date) fact.Entry {
	return fact.Entry{ID: id, Kind: fact.MustLookup(kind), On: day.On(on)}
}

// A no of February 10, 2026 that nobody answered is a school's next step until it is
// acknowledged, or a year has passed; a family is asked nothing. A talk planned for
// February 12 is asked about from the 13th on.
func TestRejecting(t *testing.T) {
	es := []fact.Entry{entry("offer", "iep_offered", day.Must(2026, 2, 3)), entry("no", "iep_rejected", day.Must(2026, 2, 10)), entry("talk", "family_check_in_planned", day.Must(2026, 2, 12))}
	steps := func(side fact.Side, asOf day.Date, es ...fact.Entry) string {
		var out []string
		for _, s := range next.Rejecting(side, asOf, record.NewView(es, 0), nil) {
			if s.ByLaw || s.For != fact.LEA || s.By < asOf {
				t.Errorf("%+v", s)
			}
			out = append(out, s.Do+" "+s.Entry)
		}
		return strings.Join(out, ", ")
	}
	for _, x := range []struct {
		asOf day.Date
		want string
	}{
		{day.Must(2026, 2, 9), ""},
		{day.Must(2026, 2, 12), "acknowledge_rejection no"},
		{day.Must(2026, 2, 13), "acknowledge_rejection no, keep_family_talk talk"},
		{day.Must(2027, 2, 12), "keep_family_talk talk"},
		{day.Must(2027, 2, 13), ""},
	} {
		if got := steps(fact.SchoolSide, x.asOf, es...); got != x.want {
			t.Errorf("on %s: %q, not %q", x.asOf, got, x.want)
		}
	}
	if got := steps(fact.FamilySide, day.Must(2026, 2, 13), es...); got != "" {
		t.Errorf("a family: %q", got)
	}
	done := append(es, entry("ack", "rejection_acknowledged", day.Must(2026, 2, 11)), entry("held", "family_check_in_held", day.Must(2026, 2, 12)))
	if got := steps(fact.SchoolSide, day.Must(2026, 2, 13), done...); got != "" {
		t.Errorf("all done: %q", got)
	}
}
