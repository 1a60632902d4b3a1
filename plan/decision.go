package plan

import (
	"slices"

	"stayput/day"
	"stayput/fact"
)

// DecisionNames are what a plan answers with yes or no, each with a yes that can be
// agreed to, refused and carried out by itself.
var DecisionNames = []string{"esy", "transportation", "assistive_technology", "behavior_plan"}

// Decision is how p answers the decision of that name.
func (p *Plan) Decision(name string) fact.Tri {
	if at := p.decision(name); at != nil {
		return *at
	}
	return fact.Unsaid
}

// Decide sets the answer of p to the decision of that name. What belongs to a yes
// goes with it.
func (p *Plan) Decide(name string, is fact.Tri) {
	at := p.decision(name)
	if at == nil || *at == is {
		return
	}
	switch *at = is; name {
	case "esy":
		p.ESY = ESY{Needed: is}
	case "transportation":
		p.Factors.TransportType, p.Factors.TransportWhy, p.Factors.TransportESY = "", "", fact.Unsaid
	case "assistive_technology":
		p.Factors.ATWhat = ""
	}
}

// DecisionText is what a yes promises more closely: the sort of transportation,
// the technology.
func (p *Plan) DecisionText(name string) string {
	switch name {
	case "transportation":
		return p.Factors.TransportType
	case "assistive_technology":
		return p.Factors.ATWhat
	}
	return ""
}

// TakeDecision answers the decision of that name as from does, with what belongs
// to it.
func (p *Plan) TakeDecision(from *Plan, name string) {
	switch name {
	case "esy":
		p.ESY = from.ESY
	case "transportation":
		x, y := &p.Factors, &from.Factors
		x.Transport, x.TransportType, x.TransportWhy, x.TransportESY = y.Transport, y.TransportType, y.TransportWhy, y.TransportESY
	case "assistive_technology":
		p.Factors.AT, p.Factors.ATWhat = from.Factors.AT, from.Factors.ATWhat
	case "behavior_plan":
		p.Factors.BehaviorPlan = from.Factors.BehaviorPlan
	}
}

// decision is where p keeps the answer of that name; nil when there is no such
// decision.
func (p *Plan) decision(name string) *fact.Tri {
	switch name {
	case "esy":
		return &p.ESY.Needed
	case "transportation":
		return &p.Factors.Transport
	case "assistive_technology":
		return &p.Factors.AT
	case "behavior_plan":
		return &p.Factors.BehaviorPlan
	}
	return nil
}

// decided are the decisions that p answers with yes, as components. Their id is
// their name, unless another part of p bears that id.
func (p *Plan) decided(others []Component) []Component {
	var out []Component
	for i, name := range DecisionNames {
		if p.Decision(name) != fact.Yes {
			continue
		}
		from, to := p.EffectiveStart, p.EffectiveEnd
		if name == "esy" {
			from, to = or(p.ESY.From, from), or(p.ESY.To, to)
		}
		id := name
		if taken(others, id) {
			id = Ref(Decisions, "", i)
		}
		out = append(out, Component{ID: id, Part: Decisions, Index: i, Name: name, From: from, To: to})
	}
	return out
}

// afterSchool are the services toward life after school as components.
func (p *Plan) afterSchool(others []Component) []Component {
	var out []Component
	for i, s := range p.Transition.Services {
		id := Ref(AfterSchool, s.ID, i)
		if taken(others, id) || taken(out, id) {
			id = Ref(AfterSchool, "", i)
		}
		out = append(out, Component{ID: id, Part: AfterSchool, Index: i, Name: s.Label(), From: p.EffectiveStart, To: p.EffectiveEnd})
	}
	return out
}

// Label is what is done, else its code.
func (s *TransitionService) Label() string {
	if s.Activity != "" {
		return s.Activity
	}
	return s.Code
}

func taken(by []Component, id string) bool {
	return slices.ContainsFunc(by, func(c Component) bool { return c.ID == id })
}

// or is d, else the other day.
func or(d, other day.Date) day.Date {
	if d != 0 {
		return d
	}
	return other
}
