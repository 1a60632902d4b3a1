package web

import (
	"net/http"
	"slices"

	"stayput/day"
	"stayput/desk"
	"stayput/intake/calendar"
)

// A calendarShowPage is one calendar: the year, month by month, and how it came
// to be so.
type calendarShowPage struct {
	Frame
	ID       string
	For      *calFor
	CaseQ    string
	Used     bool
	Shipped  bool
	Tag      Tag
	Broken   []string // why nobody can read it
	Years    []calYear
	Warnings []string
	More     int
	Cases    []calWithout // the cases that follow it, with what waits in each
	Versions []calVersion
	Base     string
}

func (calendarShowPage) template() string { return "calendar_show" }

// A calVersion is one state of a calendar.
type calVersion struct {
	N        int64
	When, By string
	Changes  []string
	Current  bool
}

var _ = sample(func() page {
	f := calYear{ID: "y0", Title: "x", Facts: [][2]string{{"a", "b"}}, Open: []string{"o"}, Months: []calMonth{{Name: "x", Weeks: [][]calCell{{{Day: 1, Class: "k", Sign: "v", Says: "s"}}}, Closed: []string{"x"}}}, Closures: []calClosure{{"a", "b", "c", "d", "e"}}, Minimum: []string{"x"}}
	return calendarShowPage{ID: "x", For: &calFor{"x", "/x", "/y", "h"}, Shipped: true, Used: true, Broken: []string{"x"}, Years: []calYear{f}, Warnings: []string{"x"}, More: 2,
		Cases: []calWithout{{Name: "x", Href: "/x", N: 1, Titles: []string{"t"}}}, Versions: []calVersion{{2, "x", "y", []string{"z"}, true}, {N: 1, When: "x"}}, Base: "/calendars/x"}
})

// calendarShow shows one calendar.
func (s *Site) calendarShow(w http.ResponseWriter, r *http.Request) error {
	x, err := s.desk.Calendar(r.Context(), who(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	c, err := s.caseOf(r, r.URL.Query().Get("case"))
	if err != nil {
		return err
	}
	p := calendarShowPage{Frame: s.calFrame(r, c, "webdates.calendar"), ID: x.ID, Shipped: x.Shipped, Base: calPath(x.ID)}
	p.Title, p.Tag = x.Name, p.speak().calLine(&x, c).Tag
	if c != nil {
		p.For, p.CaseQ, p.Used = p.speak().calFor(c), ofCase(string(c.ID)), follows(c, x.ID)
	}
	for i, y := range x.Years {
		p.Years = append(p.Years, p.speak().drawYear(y, "y"+string(rune('0'+i%10))))
	}
	ws := x.Warnings
	if len(x.Years) == 0 {
		p.Broken, _ = p.speak().warnSays(ws)
		ws = nil
	}
	p.Warnings, p.More = p.speak().warnSays(slices.Concat(ws, keptWarnings(x.Body)))
	cases, err := s.desk.Cases(r.Context(), who(r), false)
	if err != nil {
		return err
	}
	for _, k := range cases {
		if !follows(k, x.ID) {
			continue
		}
		one := calWithout{Name: caseTitle(p.cat, k.Folder), Href: casePath(k.Folder) + "/clocks"}
		one.N, one.Titles = p.speak().waits(k)
		p.Cases = append(p.Cases, one)
	}
	if !x.Shipped {
		if err := s.versions(r, &p, x); err != nil {
			return err
		}
	}
	return s.show(w, r, http.StatusOK, p)
}

// versions adds how the calendar came to be so, the latest first.
func (s *Site) versions(r *http.Request, p *calendarShowPage, x desk.Calendar) error {
	rows, err := s.desk.CalendarVersions(r.Context(), who(r), x.ID)
	if err != nil {
		return err
	}
	// A copy of one that comes with the program is compared with that.
	var was day.SchoolYear
	copied := false
	all, err := s.desk.Calendars(r.Context(), who(r))
	if err != nil {
		return err
	}
	for i := range all {
		if all[i].Shipped && all[i].ID == x.ID {
			was, copied = oneYear(all[i].Years), true
		}
	}
	for i, v := range rows {
		one := calVersion{N: v.Version, When: s.moment(p.cat, v.At), Current: i == len(rows)-1}
		if v.By == who(r).Person.ID {
			one.By = who(r).Person.Name
			if one.By == "" {
				one.By = p.T("webdates.you")
			}
		}
		var now day.SchoolYear
		if ys, _, err := calendar.Read(v.ID, v.Body); err == nil && len(ys) > 0 {
			now = ys[0]
		}
		if i > 0 || copied {
			one.Changes = p.speak().calChanges(was, now)
			if len(one.Changes) == 0 {
				one.Changes = []string{p.T("webdates.change_none")}
			}
		}
		was = now
		p.Versions = append(p.Versions, one)
	}
	slices.Reverse(p.Versions)
	return nil
}

// calendarFile gives a calendar as a file that can be read back.
func (s *Site) calendarFile(w http.ResponseWriter, r *http.Request) error {
	x, err := s.desk.Calendar(r.Context(), who(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	body, name := x.Body, slug(x.Name)
	if name == "" {
		name = "calendar"
	}
	if icsBody(body) && len(x.Years) > 0 {
		if body, err = desk.WriteCalendar(x.Years[0]); err != nil {
			return err
		}
	}
	h := w.Header()
	h.Set("Content-Type", "application/yaml; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+`.yaml"`)
	h.Set("Cache-Control", "private, no-store")
	w.WriteHeader(http.StatusOK)
	w.Write(body)
	return nil
}
