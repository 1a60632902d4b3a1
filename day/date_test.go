package day

import (
	"testing"
	"time"
)

// Every date there is agrees with the standard library's calendar.
func TestDateAgreesWithTime(t *testing.T) {
	ref := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := Min; d <= Max; d++ {
		y, m, dd := d.Civil()
		ry, rm, rd := ref.Date()
		if y != ry || m != rm || dd != rd || d.Weekday() != ref.Weekday() {
			t.Fatalf("day %d is %04d-%02d-%02d %v, want %v", d, y, m, dd, d.Weekday(), ref)
		}
		if back := from(y, m, dd); back != d {
			t.Fatalf("%v comes back as %v", d, back)
		}
		ref = ref.AddDate(0, 0, 1)
	}
}
