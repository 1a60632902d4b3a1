package lawtest

import (
	"fmt"
	"io/fs"
	"testing"
)

func TestZZAll(t *testing.T) {
	files, sources, book := theirPacks(t)
	calendars, _ := fs.Sub(files, "calendars")
	r := &Runner{Book: book, Calendars: calendars}
	n, bad := 0, 0
	for _, id := range []string{"us", "us-ca"} {
		xs, err := Examples(sources[id])
		if err != nil {
			t.Fatal(err)
		}
		for i := range xs {
			n++
			diffs, err := r.Run(&xs[i])
			if err != nil {
				t.Errorf("%s: %v", xs[i].ID, err)
			}
			for _, d := range diffs {
				bad++
				fmt.Printf("%s %s %s@%s %s: want %q got %q recount %q\n   count: %s\n", d.At, d.Example.ID, d.Rule, d.Entry, d.Field, d.Want, d.Got, d.Recount, d.Example.Count)
			}
		}
	}
	fmt.Println(n, "examples", bad, "differences")
}
