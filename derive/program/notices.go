package program

import (
	"slices"
	"strings"

	"stayput/plan"
)

// look tells what in plans and record a person should look at.
func (e *engine) look(iep, other *track) {
	for _, t := range []*track{iep, other} {
		for _, v := range t.versions {
			if len(v.backward) > 0 {
				e.notice("part_ends_before_start", v.ID, "", "part", strings.Join(v.backward, ", "))
			}
			if v.claimed || v.asked && len(v.answers) == 0 && slices.Contains([]plan.Status{"consented", "partly_consented", "in_effect"}, v.Status) && t.kind == plan.IEP && !v.holds() {
				e.notice("status_without_answer", v.ID, "")
			}
		}
		t.overlaps()
		for _, v := range t.silentOn {
			if v.asked && v.holds() {
				e.notice("services_not_entered", v.ID, "")
			}
		}
	}
	if last := iep.revokedBy(e.now); last != nil && !iep.renewedSince(last.said) && e.stopNotice(last.entry, last.said) == nil {
		e.notice("revocation_notice_owed", "", last.entry)
		for _, x := range e.each(noticeGiven) {
			if when(x) >= last.said && x.Re == "" && x.Fields.Plan == "" { // it may be the one, and the days count from it
				e.notice("revocation_notice_which", "", x.ID, "on", date(when(x)))
			}
		}
	}
}

// holds reports that some part of v held at some time.
func (v *version) holds() bool {
	return slices.ContainsFunc(v.parts, func(p *part) bool { return len(p.spells) > 0 })
}

// overlaps tells of a plan that was offered after another and does not begin after
// it, when both were agreed to: which of the two is meant cannot be told.
func (t *track) overlaps() {
	for i, a := range t.versions {
		if a.Amends != "" || a.start == 0 || !a.agreedTo() {
			continue
		}
		for _, b := range t.versions[i+1:] {
			if b.Amends == "" && b.start != 0 && b.start <= a.start && b.agreedTo() {
				t.e.notice("plans_overlap", b.ID, "", "other", a.ID)
			}
		}
	}
}

// agreedTo reports that some part of v was agreed to.
func (v *version) agreedTo() bool {
	return slices.ContainsFunc(v.parts, func(p *part) bool { return p.everAgreed() })
}
