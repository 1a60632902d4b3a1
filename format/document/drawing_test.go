package document_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"stayput/format/document"
)

// What cannot be drawn is refused, with the shape that is wrong.
func TestDrawingRefused(t *testing.T) {
	of := func(shapes ...document.Shape) document.Drawing {
		return document.Drawing{Wide: 100, High: 50, Alt: "a", Shapes: append([]document.Shape{document.Label{Size: 10, Text: "fine"}}, shapes...)}
	}
	path := func(l document.Look) document.Shape {
		return document.Path{Look: l, Points: []document.Point{{}, {X: 1, Y: 1}}}
	}
	for name, d := range map[string]document.Drawing{
		"no words":          {Wide: 10, High: 10, Alt: " "},
		"no width":          {High: 10, Alt: "a"},
		"no height":         {Wide: 10, Alt: "a"},
		"a width of none":   {Wide: math.NaN(), High: 10, Alt: "a"},
		"much too high":     {Wide: 10, High: math.Inf(1), Alt: "a"},
		"a negative width":  {Wide: 10, High: 10, Alt: "a", Width: -1},
		"too much":          {Wide: 10, High: 10, Alt: "a", Shapes: slices.Repeat([]document.Shape{document.Label{Size: 10}}, 50_001)},
		"a point":           of(document.Path{Points: []document.Point{{X: 1}}}),
		"no points":         of(document.Path{}),
		"a place of none":   of(document.Path{Points: []document.Point{{}, {X: math.NaN()}}}),
		"a place far away":  of(document.Path{Points: []document.Point{{}, {Y: 1e9}}}),
		"a box inside out":  of(document.Rect{Area: document.Area{Wide: -1, High: 1}}),
		"a circle of none":  of(document.Circle{X: 1, Y: 1}),
		"an endless circle": of(document.Circle{R: math.Inf(1)}),
		"letters of none":   of(document.Label{Text: "a"}),
		"huge letters":      of(document.Label{Size: 1e6, Text: "a"}),
		"another anchor":    of(document.Label{Size: 10, At: 3, Text: "a"}),
		"a word for color":  of(path(document.Look{Stroke: "red"})),
		"half a color":      of(path(document.Look{Fill: "#12"})),
		"a color of more":   of(path(document.Look{Fill: "#12345g"})),
		"a thin dash":       of(path(document.Look{Stroke: "#000", Dash: []float64{1e-9}})),
		"a dash of none":    of(path(document.Look{Stroke: "#000", Dash: []float64{4, 0}})),
		"a thick line":      of(path(document.Look{Stroke: "#000", Thick: math.Inf(1)})),
		"inside of nowhere": of(path(document.Look{Stroke: "#000", Inside: document.Area{Wide: math.NaN(), High: 1}})),
		"nothing":           of(nil),
	} {
		x := document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{document.Text("x"), d}}
		if err := x.Check(); err == nil {
			t.Errorf("%s was taken", name)
		} else if s := err.Error(); !strings.Contains(s, "block 2") || len(d.Shapes) == 2 && !strings.Contains(s, "shape 2") {
			t.Errorf("%s: %v does not say where", name, err)
		}
	}
	x := document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{of(path(document.Look{Stroke: "#1b1B1b", Fill: "#fff", Dash: []float64{1, 3}}), document.Circle{X: -100, Y: 900, R: 3}, document.Rect{}), document.Drawing{Wide: 1, High: 1, Alt: "a"}}}
	if err := x.Check(); err != nil {
		t.Error(err)
	}
}

func TestDrawingAcross(t *testing.T) {
	for _, c := range []struct{ width, wide, high float64 }{
		{0, 468, 234},   // as wide as the column
		{200, 200, 100}, // as wide as asked
		{900, 468, 234}, // not beyond the column
	} {
		if w, h := (document.Drawing{Wide: 620, High: 310, Width: c.width}).Across(468, 648); w != c.wide || h != c.high {
			t.Errorf("%g: %g by %g", c.width, w, h)
		}
	}
	if w, h := (document.Drawing{Wide: 10, High: 100}).Across(468, 648); w != 64.8 || h != 648 {
		t.Errorf("a tall one: %g by %g", w, h)
	}
}

func TestLabel(t *testing.T) {
	for at, want := range map[document.Anchor][2]float64{document.Start: {30, 70}, document.Middle: {20, 60}, document.End: {10, 30}} {
		l := document.Label{X: 30, At: at}
		if got := [2]float64{l.Left(20), l.Room(100)}; got != want {
			t.Errorf("anchor %d: %v", at, got)
		}
	}
	if got := (document.Label{X: 500}).Room(100); got != 1 {
		t.Errorf("outside: %g", got)
	}
	if got := (document.Label{Text: " a\n b\t"}).Line(); got != "a b" {
		t.Errorf("%q", got)
	}
	for k, want := range map[document.Ink][3]uint8{"#333": {0x33, 0x33, 0x33}, "#1b2C3d": {0x1b, 0x2c, 0x3d}} {
		if r, g, b, ok := k.RGB(); !ok || [3]uint8{r, g, b} != want {
			t.Errorf("%s: %d %d %d", k, r, g, b)
		}
	}
}
