package docx

import (
	"strconv"
	"strings"

	"stayput/format/document"
)

// paragraph writes a paragraph with a style of its own, and more properties.
func (w *writer) paragraph(p document.Paragraph, style, more string) {
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
	// The order of the properties is the schema's: numbers and borders, then the
	// direction, spacing and indents, then the side.
	before, after := more, ""
	if i := strings.Index(more, `<w:spacing`); i >= 0 {
		before, after = more[:i], more[i:]
	} else if i := strings.Index(more, `<w:ind`); i >= 0 {
		before, after = more[:i], more[i:]
	}
	w.put(before, side(p.Language), after)
	if p.Right {
		w.put(`<w:jc w:val="right"/>`)
	}
	w.put(`</w:pPr>`)
	for _, r := range p.Runs {
		w.run(r, p.Language)
	}
	w.put(`</w:p>`)
}

// side is the property of a paragraph that is written from right to left.
func side(language string) string {
	if document.RightToLeft(language) {
		return `<w:bidi/>`
	}
	return ""
}

// run writes text of one look.
func (w *writer) run(r document.Run, language string) {
	if r.Blank {
		w.blank(r, language)
		return
	}
	link := document.SafeLink(r.Link)
	if link != "" {
		w.links = append(w.links, link)
		w.put(`<w:hyperlink r:id="link`, strconv.Itoa(len(w.links)), `">`)
	}
	style := ""
	if link != "" {
		style = "Hyperlink"
	}
	w.put(`<w:r>`, look(style, r, language))
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

// look are the properties of a run, in the schema's order.
func look(style string, r document.Run, language string) string {
	out := ""
	if style != "" {
		out += `<w:rStyle w:val="` + style + `"/>`
	}
	if r.Bold {
		out += `<w:b/>`
	}
	if r.Italic {
		out += `<w:i/>`
	}
	if document.RightToLeft(language) {
		out += `<w:rtl/>`
	}
	if language != "" {
		out += `<w:lang w:val="` + escape(language) + `" w:bidi="` + escape(language) + `"/>`
	}
	if out == "" {
		return ""
	}
	return `<w:rPr>` + out + `</w:rPr>`
}

// blank writes a gap to fill by hand and, small after it, the question.
func (w *writer) blank(r document.Run, language string) {
	w.put(`<w:r>`, look("", document.Run{Bold: r.Bold}, language), `<w:t>`, document.Gap, `</w:t></w:r>`)
	if q := escape(r.Text); q != "" {
		w.put(`<w:r>`, look("BlankQuestion", document.Run{}, language), `<w:t xml:space="preserve"> (`, q, `)</w:t></w:r>`)
	}
}
