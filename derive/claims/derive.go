package claims

import (
	"cmp"
	"slices"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/derive/lookback"
	"stayput/derive/plan/review"
	"stayput/fact"
	"stayput/law"
	"stayput/plan"
	"stayput/record"
)

// Derive gathers the claims of a record, the earliest first. The order of what goes in
// makes no difference.
func Derive(in Input) []Claim {
	if in.View == nil || len(in.Laws) == 0 {
		return nil
	}
	g := &engine{in: in, naming: naming(in.View)}
	g.now = lawAt(in.Laws, in.AsOf)
	g.wrongs()
	g.services()
	g.plans()
	slices.SortStableFunc(g.out, func(a, b Claim) int {
		return cmp.Or(cmp.Compare(a.Happened.First, b.Happened.First), cmp.Compare(slices.Index(Sorts, a.Sort), slices.Index(Sorts, b.Sort)),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.about(), b.about()))
	})
	return g.out
}

// Sorts lists the sorts.
var Sorts = []Sort{Late, Refused, Violated, Short, Lacking}

// about names what a claim is about, to put claims of one day in one order.
func (c *Claim) about() string {
	switch {
	case c.Clock != nil:
		return c.Clock.Trigger
	case c.Gap != nil:
		return c.Service + " " + string(c.Gap.Kind)
	case c.Finding != nil:
		return c.Plan.ID + " " + c.Finding.Name
	}
	return c.Entry
}

type engine struct {
	in     Input
	now    *law.Law
	naming map[string][]*fact.Entry
	out    []Claim
}

func lawAt(laws []clock.Since, d day.Date) *law.Law {
	out := laws[0].Law
	for _, l := range laws {
		if l.From <= d {
			out = l.Law
		}
	}
	return out
}

// naming are the entries that name another.
func naming(v *record.View) map[string][]*fact.Entry {
	out := map[string][]*fact.Entry{}
	for _, e := range v.Entries {
		if e.Re != "" && !e.Derived && !e.Kind.Info().Inward {
			out[e.Re] = append(out[e.Re], e)
		}
	}
	return out
}

// violated is a kind with which a record itself says that something was wrong.
var (
	violated = fact.MustLookup("violation_occurred")
	noticed  = fact.MustLookup("prior_written_notice_given")
	offered  = fact.MustLookup("iep_offered")
)

// wrongs are the late duties and the refusals, with the limits about each.
func (g *engine) wrongs() {
	at := map[string]int{}
	for i := range g.in.Limits {
		l := &g.in.Limits[i]
		w := l.Wrong
		if w == nil {
			continue
		}
		key := w.Entry + " refused"
		if l.Clock != nil {
			key = l.Clock.Trigger + " " + string(l.Clock.Rule.ID)
		}
		n, ok := at[key]
		if !ok {
			n = len(g.out)
			at[key] = n
			g.out = append(g.out, g.wrong(l))
		}
		c := &g.out[n]
		r := Right{Right: l.Right, Route: g.route(l.Right), Rule: l.Rule.ID, Checked: l.Rule.Checked, Earliest: l.Earliest, Latest: l.Latest, Ends: l.Earliest,
			Status: l.Status, Exceptions: l.Rule.Exceptions, UsedBy: l.UsedBy}
		if l.Version != nil {
			r.Citation = l.Version.Citation
		}
		c.Rights = append(c.Rights, r)
	}
	for i := range g.out {
		g.finish(&g.out[i])
	}
}

// wrong is what a limit is about.
func (g *engine) wrong(l *limit.Limit) Claim {
	w := l.Wrong
	c := Claim{Happened: w.Happened, Known: w.Known, Entry: w.Entry, Kind: w.Kind}
	proof := []string{w.Entry}
	if l.Clock != nil {
		c.Sort, c.Concern, c.Clock = Late, "late_clock", l.Clock
		c.cite(l.Clock.Rule, l.Clock.Version)
		proof = []string{l.Clock.Trigger}
		if l.Clock.MetBy != "" {
			proof = append(proof, l.Clock.MetBy)
		}
	} else {
		c.Sort, c.Concern = Refused, concernOf(w.Area, w.Kind)
		if w.Kind == violated {
			c.Sort = Violated
		}
		if k := g.answered(w.Entry); k != nil {
			c.cite(k.Rule, k.Version)
			proof = append(proof, k.Trigger)
		}
	}
	g.prove(&c, proof)
	if c.Sort == Refused && !g.notice(w.Entry) {
		c.Missing = append(c.Missing, NoNotice)
	}
	if w.Happened.First != w.Happened.Last {
		c.Missing = append(c.Missing, DayUnsure)
	}
	return c
}

func (c *Claim) cite(r *law.Rule, v *law.Version) {
	c.Rule, c.Checked = r.ID, r.Checked
	if v != nil {
		c.Citation, c.Source = v.Citation, v.Source
	}
}

// answered is the duty that a refusal answered, or nil.
func (g *engine) answered(entry string) *clock.Clock {
	for i := range g.in.Clocks {
		if g.in.Clocks[i].MetBy == entry {
			return &g.in.Clocks[i]
		}
	}
	return nil
}

// notice reports that a written notice about an entry is in the record.
func (g *engine) notice(entry string) bool {
	return slices.ContainsFunc(g.naming[entry], func(e *fact.Entry) bool { return e.Kind == noticed })
}

// prove gathers entries and what names them, by day, with the papers.
func (g *engine) prove(c *Claim, ids []string) {
	var es []*fact.Entry
	add := func(e *fact.Entry) {
		if e != nil && !e.Derived && !slices.Contains(es, e) && e.On.Earliest <= g.in.AsOf {
			es = append(es, e)
		}
	}
	for _, id := range ids {
		add(g.in.View.Get(id))
	}
	for _, e := range slices.Clone(es) {
		for _, x := range g.naming[e.ID] {
			add(x)
		}
	}
	slices.SortStableFunc(es, func(a, b *fact.Entry) int {
		return cmp.Or(cmp.Compare(a.On.Earliest, b.On.Earliest), cmp.Compare(a.ID, b.ID))
	})
	for _, e := range es {
		c.Proof, c.Files = append(c.Proof, e.ID), c.Files+len(e.Files)
	}
	if c.Files == 0 {
		c.Missing = append(c.Missing, NoPaper)
	}
}

// areas are the concerns that the subjects of law belong to.
var areas = map[string]law.Concern{
	"evaluation": "evaluation", "child_find": "evaluation", "independent_evaluation": "evaluation", "eligibility": "eligibility",
	"iep": "content_of_plan", "transition": "missing_content", "placement": "placement", "private_school": "placement", "extended_year": "extended_school_year",
	"notice": "procedural_safeguards", "safeguards": "procedural_safeguards", "consent": "procedural_safeguards", "surrogate": "procedural_safeguards",
	"records": "records", "ferpa": "records", "discipline": "discipline", "behavior": "discipline", "section_504": "discrimination", "retaliation": "discrimination",
	"stay_put": "placement", "transfer": "not_carried_out",
}

var meetingRefused = fact.MustLookup("iep_meeting_refused")

func concernOf(area string, k fact.Kind) law.Concern {
	if k == meetingRefused {
		return "parent_participation"
	}
	if c, ok := areas[area]; ok {
		return c
	}
	return "procedural_safeguards"
}

// route is the route of the law that a right belongs to: the one whose limits have it.
func (g *engine) route(right string) law.RouteID {
	routes := g.now.Routes()
	for i := range routes {
		for _, id := range routes[i].Limits {
			if r := g.now.Rule(id); r != nil && r.Right == right {
				return routes[i].ID
			}
		}
	}
	return ""
}

// services are the stretches in which a service was not given as promised. What nobody
// knows is no claim; the look back tells it.
func (g *engine) services() {
	look := g.in.Look
	if look == nil {
		return
	}
	for i := range look.Services {
		s := &look.Services[i]
		for j := range s.Years {
			for k := range s.Years[j].Gaps {
				if gap := &s.Years[j].Gaps[k]; gap.Short+gap.Reported > 0 {
					g.short(s, gap)
				}
			}
		}
	}
}

func (g *engine) short(s *lookback.Service, gap *lookback.Gap) {
	c := Claim{Sort: Short, Concern: "not_carried_out", Service: s.Name, Unit: s.Unit, Gap: gap, Sessions: gap.Logs, Happened: day.Span{First: gap.From, Last: gap.To}}
	if c.Service == "" {
		c.Service = s.Key
	}
	name := "iep.implement"
	if s.Track == plan.Section504 || s.Track == plan.Health {
		name = "s504.fape"
	}
	if r, v := byName(lawAt(g.in.Laws, gap.From), name, gap.From); r != nil {
		c.cite(r, v)
	}
	for _, x := range gap.Claims {
		r := Right{Right: x.Right, Route: g.route(x.Right), Earliest: x.First.Earliest, Latest: x.Last.Latest, Ends: x.Last.Earliest, Part: x.State == lookback.Part}
		switch x.State {
		case lookback.Open, lookback.Part:
			r.Status = limit.Open
		case lookback.Closing:
			r.Status = limit.Closing
		case lookback.Gone:
			r.Status = limit.Closed
		}
		for k := range g.in.Look.Routes {
			if y := &g.in.Look.Routes[k]; y.Right == x.Right && len(y.Limits) > 0 {
				l := &y.Limits[0]
				r.Rule, r.Checked, r.Exceptions = l.Rule.ID, l.Rule.Checked, l.Rule.Exceptions
				if l.Version != nil {
					r.Citation = l.Version.Citation
				}
			}
		}
		c.Rights = append(c.Rights, r)
	}
	switch {
	case gap.Told > 0 && gap.Told >= gap.Sessions:
		c.Missing = append(c.Missing, OnlyFamily)
	case gap.Told > 0:
		c.Missing = append(c.Missing, SomeFamily)
	}
	if len(gap.Reasons) == 0 {
		c.Missing = append(c.Missing, NoReason)
	}
	g.finish(&c)
	g.out = append(g.out, c)
}

// plans are the plans that lack what the law requires them to hold.
func (g *engine) plans() {
	for i := range g.in.Reviews {
		rv := &g.in.Reviews[i]
		if rv.Plan == nil {
			continue
		}
		on := rv.Plan.Offered
		if on == 0 {
			on = rv.Plan.Starts()
		}
		if on <= 0 || on > g.in.AsOf {
			continue
		}
		for j := range rv.Findings {
			f := &rv.Findings[j]
			if f.Severity != review.Required || f.Citation == "" {
				continue
			}
			c := Claim{Sort: Lacking, Concern: "missing_content", Plan: rv.Plan, Finding: f, Rule: f.Rule, Citation: f.Citation, Checked: f.Checked, Happened: day.Span{First: on, Last: on}}
			for _, right := range lookback.Rights(rv.Plan.Kind) {
				for _, l := range limit.LimitsOf(g.in.Laws, g.in.View, g.in.AsOf, right, "iep", offered, c.Happened, c.Happened) {
					r := Right{Right: right, Route: g.route(right), Rule: l.Rule.ID, Checked: l.Rule.Checked, Earliest: l.Earliest, Latest: l.Latest, Ends: l.Earliest,
						Status: l.Status, Exceptions: l.Rule.Exceptions, UsedBy: l.UsedBy}
					if l.Version != nil {
						r.Citation = l.Version.Citation
					}
					c.Rights = append(c.Rights, r)
				}
			}
			g.finish(&c)
			g.out = append(g.out, c)
		}
	}
}

// byName is the rule of a name, in the topmost pack that has it, as it stood on a day.
func byName(l *law.Law, name string, on day.Date) (*law.Rule, *law.Version) {
	for _, p := range l.Packs {
		if r := l.Rule(law.RuleID(p.ID + "." + name)); r != nil {
			if v := r.VersionAt(on); v != nil {
				return r, v
			}
		}
	}
	return nil, nil
}

// finish sorts the rights and says what the routes that are still open can bring.
func (g *engine) finish(c *Claim) {
	slices.SortStableFunc(c.Rights, func(a, b Right) int {
		return cmp.Or(cmp.Compare(a.Earliest, b.Earliest), cmp.Compare(a.Right, b.Right), cmp.Compare(a.Rule, b.Rule))
	})
	slices.SortStableFunc(c.Missing, func(a, b Lack) int { return slices.Index(Lacks, a) - slices.Index(Lacks, b) })
	c.Remedies = nil
	for _, o := range remedies[c.Concern] {
		for i := range c.Rights {
			r := &c.Rights[i]
			x, ok := g.now.Route(r.Route)
			if ok && (r.Open() || r.Status == "" || len(r.Exceptions) > 0) && slices.Contains(x.Orders, o) {
				c.Remedies = append(c.Remedies, o)
				break
			}
		}
	}
}

// remedies are what people ask for about a concern, of what routes can order. It is a
// list of ours to begin from, not law.
var remedies = map[law.Concern][]string{
	"late_clock":            {"compensatory", "corrective_action", "change_of_practice"},
	"missing_content":       {"services", "corrective_action", "change_of_practice"},
	"not_carried_out":       {"compensatory", "services", "reimbursement", "corrective_action"},
	"content_of_plan":       {"services", "compensatory", "reimbursement"},
	"placement":             {"placement", "compensatory", "reimbursement"},
	"eligibility":           {"evaluation", "services", "compensatory"},
	"evaluation":            {"evaluation", "independent_evaluation", "compensatory", "reimbursement"},
	"extended_school_year":  {"services", "compensatory", "reimbursement"},
	"related_services":      {"services", "compensatory", "reimbursement"},
	"parent_participation":  {"corrective_action", "change_of_practice"},
	"procedural_safeguards": {"corrective_action", "change_of_practice", "compensatory"},
	"discipline":            {"return_to_placement", "compensatory", "corrective_action"},
	"discrimination":        {"end_discrimination", "corrective_action", "change_of_practice"},
	"records":               {"records_corrected", "corrective_action"},
}
