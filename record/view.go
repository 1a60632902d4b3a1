// Package record is what was said: the entries of a case, in the order in which
// things happened, as they were known on a day.
//
// In: entries in any order. Out: a View without what was superseded or not yet
// known, indexed by kind, by name and by what answers what. It decides nothing.
package record

import (
	"cmp"
	"slices"

	"stayput/day"
	"stayput/fact"
)

// A View is a case record as of a day. The same entries in any order give the
// same View.
type View struct {
	Entries []*fact.Entry // by date, then kind, then name; nobody changes them
	first   []int32       // first[k] is where kind k begins in places
	places  []int32       // positions of entries, kind by kind
	byID    map[string]int32
	root    []int32       // the first entry of the thread each entry belongs to
	re      []int32       // what each entry answers; -1 for nothing in view
	moved   []bool        // appointments put off to another day; nil when none was
	Gone    []*fact.Entry // superseded
}

// NewView sorts the entries, leaves out those recorded after known (zero known
// keeps all) and those a later entry supersedes. Derived entries may be added.
func NewView(entries []fact.Entry, known day.Date, derived ...fact.Entry) *View {
	v := &View{Entries: make([]*fact.Entry, 0, len(entries)+len(derived))}
	var superseded map[string]bool
	for i := range entries {
		e := &entries[i]
		if known != 0 && writtenAfter(e, known) {
			continue
		}
		if e.Supersedes != "" {
			if superseded == nil {
				superseded = make(map[string]bool)
			}
			superseded[e.Supersedes] = true
		}
	}
	var renamed map[string]string
	for i := range entries {
		e := &entries[i]
		if known != 0 && writtenAfter(e, known) {
			continue
		}
		if superseded[e.ID] {
			v.Gone = append(v.Gone, e)
			continue
		}
		v.Entries = append(v.Entries, e)
		if e.Supersedes != "" {
			if renamed == nil {
				renamed = make(map[string]string)
			}
			renamed[e.Supersedes] = e.ID
		}
	}
	for i := range derived {
		v.Entries = append(v.Entries, &derived[i])
	}
	slices.SortStableFunc(v.Entries, func(a, b *fact.Entry) int {
		return cmp.Or(cmp.Compare(a.On.Earliest, b.On.Earliest), cmp.Compare(a.On.Latest, b.On.Latest),
			cmp.Compare(a.On.Minute, b.On.Minute), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
	})
	v.index()
	for old, now := range renamed {
		// What answered the old entry answers the one that corrects it.
		for hop := 0; hop < len(renamed); hop++ {
			next, more := renamed[now]
			if !more {
				break
			}
			now = next
		}
		if i, ok := v.byID[now]; ok {
			v.byID[old] = i
		}
	}
	v.re = make([]int32, len(v.Entries))
	v.root = make([]int32, len(v.Entries))
	for i := range v.Entries {
		v.re[i] = -1
		if to := v.Entries[i].Re; to != "" {
			if j, ok := v.byID[to]; ok && j != int32(i) {
				v.re[i] = j
			}
		}
	}
	for i, e := range v.Entries {
		// An appointment that names an earlier one of its kind takes its place.
		if j := v.re[i]; j >= 0 && v.Entries[j].Kind == e.Kind && e.Kind.Info().Appointment {
			if v.moved == nil {
				v.moved = make([]bool, len(v.Entries))
			}
			v.moved[j] = true
		}
	}
	for i := range v.root {
		r, hops := int32(i), 0
		for v.re[r] >= 0 && hops < len(v.root) {
			r = v.re[r]
			hops++
		}
		v.root[i] = r
	}
	return v
}

// index sorts the positions by kind and notes where each name stands.
func (v *View) index() {
	n := len(v.Entries)
	v.first = make([]int32, fact.Count()+1)
	v.places = make([]int32, n)
	v.byID = make(map[string]int32, n)
	for _, e := range v.Entries {
		v.first[e.Kind+1]++
	}
	for k := 1; k < len(v.first); k++ {
		v.first[k] += v.first[k-1]
	}
	at := make([]int32, len(v.first))
	copy(at, v.first)
	for i, e := range v.Entries {
		v.places[at[e.Kind]] = int32(i)
		at[e.Kind]++
		v.byID[e.ID] = int32(i)
	}
}

// writtenAfter reports that e was written down after known. An entry that does
// not say when it was written is taken to be written when it happened.
func writtenAfter(e *fact.Entry, known day.Date) bool {
	if e.Recorded.Date != 0 {
		return e.Recorded.Date > known
	}
	if e.Kind.Info().Appointment {
		return false
	}
	return e.On.Earliest > known
}

// ByKind is the positions of the entries of kind k, in order of date.
func (v *View) ByKind(k fact.Kind) []int32 { return v.places[v.first[k]:v.first[k+1]] }

// Find is the position of the entry named id; a superseded name finds the entry
// that corrects it.
func (v *View) Find(id string) (int32, bool) {
	i, ok := v.byID[id]
	return i, ok
}

// Get is the entry named id, or nil.
func (v *View) Get(id string) *fact.Entry {
	if i, ok := v.byID[id]; ok {
		return v.Entries[i]
	}
	return nil
}

// Re is the position of what entry i answers, or -1.
func (v *View) Re(i int32) int32 { return v.re[i] }

// Moved reports an appointment that another one of its kind names: it was put
// off or brought forward, and nothing counts from its day any more.
func (v *View) Moved(i int32) bool { return v.moved != nil && v.moved[i] }

// Root is the position of the first entry of i's thread; i itself when it
// answers nothing.
func (v *View) Root(i int32) int32 { return v.root[i] }
