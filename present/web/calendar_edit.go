package web

import (
	"net/http"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/desk"
	"stayput/fault"
	"stayput/intake/calendar"
)

// A calendarEditPage changes a calendar.
type calendarEditPage struct {
	Frame
	ID       string
	Was      int64
	Base     string
	CaseQ    string
	Form     calForm
	Fields   []Field
	Pupils   Field
	Complete Field
	Rows     []Field
	Says     []string
	Cannot   string // why it cannot be changed here
	Shipped  bool
	Full     bool
}

func (calendarEditPage) template() string { return "calendar_edit" }

// Long reports that each row asks for its kind and grades too.
func (calendarEditPage) Long() bool { return true }

// AllFields are the fields that may have something wrong.
func (p calendarEditPage) AllFields() []Field {
	return append(append(p.Fields[:len(p.Fields):len(p.Fields)], p.Rows...), p.Complete)
}

var _ = sample(func() page {
	return calendarEditPage{ID: "x", Base: "/calendars/x", Form: calForm{Rows: []calRow{{Name: "x", Old: true, ErrFrom: "e", NameID: "a", FromID: "b", ToID: "c", KindField: []Option{{"v", "l", "", true}}, GradesOptions: []Option{{"v", "l", "", true}}}, {N: 1, NameID: "d", FromID: "e", ToID: "f"}}},
		Fields: []Field{{Name: "name", Label: "x"}}, Complete: Field{Name: "complete", Label: "x", Kind: "radio"}, Says: []string{"x"}, Shipped: true}
})

var _ = sample(func() page { return calendarEditPage{Cannot: "x", Base: "/calendars/x"} })

// calendarEdit shows a calendar as a form.
func (s *Site) calendarEdit(w http.ResponseWriter, r *http.Request) error {
	x, err := s.desk.Calendar(r.Context(), who(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	form := calForm{Case: r.URL.Query().Get("case"), Errors: map[string]string{}}
	if len(x.Years) == 1 {
		form.fill(x)
	}
	return s.showCalendarEdit(w, r, http.StatusOK, x, x.Version, form, nil)
}

// fill puts a calendar into the form.
func (c *calForm) fill(x desk.Calendar) {
	y := x.Years[0]
	c.Name, c.Complete = x.Name, "no"
	if y.Complete {
		c.Complete = "yes"
	}
	if c.Sort = "regular"; y.Extended {
		c.Sort = "extended"
	}
	c.First, c.Last = iso(y.First), iso(y.Last)
	if y.PupilDays > 0 {
		c.Pupils = strconv.Itoa(y.PupilDays)
	}
	for _, k := range y.Closures {
		row := calRow{N: len(c.Rows), Name: k.Name, From: k.First.String(), To: k.Last.String(), Kind: k.Kind.String(), Grades: strings.Join(k.Grades, ", "), Track: k.Track, Recorded: iso(k.Recorded), Old: true}
		if k.First == k.Last {
			row.To = ""
		}
		c.Rows = append(c.Rows, row)
	}
	c.more(2, mostRows)
}

func (s *Site) showCalendarEdit(w http.ResponseWriter, r *http.Request, status int, x desk.Calendar, was int64, form calForm, says []string) error {
	c, err := s.caseOf(r, form.Case)
	if err != nil {
		return err
	}
	p := calendarEditPage{Frame: s.calFrame(r, c, "webdates.edit"), ID: x.ID, Was: was, Base: calPath(x.ID), CaseQ: ofCase(form.Case), Says: says, Shipped: x.Shipped}
	p.Title = p.T("webdates.edit_name", "name", x.Name)
	switch {
	case len(x.Years) == 0:
		p.Cannot = p.T("webdates.cannot_broken")
	case len(x.Years) > 1:
		p.Cannot = p.T("webdates.cannot_several")
	case len(x.Years[0].Closures) > mostRows-2:
		p.Cannot = p.T("webdates.cannot_long")
	}
	if p.Cannot == "" {
		p.speak().dress(&form)
		p.Form, p.Full = form, len(form.Rows) >= mostRows
		p.Fields, p.Complete, p.Rows = p.speak().calFields(&form, nil, true), p.speak().completeField(&form), p.speak().rowFields(&form)
		p.Pupils = Field{Name: "pupils", Label: p.T("webdates.q_pupils"), Hint: p.T("webdates.q_pupils_hint"), Kind: "text", InputMode: "numeric", Value: form.Pupils, Max: 3}
	}
	return s.show(w, r, status, p)
}

// calendarChange shows what a changed calendar would move, and saves it once
// that was seen.
func (s *Site) calendarChange(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	x, err := s.desk.Calendar(r.Context(), who(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	was, _ := strconv.ParseInt(f.Text("was", 20), 10, 64)
	title := f.Text("title", 200)
	id := f.Text("case", 100)
	do := f.Text("do", 10)
	body := []byte(f.values.Get("body"))
	fr := s.frame(r, "webdates.edit", "calendars")
	if len(body) == 0 {
		if len(x.Years) != 1 {
			return refuse(http.StatusUnprocessableEntity, "webdates.cannot_several")
		}
		form := s.readCalForm(f)
		if do == "more" {
			form.more(fewRows, mostRows)
			return s.showCalendarEdit(w, r, http.StatusOK, x, was, form, nil)
		}
		y, err := s.changed(fr, x.Years[0], &form, s.calToday(nil))
		if err != nil {
			return err
		}
		if len(form.Errors) > 0 {
			return s.showCalendarEdit(w, r, http.StatusUnprocessableEntity, x, was, form, nil)
		}
		if body, err = desk.WriteCalendar(y); err != nil {
			return err
		}
		body = withWarnings(body, keptWarnings(x.Body))
		if _, _, err := calendar.Read(x.ID, body); err != nil {
			return s.showCalendarEdit(w, r, http.StatusUnprocessableEntity, x, was, form, fr.speak().faultSays(err, false))
		}
		title = form.Name
	}
	if _, _, err := calendar.Read(x.ID, body); err != nil {
		return err
	}
	if do == "save" && x.Version == was {
		saved, err := s.desk.SaveCalendar(r.Context(), who(r), x.ID, title, body, was)
		switch {
		case err == nil:
			s.done(r, "webdates.saved", "name", saved.Name)
			return s.seeOther(w, r, calPath(x.ID)+ofCase(id))
		case fault.KindOf(err) != fault.Conflict:
			return err
		}
		if x, err = s.desk.Calendar(r.Context(), who(r), r.PathValue("id")); err != nil {
			return err
		}
	}
	if string(x.Body) == string(body) && do == "save" { // the form was sent twice
		return s.seeOther(w, r, calPath(x.ID)+ofCase(id))
	}
	return s.showMoves(w, r, x, was, title, id, body)
}

// changed is the calendar as the form says it; what the form does not speak of
// stays.
func (s *Site) changed(f Frame, y day.SchoolYear, form *calForm, today day.Date) (day.SchoolYear, error) {
	first, last := f.speak().ends(form)
	if form.Name == "" {
		form.Errors["name"] = f.T("webdates.err_name")
	}
	y.Closures = f.speak().closures(form, first, last, today)
	y.First, y.Last = first, last
	y.Extended = form.extended()
	y.Complete = form.Complete == "yes" && first != 0 && last != 0
	y.PupilDays = 0
	if n, err := strconv.Atoi(form.Pupils); err == nil && n > 0 && n <= 366 {
		y.PupilDays = n
	}
	if last != 0 {
		y.CoversTo = min(y.CoversTo, last)
	}
	if first != 0 && goodLabel(y.Label) && labelOf(first) != y.Label {
		y.Label = labelOf(first)
	}
	inside := y.Minimum[:0:0]
	for _, d := range y.Minimum {
		if (first == 0 || d >= first) && (last == 0 || d <= last) {
			inside = append(inside, d)
		}
	}
	y.Minimum = inside
	return y, nil
}
