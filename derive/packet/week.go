package packet

import (
	"slices"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/derive/draft"
	"stayput/fact"
)

// Ahead is how many days a letter about the week looks ahead.
const Ahead = 14

// A Week is one week of a case, for a letter to its family.
type Week struct {
	From, To day.Date // seven days; To is the day of the brief
	Happened []*fact.Entry
	Rooms    map[*fact.Entry]bool // of these only the day is told
	Late     []*clock.Clock       // of anybody
	Due      []*clock.Clock
	Need     []int // what the family may do: places in the brief's steps
}

// WeekOf is the week that ends on the day of a brief.
func WeekOf(b *brief.Brief) *Week {
	w := &Week{From: b.AsOf.Add(-6), To: b.AsOf}
	m := &maker{}
	m.in.View, m.in.Today = b.View, b.AsOf
	w.Rooms = rooms(m.in)
	m.each(func(e *fact.Entry) {
		if at, there := b.View.Find(e.ID); there && b.View.Moved(at) {
			return // an appointment that was put off did not take place
		}
		if e.On.Earliest >= w.From && e.On.Latest <= w.To && !e.On.IsZero() {
			w.Happened = append(w.Happened, e)
		}
	})
	for i := range b.Clocks {
		c := &b.Clocks[i]
		if !m.shown(c.Trigger) || c.Rule == nil {
			continue
		}
		due := dueBy(c)
		switch {
		case c.Status == clock.Late:
			if draft.LateBy(b.View, c).Now && !draft.Settled(b.View, c, b.AsOf) {
				w.Late = append(w.Late, c)
			}
		case (c.Status == clock.Running || c.Status == clock.DueToday) && due != 0 && max(c.On, c.Latest) >= w.To && due <= w.To.Add(Ahead):
			w.Due = append(w.Due, c)
		}
	}
	byDay := func(a, b *clock.Clock) int { return int(dueBy(a)) - int(dueBy(b)) }
	slices.SortStableFunc(w.Late, byDay)
	slices.SortStableFunc(w.Due, byDay)
	for i := range b.Next {
		x := &b.Next[i]
		if (x.For == fact.Parent || x.For == fact.Either) && !slices.Contains(quiet, x.Do) && m.shown(x.Entry) && (x.Clock == nil || m.shown(x.Clock.Trigger)) && (x.Limit == nil || m.shown(x.Limit.Entry)) {
			w.Need = append(w.Need, i)
		}
	}
	return w
}

// quiet are steps that ask nothing.
var quiet = []string{"nothing", "keep_log"}

// dueBy is the day by which a duty is to be done: the earliest that can be defended; of
// what is late, the latest.
func dueBy(c *clock.Clock) day.Date {
	if c.Status == clock.Late {
		return draft.DueOf(c)
	}
	if c.On != 0 {
		return c.On
	}
	return c.Earliest
}
