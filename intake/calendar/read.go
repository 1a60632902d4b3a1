package calendar

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"stayput/day"
	"stayput/fault"
	"stayput/format/ics"
	"stayput/format/yaml"
)

// A Warning is something a person should check: it was read, but not with
// certainty, or it was not read at all.
type Warning struct {
	At      fault.Position
	Key     string            // key in the locale catalogs
	Summary string            // the words of the file
	On      day.Date          // the day it concerns; zero when it concerns none
	Args    map[string]string // further values for the sentence; summary and on are always among them
}

// most is how many problems of one file are told at once.
const most = 50

// Read reads a calendar file. The form is told from the content, not from the
// name. Years come in order.
func Read(name string, data []byte) ([]day.SchoolYear, []Warning, error) {
	if ics.Is(data) {
		return readICS(name, data)
	}
	root, err := yaml.Read(name, data, yaml.DefaultLimits)
	if err != nil {
		if l := fault.All(err); len(l) > most {
			err = l[:most]
		}
		return nil, nil, err
	}
	y, warnings, err := node(root, base(name))
	if err != nil {
		return nil, nil, err
	}
	return []day.SchoolYear{y}, warnings, nil
}

// FromNode reads a calendar that stands inside another file.
func FromNode(root *yaml.Node) (day.SchoolYear, []Warning, error) {
	return node(root, "calendar")
}

// base is the name of a file without its folders and its ending.
func base(name string) string {
	b := path.Base(strings.ReplaceAll(name, `\`, "/"))
	b = strings.TrimSuffix(b, path.Ext(b))
	if b == "" || b == "." || b == "/" {
		return "calendar"
	}
	return b
}

// warn makes a Warning.
func warn(at fault.Position, key, summary string, on day.Date, pairs ...string) Warning {
	w := Warning{At: at, Key: key, Summary: summary, On: on, Args: map[string]string{"summary": summary, "on": on.String()}}
	for i := 0; i+1 < len(pairs); i += 2 {
		w.Args[pairs[i]] = pairs[i+1]
	}
	return w
}

func inOrder(l fault.List) fault.List {
	slices.SortStableFunc(l, func(a, b *fault.Error) int {
		return cmp.Or(cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.At.Column, b.At.Column))
	})
	return l[:min(len(l), most)]
}
