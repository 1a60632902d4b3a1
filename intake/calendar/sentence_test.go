package calendar

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stayput/format/yaml"
)

var (
	keyIn    = regexp.MustCompile(`"((?:yaml|json|case|calendar|ics|paper)\.[a-z_]+)"`)
	valueIn  = regexp.MustCompile(`\{([a-z_]+)\}`)
	callWith = regexp.MustCompile(`"((?:yaml|json|case|calendar|ics|paper)\.[a-z_]+)"(.*)$`)
	argIn    = regexp.MustCompile(`"([a-z_]+)", `)
)

// Every key that the readers of files use has its sentence in both languages,
// no sentence is left over, and each uses only values that its key comes with.
func TestSentences(t *testing.T) {
	used := make(map[string]bool)
	args := make(map[string][]string)
	near := make(map[string]bool)
	for _, folder := range []string{"../../format/yaml", "../../format/ics", "../../intake/casefile", "../../intake/calendar", "../../intake/casedir", "../../paper"} {
		files, err := filepath.Glob(folder + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			joined := strings.ReplaceAll(string(text), ",\n", ", ") // a call on two lines
			for _, line := range strings.Split(joined, "\n") {
				for _, m := range keyIn.FindAllStringSubmatch(line, -1) {
					if !strings.HasSuffix(m[1], ".yaml") && !strings.HasSuffix(m[1], ".json") {
						used[m[1]] = true
					}
				}
				if m := callWith.FindStringSubmatch(line); m != nil {
					for _, a := range argIn.FindAllStringSubmatch(m[2], -1) {
						args[m[1]] = append(args[m[1]], a[1])
						near[m[1]] = near[m[1]] || a[1] == "nearest"
					}
				}
			}
		}
	}
	for k := range near {
		if near[k] {
			used[k+"_near"] = true
			args[k+"_near"] = args[k]
		}
	}
	if len(used) < 100 {
		t.Fatalf("only %d keys found", len(used))
	}
	for _, lang := range []string{"en", "es"} {
		name := "../../locale/faults." + lang + ".yaml"
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		root, err := yaml.Read(name, data, yaml.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		have := make(map[string]bool)
		for _, f := range root.Fields {
			have[f.Key] = true
			if !used[f.Key] {
				t.Errorf("%s: nothing says %s", lang, f.Key)
			}
			for _, m := range valueIn.FindAllStringSubmatch(f.Value.Value, -1) {
				ok := slices.Contains(args[f.Key], m[1]) ||
					// A warning always comes with the words and the day.
					(m[1] == "summary" || m[1] == "on") && (strings.HasPrefix(f.Key, "ics.") || strings.HasPrefix(f.Key, "calendar."))
				// Keys that are handed on have their values where they end up.
				handed := []string{"yaml.syntax", "case.not_a_date", "case.not_a_day", "case.not_a_moment", "calendar.not_a_day", "calendar.no_such_day", "ics.two_first_days", "ics.two_last_days"}
				if !ok && !slices.Contains(handed, f.Key) {
					t.Errorf("%s: %s has the value %s, which nobody gives: %v", lang, f.Key, m[1], args[f.Key])
				}
			}
		}
		for k := range used {
			if !have[k] {
				t.Errorf("%s: no sentence for %s", lang, k)
			}
		}
	}
}
