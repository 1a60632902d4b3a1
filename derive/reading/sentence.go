package reading

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A sentence is a place in a text with its words.
type sentence struct {
	start, end int
	words      []string // without numbers
	figures    int      // numbers, citations
	lower      bool     // it has a small letter: capitals mean something
}

var hidden = regexp.MustCompile(`\[\[[^\[\]]*\]\]|\]\([a-z]+:[^\s()]*\)|[a-zA-Z]+://\S+|www\.\S+|[^\s<>()]+@[^\s<>()]+\.[a-zA-Z]+|(?m:^[ \t]*\{[^}\n]*\})`)

// hide is a text with what nobody reads aloud as spaces: blanks, addresses, signs of the
// markup. Every byte stays where it is.
func hide(text string) string {
	some := strings.Contains(text, "{")
	for _, sign := range []string{"[[", "](", "://", "www.", "@"} {
		some = some || strings.Contains(text, sign)
	}
	if !some {
		return text
	}
	b := []byte(text)
	for _, m := range hidden.FindAllStringIndex(text, -1) {
		end := m[1]
		for end > m[0] && strings.IndexByte(".,;:!?)\"'", text[end-1]) >= 0 && text[m[0]] != '[' && text[m[0]] != ']' {
			end-- // the sentence's own signs
		}
		for i := m[0]; i < end; i++ {
			if b[i] != '\n' {
				b[i] = ' '
			}
		}
	}
	return string(b)
}

// wrapped is how many letters a line has that was broken because it was full. A shorter
// one ends where its writer ended it, as in an address.
const wrapped = 60

var (
	heading = regexp.MustCompile(`^#{1,6}[ \t]`)
	marker  = regexp.MustCompile(`^(?:[-*•–]|\(?[0-9]{1,3}[.)]|\(?[a-z][.)])[ \t]+`)
)

// A piece is text that stands by itself: a paragraph, an item, a line of an address.
type piece struct {
	start, end int
	item       bool
	label      bool // a heading or a cell
}

// pieces cuts a text where sentences cannot go on.
func pieces(text string) []piece {
	var out []piece
	open := false // the last piece may go on in the next line
	for at := 0; at < len(text); {
		end := at + strings.IndexByte(text[at:], '\n')
		if end < at {
			end = len(text)
		}
		from, to := at, end
		at = end + 1
		for from < to && space(text[from]) {
			from++
		}
		for to > from && space(text[to-1]) {
			to--
		}
		l := text[from:to]
		full := utf8.RuneCountInString(l) >= wrapped && !strings.HasSuffix(l, ":")
		switch {
		case l == "" || strings.Trim(l, "|: \t=_*-") == "":
			open = false
		case heading.MatchString(l):
			out, open = append(out, piece{from, to, false, true}), false
		case strings.HasPrefix(l, "|") || strings.Contains(l, " | "):
			i := from
			for j := from; j <= to; j++ {
				if j == to || text[j] == '|' {
					out = append(out, piece{i, j, false, true})
					i = j + 1
				}
			}
			open = false
		case marker.MatchString(l):
			out = append(out, piece{from + len(marker.FindString(l)), to, true, false})
			open = full
		case open:
			out[len(out)-1].end = to
			open = full
		default:
			out = append(out, piece{from, to, false, false})
			open = full
		}
	}
	return out
}

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\r' }

// running reports whether a piece is running text, and not a heading, an address, a name,
// or the line of a form: "Phone: 510 555 0101".
func (p piece) running(text string) bool {
	s := text[p.start:p.end]
	if ended(s) {
		return true
	}
	if p.item {
		return !strings.Contains(s, ": ") && !strings.HasSuffix(strings.TrimRight(s, " \t\r"), ":")
	}
	return !p.label && utf8.RuneCountInString(s) >= wrapped
}

// ended reports whether a text ends as a sentence does, and not with an initial.
func ended(s string) bool {
	s = strings.TrimRight(s, " \t\r\"'”’»)]*")
	r, size := utf8.DecodeLastRuneInString(s)
	if s == "" || !strings.ContainsRune(".!?…", r) {
		return false
	}
	word := s[strings.LastIndexAny(s, " \t\n")+1 : len(s)-size]
	first, size := utf8.DecodeRuneInString(word)
	return word == "" || size < len(word) || !unicode.IsUpper(first) || word == "I"
}

// sentences are the sentences of running text; of a text that has none, all it says.
func sentences(text string) []sentence {
	var out, other []sentence
	for _, p := range pieces(text) {
		if p.running(text) {
			out = append(out, cut(text, p)...)
		} else if len(out) == 0 {
			other = append(other, cut(text, p)...)
		}
	}
	if len(out) == 0 {
		return other
	}
	return out
}

// cut cuts a piece at its sentence ends.
func cut(text string, p piece) []sentence {
	var out []sentence
	start := p.start
	put := func(end int) {
		for start < end && (space(text[start]) || text[start] == '\n') {
			start++
		}
		stop := end
		for stop > start && (space(text[stop-1]) || text[stop-1] == '\n') {
			stop--
		}
		s := sentence{start: start, end: stop}
		s.read(text[start:stop])
		if len(s.words) > 0 {
			out = append(out, s)
		}
		start = end
	}
	for i := p.start; i < p.end; {
		r, size := utf8.DecodeRuneInString(text[i:p.end])
		if !strings.ContainsRune(".!?…", r) {
			i += size
			continue
		}
		dot := i
		for i < p.end {
			r, size := utf8.DecodeRuneInString(text[i:p.end])
			if !strings.ContainsRune(".!?…\"'”’»)]*", r) {
				break
			}
			i += size
		}
		if ends(text[start:dot], text[dot:i], text[i:p.end]) {
			put(i)
		}
	}
	put(p.end)
	return out
}

// ends reports whether signs after what was read end a sentence before what follows.
func ends(before, signs, after string) bool {
	rest := strings.TrimLeft(after, " \t\r\n")
	if rest == "" {
		return true
	}
	if len(rest) == len(after) {
		return false // in a word or a number
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, "\"'“‘«([*¿¡"))
	if strings.ContainsAny(signs, "!?") {
		return !unicode.IsLower(next)
	}
	if strings.HasPrefix(signs, "..") || strings.HasPrefix(signs, "…") {
		return !unicode.IsLower(next)
	}
	word := before[strings.LastIndexAny(before, " \t\n")+1:]
	word = strings.TrimLeft(word, "\"'“‘«([*¿¡")
	low := strings.ToLower(word)
	first, size := utf8.DecodeRuneInString(word)
	switch {
	case always[low]:
		return false
	case low == "m" && (strings.HasSuffix(before, "p. m") || strings.HasSuffix(before, "a. m")):
		return unicode.IsUpper(next)
	case numbered[low] && size < len(word):
		return !unicode.IsDigit(next)
	case seldom[low], strings.Contains(low, ".") && !strings.ContainsAny(low, "0123456789"):
		return unicode.IsUpper(next)
	case size == len(word) && unicode.IsLetter(first):
		// An initial, or the p of "p. ej."; not the last word of "my child and I."
		return !unicode.IsLower(next) && !unicode.IsDigit(next) && (word == "I" || word == "a" || word == "y" || word == "o")
	}
	return true
}

// set is some words.
func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

var (
	// always are short forms that something follows.
	always = set("mr mrs ms mx messrs dr drs prof hon rev st mt supt asst atty cal ed educ regs stat gen gov cf vs v al e.g i.e " +
		"sr sra srta sres sras dra drs lic licda ing profa ud uds vd vds ee núm pág págs ej cód admón depto dpto tít")
	// numbered are short forms before a number, and words of their own elsewhere.
	numbered = set("no nos sec secs ch p pp art arts fig vol para subd tit ext apt ste rm jan feb mar apr jun jul aug sep sept oct nov dec num n.º inc cap")
	// seldom are short forms that may end a sentence.
	seldom = set("etc jr esq co corp dept dist ave blvd rd approx est min mins hr hrs a.m p.m u.s uu aprox tel av avda")
)

// read takes a sentence apart.
func (s *sentence) read(text string) {
	for _, f := range strings.Fields(text) {
		if strings.ContainsFunc(f, unicode.IsDigit) {
			s.figures++
			continue
		}
		bare := strings.TrimRight(f, ".,;:")
		if strings.HasPrefix(bare, "(") && strings.HasSuffix(bare, ")") && utf8.RuneCountInString(bare) == 3 {
			continue // the letter of a citation
		}
		for _, w := range strings.FieldsFunc(f, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != '’' && r != '-' && r != '.' && r != '\u00ad'
		}) {
			w = strings.Trim(w, "'’-.")
			if w == "" {
				continue
			}
			s.words = append(s.words, w)
			s.lower = s.lower || strings.ContainsFunc(w, unicode.IsLower)
		}
	}
}

// spelled reports whether a word is read letter by letter, and gives the letters: IEP,
// IEPs, U.S. Longer ones are mostly spoken as words.
func spelled(w string) (string, bool) {
	w = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(w, "s"), "'"), "’")
	n := 0
	for _, r := range w {
		if r == '.' {
			continue
		}
		if !unicode.IsUpper(r) {
			return "", false
		}
		n++
	}
	if n < 2 || n > 4 || w == "FAPE" {
		return "", false
	}
	return w, true
}

// named is how many syllables the names of letters have.
func named(letters, lang string) int {
	n := 0
	for _, r := range letters {
		switch {
		case r == '.':
		case lang == "es" && strings.ContainsRune("FHJLMNÑRSXZ", r):
			n += 2
		case r == 'W':
			n += 3
		default:
			n++
		}
	}
	return n
}
