package desk

import (
	"container/list"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/fault"
	"stayput/intake/casedir"
	"stayput/intake/casefile"
	"stayput/people"
	"stayput/record/seal"
)

// A Folder is one case as one person may see it. Nobody changes it: a new entry
// makes a new folder.
type Folder struct {
	ID        people.CaseID
	File      *casefile.File // with the entries of the walls this person may see
	Head      string         // the entry that says what the case is about now
	PlansHead string         // the entry that says what the plans are now; NoPlans when none does
	Destroyed []Lost         // entries whose words were destroyed
	Held      bool           // a litigation hold stands
	HeldWhy   string
	Closed    bool // put away
	Latest    time.Time
	Backward  bool // the clock of the machine once stood before an entry already written

	space    people.SpaceID
	entries  []fact.Entry // all that were read; those of File unless it shows fewer
	marks    []Mark       // one for each of them
	places   *places
	bounded  bool // the dates of some lie between others'
	stamp    []logStamp
	mu       sync.Mutex
	briefs   map[briefKey]*brief.Brief
	said     map[any]any // see Say
	planned  *planned
	programs map[briefKey]*program.Result
	carried  map[briefKey]*brief.Carried
	carrying map[briefKey]*brief.Brief // with the ledger and the goals
	acts     []*logged                 // what was written down about carrying out the plans
	stands   map[day.Date]*Logged      // what stands of it, by what was known when
	joined   *casedir.Case
	joinKey  string
}

// A Mark is what the record itself knows of an entry.
type Mark struct {
	Name  string // the random name under which it is sealed
	Wall  Wall
	Seq   int64
	At    time.Time // the moment it was written down
	By    people.PersonID
	Via   string
	Files []FileRef
}

// A Lost is an entry whose words were destroyed.
type Lost struct {
	Name   string
	At     time.Time // when it had been written down
	When   time.Time // when it was destroyed
	By     people.PersonID
	Reason string
}

// Say remembers what a presenter put into words from this folder, under a key of
// its own that names the brief and the language. It is forgotten with the folder,
// and when other briefs take the place of the ones it was made from.
func (f *Folder) Say(key any, words func() any) any {
	f.mu.Lock()
	got, ok := f.said[key]
	f.mu.Unlock()
	if ok {
		return got
	}
	got = words()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.said == nil {
		f.said = make(map[any]any, 4)
	}
	f.said[key] = got
	return got
}

// places says where each entry of a case stands, by both of its names. The folders
// that follow each other share it: what stands beyond a folder's own entries came
// later and is none of its business.
type places struct {
	mu     sync.RWMutex
	byID   map[string]int32 // by the name an entry bears in the case
	byName map[string]int32 // by the random name under which it is sealed
}

// find is the place of a name, or -1.
func (f *Folder) find(of func(*places) map[string]int32, name string) int {
	if f.places == nil {
		return -1
	}
	f.places.mu.RLock()
	defer f.places.mu.RUnlock()
	if i, ok := of(f.places)[name]; ok && int(i) < len(f.marks) {
		return int(i)
	}
	return -1
}

func byID(p *places) map[string]int32   { return p.byID }
func byName(p *places) map[string]int32 { return p.byName }

// Mark is what the record knows of the entry that the case calls id, or nil.
func (f *Folder) Mark(id string) *Mark {
	if i := f.find(byID, id); i >= 0 {
		return &f.marks[i]
	}
	return nil
}

// sealed is the mark of the entry sealed under a name, or nil.
func (f *Folder) sealed(name string) *Mark {
	if i := f.find(byName, name); i >= 0 {
		return &f.marks[i]
	}
	return nil
}

// showing is the folder with other entries of the same case shown, or fewer.
func (f *Folder) showing(file *casefile.File, head string) *Folder {
	out := &Folder{ID: f.ID, space: f.space, File: file, entries: f.entries, marks: f.marks, places: f.places, Head: head,
		PlansHead: NoPlans, planned: newPlanned(file), acts: f.acts}
	if len(file.Plans) > 0 {
		out.PlansHead, out.planned = f.PlansHead, f.planned
	}
	return out
}

// Entry is the entry of a sealed name, or nil.
func (f *Folder) Entry(name string) *fact.Entry {
	i := f.find(byName, name)
	if i < 0 {
		return nil
	}
	id, es := f.entries[i].ID, f.File.Entries
	if i < len(es) && es[i].ID == id {
		return &es[i]
	}
	if i = slices.IndexFunc(es, func(e fact.Entry) bool { return e.ID == id }); i < 0 {
		return nil
	}
	return &es[i]
}

// Name is the sealed name of the entry that the case calls id.
func (f *Folder) Name(id string) string {
	if m := f.Mark(id); m != nil {
		return m.Name
	}
	return ""
}

// logStamp says which state of a log a folder was made from.
type logStamp struct {
	wall      Wall
	size      int64
	destroyed int64
}

// A shelf keeps the folders and parsed logs that were used lately, up to a
// number of entries in all.
type shelf struct {
	mu    sync.Mutex
	room  int
	held  int
	byKey map[shelfKey]*list.Element
	order *list.List // of *shelved, the latest first
	holds map[shelfKey]*holding
	joins joins
	// Schools shares calendars between the cases of one space.
	schools casedir.Schools
}

type shelfKey struct {
	space  people.SpaceID
	c      people.CaseID
	person people.PersonID
	sees   string // walls and entries, so that what somebody saw before is not shown after
}

// key is under what a folder of this sight is kept.
func (s sight) key(who Who, c people.CaseID) shelfKey {
	return shelfKey{who.Space, c, who.Person.ID, fmt.Sprint(s.walls, s.only)}
}

type shelved struct {
	key    shelfKey
	folder *Folder
	logs   map[Wall]*parsed
	size   int
}

// parsed is one log as far as it was read: in parts, one for each reading, so that
// a new entry copies nothing of what was read before. Nobody changes a part.
type parsed struct {
	next      int64
	destroyed int64
	parts     [][]parsedRow
	rows      int
	plans     *parsedRow // the latest row that says what the plans are
}

// mostParts is how many parts a log may lie in before they are made one.
const mostParts = 64

// each calls f for the rows in order.
func (p *parsed) each(f func(*parsedRow)) {
	for _, part := range p.parts {
		for i := range part {
			f(&part[i])
		}
	}
}

// after is the rows that follow the first n.
func (p *parsed) after(n int) (out [][]parsedRow) {
	for _, part := range p.parts {
		if n < len(part) {
			out = append(out, part[n:])
		}
		n = max(0, n-len(part))
	}
	return out
}

// A cursor is a place among the rows of a log.
type cursor struct{ part, row int }

// at is the row at c, or nil at the end.
func (p *parsed) at(c *cursor) *parsedRow {
	for c.part < len(p.parts) {
		if c.row < len(p.parts[c.part]) {
			return &p.parts[c.part][c.row]
		}
		c.part, c.row = c.part+1, 0
	}
	return nil
}

type parsedRow struct {
	seal.Entry
	gone  bool
	fact  fact.Entry // of a fact
	body  entryBody  // of a fact; Entry is dropped
	acted *logged    // of what was written down about carrying out the plans
	other []byte     // the body of anything else
}

func newShelf(room int) *shelf {
	return &shelf{room: room, byKey: make(map[shelfKey]*list.Element), order: list.New(), holds: make(map[shelfKey]*holding)}
}

func (s *shelf) get(k shelfKey) *shelved {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.byKey[k]; e != nil {
		s.order.MoveToFront(e)
		return e.Value.(*shelved)
	}
	return nil
}

// hold lets one at a time read a case; the function it gives ends that. Whoever
// holds waits for nothing but the store's answer to its own reading.
func (s *shelf) hold(k shelfKey) (release func()) {
	s.mu.Lock()
	h := s.holds[k]
	if h == nil {
		h = &holding{}
		s.holds[k] = h
	}
	h.users++
	s.mu.Unlock()
	h.mu.Lock()
	return func() {
		h.mu.Unlock()
		s.mu.Lock()
		defer s.mu.Unlock()
		if h.users--; h.users == 0 {
			delete(s.holds, k)
		}
	}
}

// A holding is the turn to read one case.
type holding struct {
	mu    sync.Mutex
	users int
}

func (s *shelf) put(x *shelved) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.byKey[x.key]; e != nil {
		s.held -= e.Value.(*shelved).size
		s.order.Remove(e)
	}
	s.byKey[x.key] = s.order.PushFront(x)
	s.held += x.size
	for s.held > s.room && s.order.Len() > 1 {
		last := s.order.Back()
		old := last.Value.(*shelved)
		s.order.Remove(last)
		delete(s.byKey, old.key)
		s.held -= old.size
	}
}

// folder reads a case within tx, or takes it from the shelf when nothing in the
// walls that who may see has changed. Inside a Write it is called before anything
// is added: what is not kept yet must not come onto the shelf.
func (d *Desk) folder(ctx context.Context, tx Tx, who Who, c people.CaseID) (*Folder, error) {
	logs, err := tx.Logs(who.Space, c)
	if err != nil {
		return nil, err
	}
	return d.folderOf(tx, who, c, logs)
}

func (d *Desk) folderOf(tx Tx, who Who, c people.CaseID, logs []Log) (*Folder, error) {
	f, finish, err := d.fetch(tx, who, c, logs)
	if finish != nil {
		return finish()
	}
	return f, err
}

// fetch takes a case from the shelf, or reads from the store what is missing. Then
// finish makes the folder of it: it must be called, needs the store no more, and
// may run beside the reading of other cases.
func (d *Desk) fetch(tx Tx, who Who, c people.CaseID, logs []Log) (f *Folder, finish func() (*Folder, error), err error) {
	var stamp []logStamp
	sees := d.sees(who, c)
	for _, w := range sees.walls {
		for _, l := range logs {
			if l.Wall == w {
				stamp = append(stamp, logStamp{l.Wall, l.Head.Size, l.Destroyed})
			}
		}
	}
	if len(stamp) == 0 {
		return nil, nil, missing("desk.no_case")
	}
	key := sees.key(who, c)
	old := d.kept.get(key)
	if old != nil && slices.Equal(old.folder.stamp, stamp) {
		return old.folder, nil, nil
	}
	// One reads, and who comes meanwhile waits for it: after a new entry several
	// pages ask at once.
	release := d.kept.hold(key)
	if old = d.kept.get(key); old != nil && slices.Equal(old.folder.stamp, stamp) {
		release()
		return old.folder, nil, nil
	}
	fresh := &shelved{key: key, logs: make(map[Wall]*parsed, len(stamp))}
	var parsings []*parsing
	for _, st := range stamp {
		p := &parsed{destroyed: st.destroyed}
		if old != nil {
			if was := old.logs[st.wall]; was != nil && was.destroyed == st.destroyed && was.next <= st.size {
				// The beginning of a log never changes.
				p.next, p.parts, p.rows, p.plans = was.next, slices.Clip(was.parts), was.rows, was.plans
			}
		}
		x, e := p.read(tx, who.Space, c, st.wall)
		parsings, err = append(parsings, x), e
		fresh.logs[st.wall] = p
		if err != nil {
			break
		}
	}
	return nil, func() (*Folder, error) {
		defer release()
		for _, x := range parsings {
			if e := x.finish(); err == nil {
				err = e
			}
		}
		if err != nil {
			return nil, err
		}
		var f *Folder
		if old != nil && sees.only == nil {
			f = old.folder.grown(stamp, old.logs, fresh.logs)
		}
		if f == nil {
			if f, err = gather(c, stamp, fresh.logs, sees.only); err != nil {
				return nil, err
			}
			f.space = who.Space
		}
		for _, p := range fresh.logs {
			fresh.size += p.rows
		}
		fresh.folder = f
		d.kept.put(fresh)
		return f, nil
	}, nil
}

// A parsing is rows of a log that were read and are being understood.
type parsing struct {
	log    *parsed
	chunks []*chunk
	last   *chunk // too few rows for work of their own
	going  sync.WaitGroup
}

// read reads what was added to a log since. The log has it when the parsing is
// finished.
func (p *parsed) read(tx Tx, space people.SpaceID, c people.CaseID, w Wall) (*parsing, error) {
	x := &parsing{log: p}
	var rows []Row
	err := tx.Rows(space, c, w, p.next, func(r Row) error {
		if rows == nil {
			rows = make([]Row, 0, min(atOnce, 32))
		}
		r.Body.Data = slices.Clone(r.Body.Data) // the store may use its bytes again
		rows, p.next = append(rows, r), r.Seq+1
		if len(rows) == atOnce {
			k := x.chunk(rows)
			x.going.Go(k.parse) // while the store reads the next ones
			rows = nil
		}
		return nil
	})
	if len(rows) > 0 {
		x.last = x.chunk(rows)
	}
	return x, err
}

func (x *parsing) chunk(rows []Row) *chunk {
	k := &chunk{rows: rows, parsed: make([]parsedRow, len(rows))}
	x.chunks = append(x.chunks, k)
	return k
}

// finish waits until every row is understood, and adds them to the log.
func (x *parsing) finish() error {
	if x.last != nil {
		x.last.parse()
	}
	x.going.Wait()
	n := 0
	for _, k := range x.chunks {
		if k.err != nil {
			return k.err
		}
		n += len(k.parsed)
	}
	if n == 0 {
		return nil
	}
	p := x.log
	part := make([]parsedRow, 0, n)
	for _, k := range x.chunks {
		part = append(part, k.parsed...)
	}
	// Each change of the plans is all of them again: only the latest is kept.
	for i := range part {
		if part[i].What == seal.Plans {
			latest := part[i]
			p.plans, part[i].other = &latest, nil
		}
	}
	p.parts, p.rows = append(p.parts, slices.Clip(part)), p.rows+len(part)
	if len(p.parts) > mostParts {
		p.parts = [][]parsedRow{slices.Concat(p.parts...)}
	}
	return nil
}

// atOnce is how many rows are parsed as one piece of work.
const atOnce = 256

// A chunk is some rows of a log on their way to being read.
type chunk struct {
	rows   []Row
	parsed []parsedRow
	err    error
}

func (k *chunk) parse() {
	defer caught(&k.err)
	for i := range k.rows {
		if k.parsed[i], k.err = parseRow(k.rows[i]); k.err != nil {
			return
		}
	}
	k.rows = nil
}

// caught makes a panic the error of the work that ran into it: what runs beside a
// request must not end the program.
func caught(err *error) {
	if p := recover(); p != nil {
		*err = internal(fmt.Errorf("%v\n%s", p, debug.Stack()))
	}
}

// parseRow reads one row of a log.
func parseRow(r Row) (parsedRow, error) {
	x := parsedRow{Entry: r.Entry, gone: r.Gone}
	switch {
	case r.Gone:
	case r.What == seal.Fact:
		var err error
		if x.fact, x.body, err = readFact(r.ID, r.Body.Data); err != nil {
			return x, unreadable(r.ID, err)
		}
	case r.What == seal.Log:
		var err error
		if x.acted, err = readLog(r.ID, r.Body.Data); err != nil {
			return x, err
		}
		x.acted.Entry = r.Entry
	default:
		x.other = slices.Clone(r.Body.Data)
	}
	return x, nil
}

// unreadable is what an entry gets whose body is not what its kind says: the
// store was changed from outside.
func unreadable(id string, err error) error {
	return fault.New(fault.Broken, fault.Position{}, "desk.unreadable", "entry", id).Wrap(err)
}

// inFileOrder puts private entries that came with a case file back between the
// open ones among which they stood.
func inFileOrder(es []fact.Entry, ms []Mark, after map[string]string) ([]fact.Entry, []Mark) {
	if len(after) == 0 {
		return es, ms
	}
	next := map[string][]int{} // the entries that stood after a name
	var firsts []int
	here := make(map[string]bool, len(ms))
	for i := range ms {
		here[ms[i].Name] = true
	}
	for i := range ms {
		if a := after[ms[i].Name]; a != "" && here[a] {
			next[a] = append(next[a], i)
			continue
		}
		firsts = append(firsts, i)
	}
	outE, outM := make([]fact.Entry, 0, len(es)), make([]Mark, 0, len(ms))
	var put func(i int)
	put = func(i int) {
		outE, outM = append(outE, es[i]), append(outM, ms[i])
		for _, j := range next[ms[i].Name] {
			put(j)
		}
	}
	for _, i := range firsts {
		put(i)
	}
	if len(outE) != len(es) {
		return es, ms // names that go in a circle were not made by this program
	}
	return outE, outM
}

// undated bounds the date of an entry that was told by its distance from an
// entry whose words were destroyed: between the first thing the record knows of
// and the moment it was written down.
func undated(es []fact.Entry, marks []Mark) {
	for i := range es {
		if !es[i].On.IsZero() {
			continue
		}
		y, m, d := marks[i].At.Date()
		w := day.When{Earliest: day.Must(y, m, d), Latest: day.Must(y, m, d), Minute: -1}
		for j := range es {
			if !es[j].On.IsZero() {
				w.Earliest = min(w.Earliest, es[j].On.Earliest)
			}
		}
		es[i].On = w
	}
}

// gather puts the logs of one case together, in the order in which things were
// written down. Of facts only some may be seen; nil is all. What may not be seen
// leaves nothing behind: no number, no moment, no word that it is there.
func gather(c people.CaseID, stamp []logStamp, logs map[Wall]*parsed, only []string) (*Folder, error) {
	n := 0
	for _, p := range logs {
		n += p.rows
	}
	f := &Folder{ID: c, stamp: stamp, PlansHead: NoPlans}
	at := make([]cursor, len(stamp))
	var kase, plans, delivery, progress []byte
	entries := make([]fact.Entry, 0, n)
	marks := make([]Mark, 0, n)
	var gone []parsedRow
	after := map[string]string{} // of private entries that came with a file
	for {
		// The next row is the earliest written of the logs' next rows; within a
		// log the order never changes, whatever the clock of the machine said.
		var r *parsedRow
		best := -1
		for i, st := range stamp {
			if x := logs[st.wall].at(&at[i]); x != nil && (best < 0 || x.At.Before(r.At)) {
				best, r = i, x
			}
		}
		if best < 0 {
			break
		}
		wall := stamp[best].wall
		at[best].row++
		if only != nil && !(r.What == seal.CaseFacts || r.What == seal.Fact && slices.Contains(only, r.ID)) {
			continue
		}
		if r.At.Before(f.Latest) {
			f.Backward = true
		} else {
			f.Latest = r.At
		}
		if r.gone {
			gone = append(gone, *r)
			continue
		}
		switch r.What {
		case seal.Fact:
			if r.body.After != "" {
				after[r.ID] = r.body.After
			}
			entries = append(entries, r.fact)
			marks = append(marks, r.mark(wall))
			if only != nil {
				marks[len(marks)-1].Seq = -1 // its place would tell how many there are
			}
		case seal.CaseFacts:
			var b caseBody
			if err := json.Unmarshal(r.other, &b); err != nil {
				return nil, unreadable(r.ID, err)
			}
			kase, f.Head = b.Case, r.ID
		case seal.Plans:
			if latest := logs[wall].plans; latest.ID == r.ID {
				value, err := latest.value()
				if err != nil {
					return nil, err
				}
				plans, f.PlansHead = value, r.ID
			}
		case seal.Delivery, seal.Progress:
			var b valueBody
			if err := json.Unmarshal(r.other, &b); err != nil {
				return nil, unreadable(r.ID, err)
			}
			*map[seal.What]*[]byte{seal.Delivery: &delivery, seal.Progress: &progress}[r.What] = b.Value
		case seal.Log:
			f.acts = append(f.acts, r.acted)
		case seal.Destroyed:
			var b destroyedBody
			if err := json.Unmarshal(r.other, &b); err != nil {
				return nil, unreadable(r.ID, err)
			}
			f.Destroyed = append(f.Destroyed, Lost{Name: b.Entry, When: r.At, By: people.PersonID(r.By), Reason: b.Reason})
		case seal.Hold, seal.Released:
			var b reasonBody
			if err := json.Unmarshal(r.other, &b); err != nil {
				return nil, unreadable(r.ID, err)
			}
			f.Held, f.HeldWhy = r.What == seal.Hold, b.Reason
		case seal.Closed, seal.Reopened:
			f.Closed = r.What == seal.Closed
		}
	}
	if kase == nil {
		return nil, missing("desk.no_case")
	}
	file, err := casefile.ReadCase("case", kase)
	if err != nil {
		return nil, unreadable(f.Head, err)
	}
	if err := file.ReadParts(plans, delivery, progress); err != nil {
		return nil, unreadable(f.Head, err)
	}
	if only != nil {
		alone(file, entries)
	}
	entries, marks = inFileOrder(entries, marks, after)
	casefile.Settle(entries)
	f.bounded = slices.ContainsFunc(entries, func(e fact.Entry) bool { return e.On.IsZero() })
	undated(entries, marks)
	file.Entries = slices.Clip(entries)
	f.File, f.entries, f.marks, f.planned = file, entries, marks, newPlanned(file)
	f.places = &places{byID: make(map[string]int32, n), byName: make(map[string]int32, n)}
	for i := range entries {
		f.places.byID[entries[i].ID], f.places.byName[marks[i].Name] = int32(i), int32(i)
	}
	for i := range f.Destroyed {
		for j := range gone {
			if gone[j].ID == f.Destroyed[i].Name {
				f.Destroyed[i].At = gone[j].At
			}
		}
	}
	return f, nil
}

// alone makes some entries say nothing of the others: what they answer, correct or
// are counted from, when that is not among them. Of the child it leaves what the
// dates of these entries need, the law of the place and the school's calendar.
func alone(file *casefile.File, es []fact.Entry) {
	here := make(map[string]bool, len(es))
	for i := range es {
		here[es[i].ID] = true
	}
	for i := range es {
		e := &es[i]
		if !here[e.Re] {
			e.Re = ""
		}
		if !here[e.Supersedes] {
			e.Supersedes = ""
		}
		if !here[e.After.Entry] {
			e.After = fact.Relative{}
		}
	}
	k := &file.Case
	k.Child = fact.Child{Name: k.Child.Name}
	k.HomeLanguage, k.RightsHolder, k.Contacts, k.Facts = "", nil, nil, nil
}

// mark is what the record knows of a fact.
func (r *parsedRow) mark(w Wall) Mark {
	return Mark{Name: r.ID, Wall: w, Seq: r.Seq, At: r.At, By: people.PersonID(r.By), Via: r.body.Via, Files: r.body.Files}
}

// grown is the folder that gather would make when nothing but facts, plans and logs came
// after f, later than all that is in it, or nil when it must be gathered again:
// what is there is neither copied nor looked at.
func (f *Folder) grown(stamp []logStamp, was, logs map[Wall]*parsed) *Folder {
	if len(stamp) != len(f.stamp) || f.bounded {
		return nil
	}
	var fresh [][]parsedRow
	var wall Wall
	for i, st := range stamp {
		old, now := was[st.wall], logs[st.wall]
		if f.stamp[i].wall != st.wall || f.stamp[i].destroyed != st.destroyed || old == nil {
			return nil
		}
		if now.rows == old.rows {
			continue
		}
		if fresh != nil {
			return nil // two logs grew
		}
		fresh, wall = now.after(old.rows), st.wall
	}
	n := len(f.entries)
	p := f.places
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.byName) != n || len(p.byID) != n {
		return nil // another folder has grown from this one already
	}
	later := func(r *parsedRow) bool {
		return r.At.After(f.Latest) || len(stamp) == 1 && !r.At.Before(f.Latest)
	}
	out := &Folder{ID: f.ID, Head: f.Head, PlansHead: f.PlansHead, planned: f.planned, Destroyed: f.Destroyed, Held: f.Held, HeldWhy: f.HeldWhy, Closed: f.Closed,
		Latest: f.Latest, Backward: f.Backward, space: f.space, stamp: stamp, places: p, acts: f.acts}
	for _, part := range fresh {
		for i := range part {
			r := &part[i]
			if r.What == seal.Plans && !r.gone && !r.At.Before(out.Latest) && later(r) {
				out.Latest, out.PlansHead = r.At, r.ID
				continue
			}
			if r.What == seal.Log && !r.gone && !r.At.Before(out.Latest) && later(r) {
				out.Latest = r.At
				continue
			}
			_, known := p.byID[r.fact.ID]
			if r.gone || r.What != seal.Fact || r.body.After != "" || r.fact.After.Entry != "" || r.fact.On.IsZero() || known || r.At.Before(out.Latest) || !later(r) {
				return nil
			}
			out.Latest = r.At
		}
	}
	file := *f.File
	if out.PlansHead != f.PlansHead {
		value, err := logs[wall].plans.value()
		file.Plans = nil
		if err != nil || file.ReadParts(value, nil, nil) != nil {
			return nil // gathered again, it is told what is wrong
		}
		out.planned = newPlanned(&file)
	}
	// What is written beyond the end of f's own is not seen through f.
	entries, marks := f.entries, f.marks
	for _, part := range fresh {
		for i := range part {
			r := &part[i]
			if r.What == seal.Log {
				out.acts = append(slices.Clip(out.acts), r.acted)
			}
			if r.What != seal.Fact {
				continue
			}
			p.byID[r.fact.ID], p.byName[r.ID] = int32(len(entries)), int32(len(entries))
			entries, marks = append(entries, r.fact), append(marks, r.mark(wall))
		}
	}
	file.Entries = slices.Clip(entries) // who appends to it makes his own
	out.File, out.entries, out.marks = &file, entries, marks
	if len(entries) == n { // only plans and logs came, on which no brief rests
		f.mu.Lock()
		out.briefs = maps.Clone(f.briefs)
		if out.PlansHead == f.PlansHead {
			out.programs, out.carried = maps.Clone(f.programs), maps.Clone(f.carried)
		}
		f.mu.Unlock()
	}
	return out
}
