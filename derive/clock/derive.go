package clock

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
	"stayput/record"
)

// An Input is everything a derivation rests on.
type Input struct {
	Case    *fact.Case
	Entries []fact.Entry
	Laws    []Since     // the law that applies, by date; the first reaches back
	School  *day.School // never nil: a school nobody knows anything about is day.NewSchool(nil, ...)
	AsOf    day.Date    // the day asked about
	Known   day.Date    // what was written down by then; zero: all of it
	Zone    *time.Location
}

// Since is the law that applies from a day on.
type Since struct {
	From day.Date
	Law  *law.Law
}

// A Result is what follows from an Input.
type Result struct {
	View       *record.View
	Clocks     []Clock // limits that start on an event are among them
	Statements []Statement
	Wrongs     []Wrong
	Odd        []Odd

	Cancellations []Cancellation // of agreements of resolution meetings
}

// An Odd is something in the record a person should look at.
type Odd struct {
	Key   string
	Entry string
	Other string
}

// engine is one derivation.
type engine struct {
	in  Input
	v   *record.View
	law *law.Law
	res *Result

	pairs   []pair
	stamp   []int32 // rule -> entry+1 whose clock a topmost rule has taken
	cand    []int32
	used    []int32 // answer -> 1 + the clock that took it
	asked   []Clock
	mine    []int32 // entry -> 1 + the clock of the rule at hand that it starts
	threads []int32 // first entry of a thread -> 1 + the first such clock
	env     env
}

// pair is one rule started by one entry.
type pair struct {
	key   uint64 // law, rule and entry, for sorting
	rule  int32
	entry int32
	law   int32 // index into in.Laws
	floor int32 // the rule underneath that it replaces, or -1
	sure  bool  // the starting condition is known to hold
	dated bool  // the version in force carries a date or a standard
}

// engines keeps the scratch space of derivations that are done.
var engines = sync.Pool{New: func() any { return new(engine) }}

// release gives the scratch space back without what it pointed to.
func (e *engine) release() {
	clear(e.asked[:cap(e.asked)])
	*e = engine{pairs: e.pairs[:0], stamp: e.stamp, cand: e.cand[:0], used: e.used[:0], asked: e.asked[:0], mine: e.mine, threads: e.threads}
	engines.Put(e)
}

// Derive works everything out.
func Derive(in Input) *Result {
	e := engines.Get().(*engine)
	defer e.release()
	e.in, e.res = in, &Result{}
	derived := e.births(make([]fact.Entry, 0, 8))
	derived = e.schoolYears(derived)
	e.v = record.NewView(in.Entries, in.Known, derived...)
	for round := 0; round < 3 && e.anyEvents(); round++ {
		more := e.events()
		if len(more) == 0 {
			break
		}
		e.v = e.v.With(more...)
	}
	e.inherit()
	e.res.View = e.v
	e.start(false)
	e.run()
	e.wrongs()
	e.odd()
	e.res.Cancellations = e.cancellations()
	return e.res
}

func (e *engine) lawAt(d day.Date) (int32, *law.Law) {
	for i := len(e.in.Laws) - 1; i > 0; i-- {
		if e.in.Laws[i].From <= d {
			return int32(i), e.in.Laws[i].Law
		}
	}
	return 0, e.in.Laws[0].Law
}

// A birthday is a kind that the date of birth alone makes happen.
type birthday struct {
	kind fact.Kind
	age  int
}

// birthdays are the kinds named child_turns_N.
var birthdays = func() []birthday {
	var out []birthday
	for _, in := range fact.Kinds() {
		if n, ok := strings.CutPrefix(in.Name, "child_turns_"); ok {
			if age, err := strconv.Atoi(n); err == nil {
				out = append(out, birthday{in.Kind, age})
			}
		}
	}
	return out
}()

var (
	ageOfMajority = fact.MustLookup("age_of_majority")
	yearStarted   = fact.MustLookup("school_year_started")
	yearEnded     = fact.MustLookup("school_year_ended")
)

// inherits are the kinds that belong to a case somebody filed, by kind.
var inherits = func() []bool {
	out := make([]bool, len(fact.Kinds())+1)
	for _, in := range fact.Kinds() {
		switch in.Family {
		case "due_process", "hearing", "discipline":
			out[in.Kind] = true
		}
	}
	return out
}()

// inherit fills in who filed a case, and whether it is an expedited one, on the
// entries that name an earlier entry of the same case that says so. The entries
// it was given are not changed.
func (e *engine) inherit() {
	var copies []fact.Entry
	for i, x := range e.v.Entries {
		if !inherits[x.Kind] || e.v.Re(int32(i)) < 0 || (x.Fields.FiledBy != "" && x.Fields.Expedited != fact.Unsaid) {
			continue
		}
		filed, expedited := x.Fields.FiledBy, x.Fields.Expedited
		for up, hops := e.v.Re(int32(i)), 0; up >= 0 && hops < 64; up, hops = e.v.Re(up), hops+1 {
			f := &e.v.Entries[up].Fields
			if filed == "" {
				filed = f.FiledBy
			}
			if expedited == fact.Unsaid {
				expedited = f.Expedited
			}
		}
		if filed != x.Fields.FiledBy || expedited != x.Fields.Expedited {
			if len(copies) == cap(copies) {
				copies = make([]fact.Entry, 0, 8) // a few at a time; those handed out stay where they are
			}
			copies = append(copies, *x)
			y := &copies[len(copies)-1]
			y.Fields.FiledBy, y.Fields.Expedited = filed, expedited
			e.v.Entries[i] = y
		}
	}
}

// births adds the birthdays the law counts from. One that lies far from every
// entry and from the day asked about says nothing and is left out.
func (e *engine) births(out []fact.Entry) []fact.Entry {
	c := e.in.Case
	if c == nil || c.Child.Born == 0 {
		return out
	}
	first, last := e.in.AsOf, e.in.AsOf
	for i := range e.in.Entries {
		first = min(first, e.in.Entries[i].On.Earliest)
	}
	first, last = first.AddYears(-1), last.AddYears(2)
	put := func(k fact.Kind, age int) {
		d := c.Child.Born.AddYears(age)
		if d >= first && d <= last {
			out = append(out, fact.Entry{ID: "~" + k.String(), Kind: k, On: day.On(d), Derived: true})
		}
	}
	for _, b := range birthdays {
		put(b.kind, b.age)
	}
	_, l := e.lawAt(e.in.AsOf)
	if l.MajorityAge > 0 {
		put(ageOfMajority, l.MajorityAge)
	}
	return out
}

// schoolYears adds the first and last days of the school years that the case
// touches.
func (e *engine) schoolYears(out []fact.Entry) []fact.Entry {
	ys := e.in.School.Years()
	if len(ys) == 0 || len(e.in.Entries) == 0 {
		return out
	}
	first := day.Max
	for i := range e.in.Entries {
		first = min(first, e.in.Entries[i].On.Earliest)
	}
	for i := range ys {
		y := &ys[i]
		if y.First >= first && y.First != 0 && y.First <= e.in.AsOf.AddYears(1) {
			out = append(out, fact.Entry{ID: "~school_year_started/" + y.Label, Kind: yearStarted, On: day.On(y.First), Derived: true})
		}
		if y.Last >= first && y.Last != 0 && y.Last <= e.in.AsOf.AddYears(1) {
			out = append(out, fact.Entry{ID: "~school_year_ended/" + y.Label, Kind: yearEnded, On: day.On(y.Last), Derived: true})
		}
	}
	return out
}

func (e *engine) anyEvents() bool {
	for i := range e.in.Laws {
		if e.in.Laws[i].Law.Events {
			return true
		}
	}
	return false
}

// events runs the rules that make entries and returns the entries not yet
// there.
func (e *engine) events() []fact.Entry {
	e.inherit()
	e.start(true)
	if len(e.pairs) == 0 {
		return nil
	}
	keep := e.res
	e.res = &Result{}
	e.run()
	made := e.res.Clocks
	e.res = keep
	var out []fact.Entry
	for i := range made {
		c := &made[i]
		if c.On == 0 && c.Earliest == 0 {
			continue
		}
		// What answered or ended it in time kept the event from happening.
		if c.MetBy != "" && c.MetOn.Earliest <= c.last() || c.EndedBy != "" && c.EndedOn <= c.last() {
			continue
		}
		id := "~" + c.Rule.Derives.String() + "/" + c.Trigger
		if _, there := e.v.Find(id); there {
			continue
		}
		w := day.On(c.On)
		if c.On == 0 {
			w = day.When{Earliest: c.Earliest, Latest: c.Latest, Minute: -1}
			if w.Latest == 0 {
				w.Latest = w.Earliest
			}
		}
		from := e.v.Get(c.Trigger)
		out = append(out, fact.Entry{ID: id, Kind: c.Rule.Derives, On: w, Re: c.Trigger, Derived: true, Fields: from.Fields})
	}
	return out
}

// start finds which rules each entry starts.
func (e *engine) start(events bool) {
	e.pairs = e.pairs[:0]
	for i := range e.v.Entries {
		t := e.v.Entries[i]
		if t.Fields.Received == fact.No {
			continue // a request that never arrived starts nothing
		}
		if t.On.Earliest > e.in.AsOf && !t.Derived && !t.Kind.Info().Appointment && !t.Kind.Info().Derived {
			continue // it has not happened yet on the day asked about
		}
		if e.v.Moved(int32(i)) {
			continue
		}
		li, l := e.lawAt(t.On.Earliest)
		started := l.StartedBy(t.Kind)
		if len(started) == 0 {
			continue
		}
		if len(e.stamp) < len(l.Rules) {
			e.stamp = make([]int32, len(l.Rules))
		}
		for _, ri := range started {
			r := l.Rules[ri]
			if (r.Kind == law.Event) != events {
				continue
			}
			if e.stamp[ri] == int32(i)+1 {
				continue
			}
			v := r.VersionAt(t.On.Latest)
			if v == nil {
				continue
			}
			// A school year that lies ahead, or the end of a wait that still runs,
			// starts only what has a date.
			waits := t.Kind == yearStarted || t.Kind == yearEnded || (t.Derived && t.Re != "")
			if t.On.Earliest > e.in.AsOf && waits && (len(v.Due) == 0 || v.Due[0].Standard != "") {
				continue
			}
			p := pair{key: uint64(li)<<56 | uint64(ri)<<32 | uint64(i), dated: len(v.Due) > 0, rule: ri, entry: int32(i), law: li, floor: -1, sure: true}
			if r.StartsWhen != nil {
				e.env = env{e: e, at: int32(i), law: l}
				a := r.StartsWhen.Holds(&e.env)
				if a.Is == fact.No {
					continue
				}
				p.sure = a.Is == fact.Yes
			}
			if p.sure {
				for _, under := range l.Replaces(ri) {
					e.stamp[under] = int32(i) + 1
					if p.floor < 0 {
						p.floor = under
					}
				}
			}
			e.pairs = append(e.pairs, p)
		}
	}
	clear(e.stamp)
	// By law and rule, then by entry: one rule's starts stand together.
	slices.SortFunc(e.pairs, func(a, b pair) int { return cmp.Compare(a.key, b.key) })
}

// run works out every rule that was started.
func (e *engine) run() {
	dated := 0
	for i := range e.pairs {
		if e.pairs[i].dated {
			dated++
		}
	}
	e.res.Clocks = make([]Clock, 0, dated)
	if n := len(e.pairs) - dated; n > 0 {
		e.res.Statements = make([]Statement, 0, n)
	}
	for i := 0; i < len(e.pairs); {
		j := i + 1
		for j < len(e.pairs) && e.pairs[j].rule == e.pairs[i].rule && e.pairs[j].law == e.pairs[i].law {
			j++
		}
		l := e.in.Laws[e.pairs[i].law].Law
		e.law = l
		e.rule(l.Rules[e.pairs[i].rule], e.pairs[i:j])
		i = j
	}
}

// rule works out one rule for all the entries that start it.
func (e *engine) rule(r *law.Rule, starts []pair) {
	if r.Once == law.First {
		starts = starts[:1]
	}
	first, said := len(e.res.Clocks), len(e.res.Statements)
	back := false
	for _, p := range starts {
		t := e.v.Entries[p.entry]
		v := r.VersionAt(t.On.Latest)
		e.env = env{e: e, at: p.entry, law: e.law}
		if len(v.Due) == 0 {
			e.state(r, v, p, t)
			continue
		}
		c := Clock{Rule: r, Version: v, Law: e.law, OwedBy: owedBy(r.OwedBy, t), at: p.entry, Trigger: t.ID, Kind: t.Kind, TriggerOn: t.On, Minute: -1}
		got := e.date(v.Due, p.entry)
		if got.absent {
			continue
		}
		if !p.sure {
			e.env = env{e: e, at: p.entry, law: e.law}
			a := r.StartsWhen.Holds(&e.env)
			got.unsure(a.Missing)
			c.unsure = true
		}
		got.into(&c)
		if c.Due != nil && c.Due.Count.Back {
			back = true
		}
		if p.floor >= 0 {
			e.floor(&c, e.law.Rules[p.floor], p.entry)
		}
		e.res.Clocks = append(e.res.Clocks, c)
	}
	if len(r.MetBy) > 0 || len(r.EndedBy) > 0 {
		e.answer(r, starts, said)
	}
	if n := len(e.res.Statements); r.Once == law.Latest && n > said+1 {
		e.res.Statements[said] = e.res.Statements[n-1]
		e.res.Statements = e.res.Statements[:said+1]
	}
	made := e.res.Clocks[first:]
	if len(made) > 0 {
		e.extend(r, starts, made)
		e.match(r, made, back)
		e.end(r, starts, made)
		e.moved(r, made)
		for k := range made {
			e.status(r, &made[k])
		}
		if r.Once == law.Latest {
			e.replace(r, first)
		}
	}
}

// replace ends each clock that a newer start replaced before it was answered. Where what
// starts the count is itself what was due (a new IEP, a new evaluation), a late one was late
// until then; a request that is made again leaves the first one late.
func (e *engine) replace(r *law.Rule, first int) {
	renews := slices.ContainsFunc(r.MetBy, func(m law.Meet) bool { return slices.Contains(r.Starts, m.Kind) })
	made := e.res.Clocks[first:]
	for k := 0; k+1 < len(made); k++ {
		c, newer := &made[k], &made[k+1]
		if c.MetBy != "" || newer.TriggerOn.Earliest > e.in.AsOf {
			continue
		}
		late := c.Status == Late && newer.TriggerOn.Earliest > c.last()
		if c.Status == Ended || late && !renews {
			continue
		}
		c.Status, c.EndedBy, c.EndedOn, c.DaysLate = Ended, newer.Trigger, newer.TriggerOn.Earliest, 0
		if late {
			c.DaysLate = int(c.EndedOn - c.last())
		}
	}
}

func owedBy(p fact.Party, t *fact.Entry) fact.Party {
	filed := fact.Party(t.Fields.FiledBy)
	switch {
	case p == fact.Filer && filed != "":
		return filed
	case p == fact.OtherParty && filed == fact.Parent:
		return fact.LEA
	case p == fact.OtherParty && filed == fact.LEA:
		return fact.Parent
	}
	return p
}

// state notes law without a number.
func (e *engine) state(r *law.Rule, v *law.Version, p pair, t *fact.Entry) {
	s := Statement{Rule: r, Version: v, Trigger: t.ID, Kind: t.Kind, On: t.On, Elapsed: -1}
	if !p.sure {
		s.Missing = append(s.Missing, r.StartsWhen.Holds(&e.env).Missing)
	}
	for _, k := range r.PointsTo {
		if i, ok := e.lastBefore(k, p.entry); ok {
			x := e.v.Entries[i]
			if cur := e.v.Get(s.PointsTo); cur == nil || cur.On.Latest < x.On.Latest {
				s.PointsTo = x.ID
			}
		}
	}
	e.res.Statements = append(e.res.Statements, s)
}

// answer finds what answers statements of one rule, as it does for clocks, and
// drops those that a later entry made moot.
func (e *engine) answer(r *law.Rule, starts []pair, first int) {
	said := e.res.Statements[first:]
	if len(said) == 0 {
		return
	}
	e.asked = e.asked[:0]
	for i := range said {
		at, _ := e.v.Find(said[i].Trigger)
		e.asked = append(e.asked, Clock{Rule: r, at: at, Trigger: said[i].Trigger, TriggerOn: said[i].On})
	}
	e.match(r, e.asked, false)
	e.end(r, starts, e.asked)
	kept := said[:0]
	for i := range said {
		if e.asked[i].EndedBy != "" {
			continue
		}
		if len(r.MetBy) > 0 {
			said[i].MetBy, said[i].MetOn = e.asked[i].MetBy, e.asked[i].MetOn
			said[i].Elapsed = e.elapsed(e.asked[i].at, said[i].MetBy)
		}
		kept = append(kept, said[i])
	}
	e.res.Statements = e.res.Statements[:first+len(kept)]
}

// elapsed is the days from an entry to its answer, or to the day asked about;
// -1 when the dates are not known well enough to say.
func (e *engine) elapsed(t int32, answer string) int {
	from := e.v.Entries[t]
	if answer == "" {
		if !from.On.Exact() || from.On.Earliest > e.in.AsOf {
			return -1
		}
		return max(0, int(e.in.AsOf-from.On.Earliest))
	}
	d, ok := e.apart(from, e.v.Get(answer))
	if !ok {
		return -1
	}
	return max(0, d)
}

// apart is the exact distance between two entries, known either from their
// dates or because both are dated by the same third one.
func (e *engine) apart(a, b *fact.Entry) (int, bool) {
	if a.On.Exact() && b.On.Exact() {
		return int(b.On.Earliest - a.On.Earliest), true
	}
	ra, da := e.anchor(a)
	rb, db := e.anchor(b)
	if ra == rb {
		return db - da, true
	}
	return 0, false
}

func (e *engine) anchor(x *fact.Entry) (string, int) {
	id, n := x.ID, 0
	for hops := 0; x != nil && x.After.Entry != "" && hops < 64; hops++ {
		n += x.After.Days
		id = x.After.Entry
		x = e.v.Get(id)
	}
	return id, n
}

// lastBefore is the latest entry of kind k on or before entry t.
func (e *engine) lastBefore(k fact.Kind, t int32) (int32, bool) {
	best, ok := int32(-1), false
	for _, i := range e.v.ByKind(k) {
		if i == t || e.v.Moved(i) || e.v.Entries[i].On.Earliest > e.v.Entries[t].On.Earliest {
			continue
		}
		best, ok = i, true
	}
	return best, ok
}

// linked is the entry of kind k in t's own thread, else the latest before it.
func (e *engine) linked(k fact.Kind, t int32) (int32, bool) {
	if e.v.Entries[t].Kind == k {
		return t, true
	}
	for i, hops := e.v.Re(t), 0; i >= 0 && hops < 64; i, hops = e.v.Re(i), hops+1 {
		if e.v.Entries[i].Kind == k && !e.v.Moved(i) {
			return i, true
		}
	}
	root := e.v.Root(t)
	for _, i := range e.v.ByKind(k) {
		if e.v.Root(i) == root && i != t && !e.v.Moved(i) {
			return i, true
		}
	}
	return e.lastBefore(k, t)
}
