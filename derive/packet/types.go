package packet

import (
	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/claims"
	"stayput/derive/draft"
	"stayput/derive/meeting"
	"stayput/fact"
	"stayput/measure"
)

// A Name says which pack it is.
type Name string

// The packs.
const (
	ForMeeting   Name = "meeting"
	ForMediation Name = "mediation"
	ForComplaint Name = "complaint"
)

// Names lists the packs.
var Names = []Name{ForMeeting, ForMediation, ForComplaint}

// A Pack is one pack.
type Pack struct {
	Name    Name
	Today   day.Date
	Facts   *draft.Facts     // the child, the school
	Meeting *meeting.Meeting // of a meeting pack: the next one; nil when none is set
	StayPut fact.Tri         // the program stays as it is while a case is open; Unsaid: not certain
	Parts   []Section        // in the order in which they are read
}

// A Section is one part of a pack. It is a table, a list of allegations, goals or routes,
// or nothing but lines to write on.
type Section struct {
	Name        string
	Cols        []string // the values of a row that are shown, in order
	Rows        []Row
	Earlier     int  // rows before these that are left out
	Blank       int  // lines to fill by hand
	Honest      bool // that it is empty is worth saying
	Progress    []Progress
	Allegations []Allegation
	Routes      []Route
}

// Empty reports that nothing stands in it.
func (s *Section) Empty() bool {
	return len(s.Rows) == 0 && len(s.Progress) == 0 && len(s.Allegations) == 0 && len(s.Routes) == 0
}

// A Row is one line of a table. Entry is what it stands on first; nil for a line of a
// plan or of the log.
type Row struct {
	Key    string
	Entry  *fact.Entry
	Values map[string]draft.Value
}

// A Progress is one goal with what was measured last, the oldest first.
type Progress struct {
	Goal   *brief.GoalProgress
	Probes []measure.Probe
	All    int // how many there are
}

// An Allegation is one claim with its proof.
type Allegation struct {
	Claim *claims.Claim
	Proof []Exhibit
	Open  bool // by some way it can still be brought up
}

// An Exhibit is an entry that shows something; No is the number of the paper with it, 0
// when no paper is.
type Exhibit struct {
	No    int
	Entry *fact.Entry
}

// A Route is until when one way takes what is alleged.
type Route struct {
	Right string
	First day.Date // the first last day among what can still be brought up; zero: none is known
	About *claims.Claim
	Open  int // how many claims it still takes
	Over  int
}
