package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stayput/derive/plan/review"
	"stayput/derive/program"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/plan"
	sayprogram "stayput/present/program"
	spoken "stayput/present/review"
)

// A planShowPage is the plan of a case: what is in force, line by line, what to
// ask first, and the versions.
type planShowPage struct {
	Frame
	Stands  []string // where the plan stands, a sentence for each program
	StayPut *stayNote
	Tracks  []forceTrack
	Review  string // which plan the findings are about
	To      string // where that plan is
	Audit   bool
	Top     []planFinding
	Rest    []planFinding
	Offers  []versionLine
	Notices []string
	Broken  []string  // why the plans cannot be read
	Form    *planForm // of the first service, where no plan is entered
	Photo   *Field
	Compare string
	Path    string
	AsOf    string
}

func (planShowPage) template() string { return "plan_show" }

// A stayNote says that stay put applies, or that it is not sure.
type stayNote struct {
	Says, Why string
	Cite      Cite
	Unsure    bool
	Href      string
}

// A forceTrack is one program in force: the IEP, or the 504 plan.
type forceTrack struct {
	Title string
	Week  string
	Note  string
	Ended string
	Parts []forcePart
	Gaps  []string
}

// A forcePart is the lines of one sort.
type forcePart struct {
	Title string
	Lines []forceLine
	Fold  bool
}

// A forceLine is one component that must be carried out.
type forceLine struct {
	ID              string // of the page
	Name, How, Week string
	Since, Until    string
	Why             string
	Cite            Cite
	Tags            []Tag
	From, FromTo    string // the version it comes from
	Contested, To   string // the version that would change it
}

// A versionLine is one version in the list.
type versionLine struct {
	Title, Says, Href string
	Tag               Tag
	Compare           string // with the version before
	Offer             string
}

var (
	_ = sample(func() page {
		x := planFinding{Says: "x", Asks: "y", Tag: Tag{"info", "t"}, Cite: Cite{Text: "34 CFR 1", Checked: "z"}}
		return planShowPage{Stands: []string{"x"}, StayPut: &stayNote{Says: "x", Why: "y", Cite: Cite{Text: "34 CFR 1"}, Unsure: true, Href: "/x"}, Review: "x", To: "/x", Audit: true, Top: []planFinding{x}, Rest: []planFinding{x}, Compare: "/x", Path: "/x", AsOf: "x", Notices: []string{"x"},
			Tracks: []forceTrack{{Title: "x", Week: "y", Note: "z", Ended: "e", Gaps: []string{"g"}, Parts: []forcePart{{Title: "x", Lines: []forceLine{{ID: "l1", Name: "x", How: "h", Week: "w", Since: "s", Until: "u", Why: "w", Cite: Cite{Text: "c"}, Tags: []Tag{{"soon", "t"}}, From: "f", FromTo: "/f", Contested: "c", To: "/c"}}}, {Title: "y", Fold: true, Lines: []forceLine{{ID: "l2", Name: "x"}}}}}},
			Offers: []versionLine{{Title: "x", Says: "y", Href: "/x", Tag: Tag{"info", "t"}, Compare: "/y", Offer: "/z"}}}
	})
	_ = sample(func() page {
		return planShowPage{Stands: []string{"x"}, Path: "/x", Form: &planForm{Action: "/x", Fields: []Field{{Name: "a", Kind: "text"}}, More: []Field{{Name: "b", Kind: "text"}}}, Photo: &Field{Name: "files", Kind: "file"}}
	})
	_ = sample(func() page { return planShowPage{Path: "/x", Broken: []string{"x"}} })
)

// planShow shows the plan of a case.
func (s *Site) planShow(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), viewOf(r))
	if err != nil {
		return err
	}
	p := planShowPage{Frame: s.caseFrame(r, c, "webplan.plan", "plan"), Path: casePath(c.Folder)}
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	plans, err := c.Plans()
	if err != nil {
		p.Broken = append(p.Broken, p.T("desk.plans_unreadable"))
		for _, e := range fault.All(err) {
			p.Broken = append(p.Broken, p.Fault(e))
		}
		return s.show(w, r, http.StatusOK, p)
	}
	res, err := c.Program()
	if err != nil {
		return err
	}
	p.force(c, plans, res)
	p.stay(c, res)
	for _, n := range res.Notices {
		p.Notices = append(p.Notices, sayprogram.Notice(p.cat, n))
	}
	order := plan.InOrder(plans)
	if n := len(order); n > 0 {
		last := order[n-1]
		rev := s.reviewOf(c, plans, last)
		all := p.speak().findings(rev.Plan, rev.Findings)
		p.Top, p.Rest = all[:min(review.Top, len(all))], all[min(review.Top, len(all)):]
		p.Review, p.To = p.speak().planName(c, last.ID), planPath(c.Folder, last.ID)
		p.Audit = c.File.Case.Side == fact.SchoolSide
		if n > 1 {
			if before := earlier(plans, last); before != nil {
				p.Compare = comparePath(c.Folder, plans, before, last)
			}
		}
	} else if p.May("change_plans") {
		form := p.speak().quickForm(c, plans, quickTyped{}, nil)
		form.Name, form.Head = desk.NewName(), c.PlansHead
		form.Photo = desk.NewName()
		p.Form, p.Photo = &form, p.speak().photoField()
	}
	for i := len(order) - 1; i >= 0; i-- {
		p.Offers = append(p.Offers, p.speak().versionLine(c, plans, order[i], res))
	}
	return s.show(w, r, http.StatusOK, p)
}

// earlier is the version that p follows, as it was entered.
func earlier(plans []*plan.Plan, p *plan.Plan) *plan.Plan {
	if b := plan.Before(plans, p); b != nil {
		return plan.Find(plans, b.ID)
	}
	return nil
}

// partOrder is the order in which the lines in force are shown.
var partOrder = []plan.Part{plan.ServiceLines, plan.Accommodations, plan.Placement, plan.Decisions, plan.AfterSchool, plan.Goals}

// force puts the program in force into words.
func (p *planShowPage) force(c *desk.Case, plans []*plan.Plan, res *program.Result) {
	written := map[string]*plan.Plan{} // a line is called by its place in its own version
	for _, x := range plans {
		written[x.ID] = x
	}
	n := 0
	for i := range res.Tracks {
		t := &res.Tracks[i]
		x := forceTrack{Title: p.T("webplan.force_" + trackName(t.Kind))}
		var sum plan.Rate
		counted, unsaid := 0, 0
		for _, part := range partOrder {
			g := forcePart{Title: p.T("webplan.lines_" + string(part)), Fold: part == plan.Goals || part == plan.Accommodations}
			for j := range t.InForce {
				l := &t.InForce[j]
				if l.Part != part {
					continue
				}
				n++
				line := p.speak().forceLine(c, l, written[l.FromPlan], n)
				if s := serviceOf(written[l.FromPlan], l); s != nil && s.ESY != fact.Yes && s.Category != "esy" {
					if r, ok := s.Amount().Weekly(); ok {
						sum, counted = sum.Add(r), counted+1
					} else {
						unsaid++
					}
				}
				g.Lines = append(g.Lines, line)
			}
			if len(g.Lines) > 0 {
				x.Parts = append(x.Parts, g)
			}
		}
		if counted > 0 {
			x.Week = spoken.Week(p.cat, sum, true)
		}
		if unsaid > 0 {
			x.Note = p.N("webplan.lines_unsaid", unsaid)
		}
		if t.Ended != nil {
			x.Ended = strings.TrimSpace(p.T("webplan.ended_on", "date", p.cat.Date(t.Ended.On)) + " " + sayprogram.Why(p.cat, t.Ended.Reason))
		}
		for _, g := range t.Gaps {
			x.Gaps = append(x.Gaps, p.T("webplan.gap", "name", p.speak().lineName(t, written, g.Component), "from", p.cat.Date(g.From), "to", p.cat.Date(g.To)))
		}
		if len(x.Parts) > 0 || x.Ended != "" || len(x.Gaps) > 0 {
			p.Tracks = append(p.Tracks, x)
		}
		p.Stands = append(p.Stands, p.speak().stands(c, t, x))
	}
	switch {
	case len(plans) == 0:
		p.Stands = []string{p.T("webplan.stands_no_plan")}
	case len(p.Stands) == 0:
		p.Stands = []string{p.T("webplan.stands_nothing")}
	}
}

// lineName is what a component is called that is named in a track.
func (f speaker) lineName(t *program.Track, written map[string]*plan.Plan, id string) string {
	for i := range t.InForce {
		if t.InForce[i].Component == id {
			return first(called(f.cat, t.InForce[i].Part, t.InForce[i].Name))
		}
	}
	for _, w := range written {
		for _, k := range w.Components() {
			if k.ID == id && k.Name != "" {
				return shortened(first(called(f.cat, k.Part, k.Name)), 80)
			}
		}
	}
	return id
}

// trackName is the word of a program in the catalog.
func trackName(k plan.Kind) string {
	if k == plan.Section504 || k == plan.Health {
		return "504"
	}
	return "iep"
}

// stands is one sentence of where a program stands.
func (f speaker) stands(c *desk.Case, t *program.Track, x forceTrack) string {
	kind := f.cat.T("webplan.kind_" + trackName(t.Kind))
	var out string
	switch {
	case t.Ended != nil && len(t.InForce) == 0:
		out = f.T("webplan.stands_ended", "kind", kind, "date", f.cat.Date(t.Ended.On))
	case len(t.InForce) == 0:
		out = f.T("webplan.stands_none", "kind", kind)
	case slices.ContainsFunc(t.InForce, lineWaits):
		return f.T("webplan.stands_wait", "kind", kind) + " " + f.waitsUntil(&t.InForce[slices.IndexFunc(t.InForce, lineWaits)])
	case slices.ContainsFunc(t.InForce, func(l program.Line) bool { return l.Expired }):
		out = f.T("webplan.stands_expired", "kind", kind)
	case x.Week != "":
		out = f.T("webplan.stands_force_week", "kind", kind, "week", x.Week)
	default:
		out = f.T("webplan.stands_force", "kind", kind)
	}
	if key := "webplan.consent_" + string(t.Consent); t.Latest != "" && f.cat.Has(key) {
		out += " " + f.T(key, "plan", f.planName(c, t.Latest))
	}
	return out
}

// serviceOf is the service line that a line in force carries out, or nil.
func serviceOf(written *plan.Plan, l *program.Line) *plan.Service {
	if written == nil || l.Part != plan.ServiceLines {
		return nil
	}
	for _, k := range written.Components() {
		if k.ID == l.Component && k.Part == plan.ServiceLines {
			return &written.Services[k.Index]
		}
	}
	return nil
}

// forceLine is one line in force in words.
func (f speaker) forceLine(c *desk.Case, l *program.Line, written *plan.Plan, n int) forceLine {
	x := forceLine{ID: "l" + strconv.Itoa(n), Name: first(shortened(called(f.cat, l.Part, l.Name), 300)), Why: sayprogram.Why(f.cat, l.Reason), Cite: f.lawOf(l.Reason), From: f.planName(c, l.FromPlan), FromTo: planPath(c.Folder, l.FromPlan)}
	if l.Part == plan.Decisions && written != nil {
		x.How = shortened(written.DecisionText(l.Name), 200)
	}
	if s := serviceOf(written, l); s != nil {
		x.How, x.Week = f.serviceAmount(s)
		if how := f.serviceHow(s); how != "" {
			x.How += ". " + how
		}
	}
	if l.Since != 0 {
		x.Since = f.T("webplan.since", "date", f.cat.Date(l.Since))
	} else {
		x.Since = f.T("webplan.since_unsaid")
	}
	if l.Basis == program.OnWait {
		x.Until = f.waitsUntil(l)
	} else if l.Expired && l.Until != 0 {
		x.Until = f.T("webplan.until_over", "date", f.cat.Date(l.Until))
		x.Tags = append(x.Tags, Tag{"soon", f.T("webplan.tag_expired")})
	} else if l.Until != 0 {
		x.Until = f.T("webplan.until", "date", f.cat.Date(l.Until))
	}
	if l.Basis != program.OnAgreement && l.Basis != "" {
		x.Tags = append(x.Tags, Tag{"info", f.T("webplan.basis_" + string(l.Basis))})
	}
	if l.Contested != "" {
		x.Tags = append(x.Tags, Tag{"soon", f.T("webplan.tag_contested")})
		x.Contested, x.To = f.planName(c, l.Contested), planPath(c.Folder, l.Contested)
	}
	return x
}

// lineWaits reports a line that goes on only until a revocation takes effect.
func lineWaits(l program.Line) bool { return l.Basis == program.OnWait }

// waitsUntil says until when a line goes on after consent was taken back.
func (f speaker) waitsUntil(l *program.Line) string {
	if l.Stops == 0 {
		return f.T("webplan.waits")
	}
	return f.T("webplan.waits_until", "last", f.cat.Date(l.Stops-1), "date", f.cat.Date(l.Stops))
}

// stay says on top of the page that stay put applies, or may.
func (p *planShowPage) stay(c *desk.Case, res *program.Result) {
	s := &res.StayPut
	if s.Trigger == "" || s.OverBy != "" || s.Applies == fact.No {
		return
	}
	p.StayPut = &stayNote{Why: sayprogram.Why(p.cat, s.Reason), Cite: p.speak().lawOf(s.Reason), Unsure: s.Applies == fact.Unsaid, Href: casePath(c.Folder) + "/stay-put"}
	key := "webplan.stay_applies"
	if p.StayPut.Unsure {
		key = "webplan.stay_unsure"
	}
	p.StayPut.Says = p.T(key, "date", p.cat.Date(s.Since))
}

// versionLine is one version in the list.
func (f speaker) versionLine(c *desk.Case, plans []*plan.Plan, x *plan.Plan, res *program.Result) versionLine {
	whole, _ := plan.Whole(plans, x)
	l := versionLine{Title: first(f.planName(c, x.ID)), Says: f.versionSays(x, whole), Href: planPath(c.Folder, x.ID)}
	for i := range res.Tracks {
		for _, o := range res.Tracks[i].Offers {
			if o.Plan == x.ID && f.cat.Has("webplan.is_"+string(o.Consent)) {
				l.Tag = Tag{map[program.Consent]string{program.Whole: "done", program.Deemed: "done", program.Partial: "soon", program.Conditional: "soon", program.Divided: "soon", program.Unanswered: "soon", program.Refused: "late", program.Revoked: "late"}[o.Consent], f.T("webplan.is_" + string(o.Consent))}
			}
		}
	}
	if b := earlier(plans, x); b != nil {
		l.Compare = comparePath(c.Folder, plans, b, x)
	}
	if x.Status == "offered" || x.Status == "draft" || x.Status == "" {
		l.Offer = planPath(c.Folder, x.ID) + "/offer"
	}
	return l
}
