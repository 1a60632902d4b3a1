package pack

import (
	"slices"
	"strings"
	"testing"

	"stayput/fault"
)

// A title that speaks to a parent is known by its words, in both languages; a sentence
// that merely holds such letters is not.
func TestAddresses(t *testing.T) {
	for _, c := range []struct{ lang, text, word string }{
		{"en", "Answer to your request in 20 days", "your"},
		{"en", "If YOU say no", "you"},
		{"en", "Send the other side a copy", "send"},
		{"en", "Do not send a complaint by email", "do not"},
		{"en", "Don’t sign", "don't"},
		{"en", "\"You must be told\"", "you"},
		{"en", "The new school must ask for the records", ""},
		{"en", "Two years to ask for a hearing", ""},
		{"en", "Do those numbers add up?", ""},
		{"en", "Young children", ""},
		{"en", "", ""},
		{"es", "Respuesta a su solicitud", "su"},
		{"es", "Si USTED dice que no", "usted"},
		{"es", "Deben avisarle el mismo día", "avisarle"},
		{"es", "Cuándo deben darle el folleto", "darle"},
		{"es", "¿Le avisan?", "le"},
		{"es", "No mande una queja", "mande"},
		{"es", "Primero déle una oportunidad", ""}, // only as the first word: a person has to read it
		{"es", "El distrito puede pedir una audiencia", ""},
		{"es", "Puede pedir una audiencia", "puede"},
		{"es", "Suspensión de 10 días", ""},
		{"es", "El rechazo de los padres", ""},
		{"es", "Arle", ""},
		{"xx", "your", ""},
	} {
		if got := Addresses(c.lang, c.text); got != c.word {
			t.Errorf("%s %q: %q, want %q", c.lang, c.text, got, c.word)
		}
	}
}

const neutralWords = `us-xx.evaluation.plan:
  title: TITLE
  says: You get the plan.
`

// A title that speaks to its reader is refused without a neutral one, and a neutral one
// that speaks to a reader always; where it stands, and by which word.
func TestTitlesThatSpeak(t *testing.T) {
	for _, c := range []struct {
		en, es string
		want   []string
	}{
		{"Plan in 15 days", "Plan en 15 días", nil},
		{"Your plan in 15 days\n  neutral: Plan in 15 days", "Su plan en 15 días\n  neutral: Plan en 15 días", nil},
		{"Your plan in 15 days", "Plan en 15 días", []string{"en pack.title_speaks your 2:10"}},
		{"Plan in 15 days", "Su plan en 15 días", []string{"es pack.title_speaks su 2:10"}},
		{"Your plan\n  neutral: A plan for you", "Plan\n  neutral: Plan para usted", []string{"en pack.neutral_speaks you 2:10", "es pack.neutral_speaks usted 2:10"}},
	} {
		s, err := source(t, map[string]string{"pack.yaml": packYAML, "rules.yaml": ruleYAML,
			"words.en.yaml": strings.Replace(neutralWords, "TITLE", c.en, 1), "words.es.yaml": strings.Replace(neutralWords, "TITLE", c.es, 1)})
		if err != nil {
			t.Fatal(err)
		}
		p, err := Read(s)
		if err != nil {
			t.Fatal(err)
		}
		by := map[string]Words{}
		for _, lang := range Languages {
			if by[lang], err = ReadWords(s, lang); err != nil {
				t.Fatal(err)
			}
		}
		var got []string
		for _, e := range fault.All(CheckWords(p, by)) {
			if strings.HasSuffix(e.Key, "_speaks") {
				got = append(got, e.Args["lang"]+" "+e.Key+" "+e.Args["word"]+" "+strings.TrimPrefix(e.At.String(), "us-xx/words."+e.Args["lang"]+".yaml:"))
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q, %q: %q, want %q", c.en, c.es, got, c.want)
		}
	}
}

// Neutral words are the same words with other titles; what they are made from stays.
func TestNeutralWords(t *testing.T) {
	s, err := source(t, map[string]string{"pack.yaml": packYAML, "rules.yaml": ruleYAML, "words.en.yaml": strings.Replace(neutralWords, "TITLE", "Your plan\n  neutral: A plan", 1) + "holiday.x: {title: X}\n"})
	if err != nil {
		t.Fatal(err)
	}
	all := NewTexts("en", func(id, part string) (*Source, error) { return s, nil })
	in := all.In("us-xx")
	n := in.Neutral()
	if got := n.Rule("us-xx.evaluation.plan"); got == nil || got.Title != "A plan" || got.Says != "You get the plan." || got.Formal() != "A plan" {
		t.Errorf("%+v", got)
	}
	if got := in.Rule("us-xx.evaluation.plan"); got.Title != "Your plan" || got.Formal() != "A plan" {
		t.Errorf("the words as read: %+v", got)
	}
	if n.Holiday("x") != "X" || n.Neutral().Rule("us-xx.evaluation.plan").Title != "A plan" || n.Rule("us-xx.nothing.here") != nil {
		t.Error("neutral words lack a text, or have one too many")
	}
	if once, again := all.Neutral(), all.Neutral(); once != again {
		t.Error("neutral words are made anew each time")
	}
}

// A holiday is a name: no second title belongs to it.
func TestHolidayHasNoNeutral(t *testing.T) {
	s, err := source(t, map[string]string{"pack.yaml": packYAML, "words.en.yaml": "holiday.x:\n  title: X\n  neutral: Y\n"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ReadWords(s, "en"); err == nil || fault.All(err)[0].Key != "yaml.unknown_key" && fault.All(err)[0].Key != "yaml.unknown_key_near" {
		t.Errorf("%v", err)
	}
}
