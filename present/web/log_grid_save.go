package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/desk"
	"stayput/fault"
	"stayput/people"
	"stayput/plan"
	"stayput/plan/session"
)

// A gridTyped is one row as it was typed.
type gridTyped struct {
	i                 int
	c                 people.CaseID
	service           string
	outcome           session.Outcome
	minutes, note     string
	anyway            bool
	log               session.Log
	err               string
	conflict, shorter bool
}

// typed reports that anything was written into the row.
func (t *gridTyped) typed() bool { return t.outcome != "" || t.minutes != "" || t.note != "" }

// readGrid reads the rows of the form.
func readGrid(f *Form) []gridTyped {
	var out []gridTyped
	for i := range mostGrid {
		n := strconv.Itoa(i)
		if !f.Has("case" + n) {
			continue
		}
		t := gridTyped{i: i, c: people.CaseID(f.Text("case"+n, 40)), service: f.Text("service"+n, 300), outcome: session.Outcome(f.Text("outcome"+n, 40)),
			minutes: f.Text("minutes"+n, 10), note: f.Text("note"+n, 1000), anyway: f.Ticked("anyway" + n)}
		if t.typed() {
			out = append(out, t)
		}
	}
	return out
}

// read makes a session of a row, or says what is wrong with it.
func (t *gridTyped) read(f Frame, row *gridRow, on day.Date, from session.Teller, form string) {
	fail := func(key string, pairs ...any) { t.err = f.T(key, pairs...) }
	planned := plan.Count{}
	if n, err := strconv.Atoi(row.Promised); err == nil {
		planned = plan.CountOf(n)
	}
	l := session.Log{On: on, Service: t.service, Outcome: t.outcome, From: from, Provider: gridProvider(row)}
	if t.minutes != "" {
		n, err := strconv.Atoi(t.minutes)
		if err != nil || n < 0 || n > session.MaxMinutes {
			fail("weblog.grid_bad_minutes", "text", t.minutes)
			return
		}
		l.Minutes = plan.CountOf(n)
	}
	switch {
	case l.Outcome == "" && l.Minutes.Said && (!planned.Said || l.Minutes.N >= planned.N) && l.Minutes.N > 0:
		l.Outcome = session.Delivered
	case l.Outcome == "":
		fail("weblog.grid_bad_outcome")
		return
	case !slices.Contains(gridOutcomes, l.Outcome):
		fail("weblog.grid_bad_outcome")
		return
	}
	if !l.Minutes.Said && (l.Outcome == session.Delivered || l.Outcome.Missed()) {
		l.Minutes = planned
	}
	switch {
	case l.Outcome.Given() && !l.Minutes.Said:
		fail("weblog.grid_bad_unsaid")
		return
	case l.Outcome.Given() && l.Minutes.N == 0:
		fail("weblog.grid_bad_zero")
		return
	case (l.Outcome == session.Short || l.Outcome == session.LateStart) && planned.Said && l.Minutes.N >= planned.N:
		fail("weblog.grid_bad_short", "n", planned.N)
		return
	}
	if l.Outcome.Missed() {
		l.Reason = t.note
	} else {
		l.Note = t.note
	}
	t.shorter = l.Outcome == session.Delivered && planned.Said && l.Minutes.N < planned.N
	t.log = l
	if slices.ContainsFunc(row.Logged, func(k captureKey) bool { return !strings.HasPrefix(k.ID, form+"-") }) && !t.anyway {
		t.conflict = true
		fail("weblog.grid_bad_meanwhile")
	}
}

// gridProvider is who gives the service, as the plan says it.
func gridProvider(row *gridRow) string {
	if row.promise == nil || row.promise.Line == nil {
		return ""
	}
	return cmp.Or(row.promise.Line.Role, row.promise.Line.Provider)
}

// logGridSave writes the day down: all rows of a case, or none of them. What fails in
// one case keeps no other from being saved, and nothing that was typed is lost.
func (s *Site) logGridSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	on, err := day.Parse(f.Text("day", 20))
	if err != nil {
		return fault.New(fault.Invalid, fault.Position{}, "webcase.bad_day")
	}
	form := f.Text("form", 20)
	g := gridFilter{f.Text("what", 100), f.Text("who", 100), f.Text("school", 100)}
	cases, err := s.gridCases(r)
	if err != nil {
		return err
	}
	typed := readGrid(f)
	page := s.gridPage(r, on, g)
	if len(typed) == 0 {
		page.Rows, page.More = s.gridRows(r, page.Frame, cases, on, g)
		page.Errors = []gridTold{{Text: page.T("weblog.grid_bad_nothing")}}
		page.finish(cases)
		return s.show(w, r, http.StatusUnprocessableEntity, *page)
	}
	// Whatever names a case that is not open to this person is refused whole, in the
	// words for one that does not exist.
	byCase := map[people.CaseID]*desk.Case{}
	for _, c := range cases {
		byCase[c.ID] = c
	}
	for i := range typed {
		if byCase[typed[i].c] == nil {
			return notThere()
		}
	}
	saved, children, shorter := 0, 0, 0
	var failed []*gridTyped
	for _, c := range cases {
		var mine []*gridTyped
		for i := range typed {
			if typed[i].c == c.ID {
				mine = append(mine, &typed[i])
			}
		}
		if len(mine) == 0 {
			continue
		}
		n, err := s.saveCaseRows(r, page.Frame, c, on, form, mine)
		if err != nil {
			return err
		}
		if n == 0 {
			failed = append(failed, mine...)
			continue
		}
		saved, children = saved+n, children+1
		for _, t := range mine {
			if t.shorter {
				shorter++
			}
		}
	}
	if shorter > 0 {
		s.note(r, Note{Tone: "soon", Key: "weblog.grid_shorter", Pairs: []string{"n", strconv.Itoa(shorter)}})
	}
	if len(failed) == 0 {
		s.note(r, Note{Tone: "done", Key: "weblog.grid_saved", Pairs: []string{"n", strconv.Itoa(saved), "children", strconv.Itoa(children)}})
		return s.seeOther(w, r, "/log?"+url.Values{"day": {on.String()}, "what": {g.What}, "who": {g.Who}, "school": {g.School}}.Encode())
	}
	return s.gridAgain(w, r, page, on, g, form, failed, saved)
}

// saveCaseRows writes the rows of one case down and says how many; none when one of
// them is wrong.
func (s *Site) saveCaseRows(r *http.Request, f Frame, c *desk.Case, on day.Date, form string, mine []*gridTyped) (int, error) {
	rows := s.caseRows(f, c, on)
	from := gridTeller(s, who(r), c)
	in := desk.NewLog{Name: form, Via: "grid"}
	wrong := false
	for _, t := range mine {
		i := slices.IndexFunc(rows, func(x gridRow) bool { return x.Service == t.service })
		switch {
		case on > c.Today:
			t.err = f.T("webcase.bad_future")
		case i < 0:
			t.err = f.T("weblog.grid_bad_promise")
		default:
			t.read(f, &rows[i], on, from, form)
		}
		wrong = wrong || t.err != ""
		t.log.ID = form + "-" + strconv.Itoa(t.i)
		in.Sessions = append(in.Sessions, t.log)
	}
	if wrong {
		return 0, nil
	}
	_, err := s.desk.AddLog(r.Context(), who(r), c.ID, in)
	if err == nil {
		return len(mine), nil
	}
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict, fault.Forbidden:
		for _, t := range mine {
			t.err = f.speak().says(err)[0]
		}
		return 0, nil
	}
	return 0, err
}

// gridAgain shows the day once more, with what could not be saved as it was typed.
func (s *Site) gridAgain(w http.ResponseWriter, r *http.Request, p *logGridPage, on day.Date, g gridFilter, form string, failed []*gridTyped, saved int) error {
	cases, err := s.gridCases(r) // with what was saved
	if err != nil {
		return err
	}
	p.Rows, p.More = s.gridRows(r, p.Frame, cases, on, g)
	for _, t := range failed {
		i := slices.IndexFunc(p.Rows, func(x gridRow) bool { return x.Case == t.c && x.Service == t.service })
		if i < 0 { // it fell out of the filter or of the plan meanwhile
			row := gridRow{Case: t.c, Service: t.service, Name: t.service}
			if k := slices.IndexFunc(cases, func(c *desk.Case) bool { return c.ID == t.c }); k >= 0 {
				row.Child = caseTitle(p.cat, cases[k].Folder)
			}
			p.Rows, i = append(p.Rows, row), len(p.Rows)
		}
		row := &p.Rows[i]
		row.options(p.Frame, t.outcome)
		row.Minutes, row.Note, row.Error = t.minutes, t.note, t.err
		row.Anyway = len(row.Logged) > 0
		if t.err == "" {
			row.Error = p.T("weblog.grid_beside")
		}
	}
	p.finish(cases)
	for _, row := range p.Rows {
		if row.Error != "" {
			p.Errors = append(p.Errors, gridTold{Text: row.Child + ", " + row.Name + ": " + row.Error, To: "#o" + strconv.Itoa(row.I)})
		}
	}
	if saved > 0 {
		p.Errors = append([]gridTold{{Text: p.N("weblog.grid_rest_saved", saved)}}, p.Errors...)
	}
	return s.show(w, r, http.StatusUnprocessableEntity, *p)
}
