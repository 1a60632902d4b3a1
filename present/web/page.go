package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"

	"stayput/people"
)

//go:embed template/*.html
var templates embed.FS

// A page is a struct that embeds a Frame and knows its template.
type page interface{ template() string }

// samples are the pages, filled in: tests draw each of them in every language.
var samples []func() page

// sample registers a page. Every page's file calls it once:
//
//	var _ = sample(func() page { return caseShowPage{...} })
func sample(f func() page) bool {
	samples = append(samples, f)
	return true
}

// shared are the templates that every page is parsed with.
var shared = []string{"base.html", "kit.html"}

// sheet is one page's template with base and kit, parsed when it is first shown: a
// start waits for none that nobody looks at. A test shows them all.
type sheet struct {
	parsed func() (*template.Template, error)
}

// shippedSheets are the templates that come with the program and never change: all sites
// of a process share them.
var shippedSheets = sync.OnceValues(readSheets)

// readSheets finds every template and parses those that all pages share.
func readSheets() (map[string]*sheet, error) {
	names, err := fs.Glob(templates, "template/*.html")
	if err != nil {
		return nil, err
	}
	common := template.New("").Funcs(functions)
	own := map[string]string{}
	for _, n := range names {
		text, err := templates.ReadFile(n)
		if err != nil {
			return nil, err
		}
		base := path.Base(n)
		if isShared(base) {
			if _, err := common.New(base).Parse(string(text)); err != nil {
				return nil, err
			}
			continue
		}
		own[strings.TrimSuffix(base, ".html")] = string(text)
	}
	out := map[string]*sheet{}
	for name, text := range own {
		out[name] = &sheet{sync.OnceValues(func() (*template.Template, error) {
			t, err := common.Clone()
			if err != nil {
				return nil, err
			}
			_, err = t.New(name + ".html").Parse(text)
			return t, err
		})}
	}
	return out, nil
}

func isShared(base string) bool {
	for _, s := range shared {
		if base == s {
			return true
		}
	}
	return strings.HasPrefix(base, "kit_")
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// show writes a page. It is drawn whole before its first byte goes out, so that
// what fails half-way becomes an error page and not half a page.
func (s *Site) show(w http.ResponseWriter, r *http.Request, status int, p page) error {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	defer func() {
		if b.Cap() < 1<<20 {
			buffers.Put(b)
		}
	}()
	if err := s.draw(b, p); err != nil {
		return err
	}
	if s.sessionLoaded(r) {
		if err := s.keep(w, r); err != nil && status < 400 {
			// A record can be read when nothing can be written; a form could not be kept.
			if r.Method != http.MethodGet && r.Method != http.MethodHead {
				return err
			}
			s.log.Warn("a session could not be kept", "type", fmt.Sprintf("%T", err))
		}
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	// The page may stay in the browser's memory for the back button, but is asked
	// for again before it is shown anew.
	h.Set("Cache-Control", "private, no-cache")
	h.Set("Content-Language", s.lang(r))
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	w.WriteHeader(status)
	w.Write(b.Bytes()) // when it fails, the person left
	return nil
}

// draw writes a page's HTML.
func (s *Site) draw(b *bytes.Buffer, p page) error {
	sh := s.sheets[p.template()]
	if sh == nil {
		return fmt.Errorf("no template %s", p.template())
	}
	t, err := sh.parsed()
	if err != nil {
		return err
	}
	return t.ExecuteTemplate(b, "base", p)
}

// seeOther sends the browser to another page of ours.
func (s *Site) seeOther(w http.ResponseWriter, r *http.Request, to string) error {
	if err := s.keep(w, r); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, localPath(to), http.StatusSeeOther)
	return nil
}

// localPath is to when it is a path of this program, else "/".
func localPath(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Opaque != "" || !strings.HasPrefix(to, "/") ||
		strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return "/"
	}
	return to
}

// caseID is the case a path names.
func caseID(r *http.Request) people.CaseID { return people.CaseID(r.PathValue("case")) }
