package joined

import (
	"cmp"
	"slices"

	"stayput/day"
	"stayput/derive/progress"
)

// A Week is the minutes of service of the seven days from a day.
type Week struct {
	From     day.Date `json:"from"`
	Promised float64  `json:"promised"`
	Given    float64  `json:"given"`
	Unknown  float64  `json:"unknown,omitempty"`  // of Promised: nobody wrote anything down
	Reported float64  `json:"reported,omitempty"` // of Promised: the family says missed, nobody has confirmed it
	Excused  float64  `json:"excused,omitempty"`  // of Promised: the child was absent or refused
}

// An Input is what is held against each other.
type Input struct {
	Weeks   []Week
	Points  []progress.Point // of one goal
	Changes []day.Date       // the days on which the plan changed
	Level   float64          // from which share short on a week counts as short; 0 is Level
	Steps   bool             // the values are levels of a rubric or of prompts: only their order is used
}

// Our own settings. None is law.
const (
	Level    = 0.15                // the ledger's screening level
	InARow   = 3                   // fewer short weeks are no stretch
	NeedEach = progress.NeedPoints // probes in the stretch, and in the weeks before it
)

// A Finding says what can be said of a stretch.
type Finding string

// The findings.
const (
	Differ     Finding = "differ"      // zero lies outside the range of the difference
	CannotTell Finding = "cannot_tell" // the probes scatter too much
	NoRange    Finding = "no_range"    // all points lie on two lines: no range can be given
	TooFew     Finding = "too_few"     // probes are missing
	SameLine   Finding = "same_line"   // all points lie on two lines with the same slope
)

// A Stretch is weeks in a row in which less was given than promised, and the weeks
// before them in which it was not so.
type Stretch struct {
	From     day.Date `json:"from"`
	To       day.Date `json:"to"`
	Weeks    int      `json:"weeks"` // in which something was promised
	Promised float64  `json:"promised"`
	Given    float64  `json:"given"`
	Unknown  float64  `json:"unknown,omitempty"`
	Reported float64  `json:"reported,omitempty"`
	Excused  float64  `json:"excused,omitempty"`

	BeforeFrom     day.Date `json:"before_from,omitempty"`
	BeforeTo       day.Date `json:"before_to,omitempty"`
	BeforeWeeks    int      `json:"before_weeks"`
	BeforePromised float64  `json:"before_promised,omitempty"`
	BeforeGiven    float64  `json:"before_given,omitempty"`

	Have       int             `json:"have"`        // points in the stretch
	HaveBefore int             `json:"have_before"` // and before it
	Finding    Finding         `json:"finding"`
	Method     progress.Method `json:"method,omitempty"`
	Before     progress.Number `json:"slope_before,omitzero"` // a week of seven days
	During     progress.Number `json:"slope,omitzero"`
	Difference progress.Number `json:"difference,omitzero"`
	Low        progress.Number `json:"difference_low,omitzero"` // 95 %
	High       progress.Number `json:"difference_high,omitzero"`
	Changed    []day.Date      `json:"plan_changed,omitempty"` // within either stretch
}

// Missing is how many probes the stretch, and the weeks before it, would still need.
func (s *Stretch) Missing() (before, during int) {
	return max(0, NeedEach-s.HaveBefore), max(0, NeedEach-s.Have)
}

// Short is the share of the promised minutes that was not given.
func (s *Stretch) Short() float64 {
	if s.Promised <= 0 {
		return 0
	}
	return max(0, 1-s.Given/s.Promised)
}

// A Result is every stretch, in order of days: none is picked for what it shows.
type Result struct {
	Level     float64   `json:"level"`
	Stretches []Stretch `json:"stretches,omitempty"`
	Weeks     int       `json:"weeks"`   // in which something was promised
	Unknown   int       `json:"unknown"` // of these: it is not known whether they were short
}

// A sort of week.
type sort int

const (
	empty   sort = iota // nothing was promised: it neither begins nor ends a stretch
	full                // given, even if nothing of what is unknown was
	low                 // short, even if all that is unknown was given
	unclear             // it hangs on what is unknown
)

func (w Week) sort(level float64) sort {
	least, most := w.Given, w.Given+w.Unknown
	switch floor := w.Promised * (1 - level); {
	case w.Promised <= 0:
		return empty
	case most <= floor:
		return low
	case least > floor:
		return full
	}
	return unclear
}

// Hold finds the stretches. The order of weeks and points makes no difference.
func Hold(in Input) Result {
	if in.Level <= 0 || in.Level >= 1 {
		in.Level = Level
	}
	weeks, points := slices.Clone(in.Weeks), slices.Clone(in.Points)
	slices.SortStableFunc(weeks, func(a, b Week) int { return cmp.Compare(a.From, b.From) })
	slices.SortStableFunc(points, func(a, b progress.Point) int { return cmp.Compare(a.On, b.On) })
	out := Result{Level: in.Level}
	for _, w := range weeks {
		if s := w.sort(in.Level); s != empty {
			out.Weeks++
			if s == unclear {
				out.Unknown++
			}
		}
	}
	for i := 0; i < len(weeks); i++ {
		if weeks[i].sort(in.Level) != low {
			continue
		}
		last := run(weeks, i, +1, low, in.Level)
		if s := stretch(weeks, i, last, in); s.Weeks >= InARow {
			s.hold(points, in)
			out.Stretches = append(out.Stretches, s)
		}
		i = last
	}
	return out
}

// longestBreak is how far apart two weeks with a promise may begin and still follow
// each other: a winter break, not a summer.
const longestBreak = 5 * 7

// run is the last week of a sort in a row from week i in a direction. Weeks without
// a promise are passed over.
func run(weeks []Week, i, step int, of sort, level float64) int {
	last := i
	for j := i + step; j >= 0 && j < len(weeks); j += step {
		apart := int(weeks[j].From-weeks[last].From) * step
		switch s := weeks[j].sort(level); {
		case apart > longestBreak, s != of && s != empty:
			return last
		case s == of:
			last = j
		}
	}
	return last
}

// stretch sums the weeks from i to last, and finds the weeks before.
func stretch(weeks []Week, i, last int, in Input) Stretch {
	s := Stretch{From: weeks[i].From, To: weeks[last].From.Add(6)}
	for _, w := range weeks[i : last+1] {
		if w.Promised <= 0 {
			continue
		}
		s.Weeks++
		s.Promised, s.Given = s.Promised+w.Promised, s.Given+w.Given
		s.Unknown, s.Reported, s.Excused = s.Unknown+w.Unknown, s.Reported+w.Reported, s.Excused+w.Excused
	}
	j := i - 1
	for j >= 0 && weeks[j].sort(in.Level) == empty {
		j--
	}
	if j < 0 || weeks[j].sort(in.Level) != full || int(weeks[i].From-weeks[j].From) > longestBreak {
		return s
	}
	first := run(weeks, j, -1, full, in.Level)
	s.BeforeFrom, s.BeforeTo = weeks[first].From, s.From.Add(-1)
	for _, w := range weeks[first : j+1] {
		if w.Promised > 0 {
			s.BeforeWeeks++
			s.BeforePromised, s.BeforeGiven = s.BeforePromised+w.Promised, s.BeforeGiven+w.Given
		}
	}
	return s
}

// hold compares the trends of the points in the stretch and before it.
func (s *Stretch) hold(points []progress.Point, in Input) {
	var before, during []progress.Point
	for _, p := range points {
		switch {
		case p.On >= s.From && p.On <= s.To:
			during = append(during, p)
		case s.BeforeFrom != 0 && p.On >= s.BeforeFrom && p.On <= s.BeforeTo:
			before = append(before, p)
		}
	}
	s.Have, s.HaveBefore, s.Finding = len(during), len(before), TooFew
	begin := s.From
	if s.BeforeFrom != 0 {
		begin = s.BeforeFrom
	}
	for _, d := range in.Changes {
		if d > begin && d <= s.To && !slices.Contains(s.Changed, d) {
			s.Changed = append(s.Changed, d)
		}
	}
	slices.Sort(s.Changed)
	if s.Have < NeedEach || s.HaveBefore < NeedEach {
		return
	}
	xa, ya := axes(before)
	xb, yb := axes(during)
	if in.Steps {
		s.steps(xa, ya, xb, yb)
		return
	}
	g, ok := progress.SlopeGap(xa, ya, xb, yb)
	if !ok {
		return
	}
	s.Method = progress.ByLeastSquares
	s.Before, s.During, s.Difference = known(g.First.Slope), known(g.Second.Slope), known(g.By)
	switch {
	case !g.HasRange && near(g.First.Slope, g.Second.Slope):
		s.Finding = SameLine
	case !g.HasRange:
		s.Finding = NoRange
	case g.Low > 0 || g.High < 0:
		s.Finding = Differ
	default:
		s.Finding = CannotTell
	}
	if g.HasRange {
		s.Low, s.High = known(g.Low), known(g.High)
	}
}

// steps compares Theil–Sen slopes: they differ when their ranges do not touch.
func (s *Stretch) steps(xa, ya, xb, yb []float64) {
	a, okA := progress.TheilSen(xa, ya)
	b, okB := progress.TheilSen(xb, yb)
	lowA, highA, ranged := progress.SlopeRange(xa, ya)
	lowB, highB, rangedB := progress.SlopeRange(xb, yb)
	if !okA || !okB {
		return
	}
	s.Method, s.Finding = progress.ByTheilSen, CannotTell
	s.Before, s.During, s.Difference = known(a.Slope), known(b.Slope), known(b.Slope-a.Slope)
	if ranged && rangedB && (highB < lowA || lowB > highA) {
		s.Finding = Differ
	}
}

func known(v float64) progress.Number { return progress.Number{V: v + 0, Known: true} }

func near(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 }

// axes are the weeks since the first point, and the levels.
func axes(ps []progress.Point) (xs, ys []float64) {
	for _, p := range ps {
		xs, ys = append(xs, float64(p.On-ps[0].On)/7), append(ys, p.Level)
	}
	return xs, ys
}
