package chart

import (
	"fmt"
	"slices"
	"strings"

	"stayput/format/document"
)

// A sheet collects the shapes of a drawing.
type sheet struct{ shapes []document.Shape }

func (s *sheet) add(x document.Shape) { s.shapes = append(s.shapes, x) }

func (s *sheet) line(x1, y1, x2, y2 float64, l document.Look) {
	s.add(document.Path{Look: l, Points: []document.Point{{X: x1, Y: y1}, {X: x2, Y: y2}}})
}

func (s *sheet) box(x, y, wide, high float64, l document.Look) {
	s.add(document.Rect{Look: l, Area: document.Area{X: x, Y: y, Wide: wide, High: high}})
}

func (s *sheet) circle(x, y, r float64, l document.Look) {
	s.add(document.Circle{Look: l, X: x, Y: y, R: r})
}

func (s *sheet) text(x, y float64, at document.Anchor, text string) {
	s.add(document.Label{X: x, Y: y, Size: fontSize, At: at, Text: text})
}

// halo is a strong text that keeps readable on a line.
func (s *sheet) halo(x, y float64, at document.Anchor, text string) {
	s.add(document.Label{X: x, Y: y, Size: fontSize, At: at, Strong: true, Text: text})
}

// svg is a drawing as one svg element.
func svg(d document.Drawing, class, id, title, desc string) []byte {
	var c canvas
	c.WriteString(`<svg xmlns="http://www.w3.org/2000/svg"`)
	c.attr("class", class, "viewBox", fmt.Sprintf("0 0 %s %s", number(d.Wide), number(d.High)), "role", "img",
		"aria-labelledby", id+"-t "+id+"-d", "font-size", float64(fontSize), "font-family", "sans-serif", "fill", "#333")
	fmt.Fprintf(&c, `><title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, id, escape(title), id, escape(desc))
	var areas []document.Area // that something stays inside of
	look := func(l document.Look, name string) []any {
		out := []any{"class", l.Class}
		switch {
		case l.Fill != "":
			out = append(out, "fill", l.Fill)
		case name != "line": // which has no inside
			out = append(out, "fill", "none")
		}
		if l.Stroke != "" {
			out = append(out, "stroke", l.Stroke)
		}
		if l.Thick != 0 {
			out = append(out, "stroke-width", l.Thick)
		}
		if len(l.Dash) > 0 {
			var ds []string
			for _, x := range l.Dash {
				ds = append(ds, number(x))
			}
			out = append(out, "stroke-dasharray", strings.Join(ds, " "))
		}
		if l.Inside.Empty() {
			return out
		}
		n := slices.Index(areas, l.Inside)
		if n < 0 {
			n, areas = len(areas), append(areas, l.Inside)
		}
		return append(out, "clip-path", fmt.Sprintf("url(#%s-c%d)", id, n))
	}
	var shapes canvas
	put := func(l document.Look, name string, place ...any) {
		if place = append(look(l, name), place...); l.Says != "" {
			shapes.told(l.Says, name, place...)
			return
		}
		shapes.one(name, place...)
	}
	for _, s := range d.Shapes {
		switch s := s.(type) {
		case document.Path:
			a, z := s.Points[0], s.Points[len(s.Points)-1]
			name := "polyline"
			switch {
			case s.Closed:
				name = "polygon"
			case len(s.Points) == 2:
				put(s.Look, "line", "x1", a.X, "x2", z.X, "y1", a.Y, "y2", z.Y)
				continue
			}
			var xy []float64
			for _, p := range s.Points {
				xy = append(xy, p.X, p.Y)
			}
			put(s.Look, name, "points", points(xy))
		case document.Rect:
			put(s.Look, "rect", "x", s.X, "y", s.Y, "width", s.Wide, "height", s.High)
		case document.Circle:
			put(s.Look, "circle", "cx", s.X, "cy", s.Y, "r", s.R)
		case document.Label:
			anchor := [...]string{"start", "middle", "end"}[s.At]
			if s.Strong {
				shapes.halo(s.X, s.Y, anchor, s.Text)
			} else {
				shapes.text(s.X, s.Y, anchor, s.Text)
			}
		}
	}
	for n, a := range areas {
		fmt.Fprintf(&c, `<clipPath id="%s-c%d"><rect`, id, n)
		c.attr("x", a.X, "y", a.Y, "width", a.Wide, "height", a.High)
		c.WriteString("/></clipPath>")
	}
	c.Write(shapes.Bytes())
	c.WriteString("</svg>")
	return c.Bytes()
}
