package browser

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// notPages are what can be got and is not a page.
var notPages = map[string]string{
	"log_report":      "a table to download",
	"link_enter":      "leads on; the journeys go through it",
	"static_show":     "style, script, icons and fonts",
	"letterhead_logo": "a picture; the page with the letterhead shows it",
	"health_show":     "one word for a program that watches",
	"draft_show":      "JSON for the script",
	"file_show":       "a file that somebody attached",
	"clock_table":     "a table to take along",
	"item_table":      "a table to take along",
	"calendar_file":   "a calendar file to take along",
	"sheet_template":  "an empty sheet to take along",
	"export_file":     "the ways a case goes out",
	"paper_file":      "a paper to take along",
	"paper_both_file": "the same in both languages",
}

// notLinked are pages that no link leads to from where this journey is: they stand
// behind a link that somebody sent, behind a form, or before signing in.
// TestPagesBehindADoor goes to each as the person does who would see it.
var notLinked = []string{"sign_show", "sign_up", "codes_show", "invite_check", "share_check", "host_show", "join_show", "welcome_show", "account_end", "pair_phone", "digest_open", "digest_show"}

// elsewhere are those of them that this machine's own door never shows.
var elsewhere = map[string]string{
	"digest_open": "TestTeacherOnAPhone of present/web looks at it, where there is a public address",
	"digest_show": "TestTeacherOnAPhone of present/web gives a page first",
	"pair_phone":  "TestBrowserPhonePage of present/web looks at it, at the door of the home network",
}

// inCI reports that CI runs the tests. There each page is looked at in one of the two
// languages, in turn, so that a run of everything stays short; ./check by itself looks at
// every page in both.
var inCI = os.Getenv("CI") != ""

// Every page, in both languages, at a desk, on a phone, on a small phone and with
// letters twice as large: nothing that axe-core finds, nothing the browser
// complains of, nothing asked of anybody else, nothing that sticks out.
func TestEveryPage(t *testing.T) {
	for _, lang := range []string{"en", "es"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			everyPage(t, lang)
		})
	}
}

func everyPage(t *testing.T, lang string) {
	w := newWorld(t, lang)
	w.bring()
	b := w.b
	all := routes(t)
	got := w.crawl(all, 2, append([]string{w.sample, w.sample + "/clocks", w.sample + "/record", "/", "/cases", w.own, w.own + "/clocks", w.own + "/record"}, w.more...)...)
	paths := examples(t, all, got)
	paths = append(paths, w.sample+"/clocks?view=table", w.sample+"/add?any=1", w.sample+"/add?capture=call", w.sample+"/add?capture=call&choice=reached", w.own, w.own+"/clocks", w.more[0], w.own+"/record?q=nothing-like-it", "/search?q=plan", "/search?q=nothing-like-it",
		w.own+"/add?capture=photo&choice=kept", "/start?side=school", w.sample+"/record?kind=meeting", "/calendars/new?case="+strings.TrimPrefix(w.own, "/cases/"), "/start/no_such_door")
	slices.Sort(paths)
	paths = slices.Compact(paths)
	source := axeSource(t)
	b.expect("404 (Not Found)")
	began, axes := time.Now(), 0
	for i, p := range paths {
		if inCI && (i%2 == 0) != (lang == "en") {
			continue
		}
		b.do(size(1280, 900))
		b.open(p)
		axes += b.inspect(p, lang, source)
	}
	t.Logf("%d pages in %s, %d runs of axe-core, %.1f s", len(paths), lang, axes, time.Since(began).Seconds())
}

// axeSource is the script of axe-core.
func axeSource(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("axe-core is not installed; run ./check, which installs it: %v", err)
	}
	return string(source)
}

// inspect looks at the page that is open, as it is, at every width, and says how often
// it ran axe-core.
func (b *tab) inspect(p, lang, source string) (axes int) {
	t := b.t
	t.Helper()
	check := func(state string) {
		if n := ask[int](b, sideways); n > 0 {
			t.Errorf("%s in %s, %s: %d pixels stick out to the side: %s", p, lang, state, n, ask[string](b, sticksOut))
		}
	}
	run := func(state string) {
		axes++
		if found := ask[string](b, axe); found != "" {
			t.Errorf("%s in %s, %s: %s", p, lang, state, found)
		}
	}
	b.do(size(1280, 900))
	if said := ask[string](b, whole); said != "" {
		t.Errorf("%s in %s: %s", p, lang, said)
	}
	ask[int](b, source+`; 1`)
	check("1280")
	ask[int](b, openAll+`; 1`)
	check("1280, all open")
	run("1280, all open")
	b.do(size(390, 844))
	check("390, all open")
	run("390, all open")
	b.do(size(320, 700))
	check("320, all open")
	b.letters(32)
	check("320, letters twice as large")
	b.do(size(1280, 900))
	check("1280, letters twice as large")
	b.letters(16)
	for _, x := range b.takeForeign() {
		t.Errorf("%s in %s asked for %s, which is not this program", p, lang, x)
	}
	for _, x := range b.takeProblems() {
		t.Errorf("%s in %s: the browser complains: %s", p, lang, x)
	}
	return axes
}

// letters sets how large the letters are that the reader has chosen; 16 is usual.
func (b *tab) letters(size int64) {
	b.t.Helper()
	fixed := size * 13 / 16
	if _, err := chromedp.Call(b.ctx, cdppage.SetFontSizes, cdppage.SetFontSizesParams{FontSizes: &cdppage.FontSizes{Standard: size, Fixed: fixed}}); err != nil {
		b.t.Fatal(err)
	}
}

// examples picks a page for each route, and fails for a route that nothing leads
// to and for a link that leads nowhere.
func examples(t *testing.T, all []route, got []crawled) []string {
	t.Helper()
	seen := map[string]bool{}
	picked := map[string]string{}
	for _, g := range got {
		if g.Status != 200 {
			t.Errorf("%s, linked on %s, answers %d", g.Path, g.From, g.Status)
		}
		name := routeOf(all, g.Path)
		seen[name] = true
		if g.Kind != "text/html" || notPages[name] != "" {
			continue
		}
		// What stands in the address by itself is a page; what is asked after it
		// changes little.
		if have, ok := picked[name]; !ok || strings.Contains(have, "?") && !strings.Contains(g.Path, "?") {
			picked[name] = g.Path
		}
	}
	var out []string
	for _, p := range picked {
		out = append(out, p)
	}
	for _, r := range all {
		if !seen[r.name] && notPages[r.name] == "" && !slices.Contains(notLinked, r.name) {
			t.Errorf("no page leads to %s (%s), so nothing here looks at it", r.path, r.name)
		}
	}
	return out
}

// whole says what a page lacks that every page has.
const whole = `(() => {
  const out = [];
  const h1 = Array.from(document.querySelectorAll("h1"));
  if (h1.length !== 1) out.push(h1.length + " first headings");
  if (!h1[0]?.textContent.trim()) out.push("an empty first heading");
  const [title, name] = document.title.split("|").map((s) => s.trim());
  if (!title || name !== "Stayput") out.push("the title is " + document.title);
  if (!document.querySelector("main")) out.push("no main part");
  const lang = document.documentElement.lang, button = document.querySelector('form[action="/language"] button');
  const once = location.pathname === "/account/codes"; // in another language it would be another page, without the codes
  if (!once && (!button || button.lang === lang) || !/^(en|es)$/.test(lang)) out.push("the language is " + lang + ", the button offers " + button?.lang);
  for (const f of document.querySelectorAll("main form")) {
    if (f.dataset.passkey) continue; // the browser's own part of a passkey is a script; the passphrase stands beside it
    const sends = Array.from(f.elements).some((e) => e.type === "submit" && !e.closest(".sp-js"));
    if (!sends) out.push("a form to " + f.getAttribute("action") + " has no button without a script");
  }
  if (document.querySelector("[style], style, script:not([src]), [onclick], [onsubmit]")) out.push("style or script in the page");
  const words = document.querySelector("main").innerText;
  const raw = words.match(/\b(web|webcase|webdates|webmore|page|desk)\.[a-z_]+\b|\{[a-z]+\}|<no value>|%!/);
  if (raw) out.push("shows " + raw[0]);
  return out.join("; ");
})()`

// sticksOut names what is wider than the window.
const sticksOut = `(() => {
  const w = document.documentElement.clientWidth;
  return Array.from(document.querySelectorAll("body *")).filter((e) => {
    if (e.getBoundingClientRect().right <= w + 1) return false;
    for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) if (getComputedStyle(p).overflowX !== "visible") return false;
    return true;
  }).slice(0, 4).map((e) => e.tagName.toLowerCase() + "." + e.className + " " + e.textContent.trim().slice(0, 30)).join(" | ");
})()`
