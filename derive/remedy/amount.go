package remedy

import (
	"strconv"
	"strings"

	"stayput/fact"
)

// mostMinutes bounds the minutes of one entry, so that a slip of the finger cannot
// make a sum run over.
const mostMinutes = 100_000_000

// bounded is the minutes of an entry: none when they are negative.
func bounded(n int) int64 { return int64(max(0, min(n, mostMinutes))) }

// Cents is an amount as an entry writes it, in whole cents; 0 when it is none. It is
// exact: no part of it goes through floating point.
func Cents(amount string) int64 {
	s, ok := fact.Amount(amount)
	if !ok {
		return 0
	}
	whole, cents, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return 0
	}
	n *= 100
	if cents != "" {
		c, _ := strconv.ParseInt(cents, 10, 64) // two digits: fact.Amount says so
		n += c
	}
	return n
}

// Dollars writes cents as a number of dollars, with cents when there are any.
func Dollars(cents int64) string {
	out := strconv.FormatInt(cents/100, 10)
	for i := len(out) - 3; i > 0; i -= 3 {
		out = out[:i] + "," + out[i:]
	}
	if c := cents % 100; c != 0 {
		out += "." + strconv.FormatInt(c/10, 10) + strconv.FormatInt(c%10, 10)
	}
	return out
}
