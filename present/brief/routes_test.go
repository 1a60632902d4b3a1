package brief

import (
	"slices"
	"testing"

	"stayput/day"
	derived "stayput/derive/brief"
	"stayput/fact"
	"stayput/law/packs"
	"stayput/locale"
)

// The routes of a brief are those for what the record itself points to, in the
// reader's language, each with its law; without a concern there are none.
func TestRoutes(t *testing.T) {
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	on := func(s string) day.Date {
		d, err := day.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	make := func(side fact.Side, entries ...fact.Entry) *derived.Brief {
		k := &fact.Case{Jurisdiction: []fact.Dated{{Is: "us-ca"}}, Child: fact.Child{Born: on("2015-04-02")}, Side: side}
		laws, err := derived.Laws(k, book)
		if err != nil {
			t.Fatal(err)
		}
		school, err := day.NewSchool(nil, day.View{}, derived.YearRule(laws), day.Span{First: on("2025-01-01"), Last: on("2026-12-31")})
		if err != nil {
			t.Fatal(err)
		}
		b, err := derived.Make(derived.Input{Case: k, Entries: entries, Book: book, School: school, AsOf: on("2025-12-01")})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	refused := []fact.Entry{{ID: "a", Kind: fact.MustLookup("evaluation_requested"), On: day.On(on("2025-11-17"))},
		{ID: "b", Kind: fact.MustLookup("evaluation_refused"), On: day.On(on("2025-11-24"))}}
	for _, lang := range []string{"en", "es"} {
		c, _ := locale.For(lang)
		s := newSpeaker(make(fact.FamilySide, refused...), Options{Catalog: c, Words: packs.Texts(lang).In("us-ca", "us")})
		all := s.routesOf(s.b)
		i := slices.IndexFunc(all, func(x RouteOf) bool { return x.Route == "state_complaint" })
		if i < 0 {
			t.Fatalf("%s: %d routes", lang, len(all))
		}
		x := all[i]
		want := map[string]string{"en": "Complaint to the State", "es": "Queja ante el estado"}[lang]
		if x.Title != want || x.Fit != "possible_now" || x.Citation == "" || x.Checked == "" || len(x.Because) == 0 || len(x.CanOrder) == 0 || x.RunsOut == nil || *x.RunsOut != on("2026-11-24") {
			t.Errorf("%s: %+v", lang, x)
		}
		one := 0
		for _, x := range all {
			if x.Suggested == "one" {
				one++
			}
			if x.Title == string(x.Route) {
				t.Errorf("%s: %s has no title", lang, x.Route)
			}
			for _, text := range slices.Concat(x.Because, x.Needs, x.For, x.Against) {
				if text == "" || !slices.ContainsFunc([]rune(text), func(r rune) bool { return r == ' ' }) {
					t.Errorf("%s: %s says %q", lang, x.Route, text)
				}
			}
		}
		if one != 1 {
			t.Errorf("%s: %d suggested", lang, one)
		}
	}
	if s := newSpeaker(make(fact.FamilySide), Options{}); s.routesOf(s.b) != nil {
		t.Error("routes without a concern")
	}
}
