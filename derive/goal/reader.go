package goal

import "strings"

// A head is a verb that says what will be done.
type head struct {
	at   int // its token
	verb verb
	kind headKind
	to   int // end of the words that show it
}

// A headKind is what a head comes to.
type headKind uint8

const (
	seen      headKind = iota // an act one can see
	vagueHead                 // improve, be responsible, make good choices
	covertHead
	serviceHead
	compositeHead
)

// A reader holds one goal while it is read.
type reader struct {
	text     string
	lang     string
	t        []token
	heads    []head
	body     int // the first token after the first head; 0 when there is none
	found    [6][]Span
	has      [6]bool
	notes    []Note
	family   family // of the level
	seenByte int
	seenRune int
	adult    bool
}

// mostMended bounds the work on a text that is no text: a goal with more unknown
// words than this has no slips of typing, it has noise.
const mostMended = 200

// newReader cuts the text and looks every word up: first in the language of
// the text, then in the other, then as a slip of typing.
func newReader(w *words, text, lang string) *reader {
	r := &reader{text: text, t: split(text)}
	r.lang = lang
	if lang != "en" && lang != "es" {
		r.lang = w.language(r.t)
	}
	mine, other := w.en, w.es
	if r.lang == "es" {
		mine, other = w.es, w.en
	}
	mended := map[string]known{}
	for i := range r.t {
		t := &r.t[i]
		if t.kind == aMark || t.kind == aCompound && t.word == "" || t.word == "" {
			continue
		}
		o := other
		if t.capital && i > 0 && (r.t[i-1].kind != aMark || r.mark(i-1, ",")) {
			o = nil // a name may look like a word of the other language
		}
		k, ok := exact(mine, o, t.word)
		if !ok && o != nil {
			if k, ok = mended[t.word]; !ok {
				k = known{word: t.word}
				if len(mended) < mostMended {
					k = mend(mine, o, t.word)
					mended[t.word] = k
				}
			}
		}
		t.word, t.class, t.verb = k.word, k.entry.class, k.entry.verb
		if k.entry.isNum && t.kind == aWord {
			t.kind, t.a, t.spelled = aNumber, k.entry.num, true
		}
	}
	for i := range r.t {
		r.t[i].phrase, r.t[i].length = r.phrase(mine, i)
		if r.t[i].phrase == 0 {
			r.t[i].phrase, r.t[i].length = r.phrase(other, i)
		}
	}
	r.joinNumbers()
	return r
}

// language is that of most of the first thousand words, English when they are
// even.
func (w *words) language(ts []token) string {
	en, es := 0, 0
	for i := range min(len(ts), 1000) {
		t := &ts[i]
		if t.kind != aWord {
			continue
		}
		e, a := w.en.words[t.word]
		s, b := w.es.words[t.word]
		if a && !b || a && e.class&cStop != 0 && s.class&cStop == 0 {
			en++
		}
		if b && !a || b && s.class&cStop != 0 && e.class&cStop == 0 {
			es++
		}
	}
	if es > en {
		return "es"
	}
	return "en"
}

// A known is what a word turned out to be.
type known struct {
	word  string
	entry entry
}

// exact looks a word up as it stands, in the language of the text first.
func exact(mine, other *lexicon, w string) (known, bool) {
	if m, e, ok := mine.find(w); ok {
		return known{m, e}, true
	}
	if other != nil {
		if m, e, ok := other.find(w); ok {
			return known{m, e}, true
		}
	}
	return known{word: w}, false
}

// mend looks for the word that was meant. Short words of one language are close
// to too many of the other.
func mend(mine, other *lexicon, w string) known {
	if m, e, ok := mine.mend(w); ok {
		return known{m, e}
	}
	if len(w) >= 6 {
		if m, e, ok := other.mend(w); ok {
			return known{m, e}
		}
	}
	return known{word: w}
}

// phrase finds the longest phrase that begins at i.
func (r *reader) phrase(l *lexicon, i int) (c class, n int) {
	n = 1
	if r.t[i].kind == aMark {
		return 0, 1
	}
	for _, p := range l.phrases[r.t[i].word] {
		if len(p.words) < n || i+len(p.words) > len(r.t) {
			continue
		}
		same := true
		for k := 1; k < len(p.words) && same; k++ {
			same = r.t[i+k].word == p.words[k]
		}
		if !same {
			continue
		}
		if len(p.words) > n {
			n, c = len(p.words), 0
		}
		c |= p.class
	}
	return c, n
}

// joinNumbers puts together "4 out of 5", "80 por ciento" and dates in words.
func (r *reader) joinNumbers() {
	for i := range r.t {
		t := &r.t[i]
		if t.kind != aNumber {
			continue
		}
		j := i + 1
		if j < len(r.t) && r.at(j, cPercent) {
			t.kind, t.length = aPercent, 1+r.t[j].length
			continue
		}
		if j < len(r.t) && r.at(j, cOutOf) {
			for n := r.t[j].length; n >= 1; n-- {
				k := j + n
				if r.t[j].length > 1 && n == 1 && r.t[j].class&cOutOf == 0 {
					break
				}
				if k < len(r.t) && r.t[k].kind == aNumber && r.t[k].a >= t.a && r.t[k].a > 1 && !(t.spelled && t.a == 1) {
					t.kind, t.b, t.length = aRatio, r.t[k].a, k+1-i
					break
				}
			}
		}
	}
}

// at reports whether a word or the phrase that begins at i is of a class.
func (r *reader) at(i int, c class) bool {
	return i >= 0 && i < len(r.t) && (r.t[i].class|r.t[i].phrase)&c != 0
}

// lengthOf is the number of tokens of what at found.
func (r *reader) lengthOf(i int, c class) int {
	if r.t[i].phrase&c != 0 || r.t[i].kind != aWord {
		return r.t[i].length
	}
	return 1
}

// mark reports whether the token is that mark of punctuation.
func (r *reader) mark(i int, marks string) bool {
	return i >= 0 && i < len(r.t) && r.t[i].kind == aMark && strings.Contains(marks, r.t[i].word)
}

// isLevel is isNumber without "one" and "una", which are articles as often.
func (r *reader) isLevel(i int) bool {
	return r.isNumber(i) && !(r.t[i].spelled && r.t[i].a == 1 && r.t[i].kind == aNumber)
}

// isNumber reports a number, ratio or percentage.
func (r *reader) isNumber(i int) bool {
	return i >= 0 && i < len(r.t) && (r.t[i].kind == aNumber || r.t[i].kind == aRatio || r.t[i].kind == aPercent)
}

// put marks tokens i to j, j not included.
func (r *reader) put(i, j int, p place) {
	for k := max(i, 0); k < j && k < len(r.t); k++ {
		r.t[k].in |= p
	}
}

// show keeps the words that show a part, at most eight.
func (r *reader) show(c Criterion, i, j int) {
	n := indexOf(c)
	r.has[n] = true
	if len(r.found[n]) < 8 && i < j && j <= len(r.t) {
		r.found[n] = append(r.found[n], r.spanOf(i, j))
	}
}

// note raises a concern once, with the first words that raise it.
func (r *reader) note(c Concern, i, j int) {
	for _, n := range r.notes {
		if n.Concern == c {
			return
		}
	}
	n := Note{Concern: c}
	if i < j && j <= len(r.t) {
		n.Words = []Span{r.spanOf(i, j)}
	}
	r.notes = append(r.notes, n)
}

// indexOf is the place of a criterion among the six.
func indexOf(c Criterion) int {
	for i, x := range Criteria {
		if x == c {
			return i
		}
	}
	return 0
}

// clauseEnd finds the end of the clause that holds i: a comma, semicolon or the
// end of the sentence, at most limit tokens away.
func (r *reader) clauseEnd(i, limit int) int {
	for j := i; j < len(r.t) && j < i+limit; j++ {
		if r.mark(j, ",;.:()") {
			return j
		}
	}
	return min(i+limit, len(r.t))
}
