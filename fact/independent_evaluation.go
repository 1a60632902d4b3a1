package fact

// independentEvaluation: an evaluation by somebody the district does not employ.
var independentEvaluation = []Info{
	{Name: "iee_requested", Matter: true, By: Parent}, // the parent asks for an independent evaluation at public expense
	{Name: "iee_agreed", By: LEA},                     // the district agrees to pay
	{Name: "iee_refused", By: LEA, Refusal: true},     // the district says that it will not pay
	{Name: "iee_provided", By: LEA},                   // the independent evaluation is provided or paid for
	{Name: "iee_report_shared", By: Parent},           // a private or independent report is given to the district
	{Name: "evaluator_unavailable"},                   // the chosen evaluator cannot do it
	{Name: "iee_criteria_given", By: LEA},             // the district's criteria for evaluators, and where one may be found, are handed over
	{Name: "iee_considered", By: LEA},                 // the team considers the outside report: re is the report, with, summary is what changed, granted whether anything did
}
