package web

import (
	"net/http"

	"stayput/people"
)

// spaceFields are the questions about the space, for who owns it.
func spaceFields(f Frame, s people.Space) []Field {
	kind := Field{Name: "kind", Label: f.T("records.space_kind"), Hint: f.T("records.space_kind_hint"), Kind: "radio", Required: true}
	for _, k := range people.SpaceKinds() {
		kind.Options = append(kind.Options, Option{Value: string(k), Label: f.T("records.space_" + string(k)), On: k == s.Kind})
	}
	return []Field{
		{Name: "called", Label: f.T("records.space_called"), Hint: f.T("records.space_called_hint"), Value: s.Name, Max: 100, Autocomplete: "organization"},
		kind,
	}
}

// settingsSpace keeps what sort of keeper the space has and how it is called.
func (s *Site) settingsSpace(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err := s.desk.SaveSpace(r.Context(), who(r), people.SpaceKind(f.Text("kind", 20)), f.Text("called", 100)); err != nil {
		return err
	}
	s.done(r, "records.space_saved")
	return s.seeOther(w, r, "/settings")
}
