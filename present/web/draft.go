package web

import (
	"encoding/json"
	"net/http"
	"time"

	"stayput/desk"
	"stayput/fault"
)

// draftBody is a draft as the script sends and gets it.
type draftBody struct {
	Fields  json.RawMessage `json:"fields,omitempty"`
	Version int64           `json:"version"`
	At      *time.Time      `json:"at,omitempty"`
}

// draftKey is the form a draft belongs to.
func draftKey(r *http.Request) (string, error) {
	key := clean(r.PathValue("key"))
	if key == "" || len(key) > 200 {
		return "", refuse(http.StatusNotFound, "web.error.not_found")
	}
	return key, nil
}

// draftShow gives what was being typed.
func (s *Site) draftShow(w http.ResponseWriter, r *http.Request) error {
	key, err := draftKey(r)
	if err != nil {
		return err
	}
	row, err := s.desk.Draft(r.Context(), who(r), key)
	if err != nil {
		return err
	}
	return giveJSON(w, http.StatusOK, stored(row))
}

// draftSave keeps what is being typed. Somebody else's newer words are not
// replaced but given back.
func (s *Site) draftSave(w http.ResponseWriter, r *http.Request) error {
	key, err := draftKey(r)
	if err != nil {
		return err
	}
	var in draftBody
	if err := s.jsonBody(w, r, &in); err != nil {
		return err
	}
	if len(in.Fields) == 0 || in.Fields[0] != '{' || in.Version < 0 {
		return refuse(http.StatusBadRequest, "web.error.bad_form")
	}
	version, err := s.desk.SaveDraft(r.Context(), who(r), desk.DraftRow{Key: key, Version: in.Version, Body: in.Fields})
	if err != nil && fault.KindOf(err) == fault.Conflict {
		row, err := s.desk.Draft(r.Context(), who(r), key)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		return giveJSON(w, http.StatusConflict, stored(row))
	}
	if err != nil {
		return err
	}
	return giveJSON(w, http.StatusOK, draftBody{Version: version})
}

// draftDrop forgets what was being typed.
func (s *Site) draftDrop(w http.ResponseWriter, r *http.Request) error {
	key, err := draftKey(r)
	if err != nil {
		return err
	}
	if err := s.desk.DropDraft(r.Context(), who(r), key); err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// stored is a row as the script gets it.
func stored(row desk.DraftRow) draftBody {
	b := draftBody{Fields: row.Body, Version: row.Version}
	if !row.At.IsZero() {
		b.At = &row.At
	}
	return b
}
