package docx

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"stayput/format/document"
)

func (w *writer) table(t document.Table) {
	widths := t.Shares(w.width)
	if t.Caption != "" {
		w.paragraph(document.Text(t.Caption), "Caption", "")
	}
	w.put(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="`, strconv.Itoa(w.width), `" w:type="dxa"/><w:tblLayout w:type="fixed"/>`,
		`<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>`)
	if t.Caption != "" {
		w.put(`<w:tblCaption w:val="`, escape(t.Caption), `"/>`)
	}
	w.put(`</w:tblPr><w:tblGrid>`)
	for _, x := range widths {
		w.put(`<w:gridCol w:w="`, strconv.Itoa(x), `"/>`)
	}
	w.put(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, h := range t.Head {
		w.cell(widths[i], document.Cell{{With: t.Keep, Runs: []document.Run{{Text: h, Bold: true}}}}, `<w:shd w:val="clear" w:color="auto" w:fill="EDEFF0"/>`)
	}
	w.put(`</w:tr>`)
	for i, row := range t.Rows {
		w.put(`<w:tr>`)
		if w.tall(row, widths) < w.height*2/3 {
			w.put(`<w:trPr><w:cantSplit/></w:trPr>`)
		}
		for j, c := range row {
			if t.Keep && i < len(t.Rows)-1 {
				c = slices.Clone(c)
				for k := range c {
					c[k].With = true
				}
			}
			w.cell(widths[j], c, "")
		}
		w.put(`</w:tr>`)
	}
	w.put(`</w:tbl>`)
	w.paragraph(document.Paragraph{}, "Small", "") // two tables in a row would be one
}

// tall is about how high a row stands. A row that a page could not hold has to break,
// or its end would not be seen.
func (w *writer) tall(row []document.Cell, widths []int) int {
	const letter, line = 100, 250 // about what one takes, in twentieths of a point
	most := 0
	for i, c := range row {
		a := max(1, (widths[i]-180)/letter)
		lines := 0
		for _, p := range c {
			n := 0
			for _, r := range p.Runs {
				n += utf8.RuneCountInString(r.Text)
				for _, x := range r.Text {
					if x == '\n' {
						n += a
					}
				}
			}
			lines += 1 + n/a
		}
		most = max(most, lines*line)
	}
	return most
}

func (w *writer) cell(width int, c document.Cell, more string) {
	w.put(`<w:tc><w:tcPr><w:tcW w:w="`, strconv.Itoa(width), `" w:type="dxa"/>`, more, `</w:tcPr>`)
	if len(c) == 0 {
		c = document.Cell{{}} // a cell holds at least a paragraph
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
