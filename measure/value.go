package measure

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// A Kind says what two values must share to be held against each other.
type Kind string

const (
	Plain Kind = "plain" // a count, a score, a rate, a time
	Share Kind = "share" // so many of so many, or a percentage
)

// A Value is one measured value as it was written.
type Value struct {
	N       float64 // the number; of a share with a denominator, how many succeeded
	Of      float64 // the denominator; 0 when none was written
	Percent bool    // N is a percentage
}

// Largest is the largest number that is read.
const Largest = 1e9

// Number is a plain value.
func Number(n float64) Value { return Value{N: n} }

// PercentOf is a percentage whose denominator was not said.
func PercentOf(n float64) Value { return Value{N: n, Percent: true} }

// Trials is n of all.
func Trials(n, all float64) Value { return Value{N: n, Of: all} }

// Kind says whether the value is a share.
func (v Value) Kind() Kind {
	if v.Percent || v.Of != 0 {
		return Share
	}
	return Plain
}

// Level is the number that is compared and drawn: percent for a share (7 of 10
// is 70), the number itself for anything else. ok is false for a value that no
// measurement gives: not a number, infinite, beyond Largest, a share of nothing.
func (v Value) Level() (level float64, ok bool) {
	if math.IsNaN(v.N) || math.Abs(v.N) > Largest || math.IsNaN(v.Of) || v.Of < 0 || v.Of > Largest {
		return 0, false
	}
	if v.Of != 0 {
		if v.Percent || v.N < 0 || v.N > v.Of {
			return 0, false
		}
		return v.N * 100 / v.Of, true
	}
	if v.Percent && (v.N < 0 || v.N > 100) {
		return 0, false
	}
	return v.N, true
}

// String writes what Parse reads.
func (v Value) String() string {
	n := strconv.FormatFloat(v.N, 'f', -1, 64)
	switch {
	case v.Of != 0:
		return n + "/" + strconv.FormatFloat(v.Of, 'f', -1, 64)
	case v.Percent:
		return n + "%"
	}
	return n
}

// A Flaw says why a text is no value, as the last part of a key of the catalogs.
type Flaw string

const (
	NoFlaw      Flaw = ""
	NotAValue   Flaw = "not_a_value"
	Comma       Flaw = "comma"         // 3,5 and 1,234 cannot be told apart
	MoreThanAll Flaw = "more_than_all" // 12/10
	OfNothing   Flaw = "of_nothing"    // 0/0
	OverHundred Flaw = "over_hundred"  // 140%
	TooLarge    Flaw = "too_large"
)

const digits = `(-?\d+(?:\.\d+)?|-?\.\d+)`

var (
	aShare   = regexp.MustCompile(`(?i)^` + digits + `\s*(?:/|\s(?:out of|of|de)\s)\s*` + digits + `$`)
	aPercent = regexp.MustCompile(`(?i)^` + digits + `\s*(?:%|percent|por ciento)$`)
	aNumber  = regexp.MustCompile(`^` + digits + `$`)
	aComma   = regexp.MustCompile(`\d,\d`)
)

// Parse reads "52", "7/10", "4 of 5", "4 de 5", "80%" or "80 por ciento". A
// decimal comma is refused, because 1,234 might be two numbers.
func Parse(text string) (Value, Flaw) {
	s := strings.TrimSpace(text)
	if len(s) > 40 {
		return Value{}, NotAValue
	}
	var v Value
	if m := aShare.FindStringSubmatch(s); m != nil {
		v = Value{N: number(m[1]), Of: number(m[2])}
		switch {
		case v.N < 0 || v.Of < 0:
			return Value{}, NotAValue
		case v.Of == 0:
			return Value{}, OfNothing
		case v.N > v.Of:
			return Value{}, MoreThanAll
		}
	} else if m := aPercent.FindStringSubmatch(s); m != nil {
		v = Value{N: number(m[1]), Percent: true}
		switch {
		case v.N < 0:
			return Value{}, NotAValue
		case v.N > 100:
			return Value{}, OverHundred
		}
	} else if m := aNumber.FindStringSubmatch(s); m != nil {
		v = Value{N: number(m[1])}
	} else if aComma.MatchString(s) {
		return Value{}, Comma
	} else {
		return Value{}, NotAValue
	}
	if _, ok := v.Level(); !ok {
		return Value{}, TooLarge
	}
	return v, NoFlaw
}

// number reads what the patterns let through; minus zero is zero.
func number(s string) float64 {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return math.Inf(1) // beyond what a float holds: refused as too large
	}
	return n + 0
}

// one finds the numbers of a longer text, with what makes them shares.
var one = regexp.MustCompile(`(?i)\d+(?:\.\d+)?\s*(?:/|\s(?:out of|of|de)\s)\s*\d+(?:\.\d+)?|\d[\d,]*(?:\.\d+)?(?:\s*(?:%|percent\b|por ciento\b))?`)

// InText finds the one value that a field such as "52 words per minute" or
// "4 of 5 trials" holds. ok is false when there is none, or more than one.
func InText(text string) (v Value, ok bool) {
	if len(text) > 400 {
		return Value{}, false
	}
	found := one.FindAllString(text, 3)
	if len(found) != 1 {
		return Value{}, false
	}
	v, flaw := Parse(found[0])
	return v, flaw == NoFlaw
}

// nothing are the words that stand where nothing was measured.
var nothing = map[string]bool{
	"": true, "-": true, "–": true, "—": true, "na": true, "n/a": true, "absent": true, "ausente": true, "no data": true, "sin datos": true, "none": true, "ninguno": true,
}

// SaysNothing reports a cell that says that nothing was measured that day.
func SaysNothing(text string) bool { return nothing[strings.ToLower(strings.TrimSpace(text))] }
