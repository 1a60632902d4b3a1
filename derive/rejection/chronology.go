package rejection

import (
	"cmp"
	"slices"

	"stayput/fact"
)

// Chronology is what both sides said, sent, offered and met for, from the offer on, in
// order. It is made to be given to somebody: what stands behind a wall, impressions,
// and what somebody prepared for oneself are not in it.
func Chronology(in Input, p *Path) []Line {
	m := &maker{in: in, out: &Result{AsOf: in.AsOf}}
	m.find()
	for _, o := range m.paths {
		m.ends(o)
	}
	at := slices.IndexFunc(m.paths, func(o *Path) bool { return o.ID == p.ID })
	if at < 0 {
		return nil
	}
	q := m.paths[at]
	var out []Line
	for _, e := range m.entries(told...) {
		if e.Wall != fact.Open || !isTold[e.Kind] || !m.belongs(q, e) {
			continue
		}
		out = append(out, Line{Entry: e, Plan: e.Fields.Plan, On: e.On, Lacks: lacksOf(e)})
	}
	for _, o := range q.Offers {
		if o.Entry == nil {
			out = append(out, Line{Plan: o.Plan, On: o.On})
		}
	}
	if q.Entry == nil {
		out = append(out, Line{Plan: q.Plan, On: q.On})
	}
	slices.SortStableFunc(out, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.On.Earliest, b.On.Earliest), cmp.Compare(a.On.Latest, b.On.Latest), cmp.Compare(a.On.Minute, b.On.Minute))
	})
	return out
}

// lacks says what somebody who reads the chronology would look for and not find.
func (m *maker) lacks(p *Path) {
	put := func(key string, n int) {
		if n > 0 {
			p.Lacks = append(p.Lacks, Lack{key, n})
		}
	}
	once := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	put("said", once(len(p.Said) == 0))
	for i := range p.Steps {
		s := &p.Steps[i]
		if s.State == Now || s.State == Next {
			put(string(s.Name), 1)
		}
		if s.Name == Review && s.State == Done {
			put("looks", len(s.Not))
		}
	}
	n := map[string]int{}
	for _, e := range m.since(p, withFields...) {
		if e.Wall != fact.Open {
			continue
		}
		for _, l := range lacksOf(e) {
			n[l]++
		}
		if e.Kind == contact && e.Fields.Outcome == "" && !Theirs(e) {
			n["outcome"]++
		}
	}
	for _, f := range append(slices.Clone(Fields), "outcome") {
		put(f, n[f])
	}
	copies := 0
	for _, c := range p.Contacts {
		if c.Entry.Wall == fact.Open && onPaper(c.Entry) && len(c.Entry.Files) == 0 {
			copies++
		}
	}
	put("copies", copies)
}
