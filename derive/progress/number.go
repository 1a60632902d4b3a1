package progress

import (
	"encoding/json"
	"math"
	"slices"
)

// A Number is a result that may not be known. The zero Number is not known.
type Number struct {
	V     float64
	Known bool
}

// known is v as a result; what is infinite or not a number is not known.
func known(v float64) Number {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Number{}
	}
	return Number{V: v + 0, Known: true}
}

// IsZero reports that nothing is known, so that JSON leaves it out.
func (n Number) IsZero() bool { return !n.Known }

// MarshalJSON writes the number to six decimals, or null.
func (n Number) MarshalJSON() ([]byte, error) {
	if !n.Known {
		return []byte("null"), nil
	}
	v := math.Round(n.V*1e6) / 1e6
	if math.IsInf(v, 0) || math.IsNaN(v) {
		v = n.V
	}
	return json.Marshal(v + 0)
}

// Median is the middle value, or the mean of the two in the middle. ok is false
// for no values.
func Median(vs []float64) (m float64, ok bool) {
	if len(vs) == 0 {
		return 0, false
	}
	s := slices.Clone(vs)
	slices.Sort(s)
	return middle(s), true
}

// middle is the median of sorted values.
func middle(s []float64) float64 {
	n := len(s)
	if n%2 == 1 {
		return s[n/2]
	}
	return s[n/2-1] + (s[n/2]-s[n/2-1])/2
}

// mean is the arithmetic mean; vs is not empty.
func mean(vs []float64) float64 {
	sum := 0.0
	for _, v := range vs {
		sum += v
	}
	return sum / float64(len(vs))
}

// deviation is the sample standard deviation (n − 1); ok needs two values.
func deviation(vs []float64) (float64, bool) {
	if len(vs) < 2 {
		return 0, false
	}
	m, sum := mean(vs), 0.0
	for _, v := range vs {
		sum += (v - m) * (v - m)
	}
	return math.Sqrt(sum / float64(len(vs)-1)), true
}

// sign is 1, 0 or −1.
func sign(v float64) int {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}

// finite reports that every value is a number.
func finite(vs ...[]float64) bool {
	for _, list := range vs {
		for _, v := range list {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return false
			}
		}
	}
	return true
}

// flip turns values over, so that better is always higher.
func flip(vs []float64, falls bool) []float64 {
	if !falls {
		return vs
	}
	out := make([]float64, len(vs))
	for i, v := range vs {
		out[i] = -v
	}
	return out
}
