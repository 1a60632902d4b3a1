package caseload

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stayput/fault"
)

const (
	maxParts    = 5000           // files in the archive
	maxSheets   = 60             // sheets that are looked at for a header
	maxStrings  = MaxRows * 100  // shared texts
	maxElements = 8 * maxStrings // elements of one part
	maxStyles   = 200_000        // elements of the styles
	maxSmall    = 8 << 20        // bytes of the parts that hold no cells
	mainSpace   = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	linkSpace   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	strictLinks = "http://purl.oclc.org/ooxml/officeDocument/relationships"
)

// A safe is a workbook of known form: the cells of every sheet, their texts,
// the formats of numbers and the names of the sheets; no macros, no links, no
// pictures, nothing that lies outside the limits.
type safe struct {
	zip   []byte
	scans []*scan
}

// A scan is what was seen of one sheet while its cells were copied. Rows are
// copied one below the other; n is where each stood.
type scan struct {
	rows []metaRow
	err  *fault.Error
}

type metaRow struct {
	n     int
	cells []metaCell
}

type metaCell struct {
	col, style              int
	number, formula, broken bool
}

var errUnpacked = errors.New("too big unpacked")

// extract copies the parts of a workbook that hold cells.
func extract(file string, all []byte) (*safe, error) {
	zr, err := zip.NewReader(bytes.NewReader(all), int64(len(all)))
	if err != nil {
		return nil, err
	}
	unpacked := func() error {
		return fault.New(fault.Invalid, fault.Position{File: file}, "caseload.too_big_unpacked", "limit", megabytes(MaxUnpacked))
	}
	var declared uint64
	for _, f := range zr.File {
		if f.UncompressedSize64 > MaxUnpacked {
			return nil, unpacked()
		}
		if declared += f.UncompressedSize64; declared > MaxUnpacked {
			return nil, unpacked()
		}
	}
	s := &safe{}
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	have := map[string]bool{}
	left := int64(MaxUnpacked)
	total := 0
	for _, f := range zr.File {
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, "\\", "/"), "/")
		low := strings.ToLower(name)
		if ext := path.Ext(low); ext != ".xml" && ext != ".rels" || strings.HasPrefix(low, "docprops/") || have[low] {
			continue
		}
		if path.Ext(low) == ".rels" && low != "_rels/.rels" && path.Base(low) != "workbook.xml.rels" {
			continue
		}
		in, err := f.Open()
		if err != nil {
			return nil, err
		}
		p := &part{file: file, in: &meter{in: in, left: &left}, safe: s}
		name, err = p.copy(name)
		in.Close()
		if errors.Is(err, errUnpacked) {
			return nil, unpacked()
		}
		if err != nil {
			return nil, err
		}
		if name == "" || have[strings.ToLower(name)] {
			continue
		}
		if total += p.out.Len(); total > 3*MaxUnpacked {
			return nil, unpacked()
		}
		have[low], have[strings.ToLower(name)] = true, true
		if err := store(zw, name, p.out.Bytes()); err != nil {
			return nil, err
		}
	}
	if len(s.scans) == 0 {
		return nil, errors.New("no worksheets")
	}
	if err := store(zw, "[Content_Types].xml", []byte(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>`)); err != nil {
		return nil, err
	}
	if !have["xl/styles.xml"] {
		// The library wants one.
		if err := store(zw, "xl/styles.xml", []byte(`<styleSheet xmlns="`+mainSpace+`"><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>`)); err != nil {
			return nil, err
		}
	}
	if err := zw.Close(); err != nil {
		return nil, err
	}
	s.zip = out.Bytes()
	return s, nil
}

func store(zw *zip.Writer, name string, data []byte) error {
	w, err := zw.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}

// A meter reads no more than what is left for the whole archive.
type meter struct {
	in   io.Reader
	left *int64
}

func (m *meter) Read(b []byte) (int, error) {
	if *m.left <= 0 {
		return 0, errUnpacked
	}
	if int64(len(b)) > *m.left {
		b = b[:*m.left]
	}
	n, err := m.in.Read(b)
	*m.left -= int64(n)
	return n, err
}

// A part is one file of the archive while it is copied.
type part struct {
	file  string
	in    *meter
	safe  *safe
	dec   *xml.Decoder
	out   bytes.Buffer
	count int
	limit int
}

// token is the next token, counted.
func (p *part) token() (xml.Token, error) {
	t, err := p.dec.Token()
	if _, ok := t.(xml.StartElement); ok {
		if p.count++; p.count > p.limit {
			return nil, errUnpacked
		}
	}
	return t, err
}

// skip passes over the rest of an element.
func (p *part) skip() error {
	for depth := 1; depth > 0; {
		t, err := p.token()
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			if depth++; depth > 200 {
				return errors.New("nested too deeply")
			}
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// copy copies a part by what its first element is, and gives the name under
// which the library looks for it; no name says that it is not needed.
func (p *part) copy(name string) (string, error) {
	p.dec = xml.NewDecoder(p.in)
	p.limit = maxStyles
	for {
		t, err := p.token()
		if errors.Is(err, errUnpacked) {
			return "", err
		}
		if err != nil {
			return "", nil // no XML: nothing that is needed
		}
		root, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch root.Name.Local {
		case "worksheet":
			p.limit = maxElements
			return name, p.sheet()
		case "sst":
			p.limit = maxElements
			return "xl/sharedStrings.xml", p.strings()
		case "styleSheet":
			return "xl/styles.xml", p.tree(root, "")
		case "workbook", "Relationships":
			return name, p.tree(root, "")
		}
		return "", nil
	}
}

// kept are the elements that are copied, under the element they stand in, with
// their attributes.
var kept = map[string][]string{
	"workbook":                   {},
	"workbook/workbookPr":        {"date1904"},
	"workbook/sheets":            {},
	"workbook/sheets/sheet":      {"name", "sheetId", "state", "id"},
	"Relationships":              {},
	"Relationships/Relationship": {"Id", "Type", "Target"},
	"styleSheet":                 {},
	"styleSheet/numFmts":         {},
	"styleSheet/numFmts/numFmt":  {"numFmtId", "formatCode"},
	"styleSheet/cellXfs":         {},
	"styleSheet/cellXfs/xf":      {"numFmtId"},
}

// tree copies an element with those below it that are kept.
func (p *part) tree(e xml.StartElement, above string) error {
	here := e.Name.Local
	if above != "" {
		here = above + "/" + here
	}
	attrs, ok := kept[here]
	if !ok {
		return p.skip()
	}
	p.out.WriteString("<" + e.Name.Local)
	if above == "" {
		switch e.Name.Local {
		case "Relationships":
			p.out.WriteString(` xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`)
		default:
			p.out.WriteString(` xmlns="` + mainSpace + `" xmlns:r="` + linkSpace + `"`)
		}
	}
	for _, a := range e.Attr {
		if !slices.Contains(attrs, a.Name.Local) {
			continue
		}
		v := a.Value
		switch a.Name.Local {
		case "id":
			p.out.WriteString(" r:id")
		case "numFmtId", "sheetId":
			if n, err := strconv.Atoi(v); err != nil || n < 0 || n > 1<<20 {
				return errors.New("a number is none")
			}
			p.out.WriteString(" " + a.Name.Local)
		case "Type":
			if strings.HasPrefix(v, strictLinks) {
				v = linkSpace + v[len(strictLinks):]
			}
			p.out.WriteString(" Type")
		default:
			p.out.WriteString(" " + a.Name.Local)
		}
		p.out.WriteString(`="`)
		xml.EscapeText(&p.out, []byte(v))
		p.out.WriteByte('"')
	}
	p.out.WriteByte('>')
	for {
		if p.out.Len() > maxSmall {
			return errUnpacked
		}
		t, err := p.token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := p.tree(t, here); err != nil {
				return err
			}
		case xml.EndElement:
			p.out.WriteString("</" + e.Name.Local + ">")
			return nil
		}
	}
}

// text reads the characters below an element, at any depth, but not those of
// the readings that stand above Chinese and Japanese words. What is longer than
// a cell may be is cut just above that, so that the cell that uses it is refused.
func (p *part) text() (string, error) {
	var b []byte
	ruby := 0
	for depth := 1; depth > 0; {
		t, err := p.token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > 50 {
				return "", errors.New("nested too deeply")
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
			if ruby == 0 && len(b) <= MaxCell {
				b = append(b, t[:min(len(t), MaxCell+8-min(len(b), MaxCell))]...)
			}
		}
	}
	for len(b) > MaxCell+1 && !utf8.Valid(b) {
		b = b[:len(b)-1]
	}
	return string(b), nil
}

// strings copies the shared texts.
func (p *part) strings() error {
	p.out.WriteString(`<sst xmlns="` + mainSpace + `">`)
	n := 0
	for {
		t, err := p.token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local != "si" {
				if err := p.skip(); err != nil {
					return err
				}
				continue
			}
			if n++; n > maxStrings {
				return errUnpacked
			}
			text, err := p.text()
			if err != nil {
				return err
			}
			p.out.WriteString(`<si><t xml:space="preserve">`)
			xml.EscapeText(&p.out, []byte(text))
			p.out.WriteString(`</t></si>`)
		case xml.EndElement:
			p.out.WriteString(`</sst>`)
			return nil
		}
	}
}

// sheet copies the cells of a sheet that have something in them. When the sheet
// is larger than may be, copying stops and the reason is kept: another sheet
// may be the one that is wanted.
func (p *part) sheet() error {
	s := &scan{}
	p.out.WriteString(`<worksheet xmlns="` + mainSpace + `"><sheetData><row r="1"><c r="A1"><v>` + strconv.Itoa(len(p.safe.scans)) + `</v></c></row>`)
	p.safe.scans = append(p.safe.scans, s)
	err := p.cells(s)
	var f *fault.Error
	if errors.As(err, &f) {
		s.err, err = f, nil
	}
	p.out.WriteString(`</sheetData></worksheet>`)
	return err
}

func (p *part) cells(s *scan) error {
	at, depth, inData := 0, 1, false
	for {
		t, err := p.token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch {
			case !inData && t.Name.Local == "sheetData" && depth == 1:
				inData = true
				depth++
			case inData && t.Name.Local == "row":
				at++
				if v := attr(t, "r"); v != "" {
					n, err := strconv.Atoi(v)
					if err != nil || n < at || n > 1<<20 {
						return errors.New("the rows are out of order")
					}
					at = n
				}
				if err := p.row(s, at); err != nil {
					return err
				}
			default:
				if err := p.skip(); err != nil {
					return err
				}
			}
		case xml.EndElement:
			depth--
			if inData {
				return nil // what follows holds no cells
			}
			if depth == 0 {
				return nil
			}
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func (p *part) row(s *scan, n int) error {
	r := metaRow{n: n}
	start := p.out.Len()
	copied := strconv.Itoa(len(s.rows) + 2)
	p.out.WriteString(`<row r="` + copied + `">`)
	col := -1
	for {
		t, err := p.token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local != "c" {
				if err := p.skip(); err != nil {
					return err
				}
				continue
			}
			col++
			if ref := attr(t, "r"); ref != "" {
				c, ok := column(ref)
				if !ok || c < col {
					return errors.New("the cells of a row are out of order")
				}
				col = c
			}
			m, value, kind, err := p.cell(t)
			if err != nil {
				return err
			}
			if value == "" && !m.formula && !m.broken {
				continue
			}
			if col >= MaxColumns {
				return tooMany(p.file, n)
			}
			m.col = col
			r.cells = append(r.cells, m)
			if value == "" {
				continue
			}
			p.out.WriteString(`<c r="` + Letter(col) + copied + `" t="` + kind + `"><v>`)
			xml.EscapeText(&p.out, []byte(value))
			p.out.WriteString(`</v></c>`)
		case xml.EndElement:
			if len(r.cells) == 0 {
				p.out.Truncate(start)
				return nil
			}
			p.out.WriteString(`</row>`)
			if len(s.rows) >= MaxRows+slack {
				p.out.Truncate(start)
				return tooTall(p.file)
			}
			s.rows = append(s.rows, r)
			return nil
		}
	}
}

// column is the number of the column in a name such as AB12.
func column(ref string) (int, bool) {
	n, i := 0, 0
	for ; i < len(ref) && i < 4 && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		n = n*26 + int(ref[i]-'A') + 1
	}
	return n - 1, n > 0 && n <= 16384
}

// cell reads one cell: what is known of it, its value, and the type under which
// the value is copied.
func (p *part) cell(e xml.StartElement) (m metaCell, value, kind string, err error) {
	kind = attr(e, "t")
	if v := attr(e, "s"); v != "" {
		if m.style, err = strconv.Atoi(v); err != nil || m.style < 0 {
			return m, "", "", errors.New("a style is no number")
		}
	}
	for {
		t, err := p.token()
		if err != nil {
			return m, "", "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v", "is":
				if value, err = p.text(); err != nil {
					return m, "", "", err
				}
				if t.Name.Local == "is" {
					kind = "str"
				}
			case "f":
				m.formula = true
				if err := p.skip(); err != nil {
					return m, "", "", err
				}
			default:
				if err := p.skip(); err != nil {
					return m, "", "", err
				}
			}
		case xml.EndElement:
			switch kind {
			case "s":
				n, err := strconv.Atoi(strings.TrimSpace(value))
				if value != "" && (err != nil || n < 0) {
					return m, "", "", errors.New("a shared text is no number")
				}
			case "e":
				m.broken, value, kind = true, "", "str"
			case "b":
				kind = "str"
				switch strings.TrimSpace(value) {
				case "1", "true":
					value = "TRUE"
				case "0", "false":
					value = "FALSE"
				}
			case "", "n":
				value = strings.TrimSpace(value)
				if _, err := strconv.ParseFloat(value, 64); value != "" && err == nil {
					m.number = true
				}
				kind = "str"
			default: // str, inlineStr, d: the text as it stands
				kind = "str"
			}
			return m, value, kind, nil
		}
	}
}
