package draft

import (
	"slices"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/fact"
	"stayput/law"
	"stayput/record"
)

// Settled reports that a duty belongs to a hearing case that ended, as far as anybody wrote
// down up to a day, before the duty was done.
func Settled(v *record.View, c *clock.Clock, today day.Date) bool {
	e := v.Get(c.Trigger)
	if e == nil || files[e.Kind] != "due_process" || c.Status == clock.MetLate {
		return false
	}
	var end, canceled *fact.Entry
	for _, x := range v.Entries {
		switch {
		case x.On.Earliest > today:
		case slices.Contains(ended, x.Kind):
			end = x
		case x.Kind == voided:
			canceled = x
		}
	}
	return end != nil && end.On.Earliest >= e.On.Earliest && (canceled == nil || canceled.On.Latest < end.On.Earliest)
}

// A Lateness is by how many days at least a duty was late, and what a paper may say of it.
type Lateness struct {
	Days int
	Sure bool // it was late
	Now  bool // and nothing in the record may have been what was due
}

// LateBy is how late a duty was. Where the same thing was asked for twice and the answer
// names the other request, no paper says that nothing came: it was late until that answer,
// or not at all. When a complaint arrived does not say that its copy was sent late.
func LateBy(v *record.View, c *clock.Clock) Lateness {
	out := Lateness{Days: c.DaysLate, Sure: true, Now: c.Status == clock.Late}
	if met := v.Get(c.MetBy); met != nil && slices.Contains(arrivals, met.Kind) && slices.ContainsFunc(c.Rule.MetBy, func(m law.Meet) bool { return m.Kind == copySent }) {
		out.Sure = false
	}
	if c.Status != clock.Late {
		return out
	}
	if p := c.Perhaps; p != nil && !p.Other {
		out.Now = false
		if n := int(p.On.Earliest - DueOf(c)); n < out.Days {
			out.Days, out.Sure = n, n > 0
		}
	}
	return out
}

var copySent = fact.MustLookup("due_process_copy_sent")

// DueOf is the day by which a duty was to be done: where two can be defended and it is
// late, the later one, from which the days of its lateness are counted.
func DueOf(c *clock.Clock) day.Date {
	if (c.Status == clock.Late || c.Status == clock.MetLate || c.Status == clock.Ended && c.DaysLate > 0) && c.Latest > c.On {
		return c.Latest
	}
	return c.On
}

// WasLate reports that a duty is late, or was until it was done or its count began anew, as
// with a new evaluation.
func WasLate(v *record.View, c *clock.Clock) bool {
	switch c.Status {
	case clock.Late, clock.MetLate:
		return true
	case clock.Ended:
		by := v.Get(c.EndedBy)
		return c.DaysLate > 0 && by != nil && slices.Contains(c.Rule.Starts, by.Kind)
	}
	return false
}
