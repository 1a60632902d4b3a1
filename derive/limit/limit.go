package limit

import (
	"slices"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/trace"
	"stayput/fact"
	"stayput/law"
)

// Limits gathers every limit. The clocks in res that are limits by kind are
// turned into Limits; res itself is not changed.
func Limits(in clock.Input, res *clock.Result) []Limit {
	out := make([]Limit, 0, 2*len(res.Wrongs)+4)
	for i := range res.Wrongs {
		w := &res.Wrongs[i]
		onWrongs(lawAt(in.Laws, w.Happened.First), w.Happened.First, func(r *law.Rule) {
			if x, ok := onWrong(in, res, r, w); ok {
				out = append(out, x)
			}
		})
	}
	for i := range res.Clocks {
		if c := &res.Clocks[i]; c.Rule.Kind == law.Limit {
			out = append(out, onEvent(in, c))
		}
	}
	return byDay(out)
}

// onWrongs gives the rules on wrongs that apply on a day: of rules that replace each
// other, those on top.
func onWrongs(l *law.Law, on day.Date, use func(*law.Rule)) {
	var gone map[int32]bool
	for _, ri := range l.Wrongs {
		for _, under := range l.Replaces(ri) {
			if l.Rules[ri].VersionAt(on) != nil {
				if gone == nil {
					gone = map[int32]bool{}
				}
				gone[under] = true
			}
		}
	}
	for _, ri := range l.Wrongs {
		if !gone[ri] {
			use(l.Rules[ri])
		}
	}
}

// byDay sorts limits by the day to act. It sorts positions and moves each limit
// once: limits are large and full of pointers.
func byDay(in []Limit) []Limit {
	order := make([]int64, len(in))
	for i := range in {
		order[i] = int64(in[i].Earliest)<<32 | int64(i)
	}
	slices.Sort(order)
	out := make([]Limit, len(in))
	for i, k := range order {
		out[i] = in[int32(k)]
	}
	return out
}

func lawAt(laws []clock.Since, d day.Date) *law.Law {
	for i := len(laws) - 1; i > 0; i-- {
		if laws[i].From <= d {
			return laws[i].Law
		}
	}
	return laws[0].Law
}

func onWrong(in clock.Input, res *clock.Result, r *law.Rule, w *clock.Wrong) (Limit, bool) {
	if w.Area != "" && len(r.WrongAreas) > 0 && !slices.Contains(r.WrongAreas, w.Area) {
		return Limit{}, false
	}
	if (r.WrongOnly == "refusals" && w.Clock >= 0) || (r.WrongOnly == "late" && w.Clock < 0) {
		return Limit{}, false
	}
	v := r.VersionAt(w.Happened.First)
	if v == nil || len(v.Due) == 0 {
		return Limit{}, false
	}
	x := Limit{Rule: r, Version: v, Right: r.Right, Wrong: w, Entry: w.Entry, Happened: w.Happened, Known: w.Known}
	if w.Clock >= 0 {
		x.Clock = &res.Clocks[w.Clock]
	}
	// The earliest day to act never relies on having learned of it later.
	last := w.Happened.Last
	if r.RunsFrom == "known" {
		last = max(last, w.Known.Last)
	}
	c := v.Due[0].Count
	var ok1, ok2 bool
	x.Earliest, ok1 = clock.Add(c, w.Happened.First)
	x.Latest, ok2 = clock.Add(c, last)
	if !ok1 || !ok2 {
		return Limit{}, false
	}
	for i := range v.Due[0].Readings {
		rd := &v.Due[0].Readings[i]
		from, ok := readingStart(res, rd, last)
		if !ok || rd.Strict {
			continue
		}
		if d, ok := clock.Add(rd.Due.Count, from); ok {
			x.Latest = max(x.Latest, d)
		}
	}
	x.Trace = trace.Trace{Count: c, Named: true, First: w.Happened.First + 1, Last: x.Earliest}
	x.Left = int(x.Earliest - in.AsOf)
	x.Status = stands(in.AsOf, x.Earliest, x.Latest)
	if e := usedBy(in, res, r, w.Happened.First, x.Latest); e != "" {
		x.UsedBy, x.Status = e, Used
	}
	return x, true
}

// readingStart is the day another reading counts from: the wrong itself, or the
// first later entry of a kind the reading names, such as a notice of rights.
func readingStart(res *clock.Result, rd *law.Reading, wrong day.Date) (day.Date, bool) {
	if rd.Due.From.Kind == law.FromTrigger {
		return wrong, true
	}
	first := day.Date(0)
	for _, k := range rd.Due.From.Kinds {
		for _, i := range res.View.ByKind(k) {
			if d := res.View.Entries[i].On.Latest; d > wrong && (first == 0 || d < first) {
				first = d
			}
		}
	}
	return first, first != 0
}

func stands(today, earliest, latest day.Date) Status {
	switch {
	case today <= earliest:
		return Open
	case today <= latest:
		return Closing
	}
	return Closed
}

// usedBy is the first entry with which the right was used in time: whether it
// was about this very wrong, a person must say.
func usedBy(in clock.Input, res *clock.Result, r *law.Rule, from, to day.Date) string {
	best := day.Date(0)
	id := ""
	for _, m := range r.MetBy {
		for _, i := range res.View.ByKind(m.Kind) {
			x := res.View.Entries[i]
			if x.On.Earliest < from || x.On.Latest > to || x.On.Earliest > in.AsOf {
				continue
			}
			if f := x.Fields.FiledBy; f == string(fact.LEA) {
				continue
			}
			if best == 0 || x.On.Earliest < best {
				best, id = x.On.Earliest, x.ID
			}
		}
	}
	return id
}

func onEvent(in clock.Input, c *clock.Clock) Limit {
	x := Limit{Rule: c.Rule, Version: c.Version, Right: c.Rule.Right, Clock: c, Entry: c.Trigger, Trace: c.Trace, Missing: c.Missing}
	x.Happened = day.Span{First: c.TriggerOn.Earliest, Last: c.TriggerOn.Latest}
	x.Known = x.Happened
	x.Earliest, x.Latest = c.On, c.On
	if c.On == 0 {
		x.Earliest, x.Latest = c.Earliest, c.Latest
	} else if c.Latest != 0 {
		x.Latest = c.Latest
	}
	x.Left = int(x.Earliest - in.AsOf)
	x.Status = stands(in.AsOf, x.Earliest, max(x.Earliest, x.Latest))
	if c.MetBy != "" && (x.Latest == 0 || c.MetOn.Earliest <= x.Latest) {
		x.UsedBy, x.Status = c.MetBy, Used
	}
	if c.EndedBy != "" {
		x.Status = Closed
	}
	return x
}

// Serves reports that the right is one that a side may use: its own, or a right
// of both. A complaint about a late duty or a refusal is the family's.
func (l *Limit) Serves(side fact.Party) bool {
	if l.Wrong != nil {
		return side == fact.Parent
	}
	owner := l.Rule.OwedBy
	if l.Clock != nil {
		owner = l.Clock.OwedBy
	}
	return owner == side || (owner != fact.Parent && owner != fact.LEA)
}

// How far ahead a right that runs out is worth a person's attention, in days.
// They are settings of ours, not law: a complaint takes weeks to decide on and
// to write; a step inside a hearing case does not.
const (
	complaintAhead = 60
	stepAhead      = 14
)

// Pressing reports that the right can still be used and that its day is near.
func (l *Limit) Pressing() bool {
	ahead := complaintAhead
	if l.Step() {
		ahead = stepAhead
	}
	return l.Status == Closing || (l.Status == Open && l.Left <= ahead)
}

// Step reports a right that is one step inside a running case, such as asking
// for another judge, rather than a way to be heard at all.
func (l *Limit) Step() bool {
	if l.Wrong != nil {
		return false
	}
	switch l.Rule.Area {
	case "hearing", "due_process", "fees":
		return true
	}
	return false
}
