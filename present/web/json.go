package web

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// jsonBody reads what the client script sends.
func (s *Site) jsonBody(w http.ResponseWriter, r *http.Request, v any) error {
	s.hurry(w, s.patience)
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, formLimit))
	if err != nil {
		return unreadable(err)
	}
	if err := json.Unmarshal([]byte(strings.ToValidUTF8(string(data), "\uFFFD")), v); err != nil {
		return refuse(http.StatusBadRequest, "web.error.bad_form")
	}
	return nil
}

// giveJSON answers the client script.
func giveJSON(w http.ResponseWriter, status int, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(append(data, '\n'))
	return nil
}
