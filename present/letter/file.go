package letter

import (
	"bytes"
	"slices"
	"strings"

	"stayput/derive/draft"
	"stayput/format/document"
	"stayput/format/docx"
	"stayput/format/mail"
	"stayput/format/markup"
	"stayput/format/pdf"
	"stayput/format/plain"
	"stayput/locale"
	"stayput/paper"
)

// Forms are the forms in which a paper leaves the program, by the ends of their files.
var Forms = []string{"pdf", "docx", "eml", "txt"}

// Document is a paper's text, as it was drafted or edited, ready to be written.
func Document(p *paper.Paper, cat *locale.Catalog, text string) *document.Document {
	blocks, _ := markup.Parse(text)
	return &document.Document{Title: p.Title[cat.Lang()], Language: cat.Lang() + "-US", Footer: cat.T("webpaper.page"), Of: cat.T("webpaper.page_of"), Blocks: blocks}
}

// File writes a document in one of Forms. f names whom a message comes from and goes to;
// name is what the file attached to it is called. The same input gives the same bytes.
func File(form string, p *paper.Paper, d *document.Document, f *draft.Facts, name string) ([]byte, error) {
	var b bytes.Buffer
	var err error
	switch form {
	case "pdf":
		_, err = onPages(&b, p, d)
	case "docx":
		err = docx.Write(&b, d)
	case "txt":
		err = plain.Write(&b, bare(d))
	case "eml":
		var file []byte
		if file, err = File("pdf", p, d, f, name); err != nil {
			return nil, err
		}
		m := &mail.Draft{Subject: subject(d, f), Language: d.Language, Text: plain.String(bare(d)), Files: []mail.File{{Name: name, Type: "application/pdf", Data: file}}}
		if p.Form.Framed() {
			m.From = address(f, "sender")
			m.To, m.Bcc = recipients(f)
		}
		err = mail.Write(&b, m)
	}
	return b.Bytes(), err
}

// Pages is how many pages a paper has as a PDF, and the signs in it that no built-in font
// holds.
func Pages(p *paper.Paper, d *document.Document) (n int, lost []string, err error) {
	r, err := onPages(new(bytes.Buffer), p, d)
	return r.Pages, r.Unprintable, err
}

// onPages writes a PDF. A letter of two or three pages is set closer when that spares one.
func onPages(b *bytes.Buffer, p *paper.Paper, d *document.Document) (pdf.Report, error) {
	r, err := pdf.Write(b, d)
	if err != nil || r.Pages < 2 || r.Pages > 3 || !p.Form.Framed() {
		return r, err
	}
	closer := *d
	closer.Tight = true
	var one bytes.Buffer
	if c, err := pdf.Write(&one, &closer); err != nil || c.Pages < r.Pages {
		*b = one
		return c, err
	}
	return r, nil
}

// address is whose address a message bears, when the case says it.
func address(f *draft.Facts, who string) []mail.Address {
	email := oneLine(f.Fields[who+".email"].Said)
	if email == "" {
		return nil
	}
	return []mail.Address{{Name: oneLine(f.Fields[who+".name"].Said), Email: email}}
}

// recipients are those who get a message, each at an address of their own. Those who do
// not live together are not shown each other's.
func recipients(f *draft.Facts) (to, unseen []mail.Address) {
	if len(f.Whom) < 2 {
		return address(f, "to"), nil
	}
	var out []mail.Address
	for _, p := range f.Whom {
		x := mail.Address{Name: oneLine(p.Name), Email: oneLine(p.Email)}
		if x.Email != "" && !slices.ContainsFunc(out, func(y mail.Address) bool { return strings.EqualFold(y.Email, x.Email) }) {
			out = append(out, x)
		}
	}
	if together(f.Whom) || len(out) < 2 {
		return out, nil
	}
	return nil, out
}

// subject is the line that says what a message is about.
func subject(d *document.Document, f *draft.Facts) string {
	s := d.Title
	if name := oneLine(f.Fields["child.name"].Said); name != "" {
		s += ": " + name
	}
	if r := []rune(s); len(r) > 200 {
		s = string(r[:199]) + "…"
	}
	return s
}
