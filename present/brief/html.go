package brief

import (
	"bytes"
	"embed"
	"html/template"
	"io"
	"strings"
	"sync"

	derived "stayput/derive/brief"
)

//go:embed template/*.html template/style.css
var files embed.FS

// view is what a part of the template sees: the page, for its labels, and the
// part itself.
type view struct {
	P *page
	X any
}

// sheet is the templates, read when the first page is asked for, so that a
// program that shows no page does not pay for them.
var sheet = sync.OnceValues(func() (*template.Template, error) {
	css, err := files.ReadFile("template/style.css")
	if err != nil {
		return nil, err
	}
	return template.New("page.html").Funcs(template.FuncMap{
		"of":  func(p *page, x any) view { return view{p, x} },
		"css": func() template.CSS { return template.CSS(css) }, // our own file
		"par": sentence,
		"few": func(rows []subject) bool { return len(rows) <= rowsShown },
		"low": func(s string) string { return strings.ToLower(s) },
	}).ParseFS(files, "template/*.html")
})

// WriteHTML writes a brief as one page that needs nothing from anywhere: no
// scripts, no fonts, no pictures. It works on a phone and prints on paper.
func WriteHTML(w io.Writer, b *derived.Brief, o Options) error {
	t, err := sheet()
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	p := newPage(b, o)
	p.Carry = newSpeaker(b, o).carrying(b, true)
	if err := t.Execute(&buf, p); err != nil {
		return err
	}
	_, err = w.Write(visible(buf.Bytes(), false))
	return err
}
