package plan

import (
	"reflect"
	"slices"

	"stayput/fact"
)

// Find is the plan named id, or nil.
func Find(plans []*Plan, id string) *Plan {
	for _, p := range plans {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// Whole is what p says together with the plan it amends: the parts of the base,
// those of the amendment in place of the ones with the same id, its new ones
// added, and without what it removes. A plan that amends nothing is given back
// as it is. ok is false when what it amends is not among plans, or amends itself
// by a detour.
func Whole(plans []*Plan, p *Plan) (whole *Plan, ok bool) {
	return over(plans, p, 0)
}

func over(plans []*Plan, p *Plan, depth int) (*Plan, bool) {
	if p.Amends == "" {
		return p, true
	}
	base := Find(plans, p.Amends)
	if base == nil || depth > len(plans) {
		return p, false
	}
	base, ok := over(plans, base, depth+1)
	if !ok {
		return p, false
	}
	w := *base
	w.ID, w.Amends, w.Removes, w.Status, w.Offered = p.ID, p.Amends, p.Removes, p.Status, p.Offered
	w.Consent, w.Notes, w.PriorNotices, w.Source = p.Consent, p.Notes, p.PriorNotices, p.Source
	w.Team, w.MeetingDate = p.Team, p.MeetingDate
	if w.MeetingDate == 0 { // an amendment may be made without a meeting
		w.MeetingDate, w.Team = base.MeetingDate, base.Team
	}
	w.Goals = lay(Goals, base.Goals, p.Goals, p.Removes, func(g Goal) string { return g.ID })
	w.Services = lay(ServiceLines, base.Services, p.Services, p.Removes, func(s Service) string { return s.ID })
	w.Accommodations = lay(Accommodations, base.Accommodations, p.Accommodations, p.Removes, func(s Support) string { return s.ID })
	w.Assessments = lay("", base.Assessments, p.Assessments, nil, func(t Test) string { return t.Name + "\x00" + t.Subject })
	if p.Present.said() {
		w.Present = p.Present
	}
	if p.Setting.said() {
		w.Setting = p.Setting
	}
	w.Transition = laid(base.Transition, p.Transition)
	w.Transition.Assessments = lay("", base.Transition.Assessments, p.Transition.Assessments, nil, func(a Assessed) string { return a.Name })
	w.Transition.Agencies = lay("", base.Transition.Agencies, p.Transition.Agencies, nil, func(a Invited) string { return a.Agency })
	w.Transition.Goals = lay("", base.Transition.Goals, p.Transition.Goals, p.Removes, func(g AfterGoal) string { return g.ID })
	w.Transition.Services = lay(AfterSchool, base.Transition.Services, p.Transition.Services, p.Removes, func(s TransitionService) string { return s.ID })
	// A decision that is turned takes what belonged to it along; one of which the
	// amendment says nothing stands.
	for _, c := range base.Components() {
		if c.Part == Decisions && slices.Contains(p.Removes, c.ID) {
			w.Decide(c.Name, fact.No)
		}
	}
	for _, name := range DecisionNames {
		if is := p.Decision(name); is != fact.Unsaid {
			w.Decide(name, is)
		}
	}
	w.ESY, w.Factors = laid(w.ESY, p.ESY), laid(w.Factors, p.Factors)
	if p.ProgressReports != "" {
		w.ProgressReports = p.ProgressReports
	}
	if p.Emergency != "" {
		w.Emergency = p.Emergency
	}
	return &w, true
}

// laid is what top says, field by field, and what base says where top says nothing.
func laid[T any](base, top T) T {
	to, from := reflect.ValueOf(&base).Elem(), reflect.ValueOf(top)
	for i := range from.NumField() {
		if v := from.Field(i); !v.IsZero() {
			to.Field(i).Set(v)
		}
	}
	return base
}

// lay puts the things of top in place of those of base with the same id, adds the
// new ones and leaves out what is removed, by id or by the name of its place.
func lay[T any](part Part, base, top []T, removed []string, id func(T) string) []T {
	if len(base)+len(top) == 0 {
		return nil
	}
	out := make([]T, 0, len(base)+len(top))
	used := make([]bool, len(top))
	for i, b := range base {
		if slices.Contains(removed, Ref(part, id(b), i)) {
			continue
		}
		for i, t := range top {
			if id(t) != "" && id(t) == id(b) && !used[i] {
				b, used[i] = t, true
				break
			}
		}
		out = append(out, b)
	}
	for i, t := range top {
		if !used[i] {
			out = append(out, t)
		}
	}
	return out
}

func (p *Present) said() bool {
	return len(p.Levels) > 0 || p.Strengths != "" || p.Concerns != "" || len(p.Needs) > 0
}

func (s *Setting) said() bool {
	return s.Code != "" || s.Name != "" || s.In != "" || s.Out != "" || s.School != "" || s.Nonparticipation != ""
}
