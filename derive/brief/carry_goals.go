package brief

import (
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/program"
	"stayput/derive/progress"
	"stayput/measure"
	"stayput/plan"
)

// A GoalProgress is one goal in force and where it is heading.
type GoalProgress struct {
	Plan      *plan.Plan // the version in force, whole
	Goal      plan.Goal
	Component string // plan.Ref in that version
	Key       string // the same for one goal through all versions
	Since     day.Date
	Sightings []measure.Sighting // of a behavior that it is about; set by Make
	Probes    []measure.Probe    // those of this goal through all versions, whatever name they were given
	Progress  progress.Result
	Reports   []progress.Report // what the plan in force owes, up to its end
	Services  []string          // keys of delivery.Service that work on this goal
	Changes   []progress.Change // the days on which a version of the plan came into force
}

// Name is what the goal is called: its area and its number, reading (1), else its
// key.
func (g *GoalProgress) Name() string {
	switch {
	case g.Goal.Number != "" && g.Goal.Area != "":
		return g.Goal.Area + " (" + g.Goal.Number + ")"
	case g.Goal.Area != "":
		return g.Goal.Area
	case g.Goal.Number != "":
		return g.Goal.Number
	}
	return g.Key
}

// Goals is where each goal in force is heading, in the order of the plans. A probe
// names its goal by the id or number that the goal has in the plan.
func (x *Carried) Goals(probes []measure.Probe) []GoalProgress {
	var out []GoalProgress
	changes := x.changes()
	keys := make([]string, len(probes)) // the goal that each probe is of
	for i := range probes {
		keys[i] = x.FindGoal(probes[i].Goal, probes[i].On)
	}
	for _, t := range x.last.Tracks {
		for _, l := range t.InForce {
			if l.Part != plan.Goals {
				continue
			}
			p, g := x.goalOf(l)
			if g == nil {
				continue
			}
			one := GoalProgress{Plan: p, Goal: *g, Component: l.Component, Key: x.goals.of(t.Kind, l.FromPlan, l.Component), Since: l.Since, Changes: changes[t.Kind]}
			for i := range probes {
				if keys[i] == one.Key {
					one.Probes = append(one.Probes, probes[i])
				}
			}
			one.Progress = progressOf(p, g, one.Key, one.Probes, one.Changes, x.school, x.AsOf)
			one.Reports = x.reports(p, g, t.Kind, one.Key)
			one.Services = x.servicesOf(p, g, t.Kind, l)
			out = append(out, one)
		}
	}
	return out
}

// progressOf is the progress of one goal; its result is named by the goal's key.
func progressOf(p *plan.Plan, g *plan.Goal, key string, probes []measure.Probe, changes []progress.Change, school *day.School, asOf day.Date) progress.Result {
	goal := progress.FromPlan(p, g)
	goal.ID = key
	mine := slices.Clone(probes)
	for i := range mine {
		mine[i].Goal = key
	}
	around := progress.Around{AsOf: asOf, Changes: changes}
	if school != nil {
		around.IsSchool = school.IsSchoolDay
		around.SchoolDays = func(after, through day.Date) (int, bool) {
			n, missing := school.CountDays(after, through)
			return n, missing == nil
		}
	}
	return progress.Derive(goal, mine, around)
}

// goalOf is the goal that a line in force stands for, with its plan as a whole.
func (x *Carried) goalOf(l program.Line) (*plan.Plan, *plan.Goal) {
	p := plan.Find(x.plans, l.FromPlan)
	if p == nil {
		return nil, nil
	}
	whole, _ := plan.Whole(x.plans, p)
	for _, in := range []*plan.Plan{p, whole} {
		for i := range in.Goals {
			if g := &in.Goals[i]; plan.Ref(plan.Goals, g.ID, i) == l.Component && (g.ID != "" || g.Text == l.Name) {
				return whole, g
			}
		}
	}
	return whole, nil
}

// changes are the days on which versions came into force, by the sort of plan.
func (x *Carried) changes() map[plan.Kind][]progress.Change {
	out := map[plan.Kind][]progress.Change{}
	put := func(k plan.Kind, id string, d day.Date) {
		if d <= 0 {
			return
		}
		for i := range out[k] {
			if c := &out[k][i]; c.Plan == id {
				c.On = min(c.On, d)
				return
			}
		}
		out[k] = append(out[k], progress.Change{On: d, Plan: id})
	}
	for i := range x.Promises {
		p := &x.Promises[i]
		put(p.Track, p.Plan, p.From)
	}
	for _, t := range x.last.Tracks {
		for _, l := range t.InForce {
			put(t.Kind, l.FromPlan, l.Since)
		}
	}
	for _, cs := range out {
		slices.SortFunc(cs, func(a, b progress.Change) int {
			if a.On != b.On {
				return int(a.On - b.On)
			}
			return strings.Compare(a.Plan, b.Plan)
		})
	}
	return out
}

// reports are the progress reports that the plan in force owes on a goal, held
// against those that the plans themselves and the record show.
func (x *Carried) reports(p *plan.Plan, g *plan.Goal, k plan.Kind, key string) []progress.Report {
	words := g.Reported
	if words == "" {
		words = p.ProgressReports
	}
	cycle, ok := progress.ReadCycle(words)
	if !ok {
		return nil
	}
	var given []day.Date
	for n, have := range x.goals {
		if have != key || n.kind != k {
			continue
		}
		if v := plan.Find(x.plans, n.plan); v != nil {
			for i := range v.Goals {
				if plan.Ref(plan.Goals, v.Goals[i].ID, i) != n.component {
					continue
				}
				for _, r := range v.Goals[i].Progress {
					if r.On >= p.Starts() {
						given = append(given, r.On)
					}
				}
			}
		}
	}
	component := ""
	for n, have := range x.goals {
		if have == key && n.kind == k && n.plan == p.ID {
			component = n.component
		}
	}
	for _, e := range x.came { // one that names no goal is about all of them
		about := e.Fields.About
		if e.On.Latest >= p.Starts() && (len(about) == 0 || slices.Contains(about, key) || slices.Contains(about, component) || g.Number != "" && slices.Contains(about, g.Number)) {
			given = append(given, e.On.Latest)
		}
	}
	slices.Sort(given)
	given = slices.Compact(given)
	return progress.Reports(cycle.EvenDays(day.Span{First: p.Starts(), Last: p.Ends()}), given, false, x.AsOf)
}

// servicesOf are the services that work on a goal: those the goal names, and those
// that name the goal.
func (x *Carried) servicesOf(p *plan.Plan, g *plan.Goal, k plan.Kind, l program.Line) []string {
	var out []string
	for i := range x.Promises {
		s := &x.Promises[i]
		if s.Track != k || s.Line == nil || s.To < x.AsOf || slices.Contains(out, s.Service) {
			continue
		}
		if slices.Contains(g.Services, s.Component) || slices.Contains(s.Line.Goals, l.Component) || g.Number != "" && slices.Contains(s.Line.Goals, g.Number) {
			out = append(out, s.Service)
		}
	}
	return out
}

// A goalAt is one goal in one version.
type goalAt struct {
	kind            plan.Kind
	plan, component string
}

// goalNames gives one goal the same name through every version.
type goalNames map[goalAt]string

// nameGoals follows what each goal continues, from version to version.
func nameGoals(r *program.Result) goalNames {
	n := goalNames{}
	for _, t := range r.Tracks {
		taken := map[string]bool{}
		for i, o := range t.Offers {
			for _, p := range o.Parts {
				if p.Part != plan.Goals || p.Drops {
					continue
				}
				name := ""
				for j := i - 1; j >= 0 && p.Was != "" && name == ""; j-- {
					name = n[goalAt{t.Kind, t.Offers[j].Plan, p.Was}]
				}
				if name == "" {
					name = p.Component
					for k := 2; taken[name]; k++ { // another goal had that place before
						name = p.Component + "-" + strconv.Itoa(k)
					}
				}
				taken[name] = true
				n[goalAt{t.Kind, o.Plan, p.Component}] = name
			}
		}
	}
	return n
}

func (n goalNames) of(k plan.Kind, planID, component string) string {
	if s := n[goalAt{k, planID, component}]; s != "" {
		return s
	}
	return component
}

// FindGoal is the key of the goal that somebody named on a day: by its key, or by
// the id or number it has in a version, the version that ran on that day first.
// "" when there is none.
func (x *Carried) FindGoal(text string, on day.Date) string {
	said := strings.TrimSpace(text)
	if said == "" {
		return ""
	}
	best, bestAt, found := "", 0, false
	for _, t := range x.last.Tracks {
		for i, o := range t.Offers {
			p := plan.Find(x.plans, o.Plan)
			if p == nil {
				continue
			}
			for j := range p.Goals {
				g := &p.Goals[j]
				ref := plan.Ref(plan.Goals, g.ID, j)
				key := x.goals.of(t.Kind, o.Plan, ref)
				if said != key && said != ref && said != g.Number {
					continue
				}
				at := i
				if d := p.Starts(); d != 0 && d > on {
					at = -i - 1 // a later version: only when none had begun
				} else {
					at += 1 << 20
				}
				if !found || at > bestAt {
					best, bestAt, found = key, at, true
				}
			}
		}
	}
	return best
}
