package fact

// section504: Section 504 and civil rights.
var section504 = []Info{
	{Name: "placement_504_proposed", By: LEA},               // first placement, or a significant change, under Section 504
	{Name: "evaluation_504_done", By: LEA},                  // an evaluation under Section 504
	{Name: "discrimination_act"},                            // the day of the act complained of
	{Name: "ocr_complaint_filed", Matter: true, By: Parent}, // a complaint to the federal civil-rights office
	{Name: "grievance_filed", By: Parent},                   // a complaint under the district's own procedure
	{Name: "grievance_completed"},                           // another process on the same matter ends
}
