package browser

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"stayput/present/cli"
)

// page makes the HTML brief of an example and gives its path.
func page(t *testing.T, example, asOf, lang string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "brief-"+lang+".html")
	var stderr bytes.Buffer
	status := cli.Run(cli.Env{
		Args:   []string{"brief", filepath.Join("../../examples", example), "--as-of", asOf, "--lang", lang, "--format", "html", "-o", out},
		Stdout: &stderr, Stderr: &stderr, Now: time.Now, Getenv: os.Getenv,
	})
	if status != 0 {
		t.Fatalf("exit status %d: %s", status, stderr.String())
	}
	return out
}

func browser(t *testing.T) context.Context {
	t.Helper()
	// Not the defaults alone: a browser that starts must not look things up.
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// axe runs axe-core in the page and gives its violations, one a line.
const axe = `(async () => {
  const r = await axe.run(document, {resultTypes: ['violations']});
  return r.violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.target.join(' ')).join(' | ')).join('\n');
})()`

const openAll = `document.querySelectorAll('details').forEach(d => d.open = true)`

// sideways is how many pixels stick out to the side.
const sideways = `document.documentElement.scrollWidth - document.documentElement.clientWidth`

func TestBriefInABrowser(t *testing.T) {
	source, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("axe-core is not installed; run ./check, which installs it: %v", err)
	}
	ctx := browser(t)
	for _, c := range []struct{ example, asOf, lang string }{
		{"family/maya.yaml", "2026-04-20", "en"},
		{"family/maya.yaml", "2026-01-16", "es"},
		{"school/maya.yaml", "2026-04-20", "en"},
		{"move.yaml", "2025-01-15", "es"},
	} {
		file := page(t, c.example, c.asOf, c.lang)
		for _, width := range []int64{1280, 390, 320} {
			name := fmt.Sprintf("%s in %s at %d", c.example, c.lang, width)
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate("file://"+file)); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if n, err := chromedp.Run(ctx, chromedp.Evaluate[int](sideways)); err != nil || n > 0 {
				t.Errorf("%s: %d pixels stick out to the side (%v)", name, n, err)
			}
			for _, folded := range []bool{true, false} {
				if !folded {
					if _, err := chromedp.Run(ctx, chromedp.Evaluate[int](openAll+`; 1`)); err != nil {
						t.Fatalf("%s: %v", name, err)
					}
				}
				if _, err := chromedp.Run(ctx, chromedp.Evaluate[int](string(source)+`; 1`)); err != nil {
					t.Fatalf("%s: axe: %v", name, err)
				}
				found, err := chromedp.Run(ctx, chromedp.Evaluate[string](axe, chromedp.EvalAwaitPromise))
				if err != nil {
					t.Fatalf("%s: axe: %v", name, err)
				}
				if found != "" {
					t.Errorf("%s (folded %v): %s", name, folded, found)
				}
			}
			if n, err := chromedp.Run(ctx, chromedp.Evaluate[int](sideways)); err != nil || n > 0 {
				t.Errorf("%s, all open: %d pixels stick out to the side (%v)", name, n, err)
			}
		}
	}
}

// The printed page, read back by a PDF reader, carries the sentence, the dates
// and the runs of days, folded or not.
func TestPrintedBrief(t *testing.T) {
	ctx := browser(t)
	file := page(t, "family/maya.yaml", "2026-01-16", "en")
	if err := chromedp.Do(ctx, chromedp.Navigate("file://"+file)); err != nil {
		t.Fatal(err)
	}
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF())
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "brief.pdf")
	if err := os.WriteFile(out, pdf, 0o666); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command("pdftotext", "-layout", out, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	flat := strings.Join(strings.Fields(string(text)), " ")
	for _, want := range []string{"One date has passed", "Next step", "January 13", "56344(a)", "Winter break", "not legal advice"} {
		if !strings.Contains(flat, want) {
			t.Errorf("the printed page does not say %q", want)
		}
	}
}
