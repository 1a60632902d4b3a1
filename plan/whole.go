package plan

import "slices"

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
	w.Goals = lay(base.Goals, p.Goals, p.Removes, func(g Goal) string { return g.ID })
	w.Services = lay(base.Services, p.Services, p.Removes, func(s Service) string { return s.ID })
	w.Accommodations = lay(base.Accommodations, p.Accommodations, p.Removes, func(s Support) string { return s.ID })
	w.Assessments = lay(base.Assessments, p.Assessments, p.Removes, func(t Test) string { return t.Name + "\x00" + t.Subject })
	if p.Present.said() {
		w.Present = p.Present
	}
	if p.Setting.said() {
		w.Setting = p.Setting
	}
	if p.Transition.said() {
		w.Transition = p.Transition
	}
	if p.ESY != (ESY{}) {
		w.ESY = p.ESY
	}
	if p.Factors.said() {
		w.Factors = p.Factors
	}
	if p.ProgressReports != "" {
		w.ProgressReports = p.ProgressReports
	}
	if p.Emergency != "" {
		w.Emergency = p.Emergency
	}
	return &w, true
}

func lay[T any](base, top []T, removed []string, id func(T) string) []T {
	out := make([]T, 0, len(base)+len(top))
	used := make([]bool, len(top))
	for _, b := range base {
		if slices.Contains(removed, id(b)) {
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

func (t *Transition) said() bool {
	return len(t.Assessments) > 0 || len(t.Goals) > 0 || len(t.Services) > 0 || t.Course != ""
}

func (f *Factors) said() bool {
	return f.Behavior != 0 || f.AT != 0 || f.Transport != 0 || f.Braille != 0 || f.PE != "" || f.BehaviorSupports != ""
}
