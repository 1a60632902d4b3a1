package review

import (
	"slices"
	"strings"

	"stayput/fact"
	"stayput/plan"
)

// needless are kinds of service that no goal is written for.
func needless(s *plan.Service) bool {
	switch s.Category {
	case "transportation", "supports_for_staff", "transition", "supplementary", "comp_ed", "esy":
		return true
	}
	if s.Delivery == "consult" || s.ESY == fact.Yes {
		return true
	}
	l := strings.ToLower(s.Label() + " " + s.Comments)
	for _, w := range []string{"transport", "nurs", "health", "interpret", "consult", "aide", "1:1", "enfermer", "intérprete", "consulta", "auxiliar", "intensive individual", "note taking", "braille transcription", "parent counsel"} {
		if strings.Contains(l, w) {
			return true
		}
	}
	return false
}

// links looks whether needs, goals and services belong together: by what the
// plan links, else by what their names are about. Where the names do not say,
// nothing is found.
func (r *reading) links() {
	p := r.p
	if p.Kind != plan.IEP {
		return
	}
	type about struct {
		areas area
		known bool
	}
	goals := make([]about, len(p.Goals))
	for i, g := range p.Goals {
		a := areasOf(g.Area)
		if a == 0 {
			a = areasOf(g.Text)
		}
		goals[i] = about{a, a != 0}
	}
	served := make([]bool, len(p.Goals))
	unknown := false // a service that may be for anything
	for i := range p.Services {
		s := &p.Services[i]
		a := serviceAreas(s.Label(), string(s.Category))
		has, unsure := len(s.Goals) > 0, a == 0
		for j := range p.Goals {
			linked := slices.Contains(s.Goals, r.goal(j)) || slices.Contains(p.Goals[j].Services, r.service(i))
			fits := len(s.Goals) == 0 && goals[j].known && a.has(goals[j].areas)
			if linked || fits {
				served[j], has = true, true
			}
			unsure = unsure || !goals[j].known
		}
		unknown = unknown || a == 0
		if !has && !unsure && !needless(s) && len(p.Goals) > 0 {
			r.add("service-without-goal", Ask, r.item("iep.content", "goals_other", "annual_goals"), []string{r.service(i)}, "service", quote(s.Label()))
		}
	}
	var without []string
	for j := range p.Goals {
		if !served[j] && goals[j].known && !unknown && len(p.Services) > 0 && strings.TrimSpace(p.Goals[j].Text) != "" {
			without = append(without, r.goal(j))
		}
	}
	if len(without) > 0 {
		r.add("goal-without-service", Ask, r.item("iep.content", "services"), without)
	}
	r.needs()
}

// needs looks for needs that nothing in the plan is about.
func (r *reading) needs() {
	p := r.p
	var needs []string
	for _, n := range p.Present.Needs {
		needs = append(needs, strings.TrimSpace(n))
	}
	for _, l := range p.Present.Levels {
		if l.Need == fact.Yes {
			needs = append(needs, strings.TrimSpace(l.Area))
		}
	}
	if len(p.Goals)+len(p.Services)+len(p.Accommodations) == 0 {
		return // nothing is there; that is told elsewhere
	}
	var open []string
	for _, n := range once(needs) {
		if n != "" && !r.met(n) {
			open = append(open, n)
		}
	}
	if len(open) > 0 {
		r.add("need-without-support", Ask, r.item("iep.content", "goals_other", "annual_goals"), nil, "needs", strings.Join(open, ", "))
	}
}

func (r *reading) met(need string) bool {
	word := strings.ToLower(need)
	a := areasOf(need)
	about := func(texts ...string) bool {
		t := strings.ToLower(strings.Join(texts, " "))
		return strings.Contains(t, word) || a != 0 && areasOf(t).has(a)
	}
	for _, g := range r.p.Goals {
		if about(g.Area) || a == 0 && about(g.Text) {
			return true
		}
	}
	for _, s := range r.p.Services {
		if about(s.Label()) {
			return true
		}
	}
	return r.anySupport(func(s *plan.Support) bool { return about(s.Text) })
}
