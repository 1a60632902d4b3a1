package web

import (
	"net"
	"net/http"
	"net/url"
	"strconv"
)

// policy lets a page show and run what this program serves, and nothing else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guarded sets what every answer carries.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()")
		h.Set("Cache-Control", "no-store") // whatever may be kept says so itself
		next.ServeHTTP(w, r)
	})
}

// LoopbackHosts are the hosts a program on a port of this machine answers to.
func LoopbackHosts(port int) []string {
	p := strconv.Itoa(port)
	hosts := []string{"localhost:" + p, net.JoinHostPort("127.0.0.1", p), net.JoinHostPort("::1", p)}
	if port == 80 {
		hosts = append(hosts, "localhost", "127.0.0.1", "[::1]")
	}
	return hosts
}

// ownHost refuses a request for any other host: a name of somebody else's that
// leads to this machine must not make our pages part of that site.
func (s *Site) ownHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !cameBy(r).door.hosts[r.Host] {
			seen(r).route = "foreign_host"
			http.Error(w, http.StatusText(http.StatusMisdirectedRequest), http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// ownOrigin refuses what another site's page sends in the person's name.
func (s *Site) ownOrigin(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if cross.Check(r) != nil || foreign(r) {
			seen(r).route = "foreign_origin"
			s.answer(w, r, refuse(http.StatusForbidden, "web.error.origin"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// foreign reports a changing request whose Origin is not ours. A browser that
// sends no referrer sends "null" as the origin of our own forms; it is taken
// only when the browser says by itself that the form is ours.
func foreign(r *http.Request) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return false
	}
	all := r.Header.Values("Origin")
	if len(all) == 0 {
		return false
	}
	if len(all) > 1 {
		return true
	}
	if all[0] == "null" {
		return r.Header.Get("Sec-Fetch-Site") != "same-origin"
	}
	u, err := url.Parse(all[0])
	return err != nil || u.Scheme+"://"+u.Host != originOf(r)
}
