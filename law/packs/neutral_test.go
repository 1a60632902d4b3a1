package packs

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"stayput/law/pack"
)

// amounts are what a title counts: figures, numbers written out, and the days, hours,
// months and years with what kind they are.
var amounts = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(`(?i)\d+|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty|forty|sixty|ninety|ninth|once)\b|(?:business |school |instructional |calendar |working )?\b(?:day|hour|month|year)s?\b`),
	"es": regexp.MustCompile(`(?i)\d+|\b(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veinte|treinta|cuarenta|sesenta|noventa|noveno|una vez)\b|\b(?:días?|horas?|mes|meses|años?)(?: hábiles| hábil| de clases| de instrucción| naturales| escolares)?`),
}

// A neutral title says the same law as the title: each number, and each day with its kind,
// stands in both.
func TestNeutralTitlesKeepTheNumbers(t *testing.T) {
	ids, n := IDs(), 0
	for _, id := range ids {
		for _, lang := range pack.Languages {
			words, err := Words(id, lang)
			if err != nil {
				t.Fatal(err)
			}
			counted := func(s string) []string {
				out := amounts[lang].FindAllString(strings.ToLower(s), -1)
				slices.Sort(out)
				return out
			}
			for rule, x := range words {
				if x.Neutral == "" {
					continue
				}
				n++
				if a, b := counted(x.Title), counted(x.Neutral); !slices.Equal(a, b) {
					t.Errorf("%s in %s: %q counts %q, %q counts %q", rule, lang, x.Title, a, x.Neutral, b)
				}
				if x.Neutral == x.Title || x.Neutral != strings.TrimSpace(x.Neutral) || strings.HasSuffix(x.Neutral, ".") {
					t.Errorf("%s in %s: the neutral title is %q", rule, lang, x.Neutral)
				}
				if len([]rune(x.Neutral)) > 100 {
					t.Errorf("%s in %s: a neutral title of %d characters", rule, lang, len([]rune(x.Neutral)))
				}
			}
		}
	}
	if n < 400 {
		t.Errorf("only %d neutral titles in %v", n, ids)
	}
}

// The neutral words of the built-in packs speak to nobody, and only their titles are other
// ones.
func TestNeutralTitlesSpeakToNobody(t *testing.T) {
	for _, lang := range pack.Languages {
		all := Texts(lang)
		for _, id := range IDs() {
			words, err := all.Of(id)
			if err != nil {
				t.Fatal(err)
			}
			neutral, err := all.Neutral().Of(id)
			if err != nil || len(neutral) != len(words) {
				t.Fatalf("%s in %s: %d of %d words: %v", id, lang, len(neutral), len(words), err)
			}
			for rule, x := range neutral {
				if strings.HasPrefix(rule, "holiday.") {
					continue
				}
				if w := pack.Addresses(lang, x.Title); w != "" {
					t.Errorf("%s in %s: %q speaks to its reader: %q", rule, lang, x.Title, w)
				}
				if x.Says != words[rule].Says || x.Answers != words[rule].Answers || len(x.Items) != len(words[rule].Items) {
					t.Errorf("%s in %s: more than the title is another one", rule, lang)
				}
			}
		}
	}
}
