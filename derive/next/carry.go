package next

import (
	"slices"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/derive/progress"
	"stayput/fact"
)

// A Goal is one goal in force and where it is heading.
type Goal struct {
	Name    string
	Result  *progress.Result
	Reports []progress.Report
}

// logsAfter is how many days of silence are worth asking about; a setting of
// ours, not law.
const logsAfter = 28

// Carrying lists what to do about services and goals. The law asks for none of it
// by a day: every step is a suggestion. What nobody wrote down is asked for before
// anything is said to be missing.
func Carrying(side fact.Side, asOf day.Date, l *delivery.Ledger, goals []Goal) []Step {
	school := side == fact.SchoolSide
	us := fact.Parent
	if school {
		us = fact.LEA
	}
	var out []Step
	say := func(do, why, document, schools string, weight int, names []string, minutes int) {
		if len(names) == 0 {
			return
		}
		if school {
			document = schools
		}
		slices.Sort(names)
		out = append(out, Step{Do: do, For: us, By: asOf.Add(answerIn), Why: why, Document: document, Names: slices.Compact(names), Minutes: minutes, Weight: weight})
	}
	if l != nil {
		var silent, short, reported []string
		shortBy, reportedBy, anyLog := 0, 0, false
		for i := range l.Services {
			s := &l.Services[i]
			name := s.Name
			if name == "" {
				name = s.Key
			}
			anyLog = anyLog || len(s.Outcomes) > 0
			if s.Total.Promised == 0 {
				continue
			}
			asks := false
			for _, x := range s.Signals {
				switch {
				case x.Key == "unlogged" && s.UnknownSince != 0 && asOf-s.UnknownSince >= logsAfter:
					asks = true
				case x.Key == "short" || x.Key == "row":
					if s.Total.Short > 0 && !slices.Contains(short, name) {
						short = append(short, name)
						if s.Unit == "minutes" {
							shortBy += s.Total.Short.Whole()
						}
					}
				}
			}
			if asks {
				silent = append(silent, name)
			}
			if s.Total.Reported > 0 {
				reported = append(reported, name)
				if s.Unit == "minutes" {
					reportedBy += s.Total.Reported.Whole()
				}
			}
		}
		why := "why_unlogged"
		if !anyLog {
			why = "why_no_logs"
		}
		say("ask_service_logs", why, "service-logs-request", "documentation-log", 26, silent, 0)
		say("confirm_reports", "why_reported", "follow-up-letter", "documentation-log", 27, reported, reportedBy)
		say("ask_make_up", "why_short", "request-iep-meeting", "follow-up-letter", 28, short, shortBy)
	}
	var behind, flat, open, owed []string
	for i := range goals {
		g := &goals[i]
		switch r := g.Result; {
		case r.Verdict == progress.Behind:
			behind = append(behind, g.Name)
		case r.FourPoint.Advice == progress.ChangeTeaching:
			flat = append(flat, g.Name)
		case r.Verdict == progress.NotEnoughData && r.By != 0 && r.By > asOf:
			open = append(open, g.Name)
		}
		if slices.ContainsFunc(g.Reports, func(r progress.Report) bool { return r.Status == progress.ReportNotFound }) {
			owed = append(owed, g.Name)
		}
	}
	say("ask_goal_meeting", "why_behind", "request-iep-meeting", "meeting-notice", 30, behind, 0)
	say("ask_goal_meeting", "why_flat", "request-iep-meeting", "meeting-notice", 31, flat, 0)
	say("look_for_report", "why_report", "follow-up-letter", "progress-report", 33, owed, 0)
	say("ask_goal_data", "why_few_probes", "request-records", "progress-report", 48, open, 0)
	return out
}
