package web

import (
	"archive/zip"
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"stayput/paper"
	"stayput/people"
)

// ownFile is the file of a paper of an office's own.
func ownFile(t testing.TB, pairs ...string) string {
	t.Helper()
	src, err := paper.Source("demand-pwn")
	if err != nil {
		t.Fatal(err)
	}
	s := string(src)
	for i := 0; i+1 < len(pairs); i += 2 {
		if !strings.Contains(s, pairs[i]) {
			t.Fatalf("the paper does not say %q", pairs[i])
		}
		s = strings.Replace(s, pairs[i], pairs[i+1], 1)
	}
	return s
}

// bring sends a form with files.
func (h *house) bring(path string, fields url.Values, files ...sent) answer {
	h.t.Helper()
	body, kind := multipartOf(fields, files...)
	return h.send("POST", path, body, map[string]string{"Content-Type": kind})
}

func logoFile(t testing.TB) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 60, 20))
	for x := range 60 {
		m.Set(x, 10, color.RGBA{200, 0, 0, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const ownTitle = "title: Request for prior written notice"

// An office downloads a paper, changes it, brings it back, writes with it, and takes it
// away again.
func TestOwnPaper(t *testing.T) {
	h, c := paperHouse(t, "family")
	a := h.get("/settings/papers/built-in/demand-pwn").is(t, http.StatusOK)
	if a.body != ownFile(t) || !strings.Contains(a.header.Get("Content-Disposition"), `filename="demand-pwn.yaml"`) {
		t.Error("the file of a built-in paper is another one")
	}
	h.get("/settings").is(t, http.StatusOK).says(t, `href="/settings/papers"`)
	h.get(c+"/papers").is(t, http.StatusOK).says(t, `href="/settings/papers"`)
	h.get("/settings/papers").is(t, http.StatusOK).says(t, "/settings/papers/built-in/pwn", "There are none yet.", "{child.name}", "known.plan.date")

	// One in the place of a built-in paper, as a file; one more, pasted.
	mine := ownFile(t, ownTitle, "title: Our own demand", "Please send me prior written notice about this.", "<script>alert(1)</script> Kindly send us the notice.")
	file := sent{"file", "Our letter.yaml", []byte(mine)}
	for range 2 {
		h.bring("/settings/papers", url.Values{"version": {"0"}}, file).is(t, http.StatusSeeOther)
	}
	more := strings.ReplaceAll(ownFile(t, "paper: demand-pwn", "paper: our-letter", ownTitle, "title: One more"), "\n", "\r\n")
	h.post("/settings/papers", url.Values{"version": {"1"}, "text": {more}}).is(t, http.StatusSeeOther)
	h.get("/settings/papers").is(t, http.StatusOK).says(t, "Our own demand", "It stands in the place of the built-in paper.", "One more", "/settings/papers/own/our-letter")
	if got := h.get("/settings/papers/own/demand-pwn").is(t, http.StatusOK).body; got != mine {
		t.Error("the own paper came back otherwise")
	}
	h.get(c+"/papers").is(t, http.StatusOK).says(t, "Our own demand", "/papers/new/our-letter")
	h.get(c+"/papers/new/our-letter").is(t, http.StatusOK).says(t, "One more")
	no := h.caseOf(c).Name("no")
	at := h.begin(c, "demand-pwn", "about", no)
	if p := h.kept(c, at); !strings.Contains(p.Text, "Kindly send us the notice.") {
		t.Errorf("the draft is not the office's own:\n%s", p.Text)
	}
	for _, page := range []string{at, at + "/as/look", at + "/as/both", at + "/as/send"} {
		if b := h.get(page).is(t, http.StatusOK); strings.Contains(b.body, "<script>alert") || !strings.Contains(b.body, "Kindly send us") && !strings.HasSuffix(page, "send") {
			t.Errorf("%s runs what a text says, or does not say it", page)
		}
	}
	// What was begun with a paper that is gone can still be read and written on.
	added := h.begin(c, "our-letter", "about", no)
	for _, id := range []string{"demand-pwn", "our-letter", "our-letter"} {
		h.post("/settings/papers/own/"+id+"/drop", nil).is(t, http.StatusSeeOther)
	}
	h.get(c+"/papers/new/demand-pwn").is(t, http.StatusOK).says(t, "Request for prior written notice")
	h.get(c+"/papers/new/our-letter").is(t, http.StatusOK) // of the draft; offered nowhere
	if b := h.get(c+"/papers").is(t, http.StatusOK); strings.Contains(b.body, "/papers/new/our-letter") {
		t.Error("what was taken away is offered")
	}
	h.get(added).is(t, http.StatusOK).says(t, "Is it all there?")
	h.get(added+"/as/txt").is(t, http.StatusOK)
	for _, path := range []string{"/settings/papers/own/demand-pwn", "/settings/papers/own/nothing", "/settings/papers/built-in/nothing", "/settings/papers/other/pwn", "/settings/papers/built-in/..%2f..%2fpapers.go"} {
		h.get(path).is(t, http.StatusNotFound)
	}
}

// Everything wrong in a file is told with its line and column, what was pasted stays in
// the box, and nothing is kept.
func TestOwnPaperWrong(t *testing.T) {
	h, _ := paperHouse(t, "family")
	bad := ownFile(t, "group: answer", "grup: answer", "{no.on} the school", "{no.onn} the school", "sent: [prior_written_notice_requested]", "sent: 7")
	for _, a := range []answer{
		h.bring("/settings/papers", url.Values{"version": {"0"}}, sent{"file", "bad.yaml", []byte(bad)}),
		h.post("/settings/papers", url.Values{"version": {"0"}, "text": {bad}}),
	} {
		// "grup" begins line 4; "7" stands after "sent: " in line 6.
		a.is(t, http.StatusUnprocessableEntity).says(t, "Line 4, column 1", "grup", "Line 6, column 7", "no.onn", "Did you mean &#34;no.on&#34;?", "Nothing of it was kept")
	}
	h.post("/settings/papers", url.Values{"text": {bad}}).says(t, "{no.onn} the school said no to my {request.what}")
	h.post("/settings/papers", url.Values{"text": {"  "}}).is(t, http.StatusUnprocessableEntity).says(t, "Choose a file, or paste its text.")
	for name, data := range map[string][]byte{
		"huge.yaml":      bytes.Repeat([]byte("# comment\n"), 30_000),
		"bomb.yaml":      []byte("a: &a [x, x]\nb: [*a, *a, *a]\n"),
		"letter.docx":    []byte("PK\x03\x04\x00\x00\x00\x00"),
		"<b>x</b>.yaml":  []byte("paper: x"),
		"../../etc.yaml": []byte("paper: [1"),
	} {
		if a := h.bring("/settings/papers", url.Values{}, sent{"file", name, data}).is(t, http.StatusUnprocessableEntity); strings.Contains(a.body, "<b>x</b>") {
			t.Error("a name of a file is markup")
		}
	}
	h.get("/settings/papers").is(t, http.StatusOK).says(t, "There are none yet.")
	h.speaks("es", people.Plain)
	h.post("/settings/papers", url.Values{"text": {bad}}).is(t, http.StatusUnprocessableEntity).says(t, "Línea 4, columna 1", "No se guardó nada")
}

// A letterhead stands at the head of an office's letters as PDF and DOCX, and of no letter
// that a parent writes, unless somebody says so.
func TestLetterheadOnLetters(t *testing.T) {
	h, c := paperHouse(t, "school")
	head := url.Values{"version": {"0"}, "lines": {"Sample School District\n1 Example Street\nOakland, CA 94600"}}
	for range 2 {
		h.bring("/settings/letterhead", head, sent{"logo", "logo.png", logoFile(t)}).is(t, http.StatusSeeOther)
	}
	h.get("/settings/papers").is(t, http.StatusOK).says(t, "Sample School District", `alt="Logo of Sample School District"`, "In a family&#39;s space no letter bears it")
	if a := h.get("/settings/letterhead/logo").is(t, http.StatusOK); a.header.Get("Content-Type") != "image/png" || a.body != string(logoFile(t)) {
		t.Error("the picture is another one")
	}
	if s := pdfText(t, h.get("/settings/letterhead/sample.pdf").is(t, http.StatusOK).body); !strings.Contains(s, "Sample School District") {
		t.Errorf("the sample:\n%s", s)
	}
	at := h.begin(c, "pwn", "about", h.caseOf(c).Name("no"))
	first := func(form string) string { return h.get(at+"/as/"+form).is(t, http.StatusOK).body }
	bears := func(want bool) {
		t.Helper()
		if s := strings.TrimSpace(pdfText(t, first("pdf"))); strings.HasPrefix(s, "Sample School District") != want {
			t.Errorf("the letter bears the head: %v\n%.300s", !want, s)
		}
	}
	bears(false) // a household's space
	h.get(at).is(t, http.StatusOK).says(t, "This paper does not bear your letterhead.", "Put the letterhead on")

	h.post("/settings/space", url.Values{"kind": {string(people.Agency)}, "called": {"Sample"}}).is(t, http.StatusSeeOther)
	bears(true)
	if s := first("txt"); strings.Contains(s, "Sample School District") {
		t.Error("plain text bears the head")
	}
	if !strings.Contains(docxParts(t, first("docx")), "Sample School District") {
		t.Error("the DOCX does not bear it")
	}
	v := url.Values{"version": {"1"}, "head": {"no"}}
	for range 2 {
		h.post(at+"/do/head", v).is(t, http.StatusSeeOther)
	}
	bears(false)
	h.post(at+"/do/head", url.Values{"version": {"1"}, "head": {"yes"}}).is(t, http.StatusConflict)
	h.post(at+"/do/head", url.Values{"version": {"2"}, "head": {"yes"}}).is(t, http.StatusSeeOther)
	bears(true)
	// A log bears none.
	log := h.begin(c, "documentation-log")
	if s := pdfText(t, h.get(log+"/as/pdf").is(t, http.StatusOK).body); strings.Contains(s, "Sample School District") {
		t.Error("a log bears the head")
	}
	// What is wrong keeps the one that is there.
	h.bring("/settings/letterhead", url.Values{"version": {"1"}, "lines": {"Other"}}, sent{"logo", "x.png", []byte("GIF89a")}).is(t, http.StatusUnprocessableEntity).says(t, "This picture cannot be read.", "Other")
	h.bring("/settings/letterhead", url.Values{"version": {"1"}, "lines": {strings.Repeat("a\n", 7)}}).is(t, http.StatusUnprocessableEntity).says(t, "at most 6 lines")
	h.bring("/settings/letterhead", url.Values{"version": {"0"}, "lines": {"Other"}}).is(t, http.StatusConflict)
	bears(true)
	h.bring("/settings/letterhead", url.Values{"version": {"1"}, "lines": {""}, "nologo": {"yes"}}).is(t, http.StatusSeeOther)
	bears(false)
	h.get("/settings/letterhead/logo").is(t, http.StatusNotFound)
	h.get("/settings/letterhead/sample.pdf").is(t, http.StatusNotFound)
}

// An advocate's letterhead stands over no letter that a parent signs.
func TestLetterheadOfAPractice(t *testing.T) {
	h, c := paperHouse(t, "family")
	h.post("/settings/space", url.Values{"kind": {string(people.Practice)}, "called": {"Sample"}}).is(t, http.StatusSeeOther)
	h.bring("/settings/letterhead", url.Values{"version": {"0"}, "lines": {"Sample Advocates"}}).is(t, http.StatusSeeOther)
	no := h.caseOf(c).Name("no")
	at := h.begin(c, "demand-pwn", "about", no)
	if s := pdfText(t, h.get(at+"/as/pdf").is(t, http.StatusOK).body); strings.Contains(s, "Sample Advocates") {
		t.Error("a parent writes on the letterhead of an advocate")
	}
	at = h.begin(c, "demand-pwn", "about", no, "sender", "advocate")
	if s := pdfText(t, h.get(at+"/as/pdf").is(t, http.StatusOK).body); !strings.HasPrefix(strings.TrimSpace(s), "Sample Advocates") {
		t.Errorf("an advocate writes without it:\n%.300s", s)
	}
}

// docxParts is the text of a DOCX, all of its parts one after the other.
func docxParts(t *testing.T, data string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&out, r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return out.String()
}
