package rejection

import (
	"slices"

	"stayput/fact"
)

// belongs reports that an entry is part of a path. What names the no, its offer or
// something of the path does. What names nothing goes by its day: a step of an answer
// to the latest no before it, anything else of a chronology to every no that was open
// then. What answers some other matter does not belong.
func (m *maker) belongs(p *Path, e *fact.Entry) bool {
	if e == p.Entry || e == p.Offer || slices.Contains(p.Again, e) {
		return true
	}
	switch owner, elsewhere := m.owner(e); {
	case owner != nil:
		return owner == p
	case elsewhere:
		return false
	}
	if id := e.Fields.Plan; id != "" && id != p.Plan && slices.ContainsFunc(m.paths, func(o *Path) bool { return o.Plan == id }) {
		return false
	}
	if slices.Contains(steps, e.Kind) {
		return m.latest(e) == p
	}
	return e.On.Latest >= p.start && e.On.Earliest <= p.end
}

// latest is the path of the latest no on or before the day of an entry: of its plan,
// when it names one.
func (m *maker) latest(e *fact.Entry) *Path {
	var got *Path
	for _, p := range m.paths {
		if p.On.Earliest <= e.On.Latest && (e.Fields.Plan == "" || p.Plan == "" || e.Fields.Plan == p.Plan) {
			got = p
		}
	}
	return got
}

// owner is the path whose no, or whose offer, an entry names, perhaps by way of
// others. elsewhere says that it is about another matter.
func (m *maker) owner(e *fact.Entry) (owner *Path, elsewhere bool) {
	var last, offer *fact.Entry
	m.up(e, func(o *fact.Entry) bool {
		last = o
		for _, p := range m.paths {
			if o == p.Entry && o != nil || slices.Contains(p.Again, o) {
				owner = p
			}
		}
		if offer == nil && slices.ContainsFunc(m.paths, func(p *Path) bool { return p.Offer == o }) {
			offer = o
		}
		return owner != nil
	})
	if owner != nil {
		return owner, false
	}
	if offer != nil {
		for _, p := range m.paths { // two noes to one offer: the latest before it
			if p.Offer == offer && (owner == nil || p.On.Earliest <= e.On.Latest) {
				owner = p
			}
		}
		// An answer to the offer itself, given before the no, is no part of what followed.
		return owner, false
	}
	return nil, last != nil && !isTold[last.Kind]
}
