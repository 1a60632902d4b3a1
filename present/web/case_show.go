package web

import (
	"net/http"
	"slices"

	"stayput/desk"
	"stayput/fact"
	"stayput/guide"
	say "stayput/present/brief"
)

// A caseShowPage is where one case stands, and the next step.
type caseShowPage struct {
	Frame
	Say      say.Glance
	Steps    []say.Step // after the first
	Late     []dated
	Soon     []dated
	Unsure   []dated
	Rights   []say.Right
	Notices  []string
	Asks     []say.Ask
	Recent   []happened
	Entries  int
	Capture  []captureKey
	Ledger   []todayAsk // what happened today with what the plan promises
	Calendar bool       // a calendar is missing that would settle something
	Cals     []string
	Backward bool
	Held     bool
	Call     *Note // it may be time to call somebody
	Closed   bool
	Head     string
	AsOf     string
	Facts    [][2]string
	More     int
	Stairs   *stairsPart
	Paper    string // drafts the paper of the next step
}

func (caseShowPage) template() string { return "case_show" }

// CaseID is the case of the page.
func (p caseShowPage) CaseID() string {
	if p.Case == nil {
		return ""
	}
	return string(p.Case.ID)
}

var _ = sample(func() page {
	return caseShowPage{Paper: "/p", Call: &Note{Text: "x", Href: "/", Action: "y"}, Say: say.Glance{Step: new(say.Step)}, Closed: true, Held: true, Backward: true, Calendar: true,
		Ledger: []todayAsk{{"x", "/x"}}, Unsure: []dated{{Href: "/"}}, Facts: [][2]string{{"a", "b"}}, Recent: []happened{{Title: "x"}}, Stairs: &stairsPart{"", "", "w", "/d"}}
})

// A happened is one entry in a list.
type happened struct {
	Href, Title, Day, ISO, Text, By, Wall, Icon string
	Files                                       int
	Room                                        bool // of the room of mediation: it stays on the screen
	Was                                         bool // another entry stands in its place, or it was taken back
	Vague                                       bool
}

// A captureKey is one button of the quick capture.
type captureKey struct{ ID, Icon, Label, Hint, Href string }

// caseShow shows where a case stands.
func (s *Site) caseShow(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	p := caseShowPage{Frame: s.caseFrame(r, c, "webcase.case", "case"), Backward: c.Backward, Held: c.Held, Closed: c.Closed, Head: c.Head}
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Today))
	p.Title = caseTitle(p.cat, c.Folder)
	o := p.speak().wording(c.Brief)
	carried, err := c.WithSteps()
	if err != nil { // plans that cannot be read are told on their own page
		carried = c.Brief
	}
	p.Say = p.speak().lookAt(c, carried)
	if steps := say.Steps(carried, o, 4); len(steps) > 1 {
		p.Steps = steps[1:]
	}
	if len(carried.Next) > 0 {
		p.Paper = p.speak().stepPaper(c, &carried.Next[0])
	}
	sorted := sorted(c)
	p.Late = p.speak().lines(c, "", sorted.Late, "late", &p.More, 5)
	p.Soon = p.speak().lines(c, "", sorted.Soon, "soon", &p.More, 5)
	p.Unsure = p.speak().lines(c, "", sorted.Unsure, "unsure", &p.More, 3)
	open, _ := say.Rights(c.Brief, o)
	p.Rights = open[:min(len(open), 3)]
	p.Notices = say.Notices(c.Brief, o)
	p.Asks = say.Asks(c.Brief, o)
	p.Asks = p.Asks[:min(len(p.Asks), 3)]
	for _, x := range c.Warnings {
		pairs := make([]string, 0, 2*len(x.Args))
		for k, v := range x.Args {
			pairs = append(pairs, k, v)
		}
		p.Cals = append(p.Cals, p.cat.T(x.Key, pairs...))
	}
	p.Cals = p.Cals[:min(len(p.Cals), 5)]
	p.Calendar = len(c.File.Calendars) == 0
	p.Entries = len(c.Brief.View.Entries)
	view := c.Brief.View.Entries
	for i := len(view) - 1; i >= 0 && len(p.Recent) < 5; i-- {
		if !view[i].Derived {
			p.Recent = append(p.Recent, p.speak().happened(c.Folder, view[i], c.Today))
		}
	}
	p.Capture = p.speak().captureKeys(c.Folder)
	if a := s.asksToday(r, p.Frame, c, false); a != nil {
		p.Ledger = append(p.Ledger, *a)
	}
	p.Facts = p.speak().caseFacts(c)
	p.Call = s.callNote(r, p.Frame, c)
	if p.Stairs, err = p.speak().smallStairs(c); err != nil { // plans that cannot be read are told on their own page
		p.Stairs = nil
	}
	return s.show(w, r, http.StatusOK, p)
}

// captureKeys are the buttons of the quick capture.
func (f speaker) captureKeys(c *desk.Folder) []captureKey {
	var out []captureKey
	for _, k := range guide.For(f.Lang).Captures {
		icon := k.Icon
		if icon == "missed-service" {
			icon = "missed"
		}
		out = append(out, captureKey{ID: k.ID, Icon: icon, Label: k.Label, Hint: k.Hint, Href: casePath(c) + "/add?capture=" + k.ID})
	}
	no := captureKey{ID: "no", Icon: "flag", Label: f.cat.T("webno.title_family"), Href: casePath(c) + "/no"}
	if c.File.Case.Side == fact.SchoolSide {
		no.Label = f.cat.T("webno.title_school")
	}
	return append(out, no,
		captureKey{ID: "cards", Icon: "fullscreen", Label: f.cat.T("webcase.cards"), Href: casePath(c) + "/cards"},
		captureKey{ID: "any", Icon: "more", Label: f.cat.T("webcase.add_any"), Href: casePath(c) + "/add?any=1"})
}

// caseFacts is what the case says of the child, in pairs of name and value.
func (f speaker) caseFacts(c *desk.Case) [][2]string {
	k := &c.File.Case
	var out [][2]string
	add := func(key, v string) {
		if v != "" {
			out = append(out, [2]string{f.cat.T(key), v})
		}
	}
	add("webcase.child", k.Child.Name)
	if k.Child.Born != 0 {
		add("webcase.born", f.cat.Date(k.Child.Born))
	}
	add("webcase.grade", k.Child.Grade)
	for _, l := range f.look(c).Law {
		add("webcase.law", l)
	}
	for _, d := range k.District {
		add("webcase.district", d.Is)
	}
	var cals []string
	for _, x := range k.Calendars {
		if !slices.Contains(cals, x.Is) {
			cals = append(cals, x.Is)
		}
	}
	for _, x := range c.File.Calendars {
		if !slices.Contains(cals, x.Name) {
			cals = append(cals, x.Name)
		}
	}
	add("webcase.calendars", f.cat.List(cals))
	return out
}
