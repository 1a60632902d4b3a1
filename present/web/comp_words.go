package web

import (
	"net/url"
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/present/chart"
)

// compGoals shows where the goals of the service are, and where their lines are: what
// the qualitative way asks for.
func (p *compPage) compGoals(k *compLook) {
	x := &k.look.Services[k.at]
	for i := range k.goals {
		g := &k.goals[i]
		if !slices.Contains(g.Services, x.Key) {
			continue
		}
		one := compGoal{Name: p.speak().goalName(&g.Goal), Href: goalProgressPath(k.c.Folder, g.Key), Says: p.standing(g)}
		r := &g.Progress
		if r.AimNow.Known && len(r.Points) > 0 {
			v := url.Values{"service": {x.Key}, "goal": {g.Key}}
			for n, t := range k.ask.Text {
				if !slices.Contains([]string{"goal", "expected", "now", "now_to", "rate", "lower"}, n) {
					v[n] = t
				}
			}
			one.Use = p.Action + "?" + v.Encode() + "#rate"
		}
		p.Goals = append(p.Goals, one)
	}
}

// standing is where a child is on a goal and where its line is on that day.
func (p *compPage) standing(g *brief.GoalProgress) string {
	r, unit := &g.Progress, goalUnit(g)
	level := func(v float64) string {
		text := chart.Level(p.cat, r.Kind, v)
		if unit != "" && !strings.Contains(text, "%") {
			text += " " + unit
		}
		return text
	}
	var out []string
	if r.AimNow.Known {
		out = append(out, p.T("webback.goal_line", "level", level(r.AimNow.V)))
	}
	switch {
	case r.Current.Known:
		out = append(out, p.T("webback.goal_now", "level", level(r.Current.V)))
	case r.Latest.Known:
		out = append(out, p.T("webback.goal_latest", "level", level(r.Latest.V), "date", p.cat.Date(r.LatestOn)))
	default:
		out = append(out, p.T("webback.goal_no_probe"))
	}
	if r.Target.Known && r.By != 0 {
		out = append(out, p.T("webback.goal_target", "level", level(r.Target.V), "date", p.cat.Date(r.By)))
	}
	return strings.Join(out, " ")
}

// compFields are the inputs, and for paper what was put in.
func (p *compPage) compFields(k *compLook) {
	a := k.ask
	field := func(name, kind string) Field {
		f := Field{Name: name, Label: p.T("webback.in_" + name), Kind: kind, Value: a.Text.Get(name), Max: compText}
		if key := "webback.in_" + name + "_hint"; p.cat.Has(key) {
			f.Hint = p.T(key)
		}
		switch kind {
		case "number":
			f.Kind, f.InputMode, f.Max = "text", "decimal", 12
		case "date":
			f.Max = 0
		case "textarea":
			f.Rows = 3
		case "tick":
			f.Value = "yes"
			f.Options = []Option{{Value: "yes", On: a.Text.Get(name) != ""}}
		}
		if key := a.Wrong[name]; key != "" {
			f.Error = p.T(key)
			p.Errs = append(p.Errs, f)
		}
		if t := a.Text.Get(name); t != "" {
			switch kind {
			case "date":
				if d := isoDay(t); d != 0 {
					t = p.cat.Date(d)
				}
			case "tick":
				t = p.T("page.yes")
			}
			p.Inputs = append(p.Inputs, [2]string{f.Label, t})
		}
		return f
	}
	goal := Field{Name: "goal", Label: p.T("webback.in_goal"), Hint: p.T("webback.in_goal_hint"), Kind: "select", Options: []Option{{Label: p.T("webback.in_goal_none"), On: a.Goal == nil}}}
	for i := range k.goals {
		g := &k.goals[i]
		on := a.Goal != nil && a.Goal.Key == g.Key
		goal.Options = append(goal.Options, Option{Value: g.Key, Label: p.speak().goalName(&g.Goal), On: on})
		if on {
			p.Inputs = append(p.Inputs, [2]string{goal.Label, p.speak().goalName(&g.Goal)})
		}
	}
	known := field("known", "date")
	if d := k.firstGap(); d != 0 {
		known.Hint += " " + p.T("webback.in_known_first", "date", p.cat.Date(d))
	}
	p.Groups = []compGroup{
		{p.T("comp.method.reasonable_time"), p.T("webback.in_reasonable_lead"), []Field{known, field("until", "date"), field("weeks", "number"), field("weeks_to", "number")}},
		{p.T("comp.method.qualitative"), p.T("webback.in_qualitative_lead"), []Field{field("gap", "textarea"), field("closing", "textarea")}},
		{p.T("comp.method.rate"), p.T("webback.in_rate_lead"), []Field{goal, field("expected", "number"), field("now", "number"), field("now_to", "number"), field("rate", "number"), field("lower", "tick"), field("weekly", "number")}},
		{p.T("comp.method.intensity"), p.T("webback.in_intensity_lead"), []Field{field("factor", "number")}},
	}
}

// firstGap is the first day of the first stretch of sessions that were not given.
func (k *compLook) firstGap() (first day.Date) {
	for _, y := range k.look.Services[k.at].Years {
		for _, g := range y.Gaps {
			if g.Short+g.MadeUp+g.Reported > 0 && (first == 0 || g.From < first) {
				first = g.From
			}
		}
	}
	return first
}
