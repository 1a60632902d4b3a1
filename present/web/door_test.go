package web

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"stayput/desk"
)

// at builds a program whose answers are those of a door.
func (h *house) at(d *Door) *atDoor {
	jar, _ := cookiejar.New(nil)
	return &atDoor{h, d, jar, h.site.HandlerAt(d), "127.0.0.1:40000"}
}

// atDoor asks at a door, without a network between.
type atDoor struct {
	h    *house
	door *Door
	jar  http.CookieJar
	do   http.Handler
	from string
}

func (a *atDoor) send(method, path, body string, header map[string]string) answer {
	a.h.t.Helper()
	r := httptest.NewRequest(method, "https://office.example"+path, strings.NewReader(body))
	r.RemoteAddr = a.from
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for k, v := range header {
		r.Header.Set(k, v)
	}
	if v := r.Header.Get("Host"); v != "" {
		r.Host = v
	}
	for _, c := range a.jar.Cookies(r.URL) {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	a.do.ServeHTTP(w, r)
	res := w.Result()
	a.jar.SetCookies(r.URL, res.Cookies())
	text, _ := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header, string(text)}
}

func public(t *testing.T, text string) *Door {
	t.Helper()
	d, ok := PublicDoor(text)
	if !ok {
		t.Fatalf("%s is no public address", text)
	}
	return d
}

func proxied(t *testing.T, trust ...string) *Door {
	t.Helper()
	var ps []netip.Prefix
	for _, p := range trust {
		ps = append(ps, netip.MustParsePrefix(p))
	}
	d, ok := ProxiedDoor("https://office.example", ps)
	if !ok {
		t.Fatal("no door")
	}
	return d
}

// Only https and a name is a public address.
func TestPublicAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://office.example": "office.example", "https://Office.Example/": "office.example", "https://office.example:443": "office.example",
		"https://office.example:8443": "office.example:8443", "https://[2001:db8::1]:8443": "[2001:db8::1]:8443", "https://192.0.2.4": "192.0.2.4",
		"http://office.example": "", "office.example": "", "": "", "https://": "", "https://a@office.example": "", "https://office.example/x": "",
		"https://office.example?x": "", "https://office.example#x": "", "https://office.example:": "", "https://office.example:0": "", "https://office.example:99999": "",
		"https://*.example": "", "https://offi ce.example": "", "https://escuela.ñ": "", "//office.example": "", "https:office.example": "",
	} {
		got, ok := publicHost(in)
		if got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v", in, got, ok)
		}
	}
}

// A public door answers to its own name alone, whatever leads to it.
func TestPublicHost(t *testing.T) {
	h := build(t, "")
	a := h.at(public(t, "https://office.example"))
	for _, host := range []string{"evil.example", "office.example.evil.example", "office.example:8443", "localhost", "localhost:7847", "127.0.0.1", "192.0.2.4", "OFFICE.example", ""} {
		got := a.send("GET", "/healthz", "", map[string]string{"Host": host, "X-Forwarded-Host": "office.example"})
		if host != "" && got.status != http.StatusMisdirectedRequest {
			t.Errorf("%q gave %d", host, got.status)
		}
	}
	a.send("GET", "/healthz", "", map[string]string{"X-Forwarded-Host": "evil.example"}).is(t, http.StatusOK)
	// Names of this machine are for its own door.
	if got := h.send("GET", "/healthz", "", map[string]string{"Host": "office.example"}); got.status != http.StatusMisdirectedRequest {
		t.Errorf("the own door answers to the public name: %d", got.status)
	}
}

// Forms of other origins are refused at a public door too, and all guards stand.
func TestPublicOrigin(t *testing.T) {
	h := build(t, "")
	a := h.at(public(t, "https://office.example"))
	form := url.Values{"lang": {"es"}, "back": {"https://evil.example/"}}.Encode()
	for _, origin := range []string{"https://evil.example", "http://office.example", "https://office.example:8443", "https://office.example.evil.example", "http://localhost:7847", "null"} {
		if got := a.send("POST", "/language", form, map[string]string{"Origin": origin}); got.status != http.StatusForbidden {
			t.Errorf("%s gave %d", origin, got.status)
		}
	}
	if got := a.send("POST", "/language", form, map[string]string{"Sec-Fetch-Site": "cross-site"}); got.status != http.StatusForbidden {
		t.Errorf("a form of another site gave %d", got.status)
	}
	got := a.send("POST", "/language", form, map[string]string{"Origin": "https://office.example"}).is(t, http.StatusSeeOther)
	if got.header.Get("Location") != "/" {
		t.Errorf("it leads to %s", got.header.Get("Location"))
	}
	if c := got.header.Get("Set-Cookie"); !strings.Contains(c, "Secure") {
		t.Errorf("a cookie for TLS is %s", c)
	}
	for _, path := range []string{"/", "/healthz", "/nowhere", "/static/stayput.css"} {
		got := a.send("GET", path, "", nil)
		for name, want := range map[string]string{
			"Strict-Transport-Security": hsts, "X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"Content-Security-Policy": policy, "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if got.header.Get(name) != want {
				t.Errorf("%s: %s is %q", path, name, got.header.Get(name))
			}
		}
	}
	if got := h.get("/healthz"); got.header.Get("Strict-Transport-Security") != "" {
		t.Error("localhost may be asked for with TLS only")
	}
}

// Links and controls of this machine work by its own door alone, also when a proxy
// of this machine brings the request.
func TestOwnThingsOnly(t *testing.T) {
	h := build(t, "")
	for _, d := range []*Door{public(t, "https://office.example"), proxied(t, "127.0.0.0/8")} {
		a := h.at(d)
		link := h.site.NewLink()
		if got := a.send("GET", link, "", nil); got.status == http.StatusOK || got.header.Get("Set-Cookie") != "" {
			t.Errorf("a one-time link gave %d, %v", got.status, got.header)
		}
		nonce := strings.Repeat("a", 32)
		for path, what := range map[string]string{"link": "ask", "pair": "pair", "unpair": "unpair"} {
			a.send("POST", "/control/"+path, `{"nonce":"`+nonce+`","proof":"`+proof("secret", what, nonce)+`"}`, nil).is(t, http.StatusNotFound)
		}
		h.client = h.browser()
		h.get(link).is(t, http.StatusSeeOther) // not used up
		a.send("GET", "/phone/x", "", nil).is(t, http.StatusNotFound)
	}
}

// The session of a one-time link is good on this machine alone.
func TestSessionOfThisMachine(t *testing.T) {
	h := build(t, "").enter()
	u, _ := url.Parse(h.server.URL)
	token := ""
	for _, c := range h.client.Jar.Cookies(u) {
		if c.Name == "stayput" {
			token = c.Value
		}
	}
	if token == "" {
		t.Fatal("no session")
	}
	h.get("/settings").is(t, http.StatusOK)
	for _, d := range []*Door{public(t, "https://office.example"), proxied(t, "127.0.0.0/8"), {kind: doorPaired, hosts: map[string]bool{"office.example": true}}} {
		for _, name := range []string{"stayput", "__Host-stayput"} {
			got := h.at(d).send("GET", "/settings", "", map[string]string{"Cookie": name + "=" + token})
			if got.status == http.StatusOK || strings.Contains(got.body, h.folder) {
				t.Errorf("door %d: %s gave %d", d.kind, name, got.status)
			}
		}
	}
}

// What X-Forwarded-* says counts only from a trusted proxy.
func TestForwarded(t *testing.T) {
	d := proxied(t, "10.0.0.0/24", "127.0.0.0/8")
	for _, c := range []struct{ peer, forwarded, want string }{
		{"10.0.0.5:1", "198.51.100.7", "198.51.100.7"},
		{"10.0.0.5:1", "203.0.113.1, 198.51.100.7", "198.51.100.7"}, // the first was written by the client
		{"10.0.0.5:1", "203.0.113.1, 198.51.100.7, 10.0.0.9", "198.51.100.7"},
		{"10.0.0.5:1", "198.51.100.7:4711", "198.51.100.7"},
		{"10.0.0.5:1", "[2001:db8::7]:4711", "2001:db8::7"},
		{"10.0.0.5:1", "2001:db8::7", "2001:db8::7"},
		{"10.0.0.5:1", "::ffff:198.51.100.7", "198.51.100.7"},
		{"10.0.0.5:1", "", "10.0.0.5"},
		{"10.0.0.5:1", "evil", "10.0.0.5"},
		{"10.0.0.5:1", "198.51.100.7, evil", "10.0.0.5"},
		{"10.0.0.5:1", "10.0.0.8", "10.0.0.8"},
		{"192.0.2.66:1", "198.51.100.7", "192.0.2.66"},
		{"[::ffff:10.0.0.5]:1", "198.51.100.7", "198.51.100.7"},
		{"not an address", "198.51.100.7", "invalid IP"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := d.client(r).String(); got != c.want {
			t.Errorf("%s for %q is %s", c.peer, c.forwarded, got)
		}
	}
	// Two headers are one list.
	r := httptest.NewRequest("GET", "/", nil)
	r.RemoteAddr = "10.0.0.5:1"
	r.Header["X-Forwarded-For"] = []string{"203.0.113.1", "198.51.100.7"}
	if got := d.client(r).String(); got != "198.51.100.7" {
		t.Error(got)
	}
}

// A proxied door serves its proxy alone, and nothing that came without TLS; the log
// has the client's address.
func TestProxiedDoor(t *testing.T) {
	h := build(t, "")
	a := h.at(proxied(t, "10.0.0.5/32"))
	a.from = "192.0.2.66:1000"
	if got := a.send("GET", "/healthz", "", map[string]string{"X-Forwarded-For": "10.0.0.5", "X-Forwarded-Proto": "https"}); got.status != http.StatusForbidden || strings.Contains(got.body, "ok") {
		t.Errorf("who is no proxy got %d %s", got.status, got.body)
	}
	a.from = "10.0.0.5:1000"
	a.send("GET", "/healthz", "", map[string]string{"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Proto": "https"}).is(t, http.StatusOK)
	if log := h.log.String(); !strings.Contains(log, `"from":"198.51.100.7"`) || strings.Contains(log, "203.0.113.9") {
		t.Error(log)
	}
	for path, want := range map[string]string{
		"/cases?a=b": "https://office.example/cases?a=b", "//evil.example/x": "https://office.example/", "/\\evil.example": "https://office.example/",
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.URL = &url.URL{Path: path}
		if p, q, ok := strings.Cut(path, "?"); ok {
			r.URL = &url.URL{Path: p, RawQuery: q}
		}
		r.Host, r.RemoteAddr = "evil.example", "10.0.0.5:1000"
		r.Header.Set("X-Forwarded-Proto", "http")
		w := httptest.NewRecorder()
		a.do.ServeHTTP(w, r)
		if got := w.Header().Get("Location"); w.Code != http.StatusPermanentRedirect || got != want && !strings.HasPrefix(got, "https://office.example/%5C") {
			t.Errorf("%s without TLS gave %d to %s", path, w.Code, got)
		}
	}
	a.send("POST", "/language", "lang=es", map[string]string{"X-Forwarded-Proto": "http"}).is(t, http.StatusForbidden)
	// A foreign name is refused although the proxy passed it on.
	if got := a.send("GET", "/healthz", "", map[string]string{"Host": "evil.example", "X-Forwarded-Host": "office.example"}); got.status != http.StatusMisdirectedRequest {
		t.Errorf("a foreign name gave %d", got.status)
	}
}

// Nobody can sign in before there is an account.
func TestHasAccount(t *testing.T) {
	h := build(t, "")
	d := h.site.desk
	if has, err := d.HasAccount(context.Background()); err != nil || has {
		t.Fatalf("%v, %v", has, err)
	}
	err := h.store.Write(context.Background(), func(tx desk.Tx) error {
		return tx.SaveItem("", desk.Item{Kind: "account", ID: "a", Body: []byte("{}"), At: h.now().UTC()})
	})
	if err != nil {
		t.Fatal(err)
	}
	if has, err := d.HasAccount(context.Background()); err != nil || !has {
		t.Errorf("%v, %v", has, err)
	}
}

// Who signed in to an account is in at a public door, with a cookie for TLS alone;
// the paired door takes neither that session nor that of a link.
func TestSignedInAtPublicDoor(t *testing.T) {
	h := build(t, "").enter()
	d := h.site.desk
	owner, _, err := d.Owner(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	id, _, err := d.MakeAccount(t.Context(), desk.NewAccount{Login: "ana", Passphrase: "maple harbor drum seventeen kite", Space: owner.Space, Person: owner.Person.ID, Keeper: true})
	if err != nil {
		t.Fatal(err)
	}
	h.with("POST /test-in", func(w http.ResponseWriter, r *http.Request) error {
		in, err := d.BeginAccount(r.Context(), id, "", "test")
		if err != nil {
			return err
		}
		if err := h.site.letIn(w, r, in); err != nil {
			return err
		}
		return h.site.seeOther(w, r, "/")
	})
	for _, door := range []*Door{public(t, "https://office.example"), proxied(t, "127.0.0.0/8")} {
		a := h.at(door)
		got := a.send("POST", "/test-in", "x=y", nil).is(t, http.StatusSeeOther)
		session := ""
		for _, line := range got.header.Values("Set-Cookie") {
			if !strings.HasPrefix(line, "__Host-") || !strings.Contains(line, "; Secure") || !strings.Contains(line, "; HttpOnly") || !strings.Contains(line, "; SameSite=Strict") || !strings.Contains(line, "Path=/") || strings.Contains(line, "Domain") {
				t.Errorf("a cookie is %s", line)
			}
			if v, ok := strings.CutPrefix(line, "__Host-stayput="); ok {
				session, _, _ = strings.Cut(v, ";")
			}
		}
		a.send("GET", "/settings", "", nil).is(t, http.StatusOK)
		// Under the name without the prefix it is not taken: another site beside us could have set it.
		if got := h.at(door).send("GET", "/settings", "", map[string]string{"Cookie": "stayput=" + session}); got.status == http.StatusOK {
			t.Error("a cookie that is not for TLS alone was taken")
		}
		home := &Door{kind: doorPaired, hosts: map[string]bool{"office.example": true}}
		stranger(t, h.at(home).send("GET", "/settings", "", map[string]string{"Cookie": "__Host-stayput=" + session}), "a session of an account")
	}
}
