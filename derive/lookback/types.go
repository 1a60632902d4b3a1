package lookback

import (
	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/delivery"
	"stayput/derive/limit"
	"stayput/fact"
	"stayput/plan"
	"stayput/plan/session"
	"stayput/record"
)

// An Input is what is looked back on.
type Input struct {
	Ledger   *delivery.Ledger
	Promises []delivery.Promise
	Logs     []session.Log // those the ledger was made from
	From, To day.Date      // whole school years are taken; zero: the last Years school years up to the ledger's last day
	Laws     []clock.Since
	View     *record.View // may be nil
}

// Years is how many school years are looked at when nobody says: what a records
// request or a hearing usually reaches, and one more.
const Years = 3

// A Look is what was found.
type Look struct {
	From, To day.Date // the first day of the first school year, July 1; and the last day looked at
	AsOf     day.Date // the day asked about: limits are held against it
	Services []Service
	Total    delivery.Tally // of the services that are counted in minutes
	Routes   []Route
	Entries  []Entry // of the record, by day: what was written or done about services
	Proof    Proof
}

// A Service is one service over the years.
type Service struct {
	Key, Name string
	Unit      string // minutes or sessions, as in the ledger
	Track     plan.Kind
	Line      *plan.Service // the latest line that promised it; nil when none did
	Years     []Year        // the oldest first; only those in which something was promised or given
	Months    []delivery.Row
	Total     delivery.Tally
	Notices   []delivery.Notice
}

// A Year is one school year of a service.
type Year struct {
	From, To day.Date // July 1 to June 30
	delivery.Tally
	Gaps    []Gap // by first day
	Excused int   // sessions: the child was away or did not want to go

	silent []week
}

// A Kind is what sort of gap it is.
type Kind string

// The kinds of gaps. The catalogs have lookback.kind.KIND.
const (
	NotGiven  Kind = "not_given" // sessions missed without excuse, or reported so, one after the other
	CutShort  Kind = "cut_short" // ended early or began late
	Otherwise Kind = "otherwise" // in a group or another place than the plan says
	Disputed  Kind = "disputed"  // one says given, another says missed
	Pending   Kind = "pending"   // asked about
	NoLog     Kind = "no_log"    // weeks about which something is not written down
)

// Kinds are all kinds of gaps.
func Kinds() []Kind { return []Kind{NotGiven, CutShort, Otherwise, Disputed, Pending, NoLog} }

// A Gap is a stretch of a service in which something was not as promised. What is
// short, reported and unknown never mixes.
type Gap struct {
	Kind     Kind
	From, To day.Date // its first and last session; of weeks without a log, Monday to Sunday
	Resumed  day.Date // the next session that was given; zero: none up to the last day
	Sessions int      // how many; of weeks without a log, how many weeks
	Told     int      // of these: only the family says so
	Reasons  []Reason // as told, the most frequent first
	Logs     []string // the sessions
	Days     []day.Date

	MadeUp    delivery.Minutes
	Short     delivery.Minutes
	Reported  delivery.Minutes
	Unknown   delivery.Minutes // pending and disputed among it
	Otherwise delivery.Minutes

	Claims []Claim // one for each route of the service's plan
}

// Missed is what a gap of sessions that were not given comes to, made up or not.
func (g *Gap) Missed() delivery.Minutes { return g.MadeUp + g.Short + g.Reported }

// A Reason is why sessions were not given, as somebody told it.
type Reason struct {
	Text     string
	Outcome  session.Outcome
	Sessions int
}

// A Span is a first and a last day that may be one: the safe one, and the latest
// that can be defended.
type Span struct{ Earliest, Latest day.Date }

// A Claim is until when a gap can be brought up by one route.
type Claim struct {
	Right string
	First Span // the last day for its first session; the days are zero when the law gives none
	Last  Span // the last day for its last session
	State State
}

// A State is how far a gap can still be brought up.
type State string

// The states.
const (
	Open    State = "open"    // all of it
	Part    State = "part"    // its first sessions are too old
	Closing State = "closing" // only by the later reading of the limit
	Gone    State = "gone"    // none of it, unless an exception applies
	Unsure  State = "unsure"  // the program knows no limit
)

// A Route is one way to bring up what was not given, and how far back it reaches.
type Route struct {
	Right  string
	Tracks []plan.Kind   // the plans whose services it is about
	Limits []limit.Limit // of something that happened on the day asked about: the rules, their citations and exceptions
	Since  Span          // the first day that it still reaches, by the safe reading and by the latest; zero when no limit is known
	Open   Sum           // what lies within
	Later  Sum           // what only the later reading reaches
	Gone   Sum           // what does not reach any more
	Next   day.Date      // the session that drops out next
	NextBy Span          // the last day for it
	Used   []string      // entries with which the route was used: what they name stays in
	UsedOn []day.When
}

// A Sum is sessions and minutes of the services that are counted in minutes.
type Sum struct {
	Sessions int // short or reported
	Short    delivery.Minutes
	Reported delivery.Minutes
	Unknown  delivery.Minutes
}

// An Entry is something in the record that may bear on a service.
type Entry struct {
	ID       string
	Kind     fact.Kind
	On       day.When
	Services []string // keys of the services it names; none: it is about services as such
}

// Proof counts who told what, and what is missing.
type Proof struct {
	Tellers   []Teller
	Confirmed int      // reports of the family that a log or a reply agrees with
	Reports   []string // reports that nobody has confirmed
	Conflicts []Conflict
	NoReason  []string // missed without excuse, and no reason is told
	Weeks     int      // weeks about which something is not written down, of all services
	Unknown   delivery.Minutes
	Assumed   bool // a calendar is missing: on some days nobody knows whether school met
}

// A Teller is somebody's logs.
type Teller struct {
	From     session.Teller
	Sessions int
}

// A Conflict is a session of which two tell different things.
type Conflict struct {
	Service string
	delivery.Conflict
}
