package rejection_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/rejection"
	"stayput/fact"
	"stayput/record"
)

// Whatever a record holds, in whatever order it arrives: the paths are the same, the
// first step that is not done is the only one to do now, and nothing private stands in
// a chronology.
func TestAnyRecord(t *testing.T) {
	all := fact.Kinds()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "n")
		var es []fact.Entry
		for i := range n {
			in := all[rapid.IntRange(0, len(all)-1).Draw(t, "kind")]
			if rapid.Bool().Draw(t, "often") {
				name := rapid.SampledFrom([]string{"iep_offered", "iep_rejected", "iep_consent_partial", "contact", "rejection_acknowledged", "listening_meeting_held", "impression_noted", "iep_meeting_held", "iep_amendment_refused", "iep_consent_received"}).Draw(t, "name")
				k, _ := fact.Lookup(name)
				in = k.Info()
			}
			x := fact.Entry{ID: fmt.Sprint("e", i), Kind: in.Kind, On: day.On(day.Must(2026, 1, 1).Add(rapid.IntRange(0, 60).Draw(t, "day")))}
			if rapid.Bool().Draw(t, "re") {
				x.Re = fmt.Sprint("e", rapid.IntRange(0, n).Draw(t, "to"))
			}
			x.Wall = rapid.SampledFrom([]fact.Wall{fact.Open, fact.Open, fact.Mediation, fact.Author}).Draw(t, "wall")
			x.By = rapid.SampledFrom([]string{"", "parent", "lea"}).Draw(t, "by")
			x.Fields.Plan = rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "plan")
			es = append(es, x)
		}
		asOf := day.Must(2026, 2, 10)
		in := rejection.Input{View: record.NewView(es, 0), AsOf: asOf}
		got := rejection.Derive(in)
		turned := slices.Clone(es)
		slices.Reverse(turned)
		again := rejection.Derive(rejection.Input{View: record.NewView(turned, 0), AsOf: asOf})
		if len(got.Paths) != len(again.Paths) {
			t.Fatalf("%d paths, and %d in another order", len(got.Paths), len(again.Paths))
		}
		for i := range got.Paths {
			p := &got.Paths[i]
			if p.ID != again.Paths[i].ID || !reflect.DeepEqual(states(p), states(&again.Paths[i])) {
				t.Fatalf("%s %s, and %s %s in another order", p.ID, states(p), again.Paths[i].ID, states(&again.Paths[i]))
			}
			now := 0
			for _, s := range p.Steps {
				if s.State == rejection.Now {
					now++
				}
			}
			if now > 1 || now == 1 && !p.Open() {
				t.Fatalf("%d steps to do now", now)
			}
			for _, l := range rejection.Chronology(in, p) {
				if l.Entry != nil && (l.Entry.Kind.Info().Inward || l.Entry.Wall != fact.Open || l.Entry.On.Earliest > asOf) {
					t.Fatalf("in a chronology: %+v", l.Entry)
				}
			}
		}
	})
}
