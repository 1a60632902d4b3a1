package dispute

import (
	"stayput/day"
	"stayput/fact"
)

// Check says why an entry of kind k, dated on, cannot be written down at a step; ok is
// true when it can. A step of "" is the end of the dispute itself.
func (p *Path) Check(step Key, k fact.Kind, on day.Date) (no Problem, ok bool) {
	if step == "" {
		switch {
		case !has(p.Ends, k) && !p.Open:
			return Problem{Key: "has_ended", Other: p.EndedBy}, false
		case !has(p.Ends, k):
			return Problem{Key: "not_here"}, false
		}
		return p.notBefore(on, p.Matter, Filing)
	}
	s := p.Step(step)
	if s == nil {
		return Problem{Key: "not_here"}, false
	}
	if !has(s.Record, k) {
		switch {
		case s.Waits != "":
			return Problem{Key: "waits", Step: s.Waits}, false
		case s.State == Done || s.State == OutOfOrder:
			return Problem{Key: "is_done", Other: s.Entry}, false
		case s.State == Ended:
			return Problem{Key: "has_ended", Other: p.EndedBy}, false
		case s.State == NotNeeded:
			return Problem{Key: "not_needed", Step: step, Other: s.Why.Entry}, false
		}
		return Problem{Key: "not_here"}, false
	}
	for i := range specs[p.Kind] {
		sp := &specs[p.Kind][i]
		if sp.key != step {
			continue
		}
		for _, n := range sp.needs {
			need := p.Step(n)
			if need == nil || need.Entry == "" || n == HearingSet {
				continue
			}
			if no, ok := p.notBefore(on, need.Entry, n); !ok {
				return no, false
			}
		}
	}
	if p.EndedBy != "" {
		if no, ok := p.notBefore(on, p.EndedBy, Decision); !ok && step != Withdrawal {
			return no, false
		}
	}
	return p.notBefore(on, p.Matter, Filing)
}

// notBefore refuses a day that lies before an entry.
func (p *Path) notBefore(on day.Date, entry string, step Key) (Problem, bool) {
	if e := p.view.Get(entry); e != nil && on < e.On.Earliest && !(step == Filing && !p.Begun) {
		return Problem{Key: "too_early", Other: entry, Step: step}, false
	}
	return Problem{}, true
}

// about are the entries that an entry of a kind is an answer to, the likeliest first.
var about = map[fact.Kind][]fact.Kind{
	kind("sufficiency_challenge_received"):  is("sufficiency_challenge_sent"),
	kind("sufficiency_decided"):             is("sufficiency_challenge_received", "sufficiency_challenge_sent"),
	kind("evidence_disclosed"):              is("hearing_scheduled_date"),
	kind("issues_disclosed"):                is("hearing_scheduled_date"),
	kind("attorney_notice_given"):           is("hearing_scheduled_date"),
	kind("hearing_scheduled_date"):          is("hearing_scheduled_date"),
	kind("prehearing_conference_scheduled"): is("prehearing_conference_scheduled"),
	kind("resolution_meeting_scheduled"):    is("resolution_meeting_scheduled"),
	kind("mediation_scheduled"):             is("mediation_scheduled"),
	kind("iep_meeting_scheduled"):           is("iep_meeting_scheduled"),
	kind("resolution_agreement_voided"):     is("resolution_agreement_executed"),
	kind("settlement_offer_accepted"):       is("settlement_offer_made"),
	kind("expedited_decision_issued"):       is("expedited_hearing_held"),
	kind("decision_implemented"):            is("s504_review_decided", "s504_hearing_decided", "records_hearing_decided", "records_amendment_decided", "ocr_resolution_signed", "ocr_complaint_decided", "ferpa_complaint_decided", "state_review_decided", "expedited_decision_issued", "hearing_decision_issued", "default_entered", "settlement_signed", "mediation_agreement_signed", "resolution_agreement_executed"),
	kind("state_review_requested"):          is("expedited_decision_issued", "hearing_decision_issued", "default_entered"),
	kind("civil_action_filed"):              is("state_review_decided", "expedited_decision_issued", "hearing_decision_issued", "default_entered"),
	kind("reconsideration_requested"):       is("state_complaint_decided"),
	kind("reconsideration_decided"):         is("reconsideration_requested"),
	kind("noncompliance_corrected"):         is("noncompliance_identified", "state_complaint_decided"),
	kind("noncompliance_identified"):        is("state_complaint_decided"),
	kind("s504_hearing_scheduled"):          is("s504_hearing_scheduled"),
	kind("s504_hearing_decided"):            is("s504_hearing_held"),
	kind("s504_review_requested"):           is("s504_hearing_decided"),
	kind("s504_review_decided"):             is("s504_review_requested"),
	kind("records_access_given"):            is("records_access_requested"),
	kind("records_hearing_requested"):       is("records_amendment_decided"),
	kind("records_hearing_scheduled"):       is("records_hearing_scheduled", "records_hearing_requested"),
	kind("records_hearing_held"):            is("records_hearing_requested"),
	kind("records_hearing_decided"):         is("records_hearing_held"),
	kind("records_statement_placed"):        is("records_hearing_decided"),
	kind("ocr_complaint_decided"):           is("ocr_complaint_opened"),
	kind("ocr_resolution_signed"):           is("ocr_complaint_opened"),
}

// anchors are the entries from which the days of a dispute run, the latest first.
var anchors = is("due_process_amended_filed", "due_process_received", "due_process_filed", "expedited_complaint_received", "expedited_complaint_filed", "state_complaint_received", "state_complaint_filed")

// About is the entry that a new entry of a kind should name, so that every date finds
// its answer: what it answers, else what the days of the dispute run from. An
// appointment that takes the place of an earlier one names that.
func (p *Path) About(k fact.Kind) string {
	for _, q := range about[k] {
		if id := p.latest(q); id != "" {
			return id
		}
	}
	for _, q := range anchors {
		if id := p.latest(q); id != "" {
			return id
		}
	}
	return p.Matter
}

// latest is the last entry of a kind in the path.
func (p *Path) latest(k fact.Kind) string {
	for i := len(p.Entries) - 1; i >= 0; i-- {
		if e := p.view.Get(p.Entries[i]); e != nil && e.Kind == k {
			if j, ok := p.view.Find(e.ID); ok && !p.view.Moved(j) {
				return e.ID
			}
		}
	}
	return ""
}
