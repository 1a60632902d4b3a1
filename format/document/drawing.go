package document

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A Drawing is a picture of lines, areas and texts, sharp at any size. Its units run from
// the left and from the top.
type Drawing struct {
	Wide, High float64 // in its own units
	Shapes     []Shape // the first lies below the others
	Alt        string  // what the picture shows, for who does not see it; needed
	Width      float64 // in points; 0: as wide as the column
	With       bool    // stays on one page with what follows
}

func (Drawing) block() {}

// A Shape is a piece of a drawing: a Path, a Rect, a Circle or a Label, each by value.
type Shape interface{ shape() }

func (Path) shape()   {}
func (Rect) shape()   {}
func (Circle) shape() {}
func (Label) shape()  {}

// An Ink is a color as #333 or #1b1b1b; "" is none.
type Ink string

// A Look is how a shape is drawn. A page also says what it is, and what a pointer over it
// tells; a file does not.
type Look struct {
	Class  string
	Says   string
	Fill   Ink
	Stroke Ink
	Thick  float64   // of the stroke; 0 is 1
	Dash   []float64 // how long it is drawn and left out by turns; none: drawn
	Inside Area      // nothing is drawn outside; empty: everything is drawn
}

// An Area is a box by its sides.
type Area struct{ X, Y, Wide, High float64 }

// A Point is a place in a drawing.
type Point struct{ X, Y float64 }

// A Path is straight lines from point to point.
type Path struct {
	Look
	Points []Point
	Closed bool // and back to the first
}

// A Rect is a box with upright sides.
type Rect struct {
	Look
	Area
}

// A Circle is a circle about a point.
type Circle struct {
	Look
	X, Y, R float64
}

// A Label is a text on one line. X is where it begins, ends or has its middle; Y is the
// line it stands on.
type Label struct {
	X, Y   float64
	Size   float64
	At     Anchor
	Strong bool // bold, with a white edge, so that it is read on a line
	Text   string
}

// Ink is the color of a label.
func (l Label) Ink() Ink {
	if l.Strong {
		return "#000"
	}
	return "#333"
}

// Edge is how far the white edge of a strong label reaches.
const Edge = 2.

// An Anchor is which part of a label stands at its place.
type Anchor uint8

// The anchors.
const (
	Start Anchor = iota
	Middle
	End
)

// Left is where a label begins, when its text is so wide.
func (l Label) Left(wide float64) float64 {
	switch l.At {
	case Middle:
		return l.X - wide/2
	case End:
		return l.X - wide
	}
	return l.X
}

// Room is how wide a label can be in a drawing so wide; one that is wider is made smaller.
func (l Label) Room(wide float64) float64 {
	room := wide - l.X
	switch l.At {
	case Middle:
		room = 2 * min(l.X, wide-l.X)
	case End:
		room = l.X
	}
	return max(1, room)
}

// Line is what a label says, on one line.
func (l Label) Line() string { return strings.Join(strings.Fields(l.Text), " ") }

// Weight is how thick a stroke is.
func (l Look) Weight() float64 {
	if l.Thick == 0 {
		return 1
	}
	return l.Thick
}

// RGB are the parts of a color; ok is false for none.
func (k Ink) RGB() (r, g, b uint8, ok bool) {
	s, is := strings.CutPrefix(string(k), "#")
	if !is || len(s) != 3 && len(s) != 6 {
		return 0, 0, 0, false
	}
	if len(s) == 3 {
		s = string([]byte{s[0], s[0], s[1], s[1], s[2], s[2]})
	}
	v, err := strconv.ParseUint(s, 16, 32)
	return uint8(v >> 16), uint8(v >> 8), uint8(v), err == nil
}

// Across is how wide and how high a drawing stands in a column, in points.
func (d Drawing) Across(column, page float64) (wide, high float64) {
	wide = d.Width
	if wide == 0 {
		wide = column
	}
	wide = min(wide, column)
	high = wide * d.High / d.Wide
	if high > page {
		wide, high = wide*page/high, page
	}
	return wide, high
}

// How large a drawing may be, and how far outside of it a shape may reach.
const (
	mostUnits  = 10_000.
	mostShapes = 50_000
)

func (d Drawing) check() error {
	switch {
	case strings.TrimSpace(d.Alt) == "":
		return errors.New("a drawing without a text that says what it shows")
	case !(d.Wide >= 1 && d.Wide <= mostUnits && d.High >= 1 && d.High <= mostUnits):
		return fmt.Errorf("a drawing of %g by %g; sides are 1 to %g", d.Wide, d.High, mostUnits)
	case d.Width != 0 && !(d.Width >= 1 && d.Width <= mostUnits):
		return fmt.Errorf("a drawing %g points wide", d.Width)
	case len(d.Shapes) > mostShapes:
		return fmt.Errorf("a drawing of %d shapes; at most %d are drawn", len(d.Shapes), mostShapes)
	}
	for i, s := range d.Shapes {
		if err := checkShape(s); err != nil {
			return fmt.Errorf("shape %d: %w", i+1, err)
		}
	}
	return nil
}

func checkShape(s Shape) error {
	switch s := s.(type) {
	case Path:
		if len(s.Points) < 2 {
			return fmt.Errorf("a path of %d points", len(s.Points))
		}
		for _, p := range s.Points {
			if err := places(p.X, p.Y); err != nil {
				return err
			}
		}
		return s.Look.check()
	case Rect:
		if err := s.Area.check(); err != nil {
			return err
		}
		return s.Look.check()
	case Circle:
		if !(s.R > 0) {
			return fmt.Errorf("a circle of radius %g", s.R)
		}
		if err := places(s.X, s.Y, s.R); err != nil {
			return err
		}
		return s.Look.check()
	case Label:
		if !(s.Size >= 1 && s.Size <= 200) || s.At > End {
			return fmt.Errorf("a label of size %g, anchor %d", s.Size, s.At)
		}
		return places(s.X, s.Y)
	}
	return fmt.Errorf("%T is no shape", s)
}

func (l Look) check() error {
	for _, k := range []Ink{l.Fill, l.Stroke} {
		if _, _, _, ok := k.RGB(); k != "" && !ok {
			return fmt.Errorf("%q is no color", string(k))
		}
	}
	if !(l.Thick >= 0 && l.Thick <= mostUnits) {
		return fmt.Errorf("a stroke %g thick", l.Thick)
	}
	for _, d := range l.Dash {
		if !(d >= 0.5 && d <= mostUnits) {
			return fmt.Errorf("a dash of %g", d)
		}
	}
	return l.Inside.check()
}

func (a Area) check() error {
	if !(a.Wide >= 0 && a.High >= 0) {
		return fmt.Errorf("a box of %g by %g", a.Wide, a.High)
	}
	return places(a.X, a.Y, a.Wide, a.High)
}

// Empty reports that an area holds nothing.
func (a Area) Empty() bool { return a.Wide <= 0 || a.High <= 0 }

func places(vs ...float64) error {
	for _, v := range vs {
		if math.IsNaN(v) || math.Abs(v) > mostUnits {
			return fmt.Errorf("a place of %g; places are within %g", v, mostUnits)
		}
	}
	return nil
}
