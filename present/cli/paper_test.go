package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Papers of many cases go into a folder, which is made when it is not there. Case files of
// one name, and one that is named twice, each have a paper of their own.
func TestPaperOfManyCases(t *testing.T) {
	dir := t.TempDir()
	write := func(name, child string) string {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			t.Fatal(err)
		}
		text := "stayput: 1\ncase: {title: \"Sample: many\", child: {name: " + child + "}, jurisdiction: us-ca, side: school}\nrecord:\n  - {id: no, on: 2025-09-22, kind: evaluation_refused}\n"
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	a, b, c := write("a/case.yaml", "Ann"), write("b/Case.yaml", "Bo"), write("b/other.yaml", "Cy")
	out := filepath.Join(dir, "new", "notices")
	if status, _, errs := runPaper("--as-of", "2025-10-06", "pwn", a, b, c, a, "-o", out); status != 0 {
		t.Fatalf("%d %s", status, errs)
	}
	for name, child := range map[string]string{"a-case-pwn.md": "Ann", "b-Case-pwn.md": "Bo", "other-pwn.md": "Cy", "a-case-2-pwn.md": "Ann"} {
		text, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Error(err)
		} else if !strings.Contains(string(text), child) {
			t.Errorf("%s is not about %s", name, child)
		}
	}
	if all, _ := os.ReadDir(out); len(all) != 4 {
		t.Errorf("%d files", len(all))
	}
	if status, _, errs := runPaper("--as-of", "2025-10-06", "pwn", a, b, "-o", c); status == 0 || !strings.Contains(errs, "other.yaml") {
		t.Errorf("a file was taken for a folder: %d %s", status, errs)
	}
}

// Only a parent, or a student of age, signs a consent.
func TestPaperThatAnAdvocateCannotSign(t *testing.T) {
	c := filepath.Join(t.TempDir(), "case.yaml")
	text := "stayput: 1\ncase:\n  title: \"Sample: signs\"\n  jurisdiction: us-ca\n  side: family\n  contacts:\n    - {role: parent, name: Ana R.}\n    - {role: advocate, name: Lee Kim}\nrecord:\n  - {id: plan, on: 2025-09-22, kind: evaluation_consent_requested}\n"
	if err := os.WriteFile(c, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out, errs := runPaper("--as-of", "2025-10-06", "--from", "Lee Kim", "consent-assessment-plan", c); status == 0 || out != "" || !strings.Contains(errs, "Lee Kim") {
		t.Errorf("%d %s %s", status, out, errs)
	}
	for _, x := range [][2]string{{"Ana R.", "consent-assessment-plan"}, {"Lee Kim", "request-records"}} {
		if status, _, errs := runPaper("--as-of", "2025-10-06", "--from", x[0], x[1], c); status != 0 {
			t.Errorf("%s %s: %s", x[0], x[1], errs)
		}
	}
}
