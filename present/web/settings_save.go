package web

import (
	"net/http"
	"strconv"

	"stayput/fault"
	"stayput/people"
)

// settingsSave keeps what a person set.
func (s *Site) settingsSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	p := who(r).Person
	p.Name = f.Text("name", 100)
	p.Lang = f.Text("lang", 8)
	p.Register = people.Register(f.Text("register", 20))
	p.Shortcuts = f.Ticked("shortcuts")
	if p.Version, err = strconv.ParseInt(f.Text("version", 20), 10, 64); err != nil {
		return refuse(http.StatusBadRequest, "web.error.bad_form")
	}
	err = s.desk.SavePerson(r.Context(), who(r), p)
	if err != nil && fault.KindOf(err) == fault.Conflict {
		// Another tab saved meanwhile: what was typed stays in the form, over the
		// version it would now replace.
		p.Version = who(r).Person.Version
		return s.showSettings(w, r, http.StatusConflict, p, s.frame(r, "web.settings.title", "").T("web.settings.conflict"))
	}
	if err != nil {
		return err
	}
	s.done(r, "web.settings.saved")
	return s.seeOther(w, r, "/settings")
}
