package progress

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"stayput/measure"
)

// A Reckoning is a way to make probes of what was seen of a behavior.
type Reckoning string

// The ways. What a sighting does not hold makes no probe of it.
const (
	CountEach      Reckoning = "count"            // how often, each time somebody watched
	RatePerHour    Reckoning = "rate_per_hour"    // how often per 60 minutes watched
	SecondsEach    Reckoning = "seconds"          // how long in all, each time somebody watched
	SecondsPerTime Reckoning = "seconds_per_time" // how long it lasted on average
	ShareOfTime    Reckoning = "share_of_time"    // percent of the time watched
)

// Reckonings are the ways, in the order in which they are offered.
var Reckonings = []Reckoning{CountEach, RatePerHour, SecondsEach, SecondsPerTime, ShareOfTime}

// FromSightings makes the probes of one goal from sightings of a behavior. When
// counts come from watching for different lengths of time, the trouble says so:
// only a rate can be compared then.
func FromSightings(goal string, seen []measure.Sighting, how Reckoning) (probes []measure.Probe, troubles []Trouble) {
	minutes := map[float64]bool{}
	for _, s := range seen {
		p := measure.Probe{Goal: goal, On: s.On, By: s.By, Unit: string(how)}
		watched := usableAmount(s.Minutes) && s.Minutes > 0
		counted, timed := usableAmount(s.Count), usableAmount(s.Seconds)
		ok := false
		switch how {
		case CountEach:
			p.Value, ok = measure.Number(s.Count), counted
		case RatePerHour:
			p.Value, ok = measure.Number(s.Count/s.Minutes*60), counted && watched
		case SecondsEach:
			p.Value, ok = measure.Number(s.Seconds), timed
		case SecondsPerTime:
			p.Value, ok = measure.Number(s.Seconds/s.Count), timed && counted && s.Count > 0
		case ShareOfTime:
			p.Value, ok = measure.PercentOf(s.Seconds/(s.Minutes*60)*100), timed && watched && s.Seconds <= s.Minutes*60
		}
		if !ok {
			key := UnusableValue
			if (how == RatePerHour || how == ShareOfTime) && !watched {
				key = NotWatched
			}
			troubles = append(troubles, Trouble{Key: key, On: s.On})
			continue
		}
		if watched {
			minutes[s.Minutes] = true
		}
		probes = append(probes, p)
	}
	if len(minutes) > 1 && (how == CountEach || how == SecondsEach) {
		troubles = append(troubles, Trouble{Key: WatchedUnequally, Count: len(minutes)})
	}
	return probes, troubles
}

func usableAmount(v float64) bool { return v >= 0 && v <= measure.Largest && !math.IsNaN(v) }

// A Tally is how often one thing was noted before or after the behavior.
type Tally struct {
	Words string `json:"words"` // as first written
	N     int    `json:"n"`
	Of    int    `json:"of"` // notes that say anything at all here
}

// An ABC is what notes of antecedent, behavior and consequence come to. They show
// what went together, not what caused what.
type ABC struct {
	Notes  int     `json:"notes"`
	Enough bool    `json:"enough"` // there are NeedNotes, and the tallies are given
	Before []Tally `json:"before,omitempty"`
	What   []Tally `json:"what,omitempty"`
	After  []Tally `json:"after,omitempty"`
}

// NeedNotes is how many notes there must be before they are tallied.
const NeedNotes = NeedPoints

// Tallies counts what notes say, word for word but for capitals and blanks, the
// most frequent first.
func Tallies(seen []measure.Sighting) ABC {
	var before, what, after []string
	var a ABC
	for _, s := range seen {
		if strings.TrimSpace(s.Before+s.What+s.After) == "" {
			continue
		}
		a.Notes++
		before, what, after = append(before, s.Before), append(what, s.What), append(after, s.After)
	}
	if a.Enough = a.Notes >= NeedNotes; a.Enough {
		a.Before, a.What, a.After = tally(before), tally(what), tally(after)
	}
	return a
}

func tally(texts []string) []Tally {
	at := map[string]int{}
	var out []Tally
	of := 0
	for _, text := range texts {
		text = strings.Join(strings.Fields(text), " ")
		if text == "" {
			continue
		}
		of++
		key := strings.ToLower(text)
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key], out = i, append(out, Tally{Words: text})
		}
		out[i].N++
	}
	for i := range out {
		out[i].Of = of
	}
	slices.SortStableFunc(out, func(a, b Tally) int {
		return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(strings.ToLower(a.Words), strings.ToLower(b.Words)))
	})
	return out
}
