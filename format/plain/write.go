package plain

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"unicode"

	"stayput/format/document"
	"stayput/format/wrap"
)

// Columns is how many letters a line has at most; a longer word stands alone.
const Columns = 76

// gap is a blank to fill by hand.
const gap = "______"

// Write writes a document as plain text. What is said of its look is left out; its title
// and footer belong to a file and a page, and are left out too.
func Write(w io.Writer, d *document.Document) error {
	var b bytes.Buffer
	for i, x := range d.Blocks {
		var one bytes.Buffer
		block(&one, x)
		if one.Len() == 0 {
			continue
		}
		if i > 0 && b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.Write(one.Bytes())
	}
	_, err := w.Write(b.Bytes())
	return err
}

// String is what Write writes.
func String(d *document.Document) string {
	var b strings.Builder
	Write(&b, d) // a Builder takes all
	return b.String()
}

func block(w io.Writer, b document.Block) {
	switch b := b.(type) {
	case document.Heading:
		heading(w, b)
	case document.Paragraph:
		put(w, Line(b), "", "")
	case document.List:
		for i, p := range b.Items {
			lead := "- "
			if b.Numbered {
				lead = strconv.Itoa(b.First()+i) + ". "
			}
			put(w, Line(p), lead, strings.Repeat(" ", len(lead)))
		}
	case document.Table:
		table(w, b)
	case document.PageBreak:
		io.WriteString(w, strings.Repeat("-", 20)+"\n")
	case document.Image:
		put(w, "["+clean(b.Alt)+"]", "", "")
	case document.Drawing:
		put(w, "["+clean(b.Alt)+"]", "", "")
	case document.Letterhead:
		put(w, clean(strings.Join(b.Lines, "\n")), "", "")
	case document.Signature:
		for _, l := range b.Lines {
			value := clean(l.Value)
			if strings.TrimSpace(value) == "" {
				value = document.Gap
			}
			put(w, named(l.Label, value), "", "  ")
		}
	}
}

// heading writes a heading; the two highest are underlined.
func heading(w io.Writer, h document.Heading) {
	lines := wrap.Lines(clean(h.Text), Columns, "")
	longest := 0
	for _, l := range lines {
		io.WriteString(w, l+"\n")
		longest = max(longest, len([]rune(l)))
	}
	switch {
	case longest == 0 || h.Level > 2:
	case h.Level == 2:
		io.WriteString(w, strings.Repeat("-", longest)+"\n")
	default:
		io.WriteString(w, strings.Repeat("=", longest)+"\n")
	}
}

// table writes each row as a block of its own.
func table(w io.Writer, t document.Table) {
	put(w, clean(t.Caption), "", "")
	for i, row := range t.Rows {
		if i > 0 || strings.TrimSpace(t.Caption) != "" {
			io.WriteString(w, "\n")
		}
		for j, c := range row {
			var texts []string
			for _, p := range c {
				texts = append(texts, Line(p))
			}
			value := strings.Join(texts, "\n")
			if strings.TrimSpace(value) == "" {
				value = "—"
			}
			head := ""
			if j < len(t.Head) {
				head = t.Head[j]
			}
			put(w, named(head, value), "", "  ")
		}
	}
}

// named is a value behind what it is called.
func named(name, value string) string {
	name = strings.TrimRight(strings.Join(strings.Fields(clean(name)), " "), ": ")
	if name == "" {
		return value
	}
	return name + ": " + value
}

// put writes text line by line; first stands before the first line, then before the others.
func put(w io.Writer, text, first, then string) {
	lead := first
	for _, l := range strings.Split(text, "\n") {
		if strings.TrimSpace(l) == "" {
			continue
		}
		// The words alone are broken into lines: what stands before them is layout.
		for i, s := range wrap.Lines(l, Columns-len(then), "") {
			if i > 0 {
				lead = then
			}
			io.WriteString(w, lead+s+"\n")
		}
		lead = then
	}
}

// Line is the text of a paragraph: the address of a link in brackets behind it, a blank as
// a line to write on with its question behind it.
func Line(p document.Paragraph) string {
	var b strings.Builder
	for _, r := range p.Runs {
		text := clean(r.Text)
		switch {
		case r.Blank && strings.TrimSpace(text) == "":
			b.WriteString(gap)
		case r.Blank:
			b.WriteString(gap + " (" + text + ")")
		default:
			b.WriteString(text)
			if to := clean(document.SafeLink(r.Link)); to != "" && to != text && to != "mailto:"+text {
				b.WriteString(" (" + strings.TrimPrefix(to, "mailto:") + ")")
			}
		}
	}
	return b.String()
}

// clean is text without the signs of machines.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}
