package servicelog

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"stayput/fault"
	"stayput/intake/caseload"
)

// A book is a workbook of which the texts and formats are read; its sheets are
// read as a stream each time they are asked for.
type book struct {
	name     string
	parts    map[string]*zip.File // by name in small letters
	texts    []string
	formats  []format // by style
	from1904 bool
	left     int64 // bytes that may still be unpacked
}

type format struct{ date, time bool }

const (
	maxParts  = 5000
	maxSheets = 60
	maxStyles = 100_000
	maxMerges = 100_000
	maxDepth  = 100
)

var (
	errTooBig  = errors.New("too big unpacked")
	errInvalid = errors.New("not a workbook")
)

// openXLSX opens a workbook and takes a sheet.
func openXLSX(name string, data io.ReaderAt, size int64, want string) (*File, error) {
	broken := func(err error) error {
		var f *fault.Error
		if errors.As(err, &f) {
			return f
		}
		if errors.Is(err, errTooBig) {
			return refuse(name, 0, "servicelog.too_big_unpacked")
		}
		return refuse(name, 0, "servicelog.broken").Wrap(err)
	}
	b, err := readBook(name, data, size)
	if err != nil {
		return nil, broken(err)
	}
	sheets, err := b.sheets()
	if err != nil {
		return nil, broken(err)
	}
	var names []string
	for _, s := range sheets {
		names = append(names, s.name)
	}
	var first error
	var best *File
	bestKnown := 0
	for _, s := range sheets {
		if want != "" && s.name != want {
			continue
		}
		merges, err := b.merges(s.part)
		if err != nil {
			first = cmpErr(first, broken(err))
			continue
		}
		f := &File{Name: name, Sheet: s.name, Sheets: names, from1904: b.from1904, table: sheetTable{b, s.part, merges}}
		known, err := f.header()
		if err != nil {
			first = cmpErr(first, broken(err))
			continue
		}
		if known > bestKnown {
			best, bestKnown = f, known
		}
	}
	switch {
	case best != nil:
		return best, nil
	case first != nil:
		return nil, first
	case want != "" && !slices.Contains(names, want):
		return nil, refuse(name, 0, "servicelog.no_such_sheet", "sheet", cut(want, 60), "sheets", strings.Join(names, ", "))
	}
	return nil, refuse(name, 0, "servicelog.no_header")
}

func cmpErr(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// readBook reads what all sheets share.
func readBook(name string, data io.ReaderAt, size int64) (*book, error) {
	zr, err := zip.NewReader(data, size)
	if err != nil {
		return nil, err
	}
	if len(zr.File) > maxParts {
		return nil, errTooBig
	}
	b := &book{name: name, parts: map[string]*zip.File{}, left: 2 * MaxUnpacked}
	for _, f := range zr.File {
		n := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, "\\", "/"), "/"))
		switch {
		case strings.HasSuffix(n, "vbaproject.bin"), strings.HasPrefix(n, "xl/macrosheets/"):
			return nil, refuse(name, 0, "servicelog.macros")
		case n == "encryptedpackage", n == "encryptioninfo":
			return nil, refuse(name, 0, "servicelog.locked")
		case n == "content.xml":
			return nil, refuse(name, 0, "servicelog.old_format", "format", ".ods")
		case n == "xl/workbook.bin":
			return nil, refuse(name, 0, "servicelog.old_format", "format", ".xlsb")
		case strings.HasSuffix(n, ".iwa"), n == "index.zip":
			return nil, refuse(name, 0, "servicelog.old_format", "format", ".numbers")
		case strings.HasPrefix(n, "word/"):
			return nil, refuse(name, 0, "servicelog.old_format", "format", ".docx")
		}
		if b.parts[n] == nil {
			b.parts[n] = f
		}
	}
	if b.parts["xl/workbook.xml"] == nil {
		return nil, errInvalid
	}
	if err := b.readStyles(); err != nil {
		return nil, err
	}
	return b, b.readTexts()
}

// A meter reads no more than may be, and no text without an end: the library
// keeps each text whole in memory.
type meter struct {
	in   io.Reader
	left *int64
	run  int // bytes since the last mark
}

const maxRun = 1 << 20

func (m *meter) Read(p []byte) (int, error) {
	if *m.left <= 0 {
		return 0, errTooBig
	}
	n, err := m.in.Read(p[:min(int64(len(p)), *m.left)])
	*m.left -= int64(n)
	if i := bytes.LastIndexByte(p[:n], '<'); i >= 0 {
		m.run = n - i
	} else if m.run += n; m.run > maxRun {
		return 0, errTooBig
	}
	return n, err
}

// open unpacks a part; a part that is not there is empty.
func (b *book) open(name string) (io.ReadCloser, *bufio.Reader, error) {
	f := b.parts[strings.ToLower(name)]
	if f == nil {
		return nil, nil, nil
	}
	in, err := f.Open()
	if err != nil {
		return nil, nil, err
	}
	return in, bufio.NewReaderSize(&meter{in: in, left: &b.left}, 64<<10), nil
}

// walk calls f for each element of a part with the names above it.
func (b *book) walk(name string, f func(e xml.StartElement, above string) error) error {
	in, r, err := b.open(name)
	if in == nil {
		return err
	}
	defer in.Close()
	dec := xml.NewDecoder(r)
	var stack []string
	for n := 0; ; n++ {
		if n > 4_000_000 {
			return errTooBig
		}
		t, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			above := ""
			if len(stack) > 0 {
				above = stack[len(stack)-1]
			}
			if err := f(t, above); err != nil {
				return err
			}
			if stack = append(stack, t.Name.Local); len(stack) > maxDepth {
				return errInvalid
			}
		case xml.EndElement:
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			}
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (b *book) readStyles() error {
	codes := map[int]string{}
	return b.walk("xl/styles.xml", func(e xml.StartElement, above string) error {
		switch {
		case e.Name.Local == "numFmt":
			if id, err := strconv.Atoi(attr(e, "numFmtId")); err == nil && len(codes) < maxStyles {
				codes[id] = attr(e, "formatCode")
			}
		case e.Name.Local == "xf" && above == "cellXfs":
			id, _ := strconv.Atoi(attr(e, "numFmtId"))
			if len(b.formats) >= maxStyles {
				return errTooBig
			}
			b.formats = append(b.formats, format{caseload.DateFormat(id, codes[id]), caseload.TimeFormat(id, codes[id])})
		}
		return nil
	})
}

func (b *book) readTexts() error {
	in, r, err := b.open("xl/sharedStrings.xml")
	if in == nil {
		return err
	}
	defer in.Close()
	dec := xml.NewDecoder(r)
	total := 0
	for {
		t, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "si" {
			s, err := text(dec)
			if err != nil {
				return err
			}
			if total += len(s) + 16; total > MaxTexts {
				return errTooBig
			}
			b.texts = append(b.texts, s)
		}
	}
}

// text is the characters below an element that was just opened, without the
// readings that stand above Chinese and Japanese words.
func text(dec *xml.Decoder) (string, error) {
	var out []byte
	ruby := 0
	for depth := 1; depth > 0; {
		t, err := dec.Token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return "", errInvalid
			}
			if ruby > 0 || t.Name.Local == "rPh" {
				ruby++
			}
		case xml.EndElement:
			depth--
			if ruby > 0 {
				ruby--
			}
		case xml.CharData:
			if ruby == 0 && len(out) < MaxCell {
				out = append(out, t...)
			}
		}
	}
	return cut(string(out), MaxCell), nil
}

// A sheetOf is a visible sheet and where it lies.
type sheetOf struct{ name, part string }

func (b *book) sheets() ([]sheetOf, error) {
	type entry struct{ name, id string }
	var list []entry
	err := b.walk("xl/workbook.xml", func(e xml.StartElement, above string) error {
		switch e.Name.Local {
		case "workbookPr":
			v := attr(e, "date1904")
			b.from1904 = v == "1" || v == "true"
		case "sheet":
			if state := attr(e, "state"); state == "" || state == "visible" {
				if len(list) < maxSheets {
					list = append(list, entry{cut(attr(e, "name"), 100), attr(e, "id")})
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	target := map[string]string{}
	err = b.walk("xl/_rels/workbook.xml.rels", func(e xml.StartElement, _ string) error {
		if e.Name.Local == "Relationship" {
			p := strings.ReplaceAll(attr(e, "Target"), "\\", "/")
			if !strings.HasPrefix(p, "/") {
				p = "/xl/" + p
			}
			target[attr(e, "Id")] = strings.TrimPrefix(path.Clean(p), "/")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []sheetOf
	for _, s := range list {
		if p := target[s.id]; p != "" && b.parts[strings.ToLower(p)] != nil && !strings.Contains(strings.ToLower(p), "chartsheet") {
			out = append(out, sheetOf{s.name, p})
		}
	}
	if len(out) == 0 {
		return nil, errInvalid
	}
	return out, nil
}

// A place is a cell by row (from 1) and column (from 0).
type place struct{ row, col int }

// A merge is cells shown as one.
type merge struct{ from, to place }

// merges reads the merged cells of a sheet, which stand after its cells.
func (b *book) merges(part string) ([]merge, error) {
	in, r, err := b.open(part)
	if in == nil {
		return nil, err
	}
	defer in.Close()
	var out []merge
	for {
		chunk, err := r.ReadSlice('>')
		if i := strings.Index(string(chunk), "mergeCell "); i >= 0 {
			s := string(chunk[i:])
			if _, ref, ok := strings.Cut(s, `ref="`); ok {
				ref, _, _ = strings.Cut(ref, `"`)
				a, z, _ := strings.Cut(ref, ":")
				from, ok1 := reference(a)
				to, ok2 := reference(z)
				if ok1 && ok2 && len(out) < maxMerges && to.row-from.row < 10_000 && to.col-from.col < MaxColumns {
					out = append(out, merge{from, to})
				}
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			slices.SortFunc(out, func(a, b merge) int { return a.from.row - b.from.row })
			return out, nil
		case err != nil && !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		}
	}
}

// reference reads the name of a cell, such as AB12.
func reference(s string) (p place, ok bool) {
	i := 0
	for ; i < len(s) && i < 4 && s[i] >= 'A' && s[i] <= 'Z'; i++ {
		p.col = p.col*26 + int(s[i]-'A') + 1
	}
	n, err := strconv.Atoi(s[i:])
	p.col--
	p.row = n
	return p, err == nil && i > 0 && n > 0 && n <= 1<<20 && p.col < 16384
}

// A sheetTable is one sheet.
type sheetTable struct {
	b      *book
	part   string
	merges []merge
}

func (t sheetTable) each(f func(int, []cell) bool) error {
	in, r, err := t.b.open(t.part)
	if in == nil {
		return err
	}
	defer in.Close()
	dec := xml.NewDecoder(r)
	var cells []cell
	var open []mergedCell // that a row below may lie in
	next, at, rows := 0, 0, 0
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return t.fail(err)
		}
		e, ok := tok.(xml.StartElement)
		if !ok || e.Name.Local != "row" {
			continue
		}
		if at++; at > 1<<20 {
			return t.fail(errTooBig)
		}
		if v := attr(e, "r"); v != "" {
			n, err := strconv.Atoi(v)
			if err != nil || n < at || n > 1<<20 {
				return t.fail(errInvalid)
			}
			at = n
		}
		if cells, err = t.row(dec, cells[:0]); err != nil {
			return t.fail(err)
		}
		for next < len(t.merges) && t.merges[next].from.row <= at {
			open = append(open, mergedCell{merge: t.merges[next]})
			next++
		}
		cells, open = fillMerged(cells, open, at)
		if blank(cells) {
			continue
		}
		if rows++; rows > MaxRows+slack {
			return refuse(t.b.name, at, "servicelog.too_many_rows", "limit", strconv.Itoa(MaxRows))
		}
		if !f(at, cells) {
			return nil
		}
	}
}

func (t sheetTable) fail(err error) error {
	var f *fault.Error
	switch {
	case errors.As(err, &f):
		return f
	case errors.Is(err, errTooBig):
		return refuse(t.b.name, 0, "servicelog.too_big_unpacked")
	}
	return refuse(t.b.name, 0, "servicelog.broken").Wrap(err)
}

// A mergedCell is a merge with the value of its first cell.
type mergedCell struct {
	merge
	value cell
	have  bool
}

// fillMerged gives the cells of a merge the value of its first cell, marked.
func fillMerged(cells []cell, open []mergedCell, row int) ([]cell, []mergedCell) {
	rest := open[:0]
	for _, m := range open {
		if row == m.from.row && m.from.col < len(cells) {
			m.value, m.have = cells[m.from.col], true
		}
		if m.have && !m.value.empty() {
			for c := m.from.col; c <= m.to.col && c < MaxColumns; c++ {
				if row == m.from.row && c == m.from.col {
					continue
				}
				for len(cells) <= c {
					cells = append(cells, cell{})
				}
				if cells[c].empty() {
					cells[c] = m.value
					cells[c].merged = true
				}
			}
		}
		if row < m.to.row {
			rest = append(rest, m)
		}
	}
	return cells, rest
}

// row reads the cells of a row that was just opened.
func (t sheetTable) row(dec *xml.Decoder, cells []cell) ([]cell, error) {
	col := -1
	for {
		tok, err := dec.Token()
		if err != nil {
			return nil, err
		}
		switch e := tok.(type) {
		case xml.EndElement:
			return cells, nil
		case xml.StartElement:
			if e.Name.Local != "c" {
				if err := dec.Skip(); err != nil {
					return nil, err
				}
				continue
			}
			col++
			if ref := attr(e, "r"); ref != "" {
				p, ok := reference(ref)
				if !ok || p.col < col {
					return nil, errInvalid
				}
				col = p.col
			}
			c, err := t.cell(dec, e)
			if err != nil {
				return nil, err
			}
			if c.empty() {
				continue
			}
			if col >= MaxColumns {
				return nil, refuse(t.b.name, 0, "servicelog.too_many_columns", "row", "", "limit", strconv.Itoa(MaxColumns))
			}
			for len(cells) <= col {
				cells = append(cells, cell{})
			}
			cells[col] = c
		}
	}
}

// cell reads one cell.
func (t sheetTable) cell(dec *xml.Decoder, e xml.StartElement) (cell, error) {
	var c cell
	kind, style := attr(e, "t"), attr(e, "s")
	raw := ""
	for {
		tok, err := dec.Token()
		if err != nil {
			return c, err
		}
		switch x := tok.(type) {
		case xml.StartElement:
			switch x.Name.Local {
			case "v", "is":
				if raw, err = text(dec); err != nil {
					return c, err
				}
				if x.Name.Local == "is" {
					kind = "str"
				}
			case "f":
				c.formula = true
				if err := dec.Skip(); err != nil {
					return c, err
				}
			default:
				if err := dec.Skip(); err != nil {
					return c, err
				}
			}
		case xml.EndElement:
			return t.value(c, kind, style, raw), nil
		}
	}
}

func (t sheetTable) value(c cell, kind, style, raw string) cell {
	switch kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(raw))
		if err == nil && n >= 0 && n < len(t.b.texts) {
			c.text = caseload.CleanText(t.b.texts[n])
		} else {
			c.broken = raw != ""
		}
	case "e":
		c.broken = true
	case "b":
		c.text = strings.TrimSpace(raw)
	case "", "n":
		raw = strings.TrimSpace(raw)
		v, err := strconv.ParseFloat(raw, 64)
		if err != nil || v != v || v > 1e15 || v < -1e15 {
			c.text = caseload.CleanText(raw)
			break
		}
		c.number, c.value, c.text = true, v, strconv.FormatFloat(v, 'f', -1, 64)
		if n, err := strconv.Atoi(style); err == nil && n >= 0 && n < len(t.b.formats) {
			c.date, c.time = t.b.formats[n].date, t.b.formats[n].time
		}
	default:
		c.text = caseload.CleanText(raw)
	}
	if c.formula && c.text == "" {
		c.broken = true // a formula whose result was never kept
	}
	return c
}
