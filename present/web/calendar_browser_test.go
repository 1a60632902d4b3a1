package web

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"stayput/people"
)

// The pages of dates and calendars in a real browser: axe-core finds nothing, and
// nothing sticks out to the side, in both languages and registers, on a wide and
// a narrow screen. With STAYPUT_SHOTS=FOLDER it keeps a picture of each.
func TestDatesInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("takes minutes")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium here; the check command installs it")
	}
	axe, err := os.ReadFile("../../test/browser/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("axe-core is not installed; the check command installs it")
	}
	shots := os.Getenv("STAYPUT_SHOTS")
	h := calHouse(t, "2026-04-20")
	at := h.openText(example(t, "family/maya.yaml"))
	bare := h.openText(strings.Replace(asked, "2025-09-08", "2026-04-10", 1))
	bareID := strings.TrimPrefix(bare, "/cases/")
	h.post("/calendars/new", newForm("", "Lincoln Elementary", "2025-08-11", "", "unknown", "Winter break", "2025-12-22", "2026-01-02")).is(t, 303)
	cal := "/calendars/oakland-usd-2025-26.yaml"
	a := h.post(cal+"/closure", url.Values{"was": {"0"}, "a0": {"2025-11-17"}, "b0": {"2025-11-21"}, "k0": {"emergency"}, "n0": {"Wildfire smoke"}}).is(t, 200)
	v := hidden(a.body)
	v.Set("do", "save")
	h.post(cal+"/edit", v).is(t, 303)
	pages := []struct{ name, path string }{
		{"clocks", at + "/clocks"}, {"table", at + "/clocks?view=table&part=all"}, {"past", at + "/clocks?as_of=2026-01-08&known_by=2026-01-31"}, {"rights", at + "/rights"}, {"bare", bare + "/clocks"},
		{"calendars", "/calendars"}, {"choose", "/calendars?case=" + bareID}, {"calendar", cal}, {"edit", cal + "/edit"}, {"closure", cal + "/closure"},
		{"new", "/calendars/new?case=" + bareID + "&year=2025-26"}, {"import", "/calendars/import"},
	}
	for i, m := range linkTo(h.get(at+"/clocks").body, at+"/clocks/", 3) {
		pages = append(pages, struct{ name, path string }{"clock" + string(rune('1'+i)), m})
	}
	for i, m := range linkTo(h.get(at+"/clocks?part=done").body, at+"/clocks/", 9) {
		if i%3 == 0 {
			pages = append(pages, struct{ name, path string }{"done" + string(rune('1'+i)), m})
		}
	}
	for i, m := range linkTo(h.get(bare+"/clocks").body, bare+"/clocks/", 1) {
		pages = append(pages, struct{ name, path string }{"unsure" + string(rune('1'+i)), m})
	}
	for i, m := range linkTo(h.get(at+"/rights").body, at+"/rights?right", 1) {
		pages = append(pages, struct{ name, path string }{"right" + string(rune('1'+i)), m})
	}
	u, _ := url.Parse(h.server.URL)
	own := "http://localhost:" + u.Port()
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, 8*time.Minute)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(own+h.site.NewLink()), chromedp.Sleep(500*time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	look := func(name string) {
		t.Helper()
		for _, folded := range []bool{true, false} {
			if !folded {
				chromedp.Run(ctx, chromedp.Evaluate[int](`document.querySelectorAll('details').forEach(d => d.open = true); 1`))
			}
			if folded && shots == "" {
				continue // what is open holds all that is folded
			}
			if _, err := chromedp.Run(ctx, chromedp.Evaluate[int](string(axe)+`; 1`)); err != nil {
				t.Fatalf("%s: axe: %v", name, err)
			}
			found, err := chromedp.Run(ctx, chromedp.Evaluate[string](`(async () => {
  const r = await axe.run(document, {resultTypes: ['violations']});
  return r.violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.target.join(' ')).join(' | ')).join('\n');
})()`, chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatalf("%s: axe: %v", name, err)
			}
			if found != "" {
				t.Errorf("%s (folded %v): %s", name, folded, found)
			}
			if n, err := chromedp.Run(ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`)); err != nil || n > 0 {
				t.Errorf("%s (folded %v): %d pixels stick out to the side (%v)", name, folded, n, err)
			}
			if shots != "" && folded {
				if b, err := chromedp.Run(ctx, chromedp.FullScreenshot(80)); err == nil {
					os.WriteFile(filepath.Join(shots, strings.ReplaceAll(name, " ", "-")+".jpg"), b, 0o644)
				}
			}
		}
	}
	for _, lang := range []string{"en", "es"} {
		for _, width := range []int64{1280, 390} {
			h.speaks(lang, people.Plain)
			if width == 1280 && lang == "en" {
				h.speaks(lang, people.Precise)
			}
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900)); err != nil {
				t.Fatal(err)
			}
			size := map[int64]string{1280: "wide", 390: "phone"}[width]
			for _, p := range pages {
				if err := chromedp.Do(ctx, chromedp.Navigate(own+p.path)); err != nil {
					t.Fatalf("%s: %v", p.name, err)
				}
				look(p.name + " " + lang + " " + size)
			}
			// What moves, reached as a person reaches it.
			if err := chromedp.Do(ctx, chromedp.Navigate(own+cal+"/closure"), chromedp.Evaluate[chromedp.Void](`document.getElementById('f-a0').value = '2025-11-06'; document.getElementById('f-b0').value = '2025-11-14'; document.querySelector('main form').submit()`), chromedp.Sleep(700*time.Millisecond)); err != nil {
				t.Fatal(err)
			}
			look("moves " + lang + " " + size)
		}
	}
}

// linkTo is the first n links of a page that begin so.
func linkTo(body, prefix string, n int) []string {
	var out []string
	for _, part := range strings.Split(body, `href="`)[1:] {
		href, _, _ := strings.Cut(part, `"`)
		if href = unescape(href); strings.HasPrefix(href, prefix) && len(out) < n {
			out = append(out, href)
		}
	}
	return out
}
