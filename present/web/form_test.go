package web

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"a\r\nb\rc\n":      "a\nb\nc\n",
		"nul\x00 bell\a":   "nul bell",
		"bad \xff\xfe utf": "bad \uFFFD utf",
		"tab\tñ 😀":         "tab\tñ 😀",
		"gpj\u202Eexe.":    "gpjexe.",
		"\u0085next\u009b": "next",
		"family 👨‍👩‍👧":     "family 👨‍👩‍👧",
	} {
		if got := clean(in); got != want {
			t.Errorf("%q became %q", in, got)
		}
	}
}

func TestFileName(t *testing.T) {
	for in, want := range map[string]string{
		"letter.pdf": "letter.pdf", "../../etc/passwd": "passwd", `C:\Users\x\IEP.docx`: "IEP.docx", "": "file", "..": "file",
		".hidden": "hidden", "a\x00b.txt": "ab.txt", "a:b*c?.txt": "a_b_c_.txt", "carta de María.jpg": "carta de María.jpg",
	} {
		if got := fileName(in); got != want {
			t.Errorf("%q became %q", in, got)
		}
	}
	if long := fileName(strings.Repeat("ñ", 500) + ".pdf"); !strings.HasSuffix(long, ".pdf") || len([]rune(long)) > 200 {
		t.Errorf("%q", long)
	}
}

// A form that is too large is refused and said to be.
func TestLargeForms(t *testing.T) {
	h := build(t, "").enter()
	h.post("/language", url.Values{"lang": {"es"}, "x": {strings.Repeat("x", 2<<20)}}).is(t, http.StatusRequestEntityTooLarge).says(t, "more than Stayput takes")
	h.post("/language", url.Values{"lang": {"es"}, "x": {strings.Repeat("x", fieldLimit+1)}}).is(t, http.StatusRequestEntityTooLarge)
	h.send("POST", "/language", "lang=%zz", map[string]string{"Content-Type": "application/x-www-form-urlencoded"}).is(t, http.StatusBadRequest)
	h.send("PUT", "/drafts/x", `{"fields":{"a":"`+strings.Repeat("x", 2<<20)+`"},"version":0}`, nil).is(t, http.StatusRequestEntityTooLarge)
}

// zeros is a file of so many zeros that nobody holds in memory.
type zeros struct{ n int64 }

func (z *zeros) Read(b []byte) (int, error) {
	if z.n <= 0 {
		return 0, io.EOF
	}
	n := min(int64(len(b)), z.n)
	clear(b[:n])
	z.n -= n
	return int(n), nil
}

func TestUploads(t *testing.T) {
	h := build(t, "").enter()
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	var got *Form
	h.with("POST /up", func(w http.ResponseWriter, r *http.Request) error {
		f, err := h.site.uploads(w, r)
		if err != nil {
			return err
		}
		defer f.Close()
		got = f
		for _, u := range f.Files {
			in, err := u.Open()
			if err != nil {
				return err
			}
			n, _ := io.Copy(io.Discard, in)
			if n != u.Size {
				t.Errorf("%d bytes of %d", n, u.Size)
			}
		}
		got = &Form{values: f.values, Files: append([]Upload(nil), f.Files...)}
		return nil
	})
	send := func(files int, size int64) int {
		pr, pw := io.Pipe()
		m := multipart.NewWriter(pw)
		go func() {
			m.WriteField("note", "hello\r\n")
			for range files {
				p, err := m.CreateFormFile("file", "../../x.pdf")
				if err == nil {
					io.Copy(p, &zeros{size})
				}
			}
			m.Close()
			pw.Close()
		}()
		defer pr.Close()
		r, _ := http.NewRequest("POST", h.server.URL+"/up", pr)
		r.Header.Set("Content-Type", m.FormDataContentType())
		a, err := h.client.Do(r)
		if err != nil {
			return -1 // the server had enough and hung up
		}
		defer a.Body.Close()
		io.Copy(io.Discard, a.Body)
		return a.StatusCode
	}
	if s := send(2, 3<<20); s != 200 || len(got.Files) != 2 || got.Files[0].Name != "x.pdf" || got.Files[1].Size != 3<<20 || got.Text("note", 10) != "hello" {
		t.Errorf("status %d: %+v", s, got)
	}
	if s := send(1, fileLimit+1); s != http.StatusRequestEntityTooLarge && s != -1 {
		t.Errorf("a file of more than 50 MB gave %d", s)
	}
	if s := send(1, 2<<30); s != http.StatusRequestEntityTooLarge && s != -1 {
		t.Errorf("a file of 2 GB gave %d", s)
	}
	if s := send(mostFiles+1, 10); s != http.StatusRequestEntityTooLarge && s != -1 {
		t.Errorf("too many files gave %d", s)
	}
	// A form of the same page without a file comes as any other form.
	h.send("POST", "/up", "a=b", map[string]string{"Content-Type": "application/x-www-form-urlencoded"}).is(t, http.StatusOK)
	h.send("POST", "/up", "a=b", map[string]string{"Content-Type": "text/plain"}).is(t, http.StatusBadRequest)
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	p, _ := m.CreateFormFile("file", "x")
	p.Write([]byte("half"))
	h.send("POST", "/up", b.String(), map[string]string{"Content-Type": m.FormDataContentType()}).is(t, http.StatusBadRequest)
	if left, _ := os.ReadDir(tmp); len(left) > 0 {
		t.Errorf("%d temporary files are left", len(left))
	}
}

// Only form.go, upload.go and json.go read a body, so that no page forgets the
// limits.
func TestBodiesAreReadInOnePlace(t *testing.T) {
	reads := regexp.MustCompile(`\br\.(Body|Form|PostForm|MultipartForm|FormValue|PostFormValue|FormFile|ParseForm|ParseMultipartForm|MultipartReader)\b`)
	narrower := regexp.MustCompile(`r\.Body = http\.MaxBytesReader\(w, r\.Body, `) // a page may ask for less
	names, _ := filepath.Glob("*.go")
	for _, n := range names {
		switch n {
		case "form.go", "upload.go", "json.go":
			continue
		}
		if strings.HasSuffix(n, "_test.go") {
			continue
		}
		text, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		text = narrower.ReplaceAll(text, nil)
		if m := reads.Find(text); m != nil {
			t.Errorf("%s uses %s; read a body with s.form, s.uploads or s.jsonBody", n, m)
		}
	}
}

// What is being typed is kept, and somebody else's newer words are given back.
func TestDrafts(t *testing.T) {
	h := build(t, "").enter()
	h.get("/drafts/entry.c1").is(t, http.StatusNotFound)
	put := func(body string) answer { return h.send("PUT", "/drafts/entry.c1", body, nil) }
	put(`{"fields":{"words":"hola"},"version":0}`).is(t, 200).says(t, `"version":1`)
	put(`{"fields":{"words":"hola 2"},"version":1}`).is(t, 200).says(t, `"version":2`)
	put(`{"fields":{"words":"other tab"},"version":1}`).is(t, http.StatusConflict).says(t, `"hola 2"`, `"version":2`)
	h.get("/drafts/entry.c1").is(t, 200).says(t, `"hola 2"`)
	for _, bad := range []string{"", "[]", `{"fields":[1],"version":2}`, `{"version":2}`, `{"fields":{},"version":-1}`} {
		put(bad).is(t, http.StatusBadRequest)
	}
	h.send("DELETE", "/drafts/entry.c1", "", nil).is(t, http.StatusNoContent)
	h.send("DELETE", "/drafts/entry.c1", "", nil).is(t, http.StatusNoContent)
	h.get("/drafts/entry.c1").is(t, http.StatusNotFound)
	h.client = h.browser()
	h.get("/drafts/entry.c1").is(t, http.StatusForbidden)
}

// Settings are kept, and two tabs do not overwrite each other.
func TestSettings(t *testing.T) {
	h := build(t, "").enter()
	page := h.get("/settings").is(t, 200).says(t, h.folder, "3 MB", "stayput backup")
	version := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(page.body)[1]
	form := url.Values{"version": {version}, "name": {" Ana María \x00"}, "lang": {"es"}, "register": {"precise"}}
	h.post("/settings", form).is(t, http.StatusSeeOther)
	h.get("/settings").is(t, 200).says(t, "Sus ajustes están guardados.", `value="Ana María"`, `data-shortcuts="off"`)
	if strings.Contains(h.get("/settings").body, "Sus ajustes están guardados.") {
		t.Error("a note was shown twice")
	}
	form.Set("name", "Otra")
	h.post("/settings", form).is(t, http.StatusConflict).says(t, `value="Otra"`, "otra ventana")
	form.Set("lang", "xx")
	h.post("/settings", form).is(t, http.StatusUnprocessableEntity)
}

// The language button works before entering and after.
func TestLanguage(t *testing.T) {
	h := build(t, "")
	h.send("GET", "/", "", map[string]string{"Accept-Language": "fr, es-MX;q=0.8, en;q=0.5"}).says(t, "cerrado")
	h.get("/").says(t, "closed")
	h.post("/language", url.Values{"lang": {"es"}, "back": {"/"}}).is(t, http.StatusSeeOther)
	h.get("/").says(t, "cerrado", `<html lang="es">`)
	h.enter()
	h.get("/settings").says(t, "Ajustes") // the first run took the language chosen before
	h.post("/language", url.Values{"lang": {"en"}, "back": {"//evil.example"}}).is(t, http.StatusSeeOther)
	h.get("/settings").says(t, "Settings")
}
