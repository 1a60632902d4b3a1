package pdf

import (
	"strconv"
)

// A page is one page: what stands on it, and what its tags are.
type page struct {
	id     int
	wide   length
	high   length
	under  []byte // fills and rules, which are not read aloud
	text   []byte
	marks  []*tag // of its pieces, by their numbers
	links  []int  // the objects of its links
	open   *tag   // the tag that is being written into
	inText bool
	pen    pen
}

// A pen is what the format remembers between two pieces of text.
type pen struct {
	font  string
	size  int
	color ink
	heavy bool
}

// colors as the format writes them: black, a blue with a contrast of 7, a gray of 6.
var colors = [...]string{"0 g 0 G", "0 0.369 0.635 rg 0 0.369 0.635 RG", "0.337 0.361 0.396 rg 0.337 0.361 0.396 RG"}

func (p *page) put(s ...string) {
	for _, x := range s {
		p.text = append(p.text, x...)
	}
}

// begin writes what comes under a tag.
func (p *page) begin(t *tag) {
	if p.open == t {
		return
	}
	p.end()
	p.open = t
	if t == artifact {
		p.put("/Artifact<</Type/Pagination>>BDC\n")
		return
	}
	t.hang()
	t.kids = append(t.kids, kid{page: p, mark: len(p.marks)})
	p.put("/", t.name, "<</MCID ", strconv.Itoa(len(p.marks)))
	if t.actual != "" {
		p.put("/ActualText", str(t.actual))
	}
	p.put(">>BDC\n")
	p.marks = append(p.marks, t)
}

// end ends what comes under a tag.
func (p *page) end() {
	if p.inText {
		p.put("ET\n")
		p.inText = false
	}
	if p.open != nil {
		p.put("EMC\n")
		p.open = nil
	}
}

// rule draws a line across. A rule is not read aloud.
func (p *page) rule(x1, y1, x2, y2, thick length, gray string) {
	p.under = append(p.under, gray+" G "+points(thick)+" w "+points(x1, p.high-y1)+" m "+points(x2, p.high-y2)+" l S\n"...)
}

// fill fills a box.
func (p *page) fill(x, y, wide, high length, gray string) {
	p.under = append(p.under, gray+" g "+points(x, p.high-y-high, wide, high)+" re f\n"...)
}

// line writes a line of text; y is where its top is.
func (w *writer) line(p *page, l *line, spans []span, x, y length) {
	y += l.above
	for i := 0; i < len(l.clusters); {
		n := i + 1
		for n < len(l.clusters) && l.clusters[n].span == l.clusters[i].span {
			n++
		}
		s := spans[l.clusters[i].span]
		if s.link != "" && s.tag != artifact {
			w.link(p, l, i, n, s, x, y)
		}
		for from := i; from < n; {
			to := w.word(l, from, n)
			if text := w.said(l, from, to); text != "" && s.tag != artifact {
				t := under(s.tag, "Span")
				t.actual = text
				p.begin(t)
			} else {
				for to < n && w.same(l, from, to) {
					next := w.word(l, to, n)
					if w.said(l, to, next) != "" {
						break
					}
					to = next
				}
				p.begin(s.tag)
			}
			w.stretch(p, l, from, to, s.look, x, y)
			from = to
		}
		i = n
	}
}

// same reports that two clusters of a line are of one font.
func (w *writer) same(l *line, a, b int) bool {
	return l.clusters[a].face == l.clusters[b].face && l.clusters[a].heavy == l.clusters[b].heavy
}

// word is where a word ends: at a space, or where the font changes.
func (w *writer) word(l *line, from, n int) int {
	to := from + 1
	for to < n && w.same(l, from, to) && l.clusters[to].space == l.clusters[from].space {
		to++
	}
	return to
}

// said is the text of a word that has to be said, because its glyphs do not say it one by
// one; else "".
func (w *writer) said(l *line, from, to int) string {
	f := w.use(l.clusters[from].face)
	text, need := "", false
	for i := from; i < to; i++ {
		need = f.say(&l.clusters[i]) || need
		text += l.clusters[i].text
	}
	if !need {
		return ""
	}
	return text
}

// stretch writes clusters of one font in the order of reading, wherever they stand.
func (w *writer) stretch(p *page, l *line, from, to int, k look, x, y length) {
	f := w.use(l.clusters[from].face)
	if !p.inText {
		p.put("BT\n")
		p.inText = true
	}
	want := pen{f.label, k.size, k.color, l.clusters[from].heavy}
	if p.pen.font != want.font || p.pen.size != want.size {
		p.put("/", f.label, " ", strconv.Itoa(k.size), " Tf ")
	}
	if p.pen.color != want.color {
		p.put(colors[k.color], " ")
	}
	if p.pen.heavy != want.heavy {
		if want.heavy {
			p.put("2 Tr ", points(k.size*30), " w ")
		} else {
			p.put("0 Tr ")
		}
	}
	p.pen = want
	p.put("1 0 0 1 ", points(x+l.at[from], p.high-y), " Tm\n")

	at := x + l.at[from] // where the format's own pen is
	inside, raised := false, 0
	show := func() {
		if inside {
			p.put(">]TJ\n")
			inside = false
		}
	}
	for i := from; i < to; i++ {
		c := &l.clusters[i]
		for _, g := range c.glyphs {
			if g.y != raised {
				show()
				p.put(points(g.y*k.size), " Ts\n")
				raised = g.y
			}
			if !inside {
				p.put("[<")
				inside = true
			}
			if d := roundDiv(at-x-l.at[i]-g.x*k.size, k.size); d != 0 {
				p.put(">", strconv.Itoa(d), "<")
				at -= d * k.size
			}
			p.put(hex4(g.id))
			at += f.width(g.id) * k.size
		}
	}
	show()
	if raised != 0 {
		p.put("0 Ts\n")
	}
}

// roundDiv is a divided by b, to the nearest.
func roundDiv(a, b int) int {
	if a < 0 {
		return -roundDiv(-a, b)
	}
	return (a + b/2) / b
}

func hex4(v int) string {
	const digits = "0123456789ABCDEF"
	return string([]byte{digits[v>>12&15], digits[v>>8&15], digits[v>>4&15], digits[v&15]})
}

// link puts a link on what of its text stands on a line, with a rule under it.
func (w *writer) link(p *page, l *line, from, to int, s span, x, y length) {
	left, right := 1<<40, -1<<40
	for i := from; i < to; i++ {
		if !l.clusters[i].space || i > from && i < to-1 {
			left, right = min(left, l.at[i]), max(right, l.at[i]+l.clusters[i].wide)
		}
	}
	if left >= right {
		return
	}
	size := s.look.size
	p.under = append(p.under, colors[blue]...)
	p.under = append(p.under, " "+points(size*55)+" w "+points(x+left, p.high-y-size*130)+" m "+points(x+right, p.high-y-size*130)+" l S\n"...)
	id := w.file.next()
	s.tag.hang()
	s.tag.kids = append(s.tag.kids, kid{page: p, link: id})
	p.links = append(p.links, id)
	w.linked = append(w.linked, linked{id, s.tag})
	w.file.put(id, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect["+points(x+left, p.high-y-size*300, x+right, p.high-y+size*1000)+"]/StructParent "+strconv.Itoa(structLinks+len(w.linked)-1)+
		"/Contents"+str(printable(s.text))+"/A<</S/URI/URI"+address(s.link)+">>>>")
}

// structLinks is where the numbers of links in the table of tags begin, after those of
// pages.
const structLinks = 1 << 20

// A linked is the object of a link and its tag.
type linked struct {
	id  int
	tag *tag
}

// address is the address of a link, in the signs that one may have.
func address(s string) string {
	const digits = "0123456789ABCDEF"
	out := []byte{'('}
	for i := range len(s) {
		switch c := s[i]; {
		case c <= 0x20 || c >= 0x7F:
			out = append(out, '%', digits[c>>4], digits[c&15])
		case c == '(' || c == ')' || c == '\\':
			out = append(out, '\\', c)
		default:
			out = append(out, c)
		}
	}
	return string(append(out, ')'))
}

// printable is text without the signs that steer other programs.
func printable(s string) string {
	var out []rune
	for _, r := range s {
		if r == '\n' || r == '\t' {
			r = ' '
		}
		if !unprinted(r) {
			out = append(out, r)
		}
	}
	return string(out)
}
