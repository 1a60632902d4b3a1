package fact

// reporting: what agencies owe the public.
var reporting = []Info{
	{Name: "reporting_year_ended", By: SEA}, // 30 June, the end of the dispute-resolution reporting year
	{Name: "data_618_submitted", By: SEA},   // section 618 data are submitted
	{Name: "spp_apr_submitted", By: SEA},    // the annual performance report is submitted
}
