package pack

import (
	"io/fs"
	"path"
	"sort"
	"strings"

	"stayput/fault"
	"stayput/format/yaml"
)

// A Source is the files of one pack, parsed but not yet read.
type Source struct {
	ID    string
	Files []File // sorted by name
}

// A File is one parsed file.
type File struct {
	Name string
	Node *yaml.Node
}

// Open parses the files of the pack id in fsys.
func Open(fsys fs.FS, id string) (*Source, error) {
	dir, err := fs.ReadDir(fsys, id)
	if err != nil {
		return nil, fault.New(fault.NotFound, fault.Position{File: id}, "pack.no_folder", "pack", id).Wrap(err)
	}
	s := &Source{ID: id}
	var bad fault.List
	for _, f := range dir {
		if f.IsDir() || !strings.HasSuffix(f.Name(), ".yaml") {
			continue
		}
		name := path.Join(id, f.Name())
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fault.New(fault.NotFound, fault.Position{File: name}, "pack.unreadable").Wrap(err)
		}
		n, err := yaml.Read(name, data, yaml.DefaultLimits)
		if err != nil {
			bad = append(bad, fault.All(err)...)
			continue
		}
		s.Files = append(s.Files, File{f.Name(), n})
	}
	if err := bad.Or(); err != nil {
		return nil, err
	}
	return s, nil
}

// Packs lists the pack folders in fsys: those with a pack.yaml.
func Packs(fsys fs.FS) ([]string, error) {
	dir, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, f := range dir {
		if !f.IsDir() {
			continue
		}
		if _, err := fs.Stat(fsys, path.Join(f.Name(), "pack.yaml")); err == nil {
			ids = append(ids, f.Name())
		}
	}
	sort.Strings(ids)
	return ids, nil
}

// family returns the files "name.yaml" and "name-*.yaml"; for words the
// language stands before ".yaml": "words.en.yaml", "words-school.en.yaml".
func (s *Source) family(name, lang string) []*yaml.Node {
	suffix := ".yaml"
	if lang != "" {
		suffix = "." + lang + ".yaml"
	}
	var out []*yaml.Node
	for _, f := range s.Files {
		stem, ok := strings.CutSuffix(f.Name, suffix)
		if !ok || strings.Contains(stem, ".") {
			continue
		}
		if stem == name || strings.HasPrefix(stem, name+"-") {
			out = append(out, f.Node)
		}
	}
	return out
}
