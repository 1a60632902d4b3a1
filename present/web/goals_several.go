package web

import (
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/progress"
	"stayput/desk"
	"stayput/fault"
	"stayput/intake/progressfile"
	"stayput/measure"
	"stayput/plan"
	sayprogress "stayput/present/progress"
)

// A severalForm asks for several probes at once: lines, or a file.
type severalForm struct {
	Action                string
	Goal, Lines, By, File Field
	Problems              []string
	Errs                  []Field
}

// severalSent is what was sent and could not be taken.
type severalSent struct {
	lines, by, goal string
	problems        []string
	bad             wrong
}

// probesWaiting are probes that were read and not yet confirmed.
type probesWaiting struct {
	cas  string // the case
	via  string
	from string // the name of the file
	rows []probeRow
	told []string // of the whole file
}

// A probeRow is one line with what becomes of it.
type probeRow struct {
	n       int
	text    string // as it was written
	probe   measure.Probe
	flaw    string // the key of what is wrong; "" when it can be added
	got     string
	looks   []string // keys of progress.trouble: it counts, but look at it
	already bool     // the same probe stands in the record
	over    bool     // of a goal that is not in force today
}

// A probesCheckPage says what becomes of each line before anything is added.
type probesCheckPage struct {
	Frame
	Action, Back        string
	From                string
	Ready, Bad, Already int
	Told                []string
	Rows                []checkRow
	More                int
}

func (probesCheckPage) template() string { return "probes_check" }

// A checkRow is one line in words.
type checkRow struct {
	N     int
	Day   string
	Goal  string
	Value string
	Tag   Tag
	Says  []string
}

var _ = sample(func() page {
	return probesCheckPage{Action: "/a", Back: "/b", From: "f", Ready: 2, Bad: 1, Already: 1, Told: []string{"t"}, Rows: []checkRow{{1, "d", "g", "v", Tag{"done", "t"}, []string{"s"}}, {N: 2, Tag: Tag{"soon", "t"}, Says: []string{"s"}}}, More: 3}
})

// mostPasted is how many lines one paste may have, and how many rows a page shows.
const (
	mostPasted = 2000
	mostShown  = 400
)

// severalForm draws the form.
func (f speaker) severalForm(k *carryLook, key string, sent severalSent) severalForm {
	p := severalForm{Action: probesPath(k.c.Folder) + "/several", Problems: sent.problems}
	if sent.goal != "" {
		key = sent.goal
	}
	p.Goal = Field{Name: "goal2", Kind: "select", Label: f.T("webgoals.f_goal"), Options: []Option{{Label: f.T("webgoals.choose")}}}
	goals := k.x.Goals(nil)
	for i := range goals {
		p.Goal.Options = append(p.Goal.Options, Option{Value: goals[i].Key, Label: f.goalName(&goals[i].Goal), On: goals[i].Key == key})
	}
	p.Lines = Field{Name: "lines", Kind: "textarea", Label: f.T("webgoals.f_lines"), Hint: f.T("webgoals.f_lines_hint"), Value: sent.lines, Rows: 6}
	p.By = Field{Name: "by2", Kind: "text", Label: f.T("webgoals.f_by"), Value: sent.by, Max: mostBy}
	p.File = Field{Name: "file", Kind: "file", Label: f.T("webgoals.f_file"), Hint: f.T("webgoals.f_file_hint")}
	for _, x := range []*Field{&p.Goal, &p.Lines, &p.File} {
		if key := sent.bad[x.Name]; key != "" {
			x.Error = f.cat.T(key)
			p.Errs = append(p.Errs, *x)
		}
	}
	return p
}

// probesTake reads several probes and leads to what becomes of each.
func (s *Site) probesTake(w http.ResponseWriter, r *http.Request) error {
	f, err := s.uploads(w, r)
	if err != nil {
		return err
	}
	defer f.Close()
	k, err := s.carryOf(r, desk.View{})
	if err != nil {
		return err
	}
	sent := severalSent{by: f.Text("by2", mostBy), goal: f.Text("goal2", 200), bad: wrong{}}
	lines, fits := f.Words("lines", 60_000)
	sent.lines = lines
	again := func() error {
		return s.showProbes(w, r, http.StatusUnprocessableEntity, k, sent.goal, nil, wrong{}, sent)
	}
	wait := &probesWaiting{cas: string(k.c.ID), via: "text"}
	switch {
	case len(f.Files) > 1:
		sent.bad["file"] = "webgoals.bad_one_file"
		return again()
	case len(f.Files) == 1:
		u := &f.Files[0]
		in, err := u.Open()
		if err != nil {
			return err
		}
		data, err := io.ReadAll(io.LimitReader(in, progressfile.LargestFile+1))
		if err != nil {
			return err
		}
		log, err := progressfile.Read(desk.FileName(u.Name), data)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				return err
			}
			sent.problems = s.wordsOf(r).speak().says(err)
			return again()
		}
		wait.via, wait.from = "sheet", desk.FileName(u.Name)
		wait.told = s.wordsOf(r).speak().says(log.Warnings.Or())
		for _, p := range log.Probes {
			wait.rows = append(wait.rows, probeRow{n: p.Row, probe: p})
		}
	case lines == "":
		sent.bad["lines"] = "webgoals.bad_lines"
		return again()
	case !fits || strings.Count(lines, "\n") >= mostPasted:
		sent.bad["lines"] = "webgoals.bad_many_lines"
		return again()
	default:
		if k.x.FindGoal(sent.goal, k.c.Today) == "" {
			sent.bad["goal2"] = "webgoals.bad_goal"
			return again()
		}
		slashes := false
		for i, line := range strings.Split(lines, "\n") {
			if strings.TrimSpace(line) == "" {
				continue
			}
			row := readLine(line, goneGoalOf(k, k.x.FindGoal(sent.goal, k.c.Today)))
			row.n, row.probe.Row, row.probe.Goal = i+1, i+1, sent.goal
			if row.probe.By == "" {
				row.probe.By = sent.by
			}
			slashes = slashes || slashed.MatchString(line)
			wait.rows = append(wait.rows, row)
		}
		if slashes {
			wait.told = append(wait.told, s.wordsOf(r).T("webgoals.month_first"))
		}
	}
	if len(wait.rows) == 0 {
		sent.bad["lines"] = "webgoals.bad_lines"
		return again()
	}
	x := &waiting{person: who(r).Person.ID, title: wait.from, probes: wait}
	return s.seeOther(w, r, probesPath(k.c.Folder)+"/several/"+s.keepParcel(x))
}

var (
	slashed  = regexp.MustCompile(`^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})`)
	lineDate = regexp.MustCompile(`^\s*(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\s*[,;:]?\s*(.*)$`)
	lineNum  = regexp.MustCompile(`(?i)^(-?[\d.,]+(?:\s*(?:/|\s(?:out of|of|de)\s)\s*[\d.,]+)?(?:\s*(?:%|percent\b|por ciento\b))?)(?:[\s;]+(.*))?$`)
)

// readLine reads a line such as "2025-09-08 52", "9/8/2025, 7 of 10 tired" or, from
// a spreadsheet, cells parted by tabs: day, value, who, note.
func readLine(line string, g *plan.Goal) probeRow {
	row := probeRow{text: strings.TrimSpace(line)}
	m := lineDate.FindStringSubmatch(line)
	if m == nil {
		row.flaw, row.got = "webgoals.bad_line_day", cutText(row.text, 40)
		return row
	}
	on, ok := lineDay(m[1])
	if !ok {
		row.flaw, row.got = "progress.file.not_a_day", m[1]
		return row
	}
	row.probe.On = on
	rest := strings.TrimSpace(m[2])
	value := rest
	if cells := strings.Split(m[2], "\t"); len(cells) > 1 {
		value = strings.TrimSpace(cells[0])
		row.probe.By = cutTo(strings.TrimSpace(cells[1]), mostBy)
		row.probe.Note = strings.TrimSpace(strings.Join(cells[2:], " "))
	} else if n := lineNum.FindStringSubmatch(rest); n != nil {
		value, row.probe.Note = strings.TrimRight(strings.TrimSpace(n[1]), ",."), strings.TrimSpace(n[2])
	}
	row.probe.Value, row.probe.Missing, row.flaw = readValue(value, g)
	row.got = cutText(value, 40)
	return row
}

// lineDay reads a day; of 3/9/2025 the month comes first, unless it can only be the
// day.
func lineDay(text string) (day.Date, bool) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '/' || r == '.' || r == '-' })
	n := make([]int, 3)
	for i := range parts {
		n[i], _ = strconv.Atoi(parts[i])
	}
	y, m, d := n[0], n[1], n[2]
	if len(parts[0]) != 4 {
		if m, d, y = n[0], n[1], n[2]; m > 12 {
			m, d = d, m
		}
	}
	on, err := day.Parse(pad(y, 4) + "-" + pad(m, 2) + "-" + pad(d, 2))
	return on, err == nil
}

func pad(n, width int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, width-len(s))) + s
}

// cutTo is the beginning of a text, without a sign that it was cut.
func cutTo(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// judge finds the goal of each row, and what is odd about it against the plan, the
// calendar and what stands in the record.
func (x *probesWaiting) judge(k *carryLook) (ready []measure.Probe) {
	type same struct {
		key, value string
		on         day.Date
	}
	stands, book := map[same]int{}, bookOf(k)
	of := func(key string, p *measure.Probe) same {
		v := ""
		if !p.Missing {
			v = p.Value.String()
		}
		return same{key, v, p.On}
	}
	for i := range k.logs.Probes {
		p := &k.logs.Probes[i]
		stands[of(k.x.FindGoal(p.Goal, p.On), p)]++
	}
	for i := range x.rows {
		row := &x.rows[i]
		row.looks, row.already, row.over = nil, false, false
		p := row.probe
		if row.flaw != "" && row.flaw != "webgoals.bad_future" && row.flaw != "webgoals.bad_row_goal" && row.flaw != "webgoals.bad_ago" {
			continue
		}
		row.flaw = ""
		key := k.x.FindGoal(p.Goal, p.On)
		switch {
		case p.On > k.c.Today:
			row.flaw = "webgoals.bad_future"
			continue
		case p.On < k.c.Today.AddYears(-40):
			row.flaw = "webgoals.bad_ago"
			continue
		case key == "":
			row.flaw, row.got = "webgoals.bad_row_goal", cutText(p.Goal, 40)
			continue
		}
		p.Goal = key
		if stands[of(key, &p)] > 0 {
			stands[of(key, &p)]--
			row.already = true
			continue
		}
		_, row.over = book.goal(key)
		row.looks = book.troubles(p)
		ready = append(ready, p)
	}
	return ready
}

// severalOf is what waits under the name of the path, for this person and case.
func (s *Site) severalOf(r *http.Request) (*waiting, error) {
	x := s.takeParcel(r.PathValue("parcel"), who(r))
	if x == nil || x.probes == nil || x.probes.cas != string(caseID(r)) {
		return nil, errParcelGone()
	}
	return x, nil
}

// probesCheck says what becomes of each row.
func (s *Site) probesCheck(w http.ResponseWriter, r *http.Request) error {
	x, err := s.severalOf(r)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.done != "" {
		return s.seeOther(w, r, x.done)
	}
	k, err := s.carryOf(r, desk.View{})
	if err != nil {
		return err
	}
	p := probesCheckPage{Frame: s.caseFrame(r, k.c, "webgoals.check_title", "carry"), Action: r.URL.Path, Back: probesPath(k.c.Folder), From: x.probes.from, Told: x.probes.told}
	p.Ready = len(x.probes.judge(k))
	name := map[string]string{}
	for i := range x.probes.rows {
		row := &x.probes.rows[i]
		line := p.checkRow(k, row, name)
		switch {
		case row.flaw != "":
			p.Bad++
		case row.already:
			p.Already++
		}
		if len(p.Rows) >= mostShown && row.flaw == "" {
			p.More++
			continue
		}
		p.Rows = append(p.Rows, line)
	}
	return s.show(w, r, http.StatusOK, p)
}

// checkRow puts what becomes of a row into words.
func (p *probesCheckPage) checkRow(k *carryLook, row *probeRow, name map[string]string) checkRow {
	out := checkRow{N: row.n}
	pr := &row.probe
	if pr.On != 0 {
		out.Day = p.cat.DateFull(pr.On)
	}
	if key := k.x.FindGoal(pr.Goal, pr.On); key != "" {
		if name[key] == "" {
			name[key] = p.speak().goneName(k, key)
		}
		out.Goal = name[key]
	}
	if row.flaw == "" {
		out.Value = probeValue(p.Frame, pr)
	} else if out.Value = row.got; row.flaw == "webgoals.bad_future" || row.flaw == "webgoals.bad_row_goal" || row.flaw == "webgoals.bad_ago" {
		out.Value = probeValue(p.Frame, pr)
	}
	switch {
	case row.flaw != "":
		out.Tag, out.Says = Tag{"soon", p.T("webgoals.row_bad")}, []string{p.T(row.flaw, "got", row.got)}
	case row.already:
		out.Tag, out.Says = Tag{"", p.T("webgoals.row_already")}, []string{p.T("webgoals.row_already_text")}
	case len(row.looks) > 0 || row.over:
		out.Tag = Tag{"info", p.T("webgoals.row_look")}
		for _, key := range row.looks {
			out.Says = append(out.Says, sayprogress.Trouble(p.cat, progress.Trouble{Key: key, Count: 1}))
		}
		if row.over {
			out.Says = append(out.Says, p.T("webgoals.saved_over"))
		}
	default:
		out.Tag = Tag{"done", p.T("webgoals.row_ready")}
	}
	return out
}

// probesAdd adds the rows that are ready, in one act.
func (s *Site) probesAdd(w http.ResponseWriter, r *http.Request) error {
	x, err := s.severalOf(r)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.done != "" {
		return s.seeOther(w, r, x.done)
	}
	k, err := s.carryOf(r, desk.View{})
	if err != nil {
		return err
	}
	ready := x.probes.judge(k)
	if len(ready) == 0 {
		return refuse(http.StatusUnprocessableEntity, "webgoals.nothing_ready")
	}
	if _, err := s.desk.AddLog(r.Context(), who(r), k.c.ID, desk.NewLog{Name: x.batch, Via: x.probes.via, From: x.probes.from, Probes: ready}); err != nil {
		return err
	}
	x.done = goalsPath(k.c.Folder)
	one := ready[0].Goal
	for _, p := range ready {
		if p.Goal != one {
			one = ""
		}
	}
	if one != "" {
		x.done = goalProgressPath(k.c.Folder, one)
	}
	s.note(r, Note{Tone: "done", Key: "webgoals.added", Pairs: []string{"n", count(len(ready))}, Href: carryPath(k.c.Folder, "/imports"), Link: "webgoals.undo"})
	return s.seeOther(w, r, x.done)
}
