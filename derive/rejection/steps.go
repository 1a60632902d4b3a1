package rejection

import (
	"slices"
	"strings"

	"stayput/derive/clock"
	"stayput/fact"
	"stayput/law"
)

// since are the entries of some kinds that belong to a path and came with or after the
// no.
func (m *maker) since(p *Path, ks ...fact.Kind) []*fact.Entry {
	var out []*fact.Entry
	for _, e := range m.entries(ks...) {
		if e.On.Latest >= p.On.Earliest && m.belongs(p, e) {
			out = append(out, e)
		}
	}
	return out
}

// steps says where each step stands, and gathers the family's words and what staff
// believed.
func (m *maker) steps(p *Path) {
	m.said(p)
	p.Impressions = m.since(p, fact.MustLookupAll("impression_noted")...)
	done := map[StepName][]*fact.Entry{Acknowledge: m.since(p, acknowledged), Listen: m.since(p, listened, officialHeld), Review: m.since(p, reviewed), Notice: m.since(p, noticeGiven)}
	for _, o := range p.Offers {
		if o.Entry != nil {
			done[Offer] = append(done[Offer], o.Entry)
		}
	}
	m.clocks(p)
	waiting := false
	for _, n := range StepNames {
		s := Step{Name: n, Entries: done[n], State: Done}
		if len(s.Entries) == 0 && (n != Offer || len(p.Offers) == 0) {
			switch {
			case !p.Open():
				s.State = Over
			case waiting:
				s.State = Next
			default:
				s.State, waiting = Now, true
			}
		}
		if n == Review {
			for _, l := range Looks {
				if slices.ContainsFunc(s.Entries, func(e *fact.Entry) bool { return slices.Contains(e.Fields.About, l) }) {
					s.Looked = append(s.Looked, l)
				} else {
					s.Not = append(s.Not, l)
				}
			}
		}
		if n == Notice {
			for _, c := range p.Clocks {
				if slices.ContainsFunc(c.Rule.MetBy, func(x law.Meet) bool { return x.Kind == noticeGiven }) {
					s.Clocks = append(s.Clocks, c)
				}
			}
		}
		p.Steps = append(p.Steps, s)
	}
}

// said gathers the family's own words: what the answers say, then the reasons as told.
func (m *maker) said(p *Path) {
	put := func(e *fact.Entry, texts ...string) {
		x := Said{Entry: e, Reasons: e.Fields.Reasons}
		var words []string
		for _, t := range texts {
			if t = strings.TrimSpace(t); t != "" && !slices.Contains(words, t) {
				words = append(words, t)
			}
		}
		x.Text = strings.Join(words, "\n\n")
		if x.Text != "" || len(x.Reasons) > 0 {
			p.Said = append(p.Said, x)
		}
	}
	for _, e := range append([]*fact.Entry{p.Entry}, p.Again...) {
		if e != nil {
			put(e, e.Fields.Summary, e.Fields.Response, e.Note, e.Fields.Conditions)
		}
	}
	for _, e := range m.since(p, reasonTold) {
		put(e, e.Fields.Summary, e.Note)
	}
}

// clocks are the dates that count from the no, or from what followed it.
func (m *maker) clocks(p *Path) {
	for i := range m.in.Clocks {
		c := &m.in.Clocks[i]
		if c.Rule.Kind != law.Clock && c.Rule.Kind != law.Duty {
			continue
		}
		e := m.in.View.Get(c.Trigger)
		if e == nil || e == p.Offer || e.Kind == noticeGiven || e.On.Latest < p.On.Earliest {
			continue
		}
		own := e == p.Entry || slices.Contains(p.Again, e) || slices.ContainsFunc(p.Offers, func(o Offered) bool { return o.Entry == e })
		if !own {
			own = m.names(p, e)
		}
		if own {
			p.Clocks = append(p.Clocks, c)
		}
	}
}

// owed finds the offers that are owed although there is a dispute: when the yearly day
// came, or a school year began, after the no, and nothing was offered since; or when
// the last offer since is more than a year old.
func (m *maker) owed(p *Path) {
	if !p.Open() || p.Group != Plan && p.Group != Amendment {
		return
	}
	last := p.On.Latest
	if n := len(p.Offers); n > 0 {
		if last = p.Offers[n-1].On.Latest; last.AddYears(1) > m.in.AsOf {
			return
		}
	}
	for i := range m.in.Clocks {
		c := &m.in.Clocks[i]
		if c.Rule.Kind != law.Clock || c.MetBy != "" || c.EndedBy != "" || c.Status == clock.Ended || c.On == 0 || c.On <= last ||
			!slices.ContainsFunc(c.Rule.MetBy, func(x law.Meet) bool { return x.Kind == wasReviewed }) {
			continue
		}
		key, far := "year", m.in.AsOf.Add(ahead)
		if c.Kind == yearStarted {
			key = "school_year"
		}
		if c.On > far {
			continue
		}
		if j := slices.IndexFunc(p.Owed, func(o Owed) bool { return o.Key == key }); j >= 0 {
			if c.On > p.Owed[j].On { // the latest year stands for those before it
				p.Owed[j] = Owed{key, c.On, c}
			}
			continue
		}
		p.Owed = append(p.Owed, Owed{key, c.On, c})
	}
}

// ahead is how many days before the day an offer that is owed is spoken of; a setting
// of ours, not law.
const ahead = 30
