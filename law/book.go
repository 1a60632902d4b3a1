package law

import (
	"fmt"
	"slices"
	"sync"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
)

// A Law is the packs of one jurisdiction laid over each other, ready to be
// applied.
type Law struct {
	Jurisdiction string
	Packs        []*Pack // the topmost first; us is last
	Rules        []*Rule // the topmost pack's first
	Wrongs       []int32 // rules that start on wrongs
	Events       bool    // some rule makes events

	Business     *day.Table // business days; a holiday that is only perhaps one counts
	BusinessOpen *day.Table // the same, and it does not
	Weekdays     *day.Table
	Closed       *day.HolidayList // days to which a last day may not fall
	Pupil        *day.HolidayList
	Year         day.YearRule
	MajorityAge  int

	byStart  [][]int32 // fact.Kind -> rules
	replaces [][]int32 // rule -> rules underneath that it overrides
	facts    map[string]fact.Tri
	byID     map[RuleID]int32
	program  map[Question][][]Answer // of each pack that answers, the topmost first
	routes   []Route
}

// Over lays packs over each other, the topmost first. It refuses an override
// that names no rule underneath, and an answer in program.yaml by a rule that
// neither its pack nor one underneath has.
func Over(jurisdiction string, packs ...*Pack) (*Law, error) {
	l := &Law{Jurisdiction: jurisdiction, Packs: packs, byID: map[RuleID]int32{}, facts: map[string]fact.Tri{}, program: map[Question][][]Answer{}}
	l.byStart = make([][]int32, fact.Count())
	var holidays []day.Holiday
	for _, p := range packs {
		for _, r := range p.Rules {
			i := int32(len(l.Rules))
			l.Rules = append(l.Rules, r)
			l.byID[r.ID] = i
			for _, k := range r.Starts {
				if !slices.Contains(l.byStart[k], i) {
					l.byStart[k] = append(l.byStart[k], i)
				}
			}
			if r.OnWrong {
				l.Wrongs = append(l.Wrongs, i)
			}
			if r.Kind == Event {
				l.Events = true
			}
		}
		for f, t := range p.Facts {
			if _, set := l.facts[f]; !set {
				l.facts[f] = t
			}
		}
		if l.Year.Month == 0 {
			l.Year = p.Year
		}
		if l.MajorityAge == 0 {
			l.MajorityAge = p.MajorityAge
		}
		holidays = append(holidays, p.Holidays...)
	}
	l.replaces = make([][]int32, len(l.Rules))
	for i, r := range l.Rules {
		for _, id := range r.Overrides {
			j, ok := l.byID[id]
			if !ok {
				return nil, l.noRule(r, id)
			}
			l.replaces[i] = append(l.replaces[i], j)
		}
	}
	for k, p := range packs {
		for i := range p.Program {
			if a := &p.Program[i]; !l.underneath(a.Rule, packs[k:]) {
				return nil, l.noAnswer(a, packs[k:])
			}
		}
		l.answer(p)
	}
	if err := l.layRoutes(); err != nil {
		return nil, err
	}
	business := day.BuildHolidays(holidays, func(h *day.Holiday) day.Sure { return h.Business })
	l.Business = day.BusinessTable(business, false)
	l.BusinessOpen = day.BusinessTable(business, true)
	l.Weekdays = day.WeekdayTable()
	// Which days let a last day move, and which close schools, is the topmost
	// pack's own law.
	l.Closed = day.BuildHolidays(packs[0].Holidays, func(h *day.Holiday) day.Sure { return h.Roll })
	l.Pupil = day.BuildHolidays(packs[0].Holidays, func(h *day.Holiday) day.Sure { return h.Pupil })
	return l, nil
}

// noRule is the fault of an override that names nothing.
func (l *Law) noRule(r *Rule, id RuleID) error {
	var names []string
	for _, x := range l.Rules {
		if x.Pack != r.Pack {
			names = append(names, string(x.ID))
		}
	}
	return fault.New(fault.Invalid, r.OverridesAt, "pack.override_of_nothing", "rule", string(r.ID), "overrides", string(id), "nearest", fault.Nearest(string(id), names))
}

// underneath reports that one of the packs has a rule.
func (l *Law) underneath(id RuleID, packs []*Pack) bool {
	r := l.Rule(id)
	return r != nil && slices.ContainsFunc(packs, func(p *Pack) bool { return p.ID == r.Pack })
}

// noAnswer is the fault of an answer in program.yaml by a rule that neither the
// pack nor one underneath has.
func (l *Law) noAnswer(a *Answer, packs []*Pack) error {
	var names []string
	for _, r := range l.Rules {
		if l.underneath(r.ID, packs) {
			names = append(names, string(r.ID))
		}
	}
	return fault.New(fault.Invalid, a.At, "pack.program_rule", "question", string(a.Question), "rule", string(a.Rule), "nearest", fault.Nearest(string(a.Rule), names))
}

// StartedBy is the rules that an entry of kind k starts, the topmost pack's
// first.
func (l *Law) StartedBy(k fact.Kind) []int32 { return l.byStart[k] }

// Replaces is the rules underneath that rule i replaces where it applies.
func (l *Law) Replaces(i int32) []int32 { return l.replaces[i] }

// Rule finds a rule by its id, or gives nil.
func (l *Law) Rule(id RuleID) *Rule {
	if i, ok := l.byID[id]; ok {
		return l.Rules[i]
	}
	return nil
}

// Index is the position of a rule, or -1.
func (l *Law) Index(id RuleID) int32 {
	if i, ok := l.byID[id]; ok {
		return i
	}
	return -1
}

// Fact is a fact about the jurisdiction; the topmost pack that says wins.
func (l *Law) Fact(name string) fact.Tri { return l.facts[name] }

// Covers reports that the topmost pack covers an area.
func (l *Law) Covers(area string) bool { return slices.Contains(l.Packs[0].Covers, area) }

// A Book holds every pack that could be read and lays them over each other on
// demand. It is safe for use by several goroutines.
type Book struct {
	load  func(id string) (*Pack, error) // nil: every pack is there
	ids   []string
	mu    sync.Mutex
	packs map[string]*Pack
	laws  map[string]*Law
}

// NewBook makes a book of packs.
func NewBook(packs ...*Pack) *Book {
	b := &Book{packs: map[string]*Pack{}, laws: map[string]*Law{}}
	for _, p := range packs {
		b.packs[p.ID] = p
		b.ids = append(b.ids, p.ID)
	}
	slices.Sort(b.ids)
	return b
}

// LazyBook makes a book that reads each pack when it is first asked for.
func LazyBook(ids []string, load func(id string) (*Pack, error)) *Book {
	b := NewBook()
	b.ids, b.load = slices.Sorted(slices.Values(ids)), load
	return b
}

// Pack is the pack of one jurisdiction, or nil when there is none or it cannot
// be read; For says why.
func (b *Book) Pack(id string) *Pack {
	b.mu.Lock()
	defer b.mu.Unlock()
	p, _ := b.pack(id)
	return p
}

// pack reads a pack that was not asked for before. The lock is held.
func (b *Book) pack(id string) (*Pack, error) {
	if p := b.packs[id]; p != nil || b.load == nil || !slices.Contains(b.ids, id) {
		return p, nil
	}
	p, err := b.load(id)
	if err != nil {
		return nil, err
	}
	b.packs[id] = p
	return p, nil
}

// IDs lists the packs, sorted.
func (b *Book) IDs() []string { return b.ids }

// For is the law of a jurisdiction. A jurisdiction without a pack gets the
// federal law alone; found says so.
func (b *Book) For(jurisdiction string) (l *Law, found bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	id := jurisdiction
	if !slices.Contains(b.ids, id) {
		id = "us"
	}
	if l := b.laws[id]; l != nil {
		return l, id == jurisdiction, nil
	}
	var stack []*Pack
	for at := id; at != ""; {
		p, err := b.pack(at)
		if err != nil {
			return nil, false, err
		}
		if p == nil {
			return nil, false, fmt.Errorf("no pack %q", at)
		}
		if slices.Contains(stack, p) {
			return nil, false, fmt.Errorf("pack %q lies under itself", at)
		}
		stack = append(stack, p)
		at = p.Under
	}
	l, err = Over(id, stack...)
	if err != nil {
		return nil, false, err
	}
	b.laws[id] = l
	return l, id == jurisdiction, nil
}
