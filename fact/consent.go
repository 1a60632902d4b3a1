package fact

// consent: four separate consents; one never implies another.
var consent = []Info{
	{Name: "evaluation_consent_requested", By: LEA},        // the district asks for consent to an initial evaluation (California: gives the assessment plan)
	{Name: "evaluation_consent_received", By: Parent},      // the district receives signed consent to the initial evaluation
	{Name: "evaluation_consent_refused", By: Parent},       // the parent refuses, or does not answer, that request
	{Name: "reevaluation_consent_requested", By: LEA},      // the district asks for consent to a reevaluation
	{Name: "reevaluation_consent_received", By: Parent},    // the district receives signed consent to a reevaluation
	{Name: "reevaluation_consent_refused", By: Parent},     // the parent refuses consent to a reevaluation
	{Name: "reevaluation_consent_no_response", By: Parent}, // the parent stays silent after documented efforts
	{Name: "services_consent_requested", By: LEA},          // the district asks for consent to the FIRST provision of special education
	{Name: "services_consent_received", By: Parent},        // written consent to the first provision
	{Name: "services_consent_refused", By: Parent},         // refusal of, or silence about, the first provision
	{Name: "services_consent_revoked", By: Parent},         // the district receives a written revocation of consent to all services
	{Name: "single_service_refused", By: Parent},           // the parent declines one service or activity, not all
	{Name: "insurance_consent_requested", By: LEA},         // the district asks to use public insurance
	{Name: "insurance_consent_received", By: Parent},       // consent to the use of public insurance
	{Name: "insurance_consent_refused", By: Parent},        // the parent says no to the use of public insurance
	{Name: "insurance_consent_withdrawn", By: Parent},      // the parent takes that consent back
	{Name: "records_release_requested"},                    // somebody asks the parent to let records or facts about the child go to a third person
	{Name: "records_release_agreed", By: Parent},           // the parent agrees in writing that they may go
	{Name: "records_release_refused", By: Parent},          // the parent says no to that
}
