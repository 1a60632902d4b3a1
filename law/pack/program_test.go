package pack

import (
	"os"
	"slices"
	"strings"
	"testing"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/law"
)

const programYAML = `program:
  later_plans: {is: consent, rule: us-xx.evaluation.plan}
  stay_put_begins:
    - {kinds: [due_process_filed, due_process_received], rule: us-xx.evaluation.plan}
    - {kinds: mediation_requested, rule: us-xx.evaluation.plan, disputed: yes, note: Some read it so.}
  stay_put_is: {is: last_agreed_and_implemented, rule: us-xx.evaluation.plan}
`

func readProgram(t *testing.T, program string) (*law.Pack, error) {
	t.Helper()
	s, err := source(t, map[string]string{"pack.yaml": packYAML, "rules.yaml": ruleYAML, "program.yaml": program})
	if err != nil {
		return nil, err
	}
	return Read(s)
}

func TestReadProgram(t *testing.T) {
	p, err := readProgram(t, programYAML)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Program) != 4 {
		t.Fatalf("%d answers, want 4", len(p.Program))
	}
	l, err := law.Over("us-xx", p)
	if err != nil {
		t.Fatal(err)
	}
	on := day.Must(2025, 3, 1)
	if a, ok := l.Answer(law.LaterPlans, on); !ok || a.Is != "consent" || a.Pack != "us-xx" || a.At.Line != 2 || a.At.File != "us-xx/program.yaml" {
		t.Errorf("later plans: %+v", a)
	}
	begins := l.Answers(law.StayPutBegins, on)
	if len(begins) != 2 || begins[0].Disputed || !begins[1].Disputed || !slices.Equal(begins[1].Kinds, []fact.Kind{fact.MustLookup("mediation_requested")}) {
		t.Errorf("stay put begins: %+v", begins)
	}
	if _, ok := l.Answer(law.TwoParents, on); ok {
		t.Error("a question nobody answered has an answer")
	}
}

// Every slip of an author is refused, with its place and the nearest known word.
func TestProgramRefusals(t *testing.T) {
	for _, c := range []struct{ name, old, with, key, nearest string }{
		{"unknown question", "later_plans:", "later_plan:", "yaml.unknown_key", "later_plans"},
		{"unknown word", "is: consent", "is: consnt", "yaml.unknown_word", "consent"},
		{"unknown key", "is: consent, rule", "is: consent, rul", "yaml.unknown_key", "rule"},
		{"unknown kind", "[due_process_filed,", "[due_process_file,", "pack.unknown_kind", "due_process_filed"},
		{"no rule", "is: consent, rule: us-xx.evaluation.plan", "is: consent", "yaml.missing_key", ""},
		{"a word where kinds are asked", "kinds: mediation_requested", "is: mediation_requested", "yaml.missing_key", ""},
		{"kinds where a word is asked", "is: consent", "kinds: [due_process_filed]", "yaml.missing_key", ""},
		{"no kinds", "kinds: mediation_requested", "kinds: []", "pack.program_empty", ""},
		{"nothing under a question", "{is: consent, rule: us-xx.evaluation.plan}", "[]", "pack.program_empty", ""},
		{"null under a question", "{is: consent, rule: us-xx.evaluation.plan}", "", "pack.program_empty", ""},
		{"a bare word", "{is: consent, rule: us-xx.evaluation.plan}", "consent", "yaml.want_map", ""},
		{"a list of words", "{is: consent, rule: us-xx.evaluation.plan}", "[consent, silence]", "yaml.want_map", ""},
		{"the same question twice", "  stay_put_is:", "  later_plans:", "yaml.repeated_key", ""},
		{"not yes or no", "disputed: yes", "disputed: perhaps", "yaml.want_yes_no", ""},
		{"two words and no dispute", "{is: consent, rule: us-xx.evaluation.plan}", "[{is: consent, rule: us-xx.evaluation.plan}, {is: none, rule: us-xx.evaluation.plan}]", "pack.program_readings", ""},
		{"no program", "program:", "programs:", "yaml.missing_key", ""},
	} {
		if !strings.Contains(programYAML, c.old) {
			t.Fatalf("%s: no %q to change", c.name, c.old)
		}
		_, err := readProgram(t, strings.Replace(programYAML, c.old, c.with, 1))
		if !slices.ContainsFunc(fault.All(err), func(e *fault.Error) bool {
			return e.Key == c.key && e.At.Line > 0 && e.At.Column > 0 && (c.nearest == "" || e.Args["nearest"] == c.nearest)
		}) {
			t.Errorf("%s: %v; want %s with a place and %q", c.name, err, c.key, c.nearest)
		}
	}
	for _, text := range []string{"- a\n- b\n", "program: []\n", "program: later_plans\n", "program:\n"} {
		if _, err := readProgram(t, text); err == nil {
			t.Errorf("%q was accepted", text)
		}
	}
	if _, err := readProgram(t, strings.Replace(programYAML, "{is: consent, rule: us-xx.evaluation.plan}", "[{is: consent, rule: us-xx.evaluation.plan}, {is: none, rule: us-xx.evaluation.plan, disputed: yes}]", 1)); err != nil {
		t.Errorf("two readings that say so: %v", err)
	}
}

// An answer rests on a rule of its own pack or of one underneath, never on one
// above.
func TestProgramRuleMustExist(t *testing.T) {
	p, err := readProgram(t, strings.Replace(programYAML, "is: consent, rule: us-xx.evaluation.plan", "is: consent, rule: us-xx.evaluation.plam", 1))
	if err != nil {
		t.Fatal(err)
	}
	_, err = law.Over("us-xx", p)
	l := fault.All(err)
	if len(l) != 1 || l[0].Key != "pack.program_rule" || l[0].At.Line != 2 || l[0].Args["nearest"] != "us-xx.evaluation.plan" {
		t.Errorf("a rule nobody wrote: %v", err)
	}
	p, err = readProgram(t, programYAML)
	if err != nil {
		t.Fatal(err)
	}
	under := &law.Pack{ID: "us", Program: []law.Answer{{Question: law.LaterPlans, Is: "none", Rule: "us-xx.evaluation.plan"}}}
	if _, err := law.Over("us-xx", p, under); err == nil {
		t.Error("the federal pack rests on a rule of a State")
	}
	under.Program = nil
	under.Rules = []*law.Rule{{ID: "us.some.rule", Pack: "us", Versions: []law.Version{{FromUnknown: true}}}}
	p.Program = append(p.Program, law.Answer{Question: law.Parts, Is: "each", Rule: "us.some.rule"})
	if _, err := law.Over("us-xx", p, under); err != nil {
		t.Errorf("a rule of the pack underneath: %v", err)
	}
}

// The topmost pack that answers wins whole, from the day on which its rule has a
// version; before, the one underneath answers.
func TestTopmostAnswerWins(t *testing.T) {
	rule := func(pack string, from day.Date) *law.Rule {
		return &law.Rule{ID: law.RuleID(pack + ".consent.later"), Pack: pack, Versions: []law.Version{{From: from, FromUnknown: from == 0}}}
	}
	top := &law.Pack{ID: "us-xx", Rules: []*law.Rule{rule("us-xx", day.Must(2020, 7, 1))}, Program: []law.Answer{
		{Question: law.LaterPlans, Is: "consent", Rule: "us-xx.consent.later"}, {Question: law.LaterPlans, Is: "silence", Rule: "us-xx.consent.later", Disputed: true}}}
	under := &law.Pack{ID: "us", Rules: []*law.Rule{rule("us", 0)}, Program: []law.Answer{
		{Question: law.LaterPlans, Is: "none", Rule: "us.consent.later"}, {Question: law.Parts, Is: "unsaid", Rule: "us.consent.later"}}}
	l, err := law.Over("us-xx", top, under)
	if err != nil {
		t.Fatal(err)
	}
	words := func(q law.Question, on day.Date) (out []string) {
		for _, a := range l.Answers(q, on) {
			out = append(out, a.Is)
		}
		return out
	}
	for _, c := range []struct {
		q    law.Question
		on   day.Date
		want []string
	}{
		{law.LaterPlans, day.Must(2020, 7, 1), []string{"consent", "silence"}},
		{law.LaterPlans, day.Must(2020, 6, 30), []string{"none"}},
		{law.Parts, day.Must(2020, 7, 1), []string{"unsaid"}},
		{law.Amendment, day.Must(2020, 7, 1), nil},
	} {
		if got := words(c.q, c.on); !slices.Equal(got, c.want) {
			t.Errorf("%s on %s: %v, want %v", c.q, c.on, got, c.want)
		}
	}
	// What is handed out is the asker's own.
	l.Answers(law.LaterPlans, day.Must(2021, 1, 1))[0].Is = "none"
	if a, _ := l.Answer(law.LaterPlans, day.Must(2021, 1, 1)); a.Is != "consent" {
		t.Error("an asker changed the law")
	}
}

// Whoever writes a pack finds every question, and every word that may answer it,
// in docs/law-packs.md.
func TestQuestionsAreDescribed(t *testing.T) {
	text, err := os.ReadFile("../../docs/law-packs.md")
	if err != nil {
		t.Fatal(err)
	}
	for q, words := range law.Questions {
		i := strings.Index(string(text), "`"+string(q)+"`")
		if i < 0 {
			t.Errorf("docs/law-packs.md does not name %s", q)
			continue
		}
		row, _, _ := strings.Cut(string(text)[i:], "\n")
		for _, w := range words {
			if !q.ByKinds() && !strings.Contains(row, "`"+w+"`") {
				t.Errorf("docs/law-packs.md does not name %s of %s", w, q)
			}
		}
	}
}
