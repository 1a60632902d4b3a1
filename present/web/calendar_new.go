package web

import (
	"net/http"

	"stayput/day"
	"stayput/desk"
	"stayput/fault"
	"stayput/intake/calendar"
	say "stayput/present/brief"
)

// A calendarNewPage makes a calendar from a few answers.
type calendarNewPage struct {
	Frame
	Form     calForm
	Fields   []Field
	Complete Field
	Rows     []Field // those with something wrong
	Says     []string
	Waits    []string // what waits for it in the case
	Open     int      // how many dates wait
	CaseQ    string
	Full     bool // no more rows can be added
}

func (calendarNewPage) template() string { return "calendar_new" }

// Long reports that each row asks for its kind and grades too.
func (calendarNewPage) Long() bool { return false }

// AllFields are the fields that may have something wrong.
func (p calendarNewPage) AllFields() []Field {
	return append(append(p.Fields[:len(p.Fields):len(p.Fields)], p.Rows...), p.Complete)
}

var _ = sample(func() page {
	return calendarNewPage{Form: calForm{Rows: []calRow{{Name: "x", From: "2026-01-01", ErrFrom: "e", ErrTo: "e", NameID: "f-n0", FromID: "f-a0", ToID: "f-b0"}}}, Fields: []Field{{Name: "name", Label: "x", Error: "y"}, {Name: "first", Label: "z"}},
		Complete: Field{Name: "complete", Label: "x", Kind: "radio", Options: []Option{{"yes", "x", "", true}}}, Says: []string{"x"}, Waits: []string{"x"}, Open: 2}
})

// calendarNew asks for the least that makes a calendar.
func (s *Site) calendarNew(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	c, err := s.caseOf(r, q.Get("case"))
	if err != nil {
		return err
	}
	form := calForm{Form: desk.NewName(), Year: q.Get("year"), Sort: q.Get("sort"), Errors: map[string]string{}}
	if c != nil {
		form.Case = string(c.ID)
		if ds := c.File.Case.District; len(ds) > 0 {
			form.Name = ds[len(ds)-1].Is
		}
	}
	if !goodLabel(form.Year) {
		form.Year = labelOf(s.calToday(c))
		if f := s.frame(r, "webdates.new", "calendars"); c != nil {
			if y := say.Waits(c.Brief, f.speak().wording(c.Brief)); goodLabel(y) {
				form.Year = y
			}
		}
	}
	return s.showCalendarNew(w, r, http.StatusOK, c, form, nil)
}

func (s *Site) showCalendarNew(w http.ResponseWriter, r *http.Request, status int, c *desk.Case, form calForm, says []string) error {
	p := calendarNewPage{Frame: s.calFrame(r, c, "webdates.new"), Says: says, CaseQ: ofCase(form.Case)}
	if len(form.Rows) == 0 && form.extended() {
		form.more(1, fewRows)
	} else if len(form.Rows) == 0 {
		for _, k := range suggested {
			form.Rows = append(form.Rows, calRow{Name: p.cat.T(k)})
		}
		form.more(fewRows-len(form.Rows), fewRows)
	}
	p.speak().dress(&form)
	p.Form, p.Full = form, len(form.Rows) >= newRows
	p.Fields, p.Complete = p.speak().calFields(&form, yearsAround(s.calToday(c), form.Year), false), p.speak().completeField(&form)
	p.Rows = p.speak().rowFields(&form)
	if c != nil {
		p.Open, p.Waits = p.speak().waits(c)
	}
	return s.show(w, r, status, p)
}

// calendarMake saves a new calendar, or adds rows to the form.
func (s *Site) calendarMake(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	form := s.readCalForm(f)
	c, err := s.caseOf(r, form.Case)
	if err != nil {
		return err
	}
	if f.Text("do", 10) == "more" {
		form.more(fewRows, newRows)
		return s.showCalendarNew(w, r, http.StatusOK, c, form, nil)
	}
	fr := s.frame(r, "webdates.new", "calendars")
	first, last := fr.speak().ends(&form)
	if form.Name == "" {
		form.Errors["name"] = fr.T("webdates.err_name")
	}
	if !goodLabel(form.Year) {
		form.Errors["year"] = fr.T("webdates.err_year")
	}
	label := form.Year
	if first != 0 {
		label = labelOf(first)
	} else if last != 0 {
		label = labelOf(last)
	}
	y := day.SchoolYear{ID: form.Name + " " + label, District: form.Name, Label: label, First: first, Last: last, Closures: fr.speak().closures(&form, first, last, 0)}
	y.Complete = form.Complete == "yes" && first != 0 && last != 0
	title := form.Name + " " + label
	if y.Extended = form.extended(); y.Extended {
		title = fr.T("webdates.extended_name", "name", title)
		y.ID = title
		if first == 0 || last == 0 { // without its days it says nothing
			form.Errors[map[bool]string{true: "first", false: "last"}[first == 0]] = fr.T("webdates.err_extended_days")
		}
	}
	if len(form.Errors) > 0 {
		return s.showCalendarNew(w, r, formStatus(&form), c, form, nil)
	}
	body, err := desk.WriteCalendar(y)
	if err != nil {
		return err
	}
	if _, _, err := calendar.Read("calendar", body); err != nil {
		return s.showCalendarNew(w, r, http.StatusUnprocessableEntity, c, form, fr.speak().faultSays(err, false))
	}
	id := calID(form.Name, label, form.Form)
	x, err := s.desk.SaveCalendar(r.Context(), who(r), id, title, body, 0)
	if err != nil && fault.KindOf(err) == fault.Conflict {
		// The same form sent twice saves one calendar.
		if x, err = s.desk.Calendar(r.Context(), who(r), id); err == nil && string(x.Body) != string(body) {
			return s.seeOther(w, r, calPath(id)+"/edit"+ofCase(form.Case))
		}
	}
	if err != nil {
		return err
	}
	return s.savedCalendar(w, r, c, x)
}

// savedCalendar makes the case follow a calendar that was just saved, and shows
// it.
func (s *Site) savedCalendar(w http.ResponseWriter, r *http.Request, c *desk.Case, x desk.Calendar) error {
	if c == nil {
		s.done(r, "webdates.saved", "name", x.Name)
		return s.seeOther(w, r, calPath(x.ID))
	}
	gone, err := s.useCalendar(r, c.ID, "", x, 0)
	if err != nil {
		return err
	}
	s.usedNote(r, x, gone, "")
	return s.seeOther(w, r, calPath(x.ID)+ofCase(string(c.ID)))
}
