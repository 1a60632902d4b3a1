package letter

import (
	"strconv"

	"stayput/format/document"
	"stayput/locale"
	"stayput/paper"
)

// A Side is a paper in one language.
type Side struct {
	Cat    *locale.Catalog
	Blocks []document.Block
}

// Both is a paper in two languages side by side, block beside block, for a family and a
// school that read it together. It is to be read; what is sent and signed is the paper in
// one language.
func Both(p *paper.Paper, a, b Side) *document.Document {
	d := &document.Document{Title: p.Title[a.Cat.Lang()], Language: a.Cat.Lang() + "-US", Landscape: true, Footer: a.Cat.T("webpaper.page"), Of: a.Cat.T("webpaper.page_of")}
	t := document.Table{Caption: d.Title, Head: []string{a.Cat.Language(a.Cat.Lang()), a.Cat.Language(b.Cat.Lang())}}
	for i := range max(len(a.Blocks), len(b.Blocks)) {
		t.Rows = append(t.Rows, []document.Cell{a.cell(i), b.cell(i)})
	}
	d.Blocks = []document.Block{t}
	return d
}

// cell is a block as it stands in a column.
func (s *Side) cell(i int) document.Cell {
	if i >= len(s.Blocks) {
		return nil
	}
	var out document.Cell
	switch x := s.Blocks[i].(type) {
	case document.Heading:
		out = document.Cell{{Runs: []document.Run{{Text: x.Text, Bold: true}}}}
	case document.Paragraph:
		out = document.Cell{x}
	case document.List:
		for j, p := range x.Items {
			mark := "• "
			if box, _ := document.Box(p); box != "" {
				mark = ""
			} else if x.Numbered {
				mark = strconv.Itoa(x.First()+j) + ". "
			}
			out = append(out, document.Paragraph{Runs: append([]document.Run{{Text: mark}}, p.Runs...)})
		}
	case document.Table:
		if x.Caption != "" {
			out = append(out, document.Paragraph{Runs: []document.Run{{Text: x.Caption, Bold: true}}})
		}
		for _, row := range x.Rows {
			var line []document.Run
			for j, cell := range row {
				if len(line) > 0 {
					line = append(line, document.Run{Text: "\n"})
				}
				line = append(line, document.Run{Text: x.Head[j] + ": "})
				for _, p := range cell {
					line = append(line, p.Runs...)
				}
			}
			out = append(out, document.Paragraph{Runs: line})
		}
	case document.Signature:
		for _, l := range x.Lines {
			out = append(out, document.Text(document.Gap+" "+l.Label))
		}
	default:
		if text := Plain(x); text != "" {
			out = document.Cell{document.Text(text)}
		}
	}
	for j := range out {
		if out[j].Language == "" {
			out[j].Language = s.Cat.Lang() + "-US"
		}
	}
	return out
}
