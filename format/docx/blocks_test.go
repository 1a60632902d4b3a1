package docx_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"

	"stayput/fault"
	"stayput/format/document"
	"stayput/format/docx"
)

// picture draws a picture, so that no file is needed.
func picture(t testing.TB, wide, high int, asJPEG bool) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide {
			m.Set(x, y, color.RGBA{uint8(255 * x / wide), 120, uint8(255 * y / high), 255})
		}
	}
	var b bytes.Buffer
	var err error
	if asJPEG {
		err = jpeg.Encode(&b, m, nil)
	} else {
		err = png.Encode(&b, m)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// letter holds the blocks of a letter.
func letter(t testing.TB) *document.Document {
	return &document.Document{Title: "A letter", Language: "en-US", Author: "A sample office", Footer: "Page", Of: "of", Blocks: []document.Block{
		document.Letterhead{Lines: []string{"A sample office", "100 First Street"}, Logo: &document.Image{Data: picture(t, 96, 48, false), Alt: "The logo: a \"field\" & a sky", Width: 36}},
		document.Heading{Level: 1, Text: "Una carta", Language: "es-US"},
		document.Paragraph{Language: "es-US", With: true, Runs: []document.Run{{Text: "Le pido "}, {Text: "los expedientes", Bold: true}}},
		document.Paragraph{Language: "ar", Runs: []document.Run{{Text: "نطلب نسخة"}}},
		document.Paragraph{Runs: []document.Run{{Text: "My number is "}, {Text: "What is your <telephone> number?", Blank: true}, {Blank: true}, {Text: "."}}},
		document.List{Numbered: true, Start: 9, Items: []document.Paragraph{document.Text("ninth"), document.Text("tenth")}},
		document.Image{Data: picture(t, 2000, 100, true), Alt: "A wide picture"},
		document.Signature{Lines: []document.SignLine{{Label: "Signature"}, {Label: "Name", Value: "Rosa Sample"}}},
	}}
}

func TestBlocksOfALetter(t *testing.T) {
	data := bytesOf(t, letter(t))
	parts := partsAndPictures(t, data)
	body := parts["word/document.xml"]
	lines := textOf(body)
	for _, want := range []string{"A sample office", "100 First Street", "Una carta", "Le pido los expedientes", "نطلب نسخة", "My number is " + document.Gap + " (What is your <telephone> number?)" + document.Gap + ".", "ninth", "Signature", "Name", "Rosa Sample"} {
		if !slices.Contains(lines, want) {
			t.Errorf("%q is not on the pages: %q", want, lines)
		}
	}
	if got := parts["docProps/core.xml"].all("creator"); len(got) != 1 || got[0].Text != "A sample office" {
		t.Errorf("the author is %v", got)
	}
	// What is in another language says so, and what runs from right to left does.
	var langs []string
	for _, r := range body.all("r") {
		for _, l := range r.all("lang") {
			langs = append(langs, l.attr("val"))
		}
	}
	if !slices.Equal(langs, []string{"es-US", "es-US", "es-US", "ar"}) || len(body.all("bidi")) != 1 || len(body.all("rtl")) != 1 {
		t.Errorf("languages %v, %d paragraphs and %d runs from the right", langs, len(body.all("bidi")), len(body.all("rtl")))
	}
	// The list begins at nine.
	if o := parts["word/numbering.xml"].all("startOverride"); len(o) != 1 || o[0].attr("val") != "9" {
		t.Errorf("the list begins at %v", o)
	}
	// Pictures have their texts, and are as large as they should be: 36 points are half
	// an inch, 457,200; and 2,000 dots are 7 inches of text, 6,400,800, 5 percent as high.
	var alts, sizes []string
	for _, p := range body.all("docPr") {
		alts = append(alts, p.attr("descr"))
	}
	for _, p := range body.all("extent") {
		sizes = append(sizes, p.attr("cx")+"x"+p.attr("cy"))
	}
	if !slices.Equal(alts, []string{`The logo: a "field" & a sky`, "A wide picture"}) || !slices.Equal(sizes, []string{"457200x228600", "6400800x320040"}) {
		t.Errorf("pictures %q %q", alts, sizes)
	}
	if n := len(body.all("pBdr")); n != 1 {
		t.Errorf("%d rules below the letterhead", n)
	}
	if !bytes.Equal(data, bytesOf(t, letter(t))) {
		t.Error("the same letter gave other bytes")
	}
}

// partsAndPictures opens a document that has pictures.
func partsAndPictures(t testing.TB, data []byte) map[string]*node {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var without bytes.Buffer
	w := zip.NewWriter(&without)
	pictures := 0
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(f.Name, "word/media/") {
			pictures++
			if _, format, err := image.Decode(bytes.NewReader(body)); err != nil || !strings.HasSuffix(f.Name, "."+format) {
				t.Errorf("%s: %s %v", f.Name, format, err)
			}
			body = []byte("<a/>") // the rest is looked at as XML
		}
		x, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := x.Write(body); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if pictures != 2 {
		t.Errorf("%d pictures", pictures)
	}
	return partsOf(t, without.Bytes())
}

// A row that a page could not hold may break, or its end would not be seen.
func TestTallRows(t *testing.T) {
	tb := document.Table{Head: []string{"a", "b"}, Rows: [][]document.Cell{
		{document.Lines("short"), nil}, {document.Lines("long"), document.Lines(strings.Repeat("many words ", 800))}, {document.Lines("lines"), document.Lines(strings.Repeat("a\n", 60))}, {document.Lines("parts"), document.Lines(slices.Repeat([]string{"a"}, 60)...)},
	}}
	body := partsOf(t, bytesOf(t, &document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{tb}}))["word/document.xml"]
	for i, r := range body.all("tr") {
		if whole := len(r.all("cantSplit")) == 1; whole != (i < 2) {
			t.Errorf("row %d stays whole: %v", i, whole)
		}
	}
	if len(body.all("tblCaption")) != 0 {
		t.Error("a table without a caption has one")
	}
}

func TestPictureThatIsNone(t *testing.T) {
	err := docx.Write(io.Discard, &document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{document.Image{Data: []byte("hello"), Alt: "a"}}})
	if l := fault.All(err); len(l) != 1 || l[0].Key != "document.picture_unread" {
		t.Errorf("got %v", err)
	}
}
