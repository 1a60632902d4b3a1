package web

import (
	"net/http"
	"strings"

	"stayput/desk"
)

// A startedPage stands between a link on somebody else's page and the program.
type startedPage struct{ Frame }

func (startedPage) template() string { return "started" }

var _ = sample(func() page { return startedPage{} })

// linkEnter lets in whoever brings a one-time link.
func (s *Site) linkEnter(w http.ResponseWriter, r *http.Request) error {
	if ahead(r) {
		// A browser that only looks ahead must not use the link up.
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusServiceUnavailable)
		return nil
	}
	if !ownDoor(r) || !peer(r).IsLoopback() || !sameUser(r.RemoteAddr) {
		return errLocked // a link is for this machine alone
	}
	if !s.links.use(r.URL.Query().Get("key")) {
		if s.entered(r) {
			return s.seeOther(w, r, "/") // the back button, or the link opened twice by its owner
		}
		return errLocked
	}
	person, err := s.desk.Begin(r.Context(), desk.SetUp{Lang: s.guessLang(r)})
	if err != nil {
		return err
	}
	if person.Person.ID == "" {
		return s.seeOther(w, r, "/sign-in") // whoever this machine belonged to has no right left in it
	}
	if err := s.begin(r.Context(), person); err != nil {
		return err
	}
	// After a link on a page of another site, or in a file, the browser keeps a
	// strict cookie back for the whole chain of redirects; a page of our own that
	// leads on sends it.
	if r.Header.Get("Sec-Fetch-Site") == "cross-site" {
		return s.show(w, r, http.StatusOK, startedPage{s.frame(r, "web.started.title", "")})
	}
	return s.seeOther(w, r, "/")
}

// ahead reports a request that no person made yet.
func ahead(r *http.Request) bool {
	for _, h := range []string{"Sec-Purpose", "Purpose", "X-Moz"} {
		if v := strings.ToLower(r.Header.Get(h)); strings.Contains(v, "prefetch") || strings.Contains(v, "preview") {
			return true
		}
	}
	return r.Method == http.MethodHead
}
