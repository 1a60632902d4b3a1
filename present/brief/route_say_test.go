package brief

import (
	"strings"
	"testing"

	"stayput/day"
	derived "stayput/derive/brief"
	"stayput/fact"
	"stayput/law/packs"
	"stayput/locale"
)

// A brief says one way and another, and why, where the record points to a no; the
// pages and the text say the same, in both languages, and no odds.
func TestShortRoutes(t *testing.T) {
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	make := func(entries ...fact.Entry) *derived.Brief {
		k := &fact.Case{Jurisdiction: []fact.Dated{{Is: "us-ca"}}, Child: fact.Child{Born: day.Must(2015, 4, 2)}, Side: fact.FamilySide}
		laws, err := derived.Laws(k, book)
		if err != nil {
			t.Fatal(err)
		}
		school, err := day.NewSchool(nil, day.View{}, derived.YearRule(laws), day.Span{First: day.Must(2025, 1, 1), Last: day.Must(2026, 12, 31)})
		if err != nil {
			t.Fatal(err)
		}
		b, err := derived.Make(derived.Input{Case: k, Entries: entries, Book: book, School: school, AsOf: day.Must(2025, 12, 1)})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	told := make(fact.Entry{ID: "a", Kind: fact.MustLookup("evaluation_refused"), On: day.On(day.Must(2025, 11, 24))})
	for lang, says := range map[string][]string{
		"en": {"Ways to answer a no", "Picked from the record: testing (evaluation).", "One way: A meeting of the team", "Another way: Complaint to the State", "The time to use it runs out on November 24, 2026"},
		"es": {"Maneras de responder a un no", "Según el registro: la evaluación.", "Una vía: ", "Otra vía: Queja ante el estado", "24 de noviembre de 2026"},
	} {
		cat, _ := locale.For(lang)
		o := Options{Catalog: cat, Words: packs.Texts(lang).In("us-ca", "us")}
		p := NewPage(told, o)
		if p.Routes == nil || len(p.Routes.Ways) != 2 {
			t.Fatalf("%s: %+v", lang, p.Routes)
		}
		var text, page strings.Builder
		if err := WriteText(&text, told, o); err != nil {
			t.Fatal(err)
		}
		if err := WriteHTML(&page, told, o); err != nil {
			t.Fatal(err)
		}
		for _, s := range says {
			for name, body := range map[string]string{"text": text.String(), "page": page.String()} {
				if flat := strings.Join(strings.Fields(body), " "); !strings.Contains(flat, s) {
					t.Errorf("%s: the %s does not say %q", lang, name, s)
				}
			}
		}
		if p := NewPage(make(), o); p.Routes != nil {
			t.Errorf("%s: ways without a no: %+v", lang, p.Routes)
		}
		if p := NewPage(told, Options{Catalog: cat}); p.Routes != nil {
			t.Errorf("%s: ways without words", lang)
		}
	}
}
