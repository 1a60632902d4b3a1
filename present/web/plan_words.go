package web

import (
	"net/url"
	"reflect"
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/plan/review"
	"stayput/desk"
	"stayput/fact"
	"stayput/locale"
	"stayput/plan"
	spoken "stayput/present/review"
)

// A planItem is one thing of a list of a plan.
type planItem struct {
	ID       string // of the page: where a finding leads
	Title    string
	Lines    []string
	Facts    [][2]string // folded
	Edit     string
	Look     string // a page of its own
	Week     string // of a service: minutes a week
	Findings []planFinding
}

// A planFinding is a finding in words.
type planFinding struct {
	Says, Asks, About, Href string
	Required                bool
	Tag                     Tag
	Cite                    Cite
}

// planValue is a value of a plan in words; "" says nothing.
func (f speaker) planValue(v reflect.Value, p *plan.Plan, a asked) string {
	switch x := v.Interface().(type) {
	case day.Date:
		if x == 0 {
			return ""
		}
		return f.cat.Date(x)
	case fact.Tri:
		if x == fact.Unsaid {
			return ""
		}
		return f.cat.T("webcase.tick_is_" + x.String())
	case plan.Count:
		return x.String()
	case plan.Number:
		if x == "" {
			return ""
		}
		return string(x) + "%"
	case []string:
		if a.pick == "" {
			return strings.Join(x, "; ")
		}
		var out []string
		for _, id := range x {
			out = append(out, spoken.Name(f.cat, p, id))
		}
		return strings.Join(out, "; ")
	}
	text := v.String()
	if text != "" && slices.Contains(planWords(v), text) {
		return first(f.cat.T(wordPrefix(v) + text))
	}
	if a.pick != "" && text != "" {
		return spoken.Name(f.cat, p, text)
	}
	return text
}

// planFacts is what is said in the fields of a section, in pairs of name and value.
func (f speaker) planFacts(sec *planSection, v reflect.Value, p *plan.Plan) [][2]string {
	var out [][2]string
	for _, a := range sec.fields {
		if text := f.planValue(valueAt(v, a.path), p, a); text != "" {
			label, _ := f.planLabel(sec.name, a.path)
			out = append(out, [2]string{label, text})
		}
	}
	return out
}

// planItems are the things of a list in words. whole is the plan with what it
// amends, for the names of what they name.
func (f speaker) planItems(c *desk.Case, whole *plan.Plan, spot planSpot, list reflect.Value) []planItem {
	out := make([]planItem, 0, list.Len())
	for i := range list.Len() {
		v := list.Index(i)
		x := f.planItem(spot.section, v, whole)
		to := spot
		to.asked, to.item = true, i
		if f.May("change_plans") {
			x.Edit = to.path(c.Folder)
		}
		if part := spot.section.part(); part != "" {
			x.ID = plan.Ref(part, v.FieldByName("ID").String(), i)
			if part == plan.Goals {
				x.Look = planPath(c.Folder, spot.id) + "/goals/" + url.PathEscape(x.ID)
			}
		}
		out = append(out, x)
	}
	return out
}

// planItem is one thing of a list: what tells it from the others first.
func (f speaker) planItem(sec *planSection, v reflect.Value, whole *plan.Plan) planItem {
	var x planItem
	switch at := v.Addr().Interface().(type) {
	case *plan.Service:
		x.Title = strings.TrimSpace(at.Code + " " + at.Name)
		x.Lines, x.Week = f.serviceLines(at)
		x.Facts = f.planFacts(sec, v, whole)
	case *plan.Goal:
		x.Title = at.Area
		if at.Number != "" {
			x.Title = strings.TrimSpace(at.Number + " " + at.Area)
		}
		if x.Title == "" {
			x.Title = shortened(at.Text, 120)
		}
		x.Lines = []string{at.Text}
		if at.Baseline != "" {
			x.Lines = append(x.Lines, f.T("webplan.now", "text", at.Baseline))
		}
		x.Facts = f.planFacts(sec, v, whole)
	case *plan.Support:
		x.Title = at.Text
		x.Facts = f.planFacts(sec, v, whole)
		if len(x.Facts) > 0 && at.Text != "" {
			x.Facts = x.Facts[1:]
		}
	default:
		facts := f.planFacts(sec, v, whole)
		for i, fct := range facts {
			switch {
			case x.Title == "":
				x.Title = fct[1]
			case i < 4:
				x.Lines = append(x.Lines, labeled(fct))
			default:
				x.Facts = append(x.Facts, fct)
			}
		}
	}
	if x.Title == "" {
		x.Title = f.T("webplan.nameless")
	}
	return x
}

// labeled is a name with its value on one line.
func labeled(fact [2]string) string {
	if strings.HasSuffix(fact[0], "?") {
		return fact[0] + " " + fact[1]
	}
	return fact[0] + ": " + fact[1]
}

// serviceLines is a line of services in words: how much, how, from when to when;
// and its minutes a week.
func (f speaker) serviceLines(s *plan.Service) (lines []string, week string) {
	amount, week := f.serviceAmount(s)
	lines = append(lines, amount)
	if how := f.serviceHow(s); how != "" {
		lines = append(lines, how)
	}
	switch {
	case s.From != 0 && s.To != 0:
		lines = append(lines, first(f.cat.T("plan_show.dates", "from", f.cat.Date(s.From), "to", f.cat.Date(s.To))))
	case s.From != 0:
		lines = append(lines, first(f.T("webplan.from", "date", f.cat.Date(s.From))))
	}
	return lines, week
}

// serviceAmount is how much a line promises, and its minutes a week.
func (f speaker) serviceAmount(s *plan.Service) (text, week string) {
	a := s.Amount()
	text = spoken.Amount(f.cat, a)
	if r, ok := a.Weekly(); ok {
		week = spoken.Week(f.cat, r, ok)
		if a.Per != plan.PerWeek || a.Times.Said {
			text += " = " + week
		}
	} else if s.AsWritten != "" {
		text += ": “" + s.AsWritten + "”"
	}
	return first(text), week
}

// serviceHow is how, where and by whom a service is given.
func (f speaker) serviceHow(s *plan.Service) string {
	var how []string
	if s.Delivery != "" {
		how = append(how, f.cat.T("plan_delivery."+string(s.Delivery)))
	}
	for _, t := range []string{s.Location, s.Role} {
		if t != "" {
			how = append(how, t)
		}
	}
	return first(strings.Join(how, ", "))
}

// findings are the findings of a plan in words.
func (f speaker) findings(p *plan.Plan, fs []review.Finding) []planFinding {
	out := make([]planFinding, 0, len(fs))
	for i := range fs {
		x := &fs[i]
		w := planFinding{Says: spoken.Says(f.cat, x), Asks: spoken.Asks(f.cat, x), About: spoken.About(f.cat, p, x), Required: x.Severity == review.Required}
		w.Tag = Tag{"info", f.cat.T("webplan.tag_ask")}
		if w.Required {
			w.Tag = Tag{"soon", f.cat.T("webplan.tag_required")}
		}
		if x.Citation != "" {
			w.Cite = Cite{Text: x.Citation, Checked: f.cat.T("checked_short." + x.Checked.Level)}
			if x.Rule != "" {
				w.Cite.Source = "/law/rules/" + url.PathEscape(string(x.Rule))
			}
		}
		out = append(out, w)
	}
	return out
}

// reviewKey names a review among what a folder remembers.
type reviewKey struct {
	brief *brief.Brief
	plan  string
}

// reviewOf is the review of one version, kept with the folder.
func (s *Site) reviewOf(c *desk.Case, plans []*plan.Plan, p *plan.Plan) brief.Review {
	return c.Say(reviewKey{c.Brief, p.ID}, func() any {
		return brief.ReviewOf(&c.File.Case, plans, p, c.Brief.Laws, spoken.Goals)
	}).(brief.Review)
}

// findingGroups says beside which part a finding stands that is about no single
// component.
var findingGroups = map[string]string{
	"no-services": "services", "esy-no-services": "esy", "service-gap": "services", "promise-not-in-services": "notes", "request-no-notice": "notes",
	"no-goals": "goals", "no-progress-reports": "goals", "no-language-goals": "goals", "alternate-no-objectives": "goals",
	"need-without-support": "present", "no-present-levels": "present", "no-parent-concerns": "present",
	"no-effect": "eligibility", "no-low-incidence-equipment": "factors", "behavior-no-support": "factors", "at-no-device": "factors", "no-emergency-part": "factors",
	"no-nonparticipation": "setting", "nonparticipation-no-why": "setting", "percent-over": "setting", "percent-sum": "setting", "percent-minutes": "setting",
	"no-transition": "transition", "no-rights-statement": "transition", "no-course-of-study": "transition",
	"tests-not-stated": "assessments", "alternate-no-why": "assessments", "team-missing": "team", "consent-unclear": "answers", "starts-before-consent": "answers",
	"no-accommodations": "supports", "no-review-date": "s504",
}

// called is what a component is called where its name begins a line.
func called(cat *locale.Catalog, part plan.Part, name string) string {
	if part == plan.Decisions {
		return first(spoken.Called(cat, part, name))
	}
	return name
}

// partNames are ids of parts as they are shown: decisions by their names.
func (f speaker) partNames(ids []string) []string {
	var out []string
	for _, id := range ids {
		out = append(out, spoken.Called(f.cat, plan.Decisions, id))
	}
	return out
}

// groupOf is the part of the page that a finding stands beside.
func groupOf(p *plan.Plan, x *review.Finding) string {
	if len(x.Items) > 0 {
		for _, c := range p.Components() {
			if c.ID == x.Items[0] {
				if c.Part == plan.Decisions && c.Name == "esy" {
					return "esy"
				}
				return map[plan.Part]string{plan.ServiceLines: "services", plan.Goals: "goals", plan.Accommodations: "supports", plan.Placement: "setting", plan.Decisions: "factors", plan.AfterSchool: "transition"}[c.Part]
			}
		}
	}
	if g := findingGroups[x.Name]; g != "" {
		return g
	}
	return "dates"
}
