package goal

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A kind says what a token is.
type kind uint8

const (
	aWord     kind = iota
	aNumber        // 5, five, 2-3
	aRatio         // 4/5, 4 of 5: a out of b
	aPercent       // 80%, 80 percent
	aDate          // 6/2027, 5/14/2027, 2027-05-14
	aYear          // 2027
	aCompound      // 5-step, 10-minute
	aMark          // punctuation
)

// A token is a word, a number or a mark of a text.
type token struct {
	start, end int
	word       string // lower case, no accents, typing slips mended
	kind       kind
	a, b       float64
	length     int // tokens that belong to this one: "4 out of 5" is four
	capital    bool
	spelled    bool // a number in letters
	class      class
	phrase     class // classes of the phrase that begins here
	verb       verb
	in         place
}

// A place says in which part of the goal a token stands.
type place uint8

const (
	inTime place = 1 << iota
	inCondition
	inMeasure
	inBaseline
	inPreamble
)

// fold gives a word in lower case without accents, and ñ as n, because typists
// leave them out. "Él" and "sí" keep theirs: without it they are other words.
func fold(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch r = unicode.ToLower(r); r {
		case 'á', 'à', 'â', 'ä', 'ã':
			r = 'a'
		case 'é', 'è', 'ê', 'ë':
			r = 'e'
		case 'í', 'ì', 'î', 'ï':
			r = 'i'
		case 'ó', 'ò', 'ô', 'ö', 'õ':
			r = 'o'
		case 'ú', 'ù', 'û', 'ü':
			r = 'u'
		case 'ñ':
			r = 'n'
		case 'ç':
			r = 'c'
		case '’':
			r = '\''
		case '\u0301', '\u0303', '\u0308': // accents that stand after their letter
			continue
		}
		b.WriteRune(r)
	}
	switch w := strings.ToLower(s); w {
	case "él", "sí":
		return w
	}
	return b.String()
}

// split cuts a text into tokens. Every byte of a word, number or mark belongs
// to exactly one token.
func split(s string) []token {
	out := make([]token, 0, len(s)/5+4)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r):
			i += n
		case digit(r):
			t := number(s, i)
			out = append(out, t)
			i = t.end
		case unicode.IsLetter(r):
			j := wordEnd(s, i)
			t := token{start: i, end: j, word: fold(s[i:j]), kind: aWord, capital: unicode.IsUpper(r)}
			if long, n := slashed(s[i:]); n > 0 {
				t.word, t.end = long, i+n
			}
			out = append(out, t)
			i = t.end
		default:
			out = append(out, token{start: i, end: i + n, word: s[i : i+n], kind: aMark})
			i += n
		}
	}
	for i := range out {
		out[i].length = 1
	}
	return out
}

// slashed reads the short forms that end in a slash, "w/" and "c/".
func slashed(s string) (word string, n int) {
	if len(s) < 2 || s[1] != '/' {
		return "", 0
	}
	for _, x := range [...]struct{ short, word string }{{"w/o", "without"}, {"w/", "with"}, {"c/", "con"}, {"s/", "sin"}, {"p/", "para"}} {
		if len(s) >= len(x.short) && strings.EqualFold(s[:len(x.short)], x.short) {
			next, _ := utf8.DecodeRuneInString(s[len(x.short):])
			if len(s) == len(x.short) || x.short == "w/" || !unicode.IsLetter(next) {
				return x.word, len(x.short)
			}
		}
	}
	return "", 0
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

// wordEnd finds where the word that begins at i ends. Apostrophes and hyphens
// between letters belong to it; "'s" and "'ll" do not.
func wordEnd(s string, i int) int {
	for i < len(s) {
		if c := s[i] | 0x20; c >= 'a' && c <= 'z' {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) || digit(r) {
			i += n
			continue
		}
		if r == '\'' || r == '’' || r == '-' {
			next, _ := utf8.DecodeRuneInString(s[i+n:])
			if unicode.IsLetter(next) || r == '-' && digit(next) {
				if r != '-' && possessive(s[i+n:]) {
					return i
				}
				i += n
				continue
			}
		}
		return i
	}
	return i
}

// possessive reports that what follows an apostrophe is "s" or "ll" alone.
func possessive(s string) bool {
	for _, end := range []string{"s", "ll", "S", "LL"} {
		if rest, ok := strings.CutPrefix(s, end); ok {
			r, _ := utf8.DecodeRuneInString(rest)
			return !unicode.IsLetter(r)
		}
	}
	return false
}

// number reads what begins with a digit: a number, a date, a ratio, a
// percentage, or a number tied to a word.
func number(s string, i int) token {
	t := token{start: i, kind: aNumber}
	t.a, t.end = digits(s, i)
	first := t.end - i
	next := func() byte {
		if t.end+1 < len(s) && s[t.end+1] >= '0' && s[t.end+1] <= '9' {
			return s[t.end]
		}
		return 0
	}
	switch sep := next(); {
	case sep == '/' || sep == '-' || sep == '.' && first <= 2:
		var end2 int
		t.b, end2 = whole(s, t.end+1)
		second := end2 - t.end - 1
		if end2+1 < len(s) && s[end2] == sep && s[end2+1] >= '0' && s[end2+1] <= '9' {
			_, t.end = whole(s, end2+1)
			t.kind = aDate
			break
		}
		t.end = end2
		switch {
		case sep == '/' && second == 4 && t.b >= 1990 && t.b < 2100 && t.a <= 12:
			t.kind = aDate
		case sep == '/':
			t.kind = aRatio
		case first == 4 && t.a >= 1990 && t.a < 2100: // 2026-27
			t.kind = aYear
		default: // 2-3
			t.a, t.b = t.b, 0
		}
	case sep == ':': // 10:30, 5:1
		_, t.end = digits(s, t.end+1)
		t.kind = aCompound
	case first == 4 && t.a >= 1990 && t.a < 2100:
		t.kind = aYear
	}
	rest := s[t.end:]
	trimmed := strings.TrimLeft(rest, " ")
	if (t.kind == aNumber || t.kind == aYear) && strings.HasPrefix(trimmed, "%") {
		t.kind, t.end = aPercent, t.end+len(rest)-len(trimmed)+1
		return t
	}
	r, n := utf8.DecodeRuneInString(rest)
	if r == '-' {
		if after, _ := utf8.DecodeRuneInString(rest[n:]); unicode.IsLetter(after) {
			j := wordEnd(s, t.end+n)
			t.word, t.end, t.kind = fold(s[t.end+n:j]), j, aCompound
		}
	} else if unicode.IsLetter(r) { // 3rd, 2x30, 1er, 10am
		j := wordEnd(s, t.end)
		t.word, t.end = fold(s[i:j]), j
		switch {
		case t.kind == aNumber && (t.word[len(t.word)-1] == 'x' && len(t.word) <= 4):
			t.word = "times" // 5x
		case t.kind == aNumber || t.kind == aYear:
			t.kind = aWord
		}
	} else if r == 'º' || r == 'ª' || r == '°' {
		t.end, t.kind, t.word = t.end+n, aWord, "ordinal"
	}
	return t
}

// whole reads digits alone.
func whole(s string, i int) (v float64, end int) {
	for end = i; end < len(s) && digit(rune(s[end])); end++ {
		if v < 1e12 {
			v = v*10 + float64(s[end]-'0')
		}
	}
	return v, end
}

// digits reads a whole or decimal number. A number too long to mean anything
// stays a number.
func digits(s string, i int) (v float64, end int) {
	scale := 0.0
	for end = i; end < len(s); end++ {
		c := s[end]
		switch {
		case c >= '0' && c <= '9':
			if scale > 0 {
				v += float64(c-'0') * scale
				scale /= 10
			} else if v < 1e12 {
				v = v*10 + float64(c-'0')
			}
		case c == ',' && end > i && end+3 < len(s) && digit(rune(s[end+1])) && digit(rune(s[end+2])) && digit(rune(s[end+3])):
			// thousands
		case c == '.' && scale == 0 && end > i && end+1 < len(s) && digit(rune(s[end+1])) && !dotted(s, end+1):
			scale = 0.1
		default:
			return v, end
		}
	}
	return v, end
}

// dotted reports that the digits at i are followed by a dot and more digits, as
// in a date with dots.
func dotted(s string, i int) bool {
	for i < len(s) && digit(rune(s[i])) {
		i++
	}
	return i+1 < len(s) && s[i] == '.' && digit(rune(s[i+1]))
}
