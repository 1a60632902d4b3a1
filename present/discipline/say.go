// Package discipline puts derive/discipline into words: removals with their
// counts, what is owed, what may follow, in the order in which it is read.
//
// In: a Result and a catalog. Out: sections of sentences with the law behind
// each. It derives nothing.
package discipline

import (
	"strconv"

	"stayput/day"
	"stayput/derive/discipline"
	"stayput/fact"
	"stayput/law"
	"stayput/locale"
)

// A Section is what belongs under one heading; the first has none.
type Section struct {
	Title string
	Lines []Line
}

// A Line is one sentence, with its law if there is one.
type Line struct {
	Text     string
	Rule     law.RuleID
	Citation string
	Checked  string // how well its text was read, in words
	Entry    string // the removal it tells of
}

// Sections are a result in words; none when the record holds nothing of the kind.
func Sections(cat *locale.Catalog, res *discipline.Result) []Section {
	if len(res.Removals)+len(res.Changes)+len(res.Settings)+len(res.Appeals)+len(res.Asides) == 0 {
		return nil
	}
	out := []Section{{}}
	say := func(rs ...discipline.Reason) {
		for _, r := range rs {
			out[len(out)-1].Lines = append(out[len(out)-1].Lines, line(cat, r))
		}
	}
	head := func(what, label string) {
		out = append(out, Section{Title: cat.T("discipline.head_"+what, "label", label)})
	}
	if res.Unfound != nil {
		say(*res.Unfound)
	}
	for i := range res.Removals {
		out[0].Lines = append(out[0].Lines, removal(cat, &res.Removals[i]))
	}
	for i := range res.Years {
		y := &res.Years[i]
		head("year", y.Label)
		say(y.Reason)
		if y.Services == nil {
			say(y.FirstTen)
			continue
		}
		say(y.Services.Why...)
		if p := y.Pattern; p != nil {
			head("pattern", "")
			for _, l := range p.Limbs {
				say(l.Why)
			}
			say(p.Why)
		}
	}
	for i := range res.Changes {
		c := &res.Changes[i]
		head("change", "")
		say(c.Why...)
		say(c.Review.Why...)
		if c.Review.Late == fact.Yes {
			out[len(out)-1].Lines = append(out[len(out)-1].Lines, Line{Text: cat.T("discipline.review_late")})
		}
		if c.Review.Result != fact.No {
			say(c.Review.IfYes...)
		}
		if c.Review.Result != fact.Yes {
			say(c.Review.IfNo...)
		}
	}
	for i := range res.Settings {
		head("setting", "")
		say(res.Settings[i].Why...)
	}
	for i := range res.Appeals {
		head("appeal", "")
		say(res.Appeals[i].Why...)
	}
	for i := range res.Asides {
		say(res.Asides[i].Why)
	}
	return out
}

// removal is from when to when, and how many school days.
func removal(cat *locale.Catalog, r *discipline.Removal) Line {
	last := cat.T("discipline.no_end")
	if r.Last != 0 {
		last = cat.Date(r.Last)
	}
	n := cat.N("unit.school_day", r.Whole.AtMost)
	if !r.Whole.Sure() {
		n = cat.T("discipline.between", "least", strconv.Itoa(r.Whole.AtLeast), "most", n)
	}
	key := "discipline.removal"
	if r.Carries != "" {
		key = "discipline.removal_carries"
	}
	return Line{Text: cat.T(key, "first", cat.Date(r.First), "last", last, "days", n), Entry: r.Entry}
}

// line is a reason in a sentence.
func line(cat *locale.Catalog, r discipline.Reason) Line {
	var pairs []string
	for k, v := range r.Args {
		if d, err := day.Parse(v); err == nil && len(v) == len("2006-01-02") {
			v = cat.Date(d)
		}
		pairs = append(pairs, k, v)
	}
	x := Line{Text: cat.T(r.Text(), pairs...), Rule: r.Rule, Citation: r.Citation}
	if r.Citation != "" {
		x.Checked = cat.T("checked_short." + r.Checked.Level)
	}
	return x
}
