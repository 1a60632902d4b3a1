package web

import (
	"net/http"
	"slices"
	"strings"

	"stayput/day"
	"stayput/desk"
	"stayput/intake/casefile"
	"stayput/people"
)

// calendarUse makes a case follow a calendar, or no longer follow it.
func (s *Site) calendarUse(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	id, head := f.Text("calendar", 200), f.Text("head", 100)
	back := "/cases/" + string(caseID(r)) + "/clocks"
	if f.Text("do", 10) == "drop" {
		if err := s.desk.DropCalendar(r.Context(), who(r), caseID(r), head, id); err != nil {
			return err
		}
		s.note(r, Note{Tone: "done", Key: "webdates.dropped", Href: calPath(id) + ofCase(string(caseID(r))), Link: "webdates.see_calendar"})
		return s.seeOther(w, r, back)
	}
	x, err := s.desk.Calendar(r.Context(), who(r), id)
	if err != nil {
		return err
	}
	from := day.Date(0)
	if t := f.Text("from", 20); t != "" {
		d, ok := readDay(t)
		if !ok {
			return refuse(http.StatusUnprocessableEntity, "webdates.bad_day", "got", t)
		}
		from = d
	}
	gone, err := s.useCalendar(r, caseID(r), head, x, from)
	if err != nil {
		return err
	}
	s.usedNote(r, x, gone, back)
	return s.seeOther(w, r, back)
}

// usedNote says that the case follows a calendar now, and in place of which.
func (s *Site) usedNote(r *http.Request, x desk.Calendar, gone []string, _ string) {
	if len(gone) == 0 {
		s.done(r, "webdates.used", "name", x.Name)
		return
	}
	s.done(r, "webdates.used_instead", "name", x.Name, "other", strings.Join(gone, ", "))
}

// useCalendar makes a case follow a calendar. Without a day from which on, it
// takes the place of those whose school years it shares: two of them would
// contradict each other.
func (s *Site) useCalendar(r *http.Request, c people.CaseID, head string, x desk.Calendar, from day.Date) (gone []string, err error) {
	all, err := s.desk.Calendars(r.Context(), who(r))
	if err != nil {
		return nil, err
	}
	err = s.desk.ChangeCase(r.Context(), who(r), c, head, func(file *casefile.File) error {
		gone = nil
		if slices.ContainsFunc(file.Calendars, func(k casefile.CalendarRef) bool { return k.Inline == nil && k.Name == x.ID && k.From == from }) {
			return nil
		}
		if from == 0 {
			file.Calendars = slices.DeleteFunc(file.Calendars, func(k casefile.CalendarRef) bool {
				if k.Inline != nil || k.From != 0 {
					return false
				}
				for i := range all {
					if (all[i].ID == k.Name || all[i].ID == k.Name+".yaml") && overlap(all[i].Years, x.Years) {
						if all[i].ID != x.ID {
							gone = append(gone, all[i].Name)
						}
						return true
					}
				}
				return false
			})
		}
		file.Calendars = append(file.Calendars, casefile.CalendarRef{Name: x.ID, From: from})
		slices.SortStableFunc(file.Calendars, func(a, b casefile.CalendarRef) int { return int(a.From) - int(b.From) })
		return nil
	})
	return gone, err
}

// overlap reports that two calendars speak of the same days or school year.
func overlap(a, b []day.SchoolYear) bool {
	for _, x := range a {
		for _, y := range b {
			af, at := reach(x)
			bf, bt := reach(y)
			if x.Extended == y.Extended && (yearLabel(x) == yearLabel(y) || af != 0 && bf != 0 && af <= bt && bf <= at) {
				return true
			}
		}
	}
	return false
}
