package lawtest_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stayput/fault"
	"stayput/law"
	"stayput/law/pack"
	"stayput/law/packs"
	"stayput/lawtest"
)

const caseYAML = `- id: nothing-yet
  shows: A State complaint starts no stay put, and without a plan nothing is in force.
  source: 34 CFR 300.518(a)
  basis: regulation
  case: {born: 2015-04-02, facts: {from_part_c: no}}
  plans:
    - {id: iep-1, kind: iep, status: draft, services: [{id: slp, name: Speech, minutes: 30, times: 1, per: week}]}
  record:
    - {id: complaint, on: 2025-05-01, kind: state_complaint_filed}
  on: 2025-06-01
  expect:
    in_force: {}
    ended: null
    stay_put: {applies: no, lines: {}, exception: null, over: null}
    not_suggested: {lea: [override_first_services], parent: carry_out_agreed}
  why: Only a due process complaint starts it; a draft was never offered.
`

func casesOf(t *testing.T, text string) ([]lawtest.Case, error) {
	t.Helper()
	s, err := pack.Open(fstest.MapFS{"us-ca/cases.yaml": {Data: []byte(text)}}, "us-ca")
	if err != nil {
		return nil, err
	}
	return lawtest.Cases(s)
}

func TestReadCases(t *testing.T) {
	cs, err := casesOf(t, caseYAML)
	if err != nil {
		t.Fatal(err)
	}
	c := cs[0]
	if c.ID != "nothing-yet" || len(c.Plans) != 1 || len(c.File.Entries) != 1 || c.File.Case.Jurisdiction[0].Is != "us-ca" || c.On.String() != "2025-06-01" || c.At.Line != 1 {
		t.Errorf("%+v", c)
	}
	var fields []string
	for _, e := range c.Expect {
		fields = append(fields, strings.TrimSpace(e.Field+" "+e.Key)+"="+e.Want)
	}
	want := []string{"in_force=", "ended=", "stay_put.applies=no", "stay_put.exception=", "stay_put.over=", "stay_put.lines=", "not_suggested lea=override_first_services",
		"not_suggested parent=carry_out_agreed"}
	if !slices.Equal(fields, want) {
		t.Errorf("expects %q, want %q", fields, want)
	}
}

// Every slip of an author is refused, with its place.
func TestCaseRefusals(t *testing.T) {
	for _, c := range []struct{ name, old, with, key string }{
		{"unknown key", "  basis: regulation", "  bases: regulation", "yaml.unknown_key"},
		{"unknown basis", "basis: regulation", "basis: hearsay", "yaml.unknown_word"},
		{"no day", "  on: 2025-06-01\n", "", "yaml.missing_key"},
		{"no such day", "on: 2025-06-01", "on: 2025-06-31", "pack.want_date"},
		{"no reason", "  why: Only", "  whynot: Only", "yaml.missing_key"},
		{"unknown kind of entry", "kind: state_complaint_filed", "kind: state_complaint", "case.unknown_kind"},
		{"unknown kind of plan", "kind: iep", "kind: iepp", "yaml.unknown_word"},
		{"unknown expectation", "    ended: null", "    endet: null", "yaml.unknown_key"},
		{"a plan that is not there", "    in_force: {}", "    in_force: {slp: iep-2}", "yaml.unknown_word"},
		{"a list for a map", "    in_force: {}", "    in_force: [slp]", "yaml.want_map"},
		{"a plan that is not there, of a part", "    in_force: {}", "    parts: {iep-2/slp: agreed}", "yaml.unknown_word"},
		{"a part without its plan", "    in_force: {}", "    parts: {slp: agreed}", "pack.case_part"},
		{"unknown state", "    in_force: {}", "    parts: {iep-1/slp: accepted}", "yaml.unknown_word"},
		{"unknown consent", "    in_force: {}", "    consent: yes", "yaml.unknown_word"},
		{"unknown move", "[override_first_services]", "[override]", "yaml.unknown_word"},
		{"unknown side", "{lea: [override", "{school: [override", "yaml.unknown_key"},
		{"unknown answer on stay put", "applies: no", "applies: perhaps", "yaml.unknown_word"},
		{"unknown exception", "exception: null", "exception: snow", "yaml.unknown_word"},
		{"unknown key of stay put", "applies: no", "apply: no", "yaml.unknown_key"},
		{"a gap without its end", "    ended: null", "    gaps: [{component: slp, from: 2025-01-01}]", "yaml.missing_key"},
		{"not a day", "    ended: null", "    since: {slp: spring}", "pack.want_date"},
	} {
		if !strings.Contains(caseYAML, c.old) {
			t.Fatalf("%s: no %q to change", c.name, c.old)
		}
		_, err := casesOf(t, strings.Replace(caseYAML, c.old, c.with, 1))
		if !slices.ContainsFunc(fault.All(err), func(e *fault.Error) bool { return e.Key == c.key && e.At.Line > 0 }) {
			t.Errorf("%s: %v; want %s with a place", c.name, err, c.key)
		}
	}
	if _, err := casesOf(t, caseYAML+caseYAML); err == nil {
		t.Error("a case that stands twice was accepted")
	}
	i := strings.Index(caseYAML, "  expect:")
	for _, text := range []string{"cases: []\n", "- [a]\n", "- a\n", caseYAML[:i] + "  expect: {}\n  why: None.\n", caseYAML[:i] + "  expect: all\n  why: None.\n"} {
		if _, err := casesOf(t, text); err == nil {
			t.Errorf("%q was accepted", text)
		}
	}
}

// What differs is told with its place; what holds is not.
func TestRunCase(t *testing.T) {
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	run := &lawtest.Runner{Book: book, Calendars: packs.Calendars()}
	cs, err := casesOf(t, caseYAML)
	if err != nil {
		t.Fatal(err)
	}
	d, err := run.RunCase(&cs[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range d.Differs {
		t.Errorf("%s: %s: want %q, got %q", x.At, x.Field, x.Want, x.Got)
	}
	wrong := caseYAML
	for _, change := range [][2]string{{"in_force: {}", "in_force: {slp: iep-1}"}, {"ended: null", "ended: 2025-05-02"}, {"applies: no", "applies: yes"},
		{"not_suggested: {lea: [override_first_services]", "may: {lea: [override_first_services]"}} {
		wrong = strings.Replace(wrong, change[0], change[1], 1)
	}
	if cs, err = casesOf(t, wrong); err != nil {
		t.Fatal(err)
	}
	if d, err = run.RunCase(&cs[0]); err != nil {
		t.Fatal(err)
	}
	var at []int
	for _, x := range d.Differs {
		at = append(at, x.At.Line)
	}
	slices.Sort(at)
	// The four that were turned round, and the parent's move, which no school's
	// move stands for.
	if !slices.Equal(at, []int{12, 13, 14, 15, 15}) {
		t.Errorf("what was turned round stands on lines 12 to 15; told: %v %+v", at, d.Differs)
	}
	cs[0].Calendars = []string{"no-such-calendar"}
	if _, err := run.RunCase(&cs[0]); err == nil {
		t.Error("a calendar that is not there was accepted")
	}
}

// Every worked case of every pack comes out as its author says, and every answer
// of program.yaml rests on a rule that is there.
func TestCases(t *testing.T) {
	fsys := os.DirFS("../law/packs")
	ids, err := pack.Packs(fsys)
	if err != nil {
		t.Fatal(err)
	}
	var all []*law.Pack
	sources := map[string]*pack.Source{}
	for _, id := range ids {
		s, err := pack.Open(fsys, id)
		if err != nil {
			t.Fatal(err)
		}
		p, err := pack.Read(s)
		if err != nil {
			t.Fatal(err)
		}
		sources[id] = s
		all = append(all, p)
	}
	run := &lawtest.Runner{Book: law.NewBook(all...), Calendars: packs.Calendars()}
	for _, id := range ids {
		if _, _, err := run.Book.For(id); err != nil {
			t.Error(err)
		}
		cs, err := lawtest.Cases(sources[id])
		for _, e := range fault.All(err) {
			t.Error(e)
		}
		for i := range cs {
			d, err := run.RunCase(&cs[i])
			if err != nil {
				t.Errorf("%s: %s: %v", cs[i].At, cs[i].ID, err)
				continue
			}
			for _, x := range d.Differs {
				t.Errorf("%s: %s: %s: want %q, got %q (why: %s)", x.At, cs[i].ID, x.Field, x.Want, x.Got, cs[i].Why)
			}
		}
	}
}
