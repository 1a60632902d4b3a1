package guide

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// The reasons of the brief are all there, the last two being no reason and other
// words, and each can be answered.
func TestNoes(t *testing.T) {
	g := For("en")
	var ids []string
	for _, n := range g.Noes {
		ids = append(ids, n.ID)
		if len(n.Law) == 0 || len(n.Evidence) == 0 || len(n.Ask) == 0 || n.School == "" {
			t.Errorf("%s: %d points, %d proofs, %d papers", n.ID, len(n.Law), len(n.Evidence), len(n.Ask))
		}
		for _, id := range n.Myths {
			if g.Myth(id) == nil {
				t.Errorf("%s: no myth %s", n.ID, id)
			}
		}
		for _, p := range n.Law {
			if p.Citation == "" || p.Checked == "" {
				t.Errorf("%s: a point without its source: %q", n.ID, p.Text)
			}
		}
		// What is kept only as it was said is proven by who said it, and says so.
		if n.AsSaid && (!strings.Contains(strings.Join(n.Avoid, " "), "only what was said") || !slices.ContainsFunc(n.Evidence, func(p Proof) bool { return p.ID == "words" })) {
			t.Errorf("%s is kept as said, and does not say how", n.ID)
		}
	}
	want := "not_enough_data rti_first passing_grades budget staff precedent eligibility_misread not_done_here none_given other_words"
	if got := strings.Join(ids, " "); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	for _, id := range []string{"budget", "staff", "precedent"} {
		if n := g.No(id); n == nil || !n.AsSaid {
			t.Errorf("%s is not kept as said", id)
		}
	}
	if g.No("rti_first").AsSaid || g.No("nothing") != nil || g.Myth("nothing") != nil {
		t.Error("what is not there was found")
	}
}

// What is wrong in the file is told with its place.
func TestNoesFaults(t *testing.T) {
	whole, err := files.ReadFile("noes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ from, to, want string }{
		{"kinds: [intervention_process_done]", "kinds: [intervention_done]", "yaml.unknown_word"},
		{"pages: [goals]", "pages: [gaols]", "yaml.unknown_word"},
		{"myths: [rti_first]", "myths: [rti_last]", "yaml.unknown_word"},
		{"as_said: yes", "as_said: perhaps", "yaml."},
		{"      - rule: us.evaluation.conduct\n        citation: \"34 CFR 300.304(b)(1)-(2)\"\n        checked: primary\n", "      - rule: us.evaluation.conduct\n", "yaml.missing_key"},
		{"  - id: rti_first", "  - id: not_enough_data", "yaml.repeated_key"},
		{"      label: Our own extra help has to come first", "      labels: Our own extra help has to come first", "yaml."},
	} {
		text := strings.Replace(string(whole), x.from, x.to, 1)
		if text == string(whole) {
			t.Fatalf("%q is not in the file", x.from)
		}
		m := fstest.MapFS{}
		for _, name := range []string{"terms.yaml", "myths.yaml", "help.yaml", "cards.yaml", "doors.yaml", "capture.yaml", "say.yaml", "training.yaml"} {
			b, err := files.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			m[name] = &fstest.MapFile{Data: b}
		}
		m["noes.yaml"] = &fstest.MapFile{Data: []byte(text)}
		if _, err := read(m); err == nil || !strings.Contains(err.Error(), x.want) || !strings.Contains(err.Error(), "noes.yaml:") {
			t.Errorf("%q: %v", x.to, err)
		}
	}
}
