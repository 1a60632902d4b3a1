package web

import (
	"bytes"
	"net/http"
	"slices"
	"strings"

	"stayput/desk"
	"stayput/paper"
	"stayput/present/letter"
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

// paperBytes makes a paper in one form.
func paperBytes(form string, d *paper.Paper, x *desk.Paper, now *paperDraft) ([]byte, error) {
	return letter.File(form, d, letter.WithHead(letter.Document(d, now.Words, x.Text), d, now.Head), now.Facts, paperFileName(x, "pdf"))
}

// paperTo is the role of who gets a paper, as the facts of the case have it.
func paperTo(now *paperDraft, _ *desk.Paper) string { return string(now.Facts.To) }

// paperFileName is what a file of a paper is called: no name of a child stands in it.
func paperFileName(x *desk.Paper, form string) string {
	at := x.At
	if !x.Done.IsZero() {
		at = x.Done
	}
	return x.Document + "-" + dayOf(at).String() + "." + form
}

// paperPages is how many pages a paper has, 0 when it cannot be made, and the signs in it
// that no built-in font holds.
func (s *Site) paperPages(x *desk.Paper, now *paperDraft) (int, []string) {
	n, lost, err := letter.Pages(now.Paper, letter.WithHead(letter.Document(now.Paper, now.Words, x.Text), now.Paper, now.Head))
	if err != nil {
		return 0, nil
	}
	return n, lost
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
