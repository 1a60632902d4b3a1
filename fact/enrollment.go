package fact

// enrollment: moves, and the school year.
var enrollment = []Info{
	{Name: "school_year_started", By: LEA, Derived: true},            // first day of the school year
	{Name: "school_year_ended", By: LEA, Derived: true},              // last day of the school year
	{Name: "transfer_enrolled", By: Parent},                          // a child with a current IEP enrolls in a new agency (transfer_from: says from where)
	{Name: "transfer_records_received", By: LEA},                     // the new school has the old records, official or not
	{Name: "new_iep_adopted", By: LEA},                               // the new agency adopts the old IEP or puts a new one into practice
	{Name: "records_requested_by_new_school", Matter: true, By: LEA}, // the new school asks the old one for records
	{Name: "transfer_records_sent", By: LEA},                         // the old school sends the records
	{Name: "child_left_agency", By: Parent},                          // the child leaves the agency
	{Name: "assistive_technology_replaced", By: LEA},                 // the child has the device, or one like it, elsewhere
	{Name: "child_started_high_school"},                              // the student starts high school
	{Name: "nonpublic_placement_proposed", By: LEA},                  // a nonpublic school placement is proposed
	{Name: "out_of_state_placement_decided", By: LEA},                // the team decides on a placement out of state
	{Name: "placement_report_sent", By: LEA},                         // that placement is reported to the State
	{Name: "residential_placement_notified", By: LEA},                // the responsible district gets notice that a child is placed in a residential care center
	{Name: "residential_status_report_sent", By: LEA},                // the district sends its report on that child to the county or State agency
}
