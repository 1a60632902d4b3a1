package progress

import (
	"math"
	"slices"
)

// A Straight is a straight line: Start + Slope·x.
type Straight struct{ Start, Slope float64 }

// At is the line's height at x.
func (s Straight) At(x float64) float64 { return s.Start + s.Slope*x }

// usable reports two lists of the same length with at least two different x.
func usable(xs, ys []float64) bool {
	if len(xs) != len(ys) || len(xs) < 2 || !finite(xs, ys) {
		return false
	}
	for _, x := range xs {
		if x != xs[0] {
			return true
		}
	}
	return false
}

// LeastSquares is the line with the smallest sum of squared distances. ok needs
// two different x.
func LeastSquares(xs, ys []float64) (line Straight, ok bool) {
	if !usable(xs, ys) {
		return Straight{}, false
	}
	mx, my := mean(xs), mean(ys)
	var sxy, sxx float64
	for i := range xs {
		sxy += (xs[i] - mx) * (ys[i] - my)
		sxx += (xs[i] - mx) * (xs[i] - mx)
	}
	slope := sxy / sxx
	return Straight{my - slope*mx, slope}, true
}

// TheilSen is the line whose slope is the median of the slopes of all pairs with
// different x, and whose start is the median of y − slope·x (Sen 1968; the start
// as in Conover 1980). ok needs two different x.
func TheilSen(xs, ys []float64) (line Straight, ok bool) {
	slopes := pairSlopes(xs, ys)
	if len(slopes) == 0 {
		return Straight{}, false
	}
	slope := middle(slopes)
	rest := make([]float64, len(xs))
	for i := range xs {
		rest[i] = ys[i] - slope*xs[i]
	}
	slices.Sort(rest)
	return Straight{middle(rest), slope}, true
}

// pairSlopes is the sorted slopes of all pairs of points with different x.
func pairSlopes(xs, ys []float64) []float64 {
	if !usable(xs, ys) {
		return nil
	}
	slopes := make([]float64, 0, len(xs)*(len(xs)-1)/2)
	for i := range xs {
		for j := i + 1; j < len(xs); j++ {
			if xs[i] != xs[j] {
				slopes = append(slopes, (ys[j]-ys[i])/(xs[j]-xs[i]))
			}
		}
	}
	slices.Sort(slopes)
	return slopes
}

// A Thirds is a Tukey line: the points split into three by their order.
type Thirds struct {
	First, Last   float64 // median score of the first and last third
	FirstX, LastX float64 // median position of each
	Line          Straight
	Size          [3]int
}

// Tukey is the split-middle line of Tukey (split thirds): the line through the
// median score and median position of the first and of the last third. One point
// left over makes the middle third longer, two make each outer third longer. ok
// needs three points in order of x, and two different positions.
func Tukey(xs, ys []float64) (t Thirds, ok bool) {
	n := len(xs)
	if n < 3 || !usable(xs, ys) || !slices.IsSorted(xs) {
		return Thirds{}, false
	}
	outer := n / 3
	if n%3 == 2 {
		outer++
	}
	t.Size = [3]int{outer, n - 2*outer, outer}
	t.First, _ = Median(ys[:outer])
	t.Last, _ = Median(ys[n-outer:])
	t.FirstX, _ = Median(xs[:outer])
	t.LastX, _ = Median(xs[n-outer:])
	if t.FirstX == t.LastX {
		return Thirds{}, false
	}
	slope := (t.Last - t.First) / (t.LastX - t.FirstX)
	t.Line = Straight{t.First - slope*t.FirstX, slope}
	return t, true
}

// TukeyManual is the rate that some teacher manuals print: the difference of the
// two medians divided by the number of points less one. It is kept so that a
// sheet filled in by hand can be checked, under its own name.
func TukeyManual(ys []float64) (rate float64, ok bool) {
	xs := make([]float64, len(ys))
	for i := range xs {
		xs[i] = float64(i + 1)
	}
	t, ok := Tukey(xs, ys)
	if !ok {
		return 0, false
	}
	return (t.Last - t.First) / float64(len(ys)-1), true
}

// A spread is what a band around a least-squares line is made from.
type spread struct {
	n       int
	meanX   float64
	sxx     float64
	residue float64 // standard deviation of the points about the line, n − 2
	t       float64 // Student's t for 95 % and n − 2
}

// spreadOf measures how points lie about a line. ok is false when there are
// fewer than three points, or when all lie on the line: a band without width
// would look like certainty.
func spreadOf(xs, ys []float64, line Straight) (s spread, ok bool) {
	if len(xs) < 3 {
		return spread{}, false
	}
	s.n, s.meanX = len(xs), mean(xs)
	sum, size := 0.0, 0.0
	for i := range xs {
		s.sxx += (xs[i] - s.meanX) * (xs[i] - s.meanX)
		d := ys[i] - line.At(xs[i])
		sum += d * d
		size = max(size, math.Abs(ys[i]))
	}
	s.residue = math.Sqrt(sum / float64(len(xs)-2))
	s.t = studentT(len(xs) - 2)
	return s, s.residue > size*1e-9 && s.sxx > 0
}

// half is half the height of the 95 % band of the line at x.
func (s spread) half(x float64) float64 {
	return s.t * s.residue * math.Sqrt(1/float64(s.n)+(x-s.meanX)*(x-s.meanX)/s.sxx)
}
