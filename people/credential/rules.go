package credential

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// How long a passphrase must be, by NIST SP 800-63B-4: 15 where nothing else is
// asked, fewer beside a second factor. Each sign counts, and none is asked for.
const (
	MinAlone = 15
	MinWith  = 12  // with an authenticator app or a recovery code beside it
	Max      = 256 // what is longer is refused and never cut
)

// A Weakness is why a passphrase is not taken; "" is none.
type Weakness string

const (
	TooShort Weakness = "short"
	TooLong  Weakness = "long"
	Common   Weakness = "common" // one of those that everybody tries first, or a few signs repeated
	Own      Weakness = "own"    // a name or the sign-in name, with little else
)

//go:embed common.txt
var commonText string

// commonest are the passphrases that are tried first, folded.
var commonest = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for line := range strings.Lines(commonText) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out[fold(line)] = true
		}
	}
	return out
})

// fold leaves what makes two passphrases the same to somebody who guesses.
func fold(s string) string {
	return strings.Map(func(c rune) rune {
		switch c {
		case ' ', '-', '_', '.', ',', '!', '?':
			return -1
		case '0':
			return 'o'
		case '@':
			return 'a'
		case '$':
			return 's'
		}
		return c
	}, Login(s))
}

// Weak says why a passphrase is not taken. names are what the person is called here:
// the sign-in name, the name, the program's own.
func Weak(passphrase string, minimum int, names ...string) Weakness {
	n := utf8.RuneCountInString(norm.NFKC.String(passphrase))
	switch {
	case n < minimum:
		return TooShort
	case n > Max:
		return TooLong
	}
	f := fold(passphrase)
	if commonest()[f] || commonest()[strings.TrimRight(f, "o123456789")] || repeats(f) || runs(f) {
		return Common
	}
	for _, name := range names {
		for _, part := range append(strings.FieldsFunc(name, func(c rune) bool { return c == '@' || c == ' ' }), name) {
			if own := fold(part); len(own) >= 3 && utf8.RuneCountInString(strings.ReplaceAll(f, own, "")) < 5 {
				return Own
			}
		}
	}
	return ""
}

// repeats reports that s is up to four signs again and again.
func repeats(s string) bool {
	r := []rune(s)
	for n := 1; n <= 4 && n < len(r); n++ {
		same := true
		for i := n; i < len(r) && same; i++ {
			same = r[i] == r[i-n]
		}
		if same {
			return true
		}
	}
	return len(r) < 5
}

// rows are what fingers run along.
var rows = []string{"abcdefghijklmnopqrstuvwxyz", "1234567890", "o123456789o", "qwertyuiopasdfghjklzxcvbnm", "qwertyuiopasdfghjklnzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9oop"}

// runs reports that s is one such row, forward, backward or again and again.
func runs(s string) bool {
	for _, row := range rows {
		long := strings.Repeat(fold(row), 4)
		if strings.Contains(long, s) || strings.Contains(backward(long), s) {
			return true
		}
	}
	return false
}

func backward(s string) string {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}
