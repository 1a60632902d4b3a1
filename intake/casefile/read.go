package casefile

import (
	"cmp"
	"slices"
	"strings"

	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
)

// most is how many problems of one file are told at once.
const most = 50

var (
	topKeys  = []string{"stayput", "case", "record", "plans", "delivery", "progress"}
	planKeys = []string{"id", "kind"}
)

// Read reads the case file data. The name stands in every error. The error is
// a fault.List of every problem of the file, at most fifty, in the order of the
// file.
func Read(name string, data []byte) (*File, error) {
	root, err := yaml.Read(name, data, yaml.DefaultLimits)
	if err != nil {
		if l := fault.All(err); len(l) > 0 {
			return nil, l[:min(len(l), most)]
		}
		return nil, err
	}
	return read(root)
}

// read reads a case that is parsed.
func read(root *yaml.Node) (*File, error) {
	var r reader
	f := r.file(root)
	if len(r.Problems) > 0 {
		slices.SortStableFunc(r.Problems, func(a, b *fault.Error) int {
			return cmp.Or(cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.At.Column, b.At.Column))
		})
		return nil, r.Problems[:min(len(r.Problems), most)]
	}
	return f, nil
}

// A reader reads one file.
type reader struct{ yaml.Reader }

// full reports that enough problems were found; what follows is not looked at.
func (r *reader) full() bool { return len(r.Problems) >= most }

// each calls f for every key of the map n that has a value, and refuses the
// keys for which f returns false. It reports whether n is a map.
func (r *reader) each(n *yaml.Node, known []string, f func(key string, v *yaml.Node) bool) bool {
	if n.Kind != yaml.Map {
		r.wantMap(n)
		return false
	}
	for i := range n.Fields {
		field := &n.Fields[i]
		v := field.Value
		if v.Kind == yaml.Null {
			// A key without a value says nothing, but must be a known key.
			if !slices.Contains(known, field.Key) {
				r.unknown(field, known)
			}
			continue
		}
		if !f(field.Key, v) {
			r.unknown(field, known)
		}
		if r.full() {
			return true
		}
	}
	return true
}

// wantMap tells that n is not a map; nothing at all is not one either.
func (r *reader) wantMap(n *yaml.Node) {
	if n.Kind == yaml.Null {
		r.Fail(n.At, "yaml.want_map", "got", "nothing")
		return
	}
	r.Map(n)
}

func (r *reader) unknown(f *yaml.Field, known []string) {
	if !r.full() {
		r.Fail(f.At, "yaml.unknown_key", "key", f.Key, "nearest", fault.Nearest(f.Key, known), "expected", strings.Join(known, ", "))
	}
}

// missing tells of a key that must be there.
func (r *reader) missing(n *yaml.Node, key string) {
	r.Fail(n.At, "yaml.missing_key", "key", key)
}

func (r *reader) file(root *yaml.Node) *File {
	f := &File{}
	var version, kase, record *yaml.Node
	isMap := r.each(root, topKeys, func(key string, v *yaml.Node) bool {
		switch key {
		case "stayput":
			version = v
		case "case":
			kase = v
		case "record":
			record = v
		case "plans":
			r.plans(f, v)
		case "delivery":
			f.Delivery = r.raw(v)
		case "progress":
			f.Progress = r.raw(v)
		default:
			return false
		}
		return true
	})
	if !isMap {
		return f
	}
	switch {
	case version == nil:
		r.missing(root, "stayput")
	case version.Kind != yaml.Scalar || version.Value != Version:
		r.Fail(version.At, "case.version", "got", version.Value, "expected", Version)
	}
	if kase == nil {
		r.missing(root, "case")
	} else {
		r.kase(f, kase)
	}
	if record != nil {
		r.record(f, record)
	}
	return f
}

// raw keeps a map for a later reader.
func (r *reader) raw(n *yaml.Node) *yaml.Node {
	if n.Kind != yaml.Map {
		r.wantMap(n)
		return nil
	}
	return n
}

func (r *reader) plans(f *File, n *yaml.Node) {
	first := make(map[string]int)
	for _, it := range r.List(n) {
		if r.full() {
			return
		}
		if it.Kind != yaml.Map {
			r.wantMap(it)
			continue
		}
		p := Plan{Node: it}
		var have [2]bool
		for _, field := range it.Fields {
			switch v := field.Value; {
			case v.Kind == yaml.Null:
			case field.Key == "id":
				have[0] = true
				if p.ID = r.id(v); p.ID == "" {
					continue
				}
				if line, twice := first[p.ID]; twice {
					r.Fail(v.At, "case.repeated_plan", "id", p.ID, "first", itoa(line))
				}
				first[p.ID] = v.At.Line
			case field.Key == "kind":
				have[1] = true
				p.Kind = r.Word(v, PlanKinds...)
			}
		}
		for i, key := range planKeys {
			if !have[i] {
				r.missing(it, key)
			}
		}
		f.Plans = append(f.Plans, p)
	}
}

// record reads the entries and ties them to each other.
func (r *reader) record(f *File, n *yaml.Node) {
	items := r.List(n)
	f.Entries = make([]fact.Entry, len(items))
	links := make([]link, len(items))
	for i, it := range items {
		if r.full() {
			return
		}
		r.entry(it, &f.Entries[i], &links[i])
	}
	if len(items) == 0 {
		f.Entries = nil
	}
	r.tie(f.Entries, links)
}
