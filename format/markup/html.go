package markup

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stayput/format/document"
)

// fromHTML is what HTML says, as blocks.
func fromHTML(s string) ([]document.Block, error) {
	// The clipboard of Windows puts lines of its own before the page.
	if strings.HasPrefix(strings.ToLower(strings.TrimLeft(s, " \t\r\n")), "version:") {
		if i := strings.IndexByte(s, '<'); i >= 0 {
			s = s[i:]
		}
	}
	root, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return nil, err
	}
	var w walker
	w.children(root)
	w.end()
	return w.out, nil
}

// A walker goes through a page and keeps what it says.
type walker struct {
	out          []document.Block
	runs         []document.Run
	bold, italic bool
	link         string
	list         []*document.List // around the place, outer first
	item         int              // how many items the place lies in
	kept         bool             // line breaks and spaces count, as in <pre>
}

// dropped says nothing to a reader.
var dropped = []atom.Atom{atom.Style, atom.Script, atom.Head, atom.Title, atom.Template, atom.Noscript, atom.Iframe, atom.Object, atom.Svg, atom.Math, atom.Canvas,
	atom.Audio, atom.Video, atom.Input, atom.Button, atom.Select, atom.Map}

// block are elements that stand apart from the text around them.
var apart = []atom.Atom{atom.P, atom.Div, atom.Section, atom.Article, atom.Aside, atom.Header, atom.Footer, atom.Main, atom.Nav, atom.Blockquote, atom.Pre, atom.Center,
	atom.Address, atom.Fieldset, atom.Form, atom.Dl, atom.Dt, atom.Dd, atom.Figure, atom.Figcaption, atom.Details, atom.Summary, atom.Caption, atom.Body, atom.Html}

func (w *walker) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

func (w *walker) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
	case html.DocumentNode:
		w.children(n)
	case html.ElementNode:
		w.element(n)
	}
}

func (w *walker) text(s string) {
	s = tidy(s)
	if !w.kept {
		s = blanks.ReplaceAllString(s, " ")
	}
	// Word fills columns with spaces that do not break.
	s = strings.ReplaceAll(s, "\u00a0", " ")
	w.runs = append(w.runs, document.Run{Text: s, Bold: w.bold, Italic: w.italic, Link: w.link})
}

var blanks = regexp.MustCompile(`[ \t\n]+`)

func (w *walker) element(n *html.Node) {
	style := strings.ToLower(attr(n, "style"))
	switch a := n.DataAtom; {
	case slices.Contains(dropped, a), hidden.MatchString(style):
	case a == atom.Br:
		w.runs = append(w.runs, document.Run{Text: "\n"})
	case a == atom.Hr:
		w.end()
	case a == atom.H1, a == atom.H2, a == atom.H3, a == atom.H4, a == atom.H5, a == atom.H6:
		w.heading(n, min(int(n.Data[1]-'0'), 4))
	case a == atom.Ul, a == atom.Ol:
		w.listOf(n)
	case a == atom.Li:
		w.itemOf(n)
	case a == atom.Table:
		w.table(n)
	case a == atom.P && wordItem(n, style):
		w.wordItem(n)
	case slices.Contains(apart, a):
		w.end()
		was := w.kept
		w.kept = w.kept || a == atom.Pre
		w.children(n)
		w.kept = was
		w.end()
	default:
		w.inline(n, style)
	}
}

var (
	hidden    = regexp.MustCompile(`(?:display\s*:\s*none|mso-hide\s*:\s*all)`)
	heavy     = regexp.MustCompile(`(?:^|[;\s])font-weight\s*:\s*(?:bold|bolder|[6-9]00)`)
	light     = regexp.MustCompile(`(?:^|[;\s])font-weight\s*:\s*(?:normal|lighter|[1-5]00)`)
	slanted   = regexp.MustCompile(`(?:^|[;\s])font-style\s*:\s*(?:italic|oblique)`)
	upright   = regexp.MustCompile(`(?:^|[;\s])font-style\s*:\s*normal`)
	toTheEnd  = regexp.MustCompile(`text-align\s*:\s*(?:right|end)`)
	wordSign  = regexp.MustCompile(`mso-list\s*:\s*ignore`)
	wordLevel = regexp.MustCompile(`mso-list\s*:\s*\w+\s+level\d`)
	ordinal   = regexp.MustCompile(`^([1-9][0-9]{0,8})[.)]$`)
)

// inline is text with a look.
func (w *walker) inline(n *html.Node, style string) {
	bold, italic, link := w.bold, w.italic, w.link
	switch n.DataAtom {
	case atom.B, atom.Strong, atom.Th:
		w.bold = true
	case atom.I, atom.Em, atom.Cite:
		w.italic = true
	case atom.A:
		if to := address(strings.TrimSpace(attr(n, "href"))); to != "" {
			w.link = to
		}
	}
	switch {
	case heavy.MatchString(style):
		w.bold = true
	case light.MatchString(style):
		w.bold = false
	}
	switch {
	case slanted.MatchString(style):
		w.italic = true
	case upright.MatchString(style):
		w.italic = false
	}
	w.children(n)
	w.bold, w.italic, w.link = bold, italic, link
}

// take is the runs so far, as they are kept; a link over several runs is one again where
// its text is.
func (w *walker) take() []document.Run {
	runs := settle(w.runs)
	w.runs = nil
	return runs
}

// end ends a paragraph, or what an item says.
func (w *walker) end() {
	runs := w.take()
	if len(runs) == 0 {
		return
	}
	if w.item > 0 && len(w.list) > 0 {
		l := w.list[len(w.list)-1]
		if len(l.Items) == 0 { // behind a list in the item
			w.out = append(w.out, document.Paragraph{Runs: runs})
			return
		}
		last := &l.Items[len(l.Items)-1]
		if len(last.Runs) > 0 {
			last.Runs = append(last.Runs, document.Run{Text: "\n"})
		}
		last.Runs = settle(append(last.Runs, runs...))
		return
	}
	w.out = append(w.out, document.Paragraph{Runs: runs})
}

func (w *walker) heading(n *html.Node, level int) {
	w.end()
	bold := w.bold
	w.bold = false
	w.children(n)
	w.bold = bold
	if w.item > 0 { // a heading in an item is what the item says
		w.end()
		return
	}
	var b strings.Builder
	for _, r := range w.take() {
		b.WriteString(r.Text)
	}
	if s := oneLine(b.String()); s != "" {
		w.out = append(w.out, document.Heading{Level: level, Text: s})
	}
}

// listOf reads a list. A list in an item cuts the list around it in two, because lists
// lie flat.
func (w *walker) listOf(n *html.Node) {
	w.end()
	outer := len(w.list) > 0
	if outer {
		w.flush()
	}
	l := &document.List{Numbered: n.DataAtom == atom.Ol}
	if s, err := strconv.Atoi(attr(n, "start")); l.Numbered && err == nil && s > 1 && s < 1e9 {
		l.Start = s
	}
	w.list = append(w.list, l)
	item := w.item
	w.item = 0
	w.children(n)
	w.item = 1
	w.end()
	w.item = item
	w.flush()
	w.list = w.list[:len(w.list)-1]
}

// flush puts the list of the place out, and lets it go on behind with its numbers.
func (w *walker) flush() {
	l := w.list[len(w.list)-1]
	done := *l
	done.Items = slices.DeleteFunc(slices.Clone(l.Items), func(p document.Paragraph) bool { return len(p.Runs) == 0 })
	if len(done.Items) == 0 {
		return
	}
	l.Start, l.Items = done.First()+len(done.Items), nil
	if !done.Numbered {
		l.Start = 0
	}
	w.out = append(w.out, done)
}

func (w *walker) itemOf(n *html.Node) {
	if len(w.list) == 0 { // an item without its list
		w.list = append(w.list, &document.List{})
		defer func() { w.flush(); w.list = nil }()
	}
	w.end()
	l := w.list[len(w.list)-1]
	l.Items = append(l.Items, document.Paragraph{})
	w.item++
	w.children(n)
	w.end()
	w.item--
}

// wordItem reports whether a paragraph is an item of a list as Word writes it.
func wordItem(n *html.Node, style string) bool {
	return wordLevel.MatchString(style) || strings.HasPrefix(attr(n, "class"), "MsoListParagraph") && sign(n) != ""
}

// sign is the bullet or the number that Word writes before an item.
func sign(n *html.Node) string {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if wordSign.MatchString(strings.ToLower(attr(c, "style"))) {
			return strings.TrimFunc(textOf(c), func(r rune) bool { return space(r) })
		}
		if s := sign(c); s != "" {
			return s
		}
	}
	return ""
}

// textOf is all text in a node.
func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	return b.String()
}

// wordItem reads an item as Word writes it: a paragraph with a sign of its own in front.
func (w *walker) wordItem(n *html.Node) {
	w.end()
	mark := sign(n)
	l := document.List{}
	if m := ordinal.FindStringSubmatch(mark); m != nil {
		l.Numbered = true
		if l.Start, _ = strconv.Atoi(m[1]); l.Start == 1 {
			l.Start = 0
		}
	} else if strings.ContainsFunc(mark, func(r rune) bool { return r >= '0' && r <= '9' }) || len(mark) > 1 && mark[len(mark)-1] == '.' || strings.HasSuffix(mark, ")") {
		w.text(mark + " ") // "a." or "1.2": a number that lists do not have stays text
	}
	w.withoutSign(n)
	runs := w.take()
	if len(runs) == 0 {
		return
	}
	p := document.Paragraph{Runs: runs}
	if w.item == 0 && len(w.out) > 0 {
		if last, ok := w.out[len(w.out)-1].(document.List); ok && last.Numbered == l.Numbered && (!l.Numbered || l.First() == last.First()+len(last.Items)) {
			last.Items = append(last.Items, p)
			w.out[len(w.out)-1] = last
			return
		}
	}
	l.Items = []document.Paragraph{p}
	w.out = append(w.out, l)
}

// withoutSign reads what Word wrote but the sign of an item.
func (w *walker) withoutSign(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && wordSign.MatchString(strings.ToLower(attr(c, "style"))) {
			continue
		}
		if c.Type == html.ElementNode && sign(c) != "" {
			w.withoutSign(c)
			continue
		}
		w.node(c)
	}
}

// table reads a table. One that only lays out a page, with a single cell or with tables in
// it, is its text.
func (w *walker) table(n *html.Node) {
	w.end()
	var rows []*html.Node
	caption, nested := "", false
	var find func(*html.Node)
	find = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch c.DataAtom {
			case atom.Tr:
				rows = append(rows, c)
				nested = nested || has(c, atom.Table)
			case atom.Caption:
				caption = oneLine(blanks.ReplaceAllString(tidy(textOf(c)), " "))
			case atom.Thead, atom.Tbody, atom.Tfoot:
				find(c)
			}
		}
	}
	find(n)
	columns := 0
	for _, r := range rows {
		columns = max(columns, len(cellsOf(r)))
	}
	if columns < 2 || nested || len(rows) < 2 || w.item > 0 {
		for _, r := range rows {
			for _, c := range cellsOf(r) {
				w.end()
				w.children(c)
			}
		}
		w.end()
		return
	}
	t := document.Table{Caption: caption}
	for i, r := range rows {
		row := make([]document.Cell, columns)
		for j, c := range cellsOf(r) {
			in := walker{}
			in.children(c)
			in.end()
			row[j] = in.cell(toTheEnd.MatchString(strings.ToLower(attr(c, "style"))) || strings.EqualFold(attr(c, "align"), "right"))
		}
		if i > 0 {
			t.Rows = append(t.Rows, row)
			continue
		}
		for _, c := range row {
			t.Head = append(t.Head, oneLine(cellText(c)))
		}
	}
	w.out = append(w.out, t)
}

// cell is what was read as what stands in a cell.
func (w *walker) cell(right bool) document.Cell {
	var out document.Cell
	for _, b := range w.out {
		switch b := b.(type) {
		case document.Paragraph:
			out = append(out, lines(b)...)
		case document.Heading:
			out = append(out, document.Text(b.Text))
		case document.List:
			for i, p := range b.Items {
				lead := "• "
				if b.Numbered {
					lead = strconv.Itoa(b.First()+i) + ". "
				}
				out = append(out, lines(document.Paragraph{Runs: append([]document.Run{{Text: lead}}, p.Runs...)})...)
			}
		}
	}
	for i := range out {
		out[i].Right = right
	}
	return out
}

// cellText is the text of a cell.
func cellText(c document.Cell) string {
	var parts []string
	for _, p := range c {
		var b strings.Builder
		for _, r := range p.Runs {
			b.WriteString(r.Text)
		}
		parts = append(parts, b.String())
	}
	return strings.Join(parts, " ")
}

// cellsOf are the cells of a row; one over several columns is followed by empty ones.
func cellsOf(row *html.Node) []*html.Node {
	var out []*html.Node
	for c := row.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		out = append(out, c)
		if n, err := strconv.Atoi(attr(c, "colspan")); err == nil {
			for range min(n, 20) - 1 {
				out = append(out, &html.Node{Type: html.ElementNode, Data: "td", DataAtom: atom.Td})
			}
		}
	}
	return out
}

// has reports whether an element of a kind lies in a node.
func has(n *html.Node, a atom.Atom) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == a || has(c, a) {
			return true
		}
	}
	return false
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
