// Package session is the vocabulary of one session of a service: the day, how
// long, what came of it and who says so.
//
// In and out: values only. It reads nothing and judges nothing; derive/delivery
// holds sessions against what was promised, intake/servicelog reads them from
// files.
package session

import (
	"stayput/day"
	"stayput/plan"
)

// An Outcome is what came of a session.
type Outcome string

// The outcomes.
const (
	Delivered       Outcome = "delivered"
	Short           Outcome = "short"            // begun in time, ended early
	LateStart       Outcome = "late_start"       // begun late
	ReportedMissing Outcome = "reported_missing" // the family says so; nobody has confirmed it
	MissedProvider  Outcome = "missed_provider"  // the provider was away, or there was none
	MissedEvent     Outcome = "missed_event"     // a test, an assembly, a trip of the school
	ChildAbsent     Outcome = "child_absent"
	ChildRefused    Outcome = "child_refused"
	MakeUp          Outcome = "make_up"       // given in place of one that was missed
	GroupInstead    Outcome = "group_instead" // in a group where the plan says individual
	WrongSetting    Outcome = "wrong_setting" // in another place than the plan says
	Unlogged        Outcome = "unlogged"      // nobody wrote anything down: unknown, never missed
	Pending         Outcome = "pending"       // asked about; the answer is awaited
)

// Outcomes are all outcomes, in the order in which a form offers them.
func Outcomes() []Outcome {
	return []Outcome{Delivered, Short, LateStart, MissedProvider, MissedEvent, ChildAbsent, ChildRefused, MakeUp, GroupInstead,
		WrongSetting, ReportedMissing, Pending, Unlogged}
}

// Missed reports that nothing was given.
func (o Outcome) Missed() bool {
	switch o {
	case MissedProvider, MissedEvent, ChildAbsent, ChildRefused, ReportedMissing:
		return true
	}
	return false
}

// Given reports that some minutes were given.
func (o Outcome) Given() bool {
	switch o {
	case Delivered, Short, LateStart, MakeUp, GroupInstead, WrongSetting:
		return true
	}
	return false
}

// A Teller is who says what came of a session.
type Teller string

// The tellers.
const (
	Family   Teller = "family"
	Provider Teller = "provider"
	School   Teller = "school"
	Child    Teller = "child"
)

// Tellers are all tellers.
func Tellers() []Teller { return []Teller{Family, Provider, School, Child} }

// Home reports a teller of the family's side: what he or she says of a missed
// session is a report.
func (t Teller) Home() bool { return t == Family || t == Child }

// MaxMinutes is how many minutes a day has; no session is longer.
const MaxMinutes = 24 * 60

// A Log is one session, or one that should have been, as somebody tells it.
type Log struct {
	ID      string
	On      day.Date
	Service string // the service: its name in the plan, its id or its code
	// Minutes are those that were given. Of a session that did not take place they
	// are those it should have had.
	Minutes  plan.Count
	Planned  plan.Count // how long it should have been, when that differs from the plan's line
	Start    plan.Count // minutes after midnight
	Outcome  Outcome
	Reason   string // as told
	Provider string
	Delivery plan.Delivery // how it was given
	Setting  string
	Makes    string // of a make-up: the ID of the session it makes up
	Answers  string // of a school's or provider's word: the ID of the family's report it answers
	From     Teller // who says so
	Note     string
}
