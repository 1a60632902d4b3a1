package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	modernc "modernc.org/sqlite"
)

// How much each connection may keep of the file in memory, in KiB.
const (
	writerCache = 4 << 10
	readerCache = 2 << 10
	readers     = 4
)

// locking lets SQLite hold its locks by open file instead of by process, where
// the system can, so that no other reading of the file in this program drops
// them.
var locking = sync.OnceFunc(func() { _, _ = modernc.OFDLocking(true) })

// uri names a file for SQLite, with its parameters.
func uri(path string, q url.Values) string {
	p := filepath.ToSlash(path)
	if runtime.GOOS == "windows" && !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	return (&url.URL{Scheme: "file", Path: p, RawQuery: q.Encode()}).String()
}

// A mode is the way a connection is used.
type mode int

const (
	writing      mode = iota // the one that writes
	reading                  // beside the writer of this program
	visiting                 // from outside, perhaps beside another program
	immutable                // a file that nobody has open for writing
	copying                  // the same as visiting, and may write to another file
	copyingStill             // the same as immutable, and may write to another file
	closing                  // makes one file of a file and its journal
)

// open makes a pool of connections of one sort. It opens nothing yet.
func open(path string, m mode, conns int) (*sql.DB, error) {
	locking()
	q := url.Values{"_defensive": {"1"}, "_dqs": {"0"}, "_busy_timeout": {"5000"}}
	pragmas := []string{"foreign_keys(1)", "trusted_schema(0)", "cell_size_check(1)", "temp_store(2)", "recursive_triggers(1)"}
	switch m {
	case writing:
		q.Set("mode", "rw")
		pragmas = append(pragmas, "secure_delete(1)", "journal_mode(WAL)", "synchronous(2)", "fullfsync(1)", "checkpoint_fullfsync(1)",
			"journal_size_limit(67108864)", cache(writerCache))
	case reading, visiting:
		q.Set("mode", "ro")
		q.Set("_query_only", "1")
		pragmas = append(pragmas, cache(readerCache))
	case copying, copyingStill:
		q.Set("mode", "ro")
		if m == copyingStill {
			q.Set("immutable", "1")
		}
		pragmas = append(pragmas, "synchronous(2)", cache(readerCache))
	case closing:
		q.Set("mode", "rw")
		pragmas = append(pragmas, "secure_delete(1)", "synchronous(2)", cache(writerCache))
	case immutable:
		q.Set("mode", "ro")
		q.Set("immutable", "1")
		q.Set("_query_only", "1")
		pragmas = append(pragmas, cache(readerCache))
	}
	q["_pragma"] = pragmas
	c, err := modernc.NewConnector(uri(path, q))
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return db, nil
}

func cache(kib int) string { return "cache_size(-" + itoa(int64(kib)) + ")" }

// A conn is one connection with its prepared statements. One goroutine uses it
// at a time.
type conn struct {
	c     *sql.Conn
	stmts map[string]*sql.Stmt
}

func (c *conn) prepare(query string) (*sql.Stmt, error) {
	if s, ok := c.stmts[query]; ok {
		return s, nil
	}
	s, err := c.c.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	if c.stmts == nil {
		c.stmts = map[string]*sql.Stmt{}
	}
	c.stmts[query] = s
	return s, nil
}

// run is a statement without a result. It never stops halfway: what is cancelled
// is what has not begun.
func (c *conn) run(query string, args ...any) (int64, error) {
	s, err := c.prepare(query)
	if err != nil {
		return 0, err
	}
	r, err := s.ExecContext(context.Background(), args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// each calls f for each row of a result. f must not use the connection.
func (c *conn) each(ctx context.Context, query string, f func(*sql.Rows) error, args ...any) error {
	s, err := c.prepare(query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			if errors.Is(err, errEnough) {
				return rows.Close()
			}
			return err
		}
	}
	return rows.Err()
}

// errEnough ends each without an error.
var errEnough = errors.New("enough")

// one reads the first row into dest and reports whether there is one.
func (c *conn) one(query string, args []any, dest ...any) (bool, error) {
	found := false
	err := c.each(context.Background(), query, func(r *sql.Rows) error {
		found = true
		if err := r.Scan(dest...); err != nil {
			return err
		}
		return errEnough
	}, args...)
	return found, err
}

func (c *conn) close() {
	c.forget()
	_ = c.c.Close()
}

// forget closes the prepared statements; it must come before the connection
// itself is closed.
func (c *conn) forget() {
	for _, s := range c.stmts {
		_ = s.Close()
	}
	c.stmts = nil
}

// spoil closes the connection below the pool too, because its state is unknown.
func (c *conn) spoil() {
	c.forget()
	_ = c.c.Raw(func(any) error { return driver.ErrBadConn })
	_ = c.c.Close()
}
