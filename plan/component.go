package plan

import (
	"strconv"

	"stayput/day"
)

// A Part is the sort of a component.
type Part string

// The sorts of components, in the order of a plan.
const (
	Goals          Part = "goals"
	ServiceLines   Part = "services"
	Accommodations Part = "accommodations"
	Placement      Part = "setting"
	Decisions      Part = "decisions"  // a yes of DecisionNames: the extended year, transportation, technology, a behavior plan
	AfterSchool    Part = "transition" // services toward life after school
)

// A Component is a part of a plan that can be agreed to, refused and carried
// out by itself.
type Component struct {
	ID          string // as given, else the sort and the place: services-2; a decision's is its name
	Part        Part
	Index       int    // its place in its list; of a decision, in DecisionNames
	Name        string // as the paper says it; of a decision the word of DecisionNames, for which catalogs have a name
	From, To    day.Date
	Consent     ConsentState
	AgreedOn    day.Date
	Implemented day.Date
}

// Ref is the name of the component at place i (from 0) whose own id is given.
func Ref(part Part, id string, i int) string {
	if id != "" {
		return id
	}
	return string(part) + "-" + strconv.Itoa(i+1)
}

// Components are the parts of p that can be agreed to one by one.
func (p *Plan) Components() []Component {
	var out []Component
	for i, s := range p.Services {
		out = append(out, Component{Ref(ServiceLines, s.ID, i), ServiceLines, i, s.Label(), s.From, s.To, s.Consent, s.AgreedOn, s.Implemented})
	}
	for i, g := range p.Goals {
		out = append(out, Component{Ref(Goals, g.ID, i), Goals, i, g.Text, g.From, g.To, "", g.AgreedOn, g.Implemented})
	}
	for i, a := range p.Accommodations {
		out = append(out, Component{Ref(Accommodations, a.ID, i), Accommodations, i, a.Text, a.From, a.To, a.Consent, a.AgreedOn, a.Implemented})
	}
	if p.Setting.said() {
		name := p.Setting.Name
		if name == "" {
			name = p.Setting.Code
		}
		out = append(out, Component{string(Placement), Placement, 0, name, p.EffectiveStart, p.EffectiveEnd, "", p.Setting.AgreedOn, p.Setting.Implemented})
	}
	out = append(out, p.decided(out)...)
	return append(out, p.afterSchool(out)...)
}

// Label is the name of the line, else its code.
func (s *Service) Label() string {
	if s.Name != "" {
		return s.Name
	}
	return s.Code
}

// Starts is the first day of the plan: as said, else that of its offer or meeting.
func (p *Plan) Starts() day.Date {
	for _, d := range []day.Date{p.EffectiveStart, p.Offered, p.MeetingDate} {
		if d != 0 {
			return d
		}
	}
	return 0
}

// Ends is the last day the plan is meant for, or no day.
func (p *Plan) Ends() day.Date {
	for _, d := range []day.Date{p.EffectiveEnd, p.NextAnnualReview, p.Section504.Review} {
		if d != 0 {
			return d
		}
	}
	return 0
}
