package web

import (
	"html/template"
	"net/http"
	"slices"
	"strconv"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/desk"
	"stayput/fault"
	"stayput/locale"
	"stayput/people"
	"stayput/plan"
	"stayput/plan/session"
	"stayput/present/chart"
)

// A carryShowPage is the home of carrying out: what happened on a day, with a
// finger; and what was promised against what was given.
type carryShowPage struct {
	Frame
	Path     string
	AsOf     string
	Broken   []string
	NoPlan   bool
	Days     []carryDay
	Day      string // the day asked about
	Closed   string // why nothing is asked on that day
	Since    bool   // a plan may have been in force that does not say since when
	Asks     []carryAsk
	Rest     []carryAsk // services of other days, or whose sessions of the week are all told
	Told     *carryChange
	First    *carryStep
	Services []carryCard
	Patterns template.HTML
	Table    []carryTableRow
	Heads    []string
	Owed     []string // what agreements and decisions still owe
	Lower    string   // the school year, within a sentence
	Levels   bool     // some level was reached: they are explained
	Notices  []string
	Go       []captureKey
	Form     string
}

func (carryShowPage) template() string { return "carry_show" }

// A carryDay is one day of the strip.
type carryDay struct {
	Href, ISO, Weekday, Date, Full string
	Says                           string // what is told of it
	Current                        bool
	Told, Asked                    int
}

// A carryAsk is the question about one service on one day.
type carryAsk struct {
	ID       string
	Service  string
	Key      string
	On       string
	Question string
	How      string
	Answer   string // what this person wrote, in words
	Look     string // where that stands
	Others   []carryLine
	Buttons  []carryButton
	Undo     string // the name of the form that takes it back
	Session  string
	Full     string // the whole form
	Unsaid   bool   // the plan does not say how long a session is
}

// A carryButton is one answer.
type carryButton struct {
	Form, Do, Text string
	Main           bool
	Chosen         bool
}

// A carryChange is a week before and after something was written down.
type carryChange struct {
	Says    string
	Week    string
	Heads   []string
	Before  []string
	After   []carryCell
	Href    string
	Undone  bool
	Session string
}

// A carryCell is a number that may have changed.
type carryCell struct {
	Head, Text string
	New        bool
}

// A carryStep is what to do first, with words to copy.
type carryStep struct {
	Do, Why  string
	Letter   string
	Original string // the same in English, for a school, when the page is not
	Href     string // to write down that it was asked
}

// A carryCard is one service: words, picture, what stands out.
type carryCard struct {
	ID, Name, Href string
	How            string
	Year           string
	carryTold
	Run     string
	Since   []string
	Signals []string
}

// A carryTableRow is a row of the ledger as numbers.
type carryTableRow struct {
	Name, Href string
	Cells      []carryCell
}

var (
	_ = sample(func() page {
		ask := carryAsk{ID: "a1", Service: "s", Key: "k", On: "2026-01-05", Question: "q", How: "h", Full: "/f", Buttons: []carryButton{{Form: "f", Do: "no", Text: "t", Main: true}, {Form: "g", Do: "yes", Text: "t", Chosen: true}}}
		told := ask
		told.ID, told.Answer, told.Look, told.Undo, told.Session, told.Others = "a2", "x", "/x", "u", "i", []carryLine{{Href: "/x", What: "w", Tag: Tag{"done", "x"}, Day: "d", By: "b", From: "f", Minutes: "m"}}
		rest := ask
		rest.ID = "a4"
		unsaid := ask
		unsaid.ID, unsaid.Unsaid, unsaid.Buttons = "a3", true, nil
		return carryShowPage{Path: "/x", AsOf: "x", Days: []carryDay{{Href: "/d", ISO: "2026-01-05", Weekday: "Mon", Date: "Jan 5", Full: "f", Says: "s", Current: true}}, Day: "d", Asks: []carryAsk{ask, told, unsaid}, Rest: []carryAsk{rest}, Form: "f",
			Told:  &carryChange{Says: "s", Week: "w", Heads: []string{"a"}, Before: []string{"1"}, After: []carryCell{{"a", "2", true}}, Href: "/x", Session: "i"},
			First: &carryStep{Do: "d", Why: "w", Letter: "l", Original: "o", Href: "/h"}, Patterns: template.HTML(chart.Patterns()), Lower: "y", Levels: true, Notices: []string{"n"}, Go: []captureKey{{ID: "i", Icon: "book", Label: "l", Hint: "h", Href: "/x"}},
			Services: []carryCard{{ID: "s1", Name: "n", Href: "/s", How: "h", Year: "y", carryTold: carryTold{Says: []string{"a", "b"}, Legend: []carryPart{{Name: "short", Text: "t", Amount: "1"}}}, Run: "r", Since: []string{"s"}, Signals: []string{"x"}}},
			Heads:    []string{"a"}, Owed: []string{"o"}, Table: []carryTableRow{{Name: "n", Href: "/s", Cells: []carryCell{{Head: "a", Text: "1"}}}}}
	})
	_ = sample(func() page { return carryShowPage{Path: "/x", NoPlan: true} })
	_ = sample(func() page { return carryShowPage{Path: "/x", Broken: []string{"x"}} })
	_ = sample(func() page { return carryShowPage{Path: "/x", Closed: "c", Since: true, Day: "d"} })
)

// carryShow is the home of carrying out.
func (s *Site) carryShow(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	p := carryShowPage{Frame: s.caseFrame(r, c, "webcarry.title", "carry"), Path: carryPath(c.Folder, ""), Form: desk.NewName()}
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	k, err := s.carryIn(r, c)
	if fault.KindOf(err) == fault.Invalid && err != nil {
		p.Broken = append([]string{p.T("desk.plans_unreadable")}, p.speak().says(err)...)
		return s.show(w, r, http.StatusOK, p)
	}
	if err != nil {
		return err
	}
	p.NoPlan = len(k.x.Promises) == 0
	q := r.URL.Query()
	p.ask(k, s.names(r), q.Get("day"))
	if id := q.Get("told"); id != "" {
		p.Told = p.change(k, id)
	}
	p.cards(k)
	p.Owed = p.speak().owed(s.agreementsOf(r, c))
	p.Go = p.speak().carryLinks(c.Folder)
	seen := map[string]bool{}
	for _, n := range k.l.Notices {
		if text := p.speak().ledgerNotice(n); n.Log == "" && !seen[text] {
			if x := k.service(n.Service); x != nil && x.Name != "" {
				text = x.Name + ": " + text
			}
			p.Notices, seen[text] = append(p.Notices, text), true
		}
	}
	return s.show(w, r, http.StatusOK, p)
}

// carryLinks lead to the other pages about carrying out.
func (f speaker) carryLinks(c *desk.Folder) []captureKey {
	var out []captureKey
	put := func(id, icon, path string) {
		out = append(out, captureKey{ID: id, Icon: icon, Label: f.cat.T("webcarry.go_" + id), Hint: f.cat.T("webcarry.go_" + id + "_hint"), Href: carryPath(c, path)})
	}
	put("goals", "goal", "/goals")
	put("items", "check-circle", "/items")
	put("digests", "letter", "/digests")
	put("checkins", "child", "/check-ins")
	put("sessions", "history", "/sessions")
	if f.May("add_entry") {
		put("new", "add", "/new")
		put("import", "file", "/import")
	}
	put("look_back", "calendar", "/look-back")
	put("make_up", "law", "/make-up")
	put("settings", "settings", "/settings")
	out = append(out, captureKey{ID: "agreements", Icon: "check", Label: f.cat.T("webagree.carry_go"), Hint: f.cat.T("webagree.carry_go_hint"), Href: casePath(c) + "/agreements"})
	return out
}

// ask puts the questions of a day.
func (p *carryShowPage) ask(k *carryLook, names func(people.PersonID) string, said string) {
	if p.NoPlan || !p.May("add_entry") {
		return
	}
	today := k.c.Today
	on, err := day.Parse(said)
	if err != nil || on > today || on < today.AddYears(-40) {
		on = k.lastMet(today)
	}
	if on == 0 {
		p.Closed = p.cat.T("webcarry.no_school")
		return
	}
	p.days(k, on)
	p.Day = p.speak().dayIn(on, today)
	switch {
	case !k.meets(on):
		p.Closed = p.cat.T("webcarry.no_school_on", "date", p.cat.DateFull(on))
		return
	case len(k.inForce(on)) == 0:
		p.Closed, p.Since = p.cat.T("webcarry.nothing_on", "date", p.cat.DateFull(on)), true
		return
	}
	for i, x := range k.inForce(on) {
		a := p.askOne(k, x, on, names)
		a.ID = "a" + strconv.Itoa(i+1)
		if a.Answer == "" && (!k.set.On(x.Service, int(on.Weekday())) || k.weekFull(x, on)) {
			p.Rest = append(p.Rest, a)
			continue
		}
		p.Asks = append(p.Asks, a)
	}
}

// weekFull reports that as many sessions of the week are told already as a line
// that says so many a week promises.
func (k *carryLook) weekFull(x *delivery.Promise, on day.Date) bool {
	if x.Line == nil {
		return false
	}
	a := x.Line.Amount()
	if a.Per != plan.PerWeek || !a.Times.Said || a.Times.N <= 0 || a.Times.N >= 5 {
		return false
	}
	days := map[day.Date]bool{}
	for _, l := range k.sessionsOf(x.Service) {
		if l.On != on && weekStart(l.On) == weekStart(on) && l.Outcome != session.Unlogged && l.Outcome != session.MakeUp {
			days[l.On] = true
		}
	}
	return len(days) >= a.Times.N
}

// dayIn is a day as somebody says it: today, yesterday, on Friday, November 20.
func (f speaker) dayIn(on, today day.Date) string {
	switch today - on {
	case 0:
		return f.cat.T("webcarry.today")
	case 1:
		return f.cat.T("webcarry.yesterday")
	}
	return f.cat.T("webcarry.on_day", "weekday", f.cat.Weekday(on), "date", f.cat.DateNear(on, today))
}

// days is the strip: the school days of the week of a day, up to today, and the
// last one of the week before.
func (p *carryShowPage) days(k *carryLook, on day.Date) {
	put := func(d day.Date, label string) {
		x := carryDay{Href: p.Path + "?day=" + d.String(), ISO: d.String(), Weekday: p.cat.WeekdayShort(d.Weekday()), Date: p.cat.DayShort(d), Full: p.cat.DateFull(d), Current: d == on}
		if label != "" {
			x.Weekday = label
		}
		asked, told := 0, 0
		for _, s := range k.inForce(d) {
			asked++
			if slices.ContainsFunc(k.sessionsOf(s.Service), func(l *session.Log) bool { return l.On == d }) {
				told++
			}
		}
		switch {
		case told > 0:
			x.Says = p.cat.T("webcarry.day_told", "n", strconv.Itoa(told), "of", strconv.Itoa(asked))
		default:
			x.Says = p.cat.T("webcarry.day_empty")
		}
		x.Told, x.Asked = told, asked
		p.Days = append(p.Days, x)
	}
	w := weekStart(on)
	if before := k.lastMet(w - 1); before != 0 {
		put(before, p.cat.T("webcarry.week_before"))
	}
	for d := w; d < w+7 && d <= k.c.Today; d++ {
		if k.meets(d) || d == on {
			put(d, "")
		}
	}
	if now := k.lastMet(k.c.Today); now > w+6 {
		put(now, p.cat.T("webcarry.week_now"))
	}
}

// askOne is the question about one service on one day.
func (p *carryShowPage) askOne(k *carryLook, x *delivery.Promise, on day.Date, names func(people.PersonID) string) carryAsk {
	name := x.Name
	if s := k.service(x.Service); s != nil && s.Name != "" {
		name = s.Name
	}
	a := carryAsk{Service: name, Key: x.Service, On: on.String(), Full: p.Path + "/new?service=" + escaped(x.Service) + "&on=" + on.String()}
	who := "home"
	if !k.atHome() {
		who = "school"
	}
	a.Question = p.cat.T("webcarry.ask_"+who, "service", name, "when", p.speak().dayIn(on, k.c.Today))
	if x.Line != nil {
		a.How, _ = p.speak().serviceAmount(x.Line)
	}
	_, counts := length(x)
	mine := k.mine(p.who.Person.ID, x.Service, on)
	for _, l := range k.sessionsOf(x.Service) {
		if l.On == on && (mine == nil || l.ID != mine.ID) {
			line := p.speak().sessionLine(k, l)
			m, _ := k.logs.Mark(l.ID)
			line.By = names(m.By)
			a.Others = append(a.Others, line)
		}
	}
	if mine != nil {
		a.Answer = p.cat.T("delivery.outcome." + string(mine.Outcome))
		if key := "webcarry.wrote_" + string(mine.Outcome); k.atHome() && p.cat.Has(key) {
			a.Answer = p.cat.T(key)
		}
		a.Look, a.Session, a.Undo = carrySession(k.c.Folder, mine.ID), mine.ID, desk.NewName()
	}
	if !counts {
		a.Unsaid = true
		return a
	}
	for i, do := range tapsOf(k.atHome()) {
		a.Buttons = append(a.Buttons, carryButton{Form: desk.NewName(), Do: do, Text: p.cat.T("webcarry.tap_" + who + "_" + do), Main: i < 2, Chosen: mine != nil && mine.Outcome == taps[do]})
	}
	return a
}

// change is what something that was written down, or taken back, did to its week.
func (p *carryShowPage) change(k *carryLook, id string) *carryChange {
	forms := k.c.SessionForms(id)
	n := len(forms)
	if n == 0 {
		return nil
	}
	last := forms[n-1]
	now := k.logs.Session(id)
	if now == nil && !last.Gone {
		return nil
	}
	svc := k.of(&last.Log)
	if svc == nil {
		return nil
	}
	before := make([]session.Log, 0, len(k.logs.Sessions)+1)
	for _, l := range k.logs.Sessions {
		if l.ID != id {
			before = append(before, l)
		}
	}
	switch {
	case last.Gone:
		before = append(before, last.Log)
	case n > 1 && !forms[n-2].Gone:
		before = append(before, forms[n-2].Log)
	}
	then := k.x.Ledger(before)
	var was *delivery.Service
	for i := range then.Services {
		if then.Services[i].Key == svc.Key {
			was = &then.Services[i]
		}
	}
	a, b := weekRow(was, last.On), weekRow(svc, last.On)
	out := &carryChange{Week: p.cat.T("webcarry.week_of", "service", svc.Name, "week", p.speak().weekSaid(b.From, b.To)), Undone: last.Gone, Session: id}
	if now != nil {
		out.Href = carrySession(k.c.Folder, id)
	}
	ar, br := a.Rounded(), b.Rounded()
	for i, name := range delivery.Columns() {
		if a.Column(name) == 0 && b.Column(name) == 0 && i > 1 {
			continue
		}
		head := p.cat.T("delivery.column." + name)
		out.Heads = append(out.Heads, head)
		out.Before = append(out.Before, grouped(ar[i]))
		out.After = append(out.After, carryCell{Head: head, Text: grouped(br[i]), New: ar[i] != br[i]})
	}
	at := func(name string) string { return grouped(br[columnAt[name]]) }
	out.Says = p.cat.T("webcarry.week_now_says", "given", at("delivered"), "promised", p.speak().amounts(br[0], svc.Unit), "reported", at("reported"), "unknown", at("unknown"))
	return out
}

// cards puts every service of the school year into words and pictures.
func (p *carryShowPage) cards(k *carryLook) {
	p.Patterns = template.HTML(chart.Patterns()) // drawn by us
	var asks []*delivery.Service
	for _, name := range delivery.Columns() {
		p.Heads = append(p.Heads, p.cat.T("delivery.column."+name))
	}
	p.Lower = lower(p.cat.T("webcarry.year_of", "from", strconv.Itoa(yearFrom(k.c.Brief.AsOf).Year()), "to", strconv.Itoa(yearFrom(k.c.Brief.AsOf).Year()+1)))
	for i := range k.l.Services {
		s := &k.l.Services[i]
		if s.Name == "" {
			s.Name = s.Key
		}
		row := yearRow(s, k.c.Brief.AsOf)
		if row == nil {
			continue
		}
		card := carryCard{ID: "s" + strconv.Itoa(i+1), Name: s.Name, Href: carryService(k.c.Folder, s.Key)}
		if row.From != yearFrom(k.c.Brief.AsOf) {
			card.Year = p.cat.T("webcarry.year_of", "from", strconv.Itoa(row.From.Year()), "to", strconv.Itoa(row.From.Year()+1))
		}
		for _, x := range k.inForce(k.c.Brief.AsOf) {
			if x.Service == s.Key && x.Line != nil {
				card.How, _ = p.speak().serviceAmount(x.Line)
			}
		}
		card.carryTold = p.speak().bar("bar"+strconv.Itoa(i+1), s, row, p.speak().telling(s, &row.Tally))
		var ask bool
		card.Signals, ask = p.speak().signals(k, s, row)
		if ask {
			asks = append(asks, s)
		}
		p.Levels = p.Levels || len(card.Signals) > 0
		card.Run, card.Since = p.speak().run(s), p.speak().since(s)
		p.Services = append(p.Services, card)
		x := carryTableRow{Name: s.Name, Href: card.Href}
		if s.Unit == "sessions" {
			x.Name += " (" + p.speak().unit(s) + ")"
		}
		for j, n := range row.Rounded() {
			x.Cells = append(x.Cells, carryCell{Head: p.Heads[j], Text: grouped(n)})
		}
		p.Table = append(p.Table, x)
	}
	if len(asks) > 0 && k.atHome() {
		p.First = p.askForLogs(k, asks)
	}
}

// askForLogs is the first step where much is unknown: to ask for the service logs.
func (p *carryShowPage) askForLogs(k *carryLook, of []*delivery.Service) *carryStep {
	var names []string
	since := k.c.Brief.AsOf
	for _, s := range of {
		names = append(names, s.Name)
		if s.UnknownSince != 0 && s.UnknownSince < since {
			since = s.UnknownSince
		}
	}
	child := k.c.File.Case.Child.Name
	letter := func(c *locale.Catalog) string {
		who := child
		if who == "" {
			who = c.T("webcarry.my_child")
		}
		return c.T("webcarry.letter_logs", "child", who, "services", c.List(names), "from", c.Date(since), "to", c.Date(k.c.Brief.AsOf))
	}
	out := &carryStep{Do: p.cat.T("webcarry.first_do"), Why: p.cat.T("webcarry.first_why", "services", p.cat.List(names)), Letter: letter(p.cat)}
	if p.May("add_entry") {
		out.Href = casePath(k.c.Folder) + "/add?kind=records_access_requested"
	}
	if p.Lang != "en" {
		en, _ := locale.For("en")
		out.Original = letter(en)
	}
	return out
}
