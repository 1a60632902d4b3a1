package progress

import (
	"math"
	"slices"
)

// A Kendall is Kendall's rank correlation of two lists.
type Kendall struct {
	S        int     // concordant pairs less discordant ones
	Pairs    int     // n(n−1)/2
	D        float64 // √((n0−n1)(n0−n2)), the denominator of tau-b
	TauB     Number  // S/D; not known when one list is constant
	Variance float64 // of S, with the correction for ties
	Z        Number  // S/√Variance, without continuity correction
	P        Number  // two-sided, by the normal approximation
}

// KendallOf compares two lists of the same length, pair by pair (Kendall 1970).
// Equal values are ties. ok needs two numbers in each list.
func KendallOf(xs, ys []float64) (k Kendall, ok bool) {
	n := len(xs)
	if n < 2 || n != len(ys) || !finite(xs, ys) {
		return Kendall{}, false
	}
	for i := range xs {
		for j := i + 1; j < n; j++ {
			k.S += sign(xs[j]-xs[i]) * sign(ys[j]-ys[i])
		}
	}
	k.Pairs = n * (n - 1) / 2
	tx, ty := tieSums(xs), tieSums(ys)
	k.D = math.Sqrt((float64(k.Pairs) - tx.pairs) * (float64(k.Pairs) - ty.pairs))
	if k.D > 0 {
		k.TauB = known(max(-1, min(1, float64(k.S)/k.D)))
	}
	m := float64(n)
	k.Variance = (m*(m-1)*(2*m+5) - tx.first - ty.first) / 18
	k.Variance += tx.pairs * 2 * ty.pairs * 2 / (2 * m * (m - 1))
	if n > 2 {
		k.Variance += tx.third * ty.third / (9 * m * (m - 1) * (m - 2))
	}
	if k.Variance > 0 && k.D > 0 {
		z := float64(k.S) / math.Sqrt(k.Variance)
		k.Z, k.P = known(z), known(normalBeyond(z))
	}
	return k, true
}

// ties are the sums over groups of t equal values that the formulas use.
type ties struct {
	pairs float64 // Σ t(t−1)/2
	first float64 // Σ t(t−1)(2t+5)
	third float64 // Σ t(t−1)(t−2)
}

func tieSums(vs []float64) (s ties) {
	sorted := slices.Clone(vs)
	slices.Sort(sorted)
	for i := 0; i < len(sorted); {
		j := i
		for j < len(sorted) && sorted[j] == sorted[i] {
			j++
		}
		t := float64(j - i)
		s.pairs += t * (t - 1) / 2
		s.first += t * (t - 1) * (2*t + 5)
		s.third += t * (t - 1) * (t - 2)
		i = j
	}
	return s
}

// SlopeRange is the range of a Theil–Sen slope at about 95 %, from Kendall's
// variance with ties (Sen 1968; Gilbert 1987, 16.5). The ranks are rounded
// outward. Below ten points the range is approximate. ok needs enough pairs for
// a rank on both sides.
func SlopeRange(xs, ys []float64) (low, high float64, ok bool) {
	slopes := pairSlopes(xs, ys)
	k, fits := KendallOf(xs, ys)
	if len(slopes) == 0 || !fits || k.Variance <= 0 {
		return 0, 0, false
	}
	c := 1.959963984540054 * math.Sqrt(k.Variance)
	i := int(math.Floor((float64(len(slopes)) - c) / 2))
	if i < 1 {
		return 0, 0, false
	}
	return slopes[i-1], slopes[len(slopes)-i], true
}
