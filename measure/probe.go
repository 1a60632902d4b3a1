package measure

import "stayput/day"

// A Probe is one measurement of one goal.
type Probe struct {
	ID      string   // its name among the probes of a case; "" when it has none
	Goal    string   // the goal's id
	On      day.Date // the civil day it was taken
	Value   Value
	Missing bool   // a probe was due or begun and gave no value: the child was absent
	Unit    string // as written: "words per minute"
	Phase   string // the name of a phase, when whoever measured gave one
	Note    string
	By      string // who measured
	Row     int    // its row in the file it came from, the header being 1; 0 when typed in
}
