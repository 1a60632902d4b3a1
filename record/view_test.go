package record_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/fact"
	"stayput/record"
)

// look is everything a view tells.
func look(v *record.View, ids []string) string {
	out := ""
	for i, e := range v.Entries {
		p := int32(i)
		out += fmt.Sprintln(e.ID, e.Kind, e.On.Earliest, v.Re(p), v.Root(p), v.Moved(p))
	}
	for _, in := range fact.Kinds() {
		if at := v.ByKind(in.Kind); len(at) > 0 {
			out += fmt.Sprintln(in.Kind, at)
		}
	}
	for _, id := range ids {
		i, ok := v.Find(id)
		out += fmt.Sprintln(id, i, ok)
		if (v.Get(id) != nil) != ok {
			out += "Get and Find disagree"
		}
	}
	for _, e := range v.Gone {
		out += "gone " + e.ID + "\n"
	}
	return out
}

// A view to which entries are added afterwards is the view of all of them.
func TestWithIsNewView(t *testing.T) {
	kinds := []fact.Kind{fact.MustLookup("contact"), fact.MustLookup("iep_meeting_scheduled"), fact.MustLookup("due_process_filed"), fact.MustLookup("evaluation_requested")}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 12).Draw(t, "entries")
		ids := make([]string, n+4)
		for i := range ids {
			ids[i] = fmt.Sprintf("e%02d", i)
		}
		entry := func(i int) fact.Entry {
			e := fact.Entry{ID: ids[i], Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), On: day.On(day.Must(2026, 1, rapid.IntRange(1, 6).Draw(t, "day")))}
			if rapid.Bool().Draw(t, "answers") {
				e.Re = rapid.SampledFrom(ids).Draw(t, "re")
			}
			return e
		}
		var base, derived []fact.Entry
		taken := map[string]bool{}
		for i := range n {
			e := entry(i)
			if i > 0 && rapid.IntRange(0, 4).Draw(t, "corrects") == 0 {
				if old := ids[rapid.IntRange(0, i-1).Draw(t, "corrected")]; !taken[old] {
					e.Supersedes, taken[old] = old, true
				}
			}
			base = append(base, e)
		}
		for i := n; i < len(ids); i++ {
			e := entry(i)
			e.Derived = true
			derived = append(derived, e)
		}
		want := look(record.NewView(base, 0, derived...), ids)
		cut := rapid.IntRange(0, len(derived)).Draw(t, "cut")
		first := record.NewView(base, 0)
		before := look(first, ids)
		if got := look(first.With(slices.Clone(derived[:cut])...).With(derived[cut:]...), ids); got != want {
			t.Fatalf("added in two steps:\n%s\nat once:\n%s", got, want)
		}
		if look(first, ids) != before {
			t.Fatal("adding to a view changed it")
		}
	})
}
