package lawtest

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/fault"
	"stayput/intake/calendar"
	"stayput/law"
)

// A Difference is one expectation that did not hold.
type Difference struct {
	Example *Example
	Rule    string
	Entry   string
	At      fault.Position
	Field   string
	Want    string
	Got     string
	Clock   *clock.Clock // for the trace; nil when there is none
	Recount string       // what the plain counter says, when it is the one that differs
}

// A Runner runs examples against one law book.
type Runner struct {
	Book      *law.Book
	Calendars fs.FS // school calendars by file name

	mu      sync.Mutex
	years   map[string][]day.SchoolYear
	schools map[string]*day.School
	tally   tally
}

// Run works out one example and gives what differs.
func (r *Runner) Run(x *Example) ([]Difference, error) {
	b, err := r.Brief(x)
	if err != nil {
		return nil, err
	}
	var out []Difference
	for i := range x.Expect {
		out = append(out, r.compare(x, b, &x.Expect[i])...)
	}
	again, err := r.recount(x, b)
	return append(out, again...), err
}

// Brief is the brief of an example.
func (r *Runner) Brief(x *Example) (*brief.Brief, error) {
	laws, err := brief.Laws(&x.File.Case, r.Book)
	if err != nil {
		return nil, err
	}
	school, asOf, err := r.prepare(x, laws)
	if err != nil {
		return nil, err
	}
	return brief.Make(brief.Input{Case: &x.File.Case, Entries: x.File.Entries, Book: r.Book, School: school, AsOf: asOf, Known: x.Known})
}

// prepare works out the school calendars of an example and the day it is asked
// about.
func (r *Runner) prepare(x *Example, laws []brief.Law) (*day.School, day.Date, error) {
	var years []day.SchoolYear
	for _, name := range x.Calendars {
		ys, err := r.calendar(name)
		if err != nil {
			return nil, 0, fault.New(fault.Invalid, x.At, "example.calendar", "name", name).Wrap(err)
		}
		years = append(years, ys...)
	}
	asOf := x.AsOf
	need := day.Span{First: day.Max}
	for i := range x.File.Entries {
		e := &x.File.Entries[i]
		need.First, need.Last = min(need.First, e.On.Earliest), max(need.Last, e.On.Latest)
		if x.AsOf == 0 && !e.Kind.Info().Appointment {
			asOf = max(asOf, e.On.Latest)
		}
	}
	if asOf == 0 {
		asOf = need.First
	}
	school, err := r.school(x, years, day.View{Grade: x.File.Case.Child.Grade, Track: x.File.Case.Child.Track, Known: x.Known}, brief.YearRule(laws), need)
	if err != nil {
		return nil, 0, fault.New(fault.Invalid, x.At, "example.calendars", "cause", err.Error()).Wrap(err)
	}
	return school, asOf, nil
}

// school works out the calendars of an example; examples that use the same ones
// share them.
func (r *Runner) school(x *Example, years []day.SchoolYear, v day.View, rule day.YearRule, need day.Span) (*day.School, error) {
	key := fmt.Sprint(x.Calendars, v, rule)
	if len(years) > 0 {
		key += fmt.Sprint(need)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if s := r.schools[key]; s != nil {
		return s, nil
	}
	s, err := day.NewSchool(years, v, rule, need)
	if err != nil {
		return nil, err
	}
	if r.schools == nil {
		r.schools = map[string]*day.School{}
	}
	r.schools[key] = s
	return s, nil
}

func (r *Runner) calendar(name string) ([]day.SchoolYear, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if ys, ok := r.years[name]; ok {
		return ys, nil
	}
	file := name
	if !strings.Contains(file, ".") {
		file += ".yaml"
	}
	data, err := fs.ReadFile(r.Calendars, file)
	if err != nil {
		return nil, err
	}
	ys, _, err := calendar.Read(file, data)
	if err != nil {
		return nil, err
	}
	if r.years == nil {
		r.years = map[string][]day.SchoolYear{}
	}
	r.years[name] = ys
	return ys, nil
}

// ofEntry reports that id is the named entry, or was derived from it.
func ofEntry(id, want string) bool {
	return want == "" || id == want || strings.HasSuffix(id, "/"+want) || id == "~"+want
}

func (r *Runner) compare(x *Example, b *brief.Brief, e *Expect) []Difference {
	fail := func(field, want, got string, c *clock.Clock) Difference {
		return Difference{Example: x, Rule: e.Rule, Entry: e.Entry, At: e.At, Field: field, Want: want, Got: got, Clock: c}
	}
	if !r.known(e.Rule) {
		return []Difference{fail("rule", "a rule of this pack or of one underneath", "no such rule", nil)}
	}
	stated := false
	for _, s := range b.Statements {
		if string(s.Rule.ID) == e.Rule && ofEntry(s.Trigger, e.Entry) {
			stated = true
			if len(e.Fields) > 0 {
				return r.fields(e, func(f Field) (string, bool) { return ofStatement(b, &s, f.Name) }, nil, fail)
			}
		}
	}
	var clocks []*clock.Clock
	for i := range b.Clocks {
		if c := &b.Clocks[i]; string(c.Rule.ID) == e.Rule && ofEntry(c.Trigger, e.Entry) {
			clocks = append(clocks, c)
		}
	}
	var limits []*limit.Limit
	for i := range b.Limits {
		if l := &b.Limits[i]; string(l.Rule.ID) == e.Rule && ofEntry(l.Entry, e.Entry) {
			limits = append(limits, l)
		}
	}
	n := len(clocks) + len(limits)
	switch {
	case e.None && (n > 0 || stated):
		got := "it applies"
		if len(clocks) > 0 {
			got = "due " + text(clocks[0].On)
		}
		return []Difference{fail("rule", "nothing", got, first(clocks))}
	case e.None:
		return nil
	case e.Stated && !stated && n == 0:
		return []Difference{fail("rule", "stated", "nothing", nil)}
	case e.Stated:
		return nil
	case n == 0:
		return []Difference{fail("rule", "a date", "nothing: no entry starts it, or another rule replaces it", nil)}
	}
	if len(clocks) > 1 {
		var names []string
		for _, c := range clocks {
			names = append(names, c.Trigger)
		}
		return []Difference{fail("rule", "one clock; name the entry as "+e.Rule+"@ENTRY", "clocks from "+strings.Join(names, ", "), clocks[0])}
	}
	if len(clocks) == 1 {
		c := clocks[0]
		return r.fields(e, func(f Field) (string, bool) { return ofClock(c, f.Name) }, c, fail)
	}
	// Several limits of one right may concern one entry; one of them must fit.
	var best []Difference
	for i, l := range limits {
		d := r.fields(e, func(f Field) (string, bool) { return ofLimit(l, f.Name) }, l.Clock, fail)
		if len(d) == 0 {
			return nil
		}
		if i == 0 || len(d) < len(best) {
			best = d
		}
	}
	return best
}

func first(cs []*clock.Clock) *clock.Clock {
	if len(cs) == 0 {
		return nil
	}
	return cs[0]
}

func (r *Runner) known(id string) bool {
	for _, p := range r.Book.IDs() {
		for _, rl := range r.Book.Pack(p).Rules {
			if string(rl.ID) == id {
				return true
			}
		}
	}
	return false
}

func (r *Runner) fields(e *Expect, get func(Field) (string, bool), c *clock.Clock, fail func(field, want, got string, c *clock.Clock) Difference) []Difference {
	var out []Difference
	for _, f := range e.Fields {
		got, ok := get(f)
		if !ok {
			got = "not something this rule has"
		}
		if got != f.Want {
			d := fail(f.Name, f.Want, got, c)
			d.At = f.At
			out = append(out, d)
		}
	}
	// A plain date promises that nothing is open.
	if len(e.Fields) == 1 && e.Fields[0].Name == "due" && e.Fields[0].Want != "" && c != nil && c.Disputed && len(out) == 0 {
		out = append(out, fail("latest", "no second date", text(c.Latest), c))
	}
	return out
}

func text(d day.Date) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func ofClock(c *clock.Clock, name string) (string, bool) {
	switch name {
	case "due":
		return text(c.On), true
	case "earliest":
		return text(c.Earliest), true
	case "latest":
		return text(c.Latest), true
	case "strict":
		return text(c.Strict), true
	case "status":
		return string(c.Status), true
	case "days_late":
		return strconv.Itoa(c.DaysLate), true
	case "met_by":
		return c.MetBy, true
	case "elapsed":
		return strconv.Itoa(c.Elapsed), true
	case "missing":
		return yesNo(len(c.Missing) > 0), true
	case "disputed":
		return yesNo(c.Disputed), true
	case "nominal":
		return text(c.Nominal), true
	case "owed_by":
		return string(c.OwedBy), true
	case "time":
		if c.Minute < 0 {
			return "", true
		}
		return fmt.Sprintf("%02d:%02d", c.Minute/60, c.Minute%60), true
	case "tribunal":
		if c.Tribunal == nil {
			return "", true
		}
		if c.Tribunal.TooLong {
			return "too_long", true
		}
		return "acceptable", true
	}
	return "", false
}

func ofLimit(l *limit.Limit, name string) (string, bool) {
	switch name {
	case "due":
		return text(l.Earliest), true
	case "earliest":
		return text(l.Earliest), true
	case "latest":
		return text(l.Latest), true
	case "status":
		return string(l.Status), true
	case "right":
		return l.Right, true
	case "met_by":
		return l.UsedBy, true
	case "missing":
		return yesNo(len(l.Missing) > 0), true
	case "disputed":
		return yesNo(l.Latest != l.Earliest), true
	}
	if l.Clock != nil && l.Wrong == nil {
		return ofClock(l.Clock, name)
	}
	return "", false
}

func ofStatement(b *brief.Brief, s *clock.Statement, name string) (string, bool) {
	switch name {
	case "elapsed":
		return strconv.Itoa(s.Elapsed), true
	case "met_by":
		return s.MetBy, true
	case "points_to":
		return s.PointsTo, true
	case "missing":
		return yesNo(len(s.Missing) > 0), true
	}
	return "", false
}

// Uncovered lists the numeric rules of a pack that no example mentions with a
// value, and those only mentioned as giving nothing.
func Uncovered(p *law.Pack, xs []Example) []*law.Rule {
	seen := map[string]bool{}
	for i := range xs {
		for _, e := range xs[i].Expect {
			if !e.None {
				seen[e.Rule] = true
			}
		}
	}
	// A rule that makes an event is shown by the rules the event starts.
	for _, r := range p.Rules {
		if r.Kind == law.Event {
			for _, s := range p.Rules {
				if slices.Contains(s.Starts, r.Derives) && seen[string(s.ID)] {
					seen[string(r.ID)] = true
				}
			}
		}
	}
	var out []*law.Rule
	for _, r := range p.Rules {
		if r.Numeric() && !seen[string(r.ID)] {
			out = append(out, r)
		}
	}
	return out
}
