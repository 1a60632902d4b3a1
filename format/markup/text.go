package markup

import (
	"strings"

	"stayput/format/document"
)

// Text is what was pasted as plain text. Of HTML it is the words, each paragraph, item and
// cell on a line of its own; any other text stays what it is, without signs nobody sees.
func Text(pasted string) string {
	if !isHTML(pasted) {
		return tidy(pasted)
	}
	blocks, err := fromHTML(pasted)
	if err != nil {
		return tidy(pasted)
	}
	var out []string
	add := func(lines ...string) {
		for _, l := range lines {
			if strings.TrimSpace(l) != "" {
				out = append(out, l)
			}
		}
	}
	for _, b := range blocks {
		switch b := b.(type) {
		case document.Heading:
			add(b.Text)
		case document.Paragraph:
			add(saidIn(b))
		case document.List:
			for _, p := range b.Items {
				add("• " + saidIn(p))
			}
		case document.Table:
			add(b.Caption)
			add(b.Head...)
			for _, row := range b.Rows {
				for _, cell := range row {
					for _, p := range cell {
						add(saidIn(p))
					}
				}
			}
		}
	}
	return tidy(strings.Join(out, "\n\n"))
}

// saidIn are the words of a paragraph.
func saidIn(p document.Paragraph) string {
	var b strings.Builder
	for _, r := range p.Runs {
		b.WriteString(r.Text)
	}
	return b.String()
}
