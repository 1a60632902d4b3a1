package locale

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// uses is what the source names: whole texts in quotes, and beginnings that
// something is added to.
type uses struct {
	whole  map[string]bool
	begins map[string]bool
}

var (
	templateKey   = regexp.MustCompile(`"([a-zA-Z][a-zA-Z0-9_.-]*)"`)
	templateBegin = regexp.MustCompile(`"([a-z][a-z0-9_.]*[._]%[sdv][a-z0-9_.%]*)"`)
)

// sourceUses reads every Go file and every template. A key in quotes is used;
// so are all that begin with a text to which the source adds something.
func sourceUses(t *testing.T) uses {
	t.Helper()
	u := uses{map[string]bool{}, map[string]bool{}}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if n := d.Name(); n == "testdata" || n == "node_modules" || strings.HasPrefix(n, ".") && n != ".." {
				return fs.SkipDir
			}
			return nil
		}
		switch {
		case strings.HasSuffix(path, ".html"):
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, m := range templateKey.FindAllStringSubmatch(string(text), -1) {
				u.whole[m[1]] = true
			}
			for _, m := range templateBegin.FindAllStringSubmatch(string(text), -1) {
				u.begins[m[1][:strings.Index(m[1], "%")]] = true
			}
		case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, 0)
			if err != nil {
				return nil // somebody is writing it; the compiler will say so
			}
			ast.Inspect(file, func(n ast.Node) bool { u.note(n); return true })
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (u uses) note(n ast.Node) {
	switch n := n.(type) {
	case *ast.BasicLit:
		if n.Kind == token.STRING {
			if s, err := strconv.Unquote(n.Value); err == nil && len(s) < 200 {
				u.whole[s] = true
				if i := strings.Index(s, "%"); i > 1 {
					u.begins[s[:i]] = true
				}
				if n := len(s); n > 2 && (s[n-1] == '_' || s[n-1] == '.') {
					u.begins[s] = true
				}
			}
		}
	case *ast.BinaryExpr:
		if lit, ok := n.X.(*ast.BasicLit); ok && n.Op == token.ADD && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil && len(s) > 1 {
				u.begins[s] = true
			}
		}
		// a + "b" + c: the middle is a beginning too, for "area_" below a prefix
		if x, ok := n.X.(*ast.BinaryExpr); ok && n.Op == token.ADD {
			if lit, ok := x.Y.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil && len(s) > 1 {
					u.begins[s] = true
				}
			}
		}
	}
}

// used reports that a key, or the end of it after a prefix that the source adds
// elsewhere ("reason." + Key), is named. base says the key without what a plural
// or a nearest word adds.
func (u uses) used(key string, strict bool) bool {
	if u.whole[key] || u.begun(key) {
		return true
	}
	// A key may get an end: key += "_late".
	for i := len(key) - 1; i > 0; i-- {
		if key[i] == '_' && u.whole[key[i:]] && u.used(key[:i], strict) {
			return true
		}
	}
	if strict {
		return false
	}
	for i := strings.IndexByte(key, '.'); i >= 0; {
		rest := key[i+1:]
		if u.begins[key[:i+1]] && (u.whole[rest] || u.begun(rest)) || u.whole[rest] {
			return true
		}
		j := strings.IndexByte(rest, '.')
		if j < 0 {
			break
		}
		i += 1 + j
	}
	return false
}

func (u uses) begun(key string) bool {
	for i := 2; i < len(key); i++ {
		// Of the first part alone, such as "page.", everything would seem used.
		if (key[i-1] == '.' || key[i-1] == '_') && u.begins[key[:i]] && key[:i] != "web." && key[:i] != "cli." {
			return true
		}
	}
	return false
}

// No text waits for a page that does not exist. The texts of the pages must be
// named whole, or by a beginning; those of the law and the kinds are put
// together from words of the vocabulary, which TestWordsOfTheTypes checks.
func TestEveryTextIsUsed(t *testing.T) {
	u := sourceUses(t)
	var unused []string
	for key := range must(t, "en").text {
		strict := strings.HasPrefix(key, "web")
		if !u.used(key, strict) {
			unused = append(unused, key)
		}
	}
	slices.Sort(unused)
	for _, key := range unused {
		t.Errorf("%s is used nowhere: take it out, or use it", key)
	}
}
