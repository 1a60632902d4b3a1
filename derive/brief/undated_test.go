package brief

import (
	"testing"

	"stayput/day"
	"stayput/fact"
	"stayput/record"
)

func TestUndatedIEP(t *testing.T) {
	entry := func(id, kind, on string) fact.Entry {
		d, err := day.Parse(on)
		if err != nil {
			t.Fatal(err)
		}
		return fact.Entry{ID: id, Kind: fact.MustLookup(kind), On: day.On(d)}
	}
	signed := entry("signed", "iep_consent_received", "2025-02-10")
	offered := entry("offered", "iep_offered", "2025-02-01")
	written := entry("written", "iep_developed", "2024-02-12")
	for _, c := range []struct {
		name    string
		entries []fact.Entry
		want    string
	}{
		{"nothing", nil, ""},
		{"a signature alone", []fact.Entry{signed}, "signed"},
		{"the later of two signs", []fact.Entry{signed, offered}, "signed"},
		{"an IEP with its day", []fact.Entry{signed, written}, ""},
	} {
		got := ""
		if e := undatedIEP(record.NewView(c.entries, 0)); e != nil {
			got = e.ID
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
