package markup

import (
	"regexp"
	"strconv"
	"strings"

	"stayput/fault"
	"stayput/format/document"
)

// A page is the lines of a text and how far they were read.
type page struct {
	raw   []string // as typed
	lines []string // without the spaces around them
	at    int
	out   []document.Block
	wrong fault.List
}

// Parse reads the text of the box. It always gives all of it; what may not be as it was
// meant is told beside it, with its line.
func Parse(text string) ([]document.Block, fault.List) {
	p := page{raw: strings.Split(tidy(text), "\n")}
	for _, l := range p.raw {
		p.lines = append(p.lines, strings.Trim(l, " \t"))
	}
	for p.at < len(p.lines) {
		p.block()
	}
	p.openGaps()
	return p.out, p.wrong
}

func (p *page) warn(line int, key string) {
	at := fault.Position{Line: line + 1}
	p.wrong = append(p.wrong, fault.New(fault.Invalid, at, key, "line", strconv.Itoa(at.Line)))
}

func (p *page) add(b document.Block) { p.out = append(p.out, b) }

// line is a line, or "" after the last.
func (p *page) line(i int) string {
	if i < len(p.lines) {
		return p.lines[i]
	}
	return ""
}

var (
	heading   = regexp.MustCompile(`^(#{1,6})[ \t]+(\S.*)$`)
	pageBreak = regexp.MustCompile(`^-{3,}$`)
	signLine  = regexp.MustCompile(`^\{(?:sign|firma):(.*)\}$`)
	bullet    = regexp.MustCompile(`^([-*•])[ \t]+(\S.*)$`)
	number    = regexp.MustCompile(`^([1-9][0-9]{0,8})([.)])[ \t]+(\S.*)$`)
)

// block reads what begins at the line, and goes on behind it.
func (p *page) block() {
	l := p.lines[p.at]
	switch {
	case l == "":
		p.at++
	case heading.MatchString(l):
		m := heading.FindStringSubmatch(l)
		h := document.Heading{Level: min(len(m[1]), 4)}
		f, rest := flags(m[2])
		if f.Small || f.Right || f.With {
			f, rest = document.Paragraph{}, m[2]
		}
		h.Language, h.Text = f.Language, flat(rest)
		p.at++
		p.add(h)
	case pageBreak.MatchString(l):
		p.at++
		p.add(document.PageBreak{})
	case signLine.MatchString(l):
		p.signature()
	case p.captionAt(p.at):
		name := p.at
		p.at++
		for p.line(p.at) == "" {
			p.at++
		}
		p.table(flat(p.lines[name]))
	case p.tableAt(p.at):
		p.warn(p.at, "markup.table_name")
		p.table("")
	case isItem(l):
		p.list()
	default:
		from := p.at
		for p.at++; p.at < len(p.lines) && p.lines[p.at] != "" && !p.interrupts(p.at); p.at++ {
		}
		p.add(paragraph(strings.Join(p.lines[from:p.at], "\n")))
	}
}

// interrupts reports whether something else begins at a line in the middle of text. A
// number other than 1 does not: "the meeting on March" may go on with "3. We asked".
func (p *page) interrupts(i int) bool {
	l := p.lines[i]
	if m := number.FindStringSubmatch(l); m != nil {
		return m[1] == "1"
	}
	return bullet.MatchString(l) || p.begins(i)
}

// begins reports whether something that is neither text nor an item begins at a line.
func (p *page) begins(i int) bool {
	l := p.lines[i]
	return heading.MatchString(l) || pageBreak.MatchString(l) || signLine.MatchString(l) || p.captionAt(i) || p.tableAt(i)
}

func isItem(l string) bool { return bullet.MatchString(l) || number.MatchString(l) }

// paragraph is a paragraph of text, with what is said of it in front.
func paragraph(text string) document.Paragraph {
	p, rest := flags(text)
	p.Runs = inline(rest)
	return p
}

var (
	flagSet  = regexp.MustCompile(`^\{([a-z]+(?:=[A-Za-z0-9-]+)?(?: [a-z]+(?:=[A-Za-z0-9-]+)?)*)\}[ \t\n]*`)
	language = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$`)
)

// flags reads {right small with lang=es} before a text. What is not known, or stands
// alone, is text.
func flags(text string) (document.Paragraph, string) {
	var p document.Paragraph
	m := flagSet.FindStringSubmatch(text)
	if m == nil || len(m[0]) == len(text) {
		return document.Paragraph{}, text
	}
	for _, w := range strings.Split(m[1], " ") {
		name, value, has := strings.Cut(w, "=")
		twice := false
		switch {
		case name == "small" && !has:
			p.Small, twice = true, p.Small
		case name == "right" && !has:
			p.Right, twice = true, p.Right
		case name == "with" && !has:
			p.With, twice = true, p.With
		case name == "lang" && language.MatchString(value):
			p.Language, twice = value, p.Language != ""
		default:
			return document.Paragraph{}, text
		}
		if twice {
			return document.Paragraph{}, text
		}
	}
	return p, text[len(m[0]):]
}

// signature reads lines to sign on that stand one below the other.
func (p *page) signature() {
	var s document.Signature
	for ; p.at < len(p.lines); p.at++ {
		m := signLine.FindStringSubmatch(p.lines[p.at])
		if m == nil {
			break
		}
		label, value, _ := strings.Cut(m[1], " = ")
		s.Lines = append(s.Lines, document.SignLine{Label: strings.Trim(label, " \t"), Value: strings.Trim(value, " \t")})
	}
	p.add(s)
}

// list reads items one below the other. Another sign, or a number that does not follow,
// begins another list.
func (p *page) list() {
	var l document.List
	var mark string
	var items []string
	last := 0
	for p.at < len(p.lines) {
		s := p.lines[p.at]
		if s == "" {
			// Behind an empty line the list goes on with an item, or with text further in.
			next := p.at
			for next < len(p.lines) && p.lines[next] == "" {
				next++
			}
			if next == len(p.lines) || !isItem(p.lines[next]) && (!further(p.raw[next]) || p.begins(next)) {
				break
			}
			p.at = next
			continue
		}
		if m := bullet.FindStringSubmatch(s); m != nil {
			if mark != "" && mark != m[1] {
				break
			}
			mark, items = m[1], append(items, m[2])
		} else if m := number.FindStringSubmatch(s); m != nil {
			n, _ := strconv.Atoi(m[1]) // nine digits at most
			if mark != "" && (mark != m[2] || n != last+1) {
				break
			}
			if mark == "" && n != 1 {
				l.Start = n
			}
			l.Numbered, mark, last, items = true, m[2], n, append(items, m[3])
		} else if p.begins(p.at) {
			break
		} else {
			items[len(items)-1] += "\n" + s
		}
		p.at++
	}
	for _, s := range items {
		l.Items = append(l.Items, paragraph(s))
	}
	p.add(l)
}

// further reports whether a line stands further in, as what belongs to an item does.
func further(raw string) bool {
	return strings.HasPrefix(raw, "  ") || strings.HasPrefix(raw, "\t")
}

// openGaps tells of blanks that never end, and so would be printed as brackets. A blank may
// end in a later line of its paragraph.
func (p *page) openGaps() {
	open := -1 // the line of a blank that has not ended
	tell := func() {
		if open >= 0 {
			p.warn(open, "markup.gap_open")
		}
		open = -1
	}
	for i, l := range p.lines {
		if l == "" {
			tell()
			continue
		}
		for j := 0; j+1 < len(l); j++ {
			switch {
			case l[j:j+2] == "[[" && !escaped(l, j):
				tell()
				open = i
				j++
			case l[j:j+2] == "]]":
				open = -1
				j++
			}
		}
	}
	tell()
}
