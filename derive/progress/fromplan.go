package progress

import (
	"strings"

	"stayput/measure"
	"stayput/plan"
)

// FromPlan is the goal of a plan. Baseline and target are read only where their
// fields hold one value and no more. Where the goal does not say its days, the
// aim line begins with the baseline's day, else with the goal's or the plan's
// first day, and ends with the goal's or the plan's last.
func FromPlan(p *plan.Plan, g *plan.Goal) Goal {
	out := Goal{ID: g.ID, BaselineOn: g.BaselineOn, By: g.To}
	if v, ok := measure.InText(g.Baseline); ok {
		out.Baseline = Say(v)
	}
	if v, ok := measure.InText(g.Target); ok {
		out.Target = Say(v)
	}
	if out.BaselineOn == 0 {
		out.BaselineOn = g.From
	}
	if p != nil && out.BaselineOn == 0 {
		out.BaselineOn = p.EffectiveStart
	}
	if p != nil && out.By == 0 {
		out.By = p.EffectiveEnd
	}
	unit := strings.ToLower(g.Unit + " " + g.Measure)
	for _, word := range []string{"rubric", "rúbrica", "rubrica", "prompt level", "nivel de ayuda"} {
		if strings.Contains(unit, word) {
			out.Levels = true
		}
	}
	return out
}
