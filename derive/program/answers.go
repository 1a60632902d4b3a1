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

// A verdict is what one answer says of one part.
type verdict uint8

const (
	nothing verdict = iota
	yes
	no
	onCondition
	unclear // parts were agreed to, and which cannot be told
)

// An answer is one answer to a version, whoever gave it and wherever it stands.
type answer struct {
	on      day.Date
	by      string // who, so that two words for one person are one; "" when that is not said
	said    string // as it was said
	entry   string
	kind    fact.Kind // 0: the plan's own page
	base    verdict   // of what it covers
	only    []string  // when there are any: the parts it covers
	rest    verdict   // of what it does not cover, where nothing was said of that before
	except  []string  // of what it covers: refused
	later   []string  // left for later: it says nothing of these
	soft    bool      // consent to first services: takes back no exception
	basis   Basis     // what a line rests on that follows from it
	rule    law.RuleID
	conds   string
	unnamed bool // it leaves parts out, and does not say which
}

// outside reports that the answer comes from outside the family: a law, an order, a
// settlement both sides signed.
func (a *answer) outside() bool { return a.basis != OnAgreement }

// of is what the answer says of a part.
func (a *answer) of(p *part) verdict {
	if len(a.only) > 0 && !named(a.only, p) {
		return nothing
	}
	if named(a.except, p) {
		return no
	}
	if a.unnamed && a.base == yes {
		if p.same {
			return yes
		}
		return unclear
	}
	return a.base
}

// named reports that a list names the part: by its ref, with or without its plan,
// or by what people call it. The name of a decision is its id, unless another part
// has that.
func named(list []string, p *part) bool {
	byName := p.comp.Name != "" && (p.comp.Part != plan.Decisions || p.comp.ID == p.comp.Name)
	for _, s := range list {
		if s == p.ref || s == p.v.ID+"/"+p.ref || p.was != nil && s == p.was.v.ID+"/"+p.was.ref || byName && strings.EqualFold(strings.TrimSpace(s), p.comp.Name) {
			return true
		}
	}
	return false
}

// knows reports that the version has a part by that name.
func (v *version) knows(s string) bool {
	for _, p := range v.parts {
		if named([]string{s}, p) {
			return true
		}
	}
	return false
}

// answers gathers every answer to every version, from the plans' own pages and
// from the record.
func (e *engine) answers() {
	for _, v := range e.versions {
		e.onThePage(v)
	}
	voided := e.voided()
	for _, x := range e.each(answerKinds...) {
		if voided[x.ID] {
			continue
		}
		if v := e.about(x); v != nil {
			e.inTheRecord(v, x)
		}
	}
	for _, v := range e.versions {
		e.claims(v)
		if v.draft {
			if len(v.answers) > 0 {
				e.notice("answer_to_draft", v.ID, v.answers[0].entry)
			}
			v.answers = nil
		}
		slices.SortStableFunc(v.answers, func(a, b answer) int {
			return cmp.Or(cmp.Compare(a.on, b.on), cmp.Compare(a.weight(), b.weight()), strings.Compare(a.entry, b.entry), strings.Compare(a.said, b.said), cmp.Compare(a.base, b.base))
		})
		v.answers = once(v.answers)
	}
}

// claims takes a plan that is marked as agreed to or in effect at its word, where
// nothing else tells of an answer: most families enter the plan they live by before
// they look for the page with the signatures. A notice asks for that page.
func (e *engine) claims(v *version) {
	if len(v.answers) > 0 || v.draft || v.is504 || v.Status != "consented" && v.Status != "in_effect" {
		return
	}
	on := v.ownDay()
	if on > e.now {
		return
	}
	v.claimed = true
	v.answers = append(v.answers, answer{on: on, base: yes, basis: OnAgreement})
}

// weight orders answers of one day: the general before the particular.
func (a *answer) weight() int {
	switch {
	case a.soft:
		return 0
	case len(a.only) > 0:
		return 3
	case len(a.except) > 0:
		return 2
	}
	return 1
}

// onThePage reads the answers that stand on the plan itself.
func (e *engine) onThePage(v *version) {
	first := v.AgreedOn
	for _, c := range v.Consent {
		on := c.On
		if on == 0 {
			on = v.AgreedOn
		}
		if on == 0 && (c.Agreement != "" || c.Initial == fact.Yes) {
			on = v.ownDay()
			e.notice("answer_undated", v.ID, "")
		}
		if on > e.now {
			continue
		}
		by := c.By
		if by == "" {
			by = c.Relation
		}
		a := answer{on: on, by: e.person(v, by, c.Relation), said: by, basis: OnAgreement, conds: c.Conditions}
		switch c.Agreement {
		case "all":
			a.base = yes
		case "with_exceptions":
			a.base = yes
			for _, x := range c.Exceptions {
				switch {
				case x.Part != "" && v.knows(x.Part):
					a.except = append(a.except, x.Part)
				case x.Text != "" && v.knows(x.Text):
					a.except = append(a.except, x.Text)
				case v.saysNo(x.Part):
				default:
					a.unnamed = true
				}
			}
			if len(c.Exceptions) == 0 && !v.exceptsByPart() {
				a.unnamed = true
			}
		case "none":
			a.base = no
		default:
			if c.Initial != fact.Yes {
				continue
			}
			a.base, a.soft = yes, true
		}
		if c.Conditions != "" && a.base == yes {
			a.base = onCondition
		}
		if e.mayAnswer(v, &a) {
			v.answers = append(v.answers, a)
		}
		if first == 0 || on < first {
			first = on
		}
	}
	if len(v.Consent) == 0 && v.AgreedOn != 0 && v.AgreedOn <= e.now {
		v.answers = append(v.answers, answer{on: v.AgreedOn, base: yes, basis: OnAgreement})
	}
	if len(v.Consent) == 0 && v.Status == "refused" && v.asked {
		v.answers = append(v.answers, answer{on: v.on, base: no, basis: OnAgreement})
	}
	if first == 0 {
		first = v.ownDay()
	}
	var agreed = map[day.Date][]string{}
	var days []day.Date
	var refused []string
	for _, p := range v.parts {
		switch {
		case p.drop:
		case p.comp.Consent == "excepted":
			refused = append(refused, p.ref)
		case p.comp.AgreedOn != 0 || p.comp.Consent == "agreed":
			on := p.comp.AgreedOn
			if on == 0 {
				on = first
			}
			if agreed[on] == nil {
				days = append(days, on)
			}
			agreed[on] = append(agreed[on], p.ref)
		}
	}
	if len(refused) > 0 && first <= e.now {
		v.answers = append(v.answers, answer{on: first, base: no, only: refused, basis: OnAgreement})
	}
	slices.Sort(days)
	for _, on := range days {
		if on <= e.now {
			v.answers = append(v.answers, answer{on: on, base: yes, only: agreed[on], basis: OnAgreement})
		}
	}
}

// ownDay is the day the plan itself gives for its offer; zero when it gives none.
func (v *version) ownDay() day.Date {
	for _, d := range []day.Date{v.Offered, v.MeetingDate, v.EffectiveStart} {
		if d != 0 {
			return d
		}
	}
	return 0
}

// exceptsByPart reports that some part of the paper says itself that it was
// excepted.
func (v *version) exceptsByPart() bool {
	return slices.ContainsFunc(v.parts, func(p *part) bool { return p.comp.Consent == "excepted" })
}

// about is the version an entry answers: the one it names, else the one of the
// offer it answers, else the latest offered by then. nil when there is none, or
// when the entry is of a kind that must name it.
func (e *engine) about(x *fact.Entry) *version {
	if id := x.Fields.Plan; id != "" {
		v := e.byID[id]
		if v == nil {
			e.notice("answer_to_unknown_plan", id, x.ID)
		}
		return v
	}
	amendment := x.Kind == amendmentAgreed || x.Kind == amendmentRefused || x.Kind == iepAmended
	for y, hops := e.re(x), 0; y != nil && hops < 64; y, hops = e.re(y), hops+1 {
		if y.Fields.Plan != "" {
			if v := e.byID[y.Fields.Plan]; v != nil {
				return v
			}
		}
		if y.Kind == iepOffered {
			return e.offeredOn(when(y), false)
		}
		if y.Kind == amendmentProposed {
			return e.offeredOn(when(y), true)
		}
	}
	switch x.Kind {
	case settlementSigned, settlementAccepted, resolutionAgreed, mediationAgreed, placementAgreed, hearingDecision, reviewDecision:
		return nil // they settle many things; only a plan they name is agreed to by them
	}
	v := e.offeredOn(when(x), amendment)
	if v == nil {
		switch x.Kind {
		case servicesConsent, servicesRefused, oneRefused, iepAmended:
		default:
			e.notice("answer_to_nothing", "", x.ID)
		}
	}
	return v
}

// offeredOn is the latest version offered on d or before, else one offered within
// the two months after, for a day that is the plan's own first day.
func (e *engine) offeredOn(d day.Date, amendment bool) *version {
	var got *version
	for _, v := range e.versions {
		if v.is504 || v.draft || (v.Amends != "") != amendment || v.on == 0 {
			continue
		}
		if v.on <= d {
			got = v
		}
	}
	if got != nil {
		return got
	}
	for _, v := range e.versions {
		if v.is504 || v.draft || (v.Amends != "") != amendment || v.on == 0 || v.Offered != 0 || v.MeetingDate != 0 {
			continue
		}
		if v.on <= d+60 {
			return v
		}
	}
	return nil
}

// inWriting are the answers that count only in writing.
var inWriting = []fact.Kind{iepConsent, iepPartial, servicesConsent, settlementSigned, settlementAccepted, resolutionAgreed, mediationAgreed}

// inTheRecord reads an entry as an answer to v.
func (e *engine) inTheRecord(v *version, x *fact.Entry) {
	f := &x.Fields
	if f.Written == fact.No && slices.Contains(inWriting, x.Kind) {
		e.notice("consent_unwritten", v.ID, x.ID)
		return
	}
	a := answer{on: when(x), by: e.person(v, x.By, ""), said: x.By, entry: x.ID, kind: x.Kind, basis: OnAgreement, conds: f.Conditions,
		only: e.known(v, x, f.Parts), except: e.known(v, x, f.Except), later: e.known(v, x, f.Later)}
	lost := len(f.Parts) > len(a.only) || len(f.Except) > len(a.except)+v.noes(f.Except)
	switch x.Kind {
	case iepConsent, amendmentAgreed:
		a.base = yes
	case iepAmended: // the school changed it: enough only where notice is
		if v.Amends == "" {
			return
		}
		l, ok := e.answer(law.LaterPlans, v.on)
		if !ok || l.Is != "none" {
			e.notice("amended_alone", v.ID, x.ID)
			return
		}
		a.base, a.basis, a.rule, a.by, a.said = yes, OnNotice, l.Rule, "", ""
	case iepPartial:
		a.base = yes
		if len(f.Parts)+len(f.Except) == 0 {
			for _, s := range f.About {
				if v.knows(s) {
					a.except = append(a.except, s)
				}
			}
			lost = len(a.except) == 0 && v.noes(f.About) == 0
		} else {
			v.aside(&a, f.About)
		}
		if len(a.only) > 0 {
			a.rest = no
		}
	case iepRejected, amendmentRefused, servicesRefused:
		a.base = no
		if len(a.only) > 0 {
			v.aside(&a, f.About)
		}
	case oneRefused:
		a.base = no
		if len(a.only) == 0 {
			for _, s := range f.About {
				if v.knows(s) {
					a.only = append(a.only, s)
				}
			}
		}
		if len(a.only) == 0 {
			e.notice("refused_service_unnamed", v.ID, x.ID)
			return
		}
	case servicesConsent:
		a.base, a.soft = yes, true
	case iepConsentDeemed, iepRejectionDeemed:
		e.deemed(v, x, &a)
		if a.base == nothing {
			return
		}
	case settlementSigned, settlementAccepted, resolutionAgreed, mediationAgreed, placementAgreed:
		a.base, a.basis, a.by = yes, OnSettlement, ""
	case hearingDecision, reviewDecision:
		if f.Granted == fact.No {
			return
		}
		if f.Granted == fact.Unsaid {
			e.notice("decision_unclear", v.ID, x.ID)
			return
		}
		a.base, a.basis, a.by = yes, OnOrder, ""
	default:
		return
	}
	if f.Conditions != "" && a.base == yes && a.basis == OnAgreement {
		a.base = onCondition
	}
	if lost {
		switch {
		case a.base == no, len(a.only) > 0:
		case len(f.Parts) > 0: // it covers parts nobody can find: it covers nothing
			e.notice("parts_unknown", v.ID, x.ID)
			a.base, a.unnamed = yes, true
		default:
			a.unnamed = true
			e.notice("parts_unknown", v.ID, x.ID)
		}
		if a.base == no && len(f.Parts) > 0 && len(a.only) == 0 {
			return // a no to parts nobody can find refuses nothing else
		}
	}
	if e.mayAnswer(v, &a) {
		v.answers = append(v.answers, a)
	}
}

// saysNo reports that a name is that of a decision v answers with no, where nothing
// was there to take away. To disagree with that is no no to any part.
func (v *version) saysNo(name string) bool { return v.Decision(name) == fact.No && !v.knows(name) }

// noes counts the names that are only that.
func (v *version) noes(names []string) (n int) {
	for _, s := range names {
		if v.saysNo(s) {
			n++
		}
	}
	return n
}

// aside moves what an entry names in about, beside parts, to where it belongs. The
// form of an earlier day wrote decisions and services toward life after school
// there when they were not agreed to, and did not name the others. That something
// be taken away is agreed to only where it is named.
func (v *version) aside(a *answer, about []string) {
	var not []string
	for _, p := range v.parts {
		if p.beside() && named(about, p) {
			not = append(not, p.ref)
		}
	}
	switch {
	case len(not) == 0:
	case a.base == no:
		a.only = append(a.only, not...)
	default:
		for _, p := range v.parts {
			if p.beside() && !p.drop && len(a.only) > 0 && !named(not, p) && !named(a.except, p) && !named(a.later, p) {
				a.only = append(a.only, p.ref)
			}
		}
		a.except = append(a.except, not...)
		if len(a.only) > 0 {
			a.only = append(a.only, not...)
		}
	}
}

// beside reports a part that the form of an earlier day wrote beside the parts.
func (p *part) beside() bool {
	return p.comp.Part == plan.Decisions || p.comp.Part == plan.AfterSchool
}

// known are those of the names that v has; of others it tells.
func (e *engine) known(v *version, x *fact.Entry, names []string) (out []string) {
	for _, s := range names {
		switch {
		case v.knows(s):
			out = append(out, s)
		case v.saysNo(s):
		default:
			e.notice("unknown_part", v.ID, x.ID, "part", s)
		}
	}
	return out
}

// deemed reads silence as the law of the day the version was offered reads it.
func (e *engine) deemed(v *version, x *fact.Entry, a *answer) {
	a.by, a.said = "", ""
	if x.Kind == iepRejectionDeemed {
		if l, ok := e.answer(law.SilenceOnPlan, v.on); ok && l.Is == "rejected" {
			a.base, a.basis, a.rule = no, OnSilence, l.Rule
		}
		return
	}
	for _, q := range []law.Question{law.LaterPlans, law.SilenceOnPlan} {
		if l, ok := e.answer(q, v.on); ok && (l.Is == "silence" || l.Is == "agreed") {
			a.base, a.basis, a.rule = yes, OnSilence, l.Rule
			return
		}
	}
}

// person is who answered, in one word: mother, father, student; "" when that is
// not said or any parent may be meant.
func (e *engine) person(v *version, by, relation string) string {
	for _, s := range []string{relation, by} {
		w := strings.ToLower(strings.TrimSpace(s))
		if name := e.in.Case.Child.Name; name != "" && w == strings.ToLower(name) || v != nil && v.Student.Name != "" && w == strings.ToLower(v.Student.Name) {
			return "student"
		}
		switch w {
		case "", "parent", "parents", "both", "family", "padres":
		case "mother", "mom", "madre", "mamá":
			return "mother"
		case "father", "dad", "padre", "papá":
			return "father"
		case "student", "self", "child", "adult student", "estudiante":
			return "student"
		default:
			return w
		}
	}
	return ""
}

// mayAnswer reports that who answered holds the rights on that day. Of an answer
// that does not count it tells.
func (e *engine) mayAnswer(v *version, a *answer) bool {
	if a.outside() || v.is504 {
		return true
	}
	from := e.rightsPass()
	if born := e.in.Case.Child.Born; a.by == "student" && born != 0 && (from == 0 || a.on < from) && e.person(nil, fact.At(e.in.Case.RightsHolder, a.on), "") != "student" {
		e.notice("answer_before_majority", v.ID, a.entry)
		return false
	}
	if from != 0 && a.on >= from {
		holder := e.holderSince(from, a.on)
		if holder != "" && holder != "student" {
			return true // a court gave the rights to somebody else
		}
		if a.by == "student" || a.by == "" && a.said == "" {
			return true
		}
		e.notice("answer_after_majority", v.ID, a.entry)
		return false
	}
	holder := e.person(nil, fact.At(e.in.Case.RightsHolder, a.on), "")
	parents := []string{"mother", "father", "student"}
	if holder != "" && a.by != "" && holder != a.by && slices.Contains(parents, holder) && slices.Contains(parents, a.by) {
		e.notice("answer_by_other", v.ID, a.entry)
		return false
	}
	return true
}

// holderSince is who the case says holds the rights on d, when it says so from a
// day on or after from.
func (e *engine) holderSince(from, d day.Date) string {
	holder := ""
	for _, h := range e.in.Case.RightsHolder {
		if h.From >= from && h.From <= d {
			holder = e.person(nil, h.Is, "")
			if holder == "" {
				holder = h.Is
			}
		}
	}
	return holder
}

// rightsPass is the day on which the rights pass to the student; zero when the law
// does not say so, or no date of birth is known.
func (e *engine) rightsPass() day.Date {
	l := e.lawOn(e.now)
	if l == nil || e.in.Case.Child.Born == 0 || l.MajorityAge <= 0 || l.Fact("transfers_rights") != fact.Yes {
		return 0
	}
	from := e.in.Case.Child.Born.AddYears(l.MajorityAge)
	if a, ok := e.answer(law.AdultStudent, from); ok && a.Is == "parent_keeps" {
		return 0
	}
	return from
}

// once drops an answer that stands both on the plan's page and in the record. What
// is known of parts is kept, from whichever says more.
func once(in []answer) []answer {
	var out []answer
	for _, a := range in {
		twin := -1
		for i := range out {
			b := &out[i]
			if b.on == a.on && (a.entry == "") != (b.entry == "") && (a.by == b.by || a.by == "" || b.by == "") && !a.outside() && !b.outside() &&
				sameAnswer(&a, b) {
				twin = i
				break
			}
		}
		if twin < 0 {
			out = append(out, a)
			continue
		}
		b := &out[twin]
		keep := *b
		if b.unnamed && !a.unnamed { // the page names the parts
			keep.base, keep.only, keep.except, keep.rest, keep.unnamed = a.base, a.only, a.except, a.rest, false
		}
		keep.entry, keep.by = cmp.Or(a.entry, b.entry), cmp.Or(a.by, b.by)
		keep.said, keep.conds, keep.kind = cmp.Or(a.said, b.said), cmp.Or(a.conds, b.conds), cmp.Or(a.kind, b.kind)
		*b = keep
	}
	return out
}

// sameAnswer reports that two answers may be one, told twice.
func sameAnswer(a, b *answer) bool {
	if a.base != b.base || a.soft != b.soft {
		return false
	}
	if a.unnamed || b.unnamed {
		return true
	}
	return slices.Equal(a.only, b.only) && slices.Equal(a.except, b.except)
}

// word is the answer as a whole, in the words of Consent.
func (a *answer) word() Consent {
	switch {
	case a.basis == OnSilence && a.base == yes:
		return Deemed
	case a.basis == OnNotice:
		return NotNeeded
	case a.base == no && len(a.only) == 0:
		return Refused
	case a.base == onCondition:
		return Conditional
	case len(a.only) > 0 || len(a.except) > 0 || a.unnamed:
		return Partial
	}
	return Whole
}
