package browser

import (
	"strings"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Somebody who has a keyboard and nothing else. Only keys are sent; where the
// focus is, is found out by looking.

// A stop is where the focus rests.
type stop struct {
	Tag, Type, Name, ID, Href string
	Text                      string // what it says, or its label
	Value                     string
	Ring                      bool // the focus can be seen
	There                     bool // it is in the window and nothing lies over it
}

const whereFocus = `(() => {
  const e = document.activeElement;
  if (!e || e === document.body) return {Tag: "body", Ring: true, There: true};
  const line = (s) => (s ?? "").replace(/\s+/g, " ").trim();
  const ring = (el, part) => {
    const s = getComputedStyle(el, part);
    return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none";
  };
  const label = e.labels?.[0];
  let box = e.getClientRects()[0] ?? e.getBoundingClientRect(); // of a link over two lines the first
  // A box to tick may be drawn by its label.
  if (label && (box.right <= 0 || box.width < 2)) box = label.getBoundingClientRect();
  const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2, y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
  const top = document.elementFromPoint(x, y);
  return {
    Tag: e.tagName.toLowerCase(), Type: e.type ?? "", Name: e.name ?? "", ID: e.id, Href: e.getAttribute("href") ?? "",
    Text: line(label ? label.innerText : e.innerText), Value: e.value ?? "",
    // Inside a date field stands a button that the browser draws, with a ring of its own.
    Ring: ring(e) || !!label && (ring(label) || ring(label, "::before")) || /^(date|time)$/.test(e.type) && !e.matches(":focus"),
    There: !!top && (e.contains(top) || top.contains(e) || !!label?.contains(top)),
  };
})()`

func (b *tab) focus() stop { b.t.Helper(); return ask[stop](b, whereFocus) }

func (b *tab) press(keys string, opts ...chromedp.KeyOption) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys, opts...))
}

// next goes on by one stop and looks whether it can be seen.
func (b *tab) next() stop {
	b.t.Helper()
	b.press(kb.Tab)
	return b.look()
}

func (b *tab) back() stop {
	b.t.Helper()
	b.press(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift))
	return b.look()
}

func (b *tab) look() stop {
	b.t.Helper()
	s := b.focus()
	for i := 0; i < 20 && !s.There; i++ { // it slides in
		time.Sleep(25 * time.Millisecond)
		s = b.focus()
	}
	if !s.Ring {
		b.t.Errorf("%s: the focus on %+v cannot be seen", b.path(), s)
	}
	if !s.There {
		b.t.Errorf("%s: the focus on %+v is out of sight or covered", b.path(), s)
	}
	return s
}

// tabTo goes on until it stands on what is wanted.
func (b *tab) tabTo(what string, is func(stop) bool) stop {
	b.t.Helper()
	var passed []string
	for range 120 {
		s := b.next()
		if is(s) {
			return s
		}
		passed = append(passed, s.Tag+" "+s.Text)
	}
	b.t.Fatalf("%s: no stop is %s; passed: %s", b.path(), what, strings.Join(passed, " · "))
	return stop{}
}

// toLink, toButton and toField go on until they stand on one.
func (b *tab) toLink(text string) {
	b.t.Helper()
	b.tabTo("the link "+text, func(s stop) bool { return s.Tag == "a" && strings.Contains(s.Text, text) })
}

func (b *tab) toButton(text string) {
	b.t.Helper()
	b.tabTo("the button "+text, func(s stop) bool { return (s.Tag == "button" || s.Tag == "summary") && strings.Contains(s.Text, text) })
}

func (b *tab) toField(name string) {
	b.t.Helper()
	b.tabTo("the field "+name, func(s stop) bool { return s.Name == name && s.Tag != "button" })
}

// enterKey presses Enter and waits for the page it leads to.
func (b *tab) enterKey() {
	b.t.Helper()
	b.leave(func() { b.press(kb.Enter) })
}

// skip uses the link that leads past the head and the menu: the first stop.
func (b *tab) skip() {
	b.t.Helper()
	if s := b.next(); s.Href != "#main" {
		b.t.Fatalf("%s: the first stop is %+v, not the link past the menu", b.path(), s)
	}
	b.press(kb.Enter)
	b.until("the focus on the page itself", `document.activeElement.id === "main" || location.hash === "#main"`)
}
