package progress

import "math"

// A Gap is the difference of two least-squares slopes, the second less the first,
// with its 95 % range: both scatters pooled, Student's t with n₁ + n₂ − 4. It is the
// range of the interaction of time and stretch in one common regression.
type Gap struct {
	First, Second Straight
	By            float64
	Low, High     float64
	HasRange      bool // false where all points lie on the two lines: a range without width would look like certainty
}

// SlopeGap holds the slopes of two stretches against each other. ok needs two
// different x in each, and five points in all, so that there is a scatter to measure.
func SlopeGap(xa, ya, xb, yb []float64) (g Gap, ok bool) {
	first, okA := LeastSquares(xa, ya)
	second, okB := LeastSquares(xb, yb)
	free := len(xa) + len(xb) - 4
	if !okA || !okB || free < 1 {
		return Gap{}, false
	}
	g = Gap{First: first, Second: second, By: second.Slope - first.Slope}
	restA, widthA, size := about(xa, ya, first, 0)
	restB, widthB, size := about(xb, yb, second, size)
	s := math.Sqrt((restA + restB) / float64(free))
	if g.HasRange = s > size*1e-9; g.HasRange {
		half := studentT(free) * s * math.Sqrt(1/widthA+1/widthB)
		g.Low, g.High = g.By-half, g.By+half
	} else {
		g.Low, g.High = g.By, g.By
	}
	return g, true
}

// about is the sum of squared distances from a line, the spread of the positions,
// and the largest value seen.
func about(xs, ys []float64, line Straight, size float64) (rest, width, largest float64) {
	mx := mean(xs)
	for i := range xs {
		d := ys[i] - line.At(xs[i])
		rest += d * d
		width += (xs[i] - mx) * (xs[i] - mx)
		size = max(size, math.Abs(ys[i]))
	}
	return rest, width, size
}
