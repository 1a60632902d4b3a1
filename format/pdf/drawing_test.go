package pdf_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stayput/format/document"
	"stayput/format/pdf"
)

// drawing is a box at the left, a circle at the right, a dashed line between them, texts,
// and something that is cut off.
func drawing() document.Drawing {
	return document.Drawing{Wide: 200, High: 100, Alt: "A box, a line and a circle (ñ)", With: true, Shapes: []document.Shape{
		document.Rect{Look: document.Look{Fill: "#000"}, Area: document.Area{X: 10, Y: 20, Wide: 30, High: 60}},
		document.Path{Look: document.Look{Stroke: "#333", Thick: 4, Dash: []float64{10, 10}}, Points: []document.Point{{X: 50, Y: 50}, {X: 140, Y: 50}}},
		document.Circle{Look: document.Look{Fill: "#888", Stroke: "#000", Thick: 2}, X: 170, Y: 50, R: 20},
		document.Path{Look: document.Look{Fill: "#000", Inside: document.Area{X: 60, Y: 80, Wide: 40, High: 10}}, Points: []document.Point{{X: 0, Y: 100}, {X: 80, Y: -900}, {X: 160, Y: 100}}, Closed: true},
		document.Label{X: 100, Y: 15, Size: 13, At: document.Middle, Strong: true, Text: "Strong words"},
		document.Label{X: 0, Y: 12, Size: 10, Text: "Beginning"},
		document.Label{X: 200, Y: 98, Size: 10, At: document.End, Text: "Ende ñ गणित"},
	}}
}

// page is a page as a picture, so many dots to a point.
func page(t *testing.T, path string, n string, dots string) image.Image {
	t.Helper()
	to := filepath.Join(t.TempDir(), "page")
	run(t, "pdftoppm", "-r", dots, "-f", n, "-l", n, "-png", "-singlefile", path, to)
	b, err := os.ReadFile(to + ".png")
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// A drawing is one figure: with what it shows as its text, the place it takes, and its
// words as a part of it. It is lines in the file, and no picture of dots.
func TestDrawing(t *testing.T) {
	d := &document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{
		document.Heading{Level: 1, Text: "Above"}, drawing(), document.Paragraph{Runs: []document.Run{{Text: "Below "}, {Text: "it", Bold: true}}},
	}}
	path, r := written(t, d)
	if len(r.Unprintable) > 0 {
		t.Errorf("%q", r.Unprintable)
	}
	o := objectsOf(t, path)
	root := o.tree()
	if got := shapeOf(root); got != "Document(H1 Figure P)" {
		t.Errorf("tags %s", got)
	}
	f := root.named("/Figure")[0]
	if f.Alt != "A box, a line and a circle (ñ)" || len(f.Marks) != 1 {
		t.Errorf("%+v", f)
	}
	box := o.list(f.ref, "/A", "/BBox")
	var at [4]float64
	for i, v := range box {
		at[i], _ = v.(float64)
	}
	if len(box) != 4 || at[0] != 72 || at[2] != 540 || math.Abs(at[3]-at[1]-234) > 0.01 {
		t.Errorf("the place is %v", box)
	}
	if o.text(f.ref, "/A", "/O") != "/Layout" {
		t.Error("a place without its owner")
	}
	if s := run(t, "pdfimages", "-list", path); strings.Count(s, "\n") > 2 {
		t.Errorf("dots:\n%s", s)
	}
	if s := run(t, "pdffonts", path); strings.Contains(s, " no  ") {
		t.Errorf("a font is not in the file:\n%s", s)
	}
	text := strings.Join(strings.Fields(run(t, "pdftotext", "-raw", path, "-")), " ")
	for _, w := range []string{"Above", "Strong words", "Beginning", "Ende ñ", "Below it"} {
		if n := strings.Count(text, w); n != 1 {
			t.Errorf("%q stands %d times in %q", w, n, text)
		}
	}
	var strong, below word
	for _, w := range words(t, path) {
		switch w.Text {
		case "Strong":
			strong = w
		case "Below":
			below = w
		}
	}
	// Letters of 13 units are 13 × 468/200 points; what follows is 11 points again.
	if high := strong.Foot - strong.Top; high < 30*1 || high > 30*1.5 {
		t.Errorf("the letters are %g high", high)
	}
	if high := below.Foot - below.Top; high > 18 || below.Top < 792-at[1] {
		t.Errorf("what follows is %g high, at %g", high, below.Top)
	}
	// What is seen, at one dot to a point.
	m := page(t, path, "1", "72")
	k := 468. / 200
	for _, c := range []struct {
		x, y float64
		dark bool
	}{
		{12, 22, true}, {38, 78, true}, {8, 50, false}, {42, 50, false}, {25, 17, false}, {25, 83, false}, // the box
		{55, 50, true}, {65, 50, false}, {75, 50, true}, {55, 55, false}, // the line
		{170, 31, true}, {170, 50, false}, {170, 27, false}, {151, 50, true}, // the circle and its edge
		{80, 85, true}, {62, 82, true}, {98, 88, true}, {80, 77, false}, {80, 93, false}, {57, 85, false}, {103, 85, false}, // cut off
	} {
		x, y := int(72+c.x*k), int(792-at[3]+c.y*k)
		if g := color.GrayModel.Convert(m.At(x, y)).(color.Gray).Y; (g < 100) != c.dark {
			t.Errorf("at %g,%g: %d", c.x, c.y, g)
		}
	}
}

// A drawing keeps with what follows, and none is higher than a page.
func TestDrawingOnPages(t *testing.T) {
	var d document.Document
	d.Title, d.Language = "t", "en-US"
	for range 25 {
		d.Blocks = append(d.Blocks, document.Text("A line of text."))
	}
	tall := drawing()
	tall.High, tall.Shapes = 2000, nil
	d.Blocks = append(d.Blocks, drawing(), document.Text("keeps"), tall)
	path, r := written(t, &d)
	if r.Pages != 3 {
		t.Errorf("%d pages", r.Pages)
	}
	seen := map[string]int{}
	for _, w := range words(t, path) {
		seen[w.Text] = w.Page
	}
	if seen["Strong"] != 2 || seen["keeps"] != 2 {
		t.Errorf("%v", seen)
	}
	var a, b bytes.Buffer
	if _, err := pdf.Write(&a, &d); err != nil {
		t.Fatal(err)
	}
	if _, err := pdf.Write(&b, &d); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Errorf("not the same bytes: %v", err)
	}
}

// Texts that nobody can print do no harm.
func TestDrawingHostile(t *testing.T) {
	d := drawing()
	for _, s := range []string{"", " ", "\n\n", "\x00\x1b", ") Tj ET Q", strings.Repeat("long ", 2000), "\u202eabc", "\U000F0000", "\ufffe", "<</Type/Catalog>>"} {
		for _, strong := range []bool{false, true} {
			d.Shapes = append(d.Shapes, document.Label{X: 190, Y: 50, Size: 9, Strong: strong, Text: s})
		}
	}
	d.Alt = strings.Repeat("ñ ", 5000) + "\x00"
	written(t, &document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{d, document.Text("end")}})
}

func TestLetters(t *testing.T) {
	wide, steps := pdf.Letters(document.Label{Size: 20, Text: "I I"}, "en-US")
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range steps {
		low, high = min(low, s.To[0].Y), max(high, s.To[0].Y)
	}
	// A capital of Noto Sans is 714 thousandths high and stands on the line.
	if len(steps) == 0 || wide < 10 || wide > 30 || math.Abs(low+0.714*20) > 0.1 || math.Abs(high) > 0.1 {
		t.Errorf("%g wide, from %g to %g", wide, low, high)
	}
	if wide, steps := pdf.Letters(document.Label{Size: 20, Text: "\x00"}, "en-US"); wide != 0 || steps != nil {
		t.Errorf("of nothing: %g %v", wide, steps)
	}
}

// A short table that is to stay on one page does; one that no page holds is broken.
func TestKeptTable(t *testing.T) {
	table := func(rows int, keep bool) document.Table {
		out := document.Table{Head: []string{"a", "b"}, Keep: keep}
		for i := range rows {
			out.Rows = append(out.Rows, []document.Cell{document.Lines(fmt.Sprint("row", i)), document.Lines("x")})
		}
		return out
	}
	for _, c := range []struct {
		rows, pages, first int
		keep               bool
	}{{6, 2, 1, false}, {6, 2, 2, true}, {100, 4, 1, true}} {
		d := &document.Document{Title: "t", Language: "en-US"}
		for range 26 {
			d.Blocks = append(d.Blocks, document.Text("A line of text."))
		}
		d.Blocks = append(d.Blocks, table(c.rows, c.keep))
		path, r := written(t, d)
		for _, w := range words(t, path) {
			if w.Text == "row0" && w.Page != c.first {
				t.Errorf("%d rows, kept %v: begins on page %d of %d", c.rows, c.keep, w.Page, r.Pages)
			}
		}
		if r.Pages != c.pages {
			t.Errorf("%d rows, kept %v: %d pages", c.rows, c.keep, r.Pages)
		}
	}
}
