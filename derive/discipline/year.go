package discipline

import (
	"stayput/day"
	"stayput/fact"
	"stayput/law"
)

// year says what the removals of a school year come to: the total, the services,
// the question of a pattern.
func (e *engine) year(y *Year) {
	d := e.in.AsOf
	if y.Eleventh.Earliest != 0 {
		d = y.Eleventh.Earliest
	}
	args := counted(map[string]string{"year": y.Label, "count": num(y.Removals)}, y.Days)
	key := "total"
	if !y.Days.Sure() {
		key = "total_between"
	}
	y.Reason = e.why(key, law.DisciplineShort, d, args, e.of(y)...)
	y.FirstTen = e.why("first_ten", law.DisciplineFirstTen, d, nil)
	limit := e.schoolDays(law.DisciplineShort, d, short)
	if y.Days.Over(limit) == fact.No {
		return
	}
	y.Services = e.services(y, limit)
	y.Pattern = e.pattern(y, limit)
}

// of are the removals counted in a year.
func (e *engine) of(y *Year) []string {
	var out []string
	for _, r := range e.res.Removals {
		if r.Carries == "" && r.Year == y.Begins {
			out = append(out, r.Entry)
		}
	}
	return out
}

// services says since when services are owed on days of removal.
func (e *engine) services(y *Year, limit int) *Services {
	s := &Services{Owed: y.Days.Over(limit), Since: y.Eleventh, Days: Count{max(0, y.Days.AtLeast-limit), max(0, y.Days.AtMost-limit)}}
	s.Why = append(s.Why, e.why(s.Since.key("services"), law.DisciplineDayEleven, s.Since.Earliest, spanned(counted(map[string]string{}, s.Days), s.Since)))
	for _, x := range e.v.Entries {
		if (x.Kind == servicesStarted || x.Kind == servicesResumed) && x.On.Latest >= s.Since.Earliest && x.On.Earliest <= e.in.AsOf {
			s.Given = append(s.Given, x.ID)
		}
	}
	if len(s.Given) == 0 {
		s.Why = append(s.Why, e.why("services_not_shown", law.DisciplineDayEleven, s.Since.Earliest, nil))
	}
	return s
}

// pattern puts the three limbs of 34 CFR 300.536(a)(2), with what the record
// shows of each. One removal alone is no series.
func (e *engine) pattern(y *Year, limit int) *Pattern {
	if y.Removals < 2 {
		return nil
	}
	d := y.Eleventh.Earliest
	p := &Pattern{Entries: e.of(y)}
	var rs []Removal
	for _, r := range e.res.Removals {
		if r.Carries == "" && r.Year == y.Begins {
			rs = append(rs, r)
		}
	}
	closest := Count{-1, -1}
	for i, r := range rs {
		p.Lengths = append(p.Lengths, r.Days)
		if i > 0 {
			c := e.between(rs[i-1].end(), r.First)
			p.Between = append(p.Between, c)
			if closest.AtMost < 0 || c.AtMost < closest.AtMost {
				closest = c
			}
		}
	}
	total := y.Days.Over(limit)
	key := "pattern_total"
	if total == fact.Unsaid {
		key = "pattern_total_between"
	}
	p.Limbs = append(p.Limbs, Limb{"total", total, e.why(key, law.DisciplineChange, d, counted(map[string]string{}, y.Days))})
	similar := Limb{Key: "similar", Why: e.why("pattern_similar", law.DisciplineChange, d, nil)}
	if about := shared(rs); about != "" {
		similar.Why = e.why("pattern_similar_noted", law.DisciplineChange, d, map[string]string{"about": about})
	}
	p.Limbs = append(p.Limbs, similar)
	longest := 0
	for _, c := range p.Lengths {
		longest = max(longest, c.AtMost)
	}
	p.Limbs = append(p.Limbs, Limb{Key: "factors", Why: e.why("pattern_factors", law.DisciplineChange, d,
		counted(map[string]string{"count": num(len(rs)), "longest": num(longest), "closest": num(max(0, closest.AtMost))}, y.Days))})
	p.Answer = fact.Unsaid
	if total == fact.No {
		p.Answer = fact.No
	}
	p.Why = e.why("pattern_decides", law.DisciplineChange, d, nil)
	return p
}

// end is the last day that is counted of a removal.
func (r *Removal) end() day.Date {
	if r.Last != 0 {
		return r.Last
	}
	return r.First
}

// between is the school days after one day and before another.
func (e *engine) between(a, b day.Date) Count {
	var c Count
	for d := a + 1; d < b && d < a.Add(farthest); d++ {
		if s := schoolDay(e.in.School, d); s != day.No {
			c.add(s)
		}
	}
	return c
}

// shared is a matter that every removal of a series is said to be about, or "".
func shared(rs []Removal) string {
	for _, a := range rs[0].About {
		all := true
		for _, r := range rs[1:] {
			found := false
			for _, b := range r.About {
				found = found || a == b
			}
			all = all && found
		}
		if all {
			return a
		}
	}
	return ""
}
