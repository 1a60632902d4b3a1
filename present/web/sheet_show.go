package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/intake/caseload"
	"stayput/people"
	"stayput/present/handover"
)

// A sheetPage asks for a spreadsheet of cases.
type sheetPage struct {
	Frame
	Fields []Field
}

func (sheetPage) template() string { return "sheet_show" }

// A sheetColumnsPage asks what each column is.
type sheetColumnsPage struct {
	Frame
	Action   string
	File     string
	Sheets   *Field // to read another sheet of the file
	Count    int
	Columns  []sheetColumn
	Refused  []string
	Notices  []string
	Problems []string
	Known    bool // the columns were remembered from an earlier sheet
}

func (sheetColumnsPage) template() string { return "sheet_columns" }

// A sheetColumn is one column with what it is taken for.
type sheetColumn struct {
	Letter, Header string
	Values         []string
	Target         Field
	Kind           *Field
}

var _ = sample(func() page { return sheetPage{Fields: []Field{{Name: "file", Label: "x", Kind: "file"}}} })

var _ = sample(func() page {
	return sheetColumnsPage{Action: "/x", File: "f", Sheets: &Field{Name: "sheet", Label: "s", Kind: "select"}, Count: 2, Refused: []string{"r"}, Notices: []string{"n"}, Problems: []string{"p"}, Known: true,
		Columns: []sheetColumn{{"A", "h", []string{"v"}, Field{Name: "target0", Label: "t", Kind: "select"}, &Field{Name: "kind0", Label: "k", Kind: "select"}}}}
})

// requestKinds are what a date of a request may be taken for.
var requestKinds = []string{"evaluation_requested", "reevaluation_requested", "iep_meeting_requested", "records_access_requested", "iee_requested"}

// sheetShow asks for a spreadsheet.
func (s *Site) sheetShow(w http.ResponseWriter, r *http.Request) error {
	side := fact.FamilySide
	if space, err := s.desk.Space(r.Context(), who(r)); err == nil && space.Kind == people.Agency {
		side = fact.SchoolSide
	}
	return s.showSheet(w, r, http.StatusOK, s.usualPlace(r), "", side, "")
}

func (s *Site) showSheet(w http.ResponseWriter, r *http.Request, status int, place, district string, side fact.Side, trouble string) error {
	p := sheetPage{Frame: s.frame(r, "webmore.sheet_title", "cases")}
	var places []Option
	for _, id := range lawBook().IDs() {
		places = append(places, Option{Value: id, Label: p.speak().lawPlace(id), On: id == place})
	}
	p.Fields = []Field{
		{Name: "file", Label: p.T("webmore.sheet_file"), Hint: p.T("webmore.sheet_file_hint"), Kind: "file", Required: true, Error: trouble},
		{Name: "place", Label: p.T("webmore.sheet_place"), Hint: p.T("webmore.sheet_place_hint"), Kind: "select", Options: places, Required: true},
		{Name: "district", Label: p.T("webmore.sheet_district"), Hint: p.T("webmore.sheet_district_hint"), Value: district, Max: 200},
		{Name: "side", Label: p.T("webmore.sheet_side"), Kind: "radio", Required: true, Options: []Option{
			{Value: string(fact.FamilySide), Label: p.T("webmore.sheet_side_family"), On: side != fact.SchoolSide},
			{Value: string(fact.SchoolSide), Label: p.T("webmore.sheet_side_school"), On: side == fact.SchoolSide},
		}},
	}
	return s.show(w, r, status, p)
}

// sheetTake takes a spreadsheet in and leads to its columns.
func (s *Site) sheetTake(w http.ResponseWriter, r *http.Request) error {
	f, err := s.uploads(w, r)
	if err != nil {
		return err
	}
	defer f.Close()
	frame := s.frame(r, "webmore.sheet_title", "cases")
	place, district, side := f.Text("place", 20), f.Text("district", 200), fact.Side(f.Text("side", 20))
	if side != fact.SchoolSide {
		side = fact.FamilySide
	}
	if !slices.Contains(lawBook().IDs(), place) {
		place = "us"
	}
	again := func(text string) error {
		return s.showSheet(w, r, http.StatusUnprocessableEntity, place, district, side, text)
	}
	if len(f.Files) == 0 {
		return again(frame.T("webmore.sheet_none"))
	}
	u := &f.Files[0]
	if len(f.Files) > 1 {
		return again(frame.T("webmore.sheet_one"))
	}
	sheet, err := caseload.Open(u.Name, u.file, u.Size)
	if fault.KindOf(err) == fault.Invalid && err != nil {
		return again(frame.speak().says(err)[0])
	}
	if err != nil {
		return err
	}
	x := &waiting{person: who(r).Person.ID, title: desk.FileName(u.Name), sheet: &sheetWaiting{
		sheet: sheet, defaults: caseload.Defaults{Jurisdiction: place, District: district, Side: side, Today: s.today()},
	}}
	if len(sheet.Sheets) > 1 {
		// Only to read another sheet of it: what is refused in a file with one
		// sheet is kept nowhere.
		if x.parcel, err = handover.NewParcel(); err != nil {
			return err
		}
		if err := x.parcel.Keep(u.Name, u.file, u.Size); err != nil {
			x.parcel.Close()
			return err
		}
	}
	s.takeColumns(r, x.sheet)
	return s.seeOther(w, r, "/import/sheet/"+s.keepParcel(x))
}

// columnsKey is under which the columns of a header are remembered.
func columnsKey(fingerprint string) string { return "columns:" + fingerprint }

// takeColumns takes the columns as they were confirmed for the same header
// before, else as they are guessed.
func (s *Site) takeColumns(r *http.Request, x *sheetWaiting) {
	x.mapping, x.chosen, x.known = x.sheet.Guess(), false, false
	row, err := s.desk.Draft(r.Context(), who(r), columnsKey(x.sheet.Fingerprint))
	if err != nil {
		return
	}
	if m, err := caseload.ReadMapping(row.Body); err == nil && len(x.sheet.Check(m)) == 0 {
		x.mapping, x.known = m, true
	}
}

// sheetOf is the spreadsheet that waits under the name of the path. The caller
// holds and lets go of its lock.
func (s *Site) sheetOf(r *http.Request) (*waiting, error) {
	x := s.takeParcel(r.PathValue("parcel"), who(r))
	if x == nil || x.sheet == nil {
		return nil, errParcelGone()
	}
	return x, nil
}

// sheetColumns asks what each column is.
func (s *Site) sheetColumns(w http.ResponseWriter, r *http.Request) error {
	x, err := s.sheetOf(r)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.done != "" {
		return s.seeOther(w, r, x.done)
	}
	if name := r.URL.Query().Get("sheet"); name != "" && name != x.sheet.sheet.Name && slices.Contains(x.sheet.sheet.Sheets, name) && x.parcel != nil {
		t := x.parcel.Parts[0]
		other, err := caseload.OpenSheet(t.Path, x.parcel.Open(t), t.Size, name)
		if err != nil {
			return err
		}
		x.sheet.sheet = other
		s.takeColumns(r, x.sheet)
	}
	return s.showColumns(w, r, http.StatusOK, x, nil)
}

func (s *Site) showColumns(w http.ResponseWriter, r *http.Request, status int, x *waiting, bad fault.List) error {
	sh := x.sheet.sheet
	p := sheetColumnsPage{Frame: s.frame(r, "webmore.sheet_columns", "cases"), Action: "/import/sheet/" + r.PathValue("parcel"),
		File: x.title, Count: sh.Len(), Known: x.sheet.known}
	p.Problems = p.speak().says(bad.Or())
	for _, e := range sh.Notices {
		if !strings.HasPrefix(e.Key, "caseload.refused_") { // said of the column itself
			p.Notices = append(p.Notices, p.Fault(e))
		}
	}
	if len(sh.Sheets) > 1 {
		f := Field{Name: "sheet", Label: p.T("webmore.sheet_which"), Kind: "select", Required: true}
		for _, n := range sh.Sheets {
			f.Options = append(f.Options, Option{Value: n, Label: n, On: n == sh.Name})
		}
		p.Sheets = &f
	}
	preview := sh.Preview(20)
	for _, c := range sh.Columns {
		if c.Refused != "" {
			p.Refused = append(p.Refused, p.T("caseload.refused_"+string(c.Refused), "column", c.Letter, "header", c.Header))
			continue
		}
		if c.Filled == 0 && c.Header == "" {
			continue
		}
		col := sheetColumn{Letter: c.Letter, Header: c.Header}
		for _, row := range preview {
			if c.Index < len(row) && row[c.Index] != "" && len(col.Values) < 3 && !slices.Contains(col.Values, row[c.Index]) {
				col.Values = append(col.Values, cutText(row[c.Index], 60))
			}
		}
		n := strconv.Itoa(c.Index)
		a := assigned(x.sheet.mapping, c.Index)
		col.Target = Field{Name: "target" + n, Label: p.T("webmore.sheet_is", "column", c.Letter, "header", c.Header), Kind: "select", Required: true}
		for _, t := range caseload.Targets() {
			col.Target.Options = append(col.Target.Options, Option{Value: string(t), Label: p.T("webmore.sheet_target_" + string(t)), On: a.Target == t})
		}
		if a.Target == caseload.RequestOn {
			k := Field{Name: "kind" + n, Label: p.T("webmore.sheet_kind"), Hint: p.T("webmore.sheet_kind_hint"), Kind: "select", Required: true,
				Options: []Option{{Label: p.T("webmore.sheet_kind_column"), On: a.Kind == ""}}}
			for _, word := range requestKinds {
				k.Options = append(k.Options, Option{Value: word, Label: first(p.cat.Kind(word)), On: a.Kind == word})
			}
			col.Kind = &k
		}
		p.Columns = append(p.Columns, col)
	}
	return s.show(w, r, status, p)
}

// assigned is what a column is taken for.
func assigned(m caseload.Mapping, column int) caseload.Assignment {
	for _, a := range m.Columns {
		if a.Column == column {
			return a
		}
	}
	return caseload.Assignment{Column: column, Target: caseload.Ignore}
}

// cutText is the beginning of a text.
func cutText(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// sheetColumnsSave keeps what each column is and leads to the rows.
func (s *Site) sheetColumnsSave(w http.ResponseWriter, r *http.Request) error {
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
	if x.done != "" {
		return s.seeOther(w, r, x.done)
	}
	sh := x.sheet.sheet
	m := caseload.Mapping{Fingerprint: sh.Fingerprint}
	waits := false // a request whose kind was not asked for yet
	for _, c := range sh.Columns {
		n := strconv.Itoa(c.Index)
		a := caseload.Assignment{Column: c.Index, Header: c.Header, Target: caseload.Target(f.Text("target"+n, 40)), Kind: f.Text("kind"+n, 60), Order: assigned(x.sheet.mapping, c.Index).Order}
		if a.Target == "" {
			a.Target = caseload.Ignore
		}
		if a.Target != caseload.RequestOn {
			a.Kind = ""
		} else if !f.Has("kind" + n) {
			waits = true
		}
		m.Columns = append(m.Columns, a)
	}
	bad := sh.Check(m)
	x.sheet.mapping, x.sheet.chosen = m, len(bad) == 0
	if len(bad) > 0 {
		return s.showColumns(w, r, http.StatusUnprocessableEntity, x, bad)
	}
	if waits && !slices.ContainsFunc(m.Columns, func(a caseload.Assignment) bool { return a.Target == caseload.RequestKind }) {
		x.sheet.chosen = false
		return s.seeOther(w, r, "/import/sheet/"+r.PathValue("parcel"))
	}
	s.rememberColumns(r, m)
	return s.seeOther(w, r, "/import/sheet/"+r.PathValue("parcel")+"/rows")
}

// sheetTemplate is an example to download.
func (s *Site) sheetTemplate(w http.ResponseWriter, r *http.Request) error {
	format, kind := caseload.CSV, "text/csv; charset=utf-8"
	if r.PathValue("name") == "stayput-cases.xlsx" {
		format, kind = caseload.XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	} else if r.PathValue("name") != "stayput-cases.csv" {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	data, err := caseload.Template(s.lang(r), format)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", disposition("attachment", r.PathValue("name")))
	w.Write(data)
	return nil
}
