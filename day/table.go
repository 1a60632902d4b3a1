package day

import "sort"

// A Reason says why a day counts or does not. Key is a word of the locale
// catalogs; Name is what is filled in: a holiday's id or a closure's own name.
type Reason struct {
	Key  string
	Name string
}

// A Run is consecutive days that share one reason.
type Run struct {
	First   Date
	Last    Date
	Counted bool
	Why     Reason
}

// Days is how many days the run has.
func (r Run) Days() int { return int(r.Last-r.First) + 1 }

// A Table says for every day of a span whether it counts and why, and finds
// the nth counted day in a time that does not grow with n.
type Table struct {
	span   Span
	before []int32 // before[i] is the number of counted days among the first i
	nth    []int32 // nth[k] is the offset of counted day number k, from 0
	runs   []Run
}

// NewTable asks counts about each day of the span once.
func NewTable(span Span, counts func(Date) (bool, Reason)) *Table {
	n := span.Days()
	t := &Table{span: span, before: make([]int32, n+1), nth: make([]int32, 0, n)}
	for i := 0; i < n; i++ {
		d := span.First.Add(i)
		ok, why := counts(d)
		t.before[i+1] = t.before[i]
		if ok {
			t.before[i+1]++
			t.nth = append(t.nth, int32(i))
		}
		if k := len(t.runs) - 1; k >= 0 && t.runs[k].Counted == ok && t.runs[k].Why == why {
			t.runs[k].Last = d
		} else {
			t.runs = append(t.runs, Run{d, d, ok, why})
		}
	}
	return t
}

// Span is the days the table covers.
func (t *Table) Span() Span { return t.span }

// Counts reports whether d counts. A day outside the table does not.
func (t *Table) Counts(d Date) bool {
	if !t.span.Has(d) {
		return false
	}
	i := d - t.span.First
	return t.before[i+1] > t.before[i]
}

// After is the nth counted day after start (start itself is not counted); for
// n = 0 it is start. ok is false when that lies outside the table.
func (t *Table) After(start Date, n int) (d Date, ok bool) {
	if start < t.span.First-1 || start > t.span.Last {
		return 0, false
	}
	if n == 0 {
		return start, true
	}
	k := int(t.before[start-t.span.First+1]) + n - 1
	if k >= len(t.nth) {
		return 0, false
	}
	return t.span.First.Add(int(t.nth[k])), true
}

// Before is the nth counted day before start.
func (t *Table) Before(start Date, n int) (d Date, ok bool) {
	if start < t.span.First || start > t.span.Last+1 {
		return 0, false
	}
	if n == 0 {
		return start, true
	}
	k := int(t.before[start-t.span.First]) - n
	if k < 0 {
		return 0, false
	}
	return t.span.First.Add(int(t.nth[k])), true
}

// Between is the number of counted days after a up to and including b.
func (t *Table) Between(a, b Date) int {
	a, b = max(a, t.span.First-1), min(b, t.span.Last)
	if b <= a {
		return 0
	}
	return int(t.before[b-t.span.First+1] - t.before[a-t.span.First+1])
}

// Runs gives the runs of the days from first to last, clipped to them, in
// order. Days outside the table are left out.
func (t *Table) Runs(first, last Date, yield func(Run) bool) {
	first, last = max(first, t.span.First), min(last, t.span.Last)
	if last < first {
		return
	}
	i := sort.Search(len(t.runs), func(i int) bool { return t.runs[i].Last >= first })
	for ; i < len(t.runs) && t.runs[i].First <= last; i++ {
		r := t.runs[i]
		r.First, r.Last = max(r.First, first), min(r.Last, last)
		if !yield(r) {
			return
		}
	}
}
