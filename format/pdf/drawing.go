package pdf

import (
	"math"
	"strconv"

	"stayput/format/document"
)

// drawing makes the strip of a drawing: one figure with what it shows as its text. What
// is written in it belongs to the figure.
func (w *writer) drawing(d document.Drawing) strip {
	wide, high := d.Across(float64(w.column)/1000, float64(w.high-2*margin)/1000)
	t := under(w.root, "Figure").hang()
	t.alt = printable(d.Alt)
	cx, cy := max(1000, length(wide*1000)), max(1000, length(high*1000))
	return strip{high: cy, after: w.apart, with: d.With, draw: func(p *page, y length) {
		left, foot := length(margin), p.high-y-cy
		t.attrs = "/O/Layout/Placement/Block/BBox[" + points(left, foot, left+cx, foot+cy) + "]"
		p.end()
		p.begin(t)
		was := p.pen
		// A unit of the drawing; up is more, as everywhere in the format. What would lie
		// outside the figure is cut off.
		k := strconv.FormatFloat(wide/d.Wide, 'f', 6, 64)
		p.put("q ", points(left, foot, cx, cy), " re W n ", k, " 0 0 ", k, " ", points(left, foot+cy), " cm\n")
		for _, s := range d.Shapes {
			if l, ok := s.(document.Label); ok {
				w.label(p, t, l, d.Wide)
				continue
			}
			p.put(shape(s))
		}
		p.put("Q\n")
		p.pen = was
		p.end()
	}}
}

// unit is a length of a drawing.
func unit(v float64) length { return length(math.Round(v * 1000)) }

// spot is a place of a drawing.
func spot(x, y float64) string { return points(unit(x), unit(-y)) }

// shape draws a shape that is no text.
func shape(s document.Shape) string {
	switch s := s.(type) {
	case document.Path:
		out := ""
		for i, q := range s.Points {
			out += spot(q.X, q.Y)
			if i == 0 {
				out += " m\n"
			} else {
				out += " l\n"
			}
		}
		if s.Closed {
			out += "h "
		}
		return drawn(s.Look, out)
	case document.Rect:
		return drawn(s.Look, area(s.Area)+" re ")
	case document.Circle:
		const c = 0.5523 // how far a curve has to be pulled to be a quarter of a circle
		x, y, r := s.X, s.Y, s.R
		curve := func(x1, y1, x2, y2, x3, y3 float64) string {
			return spot(x+r*x1, y+r*y1) + " " + spot(x+r*x2, y+r*y2) + " " + spot(x+r*x3, y+r*y3) + " c\n"
		}
		return drawn(s.Look, spot(x+r, y)+" m\n"+curve(1, c, c, 1, 0, 1)+curve(-c, 1, -1, c, -1, 0)+curve(-1, -c, -c, -1, 0, -1)+curve(c, -1, 1, -c, 1, 0)+"h ")
	}
	return ""
}

func area(a document.Area) string {
	return points(unit(a.X), unit(-a.Y-a.High), unit(a.Wide), unit(a.High))
}

// drawn is an outline with its colors.
func drawn(l document.Look, outline string) string {
	out, act := "q ", "n"
	if l.Fill != "" {
		out, act = out+tint(l.Fill)+" rg ", "f"
	}
	if l.Stroke != "" {
		out += tint(l.Stroke) + " RG " + points(unit(l.Weight())) + " w "
		if act = "S"; l.Fill != "" {
			act = "B"
		}
		if len(l.Dash) > 0 {
			out += "["
			for i, d := range l.Dash {
				if i > 0 {
					out += " "
				}
				out += points(unit(d))
			}
			out += "] 0 d "
		}
	}
	if !l.Inside.Empty() {
		out += area(l.Inside) + " re W n "
	}
	return out + outline + act + " Q\n"
}

// tint is a color as the format writes it.
func tint(k document.Ink) string {
	r, g, b, _ := k.RGB()
	part := func(v uint8) length { return (int(v)*1000 + 127) / 255 }
	return points(part(r), part(g), part(b))
}

// label writes a text of a drawing.
func (w *writer) label(p *page, t *tag, l document.Label, most float64) {
	spans, line := w.set.label(l, w.d.Language)
	if line == nil {
		return
	}
	spans[0].tag = t
	size := l.Size / float64(spans[0].look.size)
	if wide, room := float64(line.wide)*size/1000, l.Room(most); wide > room {
		size *= room / wide
	}
	x := l.Left(float64(line.wide) * size / 1000)
	if l.Strong {
		// The edge is drawn first, and is nothing to read.
		p.put("/Span<</ActualText<FEFF>>>BDC\nq 1 g 1 G 1 j ", points(unit(2*document.Edge/size)), " w 2 Tr ")
		w.letters(p, line, spans, x, l.Y, size, true)
		p.put("Q\nEMC\n")
	}
	p.put("q ", tint(l.Ink()), " rg ", tint(l.Ink()), " RG ")
	w.letters(p, line, spans, x, l.Y, size, false)
	p.put("Q\n")
}

// letters writes a line as it is seen. The colors are those that were set.
func (w *writer) letters(p *page, l *line, spans []span, x, y, size float64, edge bool) {
	k := strconv.FormatFloat(size, 'f', 6, 64)
	p.put(k, " 0 0 ", k, " ", spot(x, y), " cm\n")
	p.pen = pen{}
	for from := 0; from < len(l.clusters); {
		to := from + 1
		for to < len(l.clusters) && w.same(l, from, to) {
			to++
		}
		w.said(l, from, to) // so that the font has these letters
		if edge {
			p.pen.heavy = l.clusters[from].heavy // they stay drawn with an edge
		}
		w.stretch(p, l, from, to, spans[0].look, 0, p.high)
		from = to
	}
	p.put("ET\n")
	p.inText = false
}
