package web

import "net/http"

// homeShow is the first page.
func (s *Site) homeShow(w http.ResponseWriter, r *http.Request) error {
	return s.show(w, r, http.StatusOK, startedPage{s.frame(r, "web.started.title", "today")})
}
