package shape

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The pages that say what is defended, and how it shows.
var securityPages = []string{"security.md", "threats.md"}

// A test function or a file that a page about security names exists: a defense that
// lost its test must not be promised any more.
func TestSecurityPagesNameWhatExists(t *testing.T) {
	tests := testFunctions(t)
	if len(tests) < 100 {
		t.Fatalf("only %d tests found", len(tests))
	}
	code := regexp.MustCompile("`([^`\n]+)`")
	name := regexp.MustCompile(`^Test[A-Z]\w*$`)
	file := regexp.MustCompile(`^(?:bench|cmd|desk|docs|format|guide|intake|law|locale|people|present|record|store|test|web)(?:/[\w.-]+)+$`)
	link := regexp.MustCompile(`\]\(([^)#]+)(?:#[^)]*)?\)`)
	for _, page := range securityPages {
		text := read(t, "../../docs/"+page)
		n := 0
		for _, m := range code.FindAllStringSubmatch(text, -1) {
			switch {
			case name.MatchString(m[1]):
				n++
				if !tests[m[1]] {
					t.Errorf("docs/%s names %s, which no test file has", page, m[1])
				}
			case file.MatchString(m[1]):
				n++
				if _, err := os.Stat("../../" + m[1]); err != nil {
					t.Errorf("docs/%s names %s, which is not there", page, m[1])
				}
			}
		}
		if n < 40 {
			t.Errorf("docs/%s names only %d tests and files", page, n)
		}
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			if strings.HasPrefix(m[1], "https://") {
				continue
			}
			if _, err := os.Stat("../../docs/" + m[1]); err != nil {
				t.Errorf("docs/%s links to %s, which is not there", page, m[1])
			}
		}
	}
}

// levelTwo are the numbers of ASVS 5.0.0 of levels 1 and 2, by section: the last
// number of each requirement.
var levelTwo = map[string]string{
	"1.1": "1 2", "1.2": "1 2 3 4 5 6 7 8 9", "1.3": "1 2 3 4 5 6 7 8 9 10 11", "1.4": "1 2 3", "1.5": "1 2",
	"2.1": "1 2 3", "2.2": "1 2 3", "2.3": "1 2 3 4", "2.4": "1",
	"3.2": "1 2", "3.3": "1 2 3 4", "3.4": "1 2 3 4 5 6", "3.5": "1 2 3 4 5", "3.7": "1 2",
	"5.1": "1", "5.2": "1 2 3", "5.3": "1 2", "5.4": "1 2 3",
	"6.1": "1 2 3", "6.2": "1 2 3 4 5 6 7 8 9 10 11 12", "6.3": "1 2 3 4", "6.4": "1 2 3 4", "6.5": "1 2 3 4 5", "6.6": "1 2 3", "6.8": "1 2 3 4",
	"7.1": "1 2 3", "7.2": "1 2 3 4", "7.3": "1 2", "7.4": "1 2 3 4 5", "7.5": "1 2", "7.6": "1 2",
	"8.1": "1 2", "8.2": "1 2 3", "8.3": "1", "8.4": "1",
}

// Every requirement stands on the page once, in order, with an answer, and whatever
// is not plainly so says why.
func TestEveryRequirementIsAnswered(t *testing.T) {
	var want, got []string
	for section, last := range levelTwo {
		for n := range strings.FieldsSeq(last) {
			want = append(want, section+"."+n)
		}
	}
	slices.Sort(want)
	row := regexp.MustCompile(`(?m)^\| (\d+\.\d+\.\d+) \| (.+?) \| (.*?) \| ?(.*?) ?\|$`)
	for _, m := range row.FindAllStringSubmatch(read(t, "../../docs/security.md"), -1) {
		got = append(got, m[1])
		answers := []string{"yes", "partly", "no", "does not apply"}
		if !slices.Contains(answers, m[3]) {
			t.Errorf("%s is answered %q", m[1], m[3])
		}
		if (m[3] == "yes" && m[1] != "3.7.1" || m[3] == "partly" || m[3] == "no") && m[4] == "" {
			t.Errorf("%s is answered %s, and nothing shows it", m[1], m[3])
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		for _, n := range want {
			if !slices.Contains(got, n) {
				t.Errorf("%s is not answered", n)
			}
		}
		for i, n := range got {
			if !slices.Contains(want, n) || i > 0 && got[i-1] == n {
				t.Errorf("%s stands twice or is no requirement", n)
			}
		}
	}
}

func testFunctions(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	fn := regexp.MustCompile(`(?m)^func (Test[A-Z]\w*)\(`)
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		for _, m := range fn.FindAllStringSubmatch(read(t, path), -1) {
			all[m[1]] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
