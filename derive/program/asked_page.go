package program

import (
	"cmp"
	"slices"

	"stayput/fact"
	"stayput/law"
)

// askedOnPages makes the rows of what stands only on the plans' own pages: the
// latest word on public insurance, and who was excused from the meeting of the
// latest version. What the record says of the same day or later goes before it.
func (e *engine) askedOnPages(t *track, about map[string]bool) {
	e.insuranceOnPages(t, about)
	if v := t.latest(); v != nil {
		e.excusedOnPage(v, about)
	}
}

// insuranceOnPages adds the last answer about insurance that a page gives, in place
// of an earlier one of the record.
func (e *engine) insuranceOnPages(t *track, about map[string]bool) {
	var row *Asked
	for _, v := range t.versions {
		for _, a := range v.Consent {
			on := cmp.Or(a.On, v.AgreedOn, v.ownDay())
			if v.draft || a.Insurance == fact.Unsaid || on > e.now || row != nil && row.Since > on {
				continue
			}
			row = &Asked{Subject: Insurance, Plan: v.ID, Asked: v.on, Since: on, By: cmp.Or(a.By, a.Relation), State: Agreed}
			if a.Insurance == fact.No {
				row.State = Excepted
			}
		}
	}
	if row == nil {
		return
	}
	for _, x := range e.res.Asked {
		if x.Subject == Insurance && x.Since >= row.Since {
			return
		}
	}
	e.res.Asked = slices.DeleteFunc(e.res.Asked, func(x Asked) bool { return x.Subject == Insurance })
	e.onPage(row, law.Insurance, about)
}

// excusedOnPage adds the members whom the page of v excuses, and those it would and
// the parent has not signed for.
func (e *engine) excusedOnPage(v *version, about map[string]bool) {
	if !v.asked {
		return
	}
	for _, m := range v.Team {
		x := &m.Excused
		if x.ParentSigned == 0 && x.LEASigned == 0 {
			continue
		}
		row := &Asked{Subject: Excusal, Plan: v.ID, Name: cmp.Or(m.Name, m.Title, x.Area, m.Area), Asked: x.LEASigned, Since: x.ParentSigned, State: Agreed}
		if x.ParentSigned == 0 {
			row.State, row.Since = Silent, x.LEASigned
		}
		if row.Since > e.now || slices.ContainsFunc(e.res.Asked, func(y Asked) bool { return y.Subject == Excusal && y.Since == row.Since }) {
			continue
		}
		e.onPage(row, law.Excusal, about)
	}
}

// onPage puts in a row that rests on a plan's own page.
func (e *engine) onPage(row *Asked, q law.Question, about map[string]bool) {
	on := date(row.Since)
	switch row.State {
	case Agreed:
		row.Reason = e.because("page_agreed", q, row.Since, "on", on)
	case Excepted:
		row.Reason = e.because("page_refused", q, row.Since, "on", on)
	default:
		row.Reason = e.because("page_unsigned", q, row.Since, "on", on)
	}
	row.Moves = e.moves(row.Subject, row.State, e.now, about)
	e.res.Asked = append(e.res.Asked, *row)
}
