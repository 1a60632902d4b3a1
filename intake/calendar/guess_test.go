package calendar

import (
	"fmt"
	"strings"
	"testing"

	"stayput/day"
)

// A name read once in a file gives every closure of that name what reading it
// anew would give.
func TestGuessesAreThoseOfEachClosure(t *testing.T) {
	m := guesses{}
	for range 2 {
		for _, name := range []string{"Winter holidays", "Veterans Day", "Pupil-free day", "Fall break", "Smoke day", "Founders", "", "Día festivo"} {
			for n := 1; n <= 9; n++ {
				for first := d("2025-09-01"); first < d("2025-09-08"); first++ {
					s := day.Span{First: first, Last: first.Add(n - 1)}
					want, _ := guessKind(name, s)
					if got := m.name(name).over(s); got != want {
						t.Errorf("%q from %s, %d days: %s, want %s", name, first, n, got, want)
					}
				}
			}
		}
	}
	// Monday to Wednesday is three weekdays; Saturday to Tuesday is two.
	for last, want := range map[string]day.ClosureKind{"2025-09-03": day.Vacation, "2025-09-02": day.HolidayClosure} {
		if got := m.name("Winter holidays").over(day.Span{First: d("2025-09-01"), Last: d(last)}); got != want {
			t.Errorf("to %s: %s, want %s", last, got, want)
		}
	}
}

func BenchmarkEndlessDays(b *testing.B) {
	var events []string
	for i := range 300 {
		events = append(events, allDay("20250901", fmt.Sprintf("No school %d", i), "RRULE:FREQ=DAILY"))
	}
	data := []byte(vcalendar(strings.Join(events, "")))
	for b.Loop() {
		Read("x.ics", data)
	}
}
