package web

import (
	"net/http"

	diff "stayput/derive/plan/compare"
	"stayput/fact"
	"stayput/plan"
	spoken "stayput/present/review"
)

// A planComparePage is what differs between two versions, cuts first.
type planComparePage struct {
	Frame
	Before, After     string // what the versions are called
	BeforeTo, AfterTo string
	Swap              string // the same two the other way round
	Back              string
	Sum               string // the changes in one sentence
	Groups            []changeGroup
	Same              bool
	Totals            []totalLine
	Convention        bool
	Partial           string // the later version was perhaps not entered whole
	Other             string // the two are of different kinds: a 504 plan beside an IEP
	AsOf              string
}

func (planComparePage) template() string { return "plan_compare" }

// A changeGroup is the changes of one kind.
type changeGroup struct {
	Kind, Title, Lead string
	Changes           []changeLine
}

// A changeLine is one difference in words.
type changeLine struct {
	Part, Name string
	Amount     string // of a line that is gone or new
	Fields     []changeField
}

// A changeField is one thing that is said differently.
type changeField struct{ Name, Before, After string }

// A totalLine is the minutes a week of one service before and after.
type totalLine struct {
	Name, Before, After, Change string
	Less                        bool
}

var _ = sample(func() page {
	return planComparePage{Before: "x", After: "y", BeforeTo: "/x", AfterTo: "/y", Swap: "/z", Back: "/b", Sum: "s", Convention: true, Other: "o", Partial: "p", AsOf: "x",
		Groups: []changeGroup{{Kind: "cut", Title: "x", Lead: "y", Changes: []changeLine{{Part: "p", Name: "n", Amount: "a"}}}, {Kind: "reduced", Title: "x", Changes: []changeLine{{Part: "p", Name: "n", Fields: []changeField{{"a", "b", "c"}}}}}},
		Totals: []totalLine{{"x", "60", "30", "-30", true}}}
})
var _ = sample(func() page {
	return planComparePage{Same: true, Before: "x", After: "y", BeforeTo: "/x", AfterTo: "/y", Swap: "/z", Back: "/b"}
})

// planCompare compares two versions.
func (s *Site) planCompare(w http.ResponseWriter, r *http.Request) error {
	c, plans, err := s.planCase(r)
	if err != nil {
		return err
	}
	a, b := plan.Find(plans, r.PathValue("plan")), plan.Find(plans, r.PathValue("other"))
	if a == nil || b == nil || a.ID == b.ID {
		return notThere()
	}
	before, _ := plan.Whole(plans, a)
	after, _ := plan.Whole(plans, b)
	p := planComparePage{Frame: s.caseFrame(r, c, "webplan.compare", "plan"), BeforeTo: planPath(c.Folder, a.ID), AfterTo: planPath(c.Folder, b.ID), Back: casePath(c.Folder) + "/plan"}
	p.Before, p.After = p.speak().planName(c, a.ID), p.speak().planName(c, b.ID)
	p.Swap = planPath(c.Folder, b.ID) + "/compare/" + pathEscape(a.ID)
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Today))
	if a.Kind != b.Kind {
		p.Other = p.T("webplan.compare_kinds", "before", p.cat.T("plan_kind."+string(a.Kind)), "after", p.cat.T("plan_kind."+string(b.Kind)))
	}
	if after.Complete != fact.Yes {
		p.Partial = p.T("webplan.compare_partial", "plan", p.After)
	}
	p.compare(diff.Plans(before, after))
	return s.show(w, r, http.StatusOK, p)
}

// compare puts a comparison into words.
func (p *planComparePage) compare(x *diff.Comparison) {
	p.Same = x.Empty()
	for _, k := range diff.Kinds {
		g := changeGroup{Kind: string(k), Title: p.T("webplan.change_" + string(k))}
		if k == diff.Cut {
			g.Lead = p.T("webplan.change_cut_lead")
		}
		for i := range x.Changes {
			if x.Changes[i].Kind == k {
				g.Changes = append(g.Changes, p.speak().changeLine(&x.Changes[i]))
			}
		}
		if len(g.Changes) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	count := map[diff.Kind]int{}
	for _, y := range x.Changes {
		count[y.Kind]++
	}
	var said []string
	for _, k := range diff.Kinds {
		if n := count[k]; n > 0 {
			said = append(said, p.N("webplan.n_"+string(k), n))
		}
	}
	p.Sum = first(p.cat.List(said))
	for i := range x.Totals {
		p.Totals = append(p.Totals, p.speak().totalLine(&x.Totals[i]))
		p.Convention = p.Convention || x.Totals[i].DiffersBetweenPeriods
	}
}

func (f speaker) changeLine(x *diff.Change) changeLine {
	l := changeLine{Part: first(f.cat.T("plan_component." + string(x.Part))), Name: called(f.cat, x.Part, x.Name)}
	week := func(said plan.Amount, r plan.Rate, known bool) string {
		text := spoken.Amount(f.cat, said)
		if known && (said.Per != plan.PerWeek || said.Times.Said) {
			text += " = " + spoken.Week(f.cat, r, known)
		}
		return text
	}
	if a := x.Amount; a != nil {
		switch x.Kind {
		case diff.Cut:
			l.Amount = week(a.WrittenBefore, a.Before, a.KnownBefore)
		case diff.Added:
			l.Amount = week(a.WrittenAft, a.After, a.KnownAfter)
		}
	}
	for _, fd := range x.Fields {
		before, after := fd.Before, fd.After
		switch a := x.Amount; {
		case a != nil && fd.Name == "amount":
			before, after = week(a.WrittenBefore, a.Before, a.KnownBefore), week(a.WrittenAft, a.After, a.KnownAfter)
		case fd.Name == "dates":
			before, after = spoken.Span(f.cat, before), spoken.Span(f.cat, after)
		case fd.Name == "delivery":
			before, after = f.delivery(before), f.delivery(after)
		case fd.Name == "type":
			before, after = f.support(before), f.support(after)
		}
		none := f.cat.T("plan_show.nothing")
		if before == "" {
			before = none
		}
		if after == "" {
			after = none
		}
		l.Fields = append(l.Fields, changeField{first(f.cat.T("plan_field." + fd.Name)), before, after})
	}
	return l
}

func (f speaker) delivery(word string) string {
	if word == "" {
		return ""
	}
	return f.cat.T("plan_delivery." + word)
}

func (f speaker) support(word string) string {
	if word == "" {
		return ""
	}
	return f.cat.T("webplan.support_" + word)
}

func (f speaker) totalLine(t *diff.Total) totalLine {
	side := func(r plan.Rate, in, uncertain bool) string {
		switch {
		case !in:
			return f.cat.T("plan_show.nothing")
		case uncertain && r.Num == 0:
			return f.cat.T("plan_show.not_said")
		case uncertain:
			return f.cat.T("plan_show.at_least", "minutes", r.String())
		}
		return r.String()
	}
	l := totalLine{Name: t.Name, Before: side(t.Before, t.InBefore, t.UncertainBefore), After: side(t.After, t.InAfter, t.UncertainAfter)}
	if t.ESY {
		l.Name += " (" + f.cat.T("plan_field.esy") + ")"
	}
	l.Change = f.cat.T("plan_show.not_said")
	if !t.UncertainBefore && !t.UncertainAfter {
		d := t.After.Sub(t.Before)
		switch c := t.After.Cmp(t.Before); {
		case c < 0:
			l.Change, l.Less = "−"+plan.Rate{Num: -d.Num, Den: d.Den}.String(), true
		case c > 0:
			l.Change = "+" + d.String()
		default:
			l.Change = "0"
		}
	}
	return l
}
