package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"stayput/derive/goal"
	"stayput/derive/plan/review"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/locale"
	"stayput/plan"
	spoken "stayput/present/review"
)

// A planVersionPage is one version of a plan, whole, with what the review asks
// beside the part it is about.
type planVersionPage struct {
	Frame
	ID       string
	Says     string // which version it is
	Amends   string // the plan it changes
	AmendsTo string
	Audit    bool // a school looks before it offers
	Top      []planFinding
	More     int
	Groups   []planGroup
	Actions  []captureKey
	Compare  []captureKey
	Week     string // minutes a week, all services that say so
	WeekNote string
	Head     string
	Form     string
	Path     string
	Back     string
	AsOf     string
}

func (planVersionPage) template() string { return "plan_version" }

// A planGroup is one part of the page: what stands there, and what to ask.
type planGroup struct {
	ID, Title string
	Lists     []planList
	Findings  []planFinding
	Edits     []captureKey // forms of the part, where nothing of it was entered
	N         int          // how much there is to ask, beside single things too
	Empty     bool         // nothing is entered
	Open      bool
}

// A planList is one section: its facts, or its things.
type planList struct {
	Title string
	Facts [][2]string
	Items []planItem
	Edit  string
	Add   string
}

var (
	_ = sample(func() page {
		x := planFinding{Says: "x", Asks: "y", About: "z", Tag: Tag{"soon", "t"}, Cite: Cite{Text: "34 CFR 1", Checked: "z", Source: "/x"}}
		return planVersionPage{ID: "x", Says: "x", Amends: "y", AmendsTo: "/x", Audit: true, Top: []planFinding{x}, More: 2, Week: "x", WeekNote: "y", Head: "h", Form: "f", Path: "/x", Back: "/y", AsOf: "x",
			Actions: []captureKey{{Label: "x", Href: "/"}}, Compare: []captureKey{{Label: "x", Href: "/"}},
			Groups: []planGroup{{ID: "services", Title: "x", Open: true, Findings: []planFinding{x}, Lists: []planList{{Title: "x", Items: []planItem{{ID: "s1", Title: "x", Lines: []string{"y"}, Facts: [][2]string{{"a", "b"}}, Edit: "/x", Look: "/y", Findings: []planFinding{x}}}, Add: "/x"},
				{Title: "y", Facts: [][2]string{{"a", "b"}}, Edit: "/x"}}}, {ID: "goals", Title: "y", Empty: true, Edits: []captureKey{{Label: "x", Href: "/"}}}}}
	})
	_ = sample(func() page { return planVersionPage{ID: "x", Path: "/x", Back: "/y"} })
)

// planVersion shows one version.
func (s *Site) planVersion(w http.ResponseWriter, r *http.Request) error {
	c, plans, err := s.planCase(r)
	if err != nil {
		return err
	}
	own := plan.Find(plans, r.PathValue("plan"))
	if own == nil {
		return notThere()
	}
	rev := s.reviewOf(c, plans, own)
	whole := rev.Plan
	p := planVersionPage{Frame: s.caseFrame(r, c, "webplan.plan", "plan"), ID: own.ID, Path: planPath(c.Folder, own.ID), Back: casePath(c.Folder) + "/plan", Head: c.PlansHead, Form: desk.NewName()}
	p.Title = first(p.speak().planName(c, own.ID))
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Today))
	p.Says = p.speak().versionSays(own, whole)
	if own.Amends != "" {
		p.Amends, p.AmendsTo = p.speak().planName(c, own.Amends), planPath(c.Folder, own.Amends)
	}
	p.Audit = c.File.Case.Side == fact.SchoolSide && (own.Status == "" || own.Status == "draft" || own.Status == "offered")
	all := p.speak().findings(whole, rev.Findings)
	p.Top, p.More = all[:min(review.Top, len(all))], max(0, len(all)-review.Top)
	p.Week, p.WeekNote = p.speak().weekOf(whole)
	p.Groups = p.speak().planGroups(c, own, whole, rev.Findings, all)
	p.Actions = p.speak().versionActions(c, own)
	for _, o := range plan.InOrder(plans) {
		if o.ID != own.ID && o.Kind == own.Kind {
			p.Compare = append(p.Compare, captureKey{Label: first(p.speak().planName(c, o.ID)), Href: comparePath(c.Folder, plans, o, own)})
		}
	}
	return s.show(w, r, http.StatusOK, p)
}

// comparePath is where two versions are compared, the earlier one first.
func comparePath(f *desk.Folder, plans []*plan.Plan, a, b *plan.Plan) string {
	order := plan.InOrder(plans)
	if slices.IndexFunc(order, func(p *plan.Plan) bool { return p.ID == a.ID }) > slices.IndexFunc(order, func(p *plan.Plan) bool { return p.ID == b.ID }) {
		a, b = b, a
	}
	return planPath(f, a.ID) + "/compare/" + url.PathEscape(b.ID)
}

// versionSays is one sentence of what a version is.
func (f speaker) versionSays(own, whole *plan.Plan) string {
	parts := []string{f.cat.T("plan_kind." + string(own.Kind))}
	if own.Amends != "" {
		parts[0] = f.cat.T("webplan.amendment_of", "kind", parts[0])
	}
	if own.Status != "" {
		parts = append(parts, f.cat.T("webplan.status_"+string(own.Status)))
	}
	if from, to := whole.Starts(), whole.Ends(); from != 0 && to != 0 {
		parts = append(parts, f.cat.T("plan_show.dates", "from", f.cat.Date(from), "to", f.cat.Date(to)))
	} else if from != 0 {
		parts = append(parts, f.T("webplan.from", "date", f.cat.Date(from)))
	}
	return locale.First(strings.Join(parts, "; ")) + "."
}

// weekOf is the minutes a week of all services of the school year that say so,
// and what cannot be counted.
func (f speaker) weekOf(p *plan.Plan) (week, note string) {
	var sum plan.Rate
	known, unknown := 0, 0
	for i := range p.Services {
		s := &p.Services[i]
		if s.ESY == fact.Yes || s.Category == "esy" {
			continue
		}
		if r, ok := s.Amount().Weekly(); ok {
			sum, known = sum.Add(r), known+1
		} else {
			unknown++
		}
	}
	if known > 0 {
		week = spoken.Week(f.cat, sum, true)
	}
	if unknown > 0 {
		note = f.N("webplan.lines_unsaid", unknown)
	}
	return week, note
}

// planGroups are the parts of the page.
func (f speaker) planGroups(c *desk.Case, own, whole *plan.Plan, fs []review.Finding, said []planFinding) []planGroup {
	beside := map[string][]planFinding{} // by group
	at := map[string][]planFinding{}     // by the one part they are about
	for i := range fs {
		if len(fs[i].Items) == 1 && fs[i].Items[0] != string(plan.Placement) {
			x := said[i]
			x.About = "" // it stands right there
			at[fs[i].Items[0]] = append(at[fs[i].Items[0]], x)
			continue
		}
		g := groupOf(whole, &fs[i])
		beside[g] = append(beside[g], said[i])
	}
	may := f.May("change_plans")
	var out []planGroup
	for _, name := range planGroups {
		g := planGroup{ID: name, Title: f.T("webplan.group_" + name), Findings: beside[name], N: len(beside[name]), Empty: true}
		sections := 0
		for i := range planSections {
			sec := &planSections[i]
			if sec.group != name || sec.inside != "" || sec.only != nil && !sec.only(own) {
				continue
			}
			sections++
			spot := planSpot{id: own.ID, section: sec, in: -1, item: -1}
			l := planList{Title: f.T("webplan.section_" + sec.name)}
			edit := spot.path(c.Folder)
			if sec.list() {
				v, _ := sec.value(own, -1)
				l.Items = f.planItems(c, whole, spot, v)
				f.inner(own, sec, l.Items)
				for j := range l.Items {
					l.Items[j].Findings = at[l.Items[j].ID]
					g.N += len(l.Items[j].Findings)
				}
				if may && own.Amends != "" && sec.part() != "" {
					l.Edit = edit // the list offers the parts of the base
				} else if may {
					spot.asked = true
					l.Add = spot.path(c.Folder)
				}
				edit = spot.path(c.Folder)
			} else {
				v, _ := sec.value(own, -1)
				l.Facts = f.planFacts(sec, v, whole)
				if may {
					l.Edit = edit
				}
			}
			if len(l.Items)+len(l.Facts) > 0 {
				g.Lists, g.Empty = append(g.Lists, l), false
			} else if may {
				g.Edits = append(g.Edits, captureKey{Label: l.Title, Href: edit})
			}
		}
		if sections == 0 {
			continue
		}
		g.Open = !g.Empty && name == "services"
		out = append(out, g)
	}
	return out
}

// inner adds what lies in the things of a list: objectives, reports, exceptions.
func (f speaker) inner(own *plan.Plan, sec *planSection, items []planItem) {
	for i := range planSections {
		in := &planSections[i]
		if in.inside != sec.name {
			continue
		}
		for j := range items {
			v, ok := in.value(own, j)
			if !ok {
				continue
			}
			for k := range v.Len() {
				x := f.planItem(in, v.Index(k), own)
				items[j].Facts = append(items[j].Facts, [2]string{f.T("webplan.one_" + in.name), strings.Join(append([]string{x.Title}, x.Lines...), ". ")})
			}
		}
	}
}

// versionActions are what can be done with a version.
func (f speaker) versionActions(c *desk.Case, p *plan.Plan) []captureKey {
	out := []captureKey{{Icon: "cases", Label: f.T("webplan.to_offer"), Href: planPath(c.Folder, p.ID) + "/offer"},
		{Icon: "check-circle", Label: f.T("webplan.to_consent"), Href: casePath(c.Folder) + "/consent"}}
	if f.May("change_plans") {
		out = append(out, captureKey{Icon: "add", Label: f.T("webplan.add_service"), Href: casePath(c.Folder) + "/plan/service?plan=" + url.QueryEscape(p.ID)},
			captureKey{Icon: "edit", Label: f.T("webplan.amend"), Href: casePath(c.Folder) + "/plans/new?amends=" + url.QueryEscape(p.ID)})
	}
	return out
}

// planRemove takes out a version that was entered by mistake. It stays in the
// log.
func (s *Site) planRemove(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	id := r.PathValue("plan")
	err = s.desk.ChangePlans(r.Context(), who(r), caseID(r), f.Text("head", 20), f.Text("form", 20), func(plans []*plan.Plan) ([]*plan.Plan, error) {
		if plan.Find(plans, id) == nil {
			return nil, fault.New(fault.NotFound, fault.Position{}, "web.error.not_found")
		}
		return slices.DeleteFunc(plans, func(p *plan.Plan) bool { return p.ID == id }), nil
	})
	if err != nil {
		return err
	}
	s.done(r, "webplan.plan_removed")
	return s.seeOther(w, r, "/cases/"+string(caseID(r))+"/plan")
}

// A goalPage is one goal, and what a look at it by fixed rules finds.
type goalPage struct {
	Frame
	Plan     string
	Back     string
	Edit     string
	Goal     goalView
	Facts    [][2]string
	Findings []planFinding
}

func (goalPage) template() string { return "goal_show" }

// A goalView is what a look at a goal finds: the parts that are there with the
// words that show them, the parts that are missing, what a careful reader would
// ask, and a frame to write it again.
type goalView struct {
	Area, Text, Baseline string
	Says                 string
	Measurable           bool
	Borderline           bool
	Has, Lacks           []goalPart
	Notes                []goalPart
	Again                string
	Lang                 string // of the goal
}

// A goalPart is one part of a goal with the words that show it.
type goalPart struct {
	Name  string
	Words []string
}

var _ = sample(func() page {
	x := goalPart{Name: "x", Words: []string{"y"}}
	return goalPage{Plan: "x", Back: "/x", Edit: "/y", Facts: [][2]string{{"a", "b"}}, Findings: []planFinding{{Says: "x", Asks: "y"}},
		Goal: goalView{Area: "x", Text: "y", Baseline: "z", Says: "s", Borderline: true, Has: []goalPart{x}, Lacks: []goalPart{{Name: "x"}}, Notes: []goalPart{x}, Again: "a", Lang: "es"}}
})

// goalShow shows one goal.
func (s *Site) goalShow(w http.ResponseWriter, r *http.Request) error {
	c, plans, err := s.planCase(r)
	if err != nil {
		return err
	}
	own := plan.Find(plans, r.PathValue("plan"))
	if own == nil {
		return notThere()
	}
	rev := s.reviewOf(c, plans, own)
	id := r.PathValue("goal")
	i := slices.IndexFunc(rev.Plan.Components(), func(x plan.Component) bool { return x.ID == id && x.Part == plan.Goals })
	if i < 0 {
		return notThere()
	}
	at := rev.Plan.Components()[i].Index
	g := &rev.Plan.Goals[at]
	p := goalPage{Frame: s.caseFrame(r, c, "webplan.one_goals", "plan"), Plan: s.wordsOf(r).speak().planName(c, own.ID), Back: planPath(c.Folder, own.ID) + "#goals", Goal: s.wordsOf(r).speak().goalView(g, cmp.Or(g.Language, rev.Plan.Language))}
	sec := sectionNamed("goals", own)
	v, _ := sec.value(rev.Plan, -1)
	for _, x := range p.speak().planFacts(sec, v.Index(at), rev.Plan) {
		if x[1] != g.Text && x[1] != g.Baseline && x[1] != g.Area {
			p.Facts = append(p.Facts, x)
		}
	}
	for j := range own.Goals {
		if plan.Ref(plan.Goals, own.Goals[j].ID, j) == id && p.May("change_plans") {
			p.Edit = planSpot{id: own.ID, section: sec, in: -1, item: j, asked: true}.path(c.Folder)
		}
	}
	var mine []review.Finding
	for _, x := range rev.Findings {
		if slices.Contains(x.Items, id) && !strings.HasPrefix(x.Name, "goal-not-measurable") {
			x.Items = nil
			mine = append(mine, x)
		}
	}
	p.Findings = p.speak().findings(rev.Plan, mine)
	return s.show(w, r, http.StatusOK, p)
}

// goalView reads a goal.
func (f speaker) goalView(g *plan.Goal, lang string) goalView {
	r := goal.Read(review.GoalText(g), g.Baseline, lang)
	v := goalView{Area: g.Area, Text: g.Text, Baseline: g.Baseline, Measurable: r.Measurable, Borderline: r.Borderline, Lang: r.Lang, Again: spoken.Again(r)}
	switch {
	case r.Measurable && r.Complete:
		v.Says = f.cat.T("goal.measurable") + " " + f.cat.T("goal.complete")
	case r.Measurable:
		v.Says = f.cat.T("goal.measurable")
	default:
		v.Says = f.cat.T("goal.not_measurable")
	}
	quotes := func(spans []goal.Span) (out []string) {
		for _, s := range spans {
			q := "“" + s.Quote + "”"
			if s.InField {
				q += " (" + f.cat.T("goal.in_baseline") + ")"
			}
			if !slices.Contains(out, q) {
				out = append(out, q)
			}
		}
		return out
	}
	for _, p := range r.Parts {
		x := goalPart{f.cat.T("goal.part_" + string(p.Criterion)), quotes(p.Words)}
		if p.Present {
			v.Has = append(v.Has, x)
		} else {
			v.Lacks = append(v.Lacks, x)
		}
	}
	for _, n := range r.Notes {
		v.Notes = append(v.Notes, goalPart{f.cat.T("goal.concern_" + string(n.Concern)), quotes(n.Words)})
	}
	return v
}
