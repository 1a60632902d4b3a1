package web

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"stayput/desk"
	"stayput/law/packs"
	"stayput/store/sqlite"
)

// A house is a program that runs, for a test, on a real store.
type house struct {
	t      testing.TB
	site   *Site
	store  *sqlite.Store
	server *httptest.Server
	client *http.Client // a browser with its own cookies, which follows nothing
	log    *lines
	folder string
	now    func() time.Time
	close  func()
}

// lines is a log that several goroutines write to.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// build starts a program on a folder; "" is a new one.
func build(t testing.TB, folder string) *house {
	t.Helper()
	if folder == "" {
		folder = t.TempDir()
	}
	store, err := sqlite.Open(context.Background(), sqlite.Options{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, folder: folder, store: store, log: &lines{}, now: time.Now}
	d := desk.New(desk.Options{Store: store, Book: book, Now: time.Now})
	h.site, err = New(Options{
		Desk: d, Sessions: store.Sessions(), Log: slog.New(slog.NewJSONHandler(h.log, nil)), Version: "test",
		Now: func() time.Time { return h.now() }, Folder: folder, Size: func() int64 { return 3 << 20 }, Control: "secret",
	})
	if err != nil {
		t.Fatal(err)
	}
	h.server = httptest.NewUnstartedServer(h.site.Handler())
	at := h.server.Listener.Addr().(*net.TCPAddr)
	for _, host := range LoopbackHosts(at.Port) {
		h.site.hosts[host] = true
	}
	h.server.Start()
	h.client = h.browser()
	h.close = func() {
		h.server.Close()
		store.Close()
	}
	t.Cleanup(h.close)
	return h
}

// browser is somebody else's browser.
func (h *house) browser() *http.Client {
	jar, _ := cookiejar.New(nil)
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// enter opens a one-time link.
func (h *house) enter() *house {
	h.t.Helper()
	if a := h.get(h.site.NewLink()); a.status != http.StatusSeeOther {
		h.t.Fatalf("entering gave %d\n%s", a.status, h.log.String())
	}
	return h
}

// An answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

func (h *house) get(path string) answer { h.t.Helper(); return h.send("GET", path, "", nil) }

func (h *house) post(path string, form url.Values) answer {
	h.t.Helper()
	return h.send("POST", path, form.Encode(), map[string]string{"Content-Type": "application/x-www-form-urlencoded"})
}

func (h *house) send(method, path, body string, header map[string]string) answer {
	h.t.Helper()
	r, err := http.NewRequest(method, h.server.URL+path, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	for k, v := range header {
		r.Header.Set(k, v)
	}
	if host := r.Header.Get("Host"); host != "" {
		r.Host = host
	}
	a, err := h.client.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return answer{a.StatusCode, a.Header, string(text)}
}

// is fails the test when the status is another.
func (a answer) is(t testing.TB, status int) answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d: %.300s", a.status, status, a.body)
	}
	return a
}

// says fails the test when a text is not in the body.
func (a answer) says(t testing.TB, texts ...string) answer {
	t.Helper()
	for _, s := range texts {
		if !strings.Contains(a.body, s) {
			t.Errorf("the page does not say %q:\n%.2000s", s, a.body)
		}
	}
	return a
}
