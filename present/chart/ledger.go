package chart

import (
	"fmt"
	"strconv"

	"stayput/day"
	"stayput/locale"
)

// A Part is what became of some of the minutes that were promised, by the name of
// its column in the ledger.
type Part struct {
	Name   string // delivered, made_up, otherwise, excused, short, reported, unknown
	Amount float64
}

// A Stack is the minutes of a stretch of time by what became of them.
type Stack struct {
	From     day.Date
	Promised float64
	Parts    []Part
}

// fills are how the parts are told apart: by colour on a screen, by pattern on
// paper without colour. An empty pattern is plain.
var fills = map[string]struct{ colour, edge, pattern string }{
	"delivered": {"#0b6773", "#0b6773", ""},
	"made_up":   {"#4d8055", "#2e5135", `<path d="M0 4H8M4 0V8" stroke="#fff" stroke-width="1.5"/>`},
	"otherwise": {"#d5e8eb", "#0b6773", `<path d="M0 0L8 8M8 0L0 8" stroke="#0b6773" stroke-width="1"/>`},
	"excused":   {"#fff", "#6e6a63", `<path d="M0 2H8M0 6H8" stroke="#6e6a63" stroke-width="1"/>`},
	"short":     {"#f5c443", "#5c410a", `<path d="M-2 2L2 -2M0 8L8 0M6 10L10 6" stroke="#1b1b1b" stroke-width="2"/>`},
	"reported":  {"#fff", "#5c410a", `<circle cx="2" cy="2" r="1.4" fill="#5c410a"/><circle cx="6" cy="6" r="1.4" fill="#5c410a"/>`},
	"unknown":   {"#fff", "#6e6a63", ""},
}

// Patterns draws the patterns that Bars, Columns and Swatches refer to. A page
// holds it once, before the first of them.
func Patterns() []byte {
	var c canvas
	c.WriteString(`<svg class="sp-vh" width="0" height="0" aria-hidden="true" focusable="false"><defs>`)
	for _, name := range []string{"made_up", "otherwise", "excused", "short", "reported"} {
		f := fills[name]
		fmt.Fprintf(&c, `<pattern id="fill-%s" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="%s"/>%s</pattern>`, name, f.colour, f.pattern)
	}
	c.WriteString("</defs></svg>")
	return c.Bytes()
}

// block draws a filled part.
func (c *canvas) block(name, title string, x, y, w, h float64) {
	f, ok := fills[name]
	if !ok || w <= 0 || h <= 0 {
		return
	}
	fill := f.colour
	if f.pattern != "" {
		fill = "url(#fill-" + name + ")"
	}
	pairs := []any{"x", x, "y", y, "width", w, "height", h, "fill", fill, "stroke", f.edge, "stroke-width", "1"}
	if name == "unknown" {
		pairs = append(pairs, "stroke-dasharray", "3 2")
	}
	if title == "" {
		c.one("rect", pairs...)
		return
	}
	c.told(title, "rect", pairs...)
}

// Swatch is the sign of a part in a legend.
func Swatch(name string) []byte {
	var c canvas
	c.WriteString(`<svg width="24" height="16" viewBox="0 0 24 16" aria-hidden="true" focusable="false">`)
	c.block(name, "", 0.5, 0.5, 23, 15)
	c.WriteString("</svg>")
	return c.Bytes()
}

// A Ledger is one service's picture: how it is called, and what it shows in words.
type Ledger struct {
	ID    string
	Title string
	Desc  string
	Unit  string // minutes or sessions, in the words of the page
}

func (l Ledger) begin(c *canvas, size Size, tall float64) {
	at := id(l.ID + "-" + size.Class)
	c.WriteString("<svg")
	c.attr("class", size.Class, "viewBox", fmt.Sprintf("0 0 %s %s", number(size.Width), number(tall)), "role", "img", "aria-labelledby", at+"-t "+at+"-d",
		"font-size", float64(fontSize), "font-family", "sans-serif", "fill", "#333")
	fmt.Fprintf(c, `><title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, at, escape(l.Title), at, escape(l.Desc))
}

// said is a part in words.
func (l Ledger) said(cat *locale.Catalog, p Part) string {
	return cat.T("delivery.column."+p.Name) + ": " + Number(p.Amount) + " " + l.Unit
}

// Bar draws one stretch of time as a bar: the whole is what was promised. A legend
// and a table belong beside it.
func Bar(cat *locale.Catalog, l Ledger, s Stack, size Size) []byte {
	var c canvas
	const tall = 30.
	l.begin(&c, size, tall+2)
	sum, shown := 0.0, 0
	for _, p := range s.Parts {
		if amount(p.Amount) && p.Amount > 0 {
			sum, shown = sum+p.Amount, shown+1
		}
	}
	const least = 3. // so that a little is still seen
	room := size.Width - 2 - least*float64(shown)
	x := 1.0
	for _, p := range s.Parts {
		if !amount(p.Amount) || p.Amount <= 0 {
			continue
		}
		w := least + room*p.Amount/sum
		c.block(p.Name, l.said(cat, p), x, 1, w, tall)
		x += w
	}
	if sum == 0 {
		c.one("rect", "x", 1., "y", 1., "width", size.Width-2, "height", tall, "fill", "#fff", "stroke", "#6e6a63")
	}
	c.WriteString("</svg>")
	return c.Bytes()
}

// Columns draws stretches that follow each other as columns: weeks of a school
// year. A line over each column is what was promised. At most 60 are drawn, the
// latest; a table beside it has all.
func Columns(cat *locale.Catalog, l Ledger, all []Stack, size Size) []byte {
	var c canvas
	all = all[max(0, len(all)-60):]
	const plot, top, side = 140., 10., 40.
	l.begin(&c, size, top+plot+2.4*line)
	most := 0.0
	for _, s := range all {
		sum := 0.0
		for _, p := range s.Parts {
			if amount(p.Amount) {
				sum += p.Amount
			}
		}
		if amount(s.Promised) {
			sum = max(sum, s.Promised)
		}
		most = max(most, sum)
	}
	ticks := round(0, max(most, 1), 4, 1)
	y := scale{0, ticks[len(ticks)-1], top + plot, top}
	for _, v := range ticks {
		c.one("line", "x1", side, "x2", size.Width, "y1", y.put(v), "y2", y.put(v), "class", "grid", "stroke", "#dcdad6")
		c.text(side-6, y.put(v)+4, "end", Number(v))
	}
	if n := len(all); n > 0 {
		step := (size.Width - side - 4) / float64(n)
		thick := min(step*0.78, 34)
		left, lastMonth := 0.0, ""
		for i, s := range all {
			x := side + 4 + step*float64(i) + (step-thick)/2
			at := 0.0
			for _, p := range s.Parts {
				if !amount(p.Amount) || p.Amount <= 0 {
					continue
				}
				c.block(p.Name, cat.DateShort(s.From)+". "+l.said(cat, p), x, y.put(at+p.Amount), thick, y.put(at)-y.put(at+p.Amount))
				at += p.Amount
			}
			if amount(s.Promised) && s.Promised > 0 {
				c.one("line", "x1", x-1.5, "x2", x+thick+1.5, "y1", y.put(s.Promised), "y2", y.put(s.Promised), "stroke", "#1b1b1b", "stroke-width", "2")
			}
			m := month(s.From)
			name := short(cat, m)
			if y := s.From.Year(); m == 1 || i == 0 {
				name += " " + strconv.Itoa(y)
			}
			if key := m.String(); key != lastMonth && x >= left && x+wide(name) <= size.Width {
				c.text(x, top+plot+line, "start", name)
				left = x + wide(name) + 6
				lastMonth = key
			}
		}
	}
	c.one("line", "x1", side, "x2", size.Width, "y1", y.put(0), "y2", y.put(0), "class", "axis", "stroke", "#6e6a63")
	c.WriteString("</svg>")
	return c.Bytes()
}
