package delivery

import (
	"stayput/day"
	"stayput/derive/program"
	"stayput/plan"
	"stayput/plan/session"
)

// A Promise is one service line in force from a day to a day.
type Promise struct {
	Service   string // the same name for one service through every version of the plan
	Name      string
	Track     plan.Kind
	Plan      string // the version it comes from
	Component string // plan.Ref in that version
	Line      *plan.Service
	From, To  day.Date // both inclusive; To zero: it is still in force
	Basis     program.Basis
}

// A Spread is how a promise for a period becomes minutes on school days.
type Spread string

// The ways to spread a promise.
const (
	// BySessions: a line that says so many sessions a week owes them in each week
	// in which school meets, but no more sessions than that week has school days.
	// Everything else is spread by days.
	BySessions Spread = "by_sessions"
	// ByDays: each school day owes its share. A week is 5 days, a month 20
	// (plan.Convention); what is promised for a year, or a part of one, is spread
	// over the days the school year really has.
	ByDays Spread = "by_days"
)

// Settings are choices of whoever reads the ledger. None is law.
type Settings struct {
	Spread Spread // "" is BySessions
	// Excused are the outcomes that are not the school's doing on their face; nil
	// is child absent and child refused.
	Excused map[session.Outcome]bool
	// Screening levels: from when on a row is pointed out.
	ShortPerMille   int // 0 is 150
	MissesInRow     int // 0 is 3
	UnknownPerMille int // 0 is 100
}

// An Input is what a ledger is made from.
type Input struct {
	Promises []Promise
	Logs     []session.Log
	School   *day.School // may be nil: then Monday to Friday, as an assumption
	Extended *day.School // the extended school year's own calendar; may be nil
	From     day.Date    // the first day of the ledger; zero: that of the first promise
	AsOf     day.Date    // its last day
	Settings Settings
}

// A Tally is what became of promised minutes.
//
//	Promised = Delivered + MadeUp + Otherwise + Excused + Short + Reported + Unknown
//
// Each column is at least zero. Unexcused is Short and MadeUp together.
type Tally struct {
	Promised  Minutes
	Assumed   Minutes // of Promised: on days of which nobody knows whether school met
	Delivered Minutes
	MadeUp    Minutes // missed without excuse, and given later
	Otherwise Minutes // given, but in a group or a setting that the plan does not say
	Excused   Minutes
	Short     Minutes // missed without excuse, and not made up
	Reported  Minutes // the family says missed; nobody has confirmed it
	Unknown   Minutes
	Pending   Minutes // of Unknown: asked about
	Disputed  Minutes // of Unknown: one says given, another says missed

	// Given is what the logs say was given on the days of the row, promised or not;
	// Extra is the part of it that covers no promised minute. In all, and for a
	// service, Given = Delivered + MadeUp + Otherwise + Disputed + Extra.
	Given Minutes
	Extra Minutes
}

// Columns are the names of the columns that make up Promised, after it, in the
// order in which they are shown. The catalogs have delivery.column.NAME.
func Columns() []string {
	return []string{"promised", "delivered", "made_up", "otherwise", "excused", "short", "reported", "unknown"}
}

// Column is the column of a name of Columns.
func (t *Tally) Column(name string) Minutes {
	switch name {
	case "promised":
		return t.Promised
	case "delivered":
		return t.Delivered
	case "made_up":
		return t.MadeUp
	case "otherwise":
		return t.Otherwise
	case "excused":
		return t.Excused
	case "short":
		return t.Short
	case "reported":
		return t.Reported
	case "unknown":
		return t.Unknown
	}
	return 0
}

// Rounded is the columns in whole minutes, in the order of Columns. They add up as
// the exact ones do: what rounding leaves over goes to the columns with the
// largest rest, the first of them when two have the same.
func (t *Tally) Rounded() []int {
	names := Columns()
	out := make([]int, len(names))
	out[0] = t.Promised.Whole()
	left := out[0]
	rest := make([]Minutes, len(names))
	for i, n := range names[1:] {
		v := t.Column(n)
		out[i+1] = int(v / Minute)
		rest[i+1] = v % Minute
		left -= out[i+1]
	}
	for ; left > 0; left-- {
		best := 1
		for i := 2; i < len(rest); i++ {
			if rest[i] > rest[best] {
				best = i
			}
		}
		out[best]++
		rest[best] = -1
	}
	return out
}

// Unexcused is what was missed without excuse, made up or not.
func (t *Tally) Unexcused() Minutes { return t.Short + t.MadeUp }

// Unlogged is what nobody wrote anything about.
func (t *Tally) Unlogged() Minutes { return t.Unknown - t.Pending - t.Disputed }

// AtLeast is what was promised on days on which school is known to have met; with
// Promised it bounds the truth where a calendar is missing.
func (t *Tally) AtLeast() Minutes { return t.Promised - t.Assumed }

func (t *Tally) add(o *Tally) {
	t.Promised += o.Promised
	t.Assumed += o.Assumed
	t.Delivered += o.Delivered
	t.MadeUp += o.MadeUp
	t.Otherwise += o.Otherwise
	t.Excused += o.Excused
	t.Short += o.Short
	t.Reported += o.Reported
	t.Unknown += o.Unknown
	t.Pending += o.Pending
	t.Disputed += o.Disputed
	t.Given += o.Given
	t.Extra += o.Extra
}

// A Row is a stretch of the ledger.
type Row struct {
	From, To day.Date // of a plan: the days on which it was in force, from the first to the last
	Plan     string   // of a row for a plan
	Tally
}

// A Run is consecutive missed sessions.
type Run struct {
	From, To day.Date
	Sessions int
	Minutes  Minutes
}

// A Cause is one reason for sessions that were not as promised.
type Cause struct {
	Reason   string // as told; "" when none was told
	Outcome  session.Outcome
	Sessions int
	Minutes  Minutes // missed
}

// A Conflict is a session of which two people tell different things: whether it
// was given, or whose doing it was that it was not.
type Conflict struct {
	On     day.Date
	Report string // the ID of the family's report
	Log    string // the ID of what says otherwise
}

// A Service is the ledger of one service.
type Service struct {
	Key   string
	Name  string
	Unit  string // minutes, or sessions when the line says how many but not how long: then each counts as one
	Total Row
	// Other is what would be promised if it were spread the other way; a reader
	// should know what hangs on the choice.
	Other    Minutes
	Sessions plan.Rate // how many sessions were promised; 0 when the lines do not say their length
	Weeks    []Row     // from Monday to Sunday
	Months   []Row
	Years    []Row // school years, from July to June
	Plans    []Row

	Spreads      []string // keys of the conventions used: delivery.spread.KEY
	Outcomes     map[session.Outcome]int
	Longest      Run      // of misses without excuse that a log or a reply shows
	LongestTold  Run      // the same with what the family reports
	ShortSince   day.Date // the first miss of which something is still short
	UnknownSince day.Date // the first day of which nobody knows anything
	FirstGiven   day.Date // the first day on which anything was given
	DaysToStart  int      // school days from the first promised day to FirstGiven; -1 while nothing was given
	Causes       []Cause
	Misses       []Miss // by day
	Conflicts    []Conflict
	Signals      []Signal
}

// Screening is the key of the sentence that stands beside every signal: the levels
// are settings and not law.
const Screening = "delivery.screening"

// A Signal is a screening level that was reached. Keys are "delivery.signal.KEY".
type Signal struct {
	Key   string
	Value int // thousandths, or sessions
	Level int // the setting
}

// A Notice is something in plans or logs that a person should look at. Keys are
// "delivery.notice.KEY".
type Notice struct {
	Key     string
	Service string
	Log     string
	On      day.Date
	Args    map[string]string
}

// A Ledger is what became of every promise up to a day.
type Ledger struct {
	AsOf     day.Date
	Spread   Spread
	Services []Service // by name
	Notices  []Notice
}
