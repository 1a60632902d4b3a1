package credential

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

const (
	period     = 30 // seconds of a step
	secretSize = 20 // bytes, as RFC 4226 recommends
)

var bare32 = base32.StdEncoding.WithPadding(base32.NoPadding)

// NewSecret is a secret that an authenticator app and we share.
func NewSecret() string {
	var b [secretSize]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	return bare32.EncodeToString(b[:])
}

// GoodSecret reports that s has the form of a secret that NewSecret makes.
func GoodSecret(s string) bool {
	b, err := bare32.DecodeString(s)
	return err == nil && len(b) == secretSize
}

// Spaced is a secret or a code in groups of four, as people type it.
func Spaced(s string) string {
	var b strings.Builder
	for i, c := range s {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Address is what an authenticator app reads from the QR code.
func Address(secret, login, where string) string {
	v := url.Values{"secret": {secret}, "issuer": {where}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {"30"}}
	return "otpauth://totp/" + url.PathEscape(where+":"+login) + "?" + strings.ReplaceAll(v.Encode(), "+", "%20")
}

// Step is the number of the half minute of a moment.
func Step(now time.Time) int64 { return now.Unix() / period }

// noSecret is looked at where there is none, so that the work is the same.
var noSecret = bare32.EncodeToString(make([]byte, secretSize))

// CheckCode reports that a code is the one of this half minute, the one before or
// the one after, because clocks differ. A step that is not later than the last one
// used is refused: a code works once. step is to be kept.
func CheckCode(secret, code string, now time.Time, last int64) (step int64, right bool) {
	code, there := digits(code), secret != ""
	if !there {
		secret = noSecret
	}
	at := Step(now)
	for _, s := range []int64{at - 1, at, at + 1} {
		want, err := hotp.GenerateCodeCustom(secret, uint64(max(s, 0)), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, false
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && s > last && !right {
			step, right = s, true
		}
	}
	return step, right && there
}

// Code is the code of a moment.
func Code(secret string, now time.Time) string {
	code, _ := hotp.GenerateCodeCustom(secret, uint64(Step(now)), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	return code
}

// digits leaves out the space that apps show inside a code.
func digits(s string) string {
	return strings.Map(func(c rune) rune {
		if c == ' ' || c == '-' || c == '\t' || c == '\n' {
			return -1
		}
		return c
	}, s)
}
