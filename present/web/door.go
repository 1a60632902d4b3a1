package web

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"stayput/desk"
)

// A Door is one way in: the names it answers to and whom it lets through. The
// program's own door, on loopback, is always there.
type Door struct {
	kind   doorKind
	hosts  map[string]bool // Host headers it answers to
	origin string          // https://name, or "" where the host decides
	trust  []netip.Prefix  // the proxies whose word counts
}

type doorKind uint8

const (
	doorOwn     doorKind = iota // loopback: the person of this machine
	doorPublic                  // TLS by ourselves: whoever has an account
	doorProxied                 // TLS by a proxy before us
	doorPaired                  // the home network: phones that were paired
)

// PublicDoor is the door of a name that the program serves with TLS itself.
func PublicDoor(public string) (*Door, bool) { return publicDoor(doorPublic, public) }

// ProxiedDoor is the door of a name that a proxy serves with TLS. Only what comes
// from trusted addresses passes.
func ProxiedDoor(public string, trust []netip.Prefix) (*Door, bool) {
	d, ok := publicDoor(doorProxied, public)
	if ok {
		d.trust = trust
	}
	return d, ok
}

func publicDoor(kind doorKind, public string) (*Door, bool) {
	host, ok := publicHost(public)
	if !ok {
		return nil, false
	}
	return &Door{kind: kind, hosts: map[string]bool{host: true}, origin: "https://" + host}, true
}

// publicHost is the host of https://name[:port], as browsers send it.
func publicHost(public string) (string, bool) {
	u, err := url.Parse(strings.ToLower(public))
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Opaque != "" ||
		u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || u.Path != "" && u.Path != "/" {
		return "", false
	}
	for _, c := range u.Host {
		if c <= ' ' || c > '~' || strings.ContainsRune(`"<>\^{|}%*`, c) { // names of other scripts are written as xn--
			return "", false
		}
	}
	if strings.HasSuffix(u.Host, ":") {
		return "", false
	}
	if p := u.Port(); p != "" {
		if n, err := strconv.Atoi(p); err != nil || n < 1 || n > 65535 {
			return "", false
		}
	}
	return strings.TrimSuffix(u.Host, ":443"), true
}

// Name is the name the door answers to, without a port: certificates hold it.
func (d *Door) Name() string {
	u, err := url.Parse(d.origin)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// Origin is the beginning of every address behind the door.
func (d *Door) Origin() string { return d.origin }

// secure reports that whoever comes in this way comes by TLS.
func (d *Door) secure() bool { return d.kind != doorOwn }

// An arrival is by which door a request came, and from where.
type arrival struct {
	door *Door
	from netip.Addr
}

type arrivalKey struct{}

// cameBy is the arrival of a request; what came by no door is taken for ours.
func cameBy(r *http.Request) arrival {
	if a, ok := r.Context().Value(arrivalKey{}).(arrival); ok {
		return a
	}
	return arrival{door: &Door{}, from: peer(r)}
}

// ownDoor reports that a request came from this machine by its own door.
func ownDoor(r *http.Request) bool { return cameBy(r).door.kind == doorOwn }

// clientAddress is where a request comes from: the other end of the connection, or
// what a trusted proxy says it is. It is for slowing down who guesses, and for logs.
func clientAddress(r *http.Request) netip.Addr { return cameBy(r).from }

// originOf is the scheme and host a request came to: https://name. Links that
// leave the program begin with it.
func originOf(r *http.Request) string {
	d := cameBy(r).door
	switch {
	case d.origin != "":
		return d.origin
	case d.secure():
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// peer is the other end of the connection.
func peer(r *http.Request) netip.Addr { return addressOf(r.RemoteAddr) }

func addressOf(hostPort string) netip.Addr {
	host, _, err := net.SplitHostPort(hostPort)
	if err != nil {
		return netip.Addr{}
	}
	a, _ := netip.ParseAddr(host)
	return a.Unmap().WithZone("")
}

// trusts reports that an address is one of the door's proxies.
func (d *Door) trusts(a netip.Addr) bool {
	return a.IsValid() && slices.ContainsFunc(d.trust, func(p netip.Prefix) bool { return p.Contains(a) })
}

// client is who sent a request that came through proxies: of the addresses that
// X-Forwarded-For names, the last that is no proxy of ours. Those before it could
// have been written by anybody.
func (d *Door) client(r *http.Request) netip.Addr {
	at := peer(r)
	all := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(all) - 1; i >= 0 && d.trusts(at); i-- {
		text := strings.Trim(strings.TrimSpace(all[i]), "[]")
		next, err := netip.ParseAddr(text)
		if err != nil {
			if next = addressOf(strings.TrimSpace(all[i])); !next.IsValid() {
				break
			}
		}
		at = next.Unmap().WithZone("")
	}
	return at
}

// through notes by which door a request came, and lets nothing by that the door
// does not take.
func (s *Site) through(d *Door, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := arrival{door: d, from: peer(r)}
		if d.kind == doorProxied {
			a.from = d.client(r)
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), arrivalKey{}, a)))
	})
}

// hsts keeps a browser from ever asking for the name without TLS again.
const hsts = "max-age=31536000"

// byProxy refuses at a proxied door what did not come through its proxy with TLS,
// and says at every public door that the name is served with TLS only.
func (s *Site) byProxy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d := cameBy(r).door
		if d.kind == doorProxied {
			if !d.trusts(peer(r)) {
				seen(r).route = "not_by_proxy"
				http.Error(w, http.StatusText(http.StatusForbidden), http.StatusForbidden)
				return
			}
			if proto := r.Header.Values("X-Forwarded-Proto"); len(proto) > 0 && (len(proto) > 1 || !strings.EqualFold(proto[0], "https")) {
				s.toTLS(w, r, d)
				return
			}
		}
		if d.kind == doorPublic || d.kind == doorProxied {
			w.Header().Set("Strict-Transport-Security", hsts)
		}
		next.ServeHTTP(w, r)
	})
}

// toTLS sends a reader to the same page with TLS. The address is ours, whatever
// the request says; what was sent in the clear is not taken.
func (s *Site) toTLS(w http.ResponseWriter, r *http.Request, d *Door) {
	seen(r).route = "to_tls"
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, http.StatusText(http.StatusForbidden), http.StatusForbidden)
		return
	}
	w.Header().Set("Location", d.origin+localPath(r.URL.RequestURI()))
	w.WriteHeader(http.StatusPermanentRedirect)
}

// rightDoor forgets who somebody is whose session is not for this door. A session
// of the one-time link is good on this machine alone; beyond it only who signed in
// to an account comes in, and on the home network only a phone that was paired.
func (s *Site) rightDoor(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if (s.entered(r) || me(r) != desk.Me{}) && !s.fits(r) {
			r = r.WithContext(context.WithValue(context.WithValue(r.Context(), whoKey{}, desk.Who{}), meKey{}, desk.Me{}))
		}
		s.forget(r)
		if cameBy(r).door.kind == doorPaired && !s.entered(r) && !s.expected(r) {
			s.answer(w, r, errStranger)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// forget drops what the session of somebody who is out still has to say: it is for
// that person alone.
func (s *Site) forget(r *http.Request) {
	ctx := r.Context()
	if me(r) != (desk.Me{}) || s.sessions.GetString(ctx, keyPerson) == "" && s.sessions.GetString(ctx, keyAccount) == "" {
		return
	}
	for _, key := range []string{keyNotes, keyDraft} {
		if s.sessions.Exists(ctx, key) {
			s.sessions.Remove(ctx, key)
		}
	}
}

// withoutSession has a page read nothing of a session and write none.
func withoutSession(r *http.Request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), sessionKey{}, nil))
}

func (s *Site) fits(r *http.Request) bool {
	switch cameBy(r).door.kind {
	case doorPublic, doorProxied:
		return s.sessions.GetString(r.Context(), keyAccount) != ""
	case doorPaired:
		return s.sessions.GetString(r.Context(), keyPaired) != ""
	}
	return true
}
