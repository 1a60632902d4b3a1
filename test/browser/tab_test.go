package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A tab is one window of the browser. It writes down everything the page asks
// for and everything it complains of.
type tab struct {
	t      *testing.T
	ctx    context.Context
	p      *program
	kill   context.CancelFunc
	taps   int       // so far
	tapped time.Time // the last one

	mu       sync.Mutex
	foreign  []string // requests to anything but the program
	problems []string // console errors, exceptions, what the policy refused
	bytes    map[network.RequestID]float64
	expected []string // parts of problems that a test brings about itself
}

// profile is a browser context of its own: a machine that knows nothing yet.
func profile(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := chromedp.NewContext(chrome(t), chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	ctx, stop := context.WithTimeout(ctx, 8*time.Minute)
	t.Cleanup(stop)
	return ctx
}

// newTab opens the first window of a profile of its own.
func newTab(t *testing.T, p *program) *tab {
	t.Helper()
	return tabIn(t, p, profile(t))
}

// another opens one more window of the same profile.
func (b *tab) another() *tab {
	b.t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	b.t.Cleanup(cancel)
	n := tabIn(b.t, b.p, ctx)
	n.kill = cancel
	return n
}

func tabIn(t *testing.T, p *program, ctx context.Context) *tab {
	t.Helper()
	b := &tab{t: t, ctx: ctx, p: p, bytes: map[network.RequestID]float64{}}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("a new tab: %v", err)
	}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, cdplog.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.clean)
	return b
}

// hear takes in what the browser tells.
func (b *tab) hear(ev any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := ev.(type) {
	case *network.EventRequestWillBeSent:
		u, err := url.Parse(e.Request.URL)
		if err != nil || u.Scheme != "data" && u.Scheme != "blob" && u.Scheme != "about" && u.Scheme+"://"+u.Host != b.p.base {
			b.foreign = append(b.foreign, e.Request.URL)
		}
		b.bytes[e.RequestID] = 0
	case *network.EventResponseReceived:
		b.bytes[e.RequestID] = e.Response.EncodedDataLength
	case *network.EventLoadingFinished:
		b.bytes[e.RequestID] = e.EncodedDataLength
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" || e.Type == "assert" {
			b.problems = append(b.problems, fmt.Sprintf("console %s: %s", e.Type, asJSON(e.Args)))
		}
	case *runtime.EventExceptionThrown:
		b.problems = append(b.problems, "exception: "+asJSON(e.ExceptionDetails))
	case *cdplog.EventEntryAdded:
		if e.Entry.Level == "error" || e.Entry.Level == "warning" || e.Entry.Source == "security" {
			b.problems = append(b.problems, fmt.Sprintf("%s %s: %s %s", e.Entry.Source, e.Entry.Level, e.Entry.Text, e.Entry.URL))
		}
	}
}

func asJSON(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

// clean fails the test for what no page may do.
func (b *tab) clean() {
	b.t.Helper()
	for _, f := range b.takeForeign() {
		b.t.Errorf("a page asked for %s, which is not this program", f)
	}
	for _, p := range b.takeProblems() {
		b.t.Errorf("the browser complains: %s", p)
	}
}

func (b *tab) takeForeign() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := b.foreign
	b.foreign = nil
	return out
}

func (b *tab) takeProblems() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []string
next:
	for _, p := range b.problems {
		for _, x := range b.expected {
			if strings.Contains(p, x) {
				continue next
			}
		}
		out = append(out, p)
	}
	b.problems = nil
	return out
}

// expect names complaints that the test brings about on purpose.
func (b *tab) expect(part ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.expected = append(b.expected, part...)
}

// weight is how many bytes came over the wire since it was last asked.
func (b *tab) weight() (total int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, n := range b.bytes {
		total += int(n)
	}
	b.bytes = map[network.RequestID]float64{}
	return total
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 40*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("%v", err)
	}
}

// open goes to a path of the program, or to a link.
func (b *tab) open(path string) {
	b.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = b.p.base + path
	}
	b.do(chromedp.Navigate(path))
}

// enter uses a one-time link.
func (b *tab) enter(link string) {
	b.t.Helper()
	b.open(link)
	if p := b.path(); strings.HasPrefix(p, "/enter") {
		b.t.Fatalf("the link led to %s: %s", p, b.text("body"))
	}
}

// ask is what an expression says in the page.
func ask[T any](b *tab, js string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 60*time.Second)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%.200s: %v", js, err)
	}
	return v
}

func (b *tab) path() string {
	b.t.Helper()
	return ask[string](b, `location.pathname + location.search`)
}

// text is what can be seen of the first thing that matches, in one line.
func (b *tab) text(sel string) string {
	b.t.Helper()
	return ask[string](b, `(document.querySelector(`+quote(sel)+`)?.innerText ?? "").replace(/\s+/g, " ").trim()`)
}

// value is what stands in a field.
func (b *tab) value(sel string) string {
	b.t.Helper()
	return ask[string](b, `document.querySelector(`+quote(sel)+`)?.value ?? ""`)
}

func quote(s string) string { return asJSON(s) }

// says fails when the page does not say something.
func (b *tab) says(want ...string) {
	b.t.Helper()
	have := b.text("main")
	for _, w := range want {
		if !strings.Contains(have, w) {
			b.t.Errorf("%s does not say %q; it says:\n%s", b.path(), w, have)
		}
	}
}

// until waits for an expression to become true.
func (b *tab) until(what, js string) {
	b.t.Helper()
	end := time.Now().Add(15 * time.Second)
	for {
		// Between two pages there is nothing to ask.
		ctx, cancel := context.WithTimeout(b.ctx, 5*time.Second)
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`!!(`+js+`)`))
		cancel()
		if err == nil && ok {
			return
		}
		if time.Now().After(end) {
			b.t.Fatalf("waited in vain for %s (%v) at %s", what, err, b.path())
		}
		time.Sleep(25 * time.Millisecond)
	}
}

// leave does something that opens another page, and waits for that page. The
// page left behind is marked, so that the new one is known by having no mark.
func (b *tab) leave(do func()) {
	b.t.Helper()
	ask[int](b, `window.__left = 1`)
	do()
	b.until("the next page", `!window.__left && document.readyState === "complete"`)
}

// picture keeps what the page looks like where STAYPUT_SHOTS names a folder.
func (b *tab) picture(name string) {
	b.t.Helper()
	dir := os.Getenv("STAYPUT_SHOTS")
	if dir == "" {
		return
	}
	shot, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(85))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".jpg"), shot, 0o666)
	}
	if err != nil {
		b.t.Errorf("picture %s: %v", name, err)
	}
}

func size(width, height int64) chromedp.Action[chromedp.Void] {
	return chromedp.EmulateViewport(width, height)
}
