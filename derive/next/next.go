package next

import (
	"cmp"
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/fact"
	"stayput/law"
)

// How far ahead a step looks, in days. They are settings of ours, not law.
const (
	soon      = 14  // a duty of one's own
	atHand    = 3   // a notice that must go out now
	answerIn  = 7   // a week to look or ask
	longPast  = 365 // an unanswered duty older than this is looked for, not chased
	longDelay = 45  // days without a date that are worth asking about
)

// waits are the standards under which somebody waits for an answer; the others
// (each year, at all times) set a habit and no one is waiting.
var waits = map[string]bool{"without_unnecessary_delay": true, "as_soon_as_possible": true, "reasonable_time": true,
	"promptly": true, "immediately": true, "expedited": true, "without_delay": true}

// Steps lists what to do, the most pressing first; more are steps that follow from
// something else than dates (Carrying).
func Steps(side fact.Side, asOf day.Date, clocks []clock.Clock, limits []limit.Limit, more ...Step) []Step {
	out := slices.Clone(more)
	us, them := fact.Parent, fact.LEA
	if side == fact.SchoolSide {
		us, them = fact.LEA, fact.Parent
	}
	for i := range clocks {
		c := &clocks[i]
		if c.Rule.Kind == law.Limit || c.Rule.Kind == law.Floor {
			continue
		}
		if mine(c.OwedBy, us) {
			out = own(out, us, asOf, c)
		} else {
			out = others(out, us, them, asOf, c)
		}
		if c.Perhaps.Open() && c.MetBy == "" && c.EndedBy == "" {
			// Whether it was answered is known to whoever has the paper.
			s := Step{Do: "settle_answer", For: us, By: asOf.Add(answerIn), Why: "why_perhaps", Clock: c, Entry: c.Perhaps.Entry, Weight: 46}
			if c.Status == clock.Unknown {
				s.Weight = 11
			}
			out = append(out, s)
		}
		if ms := dates(c.Missing); len(ms) > 0 && !c.Rule.Quiet && (c.Status == clock.Unknown || c.Status == clock.Running) && c.MetBy == "" {
			out = append(out, Step{Do: "settle_date", For: us, By: asOf.Add(answerIn), Why: "why_missing", Clock: c, Missing: ms, Weight: 60})
		}
	}
	out = rights(out, us, asOf, limits)
	out = once(inOrder(out))
	if len(out) == 0 {
		out = append(out, Step{Do: "nothing", For: us, Why: "why_quiet", Weight: nothing})
	}
	return out
}

// inOrder puts steps in the order in which they are told.
func inOrder(steps []Step) []Step {
	slices.SortStableFunc(steps, func(a, b Step) int {
		return cmp.Or(cmp.Compare(a.Weight, b.Weight), cmp.Compare(far(a.By), far(b.By)))
	})
	return steps
}

// Merge is steps with more among them, as Steps would have put them. What says that
// there is nothing to do falls away when there is.
func Merge(steps, more []Step) []Step {
	if len(more) == 0 {
		return steps
	}
	out := slices.Clone(more)
	for _, s := range steps {
		if s.Weight < nothing {
			out = append(out, s)
		}
	}
	return once(inOrder(out))
}

// nothing is the weight of the step that stands where there is no other.
const nothing = 99

// dates is what is missing before a date can be told; whose answer an answer is
// changes no date.
func dates(ms []day.Missing) []day.Missing {
	if n := len(ms); n > 0 && strings.HasPrefix(ms[n-1].Key, "answers_") {
		return ms[:n-1]
	}
	return ms
}

func far(d day.Date) day.Date {
	if d == 0 {
		return day.Max
	}
	return d
}

func mine(owed, us fact.Party) bool { return owed == us || owed == fact.Either }

// own is what whoever keeps the record owes.
func own(out []Step, us fact.Party, asOf day.Date, c *clock.Clock) []Step {
	s := Step{Do: "do_it", For: us, ByLaw: true, Clock: c, By: c.On}
	if s.By == 0 {
		s.By = c.Earliest
	}
	switch c.Status {
	case clock.Late:
		s.Why, s.Weight = "why_own_late", 5
		if us == fact.Parent {
			s.Weight = 12
		}
	case clock.DueToday:
		s.Why, s.Weight = "why_own_today", 1
	case clock.Unknown:
		if c.MetBy != "" || s.By == 0 || c.Perhaps.Open() {
			return out
		}
		s.Why, s.Weight = "why_own_between", 6
	case clock.Running, clock.Paused:
		if s.By == 0 || int(s.By-asOf) > soon {
			return out
		}
		s.Why, s.Weight = "why_own_soon", 8
		if c.Rule.Kind == law.Notice {
			s.Do = "may_do" // a chance rather than a duty
			if int(s.By-asOf) > atHand {
				s.Weight = 40
			}
		}
	default:
		return out
	}
	if c.Rule.Ask != nil {
		s.Document = c.Rule.Ask.Document
	}
	return append(out, s)
}

// others is what the other side owes: look, then ask, then write.
func others(out []Step, us, them fact.Party, asOf day.Date, c *clock.Clock) []Step {
	switch c.Status {
	case clock.Late:
		if c.SetFor != 0 {
			return append(out, Step{Do: "go_to_meeting", For: us, By: c.SetFor, Why: "why_set_for", Clock: c, Weight: 10})
		}
		look := Step{Do: "look_for_answer", For: us, By: asOf.Add(answerIn), Why: "why_no_answer", Clock: c, Weight: 10}
		if c.DaysLate > longPast {
			look.Weight = 50
			return append(out, look)
		}
		out = append(out, look)
		ask := Step{Do: "ask_in_writing", For: us, By: asOf.Add(answerIn), Why: "why_late", Clock: c, Document: "follow-up-letter", Weight: 20}
		if c.Rule.Ask != nil {
			ask.Do, ask.Document = c.Rule.Ask.Do, c.Rule.Ask.Document
		}
		out = append(out, ask)
	case clock.MetLate:
		// What lasted too long may have been a change of placement: ask why.
		if c.Rule.Kind == law.Cap && c.DaysLate > 0 && int(asOf-c.MetOn.Latest) <= longPast {
			out = append(out, Step{Do: "ask_in_writing", For: us, By: asOf.Add(answerIn), Why: "why_over_cap", Clock: c, Document: "follow-up-letter", Weight: 20})
		}
	case clock.DueToday:
		out = append(out, Step{Do: "look_for_answer", For: us, By: asOf, Why: "why_due_today", Clock: c, Weight: 15})
	case clock.Unknown:
		if c.Rule.Quiet && c.MetBy == "" && c.DaysLate == 0 && c.On != 0 && asOf > c.On {
			return append(out, Step{Do: "look_for_answer", For: us, By: asOf.Add(answerIn), Why: "why_no_answer", Clock: c, Weight: 55})
		}
		if c.MetBy == "" && c.On != 0 && asOf > c.On && !c.Perhaps.Open() {
			out = append(out, Step{Do: "look_for_answer", For: us, By: asOf.Add(answerIn), Why: "why_between", Clock: c, Weight: 25})
		}
	case clock.Running, clock.Paused:
		if c.Due != nil && c.Due.Standard != "" && c.On == 0 {
			if c.Tribunal != nil && c.Tribunal.TooLong {
				s := Step{Do: "ask_in_writing", For: us, By: asOf.Add(answerIn), Why: "why_long_delay_judged", Clock: c, Document: "follow-up-letter", Weight: 18}
				if c.Rule.Ask != nil {
					s.Do, s.Document = c.Rule.Ask.Do, c.Rule.Ask.Document
				}
				return append(out, s)
			}
			if c.Rule.Kind == law.Duty && waits[c.Due.Standard] && !c.Perhaps.Open() && !c.Kind.Info().Derived && c.Elapsed >= longDelay && c.Elapsed < 730 {
				out = append(out, Step{Do: "ask_in_writing", For: us, By: asOf.Add(answerIn), Why: "why_long_delay", Clock: c, Document: "follow-up-letter", Weight: 45})
			}
			return out
		}
		if by := c.On; by != 0 && int(by-asOf) <= soon && int(by-asOf) >= 0 && c.OwedBy == them {
			out = append(out, Step{Do: "get_ready", For: us, By: by, Why: "why_due_soon", Clock: c, Weight: 40})
		}
	}
	return out
}

// rights is what is about to run out.
func rights(out []Step, us fact.Party, asOf day.Date, limits []limit.Limit) []Step {
	for i := range limits {
		l := &limits[i]
		if !l.Pressing() || !l.Serves(us) {
			continue
		}
		s := Step{For: us, By: l.Earliest, Limit: l, Why: "why_runs_out", Weight: 14}
		if l.Status == limit.Closing {
			s.Why, s.Weight = "why_ran_out_maybe", 3
		} else if l.Left <= soon {
			s.Weight = 2
		}
		if l.Step() {
			s.Weight += 40
		}
		switch l.Right {
		case "state_complaint":
			s.Do, s.Document = "file_state_complaint", "state-complaint"
			if s.Weight == 14 {
				s.Weight = 22 // after looking and asking, while there is time
			}
		case "due_process":
			s.Do, s.Document = "talk_to_lawyer", "due-process-complaint"
		default:
			s.Do = "use_right"
		}
		out = append(out, s)
	}
	return out
}

// once keeps the first of several steps that ask for the same thing about the
// same thing, and one step for one right however many wrongs it covers.
func once(in []Step) []Step {
	type key struct {
		do    string
		entry string
		right string
	}
	seen := map[key]bool{}
	out := in[:0]
	for _, s := range in {
		k := key{do: s.Do}
		switch {
		case len(s.Names) > 0:
			k.right = s.Why
		case s.Limit != nil:
			k.right = s.Limit.Right
			if s.Limit.Wrong == nil {
				k.entry = s.Limit.Entry
			}
		case s.Clock != nil:
			k.entry = s.Clock.Trigger
			if s.Do == "do_it" || s.Do == "get_ready" {
				k.right = string(s.Clock.Rule.ID)
			}
		}
		if s.Do == "settle_date" && len(s.Missing) > 0 {
			k.entry, k.right = s.Missing[0].Key, s.Missing[0].Name
			if strings.HasPrefix(k.entry, "calendar_") {
				k.entry = "calendar" // one calendar settles all of it
			}
		}
		if seen[k] {
			continue
		}
		seen[k] = true
		out = append(out, s)
	}
	return out
}
