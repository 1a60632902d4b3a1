package progress

// An Advice is what the four-point rule says.
type Advice string

// What the four-point rule can say. It is a prompt to talk, not proof.
const (
	RaiseGoal      Advice = "raise_goal"
	ChangeTeaching Advice = "change_teaching"
	KeepGoing      Advice = "keep_going"
	TooFew         Advice = "not_enough_data"
)

// NeedPoints is how many points there must be since the line was drawn before the
// four-point rule, or a verdict, is given.
const NeedPoints = 6

// A FourPoint is the answer of the four-point rule.
type FourPoint struct {
	Advice Advice `json:"advice"`
	Have   int    `json:"have"`
	Need   int    `json:"need"`
	Last   []int  `json:"last,omitempty"` // of the last four: 1 better than the line, −1 worse, 0 on it
}

// FourPoints looks at the last four of at least NeedPoints points, in order of
// days. All better than the aim line: raise the goal. All worse: change teaching.
// A point on the line is neither, and breaks the run.
func FourPoints(ps []Point, aim Aim, falls bool) FourPoint {
	f := FourPoint{Advice: TooFew, Have: len(ps), Need: NeedPoints}
	if len(ps) < NeedPoints || !aim.Drawn() {
		return f
	}
	sum := 0
	for _, p := range ps[len(ps)-4:] {
		at := aim.At(p.On)
		side := 0
		if d := p.Level - at; d > onLine(at) {
			side = 1
		} else if d < -onLine(at) {
			side = -1
		}
		if falls {
			side = -side
		}
		f.Last = append(f.Last, side)
		sum += side
	}
	switch sum {
	case 4:
		f.Advice = RaiseGoal
	case -4:
		f.Advice = ChangeTeaching
	default:
		f.Advice = KeepGoing
	}
	return f
}
