package fact

// service: what is given and what is not.
var service = []Info{
	{Name: "services_started", By: LEA},                                 // services under the IEP begin
	{Name: "service_missed", By: LEA},                                   // a promised session was not given
	{Name: "services_stopped", By: LEA},                                 // a service stops
	{Name: "services_resumed", By: LEA},                                 // a service starts again
	{Name: "child_absent"},                                              // the child was away from school
	{Name: "emergency_closure_started", By: LEA},                        // schools close in an emergency
	{Name: "extended_year_started", By: LEA},                            // the extended school year begins
	{Name: "homebound_services_started", By: LEA},                       // the child is now taught at home or at another place outside school
	{Name: "homebound_services_ended", By: LEA},                         // the child is back at school
	{Name: "compensatory_services_requested", Matter: true, By: Parent}, // the family asks for services to make up what was missed
}
