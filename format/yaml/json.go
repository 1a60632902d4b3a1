package yaml

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"stayput/fault"
)

// readJSON parses text as strict JSON into the same nodes that YAML gives, with
// positions. JSON is nearly YAML, but not quite: other programs indent it with
// tabs and write letters beyond the first plane as two escapes, which YAML
// refuses.
//
// The first result is nil when text is not JSON; the error then says where.
// When text is JSON that we refuse, refused is true.
func readJSON(name string, text []byte, lim Limits) (n *Node, refused bool, err error) {
	p := jsonReader{name: name, s: text, line: 1, left: lim.Nodes}
	n = p.value(lim.Depth)
	if p.bad == nil {
		p.space()
		if p.i < len(p.s) {
			p.syntax("json.more")
		}
	}
	switch {
	case p.bad != nil:
		return nil, p.stop, p.bad
	case len(p.problems) > 0:
		return nil, true, p.problems
	}
	return n, false, nil
}

type jsonReader struct {
	name     string
	s        []byte
	i        int
	line     int
	start    int // where the line starts
	seen     int // how far of the line runes were counted
	runes    int // runes of the line up to seen
	left     int
	bad      error
	stop     bool
	problems fault.List
}

// at is the position of the byte at i; columns count letters, not bytes.
func (p *jsonReader) at() fault.Position {
	if p.seen < p.start {
		p.seen, p.runes = p.start, 0
	}
	p.runes += utf8.RuneCount(p.s[p.seen:p.i])
	p.seen = p.i
	return fault.Position{File: p.name, Line: p.line, Column: p.runes + 1}
}

func (p *jsonReader) syntax(key string) {
	if p.bad == nil {
		p.bad = fault.New(fault.Invalid, p.at(), key)
	}
}

func (p *jsonReader) refuse(key string, pairs ...string) {
	if p.bad == nil {
		p.bad, p.stop = fault.New(fault.Invalid, p.at(), key, pairs...), true
	}
}

func (p *jsonReader) space() {
	for p.i < len(p.s) {
		switch p.s[p.i] {
		case '\n':
			p.line++
			p.start = p.i + 1
		case ' ', '\t', '\r':
		default:
			return
		}
		p.i++
	}
}

func (p *jsonReader) value(depth int) *Node {
	p.space()
	if p.i >= len(p.s) {
		p.syntax("json.ends")
		return nil
	}
	if p.left--; p.left <= 0 {
		p.refuse("yaml.too_many")
		return nil
	}
	if depth == 0 {
		p.refuse("yaml.too_deep")
		return nil
	}
	n := &Node{At: p.at()}
	switch c := p.s[p.i]; {
	case c == '{':
		n.Kind = Map
		p.object(n, depth)
	case c == '[':
		n.Kind = List
		p.array(n, depth)
	case c == '"':
		n.Kind, n.Quoted = Scalar, true
		n.Value = p.text()
	default:
		p.bare(n)
	}
	if p.bad != nil {
		return nil
	}
	return n
}

func (p *jsonReader) object(n *Node, depth int) {
	p.i++
	p.space()
	if p.next('}') {
		return
	}
	var first map[string]int // only for large maps
	for {
		p.space()
		if p.i >= len(p.s) || p.s[p.i] != '"' {
			p.syntax("json.want_key")
			return
		}
		f := Field{At: p.at()}
		f.Key = p.text()
		p.space()
		if !p.next(':') {
			p.syntax("json.want_colon")
			return
		}
		if f.Value = p.value(depth - 1); p.bad != nil {
			return
		}
		line := 0
		if first != nil {
			line = first[f.Key]
		} else {
			for i := range n.Fields {
				if n.Fields[i].Key == f.Key {
					line = n.Fields[i].At.Line
					break
				}
			}
		}
		if line != 0 {
			if len(p.problems) < 50 {
				p.problems = append(p.problems, fault.New(fault.Invalid, f.At, "yaml.repeated_key", "key", f.Key, "first", strconv.Itoa(line)))
			}
		} else {
			n.Fields = append(n.Fields, f)
			if first != nil {
				first[f.Key] = f.At.Line
			} else if len(n.Fields) > 16 {
				first = make(map[string]int, 64)
				for i := range n.Fields {
					first[n.Fields[i].Key] = n.Fields[i].At.Line
				}
			}
		}
		p.space()
		switch {
		case p.next(','):
		case p.next('}'):
			return
		default:
			p.syntax("json.want_comma")
			return
		}
	}
}

func (p *jsonReader) array(n *Node, depth int) {
	p.i++
	p.space()
	if p.next(']') {
		return
	}
	for {
		v := p.value(depth - 1)
		if p.bad != nil {
			return
		}
		n.Items = append(n.Items, v)
		p.space()
		switch {
		case p.next(','):
		case p.next(']'):
			return
		default:
			p.syntax("json.want_comma")
			return
		}
	}
}

func (p *jsonReader) next(c byte) bool {
	if p.i < len(p.s) && p.s[p.i] == c {
		p.i++
		return true
	}
	return false
}

// bare reads a number, true, false or null.
func (p *jsonReader) bare(n *Node) {
	j := p.i
	for j < len(p.s) && strings.IndexByte(" \t\r\n,:]}[{\"", p.s[j]) < 0 {
		j++
	}
	switch w := string(p.s[p.i:j]); {
	case w == "null":
		n.Kind = Null
	case w == "true", w == "false", isNumber(w):
		n.Kind, n.Value = Scalar, w
	default:
		p.syntax("json.want_value")
		return
	}
	p.i = j
}

// text reads a string in quotes.
func (p *jsonReader) text() string {
	p.i++
	from := p.i
	for p.i < len(p.s) && p.s[p.i] != '"' && p.s[p.i] != '\\' && p.s[p.i] >= ' ' {
		p.i++
	}
	if p.i < len(p.s) && p.s[p.i] == '"' {
		p.i++
		return string(p.s[from : p.i-1])
	}
	b := append([]byte(nil), p.s[from:p.i]...)
	for p.i < len(p.s) {
		c := p.s[p.i]
		switch {
		case c == '"':
			p.i++
			return string(b)
		case c < ' ':
			p.syntax("json.raw_control")
			return ""
		case c != '\\':
			b = append(b, c)
			p.i++
			continue
		}
		if p.i+1 >= len(p.s) {
			break
		}
		p.i += 2
		switch e := p.s[p.i-1]; e {
		case '"', '\\', '/':
			b = append(b, e)
		case 'b':
			b = append(b, '\b')
		case 'f':
			b = append(b, '\f')
		case 'n':
			b = append(b, '\n')
		case 'r':
			b = append(b, '\r')
		case 't':
			b = append(b, '\t')
		case 'u':
			r, ok := p.hex()
			if ok && utf16.IsSurrogate(r) {
				ok = p.next('\\') && p.next('u')
				if ok {
					var low rune
					low, ok = p.hex()
					r = utf16.DecodeRune(r, low)
					ok = ok && r != utf8.RuneError
				}
			}
			if !ok {
				p.syntax("json.bad_escape")
				return ""
			}
			b = utf8.AppendRune(b, r)
		default:
			p.syntax("json.bad_escape")
			return ""
		}
	}
	p.syntax("json.ends")
	return ""
}

func (p *jsonReader) hex() (rune, bool) {
	if p.i+4 > len(p.s) {
		return 0, false
	}
	v, err := strconv.ParseUint(string(p.s[p.i:p.i+4]), 16, 32)
	if err != nil {
		return 0, false
	}
	p.i += 4
	return rune(v), true
}

// isNumber reports whether w is a number as JSON writes it.
func isNumber(w string) bool {
	i := 0
	digits := func() bool {
		from := i
		for i < len(w) && w[i] >= '0' && w[i] <= '9' {
			i++
		}
		return i > from
	}
	if i < len(w) && w[i] == '-' {
		i++
	}
	if i < len(w) && w[i] == '0' {
		i++
	} else if !digits() {
		return false
	}
	if i < len(w) && w[i] == '.' {
		i++
		if !digits() {
			return false
		}
	}
	if i < len(w) && (w[i] == 'e' || w[i] == 'E') {
		i++
		if i < len(w) && (w[i] == '+' || w[i] == '-') {
			i++
		}
		if !digits() {
			return false
		}
	}
	return i == len(w)
}
