package web

import "net/http"

// pairOpen opens the home network's door, or makes a link for one more phone.
func (s *Site) pairOpen(w http.ResponseWriter, r *http.Request) error {
	if !ownDoor(r) {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	if _, err := s.form(w, r); err != nil {
		return err
	}
	if _, err := s.Offer(r.Context(), who(r)); err != nil {
		return err
	}
	return s.seeOther(w, r, "/pair")
}

// pairEnd shuts the door.
func (s *Site) pairEnd(w http.ResponseWriter, r *http.Request) error {
	if !ownDoor(r) {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	if _, err := s.form(w, r); err != nil {
		return err
	}
	if s.EndPairing() {
		s.done(r, "network.pair_ended")
	}
	return s.seeOther(w, r, "/pair")
}
