package brief

import (
	"stayput/day"
	"stayput/law"
)

// A Document is the JSON form of a brief. Keys are only ever added; a part that
// is not built is absent.
type Document struct {
	Case         string        `json:"case,omitempty"`  // where the case came from: a path
	Title        string        `json:"title,omitempty"` // what its keeper calls it
	AsOf         day.Date      `json:"as_of"`
	KnownBy      *day.Date     `json:"known_by,omitempty"`
	Jurisdiction string        `json:"jurisdiction"`
	Scope        []string      `json:"scope"`
	Laws         []LawOf       `json:"laws,omitempty"`
	Headline     *HeadlineOf   `json:"headline,omitempty"`
	Clocks       []ClockOf     `json:"clocks"`
	Limits       []LimitOf     `json:"limits"`
	Next         []StepOf      `json:"next"`
	LawSays      []StatementOf `json:"law_says,omitempty"`
	Notices      []NoticeOf    `json:"notices,omitempty"`
	Program      *ProgramOf    `json:"program,omitempty"`  // absent where no plan was entered, as is review
	Delivery     []DeliveryOf  `json:"delivery,omitempty"` // absent where no service is promised and none was logged
	Review       []FindingOf   `json:"review,omitempty"`
	Progress     []GoalOf      `json:"progress,omitempty"` // absent where no goal is in force
	Routes       []RouteOf     `json:"routes,omitempty"`   // for what the record points to; absent where it points to nothing
}

// A LawOf is the law in play from a day on. Missing names a jurisdiction whose
// pack is not there: federal rules alone were applied.
type LawOf struct {
	From    *day.Date `json:"from"`
	Is      string    `json:"is"`
	Missing string    `json:"missing,omitempty"`
}

// A HeadlineOf is the one sentence of where the case stands, with its counts.
type HeadlineOf struct {
	Key     string `json:"key"`
	Message string `json:"message"`
	Late    int    `json:"late"`
	Soon    int    `json:"due_in_14_days"`
	Closing int    `json:"rights_out_in_60_days"`
	Unsure  int    `json:"not_certain"`
}

// A ClockOf is a duty with a date, or with a standard instead of one. Due,
// Earliest and Latest are null when there is no such date; a guess never stands
// there.
type ClockOf struct {
	Rule       law.RuleID  `json:"rule"`
	Title      string      `json:"title"`
	Kind       string      `json:"kind"`
	Area       string      `json:"area"`
	OwedBy     string      `json:"owed_by"`
	Trigger    TriggerOf   `json:"trigger"`
	Due        *day.Date   `json:"due"`
	Earliest   *day.Date   `json:"earliest"`
	Latest     *day.Date   `json:"latest"`
	Time       string      `json:"time,omitempty"` // 14:05
	Strict     *day.Date   `json:"strict,omitempty"`
	NominalDue *day.Date   `json:"nominal_due,omitempty"`
	Disputed   bool        `json:"disputed"`
	Standard   string      `json:"standard,omitempty"`
	Status     string      `json:"status"`
	MetBy      *EntryOf    `json:"met_by,omitempty"`
	EndedBy    *EntryOf    `json:"ended_by,omitempty"`
	DaysLate   int         `json:"days_late"`
	Elapsed    *int        `json:"elapsed,omitempty"`
	Tribunal   *TribunalOf `json:"tribunal,omitempty"`
	Message    string      `json:"message"`
	Says       string      `json:"says,omitempty"`
	Citation   string      `json:"citation"`
	Source     string      `json:"source,omitempty"`
	Checked    string      `json:"checked"`
	CheckedOn  *day.Date   `json:"checked_on,omitempty"`
	Floor      *FloorOf    `json:"floor,omitempty"`
	Reasons    []ReasonOf  `json:"reasons,omitempty"`
	Missing    []MissingOf `json:"missing,omitempty"`
	Trace      []RunOf     `json:"trace,omitempty"`
	TraceLater []RunOf     `json:"trace_latest,omitempty"`
}

// A TriggerOf is the entry that started a clock. On is what is known of its day:
// 2025-02-03, 2025-02, 2025, or 2025-02-01..2025-02-10.
type TriggerOf struct {
	Entry string `json:"entry"`
	Kind  string `json:"kind"`
	On    string `json:"on"`
}

// An EntryOf is an entry that answered or ended something.
type EntryOf struct {
	Entry string `json:"entry"`
	On    string `json:"on"`
}

// A TribunalOf is how long a delay was found too long or acceptable.
type TribunalOf struct {
	Days     int    `json:"days"`
	Found    string `json:"found"`
	Citation string `json:"citation"`
}

// A FloorOf is the date under the rule that a State rule replaces.
type FloorOf struct {
	Rule     law.RuleID `json:"rule"`
	Due      day.Date   `json:"due"`
	Citation string     `json:"citation"`
}

// A ReasonOf says why there are two dates.
type ReasonOf struct {
	Key      string `json:"key"`
	Message  string `json:"message"`
	Citation string `json:"citation,omitempty"`
}

// A MissingOf names what is not known and asks for the least that would settle
// it.
type MissingOf struct {
	Key     string `json:"key"`
	Name    string `json:"name,omitempty"`
	Message string `json:"message"`
}

// A RunOf is consecutive days that share one reason.
type RunOf struct {
	From    day.Date `json:"from"`
	To      day.Date `json:"to"`
	Days    int      `json:"days"`
	Counted bool     `json:"counted"`
	Why     string   `json:"why"`
}

// A LimitOf is the end of somebody's right to act. Happened and Known are the
// first day each can be; when the day is not certain, HappenedTo and KnownTo are
// the last.
type LimitOf struct {
	Right      string      `json:"right"`
	Rule       law.RuleID  `json:"rule"`
	Title      string      `json:"title"`
	About      AboutOf     `json:"about"`
	Happened   *day.Date   `json:"happened"`
	HappenedTo *day.Date   `json:"happened_to,omitempty"`
	Known      *day.Date   `json:"known"`
	KnownTo    *day.Date   `json:"known_to,omitempty"`
	Earliest   *day.Date   `json:"earliest"`
	Latest     *day.Date   `json:"latest"`
	DaysLeft   *int        `json:"days_left,omitempty"`
	Status     string      `json:"status"`
	UsedBy     string      `json:"used_by,omitempty"`
	MustBe     string      `json:"must_be,omitempty"`
	By         string      `json:"by,omitempty"`
	Message    string      `json:"message"`
	Exceptions []string    `json:"exceptions,omitempty"`
	Citation   string      `json:"citation"`
	Source     string      `json:"source,omitempty"`
	Checked    string      `json:"checked"`
	CheckedOn  *day.Date   `json:"checked_on,omitempty"`
	Missing    []MissingOf `json:"missing,omitempty"`
}

// An AboutOf is what a right to act or a step is about.
type AboutOf struct {
	Rule  law.RuleID `json:"rule,omitempty"`
	Entry string     `json:"entry,omitempty"`
	Right string     `json:"right,omitempty"`
}

// A StepOf is one thing to do. ByLaw says whether the law asks for it by that
// day; otherwise it is a suggestion.
type StepOf struct {
	Do       string      `json:"do"`
	For      string      `json:"for"`
	By       *day.Date   `json:"by"`
	ByLaw    bool        `json:"by_law"`
	Message  string      `json:"message"`
	Why      string      `json:"why"`
	Document string      `json:"document,omitempty"`
	About    *AboutOf    `json:"about,omitempty"`
	Missing  []MissingOf `json:"missing,omitempty"`
}

// A StatementOf is law without a number that the record brings into play.
type StatementOf struct {
	Rule      law.RuleID  `json:"rule"`
	Title     string      `json:"title"`
	Kind      string      `json:"kind"`
	Area      string      `json:"area"`
	OwedBy    string      `json:"owed_by,omitempty"`
	Trigger   TriggerOf   `json:"trigger"`
	PointsTo  string      `json:"points_to,omitempty"`
	MetBy     *EntryOf    `json:"met_by,omitempty"`
	Elapsed   *int        `json:"elapsed,omitempty"`
	Says      string      `json:"says,omitempty"`
	Citation  string      `json:"citation"`
	Source    string      `json:"source,omitempty"`
	Checked   string      `json:"checked"`
	CheckedOn *day.Date   `json:"checked_on,omitempty"`
	Missing   []MissingOf `json:"missing,omitempty"`
}

// A NoticeOf is something in the record a person should look at.
type NoticeOf struct {
	Key     string `json:"key"`
	Entry   string `json:"entry"`
	Message string `json:"message"`
}
