package pdf_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"stayput/format/document"
	"stayput/format/pdf"
)

// written writes a document into a file, and has qpdf look for what is wrong with it.
func written(t testing.TB, d *document.Document) (path string, r pdf.Report) {
	t.Helper()
	var b bytes.Buffer
	r, err := pdf.Write(&b, d)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, "qpdf", "--check", path)
	return path, r
}

// run runs a reader of PDF, which may not complain.
func run(t testing.TB, name string, args ...string) string {
	t.Helper()
	var out, complaint bytes.Buffer
	c := exec.Command(name, args...)
	c.Stdout, c.Stderr = &out, &complaint
	if err := c.Run(); err != nil {
		t.Fatalf("%s %s: %v\n%s%s(./check installs what the tests need)", name, strings.Join(args, " "), err, out.String(), complaint.String())
	}
	if s := complaint.String(); s != "" {
		t.Errorf("%s %s: %s", name, strings.Join(args, " "), s)
	}
	return out.String()
}

// objects are the objects of a file as qpdf reads them.
type objects struct {
	t   testing.TB
	all map[string]struct {
		Value  any
		Stream struct{ Dict map[string]any }
	}
}

func objectsOf(t testing.TB, path string) objects {
	t.Helper()
	var file struct{ Qpdf []json.RawMessage }
	if err := json.Unmarshal([]byte(run(t, "qpdf", "--json=2", "--json-stream-data=none", path)), &file); err != nil {
		t.Fatal(err)
	}
	o := objects{t: t}
	if err := json.Unmarshal(file.Qpdf[1], &o.all); err != nil {
		t.Fatal(err)
	}
	return o
}

// get follows a path of names from a value, through references.
func (o objects) get(v any, names ...string) any {
	v = o.of(v)
	for _, n := range names {
		m, _ := v.(map[string]any)
		v = o.of(m[n])
	}
	return v
}

// of is what a reference names, or a value itself; a text without its mark.
func (o objects) of(v any) any {
	s, ok := v.(string)
	switch {
	case !ok:
		return v
	case strings.HasPrefix(s, "u:"):
		return s[2:]
	case strings.HasPrefix(s, "b:"):
		o.t.Errorf("a text of bytes: %s", s)
		return s
	case strings.HasSuffix(s, " 0 R"):
		x := o.all["obj:"+s]
		if x.Stream.Dict != nil {
			return x.Stream.Dict
		}
		return x.Value
	}
	return v
}

func (o objects) text(v any, names ...string) string {
	s, _ := o.get(v, names...).(string)
	return s
}

func (o objects) list(v any, names ...string) []any {
	l, _ := o.get(v, names...).([]any)
	return l
}

func (o objects) catalog() any { return o.get(o.all["trailer"].Value, "/Root") }

// An elem is a tag as it stands in a file.
type elem struct {
	Name, Lang, Alt, Actual, Scope, Numbering string
	Kids                                      []*elem
	Marks                                     []mark
	Links                                     []any
	ref                                       string
}

// A mark is a piece of a page.
type mark struct {
	page string
	id   int
}

// tree reads the tags of a file, and checks that each names its parent.
func (o objects) tree() *elem {
	root := o.get(o.catalog(), "/StructTreeRoot").(map[string]any)
	return o.elem(root["/K"].(string), o.catalog().(map[string]any)["/StructTreeRoot"].(string))
}

func (o objects) elem(ref, parent string) *elem {
	m := o.of(ref).(map[string]any)
	if m["/P"] != parent {
		o.t.Errorf("%s says its parent is %v, and it is %s", ref, m["/P"], parent)
	}
	e := &elem{Name: o.text(m, "/S"), Lang: o.text(m, "/Lang"), Alt: o.text(m, "/Alt"), Actual: o.text(m, "/ActualText"),
		Scope: o.text(m, "/A", "/Scope"), Numbering: o.text(m, "/A", "/ListNumbering"), ref: ref}
	for _, k := range o.list(m, "/K") {
		switch k := k.(type) {
		case float64:
			e.Marks = append(e.Marks, mark{m["/Pg"].(string), int(k)})
		case string:
			e.Kids = append(e.Kids, o.elem(k, ref))
		case map[string]any:
			if id, ok := k["/MCID"].(float64); ok {
				e.Marks = append(e.Marks, mark{k["/Pg"].(string), int(id)})
			} else {
				e.Links = append(e.Links, k["/Obj"])
			}
		}
	}
	return e
}

// each visits an element and all below it, in the order of reading.
func (e *elem) each(visit func(*elem)) {
	visit(e)
	for _, k := range e.Kids {
		k.each(visit)
	}
}

// named are all elements of a name.
func (e *elem) named(name string) []*elem {
	var out []*elem
	e.each(func(x *elem) {
		if x.Name == name {
			out = append(out, x)
		}
	})
	return out
}

// A word is a word on a page, and where it stands in points from above and left.
type word struct {
	Text       string  `xml:",chardata"`
	Left       float64 `xml:"xMin,attr"`
	Right      float64 `xml:"xMax,attr"`
	Top        float64 `xml:"yMin,attr"`
	Foot       float64 `xml:"yMax,attr"`
	Page       int     `xml:"-"`
	PageHeight float64 `xml:"-"`
	PageWidth  float64 `xml:"-"`
}

// words are the words of a file as poppler finds them.
func words(t testing.TB, path string) []word {
	t.Helper()
	var doc struct {
		Pages []struct {
			Width  float64 `xml:"width,attr"`
			Height float64 `xml:"height,attr"`
			Words  []word  `xml:"word"`
		} `xml:"body>doc>page"`
	}
	d := xml.NewDecoder(strings.NewReader(run(t, "pdftotext", "-bbox", path, "-")))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	if err := d.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	var out []word
	for i, p := range doc.Pages {
		for _, w := range p.Words {
			w.Page, w.PageWidth, w.PageHeight = i+1, p.Width, p.Height
			out = append(out, w)
		}
	}
	return out
}
