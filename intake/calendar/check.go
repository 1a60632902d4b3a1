package calendar

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"stayput/day"
)

// check refuses what cannot be: days in the wrong order, closures outside the
// year, sessions of one track that overlap.
func (r *form) check() {
	y := &r.year
	if y.First != 0 && y.Last != 0 {
		switch n := int(y.Last - y.First); {
		case n < 0:
			r.Fail(r.at["last_day"], "calendar.last_before_first", "first", y.First.String(), "last", y.Last.String())
			return
		case n >= longest:
			r.Fail(r.at["last_day"], "calendar.too_long", "first", y.First.String(), "last", y.Last.String(), "days", strconv.Itoa(n+1), "limit", strconv.Itoa(longest))
			return
		}
	}
	r.inLabel()
	span := r.reach()
	for i, c := range y.Closures {
		if c.First < span.First || c.Last > span.Last {
			r.Fail(r.closures[i], "calendar.closure_outside", "name", c.Name, "from", c.First.String(), "to", c.Last.String(), "first", span.First.String(), "last", span.Last.String())
		}
	}
	for i, d := range y.Minimum {
		if !span.Has(d) {
			r.Fail(r.minimum[i], "calendar.day_outside", "on", d.String(), "first", span.First.String(), "last", span.Last.String())
		}
	}
	if y.CoversTo != 0 && !span.Has(y.CoversTo) {
		r.Fail(r.at["covers_to"], "calendar.day_outside", "on", y.CoversTo.String(), "first", span.First.String(), "last", span.Last.String())
	}
	r.overlaps(span)
	if len(r.Problems) == 0 {
		r.count()
	}
}

// reach is the days the calendar may speak of: from its first day to its last,
// or as far as a year can reach when one of them is not known.
func (r *form) reach() day.Span {
	y := &r.year
	s := day.Span{First: y.First, Last: y.Last}
	if s.First == 0 && s.Last == 0 {
		s = dates
		if y.Label != "" {
			s = labelSpan(y.Label)
		}
		return s
	}
	if s.First == 0 {
		s.First = s.Last.Add(1 - longest)
	}
	if s.Last == 0 {
		s.Last = s.First.Add(longest - 1)
	}
	return s
}

// labelSpan is the longest time a school year of that name can take: from June
// to the end of the following July.
func labelSpan(label string) day.Span {
	y, _ := strconv.Atoi(label[:4])
	if y < 1975 || y > 2099 {
		return day.Span{}
	}
	return day.Span{First: day.Must(y, time.June, 1), Last: day.Must(y+1, time.July, 31)}
}

// inLabel refuses a first or last day that lies in another school year.
func (r *form) inLabel() {
	y := &r.year
	if y.Label == "" {
		return
	}
	s := labelSpan(y.Label)
	for key, d := range map[string]day.Date{"first_day": y.First, "last_day": y.Last} {
		if d != 0 && !s.Has(d) {
			r.Fail(r.at[key], "calendar.other_year", "key", key, "on", d.String(), "school_year", y.Label)
		}
	}
}

// overlaps refuses sessions outside the year, and two sessions of one track
// that share a day. A session of no track is one of every track.
func (r *form) overlaps(span day.Span) {
	y := &r.year
	order := make([]int, len(y.Sessions))
	for i, s := range y.Sessions {
		order[i] = i
		if s.First < span.First || s.Last > span.Last {
			r.Fail(r.sessions[i], "calendar.session_outside", "from", s.First.String(), "to", s.Last.String(), "first", span.First.String(), "last", span.Last.String())
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(y.Sessions[a].First, y.Sessions[b].First) })
	last := make(map[string]int) // the session of each track that ends last, from 1
	every := 0                   // the one that ends last of all
	for _, i := range order {
		s := y.Sessions[i]
		k := max(last[s.Track], 0)
		if s.Track == "" {
			k = every
		} else if j := last[""]; j > 0 && (k == 0 || y.Sessions[j-1].Last > y.Sessions[k-1].Last) {
			k = j
		}
		if k > 0 && y.Sessions[k-1].Last >= s.First {
			o := y.Sessions[k-1]
			r.Fail(r.sessions[i], "calendar.sessions_overlap", "from", s.First.String(), "to", s.Last.String(), "line", strconv.Itoa(r.sessions[k-1].Line), "other_from", o.First.String(), "other_to", o.Last.String())
		}
		if j := last[s.Track]; j == 0 || y.Sessions[j-1].Last < s.Last {
			last[s.Track] = i + 1
		}
		if every == 0 || y.Sessions[every-1].Last < s.Last {
			every = i + 1
		}
	}
}

// count warns when the pupil days the district says it runs are not the days
// the calendar leaves.
func (r *form) count() {
	y := &r.year
	if y.PupilDays == 0 || !y.Complete || len(y.Sessions) > 0 {
		return
	}
	open := make([]bool, int(y.Last-y.First)+1)
	for i := range open {
		open[i] = !y.First.Add(i).Weekend()
	}
	for _, c := range y.Closures {
		if len(c.Grades) > 0 || c.Track != "" {
			return
		}
		for d := c.First; d <= c.Last; d++ {
			open[d-y.First] = false
		}
	}
	n := 0
	for _, o := range open {
		if o {
			n++
		}
	}
	if n != y.PupilDays {
		r.warnings = append(r.warnings, warn(r.at["pupil_days"], "calendar.pupil_days", y.ID, 0, "said", strconv.Itoa(y.PupilDays), "counted", strconv.Itoa(n)))
	}
}
