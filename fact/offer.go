package fact

// offer: a written IEP and the answer to it.
var offer = []Info{
	{Name: "iep_developed", By: LEA},                         // an IEP is completed
	{Name: "iep_offered", By: LEA},                           // an IEP, first or yearly, is offered to the parent
	{Name: "iep_consent_received", By: Parent},               // consent to an offered IEP as a whole
	{Name: "iep_consent_partial", By: Parent},                // consent to parts of an offered IEP
	{Name: "iep_consent_deemed", Derived: true},              // silence counts as consent, where a State says so
	{Name: "iep_rejection_deemed", Derived: true},            // silence counts as a rejection, where a State says so
	{Name: "iep_rejected", By: Parent},                       // an offered IEP is rejected as a whole
	{Name: "iep_rejection_forwarded", By: LEA},               // the district sends the parent's rejection on to the State's hearing office
	{Name: "iep_implemented", By: LEA},                       // the IEP is put into practice
	{Name: "iep_copy_given", By: LEA},                        // a copy of the IEP is given to the parent
	{Name: "iep_amended", By: LEA},                           // the IEP is changed after the yearly meeting
	{Name: "iep_amendment_proposed"},                         // somebody proposes to change the IEP without a meeting
	{Name: "iep_amendment_agreed", Joint: true},              // parent and district agree in writing to that change
	{Name: "iep_amendment_refused"},                          // one of them says no to it
	{Name: "iep_reviewed", By: LEA},                          // the yearly review is held
	{Name: "last_iep_review"},                                // the day of the latest yearly review, known from an earlier paper
	{Name: "transition_plan_in_iep", By: LEA},                // the IEP has goals and services for life after school
	{Name: "majority_statement_in_iep", By: LEA},             // the IEP says that the student was told of the rights that will pass
	{Name: "rights_transfer_notice_given", By: LEA},          // notice that rights pass at majority
	{Name: "transition_conference_held", By: LEA},            // the planning conference for a child leaving early intervention
	{Name: "agency_transition_failed"},                       // another agency does not give a transition service it promised
	{Name: "graduation_planned", By: LEA, Appointment: true}, // the day planned for graduation with a regular diploma
	{Name: "regular_diploma_awarded", By: LEA},               // a regular diploma is awarded
}
