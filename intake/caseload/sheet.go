package caseload

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
	"unicode"

	"stayput/day"
	"stayput/fault"
)

// A Format is a kind of file that can be read.
type Format string

// The formats.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// A Sheet is one table of a file, read and cleaned.
type Sheet struct {
	File        string         `json:"file"`
	Format      Format         `json:"format"`
	Encoding    string         `json:"encoding,omitempty"` // of a CSV file
	Comma       string         `json:"comma,omitempty"`    // what parts the cells of a CSV file
	Name        string         `json:"name,omitempty"`     // of the sheet in an XLSX file
	Sheets      []string       `json:"sheets,omitempty"`   // every sheet of the XLSX file
	HeaderRow   int            `json:"header_row"`         // as the sheet numbers it
	Columns     []Column       `json:"columns"`
	Fingerprint string         `json:"fingerprint"` // of the header
	Notices     []*fault.Error `json:"-"`           // what a person should know of the reading

	rows []row // after the header
}

// A Column is one column of a sheet.
type Column struct {
	Index  int    `json:"index"`  // from 0
	Letter string `json:"letter"` // as the sheet names it
	Header string `json:"header"`
	Filled int    `json:"filled"` // how many cells have something in them
	// Refused says why nothing of the column is ever read: ssn or immigration.
	Refused Refusal `json:"refused,omitempty"`
}

// A Refusal is why a column is not read.
type Refusal string

// What is never taken over.
const (
	SocialSecurity Refusal = "ssn"
	Immigration    Refusal = "immigration"
)

// Len is the number of rows below the header that have something in them.
func (s *Sheet) Len() int { return len(s.rows) }

// Headers are the texts of the header.
func (s *Sheet) Headers() []string {
	h := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		h[i] = c.Header
	}
	return h
}

// Preview is the text of the first n rows below the header, for a page that
// asks for the mapping. Refused columns are empty.
func (s *Sheet) Preview(n int) [][]string {
	out := make([][]string, 0, min(n, len(s.rows)))
	for _, r := range s.rows[:min(n, len(s.rows))] {
		line := make([]string, len(s.Columns))
		for i := range line {
			line[i] = r.at(i).show()
		}
		out = append(out, line)
	}
	return out
}

type row struct {
	n     int
	cells []cell
}

// A cell is one value. A date is a day that the spreadsheet itself keeps as a
// date; then text is empty.
type cell struct {
	text     string
	date     day.When
	number   bool // a number, not a text that looks like one
	formula  bool
	broken   bool // the spreadsheet shows an error, or a date that is none
	withheld bool // it held a social security number
	ssn      bool // the number's format is that of a social security number
}

func (c cell) empty() bool { return c.text == "" && c.date.IsZero() && !c.broken && !c.withheld }

// show is the value as a person may read it.
func (c cell) show() string {
	if !c.date.IsZero() {
		return c.date.String()
	}
	return c.text
}

func (r *row) at(i int) cell {
	if i < 0 || i >= len(r.cells) {
		return cell{}
	}
	return r.cells[i]
}

// trim drops the empty cells at the end and reports that something is left.
func (r *row) trim() bool {
	n := len(r.cells)
	for n > 0 && r.cells[n-1].empty() {
		n--
	}
	r.cells = r.cells[:n]
	return n > 0
}

// filled counts the cells with something in them and gives the first.
func (r *row) filled() (n, first int) {
	first = -1
	for i, c := range r.cells {
		if !c.empty() {
			if n++; first < 0 {
				first = i
			}
		}
	}
	return n, first
}

// slack is how many rows of titles and headers may stand beside the cases.
const slack = 40

// Open reads the first table with a header.
func Open(name string, data io.ReaderAt, size int64) (*Sheet, error) {
	return OpenSheet(name, data, size, "")
}

// OpenSheet reads the sheet of a name; with no name it is Open. A CSV file has
// one sheet without a name.
func OpenSheet(name string, data io.ReaderAt, size int64, sheet string) (*Sheet, error) {
	format, all, err := sniff(name, data, size)
	if err != nil {
		return nil, err
	}
	if format == XLSX {
		return openXLSX(name, all, sheet)
	}
	return openCSV(name, all)
}

// Sniff says which format a file has, or why it cannot be read and what to do.
func Sniff(name string, data io.ReaderAt, size int64) (Format, error) {
	f, _, err := sniff(name, data, size)
	return f, err
}

func sniff(name string, data io.ReaderAt, size int64) (Format, []byte, error) {
	at := fault.Position{File: name}
	refuse := func(key string, pairs ...string) (Format, []byte, error) {
		return "", nil, fault.New(fault.Invalid, at, key, pairs...)
	}
	if size > MaxFile {
		return refuse("caseload.too_big", "size", megabytes(size), "limit", megabytes(MaxFile))
	}
	all, err := io.ReadAll(io.NewSectionReader(data, 0, max(size, 0)))
	if err != nil && !errors.Is(err, io.EOF) {
		return "", nil, fault.New(fault.Invalid, at, "file.unreadable").Wrap(err)
	}
	if len(bytes.TrimSpace(all)) == 0 {
		return refuse("caseload.empty")
	}
	ext := strings.ToLower(path.Ext(name))
	head := strings.ToLower(string(bytes.TrimLeft(all[:min(len(all), 512)], "\xef\xbb\xbf \t\r\n")))
	switch {
	case bytes.HasPrefix(all, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		if ext == ".xlsx" || ext == ".xlsm" {
			return refuse("caseload.locked")
		}
		return refuse("caseload.old_format", "format", ".xls")
	case bytes.HasPrefix(all, []byte("PK\x03\x04")), bytes.HasPrefix(all, []byte("PK\x05\x06")):
		return sniffZip(name, all)
	case strings.HasPrefix(head, "%pdf-"):
		return refuse("caseload.pdf")
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"), strings.HasPrefix(head, "<table"), strings.HasPrefix(head, "<meta"):
		return refuse("caseload.old_format", "format", "HTML")
	case strings.HasPrefix(head, "<?xml"):
		return refuse("caseload.old_format", "format", "XML")
	case strings.HasPrefix(head, "{\\rtf"):
		return refuse("caseload.old_format", "format", ".rtf")
	case ext == ".xlsx", ext == ".xlsm":
		return refuse("caseload.broken")
	case ext == ".xls" && bytes.HasPrefix(all, []byte{0x09, 0x08}), ext == ".numbers", ext == ".ods", ext == ".xlsb":
		return refuse("caseload.old_format", "format", ext)
	}
	if _, _, ok := decode(all); !ok {
		return refuse("caseload.not_text")
	}
	return CSV, all, nil
}

func megabytes(n int64) string {
	tenths := (n*10 + 1<<20 - 1) >> 20
	if tenths%10 == 0 {
		return strconv.FormatInt(tenths/10, 10) + " MB"
	}
	return strconv.FormatInt(tenths/10, 10) + "." + strconv.FormatInt(tenths%10, 10) + " MB"
}

func tooMany(name string, n int) *fault.Error {
	return fault.New(fault.Invalid, fault.Position{File: name, Line: n}, "caseload.too_many_columns", "row", strconv.Itoa(n), "limit", strconv.Itoa(MaxColumns))
}

func tooTall(name string) *fault.Error {
	return fault.New(fault.Invalid, fault.Position{File: name}, "caseload.too_many_rows", "limit", thousands(MaxRows))
}

func tooLong(name string, n, col int) *fault.Error {
	return fault.New(fault.Invalid, fault.Position{File: name, Line: n, Column: col + 1}, "caseload.cell_too_long", "cell", Letter(col)+strconv.Itoa(n), "limit", strconv.Itoa(MaxCell>>10)+" KB")
}

func thousands(n int) string {
	s := strconv.Itoa(n)
	if len(s) > 3 {
		return s[:len(s)-3] + "," + s[len(s)-3:]
	}
	return s
}

// Letter names a column as spreadsheets do: 0 is A, 26 is AA.
func Letter(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

// clean takes out what no text of a case has: control characters, marks that
// turn the direction of writing, and spaces around it.
func clean(s string) string {
	ok := true
	for i := 0; i < len(s) && ok; i++ {
		ok = s[i] > ' ' && s[i] < 0x7F || s[i] == ' ' && i > 0 && i < len(s)-1
	}
	if ok {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', r == '\r', r == '\u00A0', r == '\u202F', r == '\u2007', r == '\v', r == '\f':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r) && r != '\u200D':
			return -1
		case r == '\u2028', r == '\u2029':
			return '\n'
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
	return strings.TrimSpace(strings.ToValidUTF8(s, "\uFFFD"))
}

// oneLine is a text on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// settle finds the header, takes out what may not be kept and closes the
// reading.
func (s *Sheet) settle() error {
	at := fault.Position{File: s.File}
	if len(s.rows) == 0 {
		return fault.New(fault.Invalid, at, "caseload.empty")
	}
	h, _ := header(s.rows)
	if h < 0 {
		return fault.New(fault.Invalid, at, "caseload.no_header")
	}
	head := s.rows[h]
	s.HeaderRow = head.n
	s.rows = s.rows[h+1:]
	if len(s.rows) > MaxRows {
		return tooTall(s.File)
	}
	if len(s.rows) == 0 {
		return fault.New(fault.Invalid, fault.Position{File: s.File, Line: head.n}, "caseload.header_only")
	}
	width := len(head.cells)
	for i := range s.rows {
		width = max(width, len(s.rows[i].cells))
	}
	s.Columns = make([]Column, width)
	for i := range s.Columns {
		c := head.at(i)
		s.Columns[i] = Column{Index: i, Letter: Letter(i), Header: cut(oneLine(c.show()), 200)}
		if withoutNumber, found := hideNumbers(s.Columns[i].Header); found {
			s.Columns[i].Header = withoutNumber
		}
	}
	s.Fingerprint = Fingerprint(s.Headers())
	s.withhold()
	kept := s.rows[:0]
	for _, r := range s.rows {
		if r.trim() {
			kept = append(kept, r)
		}
	}
	if s.rows = kept; len(s.rows) == 0 {
		return fault.New(fault.Invalid, fault.Position{File: s.File, Line: head.n}, "caseload.header_only")
	}
	formulas := 0
	for _, r := range s.rows {
		for i, c := range r.cells {
			if !c.empty() {
				s.Columns[i].Filled++
			}
			if c.formula {
				formulas++
			}
		}
	}
	if formulas > 0 {
		s.Notices = append(s.Notices, fault.New(fault.Invalid, at, "caseload.formulas", "n", strconv.Itoa(formulas)))
	}
	return nil
}

// header finds the row that names the columns, among the first: the one in
// which the most names are known, else the first that has two texts and neither
// dates nor numbers. known is how many names are known.
func header(rows []row) (index, known int) {
	index = -1
	for i := range rows[:min(len(rows), slack)] {
		n := 0
		seen := map[Target]bool{}
		for _, c := range rows[i].cells {
			if t, _ := guess(c.text); c.date.IsZero() && !c.number && t != Ignore && !seen[t] {
				seen[t] = true
				n++
			} else if refusal(c.text) != "" {
				n++
			}
		}
		if n > known && (n >= 2 || (seen[Child] || seen[Title]) && i == 0) {
			index, known = i, n
		}
	}
	if index >= 0 {
		return index, known
	}
	for i := range rows[:min(len(rows), slack)] {
		texts, others := 0, 0
		for _, c := range rows[i].cells {
			switch {
			case c.empty():
			case !c.date.IsZero(), c.number, c.broken, startsWithDigit(c.text), len(c.text) > 80:
				others++
			default:
				texts++
			}
		}
		if texts >= 2 && others == 0 {
			return i, 0
		}
	}
	return -1, 0
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// withhold empties the columns that may not be read, and single cells that hold
// a social security number.
func (s *Sheet) withhold() {
	filled := make([]int, len(s.Columns))
	whole := make([]int, len(s.Columns))
	for _, r := range s.rows {
		for i, c := range r.cells {
			if !c.empty() {
				filled[i]++
				if c.ssn || wholeNumber(c.text) {
					whole[i]++
				}
			}
		}
	}
	for i := range s.Columns {
		c := &s.Columns[i]
		c.Refused = refusal(c.Header)
		if c.Refused == "" && whole[i] > 0 && whole[i]*2 >= filled[i] {
			c.Refused = SocialSecurity
		}
		if c.Refused == "" {
			continue
		}
		key := "caseload.refused_ssn"
		if c.Refused == Immigration {
			key = "caseload.refused_immigration"
		}
		s.Notices = append(s.Notices, fault.New(fault.Invalid, fault.Position{File: s.File, Line: s.HeaderRow, Column: i + 1}, key, "column", c.Letter, "header", called(*c)))
	}
	for _, r := range s.rows {
		for i := range r.cells {
			c := &r.cells[i]
			if s.Columns[i].Refused != "" {
				*c = cell{}
			} else if _, found := hideNumbers(c.text); found || c.ssn {
				*c = cell{withheld: true}
			}
		}
	}
}

// called is what a column is called in sentences.
func called(c Column) string {
	if c.Header == "" {
		return c.Letter
	}
	return c.Header
}

// cut shortens a text to at most n bytes, at a character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}

// Fingerprint names a header, so that its mapping can be remembered. Spelling
// in capitals, accents, signs and spaces do not count.
func Fingerprint(header []string) string {
	h := sha256.New()
	last := 0
	for i, t := range header {
		if fold(t) != "" {
			last = i + 1
		}
	}
	for _, t := range header[:last] {
		io.WriteString(h, fold(t))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
