package web

import (
	"slices"
	"strings"

	"stayput/format/document"
)

// A paperBlock is one block of a paper as a page draws it.
type paperBlock struct {
	Kind  string // h1, h2, h3, p, ul, ol, table, sign, page
	Text  string
	Lang  string
	Small bool
	Start int
	Runs  []paperRun
	Items [][]paperRun
	Head  []string
	Rows  [][][][]paperRun // rows of cells of paragraphs of runs
	Signs []document.SignLine
}

// A paperRun is text of one look; a line break begins a new line.
type paperRun struct {
	Text         string // of a blank: its question
	Lines        []string
	Bold, Italic bool
	Blank        bool
	Link         string
}

func paperRuns(in []document.Run) (out []paperRun) {
	for _, r := range in {
		out = append(out, paperRun{Text: r.Text, Lines: strings.Split(r.Text, "\n"), Bold: r.Bold, Italic: r.Italic, Blank: r.Blank, Link: document.SafeLink(r.Link)})
	}
	return out
}

// paperBlocks are the blocks of a paper as a page draws them.
func paperBlocks(in []document.Block) (out []paperBlock) {
	for _, b := range in {
		switch b := b.(type) {
		case document.Heading:
			out = append(out, paperBlock{Kind: "h" + itoa(min(max(b.Level, 1), 3)), Text: b.Text, Lang: b.Language})
		case document.Paragraph:
			out = append(out, paperBlock{Kind: "p", Runs: paperRuns(b.Runs), Lang: b.Language, Small: b.Small})
		case document.List:
			x := paperBlock{Kind: "ul", Start: b.First()}
			if b.Numbered {
				x.Kind = "ol"
			}
			for _, p := range b.Items {
				x.Items = append(x.Items, paperRuns(p.Runs))
			}
			out = append(out, x)
		case document.Table:
			x := paperBlock{Kind: "table", Text: b.Caption, Head: slices.Clone(b.Head)}
			for _, row := range b.Rows {
				var cells [][][]paperRun
				for _, cell := range row {
					var ps [][]paperRun
					for _, p := range cell {
						ps = append(ps, paperRuns(p.Runs))
					}
					cells = append(cells, ps)
				}
				x.Rows = append(x.Rows, cells)
				for len(x.Head) < len(cells) { // each cell has its head, which a phone shows beside it
					x.Head = append(x.Head, "")
				}
			}
			out = append(out, x)
		case document.Signature:
			out = append(out, paperBlock{Kind: "sign", Signs: b.Lines})
		case document.PageBreak:
			out = append(out, paperBlock{Kind: "page"})
		case document.Letterhead:
			if len(b.Lines) > 0 {
				out = append(out, paperBlock{Kind: "p", Runs: []paperRun{{Lines: b.Lines, Bold: true}}})
			}
		}
	}
	return out
}
