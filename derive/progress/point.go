package progress

import (
	"cmp"
	"slices"
	"strings"

	"stayput/day"
	"stayput/measure"
)

// A Point is what counts of one day: the level of its one probe, or the median
// of several.
type Point struct {
	On    day.Date `json:"on"`
	Level float64  `json:"level"`        // percent for shares, else the number
	Of    float64  `json:"of,omitempty"` // trials of that day in all, when they were said
	N     int      `json:"probes"`       // how many probes the day had
	Phase string   `json:"phase,omitempty"`
}

// A Trouble is something about the probes that a reader should know.
type Trouble struct {
	Key   string   `json:"key"` // progress.trouble.KEY in the catalogs
	On    day.Date `json:"on,omitempty"`
	Row   int      `json:"row,omitempty"`   // of the file
	Count int      `json:"count,omitempty"` // how many, when it is about several
}

// What may be the trouble.
const (
	NoValueThatDay   = "no_value"       // a probe without a value
	UnusableValue    = "unusable_value" // infinite, not a number, more than all
	NoDate           = "no_date"
	AfterAsOf        = "after_today" // dated after the day of the reading
	SameDay          = "same_day"    // several probes of a day: their median counts
	NoSchoolThatDay  = "no_school"   // taken on a day without school: counted, to be checked
	OtherKind        = "other_kind"  // a number where the target is a share, or the other way: left out
	FewTrials        = "few_trials"  // fewer than five trials: one more or less moves it by a fifth
	TrialsDiffer     = "trials_differ"
	UnitsDiffer      = "units_differ" // probes in different units: nothing is worked out
	OnlyNewest       = "only_newest"  // more points than a line is drawn through
	TrendsDiffer     = "trends_differ"
	LevelsAreNoScale = "levels" // rubric levels: least squares would treat them as equal steps
	WatchedUnequally = "watched_unequally"
	NotWatched       = "not_watched"
)

// fewTrials is the number of trials below which a share is coarse.
const fewTrials = 5

// mostPoints is how many points a line is drawn through: more than any three
// years of school days have.
const mostPoints = 1000

// points makes one point of each day up to asOf, in order of days, from the
// probes of one goal in any order. kind is the kind of the target, or "" when
// there is none; of is the kind that the points share.
func points(probes []measure.Probe, kind measure.Kind, asOf day.Date, school func(day.Date) day.Sure) (out []Point, of measure.Kind, trouble []Trouble, oneUnit bool) {
	sorted := slices.Clone(probes)
	slices.SortStableFunc(sorted, func(a, b measure.Probe) int {
		la, _ := a.Value.Level()
		lb, _ := b.Value.Level()
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(la, lb), cmp.Compare(a.Value.Of, b.Value.Of), strings.Compare(a.Phase, b.Phase), cmp.Compare(a.Row, b.Row))
	})
	var kinds [2]int
	units := map[string]bool{}
	type whole struct {
		Point
		levels []float64
	}
	var days []whole
	for _, p := range sorted {
		say := func(key string) { trouble = append(trouble, Trouble{Key: key, On: p.On, Row: p.Row}) }
		level, ok := p.Value.Level()
		switch {
		case p.On < day.Min || p.On > day.Max:
			say(NoDate)
			continue
		case asOf != 0 && p.On > asOf:
			say(AfterAsOf)
			continue
		case p.Missing:
			say(NoValueThatDay)
			continue
		case !ok:
			say(UnusableValue)
			continue
		case kind != "" && p.Value.Kind() != kind:
			say(OtherKind)
			continue
		}
		if p.Value.Kind() == measure.Share {
			kinds[1]++
		} else {
			kinds[0]++
		}
		if u := strings.ToLower(strings.Join(strings.Fields(p.Unit), " ")); u != "" {
			units[u] = true
		}
		if p.Value.Of != 0 && p.Value.Of < fewTrials {
			say(FewTrials)
		}
		if n := len(days); n > 0 && days[n-1].On == p.On {
			d := &days[n-1]
			d.levels, d.Of, d.N = append(d.levels, level), d.Of+p.Value.Of, d.N+1
			if d.Phase == "" {
				d.Phase = p.Phase
			}
			continue
		}
		days = append(days, whole{Point{On: p.On, Of: p.Value.Of, N: 1, Phase: p.Phase}, []float64{level}})
		if school != nil && school(p.On) == day.No {
			say(NoSchoolThatDay)
		}
	}
	if len(units) > 1 || kinds[0] > 0 && kinds[1] > 0 {
		return nil, "", append(trouble, Trouble{Key: UnitsDiffer, Count: max(len(units), 2)}), false
	}
	if n := len(days); n > mostPoints {
		trouble = append(trouble, Trouble{Key: OnlyNewest, Count: mostPoints})
		days = days[n-mostPoints:]
	}
	differ := 0
	for _, d := range days {
		d.Level, _ = Median(d.levels)
		if d.N > 1 {
			trouble = append(trouble, Trouble{Key: SameDay, On: d.On, Count: d.N})
		} else if d.Of != days[0].Of && days[0].N == 1 {
			differ++
		}
		out = append(out, d.Point)
	}
	if differ > 0 {
		trouble = append(trouble, Trouble{Key: TrialsDiffer, Count: differ})
	}
	if of = measure.Plain; kinds[1] > 0 {
		of = measure.Share
	}
	return out, of, trouble, true
}

// axes are the weeks since a day, and the levels.
func axes(ps []Point, from day.Date) (weeks, levels []float64) {
	weeks, levels = make([]float64, len(ps)), make([]float64, len(ps))
	for i, p := range ps {
		weeks[i], levels[i] = weeksBetween(from, p.On), p.Level
	}
	return weeks, levels
}

// weeksBetween is the weeks of seven calendar days from a to b.
func weeksBetween(a, b day.Date) float64 { return float64(b-a) / 7 }
