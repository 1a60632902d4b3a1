package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"time"

	"stayput/desk"
	"stayput/people"
)

func (t *tx) calendars(query string, args ...any) (out []desk.CalendarRow, err error) {
	err = t.each(query, func(r *sql.Rows) error {
		var c desk.CalendarRow
		var at int64
		if err := r.Scan(&c.ID, &c.Version, &c.Name, &c.Body, &c.By, &at); err != nil {
			return err
		}
		c.At = moment(at)
		out = append(out, c)
		return nil
	}, args...)
	return out, err
}

// Calendars lists the latest version of each school calendar of a space, by
// name.
func (t *tx) Calendars(space people.SpaceID) ([]desk.CalendarRow, error) {
	return t.calendars("SELECT id, version, name, body, person, at FROM calendars c WHERE space = ?1 AND version = (SELECT max(version) FROM calendars WHERE space = ?1 AND id = c.id) ORDER BY name, id", string(space))
}

// CalendarVersions lists every version of one, the first first.
func (t *tx) CalendarVersions(space people.SpaceID, id string) ([]desk.CalendarRow, error) {
	return t.calendars("SELECT id, version, name, body, person, at FROM calendars WHERE space = ? AND id = ? ORDER BY version", string(space), id)
}

// SaveCalendar adds a version, one more than the latest.
func (t *tx) SaveCalendar(space people.SpaceID, c desk.CalendarRow) error {
	if err := t.may(true); err != nil {
		return err
	}
	if c.ID == "" {
		return errNoName
	}
	var latest int64
	if _, err := t.one("SELECT coalesce(max(version), 0) FROM calendars WHERE space = ? AND id = ?", []any{string(space), c.ID}, &latest); err != nil {
		return err
	}
	if c.Version != latest+1 {
		return changed()
	}
	_, err := t.do("INSERT INTO calendars (space, id, version, name, body, person, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
		string(space), c.ID, c.Version, c.Name, blob(c.Body), string(c.By), milli(c.At))
	return constraint(err, "space")
}

// Draft is what a person was typing into one form.
func (t *tx) Draft(space people.SpaceID, p people.PersonID, key string) (desk.DraftRow, error) {
	d := desk.DraftRow{Key: key}
	var at int64
	ok, err := t.one("SELECT version, body, at FROM drafts WHERE space = ? AND person = ? AND name = ?", []any{string(space), string(p), key}, &d.Version, &d.Body, &at)
	if err == nil && !ok {
		err = none("draft")
	}
	if err != nil {
		return desk.DraftRow{}, err
	}
	d.At = moment(at)
	return d, nil
}

// Drafts lists the drafts of a person by key.
func (t *tx) Drafts(space people.SpaceID, p people.PersonID) (out []desk.DraftRow, err error) {
	err = t.each("SELECT name, version, body, at FROM drafts WHERE space = ? AND person = ? ORDER BY name", func(r *sql.Rows) error {
		var d desk.DraftRow
		var at int64
		if err := r.Scan(&d.Key, &d.Version, &d.Body, &at); err != nil {
			return err
		}
		d.At = moment(at)
		out = append(out, d)
		return nil
	}, string(space), string(p))
	return out, err
}

// SaveDraft adds a draft or replaces the one of that version.
func (t *tx) SaveDraft(space people.SpaceID, p people.PersonID, d desk.DraftRow) error {
	key := []any{string(space), string(p), d.Key}
	if d.Version == 0 {
		_, err := t.do("INSERT INTO drafts (space, person, name, version, body, at) VALUES (?, ?, ?, 1, ?, ?)", append(key, blob(d.Body), milli(d.At))...)
		return constraint(err, "person")
	}
	n, err := t.do("UPDATE drafts SET body = ?, at = ?, version = version + 1 WHERE space = ? AND person = ? AND name = ? AND version = ?",
		blob(d.Body), milli(d.At), string(space), string(p), d.Key, d.Version)
	if err != nil || n == 1 {
		return err
	}
	return t.missed("draft", "SELECT 1 FROM drafts WHERE space = ? AND person = ? AND name = ?", key...)
}

// DropDraft takes a draft out, if it is there.
func (t *tx) DropDraft(space people.SpaceID, p people.PersonID, key string) error {
	_, err := t.do("DELETE FROM drafts WHERE space = ? AND person = ? AND name = ?", string(space), string(p), key)
	return err
}

// Batches lists the imports of a space, the latest first.
func (t *tx) Batches(space people.SpaceID) (out []desk.Batch, err error) {
	err = t.each("SELECT id, name, person, at, undone, report FROM batches WHERE space = ? ORDER BY at DESC, n DESC", func(r *sql.Rows) error {
		var b desk.Batch
		var at int64
		var undone sql.NullInt64
		if err := r.Scan(&b.ID, &b.Name, &b.By, &at, &undone, &b.Report); err != nil {
			return err
		}
		b.At = moment(at)
		if undone.Valid {
			b.Undone = moment(undone.Int64)
		}
		out = append(out, b)
		return nil
	}, string(space))
	return out, err
}

// SaveBatch adds a batch or replaces the one of that name.
func (t *tx) SaveBatch(space people.SpaceID, b desk.Batch) error {
	if b.ID == "" {
		return errNoName
	}
	undone := sql.NullInt64{Int64: milli(b.Undone), Valid: !b.Undone.IsZero()}
	_, err := t.do(`INSERT INTO batches (space, id, n, name, person, at, undone, report)
		VALUES (?1, ?2, (SELECT coalesce(max(n), 0) + 1 FROM batches WHERE space = ?1), ?3, ?4, ?5, ?6, ?7)
		ON CONFLICT (space, id) DO UPDATE SET name = excluded.name, person = excluded.person, at = excluded.at, undone = excluded.undone, report = excluded.report`,
		string(space), b.ID, b.Name, string(b.By), milli(b.At), undone, blob(b.Report))
	return constraint(err, "space")
}

// Sessions keeps who is signed in.
func (s *Store) Sessions() desk.SessionStore { return sessions{s} }

type sessions struct{ s *Store }

// name is what a token is kept under, so that nobody who reads the file can sign
// in with what he finds.
func name(token string) []byte {
	h := sha256.Sum256([]byte(token))
	return h[:]
}

// Find gives the data of a session that has not run out.
func (x sessions) Find(token string) (data []byte, found bool, err error) {
	err = x.s.read(context.Background(), func(t *tx) error {
		found, err = t.one("SELECT data FROM sessions WHERE token = ? AND expiry > ?", []any{name(token), milli(x.s.now())}, &data)
		return err
	})
	return data, found, err
}

// Commit keeps a session, and drops those that have run out.
func (x sessions) Commit(token string, data []byte, expiry time.Time) error {
	return x.s.write(context.Background(), func(t *tx) error {
		if _, err := t.do("DELETE FROM sessions WHERE expiry <= ?", milli(x.s.now())); err != nil {
			return err
		}
		_, err := t.do("INSERT INTO sessions (token, data, expiry) VALUES (?, ?, ?) ON CONFLICT (token) DO UPDATE SET data = excluded.data, expiry = excluded.expiry",
			name(token), blob(data), milli(expiry))
		return err
	})
}

// Delete ends a session.
func (x sessions) Delete(token string) error {
	return x.s.write(context.Background(), func(t *tx) error {
		_, err := t.do("DELETE FROM sessions WHERE token = ?", name(token))
		return err
	})
}
