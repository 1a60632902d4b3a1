package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stayput/paper"
)

func runPaper(args ...string) (status int, out, errs string) {
	var o, e bytes.Buffer
	status = Run(Env{Args: append([]string{"paper"}, args...), Stdout: &o, Stderr: &e})
	return status, o.String(), e.String()
}

// papersIn writes files into a folder, each the demand for a notice with a change.
func papersIn(t *testing.T, files map[string][2]string) string {
	t.Helper()
	src, err := paper.Source("demand-pwn")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, c := range files {
		s := strings.Replace(string(src), c[0], c[1], 1)
		if s == string(src) {
			t.Fatalf("%s: nothing was changed", name)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// `paper --check` tells all that is wrong in each file, with line and column.
func TestPaperCheck(t *testing.T) {
	dir := papersIn(t, map[string][2]string{"bad.yaml": {"side: parent\nkind: letter", "side: parents\nkimd: letter"}, "good.yaml": {"paper: demand-pwn", "paper: our-letter"}})
	bad, good := filepath.Join(dir, "bad.yaml"), filepath.Join(dir, "good.yaml")
	status, out, errs := runPaper("--check", bad, good, filepath.Join(dir, "none.yaml"))
	if status != 2 || !strings.Contains(out, "good.yaml: nothing is wrong (Request for prior written notice)") {
		t.Errorf("%d\n%s", status, out)
	}
	// "side: parents" is line 2, its word begins in column 7; "kimd" begins line 3.
	for _, want := range []string{"bad.yaml:2:7: ", "bad.yaml:3:1: ", "kimd", "none.yaml: There is no such file"} {
		if !strings.Contains(errs, want) {
			t.Errorf("%q is not told:\n%s", want, errs)
		}
	}
	if status, _, errs := runPaper("--check", good); status != 0 || errs != "" {
		t.Errorf("%d\n%s", status, errs)
	}
	if status, _, errs := runPaper("--check"); status != 2 || !strings.Contains(errs, "Name the files to check") {
		t.Errorf("%d\n%s", status, errs)
	}
}

// `paper --papers` drafts with the papers of a folder.
func TestPaperFolder(t *testing.T) {
	dir := papersIn(t, map[string][2]string{"a.yaml": {"Please send me prior written notice about this.", "Kindly send us the notice."}, "b.yml": {"paper: demand-pwn", "paper: our-letter"}})
	if err := os.WriteFile(filepath.Join(dir, "notes.txt"), []byte("no paper"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out, errs := runPaper("--papers", dir); status != 0 || !strings.Contains(out, "our-letter ") || !strings.Contains(out, "demand-pwn ") || !strings.Contains(out, "pwn ") {
		t.Errorf("%d\n%s\n%s", status, out, errs)
	}
	c := filepath.Join(t.TempDir(), "case.yaml")
	if err := os.WriteFile(c, []byte("stayput: 1\ncase: {title: \"Sample: nothing\", jurisdiction: us-ca}\nrecord:\n  - {id: no, on: 2025-09-22, kind: evaluation_refused}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for doc, want := range map[string]string{"demand-pwn": "Kindly send us the notice.", "our-letter": "Please send me prior written notice about this."} {
		if status, out, errs := runPaper("--papers", dir, "--as-of", "2025-10-06", doc, c); status != 0 || !strings.Contains(out, want) {
			t.Errorf("%s: %d\n%s\n%s", doc, status, out, errs)
		}
	}
	twice := papersIn(t, map[string][2]string{"a.yaml": {"kind: letter", "kind: notice"}, "b.yaml": {"kind: letter", "kind: email"}})
	if status, _, errs := runPaper("--papers", twice); status != 2 || !strings.Contains(errs, "b.yaml") || !strings.Contains(errs, `the paper "demand-pwn" too`) {
		t.Errorf("%d\n%s", status, errs)
	}
	if status, _, errs := runPaper("--papers", filepath.Join(dir, "nowhere")); status != 2 || !strings.Contains(errs, "There is no such file or folder") {
		t.Errorf("%d\n%s", status, errs)
	}
}
