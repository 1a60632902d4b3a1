package limit

import (
	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/trace"
	"stayput/law"
)

// A Limit is the end of somebody's right to act.
type Limit struct {
	Rule    *law.Rule
	Version *law.Version
	Right   string
	Wrong   *clock.Wrong // what it is about; nil for a limit that starts on an event
	Clock   *clock.Clock // the late clock it is about, or the limit's own clock
	Entry   string       // the refusal or the event it is about

	Happened day.Span
	Known    day.Span
	Earliest day.Date // the day to act by: always the earliest defensible one
	Latest   day.Date
	Left     int // days from the day asked about to Earliest; negative when past
	Status   Status
	UsedBy   string // the entry with which the right was used
	Trace    trace.Trace
	Missing  []day.Missing
}

// A Status is where a right stands.
type Status string

const (
	Open    Status = "open"    // may still be used
	Closing Status = "closing" // past the earliest date, not past the latest
	Used    Status = "used"
	Closed  Status = "closed" // run out, unless an exception applies
)
