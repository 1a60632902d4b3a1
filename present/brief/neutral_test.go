package brief_test

import (
	"bytes"
	"strings"
	"testing"

	"stayput/derive/brief/brieftest"
	"stayput/fact"
	"stayput/fact/facttest"
	"stayput/law/packs"
	"stayput/locale"
	say "stayput/present/brief"
)

// A family reads "your request" in the brief of its own record; a school does not read it
// in the brief of the school's record, as text, page or JSON.
func TestBriefOfASchoolSpeaksToNoParent(t *testing.T) {
	ask := facttest.Entry("ask", "2025-09-02", "iee_requested", func(e *fact.Entry) { e.Fields.Written = fact.Yes })
	for lang, titles := range map[string][2]string{
		"en": {"Answer to your request for an independent evaluation", "answer to a request for an independent evaluation"},
		"es": {"Respuesta a su solicitud de una evaluación independiente", "Respuesta del distrito a una solicitud de una evaluación independiente"},
	} {
		cat, _ := locale.For(lang)
		for _, side := range []fact.Side{fact.FamilySide, fact.SchoolSide} {
			b := brieftest.Make(t, "2025-12-01", fact.Case{Side: side, Jurisdiction: []fact.Dated{{Is: "us-nj"}}}, ask)
			o := say.Options{Catalog: cat, Words: packs.Texts(lang).In(say.Packs(b)...), Width: 400}
			var text, page, data bytes.Buffer
			if err := say.WriteText(&text, b, o); err != nil {
				t.Fatal(err)
			}
			if err := say.WriteHTML(&page, b, o); err != nil {
				t.Fatal(err)
			}
			if err := say.WriteJSON(&data, b, o); err != nil {
				t.Fatal(err)
			}
			own, neutral := titles[0], titles[1]
			if side == fact.SchoolSide {
				own, neutral = neutral, own
			}
			for form, s := range map[string]string{"text": text.String(), "page": page.String(), "JSON": data.String()} {
				if !strings.Contains(s, own) || strings.Contains(s, neutral) {
					t.Errorf("%s in %s for a %s does not say %q, or says %q:\n%s", form, lang, side, own, neutral, s[:min(len(s), 1500)])
				}
			}
		}
	}
}
