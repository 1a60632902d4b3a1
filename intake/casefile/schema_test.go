package casefile

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
)

// The schema knows the keys that the reader knows, and no others.
func TestSchemaKeys(t *testing.T) {
	data, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	type object struct {
		Properties map[string]json.RawMessage
	}
	var s struct {
		object
		Defs map[string]object `json:"$defs"`
	}
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	var child object
	if err := json.Unmarshal(s.Defs["case"].Properties["child"], &child); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		have map[string]json.RawMessage
		want []string
	}{
		"file":     {s.Properties, topKeys},
		"case":     {s.Defs["case"].Properties, caseKeys},
		"child":    {child.Properties, childKeys},
		"entry":    {s.Defs["entry"].Properties, entryKeys},
		"distance": {s.Defs["distance"].Properties, afterKeys},
		"plan":     {s.Defs["plan"].Properties, planKeys},
	} {
		got, want := slices.Sorted(maps.Keys(c.have)), slices.Sorted(slices.Values(c.want))
		if !slices.Equal(got, want) {
			t.Errorf("%s: the schema has %v, the reader %v", what, got, want)
		}
	}
}
