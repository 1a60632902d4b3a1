package pdf

import (
	"crypto/sha256"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/go-text/typesetting/font"
)

// A used font is a font with what a document uses of it.
type used struct {
	face  int
	label string // its name on a page
	id    int
	font  *font.Face
	units int            // of the font, to its size
	texts map[int]string // what a glyph stands for
	spare map[int]string // what it stands for when nothing better is known
}

// use is a font of the document, new when it is first asked for.
func (w *writer) use(face int) *used {
	if w.fonts[face] == nil {
		w.fonts[face] = &used{face: face, label: "F" + strconv.Itoa(face+1), id: w.file.next(), font: w.set.font(face).Face(), units: units(face), texts: map[int]string{}, spare: map[int]string{}}
	}
	return w.fonts[face]
}

// width is how wide a glyph is, in thousandths of the size.
func (u *used) width(g int) int { return u.scaled(int(u.font.HorizontalAdvance(font.GID(g)))) }

// scaled is units of the font in thousandths of the size.
func (u *used) scaled(v int) int { return roundDiv(v*1000, u.units) }

// say notes what the glyphs of a cluster stand for. It reports whether the cluster has to
// say it itself, because its glyphs do not one by one.
func (u *used) say(c *cluster) bool {
	if len(c.glyphs) == 0 {
		return false
	}
	if c.boxed {
		for _, g := range c.glyphs {
			switch _, ok := u.texts[g.id]; {
			case u.nominal('\uFFFD', g.id):
				u.texts[g.id] = "\uFFFD"
			case !ok && u.spare[g.id] == "":
				u.spare[g.id] = "\u200B" // a mark on the box
			}
		}
		return true
	}
	rs := []rune(c.text)
	if len(c.glyphs) == 1 {
		g := c.glyphs[0].id
		if len(rs) == 1 && c.level%2 == 1 && !u.nominal(rs[0], g) && u.turned(g) {
			return false // a bracket that opens to the other side
		}
		if have, ok := u.texts[g]; !ok || have == c.text {
			u.texts[g] = c.text
			return false
		}
		return true
	}
	// A letter with its marks, each drawn as itself, needs no help.
	same := len(rs) == len(c.glyphs)
	for i := 0; same && i < len(rs); i++ {
		g := c.glyphs[i].id
		have, known := u.texts[g]
		same = u.nominal(rs[i], g) && (!known || have == string(rs[i]))
	}
	if same {
		for i, r := range rs {
			u.texts[c.glyphs[i].id] = string(r)
		}
		return false
	}
	u.share(c.glyphs, rs)
	return true
}

// share notes, for programs that do not ask for more, what the glyphs of a cluster stand
// for as far as it can be told: a sign that is drawn as itself, and the others together.
func (u *used) share(glyphs []glyph, rs []rune) {
	first := -1
	for _, g := range glyphs {
		i := slices.IndexFunc(rs, func(r rune) bool { return u.nominal(r, g.id) })
		switch {
		case i >= 0:
			if _, ok := u.texts[g.id]; !ok {
				u.texts[g.id] = string(rs[i])
			}
			rs = slices.Delete(slices.Clone(rs), i, i+1)
		case u.spare[g.id] == "":
			u.spare[g.id] = "\u200B" // nothing
			if first < 0 {
				first = g.id
			}
		}
	}
	if first >= 0 && len(rs) > 0 {
		u.spare[first] = string(rs)
	}
}

// nominal reports that a sign is drawn as itself by a glyph.
func (u *used) nominal(r rune, g int) bool {
	n, ok := u.font.NominalGlyph(r)
	return ok && int(n) == g
}

// turned reports that a glyph is a bracket, and notes which.
func (u *used) turned(g int) bool {
	for _, r := range "()[]{}<>«»‹›" {
		if u.nominal(r, g) {
			u.texts[g] = string(r)
			return true
		}
	}
	return false
}

// write writes a font with the shapes that were used.
func (u *used) write(f *file) {
	for g, s := range u.spare {
		if _, ok := u.texts[g]; !ok {
			u.texts[g] = s
		}
	}
	gids := make([]int, 0, len(u.texts))
	for g := range u.texts {
		gids = append(gids, g)
	}
	sort.Ints(gids)
	_, data := typefaces[u.face].read()
	program := subset(data, gids)
	sum := sha256.Sum256(program)
	name := ""
	for _, b := range sum[:6] {
		name += string('A' + rune(b%26))
	}
	name += "+" + typefaces[u.face].name

	file, desc, cid, uni := f.next(), f.next(), f.next(), f.next()
	f.stream(file, "/Length1 "+strconv.Itoa(len(program)), program)
	head := tablesOf(data)["head"]
	box := make([]string, 4)
	for i := range box {
		box[i] = strconv.Itoa(u.scaled(int(int16(be16(head, 36+2*i)))))
	}
	ext, _ := u.font.FontHExtents()
	flags, slant := 4, "0" // letters of its own
	if strings.Contains(typefaces[u.face].name, "Italic") {
		flags, slant = 4|64, "-12"
	}
	stem := "80"
	if strings.Contains(typefaces[u.face].name, "Bold") {
		stem = "140"
	}
	f.put(desc, "<</Type/FontDescriptor/FontName/"+name+"/Flags "+strconv.Itoa(flags)+"/FontBBox["+strings.Join(box, " ")+"]/ItalicAngle "+slant+
		"/Ascent "+strconv.Itoa(u.scaled(int(ext.Ascender)))+"/Descent "+strconv.Itoa(u.scaled(int(ext.Descender)))+"/CapHeight 714/StemV "+stem+"/FontFile2 "+ref(file)+">>")
	var widths strings.Builder
	for i := 0; i < len(gids); {
		widths.WriteString(strconv.Itoa(gids[i]) + "[" + strconv.Itoa(u.width(gids[i])))
		for i++; i < len(gids) && gids[i] == gids[i-1]+1; i++ {
			widths.WriteString(" " + strconv.Itoa(u.width(gids[i])))
		}
		widths.WriteString("]")
	}
	f.put(cid, "<</Type/Font/Subtype/CIDFontType2/BaseFont/"+name+"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/FontDescriptor "+ref(desc)+"/W["+widths.String()+"]>>")
	f.stream(uni, "", unicodes(gids, u.texts))
	f.put(u.id, "<</Type/Font/Subtype/Type0/BaseFont/"+name+"/Encoding/Identity-H/DescendantFonts["+ref(cid)+"]/ToUnicode "+ref(uni)+">>")
}

// unicodes says what each glyph stands for.
func unicodes(gids []int, texts map[int]string) []byte {
	var b strings.Builder
	b.WriteString("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n")
	for i := 0; i < len(gids); i += 100 {
		part := gids[i:min(i+100, len(gids))]
		b.WriteString(strconv.Itoa(len(part)) + " beginbfchar\n")
		for _, g := range part {
			b.WriteString("<" + hex4(g) + "><")
			for _, u := range utf16.Encode([]rune(texts[g])) {
				b.WriteString(hex4(int(u)))
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n")
	return []byte(b.String())
}
