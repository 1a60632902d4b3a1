package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"

	"stayput/desk"
	"stayput/fault"
)

const (
	fileName = "stayput.db"
	lockName = "stayput.lock"

	// application marks the file as ours ("StPt"), where SQLite keeps such a mark.
	application = 0x53745074
)

//go:embed migrations/*.sql
var embedded embed.FS

// schema is the newest form of the file that this program knows.
const schema int64 = 3

// Options say where and with what a store is opened.
type Options struct {
	Folder string           // made when it is not there
	Now    func() time.Time // for sessions and for the names of backups; nil means time.Now
	Log    *slog.Logger     // nil means none
}

// A Store is a desk.Store on the file stayput.db of one folder.
type Store struct {
	folder string
	path   string
	now    func() time.Time
	log    *slog.Logger

	turn   chan struct{} // holds one token; who has it may use writer
	writer *conn         // nil in a store that only reads
	pool   chan *conn    // holds a slot for each reader, nil until first used
	wdb    *sql.DB
	rdb    *sql.DB
	lock   *flock.Flock

	closed   chan struct{}
	closing  sync.Once
	closeErr error
	scrub    atomic.Bool // something was destroyed that may still stand in the journal

	still  bool   // opened immutable: nobody else had the file open
	before string // what the file looked like then
}

var _ desk.Store = (*Store)(nil)

// Open opens the store of a folder for reading and writing, and makes both when
// they are not there. One program at a time may do so.
func Open(ctx context.Context, o Options) (*Store, error) {
	sub, err := fs.Sub(embedded, "migrations")
	if err != nil {
		return nil, err
	}
	return openAs(ctx, o, sub, schema)
}

// openAs is Open with the migrations as an argument.
//
// The order is the promise: the lock, a look that changes nothing, and only then
// the file.
func openAs(ctx context.Context, o Options, migrations fs.FS, newest int64) (_ *Store, err error) {
	s, err := prepare(o)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = translate(err, s.folder)
			s.release()
		}
	}()
	if err := os.MkdirAll(s.folder, 0o700); err != nil {
		return nil, err
	}
	if s.lock, err = hold(s.folder); err != nil {
		return nil, err
	}
	forsaken(s.folder)
	if err := s.known(ctx, newest); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(s.path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	if err := syncDir(s.folder); err != nil {
		return nil, err
	}
	if s.wdb, err = open(s.path, writing, 1); err != nil {
		return nil, err
	}
	if err := migrate(ctx, s.wdb, migrations, newest, func(ctx context.Context, from int64) error {
		name := fmt.Sprintf("stayput-before-v%d-%s", newest, s.now().UTC().Format("20060102T150405"))
		file := filepath.Join(s.folder, name+".db")
		for n := 2; ; n++ { // a start that was cut off in the same second took the name
			if _, err := os.Lstat(file); err != nil || n > 100 {
				break
			}
			file = filepath.Join(s.folder, name+"-"+itoa(int64(n))+".db")
		}
		s.log.Info("backup before a change of form", "from", from, "to", newest, "file", filepath.Base(file))
		return s.Backup(ctx, file)
	}); err != nil {
		return nil, err
	}
	c, err := s.wdb.Conn(ctx)
	if err != nil {
		return nil, err
	}
	s.writer = &conn{c: c}
	if s.rdb, err = open(s.path, reading, readers); err != nil {
		return nil, err
	}
	s.fill(readers)
	s.clear(ctx) // when the program was killed right after a space left
	return s, nil
}

// OpenReader opens the store of a folder for reading only, beside another
// program that may be using it. It takes no lock and changes nothing.
func OpenReader(ctx context.Context, folder string) (*Store, error) {
	return openReader(ctx, folder, fileName)
}

func openReader(ctx context.Context, folder, name string) (_ *Store, err error) {
	s, err := prepare(Options{Folder: folder})
	if err != nil {
		return nil, err
	}
	s.path = filepath.Join(s.folder, name)
	defer func() {
		if err != nil {
			err = translate(err, s.folder)
			s.release()
		}
	}()
	if _, err := os.Stat(s.path); errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil, made(fault.NotFound, "store.not_there", "folder", s.folder).Wrap(err)
	} else if err != nil {
		return nil, err
	}
	if err := s.known(ctx, schema); err != nil {
		return nil, err
	}
	m := visiting
	if !inUse(s.path) {
		m, s.still, s.before = immutable, true, s.looks()
	}
	if s.rdb, err = open(s.path, m, 2); err != nil {
		return nil, err
	}
	s.fill(2)
	version, _, err := marks(ctx, s.rdb)
	if err != nil {
		return nil, err
	}
	if version < schema {
		return nil, made(fault.Unavailable, "store.older", "folder", s.folder, "found", itoa(version), "known", itoa(schema))
	}
	return s, nil
}

// prepare is a Store before anything is opened.
func prepare(o Options) (*Store, error) {
	folder, err := filepath.Abs(o.Folder)
	if err != nil {
		return nil, err
	}
	s := &Store{folder: folder, path: filepath.Join(folder, fileName), now: o.Now, log: o.Log,
		turn: make(chan struct{}, 1), closed: make(chan struct{})}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.turn <- struct{}{}
	return s, nil
}

func (s *Store) fill(n int) {
	s.pool = make(chan *conn, n)
	for range n {
		s.pool <- nil
	}
}

// hold takes the lock of a folder.
func hold(folder string) (*flock.Flock, error) {
	l := flock.New(filepath.Join(folder, lockName), flock.SetPermissions(0o600))
	ok, err := l.TryLock()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, errLocked(folder)
	}
	return l, nil
}

// release gives back what a failed opening had taken.
func (s *Store) release() {
	if s.writer != nil {
		s.writer.close()
	}
	for _, db := range []*sql.DB{s.rdb, s.wdb} {
		if db != nil {
			_ = db.Close()
		}
	}
	if s.lock != nil {
		_ = s.lock.Unlock()
	}
}

// known refuses a file that is not ours or that a newer program made, before
// anything touches it.
func (s *Store) known(ctx context.Context, newest int64) error {
	f, err := os.Open(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var head [100]byte
	n, err := io.ReadFull(f, head[:])
	_ = f.Close()
	if n == 0 && errors.Is(err, io.EOF) && !filled(s.path+"-wal") {
		return nil // made, and nothing written yet
	}
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return err
	}
	foreign := made(fault.Broken, "store.not_a_database", "path", s.path)
	if n < len(head) || string(head[:16]) != "SQLite format 3\x00" {
		return foreign
	}
	m := visiting
	if !inUse(s.path) {
		m = immutable
	}
	db, err := open(s.path, m, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	version, ours, err := marks(ctx, db)
	switch {
	case err != nil:
		return err
	case !ours:
		return foreign
	case version > newest:
		return made(fault.Unavailable, "store.newer", "folder", s.folder, "found", itoa(version), "known", itoa(newest))
	}
	return nil
}

// marks reads the version of the form, and whether the file is ours or still
// holds nothing.
func marks(ctx context.Context, db *sql.DB) (version int64, ours bool, err error) {
	var app, tables int64
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app); err != nil {
		return 0, false, err
	}
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return 0, false, err
	}
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return 0, false, err
	}
	return version, app == application || app == 0 && version == 0 && tables == 0, nil
}

// migrate brings the form of the file up to date. A file that holds something
// is backed up first.
func migrate(ctx context.Context, db *sql.DB, migrations fs.FS, newest int64, backup func(ctx context.Context, from int64) error) error {
	version, _, err := marks(ctx, db)
	if err != nil {
		return err
	}
	if version == newest {
		return nil
	}
	if version > 0 {
		if err := backup(ctx, version); err != nil {
			return err
		}
	} else if _, err := db.ExecContext(ctx, "PRAGMA application_id = "+itoa(application)); err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, migrations,
		goose.WithTableName("migrations"), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return err
	}
	version, _, err = marks(ctx, db)
	if err == nil && version != newest {
		err = fmt.Errorf("store: the migrations end at version %d, not %d", version, newest)
	}
	return err
}

// Close ends the store. What Write kept is kept.
func (s *Store) Close() error {
	s.closing.Do(func() {
		close(s.closed)
		<-s.turn // whoever writes may finish
		if s.writer != nil {
			s.sweep(time.Second)
			s.writer.close()
		}
		for range cap(s.pool) {
			if c := <-s.pool; c != nil {
				c.close()
			}
		}
		for _, db := range []*sql.DB{s.rdb, s.wdb} { // the writer last: it clears the journal away
			if db != nil {
				s.closeErr = errors.Join(s.closeErr, db.Close())
			}
		}
		if s.lock != nil {
			s.closeErr = errors.Join(s.closeErr, s.lock.Unlock())
		}
		s.closeErr = translate(s.closeErr, s.folder)
	})
	return s.closeErr
}

func (s *Store) errClosed() error {
	return made(fault.Unavailable, "store.closed", "folder", s.folder)
}

// Read runs f on one consistent state. f must not call Read or Write.
func (s *Store) Read(ctx context.Context, f func(desk.Tx) error) error {
	return s.read(ctx, func(t *tx) error { return f(t) })
}

func (s *Store) read(ctx context.Context, f func(*tx) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	var c *conn
	select {
	case <-s.closed:
		return s.errClosed()
	default:
	}
	select {
	case c = <-s.pool:
	case <-s.closed:
		return s.errClosed()
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { s.pool <- c }()
	if c == nil {
		raw, err := s.rdb.Conn(ctx)
		if err != nil {
			return translate(err, s.folder)
		}
		c = &conn{c: raw}
	}
	if _, err := c.run("BEGIN"); err != nil {
		c.spoil()
		c = nil
		return translate(err, s.folder)
	}
	t := &tx{s: s, c: c, ctx: ctx}
	defer func() {
		t.over = true
		if _, e := c.run("ROLLBACK"); e != nil {
			c.spoil()
			c = nil
		}
		if err == nil && s.still && s.looks() != s.before {
			err = made(fault.Unavailable, "store.meanwhile", "folder", s.folder)
		}
	}()
	var n int64
	if _, err := c.one("SELECT count(*) FROM sqlite_schema WHERE rowid = 1", nil, &n); err != nil { // the state is the one of now
		return translate(err, s.folder)
	}
	if err := f(t); err != nil {
		return err
	}
	if t.err != nil {
		return t.err
	}
	return ctx.Err()
}

// looks is what the file looks like from outside.
func (s *Store) looks() string {
	i, err := os.Stat(s.path)
	if err != nil {
		return err.Error()
	}
	return i.ModTime().String() + " " + itoa(i.Size())
}

// Write runs f and keeps all of what it did or nothing. f must not call Read or
// Write, nor use Sessions.
func (s *Store) Write(ctx context.Context, f func(desk.Tx) error) error {
	return s.write(ctx, func(t *tx) error { return f(t) })
}

func (s *Store) write(ctx context.Context, f func(*tx) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.wdb == nil {
		return errReadOnly(s.folder)
	}
	select {
	case <-s.closed:
		return s.errClosed()
	default:
	}
	select {
	case <-s.turn:
	case <-s.closed:
		return s.errClosed()
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { s.turn <- struct{}{} }()
	if s.writer == nil { // the last one was spoiled
		raw, err := s.wdb.Conn(ctx)
		if err != nil {
			return translate(err, s.folder)
		}
		s.writer = &conn{c: raw}
	}
	c := s.writer
	if _, err := c.run("BEGIN IMMEDIATE"); err != nil {
		if code(err)&0xff != codeBusy {
			s.respawn()
		}
		return translate(err, s.folder)
	}
	t := &tx{s: s, c: c, ctx: ctx, write: true}
	kept := false
	defer func() { // a panic of f comes through here too
		t.over = true
		if !kept {
			// SQLite has rolled back by itself after some errors, and then says
			// that there is nothing to roll back.
			if _, e := c.run("ROLLBACK"); e != nil {
				s.respawn()
			}
			return
		}
		if t.scrub {
			s.scrub.Store(true)
		}
		if t.left {
			s.clear(ctx)
			return
		}
		s.sweep(250 * time.Millisecond)
	}()
	if err := f(t); err != nil {
		return err
	}
	if t.err != nil {
		return t.err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if _, err := c.run("COMMIT"); err != nil {
		return translate(err, s.folder)
	}
	kept = true
	return nil
}

// respawn lets the next Write begin on a new connection.
func (s *Store) respawn() {
	s.writer.spoil()
	s.writer = nil
}

// sweep empties the journal after something was destroyed, so that it does not
// stand there until it is overwritten. A reader may be in the way; then the next
// Write tries again.
func (s *Store) sweep(patience time.Duration) {
	if s.writer == nil || !s.scrub.Load() {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	busy := int64(1)
	err := s.writer.each(ctx, "PRAGMA wal_checkpoint(TRUNCATE)", func(r *sql.Rows) error {
		var log, done int64
		return r.Scan(&busy, &log, &done)
	})
	if err == nil && busy == 0 {
		s.scrub.Store(false)
	} else if err != nil && ctx.Err() == nil {
		s.log.Warn("the journal could not be emptied", "err", err)
	}
}

// inUse reports that a program has the file open, or fell with it open: the
// journal goes when the last one closes.
func inUse(path string) bool {
	_, err := os.Lstat(path + "-wal")
	return err == nil
}

// filled reports a file that holds something.
func filled(path string) bool {
	i, err := os.Stat(path)
	return err == nil && i.Size() > 0
}

// access says why a file cannot be opened, or nil.
func access(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return f.Close()
}

// syncDir forces the names of a folder to the disk.
func syncDir(folder string) error {
	if runtime.GOOS == "windows" {
		return nil // it has no such thing
	}
	d, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// A tx is one transaction.
type tx struct {
	s     *Store
	c     *conn
	ctx   context.Context
	write bool
	over  bool
	err   error // what ended the transaction; nothing may follow it
	scrub bool  // something was destroyed
	left  bool  // a space left
}

var _ desk.Tx = (*tx)(nil)

// may says whether the transaction goes on.
func (t *tx) may(change bool) error {
	switch {
	case t.over:
		return errOver
	case t.err != nil:
		return t.err
	case change && !t.write:
		return errInRead
	}
	return t.ctx.Err()
}

// fail notes an error of SQLite. After a broken constraint SQLite goes on as if
// the statement had not been; after anything else it may have ended the
// transaction by itself, so that nothing may follow.
func (t *tx) fail(err error) error {
	if err == nil || isConstraint(err) {
		return err
	}
	err = translate(err, t.s.folder)
	if code(err) != 0 {
		t.err = err
	}
	return err
}

// do is a changing statement; it gives the number of rows changed.
func (t *tx) do(query string, args ...any) (int64, error) {
	if err := t.may(true); err != nil {
		return 0, err
	}
	n, err := t.c.run(query, args...)
	return n, t.fail(err)
}

// one reads one row.
func (t *tx) one(query string, args []any, dest ...any) (bool, error) {
	if err := t.may(false); err != nil {
		return false, err
	}
	found, err := t.c.one(query, args, dest...)
	return found, t.fail(err)
}

// each reads rows. f must not use the transaction.
func (t *tx) each(query string, f func(*sql.Rows) error, args ...any) error {
	if err := t.may(false); err != nil {
		return err
	}
	return t.fail(t.c.each(context.Background(), query, f, args...))
}

// whole runs several changes of which all or none stay.
func (t *tx) whole(f func() error) error {
	if _, err := t.do("SAVEPOINT whole"); err != nil {
		return err
	}
	done := false
	defer func() {
		if !done { // a panic: the whole transaction goes
			t.err = errOver
		}
	}()
	err := f()
	done = true
	if err != nil {
		if t.err == nil {
			if _, e := t.c.run("ROLLBACK TO whole"); e != nil {
				t.err = translate(e, t.s.folder)
			} else if _, e := t.c.run("RELEASE whole"); e != nil {
				t.err = translate(e, t.s.folder)
			}
		}
		return err
	}
	_, err = t.do("RELEASE whole")
	return err
}

// exists answers a question of the form SELECT 1.
func (t *tx) exists(query string, args ...any) (bool, error) {
	var one int64
	return t.one(query, args, &one)
}
