package web

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What is random in an answer is masked before two answers are compared. Some thousand
// pages are, so what would be slow as an expression is read here once, byte by byte.

var (
	leadKeys  = regexp.MustCompile(`stayput/[^<"\s]+`)
	totpKeys  = regexp.MustCompile(`otpauth:[^<"\s]+`)
	codeKeys  = regexp.MustCompile(`\b(?:[A-Z2-7]{4}[ -]?){6,}`)
	lincolns  = regexp.MustCompile(`lincoln-[a-z2-7]{4}`)
	drawings  = regexp.MustCompile(`<path fill="#000" d="[^"]*"`)
	drafting  = regexp.MustCompile(`data-drafts="[^"]*"`)
	unquoted  = strings.NewReplacer(`"NAME"`, `NAME`, `"R"`, `R`) // a name that begins with a digit is quoted in YAML
	pageSizes = regexp.MustCompile(`Content-Length \[\d+\]\n`)
)

func masked(s string) string {
	for _, m := range []*regexp.Regexp{drawings, drafting, leadKeys, totpKeys} {
		s = m.ReplaceAllString(s, "R")
	}
	if mayHoldCodes(s) {
		s = codeKeys.ReplaceAllString(s, "R")
	}
	s = replaceWords(s, func(w string) string {
		if isRandomName(w) || isHex(w) {
			return "R"
		}
		return w
	})
	s = maskBase64(s)
	return unquoted.Replace(lincolns.ReplaceAllString(s, "R"))
}

// withoutNames puts NAME where desk.NewName made a word.
func withoutNames(s string) string {
	return replaceWords(s, func(w string) string {
		if isRandomName(w) {
			return "NAME"
		}
		return w
	})
}

// replaceWords puts something in the place of each word of letters, digits and
// underscores.
func replaceWords(s string, with func(word string) string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		n := i
		for n < len(s) && isWordByte[s[n]] {
			n++
		}
		if n-i >= 16 { // shorter ones are what they are
			b.WriteString(with(s[i:n]))
			i = n
		}
		for n < len(s) && !isWordByte[s[n]] {
			n++
		}
		b.WriteString(s[i:n])
		i = n
	}
	return b.String()
}

// maskBase64 masks what is long and has no space.
func maskBase64(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		n := i
		for n < len(s) && isBase64Byte[s[n]] {
			n++
		}
		if n-i >= 24 {
			b.WriteByte('R')
			for k := 0; k < 2 && n < len(s) && s[n] == '='; k++ {
				n++
			}
			i = n
		}
		for n < len(s) && !isBase64Byte[s[n]] {
			n++
		}
		b.WriteString(s[i:n])
		i = n
	}
	return b.String()
}

// mayHoldCodes reports that enough capitals stand together for codeKeys to match.
func mayHoldCodes(s string) bool {
	n := 0
	for i := range len(s) {
		switch {
		case isCodeByte[s[i]]:
			if n++; n == 24 {
				return true
			}
		case s[i] != ' ' && s[i] != '-':
			n = 0
		}
	}
	return false
}

var (
	isWordByte   = bytesOf("0-9A-Za-z_")
	isNameByte   = bytesOf("a-z2-7")
	isHexByte    = bytesOf("0-9a-f")
	isCodeByte   = bytesOf("A-Z2-7")
	isBase64Byte = bytesOf("A-Za-z0-9+/_-")
)

// bytesOf are the bytes of a class as expressions write it.
func bytesOf(class string) (out [256]bool) {
	m := regexp.MustCompile("^[" + class + "]$")
	for b := range 128 {
		out[b] = m.MatchString(string(rune(b)))
	}
	return out
}

func all(s string, class *[256]bool) bool {
	for i := range len(s) {
		if !class[s[i]] {
			return false
		}
	}
	return true
}

func isRandomName(word string) bool { return len(word) == 16 && all(word, &isNameByte) }
func isHex(word string) bool        { return len(word) >= 32 && all(word, &isHexByte) }

// What is read byte by byte is what these expressions say.
func TestMaskedIsWhatExpressionsSay(t *testing.T) {
	names, hexes, base64s := regexp.MustCompile(`\b[a-z2-7]{16}\b`), regexp.MustCompile(`\b[0-9a-f]{32,}\b`), regexp.MustCompile(`[A-Za-z0-9+/_-]{24,}={0,2}`)
	part := rapid.OneOf(rapid.StringMatching(`[a-z2-7]{15,17}`), rapid.StringMatching(`[0-9a-f]{30,34}`), rapid.StringMatching(`[A-Za-z0-9+/_-]{22,26}={0,3}`),
		rapid.StringMatching(`([A-Z2-7]{4}[ -]?){5,7}`), rapid.StringMatching(`[ -<>"=_.Aa07é]{0,3}`))
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(part, 0, 8).Draw(t, "parts"), "")
		if got, want := withoutNames(s), names.ReplaceAllString(s, "NAME"); got != want {
			t.Fatalf("names of %q: %q, want %q", s, got, want)
		}
		words := replaceWords(s, func(w string) string {
			if isHex(w) {
				return "R"
			}
			return w
		})
		if want := hexes.ReplaceAllString(s, "R"); words != want {
			t.Fatalf("hex of %q: %q, want %q", s, words, want)
		}
		if got, want := maskBase64(s), base64s.ReplaceAllString(s, "R"); got != want {
			t.Fatalf("base64 of %q: %q, want %q", s, got, want)
		}
		if codeKeys.MatchString(s) && !mayHoldCodes(s) {
			t.Fatalf("%q holds a code that is not looked for", s)
		}
	})
}
