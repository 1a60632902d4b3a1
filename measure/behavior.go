package measure

import "stayput/day"

// A Sighting is what was seen of a behavior in one stretch of watching. What was
// not measured is negative; zero means that it was looked for and did not happen.
type Sighting struct {
	ID      string // its name among the sightings of a case; "" when it has none
	Goal    string // the goal it is about, when there is one
	On      day.Date
	Minutes float64 // how long somebody watched
	Count   float64 // how often it happened
	Seconds float64 // how long it lasted in all
	Before  string  // A: what happened just before, as told
	What    string  // B: what the child did
	After   string  // C: what happened then
	By      string
}

// Unsaid is the count, minutes or seconds that nobody measured.
const Unsaid = -1
