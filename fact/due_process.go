package fact

// dueProcess: from a hearing request to the end of the resolution period.
var dueProcess = []Info{
	{Name: "violation_occurred"},                                       // the day something wrong happened
	{Name: "violation_known"},                                          // the day the family knew, or should have known, of it
	{Name: "due_process_filed", Matter: true},                          // a due process complaint is sent (filed_by: parent or lea)
	{Name: "due_process_received", Matter: true},                       // the other party receives it (filed_by: parent or lea)
	{Name: "due_process_copy_sent"},                                    // the copy goes to the other party or the State
	{Name: "due_process_withdrawn"},                                    // the complaint is withdrawn or dismissed
	{Name: "due_process_amendment_requested", Matter: true},            // somebody asks leave to amend
	{Name: "due_process_amended_filed"},                                // an amended complaint is filed
	{Name: "lea_response_sent", By: LEA},                               // the district answers a complaint on which it had sent no notice
	{Name: "other_party_response_sent"},                                // the other party answers the issues
	{Name: "sufficiency_challenge_sent"},                               // the other party says that the complaint lacks required parts
	{Name: "sufficiency_challenge_received"},                           // the hearing officer receives that challenge
	{Name: "sufficiency_decided", By: HearingOfficer},                  // the officer rules on it
	{Name: "stay_put_motion_filed"},                                    // a party asks for a stay-put order
	{Name: "stay_put_ordered", By: HearingOfficer},                     // the officer or a court says what stays put (plan:, parts:)
	{Name: "placement_agreed", Joint: true},                            // parent and district or State agree on another program while the dispute lasts (plan:, parts:)
	{Name: "consolidation_agreed", Joint: true},                        // two cases are joined
	{Name: "resolution_meeting_scheduled", By: LEA, Appointment: true}, // the day set for the resolution meeting
	{Name: "resolution_meeting_held", By: LEA},                         // the resolution meeting is held
	{Name: "resolution_waived_in_writing", Joint: true},                // both sides waive the resolution meeting in writing
	{Name: "mediation_instead_agreed", Joint: true},                    // both sides agree to use mediation instead of the resolution meeting
	{Name: "no_agreement_possible_in_writing", Joint: true},            // both sides say in writing that no agreement is possible
	{Name: "resolution_period_expired", Derived: true},                 // the last day of the resolution period has passed
	{Name: "resolution_agreement_executed", Joint: true},               // the last signature on a resolution agreement
	{Name: "resolution_agreement_voided"},                              // a party cancels a resolution agreement
	{Name: "parent_failed_to_participate", By: Parent},                 // the parent takes no part in spite of documented efforts
	{Name: "lea_failed_resolution_duty", By: LEA},                      // the district held no meeting in time or took no part
	{Name: "hearing_timeline_started_by_ho", By: HearingOfficer},       // the officer starts the 45 days at the parent's request
	{Name: "due_process_threatened"},                                   // a side says that it will file: by, summary
	{Name: "resolution_confidentiality_agreed", Joint: true},           // both agree that what is said at the resolution meeting stays there
	{Name: "default_entered", By: HearingOfficer},                      // the officer decides against a side because it did not take part: by is the officer, with the side
}
