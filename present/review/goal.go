package review

import (
	"stayput/derive/goal"
	"stayput/locale"
)

// Again is the frame to write a goal again, in the goal's own language: its own
// words where it has them, blanks where it has none.
func Again(r goal.Review) string {
	cat, ok := locale.For(r.Lang)
	if !ok {
		return ""
	}
	var pairs []string
	for _, p := range r.Skeleton {
		name := string(p.Criterion)
		switch p.Criterion {
		case goal.Behavior:
			name = "behavior"
		case goal.Baseline:
			name = "baseline"
		}
		words := p.Have
		if words == "" {
			words = cat.T("goal.blank_" + string(p.Criterion))
		}
		pairs = append(pairs, name, words)
	}
	return cat.T("goal.skeleton", pairs...)
}
