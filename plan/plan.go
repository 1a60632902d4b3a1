package plan

import (
	"stayput/day"
	"stayput/fact"
)

// A Plan is one version of a plan as its paper says it. The tags are the keys
// under which intake/planfile reads and writes it.
type Plan struct {
	ID        string   `key:"id"`
	Kind      Kind     `key:"kind"`
	Title     string   `key:"title"`
	VersionOf string   `key:"version_of"` // the plan this is another version of
	Amends    string   `key:"amends"`     // the plan this changes in parts; the base keeps its dates
	Removes   []string `key:"removes"`    // an amendment only: ids of parts that fall away
	Status    Status   `key:"status"`
	Complete  fact.Tri `key:"complete"` // the whole paper was entered, so what is not here is not in it

	Offered          day.Date   `key:"offered"`
	MeetingDate      day.Date   `key:"meeting_date"`
	MeetingTypes     []string   `key:"meeting_types"`
	EffectiveStart   day.Date   `key:"effective_start"`
	EffectiveEnd     day.Date   `key:"effective_end"`
	NextAnnualReview day.Date   `key:"next_annual_review"`
	LastEvaluation   day.Date   `key:"last_evaluation"`
	NextEvaluation   day.Date   `key:"next_evaluation"`
	OriginalEntry    day.Date   `key:"original_entry_date"`
	Initial          Initial    `key:"initial"`
	Language         string     `key:"language"`
	Translations     []string   `key:"translations"`
	State            string     `key:"state"`
	FormFamily       string     `key:"form_family"`
	District         string     `key:"district"`
	School           string     `key:"school"`
	SourceFiles      []string   `key:"source_files"`
	AgreedOn         day.Date   `key:"agreed_on"`
	FirstImplemented day.Date   `key:"first_implemented_on"`
	Student          Student    `key:"student"`
	Team             []Member   `key:"team"`
	MeetingNotices   []Notice   `key:"meeting_notices"`
	ParentAttempts   []Attempt  `key:"parent_attempts"`
	PriorNotices     []Prior    `key:"prior_notices"`
	Eligibility      Eligible   `key:"eligibility"`
	Present          Present    `key:"present"`
	Goals            []Goal     `key:"goals"`
	ProgressReports  string     `key:"progress_reports"` // when parents hear of progress
	Services         []Service  `key:"services"`
	Accommodations   []Support  `key:"accommodations"`
	Factors          Factors    `key:"special_factors"`
	ESY              ESY        `key:"esy"`
	Assessments      []Test     `key:"assessments"`
	Setting          Setting    `key:"setting"`
	Transition       Transition `key:"transition"`
	Emergency        string     `key:"emergency_instruction"` // what is done when school is closed for more than ten days
	Consent          []Answer   `key:"consent"`
	Attachments      []Attached `key:"attachments"`
	Section504       Five04     `key:"section_504"`
	Notes            string     `key:"notes"` // of the meeting; no part of the offer unless written in
	Source           Source     `key:"src"`
}

// Initial are the dates of a first plan.
type Initial struct {
	ReferralDate      day.Date `key:"referral_date"`
	ReferredBy        string   `key:"referred_by"`
	AssessmentPlan    day.Date `key:"assessment_plan_sent"`
	AssessmentConsent day.Date `key:"assessment_consent_received"`
	FirstMeeting      day.Date `key:"first_meeting"`
}

// A Student is what the paper says of the child.
type Student struct {
	Name              string   `key:"name"`
	PreferredName     string   `key:"preferred_name"`
	Born              day.Date `key:"born"`
	Grade             string   `key:"grade"`
	SchoolAttended    string   `key:"school_of_attendance"`
	SchoolResidence   string   `key:"school_of_residence"`
	DistrictService   string   `key:"district_of_service"`
	DistrictAccount   string   `key:"district_of_accountability"`
	LocalID           string   `key:"local_id"`
	StateID           string   `key:"state_id"`
	HomeLanguage      string   `key:"home_language"`
	EnglishLearner    fact.Tri `key:"english_learner"`
	EnglishStatus     string   `key:"english_learner_status"`
	Interpreter       fact.Tri `key:"interpreter_needed"`
	Ethnicity         []string `key:"ethnicity"`
	Residence         string   `key:"residence_type"`
	RightsHolders     []string `key:"rights_holders"`
	Surrogate         fact.Tri `key:"surrogate"`
	Adult             fact.Tri `key:"adult_student"`
	RightsTransferred day.Date `key:"rights_transferred_on"`
}

// A Member is somebody of the team.
type Member struct {
	Name     string     `key:"name"`
	Role     Role       `key:"role"`
	Title    string     `key:"title"` // as the paper says it
	Area     string     `key:"area"`  // what he or she knows about
	Attended Attendance `key:"attended"`
	Excused  Excusal    `key:"excused"`
	Signed   day.Date   `key:"signed"`
}

// An Excusal lets a member stay away.
type Excusal struct {
	Area         string   `key:"area"`
	Discussed    fact.Tri `key:"area_discussed"`
	Input        day.Date `key:"written_input"`
	ParentSigned day.Date `key:"parent_signed"`
	LEASigned    day.Date `key:"lea_signed"`
}

// A Notice is a notice of the meeting.
type Notice struct {
	Sent  day.Date `key:"sent"`
	Means string   `key:"means"`
	Reply string   `key:"reply"`
}

// An Attempt is one try to bring the parent to the meeting.
type Attempt struct {
	On     day.Date `key:"on"`
	Means  string   `key:"means"`
	Result string   `key:"result"`
}

// A Prior is a prior written notice about this plan.
type Prior struct {
	On       day.Date `key:"on"`
	About    string   `key:"about"`
	Refuses  fact.Tri `key:"refuses"` // it says no to something asked for
	Language string   `key:"language"`
}

// Eligible is why the child has a plan.
type Eligible struct {
	Primary      string   `key:"primary"`
	Others       []string `key:"others"`
	LowIncidence fact.Tri `key:"low_incidence"`
	On           day.Date `key:"on"`
	Effect       string   `key:"effect"` // how the disability affects involvement and progress
	NotEligible  fact.Tri `key:"not_eligible"`
	Exiting      fact.Tri `key:"exiting"`
}

// Present is where the child stands.
type Present struct {
	Levels     []Level     `key:"levels"`
	Strengths  string      `key:"strengths"`
	Concerns   string      `key:"parent_concerns"`
	ConcernsBy string      `key:"parent_concerns_by"`
	ConcernsOn day.Date    `key:"parent_concerns_on"`
	Student    string      `key:"student_input"`
	Needs      []string    `key:"needs"`
	Tests      []Score     `key:"test_results"`
	Hearing    Screening   `key:"hearing"`
	Vision     Screening   `key:"vision"`
	PriorGoals []PriorGoal `key:"prior_goals"`
}

// A Level is the present level in one area.
type Level struct {
	Area      string   `key:"area"`
	Text      string   `key:"text"`
	Strengths string   `key:"strengths"`
	Need      fact.Tri `key:"need"`
	Data      []Datum  `key:"data"`
	Source    Source   `key:"src"`
}

// A Datum is one measured value.
type Datum struct {
	Measure string   `key:"measure"`
	Value   string   `key:"value"`
	Unit    string   `key:"unit"`
	On      day.Date `key:"on"`
	Source  string   `key:"source"`
}

// A Score is a result of a state or other test.
type Score struct {
	Test   string   `key:"test"`
	Domain string   `key:"domain"`
	Level  string   `key:"level"`
	Score  string   `key:"score"`
	On     day.Date `key:"on"`
}

// A Screening is a hearing or vision screening.
type Screening struct {
	On     day.Date `key:"on"`
	Result string   `key:"result"`
}

// A PriorGoal is what became of a goal of the plan before.
type PriorGoal struct {
	Goal   string `key:"goal"`
	Met    string `key:"met"`
	Reason string `key:"reason"`
}
