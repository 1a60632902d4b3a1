package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// packFolder writes a pack of one State to edit, over the federal one.
func packFolder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "us-wy"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, "us-wy", name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func runLaw(args ...string) (status int, out, errs string) {
	var o, e bytes.Buffer
	status = Run(Env{Args: append([]string{"law"}, args...), Stdout: &o, Stderr: &e})
	return status, o.String(), e.String()
}

// `law test` runs the worked cases of a pack beside its examples, says what
// differs with its line, and names what in program.yaml cannot be.
func TestLawTestRunsCases(t *testing.T) {
	files := map[string]string{
		"pack.yaml": "pack: us-wy\nname: {en: Nowhere, es: Ninguna parte}\nunder: us\ncovers: [consent]\n",
		"rules.yaml": "- id: us-wy.consent.later\n  kind: fact\n  area: consent\n  versions: [{from: unknown, citation: Code 1, source: https://example.org}]\n" +
			"  checked: {level: unverified}\n",
		"words.en.yaml": "us-wy.consent.later: {title: Later plans, says: It says.}\n",
		"words.es.yaml": "us-wy.consent.later: {title: Planes posteriores, says: Lo dice.}\n",
		"program.yaml":  "program:\n  later_plans: {is: consent, rule: us-wy.consent.later}\n",
		"cases.yaml": "- id: a-draft\n  shows: A draft binds nobody.\n  source: Code 1\n  basis: statute\n  case: {born: 2015-04-02}\n" +
			"  plans: [{id: iep-1, kind: iep, status: draft, services: [{id: slp, name: Speech}]}]\n  record: []\n  on: 2025-06-01\n" +
			"  expect: {in_force: {}}\n  why: Nobody offered it.\n",
	}
	dir := packFolder(t, files)
	if status, out, errs := runLaw("test", "--packs", dir, "us-wy"); status != 0 || !strings.Contains(out, "us-wy: 1 cases") || !strings.Contains(out, "1 passed, 0 failed") {
		t.Errorf("%d\n%s\n%s", status, out, errs)
	}
	if status, out, _ := runLaw("coverage", "--packs", dir, "us-wy"); status != 0 || !strings.Contains(out, "program.yaml:2:16: no worked case comes to the answer to later_plans") {
		t.Errorf("coverage: %d\n%s", status, out)
	}
	files["cases.yaml"] = strings.Replace(files["cases.yaml"], "in_force: {}", "in_force: {slp: iep-1}", 1)
	status, out, _ := runLaw("test", "--packs", packFolder(t, files), "us-wy")
	if status != 2 || !strings.Contains(out, "cases.yaml:9:") || !strings.Contains(out, "the case expects slp: iep-1, the program gives nothing") || !strings.Contains(out, "why: Nobody offered it.") ||
		!strings.Contains(out, "0 passed, 1 failed") {
		t.Errorf("a case that does not hold: %d\n%s", status, out)
	}
	files["program.yaml"] = "program:\n  later_plans: {is: consent, rule: us-wy.consent.latter}\n"
	status, _, errs := runLaw("test", "--packs", packFolder(t, files), "us-wy")
	if status == 0 || !strings.Contains(errs, "program.yaml:2:16") || !strings.Contains(errs, `Did you mean "us-wy.consent.later"?`) {
		t.Errorf("a rule nobody wrote: %d\n%s", status, errs)
	}
	files["program.yaml"] = "program:\n  later_plan: {is: consent, rule: us-wy.consent.later}\n"
	status, _, errs = runLaw("test", "--packs", packFolder(t, files), "us-wy")
	if status == 0 || !strings.Contains(errs, "program.yaml:2:3") || !strings.Contains(errs, `Did you mean "later_plans"?`) {
		t.Errorf("a question nobody asks: %d\n%s", status, errs)
	}
}
