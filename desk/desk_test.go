package desk_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/intake/casefile"
	"stayput/law/packs"
	"stayput/people"
	"stayput/record/seal"
	"stayput/store/sqlite"
)

// A house is a desk over a real store in a folder of its own.
type house struct {
	*desk.Desk
	who   desk.Who
	store *sqlite.Store

	mu  sync.Mutex
	now time.Time
}

// at is the moment it is; goes moves it. What is worked out ahead asks meanwhile.
func (h *house) at() time.Time     { h.mu.Lock(); defer h.mu.Unlock(); return h.now }
func (h *house) goes(to time.Time) { h.mu.Lock(); defer h.mu.Unlock(); h.now = to }

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{now: time.Date(2026, 3, 2, 18, 30, 0, 0, time.UTC)}
	clock := h.at
	var err error
	h.store, err = sqlite.Open(t.Context(), sqlite.Options{Folder: t.TempDir(), Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.store.Close() })
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	h.Desk = desk.New(desk.Options{Store: h.store, Book: book, Calendars: packs.Calendars(), Now: clock})
	if h.who, err = h.Begin(t.Context(), desk.SetUp{}); err != nil {
		t.Fatal(err)
	}
	return h
}

// join is somebody else in the same space.
func (h *house) join(t *testing.T, m people.Member, gs ...people.Grant) desk.Who {
	t.Helper()
	p := people.Person{ID: people.PersonID(desk.NewName()), Name: "Sample", Lang: "en", Register: people.Plain}
	m.Person = p.ID
	err := h.store.Write(t.Context(), func(tx desk.Tx) error {
		body, err := json.Marshal(m)
		if err != nil {
			return err
		}
		err = errors.Join(tx.SavePerson(h.who.Space, p), tx.SaveItem(h.who.Space, desk.Item{Kind: "member", ID: string(p.ID), Body: body}))
		for _, g := range gs {
			g.Person, g.ID = p.ID, desk.NewName()
			if body, err = json.Marshal(g); err != nil {
				return err
			}
			err = errors.Join(err, tx.SaveItem(h.who.Space, desk.Item{Kind: "grant", ID: string(p.ID) + "/" + g.ID, Body: body}))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	who, _, err := h.Recognize(t.Context(), h.who.Space, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	return who
}

func (h *house) open(t testing.TB, yaml string) people.CaseID {
	t.Helper()
	f, err := casefile.Read("case.yaml", []byte(yaml))
	if err != nil {
		t.Fatal(err)
	}
	id, err := h.OpenCase(t.Context(), h.who, desk.NewCase{File: f, Via: "import"})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (h *house) see(t testing.TB, c people.CaseID) *desk.Case {
	t.Helper()
	got, err := h.Case(t.Context(), h.who, c, desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

const plain = `
stayput: 1
case: {title: Sample, jurisdiction: us-ca, side: family, sample: yes}
record:
  - {id: ask, on: 2026-02-02, kind: evaluation_requested, by: parent, note: first words}
  - {id: secret, on: 2026-02-03, kind: note_added, wall: author, note: nobody else reads this}
  - {id: told, on: 2026-02-04, kind: note_added, wall: mediation, note: said in mediation}
`

func entry(kind string, d string, note string) fact.Entry {
	on, _ := day.Parse(d)
	return fact.Entry{Kind: fact.MustLookup(kind), On: day.On(on), Note: note}
}

func TestTheSameFormTwice(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	in := desk.NewEntry{Name: desk.NewName(), Fact: entry("contact", "2026-03-01", "a call")}
	for range 3 {
		if _, err := h.AddEntry(t.Context(), h.who, c, in); err != nil {
			t.Fatal(err)
		}
		h.goes(h.at().Add(time.Hour))
	}
	if n := len(h.see(t, c).File.Entries); n != 4 {
		t.Errorf("%d entries, want the three of the file and one", n)
	}
	in.Fact.Note = "other words under the same name"
	if _, err := h.AddEntry(t.Context(), h.who, c, in); fault.KindOf(err) != fault.Conflict || err == nil {
		t.Errorf("other words under the same name: %v", err)
	}
}

// The second of two people who correct the same entry sees both, and the first
// one's words are not lost.
func TestTwoCorrections(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	target := h.see(t, c).Name("ask")
	first, err := h.CorrectEntry(t.Context(), h.who, c, target, desk.NewEntry{Fact: entry("evaluation_requested", "2026-02-01", "hers")})
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.CorrectEntry(t.Context(), h.who, c, target, desk.NewEntry{Fact: entry("evaluation_requested", "2026-01-30", "his")})
	var clash *desk.Clash
	if !errors.As(err, &clash) || clash.Theirs != first {
		t.Fatalf("the second correction: %v", err)
	}
	if _, err := h.CorrectEntry(t.Context(), h.who, c, clash.Theirs, desk.NewEntry{Fact: entry("evaluation_requested", "2026-01-30", "his")}); err != nil {
		t.Fatal(err)
	}
	got := h.see(t, c)
	if forms := got.History(target); len(forms) != 3 || got.Entry(forms[2]).Note != "his" || got.Entry(forms[1]).Note != "hers" {
		t.Errorf("history %v", forms)
	}
	// The date follows the last form: January 30 and 15 days is February 14, a
	// Saturday; it was 17 by the first form (February 2 and 15).
	if on := due(t, got, "us-ca.evaluation.plan"); on != "2026-02-14" {
		t.Errorf("due %s", on)
	}
}

func due(t *testing.T, c *desk.Case, rule string) string {
	t.Helper()
	for _, x := range c.Brief.Clocks {
		if string(x.Rule.ID) == rule {
			if x.On == 0 {
				return x.Earliest.String() // without a calendar there are only bounds
			}
			return x.On.String()
		}
	}
	return ""
}

func TestTakenBack(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	name := h.see(t, c).Name("ask")
	if due(t, h.see(t, c), "us-ca.evaluation.plan") == "" {
		t.Fatal("the request starts no date")
	}
	back, err := h.WithdrawEntry(t.Context(), h.who, c, name, desk.NewName(), "wrong child")
	if err != nil {
		t.Fatal(err)
	}
	if got := due(t, h.see(t, c), "us-ca.evaluation.plan"); got != "" {
		t.Errorf("a date follows from what was taken back: %s", got)
	}
	// Undone by correcting what took it back.
	if _, err := h.CorrectEntry(t.Context(), h.who, c, back, desk.NewEntry{Fact: entry("evaluation_requested", "2026-02-02", "it was right")}); err != nil {
		t.Fatal(err)
	}
	if got := due(t, h.see(t, c), "us-ca.evaluation.plan"); got == "" {
		t.Error("no date follows after the undo")
	}
}

func TestDestroyed(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	ref, err := h.KeepFile(t.Context(), h.who, c, `..\..\other child.pdf`, "application/pdf", strings.NewReader("%PDF-1.4 another child's plan"))
	if err != nil {
		t.Fatal(err)
	}
	if ref.Name != "other child.pdf" {
		t.Errorf("name %q", ref.Name)
	}
	name, err := h.AddEntry(t.Context(), h.who, c, desk.NewEntry{Fact: entry("letter_received", "2026-03-01", "zyzzyva belongs to another child"), Files: []desk.FileRef{ref}})
	if err != nil {
		t.Fatal(err)
	}
	if found, _ := h.Search(t.Context(), h.who, c, "zyzz"); len(found) != 1 {
		t.Errorf("found %d before", len(found))
	}
	if err := h.SetHold(t.Context(), h.who, c, true, "a hearing is coming"); err != nil {
		t.Fatal(err)
	}
	if err := h.DestroyEntry(t.Context(), h.who, c, name, "wrong child", "FERPA"); err == nil || fault.All(err)[0].Key != "desk.held" {
		t.Errorf("under a hold: %v", err)
	}
	if err := h.SetHold(t.Context(), h.who, c, false, "it was withdrawn"); err != nil {
		t.Fatal(err)
	}
	if err := h.DestroyEntry(t.Context(), h.who, c, name, "", ""); fault.KindOf(err) != fault.Invalid {
		t.Errorf("without a reason: %v", err)
	}
	for range 2 { // twice is once
		if err := h.DestroyEntry(t.Context(), h.who, c, name, "wrong child", "FERPA"); err != nil {
			t.Fatal(err)
		}
	}
	got := h.see(t, c)
	if got.Entry(name) != nil || len(got.Destroyed) != 1 || got.Destroyed[0].Reason != "wrong child" || got.Destroyed[0].At.IsZero() {
		t.Errorf("destroyed: %+v", got.Destroyed)
	}
	if found, _ := h.Search(t.Context(), h.who, c, "zyzz"); len(found) != 0 {
		t.Error("search still finds destroyed words")
	}
	err = h.File(t.Context(), h.who, c, ref.Digest, func(desk.FileRef) error { return nil }, io.Discard)
	if fault.KindOf(err) != fault.NotFound {
		t.Errorf("the destroyed file: %v", err)
	}
	if health, err := h.store.Check(t.Context()); err != nil || !health.Sound {
		t.Errorf("the log does not verify after a lawful destruction: %v %+v", err, health)
	}
}

// What goes out says nothing of what lies behind other walls.
func TestBundleOfTheOpenWall(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	seen := func(o desk.BundleOptions) string {
		var b bytes.Buffer
		err := h.Bundle(t.Context(), h.who, c, o, func(x *desk.Bundle) error {
			for _, w := range x.Walls {
				for _, r := range w.Rows {
					b.Write(r.Leaf())
					b.Write(r.Body.Data)
				}
				for i, p := range w.Proofs {
					if err := seal.Proves(p, w.Head, &w.Rows[i].Entry); err != nil {
						t.Error(err)
					}
				}
			}
			for _, e := range x.Case.Brief.View.Entries {
				b.WriteString(e.Note)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	all := seen(desk.BundleOptions{})
	if !strings.Contains(all, "first words") {
		t.Error("the open entry is not in the bundle")
	}
	one := seen(desk.BundleOptions{Entries: []string{h.see(t, c).Name("ask")}})
	if !strings.Contains(one, "first words") {
		t.Error("the chosen entry is not in the bundle")
	}
	for _, text := range []string{all, one} {
		for _, private := range []string{"nobody else", "said in mediation", "author:", "mediation"} {
			if strings.Contains(text, private) {
				t.Errorf("the open bundle says %q", private)
			}
		}
	}
	// Another person of the space sees no author's wall but his or her own.
	other := h.join(t, people.Member{Role: people.Editor})
	got, err := h.Case(t.Context(), other, c, desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range got.File.Entries {
		if e.ID == "secret" {
			t.Error("another person sees what is private to its author")
		}
	}
	stranger := desk.Who{Space: h.who.Space, Person: people.Person{ID: "someoneelse"}}
	if _, err := h.Case(t.Context(), stranger, c, desk.View{}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("somebody without a role: %v", err)
	}
	if _, err := h.Case(t.Context(), desk.Who{Space: "another", Person: h.who.Person}, c, desk.View{}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("from another space: %v", err)
	}
	if _, err := h.Case(t.Context(), desk.Who{}, c, desk.View{}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("nobody: %v", err)
	}
}

func TestSixtyCasesAndOneUndo(t *testing.T) {
	h := newHouse(t)
	var in []desk.NewCase
	for range 60 {
		f, err := casefile.Read("x", []byte(plain))
		if err != nil {
			t.Fatal(err)
		}
		in = append(in, desk.NewCase{File: f})
	}
	batch := desk.NewName()
	for range 2 { // sent twice
		if err := h.OpenCases(t.Context(), h.who, batch, "sheet.xlsx", []byte(`{}`), in); err != nil {
			t.Fatal(err)
		}
	}
	cases, err := h.Cases(t.Context(), h.who, false)
	if err != nil || len(cases) != 60 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	h.goes(h.at().Add(time.Minute))
	if _, err := h.AddEntry(t.Context(), h.who, cases[7].ID, desk.NewEntry{Fact: entry("contact", "2026-03-01", "work went on")}); err != nil {
		t.Fatal(err)
	}
	undone, kept, err := h.UndoBatch(t.Context(), h.who, batch)
	if err != nil || undone != 59 || kept != 1 {
		t.Errorf("undone %d, kept %d, %v", undone, kept, err)
	}
	if undone, _, _ = h.UndoBatch(t.Context(), h.who, batch); undone != 0 {
		t.Errorf("undone twice: %d", undone)
	}
	if cases, _ = h.Cases(t.Context(), h.who, false); len(cases) != 1 {
		t.Errorf("%d cases are left", len(cases))
	}
	if cases, _ = h.Cases(t.Context(), h.who, true); len(cases) != 60 {
		t.Errorf("%d cases are kept in all", len(cases))
	}
}

// One of the cases cannot be said: none is opened.
func TestAllCasesOrNone(t *testing.T) {
	h := newHouse(t)
	good, _ := casefile.Read("x", []byte(plain))
	bad := &casefile.File{Entries: []fact.Entry{{ID: "x", Kind: 0}}}
	bad.Case.Title = "x"
	if err := h.OpenCases(t.Context(), h.who, desk.NewName(), "s", nil, []desk.NewCase{{File: good}, {File: bad}}); err == nil {
		t.Error("a case that cannot be said was opened")
	}
	if cases, _ := h.Cases(t.Context(), h.who, true); len(cases) != 0 {
		t.Errorf("%d cases stand half done", len(cases))
	}
}

// What a case file says comes out as it went in, with its private walls, for its
// own keeper.
func TestCaseFileRoundTrip(t *testing.T) {
	h := newHouse(t)
	want, _ := casefile.Read("case.yaml", []byte(plain))
	c := h.open(t, plain)
	got, _, err := h.CaseFile(t.Context(), h.who, c)
	if err != nil {
		t.Fatal(err)
	}
	byID := func(f *casefile.File) map[string]fact.Entry {
		m := map[string]fact.Entry{}
		for _, e := range f.Entries {
			e.Line, e.Column = 0, 0
			m[e.ID] = e
		}
		return m
	}
	if a, b := byID(want), byID(got); len(a) != len(b) || a["secret"].Note != b["secret"].Note || a["told"].Wall != b["told"].Wall || a["ask"].On != b["ask"].On {
		t.Errorf("went in %v, came out %v", a, b)
	}
}

func TestChangeCaseMeanwhile(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	head := h.see(t, c).Head
	name := func(s string) func(*casefile.File) error {
		return func(f *casefile.File) error { f.Case.Title = s; return nil }
	}
	if err := h.ChangeCase(t.Context(), h.who, c, head, name("first")); err != nil {
		t.Fatal(err)
	}
	if err := h.ChangeCase(t.Context(), h.who, c, head, name("second")); fault.KindOf(err) != fault.Conflict {
		t.Errorf("from an old form: %v", err)
	}
	if got := h.see(t, c).File.Case.Title; got != "first" {
		t.Errorf("title %q", got)
	}
}

// The clock of the machine was set back: what is written is kept, in its order,
// and the case says that the clock was wrong.
func TestClockSetBack(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	if h.see(t, c).Backward {
		t.Error("the clock never went back yet")
	}
	h.goes(h.at().AddDate(-1, 0, 0))
	if _, err := h.AddEntry(t.Context(), h.who, c, desk.NewEntry{Fact: entry("contact", "2025-03-01", "written with a wrong clock")}); err != nil {
		t.Fatal(err)
	}
	if got := h.see(t, c); !got.Backward || len(got.File.Entries) != 4 {
		t.Errorf("backward %v, %d entries", got.Backward, len(got.File.Entries))
	}
}

// A calendar that is only tried changes nothing, and shows what would move.
func TestTryCalendar(t *testing.T) {
	h := newHouse(t)
	const cal = "calendar: sample-2025-26\nschool_year: 2025-26\ncomplete: yes\nfirst_day: 2025-08-11\nlast_day: 2026-05-28\nclosures:\n%s"
	body := func(more string) []byte {
		return []byte(strings.Replace(cal, "%s", "  - {from: 2025-12-22, to: 2026-01-02, name: Winter break, kind: vacation}\n"+more, 1))
	}
	if _, err := h.SaveCalendar(t.Context(), h.who, "sample.yaml", "Sample", body(""), 0); err != nil {
		t.Fatal(err)
	}
	c := h.open(t, `
stayput: 1
case: {title: Sample, jurisdiction: us-ca, side: family, calendars: [sample.yaml]}
record:
  - {id: yes, on: 2026-02-02, kind: evaluation_consent_received}
`)
	// 60 days after February 2 is April 3. A spring break of ten school days in
	// between (more than five) does not count. It lasts from Monday, March 23
	// until school begins again on Monday, April 6. The count reaches day 48 on
	// March 22; day 49 is April 6, day 60 April 17.
	if got := due(t, h.see(t, c), "us-ca.evaluation.meeting"); got != "2026-04-03" {
		t.Fatalf("now %s", got)
	}
	spring := body("  - {from: 2026-03-23, to: 2026-04-03, name: Spring break, kind: vacation}\n")
	moves, err := h.TryCalendar(t.Context(), h.who, "sample.yaml", spring)
	if err != nil || len(moves) != 1 {
		t.Fatalf("%d moves, %v", len(moves), err)
	}
	then := *moves[0].Case
	then.Brief = moves[0].Then
	if got := due(t, &then, "us-ca.evaluation.meeting"); got != "2026-04-17" {
		t.Errorf("then %s", got)
	}
	if got := due(t, h.see(t, c), "us-ca.evaluation.meeting"); got != "2026-04-03" {
		t.Errorf("what was only tried is remembered: %s", got)
	}
	if _, err := h.SaveCalendar(t.Context(), h.who, "sample.yaml", "Sample", spring, 0); fault.KindOf(err) != fault.Conflict {
		t.Errorf("saved over a newer version: %v", err)
	}
	if _, err := h.SaveCalendar(t.Context(), h.who, "sample.yaml", "Sample", spring, 1); err != nil {
		t.Fatal(err)
	}
	if got := due(t, h.see(t, c), "us-ca.evaluation.meeting"); got != "2026-04-17" {
		t.Errorf("saved: %s", got)
	}
}

// What a restore verifies with: a whole store passes.
func TestVerify(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	if _, err := h.AddEntry(t.Context(), h.who, c, desk.NewEntry{Fact: entry("contact", "2026-03-01", "x")}); err != nil {
		t.Fatal(err)
	}
	if err := h.store.Read(t.Context(), desk.Verify); err != nil {
		t.Error(err)
	}
}
