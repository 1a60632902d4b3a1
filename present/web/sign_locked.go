package web

import "net/http"

// locked answers who has not entered: with the sign-in page where people have
// accounts, else with how to open the program. Every address gives the same answer,
// whether there is anything behind it or not.
func (s *Site) locked(w http.ResponseWriter, r *http.Request) {
	p := lockedPage{Frame: s.frame(r, "web.locked.title", "")}
	if s.sessionLoaded(r) && accountOf(r) != "" {
		p.Title, p.Nothing = p.T("signin.nothing_title"), true
		s.mustShow(w, r, http.StatusForbidden, p)
		return
	}
	open, err := s.desk.HasAccount(r.Context())
	if err != nil || !open { // what is wrong with the store is said when somebody enters
		s.mustShow(w, r, http.StatusForbidden, p)
		return
	}
	next := nextPage(backTo(r))
	p.SignIn = "/sign-in?next=" + queryEscape(next)
	if r.Method == http.MethodGet && r.URL.Path != "/enter" {
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, p.SignIn, http.StatusSeeOther)
		return
	}
	s.mustShow(w, r, http.StatusForbidden, p)
}
