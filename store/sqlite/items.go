package sqlite

import (
	"database/sql"
	"errors"

	"stayput/desk"
	"stayput/people"
)

// Item is one small thing the desk keeps.
func (t *tx) Item(space people.SpaceID, kind, id string) (desk.Item, error) {
	it := desk.Item{Kind: kind, ID: id}
	var at int64
	ok, err := t.one("SELECT version, body, at FROM items WHERE space = ? AND kind = ? AND id = ?", []any{string(space), kind, id}, &it.Version, &it.Body, &at)
	if err == nil && !ok {
		err = none("item")
	}
	if err != nil {
		return desk.Item{}, err
	}
	it.At = moment(at)
	return it, nil
}

// Items lists those of a kind whose name begins with prefix, by name.
func (t *tx) Items(space people.SpaceID, kind, prefix string) (out []desk.Item, err error) {
	err = t.each("SELECT id, version, body, at FROM items WHERE space = ?1 AND kind = ?2 AND id >= ?3 AND substr(id, 1, length(?3)) = ?3 ORDER BY id", func(r *sql.Rows) error {
		it := desk.Item{Kind: kind}
		var at int64
		if err := r.Scan(&it.ID, &it.Version, &it.Body, &at); err != nil {
			return err
		}
		it.At = moment(at)
		out = append(out, it)
		return nil
	}, string(space), kind, prefix)
	return out, err
}

// SaveItem adds an item or replaces the one of that version.
func (t *tx) SaveItem(space people.SpaceID, it desk.Item) error {
	if it.Kind == "" || it.ID == "" {
		return errNoName
	}
	key := []any{string(space), it.Kind, it.ID}
	if it.Version == 0 {
		_, err := t.do("INSERT INTO items (space, kind, id, version, body, at) VALUES (?, ?, ?, 1, ?, ?)", append(key, blob(it.Body), milli(it.At))...)
		return constraint(err, "space")
	}
	n, err := t.do("UPDATE items SET body = ?, at = ?, version = version + 1 WHERE space = ? AND kind = ? AND id = ? AND version = ?",
		blob(it.Body), milli(it.At), string(space), it.Kind, it.ID, it.Version)
	if err != nil || n == 1 {
		return err
	}
	return t.missed("item", "SELECT 1 FROM items WHERE space = ? AND kind = ? AND id = ?", key...)
}

// DropItem takes an item out, if it is there.
func (t *tx) DropItem(space people.SpaceID, kind, id string) error {
	_, err := t.do("DELETE FROM items WHERE space = ? AND kind = ? AND id = ?", string(space), kind, id)
	return err
}

var errNoSpace = errors.New("an access log belongs to a space")

// AddSeen adds to the access log.
func (t *tx) AddSeen(space people.SpaceID, all []desk.Seen) error {
	if space == "" {
		return errNoSpace
	}
	var n int64
	if _, err := t.one("SELECT coalesce(max(n), 0) FROM seen WHERE space = ?", []any{string(space)}, &n); err != nil {
		return err
	}
	for _, s := range all {
		n++
		_, err := t.do("INSERT INTO seen (space, n, at, person, case_id, action, page, device) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			string(space), n, milli(s.At), string(s.Person), string(s.Case), s.Action, s.Page, s.Device)
		if err != nil {
			return constraint(err, "space")
		}
	}
	return nil
}

// Seen lists the access log, the latest first.
func (t *tx) Seen(space people.SpaceID, c people.CaseID, before int64, limit int) (out []desk.Seen, err error) {
	const columns = "SELECT n, at, person, case_id, action, page, device FROM seen "
	q, args := columns+"WHERE space = ? AND n < ? ORDER BY n DESC LIMIT ?", []any{string(space)}
	if c != "" {
		q, args = columns+"WHERE space = ? AND case_id = ? AND n < ? ORDER BY n DESC LIMIT ?", append(args, string(c))
	}
	if before <= 0 {
		before = 1 << 62
	}
	err = t.each(q, func(r *sql.Rows) error {
		var s desk.Seen
		var at int64
		if err := r.Scan(&s.N, &at, &s.Person, &s.Case, &s.Action, &s.Page, &s.Device); err != nil {
			return err
		}
		s.At = moment(at)
		out = append(out, s)
		return nil
	}, append(args, before, limit)...)
	return out, err
}
