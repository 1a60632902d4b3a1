package rejection

import (
	"cmp"
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/plan"
)

// mostHops bounds a walk along what answers what.
const mostHops = 64

// Derive finds every no of the family up to a day and what became of it. It is total;
// the order of arrival of entries does not matter.
func Derive(in Input) *Result {
	m := &maker{in: in, out: &Result{AsOf: in.AsOf}}
	m.find()
	if len(m.paths) == 0 {
		return m.out
	}
	for _, p := range m.paths {
		m.ends(p)
	}
	for _, p := range m.paths {
		m.steps(p)
		m.contacts(p)
		m.meetings(p)
		m.owed(p)
		m.lacks(p)
	}
	slices.SortStableFunc(m.paths, func(a, b *Path) int { return cmp.Compare(b.On.Earliest, a.On.Earliest) })
	for _, p := range m.paths {
		m.out.Paths = append(m.out.Paths, *p)
	}
	return m.out
}

type maker struct {
	in    Input
	out   *Result
	paths []*Path // the earliest first, until they are given out
}

// entries are those of the kinds that had happened by the day, the earliest first.
func (m *maker) entries(ks ...fact.Kind) []*fact.Entry {
	var at []int32
	for _, k := range ks {
		at = append(at, m.in.View.ByKind(k)...)
	}
	slices.Sort(at)
	var out []*fact.Entry
	for _, i := range slices.Compact(at) {
		if e := m.in.View.Entries[i]; e.On.Earliest <= m.in.AsOf {
			out = append(out, e)
		}
	}
	return out
}

// up walks from an entry along what it answers, nearest first, until f says stop.
func (m *maker) up(e *fact.Entry, f func(*fact.Entry) bool) {
	i, ok := m.in.View.Find(e.ID)
	for hops := 0; ok && hops < mostHops; hops++ {
		if i = m.in.View.Re(i); i < 0 || f(m.in.View.Entries[i]) {
			return
		}
	}
}

// find makes a path of each no; what says no again to the same offer joins it.
func (m *maker) find() {
	for _, e := range m.entries(noes...) {
		s := sorts[e.Kind]
		if !m.isNo(e) {
			continue
		}
		p := &Path{ID: e.ID, Entry: e, Group: s.group, On: e.On, By: e.By, Plan: e.Fields.Plan, Part: e.Kind == partial || e.Kind == oneRefused || len(e.Fields.Parts) > 0}
		m.offerOf(p, s)
		if i := slices.IndexFunc(m.paths, func(o *Path) bool { return m.same(o, p) }); i >= 0 {
			m.paths[i].Again = append(m.paths[i].Again, e)
			continue
		}
		if p.Offer != nil && p.Offer.On.Earliest > e.On.Latest {
			p.Odd = append(p.Odd, Doubt{"before_offer", p.Offer})
		}
		m.paths = append(m.paths, p)
	}
	m.onPlans()
	slices.SortStableFunc(m.paths, func(a, b *Path) int {
		return cmp.Or(cmp.Compare(a.On.Earliest, b.On.Earliest), cmp.Compare(a.On.Latest, b.On.Latest), strings.Compare(a.ID, b.ID))
	})
	for _, p := range m.paths {
		p.start = p.On.Earliest
		if p.Offer != nil {
			p.start = min(p.start, p.Offer.On.Earliest)
		}
		p.Findings = m.in.Findings[p.Plan]
		for i, a := range p.Again {
			before := p.Entry
			if i > 0 {
				before = p.Again[i-1]
			}
			if before != nil && before.On == a.On && before.Kind == a.Kind && before.By == a.By {
				p.Odd = append(p.Odd, Doubt{"twice", a})
			}
		}
	}
}

// isNo reports that an answer is the family's and says no to something.
func (m *maker) isNo(e *fact.Entry) bool {
	switch e.Kind {
	case partial: // what is left for later was neither agreed to nor refused
		return len(e.Fields.Except) > 0 || len(e.Fields.Later) == 0
	case refusedEdit: // either side may say no to a change
		if e.By != "" {
			return Theirs(e)
		}
		theirs := false
		m.up(e, func(o *fact.Entry) bool { theirs = theirs || o.Kind == proposed && Theirs(o); return false })
		return !theirs
	}
	return true
}

// offerOf finds what a no answers: what it names, else the offer of its plan, else the
// latest one before it.
func (m *maker) offerOf(p *Path, s sort) {
	m.up(p.Entry, func(o *fact.Entry) bool {
		if slices.Contains(s.offers, o.Kind) {
			p.Offer = o
		}
		return p.Offer != nil
	})
	all := m.entries(s.offers...)
	if p.Offer == nil && p.Plan != "" {
		for _, o := range all {
			if o.Fields.Plan == p.Plan && (p.Offer == nil || o.On.Earliest <= p.On.Latest) {
				p.Offer = o
			}
		}
	}
	for _, o := range all {
		if p.Offer == nil && p.Plan == "" || p.Offer != nil && p.Offer.Fields.Plan == "" && p.Entry.Re == "" {
			if o.On.Earliest <= p.On.Latest && (o.Fields.Plan == "" || p.Plan == "" || o.Fields.Plan == p.Plan) {
				p.Offer = o
			}
		}
	}
	if p.Plan == "" && p.Offer != nil {
		p.Plan = p.Offer.Fields.Plan
	}
}

// same reports that b says no to what a said no to, with no new offer in between.
func (m *maker) same(a, b *Path) bool {
	if a.Group != b.Group {
		return false
	}
	if a.Plan != "" && b.Plan != "" {
		return a.Plan == b.Plan && (a.Offer == b.Offer || a.Offer == nil || b.Offer == nil)
	}
	return a.Offer == b.Offer
}

// onPlans adds the noes that stand only on a plan's own page.
func (m *maker) onPlans() {
	if m.in.Program == nil {
		return
	}
	for i := range m.in.Program.Tracks {
		t := &m.in.Program.Tracks[i]
		for j := range t.Offers {
			o := &t.Offers[j]
			if o.Consent != program.Refused && o.Consent != program.Partial {
				continue
			}
			at := slices.IndexFunc(o.Answers, func(a program.Answered) bool {
				return a.Entry == "" && a.On <= m.in.AsOf && (a.Agreement == program.Refused || a.Agreement == program.Partial)
			})
			if at < 0 || slices.ContainsFunc(m.paths, func(p *Path) bool { return p.Plan == o.Plan }) {
				continue
			}
			a := o.Answers[at]
			p := &Path{ID: "plan-" + o.Plan, Group: Plan, On: day.On(a.On), By: a.By, Plan: o.Plan, Part: a.Agreement == program.Partial}
			if t.Kind == plan.Section504 {
				p.Group = Plan504
			}
			if a.On == 0 {
				p.On = day.On(o.On)
			}
			for _, x := range m.entries(planOffered, proposed) {
				if x.Fields.Plan == o.Plan {
					p.Offer = x
				}
			}
			m.paths = append(m.paths, p)
		}
	}
}

// sortOf is the sort of a path's no.
func (p *Path) sort() sort {
	if p.Entry != nil {
		return sorts[p.Entry.Kind]
	}
	return sorts[refusedPlan]
}

// ends finds the offers made since, the later yes, and the no to a later offer.
func (m *maker) ends(p *Path) {
	s := p.sort()
	for _, o := range m.entries(s.offers...) {
		if o != p.Offer && m.after(p, o) && !Theirs(o) {
			p.Offers = append(p.Offers, Offered{o, o.Fields.Plan, o.On})
		}
	}
	m.offersOfPlans(p)
	slices.SortStableFunc(p.Offers, func(a, b Offered) int { return cmp.Compare(a.On.Earliest, b.On.Earliest) })
	for _, y := range m.entries(s.yes...) {
		if p.Settled == nil && y.On.Latest >= p.On.Earliest && y != p.Entry && m.says(p, y) {
			p.Settled = y
		}
	}
	for _, o := range m.paths {
		if p.Followed == "" && o != p && o.Group == p.Group && o.Offer != nil && o.Offer != p.Offer && slices.ContainsFunc(p.Offers, func(x Offered) bool { return x.Entry == o.Offer }) {
			p.Followed = o.ID
		}
	}
	p.end = m.in.AsOf
	if p.Settled != nil {
		p.end = min(p.end, p.Settled.On.Latest)
	}
}

// after reports that an offer came after the no: on a later day, or on the same day
// when it names the no.
func (m *maker) after(p *Path, e *fact.Entry) bool {
	return e.On.Earliest > p.On.Latest || e.On.Latest >= p.On.Earliest && m.names(p, e)
}

// names reports that an entry answers the no itself, perhaps by way of others.
func (m *maker) names(p *Path, e *fact.Entry) bool {
	got := false
	m.up(e, func(o *fact.Entry) bool {
		got = o == p.Entry || slices.Contains(p.Again, o)
		return got
	})
	return got && p.Entry != nil
}

// says reports that a yes is to what was refused, or to an offer made since.
func (m *maker) says(p *Path, y *fact.Entry) bool {
	to := (*fact.Entry)(nil)
	m.up(y, func(o *fact.Entry) bool { to = o; return slices.Contains(p.sort().offers, o.Kind) || o == p.Entry })
	if to != nil && (to == p.Entry || to == p.Offer || slices.ContainsFunc(p.Offers, func(x Offered) bool { return x.Entry == to })) {
		return true
	}
	if id := y.Fields.Plan; id != "" {
		return id == p.Plan || slices.ContainsFunc(p.Offers, func(x Offered) bool { return x.Plan == id })
	}
	return to == nil && y.On.Earliest > p.On.Latest
}

// offersOfPlans adds what only a plan shows to have been offered since.
func (m *maker) offersOfPlans(p *Path) {
	if m.in.Program == nil || p.Group != Plan && p.Group != Plan504 && p.Group != Amendment {
		return
	}
	for i := range m.in.Program.Tracks {
		t := &m.in.Program.Tracks[i]
		if (t.Kind == plan.Section504) != (p.Group == Plan504) {
			continue
		}
		for j := range t.Offers {
			o := &t.Offers[j]
			if o.On <= p.On.Latest || o.On > m.in.AsOf || o.Plan == p.Plan || o.Consent == program.NoOffer || drafted(o) ||
				slices.ContainsFunc(p.Offers, func(x Offered) bool { return x.Plan == o.Plan }) {
				continue
			}
			p.Offers = append(p.Offers, Offered{nil, o.Plan, day.On(o.On)})
		}
	}
}

// drafted reports a version that nobody offered yet.
func drafted(o *program.OfferState) bool {
	return len(o.Parts) > 0 && !slices.ContainsFunc(o.Parts, func(x program.PartState) bool { return x.State != program.NotAsked })
}
