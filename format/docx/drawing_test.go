package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"image/png"
	"io"
	"testing"

	"stayput/format/document"
)

// drawn is a document with a drawing: dark at its left, white at its right.
func drawn() *document.Document {
	return &document.Document{Title: "Drawn", Language: "es-US", Blocks: []document.Block{
		document.Heading{Level: 1, Text: "Above"},
		document.Drawing{Wide: 200, High: 100, With: true, Alt: "A dark \"box\" & nothing", Shapes: []document.Shape{
			document.Rect{Look: document.Look{Fill: "#000"}, Area: document.Area{Wide: 100, High: 100}},
			document.Label{X: 150, Y: 50, Size: 12, At: document.Middle, Text: "ñandú"},
		}},
		document.Text("Below"),
	}}
}

// A drawing stands in the file as a picture, as wide as the text, with what it shows.
func TestDrawing(t *testing.T) {
	data := bytesOf(t, drawn())
	if !bytes.Equal(data, bytesOf(t, drawn())) {
		t.Error("the same drawing gave other bytes")
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	open := func(name string) io.Reader {
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	var body node
	if err := xml.NewDecoder(open("word/document.xml")).Decode(&body); err != nil {
		t.Fatal(err)
	}
	// 504 points are the text's width: 12,700 units to a point.
	if e, p := body.all("extent"), body.all("docPr"); len(e) != 1 || e[0].attr("cx") != "6400800" || e[0].attr("cy") != "3200400" || p[0].attr("descr") != `A dark "box" & nothing` {
		t.Errorf("%+v %+v", e, p)
	}
	if n := len(body.all("keepNext")); n != 1 {
		t.Errorf("%d paragraphs keep with the next", n)
	}
	m, err := png.Decode(open("word/media/image1.png"))
	if err != nil {
		t.Fatal(err)
	}
	// Fine enough for paper: 250 dots to an inch.
	if b := m.Bounds(); b.Dx() != 1750 || b.Dy() != 875 {
		t.Errorf("%v", b)
	}
}
