package cli

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"stayput/day"
	"stayput/intake/casedir"
	"stayput/locale"
	present "stayput/present/brief"
)

// full takes so many bytes and then no more, as a disk does.
type full struct{ left int }

func (f *full) Write(p []byte) (int, error) {
	if len(p) > f.left {
		n := f.left
		f.left = 0
		return n, errors.New("no space left on device")
	}
	f.left -= len(p)
	return len(p), nil
}

const oneCase = `stayput: 1
case: {title: A, jurisdiction: us-ca}
record:
  - {on: 2025-09-02, kind: records_access_requested}
`

// A command whose output could not be written to its end has not succeeded, and
// says so once.
func TestStdoutFails(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.yaml", "b.yaml"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(oneCase), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{
		{"version"}, {"words"}, {"schema", "case"}, {"law", "list", "us"}, {"law", "explain", "us-ca.evaluation.plan"}, {"law", "coverage", "us"}, {"--help"},
		{"brief", filepath.Join(dir, "a.yaml")},
		{"brief", "--format", "json", filepath.Join(dir, "a.yaml")},
		{"brief", "--format", "html", filepath.Join(dir, "a.yaml")},
		{"brief", "--all", dir, "--format", "jsonl"},
	} {
		for _, room := range []int{0, 5} {
			var out, stderr bytes.Buffer
			env := Env{Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &stderr, Now: time.Now, Getenv: func(string) string { return "" }}
			if got := Run(env); got != 0 {
				t.Errorf("%v: status %d: %s", args, got, stderr.String())
			}
			stderr.Reset()
			env.Stdout = &full{left: room}
			if got := Run(env); got != 1 {
				t.Errorf("%v with room for %d: status %d, want 1", args, room, got)
			}
			if n := strings.Count(stderr.String(), "could not be written"); n != 1 {
				t.Errorf("%v with room for %d says it %d times: %q", args, room, n, stderr.String())
			}
		}
	}
}

// shut is a file system of which one folder cannot be read.
type shut struct {
	fstest.MapFS
	name string
}

func (s shut) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == s.name {
		return nil, fs.ErrPermission
	}
	return s.MapFS.ReadDir(name)
}

// A folder that cannot be read is reported, and the cases of the others are
// made.
func TestCaseloadGoesOnPastAFolder(t *testing.T) {
	lib, err := openLibrary("")
	if err != nil {
		t.Fatal(err)
	}
	cat, _ := locale.For("en")
	files := fstest.MapFS{}
	for _, name := range []string{"a/one.yaml", "b/two.yaml", "c/three.yaml"} {
		files[name] = &fstest.MapFile{Data: []byte(oneCase)}
	}
	var stderr bytes.Buffer
	m := &maker{lib: lib, lang: "en", asOf: day.Must(2025, 10, 10), cat: cat, options: present.Options{Catalog: cat, Compact: true}, format: "jsonl", stderr: &stderr}
	m.schools = &casedir.Schools{}
	var out bytes.Buffer
	_, made, err := m.folder(&out, shut{files, "b"}, "cases")
	if made != 2 || !strings.Contains(out.String(), `"case":"a/one.yaml"`) || !strings.Contains(out.String(), `"case":"c/three.yaml"`) {
		t.Errorf("%d briefs: %s", made, out.String())
	}
	stderr.Reset()
	say(&stderr, "en", err)
	want := filepath.Join("cases", "b") + ": This folder cannot be read"
	if err == nil || !strings.HasPrefix(stderr.String(), want) || strings.Count(stderr.String(), "\n") != 1 {
		t.Errorf("says %q, want %q", stderr.String(), want)
	}
	if _, _, err := m.folder(io.Discard, shut{files, "."}, "cases"); err == nil {
		t.Error("a folder that cannot be read at all is taken for an empty one")
	}
	w := bufio.NewWriterSize(&full{left: 10}, 16)
	if _, _, err := m.folder(w, files, "cases"); err == nil && w.Flush() == nil {
		t.Error("a full disk is not noticed")
	}
}
