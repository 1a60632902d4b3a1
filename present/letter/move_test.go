package letter_test

import (
	"strings"
	"testing"

	"stayput/derive/brief/brieftest"
	"stayput/derive/draft"
	"stayput/fact"
	"stayput/law/packs"
	"stayput/paper"
	"stayput/present/letter"
)

// A letter speaks of the law of the day it is written on: after a move from California to
// Texas no letter counts California's five business days, before it none but that; and
// what California alone has is filed nowhere in Texas.
func TestLawOfTheDay(t *testing.T) {
	p, err := paper.Get("request-records")
	if err != nil {
		t.Fatal(err)
	}
	cde, err := paper.Get("state-complaint")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ asOf, has, lacks, state string }{
		{"2026-01-11", "five business days", "45 days", "us-ca"},
		{"2026-01-12", "45 days", "five business days", "us-tx"},
		{"2026-03-01", "45 days", "five business days", "us-tx"},
	} {
		c := fact.Case{Jurisdiction: []fact.Dated{{From: on("2022-08-08"), Is: "us-ca"}, {From: on("2026-01-12"), Is: "us-tx"}}}
		b := brieftest.Make(t, x.asOf, c)
		o := letter.For(b, cat(t, "en"), paper.Plain, packs.Texts("en"))
		if len(o.States) != 2 || o.States[0] != x.state {
			t.Errorf("%s: %v", x.asOf, o.States)
		}
		in := draft.From(b, draft.Sources{})
		in.Paper = p
		s := text(letter.Compose(p, draft.Gather(in), o))
		if !strings.Contains(s, x.has) || strings.Contains(s, x.lacks) {
			t.Errorf("%s: the letter does not say %q, or says %q:\n%s", x.asOf, x.has, x.lacks, s)
		}
		if got := letter.Filed(cde, o, packs.Texts("en")); strings.Contains(got.Name+got.How, "California") != (x.state == "us-ca") {
			t.Errorf("%s: filed at %+v", x.asOf, got)
		}
	}
}
