package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stayput/desk"
	"stayput/fault"
	"stayput/people"
)

// furnish fills a space with something of every sort, in which word stands
// wherever a word can stand.
func (b *bench) furnish(t tester, s people.SpaceID, word string) {
	t.Helper()
	b.write(t, func(tx desk.Tx) error {
		return errors.Join(b.addSpace(tx, s), begin(tx, s, "c", "", "counsel", "author:p"), begin(tx, s, "d", ""))
	})
	data := []byte(strings.Repeat("file of "+word+" ", 30_000))
	b.write(t, func(tx desk.Tx) error {
		return errors.Join(
			b.add(tx, s, "c", "", say("e0", "body of "+word), say("e1", "second of "+word), destruction("e2")), tx.Destroy(s, "c", "", "e1", "e2"),
			b.add(tx, s, "c", "counsel", say("e3", "counsel of "+word)), b.add(tx, s, "d", "", say("e0", strings.Repeat(word+" ", 3000))),
			tx.Index(s, "c", "", "e0", "plain words "+word), tx.Index(s, "c", "counsel", "e3", word), tx.Index(s, "d", "", "e0", word),
			b.give(tx, s, "c"),
			tx.SavePerson(s, people.Person{ID: "p", Name: "person " + word}),
			tx.AddFile(s, desk.FileRow{Digest: digest(data), Size: int64(len(data)), Type: "text/" + word}, bytes.NewReader(data)),
			tx.SaveCalendar(s, desk.CalendarRow{ID: "k", Version: 1, Name: "calendar " + word, Body: []byte(word)}),
			tx.SaveCalendar(s, desk.CalendarRow{ID: "k", Version: 2, Name: "calendar " + word, Body: []byte(word)}),
			tx.SaveDraft(s, "p", desk.DraftRow{Key: "k", Body: []byte(word)}), tx.SaveBatch(s, desk.Batch{ID: "b", Name: word, Report: []byte(word)}),
			tx.SaveItem(s, desk.Item{Kind: "member", ID: "p", Body: []byte(word)}), tx.SaveItem(s, desk.Item{Kind: "grant", ID: word, Body: []byte("{}")}),
			tx.AddSeen(s, []desk.Seen{{At: b.clock, Person: "p", Case: "c", Action: "see_case", Page: word, Device: word}, {At: b.clock, Person: "p", Action: "see_cases"}}))
	})
}

// give notes the checkpoint of the open log as given out.
func (b *bench) give(tx desk.Tx, s people.SpaceID, c people.CaseID) error {
	logs, err := tx.Logs(s, c)
	if err != nil {
		return err
	}
	return tx.Keep(s, c, logs[0].Wall, logs[0].Checkpoint)
}

// everything reads all that a space holds into one text; what is not there is "".
func (b *bench) everything(t tester, s people.SpaceID) (out string) {
	t.Helper()
	var w strings.Builder
	said := func(what string, v any, err error) {
		if err != nil && fault.KindOf(err) != fault.NotFound {
			t.Fatalf("%s of %s: %v", what, s, err)
		}
		if err == nil {
			if text := strings.Trim(fmt.Sprintf("%+v", v), "[]"); text != "" {
				w.WriteString(what + " " + text + "\n")
			}
		}
	}
	b.read(t, func(tx desk.Tx) error {
		all, err := tx.Spaces()
		for _, x := range all {
			if x.ID == s {
				said("space", x, err)
			}
		}
		key, err := tx.Key(s)
		said("key", key.Public, err)
		people, err := tx.People(s)
		said("people", people, err)
		cases, err := tx.Cases(s)
		said("cases", cases, err)
		logs, err := tx.AllLogs(s)
		said("logs", logs, err)
		for _, c := range casesOf {
			for _, wall := range walls {
				names, err := ids(tx, s, c, wall)
				said("rows", names, err)
				kept, err := tx.Kept(s, c, wall)
				said("kept", kept, err)
				_, err = tx.Tail(s, c, wall)
				said("tail", "there", err)
			}
			_, row, err := tx.Find(s, c, "e0")
			said("found", row, err)
			hits, err := tx.Search(s, c, walls, "plain", 9)
			said("hits", hits, err)
		}
		kals, err := tx.Calendars(s)
		said("calendars", kals, err)
		versions, err := tx.CalendarVersions(s, "k")
		said("versions", versions, err)
		drafts, err := tx.Drafts(s, "p")
		said("drafts", drafts, err)
		batches, err := tx.Batches(s)
		said("batches", batches, err)
		for _, kind := range []string{"member", "grant"} {
			its, err := tx.Items(s, kind, "")
			said("items", its, err)
		}
		seen, err := tx.Seen(s, "", 0, 9)
		said("seen", seen, err)
		return nil
	})
	return w.String()
}

func leaving(t *testing.T, b *bench) {
	// Names as the desk makes them: a sign-in is known by the name it holds.
	const mine, other = "spaceaaaaaaaaaaa", "spacebbbbbbbbbbb"
	b.furnish(t, other, "staysword")
	b.furnish(t, mine, "gonemarker")
	was := b.everything(t, other)
	b.write(t, func(tx desk.Tx) error {
		return tx.SaveItem("", desk.Item{Kind: "account", ID: "a", Body: []byte("of the server")})
	})
	s := b.Sessions()
	if err := errors.Join(s.Commit("t1", []byte("x"+mine+"y"), b.clock.Add(time.Hour)), s.Commit("t2", []byte("x"+other+"y"), b.clock.Add(time.Hour))); err != nil {
		t.Fatal(err)
	}
	held := func(word string) bool {
		found := false
		files, _ := filepath.Glob(filepath.Join(b.place, "*"))
		for _, f := range files {
			data, _ := os.ReadFile(f)
			found = found || bytes.Contains(data, []byte(word))
		}
		return found
	}
	// The index keeps a word without the beginning it shares with the one before it.
	for _, w := range []string{"gonemarker", "nemarker"} {
		if !held(w) {
			t.Fatalf("%q was not there before", w)
		}
	}

	before := b.everything(t, mine)
	stop := errors.New("stop")
	if err := b.Write(ctx, func(tx desk.Tx) error { return errors.Join(tx.DropSpace(mine), stop) }); !errors.Is(err, stop) {
		t.Fatal(err)
	}
	same(t, "after a write that failed", b.everything(t, mine), before)
	if b.Read(ctx, func(tx desk.Tx) error { return tx.DropSpace(mine) }) == nil {
		t.Fatal("Read took a space out")
	}
	want(t, "no space", b.Write(ctx, func(tx desk.Tx) error { return tx.DropSpace("none") }), fault.NotFound)
	want(t, "the server itself", b.Write(ctx, func(tx desk.Tx) error { return tx.DropSpace("") }), fault.NotFound)
	// Within the write that took it out, nothing can be added to it any more, and a
	// failed method changes nothing.
	b.write(t, func(tx desk.Tx) error {
		if err := tx.DropSpace(mine); err != nil {
			return err
		}
		want(t, "twice", tx.DropSpace(mine), fault.NotFound)
		want(t, "a case of it", tx.AddCase(mine, desk.CaseRow{ID: "z"}), fault.NotFound)
		want(t, "a line of it", tx.AddSeen(mine, []desk.Seen{{Person: "p"}}), fault.NotFound)
		return nil
	})
	for _, w := range []string{"gonemarker", "nemarker", mine} {
		if held(w) {
			t.Errorf("%q still stands in the files", w)
		}
	}
	if !held("staysword") {
		t.Error("the other space's words are gone too")
	}
	for range 2 {
		same(t, "of the space that left", b.everything(t, mine), "")
		same(t, "the other space", b.everything(t, other), was)
		b.verifyAll(t)
		if _, found, err := s.Find("t1"); found || err != nil {
			t.Errorf("its sign-in: %v %v", found, err)
		}
		if _, found, err := s.Find("t2"); !found || err != nil {
			t.Errorf("the sign-in of another: %v %v", found, err)
		}
		b.read(t, func(tx desk.Tx) error { _, err := tx.Item("", "account", "a"); return err })
		if h, err := b.Check(ctx); err != nil || !h.Sound {
			t.Errorf("after a leaving: %+v %v", h, err)
		}
		b.reopen(t)
		s = b.Sessions()
	}
	// It may begin anew, with another key, and nothing comes back.
	b.furnish(t, mine, "begun again")
	b.verifyAll(t)
	same(t, "the other space", b.everything(t, other), was)
	b.read(t, func(tx desk.Tx) error {
		seen, err := tx.Seen(mine, "", 0, 9)
		same(t, "the access log begins at one", seen[len(seen)-1].N, int64(1))
		k, e := tx.Key(mine)
		same(t, "key", k, b.keys[mine])
		return errors.Join(err, e)
	})
}
