package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"time"

	"stayput/desk"
	"stayput/fault"
	"stayput/people"
	"stayput/record/seal"
)

// little is how much room on the disk is too little for comfort.
const little = 200 << 20

// engine and library belong together: SQLite in Go runs only with the version
// of its C library that it was made with. A test compares them with go.mod.
const (
	engine    = "modernc.org/sqlite"
	library   = "modernc.org/libc"
	driverAt  = "v1.61.1"
	libraryAt = "v1.79.0"
)

// Check looks the store over. It recomputes every log from its entries and
// bodies, which reads the whole file.
func (s *Store) Check(ctx context.Context) (desk.Health, error) {
	h := desk.Health{Sound: true}
	good := func(key string, args ...string) {
		h.Lines = append(h.Lines, desk.HealthLine{Key: key, Args: args, OK: true})
	}
	warn := func(key string, args ...string) {
		h.Lines = append(h.Lines, desk.HealthLine{Key: key, Args: args})
	}
	bad := func(key string, args ...string) {
		h.Sound = false
		warn(key, args...)
	}
	select {
	case <-s.closed:
		return h, s.errClosed()
	default:
	}

	m := reading
	if s.still {
		m = immutable
	}
	db, err := open(s.path, m, 1)
	if err != nil {
		return h, translate(err, s.folder)
	}
	defer db.Close()
	if h.Schema, _, err = marks(ctx, db); err != nil {
		return h, translate(err, s.folder)
	}
	var version string
	if err := db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return h, translate(err, s.folder)
	}
	good("store.check_version", "schema", itoa(h.Schema), "sqlite", version)
	switch got, want, ok := pairing(debug.ReadBuildInfo()); {
	case ok:
		good("store.check_driver", "driver", driverAt, "library", libraryAt)
	default:
		warn("store.check_driver_pair", "found", got, "expected", want)
	}

	wrong, err := faults(ctx, db)
	switch {
	case ctx.Err() != nil:
		return h, ctx.Err()
	case err != nil:
		if k := code(err) & 0xff; k != codeCorrupt && k != codeNotADB {
			return h, translate(err, s.folder)
		}
		bad("store.check_file_damaged", "path", s.path)
		return h, nil // nothing else can be relied on
	case wrong != "":
		bad("store.check_file_damaged", "path", s.path)
	default:
		good("store.check_file")
	}
	if astray, err := strays(ctx, db); err != nil {
		return h, translate(err, s.folder)
	} else if astray != "" {
		bad("store.check_astray", "table", astray)
	}

	var logs, entries, destroyed, files int64
	var latest time.Time
	err = s.read(ctx, func(t *tx) error {
		spaces, err := t.Spaces()
		if err != nil {
			return err
		}
		for _, sp := range spaces {
			all, err := t.AllLogs(sp.ID)
			if err != nil {
				return err
			}
			for _, l := range all {
				f, err := t.audit(sp, l)
				if err != nil {
					return err
				}
				logs++
				entries += f.entries
				destroyed += f.gone
				if f.latest.After(latest) {
					latest = f.latest
				}
				if f.key != "" {
					bad(f.key, append([]string{"log", l.Name, "case", string(l.Case)}, f.args...)...)
				}
			}
			digests, err := t.digests(sp.ID)
			if err != nil {
				return err
			}
			for _, d := range digests {
				err := t.ReadFile(sp.ID, d, io.Discard)
				if fault.KindOf(err) == fault.Broken {
					bad("store.check_kept_file", "digest", d.String())
				} else if err != nil {
					return err
				}
				files++
			}
		}
		return nil
	})
	if err != nil {
		if f, ok := errors.AsType[*fault.Error](err); ok && f.Kind == fault.Broken {
			bad("store.check_file_damaged", "path", s.path)
			return h, nil
		}
		return h, err
	}
	if h.Sound {
		good("store.check_record", "logs", itoa(logs), "entries", itoa(entries), "destroyed", itoa(destroyed), "files", itoa(files))
	}
	if now := s.now(); latest.After(now) {
		warn("store.clock_back", "latest", latest.Format("2006-01-02 15:04"), "now", now.UTC().Format("2006-01-02 15:04"))
	}

	var size int64
	for _, end := range []string{"", "-wal"} {
		if i, err := os.Stat(s.path + end); err == nil {
			size += i.Size()
		}
	}
	if room, ok := free(s.folder); !ok {
		good("store.check_size", "size", megabytes(uint64(size)))
	} else if room < little {
		warn("store.check_little_room", "size", megabytes(uint64(size)), "room", megabytes(room))
	} else {
		good("store.check_room", "size", megabytes(uint64(size)), "room", megabytes(room))
	}
	if open := s.readableByOthers(); len(open) > 0 {
		for _, p := range open {
			warn("store.check_open_to_others", "path", p)
		}
	} else {
		good("store.check_private")
	}
	return h, nil
}

func megabytes(n uint64) string {
	if n < 10<<20 {
		return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64)
	}
	return strconv.FormatUint(n>>20, 10)
}

// strays is a table with a row that belongs to nothing, or "".
func strays(ctx context.Context, db *sql.DB) (table string, err error) {
	rows, err := db.QueryContext(ctx, "PRAGMA foreign_key_check")
	if err != nil {
		return "", err
	}
	defer rows.Close()
	if rows.Next() {
		var parent string
		var row, n sql.NullInt64
		if err := rows.Scan(&table, &row, &parent, &n); err != nil {
			return "", err
		}
	}
	return table, rows.Err()
}

// pairing compares the driver and its C library, as they were linked, with the
// pair that belongs together.
func pairing(info *debug.BuildInfo, ok bool) (got, want string, same bool) {
	want = driverAt + " / " + libraryAt
	if !ok {
		return "", want, true
	}
	at := map[string]string{}
	for _, d := range info.Deps {
		for d.Replace != nil {
			d.Replace.Path, d = d.Path, d.Replace
		}
		at[d.Path] = d.Version
	}
	if at[engine] == "" && at[library] == "" {
		return "", want, true // built without a list, as tests are
	}
	got = at[engine] + " / " + at[library]
	return got, want, got == want
}

// readableByOthers lists what of the store other users of the computer may read.
func (s *Store) readableByOthers() (open []string) {
	if runtime.GOOS == "windows" {
		return nil // rights are kept in another way there
	}
	for _, p := range []string{s.folder, s.path, s.path + "-wal"} {
		if i, err := os.Stat(p); err == nil && i.Mode().Perm()&0o077 != 0 {
			open = append(open, p)
		}
	}
	// Files in a folder that others may not enter are out of their reach.
	if len(open) > 0 && !slices.Contains(open, s.folder) {
		return nil
	}
	return open
}

func (t *tx) digests(space people.SpaceID) (out []seal.Digest, err error) {
	err = t.each("SELECT digest FROM files WHERE space = ? ORDER BY digest", func(r *sql.Rows) error {
		var b sql.RawBytes
		if err := r.Scan(&b); err != nil {
			return err
		}
		var d seal.Digest
		copy(d[:], b)
		out = append(out, d)
		return nil
	}, string(space))
	return out, err
}

// A finding is what an audit of one log came to. key is "" when all holds.
type finding struct {
	entries, gone int64
	latest        time.Time
	key           string
	args          []string
}

// audit recomputes a log from its entries and bodies and compares it with what
// is stored: hashes, head, checkpoint, and the checkpoints that were given out.
func (t *tx) audit(sp people.Space, l desk.Log) (f finding, err error) {
	wrong := func(key string, args ...string) {
		if f.key == "" {
			f.key, f.args = key, args
		}
	}
	gone := map[string]string{}
	key := []any{string(sp.ID), string(l.Case), string(l.Wall)}
	err = t.each("SELECT id, by_entry FROM destruction WHERE space = ? AND case_id = ? AND wall = ?", func(r *sql.Rows) error {
		var id, by string
		err := r.Scan(&id, &by)
		gone[id] = by
		return err
	}, key...)
	if err != nil {
		return f, err
	}
	said := map[string]bool{}
	var needed []string
	var tree seal.Tree
	err = t.Rows(sp.ID, l.Case, l.Wall, 0, func(r desk.Row) error {
		if r.Seq != f.entries {
			wrong("store.check_gap", "seq", itoa(f.entries))
		}
		f.entries++
		if r.At.After(f.latest) {
			f.latest = r.At
		}
		if r.What == seal.Destroyed {
			said[r.ID] = true
		}
		if r.Gone {
			f.gone++
			if gone[r.ID] == "" {
				wrong("store.check_body", "seq", itoa(r.Seq))
			}
			needed = append(needed, gone[r.ID])
		} else if r.Body.Digest() != r.Entry.Body {
			wrong("store.check_body", "seq", itoa(r.Seq))
		}
		return tree.Add(r.Leaf())
	})
	if err != nil {
		if b, ok := errors.AsType[*fault.Error](err); ok && b.Key == "store.no_hash" {
			wrong("store.check_hash", "seq", b.Args["index"])
			return f, nil
		}
		return f, err
	}
	for _, by := range needed {
		if !said[by] {
			wrong("store.check_unexplained")
		}
	}
	if f.gone != l.Destroyed || int64(len(gone)) != f.gone {
		wrong("store.check_unexplained")
	}

	// The stored hashes are those of the entries; one that differs names the
	// first entry from which on they do.
	n := int64(0)
	differs := false
	err = t.each("SELECT n, hash FROM hashes WHERE space = ? AND case_id = ? AND wall = ? ORDER BY n", func(r *sql.Rows) error {
		var i int64
		var b sql.RawBytes
		if err := r.Scan(&i, &b); err != nil {
			return err
		}
		if !differs && n < stored(f.entries) {
			hs, err := tree.ReadHashes([]int64{n})
			if i != n || err != nil || string(hs[0][:]) != string(b) {
				differs = true
				wrong("store.check_hash", "seq", itoa(leafBefore(n)))
			}
		}
		n++
		return nil
	}, key...)
	if err != nil {
		return f, err
	}
	if n != stored(f.entries) {
		wrong("store.check_end", "stored", itoa(l.Head.Size), "found", itoa(f.entries))
	}
	if f.entries != l.Head.Size {
		wrong("store.check_end", "stored", itoa(l.Head.Size), "found", itoa(f.entries))
		return f, nil
	}
	if f.entries == 0 {
		return f, nil
	}
	root, err := tree.Root(f.entries)
	if err != nil {
		return f, fmt.Errorf("head of log %s: %w", l.Name, err)
	}
	if root != l.Head.Root {
		wrong("store.check_head")
	}
	head, err := seal.OpenCheckpoint(l.Checkpoint, sp.Public)
	if err != nil || head != (seal.Head{Log: l.Name, Size: l.Head.Size, Root: root, At: l.Head.At}) {
		wrong("store.check_checkpoint")
	}
	given, err := t.Kept(sp.ID, l.Case, l.Wall)
	if err != nil {
		return f, err
	}
	for i, c := range given {
		old, err := seal.OpenCheckpoint(c, sp.Public)
		if err == nil && old.Log == l.Name && old.Size <= f.entries {
			if was, err := tree.Root(old.Size); err == nil && was == old.Root {
				continue
			}
		}
		wrong("store.check_given", "number", itoa(int64(i)+1))
	}
	return f, nil
}

// leafBefore is the entry with which the stored hash n came.
func leafBefore(n int64) int64 {
	lo, hi := int64(0), n
	for lo < hi {
		if mid := (lo + hi + 1) / 2; stored(mid) <= n {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}
