package web

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/desk"
	"stayput/fact"
	"stayput/intake/caseload"
	"stayput/people"
	"stayput/plan"
	"stayput/plan/session"
)

// How much the grid holds at once, and how many cases it looks through for that.
const (
	mostGrid      = 150
	mostGridCases = 400
)

// A logGridPage is one day of several children: a line for each service that is
// promised on it.
type logGridPage struct {
	Frame
	On       day.Date
	Day      Field
	Filter   []Field
	Filtered bool
	Previous string
	Next     string
	Heading  string
	Rows     []gridRow
	Name     string // of the form
	Open     int    // rows that wait
	Errors   []gridTold
	More     bool
	Nothing  string
	Word     string // whose word it counts as
	Closed   string // school did not meet for any of them
	Carried  []Hidden
}

func (logGridPage) template() string { return "log_grid" }

// A gridTold is what went wrong in a row, with the way there.
type gridTold struct{ Text, To string }

// A gridRow is one child and one service on the day of the grid.
type gridRow struct {
	I             int
	Case          people.CaseID
	Service       string
	Child, Name   string
	Promised      string // minutes, or nothing
	Says          []string
	Tag           Tag
	Logged        []captureKey // what stands for the day
	Minutes, Note string
	Options       []Option
	Error         string
	Anyway        bool // it is logged already, and what was typed may be added all the same
	promise       *delivery.Promise
	outcome       session.Outcome
	closed        bool
}

// Writes reports that the row has fields.
func (r gridRow) Writes() bool { return !r.closed && (len(r.Logged) == 0 || r.Anyway) }

var _ = sample(func() page {
	return logGridPage{Day: Field{Name: "day", Label: "d", Kind: "date"}, Filter: []Field{{Name: "what", Label: "w"}}, Filtered: true, Previous: "/p", Next: "/n", Heading: "h", Name: "n", Open: 1, More: true, Word: "w", Closed: "c",
		Errors: []gridTold{{"e", "#m0"}}, Carried: []Hidden{{"what", "x"}}, Rows: []gridRow{
			{I: 0, Case: "c", Service: "s", Child: "x", Name: "y", Promised: "30", Says: []string{"s"}, Tag: Tag{"info", "t"}, Minutes: "20", Note: "n", Options: []Option{{Value: "a", Label: "b", On: true}}, Error: "e"},
			{I: 1, Child: "x", Name: "y", Logged: []captureKey{{Label: "l", Href: "/l"}}, closed: true},
			{I: 2, Child: "x", Name: "y", Logged: []captureKey{{Label: "l", Href: "/l"}}, Anyway: true}}}
})

var _ = sample(func() page {
	return logGridPage{Day: Field{Name: "day", Label: "d", Kind: "date"}, Filter: []Field{{Name: "what", Label: "w"}}, Heading: "h", Nothing: "n"}
})

// gridOutcomes are what a row of the grid may say, in the order of the form. The
// name of each begins with a letter of its own, which chooses it on a keyboard.
var gridOutcomes = []session.Outcome{session.Delivered, session.Short, session.LateStart, session.MissedProvider, session.MissedEvent, session.ChildAbsent,
	session.ChildRefused, session.MakeUp, session.GroupInstead, session.WrongSetting}

// A gridFilter narrows the grid. It is remembered for the person.
type gridFilter struct {
	What   string `json:"what,omitempty"`
	Who    string `json:"who,omitempty"`
	School string `json:"school,omitempty"`
}

// gridKey is under which the filter of a person is remembered.
const gridKey = "log_grid"

// within reports that a text holds what is looked for; nothing is in everything.
func within(want string, texts ...string) bool {
	w := caseload.Fold(want)
	return w == "" || slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(caseload.Fold(t), w) })
}

func (g gridFilter) takesLine(l *plan.Service) bool {
	return l != nil && within(g.What, l.Name, l.Code) && within(g.Who, l.Provider, l.Role, l.Comments)
}

// takesCase reports whether a case may have rows, by its plans as written: it costs
// much less than to work out what is in force.
func (g gridFilter) takesCase(plans []*plan.Plan) bool {
	school, line := g.School == "", false
	for _, p := range plans {
		school = school || within(g.School, p.School, p.Student.SchoolAttended, p.Setting.School, p.District)
		line = line || slices.ContainsFunc(p.Services, func(s plan.Service) bool { return g.takesLine(&s) })
	}
	return school && line
}

// gridFilterOf is the filter of a request, else the one that is remembered, else the
// person's own name where plans name him or her.
func (s *Site) gridFilterOf(r *http.Request, cases []*desk.Case) gridFilter {
	q := r.URL.Query()
	if q.Has("what") || q.Has("who") || q.Has("school") {
		text := func(name string) string { return cutText(strings.TrimSpace(clean(q.Get(name))), 100) }
		g := gridFilter{text("what"), text("who"), text("school")}
		s.rememberGrid(r, g)
		return g
	}
	var g gridFilter
	if row, err := s.desk.Draft(r.Context(), who(r), gridKey); err == nil && json.Unmarshal(row.Body, &g) == nil {
		return g
	}
	me := who(r).Person.Name
	if me == "" {
		return g
	}
	own := gridFilter{Who: me}
	if slices.ContainsFunc(cases, func(c *desk.Case) bool { plans, err := c.Plans(); return err == nil && own.takesCase(plans) }) {
		return own
	}
	return g
}

// rememberGrid keeps a filter. It is a comfort: without it the page works.
func (s *Site) rememberGrid(r *http.Request, g gridFilter) {
	data, err := json.Marshal(g)
	if err != nil {
		return
	}
	row := desk.DraftRow{Key: gridKey, Body: data}
	if old, err := s.desk.Draft(r.Context(), who(r), row.Key); err == nil {
		if string(old.Body) == string(data) {
			return
		}
		row.Version = old.Version
	}
	if _, err := s.desk.SaveDraft(r.Context(), who(r), row); err != nil {
		s.log.Warn("a filter was not remembered", "cause", faultKey(err))
	}
}

// gridCases are the cases to which this person may add, by name.
func (s *Site) gridCases(r *http.Request) ([]*desk.Case, error) {
	cases, err := s.desk.Cases(r.Context(), who(r), false)
	if err != nil {
		return nil, err
	}
	cases = slices.DeleteFunc(cases, func(c *desk.Case) bool { return c.Closed || !s.desk.May(who(r), desk.AddEntry, c.ID) })
	f := s.wordsOf(r)
	slices.SortStableFunc(cases, func(a, b *desk.Case) int {
		return cmp.Or(strings.Compare(strings.ToLower(caseTitle(f.cat, a.Folder)), strings.ToLower(caseTitle(f.cat, b.Folder))), strings.Compare(string(a.ID), string(b.ID)))
	})
	return cases, nil
}

// logGrid shows the day.
func (s *Site) logGrid(w http.ResponseWriter, r *http.Request) error {
	cases, err := s.gridCases(r)
	if err != nil {
		return err
	}
	on, err := day.Parse(r.URL.Query().Get("day"))
	bad := ""
	switch today := s.today(); {
	case err != nil || on == 0:
		on = today
	case on > today:
		on, bad = today, "webcase.bad_future"
	case on < today.AddYears(-40):
		on, bad = today, "webcase.bad_long_ago"
	}
	g := s.gridFilterOf(r, cases)
	p := s.gridPage(r, on, g)
	if bad != "" {
		p.Day.Error = p.T(bad)
	}
	p.Rows, p.More = s.gridRows(r, p.Frame, cases, on, g)
	p.finish(cases)
	return s.show(w, r, http.StatusOK, *p)
}

// gridPage is the page without its rows.
func (s *Site) gridPage(r *http.Request, on day.Date, g gridFilter) *logGridPage {
	p := &logGridPage{Frame: s.frame(r, "weblog.grid_title", "record"), On: on, Name: desk.NewName()}
	p.Heading = p.cat.DateFull(on)
	p.Day = Field{Name: "day", Label: p.T("weblog.grid_day"), Kind: "date", Value: on.String(), Required: true}
	p.Filter = []Field{
		{Name: "what", Label: p.T("weblog.grid_what"), Value: g.What, Max: 100, Autocomplete: "off"},
		{Name: "who", Label: p.T("weblog.grid_who"), Value: g.Who, Max: 100, Autocomplete: "off"},
		{Name: "school", Label: p.T("weblog.grid_school"), Value: g.School, Max: 100, Autocomplete: "off"},
	}
	p.Filtered = g != gridFilter{}
	to := func(d day.Date) string {
		return "/log?" + url.Values{"day": {d.String()}, "what": {g.What}, "who": {g.Who}, "school": {g.School}}.Encode()
	}
	p.Previous = to(on - 1)
	if on < s.today() {
		p.Next = to(on + 1)
	}
	p.Carried = []Hidden{{"day", on.String()}, {"what", g.What}, {"who", g.Who}, {"school", g.School}}
	return p
}

// finish says what there is to say of all rows together.
func (p *logGridPage) finish(cases []*desk.Case) {
	for i := range p.Rows {
		p.Rows[i].I = i
		if p.Rows[i].Writes() {
			p.Open++
		}
	}
	closed := p.T("weblog.grid_no_school")
	if len(p.Rows) > 0 && !slices.ContainsFunc(p.Rows, func(r gridRow) bool { return !slices.Contains(r.Says, closed) }) {
		p.Closed = closed // said once
		for i := range p.Rows {
			p.Rows[i].Says = nil
		}
	}
	switch {
	case len(cases) == 0:
		p.Nothing = p.T("weblog.grid_no_cases")
	case len(p.Rows) == 0 && p.Filtered:
		p.Nothing = p.T("weblog.grid_none_filtered")
	case len(p.Rows) == 0:
		p.Nothing = p.T("weblog.grid_none")
	}
	home, school := false, false
	for _, c := range cases {
		if gridTeller(p.site, p.who, c) == session.Family {
			home = true
		} else {
			school = true
		}
	}
	if home && !school {
		p.Word = p.T("weblog.grid_word_family")
	}
}

// gridTeller is whose word a row of the grid is: that of whoever gives services,
// unless the family's own people write in its own record.
func gridTeller(s *Site, me desk.Who, c *desk.Case) session.Teller {
	if c.File.Case.Side != fact.SchoolSide && (s == nil || s.desk.May(me, desk.CorrectEntry, c.ID)) {
		return session.Family
	}
	return session.Provider
}

// gridRows are the rows of a day, by child and service; more says that there are
// others which do not fit.
func (s *Site) gridRows(r *http.Request, f Frame, cases []*desk.Case, on day.Date, g gridFilter) (rows []gridRow, more bool) {
	looked := 0
	for _, c := range cases {
		plans, err := c.Plans()
		if err != nil || !g.takesCase(plans) || on > c.Today {
			continue
		}
		if looked++; looked > mostGridCases || len(rows) >= mostGrid {
			return rows, true
		}
		for _, row := range s.caseRows(f, c, on) {
			if g.takesLine(row.promise.Line) {
				rows = append(rows, row)
			}
		}
	}
	if len(rows) > mostGrid {
		return rows[:mostGrid], true
	}
	return rows, false
}

// caseRows are the rows of one case on a day. A case whose plans or calendar cannot
// be read has none: its own page says why.
func (s *Site) caseRows(f Frame, c *desk.Case, on day.Date) []gridRow {
	x, err := c.Carried()
	if err != nil {
		return nil
	}
	school, _ := c.School()
	k := &carryLook{c: c, x: x, logs: c.Logged(), school: school}
	title := caseTitle(f.cat, c.Folder)
	var out []gridRow
	for _, p := range k.inForce(on) {
		if p.Line == nil || p.Line.From != 0 && on < p.Line.From {
			continue
		}
		row := gridRow{Case: c.ID, Service: p.Service, Child: title, Name: cmp.Or(p.Name, p.Service), promise: p}
		if n, _ := length(p); n.Said {
			row.Promised = strconv.Itoa(n.N)
		}
		if school != nil && school.IsSchoolDay(on) == day.No {
			row.Says = append(row.Says, f.T("weblog.grid_no_school"))
		}
		for i := range k.logs.Sessions {
			l := &k.logs.Sessions[i]
			if l.On != on || l.Service != p.Service && !slices.Equal(delivery.Find(x.Promises, l.Service, l.On), []string{p.Service}) {
				continue
			}
			said := f.T("delivery.outcome." + string(l.Outcome))
			if l.Minutes.Said {
				said = f.N("weblog.minutes", l.Minutes.N) + " · " + said
			}
			row.Logged = append(row.Logged, captureKey{ID: l.ID, Label: said, Href: carrySession(c.Folder, l.ID)})
		}
		row.options(f, "")
		out = append(out, row)
	}
	return out
}

// options are what the row may say.
func (r *gridRow) options(f Frame, on session.Outcome) {
	r.outcome = on
	r.Options = []Option{{Label: f.T("weblog.grid_choose"), On: on == ""}}
	for _, o := range gridOutcomes {
		r.Options = append(r.Options, Option{Value: string(o), Label: f.T("weblog.out_" + string(o)), On: o == on})
	}
}
