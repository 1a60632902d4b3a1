package caseload

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"stayput/day"
	"stayput/fault"
)

// sniffZip tells a workbook from the other files that are ZIP archives.
func sniffZip(name string, all []byte) (Format, []byte, error) {
	at := fault.Position{File: name}
	zr, err := zip.NewReader(bytes.NewReader(all), int64(len(all)))
	if err != nil {
		return "", nil, fault.New(fault.Invalid, at, "caseload.broken").Wrap(err)
	}
	if len(zr.File) > maxParts {
		return "", nil, fault.New(fault.Invalid, at, "caseload.too_big_unpacked", "limit", megabytes(MaxUnpacked))
	}
	book, other := false, ""
	for _, f := range zr.File {
		switch n := strings.ToLower(strings.ReplaceAll(f.Name, "\\", "/")); {
		case n == "content.xml":
			other = ".ods"
		case strings.HasSuffix(n, ".iwa"), n == "index.zip":
			other = ".numbers"
		case n == "xl/workbook.bin":
			other = ".xlsb"
		case strings.HasPrefix(n, "word/"):
			other = ".docx"
		case n == "[content_types].xml":
			book = true
		}
	}
	switch {
	case other != "":
		return "", nil, fault.New(fault.Invalid, at, "caseload.old_format", "format", other)
	case !book:
		if ext := strings.ToLower(path.Ext(name)); ext == ".zip" {
			return "", nil, fault.New(fault.Invalid, at, "caseload.old_format", "format", ext)
		}
		return "", nil, fault.New(fault.Invalid, at, "caseload.broken")
	}
	return XLSX, all, nil
}

// openXLSX reads a workbook: the parts that hold cells are first copied into a
// small workbook of known form, and only that one is given to the library.
func openXLSX(name string, all []byte, want string) (s *Sheet, err error) {
	at := fault.Position{File: name}
	broken := func(cause error) error {
		var f *fault.Error
		if errors.As(cause, &f) {
			return f
		}
		return fault.New(fault.Invalid, at, "caseload.broken").Wrap(cause)
	}
	// The library was made for workbooks that programs write; what it does with
	// one that was made to hurt it must not end the program.
	defer func() {
		if r := recover(); r != nil {
			s, err = nil, broken(fmt.Errorf("%v", r))
		}
	}()
	safe, err := extract(name, all)
	if err != nil {
		return nil, broken(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(safe.zip), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: 4 * MaxUnpacked, UnzipXMLSizeLimit: 4 * MaxUnpacked,
	})
	if err != nil {
		return nil, broken(err)
	}
	defer book.Close()
	names := book.GetSheetList()
	if len(names) == 0 {
		return nil, broken(errors.New("no sheets"))
	}
	props, err := book.GetWorkbookProps()
	if err != nil {
		return nil, broken(err)
	}
	base := serials1900
	if props.Date1904 != nil && *props.Date1904 {
		base = serials1904
	}
	r := reader{name: name, book: book, safe: safe, base: base, formats: map[int]numberFormat{}}
	if want != "" {
		i := slices.Index(names, want)
		if i < 0 {
			return nil, fault.New(fault.Invalid, at, "caseload.no_such_sheet", "sheet", cut(want, 60), "sheets", strings.Join(names, ", "))
		}
		rows, err := r.rows(names[i])
		if err != nil {
			return nil, broken(err)
		}
		if err := r.failed[names[i]].asError(); err != nil {
			return nil, err
		}
		s = &Sheet{File: name, Format: XLSX, Name: names[i], Sheets: names, rows: rows}
		if err := s.settle(); err != nil {
			return nil, err
		}
		return s.others(), nil
	}
	// The first sheet whose header is known; else the first that settles; else
	// why the first that has something in it cannot be read.
	var fallback *Sheet
	var why error
	for _, n := range names[:min(len(names), maxSheets)] {
		if visible, err := book.GetSheetVisible(n); err == nil && !visible {
			continue
		}
		rows, err := r.rows(n)
		if err != nil {
			why = first(why, broken(err))
			continue
		}
		if len(rows) == 0 {
			continue
		}
		_, known := header(rows)
		if err := r.failed[n].asError(); err != nil {
			if known >= 2 {
				return nil, err
			}
			why = first(why, err)
			continue
		}
		s := &Sheet{File: name, Format: XLSX, Name: n, Sheets: names, rows: rows}
		if err := s.settle(); err != nil {
			why = first(why, err)
			continue
		}
		if known >= 2 {
			return s.others(), nil
		}
		if fallback == nil {
			fallback = s
		}
	}
	switch {
	case fallback != nil:
		return fallback.others(), nil
	case why != nil:
		return nil, why
	}
	return nil, fault.New(fault.Invalid, at, "caseload.empty")
}

func first(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// others tells which sheets of the workbook are not read.
func (s *Sheet) others() *Sheet {
	var rest []string
	for _, n := range s.Sheets {
		if n != s.Name {
			rest = append(rest, n)
		}
	}
	if len(rest) > 0 {
		s.Notices = append(s.Notices, fault.New(fault.Invalid, fault.Position{File: s.File}, "caseload.other_sheets", "sheet", s.Name, "others", strings.Join(rest, ", ")))
	}
	return s
}

type reader struct {
	name    string
	book    *excelize.File
	safe    *safe
	base    func(float64) (day.Date, bool)
	formats map[int]numberFormat
	failed  map[string]failure
}

// A failure is why a sheet was not read to its end.
type failure struct{ err *fault.Error }

func (f failure) asError() error {
	if f.err == nil {
		return nil
	}
	return f.err
}

// rows reads the cells of a sheet.
func (r *reader) rows(sheet string) ([]row, error) {
	it, err := r.book.Rows(sheet)
	if err != nil {
		return nil, nil // a chart or a macro sheet has no cells
	}
	defer it.Close()
	var out []row
	var scan *scan
	for k := 0; it.Next(); k++ {
		values, err := it.Columns()
		if err != nil {
			return nil, err
		}
		if k == 0 {
			// The first row of each copy says which copy it is.
			if len(values) == 0 {
				return nil, nil
			}
			i, err := strconv.Atoi(values[0])
			if err != nil || i < 0 || i >= len(r.safe.scans) {
				return nil, nil
			}
			scan = r.safe.scans[i]
			if scan.err != nil {
				if r.failed == nil {
					r.failed = map[string]failure{}
				}
				r.failed[sheet] = failure{scan.err}
			}
			continue
		}
		if k-1 >= len(scan.rows) {
			break
		}
		meta := scan.rows[k-1]
		line := row{n: meta.n, cells: make([]cell, len(values))}
		for _, m := range meta.cells {
			if m.col >= len(values) {
				line.cells = append(line.cells, make([]cell, m.col+1-len(line.cells))...)
			}
			v := ""
			if m.col < len(values) {
				v = values[m.col]
			}
			if len(v) > MaxCell {
				return nil, tooLong(r.name, meta.n, m.col)
			}
			line.cells[m.col] = r.cell(m, v)
		}
		if line.trim() {
			out = append(out, line)
		}
	}
	return out, nil
}

// cell makes a value of what the file holds.
func (r *reader) cell(m metaCell, v string) cell {
	c := cell{formula: m.formula, broken: m.broken || m.formula && v == ""}
	if m.broken {
		return c
	}
	n, err := strconv.ParseFloat(v, 64)
	if !m.number || err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		c.text = clean(v)
		return c
	}
	f := r.format(m.style)
	switch {
	case f.ssn:
		c.ssn = true
		c.text = "ssn"
	case f.date:
		d, ok := r.base(n)
		if !ok {
			c.broken = true
			return c
		}
		if y, mo, dd := d.Civil(); dd == 1 && !f.day {
			// Only the month is shown, so only the month is said.
			c.date, _ = day.ParseWhen(fmt.Sprintf("%04d-%02d", y, mo))
		} else {
			c.date = day.On(d)
		}
	default:
		c.number = true
		c.text = strconv.FormatFloat(n, 'f', -1, 64)
		if len(c.text) > 40 {
			c.text = strconv.FormatFloat(n, 'g', -1, 64)
		}
		if f.zeros > len(c.text) && n >= 0 && n == math.Trunc(n) {
			c.text = strings.Repeat("0", f.zeros-len(c.text)) + c.text
		}
	}
	return c
}

// A numberFormat is what the format of a cell makes of a number.
type numberFormat struct {
	date  bool
	day   bool // the day is shown, not the month alone
	ssn   bool
	zeros int // digits with zeros before, as for numbers that are names
}

func (r *reader) format(style int) numberFormat {
	if f, ok := r.formats[style]; ok {
		return f
	}
	var f numberFormat
	if st, err := r.book.GetStyle(style); err == nil && st != nil {
		if st.CustomNumFmt != nil {
			f = formatOf(*st.CustomNumFmt)
		} else {
			f = builtIn(st.NumFmt)
		}
	}
	r.formats[style] = f
	return f
}

// builtIn are the formats that are known by number.
func builtIn(id int) numberFormat {
	switch {
	case id == 17, id == 55:
		return numberFormat{date: true}
	case id >= 14 && id <= 16, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58, id >= 71 && id <= 81 && id != 75 && id != 76:
		return numberFormat{date: true, day: true}
	}
	return numberFormat{}
}

var (
	quotedFormat = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]`)
	hourMinute   = regexp.MustCompile(`h+[^a-z]*m+|m+[^a-z]*s+`)
	onlyZeros    = regexp.MustCompile(`^0+$`)
)

// formatOf reads the code of a format, such as m/d/yyyy or 000-00-0000.
func formatOf(code string) numberFormat {
	if len(code) > 255 {
		return numberFormat{}
	}
	code, _, _ = strings.Cut(code, ";")
	digits := strings.Map(func(r rune) rune {
		if r == '\\' || r == '"' {
			return -1
		}
		return r
	}, code)
	if strings.Contains(digits, "000-00-0000") || strings.Contains(digits, "000 00 0000") {
		return numberFormat{ssn: true}
	}
	c := strings.ToLower(quotedFormat.ReplaceAllString(code, ""))
	if onlyZeros.MatchString(c) {
		return numberFormat{zeros: min(len(c), 30)}
	}
	if strings.ContainsAny(c, "#?0") || c == "general" || c == "@" {
		return numberFormat{}
	}
	c = hourMinute.ReplaceAllString(c, "")
	f := numberFormat{date: strings.ContainsAny(c, "yd") || strings.Contains(c, "mmm")}
	f.day = f.date && strings.Contains(c, "d")
	return f
}

// serials1900 is the day of a number as Windows keeps it; 60 is a day that
// never was.
func serials1900(n float64) (day.Date, bool) {
	k := math.Floor(n)
	if k < 1 || k == 60 || k > 2958465 {
		return 0, false
	}
	if k > 60 {
		return day.Must(1899, 12, 30).Add(int(k)), true
	}
	return day.Must(1899, 12, 31).Add(int(k)), true
}

// serials1904 is the day of a number as older Macs keep it.
func serials1904(n float64) (day.Date, bool) {
	k := math.Floor(n)
	if k < 0 || k > 2957003 {
		return 0, false
	}
	return day.Must(1904, 1, 1).Add(int(k)), true
}
