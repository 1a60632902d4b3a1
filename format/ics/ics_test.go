package ics

import (
	"fmt"
	"testing"
	"time"

	"stayput/day"
)

// The days on which events fall, for the rules that calendars use.
func TestOccurrences(t *testing.T) {
	window := day.Span{First: day.Must(2025, time.July, 1), Last: day.Must(2026, time.June, 30)}
	for _, c := range []struct{ event, want string }{
		{"DTSTART;VALUE=DATE:20250901", "[2025-09-01]"},
		{"DTSTART;VALUE=DATE:20250901\nDTEND;VALUE=DATE:20250901", "[2025-09-01]"},
		{"DTSTART;VALUE=DATE:20250901\nDTEND;VALUE=DATE:20250903", "[2025-09-01..2025-09-02]"},
		{"DTSTART;VALUE=DATE:20250901\nDURATION:P1W", "[2025-09-01..2025-09-07]"},
		{"DTSTART:20250901T220000\nDURATION:PT3H", "[2025-09-01..2025-09-02]"},
		{"DTSTART;VALUE=DATE:20100704\nRRULE:FREQ=YEARLY", "[2025-07-04]"},
		{"DTSTART;VALUE=DATE:20101125\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "[2025-11-27]"},
		{"DTSTART;VALUE=DATE:20100531\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", "[2026-05-25]"},
		{"DTSTART;VALUE=DATE:20240902\nRRULE:FREQ=YEARLY;COUNT=1", "[]"},
		{"DTSTART;VALUE=DATE:20250905\nRRULE:FREQ=WEEKLY;COUNT=3", "[2025-09-05 2025-09-12 2025-09-19]"},
		{"DTSTART;VALUE=DATE:20250905\nRRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3", "[2025-09-05 2025-09-19 2025-10-03]"},
		{"DTSTART;VALUE=DATE:20250901\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20250908", "[2025-09-01 2025-09-03 2025-09-08]"},
		{"DTSTART;VALUE=DATE:20250901\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE;VALUE=DATE:20250902,20250903", "[2025-09-01 2025-09-04]"},
		{"DTSTART;VALUE=DATE:20250901\nRDATE;VALUE=DATE:20250910", "[2025-09-01 2025-09-10]"},
		{"DTSTART;VALUE=DATE:20260131\nRRULE:FREQ=MONTHLY;COUNT=3", "[2026-01-31 2026-03-31 2026-05-31]"},
		{"DTSTART:20250905T133000\nRRULE:FREQ=WEEKLY;UNTIL=20250912T065959Z", "[2025-09-05]"},
	} {
		cal, err := Read("x.ics", []byte("BEGIN:VCALENDAR\nBEGIN:VEVENT\n"+c.event+"\nEND:VEVENT\nEND:VCALENDAR\n"))
		if err != nil {
			t.Errorf("%s: %v", c.event, err)
			continue
		}
		work := 100000
		spans, cut := cal.Events[0].Occurrences(window, &work)
		got := []string{}
		for _, s := range spans {
			g := s.First.String()
			if s.Last != s.First {
				g += ".." + s.Last.String()
			}
			got = append(got, g)
		}
		if fmt.Sprint(got) != c.want || cut {
			t.Errorf("%s falls on %v, want %s", c.event, got, c.want)
		}
	}
}

// However a rule is written, no more than so many days are looked at.
func TestWorkIsBounded(t *testing.T) {
	cal, err := Read("x.ics", []byte("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:19750101\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:19750101\nRRULE:FREQ=DAILY;COUNT=100000\nEND:VEVENT\nEND:VCALENDAR\n"))
	if err != nil {
		t.Fatal(err)
	}
	work := 10000
	if _, cut := cal.Events[0].Occurrences(dates, &work); !cut || work > 0 {
		t.Errorf("cut is %v, %d left", cut, work)
	}
	work = 100000
	if spans, cut := cal.Events[1].Occurrences(dates, &work); !cut || len(spans) != Most {
		t.Errorf("cut is %v after %d", cut, len(spans))
	}
}
