package brief

import (
	"strconv"

	"stayput/day"
	"stayput/derive/discipline"
	"stayput/fact"
	"stayput/record"
)

// Discipline is what the removals of a record come to on a day, from a record with
// what follows by itself (Brief.View).
func Discipline(v *record.View, laws []Law, school *day.School, asOf day.Date) *discipline.Result {
	in := discipline.Input{View: v, School: school, AsOf: asOf}
	for _, l := range laws {
		in.Laws = append(in.Laws, discipline.Since{From: l.From, Law: l.Law})
	}
	return discipline.Derive(in)
}

// removals tells of each school year in which several removals come to more than
// ten school days. It finds no pattern: that is for people to decide.
func removals(v *record.View, school *day.School, rule day.YearRule, asOf day.Date) []Notice {
	_, years := discipline.Removals(v, school, rule, asOf)
	var out []Notice
	for _, y := range years {
		if y.Removals < 2 || y.Days.Over(10) == fact.No {
			continue
		}
		args := map[string]string{"n": strconv.Itoa(y.Days.AtMost), "count": strconv.Itoa(y.Removals), "year": y.Label, "day": y.Eleventh.Earliest.String()}
		if !y.Days.Sure() {
			out = append(out, Notice{Key: "removals_weekdays", Entry: y.Last, Args: args})
			continue
		}
		out = append(out, Notice{Key: "removals_add_up", Entry: y.Last, Args: args})
		if !y.Told {
			out = append(out, Notice{Key: "removals_day_11", Entry: y.Last, Args: args})
		}
	}
	return out
}
