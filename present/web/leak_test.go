package web

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// mostPages bounds a crawl, so that a page that leads to ever new ones is noticed;
// of pages of one sort, the first few are asked for.
const mostPages = 400

// A visited is one answer of a crawl, with everything random in it masked.
type visited struct{ path, text, raw string }

var leadsTo = regexp.MustCompile(` (?:href|src|formaction|action)="([^"]*)"`)

// crawl asks as somebody for every page that can be reached by links, and for what
// only somebody asks who looks for what is hidden.
func (w *town) crawl(name, lang string) []visited {
	w.t.Helper()
	by := w.as(name)
	if name != "" {
		who := w.who(name)
		p := who.Person
		p.Lang = lang
		if err := w.desk.SavePerson(w.t.Context(), who, p); err != nil {
			w.t.Fatal(err)
		}
	}
	one, two := "/cases/"+string(w.one), "/cases/"+string(w.two)
	todo := []string{"/", "/cases", "/cases?closed=1", "/cases?sort=name", "/calendars", "/settings", "/search?q=zq", "/search?q=private+words", "/search?q=bytes", "/record/new", "/imports", "/people", "/access", "/given", "/devices", "/account",
		"/drafts/x", "/nowhere", "/start", "/verify"}
	for _, c := range []string{one, two} {
		todo = append(todo, c, c+"/record", c+"/record?was=1", c+"/record?wall=counsel", c+"/record?wall=mediation", c+"/record?wall=author", c+"/record?q=zq", c+"/record?q=private", c+"/record?kind=evaluation&from=1",
			c+"/clocks", c+"/clocks?view=table", c+"/clocks?as_of=2025-11-20", c+"/clocks?known_by=2026-03-10", c+"/clocks.csv", c+"/rights", c+"/plan", c+"/plans/first", c+"/plans/first/compare/second", c+"/law", c+"/cards", c+"/add?any=1", c+"/edit", c+"/share", c+"/access", c+"/export", c+"/export?q=private",
			c+"/export/case.yaml?wall=counsel&wall=author&wall=mediation", c+"/export/case.json", c+"/export/case.zip?wall=counsel", c+"/export/brief.html?wall=counsel", c+"/files/"+strings.Repeat("ab", 32))
	}
	seen, sorts := map[string]bool{}, map[string]int{}
	asked := len(todo)
	var out []visited
	for n := 0; len(todo) > 0; n++ {
		path := todo[0]
		todo = todo[1:]
		if seen[path] || skipped(path) {
			continue
		}
		seen[path] = true
		if n >= asked {
			if sorts[sortOf(path)]++; sorts[sortOf(path)] > 2 {
				continue
			}
		}
		if len(out) == mostPages {
			w.t.Errorf("%s reaches more than %d pages", name, mostPages)
			break
		}
		*w.at = w.at.Add(time.Second)
		a := by.get(path)
		if a.status >= 500 {
			w.t.Errorf("%s in %s as %q gave %d", path, lang, name, a.status)
		}
		raw := a.body
		text := a.bare(strings.NewReplacer())
		if strings.Contains(a.header.Get("Content-Type"), "zip") {
			// What is packed differs each time; what is in it must not.
			raw = unpacked(w.t, []byte(a.body))
			text = pageSizes.ReplaceAllString(strings.TrimSuffix(text, withoutNames(a.body)), "") + raw
		}
		if strings.Contains(a.header.Get("Content-Type"), "yaml") {
			text = pageSizes.ReplaceAllString(text, "")
		}
		out = append(out, visited{masked(path), masked(text), raw})
		if !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
			continue
		}
		for _, m := range leadsTo.FindAllStringSubmatch(a.body, -1) {
			to, _, _ := strings.Cut(html.UnescapeString(m[1]), "#")
			if strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") {
				todo = append(todo, to)
			}
		}
	}
	tries := map[string]wish{
		"bundle":          post(one+"/export/bundle", url.Values{"which": {"all"}, "wall": {"counsel", "author", "mediation"}}),
		"a lost entry":    get(one + "/record/aaaaaaaaaaaaaaaa"),
		"a lost date":     get(one + "/clocks/nothing/nothing"),
		"a wrong form":    send(one+"/add?any=1", url.Values{"name": {"aaaaaaaaaaaaaaaa"}, "kind": {"nothing"}, "on": {"soon"}}),
		"a wrong method":  {method: "DELETE", path: one},
		"behind counsel":  send(one+"/add?any=1", url.Values{"name": {"aaaaaaaaaaaaaaab"}, "kind": {"evaluation_requested"}, "on": {"2026-03-02"}, "wall": {"counsel"}}),
		"hold":            post(one+"/hold", url.Values{}),
		"answer to none":  send(one+"/add?any=1", url.Values{"name": {"aaaaaaaaaaaaaaac"}, "kind": {"note_added"}, "on": {"2026-03-02"}, "re": {"aaaaaaaaaaaaaaad"}}),
		"a draft of none": {method: "PUT", path: "/drafts/add:" + string(w.one), body: `{`},
	}
	for _, what := range slices.Sorted(maps.Keys(tries)) {
		q := tries[what]
		*w.at = w.at.Add(time.Second)
		if (name == "counsel" || name == "guest counsel") && what == "behind counsel" || name == "owner" && what == "hold" {
			continue // these write
		}
		a := by.send(q.method, q.path, q.body, q.header)
		raw, text := a.body, a.bare(strings.NewReplacer())
		if strings.Contains(a.header.Get("Content-Type"), "zip") {
			raw = unpacked(w.t, []byte(a.body))
			text = raw
		}
		out = append(out, visited{what, masked(text), raw})
	}
	slices.SortStableFunc(out, func(a, b visited) int { return strings.Compare(a.path, b.path) })
	return out
}

// sortOf is what sort of page a path leads to.
func sortOf(path string) string {
	path, query, _ := strings.Cut(masked(path), "?")
	parts := strings.Split(path, "/")
	if len(parts) > 4 {
		parts = append(parts[:4], "more")
	}
	if len(parts) == 3 {
		parts[2] = "one"
	}
	q, _ := url.ParseQuery(query)
	return strings.Join(parts, "/") + fmt.Sprint(slices.Sorted(maps.Keys(q)))
}

// skipped are pages that hold nothing of any record, and are many.
func skipped(path string) bool {
	for _, p := range []string{"/law/rules", "/help/", "/static/", "/law/glossary", "/sign-out", "/language"} {
		if strings.HasPrefix(path, p) {
			return true
		}
	}
	return false
}

// unpacked is what lies in a zip, in order, without signatures, which differ each
// time.
func unpacked(t testing.TB, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		parts = append(parts, fmt.Sprintf("%s\n%s\n", f.Name, text))
	}
	return strings.Join(parts, "")
}

// theirs are the private entries that somebody may see.
func theirs(name string) func(entry string) bool {
	mediation := slices.Contains([]string{"owner", "editor", "counsel", "guest editor", "guest counsel"}, name)
	counsel := name == "counsel" || name == "guest counsel"
	return func(entry string) bool {
		return entry == name+" author" || counsel && strings.HasSuffix(entry, "counsel counsel") || mediation && entry == "owner mediation"
	}
}

// Nothing private shows to anybody else: not a word, a date that follows from it, a
// count, a number, a file or a length. The same town is built twice, with and
// without the private entries that somebody does not see; every page, export and
// error answers that person in the same bytes.
func TestNothingLeaks(t *testing.T) {
	for _, name := range []string{"owner", "editor", "contributor", "reader", "counsel", "guest editor", "guest counsel", "guest contributor", "guest reader", "guest of two entries", "stranger", "no grant", ""} {
		langs := []string{"en", "es"}
		if !slices.Contains([]string{"reader", "guest of two entries"}, name) {
			langs = langs[:1] // the other language draws the same pages from the same facts
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mine := theirs(name)
			full, bare := settle(t, nil), settle(t, func(entry string) bool { return !mine(entry) })
			if len(bare.private) == len(full.private) {
				t.Fatalf("%s sees everything; the test compares nothing", name)
			}
			for _, lang := range langs {
				if name == "no grant" {
					lang = ""
				}
				compare(t, name+" in "+lang, full.crawlAs(name, lang), bare.crawlAs(name, lang), mine)
			}
		})
	}
}

// crawlAs is crawl for somebody who may not even save a language.
func (w *town) crawlAs(name, lang string) []visited {
	if lang == "" {
		v := *w
		p := *w.people[name]
		v.people = map[string]*persona{name: &p}
		by := v.as(name)
		by.people = nil
		return by.crawlOut(name)
	}
	return w.crawl(name, lang)
}

// crawlOut is what somebody reaches of whom nothing is left.
func (w *town) crawlOut(name string) []visited {
	var out []visited
	for _, path := range []string{"/", "/cases", "/cases/" + string(w.one), "/cases/" + string(w.one) + "/record", "/search?q=zq", "/settings"} {
		a := w.get(path)
		if a.status == http.StatusOK && !strings.Contains(path, "sign") {
			w.t.Errorf("%s reaches %s", name, path)
		}
		out = append(out, visited{masked(path), masked(a.bare(strings.NewReplacer())), a.body})
	}
	return out
}

func compare(t *testing.T, who string, full, bare []visited, mine func(string) bool) {
	t.Helper()
	for _, v := range full {
		for _, x := range privates {
			entry := x.who + " " + string(x.wall)
			if !mine(entry) && strings.Contains(v.raw, marker(entry)) {
				t.Errorf("%s reads what is private to %s on %s", who, entry, v.path)
			}
		}
	}
	wrong := 0
	for i := range full {
		if i >= len(bare) || full[i].path != bare[i].path {
			t.Errorf("%s reaches other pages when there is something private: %s", who, full[i].path)
			return
		}
		if full[i].text != bare[i].text {
			t.Errorf("%s: %s is another page when there is something private: %s", who, full[i].path, differ(full[i].text, bare[i].text))
			if wrong++; wrong == 3 {
				return
			}
		}
	}
	if len(bare) != len(full) {
		t.Errorf("%s reaches %d pages, and %d when nothing is private", who, len(full), len(bare))
	}
}

// The marks are looked for where they are: whoever may see a private entry finds
// its words, its file and its dates, or the test above would look for nothing.
func TestLeaksWouldShow(t *testing.T) {
	w := settle(t, nil)
	for name, entry := range map[string]string{"owner": "owner author", "editor": "owner mediation", "contributor": "contributor author", "counsel": "counsel counsel", "guest counsel": "guest counsel author"} {
		found := map[string]bool{}
		for _, v := range w.crawl(name, "en") {
			if strings.Contains(v.raw, marker(entry)) {
				found[v.path] = true
			}
		}
		if len(found) < 4 {
			t.Errorf("%s finds %s on %d pages only: %v", name, entry, len(found), found)
		}
	}
	for _, x := range privates {
		if c := w.seen(x.who, w.one); !strings.Contains(fmt.Sprint(c.Brief.Clocks), "2025") {
			t.Errorf("the private entry of %s starts no date", x.who)
		}
	}
}
