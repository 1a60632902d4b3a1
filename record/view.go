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
	Entries []*fact.Entry // by date, then kind, then name
	first   []int32       // first[k] is where kind k begins in places
	places  []int32       // positions of entries, kind by kind
	names   []names       // the numbers of entries; what was added later stands later
	at      []int32       // the position of each number
	root    []int32       // the first entry of the thread each entry belongs to
	re      []int32       // what each entry answers; -1 for nothing in view
	moved   []bool        // appointments put off to another day; nil when none was
	Gone    []*fact.Entry // superseded
}

// names gives the entries of a view numbers, which stay when others are added. A
// superseded name has the number of what corrects it.
type names map[string]int32

// NewView sorts the entries, leaves out those recorded after known (zero known
// keeps all) and those a later entry supersedes. Entries that follow from the
// case itself may be added.
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
	slices.SortFunc(v.Entries, order)
	number := make(names, len(v.Entries))
	v.at = make([]int32, len(v.Entries))
	for i, e := range v.Entries {
		number[e.ID], v.at[i] = int32(i), int32(i)
	}
	for old, now := range renamed {
		// What answered the old entry answers the one that corrects it.
		for hop := 0; hop < len(renamed); hop++ {
			next, more := renamed[now]
			if !more {
				break
			}
			now = next
		}
		if i, ok := number[now]; ok {
			number[old] = i
		}
	}
	v.names = []names{number}
	v.re = make([]int32, len(v.Entries))
	for i, e := range v.Entries {
		v.re[i] = v.answered(int32(i), e)
	}
	v.index()
	return v
}

// With is v with entries that follow from it. v stays as it is.
func (v *View) With(derived ...fact.Entry) *View {
	if len(derived) == 0 {
		return v
	}
	more := make([]*fact.Entry, len(derived))
	number := make(names, len(derived))
	for i := range derived {
		more[i] = &derived[i]
	}
	slices.SortFunc(more, order)
	n := len(v.Entries)
	w := &View{Entries: make([]*fact.Entry, 0, n+len(more)), names: append(slices.Clip(v.names), number), Gone: v.Gone}
	shift := make([]int32, n) // where each entry of v stands now
	w.at = make([]int32, n, n+len(more))
	for i, j := 0, 0; i < n || j < len(more); {
		here := int32(len(w.Entries))
		if j == len(more) || i < n && order(v.Entries[i], more[j]) <= 0 {
			shift[i] = here
			w.Entries = append(w.Entries, v.Entries[i])
			i++
			continue
		}
		number[more[j].ID] = int32(n + j)
		w.at = append(w.at, here)
		w.Entries = append(w.Entries, more[j])
		j++
	}
	for i, p := range v.at {
		w.at[i] = shift[p]
	}
	w.re = make([]int32, len(w.Entries))
	for i := range w.re {
		w.re[i] = -1
	}
	for i, to := range v.re {
		switch here := shift[i]; {
		case to >= 0:
			w.re[here] = shift[to]
		case v.Entries[i].Re != "":
			w.re[here] = w.answered(here, v.Entries[i]) // perhaps one of the new ones
		}
	}
	for k, e := range more {
		here := w.at[n+k]
		w.re[here] = w.answered(here, e)
	}
	w.index()
	return w
}

// order is by date, then kind, then name.
func order(a, b *fact.Entry) int {
	switch {
	case a.On.Earliest != b.On.Earliest:
		return cmp.Compare(a.On.Earliest, b.On.Earliest)
	case a.On.Latest != b.On.Latest:
		return cmp.Compare(a.On.Latest, b.On.Latest)
	case a.On.Minute != b.On.Minute:
		return cmp.Compare(a.On.Minute, b.On.Minute)
	case a.Kind != b.Kind:
		return cmp.Compare(a.Kind, b.Kind)
	}
	return cmp.Compare(a.ID, b.ID)
}

// answered is the position of what e, which stands at i, answers, or -1.
func (v *View) answered(i int32, e *fact.Entry) int32 {
	if e.Re != "" {
		if j, ok := v.Find(e.Re); ok && j != i {
			return j
		}
	}
	return -1
}

// index works out everything else from the entries and what they answer.
func (v *View) index() {
	n := len(v.Entries)
	v.first = make([]int32, fact.Count()+1)
	v.places = make([]int32, n)
	for _, e := range v.Entries {
		v.first[e.Kind+1]++
	}
	for k := 1; k < len(v.first); k++ {
		v.first[k] += v.first[k-1]
	}
	next := slices.Clone(v.first)
	v.root = make([]int32, n)
	for i, e := range v.Entries {
		v.places[next[e.Kind]] = int32(i)
		next[e.Kind]++
		// An appointment that names an earlier one of its kind takes its place.
		if j := v.re[i]; j >= 0 && v.Entries[j].Kind == e.Kind && e.Kind.Info().Appointment {
			if v.moved == nil {
				v.moved = make([]bool, n)
			}
			v.moved[j] = true
		}
		r, hops := int32(i), 0
		for v.re[r] >= 0 && hops < n {
			r = v.re[r]
			hops++
		}
		v.root[i] = r
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
	for _, number := range v.names {
		if n, ok := number[id]; ok {
			return v.at[n], true
		}
	}
	return 0, false
}

// Get is the entry named id, or nil.
func (v *View) Get(id string) *fact.Entry {
	if i, ok := v.Find(id); ok {
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
