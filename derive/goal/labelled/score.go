package labelled

import (
	"fmt"
	"io"

	"stayput/derive/goal"
)

// A Count is how often the rules and the reader said yes or no.
type Count struct{ Both, OnlyRules, OnlyReader, Neither int }

func (c *Count) add(rules, reader bool) {
	switch {
	case rules && reader:
		c.Both++
	case rules:
		c.OnlyRules++
	case reader:
		c.OnlyReader++
	default:
		c.Neither++
	}
}

// Precision is the share of the rules' yes that the reader also gave; one when
// the rules never said yes.
func (c Count) Precision() float64 { return share(c.Both, c.Both+c.OnlyRules) }

// Recall is the share of the reader's yes that the rules found.
func (c Count) Recall() float64 { return share(c.Both, c.Both+c.OnlyReader) }

// F1 is the harmonic mean of both.
func (c Count) F1() float64 { return share(2*c.Both, 2*c.Both+c.OnlyRules+c.OnlyReader) }

// Agreement is the share of goals on which both say the same.
func (c Count) Agreement() float64 {
	return share(c.Both+c.Neither, c.Both+c.Neither+c.OnlyRules+c.OnlyReader)
}

func share(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// A Miss is a goal on which the rules and the reader differ.
type Miss struct {
	Goal   Goal
	What   string
	Rules  bool
	Reader bool
}

// A Score is the counts over some goals.
type Score struct {
	Goals   int
	Parts   map[goal.Criterion]*Count
	Whole   map[string]*Count // measurable, complete
	Misses  []Miss
	AllSame int // goals on which all six agree
}

// Measure runs the rules over goals. The rules find the language themselves, as
// they must in a plan.
func Measure(goals []Goal) *Score {
	s := &Score{Parts: map[goal.Criterion]*Count{}, Whole: map[string]*Count{"measurable": {}, "complete": {}}}
	for _, c := range goal.Criteria {
		s.Parts[c] = &Count{}
	}
	for _, g := range goals {
		s.Goals++
		r := goal.Read(g.Text, g.Baseline, "")
		same := true
		for _, c := range goal.Criteria {
			s.Parts[c].add(r.Has(c), g.Labels[c])
			if r.Has(c) != g.Labels[c] {
				same = false
				s.Misses = append(s.Misses, Miss{g, string(c), r.Has(c), g.Labels[c]})
			}
		}
		if same {
			s.AllSame++
		}
		s.Whole["measurable"].add(r.Measurable, g.Measurable())
		s.Whole["complete"].add(r.Complete, g.Complete())
	}
	return s
}

// Overall is the share of all single answers on which both agree.
func (s *Score) Overall() float64 {
	same, all := 0, 0
	for _, c := range s.Parts {
		same += c.Both + c.Neither
		all += c.Both + c.Neither + c.OnlyRules + c.OnlyReader
	}
	return share(same, all)
}

// Write prints the score as a table.
func (s *Score) Write(w io.Writer, title string) error {
	_, err := fmt.Fprintf(w, "%s: %d goals\n  %-22s %9s %9s %9s %9s\n", title, s.Goals, "", "precision", "recall", "F1", "agree")
	row := func(name string, c *Count) {
		if err == nil {
			_, err = fmt.Fprintf(w, "  %-22s %9.3f %9.3f %9.3f %9.3f\n", name, c.Precision(), c.Recall(), c.F1(), c.Agreement())
		}
	}
	for _, c := range goal.Criteria {
		row(string(c), s.Parts[c])
	}
	row("measurable", s.Whole["measurable"])
	row("complete", s.Whole["complete"])
	if err == nil {
		_, err = fmt.Fprintf(w, "  overall agreement %.3f; all six agree on %d of %d\n", s.Overall(), s.AllSame, s.Goals)
	}
	return err
}
