package sqlite

import (
	"context"
	"database/sql"
	"os"
	"time"

	"stayput/people"
)

// ofSpace are the tables of a space, what hangs on others first. The space itself
// goes last: the database refuses to let it go while anything hangs on it.
var ofSpace = []string{
	"bodies", "destruction", "hashes", "checkpoints_given", "entries", "logs", "cases",
	"file_chunks", "files", "calendars", "drafts", "batches", "seen", "items", "people", "spaces",
}

// DropSpace takes everything of a space out for good. The triggers that forbid it
// let it pass while the space stands in the table leaving, and no transaction can
// end with a row in there.
func (t *tx) DropSpace(space people.SpaceID) error {
	there, err := t.exists("SELECT 1 FROM spaces WHERE space = ?", string(space))
	if err != nil {
		return err
	}
	if err := t.may(true); err != nil {
		return err
	}
	if !there {
		return none("space")
	}
	return t.whole(func() error {
		if _, err := t.do("INSERT INTO leaving (space) VALUES (?)", string(space)); err != nil {
			return err
		}
		logs, err := t.logNumbers(space)
		if err != nil {
			return err
		}
		for _, n := range logs {
			if _, err := t.do("DELETE FROM search WHERE rowid BETWEEN ? AND ?", searchRow(n, 0), searchRow(n, 1<<32-1)); err != nil {
				return err
			}
		}
		// A sign-in names the space in which it is; its random name stands nowhere else.
		if _, err := t.do("DELETE FROM sessions WHERE instr(data, CAST(? AS BLOB)) > 0", string(space)); err != nil {
			return err
		}
		for _, table := range ofSpace {
			if _, err := t.do("DELETE FROM "+table+" WHERE space = ?", string(space)); err != nil {
				return err
			}
		}
		if _, err := t.do("DELETE FROM leaving WHERE space = ?", string(space)); err != nil {
			return err
		}
		if _, err := t.do("INSERT INTO leavings (n, day) VALUES ((SELECT coalesce(max(n), 0) + 1 FROM leavings), ?)", t.s.now().UTC().Format("2006-01-02")); err != nil {
			return err
		}
		t.scrub, t.left = true, true
		return nil
	})
}

func (t *tx) logNumbers(space people.SpaceID) (out []int64, err error) {
	err = t.each("SELECT n FROM logs WHERE space = ?", func(r *sql.Rows) error {
		var n int64
		err := r.Scan(&n)
		out = append(out, n)
		return err
	}, string(space))
	return out, err
}

// inMemory is up to which size the file is written anew in memory; a larger one
// needs a temporary file on the disk, which nobody can open by a name.
const inMemory = 64 << 20

// clear writes the file anew after a space left: taking rows out overwrites them,
// but pages that were moved about may hold older copies of what stood on them.
// Whoever holds the turn calls it. What cannot be done now is done when the store
// is opened next.
func (s *Store) clear(ctx context.Context) {
	if s.writer == nil {
		return
	}
	var waits int64
	if found, err := s.writer.one("SELECT 1 FROM leavings WHERE cleared = 0", nil, &waits); err != nil || !found {
		return
	}
	if err := s.anew(ctx); err != nil {
		s.log.Warn("the file could not be written anew after a space left; it is tried again at the next start", "err", err)
		return
	}
	if _, err := s.writer.run("UPDATE leavings SET cleared = 1 WHERE cleared = 0"); err != nil {
		s.log.Warn("the file was written anew, but that could not be noted", "err", err)
	}
	s.scrub.Store(true)
	s.sweep(2 * time.Second)
}

func (s *Store) anew(ctx context.Context) error {
	s.scrub.Store(true)
	s.sweep(2 * time.Second)
	if size(s.path) > inMemory {
		if _, err := s.writer.run("PRAGMA temp_store = FILE"); err != nil {
			return err
		}
		defer func() {
			if _, err := s.writer.run("PRAGMA temp_store = MEMORY"); err != nil {
				s.log.Warn("temporary data stays in files until the next start", "err", err)
			}
		}()
	}
	// Statements that were prepared before would be in the way.
	s.writer.forget()
	_, err := s.writer.c.ExecContext(context.WithoutCancel(ctx), "VACUUM")
	return err
}

// size is how large a file is, or 0.
func size(path string) int64 {
	i, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return i.Size()
}
