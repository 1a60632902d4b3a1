package paper

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"stayput/fault"
)

//go:embed data/*.yaml
var files embed.FS

var (
	mu   sync.Mutex
	read = map[string]*Paper{}
)

// Get is the built-in paper of a name. Each is read when it is asked for, once.
func Get(id string) (*Paper, error) {
	mu.Lock()
	defer mu.Unlock()
	if p := read[id]; p != nil {
		return p, nil
	}
	name := "data/" + id + ".yaml"
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fault.New(fault.NotFound, fault.Position{}, "paper.unknown", "word", id, "nearest", fault.Nearest(id, IDs()))
	}
	p, err := Read("paper/"+name, data)
	if err != nil {
		return nil, err
	}
	read[id] = p
	return p, nil
}

// IDs lists the built-in papers by name.
var IDs = sync.OnceValue(func() (out []string) {
	es, _ := fs.ReadDir(files, "data")
	for _, e := range es {
		out = append(out, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	slices.Sort(out)
	return out
})

// Source is the file of a built-in paper, for an office that makes its own of it.
func Source(id string) ([]byte, error) { return fs.ReadFile(files, "data/"+id+".yaml") }
