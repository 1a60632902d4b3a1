package servicelog

import (
	"bytes"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"stayput/fault"
	"stayput/intake/caseload"
)

// A cell is one value of a table.
type cell struct {
	text    string
	number  bool    // value is set
	value   float64 // as the workbook keeps it
	date    bool    // the number's format is that of a date
	time    bool    // the number's format is that of a time
	formula bool    // a formula; text is the result the workbook kept
	broken  bool    // the workbook shows an error
	merged  bool    // the value is that of a merged cell that begins elsewhere
}

func (c cell) empty() bool { return c.text == "" && !c.number && !c.broken }

// A table gives its rows in order.
type table interface {
	// each calls f with the number of the row and its cells, which f must not
	// keep, until f returns false.
	each(f func(n int, cells []cell) bool) error
}

// A File is a file of sessions, opened.
type File struct {
	Name        string
	Sheet       string   // of a workbook
	Sheets      []string // every visible sheet
	HeaderRow   int
	Columns     []Column
	Fingerprint string // of the header
	Preview     [][]string

	table    table
	from1904 bool
}

// A Column is one column of a file.
type Column struct {
	Index  int
	Letter string // as spreadsheets name it
	Header string
	// Refused: its header names what is never taken over, such as social security
	// numbers; nothing of it is read.
	Refused bool
}

// Open reads the header of a file. Of a workbook it takes the first visible sheet
// whose header is known.
func Open(name string, data io.ReaderAt, size int64) (*File, error) {
	return OpenSheet(name, data, size, "")
}

// OpenSheet is Open for the sheet of a name.
func OpenSheet(name string, data io.ReaderAt, size int64, sheet string) (*File, error) {
	head, err := sniff(name, data, size)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		return openXLSX(name, data, size, sheet)
	}
	all, err := io.ReadAll(io.NewSectionReader(data, 0, size))
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, refuse(name, 0, "file.unreadable").Wrap(err)
	}
	text, _, ok := caseload.DecodeText(all)
	if !ok {
		return nil, refuse(name, 0, "servicelog.not_text")
	}
	f := &File{Name: name, table: csvTable{name: name, text: text}}
	known, err := f.header()
	if err != nil {
		return nil, err
	}
	if known == 0 {
		return nil, refuse(name, 0, "servicelog.no_header")
	}
	return f, nil
}

func refuse(name string, line int, key string, pairs ...string) *fault.Error {
	return fault.New(fault.Invalid, fault.Position{File: name, Line: line}, key, pairs...)
}

// sniff refuses what is no spreadsheet, by its first bytes.
func sniff(name string, data io.ReaderAt, size int64) ([]byte, error) {
	if size > MaxFile {
		return nil, refuse(name, 0, "servicelog.too_big", "limit", strconv.Itoa(MaxFile>>20)+" MB")
	}
	head := make([]byte, min(max(size, 0), 512))
	n, err := data.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, refuse(name, 0, "file.unreadable").Wrap(err)
	}
	head = head[:n]
	if len(bytes.TrimSpace(head)) == 0 {
		return nil, refuse(name, 0, "servicelog.empty")
	}
	ext := strings.ToLower(path.Ext(name))
	low := strings.ToLower(string(bytes.TrimLeft(head, "\xef\xbb\xbf \t\r\n")))
	switch {
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		if ext == ".xlsx" || ext == ".xlsm" {
			return nil, refuse(name, 0, "servicelog.locked")
		}
		return nil, refuse(name, 0, "servicelog.old_format", "format", ".xls")
	case strings.HasPrefix(low, "%pdf-"):
		return nil, refuse(name, 0, "servicelog.old_format", "format", "PDF")
	case strings.HasPrefix(low, "<"):
		return nil, refuse(name, 0, "servicelog.old_format", "format", "HTML")
	case strings.HasPrefix(low, "{\\rtf"):
		return nil, refuse(name, 0, "servicelog.old_format", "format", ".rtf")
	}
	return head, nil
}

// csvTable is a table of text.
type csvTable struct{ name, text string }

func (t csvTable) each(f func(int, []cell) bool) error {
	r := caseload.ReadRecords(t.text)
	var cells []cell
	rows := 0
	for n := 1; ; n++ {
		rec, ok := r.Next()
		if !ok {
			return nil
		}
		if line := r.OpenQuote(); line > 0 {
			return refuse(t.name, line, "servicelog.open_quote", "line", strconv.Itoa(line))
		}
		if len(rec) > MaxColumns {
			return refuse(t.name, n, "servicelog.too_many_columns", "row", strconv.Itoa(n), "limit", strconv.Itoa(MaxColumns))
		}
		cells = cells[:0]
		for _, s := range rec {
			cells = append(cells, cell{text: cut(caseload.CleanText(s), MaxCell)})
		}
		if blank(cells) {
			continue
		}
		if rows++; rows > MaxRows+slack {
			return refuse(t.name, n, "servicelog.too_many_rows", "limit", strconv.Itoa(MaxRows))
		}
		if !f(n, cells) {
			return nil
		}
	}
}

func blank(cells []cell) bool {
	for _, c := range cells {
		if !c.empty() {
			return false
		}
	}
	return true
}

// slack is how many rows of titles may stand above the header.
const slack = 30

// header finds the row that names the columns among the first and keeps a preview
// of what follows; known is how many names are known.
func (f *File) header() (known int, err error) {
	var head []string
	i := 0
	err = f.table.each(func(n int, cells []cell) bool {
		i++
		k := 0
		seen := map[Target]bool{}
		texts := make([]string, len(cells))
		for j, c := range cells {
			texts[j] = headText(c)
			if t := guess(texts[j]); t != Ignore && !c.number && !seen[t] {
				seen[t] = true
				k++
			}
		}
		if k >= 2 && k > known {
			known, head, f.HeaderRow, f.Preview = k, texts, n, nil
			return true
		}
		if head != nil && len(f.Preview) < 5 {
			line := make([]string, len(cells))
			for j, c := range cells {
				line[j] = cut(c.show(f.from1904), 80)
			}
			f.Preview = append(f.Preview, line)
		}
		return i < slack && len(f.Preview) < 5
	})
	if err != nil {
		return 0, err
	}
	if i == 0 {
		return 0, refuse(f.Name, 0, "servicelog.empty")
	}
	for j, h := range head {
		hidden, _ := caseload.HideNumbers(h)
		f.Columns = append(f.Columns, Column{Index: j, Letter: caseload.Letter(j), Header: hidden, Refused: caseload.RefusedHeader(h) != ""})
	}
	for _, line := range f.Preview {
		for j := range line {
			if j < len(f.Columns) && f.Columns[j].Refused {
				line[j] = ""
			} else {
				line[j], _ = caseload.HideNumbers(line[j])
			}
		}
	}
	f.Fingerprint = caseload.Fingerprint(head)
	return known, nil
}

// headText is the first line of a header, its spaces collapsed.
func headText(c cell) string {
	first, _, _ := strings.Cut(c.text, "\n")
	return cut(strings.Join(strings.Fields(first), " "), 200)
}

// show is a cell as a person reads it.
func (c cell) show(from1904 bool) string {
	if c.number && c.date {
		if d, ok := caseload.SerialDay(c.value, from1904); ok {
			return d.String()
		}
	}
	return c.text
}

// cut shortens a text to n bytes, at a character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
