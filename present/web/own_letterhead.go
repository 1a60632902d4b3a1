package web

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"

	"stayput/desk"
	"stayput/fault"
	"stayput/format/document"
	"stayput/format/pdf"
	"stayput/locale"
	"stayput/present/letter"
)

// logoData is the picture of the letterhead; nil when there is none.
func (s *Site) logoData(r *http.Request, h *desk.Letterhead) ([]byte, error) {
	if h.Logo == nil {
		return nil, nil
	}
	var b bytes.Buffer
	err := s.desk.LetterheadLogo(r.Context(), who(r), func(desk.FileRef) error { return nil }, &b)
	return b.Bytes(), err
}

// letterhead is the space's letterhead as a paper in a language bears it, or nil.
func (s *Site) letterhead(r *http.Request, h *desk.Letterhead, cat *locale.Catalog) (*document.Letterhead, error) {
	if !h.Any() {
		return nil, nil
	}
	out := &document.Letterhead{Lines: h.Lines}
	data, err := s.logoData(r, h)
	if err == nil && data != nil {
		out.Logo = &document.Image{Data: data, Alt: cat.T("webown.logo_alt", "name", h.Lines[0])}
	}
	return out, err
}

// headOf says whether a paper bears the letterhead, and which. An office's letters do,
// unless a parent or a child writes, or somebody said otherwise for this paper.
func (s *Site) headOf(r *http.Request, x *desk.Paper, now *paperDraft) (*document.Letterhead, error) {
	if !now.Paper.Form.Framed() {
		return nil, nil
	}
	h, err := s.desk.Letterhead(r.Context(), who(r))
	if err != nil || !h.Any() {
		return nil, err
	}
	now.MayHead = true
	if x.Head == "no" || x.Head == "" && !(h.Office && letter.Headed(now.Facts.Sender)) {
		return nil, nil
	}
	return s.letterhead(r, &h, now.Words)
}

// headPage puts the letterhead on the page of settings.
func (s *Site) headPage(r *http.Request, p *ownPapersPage) error {
	h, err := s.desk.Letterhead(r.Context(), who(r))
	if err != nil {
		return err
	}
	p.HeadVersion = h.Version
	l := &p.HeadLines
	l.Name, l.Kind, l.Rows = "lines", "textarea", desk.MostHeadLines
	l.Label, l.Hint = p.T("webown.lines"), p.T("webown.lines_hint", "limit", desk.MostHeadLines)
	if l.Value == "" && l.Error == "" && p.HeadError == "" {
		l.Value = strings.Join(h.Lines, "\n")
	}
	p.HeadErrs = []Field{*l, {Name: "logo", Error: p.HeadError}}
	if h.Any() {
		p.HeadName, p.HeadRest = h.Lines[0], h.Lines[1:]
	}
	p.HeadUse = p.T("webown.use_family")
	if h.Office {
		p.HeadUse = p.T("webown.use_office")
	}
	data, err := s.logoData(r, &h)
	if err != nil || data == nil {
		return err
	}
	p.HeadNone = Field{Name: "nologo", Kind: "tick", Label: p.T("webown.no_logo")}
	m := document.Image{Data: data}
	if z, err := m.Size(); err == nil {
		wide, high := m.Across(z, 200, 80) // as large beside its lines as on paper
		p.Logo = &ownLogo{"/settings/letterhead/logo?v=" + strconv.FormatInt(h.Version, 10), p.T("webown.logo_alt", "name", h.Lines[0]), max(int(wide), 1), max(int(high), 1)}
	}
	return nil
}

// letterheadSave keeps the letterhead.
func (s *Site) letterheadSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.uploads(w, r)
	if err != nil {
		return err
	}
	defer f.Close()
	_, logo, err := f.oneFile(desk.MostLogo)
	if err != nil {
		return err
	}
	text, _ := f.Words("lines", 2000)
	version, _ := strconv.ParseInt(f.Text("version", 20), 10, 64)
	err = s.desk.SaveLetterhead(r.Context(), who(r), desk.HeadChange{Lines: strings.Split(text, "\n"), Logo: logo, NoLogo: f.Ticked("nologo"), Version: version})
	if err == nil {
		s.done(r, "webown.head_kept")
		return s.seeOther(w, r, ownPath+"#head")
	}
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	again := ownPapersPage{HeadLines: Field{Value: text}}
	said := strings.Join(s.frame(r, "webown.title", "settings").speak().says(err), " ")
	if key := fault.All(err)[0].Key; strings.HasPrefix(key, "document.") || key == "desk.file_too_big" {
		again.HeadError = said
	} else {
		again.HeadLines.Error = said
	}
	p, err := s.ownPage(r, again)
	if err != nil {
		return err
	}
	status := http.StatusUnprocessableEntity
	if kind == fault.Conflict {
		status = http.StatusConflict
	}
	return s.show(w, r, status, p)
}

// letterheadLogo shows the picture of the letterhead.
func (s *Site) letterheadLogo(w http.ResponseWriter, r *http.Request) error {
	return s.desk.LetterheadLogo(r.Context(), who(r), func(x desk.FileRef) error {
		if !shown[x.Type] {
			return refuse(http.StatusNotFound, "web.error.not_found")
		}
		h := w.Header()
		h.Set("Content-Type", x.Type)
		h.Set("Content-Length", strconv.FormatInt(x.Size, 10))
		h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
		h.Set("Cache-Control", "private, no-store")
		return nil
	}, w)
}

// letterheadSample gives the letterhead over a few words, as a letter bears it.
func (s *Site) letterheadSample(w http.ResponseWriter, r *http.Request) error {
	h, err := s.desk.Letterhead(r.Context(), who(r))
	if err != nil {
		return err
	}
	f := s.frame(r, "webown.sample", "settings")
	head, err := s.letterhead(r, &h, f.cat)
	if err != nil {
		return err
	}
	if head == nil {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	var b bytes.Buffer
	d := &document.Document{Title: f.T("webown.sample"), Language: f.Lang + "-US", Blocks: []document.Block{*head, document.Text(f.T("webown.sample_text"))}}
	if _, err := pdf.Write(&b, d); err != nil {
		return err
	}
	o := w.Header()
	o.Set("Content-Type", "application/pdf")
	o.Set("Content-Disposition", disposition("attachment", "letterhead.pdf"))
	o.Set("Cache-Control", "private, no-store")
	w.WriteHeader(http.StatusOK)
	w.Write(b.Bytes())
	return nil
}

// paperHead puts the letterhead on one paper, or leaves it off.
func (s *Site) paperHead(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	id := r.PathValue("paper")
	version, _ := strconv.ParseInt(f.Text("version", 20), 10, 64)
	if err := s.desk.HeadPaper(r.Context(), who(r), caseID(r), id, version, f.Text("head", 10)); err != nil {
		return err
	}
	return s.seeOther(w, r, "/cases/"+string(caseID(r))+"/papers/"+id)
}
