package web

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed static
var static embed.FS

// An asset is one static file, compressed once at the start.
type asset struct {
	data []byte
	gzip []byte // nil when that saves nothing
	hash string
	kind string
}

type assets struct{ byName map[string]*asset }

// kinds are the media types of what may lie in static, so that none depends on
// the machine.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".woff2": "font/woff2", ".png": "image/png", ".ico": "image/x-icon", ".webmanifest": "application/manifest+json", ".txt": "text/plain; charset=utf-8",
}

// shippedAssets are the static files; all sites of a process share them.
var shippedAssets = sync.OnceValues(readAssets)

// readAssets reads the static files into memory; they are a few.
func readAssets() (*assets, error) {
	entries, err := fs.ReadDir(static, "static")
	if err != nil {
		return nil, err
	}
	all := &assets{map[string]*asset{}}
	// A style sheet comes after the files it names.
	slices.SortStableFunc(entries, func(a, b fs.DirEntry) int {
		return cmp.Compare(strings.Count(path.Ext(a.Name()), "css"), strings.Count(path.Ext(b.Name()), "css"))
	})
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		data, err := static.ReadFile("static/" + e.Name())
		if err != nil {
			return nil, err
		}
		if path.Ext(e.Name()) == ".css" {
			// It names its fonts as the pages do, so that each is fetched once and kept.
			for name, x := range all.byName {
				data = bytes.ReplaceAll(data, []byte("url("+name+")"), []byte("url("+name+"?v="+x.hash+")"))
			}
		}
		sum := sha256.Sum256(data)
		a := &asset{data: data, hash: hex.EncodeToString(sum[:6]), kind: kinds[path.Ext(e.Name())]}
		if a.kind == "" {
			a.kind = mime.TypeByExtension(path.Ext(e.Name()))
		}
		if isText(a.kind) {
			var b bytes.Buffer
			z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is a valid one
			z.Write(data)
			z.Close()
			if b.Len() < len(data)*9/10 {
				a.gzip = b.Bytes()
			}
		}
		all.byName[e.Name()] = a
	}
	return all, nil
}

// address names a file with the hash of what is in it, so that a browser may
// keep it for good.
func (a *assets) address(name string) string {
	if x := a.byName[name]; x != nil {
		return "/static/" + name + "?v=" + x.hash
	}
	return "/static/" + name
}

// staticShow serves a static file.
func (s *Site) staticShow(w http.ResponseWriter, r *http.Request) error {
	a := s.assets.byName[r.PathValue("name")]
	if a == nil {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("ETag", `"`+a.hash+`"`)
	if r.URL.Query().Get("v") == a.hash {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	if r.Header.Get("If-None-Match") == `"`+a.hash+`"` {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	data := a.data
	if a.gzip != nil && takesGzip(r.Header.Get("Accept-Encoding")) {
		h.Set("Content-Encoding", "gzip")
		data = a.gzip
	}
	h.Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		w.Write(data)
	}
	return nil
}
