package desk_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
)

// free are the methods that need nobody: they give nothing of any space.
var free = map[string]string{
	"Owner":     "finds out who uses this machine; sign-in calls it before there is anybody to ask for",
	"Begin":     "makes the first space of a machine that has none",
	"Recognize": "finds out who a session belongs to; it gives nothing but that, and every method looks at it again",
	"Warm":      "reads ahead into memory; it gives nothing",
	"May":       "says what a page may offer; it touches no store",
	"Flush":     "writes down what was noted; it gives nothing",
	"Ping":      "says only that the store answers",
}

// Every exported method of Desk asks may before it does anything, itself or
// through the one method it leaves everything to.
func TestEveryMethodAsksMay(t *testing.T) {
	names, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	asks := map[string]bool{}
	calls := map[string][]string{}
	var exported []string
	for _, n := range names {
		if !strings.HasSuffix(n.Name(), ".go") || strings.HasSuffix(n.Name(), "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, n.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv == nil || fn.Body == nil || receiver(fn) != "Desk" {
				continue
			}
			name := fn.Name.Name
			if fn.Name.IsExported() {
				exported = append(exported, name)
			}
			// What stands before the first statement that asks may not touch the store.
			for _, st := range fn.Body.List {
				called := methods(st)
				for _, c := range called {
					if c == "may" {
						asks[name] = true
					}
				}
				if asks[name] {
					break
				}
				if touches(st) {
					calls[name] = append(calls[name], "!store")
					break
				}
				calls[name] = append(calls[name], called...)
			}
		}
	}
	if len(exported) < 30 {
		t.Fatalf("only %d methods of Desk were found", len(exported))
	}
	for _, m := range exported {
		if _, ok := free[m]; ok {
			continue
		}
		ok := asks[m]
		for _, c := range calls[m] {
			if c == "!store" {
				break
			}
			ok = ok || asks[c]
		}
		if !ok {
			t.Errorf("Desk.%s does not ask may before it touches the store", m)
		}
	}
}

func receiver(fn *ast.FuncDecl) string {
	e := fn.Recv.List[0].Type
	if s, ok := e.(*ast.StarExpr); ok {
		e = s.X
	}
	if id, ok := e.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

// methods are the methods of the desk a statement calls.
func methods(st ast.Stmt) []string {
	var out []string
	ast.Inspect(st, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok {
			if s, ok := c.Fun.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "d" {
					out = append(out, s.Sel.Name)
				}
			}
		}
		return true
	})
	return out
}

// touches reports that a statement reads or writes the store.
func touches(st ast.Stmt) bool {
	found := false
	ast.Inspect(st, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "d" && s.Sel.Name == "store" {
				found = true
			}
		}
		return true
	})
	return found
}
