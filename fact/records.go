package fact

// records: seeing, correcting and sending papers.
var records = []Info{
	{Name: "records_access_requested", Matter: true, By: Parent},    // the parent asks to see or copy education records
	{Name: "records_access_given", By: LEA},                         // the parent sees or gets them
	{Name: "records_access_refused", By: LEA, Refusal: true},        // the district says no
	{Name: "records_amendment_requested", Matter: true, By: Parent}, // the parent asks that a record be corrected
	{Name: "records_amendment_meeting_held", By: LEA},               // the district meets the parent about the correction
	{Name: "records_amendment_decided", By: LEA},                    // the agency decides whether to correct it
	{Name: "records_hearing_requested", Matter: true, By: Parent},   // the parent asks for a hearing on a correction that was refused
	{Name: "records_hearing_scheduled", By: LEA, Appointment: true}, // the day set for that hearing
	{Name: "records_hearing_held", By: LEA},                         // that hearing takes place
	{Name: "records_hearing_decided", By: LEA},                      // its decision in writing; granted
	{Name: "records_statement_placed", By: Parent},                  // the parent's own statement goes into the record
	{Name: "records_no_longer_needed", By: LEA},                     // identifying information is no longer needed to serve the child
	{Name: "ferpa_request_received", By: LEA},                       // an agency receives a request for access under FERPA
	{Name: "ferpa_violation"},                                       // a violation of FERPA, or the day it became known
	{Name: "ferpa_complaint_filed", Matter: true, By: Parent},       // a complaint to the federal privacy office
	{Name: "ferpa_complaint_decided"},                               // that office says what it found; granted
}
