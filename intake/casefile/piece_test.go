package casefile

import (
	"os"
	"path/filepath"
	"testing"
)

// A case taken apart and put together again says what it said.
func TestPieces(t *testing.T) {
	paths, _ := filepath.Glob("../../examples/*.yaml")
	more, _ := filepath.Glob("../../examples/*/*.yaml")
	seen := 0
	for _, p := range append(paths, more...) {
		data, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		want, err := Read(p, data)
		if err != nil {
			continue // a calendar
		}
		seen++
		head, err := want.CaseJSON()
		if err != nil {
			t.Fatal(err)
		}
		got, err := ReadCase("case", head)
		if err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		plans, err := want.PlansJSON()
		if err != nil {
			t.Fatal(err)
		}
		var delivery, progress []byte
		if want.Delivery != nil {
			delivery, _ = NodeJSON(want.Delivery)
		}
		if want.Progress != nil {
			progress, _ = NodeJSON(want.Progress)
		}
		if err := got.ReadParts(plans, delivery, progress); err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		for i := range want.Entries {
			one, err := EntryJSON(&want.Entries[i])
			if err != nil {
				t.Fatal(err)
			}
			e, err := ReadEntry("entry", one)
			if err != nil {
				t.Fatalf("%s: %s: %v", p, one, err)
			}
			got.Entries = append(got.Entries, e)
		}
		Settle(got.Entries)
		if !got.Equal(want) {
			t.Errorf("%s: %v", p, difference(want, got))
		}
	}
	if seen < 10 {
		t.Errorf("only %d cases were found", seen)
	}
}
