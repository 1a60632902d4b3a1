package fact

// hearing: the hearing, its decision and the court after it.
var hearing = []Info{
	{Name: "prehearing_conference_scheduled", By: HearingOfficer, Appointment: true}, // the day set for the prehearing conference
	{Name: "hearing_scheduled_date", By: HearingOfficer, Appointment: true},          // the first day of the hearing, as set
	{Name: "issues_disclosed"},                                  // issues and proposed resolutions go to the other side
	{Name: "attorney_notice_given"},                             // a party says that an attorney will represent it
	{Name: "evidence_disclosed"},                                // evidence and witness list go to the other side
	{Name: "motion_filed"},                                      // a motion is filed
	{Name: "peremptory_challenge_filed"},                        // a party challenges the judge without giving a reason
	{Name: "witness_identified_by_officer", By: HearingOfficer}, // the officer names a witness of his or her own
	{Name: "witness_testified"},                                 // that witness testifies
	{Name: "continuance_granted", By: HearingOfficer},           // the hearing or the record is put off from on: to until:, at a party's request
	{Name: "hearing_held", By: HearingOfficer},                  // the hearing takes place
	{Name: "hearing_record_closed", By: HearingOfficer},         // the record is closed
	{Name: "hearing_decision_issued", By: HearingOfficer},       // the decision is reached and mailed
	{Name: "hearing_decision_received"},                         // a party receives the decision
	{Name: "settlement_offer_made", By: LEA},                    // a written settlement offer
	{Name: "settlement_offer_accepted", By: Parent},             // the parent accepts it
	{Name: "settlement_signed", Joint: true},                    // the last signature on a settlement made outside mediation and the resolution meeting
	{Name: "state_review_requested", Matter: true},              // the State receives a request for review (two-tier States)
	{Name: "state_review_decided", By: SEA},                     // the review decision is reached and mailed
	{Name: "civil_action_filed"},                                // a civil action is filed
	{Name: "decision_implemented", By: LEA},                     // what a decision ordered was carried out
}
