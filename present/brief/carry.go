package brief

import (
	"html/template"
	"strconv"
	"strings"

	"stayput/day"
	derived "stayput/derive/brief"
	"stayput/derive/delivery"
	"stayput/derive/progress"
	"stayput/present/chart"
	heading "stayput/present/progress"
)

// A DeliveryOf is what became of the promise of one service, in whole minutes, or
// in sessions where the plan does not say how long one is. Promised is the sum of
// the seven columns after it.
type DeliveryOf struct {
	Service      string     `json:"service"`
	Name         string     `json:"name,omitempty"`
	Unit         string     `json:"unit"` // minutes or sessions
	From         *day.Date  `json:"from,omitempty"`
	To           *day.Date  `json:"to,omitempty"`
	Promised     int        `json:"promised"`
	Delivered    int        `json:"delivered"`
	MadeUp       int        `json:"made_up"`
	Otherwise    int        `json:"otherwise"` // in a group or a setting that the plan does not say
	Excused      int        `json:"excused"`
	Short        int        `json:"short"`
	Reported     int        `json:"reported"` // by the family, and not confirmed
	Unknown      int        `json:"unknown"`
	Assumed      int        `json:"assumed,omitempty"` // of promised: on days of which nobody knows whether school met
	Since        *day.Date  `json:"since,omitempty"`   // the first day of what is still short
	UnknownSince *day.Date  `json:"unknown_since,omitempty"`
	Longest      *RunOfMiss `json:"longest_run,omitempty"`
	Conventions  []string   `json:"conventions,omitempty"` // how a promise for a period became minutes on days
	Signals      []SignalOf `json:"signals,omitempty"`
	Message      string     `json:"message"`
}

// A RunOfMiss is sessions missed one after the other.
type RunOfMiss struct {
	Sessions int      `json:"sessions"`
	From     day.Date `json:"from"`
	To       day.Date `json:"to"`
}

// A SignalOf is a screening level that was reached. It is a setting of the
// program and not law.
type SignalOf struct {
	Key     string `json:"key"`
	Value   int    `json:"value"` // thousandths, or sessions
	Level   int    `json:"level"`
	Setting bool   `json:"setting"` // always true: no law names the level
	Message string `json:"message"`
}

// A GoalOf is where one goal is heading.
type GoalOf struct {
	progress.Result
	Name     string            `json:"name"`
	Plan     string            `json:"plan"`
	Since    *day.Date         `json:"since,omitempty"`
	Services []string          `json:"services,omitempty"` // the services that work on it
	Reports  []progress.Report `json:"reports,omitempty"`
	Message  string            `json:"message"`
}

func (s *speaker) deliveryOf(l *delivery.Ledger) []DeliveryOf {
	if l == nil {
		return nil
	}
	out := make([]DeliveryOf, len(l.Services))
	for i := range l.Services {
		x := &l.Services[i]
		n := x.Total.Rounded()
		d := DeliveryOf{Service: x.Key, Name: x.Name, Unit: x.Unit, From: date(x.Total.From), To: date(x.Total.To),
			Promised: n[0], Delivered: n[1], MadeUp: n[2], Otherwise: n[3], Excused: n[4], Short: n[5], Reported: n[6], Unknown: n[7],
			Assumed: x.Total.Assumed.Whole(), Since: date(x.ShortSince), UnknownSince: date(x.UnknownSince), Conventions: x.Spreads, Message: s.promised(x)}
		if r := x.Longest; r.Sessions > 1 {
			d.Longest = &RunOfMiss{r.Sessions, r.From, r.To}
		}
		for _, g := range x.Signals {
			d.Signals = append(d.Signals, SignalOf{g.Key, g.Value, g.Level, true, s.c.T("delivery.signal." + g.Key)})
		}
		out[i] = d
	}
	return out
}

func (s *speaker) goalsOf(gs []derived.GoalProgress) []GoalOf {
	var out []GoalOf
	for i := range gs {
		g := &gs[i]
		out = append(out, GoalOf{Result: g.Progress, Name: g.Name(), Plan: g.Plan.ID, Since: date(g.Since), Services: g.Services, Reports: g.Reports,
			Message: heading.Verdict(s.c, g.Progress, s.asOf)})
	}
	return out
}

// A carryPage is services and goals in words.
type carryPage struct {
	Silent    string // nobody wrote down any session
	Services  []serviceLine
	Screening string // said once, when a level was reached
	Notices   int    // of the ledger: sessions to look at
	Goals     []goalLine
	Cautions  []string
}

type serviceLine struct {
	Name    string
	Line    string
	Since   []string
	Signals []string
}

type goalLine struct {
	Name    string
	Verdict string
	Line    string
	Rule    string // the four-point rule
	Reports string
	Narrow  template.HTML // the picture for a phone
	Wide    template.HTML
	Tables  []chart.Table
}

// carrying puts services and goals in words; nil where there is nothing to say.
// Pictures are drawn for the page only.
func (s *speaker) carrying(b *derived.Brief, pictures bool) *carryPage {
	if b.Delivery == nil && len(b.Progress) == 0 {
		return nil
	}
	p := &carryPage{}
	if l := b.Delivery; l != nil {
		p.Notices = len(l.Notices)
		if !b.Logs {
			p.Silent = s.c.T("carry.brief.silent")
			if s.school() {
				p.Silent = s.c.T("carry.brief.silent_school")
			}
		}
		for i := range l.Services {
			x := &l.Services[i]
			line := serviceLine{Name: x.Name, Line: s.promised(x)}
			if line.Name == "" {
				line.Name = x.Key
			}
			if b.Logs {
				line.Since = s.gaps(x)
				for _, g := range x.Signals {
					line.Signals = append(line.Signals, s.c.T("delivery.signal."+g.Key))
				}
				if len(x.Signals) > 0 {
					p.Screening = s.c.T("delivery.screening")
				}
			}
			p.Services = append(p.Services, line)
		}
	}
	for i := range b.Progress {
		p.Goals = append(p.Goals, s.goal(b, i, pictures))
	}
	for i := range b.Progress {
		if b.Progress[i].Progress.Trend.N > 0 {
			p.Cautions = heading.Cautions(s.c)
		}
	}
	return p
}

// promised is one service in one line: what was promised and what became of it.
// Columns with nothing in them are left out.
func (s *speaker) promised(x *delivery.Service) string {
	n := x.Total.Rounded()
	if n[0] == 0 {
		if given := x.Total.Given.Whole(); given > 0 {
			return s.c.T("carry.brief.no_promise", "n", s.amount(x.Unit, given))
		}
		return s.c.T("carry.brief.nothing")
	}
	var parts []string
	for i, name := range delivery.Columns()[1:] {
		if n[i+1] > 0 {
			parts = append(parts, s.c.T("carry.part."+name, "n", Grouped(n[i+1])))
		}
	}
	return s.c.T("carry.brief.line", "n", s.amount(x.Unit, n[0]), "parts", s.c.List(parts))
}

// gaps say since when something is short or unknown, and the longest run.
func (s *speaker) gaps(x *delivery.Service) []string {
	var out []string
	if x.ShortSince != 0 {
		out = append(out, s.c.T("carry.brief.since", "date", s.near(x.ShortSince)))
	}
	if r := x.Longest; r.Sessions > 1 {
		out = append(out, s.c.T("carry.brief.run", "n", strconv.Itoa(r.Sessions), "from", s.near(r.From), "to", s.near(r.To)))
	}
	if x.UnknownSince != 0 && x.Total.Unknown > 0 {
		out = append(out, s.c.T("carry.brief.unknown_since", "date", s.near(x.UnknownSince)))
	}
	if a := x.Total.Assumed.Whole(); a > 0 {
		out = append(out, s.c.T("carry.brief.assumed", "n", s.amount(x.Unit, a)))
	}
	return out
}

// amount is so many minutes or sessions.
func (s *speaker) amount(unit string, n int) string {
	return s.c.N("carry.unit."+unit, n, "grouped", Grouped(n))
}

// Grouped writes a number with a comma before each three digits.
func Grouped(n int) string {
	t := strconv.Itoa(n)
	for i := len(t) - 3; i > 0 && t[i-1] != '-'; i -= 3 {
		t = t[:i] + "," + t[i:]
	}
	return t
}

// goal is one goal in words, with its picture.
func (s *speaker) goal(b *derived.Brief, i int, pictures bool) goalLine {
	g := &b.Progress[i]
	r := g.Progress
	out := goalLine{Name: s.c.T("carry.brief.goal", "name", g.Name()), Verdict: heading.Verdict(s.c, r, s.asOf)}
	level := func(n progress.Number) string {
		v := chart.Level(s.c, r.Kind, n.V)
		if u := strings.TrimSpace(g.Goal.Unit); u != "" {
			v += " " + u
		}
		return v
	}
	var parts []string
	if r.Baseline.Known {
		parts = append(parts, s.c.T("carry.goal.start", "value", level(r.Baseline)))
	}
	switch {
	case r.Current.Known:
		parts = append(parts, s.c.T("carry.goal.now", "value", level(r.Current)))
	case r.Latest.Known:
		parts = append(parts, s.c.T("carry.goal.latest", "value", level(r.Latest), "date", s.near(r.LatestOn)))
	}
	switch {
	case r.Target.Known && r.By != 0:
		parts = append(parts, s.c.T("carry.goal.target_by", "value", level(r.Target), "date", s.near(r.By)))
	case r.Target.Known:
		parts = append(parts, s.c.T("carry.goal.target", "value", level(r.Target)))
	}
	if r.SlopePerWeek.Known && r.NeededPerWeek.Known && r.Verdict != progress.Met {
		parts = append(parts, s.c.T("carry.goal.pace", "slope", chart.Rate(r.SlopePerWeek.V), "needed", chart.Rate(r.NeededPerWeek.V)))
	}
	out.Line = strings.Join(parts, " ")
	if r.FourPoint.Advice != progress.TooFew && r.Verdict != progress.Met {
		out.Rule = heading.FourPoint(s.c, r)
	}
	out.Reports = s.report(g.Reports)
	if pictures && len(r.Points) > 0 {
		x := chart.Picture{ID: "goal-" + strconv.Itoa(i+1), Name: g.Name(), Unit: g.Goal.Unit, AsOf: s.asOf, Result: r, Weeks: weeksOf(b.Delivery, g)}
		out.Narrow = template.HTML(chart.Goal(s.c, x, chart.Narrow)) // made by us, every text escaped
		out.Wide = template.HTML(chart.Goal(s.c, x, chart.Wide))
		out.Tables = x.Tables(s.c)
	}
	return out
}

// report says of the last progress report that was owed and is not in the record.
func (s *speaker) report(rs []progress.Report) string {
	var last *progress.Report
	for i := range rs {
		if rs[i].Status == progress.ReportNotFound {
			last = &rs[i]
		}
	}
	switch {
	case last == nil:
		return ""
	case last.Exact:
		return s.c.T("carry.goal.report", "date", s.near(last.Due))
	}
	return s.c.T("carry.goal.report_about", "month", s.c.MonthYear(last.Due))
}

// weeksOf are the minutes of the services that work on a goal, week by week, since
// the goal's line or its first probe.
func weeksOf(l *delivery.Ledger, g *derived.GoalProgress) []chart.Week {
	if l == nil || len(g.Services) == 0 {
		return nil
	}
	from := g.Progress.Aim.From
	if ps := g.Progress.Points; len(ps) > 0 && (from == 0 || ps[0].On < from) {
		from = ps[0].On
	}
	by := map[day.Date]*chart.Week{}
	var order []day.Date
	for i := range l.Services {
		s := &l.Services[i]
		if s.Unit != "minutes" || !contains(g.Services, s.Key) {
			continue
		}
		for _, r := range s.Weeks {
			if r.To < from {
				continue
			}
			w := by[r.From]
			if w == nil {
				w = &chart.Week{From: r.From}
				by[r.From] = w
				order = append(order, r.From)
			}
			w.Promised += float64(r.Promised) / float64(delivery.Minute)
			w.Given += float64(r.Given) / float64(delivery.Minute)
			w.Unknown = w.Unknown || r.Unknown > 0
		}
	}
	out := make([]chart.Week, 0, len(order))
	for _, d := range order {
		out = append(out, *by[d])
	}
	return out
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
