package casefile

import (
	"strings"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
)

// A link holds the places of what an entry says about other entries and about
// its own dates, until every entry is read.
type link struct {
	at                                     fault.Position
	id, re, supersedes, after, ends, until *yaml.Node
	kind                                   bool
}

// tie gives names to the entries that have none, finds the entries that others
// name, works out dates said as a distance, and checks what depends on both.
func (r *reader) tie(es []fact.Entry, links []link) {
	byID := make(map[string]int, len(es))
	for i := range es {
		id := es[i].ID
		if id == "" {
			continue
		}
		if first, twice := byID[id]; twice {
			r.Fail(links[i].id.At, "case.repeated_id", "id", id, "first", itoa(links[first].id.At.Line))
			continue
		}
		byID[id] = i
	}
	given := func(id string) bool { _, ok := byID[id]; return ok }
	auto := make(map[string]int)
	for i := range es {
		if es[i].ID == "" {
			es[i].ID = autoID(i, given)
			es[i].Auto = true
			auto[es[i].ID] = i
		}
	}
	t := tier{r: r, es: es, links: links, byID: byID, auto: auto}
	t.relation("re", func(i int) (string, *yaml.Node) { return es[i].Re, links[i].re })
	t.relation("supersedes", func(i int) (string, *yaml.Node) { return es[i].Supersedes, links[i].supersedes })
	after := t.relation("after", func(i int) (string, *yaml.Node) { return es[i].After.Entry, links[i].after })
	t.dates(after)
	for i := range es {
		if r.full() {
			return
		}
		r.order(&es[i], &links[i])
	}
}

// autoID is the name of the entry at position i when its writer gave none: e1
// for the first. It never collides with a name that was given.
func autoID(i int, given func(string) bool) string {
	id := "e" + itoa(i+1)
	if !given(id) {
		return id
	}
	for n := 2; ; n++ {
		if next := id + "_" + itoa(n); !given(next) {
			return next
		}
	}
}

// A tier follows what entries say of each other.
type tier struct {
	r     *reader
	es    []fact.Entry
	links []link
	byID  map[string]int
	auto  map[string]int
	names []string
}

// relation finds the entry that each entry names in one way, and returns their
// positions, -1 for none. A name that points nowhere, at its own entry or in a
// circle is refused.
func (t *tier) relation(key string, named func(int) (string, *yaml.Node)) []int {
	to := make([]int, len(t.es))
	some := false
	for i := range t.es {
		to[i] = -1
		id, n := named(i)
		if n == nil || n.Kind != yaml.Scalar || t.r.full() {
			continue
		}
		j, ok := t.byID[id]
		switch {
		case ok && j == i:
			t.r.Fail(n.At, "case.self_reference", "key", key, "id", id)
		case ok:
			to[i] = j
			some = true
		default:
			if j, numbered := t.auto[id]; numbered {
				t.r.Fail(n.At, "case.auto_id", "key", key, "id", id, "line", itoa(t.links[j].at.Line))
				continue
			}
			t.r.Fail(n.At, "case.no_such_entry", "key", key, "id", id, "nearest", t.near(id))
		}
	}
	if some {
		t.circles(key, to, named)
	}
	return to
}

func (t *tier) near(id string) string {
	if len(id) > 200 {
		return ""
	}
	if t.names == nil {
		for name := range t.byID {
			if len(t.names) < 1000 {
				t.names = append(t.names, name)
			}
		}
		sortTexts(t.names)
	}
	return fault.Nearest(id, t.names)
}

// circles refuses each circle once, where it is first met, and cuts it.
func (t *tier) circles(key string, to []int, named func(int) (string, *yaml.Node)) {
	seen := make([]int, len(to)) // the walk that came by, from 1
	for i := range to {
		if seen[i] != 0 {
			continue
		}
		j := i
		for j >= 0 && seen[j] == 0 {
			seen[j] = i + 1
			j = to[j]
		}
		if j < 0 || seen[j] != i+1 {
			continue
		}
		var path []string
		first := j
		for k := to[j]; ; k = to[k] {
			if len(path) < 10 {
				path = append(path, t.es[k].ID)
			}
			first = min(first, k)
			if k == j {
				break
			}
		}
		_, n := named(first)
		t.r.Fail(n.At, "case.circle", "key", key, "path", strings.Join(path, ", "))
		for k := j; to[k] >= 0; {
			next := to[k]
			to[k] = -1
			k = next
		}
	}
}

// dates works out the dates that are said as a distance from another entry.
func (t *tier) dates(after []int) {
	var chain []int
	done := make([]bool, len(after))
	for i := range after {
		for j := i; j >= 0 && !done[j]; j = after[j] {
			done[j] = true
			if after[j] >= 0 {
				chain = append(chain, j)
			}
		}
		for k := len(chain) - 1; k >= 0; k-- {
			e := &t.es[chain[k]]
			base := t.es[after[chain[k]]].On
			if base.IsZero() {
				continue // its own problem has been told
			}
			w := day.When{Earliest: base.Earliest.Add(e.After.Days), Latest: base.Latest.Add(e.After.Days), Minute: -1}
			if n := t.links[chain[k]].after; t.r.within(n.At, w.String(), w.Earliest, w.Latest, entries) {
				e.On = w
			}
		}
		chain = chain[:0]
	}
}

// order refuses what ends before it begins. Dates known only by bounds are
// refused only when no day within them would do.
func (r *reader) order(e *fact.Entry, l *link) {
	if e.On.IsZero() {
		return
	}
	if l.ends != nil && !e.Ends.IsZero() {
		before := e.Ends.Latest < e.On.Earliest ||
			e.Ends.HasTime() && e.On.HasTime() && e.Ends.Earliest == e.On.Earliest && e.Ends.Minute < e.On.Minute
		if before {
			r.Fail(l.ends.At, "case.ends_before_on", "ends", e.Ends.String(), "on", e.On.String())
		}
	}
	if l.until != nil && e.Fields.Until != 0 && e.Fields.Until < e.On.Earliest {
		r.Fail(l.until.At, "case.until_before_on", "until", e.Fields.Until.String(), "on", e.On.String())
	}
}
