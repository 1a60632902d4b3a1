package limit

import (
	"slices"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/fact"
	"stayput/law"
	"stayput/record"
)

// LimitsOf are the limits of one right for something that no entry of the record
// states as a wrong, such as a session that was not given. area is that of the duty
// ("iep"), happened when it happened and known when it was, or should have been,
// known. kind is the kind of entry that would state it, for rights that start on such
// an entry and not on a wrong; 0 is none. Under each rule that gives the right there
// is one limit, with both last days where they are not certain. v may be nil: then
// nothing says that the right was used. It is pure, as Limits is.
func LimitsOf(laws []clock.Since, v *record.View, asOf day.Date, right, area string, kind fact.Kind, happened, known day.Span) []Limit {
	if len(laws) == 0 || happened.First <= 0 || happened.Last < happened.First {
		return nil
	}
	if v == nil {
		v = record.NewView(nil, 0)
	}
	known.First, known.Last = max(known.First, happened.First), max(known.Last, happened.Last)
	in, res := clock.Input{Laws: laws, AsOf: asOf}, &clock.Result{View: v}
	w := &clock.Wrong{Clock: -1, Area: area, Kind: kind, Happened: happened, Known: known}
	l := lawAt(laws, happened.First)
	var out []Limit
	add := func(r *law.Rule) {
		if r.Right != right || r.WrongOnly == "refusals" { // a session that was not given is no refusal
			return
		}
		if x, ok := onWrong(in, res, r, w); ok {
			out = append(out, x)
		}
	}
	onWrongs(l, happened.First, add)
	for _, r := range l.Rules {
		if r.Kind == law.Limit && !r.OnWrong && kind != 0 && r.StartsWhen == nil && slices.Contains(r.Starts, kind) {
			add(r)
		}
	}
	return byDay(out)
}
