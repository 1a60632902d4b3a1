package docx

import (
	"archive/zip"
	"io"
	"strconv"
	"strings"

	"stayput/format/document"
)

// Sizes are in twentieths of a point: US letter with less than an inch of margin.
const (
	long, short = 15840, 12240
	margin      = 1080
)

// Write writes a document.
func Write(out io.Writer, d *document.Document) error {
	if err := d.Check(); err != nil {
		return err
	}
	w := &writer{d: d, width: short - 2*margin, height: long - 2*margin}
	if d.Landscape {
		w.width, w.height = long-2*margin, short-2*margin
	}
	for _, b := range d.Blocks {
		if err := w.block(b); err != nil {
			return err
		}
	}
	z := zip.NewWriter(out)
	for _, f := range w.files() {
		// No time is set, so that the same document gives the same bytes.
		x, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := x.Write(f.data); err != nil {
			return err
		}
	}
	return z.Close()
}

type writer struct {
	d        *document.Document
	b        strings.Builder // what stands on the pages
	width    int             // of the text
	height   int             // of the text on a page
	lists    []int           // the first numbers of the numbered lists so far
	links    []string
	pictures []part
}

func (w *writer) put(parts ...string) {
	for _, p := range parts {
		w.b.WriteString(p)
	}
}

func (w *writer) block(b document.Block) error {
	switch b := b.(type) {
	case document.Heading:
		w.heading(b)
	case document.Paragraph:
		w.paragraph(b, "", "")
	case document.List:
		w.list(b)
	case document.Table:
		w.table(b)
	case document.PageBreak:
		w.put(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
	case document.Image:
		return w.image(b, "")
	case document.Drawing:
		return w.drawing(b)
	case document.Signature:
		w.signature(b)
	case document.Letterhead:
		return w.letterhead(b)
	}
	return nil
}

func (w *writer) heading(h document.Heading) {
	w.put(`<w:p><w:pPr><w:pStyle w:val="Heading`, strconv.Itoa(h.Level), `"/>`, side(h.Language), `</w:pPr>`)
	w.run(document.Run{Text: h.Text}, h.Language)
	w.put(`</w:p>`)
}

func (w *writer) list(l document.List) {
	num := "1" // the bullets
	if l.Numbered {
		w.lists = append(w.lists, l.First())
		num = strconv.Itoa(1 + len(w.lists))
	}
	for _, p := range l.Items {
		if box, _ := document.Box(p); box != "" && !l.Numbered {
			w.paragraph(p, "ListParagraph", "") // the box stands in place of the bullet
			continue
		}
		w.paragraph(p, "ListParagraph", `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="`+num+`"/></w:numPr>`)
	}
}

// signature writes each line as a paragraph with a rule under it, and its label below.
func (w *writer) signature(s document.Signature) {
	in := `<w:ind w:right="` + strconv.Itoa(w.width*2/5) + `"/>`
	for _, l := range s.Lines {
		w.paragraph(document.Text(l.Value), "SignLine", in)
		w.paragraph(document.Text(l.Label), "SignLabel", in)
	}
}

// letterhead writes the logo, the name and the address, with a rule under them.
func (w *writer) letterhead(l document.Letterhead) error {
	if l.Logo != nil {
		if err := w.image(*l.Logo, "Letterhead"); err != nil {
			return err
		}
	}
	for i, text := range l.Lines {
		style, more := "Letterhead", ""
		if i == 0 {
			style = "LetterheadName"
		}
		if i == len(l.Lines)-1 {
			more = `<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="6" w:color="A9AEB1"/></w:pBdr><w:spacing w:after="240"/>`
		}
		w.paragraph(document.Text(text), style, more)
	}
	return nil
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
