package cli

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/store/sqlite"
)

// noted counts the lines of the access log that the export command left.
func noted(t *testing.T, folder string) (exports, given int) {
	t.Helper()
	s, err := sqlite.OpenReader(context.Background(), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Read(context.Background(), func(tx desk.Tx) error {
		spaces, err := tx.Spaces()
		if err != nil {
			return err
		}
		all, err := tx.Seen(spaces[0].ID, "", 0, 1000)
		if err != nil {
			return err
		}
		for _, l := range all {
			if l.Page == "cli_export" && l.Action == "export_case" && l.Case != "" {
				exports++
			}
		}
		its, err := tx.Items(spaces[0].ID, "given", "")
		given = len(its)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return exports, given
}

// What the command line exports stands in the access log, whether a program runs on
// the data or not; what could not be noted is said.
func TestExportIsNoted(t *testing.T) {
	folder := t.TempDir()
	if st, _, errs := stayput(t, "import", "../../examples/family/maya.yaml", "--data", folder); st != 0 {
		t.Fatal(errs)
	}
	export := func() string {
		t.Helper()
		st, _, errs := stayput(t, "export", "sample: maya r.", "--data", folder, "--format", "case", "--for", "a sample hearing", "-o", filepath.Join(t.TempDir(), "x.yaml"))
		if st != 0 {
			t.Fatal(errs)
		}
		return errs
	}
	export()
	if exports, given := noted(t, folder); exports != 1 || given != 1 {
		t.Errorf("alone: %d lines and %d given", exports, given)
	}
	first, end := begin(t, Env{}, "serve", "--listen", "localhost:0", "--data", folder)
	first.waitFor(t, `Open (http://localhost:\d+/enter\?key=\S+)\n`)
	export()
	if exports, given := noted(t, folder); exports != 2 || given != 2 {
		t.Errorf("beside a program: %d lines and %d given", exports, given)
	}
	end()
	// Somebody holds the data and answers nothing.
	s, err := sqlite.Open(context.Background(), sqlite.Options{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	errs := export()
	s.Close()
	if !strings.Contains(errs, "could not be written") {
		t.Errorf("nothing was said: %q", errs)
	}
	if exports, given := noted(t, folder); exports != 2 || given != 2 {
		t.Errorf("at the end: %d lines and %d given", exports, given)
	}
}
