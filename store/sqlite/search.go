package sqlite

import (
	"cmp"
	"database/sql"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stayput/desk"
	"stayput/people"
)

// What a query may hold at most; more is left out.
const (
	queryWords = 12
	wordBytes  = 200
)

// searchRow is the row of an entry in the search index.
func searchRow(log, seq int64) int64 { return log<<32 | seq }

// Index makes an entry's words findable within its wall, instead of those it
// had before.
func (t *tx) Index(space people.SpaceID, c people.CaseID, w desk.Wall, id, words string) error {
	if err := t.may(true); err != nil {
		return err
	}
	var log, seq, added int64
	var gone bool
	ok, err := t.one("SELECT l.n, e.seq, e.added, b.data IS NULL"+rowTables+"JOIN logs l ON l.space = e.space AND l.case_id = e.case_id AND l.wall = e.wall WHERE e.space = ? AND e.case_id = ? AND e.wall = ? AND e.id = ?",
		[]any{string(space), string(c), string(w), id}, &log, &seq, &added, &gone)
	if err != nil {
		return err
	}
	if !ok || gone { // what was destroyed is not to be found again
		return none("entry")
	}
	return t.whole(func() error {
		n, err := t.do("DELETE FROM search WHERE rowid = ?", searchRow(log, seq))
		if err != nil {
			return err
		}
		if n > 0 {
			t.scrub = true
		}
		words = strings.ReplaceAll(strings.ToValidUTF8(words, " "), "\x00", " ")
		_, err = t.do("INSERT INTO search (rowid, words, space, case_id, wall, id, added) VALUES (?, ?, ?, ?, ?, ?, ?)",
			searchRow(log, seq), words, string(space), string(c), string(w), id, added)
		return err
	})
}

// Search finds entries of those walls whose words hold all words of the query.
// It looks through one wall at a time and never ranks by how often a word
// occurs, which would tell of other walls.
func (t *tx) Search(space people.SpaceID, c people.CaseID, walls []desk.Wall, query string, limit int) ([]string, error) {
	if err := t.may(false); err != nil {
		return nil, err
	}
	match := matching(query)
	if match == "" || limit <= 0 {
		return nil, nil
	}
	type hit struct {
		id    string
		added int64
	}
	var hits []hit
	seen := map[desk.Wall]bool{}
	for _, w := range walls {
		if seen[w] {
			continue
		}
		seen[w] = true
		var log int64
		ok, err := t.one("SELECT n FROM logs WHERE space = ? AND case_id = ? AND wall = ?", []any{string(space), string(c), string(w)}, &log)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		err = t.each("SELECT id, added FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ? AND space = ? AND case_id = ? AND wall = ? ORDER BY rowid DESC LIMIT ?", func(r *sql.Rows) error {
			var h hit
			err := r.Scan(&h.id, &h.added)
			hits = append(hits, h)
			return err
		}, match, searchRow(log, 0), searchRow(log, 1<<32-1), string(space), string(c), string(w), limit)
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Compare(b.added, a.added) })
	var out []string
	for _, h := range hits[:min(limit, len(hits))] {
		out = append(out, h.id)
	}
	return out, nil
}

// matching is the query as the index reads it: each word in quotes, as the
// beginning of a word. Nothing of the query but letters, digits and their marks
// gets into it, so that it can hold no command.
func matching(query string) string {
	words := strings.FieldsFunc(strings.ToValidUTF8(query, " "), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.Mn, r)
	})
	var b strings.Builder
	n := 0
	for _, w := range words {
		if !strings.ContainsFunc(w, func(r rune) bool { return !unicode.Is(unicode.Mn, r) }) {
			continue
		}
		if len(w) > wordBytes {
			w = w[:wordBytes]
			for !utf8.ValidString(w) {
				w = w[:len(w)-1]
			}
		}
		if n > 0 {
			b.WriteString(" AND ")
		}
		b.WriteString(`words : "` + w + `" *`)
		if n++; n == queryWords {
			break
		}
	}
	return b.String()
}
