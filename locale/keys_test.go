package locale_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/fact"
	"stayput/law"
	"stayput/law/rule"
	"stayput/locale"
)

// Every word that the vocabulary, the law and the engine can say has a text.
func TestWordsOfTheTypes(t *testing.T) {
	c, _ := locale.For("en")
	need := func(keys ...string) {
		t.Helper()
		for _, k := range keys {
			if !c.Has(k) {
				t.Errorf("no text for %s", k)
			}
		}
	}
	for _, k := range fact.KindNames() {
		need("kind." + k)
	}
	for _, p := range fact.Parties() {
		need("party."+string(p), "owes."+string(p), "whose."+string(p))
	}
	for _, s := range []clock.Status{clock.Running, clock.DueToday, clock.Late, clock.Met, clock.MetLate, clock.Paused, clock.Ended, clock.Unknown} {
		need("status." + string(s))
	}
	for _, s := range []limit.Status{limit.Open, limit.Closing, limit.Used, limit.Closed} {
		need("status." + string(s))
	}
	for _, a := range law.Areas {
		need("area." + a)
	}
	for _, s := range law.Standards {
		need("standard." + s)
	}
	for _, u := range law.Units {
		need("unit." + u)
	}
	for _, l := range law.CheckLevels {
		need("checked."+l, "checked_short."+l)
	}
	for name := range fact.TriNames {
		need("missing.field_"+name, "cond_entry_"+name+"_yes", "cond_entry_"+name+"_no")
	}
	for name, words := range fact.WordFields {
		need("missing.field_" + name)
		for _, w := range words {
			need("cond_entry_" + name + "_" + w)
		}
	}
	for name := range fact.CaseFacts {
		need("missing.case_"+name, "cond_case_"+name+"_yes", "cond_case_"+name+"_no")
	}
	for _, name := range law.Facts {
		need("cond_law_"+name+"_yes", "cond_law_"+name+"_no")
	}
	some := fact.MustLookup("contact")
	conditions := []rule.Condition{rule.All{}, rule.Any{}, rule.Not{Of: rule.Month{}}, rule.Month{In: 2}, rule.Answers{Kind: some},
		rule.Has{Kind: some, Side: -1}, rule.Has{Kind: some}, rule.Has{Kind: some, Side: 1},
		rule.BetweenTerms{Want: fact.Yes}, rule.BetweenTerms{Want: fact.No},
		rule.Age{AtLeast: 3, Under: -1}, rule.Age{AtLeast: -1, Under: 3}, rule.Age{AtLeast: 3, Under: 22}, rule.Age{AtLeast: -1, Under: -1}}
	for _, from := range []fact.Kind{0, some} {
		for _, b := range [][2]int{{-1, -1}, {4, -1}, {-1, 4}, {9, 4}} {
			conditions = append(conditions, rule.DaysToYearEnd{From: from, AtMost: b[0], AtLeast: b[1], Under: -1},
				rule.DaysToYearEnd{From: from, AtMost: b[0], AtLeast: b[1], Under: -1, School: true})
		}
	}
	for _, x := range conditions {
		s := x.Say()
		need(s.Key)
		text := c.T(s.Key)
		for _, m := range regexp.MustCompile(`\{([a-z_]+)\}`).FindAllStringSubmatch(text, -1) {
			if _, ok := s.Args[m[1]]; !ok && m[1] != "a" && m[1] != "b" {
				t.Errorf("%s wants {%s}, which the condition does not give", s.Key, m[1])
			}
		}
	}
}

// The texts behind keys that stand in composite literals, by type and field.
var fields = map[string]map[string]string{
	"Reason":   {"Key": "reason."},
	"Missing":  {"Key": "missing."},
	"Why":      {"Key": "why."},
	"Notice":   {"Key": "notice."},
	"Odd":      {"Key": "notice."},
	"Headline": {"Key": "headline."},
	"Saying":   {"Key": ""},
	"Step":     {"Do": "do.", "Why": ""},
}

// Every key that stands in the source has a text. A key that is put together,
// such as "closed_" + kind, must have at least one text that begins with it.
func TestKeysOfTheSource(t *testing.T) {
	c, _ := locale.For("en")
	root := ".."
	found := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && d.Name() != "..") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, src, 0)
		if err != nil {
			return nil // somebody is writing it; the compiler will say so
		}
		check := func(prefix string, e ast.Expr) {
			key, whole := literal(e)
			if key == "" {
				return
			}
			found++
			key = prefix + key
			if (whole && !c.Has(key)) || (!whole && !c.Begins(key)) {
				t.Errorf("%s: no text for %s", set.Position(e.Pos()), key)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				want := fields[typeName(n.Type)]
				if want == nil || strings.HasPrefix(path, filepath.Join(root, "locale")) {
					return true
				}
				for i, el := range n.Elts {
					if kv, ok := el.(*ast.KeyValueExpr); ok {
						if id, ok := kv.Key.(*ast.Ident); ok {
							if prefix, ok := want[id.Name]; ok {
								check(prefix, kv.Value)
							}
						}
					} else if i == 0 {
						if prefix, ok := want["Key"]; ok {
							check(prefix, el)
						}
					}
				}
			case *ast.CallExpr:
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && (sel.Sel.Name == "T" || sel.Sel.Name == "N") && len(n.Args) > 0 {
					check("", n.Args[0])
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 100 {
		t.Errorf("only %d keys were found in the source", found)
	}
	t.Logf("%d keys in the source", found)
}

// The templates name keys as well.
func TestKeysOfTheTemplates(t *testing.T) {
	c, _ := locale.For("en")
	paths, _ := filepath.Glob("../present/*/template/*.html")
	if len(paths) == 0 {
		t.Fatal("no templates")
	}
	key := regexp.MustCompile(`\.[TN] "([a-z_.]+)"`)
	for _, p := range paths {
		text, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range key.FindAllStringSubmatch(string(text), -1) {
			if !c.Has(m[1]) {
				t.Errorf("%s: no text for %s", p, m[1])
			}
		}
	}
}

// The rights, papers and parties that the packs name have a text of their own.
func TestNamesOfThePacks(t *testing.T) {
	c, _ := locale.For("en")
	named := map[string]*regexp.Regexp{
		"right.":    regexp.MustCompile(`(?m)^\s*right: *([a-z_]+)`),
		"must.":     regexp.MustCompile(`(?m)^\s*must_be: *([a-z_]+)`),
		"party.":    regexp.MustCompile(`(?m)^\s*(?:by|owed_by): *([a-z_]+)`),
		"doc.":      regexp.MustCompile(`document: *"?([a-z0-9-]+)`),
		"do.":       regexp.MustCompile(`ask: *\{do: *([a-z_]+)`),
		"standard.": regexp.MustCompile(`standard: *([a-z_]+)`),
	}
	paths, _ := filepath.Glob("../law/packs/*/rules*.yaml")
	found := 0
	for _, p := range paths {
		text, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for prefix, re := range named {
			for _, m := range re.FindAllStringSubmatch(string(text), -1) {
				found++
				if !c.Has(prefix + m[1]) {
					t.Errorf("%s: no text for %s", p, prefix+m[1])
				}
			}
		}
	}
	if found < 50 {
		t.Errorf("only %d names were found", found)
	}
}

// literal is a string that stands in the source; whole is false when it is only
// the beginning of one.
func literal(e ast.Expr) (s string, whole bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			s, err := strconv.Unquote(e.Value)
			return s, err == nil
		}
	case *ast.BinaryExpr:
		s, _ := literal(e.X)
		return s, false
	case *ast.ParenExpr:
		return literal(e.X)
	}
	return "", false
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}
