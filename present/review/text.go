package review

import (
	"fmt"
	"io"
	"strings"

	"stayput/derive/plan/compare"
	"stayput/derive/plan/review"
	"stayput/format/wrap"
	"stayput/locale"
	"stayput/plan"
)

// width is how many letters a line has.
const width = 80

// PlanText writes a plan: its lines with minutes a week, goals, supports.
func PlanText(w io.Writer, cat *locale.Catalog, p *plan.Plan) {
	head := p.ID + ": " + cat.T("plan_kind."+string(p.Kind))
	if p.Amends != "" {
		head += ", " + cat.T("plan_show.amends", "plan", p.Amends)
	}
	if from, to := p.Starts(), p.Ends(); from != 0 && to != 0 {
		head += ", " + cat.T("plan_show.dates", "from", cat.DateShort(from), "to", cat.DateShort(to))
	}
	wrap.Text(w, head, width, "  ")
	if len(p.Services) > 0 {
		fmt.Fprintf(w, "\n%s\n", cat.T("plan_show.services"))
	}
	for i := range p.Services {
		s := &p.Services[i]
		a := s.Amount()
		line := "- " + strings.TrimSpace(s.Code+" "+s.Name) + ": " + Amount(cat, a)
		if week, ok := a.Weekly(); ok && a.Per != plan.PerWeek {
			line += " = " + Week(cat, week, ok)
		}
		if s.Delivery != "" {
			line += ", " + cat.T("plan_delivery."+string(s.Delivery))
		}
		if s.Location != "" {
			line += ", " + s.Location
		}
		wrap.Text(w, line, width, "  ")
	}
	list := func(title string, n int, text func(i int) string) {
		if n == 0 {
			return
		}
		fmt.Fprintf(w, "\n%s\n", title)
		for i := range n {
			wrap.Text(w, "- "+text(i), width, "  ")
		}
	}
	list(cat.T("plan_show.goals"), len(p.Goals), func(i int) string {
		g := &p.Goals[i]
		if g.Area != "" {
			return g.Area + ": " + g.Text
		}
		return g.Text
	})
	list(cat.T("plan_show.supports"), len(p.Accommodations), func(i int) string {
		a := &p.Accommodations[i]
		out := a.Text
		for _, more := range []string{strings.Join(a.Where, ", "), a.Frequency, strings.Join(a.By, ", ")} {
			if more != "" {
				out += "; " + more
			}
		}
		return out
	})
	if s := &p.Setting; s.Name != "" || s.In != "" || s.Out != "" {
		text := strings.TrimSpace(s.Code + " " + s.Name)
		if s.In != "" {
			text += "; " + cat.T("plan_field.percent_in") + " " + string(s.In)
		}
		list(cat.T("plan_show.setting"), 1, func(int) string { return strings.TrimPrefix(text, "; ") })
	}
	for i := range p.Services {
		if a := p.Services[i].Amount(); a.Known() && a.Per != plan.PerWeek {
			fmt.Fprintln(w)
			wrap.Text(w, cat.T("plan_show.convention"), width, "")
			break
		}
	}
}

// CompareText writes what differs between two plans, cuts first.
func CompareText(w io.Writer, cat *locale.Catalog, c *compare.Comparison) {
	fmt.Fprintln(w, cat.T("plan_show.comparing", "before", c.Before, "after", c.After))
	if c.Empty() {
		fmt.Fprintln(w, cat.T("plan_show.same"))
	}
	for i := range c.Changes {
		x := &c.Changes[i]
		fmt.Fprintln(w)
		wrap.Text(w, cat.T("plan_change."+string(x.Kind))+": "+cat.T("plan_component."+string(x.Part))+": "+called(cat, x), width, "  ")
		if a := x.Amount; a != nil && (x.Kind == compare.Cut || x.Kind == compare.Added) {
			said, known, week := a.WrittenBefore, a.KnownBefore, a.Before
			if x.Kind == compare.Added {
				said, known, week = a.WrittenAft, a.KnownAfter, a.After
			}
			line := Amount(cat, said)
			if known && said.Per != plan.PerWeek {
				line += " = " + Week(cat, week, known)
			}
			fmt.Fprintf(w, "  %s\n", line)
		}
		for _, f := range x.Fields {
			before, after := f.Before, f.After
			if a := x.Amount; a != nil && f.Name == "amount" {
				before, after = Amount(cat, a.WrittenBefore), Amount(cat, a.WrittenAft)
				if a.WrittenBefore.Per != a.WrittenAft.Per && a.KnownBefore && a.KnownAfter {
					before += " = " + Week(cat, a.Before, true)
					after += " = " + Week(cat, a.After, true)
				}
			}
			if f.Name == "dates" {
				before, after = Span(cat, before), Span(cat, after)
			}
			if f.Name == "delivery" {
				before, after = word(cat, before), word(cat, after)
			}
			for _, side := range []*string{&before, &after} {
				if *side == "" {
					*side = cat.T("plan_show.nothing")
				}
			}
			for _, line := range wrap.Lines(cat.T("plan_field."+f.Name)+": "+before+" → "+after, width-2, "  ") {
				fmt.Fprintf(w, "  %s\n", line)
			}
		}
	}
	if len(c.Totals) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", cat.T("plan_show.totals"))
	convention := false
	for i := range c.Totals {
		t := &c.Totals[i]
		name := t.Name
		if t.ESY {
			name += " (" + cat.T("plan_field.esy") + ")"
		}
		wrap.Text(w, "- "+cat.T("plan_show.total", "name", name, "before", total(cat, t.Before, t.InBefore, t.UncertainBefore),
			"after", total(cat, t.After, t.InAfter, t.UncertainAfter)), width, "  ")
		convention = convention || t.DiffersBetweenPeriods
	}
	if convention {
		wrap.Text(w, cat.T("plan_show.convention"), width, "")
	}
}

// called is what people call the part that changed.
func called(cat *locale.Catalog, x *compare.Change) string {
	return short(Called(cat, x.Part, x.Name))
}

func word(cat *locale.Catalog, delivery string) string {
	if delivery == "" {
		return ""
	}
	return cat.T("plan_delivery." + delivery)
}

// total is the minutes of one version.
func total(cat *locale.Catalog, r plan.Rate, in, uncertain bool) string {
	switch {
	case !in:
		return cat.T("plan_show.nothing")
	case uncertain && r.Num == 0:
		return cat.T("plan_show.not_said")
	case uncertain:
		return cat.T("plan_show.at_least", "minutes", r.String())
	}
	return r.String()
}

// ReviewText writes a review: the first findings in full, the rest by name
// unless all are asked for.
func ReviewText(w io.Writer, cat *locale.Catalog, p *plan.Plan, fs []review.Finding, all bool) {
	if len(fs) == 0 {
		wrap.Text(w, cat.T("plan_show.reviewing_none", "plan", p.ID), width, "")
		return
	}
	fmt.Fprintln(w, cat.N("plan_show.reviewing", len(fs), "plan", p.ID))
	wrap.Text(w, cat.T("plan_show.questions"), width, "")
	for i := range fs {
		f := &fs[i]
		if i == review.Top && !all {
			fmt.Fprintf(w, "\n%s\n", cat.N("plan_show.more", len(fs)-i))
		}
		if i >= review.Top && !all {
			line := "- " + Says(cat, f)
			if len(f.Items) > 0 && f.Items[0] != string(plan.Placement) {
				line += " (" + Name(cat, p, f.Items[0])
				if n := len(f.Items) - 1; n > 0 {
					line += " + " + itoa(n)
				}
				line += ")"
			}
			wrap.Text(w, line, width, "  ")
			continue
		}
		fmt.Fprintln(w)
		wrap.Text(w, itoa(i+1)+". "+Says(cat, f), width, "   ")
		indent := func(s string) {
			for _, line := range wrap.Lines(s, width-3, "") {
				fmt.Fprintf(w, "   %s\n", line)
			}
		}
		if items := About(cat, p, f); items != "" {
			indent(cat.T("plan_show.about", "items", items))
		}
		indent(Asks(cat, f))
		if f.Severity == review.Required {
			indent(cat.T("plan_severity.required"))
		}
		if c := Cited(cat, f); c != "" {
			indent(c)
		}
	}
}
