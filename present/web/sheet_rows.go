package web

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stayput/desk"
	"stayput/fault"
	"stayput/intake/casefile"
	"stayput/intake/caseload"
)

// sheetMost is how many rows of each sort a page shows.
const sheetMost = 300

// A sheetRowsPage says what becomes of each row.
type sheetRowsPage struct {
	Frame
	Action    string
	Back      string
	File      string
	Ready     int
	Warned    int
	Blocked   int
	Skipped   int
	Problems  []string
	Notices   []string
	Questions []Field
	Stuck     []sheetRow // to be settled in the sheet, or skipped
	Rows      []sheetRow
	More      int
	Same      []string
	Ignored   []string
}

func (sheetRowsPage) template() string { return "sheet_rows" }

// A sheetRow is one row of a sheet with what becomes of it.
type sheetRow struct {
	N         int
	Title     string
	Tag       Tag
	Says      []string
	Entries   int
	Can, Left bool // it can be added; it is left out
}

var _ = sample(func() page {
	row := sheetRow{N: 2, Title: "t", Tag: Tag{"done", "x"}, Says: []string{"s"}, Entries: 2, Can: true}
	return sheetRowsPage{Action: "/x", Back: "/y", File: "f", Ready: 2, Warned: 1, Blocked: 1, Skipped: 1, Problems: []string{"p"}, Notices: []string{"n"},
		Questions: []Field{{Name: "order0", Label: "q", Kind: "radio", Options: []Option{{Value: "a", Label: "b"}}}},
		Stuck:     []sheetRow{{N: 3, Title: "t", Tag: Tag{"soon", "x"}, Says: []string{"s"}}}, Rows: []sheetRow{row}, More: 2, Same: []string{"s"}, Ignored: []string{"i"}}
})

// rememberColumns keeps the columns for the next sheet with the same header. It
// is a comfort: when it cannot be kept, the import goes on.
func (s *Site) rememberColumns(r *http.Request, m caseload.Mapping) {
	data, err := json.Marshal(m)
	if err != nil {
		return
	}
	row := desk.DraftRow{Key: columnsKey(m.Fingerprint), Body: data}
	if old, err := s.desk.Draft(r.Context(), who(r), row.Key); err == nil {
		row.Version = old.Version
	}
	if _, err := s.desk.SaveDraft(r.Context(), who(r), row); err != nil {
		s.log.Warn("columns were not remembered", "cause", err.Error())
	}
}

// sheetRows says what becomes of each row.
func (s *Site) sheetRows(w http.ResponseWriter, r *http.Request) error {
	x, err := s.sheetOf(r)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	switch {
	case x.done != "":
		return s.seeOther(w, r, x.done)
	case !x.sheet.chosen:
		return s.seeOther(w, r, "/import/sheet/"+r.PathValue("parcel"))
	}
	return s.showRows(w, r, http.StatusOK, x, nil)
}

func (s *Site) showRows(w http.ResponseWriter, r *http.Request, status int, x *waiting, left []string) error {
	rep := x.sheet.sheet.Rows(x.sheet.mapping, x.sheet.defaults)
	path := "/import/sheet/" + r.PathValue("parcel")
	p := sheetRowsPage{Frame: s.frame(r, "webmore.sheet_rows", "cases"), Action: path + "/rows", Back: path, File: x.title}
	p.Ready, p.Warned, p.Blocked, p.Skipped = rep.Counts()
	p.Problems, p.Notices = p.speak().says(rep.Problems.Or()), p.speak().says(rep.Notices.Or())
	for _, q := range rep.Questions {
		p.Questions = append(p.Questions, Field{
			Name: "order" + strconv.Itoa(q.Column), Label: p.T("webmore.sheet_order", "column", q.Letter, "header", q.Header, "text", q.Text),
			Hint: p.N("webmore.sheet_order_rows", len(q.Rows)), Kind: "radio", Required: true,
			Options: []Option{
				{Value: string(caseload.MonthFirst), Label: p.cat.DateFull(q.MonthFirst), On: q.Suggest == caseload.MonthFirst},
				{Value: string(caseload.DayFirst), Label: p.cat.DateFull(q.DayFirst), On: q.Suggest == caseload.DayFirst},
			},
		})
	}
	for i := range rep.Rows {
		row := p.speak().sheetRow(&rep.Rows[i])
		row.Left = slices.Contains(left, strconv.Itoa(row.N))
		to := &p.Rows
		if !row.Can {
			to = &p.Stuck
		}
		if len(*to) >= sheetMost {
			p.More++
			continue
		}
		*to = append(*to, row)
	}
	for _, same := range rep.Same {
		var n []string
		for _, k := range same {
			n = append(n, strconv.Itoa(k))
		}
		p.Same = append(p.Same, p.T("webmore.sheet_same", "rows", p.cat.List(n)))
	}
	for _, c := range rep.Ignored {
		p.Ignored = append(p.Ignored, c.Letter+" "+c.Header)
	}
	return s.show(w, r, status, p)
}

// sheetTitle is how the case of a row is called.
func sheetTitle(row *caseload.Row) string {
	t := row.Case.Title
	if t == "" {
		t = row.Case.Child.Name
	}
	if row.OutsideID != "" && !strings.Contains(t, row.OutsideID) {
		t = strings.TrimSpace(t + " (" + row.OutsideID + ")")
	}
	return t
}

// sheetRow puts what becomes of a row into words.
func (f speaker) sheetRow(row *caseload.Row) sheetRow {
	out := sheetRow{N: row.N, Title: sheetTitle(row), Entries: len(row.Entries), Can: row.Ready()}
	switch {
	case row.Skip != nil:
		out.Tag, out.Says = Tag{"", f.cat.T("webmore.sheet_skipped")}, []string{f.Fault(row.Skip)}
	case len(row.Problems) > 0:
		out.Tag, out.Says = Tag{"soon", f.cat.T("webmore.sheet_blocked")}, f.says(row.Problems)
	case len(row.Warnings) > 0:
		out.Tag, out.Says = Tag{"info", f.cat.T("webmore.sheet_warned")}, f.says(row.Warnings)
	default:
		out.Tag = Tag{"done", f.cat.T("webmore.sheet_ready")}
	}
	return out
}

// sheetRowsSave takes the answers about dates, or opens the cases.
func (s *Site) sheetRowsSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	x, err := s.sheetOf(r)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	path := "/import/sheet/" + r.PathValue("parcel")
	switch {
	case x.done != "":
		return s.seeOther(w, r, x.done)
	case !x.sheet.chosen:
		return s.seeOther(w, r, path)
	}
	if f.Has("answers") {
		for _, c := range x.sheet.sheet.Columns {
			if o := caseload.Order(f.Text("order"+strconv.Itoa(c.Index), 20)); o == caseload.MonthFirst || o == caseload.DayFirst {
				x.sheet.mapping = x.sheet.mapping.WithOrder(c.Index, o)
			}
		}
		s.rememberColumns(r, x.sheet.mapping)
		return s.seeOther(w, r, path+"/rows")
	}
	rep := x.sheet.sheet.Rows(x.sheet.mapping, x.sheet.defaults)
	out := importReport{File: x.title}
	var in []desk.NewCase
	for i := range rep.Rows {
		row := &rep.Rows[i]
		line := importRow{N: row.N, Title: sheetTitle(row), State: "opened", Says: said(row.Warnings)}
		switch {
		case row.Skip != nil:
			line.State, line.Says = "skipped", said(fault.List{row.Skip})
		case !row.Ready():
			line.State, line.Says = "blocked", said(row.Problems)
		case slices.Contains(f.All("leave"), strconv.Itoa(row.N)):
			line.State = "skipped"
		default:
			file := &casefile.File{Case: row.Case, Entries: row.Entries}
			file.Case.Title = sheetTitle(row)
			in = append(in, desk.NewCase{Name: desk.NewName(), File: file, Via: "sheet"})
		}
		out.Rows = append(out.Rows, line)
	}
	if len(in) == 0 {
		return refuse(http.StatusUnprocessableEntity, "webmore.import_none_chosen")
	}
	data, err := json.Marshal(out)
	if err != nil {
		return err
	}
	if err := s.desk.OpenCases(r.Context(), who(r), x.batch, x.title, data, in); err != nil {
		return err
	}
	x.done = "/imports/" + x.batch
	x.drop()
	s.done(r, "webmore.import_opened_many")
	return s.seeOther(w, r, x.done)
}
