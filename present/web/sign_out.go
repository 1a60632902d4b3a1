package web

import "net/http"

// signOut ends the session. What the browser kept of drafts is cleared by the form.
func (s *Site) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := s.desk.SignOut(r.Context(), me(r)); err != nil {
		return err
	}
	if err := s.sessions.Destroy(r.Context()); err != nil {
		return unavailable(err)
	}
	c := s.cookies(r).Cookie
	http.SetCookie(w, &http.Cookie{Name: c.Name, Path: c.Path, MaxAge: -1, HttpOnly: true, Secure: c.Secure, SameSite: c.SameSite})
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`) // drafts too, where no script runs
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
	return nil
}
