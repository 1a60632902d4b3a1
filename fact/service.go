package fact

// service: what is given and what is not.
var service = []Info{
	{Name: "services_started", By: LEA},                                 // services under the IEP begin
	{Name: "service_missed", By: LEA},                                   // a promised session was not given
	{Name: "progress_report_given", By: LEA},                            // the parents get a report on the child's progress toward the goals
	{Name: "services_stopped", By: LEA},                                 // a service stops
	{Name: "services_resumed", By: LEA},                                 // a service starts again
	{Name: "child_absent"},                                              // the child was away from school
	{Name: "emergency_closure_started", By: LEA},                        // schools close in an emergency
	{Name: "extended_year_started", By: LEA},                            // the extended school year begins
	{Name: "homebound_services_started", By: LEA},                       // the child is now taught at home or at another place outside school
	{Name: "homebound_services_ended", By: LEA},                         // the child is back at school
	{Name: "compensatory_services_requested", Matter: true, By: Parent}, // the family asks for services to make up what was missed
	// Whether what a plan promises besides minutes was seen, told by somebody.
	{Name: "item_checked"},                 // parts of a plan were seen, or not: plan, parts, result (not said: could not tell), by, with, reasons
	{Name: "item_reason_told"},             // why a part is not carried out, as somebody told it: plan, parts, reasons, by, with
	{Name: "item_repair_agreed"},           // what was agreed to put it right: plan, parts, summary, until, with
	{Name: "item_repaired", By: LEA},       // it was put right: plan, parts
	{Name: "digest_given"},                 // a page of what the child needs was given to a teacher: plan, parts, with (name, role), about (class), re (the page before), summary is the page
	{Name: "digest_acknowledged", By: LEA}, // the teacher says that it was read: re, by, response is a question back
	{Name: "digest_ended"},                 // the teacher does not teach the child any more: re, with is who came
}
