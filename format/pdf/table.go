package pdf

import "stayput/format/document"

const (
	padSide = 5_000
	padEnd  = 3_000
	border  = 500
	edges   = "0.66" // the gray of rules
	shade   = "0.93" // the gray behind a head
)

// A box is a cell that was set: its lines, with the space between paragraphs.
type box struct {
	x, wide length
	lines   []strip
	high    length
}

// table makes strips of a table: its caption, its head, and its rows.
func (w *writer) table(t document.Table) []strip {
	top := under(w.root, "Table").hang()
	var out []strip
	if t.Caption != "" {
		out = w.strips([]span{{text: t.Caption, look: look{size: w.size, bold: true}, tag: under(top, "Caption").hang()}}, w.d.Language, margin, w.column, false)
		for i := range out {
			out[i].with = true
		}
		out[len(out)-1].after = 4_000
	}
	shares := t.Shares(w.column)
	head := under(top, "TR")
	if len(t.Rows) > 0 {
		head = under(under(top, "THead").hang(), "TR") // a head of nothing is no head (ISO 14289-1, 7.2)
	}
	head.hang()
	boxes, again := make([]box, len(t.Head)), make([]box, len(t.Head))
	x := length(margin)
	for i, text := range t.Head {
		th := under(head, "TH").hang()
		th.attrs = "/O/Table/Scope/Column"
		s := span{text: text, look: look{size: sizeCell, bold: true}, tag: th}
		boxes[i] = w.box(x, shares[i], w.strips([]span{s}, w.d.Language, x+padSide, inner(shares[i]), false))
		s.tag = artifact
		again[i] = w.box(x, shares[i], w.strips([]span{s}, w.d.Language, x+padSide, inner(shares[i]), false))
		x += shares[i]
	}
	var repeat *repeated
	switch first, page := w.row(boxes, shade), w.high-2*margin; {
	case first.high <= page/3:
		r := w.row(again, shade)
		repeat = &repeated{high: r.high, draw: r.draw}
		fallthrough
	case first.high <= page:
		first.with = true
		out = append(out, first)
	default: // a head that is no head
		out = append(out, w.bands(boxes, nil)...)
	}
	if len(t.Rows) > 0 {
		body := under(top, "TBody").hang()
		for _, r := range t.Rows {
			out = append(out, w.cells(r, shares, under(body, "TR").hang(), repeat)...)
		}
	}
	out[len(out)-1].with = false
	out[0].before = 6_000
	out[len(out)-1].after = 12_000
	return out
}

// inner is how wide the text of a column is; never nothing.
func inner(wide length) length { return max(wide-2*padSide, 4_000) }

// box measures a cell.
func (w *writer) box(x, wide length, lines []strip) box {
	b := box{x: x, wide: wide, lines: lines, high: 2 * padEnd}
	for i, s := range lines {
		b.high += s.high
		if i < len(lines)-1 {
			b.high += s.after
		}
	}
	return b
}

// cells makes the strip of a row, or several when no page holds it.
func (w *writer) cells(r []document.Cell, shares []int, tr *tag, repeat *repeated) []strip {
	boxes := make([]box, len(r))
	x := length(margin)
	high := length(0)
	for i, c := range r {
		name, attrs := "TD", ""
		if i == 0 {
			name, attrs = "TH", "/O/Table/Scope/Row"
		}
		cell := under(tr, name).hang()
		cell.attrs = attrs
		var lines []strip
		for _, p := range c {
			inside := "P"
			if len(c) == 1 {
				inside = ""
				if p.Language != w.d.Language {
					cell.lang = p.Language
				}
			}
			s := w.paragraph(p, cell, inside, sizeCell, x+padSide, inner(shares[i]))
			s[len(s)-1].after = 3_000
			lines = append(lines, s...)
		}
		boxes[i] = w.box(x, shares[i], lines)
		high = max(high, boxes[i].high)
		x += shares[i]
	}
	full := w.high - 2*margin
	if repeat != nil {
		full -= repeat.high
	}
	if high <= full {
		s := w.row(boxes, "")
		s.again = repeat
		return []strip{s}
	}
	return w.bands(boxes, repeat)
}

// row draws cells beside each other.
func (w *writer) row(boxes []box, fill string) strip {
	s := strip{high: 2 * padEnd}
	for _, b := range boxes {
		s.high = max(s.high, b.high)
	}
	s.draw = func(p *page, y length) {
		for _, b := range boxes {
			if fill != "" {
				p.fill(b.x, y, b.wide, s.high, fill)
			}
		}
		frame(p, boxes, y, s.high)
		across(p, boxes, y)
		across(p, boxes, y+s.high)
		for _, b := range boxes {
			at := y + padEnd
			for _, l := range b.lines {
				l.draw(p, at)
				at += l.high + l.after
			}
		}
	}
	return s
}

// bands draws a row that no page holds, a line of each cell at a time.
func (w *writer) bands(boxes []box, repeat *repeated) []strip {
	n := 0
	for _, b := range boxes {
		n = max(n, len(b.lines))
	}
	edge := func(p *page, y length) { across(p, boxes, y) }
	var out []strip
	for k := range n {
		s := strip{edge: edge, again: repeat}
		for _, b := range boxes {
			if k < len(b.lines) {
				h := b.lines[k].high
				if k < len(b.lines)-1 {
					h += b.lines[k].after
				}
				s.high = max(s.high, h)
			}
		}
		above := length(0)
		if k == 0 {
			above = padEnd
		}
		s.high += above
		if k == n-1 {
			s.high += padEnd
		}
		s.draw = func(p *page, y length) {
			frame(p, boxes, y, s.high)
			if k == 0 {
				across(p, boxes, y)
			}
			if k == n-1 {
				across(p, boxes, y+s.high)
			}
			for _, b := range boxes {
				if k < len(b.lines) {
					b.lines[k].draw(p, y+above)
				}
			}
		}
		s.with = k == 0 || k == n-2
		out = append(out, s)
	}
	out[n-1].with = false
	return out
}

// frame draws the rules between cells.
func frame(p *page, boxes []box, y, high length) {
	for _, b := range boxes {
		p.rule(b.x, y, b.x, y+high, border, edges)
	}
	last := boxes[len(boxes)-1]
	p.rule(last.x+last.wide, y, last.x+last.wide, y+high, border, edges)
}

// across draws the rule between rows.
func across(p *page, boxes []box, y length) {
	last := boxes[len(boxes)-1]
	p.rule(boxes[0].x, y, last.x+last.wide, y, border, edges)
}
