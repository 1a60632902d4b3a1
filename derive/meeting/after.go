package meeting

import (
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/fact"
)

// bounds are the days between which a clock's date lies.
func bounds(c *clock.Clock) (first, last day.Date) {
	if c.On != 0 {
		return c.On, max(c.On, c.Latest)
	}
	return c.Earliest, max(c.Earliest, c.Latest)
}

// until is the day of the next meeting of the team that was held after the one at
// place n; zero when there is none.
func (g *gather) until(n int) day.When {
	for i := n + 1; i < len(g.all); i++ {
		if o := &g.all[i]; o.Kind == IEP && o.Held != nil && o.On.Earliest > g.all[n].On.Earliest {
			return o.On
		}
	}
	return day.When{}
}

// prepared is what each side brings.
func (g *gather) prepared(x *Meeting, es []*fact.Entry) {
	for s, side := range []fact.Side{fact.FamilySide, fact.SchoolSide} {
		p := &x.Prepared[s]
		p.Side = side
		p.Concern = side == fact.FamilySide && len(x.Concerns) > 0
		for _, e := range es {
			if (e.By == "lea") != (side == fact.SchoolSide) {
				continue
			}
			p.Entries = append(p.Entries, e)
			p.Concern = p.Concern || strings.TrimSpace(e.Fields.Summary) != ""
			for _, t := range e.Fields.About {
				switch t {
				case ReadRecord:
					p.Steps[0] = true
				case FrameAgreed:
					p.Steps[4] = true
				default:
					if !slices.ContainsFunc(p.Topics, func(o Topic) bool { return Fold(o.Text) == Fold(t) }) {
						p.Topics = append(p.Topics, Topic{t, e})
					}
				}
			}
			for _, o := range e.Fields.Offers {
				if !slices.Contains(p.Solutions, o) {
					p.Solutions = append(p.Solutions, o)
				}
			}
			if c := strings.TrimSpace(e.Fields.Conditions); c != "" && !slices.Contains(p.Limits, c) {
				p.Limits = append(p.Limits, c)
			}
		}
		p.Steps[1], p.Steps[2], p.Steps[3] = p.Concern, len(p.Solutions) > 1, len(p.Limits) > 0
		p.Steps[4] = p.Steps[4] || len(x.Agendas) > 0 && x.Facility.Named != nil && x.Known
	}
}

// decisions is the decision log of a meeting.
func (g *gather) decisions(x *Meeting, n int) {
	for _, e := range x.Entries {
		if e.Kind != DecisionNoted {
			continue
		}
		d := Decision{Entry: e, Meeting: n}
		if p, ok := g.in.View.Find(e.ID); ok {
			for _, j := range g.re[p] {
				d.Answers = append(d.Answers, g.es[j])
			}
		}
		until := e.Fields.Until
		switch {
		case len(d.Answers) > 0:
			d.State = "done"
		case e.Fields.Granted == fact.No:
			d.State = "no"
		case until != 0 && until < g.in.AsOf:
			d.State = "late"
		case until != 0:
			d.State = "due"
		case e.Fields.Granted == fact.Yes:
			d.State = "yes"
		default:
			d.State = "later"
		}
		x.Decisions = append(x.Decisions, d)
	}
}

// facility is how a facilitated meeting ended.
func (g *gather) facility(x *Meeting) {
	if x.Held == nil {
		return
	}
	yes, other := 0, 0
	for i := range x.Decisions {
		if x.Decisions[i].Entry.Fields.Granted == fact.Yes {
			yes++
		} else {
			other++
		}
	}
	switch f := &x.Held.Fields; {
	case slices.Contains(f.About, Partly):
		x.Facility.Outcome = Partly
	case f.Result == fact.Yes:
		x.Facility.Outcome = "agreed"
	case f.Result == fact.No:
		x.Facility.Outcome = "not"
	case yes > 0 && other > 0:
		x.Facility.Outcome = Partly
	case yes > 0:
		x.Facility.Outcome = "agreed"
	}
}

// points is what is open after the meeting.
func (g *gather) points(x *Meeting, n int) {
	if x.State == Unsaid {
		x.Points = append(x.Points, Point{Key: "say_held"})
	}
	if x.State != Held {
		return
	}
	if len(x.Decisions) == 0 {
		x.Points = append(x.Points, Point{Key: "no_decisions"})
	} else if len(x.Summaries) == 0 {
		x.Points = append(x.Points, Point{Key: "no_summary"})
	}
	if x.Kind != IEP {
		return
	}
	until := g.until(n)
	came := func(k fact.Kind) bool {
		return slices.ContainsFunc(g.in.View.ByKind(k), func(i int32) bool {
			on := g.es[i].On
			return on.Latest >= x.On.Earliest && (until.IsZero() || on.Earliest < until.Earliest)
		})
	}
	if !came(copyGiven) {
		x.Points = append(x.Points, Point{"copy", CopyRule})
	}
	decided := slices.ContainsFunc(x.Decisions, func(d Decision) bool { return d.Entry.Fields.Granted != fact.Unsaid })
	if decided && !came(priorGiven) {
		x.Points = append(x.Points, Point{"prior_notice", PriorRule})
	}
}

// owed are the duties with dates that the meeting and its request began and that
// nothing has answered.
func (g *gather) owed(x *Meeting) {
	for i := range g.in.Clocks {
		c := &g.in.Clocks[i]
		if c.MetBy != "" || c.EndedBy != "" || c.Rule.ID == x.Notice.Rule || c == x.Recording.Clock {
			continue
		}
		switch c.Status {
		case clock.Met, clock.MetLate, clock.Ended:
			continue
		}
		if x.Has(c.Trigger) {
			x.Owed = append(x.Owed, c)
		}
	}
}
