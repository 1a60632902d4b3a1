package plan

import (
	"stayput/day"
	"stayput/fact"
)

// A Goal is an annual goal, its text as written and the parts somebody read out
// of it.
type Goal struct {
	ID             string      `key:"id"`
	Number         string      `key:"number"`
	Area           string      `key:"area"`
	Text           string      `key:"text"`
	Language       string      `key:"language"`
	Timeframe      string      `key:"timeframe"`
	Condition      string      `key:"condition"`
	Behavior       string      `key:"behavior"`
	Criterion      string      `key:"criterion"`
	Measure        string      `key:"measure"`
	MeasuredBy     string      `key:"measured_by"`
	Baseline       string      `key:"baseline"`
	BaselineOn     day.Date    `key:"baseline_on"`
	Target         string      `key:"target"`
	Unit           string      `key:"unit"`
	Schedule       string      `key:"schedule"` // how often it is measured
	Reported       string      `key:"reported"` // when parents hear of it
	Responsible    []string    `key:"responsible"`
	Purposes       []string    `key:"purposes"`
	Standard       string      `key:"standard"`
	Objectives     []Objective `key:"objectives"`
	Services       []string    `key:"services"` // ids of the lines that work on it
	Accommodations []string    `key:"accommodations"`
	From           day.Date    `key:"from"`
	To             day.Date    `key:"to"`
	Progress       []Progress  `key:"progress"`
	Review         GoalReview  `key:"review"`
	AgreedOn       day.Date    `key:"agreed_on"`
	Implemented    day.Date    `key:"first_implemented_on"`
	Source         Source      `key:"src"`
}

// An Objective is a step toward a goal.
type Objective struct {
	ID        string   `key:"id"`
	Text      string   `key:"text"`
	Due       string   `key:"due"`
	Criterion string   `key:"criterion"`
	Met       fact.Tri `key:"met"`
}

// A Progress is one report on a goal.
type Progress struct {
	On         day.Date `key:"on"`
	Period     string   `key:"period"`
	Summary    string   `key:"summary"`
	Value      string   `key:"value"`
	Unit       string   `key:"unit"`
	Code       string   `key:"code"`
	Sufficient fact.Tri `key:"sufficient"`
	Comment    string   `key:"comment"`
	By         string   `key:"by"`
}

// A GoalReview is what the yearly review says of a goal.
type GoalReview struct {
	On      day.Date `key:"on"`
	Met     fact.Tri `key:"met"`
	Comment string   `key:"comment"`
}
