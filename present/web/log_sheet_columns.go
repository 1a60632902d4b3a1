package web

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"stayput/desk"
	"stayput/fault"
	"stayput/intake/caseload"
	"stayput/intake/servicelog"
)

// A logColumnsPage asks what each column of a log is.
type logColumnsPage struct {
	Frame
	Action   string
	Again    string
	File     string
	Known    bool // the columns were remembered from an earlier file
	Sheets   *Field
	Columns  []sheetColumn
	Refused  []string
	Problems []string
	Order    Field
	Child    Field
}

func (logColumnsPage) template() string { return "log_columns" }

var _ = sample(func() page {
	return logColumnsPage{Action: "/x", Again: "/y", File: "f", Known: true, Sheets: &Field{Name: "sheet", Label: "s", Kind: "select"}, Refused: []string{"r"}, Problems: []string{"p"},
		Columns: []sheetColumn{{"A", "h", []string{"v"}, Field{Name: "target0", Label: "t", Kind: "select"}, nil}},
		Order:   Field{Name: "order", Label: "o", Kind: "select"}, Child: Field{Name: "child", Label: "c"}}
})

// dateOrders are the ways to read 3/9.
var dateOrders = []caseload.Order{caseload.ByColumn, caseload.MonthFirst, caseload.DayFirst}

// logColumns asks what each column is.
func (s *Site) logColumns(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	x, err := s.logOf(r)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	switch {
	case x.done != "":
		return s.seeOther(w, r, x.done)
	case x.log.seis != "":
		return s.seeOther(w, r, logPath(c.ID, r.PathValue("parcel"))+"/plan")
	case x.log.text != "":
		return s.seeOther(w, r, logPath(c.ID, r.PathValue("parcel"))+"/rows")
	}
	if name := r.URL.Query().Get("sheet"); name != "" && name != x.log.sheet {
		was := x.log.sheet
		x.log.sheet = name
		other, err := x.openLog()
		if err != nil {
			x.log.sheet = was
			return err
		}
		if err := s.takeLogColumns(r, x.log, other); err != nil {
			return err
		}
	}
	file, err := x.openLog()
	if err != nil {
		return err
	}
	return s.showLogColumns(w, r, http.StatusOK, c, x, file, nil, "")
}

func (s *Site) showLogColumns(w http.ResponseWriter, r *http.Request, status int, c *desk.Case, x *waiting, file *servicelog.File, bad fault.List, badChild string) error {
	l := x.log
	p := logColumnsPage{Frame: s.caseFrame(r, c, "weblog.columns_title", "carry"), Action: logPath(c.ID, r.PathValue("parcel")), Again: logPath(c.ID, ""), File: x.title, Known: l.known}
	p.Problems = p.speak().says(bad.Or())
	if len(file.Sheets) > 1 {
		f := Field{Name: "sheet", Label: p.T("webmore.sheet_which"), Kind: "select", Required: true}
		for _, n := range file.Sheets {
			f.Options = append(f.Options, Option{Value: n, Label: n, On: n == file.Sheet})
		}
		p.Sheets = &f
	}
	var order caseload.Order
	for _, col := range file.Columns {
		if col.Refused {
			p.Refused = append(p.Refused, p.T("weblog.column_refused", "column", col.Letter, "header", col.Header))
			continue
		}
		n := strconv.Itoa(col.Index)
		a := servicelog.Assignment{Target: servicelog.Ignore}
		if i := slices.IndexFunc(l.mapping.Columns, func(a servicelog.Assignment) bool { return a.Column == col.Index }); i >= 0 {
			a = l.mapping.Columns[i]
		}
		if a.Target == servicelog.Date {
			order = a.Order
		}
		out := sheetColumn{Letter: col.Letter, Header: col.Header}
		for _, line := range file.Preview {
			if col.Index < len(line) && line[col.Index] != "" && len(out.Values) < 3 && !slices.Contains(out.Values, line[col.Index]) {
				out.Values = append(out.Values, cutText(line[col.Index], 60))
			}
		}
		if col.Header == "" && len(out.Values) == 0 {
			continue
		}
		out.Target = Field{Name: "target" + n, Label: p.T("webmore.sheet_is", "column", col.Letter, "header", col.Header), Kind: "select", Required: true}
		for _, t := range servicelog.Targets() {
			out.Target.Options = append(out.Target.Options, Option{Value: string(t), Label: p.T("servicelog.target." + string(t)), On: t == a.Target})
		}
		p.Columns = append(p.Columns, out)
	}
	p.Order = Field{Name: "order", Label: p.T("weblog.order"), Hint: p.T("weblog.order_hint"), Kind: "select", Required: true}
	for _, o := range dateOrders {
		p.Order.Options = append(p.Order.Options, Option{Value: orderName(o), Label: p.T("weblog.order_" + orderName(o)), On: o == order}) // a browser sends no required field whose value is empty
	}
	p.Child = Field{Name: "child", Label: p.T("weblog.child"), Hint: p.T("weblog.child_hint"), Value: l.child, Max: 200, Autocomplete: "off", Error: badChild}
	return s.show(w, r, status, p)
}

// orderName is the order of a date as keys name it.
func orderName(o caseload.Order) string {
	if o == caseload.ByColumn {
		return "column"
	}
	return string(o)
}

// logColumnsSave keeps what each column is and leads to the rows.
func (s *Site) logColumnsSave(w http.ResponseWriter, r *http.Request) error {
	f, c, err := s.caseForm(w, r)
	if err != nil {
		return err
	}
	x, err := s.logOf(r)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	path := logPath(c.ID, r.PathValue("parcel"))
	switch {
	case x.done != "":
		return s.seeOther(w, r, x.done)
	case x.log.seis != "" || x.log.text != "":
		return s.seeOther(w, r, path)
	}
	file, err := x.openLog()
	if err != nil {
		return err
	}
	order := caseload.Order(f.Text("order", 20))
	if !slices.Contains(dateOrders, order) {
		order = caseload.ByColumn
	}
	m := servicelog.Mapping{Fingerprint: file.Fingerprint}
	for _, col := range file.Columns {
		a := servicelog.Assignment{Column: col.Index, Header: col.Header, Target: servicelog.Target(f.Text("target"+strconv.Itoa(col.Index), 40))}
		if a.Target == "" {
			a.Target = servicelog.Ignore
		}
		if a.Target == servicelog.Date {
			a.Order = order
		}
		m.Columns = append(m.Columns, a)
	}
	l := x.log
	l.child = f.Text("child", 200)
	l.mapping = m
	bad := file.Check(m)
	badChild := ""
	if hasTarget(m, servicelog.Child) && l.child == "" {
		badChild = s.wordsOf(r).T("weblog.bad_child")
	}
	if l.chosen = len(bad) == 0 && badChild == ""; !l.chosen {
		return s.showLogColumns(w, r, http.StatusUnprocessableEntity, c, x, file, bad, badChild)
	}
	data, err := json.Marshal(m)
	if err == nil {
		err = s.desk.SaveLogColumns(r.Context(), who(r), c.ID, m.Fingerprint, data)
	}
	if err != nil && fault.KindOf(err) != fault.Conflict { // that somebody else saved theirs is no trouble
		return err
	}
	return s.seeOther(w, r, path+"/rows")
}
