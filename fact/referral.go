package fact

// referral: somebody suspects a disability or asks for an evaluation.
var referral = []Info{
	{Name: "disability_suspected", By: LEA},                         // the district has reason to suspect a disability (child find)
	{Name: "evaluation_requested", Matter: true, By: Parent},        // a written request, or one the law treats as such, for an initial evaluation
	{Name: "evaluation_requested_orally", Matter: true, By: Parent}, // a spoken request for an initial evaluation
	{Name: "evaluation_refused", By: LEA, Refusal: true},            // the district says no to an initial evaluation
	{Name: "intervention_process_done", By: LEA},                    // the child took part in a process of tried interventions (RTI, MTSS) and did not progress enough
	{Name: "reevaluation_requested", Matter: true, By: Parent},      // a request for a reevaluation, or the decision that one is warranted
	{Name: "reevaluation_refused", By: LEA, Refusal: true},          // the district says no to a reevaluation
	{Name: "request_withdrawn", By: Parent},                         // the family takes a request back
	{Name: "request_refused", By: LEA, Refusal: true},               // the district says no to a request of any other kind
	{Name: "reasons_given", By: LEA},                                // the district gives its reasons for a no
	{Name: "extension_agreed", Joint: true},                         // both sides agree on a later date; until: is that date
	{Name: "evaluation_planning_meeting_held", By: LEA},             // a team meets to plan an evaluation, one lawful answer to a request in some States
	{Name: "existing_data_sufficient_notice_given", By: LEA},        // the district says that the data it has are enough
	{Name: "kindergarten_transition_planned", By: LEA},              // a child in preschool special education is to move to kindergarten or first grade
}
