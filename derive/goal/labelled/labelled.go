// Package labelled reads goals that a person has labelled and counts how often
// the rules of derive/goal agree: precision, recall and F1 for each criterion.
package labelled

import (
	"hash/fnv"
	"strings"

	"stayput/derive/goal"
	"stayput/format/yaml"
)

// A Goal is one goal and what a reader said of it.
type Goal struct {
	ID, Lang, Text, Baseline string
	Labels                   map[goal.Criterion]bool
	Borderline               bool
}

// Measurable follows from two of the labels.
func (g Goal) Measurable() bool { return g.Labels[goal.Behavior] && g.Labels[goal.Level] }

// Complete asks for every part of the sentence; the baseline stands apart.
func (g Goal) Complete() bool {
	return g.Measurable() && g.Labels[goal.Timeframe] && g.Labels[goal.Condition] && g.Labels[goal.Measurement]
}

// Held reports that a goal belongs to the part kept out of sight while rules
// are written: four in ten, by a fixed hash of its name.
func (g Goal) Held() bool {
	if strings.HasPrefix(g.ID, "round-") || strings.HasPrefix(g.ID, "fresh-") {
		return false // were used to mend the rules
	}
	h := fnv.New32a()
	h.Write([]byte("stayput-1/" + g.ID))
	return h.Sum32()%10 < 4
}

// Read reads a file of labelled goals. Keys that it does not need are passed
// over, because others keep more in theirs.
func Read(name string, text []byte) ([]Goal, error) {
	n, err := yaml.Read(name, text, yaml.DefaultLimits)
	if err != nil {
		return nil, err
	}
	var r yaml.Reader
	var out []Goal
	for _, item := range r.List(r.Map(n).Need("goals")) {
		m := r.Map(item)
		g := Goal{ID: m.NeedText("id"), Lang: m.NeedText("lang"), Text: m.Text("text"), Baseline: m.Text("baseline"), Labels: map[goal.Criterion]bool{}}
		labels := r.Map(m.Need("labels"))
		for _, c := range goal.Criteria {
			g.Labels[c], _ = r.YesNo(labels.Need(string(c)))
		}
		g.Borderline, _ = r.YesNo(m.Get("borderline"))
		out = append(out, g)
	}
	return out, r.Problems.Or()
}
