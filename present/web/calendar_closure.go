package web

import (
	"net/http"
	"slices"
	"strconv"

	"stayput/day"
	"stayput/desk"
	"stayput/intake/calendar"
)

// A calendarClosurePage writes down that school was closed on a day nobody
// expected.
type calendarClosurePage struct {
	Frame
	Base   string
	CaseQ  string
	Of     string
	Was    int64
	Name   string
	Fields []Field
	Cannot string
}

func (calendarClosurePage) template() string { return "calendar_closure" }

var _ = sample(func() page {
	return calendarClosurePage{Base: "/calendars/x", Name: "x", Fields: []Field{{Name: "from", Label: "x", Kind: "date", Error: "e"}}}
})

// calendarClosure asks which day school was closed.
func (s *Site) calendarClosure(w http.ResponseWriter, r *http.Request) error {
	x, err := s.desk.Calendar(r.Context(), who(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.showClosure(w, r, http.StatusOK, x, r.URL.Query().Get("case"), calForm{Rows: []calRow{{Kind: "emergency"}}, Errors: map[string]string{}})
}

func (s *Site) showClosure(w http.ResponseWriter, r *http.Request, status int, x desk.Calendar, id string, form calForm) error {
	c, err := s.caseOf(r, id)
	if err != nil {
		return err
	}
	p := calendarClosurePage{Frame: s.calFrame(r, c, "webdates.closure"), Base: calPath(x.ID), CaseQ: ofCase(id), Of: id, Was: x.Version, Name: x.Name}
	if len(x.Years) != 1 {
		p.Cannot = p.T("webdates.cannot_several")
	}
	row := form.Rows[0]
	kind := Field{Name: "k0", Label: p.T("webdates.closure_kind"), Kind: "radio", Required: true}
	for _, k := range []string{"emergency", "staff_day", "holiday", "other"} {
		kind.Options = append(kind.Options, Option{Value: k, Label: p.cat.T("webdates.closed_" + k), On: row.Kind == k})
	}
	grades := Field{Name: "g0", Label: p.T("webdates.closure_grades"), Kind: "select", Required: true}
	form.Rows = form.Rows[:1]
	p.speak().dress(&form)
	grades.Options = form.Rows[0].GradesOptions
	p.Fields = []Field{
		{Name: "a0", Label: p.T("webdates.closure_on"), Kind: "date", Value: row.From, Required: true, Error: form.Errors["a0"]},
		{Name: "b0", Label: p.T("webdates.closure_to"), Hint: p.T("webdates.closure_to_hint"), Kind: "date", Value: row.To, Error: form.Errors["b0"]},
		kind,
		{Name: "n0", Label: p.T("webdates.closure_name"), Hint: p.T("webdates.closure_name_hint"), Value: row.Name, Max: 200},
		grades,
	}
	return s.show(w, r, status, p)
}

// calendarClose shows what the closure moves.
func (s *Site) calendarClose(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	x, err := s.desk.Calendar(r.Context(), who(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	id := f.Text("case", 100)
	if len(x.Years) != 1 {
		return s.showClosure(w, r, http.StatusUnprocessableEntity, x, id, calForm{Rows: []calRow{{}}})
	}
	was, _ := strconv.ParseInt(f.Text("was", 20), 10, 64)
	form := calForm{Errors: map[string]string{}, Rows: []calRow{{Name: f.Text("n0", 200), From: f.Text("a0", 30), To: f.Text("b0", 30), Kind: f.Text("k0", 20), Grades: f.Text("g0", 100), Old: true, Recorded: s.calToday(nil).String()}}}
	fr := s.frame(r, "webdates.closure", "calendars")
	y := x.Years[0]
	more := fr.speak().closures(&form, y.First, y.Last, 0)
	if len(form.Errors) > 0 {
		return s.showClosure(w, r, http.StatusUnprocessableEntity, x, id, form)
	}
	y.Closures = append(y.Closures[:len(y.Closures):len(y.Closures)], more...)
	slices.SortStableFunc(y.Closures, func(a, b day.Closure) int { return int(a.First) - int(b.First) })
	body, err := desk.WriteCalendar(y)
	if err != nil {
		return err
	}
	body = withWarnings(body, keptWarnings(x.Body))
	if _, _, err := calendar.Read(x.ID, body); err != nil {
		form.Errors["a0"] = fr.speak().faultSays(err, false)[0]
		return s.showClosure(w, r, http.StatusUnprocessableEntity, x, id, form)
	}
	return s.showMoves(w, r, x, was, x.Name, id, body)
}
