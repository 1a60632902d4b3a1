package delivery

import (
	"cmp"
	"slices"
	"strings"

	"stayput/day"
	"stayput/plan"
	"stayput/plan/session"
)

// longest is how many days of one line are looked at, about forty years: what is
// longer is a slip of the pen.
const longest = 15000

// Make makes the ledger. The order of the logs makes no difference.
func Make(in Input) *Ledger {
	m := &maker{in: in, set: in.Settings.filled(), out: &Ledger{AsOf: in.AsOf}}
	m.out.Spread = m.set.Spread
	if in.AsOf <= 0 {
		return m.out
	}
	m.school = &calendar{school: in.School}
	m.extended = &calendar{school: in.Extended}
	m.sortLogs()
	for _, s := range m.services() {
		s.fill()
		m.out.Services = append(m.out.Services, s.result())
	}
	slices.SortStableFunc(m.out.Notices, func(a, b Notice) int {
		return cmp.Or(strings.Compare(a.Service, b.Service), cmp.Compare(a.On, b.On), strings.Compare(a.Key, b.Key), strings.Compare(a.Log, b.Log))
	})
	return m.out
}

// filled is the settings with what was left open.
func (s Settings) filled() Settings {
	if s.Spread == "" {
		s.Spread = BySessions
	}
	if s.Excused == nil {
		s.Excused = map[session.Outcome]bool{session.ChildAbsent: true, session.ChildRefused: true}
	}
	if s.ShortPerMille == 0 {
		s.ShortPerMille = 150
	}
	if s.MissesInRow == 0 {
		s.MissesInRow = 3
	}
	if s.UnknownPerMille == 0 {
		s.UnknownPerMille = 100
	}
	return s
}

type maker struct {
	in               Input
	set              Settings
	school, extended *calendar
	logs             []session.Log
	out              *Ledger
}

func (m *maker) notice(key, service string, l *session.Log, args ...string) {
	n := Notice{Key: key, Service: service}
	if l != nil {
		n.Log, n.On = l.ID, l.On
	}
	for i := 0; i+1 < len(args); i += 2 {
		if n.Args == nil {
			n.Args = map[string]string{}
		}
		n.Args[args[i]] = args[i+1]
	}
	m.out.Notices = append(m.out.Notices, n)
}

// sortLogs puts the logs in one order, whatever order they came in, and leaves
// out what cannot be placed.
func (m *maker) sortLogs() {
	logs := slices.Clone(m.in.Logs)
	slices.SortStableFunc(logs, compareLogs)
	seen := make(map[string]bool, len(logs))
	for i := range logs {
		l := &logs[i]
		again := l.ID != "" && seen[l.ID]
		seen[l.ID] = true
		switch {
		case again:
			m.notice("same_id", l.Service, l)
		case l.On <= 0:
			m.notice("no_day", l.Service, l)
		case l.On > m.in.AsOf:
			m.notice("future", l.Service, l)
		case l.Minutes.Said && (l.Minutes.N < 0 || l.Minutes.N > session.MaxMinutes), l.Planned.Said && (l.Planned.N < 0 || l.Planned.N > session.MaxMinutes):
			m.notice("minutes_impossible", l.Service, l, "minutes", l.Minutes.String())
		default:
			m.logs = append(m.logs, *l)
		}
	}
}

// compareLogs is a total order of logs that differ.
func compareLogs(a, b session.Log) int {
	return cmp.Or(cmp.Compare(a.On, b.On), strings.Compare(a.Service, b.Service), compareCounts(a.Start, b.Start), strings.Compare(a.ID, b.ID),
		strings.Compare(string(a.Outcome), string(b.Outcome)), compareCounts(a.Minutes, b.Minutes), compareCounts(a.Planned, b.Planned),
		strings.Compare(a.Provider, b.Provider), strings.Compare(string(a.From), string(b.From)), strings.Compare(a.Reason, b.Reason),
		strings.Compare(a.Makes, b.Makes), strings.Compare(a.Answers, b.Answers))
}

func compareCounts(a, b plan.Count) int {
	if a.Said != b.Said {
		if b.Said {
			return -1
		}
		return 1
	}
	return cmp.Compare(a.N, b.N)
}

// services groups promises and logs by service, in the order of names.
func (m *maker) services() []*ledgerOf {
	by := map[string]*ledgerOf{}
	var out []*ledgerOf
	get := func(key, name string) *ledgerOf {
		s := by[key]
		if s == nil {
			s = &ledgerOf{m: m, key: key, pools: map[poolKey]*pool{}}
			by[key] = s
			out = append(out, s)
		}
		if name != "" {
			s.name = name
		}
		return s
	}
	ps := slices.Clone(m.in.Promises)
	slices.SortStableFunc(ps, func(a, b Promise) int {
		return cmp.Or(strings.Compare(a.Service, b.Service), cmp.Compare(a.From, b.From), strings.Compare(a.Plan, b.Plan), strings.Compare(a.Component, b.Component))
	})
	for i := range ps {
		s := get(ps[i].Service, ps[i].Name)
		s.promises = append(s.promises, promised{Promise: ps[i], pace: paceOf(ps[i].Line, m.set.Spread)})
	}
	asked := map[string][]string{}
	for i := range m.logs {
		l := m.logs[i]
		if _, ok := by[l.Service]; !ok {
			at := l.Service + "\x00" + l.On.String()
			keys, known := asked[at]
			if !known {
				keys = Find(ps, l.Service, l.On)
				asked[at] = keys
			}
			switch len(keys) {
			case 1:
				l.Service = keys[0]
			case 0:
				m.notice("service_unknown", l.Service, &l)
				get(l.Service, l.Service)
			default:
				m.notice("service_unclear", l.Service, &l, "services", strings.Join(keys, ", "))
				get(l.Service, l.Service)
			}
		}
		s := by[l.Service]
		s.logs = append(s.logs, logged{Log: l})
	}
	slices.SortFunc(out, func(a, b *ledgerOf) int { return strings.Compare(a.key, b.key) })
	return out
}

// A promised is a stretch with how it is spread.
type promised struct {
	Promise
	pace pace
}

// has reports that the line is in force on d.
func (p *promised) has(d day.Date) bool { return p.From <= d && (p.To == 0 || d <= p.To) }

// A class is what becomes of a promised minute.
type class int

const (
	delivered class = iota
	otherwise
	disputed
	madeUp
	excused
	short
	reported
	pending
	classes
)

// given reports the classes in which minutes were given on the day of the log.
func (c class) given() bool { return c <= disputed }

// A claim is minutes of a log that cover promised minutes.
type claim struct {
	class   class
	amount  Minutes
	left    Minutes // not yet placed
	covered Minutes
	credit  bool // of a make-up, given on another day
}

// A logged is a log with what it claims.
type logged struct {
	session.Log
	claims  [3]claim
	n       int
	dropped bool    // a report that a log agrees with, or that was told twice
	raw     Minutes // given
	lost    Minutes // missed
}

func (l *logged) claim(c class, m Minutes) {
	if m > 0 && l.n < len(l.claims) {
		l.claims[l.n] = claim{class: c, amount: m, left: m}
		l.n++
	}
}

// credited adds minutes of a make-up.
func (l *logged) credited(c class, m Minutes) {
	for k := 0; k < l.n; k++ {
		if x := &l.claims[k]; x.credit && x.class == c {
			x.amount, x.left = x.amount+m, x.left+m
			return
		}
	}
	l.claim(c, m)
	l.claims[l.n-1].credit = true
}

// A cell is what one line owes on one day.
type cell struct {
	on      day.Date
	promise int
	owed    Minutes
	left    Minutes
	assumed bool
	future  bool // after the last day of the ledger, in its week
	by      [classes]Minutes
}

type poolKey struct {
	first day.Date
	size  int
}

// A pool is the days among which what was given may cover what was promised.
type pool struct {
	cells []int
	logs  []int
	owed  Minutes
}

// A ledgerOf makes the ledger of one service.
type ledgerOf struct {
	m        *maker
	key      string
	name     string
	promises []promised
	logs     []logged
	cells    []cell
	pools    map[poolKey]*pool
	other    Minutes
	conflict []Conflict
	credits  []credit
}

// A credit is minutes of a make-up that count for a missed session.
type credit struct {
	from, to int // places among the logs
	amount   Minutes
}

// fill works out what every promised minute became.
func (s *ledgerOf) fill() {
	s.owe()
	s.read()
	s.settleReports()
	s.makeUp()
	s.cover()
}

// owe lays out the promised minutes by day.
func (s *ledgerOf) owe() {
	m := s.m
	end := weekOf(m.in.AsOf).Add(6)
	for i := range s.promises {
		p := &s.promises[i]
		if p.pace.flaw != "" {
			m.notice(p.pace.flaw, s.key, nil, "plan", p.Plan, "words", p.pace.words)
			continue
		}
		from, to := max(p.From, m.in.From), p.To
		if p.From <= 0 {
			m.notice("start_unknown", s.key, nil, "plan", p.Plan)
			continue
		}
		if to == 0 || to >= m.in.AsOf {
			to = end
			if p.To == 0 && p.Line.To != 0 && p.Line.To > m.in.AsOf {
				to = min(to, p.Line.To)
			}
		}
		cal := m.school
		if p.Extended() {
			cal = m.extended
			if p.Line.From == 0 || p.Line.To == 0 {
				m.notice("extended_dates", s.key, nil, "plan", p.Plan)
				continue
			}
			from, to = max(from, p.Line.From), min(to, p.Line.To)
		}
		to = min(to, from.Add(longest))
		s.cells = slices.Grow(s.cells, max(0, int(to-from)*5/7+2))
		whole := p.pace.whole(&p.Promise, cal)
		for d := from; d <= to; d++ {
			k := cal.is(d)
			if k == day.No {
				continue
			}
			c := cell{on: d, promise: i, assumed: k == day.Maybe, future: d > m.in.AsOf}
			if whole != nil {
				c.owed = whole(d)
			} else {
				c.owed = p.pace.share(p.pace.key, cal, d)
			}
			c.left = c.owed
			s.cells = append(s.cells, c)
			if d <= m.in.AsOf {
				if whole != nil {
					s.other += c.owed
				} else {
					s.other += p.pace.share(p.pace.other, cal, d)
				}
			}
		}
	}
	if len(s.promises) > 1 {
		slices.SortStableFunc(s.cells, func(a, b cell) int { return cmp.Or(cmp.Compare(a.on, b.on), cmp.Compare(a.promise, b.promise)) })
	}
	for i := range s.cells {
		c := &s.cells[i]
		p := &s.promises[c.promise]
		q := s.pool(p, c.on)
		q.cells = append(q.cells, i)
		q.owed += c.owed
	}
}

// whole spreads what an extended-year line promises for all of its time over its
// own days; nil when the line promises by day, week or another period.
func (p *pace) whole(line *Promise, cal *calendar) func(day.Date) Minutes {
	if !line.Extended() || p.key != "year" {
		return nil
	}
	rank := map[day.Date]int64{}
	for d := line.Line.From; d <= line.Line.To && d < line.Line.From.Add(400); d++ {
		if cal.is(d) != day.No {
			rank[d] = int64(len(rank))
		}
	}
	return func(d day.Date) Minutes {
		k, ok := rank[d]
		if !ok {
			return 0
		}
		return part(p.total, int64(len(rank)), k)
	}
}

func (s *ledgerOf) pool(p *promised, d day.Date) *pool {
	first, size := p.pace.pool(d, p.From)
	k := poolKey{first, size}
	q := s.pools[k]
	if q == nil {
		q = &pool{}
		s.pools[k] = q
	}
	return q
}

// at is the line in force on d: the latest to begin; else the last one before d,
// else the first; nil when there is none.
func (s *ledgerOf) at(d day.Date) (p *promised, inForce bool) {
	for i := len(s.promises) - 1; i >= 0; i-- {
		if s.promises[i].pace.flaw == "" && s.promises[i].has(d) {
			return &s.promises[i], true
		}
	}
	for i := len(s.promises) - 1; i >= 0; i-- {
		if s.promises[i].From <= d {
			return &s.promises[i], false
		}
	}
	if len(s.promises) > 0 {
		return &s.promises[0], false
	}
	return nil, false
}

// read makes claims of the logs.
func (s *ledgerOf) read() {
	for i := range s.logs {
		l := &s.logs[i]
		p, _ := s.at(l.On)
		length, known := l.length(p)
		if p != nil && p.pace.bySession {
			length, known = Minute, true
			if l.Minutes.Said {
				l.Minutes = plan.CountOf(1)
			}
		}
		if l.Outcome.Given() && l.Minutes.Said {
			l.raw = Of(l.Minutes.N)
		} else if l.Outcome.Given() && (l.Outcome == session.Short || l.Outcome == session.LateStart) {
			s.m.notice("minutes_unsaid", s.key, &l.Log)
		} else if l.Outcome.Given() {
			if !known {
				s.m.notice("minutes_unsaid", s.key, &l.Log)
			} else {
				s.m.notice("length_taken", s.key, &l.Log, "minutes", length.String())
			}
			l.raw = length
		}
		miss := l.Outcome.Missed()
		if miss && !known {
			s.m.notice("minutes_unsaid", s.key, &l.Log)
		}
		switch l.Outcome {
		case session.Delivered:
			l.claim(delivered, l.raw)
		case session.Short, session.LateStart:
			l.claim(delivered, l.raw)
			if l.Minutes.Said {
				l.lost = max(0, length-l.raw)
				l.claim(s.missed(l), l.lost)
			} else {
				l.claim(pending, length) // how much was given is not said
			}
		case session.GroupInstead, session.WrongSetting:
			l.claim(otherwise, l.raw)
		case session.Pending:
			l.claim(pending, length)
		default:
			if miss {
				l.lost = length
				l.claim(s.missed(l), l.lost)
			}
		}
	}
	s.pointOut()
}

// length is how long the session should have been, and whether anything says so.
func (l *logged) length(p *promised) (Minutes, bool) {
	switch {
	case l.Planned.Said:
		return Of(l.Planned.N), true
	case l.Minutes.Said && (l.Outcome.Missed() || l.Outcome == session.Pending):
		return Of(l.Minutes.N), true
	case p != nil && p.pace.amount.Minutes.Said && p.pace.amount.Minutes.N > 0:
		return Of(p.pace.amount.Minutes.N), true
	case p != nil && p.pace.flaw == "" && p.pace.amount.Per == plan.PerDay:
		return p.pace.total, true
	}
	return 0, false
}

// missed is the class of minutes that were not given.
func (s *ledgerOf) missed(l *logged) class {
	switch {
	case l.Outcome == session.ReportedMissing:
		return reported
	case s.m.set.Excused[l.Outcome]:
		return excused
	case l.From.Home():
		return reported // the family's word on what the school did
	}
	return short
}

// pointOut finds rows that look like each other and should be looked at.
func (s *ledgerOf) pointOut() {
	for i := 1; i < len(s.logs); i++ {
		a := &s.logs[i]
		for j := i - 1; j >= 0 && s.logs[j].On == a.On; j-- {
			b := &s.logs[j]
			if a.Start != b.Start {
				continue
			}
			same := a.Outcome == b.Outcome && a.Minutes == b.Minutes && a.From == b.From
			switch {
			case same && a.Provider == b.Provider && !a.From.Home():
				s.m.notice("duplicate", s.key, &a.Log, "other", b.ID)
			case a.Outcome.Given() && b.Outcome.Given() && a.Provider != b.Provider && a.Outcome != session.MakeUp && b.Outcome != session.MakeUp:
				s.m.notice("two_providers", s.key, &a.Log, "other", b.ID)
			}
		}
	}
}

// settleReports holds the family's reports against what the school or a provider
// says of the same session. A log that agrees takes the report's place, and when
// it lays the miss at the child's door that is pointed out as a conflict; one that
// says the session was given makes it disputed, which is unknown.
func (s *ledgerOf) settleReports() {
	used := map[int]bool{}
	type slot struct {
		on    day.Date
		start plan.Count
	}
	told := map[slot]bool{}
	for i := range s.logs {
		r := &s.logs[i]
		if r.n == 0 || r.claims[r.n-1].class != reported {
			continue
		}
		answer := -1
		for j := range s.logs {
			l := &s.logs[j]
			if !used[j] && !l.From.Home() && r.ID != "" && l.Answers == r.ID {
				answer = j
				break
			}
		}
		for j := 0; j < len(s.logs) && answer < 0; j++ {
			l := &s.logs[j]
			if !used[j] && l.Answers == "" && !l.From.Home() && l.On == r.On && (l.Start == r.Start || !l.Start.Said || !r.Start.Said) && l.Outcome != session.MakeUp && (l.Outcome.Missed() || l.Outcome.Given()) {
				answer = j
			}
		}
		k := slot{r.On, r.Start}
		if told[k] && r.Outcome.Missed() {
			r.dropped, r.n, r.lost = true, 0, 0 // two parents tell of one session
			s.m.notice("told_twice", s.key, &r.Log)
			continue
		}
		told[k] = true
		if answer < 0 {
			continue
		}
		used[answer] = true
		l := &s.logs[answer]
		if l.Outcome.Missed() || l.Outcome == r.Outcome {
			if s.m.set.Excused[l.Outcome] { // both say it was missed, and not why
				s.conflict = append(s.conflict, Conflict{On: r.On, Report: r.ID, Log: l.ID})
			}
			r.dropped, r.n, r.lost, r.raw = true, 0, 0, 0
			continue
		}
		if l.Outcome.Given() {
			s.conflict = append(s.conflict, Conflict{On: r.On, Report: r.ID, Log: l.ID})
			for k := 0; k < l.n; k++ {
				if l.claims[k].class == delivered || l.claims[k].class == otherwise {
					l.claims[k].class = disputed
				}
			}
			r.dropped, r.n, r.lost, r.raw = true, 0, 0, 0
		}
	}
}

// makeUp credits make-ups: to the session they name, else to the oldest miss
// before them. What is left over counts as any other session.
func (s *ledgerOf) makeUp() {
	byID := map[string]int{}
	for i := range s.logs {
		if id := s.logs[i].ID; id != "" {
			byID[id] = i
		}
	}
	give := func(from, at int, left Minutes) Minutes {
		miss := &s.logs[at]
		for k := 0; k < miss.n; k++ {
			c := &miss.claims[k]
			if left <= 0 || c.class != short && c.class != reported && c.class != excused {
				continue
			}
			take := min(left, c.left)
			if take <= 0 {
				continue
			}
			to := madeUp
			if c.class == excused {
				to = delivered // nothing was owed for it, and it was given all the same
			}
			c.amount, c.left = c.amount-take, c.left-take
			left -= take
			s.credits = append(s.credits, credit{from, at, take})
			miss.credited(to, take)
		}
		return left
	}
	rest := make([]Minutes, len(s.logs))
	for i := range s.logs {
		l := &s.logs[i]
		if l.Outcome != session.MakeUp {
			continue
		}
		rest[i] = l.raw
		if l.Makes == "" {
			continue
		}
		j, ok := byID[l.Makes]
		if !ok || j == i {
			s.m.notice("make_up_lost", s.key, &l.Log, "id", l.Makes)
			continue
		}
		if s.logs[j].On > l.On {
			s.m.notice("make_up_early", s.key, &l.Log, "id", l.Makes)
		}
		rest[i] = give(i, j, rest[i])
	}
	for i := range s.logs {
		l := &s.logs[i]
		if l.Outcome != session.MakeUp {
			continue
		}
		for j := 0; j < len(s.logs) && rest[i] > 0 && s.logs[j].On <= l.On; j++ {
			if o := &s.logs[j]; o.n > 0 && o.claims[0].class != excused {
				rest[i] = give(i, j, rest[i])
			}
		}
		l.claim(delivered, rest[i])
	}
}

// cover lays the claims over the promised days: first the day of the log, then its
// week, then the rest of the pool.
func (s *ledgerOf) cover() {
	for i := range s.logs {
		l := &s.logs[i]
		p, _ := s.at(l.On)
		if p == nil {
			continue
		}
		first, size := p.pace.pool(l.On, p.From)
		q := s.pools[poolKey{first, size}]
		if q == nil || len(q.cells) == 0 {
			inForce := slices.ContainsFunc(s.promises, func(p promised) bool { return p.has(l.On) })
			if !l.dropped && !inForce && l.Outcome != session.MakeUp && l.Outcome != session.Unlogged {
				s.m.notice("outside", s.key, &l.Log)
			}
			continue
		}
		q.logs = append(q.logs, i)
	}
	var over Minutes
	for _, q := range s.pools {
		over += s.fit(q)
		for pass := range 3 {
			for _, tier := range []bool{true, false} {
				for _, i := range q.logs {
					l := &s.logs[i]
					for k := 0; k < l.n; k++ {
						if c := &l.claims[k]; c.left > 0 && c.class.given() == tier {
							s.place(q, l.On, c, pass)
						}
					}
				}
			}
		}
	}
	if over > 0 {
		s.m.notice("beyond", s.key, nil, "minutes", over.String())
	}
}

// fit cuts what was missed to what the promise leaves room for beside what was
// given, the latest first, and says by how much.
func (s *ledgerOf) fit(q *pool) (cut Minutes) {
	var gave, missed Minutes
	for _, i := range q.logs {
		for k := 0; k < s.logs[i].n; k++ {
			c := &s.logs[i].claims[k]
			if c.class.given() {
				gave += c.left
			} else {
				missed += c.left
			}
		}
	}
	over := missed - max(0, q.owed-gave)
	for x := len(q.logs) - 1; x >= 0 && over > 0; x-- {
		l := &s.logs[q.logs[x]]
		for k := l.n - 1; k >= 0 && over > 0; k-- {
			if c := &l.claims[k]; !c.class.given() {
				take := min(over, c.left)
				c.left -= take
				over -= take
				if c.class != pending {
					cut += take
				}
			}
		}
	}
	return cut
}

func (s *ledgerOf) place(q *pool, on day.Date, c *claim, pass int) {
	week := weekOf(on)
	for _, i := range q.cells {
		x := &s.cells[i]
		if x.left <= 0 || pass == 0 && x.on != on || pass == 1 && weekOf(x.on) != week {
			continue
		}
		take := min(c.left, x.left)
		x.left -= take
		x.by[c.class] += take
		c.left -= take
		c.covered += take
		if c.left == 0 {
			return
		}
	}
}
