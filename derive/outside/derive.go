package outside

import (
	"cmp"
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
)

// The kinds of entries the path is made of.
var (
	requested   = fact.MustLookup("iee_requested")
	criteria    = fact.MustLookup("iee_criteria_given")
	agreed      = fact.MustLookup("iee_agreed")
	refused     = fact.MustLookup("iee_refused")
	provided    = fact.MustLookup("iee_provided")
	shared      = fact.MustLookup("iee_report_shared")
	considered  = fact.MustLookup("iee_considered")
	unavailable = fact.MustLookup("evaluator_unavailable")
	filed       = fact.MustLookup("due_process_filed")
	decided     = fact.MustLookup("hearing_decision_issued")
	withdrawn   = fact.MustLookup("request_withdrawn")

	evaluations = []fact.Kind{fact.MustLookup("evaluation_completed"), fact.MustLookup("reevaluation_completed"), fact.MustLookup("evaluation_report_given"), fact.MustLookup("eligibility_determined"), fact.MustLookup("last_evaluation_date")}
)

// maker puts entries into paths.
type maker struct {
	in    *Input
	paths []*Path
	of    map[string]*Path // by the entries that belong to a path
}

// Derive lists every path up to a day, the latest begun first. The order in which
// entries arrived does not matter.
func Derive(in Input) []Path {
	m := &maker{in: &in, of: map[string]*Path{}}
	m.begin()
	m.named()
	m.unnamed()
	out := make([]Path, 0, len(m.paths))
	for _, p := range m.paths {
		m.finish(p)
		out = append(out, *p)
	}
	slices.SortStableFunc(out, func(a, b Path) int { return cmp.Compare(in.View.Get(b.ID).On.Latest, in.View.Get(a.ID).On.Latest) })
	return out
}

// all are the entries of a kind up to the day asked about.
func (m *maker) all(k fact.Kind) (out []int32) {
	for _, i := range m.in.View.ByKind(k) {
		if m.in.View.Entries[i].On.Earliest <= m.in.AsOf {
			out = append(out, i)
		}
	}
	return out
}

// begin makes a path of each request, with the evaluation it disagrees with: the one
// it names, else the latest one before it.
func (m *maker) begin() {
	v := m.in.View
	for _, i := range m.all(requested) {
		e := v.Entries[i]
		p := &Path{ID: e.ID, Elapsed: -1}
		p.Steps = []Step{{Stage: Disagreed}, {Stage: Requested, Entry: e}, {Stage: Criteria}, {Stage: Answered}, {Stage: Provided}, {Stage: Shared}, {Stage: Considered}, {Stage: Changed}}
		if up := v.Re(i); up >= 0 && slices.Contains(evaluations, v.Entries[up].Kind) {
			p.Steps[0].Entry = v.Entries[up]
		} else {
			for _, k := range evaluations {
				for _, j := range m.all(k) {
					x := v.Entries[j]
					if x.On.Latest <= e.On.Latest && (p.Steps[0].Entry == nil || x.On.Latest > p.Steps[0].Entry.On.Latest) {
						p.Steps[0].Entry = x
					}
				}
			}
		}
		m.paths, m.of[e.ID] = append(m.paths, p), p
	}
}

// stageOf is where an entry of a kind stands; "" for one that is no stage.
func stageOf(k fact.Kind) Stage {
	switch k {
	case criteria:
		return Criteria
	case agreed, refused, filed:
		return Answered
	case provided:
		return Provided
	case shared:
		return Shared
	case considered:
		return Considered
	}
	return ""
}

// follow are the kinds that follow a request, in the order in which they are put
// into paths.
var follow = []fact.Kind{criteria, refused, agreed, filed, provided, shared, considered, unavailable, withdrawn, decided}

// pathOf is the path an entry names, at once or through others.
func (m *maker) pathOf(i int32) *Path {
	v := m.in.View
	for up, hops := v.Re(i), 0; up >= 0 && hops < 64; up, hops = v.Re(up), hops+1 {
		if p := m.of[v.Entries[up].ID]; p != nil {
			return p
		}
	}
	return nil
}

// named puts every entry that names a path where it belongs. A report that names
// none begins a path of its own only in unnamed.
func (m *maker) named() {
	v := m.in.View
	for range 2 { // what names a report finds it on the second round
		for _, k := range follow {
			for _, i := range m.all(k) {
				e := v.Entries[i]
				if m.of[e.ID] != nil || k == filed && e.Fields.FiledBy != string(fact.LEA) {
					continue
				}
				if p := m.pathOf(i); p != nil {
					m.put(p, e)
				}
			}
		}
	}
}

// unnamed puts what names nothing with the oldest path that waits for it. A filing,
// a decision and a request taken back say nothing unless they name the request.
func (m *maker) unnamed() {
	v := m.in.View
	for _, k := range []fact.Kind{criteria, agreed, refused, provided, shared, considered, unavailable} {
		for _, i := range m.all(k) {
			e := v.Entries[i]
			if m.of[e.ID] != nil || v.Re(i) >= 0 && k != shared && k != considered {
				continue
			}
			if p := m.waits(e, k); p != nil {
				m.put(p, e)
			} else if k == shared {
				p := &Path{ID: e.ID, Private: true, Elapsed: -1, Steps: []Step{{Stage: Shared, Entry: e}, {Stage: Considered}, {Stage: Changed}}}
				m.paths, m.of[e.ID] = append(m.paths, p), p
			}
		}
		if k == shared {
			m.named() // what names a report of a path just begun
		}
	}
	for _, i := range m.all(filed) {
		e := v.Entries[i]
		if e.Fields.FiledBy != string(fact.LEA) || m.of[e.ID] != nil {
			continue
		}
		for _, p := range m.paths {
			if !p.Private && p.Answer != Agreed && p.Answer != Filed && p.Step(Requested).Entry.On.Earliest <= e.On.Latest {
				p.Filing = e
			}
		}
	}
}

// waits is the oldest path that an unnamed entry of a kind may belong to.
func (m *maker) waits(e *fact.Entry, k fact.Kind) *Path {
	for _, p := range m.paths {
		s := p.Step(stageOf(k))
		switch {
		case p.Ended != nil:
		case k == unavailable && !p.Private && p.Step(Provided).Entry == nil && p.Step(Requested).Entry.On.Earliest <= e.On.Latest:
			return p
		case s == nil || s.Entry != nil && !(k == agreed && p.Answer == Refused):
		case k == shared && (p.Private || p.Step(Provided).Entry == nil || p.Step(Provided).Entry.On.Earliest > e.On.Latest):
		case k == considered && !m.seen(p, e):
		case k != shared && k != considered && p.Step(Requested).Entry.On.Earliest > e.On.Latest:
		default:
			return p
		}
	}
	return nil
}

// seen reports that a report of the path was there before e.
func (m *maker) seen(p *Path, e *fact.Entry) bool {
	for _, s := range []Stage{Shared, Provided} {
		if x := p.Step(s); x != nil && x.Entry != nil && x.Entry.On.Earliest <= e.On.Latest {
			return true
		}
	}
	return false
}

// put puts an entry into a path. The first of a stage stays, but a yes or a filing
// takes the place of a no.
func (m *maker) put(p *Path, e *fact.Entry) {
	m.of[e.ID] = p
	switch e.Kind {
	case withdrawn:
		p.Ended = e
		return
	case unavailable:
		p.Notes = append(p.Notes, e)
		return
	case decided:
		p.Decided = e
		return
	}
	s := p.Step(stageOf(e.Kind))
	if s == nil {
		return
	}
	if s.Stage == Answered {
		said := map[fact.Kind]Answer{agreed: Agreed, filed: Filed, refused: Refused}[e.Kind]
		if p.Answer == None || p.Answer == Refused && said != Refused {
			p.Answer, s.Entry = said, e
		}
		return
	}
	if s.Entry == nil {
		s.Entry = e
	}
}

// finish works out the days and what comes next.
func (m *maker) finish(p *Path) {
	if c, ch := p.Step(Considered), p.Step(Changed); c.Entry != nil && (c.Entry.Fields.Summary != "" || c.Entry.Fields.Granted != fact.Unsaid) {
		ch.Entry = c.Entry
	}
	var before *fact.Entry
	for i := range p.Steps {
		s := &p.Steps[i]
		s.Days = -1
		if s.Entry == nil {
			continue
		}
		if before != nil {
			s.Early = s.Entry.On.Latest < before.On.Earliest
			s.Days = between(before.On, s.Entry.On)
		}
		if s.Stage != Criteria { // the criteria may come at any time
			before = s.Entry
		}
	}
	if !p.Private {
		m.answer(p)
	}
	p.Next = next(p)
	p.Again = p.Answer == Refused && p.Ended == nil && p.Step(Provided).Entry == nil
}

// between are the days from one entry to another; -1 when either day is not exact
// or they stand in the wrong order.
func between(a, b day.When) int {
	if !a.Exact() || !b.Exact() || b.Earliest < a.Earliest {
		return -1
	}
	return int(b.Earliest - a.Earliest)
}

// answer works out how long the answer took, or has taken. A no without a filing is
// no answer: the days run on.
func (m *maker) answer(p *Path) {
	asked, end := p.Step(Requested).Entry.On, day.On(m.in.AsOf)
	switch a := p.Step(Answered).Entry; {
	case a != nil && p.Answer != Refused:
		end = a.On
	case p.Step(Provided).Entry != nil:
		end = p.Step(Provided).Entry.On
	case p.Ended != nil:
		end = p.Ended.On
	}
	p.Elapsed = between(asked, end)
	for i := range m.in.Clocks {
		c := &m.in.Clocks[i]
		if c.Trigger != p.ID || c.OwedBy != fact.LEA || c.Rule.Kind != law.Duty && c.Rule.Kind != law.Clock || !answers(c.Rule) {
			continue
		}
		if p.Clock == nil || c.On != 0 && (p.Clock.On == 0 || c.On < p.Clock.On) {
			p.Clock = c
		}
	}
}

// answers reports that a rule is the duty to pay or to file.
func answers(r *law.Rule) bool {
	return slices.ContainsFunc(r.MetBy, func(x law.Meet) bool { return x.Kind == agreed })
}

// next is the first stage that is still to come. Criteria are asked for while the
// district has not answered; what was skipped on the way is not asked for any more.
func next(p *Path) Stage {
	if p.Ended != nil {
		return ""
	}
	has := func(s Stage) bool { x := p.Step(s); return x != nil && x.Entry != nil }
	switch {
	case has(Considered) && !has(Changed):
		return Changed
	case has(Considered):
		return ""
	case has(Shared):
		return Considered
	case has(Provided):
		return Shared
	case p.Answer == Agreed:
		return Provided
	case p.Answer == Filed && p.Decided == nil:
		return Answered // the hearing decides
	case p.Answer == Filed:
		return Provided
	case p.Answer == None && !has(Criteria):
		return Criteria
	}
	return Answered
}
