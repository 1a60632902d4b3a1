package locale

import (
	"encoding/binary"
	"io/fs"
	"sort"
	"strings"

	"stayput/format/yaml"
)

// Languages are the languages of the catalogs, the default first.
var Languages = []string{"en", "es"}

// Compile reads every NAME.LANG.yaml of a folder and gives the form that is
// built into the program: for each language its name, a length and the
// documents as format/yaml encodes them, so that only one language is decoded.
func Compile(dir fs.FS) ([]byte, error) {
	var out []byte
	for _, lang := range Languages {
		names, err := fs.Glob(dir, "*."+lang+".yaml")
		if err != nil {
			return nil, err
		}
		sort.Strings(names)
		var docs []yaml.Doc
		for _, name := range names {
			text, err := fs.ReadFile(dir, name)
			if err != nil {
				return nil, err
			}
			n, err := yaml.Read(name, text, yaml.DefaultLimits)
			if err != nil {
				return nil, err
			}
			docs = append(docs, yaml.Doc{Name: name, Node: n})
		}
		data := yaml.Encode(docs)
		out = binary.AppendUvarint(out, uint64(len(lang)))
		out = append(out, lang...)
		out = binary.AppendUvarint(out, uint64(len(data)))
		out = append(out, data...)
	}
	return out, nil
}

// part is the encoded documents of one language, or nil.
func part(bin []byte, lang string) []byte {
	next := func() ([]byte, bool) {
		n, k := binary.Uvarint(bin)
		if k <= 0 || uint64(len(bin)-k) < n {
			return nil, false
		}
		field := bin[k : k+int(n)]
		bin = bin[k+int(n):]
		return field, true
	}
	for len(bin) > 0 {
		name, ok1 := next()
		data, ok2 := next()
		if !ok1 || !ok2 {
			return nil
		}
		if string(name) == lang {
			return data
		}
	}
	return nil
}

// walk gives every text of a document with its full key. A map whose keys are
// all plural forms is one text.
func walk(prefix string, n *yaml.Node, yield func(key string, n *yaml.Node)) {
	if n == nil || n.Kind != yaml.Map || plural(n) {
		yield(strings.TrimSuffix(prefix, "."), n)
		return
	}
	for _, f := range n.Fields {
		walk(prefix+f.Key+".", f.Value, yield)
	}
}

// plural reports a map of plural forms. The form `many`, which Spanish has for
// whole millions, is not needed here.
func plural(n *yaml.Node) bool {
	if n.Kind != yaml.Map || len(n.Fields) == 0 {
		return false
	}
	for _, f := range n.Fields {
		if f.Key != "one" && f.Key != "other" {
			return false
		}
	}
	return true
}
