package web

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stayput/desk"
	"stayput/fact"
	"stayput/people"
)

var updateRights = flag.Bool("update", false, "write docs/rights.md anew")

// actionWords is each action in the words of somebody who answers for records. An
// action without its words fails the test.
var actionWords = map[string]string{
	"see_space":     "Enter, see Today, the cases that are shared, school calendars, the law and the help",
	"change_space":  "Change what the space is called and its settings",
	"change_self":   "One's own name, language, drafts, ways to sign in and devices",
	"see_people":    "See who belongs to the space (somebody with single cases sees only who shared them)",
	"change_people": "Let people in, change what they may do, let them go",
	"see_case":      "Read a case, the dates that follow from it and its files",
	"open_case":     "Open a case, import cases, look at imports",
	"change_case":   "Change what the case says about the child, and its calendars",
	"change_plans":  "Enter and change the plans of a case, and take out a version",
	"add_entry":     "Write down what happened, add files",
	"correct_entry": "Correct an entry or take it back",
	"destroy_body":  "Destroy the words of an entry for good, begin and end a litigation hold",
	"save_calendar": "Add or change a school calendar",
	"export_case":   "Save the case file, the brief, the evidence bundle",
	"close_case":    "Put a case away, take it out again, undo an import",
	"share_case":    "Share a case or some entries, and end that",
	"see_access":    "Read the access log, and what was given to whom",
	"copy_all":      "Download a copy of the whole data file",
	"leave_space":   "Take the space away from this server for good",
	"host_family":   "Offer a family a space of its own on this server",
}

const rightsFile = "../../docs/rights.md"

// docs/rights.md says what the code does: it is written from the table of rights
// and from the table of pages, and must be current.
func TestRightsDoc(t *testing.T) {
	h := build(t, "")
	got := rightsDoc(t, h.site)
	if *updateRights {
		if err := os.WriteFile(rightsFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	old, err := os.ReadFile(rightsFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(old) != got {
		t.Errorf("docs/rights.md is not current: run go test ./present/web -run TestRightsDoc -update\n%s", differ(string(old), got))
	}
}

func rightsDoc(t *testing.T, s *Site) string {
	var b strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	p("%s", `# Who may do what

Written by the program's own tests from the table in `+"`desk/rights.go`"+` and the pages in `+"`present/web/routes.go`"+`
(`+"`go test ./present/web -run TestRightsDoc -update`"+`). Nobody edits it by hand. Whatever is not allowed here is denied.
`+"`TestRights`"+` asks for every page as everybody and compares.

## Roles

- **Owner**: whose records these are; may do everything, and says who else may what. A space always has one.
- **Editor**: reads, writes, corrects and exports every case of the space.
- **Contributor**: reads every case of the space, and adds entries. Changes nothing that stands.
- **Reader**: reads every case of the space.
- **Single cases**: has no role in the space. Sees only the cases, or the entries, that were shared, as what the share says:
  editor, contributor or reader of that case. Never owner.

A role, and each share, may have an end date. After it, and after it was taken back, nothing of it is left: the person meets
the same answer as a stranger. What one may not see is "not found"; what one sees and may not do is "not allowed".
Nothing crosses from one space (household, practice, agency) to another.

## Roles and actions

"Yes" is in the whole space. "When shared" is what a share of one case gives to somebody of that role on that case.

`)
	p("| What | Owner | Editor | Contributor | Reader | Single cases |\n|---|---|---|---|---|---|\n")
	for _, a := range desk.Actions() {
		words := actionWords[a.String()]
		if words == "" {
			t.Errorf("action %s has no words in actionWords", a)
		}
		p("| %s (`%s`) |", words, a)
		for _, r := range []people.Role{people.Owner, people.Editor, people.Contributor, people.Reader} {
			switch {
			case a == desk.CopyAll && r == people.Owner:
				p(" when nobody else is on this server |")
			case a.Allows(r):
				p(" yes |")
			default:
				p(" no |")
			}
		}
		switch {
		case a.OnCase():
			var by []string
			for _, r := range []people.Role{people.Editor, people.Contributor, people.Reader} {
				if a.Allows(r) {
					by = append(by, string(r))
				}
			}
			if by == nil {
				p(" no |\n")
			} else {
				p(" when shared, as %s |\n", strings.Join(by, ", "))
			}
		case a == desk.ChangeSelf:
			p(" yes |\n")
		case a.Allows(people.NoRole):
			p(" yes, of what is shared |\n")
		default:
			p(" no |\n")
		}
	}
	p("%s", `
A share of some entries gives reading those entries and nothing else, whatever its role is.

## Walls

An entry stands behind one wall. Who does not see a wall sees no entry behind it, no date that follows from one, no file, no
count and no gap where one would be.

`)
	p("| Who | Open record | Mediation | Work product (counsel) | One's own notes | Others' own notes |\n|---|---|---|---|---|---|\n")
	now := time.Now()
	d := s.desk
	row := func(label string, m people.Member, gs ...people.Grant) {
		me := people.Person{ID: "p"}
		m.Person = me.ID
		who := desk.Who{Space: "s", Person: me, Member: m, Grants: gs}
		say := func(w fact.Wall) string {
			switch {
			case !d.MayWall(who, "c", w):
				return "no"
			case w == fact.Open && len(gs) > 0 && gs[0].Entries != nil:
				return "the chosen entries"
			}
			return "yes"
		}
		p("| %s | %s | %s | %s | %s | no |\n", label, say(fact.Open), say(fact.Mediation), say(fact.Counsel), say(fact.Author))
	}
	grant := func(g people.Grant) people.Grant { g.Case, g.Since = "c", now.Add(-time.Hour); return g }
	row("Owner, alone or her own counsel", people.Member{Role: people.Owner, Counsel: true})
	row("Owner, with somebody else as counsel", people.Member{Role: people.Owner})
	row("Editor", people.Member{Role: people.Editor})
	row("Editor as counsel", people.Member{Role: people.Editor, Counsel: true})
	row("Contributor", people.Member{Role: people.Contributor})
	row("Reader", people.Member{Role: people.Reader})
	row("Reader as counsel", people.Member{Role: people.Reader, Counsel: true})
	row("Shared case, as editor", people.Member{}, grant(people.Grant{Role: people.Editor}))
	row("Shared case, as editor and counsel", people.Member{}, grant(people.Grant{Role: people.Editor, Counsel: true}))
	row("Shared case, as contributor", people.Member{}, grant(people.Grant{Role: people.Contributor}))
	row("Shared case, as reader", people.Member{}, grant(people.Grant{Role: people.Reader}))
	row("Some entries shared", people.Member{}, grant(people.Grant{Role: people.Reader, Entries: []string{"e"}}))
	row("Role or share that ended", people.Member{Role: people.Owner, Ended: now.Add(-time.Hour)})
	row("Somebody of another space", people.Member{})
	p("%s", `
## Pages

Each page and form asks for one action, before anything of what was sent is read. "Nobody" pages work before anybody signed
in, and give nothing of any record.

`)
	p("| Page or form | Address | Action | Owner | Editor | Contributor | Reader | Single cases |\n|---|---|---|---|---|---|---|---|\n")
	routes := s.routes()
	slices.SortStableFunc(routes, func(a, b route) int { return strings.Compare(a.name, b.name) })
	yes := map[bool]string{true: "yes", false: "no"}
	for _, rt := range routes {
		method, path, _ := strings.Cut(rt.pattern, " ")
		need := rt.needs.String()
		if rt.needs == desk.Open {
			need = "nobody"
		}
		p("| %s | %s `%s` | %s |", rt.name, method, strings.TrimSuffix(path, "{$}"), need)
		for _, r := range []people.Role{people.Owner, people.Editor, people.Contributor, people.Reader} {
			p(" %s |", yes[rt.needs.Allows(r)])
		}
		switch {
		case rt.needs.OnCase():
			var by []string
			for _, r := range []people.Role{people.Editor, people.Contributor, people.Reader} {
				if rt.needs.Allows(r) {
					by = append(by, string(r))
				}
			}
			p(" %s |\n", map[bool]string{true: "no", false: "as " + strings.Join(by, ", ")}[by == nil])
		default:
			p(" %s |\n", yes[rt.needs.Allows(people.NoRole)])
		}
	}
	return b.String()
}

// An action without its row in the table of rights does not compile: a file beside
// the others adds one, and the compiler refuses.
func TestActionWithoutRow(t *testing.T) {
	source, err := os.ReadFile("../../desk/action.go")
	if err != nil {
		t.Fatal(err)
	}
	last := "\n\tactions // how many there are"
	if !strings.Contains(string(source), last) {
		t.Fatal("desk/action.go does not end its list as it did")
	}
	dir := t.TempDir()
	changed := filepath.Join(dir, "action.go")
	compile := func(text string) ([]byte, error) {
		if err := os.WriteFile(changed, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		real, err := filepath.Abs("../../desk/action.go")
		if err != nil {
			t.Fatal(err)
		}
		overlay := filepath.Join(dir, "overlay.json")
		if err := os.WriteFile(overlay, fmt.Appendf(nil, `{"Replace": {%q: %q}}`, real, changed), 0o644); err != nil {
			t.Fatal(err)
		}
		return exec.Command("go", "build", "-overlay", overlay, "stayput/desk").CombinedOutput()
	}
	if out, err := compile(string(source)); err != nil {
		t.Fatalf("desk does not compile as it is: %v\n%s", err, out)
	}
	out, err := compile(strings.Replace(string(source), last, "\tPrintCase\n"+last, 1))
	if err == nil || !strings.Contains(string(out), "rights.go") {
		t.Errorf("an action without its row compiles: %v\n%s", err, out)
	}
}

// What a template asks of May is in the table of rights: a word that is not would
// hide a button from everybody.
func TestTemplatesAskForActions(t *testing.T) {
	paths, _ := filepath.Glob("template/*.html")
	asked := 0
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range strings.Split(string(text), ".May")[1:] {
			part = strings.TrimPrefix(part, "Somewhere")
			word, ok := strings.CutPrefix(part, ` "`)
			if !ok {
				continue
			}
			word, _, _ = strings.Cut(word, `"`)
			asked++
			if _, known := desk.ActionNamed(word); !known {
				t.Errorf("%s asks for %s, which is no action", path, word)
			}
		}
	}
	if asked < 20 {
		t.Errorf("only %d questions were found", asked)
	}
}
