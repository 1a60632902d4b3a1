package pdf

import (
	"testing"
	"unicode"

	"github.com/go-text/typesetting/harfbuzz"
	"pgregory.net/rapid"

	"stayput/format/document"
)

// Every shape that is drawn is among those that the file's font keeps, and stands for
// something, also the mark on a letter that no font has.
func TestEveryShapeIsKept(t *testing.T) {
	check := func(fail func(string, ...any), text, lang string) {
		set := &typesetter{buffer: harfbuzz.NewBuffer(), lost: map[rune]bool{}}
		w := &writer{d: &document.Document{Language: "en-US"}, file: newFile(), set: set, fonts: make([]*used, len(typefaces))}
		for _, l := range set.lines([]span{{text: text, look: look{size: 11}}}, lang, 1<<30) {
			for i := range l.clusters {
				c := &l.clusters[i]
				u := w.use(c.face)
				u.say(c)
				for _, g := range c.glyphs {
					if u.texts[g.id] == "" && u.spare[g.id] == "" {
						fail("%q: the shape %d of %s is drawn for %q, and not kept", text, g.id, typefaces[c.face].name, c.text)
					}
				}
			}
		}
	}
	for _, s := range []string{"ཀ\u0301", "𠮷\u0301\u0302", "😀\u0301", "王\u0301", "ё\u0301", "e\u0301\u0323"} {
		check(t.Errorf, s, "en")
		check(t.Errorf, s, "ar")
	}
	any := rapid.SliceOfN(rapid.OneOf(rapid.RuneFrom(nil, unicode.L, unicode.M, unicode.Han, unicode.Hangul), rapid.RuneFrom([]rune(" \u200d\u0301\u0323()1王김はཀ😀"))), 0, 20)
	rapid.Check(t, func(r *rapid.T) {
		check(r.Fatalf, string(any.Draw(r, "text")), rapid.SampledFrom([]string{"en", "ar"}).Draw(r, "language"))
	})
}
