package browser

import (
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// Somebody with a phone in one hand: fingers, and the keys of the screen.

// phone makes the window a phone's.
func (b *tab) phone() {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch))
}

// A spot is where a finger would go.
type spot struct {
	Found, Free bool
	X, Y, W, H  float64
	Over        string // what lies over it
}

// finger finds something to tap by its selector, or by what it says when the
// selector begins with "=".
const finger = `(async (what) => {
  const line = (s) => (s ?? "").replace(/\s+/g, " ").trim();
  const all = what.startsWith("=")
    ? Array.from(document.querySelectorAll("a, button, summary, label, input[type=submit]")).filter((e) => line(e.innerText).includes(what.slice(1)))
    : Array.from(document.querySelectorAll(what));
  const e = all.find((e) => { const r = e.getBoundingClientRect(); return r.width > 1 && r.height > 1; });
  if (!e) return {Found: false};
  e.scrollIntoView({block: "center", behavior: "instant"});
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const r = e.getBoundingClientRect();
  const x = r.left + (/^(date|time)$/.test(e.type) ? 20 : r.width / 2), y = r.top + r.height / 2;
  const top = document.elementFromPoint(x, y);
  return {Found: true, Free: !!top && (e.contains(top) || top.contains(e)), X: x, Y: y, W: r.width, H: r.height, Over: top?.outerHTML.slice(0, 120) ?? ""};
})`

// find waits for something to tap. It must be free, and large enough for a thumb.
func (b *tab) find(what string) spot {
	b.t.Helper()
	var s spot
	for range 40 {
		if s = ask[spot](b, fmt.Sprintf("%s(%s)", finger, quote(what))); s.Found && s.Free {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if !s.Found {
		b.t.Fatalf("%s: nothing to tap is %q; the page says:\n%s", b.path(), what, b.text("main"))
	}
	if !s.Free {
		b.t.Errorf("%s: %q is covered by %s", b.path(), what, s.Over)
	}
	return s
}

// tap taps, and counts.
func (b *tab) tap(what string) {
	b.t.Helper()
	s := b.find(what)
	b.taps++
	// A second tap at the same place at once would be a double tap.
	time.Sleep(time.Until(b.tapped.Add(400 * time.Millisecond)))
	b.do(chromedp.TapXY(s.X, s.Y))
	b.tapped = time.Now()
	if strings.HasPrefix(what, "[name=") {
		b.until("the focus in "+what, `document.activeElement.matches(`+quote(what)+`)`)
	}
}

// tapOn taps what leads to another page.
func (b *tab) tapOn(what string) {
	b.t.Helper()
	b.leave(func() { b.tap(what) })
}
