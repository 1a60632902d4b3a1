package decisions

import (
	"slices"
	"strings"

	"stayput/derive/brief"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
)

// A programCheck is what a decision says on stay put, or on what a side may do.
type programCheck struct {
	applies string
	plan    string
	lines   []string // "component: plan", compared exactly
	said    bool     // lines were given
	without []string // components that do not stay put
	party   string
	may     []string
	mayNot  []string
}

func (c *programCheck) stayPut() bool {
	return c.applies != "" || c.plan != "" || c.said || len(c.without) > 0
}

func (c *programCheck) moves() bool { return len(c.may)+len(c.mayNot) > 0 }

// program reads the keys of stay_put and moves.
func (r *expectReader) program(m *yaml.MapReader, at fault.Position) programCheck {
	c := programCheck{plan: m.Text("plan"), without: r.Texts(m.Get("without"))}
	c.applies = r.Word(m.Get("applies"), "yes", "no", "unsaid")
	if n := m.Get("lines"); n != nil {
		c.said = true
		r.Map(n) // reports what it is when it is no map
		for _, f := range n.Fields {
			c.lines = append(c.lines, f.Key+": "+r.Text(f.Value))
		}
		slices.Sort(c.lines)
	}
	c.party = r.Word(m.Get("party"), string(fact.Parent), string(fact.LEA))
	words := func(key string) (out []string) {
		for _, x := range r.Texts(m.Get(key)) {
			out = append(out, r.Word(&yaml.Node{Kind: yaml.Scalar, Value: x, At: at}, program.Moves...))
		}
		return out
	}
	c.may, c.mayNot = words("may"), words("may_not")
	return c
}

// program is what was agreed to and stays put as of a brief's day.
func (s *subject) program(b *brief.Brief) (*program.Result, error) {
	school, err := s.school(s.facts, b.Laws)
	if err != nil {
		return nil, err
	}
	return brief.Program(s.kase, s.plans, b.View, b.Laws, brief.Counts(b.Clocks, b.Limits), school, b.AsOf), nil
}

// compareStayPut holds what stays put against what the decision says.
func (c *programCheck) compareStayPut(res *program.Result) answer {
	if res == nil {
		return answer{}
	}
	sp := &res.StayPut
	var lines []string
	for _, l := range sp.Lines {
		lines = append(lines, l.Component+": "+l.FromPlan)
	}
	slices.Sort(lines)
	ok := true
	var want, got []string
	if c.applies != "" {
		is := map[fact.Tri]string{fact.Yes: "yes", fact.No: "no"}[sp.Applies]
		if is == "" {
			is = "unsaid"
		}
		want, got = append(want, "stay put: "+c.applies), append(got, "stay put: "+is)
		ok = ok && is == c.applies
	}
	if c.plan != "" {
		want, got = append(want, "of "+c.plan), append(got, "of "+sp.Plan)
		ok = ok && sp.Plan == c.plan
	}
	said := "lines: " + strings.Join(lines, ", ")
	if len(lines) == 0 {
		said = "no lines"
	}
	if c.said {
		wanted := "lines: " + strings.Join(c.lines, ", ")
		if len(c.lines) == 0 {
			wanted = "no lines"
		}
		want, got = append(want, wanted), append(got, said)
		ok = ok && slices.Equal(lines, c.lines)
	}
	for _, x := range c.without {
		want, got = append(want, "not "+x), add(got, said)
		for _, l := range sp.Lines {
			ok = ok && l.Component != x
		}
	}
	return answer{verdict: verdict(ok), want: strings.Join(want, "; "), got: strings.Join(got, "; ")}
}

// compareMoves holds what a side may do against what the decision says.
func (c *programCheck) compareMoves(res *program.Result) answer {
	if res == nil {
		return answer{}
	}
	ok := true
	var want, got []string
	look := func(words []string, may bool) {
		for _, w := range words {
			yes, no := false, false
			for _, a := range res.Asked {
				for _, m := range a.Moves {
					if string(m.For) == c.party && m.Do == w {
						yes, no = yes || m.May, no || !m.May
					}
				}
			}
			word := strings.ReplaceAll(w, "_", " ")
			say := map[bool]string{true: c.party + " may " + word, false: c.party + " may not " + word}
			want = append(want, say[may])
			switch {
			case yes:
				got = append(got, say[true])
			case no:
				got = append(got, say[false])
			default:
				got = append(got, "nothing is said of "+word)
			}
			ok = ok && (may && yes || !may && no && !yes)
		}
	}
	look(c.may, true)
	look(c.mayNot, false)
	return answer{verdict: verdict(ok), want: strings.Join(want, "; "), got: strings.Join(got, "; ")}
}
