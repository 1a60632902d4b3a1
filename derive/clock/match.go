package clock

import (
	"slices"
	"sort"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
)

// match finds the answer to each clock of one rule: the entry that names it,
// else an entry of its own thread, else the first later fitting entry not yet
// used. Two starts in flight never share one answer; but where one that names
// neither came after both, the second is not plainly unanswered (see perhaps).
func (e *engine) match(r *law.Rule, made []Clock, back bool) {
	if len(r.MetBy) == 0 {
		return
	}
	e.cand = e.cand[:0]
	for _, m := range r.MetBy {
		if m.When == nil {
			e.cand = append(e.cand, e.v.ByKind(m.Kind)...)
			continue
		}
		for _, i := range e.v.ByKind(m.Kind) {
			e.env = env{e: e, at: i, law: e.law}
			if m.When.Holds(&e.env).Is != fact.No {
				e.cand = append(e.cand, i)
			}
		}
	}
	if len(e.cand) == 0 {
		return
	}
	slices.Sort(e.cand)
	e.cand = slices.Compact(e.cand)
	e.cand = slices.DeleteFunc(e.cand, e.canceled)
	if r.MetWhen != nil {
		kept := e.cand[:0]
		for _, i := range e.cand {
			e.env = env{e: e, at: i, law: e.law}
			if r.MetWhen.Holds(&e.env).Is != fact.No {
				kept = append(kept, i)
			}
		}
		e.cand = kept
	}
	if cap(e.used) < len(e.cand) {
		e.used = make([]int32, len(e.cand), 2*len(e.cand))
	}
	e.used = e.used[:len(e.cand)]
	clear(e.used)
	e.mark(made)
	m := matching{e: e, r: r, made: made, back: back}
	m.named()
	m.thread()
	for k := range made {
		if made[k].MetBy == "" {
			m.first(k)
		}
	}
	for k := range made {
		if made[k].MetBy == "" {
			m.perhaps(k)
		}
	}
	e.unmark(made)
}

// mark notes which entry starts which clock, and the first clock of each
// thread.
func (e *engine) mark(made []Clock) {
	if len(e.mine) < len(e.v.Entries) {
		e.mine = make([]int32, len(e.v.Entries))
		e.threads = make([]int32, len(e.v.Entries))
	}
	for k := len(made) - 1; k >= 0; k-- {
		at := made[k].at
		e.mine[at] = int32(k) + 1
		e.threads[e.v.Root(at)] = int32(k) + 1
	}
}

func (e *engine) unmark(made []Clock) {
	for k := range made {
		e.mine[made[k].at] = 0
		e.threads[e.v.Root(made[k].at)] = 0
	}
}

// matching is the search for answers to the clocks of one rule.
type matching struct {
	e    *engine
	r    *law.Rule
	made []Clock
	back bool
}

func (m *matching) take(k, ci int) {
	x := m.e.v.Entries[m.e.cand[ci]]
	m.made[k].MetBy, m.made[k].MetOn = x.ID, x.On
	m.e.used[ci] = int32(k) + 1
}

// fits reports that entry i does not come before the start of clock k, unless
// the clock counts back.
func (m *matching) fits(k int, i int32) bool {
	at := m.made[k].at
	if i == at {
		return false
	}
	// Two entries of one day for one event are one event: neither answers the
	// other.
	if m.r.Once == law.Latest && m.e.mine[i] != 0 && m.e.v.Entries[i].On.Latest <= m.e.v.Entries[at].On.Earliest {
		return false
	}
	return m.back || m.e.v.Entries[i].On.Latest >= m.e.v.Entries[at].On.Earliest
}

// named gives each clock the first entry that names its start.
func (m *matching) named() {
	e := m.e
	for ci, i := range e.cand {
		if e.v.Re(i) < 0 || e.ahead(i) {
			continue
		}
		for up, hops := e.v.Re(i), 0; up >= 0 && hops < 64; up, hops = e.v.Re(up), hops+1 {
			k := int(e.mine[up]) - 1
			if k < 0 {
				continue
			}
			// A duty without a date may be done before the act it concerns: a
			// notice comes before what it announces.
			if m.made[k].MetBy == "" && (m.r.Kind == law.Duty || m.fits(k, i)) {
				m.take(k, ci)
			}
			break
		}
	}
}

// thread gives each clock the first entry of its own thread.
func (m *matching) thread() {
	e := m.e
	for ci, i := range e.cand {
		if e.used[ci] != 0 || e.v.Re(i) < 0 || e.ahead(i) || m.onlyNamed(i) {
			continue
		}
		root := e.v.Root(i)
		for k := int(e.threads[root]) - 1; k >= 0 && k < len(m.made); k++ {
			if e.v.Root(m.made[k].at) == root && m.made[k].MetBy == "" && m.fits(k, i) {
				m.take(k, ci)
				break
			}
		}
	}
}

// onlyNamed reports that an entry of this kind answers only what it names.
func (m *matching) onlyNamed(i int32) bool {
	k := m.e.v.Entries[i].Kind
	for _, x := range m.r.MetBy {
		if x.Kind == k {
			return x.OnlyRe
		}
	}
	return false
}

// first gives clock k the first later fitting entry not yet used; a clock that
// counts back gets the last one in time, else the first one after.
func (m *matching) first(k int) {
	e := m.e
	c := &m.made[k]
	root := e.v.Root(c.at)
	start := e.v.Entries[c.at].On.Earliest
	by := c.On
	if by == 0 {
		by = c.Latest
	}
	// What is done once for all ("an IEP in effect when school starts") may
	// answer several such clocks.
	share := m.back && c.Due != nil && c.Due.Count.N == 0
	ci := 0
	if !m.back {
		// An answer known only by its year may begin up to a year before.
		ci = sort.Search(len(e.cand), func(i int) bool { return e.v.Entries[e.cand[i]].On.Earliest >= start-366 })
	}
	best := -1
	for ; ci < len(e.cand); ci++ {
		i := e.cand[ci]
		if (e.used[ci] != 0 && !share) || m.onlyNamed(i) || !m.fits(k, i) || e.ahead(i) {
			continue
		}
		if e.v.Re(i) >= 0 {
			// It answers another start of this rule, unless it is itself the
			// only start its thread has: a review that begins the next year's
			// clock ends this year's.
			if k := e.threads[e.v.Root(i)]; k != 0 && e.v.Root(i) != root && m.made[k-1].at != i {
				continue
			}
			if _, other := m.elsewhere(k, i); other {
				continue
			}
		}
		if m.back {
			if e.v.Entries[i].On.Latest <= by || best < 0 {
				best = ci
			}
			continue
		}
		best = ci
		break
	}
	if best >= 0 {
		m.take(k, best)
	}
}

// elsewhere reports that entry i names a matter that is not that of clock k: the
// meeting about another request, the decision of another case. A rule of which a
// newer start replaces the older asks for a thing done, whatever it was done
// for, and a start that nobody wrote cannot be named: there any will do.
func (m *matching) elsewhere(k int, i int32) (about int32, other bool) {
	e := m.e
	c := &m.made[k]
	start := e.v.Entries[c.at]
	root := e.v.Root(c.at)
	if m.r.Kind != law.Clock || m.r.Once == law.Latest || (start.Derived && root == c.at) || e.v.Root(i) == root {
		return -1, false
	}
	for up, hops := e.v.Re(i), 0; up >= 0 && hops < 64; up, hops = e.v.Re(up), hops+1 {
		q := e.v.Entries[up]
		if !q.Kind.Info().Matter || !e.asks(q.Kind, e.v.Entries[i].Kind) {
			continue
		}
		family := q.Kind.Info().Family
		if q.Kind == e.v.Entries[root].Kind || (e.v.Entries[i].Kind.Info().Family == "meeting" && family != start.Kind.Info().Family) {
			return up, true
		}
	}
	return -1, false
}

// asks reports that some duty starts on kind q and is answered by kind a.
func (e *engine) asks(q, a fact.Kind) bool {
	for _, ri := range e.law.StartedBy(q) {
		r := e.law.Rules[ri]
		if r.Kind != law.Clock && r.Kind != law.Duty {
			continue
		}
		for _, x := range r.MetBy {
			if x.Kind == a {
				return true
			}
		}
	}
	return false
}

// perhaps notes an answer in the record that may be clock k's. One that names
// nothing, came after this start too and was taken for an earlier one may have
// been meant for both: neither "met" nor "late" can be told. So may a meeting
// that names another sort of request. One that names another start of this very
// rule is that one's alone, and is only shown.
func (m *matching) perhaps(k int) {
	if m.back || m.r.Once != law.Each || (m.r.Kind != law.Clock && m.r.Kind != law.Duty) {
		return
	}
	e := m.e
	c := &m.made[k]
	at := e.v.Entries[c.at]
	ci := sort.Search(len(e.cand), func(i int) bool { return e.v.Entries[e.cand[i]].On.Earliest >= at.On.Earliest-366 })
	for ; ci < len(e.cand); ci++ {
		i := e.cand[ci]
		if !m.fits(k, i) || e.ahead(i) {
			continue
		}
		of, said, other := int32(-1), false, false
		if t := e.used[ci]; t != 0 {
			of = m.made[t-1].at
			said = e.v.Re(i) >= 0 && !e.rests(of, c.at)
		} else if of, other = m.elsewhere(k, i); other {
			said = e.v.Entries[of].Kind == e.v.Entries[e.v.Root(c.at)].Kind
			other = !said
		}
		// Only a duty with a date is late; of the others only a request made
		// again is worth asking about.
		if of < 0 || (m.r.Kind == law.Duty && e.v.Entries[of].Kind != at.Kind) {
			continue
		}
		if c.Perhaps == nil || !said {
			x, q := e.v.Entries[i], e.v.Entries[of]
			c.Perhaps = &Perhaps{Entry: x.ID, On: x.On, Of: q.ID, OfOn: q.On, Said: said, Other: other}
		}
		if !said {
			return
		}
	}
}

// rests reports that entry i names entry on, itself or through others.
func (e *engine) rests(i, on int32) bool {
	for up, hops := e.v.Re(i), 0; up >= 0 && hops < 64; up, hops = e.v.Re(up), hops+1 {
		if up == on {
			return true
		}
	}
	return false
}

// ahead reports an answer that had not yet happened on the day asked about.
func (e *engine) ahead(i int32) bool { return e.v.Entries[i].On.Earliest > e.in.AsOf }

// governs reports that a later entry x concerns the clock started at t: it names
// it or shares its thread; or it names nothing, and no other start of the rule
// lies between.
func (e *engine) governs(x, t int32, starts []pair) bool {
	// What a clock rests on, itself included, neither ends nor extends it, and
	// nothing does that came before it: an amended complaint begins anew. A
	// derived start rests on the entry it was derived from.
	base := t
	for up, hops := t, 0; up >= 0 && hops < 64; up, hops = e.v.Re(up), hops+1 {
		if up == x {
			return false
		}
		if up == t && e.v.Entries[t].Derived && e.v.Re(t) >= 0 {
			base = e.v.Re(t)
		}
	}
	if e.v.Entries[t].Kind.Info().Appointment {
		base = e.v.Root(t) // its own day lies ahead of what concerns it
	}
	if base != t || !e.v.Entries[t].Kind.Info().Appointment {
		if e.v.Entries[x].On.Latest < e.v.Entries[base].On.Earliest {
			return false
		}
	}
	if e.v.Re(x) >= 0 {
		for up, hops := x, 0; up >= 0 && hops < 64; up, hops = e.v.Re(up), hops+1 {
			if up == t {
				return true
			}
		}
		return e.v.Root(x) == e.v.Root(t)
	}
	next := sort.Search(len(starts), func(i int) bool { return starts[i].entry > t })
	return next == len(starts) || starts[next].entry >= x
}

// extend moves due dates as agreed or ordered.
func (e *engine) extend(r *law.Rule, starts []pair, made []Clock) {
	for _, x := range r.ExtendedBy {
		for _, i := range e.v.ByKind(x.Kind) {
			ext := e.v.Entries[i]
			if e.ahead(i) {
				continue
			}
			if ext.Fields.Rule != "" && ext.Fields.Rule != string(r.ID) && !overrides(r, ext.Fields.Rule) {
				continue
			}
			for k := range made {
				c := &made[k]
				t := c.at
				if c.first() == 0 || !e.governs(i, t, starts) {
					continue
				}
				if x.Written && ext.Fields.Written == fact.No {
					c.Reasons = append(c.Reasons, Why{Key: "extension_unwritten", Name: ext.ID, On: ext.Fields.Until})
					continue
				}
				if ext.Fields.Until == 0 {
					// Put off, and nobody wrote down to which day.
					c.putOff = true
					c.Missing = append(c.Missing, day.Missing{Key: "until", Name: ext.ID})
					continue
				}
				if c.Nominal == 0 {
					c.Nominal = c.On
				}
				c.Extended = append(c.Extended, ext.ID)
				if x.Adds {
					n := int(ext.Fields.Until - ext.On.Earliest)
					c.shift(n)
					continue
				}
				if ext.Fields.Until > c.first() {
					c.shift(int(ext.Fields.Until - c.first()))
					c.Latest, c.Earliest, c.Disputed = 0, 0, false
					c.On = ext.Fields.Until
				}
			}
		}
	}
}

func overrides(r *law.Rule, id string) bool {
	return slices.Contains(r.Overrides, law.RuleID(id))
}

func (c *Clock) first() day.Date {
	if c.On != 0 {
		return c.On
	}
	return c.Earliest
}

// last is the day after which the duty is late for certain; zero when nothing
// bounds it.
func (c *Clock) last() day.Date {
	if c.Latest != 0 {
		return c.Latest
	}
	return c.On
}

func (c *Clock) shift(n int) {
	c.Trace.Extra += n
	if c.On != 0 {
		c.On += day.Date(n)
	}
	if c.Earliest != 0 {
		c.Earliest += day.Date(n)
	}
	if c.Latest != 0 {
		c.Latest += day.Date(n)
	}
}

// stays are the areas in which a district still owes what it owed before the
// child moved away: its papers, its disputes and what they decided.
var stays = map[string]bool{"records": true, "due_process": true, "resolution": true, "hearing": true, "appeal": true,
	"state_complaint": true, "mediation": true, "fees": true, "monitoring": true, "ferpa": true, "section_504": true}

var transferEnrolled = fact.MustLookup("transfer_enrolled")

// moved ends what the old district owed when the child enrolls under another
// law: each law is applied to its own days, and the transfer rules of the new
// one take over. What was late by then stays late.
func (e *engine) moved(r *law.Rule, made []Clock) {
	if len(e.in.Laws) < 2 || stays[r.Area] {
		return
	}
	for k := range made {
		c := &made[k]
		if c.OwedBy != fact.LEA || r.Once == law.Latest {
			continue // a yearly review is owed by whoever has the child
		}
		for _, i := range e.v.ByKind(transferEnrolled) {
			x := e.v.Entries[i]
			_, l := e.lawAt(x.On.Earliest)
			if l == c.Law || x.On.Earliest < c.TriggerOn.Latest || e.ahead(i) || i == c.at {
				continue
			}
			if c.MetBy == "" || c.MetOn.Earliest > x.On.Earliest {
				c.EndedBy, c.EndedOn, c.MetBy, c.MetOn = x.ID, x.On.Earliest, "", day.When{}
			}
			break
		}
	}
}

// end finds what made the matter moot before it was answered.
func (e *engine) end(r *law.Rule, starts []pair, made []Clock) {
	if len(r.EndedBy) == 0 {
		return
	}
	for k := range made {
		c := &made[k]
		t := c.at
		for _, by := range r.EndedBy {
			for _, i := range e.v.ByKind(by.Kind) {
				x := e.v.Entries[i]
				if by.OnlyRe && e.v.Re(i) < 0 || e.canceled(i) {
					continue
				}
				if by.When != nil {
					e.env = env{e: e, at: i, law: e.law}
					if by.When.Holds(&e.env).Is != fact.Yes {
						continue
					}
				}
				if x.On.Latest < c.TriggerOn.Earliest && e.v.Root(t) == t || e.ahead(i) || !e.governs(i, t, starts) {
					continue
				}
				if c.MetBy != "" && c.MetOn.Earliest <= x.On.Earliest {
					continue
				}
				if c.EndedBy == "" || x.On.Earliest < c.EndedOn {
					c.EndedBy, c.EndedOn = x.ID, x.On.Earliest
				}
			}
		}
		if c.EndedBy != "" {
			c.MetBy, c.MetOn = "", day.When{}
		}
	}
}
