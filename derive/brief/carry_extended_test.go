package brief_test

import (
	"strings"
	"testing"

	"stayput/derive/delivery"
)

// A summer of speech, 3 times 30 minutes a week from Monday, June 8 to Friday, July 10
// 2026. Counted by hand: its calendar meets from Monday, June 15 to Thursday, July 9
// without June 19 and July 3, so the week of June 8 has none of its days and four weeks
// of 90 minutes are left.
const summer = `stayput: 1
case:
  jurisdiction: us-ca
  calendars: [regular.yaml CALENDARS]
record:
  - {id: yes, on: 2025-08-15, kind: iep_consent_received, by: parent, plan: iep}
plans:
  - id: iep
    kind: iep
    offered: 2025-08-14
    effective_start: 2025-08-18
    effective_end: 2026-08-17
    services:
      - {id: slp, name: Speech, minutes: 30, times: 2, per: week}
      - {id: slp-esy, name: Speech in summer, minutes: 30, times: 3, per: week, esy: yes, from: 2026-06-08, to: 2026-07-10}
`

const regularYear = `calendar: regular
school_year: 2025-26
complete: yes
first_day: 2025-08-18
last_day: 2026-05-29
`

const summerYear = `calendar: summer
extended: yes
complete: yes
first_day: 2026-06-15
last_day: 2026-07-09
closures:
  - {on: 2026-06-19, name: Juneteenth, kind: holiday}
  - {on: 2026-07-03, name: Independence Day observed, kind: holiday}
`

func TestExtendedYearRunsOnItsOwnCalendar(t *testing.T) {
	total := func(calendars string, more map[string]string) delivery.Tally {
		f := folder{"case.yaml": strings.Replace(summer, " CALENDARS", calendars, 1), "regular.yaml": regularYear}
		for name, text := range more {
			f[name] = text
		}
		for _, s := range f.brief(t, "2026-07-31").Delivery.Services {
			if s.Key == "slp-esy" {
				return s.Total.Tally
			}
		}
		t.Fatal("no ledger of the summer")
		return delivery.Tally{}
	}
	if x := total("", nil); x.Promised != delivery.Of(5*90) || x.Assumed != delivery.Of(5*90) {
		t.Errorf("without its calendar: %s promised, %s assumed", x.Promised, x.Assumed)
	}
	if x := total(", summer.yaml", map[string]string{"summer.yaml": summerYear}); x.Promised != delivery.Of(4*90) || x.Assumed != 0 {
		t.Errorf("with its calendar: %s promised, %s assumed", x.Promised, x.Assumed)
	}
	// The calendar of another summer says nothing of this one.
	other := strings.NewReplacer("2026-", "2025-").Replace(summerYear)
	if x := total(", summer.yaml", map[string]string{"summer.yaml": other}); x.Promised != delivery.Of(5*90) || x.Assumed != delivery.Of(5*90) {
		t.Errorf("with last summer's calendar: %s promised, %s assumed", x.Promised, x.Assumed)
	}
}

// A dated calendar of the regular year does not end the summer's, nor the other way
// round; and no date of the law is counted by the summer's days.
func TestExtendedCalendarStandsBesideTheRegularOne(t *testing.T) {
	f := folder{"case.yaml": strings.Replace(summer, "[regular.yaml CALENDARS]", "[{from: 2025-07-01, is: regular.yaml}, summer.yaml]", 1), "regular.yaml": regularYear, "summer.yaml": summerYear}
	c, err := f.opened(t)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Years) != 1 || c.Years[0].Extended || len(c.Extended) != 1 || !c.Extended[0].Extended || c.Extended[0].Last.String() != "2026-07-09" {
		t.Fatalf("regular %v, extended %v", c.Years, c.Extended)
	}
	in := inputOf(t, c, "2026-07-31")
	if d := date(t, "2026-06-16"); in.School.IsSchoolDay(d) == in.Extended.IsSchoolDay(d) {
		t.Error("a day of the summer is a day of the regular year")
	}
}
