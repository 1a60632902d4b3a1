package fact

// section504: Section 504 and civil rights.
var section504 = []Info{
	{Name: "placement_504_proposed", By: LEA},               // first placement, or a significant change, under Section 504
	{Name: "evaluation_504_done", By: LEA},                  // an evaluation under Section 504
	{Name: "discrimination_act"},                            // the day of the act complained of
	{Name: "ocr_complaint_filed", Matter: true, By: Parent}, // a complaint to the federal civil-rights office
	{Name: "grievance_filed", By: Parent},                   // a complaint under the district's own procedure
	{Name: "grievance_completed"},                           // another process on the same matter ends

	// The hearing that a district offers under 34 CFR 104.36, and its review.
	{Name: "s504_hearing_requested", Matter: true, By: Parent},   // the parent asks for it
	{Name: "s504_hearing_scheduled", By: LEA, Appointment: true}, // the day set for it
	{Name: "s504_hearing_held", By: LEA},                         // it takes place
	{Name: "s504_hearing_decided"},                               // its decision; granted
	{Name: "s504_review_requested"},                              // a side asks that the decision be reviewed
	{Name: "s504_review_decided"},                                // the outcome of the review; granted

	// What the federal civil-rights office answers to a complaint.
	{Name: "ocr_complaint_opened"},    // it looks into the complaint
	{Name: "ocr_complaint_dismissed"}, // it closes the complaint without looking into it
	{Name: "ocr_resolution_signed"},   // the district signs an agreement with the office
	{Name: "ocr_complaint_decided"},   // the office says what it found; granted
}
