package pack

import (
	"slices"
	"strings"

	"stayput/fault"
	"stayput/format/yaml"
	"stayput/law"
)

// program reads program.yaml: the pack's answers to law.Questions, each by a
// rule. Whether there is such a rule, here or underneath, is seen when the packs
// are laid over each other (law.Over).
func (r *reader) program(n *yaml.Node) {
	m := r.Map(n)
	top := m.Need("program")
	m.Done()
	if top == nil {
		return
	}
	if top.Kind != yaml.Map {
		r.Map(top) // reports what it is
		return
	}
	for _, f := range top.Fields {
		q := law.Question(f.Key)
		if law.Questions[q] == nil {
			r.Fail(f.At, "yaml.unknown_key", "key", f.Key, "nearest", fault.Nearest(f.Key, questions()), "expected", strings.Join(questions(), ", "))
			continue
		}
		r.answers(q, f)
	}
}

// answers reads what stands under one question: one answer or a list of them.
func (r *reader) answers(q law.Question, f yaml.Field) {
	items := []*yaml.Node{f.Value}
	if f.Value.Kind == yaml.List {
		items = f.Value.Items
	}
	if len(items) == 0 || f.Value.Kind == yaml.Null {
		r.Fail(f.At, "pack.program_empty", "question", f.Key)
		return
	}
	var said []string
	for _, it := range items {
		a, ok := r.answer(q, it)
		if !ok {
			continue
		}
		// Two different words are two readings, and a reader must be told so.
		if a.Is != "" && len(said) > 0 && !slices.Contains(said, a.Is) && !a.Disputed && !q.Several() {
			r.Fail(it.At, "pack.program_readings", "question", f.Key, "first", said[0], "second", a.Is)
		}
		said = append(said, a.Is)
		r.p.Program = append(r.p.Program, a)
	}
}

func (r *reader) answer(q law.Question, n *yaml.Node) (law.Answer, bool) {
	before := len(r.Problems)
	m := r.Map(n)
	a := law.Answer{Question: q, Pack: r.p.ID, At: n.At}
	if q.ByKinds() {
		if k := m.Need("kinds"); k != nil {
			if a.Kinds = r.kinds(k); len(a.Kinds) == 0 {
				r.Fail(k.At, "pack.program_empty", "question", string(q))
			}
		}
	} else {
		a.Is = r.Word(m.Need("is"), law.Questions[q]...)
	}
	a.Rule = law.RuleID(m.NeedText("rule"))
	a.Disputed, _ = r.YesNo(m.Get("disputed"))
	m.Text("note") // for authors
	m.Done()
	return a, len(r.Problems) == before && n.Kind == yaml.Map
}

// questions is the closed list, sorted, for the nearest known word.
func questions() []string {
	out := make([]string, 0, len(law.Questions))
	for q := range law.Questions {
		out = append(out, string(q))
	}
	slices.Sort(out)
	return out
}
