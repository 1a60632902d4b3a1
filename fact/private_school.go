package fact

// privateSchool: the family places the child itself.
var privateSchool = []Info{
	{Name: "private_removal", By: Parent, Appointment: true},    // the day the parent moves the child to a private school
	{Name: "private_notice_given", By: Parent},                  // the parent says so, with the concerns, at a meeting or in writing
	{Name: "reimbursement_requested", Matter: true, By: Parent}, // the family asks to be paid back
}
