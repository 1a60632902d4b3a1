package markup

import (
	"regexp"
	"strings"

	"stayput/format/document"
)

// ruler is the line under the head of a table.
var ruler = regexp.MustCompile(`^\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?$`)

// widest is how much wider than another a column may be.
const widest = 60

// tableAt reports whether a table begins at a line: a head, and a ruler under it.
func (p *page) tableAt(i int) bool {
	return len(pipes(p.line(i))) > 0 && len(pipes(p.line(i+1))) > 0 && ruler.MatchString(p.line(i+1))
}

// captionAt reports whether a line is the name of the table below it: bold, all of it.
func (p *page) captionAt(i int) bool {
	l := p.line(i)
	if len(l) < 5 || !strings.HasPrefix(l, "**") || !strings.HasSuffix(l, "**") {
		return false
	}
	if !p.tableAt(i+1) && (p.line(i+1) != "" || !p.tableAt(i+2)) {
		return false
	}
	r := inline(l)
	return len(r) == 1 && r[0].Bold && !r[0].Italic && r[0].Link == ""
}

// table reads a table; a row goes on as long as lines have a bar. A row with more cells
// than the head makes the head wider: nothing that was typed is lost.
func (p *page) table(name string) {
	t := document.Table{Caption: name}
	for _, c := range cells(p.lines[p.at]) {
		t.Head = append(t.Head, flat(c))
	}
	var right []bool
	for _, c := range cells(p.lines[p.at+1]) {
		n := strings.Count(c, "-")
		t.Widths = append(t.Widths, min(max(n, 1), widest))
		right = append(right, strings.HasSuffix(c, ":") && !strings.HasPrefix(c, ":"))
	}
	var rows [][]string
	first := p.at
	for p.at += 2; len(pipes(p.line(p.at))) > 0 && !p.begins(p.at); p.at++ {
		row := cells(p.lines[p.at])
		if len(row) > len(t.Head) {
			p.warn(p.at, "markup.table_wide")
		}
		for len(t.Head) < len(row) {
			t.Head = append(t.Head, "")
		}
		rows = append(rows, row)
	}
	for len(t.Head) < len(right) {
		t.Head = append(t.Head, "")
		p.warn(first+1, "markup.table_wide")
	}
	for len(right) < len(t.Head) {
		right, t.Widths = append(right, false), append(t.Widths, t.Widths[len(t.Widths)-1])
	}
	for _, row := range rows {
		r := make([]document.Cell, len(t.Head))
		for i, c := range row {
			r[i] = cell(c, right[i])
		}
		t.Rows = append(t.Rows, r)
	}
	t.Widths = shares(t.Widths)
	p.add(t)
}

// shares are widths in the smallest numbers; none when all are the same.
func shares(w []int) []int {
	same, d := true, 0
	for _, x := range w {
		same = same && x == w[0]
		for a := x; a != 0; {
			d, a = a, d%a
		}
	}
	if same {
		return nil
	}
	out := make([]int, len(w))
	for i, x := range w {
		out[i] = x / d
	}
	return out
}

var lineBreak = regexp.MustCompile(`(?i)<br */?>`)

// cell is what stands in a table, one paragraph for each line.
func cell(s string, right bool) document.Cell {
	var out document.Cell
	from := 0
	put := func(s string) {
		if q := paragraph(strings.Trim(s, " \t")); len(q.Runs) > 0 {
			q.Right = q.Right || right
			out = append(out, q)
		}
	}
	for _, m := range lineBreak.FindAllStringIndex(s, -1) {
		if !escaped(s, m[0]) {
			put(s[from:m[0]])
			from = m[1]
		}
	}
	put(s[from:])
	return out
}

// cells are the cells of a row.
func cells(l string) []string {
	var out []string
	from := 0
	for _, i := range pipes(l) {
		if i > 0 {
			out = append(out, strings.Trim(l[from:i], " \t"))
		}
		from = i + 1
	}
	if rest := strings.Trim(l[from:], " \t"); rest != "" {
		out = append(out, rest)
	}
	if len(out) == 0 {
		out = []string{""}
	}
	return out
}

// pipes are where the bars of a row stand.
func pipes(l string) []int {
	var out []int
	for i := range len(l) {
		if l[i] == '|' && !escaped(l, i) {
			out = append(out, i)
		}
	}
	return out
}

// escaped reports whether a backslash makes the sign at i plain.
func escaped(s string, i int) bool {
	n := 0
	for i > 0 && s[i-1] == '\\' {
		i--
		n++
	}
	return n%2 == 1
}
