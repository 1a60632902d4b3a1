package calendar

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
	if got, want := slices.Sorted(maps.Keys(s.Properties)), slices.Sorted(slices.Values(slices.Concat(keys, olderKeys))); !slices.Equal(got, want) {
		t.Errorf("the schema has %v, the reader %v", got, want)
	}
	if got, want := slices.Sorted(maps.Keys(s.Defs["closure"].Properties)), slices.Sorted(slices.Values(closureKeys)); !slices.Equal(got, want) {
		t.Errorf("a closure has %v in the schema, %v for the reader", got, want)
	}
}
