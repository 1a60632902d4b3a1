package paper_test

import (
	"strings"
	"testing"

	"stayput/paper"
)

// words are all texts of a paper in a language, as its file has them.
func words(p *paper.Paper, lang string) (out []string) {
	add := func(ws ...paper.Words) {
		for _, w := range ws {
			out = append(out, w[lang])
		}
	}
	text := func(ws ...paper.Wording) {
		for _, w := range ws {
			for _, r := range paper.Registers {
				var b strings.Builder
				for _, x := range w.In(lang, r) {
					b.WriteString(x.Words)
				}
				out = append(out, b.String())
			}
		}
	}
	add(p.Title, p.Use)
	text(p.Subject)
	for _, its := range [][]paper.Item{p.Contents.Required, p.Contents.Recommended, p.Contents.Avoid} {
		for _, it := range its {
			add(it.Is, it.Ask)
		}
	}
	for _, q := range p.Asks {
		add(q)
	}
	var walk func([]paper.Part)
	walk = func(ps []paper.Part) {
		for i := range ps {
			text(ps[i].Text)
			text(ps[i].Items...)
			add(ps[i].None, ps[i].Cap)
			for _, c := range ps[i].Cols {
				add(c.Head)
				text(c.Cell)
			}
			walk(ps[i].Parts)
		}
	}
	walk(p.Body)
	return out
}

// English is set with ’ and “ ”, Spanish with « »; no text of a paper has the straight
// signs of a typewriter, or those of the other language.
func TestQuotes(t *testing.T) {
	bad := map[string]string{"en": "'\"«»‘", "es": "'\"“”‘’"}
	for _, id := range paper.IDs() {
		p, err := paper.Get(id)
		if err != nil {
			t.Fatal(err)
		}
		for lang, signs := range bad {
			for _, s := range words(p, lang) {
				if i := strings.IndexAny(s, signs); i >= 0 {
					t.Errorf("%s/%s: %q in %q", id, lang, s[i:min(i+4, len(s))], s)
				}
				for _, pair := range []string{"“”", "«»"} {
					if r := []rune(pair); strings.Count(s, string(r[0])) != strings.Count(s, string(r[1])) {
						t.Errorf("%s/%s: a quotation mark without the other in %q", id, lang, s)
					}
				}
			}
		}
	}
}
