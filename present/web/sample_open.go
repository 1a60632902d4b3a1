package web

import (
	"io/fs"
	"net/http"
	"path"

	"stayput/desk"
	"stayput/examples"
	"stayput/fault"
	"stayput/intake/casefile"
)

// sampleOpen opens an invented family's case, to look around in. It is marked as
// a sample on every page, and can be put away like any other.
func (s *Site) sampleOpen(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	which := "family/maya.yaml"
	if f.Text("side", 10) == "school" {
		which = "school/maya.yaml"
	}
	data, err := fs.ReadFile(examples.Files(), which)
	if err != nil {
		return err
	}
	file, err := casefile.Read(which, data)
	if err != nil {
		return err
	}
	file.Case.Sample = true
	for _, ref := range file.Calendars {
		if ref.Inline != nil {
			continue
		}
		body, err := fs.ReadFile(examples.Files(), path.Join(path.Dir(which), ref.Name))
		if err != nil {
			continue // one that comes with the program
		}
		_, err = s.desk.SaveCalendar(r.Context(), who(r), ref.Name, "Oakland Unified 2025-26", body, 0)
		if err != nil && fault.KindOf(err) != fault.Conflict {
			return err
		}
	}
	id, err := s.desk.OpenCase(r.Context(), who(r), desk.NewCase{Name: f.Text("name", 20), File: file, Via: "import"})
	if err != nil {
		return err
	}
	s.done(r, "webcase.sample_opened")
	return s.seeOther(w, r, "/cases/"+string(id))
}
