package markup

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// tidy is text as it is kept: composed letters, line feeds, and no signs that a reader
// cannot see but a machine would obey. Joiners and the marks of direction stay: names
// need them. What turns the order of a whole line does not.
func tidy(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r == '\r', r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
			return '\n'
		case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0xFEFF, unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(s)
}
