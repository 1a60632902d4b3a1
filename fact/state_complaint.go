package fact

// stateComplaint: a complaint to the State agency.
var stateComplaint = []Info{
	{Name: "state_complaint_filed", Matter: true},             // a complaint is sent to the State
	{Name: "state_complaint_received", Matter: true, By: SEA}, // the State receives a complaint that has the required parts
	{Name: "state_complaint_copy_sent"},                       // the copy goes to the district
	{Name: "state_complaint_extension_granted", By: SEA},      // the State extends its time on a lawful ground; until: is the new date
	{Name: "state_complaint_withdrawn"},                       // whoever filed the complaint takes it back
	{Name: "state_complaint_decided", By: SEA},                // the written decision
	{Name: "reconsideration_requested", Matter: true},         // a party asks the State to look again
	{Name: "reconsideration_decided", By: SEA},                // the answer to that
	{Name: "noncompliance_identified", By: SEA},               // the State finds noncompliance in writing
	{Name: "noncompliance_corrected", By: LEA},                // the correction is verified
	{Name: "substantial_noncompliance_determined", By: SEA},   // the State decides that the district is substantially out of compliance
	{Name: "noncompliance_notice_sent", By: SEA},              // the State tells the governing board
}
