package program

import (
	"cmp"
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
	"stayput/plan"
)

// A track is the versions of one program.
type track struct {
	e        *engine
	kind     plan.Kind
	versions []*version
	heads    []*part    // by thread, the latest part that bears it
	silentOn []*version // plans that say nothing of services, though one before did
	ends     []end
	ids      map[componentID]int // the thread that last bore an id
	members  [][]*part           // by thread, its parts in the order of the versions
	disputes []dispute           // that began by the day; the IEP's track alone
	said     map[string]verdictAt
	told     []OfferState // of the versions, once the result is made
}

// A verdictAt is where the answers to a part stand from a day on.
type verdictAt struct {
	from  day.Date
	is    State
	entry string
	by    string
	said  *answer // the answer that made it so; nil when nobody answered
	yes   *answer // the agreement it rests on, when there is one
}

// states is where each verdict leaves a part.
var states = [...]State{yes: Agreed, no: Excepted, onCondition: Conditioned, unclear: NotCarriable}

// A spell is a stretch on which a part would be in force by what it rests on,
// unless something later took its place.
type spell struct {
	from   day.Date
	said   day.Date // when it was agreed, ordered, deemed or noticed
	rank   day.Date // of two parts of one thread that hold, the one with the later rank does
	basis  Basis
	entry  string
	by     string
	reason Reason
}

// settle works out, for every part of every version, where its answers stand and
// when it holds.
func (t *track) settle() {
	t.findEnds()
	for _, v := range t.versions {
		v.later = t.begun(v)
		v.noticed = t.noticed(v)
		for _, p := range v.parts {
			t.fold(p)
			if v.asked {
				t.hold(p)
			}
		}
	}
}

// fold goes through the answers to a part in order.
func (t *track) fold(p *part) {
	v := p.v
	start := Silent
	if !v.asked {
		start = NotAsked
	}
	p.steps = append(p.steps[:0], verdictAt{from: v.on, is: start})
	clear(t.said) // by person
	said := t.said
	for i := range v.answers {
		a := &v.answers[i]
		if a.outside() {
			continue
		}
		if (a.soft || a.kind == servicesRefused) && v.later {
			continue // what is asked about the first services says nothing of a later plan
		}
		d := a.of(p)
		mine, had := said[a.by]
		// A yes to the first services says nothing of any one part: what a later
		// word says of the parts goes before it.
		if had && mine.said.soft && !a.soft && mine.is == Agreed {
			had = false
			delete(said, a.by)
		}
		if d == nothing && a.rest != nothing && !had && len(said) == 0 && !named(a.later, p) {
			d = a.rest
		}
		if d == nothing && !had && mine.said != nil {
			said[a.by] = mine // nothing was said of this part: the yes stands
		}
		if d == nothing {
			continue
		}
		if a.soft && had && mine.is == Excepted && mine.said.word() != Refused {
			continue
		}
		if d == unclear && (had || len(said) > 0) {
			continue // what is known of this part is more than that
		}
		is := states[d]
		if a.by == "" {
			clear(said)
		} else {
			delete(said, "")
		}
		if had && mine.is == is {
			said[a.by] = mine // said again
		} else {
			said[a.by] = verdictAt{from: a.on, is: is, entry: a.entry, by: a.said, said: a}
		}
		now := t.together(v, said)
		if last := &p.steps[len(p.steps)-1]; last.is != now.is || last.said != now.said {
			now.from = max(now.from, 0)
			p.steps = append(p.steps, now)
		}
	}
	for i := range v.answers {
		// Silence that the State reads as a no.
		if a := &v.answers[i]; a.outside() && a.base == no && p.steps[len(p.steps)-1].is == Silent {
			p.steps = append(p.steps, verdictAt{from: a.on, is: Excepted, entry: a.entry, said: a})
		}
	}
	p.now = p.steps[len(p.steps)-1]
}

// together is what the answers of one or two persons come to. Where two answered
// differently the part is divided; whether one signature is enough is the law's.
func (t *track) together(v *version, said map[string]verdictAt) verdictAt {
	var who []string
	for by := range said {
		who = append(who, by)
	}
	slices.Sort(who)
	var first, agreed verdictAt
	same := true
	for i, by := range who {
		s := said[by]
		if i == 0 {
			first = s
		} else if s.is != first.is {
			same = false
		}
		if s.is == Agreed && (agreed.said == nil || s.from < agreed.from) {
			agreed = s
		}
	}
	if same {
		// The earliest of those who said the same.
		for _, by := range who {
			if s := said[by]; s.from < first.from {
				first = s
			}
		}
		if first.is == Agreed {
			first.yes = first.said
		}
		return first
	}
	// Two persons, two answers: the latest made it so.
	out := first
	for _, by := range who {
		if s := said[by]; s.from >= out.from {
			out = s
		}
	}
	out.is = Split
	if _, ok := t.e.answer(law.TwoParents, v.on); ok && agreed.said != nil {
		out.yes = agreed.said
	}
	return out
}

// hold works out when the part holds, by agreement, by law, by order.
func (t *track) hold(p *part) {
	v := p.v
	p.spells = p.spells[:0]
	e := t.e
	// By agreement. A refusal undoes an agreement only before the part began:
	// consent is not taken back for the past, nor for one part of what is running.
	var open *spell
	for i := range p.steps {
		s := &p.steps[i]
		switch {
		case s.yes != nil && open == nil:
			p.spells = append(p.spells, spell{from: max(s.yes.on, p.from), said: s.yes.on, basis: OnAgreement, entry: s.yes.entry, by: s.yes.said})
			open = &p.spells[len(p.spells)-1]
		case s.yes == nil && open != nil && s.from <= open.from:
			p.spells, open = p.spells[:len(p.spells)-1], nil
		}
	}
	for i := range p.spells {
		s := &p.spells[i]
		s.rank = v.on
		switch {
		case p.now.is == Excepted:
			s.reason = e.because("agreed_before_refused", law.OneService, p.now.from, "plan", v.ID, "on", date(s.said))
		case p.now.is == Split:
			s.reason = e.because("one_parent_agreed", law.TwoParents, v.on, "plan", v.ID, "by", s.by, "on", date(s.said))
		case v.claimed:
			s.reason = why("status_says", "plan", v.ID)
		case v.is504:
			s.reason = why("agreed_504", "plan", v.ID, "on", date(s.said))
		case t.byAdult(s):
			s.reason = e.because("agreed_student", law.AdultStudent, e.rightsPass(), "plan", v.ID, "on", date(s.said))
		case v.Amends != "":
			s.reason = e.because("agreed_amendment", law.Amendment, s.said, "plan", v.ID, "on", date(s.said))
		case !v.later:
			s.reason = e.because("agreed_first", law.FirstPlan, s.said, "plan", v.ID, "on", date(s.said))
		default:
			s.reason = e.because("agreed", law.LaterPlans, v.on, "plan", v.ID, "on", date(s.said))
		}
		if s.entry != "" {
			s.reason.Entries = []string{s.entry}
		}
	}
	for i := range v.answers {
		a := &v.answers[i]
		if !a.outside() || a.of(p) != yes {
			continue
		}
		s := spell{from: max(a.on, p.from), said: a.on, rank: v.on, basis: a.basis, entry: a.entry}
		switch a.basis {
		case OnSilence:
			if !v.later {
				continue
			}
			if is := p.stateOn(a.on).is; is != Silent && is != NotAsked && !t.noIsNotEnough(v) {
				continue
			}
			if s.from = t.notWhileDisputed(p, s.from); s.from == 0 {
				continue
			}
			s.reason = why("silence", "plan", v.ID, "on", date(a.on))
			e.cite(&s.reason, a.rule, v.on)
		case OnNotice:
			if s.from = t.notWhileDisputed(p, s.from); s.from == 0 || p.now.is == Excepted || !v.later {
				continue
			}
			s.reason = why("amended_on_notice", "plan", v.ID, "on", date(a.on))
			e.cite(&s.reason, a.rule, v.on)
		case OnOrder:
			if !v.later && !p.everAgreed() {
				e.notice("order_over_first_refusal", v.ID, a.entry)
				continue // nobody can put first services in place of the parent's consent
			}
			if !t.orderHolds(a) {
				continue
			}
			s.rank = max(v.on, a.on)
			s.from = a.on
			s.reason = e.because("ordered", law.StayPutDecision, a.on, "plan", v.ID, "on", date(a.on))
		default:
			s.rank = max(v.on, a.on)
			s.reason = why("settled", "plan", v.ID, "on", date(a.on))
			if a.kind == placementAgreed {
				s.from = a.on
				s.reason = e.because("agreed_while_disputed", law.StayPutIs, a.on, "plan", v.ID, "on", date(a.on))
			}
		}
		s.reason.Entries = []string{a.entry}
		p.spells = append(p.spells, s)
	}
	t.byNotice(p)
	slices.SortStableFunc(p.spells, func(a, b spell) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.from, b.from)) })
}

// byAdult reports that the student agreed, to whom the rights had passed.
func (t *track) byAdult(s *spell) bool {
	from := t.e.rightsPass()
	return from != 0 && s.said >= from && t.e.person(nil, s.by, "") == "student"
}

// orderHolds reports that a decision changes the program today. One for the school
// changes nothing while a court or the State's review has the case; one for the
// parent does, but where the State has two tiers only the second.
func (t *track) orderHolds(a *answer) bool {
	for i := range t.disputes {
		d := &t.disputes[i]
		if d.decision == nil || d.decision.ID != a.entry && d.first != a.entry {
			continue
		}
		if d.appeal == nil {
			return true
		}
		x := t.e.v.Get(a.entry)
		if !t.e.forParent(x) {
			return false
		}
		l, ok := t.e.answer(law.StayPutDecision, a.on)
		return !ok || l.Is != "after_review" || x.Kind == reviewDecision || d.appeal.Kind == civilAction
	}
	return true
}

// byNotice lets a part hold on notice alone: a 504 plan, and a later plan where
// the State asks for no consent to it.
func (t *track) byNotice(p *part) {
	v, e := p.v, t.e
	if v.is504 {
		from := max(p.from, v.on)
		p.spells = append(p.spells, spell{from: from, said: v.on, rank: v.on, basis: OnNotice, reason: e.because("plan_504", law.Plan504, v.on, "plan", v.ID)})
		return
	}
	if !v.later || v.Amends != "" {
		return // an amendment without a meeting takes both sides
	}
	a, ok := e.answer(law.LaterPlans, v.on)
	if !ok || a.Is != "none" {
		t.anyway(p)
		t.restGoesAhead(p, a)
		return
	}
	key, said := "notice", v.noticed
	objected := p.now.is == Excepted || p.now.is == Split || p.now.is == Conditioned
	if said == 0 {
		e.notice("notice_not_shown", v.ID, "")
		if said = v.on; objected {
			// Against a no, and with no notice to be seen, only what was in fact
			// carried out is taken to have begun.
			if said = t.carriedOut(v); said == 0 {
				return
			}
		}
		key = "notice_not_shown"
	}
	if objected {
		key += "_objected"
	}
	first, _ := t.notBefore(v)
	from := t.notWhileDisputed(p, max(p.from, said, v.on, first))
	if from == 0 {
		return
	}
	s := spell{from: from, said: said, rank: v.on, basis: OnNotice, reason: why(key, "plan", v.ID, "on", date(said))}
	e.cite(&s.reason, a.Rule, v.on)
	p.spells = append(p.spells, s)
}

// noIsNotEnough reports that a plain no does not stop a later plan here.
func (t *track) noIsNotEnough(v *version) bool {
	return slices.ContainsFunc(t.e.answersTo(law.RefusedPart, v.on), func(a law.Answer) bool { return a.Is == "begins_anyway" && !a.Disputed })
}

// anyway lets a part hold from the day it was carried out where a plain no does
// not stop a plan.
func (t *track) anyway(p *part) {
	v, e := p.v, t.e
	if p.now.is == Silent || p.now.is == Agreed || p.now.is == NotAsked {
		return
	}
	for _, a := range e.answersTo(law.RefusedPart, v.on) {
		if a.Is != "begins_anyway" || a.Disputed || p.holdsBySilence() {
			continue
		}
		said, ok := t.notBefore(v)
		if on := t.carriedOut(v); on != 0 && (!ok || on < said) {
			said, ok = on, true
		}
		if !ok || said > e.now || t.challenged(v, said) {
			return
		}
		from := t.notWhileDisputed(p, max(said, p.from))
		if from == 0 {
			return
		}
		s := spell{from: from, said: said, rank: v.on, basis: OnNotice, reason: why("begins_anyway", "plan", v.ID, "on", date(said))}
		e.cite(&s.reason, a.Rule, v.on)
		p.spells = append(p.spells, s)
		return
	}
}

// restGoesAhead lets a part hold of which nothing was said, where silence lets a
// later plan begin: beside an objection to another part, where parts stand apart;
// and where only the plan itself says when it was offered, so that no entry could
// start the wait.
func (t *track) restGoesAhead(p *part, a law.Answer) {
	v, e := p.v, t.e
	if a.Is != "silence" || p.now.is != Silent || p.holdsBySilence() {
		return
	}
	if len(v.answers) > 0 {
		if each, ok := e.answer(law.Parts, v.on); !ok || each.Is != "each" {
			return
		}
	} else if t.offeredInTheRecord(v) {
		return // the wait is counted from that entry
	}
	said, ok := t.notBefore(v)
	if !ok || said > e.now || t.challenged(v, said) {
		return
	}
	from := t.notWhileDisputed(p, max(said, p.from))
	if from == 0 {
		return
	}
	s := spell{from: from, said: said, rank: v.on, basis: OnSilence, reason: why("silence", "plan", v.ID, "on", date(said))}
	e.cite(&s.reason, a.Rule, v.on)
	p.spells = append(p.spells, s)
}

// offeredInTheRecord reports an entry that offers v.
func (t *track) offeredInTheRecord(v *version) bool {
	return slices.ContainsFunc(t.e.each(iepOffered), func(x *fact.Entry) bool {
		return x.Fields.Plan == v.ID || x.Fields.Plan == "" && t.e.offeredOn(when(x), false) == v
	})
}

// holdsBySilence reports that the part holds by silence already.
func (p *part) holdsBySilence() bool {
	return slices.ContainsFunc(p.spells, func(s spell) bool { return s.basis == OnSilence })
}

// carriedOut is the first day on which the record shows v carried out; zero when
// it does not.
func (t *track) carriedOut(v *version) day.Date {
	if !v.looked {
		v.looked, v.carried = true, t.firstCarried(v)
	}
	return v.carried
}

func (t *track) firstCarried(v *version) day.Date {
	for _, x := range t.e.each(iepImplemented, newAdopted, servicesStarted) {
		if x.Fields.Plan == v.ID || t.offers(x, v) {
			return when(x)
		}
	}
	return 0
}

// notWhileDisputed is d, or the day on which the dispute ended during which d
// lies; zero while that lasts. What rests on silence or notice changes nothing
// while stay put holds; the part remembers that it was held back.
func (t *track) notWhileDisputed(p *part, d day.Date) day.Date {
	from := d
	for range t.disputes {
		for _, x := range t.disputes {
			if !x.certain || d < x.since {
				continue
			}
			if x.over == 0 {
				p.held = append(p.held, heldBack{from, 0})
				return 0
			}
			if d < x.over {
				d = x.over
			}
		}
	}
	if d > from {
		p.held = append(p.held, heldBack{from, d})
	}
	return d
}

// A heldBack is a stretch on which a part would have begun, had stay put not held
// what was there before.
type heldBack struct {
	from, to day.Date // to: the day it began after all; zero while it waits
}

// stateOn is where the answers stood on d.
func (p *part) stateOn(d day.Date) verdictAt {
	out := p.steps[0]
	for _, s := range p.steps {
		if s.from <= d {
			out = s
		}
	}
	return out
}

// everAgreed reports an agreement by the family to the part.
func (p *part) everAgreed() bool {
	return slices.ContainsFunc(p.steps, func(s verdictAt) bool { return s.yes != nil })
}

// begun reports that special education had begun before v was offered, so that v
// is no first plan.
func (t *track) begun(v *version) bool {
	if t.kind != plan.IEP {
		return true
	}
	e := t.e
	last := day.Date(0) // the latest revocation before v
	for _, x := range t.ends {
		if x.revoked && x.said < v.on {
			last = x.said
		}
	}
	for _, u := range t.versions {
		if u == v || u.on >= v.on && !(v.base == u) || u.Kind == plan.IFSP && v.Kind != plan.IFSP {
			continue
		}
		for _, p := range u.parts {
			for _, s := range p.spells {
				if s.basis == OnAgreement && s.said > last && s.said <= max(v.on, 1) && !p.drop {
					return true
				}
			}
		}
	}
	for _, x := range e.each(servicesConsent, servicesStarted, iepImplemented, iepReviewed, lastReview, transferEnrolled) {
		if d := when(x); d < v.on && d > last && x.Fields.Plan != v.ID && !t.offers(x, v) {
			return true
		}
	}
	if last == 0 {
		for _, x := range e.each(iepOffered) {
			if x.Fields.Initial == fact.No && (x.Fields.Plan == v.ID || x.Fields.Plan == "" && e.offeredOn(when(x), false) == v) {
				return true
			}
		}
	}
	return false
}

// offers reports that an entry rests on the offer of v itself.
func (t *track) offers(x *fact.Entry, v *version) bool {
	for y, hops := t.e.re(x), 0; y != nil && hops < 64; y, hops = t.e.re(y), hops+1 {
		if y.Fields.Plan == v.ID || y.Kind == iepOffered && y.Fields.Plan == "" && t.e.offeredOn(when(y), false) == v {
			return true
		}
	}
	return false
}

// noticed is the day on which written notice of v was given; zero when neither the
// plan nor the record shows one.
func (t *track) noticed(v *version) day.Date {
	first := day.Date(0)
	see := func(d day.Date) {
		if d != 0 && d <= t.e.now && (first == 0 || d < first) {
			first = d
		}
	}
	for _, n := range v.PriorNotices {
		if n.Refuses != fact.Yes {
			see(n.On)
		}
	}
	for _, x := range t.e.each(noticeGiven, actionProposed) {
		if x.Fields.Refused == fact.Yes {
			continue
		}
		switch {
		case x.Fields.Plan == v.ID && v.ID != "", t.offers(x, v):
			see(when(x))
		case x.Fields.Plan == "" && x.Re == "" && t.e.offeredOn(when(x), false) == v && !v.is504:
			see(when(x))
		}
	}
	return first
}

// date is a day as an argument of a text; "" for none.
func date(d day.Date) string {
	if d == 0 {
		return ""
	}
	return d.String()
}
