package fact

// notice: what the district must say in writing.
var notice = []Info{
	{Name: "action_proposed_or_refused", By: LEA},                      // the district proposes or refuses to start or change something (refused: yes or no)
	{Name: "prior_written_notice_given", By: LEA},                      // a written notice with the reasons is given
	{Name: "prior_written_notice_requested", Matter: true, By: Parent}, // the family asks for prior written notice
	{Name: "safeguards_notice_due_event"},                              // something that makes the safeguards notice due
	{Name: "safeguards_notice_given", By: LEA},                         // the procedural safeguards notice is delivered
	{Name: "process_guide_given", By: LEA},                             // the State's guide to the IEP process is given to the parent (Texas)
	{Name: "surrogate_need_determined", By: LEA},                       // the agency decides that the child needs a surrogate parent
	{Name: "surrogate_assigned", By: LEA},                              // a surrogate parent is assigned
}
