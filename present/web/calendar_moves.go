package web

import (
	"net/http"
	"strconv"

	"stayput/day"
	derived "stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/desk"
	"stayput/intake/calendar"
	say "stayput/present/brief"
)

// A calendarMovesPage shows what a changed calendar moves, before it is saved.
type calendarMovesPage struct {
	Frame
	Base     string
	CaseQ    string
	Name     string
	Changes  []string
	Theirs   []string // what somebody else saved meanwhile
	Clash    bool
	Cases    []calMoves
	Warnings []string
	Hidden   []Hidden
	Nothing  bool // nothing was changed
	Moved    int
}

func (calendarMovesPage) template() string { return "calendar_moves" }

// calMoves is what moves in one case.
type calMoves struct {
	Name, Href string
	Moves      []calMove
	More       int
	Warnings   []string
}

// A calMove is one date, as it is and as it would be.
type calMove struct {
	Title, Was, Will, Href string
	WasSays, WillSays      string // where it stands, when that changes too
}

var _ = sample(func() page {
	return calendarMovesPage{Base: "/calendars/x", Name: "x", Changes: []string{"c"}, Theirs: []string{"t"}, Clash: true, Moved: 1, Warnings: []string{"w"}, Hidden: []Hidden{{"body", "b"}},
		Cases: []calMoves{{Name: "x", Href: "/x", Moves: []calMove{{"t", "a", "b", "/x", "s", "u"}}, More: 2, Warnings: []string{"w"}}, {Name: "y", Href: "/y"}}}
})

var _ = sample(func() page { return calendarMovesPage{Base: "/calendars/x", Nothing: true} })

// mostMoves is how many dates of one case are shown.
const mostMoves = 100

// showMoves shows what a body would move in each case that follows the calendar.
// was is the version the change was made from; when another was saved
// meanwhile, both are shown.
func (s *Site) showMoves(w http.ResponseWriter, r *http.Request, x desk.Calendar, was int64, title, id string, body []byte) error {
	c, err := s.caseOf(r, id)
	if err != nil {
		return err
	}
	p := calendarMovesPage{Frame: s.calFrame(r, c, "webdates.moves"), Base: calPath(x.ID), CaseQ: ofCase(id), Name: x.Name}
	now := oneYear(x.Years)
	ys, ws, err := calendar.Read(x.ID, body)
	if err != nil {
		return err
	}
	base := now
	status := http.StatusOK
	if x.Version != was {
		p.Clash, status = true, http.StatusConflict
		rows, err := s.desk.CalendarVersions(r.Context(), who(r), x.ID)
		if err != nil {
			return err
		}
		for _, v := range rows {
			if v.Version == was {
				if old, _, err := calendar.Read(v.ID, v.Body); err == nil {
					base = oneYear(old)
				}
			}
		}
		p.Theirs = p.speak().calChanges(base, now)
	}
	p.Changes = p.speak().calChanges(base, oneYear(ys))
	p.Nothing = len(p.Changes) == 0 && title == x.Name && !p.Clash
	p.Warnings, _ = p.speak().warnSays(ws)
	moves, err := s.desk.TryCalendar(r.Context(), who(r), x.ID, body)
	if err != nil {
		return err
	}
	for _, m := range moves {
		one := p.speak().calMovesOf(m)
		p.Moved += len(one.Moves) + one.More
		p.Cases = append(p.Cases, one)
	}
	p.Hidden = []Hidden{{"body", string(body)}, {"title", title}, {"case", id}, {"was", strconv.FormatInt(x.Version, 10)}}
	return s.show(w, r, status, p)
}

func oneYear(ys []day.SchoolYear) day.SchoolYear {
	if len(ys) == 0 {
		return day.SchoolYear{}
	}
	return ys[0]
}

// calMovesOf lists the dates of a case that would be others.
func (f speaker) calMovesOf(m desk.Move) calMoves {
	out := calMoves{Name: caseTitle(f.cat, m.Case.Folder), Href: casePath(m.Case.Folder)}
	type key struct{ rule, trigger string }
	was := map[key]int{}
	for i := range m.Now.Clocks {
		k := &m.Now.Clocks[i]
		was[key{string(k.Rule.ID), k.Trigger}] = i
	}
	add := func(x calMove) {
		if len(out.Moves) == mostMoves {
			out.More++
			return
		}
		out.Moves = append(out.Moves, x)
	}
	text := func(b *derived.Brief, i int) (date, status string) {
		x := say.Items(b, f.wording(b), []int{i}, "ahead")[0]
		return x.Date, x.Status
	}
	title := func(b *derived.Brief, k *clock.Clock) string {
		return f.T("webdates.move_title", "title", ruleTitle(f.wording(b), k), "start", f.started(k))
	}
	for i := range m.Then.Clocks {
		k := &m.Then.Clocks[i]
		id := key{string(k.Rule.ID), k.Trigger}
		j, ok := was[id]
		delete(was, id)
		if ok {
			o := &m.Now.Clocks[j]
			if o.On == k.On && o.Latest == k.Latest && o.Earliest == k.Earliest {
				continue
			}
			x := calMove{Title: title(m.Then, k), Href: clockPath(m.Case.Folder, id.rule, id.trigger)}
			var a, b string
			x.Was, a = text(m.Now, j)
			x.Will, b = text(m.Then, i)
			if a != b {
				x.WasSays, x.WillSays = a, b
			}
			add(x)
			continue
		}
		x := calMove{Title: title(m.Then, k), Was: f.T("webdates.move_none")}
		x.Will, x.WillSays = text(m.Then, i)
		add(x)
	}
	for i := range m.Now.Clocks {
		k := &m.Now.Clocks[i]
		if j, ok := was[key{string(k.Rule.ID), k.Trigger}]; !ok || j != i {
			continue
		}
		x := calMove{Title: title(m.Now, k), Will: f.T("webdates.move_none")}
		x.Was, x.WasSays = text(m.Now, i)
		add(x)
	}
	f.limitMoves(m, add)
	return out
}

// limitMoves adds the rights whose last day would be another.
func (f speaker) limitMoves(m desk.Move, add func(calMove)) {
	type key struct{ rule, entry, clock string }
	id := func(l *limit.Limit) key {
		k := key{rule: string(l.Rule.ID), entry: l.Entry}
		if l.Clock != nil {
			k.clock = string(l.Clock.Rule.ID) + " " + l.Clock.Trigger
		}
		return k
	}
	was := map[key]*limit.Limit{}
	for i := range m.Now.Limits {
		was[id(&m.Now.Limits[i])] = &m.Now.Limits[i]
	}
	date := func(l *limit.Limit) string {
		switch {
		case l.Earliest == 0:
			return f.T("line.no_date")
		case l.Latest > l.Earliest:
			return f.T("line.two", "date", f.cat.DateShort(l.Earliest), "latest", f.cat.DateShort(l.Latest))
		}
		return f.cat.DateShort(l.Earliest)
	}
	for i := range m.Then.Limits {
		l := &m.Then.Limits[i]
		o := was[id(l)]
		if o == nil || o.Earliest == l.Earliest && o.Latest == l.Latest {
			continue
		}
		name := string(l.Rule.ID)
		if f.cat.Has("right." + l.Right) {
			name = f.cat.T("right." + l.Right)
		}
		add(calMove{Title: f.T("webdates.move_right", "right", name), Was: date(o), Will: date(l), Href: casePath(m.Case.Folder) + "/rights"})
	}
}
