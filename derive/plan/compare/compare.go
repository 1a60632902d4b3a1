package compare

import (
	"slices"
	"strings"

	"stayput/plan"
)

// Plans compares two versions. Amendments must be whole already (plan.Whole).
func Plans(before, after *plan.Plan) *Comparison {
	c := &Comparison{Before: before.ID, After: after.ID, Convention: plan.Convention}
	c.services(before, after)
	c.goals(before, after)
	c.supports(before, after)
	c.setting(before, after)
	c.decisions(before, after)
	c.transition(before, after)
	order := map[plan.Part]int{plan.ServiceLines: 0, plan.Decisions: 1, plan.AfterSchool: 2, plan.Placement: 3, plan.Goals: 4, plan.Accommodations: 5}
	slices.SortStableFunc(c.Changes, func(a, b Change) int {
		if k := slices.Index(Kinds, a.Kind) - slices.Index(Kinds, b.Kind); k != 0 {
			return k
		}
		return order[a.Part] - order[b.Part]
	})
	return c
}

// Mirror is the comparison seen from the other side.
func (c *Comparison) Mirror() *Comparison {
	m := &Comparison{Before: c.After, After: c.Before, Convention: c.Convention}
	for _, x := range c.Changes {
		y := Change{Kind: mirrored[x.Kind], Part: x.Part, Before: x.After, After: x.Before, Name: x.Name}
		for _, f := range x.Fields {
			y.Fields = append(y.Fields, Field{f.Name, f.After, f.Before})
		}
		if a := x.Amount; a != nil {
			y.Amount = &Amounts{a.After, a.Before, a.KnownAfter, a.KnownBefore, a.WrittenAft, a.WrittenBefore}
		}
		m.Changes = append(m.Changes, y)
	}
	return m
}

// A differ gathers the fields of one pair that differ.
type differ []Field

func (d *differ) text(name, a, b string) bool {
	if strings.TrimSpace(a) == strings.TrimSpace(b) {
		return false
	}
	*d = append(*d, Field{name, a, b})
	return true
}

func (d *differ) texts(name string, a, b []string) bool {
	return d.text(name, strings.Join(a, "; "), strings.Join(b, "; "))
}

// sameGoal says how surely a goal of one list is a goal of the other. The same
// goal has much of the same words; the same area or id helps to choose, but two
// goals of one area may have nothing else in common.
func sameGoal(before, after []plan.Goal) func(i, j int) int {
	bags := func(gs []plan.Goal) (texts, areas []bag) {
		for _, g := range gs {
			texts, areas = append(texts, bagOf(g.Text)), append(areas, bagOf(g.Area))
		}
		return texts, areas
	}
	at, aa := bags(before)
	bt, ba := bags(after)
	return func(i, j int) int {
		same := alike(at[i], bt[j])
		a, b := before[i], after[j]
		s := same * 4
		if alike(aa[i], ba[j]) == 100 {
			s += 60
		}
		if a.ID != "" && a.ID == b.ID {
			s += 50
		}
		if same < 30 || s < 160 {
			return 0
		}
		return s
	}
}

func (c *Comparison) goals(before, after *plan.Plan) {
	pairs, gone, added := match(len(before.Goals), len(after.Goals), sameGoal(before.Goals, after.Goals))
	for _, p := range pairs {
		a, b := before.Goals[p[0]], after.Goals[p[1]]
		var d differ
		text := d.text("text", a.Text, b.Text)
		d.text("area", a.Area, b.Area)
		d.text("baseline", a.Baseline, b.Baseline)
		level := d.text("criterion", a.Criterion, b.Criterion)
		level = d.text("target", strings.TrimSpace(a.Target+" "+a.Unit), strings.TrimSpace(b.Target+" "+b.Unit)) || level
		d.text("measure", a.Measure, b.Measure)
		d.texts("responsible", a.Responsible, b.Responsible)
		objectives := func(g plan.Goal) (out []string) {
			for _, o := range g.Objectives {
				out = append(out, o.Text)
			}
			return out
		}
		d.texts("objectives", objectives(a), objectives(b))
		if len(d) == 0 {
			continue
		}
		kind := Reworded
		if level || text && numbers(a.Text) != numbers(b.Text) {
			kind = Changed // the level aimed at is another
		}
		c.add(kind, plan.Goals, plan.Ref(plan.Goals, a.ID, p[0]), plan.Ref(plan.Goals, b.ID, p[1]), b.Text, d)
	}
	for _, i := range gone {
		c.add(Cut, plan.Goals, plan.Ref(plan.Goals, before.Goals[i].ID, i), "", before.Goals[i].Text, nil)
	}
	for _, j := range added {
		c.add(Added, plan.Goals, "", plan.Ref(plan.Goals, after.Goals[j].ID, j), after.Goals[j].Text, nil)
	}
}

// numbers are the numbers of a text in order, without its dates: a goal for the
// next year is not another goal.
func numbers(s string) string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != '/' && r != '%' })
	return strings.Join(slices.DeleteFunc(parts, isDate), " ")
}

// isDate reports that a number is a date or a year: 10/12/2027, 10/2027, 2027.
func isDate(s string) bool {
	s = strings.Trim(s, "./")
	last := s[strings.LastIndexByte(s, '/')+1:]
	return strings.Count(s, "/") == 2 || len(last) == 4 && strings.HasPrefix(last, "20")
}

func (c *Comparison) add(k Kind, part plan.Part, before, after, name string, d differ) {
	c.Changes = append(c.Changes, Change{Kind: k, Part: part, Before: before, After: after, Name: name, Fields: d})
}

// sameSupport says how surely a support of one list is one of the other.
func sameSupport(before, after []plan.Support) func(i, j int) int {
	bags := func(ss []plan.Support) (out []bag) {
		for _, s := range ss {
			out = append(out, bagOf(s.Text))
		}
		return out
	}
	ab, bb := bags(before), bags(after)
	return func(i, j int) int {
		a, b := before[i], after[j]
		same := alike(ab[i], bb[j])
		s := same * 4
		if a.ID != "" && a.ID == b.ID {
			s += 50
		}
		if a.Type == b.Type {
			s += 10
		}
		if same < 34 || s < 150 {
			return 0
		}
		return s
	}
}

func (c *Comparison) supports(before, after *plan.Plan) {
	pairs, gone, added := match(len(before.Accommodations), len(after.Accommodations), sameSupport(before.Accommodations, after.Accommodations))
	for _, p := range pairs {
		a, b := before.Accommodations[p[0]], after.Accommodations[p[1]]
		var d differ
		d.text("text", a.Text, b.Text)
		words := len(d)
		d.text("type", string(a.Type), string(b.Type))
		d.texts("where", a.Where, b.Where)
		d.text("frequency", a.Frequency, b.Frequency)
		d.text("duration", a.Duration, b.Duration)
		d.text("location", a.Location, b.Location)
		d.text("when", a.When, b.When)
		d.texts("by", a.By, b.By)
		d.text("for", a.For, b.For)
		if len(d) == 0 {
			continue
		}
		kind := Reworded
		if len(d) > words || numbers(a.Text) != numbers(b.Text) {
			kind = Changed
		}
		c.add(kind, plan.Accommodations, plan.Ref(plan.Accommodations, a.ID, p[0]), plan.Ref(plan.Accommodations, b.ID, p[1]), b.Text, d)
	}
	for _, i := range gone {
		c.add(Cut, plan.Accommodations, plan.Ref(plan.Accommodations, before.Accommodations[i].ID, i), "", before.Accommodations[i].Text, nil)
	}
	for _, j := range added {
		c.add(Added, plan.Accommodations, "", plan.Ref(plan.Accommodations, after.Accommodations[j].ID, j), after.Accommodations[j].Text, nil)
	}
}

// setting compares the placement. Less time with other children is a reduction.
func (c *Comparison) setting(before, after *plan.Plan) {
	a, b := &before.Setting, &after.Setting
	var d differ
	d.text("placement", strings.TrimSpace(a.Code+" "+a.Name), strings.TrimSpace(b.Code+" "+b.Name))
	d.text("school", a.School, b.School)
	inA, okA := inside(a)
	inB, okB := inside(b)
	d.text("percent_in", percent(inA, okA), percent(inB, okB))
	d.text("nonparticipation", a.Nonparticipation, b.Nonparticipation)
	if len(d) == 0 {
		return
	}
	kind := Changed
	switch {
	case okA && okB && inB < inA:
		kind = Reduced
	case okA && okB && inB > inA:
		kind = Increased
	case len(d) == 1 && d[0].Name == "nonparticipation":
		kind = Reworded
	}
	name := b.Name
	if name == "" {
		name = a.Name
	}
	c.add(kind, plan.Placement, string(plan.Placement), string(plan.Placement), name, d)
}

// inside is the share of time in general education, in thousandths of a percent.
func inside(s *plan.Setting) (int64, bool) {
	if v, ok := s.In.Thousandths(); ok {
		return v, true
	}
	if v, ok := s.Out.Thousandths(); ok && v <= 100000 {
		return 100000 - v, true
	}
	return 0, false
}

func percent(v int64, ok bool) string {
	if !ok {
		return ""
	}
	return plan.Rate{Num: v, Den: 1000}.String()
}
