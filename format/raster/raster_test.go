package raster_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"stayput/format/document"
	"stayput/format/raster"
)

func picture(t testing.TB, d document.Drawing, dots float64) image.Image {
	t.Helper()
	data, err := raster.PNG(d, "en-US", dots)
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func dark(m image.Image, x, y int) bool {
	return color.GrayModel.Convert(m.At(x, y)).(color.Gray).Y < 128
}

// ink is how many dots of an area are dark.
func ink(m image.Image, r image.Rectangle) (n int) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if dark(m, x, y) {
				n++
			}
		}
	}
	return n
}

// Shapes stand where they are said to stand: two dots to a unit.
func TestPlaces(t *testing.T) {
	black := document.Look{Fill: "#000"}
	line := document.Look{Stroke: "#000", Thick: 4}
	m := picture(t, document.Drawing{Wide: 100, High: 50, Alt: "a", Shapes: []document.Shape{
		document.Rect{Look: black, Area: document.Area{X: 10, Y: 10, Wide: 10, High: 5}},
		document.Circle{Look: black, X: 50, Y: 25, R: 5},
		document.Path{Look: line, Points: []document.Point{{X: 70, Y: 5}, {X: 70, Y: 45}, {X: 90, Y: 45}}},
		document.Path{Look: document.Look{Stroke: "#000", Thick: 4, Dash: []float64{10, 10}}, Points: []document.Point{{X: 0, Y: 40}, {X: 40, Y: 40}}},
		document.Rect{Look: document.Look{Fill: "#000", Inside: document.Area{X: 80, Y: 0, Wide: 5, High: 5}}, Area: document.Area{X: 75, Y: -50, Wide: 500, High: 70}},
	}}, 2)
	if b := m.Bounds(); b.Dx() != 200 || b.Dy() != 100 {
		t.Fatalf("%v", b)
	}
	for _, c := range []struct {
		x, y int
		dark bool
	}{
		{21, 21, true}, {38, 28, true}, {18, 21, false}, {42, 21, false}, {21, 32, false}, // the box
		{100, 50, true}, {108, 50, true}, {112, 50, false}, {108, 58, false}, // the circle
		{140, 12, true}, {140, 88, true}, {143, 92, true}, {175, 90, true}, {134, 50, false}, {146, 50, false}, // the line, and where it turns
		{10, 80, true}, {30, 80, false}, {50, 80, true}, {70, 80, false}, // dashes
		{161, 1, true}, {168, 8, true}, {158, 4, false}, {172, 4, false}, {165, 12, false}, // cut off
	} {
		if dark(m, c.x, c.y) != c.dark {
			t.Errorf("%d,%d: dark %v", c.x, c.y, !c.dark)
		}
	}
	if _, is := m.(*image.Gray); !is {
		t.Errorf("%T: a picture without color takes the room of one", m)
	}
}

// Letters of every script are there, where their anchor says.
func TestLetters(t *testing.T) {
	label := func(s string, at document.Anchor, strong bool) document.Drawing {
		return document.Drawing{Wide: 200, High: 40, Alt: "a", Shapes: []document.Shape{document.Label{X: 100, Y: 28, Size: 20, At: at, Strong: strong, Text: s}}}
	}
	half := func(right bool) image.Rectangle {
		if right {
			return image.Rect(204, 0, 400, 80)
		}
		return image.Rect(0, 0, 196, 80)
	}
	for _, s := range []string{"Nn", "ñandú", "Hôm nay", "गणित", "كلمات", "ภาษา"} {
		if m := picture(t, label(s, document.Start, false), 2); ink(m, half(true)) < 100 || ink(m, half(false)) > 0 {
			t.Errorf("%s begins elsewhere: %d %d", s, ink(m, half(true)), ink(m, half(false)))
		}
		if m := picture(t, label(s, document.End, true), 2); ink(m, half(false)) < 100 || ink(m, half(true)) > 0 {
			t.Errorf("%s ends elsewhere", s)
		}
		m := picture(t, label(s, document.Middle, false), 2)
		if l, r := ink(m, half(false)), ink(m, half(true)); l == 0 || r == 0 {
			t.Errorf("%s is not in the middle: %d %d", s, l, r)
		}
	}
	// A long one is made smaller, and none of it leaves the picture.
	m := picture(t, label("a very long text that has no room at all in so small a drawing", document.End, false), 2)
	if ink(m, image.Rect(0, 0, 30, 80)) == 0 || ink(m, half(true)) > 0 {
		t.Error("a long text was cut off")
	}
	picture(t, label("", document.Start, true), 2)
	picture(t, label("\x00\u202e\ufffe 😀 \U000F0000", document.Start, true), 2)
}

// A strong text on a line keeps a white edge.
func TestEdge(t *testing.T) {
	d := document.Drawing{Wide: 100, High: 40, Alt: "a", Shapes: []document.Shape{
		document.Rect{Look: document.Look{Fill: "#000"}, Area: document.Area{Wide: 100, High: 40}},
		document.Label{X: 50, Y: 30, Size: 30, At: document.Middle, Strong: true, Text: "I"},
	}}
	m := picture(t, d, 4)
	white, black := 0, 0
	for x := 160; x < 240; x++ {
		if dark(m, x, 80) {
			black++
		} else {
			white++
		}
	}
	if !dark(m, 200, 80) || white < 12 || black < 40 {
		t.Errorf("%d white, %d black", white, black)
	}
}

// A picture never has more dots than can be held, and is the same each time; a color stays
// one.
func TestSizes(t *testing.T) {
	d := document.Drawing{Wide: 10_000, High: 10_000, Alt: "a", Shapes: []document.Shape{
		document.Path{Look: document.Look{Stroke: "#c00", Thick: 500}, Points: []document.Point{{X: -9000, Y: -9000}, {X: 9000, Y: 9000}}},
		document.Path{Look: document.Look{Stroke: "#00c", Thick: 1}, Points: []document.Point{{X: 5, Y: 5}, {X: 5, Y: 5}}},
	}}
	m := picture(t, d, 100)
	if b := m.Bounds(); b.Dx() > 2500 || b.Dx() < 2000 || b.Dx() != b.Dy() {
		t.Errorf("%v", b)
	}
	if r, g, _, _ := m.At(m.Bounds().Dx()/2, m.Bounds().Dy()/2).RGBA(); r>>8 != 0xCC || g != 0 {
		t.Errorf("the line is %x %x", r, g)
	}
	one, _ := raster.PNG(d, "en-US", 0.02)
	two, _ := raster.PNG(d, "en-US", 0.02)
	if !bytes.Equal(one, two) {
		t.Error("not the same bytes")
	}
	if m := picture(t, document.Drawing{Wide: 1, High: 1, Alt: "a"}, 0.001); m.Bounds().Dx() != 1 {
		t.Errorf("%v", m.Bounds())
	}
}
