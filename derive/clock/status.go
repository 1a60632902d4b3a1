package clock

import (
	"stayput/day"
	"stayput/fact"
	"stayput/law"
)

// status says where a clock stands on the day asked about. Late means after the
// latest defensible date; a duty done between the protective date and that one
// is met, and disputed.
func (e *engine) status(r *law.Rule, c *Clock) {
	c.Elapsed = e.elapsed(c.at, c.MetBy)
	on, last := c.first(), c.last()
	today := e.in.AsOf
	if on != 0 {
		c.Left = int(on - today)
	}
	if c.EndedBy != "" {
		c.Perhaps = nil
	}
	if c.Due != nil && c.Due.Standard != "" && on == 0 {
		c.Status = Running
		if c.MetBy != "" {
			c.Status = Met
		}
		if c.EndedBy != "" {
			c.Status = Ended
		}
		if c.Perhaps.Open() {
			e.perhaps(c, on, last)
		}
		if c.Elapsed >= 0 {
			c.Tribunal = nearest(r.Tribunals, c.Elapsed)
		}
		return
	}
	if r.Kind == law.Floor {
		c.Status = Running
		if c.EndedBy != "" || (on != 0 && today >= on) {
			c.Status = Ended
		}
		if c.MetBy != "" && (on == 0 || c.MetOn.Earliest >= on) {
			c.Status = Met
		} else if c.MetBy != "" {
			c.Status = Unknown // done before the day: by agreement, or too soon
		}
		return
	}
	if c.EndedBy != "" {
		c.Status = Ended
		if last != 0 && c.EndedOn > last {
			c.DaysLate = int(c.EndedOn - last)
		}
		return
	}
	if c.unsure && c.MetBy == "" {
		c.Status = Unknown
		return
	}
	if c.putOff && last != 0 && (c.MetBy == "" && today > last || c.MetBy != "" && c.MetOn.Latest > on) {
		c.Status = Unknown
		return
	}
	if c.MetBy != "" {
		switch {
		case c.Minute >= 0 && c.MetOn.Exact() && c.MetOn.Earliest == c.On && c.MetOn.Minute > c.Minute:
			c.Status = MetLate // later the same day
		case c.Minute >= 0 && c.MetOn.Exact() && c.MetOn.Earliest == c.On && c.MetOn.Minute < 0:
			c.Status = Unknown
			c.Missing = append(c.Missing, day.Missing{Key: "answer_time", Name: c.MetBy})
		case c.unsure && last != 0 && c.MetOn.Earliest > last:
			c.Status = Unknown
		case on != 0 && c.MetOn.Latest <= on:
			c.Status = Met
			c.Disputed = false
		case r.Kind == law.Cap && last != 0 && c.backNextDay(last):
			c.Status = Met
		case last != 0 && c.MetOn.Earliest > last:
			c.Status = MetLate
			c.DaysLate = int(c.MetOn.Earliest - last)
		case c.On != 0 && c.Disputed && c.MetOn.Latest <= last:
			c.Status = Met
		default:
			c.Status = Unknown
		}
		return
	}
	if c.moot(today, e.v.Entries[c.at].On.Latest) {
		c.Status, c.EndedBy, c.EndedOn = Ended, c.Trigger, c.TriggerOn.Latest
		return
	}
	if r.Quiet && last != 0 && today > last {
		c.Status = Unknown
		c.Missing = append(c.Missing, day.Missing{Key: "not_recorded", Name: c.Trigger})
		return
	}
	if c.Perhaps.Open() && e.perhaps(c, on, last) {
		return
	}
	c.SetFor = e.setFor(r)
	switch {
	case on == 0:
		c.Status = Unknown
	case today < on:
		c.Status = Running
		if e.paused(c) {
			c.Status = Paused
		}
	case c.On != 0 && today == c.On:
		c.Status = DueToday
	case last != 0 && today > last:
		c.Status = Late
		c.DaysLate = int(today - last)
	case c.On == 0 && today == on:
		c.Status = Running
	default:
		c.Status = Unknown
	}
}

// perhaps asks whether an answer that was taken for another start is this one's
// too, and reports that the status rests on it. Until the day has come the duty
// simply runs, and only a request made again is asked about. What came after the
// last day leaves the duty late either way, by so many days at least.
func (e *engine) perhaps(c *Clock, on, last day.Date) bool {
	past := on != 0 && e.in.AsOf > on
	if !past && c.Perhaps.Other {
		c.Perhaps = nil
		return false
	}
	key := "answers_both"
	if c.Perhaps.Other {
		key = "answers_other"
	}
	c.Missing = append(c.Missing, day.Missing{Key: key, Name: c.Perhaps.Entry})
	if !past {
		return false
	}
	c.Status = Unknown
	if last != 0 && c.Perhaps.On.Earliest > last {
		c.DaysLate = int(c.Perhaps.On.Earliest - last)
	}
	return true
}

// appointed says which appointment announces which answer.
var appointed = map[fact.Kind]fact.Kind{
	fact.MustLookup("iep_meeting_held"):        fact.MustLookup("iep_meeting_scheduled"),
	fact.MustLookup("resolution_meeting_held"): fact.MustLookup("resolution_meeting_scheduled"),
	fact.MustLookup("mediation_session_held"):  fact.MustLookup("mediation_scheduled"),
}

// setFor is the first day ahead for which an answer to the rule is set.
func (e *engine) setFor(r *law.Rule) day.Date {
	first := day.Date(0)
	for _, m := range r.MetBy {
		for _, i := range e.v.ByKind(appointed[m.Kind]) {
			if d := e.v.Entries[i].On.Earliest; appointed[m.Kind] != 0 && !e.v.Moved(i) && d >= e.in.AsOf && (first == 0 || d < first) {
				first = d
			}
		}
	}
	return first
}

// moot reports a notice that somebody could have given before an event now past.
// Not giving it cost a chance; it is nobody's breach of duty to the other side.
func (c *Clock) moot(today, event day.Date) bool {
	if c.Rule.Kind != law.Notice || today <= event {
		return false
	}
	switch c.OwedBy {
	case fact.LEA, fact.SEA, fact.HearingOfficer:
		return false
	}
	return true
}

// backNextDay reports that what a cap bounds ended on the first counted day
// after its last day: the child was back when the next school day began.
func (c *Clock) backNextDay(last day.Date) bool {
	if !c.MetOn.Exact() {
		return false
	}
	if c.Trace.Table == nil {
		return c.MetOn.Earliest <= last+1
	}
	return c.Trace.Table.Between(last, c.MetOn.Earliest-1) == 0
}

// paused reports that the day asked about lies in a stretch that stops the
// clock: between terms or in a long break.
func (e *engine) paused(c *Clock) bool {
	if c.Trace.Table == nil || c.Due == nil || (c.Due.Skip == nil && c.Due.Count.Unit != law.SchoolDays) {
		return false
	}
	stopped := false
	c.Trace.Table.Runs(e.in.AsOf, e.in.AsOf, func(r day.Run) bool {
		stopped = !r.Counted && (r.Why.Key == "between_terms" || r.Why.Key == "long_break" || r.Why.Key == "closed_vacation")
		return false
	})
	return stopped && e.in.AsOf > c.TriggerOn.Latest
}

// nearest is the judged delay that says most about n days: the shortest that
// was too long if n reaches it, else the longest that was acceptable if n does
// not exceed it.
func nearest(ts []law.Tribunal, n int) *law.Tribunal {
	var best *law.Tribunal
	for i := range ts {
		t := &ts[i]
		if t.TooLong && n >= t.Days && (best == nil || !best.TooLong || t.Days < best.Days) {
			best = t
		}
		if !t.TooLong && n <= t.Days && (best == nil || (!best.TooLong && t.Days > best.Days)) {
			best = t
		}
	}
	return best
}

var (
	violationKnown    = fact.MustLookup("violation_known")
	violationOccurred = fact.MustLookup("violation_occurred")
	proposedRefused   = fact.MustLookup("action_proposed_or_refused")
)

// wrongs collects what a person may complain about: each duty of the district,
// the State or an officer that was or is late, each refusal, and what the record
// itself calls a violation.
func (e *engine) wrongs() {
	for i := range e.res.Clocks {
		c := &e.res.Clocks[i]
		switch c.OwedBy {
		case fact.LEA, fact.SEA, fact.HearingOfficer:
		default:
			continue
		}
		if c.Rule.Kind == law.Limit || c.Rule.Kind == law.Floor {
			continue
		}
		late := c.Status == Late || c.Status == MetLate || ((c.Status == Ended || c.Status == Unknown) && c.DaysLate > 0)
		if !late {
			continue
		}
		w := Wrong{Clock: i, Entry: c.Trigger, Kind: c.Kind, Area: c.Rule.Area}
		w.Happened = day.Span{First: c.first() + 1, Last: c.last() + 1}
		w.Known = e.knownOf(w, string(c.Rule.ID))
		e.res.Wrongs = append(e.res.Wrongs, w)
	}
	for i := range e.v.Entries {
		x := e.v.Entries[i]
		in := x.Kind.Info()
		if !in.Refusal && x.Kind != violationOccurred && !(x.Kind == proposedRefused && x.Fields.Refused == fact.Yes) {
			continue
		}
		if x.On.Earliest > e.in.AsOf {
			continue
		}
		w := Wrong{Clock: -1, Entry: x.ID, Kind: x.Kind, Area: areaOf(in.Family)}
		if x.Kind == violationOccurred {
			w.Area = "" // it may be about anything
		}
		w.Happened = day.Span{First: x.On.Earliest, Last: x.On.Latest}
		w.Known = e.knownOf(w, "")
		e.res.Wrongs = append(e.res.Wrongs, w)
	}
}

func areaOf(f fact.Family) string {
	switch f {
	case "referral", "evaluation":
		return "evaluation"
	case "meeting", "offer":
		return "iep"
	case "independent_evaluation":
		return "independent_evaluation"
	case "records":
		return "records"
	}
	return "notice"
}

// knownOf is when a wrong was known: when it happened, unless an entry says that
// the family learned of it later.
func (e *engine) knownOf(w Wrong, rule string) day.Span {
	k := w.Happened
	for _, i := range e.v.ByKind(violationKnown) {
		x := e.v.Entries[i]
		about := x.Fields.Rule != "" && x.Fields.Rule == rule
		if r := e.v.Re(i); r >= 0 && e.v.Entries[r].ID == w.Entry {
			about = about || x.Fields.Rule == "" || x.Fields.Rule == rule
		}
		if about && x.On.Latest > k.Last {
			k.Last = x.On.Latest
			k.First = max(k.First, x.On.Earliest)
		}
	}
	return k
}

// odd notes what a person should look at: an answer dated before what it
// answers, and whatever is known only roughly.
func (e *engine) odd() {
	for i := range e.v.Entries {
		x := e.v.Entries[i]
		if r := e.v.Re(int32(i)); r >= 0 {
			q := e.v.Entries[r]
			if x.On.Latest < q.On.Earliest && !q.Kind.Info().Appointment && answers(x.Kind) {
				e.res.Odd = append(e.res.Odd, Odd{Key: "answer_before_request", Entry: x.ID, Other: q.ID})
			}
		}
	}
}

// answers reports a kind that normally follows what it names, unlike a note.
func answers(k fact.Kind) bool { return k.Info().Family != "contact" && !k.Info().Before }
