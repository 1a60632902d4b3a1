package web

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"stayput/desk"
	"stayput/fault"
)

// A name of somebody else's that leads to this machine gets nothing.
func TestForeignHost(t *testing.T) {
	h := build(t, "").enter()
	u, _ := url.Parse(h.server.URL)
	for _, host := range []string{"evil.example", "evil.example:" + u.Port(), "localhost", "localhost:1", u.Host + ".evil.example", "127.0.0.1.nip.io:" + u.Port(), "127.0.0.2:" + u.Port(), "LOCALHOST:" + u.Port()} {
		for _, path := range []string{"/", "/healthz", "/static/stayput.css", h.site.NewLink()} {
			a := h.send("GET", path, "", map[string]string{"Host": host})
			if a.status != http.StatusMisdirectedRequest {
				t.Errorf("%s of %s gave %d", path, host, a.status)
			}
		}
	}
	hosts := strings.Join(LoopbackHosts(7847), " ")
	if hosts != "localhost:7847 127.0.0.1:7847 [::1]:7847" {
		t.Error(hosts)
	}
}

// What another site's page sends in the person's name changes nothing.
func TestForgedForms(t *testing.T) {
	h := build(t, "").enter()
	u, _ := url.Parse(h.server.URL)
	form := url.Values{"lang": {"es"}, "back": {"/"}}.Encode()
	post := func(header map[string]string) int {
		header["Content-Type"] = "application/x-www-form-urlencoded"
		return h.send("POST", "/language", form, header).status
	}
	for _, forged := range []map[string]string{
		{"Origin": "https://evil.example"},
		{"Origin": "http://localhost:1"},
		{"Origin": "https://" + u.Host},
		{"Origin": "null"},
		{"Origin": "null", "Sec-Fetch-Site": "cross-site"},
		{"Origin": "null", "Sec-Fetch-Site": "none"},
		{"Origin": "http://" + u.Host, "Sec-Fetch-Site": "cross-site"},
		{"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
		{"Sec-Fetch-Site": "cross-site"},
		{"Sec-Fetch-Site": "same-site"},
		{"Origin": ""},
	} {
		name := fmt.Sprint(forged)
		if status := post(forged); status != http.StatusForbidden && name != "map[Origin:]" {
			t.Errorf("%s was taken: %d", name, status)
		}
	}
	for _, own := range []map[string]string{
		{"Origin": "http://" + u.Host, "Sec-Fetch-Site": "same-origin"},
		{"Origin": "null", "Sec-Fetch-Site": "same-origin"}, // a page that sends no referrer
		{"Origin": "http://" + u.Host},                      // an old browser
		{},                                                  // no browser
	} {
		name := fmt.Sprint(own)
		if status := post(own); status != http.StatusSeeOther {
			t.Errorf("%s was refused: %d", name, status)
		}
	}
}

// Every answer carries the guards, whatever it is.
func TestGuards(t *testing.T) {
	h := build(t, "")
	check := func(a answer, what string) {
		t.Helper()
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
			"X-Content-Type-Options":  "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := a.header.Get(name); got != want {
				t.Errorf("%s: %s is %q", what, name, got)
			}
		}
		if a.header.Get("Permissions-Policy") == "" || a.header.Get("Cache-Control") == "" || !strings.HasPrefix(a.header.Get("Server-Timing"), "app;dur=") {
			t.Errorf("%s lacks a header: %v", what, a.header)
		}
	}
	check(h.get("/"), "locked")
	check(h.get("/static/stayput.css"), "static")
	check(h.get("/healthz"), "health")
	h.enter()
	check(h.get("/settings"), "page")
	check(h.get("/nowhere").is(t, http.StatusNotFound), "nowhere")
	check(h.send("DELETE", "/settings", "", nil).is(t, http.StatusMethodNotAllowed), "method")
	check(h.send("GET", "/", "", map[string]string{"Host": "x"}), "host")
}

// What no route answers says so in the person's language.
func TestUnknown(t *testing.T) {
	h := build(t, "").enter()
	h.get("/nowhere").is(t, http.StatusNotFound).says(t, "We cannot find that", "<h1>")
	for _, path := range []string{"/static/../routes.go", "/static/..%2froutes.go", "/static/%2e%2e/routes.go", "//evil.example/x", "/static//etc/passwd", "/settings/../nowhere"} {
		if a := h.get(path); a.status == http.StatusOK || strings.Contains(a.header.Get("Location"), "evil.example") && !strings.HasPrefix(a.header.Get("Location"), "/evil") {
			t.Errorf("%s gave %d, %s", path, a.status, a.header.Get("Location"))
		}
	}
	a := h.send("PATCH", "/settings", "", nil).is(t, http.StatusMethodNotAllowed)
	if a.header.Get("Allow") != "GET, HEAD, POST" {
		t.Errorf("Allow is %q", a.header.Get("Allow"))
	}
	h.send("BREW", "/settings", "", nil).is(t, http.StatusMethodNotAllowed)
	h.post("/language", url.Values{"lang": {"es"}, "back": {"/settings"}}).is(t, http.StatusSeeOther)
	h.get("/nowhere").is(t, http.StatusNotFound).says(t, "No encontramos eso", `lang="es"`)
	if a := h.send("HEAD", "/settings", "", nil).is(t, http.StatusOK); a.body != "" || a.header.Get("Content-Length") == "0" {
		t.Error("HEAD gave a body")
	}
	if log := h.log.String(); strings.Contains(log, "nowhere") || strings.Contains(log, "BREW") {
		t.Errorf("the log holds what a client sent:\n%s", log)
	}
}

// A form leads back only into the program.
func TestBack(t *testing.T) {
	for in, want := range map[string]string{
		"/settings": "/settings", "/cases/x?a=b": "/cases/x?a=b", "": "/", "https://evil.example": "/", "//evil.example": "/",
		`/\evil.example`: "/", "javascript:alert(1)": "/", "/a\r\nSet-Cookie: x": "/", "settings": "/",
	} {
		if got := localPath(in); got != want {
			t.Errorf("%q leads to %q", in, got)
		}
	}
}

// with adds a route for a test.
func (h *house) with(pattern string, do func(http.ResponseWriter, *http.Request) error) {
	h.site.mux.Handle(pattern, h.site.serve(route{"test", pattern, desk.Open, do}))
}

// A panic becomes a page, and what it was about stays out of the log.
func TestPanic(t *testing.T) {
	h := build(t, "").enter()
	h.with("GET /panic", func(http.ResponseWriter, *http.Request) error { panic("Maya Lopez") })
	h.with("GET /beyond", func(_ http.ResponseWriter, r *http.Request) error {
		var none []int
		none[len(r.URL.Path)] = 1
		return nil
	})
	h.get("/panic").is(t, http.StatusInternalServerError).says(t, "Something went wrong in Stayput")
	h.get("/beyond").is(t, http.StatusInternalServerError)
	log := h.log.String()
	if strings.Contains(log, "Maya") || !strings.Contains(log, "guard_test.go") || !strings.Contains(log, "out of range") {
		t.Error(log)
	}
	h.get("/settings").is(t, http.StatusOK)
}

// Each sort of fault has its status and its words.
func TestFaults(t *testing.T) {
	h := build(t, "").enter()
	says := map[fault.Kind]int{fault.Invalid: 422, fault.NotFound: 404, fault.Conflict: 409, fault.Broken: 500, fault.Unavailable: 503, fault.Internal: 500}
	var kind fault.Kind
	h.with("GET /fault", func(http.ResponseWriter, *http.Request) error {
		return fault.New(kind, fault.Position{}, "cli.date", "got", "Maya")
	})
	for k, status := range says {
		kind = k
		a := h.get("/fault").is(t, status)
		if strings.Contains(a.body, "Maya") == (k == fault.Internal) {
			t.Errorf("kind %d says %.900s", k, a.body)
		}
	}
	kind = fault.Broken
	h.get("/fault").says(t, "The record does not add up")
	if strings.Contains(h.log.String(), "Maya") {
		t.Error("the log holds a person's words")
	}
}

// The log names the route and nothing of the case.
func TestLog(t *testing.T) {
	h := build(t, "").enter()
	h.with("GET /cases/{case}/x", func(w http.ResponseWriter, r *http.Request) error { return nil })
	h.get("/cases/mayalopez/x?q=secretword")
	h.get("/search/mayalopez?q=secretword")
	log := h.log.String()
	for _, bad := range []string{"mayalopez", "secretword", "key="} {
		if strings.Contains(log, bad) {
			t.Errorf("the log holds %s:\n%s", bad, log)
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(log), "\n") {
		var l struct {
			Method, Route, ID string
			Status            int
			MS                *float64
			Bytes             *int
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil || l.Method == "" || l.Route == "" || l.ID == "" || l.Status == 0 || l.MS == nil || l.Bytes == nil {
			t.Errorf("%v: %s", err, line)
		}
	}
}

// Text is compressed for whoever takes it; little is sent as it is.
func TestSqueeze(t *testing.T) {
	h := build(t, "").enter()
	plain := h.send("GET", "/settings", "", map[string]string{"Accept-Encoding": "identity"}).is(t, 200)
	packed := h.send("GET", "/settings", "", map[string]string{"Accept-Encoding": "br, gzip;q=0.5"}).is(t, 200)
	if packed.header.Get("Content-Encoding") != "gzip" || plain.header.Get("Content-Encoding") != "" || packed.header.Get("Vary") == "" {
		t.Fatal(packed.header)
	}
	z, err := gzip.NewReader(strings.NewReader(packed.body))
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(z); err != nil || string(text) != plain.body {
		t.Errorf("%v: the compressed page differs", err)
	}
	for path, header := range map[string]string{"/healthz": "gzip", "/settings": "gzip;q=0"} {
		if a := h.send("GET", path, "", map[string]string{"Accept-Encoding": header}); a.header.Get("Content-Encoding") != "" {
			t.Errorf("%s was compressed", path)
		}
	}
}

// Static files may be kept for good under the address that pages use.
func TestStatic(t *testing.T) {
	h := build(t, "")
	for name := range h.site.assets.byName {
		address := h.site.assets.address(name)
		a := h.send("GET", address, "", map[string]string{"Accept-Encoding": "gzip"}).is(t, 200)
		if !strings.Contains(a.header.Get("Cache-Control"), "immutable") || a.header.Get("Content-Type") == "" {
			t.Errorf("%s: %v", name, a.header)
		}
		h.send("GET", address, "", map[string]string{"If-None-Match": a.header.Get("ETag")}).is(t, http.StatusNotModified)
		if a := h.get("/static/" + name + "?v=old"); strings.Contains(a.header.Get("Cache-Control"), "immutable") {
			t.Errorf("an old address of %s may be kept", name)
		}
	}
	h.get("/static/none.css").is(t, http.StatusNotFound)
}

// The same user's other commands get a link; nobody else does.
func TestControl(t *testing.T) {
	h := build(t, "")
	path, err := AskForLink(context.Background(), h.server.URL, "secret")
	if err != nil {
		t.Fatal(err)
	}
	h.get(path).is(t, http.StatusSeeOther)
	if _, err := AskForLink(context.Background(), h.server.URL, "guess"); err == nil {
		t.Error("a wrong secret got a link")
	}
	nonce := strings.Repeat("a", 32)
	body := fmt.Sprintf(`{"nonce":%q,"proof":%q}`, nonce, proof("secret", "ask", nonce))
	h.send("POST", "/control/link", body, nil).is(t, http.StatusOK)
	u, _ := url.Parse(h.server.URL)
	h.send("POST", "/control/link", body, map[string]string{"Origin": "http://" + u.Host}).is(t, http.StatusNotFound)
	h.send("POST", "/control/link", `{"nonce":"","proof":""}`, nil).is(t, http.StatusNotFound)
	h.send("POST", "/control/link", `[`, nil).is(t, http.StatusBadRequest)

	// Whoever listens at the port of an old run.json cannot send anybody anywhere.
	impostor := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"path":"/steal","proof":"x"}`)
	}))
	defer impostor.Close()
	if path, err := AskForLink(context.Background(), impostor.URL, "secret"); err == nil {
		t.Errorf("an impostor gave %s", path)
	}
}

// What runs when the program is told to stop is finished.
func TestStop(t *testing.T) {
	h := build(t, "")
	begun := make(chan bool)
	h.with("GET /slow", func(w http.ResponseWriter, r *http.Request) error {
		close(begun)
		time.Sleep(300 * time.Millisecond)
		_, err := io.WriteString(w, "finished")
		return err
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.site.hosts[l.Addr().String()] = true
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.site.Serve(ctx, l) }()
	body := make(chan string, 1)
	go func() {
		a, err := http.Get("http://" + l.Addr().String() + "/slow")
		if err != nil {
			body <- err.Error()
			return
		}
		defer a.Body.Close()
		text, _ := io.ReadAll(a.Body)
		body <- string(text)
	}()
	<-begun
	stop()
	if got := <-body; got != "finished" {
		t.Errorf("the running request gave %q", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := net.Dial("tcp", l.Addr().String()); err == nil {
		t.Error("it still listens")
	}
}

// A body that trickles in is given up.
func TestSlowBody(t *testing.T) {
	h := build(t, "").enter()
	h.site.patience = 200 * time.Millisecond
	u, _ := url.Parse(h.server.URL)
	c, err := net.Dial("tcp", u.Host)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "POST /language HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nlang=", u.Host)
	c.SetReadDeadline(time.Now().Add(5 * time.Second))
	a, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	if a.StatusCode != http.StatusRequestTimeout {
		t.Errorf("status %d", a.StatusCode)
	}
}
