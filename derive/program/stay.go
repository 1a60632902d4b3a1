package program

import (
	"cmp"
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
	"stayput/plan"
)

// stayPut works out what must continue while a dispute lasts.
func (e *engine) stayPut(t, other *track) {
	s := &e.res.StayPut
	d := t.current()
	if d == nil {
		e.noStayPut(t)
		return
	}
	// While discipline is appealed the interim setting holds, whatever else is in
	// dispute; once its time is over the ordinary rule does.
	if x := t.discipline(); x != nil && x != d {
		if e.during(t, other, x); s.Applies == fact.Yes {
			return
		}
		*s = StayPut{}
	}
	e.during(t, other, d)
}

// discipline is an appeal over discipline that lasts, or nil.
func (t *track) discipline() *dispute {
	for i := range t.disputes {
		if d := &t.disputes[i]; d.discipline && d.over == 0 {
			return d
		}
	}
	return nil
}

// during works out what must continue in one dispute.
func (e *engine) during(t, other *track, d *dispute) {
	s := &e.res.StayPut
	s.Since, s.Trigger, s.Reason = d.since, d.trigger.ID, d.reason
	s.Applies = fact.Yes
	if !d.certain && !d.discipline {
		s.Applies = fact.Unsaid
		s.Readings = append(s.Readings, e.readingsOf("reading_mediation", law.StayPutBegins, d.since)...)
	}
	if d.over != 0 {
		s.Over = d.over
		if d.overBy != nil {
			s.OverBy = d.overBy.ID
		}
	}
	if len(t.versions) == 0 && len(other.versions) > 0 {
		s.Applies, s.Reason = fact.No, e.because("only_504", law.StayPut504, d.since)
		e.notice("no_stay_put_504", other.versions[len(other.versions)-1].ID, d.trigger.ID)
		return
	}
	e.until(d)
	if d.over != 0 && !e.mayBeAppealed(d) {
		s.Applies = fact.No
		s.Reason = e.because("stay_put_over", law.StayPutEnds, d.over, "on", date(d.over))
		if d.overBy != nil {
			s.Reason.Entries = []string{d.overBy.ID}
		}
		return
	}
	if d.over != 0 {
		s.Applies = fact.Unsaid
		s.Ask = append(s.Ask, why("ask_appeal", "on", date(d.over)))
	}
	e.continues(t, d)
	if s.Plan == "" {
		s.Plan = mostly(t, s.Lines)
	}
}

// current is the dispute to speak of: one that lasts, the surest and earliest
// first, else the one that ended last; nil when there is none.
func (t *track) current() *dispute {
	var got *dispute
	for i := range t.disputes {
		d := &t.disputes[i]
		if d.mediation && !t.somethingOpen(d.since) {
			continue // nothing that was offered waits for agreement
		}
		if got == nil {
			got = d
			continue
		}
		a, b := d.over == 0, got.over == 0
		switch {
		case a != b:
			if a {
				got = d
			}
		case a:
			if d.certain && !got.certain {
				got = d
			}
		case d.over > got.over:
			got = d
		}
	}
	return got
}

// somethingOpen reports a version offered on or before d of which a part was not
// agreed to by then.
func (t *track) somethingOpen(d day.Date) bool {
	for _, v := range t.versions {
		if !v.asked || v.on > d {
			continue
		}
		for _, p := range v.parts {
			if s := p.stateOn(d).is; s != Agreed && s != NotAsked && !p.same && !slices.ContainsFunc(p.spells, func(s spell) bool { return s.from <= d }) {
				return true
			}
		}
	}
	return false
}

// noStayPut says why nothing stays put by a dispute: nothing began one. What
// people take for a start is named.
func (e *engine) noStayPut(t *track) {
	s := &e.res.StayPut
	s.Applies, s.Reason = fact.No, why("no_dispute")
	l := e.lawOn(e.now)
	if l == nil {
		return
	}
	for _, a := range l.Answers(law.StayPutNever, e.now) {
		if xs := e.each(a.Kinds...); len(xs) > 0 {
			x := xs[len(xs)-1]
			s.Reason = why("never_starts", "on", date(when(x)))
			e.cite(&s.Reason, a.Rule, e.now)
			s.Reason.Entries = []string{x.ID}
			return
		}
	}
}

// mayBeAppealed reports that the dispute ended with a decision, and the time to
// go to court has not passed or is not known. In a State with two tiers a hearing
// decision goes to the State's review first.
func (e *engine) mayBeAppealed(d *dispute) bool {
	x := d.overBy
	if x == nil || x.Kind != hearingDecision && x.Kind != reviewDecision {
		return false
	}
	l := e.lawOn(d.over)
	if l == nil {
		return false
	}
	right := "civil_action"
	if x.Kind == hearingDecision && l.Fact("two_tier") == fact.Yes {
		right = "state_review"
	}
	last := day.Date(0)
	for _, i := range l.StartedBy(x.Kind) {
		r := l.Rules[i]
		if r.Kind != law.Limit || r.Right != right {
			continue
		}
		v := r.VersionAt(d.over)
		if v == nil || len(v.Due) == 0 || !v.Due[0].Count.Given {
			continue
		}
		switch c := v.Due[0].Count; c.Unit {
		case law.Days:
			last = max(last, d.over.Add(c.N))
		case law.Months:
			last = max(last, d.over.AddMonths(c.N))
		}
	}
	return last == 0 || e.now <= last
}

// until says what will end it.
func (e *engine) until(d *dispute) {
	e.res.StayPut.Until = e.because("until_ended", law.StayPutEnds, d.since)
	if d.until != 0 && d.over == 0 {
		e.res.StayPut.Until = e.because("until_mediation_closes", law.StayPutAfterMediation, d.since, "until", date(d.until))
	}
	if d.appeal != nil {
		e.res.StayPut.Until.Key = "until_court"
		e.res.StayPut.Until.Entries = []string{d.appeal.ID}
	}
	if d.over != 0 {
		e.res.StayPut.Until.Key = "until_appeal_time"
	}
}

// continues fills in the lines that continue, with the exception that governs.
func (e *engine) continues(t *track, d *dispute) {
	s := &e.res.StayPut
	if last, _ := t.endOn(e.now); last != nil && last.revoked {
		s.Applies, s.Exception, s.Reason = fact.No, "revoked", last.reason
		return
	}
	if d.discipline {
		e.inTheInterim(t, d)
		return
	}
	lines := t.frozen(d)
	if t.onlyEarly(d, lines) {
		e.nothingToFreeze(t, d)
		return
	}
	changed, byAgreement, byDecision, stages := t.since(d, lines)
	for _, w := range changed {
		if w.p != nil {
			s.Lines = append(s.Lines, t.line(w, e.now, nil))
		}
	}
	sortLines(s.Lines)
	_, held := t.endOn(e.now)
	switch {
	case e.ordered(t, d):
	case byAgreement != nil:
		s.Exception = "agreement"
		s.Reason = e.because("stay_put_agreement", law.StayPutIs, byAgreement.said, "on", date(byAgreement.said))
		s.Reason.Entries = []string{byAgreement.entry}
	case byDecision != nil:
		s.Exception = "decision_for_parent"
		s.Reason = e.because("stay_put_decision", law.StayPutDecision, byDecision.said, "on", date(byDecision.said))
		s.Reason.Entries = []string{byDecision.entry}
	case e.movedSince(t, d):
	case held != nil:
		e.leaving(t, d)
	case stages:
		s.Exception = "stages"
		s.Readings = append(s.Readings, t.stageReadings(d)...)
	}
	if d.decision != nil && d.decision.Fields.Granted == fact.Yes && d.decision.Fields.Plan == "" && e.forParent(d.decision) {
		s.Ask = append(s.Ask, why("ask_decision_plan", "on", date(when(d.decision))))
	}
	if a, ok := e.answer(law.StayPutIs, d.since); ok && a.Disputed {
		s.Applies = fact.Unsaid
	}
	// No dispute holds services open beyond the day on which a revocation takes effect.
	if x := t.waiting(e.now); x != nil && !t.renewedSince(x.said) {
		s.Until = x.reason
	}
}

// stageReadings are how the law reads a plan in stages.
func (t *track) stageReadings(d *dispute) (out []Reason) {
	for _, a := range t.e.answersTo(law.StayPutStages, d.since) {
		r := why("reading_stage_planned")
		if a.Is == "present_stage" {
			r = why("reading_stage_kept")
		}
		t.e.cite(&r, a.Rule, d.since)
		out = append(out, r)
	}
	if len(out) == 0 {
		out = []Reason{why("reading_stage_planned"), why("reading_stage_kept")}
	}
	return out
}

// frozen is what was in force on the day before the dispute, by thread, and as far
// as anybody can tell carried out. Where a version was agreed to and the record
// shows that it was never carried out, the one before counts, and the other
// reading is told.
func (t *track) frozen(d *dispute) []winner {
	s := &t.e.res.StayPut
	on := d.since - 1
	never := map[*version]bool{}
	for range t.versions {
		again := false
		for _, w := range t.winners(on, never) {
			if w.p == nil || never[w.p.v] || t.implemented(w.p, d.since) != fact.No {
				continue
			}
			never[w.p.v], again = true, true
			r := t.e.because("reading_agreed_not_carried_out", law.StayPutIs, d.since, "plan", w.p.v.ID)
			s.Readings = append(s.Readings, r)
		}
		if !again {
			break
		}
	}
	ws := t.winners(on, never)
	asked := map[*version]bool{}
	any := false
	for _, w := range ws {
		if w.p == nil {
			continue
		}
		any = true
		if v := w.p.v; !asked[v] && t.implemented(w.p, d.since) == fact.Unsaid && t.before(w) {
			asked[v] = true
		}
	}
	for _, v := range t.versions {
		if asked[v] {
			s.Ask = append(s.Ask, why("ask_carried_out", "plan", v.ID))
		}
	}
	// Agreed to before the dispute, with a first day after it: it had not begun.
	for _, v := range t.versions {
		for _, p := range v.parts {
			if i := slices.IndexFunc(p.spells, func(x spell) bool {
				return x.basis == OnAgreement && x.said < d.since && x.from >= d.since
			}); i >= 0 && !t.runs(ws, v) {
				s.Readings = append(s.Readings, t.e.because("reading_agreed_not_begun", law.StayPutIs, d.since, "plan", v.ID, "on", date(p.spells[i].from)))
				break
			}
		}
	}
	if !any {
		return nil
	}
	return ws
}

// before reports that another version stood in the place of w's before.
func (t *track) before(w winner) bool {
	for _, p := range t.members[w.p.thread] {
		if p.v.at >= w.p.v.at {
			return false
		}
		if !p.drop && len(p.spells) > 0 {
			return true
		}
	}
	return false
}

// runs reports that some part of v is among what holds.
func (t *track) runs(ws []winner, v *version) bool {
	return slices.ContainsFunc(ws, func(w winner) bool { return w.p != nil && w.p.v == v })
}

// implemented says whether a part was carried out before d, as far as plan or
// record tell.
func (t *track) implemented(p *part, d day.Date) fact.Tri {
	on := cmp.Or(p.comp.Implemented, p.v.FirstImplemented)
	if x := t.carriedOut(p.v); x != 0 && (on == 0 || x < on) {
		on = x
	}
	switch {
	case on == 0 || on > t.e.now:
		return fact.Unsaid
	case on < d:
		return fact.Yes
	}
	return fact.No
}

// since is what stays put today: what was frozen, with what both sides agreed to,
// or a decision gave the parent, in its place since.
func (t *track) since(d *dispute, frozen []winner) (out []winner, byAgreement, byDecision *spell, stages bool) {
	out = slices.Clone(frozen)
	for i, now := range t.winners(t.e.now, nil) {
		was := frozen[i]
		if now.p == nil {
			if x := t.dropSince(i, d.since); x != nil || was.p != nil && was.p.ended(t.e.now) {
				out[i] = winner{}
				switch {
				case x == nil:
				case x.basis == OnSettlement:
					byAgreement = x
				case x.basis == OnOrder:
					byDecision = x
				}
			}
			continue
		}
		if now == was {
			continue
		}
		switch {
		case now.s.said >= d.since && now.s.basis == OnSettlement:
			out[i], byAgreement = now, now.s
		case now.s.said >= d.since && now.s.basis == OnAgreement:
			out[i] = now
		case now.s.said >= d.since && now.s.basis == OnOrder:
			if x := t.e.v.Get(now.s.entry); x != nil && t.e.forParent(x) {
				out[i], byDecision = now, now.s
			}
		case now.s.said < d.since && now.s.from >= d.since && now.s.basis == OnAgreement && t.runs(frozen, now.p.v):
			out[i] = now
			stages = stages || now.p.comp.Part != plan.Decisions // the extended year is no further stage
		}
	}
	return out, byAgreement, byDecision, stages
}

// dropSince is the agreement since d to leave out a component, or the decision for
// the parent that does, or nil.
func (t *track) dropSince(thread int, d day.Date) *spell {
	for _, p := range t.members[thread] {
		if !p.drop {
			continue
		}
		for i := range p.spells {
			s := &p.spells[i]
			if s.said < d || s.from > t.e.now {
				continue
			}
			if s.basis == OnAgreement || s.basis == OnSettlement || s.basis == OnOrder && t.e.forParent(t.e.v.Get(s.entry)) {
				return s
			}
		}
	}
	return nil
}

// ordered puts in what an officer or court said stays put.
func (e *engine) ordered(t *track, d *dispute) bool {
	s := &e.res.StayPut
	var last *fact.Entry
	for _, x := range e.each(stayPutOrdered) {
		if when(x) >= d.since && x.Fields.Granted != fact.No {
			last = x
		}
	}
	if last == nil {
		return false
	}
	s.Exception = "order"
	s.Reason = e.because("stay_put_ordered", law.StayPutIs, when(last), "on", date(when(last)))
	s.Reason.Entries = []string{last.ID}
	v := e.byID[last.Fields.Plan]
	if v == nil || v.is504 {
		if last.Fields.Plan != "" {
			e.notice("answer_to_unknown_plan", last.Fields.Plan, last.ID)
		}
		s.Ask = append(s.Ask, why("ask_order_plan", "on", date(when(last))))
		return true
	}
	a := answer{base: yes, only: e.known(v, last, last.Fields.Parts), except: e.known(v, last, last.Fields.Except)}
	whole := len(a.only) == 0 && len(a.except) == 0
	if whole {
		s.Lines = nil
	}
	for _, p := range v.parts {
		if p.drop || a.of(p) != yes {
			continue
		}
		s.Lines = slices.DeleteFunc(s.Lines, func(l Line) bool { return t.threadOf(l) == p.thread })
		r := s.Reason
		s.Lines = append(s.Lines, Line{Component: p.ref, Part: p.comp.Part, Name: p.comp.Name, FromPlan: v.ID, Since: when(last), Until: p.to, Basis: OnOrder, Reason: r})
	}
	sortLines(s.Lines)
	return true
}

// threadOf is the number of the component of a line; -1 when there is none.
func (t *track) threadOf(l Line) int {
	for _, v := range t.versions {
		if v.ID != l.FromPlan {
			continue
		}
		for _, p := range v.parts {
			if p.ref == l.Component && !p.drop {
				return p.thread
			}
		}
	}
	return -1
}

// onlyEarly reports that nothing was in force but early intervention, which need
// not go on where the law of the day says so.
func (t *track) onlyEarly(d *dispute, lines []winner) bool {
	if _, ok := t.e.answer(law.StayPutPartC, d.since); !ok || t.e.in.Case.Fact("from_part_c") != fact.Yes {
		return len(lines) == 0
	}
	return !slices.ContainsFunc(lines, func(w winner) bool { return w.p != nil && w.p.v.Kind != plan.IFSP })
}

// nothingToFreeze says what stays put where no special education was in force.
func (e *engine) nothingToFreeze(t *track, d *dispute) {
	s := &e.res.StayPut
	switch {
	case t.everAny(d.since) && e.in.Case.Fact("from_part_c") != fact.Yes:
		s.Reason = e.because("nothing_in_force", law.StayPutIs, d.since)
		s.Applies = fact.Unsaid
	case e.in.Case.Fact("from_part_c") == fact.Yes:
		s.Exception = "part_c_to_b"
		s.Reason = e.because("part_c_to_b", law.StayPutPartC, d.since)
	case e.in.Case.Fact("first_public_admission") == fact.Yes:
		s.Exception = "first_admission"
		s.Reason = e.because("first_admission", law.StayPutAdmission, d.since)
	default:
		s.Exception = "never_agreed"
		s.Reason = e.because("never_agreed", law.StayPutFirstPlan, d.since)
	}
	s.Reason.Entries = []string{d.trigger.ID}
	// What was agreed to since, without dispute, is given.
	s.Lines = slices.DeleteFunc(t.force(e.now), func(l Line) bool { return e.byID[l.FromPlan].Kind == plan.IFSP })
}

// everAny reports that something was in force at some time before a day.
func (t *track) everAny(before day.Date) bool {
	for _, d := range t.turns() {
		if d < before && t.anyOn(d) {
			return true
		}
	}
	return false
}

// movedSince says what stays put for a child who moved while the dispute lasts, or
// who had only comparable services when it began.
func (e *engine) movedSince(t *track, d *dispute) bool {
	s := &e.res.StayPut
	i := slices.IndexFunc(s.Lines, func(l Line) bool { return l.Basis == OnTransfer })
	if i < 0 {
		return false
	}
	s.Exception = "transfer"
	s.Reason = e.because("stay_put_transfer", law.StayPutTransfer, s.Lines[i].Since, "on", date(s.Lines[i].Since))
	s.Reason.Entries = s.Lines[i].Reason.Entries
	if a, ok := e.answer(law.StayPutTransfer, s.Lines[i].Since); !ok || a.Disputed {
		s.Applies = fact.Unsaid
		s.Readings = append(s.Readings, e.readingsOf("reading_transfer", law.StayPutTransfer, s.Lines[i].Since)...)
	}
	return true
}

// leaving says what stays put when a diploma or the end of eligibility came while
// the dispute lasts.
func (e *engine) leaving(t *track, d *dispute) {
	s := &e.res.StayPut
	for i := len(t.ends) - 1; i >= 0; i-- {
		x := t.ends[i]
		if x.revoked || x.on > e.now || x.on < d.since {
			continue
		}
		if x.reason.Key == "diploma" {
			s.Exception = "graduation"
			s.Reason = e.because("stay_put_graduation", law.StayPutGraduation, x.on, "on", date(x.on))
			if a, ok := e.answer(law.StayPutGraduation, x.on); !ok || a.Disputed {
				s.Applies = fact.Unsaid
			}
		} else {
			s.Exception, s.Applies = "aging_out", fact.Unsaid
			s.Reason = why("stay_put_aging_out", "on", date(x.on))
			s.Ask = append(s.Ask, why("ask_exit"))
		}
		if x.entry != "" {
			s.Reason.Entries = []string{x.entry}
		}
		return
	}
}

// inTheInterim says what stays put while discipline is appealed: the interim
// setting, until the decision or the end of its term, whichever comes first.
func (e *engine) inTheInterim(t *track, d *dispute) {
	s := &e.res.StayPut
	s.Exception = "discipline"
	s.Reason = d.reason
	for _, l := range t.force(e.now) {
		if l.Part != plan.Placement {
			s.Lines = append(s.Lines, l)
		}
	}
	var started *fact.Entry
	for _, x := range e.each(iaesStarted) {
		started = x
	}
	if started == nil {
		s.Ask = append(s.Ask, why("ask_interim_start"))
		s.Until = e.because("until_interim_unknown", law.StayPutDiscipline, d.since)
		return
	}
	for _, x := range e.each(iaesEnded) {
		if when(x) >= when(started) {
			s.Applies, s.Over, s.OverBy = fact.No, when(x), x.ID
			s.Reason = e.because("interim_over", law.StayPutDiscipline, d.since, "on", date(when(x)))
			s.Lines = nil
			return
		}
	}
	if u := started.Fields.Until; u != 0 {
		e.interimUntil(d, u, u, u)
		return
	}
	if started.On.Exact() && e.inCalendarDays(law.DisciplineSetting, when(started), interimDays) {
		u := started.On.Earliest + interimDays - 1
		e.interimUntil(d, u, u, u)
		return
	}
	if e.in.School == nil || !started.On.Exact() {
		// 45 school days are at least 45 weekdays: 63 days from the first, which counts.
		s.Until = e.because("until_interim_unknown", law.DisciplineSetting, when(started), "on", date(when(started)))
		s.Ask = append(s.Ask, why("ask_calendar"))
		return
	}
	// The first day out is day 1.
	b := e.in.School.DaysAfter(started.On.Earliest-1, interimDays)
	e.interimUntil(d, b.Due, b.Earliest, b.Latest)
}

// interimDays is how long an interim setting may last: 45 school days (34 CFR
// 300.530(g)), or as many calendar days where a State's rule says so.
const interimDays = 45

// inCalendarDays reports that the rule which answers q counts its days by the
// calendar rather than by school days.
func (e *engine) inCalendarDays(q law.Question, d day.Date, n int) bool {
	a, ok := e.answer(q, d)
	if !ok {
		return false
	}
	r := e.lawOn(d).Rule(a.Rule)
	if r == nil {
		return false
	}
	v := r.VersionAt(d)
	return v != nil && slices.ContainsFunc(v.Due, func(x law.Due) bool { return x.Count.Given && x.Count.N == n && x.Count.Unit == law.Days })
}

// interimUntil tells the last day of the interim setting, or the days between
// which it lies.
func (e *engine) interimUntil(d *dispute, due, earliest, latest day.Date) {
	s := &e.res.StayPut
	switch {
	case due != 0:
		s.Until = e.because("until_interim", law.DisciplineSetting, d.since, "until", date(due))
		if due < e.now && s.OverBy == "" {
			s.Applies, s.Over = fact.No, due
			s.Reason = e.because("interim_over", law.StayPutDiscipline, d.since, "on", date(due))
			s.Lines = nil
		}
	case latest != 0:
		s.Until = e.because("until_interim_between", law.DisciplineSetting, d.since, "from", date(earliest), "to", date(latest))
		s.Ask = append(s.Ask, why("ask_calendar"))
		if latest < e.now && s.OverBy == "" {
			s.Applies, s.Over = fact.No, latest
			s.Lines = nil
		} else if earliest != 0 && earliest < e.now {
			s.Applies = fact.Unsaid
		}
	default:
		s.Until = e.because("until_interim_after", law.DisciplineSetting, d.since, "from", date(earliest))
		s.Ask = append(s.Ask, why("ask_calendar"))
		if earliest != 0 && earliest < e.now {
			s.Applies = fact.Unsaid
		}
	}
}

// mostly is the plan most lines come from; of two with as many, the earlier.
func mostly(t *track, lines []Line) string {
	n := map[string]int{}
	for _, l := range lines {
		n[l.FromPlan]++
	}
	best := ""
	for _, v := range t.versions {
		if n[v.ID] > n[best] || best == "" && n[v.ID] > 0 {
			best = v.ID
		}
	}
	return best
}
