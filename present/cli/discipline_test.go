package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func runDiscipline(t *testing.T, text string, args ...string) (int, string, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "case.yaml")
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	env := Env{Args: append([]string{"discipline", file}, args...), Stdout: &out, Stderr: &errs, Now: time.Now, Getenv: func(string) string { return "" }}
	return Run(env), out.String(), errs.String()
}

// Four, four and three school days in Oakland, and a change of placement decided
// on November 3: its review was due on the tenth school day, November 18.
const removals = `stayput: 1
case: {title: "Sample: removals", jurisdiction: us-ca, calendars: [oakland-usd-2025-26.yaml], sample: yes}
record:
  - {on: 2025-08-20, kind: services_consent_received}
  - {on: 2025-09-02, kind: removal_started, until: 2025-09-05}
  - {on: 2025-09-15, kind: removal_started, until: 2025-09-18}
  - {on: 2025-10-14, kind: removal_started, days: 3}
  - {id: decided, on: 2025-11-03, kind: placement_change_decided}
  - {on: 2025-11-04, kind: removal_started, re: decided}
  - {on: 2025-11-04, kind: iaes_started}
  - {on: 2025-11-05, kind: bus_excluded}
`

func TestDiscipline(t *testing.T) {
	for lang, says := range map[string][]string{
		"en": {"As of November 20, 2025", "from October 14, 2025 to October 16, 2025: 3 school days", "a day nobody wrote down", "The eleventh day of removal was October 16, 2025",
			"Is it a pattern?", "by November 18, 2025", "The review is late.", "until January 29, 2026", "kept off the bus"},
		"es": {"Al 20 de noviembre de 2025", "3 días de clases", "día que nadie anotó", "fue el 16 de octubre de 2025", "¿Es un patrón?", "el 18 de noviembre de 2025",
			"La revisión está atrasada.", "hasta el 29 de enero de 2026", "autobús"},
	} {
		status, out, errs := runDiscipline(t, removals, "--as-of", "2025-11-20", "--lang", lang)
		flat := strings.Join(strings.Fields(out), " ")
		for _, s := range says {
			if !strings.Contains(flat, s) {
				t.Errorf("%s: no %q in\n%s", lang, s, out)
			}
		}
		if status != 0 || errs != "" || strings.ContainsAny(out, "{}") || strings.Contains(out, "discipline.") {
			t.Errorf("%s: %d %s\n%s", lang, status, errs, out)
		}
	}
	if status, out, _ := runDiscipline(t, "stayput: 1\ncase: {jurisdiction: us-ca}\nrecord: []\n"); status != 0 || !strings.Contains(out, "no removal") {
		t.Errorf("an empty record: %d %s", status, out)
	}
	for name, args := range map[string][]string{"bad day": {"--as-of", "2025-13-01"}, "unknown flag": {"--format", "pdf"}} {
		if status, _, errs := runDiscipline(t, removals, args...); status == 0 || errs == "" {
			t.Errorf("%s: accepted", name)
		}
	}
	if status, _, errs := runDiscipline(t, "stayput: 1\ncase: {jurisdiction: us-ca}\nrecord: [{on: 2025-09-02, kind: removal}]\n"); status != 2 || !strings.Contains(errs, "case.yaml:3:") {
		t.Errorf("an unknown word: %d %s", status, errs)
	}
}
