package discipline

import (
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
)

// settings follows the stays in interim settings and their 45 school days.
func (e *engine) settings() {
	starts := e.v.ByKind(settingStarted)
	for n, i := range starts {
		x := e.v.Entries[i]
		if x.On.Latest > e.in.AsOf {
			continue
		}
		s := Setting{Entry: x.ID, First: x.On.Latest}
		days, calendar := e.limit(law.DisciplineSetting, s.First, 45)
		s.Limit = e.after(s.First-1, days)
		if calendar {
			s.Limit = Span{s.First.Add(days - 1), s.First.Add(days - 1)}
		}
		if re := e.v.Re(i); re >= 0 && (e.v.Entries[re].Kind == expeditedDecided || e.v.Entries[re].Kind == hearingDecided) {
			s.Ordered = e.v.Entries[re].ID
		}
		s.Last = e.left(starts, n)
		if s.Last == 0 && x.Fields.Until != 0 && x.Fields.Until < e.in.AsOf {
			s.Last = x.Fields.Until
		}
		end := e.in.AsOf
		if s.Last != 0 {
			end = min(end, s.Last)
		}
		for d := s.First; d <= end && d <= s.First.Add(2*farthest); d++ {
			if sure := schoolDay(e.in.School, d); sure != day.No {
				s.Days.add(sure)
			}
		}
		s.Over = s.Days.Over(days)
		key := s.Limit.key("setting")
		if calendar {
			s.Over, key = fact.TriOf(end > s.Limit.Latest), "setting_calendar"
		}
		args := spanned(counted(map[string]string{"limit": num(days)}, s.Days), s.Limit)
		s.Why = append(s.Why, e.why(key, law.DisciplineSetting, s.First, args, x.ID))
		if s.Over == fact.Yes {
			s.Why = append(s.Why, e.why("setting_over", law.DisciplineSetting, s.First, args, x.ID))
		}
		if s.Ordered != "" {
			s.Why = append(s.Why, e.why("setting_ordered", law.DisciplineAppeal, s.First, nil, s.Ordered))
		}
		s.Why = append(s.Why, e.why("setting_appeal", law.StayPutDiscipline, s.First, nil))
		e.res.Settings = append(e.res.Settings, s)
	}
}

// left is the last day of the nth stay: the day before the return.
func (e *engine) left(starts []int32, n int) day.Date {
	first := e.v.Entries[starts[n]].On.Latest
	for _, i := range e.v.ByKind(settingEnded) {
		back := e.v.Entries[i].On.Earliest
		if back < first || back > e.in.AsOf {
			continue
		}
		if e.v.Re(i) == starts[n] || e.v.Re(i) < 0 && (n+1 == len(starts) || back <= e.v.Entries[starts[n+1]].On.Latest) {
			return max(first, back-1)
		}
	}
	return 0
}

// appeals names the expedited cases and the rules whose clocks count their dates.
func (e *engine) appeals() {
	for _, i := range e.v.ByKind(expeditedFiled) {
		x := e.v.Entries[i]
		if x.On.Earliest > e.in.AsOf {
			continue
		}
		a := Appeal{Entry: x.ID, On: x.On.Earliest}
		a.Rules = e.clocks(a.On)
		if d := e.next(a.On, expeditedDecided); d != nil {
			a.Decided = d.ID
		}
		a.Why = []Reason{e.why("appeal_filed", law.DisciplineAppeal, a.On, map[string]string{"day": iso(a.On)}, x.ID), e.why("setting_appeal", law.StayPutDiscipline, a.On, nil)}
		e.res.Appeals = append(e.res.Appeals, a)
	}
}

// clocks are the rules that count dates from the filing of an expedited case or
// from its receipt, without those that a State's own rule replaces.
func (e *engine) clocks(d day.Date) []law.RuleID {
	l := e.law(d)
	if l == nil {
		return nil
	}
	started := slices.Concat(l.StartedBy(expeditedFiled), l.StartedBy(expeditedReceived))
	replaced := map[int32]bool{}
	for _, r := range started {
		for _, under := range l.Replaces(r) {
			replaced[under] = true
		}
	}
	var out []law.RuleID
	for _, r := range started {
		if rl := l.Rules[r]; !replaced[r] && rl.Kind == law.Clock && rl.VersionAt(d) != nil && !slices.Contains(out, rl.ID) {
			out = append(out, rl.ID)
		}
	}
	return out
}

// unfound says what protects a child whom nobody found eligible yet, when there
// are removals and the record shows no sign of special education.
func (e *engine) unfound() {
	if len(e.res.Removals) == 0 {
		return
	}
	first := e.res.Removals[0].First
	for _, x := range e.v.Entries {
		if x.On.Earliest > e.in.AsOf {
			continue
		}
		if slices.Contains(eligibleSigns, x.Kind) || x.Kind == eligibility && x.Fields.Eligible != fact.No {
			return
		}
	}
	why := e.why("unfound", law.DisciplineUnknown, first, nil)
	for _, i := range e.v.ByKind(evaluationAsked) {
		if x := e.v.Entries[i]; x.On.Latest < first {
			why.Entries = append(why.Entries, x.ID)
		}
	}
	if len(why.Entries) > 0 {
		why.Key = "unfound_asked"
	}
	e.res.Unfound = &why
}

// asides names entries that are removals for some children and not for others.
func (e *engine) asides() {
	for _, k := range []struct {
		kind fact.Kind
		key  string
	}{{busExcluded, "aside_bus"}, {sentOutAtOnce, "aside_sent_out"}} {
		for _, i := range e.v.ByKind(k.kind) {
			if x := e.v.Entries[i]; x.On.Earliest <= e.in.AsOf {
				e.res.Asides = append(e.res.Asides, Aside{x.ID, x.On.Earliest, e.why(k.key, law.DisciplineShort, x.On.Earliest, map[string]string{"day": iso(x.On.Earliest)}, x.ID)})
			}
		}
	}
}
