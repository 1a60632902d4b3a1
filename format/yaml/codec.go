package yaml

import (
	"encoding/binary"
	"errors"

	"stayput/fault"
)

// Encode writes parsed documents in a compact form that Decode reads an order
// of magnitude faster than YAML text, positions included. It is what is built
// into the program; the YAML is what people edit.
func Encode(docs []Doc) []byte {
	e := encoder{index: map[string]uint64{}}
	for _, d := range docs {
		e.str(d.Name)
		e.node(d.Node)
	}
	out := binary.AppendUvarint([]byte("spy1"), uint64(len(docs)))
	out = binary.AppendUvarint(out, uint64(len(e.strings)))
	for _, s := range e.strings {
		out = binary.AppendUvarint(out, uint64(len(s)))
	}
	for _, s := range e.strings {
		out = append(out, s...)
	}
	return append(out, e.buf...)
}

// A Doc is one parsed file.
type Doc struct {
	Name string
	Node *Node
}

type encoder struct {
	buf     []byte
	strings []string
	index   map[string]uint64
}

func (e *encoder) str(s string) {
	i, ok := e.index[s]
	if !ok {
		i = uint64(len(e.strings))
		e.index[s] = i
		e.strings = append(e.strings, s)
	}
	e.buf = binary.AppendUvarint(e.buf, i)
}

func (e *encoder) at(p fault.Position) {
	e.buf = binary.AppendUvarint(e.buf, uint64(p.Line))
	e.buf = binary.AppendUvarint(e.buf, uint64(p.Column))
}

func (e *encoder) node(n *Node) {
	k := byte(n.Kind)
	if n.Quoted {
		k |= 8
	}
	e.buf = append(e.buf, k)
	e.at(n.At)
	switch n.Kind {
	case Scalar:
		e.str(n.Value)
	case List:
		e.buf = binary.AppendUvarint(e.buf, uint64(len(n.Items)))
		for _, it := range n.Items {
			e.node(it)
		}
	case Map:
		e.buf = binary.AppendUvarint(e.buf, uint64(len(n.Fields)))
		for _, f := range n.Fields {
			e.str(f.Key)
			e.at(f.At)
			e.node(f.Value)
		}
	}
}

var errCodec = errors.New("not a compiled document")

// Decode reads what Encode wrote.
func Decode(data []byte) (docs []Doc, err error) {
	defer func() {
		if r := recover(); r != nil { // a truncated file runs off the end of a slice
			docs, err = nil, errCodec
		}
	}()
	if len(data) < 4 || string(data[:4]) != "spy1" {
		return nil, errCodec
	}
	d := decoder{buf: data[4:]}
	n := d.uint()
	strs := make([]string, d.uint())
	sizes := make([]uint64, len(strs))
	total := uint64(0)
	for i := range sizes {
		sizes[i] = d.uint()
		total += sizes[i]
	}
	text := string(d.buf[:total])
	d.buf = d.buf[total:]
	for i, s := range sizes {
		strs[i] = text[:s]
		text = text[s:]
	}
	d.strings = strs
	docs = make([]Doc, n)
	for i := range docs {
		docs[i].Name = d.str()
		d.name = docs[i].Name
		docs[i].Node = d.node()
	}
	return docs, nil
}

type decoder struct {
	buf     []byte
	strings []string
	name    string
	slab    []Node
}

func (d *decoder) uint() uint64 {
	v, n := binary.Uvarint(d.buf)
	if n <= 0 {
		panic(errCodec)
	}
	d.buf = d.buf[n:]
	return v
}

func (d *decoder) str() string { return d.strings[d.uint()] }

func (d *decoder) at() fault.Position {
	line := int(d.uint())
	return fault.Position{File: d.name, Line: line, Column: int(d.uint())}
}

func (d *decoder) node() *Node {
	if len(d.slab) == 0 {
		d.slab = make([]Node, 512)
	}
	n := &d.slab[0]
	d.slab = d.slab[1:]
	k := d.buf[0]
	d.buf = d.buf[1:]
	n.Kind, n.Quoted = Kind(k&7), k&8 != 0
	n.At = d.at()
	switch n.Kind {
	case Scalar:
		n.Value = d.str()
	case List:
		n.Items = make([]*Node, d.uint())
		for i := range n.Items {
			n.Items[i] = d.node()
		}
	case Map:
		n.Fields = make([]Field, d.uint())
		for i := range n.Fields {
			n.Fields[i].Key = d.str()
			n.Fields[i].At = d.at()
			n.Fields[i].Value = d.node()
		}
	}
	return n
}
