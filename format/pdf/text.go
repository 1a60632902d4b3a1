package pdf

import (
	"strings"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"

	"stayput/format/document"
)

// A look is how text is set.
type look struct {
	size         int // in points
	bold, italic bool
	color        ink
}

type ink uint8

const (
	black ink = iota
	blue      // links
	gray      // questions
)

// face is the font of the text itself.
func (l look) face() int {
	n := 0
	if l.bold {
		n++
	}
	if l.italic {
		n += 2
	}
	return n
}

// A span is text of one look under one tag.
type span struct {
	text string
	look look
	tag  *tag
	link string
}

// A cluster is the least that stands together: a letter with its marks, or letters that
// are drawn as one.
type cluster struct {
	text   string // what it stands for
	first  int    // the first of its signs, and the one after the last
	after  int
	glyphs []glyph
	wide   length
	face   int
	span   int
	level  bidi.Level
	space  bool // white space
	breaks bool // the line may end after it
	heavy  bool // bold, and its font has no bold
	boxed  bool // a box stands for what no font has
}

// A glyph is one shape, and where it stands from the left of its cluster and from the
// line. Lengths are thousandths of the size.
type glyph struct{ id, x, y int }

// A line is clusters in the order of reading, each with its place.
type line struct {
	clusters     []cluster
	at           []length // from the left
	wide         length   // without the space at its end
	above, below length   // of the line on which it stands
}

func (l *line) high() length { return l.above + l.below }

// A typesetter shapes text and breaks it into lines.
type typesetter struct {
	buffer *harfbuzz.Buffer
	fonts  [eastern + 1]*harfbuzz.Font
	sides  bidi.Paragraph
	breaks segmenter.Segmenter
	lost   map[rune]bool // what no font holds
}

var typesetters = sync.Pool{New: func() any { return &typesetter{buffer: harfbuzz.NewBuffer()} }}

// font is a font made ready for shaping. Fonts of one typesetter are for one document at
// a time, for they remember what they looked up.
func (t *typesetter) font(face int) *harfbuzz.Font {
	if t.fonts[face] == nil {
		f, _ := typefaces[face].read()
		t.fonts[face] = harfbuzz.NewFont(font.NewFace(f))
		t.fonts[face].XScale, t.fonts[face].YScale = 1000, 1000 // whatever the units of the font are
	}
	return t.fonts[face]
}

// lines sets spans in a column.
func (t *typesetter) lines(spans []span, lang string, column length) []line {
	var out []line
	base := bidi.Level(0)
	if document.RightToLeft(lang) {
		base = 1
	}
	for _, text := range hardLines(spans) {
		cs := t.shape(text, spans, lang, base)
		if len(cs) == 0 {
			size := 11
			if len(spans) > 0 {
				size = spans[0].look.size
			}
			out = append(out, line{above: length(size) * plainAbove, below: length(size) * plainBelow})
			continue
		}
		for from := 0; from < len(cs); {
			to := fill(cs[from:], column) + from
			out = append(out, settle(cs[from:to], spans, base))
			from = to
		}
	}
	return out
}

// A sign is a rune of a span.
type sign struct {
	r    rune
	span int
}

// hardLines are the signs of spans that can be printed, a slice for each line that the
// text itself begins.
func hardLines(spans []span) [][]sign {
	lines := [][]sign{nil}
	put := func(r rune, i int) {
		last := len(lines) - 1
		lines[last] = append(lines[last], sign{r, i})
	}
	const most = 30 // marks on a letter; Unicode's limit for streams (UAX 15)
	marks := 0
	for i, s := range spans {
		for _, r := range strings.ReplaceAll(s.text, "\r\n", "\n") {
			if marks++; !unicode.IsMark(r) {
				marks = 0
			}
			if s, ok := syllable(lines, r); ok {
				lines[len(lines)-1][len(lines[len(lines)-1])-1].r = s
				continue
			}
			switch {
			case marks > most:
			case r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029:
				if n := len(lines) - 1; len(lines[n]) > 0 {
					put(' ', i) // words of two lines do not run together when read aloud
				}
				lines = append(lines, nil)
			case r == '\t':
				for range 4 {
					put(' ', i)
				}
			case unprinted(r):
			default:
				put(r, i)
			}
		}
	}
	return lines
}

// syllable is the Korean syllable that a part of one makes with the sign before it. Files
// of a Mac write syllables in parts, and fonts hold them whole (Unicode 3.12).
func syllable(lines [][]sign, r rune) (rune, bool) {
	const first, vowel, last, whole = 0x1100, 0x1161, 0x11A7, 0xAC00
	const firsts, vowels, lasts = 19, 21, 28
	l := lines[len(lines)-1]
	if r < vowel || r >= last+lasts || len(l) == 0 {
		return 0, false
	}
	switch before := l[len(l)-1].r; {
	case r < vowel+vowels && before >= first && before < first+firsts:
		return whole + ((before-first)*vowels+r-vowel)*lasts, true
	case r > last && before >= whole && before < whole+firsts*vowels*lasts && (before-whole)%lasts == 0:
		return before + r - last, true
	}
	return 0, false
}

// unprinted reports signs that steer other programs, and are nothing on paper.
func unprinted(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7F && r < 0xA0, r == 0xAD, r == 0xFEFF, r >= 0xFFF0 && r <= 0xFFFB, r&0xFFFE == 0xFFFE:
		return true
	case r >= 0x202A && r <= 0x202E, r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0000 && r <= 0xE0FFF:
		return true
	}
	return false
}

// An item is signs that are shaped together.
type item struct {
	from, to int
	level    bidi.Level
	script   language.Script
	face     int
	span     int
}

// shape turns the signs of one line of the text into clusters.
func (t *typesetter) shape(text []sign, spans []span, lang string, base bidi.Level) []cluster {
	if len(text) == 0 {
		return nil
	}
	shown := make([]rune, len(text))
	faces := make([]int, len(text))
	boxed := map[int]bool{}
	face := -1
	near := language.Common // the script of the letter before
	for i, s := range text {
		shown[i] = s.r
		look := spans[s.span].look.face()
		if i > 0 && text[i-1].span != s.span {
			face = -1
		}
		switch {
		case face >= 0 && (s.r == ' ' || harfbuzz.IsDefaultIgnorable(s.r)):
		case face >= 0 && unicode.IsMark(s.r) && has(face, s.r):
		case s.r < 0x250:
			face = look
		default:
			if x := language.LookupScript(s.r); x.Strong() && x != language.Unknown {
				near = x
			}
			face = faceOf(s.r, look, near)
		}
		if face < 0 {
			face = look
			if !harfbuzz.IsDefaultIgnorable(s.r) {
				boxed[i] = true
				t.lost[s.r] = true
				shown[i] = 0xFFFD
			}
		}
		faces[i] = face
	}
	items := t.items(text, shown, faces, base)
	ends := t.ends(shown)
	tongue := language.NewLanguage(lang)
	out := make([]cluster, 0, len(text))
	for _, it := range items {
		out = t.shapeItem(out, it, shown, spans, tongue)
	}
	for i := range out {
		c := &out[i]
		c.breaks = ends[c.after-1]
		if len(boxed) == 0 {
			continue
		}
		var real []rune
		for k := c.first; k < c.after; k++ {
			c.boxed = c.boxed || boxed[k]
			real = append(real, text[k].r)
		}
		c.text = string(real)
	}
	return out
}

// items are the parts of a line that are shaped together: of one direction, one script,
// one font and one span.
func (t *typesetter) items(text []sign, shown []rune, faces []int, base bidi.Level) []item {
	levels := make([]bidi.Level, len(shown))
	other := base != 0
	for _, r := range shown {
		other = other || r >= 0x590
	}
	if other {
		way := bidi.LeftToRight
		if base == 1 {
			way = bidi.RightToLeft
		}
		runs := t.sides.Segment(shown, way)
		for i := range runs.NumRuns() {
			r := runs.Run(i)
			for k := r.Start; k < r.End; k++ {
				levels[k] = r.Level
			}
		}
	}
	var out []item
	script := language.Common
	for i, r := range shown {
		s := language.Latin
		if r >= 0x80 || !unicode.IsLetter(r) {
			s = language.LookupScript(r)
		}
		if !s.Strong() || s == language.Unknown {
			s = script
		}
		n := len(out) - 1
		if n >= 0 && out[n].script == language.Common && s != language.Common && out[n].level == levels[i] && out[n].face == faces[i] && out[n].span == text[i].span {
			out[n].script = s // the first letter says what the signs before it belong to
		}
		if n >= 0 && out[n].script == s && out[n].level == levels[i] && out[n].face == faces[i] && out[n].span == text[i].span {
			out[n].to = i + 1
		} else {
			out = append(out, item{i, i + 1, levels[i], s, faces[i], text[i].span})
		}
		script = s
	}
	return out
}

// ends says after which signs a line may end.
func (t *typesetter) ends(shown []rune) []bool {
	out := make([]bool, len(shown))
	t.breaks.Init(shown)
	for it := t.breaks.LineIterator(); it.Next(); {
		l := it.Line()
		if n := l.Offset + len(l.Text); n > 0 && n <= len(out) {
			out[n-1] = true
		}
	}
	return out
}

// shapeItem adds the clusters of an item, in the order of reading.
func (t *typesetter) shapeItem(out []cluster, it item, shown []rune, spans []span, tongue language.Language) []cluster {
	f := t.font(it.face)
	look := spans[it.span].look
	b := t.buffer
	b.Clear()
	b.AddRunes(shown, it.from, it.to-it.from)
	b.Props = harfbuzz.SegmentProperties{Direction: harfbuzz.LeftToRight, Language: tongue, Script: it.script}
	if it.level%2 == 1 {
		b.Props.Direction = harfbuzz.RightToLeft
	}
	b.Shape(f, nil)
	blank, _ := f.Face().NominalGlyph(' ')
	n := len(b.Info)
	glyphs := make([]glyph, 0, n)
	index := func(k int) int { // the k-th glyph in the order of reading
		if it.level%2 == 1 {
			return n - 1 - k
		}
		return k
	}
	for k := 0; k < n; {
		first := b.Info[index(k)].Cluster
		from := len(glyphs)
		wide := 0
		for ; k < n && b.Info[index(k)].Cluster == first; k++ {
			g, p := b.Info[index(k)], b.Pos[index(k)]
			x := wide
			wide += int(p.XAdvance)
			if it.level%2 == 1 {
				x = -wide // from the right, until the whole is known
			}
			if g.Glyph == blank && p.XAdvance == 0 {
				continue // stands for a sign that is nothing on paper
			}
			glyphs = append(glyphs, glyph{int(g.Glyph), x + int(p.XOffset), int(p.YOffset)})
		}
		if it.level%2 == 1 {
			for i := from; i < len(glyphs); i++ {
				glyphs[i].x += wide
			}
		}
		end := it.to
		if k < n {
			end = b.Info[index(k)].Cluster
		}
		if end <= first { // cannot be, for clusters go one way
			continue
		}
		text := string(shown[first:end])
		out = append(out, cluster{
			text: text, first: first, after: end, glyphs: glyphs[from:len(glyphs):len(glyphs)], wide: wide * look.size, face: it.face, span: it.span, level: it.level,
			space: strings.TrimSpace(text) == "" && text != "\u00A0", heavy: look.bold && it.face >= looks,
		})
	}
	return out
}

// fill is how many clusters go on a line: up to the last place where it may end, or up to
// where the column ends, and at least one.
func fill(cs []cluster, column length) int {
	wide, last := 0, 0
	for i := range cs {
		wide += cs[i].wide
		if !cs[i].space && wide > column && i > 0 {
			if last == 0 {
				last = i
			}
			return last
		}
		if cs[i].breaks {
			last = i + 1
		}
	}
	return len(cs)
}

// How high a line stands above and below the line it stands on, in thousandths of the
// size, with the space between lines. Scripts with signs on top of each other need more.
const (
	plainAbove, plainBelow = 1045, 275
	tallAbove, tallBelow   = 1150, 500
)

func tall(face int) bool {
	switch face {
	case scripts[language.Armenian], scripts[language.Georgian], scripts[language.Hebrew]:
		return false
	}
	return face >= looks && face < symbols
}

// settle gives the clusters of a line their places.
func settle(cs []cluster, spans []span, base bidi.Level) line {
	l := line{clusters: cs, at: make([]length, len(cs))}
	end := len(cs) // of what is no space
	for end > 0 && cs[end-1].space {
		end--
	}
	mixed := base != 0
	for i := range cs {
		if i >= end {
			cs[i].level = base
		}
		mixed = mixed || cs[i].level != 0
		size := length(spans[cs[i].span].look.size)
		above, below := size*plainAbove, size*plainBelow
		if tall(cs[i].face) {
			above, below = size*tallAbove, size*tallBelow
		}
		l.above, l.below = max(l.above, above), max(l.below, below)
	}
	order := make([]int, len(cs))
	for i := range order {
		order[i] = i
	}
	if mixed {
		turn(order, cs)
	}
	x := 0
	for _, i := range order {
		if i >= end && base == 1 {
			continue
		}
		l.at[i] = x
		x += cs[i].wide
		if i < end {
			l.wide = max(l.wide, x)
		}
	}
	// The space at the end of a line that runs to the left stands left of it.
	for x, i := 0, end; base == 1 && i < len(cs); i++ {
		x -= cs[i].wide
		l.at[i] = x
	}
	return l
}

// turn puts clusters into the order in which they are seen: from the highest level to
// the lowest odd one, what is of a level or more is turned around.
func turn(order []int, cs []cluster) {
	top, low := bidi.Level(0), bidi.Level(127)
	for i := range cs {
		top = max(top, cs[i].level)
		if cs[i].level%2 == 1 {
			low = min(low, cs[i].level)
		}
	}
	for level := top; level >= low && level > 0; level-- {
		for i := 0; i < len(order); {
			if cs[order[i]].level < level {
				i++
				continue
			}
			k := i
			for k < len(order) && cs[order[k]].level >= level {
				k++
			}
			for a, b := i, k-1; a < b; a, b = a+1, b-1 {
				order[a], order[b] = order[b], order[a]
			}
			i = k
		}
	}
}
