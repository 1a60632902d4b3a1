package web

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"stayput/derive/brief"
	"stayput/derive/progress"
	"stayput/desk"
	"stayput/measure"
	"stayput/plan"
	"stayput/present/chart"
	sayprogress "stayput/present/progress"
)

// A goalsPage is every goal in force with how it goes.
type goalsPage struct {
	Frame
	AsOf     string
	Goals    []goalGlance
	Gone     []goneGoal
	Unknown  int    // probes that name no goal of any plan
	Behavior string // what was seen of a behavior
	Seen     int
	Add      string // where probes are written down; "" for who may not
	Arrived  string // where a progress report that came is written down
	Table    string
	Plan     string // where the plan is
	Records  string // where a request for records is written down
	Measured int
}

func (goalsPage) template() string { return "goals_list" }

// A goalGlance is one goal in force.
type goalGlance struct {
	Title, Href string
	Kind        string // of the plan, where there are two
	Tag         Tag
	Says        string
	Stale       string
	Count       string
	Picture     template.HTML
	Ask         string
	Missing     []string
	Report      goalReport
	None        bool // nobody wrote down a probe
	Add         string
}

// A goneGoal is a goal that is no longer in force, or not yet, and has probes.
type goneGoal struct{ Title, Count, Href string }

var (
	_ = sample(func() page {
		return goalsPage{AsOf: "d", Goals: []goalGlance{
			{Title: "t", Href: "/g", Kind: "k", Tag: Tag{"soon", "b"}, Says: "s", Stale: "s", Count: "c", Picture: "<svg></svg>", Ask: "a", Missing: []string{"m"}, Report: goalReport{"r", Tag{"soon", "t"}, true}, Add: "/a"},
			{Title: "u", Href: "/h", Says: "s", None: true, Ask: "a", Add: "/a"}},
			Gone: []goneGoal{{"t", "c", "/x"}}, Unknown: 2, Behavior: "/b", Seen: 3, Add: "/a", Arrived: "/r", Table: "/t", Plan: "/p", Records: "/q", Measured: 4}
	})
	_ = sample(func() page { return goalsPage{AsOf: "d", Plan: "/p", Behavior: "/b"} })
)

// goalsList shows the goals in force.
func (s *Site) goalsList(w http.ResponseWriter, r *http.Request) error {
	k, err := s.carryOf(r, viewOf(r))
	if err != nil {
		return err
	}
	c := k.c
	p := goalsPage{Frame: s.caseFrame(r, c, "webgoals.title", "carry"), Plan: casePath(c.Folder) + "/plan", Behavior: behaviorPath(c.Folder), Seen: len(k.logs.Sightings), Measured: len(k.logs.Probes)}
	p.AsOf = p.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	if p.May("add_entry") {
		p.Add = probesPath(c.Folder)
		p.Arrived = casePath(c.Folder) + "/add?kind=progress_report_given"
		p.Records = casePath(c.Folder) + "/add?kind=records_access_requested"
	}
	if p.Measured > 0 {
		p.Table = carryPath(c.Folder, "/probes.csv")
	}
	goals := k.x.Goals(k.logs.Probes)
	kinds := map[plan.Kind]bool{}
	for i := range goals {
		kinds[goals[i].Plan.Kind] = true
	}
	slices.SortStableFunc(goals, func(a, b brief.GoalProgress) int {
		return cmp.Or(cmp.Compare(verdictOrder[a.Progress.Verdict], verdictOrder[b.Progress.Verdict]), strings.Compare(a.Goal.Number, b.Goal.Number))
	})
	for i := range goals {
		g := p.glance(c, &goals[i])
		if len(kinds) > 1 {
			g.Kind = p.T("plan_kind." + string(goals[i].Plan.Kind))
		}
		p.Goals = append(p.Goals, g)
	}
	p.Gone, p.Unknown = p.goneGoals(k, goals)
	return s.show(w, r, http.StatusOK, p)
}

// glance puts one goal into words.
func (p *goalsPage) glance(c *desk.Case, gp *brief.GoalProgress) goalGlance {
	r := &gp.Progress
	g := goalGlance{Title: p.speak().goalName(&gp.Goal), Href: goalProgressPath(c.Folder, gp.Key), Says: sayprogress.Verdict(p.cat, *r, c.Brief.AsOf),
		Tag: Tag{verdictTones[r.Verdict], sayprogress.Word(p.cat, *r)}, None: len(gp.Probes) == 0}
	if r.Verdict == progress.NotEnoughData && r.Have >= r.Need {
		g.Missing = sayprogress.Missing(p.cat, *r)
	}
	if n := len(r.Points); n > 0 {
		g.Count = p.N("webgoals.count", n, "last", p.cat.Date(r.LatestOn), "level", chart.Level(p.cat, r.Kind, r.Latest.V))
		g.Picture = drawn(chart.Small(p.cat, goalPicture(p.Frame, gp, c.Brief.AsOf, nil)))
	} else if !g.None {
		g.Count = p.N("webgoals.count_unusable", len(gp.Probes))
	}
	g.Stale = p.speak().stale(r, c.Brief.AsOf)
	g.Ask = p.T(askKey(gp, g.Stale != ""))
	if p.Add != "" {
		g.Add = p.Add + "?goal=" + escape(gp.Key)
	}
	if last, missing := lastReport(gp.Reports); last != nil {
		g.Report = p.speak().report(last, missing)
	}
	return g
}

// report is the progress report owed last, in words.
func (f speaker) report(x *progress.Report, missing int) goalReport {
	out := goalReport{Tag: Tag{reportTones[x.Status], sayprogress.Report(f.cat, x.Status)}}
	about := ""
	if !x.Exact {
		about = "_about"
	}
	switch x.Status {
	case progress.ReportNotFound:
		out.Ask = true
		out.Says = f.N("webgoals.report_missing"+about, missing, "due", f.cat.Date(x.Due))
	case progress.ReportGiven, progress.ReportLate:
		out.Says = f.T("webgoals.report_given"+about, "due", f.cat.Date(x.Due), "given", f.cat.Date(x.Given))
	default:
		out.Says = f.T("webgoals.report_next"+about, "due", f.cat.Date(x.Due))
	}
	return out
}

// goneGoals are the goals with probes that are not in force today, and how many
// probes name no goal at all.
func (p *goalsPage) goneGoals(k *carryLook, goals []brief.GoalProgress) (out []goneGoal, unknown int) {
	in := map[string]bool{}
	for i := range goals {
		in[goals[i].Key] = true
	}
	n := map[string]int{}
	var order []string
	for _, pr := range k.logs.Probes {
		switch key := k.x.FindGoal(pr.Goal, pr.On); {
		case key == "":
			unknown++
		case !in[key]:
			if n[key] == 0 {
				order = append(order, key)
			}
			n[key]++
		}
	}
	for _, key := range order {
		out = append(out, goneGoal{p.speak().goneName(k, key), p.N("webgoals.n_probes", n[key]), goalProgressPath(k.c.Folder, key)})
	}
	return out, unknown
}

// goneName is how a goal that is not in force is called, by the latest version that
// has it.
func (f speaker) goneName(k *carryLook, key string) string {
	if g := goneGoalOf(k, key); g != nil {
		return f.goalName(g)
	}
	return key
}

// goneGoalOf is a goal by its key in the latest version that has it, or nil.
func goneGoalOf(k *carryLook, key string) *plan.Goal {
	plans, err := k.c.Plans()
	if err != nil {
		return nil
	}
	in := plan.InOrder(plans)
	for i := len(in) - 1; i >= 0; i-- {
		for j := range in[i].Goals {
			g := &in[i].Goals[j]
			if k.x.FindGoal(plan.Ref(plan.Goals, g.ID, j), in[i].Starts()) == key {
				return g
			}
		}
	}
	return nil
}

// probeValue is a value as it was written, with its percentage where it has a
// denominator.
func probeValue(f Frame, p *measure.Probe) string {
	switch {
	case p.Missing:
		return f.T("webgoals.no_value")
	case p.Value.Of != 0:
		level, _ := p.Value.Level()
		return p.Value.String() + " (" + chart.Level(f.cat, measure.Share, level) + ")"
	case p.Value.Percent:
		return chart.Level(f.cat, measure.Share, p.Value.N)
	}
	return p.Value.String()
}
