package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"stayput/desk"
)

// Without entering, every route but the open ones shows how to open the program.
func TestNobodyHasEntered(t *testing.T) {
	h := build(t, "")
	for _, rt := range h.site.routes() {
		if rt.needs == desk.Open {
			continue
		}
		method, path, _ := strings.Cut(rt.pattern, " ")
		path = regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(strings.TrimSuffix(path, "{$}"), "x")
		a := h.send(method, path, "", nil)
		if a.status != http.StatusForbidden || !strings.Contains(a.body, "closed to this browser") {
			t.Errorf("%s %s gave %d without entering", method, path, a.status)
		}
	}
	h.get("/no/such/place").is(t, http.StatusForbidden).says(t, "stayput")
	h.get("/healthz").is(t, http.StatusOK)
	if b := h.get("/healthz").body; b != "ok" {
		t.Errorf("health says %q", b)
	}
}

// A link works once, for five minutes, and looking ahead does not use it up.
func TestLink(t *testing.T) {
	h := build(t, "")
	link := h.site.NewLink()
	for _, header := range []map[string]string{{"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"}} {
		if a := h.send("GET", link, "", header); a.status == http.StatusSeeOther || a.header.Get("Set-Cookie") != "" {
			t.Errorf("%v let somebody in", header)
		}
	}
	h.send("HEAD", link, "", nil).is(t, http.StatusServiceUnavailable)
	a := h.get(link).is(t, http.StatusSeeOther)
	c := a.header.Get("Set-Cookie")
	for _, want := range []string{"stayput=", "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="} {
		if !strings.Contains(c, want) {
			t.Errorf("the cookie lacks %s: %s", want, c)
		}
	}
	h.get("/settings").is(t, http.StatusOK)
	h.get(link).is(t, http.StatusSeeOther) // its owner presses back

	h.client = h.browser()
	h.get(link).is(t, http.StatusForbidden)
	h.get("/enter?key="+strings.Repeat("x", 5000)).is(t, http.StatusForbidden)
	h.get("/enter").is(t, http.StatusForbidden)

	old := h.site.NewLink()
	h.now = func() time.Time { return time.Now().Add(linkTime + time.Second) }
	h.get(old).is(t, http.StatusForbidden)
}

// A link on a page of another site lets in too, with one click in between.
func TestLinkFromElsewhere(t *testing.T) {
	h := build(t, "")
	h.send("GET", h.site.NewLink(), "", map[string]string{"Sec-Fetch-Site": "cross-site"}).is(t, http.StatusOK).says(t, `href="/"`)
	h.get("/settings").is(t, http.StatusOK)
}

// A token that somebody planted does not become the person's.
func TestTokenIsRenewed(t *testing.T) {
	h := build(t, "").enter()
	u, _ := url.Parse(h.server.URL)
	planted := h.client.Jar.Cookies(u)[0].Value
	h.enter()
	if got := h.client.Jar.Cookies(u)[0].Value; got == planted {
		t.Fatal("the token stayed the same")
	}
	h.client = h.browser()
	h.client.Jar.SetCookies(u, []*http.Cookie{{Name: "stayput", Value: planted}})
	h.get("/settings").is(t, http.StatusForbidden)
}

// A session lasts when the program starts again, and ends after a month unused.
func TestSessionLasts(t *testing.T) {
	h := build(t, "").enter()
	u, _ := url.Parse(h.server.URL)
	cookies := h.client.Jar.Cookies(u)
	h.server.Close()
	h.close()
	again := build(t, h.folder)
	u, _ = url.Parse(again.server.URL)
	again.client.Jar.SetCookies(u, cookies)
	again.get("/settings").is(t, http.StatusOK)
	again.now = func() time.Time { return time.Now().Add(20 * 24 * time.Hour) }
	again.get("/settings").is(t, http.StatusOK)
	again.now = func() time.Time { return time.Now().Add(49 * 24 * time.Hour) }
	again.get("/settings").is(t, http.StatusOK)
	again.now = func() time.Time { return time.Now().Add(80 * 24 * time.Hour) }
	again.get("/settings").is(t, http.StatusForbidden)
}
