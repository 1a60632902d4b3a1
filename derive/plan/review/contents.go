package review

import (
	"strings"

	"stayput/fact"
	"stayput/plan"
)

// contents looks for the parts that the law requires of an IEP, and for what a
// 504 plan cannot do without.
func (r *reading) contents() {
	p := r.p
	switch p.Kind {
	case plan.IEP:
	case plan.Section504:
		if len(p.Accommodations) == 0 && len(p.Services) == 0 {
			r.absent("no-accommodations", Ask, r.rule("s504.fape"))
		}
		if p.Section504.Review == 0 && p.NextAnnualReview == 0 {
			r.absent("no-review-date", Ask, r.rule("s504.reevaluate"))
		}
		return
	default:
		return
	}
	if len(p.Present.Levels) == 0 {
		r.absent("no-present-levels", Required, r.item("iep.content", "plaafp", "present_levels"))
	}
	if strings.TrimSpace(p.Eligibility.Effect) == "" {
		r.absent("no-effect", Required, r.item("iep.content", "plaafp_effect"))
	}
	if len(p.Goals) == 0 {
		r.absent("no-goals", Required, r.item("iep.content", "goals_curriculum", "annual_goals"))
	}
	if !r.reported() {
		r.absent("no-progress-reports", Required, r.item("iep.content", "progress_reports"))
	}
	if len(p.Services) == 0 {
		r.absent("no-services", Required, r.item("iep.content", "services"))
	}
	if may, is := r.apart(); strings.TrimSpace(p.Setting.Nonparticipation) == "" && may {
		s := Ask
		if is {
			s = Required
		}
		r.absent("no-nonparticipation", s, r.item("iep.content", "nonparticipation", "time_apart"))
	}
	if strings.TrimSpace(p.Present.Concerns) == "" {
		r.absent("no-parent-concerns", Ask, r.item("iep.considerations", "parent_concerns"))
	}
	r.tests()
	r.transition()
	r.team()
	r.factors()
	r.additions()
}

// reported says that somewhere it stands when parents hear of progress.
func (r *reading) reported() bool {
	if strings.TrimSpace(r.p.ProgressReports) != "" {
		return true
	}
	for _, g := range r.p.Goals {
		if strings.TrimSpace(g.Reported) != "" {
			return true
		}
	}
	return false
}

// apart says that the child may be away from other children for some of the day,
// and that the plan shows it: only a plan that says "never" needs no explanation.
func (r *reading) apart() (may, is bool) {
	out, ok := r.p.Setting.Out.Thousandths()
	if in, said := r.p.Setting.In.Thousandths(); !ok && said {
		out, ok = max(0, 100000-in), true
	}
	if ok {
		return out != 0, out != 0
	}
	for i := range r.p.Services {
		if away, said := apart(&r.p.Services[i]); said && away {
			return true, true
		}
	}
	return true, false
}

// tested are the grades of the yearly tests that every state gives.
func tested(grade int) bool { return grade >= 3 && grade <= 8 || grade >= 10 && grade <= 12 }

func (r *reading) tests() {
	if len(r.p.Assessments) == 0 && tested(r.grade()) {
		r.absent("tests-not-stated", Ask, r.item("iep.content", "assessment_accommodations", "test_accommodations"))
	}
	alternate := false
	for _, t := range r.p.Assessments {
		if t.How != "alternate" {
			continue
		}
		alternate = true
		if strings.TrimSpace(t.Why) == "" {
			r.add("alternate-no-why", Required, r.item("iep.content", "alternate_assessment_why"), nil, "test", quote(t.Name))
		}
	}
	if !alternate {
		return
	}
	var without []string
	for i, g := range r.p.Goals {
		if len(g.Objectives) == 0 {
			without = append(without, r.goal(i))
		}
	}
	if len(without) > 0 {
		r.add("alternate-no-objectives", Required, r.item("iep.content", "objectives_alt"), without)
	}
}

// transition looks for the part that must be there in the plan that is in effect
// when the child turns 16, and for the notice a year before rights transfer.
func (r *reading) transition() {
	born, last := r.born(), r.lasts()
	if born == 0 || last == 0 {
		return
	}
	t := &r.p.Transition
	if last >= born.AddYears(16) && (len(t.Goals) == 0 || len(t.Services) == 0) {
		r.absent("no-transition", Required, r.item("iep.content", "transition_goals", "transition"))
	}
	if r.Law == nil || r.Law.MajorityAge == 0 || r.Law.Fact("transfers_rights") != fact.Yes {
		return
	}
	if last >= born.AddYears(r.Law.MajorityAge-1) && t.RightsTold == 0 {
		r.absent("no-rights-statement", Required, r.item("iep.content", "rights_transfer_statement"))
	}
}

// team looks for the members that a meeting must have.
func (r *reading) team() {
	if len(r.p.Team) == 0 {
		return
	}
	here := map[plan.Role]bool{}
	for _, m := range r.p.Team {
		if m.Attended != "no" || m.Excused.ParentSigned != 0 {
			here[m.Role] = true
		}
	}
	for _, need := range []struct {
		role plan.Role
		item string
	}{{"general_education_teacher", "regular_teacher"}, {"special_education_teacher", "special_teacher"}, {"lea_representative", "lea_rep"}, {"parent", "parents"}} {
		if here[need.role] || need.role == "parent" && len(r.p.ParentAttempts) > 0 {
			continue
		}
		s := Required
		if need.role == "general_education_teacher" && !r.inGeneral() {
			s = Ask // needed only where the child is, or may be, in regular classes
		}
		r.add("team-missing", s, r.item("iep.team", need.item), nil, "role", string(need.role))
	}
}

// inGeneral says that the plan shows the child in general education.
func (r *reading) inGeneral() bool {
	if in, ok := r.p.Setting.In.Thousandths(); ok {
		return in > 0
	}
	if out, ok := r.p.Setting.Out.Thousandths(); ok {
		return out < 100000
	}
	text := strings.ToLower(r.p.Setting.Nonparticipation + " " + r.p.Setting.Name)
	for _, s := range r.p.Services {
		text += " " + strings.ToLower(s.Location+" "+s.Setting)
	}
	for _, w := range []string{"general class", "general education", "regular class", "clase regular", "educación general", "clase general"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// factors looks at the special factors that were answered with yes.
func (r *reading) factors() {
	p, f := r.p, &r.p.Factors
	if f.Behavior == fact.Yes && !r.behaviorMet() {
		r.add("behavior-no-support", Ask, r.item("iep.considerations", "behavior"), nil)
	}
	if f.AT == fact.Yes && strings.TrimSpace(f.ATWhat) == "" && !r.anySupport(func(s *plan.Support) bool { return s.Type == "assistive_technology" }) {
		r.add("at-no-device", Ask, r.item("iep.considerations", "assistive_tech"), nil)
	}
	if p.ESY.Needed != fact.Yes {
		return
	}
	for _, s := range p.Services {
		if s.ESY == fact.Yes || s.Category == "esy" {
			return
		}
	}
	r.add("esy-no-services", Ask, r.rule("esy.need"), nil)
}

func (r *reading) behaviorMet() bool {
	f := &r.p.Factors
	if f.BehaviorPlan == fact.Yes || strings.TrimSpace(f.BehaviorSupports) != "" || len(f.BehaviorGoals) > 0 {
		return true
	}
	for _, a := range r.p.Attachments {
		if w := strings.ToLower(a.What); strings.Contains(w, "behavior") || strings.Contains(w, "conduct") || w == "bip" {
			return true
		}
	}
	for _, g := range r.p.Goals {
		if areasOf(g.Area).has(social) || areasOf(g.Text).has(conduct) {
			return true
		}
	}
	return r.anySupport(func(s *plan.Support) bool { return areasOf(s.Text).has(conduct) })
}

func (r *reading) anySupport(is func(*plan.Support) bool) bool {
	for i := range r.p.Accommodations {
		if is(&r.p.Accommodations[i]) {
			return true
		}
	}
	return false
}

// additions looks for what a state's own lists of contents ask for: what a list
// requires, and what it asks for where it is fitting. Which state has which is
// in its pack.
func (r *reading) additions() {
	p := r.p
	if c := r.item("iep.content", "emergency_plan"); c.text != "" && strings.TrimSpace(p.Emergency) == "" {
		r.absent("no-emergency-part", Required, c)
	}
	fitting := func(id string) cite { return r.item("iep.content_if_appropriate", id) }
	if c := fitting("language_goals"); c.text != "" && p.Student.EnglishLearner == fact.Yes && p.Factors.EnglishSupports == "" && !r.languageGoal() {
		r.add("no-language-goals", Ask, c, nil)
	}
	if c := fitting("course_of_study_grades_7_12"); c.text != "" && r.grade() >= 7 && r.grade() <= 12 && p.Transition.Course == "" {
		r.absent("no-course-of-study", Ask, c)
	}
	if c := fitting("low_incidence_equipment"); c.text != "" && p.Eligibility.LowIncidence == fact.Yes && p.Factors.LowIncidence == "" {
		r.add("no-low-incidence-equipment", Ask, c, nil)
	}
}

func (r *reading) languageGoal() bool {
	for _, g := range r.p.Goals {
		for _, purpose := range g.Purposes {
			if purpose == "linguistically_appropriate" {
				return true
			}
		}
	}
	return false
}
