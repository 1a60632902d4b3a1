package guide

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Found is one place of a text where a term is named.
type Found struct {
	Term       *Term
	Start, End int // bytes of the text
}

// names finds terms by what they are called.
type names struct {
	byFirst map[string][]name // by the first word, small letters; longest first
}

type name struct {
	text  string // small letters, unless exact
	exact bool   // an abbreviation: only in capitals
	term  int
}

func newNames(ts []Term) *names {
	n := &names{byFirst: map[string][]name{}}
	for i := range ts {
		for _, s := range ts[i].Names {
			x := name{text: s, exact: abbreviation(s), term: i}
			if !x.exact {
				x.text = strings.ToLower(s)
			}
			k := strings.ToLower(firstWord(s))
			n.byFirst[k] = append(n.byFirst[k], x)
		}
	}
	for _, l := range n.byFirst {
		sort.SliceStable(l, func(a, b int) bool { return len(l[a].text) > len(l[b].text) })
	}
	return n
}

// abbreviation reports that s is written in capitals alone, so that the word
// "at" is not the term AT.
func abbreviation(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters > 0
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func firstWord(s string) string {
	if i := strings.IndexFunc(s, func(r rune) bool { return !letter(r) }); i > 0 {
		return s[:i]
	}
	return s
}

// Find is where the names of terms occur in text, in order and without
// overlap: whole words, the longest name first. Abbreviations count only in
// capitals.
func (g *Guide) Find(text string) []Found {
	var out []Found
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !letter(r) {
			i += size
			continue
		}
		word := firstWord(text[i:])
		if f, ok := g.at(text, i, word); ok {
			out = append(out, f)
			i = f.End
			continue
		}
		i += len(word)
	}
	return out
}

// at is the longest name that begins at i, where word stands.
func (g *Guide) at(text string, i int, word string) (Found, bool) {
	for _, x := range g.names.byFirst[strings.ToLower(word)] {
		end := i + len(x.text)
		if end > len(text) {
			continue
		}
		got := text[i:end]
		if !x.exact {
			got = strings.ToLower(got)
		}
		if got != x.text {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(text[end:]); end < len(text) && letter(r) {
			continue
		}
		return Found{Term: &g.Terms[x.term], Start: i, End: end}, true
	}
	return Found{}, false
}
