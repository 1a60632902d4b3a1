package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestTampering(t *testing.T) {
	n := 300
	if testing.Short() {
		n = 100
	}
	x, err := newTampering(11)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range x.ways { // each way at least a few times
		for range n/len(x.ways) + 1 {
			z, want := w.do()
			if err := x.noticed(z, want); err != nil {
				t.Errorf("%s: %v", w.name, err)
			}
		}
	}
}

// python runs the second verifier.
func python(t *testing.T, z []byte, args ...string) (findings []string, verdict string) {
	t.Helper()
	if _, err := exec.LookPath("python3"); err != nil {
		t.Fatal("python3 is not installed; run ./check, which installs it")
	}
	path := filepath.Join(t.TempDir(), "bundle.zip")
	if err := os.WriteFile(path, z, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("python3", append([]string{"verify.py", path}, args...)...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) || stderr.Len() > 0 {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return lines[:len(lines)-1], lines[len(lines)-1]
}

// The second verifier, written from the page alone, comes to the same verdicts
// and names the same entries.
func TestSecondVerifier(t *testing.T) {
	x, err := newTampering(5)
	if err != nil {
		t.Fatal(err)
	}
	checkpoint := filepath.Join(t.TempDir(), "checkpoint")
	if err := os.WriteFile(checkpoint, x.known.given[20], 0o600); err != nil {
		t.Fatal(err)
	}
	key := x.known.key.Public
	for _, c := range []struct {
		name string
		z    []byte
		args []string
		want string
	}{
		{"whole", x.whole, nil, "consistent"},
		{"whole, key", x.whole, []string{"--key", key}, "proved"},
		{"whole, since", x.whole, []string{"--since", checkpoint}, "since"},
		{"some", x.some, nil, "consistent"},
		{"some, since", x.some, []string{"--key", key, "--since", checkpoint}, "since"},
		{"packed again", pack(x.parts), []string{"--key", key}, "proved"},
		{"others", x.others, nil, "consistent"},
		{"others, key", x.others, []string{"--key", key}, "broken"},
		{"others, since", x.others, []string{"--since", checkpoint}, "broken"},
		{"forged, key", x.forged, []string{"--key", key}, "proved"},
		{"forged, since", x.forged, []string{"--since", checkpoint}, "broken"},
	} {
		if findings, got := python(t, c.z, c.args...); got != c.want {
			t.Errorf("%s: %s, not %s: %v", c.name, got, c.want, findings)
		}
	}
	for _, w := range x.ways {
		if w.name == "cut the file short" || w.name == "change one byte of the file" {
			continue // zip's own matter; Python's reader looks at less of it
		}
		for range 1 {
			z, want := w.do()
			if want.since {
				continue
			}
			findings, got := python(t, z)
			if got != "broken" {
				t.Errorf("%s: %s", w.name, got)
			}
			named := want.seq < 0 || slices.ContainsFunc(findings, func(f string) bool {
				return strings.HasSuffix(f, fmt.Sprintf(" %d", want.seq)) || strings.HasSuffix(f, fmt.Sprintf(" line %d", want.seq+1)) ||
					want.part != "" && strings.HasSuffix(f, " "+want.part) || strings.HasSuffix(f, " leaves")
			})
			if !named {
				t.Errorf("%s: entry %d is not named: %v", w.name, want.seq, findings)
			}
		}
	}
}
