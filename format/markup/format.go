package markup

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"stayput/format/document"
)

// Format writes blocks as the text of the box, with as few backslashes as it takes, so
// that Parse gives the same blocks. What the markup has no word for is written as what
// comes nearest: a letterhead as its lines, a picture as its text. Where stars cannot say
// what is bold and what is not, the text is kept and the look is not.
func Format(blocks []document.Block) string {
	var parts []string
	mark, last := "", 0 // of the list before
	for _, b := range blocks {
		l, isList := b.(document.List)
		if !isList {
			mark = ""
		}
		var s string
		switch b := b.(type) {
		case document.Heading:
			s = formatHeading(b)
		case document.Paragraph:
			s = strings.Join(formatParagraphs(b), "\n\n")
		case document.List:
			// A list right after another of its kind needs another sign.
			was := mark
			switch {
			case !l.Numbered && was == "-":
				mark = "*"
			case !l.Numbered:
				mark = "-"
			case was == "." && l.First() == last+1:
				mark = ")"
			default:
				mark = "."
			}
			s = formatList(b, mark)
			last = l.First() + len(l.Items) - 1
		case document.Table:
			s = formatTable(b)
		case document.PageBreak:
			s = "---"
		case document.Signature:
			var lines []string
			for _, x := range b.Lines {
				value := oneLine(tidy(x.Value))
				if value != "" {
					value = " = " + value
				}
				lines = append(lines, "{sign: "+strings.ReplaceAll(oneLine(tidy(x.Label)), " = ", ": ")+value+"}")
			}
			s = strings.Join(lines, "\n")
		case document.Letterhead:
			s = strings.Join(formatParagraphs(document.Text(strings.Join(b.Lines, "\n"))), "\n\n")
		case document.Image:
			s = strings.Join(formatParagraphs(document.Text("("+b.Alt+")")), "\n\n")
		case document.Drawing:
			s = strings.Join(formatParagraphs(document.Text("("+b.Alt+")")), "\n\n")
		}
		if s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "\n\n") + "\n"
}

// How much is made plain by backslashes. Each is tried, and the first that is read as it
// was meant is taken.
const (
	asIs   = iota
	starts // what would begin a heading, an item or a table
	every  // each star, bracket and backslash too
	noLook // and nothing is bold
	levels
)

// try is the first way of writing that is read as it was meant.
func try(write func(level int) string, good func(string) bool) string {
	for level := range levels {
		if s := write(level); good(s) || level == noLook {
			return s
		}
	}
	return ""
}

func formatHeading(h document.Heading) string {
	h.Level, h.Text = min(max(h.Level, 1), 4), oneLine(tidy(h.Text))
	if h.Text == "" {
		return ""
	}
	lead := strings.Repeat("#", h.Level) + " "
	if h.Language != "" {
		lead += "{lang=" + h.Language + "} "
	}
	return try(func(level int) string { return lead + plainly(h.Text, level) }, func(s string) bool {
		b, _ := Parse(s)
		return len(b) == 1 && b[0] == document.Block(h)
	})
}

// plainly is text without a look.
func plainly(s string, level int) string {
	if level >= every {
		s = shield.Replace(s)
	}
	if level >= starts {
		s = shieldStart(s)
	}
	return s
}

var shield = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `[`, `\[`, `<`, `\<`)

// formatParagraphs is the text of a paragraph; an empty line in it makes it several.
func formatParagraphs(p document.Paragraph) []string {
	var out []string
	for _, p := range split(p) {
		p.Runs = settle(p.Runs)
		if len(p.Runs) == 0 {
			continue
		}
		out = append(out, try(func(level int) string { return flagged(p, write(p.Runs, level)) }, func(s string) bool {
			b, _ := Parse(s)
			return len(b) == 1 && reflect.DeepEqual(b[0], document.Block(p))
		}))
	}
	return out
}

// split cuts a paragraph where lines are empty.
func split(p document.Paragraph) []document.Paragraph {
	out := []document.Paragraph{p}
	out[0].Runs = nil
	for _, r := range p.Runs {
		parts := []string{r.Text}
		if !r.Blank && r.Link == "" {
			parts = strings.Split(tidy(r.Text), "\n\n")
		}
		for i, s := range parts {
			if i > 0 {
				q := p
				q.Runs = nil
				out = append(out, q)
			}
			r.Text = s
			out[len(out)-1].Runs = append(out[len(out)-1].Runs, r)
		}
	}
	return out
}

// flagged is text with what is said of its paragraph in front.
func flagged(p document.Paragraph, s string) string {
	var f []string
	if p.Small {
		f = append(f, "small")
	}
	if p.Right {
		f = append(f, "right")
	}
	if p.With {
		f = append(f, "with")
	}
	if p.Language != "" {
		f = append(f, "lang="+p.Language)
	}
	if len(f) == 0 || s == "" {
		return s
	}
	return "{" + strings.Join(f, " ") + "} " + s
}

// write is runs as text. Of bold and italic that begin together, what lasts longer lies
// around the other.
func write(runs []document.Run, level int) string {
	var b strings.Builder
	var open []string
	for i := range len(runs) + 1 {
		var r document.Run // behind the last nothing is bold
		var rest []document.Run
		if i < len(runs) {
			r, rest = runs[i], runs[i:]
		}
		want := marks(rest)
		if level >= noLook {
			want = nil
		}
		keep := 0
		for keep < len(open) && slices.Contains(want, open[keep]) {
			keep++
		}
		for len(open) > keep {
			b.WriteString(open[len(open)-1])
			open = open[:len(open)-1]
		}
		s := r.Text
		for _, m := range want {
			if slices.Contains(open, m) {
				continue
			}
			if !r.Blank && r.Link == "" { // a star has its word right behind it
				word := strings.TrimLeftFunc(s, space)
				b.WriteString(s[:len(s)-len(word)])
				s = word
			}
			open = append(open, m)
			b.WriteString(m)
		}
		switch {
		case r.Blank:
			b.WriteString("[[" + filled(s) + "]]")
		case r.Link != "":
			b.WriteString("[" + filled(s) + "](" + r.Link + ")")
		case level >= every:
			b.WriteString(shield.Replace(s))
		default:
			b.WriteString(s)
		}
	}
	s := b.String()
	if level >= starts {
		s = shieldStart(s)
	}
	return s
}

// marks are the stars around the first of some runs, outer first.
func marks(runs []document.Run) []string {
	bold := slices.IndexFunc(runs, func(r document.Run) bool { return !r.Bold })
	italic := slices.IndexFunc(runs, func(r document.Run) bool { return !r.Italic })
	if bold < 0 {
		bold = len(runs)
	}
	if italic < 0 {
		italic = len(runs)
	}
	switch {
	case bold == 0 && italic == 0:
		return nil
	case italic == 0:
		return []string{"**"}
	case bold == 0:
		return []string{"*"}
	case italic > bold:
		return []string{"*", "**"}
	}
	return []string{"**", "*"}
}

// filled is the text of a blank or a link; in a cell it must not end a line.
func filled(s string) string { return strings.NewReplacer(`\`, `\\`, "<", `\<`).Replace(s) }

// shieldStart makes plain what would begin something at the start of a line.
func shieldStart(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		switch m := number.FindStringSubmatch(l); {
		case m != nil:
			lines[i] = m[1] + `\` + l[len(m[1]):]
		case heading.MatchString(l), pageBreak.MatchString(l), bullet.MatchString(l), signLine.MatchString(l), flagSet.MatchString(l), ruler.MatchString(l):
			lines[i] = `\` + l
		}
	}
	return strings.Join(lines, "\n")
}

func formatList(l document.List, mark string) string {
	var lines []string
	for i, p := range l.Items {
		lead := mark + " "
		if l.Numbered {
			lead = strconv.Itoa(l.First()+i) + mark + " "
		}
		p.Runs = settle(p.Runs)
		s := try(func(level int) string { return flagged(p, write(p.Runs, level)) }, func(s string) bool {
			b, _ := Parse(lead + s)
			if len(b) != 1 {
				return false
			}
			got, ok := b[0].(document.List)
			return ok && len(got.Items) == 1 && reflect.DeepEqual(got.Items[0], p)
		})
		if s == "" {
			continue // an item that says nothing
		}
		lines = append(lines, lead+strings.ReplaceAll(s, "\n", "\n"+strings.Repeat(" ", len(lead))))
	}
	return strings.Join(lines, "\n")
}

func formatTable(t document.Table) string {
	var b strings.Builder
	if name := strings.TrimFunc(oneLine(tidy(t.Caption)), space); name != "" {
		b.WriteString(try(func(level int) string { return "**" + plainly(name, level) + "**" }, func(s string) bool {
			p := page{lines: []string{s, "|a|", "|-|"}}
			return p.captionAt(0) && flat(s) == name
		}))
		b.WriteByte('\n')
	}
	line := func(cells []string) {
		b.WriteString("|")
		for _, c := range cells {
			b.WriteString(" " + c)
			if c != "" {
				b.WriteByte(' ')
			}
			b.WriteByte('|')
		}
		b.WriteByte('\n')
	}
	cols := make([]string, len(t.Head))
	for i, h := range t.Head {
		h = oneLine(tidy(h))
		cols[i] = try(func(level int) string { return barred(plainly(h, level)) }, func(s string) bool { return flat(s) == h })
	}
	line(cols)
	right := make([]bool, len(t.Head))
	dashes := rulerOf(t)
	for i := range right {
		right[i] = rightColumn(t, i)
		cols[i] = strings.Repeat("-", dashes[i])
		if right[i] {
			cols[i] += ":"
		}
	}
	b.WriteString("|" + strings.Join(cols, "|") + "|\n")
	for _, row := range t.Rows {
		for i := range cols {
			cols[i] = ""
			if i < len(row) {
				cols[i] = formatCell(row[i], right[i])
			}
		}
		line(cols)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// rulerOf is how many dashes each column has: three for the narrowest where there is room.
func rulerOf(t document.Table) []int {
	out := make([]int, len(t.Head))
	for i := range out {
		out[i] = 3
	}
	w := shares(t.Widths)
	if len(w) != len(out) {
		return out
	}
	most := 1
	for (most+1)*slices.Max(w) <= widest && most*slices.Min(w) < 3 {
		most++
	}
	for i := range out {
		out[i] = min(max(w[i]*most, 1), widest)
	}
	return out
}

// rightColumn reports whether all that stands in a column is set to the right.
func rightColumn(t document.Table, i int) bool {
	some := false
	for _, row := range t.Rows {
		if i >= len(row) {
			continue
		}
		for _, p := range row[i] {
			if !p.Right {
				return false
			}
			some = true
		}
	}
	return some
}

func formatCell(c document.Cell, right bool) string {
	var out []string
	for _, p := range c {
		for _, p := range lines(p) {
			want := p
			p.Right = p.Right && !right
			s := try(func(level int) string { return barred(flagged(p, write(p.Runs, level))) }, func(s string) bool {
				got := cell(s, right)
				return len(pipes(s)) == 0 && len(got) == 1 && reflect.DeepEqual(got[0], want)
			})
			if strings.HasSuffix(s, `\`) {
				s += " " // what follows is not made plain
			}
			if s != "" {
				out = append(out, s)
			}
		}
	}
	return strings.Trim(strings.Join(out, "<br>"), " ")
}

// lines cuts a paragraph at its line breaks, as a cell has them.
func lines(p document.Paragraph) []document.Paragraph {
	var out []document.Paragraph
	put := func(runs []document.Run) {
		if p.Runs = settle(runs); len(p.Runs) > 0 {
			out = append(out, p)
		}
	}
	var now []document.Run
	for _, r := range settle(p.Runs) {
		parts := strings.Split(r.Text, "\n")
		for i, s := range parts {
			if i > 0 {
				put(now)
				now = nil
			}
			r.Text = s
			now = append(now, r)
		}
	}
	put(now)
	return out
}

// barred is the text of a cell, with its bars as bars.
func barred(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] == '|' && !escaped(s, i) {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
