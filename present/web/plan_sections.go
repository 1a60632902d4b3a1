package web

import (
	"reflect"
	"strconv"
	"strings"

	"stayput/plan"
)

// A planSection is one piece of a plan: fields, or a list that shows one thing at
// a time.
type planSection struct {
	name   string
	group  string // of the page of a version
	path   string // of the list; "" for fields of the plan itself. # stands for the thing a list lies in
	first  int    // how many fields are shown before the rest is folded
	fields []asked
	only   func(*plan.Plan) bool // nil: every plan
	inside string                // the section that the list lies in
}

// list reports that the section is a list.
func (s *planSection) list() bool { return s.path != "" }

func isIEP(p *plan.Plan) bool  { return p.Kind != plan.Section504 && p.Kind != plan.Health }
func is504(p *plan.Plan) bool  { return !isIEP(p) }
func amends(p *plan.Plan) bool { return p.Amends != "" }

// planGroups are the parts of the page of a version, in its order.
var planGroups = []string{"dates", "services", "goals", "supports", "present", "eligibility", "setting", "esy", "transition", "assessments", "factors", "s504", "team", "notices", "answers", "notes"}

// planSections are the pieces of a plan, in the order of a paper.
var planSections = []planSection{
	{name: "basics", group: "dates", first: 6, fields: joined(
		one("kind", "status", "meeting_date", "offered", "effective_start", "effective_end", "complete", "title", "next_annual_review", "last_evaluation", "next_evaluation",
			"meeting_types", "language", "translations", "district", "school", "agreed_on", "first_implemented_on", "original_entry_date"))},
	{name: "removes", group: "dates", first: 1, only: amends, fields: picks("removes", "base")},
	{name: "initial", group: "dates", first: 5, only: isIEP, fields: one("initial.referral_date", "initial.referred_by", "initial.assessment_plan_sent", "initial.assessment_consent_received", "initial.first_meeting")},
	{name: "student", group: "dates", first: 4, fields: one("student.grade", "student.school_of_attendance", "student.home_language", "student.english_learner",
		"student.interpreter_needed", "student.school_of_residence", "student.district_of_service", "student.district_of_accountability", "student.rights_holders", "student.surrogate", "student.adult_student", "student.rights_transferred_on")},

	{name: "services", group: "services", path: "services", first: 8, fields: joined(
		one("name", "minutes", "times", "per", "delivery", "location", "from", "to", "as_written", "total", "code", "category", "group", "group_size", "setting", "provider", "role"),
		long("conditions"), one("esy"), long("why"), picks("goals", "goals"), one("consent", "agreed_on", "first_implemented_on"), long("comments"))},

	{name: "goals", group: "goals", path: "goals", first: 5, fields: joined(
		one("area"), long("text", "baseline"), one("target", "unit"), long("condition", "behavior", "criterion", "measure"),
		one("timeframe", "measured_by", "schedule", "reported", "responsible", "baseline_on", "number", "purposes", "standard", "from", "to"),
		picks("services", "services"), picks("accommodations", "accommodations"), one("review.on", "review.met"), long("review.comment"))},
	{name: "objectives", group: "goals", path: "goals.#.objectives", inside: "goals", first: 4, fields: joined(long("text"), one("due", "criterion", "met"))},
	{name: "progress", group: "goals", path: "goals.#.progress", inside: "goals", first: 4, fields: joined(one("on"), long("summary"), one("value", "unit", "sufficient", "period", "code", "by"), long("comment"))},
	{name: "reports", group: "goals", first: 1, fields: one("progress_reports")},

	{name: "accommodations", group: "supports", path: "accommodations", first: 5, fields: joined(
		long("text"), one("type", "where", "by", "when", "frequency", "duration", "location", "for", "evidence", "from", "to", "test", "subject", "support_level", "embedded", "consent", "agreed_on", "first_implemented_on"))},

	{name: "levels", group: "present", path: "present.levels", first: 4, fields: joined(one("area"), long("text"), long("strengths"), one("need"))},
	{name: "data", group: "present", path: "present.levels.#.data", inside: "levels", first: 5, fields: one("measure", "value", "unit", "on", "source")},
	{name: "present", group: "present", first: 4, fields: joined(long("present.strengths", "present.parent_concerns"), one("present.needs"), long("present.student_input"),
		one("present.parent_concerns_by", "present.parent_concerns_on", "present.hearing.on", "present.hearing.result", "present.vision.on", "present.vision.result"))},
	{name: "scores", group: "present", path: "present.test_results", first: 5, fields: one("test", "domain", "level", "score", "on")},
	{name: "prior_goals", group: "present", path: "present.prior_goals", only: isIEP, first: 3, fields: joined(long("goal"), one("met"), long("reason"))},

	{name: "eligibility", group: "eligibility", first: 4, fields: joined(one("eligibility.primary", "eligibility.others", "eligibility.on"), long("eligibility.effect"),
		one("eligibility.low_incidence", "eligibility.not_eligible", "eligibility.exiting"))},

	{name: "setting", group: "setting", first: 5, fields: joined(one("setting.name", "setting.school", "setting.percent_in", "setting.percent_out"), long("setting.nonparticipation"),
		one("setting.code", "setting.district", "setting.school_day_minutes", "setting.at_school_of_residence", "setting.at_school_of_residence_why"), long("setting.harmful_effect", "setting.nonacademic"),
		one("setting.next", "setting.next_from"), long("setting.move_activities"), one("setting.agreed_on", "setting.first_implemented_on"))},
	{name: "options", group: "setting", path: "setting.options", first: 2, fields: joined(one("name"), long("why_not"))},

	{name: "esy", group: "esy", first: 4, fields: joined(one("esy.needed"), long("esy.why"), one("esy.from", "esy.to"))},

	{name: "transition", group: "transition", first: 4, only: isIEP, fields: joined(one("transition.student_invited"), long("transition.how_student_took_part", "transition.course_of_study"),
		one("transition.diploma_track", "transition.credits_required", "transition.credits_earned", "transition.projected_completion", "transition.rights_notice_on", "transition.summary_of_performance_on"))},
	{name: "after_goals", group: "transition", path: "transition.goals", only: isIEP, first: 2, fields: joined(one("area"), long("text"))},
	{name: "after_services", group: "transition", path: "transition.services", only: isIEP, first: 3, fields: joined(long("activity"), one("agency", "code"))},
	{name: "after_assessments", group: "transition", path: "transition.assessments", only: isIEP, first: 3, fields: joined(one("name", "on"), long("result"))},
	{name: "agencies", group: "transition", path: "transition.agency_invitations", only: isIEP, first: 3, fields: one("agency", "on", "consent_on")},

	{name: "assessments", group: "assessments", path: "assessments", first: 4, fields: joined(one("name", "subject", "how", "accommodations"), long("conditions", "why"))},

	{name: "factors", group: "factors", first: 8, fields: joined(one("special_factors.behavior_impedes"), long("special_factors.behavior_supports"), one("special_factors.behavior_plan", "special_factors.assistive_technology"),
		long("special_factors.assistive_technology_what"), one("special_factors.transportation"), long("special_factors.transportation_why"), long("special_factors.english_learner_supports"),
		one("special_factors.transportation_type", "special_factors.transportation_in_esy", "special_factors.braille"), long("special_factors.braille_why", "special_factors.communication", "special_factors.low_incidence_equipment"),
		one("special_factors.physical_education"), long("special_factors.promotion_criteria"), one("special_factors.agencies"))},
	{name: "emergency", group: "factors", first: 1, only: isIEP, fields: long("emergency_instruction")},

	{name: "section_504", group: "s504", first: 5, only: is504, fields: joined(long("section_504.impairment"), one("section_504.major_life_activities"), long("section_504.basis"),
		one("section_504.eligible", "section_504.review_date", "section_504.coordinator"), long("section_504.field_trips", "section_504.transport", "section_504.behavior_notes"),
		one("section_504.safeguards_given_on", "section_504.parent_agreement"))},
	{name: "health", group: "s504", first: 4, only: is504, fields: joined(one("section_504.health_care.triggers", "section_504.health_care.actions", "section_504.health_care.trained_staff",
		"section_504.health_care.backup", "section_504.health_care.supplies"), long("section_504.health_care.self_care"), one("section_504.health_care.emergency_contacts"))},
	{name: "given", group: "s504", path: "section_504.distribution", only: is504, first: 2, fields: one("to", "on")},

	{name: "team", group: "team", path: "team", first: 4, fields: one("name", "role", "attended", "signed", "title", "area", "excused.area", "excused.area_discussed", "excused.written_input", "excused.parent_signed", "excused.lea_signed")},

	{name: "meeting_notices", group: "notices", path: "meeting_notices", first: 3, fields: joined(one("sent", "means"), long("reply"))},
	{name: "attempts", group: "notices", path: "parent_attempts", first: 3, fields: joined(one("on", "means"), long("result"))},
	{name: "prior_notices", group: "notices", path: "prior_notices", first: 4, fields: joined(one("on"), long("about"), one("refuses", "language"))},

	{name: "answers", group: "answers", path: "consent", first: 4, fields: joined(one("on", "by", "agreement"), long("conditions"), one("relation", "initial_services", "letter_attached", "revoked_on", "language", "received", "insurance", "private_school"))},
	{name: "exceptions", group: "answers", path: "consent.#.exceptions", inside: "answers", first: 3, fields: joined([]asked{{path: "part", pick: "any"}}, long("text", "reason"))},

	{name: "notes", group: "notes", first: 1, fields: long("notes")},
	{name: "attachments", group: "notes", path: "attachments", first: 3, fields: one("what", "on", "file")},
}

// sectionNamed is a section of a plan, nil when the plan has none of that name.
func sectionNamed(name string, p *plan.Plan) *planSection {
	for i := range planSections {
		if s := &planSections[i]; s.name == name && (s.only == nil || s.only(p)) {
			return s
		}
	}
	return nil
}

// value is what the section is about: the plan, or its list. in says in which
// thing an inner list lies.
func (s *planSection) value(p *plan.Plan, in int) (reflect.Value, bool) {
	v := reflect.ValueOf(p).Elem()
	if !s.list() {
		return v, true
	}
	outer, inner, nested := strings.Cut(s.path, ".#.")
	v = valueAt(v, outer)
	if !nested {
		return v, true
	}
	if in < 0 || in >= v.Len() {
		return reflect.Value{}, false
	}
	return valueAt(v.Index(in), inner), true
}

// kind is the struct that a list holds.
func (s *planSection) kind() reflect.Type {
	t := reflect.TypeFor[plan.Plan]()
	for _, key := range strings.Split(s.path, ".") {
		if key == "#" {
			t = t.Elem()
			continue
		}
		for i := range t.NumField() {
			if t.Field(i).Tag.Get("key") == key {
				t = t.Field(i).Type
				break
			}
		}
	}
	return t.Elem()
}

// part is the sort of component that the things of the section are, or "".
func (s *planSection) part() plan.Part {
	switch s.name {
	case "services":
		return plan.ServiceLines
	case "goals":
		return plan.Goals
	case "accommodations":
		return plan.Accommodations
	case "after_services":
		return plan.AfterSchool
	}
	return ""
}

// nameLetters are what the ids of new parts begin with.
var nameLetters = map[plan.Part]string{plan.ServiceLines: "s", plan.Goals: "g", plan.Accommodations: "a", plan.AfterSchool: "t"}

// newPartID is an id that no part of any of plans has.
func newPartID(plans []*plan.Plan, part plan.Part) string {
	used := map[string]bool{}
	for _, p := range plans {
		for _, c := range p.Components() {
			used[c.ID] = true
		}
	}
	for n := 1; ; n++ {
		if id := nameLetters[part] + strconv.Itoa(n); !used[id] {
			return id
		}
	}
}

// pin gives each part without an id the name by which it is called, so that it
// keeps it when others come, go or are changed by an amendment.
func pin(p *plan.Plan) {
	for i := range p.Services {
		p.Services[i].ID = plan.Ref(plan.ServiceLines, p.Services[i].ID, i)
	}
	for i := range p.Goals {
		p.Goals[i].ID = plan.Ref(plan.Goals, p.Goals[i].ID, i)
	}
	for i := range p.Accommodations {
		p.Accommodations[i].ID = plan.Ref(plan.Accommodations, p.Accommodations[i].ID, i)
	}
	for i := range p.Transition.Services {
		s := &p.Transition.Services[i]
		s.ID = plan.Ref(plan.AfterSchool, s.ID, i)
	}
}

// newPlanID is a name for a plan that none of plans has.
func newPlanID(plans []*plan.Plan, p *plan.Plan, year int) string {
	base := string(p.Kind)
	if p.Amends != "" {
		base += "-amendment"
	}
	base += "-" + strconv.Itoa(year)
	id := base
	for n := 2; plan.Find(plans, id) != nil; n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	return id
}
