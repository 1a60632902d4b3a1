package plan

import (
	"stayput/day"
	"stayput/fact"
)

// A Service is one line of the service grid.
type Service struct {
	ID           string       `key:"id"`
	Code         string       `key:"code"`
	Name         string       `key:"name"`
	Category     Category     `key:"category"`
	Delivery     Delivery     `key:"delivery"`
	Group        string       `key:"group"` // as written: small, 5:1
	GroupSize    Count        `key:"group_size"`
	Minutes      Count        `key:"minutes"` // of one session
	Times        Count        `key:"times"`   // sessions in one period
	Per          Period       `key:"per"`
	Total        Count        `key:"total"` // minutes in one period, as printed
	Frequency    string       `key:"frequency"`
	Duration     string       `key:"duration"`
	AsWritten    string       `key:"as_written"`
	Setting      string       `key:"setting"`
	Location     string       `key:"location"`
	LocationCode string       `key:"location_code"`
	Provider     string       `key:"provider"` // an agency
	Role         string       `key:"role"`     // who gives it
	Conditions   string       `key:"conditions"`
	Comments     string       `key:"comments"`
	From         day.Date     `key:"from"`
	To           day.Date     `key:"to"`
	ESY          fact.Tri     `key:"esy"`
	Why          string       `key:"why"`
	Goals        []string     `key:"goals"` // ids of the goals it works on
	Unprinted    fact.Tri     `key:"unprinted"`
	Consent      ConsentState `key:"consent"`
	AgreedOn     day.Date     `key:"agreed_on"`
	Implemented  day.Date     `key:"first_implemented_on"`
	Source       Source       `key:"src"`
}

// A Support is an accommodation, a modification or an aid.
type Support struct {
	ID          string       `key:"id"`
	Type        SupportType  `key:"type"`
	Text        string       `key:"text"`
	For         string       `key:"for"`
	Where       []string     `key:"where"`
	From        day.Date     `key:"from"`
	To          day.Date     `key:"to"`
	Frequency   string       `key:"frequency"`
	Duration    string       `key:"duration"`
	Location    string       `key:"location"`
	By          []string     `key:"by"`   // who does it
	When        string       `key:"when"` // what sets it off
	Evidence    string       `key:"evidence"`
	Test        string       `key:"test"`
	Subject     string       `key:"subject"`
	Level       string       `key:"support_level"`
	Embedded    fact.Tri     `key:"embedded"`
	Consent     ConsentState `key:"consent"`
	AgreedOn    day.Date     `key:"agreed_on"`
	Implemented day.Date     `key:"first_implemented_on"`
	Source      Source       `key:"src"`
}

// Factors are the special factors a team looks at, and other decisions.
type Factors struct {
	Behavior         fact.Tri `key:"behavior_impedes"`
	BehaviorSupports string   `key:"behavior_supports"`
	BehaviorPlan     fact.Tri `key:"behavior_plan"` // one is attached
	BehaviorGoals    []string `key:"behavior_goals"`
	EnglishSupports  string   `key:"english_learner_supports"`
	Braille          fact.Tri `key:"braille"`
	BrailleWhy       string   `key:"braille_why"`
	Communication    string   `key:"communication"`
	AT               fact.Tri `key:"assistive_technology"`
	ATWhat           string   `key:"assistive_technology_what"`
	LowIncidence     string   `key:"low_incidence_equipment"`
	PE               string   `key:"physical_education"`
	Transport        fact.Tri `key:"transportation"`
	TransportType    string   `key:"transportation_type"`
	TransportWhy     string   `key:"transportation_why"`
	TransportESY     fact.Tri `key:"transportation_in_esy"`
	Promotion        string   `key:"promotion_criteria"`
	Agencies         []string `key:"agencies"`
}

// ESY is the decision on the extended school year. Its lines stand among the
// services, with `esy: yes`.
type ESY struct {
	Needed fact.Tri `key:"needed"`
	Why    string   `key:"why"`
	From   day.Date `key:"from"`
	To     day.Date `key:"to"`
}

// A Test is how the child takes part in one assessment.
type Test struct {
	Name           string   `key:"name"`
	Subject        string   `key:"subject"`
	How            TestKind `key:"how"`
	Accommodations []string `key:"accommodations"`
	Conditions     string   `key:"conditions"`
	Why            string   `key:"why"` // why an alternate one
}

// A Setting is the placement and why it is the least restrictive.
type Setting struct {
	Options          []Option `key:"options"`
	District         string   `key:"district"`
	School           string   `key:"school"`
	Code             string   `key:"code"`
	Name             string   `key:"name"`
	In               Number   `key:"percent_in"`
	Out              Number   `key:"percent_out"`
	DayMinutes       Count    `key:"school_day_minutes"`
	AtResidence      fact.Tri `key:"at_school_of_residence"`
	AtResidenceWhy   string   `key:"at_school_of_residence_why"`
	Nonparticipation string   `key:"nonparticipation"`
	HarmfulEffect    string   `key:"harmful_effect"`
	Nonacademic      string   `key:"nonacademic"`
	Next             string   `key:"next"`
	NextFrom         day.Date `key:"next_from"`
	MoveActivities   string   `key:"move_activities"`
	AgreedOn         day.Date `key:"agreed_on"`
	Implemented      day.Date `key:"first_implemented_on"`
}

// An Option is a placement that was looked at.
type Option struct {
	Name string `key:"name"`
	Why  string `key:"why_not"`
}

// Transition is the part for life after school.
type Transition struct {
	Assessments []Assessed          `key:"assessments"`
	Invited     fact.Tri            `key:"student_invited"`
	TookPart    string              `key:"how_student_took_part"`
	Goals       []AfterGoal         `key:"goals"`
	Services    []TransitionService `key:"services"`
	Course      string              `key:"course_of_study"`
	Track       string              `key:"diploma_track"`
	Required    Count               `key:"credits_required"`
	Earned      Count               `key:"credits_earned"`
	Completes   day.Date            `key:"projected_completion"`
	Agencies    []Invited           `key:"agency_invitations"`
	RightsTold  day.Date            `key:"rights_notice_on"` // the child was told that rights transfer
	Summary     day.Date            `key:"summary_of_performance_on"`
}

// An Assessed is a transition assessment.
type Assessed struct {
	Name   string   `key:"name"`
	On     day.Date `key:"on"`
	Result string   `key:"result"`
}

// An AfterGoal is a goal for after school. It is no annual goal.
type AfterGoal struct {
	ID   string `key:"id"`
	Area Area   `key:"area"`
	Text string `key:"text"`
}

// A TransitionService is what is done toward life after school.
type TransitionService struct {
	ID       string   `key:"id"`
	Code     string   `key:"code"`
	Activity string   `key:"activity"`
	Agency   string   `key:"agency"`
	Goals    []string `key:"goals"`
}

// An Invited is an agency asked to the meeting.
type Invited struct {
	Agency  string   `key:"agency"`
	On      day.Date `key:"on"`
	Consent day.Date `key:"consent_on"`
}

// An Answer is one answer to the offer.
type Answer struct {
	On         day.Date    `key:"on"`
	By         string      `key:"by"`
	Relation   string      `key:"relation"`
	Language   string      `key:"language"`
	Agreement  Agreement   `key:"agreement"`
	Exceptions []Exception `key:"exceptions"`
	Conditions string      `key:"conditions"`
	Letter     fact.Tri    `key:"letter_attached"`
	Received   []string    `key:"received"`
	Private    string      `key:"private_school"`
	Insurance  fact.Tri    `key:"insurance"`
	Initial    fact.Tri    `key:"initial_services"`
	Revoked    day.Date    `key:"revoked_on"`
}

// An Exception is a part that was not agreed to.
type Exception struct {
	Part   string `key:"part"` // the id of the part
	Text   string `key:"text"`
	Reason string `key:"reason"`
}

// An Attached is a paper that belongs to the plan.
type Attached struct {
	What string   `key:"what"`
	On   day.Date `key:"on"`
	File string   `key:"file"`
}

// Five04 is what only a 504 plan says.
type Five04 struct {
	Impairment  string       `key:"impairment"`
	Activities  []string     `key:"major_life_activities"`
	Basis       string       `key:"basis"`
	Eligible    fact.Tri     `key:"eligible"`
	Coordinator string       `key:"coordinator"`
	Review      day.Date     `key:"review_date"`
	Health      HealthCare   `key:"health_care"`
	Trips       string       `key:"field_trips"`
	Transport   string       `key:"transport"`
	Behavior    string       `key:"behavior_notes"`
	Given       []Given      `key:"distribution"`
	Safeguards  day.Date     `key:"safeguards_given_on"`
	Consent     ConsentState `key:"parent_agreement"`
}

// HealthCare is a health care plan.
type HealthCare struct {
	Triggers  []string `key:"triggers"`
	Actions   []string `key:"actions"`
	Staff     []string `key:"trained_staff"`
	Backup    []string `key:"backup"`
	Supplies  []string `key:"supplies"`
	SelfCare  string   `key:"self_care"`
	Emergency []string `key:"emergency_contacts"`
}

// A Given is somebody who got the plan.
type Given struct {
	To string   `key:"to"`
	On day.Date `key:"on"`
}
