package refusal

import (
	"stayput/day"
	"stayput/derive/clock"
	"stayput/fact"
)

// A Subject is what a no was said to.
type Subject string

// The subjects.
const (
	Evaluation   Subject = "evaluation"
	Reevaluation Subject = "reevaluation"
	Outside      Subject = "outside" // an independent evaluation at public expense
	Meeting      Subject = "meeting"
	Records      Subject = "records"
	Plan         Subject = "plan" // identification, placement or services: the district refuses to start or change something
	Other        Subject = "other"
)

// Subjects is the closed list.
var Subjects = []Subject{Evaluation, Reevaluation, Outside, Meeting, Records, Plan, Other}

// A Step is what comes next after a no.
type Step string

// The steps.
const (
	AskNotice  Step = "ask_notice"  // ask for the written notice
	GiveNotice Step = "give_notice" // for the school: give it
	AskAgain   Step = "ask_again"   // ask for the same again in writing: records
	Wait       Step = "wait"        // it was asked for; the day has not come
	AskNext    Step = "ask_next"    // the notice came: the next request
	Routes     Step = "routes"      // letters have done what they can: the ways to disagree
	Settled    Step = "settled"     // what was asked for was begun or given since
)

// Patience is how many days after a letter we suggest to ask for its answer. It is
// ours and no law.
const Patience = 14

// A Reason is one reason as somebody told it.
type Reason struct {
	ID    string // a word of the guide, or any other words
	Entry *fact.Entry
}

// A No is one refusal and what became of it.
type No struct {
	Entry   *fact.Entry
	Subject Subject
	Request *fact.Entry // what it answers; nil when the record does not show it
	Guessed bool        // the no does not name the request: it is the only one that fits
	Several int         // how many requests fit, when it names none and there are several
	Told    []*fact.Entry
	Reasons []Reason // the earliest first; each word once for each entry

	Notice  *fact.Entry // the written notice that came
	Perhaps *fact.Entry // a notice that names nothing and was taken for that of another no
	Asked   *fact.Entry // the notice was asked for in writing, or what was refused was asked for again
	Waited  int         // days from the no to the notice, or to the day asked about; -1: not one exact number
	Since   *fact.Entry // what was asked for, begun or given since

	Due      *clock.Clock // a date of law for an answer that has not come
	Between  *clock.Clock // one of which only the bounds are known; nil when Due is there
	Step     Step
	Document string   // the paper of the step, by the id of the contract; "" for none
	By       day.Date // the day by which an answer is asked; zero when no letter is due
	Ours     bool     // By is our suggestion and no law
}
