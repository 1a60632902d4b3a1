package dispute

import (
	"cmp"
	"slices"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/fact"
	"stayput/law"
	"stayput/record"
)

type engine struct {
	in   Input
	v    *record.View
	void map[string]bool // agreements that were canceled in time
	late map[string]bool // cancellations that came too late
	home map[int32]*matter
}

// Derive works out the path of every dispute, the earliest first. It never fails:
// without a record or a law there are none.
func Derive(in Input) []Path {
	if in.View == nil || len(in.Laws) == 0 {
		return nil
	}
	g := &engine{in: in, v: in.View, void: map[string]bool{}, late: map[string]bool{}, home: map[int32]*matter{}}
	g.cancellations()
	all := g.matters()
	for _, m := range all {
		for _, i := range m.at {
			g.home[i] = m
		}
	}
	g.carriedOn(all)
	out := make([]Path, 0, len(all))
	for _, m := range all {
		out = append(out, g.path(m, all))
	}
	g.problems(out, all)
	for i := range out {
		out[i].next(in.AsOf)
	}
	return out
}

// cancellations notes which agreements of resolution meetings were canceled in time.
func (g *engine) cancellations() {
	for _, c := range g.in.Cancellations {
		if c.InTime {
			g.void[c.Agreement] = true
		} else {
			g.late[c.Entry] = true
		}
	}
}

func meets(r *law.Rule, k fact.Kind) bool {
	return slices.ContainsFunc(r.MetBy, func(m law.Meet) bool { return m.Kind == k })
}

// carriedOn joins reviews and court cases to the matter whose decision they are about:
// the one they name, else the latest one decided before them.
func (g *engine) carriedOn(all []*matter) {
	for _, m := range all {
		if m.kind != StateReview && m.kind != CivilAction || !m.begun {
			continue
		}
		for up, hops := g.v.Re(m.begin), 0; up >= 0 && hops < 64 && m.of == nil; up, hops = g.v.Re(up), hops+1 {
			if o := g.home[up]; o != nil && o != m {
				m.of = o
			}
		}
		if m.of != nil {
			continue
		}
		var at day.Date
		for _, o := range all {
			if o == m || !hears(o.kind) && !(m.kind == CivilAction && o.kind == StateReview) {
				continue
			}
			for _, i := range o.at {
				e := g.v.Entries[i]
				if how := closing[o.kind][e.Kind]; (how == Decided || how == Default) && e.On.Earliest <= g.v.Entries[m.begin].On.Latest && e.On.Earliest >= at {
					m.of, at = o, e.On.Earliest
				}
			}
		}
	}
}

// walk is the work on one path.
type walk struct {
	g     *engine
	m     *matter
	p     *Path
	since day.Date // the day of the latest amended complaint; zero when there is none
	anew  bool     // the step at hand begins anew with it
	specs []spec
}

// path works out one path.
func (g *engine) path(m *matter, all []*matter) Path {
	b := g.v.Entries[m.begin]
	p := Path{Matter: b.ID, Begun: m.begun, Kind: m.kind, Route: route(m.kind, m.filer), FiledBy: fact.Party(m.filer), On: b.On, Now: -1, Open: true, view: g.v, Law: g.lawOn(b.On.Earliest)}
	if m.of != nil {
		p.Of = g.v.Entries[m.of.begin].ID
	}
	for _, i := range m.at {
		p.Entries = append(p.Entries, g.v.Entries[i].ID)
	}
	w := &walk{g: g, m: m, p: &p, specs: specs[m.kind]}
	if e := w.last("due_process_amended_filed"); e != nil {
		w.since = e.On.Earliest
	}
	w.end()
	for i := range w.specs {
		if sp := &w.specs[i]; sp.applies == nil || sp.applies(w) {
			w.anew = sp.anew
			p.Steps = append(p.Steps, w.step(sp, all))
			w.anew = false
		}
	}
	w.order()
	if p.Open {
		p.Ends = ends(m.kind)
	}
	g.about(&p)
	return p
}

func (g *engine) lawOn(d day.Date) *law.Law {
	for i := len(g.in.Laws) - 1; i > 0; i-- {
		if g.in.Laws[i].From <= d {
			return g.in.Laws[i].Law
		}
	}
	return g.in.Laws[0].Law
}

// about finds who must prove the case, who may come, and whether the program stays.
func (g *engine) about(p *Path) {
	if hears(p.Kind) {
		if a, ok := p.Law.Answer(law.HearingBurden, p.On.Earliest); ok {
			p.Burden = a.Rule
			if p.Proves = p.FiledBy; a.Is == "district" {
				p.Proves = fact.LEA
			}
		}
	}
	p.Stay = fact.No
	if r, ok := p.Law.Route(p.Route); ok {
		for _, x := range r.Points {
			if x.Tells == "come" && x.When == nil {
				p.Come = append(p.Come, x)
			}
		}
		switch r.StayPut {
		case "yes":
			p.Stay = fact.Yes
		case "unsaid":
			p.Stay = fact.Unsaid
		}
	}
	if g.in.Program != nil && p.Open && slices.Contains(p.Entries, g.in.Program.StayPut.Trigger) {
		p.Stay = g.in.Program.StayPut.Applies
	}
}

// entries are those of the matter of some kinds that have happened by the day asked
// about, in order. Of a step that an amended complaint begins anew, the later ones.
func (w *walk) entries(ks []fact.Kind) []*fact.Entry {
	var out []*fact.Entry
	for _, i := range w.m.at {
		e := w.g.v.Entries[i]
		if !has(ks, e.Kind) || w.g.ahead(e) || w.g.v.Moved(i) || w.anew && w.since != 0 && e.On.Latest < w.since {
			continue
		}
		if e.Derived && e.On.Earliest > w.g.in.AsOf {
			continue
		}
		out = append(out, e)
	}
	return out
}

// last is the latest entry of a kind that counts for the step at hand, or nil.
func (w *walk) last(name string) *fact.Entry {
	es := w.entries(is(name))
	if len(es) == 0 {
		return nil
	}
	return es[len(es)-1]
}

// any is the latest entry of a kind, whatever was begun anew.
func (w *walk) any(name string) *fact.Entry {
	keep := w.anew
	w.anew = false
	defer func() { w.anew = keep }()
	return w.last(name)
}

// end finds what ended the dispute: the first ending that stands. A decision about which
// a hearing or a review was asked for ends nothing. Where an agreement
// and a withdrawal are both written down, the agreement is why the matter ended: the
// withdrawal only tells the officer.
func (w *walk) end() {
	for _, i := range w.m.at {
		e := w.g.v.Entries[i]
		how, ok := closing[w.m.kind][e.Kind]
		if !ok || w.g.ahead(e) || w.g.void[e.ID] || e.On.Latest < w.p.On.Earliest && w.m.begun {
			continue
		}
		if again, ok := reopens[e.Kind]; ok && len(w.entries([]fact.Kind{again})) > 0 {
			continue
		}
		if w.p.Open || w.p.End == Withdrawn && agreed(how) {
			w.p.Open, w.p.End, w.p.EndedBy, w.p.EndedOn = false, how, e.ID, e.On
		}
	}
}

// step works out one step.
func (w *walk) step(sp *spec, all []*matter) Step {
	s := Step{Key: sp.key, Must: sp.must, Owed: w.owed(sp.owed)}
	for _, id := range sp.tells {
		if r := w.p.Law.Rule(id); r != nil && r.VersionAt(w.p.On.Earliest) != nil {
			s.Tells = append(s.Tells, w.top(id))
		}
	}
	w.dates(sp, &s)
	done := w.entries(sp.done)
	if sp.key == Review || sp.key == Court || sp.key == CivilRights {
		done = w.carried(sp, all)
	}
	if sp.key == Agreement {
		done = slices.DeleteFunc(done, func(e *fact.Entry) bool {
			if w.g.void[e.ID] {
				s.More = append(s.More, e.ID)
				s.Why = Ground{Key: "canceled", Entry: e.ID}
			}
			return w.g.void[e.ID]
		})
	}
	if sp.key == Void {
		done = slices.DeleteFunc(done, func(e *fact.Entry) bool { return w.g.late[e.ID] })
	}
	if sp.key == Copy && len(done) == 0 && w.m.kind == DueProcess {
		done = w.entries(is("due_process_received")) // it was sent: it came
	}
	if sp.key == Filing && len(done) == 0 && w.m.begun { // it arrived, so it was sent
		done = []*fact.Entry{w.g.v.Entries[w.m.begin]}
	}
	if len(done) > 0 && done[0].Kind.Info().Appointment && done[0].Kind != kind("prehearing_conference_scheduled") {
		done = done[len(done)-1:] // the latest day that was set
	}
	if e := w.g.promised(w, sp, &s); e != nil && len(done) == 0 {
		done = []*fact.Entry{e}
	}
	w.setFor(sp, &s)
	if len(done) == 0 && s.Clock != nil && s.Clock.MetBy != "" && !s.Clock.Perhaps.Open() {
		if e := w.g.v.Get(s.Clock.MetBy); e != nil && !w.g.ahead(e) {
			done = []*fact.Entry{e}
		}
	}
	if len(done) > 0 {
		s.State, s.Entry, s.On = Done, done[0].ID, done[0].On
		for _, e := range done[1:] {
			s.More = append(s.More, e.ID)
		}
		if e := done[len(done)-1]; e.Fields.Until != 0 {
			s.Until = e.Fields.Until
		}
		if s.Key == Extension || s.Key == Disclosure || s.Key == HearingSet || s.Key == Prehearing || s.Key == Amended || s.Key == Mediate || s.Key == Issues {
			w.mayRecord(sp, &s) // it may be done again
		}
		return s
	}
	w.open(sp, &s)
	return s
}

// open says where a step stands that was not done.
func (w *walk) open(sp *spec, s *Step) {
	if sp.skip != nil {
		if r := sp.skip(w); r.Key != "" {
			if w.p.Law.Rule(r.Rule) == nil {
				r.Rule = ""
			}
			s.State, s.Why = NotNeeded, r
			s.Due, s.Latest = 0, 0
			return
		}
	}
	ended := !w.p.Open && !sp.after || sp.after && w.p.End != "" && w.cut(sp.key)
	if ended {
		s.State, s.Why = Ended, Ground{Key: string(w.p.End), Entry: w.p.EndedBy}
		s.Due, s.Latest = 0, 0
		return
	}
	if w.limits(sp, s) {
		return
	}
	if sp.key == Period && w.m.kind == DueProcess && w.hangs(s) {
		w.mayRecord(sp, s)
		return
	}
	if sp.key == Agreement {
		if p := w.p.Step(Period); p != nil && p.State == Done {
			s.State, s.Why = Over, Ground{Key: "period_over", Entry: p.Entry}
			return
		}
	}
	s.State = Choice
	if sp.must || sp.key == Amended && w.insufficient() != nil {
		s.State = Due
		if c := s.Clock; c != nil {
			s.State = w.byClock(c, s)
		}
	}
	if sp.key == Amended && s.State == Due {
		s.Must, s.Why = true, Ground{Key: "insufficient", Rule: "us.dueprocess.no_hearing_without_sufficient", Entry: w.insufficient().ID}
	}
	if (sp.key == CarriedOut || sp.key == Correction) && s.Until != 0 && s.Clock == nil {
		if s.Due = s.Until; s.Until < w.g.in.AsOf {
			s.State = Late // the day that was promised has passed
		}
	}
	if sp.key == Hearing && s.SetFor == 0 && s.State == Due {
		if es := w.entries(appointed[Hearing]); len(es) > 0 && es[len(es)-1].On.Latest < w.g.in.AsOf {
			s.State = Unsure // its day has passed
		}
	}
	if sp.key == Period && len(sp.done) == 0 && s.Clock != nil && s.Clock.Status == clock.Ended {
		s.State, s.On, s.Must = Over, day.On(s.Due), false // a stretch of time that passes by itself
		return
	}
	w.mayRecord(sp, s)
}

// cut reports that a step after the end does not follow this end.
func (w *walk) cut(k Key) bool {
	switch w.p.End {
	case Withdrawn, Unfinished, Dismissed:
		return true
	case Settled, Mediated:
		return k == Review || k == Court || k == Void || k == ReviewAsked
	case Resolved:
		return k == Review || k == Court
	}
	return false
}

// insufficient is the ruling that the complaint lacks required parts, when nothing was
// amended after it.
func (w *walk) insufficient() *fact.Entry {
	e := w.any("sufficiency_decided")
	if e == nil || e.Fields.Result != fact.No {
		return nil
	}
	if a := w.any("due_process_amended_filed"); a != nil && a.On.Latest >= e.On.Earliest {
		return nil
	}
	return e
}

// hangs says what holds up the end of the resolution period: mediation that goes on by
// agreement, or a parent who takes no part.
func (w *walk) hangs(s *Step) bool {
	if e := w.last("mediation_continued_in_writing"); e != nil {
		if x := w.last("mediation_withdrawn"); x != nil && x.On.Latest >= e.On.Earliest {
			s.State, s.Entry, s.On = Done, x.ID, x.On
			return true
		}
		s.State, s.Due, s.Latest, s.Why = Due, 0, 0, Ground{Key: "continued", Rule: "us.resolution.adjust_mediation", Entry: e.ID}
		return true
	}
	if e := w.last("parent_failed_to_participate"); e != nil {
		if m := w.last("resolution_meeting_held"); m == nil {
			s.State, s.Due, s.Latest, s.Why = Due, 0, 0, Ground{Key: "delayed", Rule: "us.resolution.parent_absent_delays", Entry: e.ID}
			return true
		}
	}
	return false
}

// limits says where a right stands that a step uses; false when no end of it is known,
// or when the step is owed and not only allowed.
func (w *walk) limits(sp *spec, s *Step) bool {
	l := s.Limit
	if l == nil || sp.must {
		return false
	}
	if l.Status == limit.Closed && !(l.Clock != nil && l.Clock.EndedBy != "") {
		s.State, s.Why = Over, Ground{Key: "ran_out", Rule: l.Rule.ID, Exceptions: l.Rule.Exceptions}
		return true
	}
	return false
}

// byClock is the state that a date gives to a step that is owed and was not done.
func (w *walk) byClock(c *clock.Clock, s *Step) State {
	last := cmp.Or(s.Latest, s.Due)
	switch c.Status {
	case clock.Late:
		return Late
	case clock.Unknown:
		if last != 0 && w.g.in.AsOf > last {
			return Unsure
		}
	case clock.Ended:
		if c.EndedBy == c.Trigger {
			s.Why = Ground{Key: "time_passed"}
			return Over
		}
		s.Due, s.Latest = 0, 0
	}
	return Due
}

// mayRecord fills in what may be written down, unless another step comes first.
func (w *walk) mayRecord(sp *spec, s *Step) {
	for _, k := range sp.needs {
		need := w.p.Step(k)
		if need == nil || need.State == Done || need.State == NotNeeded || need.State == OutOfOrder || need.State == Over && k != Agreement {
			continue
		}
		if k == Hearing && sp.key == Decision && w.p.End == Default {
			continue
		}
		if k == Decision && (w.p.End == Default || agreed(w.p.End)) || k == Filing && w.m.begun {
			continue
		}
		s.Waits = k
		if s.State != Late && s.State != Done {
			s.State = Waits
		}
		return
	}
	if sp.key != Amended && w.insufficient() != nil && (sp.key == Hearing || sp.key == Decision || sp.key == Meeting) {
		if s.Waits = Amended; s.State != Late {
			s.State = Waits
		}
		return
	}
	if s.State == Over {
		return
	}
	s.Record = sp.record
	if len(s.Record) == 0 {
		s.Record = sp.done
	}
	s.Record = slices.DeleteFunc(slices.Clone(s.Record), func(k fact.Kind) bool { return k.Info().Derived })
	if s.Key == Ruling && w.last("sufficiency_challenge_received") != nil {
		s.Record = is("sufficiency_decided")
	}
}

// owed is who owes a step, by who filed.
func (w *walk) owed(p fact.Party) fact.Party {
	filer := fact.Party(w.m.filer)
	switch {
	case p == fact.Filer && filer != "":
		return filer
	case p == fact.Filer && (w.m.kind == StateComplaint || w.m.kind == Mediation):
		return ""
	case p == fact.OtherParty && filer == fact.Parent:
		return fact.LEA
	case p == fact.OtherParty && filer == fact.LEA:
		return fact.Parent
	case p == fact.Filer || p == fact.OtherParty:
		return ""
	}
	return p
}

// top is the rule that takes the place of a rule where the case is, if one does.
func (w *walk) top(id law.RuleID) law.RuleID {
	for _, r := range w.p.Law.Rules {
		if slices.Contains(r.Overrides, id) && r.VersionAt(w.p.On.Earliest) != nil {
			return r.ID
		}
	}
	return id
}

// mine reports that an entry belongs to the matter.
func (w *walk) mine(id string) bool {
	i, ok := w.g.v.Find(id)
	return ok && w.g.home[i] == w.m
}

// dates finds the dates behind a step: those that entries of this matter started and
// that what does the step would answer.
func (w *walk) dates(sp *spec, s *Step) {
	if sp.key == Response && w.m.kind == StateComplaint {
		return
	}
	fits := func(r *law.Rule) bool {
		if sp.key == Period && len(sp.done) == 0 { // a stretch without an answer
			return r.Kind == law.Floor && slices.ContainsFunc(r.EndedBy, func(m law.Meet) bool { return m.Kind == kind("resolution_waived_in_writing") })
		}
		if sp.key == Period {
			return meets(r, kind("resolution_period_expired"))
		}
		for i := range w.specs { // each date stands at the first step that answers it
			x := &w.specs[i]
			if slices.ContainsFunc(x.done, func(k fact.Kind) bool { return meets(r, k) }) {
				return x.key == sp.key
			}
		}
		return false
	}
	for i := range w.g.in.Clocks {
		c := &w.g.in.Clocks[i]
		if !w.mine(c.Trigger) || !fits(c.Rule) || w.anew && w.since != 0 && c.TriggerOn.Latest < w.since {
			continue
		}
		s.Clocks = append(s.Clocks, c)
	}
	for i := range w.g.in.Limits {
		l := &w.g.in.Limits[i]
		if l.Rule.OnWrong || !w.mine(l.Entry) || !fits(l.Rule) || w.anew && w.since != 0 && l.Happened.Last < w.since {
			continue
		}
		s.Limits = append(s.Limits, l)
	}
	for _, c := range s.Clocks {
		if s.Clock == nil || better(c, s.Clock) {
			s.Clock = c
		}
	}
	for _, l := range s.Limits {
		if s.Limit == nil || sooner(l, s.Limit) {
			s.Limit = l
		}
	}
	switch {
	case s.Clock != nil:
		s.Due, s.Latest = cmp.Or(s.Clock.On, s.Clock.Earliest), s.Clock.Latest
		if s.Owed == "" || s.Clock.OwedBy != fact.Either && s.Clock.OwedBy != fact.Filer && s.Clock.OwedBy != fact.OtherParty {
			s.Owed = s.Clock.OwedBy
		}
	case s.Limit != nil && !(s.Limit.Clock != nil && s.Limit.Clock.EndedBy != ""):
		s.Due, s.Latest = s.Limit.Earliest, s.Limit.Latest
	}
	if s.Latest == s.Due {
		s.Latest = 0
	}
	if sp.key == Period || s.Owed == fact.Either || s.Owed == fact.Filer || s.Owed == fact.OtherParty { // time passes by itself
		s.Owed = ""
	}
}

// better reports that clock a says more of a step than clock b: one that runs before
// one that ended, one without an answer before one with, then the earlier day; of two
// that were answered, the one that began later.
func better(a, b *clock.Clock) bool {
	rank := func(c *clock.Clock) int {
		switch {
		case c.Status == clock.Ended && c.EndedBy != c.Trigger:
			return 2
		case c.MetBy != "":
			return 1
		}
		return 0
	}
	x, y := cmp.Or(a.On, a.Earliest), cmp.Or(b.On, b.Earliest)
	switch {
	case rank(a) != rank(b):
		return rank(a) < rank(b)
	case rank(a) == 1 && a.TriggerOn.Earliest != b.TriggerOn.Earliest:
		return a.TriggerOn.Earliest > b.TriggerOn.Earliest
	case x != 0 && y != 0 && x != y:
		return x < y
	}
	return x != 0 && y == 0
}

// sooner reports that limit a says more of a step than limit b: one that a later entry
// did not end, then one that is still open, then the earlier day; of those that are all
// over, the later.
func sooner(a, b *limit.Limit) bool {
	rank := func(l *limit.Limit) int {
		switch {
		case l.Clock != nil && l.Clock.EndedBy != "":
			return 2
		case l.Status == limit.Closed:
			return 1
		}
		return 0
	}
	switch {
	case rank(a) != rank(b):
		return rank(a) < rank(b)
	case rank(a) == 0:
		return a.Earliest < b.Earliest
	}
	return a.Latest > b.Latest
}

// setFor is the day set for a step that was not done yet.
func (w *walk) setFor(sp *spec, s *Step) {
	for _, e := range w.entries(appointed[sp.key]) {
		if e.On.Earliest >= w.g.in.AsOf {
			s.SetFor = e.On.Earliest
		}
	}
}

// carried are the entries with which another matter carries this one on.
func (w *walk) carried(sp *spec, all []*matter) []*fact.Entry {
	var out []*fact.Entry
	for _, o := range all {
		e := w.g.v.Entries[o.begin]
		if !has(sp.done, e.Kind) {
			continue
		}
		if sp.key == CivilRights {
			if s := w.p.Step(Finished); s != nil && s.State == Done && e.On.Earliest >= s.On.Earliest {
				out = append(out, e)
			}
		} else if o.of == w.m {
			out = append(out, e)
		}
	}
	return out
}

// promised looks at what an agreement or a decision promised: the step of carrying it
// out is done when all of it was given, and due on the nearest day that was promised.
func (g *engine) promised(w *walk, sp *spec, s *Step) *fact.Entry {
	if sp.key != CarriedOut && sp.key != Correction {
		return nil
	}
	var last *fact.Entry
	open := 0
	for _, i := range w.m.at {
		e := g.v.Entries[i]
		if e.Kind != kind("remedy_promised") || g.ahead(e) {
			continue
		}
		var given *fact.Entry
		for _, j := range g.v.ByKind(kind("remedy_completed")) {
			if x := g.v.Entries[j]; g.v.Re(j) == i && !g.ahead(x) {
				given = x
			}
		}
		if given == nil {
			open++
			if u := e.Fields.Until; u != 0 && (s.Until == 0 || u < s.Until) {
				s.Until = u
			}
			continue
		}
		if last == nil || given.On.Earliest > last.On.Earliest {
			last = given
		}
	}
	if open > 0 {
		return nil
	}
	return last
}

// order marks what was done before what it needs.
func (w *walk) order() {
	for i := range w.p.Steps {
		s := &w.p.Steps[i]
		if s.State != Done || s.Entry == "" {
			continue
		}
		sp := w.spec(s.Key)
		for _, k := range sp.needs {
			need := w.p.Step(k)
			if need == nil || need.Entry == "" || need.Entry == s.Entry || k == HearingSet || need.State != Done && need.State != OutOfOrder || s.On.Latest >= need.On.Earliest {
				continue
			}
			if k == Period && w.g.v.Get(need.Entry) != nil && w.g.v.Get(need.Entry).Derived && s.Key == Decision {
				continue
			}
			s.State, s.Why = OutOfOrder, Ground{Key: "before", Entry: need.Entry}
			w.p.Problems = append(w.p.Problems, Problem{Key: "before", Entry: s.Entry, Other: need.Entry, Step: s.Key})
			break
		}
	}
}

func (w *walk) spec(k Key) *spec {
	for i := range w.specs {
		if w.specs[i].key == k {
			return &w.specs[i]
		}
	}
	return &spec{}
}

// next finds the step that is next and the nearest day.
func (p *Path) next(today day.Date) {
	rank := func(s *Step) int {
		switch {
		case !s.Possible():
			return -1
		case s.State == Late:
			return 0
		case s.State == Due && s.when() != day.Max:
			return 1
		case s.State == Unsure:
			return 2
		case s.State == Due:
			return 3
		case s.State == Choice && s.Due != 0:
			return 4
		case s.State == Choice && (s.Key == HearingAsked || s.Key == ReviewAsked): // what is open after a no, without a day
			return 5
		}
		return -1
	}
	for i := range p.Steps {
		s := &p.Steps[i]
		if r := rank(s); r >= 0 {
			if p.Now < 0 {
				p.Now = i
			} else if n := &p.Steps[p.Now]; r < rank(n) || r == rank(n) && s.when() < n.when() {
				p.Now = i
			}
		}
		for _, d := range []day.Date{s.Due, s.SetFor} {
			if d >= today && d != 0 && s.State != Done && s.State != Ended && s.State != NotNeeded && s.State != Over && s.State != OutOfOrder && (p.NextDate == 0 || d < p.NextDate) {
				p.NextDate = d
			}
		}
	}
}

// when is the day of a step for putting steps in order.
func (s *Step) when() day.Date {
	for _, d := range []day.Date{s.Due, s.SetFor, s.Until} {
		if d != 0 {
			return d
		}
	}
	return day.Max
}
