package brief

import (
	"testing"
	"time"

	"stayput/day"
	"stayput/fact"
	"stayput/record"
)

var (
	removalStarted = fact.MustLookup("removal_started")
	removalEnded   = fact.MustLookup("removal_ended")
	removalDay11   = fact.MustLookup("removal_day_11")
	changeDecided  = fact.MustLookup("placement_change_decided")
)

// Short removals are added up by school year. The days are counted from a wall
// calendar: September 1, 2025 is a Monday, as are October 6 and November 3.
func TestRemovalsAddUp(t *testing.T) {
	d := func(m time.Month, dd int) day.Date { return day.Must(2025, m, dd) }
	years := []day.SchoolYear{{ID: "y", Label: "2025-26", First: d(8, 11), Last: day.Must(2026, 5, 28), Complete: true,
		Closures: []day.Closure{{Span: day.Span{First: d(9, 1), Last: d(9, 1)}, Name: "Labor Day", Kind: day.HolidayClosure},
			{Span: day.Span{First: d(10, 13), Last: d(10, 13)}, Name: "Indigenous Peoples' Day", Kind: day.HolidayClosure}}}}
	rule := day.YearRule{Month: time.July, Day: 1}
	removed := func(id string, on day.Date, f fact.Fields) fact.Entry {
		return fact.Entry{ID: id, Kind: removalStarted, On: day.On(on), Fields: f}
	}
	back := func(on day.Date, re string) fact.Entry {
		return fact.Entry{ID: "back-" + on.String(), Kind: removalEnded, On: day.On(on), Re: re}
	}
	// Tuesday to Friday, September 2 to 5: four days; back on Monday.
	four := []fact.Entry{removed("one", d(9, 2), fact.Fields{}), back(d(9, 8), "one")}
	with := func(more ...fact.Entry) []fact.Entry { return append(append([]fact.Entry(nil), four...), more...) }
	week := removed("two", d(10, 6), fact.Fields{Until: d(10, 10)})
	answered := removed("two", d(10, 6), fact.Fields{Until: d(10, 10)})
	answered.Re = "decided"
	for _, c := range []struct {
		name     string
		entries  []fact.Entry
		calendar bool
		asOf     day.Date
		keys     []string
		n, on    string
	}{
		{"one removal", four, true, d(12, 1), nil, "", ""},
		{"4 + 5 + 1 are ten", with(week, removed("three", d(11, 3), fact.Fields{Days: 1})), true, d(12, 1), nil, "", ""},
		{"4 + 5 + 2 are eleven, the eleventh November 4", with(week, removed("three", d(11, 3), fact.Fields{Days: 2})), true, d(12, 1),
			[]string{"removals_add_up", "removals_day_11"}, "11", "2025-11-04"},
		{"the eleventh has not come", with(week, removed("three", d(11, 3), fact.Fields{Days: 2})), true, d(11, 3), nil, "", ""},
		{"a holiday inside: 4 + Oct 8, 9, 10, 14, 15 (5) + 2", with(removed("two", d(10, 8), fact.Fields{Days: 5}), removed("three", d(11, 3), fact.Fields{Days: 2})), true, d(12, 1),
			[]string{"removals_add_up", "removals_day_11"}, "11", "2025-11-04"},
		{"returns that name nothing", []fact.Entry{removed("one", d(9, 2), fact.Fields{}), back(d(9, 8), ""), removed("two", d(10, 6), fact.Fields{}), back(d(10, 14), ""),
			removed("three", d(11, 3), fact.Fields{}), back(d(11, 5), "")}, true, d(12, 1), []string{"removals_add_up", "removals_day_11"}, "11", "2025-11-04"},
		{"an end nobody wrote down is one day", with(week, removed("three", d(11, 3), fact.Fields{})), true, d(12, 1), nil, "", ""},
		{"two entries for the same days", with(week, removed("same", d(10, 6), fact.Fields{Until: d(10, 10)})), true, d(12, 1), nil, "", ""},
		{"a removal that carries out a change of placement", with(answered, fact.Entry{ID: "decided", Kind: changeDecided, On: day.On(d(10, 3))},
			removed("three", d(11, 3), fact.Fields{Days: 5})), true, d(12, 1), nil, "", ""},
		{"the eleventh day is in the record", with(week, removed("three", d(11, 3), fact.Fields{Days: 3}), fact.Entry{ID: "eleventh", Kind: removalDay11, On: day.On(d(11, 4))}), true, d(12, 1),
			[]string{"removals_add_up"}, "12", "2025-11-04"},
		{"two school years: 4 in one, 10 in the next", with(removed("two", day.Must(2026, 9, 7), fact.Fields{Until: day.Must(2026, 9, 18)})), false, day.Must(2026, 12, 1), nil, "", ""},
		{"no calendar", with(week, removed("three", d(11, 3), fact.Fields{Until: d(11, 4)})), false, d(12, 1), []string{"removals_weekdays"}, "11", "2025-11-04"},
	} {
		var known []day.SchoolYear
		if c.calendar {
			known = years
		}
		school, err := day.NewSchool(known, day.View{}, rule, day.Span{})
		if err != nil {
			t.Fatal(err)
		}
		got := removals(record.NewView(c.entries, 0), school, rule, c.asOf)
		if len(got) != len(c.keys) {
			t.Errorf("%s: %v, want %v", c.name, got, c.keys)
			continue
		}
		for i, n := range got {
			if n.Key != c.keys[i] || n.Args["n"] != c.n || n.Args["day"] != c.on || n.Args["year"] != "2025-26" {
				t.Errorf("%s: %v, want %s of %s days, the eleventh %s", c.name, n, c.keys[i], c.n, c.on)
			}
		}
	}
}

// The brief's law and record are what discipline is derived from.
func TestDiscipline(t *testing.T) {
	v := record.NewView([]fact.Entry{{ID: "a", Kind: removalStarted, On: day.On(day.Must(2025, 9, 8)), Fields: fact.Fields{Until: day.Must(2025, 9, 24)}}}, 0)
	res := Discipline(v, nil, nil, day.Must(2025, 10, 1))
	if len(res.Changes) != 1 || res.Changes[0].Days.AtMost != 13 || res.Changes[0].Answer != fact.Unsaid {
		t.Errorf("thirteen weekdays in a row, without a calendar or a law: %+v", res.Changes)
	}
}
