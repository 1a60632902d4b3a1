package review

import (
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/goal"
	"stayput/derive/plan/review"
	"stayput/locale"
	"stayput/plan"
)

// Goals reads goals for a review, by the rules of derive/goal.
func Goals(text, baseline, lang string) review.Verdict {
	r := goal.Read(text, baseline, lang)
	return review.Verdict{Measurable: r.Measurable, Borderline: r.Borderline, Timeframe: r.Has(goal.Timeframe), Condition: r.Has(goal.Condition),
		Behavior: r.Has(goal.Behavior), Criterion: r.Has(goal.Level), Measured: r.Has(goal.Measurement), Baseline: r.Has(goal.Baseline)}
}

// key is a finding's name as the catalogs write it.
func key(name string) string { return strings.ReplaceAll(name, "-", "_") }

// Says is what was found, in a sentence.
func Says(cat *locale.Catalog, f *review.Finding) string {
	return cat.T("plan_says."+key(f.Name), args(cat, f)...)
}

// mostNamed is how many parts of a plan are named one by one.
const mostNamed = 4

// Formal is what was found as a phrase for a paper: it speaks to nobody, and names the
// parts of the plan that it is about. What no paper says is said as a sentence. p may be
// nil.
func Formal(cat *locale.Catalog, p *plan.Plan, f *review.Finding) string {
	name := "plan_paper." + key(f.Name)
	if !cat.Has(name) {
		return Says(cat, f)
	}
	s := cat.T(name, args(cat, f)...)
	if p == nil || len(f.Items) == 0 {
		return s
	}
	var names []string
	for _, id := range f.Items[:min(len(f.Items), mostNamed)] {
		names = append(names, strings.TrimRight(Name(cat, p, id), ". "))
	}
	parts := strings.Join(names, "; ")
	if n := len(f.Items) - mostNamed; n > 0 {
		parts = cat.N("plan_paper_more", n, "parts", parts)
	}
	return cat.T("plan_paper_of", "what", s, "parts", parts)
}

// Asks is what to ask for.
func Asks(cat *locale.Catalog, f *review.Finding) string {
	return cat.T("plan_ask."+key(f.Name), args(cat, f)...)
}

// args are the values of a finding in the words of a language.
func args(cat *locale.Catalog, f *review.Finding) []string {
	var out []string
	for name, v := range f.Args {
		switch {
		case name == "parts":
			v = eachOf(cat, "plan_part.", v)
		case name == "lacks":
			v = eachOf(cat, "plan_lacks.", v)
		case name == "role":
			v = cat.T("plan_role." + v)
		default:
			if d, err := day.Parse(v); err == nil {
				v = cat.DateShort(d)
			}
		}
		out = append(out, name, v)
	}
	return out
}

// eachOf is a list of words, each by its text.
func eachOf(cat *locale.Catalog, prefix, words string) string {
	var out []string
	for _, w := range strings.Fields(words) {
		out = append(out, cat.T(prefix+key(w)))
	}
	return cat.List(out)
}

// Cited is the place in the law with how well it was read, or nothing.
func Cited(cat *locale.Catalog, f *review.Finding) string {
	if f.Citation == "" {
		return ""
	}
	return cat.T("plan_show.says_who", "citation", f.Citation, "checked", cat.T("checked_short."+f.Checked.Level))
}

// About are the parts that a finding is about, as people call them.
func About(cat *locale.Catalog, p *plan.Plan, f *review.Finding) string {
	var out []string
	for _, id := range f.Items {
		out = append(out, Name(cat, p, id))
	}
	return strings.Join(out, "; ")
}

// Called is what people call a component: a decision by its name in the catalog,
// everything else as its paper says.
func Called(cat *locale.Catalog, part plan.Part, name string) string {
	if key := "plan_decision." + name; part == plan.Decisions && cat.Has(key) {
		return cat.T(key)
	}
	return name
}

// Name is what people call the part of p with the given id.
func Name(cat *locale.Catalog, p *plan.Plan, id string) string {
	for _, c := range p.Components() {
		if c.ID != id {
			continue
		}
		if c.Part == plan.Decisions {
			return Called(cat, c.Part, c.Name)
		}
		name := short(c.Name)
		if c.Part == plan.Goals {
			g := p.Goals[c.Index]
			if number := g.Number; number != "" {
				return cat.T("plan_component.goals") + " " + number + ": " + name
			}
		}
		if name == "" {
			return cat.T("plan_component." + string(c.Part))
		}
		return cat.T("plan_component."+string(c.Part)) + ": " + name
	}
	return id
}

// short is a name that fits in a line.
func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > 70 {
		return strings.TrimRight(string(runes[:67]), " ,.;") + "..."
	}
	return s
}

// Amount is how much a line promises, as it says it.
func Amount(cat *locale.Catalog, a plan.Amount) string {
	s := cat.T("plan_show.not_said")
	per := ""
	if a.Per != "" {
		per = cat.T("plan_per." + string(a.Per))
	}
	switch {
	case a.Minutes.Said && a.Times.Said:
		s = cat.T("plan_show.sessions", "times", a.Times.String(), "minutes", a.Minutes.String(), "per", per)
	case a.Minutes.Said:
		s = cat.T("plan_show.minutes", "minutes", a.Minutes.String(), "per", per)
	case a.Total.Said:
		s = cat.T("plan_show.minutes", "minutes", a.Total.String(), "per", per)
	}
	s = strings.TrimSpace(s)
	if a.Vague != "" {
		s += " (“" + a.Vague + "”)"
	}
	return s
}

// Span is the dates of a line as a comparison has them (2026-02-09..2027-01-20),
// in words.
func Span(cat *locale.Catalog, s string) string {
	from, to, ok := strings.Cut(s, "..")
	a, errA := day.Parse(from)
	b, errB := day.Parse(to)
	switch {
	case !ok || errA != nil && errB != nil:
		return s
	case errB != nil:
		return cat.T("plan_show.span_from", "from", cat.Date(a))
	case errA != nil:
		return cat.T("plan_show.span_to", "to", cat.Date(b))
	}
	return cat.T("plan_show.dates", "from", cat.Date(a), "to", cat.Date(b))
}

// Week is minutes a week, or that the amount is not said.
func Week(cat *locale.Catalog, r plan.Rate, known bool) string {
	if !known {
		return cat.T("plan_show.not_said")
	}
	return cat.T("plan_show.week", "minutes", r.String())
}

func itoa(n int) string { return strconv.Itoa(n) }
