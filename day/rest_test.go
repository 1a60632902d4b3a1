package day

import "testing"

// By hand, with 163 school days from July 1 and no calendar. Weekdays from July
// 1 to November 12, 2025: 23 + 21 + 22 + 23 + 8 = 97, so 66 are ahead: 12 of
// November, 23, 22, and 9 of February, to the 12th, which is 92 days on. By
// March 20, 2026 it is 188 weekdays: nothing need be ahead.
func TestRest(t *testing.T) {
	rule := YearRule{Month: 7, Day: 1, DaysAtLeast: 163}
	for _, c := range []struct {
		on           Date
		rule         YearRule
		days, school int
	}{
		{Must(2025, 11, 12), rule, 92, 66},
		{Must(2026, 3, 20), rule, 0, 0},
		{Must(2025, 11, 12), YearRule{Month: 7, Day: 1}, 0, 0},
	} {
		s, err := NewSchool(nil, View{}, c.rule, Span{})
		if err != nil {
			t.Fatal(err)
		}
		if d, n := s.Rest(c.on); d != c.days || n != c.school {
			t.Errorf("after %s: %d days, %d school days; want %d and %d", c.on, d, n, c.days, c.school)
		}
	}
}
