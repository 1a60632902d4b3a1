package web

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/present/handover"
)

// An importPage takes in case files.
type importPage struct {
	Frame
	Fields  []Field
	Trouble []string
}

func (importPage) template() string { return "import_show" }

// An importCheckPage shows what came in before anything is opened.
type importCheckPage struct {
	Frame
	Action  string
	Cases   []importCase
	Good    int
	Notices []string
	Spare   []string
	More    int // further spare files
}

func (importCheckPage) template() string { return "import_check" }

// An importCase is one case file that came in.
type importCase struct {
	N         int
	File      string
	Title     string
	Child     string
	Place     string
	Entries   int
	Span      string
	Sample    bool
	Private   []string
	Calendars []importNamed
	Files     []importNamed
	Missing   int
	Problems  []importProblem
	Many      bool // fifty problems were found, and there may be more
}

// An importNamed is something that a case names, and whether it is there.
type importNamed struct {
	Name, Says string
	OK         bool
}

// An importProblem is why a file cannot be read.
type importProblem struct{ At, Says, Line string }

var _ = sample(func() page {
	return importPage{Fields: []Field{{Name: "file", Label: "x", Kind: "file", Error: "y"}}, Trouble: []string{"z"}}
})

var _ = sample(func() page {
	n := []importNamed{{"a", "b", true}, {"c", "d", false}}
	return importCheckPage{Action: "/x", Good: 1, Notices: []string{"n"}, Spare: []string{"s"}, More: 2, Cases: []importCase{
		{N: 0, File: "f", Title: "t", Child: "c", Place: "p", Entries: 3, Span: "s", Sample: true, Private: []string{"w"}, Calendars: n, Files: n, Missing: 1},
		{N: 1, File: "g", Problems: []importProblem{{"a", "b", "c"}}, Many: true}}}
})

// importShow asks for case files.
func (s *Site) importShow(w http.ResponseWriter, r *http.Request) error {
	return s.showImportForm(w, r, http.StatusOK, "", nil)
}

func (s *Site) showImportForm(w http.ResponseWriter, r *http.Request, status int, text string, trouble []string) error {
	p := importPage{Frame: s.frame(r, "webmore.import_title", "cases"), Trouble: trouble}
	p.Fields = []Field{
		{Name: "file", Label: p.T("webmore.import_files"), Hint: p.T("webmore.import_files_hint"), Kind: "file"},
		{Name: "text", Label: p.T("webmore.import_text"), Hint: p.T("webmore.import_text_hint"), Kind: "textarea", Rows: 6, Value: text},
	}
	if len(trouble) > 0 {
		p.Fields[0].Error = trouble[0]
	}
	return s.show(w, r, status, p)
}

// says are the sentences of what went wrong.
func (f speaker) says(err error) []string {
	var out []string
	for _, e := range fault.All(err) {
		out = append(out, f.Fault(e))
	}
	return out
}

// importTake takes the files in and leads to what was found in them.
func (s *Site) importTake(w http.ResponseWriter, r *http.Request) error {
	f, err := s.uploads(w, r)
	if err != nil {
		return err
	}
	defer f.Close()
	text, _ := f.Words("text", 0)
	frame := s.frame(r, "webmore.import_title", "cases")
	parcel, err := handover.NewParcel()
	if err != nil {
		return err
	}
	var titles []string
	for i := range f.Files {
		u := &f.Files[i]
		if err := parcel.Add(u.Name, u.file, u.Size); err != nil {
			parcel.Close()
			if fault.KindOf(err) != fault.Invalid {
				return err
			}
			return s.showImportForm(w, r, http.StatusUnprocessableEntity, text, frame.speak().says(err))
		}
		titles = append(titles, desk.FileName(u.Name))
	}
	if text != "" {
		if err := parcel.Add(pastedName(text), strings.NewReader(text+"\n"), int64(len(text))+1); err != nil {
			parcel.Close()
			return err
		}
		titles = append(titles, frame.T("webmore.import_pasted"))
	}
	all, err := s.desk.Calendars(r.Context(), who(r))
	if err != nil {
		parcel.Close()
		return err
	}
	parcel.Look(all)
	if len(parcel.Cases) == 0 {
		parcel.Close()
		key := "webmore.import_no_case"
		if len(titles) == 0 {
			key = "webmore.import_nothing"
		}
		return s.showImportForm(w, r, http.StatusUnprocessableEntity, text, []string{frame.T(key)})
	}
	name := s.keepParcel(&waiting{person: who(r).Person.ID, title: strings.Join(titles, ", "), parcel: parcel})
	return s.seeOther(w, r, "/import/"+name)
}

// pastedName is what a text that was pasted is called.
func pastedName(text string) string {
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		return "case.json"
	}
	return "case.yaml"
}

// errParcelGone is what a step meets whose files no longer wait.
func errParcelGone() error { return refuse(http.StatusNotFound, "webmore.import_gone") }

// importCheck shows what came in.
func (s *Site) importCheck(w http.ResponseWriter, r *http.Request) error {
	x := s.takeParcel(r.PathValue("parcel"), who(r))
	if x == nil || x.log != nil {
		return errParcelGone()
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.done != "" {
		return s.seeOther(w, r, x.done)
	}
	if x.parcel == nil {
		return errParcelGone()
	}
	return s.show(w, r, http.StatusOK, s.importChecked(r, x))
}

func (s *Site) importChecked(r *http.Request, x *waiting) importCheckPage {
	p := importCheckPage{Frame: s.frame(r, "webmore.import_check", "cases"), Action: "/import/" + r.PathValue("parcel")}
	for i, c := range x.parcel.Cases {
		p.Cases = append(p.Cases, p.speak().importCase(i, c))
		if c.File != nil {
			p.Good++
		}
	}
	p.Notices = p.speak().says(x.parcel.Notices.Or())
	p.Spare = x.parcel.Spare[:min(len(x.parcel.Spare), 20)]
	p.More = len(x.parcel.Spare) - len(p.Spare)
	return p
}

// importCase puts a case file that came in into words.
func (f speaker) importCase(n int, c *handover.Case) importCase {
	out := importCase{N: n, File: c.Part.Path}
	for _, x := range c.Problems {
		at := ""
		if x.At.Line > 0 {
			at = f.cat.T("webmore.import_at", "line", strconv.Itoa(x.At.Line), "column", strconv.Itoa(max(x.At.Column, 1)))
		}
		out.Problems = append(out.Problems, importProblem{at, f.Fault(x.Error), x.Line})
	}
	out.Many = len(out.Problems) >= 50
	if c.File == nil {
		return out
	}
	k := &c.File.Case
	out.Title, out.Child, out.Entries, out.Sample = k.Title, k.Child.Name, len(c.File.Entries), k.Sample
	if n := len(k.Jurisdiction); n > 0 {
		out.Place = f.lawPlace(k.Jurisdiction[n-1].Is)
	}
	switch {
	case c.First != 0 && c.Last > c.First:
		out.Span = f.cat.T("webmore.import_span", "from", f.cat.Date(c.First), "to", f.cat.Date(c.Last))
	case c.First != 0:
		out.Span = f.cat.Date(c.First)
	}
	for _, w := range handover.Walls {
		if c.Walls[w] > 0 {
			out.Private = append(out.Private, f.cat.N("webmore.import_private", c.Walls[w], "wall", f.wallName(w)))
		}
	}
	for _, x := range c.Calendars {
		out.Calendars = append(out.Calendars, importNamed{x.Name, f.cat.T("webmore.import_calendar_"+x.State, "as", x.As), x.State != handover.Missing && x.State != handover.Unread})
	}
	for _, x := range c.Files {
		one := importNamed{Name: x.Name, Says: f.cat.T("webmore.import_file_missing")}
		if x.Part != nil {
			one.OK, one.Says = true, f.Bytes(x.Part.Size)
		} else {
			out.Missing++
		}
		out.Files = append(out.Files, one)
	}
	return out
}

// wallName is what a private wall is called.
func (f speaker) wallName(w fact.Wall) string { return f.cat.T("webmore.wall_" + string(w)) }

// A sheetRow is one line of the report that is kept with an import. It holds keys
// and values, so that it is read in the language of the page.
type importRow struct {
	N     int          `json:"n,omitempty"` // of the row in a sheet
	Title string       `json:"title"`
	State string       `json:"state"` // opened, blocked, skipped or unread
	Says  []importSaid `json:"says,omitempty"`
}

type importSaid struct {
	Key  string            `json:"key"`
	Args map[string]string `json:"args,omitempty"`
}

// An importReport is kept with an import.
type importReport struct {
	File string      `json:"file"`
	Rows []importRow `json:"rows"`
}

func said(l fault.List) []importSaid {
	var out []importSaid
	for _, e := range l {
		out = append(out, importSaid{e.Key, e.Args})
	}
	return out
}

// importOpen opens the chosen cases.
func (s *Site) importOpen(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	x := s.takeParcel(r.PathValue("parcel"), who(r))
	if x == nil || x.log != nil {
		return errParcelGone()
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.done != "" {
		return s.seeOther(w, r, x.done)
	}
	if x.parcel == nil {
		return errParcelGone()
	}
	report := importReport{File: x.title}
	var chosen []*handover.Case
	for i, c := range x.parcel.Cases {
		row := importRow{Title: c.Part.Path, State: "skipped"}
		switch {
		case c.File == nil:
			row.State = "unread"
			for _, y := range c.Problems[:min(len(c.Problems), 5)] {
				row.Says = append(row.Says, importSaid{y.Key, y.Args})
			}
		case slices.Contains(f.All("case"), strconv.Itoa(i)):
			row.State = "opened"
			chosen = append(chosen, c)
		}
		report.Rows = append(report.Rows, row)
	}
	switch len(chosen) {
	case 0:
		return refuse(http.StatusUnprocessableEntity, "webmore.import_none_chosen")
	case 1:
		id, err := x.parcel.OpenOne(r.Context(), s.desk, who(r), chosen[0])
		if err != nil {
			return err
		}
		x.done = "/cases/" + string(id)
		s.done(r, "webmore.import_opened")
	default:
		data, err := json.Marshal(report)
		if err != nil {
			return err
		}
		if err := x.parcel.OpenAll(r.Context(), s.desk, who(r), x.batch, x.title, data, chosen); err != nil {
			return err
		}
		x.done = "/imports/" + x.batch
		s.done(r, "webmore.import_opened_many")
	}
	x.drop()
	return s.seeOther(w, r, x.done)
}
