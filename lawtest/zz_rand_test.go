package lawtest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"stayput/day"
	"stayput/fact"
	"stayput/intake/casefile"
)

func TestZZRand(t *testing.T) {
	overlap := os.Getenv("OVERLAP") != ""
	_, _, book := theirPacks(t)
	rng := rand.New(rand.NewPCG(1, 7))
	names := []string{"Break", "Holiday", "Staff"}
	kinds := []string{"vacation", "holiday", "staff_day", "emergency", "other"}
	bad := 0
	n := 0
	for it := 0; it < 1500 && bad < 12; it++ {
		var sb strings.Builder
		first := day.Must(2025, 8, 1).Add(rng.IntN(25))
		last := first.Add(280 + rng.IntN(25))
		fmt.Fprintf(&sb, "calendar: c\ndistrict: D\nstate: us-ca\nschool_year: 2025-26\ncomplete: yes\ninvented: yes\nfirst_day: %v\nlast_day: %v\nsource: x\n", first, last)
		if rng.IntN(4) == 0 {
			a := first.Add(60 + rng.IntN(40))
			b := a.Add(2 + rng.IntN(20))
			fmt.Fprintf(&sb, "sessions:\n  - {from: %v, to: %v}\n  - {from: %v, to: %v}\n", first, a, b, last)
		}
		sb.WriteString("closures:\n")
		d := first.Add(3 + rng.IntN(10))
		for d < last-20 {
			l := rng.IntN(4)
			if rng.IntN(3) == 0 {
				l = rng.IntN(15)
			}
			fmt.Fprintf(&sb, "  - {from: %v, to: %v, name: %s, kind: %s}\n", d, d.Add(l), names[rng.IntN(3)], kinds[min(rng.IntN(7), 4)])
			if overlap && l > 2 && rng.IntN(2) == 0 {
				fmt.Fprintf(&sb, "  - {on: %v, name: %s, kind: holiday}\n", d.Add(1+rng.IntN(l-1)), "Inner")
			}
			d = d.Add(l + 1)
			if rng.IntN(2) == 0 {
				d = d.Add(rng.IntN(25))
			} else {
				d = d.Add(rng.IntN(4))
			}
		}
		r := &Runner{Book: book, Calendars: fstest.MapFS{"c.yaml": {Data: []byte(sb.String())}}}
		for k := 0; k < 12; k++ {
			on := first.Add(rng.IntN(270))
			kind := fact.MustLookup([]string{"evaluation_requested", "evaluation_consent_received", "iep_meeting_requested", "removal_started"}[k%4])
			rule := []string{"us-ca.evaluation.plan", "us-ca.evaluation.meeting", "us-ca.iep.parent_request", "us.discipline.short_removal"}[k%4]
			x := &Example{ID: "r", Calendars: []string{"c"}, File: &casefile.File{Case: fact.Case{Jurisdiction: []fact.Dated{{Is: "us-ca"}}},
				Entries: []fact.Entry{{ID: "e", Kind: kind, On: day.On(on), Fields: fact.Fields{Written: fact.Yes}}}}}
			x.Expect = []Expect{{Rule: rule, Fields: []Field{{Name: "due"}}}}
			b, err := r.Brief(x)
			if err != nil {
				t.Fatal(err, sb.String())
			}
			ds, err := r.recount(x, b)
			if err != nil {
				t.Fatal(err)
			}
			n++
			for _, df := range ds {
				bad++
				fmt.Println(rule, on, "engine:", df.Got, "recount:", df.Want)
				for _, ln := range strings.Split(sb.String(), "\n") {
					if i := strings.Index(ln, "from: "); i > 0 {
						if c, err := day.Parse(ln[i+6 : i+16]); err == nil && c > on-20 && c < on+90 {
							fmt.Println("    ", ln)
						}
					} else if i := strings.Index(ln, "on: "); i > 0 {
						if c, err := day.Parse(ln[i+4 : i+14]); err == nil && c > on-20 && c < on+90 {
							fmt.Println("    ", ln)
						}
					}
				}
			}
		}
		if it == 0 {
			fmt.Println(r.Recounted())
			fmt.Println(r.NotRecounted())
		}
	}
	fmt.Println(n, "tried", bad, "bad")
}
