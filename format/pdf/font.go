package pdf

import (
	"bytes"
	"embed"
	"strings"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
)

//go:embed fonts/*.ttf
var fontFiles embed.FS

// A typeface is one font. It is read when it is first needed, once.
type typeface struct {
	name string
	read func() (*font.Font, []byte)
}

// The fonts, in the order in which they are asked for a sign.
var typefaces = func() []typeface {
	var out []typeface
	for _, name := range []string{
		"NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic", "NotoSans-BoldItalic",
		"NotoSansArabic-Regular", "NotoSansArmenian-Regular", "NotoSansBengali-Regular", "NotoSansDevanagari-Regular",
		"NotoSansEthiopic-Regular", "NotoSansGeorgian-Regular", "NotoSansGujarati-Regular", "NotoSansGurmukhi-Regular",
		"NotoSansHebrew-Regular", "NotoSansKhmer-Regular", "NotoSansLao-Regular", "NotoSansMyanmar-Regular",
		"NotoSansTamil-Regular", "NotoSansTelugu-Regular", "NotoSansThai-Regular",
		"NotoSansSymbols2-Regular", "NotoSansMath-Regular",
		"DroidSansFallback",
	} {
		out = append(out, typeface{name, sync.OnceValues(func() (*font.Font, []byte) { return readFont(name) })})
	}
	return out
}()

const (
	symbols = 19 // where the fonts of symbols begin
	eastern = 21 // the font of Chinese, Japanese and Korean, and the last
	looks   = 4  // how many of the first fonts are one font in other looks
)

// scripts says which font has the letters of a script.
var scripts = map[language.Script]int{
	language.Arabic: 4, language.Armenian: 5, language.Bengali: 6, language.Devanagari: 7, language.Ethiopic: 8,
	language.Georgian: 9, language.Gujarati: 10, language.Gurmukhi: 11, language.Hebrew: 12, language.Khmer: 13,
	language.Lao: 14, language.Myanmar: 15, language.Tamil: 16, language.Telugu: 17, language.Thai: 18,
	language.Han: eastern, language.Hangul: eastern, language.Hiragana: eastern, language.Katakana: eastern, language.Bopomofo: eastern,
}

func readFont(name string) (*font.Font, []byte) {
	data, err := fontFiles.ReadFile("fonts/" + name + ".ttf")
	if err != nil {
		return nil, nil // a test opens every font
	}
	f, err := font.ParseTTF(bytes.NewReader(measures(data)))
	if err != nil {
		return nil, nil
	}
	return f.Font, data
}

// easternShapes is the font of Chinese, Japanese and Korean with its shapes.
var easternShapes = sync.OnceValue(func() *font.Font {
	_, data := typefaces[eastern].read()
	f, err := font.ParseTTF(bytes.NewReader(data))
	if err != nil {
		return nil // a test opens it
	}
	return f.Font
})

// shapes is a font for who draws letters without it.
func (t *typesetter) shapes(face int) *font.Face {
	if face == eastern {
		if f := easternShapes(); f != nil {
			return font.NewFace(f)
		}
	}
	return t.font(face).Face()
}

// measures is a font without its shapes when it has very many of them: setting text asks
// only how wide they are, and to read them all takes long.
func measures(data []byte) []byte {
	t := tablesOf(data)
	if len(t["glyf"]) < 1_000_000 {
		return data
	}
	for name := range t {
		if strings.HasPrefix(name, "v") { // for lines from above to below
			delete(t, name)
		}
	}
	delete(t, "glyf")
	delete(t, "loca")
	return join(t)
}

// faceOf is the font that has a sign, -1 when none has: the font of the text itself, the
// font of the script of the letters around it, then symbols.
func faceOf(r rune, look int, near language.Script) int {
	switch {
	case near == language.Common && r >= 0x600 && r <= 0x6FF:
		near = language.Arabic // a comma may come before the first letter
	case r >= 0x2E80 && r <= 0x33FF || r >= 0xFE30 && r <= 0xFE4F || r >= 0xFF00 && r <= 0xFFEF:
		near = language.Han // commas and brackets of their own, and full-width letters
	}
	for _, i := range [...]int{look, scripts[near], symbols, symbols + 1} {
		if has(i, r) {
			return i
		}
	}
	return -1
}

func has(face int, r rune) bool {
	f, _ := typefaces[face].read()
	if f == nil {
		return false
	}
	_, ok := f.NominalGlyph(r)
	return ok
}

// units is how many units of a font are its size.
func units(face int) int {
	f, _ := typefaces[face].read()
	return int(f.Upem())
}
