package brief

import (
	"slices"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/derive/next"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/measure"
	"stayput/plan"
	"stayput/plan/session"
	"stayput/record"
)

// A Carried is what was in force day by day: what the ledger and the goals rest
// on. It holds as long as the case, its plans, its record and its calendar do, so
// that a new session or probe does not need it made anew.
type Carried struct {
	AsOf     day.Date
	Promises []delivery.Promise
	plans    []*plan.Plan
	Extended *day.School // the calendar of the extended school year; nil: its lines run on their own dates, Monday to Friday
	school   *day.School
	last     *program.Result // the program on AsOf
	goals    goalNames
	came     []*fact.Entry // progress reports that came, by the record
}

// reportGiven is the kind of entry that says that a progress report came.
var reportGiven = fact.MustLookup("progress_report_given")

// Carry works out what was in force up to a day, from a record with what follows
// by itself (Brief.View) and the dates it gives (Counts).
func Carry(c *fact.Case, plans []*plan.Plan, v *record.View, laws []Law, counts []program.Count, school *day.School, asOf day.Date) *Carried {
	return carried(c, plans, v, laws, counts, school, asOf, nil)
}

// carried is Carry for when the program on asOf may be known already.
func carried(c *fact.Case, plans []*plan.Plan, v *record.View, laws []Law, counts []program.Count, school *day.School, asOf day.Date, today *program.Result) *Carried {
	out := &Carried{AsOf: asOf, plans: plans, school: school, last: &program.Result{AsOf: asOf}}
	if today != nil {
		out.last = today
	}
	if len(plans) == 0 || asOf <= 0 {
		return out
	}
	if v != nil {
		for _, i := range v.ByKind(reportGiven) {
			if e := v.Entries[i]; e.On.Latest <= asOf {
				out.came = append(out.came, e)
			}
		}
	}
	at := func(d day.Date) *program.Result {
		if d == asOf && len(out.last.Tracks) > 0 {
			return out.last
		}
		return Program(c, plans, v, laws, counts, school, d)
	}
	out.last = at(asOf)
	out.Promises = delivery.Promises(plans, delivery.Changes(plans, entryDays(v)), asOf, at)
	out.goals = nameGoals(out.last)
	return out
}

// quiet are kinds of entries that change nothing about what is in force: most of
// what a long record holds.
var quiet = func() map[fact.Kind]bool {
	out := map[fact.Kind]bool{}
	for _, name := range []string{
		"contact", "note_added", "concern_raised", "child_said", "classroom_visited", "letter_sent", "letter_received", "service_missed", "child_absent",
		"records_access_requested", "records_access_given", "records_access_refused", "recording_notice_given", "iep_meeting_scheduled", "iep_meeting_notice_sent",
		"progress_report_given", "check_in_asked", "check_in_answered", "check_in_agreed", "item_checked", "item_reason_told", "item_repair_agreed", "item_repaired",
		"digest_given", "digest_acknowledged", "digest_ended",
		"rejection_reason_told", "impression_noted", "rejection_acknowledged", "listening_meeting_held", "fresh_review_held", "liaison_named", "family_check_in_planned",
		"family_check_in_held", "workshop_offered", "workshop_attended",
	} {
		out[fact.MustLookup(name)] = true
	}
	return out
}()

// entryDays are the days of a record on which what is in force may change.
func entryDays(v *record.View) []day.Date {
	if v == nil {
		return nil
	}
	var out []day.Date
	for _, e := range v.Entries {
		if !quiet[e.Kind] {
			out = append(out, e.On.Earliest, e.On.Latest)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Ledger holds what was promised against sessions as somebody told them.
func (x *Carried) Ledger(logs []session.Log) *delivery.Ledger {
	return delivery.Make(delivery.Input{Promises: x.Promises, Logs: logs, School: x.school, Extended: x.Extended, AsOf: x.AsOf})
}

// Promises are the service lines in force up to a day, with the stretches of time
// in which they were.
func Promises(c *fact.Case, plans []*plan.Plan, v *record.View, laws []Law, counts []program.Count, school *day.School, asOf day.Date) []delivery.Promise {
	return Carry(c, plans, v, laws, counts, school, asOf).Promises
}

// Delivery is the ledger of a case up to a day. extended is the calendar of the
// extended school year, if there is one.
func Delivery(c *fact.Case, plans []*plan.Plan, v *record.View, laws []Law, counts []program.Count, school *day.School, asOf day.Date, logs []session.Log, extended *day.School) *delivery.Ledger {
	x := Carry(c, plans, v, laws, counts, school, asOf)
	x.Extended = extended
	return x.Ledger(logs)
}

// Progress is where each goal in force on a day is heading.
func Progress(c *fact.Case, plans []*plan.Plan, v *record.View, laws []Law, counts []program.Count, school *day.School, asOf day.Date, probes []measure.Probe) []GoalProgress {
	return Carry(c, plans, v, laws, counts, school, asOf).Goals(probes)
}

// carry adds what was promised against what was given, and the goals.
func carry(b *Brief, in Input) {
	if in.Known != 0 { // what does not say when it was written was written when it happened
		in.Logs = slices.DeleteFunc(slices.Clone(in.Logs), func(l session.Log) bool { return l.On > in.Known })
		in.Probes = slices.DeleteFunc(slices.Clone(in.Probes), func(p measure.Probe) bool { return p.On > in.Known })
		in.Sightings = slices.DeleteFunc(slices.Clone(in.Sightings), func(s measure.Sighting) bool { return s.On > in.Known })
	}
	if len(in.Plans) == 0 && len(in.Logs) == 0 {
		return
	}
	x := carried(in.Case, in.Plans, b.View, b.Laws, Counts(b.Clocks, b.Limits), in.School, in.AsOf, b.Program)
	x.Extended = in.Extended
	b.take(x, in.Logs, in.Probes, in.Sightings)
}

// take adds the ledger and the goals.
func (b *Brief) take(x *Carried, logs []session.Log, probes []measure.Probe, sightings []measure.Sighting) {
	b.Logs = len(logs) > 0
	if len(x.Promises) > 0 || b.Logs {
		b.Delivery = x.Ledger(logs)
	}
	b.Progress = x.Goals(probes)
	for i := range b.Progress {
		g := &b.Progress[i]
		for _, s := range sightings {
			if s.Goal != "" && x.FindGoal(s.Goal, s.On) == g.Key {
				g.Sightings = append(g.Sightings, s)
			}
		}
	}
}

// With is the brief with the ledger, the goals and the steps that follow from them,
// for whoever keeps what was in force apart. b stays as it is.
func (b *Brief) With(x *Carried, logs []session.Log, probes []measure.Probe, sightings []measure.Sighting) *Brief {
	out := *b
	out.take(x, logs, probes, sightings)
	out.Next = next.Merge(b.Next, next.Carrying(b.Case.Side, b.AsOf, out.Delivery, NextGoals(out.Progress)))
	return &out
}

// NextGoals are goals as the next steps need them (next.Carrying).
func NextGoals(gs []GoalProgress) []next.Goal {
	out := make([]next.Goal, len(gs))
	for i := range gs {
		out[i] = next.Goal{Name: gs[i].Name(), Result: &gs[i].Progress, Reports: gs[i].Reports}
	}
	return out
}
