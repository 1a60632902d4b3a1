package fact

// contact: what was said, outside the law's own events.
var contact = []Info{
	{Name: "contact"},                    // a logged communication: means, with, outcome, summary, offers, response
	{Name: "note_added"},                 // anything worth keeping
	{Name: "concern_raised", By: Parent}, // the family says what worries it
	{Name: "letter_sent"},                // a letter or email goes out
	{Name: "letter_received"},            // a letter or email comes in
}
