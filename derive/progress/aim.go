package progress

import (
	"math"

	"stayput/day"
)

// An Aim is the straight line from the baseline on one day to the target on
// another, on calendar days.
type Aim struct {
	From   day.Date
	To     day.Date
	Start  float64
	Target float64
}

// Drawn reports that the line can be drawn.
func (a Aim) Drawn() bool {
	return a.From >= day.Min && a.To <= day.Max && a.From < a.To && finite([]float64{a.Start, a.Target})
}

// At is the line's height on a day; past its end it stays at the target.
func (a Aim) At(d day.Date) float64 {
	switch {
	case !a.Drawn() || d <= a.From:
		return a.Start
	case d >= a.To:
		return a.Target
	}
	return a.Start + (a.Target-a.Start)*float64(d-a.From)/float64(a.To-a.From)
}

// PerWeek is the growth per week of seven days that the line asks for.
func (a Aim) PerWeek() float64 {
	if !a.Drawn() {
		return 0
	}
	return (a.Target - a.Start) / weeksBetween(a.From, a.To)
}

// TargetFromNorm is the target that a norm of growth gives: baseline and so much
// a week for so many weeks.
func TargetFromNorm(baseline, perWeek, weeks float64) Number {
	return known(baseline + perWeek*weeks)
}

// onLine is how near to the aim line a point counts as on it: the published
// distance, or rounding of large values.
func onLine(aim float64) float64 { return max(1e-9, math.Abs(aim)*1e-12) }
