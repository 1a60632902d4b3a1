package sqlite

import (
	"database/sql"
	"fmt"
	"math/bits"
	"time"

	"stayput/desk"
	"stayput/fault"
	"stayput/people"
	"stayput/record/seal"
)

func milli(t time.Time) int64  { return t.UnixMilli() }
func moment(n int64) time.Time { return time.UnixMilli(n).UTC() }

// blob is b as SQLite keeps it, never NULL.
func blob(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// Spaces lists all spaces, the oldest first.
func (t *tx) Spaces() (out []people.Space, err error) {
	err = t.each("SELECT space, kind, name, public, created FROM spaces ORDER BY created, n", func(r *sql.Rows) error {
		var s people.Space
		var created int64
		if err := r.Scan(&s.ID, &s.Kind, &s.Name, &s.Public, &created); err != nil {
			return err
		}
		s.Created = moment(created)
		out = append(out, s)
		return nil
	})
	return out, err
}

// AddSpace adds a space with its key.
func (t *tx) AddSpace(s people.Space, key seal.Key) error {
	if s.ID == "" {
		return errNoName
	}
	if s.Public != "" && s.Public != key.Public {
		return errPublic
	}
	_, err := t.do("INSERT INTO spaces (space, n, kind, name, public, secret, created) VALUES (?1, (SELECT coalesce(max(n), 0) + 1 FROM spaces), ?2, ?3, ?4, ?5, ?6)",
		string(s.ID), string(s.Kind), s.Name, key.Public, key.Secret, milli(s.Created))
	return constraint(err, "space")
}

// SaveSpace changes the sort and the name of a space.
func (t *tx) SaveSpace(s people.Space) error {
	n, err := t.do("UPDATE spaces SET kind = ?, name = ? WHERE space = ?", string(s.Kind), s.Name, string(s.ID))
	if err == nil && n == 0 {
		err = none("space")
	}
	return err
}

// Key is the key of a space.
func (t *tx) Key(space people.SpaceID) (k seal.Key, err error) {
	ok, err := t.one("SELECT secret, public FROM spaces WHERE space = ?", []any{string(space)}, &k.Secret, &k.Public)
	if err == nil && !ok {
		err = none("space")
	}
	return k, err
}

// People lists the people of a space in the order in which they were added.
func (t *tx) People(space people.SpaceID) (out []people.Person, err error) {
	err = t.each("SELECT person, name, lang, register, shortcuts, version FROM people WHERE space = ? ORDER BY n", func(r *sql.Rows) error {
		var p people.Person
		if err := r.Scan(&p.ID, &p.Name, &p.Lang, &p.Register, &p.Shortcuts, &p.Version); err != nil {
			return err
		}
		out = append(out, p)
		return nil
	}, string(space))
	return out, err
}

// Person is one person of a space.
func (t *tx) Person(space people.SpaceID, id people.PersonID) (people.Person, error) {
	p := people.Person{ID: id}
	ok, err := t.one("SELECT name, lang, register, shortcuts, version FROM people WHERE space = ? AND person = ?", []any{string(space), string(id)},
		&p.Name, &p.Lang, &p.Register, &p.Shortcuts, &p.Version)
	if err == nil && !ok {
		err = none("person")
	}
	if err != nil {
		return people.Person{}, err
	}
	return p, nil
}

// Alone reports that the space is the only one and has one person.
func (t *tx) Alone(space people.SpaceID) (alone bool, err error) {
	_, err = t.one("SELECT EXISTS (SELECT 1 FROM people WHERE space = ?1) AND NOT EXISTS (SELECT 1 FROM people WHERE space = ?1 LIMIT 1 OFFSET 1) AND NOT EXISTS (SELECT 1 FROM spaces WHERE space <> ?1)",
		[]any{string(space)}, &alone)
	return alone, err
}

// SavePerson adds a person or replaces the one of that version.
func (t *tx) SavePerson(space people.SpaceID, p people.Person) error {
	if p.ID == "" {
		return errNoName
	}
	shortcuts := 0
	if p.Shortcuts {
		shortcuts = 1
	}
	if p.Version == 0 {
		_, err := t.do("INSERT INTO people (space, person, n, name, lang, register, shortcuts, version) VALUES (?1, ?2, (SELECT coalesce(max(n), 0) + 1 FROM people WHERE space = ?1), ?3, ?4, ?5, ?6, 1)",
			string(space), string(p.ID), p.Name, p.Lang, string(p.Register), shortcuts)
		return constraint(err, "space")
	}
	n, err := t.do("UPDATE people SET name = ?, lang = ?, register = ?, shortcuts = ?, version = version + 1 WHERE space = ? AND person = ? AND version = ?",
		p.Name, p.Lang, string(p.Register), shortcuts, string(space), string(p.ID), p.Version)
	if err != nil || n == 1 {
		return err
	}
	return t.missed("person", "SELECT 1 FROM people WHERE space = ? AND person = ?", string(space), string(p.ID))
}

// missed says why nothing was changed: it is not there, or it is of another
// version.
func (t *tx) missed(thing, query string, args ...any) error {
	there, err := t.exists(query, args...)
	if err != nil {
		return err
	}
	if there {
		return changed()
	}
	return none(thing)
}

// Cases lists the cases of a space in the order in which they were added.
func (t *tx) Cases(space people.SpaceID) (out []desk.CaseRow, err error) {
	err = t.each("SELECT case_id, created, batch FROM cases WHERE space = ? ORDER BY n", func(r *sql.Rows) error {
		var c desk.CaseRow
		var created int64
		if err := r.Scan(&c.ID, &created, &c.Batch); err != nil {
			return err
		}
		c.Created = moment(created)
		out = append(out, c)
		return nil
	}, string(space))
	return out, err
}

// AddCase adds a case.
func (t *tx) AddCase(space people.SpaceID, c desk.CaseRow) error {
	if c.ID == "" {
		return errNoName
	}
	_, err := t.do("INSERT INTO cases (space, case_id, n, created, batch) VALUES (?1, ?2, (SELECT coalesce(max(n), 0) + 1 FROM cases WHERE space = ?1), ?3, ?4)",
		string(space), string(c.ID), milli(c.Created), c.Batch)
	return constraint(err, "space")
}

const logColumns = "SELECT case_id, wall, name, size, root, at, checkpoint, destroyed FROM logs "

func scanLog(r *sql.Rows) (l desk.Log, err error) {
	var root []byte
	var at sql.NullInt64
	if err := r.Scan(&l.Case, &l.Wall, &l.Name, &l.Head.Size, &root, &at, &l.Checkpoint, &l.Destroyed); err != nil {
		return l, err
	}
	l.Head.Log = l.Name
	copy(l.Head.Root[:], root)
	if at.Valid {
		l.Head.At = moment(at.Int64)
	}
	return l, nil
}

func (t *tx) logs(query string, args ...any) (out []desk.Log, err error) {
	err = t.each(query, func(r *sql.Rows) error {
		l, err := scanLog(r)
		out = append(out, l)
		return err
	}, args...)
	return out, err
}

// Logs lists the logs of a case in the order in which they were begun.
func (t *tx) Logs(space people.SpaceID, c people.CaseID) ([]desk.Log, error) {
	return t.logs(logColumns+"WHERE space = ? AND case_id = ? ORDER BY n", string(space), string(c))
}

// AllLogs lists the logs of every case of a space.
func (t *tx) AllLogs(space people.SpaceID) ([]desk.Log, error) {
	return t.logs(logColumns+"WHERE space = ? ORDER BY n", string(space))
}

// AddLog begins a log with nothing in it.
func (t *tx) AddLog(space people.SpaceID, l desk.Log) error {
	if l.Name == "" {
		return errNoName
	}
	_, err := t.do("INSERT INTO logs (space, case_id, wall, n, name) VALUES (?1, ?2, ?3, (SELECT coalesce(max(n), 0) + 1 FROM logs), ?4)",
		string(space), string(l.Case), string(l.Wall), l.Name)
	return constraint(err, "case")
}

// Tail is the end of a log, for seal.Append.
func (t *tx) Tail(space people.SpaceID, c people.CaseID, w desk.Wall) (seal.Tail, error) {
	var tail seal.Tail
	ok, err := t.one("SELECT size FROM logs WHERE space = ? AND case_id = ? AND wall = ?", []any{string(space), string(c), string(w)}, &tail.Size)
	if err == nil && !ok {
		err = none("log")
	}
	tail.Hashes = func(indexes []int64) ([]seal.Hash, error) {
		out := make([]seal.Hash, len(indexes))
		args := []any{string(space), string(c), string(w), nil}
		for i, x := range indexes {
			args[3] = x
			var h []byte
			ok, err := t.one("SELECT hash FROM hashes WHERE space = ? AND case_id = ? AND wall = ? AND n = ?", args, &h)
			if err != nil {
				return nil, err
			}
			if !ok || len(h) != len(out[i]) {
				return nil, made(fault.Broken, "store.no_hash", "log", string(c), "index", itoa(x))
			}
			copy(out[i][:], h)
		}
		return out, nil
	}
	return tail, err
}

// stored is how many hashes the tree of n entries keeps.
func stored(n int64) int64 { return 2*n - int64(bits.OnesCount64(uint64(n))) }

// Append adds what seal.Append worked out.
func (t *tx) Append(space people.SpaceID, c people.CaseID, w desk.Wall, s seal.Sealed, bodies []seal.Body, checkpoint []byte) error {
	if err := t.may(true); err != nil {
		return err
	}
	n := int64(len(s.Entries))
	if n == 0 || n != int64(len(bodies)) || len(checkpoint) == 0 {
		return errAppend
	}
	var size, number, added int64
	var name string
	key := []any{string(space), string(c), string(w)}
	ok, err := t.one("SELECT l.size, l.name, l.n, c.added FROM logs l JOIN cases c ON c.space = l.space AND c.case_id = l.case_id WHERE l.space = ? AND l.case_id = ? AND l.wall = ?", key, &size, &name, &number, &added)
	if err != nil {
		return err
	}
	if !ok {
		return none("log")
	}
	if s.Entries[0].Seq != size || s.First != stored(size) {
		return changed()
	}
	if s.Head.Log != name || s.Head.Size != size+n || int64(len(s.Hashes)) != stored(size+n)-stored(size) {
		return errAppend
	}
	for i, e := range s.Entries {
		if e.Log != name || e.Seq != size+int64(i) || e.ID == "" || e.Body != bodies[i].Digest() {
			return errAppend
		}
	}
	return t.whole(func() error {
		args := make([]any, 10)
		copy(args, key)
		for i, e := range s.Entries {
			args[3], args[4], args[5], args[6], args[7], args[8], args[9] = e.Seq, e.ID, string(e.What), milli(e.At), e.By, e.Body[:], added+int64(i)+1
			if _, err := t.do("INSERT INTO entries (space, case_id, wall, seq, id, what, at, person, digest, added) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", args...); err != nil {
				return constraint(err, "log")
			}
			args[4], args[5] = blob(bodies[i].Salt), blob(bodies[i].Data)
			if _, err := t.do("INSERT INTO bodies (space, case_id, wall, seq, salt, data) VALUES (?, ?, ?, ?, ?, ?)", args[:6]...); err != nil {
				return constraint(err, "entry")
			}
		}
		for i := range s.Hashes {
			args[3], args[4] = s.First+int64(i), s.Hashes[i][:]
			if _, err := t.do("INSERT INTO hashes (space, case_id, wall, n, hash) VALUES (?, ?, ?, ?, ?)", args[:5]...); err != nil {
				return constraint(err, "log")
			}
		}
		if _, err := t.do("UPDATE cases SET added = ? WHERE space = ? AND case_id = ?", added+n, string(space), string(c)); err != nil {
			return err
		}
		_, err := t.do("UPDATE logs SET size = ?, root = ?, at = ?, checkpoint = ? WHERE space = ? AND case_id = ? AND wall = ?",
			append([]any{s.Head.Size, s.Head.Root[:], milli(s.Head.At), checkpoint}, key...)...)
		return err
	})
}

const rowColumns = "e.seq, e.id, e.what, e.at, e.person, e.digest, b.salt, b.data, b.data IS NULL"
const rowTables = " FROM entries e LEFT JOIN bodies b ON b.space = e.space AND b.case_id = e.case_id AND b.wall = e.wall AND b.seq = e.seq "

// How much of a log is in memory at once.
const (
	pageRows  = 1000
	pageBytes = 1 << 20
)

func rowOf(log string, seq int64, id, what string, at int64, by string, digest, salt, data []byte, gone bool) (desk.Row, error) {
	r := desk.Row{Entry: seal.Entry{Log: log, Seq: seq, ID: id, What: seal.What(what), At: moment(at), By: by}}
	if len(digest) != len(r.Entry.Body) {
		return r, made(fault.Broken, "store.no_hash", "log", log, "index", itoa(seq))
	}
	copy(r.Entry.Body[:], digest)
	if r.Gone = gone; !gone {
		r.Body = seal.Body{Salt: blob(salt), Data: blob(data)} // the driver gives nil for empty ones
	}
	return r, nil
}

// Rows calls f for the entries of a log from place from on, in order. f may use
// the transaction.
func (t *tx) Rows(space people.SpaceID, c people.CaseID, w desk.Wall, from int64, f func(desk.Row) error) error {
	var log string
	ok, err := t.one("SELECT name FROM logs WHERE space = ? AND case_id = ? AND wall = ?", []any{string(space), string(c), string(w)}, &log)
	if err != nil {
		return err
	}
	if !ok {
		return none("log")
	}
	const q = "SELECT " + rowColumns + rowTables + "WHERE e.space = ? AND e.case_id = ? AND e.wall = ? AND e.seq >= ? ORDER BY e.seq LIMIT ?"
	page := make([]desk.Row, 0, pageRows)
	for next := max(from, 0); ; {
		page = page[:0]
		size := 0
		err := t.each(q, func(r *sql.Rows) error {
			var seq, at int64
			var id, what, by string
			var digest sql.RawBytes
			var salt, data []byte
			var gone bool
			if err := r.Scan(&seq, &id, &what, &at, &by, &digest, &salt, &data, &gone); err != nil {
				return err
			}
			row, err := rowOf(log, seq, id, what, at, by, digest, salt, data, gone)
			if err != nil {
				return err
			}
			page = append(page, row)
			if size += len(data); size >= pageBytes {
				return errEnough
			}
			return nil
		}, string(space), string(c), string(w), next, pageRows)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			return nil
		}
		for _, row := range page {
			if err := f(row); err != nil {
				return err
			}
		}
		if len(page) < pageRows && size < pageBytes {
			return nil
		}
		next = page[len(page)-1].Seq + 1
	}
}

// Find is the entry of that name in any wall of the case.
func (t *tx) Find(space people.SpaceID, c people.CaseID, id string) (desk.Wall, desk.Row, error) {
	var wall, log, what, by string
	var seq, at int64
	var digest, salt, data []byte
	var gone bool
	ok, err := t.one("SELECT e.wall, l.name, "+rowColumns+rowTables+"JOIN logs l ON l.space = e.space AND l.case_id = e.case_id AND l.wall = e.wall WHERE e.space = ? AND e.case_id = ? AND e.id = ?",
		[]any{string(space), string(c), id}, &wall, &log, &seq, &id, &what, &at, &by, &digest, &salt, &data, &gone)
	if err == nil && !ok {
		err = none("entry")
	}
	if err != nil {
		return "", desk.Row{}, err
	}
	r, err := rowOf(log, seq, id, what, at, by, digest, salt, data, gone)
	return desk.Wall(wall), r, err
}

// Destroy takes the body of an entry and its words out for good.
func (t *tx) Destroy(space people.SpaceID, c people.CaseID, w desk.Wall, id, by string) error {
	if err := t.may(true); err != nil {
		return err
	}
	key := []any{string(space), string(c), string(w), id}
	var seq, number int64
	var gone bool
	ok, err := t.one("SELECT e.seq, l.n, b.data IS NULL"+rowTables+"JOIN logs l ON l.space = e.space AND l.case_id = e.case_id AND l.wall = e.wall WHERE e.space = ? AND e.case_id = ? AND e.wall = ? AND e.id = ?",
		key, &seq, &number, &gone)
	switch {
	case err != nil:
		return err
	case !ok:
		return none("entry")
	case gone:
		return made(fault.Conflict, "store.destroyed")
	}
	said, err := t.exists("SELECT 1 FROM entries WHERE space = ? AND case_id = ? AND wall = ? AND id = ? AND what = 'destroyed' AND seq > ?",
		string(space), string(c), string(w), by, seq)
	if err != nil {
		return err
	}
	if !said {
		return made(fault.Invalid, "store.unexplained")
	}
	return t.whole(func() error {
		if _, err := t.do("INSERT INTO destruction (space, case_id, wall, id, by_entry) VALUES (?, ?, ?, ?, ?)", append(key, by)...); err != nil {
			return err
		}
		n, err := t.do("UPDATE bodies SET salt = NULL, data = NULL WHERE space = ? AND case_id = ? AND wall = ? AND seq = ?", string(space), string(c), string(w), seq)
		if err == nil && n != 1 {
			err = fmt.Errorf("store: entry %d has no body to destroy", seq)
		}
		if err != nil {
			return err
		}
		if _, err := t.do("DELETE FROM search WHERE rowid = ?", searchRow(number, seq)); err != nil {
			return err
		}
		if _, err := t.do("UPDATE logs SET destroyed = destroyed + 1 WHERE space = ? AND case_id = ? AND wall = ?", key[:3]...); err != nil {
			return err
		}
		t.scrub = true
		return nil
	})
}

// Keep notes a checkpoint that was given out.
func (t *tx) Keep(space people.SpaceID, c people.CaseID, w desk.Wall, checkpoint []byte) error {
	_, err := t.do("INSERT INTO checkpoints_given (space, case_id, wall, n, checkpoint) VALUES (?1, ?2, ?3, (SELECT coalesce(max(n) + 1, 0) FROM checkpoints_given WHERE space = ?1 AND case_id = ?2 AND wall = ?3), ?4)",
		string(space), string(c), string(w), blob(checkpoint))
	return constraint(err, "log")
}

// Kept lists the checkpoints that were given out, oldest first.
func (t *tx) Kept(space people.SpaceID, c people.CaseID, w desk.Wall) (out [][]byte, err error) {
	err = t.each("SELECT checkpoint FROM checkpoints_given WHERE space = ? AND case_id = ? AND wall = ? ORDER BY n", func(r *sql.Rows) error {
		var b []byte
		err := r.Scan(&b)
		out = append(out, b)
		return err
	}, string(space), string(c), string(w))
	return out, err
}
