package raster

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"slices"

	"golang.org/x/image/vector"

	"stayput/format/document"
	"stayput/format/pdf"
)

// most is how many dots a picture has at most; a larger one is drawn coarser.
const most = 6_000_000

// PNG draws a drawing on white, so many dots to a unit. lang is the language of its texts.
func PNG(d document.Drawing, lang string, dots float64) ([]byte, error) {
	if n := d.Wide * d.High * dots * dots; n > most {
		dots *= math.Sqrt(most / n)
	}
	c := &canvas{dots: dots, on: image.NewRGBA(image.Rect(0, 0, max(1, int(math.Ceil(d.Wide*dots))), max(1, int(math.Ceil(d.High*dots)))))}
	draw.Draw(c.on, c.on.Bounds(), image.White, image.Point{}, draw.Src)
	for _, s := range d.Shapes {
		switch s := s.(type) {
		case document.Path:
			c.shape(s.Look, s.Points, s.Closed)
		case document.Rect:
			right, foot := s.X+s.Wide, s.Y+s.High
			c.shape(s.Look, []document.Point{{X: s.X, Y: s.Y}, {X: right, Y: s.Y}, {X: right, Y: foot}, {X: s.X, Y: foot}}, true)
		case document.Circle:
			c.shape(s.Look, round(s.X, s.Y, s.R), true)
		case document.Label:
			c.label(s, lang, d.Wide)
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, gray(c.on))
	return b.Bytes(), err
}

// gray is a picture without colors in shades of gray, which take less room.
func gray(m *image.RGBA) image.Image {
	out := image.NewGray(m.Bounds())
	for i := 0; i < len(m.Pix); i += 4 {
		if m.Pix[i] != m.Pix[i+1] || m.Pix[i] != m.Pix[i+2] {
			return m
		}
		out.Pix[i/4] = m.Pix[i]
	}
	return out
}

type canvas struct {
	on   *image.RGBA
	dots float64
	z    vector.Rasterizer
}

// An outline is steps in units of the drawing.
type outline []pdf.Step

func (o *outline) ring(ps []document.Point) {
	for i, p := range ps {
		op := pdf.LineTo
		if i == 0 {
			op = pdf.MoveTo
		}
		*o = append(*o, pdf.Step{Op: op, To: [3]document.Point{p}})
	}
}

// round is a circle, as points close to each other.
func round(x, y, r float64) []document.Point {
	const n = 48
	out := make([]document.Point, n)
	for i := range out {
		a := 2 * math.Pi * float64(i) / n
		out[i] = document.Point{X: x + r*math.Cos(a), Y: y + r*math.Sin(a)}
	}
	return out
}

// joint is a circle that goes round as the sides of a line do, so that what lies on each
// other adds up.
func joint(p document.Point, r float64) []document.Point {
	out := round(p.X, p.Y, r)
	slices.Reverse(out)
	return out
}

// shape draws a shape by its look.
func (c *canvas) shape(l document.Look, ps []document.Point, closed bool) {
	if l.Fill != "" {
		var o outline
		o.ring(ps)
		c.fill(o, l.Fill, l.Inside)
	}
	if l.Stroke == "" {
		return
	}
	if closed {
		ps = append(slices.Clone(ps), ps[0])
	}
	var o outline
	half := l.Weight() / 2
	for _, run := range dashed(ps, l.Dash) {
		for i := 1; i < len(run); i++ {
			a, b := run[i-1], run[i]
			long := math.Hypot(b.X-a.X, b.Y-a.Y)
			if long == 0 {
				continue
			}
			x, y := (b.Y-a.Y)/long*half, -(b.X-a.X)/long*half // to the side
			o.ring([]document.Point{{X: a.X + x, Y: a.Y + y}, {X: a.X - x, Y: a.Y - y}, {X: b.X - x, Y: b.Y - y}, {X: b.X + x, Y: b.Y + y}})
			if i > 1 || closed && len(l.Dash) == 0 {
				o.ring(joint(a, half)) // no gap where two lines meet
			}
		}
	}
	c.fill(o, l.Stroke, l.Inside)
}

// dashed are the stretches of a line that are drawn.
func dashed(ps []document.Point, dash []float64) [][]document.Point {
	if len(dash) == 0 {
		return [][]document.Point{ps}
	}
	var out [][]document.Point
	k, left := 0, dash[0]
	run := []document.Point{ps[0]}
	for i := 1; i < len(ps); i++ {
		a, b := ps[i-1], ps[i]
		long := math.Hypot(b.X-a.X, b.Y-a.Y)
		for at := 0.; at < long; {
			step := min(left, long-at)
			at, left = at+step, left-step
			p := document.Point{X: a.X + (b.X-a.X)*at/long, Y: a.Y + (b.Y-a.Y)*at/long}
			run = append(run, p)
			if left > 1e-9 {
				break // the next line goes on with what is left
			}
			if k%2 == 0 {
				out = append(out, run)
			}
			k++
			left, run = dash[k%len(dash)], []document.Point{p}
		}
	}
	if k%2 == 0 && len(run) > 1 {
		out = append(out, run)
	}
	return out
}

// label draws a text.
func (c *canvas) label(l document.Label, lang string, most float64) {
	wide, steps := pdf.Letters(l, lang)
	if room := l.Room(most); wide > room {
		l.Size *= room / wide
		wide, steps = pdf.Letters(l, lang)
	}
	at := func(dx, dy float64) outline {
		out := make(outline, len(steps))
		for i, s := range steps {
			for k := range s.To {
				s.To[k].X += l.Left(wide) + dx
				s.To[k].Y += l.Y + dy
			}
			out[i] = s
		}
		return out
	}
	if l.Strong {
		for i, p := range round(0, 0, document.Edge) {
			if i%3 == 0 {
				c.fill(at(p.X, p.Y), "#fff", document.Area{})
			}
		}
	}
	c.fill(at(0, 0), l.Ink(), document.Area{})
}

// fill fills an outline.
func (c *canvas) fill(o outline, ink document.Ink, inside document.Area) {
	if len(o) == 0 {
		return
	}
	low, high := document.Point{X: math.Inf(1), Y: math.Inf(1)}, document.Point{X: math.Inf(-1), Y: math.Inf(-1)}
	for _, s := range o {
		for _, p := range s.To[:places[s.Op]] {
			low.X, low.Y, high.X, high.Y = min(low.X, p.X), min(low.Y, p.Y), max(high.X, p.X), max(high.Y, p.Y)
		}
	}
	box := c.area(document.Area{X: low.X, Y: low.Y, Wide: high.X - low.X, High: high.Y - low.Y}).Inset(-1).Intersect(c.on.Bounds())
	if !inside.Empty() {
		box = box.Intersect(c.area(inside))
	}
	if box.Empty() {
		return
	}
	c.z.Reset(box.Dx(), box.Dy())
	for i, s := range o {
		if s.Op == pdf.MoveTo && i > 0 {
			c.z.ClosePath()
		}
		var v [6]float32
		for k, p := range s.To {
			v[2*k], v[2*k+1] = float32(p.X*c.dots-float64(box.Min.X)), float32(p.Y*c.dots-float64(box.Min.Y))
		}
		switch s.Op {
		case pdf.MoveTo:
			c.z.MoveTo(v[0], v[1])
		case pdf.LineTo:
			c.z.LineTo(v[0], v[1])
		case pdf.QuadTo:
			c.z.QuadTo(v[0], v[1], v[2], v[3])
		case pdf.CubeTo:
			c.z.CubeTo(v[0], v[1], v[2], v[3], v[4], v[5])
		}
	}
	c.z.ClosePath()
	r, g, b, _ := ink.RGB()
	c.z.Draw(c.on, box, image.NewUniform(color.RGBA{r, g, b, 255}), image.Point{})
}

// places is how many points a step has.
var places = [...]int{pdf.MoveTo: 1, pdf.LineTo: 1, pdf.QuadTo: 2, pdf.CubeTo: 3}

// area is the dots that an area touches.
func (c *canvas) area(a document.Area) image.Rectangle {
	return image.Rect(int(math.Floor(a.X*c.dots)), int(math.Floor(a.Y*c.dots)), int(math.Ceil((a.X+a.Wide)*c.dots)), int(math.Ceil((a.Y+a.High)*c.dots)))
}
