// Package wrap breaks text into lines for a terminal. It counts runes, keeps
// words whole and knows nothing of what the text says.
package wrap

import (
	"io"
	"strings"
	"unicode/utf8"
)

// Text writes s in lines of at most width runes; lines after the first begin
// with indent. A word longer than a line stands alone.
func Text(w io.Writer, s string, width int, indent string) {
	for _, line := range Lines(s, width, indent) {
		io.WriteString(w, line+"\n")
	}
}

// Lines is the lines Text writes.
func Lines(s string, width int, indent string) []string {
	var out []string
	var b strings.Builder
	n := 0
	for _, word := range strings.Fields(s) {
		k := utf8.RuneCountInString(word)
		if n > 0 && n+1+k > width {
			out = append(out, b.String())
			b.Reset()
			b.WriteString(indent)
			n = utf8.RuneCountInString(indent)
			b.WriteString(word)
			n += k
			continue
		}
		if b.Len() > 0 && n > 0 {
			b.WriteByte(' ')
			n++
		}
		b.WriteString(word)
		n += k
	}
	if b.Len() > 0 {
		out = append(out, b.String())
	}
	return out
}
