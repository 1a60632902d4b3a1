package day

// An Edge says how the law treats a doubtful piece of a school break.
type Edge uint8

const (
	EdgeOpen Edge = iota // honestly open: two readings
	EdgeIn               // part of the break
	EdgeOut              // not part of it
)

// A Skip says which days a count of calendar days leaves out.
type Skip struct {
	BetweenTerms  bool
	BreaksOver    int  // a vacation of more schooldays than this is left out; -1: none is
	Closures      bool // every closed weekday is left out, whatever its length
	Adjacent      Edge // are adjacent closures one vacation
	WeekendBefore Edge // does the weekend before a long break belong to it
}

// A Skipper counts calendar days with a Skip, in up to three readings.
type Skipper struct {
	school *School
	due    *Table // protective: skips the least that the text clearly lets skip
	later  *Table // the latest defensible date
	strict *Table // a minority reading: only the days beyond the threshold
}

// A SkipBound is the answer of a count with breaks left out.
type SkipBound struct {
	Bound
	Later  Date // the later reading's date; equal to Due where nothing is open
	Strict Date // the strict reading's date
	LaterT *Table
	Edges  bool // the two readings differ over the edge of a break
}

// NewSkipper works out which days a Skip leaves out at a school.
func NewSkipper(s *School, sk Skip) *Skipper {
	n := s.span.Days()
	const (
		in    = iota // counted
		terms        // between terms
		long         // in a long break
		open         // at the open edge of one
		extra        // long break, but within its first schooldays (strict reading counts it)
	)
	mark := make([]uint8, n)
	name := make([]int32, n)
	at := func(d Date) int { return int(d - s.span.First) }
	if sk.BetweenTerms {
		for i := range mark {
			if s.between[i] {
				mark[i] = terms
			}
		}
	}
	if sk.Closures {
		for i := range mark {
			if s.closed[i] != 0 && mark[i] == in && !s.span.First.Add(i).Weekend() {
				mark[i], name[i] = long, s.closed[i]
			}
		}
	}
	if sk.BreaksOver >= 0 {
		for i := 0; i < n; i++ {
			// A gap begins after a school day and ends before the next.
			if s.closed[i] == 0 || mark[i] != in {
				continue
			}
			lo, hi := s.span.First.Add(i), s.span.First.Add(i)
			quiet := func(d Date) bool {
				return s.span.Has(d) && !s.unknown[at(d)] && !s.between[at(d)] && (d.Weekend() || s.closed[at(d)] != 0)
			}
			for quiet(lo - 1) {
				lo--
			}
			for quiet(hi + 1) {
				hi++
			}
			s.gap(sk, lo, hi, func(d Date, m uint8, closure int32) {
				if mark[at(d)] == in {
					mark[at(d)], name[at(d)] = m, closure
				}
			}, long, open, extra)
			i = at(hi)
		}
	}
	table := func(skipped func(uint8) bool) *Table {
		return NewTable(s.span, func(d Date) (bool, Reason) {
			i := at(d)
			if !skipped(mark[i]) {
				if s.unknown[i] {
					return true, Reason{Key: "calendar_day_assumed"}
				}
				return true, Reason{Key: "calendar_day"}
			}
			if mark[i] == terms {
				return false, Reason{Key: "between_terms"}
			}
			r := Reason{Key: "long_break"}
			if name[i] != 0 {
				r.Name = s.breaks[name[i]-1].Name
			}
			return false, r
		})
	}
	return &Skipper{
		school: s,
		due:    table(func(m uint8) bool { return m == terms || m == long || m == extra }),
		later:  table(func(m uint8) bool { return m != in }),
		strict: table(func(m uint8) bool { return m == terms || m == long }),
	}
}

// gap marks the closed days lo..hi between two school days.
func (s *School) gap(sk Skip, lo, hi Date, put func(Date, uint8, int32), long, open, extra uint8) {
	// The schooldays lost in all; an emergency is not a vacation.
	total := 0
	var first Date // first closed weekday
	var named int32
	for d := lo; d <= hi; d++ {
		if d.Weekend() {
			continue
		}
		for k := range s.breaks {
			if c := &s.breaks[k]; c.Kind != Emergency && c.schooldays(d, d) > 0 {
				if first == 0 {
					first, named = d, int32(k+1)
				}
				total++
				break
			}
		}
	}
	if first == 0 {
		return
	}
	// The protective reading: one closure alone is long enough, or the law
	// joins adjacent ones.
	var start Date
	var which int32
	for k := range s.breaks {
		c := &s.breaks[k]
		if c.Kind == Emergency || c.Last < lo || c.First > hi || c.schooldays(lo, hi) <= sk.BreaksOver {
			continue
		}
		d := max(c.First, lo)
		for d.Weekend() {
			d++
		}
		if start == 0 || d < start {
			start, which = d, int32(k+1)
		}
	}
	if sk.Adjacent == EdgeIn && total > sk.BreaksOver {
		start, which = first, named
	}
	laterStart := start
	if sk.Adjacent != EdgeOut && total > sk.BreaksOver {
		laterStart = first
	}
	if laterStart == 0 {
		return
	}
	if which == 0 {
		which = named
	}
	before := func(d Date) Date { // the weekend that touches d from before
		for d-1 >= lo && (d - 1).Weekend() {
			d--
		}
		return d
	}
	switch sk.WeekendBefore {
	case EdgeIn:
		if start != 0 {
			start = before(start)
		}
		laterStart = before(laterStart)
	case EdgeOpen:
		laterStart = before(laterStart)
	}
	lost := 0
	for d := laterStart; d <= hi; d++ {
		switch {
		case start == 0 || d < start:
			put(d, open, which)
		default:
			if !d.Weekend() {
				lost++
			}
			if lost <= sk.BreaksOver {
				put(d, extra, which)
			} else {
				put(d, long, which)
			}
		}
	}
}

// After is the nth counted calendar day after start in each reading.
func (k *Skipper) After(start Date, n int) SkipBound {
	s := k.school
	e, ok1 := k.due.After(start, n)
	l, ok2 := k.later.After(start, n)
	x, ok3 := k.strict.After(start, n)
	if !ok1 || !ok2 || !ok3 {
		return SkipBound{Bound: Bound{Missing: []Missing{{"calendar_none", s.labelAt(start)}}}}
	}
	b := SkipBound{Bound: Bound{Due: e, Table: k.due}, Later: l, Strict: x, LaterT: k.later, Edges: l != e}
	if s.touched(start, max(e, l)) {
		b.Due, b.Earliest = 0, e
		b.Latest = s.latest(start, n, k.later, true)
		if b.Latest != 0 && b.Latest < l {
			b.Latest = l
		}
		b.Missing = s.missing(start, s.reach(max(e, l), b.Latest))
		b.Later, b.Strict, b.Edges = 0, 0, false
	}
	return b
}

// Skipper is the school's calendar with a Skip applied; it is worked out once.
func (s *School) Skipper(sk Skip) *Skipper {
	s.mu.Lock()
	defer s.mu.Unlock()
	if k := s.skippers[sk]; k != nil {
		return k
	}
	k := NewSkipper(s, sk)
	if s.skippers == nil {
		s.skippers = make(map[Skip]*Skipper)
	}
	s.skippers[sk] = k
	return k
}

// Due is the table of the protective reading.
func (k *Skipper) Due() *Table { return k.due }
