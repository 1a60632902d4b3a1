package credential

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strings"
)

// Codes is how many recovery codes are made at once.
const Codes = 10

// codeLetters are 31 signs without those that are taken for one another.
const codeLetters = "abcdefghjkmnpqrstuvwxyz23456789"

// codeLen signs of 31 are 118 bits: nobody guesses one, so a fast hash keeps it
// (OWASP ASVS 5.0, 6.5.2 asks for 112).
const codeLen = 24

// NewCodes makes recovery codes, and what is kept of them.
func NewCodes() (codes, kept []string) {
	const letters = len(codeLetters)
	for range Codes {
		var b strings.Builder
		for b.Len() < codeLen {
			var one [1]byte
			rand.Read(one[:])            // never fails (crypto/rand)
			if int(one[0]) < 8*letters { // each sign as often as the others
				b.WriteByte(codeLetters[int(one[0])%letters])
			}
		}
		c := b.String()
		codes = append(codes, c[:6]+"-"+c[6:12]+"-"+c[12:18]+"-"+c[18:])
		kept = append(kept, keptCode(c))
	}
	return codes, kept
}

func keptCode(bare string) string {
	h := sha256.Sum256([]byte("stayput recovery code\n" + bare))
	return hex.EncodeToString(h[:])
}

// bareCode is a code without what separates its groups; ok is false for what
// NewCodes never makes.
func bareCode(s string) (bare string, ok bool) {
	bare = strings.Map(func(c rune) rune {
		if c == '-' || c == ' ' || c == '\t' || c == '\n' {
			return -1
		}
		return c
	}, strings.ToLower(s))
	return bare, len(bare) == codeLen && strings.Trim(bare, codeLetters) == ""
}

// LooksLikeCode reports that s has the form of a recovery code.
func LooksLikeCode(s string) bool { _, ok := bareCode(s); return ok }

// UseCode takes a recovery code out of those that are kept; each works once. kept is
// not changed.
func UseCode(kept []string, code string) (left []string, right bool) {
	bare, ok := bareCode(code)
	want := keptCode(bare)
	for _, k := range kept {
		if subtle.ConstantTimeCompare([]byte(k), []byte(want)) == 1 && ok && !right {
			right = true
			continue
		}
		left = append(left, k)
	}
	return left, right
}
