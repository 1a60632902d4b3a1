package web

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/desk"
	"stayput/fault"
	"stayput/intake/caseload"
	"stayput/intake/servicelog"
	"stayput/plan/session"
)

// How much of a report a page shows: of each state at first, and on a page of one
// state. The whole report is a file.
const (
	logFirst = 60
	logPage  = 300
	mostAsks = 40
)

// A logRowsPage says what becomes of each row of a log.
type logRowsPage struct {
	Frame
	Action   string
	Back     string // to the columns; "" for a text
	Report   string // the whole report as a file
	File     string
	Counts   []string
	Problems []string
	Notices  []string
	Errors   []string
	Asks     []Field // services of the file that the plan does not know
	Hidden   []Hidden
	Groups   []logGroup
	NoRefuse bool
	Ticks    []Field
	Skip     Field
	NoPlan   bool // the plan promises nothing
	Letter   string
}

func (logRowsPage) template() string { return "log_rows" }

// A logGroup are rows of one state.
type logGroup struct {
	ID, Title, Text string
	Rows            []logRow
	Open            bool
	Boxes           bool // each row may be left out by a box
	More            string
	MoreHref        string
	Pages           []captureKey
}

// A logRow is one row with what becomes of it.
type logRow struct {
	N    int
	On   string
	What string // service and how it is meant
	How  string // minutes, outcome, who
	Tag  Tag
	Says []string
	Left bool
}

var _ = sample(func() page {
	row := logRow{2, "d", "s", "h", Tag{"soon", "t"}, []string{"x"}, true}
	return logRowsPage{Action: "/x", Back: "/y", Report: "/z", File: "f", Counts: []string{"c"}, Problems: []string{"p"}, Notices: []string{"n"}, Errors: []string{"e"},
		Asks: []Field{{Name: "means0", Label: "a", Kind: "select"}}, Hidden: []Hidden{{"word0", "w"}}, NoRefuse: true, NoPlan: true, Letter: "/l",
		Groups: []logGroup{{ID: "refused", Title: "t", Text: "x", Rows: []logRow{row}, Open: true, Boxes: true, More: "m", MoreHref: "/m", Pages: []captureKey{{Label: "2", Href: "/2"}}},
			{ID: "ready", Title: "t", Rows: []logRow{row}}},
		Skip: Field{Name: "skip", Label: "s"}}
})

var _ = sample(func() page {
	return logRowsPage{Action: "/x", Report: "/z", File: "f", Back: "/y", Ticks: []Field{{Name: "refused", Label: "r", Kind: "tick"}}, Groups: []logGroup{{ID: "ready", Title: "t", Rows: []logRow{{N: 2}}}}, Skip: Field{Name: "skip", Label: "s"}}
})

// A logReport is what a log would add, and what has to be said before it can.
type logReport struct {
	*servicelog.Report
	words   []logWord // what the file calls services, where the plan has none or several of that name
	already []int     // rows whose session is in the record
	twice   []int     // rows that say the same as a row before
	noText  bool      // no service is in force, so nothing was matched
}

// A logWord is a word for a service.
type logWord struct {
	Text, Folded string
	Rows         int
}

// logReport reads the log that waits, each row against the plan, the calendar and
// what is logged already.
func (s *Site) logReport(x *waiting, c *logSheet) (*logReport, error) {
	l := x.log
	o := servicelog.Options{Today: c.Today, Service: l.service, From: l.from, Match: c.match}
	for _, p := range c.promises {
		o.Plans = append(o.Plans, day.Span{First: p.From, Last: p.To})
	}
	if school, err := c.School(); err == nil && school != nil {
		o.SchoolDay = school.IsSchoolDay
	}
	for _, k := range c.Logged().Sessions {
		if m := c.match(k.Service, k.On); m != "" {
			k.Service = m
		}
		o.Known = append(o.Known, k)
	}
	out := &logReport{noText: len(c.promises) == 0}
	if l.text != "" {
		o.Services = map[string]string{}
		for _, n := range c.services() {
			o.Services[n.Key], o.Services[n.Name] = n.Key, n.Key
		}
		for _, p := range c.promises {
			if p.Line != nil && p.Line.Name != "" {
				o.Services[p.Line.Name] = p.Service
			}
		}
		for w, key := range c.habits.Services {
			if key != desk.KeptAsSpoken {
				o.Services[w] = key
			}
		}
		out.Report = servicelog.ReadText(l.text, o)
	} else {
		file, err := x.openLog()
		if err != nil {
			return nil, err
		}
		if hasTarget(l.mapping, servicelog.Child) {
			o.Child = l.child
		}
		out.Report = file.Rows(l.mapping, o)
	}
	out.look(c)
	return out, nil
}

// look finds what a person has to say or may want to leave out.
func (rep *logReport) look(c *logSheet) {
	at := map[string]int{}
	for i := range rep.Rows {
		row := &rep.Rows[i]
		for _, n := range row.Notes {
			switch n.Key {
			case "servicelog.row.already":
				rep.already = append(rep.already, row.N)
			case "servicelog.row.duplicate":
				rep.twice = append(rep.twice, row.N)
			}
		}
		if rep.noText || row.Service == "" || row.State == servicelog.Passed || row.State == servicelog.Refused || c.settled(row.Service) || c.match(row.Service, row.Log.On) != "" {
			continue
		}
		w := caseload.Fold(row.Service)
		k, known := at[w]
		if !known {
			k = len(rep.words)
			at[w] = k
			rep.words = append(rep.words, logWord{Text: row.Service, Folded: w})
		}
		rep.words[k].Rows++
	}
}

// A logLeft is what a person leaves out.
type logLeft struct {
	refused, already, twice bool
	skip                    string
	boxes                   []string
}

// out are the numbers of the rows that are left out; bad is what cannot be read as one.
func (t logLeft) out(rep *logReport) (left map[int]bool, bad string) {
	left = map[int]bool{}
	put := func(on bool, rows []int) {
		for _, n := range rows {
			if on {
				left[n] = true
			}
		}
	}
	put(t.already, rep.already)
	put(t.twice, rep.twice)
	if t.refused {
		for i := range rep.Rows {
			if rep.Rows[i].State == servicelog.Refused {
				left[rep.Rows[i].N] = true
			}
		}
	}
	for _, b := range t.boxes {
		if n, err := strconv.Atoi(b); err == nil {
			left[n] = true
		}
	}
	for p := range strings.FieldsFuncSeq(t.skip, func(c rune) bool { return c == ',' || c == ';' || c == ' ' || c == '\n' || c == '\t' }) {
		from, to, span := strings.Cut(strings.NewReplacer("–", "-", "—", "-").Replace(p), "-")
		a, err := strconv.Atoi(from)
		b := a
		if err == nil && span {
			b, err = strconv.Atoi(to)
		}
		if err != nil || a < 1 || b < a || b-a > servicelog.MaxRows {
			return left, p
		}
		for n := a; n <= b; n++ {
			left[n] = true
		}
	}
	return left, ""
}

// logRows says what becomes of each row.
func (s *Site) logRows(w http.ResponseWriter, r *http.Request) error {
	c, err := s.logCase(r)
	if err != nil {
		return err
	}
	x, err := s.logOf(r)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if to := x.logStep(c, r.PathValue("parcel")); to != "" {
		return s.seeOther(w, r, to)
	}
	rep, err := s.logReport(x, c)
	if err != nil {
		return err
	}
	return s.showLogRows(w, r, http.StatusOK, c, x, rep, logLeft{already: true}, nil)
}

// logStep is where a log is shown that is not at its rows, or nothing.
func (x *waiting) logStep(c *logSheet, parcel string) string {
	switch {
	case x.done != "":
		return x.done
	case x.log.seis != "":
		return logPath(c.ID, parcel) + "/plan"
	case !x.log.chosen:
		return logPath(c.ID, parcel)
	}
	return ""
}

func (s *Site) showLogRows(w http.ResponseWriter, r *http.Request, status int, c *logSheet, x *waiting, rep *logReport, t logLeft, errors []string) error {
	path := logPath(c.ID, r.PathValue("parcel"))
	p := logRowsPage{Frame: s.caseFrame(r, c.Case, "weblog.rows_title", "carry"), Action: path + "/rows", Report: path + "/report.csv", File: x.title, Errors: errors}
	if x.log.text == "" {
		p.Back = path
	}
	p.NoPlan, p.Letter = rep.noText, casePath(c.Folder)+"/plan"
	p.Problems = p.speak().says(rep.Problems.Or())
	for _, n := range rep.Notices {
		p.Notices = append(p.Notices, p.Fault(n))
	}
	if rep.Others > 0 {
		p.Notices = append(p.Notices, p.N("weblog.others", rep.Others, "child", x.log.child))
		if len(rep.Rows) == 0 {
			p.Notices = append(p.Notices, p.T("weblog.others_all", "child", x.log.child))
		}
	}
	for _, n := range []struct {
		key string
		n   int
	}{{"weblog.n_ready", rep.Ready}, {"weblog.n_look", rep.Look}, {"weblog.n_refused", rep.Refused}, {"weblog.n_passed", rep.Passed}} {
		if n.n > 0 {
			p.Counts = append(p.Counts, p.N(n.key, n.n))
		}
	}
	p.askServices(c, rep)
	if len(rep.Problems) > 0 {
		return s.show(w, r, status, p)
	}
	names := map[string]string{}
	for _, n := range c.services() {
		names[n.Key] = n.Name
	}
	show, page := servicelog.State(r.URL.Query().Get("show")), 1
	if n, err := strconv.Atoi(r.URL.Query().Get("page")); err == nil && n > 1 {
		page = n
	}
	counts := map[servicelog.State]int{servicelog.Refused: rep.Refused, servicelog.Look: rep.Look, servicelog.Ready: rep.Ready, servicelog.Passed: rep.Passed}
	if counts[show] == 0 {
		show = ""
	}
	for _, st := range []servicelog.State{servicelog.Refused, servicelog.Look, servicelog.Ready, servicelog.Passed} {
		if counts[st] == 0 || show != "" && st != show {
			continue
		}
		from, n := 0, logFirst
		if show != "" {
			pages := (counts[st] + logPage - 1) / logPage
			page = min(page, pages)
			from, n = (page-1)*logPage, logPage
		}
		g := logGroup{ID: string(st), Title: p.N("weblog.group_"+string(st), counts[st]), Open: st == servicelog.Refused || st == servicelog.Look || show != "", Boxes: show == "" && len(rep.words) == 0 && (st == servicelog.Look || st == servicelog.Refused)}
		if st == servicelog.Refused || st == servicelog.Look {
			g.Text = p.T("weblog.group_" + string(st) + "_text")
		}
		k := 0
		for i := range rep.Rows {
			row := &rep.Rows[i]
			if row.State != st {
				continue
			}
			if k++; k <= from {
				continue
			}
			if len(g.Rows) == n {
				break
			}
			line := p.speak().logRow(row, names)
			line.Left = slices.Contains(t.boxes, strconv.Itoa(row.N))
			g.Rows = append(g.Rows, line)
		}
		switch {
		case show != "":
			for i := 1; i <= (counts[st]+logPage-1)/logPage; i++ {
				href := p.Action + "?show=" + string(st) + "&page=" + strconv.Itoa(i)
				if i == page {
					href = ""
				}
				g.Pages = append(g.Pages, captureKey{Label: strconv.Itoa(i), Href: href})
			}
		case counts[st] > n:
			g.More, g.MoreHref = p.N("weblog.group_more", counts[st]), p.Action+"?show="+string(st)
		}
		p.Groups = append(p.Groups, g)
	}
	if show != "" {
		p.Back = p.Action
		p.NoRefuse = true
		return s.show(w, r, status, p)
	}
	tick := func(name, key string, rows int, on bool) {
		if rows > 0 {
			p.Ticks = append(p.Ticks, Field{Name: name, Label: p.N(key, rows), Kind: "tick", Options: []Option{{On: on}}})
		}
	}
	tick("refused", "weblog.leave_refused", rep.Refused, t.refused)
	tick("already", "weblog.leave_already", len(rep.already), t.already)
	tick("twice", "weblog.leave_twice", len(rep.twice), t.twice)
	p.Skip = Field{Name: "skip", Label: p.T("weblog.skip"), Hint: p.T("weblog.skip_hint"), Value: t.skip, Max: 2000, Autocomplete: "off"}
	return s.show(w, r, status, p)
}

// askServices asks what the file's words for services mean.
func (p *logRowsPage) askServices(c *logSheet, rep *logReport) {
	names := c.services()
	for i, word := range rep.words {
		if i == mostAsks {
			break
		}
		n := strconv.Itoa(i)
		f := Field{Name: "means" + n, Label: p.T("weblog.means", "word", word.Text), Hint: p.N("weblog.means_rows", word.Rows), Kind: "select", Required: true, Options: []Option{{Label: p.T("weblog.means_choose"), On: true}}}
		for _, o := range names {
			f.Options = append(f.Options, Option{Value: o.Key, Label: o.Name})
		}
		f.Options = append(f.Options, Option{Value: desk.KeptAsSpoken, Label: p.T("weblog.means_none")})
		p.Asks = append(p.Asks, f)
		p.Hidden = append(p.Hidden, Hidden{"word" + n, word.Folded})
	}
}

// logRow puts what becomes of a row into words.
func (f speaker) logRow(row *servicelog.Row, names map[string]string) logRow {
	l := &row.Log
	out := logRow{N: row.N, What: cmp.Or(names[l.Service], l.Service)}
	if l.On != 0 {
		out.On = f.cat.Date(l.On)
	}
	if row.Service != "" && out.What != row.Service && row.Said == "" {
		out.What = f.T("weblog.means_is", "word", row.Service, "service", out.What)
	}
	var how []string
	if l.Minutes.Said {
		how = append(how, f.N("weblog.minutes", l.Minutes.N))
	}
	if l.Outcome != "" {
		how = append(how, f.T("delivery.outcome."+string(l.Outcome)))
	}
	if l.Provider != "" {
		how = append(how, l.Provider)
	}
	out.How = strings.Join(how, " · ")
	if row.Said != "" {
		out.How = strings.TrimSpace(out.How + " “" + cutText(row.Said, 160) + "”")
	}
	tones := map[servicelog.State]string{servicelog.Refused: "soon", servicelog.Look: "info", servicelog.Ready: "done"}
	out.Tag = Tag{tones[row.State], f.T("weblog.state_" + string(row.State))}
	for _, n := range row.Notes {
		out.Says = append(out.Says, f.Fault(n))
	}
	return out
}

// logRowsSave takes what words mean, or adds the rows.
func (s *Site) logRowsSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	c, err := s.logCase(r)
	if err != nil {
		return err
	}
	x, err := s.logOf(r)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	parcel := r.PathValue("parcel")
	if to := x.logStep(c, parcel); to != "" {
		return s.seeOther(w, r, to)
	}
	if f.Has("answers") {
		return s.logMeans(w, r, f, c)
	}
	rep, err := s.logReport(x, c)
	if err != nil {
		return err
	}
	t := logLeft{f.Ticked("refused"), f.Ticked("already"), f.Ticked("twice"), f.Text("skip", 2000), f.All("leave")}
	words := s.wordsOf(r)
	again := func(errors ...string) error {
		return s.showLogRows(w, r, http.StatusUnprocessableEntity, c, x, rep, t, errors)
	}
	if len(rep.words) > 0 {
		return again(words.T("weblog.bad_words"))
	}
	left, bad := t.out(rep)
	if bad != "" {
		return again(words.T("weblog.bad_skip", "text", cutText(bad, 40)))
	}
	nameRows(rep, c, x.batch, left)
	logs, err := rep.Accept(left)
	switch {
	case err != nil:
		return again(words.N("weblog.bad_refused", len(fault.All(err))))
	case len(logs) == 0:
		return again(words.T("weblog.bad_none"))
	}
	via := "sheet"
	if x.log.text != "" {
		via = "text"
	}
	act, err := s.desk.AddLog(r.Context(), who(r), c.ID, desk.NewLog{Name: x.batch, Via: via, From: x.title, Sessions: logs})
	if err != nil {
		if fault.KindOf(err) == fault.Invalid {
			return again(words.speak().says(err)...)
		}
		return err
	}
	x.done = casePath(c.Folder) + "/carry/imports/" + act
	x.drop()
	s.keepHabits(r, c, x.log)
	s.note(r, Note{Tone: "done", Key: "weblog.added", Pairs: []string{"n", strconv.Itoa(len(logs))}})
	return s.seeOther(w, r, x.done)
}

// keepHabits remembers how this file spoke. It is a comfort: the import stands
// without it.
func (s *Site) keepHabits(r *http.Request, c *logSheet, l *logWaiting) {
	h := c.habits
	h.From, h.Service = string(l.from), l.service
	if l.text == "" && hasTarget(l.mapping, servicelog.Child) {
		h.Child = l.child
	}
	if err := s.desk.SaveLogHabits(r.Context(), who(r), c.ID, h); err != nil {
		s.log.Warn("how a log speaks was not remembered", "cause", faultKey(err))
	}
}

// logMeans remembers what the words of a file mean.
func (s *Site) logMeans(w http.ResponseWriter, r *http.Request, f *Form, c *logSheet) error {
	h := c.habits
	h.Services = map[string]string{}
	for i := range mostAsks {
		n := strconv.Itoa(i)
		word, means := caseload.Fold(f.Text("word"+n, 300)), f.Text("means"+n, 300)
		if word == "" || means == "" {
			continue
		}
		if means == desk.KeptAsSpoken || slices.ContainsFunc(c.services(), func(s serviceName) bool { return s.Key == means }) {
			h.Services[word] = means
		}
	}
	if len(h.Services) > 0 {
		if err := s.desk.SaveLogHabits(r.Context(), who(r), c.ID, h); err != nil {
			return err
		}
	}
	return s.seeOther(w, r, logPath(c.ID, r.PathValue("parcel"))+"/rows")
}

// nameRows gives each row the name its session will have, and each make-up the name of
// the session it makes up: one of the file, else one of the record.
func nameRows(rep *logReport, c *logSheet, batch string, left map[int]bool) {
	id := func(n int) string { return batch + "-" + strconv.Itoa(n) }
	for i := range rep.Rows {
		row := &rep.Rows[i]
		row.Log.ID = id(row.N)
		switch {
		case row.MakesOn == 0 || row.Log.Outcome != session.MakeUp:
		case row.MakesRow != 0 && !left[row.MakesRow]:
			row.Log.Makes = id(row.MakesRow)
		default:
			for _, k := range c.Logged().Sessions {
				if k.On == row.MakesOn && k.Outcome.Missed() && (k.Service == row.Log.Service || c.match(k.Service, k.On) == row.Log.Service) {
					row.Log.Makes = k.ID
				}
			}
		}
	}
}

// logReportFile gives the whole report as a table for a spreadsheet.
func (s *Site) logReportFile(w http.ResponseWriter, r *http.Request) error {
	c, err := s.logCase(r)
	if err != nil {
		return err
	}
	x, err := s.logOf(r)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if to := x.logStep(c, r.PathValue("parcel")); to != "" {
		return s.seeOther(w, r, to)
	}
	rep, err := s.logReport(x, c)
	if err != nil {
		return err
	}
	if err := rep.Problems.Or(); err != nil {
		return err
	}
	f := s.frame(r, "weblog.rows_title", "cases")
	names := map[string]string{}
	for _, n := range c.services() {
		names[n.Key] = n.Name
	}
	giveTable(w, "stayput-log-report", tableOf(func(row func(...string)) {
		var head []string
		for _, h := range []string{"row", "state", "date", "file_service", "service", "minutes", "outcome", "reason", "provider", "says"} {
			head = append(head, f.T("weblog.csv_"+h))
		}
		row(head...)
		for i := range rep.Rows {
			x := &rep.Rows[i]
			var says []string
			for _, n := range x.Notes {
				says = append(says, f.Fault(n))
			}
			outcome := ""
			if x.Log.Outcome != "" {
				outcome = f.T("delivery.outcome." + string(x.Log.Outcome))
			}
			row(strconv.Itoa(x.N), f.T("weblog.state_"+string(x.State)), iso(x.Log.On), x.Service, cmp.Or(names[x.Log.Service], x.Log.Service), x.Log.Minutes.String(), outcome, x.Log.Reason, x.Log.Provider, strings.Join(says, " "))
		}
	}))
	return nil
}

// tableOf is a table for a spreadsheet: UTF-8 with the mark by which Excel knows it;
// no cell is taken for a formula.
func tableOf(write func(row func(...string))) []byte {
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	write(func(cells ...string) { out.Write(harmlessAll(cells...)) })
	out.Flush()
	return b.Bytes()
}
