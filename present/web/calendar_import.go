package web

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/desk"
	"stayput/fault"
	"stayput/intake/calendar"
)

// importLimit is how large a calendar file may be; importedYears is how many
// school years are taken from one.
const (
	importLimit   = 5 << 20
	importedYears = 10
)

// A calendarImportPage takes in a calendar file, and shows what was read of it
// before anything is saved.
type calendarImportPage struct {
	Frame
	Form     string
	CaseQ    string
	Of       string
	Pasted   Field
	Trouble  []string // why it cannot be read
	File     string
	Read     bool // something was read: the preview
	Years    []calImport
	Warnings []string
	More     int
}

func (calendarImportPage) template() string { return "calendar_import" }

// A calImport is one school year of a file.
type calImport struct {
	calYear
	N     int
	Name  string
	Body  string
	On    bool
	Field Field
}

var _ = sample(func() page {
	return calendarImportPage{Form: "x", Of: "c", Pasted: Field{Name: "text", Label: "x", Kind: "textarea", Error: "e"}, Trouble: []string{"x"}}
})

var _ = sample(func() page {
	y := calImport{calYear: calYear{ID: "y0", Title: "x", Facts: [][2]string{{"a", "b"}}, Closures: []calClosure{{"a", "b", "c", "d", "e"}}}, Body: "b", On: true, Field: Field{Name: "name0", Label: "x"}}
	return calendarImportPage{Form: "x", Read: true, File: "x.ics", Years: []calImport{y}, Warnings: []string{"w"}, More: 3}
})

// calendarImport asks for a calendar file.
func (s *Site) calendarImport(w http.ResponseWriter, r *http.Request) error {
	return s.showCalendarImport(w, r, http.StatusOK, r.URL.Query().Get("case"), "", "", nil)
}

func (s *Site) showCalendarImport(w http.ResponseWriter, r *http.Request, status int, id, pasted, file string, trouble []string) error {
	c, err := s.caseOf(r, id)
	if err != nil {
		return err
	}
	p := calendarImportPage{Frame: s.calFrame(r, c, "webdates.import"), Form: desk.NewName(), Trouble: trouble, File: file}
	if c != nil {
		p.Of, p.CaseQ = string(c.ID), ofCase(string(c.ID))
	}
	p.Pasted = Field{Name: "text", Label: p.T("webdates.paste"), Hint: p.T("webdates.paste_hint"), Kind: "textarea", Value: pasted, Rows: 8}
	return s.show(w, r, status, p)
}

// calendarTake reads a file that was sent and shows what is in it, or saves what
// was shown.
func (s *Site) calendarTake(w http.ResponseWriter, r *http.Request) error {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		return s.calendarImportSave(w, r)
	}
	r.Body = http.MaxBytesReader(w, r.Body, importLimit+formLimit)
	f, err := s.uploads(w, r)
	if err != nil {
		return err
	}
	defer f.Close()
	id := f.Text("case", 100)
	pasted, _ := f.Words("text", fieldLimit)
	name, data := "calendar", []byte(pasted)
	for i := range f.Files {
		u := &f.Files[i]
		if u.Size == 0 {
			continue
		}
		if u.Size > importLimit {
			return refuse(http.StatusRequestEntityTooLarge, "webdates.too_large")
		}
		in, err := u.Open()
		if err != nil {
			return err
		}
		if data, err = io.ReadAll(in); err != nil {
			return err
		}
		name = u.Name
		break
	}
	fr := s.frame(r, "webdates.import", "calendars")
	if len(bytes.TrimSpace(data)) == 0 {
		return s.showCalendarImport(w, r, http.StatusUnprocessableEntity, id, pasted, "", []string{fr.T("webdates.nothing_sent")})
	}
	years, warnings, err := calendar.Read(name, data)
	if err != nil {
		return s.showCalendarImport(w, r, http.StatusUnprocessableEntity, id, pasted, name, fr.speak().faultSays(err, true))
	}
	c, err := s.caseOf(r, id)
	if err != nil {
		return err
	}
	p := calendarImportPage{Frame: s.calFrame(r, c, "webdates.import"), Form: desk.NewName(), File: name, Read: true}
	if c != nil {
		p.Of, p.CaseQ = string(c.ID), ofCase(string(c.ID))
	}
	today := s.calToday(c)
	for i, y := range years[max(0, len(years)-importedYears):] {
		body := data
		if icsBody(data) || len(data) > fieldLimit/2 {
			if body, err = desk.WriteCalendar(y); err != nil {
				return err
			}
			body = withWarnings(body, warnings)
		}
		if len(body) > fieldLimit {
			return refuse(http.StatusRequestEntityTooLarge, "webdates.too_large")
		}
		at := strconv.Itoa(i)
		x := calImport{calYear: p.speak().drawYear(y, "y"+at), N: i, Body: string(body)}
		x.Name = strings.TrimSpace(y.District + " " + yearLabel(y))
		if y.District == "" {
			x.Name = y.ID
		}
		_, to := reach(y)
		x.On = len(years) == 1 || to >= today.AddMonths(-12)
		x.Field = Field{Name: "name" + at, Label: p.T("webdates.q_name_calendar"), Value: x.Name, Max: 150, Required: true}
		p.Years = append(p.Years, x)
	}
	if !slices.ContainsFunc(p.Years, func(x calImport) bool { return x.On }) && len(p.Years) > 0 {
		p.Years[len(p.Years)-1].On = true
	}
	p.Warnings, p.More = p.speak().warnSays(warnings)
	return s.show(w, r, http.StatusOK, p)
}

// calendarImportSave keeps the school years that were shown and wanted.
func (s *Site) calendarImportSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	id := f.Text("case", 100)
	c, err := s.caseOf(r, id)
	if err != nil {
		return err
	}
	fr := s.frame(r, "webdates.import", "calendars")
	type one struct {
		id, name string
		body     []byte
	}
	var keep []one
	for i := range importedYears {
		at := strconv.Itoa(i)
		if !f.Ticked("keep" + at) {
			continue
		}
		body := []byte(f.values.Get("body" + at))
		ys, _, err := calendar.Read("calendar", body)
		if err != nil {
			return s.showCalendarImport(w, r, http.StatusUnprocessableEntity, id, string(body), "", fr.speak().faultSays(err, true))
		}
		name := f.Text("name"+at, 150)
		if name == "" {
			name = ys[0].ID
		}
		keep = append(keep, one{calID(name, at, f.Text("form", 40)), name, body})
	}
	if len(keep) == 0 {
		return s.showCalendarImport(w, r, http.StatusUnprocessableEntity, id, "", "", []string{fr.T("webdates.nothing_kept")})
	}
	var x desk.Calendar
	for _, k := range keep {
		if x, err = s.desk.SaveCalendar(r.Context(), who(r), k.id, k.name, k.body, 0); err != nil {
			if fault.KindOf(err) != fault.Conflict {
				return err
			}
			if x, err = s.desk.Calendar(r.Context(), who(r), k.id); err != nil { // the form was sent twice
				return err
			}
		}
		if c != nil {
			gone, err := s.useCalendar(r, c.ID, "", x, day.Date(0))
			if err != nil {
				return err
			}
			s.usedNote(r, x, gone, "")
		} else {
			s.done(r, "webdates.saved", "name", x.Name)
		}
	}
	if len(keep) == 1 {
		return s.seeOther(w, r, calPath(x.ID)+ofCase(id))
	}
	return s.seeOther(w, r, "/calendars"+ofCase(id))
}

// icsBody reports that a body is an iCalendar file.
func icsBody(b []byte) bool {
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\uFEFF")), " \t\r\n")
	return len(b) >= 15 && bytes.EqualFold(b[:15], []byte("BEGIN:VCALENDAR")) || bytes.HasPrefix(b, []byte{0xFF, 0xFE}) || bytes.HasPrefix(b, []byte{0xFE, 0xFF})
}
