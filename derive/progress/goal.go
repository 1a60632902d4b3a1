package progress

import (
	"stayput/day"
	"stayput/measure"
)

// A Way says which direction is better.
type Way string

// The two directions, for goals whose baseline and target do not show it.
const (
	Rises Way = "rises"
	Falls Way = "falls"
)

// A Stated value is one that the plan says, or does not.
type Stated struct {
	measure.Value
	Said bool
}

// Say is a value that the plan says.
func Say(v measure.Value) Stated { return Stated{v, true} }

// A Goal is what the plan says of one goal, as far as progress needs it.
type Goal struct {
	ID         string
	Baseline   Stated
	BaselineOn day.Date // where the aim line begins
	Target     Stated
	By         day.Date // when the target is to be reached
	Way        Way      // "" when baseline and target show it
	InARow     int      // how many probes in a row must reach the target; 0: DefaultInARow
	Levels     bool     // the values are levels of a rubric or of prompts, not equal steps
}

// DefaultInARow is how many probes in a row must be at the target or beyond for
// the goal to be called met, when the plan does not say.
const DefaultInARow = 3

// ForBaseline is how many probes a baseline, and the current level, is the median
// of.
const ForBaseline = 3

// A Change is a day on which a plan changed.
type Change struct {
	On   day.Date
	Plan string // the plan's id
}

// Around is what stands around the probes.
type Around struct {
	AsOf       day.Date                                       // today; never zero
	Changes    []Change                                       // of the plan, in any order
	IsSchool   func(day.Date) day.Sure                        // nil: no calendar
	SchoolDays func(after, through day.Date) (n int, ok bool) // nil: no calendar
}

// A Verdict is one word for a goal.
type Verdict string

// The words. What each needs stands in docs/progress.md.
const (
	Behind        Verdict = "behind"
	OnTrack       Verdict = "on_track"
	Ahead         Verdict = "ahead"
	Met           Verdict = "met"
	NotEnoughData Verdict = "not_enough_data"
)

// What may be missing for a verdict.
const (
	NeedTarget     = "target"
	NeedBaseline   = "baseline"
	NeedLineStart  = "baseline_day"
	NeedBy         = "target_day"
	NeedOrder      = "days_in_order" // the target's day is not after the baseline's
	NeedWay        = "direction"     // baseline and target are equal
	NeedOneUnit    = "one_unit"
	NeedMorePoints = "points"
	NeedSameKind   = "same_kind" // baseline and target: one a share, one not
)

// A Result is what is known of one goal's progress. Levels are percent for
// shares. A week is seven calendar days unless a name says school week, which is
// five school days.
type Result struct {
	Goal       string       `json:"goal"`
	Kind       measure.Kind `json:"kind,omitempty"`
	Verdict    Verdict      `json:"verdict"`
	Firm       bool         `json:"firm"` // the band on the target's day lies on one side of the target
	Have       int          `json:"have"` // points since the line was drawn
	Need       int          `json:"need"`
	Missing    []string     `json:"missing,omitempty"` // progress.missing.KEY
	Falls      bool         `json:"falls,omitempty"`
	Baseline   Number       `json:"baseline,omitzero"`
	BaselineBy string       `json:"baseline_by,omitempty"` // stated, median_of_last_three
	Current    Number       `json:"current,omitzero"`      // median of the last three points
	Latest     Number       `json:"latest,omitzero"`
	LatestOn   day.Date     `json:"latest_on,omitempty"`
	Target     Number       `json:"target,omitzero"`
	By         day.Date     `json:"by,omitempty"`
	AimNow     Number       `json:"aim_now,omitzero"` // the aim line today
	AimPerWeek Number       `json:"aim_per_week,omitzero"`

	SlopePerWeek  Number `json:"slope_per_week,omitzero"`
	SlopeBy       Method `json:"slope_by,omitempty"`
	SenPerWeek    Number `json:"theil_sen_per_week,omitzero"`
	SenLow        Number `json:"theil_sen_low,omitzero"` // about 95 %
	SenHigh       Number `json:"theil_sen_high,omitzero"`
	TukeyPerWeek  Number `json:"tukey_per_week,omitzero"`
	NeededPerWeek Number `json:"needed_per_week,omitzero"` // from today to the target's day
	WeeksLeft     Number `json:"weeks_left,omitzero"`

	SlopePerSchoolWeek  Number `json:"slope_per_school_week,omitzero"`
	NeededPerSchoolWeek Number `json:"needed_per_school_week,omitzero"`

	Projected      day.Date `json:"projected,omitempty"` // the trend reaches the target, within five years
	Reached        bool     `json:"trend_reached,omitempty"`
	ProjectedLevel Number   `json:"projected_level,omitzero"` // of the trend on the target's day
	ProjectedLow   Number   `json:"projected_low,omitzero"`
	ProjectedHigh  Number   `json:"projected_high,omitzero"`
	MetOn          day.Date `json:"met_on,omitempty"` // the first day on which enough in a row had reached it
	Pooled         Trialed  `json:"pooled,omitzero"`

	FourPoint   FourPoint    `json:"four_point"`
	Comparisons []Comparison `json:"comparisons,omitempty"`
	Troubles    []Trouble    `json:"troubles,omitempty"`

	Points []Point `json:"-"` // every day that counts, in order
	Before []Point `json:"-"` // of these, up to the day the line begins
	After  []Point `json:"-"` // and after it
	Aim    Aim     `json:"-"`
	Trend  Trend   `json:"-"` // of After; N is 0 when there is none
	Phases []Phase `json:"-"`
}

// A Trialed is the trials of the last three points together.
type Trialed struct {
	N  float64 `json:"n"`
	Of float64 `json:"of"`
}

// Derive says what is known of a goal's progress from its probes in any order.
// Probes of other goals are left out; a probe that names no goal is taken as this
// one's, so whoever calls gives only what belongs here.
func Derive(g Goal, probes []measure.Probe, around Around) Result {
	r := Result{Goal: g.ID, Verdict: NotEnoughData, Need: NeedPoints, FourPoint: FourPoint{Advice: TooFew, Need: NeedPoints}}
	var kind measure.Kind
	target, ok := g.Target.Level()
	if g.Target.Said && ok {
		kind = g.Target.Kind()
		r.Target, r.Kind = known(target), kind
	} else {
		r.miss(NeedTarget)
	}
	var mine []measure.Probe
	for _, p := range probes {
		if p.Goal == g.ID || p.Goal == "" {
			mine = append(mine, p)
		}
	}
	ps, of, trouble, oneUnit := points(mine, kind, around.AsOf, around.IsSchool)
	r.Points, r.Troubles = ps, trouble
	if !oneUnit {
		r.miss(NeedOneUnit)
	}
	if r.Kind == "" && len(ps) > 0 {
		r.Kind = of
	}
	if n := len(ps); n > 0 {
		r.Latest, r.LatestOn = known(ps[n-1].Level), ps[n-1].On
	}
	r.By = g.By
	r.split(g)
	r.baseline(g, kind)
	r.aim(g)
	r.trends(g)
	r.ahead(g, around)
	r.Phases = phases(r.Points, g.BaselineOn, around.Changes)
	r.Comparisons = compareAll(r.Phases, r.Falls, !g.falls(&r).Known)
	r.judge(g, around)
	return r
}

func (r *Result) miss(key string) { r.Missing = append(r.Missing, key) }

// split parts the points at the day the line begins: up to it, and after it.
func (r *Result) split(g Goal) {
	if g.BaselineOn == 0 {
		r.After = r.Points
		r.miss(NeedLineStart)
	} else {
		i := 0
		for i < len(r.Points) && r.Points[i].On <= g.BaselineOn {
			i++
		}
		r.Before, r.After = r.Points[:i], r.Points[i:]
	}
	r.Have = len(r.After)
	r.FourPoint.Have = r.Have
}

// baseline is what the plan states, or the median of the last three points up to
// the day the line begins.
func (r *Result) baseline(g Goal, kind measure.Kind) {
	level, ok := g.Baseline.Level()
	switch {
	case g.Baseline.Said && ok && kind != "" && g.Baseline.Kind() != kind:
		r.miss(NeedSameKind)
	case g.Baseline.Said && ok:
		r.Baseline, r.BaselineBy = known(level), "stated"
	case len(r.Before) >= ForBaseline:
		r.Baseline, r.BaselineBy = lastThree(r.Before), "median_of_last_three"
	default:
		r.miss(NeedBaseline)
	}
}

// lastThree is the median of the last three points, when there are three.
func lastThree(ps []Point) Number {
	if len(ps) < ForBaseline {
		return Number{}
	}
	_, ys := axes(ps[len(ps)-ForBaseline:], 0)
	m, _ := Median(ys)
	return known(m)
}

// falls says whether lower is better, and whether that is known.
func (g Goal) falls(r *Result) Number {
	switch {
	case g.Way == Falls:
		return Number{1, true}
	case g.Way == Rises:
		return Number{0, true}
	case r.Baseline.Known && r.Target.Known && r.Target.V < r.Baseline.V:
		return Number{1, true}
	case r.Baseline.Known && r.Target.Known && r.Target.V > r.Baseline.V:
		return Number{0, true}
	}
	return Number{}
}

// aim draws the aim line.
func (r *Result) aim(g Goal) {
	way := g.falls(r)
	r.Falls = way.V == 1
	if !way.Known && r.Baseline.Known && r.Target.Known {
		r.miss(NeedWay)
	}
	if g.By == 0 {
		r.miss(NeedBy)
		return
	}
	if g.BaselineOn != 0 && g.By <= g.BaselineOn {
		r.miss(NeedOrder)
		return
	}
	if !r.Baseline.Known || !r.Target.Known || g.BaselineOn == 0 {
		return
	}
	r.Aim = Aim{From: g.BaselineOn, To: g.By, Start: r.Baseline.V, Target: r.Target.V}
	if r.Aim.Drawn() {
		r.AimPerWeek = known(r.Aim.PerWeek())
		r.FourPoint = FourPoints(r.After, r.Aim, r.Falls)
	}
}

// trends draws the trends through what was measured since the line was drawn,
// once there are enough points.
func (r *Result) trends(g Goal) {
	r.Current = lastThree(r.After)
	if n := len(r.After); n >= ForBaseline {
		r.Pooled = pooled(r.After[n-ForBaseline:])
	}
	if r.Have < NeedPoints {
		return
	}
	xs, ys := axes(r.After, r.After[0].On)
	sen, senOK := trendOf(r.After, ByTheilSen)
	if senOK {
		r.SenPerWeek = known(sen.Line.Slope)
		if low, high, ok := SlopeRange(xs, ys); ok {
			r.SenLow, r.SenHigh = known(low), known(high)
		}
	}
	if t, ok := Tukey(xs, ys); ok {
		r.TukeyPerWeek = known(t.Line.Slope)
	}
	if g.Levels {
		r.Troubles = append(r.Troubles, Trouble{Key: LevelsAreNoScale})
		if senOK {
			r.Trend = sen
		}
	} else if least, ok := trendOf(r.After, ByLeastSquares); ok {
		r.Trend = least
		if senOK && sign(least.Line.Slope)*sign(sen.Line.Slope) < 0 {
			r.Troubles = append(r.Troubles, Trouble{Key: TrendsDiffer})
		}
	}
	if r.Trend.N > 0 {
		r.SlopePerWeek, r.SlopeBy = known(r.Trend.Line.Slope), r.Trend.Method
	}
}

// pooled is the trials of some points together, when every one of them said how
// many there were.
func pooled(ps []Point) (t Trialed) {
	for _, p := range ps {
		if p.Of == 0 || p.N != 1 {
			return Trialed{}
		}
		t.N, t.Of = t.N+p.Level*p.Of/100, t.Of+p.Of
	}
	return t
}

// ahead looks from today to the target's day.
func (r *Result) ahead(g Goal, around Around) {
	if r.Aim.Drawn() {
		r.AimNow = known(r.Aim.At(around.AsOf))
	}
	if g.By != 0 {
		r.WeeksLeft = known(max(0, weeksBetween(around.AsOf, g.By)))
	}
	left := r.WeeksLeft.V
	if r.Current.Known && r.Target.Known && left > 0 {
		r.NeededPerWeek = known((r.Target.V - r.Current.V) / left)
		if around.SchoolDays != nil {
			if n, ok := around.SchoolDays(around.AsOf, g.By); ok && n > 0 {
				r.NeededPerSchoolWeek = known((r.Target.V - r.Current.V) / (float64(n) / 5))
			}
		}
	}
	if r.Trend.N == 0 {
		return
	}
	if around.SchoolDays != nil {
		if n, ok := around.SchoolDays(r.Trend.First, r.Trend.Last); ok && n > 0 {
			r.SlopePerSchoolWeek = known(r.Trend.Line.Slope * weeksBetween(r.Trend.First, r.Trend.Last) / (float64(n) / 5))
		}
	}
	if !r.Target.Known || !g.falls(r).Known {
		return
	}
	r.Projected, r.Reached = r.Trend.reaches(r.Target.V, r.Falls, around.AsOf)
	if g.By != 0 {
		r.ProjectedLevel = known(r.Trend.At(g.By))
		if r.Trend.HasBand {
			low, high := r.Trend.Band(g.By)
			r.ProjectedLow, r.ProjectedHigh = known(low), known(high)
		}
	}
}
