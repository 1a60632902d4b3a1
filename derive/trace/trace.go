// Package trace is the reasons a derived date carries: which days were counted,
// which were left out, and why.
//
// In: a table of days and the two ends of a count. Out: the runs, on demand. The
// counted runs of a trace sum to the count. It keeps message keys, never
// sentences.
package trace

import (
	"stayput/day"
	"stayput/law"
)

// A Trace is how one date was counted. It is small and refers to the calendar's
// own runs, so keeping one costs nothing until somebody asks to see it.
type Trace struct {
	Table  *day.Table // nil: every day counts
	First  day.Date   // first day looked at
	Last   day.Date   // last day looked at
	Count  law.Count
	Same   bool     // the start itself was day 1
	Back   bool     // counted back from the start
	Moved  day.Date // the date before it was moved to an open day; zero when not moved
	Hours  int      // for counts of hours
	Absent int      // school days added for absences
	Extra  int      // days added by extensions
	Named  bool     // a fixed day of the year, or a month or year count: nothing was counted day by day
}

// A Run is consecutive days that share one reason, as a brief shows it.
type Run struct {
	From    day.Date   `json:"from"`
	To      day.Date   `json:"to"`
	Days    int        `json:"days"`
	Counted bool       `json:"counted"`
	Why     day.Reason `json:"-"`
}

// Runs expands the trace, in order of days.
func (t Trace) Runs() []Run {
	if t.Last < t.First || t.First == 0 {
		return nil
	}
	if t.Table == nil {
		key := "calendar_day"
		switch {
		case t.Named && t.Count.Unit == law.Months:
			key = "month_count"
		case t.Named && t.Count.Unit == law.Years:
			key = "year_count"
		case t.Named:
			key = "named_day"
		}
		return []Run{{t.First, t.Last, int(t.Last-t.First) + 1, true, day.Reason{Key: key}}}
	}
	var out []Run
	t.Table.Runs(t.First, t.Last, func(r day.Run) bool {
		out = append(out, Run{r.First, r.Last, r.Days(), r.Counted, r.Why})
		return true
	})
	return out
}

// Counted is the sum of the counted runs.
func (t Trace) Counted() int {
	n := 0
	for _, r := range t.Runs() {
		if r.Counted {
			n += r.Days
		}
	}
	return n
}
