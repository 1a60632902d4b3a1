package pdf

import (
	"strconv"

	"stayput/format/document"
)

// The sizes of headings, and the space above and below them.
var headings = [...]struct{ size, before, after int }{{18, 16, 7}, {14, 16, 5}, {12, 13, 4}, {11, 11, 3}}

const (
	sizeSmall = 9
	sizeCell  = 9
)

// room is how large the text is and how far apart things stand.
type room struct {
	size                int
	apart, item, signed length // below a paragraph, below an item of a list, above a line to sign on
}

// wide is the usual room; tight is that of a letter that would run a little over its page.
var (
	wide  = room{11, 8_000, 4_000, 22_000}
	tight = room{10, 5_500, 1_500, 16_000}
)

// block makes strips of a block, and the tags that they stand under.
func (w *writer) block(b document.Block) ([]strip, error) {
	switch b := b.(type) {
	case document.Heading:
		return w.heading(b), nil
	case document.Paragraph:
		return w.paragraph(b, w.root, "P", w.size, margin, w.column), nil
	case document.List:
		return w.list(b), nil
	case document.Table:
		s := w.table(b)
		for i := 0; b.Keep && i < len(s)-1; i++ {
			s[i].with = true
		}
		return s, nil
	case document.PageBreak:
		return []strip{{page: true}}, nil
	case document.Image:
		s, err := w.image(b, w.column)
		return []strip{s}, err
	case document.Drawing:
		return []strip{w.drawing(b)}, nil
	case document.Signature:
		return w.signature(b), nil
	case document.Letterhead:
		return w.letterhead(b)
	}
	return nil, nil
}

// named makes a tag under another, in its place, with a language if it is another one.
func (w *writer) named(parent *tag, name, lang string) *tag {
	t := under(parent, name)
	if lang != w.d.Language {
		t.lang = lang
	}
	return t.hang()
}

func (w *writer) tongue(lang string) string {
	if lang == "" {
		return w.d.Language
	}
	return lang
}

// depth is the level at which a heading is read aloud: the first is of level 1, and none
// lies more than one below the one before, as PDF/UA asks (ISO 14289-1, 7.4.2). It looks as
// its own level says.
func (w *writer) depth(level int) int {
	for n := len(w.above); n > 0 && w.above[n-1] >= level; n-- {
		w.above = w.above[:n-1]
	}
	w.above = append(w.above, level)
	return len(w.above)
}

func (w *writer) heading(h document.Heading) []strip {
	x := headings[h.Level-1]
	t := w.named(w.root, "H"+strconv.Itoa(w.depth(h.Level)), h.Language)
	lang := w.tongue(h.Language)
	spans := []span{{text: h.Text, look: look{size: x.size, bold: true}, tag: t}}
	out := w.strips(spans, lang, margin, w.column, false)
	for i := range out {
		out[i].with = true
	}
	out[0].before, out[len(out)-1].after = x.before*1000, x.after*1000
	draw := out[0].draw
	out[0].draw = func(p *page, y length) {
		w.heads = append(w.heads, head{h.Level, h.Text, p, w.high - y})
		draw(p, y)
	}
	return out
}

// paragraph makes strips of the lines of a paragraph.
func (w *writer) paragraph(p document.Paragraph, parent *tag, name string, size int, x, column length) []strip {
	if p.Small {
		size = min(size, sizeSmall)
	}
	t := parent
	if name != "" {
		t = under(parent, name)
		if p.Language != w.d.Language {
			t.lang = p.Language
		}
	}
	spans := spansOf(p, t, size)
	if len(spans) == 0 {
		spans = []span{{look: look{size: size}, tag: t}}
	} else if name != "" {
		t.hang()
	}
	lang := w.tongue(p.Language)
	out := w.strips(spans, lang, x, column, p.Right != document.RightToLeft(lang))
	out[len(out)-1].after = w.apart
	if p.Small {
		out[len(out)-1].after = w.apart / 2
	}
	out[len(out)-1].with = p.With
	// No line of a paragraph stands alone on a page.
	for i := range len(out) - 1 {
		out[i].with = p.With || i == 0 || i == len(out)-2
	}
	return out
}

// spansOf are the runs of a paragraph as spans.
func spansOf(p document.Paragraph, t *tag, size int) []span {
	var out []span
	for _, r := range p.Runs {
		k := look{size: size, bold: r.Bold, italic: r.Italic}
		link := document.SafeLink(r.Link)
		switch {
		case r.Blank:
			out = append(out, span{text: document.Gap, look: k, tag: t})
			if r.Text != "" {
				out = append(out, span{text: " (" + r.Text + ")", look: look{size: max(8, size-2), color: gray}, tag: t})
			}
		case r.Text == "":
		case link != "":
			k.color = blue
			out = append(out, span{text: r.Text, look: k, tag: under(t, "Link"), link: link})
		default:
			out = append(out, span{text: r.Text, look: k, tag: t})
		}
	}
	return out
}

// strips sets spans in lines, a strip each.
func (w *writer) strips(spans []span, lang string, x, column length, right bool) []strip {
	ls := w.set.lines(spans, lang, column)
	out := make([]strip, len(ls))
	for i := range ls {
		l := &ls[i]
		out[i] = strip{high: l.high(), base: l.above, draw: func(p *page, y length) {
			at := x
			if right {
				at += max(0, column-l.wide)
			}
			w.line(p, l, spans, at, y)
		}}
	}
	return out
}

func (w *writer) list(l document.List) []strip {
	const in = 24_000
	t := under(w.root, "L").hang()
	t.attrs = "/O/List/ListNumbering/Disc"
	column := length(in)
	if l.Numbered {
		t.attrs = "/O/List/ListNumbering/Decimal"
	}
	var labels [][]span
	var lines [][]line
	var bodies []*tag
	for i, p := range l.Items {
		item := w.named(t, "LI", p.Language)
		text := "•"
		if l.Numbered {
			text = strconv.Itoa(l.First()+i) + "."
		}
		box, _ := document.Box(p)
		if box != "" && !l.Numbered {
			text = box
		}
		spans := []span{{text: text, look: look{size: w.size}, tag: under(item, "Lbl").hang()}}
		ls := w.set.lines(spans, w.d.Language, w.column)
		column = max(column, ls[0].wide+10_000) // a long number moves the text of all
		labels, lines, bodies = append(labels, spans), append(lines, ls), append(bodies, under(item, "LBody").hang())
	}
	var out []strip
	for i, p := range l.Items {
		rtl := document.RightToLeft(w.tongue(p.Language))
		x := margin + column
		if rtl {
			x = margin
		}
		if _, rest := document.Box(p); !l.Numbered {
			p = rest
		}
		s := w.paragraph(p, bodies[i], "", w.size, x, w.column-column)
		spans, l := labels[i], &lines[i][0]
		draw, base, at := s[0].draw, s[0].base, margin+column-l.wide-6_000
		if rtl {
			at = w.wide - margin - column + 6_000
		}
		s[0].draw = func(p *page, y length) {
			w.line(p, l, spans, at, y+base-l.above)
			draw(p, y)
		}
		s[len(s)-1].after = w.item
		if i == len(labels)-1 {
			s[len(s)-1].after = w.apart
		} else if i == 0 || i == len(labels)-2 {
			s[len(s)-1].with = true // no item of a list stands alone on a page
		}
		out = append(out, s...)
	}
	return out
}

// signature makes lines to sign on: what is known, a rule, and what belongs there.
func (w *writer) signature(s document.Signature) []strip {
	column := min(w.column, 280_000)
	var out []strip
	for _, l := range s.Lines {
		t := under(w.root, "P").hang()
		text := l.Value
		if text != "" {
			text += " " // the value and the label are two words when read aloud
		}
		value := w.strips([]span{{text: text, look: look{size: w.size}, tag: t}}, w.d.Language, margin, column, false)
		value[0].before = w.signed
		for i := range value {
			value[i].with = true
		}
		label := w.strips([]span{{text: l.Label, look: look{size: sizeSmall}, tag: t}}, w.d.Language, margin, column, false)
		for i := range label {
			label[i].with = true
		}
		draw := label[0].draw
		label[0].draw = func(p *page, y length) {
			p.rule(margin, y, margin+column, y, 700, "0.1")
			draw(p, y+1_500)
		}
		label[0].high += 1_500
		label[len(label)-1].after = 4_000
		out = append(out, value...)
		out = append(out, label...)
	}
	if len(out) > 0 {
		out[len(out)-1].with = false
		out[len(out)-1].after = w.apart
	}
	return out
}

// letterhead makes the head of a letter: the logo and beside it the name and the address,
// with a rule below.
func (w *writer) letterhead(l document.Letterhead) ([]strip, error) {
	x, column := length(margin), w.column
	var logo *strip
	if l.Logo != nil {
		m, err := l.Logo.Bare()
		if err != nil {
			return nil, err
		}
		z, err := m.Size()
		if err != nil {
			return nil, err
		}
		wide, _ := m.Across(z, 150, 60)
		if m.Width == 0 || m.Width > wide {
			m.Width = wide
		}
		s, err := w.image(m, w.column)
		if err != nil {
			return nil, err
		}
		logo = &s
		x += length(wide*1000) + 14_000
		column -= length(wide*1000) + 14_000
	}
	var lines []strip
	high := length(0)
	for i, text := range l.Lines {
		k := look{size: 10, color: gray}
		if i == 0 {
			k = look{size: 13, bold: true}
		}
		s := w.strips([]span{{text: text, look: k, tag: under(w.root, "P").hang()}}, w.d.Language, x, column, false)
		for _, s := range s {
			high += s.high
		}
		lines = append(lines, s...)
	}
	all := strip{high: high, after: 16_000}
	if logo != nil {
		all.high = max(high, logo.high)
	}
	if all.high > w.high/2 {
		// Too much for a head: it runs like other text.
		if logo != nil {
			lines = append([]strip{*logo}, lines...)
		}
		return lines, nil
	}
	top := (all.high - high) / 2
	all.draw = func(p *page, y length) {
		if logo != nil {
			logo.draw(p, y)
		}
		at := y + top
		for _, s := range lines {
			s.draw(p, at)
			at += s.high
		}
		p.rule(margin, y+all.high+6_000, w.wide-margin, y+all.high+6_000, 700, "0.66")
	}
	all.high += 6_000
	return []strip{all}, nil
}
