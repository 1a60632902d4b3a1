package servicelog

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stayput/fault"
	"stayput/format/yaml"
)

// ReadKept reads the log that a case file names: a CSV with a header of at least
// date, service and outcome, then a row for each session. A row that cannot be
// read refuses the file, with its line and column: a spreadsheet of any other
// layout is read by Open, which asks what its columns mean.
func ReadKept(name string, data []byte) (*Kept, error) {
	k, err := readKeptRows(name, data)
	if err != nil {
		return nil, err
	}
	var problems fault.List
	k.settle(&problems)
	if len(problems) > 0 {
		return nil, problems
	}
	return k, nil
}

// readKeptRows is ReadKept, each row by itself.
func readKeptRows(name string, data []byte) (*Kept, error) {
	at := fault.Position{File: name}
	switch {
	case len(data) > MaxFile:
		return nil, fault.List{fault.New(fault.Invalid, at, "carry.file.too_big", "mb", strconv.Itoa(MaxFile>>20))}
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), !utf8.Valid(data), bytes.IndexByte(data, 0) >= 0:
		return nil, fault.List{fault.New(fault.Invalid, at, "carry.file.not_text")}
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, fault.List{fault.New(fault.Invalid, at, "carry.file.empty")}
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	place := func(i int) fault.Position {
		line, column := r.FieldPos(i)
		return fault.Position{File: name, Line: line, Column: column}
	}
	head, err := r.Read()
	if err != nil {
		return nil, keptSyntax(name, err)
	}
	index, problems := keptHeader(head, place)
	if len(problems) > 0 {
		return nil, problems
	}
	width := len(head)
	k := &Kept{}
	for row := 1; ; row++ {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, append(problems, keptSyntax(name, err)...)
		}
		if row > MaxRows {
			return nil, fault.List{fault.New(fault.Invalid, place(0), "carry.file.too_many", "most", strconv.Itoa(MaxRows))}
		}
		if !slices.ContainsFunc(rec, func(c string) bool { return strings.TrimSpace(c) != "" }) {
			continue
		}
		if len(rec) != width {
			problems = append(problems, fault.New(fault.Invalid, place(0), "carry.file.ragged", "got", strconv.Itoa(len(rec)), "want", strconv.Itoa(width)))
		} else {
			cells := make(map[string]keptCell, len(index))
			for col, i := range index {
				cells[col] = keptCell{strings.TrimSpace(rec[i]), place(i)}
			}
			k.add(cells, place(0), &problems)
		}
		if len(problems) >= mostRefusals {
			break
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return k, nil
}

// keptSyntax is what is wrong with the quotes of a file.
func keptSyntax(name string, err error) fault.List {
	at := fault.Position{File: name}
	var p *csv.ParseError
	if errors.As(err, &p) {
		at.Line, at.Column = p.Line, p.Column
	}
	return fault.List{fault.New(fault.Invalid, at, "carry.file.quotes").Wrap(err)}
}

// keptHeader finds the columns. A column that nobody knows, or that stands there
// twice, is refused: its cells would be lost.
func keptHeader(head []string, place func(int) fault.Position) (index map[string]int, problems fault.List) {
	index = map[string]int{}
	var known, names []string
	for _, c := range keptColumns {
		name := c.name
		if name == "on" {
			name = "date"
		}
		known, names = append(append(known, c.name), c.words...), append(names, name)
	}
	for i, text := range head {
		word := strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == ' ' || r == '_' || r == '-' || r == '\t' }), "_")
		found := ""
		for _, c := range keptColumns {
			if word == c.name || slices.Contains(c.words, word) {
				found = c.name
			}
		}
		switch _, twice := index[found]; {
		case found == "":
			problems = append(problems, fault.New(fault.Invalid, place(i), "carry.file.unknown_column", "got", cut(strings.TrimSpace(text), 60), "expected", strings.Join(names, ", "), "nearest", fault.Nearest(word, known)))
		case twice:
			problems = append(problems, fault.New(fault.Invalid, place(i), "carry.file.column_twice", "got", cut(strings.TrimSpace(text), 60)))
		default:
			index[found] = i
		}
	}
	for _, c := range keptColumns {
		if _, ok := index[c.name]; c.need && !ok {
			name := c.name
			if name == "on" {
				name = "date"
			}
			problems = append(problems, fault.New(fault.Invalid, place(0), "carry.file.column_missing", "column", name))
		}
	}
	return index, problems
}

// WriteKept writes sessions as the CSV that ReadKept reads.
func (k *Kept) WriteKept(w io.Writer) error {
	out := csv.NewWriter(w)
	row := make([]string, len(keptColumns))
	for i, c := range keptColumns {
		if row[i] = c.name; c.name == "on" {
			row[i] = "date"
		}
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for i := range k.Logs {
		for j, c := range keptColumns {
			row[j] = c.write(&k.Logs[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Load reads what stands under `delivery` of the case file at casePath, with the
// log that it names beside it.
func Load(fsys fs.FS, casePath string, n *yaml.Node) (*Kept, error) {
	s, err := FromNode(n)
	if err != nil {
		return nil, err
	}
	if s.Log == "" {
		return s.Kept, nil
	}
	data, err := readBeside(fsys, path.Join(path.Dir(casePath), s.Log))
	if err != nil {
		return nil, fault.List{fault.New(fault.Invalid, s.At, "carry.file.missing", "name", s.Log).Wrap(err)}
	}
	k, err := readKeptRows(path.Join(path.Dir(casePath), s.Log), data)
	if err != nil {
		return nil, err
	}
	k.Logs = append(k.Logs, s.Kept.Logs...)
	k.places = append(k.places, s.Kept.places...)
	var problems fault.List
	k.settle(&problems)
	if len(problems) > 0 {
		return nil, problems
	}
	return k, nil
}

// readBeside reads a plain file up to one byte beyond what ReadKept takes.
func readBeside(fsys fs.FS, name string) ([]byte, error) {
	if fsys == nil {
		return nil, fs.ErrNotExist
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a plain file")
	}
	return io.ReadAll(io.LimitReader(f, MaxFile+1))
}
