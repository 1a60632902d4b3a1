package review_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"stayput/derive/goal"
	"stayput/derive/plan/review"
	"stayput/fact"
	"stayput/format/yaml"
	"stayput/intake/casefile"
	"stayput/intake/planfile"
	"stayput/law"
	"stayput/law/packs"
	"stayput/plan"
)

const samples = "../../../intake/planfile/testdata/samples/"

// a case as a review needs it.
type kase struct {
	plans []*plan.Plan
	law   *law.Law
	fact  fact.Case
}

func open(t testing.TB, path string) kase {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := casefile.Read(path, data)
	if err != nil {
		t.Fatal(err)
	}
	var nodes []*yaml.Node
	for _, p := range f.Plans {
		nodes = append(nodes, p.Node)
	}
	ps, err := planfile.ReadAll(nodes)
	if err != nil {
		t.Fatal(err)
	}
	return kase{ps, lawOf(t, fact.At(f.Case.Jurisdiction, ps[0].Starts())), f.Case}
}

func lawOf(t testing.TB, jurisdiction string) *law.Law {
	t.Helper()
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	l, found, err := book.For(jurisdiction)
	if err == nil && !found {
		l, _, err = book.For("us")
	}
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// verdict asks derive/goal.
func verdict(text, baseline, lang string) review.Verdict {
	r := goal.Read(text, baseline, lang)
	return review.Verdict{Measurable: r.Measurable, Borderline: r.Borderline, Timeframe: r.Has(goal.Timeframe), Condition: r.Has(goal.Condition),
		Behavior: r.Has(goal.Behavior), Criterion: r.Has(goal.Level), Measured: r.Has(goal.Measurement), Baseline: r.Has(goal.Baseline)}
}

func names(fs []review.Finding) (out []string) {
	for _, f := range fs {
		out = append(out, f.Name)
	}
	return out
}

// The planted weaknesses of the samples are found, what must not be found is
// not, and of what else is found at most one a plan is not on the list that a
// careful reader wrote before the rules were run.
func TestSamplesAgainstACarefulReader(t *testing.T) {
	data, err := os.ReadFile("testdata/reader.yaml")
	if err != nil {
		t.Fatal(err)
	}
	lists, err := yaml.Read("reader.yaml", data, yaml.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	keys := func(n *yaml.Node, key string) (out []string) {
		for _, f := range n.Fields {
			if f.Key != key {
				continue
			}
			for _, x := range f.Value.Fields {
				out = append(out, x.Key)
			}
			for _, x := range f.Value.Items {
				out = append(out, x.Value)
			}
		}
		return out
	}
	all := review.Names()
	for _, s := range lists.Fields {
		c := open(t, filepath.Join(samples, s.Key+".yaml"))
		p := c.plans[0]
		fs := review.Plan(review.Input{Plan: p, All: c.plans, Law: c.law, Born: c.fact.Child.Born, Grade: c.fact.Child.Grade, Goals: verdict})
		got := names(fs)
		planted, reader := keys(s.Value, "planted"), keys(s.Value, "reader")
		for _, w := range slices.Concat(planted, reader) {
			if !slices.Contains(all, w) {
				t.Errorf("%s: the list names %s, which no rule finds", s.Key, w)
			}
		}
		for _, w := range planted {
			if !slices.Contains(got, w) {
				t.Errorf("%s: the planted %s is not found", s.Key, w)
			}
		}
		for _, w := range keys(s.Value, "not_planted_on_purpose") {
			if slices.Contains(got, w) {
				t.Errorf("%s: %s is found and is not there", s.Key, w)
			}
		}
		var extra, missed []string
		for _, f := range fs {
			if !slices.Contains(planted, f.Name) && !slices.Contains(reader, f.Name) {
				extra = append(extra, f.Name)
			}
		}
		for _, w := range reader {
			if !slices.Contains(got, w) {
				missed = append(missed, w)
			}
		}
		t.Logf("%s: %d findings, %d planted, %d of the reader's %d; on neither list: %v; the reader alone: %v", s.Key, len(fs), len(planted), len(reader)-len(missed), len(reader), extra, missed)
		for i, f := range fs {
			t.Logf("  %2d %-8s %-24s %v %s %v", i+1, f.Severity, f.Name, f.Items, f.Citation, f.Args)
		}
		if len(extra) > 1 {
			t.Errorf("%s: %v are on neither list", s.Key, extra)
		}
	}
}
