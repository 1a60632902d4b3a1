package cli

import (
	"bytes"
	"os"
	"testing"
)

// The table of rules by confidence in the docs is what the command prints.
func TestLawConfidenceIsCurrent(t *testing.T) {
	var out bytes.Buffer
	if status := Run(Env{Args: []string{"law", "coverage", "--markdown"}, Stdout: &out, Stderr: os.Stderr}); status != 0 {
		t.Fatalf("exit status %d", status)
	}
	want, err := os.ReadFile("../../docs/law-confidence.md")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(out.Bytes(), want) {
		t.Error("docs/law-confidence.md is stale: run go run ./cmd/stayput law coverage --markdown > docs/law-confidence.md")
	}
}
