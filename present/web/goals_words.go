package web

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/delivery"
	together "stayput/derive/joined"
	"stayput/derive/progress"
	"stayput/desk"
	"stayput/plan"
	"stayput/present/chart"
)

// goalsPath is where the goals are shown; goalPath is where one is.
func goalsPath(f *desk.Folder) string { return carryPath(f, "/goals") }

func goalProgressPath(f *desk.Folder, key string) string {
	return goalsPath(f) + "/" + url.PathEscape(key)
}

func probesPath(f *desk.Folder) string   { return carryPath(f, "/probes") }
func behaviorPath(f *desk.Folder) string { return carryPath(f, "/behavior") }

// goalName is a goal in a few words: its area with its text, or what there is.
func (f speaker) goalName(g *plan.Goal) string {
	text := strings.Join(strings.Fields(g.Text), " ")
	switch {
	case g.Area != "" && text != "":
		return first(g.Area) + ": " + cutText(text, 70)
	case text != "":
		return cutText(text, 90)
	case g.Area != "":
		return first(g.Area)
	case g.Number != "":
		return f.T("webgoals.goal_number", "n", g.Number)
	}
	return f.T("webgoals.goal_unnamed")
}

// goalTitle is what stands above a goal's page, where its text stands too.
func (f speaker) goalTitle(g *plan.Goal) string {
	switch {
	case g.Area != "" && g.Number != "":
		return f.T("webgoals.area_number", "area", first(g.Area), "n", g.Number)
	case g.Area != "":
		return first(g.Area)
	case g.Number != "":
		return f.T("webgoals.goal_number", "n", g.Number)
	}
	return f.goalName(g)
}

// staleDays is after how many days without a probe a page says so: eight weeks. It
// is our own setting.
const staleDays = 8 * 7

// stale says that nothing was measured for a long time.
func (f speaker) stale(r *progress.Result, asOf day.Date) string {
	if r.LatestOn == 0 || int(asOf-r.LatestOn) < staleDays || r.Verdict == progress.Met {
		return ""
	}
	return f.T("webgoals.stale", "date", f.cat.Date(r.LatestOn), "weeks", int(asOf-r.LatestOn)/7)
}

// goalUnit is what the numbers of a goal count, as its plan or its probes say.
func goalUnit(gp *brief.GoalProgress) string {
	if gp.Goal.Unit != "" {
		return gp.Goal.Unit
	}
	for _, p := range gp.Probes {
		if p.Unit != "" {
			return p.Unit
		}
	}
	return ""
}

// verdictTones says how each verdict looks. None looks like an alarm: a verdict of
// few probes is a reason to talk.
var verdictTones = map[progress.Verdict]string{progress.Behind: "soon", progress.OnTrack: "info", progress.Ahead: "done", progress.Met: "done", progress.NotEnoughData: "unsure"}

// verdictOrder puts first what somebody should ask about.
var verdictOrder = map[progress.Verdict]int{progress.Behind: 0, progress.NotEnoughData: 1, progress.OnTrack: 2, progress.Ahead: 3, progress.Met: 4}

// askKey is the key of what to ask for next.
func askKey(gp *brief.GoalProgress, stale bool) string {
	r := &gp.Progress
	switch {
	case len(gp.Probes) == 0:
		return "webgoals.ask_none"
	case stale:
		return "webgoals.ask_stale"
	case r.Verdict == progress.NotEnoughData && r.Have < r.Need:
		return "webgoals.ask_more"
	case r.Verdict == progress.NotEnoughData:
		return "webgoals.ask_missing"
	case r.Verdict == progress.Behind && !r.Firm:
		return "webgoals.ask_behind_open"
	}
	return "webgoals.ask_" + string(r.Verdict)
}

// picture is the drawing of a goal; the id tells drawings of one page apart.
func goalPicture(f Frame, gp *brief.GoalProgress, asOf day.Date, weeks []chart.Week) chart.Picture {
	return chart.Picture{ID: "goal-" + gp.Key, Name: f.speak().goalName(&gp.Goal), Unit: goalUnit(gp), AsOf: asOf, Result: gp.Progress, Weeks: weeks}
}

// drawn is a picture of ours as part of a page: the canvas escapes every text, and
// a page needs no name of SVG.
func drawn(svg []byte) template.HTML {
	return template.HTML(strings.Replace(string(svg), ` xmlns="http://www.w3.org/2000/svg"`, "", 1))
}

// A goalService is the minutes of the services that work on one goal.
type goalService struct {
	names []string
	weeks []chart.Week
	held  []together.Week
}

// serviceOf sums, week by week, what was promised and given of the services that
// work on a goal. Services that are counted in sessions are left out: minutes and
// sessions do not add up.
func serviceOfGoal(k *carryLook, gp *brief.GoalProgress) goalService {
	var out goalService
	at := map[day.Date]int{}
	for i := range k.l.Services {
		s := &k.l.Services[i]
		if !slices.Contains(gp.Services, s.Key) || s.Unit != "minutes" {
			continue
		}
		out.names = append(out.names, s.Name)
		for _, w := range s.Weeks {
			j, ok := at[w.From]
			if !ok {
				j = len(out.held)
				at[w.From] = j
				out.held = append(out.held, together.Week{From: w.From})
			}
			x := &out.held[j]
			x.Promised += inMinutes(w.Promised)
			x.Given += inMinutes(w.Given)
			x.Unknown += inMinutes(w.Unknown)
			x.Reported += inMinutes(w.Reported)
			x.Excused += inMinutes(w.Excused)
		}
	}
	slices.SortFunc(out.held, func(a, b together.Week) int { return cmp.Compare(a.From, b.From) })
	for _, w := range out.held {
		out.weeks = append(out.weeks, chart.Week{From: w.From, Promised: w.Promised, Given: w.Given, Unknown: w.Unknown > 0})
	}
	return out
}

func inMinutes(m delivery.Minutes) float64 { return float64(m) / float64(delivery.Minute) }

// A goalReport is one owed progress report in words.
type goalReport struct {
	Says string
	Tag  Tag
	Ask  bool // it is not in the record, and its day has come
}

var reportTones = map[progress.ReportStatus]string{progress.ReportGiven: "done", progress.ReportLate: "info", progress.ReportNotFound: "soon", progress.ReportNotDue: ""}

// lastReport is the report owed last, and how many of those owed are not in the
// record.
func lastReport(rs []progress.Report) (last *progress.Report, missing int) {
	for i := range rs {
		if rs[i].Status == progress.ReportNotDue {
			continue
		}
		if last = &rs[i]; last.Status == progress.ReportNotFound {
			missing++
		}
	}
	return last, missing
}

// said is a number as a page shows it, or a dash.
func orDash(n progress.Number, how func(float64) string) string {
	if !n.Known {
		return "–"
	}
	return how(n.V)
}

func count(n int) string { return strconv.Itoa(n) }
