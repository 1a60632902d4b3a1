package program_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"stayput/derive/program"
	"stayput/law"
	"stayput/locale"
)

// Every key that stands in the source of the package has words in both languages,
// and every value a text asks for is given.
func TestWords(t *testing.T) {
	for _, lang := range locale.Languages {
		c, _ := locale.For(lang)
		for key, args := range keysOfTheSource(t) {
			if !c.Has(key) {
				t.Errorf("%s: no text for %s", lang, key)
				continue
			}
			for _, m := range regexp.MustCompile(`\{([a-z_]+)\}`).FindAllStringSubmatch(c.T(key), -1) {
				if !args[m[1]] && m[1] != "plan" {
					t.Errorf("%s: %s wants {%s}, and nothing gives it", lang, key, m[1])
				}
			}
		}
		need := func(keys ...string) {
			t.Helper()
			for _, k := range keys {
				if !c.Has(k) {
					t.Errorf("%s: no text for %s", lang, k)
				}
			}
		}
		for _, m := range program.MovesOfTheTable() {
			need("program.move." + string(m.For) + "." + m.Do)
			if m.Reason.Key != "" {
				need("program.why." + m.Reason.Key)
			}
			if m.Warn != "" {
				need("program.warn." + m.Warn)
			}
			if m.Document != "" && !contains(law.Documents, m.Document) {
				t.Errorf("no document %s", m.Document)
			}
		}
		for _, x := range []program.Consent{program.NoOffer, program.Unanswered, program.Whole, program.Partial, program.Conditional, program.Divided, program.Refused, program.Deemed, program.NotNeeded, program.Revoked} {
			need("program.consent." + string(x))
		}
		for _, x := range []program.State{program.Agreed, program.Excepted, program.Silent, program.Conditioned, program.Split, program.ByLaw, program.NotAsked, program.TakenBack, program.Superseded, program.NotCarriable} {
			need("program.state." + string(x))
		}
		for _, x := range []program.Basis{program.OnAgreement, program.OnSilence, program.OnNotice, program.OnStayPut, program.OnTransfer, program.OnOrder, program.OnSettlement, program.OnWait} {
			need("program.basis." + string(x))
		}
		for _, x := range []program.Subject{program.FirstEvaluation, program.Reevaluation, program.FirstServices, program.PlanPart, program.Amendment, program.Excusal, program.Release, program.Insurance, program.AllServices} {
			need("program.subject." + string(x))
		}
		for _, x := range program.StayPutExceptions {
			need("program.exception." + x)
		}
	}
}

func contains(all []string, s string) bool {
	for _, x := range all {
		if x == s {
			return true
		}
	}
	return false
}

// keysOfTheSource are the keys that the package names, with the arguments they are
// given somewhere.
func keysOfTheSource(t *testing.T) map[string]map[string]bool {
	t.Helper()
	out := map[string]map[string]bool{}
	put := func(key string, args []ast.Expr) {
		if out[key] == nil {
			out[key] = map[string]bool{}
		}
		for i := 0; i < len(args); i += 2 {
			if s := text(args[i]); s != "" {
				out[key][s] = true
			}
		}
	}
	files, _ := filepath.Glob("*.go")
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, src, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			fn := ""
			switch f := call.Fun.(type) {
			case *ast.Ident:
				fn = f.Name
			case *ast.SelectorExpr:
				fn = f.Sel.Name
			}
			key := text(call.Args[0])
			switch {
			case key == "":
			case fn == "why":
				put("program.why."+key, call.Args[1:])
			case fn == "because" && len(call.Args) >= 3:
				put("program.why."+key, call.Args[3:])
			case fn == "notice" && len(call.Args) >= 3:
				put("program.notice."+key, call.Args[3:])
			}
			return true
		})
	}
	if len(out) < 80 {
		t.Errorf("only %d keys were found", len(out))
	}
	return out
}

func text(e ast.Expr) string {
	if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
		s, _ := strconv.Unquote(lit.Value)
		return s
	}
	return ""
}

// Every reason that is derived, for whatever record, has words: keys that are put
// together at run time are met here.
func TestWordsOfWhatIsDerived(t *testing.T) {
	c, _ := locale.For("en")
	for i := range 400 {
		w := drawn(i)
		r := w.deriveOn(t, first.Add(i*2))
		say := func(prefix string, x program.Reason) {
			if x.Key == "" {
				return
			}
			if !c.Has(prefix + x.Key) {
				t.Errorf("no text for %s", prefix+x.Key)
			}
			var args []string
			for k, v := range x.Args {
				args = append(args, k, v)
			}
			if s := c.T(prefix+x.Key, args...); strings.ContainsAny(s, "{}") {
				t.Errorf("%s: a value is missing: %s", x.Key, s)
			}
		}
		for _, tr := range r.Tracks {
			for _, l := range tr.InForce {
				say("program.why.", l.Reason)
			}
			for _, o := range tr.Offers {
				for _, p := range o.Parts {
					say("program.why.", p.Reason)
				}
			}
			for _, g := range tr.Gaps {
				say("program.why.", g.Reason)
			}
			if tr.Ended != nil {
				say("program.why.", tr.Ended.Reason)
			}
		}
		for _, a := range r.Asked {
			say("program.why.", a.Reason)
			for _, m := range a.Moves {
				say("program.why.", m.Reason)
			}
		}
		s := r.StayPut
		for _, x := range append(append(s.Readings, s.Ask...), s.Reason, s.Until) {
			say("program.why.", x)
		}
		for _, l := range s.Lines {
			say("program.why.", l.Reason)
		}
		for _, n := range r.Notices {
			args := []string{"plan", n.Plan}
			for k, v := range n.Args {
				args = append(args, k, v)
			}
			if s := c.T("program.notice."+n.Key, args...); !c.Has("program.notice."+n.Key) || strings.ContainsAny(s, "{}") {
				t.Errorf("notice %s: %s", n.Key, s)
			}
		}
	}
}

// Every text of the catalog under program. is one that the package can say.
func TestNoWordsTooMany(t *testing.T) {
	known := keysOfTheSource(t)
	src := ""
	files, _ := filepath.Glob("*.go")
	for _, name := range files {
		if b, err := os.ReadFile(name); err == nil && !strings.HasSuffix(name, "_test.go") {
			src += string(b)
		}
	}
	yaml, err := os.ReadFile("../../locale/program.en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	section := ""
	for _, l := range strings.Split(string(yaml), "\n") {
		if m := regexp.MustCompile(`^  ([a-z]+):$`).FindStringSubmatch(l); m != nil {
			section = m[1]
		}
		m := regexp.MustCompile(`^    ([a-z_0-9]+): `).FindStringSubmatch(l)
		if m == nil || section != "why" && section != "notice" {
			continue
		}
		key := "program." + section + "." + m[1]
		if known[key] == nil && !strings.Contains(src, `"`+m[1]+`"`) && !strings.HasSuffix(m[1], "_objected") {
			t.Errorf("%s is said nowhere", key)
		}
	}
}
