package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"stayput/format/document"
	"stayput/format/docx"
)

// sample holds everything a document may hold.
func sample() *document.Document {
	return &document.Document{Title: "A title & more", Language: "es-US", Landscape: true, Footer: "Página", Of: "de", Blocks: []document.Block{
		document.Heading{Level: 1, Text: "Uno"},
		document.Heading{Level: 2, Text: "Dos"},
		document.Paragraph{Right: true, With: true, Runs: []document.Run{{Text: "March 2, 2026"}}},
		document.Paragraph{Runs: []document.Run{{Text: "bold", Bold: true}, {Text: " and "}, {Text: "slanted", Italic: true}, {Text: "two\nlines\tand a tab"}, {Text: "a page", Link: "https://example.org/?a=1&b=2"}}},
		document.Paragraph{Small: true, Runs: []document.Run{{Text: "a note"}}},
		document.List{Items: []document.Paragraph{document.Text("first"), document.Text("second")}},
		document.List{Numbered: true, Items: []document.Paragraph{document.Text("one")}},
		document.PageBreak{},
		document.List{Numbered: true, Items: []document.Paragraph{document.Text("one again")}},
		document.Table{Caption: "What \"is\" <it>", Head: []string{"A", "B", "C"}, Widths: []int{3, 1, 2}, Rows: [][]document.Cell{
			{document.Lines("a1"), document.Lines("b1", "b2"), nil},
			{document.Lines("a2"), {{Small: true, Runs: []document.Run{{Text: "small"}}}}, document.Lines("ñ á é")},
		}},
		document.Table{Caption: "Another", Head: []string{"D"}},
	}}
}

func bytesOf(t testing.TB, d *document.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := docx.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A node is one element of a part.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Nodes   []node     `xml:",any"`
	Text    string     `xml:",chardata"`
}

func (n *node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// all are the elements of a name under a node.
func (n *node) all(name string) []*node {
	var out []*node
	for i := range n.Nodes {
		if n.Nodes[i].XMLName.Local == name {
			out = append(out, &n.Nodes[i])
		}
		out = append(out, n.Nodes[i].all(name)...)
	}
	return out
}

// partsOf opens a document as a word processor does: every part is there, each is
// XML, and what a part names exists.
func partsOf(t testing.TB, data []byte) map[string]*node {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*node{}
	for i, f := range z.File {
		if i == 0 && f.Name != "[Content_Types].xml" {
			t.Errorf("the first part is %s", f.Name)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if !utf8.Valid(text) {
			t.Errorf("%s is not text", f.Name)
		}
		n := &node{}
		d := xml.NewDecoder(bytes.NewReader(text))
		d.Strict = true
		if err := d.Decode(n); err != nil {
			t.Fatalf("%s: %v\n%s", f.Name, err, text)
		}
		out[f.Name] = n
	}
	for _, o := range out["[Content_Types].xml"].all("Override") {
		if out[strings.TrimPrefix(o.attr("PartName"), "/")] == nil {
			t.Errorf("%s is named and not there", o.attr("PartName"))
		}
	}
	ids := map[string]bool{}
	for _, r := range out["word/_rels/document.xml.rels"].all("Relationship") {
		ids[r.attr("Id")] = true
		if r.attr("TargetMode") != "External" && out["word/"+r.attr("Target")] == nil {
			t.Errorf("%s is named and not there", r.attr("Target"))
		}
	}
	body := out["word/document.xml"]
	for _, l := range append(body.all("hyperlink"), body.all("footerReference")...) {
		if !ids[l.attr("id")] {
			t.Errorf("%s leads nowhere", l.attr("id"))
		}
	}
	styles := map[string]bool{}
	for _, s := range out["word/styles.xml"].all("style") {
		styles[s.attr("styleId")] = true
	}
	for _, name := range []string{"pStyle", "rStyle", "tblStyle"} {
		for _, s := range append(body.all(name), out["word/footer1.xml"].all(name)...) {
			if !styles[s.attr("val")] {
				t.Errorf("there is no style %s", s.attr("val"))
			}
		}
	}
	nums := map[string]bool{}
	for _, x := range out["word/numbering.xml"].all("num") {
		nums[x.attr("numId")] = true
	}
	for _, x := range body.all("numId") {
		if !nums[x.attr("val")] {
			t.Errorf("there is no list %s", x.attr("val"))
		}
	}
	return out
}

// textOf is what stands on the pages, a line for each paragraph.
func textOf(body *node) []string {
	var out []string
	for _, p := range body.all("p") {
		s := ""
		for _, r := range p.all("r") {
			for i := range r.Nodes {
				switch r.Nodes[i].XMLName.Local {
				case "t":
					s += r.Nodes[i].Text
				case "br":
					s += "\n"
				case "tab":
					s += "\t"
				}
			}
		}
		out = append(out, s)
	}
	return out
}

func TestWhatIsWritten(t *testing.T) {
	parts := partsOf(t, bytesOf(t, sample()))
	body := parts["word/document.xml"]
	lines := textOf(body)
	for _, want := range []string{"Uno", "Dos", "March 2, 2026", "bold and slantedtwo\nlines\tand a taba page", "a note", "first", "second", "one", "one again", `What "is" <it>`, "A", "a1", "b1", "b2", "small", "ñ á é"} {
		if !slices.Contains(lines, want) {
			t.Errorf("%q is not on the pages: %q", want, lines)
		}
	}
	var heads []string
	for _, p := range body.all("pStyle") {
		if s := p.attr("val"); strings.HasPrefix(s, "Heading") {
			heads = append(heads, s)
		}
	}
	if !slices.Equal(heads, []string{"Heading1", "Heading2"}) {
		t.Errorf("headings: %v", heads)
	}
	if s := body.all("pgSz")[0]; s.attr("orient") != "landscape" || s.attr("w") != "15840" || s.attr("h") != "12240" {
		t.Errorf("page: %v", s.Attrs)
	}
	core := parts["docProps/core.xml"]
	if core.all("title")[0].Text != "A title & more" || core.all("language")[0].Text != "es-US" {
		t.Error("the title or the language is not there")
	}
	if lang := parts["word/styles.xml"].all("lang")[0]; lang.attr("val") != "es-US" {
		t.Errorf("language of the text: %v", lang.Attrs)
	}
	if f := strings.Join(textOf(&node{Nodes: []node{*parts["word/footer1.xml"]}}), ""); f != "Página 1 de 1" {
		t.Errorf("footer %q", f)
	}
	links := parts["word/_rels/document.xml.rels"].all("Relationship")
	if l := links[len(links)-1]; l.attr("Target") != "https://example.org/?a=1&b=2" || l.attr("TargetMode") != "External" {
		t.Errorf("link: %v", l.Attrs)
	}
}

// A table can be read aloud: its head is marked and repeats, no row breaks, and it is
// as wide as the text.
func TestTables(t *testing.T) {
	body := partsOf(t, bytesOf(t, sample()))["word/document.xml"]
	tables := body.all("tbl")
	if len(tables) != 2 {
		t.Fatalf("%d tables", len(tables))
	}
	tb := tables[0]
	rows := tb.all("tr")
	for i, r := range rows {
		if got := len(r.all("tblHeader")); got != 1 && i == 0 || got != 0 && i > 0 {
			t.Errorf("row %d: %d marks of a head", i, got)
		}
		if len(r.all("cantSplit")) != 1 || len(r.all("tc")) != 3 {
			t.Errorf("row %d: %d cells", i, len(r.all("tc")))
		}
		for _, c := range r.all("tc") {
			if len(c.all("p")) == 0 {
				t.Errorf("row %d has a cell without a paragraph", i)
			}
		}
	}
	if tb.all("tblCaption")[0].attr("val") != `What "is" <it>` {
		t.Errorf("caption: %v", tb.all("tblCaption")[0].Attrs)
	}
	var widths []string
	for _, g := range tb.all("gridCol") {
		widths = append(widths, g.attr("w"))
	}
	// 15840 less 2 × 1080 is 13680: three, one and two sixths of it.
	if !slices.Equal(widths, []string{"6840", "2280", "4560"}) {
		t.Errorf("widths %v", widths)
	}
}

// Each numbered list begins at 1.
func TestNumberedListsBeginAgain(t *testing.T) {
	parts := partsOf(t, bytesOf(t, sample()))
	var used []string
	for _, n := range parts["word/document.xml"].all("numId") {
		used = append(used, n.attr("val"))
	}
	if !slices.Equal(used, []string{"1", "1", "2", "3"}) {
		t.Errorf("lists %v", used)
	}
	if got := len(parts["word/numbering.xml"].all("startOverride")); got != 2 {
		t.Errorf("%d lists begin at 1", got)
	}
}

func TestSameBytes(t *testing.T) {
	if !bytes.Equal(bytesOf(t, sample()), bytesOf(t, sample())) {
		t.Error("the same document gave other bytes")
	}
}

func TestRefused(t *testing.T) {
	for name, d := range map[string]*document.Document{
		"no title":           {Language: "en-US"},
		"no language":        {Title: "t"},
		"no block":           {Title: "t", Language: "en-US", Blocks: []document.Block{nil}},
		"a heading of none":  {Title: "t", Language: "en-US", Blocks: []document.Block{document.Heading{Level: 0, Text: "x"}}},
		"a heading too deep": {Title: "t", Language: "en-US", Blocks: []document.Block{document.Heading{Level: 5, Text: "x"}}},
		"no head":            {Title: "t", Language: "en-US", Blocks: []document.Block{document.Table{Caption: "c"}}},
		"a short row":        {Title: "t", Language: "en-US", Blocks: []document.Block{document.Table{Caption: "c", Head: []string{"a", "b"}, Rows: [][]document.Cell{{nil}}}}},
		"a long row":         {Title: "t", Language: "en-US", Blocks: []document.Block{document.Table{Caption: "c", Head: []string{"a"}, Rows: [][]document.Cell{{nil, nil}}}}},
		"too few widths":     {Title: "t", Language: "en-US", Blocks: []document.Block{document.Table{Caption: "c", Head: []string{"a", "b"}, Widths: []int{1}}}},
		"a column of none":   {Title: "t", Language: "en-US", Blocks: []document.Block{document.Table{Caption: "c", Head: []string{"a"}, Widths: []int{0}}}},
	} {
		var b bytes.Buffer
		if err := docx.Write(&b, d); err == nil {
			t.Errorf("%s was written", name)
		}
	}
}

// A link that could run something is text, and no more.
func TestLinksThatAreNone(t *testing.T) {
	for _, l := range []string{"javascript:alert(1)", "file:///etc/passwd", " https://x", "data:text/html,x", "//example.org"} {
		parts := partsOf(t, bytesOf(t, &document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{document.Paragraph{Runs: []document.Run{{Text: "words", Link: l}}}}}))
		if len(parts["word/document.xml"].all("hyperlink")) != 0 {
			t.Errorf("%q is a link", l)
		}
		if !slices.Contains(textOf(parts["word/document.xml"]), "words") {
			t.Errorf("%q: the words are gone", l)
		}
	}
}

type failing struct{ left int }

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

// A disk that is full is told.
func TestFullDisk(t *testing.T) {
	for left := 0; left < len(bytesOf(t, sample())); left += 500 {
		if err := docx.Write(&failing{left}, sample()); err == nil {
			t.Errorf("%d bytes were enough", left)
		}
	}
}

// Whatever the text is, the document can be opened and holds what of it is text.
func TestAnyText(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.Custom(func(r *rapid.T) string { return string(rapid.SliceOf(rapid.Byte()).Draw(r, "bytes")) })).Draw(r, "text")
		d := &document.Document{Title: "t" + text, Language: "en-US", Footer: text, Blocks: []document.Block{
			document.Heading{Level: 1, Text: text}, document.Paragraph{Runs: []document.Run{{Text: text, Bold: true, Link: "https://" + text}}},
			document.Table{Caption: "c" + text, Head: []string{text, "x"}, Rows: [][]document.Cell{{document.Lines(text), nil}}}}}
		var b bytes.Buffer
		if err := docx.Write(&b, d); err != nil {
			r.Fatal(err)
		}
		partsOf(t, b.Bytes())
	})
}

func TestLargeTable(t *testing.T) {
	d := &document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{document.Table{Caption: "c", Head: []string{"a", "b"}}}}
	tb := d.Blocks[0].(document.Table)
	for i := range 5000 {
		tb.Rows = append(tb.Rows, []document.Cell{document.Lines(fmt.Sprint(i)), document.Lines("x")})
	}
	d.Blocks[0] = tb
	if got := len(partsOf(t, bytesOf(t, d))["word/document.xml"].all("tr")); got != 5001 {
		t.Errorf("%d rows", got)
	}
}
