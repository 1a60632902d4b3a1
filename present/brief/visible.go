package brief

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// visible leaves out of finished text what a reader cannot see but a terminal
// or a page would obey: control characters, and the marks that turn the order
// of letters around and could make one date look like another. A record may
// have been written by the other side. The colors of our own are kept.
func visible(text []byte, color bool) []byte {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		keep := true
		switch {
		case r == '\n' || r == '\t':
		case r == 0x1b:
			keep = color && ourColor(text[i:])
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			keep = false
		}
		if keep {
			out = append(out, text[i:i+n]...)
		}
		i += n
	}
	return out
}

// ourColor reports that an escape sequence only sets a look: it moves nothing
// and hides nothing.
func ourColor(b []byte) bool {
	rest, ok := bytes.CutPrefix(b, []byte("\x1b["))
	if !ok {
		return false
	}
	n := len(rest) - len(bytes.TrimLeft(rest, "0123456789;"))
	return n > 0 && n < 6 && n < len(rest) && rest[n] == 'm' && rest[0] != '8'
}
