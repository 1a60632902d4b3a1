// Package yaml reads a YAML or JSON document into nodes that know their line
// and column. It is the only package that imports the YAML library.
//
// It refuses what a hand-written file of facts never needs and what an attacker
// likes: anchors and aliases, custom tags, several documents in one file,
// repeated keys, nesting beyond a limit, files beyond a size.
package yaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	lib "go.yaml.in/yaml/v3"

	"stayput/fault"
)

// A Kind is the shape of a node.
type Kind uint8

const (
	Null Kind = iota
	Scalar
	List
	Map
)

// A Node is one value of the document.
type Node struct {
	Kind   Kind
	Value  string // a scalar's text, exactly as written
	Quoted bool   // the scalar stood in quotes or a block
	Items  []*Node
	Fields []Field
	At     fault.Position
}

// A Field is one key of a map with its value.
type Field struct {
	Key   string
	At    fault.Position
	Value *Node
}

// Limits bound what is read.
type Limits struct {
	Bytes int // size of the file
	Depth int // nesting
	Nodes int // values in all
}

// DefaultLimits fit a case of ten thousand entries and refuse what no person
// or program would write as one case.
var DefaultLimits = Limits{Bytes: 16 << 20, Depth: 32, Nodes: 1 << 20}

// Read parses data. The name stands in every error's position.
func Read(name string, data []byte, lim Limits) (*Node, error) {
	top := fault.Position{File: name}
	if len(data) > lim.Bytes {
		return nil, fault.New(fault.Invalid, top, "yaml.too_big", "size", size(len(data)), "limit", size(lim.Bytes))
	}
	text, err := decode(name, data)
	if err != nil {
		return nil, err
	}
	var notJSON error
	if first := bytes.TrimLeft(text, " \t\r\n"); len(first) > 0 && first[0] == '{' {
		n, refused, err := readJSON(name, text, lim)
		if n != nil || refused {
			return n, err
		}
		if strings.HasSuffix(name, ".json") {
			notJSON = err
		}
	}
	dec := lib.NewDecoder(bytes.NewReader(text))
	var doc lib.Node
	if err := dec.Decode(&doc); err != nil {
		if notJSON != nil {
			return nil, notJSON
		}
		if errors.Is(err, io.EOF) {
			return nil, fault.New(fault.Invalid, top, "yaml.empty")
		}
		return nil, syntax(name, text, err)
	}
	var more lib.Node
	switch err := dec.Decode(&more); {
	case err == nil:
		return nil, fault.New(fault.Invalid, fault.Position{File: name, Line: more.Line, Column: more.Column}, "yaml.second_document")
	case !errors.Is(err, io.EOF) && notJSON != nil:
		return nil, notJSON
	case !errors.Is(err, io.EOF):
		return nil, syntax(name, text, err)
	}
	r := reader{name: name, left: lim.Nodes}
	if len(doc.Content) == 0 {
		return nil, fault.New(fault.Invalid, top, "yaml.empty")
	}
	n := r.node(doc.Content[0], lim.Depth)
	if err := r.problems.Or(); err != nil {
		return nil, err
	}
	return n, nil
}

// Plain turns the bytes of a text file into UTF-8 text with plain line ends, as
// Read does; the name stands in the error for what is no text.
func Plain(name string, data []byte) ([]byte, error) { return decode(name, data) }

// decode turns the bytes of a file into UTF-8 text: a byte order mark chooses
// UTF-16; Windows line ends become plain ones; binary files are refused.
func decode(name string, data []byte) ([]byte, error) {
	top := fault.Position{File: name}
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		data = data[3:]
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}), bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		big := data[0] == 0xFE
		data = data[2:]
		if len(data)%2 != 0 {
			return nil, fault.New(fault.Invalid, top, "yaml.not_text")
		}
		units := make([]uint16, len(data)/2)
		for i := range units {
			a, b := data[2*i], data[2*i+1]
			if big {
				a, b = b, a
			}
			units[i] = uint16(a) | uint16(b)<<8
		}
		data = []byte(string(utf16.Decode(units)))
	}
	if i := bytes.IndexByte(data, 0); i >= 0 || !utf8.Valid(data) {
		return nil, fault.New(fault.Invalid, top, "yaml.not_text")
	}
	return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), nil
}

type reader struct {
	name     string
	left     int
	problems fault.List
}

func (r *reader) at(n *lib.Node) fault.Position {
	return fault.Position{File: r.name, Line: n.Line, Column: n.Column}
}

func (r *reader) fail(n *lib.Node, key string, pairs ...string) {
	if len(r.problems) < 50 {
		r.problems = append(r.problems, fault.New(fault.Invalid, r.at(n), key, pairs...))
	}
}

func (r *reader) node(n *lib.Node, depth int) *Node {
	out := &Node{At: r.at(n)}
	r.left--
	if r.left == 0 {
		r.fail(n, "yaml.too_many")
	}
	if r.left <= 0 {
		return out
	}
	if depth == 0 {
		r.fail(n, "yaml.too_deep")
		return out
	}
	if n.Kind == lib.AliasNode || n.Anchor != "" {
		r.fail(n, "yaml.alias")
		return out
	}
	switch n.Kind {
	case lib.ScalarNode:
		out.Quoted = n.Style&(lib.SingleQuotedStyle|lib.DoubleQuotedStyle|lib.LiteralStyle|lib.FoldedStyle) != 0
		out.Value = n.Value
		out.Kind = Scalar
		if n.Tag == "!!null" && !out.Quoted {
			out.Kind = Null
		}
		if n.Style&lib.TaggedStyle != 0 {
			r.fail(n, "yaml.tag", "tag", n.Tag)
		}
	case lib.SequenceNode:
		out.Kind = List
		out.Items = make([]*Node, 0, len(n.Content))
		for _, c := range n.Content {
			out.Items = append(out.Items, r.node(c, depth-1))
			if r.left <= 0 {
				return out
			}
		}
	case lib.MappingNode:
		out.Kind = Map
		out.Fields = make([]Field, 0, len(n.Content)/2)
		var seen map[string]int // only for large maps
		if len(n.Content) > 32 {
			seen = make(map[string]int, len(n.Content)/2)
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			k, v := n.Content[i], n.Content[i+1]
			if k.Kind != lib.ScalarNode || k.Anchor != "" {
				r.fail(k, "yaml.key_not_word")
				continue
			}
			if k.Tag == "!!merge" {
				r.fail(k, "yaml.alias")
				continue
			}
			first := 0
			if seen != nil {
				first = seen[k.Value]
				seen[k.Value] = k.Line
			} else {
				for _, f := range out.Fields {
					if f.Key == k.Value {
						first = f.At.Line
					}
				}
			}
			if first != 0 {
				r.fail(k, "yaml.repeated_key", "key", k.Value, "first", strconv.Itoa(first))
				continue
			}
			out.Fields = append(out.Fields, Field{Key: k.Value, At: r.at(k), Value: r.node(v, depth-1)})
			if r.left <= 0 {
				return out
			}
		}
	}
	return out
}

func size(n int) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", (n+1023)/1024)
	}
	return fmt.Sprintf("%d MB", (n+(1<<20)-1)>>20)
}
