package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const refusedCase = `stayput: 1
case: {title: "Sample: told no", child: {name: Ana, born: 2016-03-01}, jurisdiction: us-ca, zone: America/Los_Angeles, side: family, sample: yes}
record:
  - {on: 2025-09-08, kind: evaluation_requested_orally}
  - {id: no, on: 2025-09-20, kind: evaluation_refused}
`

// The command says the two ways that are suggested and every other one by how it fits,
// in both languages; what it does not know it refuses with what it knows.
func TestRoutesCommand(t *testing.T) {
	at := filepath.Join(t.TempDir(), "case.yaml")
	if err := os.WriteFile(at, []byte(refusedCase), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) (int, string, string) {
		var out, told bytes.Buffer
		status := Run(Env{Args: append([]string{"routes", at, "--as-of", "2025-10-06"}, args...), Stdout: &out, Stderr: &told})
		return status, strings.Join(strings.Fields(out.String()), " "), told.String()
	}
	for lang, says := range map[string][]string{
		"en": {"Testing (evaluation).", "One way: A meeting of the team", "Another way: Complaint to the State", "Possible now", "Needs something first", "Does not fit", "The time to use it runs out on September 20, 2026"},
		"es": {"La evaluación.", "Una vía: Una reunión del equipo", "Otra vía: Queja ante el estado", "Posible ahora", "No corresponde"},
	} {
		status, out, told := run("--lang", lang)
		if status != 0 {
			t.Fatalf("%d: %s", status, told)
		}
		for _, s := range says {
			if !strings.Contains(out, s) {
				t.Errorf("%s: %q is not in %s", lang, s, out)
			}
		}
	}
	status, out, told := run("--format", "json", "--concern", "placement", "--concern", "records")
	var got struct {
		Concerns []string
		Routes   []struct{ Route, Fit, Suggested string }
	}
	if err := json.Unmarshal([]byte(out), &got); status != 0 || err != nil || len(got.Concerns) != 2 || len(got.Routes) != 19 {
		t.Errorf("%d %v %s %s", status, err, told, out)
	}
	if status, _, told := run("--concern", "winning"); status != 2 || !strings.Contains(told, "winning") || !strings.Contains(told, "late_clock") {
		t.Errorf("%d: %s", status, told)
	}
}
