package program

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
	"stayput/plan"
	"stayput/record"
)

// An engine is one derivation. It is made anew for each and changes nothing it
// was given.
type engine struct {
	in  Input
	v   *record.View
	now day.Date
	res *Result

	canceled map[string]bool             // resolution agreements
	told     map[questionOn][]law.Answer // what the law was asked already

	versions []*version          // in the order in which they were offered; amendments after what they amend
	byID     map[string]*version // by the name of the plan
}

// Derive works out what was agreed to, what is in force and what stays put on
// in.AsOf, from what had happened by then. It is total: whatever the plans and
// entries, it gives a Result. The same plans and entries in any order give the
// same one.
func Derive(in Input) *Result {
	e := &engine{in: in, v: in.View, now: in.AsOf, res: &Result{AsOf: in.AsOf}, byID: map[string]*version{}, told: map[questionOn][]law.Answer{}}
	if e.v == nil {
		e.v = record.NewView(nil, 0)
	}
	if e.in.Case == nil {
		e.in.Case = &fact.Case{}
	}
	e.gather()
	iep, other := newTrack(e, plan.IEP), newTrack(e, plan.Section504)
	for _, v := range e.versions {
		if v.is504 {
			other.versions = append(other.versions, v)
		} else {
			iep.versions = append(iep.versions, v)
		}
	}
	for _, t := range []*track{iep, other} {
		t.thread()
	}
	e.answers()
	iep.disputes = e.disputes()
	for _, t := range []*track{iep, other} {
		t.settle()
		if len(t.versions) > 0 || len(t.ends) > 0 {
			e.res.Tracks = append(e.res.Tracks, t.result())
		}
	}
	e.stayPut(iep, other)
	e.asked(iep, other)
	e.daysToAct(iep)
	e.look(iep, other)
	slices.SortFunc(e.res.Notices, func(a, b Notice) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Plan, b.Plan), cmp.Compare(a.Entry, b.Entry), cmp.Compare(fmt.Sprint(a.Args), fmt.Sprint(b.Args)))
	})
	return e.res
}

// A version is one plan as written, with what was worked out from it.
type version struct {
	*plan.Plan
	is504    bool
	on       day.Date // the day of its offer; zero when no day is known
	base     *version // what it amends, when that is known
	orphan   bool     // it amends a plan that is not known, or itself by a detour
	at       int      // its place in the order of offers
	draft    bool
	asked    bool // it had been offered by the day
	claimed  bool // it is marked as agreed to, and nothing else says so
	start    day.Date
	end      day.Date // the last day it was meant for; zero when none
	parts    []*part
	answers  []answer
	later    bool // special education had begun before it was offered
	noticed  day.Date
	carried  day.Date // the first day the record shows it carried out, once looked for
	looked   bool
	backward []string // parts that end before they begin
}

// A part is one component of one version, or the leaving out of one that an
// earlier version had.
type part struct {
	v       *version
	comp    plan.Component
	ref     string
	drop    bool
	was     *part // the same component in an earlier version
	same    bool  // it says the same as was
	thread  int   // the number that all versions of one component share
	from    day.Date
	to      day.Date
	byTerms bool // it was written to end before its plan does
	esy     bool
	now     verdictAt // the state of its answers on the day
	steps   []verdictAt
	spells  []spell
	held    []heldBack
}

// gather puts the plans in order.
func (e *engine) gather() {
	plans := make([]*plan.Plan, 0, len(e.in.Plans))
	for _, p := range e.in.Plans {
		if p != nil {
			plans = append(plans, p)
		}
	}
	slices.SortStableFunc(plans, func(a, b *plan.Plan) int { return strings.Compare(a.ID, b.ID) })
	for i := 0; i < len(plans); i++ {
		j := i + 1
		for j < len(plans) && plans[j].ID == plans[i].ID {
			j++
		}
		p := plans[i]
		if j > i+1 {
			// Two of one name: which one is meant cannot be told; the same one is
			// taken whatever their order.
			p = slices.MinFunc(plans[i:j], func(a, b *plan.Plan) int { return strings.Compare(fmt.Sprintf("%+v", *a), fmt.Sprintf("%+v", *b)) })
			e.notice("repeated_plan", p.ID, "")
			i = j - 1
		}
		v := &version{Plan: p, is504: p.Kind == plan.Section504 || p.Kind == plan.Health, draft: p.Status == "draft", start: p.EffectiveStart, end: p.Ends()}
		e.byID[p.ID] = v
		e.versions = append(e.versions, v)
	}
	for _, v := range e.versions {
		e.baseOf(v)
		v.on = e.offered(v)
	}
	for _, v := range e.versions {
		v.sortDates(e)
	}
	depth := func(v *version) int {
		n := 0
		for b := v.base; b != nil && n <= len(e.versions); b = b.base {
			n++
		}
		return n
	}
	// An amendment comes after what it changes, even where its day says otherwise.
	on := func(v *version) day.Date {
		d := v.on
		for b, n := v.base, 0; b != nil && n <= len(e.versions); b, n = b.base, n+1 {
			d = max(d, b.on)
		}
		return d
	}
	slices.SortFunc(e.versions, func(a, b *version) int {
		return cmp.Or(cmp.Compare(on(a), on(b)), cmp.Compare(depth(a), depth(b)), cmp.Compare(a.start, b.start), strings.Compare(a.ID, b.ID))
	})
	for i, v := range e.versions {
		v.at = i
		v.asked = !v.draft && v.on <= e.now && (v.on != 0 || v.Status != "" || len(v.Consent) > 0 || v.AgreedOn != 0)
		if v.on == 0 && !v.draft {
			e.notice("undated_plan", v.ID, "")
		}
	}
}

// baseOf finds what v amends.
func (e *engine) baseOf(v *version) {
	if v.Amends == "" {
		return
	}
	b := e.byID[v.Amends]
	hops := 0
	for up := b; up != nil && up.Amends != "" && hops <= len(e.versions); up = e.byID[up.Amends] {
		hops++
	}
	switch {
	case b == nil:
		v.orphan = true
		e.notice("amends_unknown", v.ID, "", "amends", v.Amends)
	case hops > len(e.versions) || b == v:
		v.orphan = true
		e.notice("amends_itself", v.ID, "")
	case b.is504 != v.is504:
		v.orphan = true
		e.notice("amends_unknown", v.ID, "", "amends", v.Amends)
	default:
		v.base = b
	}
}

// offered is the day v was offered: as said, else by the record, else its
// meeting, its first answer, its first day.
func (e *engine) offered(v *version) day.Date {
	if v.Offered != 0 {
		return v.Offered
	}
	for _, k := range []fact.Kind{iepOffered, amendmentProposed} {
		for _, i := range e.v.ByKind(k) {
			if x := e.v.Entries[i]; x.Fields.Plan == v.ID && v.ID != "" && e.counts(x) {
				return when(x)
			}
		}
	}
	if v.MeetingDate != 0 {
		return v.MeetingDate
	}
	first := v.AgreedOn
	for _, a := range v.Consent {
		if a.On != 0 && (first == 0 || a.On < first) {
			first = a.On
		}
	}
	if first != 0 {
		return first
	}
	if v.EffectiveStart != 0 {
		return v.EffectiveStart
	}
	for _, k := range answerKinds {
		for _, i := range e.v.ByKind(k) {
			if x := e.v.Entries[i]; x.Fields.Plan == v.ID && v.ID != "" && e.counts(x) && (first == 0 || when(x) < first) {
				first = when(x)
			}
		}
	}
	return first
}

// sortDates looks at first and last days. An end before the start is no end.
func (v *version) sortDates(e *engine) {
	if v.end != 0 && v.start != 0 && v.end < v.start {
		e.notice("ends_before_start", v.ID, "")
		v.end = 0
	}
	if v.end == 0 && v.base == nil {
		for _, c := range v.Components() {
			if c.Part != plan.Decisions { // the extended year ends before the plan does
				v.end = max(v.end, c.To)
			}
		}
		if v.end < v.start {
			v.end = 0
		}
	}
	if b := v.base; b != nil { // the base keeps its dates
		for n := 0; b.base != nil && n <= len(e.versions); n++ {
			b = b.base
		}
		if v.end == 0 {
			v.end = b.Ends()
		}
		if v.on != 0 && b.on != 0 && v.on < b.on {
			e.notice("amendment_before_plan", v.ID, "", "plan", b.ID)
		}
	}
}

// when is the day from which an entry counts: the last day it may have happened,
// or the day it was written down when that was earlier.
func when(x *fact.Entry) day.Date {
	if r := x.Recorded.Date; r != 0 && x.On.Earliest <= r && r < x.On.Latest {
		return r
	}
	return x.On.Latest
}

// counts reports an entry that had happened by the day and reached whom it was
// meant for.
func (e *engine) counts(x *fact.Entry) bool { return when(x) <= e.now && x.Fields.Received != fact.No }

// each calls f with every entry of the kinds that counts, by day and name.
func (e *engine) each(kinds ...fact.Kind) []*fact.Entry {
	var out []*fact.Entry
	for _, k := range kinds {
		for _, i := range e.v.ByKind(k) {
			if x := e.v.Entries[i]; e.counts(x) {
				out = append(out, x)
			}
		}
	}
	slices.SortFunc(out, func(a, b *fact.Entry) int {
		return cmp.Or(cmp.Compare(when(a), when(b)), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Kind, b.Kind))
	})
	return out
}

// re is the entry x answers, or nil. What had not happened by the day is not there.
func (e *engine) re(x *fact.Entry) *fact.Entry {
	if x.Re == "" {
		return nil
	}
	y := e.v.Get(x.Re)
	if y == nil || y == x || when(y) > e.now && !y.Kind.Info().Appointment {
		return nil
	}
	return y
}

// lawOn is the law in play on d, or nil.
func (e *engine) lawOn(d day.Date) *law.Law {
	var out *law.Law
	for i, s := range e.in.Laws {
		if i == 0 || s.From <= d {
			out = s.Law
		}
	}
	return out
}

// A questionOn is a question asked of the law of a day.
type questionOn struct {
	q law.Question
	d day.Date
}

// answersTo are all answers of the law of d to q.
func (e *engine) answersTo(q law.Question, d day.Date) []law.Answer {
	key := questionOn{q, d}
	if got, ok := e.told[key]; ok {
		return got
	}
	var got []law.Answer
	if l := e.lawOn(d); l != nil {
		got = l.Answers(q, lawDay(d, e.now))
	}
	e.told[key] = got
	return got
}

// answer is how the law of d answers q, first of all.
func (e *engine) answer(q law.Question, d day.Date) (law.Answer, bool) {
	if all := e.answersTo(q, d); len(all) > 0 {
		return all[0], true
	}
	return law.Answer{}, false
}

// lawDay is the day to ask the law of; an unknown day is asked as today.
func lawDay(d, now day.Date) day.Date {
	if d == 0 {
		return now
	}
	return d
}

// why is a reason that rests on no law.
func why(key string, args ...string) Reason {
	r := Reason{Key: key}
	for i := 0; i+1 < len(args); i += 2 {
		if r.Args == nil {
			r.Args = map[string]string{}
		}
		r.Args[args[i]] = args[i+1]
		if args[i+1] == "" && (args[i] == "on" || args[i] == "until") {
			r.Key = "undated" // a sentence with a day in it would have a hole
		}
	}
	return r
}

// because is a reason that rests on how the law of d answers q. Without an answer
// it rests on nothing.
func (e *engine) because(key string, q law.Question, d day.Date, args ...string) Reason {
	r := why(key, args...)
	if a, ok := e.answer(q, d); ok {
		e.cite(&r, a.Rule, d)
	}
	return r
}

// cite puts the rule behind a reason.
func (e *engine) cite(r *Reason, id law.RuleID, d day.Date) {
	l := e.lawOn(d)
	if l == nil {
		return
	}
	rule := l.Rule(id)
	if rule == nil {
		return
	}
	r.Rule, r.Checked = id, rule.Checked
	if v := rule.VersionAt(lawDay(d, e.now)); v != nil {
		r.Citation = v.Citation
	}
}

// notice tells of something a person should look at, once.
func (e *engine) notice(key, plan, entry string, args ...string) {
	n := Notice{Key: key, Plan: plan, Entry: entry}
	for _, have := range e.res.Notices {
		if have.Key == key && have.Plan == plan && have.Entry == entry {
			return
		}
	}
	n.Args = why("", args...).Args
	e.res.Notices = append(e.res.Notices, n)
}
