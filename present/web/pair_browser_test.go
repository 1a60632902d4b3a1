package web

import (
	"context"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/cdproto/security"
	"github.com/chromedp/chromedp"
)

// The page that a phone sees after it read the code, at the door of the home network, in
// a real browser that let the warning about the certificate pass: in both languages, at
// a phone's width, a small phone's and a desk's, nothing that axe-core finds and nothing
// that sticks out. Without a key a stranger's page is looked at in the same way.
func TestBrowserPhonePage(t *testing.T) {
	source, err := os.ReadFile("../../test/browser/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("axe-core is not installed; run ./check, which installs it: %v", err)
	}
	h := build(t, "").enter()
	o, _ := h.home(t)
	_, opts := chromium(h)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), opts...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, 120*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, security.SetIgnoreCertificateErrors, security.SetIgnoreCertificateErrorsParams{Ignore: true}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/phone/" + keyOf(o), "/phone/none"} {
		stranger := path == "/phone/none"
		for _, lang := range []string{"en", "es"} {
			for _, width := range []int64{390, 320, 1280} {
				run := func(js string) string {
					t.Helper()
					got, err := chromedp.Run(ctx, chromedp.Evaluate[string](js, chromedp.EvalAwaitPromise))
					if err != nil {
						t.Fatal(err)
					}
					return got
				}
				if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 844), chromedp.Navigate(o.Address+path)); err != nil {
					t.Fatal(err)
				}
				if !stranger && run(`document.documentElement.lang`) != lang {
					if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector('form[action="/language"]').submit()`), chromedp.Sleep(500*time.Millisecond), chromedp.Navigate(o.Address+path)); err != nil {
						t.Fatal(err)
					}
					if got := run(`document.documentElement.lang`); got != lang {
						t.Fatalf("the page is in %q", got)
					}
				}
				if form := run(`String(!!document.querySelector('form[action="/phone"]'))`); (form == "true") == stranger {
					t.Errorf("%s: a way in: %s", path, form)
				}
				if dir := os.Getenv("STAYPUT_SHOTS"); dir != "" && !stranger {
					if shot, err := chromedp.Run(ctx, chromedp.FullScreenshot(85)); err == nil {
						os.WriteFile(dir+"/pair_phone."+lang+"."+strconv.FormatInt(width, 10)+".jpg", shot, 0o666)
					}
				}
				if n := run(`String(document.documentElement.scrollWidth - document.documentElement.clientWidth)`); n != "0" {
					t.Errorf("%s in %s, %d: %s pixels stick out to the side", path, lang, width, n)
				}
				run(string(source) + `; ""`)
				if found := run(`axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.target.join(' ')).join(' | ')).join('\n'))`); found != "" {
					t.Errorf("%s in %s, %d: %s", path, lang, width, found)
				}
			}
		}
	}
}
