package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// runDecisions runs a command line and gives its exit status and its output.
func runDecisions(t *testing.T, args ...string) (int, string, string) {
	t.Helper()
	var out, bad bytes.Buffer
	n := Run(Env{Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &bad, Getenv: func(string) string { return "" },
		Now: func() time.Time { return time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC) }})
	return n, out.String(), bad.String()
}

func TestDecisionsCommand(t *testing.T) {
	n, out, bad := runDecisions(t, "decisions")
	if n != 0 || bad != "" || !strings.Contains(out, "16 decisions, 39 expectations") || !strings.Contains(out, "0 mismatch") {
		t.Errorf("status %d\n%s%s", n, out, bad)
	}
	n, out, _ = runDecisions(t, "decisions", "--format", "json")
	var got struct{ Totals struct{ Match, Mismatch int } }
	if err := json.Unmarshal([]byte(out), &got); n != 0 || err != nil || got.Totals.Match < 20 || got.Totals.Mismatch != 0 {
		t.Errorf("status %d, %v, %+v", n, err, got)
	}
	if n, out, _ = runDecisions(t, "decisions", "--format", "markdown"); n != 0 || !strings.HasPrefix(out, "| decision |") {
		t.Errorf("status %d\n%s", n, out)
	}
}

func TestDecisionsOfAFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "mine.yaml")
	write := func(due string) {
		text := "- id: mine\n  jurisdiction: us-ca\n  decision_date: 2024-06-03\n  facts:\n    - {date: 2024-03-04, event: records_requested}\n" +
			"  expectations:\n    - {what: records_due, rule: CA Educ. Code 56504, expected: {due: " + due + "}, basis: derived}\n"
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("2024-03-11") // a Monday; five business days
	for _, path := range []string{file, dir} {
		if n, out, bad := runDecisions(t, "decisions", path); n != 0 || !strings.Contains(out, "1 match") {
			t.Errorf("%s: status %d\n%s%s", path, n, out, bad)
		}
	}
	write("2024-03-12")
	if n, out, _ := runDecisions(t, "decisions", file); n != 2 || !strings.Contains(out, "1 mismatch") || !strings.Contains(out, "MISMATCH") {
		t.Errorf("status %d\n%s", n, out)
	}
	if n, _, bad := runDecisions(t, "decisions", filepath.Join(dir, "none.yaml")); n != 2 || bad == "" {
		t.Errorf("status %d, %q", n, bad)
	}
	if err := os.WriteFile(file, []byte("just text"), 0o644); err != nil {
		t.Fatal(err)
	}
	if n, _, bad := runDecisions(t, "decisions", file); n != 2 || !strings.Contains(bad, "mine.yaml:1") {
		t.Errorf("status %d, %q", n, bad)
	}
}

func TestWordsCommand(t *testing.T) {
	n, out, _ := runDecisions(t, "words")
	if n != 0 || !strings.Contains(out, "evaluation_requested ") || !strings.Contains(out, "request for an evaluation") {
		t.Errorf("status %d\n%s", n, out)
	}
	if n, out, _ = runDecisions(t, "words", "--lang", "es"); n != 0 || !strings.Contains(out, "solicitud") {
		t.Errorf("status %d\n%s", n, out)
	}
	if n, out, _ = runDecisions(t, "words", "--map", "assessment_plan_given"); n != 0 || !strings.Contains(out, "evaluation_consent_requested") || !strings.Contains(out, "reevaluation_consent_requested") {
		t.Errorf("status %d\n%s", n, out)
	}
	if n, _, bad := runDecisions(t, "words", "--map", "asessment_plan_givn"); n != 2 || !strings.Contains(bad, "assessment_plan_given") {
		t.Errorf("status %d, %q", n, bad)
	}
}
