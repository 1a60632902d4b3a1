package lawtest

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/fact"
	"stayput/format/yaml"
	"stayput/law"
	"stayput/lawtest/recount"
)

// recount counts the example's dates again, day by day, with a counter of its
// own: each expectation with a value whose rule has one clock, or limits, in the
// brief.
func (r *Runner) recount(x *Example, b *brief.Brief) ([]Difference, error) {
	a := again{x: x, b: b, tally: &r.tally}
	if n := len(b.Laws); n > 0 {
		if y := b.Laws[n-1].Law.Year; y.Month != 0 {
			a.yearBegins = fmt.Sprintf("%02d-%02d", int(y.Month), y.Day)
		}
	}
	for _, name := range x.Calendars {
		c, err := a.calendar(r.Calendars, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", x.At, err)
		}
		a.calendars = append(a.calendars, c)
	}
	slices.SortFunc(a.calendars, func(p, q recount.Calendar) int { return cmp.Compare(p.First, q.First) })

	var out []Difference
	for i := range x.Expect {
		e := &x.Expect[i]
		if e.None || e.Stated {
			continue
		}
		got, err := a.expect(e)
		if err != nil {
			return out, fmt.Errorf("%s: %s: %w", e.At, e.Rule, err)
		}
		out = append(out, got...)
	}
	return out, nil
}

// Recounted says how many dates were counted a second time, and how many could
// not be; NotRecounted says why not.
func (r *Runner) Recounted() (done, skipped int) {
	t := &r.tally
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, n := range t.why {
		skipped += len(n)
	}
	return t.done, skipped
}

// NotRecounted lists, by reason, the examples and rules whose dates could not be
// counted a second time.
func (r *Runner) NotRecounted() map[string][]string {
	t := &r.tally
	t.mu.Lock()
	defer t.mu.Unlock()
	out := maps.Clone(t.why)
	for k := range out {
		out[k] = slices.Clone(out[k])
	}
	return out
}

// A tally is what one Runner has counted again.
type tally struct {
	mu   sync.Mutex
	done int
	why  map[string][]string
}

// again is the second count of one example.
type again struct {
	x          *Example
	b          *brief.Brief
	calendars  []recount.Calendar
	yearBegins string
	tally      *tally
}

func (a *again) did() {
	a.tally.mu.Lock()
	defer a.tally.mu.Unlock()
	a.tally.done++
}

func (a *again) skip(e *Expect, why string) {
	a.tally.mu.Lock()
	defer a.tally.mu.Unlock()
	name := a.x.ID + " " + e.Rule
	if e.Entry != "" {
		name += "@" + e.Entry
	}
	if a.tally.why == nil {
		a.tally.why = map[string][]string{}
	}
	a.tally.why[why] = append(a.tally.why[why], name)
}

// expect counts again what one expectation is about.
func (a *again) expect(e *Expect) ([]Difference, error) {
	var clocks []*clock.Clock
	for i := range a.b.Clocks {
		if c := &a.b.Clocks[i]; string(c.Rule.ID) == e.Rule && ofEntry(c.Trigger, e.Entry) {
			clocks = append(clocks, c)
		}
	}
	if len(clocks) == 1 {
		return a.clock(e, clocks[0])
	}
	if len(clocks) > 1 {
		a.skip(e, "several clocks fit the expectation")
		return nil, nil
	}
	var out []Difference
	for i := range a.b.Limits {
		l := &a.b.Limits[i]
		if string(l.Rule.ID) != e.Rule || !ofEntry(l.Entry, e.Entry) {
			continue
		}
		var got []Difference
		var err error
		if l.Wrong == nil {
			got, err = a.clock(e, l.Clock)
		} else {
			got, err = a.wrong(e, l)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, got...)
	}
	return out, nil
}

// clock counts one clock again.
func (a *again) clock(e *Expect, c *clock.Clock) ([]Difference, error) {
	switch {
	case c.Due == nil:
		a.skip(e, "the engine could not tell which way of counting applies")
		return nil, nil
	case c.Due.Standard != "" && !c.Due.Count.Given:
		return nil, nil // law without a number
	case !c.TriggerOn.Exact():
		return a.between(e, c)
	}
	for i := range c.Missing {
		if k := c.Missing[i].Key; !strings.HasPrefix(k, "calendar_") && k != "meeting_time" {
			a.skip(e, "a fact is missing: "+k)
			return nil, nil
		}
	}
	want, why, err := a.way(c, a.wayOf(c))
	if err != nil {
		return nil, err
	}
	if why != "" {
		a.skip(e, why)
		return nil, nil
	}
	a.did()
	got := recount.Answer{Unknown: c.On == 0}
	switch {
	case c.On == 0:
	case c.Nominal != 0:
		// Extended: the date before it is what the law's count gives. The
		// agreement has moved the other readings.
		got.Due = text(c.Nominal)
		want.Latest, want.Strict = "", ""
	default:
		got.Due, got.Latest, got.Strict = text(c.On), text(c.Latest), text(c.Strict)
	}
	got, want = tidy(got), tidy(want)
	if got == want {
		return nil, nil
	}
	if got.Unknown {
		// The engine could not tell which way applies, and this is one of
		// them: its date must lie within the engine's bounds.
		low, high := text(c.Earliest), text(c.Latest)
		if low != "" && low <= want.Due && (high == "" || cmp.Or(want.Latest, want.Due) <= high) {
			return nil, nil
		}
		return []Difference{a.difference(e, c, say(want), "between "+low+" and "+high)}, nil
	}
	return []Difference{a.difference(e, c, say(want), say(got))}, nil
}

// between counts again a clock whose start lies somewhere between two days: from
// each of them.
func (a *again) between(e *Expect, c *clock.Clock) ([]Difference, error) {
	if c.Due.From.Kind != law.FromTrigger || c.Nominal != 0 {
		a.skip(e, "the day of the entry is not known exactly")
		return nil, nil
	}
	var want recount.Answer
	for i, start := range []day.Date{c.TriggerOn.Earliest, c.TriggerOn.Latest} {
		one := *c
		one.TriggerOn = day.On(start)
		x, why, err := a.way(&one, a.wayOf(c))
		if err != nil {
			return nil, err
		}
		if why != "" || x.Unknown {
			a.skip(e, cmp.Or(why, "an end of the stretch cannot be counted"))
			return nil, nil
		}
		if i == 0 {
			want.Due = x.Due
		} else {
			want.Latest = cmp.Or(x.Latest, x.Due)
		}
	}
	a.did()
	got := recount.Answer{Due: text(c.Earliest), Latest: text(c.Latest)}
	if got == want && c.On == 0 {
		return nil, nil
	}
	if c.On != 0 {
		got = recount.Answer{Due: text(c.On), Latest: text(c.Latest)}
	}
	return []Difference{a.difference(e, c, "between "+want.Due+" and "+want.Latest, say(got))}, nil
}

// tidy leaves out second dates that are no other than the first.
func tidy(x recount.Answer) recount.Answer {
	if x.Latest == x.Due {
		x.Latest = ""
	}
	if x.Strict == x.Due {
		x.Strict = ""
	}
	return x
}

func say(x recount.Answer) string {
	if x.Unknown {
		return "cannot be told"
	}
	s := "due " + x.Due
	if x.Latest != "" {
		s += ", latest " + x.Latest
	}
	if x.Strict != "" {
		s += ", strict " + x.Strict
	}
	return s
}

func (a *again) difference(e *Expect, c *clock.Clock, want, got string) Difference {
	return Difference{Example: a.x, Rule: e.Rule, Entry: e.Entry, At: e.At, Field: "recount", Want: want, Got: got, Clock: c, Recount: want}
}

// wayOf is the way of counting that applied to a clock: the one the engine
// names, or the one of which it is a part.
func (a *again) wayOf(c *clock.Clock) *law.Due {
	if c.Version != nil {
		for i := range c.Version.Due {
			w := &c.Version.Due[i]
			for j := range w.Of {
				if &w.Of[j] == c.Due {
					return w
				}
			}
		}
	}
	return c.Due
}

// way counts one way; why says what stood against it.
func (a *again) way(c *clock.Clock, w *law.Due) (_ recount.Answer, why string, _ error) {
	if len(w.Of) > 0 {
		return a.several(c, w)
	}
	base, why := a.base(c, w.From)
	if why == unknown {
		return recount.Answer{Unknown: true}, "", nil
	}
	if why != "" {
		return recount.Answer{}, why, nil
	}
	q, why := a.question(c, w, base)
	if why != "" {
		return recount.Answer{}, why, nil
	}
	out, err := recount.Count(q)
	if err != nil || out.Unknown {
		return out, "", err
	}
	for i := range w.Readings {
		rd := &w.Readings[i]
		x, why, err := a.way(c, &rd.Due)
		if err != nil {
			return out, "", err
		}
		if why == absent {
			continue
		}
		if why != "" || x.Unknown {
			return out, cmp.Or(why, "a reading cannot be counted"), nil
		}
		switch {
		case rd.Strict:
			out.Strict = x.Due
		default:
			// Dates written YYYY-MM-DD sort as they follow each other.
			out.Latest = max(cmp.Or(out.Latest, out.Due), cmp.Or(x.Latest, x.Due))
		}
	}
	return out, "", nil
}

// several takes the earliest or the latest of several ways, leaving out those
// that start from something the record does not hold.
func (a *again) several(c *clock.Clock, w *law.Due) (_ recount.Answer, why string, _ error) {
	var out recount.Answer
	better := func(p, q string) bool { return q == "" || p != q && (p > q) == w.OfLatest }
	latest := ""
	for i := range w.Of {
		x, why, err := a.way(c, &w.Of[i])
		if why == absent {
			continue
		}
		if why != "" || err != nil || x.Unknown {
			return x, why, err
		}
		if better(x.Due, out.Due) {
			out = x
		}
		if l := cmp.Or(x.Latest, x.Due); better(l, latest) {
			latest = l
		}
	}
	if out.Due == "" {
		return out, absent, nil
	}
	out.Latest = latest
	return out, "", nil
}

// What can stand against finding day 0.
const (
	absent  = "what the count starts from is not in the record"
	unknown = "no calendar gives the day the count starts from"
)

// base finds day 0 in the words of the rule, without asking the engine.
func (a *again) base(c *clock.Clock, f law.From) (on, why string) {
	start := text(c.TriggerOn.Earliest)
	v := a.b.View
	switch f.Kind {
	case law.FromTrigger:
		return start, ""
	case law.FromNextYearStart:
		for _, k := range a.calendars {
			if first := a.firstDay(k); first > start {
				return first, ""
			}
		}
		return "", unknown
	case law.FromYearEnd:
		for _, k := range a.calendars {
			if last := a.lastDay(k); a.firstDay(k) <= start && start <= last {
				return last, ""
			}
		}
		return "", unknown
	}
	// An entry of some kind. Follow what the trigger answers, entry by entry.
	trigger := v.Get(c.Trigger)
	if trigger == nil {
		return "", "the entry that starts the clock is not in the record"
	}
	thread := func(id string) []string {
		var out []string
		for at := v.Get(id); at != nil && len(out) < 100; at = v.Get(at.Re) {
			out = append(out, at.ID)
			if at.Re == "" {
				break
			}
		}
		return out
	}
	own := thread(trigger.ID)
	type found struct {
		on   day.When
		rank int // 0 what the trigger answers, 1 of its thread, 2 only of its kind
	}
	var fits []found
	for i, x := range v.Entries {
		if v.Moved(int32(i)) {
			continue // put off to another day
		}
		if !slices.Contains(f.Kinds, x.Kind) || x.ID == trigger.ID && f.Kind != law.FromLinked {
			continue
		}
		theirs := thread(x.ID)
		switch f.Kind {
		case law.FromNext:
			if x.On.Earliest > trigger.On.Earliest {
				fits = append(fits, found{on: x.On})
			}
		case law.FromLast:
			if x.On.Earliest <= trigger.On.Earliest {
				fits = append(fits, found{on: x.On})
			}
		case law.FromLinked:
			switch {
			case slices.Contains(own, x.ID):
				fits = append(fits, found{x.On, 0})
			case len(own) > 0 && len(theirs) > 0 && own[len(own)-1] == theirs[len(theirs)-1]:
				fits = append(fits, found{x.On, 1})
			case x.On.Earliest <= trigger.On.Earliest:
				fits = append(fits, found{x.On, 2})
			}
		}
	}
	if len(fits) == 0 {
		return "", absent
	}
	// The next is the first of them; the last, and one merely of its kind, the
	// latest.
	slices.SortStableFunc(fits, func(p, q found) int {
		later := cmp.Compare(q.on.Earliest, p.on.Earliest)
		if f.Kind == law.FromNext {
			later = -later
		}
		return cmp.Or(cmp.Compare(p.rank, q.rank), later)
	})
	if len(fits) > 1 && fits[0].rank == 1 && fits[1].rank == 1 {
		return "", "two entries of one thread could start the count"
	}
	if !fits[0].on.Exact() {
		return "", "the day the count starts from is not known exactly"
	}
	return text(fits[0].on.Earliest), ""
}

// question puts one way of counting into the plain counter's words.
func (a *again) question(c *clock.Clock, w *law.Due, base string) (_ recount.Question, why string) {
	q := recount.Question{Start: base, N: w.Count.N, Unit: w.Count.Unit.String(), Back: w.Count.Back, MoreThan: w.Count.MoreThan,
		FirstSame: w.FirstSame, WeekdayHolidays: w.WeekdayHolidays, OnMonth: w.OnMonth, OnDay: w.OnDay,
		Calendars: a.calendars, YearBegins: a.yearBegins}
	if w.Count.Unit == law.Hours {
		// Twenty-four hours before a meeting are the same time the day before.
		if w.Count.N%24 != 0 {
			return q, "hours that are not whole days"
		}
		q.Unit, q.N = "day", w.Count.N/24
	}
	if q.AbsencesFrom = w.AbsencesFrom; q.AbsencesFrom > 0 {
		for _, x := range a.b.View.ByKind(fact.MustLookup("child_absent")) {
			e := a.b.View.Entries[x]
			if e.On.Earliest > a.b.AsOf {
				continue
			}
			if e.Fields.Until != 0 {
				return q, "an absence written as a stretch of days"
			}
			q.Absences = append(q.Absences, recount.Absence{On: text(e.On.Earliest), Days: max(1, e.Fields.Days)})
		}
	}
	if w.Skip != nil {
		s := w.Skip.Skip
		q.Skip = &recount.Skip{BetweenTerms: s.BetweenTerms, BreaksOver: s.BreaksOver, Closures: s.Closures,
			Adjacent: edge(s.Adjacent), WeekendBefore: edge(s.WeekendBefore)}
	}
	if w.Roll != nil {
		q.RollTo, q.RollSettled = "next_open_day", w.Roll.Settled
		switch {
		case w.Roll.Back:
			q.RollTo = "previous_open_day"
		case w.Roll.Term:
			q.RollTo = "next_term_start"
		}
	}
	// A State's business list is the federal list and its own together; where
	// a last day may fall is the State's own law alone.
	for i, p := range c.Law.Packs {
		hs := holidayWords(p.Holidays)
		q.BusinessHolidays = append(q.BusinessHolidays, hs...)
		if i == 0 {
			q.RollHolidays = hs
		}
	}
	return q, ""
}

func edge(e day.Edge) string {
	switch e {
	case day.EdgeIn:
		return "in"
	case day.EdgeOut:
		return "out"
	}
	return "open"
}

// holidayWords writes holidays in the words of holidays.yaml. A test holds it
// against those files.
func holidayWords(hs []day.Holiday) []recount.Holiday {
	sure := func(s day.Sure) string {
		switch s {
		case day.Yes:
			return "yes"
		case day.Maybe:
			return "maybe"
		}
		return "no"
	}
	shift := func(falls time.Weekday, s day.Shift) string {
		if s.Sure == day.No {
			return ""
		}
		to := strings.ToLower(((falls + time.Weekday(s.Days) + 7) % 7).String())
		if s.Sure == day.Maybe {
			to += " maybe"
		}
		return to
	}
	var out []recount.Holiday
	for i := range hs {
		h := &hs[i]
		x := recount.Holiday{ID: h.ID, From: h.FromYear, To: h.ToYear, Pupil: sure(h.Pupil), Business: sure(h.Business), Roll: sure(h.Roll),
			Saturday: shift(time.Saturday, h.Saturday), Sunday: shift(time.Sunday, h.Sunday)}
		w := h.When
		switch {
		case w.After != "" && w.Offset < 0:
			x.On = "day before " + w.After
		case w.After != "":
			x.On = "day after " + w.After
		case w.Day != 0:
			x.On = fmt.Sprintf("%02d-%02d", int(w.Month), w.Day)
		default:
			nth := "last"
			if w.Nth > 0 {
				nth = []string{"", "first", "second", "third", "fourth", "fifth"}[min(w.Nth, 5)]
			}
			x.On = nth + " " + strings.ToLower(w.Weekday.String()) + " of " + strings.ToLower(w.Month.String())
		}
		out = append(out, x)
	}
	return out
}

// wrong counts a limit on a late duty or a refusal again.
func (a *again) wrong(e *Expect, l *limit.Limit) ([]Difference, error) {
	if l.Version == nil || len(l.Version.Due) != 1 || l.Version.Due[0].Roll != nil {
		a.skip(e, "a limit with more than one way of counting")
		return nil, nil
	}
	// The wrong of a missed date happens the day after it.
	happened := l.Happened
	if c := l.Clock; c != nil {
		first, last := cmp.Or(c.On, c.Earliest), cmp.Or(c.Latest, c.On)
		happened = day.Span{First: first.Add(1), Last: last.Add(1)}
	}
	from, to := happened.First, happened.Last
	if l.Rule.RunsFrom == "known" && l.Known.Last > to {
		to = l.Known.Last
	}
	w := &l.Version.Due[0]
	var want recount.Answer
	for i, start := range []day.Date{from, to} {
		x, err := recount.Count(recount.Question{Start: text(start), N: w.Count.N, Unit: w.Count.Unit.String(), Back: w.Count.Back, MoreThan: w.Count.MoreThan})
		if err != nil {
			return nil, err
		}
		if i == 0 {
			want.Due = x.Due
		} else {
			want.Latest = x.Due
		}
	}
	for i := range w.Readings {
		rd := &w.Readings[i]
		start, ok := to, rd.Due.From.Kind == law.FromTrigger
		for _, k := range rd.Due.From.Kinds {
			for _, x := range a.b.View.ByKind(k) {
				// The first such entry after the wrong.
				if d := a.b.View.Entries[x].On.Latest; d > to && (!ok || d < start) {
					start, ok = d, true
				}
			}
		}
		if !ok || rd.Strict {
			continue
		}
		x, err := recount.Count(recount.Question{Start: text(start), N: rd.Due.Count.N, Unit: rd.Due.Count.Unit.String(), Back: rd.Due.Count.Back})
		if err != nil {
			return nil, err
		}
		want.Latest = max(want.Latest, x.Due)
	}
	a.did()
	want = tidy(want)
	got := tidy(recount.Answer{Due: text(l.Earliest), Latest: text(l.Latest)})
	if got == want {
		return nil, nil
	}
	return []Difference{a.difference(e, l.Clock, say(want), say(got))}, nil
}

// firstDay is the first day of school on the child's own track.
func (a *again) firstDay(k recount.Calendar) string {
	if len(k.Sessions) == 0 {
		return k.First
	}
	return slices.MinFunc(k.Sessions, func(p, q recount.Closure) int { return cmp.Compare(p.From, q.From) }).From
}

func (a *again) lastDay(k recount.Calendar) string {
	if len(k.Sessions) == 0 {
		return k.Last
	}
	return slices.MaxFunc(k.Sessions, func(p, q recount.Closure) int { return cmp.Compare(p.To, q.To) }).To
}

// calendar reads a school calendar by itself, for the child's grade and track.
func (a *again) calendar(files fs.FS, name string) (recount.Calendar, error) {
	if !strings.Contains(name, ".") {
		name += ".yaml"
	}
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return recount.Calendar{}, err
	}
	n, err := yaml.Read(name, data, yaml.DefaultLimits)
	if err != nil {
		return recount.Calendar{}, err
	}
	var rd yaml.Reader
	m := rd.Map(n)
	c := recount.Calendar{ID: m.Text("calendar"), First: m.Text("first_day"), Last: m.Text("last_day"), Complete: m.Text("complete") == "yes"}
	if c.Last == "" {
		// A copy that stops early: nothing is known beyond.
		c.Last, c.Complete = m.Text("covers_to"), false
	}
	stretch := func(n *yaml.Node) (recount.Closure, bool) {
		s := rd.Map(n)
		x := recount.Closure{From: s.Text("from"), To: s.Text("to"), Name: s.Text("name"), Kind: s.Text("kind")}
		if on := s.Text("on"); on != "" {
			x.From, x.To = on, on
		}
		if t := s.Text("track"); t != "" && t != a.x.File.Case.Child.Track {
			return x, false
		}
		if at := s.Text("recorded"); at != "" && a.x.Known != 0 && at > text(a.x.Known) {
			return x, false
		}
		if groups := rd.Texts(s.Get("grades")); len(groups) > 0 {
			ours, sure := inGrades(a.x.File.Case.Child.Grade, groups)
			if !sure {
				c.Complete = false // one day more or less: nobody can say
			}
			return x, ours
		}
		return x, true
	}
	sessions := rd.List(m.Get("sessions"))
	for _, s := range sessions {
		if x, ours := stretch(s); ours {
			c.Sessions = append(c.Sessions, x)
		}
	}
	if len(sessions) > 0 && len(c.Sessions) == 0 {
		c.Complete = false // which track the child is on, nobody has said
	}
	for _, s := range rd.List(m.Get("closures")) {
		if x, ours := stretch(s); ours {
			c.Closures = append(c.Closures, x)
		}
	}
	return c, rd.Problems.Or()
}

// inGrades says whether a closure for some grades is one for this child. Only
// grades that every district sorts alike are sure.
func inGrades(grade string, groups []string) (ours, sure bool) {
	group := ""
	switch strings.ToUpper(grade) {
	case "TK", "K", "1", "2", "3", "4":
		group = "elementary"
	case "9", "10", "11", "12":
		group = "high"
	}
	for _, g := range groups {
		g = strings.ToLower(g)
		if strings.EqualFold(g, grade) || g == group || g == "secondary" && group == "high" {
			return true, true
		}
	}
	return false, group != ""
}
