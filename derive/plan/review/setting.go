package review

import (
	"strings"

	"stayput/fact"
	"stayput/plan"
)

// A school day is hardly shorter or longer than this, in minutes. Only what is
// wrong for every such day is told, unless the plan says how long the day is.
const shortDay, longDay = 240, 450

// slack are the percent by which a rounded figure may be off.
const slack = 5

var why = []string{"because", "since ", "so that", "in order to", "due to", " needs", " need ", "requires", "to receive", "as a result", "porque", "ya que", "debido", "para que", "necesita", "requiere", "a fin de", "puesto que"}

// setting looks at the placement and at time apart from other children.
func (r *reading) setting() {
	s := &r.p.Setting
	if t := strings.ToLower(s.Nonparticipation); strings.TrimSpace(t) != "" && r.p.Kind == plan.IEP && !containsAny(t, why) {
		r.add("nonparticipation-no-why", Ask, r.item("iep.content", "nonparticipation", "time_apart"), []string{string(plan.Placement)}, "text", quote(s.Nonparticipation))
	}
	in, okIn := s.In.Thousandths()
	out, okOut := s.Out.Thousandths()
	items := []string{string(plan.Placement)}
	switch {
	case in > 100000 || out > 100000:
		r.add("percent-over", Ask, cite{}, items, "in", string(s.In), "out", string(s.Out))
		return
	case okIn && okOut && (in+out < 99000 || in+out > 101000):
		r.add("percent-sum", Ask, cite{}, items, "in", string(s.In), "out", string(s.Out))
		return
	case okIn && !okOut:
		out, okOut = 100000-in, true
	}
	if !okOut {
		return
	}
	// The minutes of the lines outside the regular class set what share of the
	// week is outside at the least and at the most.
	var away []*plan.Service
	all := true
	for i := range r.p.Services {
		l := &r.p.Services[i]
		if l.ESY == fact.Yes || l.Category == "transportation" {
			continue
		}
		_, known := l.Amount().Weekly()
		apart, said := apart(l)
		switch {
		case !said || !known:
			all = all && said && !apart
		case apart:
			away = append(away, l)
		}
	}
	outside := together(away)
	shortest, longest := shortDay, longDay
	if d := s.DayMinutes; d.Said && d.N > 0 {
		shortest, longest = d.N, d.N
	}
	least := outside.Num * 100000 / (outside.Den * int64(longest) * 5)
	most := outside.Num * 100000 / (outside.Den * int64(shortest) * 5)
	if least > out+slack*1000 || all && len(r.p.Services) > 0 && most < out-slack*1000 {
		r.add("percent-minutes", Ask, cite{}, items, "minutes", outside.String(), "out", plan.Rate{Num: out, Den: 1000}.String())
	}
}

// together is the most minutes a week that lines promise at one time: a line
// for the spring and one for the fall are not given together.
func together(lines []*plan.Service) plan.Rate {
	most := plan.Rate{Num: 0, Den: 1}
	for _, at := range lines {
		sum := plan.Rate{Num: 0, Den: 1}
		for _, l := range lines {
			if l.From <= at.From && (l.To == 0 || l.To >= at.From || l.To < l.From) {
				week, _ := l.Amount().Weekly()
				sum = sum.Add(week)
			}
		}
		if sum.Cmp(most) > 0 {
			most = sum
		}
	}
	return most
}

// apart says whether a line is given outside the regular class; said is false
// when the plan does not tell.
func apart(s *plan.Service) (is, said bool) {
	t := strings.ToLower(s.Location + " " + s.Setting + " " + s.LocationCode)
	if s.Delivery == "push_in" || s.Delivery == "co_taught" || s.Delivery == "consult" {
		return false, true
	}
	if s.Delivery == "pull_out" || containsAny(t, []string{"separate", "special class", "special education class", "resource room", "pull-out", "pull out", "therapy room", "special day", "separada", "clase especial", "salón de recursos", "fuera del salón"}) {
		return true, true
	}
	if containsAny(t, []string{"general", "regular", "push-in", "push in"}) {
		return false, true
	}
	return false, false
}

func containsAny(t string, words []string) bool {
	for _, w := range words {
		if strings.Contains(t, w) {
			return true
		}
	}
	return false
}
