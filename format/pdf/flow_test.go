package pdf_test

import (
	"fmt"
	"strings"
	"testing"

	"stayput/format/document"
)

// inside reports words that stand beyond the margins of an inch, or over the page number. A box around a word is as
// high as its font may be, so a little more is taken above and below.
func inside(t *testing.T, ws []word) {
	t.Helper()
	bad := 0
	for _, w := range ws {
		foot := w.PageHeight - 72
		if strings.HasPrefix(w.Text, "~") {
			continue
		}
		number := w.Top > foot
		if w.Left < 71 || w.Right > w.PageWidth-71 || w.Top < 68 || w.Foot > foot+2 && !number || number && w.Left < w.PageWidth*2/3 {
			if bad++; bad < 5 {
				t.Errorf("page %d: %q stands at %.1f–%.1f, %.1f–%.1f", w.Page, w.Text, w.Left, w.Right, w.Top, w.Foot)
			}
		}
	}
}

// Nothing runs off the page, whatever it is.
func TestNothingOffThePage(t *testing.T) {
	word := strings.Repeat("Donaudampfschifffahrt", 20)
	name := strings.Repeat("Ábc ", 50) // two hundred letters
	many := document.Table{Caption: name, Head: make([]string, 12)}
	cells := make([]document.Cell, 12)
	for i := range cells {
		many.Head[i] = "Heading" + fmt.Sprint(i)
		cells[i] = document.Lines("Donaudampfschifffahrt", name)
	}
	many.Rows = [][]document.Cell{cells, cells}
	d := &document.Document{Title: name, Language: "en-US", Footer: "Page", Of: "of", Blocks: []document.Block{
		document.Letterhead{Lines: []string{name, word, name}},
		document.Heading{Level: 1, Text: word}, document.Heading{Level: 2, Text: name},
		document.Text(word), document.Paragraph{Right: true, Runs: []document.Run{{Text: word, Link: "https://example.org/" + word}}},
		document.Paragraph{Runs: []document.Run{{Text: word, Blank: true}}},
		document.Text("https://www.example.org/" + strings.Repeat("a-long/address?", 20)),
		document.List{Numbered: true, Start: 123_456_789, Items: []document.Paragraph{document.Text(word), document.Text(name)}},
		many, document.Table{Head: []string{strings.Repeat(name, 60), "b"}, Rows: [][]document.Cell{{document.Lines("x"), document.Lines("y")}, {document.Lines(strings.Repeat(name, 60)), nil}}},
		document.Signature{Lines: []document.SignLine{{Label: name, Value: word}}},
		document.Paragraph{Language: "ar", Runs: []document.Run{{Text: strings.Repeat("المدرسة ", 60)}}},
		document.Text(strings.Repeat("สวัสดีครับ", 30)), document.Text(strings.Repeat("李", 300)),
	}}
	path, _ := written(t, d)
	ws := words(t, path)
	if len(ws) < 200 {
		t.Fatalf("%d words", len(ws))
	}
	inside(t, ws)
	text := strings.Join(strings.Fields(run(t, "pdftotext", "-raw", path, "-")), "")
	if n := strings.Count(text, word); n < 6 { // heading, two paragraphs, a question, an item, a signature
		t.Errorf("the long word stands %d times whole", n)
	}
	wide := *d
	wide.Landscape = true
	path, _ = written(t, &wide)
	inside(t, words(t, path))
}

// A table of sixty columns is too much for a page, and still a file.
func TestTooManyColumns(t *testing.T) {
	tb := document.Table{Head: make([]string, 60), Rows: [][]document.Cell{make([]document.Cell, 60)}}
	for i := range tb.Head {
		tb.Head[i] = "Head"
		tb.Rows[0][i] = document.Lines("Wwww")
	}
	written(t, &document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{tb}})
}

// Wherever on a page a part begins, its heading stays with it, no line of a paragraph
// stands alone, and a paragraph that asks for it stays with what follows.
func TestWhatStaysTogether(t *testing.T) {
	d := &document.Document{Title: "t", Language: "en-US"}
	const cases = 46
	for n := range cases {
		for range n {
			d.Blocks = append(d.Blocks, document.Text("filler"))
		}
		d.Blocks = append(d.Blocks,
			document.Heading{Level: 2, Text: fmt.Sprintf("heading%d", n)},
			document.Text(strings.Join([]string{fmt.Sprintf("one%d", n), fmt.Sprintf("two%d", n), fmt.Sprintf("three%d", n), fmt.Sprintf("four%d", n), fmt.Sprintf("five%d", n)}, "\n")),
			document.Paragraph{With: true, Runs: []document.Run{{Text: fmt.Sprintf("lead%d", n)}}},
			document.Table{Caption: fmt.Sprintf("caption%d", n), Head: []string{fmt.Sprintf("head%d", n)}, Rows: [][]document.Cell{{document.Lines(fmt.Sprintf("first%d", n))}, {document.Lines("filler")}}},
			document.Signature{Lines: []document.SignLine{{Label: fmt.Sprintf("sign%d", n)}, {Label: fmt.Sprintf("date%d", n)}}},
			document.PageBreak{}, document.PageBreak{})
	}
	path, _ := written(t, d)
	at := map[string]int{}
	for _, w := range words(t, path) {
		if at[w.Text] == 0 {
			at[w.Text] = w.Page
		}
	}
	split := 0
	for n := range cases {
		page := func(s string) int { return at[fmt.Sprintf("%s%d", s, n)] }
		for _, pair := range [][2]string{{"heading", "one"}, {"one", "two"}, {"four", "five"}, {"lead", "caption"}, {"caption", "head"}, {"head", "first"}, {"sign", "date"}} {
			if a, b := page(pair[0]), page(pair[1]); a == 0 || a != b {
				t.Errorf("case %d: %s on page %d, %s on page %d", n, pair[0], a, pair[1], b)
			}
		}
		if page("two") != page("four") {
			split++
		}
	}
	if split == 0 {
		t.Error("no paragraph was split: the cases show nothing")
	}
}

// Pages break where they are told to, and no page is empty for it.
func TestPageBreaks(t *testing.T) {
	for _, c := range []struct {
		blocks []document.Block
		pages  int
	}{
		{nil, 1},
		{[]document.Block{document.PageBreak{}}, 1},
		{[]document.Block{document.PageBreak{}, document.Text("a"), document.PageBreak{}}, 1},
		{[]document.Block{document.Text("a"), document.PageBreak{}, document.PageBreak{}, document.Text("b")}, 2},
	} {
		if _, r := written(t, &document.Document{Title: "t", Language: "en-US", Blocks: c.blocks}); r.Pages != c.pages {
			t.Errorf("%v: %d pages", c.blocks, r.Pages)
		}
	}
}

// Blocks that hold nothing are no trouble.
func TestEmptyBlocks(t *testing.T) {
	d := &document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{
		document.Heading{Level: 1}, document.Paragraph{}, document.Text(""), document.Text("\n\n"), document.List{}, document.List{Items: make([]document.Paragraph, 2)},
		document.Table{Head: []string{"", ""}}, document.Table{Caption: "c", Head: []string{""}, Rows: [][]document.Cell{{nil}, {{}}}}, document.Signature{}, document.Signature{Lines: make([]document.SignLine, 1)},
		document.Letterhead{}, document.Paragraph{Runs: []document.Run{{Blank: true}, {Link: "https://example.org"}, {Text: " ", Link: "https://example.org"}}},
	}}
	path, _ := written(t, d)
	objectsOf(t, path).tree()
}

// Signs that steer programs are no signs on paper, and turn no text around.
func TestSteeringSigns(t *testing.T) {
	d := &document.Document{Title: "t\x00\x1b\u202e", Language: "en-US", Author: "\u202ea", Footer: "p\n\u0007", Blocks: []document.Block{
		document.Heading{Level: 1, Text: "a\u202eb\x00c\ufeff"},
		document.Text("evil\u202etxt.exe\u202c and \u2067isolated\u2069 and \u200fmarked\u200e and so\u00adft and \x07bell\x1b[31m and \xff\xfe bytes and \ufffe\U000e0041."),
		document.Text("a\r\nb\vc\fd\u0085e\u2028f\u2029g\th"),
	}}
	path, r := written(t, d)
	if len(r.Unprintable) != 0 {
		t.Errorf("not printed: %q", r.Unprintable)
	}
	text := run(t, "pdftotext", path, "-")
	for _, want := range []string{"abc", "eviltxt.exe and isolated and", "and soft and bell[31m and \ufffd\ufffd bytes", "a\nb\nc\nd\ne\nf\ng"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %q", want, text)
		}
	}
	if read := run(t, "pdfinfo", "-struct-text", path); !strings.Contains(read, `"a b c d e f g`) {
		t.Errorf("words of two lines run together: %s", read)
	}
}

// A letter under a heap of marks takes no longer than another.
func TestHeapOfMarks(t *testing.T) {
	path, r := written(t, &document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{document.Text("before e" + strings.Repeat("\u0301", 1_000_000) + " after")}})
	if text := run(t, "pdftotext", path, "-"); r.Pages != 1 || !strings.Contains(text, "before") || !strings.Contains(text, "after") {
		t.Errorf("%d pages: %.100q", r.Pages, text)
	}
}
