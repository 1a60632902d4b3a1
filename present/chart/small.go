package chart

import (
	"fmt"
	"math"

	"stayput/locale"
	"stayput/measure"
)

// Measures of a small picture.
const (
	smallWide = 168.
	smallTall = 56.
	smallEdge = 6.
)

// Small draws the probes and the line to the goal without words, to stand beside a
// sentence that says the same. It is one svg element with a title and a
// description.
func Small(cat *locale.Catalog, p Picture) []byte {
	var c canvas
	r, name := p.Result, id(p.ID)
	d := drawing{cat: cat, p: p, size: Size{Class: "sp-chart__small", Width: smallWide}}
	d.span(nil)
	low, high := math.Inf(1), math.Inf(-1)
	see := func(v float64) { low, high = min(low, v), max(high, v) }
	for _, q := range r.Points {
		see(q.Level)
	}
	if r.Aim.Drawn() {
		see(r.Aim.Start)
		see(r.Aim.Target)
	}
	if r.Kind == measure.Share {
		low, high = 0, 100
	}
	if !(high > low) {
		low, high = low-1, high+1
	}
	x := scale{float64(d.first), float64(d.last), smallEdge, smallWide - smallEdge}
	y := scale{low, high, smallTall - smallEdge, smallEdge}
	fmt.Fprint(&c, `<svg xmlns="http://www.w3.org/2000/svg"`)
	c.attr("class", "sp-chart__small", "viewBox", fmt.Sprintf("0 0 %s %s", number(smallWide), number(smallTall)), "role", "img", "aria-labelledby", name+"-t "+name+"-d", "fill", "none")
	fmt.Fprintf(&c, `><title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, name, escape(p.Title(cat)), name, escape(p.Description(cat)))
	c.one("line", "class", "axis", "x1", 0., "x2", smallWide, "y1", smallTall-1, "y2", smallTall-1, "stroke", "#555")
	if a := r.Aim; a.Drawn() {
		c.one("line", "class", "aim", "x1", x.put(float64(a.From)), "y1", y.put(a.Start), "x2", x.put(float64(a.To)), "y2", y.put(a.Target), "stroke", "#555", "stroke-width", "1.5", "stroke-dasharray", "6 4")
	}
	var xy []float64
	for _, q := range r.Points {
		xy = append(xy, x.put(float64(q.On)), y.put(q.Level))
	}
	if len(xy) > 2 {
		c.one("polyline", "class", "probes", "points", points(xy), "stroke", "#888")
	}
	for i := 0; i < len(xy); i += 2 {
		c.one("circle", "class", "dot", "cx", xy[i], "cy", xy[i+1], "r", 2.5, "fill", "#333", "stroke", "#fff")
	}
	c.WriteString("</svg>")
	return c.Bytes()
}
