package handover_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"stayput/examples"
	"stayput/intake/casefile"
	"stayput/intake/progressfile"
	"stayput/intake/servicelog"
)

// equal compares two files, and what was logged by what it says: a log beside one
// of them stands inside the other, where each session bears a name.
func equal(t *testing.T, name string, got, want *casefile.File) bool {
	t.Helper()
	a, b := *got, *want
	a.Delivery, a.Progress, b.Delivery, b.Progress = nil, nil, nil, nil
	mine, theirs := told(t, examples.Files(), name, want), told(t, nil, name, got)
	if !slices.Equal(mine, theirs) {
		for i := range min(len(mine), len(theirs)) {
			if mine[i] != theirs[i] {
				t.Logf("%s\n%s", mine[i], theirs[i])
				break
			}
		}
		t.Logf("%d logged, %d came back", len(mine), len(theirs))
		return false
	}
	return a.Equal(&b)
}

// told is everything that was logged, each in a line, in order.
func told(t *testing.T, fsys fs.FS, name string, f *casefile.File) []string {
	t.Helper()
	kept, err := servicelog.Load(fsys, name, f.Delivery)
	if err != nil {
		t.Fatal(err)
	}
	probes, err := progressfile.Load(fsys, name, f.Progress)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	makes := map[string]string{} // names are given anew; what a make-up makes up is told by its day
	for _, l := range kept.Logs {
		if l.ID != "" {
			makes[l.ID] = l.On.String()
		}
	}
	for _, l := range kept.Logs {
		l.ID, l.Makes, l.Answers = "", makes[l.Makes], makes[l.Answers]
		out = append(out, fmt.Sprintf("%+v", l))
	}
	for _, p := range probes.Probes {
		p.ID, p.Row = "", 0
		out = append(out, fmt.Sprintf("%+v", p))
	}
	for _, s := range probes.Sightings {
		s.ID = ""
		out = append(out, fmt.Sprintf("%+v", s))
	}
	slices.SortFunc(out, strings.Compare)
	return out
}
