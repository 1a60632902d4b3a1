package fact

// evaluation: the testing and what it decides.
var evaluation = []Info{
	{Name: "evaluation_completed", By: LEA},                         // the tests are finished and the question of eligibility is decided
	{Name: "assessments_completed", By: LEA},                        // all the tests are finished; the team has not met on them yet
	{Name: "reevaluation_completed", By: LEA},                       // a full reevaluation is finished
	{Name: "last_evaluation_date"},                                  // the day of the latest evaluation or reevaluation, known from an earlier paper
	{Name: "eligibility_determined", By: LEA},                       // the team decides whether the child needs special education (eligible: yes or no)
	{Name: "evaluation_report_given", By: LEA},                      // the parent is handed the report
	{Name: "evaluation_report_requested", Matter: true, By: Parent}, // the parent asks for the report, or to have it explained, ahead of the meeting
	{Name: "eligibility_end_proposed", By: LEA},                     // the district proposes that the child is no longer eligible
	{Name: "reevaluation_waived"},                                   // parent and district agree that a three-year reevaluation is unnecessary
	{Name: "child_not_produced", By: Parent},                        // the child is repeatedly not brought to the evaluation
	{Name: "observation_done", By: LEA},                             // somebody observes the child for an evaluation
	{Name: "summary_of_performance_given", By: LEA},                 // the exit summary is delivered
	{Name: "eligibility_ended_exit", By: LEA},                       // eligibility ends by regular diploma or by age
	{Name: "sld_extension_agreed", Joint: true},                     // parent and evaluation group agree in writing on more time because a learning disability is suspected; until: is that date
	{Name: "transfer_evaluation_date_agreed", Joint: true},          // parent and the NEW district agree on a completion date for an evaluation begun elsewhere; until: is that date
}
