package progress

import (
	"math"

	"stayput/day"
)

// A Method names how a slope was worked out.
type Method string

// The ways of drawing a trend.
const (
	ByLeastSquares Method = "least_squares"
	ByTheilSen     Method = "theil_sen"
	ByTukey        Method = "tukey"
)

// A Trend is a line through points, on calendar days.
type Trend struct {
	Method  Method
	From    day.Date // where the line's weeks begin
	Line    Straight // weeks of seven days since From
	First   day.Date // of the points it was drawn through
	Last    day.Date
	N       int
	HasBand bool // there is a 95 % band: the points neither are too few nor lie on the line
	spread  spread
}

// At is the line's height on a day.
func (t Trend) At(d day.Date) float64 { return t.Line.At(weeksBetween(t.From, d)) }

// Band is the lowest and highest height of the line on a day at 95 %, if the
// points scatter by chance around a straight line. Probes of one child follow
// each other, so the true band is at least as wide.
func (t Trend) Band(d day.Date) (low, high float64) {
	at := t.At(d)
	if !t.HasBand {
		return at, at
	}
	half := t.spread.half(weeksBetween(t.From, d))
	return at - half, at + half
}

// trendOf draws a trend through points in order of days. ok needs two days.
func trendOf(ps []Point, method Method) (t Trend, ok bool) {
	if len(ps) < 2 {
		return Trend{}, false
	}
	t = Trend{Method: method, From: ps[0].On, First: ps[0].On, Last: ps[len(ps)-1].On, N: len(ps)}
	xs, ys := axes(ps, t.From)
	switch method {
	case ByTheilSen:
		t.Line, ok = TheilSen(xs, ys)
	default:
		t.Line, ok = LeastSquares(xs, ys)
		if ok {
			t.spread, t.HasBand = spreadOf(xs, ys, t.Line)
		}
	}
	return t, ok
}

// farthest is how far ahead a date is projected.
const farthest = 5 * 366

// reaches is the first day on which the line is at the target or beyond, between
// today and five years on. already says that it is there today.
func (t Trend) reaches(target float64, falls bool, today day.Date) (d day.Date, already bool) {
	past := func(level float64) bool {
		if falls {
			return level <= target+onLine(target)
		}
		return level >= target-onLine(target)
	}
	if past(t.At(today)) {
		return 0, true
	}
	slope := t.Line.Slope
	if slope == 0 || (slope < 0) != falls {
		return 0, false
	}
	days := math.Ceil((target - t.At(today)) / slope * 7)
	if !(days <= farthest) { // also when it is no number
		return 0, false
	}
	d = today.Add(int(max(days, 0)))
	if d > day.Max {
		return 0, false
	}
	if !past(t.At(d)) { // rounding
		d = d.Add(1)
	}
	return d, false
}
