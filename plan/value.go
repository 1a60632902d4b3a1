package plan

import (
	"strconv"
	"strings"
)

// A Count is a whole number that may be unsaid: nothing said is not zero.
type Count struct {
	N    int
	Said bool
}

// CountOf is a count that was said.
func CountOf(n int) Count { return Count{n, true} }

// String is the number, or nothing.
func (c Count) String() string {
	if !c.Said {
		return ""
	}
	return strconv.Itoa(c.N)
}

// A Number is a number of at least zero as it was written, perhaps with decimals.
type Number string

// Thousandths is the number times a thousand; ok is false when none is said.
func (n Number) Thousandths() (v int64, ok bool) {
	whole, rest, _ := strings.Cut(string(n), ".")
	if whole == "" || len(whole) > 9 || len(rest) > 3 {
		return 0, false
	}
	v, err := strconv.ParseInt(whole+(rest + "000")[:3], 10, 64)
	return v, err == nil && v >= 0
}

// A Source is where a value came from.
type Source struct {
	Document string `key:"document"`
	Page     string `key:"page"`
	Text     string `key:"text"`
	TypedBy  string `key:"typed_by"`
}
