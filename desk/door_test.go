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
	"Owner":             "finds out who uses this machine; sign-in calls it before there is anybody to ask for",
	"Begin":             "makes the first space of a machine that has none",
	"Recognize":         "finds out who a session belongs to; it gives nothing but that, and every method looks at it again",
	"Warm":              "reads ahead into memory; it gives nothing",
	"May":               "says what a page may offer; it touches no store",
	"Denied":            "says what may not be done before a page is asked for; it touches no store",
	"MaySomewhere":      "as May, for a menu",
	"MayWall":           "as May, for a form that offers walls",
	"Flush":             "writes down what was noted; it gives nothing",
	"Invited":           "says what an invitation offers to whoever holds its token of 256 bits",
	"InvitationLive":    "as Invited, yes or no",
	"Redeem":            "accepts an invitation for an account that signed in; the token is what allows it",
	"HasAccount":        "says only whether anybody can sign in, before the program listens to other machines",
	"TakeWaiting":       "hands on what waits to be noted, to the program that can write it",
	"AddWaiting":        "writes down what another command of the same user did; it gives nothing",
	"Welcome":           "says who offers a family a space, to whoever holds the link",
	"AcceptSpace":       "makes a new space for whoever holds the link; there is no space yet to ask in",
	"Enter":             "finds out who a session belongs to, as Recognize",
	"Seats":             "says in which spaces an account is somebody, and shows nothing of them",
	"CheckLogin":        "says whether a sign-in name is free, to who makes an account",
	"MakeAccount":       "makes somebody who is nobody anywhere yet, or the account of who is in on this machine",
	"BeginAccount":      "signs in who made an account a moment ago",
	"SignIn":            "finds out who somebody is; there is nobody to ask for yet",
	"SignInPasskey":     "as SignIn",
	"PasskeyNamed":      "gives the public key a signature is checked with, before anybody is signed in",
	"Suspect":           "only notes that a passkey was refused",
	"Account":           "only one's own account: Me says whose, and the device is looked at again",
	"Devices":           "only one's own devices, as Account",
	"EndDevice":         "only one's own, as Account",
	"EndDevices":        "only one's own, as Account",
	"UseDevice":         "only one's own, as Account",
	"SignOut":           "only one's own, as Account",
	"Move":              "only where the account has a seat",
	"SetPassphrase":     "only one's own account, a moment after signing in",
	"DropPassphrase":    "only one's own account, a moment after signing in",
	"SetApp":            "only one's own account, a moment after signing in",
	"NewCodes":          "only one's own account, a moment after signing in",
	"AddPasskey":        "only one's own account, a moment after signing in",
	"DropPasskey":       "only one's own account, a moment after signing in",
	"ChangeLogin":       "only one's own account, a moment after signing in",
	"Farewell":          "only one's own account, as Account",
	"EndAccount":        "only one's own account, a moment after signing in",
	"Accounts":          "for commands on the machine where the data is; no page calls it",
	"AccountNamed":      "for commands on the machine where the data is; no page calls it",
	"OpenedDigest":      "shows one page to whoever holds its private link, a token of 256 bits",
	"AcknowledgeDigest": "as OpenedDigest; who made the link must still be allowed to write",
	"Ping":              "says only that the store answers",
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
