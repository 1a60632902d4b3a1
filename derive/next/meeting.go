package next

import (
	"strings"

	"stayput/day"
	"stayput/fact"
	"stayput/record"
)

var decisionNoted = fact.MustLookup("decision_noted")

// mostOfName is how much of a decision a step repeats, in letters.
const mostOfName = 90

// Meetings lists what meetings decided, or put off, for a day that is past or near,
// and that no later entry answers. Every step is a suggestion: it may have been done
// without being written down.
func Meetings(side fact.Side, asOf day.Date, v *record.View) []Step {
	noted := v.ByKind(decisionNoted)
	if len(noted) == 0 {
		return nil
	}
	answered := map[int32]bool{}
	for i := range v.Entries {
		if j := v.Re(int32(i)); j >= 0 && v.Entries[j].Kind == decisionNoted {
			answered[j] = true
		}
	}
	us := fact.Parent
	if side == fact.SchoolSide {
		us = fact.LEA
	}
	late := Step{Do: "ask_decision", For: us, By: asOf.Add(answerIn), Why: "why_decision_late", Document: "follow-up-letter", Weight: 24}
	near := Step{Do: "see_decision", For: us, Why: "why_decision_near", Weight: 41}
	for _, i := range noted {
		e := v.Entries[i]
		until := e.Fields.Until
		if answered[i] || until == 0 || e.Fields.Granted == fact.No || e.On.Earliest > asOf {
			continue
		}
		name := decisionName(e)
		switch {
		case until < asOf && int(asOf-until) <= longPast:
			late.Names = append(late.Names, name)
		case until >= asOf && int(until-asOf) <= soon:
			near.Names = append(near.Names, name)
			if near.By == 0 || until < near.By {
				near.By = until
			}
		}
	}
	var out []Step
	for _, s := range []Step{late, near} {
		if len(s.Names) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// decisionName is the first line of a decision.
func decisionName(e *fact.Entry) string {
	name, _, _ := strings.Cut(strings.TrimSpace(e.Fields.Summary), "\n")
	if name == "" {
		name, _, _ = strings.Cut(strings.TrimSpace(e.Note), "\n")
	}
	if r := []rune(name); len(r) > mostOfName {
		name = string(r[:mostOfName]) + "…"
	}
	return strings.TrimRight(name, ".")
}
