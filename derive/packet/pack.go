package packet

import (
	"cmp"
	"slices"
	"strconv"

	"stayput/day"
	"stayput/derive/claims"
	"stayput/derive/clock"
	"stayput/derive/delivery"
	"stayput/derive/draft"
	"stayput/derive/meeting"
	"stayput/derive/refusal"
	"stayput/fact"
	"stayput/measure"
	"stayput/paper"
)

// How much of a pack is shown, so that it can be read.
const (
	mostEvents = 400 // of a chronology, the newest
	mostProbes = 5   // of one goal, the newest
)

// Make makes a pack.
func Make(name Name, in draft.Input) *Pack {
	in.Paper = nil // no paper's own ways to file: a pack shows all
	m := &maker{in: in, out: &Pack{Name: name, Today: in.Today}}
	switch name {
	case ForMeeting:
		m.next()
		if m.out.Meeting != nil {
			m.in.About = m.out.Meeting.Entry.ID
		}
		m.facts()
		m.meeting()
	case ForMediation:
		m.facts()
		m.mediation()
	case ForComplaint:
		m.facts()
		m.complaint()
	}
	return m.out
}

type maker struct {
	in     draft.Input
	f      *draft.Facts
	number map[string]int // of the paper with an entry
	rooms  map[*fact.Entry]bool
	out    *Pack
}

func (m *maker) facts() {
	m.f = draft.Gather(m.in)
	m.out.Facts = m.f
	m.number = map[string]int{}
	for _, r := range m.f.Lists["exhibits"] {
		m.number[r.Key] = r.Values["number"].Number
	}
	m.rooms = rooms(m.in)
}

// open reports that an entry may stand in a pack.
func open(e *fact.Entry) bool { return e != nil && e.Wall == fact.Open && !e.Kind.Info().Inward }

// shown reports that nothing keeps what stands on an entry out of a pack: what follows by
// itself has no entry.
func (m *maker) shown(id string) bool {
	if id == "" || m.in.View == nil {
		return true
	}
	e := m.in.View.Get(id)
	return e == nil || open(e)
}

// add puts a section in. An empty one without lines to write on stands only when that is
// worth saying.
func (m *maker) add(s Section) {
	if s.Empty() && s.Blank == 0 && !s.Honest {
		return
	}
	m.out.Parts = append(m.out.Parts, s)
}

// rows are the elements of a list of facts, each with its first entry.
func (m *maker) rows(list string) (out []Row) {
	for _, r := range m.f.Lists[list] {
		out = append(out, m.row(r))
	}
	return out
}

func (m *maker) row(r draft.Row) Row {
	x := Row{Key: r.Key, Values: r.Values}
	if m.in.View == nil {
		return x
	}
	if x.Entry = m.in.View.Get(r.Key); x.Entry != nil {
		return x
	}
	var names []string
	for _, v := range r.Values {
		names = append(names, v.Entries...)
	}
	slices.Sort(names)
	for _, id := range names {
		if e := m.in.View.Get(id); open(e) {
			x.Entry = e
			break
		}
	}
	return x
}

// next finds the meeting that lies ahead.
func (m *maker) next() {
	if m.in.Meetings == nil {
		return
	}
	for i := range m.in.Meetings.Meetings {
		x := &m.in.Meetings.Meetings[i]
		if x.State == meeting.Coming && open(x.Entry) && x.On.Earliest >= m.in.Today && (m.out.Meeting == nil || x.On.Earliest < m.out.Meeting.On.Earliest) {
			m.out.Meeting = x
		}
	}
}

func (m *maker) meeting() {
	set := m.out.Meeting != nil
	concerns := m.rows("concerns")
	s := Section{Name: "concerns", Cols: []string{"on", "words"}, Rows: concerns}
	if len(concerns) == 0 {
		s.Blank = 3
	}
	m.add(s)
	if set { // draft takes another meeting where none lies ahead: its agenda and people are not these
		m.add(Section{Name: "agenda", Cols: []string{"words"}, Rows: m.rows("agenda"), Blank: 3})
		m.add(Section{Name: "members", Cols: []string{"role", "name"}, Rows: m.rows("members"), Honest: true})
	} else {
		m.add(Section{Name: "agenda", Blank: 3})
	}
	m.add(Section{Name: "services", Cols: []string{"name", "amount", "where", "who"}, Rows: m.rows("services"), Honest: true})
	m.add(Section{Name: "goals", Cols: []string{"area", "text", "target"}, Rows: m.rows("goals")})
	m.add(Section{Name: "accommodations", Cols: []string{"text", "where"}, Rows: m.rows("accommodations")})
	m.add(Section{Name: "progress", Progress: m.progress()})
	m.add(Section{Name: "delivery", Cols: []string{"name", "promised", "given", "short", "reported", "unknown"}, Rows: m.delivery()})
	m.add(Section{Name: "late", Cols: []string{"what", "due", "days", "law"}, Rows: m.late(), Honest: true})
	m.add(Section{Name: "unanswered", Cols: []string{"on", "what", "words"}, Rows: m.rows("unanswered"), Honest: true})
	m.add(Section{Name: "open", Cols: []string{"on", "words", "until"}, Rows: m.decisions()})
	m.add(Section{Name: "bring", Cols: []string{"on", "what"}, Rows: m.rows("reports"), Honest: true})
	m.add(Section{Name: "ask", Blank: 3})
}

// late are the duties of the school that are late now; what was done late is done.
func (m *maker) late() (out []Row) {
	still := map[string]bool{}
	for i := range m.in.Clocks {
		if c := &m.in.Clocks[i]; c.Status == clock.Late && draft.LateBy(m.in.View, c).Now {
			still[string(c.Rule.ID)+"/"+c.Trigger] = true
		}
	}
	for _, r := range m.f.Lists["late"] {
		if still[r.Key] {
			out = append(out, m.row(r))
		}
	}
	return out
}

func (m *maker) progress() (out []Progress) {
	for i := range m.in.Goals {
		g := &m.in.Goals[i]
		p := Progress{Goal: g}
		for _, x := range g.Probes {
			if !x.Missing && x.On <= m.in.Today {
				p.Probes = append(p.Probes, x)
			}
		}
		slices.SortStableFunc(p.Probes, func(a, b measure.Probe) int { return cmp.Compare(a.On, b.On) })
		if p.All = len(p.Probes); p.All == 0 {
			continue
		}
		p.Probes = p.Probes[max(0, p.All-mostProbes):]
		out = append(out, p)
	}
	return out
}

// delivery is each service with what was promised and what became of it.
func (m *maker) delivery() (out []Row) {
	if m.in.Ledger == nil {
		return nil
	}
	for i := range m.in.Ledger.Services {
		s := &m.in.Ledger.Services[i]
		t := &s.Total
		if t.Promised == 0 && t.Given == 0 {
			continue
		}
		of := func(n delivery.Minutes) draft.Value {
			return draft.Value{Sort: paper.Minutes, Minutes: n, Unit: s.Unit}
		}
		row := Row{Key: s.Key, Values: map[string]draft.Value{"name": {Sort: paper.Said, Said: s.Name}, "promised": of(t.Promised), "given": of(t.Given), "short": of(t.Short), "reported": of(t.Reported), "unknown": of(t.Unknown)}}
		out = append(out, row)
	}
	return out
}

// decisions are what was decided at meetings and is not done, and what was put off.
func (m *maker) decisions() (out []Row) {
	if m.in.Meetings == nil {
		return nil
	}
	for i := range m.in.Meetings.Meetings {
		for _, d := range m.in.Meetings.Meetings[i].Decisions {
			if !open(d.Entry) || d.State == "done" || d.State == "yes" || d.State == "no" {
				continue
			}
			v := map[string]draft.Value{"words": {Sort: paper.Said, Said: words(d.Entry), Entries: []string{d.Entry.ID}}}
			if d.Entry.Fields.Until != 0 {
				v["until"] = draft.Value{Sort: paper.Date, Date: d.Entry.Fields.Until, Entries: []string{d.Entry.ID}}
			}
			out = append(out, Row{Key: d.Entry.ID, Entry: d.Entry, Values: v})
		}
	}
	return out
}

func (m *maker) mediation() {
	m.add(Section{Name: "goal", Blank: 3})
	m.add(Section{Name: "dispute", Cols: []string{"on", "what", "words"}, Rows: m.refused(), Honest: true})
	m.add(Section{Name: "late", Cols: []string{"what", "due", "days", "law"}, Rows: m.late()})
	m.add(Section{Name: "filed", Cols: []string{"on", "what"}, Rows: m.filed()})
	events, earlier := m.events()
	m.add(Section{Name: "events", Cols: []string{"on", "what", "words"}, Rows: events, Earlier: earlier, Honest: true})
	m.add(Section{Name: "offers", Cols: []string{"on", "by", "words"}, Rows: m.offers(), Honest: true})
	if p := m.in.Program; p != nil {
		m.out.StayPut = p.StayPut.Applies
		if !m.shown(p.StayPut.Trigger) || p.StayPut.Applies == fact.Yes && len(p.StayPut.Lines) == 0 { // what goes on stands in no line of a plan
			m.out.StayPut = fact.Unsaid
		}
	}
	m.add(Section{Name: "stayput", Cols: []string{"name", "amount", "where"}, Rows: m.rows("stayput"), Honest: true})
	m.add(Section{Name: "routes", Routes: m.routes(), Honest: true})
}

// event is a row that is nothing but an entry.
func (m *maker) event(e *fact.Entry) Row {
	v := map[string]draft.Value{"what": {Sort: paper.Named, Named: draft.Named{Kind: e.Kind}, Entries: []string{e.ID}}}
	if w := words(e); w != "" && !m.rooms[e] {
		v["words"] = draft.Value{Sort: paper.Said, Said: w, Entries: []string{e.ID}}
	}
	return Row{Key: e.ID, Entry: e, Values: v}
}

// each calls f with the entries of the record that may stand in a pack, up to today.
func (m *maker) each(f func(*fact.Entry)) {
	if m.in.View == nil {
		return
	}
	for _, e := range m.in.View.Entries {
		if open(e) && !e.Derived && e.On.Earliest <= m.in.Today {
			f(e)
		}
	}
}

var rejections = fact.MustLookupAll("iep_rejected", "iep_consent_partial", "iep_amendment_refused", "services_consent_refused", "single_service_refused")

// refused are the noes of both sides.
func (m *maker) refused() (out []Row) {
	if m.in.View == nil {
		return nil
	}
	no := map[*fact.Entry]bool{}
	for _, n := range refusal.Derive(refusal.Input{View: m.in.View, Clocks: m.in.Clocks, Side: m.in.Case.Side, AsOf: m.in.Today}) {
		no[n.Entry] = true
	}
	m.each(func(e *fact.Entry) {
		if no[e] || e.Kind.Info().Refusal || slices.Contains(rejections, e.Kind) {
			r := m.event(e)
			if _, said := r.Values["words"]; !said && len(e.Fields.Reasons) > 0 && !m.rooms[e] {
				r.Values["words"] = draft.Value{Sort: paper.Said, Said: joined(e.Fields.Reasons), Entries: []string{e.ID}}
			}
			out = append(out, r)
		}
	})
	return out
}

var filings = fact.MustLookupAll("due_process_filed", "due_process_received", "expedited_complaint_filed", "expedited_complaint_received", "state_complaint_filed", "state_complaint_received",
	"mediation_requested", "mediation_scheduled")

func (m *maker) filed() (out []Row) {
	m.each(func(e *fact.Entry) {
		if slices.Contains(filings, e.Kind) {
			out = append(out, m.event(e))
		}
	})
	return out
}

// events are what happened, the oldest first.
func (m *maker) events() (out []Row, earlier int) {
	m.each(func(e *fact.Entry) { out = append(out, m.event(e)) })
	if n := len(out) - mostEvents; n > 0 {
		return out[n:], n
	}
	return out, 0
}

var offering = fact.MustLookupAll("iep_offered", "iep_amendment_proposed", "local_resolution_offered", "iee_agreed")

// offers are what each side offered outside a mediation room.
func (m *maker) offers() (out []Row) {
	m.each(func(e *fact.Entry) {
		if m.rooms[e] {
			return
		}
		by := e.Kind.Info().By
		if e.By == string(fact.Parent) || e.By == string(fact.LEA) {
			by = fact.Party(e.By)
		}
		add := func(n int, text string) {
			v := map[string]draft.Value{"words": {Sort: paper.Said, Said: text, Entries: []string{e.ID}}}
			if by == fact.Parent || by == fact.LEA {
				v["by"] = draft.Value{Sort: paper.Named, Named: draft.Named{Key: "party." + string(by)}, Entries: []string{e.ID}}
			}
			out = append(out, Row{Key: e.ID + "/" + strconv.Itoa(n), Entry: e, Values: v})
		}
		for i, o := range e.Fields.Offers {
			add(i, o)
		}
		if w := words(e); w != "" && slices.Contains(offering, e.Kind) {
			add(len(e.Fields.Offers), w)
		}
	})
	return out
}

// routes say until when each way takes what the record shows.
func (m *maker) routes() (out []Route) {
	for _, a := range m.allegations() {
		for j := range a.Claim.Rights {
			r := &a.Claim.Rights[j]
			i := slices.IndexFunc(out, func(x Route) bool { return x.Right == r.Right })
			if i < 0 {
				i = len(out)
				out = append(out, Route{Right: r.Right})
			}
			x := &out[i]
			if !r.Open() || r.Earliest == 0 {
				if r.Earliest != 0 {
					x.Over++
				}
				continue
			}
			x.Open++
			if last := lastDay(r, m.in.Today); x.First == 0 || last < x.First {
				x.First, x.About = last, a.Claim
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Route) int {
		switch {
		case a.First == b.First:
			return cmp.Compare(a.Right, b.Right)
		case a.First == 0:
			return 1
		case b.First == 0:
			return -1
		}
		return cmp.Compare(a.First, b.First)
	})
	return out
}

// lastDay is the day to act by: the careful one, unless it is past and a later one can
// still be defended.
func lastDay(r *claims.Right, today day.Date) day.Date {
	for _, d := range []day.Date{r.Earliest, r.Ends, r.Latest} {
		if d >= today {
			return d
		}
	}
	return r.Earliest
}

func (m *maker) complaint() {
	all := m.allegations()
	var now, old []Allegation
	used := map[string]bool{}
	for _, a := range all {
		for _, x := range a.Proof {
			used[x.Entry.ID] = true
		}
		if a.Open {
			now = append(now, a)
		} else {
			old = append(old, a)
		}
	}
	m.add(Section{Name: "allegations", Allegations: now, Honest: true})
	m.add(Section{Name: "older", Allegations: old})
	m.add(Section{Name: "wants", Blank: 3})
	var exhibits []Row
	for _, r := range m.rows("exhibits") {
		if used[r.Key] {
			exhibits = append(exhibits, r)
		}
	}
	m.add(Section{Name: "exhibits", Cols: []string{"number", "on", "what"}, Rows: exhibits, Honest: true})
}

// allegations are the claims about the school, each with the entries that show it. What
// stands on a walled entry alone is none.
func (m *maker) allegations() (out []Allegation) {
	if m.in.View == nil {
		return nil
	}
	for i := range m.in.Claims {
		c := &m.in.Claims[i]
		if c.Clock != nil && (c.Clock.OwedBy != fact.LEA || !m.shown(c.Clock.Trigger) || !m.shown(c.Clock.MetBy)) || !m.shown(c.Entry) {
			continue
		}
		if c.Clock != nil {
			if !draft.LateBy(m.in.View, c.Clock).Sure || draft.Settled(m.in.View, c.Clock, m.in.Today) {
				continue
			}
		}
		a := Allegation{Claim: c}
		for _, id := range c.Proof {
			if e := m.in.View.Get(id); open(e) {
				a.Proof = append(a.Proof, Exhibit{m.number[id], e})
			}
		}
		if len(c.Proof) > 0 && len(a.Proof) == 0 {
			continue
		}
		for j := range c.Rights {
			if r := &c.Rights[j]; r.Open() || r.Earliest == 0 {
				a.Open = true
			}
		}
		a.Open = a.Open || len(c.Rights) == 0
		out = append(out, a)
	}
	return out
}
