package docx

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Sizes are in twentieths of a point: US letter with an inch of margin, less at the
// sides of a wide page.
const (
	long, short = 15840, 12240
	margin      = 1080
)

// Write writes a document.
func Write(out io.Writer, d *Document) error {
	if strings.TrimSpace(d.Title) == "" || strings.TrimSpace(d.Language) == "" {
		return errors.New("docx: a document needs a title and a language, so that it can be read aloud")
	}
	w := &writer{d: d, width: short - 2*margin}
	if d.Landscape {
		w.width = long - 2*margin
	}
	for i, b := range d.Blocks {
		if b == nil {
			return fmt.Errorf("docx: block %d is nothing", i+1)
		}
		if err := b.write(w); err != nil {
			return fmt.Errorf("docx: block %d: %w", i+1, err)
		}
	}
	z := zip.NewWriter(out)
	for _, f := range w.files() {
		// No time is set, so that the same document gives the same bytes.
		x, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(x, f.text); err != nil {
			return err
		}
	}
	return z.Close()
}

type writer struct {
	d     *Document
	b     strings.Builder // what stands on the pages
	width int             // of the text
	lists int             // numbered lists so far
	links []string
}

func (w *writer) put(parts ...string) {
	for _, p := range parts {
		w.b.WriteString(p)
	}
}

func (h Heading) write(w *writer) error {
	if h.Level < 1 || h.Level > 4 {
		return fmt.Errorf("a heading of level %d; levels are 1 to 4", h.Level)
	}
	w.put(`<w:p><w:pPr><w:pStyle w:val="Heading`, strconv.Itoa(h.Level), `"/></w:pPr>`)
	w.run(Run{Text: h.Text})
	w.put(`</w:p>`)
	return nil
}

func (p Paragraph) write(w *writer) error {
	w.paragraph(p, "", "")
	return nil
}

// paragraph writes a paragraph with a style of its own, and more properties.
func (w *writer) paragraph(p Paragraph, style, more string) {
	if style == "" && p.Small {
		style = "Small"
	}
	w.put(`<w:p><w:pPr>`)
	if style != "" {
		w.put(`<w:pStyle w:val="`, style, `"/>`)
	}
	if p.With {
		w.put(`<w:keepNext/>`)
	}
	w.put(more)
	if p.Right {
		w.put(`<w:jc w:val="right"/>`)
	}
	w.put(`</w:pPr>`)
	for _, r := range p.Runs {
		w.run(r)
	}
	w.put(`</w:p>`)
}

// run writes text of one look.
func (w *writer) run(r Run) {
	link := safe(r.Link)
	if link != "" {
		w.links = append(w.links, link)
		w.put(`<w:hyperlink r:id="link`, strconv.Itoa(len(w.links)), `">`)
	}
	w.put(`<w:r>`)
	if r.Bold || r.Italic || link != "" {
		w.put(`<w:rPr>`)
		if link != "" {
			w.put(`<w:rStyle w:val="Hyperlink"/>`)
		}
		if r.Bold {
			w.put(`<w:b/>`)
		}
		if r.Italic {
			w.put(`<w:i/>`)
		}
		w.put(`</w:rPr>`)
	}
	for i, line := range strings.Split(strings.ReplaceAll(r.Text, "\r\n", "\n"), "\n") {
		if i > 0 {
			w.put(`<w:br/>`)
		}
		for j, part := range strings.Split(line, "\t") {
			if j > 0 {
				w.put(`<w:tab/>`)
			}
			if part != "" {
				w.put(`<w:t xml:space="preserve">`, escape(part), `</w:t>`)
			}
		}
	}
	w.put(`</w:r>`)
	if link != "" {
		w.put(`</w:hyperlink>`)
	}
}

// safe is a link that a reader may follow, or "".
func safe(link string) string {
	for _, p := range []string{"https://", "http://", "mailto:"} {
		if strings.HasPrefix(link, p) {
			return link
		}
	}
	return ""
}

func (l List) write(w *writer) error {
	num := "1" // the bullets
	if l.Numbered {
		w.lists++
		num = strconv.Itoa(1 + w.lists)
	}
	for _, p := range l.Items {
		w.paragraph(p, "ListParagraph", `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="`+num+`"/></w:numPr>`)
	}
	return nil
}

func (PageBreak) write(w *writer) error {
	w.put(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
	return nil
}

func (t Table) write(w *writer) error {
	n := len(t.Head)
	switch {
	case n == 0:
		return errors.New("a table without a head")
	case strings.TrimSpace(t.Caption) == "":
		return errors.New("a table without a caption; it says what the table is")
	case len(t.Widths) != 0 && len(t.Widths) != n:
		return fmt.Errorf("%d widths for %d columns", len(t.Widths), n)
	}
	widths, err := t.widths(w.width)
	if err != nil {
		return err
	}
	w.paragraph(Text(t.Caption), "Caption", "")
	w.put(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="`, strconv.Itoa(w.width), `" w:type="dxa"/><w:tblLayout w:type="fixed"/>`,
		`<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val="`, escape(t.Caption), `"/></w:tblPr><w:tblGrid>`)
	for _, x := range widths {
		w.put(`<w:gridCol w:w="`, strconv.Itoa(x), `"/>`)
	}
	w.put(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, h := range t.Head {
		w.cell(widths[i], Cell{{Runs: []Run{{Text: h, Bold: true}}}}, `<w:shd w:val="clear" w:color="auto" w:fill="EDEFF0"/>`)
	}
	w.put(`</w:tr>`)
	for i, row := range t.Rows {
		if len(row) != n {
			return fmt.Errorf("row %d has %d cells, and the head has %d", i+1, len(row), n)
		}
		w.put(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for j, c := range row {
			w.cell(widths[j], c, "")
		}
		w.put(`</w:tr>`)
	}
	w.put(`</w:tbl>`)
	w.paragraph(Paragraph{}, "Small", "") // two tables in a row would be one
	return nil
}

// widths are how wide the columns are, in all as wide as the text.
func (t Table) widths(all int) ([]int, error) {
	sum := 0
	of := make([]int, len(t.Head))
	for i := range of {
		of[i] = 1
		if len(t.Widths) > 0 {
			of[i] = t.Widths[i]
		}
		if of[i] <= 0 {
			return nil, fmt.Errorf("column %d is %d wide", i+1, of[i])
		}
		sum += of[i]
	}
	left := all
	for i := range of {
		of[i] = all * of[i] / sum
		left -= of[i]
	}
	of[len(of)-1] += left
	return of, nil
}

func (w *writer) cell(width int, c Cell, more string) {
	w.put(`<w:tc><w:tcPr><w:tcW w:w="`, strconv.Itoa(width), `" w:type="dxa"/>`, more, `</w:tcPr>`)
	if len(c) == 0 {
		c = Cell{{}} // a cell holds at least a paragraph
	}
	for _, p := range c {
		style := "TableText"
		if p.Small {
			style = "Small"
		}
		w.paragraph(p, style, "")
	}
	w.put(`</w:tc>`)
}

// escape makes text fit for XML: what it may not hold is left out, and what is no text
// is marked.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s { // a byte that is no text comes as U+FFFD
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\n' || r == '\t' || r == '\r':
			b.WriteByte(' ')
		case r < 0x20 || r == 0xFFFE || r == 0xFFFF || r >= 0x7F && r < 0xA0:
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
