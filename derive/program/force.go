package program

import (
	"cmp"
	"slices"
	"strings"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
	"stayput/plan"
)

// An end is something after which nothing of the program is in force.
type end struct {
	on      day.Date // the first day without; day.Max while that day cannot be told
	said    day.Date // the day it was said or happened
	soonest day.Date // of a revocation: the first day on may be, when that is not certain
	entry   string
	revoked bool // only a new agreement begins it again
	after   bool // on is the last day, not the first without
	reason  Reason
}

// findEnds finds the revocations of consent to all services and the ways out of
// special education.
func (t *track) findEnds() {
	if t.kind != plan.IEP {
		return
	}
	e := t.e
	put := func(x end) {
		if x.said == 0 {
			x.said = x.on
		}
		for i := range t.ends {
			if t.ends[i].said == x.said && t.ends[i].revoked == x.revoked {
				return
			}
		}
		t.ends = append(t.ends, x)
	}
	for _, x := range e.each(servicesRevoked) {
		if x.Fields.Written == fact.No {
			e.notice("revocation_unwritten", "", x.ID)
			continue
		}
		if from := e.rightsPass(); from != 0 && when(x) >= from && !e.mayAnswer(&version{Plan: &plan.Plan{}}, &answer{on: when(x), by: e.person(nil, x.By, ""), said: x.By, entry: x.ID, basis: OnAgreement}) {
			continue
		}
		r := t.revocation(when(x), x.ID)
		if back := e.takenBack(&r); back != nil {
			e.notice("revocation_taken_back", "", back.ID, "on", date(when(back)))
			continue
		}
		put(r)
	}
	for _, v := range t.versions {
		for _, a := range v.Consent {
			if a.Revoked != 0 && a.Revoked <= e.now {
				put(t.revocation(a.Revoked, ""))
			}
			if a.Agreement == "no_longer_eligible_agreed" && a.On != 0 && a.On <= e.now {
				put(end{on: a.On, reason: why("no_longer_eligible", "on", date(a.On), "plan", v.ID)})
			}
		}
	}
	for _, x := range e.each(diplomaAwarded, eligibilityExit) {
		key := "diploma"
		if x.Kind == eligibilityExit {
			key = "exit"
		}
		r := e.because(key, law.StayPutGraduation, when(x), "on", date(when(x)))
		r.Rule, r.Citation, r.Checked = "", "", law.Checked{} // that law speaks of disputes
		r.Entries = []string{x.ID}
		put(end{on: when(x), entry: x.ID, after: true, reason: r})
	}
	if x, ok := t.agedOut(); ok {
		put(x)
	}
	slices.SortFunc(t.ends, func(a, b end) int {
		return cmp.Or(cmp.Compare(a.on, b.on), strings.Compare(a.entry, b.entry), strings.Compare(a.reason.Key, b.reason.Key))
	})
}

// endOn is the latest end on or before d that no dispute holds open, or nil.
func (t *track) endOn(d day.Date) (last *end, held *dispute) {
	for i := range t.ends {
		x := &t.ends[i]
		if x.on > d {
			break
		}
		if x.after && x.on == d {
			continue
		}
		if !x.revoked {
			if h := t.disputedOn(x.on); h != nil && (h.over == 0 || d < h.over) {
				held = h
				continue
			}
		}
		last = x
	}
	return last, held
}

// disputedOn is a dispute that had begun before d and was not over on it, or nil.
// Only those count of which nobody doubts that stay put holds.
func (t *track) disputedOn(d day.Date) *dispute {
	for i := range t.disputes {
		if x := &t.disputes[i]; x.certain && x.since <= d && (x.over == 0 || d < x.over) {
			return x
		}
	}
	return nil
}

// A winner is the part of a thread that holds on a day.
type winner struct {
	p *part
	s *spell
}

// winners are what holds on d, by thread; a nil part where nothing does. Versions
// in without are left aside.
func (t *track) winners(d day.Date, without map[*version]bool) []winner {
	out := make([]winner, len(t.heads))
	last, _ := t.endOn(d)
	wait := t.waiting(d)
	renewed := day.Date(0) // a new agreement after a revocation
	if last != nil {
		for _, v := range t.versions {
			for _, p := range v.parts {
				for i := range p.spells {
					if s := &p.spells[i]; (s.basis == OnAgreement || s.basis == OnSettlement) && s.said > last.said && (renewed == 0 || s.said < renewed) {
						renewed = s.said
					}
				}
			}
		}
	}
	for _, v := range t.versions {
		for _, p := range v.parts {
			if p.thread < 0 || without[v] {
				continue
			}
			for i := range p.spells {
				s := &p.spells[i]
				if s.from > d || s.said > d {
					continue
				}
				if last != nil && (s.said <= last.said || renewed == 0 || s.said < renewed) || wait != nil && !wait.outlasts(s) {
					continue
				}
				w := &out[p.thread]
				if w.p == nil || s.rank > w.s.rank || s.rank == w.s.rank && (p.v.at > w.p.v.at || p == w.p && s.from < w.s.from) {
					*w = winner{p, s}
				}
			}
		}
	}
	for i := range out {
		if p := out[i].p; p != nil && (p.drop || p.ended(d) || p.v.Kind == "ifsp" && t.e.third() != 0 && d >= t.e.third()) {
			out[i] = winner{}
		}
	}
	return out
}

// ended reports that a part was written to end before its plan, and did.
func (p *part) ended(d day.Date) bool { return p.byTerms && p.to < d }

// third is the third birthday, on which early intervention ends; zero when no
// date of birth is known.
func (e *engine) third() day.Date {
	if e.in.Case.Child.Born == 0 {
		return 0
	}
	return e.in.Case.Child.Born.AddYears(3)
}

// force is what must be carried out on d, by component.
func (t *track) force(d day.Date) []Line {
	var out []Line
	ws := t.winners(d, nil)
	_, held := t.endOn(d)
	for _, w := range ws {
		if w.p == nil {
			continue
		}
		out = append(out, t.line(w, d, held))
	}
	sortLines(out)
	return out
}

// anyOn reports that something is in force on d.
func (t *track) anyOn(d day.Date) bool {
	return slices.ContainsFunc(t.winners(d, nil), func(w winner) bool { return w.p != nil })
}

// line is one line in force on d.
func (t *track) line(w winner, d day.Date, held *dispute) Line {
	p, s, e := w.p, w.s, t.e
	l := Line{Component: p.ref, Part: p.comp.Part, Name: p.comp.Name, FromPlan: p.v.ID, Since: s.from, Until: p.to, Basis: s.basis, Reason: s.reason}
	if p.to != 0 && p.to < d && !p.byTerms {
		l.Expired = true
		r := e.because("expired", law.ExpiredPlan, d, "plan", p.v.ID, "until", date(p.to))
		r.Entries = s.reason.Entries
		l.Reason = r
	}
	if x, adopted := t.moved(p.v, s, d); x != nil {
		q, key := law.TransferSameState, "transfer"
		if e.otherState(x) {
			q, key = law.TransferOtherState, "transfer_other_state"
		}
		if adopted != nil {
			l.Since, l.Basis = when(adopted), OnAgreement
			l.Reason = why("adopted", "plan", p.v.ID, "on", date(when(adopted)))
			e.cite(&l.Reason, e.fits(q, x), when(x))
			l.Reason.Entries = []string{adopted.ID}
		} else {
			l.Since, l.Basis = when(x), OnTransfer
			l.Reason = why(key, "plan", p.v.ID, "on", date(when(x)))
			e.cite(&l.Reason, e.fits(q, x), when(x))
			l.Reason.Entries = []string{x.ID}
		}
	}
	if held != nil {
		l.Basis, l.Reason = OnStayPut, held.reason
	} else if t.heldBack(p, d) {
		l.Basis = OnStayPut
		l.Reason = t.stayPutReason(d)
	}
	if x := t.waiting(d); x != nil && s.said <= x.said {
		l.Basis, l.Reason = OnWait, x.reason
		if x.soonest == 0 && x.on != day.Max {
			l.Stops = x.on
		}
	}
	l.Contested = t.contested(p, d)
	return l
}

// stayPutReason is why something continues that would otherwise have changed.
func (t *track) stayPutReason(d day.Date) Reason {
	if x := t.disputedOn(d); x != nil {
		return x.reason
	}
	return why("stay_put", "on", date(d))
}

// heldBack reports that a later part of p's thread would hold on d, had stay put
// not kept what was there.
func (t *track) heldBack(p *part, d day.Date) bool {
	for _, q := range t.members[p.thread] {
		if q.v.at > p.v.at && slices.ContainsFunc(q.held, func(h heldBack) bool { return h.from <= d && (h.to == 0 || d < h.to) }) {
			return true
		}
	}
	return false
}

// contested is the latest version that would change or end the line of p on d and
// does not hold; "" when there is none.
func (t *track) contested(p *part, d day.Date) string {
	for _, q := range slices.Backward(t.members[p.thread]) {
		if q.v.at <= p.v.at {
			break
		}
		if !q.v.asked || q.v.on > d {
			continue
		}
		if q.same || len(q.spells) > 0 {
			return ""
		}
		return q.v.ID
	}
	return ""
}

// sortLines puts lines in the order of a plan: services, goals, supports, setting,
// decisions, services toward life after school.
func sortLines(lines []Line) {
	order := []plan.Part{plan.ServiceLines, plan.Goals, plan.Accommodations, plan.Placement, plan.Decisions, plan.AfterSchool}
	slices.SortFunc(lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Part), slices.Index(order, b.Part)), strings.Compare(a.Component, b.Component), strings.Compare(a.FromPlan, b.FromPlan))
	})
}

// turns are the days on which what is in force may change, up to the day asked
// about, the earliest first.
func (t *track) turns() []day.Date {
	var out []day.Date
	put := func(d day.Date) {
		if d > 0 && d <= t.e.now {
			out = append(out, d)
		}
	}
	for _, v := range t.versions {
		for _, p := range v.parts {
			for _, s := range p.spells {
				put(max(s.from, s.said))
			}
			if len(p.spells) > 0 && p.byTerms {
				put(p.to + 1)
			}
		}
	}
	for _, x := range t.ends {
		put(x.said)
		put(x.on)
		put(x.said + 1)
		if x.on != day.Max {
			put(x.on + 1)
		}
	}
	for _, x := range t.disputes {
		put(x.since)
		put(x.over)
	}
	put(t.e.third())
	put(t.e.now)
	slices.Sort(out)
	return slices.Compact(out)
}

// result is the track on the day.
func (t *track) result() Track {
	e := t.e
	out := Track{Kind: t.kind, Consent: NoOffer}
	out.InForce = t.force(e.now)
	out.Gaps = t.gaps()
	if len(out.InForce) == 0 {
		out.Ended = t.ended()
	}
	holds := t.winners(e.now, nil)
	for _, v := range t.versions {
		out.Offers = append(out.Offers, t.offer(v, holds))
	}
	if v := t.latest(); v != nil {
		out.Latest = v.ID
		out.Consent = out.Offers[slices.Index(t.versions, v)].Consent
	}
	t.told = out.Offers
	return out
}

// latest is the version offered last, or nil.
func (t *track) latest() *version {
	for i := len(t.versions) - 1; i >= 0; i-- {
		if t.versions[i].asked {
			return t.versions[i]
		}
	}
	return nil
}

// gaps are the stretches on which a component that was in force, and is again, was
// not. The extended school year has its time of year; it leaves no gap.
func (t *track) gaps() []Gap {
	type run struct {
		lost day.Date
		had  *part
	}
	runs := make([]run, len(t.heads))
	var out []Gap
	for _, d := range t.turns() {
		last, _ := t.endOn(d)
		for i, w := range t.winners(d, nil) {
			r := &runs[i]
			switch {
			case w.p == nil && r.had != nil && r.lost == 0:
				r.lost = d
			case w.p != nil:
				if r.lost != 0 && !w.p.esy && !r.had.esy {
					reason := why("gap", "plan", r.had.v.ID, "next", w.p.v.ID)
					if last != nil && last.revoked {
						reason = why("gap_revoked", "on", date(last.said))
					} else if r.had.byTerms {
						reason = why("gap_written", "plan", r.had.v.ID, "until", date(r.had.to))
					}
					out = append(out, Gap{Component: w.p.ref, From: r.lost, To: d - 1, Reason: reason})
				}
				*r = run{had: w.p}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(a.From, b.From), strings.Compare(a.Component, b.Component))
	})
	return out
}

// ended says why nothing is in force, when something was; nil when nothing ever was.
func (t *track) ended() *End {
	since := day.Date(0)
	was := false
	for _, d := range t.turns() {
		any := t.anyOn(d)
		if was && !any {
			since = d
		}
		was = any || was && since == 0
		if any {
			since = 0
		}
	}
	last, _ := t.endOn(t.e.now)
	if last != nil && (since != 0 || last.revoked) {
		return &End{On: last.on, Entry: last.entry, Reason: last.reason}
	}
	if since == 0 {
		return nil
	}
	return &End{On: since, Reason: why("all_ended", "on", date(since))}
}

// offer is one version and where its parts stand.
func (t *track) offer(v *version, holds []winner) OfferState {
	out := OfferState{Plan: v.ID, On: v.on, Consent: t.consent(v)}
	for i := range v.answers {
		a := &v.answers[i]
		out.Answers = append(out.Answers, Answered{On: a.on, By: a.said, Entry: a.entry, Agreement: a.word(), Conditions: a.conds})
	}
	last := t.revokedBy(t.e.now)
	for _, p := range v.parts {
		if p.drop && !t.stillThere(p) {
			continue
		}
		s := PartState{Component: p.ref, Part: p.comp.Part, Name: p.comp.Name, Drops: p.drop, State: p.now.is, Since: p.now.from, Reason: t.partReason(p)}
		if p.was != nil {
			s.Was = p.was.ref
		}
		if sp := p.lawful(); sp != nil && p.now.is != Agreed {
			if p.now.is == Silent || p.now.is == NotCarriable {
				s.State, s.Since = ByLaw, sp.from
			}
			s.Reason = sp.reason
		}
		if len(p.spells) > 0 && (p.now.is == Agreed || s.State == ByLaw) {
			switch w := holds[p.thread]; {
			case last != nil && p.spells[len(p.spells)-1].said <= last.said:
				s.State, s.Since, s.Reason = TakenBack, last.said, last.reason
			case w.p != nil && w.p.v.at > v.at, w.p == nil && t.droppedAfter(p):
				s.State = Superseded
				if w.p != nil {
					s.Since = w.s.from
					s.Reason = why("superseded", "plan", w.p.v.ID, "on", date(w.s.from))
				} else {
					s.Reason = why("superseded_drop")
				}
			}
		}
		out.Parts = append(out.Parts, s)
	}
	return out
}

// stillThere reports that what a version leaves out had been in force, and that no
// earlier version had left it out already in a way that holds.
func (t *track) stillThere(p *part) bool {
	held := len(p.was.spells) > 0
	for _, q := range t.members[p.thread] {
		if q.v.at >= p.v.at {
			break
		}
		if q.drop && len(q.spells) > 0 && q.spells[0].from <= max(p.v.on, p.v.start) {
			return false
		}
		held = held || !q.drop && len(q.spells) > 0
	}
	return held
}

// droppedAfter reports that a later version left the component out, and that held.
func (t *track) droppedAfter(p *part) bool {
	return slices.ContainsFunc(t.members[p.thread], func(q *part) bool {
		return q.v.at > p.v.at && q.drop && len(q.spells) > 0 && q.spells[0].from <= t.e.now
	})
}

// lawful is the first spell that rests on something other than the family's
// agreement, or nil.
func (p *part) lawful() *spell {
	for i := range p.spells {
		if p.spells[i].basis != OnAgreement {
			return &p.spells[i]
		}
	}
	return nil
}

// partReason is why a part stands where its answers left it.
func (t *track) partReason(p *part) Reason {
	e, v := t.e, p.v
	var r Reason
	on := date(p.now.from)
	switch p.now.is {
	case NotAsked:
		r = why("not_asked", "plan", v.ID)
	case Silent:
		r = e.because("silent", law.SilenceOnPlan, v.on, "plan", v.ID, "on", date(v.on))
		if a, ok := e.answer(law.SilenceOnPlan, v.on); ok && v.Amends == "" {
			switch a.Is {
			case "agreed":
				r = e.because("silent_counts", law.SilenceOnPlan, v.on, "plan", v.ID, "on", date(v.on))
			case "rejected":
				r = e.because("silent_rejects", law.SilenceOnPlan, v.on, "plan", v.ID, "on", date(v.on))
			}
		}
		if !v.later && t.kind == plan.IEP {
			r = e.because("silent_first", law.FirstPlan, v.on, "plan", v.ID, "on", date(v.on))
		}
	case Agreed:
		if len(p.spells) > 0 {
			r = p.spells[len(p.spells)-1].reason
		} else if r = why("agreed", "plan", v.ID, "on", on); v.claimed {
			r = why("status_says", "plan", v.ID)
		}
	case Excepted:
		switch {
		case p.now.said != nil && p.now.said.outside():
			r = why("silence_rejects", "plan", v.ID, "on", on)
			e.cite(&r, p.now.said.rule, v.on)
		case !v.later && t.kind == plan.IEP && p.now.said != nil && p.now.said.word() == Refused:
			r = e.because("refused_first", law.FirstServices, p.now.from, "plan", v.ID, "on", on)
		case p.now.said != nil && p.now.said.kind == oneRefused:
			r = e.because("refused_one", law.OneService, p.now.from, "plan", v.ID, "on", on)
		default:
			r = e.because("refused", law.Parts, v.on, "plan", v.ID, "on", on)
		}
	case Conditioned:
		r = why("conditional", "plan", v.ID, "on", on)
		if p.now.said != nil && p.now.said.conds != "" {
			r.Args["conditions"] = p.now.said.conds
		}
	case Split:
		r = e.because("divided", law.TwoParents, v.on, "plan", v.ID, "on", on)
	case NotCarriable:
		r = why("unclear_parts", "plan", v.ID, "on", on)
	}
	if p.now.entry != "" {
		r.Entries = []string{p.now.entry}
	}
	return r
}

// consent is where a version stands in one word.
func (t *track) consent(v *version) Consent {
	if !v.asked {
		return NoOffer
	}
	if last := t.revokedBy(t.e.now); last != nil && last.said >= v.on && !t.agreedAfter(v, last.said) {
		return Revoked
	}
	n := map[State]int{}
	law := map[Basis]int{}
	total := 0
	for _, p := range v.parts {
		if p.drop && !t.stillThere(p) {
			continue
		}
		total++
		n[p.now.is]++
		if p.now.is == Silent {
			if s := p.lawful(); s != nil {
				law[s.basis]++
			}
		}
	}
	if total == 0 {
		return t.consentWithoutParts(v)
	}
	switch {
	case n[Split] > 0:
		return Divided
	case n[Conditioned] > 0:
		return Conditional
	case n[Agreed] == total:
		return Whole
	case n[Excepted] == total:
		return Refused
	case n[Agreed]+n[Excepted]+n[NotCarriable] > 0:
		return Partial
	case law[OnOrder]+law[OnSettlement] == total:
		return Whole
	case law[OnSilence] > 0:
		return Deemed
	case law[OnNotice] > 0:
		return NotNeeded
	}
	return Unanswered
}

// agreedAfter reports an agreement to v after d.
func (t *track) agreedAfter(v *version, d day.Date) bool {
	return slices.ContainsFunc(v.answers, func(a answer) bool { return a.on > d && a.base == yes })
}

// consentWithoutParts is the word for a version of which no part was entered.
func (t *track) consentWithoutParts(v *version) Consent {
	out := Unanswered
	for i := range v.answers {
		a := &v.answers[i]
		if (a.soft || a.kind == servicesRefused) && v.later {
			continue
		}
		w := a.word()
		if out != Unanswered && out != w && (out == Refused && w == Whole || out == Whole && w == Refused) && v.answers[i-1].by != a.by && a.by != "" && v.answers[i-1].by != "" {
			out = Divided
			continue
		}
		out = w
	}
	if out == Unanswered && t.kind == plan.Section504 {
		return NotNeeded
	}
	return out
}
