package web

import (
	"net/http"

	"stayput/desk"
)

// A route is one thing that can be asked for. Its name is what logs say in place
// of the path, because paths name cases.
type route struct {
	name    string
	pattern string
	needs   desk.Action // what the desk will ask for; Open needs nobody
	do      func(w http.ResponseWriter, r *http.Request) error
}

// Open marks the few routes that work before anybody has entered.
const Open desk.Action = ""

// routes is the table of contents.
func (s *Site) routes() []route {
	return []route{
		// Getting in
		{"link_enter", "GET /enter", Open, s.linkEnter},
		{"static_show", "GET /static/{name}", Open, s.staticShow},
		{"health_show", "GET /healthz", Open, s.healthShow},
		{"language_save", "POST /language", Open, s.languageSave},

		// Today
		{"home_show", "GET /{$}", desk.SeeSpace, s.homeShow},

		// What is being typed
		{"draft_show", "GET /drafts/{key}", desk.ChangeSelf, s.draftShow},
		{"draft_save", "PUT /drafts/{key}", desk.ChangeSelf, s.draftSave},
		{"draft_drop", "DELETE /drafts/{key}", desk.ChangeSelf, s.draftDrop},

		// Settings
		{"settings_show", "GET /settings", desk.SeeSpace, s.settingsShow},
		{"settings_save", "POST /settings", desk.ChangeSelf, s.settingsSave},

		// The same user's other commands
		{"control_link", "POST /control/link", Open, s.controlLink},
	}
}

// dispatch finds the route. What no route answers gets the error page too.
func (s *Site) dispatch(w http.ResponseWriter, r *http.Request) {
	h, pattern := s.mux.Handler(r)
	if pattern != "" {
		s.mux.ServeHTTP(w, r)
		return
	}
	// The mux knows whether the path exists for another method; asking it with
	// an answer that goes nowhere is the only way to learn it.
	p := probe{header: http.Header{}}
	h.ServeHTTP(&p, r)
	name, err := "unknown", error(refuse(http.StatusNotFound, "web.error.not_found"))
	if p.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", p.header.Get("Allow"))
		name, err = "wrong_method", refuse(http.StatusMethodNotAllowed, "web.error.method")
	}
	seen(r).route = name
	if !s.entered(r) {
		err = errLocked
	}
	s.answer(w, r, err)
}

// serve makes a route a handler: it names the route for the log, asks for
// somebody who has entered, and hands what went wrong to the one place that
// turns it into an answer.
func (s *Site) serve(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen(r).route = rt.name
		if rt.needs != Open && !s.entered(r) {
			s.answer(w, r, errLocked)
			return
		}
		if err := rt.do(w, r); err != nil {
			s.answer(w, r, err)
		}
	})
}

// probe is an answer that goes nowhere.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
func (p *probe) WriteHeader(status int)      { p.status = status }
