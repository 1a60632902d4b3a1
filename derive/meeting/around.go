package meeting

import (
	"slices"
	"strings"

	"stayput/derive/clock"
	"stayput/fact"
	"stayput/law"
)

// contents are the items of ContentRule that every notice holds, and those that it
// holds when life after school is spoken of.
var contents, contentsForLife = []string{"purpose", "time", "location", "attendees", "right_to_bring"}, []string{"transition_purpose", "transition_agencies"}

// Contents are the items that the notice of a meeting must hold.
func (g *gather) contents(x *Meeting) []string {
	if g.forLife(x) {
		return append(slices.Clone(contents), contentsForLife...)
	}
	return contents
}

// Contents lists every item a notice may hold.
func Contents() []string { return append(slices.Clone(contents), contentsForLife...) }

// clockOf is the clock of a meeting's appointment that a kind of entry answers.
func (g *gather) clockOf(x *Meeting, k fact.Kind) *clock.Clock {
	if x.Scheduled == nil {
		return nil
	}
	for i := range g.in.Clocks {
		c := &g.in.Clocks[i]
		if c.Trigger == x.Scheduled.ID && answeredBy(c.Rule, k) && (c.On != 0 || c.Earliest != 0) {
			return c
		}
	}
	return nil
}

func answeredBy(r *law.Rule, k fact.Kind) bool {
	return slices.ContainsFunc(r.MetBy, func(m law.Meet) bool { return m.Kind == k })
}

// notice is how early the parents were told of the meeting, and of what.
func (g *gather) notice(x *Meeting) {
	n := &x.Notice
	n.Rule = TimingRule
	if l := g.law(x); l != nil { // a State's rule takes the place of the federal one
		for _, r := range l.Rules {
			if slices.Contains(r.Overrides, TimingRule) {
				n.Rule = r.ID
				break
			}
		}
	}
	if n.Clock = g.clockOf(x, NoticeSent); n.Clock != nil {
		n.Rule = n.Clock.Rule.ID
	}
	if len(n.Sent) == 0 {
		n.State = "none"
		return
	}
	sent := n.Sent[0].On
	switch {
	case x.On.IsZero():
		n.State = "early"
	case sent.Earliest > x.On.Latest:
		n.State = "after"
	case sent.Latest >= x.On.Earliest:
		n.State = "same_day"
	default:
		n.State, n.Days = "early", int(x.On.Earliest-sent.Latest)
	}
	if c := n.Clock; c != nil {
		switch first, last := bounds(c); {
		case sent.Latest <= first:
			n.Late = fact.No
		case sent.Earliest > last:
			n.Late = fact.Yes
		}
	}
	for _, e := range n.Sent {
		n.Told = n.Told || len(e.Fields.About) > 0
	}
	if n.Told {
		for _, item := range g.contents(x) {
			if !slices.ContainsFunc(n.Sent, func(e *fact.Entry) bool { return slices.Contains(e.Fields.About, item) }) {
				n.Missing = append(n.Missing, item)
			}
		}
	}
}

// recording is whether the meeting may be recorded, by a State's rule on notice.
func (g *gather) recording(x *Meeting) {
	r := &x.Recording
	l := g.law(x)
	if l == nil || !slices.ContainsFunc(l.Rules, func(r *law.Rule) bool { return answeredBy(r, RecordingGiven) }) {
		r.State = "no_rule"
		return
	}
	if r.Clock = g.clockOf(x, RecordingGiven); r.Clock == nil {
		r.State = "no_day"
		return
	}
	c := r.Clock
	first, last := bounds(c)
	if len(r.Given) == 0 {
		r.State = "open"
		if g.in.AsOf > last || x.State == Held {
			r.State = "over"
		}
		return
	}
	on := r.Given[0].On
	switch {
	case on.Latest < first:
		r.State = "given"
	case on.Earliest > last:
		r.State = "given_late"
	case c.Minute >= 0 && on.HasTime() && on.Earliest == c.On:
		r.State = "given"
		if on.Minute > c.Minute {
			r.State = "given_late"
		}
	case c.Minute < 0 && c.Rule != nil && on.Latest <= first && !inHours(c):
		r.State = "given"
	default:
		r.State = "unsure"
	}
}

// inHours reports a count of hours, which the day alone does not settle.
func inHours(c *clock.Clock) bool { return c.Due != nil && c.Due.Count.Unit.String() == "hour" }

// interpreter is whether somebody who interprets is needed, asked for and was there.
func (g *gather) interpreter(x *Meeting) {
	p := &x.Interpret
	home := strings.ToLower(strings.TrimSpace(g.in.Case.HomeLanguage))
	switch {
	case p.Asked != nil || g.in.Case.Fact("parent_reads_english") == fact.No:
		p.Needed = fact.Yes
	case home == "" || strings.HasPrefix(home, "en") || g.in.Case.Fact("parent_reads_english") == fact.Yes:
		p.Needed = fact.No
	}
	if p.Present != nil {
		p.There = p.Present.Fields.Result
	}
}

// talk is the informal talk before the meeting, and the answer to the offer after it.
func (g *gather) talk(x *Meeting, n int) {
	if x.Kind != IEP || x.On.IsZero() {
		return
	}
	t := &x.Talk
	t.First, t.Last = x.On.Earliest.Add(-TalkFirst), x.On.Earliest.Add(-TalkLast)
	if t.Held != nil {
		t.Days = int(x.On.Earliest - t.Held.On.Earliest)
	}
	if x.State != Held {
		return
	}
	until := g.until(n)
	for _, e := range g.es {
		if word := answers[e.Kind]; word != "" && !e.Derived && e.On.Earliest >= x.On.Earliest && e.On.Earliest <= g.in.AsOf && (until.IsZero() || e.On.Earliest < until.Earliest) {
			t.Answer, t.Came = e, word
			return
		}
	}
}

// effect counts what followed the meetings that were held, without a talk and with one.
func (r *Result) effect() {
	for i := range r.Meetings {
		x := &r.Meetings[i]
		if x.Kind != IEP || x.State != Held {
			continue
		}
		e := &r.Effect[0]
		if x.Talk.Held != nil && x.Talk.Days >= 0 {
			e = &r.Effect[1]
		}
		e.Meetings++
		switch x.Talk.Came {
		case "accepted":
			e.Accepted++
		case "partly":
			e.Partly++
		case "rejected":
			e.Rejected++
		default:
			e.None++
		}
	}
}
