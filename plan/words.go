package plan

// The closed lists of words. Each type gives its own, in the order in which a
// form would offer them.

// A Kind is what a plan is.
type Kind string

const (
	IEP        Kind = "iep"
	Section504 Kind = "504"
	IFSP       Kind = "ifsp"
	ISP        Kind = "isp"
	Services   Kind = "services_plan"
	Health     Kind = "health_plan"
)

// Words are the kinds of plans.
func (Kind) Words() []string {
	return []string{"iep", "504", "ifsp", "isp", "services_plan", "health_plan"}
}

// A Status is how far a version has come.
type Status string

// Words are the states of a version.
func (Status) Words() []string {
	return []string{"draft", "offered", "consented", "partly_consented", "refused", "in_effect", "superseded", "expired", "revoked"}
}

// A Delivery is how a service reaches the child.
type Delivery string

// Words are the ways of delivery.
func (Delivery) Words() []string {
	return []string{"individual", "group", "individual_and_group", "consult", "push_in", "pull_out", "co_taught"}
}

// A Period is what a frequency is counted in.
type Period string

const (
	PerDay       Period = "day"
	PerWeek      Period = "week"
	PerTwoWeeks  Period = "two_weeks"
	PerCycle     Period = "six_day_cycle"
	PerMonth     Period = "month"
	PerQuarter   Period = "quarter"
	PerTrimester Period = "trimester"
	PerSemester  Period = "semester"
	PerYear      Period = "year"
	PerOther     Period = "other"
)

// Words are the periods.
func (Period) Words() []string {
	return []string{"day", "week", "two_weeks", "six_day_cycle", "month", "quarter", "trimester", "semester", "year", "other"}
}

// A Category is what sort of service a line is.
type Category string

// Words are the sorts of services.
func (Category) Words() []string {
	return []string{"special_education", "related", "transition", "supplementary", "esy", "supports_for_staff", "transportation", "comp_ed"}
}

// A SupportType is what sort of support a line is.
type SupportType string

// Words are the sorts of supports. An accommodation leaves what is measured as
// it is; a modification changes it.
func (SupportType) Words() []string {
	return []string{"accommodation", "modification", "supplementary_aid", "support_for_staff", "equipment", "assistive_technology", "related_aid"}
}

// A Role is what somebody is in a team.
type Role string

// Words are the roles.
func (Role) Words() []string {
	return []string{"parent", "student", "general_education_teacher", "special_education_teacher", "lea_representative",
		"interprets_evaluation", "related_service", "agency", "interpreter", "advocate", "attorney", "coordinator_504", "other"}
}

// An Attendance is how somebody took part.
type Attendance string

// Words are the ways of taking part.
func (Attendance) Words() []string { return []string{"yes", "phone", "video", "no"} }

// An Agreement is an answer to an offer.
type Agreement string

// Words are the answers.
func (Agreement) Words() []string {
	return []string{"all", "with_exceptions", "none", "not_eligible_agreed", "no_longer_eligible_agreed"}
}

// A ConsentState is where one part of a plan stands. Unsigned is not agreed.
type ConsentState string

// Words are the states of a part.
func (ConsentState) Words() []string { return []string{"agreed", "excepted", "not_answered"} }

// An Area is a part of transition.
type Area string

// Words are the areas of goals for after school.
func (Area) Words() []string {
	return []string{"training", "education", "employment", "independent_living"}
}

// A TestKind is how the child takes a test.
type TestKind string

// Words are the ways to take a test.
func (TestKind) Words() []string { return []string{"standard", "accommodated", "alternate", "exempt"} }
