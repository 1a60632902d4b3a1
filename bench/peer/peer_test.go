package peer

import (
	"fmt"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/us"

	"stayput/day"
	"stayput/law"
	"stayput/law/packs"
)

func federal(tb testing.TB) *law.Law {
	tb.Helper()
	b, err := packs.Book()
	if err != nil {
		tb.Fatal(err)
	}
	l, _, err := b.For("us")
	if err != nil {
		tb.Fatal(err)
	}
	return l
}

func peerCalendar() *cal.BusinessCalendar {
	c := cal.NewBusinessCalendar()
	c.AddHoliday(us.NewYear, us.MlkDay, us.PresidentsDay, us.MemorialDay, us.Juneteenth, us.IndependenceDay, us.LaborDay,
		us.ColumbusDay, us.VeteransDay, us.ThanksgivingDay, us.ChristmasDay)
	return c
}

// Every federal holiday and business day from 1990 to 2060 agrees with the
// library, where a Saturday holiday's Friday is taken as one.
func TestFederalHolidaysAgree(t *testing.T) {
	ours, theirs := federal(t).BusinessOpen, peerCalendar()
	first, last := time.Date(1990, 1, 1, 12, 0, 0, 0, time.UTC), time.Date(2060, 12, 30, 12, 0, 0, 0, time.UTC)
	differ := 0
	for d := first; !d.After(last); d = d.AddDate(0, 0, 1) {
		y, m, dd := d.Date()
		if a, b := ours.Counts(day.Must(y, m, dd)), theirs.IsWorkday(d); a != b {
			// Law of 2021-06-17: the library has Juneteenth from 2021 too.
			differ++
			t.Errorf("%s: ours %v, theirs %v", d.Format(time.DateOnly), a, b)
			if differ > 10 {
				t.Fatal("and more")
			}
		}
	}
}

func BenchmarkSixtyBusinessDays(b *testing.B) {
	ours, theirs := federal(b).Business, peerCalendar()
	start, from := time.Date(2025, 9, 2, 12, 0, 0, 0, time.UTC), day.Must(2025, 9, 2)
	var mine, peer time.Duration
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			if d, ok := ours.After(from, 60); !ok || d != day.Must(2025, 11, 28) {
				b.Fatal(d)
			}
		}
		mine = b.Elapsed() / time.Duration(b.N)
	})
	b.Run("rickar-cal", func(b *testing.B) {
		for b.Loop() {
			theirs.WorkdaysFrom(start, 60)
		}
		peer = b.Elapsed() / time.Duration(b.N)
	})
	if mine > 0 && peer > 0 {
		fmt.Printf("ratio: rickar/cal takes %.0f times as long for 60 business days\n", float64(peer)/float64(mine))
	}
}
