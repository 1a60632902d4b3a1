package web

import (
	"io"
	"net/http"
)

// healthShow says that the program answers, and nothing else.
func (s *Site) healthShow(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if err := s.desk.Ping(r.Context()); err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		return nil
	}
	io.WriteString(w, "ok")
	return nil
}
