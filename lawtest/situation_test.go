package lawtest_test

import (
	"os"
	"testing"

	"stayput/fault"
	"stayput/law"
	"stayput/law/pack"
	"stayput/law/packs"
	"stayput/lawtest"
)

// Every worked situation of every pack holds, from both sides and from at least five
// jurisdictions.
func TestSituations(t *testing.T) {
	fsys := os.DirFS("../law/packs")
	ids, err := pack.Packs(fsys)
	if err != nil {
		t.Fatal(err)
	}
	var all []*law.Pack
	sources := map[string]*pack.Source{}
	for _, id := range ids {
		s, err := pack.Open(fsys, id)
		if err != nil {
			t.Fatal(err)
		}
		p, err := pack.Read(s)
		if err != nil {
			t.Fatal(err)
		}
		sources[id], all = s, append(all, p)
	}
	run := &lawtest.Runner{Book: law.NewBook(all...), Calendars: packs.Calendars()}
	n, from, family, school := 0, 0, 0, 0
	for _, id := range ids {
		xs, err := lawtest.Situations(sources[id])
		for _, e := range fault.All(err) {
			t.Error(e)
		}
		for i := range xs {
			_, ds, err := run.RunSituation(&xs[i])
			if err != nil {
				t.Errorf("%s: %s: %v", xs[i].At, xs[i].ID, err)
			}
			for _, d := range ds {
				t.Errorf("%s: %s: %s: want %q, got %q", d.At, xs[i].ID, d.Field, d.Want, d.Got)
			}
		}
		if len(xs) > 0 {
			from++
		}
		f, s := lawtest.Sides(xs)
		n, family, school = n+len(xs), family+f, school+s
	}
	if n < 60 || from < 5 || family < 20 || school < 15 {
		t.Errorf("%d situations from %d packs, %d of families and %d of schools", n, from, family, school)
	}
}
