package fact

// answer: what was said to a no, and what each side did about it.
var answer = []Info{
	{Name: "reason_told"},                                         // a reason for a no, as somebody told it: re is the no, reasons, by, with, summary is what was said
	{Name: "route_chosen"},                                        // a way to answer a no is picked: about is the route, reasons are the concerns, summary is why
	{Name: "rejection_reason_told", By: Parent},                   // why the family says no to an offer: re is the answer, summary is the parents' own words, parts
	{Name: "impression_noted", By: LEA, Inward: true},             // what staff believe lies behind a family's no: re, reasons; an impression, never a fact, never in a letter
	{Name: "rejection_acknowledged", By: LEA},                     // the school says that it heard the no, and asks: re, with, summary
	{Name: "listening_meeting_held", By: LEA},                     // the school meets to listen: re, with, summary, response, offers
	{Name: "fresh_review_held", By: LEA},                          // people who did not write the offer read it again: re, with, about (gaps, jargon, alternatives, more_data), summary
	{Name: "call_note_put_away"},                                  // somebody read that it may be time to call a lawyer or an expert: about is which one
	{Name: "liaison_named", By: LEA},                              // the person whom the family may always ask: with
	{Name: "family_check_in_planned", By: LEA, Appointment: true}, // the day for an informal talk with the family
	{Name: "family_check_in_held", By: LEA},                       // that talk: re, with, outcome, summary, response
	{Name: "workshop_offered", By: LEA},                           // a workshop for families: summary is its subject, until is its day
	{Name: "workshop_attended", By: Parent},                       // the family went: re
}

// remedy: what an agreement or a decision promises the child, and what became of it.
var remedy = []Info{
	{Name: "remedy_promised", Matter: true, By: LEA}, // one thing promised or ordered: re is the agreement or decision, about is its sort, summary, until is the day it is due, minutes, amount, parts
	{Name: "remedy_given", By: LEA},                  // some of it was given: re is the promise, minutes, amount, summary
	{Name: "remedy_completed", By: LEA},              // all of it was given: re is the promise
	{Name: "remedy_asked_about"},                     // somebody asked where it is: re is the promise, with, response
	{Name: "expense_paid", Before: true, By: Parent}, // the family paid for something that may be paid back: amount, summary, re, with its receipt among the files
}
