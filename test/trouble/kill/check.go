package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	_ "stayput/store/sqlite" // for its driver

	"stayput/test/trouble"
)

// A standing is what stands in a file, read without any of the program's code.
type standing struct {
	version int64
	cases   int
	entries int
	words   map[string][]string // what each fact says, by its name; more than one when it stands twice
}

// read reads a file of records, also while a program uses it.
func read(path string) (s standing, err error) {
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		return s, err
	}
	defer db.Close()
	tx, err := db.Begin()
	if err != nil {
		return s, err
	}
	defer tx.Rollback()
	if err := tx.QueryRow("PRAGMA user_version").Scan(&s.version); err != nil {
		return s, err
	}
	if s.version == 0 {
		return s, nil // nothing in it yet
	}
	if err := tx.QueryRow("SELECT count(*) FROM cases").Scan(&s.cases); err != nil {
		return s, err
	}
	// Every log counts its entries without a gap, and its head counts as many.
	var log string
	err = tx.QueryRow(`SELECT l.name FROM logs l LEFT JOIN
		(SELECT space, case_id, wall, count(*) n, max(seq) last, min(seq) first FROM entries GROUP BY space, case_id, wall) e
		USING (space, case_id, wall) WHERE l.size <> ifnull(e.n, 0) OR ifnull(e.last, -1) <> l.size - 1 OR ifnull(e.first, 0) <> 0`).Scan(&log)
	if err == nil {
		return s, fmt.Errorf("log %s has a gap", log)
	} else if err != sql.ErrNoRows {
		return s, err
	}
	rows, err := tx.Query("SELECT e.id, e.what, b.data FROM entries e LEFT JOIN bodies b USING (space, case_id, wall, seq)")
	if err != nil {
		return s, err
	}
	defer rows.Close()
	s.words = map[string][]string{}
	for rows.Next() {
		var id, what string
		var data sql.RawBytes
		if err := rows.Scan(&id, &what, &data); err != nil {
			return s, err
		}
		s.entries++
		if data == nil {
			return s, fmt.Errorf("entry %s has no body", id)
		}
		if what != "entry" {
			continue
		}
		var b struct {
			Entry struct {
				Note    string `json:"note"`
				Summary string `json:"summary"` // the words of a contact
			} `json:"entry"`
		}
		if err := json.Unmarshal(data, &b); err != nil {
			return s, fmt.Errorf("entry %s: %w", id, err)
		}
		s.words[id] = append(s.words[id], b.Entry.Summary+b.Entry.Note)
	}
	return s, rows.Err()
}

// records is the file of a folder.
func records(folder string) string { return filepath.Join(folder, "stayput.db") }

// holds makes sure that everything sent and acknowledged stands once, with its
// words, and nothing that was never sent.
func holds(s standing, acked, sent map[string]string) error {
	lost, altered, twice := 0, 0, 0
	example := ""
	for name, words := range acked {
		switch got := s.words[name]; {
		case len(got) == 0:
			lost++
			example = name
		case len(got) > 1:
			twice++
			example = name
		case got[0] != words:
			altered++
			example = name
		}
	}
	if lost+altered+twice > 0 {
		return fmt.Errorf("of %d acknowledged entries %d are lost, %d altered, %d stand twice (such as %s)", len(acked), lost, altered, twice, example)
	}
	said := make(map[string]string, len(s.words))
	for name, all := range s.words {
		for _, w := range all {
			if strings.HasPrefix(w, "How it began") {
				continue // the first entry of a case
			}
			if other := said[w]; other != "" {
				return fmt.Errorf("the same words stand under %s and %s", other, name)
			}
			said[w] = name
			if acked[name] == "" && sent[name] != w {
				return fmt.Errorf("entry %s was never sent", name)
			}
		}
	}
	return nil
}

// doctor lets the program look its own data over.
func (k *killing) doctor(bin, folder string) error {
	out, e, status, err := trouble.Run(k.with(), bin, "doctor", "--data", folder)
	if err == nil && status != 0 {
		err = fmt.Errorf("stayput doctor ends with %d\n%s%s", status, out, e)
	}
	return err
}

// bundle exports a case and checks the bundle, when the program can.
func (k *killing) bundle(folder, id string) (done bool, err error) {
	help, _, _, err := trouble.Run(k.with(), k.bin, "--help")
	if err != nil || !strings.Contains(help, "\n  export ") || !strings.Contains(help, "\n  verify ") {
		return false, err
	}
	file := filepath.Join(k.dir, "bundle.zip")
	defer os.Remove(file)
	for _, args := range [][]string{{"export", id, "--data", folder, "--out", file}, {"verify", file}} {
		out, e, status, err := trouble.Run(k.with(), k.bin, args...)
		if err == nil && status != 0 {
			err = fmt.Errorf("stayput %s ends with %d\n%s%s", args[0], status, out, e)
		}
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

// left counts the files in a folder whose names begin so.
func left(folder, begins string) (n int, size int64) {
	all, _ := filepath.Glob(filepath.Join(folder, begins+"*"))
	for _, f := range all {
		if i, err := os.Stat(f); err == nil && i.Mode().IsRegular() {
			n++
			size += i.Size()
		}
	}
	return n, size
}
