package web

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"stayput/fault"
	"stayput/paper"
)

// An ownPapersPage is what an office makes its own: papers, and the letterhead.
type ownPapersPage struct {
	Frame
	Version int64 // of the list of own papers
	Trouble []string
	File    string // the file that the trouble is in
	Pasted  Field
	Own     []ownRow
	Groups  []ownGroup
	Fields  []string // the facts that a text may name
	Lists   []ownList
	Whens   []string

	HeadVersion int64
	HeadErrs    []Field
	HeadLines   Field
	HeadError   string // what is wrong with the picture
	HeadNone    Field
	HeadName    string
	HeadRest    []string
	Logo        *ownLogo
	HeadUse     string
}

type (
	// An ownRow is one of the space's own papers.
	ownRow struct {
		ID, Title, Says, Over, File, Drop string
		Bad                               []string
	}
	// An ownGroup is built-in papers that belong together.
	ownGroup struct {
		Title string
		Items []ownBuilt
	}
	// An ownBuilt is a built-in paper as a file.
	ownBuilt struct{ ID, Title, Href string }
	// An ownList is a list of facts with the fields of its elements.
	ownList struct {
		Name   string
		Fields []string
	}
	// An ownLogo is the picture of the letterhead, and how large it is drawn.
	ownLogo struct {
		Href, Alt  string
		Wide, High int
	}
)

func (ownPapersPage) template() string { return "own_papers" }

var (
	_ = sample(func() page {
		return ownPapersPage{Version: 1, Trouble: []string{"t"}, File: "f.yaml", Pasted: Field{Name: "text", Label: "l", Kind: "textarea"}, Own: []ownRow{{"a", "t", "s", "o", "/f", "/d", []string{"b"}}},
			Groups: []ownGroup{{"g", []ownBuilt{{"a", "t", "/h"}}}}, Fields: []string{"today"}, Lists: []ownList{{"late", []string{"due"}}}, Whens: []string{"has.late"},
			HeadErrs: []Field{{Name: "logo", Error: "e"}}, HeadLines: Field{Name: "lines", Label: "l", Kind: "textarea", Error: "e"}, HeadError: "e", HeadNone: Field{Name: "nologo", Kind: "tick", Label: "l"},
			HeadName: "n", HeadRest: []string{"r"}, Logo: &ownLogo{"/l", "a", 10, 10}, HeadUse: "u"}
	})
	_ = sample(func() page {
		return ownPapersPage{Pasted: Field{Name: "text", Label: "l", Kind: "textarea"}, HeadLines: Field{Name: "lines", Label: "l", Kind: "textarea"}}
	})
)

const ownPath = "/settings/papers"

// paperSays tells everything that is wrong in a file, each with its line and column.
func (f speaker) paperSays(err error) (out []string) {
	for _, e := range fault.All(err) {
		text := f.Fault(e)
		if e.At.Line > 0 {
			text = f.T("webown.at", "line", e.At.Line, "column", e.At.Column, "text", text)
		}
		if len(out) == 50 {
			return append(out, f.T("webown.more_wrong"))
		}
		out = append(out, text)
	}
	return out
}

// ownPage draws the page. p brings what a form held that was refused.
func (s *Site) ownPage(r *http.Request, p ownPapersPage) (ownPapersPage, error) {
	p.Frame = s.frame(r, "webown.title", "settings")
	shelf, err := s.desk.OwnPapers(r.Context(), who(r))
	if err != nil {
		return p, err
	}
	p.Version = shelf.Version
	p.Pasted.Name, p.Pasted.Kind, p.Pasted.Rows = "text", "textarea", 8
	p.Pasted.Label, p.Pasted.Hint = p.T("webown.paste"), p.T("webown.paste_hint")
	for _, x := range shelf.Papers {
		row := ownRow{ID: x.ID, Title: x.Title[p.Lang], File: ownPath + "/own/" + url.PathEscape(x.ID), Drop: ownPath + "/own/" + url.PathEscape(x.ID) + "/drop",
			Says: p.T("webown.brought", "date", p.cat.Date(dayOf(x.At)), "size", p.Bytes(int64(x.Size)))}
		if paper.BuiltIn(x.ID) {
			row.Over = p.T("webown.in_place")
		}
		if x.Bad != nil {
			row.Bad = p.speak().paperSays(x.Bad)
		}
		p.Own = append(p.Own, row)
	}
	for _, g := range paper.Groups {
		x := ownGroup{Title: p.T("webpaper.group_" + string(g))}
		for _, id := range paper.IDs() {
			d, err := paper.Get(id)
			if err != nil {
				return p, err
			}
			if d.Group == g {
				x.Items = append(x.Items, ownBuilt{id, d.Title[p.Lang], ownPath + "/built-in/" + id})
			}
		}
		p.Groups = append(p.Groups, x)
	}
	p.grammar()
	return p, s.headPage(r, &p)
}

// grammar lists what a file may name.
func (p *ownPapersPage) grammar() {
	for f := range paper.Fields {
		p.Fields = append(p.Fields, "{"+f+"}")
	}
	slices.Sort(p.Fields)
	for l, fs := range paper.Lists {
		x := ownList{Name: l}
		for f := range fs {
			x.Fields = append(x.Fields, "{"+f+"}")
		}
		slices.Sort(x.Fields)
		p.Lists = append(p.Lists, x)
	}
	slices.SortFunc(p.Lists, func(a, b ownList) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	p.Whens = []string{"has.late", "known.plan.date", "side.family", "side.school", "in.us-ca", "not has.late"}
}

// ownPapers shows the papers and the letterhead of the space.
func (s *Site) ownPapers(w http.ResponseWriter, r *http.Request) error {
	p, err := s.ownPage(r, ownPapersPage{})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

// oneFile reads the first file of a form that is not empty, and at most one byte more than
// limit of it, so that who keeps it can say that it is too large.
func (f *Form) oneFile(limit int64) (name string, data []byte, err error) {
	for i := range f.Files {
		u := &f.Files[i]
		if u.Size == 0 {
			continue
		}
		in, err := u.Open()
		if err != nil {
			return "", nil, unavailable(err)
		}
		if data, err = io.ReadAll(io.LimitReader(in, limit+1)); err != nil {
			return "", nil, unavailable(err)
		}
		return u.Name, data, nil
	}
	return "", nil, nil
}

// ownPaperTake takes a paper in. Everything wrong in it is told at once, and nothing of it
// is kept.
func (s *Site) ownPaperTake(w http.ResponseWriter, r *http.Request) error {
	f, err := s.uploads(w, r)
	if err != nil {
		return err
	}
	defer f.Close()
	pasted := f.values.Get("text")
	name, data, err := f.oneFile(paper.MostBytes)
	if err != nil {
		return err
	}
	fr := s.frame(r, "webown.title", "settings")
	if name == "" {
		name, data = fr.T("webown.pasted"), []byte(pasted)
	}
	again := ownPapersPage{Pasted: Field{Value: pasted}}
	status := http.StatusUnprocessableEntity
	if len(bytes.TrimSpace(data)) == 0 {
		again.Trouble = []string{fr.T("webown.nothing")}
	} else {
		version, _ := strconv.ParseInt(f.Text("version", 20), 10, 64)
		x, err := s.desk.SaveOwnPaper(r.Context(), who(r), name, data, version)
		switch kind := fault.KindOf(err); {
		case err == nil:
			s.done(r, "webown.kept", "title", x.Title[fr.Lang])
			return s.seeOther(w, r, ownPath)
		case kind == fault.Conflict:
			status = http.StatusConflict
		case kind != fault.Invalid:
			return err
		}
		again.File, again.Trouble = name, fr.speak().paperSays(err)
	}
	p, err := s.ownPage(r, again)
	if err != nil {
		return err
	}
	return s.show(w, r, status, p)
}

// ownPaperFile gives a paper as a file: a built-in one, or one of the space's own as it was
// brought.
func (s *Site) ownPaperFile(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("document")
	var data []byte
	var err error
	switch r.PathValue("from") {
	case "built-in":
		if !paper.BuiltIn(id) {
			return refuse(http.StatusNotFound, "web.error.not_found")
		}
		data, err = paper.Source(id)
	case "own":
		data, err = s.desk.OwnPaperFile(r.Context(), who(r), id)
	default:
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/yaml; charset=utf-8")
	h.Set("Content-Disposition", disposition("attachment", id+".yaml"))
	h.Set("Cache-Control", "private, no-store")
	w.WriteHeader(http.StatusOK)
	w.Write(data)
	return nil
}

// ownPaperDrop takes one of the space's own papers away.
func (s *Site) ownPaperDrop(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.form(w, r); err != nil {
		return err
	}
	if err := s.desk.DropOwnPaper(r.Context(), who(r), r.PathValue("document")); err != nil {
		return err
	}
	s.done(r, "webown.dropped")
	return s.seeOther(w, r, ownPath)
}
