package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"stayput/desk"
	"stayput/fault"
	"stayput/locale"
	"stayput/people"
	"stayput/record/seal"
)

var ctx = context.Background()

// A keeper writes to a store as the desk does.
type keeper struct {
	*Store
	key seal.Key
	n   int
}

// keep opens a store with one space "s", one case "c" and its open log.
func keep(t testing.TB, folder string) *keeper {
	t.Helper()
	s, err := Open(ctx, Options{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	k := &keeper{Store: s}
	if k.key, err = seal.NewKey("s", nil); err != nil {
		t.Fatal(err)
	}
	err = s.Write(ctx, func(x desk.Tx) error {
		return errors.Join(x.AddSpace(people.Space{ID: "s", Kind: people.Household, Created: time.Now()}, k.key),
			x.AddCase("s", desk.CaseRow{ID: "c", Created: time.Now()}), x.AddLog("s", desk.Log{Case: "c", Name: "log"}))
	})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// add appends n entries, each with its words in the index.
func (k *keeper) add(x desk.Tx, n int, size int) error {
	tail, err := x.Tail("s", "c", "")
	if err != nil {
		return err
	}
	var ds []seal.Draft
	var bodies []seal.Body
	for range n {
		k.n++
		d := seal.Draft{ID: "e" + strconv.Itoa(k.n), What: seal.Fact,
			Body: seal.Body{Salt: []byte("0123456789abcdef"), Data: []byte(fmt.Sprintf(`{"n":%d,"text":"%s"}`, k.n, strings.Repeat("x", size)))}}
		ds, bodies = append(ds, d), append(bodies, d.Body)
	}
	return k.seal(x, tail, ds, bodies)
}

func (k *keeper) seal(x desk.Tx, tail seal.Tail, ds []seal.Draft, bodies []seal.Body) error {
	s, err := seal.Append("log", tail, "p", time.Now(), ds...)
	if err != nil {
		return err
	}
	c, err := k.key.Sign(s.Head)
	if err != nil {
		return err
	}
	return x.Append("s", "c", "", s, bodies, c)
}

func (k *keeper) write(t testing.TB, f func(desk.Tx) error) {
	t.Helper()
	if err := k.Write(ctx, f); err != nil {
		t.Fatal(err)
	}
}

// say appends one entry with that text, and makes it findable.
func (k *keeper) say(t testing.TB, id string, what seal.What, text string) {
	t.Helper()
	k.write(t, func(x desk.Tx) error {
		tail, err := x.Tail("s", "c", "")
		if err != nil {
			return err
		}
		b := seal.Body{Salt: []byte("0123456789abcdef"), Data: []byte(text)}
		return errors.Join(k.seal(x, tail, []seal.Draft{{ID: id, What: what, Body: b}}, []seal.Body{b}), x.Index("s", "c", "", id, text))
	})
}

func key(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f.Key
	}
	return fmt.Sprint(err)
}

func wantKey(t testing.TB, what string, err error, kind fault.Kind, k string) {
	t.Helper()
	if key(err) != k || fault.KindOf(err) != kind {
		t.Fatalf("%s: %v (kind %d); wanted %s (kind %d)", what, err, fault.KindOf(err), k, kind)
	}
}

// raw is a connection as any other program would have it.
func raw(t testing.TB, folder string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(folder, fileName))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func healthOf(t testing.TB, folder string) (h desk.Health, keys []string) {
	t.Helper()
	r, err := OpenReader(ctx, folder)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if h, err = r.Check(ctx); err != nil {
		t.Fatal(err)
	}
	for _, l := range h.Lines {
		if !l.OK {
			keys = append(keys, l.Key)
		}
	}
	return h, keys
}

func copyFolder(t testing.TB, from string, names ...string) string {
	t.Helper()
	to := t.TempDir()
	for _, n := range names {
		data, err := os.ReadFile(filepath.Join(from, n))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(to, n), data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// The database refuses by itself what must never happen, whoever asks.
func TestTriggersRefuse(t *testing.T) {
	dir := t.TempDir()
	k := keep(t, dir)
	k.say(t, "e1", seal.Fact, "one")
	k.say(t, "e2", seal.Fact, "two")
	k.say(t, "why", seal.Destroyed, "because")
	k.say(t, "e3", seal.Fact, "three")
	k.write(t, func(x desk.Tx) error {
		ls, err := x.Logs("s", "c")
		return errors.Join(err, x.Destroy("s", "c", "", "e1", "why"), x.Keep("s", "c", "", ls[0].Checkpoint),
			x.SaveCalendar("s", desk.CalendarRow{ID: "k", Version: 1}))
	})
	db := raw(t, dir)
	for _, q := range []string{
		"UPDATE entries SET what = 'note'",
		"UPDATE entries SET at = at + 1 WHERE id = 'e2'",
		"DELETE FROM entries WHERE id = 'e3'",
		"REPLACE INTO entries SELECT space, case_id, wall, seq, id, what, at, person, randomblob(32), added FROM entries WHERE id = 'e3'",
		"REPLACE INTO entries SELECT space, case_id, wall, 4, id, what, at, person, digest, added FROM entries WHERE id = 'e2'",
		"INSERT INTO entries SELECT space, case_id, wall, 9, 'e9', what, at, person, digest, added FROM entries WHERE id = 'e2'",
		"INSERT INTO entries SELECT space, case_id, wall, -1, 'e9', what, at, person, digest, added FROM entries WHERE id = 'e2'",
		"INSERT INTO entries SELECT space, case_id, wall, seq, id, 'x', at, person, digest, added FROM entries WHERE id = 'e2' ON CONFLICT DO UPDATE SET what = 'x'",
		"UPDATE bodies SET data = x'00' WHERE seq = 1",
		"UPDATE bodies SET data = NULL, salt = NULL WHERE seq = 1",
		"UPDATE bodies SET data = x'00', salt = x'00' WHERE seq = 0", // destroyed stays destroyed
		"UPDATE bodies SET seq = 9 WHERE seq = 1",
		"DELETE FROM bodies WHERE seq = 1",
		"REPLACE INTO bodies SELECT space, case_id, wall, seq, salt, x'00' FROM bodies WHERE seq = 1",
		"INSERT INTO destruction VALUES ('s', 'c', '', 'e2', 'e3')",  // says something else
		"INSERT INTO destruction VALUES ('s', 'c', '', 'e3', 'why')", // is earlier
		"INSERT INTO destruction VALUES ('s', 'c', '', 'e2', 'none')",
		"REPLACE INTO destruction VALUES ('s', 'c', '', 'e1', 'why')",
		"UPDATE destruction SET id = 'e2'",
		"DELETE FROM destruction",
		"UPDATE hashes SET hash = randomblob(32)",
		"DELETE FROM hashes",
		"REPLACE INTO hashes VALUES ('s', 'c', '', 0, randomblob(32))",
		"UPDATE checkpoints_given SET checkpoint = x'00'",
		"DELETE FROM checkpoints_given",
		"REPLACE INTO checkpoints_given VALUES ('s', 'c', '', 0, x'00')",
		"UPDATE logs SET size = size - 1",
		"UPDATE logs SET name = 'other'",
		"UPDATE logs SET destroyed = 0",
		"DELETE FROM logs",
		"REPLACE INTO logs (space, case_id, wall, n, name) VALUES ('s', 'c', '', 1, 'log')",
		"REPLACE INTO logs (space, case_id, wall, n, name) VALUES ('s', 'c', 'counsel', 1, 'other')",
		"DELETE FROM cases",
		"UPDATE cases SET case_id = 'd'",
		"REPLACE INTO cases VALUES ('s', 'c', 7, 0, '', 0)",
		"DELETE FROM spaces",
		"UPDATE spaces SET secret = 'x'",
		"REPLACE INTO spaces VALUES ('s', 7, '', '', '', '', 0)",
		"UPDATE calendars SET body = x'00'",
		"DELETE FROM calendars",
		"REPLACE INTO calendars VALUES ('s', 'k', 1, '', x'00', '', 0)",
		"INSERT INTO never VALUES (0)",
		"PRAGMA foreign_keys = ON; INSERT INTO leaving (space) VALUES ('s')", // lasts no longer than one transaction
		"INSERT INTO leaving (space, until) VALUES ('s', 1)",
		"INSERT INTO leaving (space) VALUES ('none')",
		"BEGIN; INSERT INTO leaving (space) VALUES ('s'); DELETE FROM seen WHERE space = 's'; COMMIT",
		"BEGIN; INSERT INTO leaving (space) VALUES ('s'); DELETE FROM calendars WHERE space = 's'; DELETE FROM leaving; COMMIT",
		"BEGIN; INSERT INTO leaving (space) VALUES ('s'); UPDATE leaving SET space = 't'; COMMIT",
		"INSERT INTO leavings (day) VALUES ('2026-01-01'); DELETE FROM leavings",
		"UPDATE leavings SET day = '2027-01-01'",
		"REPLACE INTO leavings VALUES (1, '2027-01-01', 0)",
	} {
		if _, err := db.Exec(q); err == nil {
			t.Errorf("the database let through: %s", q)
		}
		_, _ = db.Exec("ROLLBACK") // of what began a transaction
	}
	k.say(t, "e4", seal.Fact, "four")
	if h, bad := healthOf(t, dir); !h.Sound {
		t.Errorf("after refusals: %v", bad)
	}
}

// Whoever writes a space down as leaving with a program that asks for no foreign
// keys is found out by Check, as who takes the triggers away.
func TestStrayLeavingIsFound(t *testing.T) {
	dir := t.TempDir()
	k := keep(t, dir)
	k.say(t, "e1", seal.Fact, "one")
	if _, err := raw(t, dir).Exec("INSERT INTO leaving (space) VALUES ('s')"); err != nil {
		t.Fatal(err)
	}
	if h, keys := healthOf(t, dir); h.Sound || !slices.Contains(keys, "store.check_astray") {
		t.Errorf("nothing was found: %v", keys)
	}
}

// Whoever takes the triggers away is found out by Check.
func TestTamperingIsFound(t *testing.T) {
	dir := t.TempDir()
	k := keep(t, dir)
	for i := range 8 {
		k.say(t, fmt.Sprintf("e%d", i), seal.Fact, fmt.Sprintf("text %d", i))
	}
	k.say(t, "why", seal.Destroyed, "because")
	data := []byte(strings.Repeat("file", 100_000))
	k.write(t, func(x desk.Tx) error {
		ls, err := x.Logs("s", "c")
		return errors.Join(err, x.Destroy("s", "c", "", "e6", "why"), x.Keep("s", "c", "", ls[0].Checkpoint),
			x.AddFile("s", desk.FileRow{Digest: seal.Digest(digestOf(data)), Size: int64(len(data))}, bytes.NewReader(data)))
	})
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	other, _ := seal.NewKey("s", nil)
	forged, _ := other.Sign(seal.Head{Log: "log", Size: 9, At: time.Now()})
	for _, c := range []struct{ what, sql, key string }{
		{"a byte of a body", "UPDATE bodies SET data = CAST(replace(CAST(data AS TEXT), '3', '4') AS BLOB) WHERE seq = 3", "store.check_body"},
		{"a salt", "UPDATE bodies SET salt = zeroblob(16) WHERE seq = 3", "store.check_body"},
		{"a body gone without a word", "UPDATE bodies SET salt = NULL, data = NULL WHERE seq = 3", "store.check_body"},
		{"the last entry", "DELETE FROM bodies WHERE seq = 8; DELETE FROM entries WHERE seq = 8", "store.check_unexplained"},
		{"the last entries and their destruction", "DELETE FROM destruction; UPDATE logs SET destroyed = 0; DELETE FROM bodies WHERE seq > 5; DELETE FROM entries WHERE seq > 5", "store.check_end"},
		{"an entry in the middle", "DELETE FROM bodies WHERE seq = 3; DELETE FROM entries WHERE seq = 3", "store.check_gap"},
		{"two entries exchanged", "UPDATE entries SET seq = 99 WHERE seq = 2; UPDATE entries SET seq = 2 WHERE seq = 3; UPDATE entries SET seq = 3 WHERE seq = 99", "store.check_body"},
		{"two entries exchanged with their bodies", `UPDATE entries SET seq = 99 WHERE seq = 2; UPDATE entries SET seq = 2 WHERE seq = 3; UPDATE entries SET seq = 3 WHERE seq = 99;
			UPDATE bodies SET seq = 99 WHERE seq = 2; UPDATE bodies SET seq = 2 WHERE seq = 3; UPDATE bodies SET seq = 3 WHERE seq = 99`, "store.check_hash"},
		{"who wrote", "UPDATE entries SET person = 'q' WHERE seq = 4", "store.check_hash"},
		{"when it was written", "UPDATE entries SET at = at - 86400000 WHERE seq = 0", "store.check_hash"},
		{"what it is", "UPDATE entries SET what = 'hold' WHERE seq = 7", "store.check_hash"},
		{"a hash", "UPDATE hashes SET hash = randomblob(32) WHERE n = 5", "store.check_hash"},
		{"the last hash", "DELETE FROM hashes WHERE n = (SELECT max(n) FROM hashes)", "store.check_end"},
		{"the head", "UPDATE logs SET root = randomblob(32)", "store.check_head"},
		{"the moment of the head", "UPDATE logs SET at = at + 1000", "store.check_checkpoint"},
		{"the checkpoint", "UPDATE logs SET checkpoint = x'" + fmt.Sprintf("%x", forged) + "'", "store.check_checkpoint"},
		{"a checkpoint that was given", "UPDATE checkpoints_given SET checkpoint = x'" + fmt.Sprintf("%x", forged) + "'", "store.check_given"},
		{"who destroyed", "DELETE FROM destruction", "store.check_body"},
		{"how much was destroyed", "UPDATE logs SET destroyed = 5", "store.check_unexplained"},
		{"a file", "UPDATE file_chunks SET data = zeroblob(length(data)) WHERE n = 1", "store.check_kept_file"},
		{"a part of a file", "DELETE FROM file_chunks WHERE n = 1", "store.check_kept_file"},
		{"an entry of no log", "INSERT INTO entries SELECT space, 'x', wall, 0, 'x', what, at, person, digest, 0 FROM entries WHERE seq = 0", "store.check_astray"},
	} {
		t.Run(c.what, func(t *testing.T) {
			to := copyFolder(t, dir, fileName)
			db := raw(t, to)
			rows, err := db.Query("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
			if err != nil {
				t.Fatal(err)
			}
			drop := ""
			for rows.Next() {
				var n string
				_ = rows.Scan(&n)
				drop += "DROP TRIGGER " + n + ";"
			}
			rows.Close()
			if _, err := db.Exec(drop + c.sql); err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			h, bad := healthOf(t, to)
			if h.Sound || !slices.Contains(bad, c.key) {
				t.Errorf("found %v, sound %v; wanted %s", bad, h.Sound, c.key)
			}
		})
	}
}

func TestBrokenPagesAreFound(t *testing.T) {
	dir := t.TempDir()
	k := keep(t, dir)
	k.write(t, func(x desk.Tx) error { return k.add(x, 500, 200) })
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	data, _ := os.ReadFile(filepath.Join(dir, fileName))
	unseen := 0
	for at := 4096 * 3; at < len(data); at += 4096*7 + 31 {
		to := t.TempDir()
		torn := slices.Clone(data)
		for i := at; i < min(at+64, len(torn)); i++ {
			torn[i] ^= 0x5a
		}
		if err := os.WriteFile(filepath.Join(to, fileName), torn, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := OpenReader(ctx, to)
		if err != nil {
			if fault.KindOf(err) != fault.Broken {
				t.Errorf("byte %d: %v", at, err)
			}
			continue
		}
		h, err := r.Check(ctx)
		if err == nil && h.Sound {
			unseen++ // an unused part of a page
		}
		r.Close()
		now, _ := os.ReadFile(filepath.Join(to, fileName))
		if !bytes.Equal(now, torn) {
			t.Errorf("byte %d: the damaged file was changed", at)
		}
	}
	t.Logf("%d of %d pieces of damage lay where nothing is kept", unseen, (len(data)-4096*3)/(4096*7+31))
}

// untouched runs f and fails when anything in the folder is another afterwards.
func untouched(t *testing.T, dir string, f func()) {
	t.Helper()
	look := func() map[string]string {
		m := map[string]string{}
		es, _ := os.ReadDir(dir)
		for _, e := range es {
			data, _ := os.ReadFile(filepath.Join(dir, e.Name()))
			if e.Name() != lockName {
				m[e.Name()] = string(data)
			}
		}
		return m
	}
	before := look()
	f()
	after := look()
	for n := range after {
		if before[n] != after[n] {
			t.Errorf("%s was changed or made", n)
		}
	}
	if len(before) != len(after) {
		t.Errorf("%d files were %d", len(after), len(before))
	}
}

func TestNewerIsRefused(t *testing.T) {
	dir := t.TempDir()
	k := keep(t, dir)
	k.Close()
	db := raw(t, dir)
	if _, err := db.Exec("PRAGMA user_version = 7"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	untouched(t, dir, func() {
		_, err := Open(ctx, Options{Folder: dir})
		wantKey(t, "open", err, fault.Unavailable, "store.newer")
		if f, _ := errors.AsType[*fault.Error](err); f.Args["found"] != "7" || f.Args["known"] != itoa(schema) {
			t.Errorf("versions: %v", f.Args)
		}
		_, err = OpenReader(ctx, dir)
		wantKey(t, "reader", err, fault.Unavailable, "store.newer")
	})
	wantKey(t, "restore", Restore(ctx, filepath.Join(dir, fileName), t.TempDir(), func(desk.Tx) error { return nil }), fault.Unavailable, "store.newer")
}

func TestForeignIsRefused(t *testing.T) {
	other := filepath.Join(t.TempDir(), "x.db")
	db, _ := sql.Open("sqlite", other)
	if _, err := db.Exec("CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('soup')"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	theirs, _ := os.ReadFile(other)
	for what, data := range map[string][]byte{"a letter": []byte("Dear Ms. Ortiz,\n"), "a long letter": bytes.Repeat([]byte("Dear "), 5000), "another program's database": theirs, "one byte": {0},
		"a head only": []byte("SQLite format 3\x00"), "a torn head": theirs[:60]} {
		t.Run(what, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, fileName)
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			untouched(t, dir, func() {
				_, err := Open(ctx, Options{Folder: dir})
				wantKey(t, "open", err, fault.Broken, "store.not_a_database")
				_, err = OpenReader(ctx, dir)
				wantKey(t, "reader", err, fault.Broken, "store.not_a_database")
			})
			to := t.TempDir()
			err := Restore(ctx, path, to, func(desk.Tx) error { return nil })
			wantKey(t, "restore", err, fault.Broken, "store.not_a_database")
			if f, _ := errors.AsType[*fault.Error](err); f.Args["path"] != path {
				t.Errorf("the restore names %s", f.Args["path"])
			}
			if left, _ := os.ReadDir(to); len(left) > 1 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestTwoPrograms(t *testing.T) {
	if dir := os.Getenv("STAYPUT_TEST_FOLDER"); dir != "" { // the other program
		_, err := Open(ctx, Options{Folder: dir})
		fmt.Println("key:", key(err))
		return
	}
	dir := t.TempDir()
	k := keep(t, dir)
	_, err := Open(ctx, Options{Folder: dir})
	wantKey(t, "in one program", err, fault.Unavailable, "store.locked")
	wantKey(t, "restore", Restore(ctx, "x", dir, nil), fault.Unavailable, "store.locked")
	cmd := exec.Command(os.Args[0], "-test.run=^TestTwoPrograms$")
	cmd.Env = append(os.Environ(), "STAYPUT_TEST_FOLDER="+dir)
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "key: store.locked") {
		t.Errorf("another program: %s %v", out, err)
	}
	k.say(t, "e1", seal.Fact, "still writing")
	k.Close()
	s, err := Open(ctx, Options{Folder: dir})
	if err != nil {
		t.Fatalf("after closing: %v", err)
	}
	s.Close()
}

// Another program that does not ask for the lock.
func TestBusy(t *testing.T) {
	dir := t.TempDir()
	k := keep(t, dir)
	if _, err := k.writer.run("PRAGMA busy_timeout = 20"); err != nil {
		t.Fatal(err)
	}
	c, err := raw(t, dir).Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	err = k.Write(ctx, func(desk.Tx) error { return nil })
	wantKey(t, "write", err, fault.Unavailable, "store.locked")
	if _, err := c.ExecContext(ctx, "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	k.say(t, "e1", seal.Fact, "after")
}

func TestReadOnly(t *testing.T) {
	dir := t.TempDir()
	k := keep(t, dir)
	k.say(t, "e1", seal.Fact, "one")
	// A real SQLITE_READONLY, through a connection that may not write.
	db, err := open(k.path, reading, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.Exec("DELETE FROM sessions")
	wantKey(t, "by query_only", translate(err, dir), fault.Unavailable, "store.read_only")
	_, err = db.Exec("PRAGMA query_only = 0; DELETE FROM sessions")
	wantKey(t, "by mode=ro", translate(err, dir), fault.Unavailable, "store.read_only")
	if code(err)&0xff != codeReadOnly || !strings.Contains(translate(err, dir).Error(), "readonly") {
		t.Errorf("the cause is not wrapped: %v", err)
	}
	// The same inside a Write: nothing follows it, nothing is kept.
	err = k.Write(ctx, func(x desk.Tx) error {
		if _, err := x.(*tx).c.run("PRAGMA query_only = 1"); err != nil {
			return err
		}
		first := x.SavePerson("s", people.Person{ID: "p"})
		wantKey(t, "method", first, fault.Unavailable, "store.read_only")
		_, err := x.Spaces()
		wantKey(t, "the next one", err, fault.Unavailable, "store.read_only")
		return nil
	})
	wantKey(t, "write", err, fault.Unavailable, "store.read_only")
	// The connection still may not write; Write notices and takes a new one.
	wantKey(t, "the next write", k.Write(ctx, func(desk.Tx) error { return nil }), fault.Unavailable, "store.read_only")
	k.say(t, "e2", seal.Fact, "two")
	r, err := OpenReader(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	wantKey(t, "a reader's write", r.Write(ctx, func(desk.Tx) error { return nil }), fault.Unavailable, "store.read_only")
	wantKey(t, "a reader's session", r.Sessions().Delete("t"), fault.Unavailable, "store.read_only")
}

func TestTranslate(t *testing.T) {
	for _, c := range []struct {
		err error
		key string
	}{
		{syscall.ENOSPC, "store.full"}, {syscall.EDQUOT, "store.full"}, {syscall.EFBIG, "store.full"},
		{&fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}, "store.full"},
		{syscall.EROFS, "store.read_only"}, {syscall.EACCES, "store.read_only"}, {syscall.EPERM, "store.read_only"},
	} {
		err := translate(fmt.Errorf("while writing: %w", c.err), "/f")
		wantKey(t, c.err.Error(), err, fault.Unavailable, c.key)
		if !errors.Is(err, c.err) {
			t.Errorf("%v is not wrapped", c.err)
		}
	}
	if err := translate(fs.ErrNotExist, "/f"); !errors.Is(err, fs.ErrNotExist) || key(err) != fs.ErrNotExist.Error() {
		t.Errorf("another error: %v", err)
	}
}

// A folder that is a file, and a database that is a folder.
func TestOddFolders(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	_ = os.WriteFile(file, nil, 0o600)
	if _, err := Open(ctx, Options{Folder: file}); err == nil {
		t.Error("a file was opened as a folder")
	}
	_ = os.MkdirAll(filepath.Join(dir, "a", fileName), 0o700)
	if _, err := Open(ctx, Options{Folder: filepath.Join(dir, "a")}); err == nil {
		t.Error("a folder was opened as a database")
	}
	_, err := OpenReader(ctx, filepath.Join(dir, "none"))
	wantKey(t, "no folder", err, fault.NotFound, "store.not_there")
	k := keep(t, filepath.Join(dir, "a b?#%ñ", "c"))
	k.say(t, "e1", seal.Fact, "one")
	for _, p := range []string{k.folder, k.path, k.path + "-wal", filepath.Join(k.folder, lockName)} {
		i, err := os.Stat(p)
		if err != nil || i.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v %v", p, i, err)
		}
	}
	if err := k.Backup(ctx, filepath.Join(dir, "a b?#%ñ", "b & 'c'.db")); err != nil {
		t.Error(err)
	}
}

// A full disk: nothing is half written, and it goes on when there is room.
func TestFull(t *testing.T) {
	dir := t.TempDir()
	k := keep(t, dir)
	k.write(t, func(x desk.Tx) error { return k.add(x, 10, 100) })
	var pages int64
	if _, err := k.writer.one("PRAGMA page_count", nil, &pages); err != nil {
		t.Fatal(err)
	}
	if _, err := k.writer.one("PRAGMA max_page_count = "+itoa(pages+20), nil, &pages); err != nil {
		t.Fatal(err)
	}
	before := dump(t, k.Store)
	err := k.Write(ctx, func(x desk.Tx) error { return k.add(x, 1000, 1000) })
	wantKey(t, "many entries", err, fault.Unavailable, "store.full")
	data := make([]byte, 2<<20)
	err = k.Write(ctx, func(x desk.Tx) error {
		err := x.AddFile("s", desk.FileRow{Digest: seal.Digest(digestOf(data)), Size: int64(len(data))}, bytes.NewReader(data))
		wantKey(t, "method", err, fault.Unavailable, "store.full")
		_ = k.add(x, 1, 1) // the caller who does not listen
		return nil
	})
	wantKey(t, "a file", err, fault.Unavailable, "store.full")
	if after := dump(t, k.Store); after != before {
		t.Errorf("something was kept:\n%s\n%s", before, after)
	}
	if h, err := k.Check(ctx); err != nil || !h.Sound {
		t.Errorf("while full: %+v %v", h, err)
	}
	k.n = 10
	k.write(t, func(x desk.Tx) error { return k.add(x, 1, 100) }) // there is room for a little
	if k.writer != nil {
		if _, err := k.writer.one("PRAGMA max_page_count = 1000000", nil, &pages); err != nil {
			t.Fatal(err)
		}
	}
	k.write(t, func(x desk.Tx) error { return k.add(x, 1000, 1000) })
	if h, err := k.Check(ctx); err != nil || !h.Sound {
		t.Errorf("with room again: %+v %v", h, err)
	}
}

// dump is the record of case c in a few words.
func dump(t testing.TB, s *Store) string {
	t.Helper()
	var b strings.Builder
	err := s.Read(ctx, func(x desk.Tx) error {
		ls, err := x.Logs("s", "c")
		fmt.Fprintf(&b, "%v %x\n", ls[0].Head.Size, ls[0].Head.Root)
		n := 0
		return errors.Join(err, x.Rows("s", "c", "", 0, func(r desk.Row) error {
			if r.Seq != int64(n) {
				return fmt.Errorf("gap at %d", n)
			}
			n++
			return nil
		}))
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A power cut: what stood on the disk in the middle of a write is opened. All
// that Write had said was kept is there, and nothing of the write that was cut.
func TestPowerCut(t *testing.T) {
	dir := t.TempDir()
	k := keep(t, dir)
	if _, err := k.writer.run("PRAGMA cache_size = 10"); err != nil { // so that pages go to the disk early
		t.Fatal(err)
	}
	var wal int64
	for round := range 12 {
		for range 1 + round*3 {
			k.write(t, func(x desk.Tx) error { return k.add(x, 1+round, 300) })
		}
		kept := k.n
		var cut string
		_ = k.Write(ctx, func(x desk.Tx) error {
			for range 5 {
				if err := k.add(x, 40, 900); err != nil {
					t.Error(err)
				}
			}
			cut = copyFolder(t, dir, fileName, fileName+"-wal")
			return errors.New("the power went")
		})
		k.n = kept
		if i, err := os.Stat(filepath.Join(cut, fileName+"-wal")); err == nil {
			wal = max(wal, i.Size())
		}
		s, err := Open(ctx, Options{Folder: cut})
		if err != nil {
			t.Fatal(err)
		}
		h, err := s.Check(ctx)
		if err != nil || !h.Sound {
			t.Fatalf("round %d: %+v %v", round, h, err)
		}
		if got := dump(t, s); !strings.HasPrefix(got, strconv.Itoa(kept)+" ") {
			t.Fatalf("round %d: kept %d, found %s", round, kept, got)
		}
		s.Close()

		// The journal cut anywhere: the disk had not got so far. What is there
		// is still a whole beginning of the record.
		for part := range 5 {
			torn := copyFolder(t, dir, fileName, fileName+"-wal")
			p := filepath.Join(torn, fileName+"-wal")
			i, err := os.Stat(p)
			if err != nil {
				continue
			}
			if err := os.Truncate(p, i.Size()*int64(part)/5+int64(part*17)); err != nil {
				t.Fatal(err)
			}
			s, err := Open(ctx, Options{Folder: torn})
			if err != nil {
				t.Fatal(err)
			}
			if h, err := s.Check(ctx); err != nil || !h.Sound {
				t.Fatalf("round %d, part %d: %+v %v", round, part, h, err)
			}
			s.Close()
		}
	}
	if wal == 0 {
		t.Error("there never was a journal to lose")
	}
}

// What was destroyed does not stand anywhere in the file any more.
func TestDestroyedIsGone(t *testing.T) {
	dir := t.TempDir()
	k := keep(t, dir)
	const secret, other = "xylophonequartz", "zebrafishmarble"
	for i := range 40 {
		text := "plain words of an ordinary entry " + strconv.Itoa(i)
		switch i {
		case 20:
			text += " " + secret
		case 21:
			text += " " + other
		}
		k.say(t, fmt.Sprintf("e%d", i), seal.Fact, text)
	}
	data := []byte(strings.Repeat("trumpetwhisper ", 40_000))
	d := seal.Digest(digestOf(data))
	k.write(t, func(x desk.Tx) error {
		return x.AddFile("s", desk.FileRow{Digest: d, Size: int64(len(data))}, bytes.NewReader(data))
	})
	holds := func(word string) bool {
		for _, end := range []string{"", "-wal"} {
			b, _ := os.ReadFile(k.path + end)
			if bytes.Contains(b, []byte(word)) {
				return true
			}
		}
		return false
	}
	for _, w := range []string{secret[4:], other[4:], "trumpetwhisper"} {
		if !holds(w) {
			t.Fatalf("%q was not there before", w)
		}
	}
	k.say(t, "why", seal.Destroyed, "asked")
	k.write(t, func(x desk.Tx) error {
		return errors.Join(x.Destroy("s", "c", "", "e20", "why"), x.DropFile("s", d))
	})
	for _, w := range []string{secret[4:], "trumpetwhisper"} {
		if holds(w) {
			t.Errorf("%q still stands in the file", w)
		}
	}
	if !holds(other[4:]) {
		t.Error("the other word is gone too")
	}

	// A reader in the way delays that to the next write.
	k.say(t, "why2", seal.Destroyed, "asked")
	err := k.Read(ctx, func(x desk.Tx) error {
		k.write(t, func(x desk.Tx) error { return x.Destroy("s", "c", "", "e21", "why2") })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	k.say(t, "after", seal.Fact, "after")
	if holds(other[4:]) {
		t.Errorf("%q still stands in the file", other)
	}
	if h, err := k.Check(ctx); err != nil || !h.Sound {
		t.Errorf("%+v %v", h, err)
	}
}

// The token of a session is not in the file.
func TestTokensAreNotKept(t *testing.T) {
	dir := t.TempDir()
	k := keep(t, dir)
	if err := k.Sessions().Commit("bearertokenbearertoken", []byte("who"), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"", "-wal"} {
		if b, _ := os.ReadFile(k.path + end); bytes.Contains(b, []byte("bearertoken")) {
			t.Error("the token stands in the file")
		}
	}
}

func TestReaderBesideWriter(t *testing.T) {
	dir := t.TempDir()
	k := keep(t, dir)
	k.say(t, "e1", seal.Fact, "one")
	k.scrub.Store(true) // the journal is there and holds nothing
	k.sweep(time.Second)
	if filled(k.path+"-wal") || !inUse(k.path) {
		t.Fatal("the journal was to be empty")
	}
	r, err := OpenReader(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	k.say(t, "e2", seal.Fact, "two")
	if got := dump(t, r); !strings.HasPrefix(got, "2 ") {
		t.Errorf("the reader sees %s", got)
	}
	if h, err := r.Check(ctx); err != nil || !h.Sound {
		t.Errorf("%+v %v", h, err)
	}
	to := t.TempDir()
	if err := r.Backup(ctx, filepath.Join(to, fileName)); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	k.say(t, "e3", seal.Fact, "three")
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{to, dir} { // nobody else is there: not a file is made
		untouched(t, folder, func() {
			r, err := OpenReader(ctx, folder)
			if err != nil {
				t.Fatal(err)
			}
			dump(t, r)
			if _, err := r.Check(ctx); err != nil {
				t.Error(err)
			}
			if err := r.Backup(ctx, filepath.Join(t.TempDir(), "b.db")); err != nil {
				t.Error(err)
			}
			r.Close()
		})
	}
	// A program that starts meanwhile and writes the file over is noticed.
	r, err = OpenReader(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	err = r.Read(ctx, func(desk.Tx) error {
		s, err := Open(ctx, Options{Folder: dir})
		if err != nil {
			return err
		}
		k.Store, k.n = s, 100
		k.write(t, func(x desk.Tx) error { return k.add(x, 100, 1000) })
		return s.Close()
	})
	wantKey(t, "a read meanwhile", err, fault.Unavailable, "store.meanwhile")
}

func TestBackupAndRestore(t *testing.T) {
	dir := t.TempDir()
	k := keep(t, dir)
	for i := range 5 {
		k.say(t, fmt.Sprintf("e%d", i), seal.Fact, "words")
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	if err := k.Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	was := dump(t, k.Store)
	to := filepath.Join(t.TempDir(), "new", "folder")
	asked := 0
	good := func(x desk.Tx) error {
		asked++
		return x.Rows("s", "c", "", 0, func(r desk.Row) error {
			if r.Body.Digest() != r.Entry.Body {
				return errors.New("broken")
			}
			return nil
		})
	}
	untouched(t, filepath.Dir(backup), func() {
		if err := Restore(ctx, backup, to, good); err != nil {
			t.Fatal(err)
		}
	})
	if es, _ := os.ReadDir(to); len(es) != 2 || asked != 1 {
		t.Errorf("restored: %v, asked %d times", es, asked)
	}
	s, err := Open(ctx, Options{Folder: to})
	if err != nil {
		t.Fatal(err)
	}
	if got := dump(t, s); got != was {
		t.Errorf("restored %s, not %s", got, was)
	}
	s.Close()
	untouched(t, to, func() {
		wantKey(t, "over a store", Restore(ctx, backup, to, good), fault.Conflict, "store.path_exists")
	})
	wantKey(t, "no backup", Restore(ctx, backup+"x", t.TempDir(), good), fault.NotFound, "store.no_backup")

	bad := t.TempDir()
	stop := errors.New("does not verify")
	if err := Restore(ctx, backup, bad, func(desk.Tx) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("a backup that does not verify: %v", err)
	}
	torn := filepath.Join(t.TempDir(), "torn.db")
	data, _ := os.ReadFile(backup)
	for i := len(data) / 2; i < len(data)/2+6000; i++ {
		data[i] ^= 0xff
	}
	_ = os.WriteFile(torn, data, 0o600)
	if err := Restore(ctx, torn, bad, func(desk.Tx) error { return nil }); fault.KindOf(err) != fault.Broken {
		t.Errorf("a torn backup: %v", err)
	}
	if es, _ := os.ReadDir(bad); len(es) != 1 {
		t.Errorf("left behind: %v", es)
	}

	// A folder that was copied by hand while the program ran, or after it fell.
	hand := copyFolder(t, dir, fileName, fileName+"-wal")
	to = t.TempDir()
	untouched(t, hand, func() {
		if err := Restore(ctx, filepath.Join(hand, fileName), to, good); err != nil {
			t.Fatal(err)
		}
	})
	if s, err = Open(ctx, Options{Folder: to}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := dump(t, s); got != was {
		t.Errorf("restored %s, not %s", got, was)
	}
}

func TestMigrationBacksUpFirst(t *testing.T) {
	dir := t.TempDir()
	k := keep(t, dir)
	k.say(t, "e1", seal.Fact, "one")
	k.Close()
	first, _ := embedded.ReadFile("migrations/0001_record.sql")
	second, _ := embedded.ReadFile("migrations/0002_people.sql")
	third, _ := embedded.ReadFile("migrations/0003_leaving.sql")
	o := Options{Folder: dir, Now: func() time.Time { return time.Date(2027, 1, 2, 3, 4, 5, 0, time.UTC) }}
	broken := fstest.MapFS{"0001_record.sql": {Data: first}, "0002_people.sql": {Data: second}, "0003_leaving.sql": {Data: third}, "0004_more.sql": {Data: []byte("-- +goose Up\nCREATE TABLE more (a TEXT) STRICT;\nINSERT INTO nothing VALUES (1);\nPRAGMA user_version = 4;\n")}}
	if _, err := openAs(ctx, o, broken, 4); err == nil {
		t.Fatal("a broken migration was taken")
	}
	backups, _ := filepath.Glob(filepath.Join(dir, "stayput-before-*"))
	if len(backups) != 1 || filepath.Base(backups[0]) != "stayput-before-v4-20270102T030405.db" {
		t.Fatalf("backups: %v", backups)
	}
	s, err := Open(ctx, Options{Folder: dir}) // nothing of it was kept
	if err != nil {
		t.Fatal(err)
	}
	if got := dump(t, s); !strings.HasPrefix(got, "1 ") {
		t.Error(got)
	}
	s.Close()
	o.Now = time.Now
	whole := fstest.MapFS{"0001_record.sql": {Data: first}, "0002_people.sql": {Data: second}, "0003_leaving.sql": {Data: third}, "0004_more.sql": {Data: []byte("-- +goose Up\nCREATE TABLE more (a TEXT) STRICT;\nPRAGMA user_version = 4;\n")}}
	if s, err = openAs(ctx, o, whole, 4); err != nil {
		t.Fatal(err)
	}
	if got := dump(t, s); !strings.HasPrefix(got, "1 ") {
		t.Error(got)
	}
	s.Close()
	_, err = Open(ctx, Options{Folder: dir})
	wantKey(t, "the older program", err, fault.Unavailable, "store.newer")
	to := t.TempDir()
	if err := Restore(ctx, backups[0], to, func(x desk.Tx) error { _, _, err := x.Find("s", "c", "e1"); return err }); err != nil {
		t.Errorf("the backup made before: %v", err)
	}
}

func TestWarnings(t *testing.T) {
	dir := t.TempDir()
	k := keep(t, dir)
	k.say(t, "e1", seal.Fact, "one")
	k.now = func() time.Time { return time.Now().Add(-time.Hour) }
	_ = os.Chmod(dir, 0o755)
	h, err := k.Check(ctx)
	if err != nil || !h.Sound {
		t.Fatalf("%+v %v", h, err)
	}
	var warned []string
	for _, l := range h.Lines {
		if !l.OK {
			warned = append(warned, l.Key)
		}
	}
	if !slices.Equal(warned, []string{"store.clock_back", "store.check_open_to_others"}) {
		t.Errorf("warned of %v", warned)
	}
}

// The driver and its C library are the pair that the driver's go.mod names.
func TestDriverPair(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Version}} {{.GoMod}}", engine).Output()
	if err != nil {
		t.Fatal(err)
	}
	version, path, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
	mod, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	asked := regexp.MustCompile(`modernc\.org/libc (v\S+)`).FindStringSubmatch(string(mod))
	lib, err := exec.Command("go", "list", "-m", "-f", "{{.Version}}", library).Output()
	if err != nil || asked == nil {
		t.Fatal(err, asked)
	}
	if version != driverAt || asked[1] != libraryAt || strings.TrimSpace(string(lib)) != libraryAt {
		t.Errorf("%s asks for %s, linked is %s; check.go says %s and %s", version, asked[1], lib, driverAt, libraryAt)
	}
	for _, c := range []struct {
		deps []*debug.Module
		same bool
	}{
		{[]*debug.Module{{Path: engine, Version: driverAt}, {Path: library, Version: libraryAt}}, true},
		{[]*debug.Module{{Path: engine, Version: driverAt}, {Path: library, Version: "v1.80.0"}}, false},
		{[]*debug.Module{{Path: engine, Version: driverAt}, {Path: library, Version: "v1", Replace: &debug.Module{Path: "x", Version: libraryAt}}}, true},
		{nil, true},
	} {
		if _, _, same := pairing(&debug.BuildInfo{Deps: c.deps}, true); same != c.same {
			t.Errorf("%v: %v", c.deps, same)
		}
	}
}

// Every key that the store can say has a text.
func TestTexts(t *testing.T) {
	en, _ := locale.For("en")
	paths, _ := filepath.Glob("*.go")
	found := map[string]bool{}
	for _, p := range paths {
		if strings.HasSuffix(p, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				if s, _ := strconv.Unquote(l.Value); regexp.MustCompile(`^store\.[a-z_]+$`).MatchString(s) {
					found[s] = true
				}
			}
			return true
		})
	}
	for s := range found {
		if strings.HasSuffix(s, "_") {
			continue
		}
		if !en.Has(s) {
			t.Errorf("no text for %s", s)
		}
	}
	for _, thing := range []string{"space", "person", "case", "log", "entry", "file", "calendar", "draft"} {
		if !en.Has("store.none_" + thing) {
			t.Errorf("no text for store.none_%s", thing)
		}
	}
	if len(found) < 30 {
		t.Errorf("only %d keys were found", len(found))
	}
	// The values of a check's lines are those of the texts.
	dir := t.TempDir()
	k := keep(t, dir)
	h, err := k.Check(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range h.Lines {
		if s := en.T(l.Key, l.Args...); strings.ContainsAny(s, "{}") {
			t.Errorf("%s is %q", l.Key, s)
		}
	}
}
