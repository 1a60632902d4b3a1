package program

import "stayput/fact"

// The kinds of entries that say something about agreement, force and stay put.
var (
	iepOffered         = fact.MustLookup("iep_offered")
	iepConsent         = fact.MustLookup("iep_consent_received")
	iepPartial         = fact.MustLookup("iep_consent_partial")
	iepRejected        = fact.MustLookup("iep_rejected")
	iepConsentDeemed   = fact.MustLookup("iep_consent_deemed")
	iepRejectionDeemed = fact.MustLookup("iep_rejection_deemed")
	iepImplemented     = fact.MustLookup("iep_implemented")
	iepReviewed        = fact.MustLookup("iep_reviewed")
	lastReview         = fact.MustLookup("last_iep_review")
	iepAmended         = fact.MustLookup("iep_amended")
	amendmentProposed  = fact.MustLookup("iep_amendment_proposed")
	amendmentAgreed    = fact.MustLookup("iep_amendment_agreed")
	amendmentRefused   = fact.MustLookup("iep_amendment_refused")

	servicesAsked   = fact.MustLookup("services_consent_requested")
	servicesConsent = fact.MustLookup("services_consent_received")
	servicesRefused = fact.MustLookup("services_consent_refused")
	servicesRevoked = fact.MustLookup("services_consent_revoked")
	oneRefused      = fact.MustLookup("single_service_refused")
	servicesStarted = fact.MustLookup("services_started")
	servicesStopped = fact.MustLookup("services_stopped")

	settlementSigned   = fact.MustLookup("settlement_signed")
	settlementAccepted = fact.MustLookup("settlement_offer_accepted")
	resolutionAgreed   = fact.MustLookup("resolution_agreement_executed")
	resolutionVoided   = fact.MustLookup("resolution_agreement_voided")
	mediationAgreed    = fact.MustLookup("mediation_agreement_signed")
	placementAgreed    = fact.MustLookup("placement_agreed")
	stayPutOrdered     = fact.MustLookup("stay_put_ordered")
	hearingDecision    = fact.MustLookup("hearing_decision_issued")
	reviewDecision     = fact.MustLookup("state_review_decided")
	reviewRequested    = fact.MustLookup("state_review_requested")
	civilAction        = fact.MustLookup("civil_action_filed")

	dueProcessFiled     = fact.MustLookup("due_process_filed")
	dueProcessReceived  = fact.MustLookup("due_process_received")
	dueProcessWithdrawn = fact.MustLookup("due_process_withdrawn")
	expeditedFiled      = fact.MustLookup("expedited_complaint_filed")
	expeditedReceived   = fact.MustLookup("expedited_complaint_received")
	expeditedDecided    = fact.MustLookup("expedited_decision_issued")
	mediationRequested  = fact.MustLookup("mediation_requested")
	mediationWithdrawn  = fact.MustLookup("mediation_withdrawn")
	requestWithdrawn    = fact.MustLookup("request_withdrawn")
	iaesStarted         = fact.MustLookup("iaes_started")
	iaesEnded           = fact.MustLookup("iaes_ended")

	noticeGiven    = fact.MustLookup("prior_written_notice_given")
	actionProposed = fact.MustLookup("action_proposed_or_refused")

	transferEnrolled = fact.MustLookup("transfer_enrolled")
	newAdopted       = fact.MustLookup("new_iep_adopted")
	diplomaAwarded   = fact.MustLookup("regular_diploma_awarded")
	eligibilityExit  = fact.MustLookup("eligibility_ended_exit")
)

// answerKinds are the kinds that answer a version of a plan.
var answerKinds = []fact.Kind{iepConsent, iepPartial, iepRejected, oneRefused, iepConsentDeemed, iepRejectionDeemed, servicesConsent, servicesRefused,
	amendmentAgreed, amendmentRefused, iepAmended, settlementSigned, settlementAccepted, resolutionAgreed, mediationAgreed, placementAgreed, hearingDecision, reviewDecision}
