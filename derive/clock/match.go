package clock

import (
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
)

// match finds the answer to each clock of one rule: the entry that names it,
// else an entry of its own thread, else the first later fitting entry not yet
// used. Two starts in flight never share one answer.
func (e *engine) match(r *law.Rule, made []Clock, back bool) {
	if len(r.MetBy) == 0 {
		return
	}
	e.cand = e.cand[:0]
	for _, m := range r.MetBy {
		e.cand = append(e.cand, e.v.ByKind(m.Kind)...)
	}
	if len(e.cand) == 0 {
		return
	}
	slices.Sort(e.cand)
	e.cand = slices.Compact(e.cand)
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
		e.used = make([]bool, len(e.cand), 2*len(e.cand))
	}
	e.used = e.used[:len(e.cand)]
	clear(e.used)
	pos := make([]int32, len(made))
	for k := range made {
		pos[k], _ = e.v.Find(made[k].Trigger)
	}
	take := func(k, ci int) {
		x := e.v.Entries[e.cand[ci]]
		made[k].MetBy, made[k].MetOn = x.ID, x.On
		e.used[ci] = true
	}
	fits := func(k int, i int32) bool { // not before the start, unless counted back
		if i == pos[k] {
			return false
		}
		return back || e.v.Entries[i].On.Latest >= e.v.Entries[pos[k]].On.Earliest
	}
	// Entries that name what they answer.
	for ci, i := range e.cand {
		if e.ahead(i) {
			continue
		}
		for up, hops := e.v.Re(i), 0; up >= 0 && hops < 64; up, hops = e.v.Re(up), hops+1 {
			k := slices.Index(pos, up)
			if k < 0 {
				continue
			}
			if made[k].MetBy == "" && fits(k, i) {
				take(k, ci)
			}
			break
		}
	}
	only := func(i int32) bool {
		k := e.v.Entries[i].Kind
		for _, m := range r.MetBy {
			if m.Kind == k {
				return m.OnlyRe
			}
		}
		return false
	}
	for k := range made {
		c := &made[k]
		if c.MetBy != "" {
			continue
		}
		root := e.v.Root(pos[k])
		sameThread := -1
		first := -1
		by := c.On
		if by == 0 {
			by = c.Latest
		}
		share := back && c.Due != nil && c.Due.Count.N == 0
		for ci, i := range e.cand {
			if (e.used[ci] && !share) || only(i) || !fits(k, i) || e.ahead(i) {
				continue
			}
			if e.v.Re(i) >= 0 {
				if e.v.Root(i) == root {
					if sameThread < 0 {
						sameThread = ci
					}
				} else if e.threadHas(pos, e.v.Root(i), k) {
					continue // it answers another start of this rule
				}
			}
			if back {
				// The last one in time, else the first one after.
				if e.v.Entries[i].On.Latest <= by || first < 0 {
					first = ci
				}
				continue
			}
			if i < pos[k] && e.v.Entries[i].On.Latest < e.v.Entries[pos[k]].On.Earliest {
				continue
			}
			if first < 0 {
				first = ci
			}
		}
		switch {
		case sameThread >= 0:
			take(k, sameThread)
		case first >= 0:
			take(k, first)
		}
	}
}

// ahead reports an answer that had not yet happened on the day asked about.
func (e *engine) ahead(i int32) bool { return e.v.Entries[i].On.Earliest > e.in.AsOf }

// threadHas reports that a start other than number k belongs to the thread.
func (e *engine) threadHas(pos []int32, root int32, k int) bool {
	for j, p := range pos {
		if j != k && e.v.Root(p) == root {
			return true
		}
	}
	return false
}

// governs reports that a later entry x concerns the clock started at t: it names
// it or shares its thread; or it names nothing, and no other start of the rule
// lies between.
func (e *engine) governs(x, t int32, starts []pair) bool {
	if x == t || e.v.Entries[x].On.Latest < e.v.Entries[e.v.Root(t)].On.Earliest {
		return false
	}
	if e.v.Re(x) >= 0 {
		for up, hops := x, 0; up >= 0 && hops < 64; up, hops = e.v.Re(up), hops+1 {
			if up == t {
				return true
			}
		}
		return e.v.Root(x) == e.v.Root(t)
	}
	if e.v.Entries[x].On.Latest < e.v.Entries[t].On.Earliest && e.v.Root(t) == t {
		return false
	}
	for _, p := range starts {
		if p.entry > t && p.entry < x {
			return false
		}
	}
	return true
}

// extend moves due dates as agreed or ordered.
func (e *engine) extend(r *law.Rule, starts []pair, made []Clock) {
	for _, x := range r.ExtendedBy {
		for _, i := range e.v.ByKind(x.Kind) {
			ext := e.v.Entries[i]
			if ext.Fields.Until == 0 || e.ahead(i) {
				continue
			}
			if ext.Fields.Rule != "" && ext.Fields.Rule != string(r.ID) && !overrides(r, ext.Fields.Rule) {
				continue
			}
			for k := range made {
				c := &made[k]
				t, _ := e.v.Find(c.Trigger)
				if c.first() == 0 || !e.governs(i, t, starts) {
					continue
				}
				if x.Written && ext.Fields.Written == fact.No {
					c.Reasons = append(c.Reasons, Why{Key: "extension_unwritten", Name: ext.ID, On: ext.Fields.Until})
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

// end finds what made the matter moot before it was answered.
func (e *engine) end(r *law.Rule, starts []pair, made []Clock) {
	if len(r.EndedBy) == 0 {
		return
	}
	for k := range made {
		c := &made[k]
		t, _ := e.v.Find(c.Trigger)
		for _, kind := range r.EndedBy {
			for _, i := range e.v.ByKind(kind) {
				x := e.v.Entries[i]
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
