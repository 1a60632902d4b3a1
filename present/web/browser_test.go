package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// chromium is how a real browser is started for a house, and the house's address as
// a browser names it.
func chromium(h *house) (own string, opts []chromedp.ExecAllocatorOption) {
	h.t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		h.t.Fatal("chromium is not installed; run ./check, which installs it")
	}
	u, _ := url.Parse(h.server.URL)
	opts = append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(h.t.TempDir()))
	return "http://localhost:" + u.Port(), opts
}

// A real browser gets in by the link with a strict cookie: opened as another
// program opens it, and clicked on a page of another site.
func TestBrowserEnters(t *testing.T) {
	h := build(t, "")
	own, opts := chromium(h)
	press := chromedp.Evaluate[chromedp.Void](`document.querySelector('form[action="/language"]').submit()`)
	enter := func(first string, more ...chromedp.Action[chromedp.Void]) string {
		t.Helper()
		ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
		defer cancel()
		ctx, cancel = chromedp.NewContext(ctx)
		defer cancel()
		ctx, cancel = context.WithTimeout(ctx, 60*time.Second)
		defer cancel()
		if err := chromedp.Do(ctx, append([]chromedp.Action[chromedp.Void]{chromedp.Navigate(first)}, more...)...); err != nil {
			t.Fatalf("%v\n%s", err, h.log.String())
		}
		if err := chromedp.Do(ctx, chromedp.Sleep(500*time.Millisecond)); err != nil {
			t.Fatal(err)
		}
		at, err := chromedp.Run(ctx, chromedp.Evaluate[string]("location.href + ' ' + document.querySelector('h1').innerText"))
		if err != nil {
			t.Fatal(err)
		}
		// A form of ours is taken, whatever origin the browser names.
		if err := chromedp.Do(ctx, chromedp.Navigate(own+"/settings"), press, chromedp.Sleep(time.Second)); err != nil {
			t.Fatal(err)
		}
		lang, err := chromedp.Run(ctx, chromedp.Evaluate[string]("document.documentElement.lang"))
		if err != nil || lang != "es" {
			t.Errorf("the language button gave %q, %v", lang, err)
		}
		if err := chromedp.Do(ctx, press, chromedp.Sleep(time.Second)); err != nil {
			t.Fatal(err)
		}
		return at
	}
	if at := enter(own + h.site.NewLink()); strings.Contains(at, "closed") || strings.Contains(at, "/enter") {
		t.Errorf("opened directly, the link leads to %s", at)
	}
	link := own + h.site.NewLink()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte(`<!doctype html><a id="go" href="` + link + `">go</a>`))
	}))
	defer elsewhere.Close() // 127.0.0.1 is another site than localhost
	if at := enter(elsewhere.URL, chromedp.Evaluate[chromedp.Void](`document.getElementById("go").click()`), chromedp.Sleep(1500*time.Millisecond)); strings.Contains(at, "closed") || strings.Contains(at, "/enter") {
		t.Errorf("clicked on another site, the link leads to %s", at)
	}
}
