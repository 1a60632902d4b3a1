package review

import (
	"cmp"
	"slices"
	"strings"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
	"stayput/plan"
)

// ranks say how much each finding matters to a parent who can raise three things.
// What decides whether and how much help arrives comes first, what can be mended
// with a pen comes last.
var ranks = map[string]int{
	"no-services": 98, "request-no-notice": 95, "service-vague": 94, "service-no-amount": 93, "goal-not-measurable": 92,
	"service-odd-minutes": 91, "promise-not-in-services": 90, "no-goals": 89, "esy-no-services": 88, "consent-unclear": 87,
	"service-total-mismatch": 86, "need-without-support": 85, "amendment-before-plan": 84, "service-gap": 83, "no-transition": 82,
	"behavior-no-support": 81, "plans-overlap": 80, "team-missing": 79, "goal-recycled": 78, "ends-before-start": 77,
	"service-without-goal": 76, "goal-without-service": 75, "no-present-levels": 74, "alternate-no-why": 73, "no-progress-reports": 72,
	"no-language-goals": 71, "no-effect": 70, "alternate-no-objectives": 69, "no-nonparticipation": 68, "support-vague": 67,
	"percent-minutes": 66, "percent-over": 65, "percent-sum": 64, "goal-no-measure": 63, "service-pooled": 62, "goal-no-baseline": 61,
	"no-rights-statement": 60, "over-a-year": 59, "evaluation-late": 59, "no-emergency-part": 58, "tests-not-stated": 57, "review-late": 56,
	"nonparticipation-no-why": 55, "at-no-device": 54, "not-translated": 53, "service-no-start": 52, "service-no-place": 51, "goal-no-linked-baseline": 50,
	"no-parent-concerns": 49, "goal-incomplete": 48, "starts-before-meeting": 47, "starts-before-consent": 46, "goal-no-responsible": 45,
	"goal-parent-responsible": 44, "support-too-general": 43, "service-delivery-unsaid": 42, "support-nobody-named": 40,
	"no-accommodations": 74, "no-review-date": 56, "no-course-of-study": 39, "no-low-incidence-equipment": 38, "hard-to-read": 25, "jargon": 20,
	"identifier-printed": 15, "not-entered": 10,
}

// fields are findings of a field that is empty. Unless the whole paper was
// entered it may only not have been copied, so it is one more thing to look for.
var fields = map[string]bool{"goal-no-measure": true, "goal-no-baseline": true, "goal-no-responsible": true, "support-nobody-named": true,
	"service-delivery-unsaid": true, "service-no-place": true, "service-no-start": true, "team-missing": true}

// resting are findings that rest on something not being there. Unless the whole
// paper was entered nobody can know.
var resting = map[string]bool{"service-without-goal": true, "goal-without-service": true, "need-without-support": true, "esy-no-services": true,
	"behavior-no-support": true, "at-no-device": true, "no-language-goals": true, "no-low-incidence-equipment": true,
	"alternate-no-why": true, "alternate-no-objectives": true, "not-translated": true}

// Names are the findings there can be, sorted.
func Names() []string {
	var out []string
	for name := range ranks {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// A reading is one review under way.
type reading struct {
	Input
	p       *plan.Plan
	whole   bool // the whole paper was entered
	missing []string
	found   []Finding
}

// Plan reviews one plan.
func Plan(in Input) []Finding {
	r := &reading{Input: in, p: in.Plan, whole: in.Plan.Complete == fact.Yes}
	if r.On == 0 {
		r.On = r.p.Starts()
	}
	if r.On == 0 {
		r.On = day.Max // no day at all: the law as it is now
	}
	r.contents()
	r.services()
	r.supports()
	r.goals()
	r.links()
	r.setting()
	r.dates()
	r.consent()
	r.notes()
	r.wording()
	r.others()
	if len(r.missing) > 0 {
		r.add("not-entered", Ask, cite{}, nil, "parts", strings.Join(r.missing, " "))
	}
	slices.SortStableFunc(r.found, func(a, b Finding) int { return cmp.Compare(b.Rank, a.Rank) })
	return r.found
}

// add notes a finding. Pairs are names and values for its sentence.
func (r *reading) add(name string, s Severity, c cite, items []string, pairs ...string) {
	if !r.whole && fields[name] {
		if !slices.Contains(r.missing, name) {
			r.missing = append(r.missing, name)
		}
		return
	}
	if !r.whole && resting[name] {
		return
	}
	if s == Required && (!r.whole || c.text == "") {
		s = Ask // what was not entered may stand on the paper; what no pack requires is a question
	}
	f := Finding{Plan: r.p.ID, Name: name, Severity: s, Items: items, Citation: c.text, Rule: c.rule, Checked: c.checked, Rank: ranks[name]}
	for i := 0; i+1 < len(pairs); i += 2 {
		if f.Args == nil {
			f.Args = map[string]string{}
		}
		f.Args[pairs[i]] = pairs[i+1]
	}
	r.found = append(r.found, f)
}

// absent notes a part that is not there: a finding when the whole paper was
// entered, else one more part to look for on it.
func (r *reading) absent(name string, s Severity, c cite) {
	if r.whole {
		r.add(name, s, c, nil)
		return
	}
	r.missing = append(r.missing, name)
}

// A cite is a place in the law.
type cite struct {
	text    string
	rule    law.RuleID
	checked law.Checked
}

// rule is the place of a rule by its name without the jurisdiction, such as
// "pwn.when": that of the topmost pack that has it. A rule that replaces another
// under the same name takes its place.
func (r *reading) rule(name string) cite {
	if r.Law == nil {
		return cite{}
	}
	for _, x := range r.Law.Rules { // the topmost pack's first
		if x.Kind == law.Checklist || bare(x.ID) != name {
			continue
		}
		if v := x.VersionAt(r.On); v != nil {
			return cite{v.Citation, x.ID, x.Checked}
		}
	}
	return cite{}
}

// item is the place of one element of a checklist. Each pack that has it under
// one of the names adds its own.
func (r *reading) item(list string, names ...string) cite {
	var out cite
	if r.Law == nil {
		return out
	}
	for _, x := range r.Law.Rules {
		if x.Kind != law.Checklist || bare(x.ID) != list || x.VersionAt(r.On) == nil {
			continue
		}
		for _, it := range x.Items {
			if !slices.Contains(names, it.ID) {
				continue
			}
			if out.text == "" {
				out = cite{it.Citation, x.ID, x.Checked}
			} else if !strings.Contains(out.text, it.Citation) {
				out.text = it.Citation + "; " + out.text // the federal rule, which all share, first
				out.checked = weaker(out.checked, x.Checked)
			}
			break
		}
	}
	return out
}

// weaker is the less sure of two.
func weaker(a, b law.Checked) law.Checked {
	if slices.Index(law.CheckLevels, b.Level) > slices.Index(law.CheckLevels, a.Level) {
		return b
	}
	return a
}

// bare is the name of a rule without its jurisdiction.
func bare(id law.RuleID) string {
	_, name, _ := strings.Cut(string(id), ".")
	return name
}

// born is the child's date of birth.
func (r *reading) born() day.Date { return cmp.Or(r.p.Student.Born, r.Born) }

// grade is the child's grade, as a number where it is one; -1 where it is not said.
func (r *reading) grade() int {
	g := strings.ToLower(strings.TrimSpace(cmp.Or(r.p.Student.Grade, r.Input.Grade)))
	g = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(g, "th"), "st"), "nd"), "rd")
	switch g {
	case "k", "tk", "pk":
		return 0
	case "":
		return -1
	}
	n := 0
	for _, c := range g {
		if c < '0' || c > '9' || n > 100 {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// lasts is the last day on which the plan is meant to hold: as said, else a year on.
func (r *reading) lasts() day.Date {
	if d := r.p.Ends(); d != 0 {
		return d
	}
	if d := r.p.Starts(); d != 0 {
		return d.AddYears(1)
	}
	return 0
}

func (r *reading) service(i int) string {
	return plan.Ref(plan.ServiceLines, r.p.Services[i].ID, i)
}
func (r *reading) goal(i int) string { return plan.Ref(plan.Goals, r.p.Goals[i].ID, i) }
func (r *reading) support(i int) string {
	return plan.Ref(plan.Accommodations, r.p.Accommodations[i].ID, i)
}

// quote is a text short enough to stand in a sentence.
func quote(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > 160 {
		return string(runes[:157]) + "..."
	}
	return s
}
