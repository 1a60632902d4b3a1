package partnership

import (
	"cmp"
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/record"
)

// The kinds of entries it is made of.
var (
	Liaison  = fact.MustLookup("liaison_named")
	Planned  = fact.MustLookup("family_check_in_planned")
	Held     = fact.MustLookup("family_check_in_held")
	Offered  = fact.MustLookup("workshop_offered")
	Attended = fact.MustLookup("workshop_attended")
)

// A State says where a talk stands.
type State string

// The states.
const (
	Kept   State = "kept"    // it was held
	Tried  State = "tried"   // it was to be held, and nobody of the family came or was reached
	Past   State = "past"    // its day is over, and the record does not say what came of it
	Ahead  State = "ahead"   //
	PutOff State = "put_off" // it was set for another day
)

// A Talk is one informal talk, planned or held or both.
type Talk struct {
	Planned *fact.Entry // nil when it was held without having been planned
	Held    *fact.Entry // the last word on it; nil while there is none
	State   State
	On      day.When
}

// A Workshop is one that was offered, and whether the family went.
type Workshop struct {
	Offered  *fact.Entry // nil when the record only says that the family went
	Attended []*fact.Entry
	On       day.Date // its own day; zero when nobody wrote it down
}

// A Result is what is kept of a partnership.
type Result struct {
	AsOf      day.Date
	Liaisons  []*fact.Entry // the latest first: that is the person of now
	Talks     []Talk        // the latest first
	Workshops []Workshop    // the latest first
	Kept      int
	Past      []*fact.Entry // planned talks whose day is over with nothing written down, the earliest first
	Next      *fact.Entry   // the nearest that lies ahead
	Last      day.Date      // of the latest talk that was held; zero when none was
}

// Derive gathers it up to a day. It is total; the order of arrival does not matter.
func Derive(v *record.View, asOf day.Date) *Result {
	out := &Result{AsOf: asOf}
	of := func(k fact.Kind) (all []*fact.Entry) {
		for _, i := range v.ByKind(k) {
			if e := v.Entries[i]; e.On.Earliest <= asOf {
				all = append(all, e)
			}
		}
		return all
	}
	out.Liaisons = of(Liaison)
	slices.Reverse(out.Liaisons)
	out.talks(v, of(Held))
	out.workshops(v, of(Offered), of(Attended))
	return out
}

// talks joins what was held to what was planned: what it names, else the latest talk
// planned for its day or before it that nothing was said of.
func (r *Result) talks(v *record.View, held []*fact.Entry) {
	for _, i := range v.ByKind(Planned) {
		e := v.Entries[i]
		t := Talk{Planned: e, State: Past, On: e.On}
		switch {
		case v.Moved(i):
			t.State = PutOff
		case e.On.Latest >= r.AsOf: // the day itself is not over
			t.State = Ahead
		}
		r.Talks = append(r.Talks, t)
	}
	for _, h := range held {
		at := -1
		if h.Re != "" {
			named := v.Get(h.Re)
			at = slices.IndexFunc(r.Talks, func(t Talk) bool { return named != nil && t.Planned == named })
		} else {
			for i := range r.Talks {
				if t := &r.Talks[i]; t.Planned != nil && t.Held == nil && t.State != PutOff && t.On.Earliest <= h.On.Latest {
					at = i
				}
			}
		}
		if at < 0 {
			r.Talks = append(r.Talks, Talk{Held: h, State: came(h), On: h.On})
			continue
		}
		t := &r.Talks[at]
		if t.Held == nil || came(h) == Kept { // a second try may succeed
			t.Held, t.State, t.On = h, came(h), h.On
		}
	}
	for i := range r.Talks {
		switch t := &r.Talks[i]; t.State {
		case Kept:
			r.Kept++
			r.Last = max(r.Last, t.On.Latest)
		case Past:
			r.Past = append(r.Past, t.Planned)
		case Ahead:
			if r.Next == nil || t.Planned.On.Earliest < r.Next.On.Earliest {
				r.Next = t.Planned
			}
		}
	}
	slices.SortStableFunc(r.Talks, func(a, b Talk) int { return cmp.Compare(b.On.Earliest, a.On.Earliest) })
}

// came says whether a talk took place.
func came(h *fact.Entry) State {
	if h.Fields.Outcome != "" && h.Fields.Outcome != "reached" {
		return Tried
	}
	return Kept
}

// workshops joins what was attended to what was offered: only what it names, as several
// may be offered for one time.
func (r *Result) workshops(v *record.View, offered, attended []*fact.Entry) {
	for _, e := range offered {
		r.Workshops = append(r.Workshops, Workshop{Offered: e, On: e.Fields.Until})
	}
	for _, a := range attended {
		named := v.Get(a.Re)
		at := slices.IndexFunc(r.Workshops, func(w Workshop) bool { return a.Re != "" && named != nil && w.Offered == named })
		if at < 0 {
			r.Workshops = append(r.Workshops, Workshop{Attended: []*fact.Entry{a}, On: a.On.Earliest})
			continue
		}
		r.Workshops[at].Attended = append(r.Workshops[at].Attended, a)
	}
	slices.SortStableFunc(r.Workshops, func(a, b Workshop) int { return cmp.Compare(b.day(), a.day()) })
}

func (w *Workshop) day() day.Date {
	switch {
	case w.On != 0:
		return w.On
	case w.Offered != nil:
		return w.Offered.On.Earliest
	}
	return 0
}
