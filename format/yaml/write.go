package yaml

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// width is how long a map or list may be to stand on one line.
const width = 110

// Write writes n as YAML that a person can edit: short maps and lists on one
// line, long texts as blocks. Read gives an Equal node back.
func Write(w io.Writer, n *Node) error {
	var b writer
	switch {
	case n == nil:
	case n.Kind == Map && len(n.Fields) > 0:
		b.fields(n, 0)
	case n.Kind == List && len(n.Items) > 0:
		b.items(n, 0)
	default:
		b.flow(n)
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteJSON writes n as JSON. A scalar without quotes that JSON knows (a
// number, true, false) stays one; every other scalar becomes a string.
func WriteJSON(w io.Writer, n *Node) error {
	var b writer
	b.json(n, 0)
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}

// Equal reports whether two nodes say the same: places and quotes are not
// compared, the order of keys is.
func Equal(a, b *Node) bool {
	if a == nil || b == nil {
		return a == b
	}
	if a.Kind != b.Kind || a.Kind == Scalar && a.Value != b.Value || len(a.Items) != len(b.Items) || len(a.Fields) != len(b.Fields) {
		return false
	}
	for i := range a.Items {
		if !Equal(a.Items[i], b.Items[i]) {
			return false
		}
	}
	for i := range a.Fields {
		if a.Fields[i].Key != b.Fields[i].Key || !Equal(a.Fields[i].Value, b.Fields[i].Value) {
			return false
		}
	}
	return true
}

type writer struct{ strings.Builder }

func (b *writer) in(indent int) {
	for ; indent > 0; indent-- {
		b.WriteByte(' ')
	}
}

// fields writes a map in block form; the first key starts where the writer
// stands.
func (b *writer) fields(n *Node, indent int) {
	for i, f := range n.Fields {
		if i > 0 {
			b.in(indent)
		}
		if len(f.Key) > 400 { // YAML looks ahead for the colon only so far
			b.WriteString("? ")
			b.key(f.Key)
			b.WriteByte('\n')
			b.in(indent)
		} else {
			b.key(f.Key)
		}
		b.WriteByte(':')
		b.value(f.Value, indent)
	}
}

// value writes what stands after a key.
func (b *writer) value(n *Node, indent int) {
	switch {
	case n == nil || fits(n, width-indent):
		b.WriteByte(' ')
		b.flow(n)
		b.WriteByte('\n')
	case n.Kind == Map:
		b.WriteByte('\n')
		b.in(indent + 2)
		b.fields(n, indent+2)
	case n.Kind == List:
		b.WriteByte('\n')
		b.in(indent + 2)
		b.items(n, indent+2)
	default:
		b.WriteByte(' ')
		b.block(n.Value, indent+2)
	}
}

func (b *writer) items(n *Node, indent int) {
	for i, it := range n.Items {
		if i > 0 {
			b.in(indent)
		}
		b.WriteString("- ")
		switch {
		case it == nil || fits(it, width-indent):
			b.flow(it)
			b.WriteByte('\n')
		case it.Kind == Map:
			b.fields(it, indent+2)
		case it.Kind == List:
			b.items(it, indent+2)
		default:
			b.block(it.Value, indent+2)
		}
	}
}

// block writes a text of several lines.
func (b *writer) block(s string, indent int) {
	b.WriteByte('|')
	if strings.HasSuffix(s, "\n") {
		s = s[:len(s)-1]
	} else {
		b.WriteByte('-')
	}
	b.WriteByte('\n')
	for _, line := range strings.Split(s, "\n") {
		if line != "" {
			b.in(indent)
			b.WriteString(line)
		}
		b.WriteByte('\n')
	}
}

// blockable reports whether s can stand as a block of lines.
func blockable(s string) bool {
	if !strings.Contains(s, "\n") || strings.HasSuffix(s, "\n\n") || s == "\n" {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(s); unicode.IsSpace(r) {
		return false
	}
	for _, line := range strings.Split(s, "\n") {
		if line == "" {
			continue
		}
		if last := line[len(line)-1]; line[0] == '\t' || last == ' ' || last == '\t' {
			return false
		}
		for _, r := range line {
			if r != '\t' && !printable(r) {
				return false
			}
		}
	}
	return true
}

// fits reports whether n is best written on one line.
func fits(n *Node, room int) bool {
	switch n.Kind {
	case Map:
		return len(n.Fields) == 0 || oneLine(n) <= room
	case List:
		return len(n.Items) == 0 || oneLine(n) <= room
	case Scalar:
		return !n.Quoted && plainWord(n.Value) || !blockable(n.Value)
	}
	return true
}

// oneLine is about how long n is on one line, and very long for what does not
// belong on one.
func oneLine(n *Node) int {
	const long = 1 << 20
	if n == nil {
		return 4
	}
	switch n.Kind {
	case Scalar:
		if strings.Contains(n.Value, "\n") || len(n.Value) > width {
			return long
		}
		return utf8.RuneCountInString(n.Value) + 2
	case List:
		sum := 2
		for _, it := range n.Items {
			if it != nil && it.Kind == Map {
				return long // a list of maps reads better one to a line
			}
			if sum += oneLine(it) + 2; sum > width {
				return long
			}
		}
		return sum
	case Map:
		sum := 2
		for _, f := range n.Fields {
			if sum += len(f.Key) + oneLine(f.Value) + 4; sum > width {
				return long
			}
		}
		return sum
	}
	return 4
}

// flow writes n on one line.
func (b *writer) flow(n *Node) {
	if n == nil {
		b.WriteString("null")
		return
	}
	switch n.Kind {
	case Null:
		b.WriteString("null")
	case Scalar:
		if !n.Quoted && plainWord(n.Value) || plainText(n.Value) {
			b.WriteString(n.Value)
		} else {
			b.quote(n.Value, false)
		}
	case List:
		b.WriteByte('[')
		for i, it := range n.Items {
			if i > 0 {
				b.WriteString(", ")
			}
			b.flow(it)
		}
		b.WriteByte(']')
	case Map:
		b.WriteByte('{')
		for i, f := range n.Fields {
			if i > 0 {
				b.WriteString(", ")
			}
			b.key(f.Key)
			b.WriteString(": ")
			b.flow(f.Value)
		}
		b.WriteByte('}')
	}
}

// key writes a key; the form's own `on` stands without quotes.
func (b *writer) key(s string) {
	if s == "on" || plainText(s) {
		b.WriteString(s)
	} else {
		b.quote(s, false)
	}
}

// plainWord reports whether s can stand without quotes and mean what YAML takes
// such a word for: a number, a date, yes or no.
func plainWord(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		case c == '.' || c == ':' || c == '+' || c == '-':
			// Not at the edges, where it would begin a list or end a key.
			if i == len(s)-1 || i == 0 && (c == ':' || s[1] < '0' || s[1] > '9') {
				return false
			}
		default:
			return false
		}
	}
	return !nullWord(s)
}

// plainText reports whether s can stand without quotes, on a line of its own or
// inside brackets, and be a text to every reader.
func plainText(s string) bool {
	if s == "" || len(s) > 1<<10 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	if !unicode.IsLetter(first) || last == ' ' {
		return false
	}
	for i, r := range s {
		switch {
		case strings.ContainsRune(`:,?[]{}"`, r):
			return false
		case r == '#' && s[i-1] == ' ':
			return false
		case !printable(r) || r == 0xFFFD:
			return false
		}
	}
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "true", "false", "on", "off":
		return false
	}
	return !nullWord(s)
}

func nullWord(s string) bool { return strings.EqualFold(s, "null") || s == "~" }

// printable reports whether r may stand as itself. The two joiners are letters'
// business in several scripts and may.
func printable(r rune) bool {
	return unicode.IsPrint(r) || r == 0x200C || r == 0x200D
}

// quote writes s in double quotes, escaped so that YAML or JSON reads it back.
func (b *writer) quote(s string, json bool) {
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case printable(r):
			b.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(b, `\u%04x`, r)
		case json:
			r -= 0x10000
			fmt.Fprintf(b, `\u%04x\u%04x`, 0xD800+r>>10, 0xDC00+r&0x3FF)
		default:
			fmt.Fprintf(b, `\U%08x`, r)
		}
	}
	b.WriteByte('"')
}

func (b *writer) json(n *Node, indent int) {
	if n == nil {
		b.WriteString("null")
		return
	}
	short := oneLine(n) <= width-indent
	sep := func(i int) {
		if i > 0 {
			b.WriteByte(',')
		}
		if !short {
			b.WriteByte('\n')
			b.in(indent + 2)
		} else if i > 0 {
			b.WriteByte(' ')
		}
	}
	end := func() {
		if !short {
			b.WriteByte('\n')
			b.in(indent)
		}
	}
	switch n.Kind {
	case Null:
		b.WriteString("null")
	case Scalar:
		if !n.Quoted && (isNumber(n.Value) || n.Value == "true" || n.Value == "false") {
			b.WriteString(n.Value)
		} else {
			b.quote(n.Value, true)
		}
	case List:
		if len(n.Items) == 0 {
			b.WriteString("[]")
			return
		}
		b.WriteByte('[')
		for i, it := range n.Items {
			sep(i)
			b.json(it, indent+2)
		}
		end()
		b.WriteByte(']')
	case Map:
		if len(n.Fields) == 0 {
			b.WriteString("{}")
			return
		}
		b.WriteByte('{')
		for i, f := range n.Fields {
			sep(i)
			b.quote(f.Key, true)
			b.WriteString(": ")
			b.json(f.Value, indent+2)
		}
		end()
		b.WriteByte('}')
	}
}
