package papers

import (
	"testing"

	"stayput/day"
	"stayput/law/packs"
	"stayput/locale"
	"stayput/paper"
	"stayput/present/letter"
)

// Maya's IEP meeting was held on January 21, 2026, and its law can be read in two ways. A
// complaint names one last day and counts from that day: so many days later it was held.
func TestDueAndDaysAgree(t *testing.T) {
	f, err := Open("../..", "examples/family/maya.yaml", asOf)
	if err != nil {
		t.Fatal(err)
	}
	p, err := paper.Get("state-complaint")
	if err != nil {
		t.Fatal(err)
	}
	cat, _ := locale.For("en")
	held := on("2026-01-21")
	words := packs.Texts("en")
	n := 0
	for _, row := range Facts(f, p, letter.For(f.Brief, cat, paper.Plain, words), words).Lists["claims"] {
		v := row.Values
		if !v["due"].Any() || !v["days"].Any() {
			continue
		}
		n++
		if end := v["due"].Date + day.Date(v["days"].Number); end != held || v["from"].Date != v["due"].Date+1 {
			t.Errorf("due %v, %d days late, from %v: held on %v, want %v", v["due"].Date, v["days"].Number, v["from"].Date, end, held)
		}
	}
	if n != 1 {
		t.Errorf("%d late duties, want 1", n)
	}
}
