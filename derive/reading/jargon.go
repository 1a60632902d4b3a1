package reading

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Term is a word of the trade and what it means. A term with several names is given once
// for each, with the same meaning.
type Term struct {
	Name  string // as it stands in running text
	Plain string // what it means
}

// A Use is a term that stands in a text without being explained there.
type Use struct {
	Name       string // as the term is called
	Plain      string
	Start, End int // bytes of the text, the first time
	Times      int
}

// find finds terms: whole words, the longest name first, without overlap. A name in
// capitals counts only in capitals, so that "pt" is no PT, and not where brackets explain
// it: "occupational therapy (OT)".
func find(text string, terms []Term) []Use {
	type name struct {
		text  string
		exact bool
		term  int
	}
	first := map[string][]name{}
	for i, t := range terms {
		n := name{strings.Join(strings.Fields(t.Name), " "), capitals(t.Name), i}
		if !n.exact {
			n.text = strings.ToLower(n.text)
		}
		if w := word(n.text); w != "" {
			first[strings.ToLower(w)] = append(first[strings.ToLower(w)], n)
		}
	}
	for _, l := range first {
		slices.SortStableFunc(l, func(a, b name) int { return len(b.text) - len(a.text) })
	}
	var out []Use
	seen := map[string]int{} // by the meaning
	for i := 0; i < len(text); {
		w := word(text[i:])
		if w == "" {
			_, size := utf8.DecodeRuneInString(text[i:])
			i += size
			continue
		}
		end := i + len(w)
		for _, n := range first[strings.ToLower(w)] {
			size := prefix(text[i:], n.text, n.exact)
			if size == 0 || word(text[i+size:]) != "" {
				continue
			}
			end = i + size
			t := terms[n.term]
			if n.exact && (strings.Contains(text, "("+n.text+")") || strings.Contains(text, n.text+" (")) {
				break
			}
			if at, ok := seen[t.Plain]; ok {
				out[at].Times++
				break
			}
			seen[t.Plain] = len(out)
			out = append(out, Use{Name: t.Name, Plain: t.Plain, Start: i, End: end, Times: 1})
			break
		}
		i = end
	}
	return out
}

// word is the letters and digits that a text begins with.
func word(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	if end < 0 {
		return s
	}
	return s[:end]
}

// prefix is how many bytes of a text are a name; a line break is as good as a space.
func prefix(text, name string, exact bool) int {
	i := 0
	for _, want := range name {
		if i >= len(text) {
			return 0
		}
		got, size := utf8.DecodeRuneInString(text[i:])
		if !exact {
			got = unicode.ToLower(got)
		}
		if got == '\n' || got == '\u00a0' {
			got = ' '
		}
		if got != want {
			return 0
		}
		i += size
	}
	return i
}

// capitals reports whether a name is written in capitals alone.
func capitals(s string) bool {
	some := false
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		some = some || unicode.IsUpper(r)
	}
	return some
}
