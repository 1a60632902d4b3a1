package sqlite

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"stayput/fault"
	"stayput/record/seal"
)

// What a killed backup left is taken away later, and nothing else is.
func TestForsaken(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a [b] *")
	k := keep(t, dir)
	k.Close()
	long := time.Now().Add(-2 * time.Hour)
	for _, name := range []string{".stayput-old.tmp", ".stayput-old.tmp-journal", ".stayput-new.tmp", "mine.tmp"} {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if name != ".stayput-new.tmp" {
			if err := os.Chtimes(p, long, long); err != nil {
				t.Fatal(err)
			}
		}
	}
	s, err := Open(ctx, Options{Folder: dir})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	for name, want := range map[string]bool{".stayput-old.tmp": false, ".stayput-old.tmp-journal": false, ".stayput-new.tmp": true, "mine.tmp": true} {
		if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A start that was killed after its backup is no reason to refuse the next one
// within the same second.
func TestBackupNameTaken(t *testing.T) {
	dir := t.TempDir()
	k := keep(t, dir)
	k.say(t, "e1", seal.Fact, "one")
	k.Close()
	first, _ := embedded.ReadFile("migrations/0001_record.sql")
	second, _ := embedded.ReadFile("migrations/0002_people.sql")
	third, _ := embedded.ReadFile("migrations/0003_leaving.sql")
	o := Options{Folder: dir, Now: func() time.Time { return time.Date(2027, 1, 2, 3, 4, 5, 0, time.UTC) }}
	if err := os.WriteFile(filepath.Join(dir, "stayput-before-v4-20270102T030405.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	m := fstest.MapFS{"0001_record.sql": {Data: first}, "0002_people.sql": {Data: second}, "0003_leaving.sql": {Data: third}, "0004_more.sql": {Data: []byte("-- +goose Up\nCREATE TABLE more (a TEXT) STRICT;\nPRAGMA user_version = 4;\n")}}
	s, err := openAs(ctx, o, m, 4)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	if i, err := os.Stat(filepath.Join(dir, "stayput-before-v4-20270102T030405-2.db")); err != nil || i.Size() == 0 {
		t.Error(err)
	}
}

// A file where the folder should be is told, not taken for a fault of ours.
func TestFileForFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(ctx, Options{Folder: file})
	wantKey(t, "a file", err, fault.Unavailable, "store.read_only")
	_, err = OpenReader(ctx, filepath.Join(file, "data"))
	wantKey(t, "below a file", err, fault.NotFound, "store.not_there")
}
