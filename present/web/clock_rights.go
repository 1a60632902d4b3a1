package web

import (
	"net/http"
	"strconv"

	"stayput/day"
	derived "stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/desk"
	say "stayput/present/brief"
)

// A clockRightsPage is the rights that run out.
type clockRightsPage struct {
	Frame
	Days    clockDays
	Back    string
	Open    []clockRight
	Over    []clockRight
	One     bool // a page of one right alone
	Earlier string
	Later   string
}

func (clockRightsPage) template() string { return "clock_rights" }

// A clockRight is one right with everything it may be used about.
type clockRight struct {
	say.Right
	ID     string
	Box    DateBox
	Tag    Tag
	Counts []clockCount // of the first day to act by
	More   int          // subjects that are not shown here
	All    string       // where they are
}

var _ = sample(func() page {
	x := clockRight{Right: say.Right{Name: "x", Rule: "y", Line: "z", Whose: "w", Must: "m", Except: []string{"e"}, Says: "s", Cite: say.Cite{Text: "t"}, Rows: nil}, Tag: Tag{"soon", "x"}, More: 3, All: "/x"}
	return clockRightsPage{Open: []clockRight{x}, Over: []clockRight{x}, Back: "/x", Earlier: "/x", Later: "/y", One: true}
})

// clockRights shows the rights that run out.
func (s *Site) clockRights(w http.ResponseWriter, r *http.Request) error {
	v := clockView(r)
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), v)
	if err != nil {
		return err
	}
	p := clockRightsPage{Frame: s.caseFrame(r, c, "webdates.rights", "clocks")}
	base := casePath(c.Folder) + "/rights"
	p.Days = p.speak().clockDays(c, v, base)
	p.Back = casePath(c.Folder) + "/clocks" + viewQuery(v)
	q := r.URL.Query()
	only := q.Get("right")
	n, _ := strconv.Atoi(q.Get("page"))
	n = max(n, 1)
	groups := limitGroups(c.Brief, only)
	if only != "" && len(groups) == 0 {
		return refuse(http.StatusNotFound, "webdates.no_clock")
	}
	p.One = only != ""
	for _, g := range groups {
		all := g.all()
		rows := 3
		if p.One {
			rows = clocksShown
		}
		pages := max(1, (len(all)+rows-1)/rows)
		at := 0
		if p.One {
			n = min(n, pages)
			at = (n - 1) * rows
			p.Days.Hidden = []Hidden{{"right", only}}
			to := func(k int) string {
				return base + viewQuery(v, "right", only, "page", strconv.Itoa(k))
			}
			if n > 1 {
				p.Earlier = to(n - 1)
			}
			if n < pages {
				p.Later = to(n + 1)
			}
			p.Back = base + viewQuery(v)
		}
		some := all[at:min(len(all), at+rows)]
		x := p.speak().right(c, some)
		if x == nil {
			continue
		}
		if x.More = len(all) - len(some); !p.One {
			x.All = base + viewQuery(v, "right", x.ID)
		} else {
			x.More = 0
			p.Title = x.Name
		}
		if x.Open {
			p.Open = append(p.Open, *x)
		} else {
			p.Over = append(p.Over, *x)
		}
	}
	return s.show(w, r, http.StatusOK, p)
}

// A limitGroup is the limits of one right, the open ones first.
type limitGroup struct{ open, over []*limit.Limit }

func (g limitGroup) all() []*limit.Limit { return append(g.open[:len(g.open):len(g.open)], g.over...) }

// limitGroups gathers the limits by right, in order of the day to act by; only
// names one right, "" is all.
func limitGroups(b *derived.Brief, only string) []limitGroup {
	var out []limitGroup
	at := map[string]int{}
	for i := range b.Limits {
		l := &b.Limits[i]
		id := string(l.Rule.ID)
		if only != "" && id != only {
			continue
		}
		k, ok := at[id]
		if !ok {
			k = len(out)
			at[id] = k
			out = append(out, limitGroup{})
		}
		if l.Status == limit.Open || l.Status == limit.Closing {
			out[k].open = append(out[k].open, l)
		} else {
			out[k].over = append(out[k].over, l)
		}
	}
	var sorted []limitGroup
	for _, g := range out {
		if len(g.open) > 0 {
			sorted = append(sorted, g)
		}
	}
	for _, g := range out {
		if len(g.open) == 0 {
			sorted = append(sorted, g)
		}
	}
	return sorted
}

// right puts some limits of one right into words, with the count of the first.
func (f speaker) right(c *desk.Case, ls []*limit.Limit) *clockRight {
	few := *c.Brief
	few.Limits = make([]limit.Limit, len(ls))
	for i, l := range ls {
		few.Limits[i] = *l
	}
	o := f.wording(&few)
	still, over := say.Rights(&few, o)
	both := append(still, over...)
	if len(both) != 1 {
		return nil
	}
	first := ls[0]
	x := &clockRight{Right: both[0], ID: string(first.Rule.ID)}
	status := string(first.Status)
	x.Tag = Tag{Text: f.cat.T("status." + status)}
	switch {
	case first.Status == limit.Closing:
		x.Tag.Tone = "soon"
	case first.Status == limit.Open && first.Left <= 60 && first.Earliest != 0:
		x.Tag = Tag{"soon", f.N("webdates.right_left", max(0, first.Left))}
	}
	if first.Earliest != 0 {
		tone := "lead"
		if x.Tag.Tone == "soon" {
			tone = "soon"
		} else if !x.Open {
			tone = ""
		}
		x.Box = dateBox(f.cat, first.Earliest, tone)
		if first.Latest > first.Earliest {
			x.Box.Or = f.T("line.or", "date", f.cat.DayShort(first.Latest))
		}
	} else {
		x.Box.Vague = f.T("line.no_date")
	}
	if x.Open {
		x.Counts = f.limitCounts(&few, first, o)
	}
	return x
}

// limitCounts draws the count of a limit, which is drawn as that of a clock.
func (f speaker) limitCounts(b *derived.Brief, l *limit.Limit, o say.Options) []clockCount {
	if len(l.Trace.Runs()) == 0 {
		return nil
	}
	one := *b
	one.Clocks = []clock.Clock{{Rule: l.Rule, Version: l.Version, Trigger: l.Entry, On: l.Earliest, Minute: -1, Status: clock.Running, Left: l.Left, Trace: l.Trace, Base: startOf(l)}}
	x, _ := say.OneItem(&one, o, string(l.Rule.ID), l.Entry)
	if x == nil {
		return nil
	}
	return clockCounts(x.Counts)
}

// startOf is the day a limit is counted from, when it is one exact day.
func startOf(l *limit.Limit) day.Date {
	if l.Trace.Same || l.Trace.Named || l.Trace.First == 0 || l.Trace.Back {
		return 0
	}
	return l.Trace.First - 1
}
