package progress

// judge finds the one word. Met: the last InARow points reached the target.
// Otherwise six points are needed. Behind: the last four lie below the aim line,
// or the trend falls short on the target's day and the last four do not all lie
// above the line. Ahead: the last four lie above the line and the trend gets
// there. On track: anything else.
func (r *Result) judge(g Goal, around Around) {
	way := g.falls(r)
	if r.Target.Known && way.Known {
		need := g.InARow
		if need <= 0 {
			need = DefaultInARow
		}
		run := 0
		for _, p := range r.After {
			if !r.past(p.Level) {
				run = 0
				continue
			}
			if run++; run == need && r.MetOn == 0 {
				r.MetOn = p.On
			}
		}
		if run >= need && r.Baseline.Known {
			r.Verdict, r.Firm = Met, true
			return
		}
	}
	if r.Have < NeedPoints {
		r.miss(NeedMorePoints)
	}
	if len(r.Missing) > 0 || !r.Aim.Drawn() || r.Trend.N == 0 || !r.ProjectedLevel.Known {
		return
	}
	arrives := r.past(r.ProjectedLevel.V)
	advice := r.FourPoint.Advice
	switch {
	case around.AsOf >= g.By: // the day has come, and it is not met
		r.Verdict, r.Firm = Behind, true
		return
	case advice == ChangeTeaching, !arrives && advice != RaiseGoal:
		r.Verdict = Behind
	case arrives && advice == RaiseGoal:
		r.Verdict = Ahead
	default:
		r.Verdict = OnTrack
	}
	// The word is firm when the trend, with its band, says the same.
	low, high := r.ProjectedLevel.V, r.ProjectedLevel.V
	if r.Trend.HasBand {
		low, high = r.ProjectedLow.V, r.ProjectedHigh.V
	}
	if r.Verdict == Behind {
		r.Firm = !r.past(low) && !r.past(high)
	} else {
		r.Firm = r.past(low) && r.past(high)
	}
}

// past reports a level at the target or beyond.
func (r *Result) past(level float64) bool {
	if r.Falls {
		return level <= r.Target.V+onLine(r.Target.V)
	}
	return level >= r.Target.V-onLine(r.Target.V)
}
