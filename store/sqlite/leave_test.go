package sqlite

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"stayput/desk"
	"stayput/people"
	"stayput/record/seal"
)

// Data of the form before opens, keeps what it held, and a space of it can leave.
func TestLeavingFromTheFormBefore(t *testing.T) {
	dir := t.TempDir()
	first, _ := embedded.ReadFile("migrations/0001_record.sql")
	second, _ := embedded.ReadFile("migrations/0002_people.sql")
	s, err := openAs(ctx, Options{Folder: dir}, fstest.MapFS{"0001_record.sql": {Data: first}, "0002_people.sql": {Data: second}}, 2)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []people.SpaceID{"spaceaaaaaaaaaaa", "spacebbbbbbbbbbb"} {
		key, _ := seal.NewKey(string(id), nil)
		err := s.Write(ctx, func(x desk.Tx) error {
			return errors.Join(x.AddSpace(people.Space{ID: id, Kind: people.Household, Name: "of " + string(id), Public: key.Public, Created: time.Now()}, key),
				x.SavePerson(id, people.Person{ID: "p", Name: "person of " + string(id)}), x.AddSeen(id, []desk.Seen{{At: time.Now(), Person: "p", Page: "page of " + string(id)}}))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(ctx, Options{Folder: dir}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Write(ctx, func(x desk.Tx) error { return x.DropSpace("spaceaaaaaaaaaaa") }); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"", "-wal"} {
		if b, _ := os.ReadFile(s.path + end); bytes.Contains(b, []byte("spaceaaaaaaaaaaa")) {
			t.Errorf("it still stands in the file%s", end)
		}
	}
	// The copy made before the change of form still holds it: pages say so.
	old, _ := filepath.Glob(filepath.Join(dir, "stayput-before-*"))
	if len(old) != 1 {
		t.Fatalf("backups: %v", old)
	}
	if b, _ := os.ReadFile(old[0]); !bytes.Contains(b, []byte("spaceaaaaaaaaaaa")) {
		t.Error("the backup made before holds nothing of it")
	}
	err = s.Read(ctx, func(x desk.Tx) error {
		all, err := x.Spaces()
		seen, e := x.Seen("spacebbbbbbbbbbb", "", 0, 9)
		if len(all) != 1 || len(seen) != 1 {
			t.Errorf("%v %v", all, seen)
		}
		return errors.Join(err, e)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Killed after a leaving was kept and before the file was written anew, the next
// opening does it.
func TestClearedAtTheNextOpening(t *testing.T) {
	dir := t.TempDir()
	k := keep(t, dir)
	k.say(t, "e1", seal.Fact, "gonemarker in a body")
	db := raw(t, dir)
	k.write(t, func(x desk.Tx) error { return x.DropSpace("s") })
	if _, err := db.Exec("UPDATE leavings SET cleared = 0"); err != nil { // as a kill would have left it
		t.Fatal(err)
	}
	db.Close()
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(ctx, Options{Folder: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var waits int64
	if found, err := s.writer.one("SELECT 1 FROM leavings WHERE cleared = 0", nil, &waits); err != nil || found {
		t.Errorf("still waits: %v %v", found, err)
	}
	if b, _ := os.ReadFile(s.path); bytes.Contains(b, []byte("gonemarker")) {
		t.Error("it still stands in the file")
	}
}

// A reader in the way delays the clearing of the journal to the next write.
func TestLeavingBesideAReader(t *testing.T) {
	dir := t.TempDir()
	k := keep(t, dir)
	k.say(t, "e1", seal.Fact, "gonemarker in a body")
	err := k.Read(ctx, func(x desk.Tx) error {
		done := make(chan error)
		go func() { done <- k.Write(ctx, func(x desk.Tx) error { return x.DropSpace("s") }) }()
		if err := <-done; err != nil {
			return err
		}
		_, _, err := x.Find("s", "c", "e1") // who reads sees the state from before
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Write(ctx, func(x desk.Tx) error { return x.SaveItem("", desk.Item{Kind: "k", ID: "i"}) }); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"", "-wal"} {
		if b, _ := os.ReadFile(k.path + end); bytes.Contains(b, []byte("gonemarker")) {
			t.Errorf("it still stands in the file%s", end)
		}
	}
}
