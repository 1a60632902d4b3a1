package rejection

import (
	"slices"
	"strings"

	"stayput/fact"
)

var (
	acknowledged = fact.MustLookup("rejection_acknowledged")
	listened     = fact.MustLookup("listening_meeting_held")
	reviewed     = fact.MustLookup("fresh_review_held")
	reasonTold   = fact.MustLookup("rejection_reason_told")
	contact      = fact.MustLookup("contact")
	letterSent   = fact.MustLookup("letter_sent")
	letterCame   = fact.MustLookup("letter_received")
	planOffered  = fact.MustLookup("iep_offered")
	proposed     = fact.MustLookup("iep_amendment_proposed")
	noticeGiven  = fact.MustLookup("prior_written_notice_given")
	meetingSet   = fact.MustLookup("iep_meeting_scheduled")
	meetingHeld  = fact.MustLookup("iep_meeting_held")
	officialHeld = fact.MustLookup("disagreement_meeting_held")
	meetingTold  = fact.MustLookup("iep_meeting_notice_sent")
	partial      = fact.MustLookup("iep_consent_partial")
	refusedPlan  = fact.MustLookup("iep_rejected")
	refusedEdit  = fact.MustLookup("iep_amendment_refused")
	oneRefused   = fact.MustLookup("single_service_refused")
	yearStarted  = fact.MustLookup("school_year_started")
	wasReviewed  = fact.MustLookup("iep_reviewed")
)

// A sort says of a kind of no what it answers, and what would be a new offer or a yes.
type sort struct {
	group  Group
	offers []fact.Kind // what it answers; a later one of these is a new offer
	yes    []fact.Kind
}

// sorts are the kinds of noes.
var sorts = func() map[fact.Kind]sort {
	plan := sort{Plan, fact.MustLookupAll("iep_offered", "iep_amendment_proposed"), fact.MustLookupAll("iep_consent_received", "iep_consent_deemed")}
	return map[fact.Kind]sort{
		refusedPlan:                             plan,
		partial:                                 plan,
		fact.MustLookup("iep_rejection_deemed"): plan,
		oneRefused:                              plan,
		refusedEdit:                             {Amendment, fact.MustLookupAll("iep_amendment_proposed", "iep_offered"), fact.MustLookupAll("iep_amendment_agreed", "iep_consent_received")},
		fact.MustLookup("services_consent_refused"):     {Services, fact.MustLookupAll("services_consent_requested", "iep_offered"), fact.MustLookupAll("services_consent_received")},
		fact.MustLookup("evaluation_consent_refused"):   {Evaluation, fact.MustLookupAll("evaluation_consent_requested"), fact.MustLookupAll("evaluation_consent_received")},
		fact.MustLookup("reevaluation_consent_refused"): {Reevaluation, fact.MustLookupAll("reevaluation_consent_requested"), fact.MustLookupAll("reevaluation_consent_received")},
	}
}()

// noes are their kinds in the order of the vocabulary.
var noes = func() []fact.Kind {
	var out []fact.Kind
	for k := range sorts {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}()

// steps are the kinds that are nothing but part of an answer to a no.
var steps = append(fact.MustLookupAll("impression_noted"), acknowledged, listened, reviewed, reasonTold)

// told are the kinds of a chronology: what both sides said, sent, offered and met for.
// What somebody prepared for oneself, and impressions, are not among them.
var told = append(fact.MustLookupAll("iep_meeting_requested", "iep_meeting_requested_orally", "iep_meeting_refused", "recording_notice_given", "member_excusal_sought", "excusal_agreed", "excusal_refused",
	"disagreement_meeting_requested", "agenda_sent", "interpreter_requested", "interpreter_present", "parent_concerns_given", "decision_noted", "meeting_summary_sent", "dialogue_invited", "dialogue_held", "facilitator_named",
	"iep_developed", "iep_consent_received", "iep_consent_deemed", "iep_rejection_deemed", "iep_rejection_forwarded", "iep_copy_given", "iep_amendment_agreed", "iep_reviewed",
	"evaluation_consent_requested", "evaluation_consent_received", "evaluation_consent_refused", "reevaluation_consent_requested", "reevaluation_consent_received", "reevaluation_consent_refused",
	"services_consent_requested", "services_consent_received", "services_consent_refused", "action_proposed_or_refused", "prior_written_notice_requested", "safeguards_notice_given",
	"family_check_in_held", "workshop_offered", "workshop_attended", "concern_raised"),
	contact, letterSent, letterCame, planOffered, proposed, noticeGiven, meetingSet, meetingHeld, officialHeld, meetingTold, partial, refusedPlan, refusedEdit, oneRefused,
	acknowledged, listened, reviewed, reasonTold)

var isTold = func() map[fact.Kind]bool {
	out := map[fact.Kind]bool{}
	for _, k := range told {
		out[k] = !k.Info().Inward
	}
	return out
}()

// Ours reports that the school did something, or whoever keeps its record.
func Ours(e *fact.Entry) bool { return !Theirs(e) }

// Theirs reports that somebody of the family did something, by the word that says who;
// without one it is whoever normally does it.
func Theirs(e *fact.Entry) bool {
	switch strings.ToLower(strings.TrimSpace(e.By)) {
	case string(fact.Parent), "parents", "mother", "father", "family", "guardian", "student", "child":
		return true
	case "":
		return e.Kind.Info().By == fact.Parent || e.Kind == letterCame
	}
	return false
}
