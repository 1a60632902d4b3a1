package web

import (
	"bytes"
	"net/http"
	"slices"
	"strings"

	"stayput/desk"
	"stayput/fact"
	"stayput/format/document"
	"stayput/format/docx"
	"stayput/format/mail"
	"stayput/format/markup"
	"stayput/format/pdf"
	"stayput/format/plain"
	"stayput/locale"
	"stayput/paper"
)

// A paperForm is a form in which a paper leaves the program.
type paperForm struct{ name, kind string }

var paperFormsAll = []paperForm{
	{"pdf", "application/pdf"},
	{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	{"eml", "message/rfc822"},
	{"txt", "text/plain; charset=utf-8"},
}

// paperForms are the links to a paper as a file.
func (f speaker) paperForms(path string) (out []Tab) {
	for _, x := range paperFormsAll {
		out = append(out, Tab{Href: path + "/as/" + x.name, Label: f.T("webpaper.form_" + x.name)})
	}
	return out
}

// paperDocument is a paper as it is written to a file.
func paperDocument(d *paper.Paper, lang, text string) *document.Document {
	cat, known := locale.For(lang)
	if !known {
		cat, _ = locale.For("en")
	}
	blocks, _ := markup.Parse(text)
	return &document.Document{Title: d.Title[cat.Lang()], Language: cat.Lang() + "-US", Footer: cat.T("webpaper.page"), Of: cat.T("webpaper.page_of"), Blocks: blocks}
}

// paperBytes makes a paper in one form.
func paperBytes(form string, d *paper.Paper, x *desk.Paper, now *paperDraft) ([]byte, error) {
	doc := paperDocument(d, x.Lang, x.Text)
	var b bytes.Buffer
	var err error
	switch form {
	case "pdf":
		_, err = pdf.Write(&b, doc)
	case "docx":
		err = docx.Write(&b, doc)
	case "txt":
		err = plain.Write(&b, doc)
	case "eml":
		var file []byte
		if file, err = paperBytes("pdf", d, x, now); err != nil {
			return nil, err
		}
		m := &mail.Draft{Subject: paperSubject(d, x, now), Language: doc.Language, Text: plain.String(doc), Files: []mail.File{{Name: paperFileName(x, "pdf"), Type: "application/pdf", Data: file}}}
		if d.Form.Framed() {
			m.From = address(now.Facts.Fields["sender.name"].Said, now.Facts.Fields["sender.email"].Said)
			if to := now.Case.Contact(paperTo(now, x)); to != nil {
				m.To = address(to.Name, to.Email)
			}
		}
		err = mail.Write(&b, m)
	}
	return b.Bytes(), err
}

// address is one address of a message; none without an email.
func address(name, email string) []mail.Address {
	if email == "" {
		return nil
	}
	return []mail.Address{{Name: oneSpace(name), Email: email}}
}

// paperTo is the role that a paper goes to.
func paperTo(now *paperDraft, x *desk.Paper) string {
	switch {
	case x.To != "":
		return x.To
	case now.Paper.To != "other_party":
		return string(now.Paper.To)
	case now.Case.Side == fact.SchoolSide:
		return "parent"
	}
	return "special_education_director"
}

// paperSubject is the line that says what a message is about.
func paperSubject(d *paper.Paper, x *desk.Paper, now *paperDraft) string {
	s := d.Title[x.Lang]
	if name := now.Facts.Fields["child.name"].Said; name != "" {
		s += ": " + oneSpace(name)
	}
	return shortened(s, 200)
}

// paperFileName is what a file of a paper is called: no name of a child stands in it.
func paperFileName(x *desk.Paper, form string) string {
	at := x.At
	if !x.Done.IsZero() {
		at = x.Done
	}
	return x.Document + "-" + dayOf(at).String() + "." + form
}

// paperPages is how many pages a paper has; 0 when it cannot be made.
func (s *Site) paperPages(x *desk.Paper, now *paperDraft) int {
	r, err := pdf.Write(new(bytes.Buffer), paperDocument(now.Paper, x.Lang, x.Text))
	if err != nil {
		return 0
	}
	return r.Pages
}

// paperFile gives a paper as a file. What was finished is given as it was finished.
func (s *Site) paperFile(w http.ResponseWriter, r *http.Request) error {
	i := slices.IndexFunc(paperFormsAll, func(x paperForm) bool { return x.name == r.PathValue("form") })
	if i < 0 {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	form := paperFormsAll[i]
	x, c, now, err := s.paperOf(r)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if j := slices.IndexFunc(x.Files, func(f desk.FileRef) bool { return strings.HasSuffix(f.Name, "."+form.name) }); j >= 0 {
		err = s.desk.PaperFile(r.Context(), who(r), c.ID, x.ID, x.Files[j].Digest, func(desk.FileRef) error { return nil }, &b)
	} else {
		var data []byte
		data, err = paperBytes(form.name, now.Paper, &x, now)
		b.Write(data)
	}
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", form.kind)
	h.Set("Content-Disposition", `attachment; filename="`+paperFileName(&x, form.name)+`"`)
	h.Set("Cache-Control", "private, no-store")
	w.WriteHeader(http.StatusOK)
	w.Write(b.Bytes())
	return nil
}

// paperMade keeps the files of a finished paper.
func (s *Site) paperMade(r *http.Request, c *desk.Case, x *desk.Paper, now *paperDraft) (out []desk.FileRef, err error) {
	for _, form := range paperFormsAll {
		data, err := paperBytes(form.name, now.Paper, x, now)
		if err != nil {
			return nil, err
		}
		kind, _, _ := strings.Cut(form.kind, ";")
		ref, err := s.desk.KeepFile(r.Context(), who(r), c.ID, paperFileName(x, form.name), kind, bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		out = append(out, ref)
	}
	return out, nil
}
