package program

import (
	"cmp"
	"slices"
	"strings"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
)

// A request is one sort of thing that is asked for outside a plan, and the kinds
// that answer it.
type request struct {
	subject        Subject
	asks           []fact.Kind
	yes, no, taken []fact.Kind
	unanswered     []fact.Kind // silence after documented efforts
	all            bool        // each request is a matter of its own
	q              law.Question
}

var requests = []request{
	{subject: FirstEvaluation, asks: fact.MustLookupAll("evaluation_consent_requested"), yes: fact.MustLookupAll("evaluation_consent_received"), no: fact.MustLookupAll("evaluation_consent_refused"), q: law.FirstEvaluation},
	{subject: Reevaluation, asks: fact.MustLookupAll("reevaluation_consent_requested"), yes: fact.MustLookupAll("reevaluation_consent_received"), no: fact.MustLookupAll("reevaluation_consent_refused"),
		unanswered: fact.MustLookupAll("reevaluation_consent_no_response"), q: law.Reevaluation},
	{subject: Excusal, asks: fact.MustLookupAll("member_excusal_sought"), yes: fact.MustLookupAll("excusal_agreed"), no: fact.MustLookupAll("excusal_refused"), all: true, q: law.Excusal},
	{subject: Release, asks: fact.MustLookupAll("records_release_requested"), yes: fact.MustLookupAll("records_release_agreed"), no: fact.MustLookupAll("records_release_refused"), all: true, q: law.Release},
	{subject: Insurance, asks: fact.MustLookupAll("insurance_consent_requested"), yes: fact.MustLookupAll("insurance_consent_received"), no: fact.MustLookupAll("insurance_consent_refused"),
		taken: fact.MustLookupAll("insurance_consent_withdrawn"), q: law.Insurance},
}

// asked makes the rows of the table of consent: what was asked for apart from a
// plan, the first services, the parts of the latest versions, amendments, and
// the taking back of everything.
func (e *engine) asked(iep, other *track) {
	about := map[string]bool{privatePupl: e.in.Case.Fact("home_schooled") == fact.Yes || e.in.Case.Fact("privately_placed") == fact.Yes,
		inDispute: e.res.StayPut.Applies == fact.Yes && e.res.StayPut.Exception != "discipline" || e.res.StayPut.Applies != fact.No && iep.disputedOn(e.now) != nil}
	for _, r := range requests[:2] {
		e.askedOutside(r, about)
	}
	e.askedFirst(iep, about)
	e.askedParts(iep, about)
	for _, r := range requests[2:] {
		e.askedOutside(r, about)
	}
	e.askedOnPages(iep, about)
	e.askedAll(iep, about)
}

// with is the circumstances with one more.
func with(about map[string]bool, word string, is bool) map[string]bool {
	out := map[string]bool{word: is}
	for k, v := range about {
		if k != word {
			out[k] = v
		}
	}
	return out
}

// askedOutside makes the rows of one sort of request. Of what is asked again only
// the last counts; excusals and releases are each a matter of their own, and of
// those only the open ones and the last are shown.
func (e *engine) askedOutside(r request, about map[string]bool) {
	answers := e.each(slices.Concat(r.yes, r.no, r.taken, r.unanswered)...)
	used := map[string]bool{}
	var rows []Asked
	answered := func(ask *fact.Entry) *fact.Entry {
		var got *fact.Entry
		for _, x := range answers {
			if used[x.ID] || ask != nil && when(x) < when(ask) {
				continue
			}
			named := false
			for y, hops := e.re(x), 0; y != nil && hops < 64; y, hops = e.re(y), hops+1 {
				named = named || ask != nil && y.ID == ask.ID
			}
			if x.Re != "" && !named && e.isAsk(e.re(x), r) {
				continue // it answers another one
			}
			if r.all && got != nil && !named {
				continue
			}
			got = x
			if !r.all {
				used[x.ID] = true
			}
		}
		if got != nil {
			used[got.ID] = true
		}
		return got
	}
	asks := e.each(r.asks...)
	if !r.all && len(asks) > 1 {
		asks = asks[len(asks)-1:]
	}
	for _, ask := range asks {
		rows = append(rows, e.askedRow(r, ask, answered(ask), about))
	}
	for _, x := range answers {
		if used[x.ID] || len(asks) > 0 && !r.all {
			continue
		}
		if !r.all { // nobody wrote down that it was asked: the last answer stands
			x = answers[len(answers)-1]
		}
		used[x.ID] = true
		rows = append(rows, e.askedRow(r, nil, x, about))
		if !r.all {
			break
		}
	}
	slices.SortStableFunc(rows, func(a, b Asked) int {
		return cmp.Or(cmp.Compare(max(a.Asked, a.Since), max(b.Asked, b.Since)), strings.Compare(a.Entry, b.Entry))
	})
	for i, row := range rows {
		if i == len(rows)-1 || row.State == Silent {
			e.res.Asked = append(e.res.Asked, row)
		}
	}
}

// isAsk reports that an entry asks for what r is about.
func (e *engine) isAsk(x *fact.Entry, r request) bool {
	return x != nil && slices.Contains(r.asks, x.Kind)
}

// askedRow is one row of what was asked outside a plan.
func (e *engine) askedRow(r request, ask, got *fact.Entry, about map[string]bool) Asked {
	row := Asked{Subject: r.subject, State: Silent}
	key := "asked_silent"
	if ask != nil {
		row.Asked, row.Since, row.Entry, row.By = when(ask), when(ask), ask.ID, ask.By
		row.Name = strings.Join(ask.Fields.About, ", ")
	}
	if got != nil {
		row.Since, row.Entry, row.By = when(got), got.ID, got.By
		if row.Name == "" {
			row.Name = strings.Join(got.Fields.About, ", ")
		}
		switch {
		case slices.Contains(r.yes, got.Kind):
			row.State, key = Agreed, "asked_agreed"
			if got.Fields.Conditions != "" {
				key = "asked_agreed_on_condition"
			}
		case slices.Contains(r.no, got.Kind):
			row.State, key = Excepted, "asked_refused"
		case slices.Contains(r.taken, got.Kind):
			row.State, key = TakenBack, "asked_taken_back"
		default:
			key = "asked_no_answer"
			about = with(about, afterTries, true)
		}
	}
	row.Reason = e.because(key, r.q, row.Since, "on", date(row.Since))
	row.Reason.Entries = []string{row.Entry}
	row.Moves = e.moves(r.subject, row.State, e.now, about)
	return row
}

// askedFirst makes the row of the first services, as long as nothing was agreed to
// before and something was asked or offered.
func (e *engine) askedFirst(t *track, about map[string]bool) {
	v := t.latest()
	var asked *fact.Entry
	for _, x := range e.each(servicesAsked) {
		asked = x
	}
	last := t.revokedBy(e.now)
	revoked := last != nil
	if v != nil && v.Amends != "" {
		v = nil
	}
	if v != nil && (v.later || revoked && last.said >= v.on) {
		v = nil
	}
	if v == nil && (asked == nil || t.everAny(e.now+1) || revoked && when(asked) <= last.said) {
		return
	}
	row := Asked{Subject: FirstServices, State: Silent}
	if v != nil {
		row.Plan, row.Asked, row.Since = v.ID, v.on, v.on
	} else {
		for _, x := range e.each(lastReview, iepReviewed, iepImplemented, servicesStarted) {
			if when(x) <= when(asked) && (!revoked || when(x) > last.said) {
				return
			}
		}
	}
	if asked != nil && (v == nil || when(asked) >= v.on) {
		row.Asked, row.Since, row.Entry = when(asked), when(asked), asked.ID
	}
	key := "first_asked"
	set := func(is State, why string, on day.Date, by, entry string) {
		row.State, key, row.Since, row.By = is, why, on, by
		row.Entry = cmp.Or(entry, row.Entry)
	}
	if v != nil {
		switch c := t.consent(v); c {
		case Whole, Partial, Refused, Conditional, Divided:
			is := map[Consent]State{Whole: Agreed, Partial: Agreed, Refused: Excepted, Conditional: Conditioned, Divided: Split}[c]
			if c == Partial && !slices.ContainsFunc(v.parts, func(p *part) bool { return p.now.is == Agreed }) {
				is = NotCarriable
			}
			on, by, entry := day.Date(0), "", ""
			for i := range v.answers {
				a := &v.answers[i]
				on, by, entry = a.on, a.said, a.entry
			}
			set(is, map[State]string{Agreed: "first_agreed_row", Excepted: "first_refused", Conditioned: "first_conditional", Split: "first_divided", NotCarriable: "first_unclear"}[is], on, by, entry)
		}
	} else {
		for _, x := range e.each(servicesConsent, servicesRefused) {
			if when(x) < when(asked) {
				continue
			}
			if x.Kind == servicesConsent {
				set(Agreed, "first_agreed_row", when(x), x.By, x.ID)
			} else {
				set(Excepted, "first_refused", when(x), x.By, x.ID)
			}
		}
	}
	if row.State == Agreed && v != nil && t.anyOn(e.now) && t.carriedOut(v) != 0 {
		return // they began: the row of the parts says the rest
	}
	q := law.FirstPlan
	if row.State == Excepted {
		q = law.FirstServicesDuty
	}
	row.Reason = e.because(key, q, e.now, "on", date(row.Since))
	if row.Entry != "" {
		row.Reason.Entries = []string{row.Entry}
	}
	row.Moves = e.moves(FirstServices, row.State, e.now, about)
	e.res.Asked = append(e.res.Asked, row)
}

// askedParts makes the rows of the parts: of the latest plan, and of amendments
// offered after it. What was agreed to, and what is the same as before, is one row.
func (e *engine) askedParts(t *track, about map[string]bool) {
	var show []*version
	for i := len(t.versions) - 1; i >= 0; i-- {
		v := t.versions[i]
		if !v.asked {
			continue
		}
		show = append(show, v)
		if v.Amends == "" {
			break
		}
	}
	last := t.revokedBy(e.now)
	slices.Reverse(show)
	for _, v := range show {
		if last != nil && last.said >= v.on && !t.agreedAfter(v, last.said) {
			continue
		}
		c := t.consent(v)
		if !v.later && v.Amends == "" && c != Whole && c != Partial && c != Conditional && c != Divided {
			continue // the row of the first services says it
		}
		subject := PlanPart
		if v.Amends != "" {
			subject = Amendment
		}
		here := with(about, partOfFirst, !v.later && v.Amends == "")
		var rest []Asked // one for each state: what was agreed to, what is as before
		for _, s := range t.told[slices.Index(t.versions, v)].Parts {
			p := v.partOf(s)
			row := Asked{Subject: subject, Plan: v.ID, Component: s.Component, Drops: s.Drops, Part: s.Part, Name: s.Name, Asked: v.on, State: s.State, Since: s.Since, Entry: p.now.entry, By: p.now.by, Reason: s.Reason}
			if row.State == Superseded || row.State == TakenBack || row.State == NotAsked {
				continue
			}
			row.Moves = e.moves(subject, s.State, e.now, here)
			if s.State == Agreed || p.same && s.State == Silent {
				row.Component, row.Drops, row.Part, row.Name = "", false, "", ""
				if p.same && s.State == Silent {
					row.Reason = why("as_before", "plan", v.ID)
				}
				if !slices.ContainsFunc(rest, func(x Asked) bool { return x.State == row.State }) {
					rest = append(rest, row)
				}
				continue
			}
			e.res.Asked = append(e.res.Asked, row)
		}
		e.res.Asked = append(e.res.Asked, rest...)
		if len(v.parts) == 0 && v.Amends != "" {
			row := Asked{Subject: Amendment, Plan: v.ID, Asked: v.on, Since: v.on, State: Silent}
			switch c {
			case Whole:
				row.State = Agreed
			case Refused:
				row.State = Excepted
			}
			row.Reason = e.because("amendment_asked", law.Amendment, v.on, "plan", v.ID)
			row.Moves = e.moves(Amendment, row.State, e.now, here)
			e.res.Asked = append(e.res.Asked, row)
		}
	}
}

// partOf is the part a state is about.
func (v *version) partOf(s PartState) *part {
	for _, p := range v.parts {
		if p.ref == s.Component && p.drop == s.Drops {
			return p
		}
	}
	return &part{v: v}
}

// askedAll makes the row of consent to everything: that it may be taken back, and
// what follows when it was.
func (e *engine) askedAll(t *track, about map[string]bool) {
	last := t.revokedBy(e.now)
	row := Asked{Subject: AllServices, State: Agreed}
	switch {
	case last != nil && (!t.anyOn(e.now) || t.waiting(e.now) != nil && !t.renewedSince(last.said)):
		about = with(about, untilStopped, t.waiting(e.now) != nil)
		row.State, row.Since, row.Entry, row.Reason = TakenBack, last.said, last.entry, last.reason
		if x := e.v.Get(last.entry); x != nil {
			row.By = x.By
		}
	case t.anyOn(e.now):
		row.Reason = e.because("may_be_taken_back", law.Revocation, e.now)
	default:
		return
	}
	row.Moves = e.moves(AllServices, row.State, e.now, about)
	e.res.Asked = append(e.res.Asked, row)
}
