package web

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/brief"
	together "stayput/derive/joined"
	"stayput/derive/progress"
	"stayput/desk"
	"stayput/measure"
	"stayput/plan"
	"stayput/present/chart"
	sayprogress "stayput/present/progress"
)

// A goalProgressPage is one goal: the picture first, then what can be said of it.
type goalProgressPage struct {
	Frame
	Back     string
	Kind     string
	AsOf     string
	Text     string // the goal as it is written
	TextLang string
	Since    string
	Over     string // the goal is not in force
	Wide     template.HTML
	Narrow   template.HTML
	Count    string
	Tag      Tag
	Says     string
	Stale    string // nothing was measured for a long time
	Missing  []string
	Ask      string
	Records  string // where a request for records is written down, when there is no probe
	Services string // which services work on the goal
	Joined   []string
	More     [][]string // further stretches
	Numbers  []goalNumber
	Four     string
	Cautions []string
	Troubles []string
	Compared []goalCompared
	Levels   []string // of prompts, the first being 1
	Behavior *behaviorView
	Who      []string
	Reports  []goalReport
	Arrived  string
	Tables   []chart.Table
	Probes   []probeLine
	Form     *probeForm
	Several  string
	Table    string
	PlanGoal string // the goal in the plan
}

func (goalProgressPage) template() string { return "goal_progress" }

// A goalNumber is one number with the name of the method that gave it.
type goalNumber struct{ Name, Value, Method string }

// A goalCompared is two phases held against each other.
type goalCompared struct {
	Title string
	Says  string
	Rows  []goalNumber
}

// A probeLine is one probe as it was written down.
type probeLine struct {
	Day, ISO, Value, By, Note, Phase string
	Href                             string // where it is corrected
}

var (
	_ = sample(func() page {
		n := []goalNumber{{"n", "v", "m"}, {"n", "v", ""}}
		return goalProgressPage{Back: "/b", Kind: "k", AsOf: "d", Text: "t", TextLang: "en", Since: "s", Wide: "<svg></svg>", Narrow: "<svg></svg>", Count: "c", Tag: Tag{"soon", "t"}, Says: "s", Stale: "s", Missing: []string{"m"}, Ask: "a", Records: "/r",
			Services: "s", Joined: []string{"j"}, More: [][]string{{"j"}}, Numbers: n, Four: "f", Cautions: []string{"c"}, Troubles: []string{"t"}, Compared: []goalCompared{{"t", "s", n}, {Title: "u", Says: "s"}}, Levels: []string{"l"},
			Behavior: sampleBehavior(), Who: []string{"w"}, Reports: []goalReport{{"r", Tag{"soon", "t"}, true}, {Says: "s"}}, Arrived: "/a", Tables: []chart.Table{{Caption: "c", Head: []string{"h", "i"}, Rows: [][]string{{"a", "b"}}}},
			Probes: []probeLine{{"d", "2026-01-02", "v", "b", "n", "p", "/x"}, {Day: "d", ISO: "2026-01-02", Value: "v"}}, Form: sampleProbeForm(), Several: "/s", Table: "/t", PlanGoal: "/g"}
	})
	_ = sample(func() page {
		return goalProgressPage{Over: "o", Wide: "<svg></svg>", Narrow: "<svg></svg>", Count: "c", Cautions: []string{"c"}}
	})
)

// goalProgress shows one goal.
func (s *Site) goalProgress(w http.ResponseWriter, r *http.Request) error {
	k, err := s.carryOf(r, viewOf(r))
	if err != nil {
		return err
	}
	gp, over := goalOfKey(k, r.PathValue("goal"))
	if gp == nil {
		return notThere()
	}
	p := s.goalProgressPage(r, k, gp, over)
	return s.show(w, r, http.StatusOK, p)
}

// goalOfKey is a goal by its key, and whether it is not in force; nil when no plan
// has it.
func goalOfKey(k *carryLook, key string) (gp *brief.GoalProgress, over bool) {
	goals := k.x.Goals(k.logs.Probes)
	for i := range goals {
		if goals[i].Key == key {
			return &goals[i], false
		}
	}
	g := goneGoalOf(k, key)
	if g == nil {
		return nil, false
	}
	gp = &brief.GoalProgress{Goal: *g, Key: key, Component: g.ID}
	if plans, err := k.c.Plans(); err == nil {
		for _, p := range plan.InOrder(plans) {
			if slices.ContainsFunc(p.Goals, func(x plan.Goal) bool { return x.ID == g.ID && x.Text == g.Text }) {
				gp.Plan = p
			}
		}
	}
	for _, pr := range k.logs.Probes {
		if k.x.FindGoal(pr.Goal, pr.On) == key {
			pr.Goal = key
			gp.Probes = append(gp.Probes, pr)
		}
	}
	goal := progress.FromPlan(gp.Plan, g)
	goal.ID = key
	gp.Progress = progress.Derive(goal, gp.Probes, k.around())
	return gp, true
}

// around is what stands around probes that no plan in force asks for.
func (k *carryLook) around() progress.Around {
	out := progress.Around{AsOf: k.c.Brief.AsOf}
	if k.school != nil {
		out.IsSchool = k.school.IsSchoolDay
		out.SchoolDays = func(after, through day.Date) (int, bool) {
			n, missing := k.school.CountDays(after, through)
			return n, missing == nil
		}
	}
	return out
}

// goalProgressPage puts a goal into words.
func (s *Site) goalProgressPage(r *http.Request, k *carryLook, gp *brief.GoalProgress, over bool) goalProgressPage {
	c, res := k.c, &gp.Progress
	p := goalProgressPage{Frame: s.caseFrame(r, c, "webgoals.title", "carry"), Back: goalsPath(c.Folder), Text: gp.Goal.Text, TextLang: gp.Goal.Language}
	p.Title = p.speak().goalTitle(&gp.Goal)
	p.AsOf = p.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	if gp.Plan != nil {
		p.Kind = p.speak().planName(c, gp.Plan.ID)
		if gp.Component != "" {
			p.PlanGoal = planPath(c.Folder, gp.Plan.ID) + "/goals/" + pathEscape(gp.Component)
		}
	}
	if gp.Since != 0 {
		p.Since = p.T("webgoals.since", "date", p.cat.Date(gp.Since))
	}
	res.Phases = p.speak().phases(c, res.Phases)
	work := serviceOfGoal(k, gp)
	pic := goalPicture(p.Frame, gp, c.Brief.AsOf, work.weeks)
	p.Wide, p.Narrow = drawn(chart.Goal(p.cat, pic, chart.Wide)), drawn(chart.Goal(p.cat, pic, chart.Narrow))
	p.Tables = pic.Tables(p.cat)
	p.count(gp)
	p.Tag = Tag{verdictTones[res.Verdict], sayprogress.Word(p.cat, *res)}
	if over {
		p.Over, p.Tag = p.T("webgoals.over"), Tag{}
	} else {
		p.Says = sayprogress.Verdict(p.cat, *res, c.Brief.AsOf)
		p.Stale = p.speak().stale(res, c.Brief.AsOf)
		p.Ask = p.T(askKey(gp, p.Stale != ""))
		if res.Verdict == progress.NotEnoughData && res.Have >= res.Need || len(res.Missing) > 1 {
			p.Missing = sayprogress.Missing(p.cat, *res)
		}
		if len(gp.Probes) == 0 && p.May("add_entry") {
			p.Records = casePath(c.Folder) + "/add?kind=records_access_requested"
		}
		p.together(k, gp, work)
	}
	p.numbers(res)
	if res.Have >= res.Need {
		p.Four = sayprogress.FourPoint(p.cat, *res)
	}
	p.Cautions = sayprogress.Cautions(p.cat)
	for _, t := range res.Troubles {
		p.Troubles = append(p.Troubles, sayprogress.Trouble(p.cat, t))
	}
	p.comparisons(c, res)
	if prompts(&gp.Goal) {
		for _, l := range progress.Prompts {
			p.Levels = append(p.Levels, sayprogress.Prompt(p.cat, l))
		}
	}
	var seen []measure.Sighting
	for _, x := range k.logs.Sightings {
		if x.Goal != "" && k.x.FindGoal(x.Goal, x.On) == gp.Key {
			seen = append(seen, x)
		}
	}
	if len(seen) > 0 {
		p.Behavior = p.speak().behavior(k, gp.Key, seen, r.URL.Query().Get("by"), goalProgressPath(c.Folder, gp.Key))
	}
	p.who(gp)
	rs := gp.Reports
	for i := range rs {
		p.Reports = append(p.Reports, p.speak().report(&rs[i], 1))
		if rs[i].Status == progress.ReportNotDue {
			break // the next one is enough
		}
	}
	p.lines(k, gp)
	if len(gp.Probes) > 0 {
		p.Table = carryPath(c.Folder, "/probes.csv?goal=") + escape(gp.Key)
	}
	if p.May("add_entry") {
		p.Arrived = casePath(c.Folder) + "/add?kind=progress_report_given"
		p.Several = probesPath(c.Folder) + "?goal=" + escape(gp.Key)
		if !over {
			f := p.speak().probeForm(k, gp.Key, nil, wrong{})
			f.Name, f.Only = desk.NewName(), true
			p.Form = &f
		}
	}
	return p
}

// phases are the phases of a goal, each that a version of the plan begins named by that
// version's first day, which is what people know it by.
func (f speaker) phases(c *desk.Case, phases []progress.Phase) []progress.Phase {
	plans, err := c.Plans()
	if err != nil {
		return phases
	}
	out := slices.Clone(phases)
	for i := range out {
		if v := plan.Find(plans, out[i].Name); v != nil && v.Starts() != 0 {
			out[i].Name = f.cat.DateShort(v.Starts())
		}
	}
	return out
}

// count says how much there is, always.
func (p *goalProgressPage) count(gp *brief.GoalProgress) {
	res := &gp.Progress
	n, used := len(gp.Probes), len(res.Points)
	switch {
	case n == 0:
		p.Count = p.T("webgoals.count_none")
	case used == 0:
		p.Count = p.N("webgoals.count_unusable", n)
	default:
		p.Count = p.N("webgoals.count_days", used, "first", p.cat.Date(res.Points[0].On), "last", p.cat.Date(res.LatestOn))
		if res.Have < used {
			p.Count += " " + p.N("webgoals.count_after", res.Have)
		}
	}
}

// together says what went together with weeks of less service.
func (p *goalProgressPage) together(k *carryLook, gp *brief.GoalProgress, work goalService) {
	res := &gp.Progress
	switch {
	case len(gp.Services) == 0:
		p.Services = p.T("webgoals.no_service")
		return
	case len(work.names) == 0:
		p.Services = p.T("webgoals.no_minutes")
		return
	}
	p.Services = p.T("webgoals.services", "services", p.cat.List(work.names))
	in := together.Input{Weeks: work.held, Points: res.Points, Level: float64(k.set.ShortPerMille) / 1000, Steps: res.Trend.Method == progress.ByTheilSen}
	for _, ch := range gp.Changes {
		in.Changes = append(in.Changes, ch.On)
	}
	out := together.Hold(in)
	if len(out.Stretches) == 0 {
		p.Joined = []string{sayprogress.JoinedNone(p.cat, out)}
		return
	}
	// The latest first; every one is told, none is picked.
	for i := len(out.Stretches) - 1; i >= 0; i-- {
		says := sayprogress.Joined(p.cat, out.Stretches[i], work.names, res.Kind)
		if p.Joined == nil {
			p.Joined = says
			continue
		}
		p.More = append(p.More, says)
	}
}

// numbers are the results, each with the name of its method.
func (p *goalProgressPage) numbers(res *progress.Result) {
	level := func(v float64) string { return chart.Level(p.cat, res.Kind, v) }
	rate := func(v float64) string {
		n := chart.Rate(v)
		if res.Kind == measure.Share {
			n = p.T("progress.joined.points", "n", n)
		}
		return p.T("webgoals.a_week", "n", n)
	}
	add := func(name string, n progress.Number, how func(float64) string, method string) {
		if n.Known {
			p.Numbers = append(p.Numbers, goalNumber{p.T("webgoals.n_" + name), how(n.V), method})
		}
	}
	method := func(m progress.Method) string { return p.T("progress.method." + string(m)) }
	median := p.T("progress.method.median_of_last_three")
	by := ""
	if res.BaselineBy != "" {
		by = p.T("progress.method." + res.BaselineBy)
	}
	add("start", res.Baseline, level, by)
	if res.Target.Known {
		v := level(res.Target.V)
		if res.By != 0 {
			v = p.T("webgoals.by_day", "level", v, "date", p.cat.Date(res.By))
		}
		p.Numbers = append(p.Numbers, goalNumber{p.T("webgoals.n_target"), v, p.T("progress.method.stated")})
	}
	if res.Latest.Known {
		p.Numbers = append(p.Numbers, goalNumber{p.T("webgoals.n_latest"), p.T("webgoals.on_day", "level", level(res.Latest.V), "date", p.cat.Date(res.LatestOn)), ""})
	}
	add("current", res.Current, level, median)
	if res.Pooled.Of > 0 {
		p.Numbers = append(p.Numbers, goalNumber{p.T("webgoals.n_pooled"), p.T("webgoals.so_many_of", "n", chart.Number(res.Pooled.N), "of", chart.Number(res.Pooled.Of)), p.T("webgoals.m_pooled")})
	}
	add("aim_now", res.AimNow, level, p.T("webgoals.m_line"))
	add("aim_rate", res.AimPerWeek, rate, p.T("webgoals.m_line"))
	if res.SlopePerWeek.Known {
		add("slope", res.SlopePerWeek, rate, method(res.SlopeBy))
		add("slope_school", res.SlopePerSchoolWeek, rate, method(res.SlopeBy))
	}
	if res.SenPerWeek.Known && res.SlopeBy != progress.ByTheilSen {
		add("slope", res.SenPerWeek, rate, method(progress.ByTheilSen))
	}
	if res.SenLow.Known && res.SenHigh.Known {
		p.Numbers = append(p.Numbers, goalNumber{p.T("webgoals.n_sen_range"), p.T("webgoals.from_to", "low", chart.Rate(res.SenLow.V), "high", rate(res.SenHigh.V)), p.T("webgoals.m_sen_range")})
	}
	add("slope", res.TukeyPerWeek, rate, method(progress.ByTukey))
	if res.ProjectedLevel.Known {
		v := level(res.ProjectedLevel.V)
		m := method(res.SlopeBy)
		if beyond(res) {
			v = p.T("webgoals.beyond", "level", v)
		} else if res.ProjectedLow.Known && res.ProjectedHigh.Known {
			v = p.T("webgoals.between", "level", v, "low", level(res.ProjectedLow.V), "high", level(res.ProjectedHigh.V))
			m = p.T("webgoals.m_band", "method", m)
		}
		p.Numbers = append(p.Numbers, goalNumber{p.T("webgoals.n_projected"), v, m})
	}
	if res.Trend.N > 0 && res.Target.Known {
		v := p.T("webgoals.never")
		switch {
		case res.Reached:
			v = p.T("webgoals.reached")
		case res.Projected != 0:
			v = p.cat.Date(res.Projected)
		}
		p.Numbers = append(p.Numbers, goalNumber{p.T("webgoals.n_projected_day"), v, method(res.SlopeBy)})
	}
	if res.MetOn != 0 && res.Verdict != progress.Met {
		p.Numbers = append(p.Numbers, goalNumber{p.T("webgoals.n_met_once"), p.cat.Date(res.MetOn), p.T("webgoals.m_in_row")})
	} else if res.MetOn != 0 {
		p.Numbers = append(p.Numbers, goalNumber{p.T("webgoals.n_met"), p.cat.Date(res.MetOn), p.T("webgoals.m_in_row")})
	}
	if res.Verdict != progress.Met {
		add("needed", res.NeededPerWeek, rate, p.T("webgoals.m_needed"))
		add("needed_school", res.NeededPerSchoolWeek, rate, p.T("webgoals.m_needed_school"))
	}
	if res.WeeksLeft.Known && res.WeeksLeft.V > 0 {
		p.Numbers = append(p.Numbers, goalNumber{p.T("webgoals.n_weeks_left"), chart.Number(res.WeeksLeft.V), p.T("webgoals.m_weeks")})
	}
}

// beyond reports a trend that, drawn on to the goal's day, leaves what can be
// measured: a straight line does not hold so far.
func beyond(res *progress.Result) bool {
	v := res.ProjectedLevel.V
	if res.Kind == measure.Share {
		return v < 0 || v > 100
	}
	low := 0.0
	for _, q := range res.Points {
		low = min(low, q.Level)
	}
	return v < low && low == 0
}

// comparisons hold each phase against the next.
func (p *goalProgressPage) comparisons(c *desk.Case, res *progress.Result) {
	plans, _ := c.Plans()
	name := func(at int, given string) string {
		switch {
		case at < len(res.Phases) && res.Phases[at].Before:
			return p.T("progress.chart.before")
		case given == "" && at < len(res.Phases) && res.Phases[at].From != 0:
			return p.T("webgoals.phase_from", "date", p.cat.Date(res.Phases[at].From))
		case given == "":
			return p.T("webgoals.phase_n", "n", at+1)
		case plan.Find(plans, given) != nil:
			return p.speak().planName(c, given)
		}
		return cutText(given, 60)
	}
	for i, cm := range res.Comparisons {
		x := goalCompared{Title: p.T("webgoals.compared", "from", name(i, cm.From), "m", cm.M, "to", name(i+1, cm.To), "n", cm.N)}
		_, x.Says = sayprogress.Comparison(p.cat, cm)
		if cm.Enough {
			level := func(v float64) string { return chart.Level(p.cat, res.Kind, v) }
			x.Rows = append(x.Rows, goalNumber{p.T("webgoals.n_medians"), orDash(cm.Medians[0], level) + " → " + orDash(cm.Medians[1], level), p.T("webgoals.m_median")})
			if cm.Difference.Known {
				x.Rows = append(x.Rows, goalNumber{p.T("webgoals.n_difference"), chart.Number(cm.Difference.V), p.T("webgoals.m_mean")})
			}
			for _, i := range cm.Indices {
				if i.Value.Known {
					x.Rows = append(x.Rows, goalNumber{p.T("progress.index." + string(i.Name)), chart.Rate(i.Value.V), p.T("webgoals.m_between", "low", chart.Rate(i.Low), "high", chart.Rate(i.High))})
				}
			}
			if cm.SMD.Known {
				x.Rows = append(x.Rows, goalNumber{p.T("webgoals.n_smd"), chart.Rate(cm.SMD.V), p.T("webgoals.m_smd")})
			}
			if cm.Phi.Known {
				x.Rows = append(x.Rows, goalNumber{p.T("webgoals.n_phi"), chart.Rate(cm.Phi.V), p.T("progress.index.pand_sort")})
			}
		}
		p.Compared = append(p.Compared, x)
	}
}

// prompts reports a goal whose numbers are levels of help.
func prompts(g *plan.Goal) bool {
	unit := strings.ToLower(g.Unit + " " + g.Measure)
	return strings.Contains(unit, "prompt level") || strings.Contains(unit, "nivel de ayuda")
}

// who counts who measured.
func (p *goalProgressPage) who(gp *brief.GoalProgress) {
	n := map[string]int{}
	for _, x := range gp.Probes {
		n[strings.TrimSpace(x.By)]++
	}
	var names []string
	for name := range n {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(n[b], n[a]), strings.Compare(a, b))
	})
	for _, name := range names {
		said := name
		if said == "" {
			said = p.T("webgoals.by_nobody")
		}
		p.Who = append(p.Who, p.T("webgoals.by_n", "who", said, "n", n[name]))
	}
}

// lines are the probes one by one, the latest first.
func (p *goalProgressPage) lines(k *carryLook, gp *brief.GoalProgress) {
	may := p.May("add_entry")
	for i := len(gp.Probes) - 1; i >= 0; i-- {
		x := &gp.Probes[i]
		l := probeLine{Day: p.cat.DateShort(x.On), ISO: x.On.String(), Value: probeValue(p.Frame, x), By: x.By, Note: x.Note, Phase: x.Phase}
		if prompts(&gp.Goal) && !x.Missing {
			if name, ok := progress.Prompts.Name(x.Value.N); ok {
				l.Value += " · " + sayprogress.Prompt(p.cat, name)
			}
		}
		if _, known := k.logs.Mark(x.ID); may && known {
			l.Href = probesPath(k.c.Folder) + "/one/" + pathEscape(x.ID)
		}
		p.Probes = append(p.Probes, l)
	}
}

// amountOf reads a number of a form as people write it; ok is false for what is
// none, below zero or beyond what a day can hold.
func amountOf(text string, most float64) (v float64, ok bool) {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return v + 0, err == nil && v >= 0 && v <= most
}
