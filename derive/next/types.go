package next

import (
	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/fact"
)

// A Step is one thing to do, with its reason.
type Step struct {
	Do       string     // key of the locale catalogs: ask_prior_written_notice
	For      fact.Party // who may do it
	By       day.Date   // zero when there is no day
	ByLaw    bool       // the law asks for it by that day; otherwise we suggest
	Document string     // id of the letter or form that serves
	Why      string     // key of the reason
	Clock    *clock.Clock
	Limit    *limit.Limit
	Entry    string
	Missing  []day.Missing
	Names    []string // of the services or goals it is about
	Minutes  int      // in all, of those services; 0 when that says nothing
	Weight   int      // order: smaller first
}
