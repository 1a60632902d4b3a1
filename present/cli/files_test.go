package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// stayput runs a command on the real store.
func stayput(t *testing.T, args ...string) (status int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	status = Run(Env{Args: args, Stdin: strings.NewReader(""), Stdout: &o, Stderr: &e, Now: time.Now,
		Getenv: func(string) string { return "" }, Version: "test", Context: t.Context(), Stores: realStores})
	return status, o.String(), e.String()
}

// A case comes in with what lies beside it, goes out in every form, and its
// evidence verifies until a byte is changed.
func TestFiles(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	if st, _, errs := stayput(t, "export", "x", "--data", data); st == 0 {
		t.Errorf("a folder without data was exported: %s", errs)
	}
	st, out, errs := stayput(t, "import", "../../examples/family/maya.yaml", "../../examples/simple.yaml", "--data", data)
	if st != 0 || !strings.Contains(out, "2 cases") {
		t.Fatalf("%d %s %s", st, out, errs)
	}
	if st, _, errs = stayput(t, "export", "Sample: Mya R.", "--data", data); st != 2 || !strings.Contains(errs, "Sample: Maya R.") {
		t.Errorf("%d %s", st, errs)
	}
	zip := filepath.Join(dir, "maya.zip")
	if st, _, errs = stayput(t, "export", "sample: maya r.", "--data", data, "-o", zip); st != 0 {
		t.Fatalf("%d %s", st, errs)
	}
	_, key, _ := stayput(t, "key", "--data", data)
	for _, args := range [][]string{{"verify", zip}, {"verify", zip, "--key", strings.TrimSpace(key)}, {"verify", zip, "--format", "json"}} {
		if st, out, errs := stayput(t, args...); st != 0 || out == "" {
			t.Errorf("%v: %d %s %s", args, st, out, errs)
		}
	}
	bytes, err := os.ReadFile(zip)
	if err != nil {
		t.Fatal(err)
	}
	bytes[len(bytes)/2] ^= 1
	bad := filepath.Join(dir, "bad.zip")
	if err := os.WriteFile(bad, bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	if st, _, _ := stayput(t, "verify", bad); st != 1 {
		t.Errorf("a changed bundle gave %d", st)
	}
	for _, args := range [][]string{{"verify", "files_test.go"}, {"verify", filepath.Join(dir, "none")}, {"verify", zip, "--key", "nonsense"}, {"verify", dir}} {
		if st, _, errs := stayput(t, args...); st != 2 {
			t.Errorf("%v: %d %s", args, st, errs)
		}
	}
	if st, out, _ := stayput(t, "export", "Sample: Maya R.", "--format", "case", "--data", data); st != 0 || !strings.HasPrefix(out, "stayput: 1") || strings.Contains(out, "wall:") {
		t.Errorf("%d %.200s", st, out)
	}
	one := filepath.Join(dir, "one.zip")
	if st, _, errs := stayput(t, "export", "Sample: Maya R.", "--entry", "request", "--data", data, "-o", one); st != 0 {
		t.Errorf("%d %s", st, errs)
	}
	if st, out, errs := stayput(t, "verify", one, "--key", strings.TrimSpace(key)); st != 0 {
		t.Errorf("%d %s %s", st, out, errs)
	}
	if st, _, _ := stayput(t, "export", "Sample: Maya R.", "--entry", "no-such", "--data", data, "-o", one); st != 2 {
		t.Errorf("an unknown entry gave %d", st)
	}
	if st, _, _ := stayput(t, "import", "../../locale/web.en.yaml", "--data", data); st != 2 {
		t.Errorf("a file that is no case gave %d", st)
	}
}
