package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"stayput/desk"
	"stayput/fault"
	"stayput/people"
	"stayput/record/seal"
)

// An Open opens the store at a place, which is the name of an empty folder of
// the test's own. Opening a place again, after Close, gives what was kept there.
// now is the clock for the sessions.
type Open func(t testing.TB, place string, now func() time.Time) desk.Store

// Run is the suite.
func Run(t *testing.T, open Open) {
	for _, c := range []struct {
		name string
		test func(*testing.T, *bench)
	}{
		{"spaces", spaces}, {"people", persons}, {"alone", alone}, {"cases", cases}, {"logs", logs},
		{"append", appending}, {"append refuses", appendRefuses}, {"long log", longLog}, {"find", find},
		{"spaces are apart", spacesApart}, {"walls are apart", wallsApart},
		{"a failed write keeps nothing", failedWrite}, {"a failed method changes nothing", failedMethod},
		{"read changes nothing", readOnly}, {"a Tx ends", ended},
		{"one state while others write", consistent}, {"many writers", manyWriters},
		{"kept after closing", durable}, {"closed", closed}, {"cancelled", cancelled},
		{"destroy", destroy}, {"checkpoints given", given},
		{"search", searching}, {"search within walls", searchWalls}, {"hostile queries", hostile},
		{"files", files}, {"a big file", bigFile},
		{"calendars", calendars}, {"drafts", drafts}, {"batches", batches}, {"items", items}, {"access log", accesses}, {"sessions", sessions}, {"a space leaves", leaving},
		{"backup", backup}, {"check", check}, {"model", model},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := &bench{t: t, open: open, place: t.TempDir(), clock: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)}
			b.start(t)
			t.Cleanup(func() {
				if err := b.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			})
			c.test(t, b)
		})
	}
}

// A bench is a store under test with what the tests need to write to it.
type bench struct {
	desk.Store
	t     testing.TB
	open  Open
	place string
	clock time.Time
	keys  map[people.SpaceID]seal.Key
}

var ctx = context.Background()

// A tester is what testing.T and rapid.T have in common and these tests need.
type tester interface {
	Helper()
	Error(...any)
	Errorf(string, ...any)
	Fatal(...any)
	Fatalf(string, ...any)
}

func (b *bench) start(t tester) {
	t.Helper()
	b.Store = b.open(b.t, b.place, func() time.Time { return b.clock })
	if b.Store == nil {
		t.Fatal("no store was opened")
	}
}

func (b *bench) reopen(t tester) {
	t.Helper()
	if err := b.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
	b.start(t)
}

// write fails the test unless all of f is kept.
func (b *bench) write(t tester, f func(desk.Tx) error) {
	t.Helper()
	if err := b.Write(ctx, f); err != nil {
		t.Fatalf("write: %v", err)
	}
}

func (b *bench) read(t tester, f func(desk.Tx) error) {
	t.Helper()
	if err := b.Read(ctx, f); err != nil {
		t.Fatalf("read: %v", err)
	}
}

// want fails the test unless err is of that kind.
func want(t tester, what string, err error, k fault.Kind) {
	t.Helper()
	if err == nil {
		t.Fatalf("%s: no error", what)
	}
	if got := fault.KindOf(err); got != k {
		t.Fatalf("%s: an error of kind %d, not %d: %v", what, got, k, err)
	}
	if k != fault.Internal && !strings.HasPrefix(fault.All(err)[0].Key, "store.") {
		t.Fatalf("%s: the key %q is not one of the store's", what, fault.All(err)[0].Key)
	}
}

func same[T any](t tester, what string, got, want T) {
	t.Helper()
	if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w {
		t.Fatalf("%s:\n got %s\nwant %s", what, g, w)
	}
}

// space makes a space with a case and its open log.
func (b *bench) space(t tester, id people.SpaceID, c people.CaseID) {
	t.Helper()
	b.write(t, func(tx desk.Tx) error { return errors.Join(b.addSpace(tx, id), begin(tx, id, c, "")) })
}

func (b *bench) addSpace(tx desk.Tx, id people.SpaceID) error {
	key, err := seal.NewKey(string(id), nil)
	if err != nil {
		return err
	}
	if b.keys == nil {
		b.keys = map[people.SpaceID]seal.Key{}
	}
	b.keys[id] = key
	return tx.AddSpace(people.Space{ID: id, Kind: people.Household, Name: "of " + string(id), Public: key.Public, Created: b.clock}, key)
}

// begin adds a case with a log for each wall. The name of a log tells nothing of
// the space, so that two spaces may have the same.
func begin(tx desk.Tx, space people.SpaceID, c people.CaseID, walls ...desk.Wall) error {
	if err := tx.AddCase(space, desk.CaseRow{ID: c, Created: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}); err != nil {
		return err
	}
	for _, w := range walls {
		if err := tx.AddLog(space, desk.Log{Case: c, Wall: w, Name: logName(c, w)}); err != nil {
			return err
		}
	}
	return nil
}

func logName(c people.CaseID, w desk.Wall) string { return "log-" + string(c) + "-" + string(w) }

// say is a draft whose body holds text.
func say(id, text string) seal.Draft {
	return seal.Draft{ID: id, What: seal.Fact, Body: seal.Body{Salt: []byte(fmt.Sprintf("%016s", id)[:16]), Data: []byte(text)}}
}

func destruction(id string) seal.Draft {
	d := say(id, `{"why":"asked for"}`)
	d.What = seal.Destroyed
	return d
}

// add seals drafts and appends them.
func (b *bench) add(tx desk.Tx, space people.SpaceID, c people.CaseID, w desk.Wall, drafts ...seal.Draft) error {
	tail, err := tx.Tail(space, c, w)
	if err != nil {
		return err
	}
	return b.addAt(tx, tail, space, c, w, drafts...)
}

func (b *bench) addAt(tx desk.Tx, tail seal.Tail, space people.SpaceID, c people.CaseID, w desk.Wall, drafts ...seal.Draft) error {
	s, bodies, checkpoint, err := b.sealed(tail, space, c, w, drafts...)
	if err != nil {
		return err
	}
	return tx.Append(space, c, w, s, bodies, checkpoint)
}

func (b *bench) sealed(tail seal.Tail, space people.SpaceID, c people.CaseID, w desk.Wall, drafts ...seal.Draft) (seal.Sealed, []seal.Body, []byte, error) {
	s, err := seal.Append(logName(c, w), tail, "person", b.clock.Add(time.Duration(tail.Size)*time.Millisecond), drafts...)
	if err != nil {
		return s, nil, nil, err
	}
	checkpoint, err := b.keys[space].Sign(s.Head)
	if err != nil {
		return s, nil, nil, err
	}
	var bodies []seal.Body
	for _, d := range drafts {
		bodies = append(bodies, d.Body)
	}
	return s, bodies, checkpoint, nil
}

// ids lists the names of a log's entries, and checks that their places have no
// gap.
func ids(tx desk.Tx, space people.SpaceID, c people.CaseID, w desk.Wall) (out []string, err error) {
	err = tx.Rows(space, c, w, 0, func(r desk.Row) error {
		if r.Seq != int64(len(out)) {
			return fmt.Errorf("place %d comes where %d was to come", r.Seq, len(out))
		}
		out = append(out, r.ID)
		return nil
	})
	return out, err
}

// verify recomputes a log from what the store gives, as a bundle's reader would.
func verify(tx desk.Tx, space people.SpaceID, l desk.Log, public string) error {
	var tree seal.Tree
	err := tx.Rows(space, l.Case, l.Wall, 0, func(r desk.Row) error {
		if r.Log != l.Name || r.Seq != tree.Size() {
			return fmt.Errorf("entry %q of log %q stands at %d of log %q", r.ID, r.Log, r.Seq, l.Name)
		}
		if !r.Gone && r.Body.Digest() != r.Entry.Body {
			return fmt.Errorf("the body of entry %d is not the one that was sealed", r.Seq)
		}
		return tree.Add(r.Leaf())
	})
	if err != nil {
		return err
	}
	if tree.Size() != l.Head.Size {
		return fmt.Errorf("log %s has %d entries and a head of %d", l.Name, tree.Size(), l.Head.Size)
	}
	if l.Head.Size == 0 {
		return nil
	}
	root, err := tree.Root(tree.Size())
	if err != nil {
		return err
	}
	if root != l.Head.Root {
		return fmt.Errorf("log %s does not come to its head", l.Name)
	}
	head, err := seal.OpenCheckpoint(l.Checkpoint, public)
	if err != nil {
		return err
	}
	if head != l.Head {
		return fmt.Errorf("the checkpoint of log %s is %+v, its head %+v", l.Name, head, l.Head)
	}
	return nil
}

// verifyAll verifies every log of every space.
func (b *bench) verifyAll(t tester) {
	t.Helper()
	b.read(t, func(tx desk.Tx) error {
		all, err := tx.Spaces()
		if err != nil {
			return err
		}
		for _, s := range all {
			ls, err := tx.AllLogs(s.ID)
			if err != nil {
				return err
			}
			for _, l := range ls {
				if err := verify(tx, s.ID, l, s.Public); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func spaces(t *testing.T, b *bench) {
	late := people.Space{ID: "b", Kind: people.Practice, Name: "Práctica Núñez", Created: time.Date(2026, 2, 1, 0, 0, 0, 5e6, time.UTC)}
	early := people.Space{ID: "a", Kind: people.Agency, Name: "District", Created: time.Date(2025, 2, 1, 0, 0, 0, 0, time.FixedZone("", -8*3600))}
	kl, _ := seal.NewKey("b", nil)
	ke, _ := seal.NewKey("a", nil)
	late.Public, early.Public = kl.Public, ke.Public
	b.write(t, func(tx desk.Tx) error { return errors.Join(tx.AddSpace(late, kl), tx.AddSpace(early, ke)) })
	early.Created = early.Created.UTC()
	b.read(t, func(tx desk.Tx) error {
		got, err := tx.Spaces()
		same(t, "spaces, the oldest first", got, []people.Space{early, late})
		k, e := tx.Key("b")
		same(t, "key", k, kl)
		_, none := tx.Key("c")
		want(t, "key of no space", none, fault.NotFound)
		return errors.Join(err, e)
	})
	called := people.Space{ID: "b", Kind: people.Agency, Name: "Another name", Public: "not taken", Created: late.Created.Add(time.Hour)}
	b.write(t, func(tx desk.Tx) error { return tx.SaveSpace(called) })
	want(t, "no space", b.Write(ctx, func(tx desk.Tx) error { return tx.SaveSpace(people.Space{ID: "none"}) }), fault.NotFound)
	late.Kind, late.Name = called.Kind, called.Name
	b.read(t, func(tx desk.Tx) error {
		got, err := tx.Spaces()
		same(t, "sort and name, and nothing else", got, []people.Space{early, late})
		return err
	})
	other, _ := seal.NewKey("a", nil)
	again := early
	again.Public = other.Public
	want(t, "a second space of that name", b.Write(ctx, func(tx desk.Tx) error { return tx.AddSpace(again, other) }), fault.Conflict)
	b.read(t, func(tx desk.Tx) error {
		k, err := tx.Key("a")
		same(t, "the key stays", k, ke)
		return err
	})
}

func persons(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	ana := people.Person{ID: "p1", Name: "Ana Ñ", Lang: "es", Register: people.Plain, Shortcuts: true}
	bo := people.Person{ID: "p0", Name: "Bo", Lang: "en", Register: people.Precise}
	b.write(t, func(tx desk.Tx) error { return errors.Join(tx.SavePerson("s", ana), tx.SavePerson("s", bo)) })
	ana.Version, bo.Version = 1, 1
	list := func() (out []people.Person) {
		b.read(t, func(tx desk.Tx) (err error) { out, err = tx.People("s"); return err })
		return out
	}
	same(t, "people in the order of adding", list(), []people.Person{ana, bo})
	save := func(p people.Person) error {
		return b.Write(ctx, func(tx desk.Tx) error { return tx.SavePerson("s", p) })
	}
	ana.Name, ana.Shortcuts = "Ana", false
	if err := save(ana); err != nil {
		t.Fatal(err)
	}
	stale := ana
	ana.Version = 2
	same(t, "after a save", list(), []people.Person{ana, bo})
	stale.Name = "late"
	want(t, "a stale save", save(stale), fault.Conflict)
	ahead := ana
	ahead.Version = 3
	want(t, "a save from the future", save(ahead), fault.Conflict)
	twice := ana
	twice.Version = 0
	want(t, "adding twice", save(twice), fault.Conflict)
	want(t, "replacing nobody", save(people.Person{ID: "p9", Version: 1}), fault.NotFound)
	want(t, "a person of no space", b.Write(ctx, func(tx desk.Tx) error { return tx.SavePerson("none", people.Person{ID: "p"}) }), fault.NotFound)
	same(t, "after refusals", list(), []people.Person{ana, bo})
}

func alone(t *testing.T, b *bench) {
	ask := func(s people.SpaceID) (got bool) {
		b.read(t, func(tx desk.Tx) (err error) { got, err = tx.Alone(s); return err })
		return got
	}
	b.space(t, "s", "c")
	same(t, "nobody is there", ask("s"), false)
	one := people.Person{ID: "p", Name: "Sample", Lang: "es", Register: people.Precise, Shortcuts: true}
	b.write(t, func(tx desk.Tx) error { return tx.SavePerson("s", one) })
	same(t, "one person, one space", ask("s"), true)
	b.read(t, func(tx desk.Tx) error {
		got, err := tx.Person("s", "p")
		one.Version = 1
		same(t, "the person", got, one)
		_, no := tx.Person("s", "q")
		want(t, "somebody else", no, fault.NotFound)
		_, no = tx.Person("t", "p")
		want(t, "in another space", no, fault.NotFound)
		return err
	})
	b.space(t, "t", "c")
	same(t, "one person, two spaces", ask("s"), false)
	same(t, "of no space", ask("none"), false)
}

func cases(t *testing.T, b *bench) {
	b.write(t, func(tx desk.Tx) error { return b.addSpace(tx, "s") })
	rows := []desk.CaseRow{
		{ID: "z", Created: time.Date(2026, 1, 2, 3, 4, 5, 6e6, time.UTC)},
		{ID: "a", Created: time.Date(2025, 1, 2, 3, 4, 5, 0, time.UTC), Batch: "import-1"},
	}
	b.write(t, func(tx desk.Tx) error { return errors.Join(tx.AddCase("s", rows[0]), tx.AddCase("s", rows[1])) })
	want(t, "a case twice", b.Write(ctx, func(tx desk.Tx) error { return tx.AddCase("s", rows[0]) }), fault.Conflict)
	want(t, "a case of no space", b.Write(ctx, func(tx desk.Tx) error { return tx.AddCase("t", rows[0]) }), fault.NotFound)
	b.read(t, func(tx desk.Tx) error {
		got, err := tx.Cases("s")
		same(t, "cases in the order of adding", got, rows)
		return err
	})
}

func logs(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	b.write(t, func(tx desk.Tx) error {
		return errors.Join(tx.AddLog("s", desk.Log{Case: "c", Wall: "counsel", Name: logName("c", "counsel")}), begin(tx, "s", "d", "author:p1"))
	})
	b.read(t, func(tx desk.Tx) error {
		ls, err := tx.Logs("s", "c")
		if err != nil || len(ls) != 2 {
			t.Fatalf("logs of c: %+v %v", ls, err)
		}
		l := ls[1]
		if l.Wall != "counsel" || l.Case != "c" || l.Name != "log-c-counsel" || l.Head.Size != 0 || l.Head.Root != (seal.Hash{}) || l.Checkpoint != nil || l.Destroyed != 0 {
			t.Fatalf("an empty log: %+v", l)
		}
		all, err := tx.AllLogs("s")
		if err != nil || len(all) != 3 || all[2].Case != "d" || all[2].Wall != "author:p1" {
			t.Fatalf("all logs: %+v %v", all, err)
		}
		tail, err := tx.Tail("s", "c", "counsel")
		if err != nil || tail.Size != 0 {
			t.Fatalf("tail of an empty log: %+v %v", tail, err)
		}
		_, err = tx.Tail("s", "c", "mediation")
		want(t, "tail of no log", err, fault.NotFound)
		want(t, "rows of no log", tx.Rows("s", "c", "mediation", 0, nil), fault.NotFound)
		if got, err := ids(tx, "s", "c", ""); err != nil || len(got) != 0 {
			t.Fatalf("rows of an empty log: %v %v", got, err)
		}
		ls, err = tx.Logs("s", "nothing")
		if err != nil || len(ls) != 0 {
			t.Fatalf("logs of no case: %v %v", ls, err)
		}
		return nil
	})
	for what, l := range map[string]desk.Log{
		"a wall twice":       {Case: "c", Wall: "counsel", Name: "another"},
		"a log's name twice": {Case: "d", Wall: "", Name: "log-c-"},
	} {
		want(t, what, b.Write(ctx, func(tx desk.Tx) error { return tx.AddLog("s", l) }), fault.Conflict)
	}
	want(t, "a log of no case", b.Write(ctx, func(tx desk.Tx) error { return tx.AddLog("s", desk.Log{Case: "x", Name: "x"}) }), fault.NotFound)
}

func appending(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	drafts := []seal.Draft{say("e0", `{"a":"ñ"}`), say("e1", ""), {ID: "e2", What: seal.Hold, Body: seal.Body{Salt: []byte{0, 255}, Data: []byte("\x00\xff{}")}}}
	var s seal.Sealed
	var checkpoint []byte
	b.write(t, func(tx desk.Tx) error {
		tail, err := tx.Tail("s", "c", "")
		if err != nil {
			return err
		}
		var bodies []seal.Body
		if s, bodies, checkpoint, err = b.sealed(tail, "s", "c", "", drafts...); err != nil {
			return err
		}
		return tx.Append("s", "c", "", s, bodies, checkpoint)
	})
	b.read(t, func(tx desk.Tx) error {
		ls, err := tx.Logs("s", "c")
		same(t, "log after an append", ls, []desk.Log{{Case: "c", Name: logName("c", ""), Head: s.Head, Checkpoint: checkpoint}})
		var got []desk.Row
		err = errors.Join(err, tx.Rows("s", "c", "", 0, func(r desk.Row) error { got = append(got, r); return nil }))
		if len(got) != 3 {
			t.Fatalf("%d rows", len(got))
		}
		for i, r := range got {
			same(t, "entry", r.Entry, s.Entries[i])
			if r.Gone || string(r.Body.Data) != string(drafts[i].Body.Data) || string(r.Body.Salt) != string(drafts[i].Body.Salt) {
				t.Fatalf("body %d: %+v", i, r)
			}
		}
		tail, e := tx.Tail("s", "c", "")
		if e != nil || tail.Size != 3 {
			t.Fatalf("tail: %d %v", tail.Size, e)
		}
		hs, e := tail.Hashes([]int64{s.First + 3, s.First, s.First + 2})
		if e != nil || len(hs) != 3 || hs[0] != s.Hashes[3] || hs[1] != s.Hashes[0] || hs[2] != s.Hashes[2] {
			t.Fatalf("hashes: %v %v", hs, e)
		}
		_, e = tail.Hashes([]int64{99})
		if e == nil {
			t.Fatal("a hash that is not there was given")
		}
		return err
	})
	b.write(t, func(tx desk.Tx) error { // two appends in one write, each on the other
		return errors.Join(b.add(tx, "s", "c", "", say("e3", "3")), b.add(tx, "s", "c", "", say("e4", "4"), say("e5", "5")))
	})
	b.verifyAll(t)
	b.read(t, func(tx desk.Tx) error {
		var from []string
		err := tx.Rows("s", "c", "", 4, func(r desk.Row) error { from = append(from, r.ID); return nil })
		same(t, "rows from place 4", from, []string{"e4", "e5"})
		stop := errors.New("stop")
		if e := tx.Rows("s", "c", "", 0, func(desk.Row) error { return stop }); !errors.Is(e, stop) {
			t.Fatalf("the caller's error came back as %v", e)
		}
		return err
	})
}

func appendRefuses(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	b.write(t, func(tx desk.Tx) error {
		return errors.Join(b.add(tx, "s", "c", "", say("e0", "0"), say("e1", "1")), tx.AddLog("s", desk.Log{Case: "c", Wall: "counsel", Name: logName("c", "counsel")}))
	})
	try := func(f func(desk.Tx) error) error { return b.Write(ctx, f) }
	stale := seal.Tail{Size: 0, Hashes: func([]int64) ([]seal.Hash, error) { return nil, errors.New("none") }}
	want(t, "an append to an older end", try(func(tx desk.Tx) error { return b.addAt(tx, stale, "s", "c", "", say("n", "n")) }), fault.Conflict)
	want(t, "a name that is taken", try(func(tx desk.Tx) error { return b.add(tx, "s", "c", "", say("n", "n"), say("e1", "n")) }), fault.Conflict)
	want(t, "a name taken behind another wall", try(func(tx desk.Tx) error { return b.add(tx, "s", "c", "counsel", say("e0", "n")) }), fault.Conflict)
	want(t, "a name twice in one append", try(func(tx desk.Tx) error { return b.add(tx, "s", "c", "", say("n", "n"), say("n", "m")) }), fault.Conflict)
	want(t, "an append to no log", try(func(tx desk.Tx) error { return b.addAt(tx, stale, "s", "c", "mediation", say("n", "n")) }), fault.NotFound)
	wrong := func(what string, spoil func(*seal.Sealed, *[]seal.Body, *[]byte)) {
		t.Helper()
		err := try(func(tx desk.Tx) error {
			tail, err := tx.Tail("s", "c", "")
			if err != nil {
				return err
			}
			s, bodies, checkpoint, err := b.sealed(tail, "s", "c", "", say("n0", "0"), say("n1", "1"))
			if err != nil {
				return err
			}
			spoil(&s, &bodies, &checkpoint)
			return tx.Append("s", "c", "", s, bodies, checkpoint)
		})
		if err == nil {
			t.Fatalf("an append with %s was taken", what)
		}
	}
	wrong("a body too few", func(_ *seal.Sealed, bs *[]seal.Body, _ *[]byte) { *bs = (*bs)[:1] })
	wrong("bodies exchanged", func(_ *seal.Sealed, bs *[]seal.Body, _ *[]byte) { slices.Reverse(*bs) })
	wrong("places out of order", func(s *seal.Sealed, _ *[]seal.Body, _ *[]byte) { s.Entries[1].Seq++ })
	wrong("hashes out of place", func(s *seal.Sealed, _ *[]seal.Body, _ *[]byte) { s.First++ })
	wrong("a hash too few", func(s *seal.Sealed, _ *[]seal.Body, _ *[]byte) { s.Hashes = s.Hashes[1:] })
	wrong("the head of another log", func(s *seal.Sealed, _ *[]seal.Body, _ *[]byte) { s.Head.Log = "other" })
	wrong("no checkpoint", func(_ *seal.Sealed, _ *[]seal.Body, c *[]byte) { *c = nil })
	wrong("nothing in it", func(s *seal.Sealed, bs *[]seal.Body, _ *[]byte) { s.Entries, *bs = nil, nil })
	b.read(t, func(tx desk.Tx) error {
		got, err := ids(tx, "s", "c", "")
		same(t, "after refusals", got, []string{"e0", "e1"})
		return err
	})
	b.verifyAll(t)
}

// longLog reads a log that is longer, and bodies that are bigger, than any page.
func longLog(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	var names []string
	for batch := range 5 {
		b.write(t, func(tx desk.Tx) error {
			var ds []seal.Draft
			for i := range 500 {
				id := fmt.Sprintf("e%d", batch*500+i)
				text := "{}"
				if i%100 == 7 {
					text = strings.Repeat("x", 400<<10)
				}
				names = append(names, id)
				ds = append(ds, say(id, text))
			}
			return b.add(tx, "s", "c", "", ds...)
		})
	}
	b.read(t, func(tx desk.Tx) error {
		got, err := ids(tx, "s", "c", "")
		if !slices.Equal(got, names) {
			t.Fatalf("%d of %d names", len(got), len(names))
		}
		n := 0 // f may use the transaction
		return errors.Join(err, tx.Rows("s", "c", "", 2490, func(r desk.Row) error {
			_, found, err := tx.Find("s", "c", names[n])
			if err == nil && found.Seq != int64(n) {
				err = fmt.Errorf("found %d for %d", found.Seq, n)
			}
			n++
			return err
		}))
	})
	b.verifyAll(t)
}

func find(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	b.write(t, func(tx desk.Tx) error {
		return errors.Join(tx.AddLog("s", desk.Log{Case: "c", Wall: "counsel", Name: logName("c", "counsel")}), begin(tx, "s", "d", ""),
			b.add(tx, "s", "c", "", say("e0", "0"), say("e1", "1")), b.add(tx, "s", "c", "counsel", say("e2", "2")), b.add(tx, "s", "d", "", say("e0", "of d")))
	})
	b.read(t, func(tx desk.Tx) error {
		for id, w := range map[string]desk.Wall{"e0": "", "e1": "", "e2": "counsel"} {
			wall, r, err := tx.Find("s", "c", id)
			if err != nil || wall != w || r.ID != id || r.Log != logName("c", w) || "e"+string(r.Body.Data) != id {
				t.Fatalf("found %q %+v %v", wall, r, err)
			}
		}
		_, r, err := tx.Find("s", "d", "e0")
		if err != nil || string(r.Body.Data) != "of d" {
			t.Fatalf("found %+v %v", r, err)
		}
		_, _, err = tx.Find("s", "d", "e1")
		want(t, "an entry of another case", err, fault.NotFound)
		return nil
	})
}

// spacesApart keeps the same names in two spaces.
func spacesApart(t *testing.T, b *bench) {
	data := []byte("kept by one only")
	d := digest(data)
	for _, s := range []people.SpaceID{"s", "t"} {
		b.space(t, s, "c")
		b.write(t, func(tx desk.Tx) error {
			return errors.Join(b.add(tx, s, "c", "", say("e", "of "+string(s))), tx.Index(s, "c", "", "e", "word only"+string(s)),
				tx.SavePerson(s, people.Person{ID: "p", Name: string(s)}))
		})
	}
	b.write(t, func(tx desk.Tx) error {
		return errors.Join(b.add(tx, "s", "c", "", destruction("why")), tx.Destroy("s", "c", "", "e", "why"),
			tx.AddFile("s", desk.FileRow{Digest: d, Size: int64(len(data))}, strings.NewReader(string(data))),
			tx.SaveCalendar("s", desk.CalendarRow{ID: "k", Version: 1}), tx.SaveBatch("s", desk.Batch{ID: "b"}),
			tx.SaveDraft("s", "p", desk.DraftRow{Key: "k"}), tx.Keep("s", "c", "", []byte("given")))
	})
	b.read(t, func(tx desk.Tx) error {
		_, r, err := tx.Find("t", "c", "e")
		if err != nil || r.Gone || string(r.Body.Data) != "of t" {
			t.Fatalf("the entry of the other space: %+v %v", r, err)
		}
		hits, err := tx.Search("t", "c", []desk.Wall{""}, "word", 9)
		same(t, "search", hits, []string{"e"})
		none, e := tx.Search("t", "c", []desk.Wall{""}, "onlys", 9)
		same(t, "search for the other's word", none, nil)
		_, ef := tx.File("t", d)
		want(t, "a file of the other space", ef, fault.NotFound)
		want(t, "its bytes", tx.ReadFile("t", d, &strings.Builder{}), fault.NotFound)
		_, ed := tx.Draft("t", "p", "k")
		want(t, "a draft of the other space", ed, fault.NotFound)
		cs, e1 := tx.Calendars("t")
		bs, e2 := tx.Batches("t")
		ks, e3 := tx.Kept("t", "c", "")
		ps, e4 := tx.People("t")
		if len(cs)+len(bs)+len(ks) != 0 || len(ps) != 1 || ps[0].Name != "t" {
			t.Fatalf("seen across spaces: %v %v %v %v", cs, bs, ks, ps)
		}
		return errors.Join(err, e, e1, e2, e3, e4)
	})
	b.verifyAll(t)
}

// wallsApart asks that nothing of one wall shows in another.
func wallsApart(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	b.write(t, func(tx desk.Tx) error {
		return errors.Join(tx.AddLog("s", desk.Log{Case: "c", Wall: "counsel", Name: logName("c", "counsel")}),
			tx.AddLog("s", desk.Log{Case: "c", Wall: "author:p", Name: logName("c", "author:p")}))
	})
	for i := range 20 {
		b.write(t, func(tx desk.Tx) error {
			w := []desk.Wall{"", "counsel", "counsel", "author:p"}[i%4]
			return b.add(tx, "s", "c", w, say(fmt.Sprintf("e%d", i), "x"))
		})
	}
	b.read(t, func(tx desk.Tx) error {
		ls, err := tx.Logs("s", "c")
		sizes := map[desk.Wall]int64{}
		for _, l := range ls {
			sizes[l.Wall] = l.Head.Size
		}
		same(t, "sizes", sizes, map[desk.Wall]int64{"": 5, "counsel": 10, "author:p": 5})
		open, e := ids(tx, "s", "c", "")
		same(t, "the open wall", open, []string{"e0", "e4", "e8", "e12", "e16"})
		return errors.Join(err, e)
	})
	b.verifyAll(t)
}
