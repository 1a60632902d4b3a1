package fact

// mediation: a neutral helps both sides.
var mediation = []Info{
	{Name: "mediation_requested", Matter: true},           // a party asks for mediation without, or before, a hearing request
	{Name: "mediation_request_copied"},                    // the request is copied to the other party
	{Name: "mediator_proposed", By: SEA},                  // both parties get the name and background of a mediator the State proposes
	{Name: "mediator_appointed", By: SEA},                 // the mediator is appointed
	{Name: "mediation_scheduled", Appointment: true},      // the day for which mediation is set
	{Name: "mediation_date_set"},                          // the day on which that day is fixed (the act of scheduling)
	{Name: "mediation_session_held"},                      // a mediation session
	{Name: "mediation_agreement_signed", Joint: true},     // a mediation agreement is signed
	{Name: "mediation_withdrawn"},                         // a party leaves a mediation that was continued past day 30
	{Name: "mediation_continued_in_writing", Joint: true}, // at the end of the 30 days both agree in writing to go on with mediation
	{Name: "facilitation_requested", Matter: true},        // somebody asks for a facilitated IEP meeting
	{Name: "local_resolution_offered", By: LEA},           // the district or plan area offers a local way to settle
}
