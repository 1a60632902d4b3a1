package fact

// contact: what was said, outside the law's own events.
var contact = []Info{
	{Name: "contact"},                    // a logged communication: means, with, outcome, summary, offers, response
	{Name: "note_added"},                 // anything worth keeping
	{Name: "entry_withdrawn"},            // an entry is taken back as a mistake; it names the entry it supersedes
	{Name: "concern_raised", By: Parent}, // the family says what worries it
	{Name: "child_said"},                 // what the child said, in the child's own words
	{Name: "classroom_visited"},          // somebody of the family saw the child in class
	{Name: "check_in_asked", By: Parent}, // teachers or staff are asked how the plan goes: with, about, summary
	{Name: "check_in_answered"},          // their answer: re, with, response
	{Name: "check_in_agreed"},            // it is agreed that they answer within so many school days: days, with
	{Name: "letter_sent"},                // a letter or email goes out
	{Name: "letter_received"},            // a letter or email comes in
}
