// Package credential is how somebody proves who he or she is: passphrases kept as
// argon2id, codes of an authenticator app (RFC 6238), recovery codes, and how long
// somebody who guesses has to wait.
//
// It knows no store and no page, and asks never what time it is: desk gives it what
// is kept and the moment, and keeps what it gives back.
package credential

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// LoginMax is how many letters a sign-in name may have.
const LoginMax = 80

// Login is a sign-in name as it is looked up: without accents, capitals and the
// space around it, so that a phone that writes a capital finds the same account.
func Login(s string) string {
	var b strings.Builder
	for _, c := range norm.NFKD.String(strings.TrimSpace(s)) {
		if !unicode.Is(unicode.Mn, c) {
			b.WriteRune(unicode.ToLower(c))
		}
	}
	return b.String()
}

// GoodLogin reports that s can be a sign-in name: 3 to 80 letters, digits and the
// signs of an email address, without spaces.
func GoodLogin(s string) bool {
	n := 0
	for _, c := range Login(s) {
		if n++; n > LoginMax || !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("._-+@", c) {
			return false
		}
	}
	return n >= 3
}
