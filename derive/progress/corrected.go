package progress

import "math"

// A Corrected is a baseline-corrected tau with everything that led to it.
type Corrected struct {
	TrendTau  Number   `json:"trend_tau,omitzero"`   // tau-b of phase A with time
	TrendZ    Number   `json:"trend_z,omitzero"`     //
	TrendP    Number   `json:"trend_p,omitzero"`     //
	Applied   bool     `json:"applied"`              // the trend was significant and taken out
	Line      Straight `json:"-"`                    // the Theil–Sen line of phase A
	Plain     Number   `json:"plain,omitzero"`       // tau-b of score and phase, before
	PlainZ    Number   `json:"plain_z,omitzero"`     //
	Value     Number   `json:"value,omitzero"`       // the answer
	Z         Number   `json:"z,omitzero"`           //
	S         int      `json:"s"`                    //
	PlainS    int      `json:"plain_s"`              //
	SignTurns bool     `json:"sign_turns,omitempty"` // before and after point opposite ways: show both
}

// significant is the level below which a trend in phase A is taken out.
const significant = 0.05

// BaselineCorrected is Tarlow's (2017) baseline-corrected tau. Where Kendall's p
// of phase A with time (two-sided, normal, no continuity correction) is below
// .05, the Theil–Sen line of A is taken out of all points. The answer is tau-b of
// what remains with phase 0 and 1. xa and xb are positions in time. Values are as
// measured: for a goal that should fall the signs are turned at the end. When
// nothing but the line remains, the answer is 0. ok needs a value in each phase.
func BaselineCorrected(xa, a, xb, b []float64, falls bool) (c Corrected, ok bool) {
	if !both(a, b) || len(xa) != len(a) || len(xb) != len(b) || !finite(xa, xb) {
		return Corrected{}, false
	}
	plain := againstPhase(a, b)
	c.Plain, c.PlainZ, c.PlainS = plain.TauB, plain.Z, plain.S
	c.Value, c.Z, c.S = plain.TauB, plain.Z, plain.S
	if trend, fits := KendallOf(xa, a); fits {
		c.TrendTau, c.TrendZ, c.TrendP = trend.TauB, trend.Z, trend.P
		line, drawn := TheilSen(xa, a)
		if drawn && trend.P.Known && trend.P.V < significant {
			c.Applied, c.Line = true, line
			ra, rb := residues(xa, a, xb, b, line)
			k := againstPhase(ra, rb)
			c.Value, c.Z, c.S = k.TauB, k.Z, k.S
			if !k.TauB.Known {
				c.Value, c.Z = known(0), Number{}
			}
		}
	}
	if falls {
		for _, n := range []*Number{&c.TrendTau, &c.TrendZ, &c.Plain, &c.PlainZ, &c.Value, &c.Z} {
			if n.Known {
				n.V = -n.V + 0
			}
		}
		c.S, c.PlainS = -c.S, -c.PlainS
	}
	c.SignTurns = c.Value.Known && c.Plain.Known && c.Value.V*c.Plain.V < 0
	return c, true
}

// againstPhase is Kendall's tau of scores with 0 for phase A and 1 for phase B.
func againstPhase(a, b []float64) Kendall {
	phase := make([]float64, 0, len(a)+len(b))
	all := make([]float64, 0, len(a)+len(b))
	for _, v := range a {
		phase, all = append(phase, 0), append(all, v)
	}
	for _, v := range b {
		phase, all = append(phase, 1), append(all, v)
	}
	k, _ := KendallOf(phase, all)
	return k
}

// residues takes a line out of both phases. What is smaller than a billionth of
// the values is rounding and must tie.
func residues(xa, a, xb, b []float64, line Straight) (ra, rb []float64) {
	size := math.Abs(line.Start)
	for _, list := range [][]float64{a, b} {
		for _, v := range list {
			size = max(size, math.Abs(v))
		}
	}
	for _, list := range [][]float64{xa, xb} {
		for _, x := range list {
			size = max(size, math.Abs(line.Slope*x))
		}
	}
	step := size * 1e-9
	take := func(xs, ys []float64) []float64 {
		out := make([]float64, len(ys))
		for i := range ys {
			out[i] = ys[i] - line.At(xs[i])
			if step > 0 {
				out[i] = math.Round(out[i]/step) * step
			}
		}
		return out
	}
	return take(xa, a), take(xb, b)
}
