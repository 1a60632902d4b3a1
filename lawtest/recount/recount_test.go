package recount

import (
	"testing"
	"time"
)

// oakland is the 2025-26 year of Oakland Unified, as its file prints it.
var oakland = Calendar{ID: "oakland", First: "2025-08-11", Last: "2026-05-28", Complete: true, Closures: []Closure{
	{"2025-09-01", "2025-09-01", "Labor Day", "holiday"},
	{"2025-09-19", "2025-09-19", "Professional development", "staff_day"},
	{"2025-10-13", "2025-10-13", "Indigenous Peoples' Day", "holiday"},
	{"2025-11-11", "2025-11-11", "Veterans Day", "holiday"},
	{"2025-11-24", "2025-11-28", "Thanksgiving break", "vacation"},
	{"2025-12-22", "2026-01-02", "Winter break", "vacation"},
	{"2026-01-05", "2026-01-05", "Professional development", "staff_day"},
	{"2026-01-19", "2026-01-19", "King Day", "holiday"},
	{"2026-02-16", "2026-02-16", "Presidents' Day", "holiday"},
	{"2026-04-03", "2026-04-03", "Chavez Day", "holiday"},
	{"2026-04-06", "2026-04-10", "Spring break", "vacation"},
	{"2026-05-25", "2026-05-25", "Memorial Day", "holiday"},
}}

// six has one vacation of six weekdays, Monday to the next Monday.
var six = Calendar{ID: "six", First: "2024-01-08", Last: "2024-06-07", Complete: true, Closures: []Closure{
	{"2024-02-12", "2024-02-19", "February recess", "vacation"},
}}

var nextYear = Calendar{ID: "next", First: "2026-08-17", Last: "2027-06-04", Complete: true}

// track is one track of a year-round school.
var track = Calendar{ID: "track", First: "2025-07-07", Last: "2026-06-26", Complete: true, Sessions: []Closure{
	{From: "2025-07-07", To: "2025-09-05"},
	{From: "2025-09-29", To: "2025-12-05"},
}, Closures: []Closure{{"2025-09-01", "2025-09-01", "Labor Day", "holiday"}}}

var holidays = []Holiday{
	{ID: "new_year", On: "01-01", Saturday: "friday maybe", Sunday: "monday", Business: "yes", Roll: "yes"},
	{ID: "king", On: "third monday of january", Business: "yes", Roll: "yes"},
	{ID: "memorial", On: "last monday of may", Business: "yes", Roll: "yes"},
	{ID: "juneteenth", On: "06-19", From: 2021, Saturday: "friday maybe", Sunday: "monday", Business: "yes", Roll: "yes"},
	{ID: "independence", On: "07-04", Saturday: "friday maybe", Sunday: "monday", Business: "yes", Roll: "yes"},
	{ID: "labor", On: "first monday of september", Business: "yes", Roll: "yes"},
	{ID: "columbus", On: "second monday of october", To: 2021, Business: "yes"},
	{ID: "veterans", On: "11-11", Saturday: "friday", Sunday: "monday", Business: "yes", Roll: "yes"},
	{ID: "thanksgiving", On: "fourth thursday of november", Business: "yes", Roll: "yes"},
	{ID: "after_thanksgiving", On: "day after thanksgiving", Business: "maybe", Roll: "yes"},
	{ID: "christmas", On: "12-25", Saturday: "friday maybe", Sunday: "monday", Business: "yes", Roll: "yes"},
}

// breaks is California's way of leaving days out.
var breaks = &Skip{BetweenTerms: true, BreaksOver: 5, Adjacent: "open", WeekendBefore: "open"}

// with gives breaks with one thing changed.
func with(change func(*Skip)) *Skip {
	s := *breaks
	change(&s)
	return &s
}

// TestCount checks counts made by hand on a printed calendar.
func TestCount(t *testing.T) {
	cal := func(cs ...Calendar) []Calendar { return cs }
	emergency := oakland
	emergency.Closures = []Closure{{"2025-10-06", "2025-10-17", "Smoke", "emergency"}}
	emergencyFriday := oakland
	emergencyFriday.Closures = []Closure{
		{"2026-04-03", "2026-04-03", "Smoke", "emergency"},
		{"2026-04-06", "2026-04-10", "Spring break", "vacation"},
	}
	halves := six
	halves.Closures = []Closure{
		{"2024-02-12", "2024-02-16", "February recess", "vacation"},
		{"2024-02-19", "2024-02-19", "February recess", "vacation"},
	}
	fridayFirst := six
	fridayFirst.Closures = append([]Closure{{"2024-02-09", "2024-02-09", "Lincoln Day", "holiday"}}, six.Closures...)
	// One vacation of six weekdays, with its holiday listed once more inside.
	listedTwice := oakland
	listedTwice.Closures = []Closure{
		{"2025-11-21", "2025-11-28", "Thanksgiving break", "vacation"},
		{"2025-11-27", "2025-11-27", "Thanksgiving Day", "holiday"},
	}
	// A winter break in pieces between two closures of another name.
	pieces := oakland
	pieces.Closures = []Closure{
		{"2025-12-22", "2025-12-24", "Winter break", "vacation"},
		{"2025-12-25", "2025-12-25", "Holiday", "holiday"},
		{"2025-12-26", "2025-12-31", "Winter break", "vacation"},
		{"2026-01-01", "2026-01-01", "Holiday", "holiday"},
		{"2026-01-02", "2026-01-02", "Winter break", "vacation"},
	}
	// Two closures by turns, of three and four weekdays: neither is over five.
	turns := oakland
	turns.Closures = []Closure{
		{"2026-02-13", "2026-02-13", "Holiday", "holiday"},
		{"2026-02-16", "2026-02-18", "Recess", "vacation"},
		{"2026-02-19", "2026-02-20", "Holiday", "holiday"},
		{"2026-02-23", "2026-02-23", "Recess", "vacation"},
	}
	// A storm in a vacation takes nothing from the vacation.
	storm := oakland
	storm.Closures = []Closure{
		{"2025-12-22", "2025-12-29", "Winter break", "vacation"},
		{"2025-12-23", "2025-12-23", "Storm", "emergency"},
	}
	partial := oakland
	partial.Complete = false

	for _, x := range []struct {
		name string
		q    Question
		want Answer
	}{
		// Sep 3 is day 1, Sep 17 day 15.
		{"calendar days", Question{Start: "2025-09-02", N: 15, Unit: "day"}, Answer{Due: "2025-09-17"}},
		{"no days", Question{Start: "2025-09-06", N: 0, Unit: "day", Back: true}, Answer{Due: "2025-09-06"}},
		// Sep 2, 3, 4: three days with the start among them.
		{"start is day 1", Question{Start: "2025-09-02", N: 3, Unit: "day", FirstSame: true}, Answer{Due: "2025-09-04"}},
		{"ten days back", Question{Start: "2025-10-20", N: 10, Unit: "day", Back: true}, Answer{Due: "2025-10-10"}},
		{"more than ten days back", Question{Start: "2025-10-20", N: 10, Unit: "day", Back: true, MoreThan: true}, Answer{Due: "2025-10-09"}},
		{"skip without a break", Question{Start: "2025-09-02", N: 15, Unit: "day", Skip: breaks, Calendars: cal(oakland)}, Answer{Due: "2025-09-17"}},

		// Sat Sep 20; Mon Sep 22 by the roll.
		{"roll", Question{Start: "2025-09-05", N: 15, Unit: "day", RollTo: "next_open_day", RollHolidays: holidays}, Answer{Due: "2025-09-20", Latest: "2025-09-22"}},
		{"settled roll", Question{Start: "2025-09-05", N: 15, Unit: "day", RollTo: "next_open_day", RollSettled: true, RollHolidays: holidays}, Answer{Due: "2025-09-22"}},
		// Sun Aug 31, Labor Day, Tue Sep 2.
		{"roll over a holiday", Question{Start: "2025-08-16", N: 15, Unit: "day", RollTo: "next_open_day", RollHolidays: holidays}, Answer{Due: "2025-08-31", Latest: "2025-09-02"}},
		// Mon Oct 13, 2025: on the list to 2021 and not on the roll list at all.
		{"no roll", Question{Start: "2025-09-28", N: 15, Unit: "day", RollTo: "next_open_day", RollHolidays: holidays}, Answer{Due: "2025-10-13"}},
		// Fri Jul 3, 2026 is perhaps the holiday kept for Saturday the 4th.
		{"roll over a maybe", Question{Start: "2026-07-01", N: 2, Unit: "day", RollTo: "next_open_day", RollHolidays: holidays}, Answer{Due: "2026-07-03", Latest: "2026-07-06"}},
		// Mon Jan 19, 2026 is King Day; Fri Jan 16 is open.
		{"roll back", Question{Start: "2026-01-20", N: 1, Unit: "day", Back: true, RollTo: "previous_open_day", RollHolidays: holidays}, Answer{Due: "2026-01-16", Latest: "2026-01-19"}},
		{"settled roll back", Question{Start: "2026-01-20", N: 1, Unit: "day", Back: true, RollTo: "previous_open_day", RollSettled: true, RollHolidays: holidays}, Answer{Due: "2026-01-16"}},

		// Dec 13-21 = 9, Jan 6-11 = 6. Later: Dec 13-19 = 7, Jan 6-13 = 8.
		// Strict: Dec 13-26 = 14, Sat Dec 27 = 15; Mon Dec 29 is the sixth schoolday.
		{"winter break", Question{Start: "2025-12-12", N: 15, Unit: "day", Skip: breaks, Calendars: cal(oakland)}, Answer{Due: "2026-01-11", Latest: "2026-01-13", Strict: "2025-12-27"}},
		{"weekend before always out", Question{Start: "2025-12-12", N: 15, Unit: "day", Skip: with(func(s *Skip) { s.WeekendBefore = "in" }), Calendars: cal(oakland)}, Answer{Due: "2026-01-13", Strict: "2025-12-27"}},
		{"weekend before never out", Question{Start: "2025-12-12", N: 15, Unit: "day", Skip: with(func(s *Skip) { s.WeekendBefore = "out" }), Calendars: cal(oakland)}, Answer{Due: "2026-01-11", Strict: "2025-12-27"}},
		// Jan 6 is day 1, Jan 20 day 15. Strict: Dec 25-28 = 4 (Dec 22-26 are
		// the five schooldays, with the weekend after them), Jan 6-16 = 11.
		{"in winter break", Question{Start: "2025-12-24", N: 15, Unit: "day", Skip: breaks, Calendars: cal(oakland)}, Answer{Due: "2026-01-20", Strict: "2026-01-16"}},
		// Nov 19-30 = 12, Dec 1-3 = 3: five schooldays are not more than five.
		{"thanksgiving", Question{Start: "2025-11-18", N: 15, Unit: "day", Skip: breaks, Calendars: cal(oakland)}, Answer{Due: "2025-12-03"}},
		{"thanksgiving, over four", Question{Start: "2025-11-18", N: 15, Unit: "day", Skip: with(func(s *Skip) { s.BreaksOver, s.WeekendBefore = 4, "out" }), Calendars: cal(oakland)},
			// Nov 19-23 = 5, Dec 1-10 = 10. Strict: Nov 19-27 = 9, Dec 1-6 = 6.
			Answer{Due: "2025-12-10", Strict: "2025-12-06"}},
		// Apart: Mar 28-31 = 4, Apr 1-11 = 11. Together: Mar 28-Apr 2 = 6, Apr 13-21 = 9.
		{"friday and spring break", Question{Start: "2026-03-27", N: 15, Unit: "day", Skip: breaks, Calendars: cal(oakland)}, Answer{Due: "2026-04-11", Latest: "2026-04-21"}},
		{"friday and spring break, in", Question{Start: "2026-03-27", N: 15, Unit: "day", Skip: with(func(s *Skip) { s.Adjacent = "in" }), Calendars: cal(oakland)},
			// Strict: Apr 3, 6, 7, 8, 9 pass; Mar 28-31 = 4, Apr 1-9 = 9 (13), Apr 13-14.
			Answer{Due: "2026-04-21", Strict: "2026-04-14"}},
		{"friday and spring break, out", Question{Start: "2026-03-27", N: 15, Unit: "day", Skip: with(func(s *Skip) { s.Adjacent = "out" }), Calendars: cal(oakland)}, Answer{Due: "2026-04-11"}},
		{"emergency and spring break", Question{Start: "2026-03-27", N: 15, Unit: "day", Skip: breaks, Calendars: cal(emergencyFriday)}, Answer{Due: "2026-04-11"}},
		// Feb 6-11 = 6, Feb 20-28 = 9. Later: Feb 6-9 = 4, Feb 20-29 = 10, Mar 1.
		// Strict: Feb 6-18 = 13, Feb 20-21 = 2.
		{"six days", Question{Start: "2024-02-05", N: 15, Unit: "day", Skip: breaks, Calendars: cal(six)}, Answer{Due: "2024-02-28", Latest: "2024-03-01", Strict: "2024-02-21"}},
		{"two halves of one vacation", Question{Start: "2024-02-05", N: 15, Unit: "day", Skip: breaks, Calendars: cal(halves)}, Answer{Due: "2024-02-28", Latest: "2024-03-01", Strict: "2024-02-21"}},
		// Due as before, Friday and weekend counted. Later, one vacation from
		// Friday: Feb 6-8 = 3, Feb 20-29 = 10, Mar 1-2 = 2.
		{"friday before a long vacation", Question{Start: "2024-02-05", N: 15, Unit: "day", Skip: breaks, Calendars: cal(fridayFirst)}, Answer{Due: "2024-02-28", Latest: "2024-03-02", Strict: "2024-02-21"}},
		// Nov 15-20 = 6, Dec 1-9 = 9. Strict: Nov 15-27 = 13 (Nov 21, 24-27 are
		// the five), Dec 1-2 = 2.
		{"a holiday listed inside a vacation", Question{Start: "2025-11-14", N: 15, Unit: "day", Skip: breaks, Calendars: cal(listedTwice)}, Answer{Due: "2025-12-09", Strict: "2025-12-02"}},
		// Dec 13-21 = 9, Jan 5-10 = 6. Later: Dec 13-19 = 7, Jan 5-12 = 8.
		{"a vacation in pieces", Question{Start: "2025-12-12", N: 15, Unit: "day", Skip: breaks, Calendars: cal(pieces)}, Answer{Due: "2026-01-10", Latest: "2026-01-12", Strict: "2025-12-27"}},
		// All counted: Feb 7-21 = 15. Together: Feb 7-12 = 6, Feb 24-28 = 5, Mar 1-4 = 4.
		{"two closures by turns", Question{Start: "2026-02-06", N: 15, Unit: "day", Skip: breaks, Calendars: cal(turns)}, Answer{Due: "2026-02-21", Latest: "2026-03-04"}},
		// Dec 13-21 = 9, Dec 30-Jan 4 = 6. Later: Dec 13-19 = 7, Dec 30-Jan 6 = 8.
		{"a storm in a vacation", Question{Start: "2025-12-12", N: 15, Unit: "day", Skip: breaks, Calendars: cal(storm)}, Answer{Due: "2026-01-04", Latest: "2026-01-06", Strict: "2025-12-27"}},
		{"emergency", Question{Start: "2025-10-01", N: 15, Unit: "day", Skip: breaks, Calendars: cal(emergency)}, Answer{Due: "2025-10-16"}},
		{"every closure out", Question{Start: "2025-11-18", N: 15, Unit: "day", Skip: &Skip{BreaksOver: -1, Closures: true, Adjacent: "out", WeekendBefore: "out"}, Calendars: cal(oakland)},
			// Nov 19-23 = 5, Nov 29-30 = 2, Dec 1-8 = 8.
			Answer{Due: "2025-12-08"}},

		// May 26-28 = 3, Aug 17-28 = 12.
		{"summer", Question{Start: "2026-05-25", N: 15, Unit: "day", Skip: breaks, Calendars: cal(oakland, nextYear), YearBegins: "07-01"}, Answer{Due: "2026-08-28"}},
		{"summer, no year known", Question{Start: "2026-05-25", N: 15, Unit: "day", Skip: breaks, Calendars: cal(nextYear, oakland)}, Answer{Due: "2026-08-28"}},
		{"summer not left out", Question{Start: "2026-05-25", N: 15, Unit: "day", Skip: with(func(s *Skip) { s.BetweenTerms = false }), Calendars: cal(oakland, nextYear)}, Answer{Due: "2026-06-09"}},
		{"summer without a next year", Question{Start: "2026-05-25", N: 15, Unit: "day", Skip: breaks, Calendars: cal(oakland), YearBegins: "07-01"}, Answer{Unknown: true}},
		// Aug 17 is day 1, Aug 31 day 15.
		{"july, next year only", Question{Start: "2026-07-08", N: 15, Unit: "day", Skip: breaks, Calendars: cal(nextYear), YearBegins: "07-01"}, Answer{Due: "2026-08-31"}},
		{"june, next year only", Question{Start: "2026-06-08", N: 15, Unit: "day", Skip: breaks, Calendars: cal(nextYear), YearBegins: "07-01"}, Answer{Unknown: true}},
		{"no calendar", Question{Start: "2025-10-06", N: 15, Unit: "day", Skip: breaks}, Answer{Unknown: true}},
		{"partial calendar", Question{Start: "2025-10-06", N: 15, Unit: "day", Skip: breaks, Calendars: cal(partial)}, Answer{Unknown: true}},
		// Aug 30-Sep 5 = 7, Sep 29-Oct 6 = 8.
		{"year-round", Question{Start: "2025-08-29", N: 15, Unit: "day", Skip: breaks, Calendars: cal(track)}, Answer{Due: "2025-10-06"}},

		// Nov 27 is Thanksgiving, Nov 28 perhaps a holiday: 28, Dec 1, 2, 3, 4.
		{"business days", Question{Start: "2025-11-26", N: 5, Unit: "business_day", BusinessHolidays: holidays}, Answer{Due: "2025-12-04", Latest: "2025-12-05"}},
		// Protective: 26, 25, 24, 21, 20. Later: 28, 26, 25, 24, 21.
		{"business days back", Question{Start: "2025-12-01", N: 5, Unit: "business_day", Back: true, BusinessHolidays: holidays}, Answer{Due: "2025-11-20", Latest: "2025-11-21"}},
		// 28, 27, 26, 25, 24.
		{"weekday holidays count", Question{Start: "2025-12-01", N: 5, Unit: "business_day", Back: true, WeekdayHolidays: true, BusinessHolidays: holidays}, Answer{Due: "2025-11-24"}},
		// Mon Jul 6, 7, 8, 9, 10, or the 3rd with them.
		{"saturday holiday", Question{Start: "2026-07-02", N: 5, Unit: "business_day", BusinessHolidays: holidays}, Answer{Due: "2026-07-09", Latest: "2026-07-10"}},
		// Sun Dec 25, 2022 is kept on Mon Dec 26; Dec 27 is the first.
		{"sunday holiday", Question{Start: "2022-12-23", N: 1, Unit: "business_day", BusinessHolidays: holidays}, Answer{Due: "2022-12-27"}},
		// Sat Jan 1, 2028 is perhaps kept on Fri Dec 31, 2027.
		{"new year kept in the old one", Question{Start: "2027-12-30", N: 1, Unit: "business_day", BusinessHolidays: holidays}, Answer{Due: "2027-12-31", Latest: "2028-01-03"}},

		// Nov 21, then Dec 1-5 = 6, Dec 8-11 = 10.
		{"school days, start day 1", Question{Start: "2025-11-21", N: 10, Unit: "school_day", FirstSame: true, Calendars: cal(oakland)}, Answer{Due: "2025-12-11"}},
		// A Saturday is no schoolday: Dec 1 is day 1.
		{"school days, start on a saturday", Question{Start: "2025-11-22", N: 10, Unit: "school_day", FirstSame: true, Calendars: cal(oakland)}, Answer{Due: "2025-12-12"}},
		{"school days", Question{Start: "2025-11-21", N: 10, Unit: "school_day", Calendars: cal(oakland)}, Answer{Due: "2025-12-12"}},
		// May 27-28 = 2, Aug 17-19 = 3.
		{"school days over summer", Question{Start: "2026-05-26", N: 5, Unit: "school_day", Calendars: cal(oakland, nextYear), YearBegins: "07-01"}, Answer{Due: "2026-08-19"}},
		{"school days past the calendar", Question{Start: "2026-05-26", N: 5, Unit: "school_day", Calendars: cal(oakland)}, Answer{Unknown: true}},

		{"month", Question{Start: "2025-01-31", N: 1, Unit: "month"}, Answer{Due: "2025-02-28"}},
		{"two months keep the number", Question{Start: "2025-01-31", N: 2, Unit: "month"}, Answer{Due: "2025-03-31"}},
		{"months back", Question{Start: "2025-05-31", N: 3, Unit: "month", Back: true}, Answer{Due: "2025-02-28"}},
		{"months back over the year", Question{Start: "2025-02-10", N: 9, Unit: "month", Back: true}, Answer{Due: "2024-05-10"}},
		{"year", Question{Start: "2024-02-29", N: 1, Unit: "year"}, Answer{Due: "2025-02-28"}},
		{"three years", Question{Start: "2021-12-31", N: 3, Unit: "year"}, Answer{Due: "2024-12-31"}},
		{"day of the year", Question{Start: "2026-03-01", OnMonth: 6, OnDay: 30}, Answer{Due: "2026-06-30"}},
		{"that very day", Question{Start: "2026-06-30", OnMonth: 6, OnDay: 30}, Answer{Due: "2026-06-30"}},
		{"day of the next year", Question{Start: "2026-07-01", OnMonth: 6, OnDay: 30}, Answer{Due: "2027-06-30"}},
	} {
		got, err := Count(x.q)
		if err != nil {
			t.Errorf("%s: %v", x.name, err)
			continue
		}
		if got != x.want {
			t.Errorf("%s: got %+v, want %+v", x.name, got, x.want)
		}
	}
}

// TestRefused checks that what makes no sense is an error, never a date.
func TestRefused(t *testing.T) {
	for _, q := range []Question{
		{Start: "2025-13-01", N: 1, Unit: "day"},
		{Start: "2025-01-01", N: 1, Unit: "fortnight"},
		{Start: "2025-01-01", N: -1, Unit: "day"},
		{Start: "2025-01-01", OnMonth: 2, OnDay: 30},
		{Start: "2025-01-01", N: 1, Unit: "day", Skip: &Skip{}},
		{Start: "2025-01-01", N: 1, Unit: "day", RollTo: "sideways"},
		{Start: "2025-01-01", N: 1, Unit: "day", YearBegins: "July"},
		{Start: "2025-01-01", N: 1, Unit: "business_day", BusinessHolidays: []Holiday{{ID: "x", On: "some day", Business: "yes"}}},
		{Start: "2025-01-01", N: 1, Unit: "business_day", BusinessHolidays: []Holiday{{ID: "x", On: "day after x", Business: "yes"}}},
		{Start: "2025-01-01", N: 1, Unit: "school_day", Calendars: []Calendar{{First: "x"}}},
	} {
		if a, err := Count(q); err == nil {
			t.Errorf("%+v gave %+v", q, a)
		}
	}
}

// TestHolidays checks single holidays against a printed calendar.
func TestHolidays(t *testing.T) {
	for on, want := range map[string]string{
		"2025-01-20": "yes",   // third Monday
		"2025-05-26": "yes",   // last Monday
		"2025-11-27": "yes",   // fourth Thursday
		"2025-11-28": "maybe", // the day after
		"2023-11-10": "yes",   // Veterans Day on a Saturday, settled
		"2020-06-19": "no",    // before the first year
		"2021-06-18": "maybe", // June 19, 2021 was a Saturday
		"2021-10-11": "yes",   // the last year on the list
		"2022-10-10": "no",
		"2026-07-03": "maybe",
		"2021-07-05": "yes",   // July 4 on a Sunday
		"2021-12-31": "maybe", // January 1, 2022 was a Saturday
	} {
		d, err := time.Parse(time.DateOnly, on)
		if err != nil {
			t.Fatal(err)
		}
		got, err := holidayOn(d, holidays, func(h Holiday) string { return h.Business })
		if err != nil || got != want {
			t.Errorf("%s: got %s, want %s (%v)", on, got, want, err)
		}
	}
}
