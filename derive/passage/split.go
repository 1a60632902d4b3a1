package passage

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"stayput/derive/reading"
)

// How long a passage is at most, in letters, and how many a text has at most: of more, the
// short ones are joined with their neighbors.
const (
	MostLetters = 600
	Most        = 800
)

// A Passage is text[From:To].
type Passage struct{ From, To int }

// Of is what the passage says, as it stands in the text.
func (p Passage) Of(text string) string { return text[p.From:p.To] }

// Split cuts a text into its passages. What holds no letter and no digit, such as a line
// of dashes, is in none.
func Split(text string) []Passage {
	var out []Passage
	for _, b := range blocks(text) {
		for _, s := range sentences(text, b) {
			for _, p := range short(text, s) {
				if says(p.Of(text)) {
					out = append(out, p)
				}
			}
		}
	}
	for least := 40; len(out) > Most; least *= 2 {
		out = join(text, out, least)
	}
	return out
}

func says(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// full is how many letters a line has that may have been broken because it was full.
const full = 60

var marker = regexp.MustCompile(`^(?:[-–—*•·▪■□☐☑☒✓✔○●]|\(?[0-9]{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivxIVX]{1,5}[.)])[ \t\x{a0}]+\S`)

// blocks cuts a text at empty lines, before items of a list, and where a line ended
// because its writer ended it.
func blocks(text string) (out []Passage) {
	open := false // the last block may go on in the next line
	for at := 0; at < len(text); {
		end := at + strings.IndexByte(text[at:], '\n')
		if end < at {
			end = len(text)
		}
		l := trim(text, Passage{at, end})
		at = end + 1
		s := l.Of(text)
		switch {
		case s == "":
			open = false
			continue
		case open && !marker.MatchString(s), len(out) > 0 && goesOn(text[out[len(out)-1].From:out[len(out)-1].To], text[out[len(out)-1].To:l.From], s):
			out[len(out)-1].To = l.To
		default:
			out = append(out, l)
		}
		open = utf8.RuneCountInString(s) >= full && !strings.HasSuffix(s, ":")
	}
	return out
}

// goesOn reports that a line goes on with what stands above it: it begins small, and that
// did not end.
func goesOn(above, between, line string) bool {
	if strings.Count(between, "\n") != 1 || marker.MatchString(line) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(line)
	last, _ := utf8.DecodeLastRuneInString(above)
	return unicode.IsLower(first) && (unicode.IsLetter(last) || last == ',' || last == '-')
}

// The signs that may end a sentence; those of closed end one whatever follows.
const (
	open   = ".!?…"
	closed = "。！？｡؟۔।॥։።။។"
	after  = "\"'”’»)]」』）】"
)

// sentences cuts a block at the ends of its sentences.
func sentences(text string, b Passage) (out []Passage) {
	start := b.From
	if m := marker.FindStringIndex(b.Of(text)); m != nil { // the point of "1." ends nothing
		start += m[1] - 1
	}
	for i := start; i < b.To; {
		r, size := utf8.DecodeRuneInString(text[i:b.To])
		if !strings.ContainsRune(open, r) && !strings.ContainsRune(closed, r) {
			i += size
			continue
		}
		dot, sure := i, false
		for i < b.To {
			r, size := utf8.DecodeRuneInString(text[i:b.To])
			if !strings.ContainsRune(open, r) && !strings.ContainsRune(closed, r) && !strings.ContainsRune(after, r) {
				break
			}
			sure = sure || strings.ContainsRune(closed, r)
			i += size
		}
		if i < b.To && (sure || reading.Ends(text[start:dot], text[dot:i], text[i:b.To])) {
			out = append(out, trim(text, Passage{b.From, i}))
			b.From, start = i, i
		}
	}
	if l := trim(text, b); l.From < l.To {
		out = append(out, l)
	}
	return out
}

// short cuts what is too long at a space, or, where there is none, between two letters.
func short(text string, p Passage) (out []Passage) {
	for {
		n, end, good := 0, p.To, 0
		for i, r := range p.Of(text) {
			if n == MostLetters {
				end = p.From + i
				break
			}
			n++
			if unicode.IsSpace(r) && n > MostLetters/2 {
				good = p.From + i
			}
		}
		if end == p.To {
			return append(out, p)
		}
		if good > 0 {
			end = good
		} else {
			end = whole(text, p.From, end)
		}
		out = append(out, trim(text, Passage{p.From, end}))
		p = trim(text, Passage{end, p.To})
		if p.From >= p.To {
			return out
		}
	}
}

// whole moves a cut back so that no sign is torn from the letter that it belongs to.
func whole(text string, from, at int) int {
	for i, n := at, 0; i > from && n < 32; n++ {
		r, _ := utf8.DecodeRuneInString(text[i:])
		last, size := utf8.DecodeLastRuneInString(text[:i])
		if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc, unicode.Sk) && r != '\u200d' && last != '\u200d' && (r < 0xFE00 || r > 0xFE0F) {
			return i
		}
		i -= size
	}
	return at
}

// join joins neighbors until each has at least so many letters.
func join(text string, in []Passage, least int) (out []Passage) {
	for _, p := range in {
		if n := len(out); n > 0 && utf8.RuneCountInString(out[n-1].Of(text)) < least {
			out[n-1].To = p.To
			continue
		}
		out = append(out, p)
	}
	return out
}

// trim takes the space off both ends.
func trim(text string, p Passage) Passage {
	s := p.Of(text)
	p.To = p.From + len(strings.TrimRightFunc(s, unicode.IsSpace))
	s = p.Of(text)
	p.From += len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	return p
}
