package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"stayput/desk"
	"stayput/fault"
	"stayput/people"
	"stayput/record/seal"
)

func digest(b []byte) seal.Digest { return sha256.Sum256(b) }

// holds fails the test unless the open log of case c of space s holds just these.
func (b *bench) holds(t tester, what string, names ...string) {
	t.Helper()
	b.read(t, func(tx desk.Tx) error {
		got, err := ids(tx, "s", "c", "")
		same(t, what, got, names)
		return err
	})
	b.verifyAll(t)
}

func failedWrite(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	b.write(t, func(tx desk.Tx) error { return b.add(tx, "s", "c", "", say("e0", "0")) })
	much := func(tx desk.Tx) error {
		return errors.Join(b.add(tx, "s", "c", "", say("n0", "0"), say("n1", "1")), tx.Index("s", "c", "", "n0", "never"),
			tx.SavePerson("s", people.Person{ID: "p"}), begin(tx, "s", "d", "", "counsel"),
			tx.AddFile("s", desk.FileRow{Digest: digest([]byte("f")), Size: 1}, strings.NewReader("f")),
			tx.SaveCalendar("s", desk.CalendarRow{ID: "k", Version: 1}), tx.SaveBatch("s", desk.Batch{ID: "b"}))
	}
	nothing := func(what string) {
		t.Helper()
		b.holds(t, what, "e0")
		b.read(t, func(tx desk.Tx) error {
			ps, e1 := tx.People("s")
			cs, e2 := tx.Cases("s")
			ks, e3 := tx.Calendars("s")
			bs, e4 := tx.Batches("s")
			hits, e5 := tx.Search("s", "c", []desk.Wall{""}, "never", 5)
			_, none := tx.File("s", digest([]byte("f")))
			want(t, what, none, fault.NotFound)
			if len(ps)+len(ks)+len(bs)+len(hits) != 0 || len(cs) != 1 {
				t.Fatalf("%s: kept %v %v %v %v %v", what, ps, cs, ks, bs, hits)
			}
			return errors.Join(e1, e2, e3, e4, e5)
		})
	}
	stop := errors.New("stop")
	if err := b.Write(ctx, func(tx desk.Tx) error { return errors.Join(much(tx), stop) }); !errors.Is(err, stop) {
		t.Fatalf("the caller's error came back as %v", err)
	}
	nothing("after an error")
	func() {
		defer func() {
			if p := recover(); p != "panicked" {
				t.Fatalf("the panic came back as %v", p)
			}
		}()
		_ = b.Write(ctx, func(tx desk.Tx) error {
			if err := much(tx); err != nil {
				t.Error(err)
			}
			panic("panicked")
		})
	}()
	nothing("after a panic")
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = b.Write(ctx, func(tx desk.Tx) error { _ = much(tx); runtime.Goexit(); return nil })
	}()
	<-done
	nothing("after a goroutine's end")
	func() {
		defer func() { _ = recover() }()
		_ = b.Read(ctx, func(desk.Tx) error { panic("in a read") })
	}()
	b.write(t, much)
	b.holds(t, "the next write", "e0", "n0", "n1")
}

// failedMethod goes on after methods that failed.
func failedMethod(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	b.write(t, func(tx desk.Tx) error {
		if err := b.add(tx, "s", "c", "", say("e0", "0")); err != nil {
			return err
		}
		want(t, "append", b.add(tx, "s", "c", "", say("n0", "0"), say("n1", "1"), say("e0", "2")), fault.Conflict)
		want(t, "file", tx.AddFile("s", desk.FileRow{Digest: digest([]byte("f")), Size: 600_000}, bytes.NewReader(make([]byte, 600_000))), fault.Invalid)
		want(t, "case", tx.AddCase("s", desk.CaseRow{ID: "c"}), fault.Conflict)
		want(t, "destroy", tx.Destroy("s", "c", "", "e0", "e0"), fault.Invalid)
		return b.add(tx, "s", "c", "", say("e1", "1"))
	})
	b.holds(t, "what was kept", "e0", "e1")
	b.read(t, func(tx desk.Tx) error {
		_, err := tx.File("s", digest([]byte("f")))
		want(t, "file", err, fault.NotFound)
		return nil
	})
}

func readOnly(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	b.write(t, func(tx desk.Tx) error {
		return errors.Join(b.add(tx, "s", "c", "", say("e0", "0"), destruction("why")), tx.SavePerson("s", people.Person{ID: "p"}))
	})
	key, _ := seal.NewKey("t", nil)
	b.read(t, func(tx desk.Tx) error {
		for what, err := range map[string]error{
			"AddSpace":     tx.AddSpace(people.Space{ID: "t", Public: key.Public}, key),
			"SavePerson":   tx.SavePerson("s", people.Person{ID: "q"}),
			"AddCase":      tx.AddCase("s", desk.CaseRow{ID: "d"}),
			"AddLog":       tx.AddLog("s", desk.Log{Case: "c", Wall: "counsel", Name: "l"}),
			"Append":       b.add(tx, "s", "c", "", say("e1", "1")),
			"Destroy":      tx.Destroy("s", "c", "", "e0", "why"),
			"Keep":         tx.Keep("s", "c", "", []byte("c")),
			"Index":        tx.Index("s", "c", "", "e0", "w"),
			"AddFile":      tx.AddFile("s", desk.FileRow{Digest: digest(nil)}, strings.NewReader("")),
			"DropFile":     tx.DropFile("s", digest(nil)),
			"SaveCalendar": tx.SaveCalendar("s", desk.CalendarRow{ID: "k", Version: 1}),
			"SaveDraft":    tx.SaveDraft("s", "p", desk.DraftRow{Key: "k"}),
			"DropDraft":    tx.DropDraft("s", "p", "k"),
			"SaveBatch":    tx.SaveBatch("s", desk.Batch{ID: "b"}),
			"SaveItem":     tx.SaveItem("s", desk.Item{Kind: "k", ID: "i"}),
			"DropItem":     tx.DropItem("s", "k", "i"),
			"AddSeen":      tx.AddSeen("s", []desk.Seen{{Person: "p"}}),
		} {
			if err == nil {
				t.Errorf("%s inside Read did not fail", what)
			}
		}
		got, err := ids(tx, "s", "c", "") // reading goes on
		same(t, "inside the read", got, []string{"e0", "why"})
		return err
	})
	b.holds(t, "after the read", "e0", "why")
}

func ended(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	var r, w desk.Tx
	b.read(t, func(tx desk.Tx) error { r = tx; return nil })
	b.write(t, func(tx desk.Tx) error { w = tx; return nil })
	for what, tx := range map[string]desk.Tx{"Read": r, "Write": w} {
		if _, err := tx.Spaces(); err == nil {
			t.Errorf("a Tx reads after its %s", what)
		}
		if err := tx.AddCase("s", desk.CaseRow{ID: "d"}); err == nil {
			t.Errorf("a Tx writes after its %s", what)
		}
	}
}

// consistent reads twice while others write in between.
func consistent(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	b.write(t, func(tx desk.Tx) error { return b.add(tx, "s", "c", "", say("e0", "0")) })
	b.read(t, func(tx desk.Tx) error {
		done := make(chan error)
		go func() {
			done <- b.Write(ctx, func(tx desk.Tx) error {
				return errors.Join(b.add(tx, "s", "c", "", say("e1", "1")), tx.SavePerson("s", people.Person{ID: "p"}))
			})
		}()
		if err := <-done; err != nil {
			return err
		}
		got, err := ids(tx, "s", "c", "")
		same(t, "entries as they were when the read began", got, []string{"e0"})
		ps, e := tx.People("s")
		same(t, "people as they were", len(ps), 0)
		return errors.Join(err, e)
	})
	b.holds(t, "the next read", "e0", "e1")

	// Head and entries always fit each other.
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				err := b.Read(ctx, func(tx desk.Tx) error {
					ls, err := tx.Logs("s", "c")
					if err != nil {
						return err
					}
					return verify(tx, "s", ls[0], b.keys["s"].Public)
				})
				if err != nil {
					t.Errorf("a read beside writes: %v", err)
					return
				}
			}
		})
	}
	for i := range 50 {
		b.write(t, func(tx desk.Tx) error { return b.add(tx, "s", "c", "", say(fmt.Sprintf("n%d", i), "n")) })
	}
	close(stop)
	wg.Wait()
}

func manyWriters(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	b.write(t, func(tx desk.Tx) error { return begin(tx, "s", "d", "", "counsel") })
	const each, writers = 25, 8
	var wg sync.WaitGroup
	inside := 0
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				err := b.Write(ctx, func(tx desk.Tx) error {
					if inside++; inside != 1 {
						t.Error("two writes at once")
					}
					defer func() { inside-- }()
					id := fmt.Sprintf("w%d-%d", w, i)
					return errors.Join(b.add(tx, "s", "c", "", say(id, id)), b.add(tx, "s", "d", "counsel", say(id, id)))
				})
				if err != nil {
					t.Errorf("writer %d: %v", w, err)
				}
			}
		})
	}
	wg.Wait()
	b.verifyAll(t)
	b.read(t, func(tx desk.Tx) error {
		got, err := ids(tx, "s", "c", "")
		if len(got) != each*writers {
			t.Fatalf("%d of %d entries", len(got), each*writers)
		}
		for w := range writers { // each writer's entries in his own order
			last := -1
			for i := range each {
				at := slices.Index(got, fmt.Sprintf("w%d-%d", w, i))
				if at <= last {
					t.Fatalf("writer %d, entry %d stands at %d after %d", w, i, at, last)
				}
				last = at
			}
		}
		return err
	})
}

func durable(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	b.write(t, func(tx desk.Tx) error {
		return errors.Join(b.add(tx, "s", "c", "", say("e0", "zero"), say("e1", "one"), destruction("e2")), tx.Destroy("s", "c", "", "e1", "e2"),
			tx.Index("s", "c", "", "e0", "school"), tx.SavePerson("s", people.Person{ID: "p", Name: "Ana"}),
			tx.SaveDraft("s", "p", desk.DraftRow{Key: "k", Body: []byte("typing")}),
			tx.AddFile("s", desk.FileRow{Digest: digest([]byte("f")), Size: 1, Type: "text/plain"}, strings.NewReader("f")))
	})
	if err := b.Sessions().Commit("token", []byte("who"), b.clock.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	var before []desk.Log
	b.read(t, func(tx desk.Tx) (err error) { before, err = tx.AllLogs("s"); return err })
	for range 2 {
		b.reopen(t)
		b.holds(t, "after closing", "e0", "e1", "e2")
		b.read(t, func(tx desk.Tx) error {
			now, e0 := tx.AllLogs("s")
			same(t, "logs", now, before)
			_, r, e1 := tx.Find("s", "c", "e1")
			same(t, "destroyed", r.Gone, true)
			hits, e2 := tx.Search("s", "c", []desk.Wall{""}, "scho", 3)
			same(t, "found", hits, []string{"e0"})
			d, e3 := tx.Draft("s", "p", "k")
			same(t, "draft", string(d.Body), "typing")
			var f strings.Builder
			e4 := tx.ReadFile("s", digest([]byte("f")), &f)
			same(t, "file", f.String(), "f")
			k, e5 := tx.Key("s")
			same(t, "key", k, b.keys["s"])
			return errors.Join(e0, e1, e2, e3, e4, e5)
		})
		if data, ok, err := b.Sessions().Find("token"); !ok || err != nil || string(data) != "who" {
			t.Fatalf("session: %q %v %v", data, ok, err)
		}
	}
	b.write(t, func(tx desk.Tx) error { return b.add(tx, "s", "c", "", say("e3", "three")) })
	b.holds(t, "written after closing", "e0", "e1", "e2", "e3")
}

func closed(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	if err := errors.Join(b.Close(), b.Close()); err != nil {
		t.Fatalf("closing twice: %v", err)
	}
	none := func(desk.Tx) error { t.Error("f ran"); return nil }
	want(t, "read", b.Read(ctx, none), fault.Unavailable)
	want(t, "write", b.Write(ctx, none), fault.Unavailable)
	want(t, "backup", b.Backup(ctx, filepath.Join(t.TempDir(), "b")), fault.Unavailable)
	_, _, err := b.Sessions().Find("x")
	want(t, "sessions", err, fault.Unavailable)
}

func cancelled(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	over, cancel := context.WithCancel(ctx)
	cancel()
	for what, f := range map[string]func(context.Context, func(desk.Tx) error) error{"read": b.Read, "write": b.Write} {
		if err := f(over, func(desk.Tx) error { t.Error("f ran"); return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("a cancelled %s: %v", what, err)
		}
	}
	inside, stop := context.WithCancel(ctx)
	err := b.Write(inside, func(tx desk.Tx) error {
		err := b.add(tx, "s", "c", "", say("n", "n"))
		stop()
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled inside: %v", err)
	}
	b.holds(t, "after cancelling")

	waiting, giveUp := context.WithCancel(ctx) // while another writes
	b.write(t, func(tx desk.Tx) error {
		done := make(chan error)
		go func() { done <- b.Write(waiting, func(desk.Tx) error { t.Error("f ran"); return nil }) }()
		giveUp()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled while waiting: %v", err)
		}
		return b.add(tx, "s", "c", "", say("e0", "0"))
	})
	b.holds(t, "the other write", "e0")
}

func destroy(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	b.write(t, func(tx desk.Tx) error {
		return errors.Join(tx.AddLog("s", desk.Log{Case: "c", Wall: "counsel", Name: logName("c", "counsel")}),
			b.add(tx, "s", "c", "", destruction("early"), say("e1", "secret"), say("e2", "stays"), destruction("why"), say("later", "x")),
			b.add(tx, "s", "c", "counsel", say("c0", "c"), destruction("cwhy")),
			tx.Index("s", "c", "", "e1", "secret word"), tx.Index("s", "c", "", "e2", "stays word"))
	})
	try := func(w desk.Wall, id, by string) error {
		return b.Write(ctx, func(tx desk.Tx) error { return tx.Destroy("s", "c", w, id, by) })
	}
	want(t, "without an entry that says so", try("", "e1", ""), fault.Invalid)
	want(t, "by an entry that is not there", try("", "e1", "nothing"), fault.Invalid)
	want(t, "by an entry about something else", try("", "e1", "e2"), fault.Invalid)
	want(t, "by an entry of another wall", try("", "e1", "cwhy"), fault.Invalid)
	want(t, "by an earlier entry", try("", "e1", "early"), fault.Invalid)
	want(t, "by itself", try("", "why", "why"), fault.Invalid)
	want(t, "what is not there", try("", "nothing", "why"), fault.NotFound)
	want(t, "what is behind another wall", try("counsel", "e1", "cwhy"), fault.NotFound)
	if err := try("", "e1", "why"); err != nil {
		t.Fatal(err)
	}
	want(t, "a second time", try("", "e1", "why"), fault.Conflict)
	b.holds(t, "the entries stay", "early", "e1", "e2", "why", "later")
	b.read(t, func(tx desk.Tx) error {
		_, r, err := tx.Find("s", "c", "e1")
		if err != nil || !r.Gone || r.Body.Salt != nil || r.Body.Data != nil || r.Entry.Body == (seal.Digest{}) {
			t.Fatalf("a destroyed entry: %+v %v", r, err)
		}
		ls, err := tx.Logs("s", "c")
		same(t, "count of the destroyed", []int64{ls[0].Destroyed, ls[1].Destroyed}, []int64{1, 0})
		hits, e := tx.Search("s", "c", []desk.Wall{""}, "word", 9)
		same(t, "found", hits, []string{"e2"})
		gone, e2 := tx.Search("s", "c", []desk.Wall{""}, "secret", 9)
		same(t, "found of the destroyed", gone, nil)
		return errors.Join(err, e, e2)
	})
	want(t, "its words again", b.Write(ctx, func(tx desk.Tx) error { return tx.Index("s", "c", "", "e1", "secret") }), fault.NotFound)
	b.write(t, func(tx desk.Tx) error { return b.add(tx, "s", "c", "", say("n", "n")) })
	b.verifyAll(t)
}

func given(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	var all [][]byte
	for i := range 3 {
		b.write(t, func(tx desk.Tx) error {
			if err := b.add(tx, "s", "c", "", say(fmt.Sprintf("e%d", i), "x")); err != nil {
				return err
			}
			ls, err := tx.Logs("s", "c")
			if err != nil {
				return err
			}
			all = append(all, ls[0].Checkpoint)
			return tx.Keep("s", "c", "", ls[0].Checkpoint)
		})
	}
	want(t, "of no log", b.Write(ctx, func(tx desk.Tx) error { return tx.Keep("s", "c", "counsel", all[0]) }), fault.NotFound)
	b.read(t, func(tx desk.Tx) error {
		got, err := tx.Kept("s", "c", "")
		same(t, "checkpoints, the oldest first", got, all)
		return err
	})
}

func (b *bench) findable(t tester, w desk.Wall, words map[string]string, order ...string) {
	t.Helper()
	b.write(t, func(tx desk.Tx) error {
		for _, id := range order {
			if err := errors.Join(b.add(tx, "s", "c", w, say(id, "x")), tx.Index("s", "c", w, id, words[id])); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *bench) hits(t tester, query string, limit int, walls ...desk.Wall) (got []string) {
	t.Helper()
	b.read(t, func(tx desk.Tx) (err error) { got, err = tx.Search("s", "c", walls, query, limit); return err })
	return got
}

func searching(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	b.findable(t, "", map[string]string{
		"e0": "Reunión del IEP en la escuela, 60 minutos",
		"e1": "Speech therapy: evaluation requested in writing",
		"e2": "EVALUACIÓN escrita; el niño no recibió terapia\x00\xff",
		"e3": "re\u0301unio\u0301n with the O'Neill-García family (34 CFR 300.301)",
		"e4": "",
	}, "e0", "e1", "e2", "e3", "e4")
	for query, found := range map[string][]string{
		"reunion":            {"e3", "e0"},
		"REUNIÓN":            {"e3", "e0"},
		"reunión":            {"e3", "e0"},
		"reu":                {"e3", "e0"},
		"r":                  {"e3", "e2", "e1", "e0"},
		"evalu":              {"e2", "e1"},
		"evaluacion":         {"e2"},
		"escrit eval":        {"e2"},
		"escuela speech":     nil,
		"nino":               {"e2"},
		"niño":               {"e2"},
		"60":                 {"e0"},
		"300.301":            {"e3"},
		"o'neill":            {"e3"},
		"neill garcia":       {"e3"},
		"Garcia   family !!": {"e3"},
		"unión":              nil,
		"":                   nil,
		"  ...  ":            nil,
		"terapia":            {"e2"},
	} {
		same(t, fmt.Sprintf("search for %q", query), b.hits(t, query, 9, ""), found)
	}
	same(t, "at most two", b.hits(t, "r", 2, ""), []string{"e3", "e2"})
	same(t, "at most none", b.hits(t, "r", 0, ""), nil)
	same(t, "no wall", b.hits(t, "r", 9), nil)
	b.write(t, func(tx desk.Tx) error { return tx.Index("s", "c", "", "e0", "other words") })
	same(t, "words that were replaced", b.hits(t, "escuela", 9, ""), nil)
	same(t, "the words instead", b.hits(t, "other", 9, ""), []string{"e0"})
	want(t, "words of no entry", b.Write(ctx, func(tx desk.Tx) error { return tx.Index("s", "c", "", "nothing", "w") }), fault.NotFound)
}

func searchWalls(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	walls := []desk.Wall{"", "counsel", "author:p1"}
	b.write(t, func(tx desk.Tx) error {
		return errors.Join(tx.AddLog("s", desk.Log{Case: "c", Wall: "counsel", Name: logName("c", "counsel")}),
			tx.AddLog("s", desk.Log{Case: "c", Wall: "author:p1", Name: logName("c", "author:p1")}), begin(tx, "s", "d", ""),
			b.add(tx, "s", "d", "", say("other", "x")), tx.Index("s", "d", "", "other", "word"))
	})
	for i := range 9 {
		id := fmt.Sprintf("e%d", i)
		b.findable(t, walls[i%3], map[string]string{id: "word of " + id}, id)
	}
	same(t, "the open wall", b.hits(t, "word", 9, ""), []string{"e6", "e3", "e0"})
	same(t, "counsel's", b.hits(t, "word", 9, "counsel"), []string{"e7", "e4", "e1"})
	same(t, "two walls, the latest added first", b.hits(t, "word", 9, "author:p1", ""), []string{"e8", "e6", "e5", "e3", "e2", "e0"})
	same(t, "the limit over all walls", b.hits(t, "word", 4, walls...), []string{"e8", "e7", "e6", "e5"})
	same(t, "a wall named twice", b.hits(t, "word", 9, "", ""), []string{"e6", "e3", "e0"})
	same(t, "a wall that holds nothing", b.hits(t, "word", 9, "mediation"), nil)
	same(t, "a wall that is like another", b.hits(t, "word", 9, "author:p"), nil)
	same(t, "a word behind another wall", b.hits(t, "e1", 9, "", "author:p1"), nil)
	want(t, "words into the wrong wall", b.Write(ctx, func(tx desk.Tx) error { return tx.Index("s", "c", "", "e1", "w") }), fault.NotFound)
}

// hostile asks what nobody means, and wants no error and nothing more than a
// search for plain words would find.
func hostile(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	b.write(t, func(tx desk.Tx) error {
		return tx.AddLog("s", desk.Log{Case: "c", Wall: "counsel", Name: logName("c", "counsel")})
	})
	b.findable(t, "", map[string]string{"e0": "alpha beta or and not near"}, "e0")
	b.findable(t, "counsel", map[string]string{"e1": "alpha hidden"}, "e1")
	for query, found := range map[string][]string{
		`"`: nil, `""`: nil, `*`: nil, `^`: nil, `-`: nil, `'; DROP TABLE entries; --`: nil,
		`alpha" OR "hidden`: nil, `alpha OR beta`: {"e0"}, `alpha NOT beta`: {"e0"}, `NOT`: {"e0"}, `AND`: {"e0"},
		`alpha AND`: {"e0"}, `NEAR(alpha beta)`: {"e0"}, `NEAR(alpha beta, 1`: nil, `words:alpha`: nil, `wall : counsel`: nil, `{words wall}: alpha`: nil,
		`alpha*`: {"e0"}, `^alpha`: {"e0"}, `(alpha`: {"e0"}, `alpha)`: {"e0"}, `alpha + beta`: {"e0"}, `"alpha" * "beta"`: {"e0"}, "alpha\x00beta": {"e0"}, "\xff\xfealpha": {"e0"},
		`%`: nil, `a%`: {"e0"}, `_____`: nil, `\`: nil, "\u0301": nil, "😀": nil, "😀 alpha": {"e0"},
		strings.Repeat("alpha ", 10_000): {"e0"}, strings.Repeat("a", 100_000): nil, strings.Repeat("(", 100_000): nil,
		strings.Repeat(`"`, 99_999): nil, strings.Repeat("ñ", 5_000): nil,
	} {
		name := query
		if len(name) > 40 {
			name = name[:40]
		}
		same(t, fmt.Sprintf("search for %q", name), b.hits(t, query, 9, ""), found)
	}
	b.verifyAll(t)
}

func files(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	add := func(f desk.FileRow, data string) error {
		return b.Write(ctx, func(tx desk.Tx) error { return tx.AddFile("s", f, strings.NewReader(data)) })
	}
	get := func(d seal.Digest) (string, error) {
		var w strings.Builder
		err := b.Read(ctx, func(tx desk.Tx) error { return tx.ReadFile("s", d, &w) })
		return w.String(), err
	}
	for _, data := range []string{"", "x", strings.Repeat("ab", 128<<10), strings.Repeat("c", 256<<10+1), "\x00\xff"} {
		f := desk.FileRow{Digest: digest([]byte(data)), Size: int64(len(data)), Type: "text/plain"}
		if err := add(f, data); err != nil {
			t.Fatal(err)
		}
		if err := add(desk.FileRow{Digest: f.Digest, Size: f.Size, Type: "other/type"}, data); err != nil {
			t.Fatalf("a file a second time: %v", err)
		}
		want(t, "the same digest with other bytes", add(f, data+"!"), fault.Invalid)
		if got, err := get(f.Digest); err != nil || got != data {
			t.Fatalf("a file of %d came back with %d: %v", len(data), len(got), err)
		}
		b.read(t, func(tx desk.Tx) error {
			got, err := tx.File("s", f.Digest)
			same(t, "file", got, f)
			return err
		})
	}
	wrong := desk.FileRow{Digest: digest([]byte("right")), Size: 5}
	want(t, "other bytes", add(wrong, "wrong"), fault.Invalid)
	want(t, "fewer bytes", add(wrong, "righ"), fault.Invalid)
	want(t, "more bytes", add(wrong, "rightt"), fault.Invalid)
	want(t, "a wrong size", add(desk.FileRow{Digest: wrong.Digest, Size: 6}, "right"), fault.Invalid)
	want(t, "a file of no space", b.Write(ctx, func(tx desk.Tx) error { return tx.AddFile("none", wrong, strings.NewReader("right")) }), fault.NotFound)
	stop := errors.New("stop")
	if err := b.Write(ctx, func(tx desk.Tx) error {
		return tx.AddFile("s", wrong, io.MultiReader(strings.NewReader("ri"), failing{stop}))
	}); !errors.Is(err, stop) {
		t.Fatalf("a reader's error came back as %v", err)
	}
	_, err := get(wrong.Digest)
	want(t, "what was refused", err, fault.NotFound)
	d := digest([]byte("x"))
	for range 2 {
		b.write(t, func(tx desk.Tx) error { return tx.DropFile("s", d) })
		_, err = get(d)
		want(t, "what was dropped", err, fault.NotFound)
	}
	if err := add(desk.FileRow{Digest: d, Size: 1, Type: "text/html"}, "x"); err != nil {
		t.Fatal(err)
	}
	b.read(t, func(tx desk.Tx) error {
		f, err := tx.File("s", d)
		same(t, "kept anew", f.Type, "text/html")
		return err
	})
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// noise gives n bytes that are always the same and never repeat.
type noise struct{ n, at int }

func (r *noise) Read(p []byte) (int, error) {
	if r.at == r.n {
		return 0, io.EOF
	}
	k := min(len(p), r.n-r.at)
	for i := range k {
		x := uint64(r.at+i) * 0x9E3779B97F4A7C15
		p[i] = byte(x >> 56)
	}
	r.at += k
	return k, nil
}

// bigFile keeps and reads 20 MB, and watches how much memory that takes.
func bigFile(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	const size = 20 << 20
	sum := sha256.New()
	_, _ = io.Copy(sum, &noise{n: size})
	f := desk.FileRow{Digest: seal.Digest(sum.Sum(nil)), Size: size}
	defer debug.SetGCPercent(debug.SetGCPercent(100)) // the bound below is meant for what is usual
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	b.write(t, func(tx desk.Tx) error { return tx.AddFile("s", f, &noise{n: size}) })
	back := sha256.New()
	b.read(t, func(tx desk.Tx) error { return tx.ReadFile("s", f.Digest, back) })
	runtime.ReadMemStats(&after)
	if seal.Digest(back.Sum(nil)) != f.Digest {
		t.Fatal("the file came back changed")
	}
	if grown := int64(after.HeapSys) - int64(before.HeapSys); grown > 48<<20 {
		t.Errorf("20 MB took %d MB of memory", grown>>20)
	}
	b.write(t, func(tx desk.Tx) error { return tx.DropFile("s", f.Digest) })
}

func calendars(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	at := time.Date(2026, 1, 1, 0, 0, 0, 1e6, time.UTC)
	one := desk.CalendarRow{ID: "k1", Version: 1, Name: "Oakland", Body: []byte("a: 1"), By: "p", At: at}
	two := desk.CalendarRow{ID: "k1", Version: 2, Name: "Zeta", Body: []byte("a: 2"), By: "q", At: at.Add(time.Hour)}
	other := desk.CalendarRow{ID: "k2", Version: 1, Name: "Pasadena", Body: []byte{}, At: at}
	save := func(c desk.CalendarRow) error {
		return b.Write(ctx, func(tx desk.Tx) error { return tx.SaveCalendar("s", c) })
	}
	want(t, "a second version first", save(two), fault.Conflict)
	for _, c := range []desk.CalendarRow{one, other, two} {
		if err := save(c); err != nil {
			t.Fatal(err)
		}
	}
	want(t, "a version again", save(two), fault.Conflict)
	want(t, "version 0", save(desk.CalendarRow{ID: "k3"}), fault.Conflict)
	want(t, "a version too far", save(desk.CalendarRow{ID: "k1", Version: 4}), fault.Conflict)
	want(t, "of no space", b.Write(ctx, func(tx desk.Tx) error { return tx.SaveCalendar("none", one) }), fault.NotFound)
	b.read(t, func(tx desk.Tx) error {
		latest, err := tx.Calendars("s")
		same(t, "the latest of each, by name", latest, []desk.CalendarRow{other, two})
		all, e := tx.CalendarVersions("s", "k1")
		same(t, "every version", all, []desk.CalendarRow{one, two})
		none, e2 := tx.CalendarVersions("s", "k9")
		same(t, "of no calendar", len(none), 0)
		return errors.Join(err, e, e2)
	})
}

func drafts(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	b.write(t, func(tx desk.Tx) error {
		return errors.Join(tx.SavePerson("s", people.Person{ID: "p"}), tx.SavePerson("s", people.Person{ID: "q"}))
	})
	at := time.Date(2026, 1, 1, 0, 0, 0, 1e6, time.UTC)
	save := func(p people.PersonID, d desk.DraftRow) error {
		return b.Write(ctx, func(tx desk.Tx) error { return tx.SaveDraft("s", p, d) })
	}
	d := desk.DraftRow{Key: "b", Body: []byte(`{"a":"ñ"}`), At: at}
	if err := errors.Join(save("p", d), save("p", desk.DraftRow{Key: "a", At: at})); err != nil {
		t.Fatal(err)
	}
	want(t, "a draft twice", save("p", d), fault.Conflict)
	d.Version = 1
	d.Body = []byte("more")
	if err := save("p", d); err != nil {
		t.Fatal(err)
	}
	want(t, "a stale draft", save("p", d), fault.Conflict)
	want(t, "replacing none", save("p", desk.DraftRow{Key: "x", Version: 1}), fault.NotFound)
	want(t, "of nobody", save("nobody", desk.DraftRow{Key: "x"}), fault.NotFound)
	d.Version = 2
	b.read(t, func(tx desk.Tx) error {
		got, err := tx.Draft("s", "p", "b")
		same(t, "draft", got, d)
		all, e := tx.Drafts("s", "p")
		same(t, "drafts by key", all, []desk.DraftRow{{Key: "a", Version: 1, Body: []byte{}, At: at}, d})
		_, none := tx.Draft("s", "q", "b")
		want(t, "another person's", none, fault.NotFound)
		of, e2 := tx.Drafts("s", "q")
		same(t, "another person's drafts", len(of), 0)
		return errors.Join(err, e, e2)
	})
	for range 2 {
		b.write(t, func(tx desk.Tx) error { return tx.DropDraft("s", "p", "b") })
	}
	b.read(t, func(tx desk.Tx) error {
		all, err := tx.Drafts("s", "p")
		same(t, "what is left", len(all), 1)
		return err
	})
}

func batches(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	at := time.Date(2026, 1, 1, 0, 0, 0, 1e6, time.UTC)
	one := desk.Batch{ID: "z", Name: "first", By: "p", At: at, Report: []byte("[]")}
	two := desk.Batch{ID: "a", Name: "second", By: "p", At: at.Add(time.Second), Report: []byte("[1]")}
	three := desk.Batch{ID: "m", Name: "of the same moment", By: "q", At: two.At, Report: []byte{}}
	b.write(t, func(tx desk.Tx) error {
		return errors.Join(tx.SaveBatch("s", one), tx.SaveBatch("s", two), tx.SaveBatch("s", three))
	})
	two.Undone, two.Report = at.Add(time.Hour), []byte("[2]")
	b.write(t, func(tx desk.Tx) error { return tx.SaveBatch("s", two) })
	want(t, "of no space", b.Write(ctx, func(tx desk.Tx) error { return tx.SaveBatch("none", one) }), fault.NotFound)
	b.read(t, func(tx desk.Tx) error {
		got, err := tx.Batches("s")
		same(t, "batches, the latest first", got, []desk.Batch{three, two, one})
		same(t, "one that holds", got[2].Undone.IsZero(), true)
		return err
	})
}

func items(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	b.space(t, "t", "c")
	at := time.Date(2026, 1, 1, 0, 0, 0, 1e6, time.UTC)
	it := func(kind, id, body string) desk.Item {
		return desk.Item{Kind: kind, ID: id, Body: []byte(body), At: at}
	}
	b.write(t, func(tx desk.Tx) error {
		return errors.Join(tx.SaveItem("s", it("grant", "p/2", "two")), tx.SaveItem("s", it("grant", "p/1", "one")), tx.SaveItem("s", it("grant", "p%", "odd")),
			tx.SaveItem("s", it("grant", "q/1", "q")), tx.SaveItem("s", it("grants", "p/1", "another kind")), tx.SaveItem("", it("grant", "p/1", "of the server")),
			tx.SaveItem("t", it("grant", "p/1", "of t")))
	})
	want(t, "added twice", b.Write(ctx, func(tx desk.Tx) error { return tx.SaveItem("s", it("grant", "p/1", "x")) }), fault.Conflict)
	old := it("grant", "p/1", "changed")
	old.Version = 1
	b.write(t, func(tx desk.Tx) error { return tx.SaveItem("s", old) })
	want(t, "changed by two", b.Write(ctx, func(tx desk.Tx) error { return tx.SaveItem("s", old) }), fault.Conflict)
	old.ID = "none"
	want(t, "changed without being there", b.Write(ctx, func(tx desk.Tx) error { return tx.SaveItem("s", old) }), fault.NotFound)
	for _, bad := range []desk.Item{it("", "x", ""), it("x", "", "")} {
		if b.Write(ctx, func(tx desk.Tx) error { return tx.SaveItem("s", bad) }) == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
	b.write(t, func(tx desk.Tx) error {
		return errors.Join(tx.DropItem("s", "grant", "p/2"), tx.DropItem("s", "grant", "never"), tx.DropItem("none", "grant", "p/1"))
	})
	b.reopen(t)
	b.read(t, func(tx desk.Tx) error {
		got, err := tx.Items("s", "grant", "p/")
		one := it("grant", "p/1", "changed")
		one.Version = 2
		same(t, "items that begin so", got, []desk.Item{one})
		all, e1 := tx.Items("s", "grant", "")
		same(t, "all of a kind", len(all), 3)
		same(t, "by name", all[0].ID+all[1].ID+all[2].ID, "p%p/1q/1")
		server, e2 := tx.Item("", "grant", "p/1")
		same(t, "of the server", string(server.Body), "of the server")
		other, e3 := tx.Item("t", "grant", "p/1")
		same(t, "of another space", string(other.Body), "of t")
		_, missing := tx.Item("s", "grant", "p/2")
		want(t, "taken out", missing, fault.NotFound)
		return errors.Join(err, e1, e2, e3)
	})
}

func accesses(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	b.space(t, "t", "c")
	at := time.Date(2026, 1, 1, 0, 0, 0, 1e6, time.UTC)
	line := func(c people.CaseID, page string) desk.Seen {
		return desk.Seen{At: at, Person: "p", Case: c, Action: "see_case", Page: page, Device: "phone"}
	}
	b.write(t, func(tx desk.Tx) error {
		return errors.Join(tx.AddSeen("s", []desk.Seen{line("c", "1"), line("d", "2")}), tx.AddSeen("s", []desk.Seen{line("c", "3"), line("", "4")}), tx.AddSeen("t", []desk.Seen{line("c", "of t")}))
	})
	want(t, "of no space", b.Write(ctx, func(tx desk.Tx) error { return tx.AddSeen("none", []desk.Seen{line("c", "1")}) }), fault.NotFound)
	b.reopen(t)
	pages := func(c people.CaseID, before int64, limit int) (out string, last int64) {
		b.read(t, func(tx desk.Tx) error {
			got, err := tx.Seen("s", c, before, limit)
			for _, x := range got {
				out, last = out+x.Page, x.N
				x.N = 0
				same(t, "a line", x, line(x.Case, x.Page))
			}
			return err
		})
		return out, last
	}
	all, _ := pages("", 0, 9)
	same(t, "all, the latest first", all, "4321")
	first, n := pages("", 0, 2)
	same(t, "the first page", first, "43")
	rest, _ := pages("", n, 9)
	same(t, "what comes before it", rest, "21")
	one, n := pages("c", 0, 1)
	same(t, "of one case", one, "3")
	more, _ := pages("c", n, 9)
	same(t, "and before", more, "1")
}

func sessions(t *testing.T, b *bench) {
	s := b.Sessions()
	find := func(token string) string {
		t.Helper()
		data, ok, err := s.Find(token)
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return "none"
		}
		return string(data)
	}
	same(t, "before", find("t"), "none")
	if err := errors.Join(s.Commit("t", []byte("one"), b.clock.Add(time.Minute)), s.Commit("u", []byte("other"), b.clock.Add(time.Hour))); err != nil {
		t.Fatal(err)
	}
	same(t, "kept", find("t"), "one")
	if err := s.Commit("t", []byte("two"), b.clock.Add(2*time.Minute)); err != nil {
		t.Fatal(err)
	}
	same(t, "replaced", find("t"), "two")
	b.clock = b.clock.Add(119 * time.Second)
	same(t, "just before it runs out", find("t"), "two")
	b.clock = b.clock.Add(time.Second)
	same(t, "run out", find("t"), "none")
	same(t, "the other", find("u"), "other")
	if err := errors.Join(s.Commit("v", nil, b.clock.Add(time.Hour)), s.Delete("u"), s.Delete("u")); err != nil {
		t.Fatal(err)
	}
	same(t, "deleted", find("u"), "none")
	same(t, "empty", find("v"), "")
	same(t, "not a beginning of it", find(""), "none")
}

func backup(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	b.write(t, func(tx desk.Tx) error { return b.add(tx, "s", "c", "", say("e0", "0")) })
	dir := t.TempDir()
	path := filepath.Join(dir, "copy")
	if err := b.Backup(ctx, path); err != nil {
		t.Fatal(err)
	}
	i, err := os.Stat(path)
	if err != nil || i.Size() == 0 || runtime.GOOS != "windows" && i.Mode().Perm() != 0o600 {
		t.Fatalf("the copy: %v %v", i, err)
	}
	was, _ := os.ReadFile(path)
	want(t, "over a file", b.Backup(ctx, path), fault.Conflict)
	if now, _ := os.ReadFile(path); !bytes.Equal(was, now) {
		t.Error("the file that was there changed")
	}
	want(t, "into no folder", b.Backup(ctx, filepath.Join(dir, "no", "copy")), fault.NotFound)
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if err := b.Backup(stopped, filepath.Join(dir, "other")); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled backup: %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
	done := make(chan error) // while others write, and from within a read
	go func() {
		for i := range 20 {
			if err := b.Write(ctx, func(tx desk.Tx) error { return b.add(tx, "s", "c", "", say(fmt.Sprintf("n%d", i), "n")) }); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for i := range 3 {
		if err := b.Backup(ctx, filepath.Join(dir, fmt.Sprintf("b%d", i))); err != nil {
			t.Error(err)
		}
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func check(t *testing.T, b *bench) {
	b.space(t, "s", "c")
	b.write(t, func(tx desk.Tx) error {
		return errors.Join(tx.AddLog("s", desk.Log{Case: "c", Wall: "counsel", Name: logName("c", "counsel")}),
			b.add(tx, "s", "c", "", say("e0", "0"), destruction("e1")), tx.Destroy("s", "c", "", "e0", "e1"),
			tx.AddFile("s", desk.FileRow{Digest: digest([]byte("f")), Size: 1}, strings.NewReader("f")))
	})
	h, err := b.Check(ctx)
	if err != nil || !h.Sound || h.Schema <= 0 || len(h.Lines) == 0 {
		t.Fatalf("check: %+v %v", h, err)
	}
	for _, l := range h.Lines {
		if !strings.HasPrefix(l.Key, "store.") || len(l.Args)%2 != 0 {
			t.Errorf("a line of a check: %+v", l)
		}
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := b.Check(stopped); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled check: %v", err)
	}
}
