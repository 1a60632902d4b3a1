package web

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/intake/casefile"
)

// A sent is one part of a form with files.
type sent struct {
	field, name string
	data        []byte
}

// upload sends a form with files.
func (h *house) upload(path string, fields url.Values, files ...sent) answer {
	h.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for k, vs := range fields {
		for _, v := range vs {
			m.WriteField(k, v)
		}
	}
	for _, f := range files {
		w, err := m.CreatePart(map[string][]string{
			"Content-Disposition": {mime.FormatMediaType("form-data", map[string]string{"name": f.field, "filename": f.name})},
			"Content-Type":        {"image/png"}, // what the sender claims is believed by nobody
		})
		if err != nil {
			h.t.Fatal(err)
		}
		w.Write(f.data)
	}
	m.Close()
	return h.send("POST", path, b.String(), map[string]string{"Content-Type": m.FormDataContentType()})
}

// cases is how many cases are open.
func (h *house) cases() []*desk.Case {
	h.t.Helper()
	cs, err := h.site.desk.Cases(h.t.Context(), h.owner(), false)
	if err != nil {
		h.t.Fatal(err)
	}
	return cs
}

func zipOf(t testing.TB, files ...sent) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f.name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(f.data)
	}
	z.Close()
	return b.Bytes()
}

const smallCase = `stayput: 1
case: {title: "Ana's case", jurisdiction: us-ca}
record:
  - {id: a, on: 2025-10-06, kind: evaluation_requested, files: [papers/carta ñ.html], note: please}
  - {id: b, on: 2025-10-07, kind: note_added, wall: counsel, note: for-counsel-alone}
`

// A file with mistakes shows each with its line; nothing is opened.
func TestImportMistakes(t *testing.T) {
	h := build(t, "").enter()
	h.get("/import").is(t, http.StatusOK)
	h.upload("/import", nil).is(t, http.StatusUnprocessableEntity)
	h.upload("/import", url.Values{"text": {"   "}}).is(t, http.StatusUnprocessableEntity)
	h.upload("/import", nil, sent{"file", "photo.jpg", []byte("\xff\xd8\xff")}).is(t, http.StatusUnprocessableEntity)
	a := h.upload("/import", url.Values{"text": {"stayput: 1\ncase: {title: <script>alert(1)</script>}\nrecord:\n  - {on: 2025-10-06, kind: <b>evaluation_reqested}\n"}}).is(t, http.StatusSeeOther)
	page := h.get(a.header.Get("Location")).is(t, http.StatusOK).says(t, "Line 4, place", "&lt;b&gt;evaluation_reqested", "cannot be opened")
	if strings.Contains(page.body, "<b>evaluation_reqested") || strings.Contains(page.body, "Open 1 case") {
		t.Error("the mistake is shown as it was sent, or can be opened")
	}
	h.post(a.header.Get("Location"), url.Values{"case": {"0"}}).is(t, http.StatusUnprocessableEntity)
	if n := len(h.cases()); n != 0 {
		t.Errorf("%d cases", n)
	}
}

// A folder in a zip opens as a case with its papers, once, however often the form
// is sent; hostile papers are never served as a page.
func TestImportFolder(t *testing.T) {
	h := build(t, "").enter()
	evil := []byte("<!doctype html><script>alert(1)</script>")
	a := h.upload("/import", nil, sent{"file", "../../maya.zip", zipOf(t, sent{name: "maya/case.yaml", data: []byte(smallCase)}, sent{name: "maya/papers/carta ñ.html", data: evil},
		sent{name: "../../../etc/cron.d/x", data: []byte("x")}, sent{name: `C:\boot.ini`, data: []byte("x")}, sent{name: "a\x00\u202e" + strings.Repeat("n", 300), data: []byte("x")})}).is(t, http.StatusSeeOther)
	to := a.header.Get("Location")
	h.get(to).is(t, http.StatusOK).says(t, "Ana&#39;s case", "carta ñ.html", "1 entry: for you and your lawyer", "2 entries")
	first := h.post(to, url.Values{"case": {"0"}}).is(t, http.StatusSeeOther).header.Get("Location")
	if second := h.post(to, url.Values{"case": {"0"}}).is(t, http.StatusSeeOther).header.Get("Location"); second != first {
		t.Errorf("sent twice, it led to %s and %s", first, second)
	}
	h.get(to).is(t, http.StatusSeeOther)
	cs := h.cases()
	if len(cs) != 1 {
		t.Fatalf("%d cases", len(cs))
	}
	for i := range cs[0].File.Entries {
		for _, f := range cs[0].Mark(cs[0].File.Entries[i].ID).Files {
			if got := h.get("/cases/" + string(cs[0].ID) + "/files/" + f.Digest.String()); got.status == http.StatusOK &&
				strings.HasPrefix(got.header.Get("Content-Type"), "text/html") && !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") {
				t.Error("a paper is served as a page")
			}
		}
	}
	// Somebody else's parcel, and one that never was.
	h.get("/import/nothing").is(t, http.StatusNotFound)
	h.post("/import/nothing", url.Values{"case": {"0"}}).is(t, http.StatusNotFound)
}

// Several cases come in as one import, and one undo puts them away.
func TestImportSeveral(t *testing.T) {
	h := build(t, "").enter()
	two := strings.Replace(smallCase, "Ana's case", "Second", 1)
	to := h.upload("/import", nil, sent{"file", "a.yaml", []byte(smallCase)}, sent{"file", "b.yaml", []byte(two)}, sent{"file", "c.yaml", []byte("stayput: 9\n")}).
		is(t, http.StatusSeeOther).header.Get("Location")
	h.post(to, nil).is(t, http.StatusUnprocessableEntity)
	report := h.post(to, url.Values{"case": {"0", "1", "2", "77"}}).is(t, http.StatusSeeOther).header.Get("Location")
	h.get(report).is(t, http.StatusOK).says(t, "a.yaml", "c.yaml", "not readable", "Undo this import?")
	if n := len(h.cases()); n != 2 {
		t.Fatalf("%d cases", n)
	}
	h.get("/imports").is(t, http.StatusOK).says(t, report, "2 cases")
	h.post(report+"/undo", nil).is(t, http.StatusSeeOther)
	h.post(report+"/undo", nil).is(t, http.StatusSeeOther)
	if n := len(h.cases()); n != 0 {
		t.Errorf("%d cases are left after the undo", n)
	}
	h.post("/imports/nothing/undo", nil).is(t, http.StatusNotFound)
	h.speak("es")
	h.get(report).is(t, http.StatusOK).says(t, "se deshizo el")
}

// What is too large, and what unpacks to too much, is refused in words.
func TestImportTooMuch(t *testing.T) {
	h := build(t, "").enter()
	h.upload("/import", nil, sent{"file", "x.zip", zipOf(t, sent{name: "zeros", data: make([]byte, 20<<20)})}).is(t, http.StatusUnprocessableEntity).says(t, "far more than a real case folder")
	h.upload("/import", nil, sent{"file", "x.zip", []byte("PK\x03\x04")}).is(t, http.StatusUnprocessableEntity)
	big := append([]byte(smallCase), bytes.Repeat([]byte("# filler\n"), 2<<20)...)
	to := h.upload("/import", nil, sent{"file", "big.yaml", big}).is(t, http.StatusSeeOther).header.Get("Location")
	h.get(to).is(t, http.StatusOK).says(t, "16 MB")

	// Two gigabytes that are only announced.
	r, w := io.Pipe()
	go func() {
		fmt.Fprint(w, "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n")
		junk := make([]byte, 1<<20)
		for {
			if _, err := w.Write(junk); err != nil {
				return
			}
		}
	}()
	req, err := http.NewRequest("POST", h.server.URL+"/import", r)
	if err != nil {
		t.Fatal(err)
	}
	req.ContentLength = 2 << 30
	req.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	if a, err := h.client.Do(req); err == nil {
		a.Body.Close()
		if a.StatusCode != http.StatusRequestEntityTooLarge {
			t.Errorf("2 GB gave %d", a.StatusCode)
		}
	}
	r.Close()
}

const sheetText = "Alumno,Fecha de nacimiento,Distrito,Social Security Number,Last IEP,Request made on\n" +
	"Nina <i>Ejemplo,2016-05-14,Sample,123-45-6789,3/9/2025,\nPedro Ejemplo,2017-01-02,Sample,123-45-6780,2025-10-02,2026-09-03\n,2017-01-02,,,,\n"

var selects = regexp.MustCompile(`(?s)<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>`)

// chosen is what a form's selects are set to.
func chosen(body string) url.Values {
	out := url.Values{}
	for _, m := range selects.FindAllStringSubmatch(body, -1) {
		v := regexp.MustCompile(`value="([^"]*)" selected`).FindStringSubmatch(m[2])
		if v != nil {
			out.Set(m[1], v[1])
		} else {
			out.Set(m[1], "")
		}
	}
	return out
}

// A spreadsheet goes from columns to rows to cases; what must never be kept is
// named and nowhere; wrong steps lead back.
func TestSheet(t *testing.T) {
	h := build(t, "").enter()
	h.get("/import/sheet").is(t, http.StatusOK).says(t, "Social security")
	h.upload("/import/sheet", nil).is(t, http.StatusUnprocessableEntity)
	h.upload("/import/sheet", nil, sent{"file", "x.pdf", []byte("%PDF-1.4")}).is(t, http.StatusUnprocessableEntity).says(t, "PDF")
	to := h.upload("/import/sheet", url.Values{"place": {"us-ca"}, "side": {"family"}}, sent{"file", "cases.csv", []byte(sheetText)}).is(t, http.StatusSeeOther).header.Get("Location")
	h.get(to+"/rows").is(t, http.StatusSeeOther) // the columns come first
	h.post(to+"/rows", nil).is(t, http.StatusSeeOther)
	page := h.get(to).is(t, http.StatusOK).says(t, "Social Security Number", "never taken over", "Nina &lt;i&gt;Ejemplo")
	if strings.Contains(page.body, "123-45") || strings.Contains(page.body, `name="target3"`) {
		t.Error("the refused column is shown")
	}
	form := chosen(page.body)
	bad := url.Values{}
	for k := range form {
		bad.Set(k, "ignore")
	}
	h.post(to, bad).is(t, http.StatusUnprocessableEntity)
	h.post(to, url.Values{"target3": {"note"}, "target0": {"child"}}).is(t, http.StatusUnprocessableEntity)
	form.Set("kind5", "evaluation_requested")
	h.post(to, form).is(t, http.StatusSeeOther)
	rows := h.get(to+"/rows").is(t, http.StatusOK).says(t, "3/9/2025", "1 row waits")
	if strings.Contains(rows.body, "123-45") {
		t.Error("a social security number is shown")
	}
	h.post(to+"/rows", url.Values{"answers": {"yes"}, "order4": {"month_first"}}).is(t, http.StatusSeeOther)
	h.get(to+"/rows").is(t, http.StatusOK).says(t, "2 rows can be added")
	report := h.post(to+"/rows", nil).is(t, http.StatusSeeOther).header.Get("Location")
	if again := h.post(to+"/rows", nil).is(t, http.StatusSeeOther).header.Get("Location"); again != report {
		t.Errorf("sent twice, it led to %s and %s", report, again)
	}
	h.get(report).is(t, http.StatusOK).says(t, "Pedro Ejemplo", "left out")
	if n := len(h.cases()); n != 2 {
		t.Fatalf("%d cases", n)
	}

	// The next sheet with this header finds its columns as they were set.
	to = h.upload("/import/sheet", url.Values{"place": {"us-ca"}}, sent{"file", "next.csv", []byte(sheetText)}).is(t, http.StatusSeeOther).header.Get("Location")
	h.get(to).is(t, http.StatusOK).says(t, "as you set them last time")
	for _, name := range []string{"stayput-cases.csv", "stayput-cases.xlsx"} {
		if a := h.get("/import/template/"+name).is(t, http.StatusOK); !strings.Contains(a.header.Get("Content-Disposition"), name) {
			t.Errorf("%s comes as %s", name, a.header.Get("Content-Disposition"))
		}
	}
	h.get("/import/template/..%2fx").is(t, http.StatusNotFound)
}

// A case goes out in every form, by its name, without its private entries unless
// they were chosen; a bundle verifies, and one that was changed does not.
func TestExport(t *testing.T) {
	h := build(t, "").enter()
	to := h.upload("/import", nil, sent{"file", "case.yaml", []byte(smallCase)}, sent{"file", "carta ñ.html", []byte("<script>")}).is(t, http.StatusSeeOther).header.Get("Location")
	c := h.post(to, url.Values{"case": {"0"}}).is(t, http.StatusSeeOther).header.Get("Location")
	h.get(c+"/export").is(t, http.StatusOK).says(t, "1 entry: for you and your lawyer", "Save the evidence")
	for _, form := range []string{"case.yaml", "case.json", "case.zip", "brief.html"} {
		a := h.get(c+"/export/"+form).is(t, http.StatusOK)
		if d := a.header.Get("Content-Disposition"); !strings.HasPrefix(d, `attachment; filename="Ana's case `) || !strings.Contains(d, form) {
			t.Errorf("%s comes as %s", form, d)
		}
		if strings.Contains(a.body, "for-counsel-alone") {
			t.Errorf("%s holds what is private", form)
		}
	}
	a := h.get(c+"/export/case.yaml?wall=counsel").is(t, http.StatusOK).says(t, "for-counsel-alone")
	if _, err := casefile.Read("x", []byte(a.body)); err != nil {
		t.Error(err)
	}
	h.get(c+"/export/nothing").is(t, http.StatusNotFound)
	h.post(c+"/export/bundle", url.Values{"which": {"some"}}).is(t, http.StatusUnprocessableEntity)
	h.post(c+"/export/bundle", url.Values{"which": {"some"}, "entry": {"nothing"}}).is(t, http.StatusUnprocessableEntity)
	for _, form := range []url.Values{{"which": {"all"}}, {"which": {"some"}, "entry": {h.cases()[0].Name("a")}}} {
		zip := []byte(h.post(c+"/export/bundle", form).is(t, http.StatusOK).body)
		space, err := h.site.desk.Space(t.Context(), h.owner())
		if err != nil {
			t.Fatal(err)
		}
		h.upload("/verify", nil, sent{"bundle", "x.zip", zip}).is(t, http.StatusOK).says(t, "consistent with itself")
		h.upload("/verify", url.Values{"key": {space.Public}}, sent{"bundle", "x.zip", zip}).is(t, http.StatusOK).says(t, "the holder of the key you gave made it")
		h.upload("/verify", url.Values{"key": {"nonsense"}}, sent{"bundle", "x.zip", zip}).is(t, http.StatusUnprocessableEntity)
		at := bytes.Index(zip, []byte("PK\x03\x04")) + len(zip)/2
		zip[at] ^= 1
		h.upload("/verify", nil, sent{"bundle", "x.zip", zip}).says(t, "not as it was when it was made")
	}
	h.get("/verify").is(t, http.StatusOK)
	h.upload("/verify", nil).is(t, http.StatusUnprocessableEntity)
	h.upload("/verify", nil, sent{"bundle", "x.zip", []byte("nothing")}).is(t, http.StatusUnprocessableEntity)
	data, err := os.ReadFile("../../examples/family/maya.yaml")
	if err != nil {
		t.Fatal(err)
	}
	h.upload("/verify", nil, sent{"bundle", "maya.yaml", data}).is(t, http.StatusUnprocessableEntity)
}
