package progress

import (
	"math"
	"testing"
)

// The range of a difference of slopes is that of the interaction in one common
// regression; the numbers were worked out by exact normal equations, with Student's
// t for 12 degrees of freedom from tables.
func TestSlopeGap(t *testing.T) {
	xa, xb := []float64{0, 1, 2, 3, 4, 5, 6, 7}, []float64{8, 9, 10, 11, 12, 13, 14, 15}
	g, ok := SlopeGap(xa, []float64{45, 46, 48, 48, 50, 52, 52, 54}, xb, []float64{54, 53, 55, 54, 54, 55, 54, 55})
	if !ok || !g.HasRange {
		t.Fatalf("%+v", g)
	}
	for _, x := range [][2]float64{{g.First.Slope, 1.2738095238}, {g.Second.Slope, 0.1428571429}, {g.By, -1.1309523810}, {g.Low, -1.4178408168}, {g.High, -0.8440639452}} {
		if math.Abs(x[0]-x[1]) > 1e-8 {
			t.Errorf("%.10f, want %.10f", x[0], x[1])
		}
	}
	if _, ok := SlopeGap([]float64{0, 1}, []float64{1, 2}, []float64{2, 3}, []float64{1, 2}); ok {
		t.Error("four points have no scatter to measure")
	}
	if _, ok := SlopeGap([]float64{1, 1, 1}, []float64{1, 2, 3}, []float64{2, 3, 4}, []float64{1, 2, 3}); ok {
		t.Error("a stretch of one day has no slope")
	}
	if g, ok := SlopeGap([]float64{0, 1, 2}, []float64{1, 2, 3}, []float64{3, 4, 5}, []float64{3, 3, 3}); !ok || g.HasRange {
		t.Errorf("two straight lines: %+v", g)
	}
}
