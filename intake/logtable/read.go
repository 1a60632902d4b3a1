// Package logtable reads a log kept as CSV beside a case file: one row for each
// thing, columns by their names, and nothing taken in half.
//
// In: bytes, and the columns there may be. Out: the cells of each row with their
// places, or what is wrong, with line and column. It knows no column itself.
package logtable

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stayput/fault"
)

// A Column is one that a log may have.
type Column struct {
	Name  string   // under which its cells are given
	Shown string   // how it is called to people; "" is Name
	Words []string // what the header may say, folded: lower case, _ between words
	Need  bool
}

func (c *Column) shown() string {
	if c.Shown != "" {
		return c.Shown
	}
	return c.Name
}

// A Format is a sort of log.
type Format struct {
	Columns  []Column
	Largest  int // bytes
	MostRows int
	Most     int // problems that are listed
	// Key is the whole key of a text of the catalogs: too_big, not_text, empty,
	// quotes, too_many, ragged, unknown_column, column_twice, column_missing.
	Key func(name string) string
}

// A Cell is a text without blanks around it, and where it stands.
type Cell struct {
	Text string
	At   fault.Position
}

// Read calls row for each row that is not empty, by its number; the header is row 1,
// and lines with nothing on them are not counted.
// row adds to problems what is wrong with it. A column that is not known or stands
// there twice refuses the log: its cells would be lost.
func (f *Format) Read(name string, data []byte, row func(n int, cells map[string]Cell, at fault.Position, problems *fault.List)) error {
	at := fault.Position{File: name}
	fail := func(at fault.Position, key string, pairs ...string) fault.List {
		return fault.List{fault.New(fault.Invalid, at, f.Key(key), pairs...)}
	}
	switch {
	case len(data) > f.Largest:
		return fail(at, "too_big", "mb", strconv.Itoa(f.Largest>>20))
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), !utf8.Valid(data), bytes.IndexByte(data, 0) >= 0:
		return fail(at, "not_text")
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if len(bytes.TrimSpace(data)) == 0 {
		return fail(at, "empty")
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord, r.ReuseRecord = -1, true
	place := func(i int) fault.Position {
		line, column := r.FieldPos(i)
		return fault.Position{File: name, Line: line, Column: column}
	}
	quotes := func(err error) fault.List {
		var p *csv.ParseError
		if errors.As(err, &p) {
			at.Line, at.Column = p.Line, p.Column
		}
		return fault.List{fault.New(fault.Invalid, at, f.Key("quotes")).Wrap(err)}
	}
	head, err := r.Read()
	if err != nil {
		return quotes(err)
	}
	index, problems := f.header(head, place)
	if len(problems) > 0 {
		return problems
	}
	width := len(head)
	for n := 2; ; n++ {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return append(problems, quotes(err)...)
		}
		if n > f.MostRows+1 {
			return fail(place(0), "too_many", "most", strconv.Itoa(f.MostRows))
		}
		if !slices.ContainsFunc(rec, func(c string) bool { return strings.TrimSpace(c) != "" }) {
			continue
		}
		if len(rec) != width {
			problems = append(problems, fail(place(0), "ragged", "got", strconv.Itoa(len(rec)), "want", strconv.Itoa(width))...)
		} else {
			cells := make(map[string]Cell, len(index))
			for col, i := range index {
				cells[col] = Cell{strings.TrimSpace(rec[i]), place(i)}
			}
			row(n, cells, place(0), &problems)
		}
		if len(problems) >= f.Most {
			break
		}
	}
	return problems.Or()
}

// header finds the columns.
func (f *Format) header(head []string, place func(int) fault.Position) (index map[string]int, problems fault.List) {
	index = map[string]int{}
	var known, names []string
	for i := range f.Columns {
		c := &f.Columns[i]
		known, names = append(append(known, c.Name), c.Words...), append(names, c.shown())
	}
	for i, text := range head {
		word := strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == ' ' || r == '_' || r == '-' || r == '\t' }), "_")
		found := ""
		for _, c := range f.Columns {
			if word == c.Name || slices.Contains(c.Words, word) {
				found = c.Name
			}
		}
		got := clip(text)
		switch _, twice := index[found]; {
		case found == "":
			problems = append(problems, fault.New(fault.Invalid, place(i), f.Key("unknown_column"), "got", got, "expected", strings.Join(names, ", "), "nearest", fault.Nearest(word, known)))
		case twice:
			problems = append(problems, fault.New(fault.Invalid, place(i), f.Key("column_twice"), "got", got, "name", found))
		default:
			index[found] = i
		}
	}
	for i := range f.Columns {
		if c := &f.Columns[i]; c.Need {
			if _, ok := index[c.Name]; !ok {
				problems = append(problems, fault.New(fault.Invalid, place(0), f.Key("column_missing"), "name", c.shown()))
			}
		}
	}
	return index, problems
}

// clip keeps what is quoted back short.
func clip(s string) string {
	s = strings.TrimSpace(s)
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// Beside reads a plain file that lies beside a case, up to one byte beyond most.
func Beside(fsys fs.FS, name string, most int64) ([]byte, error) {
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
	return io.ReadAll(io.LimitReader(f, most+1))
}
