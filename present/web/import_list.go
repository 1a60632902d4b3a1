package web

import (
	"encoding/json"
	"net/http"
	"strconv"

	"stayput/desk"
	"stayput/fault"
)

// An importListPage is every import of the space.
type importListPage struct {
	Frame
	Imports []importLine
}

func (importListPage) template() string { return "import_list" }

// An importLine is one import.
type importLine struct {
	Href, Title, At string
	Cases           int
	Undone          string // when it was taken back
}

// An importReportPage is what became of one import, and the way to undo it.
type importReportPage struct {
	Frame
	Line    importLine
	Rows    []importReportRow
	Confirm *Confirm
}

func (importReportPage) template() string { return "import_report" }

// An importReportRow is one row of a report.
type importReportRow struct {
	N, Title string
	Tag      Tag
	Says     []string
}

var _ = sample(func() page {
	return importListPage{Imports: []importLine{{"/x", "t", "a", 2, ""}, {"/y", "t", "a", 2, "u"}}}
})

var _ = sample(func() page { return importListPage{} })

var _ = sample(func() page {
	return importReportPage{Line: importLine{Title: "t", At: "a", Undone: "u"}, Rows: []importReportRow{{"1", "t", Tag{"done", "x"}, []string{"s"}}},
		Confirm: &Confirm{Question: "q", Text: "t", Action: "/x", Button: "b"}}
})

// importList lists the imports.
func (s *Site) importList(w http.ResponseWriter, r *http.Request) error {
	all, err := s.desk.Batches(r.Context(), who(r))
	if err != nil {
		return err
	}
	p := importListPage{Frame: s.frame(r, "webmore.imports", "cases")}
	for _, b := range all {
		l, _ := p.speak().importLine(b)
		p.Imports = append(p.Imports, l)
	}
	return s.show(w, r, http.StatusOK, p)
}

// importLine puts an import into words.
func (f speaker) importLine(b desk.Batch) (importLine, importReport) {
	var rep importReport
	json.Unmarshal(b.Report, &rep) // what cannot be read is shown without its rows
	l := importLine{Href: "/imports/" + b.ID, Title: b.Name, At: f.cat.Date(dayOf(b.At))}
	for _, x := range rep.Rows {
		if x.State == "opened" {
			l.Cases++
		}
	}
	if !b.Undone.IsZero() {
		l.Undone = f.cat.Date(dayOf(b.Undone))
	}
	return l, rep
}

// batch is the import that a path names.
func (s *Site) batch(r *http.Request) (desk.Batch, error) {
	all, err := s.desk.Batches(r.Context(), who(r))
	if err != nil {
		return desk.Batch{}, err
	}
	for _, b := range all {
		if b.ID == r.PathValue("batch") {
			return b, nil
		}
	}
	return desk.Batch{}, refuse(http.StatusNotFound, "web.error.not_found")
}

// importReport shows what became of an import.
func (s *Site) importReport(w http.ResponseWriter, r *http.Request) error {
	b, err := s.batch(r)
	if err != nil {
		return err
	}
	p := importReportPage{Frame: s.frame(r, "webmore.imports", "cases")}
	line, rep := p.speak().importLine(b)
	p.Line, p.Title = line, line.Title
	tones := map[string]string{"opened": "done", "blocked": "soon", "unread": "soon"}
	for _, x := range rep.Rows {
		row := importReportRow{Title: x.Title, Tag: Tag{tones[x.State], p.T("webmore.import_state_" + x.State)}}
		if x.N > 0 {
			row.N = strconv.Itoa(x.N)
		}
		for _, y := range x.Says {
			row.Says = append(row.Says, p.Fault(&fault.Error{Key: y.Key, Args: y.Args}))
		}
		p.Rows = append(p.Rows, row)
	}
	if b.Undone.IsZero() {
		p.Confirm = &Confirm{
			Question: p.T("webmore.import_undo"), Text: p.N("webmore.import_undo_text", line.Cases),
			Action: line.Href + "/undo", Button: p.T("webmore.import_undo_yes"), Back: "/imports",
		}
	}
	return s.show(w, r, http.StatusOK, p)
}

// importUndo puts the cases of an import away.
func (s *Site) importUndo(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.form(w, r); err != nil {
		return err
	}
	undone, kept, err := s.desk.UndoBatch(r.Context(), who(r), r.PathValue("batch"))
	if err != nil {
		return err
	}
	key := "webmore.import_undone"
	if kept > 0 {
		key = "webmore.import_undone_but"
	}
	s.done(r, key, "undone", strconv.Itoa(undone), "kept", strconv.Itoa(kept))
	return s.seeOther(w, r, "/imports")
}
