package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A world is a program with something of everything in it: an invented family's
// case, a case of one's own with a photo, a correction, an entry taken back and
// one destroyed, a file that was brought in and a sheet of cases.
type world struct {
	p      *program
	b      *tab
	lang   string
	sample string // the paths of the two cases
	own    string
	more   []string // pages that only a form leads to
}

func newWorld(t *testing.T, lang string) *world {
	t.Helper()
	p := serve(t)
	b := newTab(t, p)
	b.enter(p.link)
	w := &world{p: p, b: b, lang: lang}
	w.speak(lang)

	b.open("/start")
	b.send(`form[action="/cases/sample"]`, nil)
	w.sample = b.path()

	b.open("/start/asked/evaluation_written")
	b.send("form.sp-form", map[string]string{"on": "2025-10-06", "words": "By email.", "child": "Leo", "state": "us-ca"})
	w.own = b.path()
	entry := func(fields map[string]string, files ...string) string {
		b.open(w.own + "/add?any=1")
		if len(files) > 0 {
			b.do(chromedp.SetUploadFiles(chromedp.CSS("[type=file]"), files))
		}
		b.send("form.sp-form", fields)
		return ask[string](b, `document.querySelector(".sp-notes a").getAttribute("href")`)
	}
	entry(map[string]string{"kind": "evaluation_consent_requested", "on": "2025-10-20", "words": "By mail."})
	photographed := entry(map[string]string{"kind": "note_added", "on": "2025-10-21", "words": "The first page of the plan."}, photo(t))
	entry(map[string]string{"kind": "contact", "on": "2025-10-22", "words": "My own thoughts.", "wall": "author"})
	b.open(photographed + "/correct")
	b.send("form.sp-form", map[string]string{"words": "Both pages of the plan."})
	w.more = append(w.more, photographed, b.path())
	back := entry(map[string]string{"kind": "contact", "on": "2025-10-23", "words": "Somebody else's child."})
	b.open(back)
	b.send(`form[action$="/withdraw"]`, map[string]string{"why": "It was about another child."})
	w.more = append(w.more, back)
	gone := entry(map[string]string{"kind": "contact", "on": "2025-10-24", "words": "To be destroyed."})
	b.open(gone + "/destroy")
	w.more = append(w.more, gone+"/destroy")
	return w
}

// speak changes the language as the button does.
func (w *world) speak(lang string) {
	w.b.t.Helper()
	if ask[string](w.b, `document.documentElement.lang`) != lang {
		w.b.leave(func() { ask[int](w.b, `(document.querySelector('form[action="/language"]').requestSubmit(), 1)`) })
	}
	if got := ask[string](w.b, `document.documentElement.lang`); got != lang {
		w.b.t.Fatalf("the language button led to %q", got)
	}
}

// bring takes in a case file and a sheet of cases, which make pages of their own.
func (w *world) bring() {
	b := w.b
	b.t.Helper()
	upload := func(path, file string) {
		b.open(path)
		full, err := filepath.Abs(file)
		if err != nil {
			b.t.Fatal(err)
		}
		b.do(chromedp.SetUploadFiles(chromedp.CSS("[type=file]"), []string{full}))
		b.send("main form", nil)
	}
	upload("/import", "../../examples/simple.yaml")
	w.more = append(w.more, b.path())
	// An agreement that is carried out in part.
	upload("/import", "../../examples/settlement.yaml")
	b.send(`main form[action^="/import/"]`, nil)
	w.more = append(w.more, b.path()+"/agreements")
	// One sheet goes in; another waits at its columns, and then at its rows.
	upload("/import/sheet", "../../examples/caseload/cases.csv")
	b.send("main form[method=post]", nil)
	b.send("main form:has(table)", nil)
	w.more = append(w.more, b.path())
	upload("/import/sheet", "../../examples/caseload/cases.csv")
	w.more = append(w.more, b.path())
	b.send("main form[method=post]", nil)
	w.more = append(w.more, b.path())

	// A log of sessions that went in, one that waits at its columns and then at its
	// rows, and a spreadsheet of goals.
	logs := w.sample + "/carry/import"
	upload(logs, "testdata/log.csv")
	b.send("main form[method=post]", nil)
	b.send("main form:has(#f-skip)", map[string]string{"skip": "4"})
	w.more = append(w.more, b.path())
	upload(logs, "testdata/goals.csv")
	w.more = append(w.more, b.path())
	upload(logs, "testdata/log.csv")
	w.more = append(w.more, b.path(), strings.TrimSuffix(b.path(), "/rows"), w.sample+"/carry/imports", "/log")

	// A paper that is being written, with what it lacks, and one that is finished.
	b.open(w.sample + "/papers/new/demand-pwn")
	b.send("main form", nil)
	w.more = append(w.more, b.path())
	b.open(w.sample + "/papers/new/request-records")
	b.send("main form", nil)
	b.open(b.path() + "/as/send")
	b.send("main form", nil)
	w.more = append(w.more, b.path())

	// A paper that came, part by part.
	b.open(w.sample + "/papers/received/pwn")
	ask[int](b, `(document.querySelector('[name=text]').value = "We refuse because of grades.\n\nOther options were considered.", 1)`)
	b.leave(func() { ask[int](b, `(document.querySelector('button[value=text]').click(), 1)`) })
	b.send("#check", map[string]string{"q_safeguards": "no"})
	w.more = append(w.more, b.path())

	// The head of an office's letters.
	b.open("/settings/papers")
	logo, err := filepath.Abs("testdata/logo.png")
	if err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.SetUploadFiles(chromedp.CSS("#f-logo"), []string{logo}))
	b.send(`main form[action="/settings/letterhead"]`, map[string]string{"lines": "A sample office\n1 Example Street"})
	w.more = append(w.more, "/settings/papers")

	// Probes that wait to be looked at, and something seen of a behavior.
	b.open(w.sample + "/carry/probes")
	full, err := filepath.Abs("testdata/probes.csv")
	if err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.SetUploadFiles(chromedp.CSS("[type=file]"), []string{full}))
	b.send("main form[enctype]", nil)
	w.more = append(w.more, b.path())
	b.open(w.sample + "/carry/behavior")
	b.send("main form", map[string]string{"count": "2", "minutes": "20"})
	w.more = append(w.more, w.sample+"/carry/behavior")
}

// send fills a form and sends it with its first button.
func (b *tab) send(form string, fields map[string]string) {
	b.t.Helper()
	b.leave(func() {
		said := ask[string](b, `((sel, fields) => {
			const f = document.querySelector(sel);
			if (!f) return "there is no form " + sel;
			for (const [n, v] of Object.entries(fields ?? {})) {
				const e = f.elements[n];
				if (!e) return "there is no field " + n;
				if (e instanceof RadioNodeList) e.value = v;
				else e.value = v;
				if (e.value !== v) return "the field " + n + " does not take " + v;
			}
			if (!f.reportValidity()) return "the form is not valid: " + Array.from(f.querySelectorAll(":invalid")).map((e) => e.name).join(" ");
			f.requestSubmit(f.querySelector("button:not([type=button]), input[type=submit]"));
			return "";
		})(`+quote(form)+`, `+asJSON(fields)+`)`)
		if said != "" {
			b.t.Fatalf("%s: %s\n%s", b.path(), said, b.text("main"))
		}
	})
}

// A route is what the program's table says can be got.
type route struct {
	name, path string
	match      *regexp.Regexp
}

var routeLine = regexp.MustCompile(`\{"(\w+)", "GET (/[^"]*)"`)

// routes reads the table from the source: a page that is added there cannot be
// forgotten here.
func routes(t *testing.T) []route {
	t.Helper()
	files, err := filepath.Glob("../../present/web/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []route
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range routeLine.FindAllStringSubmatch(string(src), -1) {
			re := regexp.MustCompile(`\\\{\w+\\\}`).ReplaceAllString(regexp.QuoteMeta(strings.TrimSuffix(m[2], "{$}")), `[^/]+`)
			out = append(out, route{m[1], m[2], regexp.MustCompile("^" + re + "$")})
		}
	}
	if len(out) < 30 {
		t.Fatalf("only %d routes were found in the source", len(out))
	}
	// What is said in so many words comes before what stands for anything.
	sort.SliceStable(out, func(i, j int) bool { return strings.Count(out[i].path, "{") < strings.Count(out[j].path, "{") })
	return out
}

func routeOf(all []route, path string) string {
	path, _, _ = strings.Cut(path, "?")
	for _, r := range all {
		if r.match.MatchString(path) {
			return r.name
		}
	}
	return ""
}

// crawled is what a link led to.
type crawled struct {
	Path, From, Kind string
	Status           int
}

// crawl follows the links from some pages, a few of each route, and tells what
// each led to.
func (w *world) crawl(all []route, most int, from ...string) []crawled {
	w.b.t.Helper()
	var pats [][2]string
	for _, r := range all {
		pats = append(pats, [2]string{r.name, r.match.String()})
	}
	w.b.open("/settings")
	return ask[[]crawled](w.b, fmt.Sprintf(`(async (pats, most, todo) => {
		pats = pats.map(([n, p]) => [n, new RegExp(p)]);
		const seen = new Set(), count = {}, out = [];
		todo = todo.map((p) => [p, "", 0]);
		while (todo.length) {
			const [path, from, deep] = todo.shift();
			if (seen.has(path)) continue;
			seen.add(path);
			const u = new URL(path, location.origin);
			const name = (pats.find(([, p]) => p.test(u.pathname)) ?? ["?" + u.pathname])[0];
			const key = name + " " + Array.from(u.searchParams.keys()).sort().join();
			count[key] = (count[key] ?? 0) + 1;
			if (from && count[key] > most) continue;
			const a = await fetch(path);
			const kind = (a.headers.get("Content-Type") ?? "").split(";")[0];
			const end = new URL(a.url);
			out.push({Path: end.pathname + end.search, From: from, Kind: kind, Status: a.status});
			if (kind !== "text/html" || a.headers.has("Content-Disposition")) continue;
			const doc = new DOMParser().parseFromString(await a.text(), "text/html");
			for (const l of doc.querySelectorAll("a[href]")) {
				const to = new URL(l.getAttribute("href"), end);
				if (to.origin === location.origin && to.pathname !== "/enter") todo.push([to.pathname + to.search, end.pathname + end.search, deep + 1]);
			}
		}
		return out;
	})(%s, %d, %s)`, asJSON(pats), most, asJSON(from)))
}
