package brief_test

import (
	"fmt"
	"testing"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/fact"
	"stayput/law/packs"
)

// What a date asks for is what settles it: the fact is given, and the date is
// told. Counted by hand.
//
// The consent of Wednesday, November 12, 2025 is due in 60 calendar days. With
// no break they end on January 11: 18 days of November, 31 of December, 11 of
// January. By the law 163 weekdays of the year are school days; 97 of them lay
// before November 13 at most, so 66 are ahead: at the latest the last 66
// weekdays before July, from March 31 on, of which day 60 is May 29. At the
// earliest the 66 end on February 12, 92 days after the consent, which is not in
// the last 30 days of the school year: the summer has nothing to do with it.
//
// With school until June 5 and a break from Wednesday, December 17 to Friday,
// January 2: 18 days of November, 16 of December (34), January 5 is day 35 and
// Friday, January 30 is day 60.
//
// The consent of Friday, May 22, 2026 is 14 days before June 5: it is due 30
// days after school begins again on August 12, 2026, on Friday, September 11.
func TestWhatIsAskedForSettles(t *testing.T) {
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	this := day.SchoolYear{ID: "this", Label: "2025-26", First: day.Must(2025, 8, 11), Last: day.Must(2026, 6, 5), Complete: true,
		Closures: []day.Closure{{Span: day.Span{First: day.Must(2025, 12, 17), Last: day.Must(2026, 1, 2)}, Name: "Winter break", Kind: day.Vacation}}}
	next := day.SchoolYear{ID: "next", Label: "2026-27", First: day.Must(2026, 8, 12)}
	fall := []day.Date{day.Must(2025, 10, 27), day.Must(2025, 11, 7), day.Must(2025, 11, 12)}
	spring := []day.Date{day.Must(2026, 5, 18), day.Must(2026, 5, 20), day.Must(2026, 5, 22)}
	for _, c := range []struct {
		name           string
		days           []day.Date
		years          []day.SchoolYear
		on             day.Date
		early, late    day.Date
		missing        string
		missingOfOther string // of the assessment plan
	}{
		{"nothing", fall, nil, 0, day.Must(2026, 1, 11), day.Must(2026, 5, 29), "[{calendar_none 2025-26}]", "[{calendar_none 2025-26}]"},
		{"the first day of the next year, which settles nothing", fall, []day.SchoolYear{next}, 0, day.Must(2026, 1, 11), day.Must(2026, 5, 29), "[{calendar_none 2025-26}]", "[{calendar_none 2025-26}]"},
		{"the calendar of the year", fall, []day.SchoolYear{this}, day.Must(2026, 1, 30), 0, 0, "[]", "[]"},
		{"May: no one fact settles it", spring, nil, 0, day.Must(2026, 7, 21), 0, "[{calendar_none 2025-26} {calendar_none 2026-27} {calendar_last_day 2025-26} {calendar_first_day 2026-27}]", ""},
		{"May: the year alone", spring, []day.SchoolYear{this}, 0, day.Must(2026, 7, 31), 0, "[{calendar_first_day 2026-27}]", ""},
		{"May: and then one day", spring, []day.SchoolYear{this, next}, day.Must(2026, 9, 11), 0, 0, "[]", ""},
	} {
		k := fact.Case{Jurisdiction: []fact.Dated{{Is: "us-ca"}}, Side: fact.FamilySide}
		laws, err := brief.Laws(&k, book)
		if err != nil {
			t.Fatal(err)
		}
		school, err := day.NewSchool(c.years, day.View{}, brief.YearRule(laws), day.Span{})
		if err != nil {
			t.Fatal(err)
		}
		b, err := brief.Make(brief.Input{Case: &k, Book: book, School: school, AsOf: day.Must(2026, 11, 21), Entries: []fact.Entry{
			{ID: "request", Kind: fact.MustLookup("evaluation_requested"), On: day.On(c.days[0])},
			{ID: "plan", Kind: fact.MustLookup("evaluation_consent_requested"), On: day.On(c.days[1]), Re: "request"},
			{ID: "consent", Kind: fact.MustLookup("evaluation_consent_received"), On: day.On(c.days[2]), Re: "plan"},
		}})
		if err != nil {
			t.Fatal(err)
		}
		found := func(rule string) *clock.Clock {
			for i := range b.Clocks {
				if string(b.Clocks[i].Rule.ID) == rule {
					return &b.Clocks[i]
				}
			}
			t.Fatalf("%s: no %s", c.name, rule)
			return nil
		}
		x := found("us-ca.evaluation.meeting")
		if x.On != c.on || x.Earliest != c.early || x.Latest != c.late && c.on == 0 {
			t.Errorf("%s: on %s, from %s to %s; want %s, %s to %s", c.name, x.On, x.Earliest, x.Latest, c.on, c.early, c.late)
		}
		if got := fmt.Sprint(x.Missing); got != c.missing {
			t.Errorf("%s: missing %s, want %s", c.name, got, c.missing)
		}
		if got := fmt.Sprint(found("us-ca.evaluation.plan").Missing); c.missingOfOther != "" && got != c.missingOfOther {
			t.Errorf("%s: for the plan %s is missing, want %s", c.name, got, c.missingOfOther)
		}
	}
}
