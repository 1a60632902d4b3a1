package claims

import (
	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/derive/lookback"
	"stayput/derive/plan/review"
	"stayput/fact"
	"stayput/law"
	"stayput/plan"
	"stayput/record"
)

// An Input is what claims are told from.
type Input struct {
	View    *record.View
	Clocks  []clock.Clock
	Limits  []limit.Limit
	Laws    []clock.Since  // which law applies from when, the earliest first
	Look    *lookback.Look // may be nil: no service was promised
	Reviews []Review
	AsOf    day.Date
}

// A Review is what was found in one plan.
type Review struct {
	Plan     *plan.Plan
	Findings []review.Finding
}

// A Sort is what sort of claim it is.
type Sort string

// The sorts.
const (
	Late     Sort = "late"     // a duty with a date that was or is late
	Refused  Sort = "refused"  // a refusal
	Violated Sort = "violated" // the record itself calls it a violation
	Short    Sort = "short"    // a service that was not given
	Lacking  Sort = "lacking"  // content that the law requires and a plan lacks
)

// A Claim is one of them.
type Claim struct {
	Sort    Sort
	Concern law.Concern

	// What it is about: one of these, by its sort.
	Clock   *clock.Clock
	Entry   string // the refusal, or what the record calls a violation
	Kind    fact.Kind
	Service string
	Unit    string // of the service: minutes or sessions
	Gap     *lookback.Gap
	Plan    *plan.Plan
	Finding *review.Finding

	Rule     law.RuleID // what was broken; "" when the record does not show which
	Citation string
	Source   string
	Checked  law.Checked

	Happened day.Span
	Known    day.Span // the zero span: the same as Happened

	Rights   []Right  // by the day to act
	Proof    []string // entries, by day
	Files    int      // papers with them
	Sessions []string // logs of sessions that show it
	Missing  []Lack
	Remedies []string // words of law.RouteOrders
}

// A Right is until when one route takes a claim.
type Right struct {
	Right      string
	Route      law.RouteID // "" when no route of the law is about it
	Rule       law.RuleID
	Citation   string
	Checked    law.Checked
	Earliest   day.Date // the day to act by; zero: no limit is known
	Latest     day.Date // the latest day that can be defended
	Ends       day.Date // of a stretch: the safe last day for its end; else as Earliest
	Status     limit.Status
	Part       bool     // its first days are too old, the later ones are not
	Exceptions []string // of the rule, by name
	UsedBy     string   // an entry with which the right was used in that time
}

// Open reports that a right can still be used, by some reading.
func (r *Right) Open() bool {
	return r.Status == limit.Open || r.Status == limit.Closing || r.Status == limit.Used
}

// A Lack is what would make a claim easier to show.
type Lack string

// The lacks.
const (
	NoPaper    Lack = "no_paper"    // no paper is with the entries behind it
	NoNotice   Lack = "no_notice"   // no written notice of the refusal is in the record
	DayUnsure  Lack = "day_unsure"  // its day is not certain
	OnlyFamily Lack = "only_family" // only the family tells it; no log of the school does
	SomeFamily Lack = "some_family" // of some sessions only the family tells
	NoReason   Lack = "no_reason"   // no reason for it is told
)

// Lacks lists them.
var Lacks = []Lack{NoPaper, NoNotice, DayUnsure, OnlyFamily, SomeFamily, NoReason}
