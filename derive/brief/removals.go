package brief

import (
	"fmt"
	"strconv"
	"time"

	"stayput/day"
	"stayput/fact"
	"stayput/record"
)

// shortRemovals is how many school days of one school year a child may be
// removed before the law asks for more: 34 CFR 300.530(b), (d), 300.536(a)(2).
const shortRemovals = 10

var (
	removalStarted = fact.MustLookup("removal_started")
	removalEnded   = fact.MustLookup("removal_ended")
	removalDay11   = fact.MustLookup("removal_day_11")
	changeDecided  = fact.MustLookup("placement_change_decided")
)

// A removalYear is what the removals of one school year come to.
type removalYear struct {
	begins   int // the calendar year in which it begins
	removals int
	days     int
	unsure   bool     // some of the days are only weekdays: no calendar says more
	eleventh day.Date // zero until there are eleven
	last     string   // the last removal
	told     bool     // the eleventh day is in the record
}

// removals adds up the removals of each school year and tells of each year in
// which several of them come to more than ten school days. It finds no pattern:
// that is for people to decide. A removal that carries out a change of placement
// is not one of them, and of one whose end nobody wrote down only the first day
// counts.
func removals(v *record.View, school *day.School, rule day.YearRule, asOf day.Date) []Notice {
	starts := v.ByKind(removalStarted)
	if len(starts) < 2 {
		return nil
	}
	if rule.Month == 0 {
		rule = day.YearRule{Month: time.July, Day: 1}
	}
	var years []*removalYear
	at := func(d day.Date) *removalYear {
		begins := d.Year()
		if next, ok := rule.Next(d); ok {
			begins = next.AddYears(-1).Year()
		}
		for _, y := range years {
			if y.begins == begins {
				return y
			}
		}
		y := &removalYear{begins: begins}
		years = append(years, y)
		return y
	}
	counted := day.Date(0) // each day counts once, however many entries speak of it
	for n, i := range starts {
		x := v.Entries[i]
		if x.On.Latest > asOf || carriesOut(v, i) {
			continue
		}
		year := at(x.On.Latest)
		year.removals++
		year.last = x.ID
		last, days := removalEnd(v, starts, n)
		taken := 0
		for d := x.On.Latest; d <= min(last, asOf) && (days == 0 || taken < days); d++ {
			if d.Weekend() {
				continue
			}
			sure := school.IsSchoolDay(d)
			if sure == day.No {
				continue
			}
			taken++
			if d <= counted {
				continue
			}
			counted = d
			y := at(d)
			y.days++
			y.unsure = y.unsure || sure == day.Maybe
			if y.days == shortRemovals+1 {
				y.eleventh = d
			}
		}
	}
	for _, i := range v.ByKind(removalDay11) {
		if x := v.Entries[i]; x.On.Earliest <= asOf {
			at(x.On.Earliest).told = true
		}
	}
	var out []Notice
	for _, y := range years {
		if y.removals < 2 || y.days <= shortRemovals {
			continue
		}
		args := map[string]string{"n": strconv.Itoa(y.days), "count": strconv.Itoa(y.removals),
			"year": fmt.Sprintf("%d-%02d", y.begins, (y.begins+1)%100), "day": y.eleventh.String()}
		if y.unsure {
			out = append(out, Notice{Key: "removals_weekdays", Entry: y.last, Args: args})
			continue
		}
		out = append(out, Notice{Key: "removals_add_up", Entry: y.last, Args: args})
		if !y.told {
			out = append(out, Notice{Key: "removals_day_11", Entry: y.last, Args: args})
		}
	}
	return out
}

// carriesOut reports a removal that answers a decided change of placement.
func carriesOut(v *record.View, i int32) bool {
	r := v.Re(i)
	return r >= 0 && v.Entries[r].Kind == changeDecided
}

// removalEnd is the last day of the nth removal, or how many school days it
// took. The child is back on the day of the return.
func removalEnd(v *record.View, starts []int32, n int) (last day.Date, days int) {
	x := v.Entries[starts[n]]
	first := x.On.Latest
	open := day.Date(0)
	for _, i := range v.ByKind(removalEnded) {
		back := v.Entries[i].On.Earliest
		switch {
		case back < first:
		case v.Re(i) == starts[n]:
			return max(first, back-1), 0
		case v.Re(i) < 0 && open == 0:
			open = back
		}
	}
	switch {
	case x.Fields.Until >= first:
		return x.Fields.Until, 0
	case x.Fields.Days > 0:
		return first.Add(366), x.Fields.Days
	case open != 0 && (n+1 == len(starts) || open <= v.Entries[starts[n+1]].On.Earliest):
		return max(first, open-1), 0
	}
	return first, 0
}
