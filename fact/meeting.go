package fact

// meeting: the IEP team meets.
var meeting = []Info{
	{Name: "iep_meeting_requested", Matter: true, By: Parent},          // a written request for an IEP team meeting
	{Name: "iep_meeting_requested_orally", Matter: true, By: Parent},   // a spoken request for an IEP team meeting
	{Name: "iep_meeting_scheduled", By: LEA, Appointment: true},        // the day for which a meeting is set
	{Name: "iep_meeting_notice_sent", By: LEA},                         // the notice of a meeting is sent
	{Name: "recording_notice_given"},                                   // somebody says that the meeting will be recorded
	{Name: "member_excusal_sought"},                                    // somebody asks to excuse a required member
	{Name: "excusal_agreed", By: Parent},                               // the parent agrees in writing that the member may stay away
	{Name: "excusal_refused", By: Parent},                              // the parent says no to that
	{Name: "iep_meeting_held", By: LEA},                                // the team meets
	{Name: "iep_meeting_refused", By: LEA, Refusal: true},              // the district says no to a meeting
	{Name: "disagreement_meeting_requested", Matter: true, By: Parent}, // the parent asks for a meeting with an official who can settle a disagreement about an offered IEP
	{Name: "disagreement_meeting_held", By: LEA},                       // that meeting
}
