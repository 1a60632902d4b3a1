package cli

import (
	"os"
	"path/filepath"

	"stayput/fault"
	"stayput/intake/calendar"
	"stayput/intake/casefile"
)

// An output is a file that is written beside its place and moved there whole:
// whoever is interrupted keeps the old file.
type output struct {
	*os.File
	name string
	mode os.FileMode
}

// create begins the file at name. It refuses a name that is one of the inputs,
// holds a case or a calendar, would be read as one in the folder of cases, or is
// no plain file.
func create(name string, inputs []string, dir string) (*output, error) {
	at := fault.Position{File: name}
	mode := os.FileMode(0o600) // a child's record: for its owner alone
	if old, err := os.Stat(name); err == nil {
		if !old.Mode().IsRegular() {
			return nil, fault.New(fault.Invalid, at, "cli.out_not_file")
		}
		for _, in := range inputs {
			if i, err := os.Stat(in); err == nil && os.SameFile(old, i) {
				return nil, fault.New(fault.Invalid, at, "cli.out_is_input")
			}
		}
		mode = old.Mode().Perm()
	}
	// A link is followed, so that it stays one.
	if to, err := filepath.EvalSymlinks(name); err == nil {
		name = to
	}
	if isRead(name) {
		return nil, fault.New(fault.Invalid, at, "cli.out_is_input")
	}
	if dir != "" && beside(dir, name) && looksRead(name) {
		return nil, fault.New(fault.Invalid, at, "cli.out_is_input")
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".stayput-*")
	if err != nil {
		return nil, unwritable(name, err)
	}
	return &output{File: f, name: name, mode: mode}, nil
}

// beside reports that name lies in dir or in a folder of it.
func beside(dir, name string) bool {
	d, err1 := filepath.Abs(dir)
	n, err2 := filepath.Abs(name)
	if err1 != nil || err2 != nil {
		return false
	}
	rel, err := filepath.Rel(d, n)
	return err == nil && filepath.IsLocal(rel)
}

// looksRead reports that a file of this name would be read as a case or as a
// calendar of one.
func looksRead(name string) bool {
	switch filepath.Ext(name) {
	case ".yaml", ".yml", ".json", ".ics":
		return true
	}
	return false
}

// isRead reports that name is there and holds a case or a calendar, or that its
// name says it should. A brief in JSON may be written again.
func isRead(name string) bool {
	if !looksRead(name) {
		return false
	}
	data, err := os.ReadFile(name)
	if err != nil || filepath.Ext(name) != ".json" {
		return err == nil
	}
	if _, err := casefile.Read(name, data); err == nil {
		return true
	}
	_, _, err = calendar.Read(name, data)
	return err == nil
}

// keep moves the file into its place.
func (o *output) keep() error {
	if err := o.Chmod(o.mode); err != nil {
		return err
	}
	if err := o.Sync(); err != nil {
		return err
	}
	if err := o.Close(); err != nil {
		return err
	}
	return os.Rename(o.Name(), o.name)
}

// discard removes what was not moved.
func (o *output) discard() {
	o.Close()
	os.Remove(o.Name())
}
