package progress

import "math"

// studentT is the value that a Student variable with df degrees of freedom stays
// within, either way, 95 times of 100.
func studentT(df int) float64 {
	if df < 1 {
		return 0
	}
	low, high := 0.0, 16.0 // 12.706 for one degree of freedom is the largest
	for range 60 {
		mid := (low + high) / 2
		if studentWithin(mid, df) < 0.95 {
			low = mid
		} else {
			high = mid
		}
	}
	return (low + high) / 2
}

// studentWithin is the chance that a Student variable lies between −t and t, by
// the finite series of Abramowitz and Stegun 26.7.3 and 26.7.4.
func studentWithin(t float64, df int) float64 {
	theta := math.Atan(t / math.Sqrt(float64(df)))
	sin, cos := math.Sincos(theta)
	if df%2 == 1 {
		sum := 0.0
		for k, term := 1, cos; k <= df-2; k += 2 {
			sum += term
			term *= float64(k+1) / float64(k+2) * cos * cos
		}
		return 2 / math.Pi * (theta + sin*sum)
	}
	sum := 0.0
	for k, term := 0, 1.0; k <= df-2; k += 2 {
		sum += term
		term *= float64(k+1) / float64(k+2) * cos * cos
	}
	return sin * sum
}

// normalBeyond is the chance that a normal variable lies further from zero than z.
func normalBeyond(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }
