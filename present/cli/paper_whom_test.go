package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// `paper --to` and `--from` choose one of several contacts; a name that nobody has is told
// with the names that there are.
func TestPaperWhom(t *testing.T) {
	c := filepath.Join(t.TempDir(), "case.yaml")
	text := `stayput: 1
case:
  title: "Sample: two of each"
  jurisdiction: us-ca
  side: school
  contacts:
    - {role: parent, name: Ana R., address: 1 Example Street, email: ana@example.org}
    - {role: parent, name: Iván R., address: 2 Far Street, email: ivan@example.org}
    - {role: case_manager, name: Kit Lo, email: one@example.org}
    - {role: case_manager, name: Kit Lo, email: two@example.org}
    - {role: teacher, name: Ben Ohm}
    - {role: principal, name: Ben Ohm}
record:
  - {id: no, on: 2025-09-22, kind: evaluation_refused}
`
	if err := os.WriteFile(c, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) (int, string, string) {
		return runPaper(append([]string{"--as-of", "2025-10-06", "pwn", c}, args...)...)
	}
	for _, x := range []struct {
		args      []string
		want, not string
	}{
		{nil, "Dear Ana R. and Iván R.:", ""},
		{[]string{"--to", "iván r."}, "Dear Iván R.:", "Ana R."},
		{[]string{"--to", " parent:Ana R. "}, "Dear Ana R.:", "Iván R."},
		{[]string{"--from", "Kit Lo (two@example.org)"}, "two@example.org", "one@example.org"},
		{[]string{"--to", "teacher:Ben Ohm"}, "Dear Ben Ohm:", "Ana R."},
		{[]string{"--to", "Ana R.", "--format", "eml"}, "ana@example.org", "ivan@example.org"},
		{[]string{"--format", "eml"}, "ivan@example.org", "two@example.org"},
	} {
		status, out, errs := run(x.args...)
		if status != 0 || !strings.Contains(out, x.want) || x.not != "" && strings.Contains(out, x.not) {
			t.Errorf("%q: %d, %q and not %q:\n%.1500s\n%s", x.args, status, x.want, x.not, out, errs)
		}
	}
	for _, x := range []struct{ flag, got, want string }{
		{"--to", "nobody", "parent:Ana R.; parent:Iván R.; "},
		{"--to", "Ben Ohm", "teacher:Ben Ohm; principal:Ben Ohm."},
		{"--from", "Kit Lo", "case_manager:Kit Lo (two@example.org)"},
		{"--to", strings.Repeat("x", 5000), "There are: "},
	} {
		status, out, errs := run(x.flag, x.got)
		if status != 2 || out != "" || !strings.Contains(errs, x.want) || !strings.Contains(errs, x.flag) {
			t.Errorf("%s %.20s: %d\n%.300s\n%s", x.flag, x.got, status, out, errs)
		}
	}
	bare := filepath.Join(t.TempDir(), "bare.yaml")
	if err := os.WriteFile(bare, []byte("stayput: 1\ncase: {title: \"Sample: nothing\", jurisdiction: us-ca}\nrecord: []\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, errs := runPaper("--as-of", "2025-10-06", "--to", "Ana", "demand-pwn", bare); status != 2 || !strings.Contains(errs, "names no contacts") {
		t.Errorf("%d\n%s", status, errs)
	}
}
