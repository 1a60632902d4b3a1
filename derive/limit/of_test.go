package limit_test

import (
	"testing"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/fact"
	"stayput/law/packs"
	"stayput/record"
)

func on(s string) day.Date {
	d, err := day.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func lawOf(t *testing.T, place string) []clock.Since {
	t.Helper()
	b, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	l, _, err := b.For(place)
	if err != nil {
		t.Fatal(err)
	}
	return []clock.Since{{Law: l}}
}

// Last days counted by hand from a calendar.
func TestLimitsOfASessionThatWasNotGiven(t *testing.T) {
	discrimination := fact.MustLookup("discrimination_act")
	for _, x := range []struct {
		place, right, happened, known string
		rule, earliest, latest        string
	}{
		// A year is the same day of the next year, two years that of the one after.
		{"us-ca", "state_complaint", "2025-11-22", "2025-11-22", "us-ca.statecomplaint.lookback_1_year", "2026-11-22", "2026-11-22"},
		{"us-ca", "due_process", "2025-11-22", "2025-11-22", "us-ca.dueprocess.limit_2_years", "2027-11-22", "2027-11-22"},
		{"us", "state_complaint", "2025-11-22", "2025-11-22", "us.statecomplaint.lookback_1_year", "2026-11-22", "2026-11-22"},
		// February 29 has no day a year later: the day before it is the safe one.
		{"us-nj", "state_complaint", "2024-02-29", "2024-02-29", "us-nj.statecomplaint.limit_1_year", "2025-02-28", "2025-02-28"},
		// Learned later: the first date never relies on it; the second counts from it. A
		// state complaint counts from what happened alone.
		{"us-in", "due_process", "2024-03-04", "2024-06-10", "us-in.dueprocess.limit_2_years", "2026-03-04", "2026-06-10"},
		{"us-in", "state_complaint", "2024-03-04", "2024-06-10", "us-in.statecomplaint.limit", "2025-03-04", "2025-03-04"},
		// Texas moved from one year to two; for what happened in the last year of the old
		// rule both stand.
		{"us-tx", "due_process", "2021-01-15", "2021-01-15", "us-tx.dueprocess.limit", "2022-01-15", "2023-01-15"},
		{"us-tx", "due_process", "2022-01-14", "2022-01-14", "us-tx.dueprocess.limit", "2024-01-14", "2024-01-14"},
		// Wisconsin: one year, from what happened.
		{"us-wi", "due_process", "2025-11-22", "2026-02-02", "us-wi.dueprocess.limit_1_year", "2026-11-22", "2026-11-22"},
		// Pennsylvania has no limit of its own: the federal one stands.
		{"us-pa", "due_process", "2025-11-22", "2025-11-22", "us.dueprocess.limit_2_years", "2027-11-22", "2027-11-22"},
		// 180 days from March 2: March has 29 left, then 30, 31, 30, 31 come to 151, and
		// August 29 is the 180th.
		{"us-ca", "ocr_complaint", "2026-03-02", "2026-03-02", "us.ocr.complaint_180", "2026-08-29", "2026-08-29"},
	} {
		happened, known := on(x.happened), on(x.known)
		ls := limit.LimitsOf(lawOf(t, x.place), nil, on("2026-11-22"), x.right, "iep", discrimination, day.Span{First: happened, Last: happened}, day.Span{First: known, Last: known})
		if len(ls) != 1 {
			t.Errorf("%s %s: %d limits", x.place, x.right, len(ls))
			continue
		}
		if l := ls[0]; string(l.Rule.ID) != x.rule || l.Earliest != on(x.earliest) || l.Latest != on(x.latest) || l.Version.Citation == "" || l.Rule.Checked.Level == "" {
			t.Errorf("%s %s of %s: %s, %s to %s", x.place, x.right, x.happened, l.Rule.ID, l.Earliest, l.Latest)
		}
	}
}

func TestLimitsOfNothing(t *testing.T) {
	d := day.Span{First: on("2026-01-05"), Last: on("2026-01-05")}
	laws := lawOf(t, "us-ca")
	for name, ls := range map[string][]limit.Limit{
		"no law":     limit.LimitsOf(nil, nil, d.First, "state_complaint", "iep", 0, d, d),
		"no day":     limit.LimitsOf(laws, nil, d.First, "state_complaint", "iep", 0, day.Span{}, d),
		"no right":   limit.LimitsOf(laws, nil, d.First, "tea_ceremony", "iep", 0, d, d),
		"other area": limit.LimitsOf(laws, nil, d.First, "state_complaint", "ferpa", 0, d, d),
		"no kind":    limit.LimitsOf(laws, nil, d.First, "ocr_complaint", "iep", 0, d, d),
	} {
		if len(ls) != 0 {
			t.Errorf("%s: %+v", name, ls)
		}
	}
}

// A complaint in the record that came in time shows that the right was used.
func TestLimitsOfWithARecord(t *testing.T) {
	v := record.NewView([]fact.Entry{{ID: "c", Kind: fact.MustLookup("state_complaint_received"), On: day.On(on("2026-02-02"))}}, 0)
	of := func(s string) limit.Status {
		d := day.Span{First: on(s), Last: on(s)}
		return limit.LimitsOf(lawOf(t, "us-ca"), v, on("2026-11-22"), "state_complaint", "iep", 0, d, d)[0].Status
	}
	for s, want := range map[string]limit.Status{
		"2025-02-02": limit.Used,   // the last day that this complaint could reach
		"2025-02-01": limit.Closed, // one day too early for it, and for any other now
		"2026-02-03": limit.Open,   // after the complaint
	} {
		if got := of(s); got != want {
			t.Errorf("%s: %s, want %s", s, got, want)
		}
	}
}
