package markup

import (
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"stayput/format/document"
)

// brk stands for a line break while goldmark reads, which would take one for layout.
const brk = "\u2028"

// escapable is what a backslash makes plain. Before anything else a backslash is one.
const escapable = `\*[]{}#-•.)|:<`

// words reads stars, blanks and links, and nothing else.
var words = parser.NewParser(
	parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1)),
	parser.WithInlineParsers(util.Prioritized(&brackets{}, 1), util.Prioritized(&stars{}, 2)),
)

// inline is the runs of a piece of text; a line break stays in its run.
func inline(s string) []document.Run {
	if !strings.ContainsAny(s, `*[\`) {
		return settle([]document.Run{{Text: s}})
	}
	source := []byte(strings.ReplaceAll(strings.Trim(s, " \t\n"), "\n", brk))
	var out []document.Run
	var walk func(n ast.Node, bold, italic bool)
	walk = func(n ast.Node, bold, italic bool) {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			switch c := c.(type) {
			case *ast.Text:
				out = append(out, document.Run{Text: plain(string(c.Segment.Value(source))), Bold: bold, Italic: italic})
			case *ast.Emphasis:
				walk(c, bold || c.Level == 2, italic || c.Level == 1)
			case *piece:
				r := c.run
				r.Bold, r.Italic = bold, italic
				out = append(out, r)
			default:
				walk(c, bold, italic)
			}
		}
	}
	walk(words.Parse(text.NewReader(source)), false, false)
	return settle(out)
}

// plain takes the backslashes away that made something plain.
func plain(s string) string {
	s = strings.ReplaceAll(s, brk, "\n")
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	rs := []rune(s)
	for i := 0; i < len(rs); i++ {
		if rs[i] == '\\' && i+1 < len(rs) && strings.ContainsRune(escapable, rs[i+1]) {
			i++
		}
		b.WriteRune(rs[i])
	}
	return b.String()
}

// flat is text where only plain text can stand, such as a heading: the stars go, a blank
// and a link stay as typed.
func flat(s string) string {
	var b strings.Builder
	for _, r := range inline(s) {
		switch {
		case r.Blank:
			b.WriteString("[[" + r.Text + "]]")
		case r.Link != "":
			b.WriteString("[" + r.Text + "](" + r.Link + ")")
		default:
			b.WriteString(r.Text)
		}
	}
	return tidy(oneLine(b.String()))
}

// oneLine is text with its line breaks as spaces.
func oneLine(s string) string {
	return strings.Trim(strings.ReplaceAll(s, "\n", " "), " \t")
}

// mostStars is in how many places of one paragraph stars are looked at: more than anybody
// writes, and few enough that a page of stars takes no time. Those behind are stars.
const mostStars = 2000

var starCount = parser.NewContextKey()

// stars finds bold and italic. Underscores are none: they are in names, in addresses of
// mail, and they are lines to write on. More than three stars are stars.
type stars struct{}

func (*stars) Trigger() []byte                                     { return []byte{'*'} }
func (*stars) IsDelimiter(b byte) bool                             { return b == '*' }
func (*stars) CanOpenCloser(opener, closer *parser.Delimiter) bool { return opener.Char == closer.Char }
func (*stars) OnMatch(n int) ast.Node                              { return ast.NewEmphasis(n) }

func (s *stars) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	d := parser.ScanDelimiter(line, before, 1, s)
	if d == nil {
		return nil
	}
	block.Advance(d.OriginalLength)
	d.Segment = segment.WithStop(segment.Start + d.OriginalLength)
	n, _ := pc.Get(starCount).(int)
	pc.Set(starCount, n+1)
	if d.OriginalLength > 3 || n >= mostStars {
		return ast.NewTextSegment(d.Segment)
	}
	pc.PushDelimiter(d)
	return d
}

var (
	gap  = regexp.MustCompile(`^\[\[([^\[\]]*)\]\]`)
	link = regexp.MustCompile(`^\[([^\[\]]+)\]\(((?:https?://|mailto:)[^\s()<>\\|*]+)\)`)
)

// brackets finds blanks and links. Other brackets are brackets.
type brackets struct{}

func (*brackets) Trigger() []byte { return []byte{'['} }

func (*brackets) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if m := gap.FindSubmatch(line); m != nil {
		block.Advance(len(m[0]))
		return &piece{run: document.Run{Text: oneLine(plain(string(m[1]))), Blank: true}}
	}
	if m := link.FindSubmatch(line); m != nil {
		if t := oneLine(plain(string(m[1]))); t != "" {
			block.Advance(len(m[0]))
			return &piece{run: document.Run{Text: t, Link: string(m[2])}}
		}
	}
	return nil
}

// A piece is a run that was read whole.
type piece struct {
	ast.BaseInline
	run document.Run
}

var pieceKind = ast.NewNodeKind("Piece")

// Kind implements ast.Node.
func (*piece) Kind() ast.NodeKind { return pieceKind }

// Dump implements ast.Node.
func (p *piece) Dump(source []byte, level int) { ast.DumpHelper(p, source, level, nil, nil) }

// settle gives runs the one form in which they are kept: runs of one look together, no
// spaces at the ends of lines, no empty lines, and spaces between two looks in what the
// two have in common.
func settle(runs []document.Run) []document.Run {
	// A sign is a letter with its look, or a whole blank or link.
	type sign struct {
		r    rune
		look document.Run
	}
	var all []sign
	for _, r := range runs {
		if r.Blank {
			all = append(all, sign{0, document.Run{Text: fill(r.Text), Blank: true}})
			continue
		}
		if t := fill(r.Text); address(r.Link) != "" && t != "" {
			all = append(all, sign{0, document.Run{Text: t, Link: address(r.Link), Bold: r.Bold, Italic: r.Italic}})
			continue
		}
		look := document.Run{Bold: r.Bold, Italic: r.Italic}
		for _, c := range tidy(r.Text) {
			all = append(all, sign{c, look})
		}
	}
	// Spaces at the ends of lines, and empty lines, go.
	kept := all[:0:0]
	for i, s := range all {
		switch s.r {
		case ' ', '\t':
			j := i
			for j < len(all) && (all[j].r == ' ' || all[j].r == '\t') {
				j++
			}
			if j == len(all) || all[j].r == '\n' || len(kept) == 0 || kept[len(kept)-1].r == '\n' {
				continue
			}
		case '\n':
			if len(kept) == 0 || kept[len(kept)-1].r == '\n' {
				continue
			}
		}
		kept = append(kept, s)
	}
	for len(kept) > 0 && kept[len(kept)-1].r == '\n' {
		kept = kept[:len(kept)-1]
	}
	// Spaces between two looks.
	for i := 0; i < len(kept); {
		if !space(kept[i].r) {
			i++
			continue
		}
		j := i
		for j < len(kept) && space(kept[j].r) {
			j++
		}
		common := document.Run{}
		if i > 0 && j < len(kept) {
			a, b := kept[i-1].look, kept[j].look
			common.Bold, common.Italic = a.Bold && b.Bold, a.Italic && b.Italic
		}
		for k := i; k < j; k++ {
			kept[k].look = common
		}
		i = j
	}
	var out []document.Run
	var b strings.Builder
	var look document.Run
	end := func() {
		if b.Len() > 0 {
			look.Text = b.String()
			out = append(out, look)
			b.Reset()
		}
	}
	for _, s := range kept {
		if s.r == 0 {
			end()
			out = append(out, s.look)
			continue
		}
		if s.look != (document.Run{Bold: look.Bold, Italic: look.Italic}) {
			end()
		}
		look = s.look
		b.WriteRune(s.r)
	}
	end()
	return slices.Clip(out)
}

// space reports whether goldmark takes r for a space beside a star.
func space(r rune) bool { return r != 0 && util.IsSpaceRune(r) }

// fill is the text of a blank or a link: one line, without square brackets.
func fill(s string) string {
	s = strings.NewReplacer("[", "(", "]", ")").Replace(oneLine(tidy(s)))
	return s
}

var notInAddress = strings.NewReplacer(" ", "%20", "\t", "", "\n", "", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C", "|", "%7C", "*", "%2A")

// address is a link as it may stand in the markup, or "".
func address(s string) string {
	s = notInAddress.Replace(tidy(s))
	if !whole.MatchString("[x](" + s + ")") {
		return ""
	}
	return s
}

var whole = regexp.MustCompile(link.String() + `$`)
