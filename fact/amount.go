package fact

import "strings"

// Amount reads money in dollars as people write it: 1250, 1,250.00, $80.5. It gives
// the number alone with two decimals, or none when there are no cents; ok is false for
// what is no amount, is negative, or has more than nine digits before the point.
func Amount(s string) (amount string, ok bool) {
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(s), "$"))
	whole, cents, point := strings.Cut(s, ".")
	if groups := strings.Split(whole, ","); len(groups) > 1 {
		for i, g := range groups {
			if i == 0 && (g == "" || len(g) > 3) || i > 0 && len(g) != 3 {
				return "", false
			}
		}
		whole = strings.Join(groups, "")
	}
	digits := func(s string) bool { return strings.Trim(s, "0123456789") == "" }
	if whole == "" || len(whole) > 9 || !digits(whole) || !digits(cents) || point && cents == "" || len(cents) > 2 {
		return "", false
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if cents = (cents + "00")[:2]; cents == "00" {
		return whole, true
	}
	return whole + "." + cents, true
}
