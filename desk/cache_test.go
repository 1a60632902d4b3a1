package desk_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stayput/bench/casegen"
	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/intake/casefile"
	"stayput/law"
	"stayput/law/packs"
	"stayput/locale"
	"stayput/measure"
	"stayput/people"
	"stayput/plan"
	"stayput/plan/session"
	"stayput/present/brief"
	"stayput/store/sqlite"
)

// errUndone ends a Write after everything in it went well.
var errUndone = errors.New("undone")

// An unsure store takes a Write back at its end when it is told to, as a full disk
// does.
type unsure struct {
	desk.Store
	undo bool
}

func (s *unsure) Write(ctx context.Context, f func(desk.Tx) error) error {
	return s.Store.Write(ctx, func(tx desk.Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		if s.undo {
			return errUndone
		}
		return nil
	})
}

// A round is one random sequence.
type round struct {
	*desk.Desk
	t     *rapid.T
	who   desk.Who
	now   time.Time
	mu    sync.Mutex
	store *unsure
	book  *law.Book
	cases []people.CaseID
	cals  map[string]int64 // versions of the calendars of the space
}

func (r *round) at() time.Time     { r.mu.Lock(); defer r.mu.Unlock(); return r.now }
func (r *round) goes(to time.Time) { r.mu.Lock(); defer r.mu.Unlock(); r.now = to }

func (r *round) fresh() *desk.Desk {
	return desk.New(desk.Options{Store: r.store.Store, Book: r.book, Calendars: packs.Calendars(), Now: r.at})
}

// What the desk keeps ready is what a desk that has seen nothing works out, after
// every step of any sequence of steps.
func TestCachedIsDerived(t *testing.T) {
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	if dir, err := os.MkdirTemp("/dev/shm", "stayput-"); err == nil { // in memory, where there is such a folder: nothing waits for a disk
		root = dir
		t.Cleanup(func() { os.RemoveAll(dir) })
	}
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		folder := filepath.Join(root, fmt.Sprint(n))
		r := &round{t: t, now: time.Date(2026, 3, 2, 18, 30, 0, 0, time.UTC), book: book, cals: map[string]int64{}}
		s, err := sqlite.Open(context.Background(), sqlite.Options{Folder: folder, Now: r.at})
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(folder)
		defer s.Close()
		r.store = &unsure{Store: s}
		// Now and then so little memory that cases push each other out.
		memory := rapid.SampledFrom([]int{0, 0, 5}).Draw(t, "memory")
		r.Desk = desk.New(desk.Options{Store: r.store, Book: book, Calendars: packs.Calendars(), Now: r.at, Memory: memory})
		if r.who, err = r.Begin(context.Background(), desk.SetUp{}); err != nil {
			t.Fatal(err)
		}
		for i := range 2 {
			r.open(uint64(i))
		}
		steps := map[string]func(){
			"add": r.add, "add again": r.add, "correct": r.correct, "take back": r.withdraw, "destroy": r.destroy, "hold": r.hold,
			"calendar": r.calendar, "follow": r.follow, "leave": r.leave, "change": r.change, "close": r.close,
			"plans": r.plans, "plans again": r.plans, "log": r.log, "log again": r.log, "undo log": r.undoLog, "tomorrow": r.tomorrow, "look back": r.lookBack, "try": r.try, "undone": r.undone, "open": func() { r.open(uint64(len(r.cases))) },
		}
		var names []string
		for name := range steps {
			names = append(names, name)
		}
		slices.Sort(names)
		for range rapid.IntRange(1, 14).Draw(t, "steps") {
			name := rapid.SampledFrom(names).Draw(t, "step")
			steps[name]()
			r.compare(name)
		}
	})
}

// ok lets through what the desk may say to a step that makes no sense.
func (r *round) ok(err error) {
	r.t.Helper()
	switch {
	case err == nil, errors.Is(err, errUndone):
	case fault.KindOf(err) == fault.Conflict, fault.KindOf(err) == fault.NotFound, fault.KindOf(err) == fault.Invalid:
	default:
		r.t.Fatal(err)
	}
}

func (r *round) open(seed uint64) {
	if len(r.cases) > 3 {
		return
	}
	f := &casefile.File{}
	f.Case, f.Entries = casegen.Make(seed, int(3+seed*7))
	id, err := r.OpenCase(context.Background(), r.who, desk.NewCase{File: f})
	if r.ok(err); err == nil {
		r.cases = append(r.cases, id)
	}
}

func (r *round) one() people.CaseID { return rapid.SampledFrom(r.cases).Draw(r.t, "case") }

// see is the case as the desk under test keeps it.
func (r *round) see(c people.CaseID, v desk.View) *desk.Case {
	r.t.Helper()
	got, err := r.Case(context.Background(), r.who, c, v)
	if err != nil {
		r.t.Fatal(err)
	}
	return got
}

// entry is the sealed name of some entry of a case, and its name in the case.
func (r *round) entry(c people.CaseID) (sealed, id string) {
	es := r.see(c, desk.View{}).File.Entries
	if len(es) == 0 {
		return desk.NewName(), ""
	}
	id = es[rapid.IntRange(0, len(es)-1).Draw(r.t, "entry")].ID
	return r.see(c, desk.View{}).Name(id), id
}

var kinds = []string{"contact", "evaluation_requested", "evaluation_consent_received", "evaluation_completed", "iep_meeting_held",
	"records_access_requested", "records_access_given", "due_process_filed", "state_complaint_filed", "concern_raised"}

func (r *round) fact(c people.CaseID) fact.Entry {
	today := day.Must(2026, 3, 2)
	e := fact.Entry{Kind: fact.MustLookup(rapid.SampledFrom(kinds).Draw(r.t, "kind")), On: day.On(today.Add(-rapid.IntRange(0, 900).Draw(r.t, "ago"))),
		Wall: rapid.SampledFrom([]fact.Wall{"", "", "", fact.Author, fact.Mediation}).Draw(r.t, "wall"), Note: rapid.StringN(0, 20, 80).Draw(r.t, "note")}
	if rapid.IntRange(0, 2).Draw(r.t, "answers") == 0 {
		_, e.Re = r.entry(c)
	}
	return e
}

func (r *round) add() {
	c := r.one()
	_, err := r.AddEntry(context.Background(), r.who, c, desk.NewEntry{Name: desk.NewName(), Fact: r.fact(c)})
	r.ok(err)
}

func (r *round) correct() {
	c := r.one()
	target, _ := r.entry(c)
	_, err := r.CorrectEntry(context.Background(), r.who, c, target, desk.NewEntry{Name: desk.NewName(), Fact: r.fact(c)})
	r.ok(err)
}

func (r *round) withdraw() {
	c := r.one()
	target, _ := r.entry(c)
	_, err := r.WithdrawEntry(context.Background(), r.who, c, target, desk.NewName(), "a mistake")
	r.ok(err)
}

func (r *round) destroy() {
	c := r.one()
	target, _ := r.entry(c)
	r.ok(r.DestroyEntry(context.Background(), r.who, c, target, "another child's", ""))
}

func (r *round) hold() {
	r.ok(r.SetHold(context.Background(), r.who, r.one(), rapid.Bool().Draw(r.t, "on"), "a lawsuit"))
}

var calendarNames = []string{"a.yaml", "b.yaml"}

// body is a calendar of one school year with some closure.
func (r *round) body() []byte {
	y := rapid.SampledFrom(casegen.Calendars()[3:6]).Draw(r.t, "year")
	y.Closures = slices.Clone(y.Closures)
	d := y.First.Add(rapid.IntRange(20, 60).Draw(r.t, "closed"))
	y.Closures = append(y.Closures, day.Closure{Span: day.Span{First: d, Last: d}, Name: "Smoke", Kind: day.Vacation})
	body, err := desk.WriteCalendar(y)
	if err != nil {
		r.t.Fatal(err)
	}
	return body
}

func (r *round) calendar() {
	name := rapid.SampledFrom(calendarNames).Draw(r.t, "calendar")
	_, err := r.SaveCalendar(context.Background(), r.who, name, "", r.body(), r.cals[name])
	if r.ok(err); err == nil {
		r.cals[name]++
	}
}

func (r *round) follow() {
	name := rapid.SampledFrom(append(calendarNames, "oakland-usd-2025-26.yaml", "nowhere.yaml")).Draw(r.t, "calendar")
	from := rapid.SampledFrom([]day.Date{0, day.Must(2025, 1, 1), day.Must(2026, 1, 15)}).Draw(r.t, "from")
	r.ok(r.UseCalendar(context.Background(), r.who, r.one(), "", name, from))
}

func (r *round) leave() {
	r.ok(r.DropCalendar(context.Background(), r.who, r.one(), "", rapid.SampledFrom(calendarNames).Draw(r.t, "calendar")))
}

func (r *round) change() {
	r.ok(r.ChangeCase(context.Background(), r.who, r.one(), "", func(f *casefile.File) error {
		switch rapid.IntRange(0, 4).Draw(r.t, "what") {
		case 0:
			f.Case.Title = rapid.SampledFrom([]string{"One", "Two"}).Draw(r.t, "title")
		case 1:
			f.Case.Jurisdiction = []fact.Dated{{Is: rapid.SampledFrom([]string{"us-ca", "us-tx", "us-zz"}).Draw(r.t, "state")}}
		case 2:
			f.Case.Zone = rapid.SampledFrom([]string{"", "America/Los_Angeles", "Pacific/Auckland"}).Draw(r.t, "zone")
		case 3:
			f.Case.Child.Grade = rapid.SampledFrom([]string{"k", "3", "11"}).Draw(r.t, "grade")
		default:
			f.Case.Side = rapid.SampledFrom([]fact.Side{fact.FamilySide, fact.SchoolSide}).Draw(r.t, "side")
		}
		return nil
	}))
}

// plans adds a plan, changes one or takes one out.
func (r *round) plans() {
	head := rapid.SampledFrom([]string{"", "", desk.NoPlans}).Draw(r.t, "head")
	r.ok(r.ChangePlans(context.Background(), r.who, r.one(), head, "", func(ps []*plan.Plan) ([]*plan.Plan, error) {
		if n := len(ps); n > 0 && rapid.Bool().Draw(r.t, "take out") {
			return ps[:n-1], nil
		}
		if n := len(ps); n > 0 && rapid.Bool().Draw(r.t, "more") {
			ps[n-1].Services = append(ps[n-1].Services, plan.Service{Name: "Speech", Minutes: plan.CountOf(rapid.IntRange(0, 90).Draw(r.t, "minutes")), Per: plan.PerWeek})
			return ps, nil
		}
		return append(ps, &plan.Plan{ID: fmt.Sprintf("iep-%d", len(ps)+1), Kind: plan.IEP, Offered: day.Must(2026, 3, 2).Add(-rapid.IntRange(0, 300).Draw(r.t, "offered"))}), nil
	}))
}

// log writes a session or a probe down, takes the place of one, or takes one back.
func (r *round) log() {
	c := r.one()
	now := r.see(c, desk.View{}).Logged()
	in := desk.NewLog{Name: desk.NewName()}
	on := day.Must(2026, 3, 2).Add(-rapid.IntRange(0, 300).Draw(r.t, "ago"))
	s := session.Log{On: on, Service: "Speech", Minutes: plan.CountOf(rapid.IntRange(0, 60).Draw(r.t, "minutes")), Outcome: rapid.SampledFrom(session.Outcomes()).Draw(r.t, "outcome"), From: session.Family}
	switch n := len(now.Sessions); {
	case n > 0 && rapid.IntRange(0, 3).Draw(r.t, "change") == 0:
		s.ID = now.Sessions[rapid.IntRange(0, n-1).Draw(r.t, "which")].ID
		in.Sessions = append(in.Sessions, s)
	case n > 0 && rapid.IntRange(0, 3).Draw(r.t, "take back") == 0:
		in.Gone = append(in.Gone, now.Sessions[rapid.IntRange(0, n-1).Draw(r.t, "which")].ID)
	case rapid.Bool().Draw(r.t, "probe"):
		in.Probes = append(in.Probes, measure.Probe{Goal: "g1", On: on, Value: measure.Number(float64(rapid.IntRange(0, 90).Draw(r.t, "value")))})
	default:
		in.Sessions = append(in.Sessions, s, s)
	}
	_, err := r.AddLog(context.Background(), r.who, c, in)
	r.ok(err)
}

func (r *round) undoLog() {
	c := r.one()
	if bs := r.see(c, desk.View{}).Logged().Batches; len(bs) > 0 {
		r.ok(r.UndoLog(context.Background(), r.who, c, bs[rapid.IntRange(0, len(bs)-1).Draw(r.t, "which")].Name, ""))
	}
}

func (r *round) close() {
	c := r.one()
	if rapid.Bool().Draw(r.t, "put away") {
		r.ok(r.CloseCase(context.Background(), r.who, c, "over"))
	} else {
		r.ok(r.ReopenCase(context.Background(), r.who, c))
	}
}

func (r *round) tomorrow() {
	r.goes(r.at().Add(time.Duration(rapid.IntRange(-30, 200).Draw(r.t, "hours")) * time.Hour))
}

// lookBack asks for another day, which must not disturb today's.
func (r *round) lookBack() {
	c := r.one()
	for range 6 {
		r.same("looked back", c, desk.View{AsOf: day.Must(2026, 3, 2).Add(-rapid.IntRange(0, 400).Draw(r.t, "as of")), Known: rapid.SampledFrom([]day.Date{0, day.Must(2026, 3, 1)}).Draw(r.t, "known")})
	}
}

// try tries a calendar that is not saved.
func (r *round) try() {
	_, err := r.TryCalendar(context.Background(), r.who, rapid.SampledFrom(calendarNames).Draw(r.t, "calendar"), r.body())
	r.ok(err)
}

// undone lets a step fail at its very end; nothing of it may be remembered.
func (r *round) undone() {
	r.store.undo = true
	rapid.SampledFrom([]func(){r.add, r.correct, r.withdraw, r.destroy, r.change, r.plans, r.log, r.hold, r.calendar, r.close}).Draw(r.t, "undone")()
	r.store.undo = false
}

// compare looks at everything the desk would show.
func (r *round) compare(step string) {
	r.t.Helper()
	r.same(step, r.one(), desk.View{})
	closed := rapid.Bool().Draw(r.t, "put away too")
	kept, err := r.Cases(context.Background(), r.who, closed)
	if err != nil {
		r.t.Fatal(err)
	}
	derived, err := r.fresh().Cases(context.Background(), r.who, closed)
	if err != nil {
		r.t.Fatal(err)
	}
	if len(kept) != len(derived) {
		r.t.Fatalf("after %q: %d cases are kept, %d derived", step, len(kept), len(derived))
	}
	for i := range kept {
		r.equal(step, kept[i], derived[i])
	}
}

func (r *round) same(step string, c people.CaseID, v desk.View) {
	r.t.Helper()
	derived, err := r.fresh().Case(context.Background(), r.who, c, v)
	if err != nil {
		r.t.Fatal(err)
	}
	r.equal(step, r.see(c, v), derived)
}

func (r *round) equal(step string, kept, derived *desk.Case) {
	r.t.Helper()
	a, b := r.text(kept), r.text(derived)
	if a == b {
		return
	}
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	from := max(0, i-200)
	r.t.Fatalf("after %q what is kept is not what is derived:\nkept    …%s\nderived …%s", step, a[from:min(len(a), i+200)], b[from:min(len(b), i+200)])
}

// text is everything a person could see of a case.
func (r *round) text(c *desk.Case) string {
	r.t.Helper()
	cat, _ := locale.For("en")
	var b bytes.Buffer
	if err := brief.WriteJSON(&b, c.Brief, brief.Options{Catalog: cat, Trace: true}); err != nil {
		r.t.Fatal(err)
	}
	if err := c.File.Write(&b, casefile.JSON); err != nil {
		fmt.Fprint(&b, err)
	}
	for i := range c.File.Entries {
		e := &c.File.Entries[i]
		raw, err := casefile.EntryJSON(e)
		fmt.Fprintln(&b, string(raw), err, e.On, c.Name(e.ID), c.History(c.Name(e.ID)))
	}
	marks := map[string]*desk.Mark{}
	for i := range c.File.Entries {
		marks[c.File.Entries[i].ID] = c.Mark(c.File.Entries[i].ID)
	}
	plans, err := c.Plans()
	if err != nil {
		r.t.Fatal(err)
	}
	program, err := c.Program()
	if err != nil {
		r.t.Fatal(err)
	}
	ledger, err := c.Ledger()
	if err != nil {
		r.t.Fatal(err)
	}
	goals, err := c.Goals()
	if err != nil {
		r.t.Fatal(err)
	}
	rest, err := json.Marshal(map[string]any{
		"logged": c.Logged(), "ledger": ledger, "goals": goals,
		"id": c.ID, "marks": marks, "head": c.Head, "destroyed": c.Destroyed, "held": c.Held, "why": c.HeldWhy, "closed": c.Closed,
		"plans": plans, "plans head": c.PlansHead, "program": program, "latest": c.Latest, "backward": c.Backward, "today": c.Today, "warnings": c.Warnings,
	})
	if err != nil {
		r.t.Fatal(err)
	}
	b.Write(rest)
	return b.String()
}

// A correction that would make entries answer each other in a circle is refused,
// and nothing is written.
func TestCircle(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, `
stayput: 1
case: {title: Sample, jurisdiction: us-ca, side: family, sample: yes}
record:
  - {id: one, on: 2026-02-02, kind: due_process_filed, by: parent}
  - {id: two, on: 2026-02-03, kind: due_process_received, re: one}
`)
	f := h.see(t, c)
	again := *f.Entry(f.Name("one"))
	for _, re := range []string{"one", "two"} {
		again.Re = re
		_, err := h.CorrectEntry(t.Context(), h.who, c, f.Name("one"), desk.NewEntry{Fact: again})
		if err == nil || fault.All(err)[0].Key != "desk.circle" {
			t.Errorf("answering %s: %v", re, err)
		}
	}
	if n := len(h.see(t, c).File.Entries); n != 2 {
		t.Errorf("%d entries", n)
	}
}
