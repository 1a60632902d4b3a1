package brief

import (
	"cmp"
	"slices"
	"time"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/derive/next"
	"stayput/derive/plan/review"
	"stayput/fact"
	"stayput/law"
	"stayput/measure"
	"stayput/plan"
	"stayput/plan/session"
	"stayput/record"
)

// An Input is everything a brief rests on.
type Input struct {
	Case    *fact.Case
	Entries []fact.Entry
	Book    *law.Book
	School  *day.School
	AsOf    day.Date
	Known   day.Date // zero: everything in the record
	Zone    *time.Location
	Plans   []*plan.Plan      // as written; none: the brief says nothing of them
	Goals   review.GoalReview // who reads the goals of plans; may be nil

	Logs      []session.Log      // services given, as somebody told it
	Probes    []measure.Probe    // of goals
	Sightings []measure.Sighting // of behaviors
	Extended  *day.School        // the calendar of the extended school year; may be nil
}

// Laws is which law applies to a case from when. A jurisdiction without a pack
// falls back to the federal law alone, and the result says so.
func Laws(c *fact.Case, b *law.Book) ([]Law, error) {
	var out []Law
	js := c.Jurisdiction
	if len(js) == 0 {
		js = []fact.Dated{{Is: "us"}}
	}
	for _, j := range js {
		l, found, err := b.For(j.Is)
		if err != nil {
			return nil, err
		}
		x := Law{From: j.From, Law: l}
		if !found {
			x.Missing = j.Is
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b Law) int { return cmp.Compare(a.From, b.From) })
	return out, nil
}

// YearRule is the law of school years that bounds a missing calendar.
func YearRule(laws []Law) day.YearRule {
	if len(laws) == 0 {
		return day.YearRule{}
	}
	return laws[len(laws)-1].Law.Year
}

// Make works out a brief.
func Make(in Input) (*Brief, error) {
	laws, err := Laws(in.Case, in.Book)
	if err != nil {
		return nil, err
	}
	ci := clock.Input{Case: in.Case, Entries: in.Entries, School: in.School, AsOf: in.AsOf, Known: in.Known, Zone: in.Zone}
	for _, l := range laws {
		ci.Laws = append(ci.Laws, clock.Since{From: l.From, Law: l.Law})
	}
	res := clock.Derive(ci)
	b := &Brief{Case: in.Case, View: res.View, AsOf: in.AsOf, Known: in.Known, Laws: laws, School: in.School, Statements: eachOnce(res.Statements), Cancellations: res.Cancellations}
	b.Limits = limit.Limits(ci, res)
	b.Clocks = sorted(res.Clocks)
	for _, o := range res.Odd {
		b.Notices = append(b.Notices, Notice{Key: o.Key, Entry: o.Entry, Args: map[string]string{"other": o.Other}})
	}
	if e := undatedIEP(res.View); e != nil {
		b.Notices = append(b.Notices, Notice{Key: "no_iep_day", Entry: e.ID})
	}
	b.Notices = append(b.Notices, removals(res.View, in.School, YearRule(laws), in.AsOf)...)
	if len(in.Plans) > 0 {
		b.Program = Program(in.Case, in.Plans, res.View, laws, Counts(b.Clocks, b.Limits), in.School, in.AsOf)
		b.Reviews = Reviews(in.Case, in.Plans, in.AsOf, laws, in.Goals)
	}
	carry(b, in)
	more := next.Carrying(in.Case.Side, in.AsOf, b.Delivery, NextGoals(b.Progress))
	more = append(more, next.Rejecting(in.Case.Side, in.AsOf, b.View, b.Clocks)...)
	more = append(more, next.Meetings(in.Case.Side, in.AsOf, b.View)...)
	more = append(more, next.Remedies(in.Case.Side, in.AsOf, Remedies(b, nil))...)
	more = append(more, next.Disagreeing(in.Case.Side, in.AsOf, b.View)...)
	b.Next = next.Steps(in.Case.Side, in.AsOf, res.Clocks, b.Limits, more...)
	b.Headline = headline(b)
	if len(b.Next) == 1 && b.Next[0].Do == "nothing" && b.Headline.Key == "not_started" {
		b.Next[0] = next.Step{Do: "write_first", For: b.Next[0].For, Why: "why_not_started", Weight: 99}
	}
	return b, nil
}

// What shows that there is an IEP, and what says on which day it was written or
// last reviewed. Only the second starts the count of the year.
var (
	iepSigns = []fact.Kind{fact.MustLookup("iep_offered"), fact.MustLookup("iep_consent_received"), fact.MustLookup("iep_consent_partial")}
	iepDays  = []fact.Kind{fact.MustLookup("iep_developed"), fact.MustLookup("iep_reviewed"), fact.MustLookup("last_iep_review")}
)

// undatedIEP is the latest sign of an IEP in a record that holds no day on which
// one was written or reviewed: then no yearly date runs, and nobody would see
// that it is missing.
func undatedIEP(v *record.View) *fact.Entry {
	var sign *fact.Entry
	for _, e := range v.Entries {
		if slices.Contains(iepDays, e.Kind) {
			return nil
		}
		if slices.Contains(iepSigns, e.Kind) {
			sign = e
		}
	}
	return sign
}

// eachOnce keeps, of law that is stated several times and answered by nothing,
// only the latest occasion: the words are the same.
func eachOnce(in []clock.Statement) []clock.Statement {
	out := in[:0]
	for i := range in {
		if i+1 < len(in) && in[i+1].Rule == in[i].Rule && len(in[i].Rule.MetBy) == 0 {
			continue
		}
		out = append(out, in[i])
	}
	return out
}

// sorted is the clocks but those of limits, by date, rule and what started them.
func sorted(in []clock.Clock) []clock.Clock {
	type place struct {
		when day.Date
		at   int // a clock is large: only its place is moved
	}
	places := make([]place, 0, len(in))
	for i := range in {
		if in[i].Rule.Kind != law.Limit {
			places = append(places, place{when(&in[i]), i})
		}
	}
	slices.SortFunc(places, func(a, b place) int {
		if a.when != b.when {
			return cmp.Compare(a.when, b.when)
		}
		x, y := &in[a.at], &in[b.at]
		return cmp.Or(cmp.Compare(x.Rule.ID, y.Rule.ID), cmp.Compare(x.Trigger, y.Trigger), cmp.Compare(a.at, b.at))
	})
	out := make([]clock.Clock, len(places))
	for i, p := range places {
		out[i] = in[p.at]
	}
	return out
}

func when(c *clock.Clock) day.Date {
	switch {
	case c.On != 0:
		return c.On
	case c.Earliest != 0:
		return c.Earliest
	}
	return day.Max
}

// MaybeSoon reports a date that is not certain and may fall within the next 14
// days: its earliest day does. Until it is certain, that is the day to reckon
// with.
func MaybeSoon(c *clock.Clock, asOf day.Date) bool {
	if c.On != 0 || c.Earliest == 0 || c.MetBy != "" || c.Rule.Kind == law.Floor || c.Perhaps.Open() {
		return false
	}
	if c.Status != clock.Running && c.Status != clock.Unknown {
		return false
	}
	return c.Earliest >= asOf && c.Earliest <= asOf.Add(14)
}

// headline says in one line where the case stands.
func headline(b *Brief) Headline {
	h := Headline{Key: "quiet"}
	us, them := fact.Parent, fact.LEA
	if b.Case.Side == fact.SchoolSide {
		us, them = them, us
	}
	for i := range b.Clocks {
		c := &b.Clocks[i]
		switch c.Status {
		case clock.Late:
			h.Late++
			if h.Clock == nil || h.Clock.Status != clock.Late || (c.OwedBy == them && c.DaysLate > h.Clock.DaysLate) {
				h.Clock = c
			}
		case clock.Running, clock.DueToday, clock.Paused:
			if c.Rule.Kind != law.Floor && (c.On != 0 && c.Left >= 0 && c.Left <= 14 || MaybeSoon(c, b.AsOf)) {
				h.Soon++
				if h.Clock == nil {
					h.Clock = c
				}
			}
		case clock.Unknown:
			switch {
			case MaybeSoon(c, b.AsOf):
				h.Soon++
				if h.Clock == nil {
					h.Clock = c
				}
			case c.MetBy == "":
				h.Unsure++
			}
		}
	}
	told := map[string]bool{} // one right about several wrongs is one right
	for i := range b.Limits {
		l := &b.Limits[i]
		if l.Serves(us) && l.Pressing() && !l.Step() {
			if !told[l.Right] {
				told[l.Right] = true
				h.Closing++
			}
			if h.Limit == nil {
				h.Limit = l
			}
		}
	}
	waiting := false
	for i := range b.Clocks {
		if s := b.Clocks[i].Status; (s == clock.Running || s == clock.Paused) && b.Clocks[i].Rule.Kind != law.Floor {
			waiting = true
		}
	}
	switch {
	case h.Late > 0:
		h.Key = "late"
	case h.Closing > 0:
		h.Key = "running_out"
	case h.Soon > 0:
		h.Key = "due_soon"
	case h.Unsure > 0:
		h.Key = "unsure"
	case waiting:
		h.Key = "waiting"
	}
	// Where nothing was ever counted, "nothing is late" would be an answer to a
	// question nobody could have asked.
	if h.Late+h.Closing+h.Soon == 0 && !started(b) {
		h.Key = "not_started"
	}
	return h
}

// started reports that something somebody wrote down started a date or a right;
// birthdays and school years come by themselves.
func started(b *Brief) bool {
	for i := range b.Clocks {
		if e := b.View.Get(b.Clocks[i].Trigger); e != nil && (!e.Derived || e.Re != "") {
			return true
		}
	}
	return len(b.Limits) > 0
}
