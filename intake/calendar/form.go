package calendar

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"stayput/day"
	"stayput/fault"
	"stayput/format/yaml"
)

var (
	keys = []string{
		"calendar", "district", "state", "school_year", "extended", "complete", "pupil_days", "first_day", "last_day", "covers_to",
		"source", "source_type", "check", "notes", "invented", "closures", "minimum_days", "sessions",
	}
	olderKeys   = []string{"first_day_basis", "last_day_basis", "district_name_confirmed", "holidays"}
	closureKeys = []string{"on", "from", "to", "name", "kind", "grades", "track", "recorded"}
	sessionKeys = []string{"from", "to", "track"}
	gradeWords  = []string{
		"elementary", "middle", "high", "secondary", "preschool", "PK", "PRE-K", "TK", "K",
		"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12",
	}
)

// Dates outside this span are slips of the pen.
var dates = day.Span{First: day.Must(1975, time.January, 1), Last: day.Must(2100, time.December, 31)}

// longest is how many days a school year can have from its first day to its
// last.
const longest = 400

// A form is a calendar being read from YAML, with the place of each thing until
// all is checked.
type form struct {
	yaml.Reader
	year     day.SchoolYear
	at       map[string]fault.Position // of each key that was said
	closures []fault.Position
	minimum  []fault.Position
	sessions []fault.Position
	warnings []Warning
}

// node reads a calendar in the project's form or in the older research form,
// which are told apart by nothing: every key of either is known.
func node(root *yaml.Node, id string) (day.SchoolYear, []Warning, error) {
	r := &form{at: make(map[string]fault.Position)}
	r.read(root, id)
	if len(r.Problems) == 0 {
		r.check()
	}
	if len(r.Problems) > 0 {
		return day.SchoolYear{}, nil, inOrder(r.Problems)
	}
	return r.year, r.warnings, nil
}

// each calls f for every key of the map n that has a value, and refuses the
// keys for which f returns false.
func (r *form) each(n *yaml.Node, known []string, f func(key string, v *yaml.Node) bool) {
	if n.Kind == yaml.Null {
		r.Fail(n.At, "yaml.want_map", "got", "nothing")
		return
	}
	if n.Kind != yaml.Map {
		r.Map(n)
		return
	}
	for i := range n.Fields {
		if len(r.Problems) >= most {
			return
		}
		field := &n.Fields[i]
		isKnown := slices.Contains(known, field.Key)
		if isKnown && field.Value.Kind == yaml.Null {
			continue
		}
		if !isKnown || !f(field.Key, field.Value) {
			r.Fail(field.At, "yaml.unknown_key", "key", field.Key, "nearest", fault.Nearest(field.Key, known), "expected", strings.Join(known, ", "))
		}
	}
}

func (r *form) read(root *yaml.Node, id string) {
	y := &r.year
	y.ID = id
	complete, said := true, false
	r.each(root, slices.Concat(keys, olderKeys), func(key string, v *yaml.Node) bool {
		r.at[key] = v.At
		switch key {
		case "calendar":
			if y.ID = r.Text(v); y.ID == "" {
				y.ID = id
			}
		case "district":
			y.District = r.Text(v)
		case "state":
			r.state(v)
		case "school_year":
			y.Label = r.label(v)
		case "extended":
			y.Extended, _ = r.YesNo(v)
		case "complete":
			complete, said = r.YesNo(v)
		case "pupil_days":
			y.PupilDays = r.number(v, 1, 366)
		case "first_day":
			y.First = r.day(v)
		case "last_day":
			y.Last = r.day(v)
		case "covers_to":
			y.CoversTo = r.day(v)
		case "source", "source_type", "check", "notes", "first_day_basis", "last_day_basis":
			r.Text(v)
		case "invented", "district_name_confirmed":
			r.YesNo(v)
		case "closures", "holidays":
			for _, it := range r.List(v) {
				r.closure(it)
			}
		case "minimum_days":
			for _, it := range r.List(v) {
				if d := r.day(it); d != 0 {
					y.Minimum = append(y.Minimum, d)
					r.minimum = append(r.minimum, it.At)
				}
			}
		case "sessions":
			for _, it := range r.List(v) {
				r.session(it)
			}
		}
		return true
	})
	known := y.First != 0 && y.Last != 0
	if said && complete && !known && len(r.Problems) == 0 {
		r.Fail(r.at["complete"], "calendar.complete_without_days")
	}
	y.Complete = complete && known
}

// state reads CA or us-ca.
func (r *form) state(n *yaml.Node) {
	got := r.Text(n)
	s := strings.TrimPrefix(strings.ToLower(got), "us-")
	if n.Kind == yaml.Scalar && (len(s) != 2 || s[0] < 'a' || s[0] > 'z' || s[1] < 'a' || s[1] > 'z') {
		r.Fail(n.At, "calendar.bad_state", "got", got)
	}
}

// label reads the name of a school year, such as 2025-26.
func (r *form) label(n *yaml.Node) string {
	got := r.Text(n)
	if n.Kind != yaml.Scalar {
		return ""
	}
	first, second, ok := strings.Cut(got, "-")
	a, err1 := strconv.Atoi(first)
	b, err2 := strconv.Atoi(second)
	if len(second) == 4 {
		b -= a - a%100
		if b == 100 {
			b = 0
		}
	}
	if !ok || a < dates.First.Year() || a > dates.Last.Year() || strings.Trim(got, "0123456789-") != "" || len(first) != 4 || len(second) != 2 && len(second) != 4 || err1 != nil || err2 != nil || b != (a+1)%100 {
		r.Fail(n.At, "calendar.bad_school_year", "got", got)
		return ""
	}
	return fmt.Sprintf("%04d-%02d", a, b)
}

func (r *form) number(n *yaml.Node, first, last int) int {
	v, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.Scalar || err != nil {
		return r.Int(n)
	}
	if v < first || v > last {
		r.Fail(n.At, "calendar.number_range", "got", n.Value, "first", strconv.Itoa(first), "last", strconv.Itoa(last))
		return 0
	}
	return v
}

// day reads one day.
func (r *form) day(n *yaml.Node) day.Date {
	if n.Kind != yaml.Scalar {
		r.Text(n)
		return 0
	}
	d, err := day.Parse(n.Value)
	if err != nil {
		key := "calendar.not_a_day"
		if s := n.Value; len(s) == 10 && s[4] == '-' && s[7] == '-' && strings.Trim(s, "0123456789-") == "" {
			key = "calendar.no_such_day"
		}
		r.Fail(n.At, key, "got", n.Value)
		return 0
	}
	if !dates.Has(d) {
		r.Fail(n.At, "calendar.date_range", "got", n.Value, "first", dates.First.String(), "last", dates.Last.String())
		return 0
	}
	return d
}

// span reads the days of a closure or session from the values of its keys.
func (r *form) span(n, on, from, to *yaml.Node) (day.Span, bool) {
	switch {
	case on != nil && (from != nil || to != nil):
		r.Fail(n.At, "calendar.on_and_from")
		return day.Span{}, false
	case on != nil:
		d := r.day(on)
		return day.Span{First: d, Last: d}, d != 0
	case from == nil:
		r.Fail(n.At, "yaml.missing_key", "key", "from")
		return day.Span{}, false
	case to == nil:
		r.Fail(n.At, "yaml.missing_key", "key", "to")
		return day.Span{}, false
	}
	s := day.Span{First: r.day(from), Last: r.day(to)}
	if s.First == 0 || s.Last == 0 {
		return s, false
	}
	if s.First > s.Last {
		r.Fail(to.At, "calendar.from_after_to", "from", s.First.String(), "to", s.Last.String())
		return s, false
	}
	return s, true
}

func (r *form) closure(n *yaml.Node) {
	var c day.Closure
	var on, from, to *yaml.Node
	kind := false
	r.each(n, closureKeys, func(key string, v *yaml.Node) bool {
		switch key {
		case "on":
			on = v
		case "from":
			from = v
		case "to":
			to = v
		case "name":
			c.Name = r.Text(v)
		case "kind":
			c.Kind, kind = r.kind(v), true
		case "grades":
			c.Grades = r.grades(v)
		case "track":
			c.Track = r.Text(v)
		case "recorded":
			c.Recorded = r.day(v)
		}
		return true
	})
	if n.Kind != yaml.Map {
		return
	}
	var ok bool
	if c.Span, ok = r.span(n, on, from, to); !ok {
		return
	}
	if !kind {
		var sure bool
		c.Kind, sure = guessKind(c.Name, c.Span)
		if !sure && len(r.warnings) < 1000 {
			r.warnings = append(r.warnings, warn(n.At, "calendar.kind_unknown", c.Name, c.First))
		}
		if c.Grades == nil {
			c.Grades = someGrades(fold(c.Name))
		}
	}
	r.year.Closures = append(r.year.Closures, c)
	r.closures = append(r.closures, n.At)
}

func (r *form) kind(n *yaml.Node) day.ClosureKind {
	k, ok := day.ParseClosureKind(n.Value)
	if n.Kind != yaml.Scalar || !ok {
		r.Word(n, day.ClosureKinds()...)
	}
	return k
}

// grades reads the grades or groups of grades for which a closure holds. A word
// nobody knows would leave the closure out of every count, so it is refused.
func (r *form) grades(n *yaml.Node) []string {
	var out []string
	items := []*yaml.Node{n}
	if n.Kind == yaml.List {
		items = n.Items
	} else if n.Kind == yaml.Map {
		r.List(n)
		return nil
	}
	for _, it := range items {
		if g := r.Text(it); it.Kind == yaml.Scalar {
			if !slices.ContainsFunc(gradeWords, func(w string) bool { return strings.EqualFold(w, g) }) {
				r.Fail(it.At, "yaml.unknown_word", "word", g, "nearest", fault.Nearest(g, gradeWords), "expected", strings.Join(gradeWords, ", "))
				continue
			}
			out = append(out, g)
		}
	}
	return out
}

func (r *form) session(n *yaml.Node) {
	var s day.Session
	var from, to *yaml.Node
	r.each(n, sessionKeys, func(key string, v *yaml.Node) bool {
		switch key {
		case "from":
			from = v
		case "to":
			to = v
		case "track":
			s.Track = r.Text(v)
		}
		return true
	})
	if n.Kind != yaml.Map {
		return
	}
	var ok bool
	if s.Span, ok = r.span(n, nil, from, to); ok {
		r.year.Sessions = append(r.year.Sessions, s)
		r.sessions = append(r.sessions, n.At)
	}
}
