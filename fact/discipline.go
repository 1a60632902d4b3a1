package fact

// discipline: removals, reviews, emergencies.
var discipline = []Info{
	{Name: "removal_started", By: LEA},                                   // first school day of a disciplinary removal
	{Name: "removal_ended", By: LEA},                                     // the child is back
	{Name: "emergency_removal_started", By: LEA},                         // the day a student is sent out at once because of danger or disruption, before any hearing
	{Name: "removal_day_11", By: LEA},                                    // the first removal day after ten in the same school year
	{Name: "placement_change_decided", By: LEA},                          // the decision to make a removal that changes placement
	{Name: "parents_notified_of_removal", By: LEA},                       // the parent is told and given the safeguards notice
	{Name: "manifestation_review_scheduled", By: LEA, Appointment: true}, // the day set for the manifestation review
	{Name: "manifestation_determined", By: LEA},                          // the manifestation decision (result: yes or no)
	{Name: "iaes_started", By: LEA},                                      // first school day in an interim alternative setting
	{Name: "iaes_ended", By: LEA},                                        // return from it
	{Name: "expedited_complaint_filed", Matter: true},                    // a due process complaint about discipline is filed
	{Name: "expedited_complaint_received", Matter: true},                 // the other party receives it
	{Name: "expedited_resolution_meeting_held", By: LEA},                 // the resolution meeting in an expedited case
	{Name: "expedited_hearing_held", By: HearingOfficer},                 // the expedited hearing
	{Name: "expedited_decision_issued", By: HearingOfficer},              // the expedited decision
	{Name: "discipline_evaluation_requested", Matter: true, By: Parent},  // an evaluation is asked for while a child not yet eligible is under discipline
	{Name: "bus_excluded", By: LEA},                                      // the child is kept off the school bus
	{Name: "expulsion_hearing_scheduled", By: LEA, Appointment: true},    // the day of an expulsion hearing
	{Name: "expulsion_notice_given", By: LEA},                            // notice of it
	{Name: "expulsion_ordered", By: LEA},                                 // the board votes to expel
	{Name: "expulsion_appeal_filed", By: Parent},                         // the expulsion is appealed
	{Name: "expulsion_appeal_heard"},                                     // that appeal is heard
	{Name: "expulsion_appeal_decided"},                                   // that appeal is decided
	{Name: "long_suspension_ordered", By: LEA},                           // the first day of a long suspension that the principal ordered after a hearing
	{Name: "suspension_appeal_filed", By: Parent},                        // a suspension is appealed inside the district
	{Name: "suspension_appeal_heard", By: LEA},                           // that appeal is heard
	{Name: "behavior_emergency", By: LEA},                                // an emergency intervention is used
	{Name: "behavior_emergency_second", By: LEA},                         // the second use of an emergency intervention, such as restraint or seclusion, on a child in one school year
	{Name: "parent_notified_of_emergency", By: LEA},                      // the parent is told of it
	{Name: "behavior_emergency_report_written", By: LEA},                 // the report of it is written
	{Name: "behavior_emergency_report_sent", By: LEA},                    // that report is sent or handed to the parent
	{Name: "emergency_iep_meeting_scheduled", By: LEA},                   // an IEP meeting to review the report is put on the calendar (the day of the scheduling)
}
