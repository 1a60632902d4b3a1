package yaml

import (
	"strconv"
	"strings"

	"stayput/fault"
)

// A Reader collects problems while a program walks a document strictly: it
// takes each key it knows and at the end refuses the keys nobody took.
type Reader struct {
	Problems fault.List
}

// Fail notes a problem at a place.
func (r *Reader) Fail(at fault.Position, key string, pairs ...string) {
	if len(r.Problems) < 100 {
		r.Problems = append(r.Problems, fault.New(fault.Invalid, at, key, pairs...))
	}
}

// A MapReader walks one map.
type MapReader struct {
	r     *Reader
	node  *Node
	taken uint64 // one bit a field; maps with more than 64 keys use more
	many  []bool
	known []string
}

// Map starts to walk n, which must be a map.
func (r *Reader) Map(n *Node) *MapReader {
	m := &MapReader{r: r, node: n}
	if n == nil || n.Kind == Null {
		return m
	}
	if n.Kind != Map {
		r.Fail(n.At, "yaml.want_map", "got", describe(n))
		m.node = nil
		return m
	}
	if len(n.Fields) > 64 {
		m.many = make([]bool, len(n.Fields))
	}
	return m
}

// Get takes the value of key, or nil when it is not there or is null.
func (m *MapReader) Get(key string) *Node {
	m.known = append(m.known, key)
	if m.node == nil {
		return nil
	}
	for i := range m.node.Fields {
		if m.node.Fields[i].Key == key {
			if m.many != nil {
				m.many[i] = true
			} else {
				m.taken |= 1 << i
			}
			if v := m.node.Fields[i].Value; v.Kind != Null {
				return v
			}
			return nil
		}
	}
	return nil
}

// Has reports that the map has the key, whatever its value.
func (m *MapReader) Has(key string) bool {
	if m.node == nil {
		return false
	}
	for i := range m.node.Fields {
		if m.node.Fields[i].Key == key {
			return true
		}
	}
	return false
}

// Need is Get for a key that must be there.
func (m *MapReader) Need(key string) *Node {
	n := m.Get(key)
	if n == nil && m.node != nil {
		m.r.Fail(m.node.At, "yaml.missing_key", "key", key)
	}
	return n
}

// Text takes a scalar.
func (m *MapReader) Text(key string) string { return m.r.Text(m.Get(key)) }

// NeedText takes a scalar that must be there.
func (m *MapReader) NeedText(key string) string { return m.r.Text(m.Need(key)) }

// Done refuses the keys nobody took, naming the nearest known one.
func (m *MapReader) Done() {
	if m.node == nil {
		return
	}
	for i, f := range m.node.Fields {
		took := m.taken&(1<<uint(i)) != 0
		if m.many != nil {
			took = m.many[i]
		}
		if !took {
			m.r.Fail(f.At, "yaml.unknown_key", "key", f.Key, "nearest", fault.Nearest(f.Key, m.known), "expected", strings.Join(m.known, ", "))
		}
	}
}

// Text is the text of a scalar; anything else is a problem.
func (r *Reader) Text(n *Node) string {
	if n == nil {
		return ""
	}
	if n.Kind != Scalar {
		r.Fail(n.At, "yaml.want_text", "got", describe(n))
		return ""
	}
	return n.Value
}

// Texts is a list of scalars; one scalar alone stands for a list of one.
func (r *Reader) Texts(n *Node) []string {
	if n == nil {
		return nil
	}
	if n.Kind == Scalar {
		return []string{n.Value}
	}
	out := make([]string, 0, len(n.Items))
	for _, it := range r.List(n) {
		out = append(out, r.Text(it))
	}
	return out
}

// List is the items of a list.
func (r *Reader) List(n *Node) []*Node {
	if n == nil {
		return nil
	}
	if n.Kind != List {
		r.Fail(n.At, "yaml.want_list", "got", describe(n))
		return nil
	}
	return n.Items
}

// YesNo reads yes, no, true or false; ok is false when n is nil or wrong.
func (r *Reader) YesNo(n *Node) (value, ok bool) {
	if n == nil {
		return false, false
	}
	if n.Kind == Scalar {
		switch n.Value {
		case "yes", "true", "Yes", "True":
			return true, true
		case "no", "false", "No", "False":
			return false, true
		}
	}
	r.Fail(n.At, "yaml.want_yes_no", "got", describe(n))
	return false, false
}

// Int reads a whole number.
func (r *Reader) Int(n *Node) int {
	if n == nil {
		return 0
	}
	v, err := strconv.Atoi(n.Value)
	if n.Kind != Scalar || err != nil {
		r.Fail(n.At, "yaml.want_number", "got", describe(n))
		return 0
	}
	return v
}

// Word reads one of a closed list of words.
func (r *Reader) Word(n *Node, known ...string) string {
	if n == nil {
		return ""
	}
	got := r.Text(n)
	for _, k := range known {
		if got == k {
			return got
		}
	}
	if n.Kind == Scalar {
		r.Fail(n.At, "yaml.unknown_word", "word", got, "nearest", fault.Nearest(got, known), "expected", strings.Join(known, ", "))
	}
	return ""
}

func describe(n *Node) string {
	switch n.Kind {
	case Scalar:
		v := n.Value
		if len(v) > 40 {
			v = strings.ToValidUTF8(v[:40], "") + "..."
		}
		return strconv.Quote(v)
	case List:
		return "list"
	case Map:
		return "map"
	}
	return "nothing"
}
