package fact

// meeting: the IEP team meets.
var meeting = []Info{
	{Name: "iep_meeting_requested", Matter: true, By: Parent},          // a written request for an IEP team meeting
	{Name: "iep_meeting_requested_orally", Matter: true, By: Parent},   // a spoken request for an IEP team meeting
	{Name: "iep_meeting_scheduled", By: LEA, Appointment: true},        // the day for which a meeting is set
	{Name: "iep_meeting_notice_sent", Before: true, By: LEA},           // the notice of a meeting is sent
	{Name: "recording_notice_given", Before: true},                     // somebody says that the meeting will be recorded
	{Name: "member_excusal_sought", Before: true},                      // somebody asks to excuse a required member: re, with is the member, about the area, result whether that area is discussed
	{Name: "excusal_agreed", Before: true, By: Parent, Joint: true},    // the parent agrees in writing that the member may stay away: re, with, written
	{Name: "excusal_refused", Before: true, By: Parent},                // the parent says no to that
	{Name: "iep_meeting_held", By: LEA},                                // the team meets: re, with who was there, result whether a facilitated meeting came to an agreement
	{Name: "iep_meeting_refused", By: LEA, Refusal: true},              // the district says no to a meeting
	{Name: "disagreement_meeting_requested", Matter: true, By: Parent}, // the parent asks for a meeting with an official who can settle a disagreement about an offered IEP
	{Name: "disagreement_meeting_held", By: LEA},                       // that meeting
	{Name: "meeting_prepared", Before: true},                           // what somebody wants to bring to a meeting: re is the meeting, about are the topics, with who is expected, summary, offers are possible solutions, conditions are what cannot be given up
	{Name: "agenda_sent", Before: true},                                // the list of topics goes to the other side: re, about
	{Name: "interpreter_requested", Before: true},                      // an interpreter is asked for: re, summary is the language
	{Name: "interpreter_present", By: LEA},                             // whether one was there: re, result
	{Name: "parent_concerns_given", Before: true, By: Parent},          // the parents' concerns in writing, to go into the plan: re, summary
	{Name: "decision_noted"},                                           // one thing a meeting decided, or did not: re is the meeting, summary, about, granted, with, until
	{Name: "meeting_summary_sent"},                                     // what was decided goes to the other side in writing: re, summary
	{Name: "dialogue_invited", Before: true, By: LEA},                  // an informal talk before the meeting is offered: re, until
	{Name: "dialogue_held", Before: true, By: LEA},                     // that talk: re, about is what was shared, with, summary is what was heard
	{Name: "facilitator_named", Before: true},                          // a neutral person will lead the meeting: re, with
}
