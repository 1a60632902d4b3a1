package pdf_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"stayput/format/document"
)

// The tags of a document are its blocks, in their order.
func TestTags(t *testing.T) {
	path, r := written(t, sample(t))
	if r.Pages != 4 {
		t.Errorf("%d pages", r.Pages)
	}
	o := objectsOf(t, path)
	root := o.tree()
	if root.Name != "/Document" {
		t.Fatalf("the root is %s", root.Name)
	}
	var names []string
	for _, k := range root.Kids {
		names = append(names, strings.TrimPrefix(k.Name, "/"))
	}
	want := "Figure P P P P H1 P P H2 L L H2 P P Table Figure P P P H2 L P P H3 H4 P"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("tags\n %s, and not\n %s", got, want)
	}
	for _, l := range root.named("/L") {
		for _, i := range l.Kids {
			if i.Name != "/LI" || len(i.Kids) != 2 || i.Kids[0].Name != "/Lbl" || i.Kids[1].Name != "/LBody" {
				t.Errorf("an item of a list is %+v", i)
			}
		}
	}
	if ls := root.named("/L"); ls[0].Numbering != "/Disc" || ls[1].Numbering != "/Decimal" {
		t.Errorf("numbering %s, %s", ls[0].Numbering, ls[1].Numbering)
	}
	tb := root.named("/Table")[0]
	if got := shapeOf(tb); got != "Table(Caption THead(TR(TH:Column TH:Column TH:Column)) TBody(TR(TH:Row TD TD(P P)) TR(TH:Row TD TD) TR(TH:Row TD TD)))" {
		t.Errorf("the table is %s", got)
	}
	figures := root.named("/Figure")
	if len(figures) != 2 || figures[0].Alt != "The logo of the office: a disk" || figures[1].Alt != "A picture that goes from green to blue" {
		t.Errorf("pictures %+v", figures)
	}
}

// A table of which nothing is known yet has a row of heads, and no part without its rest.
func TestTableWithoutRows(t *testing.T) {
	path, _ := written(t, &document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{document.Table{Caption: "c", Head: []string{"a", "b"}}}})
	if got := shapeOf(objectsOf(t, path).tree()); got != "Document(Table(Caption TR(TH:Column TH:Column)))" {
		t.Errorf("the table is %s", got)
	}
}

// shapeOf is a tag with those below it, in short.
func shapeOf(e *elem) string {
	s := strings.TrimPrefix(e.Name, "/")
	if e.Scope != "" {
		s += ":" + strings.TrimPrefix(e.Scope, "/")
	}
	var kids []string
	for _, k := range e.Kids {
		kids = append(kids, shapeOf(k))
	}
	if len(kids) > 0 {
		s += "(" + strings.Join(kids, " ") + ")"
	}
	return s
}

// What is in another language than the document says so.
func TestLanguages(t *testing.T) {
	path, _ := written(t, sample(t))
	o := objectsOf(t, path)
	if got := o.text(o.catalog(), "/Lang"); got != "en-US" {
		t.Errorf("the document is in %q", got)
	}
	var got []string
	root := o.tree()
	root.each(func(e *elem) {
		if e.Lang != "" && e != root {
			got = append(got, strings.TrimPrefix(e.Name, "/")+" "+e.Lang)
		}
	})
	if want := []string{"LI es-US", "H2 es-US", "P es-US", "TD es-US", "P ar", "P he"}; !slices.Equal(got, want) {
		t.Errorf("languages %q, and not %q", got, want)
	}
}

// Each piece of a page belongs to one tag, and the page knows which.
func TestEveryPieceHasItsTag(t *testing.T) {
	path, _ := written(t, sample(t))
	o := objectsOf(t, path)
	of := map[mark]string{}
	links := map[string]string{}
	o.tree().each(func(e *elem) {
		for _, m := range e.Marks {
			if of[m] != "" {
				t.Errorf("%v is of two tags", m)
			}
			of[m] = e.ref
		}
		for _, l := range e.Links {
			links[l.(string)] = e.ref
		}
	})
	nums := o.list(o.catalog(), "/StructTreeRoot", "/ParentTree", "/Nums")
	parents := map[int]any{}
	last := -1
	for i := 0; i < len(nums); i += 2 {
		n := int(nums[i].(float64))
		if n <= last {
			t.Errorf("the table of parents is not in order: %d after %d", n, last)
		}
		last, parents[n] = n, nums[i+1]
	}
	seen := 0
	for i, ref := range o.list(o.catalog(), "/Pages", "/Kids") {
		page := o.of(ref).(map[string]any)
		if int(page["/StructParents"].(float64)) != i || page["/Tabs"] != "/S" {
			t.Errorf("page %d: %v", i, page)
		}
		for id, e := range o.list(parents[i]) {
			if got := of[mark{ref.(string), id}]; got != e {
				t.Errorf("piece %d of page %d is of %s, and the page says %v", id, i+1, got, e)
			}
			seen++
		}
		for _, a := range o.list(page, "/Annots") {
			n := int(o.get(a, "/StructParent").(float64))
			if parents[n] != links[a.(string)] || links[a.(string)] == "" {
				t.Errorf("the link %v is of %s, and its number says %v", a, links[a.(string)], parents[n])
			}
			if o.text(a, "/A", "/URI") != "https://www.ecfr.gov/current/title-34/section-300.613?a=(b)" || o.text(a, "/Contents") != "34 CFR 300.613" {
				t.Errorf("the link is %v", o.of(a))
			}
		}
	}
	if seen != len(of) || len(links) != 1 {
		t.Errorf("%d pieces in the table of parents, %d in tags; %d links", seen, len(of), len(links))
	}
}

func TestSaysWhatItIs(t *testing.T) {
	path, _ := written(t, sample(t))
	info := run(t, "pdfinfo", path)
	for _, want := range []string{"Title:           A sample & more", "Author:          A sample office", "Tagged:          yes", "Page size:       612 x 792 pts (letter)", "Pages:           4"} {
		if !strings.Contains(info, want) {
			t.Errorf("no %q in\n%s", want, info)
		}
	}
	if strings.Contains(info, "Date") {
		t.Errorf("the file says a time:\n%s", info)
	}
	meta := run(t, "pdfinfo", "-meta", path)
	for _, want := range []string{"<rdf:li xml:lang=\"x-default\">A sample &amp; more</rdf:li>", "<dc:language><rdf:Bag><rdf:li>en-US</rdf:li>"} {
		if !strings.Contains(meta, want) {
			t.Errorf("no %q in\n%s", want, meta)
		}
	}
	if strings.Contains(meta, "pdfuaid") {
		t.Error("the file claims what no validator of these tests has said")
	}
	o := objectsOf(t, path)
	c := o.catalog()
	if o.get(c, "/MarkInfo", "/Marked") != true || o.get(c, "/ViewerPreferences", "/DisplayDocTitle") != true {
		t.Errorf("the catalog is %v", c)
	}
}

// A document of three headings has an outline; one of two has none.
func TestOutline(t *testing.T) {
	path, _ := written(t, sample(t))
	o := objectsOf(t, path)
	var lines func(e any, deep int) []string
	lines = func(e any, deep int) []string {
		var out []string
		n := 0
		for k := o.get(e, "/First"); k != nil; k = o.get(k, "/Next") {
			out = append(out, strings.Repeat(" ", deep)+o.text(k, "/Title"))
			out = append(out, lines(k, deep+1)...)
			n++
			if n > 100 {
				t.Fatal("the outline goes in circles")
			}
		}
		return out
	}
	want := []string{"A request for records", " What I ask for", " En español", " Names", "  A heading with សុខា", "   A small heading"}
	if got := lines(o.get(o.catalog(), "/Outlines"), 0); !slices.Equal(got, want) {
		t.Errorf("outline %q", got)
	}
	d := sample(t)
	d.Blocks = d.Blocks[:6]
	path, _ = written(t, d)
	if o := objectsOf(t, path); o.get(o.catalog(), "/Outlines") != nil {
		t.Error("two headings have an outline")
	}
}

// A table across pages: each page has the head, and it is read aloud once; no row is
// lost, and a row that no page holds goes on on the next.
func TestLongTable(t *testing.T) {
	path, r := written(t, long())
	if r.Pages < 10 {
		t.Errorf("%d pages", r.Pages)
	}
	for n, text := range strings.Split(strings.TrimSuffix(run(t, "pdftotext", "-layout", path, "-"), "\f"), "\f") {
		if strings.Count(text, "What happened") != 1 || !strings.Contains(text, fmt.Sprintf("Page %d of %d", n+1, r.Pages)) {
			t.Errorf("page %d has no head, or no number:\n%s", n+1, text)
		}
	}
	read := run(t, "pdfinfo", "-struct-text", path)
	if n := strings.Count(read, "What happened"); n != 1 {
		t.Errorf("the head is read %d times", n)
	}
	if strings.Contains(read, "Page 1 of") {
		t.Error("the page number is read aloud")
	}
	tb := objectsOf(t, path).tree().named("/Table")[0]
	if n := len(tb.named("/TR")); n != 301 {
		t.Errorf("%d rows", n)
	}
	var at []int
	for i := range 300 {
		k := strings.Index(read, fmt.Sprintf("%q\n", fmt.Sprint(i+1)))
		if k < 0 {
			t.Fatalf("row %d is lost", i+1)
		}
		at = append(at, k)
	}
	if !slices.IsSorted(at) {
		t.Error("the rows are not in order")
	}
	// Row 151 has fifty sentences of 25 words, and two words.
	if n := strings.Count(read, "reasonable time"); n != 50+3*75+2*75+75-2 {
		t.Errorf("%d sentences", n)
	}
}

// Signs that a font draws as one, or in another order, are read as they were written.
func TestReadAsWritten(t *testing.T) {
	path, r := written(t, sample(t))
	if got := strings.Join(r.Unprintable, ""); got != "😀𠮷" {
		t.Errorf("not printed: %q", r.Unprintable)
	}
	text := run(t, "pdftotext", path, "-")
	for _, n := range names {
		if r := []rune(n)[0]; r >= 0x590 && r < 0x700 {
			continue // written from right to left: see below
		}
		if strings.Count(strings.Join(strings.Fields(text), " "), n) < 3 {
			t.Errorf("%s is not on the page as written", n)
		}
	}
	for _, w := range []string{"𠮷田", "😀", "☐", "☒", "≥", "→", "____________________", "(What is your telephone number?)"} {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not on the page", w)
		}
	}
	read := run(t, "pdfinfo", "-struct-text", path)
	for _, w := range []string{
		"سارة الأحمد", "فرشته رضایی", strings.Fields(names[4])[1], "هذه رسالة إلى المدرسة", " في 12 مارس 2026، من فضلكم",
		"מכתב לבית הספר מיום 12 במרץ. מודגש", "Le pido los expedientes de mi hija. ¿Cuándo me los dará?",
	} {
		if !strings.Contains(read, w) {
			t.Errorf("%q is not read", w)
		}
	}
	var said []string
	objectsOf(t, path).tree().each(func(e *elem) { said = append(said, e.Actual) })
	for _, w := range []string{strings.Fields(names[4])[0], "प्रिया", "မောင်မောင်", "𠮷"} {
		if !slices.Contains(said, w) {
			t.Errorf("%q is not said", w)
		}
	}
}

func TestFontsAreInside(t *testing.T) {
	path, _ := written(t, sample(t))
	lines := strings.Split(strings.TrimSpace(run(t, "pdffonts", path)), "\n")[2:]
	if len(lines) < 15 {
		t.Errorf("%d fonts", len(lines))
	}
	for _, l := range lines {
		if !strings.Contains(l, "CID TrueType") || !strings.Contains(l, "yes yes yes") || !strings.Contains(l, "+NotoSans") && !strings.Contains(l, "+DroidSansFallback ") {
			t.Errorf("font %s", l)
		}
	}
}
