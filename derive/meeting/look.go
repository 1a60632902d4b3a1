package meeting

import (
	"slices"

	"stayput/fact"
	"stayput/law"
)

// look works out everything else about the meeting at place n.
func (g *gather) look(x *Meeting, n int) {
	of := func(kinds ...fact.Kind) (out []*fact.Entry) {
		for _, e := range x.Entries {
			if slices.Contains(kinds, e.Kind) {
				out = append(out, e)
			}
		}
		return out
	}
	x.Agendas, x.Concerns, x.Summaries = of(AgendaSent), of(ConcernsGiven), of(SummarySent)
	x.Notice.Sent, x.Recording.Given = of(NoticeSent), of(RecordingGiven)
	x.Interpret.Asked, x.Interpret.Present = latest(of(InterpretAsked)), latest(of(InterpretThere))
	x.Talk.Invited, x.Talk.Held = latest(of(TalkInvited)), latest(of(TalkHeld))
	x.Facility.Asked, x.Facility.Named = latest(of(FacilityAsked)), latest(of(FacilityNamed))
	g.excusals(x)
	g.seats(x)
	g.notice(x)
	g.recording(x)
	g.interpreter(x)
	g.talk(x, n)
	g.prepared(x, of(PreparedKind))
	g.decisions(x, n)
	g.facility(x)
	g.points(x, n)
	g.owed(x)
	g.odd(x, n)
}

func latest(es []*fact.Entry) *fact.Entry {
	if len(es) == 0 {
		return nil
	}
	return es[len(es)-1]
}

// law is the law in play on the day of a meeting.
func (g *gather) law(x *Meeting) *law.Law {
	on := g.in.AsOf
	if !x.On.IsZero() {
		on = x.On.Earliest
	}
	var out *law.Law
	for _, l := range g.in.Laws {
		if out == nil || l.From <= on {
			out = l.Law
		}
	}
	return out
}

// odd is what does not fit together and should be looked at.
func (g *gather) odd(x *Meeting, n int) {
	add := func(key string) { x.Odd = append(x.Odd, key) }
	if x.Held != nil && x.Scheduled == nil && x.Kind == IEP {
		add("held_unset")
	}
	if x.Held != nil && x.Scheduled != nil && x.Held.On.Latest < x.Scheduled.On.Earliest {
		add("held_early")
	}
	if x.On.HasTime() && !x.Ends.IsZero() && x.Ends.HasTime() && (x.Ends.Earliest < x.On.Earliest || x.Ends.Earliest == x.On.Earliest && x.Ends.Minute <= x.On.Minute) {
		add("ends_before")
	}
	if !x.On.IsZero() && x.On.Exact() && slices.ContainsFunc(g.all, func(o Meeting) bool {
		return o.Entry.ID != x.Entry.ID && o.On.Exact() && o.On.Earliest == x.On.Earliest
	}) {
		add("same_day")
	}
}
