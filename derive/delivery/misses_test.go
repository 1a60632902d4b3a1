package delivery_test

import (
	"testing"

	"pgregory.net/rapid"

	"stayput/derive/delivery"
)

// The misses of a service, each on its own day, come to the columns of its ledger.
func TestMissesComeToTheColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, s := range delivery.Make(drawInput(t)).Services {
			var x delivery.Tally
			for i := range s.Misses {
				m := &s.Misses[i]
				if i > 0 && m.On < s.Misses[i-1].On || m.Unexcused() != m.MadeUp+m.Short {
					t.Fatalf("%+v", s.Misses)
				}
				x.MadeUp += m.MadeUp
				x.Short += m.Short
				x.Reported += m.Reported
				x.Disputed += m.Disputed
				x.Pending += m.Pending
				x.Otherwise += m.Otherwise
				x.Excused += m.Excused
			}
			y := &s.Total.Tally
			if x.MadeUp != y.MadeUp || x.Short != y.Short || x.Reported != y.Reported || x.Disputed != y.Disputed || x.Pending != y.Pending || x.Otherwise != y.Otherwise || x.Excused != y.Excused {
				t.Fatalf("misses come to %+v, the ledger to %+v", x, *y)
			}
		}
	})
}
