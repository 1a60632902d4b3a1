package web

import (
	"bytes"
	"html"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"text/template/parse"

	"stayput/locale"
)

// Every page is drawn in both languages, and every template has a page.
func TestPages(t *testing.T) {
	h := build(t, "")
	seen := map[string]bool{}
	for _, make := range samples {
		for _, lang := range locale.Languages {
			p := framed(t, h.site, make(), lang)
			seen[p.template()] = true
			var b bytes.Buffer
			if err := h.site.draw(&b, p); err != nil {
				t.Errorf("%s in %s: %v", p.template(), lang, err)
				continue
			}
			checkPage(t, p.template()+" in "+lang, b.String())
		}
	}
	for name := range h.site.sheets {
		if !seen[name] {
			t.Errorf("template %s has no page: call sample beside its struct", name)
		}
	}
}

// framed is a page with a frame, as the site makes one.
func framed(t *testing.T, s *Site, p page, lang string) page {
	t.Helper()
	cat, _ := locale.For(lang)
	v := reflect.New(reflect.TypeOf(p)).Elem()
	v.Set(reflect.ValueOf(p))
	f := v.FieldByName("Frame")
	if !f.IsValid() {
		t.Fatalf("%T embeds no Frame", p)
	}
	old := f.Interface().(Frame)
	if text, _ := templates.ReadFile("template/" + p.template() + ".html"); old.Case == nil && bytes.Contains(text, []byte(".Case.")) {
		old.Case = &Mast{ID: "c1", Title: "Maya", Tabs: []Tab{{Href: "/cases/c1", Label: "1", Current: true}}}
	}
	frame := Frame{Lang: lang, OtherLang: other(lang), Title: "Title", Section: "today", Person: "Ana", Path: "/", cat: cat, assets: s.assets, Case: old.Case}
	f.Set(reflect.ValueOf(frame))
	return v.Interface().(page)
}

var (
	ids     = regexp.MustCompile(` id="([^"]*)"`)
	targets = regexp.MustCompile(` (?:for|aria-labelledby|aria-describedby)="([^"]*)"`)
)

// checkPage looks for what no page may have.
func checkPage(t *testing.T, name, text string) {
	t.Helper()
	for _, bad := range []string{"<no value>", "&lt;nil&gt;", "%!", "ZgotmplZ", " style=\"", " onclick=", "<script>", "http://", "<style"} {
		if strings.Contains(text, bad) {
			t.Errorf("%s holds %s", name, bad)
		}
	}
	if n := strings.Count(text, "<h1"); n != 1 {
		t.Errorf("%s has %d first headings", name, n)
	}
	have := map[string]bool{}
	for _, m := range ids.FindAllStringSubmatch(text, -1) {
		if have[m[1]] && m[1] != "f-" { // a sample may leave its questions without names
			t.Errorf("%s has two parts named %s", name, m[1])
		}
		have[m[1]] = true
	}
	for _, m := range targets.FindAllStringSubmatch(text, -1) {
		for _, id := range strings.Fields(m[1]) {
			if !have[id] {
				t.Errorf("%s speaks of a part %s that is not there", name, id)
			}
		}
	}
	if m := regexp.MustCompile(`\b(?:web[a-z]*|page|cli)\.[a-z_]+(?:\.[a-z_]+)*\b`).FindString(tagless(text)); m != "" {
		t.Errorf("%s shows the key %s", name, m)
	}
}

var tag = regexp.MustCompile(`(?s)<!--.*?-->|<(?:[^"'>]|"[^"]*"|'[^']*')*>`)

func tagless(s string) string { return html.UnescapeString(tag.ReplaceAllString(s, " ")) }

// Words that are the same in every language.
var sameEverywhere = regexp.MustCompile(`(?s)<(kbd|code)\b[^>]*>.*?</(kbd|code)>`)

// No template holds a word of its own: neither between tags nor in an attribute
// that people read.
func TestTemplatesHoldNoText(t *testing.T) {
	letter := regexp.MustCompile(`\p{L}+`)
	spoken := regexp.MustCompile(` (?:alt|title|placeholder|aria-label|aria-description|aria-roledescription|label|content)="([^"]*)"`)
	paths, _ := filepath.Glob("template/*.html")
	for _, p := range paths {
		text, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		trees, err := parse.Parse(p, string(text), "", "", map[string]any{}, map[string]any{"of": 1, "fields": 1, "eq": 1, "ne": 1, "and": 1, "or": 1, "not": 1, "gt": 1, "lt": 1, "ge": 1, "le": 1, "len": 1, "index": 1, "printf": 1, "print": 1, "urlquery": 1, "slice": 1})
		if err != nil {
			t.Logf("%s uses a function of its own: %v", p, err)
		}
		for _, tree := range trees {
			if tree.Root == nil || tree.Name == "width" || tree.Name == "offpaper" { // part of a class
				continue
			}
			bare := sameEverywhere.ReplaceAllString(literals(tree.Root), " ")
			if m := letter.FindString(tagless(bare)); m != "" {
				t.Errorf("%s: %s holds the text %q", p, tree.Name, m)
			}
			for _, m := range spoken.FindAllStringSubmatch(bare, -1) {
				if letter.MatchString(m[1]) && !strings.Contains(m[0], " content=") {
					t.Errorf("%s: %s holds the text %q", p, tree.Name, m[1])
				}
			}
		}
	}
}

// literals is a template's own text, with a sign for whatever it fills in.
func literals(n parse.Node) string {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return ""
		}
		var b strings.Builder
		for _, x := range n.Nodes {
			b.WriteString(literals(x))
		}
		return b.String()
	case *parse.TextNode:
		return string(n.Text)
	case *parse.IfNode:
		return literals(n.List) + literals(n.ElseList)
	case *parse.RangeNode:
		return literals(n.List) + literals(n.ElseList)
	case *parse.WithNode:
		return literals(n.List) + literals(n.ElseList)
	}
	return "0"
}
