package review

import (
	"regexp"
	"slices"
	"strings"

	"stayput/fact"
	"stayput/plan"
)

var (
	digit  = regexp.MustCompile(`\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|all|every|each|independently|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|todos|todas|cada)\b`)
	dates  = regexp.MustCompile(`\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b|\b\d{1,2}/\d{4}\b|\b20\d\d\b`)
	grades = regexp.MustCompile(`\b\d{1,2}(?:st|nd|rd|th)[ -]grade\b|\bgrade \d{1,2}\b|\b\d{1,2}\.?º? grado\b`)
)

// goals looks at each annual goal: what its fields hold and, with a GoalReview,
// what its words do.
func (r *reading) goals() {
	if r.p.Kind != plan.IEP && r.p.Kind != plan.IFSP && r.p.Kind != plan.ISP && r.p.Kind != plan.Services {
		return // a 504 plan needs no goals
	}
	var noMeasure, noBaseline, noLink, unmeasurable, incomplete, nobody, parent []string
	var lacks []string
	for i := range r.p.Goals {
		g := &r.p.Goals[i]
		ref := r.goal(i)
		v, read := r.verdict(g)
		if !v.Measurable && !v.Borderline {
			unmeasurable = append(unmeasurable, ref)
		}
		if strings.TrimSpace(g.Measure) == "" && !v.Measured {
			noMeasure = append(noMeasure, ref)
		}
		switch {
		case strings.TrimSpace(g.Baseline) == "" && !v.Baseline:
			noBaseline = append(noBaseline, ref)
		case read && !v.Baseline:
			noLink = append(noLink, ref)
		}
		if read && v.Measurable {
			missing := ""
			if !v.Timeframe && strings.TrimSpace(g.Timeframe) == "" && g.To == 0 {
				missing = "timeframe"
			}
			if !v.Condition && strings.TrimSpace(g.Condition) == "" {
				missing = strings.TrimSpace(missing + " condition")
			}
			if missing != "" {
				incomplete = append(incomplete, ref)
				lacks = append(lacks, strings.Fields(missing)...)
			}
		}
		if len(g.Responsible) == 0 && !r.served(g, ref) {
			nobody = append(nobody, ref)
		}
		if slices.ContainsFunc(g.Responsible, isParent) {
			parent = append(parent, ref)
		}
	}
	each := func(name string, s Severity, c cite, items []string, pairs ...string) {
		if len(items) > 0 {
			r.add(name, s, c, items, pairs...)
		}
	}
	each("goal-not-measurable", Required, r.item("iep.content", "goals_curriculum", "annual_goals"), unmeasurable)
	each("goal-no-measure", Required, r.item("iep.content", "progress_measure"), noMeasure)
	each("goal-no-baseline", Ask, cite{}, noBaseline)
	each("goal-no-linked-baseline", Ask, cite{}, noLink)
	each("goal-incomplete", Ask, cite{}, incomplete, "lacks", strings.Join(once(lacks), " "))
	each("goal-no-responsible", Ask, cite{}, nobody)
	each("goal-parent-responsible", Ask, cite{}, parent)
	r.recycled()
}

// verdict is what the reader of goals says; without one, that a number other
// than a date or a grade stands in it.
func (r *reading) verdict(g *plan.Goal) (v Verdict, read bool) {
	full := GoalText(g)
	if strings.TrimSpace(full) == "" {
		return Verdict{}, false
	}
	if r.Goals == nil {
		plain := grades.ReplaceAllString(dates.ReplaceAllString(strings.ToLower(full), " "), " ")
		return Verdict{Measurable: digit.MatchString(plain)}, false
	}
	lang := g.Language
	if lang == "" {
		lang = r.p.Language
	}
	return r.Goals(full, g.Baseline, lang), true
}

// GoalText is the text of a goal with the fields that belong to it and that the
// text does not hold.
func GoalText(g *plan.Goal) string {
	full := g.Text
	for _, more := range []string{g.Criterion, g.Condition, g.Behavior, strings.TrimSpace(g.Target + " " + g.Unit)} {
		if more != "" && !strings.Contains(full, more) {
			full = strings.TrimRight(strings.TrimSpace(full), ".") + ". " + more
		}
	}
	return full
}

// served says that a line which works on the goal names who gives it.
func (r *reading) served(g *plan.Goal, ref string) bool {
	for i := range r.p.Services {
		s := &r.p.Services[i]
		if (slices.Contains(s.Goals, ref) || slices.Contains(g.Services, r.service(i))) && strings.TrimSpace(s.Role+s.Provider) != "" {
			return true
		}
	}
	return false
}

func isParent(who string) bool {
	w := strings.ToLower(who)
	for _, p := range []string{"parent", "mother", "father", "guardian", "family", "madre", "padre", "mamá", "papá", "familia"} {
		if strings.Contains(w, p) {
			return true
		}
	}
	return false
}

// recycled looks for goals of the plan before that come again in the same words,
// dates and names of grades apart.
func (r *reading) recycled() {
	if r.Previous == nil || r.Previous == r.p {
		return
	}
	core := func(s string) string {
		s = grades.ReplaceAllString(dates.ReplaceAllString(strings.ToLower(s), " "), " ")
		return strings.Join(strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune(" \t\n.,;:()\"'“”", c) }), " ")
	}
	before := map[string]bool{}
	for _, g := range r.Previous.Goals {
		if c := core(g.Text); c != "" && g.Review.Met != fact.Yes {
			before[c] = true
		}
	}
	var again []string
	for i, g := range r.p.Goals {
		if before[core(g.Text)] {
			again = append(again, r.goal(i))
		}
	}
	if len(again) > 0 {
		r.add("goal-recycled", Ask, r.item("iep.revise_when", "lack_of_progress"), again, "before", r.Previous.ID)
	}
}
