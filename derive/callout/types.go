package callout

import (
	"stayput/day"
	"stayput/derive/discipline"
	"stayput/derive/dispute"
	"stayput/derive/limit"
	"stayput/fact"
	"stayput/law"
	"stayput/record"
)

// An Input is what signs are told from.
type Input struct {
	View       *record.View
	Disputes   []dispute.Path
	Limits     []limit.Limit
	Discipline *discipline.Result // may be nil
	Laws       []*law.Law         // those in play for the case, in any order
	Side       fact.Side
	AsOf       day.Date
}

// A Key names a sign.
type Key string

// The signs, those first that leave the least time.
const (
	Filed      Key = "filed"      // a hearing was asked for, and the case is open
	Threatened Key = "threatened" // a side said that it will ask for one
	Closing    Key = "closing"    // a right to be heard runs out soon
	Removals   Key = "removals"   // more than ten school days of removal in a school year
	Placement  Key = "placement"  // a change of placement was decided
	Private    Key = "private"    // a private school at the parents' choice
	TwoDates   Key = "two_dates"  // a limit near its end for which the law can be read in two ways
	Places     Key = "places"     // the law of more than one place
	Conditions Key = "conditions" // a signature with conditions
	Outside    Key = "outside"    // an independent evaluation is asked for or refused
	Repeated   Key = "repeated"   // two or more formal disputes
)

// Keys lists them in their order.
var Keys = []Key{Filed, Threatened, Closing, Removals, Placement, Private, TwoDates, Places, Conditions, Outside, Repeated}

// A Sign is one of them, as the record shows it.
type Sign struct {
	Key     Key
	Entries []string     // what it stands on, the latest last; a sign of law alone has none
	By      day.Date     // the day something runs out; zero where nothing does
	Limit   *limit.Limit // what runs out
	Count   int          // how many disputes, removals or places
	// Mark changes when something new is behind the sign. Who put a sign away is told
	// again only then.
	Mark string
	// Dispute marks a sign that tells of the disputes of a case as such. It is for those
	// who decide in the case.
	Dispute bool
}
