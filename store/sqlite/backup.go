package sqlite

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"stayput/desk"
	"stayput/fault"
)

// Backup writes a complete and consistent copy to a new file. The copy gets its
// name only when it is whole, checked and on the disk.
func (s *Store) Backup(ctx context.Context, path string) (err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return err
	}
	select {
	case <-s.closed:
		return s.errClosed()
	default:
	}
	if _, err := os.Lstat(path); err == nil {
		return made(fault.Conflict, "store.path_exists", "path", path)
	}
	folder := filepath.Dir(path)
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return made(fault.NotFound, "store.no_folder", "folder", folder).Wrap(err)
	}
	forsaken(folder)
	tmp, err := temporary(folder)
	if err != nil {
		return translate(err, folder)
	}
	defer discard(tmp)
	m := copying
	if s.still {
		m = copyingStill
	}
	if err := vacuum(ctx, s.path, m, tmp); err != nil {
		return cancelled(ctx, translate(err, folder))
	}
	if s.still && s.looks() != s.before {
		return made(fault.Unavailable, "store.meanwhile", "folder", s.folder)
	}
	if err := integrity(ctx, tmp); err != nil {
		return cancelled(ctx, translate(err, folder))
	}
	return translate(settle(tmp, path), folder)
}

// vacuum copies the database at from into the empty file to.
func vacuum(ctx context.Context, from string, m mode, to string) error {
	db, err := open(from, m, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", to)
	return err
}

// integrity fails when SQLite finds something wrong in a file that nobody has
// open.
func integrity(ctx context.Context, path string) error {
	db, err := open(path, immutable, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	if wrong, err := faults(ctx, db); err != nil {
		return err
	} else if wrong != "" {
		return made(fault.Broken, "store.damaged", "path", path).Wrap(errors.New(wrong))
	}
	return nil
}

// faults is the first thing that SQLite finds wrong in a file, or "".
func faults(ctx context.Context, db *sql.DB) (wrong string, err error) {
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&wrong); err != nil {
		return "", err
	}
	if wrong == "ok" {
		wrong = ""
	}
	return wrong, nil
}

// cancelled says what the caller asked for when the caller stopped it.
func cancelled(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// temporary makes an empty file of a new name that only its owner may read.
func temporary(folder string) (string, error) {
	path := filepath.Join(folder, ".stayput-"+rand.Text()+".tmp")
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	return path, f.Close()
}

// forsaken takes away the unfinished copies in a folder that nobody has written to
// for a while: whoever made them was killed.
func forsaken(folder string) {
	all, _ := filepath.Glob(filepath.Join(escaped(folder), ".stayput-*.tmp"))
	for _, tmp := range all {
		if i, err := os.Lstat(tmp); err == nil && i.Mode().IsRegular() && time.Since(i.ModTime()) > time.Hour {
			discard(tmp)
		}
	}
}

// escaped is a path as a pattern that means nothing but itself.
func escaped(path string) string {
	if runtime.GOOS == "windows" {
		return path // it has no such signs in names that the pattern could escape
	}
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(path)
}

// discard takes away a temporary file and what SQLite may have put beside it.
func discard(tmp string) {
	for _, end := range []string{"", "-wal", "-shm", "-journal"} {
		_ = os.Remove(tmp + end)
	}
}

// settle forces a temporary file to the disk and gives it its name, unless a
// file of that name is there.
func settle(tmp, path string) error {
	f, err := os.OpenFile(tmp, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	exists := made(fault.Conflict, "store.path_exists", "path", path)
	switch err := os.Link(tmp, path); {
	case err == nil:
		_ = os.Remove(tmp)
	case errors.Is(err, fs.ErrExist):
		return exists
	default: // a stick that knows no second names
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			return exists
		}
		if err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
		if err := os.Rename(tmp, path); err != nil {
			_ = os.Remove(path)
			return err
		}
	}
	return syncDir(filepath.Dir(path))
}

// Restore puts a backup into a folder that holds no store yet. Before it gets
// its name there, the copy is brought to the form of this program, SQLite looks
// it over, and verify, which is the caller's, reads it and says whether the
// record holds. The backup is only read.
func Restore(ctx context.Context, backup, folder string, verify func(desk.Tx) error) (err error) {
	folder, err = filepath.Abs(folder)
	if err != nil {
		return err
	}
	defer func() { err = cancelled(ctx, translate(err, folder)) }()
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	lock, err := hold(folder)
	if err != nil {
		return err
	}
	defer lock.Unlock()
	path := filepath.Join(folder, fileName)
	for _, end := range []string{"", "-wal"} {
		if _, err := os.Lstat(path + end); err == nil {
			return made(fault.Conflict, "store.path_exists", "path", path+end)
		}
	}
	tmp, err := temporary(folder)
	if err != nil {
		return err
	}
	defer discard(tmp)
	if err := copyFile(backup, tmp); errors.Is(err, fs.ErrNotExist) {
		return made(fault.NotFound, "store.no_backup", "path", backup).Wrap(err)
	} else if err != nil {
		return err
	}
	if filled(backup + "-wal") { // a copy made by hand, with its journal beside it
		if err := copyFile(backup+"-wal", tmp+"-wal"); err != nil {
			return err
		}
	}
	s, err := prepare(Options{Folder: folder})
	if err != nil {
		return err
	}
	s.path = tmp
	if !filled(tmp) {
		return made(fault.Broken, "store.not_a_database", "path", backup)
	}
	if err := renamed(s.known(ctx, schema), backup); err != nil {
		return err
	}
	if err := renamed(s.gather(ctx), backup); err != nil {
		return err
	}
	if err := renamed(integrity(ctx, tmp), backup); err != nil {
		return err
	}
	r, err := openReader(ctx, folder, filepath.Base(tmp))
	if err != nil {
		return renamed(err, backup)
	}
	err = r.Read(ctx, verify)
	if err := errors.Join(err, r.Close()); err != nil {
		return err
	}
	return settle(tmp, path)
}

// gather makes one file of a file and its journal, in the form of this program.
func (s *Store) gather(ctx context.Context) error {
	db, err := open(s.path, closing, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	sub, err := fs.Sub(embedded, "migrations")
	if err != nil {
		return err
	}
	var journal string
	if err := db.QueryRowContext(ctx, "PRAGMA journal_mode = DELETE").Scan(&journal); err != nil {
		return err
	}
	if version, _, err := marks(ctx, db); err != nil {
		return err
	} else if version == 0 {
		return made(fault.Broken, "store.not_a_database", "path", s.path)
	}
	if err := migrate(ctx, db, sub, schema, func(context.Context, int64) error { return nil }); err != nil {
		return err
	}
	return db.Close()
}

// renamed names the backup in an error that names its copy.
func renamed(err error, path string) error {
	f, ok := errors.AsType[*fault.Error](translate(err, filepath.Dir(path)))
	if !ok {
		return err
	}
	if _, has := f.Args["path"]; has {
		f.Args["path"] = path
	}
	return f
}

func copyFile(from, to string) error {
	r, err := os.Open(from)
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return errors.Join(err, w.Sync(), w.Close())
}
