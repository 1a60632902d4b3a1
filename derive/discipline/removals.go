package discipline

import (
	"fmt"
	"time"

	"stayput/day"
	"stayput/fact"
	"stayput/record"
)

// short is how many school days of one school year a child may be removed before
// the law asks for more: 34 CFR 300.530(b), (d), 300.536(a)(2).
const short = 10

// farthest is how far a removal is followed, in calendar days: no school year is
// longer, and a slip in a date costs no time.
const farthest = 366

var (
	removalStarted    = fact.MustLookup("removal_started")
	removalEnded      = fact.MustLookup("removal_ended")
	removalDay11      = fact.MustLookup("removal_day_11")
	changeDecided     = fact.MustLookup("placement_change_decided")
	toldOfRemoval     = fact.MustLookup("parents_notified_of_removal")
	determined        = fact.MustLookup("manifestation_determined")
	settingStarted    = fact.MustLookup("iaes_started")
	settingEnded      = fact.MustLookup("iaes_ended")
	expeditedFiled    = fact.MustLookup("expedited_complaint_filed")
	expeditedReceived = fact.MustLookup("expedited_complaint_received")
	expeditedDecided  = fact.MustLookup("expedited_decision_issued")
	hearingDecided    = fact.MustLookup("hearing_decision_issued")
	servicesStarted   = fact.MustLookup("services_started")
	servicesResumed   = fact.MustLookup("services_resumed")
	busExcluded       = fact.MustLookup("bus_excluded")
	sentOutAtOnce     = fact.MustLookup("emergency_removal_started")
)

// What shows that a child was found eligible.
var (
	eligibility     = fact.MustLookup("eligibility_determined")
	evaluationAsked = fact.MustLookup("evaluation_requested")
	eligibleSigns   = []fact.Kind{fact.MustLookup("services_consent_requested"), fact.MustLookup("services_consent_received"), fact.MustLookup("iep_developed"),
		fact.MustLookup("iep_offered"), fact.MustLookup("iep_consent_received"), fact.MustLookup("iep_consent_partial"), fact.MustLookup("iep_implemented"),
		fact.MustLookup("iep_reviewed"), fact.MustLookup("last_iep_review"), servicesStarted, fact.MustLookup("reevaluation_consent_requested"), changeDecided, determined, settingStarted}
)

// A tally adds up the removals of a record.
type tally struct {
	v      *record.View
	school *day.School
	rule   day.YearRule
	asOf   day.Date
	years  []*Year
	out    []Removal
}

// Removals adds up the removals of a record by school year, as of a day. Each day
// counts once, however many entries speak of it; of a removal whose end nobody
// wrote down only the first day counts; one that carries out a decided change of
// placement is listed and not counted. Without a law on school years a year
// begins on July 1. Reasons are not filled in.
func Removals(v *record.View, school *day.School, rule day.YearRule, asOf day.Date) ([]Removal, []Year) {
	if rule.Month == 0 {
		rule = july
	}
	t := &tally{v: v, school: school, rule: rule, asOf: asOf}
	starts := v.ByKind(removalStarted)
	counted := day.Date(0)
	for n, i := range starts {
		if t.v.Entries[i].On.Latest > asOf {
			continue
		}
		counted = t.add(starts, n, i, counted)
	}
	for _, i := range v.ByKind(removalDay11) {
		if x := v.Entries[i]; x.On.Earliest <= asOf {
			if y := t.find(x.On.Earliest); y != nil {
				y.Told = true
			}
		}
	}
	years := make([]Year, 0, len(t.years))
	for _, y := range t.years {
		years = append(years, *y)
	}
	return t.out, years
}

// add adds the nth removal; counted is the last day that was counted before.
func (t *tally) add(starts []int32, n int, i int32, counted day.Date) day.Date {
	x := t.v.Entries[i]
	first := x.On.Latest
	r := Removal{Entry: x.ID, First: first, About: x.Fields.About, Year: t.begins(first)}
	if decision := t.v.Re(i); decision >= 0 && t.v.Entries[decision].Kind == changeDecided {
		r.Carries = t.v.Entries[decision].ID
	}
	last, days, open := removalEnd(t.v, starts, n)
	r.Open = open
	if days == 0 && !open {
		r.Last = last
	}
	var year *Year
	if r.Carries == "" {
		year = t.at(first)
		year.Removals++
		year.Last = x.ID
		if open {
			year.Open = append(year.Open, x.ID)
		}
	}
	taken := 0
	for d := first; d <= min(last, first.Add(farthest)) && (days == 0 || taken < days); d++ {
		sure := schoolDay(t.school, d)
		if sure == day.No {
			continue
		}
		taken++
		r.Whole.add(sure)
		if days > 0 {
			r.Last = d
		}
		if d > t.asOf {
			continue
		}
		r.Days.add(sure)
		if r.Carries != "" || d <= counted {
			continue
		}
		counted = d
		t.at(d).count(d, sure)
	}
	if open {
		for d := first; d <= min(t.asOf, first.Add(farthest)); d++ {
			if schoolDay(t.school, d) != day.No {
				r.IfStillOut++
			}
		}
	}
	t.out = append(t.out, r)
	return counted
}

// add counts one day.
func (c *Count) add(s day.Sure) {
	c.AtMost++
	if s == day.Yes {
		c.AtLeast++
	}
}

// count counts one day of removal and notes the tenth and the eleventh.
func (y *Year) count(d day.Date, s day.Sure) {
	y.Days.add(s)
	for _, m := range []struct {
		n  int
		at *Span
	}{{short, &y.Tenth}, {short + 1, &y.Eleventh}} {
		if y.Days.AtMost == m.n {
			m.at.Earliest = d
		}
		if y.Days.AtLeast == m.n && s == day.Yes {
			m.at.Latest = d
		}
	}
}

// schoolDay says whether pupils attend on d. A weekday that no calendar speaks
// of, or on which a closure may be missing, is perhaps one.
func schoolDay(s *day.School, d day.Date) day.Sure {
	switch {
	case d.Weekend():
		return day.No
	case s == nil:
		return day.Maybe
	}
	sure := s.IsSchoolDay(d)
	if sure == day.Yes {
		if _, missing := s.CountDays(d-1, d); missing != nil {
			return day.Maybe
		}
	}
	return sure
}

// begins is the calendar year in which the school year of d begins.
func (t *tally) begins(d day.Date) int { return YearOf(t.rule, d) }

// YearOf is the calendar year in which the school year of a day begins. Without a law on
// school years one begins on July 1.
func YearOf(rule day.YearRule, d day.Date) int {
	if rule.Month == 0 {
		rule = july
	}
	if next, ok := rule.Next(d); ok {
		return next.AddYears(-1).Year()
	}
	return d.Year()
}

var july = day.YearRule{Month: time.July, Day: 1}

// find is the school year of d, or nil when it has no removal.
func (t *tally) find(d day.Date) *Year {
	begins := t.begins(d)
	for _, y := range t.years {
		if y.Begins == begins {
			return y
		}
	}
	return nil
}

// at is the school year of d.
func (t *tally) at(d day.Date) *Year {
	if y := t.find(d); y != nil {
		return y
	}
	begins := t.begins(d)
	y := &Year{Begins: begins, Label: fmt.Sprintf("%d-%02d", begins, (begins+1)%100)}
	t.years = append(t.years, y)
	return y
}

// removalEnd is the last day of the nth removal, or how many school days it took;
// open when nobody wrote an end. The child is back on the day of the return.
func removalEnd(v *record.View, starts []int32, n int) (last day.Date, days int, open bool) {
	x := v.Entries[starts[n]]
	first := x.On.Latest
	unnamed := day.Date(0)
	for _, i := range v.ByKind(removalEnded) {
		back := v.Entries[i].On.Earliest
		switch {
		case back < first:
		case v.Re(i) == starts[n]:
			return max(first, back-1), 0, false
		case v.Re(i) < 0 && unnamed == 0:
			unnamed = back
		}
	}
	switch {
	case x.Fields.Until >= first:
		return x.Fields.Until, 0, false
	case x.Fields.Days > 0:
		return first.Add(farthest), x.Fields.Days, false
	case unnamed != 0 && (n+1 == len(starts) || unnamed <= v.Entries[starts[n+1]].On.Earliest):
		return max(first, unnamed-1), 0, false
	}
	return first, 0, true
}
